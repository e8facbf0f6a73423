local apportion = require "urna.seats.apportion"
local contexts = require "urna.analysis.context"
local csv = require "urna.writers.csv"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"
local places = require "urna.places"
local subjects = require "urna.subject"
local totals = require "urna.totals"

--- A repeat of the vote: what it changed, station by station, in the totals, at
--- the threshold and in seats.
local rerun = {}

---@class urna.Rerun
---@field before table outcome
---@field after table outcome
---@field stations table[] { place, fields = { name = { before, after } }, votes
--- = { key = { before, after } }, turnout }; of those that voted again, in the
--- order of the records before; empty where only totals are known
---@field rows table[] by list: { list, votes_before, votes_after, change,
--- seats_before, seats_after, seats_change, passed_before, passed_after }
---@field fields table<string, { before: integer?, after: integer? }> totals
---@field threshold { before: integer?, after: integer? } votes needed
---@field crossed { list: string, to: string }[]
---@field by_station boolean whether stations could be compared
local Rerun = {}
Rerun.__index = Rerun
Rerun.kind = "rerun"

local OPTIONS = { "date", "rule", "seats" }
local TYPES = { date = "string", rule = "string or table", seats = "number" }

-- ---- stations ----

local function folded(unit)
  local parts = {}
  for i, part in ipairs(unit.path) do parts[i] = places.fold(part) end
  return #parts > 0 and table.concat(parts, "/") or unit.key
end

local function is_records(results)
  return type(results) == "table" and type(results.has) == "function"
end

local function columns_of(results, lists)
  local columns = { fields = {}, votes = {} }
  for _, name in ipairs { "registered_voters", "voters_signed",
    "ballots_received", "ballots_unused", "ballots_in_box",
    "invalid_ballots", "blank_ballots", "valid_ballots", "valid_votes" } do
    columns.fields[name] = contexts.column(results, name)
  end
  for _, list in ipairs(lists) do
    columns.votes[list.key] = contexts.column(results, list.key)
  end
  return columns
end

-- Pairs of what a station said before and says after, and whether any differs.
local function compared(before, after, kind, own, other)
  local found, differs = {}, false
  for name, values in pairs(before[kind]) do
    local column = after[kind][name]
    local old, new = values[own], column and column[other] or nil
    if old or new then
      found[name] = { before = old, after = new }
      differs = differs or old ~= new
    end
  end
  return found, differs
end

