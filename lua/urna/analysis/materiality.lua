local csv = require "urna.writers.csv"
local contexts = require "urna.analysis.context"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"
local margins = require "urna.seats.margins"
local native = require "urna.native"
local rivals = require "urna.analysis.rivals"

--- Could it have mattered: how many ballots the stations with a defect hold,
--- beside how few ballots would move a seat. The one to the other is how courts
--- and observers weigh a defect; it says what could be, and never what was.
local materiality = {}

---@class urna.Materiality
---@field outcome table as it is
---@field needed table? { ballots, from, to, list } the fewest ballots switched
--- from one list to another that move a seat
---@field rows table[] { code, title, stations, registered, ballots, gap,
--- needed, ratio = { num, den, decimal } }: ballots in the box of the stations
--- concerned; gap: what the check's own numbers differ by, summed; that of
--- places has no code
---@field why { code: string, message: string }? why nothing is needed
local Materiality = {}
Materiality.__index = Materiality
Materiality.kind = "materiality"

-- How many switched ballots make a form hold: each gives the factor of the list
-- it leaves and takes that of the list it goes to.
local function switched(form)
  local each = form.votes[form.from] - form.votes[form.to]
  return math.max(1, math.floor((form.need + each - 1) / each))
end

-- Fewer may do where a list crosses the threshold: the base stays, so each
-- ballot counts once.
local function crossing_needs(race)
  local least
  for _, form in ipairs(rivals.crossings(race)) do
    local each = race.share[2]
    local ballots = math.max(1, math.floor((form.need + each - 1) / each))
    least = math.min(least or ballots, ballots)
  end
  return least
end

-- The law is asked where a threshold may come first.
local function searched(race)
  local found = margins.fewest_switched(race.rule, race.count)
  return found and { ballots = found.votes, from = found.from, to = found.to,
    list = found.list }
end

--- The fewest ballots switched from one list to another that move any seat.
---@param race urna.Race its seats without a tie
---@return { ballots: integer, from: string, to: string, list: string? }?
function materiality.needed(race)
  local best
  for _, form in ipairs(rivals.pairs(race)) do
    local ballots = switched(form)
    if not best or ballots < best.ballots then
      best = { ballots = ballots, from = race.lists[form.from].key,
        to = race.lists[form.to].key, list = race.lists[form.to].key }
    end
  end
  local crossing = crossing_needs(race)
  if not best or crossing and crossing < best.ballots then
    return searched(race) or best
  end
  return best
end

--- Ballots concerned and ballots needed, as a row.
---@param ballots integer?
---@param needed { ballots: integer }?
---@return { num: integer, den: integer, decimal: string }? ratio
function materiality.ratio(ballots, needed)
  if not ballots or not needed then return nil end
  return { num = ballots, den = needed.ballots,
    decimal = native.decimal(ballots, needed.ballots, 2, 0) }
end

-- ---- the table ----

local OPTIONS = { "codes", "date", "findings", "places", "rule", "seats" }
local TYPES = { codes = "table", date = "string", findings = "table",
  places = "table", rule = "string or table", seats = "number" }

local function sum_at(results, name, units)
  local values, sum = contexts.values(results, name, units) or {}, 0
  for i = 1, #units do
    if not values[i] then return nil end
    sum = sum + values[i]
  end
  return sum
end

-- The sides of a formula may be no ballots: of these the finding says how far
-- they are apart, where they are.
local function gap_of(findings, found)
  local sum
  for _, hit in ipairs(findings:hits(found.code)) do
    if hit.numbers then return found.difference end
    if hit.left then sum = (sum or 0) + math.abs(hit.left - hit.right) end
  end
  return sum
end

local function row_of(self, units, about)
  local ballots = sum_at(self.results, "ballots_in_box", units)
  return { code = about.code, title = about.title, stations = #units,
    registered = sum_at(self.results, "registered_voters", units),
    ballots = ballots, gap = about.gap,
    needed = self.needed and self.needed.ballots,
    ratio = materiality.ratio(ballots, self.needed) }
end

local function is_wanted(row, codes)
  if not codes then return row.result == "FIRED" end
  for _, code in ipairs(codes) do
    if code == row.code then return true end
  end
  return false
end

local function add_findings(self, rows, options)
  local findings = options.findings
  for _, found in ipairs(findings and findings.rows or {}) do
    if is_wanted(found, options.codes) then
      rows[#rows + 1] = row_of(self, findings:units(found.code),
        { code = found.code, title = found.title,
          gap = gap_of(findings, found) })
    end
  end
end

--- The table: a row for each check that fired, and one for places that are
--- given.
--- Fails: raises for an unknown option and for findings that are none.
---@param results urna.Results
---@param options { findings: urna.Findings?, codes: string[]?, places: table?,
--- rule: string|table?, date: string?, seats: integer? } findings: of
--- urna.check on the same results; codes: only these, fired or not; places: as
--- of urna.annul
---@return urna.Materiality?
---@return urna.Error?
function materiality.run(results, options)
  errors.check_given(results, options, 2)
  options = options or {}
  errors.check_options("materiality", options, OPTIONS, 2)
  errors.check_types("materiality", options, TYPES, 2)
  if not options.findings and not options.places then
    error("materiality needs findings, or places", 2)
  end
  local context, err = contexts.of(results, options)
  if not context then return nil, err end
  local self = { results = results,
    needed = context.race and materiality.needed(context.race) }
  local rows = {}
  add_findings(self, rows, options)
  if options.places then
    local units
    units, err = contexts.units(results, options.places, 2)
    if not units then return nil, err end
    rows[#rows + 1] = row_of(self, units, { title = "the stations named" })
  end
  return setmetatable({ needed = self.needed, rows = rows,
    why = context.why, outcome = context.outcome }, Materiality)
end

-- ---- how it leaves ----

local HEADER = { "code", "stations", "registered_voters", "ballots", "gap",
  "ballots_needed", "ratio", "title" }

--- As CSV.
---@return string
function Materiality:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { row.code, row.stations, row.registered, row.ballots, row.gap,
      row.needed, row.ratio and row.ratio.decimal, row.title }
  end
  return csv.encode(rows, HEADER)
end

--- A line for each row.
---@return string
function Materiality:text()
  local lines = {}
  if self.needed then
    lines[1] = ("%d ballots switched from %s to %s would move a seat, the "
      .. "fewest that could"):format(self.needed.ballots, self.needed.from,
      self.needed.to)
  else
    lines[1] = "how many ballots would move a seat cannot be told"
      .. (self.why and ": " .. self.why.message or "")
  end
  for _, row in ipairs(self.rows) do
    lines[#lines + 1] = ("%s%s, %s ballots%s%s: %s"):format(
      row.code and row.code .. "  " or "",
      listing.plural(row.stations, "station"),
      row.ballots and ("%d"):format(row.ballots) or "unknown",
      row.gap and (" (%d at issue)"):format(row.gap) or "",
      row.ratio and (", %s times what moves a seat"):format(row.ratio.decimal)
      or "", row.title)
  end
  return table.concat(lines, "\n") .. "\n"
end

return materiality
