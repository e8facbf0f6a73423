local apportion = require "urna.seats.apportion"
local totals = require "urna.totals"

--- Points: the totals of a mix, and the law at them.
local points = {}

--- The totals of the first source.
---@param job table
---@return { votes: integer[], base: integer? }
function points.start(job)
  local votes = {}
  for i in ipairs(job.lists) do votes[i] = job.votes[i] end
  return { votes = votes, base = job.base }
end

--- Take what another source says of a station.
---@param point { votes: integer[], base: integer? }
---@param choice { votes: table<integer, integer>, base: integer }
function points.add(point, choice)
  for i, delta in pairs(choice.votes) do
    point.votes[i] = point.votes[i] + delta
  end
  if point.base then point.base = point.base + choice.base end
end

local function totals_of(job, point)
  local lists, fields = {}, {}
  for i, list in ipairs(job.lists) do
    local copy = {}
    for name, value in pairs(list) do copy[name] = value end
    copy.votes = point.votes[i]
    lists[i] = copy
  end
  for name, value in pairs(job.fields) do fields[name] = value end
  if job.base_name then fields[job.base_name] = point.base end
  return totals.new { contest = job.contest, lists = lists, fields = fields,
    others = job.others }
end

--- The seats that the law gives there.
---@param job table
---@param point { votes: integer[], base: integer? }
---@return integer[]? seats by list; nil where they are open
---@return table|string outcome, or why they are open
function points.seats(job, point)
  local outcome, err = apportion.run(totals_of(job, point), { rule = job.rule,
    date = job.date, seats = job.seats, explain = false })
  if not outcome then return nil, tostring(err) end
  if outcome.decision ~= "decided" then
    return nil, outcome.open[1] and outcome.open[1].message
      or outcome.decision
  end
  local seats = {}
  for i, list in ipairs(outcome.lists) do
    if not list.others then seats[i] = list.seats end
  end
  return seats, outcome
end

--- Which lists have more or fewer seats than by the first source; nil if none.
---@param job table
---@param seats integer[] by list
---@return { list: string, before: integer, after: integer, change: integer }[]?
function points.moved(job, seats)
  local rows
  for i, list in ipairs(job.lists) do
    if seats[i] ~= job.now[i] then
      rows = rows or {}
      rows[#rows + 1] = { list = list.key, before = job.now[i],
        after = seats[i], change = seats[i] - job.now[i] }
    end
  end
  return rows
end

--- Values by list as values by its key.
---@param job table
---@param values integer[]
---@return table<string, integer>
function points.keyed(job, values)
  local found = {}
  for i, list in ipairs(job.lists) do found[list.key] = values[i] end
  return found
end

return points