local function unmatched(units)
  local names = {}
  for i = 1, math.min(#units, 5) do names[i] = units[i].key end
  return errors.new("unknown_place", { text = units[1].key, file =
    units[1].source, message = ("%d stations of the repeat are not among the "
      .. "records before: %s"):format(#units, table.concat(names, "; ")) })
end

local function repeated(unit)
  return errors.new("repeated_unit", { text = unit.key, file = unit.source,
    line = unit.line, message = ("%s stands in the repeat twice"):format(
      unit.key) })
end

-- Each station after beside its own before; only those that differ where all
-- of them are there again.
local function match(before, after)
  local known, lost, rows, seen = {}, {}, {}, {}
  local old, new = columns_of(before, before.lists),
    columns_of(after, before.lists)
  for i, unit in ipairs(before.units) do known[folded(unit)] = i end
  for other, unit in ipairs(after.units) do
    local own = known[folded(unit)]
    if own and seen[own] then return nil, repeated(unit) end
    seen[own or unit] = true
    if not own then
      lost[#lost + 1] = unit
    else
      local row = { place = before.units[own].key, unit = before.units[own],
        own = own }
      local fields, votes
      row.fields, fields = compared(old, new, "fields", own, other)
      row.votes, votes = compared(old, new, "votes", own, other)
      if fields or votes then rows[#rows + 1] = row end
    end
  end
  if #lost > 0 then return nil, unmatched(lost) end
  table.sort(rows, function(a, b) return a.own < b.own end)
  return rows
end

-- ---- totals ----

local function plus(total, pair)
  if total == nil or pair == nil then return total end
  if not pair.before or not pair.after then return nil end
  return total + pair.after - pair.before
end

-- The totals with the stations' new numbers in the place of the old.
local function replaced(before, rows)
  local group, err = before:total()
  if not group then return nil, err end
  local lists, fields = {}, {}
  for name, total in pairs(group.fields) do
    fields[name] = total
    for _, row in ipairs(rows) do
      fields[name] = plus(fields[name], row.fields[name])
    end
  end
  for i, list in ipairs(before.lists) do
    lists[i] = {}
    for key, value in pairs(list) do lists[i][key] = value end
    lists[i].votes = group.votes[list.key]
    for _, row in ipairs(rows) do
      lists[i].votes = plus(lists[i].votes, row.votes[list.key])
    end
  end
  return totals.new { lists = lists, fields = fields,
    contest = before.contest, reported = group.reported,
    expected = group.expected }
end

-- ---- what is compared ----

local function passed(list)
  local threshold = list and list.threshold
  return threshold and threshold.result
end

local function difference(a, b)
  return a and b and b - a or nil
end

-- The lists after in the order of those before; empty where there is none.
local function lists_after(before, after)
  local lists, other = {}, {}
  for _, list in ipairs(after.lists) do other[list.key] = list end
  for i, list in ipairs(before.lists) do lists[i] = other[list.key] or {} end
  return lists
end

local function rows_of(before, lists)
  local rows = {}
  for i, list in ipairs(before.lists) do
    local new = lists[i]
    rows[i] = { list = list.key, votes_before = list.votes,
      votes_after = new.votes, change = difference(list.votes, new.votes),
      seats_before = list.seats, seats_after = new.seats,
      seats_change = difference(list.seats, new.seats),
      passed_before = passed(list), passed_after = passed(new) }
  end
  return rows
end

local function fields_of(before, after)
  local found = {}
  for name, value in pairs(before.fields) do
    found[name] = { before = value, after = after.fields[name] }
  end
  for name, value in pairs(after.fields) do
    found[name] = found[name] or { after = value }
  end
  return found
end

local function outcome_of(subject, options)
  if subjects.is_outcome(subject) then return subject end
  local results, err = subjects.results(subject)
  if not results then return nil, err end
  return apportion.run(results, { rule = options.rule, date = options.date,
    seats = options.seats, explain = false })
end

-- The records of the repeat as totals of the whole, where there are records.
local function whole(before, after)
  if not is_records(before) or not is_records(after) then return {}, after end
  local stations, err = match(before, after)
  if not stations then return nil, err end
  local second
  second, err = replaced(before, stations)
  return second and stations, second or err
end

--- What a repeat of the vote changed.
--- Fails: raises for an unknown option and for what is no subject.
---@param before urna.Results|table|string records, or where only totals are
--- known results, an outcome or an election's id
---@param after urna.Results|table|string records of the stations that voted
--- again, or of all of them; or totals of all
---@param options { rule: string|table?, date: string?, seats: integer? }?
---@return urna.Rerun?
---@return urna.Error? err "unknown_place": a station that was not there before,
--- "repeated_unit": one that is there twice; or as of urna.apportion
function rerun.run(before, after, options)
  errors.check_given(before, after, 2)
  options = options or {}
  errors.check_options("rerun", options, OPTIONS, 2)
  errors.check_types("rerun", options, TYPES, 2)
  for _, subject in ipairs { before, after } do
    if type(subject) ~= "table" and type(subject) ~= "string" then
      error("rerun takes results, outcomes or elections' ids", 2)
    end
  end
  local stations, second = whole(before, after)
  if not stations then return nil, second end
  local old, new, err
  old, err = outcome_of(before, options)
  if not old then return nil, err end
  new, err = outcome_of(second, options)
  if not new then return nil, err end
  local lists = lists_after(old, new)
  return setmetatable({ before = old, after = new, stations = stations,
    by_station = is_records(before) and is_records(after),
    rows = rows_of(old, lists), fields = fields_of(old, new),
    crossed = contexts.crossed(old.lists, lists), threshold = {
      before = contexts.needed(old), after = contexts.needed(new) } }, Rerun)
end

-- ---- how it leaves ----

local HEADER = { "list", "votes_before", "votes_after", "change",
  "seats_before", "seats_after", "seats_change", "threshold_before",
  "threshold_after" }

--- A row for each list, as CSV.
---@return string
function Rerun:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { row.list, row.votes_before, row.votes_after, row.change,
      row.seats_before, row.seats_after, row.seats_change, row.passed_before,
      row.passed_after }
  end
  return csv.encode(rows, HEADER)
end

local function pair_text(pair)
  local function text(value)
    return value and ("%d"):format(value) or "unknown"
  end
  return ("%s to %s"):format(text(pair.before), text(pair.after))
end

local function changes(rows, field)
  local text = listing.changes(rows, field)
  return text ~= "" and text or "none"
end

local function station_text(row, lists)
  local parts = {}
  local box = row.fields.ballots_in_box
  if box then parts[1] = "ballots " .. pair_text(box) end
  for _, list in ipairs(lists) do
    local pair = row.votes[list.list]
    if pair and pair.before ~= pair.after then
      parts[#parts + 1] = ("%s %s"):format(list.list, pair_text(pair))
    end
  end
  return ("  %s: %s"):format(row.place, table.concat(parts, ", "))
end

local SHOWN = 20

--- In words.
---@return string
function Rerun:text()
  local lines = {}
  if #self.stations > 0 then
    lines[1] = ("%s voted again with another result"):format(
      listing.plural(#self.stations, "station"))
  end
  for i = 1, math.min(#self.stations, SHOWN) do
    lines[#lines + 1] = station_text(self.stations[i], self.rows)
  end
  if #self.stations > SHOWN then
    lines[#lines + 1] = ("  and %d more"):format(#self.stations - SHOWN)
  end
  local base = self.before.base.name
  if self.fields[base] then
    lines[#lines + 1] = ("%s: %s"):format(listing.spaced(base),
      pair_text(self.fields[base]))
  end
  lines[#lines + 1] = "votes needed at the threshold: "
    .. pair_text(self.threshold)
  lines[#lines + 1] = "votes: " .. changes(self.rows, "change")
  for _, row in ipairs(self.crossed) do
    lines[#lines + 1] = ("%s gets %s the threshold"):format(row.list, row.to)
  end
  lines[#lines + 1] = "seats: " .. changes(self.rows, "seats_change")
  return table.concat(lines, "\n") .. "\n"
end

return rerun
