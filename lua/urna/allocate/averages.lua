local faults = require "urna.allocate.faults"
local native = require "urna.native"
local ties = require "urna.allocate.ties"

--- Seats by the highest averages of a divisor method.
local averages = {}

local function options_of(node, held)
  if not (held or node.most or node.num or node.explain) then return nil end
  return { held = held, most = node.most, num = node.num, den = node.den,
    explain = node.explain }
end

--- What the core refused, in the caller's words: it names a list by its
--- number, the caller by its key.
---@param node { keys: any[], seats: integer }
---@param method table of divisors
---@param message string
---@return string
function averages.refusal(node, method, message)
  if message:find("come to the end of the divisors", 1, true) then
    return ("divisors has %d of them, and %d lists come to their end before "
      .. "seats = %d are awarded"):format(method.length, #node.keys, node.seats)
  elseif message:find("divisors grow beyond", 1, true) and method.length then
    return ("the divisors of %s are known for %d seats of a list, and seats = "
      .. "%d"):format(method.name, method.length, node.seats)
  end
  return (faults.without_place(message):gsub("^list (%d+)", function(number)
    return ("list %s"):format(faults.show(node.keys[tonumber(number)]))
  end))
end

local function award(node, method, seats, held)
  local done, found, tied, awarded, extra = pcall(native.award,
    method.sequence, seats, node.votes, options_of(node, held))
  if not done then faults.raise("%s", averages.refusal(node, method, found)) end
  return found, tied, awarded, extra
end

-- The core's award becomes the step: its table has room for both.
local function step_of(node, made)
  made.step, made.list = "averages", node.keys[made.winner]
  made.rival = made.rival and node.keys[made.rival]
  made.winner, made.by_precedence = nil, nil
  return made
end

local function explain(node, outcome, extra)
  local steps = outcome.steps
  for _, made in ipairs(extra.awards) do
    steps[#steps + 1] = step_of(node, made)
  end
  outcome.divisor = extra.divisor
end

-- Who was drawn took a seat too; its quotient is that of its next seat, the
-- end of the interval that a tie is.
local function explain_drawn(outcome)
  local tie = outcome.drawn[#outcome.drawn]
  for _, key in ipairs(outcome.steps and tie.drawn or {}) do
    outcome.steps[#outcome.steps + 1] = { step = "averages", list = key,
      quotient = outcome.divisor and outcome.divisor.above, by_lot = true }
  end
  if outcome.divisor then outcome.divisor.upto = outcome.divisor.above end
end

--- Award what is left of the seats to the outcome's lists.
---@param node table see arguments.check
---@param outcome table whose seats the lists hold before
---@param method table of divisors, see methods.resolve
---@param left integer seats to award
---@return integer left 0; more where nobody may take it, or a tie is open
function averages.continue(node, outcome, method, left)
  local seats, tied, awarded, extra = award(node, method, left,
    outcome.seats)
  outcome.seats = seats
  if node.explain then explain(node, outcome, extra) end
  left = left - awarded
  if not tied then return left end
  local open = ties.draw(node, outcome, "averages", tied, left)
  if open == 0 then explain_drawn(outcome) end
  return open
end

--- A divisor method. Source: see methods/divisors.lua.
---@param node table see arguments.check
---@return table outcome
function averages.run(node)
  local held, given = {}, 0
  for i = 1, #node.keys do
    held[i] = node.least and node.least[i] or 0
    given = given + held[i]
  end
  local outcome = ties.outcome(held)
  outcome.steps = node.explain and {} or nil
  outcome.left = averages.continue(node, outcome, node.method,
    node.seats - given)
  return outcome
end

return averages
