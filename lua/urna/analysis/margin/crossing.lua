local arguments = require "urna.analysis.margin.arguments"
local faults = require "urna.allocate.faults"
local standing = require "urna.analysis.margin.standing"

--- The fewest ballots that put a list above its threshold, or below.
---
--- Whoever else gives or gets them, only the list's own votes and the base
--- count: with each ballot the list comes nearer or stays, never the other
--- way, so the first number that does it is found by halving.
local crossing = {}

--- The smallest number of first .. last that passes a test which, once
--- passed, stays so; nil if none does.
---@param first integer
---@param last integer
---@param passes fun(x: integer): boolean
---@return integer?
function crossing.halve(first, last, passes)
  if first > last or not passes(last) then return nil end
  while first < last do
    local gap = last - first
    local middle = first + math.floor((gap - gap % 2) / 2)
    if passes(middle) then last = middle else first = middle + 1 end
  end
  return first
end

local function sum_but(question, i)
  return question.sum - question.votes[i]
end

-- Votes of the list after x ballots, and how many ballots there are: to get
-- above they go to it, or others' are removed; to get below the reverse.
local function plan(question, i, to_above)
  local own, others = question.votes[i], sum_but(question, i)
  local is_alone = #question.keys == 1
  if question.by == "switched" then
    if to_above then
      return function(x) return own + x end, others
    end
    return function(x) return own - x end, is_alone and 0 or own
  elseif question.by == "added" then
    local room = faults.COUNT_MAX - math.max(question.base, question.sum)
    if to_above then return function(x) return own + x end, room end
    return function() return own end, is_alone and 0 or room
  end
  if to_above then return function() return own end, others end
  return function(x) return own - x end, own
end

-- Take or give ballots among the other lists: the largest first, to it all.
local function spread(question, after, i, ballots, takes)
  local order = {}
  for j in ipairs(question.keys) do
    if j ~= i then order[#order + 1] = j end
  end
  table.sort(order, function(a, b)
    local x, y = question.votes[a], question.votes[b]
    if x == y then return a < b end
    return x > y
  end)
  for _, j in ipairs(order) do
    local step = takes and math.min(after[j], ballots) or ballots
    after[j] = after[j] + (takes and -step or step)
    ballots = ballots - step
  end
end

local function witness(question, i, to_above, x, votes_after)
  local after = {}
  for j, votes in ipairs(question.votes) do after[j] = votes end
  after[i] = votes_after(x)
  if question.by == "switched" then
    spread(question, after, i, x, to_above)
  elseif question.by == "added" and not to_above then
    spread(question, after, i, x, false)
  elseif question.by == "removed" and to_above then
    spread(question, after, i, x, true)
  end
  return after
end

--- Answer the question of a threshold.
--- Fails: a fault.
---@param question table see arguments.lua
---@return integer? votes
---@return integer[]|string after the votes by list, or why nothing does it
function crossing.find(question)
  if not question.share then
    faults.raise("change.threshold = %s, but there is no threshold",
      faults.show(question.change.key))
  end
  local i = arguments.place(question, "change.threshold", question.change.key)
  local is_above = standing.is_above(question, question.votes[i],
    question.base)
  local to = arguments.word("change.to", question.change.to,
    is_above and { "below", "above" } or { "above", "below" })
  local votes_after, most = plan(question, i, to == "above")
  local x = crossing.halve(0, most, function(x)
    return standing.is_above(question, votes_after(x),
      standing.base(question, x)) == (to == "above")
  end)
  if x then return x, witness(question, i, to == "above", x, votes_after) end
  return nil, ("no number of ballots %s puts %s %s the threshold"):format(
    question.by, tostring(question.change.key), to)
end

return crossing
