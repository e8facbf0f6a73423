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
  if not done then faults.raise("%s", faults.without_place(seats)) end
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

local function explain(node, outcome, extra)
  outcome.quota = extra.quota
  outcome.full_seats = ties.keyed(node, extra.full)
  outcome.remainders = ties.keyed(node, extra.remainders)
  local seen = {}
  for _, number in ipairs(extra.order) do
    outcome.steps[#outcome.steps + 1] = { step = "remainders",
      list = node.keys[number], taken_back = outcome.over_award and true,
      remainder = not seen[number] and extra.remainders[number] or nil }
    seen[number] = true
  end
end

local function explain_drawn(outcome, left)
  local tie = outcome.drawn[#outcome.drawn]
  for _, key in ipairs(tie.drawn) do
    outcome.steps[#outcome.steps + 1] = { step = "remainders", list = key,
      remainder = outcome.remainders[key], by_lot = true,
      taken_back = left < 0 or nil }
  end
end

local function settle(node, outcome, tied, left)
  if not tied then return left end
  local open = ties.draw(node, outcome, "remainders", tied, left)
  if open == 0 and node.explain then explain_drawn(outcome, left) end
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
    left = averages.continue(node, outcome, node.method.averages.sequence,
      left)
  end
  outcome.left = left
  return outcome
end

return remainders
