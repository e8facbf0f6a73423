local amend = require "urna.seats.amend"
local errors = require "urna.errors"
local keyed = require "urna.analysis.keyed"
local races = require "urna.analysis.race"
local rules = require "urna.rules"
local walk = require "urna.seats.walk"

--- An outcome as what urna.margin is asked with: its votes, and its rule as
--- options. Votes and base are those that are shown; where they are recalled
--- or estimated the marks of the outcome say so. Of a base that is known only
--- between bounds who takes part is known, and nothing of the way to there.
local ground = {}

---@class urna.MarginsGround
---@field outcome table
---@field count table walked
---@field race urna.Race
---@field keys string[] lists in the order of the outcome, without other lists
---@field at table<string, integer> their numbers among the lists of the race
---@field votes table<string, integer>
---@field seats integer
---@field method string
---@field options urna.MarginOptions what follows from the rule
---@field has_threshold boolean
---@field is_base_known boolean else who takes part has to be held as it is

local function no(code, message, ...)
  return nil, errors.new(code, { message = message:format(...) })
end

-- Other lists have no votes of their own to move; their ballots are in the
-- base.
local function count_of(outcome, rule)
  local total = outcome.base.total or outcome.base.min
  local count = { seats = outcome.seats, lists = {},
    moving = rule.base ~= "registered_voters",
    base = { low = total or 0, high = total, value = total } }
  for i, line in ipairs(outcome.lists) do
    local votes = line.votes or line.others and 0
    if not votes then return nil end
    count.lists[i] = { key = line.key, minority = line.minority,
      max = line.candidates, others = line.others, votes = votes, low = votes,
      high = votes }
  end
  return count
end

local function rule_of(outcome, options)
  local rule, err = rules.find(options.rule or outcome.rule.id,
    outcome.rule.edition)
  if rule then
    return amend.thresholds(rule, (outcome.rule.changed or {}).thresholds)
  end
  return no("no_rule", "the rule of this outcome is asked for as rule = ...: "
    .. "%s", err.message)
end

-- The search knows votes and the law, and no lot: who was drawn would hold
-- nothing, and to lose it would be no change.
local function by_lot(outcome)
  local lot = outcome.lots and outcome.lots[1]
  if not lot then return nil end
  return errors.new("by_lot", { lists = lot.tied, message = (
    "a lot gave %s a seat between equals (%s): a single vote decides there, "
    .. "and the fewest votes are not searched beyond it; votes_to_gain and "
    .. "votes_to_lose of the lists hold"):format(table.concat(lot.drawn, ", "),
    table.concat(lot.tied, ", ")) })
end

-- Seats that do not follow from the rule have no margins by it.
local function follows(count, outcome)
  for i, list in ipairs(count.lists) do
    if not list.others and list.seats ~= outcome.lists[i].seats then
      return false
    end
  end
  return true
end

local function is_unit(ratio)
  return ratio[1] == ratio[2]
end

local function same(a, b)
  return a[1] == b[1] and a[2] == b[2]
end

-- The weights, and whether they end at the threshold; nil where the rule has
-- one that changes there to another weight.
local function add_weights(self)
  local weights, ends, stay = {}, false, false
  for _, key in ipairs(self.keys) do
    local list = self.race.lists[self.at[key]]
    if not is_unit(list.below) or not is_unit(list.above) then
      weights[key] = list.below
      local is_same = same(list.below, list.above)
      ends, stay = ends or not is_same, stay or is_same
      if not is_same and not is_unit(list.above) then return nil end
    end
  end
  if ends and stay then return nil end
  self.options.weights = next(weights) and weights or nil
  self.options.weights_end = ends and "at_threshold" or nil
  return true
end

local function add_threshold(self)
  local race, exempt = self.race, {}
  if not self.has_threshold then return end
  for _, key in ipairs(self.keys) do
    if race.lists[self.at[key]].exempt then exempt[#exempt + 1] = key end
  end
  self.options.threshold = { share = race.share, base = race.base,
    base_moves = self.count.moving, exempt = exempt,
    if_none_passes = race.all_if_none and "all_take_part" or nil }
end

local function add_lists(self)
  local most, sum = {}, 0
  for i, list in ipairs(self.count.lists) do
    if not list.others then
      self.keys[#self.keys + 1], self.at[list.key] = list.key, i
      self.votes[list.key], sum = list.votes, sum + list.votes
      most[list.key] = self.race.lists[i].most < self.seats
        and self.race.lists[i].most or nil
    end
  end
  self.options.max = next(most) and most or nil
  return sum
end

local function of_race(outcome, rule, count, race, options)
  local self = { outcome = outcome, count = count, race = race, keys = {},
    at = {}, votes = {}, seats = count.seats,
    method = walk.clause(rule, "averages").divisor,
    has_threshold = race.share ~= nil,
    is_base_known = outcome.base.total ~= nil,
    options = { tie = race.more_votes and "more_votes" or nil } }
  local sum = add_lists(self)
  if self.has_threshold and not self.is_base_known
    and (options.thresholds or "fixed") ~= "fixed" then
    return no("base_unknown", "%s are not known: say thresholds = \"fixed\"",
      (rule.base:gsub("_", " ")))
  elseif self.has_threshold and race.base < sum then
    return no("impossible", "the votes add up to %d, which is more than the "
      .. "%d %s", sum, race.base, (rule.base:gsub("_", " ")))
  elseif self.has_threshold and race.share[1] >= race.share[2] then
    return no("own_step", "a threshold of everything cannot be searched")
  elseif not add_weights(self) then
    return no("own_step", "the rule has weights that no search knows")
  end
  add_threshold(self)
  return self
end

--- The ground of an outcome.
---@param outcome table decided
---@param options { rule: string|table?, thresholds: string? }
---@return urna.MarginsGround?
---@return urna.Error? err "undecided", "by_lot", "votes_unknown",
--- "base_unknown", "bad_thresholds", "no_rule", "other_seats", "own_step",
--- "impossible", "beyond_exact"
function ground.of(outcome, options)
  local open = keyed.open(outcome, "margins") or by_lot(outcome)
  if open then return nil, open end
  local rule, err = rule_of(outcome, options)
  if not rule then return nil, err end
  local count = count_of(outcome, rule)
  if not count then
    return no("votes_unknown", "the votes of every list have to be known, not "
      .. "its share alone")
  end
  count, err = walk.run(rule, count)
  if not count then return nil, err end
  local race, why = races.of(rule, count)
  if not race then return no(why.code, "%s", why.message) end
  if not follows(count, outcome) then
    return no("other_seats", "these seats do not follow from %s of %s: say "
      .. "rule = ...", rule.id, rule.edition)
  end
  return of_race(outcome, rule, count, race, options)
end

return ground
