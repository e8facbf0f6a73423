local hints = require "urna.analysis.reconcile.hints"
local sums = require "urna.analysis.reconcile.sums"
local tolerance = require "urna.analysis.reconcile.tolerance"
local values = require "urna.analysis.reconcile.values"

--- Figures that differ: which, by how much, whom each favours.
local differences = {}

-- Whom a difference favours: a list where a source gives it more.
local function favours(job, found, said, most, least)
  if found.kind ~= "list" then return nil end
  return { list = found.name, source = job.names[most],
    votes = said[most] - said[least] }
end

local function row_of(job, found, i, said)
  local most, least = values.extremes(job, said)
  local other = values.farthest(job, said)
  local difference = other and said[other] - said[1]
  return { key = job.figures[1].units[i].key, kind = found.kind,
    name = found.name, values = values.named(job, said),
    difference = difference,
    direction = difference and (difference > 0 and "more" or "fewer") or nil,
    favours = favours(job, found, said, most, least),
    alone = values.alone(job, said), places = values.places(job, i),
    hint = hints.of(said[most], said[least]),
    is_within = tolerance.holds(job.tolerance, said[most], said[least]) }
end

local function note_gap(job, found, i, said)
  for k = 1, job.count do
    local at = k == 1 and i or job.unit_of[k][i]
    if found.arrays[k] and at and said[k] == nil then
      job.gaps[#job.gaps + 1] = { key = job.figures[1].units[i].key,
        kind = found.kind, name = found.name, source = job.names[k],
        values = values.named(job, said), places = values.places(job, i) }
    end
  end
end

-- Bounds that hold the other's value are no difference.
local function agree_within_bounds(job, found)
  if not job.is_total then return false end
  local low, high = 0, math.huge
  for k = 1, job.count do
    local key, side = found.others[k], job.figures[k]
    if key and side.low[key] then
      low = math.max(low, side.low[key])
      high = math.min(high, side.high[key])
    end
  end
  return low <= high
end

-- Most figures are the same everywhere: nothing is made for them.
local function are_equal(job, found, i)
  local first = found.arrays[1][i]
  if first == nil then return false end
  for k = 2, job.count do
    local array, at = found.arrays[k], job.unit_of[k][i]
    if array and at and array[at] ~= first then return false end
  end
  return true
end

local function compare_figure(job, found, i, station)
  local said, differ, missing = values.at(job, found, i)
  if missing and not job.is_total then note_gap(job, found, i, said) end
  if not differ or agree_within_bounds(job, found) then return end
  job.rows[#job.rows + 1] = row_of(job, found, i, said)
  station.figures = station.figures + 1
  sums.note_pairs(job, said, station.seen)
  sums.note_choices(job, found, said, station)
end

local function compare_unit(job, i)
  local station = { key = job.figures[1].units[i].key, unit = i, figures = 0,
    lists = {}, by = {}, seen = {} }
  for _, found in ipairs(job.columns) do
    if not are_equal(job, found, i) then
      compare_figure(job, found, i, station)
    end
  end
  if station.figures > 0 then job.stations[#job.stations + 1] = station end
end

--- Compare every figure of every unit; what is found goes into the job: rows,
--- gaps, stations, totals and the matrix.
---@param job table
function differences.find(job)
  sums.begin(job)
  for i = 1, #job.figures[1].units do
    sums.count_compared(job, i)
    compare_unit(job, i)
  end
end

return differences
