local apportion = require "urna.seats.apportion"
local contexts = require "urna.analysis.context"
local csv = require "urna.writers.csv"
local errors = require "urna.errors"
local likely = require "urna.analysis.likely"
local listing = require "urna.analysis.listing"
local materiality = require "urna.analysis.materiality"
local native = require "urna.native"
local revote = require "urna.analysis.revote"

--- Stations annulled: the result without them, and what a repeat there could
--- do.
local annul = {}

---@class urna.Annulment
---@field before table the outcome as it is, without margins
---@field without table the outcome without the stations
---@field removed { stations: integer, reported: integer, fields: table, votes:
--- table } what they held
---@field units table[] the stations
---@field rows table[] by list: { list, votes, removed, before, without, change,
--- fewest, most, low, high }
---@field moves boolean whether any seat is held by another without them
---@field threshold { before: integer?, without: integer? } votes needed
---@field crossed { list: string, to: string }[] lists that end "above" or
--- "below" the threshold, and were on its other side
---@field bounds table? with a repeat: { voters, lists = { key = { fewest, most,
--- safe, possible, gains, loses, is_exact } }, coalitions, majority,
--- can_change }: of a list's seats so many are safe, and so many more possible;
--- gains and loses are outcomes with its most and its fewest, see revote.lua
---@field likely table? with a repeat, see likely.lua
---@field materiality { ballots, needed, ratio, from, to }?
---@field why { code: string, message: string }? why there are no bounds
local Annulment = {}
Annulment.__index = Annulment
Annulment.kind = "annul"

local OPTIONS = { "coalitions", "date", "draws", "excluded", "registered",
  "revote", "rule", "seats", "seed", "turnout" }
local TYPES = { coalitions = "table", date = "string", draws = "number",
  excluded = "table", registered = "number", revote = "boolean",
  rule = "string or table", seats = "number", seed = "number",
  turnout = "table" }

local DRAWS, SEED = 500, 1
local MOST = 9007199254740991

-- ---- what is asked ----

local function is_whole(value, least, most)
  return type(value) == "number" and value % 1 == 0 and value >= least
    and value <= most
end

local function is_ratio(value)
  return type(value) == "table" and is_whole(value[1], 0, 1000000)
    and is_whole(value[2], 1, 1000000)
end

-- One ratio of ballots to those before, or two between which they are drawn.
local function turnout_of(value, level)
  if value == nil then return { from = { 1, 2 }, to = { 1, 1 } } end
  if is_ratio(value) then return { from = value, to = value } end
  if is_ratio(value.from) and is_ratio(value.to) then
    return { from = value.from, to = value.to }
  end
  error("annul: turnout is a ratio { num, den } to that before, or { from = "
    .. "ratio, to = ratio }", level + 1)
end

local LIMITS = { draws = { 1, 1000000 }, registered = { 0, MOST },
  seed = { 0, MOST } }

local function check_numbers(options, level)
  for name, limits in pairs(LIMITS) do
    local value = options[name]
    if value ~= nil and not is_whole(value, limits[1], limits[2]) then
      error(("annul: %s must be a whole number from %d to %d"):format(name,
        limits[1], limits[2]), level + 1)
    end
  end
end

-- ---- without the stations ----

local function removed_of(before, without, units)
  local found = { stations = #units, fields = {}, votes = {},
    reported = before.units.reported - without.units.reported }
  for name, value in pairs(before.fields) do
    found.fields[name] = value - (without.fields[name] or 0)
    -- where one that stays has none, nobody can tell
    if not without.fields[name] and without.units.reported > 0 then
      found.fields[name] = nil
    end
  end
  for i, list in ipairs(before.lists) do
    found.votes[list.key] = (list.votes or 0)
      - (without.lists[i].votes or 0)
  end
  return found
end

local function rows_of(before, without, removed)
  local rows = {}
  for i, list in ipairs(before.lists) do
    local other = without.lists[i]
    rows[i] = { list = list.key, votes = list.votes,
      removed = removed.votes[list.key], before = list.seats,
      without = other.seats,
      change = list.seats and other.seats and other.seats - list.seats }
  end
  return rows
end

local function any_moves(rows)
  for _, row in ipairs(rows) do
    if row.change and row.change ~= 0 then return true end
  end
  return false
end

-- ---- the repeat ----

