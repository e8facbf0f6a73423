--- What an allocation's explanation says, done again by hand: every step is
--- replayed in plain ratios from the votes, what it claims is asserted, and
--- the seats that the steps come to are returned. Knows no engine: divisors
--- and quotas are written out from their definitions.
local recheck = {}

-- ---- ratios: { num, den } in lowest terms; { 1, 0 } is infinite ----

local function ratio(num, den)
  local a, b = math.abs(num), den
  while b ~= 0 do a, b = b, a % b end
  if num == 0 then return { 0, 1 } end
  return { num / a, den / a }
end

local function compare(a, b)
  local one, other = a[1] * b[2], b[1] * a[2]
  return one < other and -1 or one > other and 1 or 0
end

local function plus(a, b)
  return ratio(a[1] * b[2] + b[1] * a[2], a[2] * b[2])
end

local function times(a, b) return ratio(a[1] * b[1], a[2] * b[2]) end

local function minus(a, b) return plus(a, { -b[1], b[2] }) end

recheck.ratio, recheck.compare, recheck.times = ratio, compare, times

local function assert_ratio(expected, found, what)
  local is_same = found ~= nil and expected[1] == found[1]
    and expected[2] == found[2]
  assert(is_same, ("%s: %d/%d by hand, %s in the steps"):format(what,
    expected[1], expected[2], found and found[1] .. "/" .. found[2] or "none"))
end

-- ---- who takes part ----

