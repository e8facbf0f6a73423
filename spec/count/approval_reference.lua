--- Approval committee rules once more, from their definitions (Lackner &
--- Skowron, Multi-Winner Voting with Approval Preferences, 2023, ch. 2), with
--- nothing of urna: one voter at a time, fractions of whole numbers, and every
--- way to break every tie. Slow, for small profiles.
---
--- A profile is { m = candidates, voters = { set, set ... } }, a set being
--- { [candidate] = true }. A rule gives the set of its committees, as
--- { ["1 3 4"] = { 1, 3, 4 } }.
local reference = {}

-- ---- fractions ----

local Fraction = {}
Fraction.__index = Fraction

local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

local function fraction(num, den)
  den = den or 1
  assert(math.abs(num) < 2 ^ 53 and den < 2 ^ 53, "too large for the reference")
  local by = gcd(math.abs(num), den)
  return setmetatable({ num = num / by, den = den / by }, Fraction)
end

function Fraction.__add(a, b)
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den)
end

function Fraction.__sub(a, b)
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den)
end

function Fraction.__eq(a, b) return a.num == b.num and a.den == b.den end
function Fraction.__lt(a, b) return a.num * b.den < b.num * a.den end
function Fraction.__le(a, b) return a.num * b.den <= b.num * a.den end

local function divide(a, n) return fraction(a.num, a.den * n) end

-- ---- committees ----

local function key_of(committee)
  local sorted = {}
  for i, c in ipairs(committee) do sorted[i] = c end
  table.sort(sorted)
  return table.concat(sorted, " "), sorted
end

local function add(found, committee)
  local key, sorted = key_of(committee)
  found[key] = sorted
end

