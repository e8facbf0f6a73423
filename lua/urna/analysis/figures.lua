local contests = require "urna.contest"
local errors = require "urna.errors"
local places = require "urna.places"

--- What a source says, unit by unit, as arrays: the fields by their standard
--- names and the votes by the lists' keys. Of an embedded election, of which
--- only totals are known, everything is one unit.
local figures = {}

---@class urna.Figures
---@field contest table
---@field lists table[] of the contest
---@field key_names string[]
---@field units table[] as in results; of totals one with an empty path
---@field fields string[] standard names of the fields that are there
---@field of table<string, (integer?)[]> by field or list's key, then by unit
---@field low table<string, integer> of totals known only within bounds
---@field high table<string, integer>
---@field is_total boolean
---@field bad integer records kept out

--- Whether results have units, and are not only a total.
---@param results urna.Results|urna.Totals
---@return boolean
function figures.has_records(results)
  return type(results.has) == "function"
end

-- The fields that are there; of those that share a column the first.
local function fields_of(results)
  local names, taken = {}, {}
  local headings = results.contest.columns or {}
  for _, name in ipairs(contests.FIELDS) do
    local heading = headings[name] or name
    if results:has(name) and not taken[heading] then
      names[#names + 1], taken[heading] = name, true
    end
  end
  return names
end

local function blank(results)
  return { results = results, contest = results.contest,
    lists = results.lists, key_names = rawget(results, "key_names") or {},
    fields = {}, of = {}, low = {}, high = {}, bad = #results.bad,
    is_total = false }
end

--- The figures of every unit.
---@param results urna.Results
---@return urna.Figures?
---@return urna.Error? err a number that cannot be held
function figures.of(results)
  local found, names = blank(results), {}
  found.units, found.fields = results.units, fields_of(results)
  for _, name in ipairs(found.fields) do names[#names + 1] = name end
  for _, list in ipairs(results.lists) do names[#names + 1] = list.key end
  for _, name in ipairs(names) do
    local values, err = results:column(name)
    if not values then return nil, err end
    found.of[name] = values
  end
  return found
end

local function put(found, name, value, group, kind)
  found.of[name] = { value }
  found.low[name] = group.low and group.low[kind][name] or value
  found.high[name] = group.high and group.high[kind][name] or value
end

--- The figures of everything together, as one unit.
---@param results urna.Results|urna.Totals
---@return urna.Figures?
---@return urna.Error? err a sum that cannot be held
function figures.total(results)
  local group, err = results:total()
  if not group then return nil, err end
  local found = blank(results)
  found.units, found.is_total = { { key = "", path = {} } }, true
  for _, name in ipairs(contests.FIELDS) do
    put(found, name, group.fields[name], group, "fields")
    if found.low[name] then found.fields[#found.fields + 1] = name end
  end
  for _, list in ipairs(results.lists) do
    put(found, list.key, group.votes[list.key], group, "votes")
  end
  return found
end

-- The names a list goes by, folded, the surest first.
local function names_of(list)
  local names = { places.fold(list.key) }
  if list.short then names[#names + 1] = places.fold(list.short) end
  if list.name then names[#names + 1] = places.fold(list.name) end
  for _, kind in ipairs { "shorts", "names" } do
    for _, script in ipairs { "sr-Latn", "sr-Cyrl" } do
      local name = (list[kind] or {})[script]
      if name then names[#names + 1] = places.fold(name) end
    end
  end
  return names
end

-- The lists by the names they go by; false for a name that several have.
local function by_name(lists)
  local found = {}
  for _, list in ipairs(lists) do
    local own = {}
    for _, name in ipairs(names_of(list)) do
      if not own[name] then
        found[name] = found[name] == nil and list.key or false
      end
      own[name] = true
    end
  end
  return found
end

local function same_list(list, known, named)
  if known[list.key] then return list.key, "key" end
  for i, name in ipairs(names_of(list)) do
    if named[name] then return named[name], i == 1 and "key" or "name" end
  end
end

--- The lists that two sources have in common: by their keys, else by a name
--- that only they have, across scripts and case.
---@param first table[]
---@param other table[]
---@param said table<string, string>? keys of `first` for those of `other`
---@return table<string, string> of keys of `other` by those of `first`
---@return table<string, string> by "said", "key" or "name", by key of `first`
function figures.lists(first, other, said)
  local known, named, found, by = {}, by_name(first), {}, {}
  for _, list in ipairs(first) do known[list.key] = true end
  local function put_pair(key, list, how)
    if key and not found[key] then found[key], by[key] = list.key, how end
  end
  for _, list in ipairs(other) do
    if said and said[list.key] then
      put_pair(said[list.key], list, "said")
    end
  end
  for _, wanted in ipairs { "key", "name" } do
    for _, list in ipairs(other) do
      local key, how = same_list(list, known, named)
      local is_said = said and said[list.key]
      if how == wanted and not is_said then put_pair(key, list, how) end
    end
  end
  return found, by
end

--- Refuse results whose units cannot be told apart.
---@param found urna.Figures
---@param what string as the message calls it
---@return urna.Error?
function figures.check_keys(found, what)
  if found.is_total or #found.key_names > 0 then return nil end
  return errors.new("no_keys", { file = (found.results.source or {}).file,
    message = ("the polling stations of %s have no key columns: name them in "
      .. "the contest's keys, or say unit = ..."):format(what) })
end

return figures
