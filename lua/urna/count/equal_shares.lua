local native = require "urna.native"
local phragmen = require "urna.count.phragmen"
local thiele = require "urna.count.thiele"

--- The method of equal shares (Rule X): all voters have an equal share of as
--- much money as there are seats, a candidate costs 1, and its supporters pay
--- the same, or all they have. Whoever can be bought at the lowest price for
--- those who pay most is elected, until nobody can be bought; then the seats
--- that are left are filled by another rule, or stay empty. Voters who have the
--- same money are one class.
--- Source: Peters & Skowron, Proportionality and the limits of welfarism, EC
--- 2020, arXiv:1911.11747, section 3; Lackner & Skowron, Multi-Winner Voting
--- with Approval Preferences, 2023, rule 11. The seats that are left: to
--- Phragmen's rule, each voter's money being a negative load (ibid.); or to the
--- same rule once more with the money of one seat more, and again, until enough
--- are bought (Peters, Pierczynski & Skowron, Proportional participatory
--- budgeting with additive utilities, NeurIPS 2021, section 5).
local equal_shares = {}

local Count = {}
Count.__index = Count

local function begin(count, size)
  return { elected = {}, is_open = thiele.all(count.names), size = size,
    classes = count.approvals:classes(), stage = "election",
    money = { native.rational(size, math.max(count.papers, 1)) } }
end

function Count:start() return begin(self, self.seats) end

-- The least that supporters must pay each, or all they have where that is
-- less; nil where they have less than 1. Classes have money in ascending order.
local function price(classes, money)
  local rest, missing = 0, native.rational(1)
  for i = 2, #classes, 2 do rest = rest + classes[i] end
  for i = 1, #classes, 2 do
    local held = money[classes[i]]
    if held * rest >= missing then return missing / rest end
    missing = missing - held * classes[i + 1]
    rest = rest - classes[i + 1]
  end
end

local function less(a, b) return a < b end
local function greater(a, b) return a > b end

