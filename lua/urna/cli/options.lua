local errors = require "urna.errors"

--- The command line's options: parsed by a table that also prints the help.
--- A row is { name, value, help, list, map, many, choices }: `value` names
--- what follows it (none: a switch), `list` splits at commas, `map` reads
--- KEY=VALUE parts, `many` may be repeated, `spelled` are other spellings of
--- values, `check` gives the value, or nil and what was expected.
local options = {}

local function find(rows, name)
  for _, row in ipairs(rows) do
    if row.name == name then return row end
  end
end

local function names_of(rows)
  local names = {}
  for i, row in ipairs(rows) do names[i] = row.name end
  return names
end

local function unknown(rows, name)
  local near = errors.nearest(name, names_of(rows))
  return nil, ("there is no option --%s%s"):format(name,
    near and ("; did you mean --%s?"):format(near) or "")
end

local function split(text)
  local parts = {}
  for part in (text .. ","):gmatch("([^,]*),") do parts[#parts + 1] = part end
  return parts
end

-- "a=1,2" is { a = { "1", "2" } }; a part without "=" goes to the key before.
local function as_map(text)
  local map, last = {}, nil
  for _, part in ipairs(split(text)) do
    local key, value = part:match("^([^=]+)=(.*)$")
    if key then
      last = key
      map[key] = map[key] or {}
    elseif not last then
      return nil
    end
    local values = map[last]
    values[#values + 1] = value or part
  end
  return map
end

local function one_of(row, value)
  for _, choice in ipairs(row.choices) do
    if choice == value then return true end
  end
  return false
end

local function whole_number(text)
  local number = text:find("^%d+$") and tonumber(text)
  if number and number <= 9007199254740991 then return number end
end

-- A value as its row wants it, or nil and what was expected.
local function convert(row, text)
  text = row.spelled and row.spelled[text] or text
  if row.check then return row.check(text) end
  if row.choices and not one_of(row, text) then
    local near = errors.nearest(text, row.choices)
    return nil, ("one of %s%s"):format(table.concat(row.choices, ", "),
      near and (" (did you mean %s?)"):format(near) or "")
  end
  if row.number then return whole_number(text), "a whole number" end
  if row.map then return as_map(text), "KEY=VALUE[,KEY=VALUE ...]" end
  if row.list then return split(text) end
  return text
end

local function store(found, row, value)
  local name = row.name:gsub("%-", "_")
  if not row.many then
    found[name] = value
    return
  end
  found[name] = found[name] or {}
  if not row.map then
    table.insert(found[name], value)
    return
  end
  for key, values in pairs(value) do
    local all = found[name][key] or {}
    for _, one in ipairs(values) do all[#all + 1] = one end
    found[name][key] = all
  end
end

-- One "--name", "--name value" or "--name=value"; returns the next position.
local function take(rows, found, args, i)
  local name, attached = args[i]:match("^%-%-([%w%-]+)=?(.*)$")
  local has_value = args[i]:find("=", 1, true) ~= nil
  local row = name and find(rows, name)
  if not row then return unknown(rows, name or args[i]:gsub("^%-+", "")) end
  if not row.value then
    if has_value then return nil, ("--%s takes no value"):format(name) end
    store(found, row, true)
    return i + 1
  end
  local text = has_value and attached or args[i + 1]
  if not text then
    return nil, ("--%s needs %s"):format(name, row.value)
  end
  local value, expected = convert(row, text)
  if value == nil then
    return nil, ("--%s must be %s, not %q"):format(name, expected, text)
  end
  store(found, row, value)
  return has_value and i + 1 or i + 2
end

--- Parse arguments.
---@param rows table[]
---@param args string[]
---@return table? found options by name, "-" as "_"
---@return string[]|string words that are no options, or what is wrong
function options.parse(rows, args)
  local found, words, i = {}, {}, 1
  while args[i] do
    if args[i] == "--" then
      for j = i + 1, #args do words[#words + 1] = args[j] end
      break
    elseif args[i]:find("^%-%-?%a") then
      local following, message = take(rows, found, args, i)
      if not following then return nil, message end
      i = following
    else
      words[#words + 1] = args[i]
      i = i + 1
    end
  end
  return found, words
end

--- The options as lines of help.
---@param rows table[]
---@return string
function options.help(rows)
  local lines = {}
  for i, row in ipairs(rows) do
    local left = ("--%s%s"):format(row.name,
      row.value and " " .. row.value or "")
    local choices = row.choices and (": " .. table.concat(row.choices, ", "))
      or ""
    lines[i] = ("  %-28s %s%s"):format(left, row.help, choices)
  end
  return table.concat(lines, "\n")
end

return options
