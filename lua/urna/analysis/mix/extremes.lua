local points = require "urna.analysis.mix.points"

--- The worst mixes for a linear function of votes and base: a function is an
--- array of { list, times }, without `list` for the base.
local extremes = {}

-- What a choice at a station does to a linear function of votes and base.
local function effect_of(f, choice)
  local sum = 0
  for _, term in ipairs(f) do
    local delta = term.list and choice.votes[term.list]
      or term.list == nil and choice.base or 0
    sum = sum + term.times * delta
  end
  return sum
end

--- The value of a function at a point.
---@param f table[]
---@param point { votes: integer[], base: integer? }
---@return integer
function extremes.value(f, point)
  local sum = 0
  for _, term in ipairs(f) do
    sum = sum + term.times * (term.list and point.votes[term.list]
      or point.base)
  end
  return sum
end

-- The least of a station's choices, if below 0.
local function worst_choice(f, station)
  local least, found = 0, nil
  for _, choice in ipairs(station.choices) do
    local value = effect_of(f, choice)
    if value < least then least, found = value, choice end
  end
  return least, found
end

--- The stations at which another source makes f smaller, the most first, and
--- the least value f can have when every record is taken whole.
---@param f table[]
---@param job table
---@return integer least
---@return { value: integer, choice: table, order: integer, key: string }[]
function extremes.records(f, job)
  local found, least = {}, extremes.value(f, job.point)
  for n, station in ipairs(job.stations) do
    local value, choice = worst_choice(f, station)
    if choice then
      found[#found + 1] = { value = value, choice = choice, order = n,
        key = station.key }
      least = least + value
    end
  end
  table.sort(found, function(a, b)
    if a.value ~= b.value then return a.value < b.value end
    return a.order < b.order
  end)
  return least, found
end

--- The least value of f where each figure is taken by itself, and that point.
---@param f table[]
---@param job table
---@return integer least
---@return { votes: integer[], base: integer? }
function extremes.figures(f, job)
  local point = points.start(job)
  for _, term in ipairs(f) do
    local spread = term.list and job.spread[term.list] or job.base_spread
    local value = term.times > 0 and spread.low or spread.high
    if term.list then
      point.votes[term.list] = value
    elseif point.base then
      point.base = value
    end
  end
  return extremes.value(f, point), point
end

--- How far the votes of each list and the base may go. Sets `spread` and
--- `base_spread` of the job.
---@param job table
function extremes.spread(job)
  job.spread, job.base_spread = {}, { low = job.base, high = job.base }
  for i in ipairs(job.lists) do
    job.spread[i] = { low = job.votes[i], high = job.votes[i] }
  end
  local function widen(spread, choices, delta_of)
    local low, high = 0, 0
    for _, choice in ipairs(choices) do
      local delta = delta_of(choice)
      low, high = math.min(low, delta), math.max(high, delta)
    end
    spread.low, spread.high = spread.low + low, spread.high + high
  end
  for _, station in ipairs(job.stations) do
    for i in pairs(station.lists) do
      widen(job.spread[i], station.choices, function(choice)
        return choice.votes[i] or 0
      end)
    end
    if job.base then
      widen(job.base_spread, station.choices, function(choice)
        return choice.base
      end)
    end
  end
end

return extremes
