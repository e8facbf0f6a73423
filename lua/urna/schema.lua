local errors = require "urna.errors"

--- Shapes of plain data that people write by hand: contests and rules. A shape
--- is a function(value, path) that returns nil, or a sentence that names the
--- key and says what was expected.
local schema = {}

local function wrong(path, expected, value)
  local got = type(value) == "string" and ("%q"):format(value)
    or value == nil and "nothing" or type(value) == "number"
    and ("%.14g"):format(value) or "a " .. type(value)
  return ("%s must be %s, not %s"):format(path, expected, got)
end

function schema.text(value, path)
  if type(value) ~= "string" then return wrong(path, "a text", value) end
end

function schema.boolean(value, path)
  if type(value) ~= "boolean" then
    return wrong(path, "true or false", value)
  end
end

--- A whole number from `least` to `most` (2^53 - 1 if not said).
function schema.integer(least, most)
  most = most or 9007199254740991
  local expected = ("a whole number from %d"):format(least)
  if most < 9007199254740991 then
    expected = ("%s to %d"):format(expected, most)
  end
  return function(value, path)
    local whole = type(value) == "number" and value % 1 == 0
    if not whole or value < least or value > most then
      return wrong(path, expected, value)
    end
  end
end

local LENGTHS = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- A day, "2024-06-02".
function schema.date(value, path)
  local year, month, day = tostring(value):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  local length = month and LENGTHS[month]
  if length and month == 2
    and (year % 4 ~= 0 or year % 100 == 0 and year % 400 ~= 0) then
    length = 28
  end
  if not length or day < 1 or day > length or type(value) ~= "string" then
    return wrong(path, "a date such as \"2024-06-02\"", value)
  end
end

--- One of the texts in the array `known`.
function schema.one_of(known)
  return function(value, path)
    for _, name in ipairs(known) do
      if value == name then return end
    end
    local near = type(value) == "string" and errors.nearest(value, known)
    local hint = near and ("; did you mean %q?"):format(near) or ""
    return wrong(path, "one of " .. table.concat(known, ", "), value) .. hint
  end
end

--- Any one of several shapes; `expected` says them in words.
function schema.either(expected, ...)
  local shapes = { ... }
  return function(value, path)
    for _, shape in ipairs(shapes) do
      if not shape(value, path) then return end
    end
    return wrong(path, expected, value)
  end
end

function schema.callable(value, path)
  if type(value) ~= "function" then return wrong(path, "a function", value) end
end

--- An exact ratio { num, den }.
function schema.ratio(value, path)
  local positive = schema.integer(1, 1048576)
  if type(value) ~= "table" or #value ~= 2 or positive(value[1], path)
    or positive(value[2], path) then
    return wrong(path, "a ratio such as { 3, 100 }", value)
  end
end

-- The keys of a table in a fixed order, so that messages are always the same.
local function sorted_keys(value)
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  return keys
end

-- What is named in an array would be passed over in silence.
local function named_key(value)
  for _, key in ipairs(sorted_keys(value)) do
    if value[key] ~= nil then return key end
  end
end

--- An array whose every element has the shape; not empty if `least` is 1.
function schema.array(shape, least)
  return function(value, path)
    if type(value) ~= "table" then return wrong(path, "an array", value) end
    local key = named_key(value)
    if key then return ("%s is an array and has a key %q"):format(path, key) end
    if #value < (least or 0) then return path .. " must not be empty" end
    for i = 1, #value do
      local message = shape(value[i], ("%s[%d]"):format(path, i))
      if message then return message end
    end
  end
end

--- A table from texts to values of one shape.
function schema.map(shape)
  return function(value, path)
    if type(value) ~= "table" then return wrong(path, "a table", value) end
    for _, key in ipairs(sorted_keys(value)) do
      if value[key] == nil then
        return ("%s: %s is not a named key"):format(path, key)
      end
      local message = shape(value[key], path .. "." .. key)
      if message then return message end
    end
  end
end

local function unknown_key(fields, key, path)
  local known = sorted_keys(fields)
  local near = errors.nearest(key, known)
  local hint = near and ("did you mean %q?"):format(near)
    or "known are " .. table.concat(known, ", ")
  return ("%s has an unknown key %q; %s"):format(path, key, hint)
end

--- A table with named fields. A field is a shape, or { shape } if it may be
--- absent. Elements 1 .. n are let through if `has_elements`.
function schema.record(fields, has_elements)
  return function(value, path)
    if type(value) ~= "table" then return wrong(path, "a table", value) end
    for _, key in ipairs(sorted_keys(value)) do
      local is_element = has_elements and tonumber(key)
      if not is_element and not fields[key] then
        return unknown_key(fields, key, path)
      end
    end
    for _, key in ipairs(sorted_keys(fields)) do
      local field, item = fields[key], value[key]
      local optional = type(field) == "table"
      if not (optional and item == nil) then
        local message = (optional and field[1] or field)(item,
          path .. "." .. key)
        if message then return message end
      end
    end
  end
end

--- Check a value against a shape.
---@param shape function
---@param value any
---@param about { code: string, name: string, file: string? }
---@return any? value
---@return urna.Error? err with `about.code`, naming the key
function schema.check(shape, value, about)
  local message = shape(value, about.name)
  if not message then return value end
  return nil, errors.new(about.code, { file = about.file, message = message })
end

return schema
