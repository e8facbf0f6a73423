local compat = require "urna.compat"
local errors = require "urna.errors"
local sandbox = require "urna.sandbox"

--- Walks the clauses of a rule over a count. It knows no country: each clause
--- names a step, and each step is a file.
---
--- A count is { seats, base = { low, high }, lists, explain }; a list is
--- { key, votes, low, high, minority, max, others }, where low and high bound
--- votes that are not known exactly. The steps set `standing`, `takes_part`,
--- `weight`, `most` (seats it may have) and `seats` of the lists, and `awards`,
--- `ties`, `drawn` (ties that a lot settled), `vacant`, `none_passed`,
--- `sequence` (of divisors) of the count. `lots` of it are the draws that were
--- handed back; a copy has none, so that what is searched on copies meets ties
--- as the law does.
local walk = {}

local STEPS = {
  threshold = require "urna.seats.steps.threshold",
  weight = require "urna.seats.steps.weight",
  averages = require "urna.seats.steps.averages",
}

local function reset(count)
  count.awards, count.ties, count.drawn, count.vacant = {}, {}, {}, 0
  count.none_passed, count.sequence = false, nil
  for _, list in ipairs(count.lists) do
    list.standing, list.weight, list.most, list.seats = nil, nil, nil, 0
    list.takes_part = not list.others
  end
end

-- A step of the user's own sees the count and may change it. What it returns
-- is of no interest unless it is the sandbox's own error. It may call what
-- LuaJIT has compiled, where no budget would stop it.
local function run_own(step, count)
  local was_on = compat.compiler(false)
  local _, err = sandbox.run(step, { name = "rule" }, count)
  if was_on then compat.compiler(true) end
  if errors.is(err) then error(err, 0) end
end

local function run_all(rule, count)
  for _, clause in ipairs(rule) do
    if type(clause) == "function" then
      run_own(clause, count)
    else
      STEPS[clause.step].run(clause, count)
    end
  end
end

--- Apply a rule to a count, which it changes.
---@param rule table from rules.find
---@param count table
---@return table? count
---@return urna.Error? err if a step of the user's own failed, "bad_rule" and
--- "bad_lot"
function walk.run(rule, count)
  reset(count)
  local done, err = pcall(run_all, rule, count)
  if done then return count end
  if errors.is(err) then return nil, err end
  error(err, 0)
end

--- The clause of a rule that names a step.
---@param rule table
---@param step string
---@return table? clause
function walk.clause(rule, step)
  for _, clause in ipairs(rule) do
    if type(clause) == "table" and clause.step == step then return clause end
  end
end

--- A copy of a count with other votes, known exactly, and another base.
---@param count table
---@param votes integer[] by list
---@param base integer? total of the base; as in `count` if not said
---@return table count
function walk.copy(count, votes, base)
  local copy = { seats = count.seats, lists = {},
    base = base and { low = base, high = base } or count.base }
  for i, list in ipairs(count.lists) do
    copy.lists[i] = { key = list.key, minority = list.minority,
      max = list.max, others = list.others, votes = votes[i],
      low = votes[i], high = votes[i] }
  end
  return copy
end

return walk