local function each_committee(m, k, from, chosen, f)
  if #chosen == k then return f(chosen) end
  for c = from, m do
    chosen[#chosen + 1] = c
    each_committee(m, k, c + 1, chosen, f)
    chosen[#chosen] = nil
  end
end

local function set_of(committee)
  local set = {}
  for _, c in ipairs(committee) do set[c] = true end
  return set
end

local function common(a, b)
  local n = 0
  for c in pairs(a) do if b[c] then n = n + 1 end end
  return n
end

-- ---- scores of whole committees ----

local score = {}

function score.av(voter, winners) return fraction(common(voter, winners)) end

function score.sav(voter, winners)
  local size = common(voter, voter)
  return fraction(common(voter, winners), math.max(size, 1))
end

function score.pav(voter, winners)
  local sum = fraction(0)
  for j = 1, common(voter, winners) do sum = sum + fraction(1, j) end
  return sum
end

local function total(profile, committee, by)
  local sum, winners = fraction(0), set_of(committee)
  for _, voter in ipairs(profile.voters) do sum = sum + by(voter, winners) end
  return sum
end

local function best_committees(by)
  return function(profile, k)
    local found, best = {}, nil
    each_committee(profile.m, k, 1, {}, function(committee)
      local sum = total(profile, committee, by)
      if not best or sum > best then found, best = {}, sum end
      if sum == best then add(found, committee) end
    end)
    return found
  end
end

reference.av = best_committees(score.av)
reference.sav = best_committees(score.sav)
reference.pav = best_committees(score.pav)

-- ---- one by one, in every way ----

-- `values` is a fraction by candidate; those of the least are taken in turn.
local function each_least(values, f)
  local least
  for _, value in pairs(values) do
    if not least or value < least then least = value end
  end
  for c, value in pairs(values) do if value == least then f(c, value) end end
  return least ~= nil
end

local function longer(array, value)
  local copy = {}
  for i, x in ipairs(array) do copy[i] = x end
  copy[#copy + 1] = value
  return copy
end

local function outside(profile, committee)
  local rest, inside = {}, set_of(committee)
  for c = 1, profile.m do if not inside[c] then rest[#rest + 1] = c end end
  return rest
end

function reference.seqpav(profile, k)
  local found = {}
  local function go(committee)
    if #committee == k then return add(found, committee) end
    local values = {}
    for _, c in ipairs(outside(profile, committee)) do
      values[c] = fraction(0) - total(profile, longer(committee, c), score.pav)
    end
    each_least(values, function(c) go(longer(committee, c)) end)
  end
  go({})
  return found
end

function reference.revseqpav(profile, k)
  local found = {}
  local function go(excluded)
    local left = outside(profile, excluded)
    if #left == k then return add(found, left) end
    local values = {}
    for _, c in ipairs(left) do
      values[c] = fraction(0)
        - total(profile, outside(profile, longer(excluded, c)), score.pav)
    end
    each_least(values, function(c) go(longer(excluded, c)) end)
  end
  go({})
  return found
end

local function phragmen_from(profile, k, committee, loads, found)
  if #committee == k then return add(found, committee) end
  local values = {}
  for _, c in ipairs(outside(profile, committee)) do
    local sum, n = fraction(1), 0
    for v, voter in ipairs(profile.voters) do
      if voter[c] then sum, n = sum + loads[v], n + 1 end
    end
    if n > 0 then values[c] = divide(sum, n) end
  end
  local is_any = each_least(values, function(c, load)
    local after = {}
    for v, voter in ipairs(profile.voters) do
      after[v] = voter[c] and load or loads[v]
    end
    phragmen_from(profile, k, longer(committee, c), after, found)
  end)
  if is_any then return end
  for _, c in ipairs(outside(profile, committee)) do
    phragmen_from(profile, k, longer(committee, c), loads, found)
  end
end

function reference.phragmen(profile, k)
  local loads, found = {}, {}
  for v = 1, #profile.voters do loads[v] = fraction(0) end
  phragmen_from(profile, k, {}, loads, found)
  return found
end

-- The price q with sum of min(budget, q) over the supporters = 1: with the
-- poorest i of them paying all they have.
local function price(profile, budgets, c)
  local supporters = {}
  for v, voter in ipairs(profile.voters) do
    if voter[c] then supporters[#supporters + 1] = budgets[v] end
  end
  table.sort(supporters, function(a, b) return a < b end)
  local missing, n = fraction(1), #supporters
  for i = 1, n do
    local q = divide(missing, n - i + 1)
    if q <= supporters[i] then return q end
    missing = missing - supporters[i]
  end
end

local completions = {}

function completions.none(_, _, committee, _, found) add(found, committee) end

function completions.phragmen(profile, k, committee, budgets, found)
  local loads = {}
  for v, budget in ipairs(budgets) do loads[v] = fraction(0) - budget end
  phragmen_from(profile, k, committee, loads, found)
end

function completions.av(profile, k, committee, _, found)
  if #committee == k then return add(found, committee) end
  local values = {}
  for _, c in ipairs(outside(profile, committee)) do
    values[c] = fraction(0) - total(profile, { c }, score.av)
  end
  each_least(values, function(c)
    completions.av(profile, k, longer(committee, c), nil, found)
  end)
end

local function shares(profile, k, size, complete, found)
  local is_done = {} -- in how many ways it comes to an end does not matter
  local function go(committee, budgets)
    if #committee == k then return add(found, committee) end
    local values = {}
    for _, c in ipairs(outside(profile, committee)) do
      values[c] = price(profile, budgets, c)
    end
    local is_any = each_least(values, function(c, q)
      local after = {}
      for v, voter in ipairs(profile.voters) do
        local left = budgets[v] - q
        after[v] = not voter[c] and budgets[v]
          or left.num > 0 and left or fraction(0)
      end
      go(longer(committee, c), after)
    end)
    if is_any or complete == completions.increment and is_done[size] then
      return
    end
    is_done[size] = true
    complete(profile, k, committee, budgets, found, size)
  end
  local budgets = {}
  for v = 1, #profile.voters do
    budgets[v] = fraction(size, #profile.voters)
  end
  go({}, budgets)
end

function completions.increment(profile, k, _, _, found, size)
  shares(profile, k, size + 1, completions.increment, found)
end

local function equal_shares(completion)
  return function(profile, k)
    local found = {}
    shares(profile, k, k, completions[completion], found)
    return found
  end
end

reference.mes = equal_shares("phragmen")
reference.mes_av = equal_shares("av")
reference.mes_uncompleted = equal_shares("none")

-- Where too few are approved no money suffices: approval voting instead.
function reference.mes_increment(profile, k)
  local approved = {}
  for _, voter in ipairs(profile.voters) do
    for c in pairs(voter) do approved[c] = true end
  end
  if common(approved, approved) < k then return reference.av(profile, k) end
  return equal_shares("increment")(profile, k)
end

-- ---- axioms ----

-- All sets of 1 to k candidates, as arrays.
local function each_group(m, k, f)
  for size = 1, k do each_committee(m, size, 1, {}, f) end
end

local function supporters(profile, group)
  local found = {}
  for _, voter in ipairs(profile.voters) do
    if common(voter, set_of(group)) == #group then found[#found + 1] = voter end
  end
  return found
end

--- Extended justified representation: of every l n / k voters who agree on l
--- candidates one has l winners. (Aziz et al., Social Choice and Welfare 48,
--- 2017, def. 2.) With `most` 1 it is justified representation.
---@return boolean
function reference.is_ejr(profile, k, winners, most)
  local holds = true
  each_group(profile.m, most or k, function(group)
    local poor = 0
    for _, voter in ipairs(supporters(profile, group)) do
      if common(voter, winners) < #group then poor = poor + 1 end
    end
    if poor * k >= #group * #profile.voters and poor > 0 then holds = false end
  end)
  return holds
end

--- Proportional justified representation: of the winners of such voters there
--- are l in all. (Sanchez-Fernandez et al., AAAI 2017, def. 2.) It fails where
--- fewer than l winners are all that so many of them have.
---@return boolean
function reference.is_pjr(profile, k, winners)
  local holds, list = true, {}
  for c in pairs(winners) do list[#list + 1] = c end
  each_group(profile.m, k, function(group)
    local agreed = supporters(profile, group)
    for size = 0, math.min(#group - 1, #list) do
      each_committee(#list, size, 1, {}, function(chosen)
        local allowed, n = {}, 0
        for _, i in ipairs(chosen) do allowed[list[i]] = true end
        for _, voter in ipairs(agreed) do
          if common(voter, winners) == common(voter, allowed) then n = n + 1 end
        end
        if n * k >= #group * #profile.voters and n > 0 then holds = false end
      end)
    end
  end)
  return holds
end

return reference
