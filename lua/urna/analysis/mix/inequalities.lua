local extremes = require "urna.analysis.mix.extremes"
local native = require "urna.native"

--- The inequalities that hold while the seats stay as they are, as linear
--- functions of votes and base, see extremes.lua.
local inequalities = {}

local MOST = 9007199254740991

-- A product of whole numbers; nil beyond 2^53 - 1.
local function product(...)
  local found = 1
  for n = 1, select("#", ...) do
    local factor = select(n, ...)
    if factor > 0 and found > MOST / factor then return nil end
    found = found * factor
  end
  return found
end

--- Whether a coefficient keeps every difference of two products exact.
---@param job table
---@param coefficient integer
---@return boolean
function inequalities.is_exact(job, coefficient)
  return coefficient <= MOST / (2 * job.greatest)
end

-- Coefficients that keep every product with votes exact, or nil.
local function exact(job, one, other)
  if not one or not other then return nil end
  one, other = native.reduce(one, other)
  if not inequalities.is_exact(job, math.max(one, other)) then return nil end
  return one, other
end

-- c_i * v_i - c_j * v_j: above 0 while the last average of i that got a seat is
-- above the next average of j.
local function pair_function(job, i, j, wa, wb)
  local a = job.sequence:at(job.now[i] - 1)
  local b = job.sequence:at(job.now[j])
  if a.squared or b.squared then return nil end
  if a[1] == 0 or b[1] == 0 then return false end -- a seat for any vote
  local one, other = exact(job, product(wa[1], wb[2], a[2], b[1]),
    product(wb[1], wa[2], b[2], a[1]))
  if not one then return nil end
  return { { list = i, times = one }, { list = j, times = -other }, holder = i,
    rival = j, one = one, other = other }
end

-- Pairs of a list with seats and one that may have another.
local function pairs_of(job)
  local found = {}
  for i in ipairs(job.lists) do
    for j, rival in ipairs(job.lists) do
      if i ~= j and job.now[i] > 0
        and job.now[j] < (rival.candidates or job.outcome.seats) then
        found[#found + 1] = { i, j }
      end
    end
  end
  return found
end

--- The inequalities of two averages as lists stand now; nil where one is not
--- linear or not exact.
---@param job table
---@return table[]?
function inequalities.pairs(job)
  local found = {}
  for _, pair in ipairs(pairs_of(job)) do
    local i, j = pair[1], pair[2]
    local f = job.takes_part[i] and job.takes_part[j]
      and pair_function(job, i, j, job.weights[i], job.weights[j])
    if f == nil then return nil end
    if f then found[#found + 1] = f end
  end
  return found
end

-- What a list is worth when it stands otherwise to the threshold: its weight,
-- or nil where it takes no part.
local function other_weight(job, i)
  local list = job.lists[i]
  local was_passed = job.passed[i]
  if was_passed then
    local is_exempt = true
    for _, clause in ipairs(job.thresholds) do
      is_exempt = is_exempt and clause.exempt and list[clause.exempt]
    end
    if not is_exempt then return nil end
  end
  local weight = { 1, 1 }
  for _, clause in ipairs(job.weight_clauses) do
    local applies = list[clause.lists]
      and (clause.when ~= "below_threshold" or was_passed)
    if applies then weight = clause.factor end
  end
  return weight
end

-- The weights a list may have in some mix; nil where it may take no part
-- though it has seats.
local function weights_of(job, i, crossing)
  local found = {}
  if job.takes_part[i] then found[1] = job.weights[i] end
  if crossing[i] then
    local other = other_weight(job, i)
    if not other and job.now[i] > 0 then return nil end
    found[#found + 1] = other
  end
  return found
end

-- Where all that passed could fail, the law may let all take part.
local function some_pass(job, crossing)
  for i in ipairs(job.lists) do
    if job.passed[i] and not crossing[i] then return true end
  end
  return false
end

--- The inequalities for every way in which the crossing lists may stand; nil
--- where that cannot be said.
---@param job table
---@param crossing table<integer, boolean> by list
---@return table[]?
function inequalities.crossed(job, crossing)
  if not some_pass(job, crossing) then return nil end
  local found = {}
  for _, pair in ipairs(pairs_of(job)) do
    local holders = weights_of(job, pair[1], crossing)
    local rivals = weights_of(job, pair[2], crossing)
    if not holders or not rivals then return nil end
    for _, wa in ipairs(holders) do
      for _, wb in ipairs(rivals) do
        local f = pair_function(job, pair[1], pair[2], wa, wb)
        if f == nil then return nil end
        if f then found[#found + 1] = f end
      end
    end
  end
  return found
end

--- den * v - num * base: not below 0 while a list passes the threshold.
---@param job table
---@return table[]
function inequalities.thresholds(job)
  local found = {}
  for _, clause in ipairs(job.thresholds) do
    for i in ipairs(job.lists) do
      local num, den = clause.share[1], clause.share[2]
      found[#found + 1] = { { list = i, times = den }, { times = -num },
        list = i, above = { { list = i, times = -den }, { times = num } } }
    end
  end
  return found
end

--- The function whose fall below a bound takes a list across.
---@param job table
---@param f table of thresholds
---@return table[] f
---@return integer bound
function inequalities.crossing(job, f)
  local value = extremes.value(f, job.point)
  if value >= 0 then return f, 0 end
  return f.above, 1
end

return inequalities
