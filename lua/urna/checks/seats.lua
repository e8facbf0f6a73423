--- Checks against the outcome: seats that were published, and whether what is
--- open can move one.
local seats = {}

-- Ballots that the open errors of a record concern: the widest gap of its
-- serious sums.
local function open_errors(job)
  local widest, total = {}, 0
  for _, check in ipairs(job.all) do
    local answer = job.answers[check.code]
    local is_sum = check.code:find("^T%d") and answer.tests
      and (check.severity == "fatal" or check.severity == "error")
    for i, unit in ipairs(is_sum and answer.units or {}) do
      local apart = math.abs(answer.left[i] - answer.right[i])
      widest[unit] = math.max(widest[unit] or 0, apart)
    end
  end
  for _, apart in pairs(widest) do total = total + apart end
  return total
end

--- W20: can what is open move a seat?
---@param job urna.checks.Job
---@return table answer
function seats.relevant(job)
  local outcome = job.options.outcome
  if not outcome then return { units = {}, missing = { "outcome" } } end
  local fewest = outcome.fewest_votes or {}
  local votes = fewest.switched or fewest.added
  if type(votes) ~= "number" then
    return { units = {}, missing = { "fewest_votes" } }
  end
  local open = open_errors(job)
  local answer = { units = {}, unknown = 0,
    note = { form = "relevant", open = open, votes = votes } }
  if open >= votes then
    answer.places = { { file = job.results.source.file, key = "",
      note = answer.note } }
  end
  return answer
end

--- T24: published seats against those that the law gives on these votes.
---@param job urna.checks.Job
---@return table answer
function seats.claimed(job)
  local outcome = job.options.outcome
  local claim = outcome and outcome.claim
  if not claim then
    return { units = {}, missing = { outcome and "claim" or "outcome" } }
  elseif not claim.is_checked then
    return { units = {}, missing = { "seats" } }
  end
  local places = {}
  local function add(key, left, right, note)
    places[#places + 1] = { key = key, left = left, operator = "=",
      right = right, note = note }
  end
  for _, row in ipairs(claim.differences) do
    add(row.list, row.claimed, row.seats, { form = "claimed" })
  end
  for _, key in ipairs(claim.unknown) do
    add(key, claim.seats[key], 0, { form = "no_such_list" })
  end
  if not claim.adds_up then
    add("", claim.sum, outcome.seats, { form = "claim_sum" })
  end
  return { units = {}, places = places, unknown = 0 }
end

return seats
