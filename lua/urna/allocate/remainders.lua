local averages = require "urna.allocate.averages"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local native = require "urna.native"
local ties = require "urna.allocate.ties"

--- Full quotas, largest remainders, and averages for what is left of them.
local remainders = {}

local function options_of(node, take_back)
  local method = node.method
  local share = method.share or {}
  return { num = node.num, den = node.den, least = node.least,
    most = node.most, take_back = take_back, share_num = share[1],
    share_den = share[2], full_only = not method.has_remainders,
    once = method.averages ~= nil, explain = node.explain }
end

local function fill(node, options)
  local done, seats, tied, left, over, extra = pcall(native.quota,
    node.method.rule, node.seats, node.votes, options)
  if not done then
    faults.raise("%s%s", node.num and "weights: " or "",
      faults.without_place(seats))
  end
  return seats, tied, left, over, extra
end

-- Seats that are too many because of minima are always taken back from the
-- others: it is then not the quota that is too small.
local function is_over_by_minima(node)
  if not node.least then return false end
  local _, _, _, over = fill(node, { num = node.num, den = node.den,
    most = node.most, full_only = true })
  return over == 0
end

local function over_award(node, over)
  return errors.new("over_award", { field = "over_award",
    message = ("the quota %s fills %d of %d seats; over_award = \"subtract\" "
      .. "or \"ignore\" says what is to be done"):format(node.method.name,
      node.seats + over, node.seats) })
end

local function no_quota(node)
  return errors.new("no_quota", { field = "method",
    message = ("the quota %s is 0 votes for %d seats"):format(
      node.method.name, node.seats) })
end

-- What every list has beyond its seats, step by step.
local function rests_of(node, extra)
  local rests = { held = extra.full, quota = native.rational(extra.quota[1],
    extra.quota[2]), of = {}, may_once = {} }
  local share = node.method.share or { 0, 1 }
  local least = rests.quota * native.rational(share[1], share[2])
  for i, pair in ipairs(extra.remainders) do
    rests.of[i] = native.rational(pair[1], pair[2])
    local votes = rests.of[i] + rests.quota * extra.full[i]
    rests.may_once[i] = votes >= least and not votes:is_zero()
  end
  return rests
end

local function takes_part(node, rests, number, taken_back)
  local held = rests.held[number]
  if taken_back then return held > (node.least and node.least[number] or 0) end
  return rests.may_once[number] and held < (node.most and node.most[number]
    or faults.SEATS_MAX)
end

-- Who would have been next: the greatest rest of the others, or the smallest.
local function rival_of(node, rests, winner, taken_back)
  local best
  for number, rest in ipairs(rests.of) do
    local is_in = number ~= winner
      and takes_part(node, rests, number, taken_back)
    local other = is_in and best and rests.of[best]
    if is_in and (not best or not taken_back and rest > other
      or taken_back and rest < other) then
      best = number
    end
  end
  return best
end

local function pair_of(rest)
  return rest and { rest:num(), rest:den() }
end

-- One seat given or taken back; whoever may have one alone is then served.
local function step_of(node, rests, number, taken_back, by_lot)
  local rival = not by_lot and rival_of(node, rests, number, taken_back) or nil
  local step = { step = "remainders", list = node.keys[number],
    remainder = pair_of(rests.of[number]), taken_back = taken_back or nil,
    rival = rival and node.keys[rival], by_lot = by_lot,
    rival_remainder = pair_of(rival and rests.of[rival]) }
  local sign = taken_back and -1 or 1
  rests.held[number] = rests.held[number] + sign
  rests.of[number] = rests.of[number] - rests.quota * sign
  if node.method.averages then rests.may_once[number] = false end
  return step
end

local function explain(node, outcome, extra)
  outcome.quota = extra.quota
  outcome.full_seats = ties.keyed(node, extra.full)
  outcome.remainders = ties.keyed(node, extra.remainders)
  outcome.rests = rests_of(node, extra)
  for i, number in ipairs(extra.order) do
    outcome.steps[i] = step_of(node, outcome.rests, number,
      outcome.over_award ~= nil)
  end
end

local function explain_drawn(node, outcome, tied, left)
  local number_of = {}
  for _, number in ipairs(tied) do number_of[node.keys[number]] = number end
  for _, key in ipairs(outcome.drawn[#outcome.drawn].drawn) do
    outcome.steps[#outcome.steps + 1] = step_of(node, outcome.rests,
      number_of[key], left < 0, true)
  end
end

local function settle(node, outcome, tied, left)
  if not tied then return left end
  local open = ties.draw(node, outcome, "remainders", tied, left)
  if open == 0 and node.explain then
    explain_drawn(node, outcome, tied, left)
  end
  return open
end

--- A method of quotas. Source: see methods/quotas.lua.
--- Fails: nil and "over_award", where the quota fills more seats than there
--- are and nothing is said about it; "no_quota", where it is 0 votes.
---@param node table see arguments.check
---@return table? outcome
---@return urna.Error? err
function remainders.run(node)
  local how = node.over_award
  local take_back = how == "subtract" or is_over_by_minima(node)
  local seats, tied, left, over, extra = fill(node,
    options_of(node, take_back))
  if not seats then return nil, no_quota(node) end
  if over > 0 and not take_back and how ~= "ignore" then
    return nil, over_award(node, over)
  end
  local outcome = ties.outcome(seats)
  outcome.over_award = over > 0 and over or nil
  outcome.steps = node.explain and {} or nil
  if node.explain then explain(node, outcome, extra) end
  left = settle(node, outcome, tied, left)
  if left > 0 and #outcome.ties == 0 and node.method.averages then
    left = averages.continue(node, outcome, node.method.averages, left)
  end
  outcome.left = left
  return outcome
end

return remainders
