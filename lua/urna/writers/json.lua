local compat = require "urna.compat"

local json = {}

--- JSON whose bytes depend on the value alone: keys in bytewise order, whole
--- numbers without a point, others as the shortest text that reads back, with
--- a point whatever the host's locale is.
--- Source: RFC 8259.

local EXACT = 9007199254740991
local SHORT = { ["\""] = "\\\"", ["\\"] = "\\\\", ["\b"] = "\\b",
  ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

-- Ranges of the second byte by the first; the rest are 128 to 191.
-- Source: Unicode 15, table 3-7.
local function sequence(lead)
  if lead < 0x80 then return 0 end
  if lead >= 0xC2 and lead <= 0xDF then return 1, 0x80, 0xBF end
  if lead == 0xE0 then return 2, 0xA0, 0xBF end
  if lead == 0xED then return 2, 0x80, 0x9F end
  if lead >= 0xE1 and lead <= 0xEF then return 2, 0x80, 0xBF end
  if lead == 0xF0 then return 3, 0x90, 0xBF end
  if lead == 0xF4 then return 3, 0x80, 0x8F end
  if lead >= 0xF1 and lead <= 0xF3 then return 3, 0x80, 0xBF end
end

local function is_utf8(text)
  if not text:find("[\128-\255]") then return true end
  local i = 1
  while i <= #text do
    local more, low, high = sequence(text:byte(i))
    if not more then return false end
    for k = 1, more do
      local byte = text:byte(i + k)
      if not byte or byte < low or byte > high then return false end
      low, high = 0x80, 0xBF
    end
    i = i + more + 1
  end
  return true
end

local function escape(char)
  return SHORT[char] or ("\\u%04x"):format(char:byte())
end

local function encode_string(text, path)
  if not is_utf8(text) then error(path .. " is not UTF-8", 0) end
  return "\"" .. text:gsub("[%c\"\\]", escape) .. "\""
end

local function encode_number(number, path)
  if number ~= number or number == math.huge or number == -math.huge then
    error(path .. " is not a number that JSON can hold", 0)
  end
  if number % 1 == 0 and number <= EXACT and number >= -EXACT then
    return ("%d"):format(number)
  end
  for digits = 15, 17 do
    local text = ("%." .. digits .. "g"):format(number)
    if tonumber(text) == number or digits == 17 then
      return (text:gsub(",", "."))
    end
  end
end

local function keys_of(value, path)
  local keys, length = {}, #value
  for key in pairs(value) do
    local kind = type(key)
    if kind == "string" then
      if length > 0 then error(path .. " has both names and places", 0) end
      keys[#keys + 1] = key
    elseif kind ~= "number" or key % 1 ~= 0 or key < 1 or key > length then
      error(path .. " is an array with holes or odd keys", 0)
    end
  end
  table.sort(keys, compat.before)
  return keys, length
end

local encode_value

local function encode_array(value, length, state, path, margin)
  if length == 0 then return "[]" end
  local inner = margin .. state.indent
  local items = {}
  for i = 1, length do
    items[i] = inner .. encode_value(value[i], state,
      ("%s[%d]"):format(path, i), inner, nil)
  end
  return "[" .. state.newline .. table.concat(items, "," .. state.newline)
    .. state.newline .. margin .. "]"
end

local function encode_object(value, keys, state, path, margin)
  if #keys == 0 then return "{}" end
  local inner = margin .. state.indent
  local items = {}
  for i, key in ipairs(keys) do
    items[i] = inner .. encode_string(key, path) .. state.colon
      .. encode_value(value[key], state, path .. "." .. key, inner, key)
  end
  return "{" .. state.newline .. table.concat(items, "," .. state.newline)
    .. state.newline .. margin .. "}"
end

local function encode_table(value, state, path, margin, name)
  if state.open[value] then error(path .. " contains itself", 0) end
  state.open[value] = true
  local keys, length = keys_of(value, path)
  local is_array = length > 0 or #keys == 0 and name ~= nil
    and state.arrays[name]
  local text = is_array and encode_array(value, length, state, path, margin)
    or encode_object(value, keys, state, path, margin)
  state.open[value] = nil
  return text
end

function encode_value(value, state, path, margin, name)
  local kind = type(value)
  if kind == "table" then
    return encode_table(value, state, path, margin, name)
  end
  if kind == "string" then return encode_string(value, path) end
  if kind == "number" then return encode_number(value, path) end
  if kind == "boolean" then return value and "true" or "false" end
  if value == json.null then return "null" end
  error(("%s is a %s, which JSON has not"):format(path, kind), 0)
end

--- Stands for null, which a table of Lua cannot hold.
json.null = function() return nil end

--- A value as JSON.
---@param value any plain data
---@param options { indent: integer?, arrays: table<string, boolean>? }?
--- spaces per level (0 or nil: one line); names whose empty table is []
---@return string
--- Fails: raises at a cycle, invalid UTF-8, NaN, an infinity or a function,
--- naming the path to it.
function json.encode(value, options)
  options = options or {}
  local wide = (options.indent or 0) > 0
  local state = { open = {}, arrays = options.arrays or {},
    indent = wide and (" "):rep(options.indent) or "",
    newline = wide and "\n" or "", colon = wide and ": " or ":" }
  return encode_value(value, state, "value", "", nil)
end

return json
