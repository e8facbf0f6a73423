--- Who can govern: how many seats it takes, and which coalitions have them
--- and would not without any one of their members.
local majority = {}

local SHOWN = 1000

-- Pairs that may not govern together, as a set of neighbours by list number.
local function neighbours(lists, excluded)
  local number, enemies = {}, {}
  for i, list in ipairs(lists) do number[list.key], enemies[i] = i, {} end
  for _, pair in ipairs(excluded) do
    local a, b = number[pair[1]], number[pair[2]]
    if a and b then enemies[a][b], enemies[b][a] = true, true end
  end
  return enemies
end

-- reach[i][sum]: whether some of lists i .. n have exactly `sum` seats.
local function reachable(seats, most)
  local reach = { [#seats + 1] = { [0] = true } }
  for i = #seats, 1, -1 do
    local row = {}
    for sum in pairs(reach[i + 1]) do
      row[sum] = true
      if sum + seats[i] <= most then row[sum + seats[i]] = true end
    end
    reach[i] = row
  end
  return reach
end

-- The lists from `i` on that may not join, once list `member` has (if it has):
-- as a set, as a text by which equal sets are known, and the seats of the rest.
local function barred_from(i, seats, enemies, barred, member)
  local set, names, rest = {}, {}, 0
  for later = i, #seats do
    if seats[later] > 0
      and (barred.set[later] or member and enemies[member][later]) then
      set[later], names[#names + 1] = true, later
    else
      rest = rest + seats[later]
    end
  end
  return { set = set, name = table.concat(names, ","), rest = rest }
end

-- All sets of lists with exactly `sum` seats, in list order, until `give`
-- returns true. A coalition with `surplus` seats too many is minimal if every
-- member has more than that, so only such lists are offered. Where a sum can be
-- reached but for exclusions, what leads nowhere is remembered, so that every
-- way leads to a set.
local function each_with(sum, seats, enemies, give)
  local reach, members, dead, stop = reachable(seats, sum), {}, {}, false
  local extend
  local function without(i, left, barred)
    return extend(i + 1, left, barred_from(i + 1, seats, enemies, barred))
  end
  local function with(i, left, barred)
    if seats[i] > left or seats[i] == 0 or barred.set[i] then return false end
    members[#members + 1] = i
    local found = extend(i + 1, left - seats[i],
      barred_from(i + 1, seats, enemies, barred, i))
    members[#members] = nil
    return found
  end
  function extend(i, left, barred)
    if left == 0 then
      stop = give(members) or false
      return true
    end
    if i > #seats or not reach[i][left] or left > barred.rest then
      return false
    end
    local name = ("%d:%d:%s"):format(i, left, barred.name)
    if dead[name] then return false end
    local found = with(i, left, barred)
    if not stop then found = without(i, left, barred) or found end
    dead[name] = not found or nil
    return found
  end
  extend(1, sum, barred_from(1, seats, enemies, { set = {} }))
end

local function only_above(lists, surplus)
  local seats = {}
  for i, list in ipairs(lists) do
    seats[i] = list.seats > surplus and list.seats or 0
  end
  return seats
end

local function described(lists, members, sum, needed)
  local coalition = { lists = {}, seats = sum, surplus = sum - needed }
  for i, member in ipairs(members) do
    coalition.lists[i] = lists[member].key
  end
  return coalition
end

local function largest(lists)
  local most = 0
  for _, list in ipairs(lists) do most = math.max(most, list.seats) end
  return most
end

-- The first of many, surplus by surplus.
local function first_shown(lists, needed, enemies)
  local found = {}
  for surplus = 0, largest(lists) - 1 do
    local sum = needed + surplus
    each_with(sum, only_above(lists, surplus), enemies, function(members)
      if #found == SHOWN then return true end
      found[#found + 1] = described(lists, members, sum, needed)
    end)
    if #found == SHOWN then break end
  end
  return found
end

-- Counts of coalitions outgrow 2^53: they are held as groups of 15 digits,
-- the last digits first.
local GROUP = 1000000000000000

local function plus(a, b)
  local sum, carry = {}, 0
  for i = 1, math.max(#a, #b) do
    local group = (a[i] or 0) + (b[i] or 0) + carry
    carry = group >= GROUP and 1 or 0
    sum[i] = group - carry * GROUP
  end
  if carry > 0 then sum[#sum + 1] = carry end
  return sum
end

-- As an integer, or beyond 2^53 - 1 as a decimal string.
local function written(number)
  local text = ("%d"):format(number[#number])
  for i = #number - 1, 1, -1 do text = text .. ("%015d"):format(number[i]) end
  local high, low = number[2] or 0, number[1]
  local is_exact = #number < 3
    and (high < 9 or high == 9 and low <= 7199254740991)
  return is_exact and tonumber(text) or text
end

-- Lists with seats by their numbers, most seats first, and the seats that are
-- left from each place on.
local function by_seats(lists)
  local order, left = {}, {}
  for i, list in ipairs(lists) do
    if list.seats > 0 then order[#order + 1] = i end
  end
  table.sort(order, function(a, b)
    local more = lists[a].seats - lists[b].seats
    return more > 0 or more == 0 and a < b
  end)
  left[#order + 1] = 0
  for at = #order, 1, -1 do left[at] = left[at + 1] + lists[order[at]].seats end
  return order, left
end

-- The lists after place `at` that may not join, once list `member` has (if it
-- has): as a set, and as a text by which equal sets are known.
local function barred_after(lists, order, at, enemies, barred, member)
  local set, names, seats = {}, {}, 0
  for later = at + 1, #order do
    local i = order[later]
    if barred.set[i] or member and enemies[member][i] then
      set[i], names[#names + 1] = true, i
      seats = seats + lists[i].seats
    end
  end
  return { set = set, name = table.concat(names, ","), seats = seats }
end

-- A minimal coalition reaches the majority with its smallest member and not
-- before: so walk the lists by seats, most first, and count the ways on from
-- each place, sum of seats and set of barred lists once.
local function counter(lists, needed, enemies)
  local self = { lists = lists, needed = needed, enemies = enemies }
  self.order, self.left = by_seats(lists)
  local known = {}
  local function found(at, sum, barred)
    local i = self.order[at]
    local skipped = self.ways(at + 1, sum,
      barred_after(lists, self.order, at, enemies, barred))
    if barred.set[i] then return skipped end
    local reached = sum + lists[i].seats
    if reached >= needed then return plus(skipped, { 1 }) end
    return plus(skipped, self.ways(at + 1, reached,
      barred_after(lists, self.order, at, enemies, barred, i)))
  end
  function self.ways(at, sum, barred)
    if sum + self.left[at] - barred.seats < needed then return { 0 } end
    local name = ("%d:%d:%s"):format(at, sum, barred.name)
    known[name] = known[name] or found(at, sum, barred)
    return known[name]
  end
  return self
end

local NONE = { set = {}, name = "", seats = 0 }

local function is_none(number)
  return #number == 1 and number[1] == 0
end

-- Every coalition, by going only where the counter has found some.
local function each_minimal(self, give)
  local members = {}
  local function extend(at, sum, barred)
    if is_none(self.ways(at, sum, barred)) then return end
    local i = self.order[at]
    if not barred.set[i] then
      members[#members + 1] = i
      local reached = sum + self.lists[i].seats
      if reached >= self.needed then
        give(members, reached)
      else
        extend(at + 1, reached,
          barred_after(self.lists, self.order, at, self.enemies, barred, i))
      end
      members[#members] = nil
    end
    extend(at + 1, sum,
      barred_after(self.lists, self.order, at, self.enemies, barred))
  end
  extend(1, 0, NONE)
end

-- By surplus, then as their lists stand.
local function is_before(a, b)
  if a.sum ~= b.sum then return a.sum < b.sum end
  for n = 1, math.min(#a, #b) do
    if a[n] ~= b[n] then return a[n] < b[n] end
  end
  return #a < #b
end

local function all_shown(self)
  local sets, found = {}, {}
  each_minimal(self, function(members, sum)
    local set = { sum = sum }
    for n, i in ipairs(members) do set[n] = i end
    table.sort(set)
    sets[#sets + 1] = set
  end)
  table.sort(sets, is_before)
  for n, set in ipairs(sets) do
    found[n] = described(self.lists, set, set.sum, self.needed)
  end
  return found
end

local function coalitions(lists, needed, enemies)
  local self = counter(lists, needed, enemies)
  local count = written(self.ways(1, 0, NONE))
  local is_few = type(count) == "number" and count <= SHOWN
  return { count = count, shown = is_few and all_shown(self)
    or first_shown(lists, needed, enemies) }
end

local function distances(lists, needed)
  local rows = {}
  for _, list in ipairs(lists) do
    if list.seats > 0 then
      rows[#rows + 1] = { list = list.key, seats = list.seats,
        short = math.max(needed - list.seats, 0) }
    end
  end
  return rows
end

--- The majority and the minimal winning coalitions (minimal by inclusion),
--- ordered by surplus, then in list order; up to 1,000 are shown, all are
--- counted.
---@param lists { key: string, seats: integer }[]
---@param needed integer seats of a majority
---@param excluded string[][] pairs of lists that may not govern together
---@return table majority { needed, distance, coalitions, excluded };
--- coalitions.count is exact, a decimal string beyond 2^53 - 1
function majority.of(lists, needed, excluded)
  local enemies = neighbours(lists, excluded)
  return { needed = needed, distance = distances(lists, needed),
    excluded = excluded,
    coalitions = coalitions(lists, needed, enemies) }
end

--- The coalitions with exactly so many seats, in list order; lists without
--- seats are in none.
---@param lists { key: string, seats: integer }[]
---@param sum integer
---@param excluded string[][]
---@return table[] coalitions { lists, seats }, up to 1,000
function majority.exactly(lists, sum, excluded)
  local found = {}
  if sum < 1 then return found end
  each_with(sum, only_above(lists, 0), neighbours(lists, excluded),
    function(members)
      if #found == SHOWN then return true end
      found[#found + 1] = described(lists, members, sum, sum)
    end)
  return found
end

return majority