-- The stations' own numbers; registered voters of those not counted too.
local function stations_of(context, units)
  local results, columns, found = context.results, {}, {}
  for i, list in ipairs(context.race.lists) do
    columns[i] = contexts.values(results, list.key, units)
  end
  local box = contexts.values(results, "ballots_in_box", units) or {}
  local registered = contexts.values(results, "registered_voters", units) or {}
  local voters, is_known = 0, true
  for at = 1, #units do
    local counts, valid = {}, 0
    for i = 1, #columns do
      counts[i] = columns[i][at] or 0
      valid = valid + counts[i]
    end
    local ballots = math.max(box[at] or valid, valid)
    counts[#counts + 1] = ballots - valid
    found[#found + 1] = { counts = counts, ballots = ballots }
    is_known = is_known and registered[at] ~= nil
    voters = voters + (registered[at] or 0)
  end
  return found, is_known and voters or nil
end

local function bound_row(race, voters, i, held)
  local found = revote.bounds(race, voters, { [i] = true })
  return { fewest = found.fewest, most = found.most, safe = found.fewest,
    possible = found.most - found.fewest, gains = found.most_witness,
    loses = found.fewest_witness, is_exact = found.is_exact,
    can_change = found.fewest < held or found.most > held }
end

local function bounds_by_list(race, voters, before)
  local found = { voters = voters, lists = {}, can_change = false }
  for i, list in ipairs(race.lists) do
    local row = bound_row(race, voters, i, before.lists[i].seats)
    found.lists[list.key] = row
    found.can_change = found.can_change or row.can_change
  end
  return found
end

local function coalition_row(race, voters, keys, needed, before, level)
  local members, missing = contexts.members(race, keys)
  if not members then
    error(("annul: coalitions name a list %q that there is not"):format(
      tostring(missing)), level + 1)
  end
  local held = 0
  local found = revote.bounds(race, voters, members)
  for i in pairs(members) do held = held + before.lists[i].seats end
  return { lists = keys, before = held, fewest = found.fewest,
    most = found.most, is_exact = found.is_exact, needed = needed,
    gains = found.most_witness, loses = found.fewest_witness,
    majority = found.fewest >= needed and "certain"
      or found.most < needed and "excluded" or "open" }
end

-- Who has the majority, and whether that can change.
local function majority_of(bounds, race, before, needed)
  local row = { needed = needed, can_change = false }
  for i, list in ipairs(race.lists) do
    local own = bounds.lists[list.key]
    if before.lists[i].seats >= needed then
      row.holder = list.key
      row.can_change = row.can_change or own.fewest < needed
    elseif own.most >= needed then
      row.can_change = true
    end
  end
  return row
end

local function add_bounds(self, race, voters, options)
  local needed = self.before.majority.needed
  local bounds = bounds_by_list(race, voters, self.before)
  bounds.majority = majority_of(bounds, race, self.before, needed)
  bounds.coalitions = {}
  for n, keys in ipairs(options.coalitions or {}) do
    bounds.coalitions[n] = coalition_row(race, voters, keys, needed,
      self.before, 4)
  end
  for _, row in ipairs(self.rows) do
    row.fewest = bounds.lists[row.list].fewest
    row.most = bounds.lists[row.list].most
  end
  self.bounds = bounds
end

local function add_likely(self, race, stations, voters, options)
  local held = {}
  for i, list in ipairs(self.before.lists) do held[i] = list.seats end
  self.likely = likely.of(race, stations, { voters = voters,
    draws = options.draws or DRAWS, seed = options.seed or SEED, held = held,
    turnout = turnout_of(options.turnout, 4) })
  for i, row in ipairs(self.rows) do
    row.low, row.high = self.likely.lists[i].low, self.likely.lists[i].high
  end
end

local function repeat_vote(self, context, kept, units, options)
  if not context.race then
    self.why = context.why
    return
  end
  local race, why = contexts.race(kept, context.rule, self.before.seats)
  if not race then
    self.why = why
    return
  end
  local stations, voters = stations_of(context, units)
  voters = options.registered or voters
  if not voters then
    self.why = { code = "registered_unknown", message =
      "how many voters are registered at these stations is not known; say "
        .. "registered = N" }
    return
  end
  add_bounds(self, race, voters, options)
  add_likely(self, race, stations, voters, options)
end

-- ---- the answer ----

local function materiality_of(context, removed)
  local needed = context.race and #context.outcome.ties == 0
    and materiality.needed(context.race)
  if not needed then return nil end
  local ballots = removed.fields.ballots_in_box
  return { stations = removed.stations, ballots = ballots,
    needed = needed.ballots, from = needed.from, to = needed.to,
    ratio = materiality.ratio(ballots, needed) }
end

local function answer(context, kept, without, units, options)
  local before = context.outcome
  local removed = removed_of(before, without, units)
  local self = setmetatable({ before = before, without = without,
    removed = removed, rows = rows_of(before, without, removed),
    crossed = contexts.crossed(before.lists, without.lists), units = units,
    threshold = { before = contexts.needed(before),
      without = contexts.needed(without) },
    materiality = materiality_of(context, removed) }, Annulment)
  self.moves = any_moves(self.rows)
  if options.revote then repeat_vote(self, context, kept, units, options) end
  return self
end

--- The result without some stations; with `revote` also what their registered
--- voters could do at a repeat: the fewest and the most seats of each list over
--- all they may cast, exact, and an estimate of what they likely would.
--- Fails: raises for an unknown option, for one of the wrong type, and for a
--- place that is neither a text nor a unit.
---@param results urna.Results
---@param places (string|table)[] as of results:without, or findings:units(code)
---@param options { revote: boolean?, rule: string|table?, date: string?, seats:
--- integer?, excluded: string[][]?, coalitions: string[][]?, registered:
--- integer?, seed: integer?, draws: integer?, turnout: table? }? coalitions:
--- lists whose seats together are bounded too; registered: how many may vote
--- again, if the records do not say; turnout: ballots at the repeat to those
--- before, { num, den } or { from = ratio, to = ratio }, by default from a half
--- to as many; draws: 500 by default; seed: 1 by default
---@return urna.Annulment?
---@return urna.Error? err "no_records", "unknown_place", "ambiguous_place", or
--- as of urna.apportion
function annul.run(results, places, options)
  errors.check_given(results, places, 2)
  options = options or {}
  errors.check_options("annul", options, OPTIONS, 2)
  errors.check_types("annul", options, TYPES, 2)
  check_numbers(options, 2)
  turnout_of(options.turnout, 2)
  local context, err = contexts.of(results, options)
  if not context then return nil, err end
  local units, kept, without
  units, err = contexts.units(results, places, 2)
  if not units then return nil, err end
  kept, err = results:without(units)
  if not kept then return nil, err end
  without, err = apportion.run(kept, contexts.options(options))
  if not without then return nil, err end
  return answer(context, kept, without, units, options)
end

-- ---- how it leaves ----

local HEADER = { "list", "votes", "votes_removed", "seats", "seats_without",
  "change", "fewest", "most", "likely_low", "likely_high" }

--- A row for each list, as CSV; empty where nothing is known of a repeat.
---@return string
function Annulment:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { row.list, row.votes, row.removed, row.before, row.without,
      row.change, row.fewest, row.most, row.low, row.high }
  end
  return csv.encode(rows, HEADER)
end

-- What becomes of the seats, or why nobody can say.
local function seats_text(self)
  local without = self.without
  if without.decision == "decided" then
    return self.moves and listing.changes(self.rows, "change")
      or "no seat moves"
  end
  local reasons = {}
  for i, open in ipairs(without.open) do reasons[i] = open.message end
  return ("the seats are %s: %s"):format(without.decision,
    table.concat(reasons, "; "))
end

local function first_lines(self)
  local removed = self.removed
  local held = removed.fields.ballots_in_box
  local lines = { ("without %s%s: %s"):format(
    listing.plural(removed.stations, "station"),
    held and (" and the %s in their boxes"):format(listing.plural(held,
      "ballot")) or "", seats_text(self)) }
  local threshold = self.threshold
  if threshold.before and threshold.without
    and threshold.before ~= threshold.without then
    lines[2] = ("  the threshold goes from %d to %d votes"):format(
      threshold.before, threshold.without)
  end
  for _, row in ipairs(self.crossed) do
    lines[#lines + 1] = ("  %s gets %s the threshold"):format(row.list, row.to)
  end
  return lines
end

local function range(low, high)
  return low == high and ("%d"):format(low) or ("%d to %d"):format(low, high)
end

local function add_ranges(lines, self)
  for _, row in ipairs(self.rows) do
    local own = self.bounds.lists[row.list]
    if own.most > 0 then
      lines[#lines + 1] = ("  %s: %s seats%s%s"):format(row.list,
        range(own.fewest, own.most),
        row.low and (" (likely %s)"):format(range(row.low, row.high)) or "",
        own.is_exact and "" or ", at the very most")
    end
  end
end

local function ratio_text(ratio)
  return ("%s %%"):format(native.decimal(ratio[1], ratio[2], 0, 2))
end

local function add_repeat(lines, self)
  local bounds = self.bounds
  lines[#lines + 1] = ("a repeat there, %s registered: %s"):format(
    listing.plural(bounds.voters, "voter"), bounds.can_change
    and "could move a seat" or "cannot move any seat")
  add_ranges(lines, self)
  local majority = bounds.majority
  lines[#lines + 1] = majority.can_change
    and "  who has the majority could change"
    or "  who has the majority cannot change"
  for _, row in ipairs(bounds.coalitions) do
    lines[#lines + 1] = ("  %s: %s seats of %d needed, a majority is %s")
      :format(table.concat(row.lists, " + "), range(row.fewest, row.most),
      row.needed, row.majority)
  end
  local drawn = self.likely
  lines[#lines + 1] = ("  likely is an estimate: nine in ten of %d draws (seed "
    .. "%d) in which all vote as before, with %s to %s of the ballots; a seat "
    .. "moved in %d of them"):format(drawn.draws, drawn.seed,
    ratio_text(drawn.turnout.from), ratio_text(drawn.turnout.to),
    drawn.changed)
end

--- In words.
---@return string
function Annulment:text()
  local lines = first_lines(self)
  local material = self.materiality
  if material and material.ratio then
    lines[#lines + 1] = ("  %d ballots switched from %s to %s would move a "
      .. "seat: these are %s times as many"):format(material.needed,
      material.from, material.to, material.ratio.decimal)
  end
  if self.bounds then add_repeat(lines, self) end
  if self.why then
    lines[#lines + 1] = "a repeat cannot be bounded: " .. self.why.message
  end
  return table.concat(lines, "\n") .. "\n"
end

return annul
