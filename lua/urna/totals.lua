local compat = require "urna.compat"
local errors = require "urna.errors"

--- Results known only as totals of a whole contest: an embedded election, or
--- figures that somebody typed. They answer as results of records do, as far
--- as a total can.
local totals = {}

---@class urna.Totals
---@field contest table
---@field lists table[]
---@field units table[] empty: there are no records
---@field bad table[] empty
---@field election table? the embedded election they come from
local Totals = {}
Totals.__index = Totals

local function no_records(what)
  return nil, errors.new("no_records",
    { message = what .. " needs records; only totals are known here" })
end

-- A measure is a number, or { value, min, max, mark, why }.
local function spread(measure)
  if type(measure) ~= "table" then return { value = measure } end
  return measure
end

local function put(group, kind, name, measure)
  local found = spread(measure)
  group[kind][name] = found.value
  if found.min then
    group.low[kind][name], group.high[kind][name] = found.min, found.max
  end
  if found.mark then group.marks[kind][name] = found end
end

local function rank(votes)
  local ranking = {}
  for key, count in pairs(votes) do
    ranking[#ranking + 1] = { key = key, votes = count }
  end
  table.sort(ranking, function(a, b)
    if a.votes ~= b.votes then return a.votes > b.votes end
    return compat.before(a.key, b.key)
  end)
  return ranking
end

local function empty_group()
  local function kinds() return { votes = {}, fields = {} } end
  return { key = "", votes = {}, fields = {}, missing = {}, low = kinds(),
    high = kinds(), marks = kinds() }
end

--- The whole contest as one group, with what is known only within bounds in
--- `low` and `high`, and what is recalled or estimated in `marks`.
---@return table group
function Totals:total()
  local group = empty_group()
  for name, measure in pairs(self.fields) do
    put(group, "fields", name, measure)
  end
  for _, list in ipairs(self.lists) do
    put(group, "votes", list.key, list.votes)
  end
  group.ranking = rank(group.votes)
  group.reported, group.expected = self.reported, self.expected
  return group
end

--- One group with everything; totals cannot be taken apart.
function Totals:sum(options)
  if options and (options.by or options.where) then
    return no_records("a sum by a column")
  end
  return { (self:total()) }
end

function Totals.column() return no_records("a column") end
function Totals.find() return no_records("a place") end
function Totals.without() return no_records("to leave places out") end
function Totals.split() return no_records("to split") end
function Totals.write() return no_records("to write records") end

--- Totals of a contest.
---@param parts { contest: table, lists: table[], fields: table, others:
--- table?, shares: table?, reported: integer?, expected: integer?,
--- election: table? } lists as in a contest, with `votes` as a measure
---@return urna.Totals
function totals.new(parts)
  local self = { contest = parts.contest, lists = parts.lists,
    fields = parts.fields, others = parts.others, shares = parts.shares,
    reported = parts.reported, expected = parts.expected,
    election = parts.election, units = {}, bad = {}, unmapped = {} }
  return setmetatable(self, Totals)
end

local CONTEST = { "id", "alias", "name", "names", "date", "rule", "seats",
  "count_status", "units_expected", "sources", "notes", "partial",
  "percent_base" }

--- An embedded election as results.
---@param election table see urna.elections
---@return urna.Totals
function totals.from_election(election)
  local contest = { lists = election.lists }
  for _, name in ipairs(CONTEST) do contest[name] = election[name] end
  return totals.new { contest = contest, lists = election.lists,
    fields = election.fields, others = election.others,
    shares = election.shares, expected = election.units_expected,
    reported = not election.partial and election.units_expected
      or election.partial and election.partial.stations or nil,
    election = election }
end

return totals