--- Lists that compete: their weighed votes, and what they have and may have.
---@param votes table<any, integer>
---@param options table? prior, min, max, weights, as of urna.allocate
---@return table game { keys, value, held, least, most }
function recheck.game(votes, options)
  options = options or {}
  local game = { keys = {}, value = {}, held = {}, least = {}, most = {} }
  for key, count in pairs(votes) do
    local weight = (options.weights or {})[key] or { 1, 1 }
    game.keys[#game.keys + 1] = key
    game.value[key] = ratio(count * weight[1], weight[2])
    game.least[key] = math.max((options.prior or {})[key] or 0,
      (options.min or {})[key] or 0)
    game.most[key] = (options.max or {})[key] or math.huge
    game.held[key] = game.least[key]
  end
  return game
end

local function may(game, key)
  return game.value[key][1] > 0 and game.held[key] < game.most[key]
end

-- ---- averages ----

local function linear(first, step)
  return function(k) return { first + step * k, 1 } end
end

local function with_first(first)
  return function(k) return k == 0 and first or { 2 * k + 1, 1 } end
end

local function listed(divisors, step)
  return function(k)
    if divisors[k + 1] then return divisors[k + 1] end
    if not step then return nil end
    local last = divisors[#divisors]
    return plus(last, { step[1] * (k + 1 - #divisors), step[2] })
  end
end

--- { method as urna.allocate takes it, d(k), whether that is its square }
recheck.DIVISORS = {
  dhondt = { "dhondt", linear(1, 1) },
  sainte_lague = { "sainte_lague", linear(1, 2) },
  danish = { "danish", linear(1, 3) },
  imperiali = { "imperiali", linear(2, 1) },
  adams = { "adams", linear(0, 1) },
  dean = { "dean", function(k)
    return ratio(2 * k * (k + 1), 2 * k + 1)
  end },
  huntington_hill = { "huntington_hill", function(k)
    return { k * (k + 1), 1 }
  end, true },
  macau = { "macau", function(k) return { 2 ^ k, 1 } end },
  ["1.4"] = { "modified_sainte_lague_1.4", with_first { 7, 5 } },
  ["1.2"] = { "modified_sainte_lague_1.2", with_first { 6, 5 } },
  ["0.75"] = { "modified_sainte_lague_0.75", with_first { 3, 4 } },
  ["1, 3/2, 2, and on by 1/2"] = { { divisors = { 1, { 3, 2 }, 2 } },
    listed({ { 1, 1 }, { 3, 2 }, { 2, 1 } }, { 1, 2 }) },
  ["0, 2, 5, and on by 3"] = { { divisors = { 0, 2, 5 } },
    listed({ { 0, 1 }, { 2, 1 }, { 5, 1 } }, { 3, 1 }) },
  ["1 to 40, to an end"] = { { ends = true, divisors = {} }, listed({}) },
}
do
  local row = recheck.DIVISORS["1 to 40, to an end"]
  local own = {}
  for k = 1, 40 do row[1].divisors[k], own[k] = k, { k, 1 } end
  row[2] = listed(own)
end

local function quotient(game, key, method)
  local divisor, value = method[2](game.held[key]), game.value[key]
  if divisor[1] == 0 then return { 1, 0 } end
  if method[3] then value = times(value, value) end
  return times(value, { divisor[2], divisor[1] })
end

-- 1: a's quotient comes first.
local function before(game, a, b, method)
  local one, other = quotient(game, a, method), quotient(game, b, method)
  if one[2] == 0 and other[2] == 0 then
    return compare(game.value[a], game.value[b])
  end
  if one[2] == 0 or other[2] == 0 then return one[2] == 0 and 1 or -1 end
  return compare(one, other)
end

-- The best of those who might have it, but one.
local function best_but(game, winner, method)
  local best
  for _, key in ipairs(game.keys) do
    if key ~= winner and may(game, key)
      and (not best or before(game, key, best, method) > 0) then
      best = key
    end
  end
  return best
end

--- One seat by averages.
---@param game table
---@param step table
---@param method table a row of DIVISORS
function recheck.averages(game, step, method)
  local list = step.list
  assert(step.step == "averages" and may(game, list), "who may not have it")
  assert_ratio(quotient(game, list, method), step.quotient,
    "the quotient of " .. tostring(list))
  local best = best_but(game, list, method)
  if not step.by_lot then
    assert((best == nil) == (step.rival == nil), "a rival too many or few")
    assert(not best or before(game, list, best, method) > 0
      or before(game, list, best, method) == 0, "another has a greater one")
    assert(not best or before(game, best, list, method) <= 0)
    if best then
      assert(before(game, best, step.rival, method) == 0, "not the best rival")
      assert_ratio(quotient(game, step.rival, method), step.rival_quotient,
        "the rival's quotient")
    end
  end
  game.held[list] = game.held[list] + 1
end

-- How many of a list's quotients, from what it began with, pass the test.
local function count_quotients(game, key, method, passes)
  local count = 0
  local probe = { value = game.value, held = { [key] = game.least[key] } }
  while game.value[key][1] > 0 and probe.held[key] < game.most[key] do
    local divisor = method[2](probe.held[key])
    if not divisor then break end
    local q = quotient(probe, key, method)
    if q[2] ~= 0 and not passes(q) then break end
    count, probe.held[key] = count + 1, probe.held[key] + 1
  end
  return game.least[key] + count
end

--- Every divisor above the one and up to the other gives these seats.
---@param game table as it was in the end
---@param interval table { above, upto }
---@param method table
function recheck.interval(game, interval, method)
  local above, upto = interval.above, interval.upto
  for _, key in ipairs(game.keys) do
    if upto then
      assert(game.held[key] == count_quotients(game, key, method, function(q)
        return compare(q, upto) >= 0
      end), "the upper end of the interval gives other seats")
    end
    if above and above[2] ~= 0 then
      assert(game.held[key] == count_quotients(game, key, method, function(q)
        return compare(q, above) > 0
      end), "just above its lower end the interval gives other seats")
    end
  end
end

-- ---- quotas ----

local function floor(a) return math.floor(a[1] / a[2]) end

local ROUNDINGS = {
  exact = function(a) return a end,
  floor = function(a) return { floor(a), 1 } end,
  nearest = function(a) return { floor(plus(a, { 1, 2 })), 1 } end,
  ceiling = function(a) return { -floor { -a[1], a[2] }, 1 } end,
  beyond = function(a) return { floor(a) + 1, 1 } end,
}

--- name -> seats more than there are, and how it is rounded
recheck.QUOTAS = {
  hare = { 0, "exact" }, hare_floor = { 0, "floor" },
  hare_rounded = { 0, "nearest" }, hare_ceil = { 0, "ceiling" },
  droop = { 1, "beyond" }, hagenbach_bischoff = { 1, "exact" },
  hagenbach_bischoff_floor = { 1, "floor" },
  hagenbach_bischoff_rounded = { 1, "nearest" },
  hagenbach_bischoff_ceil = { 1, "ceiling" },
  imperiali_quota = { 2, "exact" }, imperiali_quota_rounded = { 2, "nearest" },
}

local function all_of(game)
  local sum = { 0, 1 }
  for _, key in ipairs(game.keys) do sum = plus(sum, game.value[key]) end
  return sum
end

--- The quota of a house.
---@param game table
---@param seats integer
---@param name string
---@return table ratio
function recheck.quota(game, seats, name)
  local more, rounding = recheck.QUOTAS[name][1], recheck.QUOTAS[name][2]
  return ROUNDINGS[rounding](times(all_of(game), { 1, seats + more }))
end

--- Full seats and remainders as they are told, and the seats that are left:
--- negative where there are too many. `game.held` are then the full seats.
---@param game table
---@param result table
---@param seats integer
---@param quota table
---@return integer left
function recheck.full(game, result, seats, quota)
  assert_ratio(quota, result.quota, "the quota")
  local left = seats
  for _, key in ipairs(game.keys) do
    local value = game.value[key]
    local full = floor(times(value, { quota[2], quota[1] }))
    full = math.min(game.most[key], math.max(game.least[key], full))
    assert(full == result.full_seats[key], "full seats of " .. tostring(key))
    game.held[key], left = full, left - full
    assert_ratio(minus(value, times(quota, { full, 1 })),
      result.remainders[key], "the remainder of " .. tostring(key))
  end
  return left
end

local function remainder(game, key, quota)
  return minus(game.value[key], times(quota, { game.held[key], 1 }))
end

-- Whether a list may have a seat more, or lose one.
local function takes_part(game, key, step, rule)
  if step.taken_back then return game.held[key] > game.least[key] end
  local enough = not rule.share or compare(game.value[key],
    times(rule.quota, rule.share)) >= 0
  return enough and may(game, key) and not (rule.once and rule.once[key])
end

--- One seat by remainders, given or taken back.
---@param game table
---@param step table
---@param rule table { quota, share?, once? = set of those who had one }
function recheck.remainders(game, step, rule)
  local list, sign = step.list, step.taken_back and -1 or 1
  assert(step.step == "remainders" and takes_part(game, list, step, rule),
    "who may not have it")
  local own, best = remainder(game, list, rule.quota), nil
  for _, key in ipairs(game.keys) do
    local other = remainder(game, key, rule.quota)
    local is_in = key ~= list and takes_part(game, key, step, rule)
    assert(not is_in or sign * compare(own, other) >= 0,
      "another has a better remainder")
    if is_in and (not best or sign * compare(other, best) > 0) then
      best = other
    end
  end
  assert_ratio(own, step.remainder, "the remainder")
  if not step.by_lot then
    assert((best == nil) == (step.rival == nil), "a rival too many or few")
    if best then
      assert_ratio(best, step.rival_remainder, "the rival's remainder")
      assert_ratio(best, remainder(game, step.rival, rule.quota), "the rival")
    end
  end
  game.held[list] = game.held[list] + sign
  if rule.once then rule.once[list] = true end
end

-- ---- the quota method ----

local function set_of(keys)
  local set = {}
  for _, key in ipairs(keys) do set[key] = true end
  return set
end

--- One seat of the quota method: of those that hold fewer seats than their
--- part of all votes in a house of this size, the greatest votes / (held + 1).
---@param game table
---@param step table
---@param number integer of the step
---@param total table all votes, weighed
function recheck.house(game, step, number, total)
  local list = step.list or step.for_now
  local eligible, barred = set_of(step.eligible), set_of(step.barred)
  assert(step.house == number and eligible[list], "who may not have it")
  assert_ratio(all_of(game), total, "all votes")
  local function average(key)
    return times(game.value[key], { 1, game.held[key] + 1 })
  end
  for _, key in ipairs(game.keys) do
    local part = times(game.value[key], { total[2] * number, total[1] })
    local has_less = compare({ game.held[key], 1 }, part) < 0
    local order = compare(average(key), average(list))
    assert(has_less == (eligible[key] == true), "who is eligible")
    assert((not has_less and order > 0) == (barred[key] == true), "who waits")
    assert(not has_less or order <= 0, "another has a greater average")
    assert((eligible[key] or barred[key] or false)
      == (step.quotients[key] ~= nil))
    if step.quotients[key] then
      assert_ratio(average(key), step.quotients[key], "an average")
    end
    if has_less and key ~= list then
      assert(compare(average(key), average(step.rival)) <= 0, "the rival")
    end
  end
  assert_ratio(average(list), step.quotient, "the winner's average")
  assert((step.rival == nil) == (#step.eligible == 1))
  if step.rival then
    assert_ratio(average(step.rival), step.rival_quotient, "the rival's")
  end
  game.held[list] = game.held[list] + 1
end

return recheck
