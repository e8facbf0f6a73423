local compat = require "urna.compat"
local errors = require "urna.errors"

--- Votes by district and list as they are given, with their keys in order, and
--- numbers keyed alike. What is wrong with them is thrown: see grid.refuse.
local grid = {}

grid.COUNT_MAX = 9007199254740991
local NODES_MAX = 1000

--- Throw a caller's mistake: as a table, so that nothing else is taken for
--- one. It is raised as text where the verb was called.
---@param message string as string.format takes it
function grid.refuse(message, ...)
  error({ refused = message:format(...) }, 0)
end

---@return boolean whether this is a count as every Lua can hold it
function grid.is_count(value)
  return type(value) == "number" and value >= 0 and value <= grid.COUNT_MAX
    and value % 1 == 0
end

--- A key as messages write it: texts in quotes, numbers as they are.
---@param key any
---@return string
function grid.quote(key)
  if type(key) == "string" then return ('"%s"'):format(key) end
  return type(key) == "number" and ("%d"):format(key) or tostring(key)
end

---@param keys any[]
---@return string
function grid.quoted(keys)
  local names = {}
  for i, key in ipairs(keys) do names[i] = grid.quote(key) end
  return table.concat(names, ", ")
end

--- A table of options may have these fields and no others.
---@param name string of the table, as messages call it
---@param options table
---@param known string[]
function grid.check_fields(name, options, known)
  for key in pairs(options) do
    local is_known = false
    for _, field in ipairs(known) do is_known = is_known or field == key end
    if not is_known then
      local near = errors.nearest(tostring(key), known)
      grid.refuse("%s has no %s%s", name, grid.quote(key),
        near and (": did you mean %q?"):format(near) or "")
    end
  end
end

--- An option that is one of some words.
---@param name string of the option
---@param value any
---@param words table<string, any>
function grid.check_word(name, value, words)
  if type(value) == "string" and words[value] then return end
  local known = compat.keys(words)
  local near = errors.nearest(tostring(value), known)
  grid.refuse("%s is %s, which is none of %s%s", name, grid.quote(value),
    table.concat(known, ", "),
    near and (": did you mean %q?"):format(near) or "")
end

-- ---- the table ----

-- Put keys that are texts into `seen`; whether they are, and not numbers.
local function gather(map, what, seen)
  local count, texts = 0, 0
  for key in pairs(map) do
    count = count + 1
    if type(key) == "string" then texts, seen[key] = texts + 1, true end
  end
  if count == 0 then grid.refuse("%s is empty", what) end
  if texts == count then return true end
  if texts > 0 or count ~= #map then
    grid.refuse("%s must be an array or have texts as keys, not both", what)
  end
  return false
end

local function numbers(n)
  local keys = {}
  for i = 1, n do keys[i] = i end
  return keys
end

local function check_row(row, what)
  if type(row) == "table" then return end
  grid.refuse("%s must be a table of votes by list, not a %s", what,
    type(row))
end

-- All lists of all districts: texts in bytewise order, or as many numbers as
-- every row has.
local function lists_of(votes, districts)
  local seen, is_keyed, length = {}, nil, nil
  for i, district in ipairs(districts) do
    local row, what = votes[district], ("votes[%s]"):format(
      grid.quote(district))
    check_row(row, what)
    local has_texts = gather(row, what, seen)
    if i == 1 then is_keyed, length = has_texts, #row end
    if has_texts ~= is_keyed then
      grid.refuse("%s is keyed otherwise than votes[%s]", what,
        grid.quote(districts[1]))
    elseif not is_keyed and #row ~= length then
      grid.refuse("%s has %d lists, but votes[%s] has %d", what, #row,
        grid.quote(districts[1]), length)
    end
  end
  return is_keyed and compat.keys(seen) or numbers(length)
end

-- All cells in one array; a list that does not stand in a district has 0.
local function cells_of(votes, districts, lists)
  local cells, count = {}, 0
  for _, district in ipairs(districts) do
    local row = votes[district]
    for _, list in ipairs(lists) do
      local value = row[list]
      if value == nil then value = 0 end
      count = count + 1
      if not grid.is_count(value) then
        grid.refuse("votes[%s][%s] must be a whole number from 0 to 2^53 - 1, "
          .. "got %s", grid.quote(district), grid.quote(list), tostring(value))
      end
      cells[count] = value
    end
  end
  return cells
end

--- What is asked, with its keys in order.
---@param votes table<any, table<any, integer>>
---@return table count votes; districts and lists, their keys; cells, an array
--- of votes district by district
function grid.read(votes)
  if type(votes) ~= "table" then
    grid.refuse("votes must be a table by district, not a %s", type(votes))
  end
  local seen = {}
  local is_keyed = gather(votes, "votes", seen)
  local districts = is_keyed and compat.keys(seen) or numbers(#votes)
  local lists = lists_of(votes, districts)
  if #districts + #lists > NODES_MAX then
    grid.refuse("%d districts and %d lists are more than %d together",
      #districts, #lists, NODES_MAX)
  end
  return { votes = votes, districts = districts, lists = lists,
    cells = cells_of(votes, districts, lists) }
end

-- ---- numbers by key ----

local function check_keys(map, keys, what)
  local known, names = {}, {}
  for i, key in ipairs(keys) do known[key], names[i] = true, tostring(key) end
  for key in pairs(map) do
    if not known[key] then
      local near = errors.nearest(tostring(key), names)
      grid.refuse("%s has %s, which has no votes%s", what, grid.quote(key),
        near and (": did you mean %q?"):format(near) or "")
    end
  end
end

--- The numbers of `map` in the order of the keys, and their sum.
---@param map table<any, integer>
---@param keys any[]
---@param what string as messages call the map
---@param most integer
---@param otherwise integer? for a key that is missing; else that is refused
---@return integer[] values
---@return integer sum
function grid.in_order(map, keys, what, most, otherwise)
  local values, sum = {}, 0
  check_keys(map, keys, what)
  for i, key in ipairs(keys) do
    local value = map[key]
    if value == nil then value = otherwise end
    if not grid.is_count(value) or value > most then
      grid.refuse("%s[%s] must be a whole number from 0 to %s, got %s", what,
        grid.quote(key), most == grid.COUNT_MAX and "2^53 - 1"
        or ("%d"):format(most), tostring(value))
    end
    values[i], sum = value, sum + value
  end
  return values, sum
end

---@param keys any[]
---@param values any[] in the same order
---@return table<any, any>
function grid.by_key(keys, values)
  local map = {}
  for i, key in ipairs(keys) do map[key] = values[i] end
  return map
end

--- Seats keyed as the votes are: a list that does not stand in a district has
--- no field there.
---@param count table see grid.read
---@param rows integer[][]? none: all are 0
---@return table<any, table<any, integer>>
function grid.by_cell(count, rows)
  local seats = {}
  for i, district in ipairs(count.districts) do
    local row, stands = {}, count.votes[district]
    for j, list in ipairs(count.lists) do
      if stands[list] then row[list] = rows and rows[i][j] or 0 end
    end
    seats[district] = row
  end
  return seats
end

--- The place of a cell from its number in `count.cells`.
---@param count table see grid.read
---@param cell integer
---@return integer district
---@return integer list
function grid.place(count, cell)
  local list = (cell - 1) % #count.lists + 1
  return (cell - list) / #count.lists + 1, list
end

return grid
