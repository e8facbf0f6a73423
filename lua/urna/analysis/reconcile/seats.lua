local apportion = require "urna.seats.apportion"
local mix = require "urna.analysis.mix"
local stations = require "urna.analysis.reconcile.stations"

--- Seats by each source, and whether the differences could move one.
local seats = {}

--- The seats of each source by itself, as far as the law gives them; where it
--- gives no outcome, the lists and the contest's name are left.
---@param job table
---@param sources table[] results
---@return table[] rows { source, decision, reason, lists }
---@return table[] outcomes
function seats.own(job, sources)
  local rows, outcomes = {}, {}
  for k, results in ipairs(sources) do
    local outcome, err = apportion.run(results, { rule = job.rule,
      date = job.date, seats = job.seats, explain = false })
    outcomes[k] = outcome or { contest = results.contest,
      lists = results.lists, fingerprint = results.source }
    rows[k] = { source = job.names[k], decision = outcome and outcome.decision,
      reason = err and tostring(err) or outcome.open[1]
        and outcome.open[1].message, lists = {} }
    for _, list in ipairs(outcome and outcome.lists or {}) do
      if not list.others and list.seats then
        table.insert(rows[k].lists, { list = list.key, votes = list.votes,
          seats = list.seats })
      end
    end
  end
  return rows, outcomes
end

local function others_of(job)
  local names = {}
  for k = 2, job.count do names[k - 1] = job.names[k] end
  return names
end

--- Whether the differences could move a seat.
---@param job table
---@param sources table[] results
---@param outcome table of the first source
---@param reason string? why it has none
---@return table see mix.judge
function seats.effect(job, sources, outcome, reason)
  if not outcome.decision then
    return { result = "open", code = "not_counted", reason = reason, as = {} }
  end
  local group, err = sources[1]:total()
  if not group then
    return { result = "open", code = "not_counted", reason = tostring(err),
      as = {} }
  end
  return mix.judge { outcome = outcome, results = sources[1], group = group,
    rule = job.rule, date = job.date, sources = others_of(job),
    stations = stations.for_mix(job) }
end

return seats
