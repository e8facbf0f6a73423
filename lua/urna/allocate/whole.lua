local alliances = require "urna.allocate.alliances"
local arguments = require "urna.allocate.arguments"
local averages = require "urna.allocate.averages"
local faults = require "urna.allocate.faults"
local lots = require "urna.lots"
local quota_method = require "urna.allocate.quota_method"
local remainders = require "urna.allocate.remainders"
local ties = require "urna.allocate.ties"

--- A whole allocation: arguments, engine or alliances, lots, result.
local whole = {}

local KINDS = { divisor = averages.run, quota = remainders.run,
  quota_method = quota_method.run }

--- One allocation without alliances.
--- Fails: a fault; nil and an error, as urna.allocate.
---@param node table see arguments.check
---@return table? outcome
---@return urna.Error? err
function whole.run_node(node)
  return KINDS[node.method.kind](node)
end

local EXPLAINS = { "divisor", "quota", "full_seats", "remainders", "total" }

-- Who took a seat, in order; open seats and those taken back are no awards.
local function order_of(steps)
  local order = {}
  for _, step in ipairs(steps) do
    if step.list and not step.taken_back then order[#order + 1] = step.list end
  end
  return order
end

local function explain(result, outcome)
  if not outcome.steps then return end
  result.steps, result.order = outcome.steps, order_of(outcome.steps)
  for _, name in ipairs(EXPLAINS) do result[name] = outcome[name] end
end

local function explain_alliances(result, outcome)
  if not outcome.alliances then return end
  result.alliances = outcome.alliances
  for _, told in pairs(outcome.alliances) do
    if told.steps then told.order = order_of(told.steps) end
  end
end

local function result_of(call, outcome)
  local result = { seats = ties.keyed(call, outcome.seats),
    ties = outcome.ties, over_award = outcome.over_award }
  if #outcome.drawn > 0 then result.drawn = outcome.drawn end
  if #outcome.ties == 0 and outcome.left > 0 then
    result.vacant = outcome.left
  end
  explain(result, outcome)
  explain_alliances(result, outcome)
  return result
end

local function raise(message)
  if message then faults.raise("%s", message) end
end

-- Lots of the caller's are this call's alone; those of an allocation in
-- several steps go on from one to the next, and whoever made them asks at the
-- end whether some are left.
local function lots_of(given)
  if lots.is(given) then return given, false end
  local made, wrong = lots.new(given)
  raise(wrong)
  return made, true
end

--- See urna.allocate.
--- Fails: a fault (see faults.lua) where that raises.
---@param votes table
---@param seats integer
---@param method string|table
---@param options table? lots may also be those of urna.lots
---@return table? result
---@return urna.Error? err
function whole.run(votes, seats, method, options)
  local call = arguments.check(votes, seats, method, options)
  local draws, are_own = lots_of(call.lots)
  call.lots, call.run = draws, whole.run_node
  local outcome, err
  if call.alliances ~= nil then
    outcome, err = alliances.run(call)
  else
    outcome, err = whole.run_node(call)
  end
  if not outcome then return nil, err end
  if are_own then raise(draws:left_over()) end
  return result_of(call, outcome)
end

return whole
