local aimed = require "urna.analysis.fewest.aimed"
local aims = require "urna.analysis.fewest.aims"
local all_sets = require "urna.analysis.fewest.all_sets"
local any = require "urna.analysis.fewest.any"
local contexts = require "urna.analysis.context"
local csv = require "urna.writers.csv"
local errors = require "urna.errors"
local ground = require "urna.analysis.fewest.ground"
local listing = require "urna.analysis.listing"

--- The fewest stations whose annulment moves a seat.
---
--- Of any seat the answer is exact: while nobody crosses the threshold, seats
--- move only if some pair of lists changes places, and for a pair the stations
--- that count most are the fewest. Of one list's seats, or a majority, a third
--- list may take the seat and several may have to move: there the same
--- conditions give a number below which it surely cannot be, and a witness, put
--- to the law itself, one at which it is. Where the two meet, it is exact.
local fewest = {}

---@class urna.FewestStations
---@field outcome table with all stations
---@field change table what is asked, as { kind, lists, seats, by,
--- upwards }
---@field stations integer? of the witness; nil where none was found
---@field at_least integer? fewer surely do not do it
---@field is_exact boolean the two meet
---@field witness table? { places, units, registered, is_lightest, seats =
--- seats by list, moved = { { list, seats } }, crossed }
---@field ways table[] pairs that the fewest stations can turn, of "any":
--- { from, to, stations, registered }
local Fewest = {}
Fewest.__index = Fewest
Fewest.kind = "fewest"

local OPTIONS = { "change", "date", "majority", "rule", "seats" }
local TYPES = { change = "string or table", date = "string",
  majority = "number", rule = "string or table", seats = "number" }

-- ---- the answer ----

local function moved(race, count)
  local rows = {}
  for i, list in ipairs(race.lists) do
    local gain = count.lists[i].seats - race.count.lists[i].seats
    if gain ~= 0 then rows[#rows + 1] = { list = list.key, seats = gain } end
  end
  return rows
end

local function witness_of(self, context, best)
  local count, seats = ground.removed(self, best.chosen), {}
  local row = { places = {}, units = {}, registered = best.registered,
    is_lightest = best.is_lightest or false, seats = seats,
    moved = moved(self.race, count), is_tied = #count.ties > 0,
    crossed = contexts.crossed(self.race.count.lists, count.lists) }
  for i, list in ipairs(self.race.lists) do
    seats[list.key] = count.lists[i].seats
  end
  for n, s in ipairs(best.chosen) do
    local unit = context.results.units[self.stations[s].unit]
    row.units[n], row.places[n] = unit, unit.key
  end
  return row
end

local function answer(context, aim)
  local self = { race = context.race, aim = aim,
    stations = ground.stations(context) }
  local found, best = (aim.kind == "any" and any or aimed).find(self)
  best = all_sets.close(self, found, best)
  if not best then found.at_least = nil end
  found.outcome = context.outcome
  found.change = { kind = aim.kind, lists = aim.lists, seats = aim.seats,
    by = aim.moves, upwards = aim.upwards }
  found.stations = best and #best.chosen
  found.is_exact = best ~= nil and found.at_least == #best.chosen
  found.witness = best and witness_of(self, context, best)
  return setmetatable(found, Fewest)
end

--- The fewest stations whose annulment moves a seat.
--- Fails: raises for an unknown option and for a list that there is none of.
---@param results urna.Results
---@param options { change: string|table?, majority: integer?, rule:
--- string|table?, date: string?, seats: integer? }? change: "any" (default);
--- { list = key, or lists = keys, to = "lose" (default) or "gain", by = seats
--- }; "majority", that of the largest list, or { majority = true, lists = keys
--- }: lost where it is held, else reached
---@return urna.FewestStations?
---@return urna.Error? err "no_records", or one that says why it cannot be told
function fewest.run(results, options)
  errors.check_given(results, options, 2)
  options = options or {}
  errors.check_options("fewest_stations", options, OPTIONS, 2)
  errors.check_types("fewest_stations", options, TYPES, 2)
  local context, err = contexts.of(results, options)
  if not context then return nil, err end
  if not context.race then
    return nil, errors.new(context.why.code,
      { message = context.why.message })
  end
  return answer(context, aims.of(context, options, 2))
end

-- ---- how it leaves ----

local HEADER = { "place", "file", "line" }

--- The witness as CSV.
---@return string
function Fewest:csv()
  local rows = {}
  for i, unit in ipairs(self.witness and self.witness.units or {}) do
    rows[i] = { unit.key, unit.source, unit.line }
  end
  return csv.encode(rows, HEADER)
end

-- What an annulment does, as it is asked.
local function what_of(change)
  if change.kind == "any" then return "moves any seat" end
  local lists = table.concat(change.lists, " + ")
  local seats = change.by == 1 and "a seat"
    or ("%d seats"):format(change.by)
  if change.kind == "majority" then
    return change.upwards and ("gives %s a majority"):format(lists)
      or "ends the majority of " .. lists
  end
  return change.upwards and ("gives %s %s"):format(lists, seats)
    or ("takes %s from %s"):format(seats, lists)
end

local function head(self)
  local what = what_of(self.change)
  if not self.stations then
    return ("no annulment was found that %s"):format(what)
  elseif self.is_exact then
    return ("the fewest stations whose annulment %s: %d"):format(what,
      self.stations)
  end
  return ("stations whose annulment %s: at least %s; %d are enough")
    :format(what, self.at_least and ("%d"):format(self.at_least) or "1",
      self.stations)
end

local SHOWN = 10

local function shown(places)
  if #places <= SHOWN then return table.concat(places, "; ") end
  return ("%s and %d more"):format(table.concat(places, "; ", 1, SHOWN),
    #places - SHOWN)
end

--- In words, with the witness.
---@return string
function Fewest:text()
  local lines = { head(self) }
  local witness = self.witness
  if witness then
    lines[2] = ("  for one: %s (%d registered voters)"):format(
      shown(witness.places), witness.registered)
    lines[3] = "  seats: " .. listing.changes(witness.moved, "seats")
    for _, row in ipairs(witness.crossed) do
      lines[#lines + 1] = ("  %s gets %s the threshold"):format(row.list,
        row.to)
    end
  end
  for _, way in ipairs(self.ways) do
    lines[#lines + 1] = ("  %s before %s: %s, %s")
      :format(way.to, way.from, listing.plural(way.stations, "station"),
        listing.plural(way.registered, "registered voter"))
  end
  return table.concat(lines, "\n") .. "\n"
end

return fewest
