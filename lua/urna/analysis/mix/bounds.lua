local native = require "urna.native"
local points = require "urna.analysis.mix.points"

--- How far the mixes of figures go: the votes and seats of each list, and what
--- is nearest to moving.
local bounds = {}

-- The seats of a list where its own votes are at one end and all others' at
-- the other; that too is a mix of figures.
local function seats_at_end(job, i, own, others)
  local point = points.start(job)
  for j in ipairs(job.lists) do
    point.votes[j] = job.spread[j][j == i and own or others]
  end
  local seats = points.seats(job, point)
  return seats and seats[i]
end

--- Votes of each list at both ends; its seats there, known where no list
--- crosses a threshold, and where no mix moves a seat.
---@param job table
---@param found table the row of the figures
---@return table[] { list, votes, low, high, seats, seats_min, seats_max }
function bounds.lists(job, found)
  local rows = {}
  local is_certain, is_fixed = #found.crossing == 0, found.result == "cannot"
  for i, list in ipairs(job.lists) do
    local spread = job.spread[i]
    rows[i] = { list = list.key, votes = job.votes[i], low = spread.low,
      high = spread.high, seats = job.now[i] }
    if is_fixed then
      rows[i].seats_min, rows[i].seats_max = job.now[i], job.now[i]
    elseif is_certain then
      rows[i].seats_min = seats_at_end(job, i, "low", "high")
      rows[i].seats_max = seats_at_end(job, i, "high", "low")
    end
  end
  return rows
end

-- What is nearest to moving: the smallest ratio of the holder's average to its
-- rival's, at the worst mix of the two figures. `close` is that pair so far.
local function closer(job, f, close)
  local low = job.spread[f.holder].low
  local high = job.spread[f.rival].high
  local row = { f = f, num = f.one * low, den = f.other * high }
  if row.den == 0 then return close end
  if not close or native.ratio_compare(row.num, row.den, close.num,
    close.den) < 0 then
    return row
  end
  return close
end

local function quotient(job, i, votes, held)
  local d, w = job.sequence:at(held), job.weights[i]
  local r = native.rational(votes) * native.rational(w[1], w[2])
    * native.rational(d[2], d[1])
  return (r * native.rational(100) + native.rational(1, 2)):floor()
end

--- The pair of averages that is nearest to moving, each at its worse end.
---@param job table
---@return table? { list, seat, votes, average, rival, rival_seat, rival_votes,
--- rival_average }
function bounds.closest(job)
  local close
  for _, f in ipairs(job.pair_functions) do close = closer(job, f, close) end
  if not close then return nil end
  local i, j = close.f.holder, close.f.rival
  local low, high = job.spread[i].low, job.spread[j].high
  local function shown(value)
    local hundredths = tostring(value)
    return ("%s.%s"):format(#hundredths > 2 and hundredths:sub(1, -3) or "0",
      ("00" .. hundredths):sub(-2))
  end
  return { list = job.lists[i].key, seat = job.now[i], votes = low,
    average = shown(quotient(job, i, low, job.now[i] - 1)),
    rival = job.lists[j].key, rival_seat = job.now[j] + 1, rival_votes = high,
    rival_average = shown(quotient(job, j, high, job.now[j])) }
end

return bounds