local function look_at_prices(count, state)
  local counts, all = count.approvals:count(state.classes, #state.money)
  local values = {}
  for number = 1, #count.names do
    if state.is_open[number] then
      values[number] = price(counts[number], state.money)
    end
  end
  local best, value = thiele.extreme(values, #count.names, less)
  return value and { state = state, best = best, value = value,
    values = values, counts = counts, all = all, stage = state.stage,
    measure = "price" }
end

-- ---- the seats that are left ----

-- Money is a negative load, and loads ascend.
local function as_loads(count, state)
  local loads, to, n = {}, {}, #state.money
  for k = 1, n do
    loads[k] = -state.money[n + 1 - k]
    to[k] = n + 1 - k
  end
  return { elected = state.elected, is_open = state.is_open, loads = loads,
    classes = count.approvals:moved(state.classes, 1, to, to),
    stage = "completion", by = "phragmen" }
end

local function look_at_approvals(count, state)
  local values = {}
  for number = 1, #count.names do
    if state.is_open[number] then
      values[number] = native.rational(count.approved[number])
    end
  end
  local best, value = thiele.extreme(values, #count.names, greater)
  return { state = state, best = thiele.needed(count, best), value = value,
    values = values, stage = "completion", measure = "approvals" }
end

local function over(a, b)
  local rest = a % b
  return (a - rest) / b + (rest > 0 and 1 or 0)
end

-- With less money than this not so many candidates have supporters who could
-- buy them, whatever else they buy.
local function next_size(count, size)
  return math.max(size + 1, over(count.papers, count.scarcest))
end

local function begin_anew(count, state)
  count.runs = (count.runs or 0) + 1
  if count.runs > count.effort then
    count.failure = "too_hard"
    return nil
  end
  local size = next_size(count, state.size)
  local look = count:look(begin(count, size))
  if look and not look.begins_anew then
    look.begins_anew = { round = 1, stage = "restart", measure = "money",
      value = thiele.pair(native.rational(size)) }
  end
  return look
end

local fill = {}

function fill.none() return nil end

function fill.phragmen(count, state)
  return phragmen.Count.look(count, as_loads(count, state))
end

function fill.av(count, state)
  return look_at_approvals(count, { elected = state.elected,
    is_open = state.is_open, classes = state.classes, by = "av" })
end

function fill.increment(count, state)
  if count.scarcest == 0 then return fill.av(count, state) end
  return begin_anew(count, state)
end

function Count:look(state)
  if #state.elected == self.seats then return nil end
  if state.by == "phragmen" then return phragmen.Count.look(self, state) end
  if state.by == "av" then return look_at_approvals(self, state) end
  return look_at_prices(self, state) or fill[self.completion](self, state)
end

-- ---- a purchase ----

-- What is left of what the supporters' classes had, in ascending order, with
-- the class it comes from.
local function paid(look, number)
  local purses, classes = {}, look.counts[number]
  for i = 1, #classes, 2 do
    local held = look.state.money[classes[i]]
    purses[#purses + 1] = { class = classes[i],
      money = held > look.value and held - look.value or native.rational(0) }
  end
  return purses
end

local function kept(look, number)
  local purses, classes, supporters = {}, look.counts[number], {}
  for i = 1, #classes, 2 do supporters[classes[i]] = classes[i + 1] end
  for i = 1, #look.all, 2 do
    local class = look.all[i]
    if look.all[i + 1] > (supporters[class] or 0) then
      purses[#purses + 1] = { class = class,
        money = look.state.money[class] }
    end
  end
  return purses
end

-- Both in one ascending order; equals become one class.
local function merge(ours, theirs, count)
  local money, to, others, i, j = {}, {}, {}, 1, 1
  for k = 1, count do to[k], others[k] = 1, 1 end
  while ours[i] or theirs[j] do
    local is_ours = ours[i]
      and not (theirs[j] and theirs[j].money < ours[i].money)
    local purse = is_ours and ours[i] or theirs[j]
    if #money == 0 or money[#money] ~= purse.money then
      money[#money + 1] = purse.money
    end
    if is_ours then
      to[purse.class], i = #money, i + 1
    else
      others[purse.class], j = #money, j + 1
    end
  end
  return money, to, others
end

function Count:take(look, number)
  local state = look.state
  if state.by == "phragmen" then
    local following = phragmen.Count.take(self, look, number)
    following.by = "phragmen"
    return following
  end
  local following = { elected = thiele.with(state.elected, number),
    is_open = thiele.without(state.is_open, number), size = state.size,
    stage = state.stage, by = state.by, classes = state.classes,
    money = state.money }
  if not state.by then
    local money, to, others = merge(paid(look, number), kept(look, number),
      #state.money)
    following.money = money
    following.classes = self.approvals:moved(state.classes, number, to, others)
  end
  return following
end

Count.row, Count.elected = phragmen.Count.row, phragmen.Count.elected

function Count:key(state)
  local values = {}
  for i, value in ipairs(state.loads or state.money or {}) do
    values[i] = tostring(value)
  end
  return table.concat({ state.by or "", tostring(state.size),
    thiele.set(state.elected), table.concat(values, " "), state.classes },
    "|")
end

-- Whoever is bought may be lost where the rule begins anew.
function Count:secure(state)
  local is_sure = self.completion ~= "increment" or state.by
    or #state.elected == self.seats
  return is_sure and state.elected or {}
end

equal_shares.completions = { "phragmen", "increment", "av", "none" }

-- How many papers approve each, and the one that as many as there are seats
-- reach; 0 where fewer candidates are approved at all.
local function count_approvals(count)
  local counts = count.approvals:count(count.approvals:classes(), 1)
  local ordered = {}
  count.approved = {}
  for number = 1, #count.names do
    count.approved[number] = counts[number][2] or 0
    ordered[number] = count.approved[number]
  end
  table.sort(ordered, greater)
  count.scarcest = ordered[count.seats]
end

--- The method of equal shares, as a count of courses.lua.
---@param election table { approvals, names, seats, papers, completion, effort }
---@return table count
function equal_shares.sequential(election)
  assert(fill[election.completion], "no such completion")
  local count = setmetatable(election, Count)
  count_approvals(count)
  return count
end

return equal_shares
