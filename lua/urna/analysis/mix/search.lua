local extremes = require "urna.analysis.mix.extremes"
local inequalities = require "urna.analysis.mix.inequalities"
local points = require "urna.analysis.mix.points"

--- The search for a mix with other seats: every inequality at its worst mix,
--- and the law applied where one fails.
local search = {}

-- A witness: totals with other seats, or with seats that the law leaves open,
-- and where they come from.
local function witness(job, point, stations)
  local seats, why = points.seats(job, point)
  local rows = seats and points.moved(job, seats)
  if seats and not rows then return nil end
  local from = stations and {}
  for n, row in ipairs(stations or {}) do
    from[n] = { key = row.key, source = row.choice.source }
  end
  return { moved = rows or {}, undecided = not seats and why or nil,
    stations = from, votes = points.keyed(job, point.votes), base = point.base }
end

-- Beyond a crossed inequality the seats move at once, unless a threshold is
-- crossed too; the law is applied to so many mixes, and to the worst.
local TRIES = 4

-- The fewest stations, of those that make f smaller, that take it to 0 or
-- below and move a seat.
local function records_witness(job, f, found, limit)
  local point, value, used = points.start(job), extremes.value(f, job.point), {}
  local tries = 0
  for n, row in ipairs(found) do
    if limit and n >= limit then return nil end
    points.add(point, row.choice)
    value, used[n] = value + row.value, row
    local is_tried = value <= 0 and (tries < TRIES or n == #found)
    local seen = is_tried and witness(job, point, used)
    if seen then return seen end
    tries = tries + (is_tried and 1 or 0)
  end
end

-- Each mode: the least value of f, and a witness that f <= 0.
local MODES = {
  records = function(job, f, best)
    local least, found = extremes.records(f, job)
    return least, function()
      return records_witness(job, f, found, best and #best.stations)
    end
  end,
  figures = function(job, f)
    local least, point = extremes.figures(f, job)
    return least, function() return witness(job, point) end
  end,
}

-- A mix with fewer stations is the better witness.
local function better(best, seen)
  if not best then return seen end
  if not seen then return best end
  if best.stations and #seen.stations < #best.stations then return seen end
  return best
end

-- The lists that some mix takes across the threshold.
local function crossings(job, mode, state)
  for _, f in ipairs(job.threshold_functions) do
    local g, bound = inequalities.crossing(job, f)
    local least, find = bound
    if extremes.figures(g, job) < bound then
      least, find = MODES[mode](job, g, state.witness)
    end
    if least < bound then
      if not state.crosses[f.list] then
        state.crossing[#state.crossing + 1] = job.lists[f.list].key
      end
      state.crosses[f.list] = true
      state.witness = better(state.witness, find())
    end
  end
end

--- Which lists some mix takes across the threshold, how many inequalities fail,
--- and a witness, where there is one.
---@param job table
---@param mode "records"|"figures"
---@return { crossing: string[], crosses: table<integer, boolean>, failing:
--- integer, witness: table? } state
function search.judge(job, mode)
  local state = { crossing = {}, crosses = {}, failing = 0 }
  crossings(job, mode, state)
  for _, f in ipairs(job.pair_functions) do
    local least, find = 1, nil
    -- what holds when each figure is the worst holds for whole records
    if extremes.figures(f, job) <= 0 then
      least, find = MODES[mode](job, f, state.witness)
    end
    if least <= 0 then
      local seen = find()
      state.witness = better(state.witness, seen)
      -- at 0 the law says who is first, and says the same for every mix
      if seen or least < 0 then state.failing = state.failing + 1 end
    end
  end
  return state
end

-- Whether the seats stay even where lists cross the threshold.
local function holds_across(job, mode, state)
  local functions = inequalities.crossed(job, state.crosses)
  for _, f in ipairs(functions or {}) do
    if (extremes.figures(f, job)) <= 0 and (MODES[mode](job, f)) <= 0 then
      return false
    end
  end
  return functions ~= nil
end

--- What follows.
---@param job table
---@param mode "records"|"figures"
---@param state table of search.judge
---@return "could"|"cannot"|"open"
function search.verdict(job, mode, state)
  if state.witness then return "could" end
  if state.failing > 0 then return "open" end
  if #state.crossing == 0 or holds_across(job, mode, state) then
    return "cannot"
  end
  return "open"
end

return search
