local apportion = require "urna.seats.apportion"
local compat = require "urna.compat"
local counts = require "urna.seats.count"
local errors = require "urna.errors"
local races = require "urna.analysis.race"
local rules = require "urna.rules"
local walk = require "urna.seats.walk"

--- Records with the law on them: what the questions of this folder begin with.
local contexts = {}

---@class urna.Context
---@field results urna.Results
---@field outcome table without margins
---@field rule table
---@field group table the total
---@field race urna.Race? nil where it cannot be searched
---@field why { code: string, message: string }? then why not

local PASSED = { "date", "rule", "seats" }

--- The options of urna.apportion among those of another verb.
---@param options table
---@return table
function contexts.options(options)
  local passed = compat.some(options, PASSED)
  passed.explain, passed.excluded = false, options.excluded
  return passed
end

-- Of no records at all everything is 0, and not unknown.
local function filled(group, lists, rule)
  if next(group.votes) or (group.reported or 0) > 0 then return group end
  local zero = { votes = {}, fields = { [rule.base] = 0 } }
  for _, list in ipairs(lists) do zero.votes[list.key] = 0 end
  return zero
end

--- The race of results under a rule.
---@param results urna.Results|urna.Totals
---@param rule table
---@param seats integer
---@return urna.Race?
---@return { code: string, message: string }|urna.Error? why
function contexts.race(results, rule, seats)
  local group, err = results:total()
  if not group then return nil, err end
  local count = counts.new(results, filled(group, results.lists, rule), rule,
    seats)
  count, err = walk.run(rule, count)
  if not count then return nil, err end
  return races.of(rule, count)
end

local function need_records(results, verb)
  if type(results) ~= "table" or type(results.total) ~= "function" then
    error(verb .. " takes results, as urna.read gives them", 4)
  elseif not results.find or results.without == nil
    or type(results.has) ~= "function" then
    return errors.new("no_records",
      { message = "only totals are known here; stations need records" })
  end
end

--- Records with their outcome, their rule and their race.
--- Fails: raises for what are no results.
---@param results urna.Results
---@param options table date, rule, seats, excluded
---@return urna.Context?
---@return urna.Error? err "no_records", or as of urna.apportion
function contexts.of(results, options)
  local err = need_records(results, "this")
  if err then return nil, err end
  local outcome
  outcome, err = apportion.run(results, contexts.options(options))
  if not outcome then return nil, err end
  local rule
  rule, err = rules.find(options.rule or results.contest.rule,
    options.date or results.contest.date)
  if not rule then return nil, err end
  local context = { results = results, outcome = outcome, rule = rule }
  if outcome.decision == "decided" then
    context.race, context.why = contexts.race(results, rule, outcome.seats)
  else
    context.why = { code = "undecided", message = outcome.open[1].message }
  end
  return context
end

--- A column by unit, nil where the records have none.
---@param results urna.Results
---@param name string
---@return (integer?)[]?
function contexts.column(results, name)
  if not results:has(name) then return nil end
  return (results:column(name))
end

--- The values of a column at some units, in their order; nil where the records
--- have no such column.
---@param results urna.Results
---@param name string
---@param units table[]
---@return (integer?)[]?
function contexts.values(results, name, units)
  if not results:has(name) then return nil end
  local rows, kernel = {}, results:kernel()
  for i, unit in ipairs(units) do rows[i] = unit.row end
  return (kernel.table:counts(kernel.number(name), rows))
end

--- The units that places mean, each once, in the order given.
--- Fails: raises for what is neither a text nor a unit.
---@param results urna.Results
---@param places (string|table)[]
---@param level integer as for errors.check_options
---@return table[]? units
---@return urna.Error? err "unknown_place", "ambiguous_place"
function contexts.units(results, places, level)
  if type(places) ~= "table" then
    error("places are an array of texts or units", level + 1)
  end
  local units, seen = {}, {}
  for _, place in ipairs(places) do
    local unit, err = place, nil
    if type(place) == "string" then
      unit, err = results:find(place)
    elseif type(place) ~= "table" or type(place.row) ~= "number" then
      error("a place is a text, or a unit of these results", level + 1)
    end
    if not unit then return nil, err end
    if not seen[unit.row] then units[#units + 1] = unit end
    seen[unit.row] = true
  end
  return units
end

--- The members among a race's lists.
---@param race urna.Race
---@param keys string[]
---@return table<integer, boolean>? members by number of the list
---@return any key one that no list has
function contexts.members(race, keys)
  local numbers, members = {}, {}
  for i, list in ipairs(race.lists) do numbers[list.key] = i end
  for _, key in ipairs(keys) do
    if not numbers[key] then return nil, key end
    members[numbers[key]] = true
  end
  return members
end

-- ---- the threshold ----

--- The votes that an outcome's threshold takes.
---@param outcome table
---@return integer? nil where there is none, or its base is not known
function contexts.needed(outcome)
  local threshold = outcome.lists[1] and outcome.lists[1].threshold
  return threshold and threshold.needed
end

local SIDES = { passed = "above", failed = "below", exempt = "below" }

-- The side of a list of an outcome, or of a count.
local function side_of(list)
  local result = list.standing or list.threshold and list.threshold.result
  return result and SIDES[result]
end

--- Lists that stand on the threshold's other side than before.
---@param before table[] lists of an outcome or of a count
---@param after table[] the same lists in the same order
---@param unknown string? what a side is called that is not known; else who
--- has one is left out
---@return { list: string, to: string }[] to: "above", "below" or `unknown`
function contexts.crossed(before, after, unknown)
  local found = {}
  for i, list in ipairs(before) do
    local from, to = side_of(list) or unknown, side_of(after[i]) or unknown
    if from and to and from ~= to then
      found[#found + 1] = { list = list.key, to = to }
    end
  end
  return found
end

return contexts
