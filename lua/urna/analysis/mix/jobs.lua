local averages = require "urna.seats.steps.averages"
local extremes = require "urna.analysis.mix.extremes"
local inequalities = require "urna.analysis.mix.inequalities"
local points = require "urna.analysis.mix.points"

--- What the judgement rests on: votes, weights and seats of the first source,
--- and the clauses of the rule.
local jobs = {}

--- The job of what mix.judge is asked.
---@param about table
---@param rule table
---@return table
function jobs.new(about, rule)
  local results, outcome = about.results, about.outcome
  local base = about.group.fields[rule.base]
  local job = { outcome = outcome, rule = about.rule, date = about.date,
    seats = outcome.seats, contest = results.contest, lists = results.lists,
    fields = about.group.fields, others = results.others, base = base,
    stations = about.stations, base_name = base and rule.base, votes = {},
    now = {}, weights = {}, takes_part = {}, passed = {}, thresholds = {},
    weight_clauses = {} }
  for i, list in ipairs(job.lists) do
    job.votes[i] = about.group.votes[list.key]
    job.now[i] = outcome.lists[i].seats
  end
  for _, station in ipairs(job.stations) do
    for _, choice in ipairs(station.choices) do
      choice.base = (choice.fields or {})[rule.base] or 0
    end
  end
  return job
end

-- The greatest number that a coefficient is multiplied with.
local function greatest(job)
  local most = job.base_spread.high or 0
  for _, spread in ipairs(job.spread) do most = math.max(most, spread.high) end
  return math.max(most, 1)
end

local function read_outcome(job)
  local none_passed = true
  for i, list in ipairs(job.outcome.lists) do
    if not list.others then
      local result = list.threshold and list.threshold.result
      none_passed = none_passed and result ~= "passed" and result ~= nil
      job.passed[i] = result == "passed"
      job.now[i], job.weights[i] = list.seats, list.weight or { 1, 1 }
      job.takes_part[i] = result ~= "failed"
    end
  end
  if not none_passed then return end
  for i in ipairs(job.lists) do job.takes_part[i] = true end
end

-- The clauses that this reasoning knows; nil and a reason's code, where there
-- is another.
local function read_rule(job, rule)
  for _, clause in ipairs(rule) do
    local step = type(clause) == "table" and clause.step
    if step == "averages" and not job.sequence then
      local method = averages.method(clause)
      if not method.first then return nil, "no_line", method.name end
      job.sequence = method.sequence
    elseif step == "threshold" and clause.share then
      job.thresholds[#job.thresholds + 1] = clause
    elseif step == "weight" then
      job.weight_clauses[#job.weight_clauses + 1] = clause
    else
      return nil, "other_step"
    end
  end
  if not job.sequence then return nil, "no_averages" end
  if #job.thresholds > 0 and not job.base then
    return nil, "total_unknown", (rule.base:gsub("_", " "))
  end
  return true
end

--- Whether every number the reasoning needs is known and exact.
---@param job table
---@param rule table
---@return true?
---@return string? code of a reason, see mix.lua
---@return string? of what
function jobs.prepare(job, rule)
  local done, code, of = read_rule(job, rule)
  if not done then return nil, code, of end
  read_outcome(job)
  extremes.spread(job)
  job.greatest, job.point = greatest(job), points.start(job)
  for _, clause in ipairs(job.thresholds) do
    if not inequalities.is_exact(job, clause.share[2]) then
      return nil, "threshold_inexact"
    end
  end
  job.pair_functions = inequalities.pairs(job)
  if not job.pair_functions then return nil, "averages_inexact" end
  job.threshold_functions = inequalities.thresholds(job)
  return true
end

return jobs
