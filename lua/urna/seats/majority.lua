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

local function fits(enemies, members, i)
  for _, j in ipairs(members) do
    if enemies[i][j] then return false end
  end
  return true
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

-- All sets of lists with exactly `sum` seats, in list order, until `give`
-- returns true. A coalition with `surplus` seats too many is minimal if every
-- member has more than that, so only such lists are offered.
local function each_with(sum, seats, enemies, give)
  local reach, members = reachable(seats, sum), {}
  local function extend(i, left)
    if left == 0 then return give(members) end
    if i > #seats or not reach[i][left] then return false end
    if seats[i] <= left and seats[i] > 0 and fits(enemies, members, i) then
      members[#members + 1] = i
      if extend(i + 1, left - seats[i]) then return true end
      members[#members] = nil
    end
    return extend(i + 1, left)
  end
  extend(1, sum)
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

local function shown(lists, needed, enemies)
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

-- Lists by seats, most first. A minimal coalition reaches the majority with
-- its smallest member and not before; so count, for each list, the sets of
-- lists before it that lack at most its seats.
local function count_all(lists, needed)
  local seats, total = {}, 0
  for i, list in ipairs(lists) do seats[i] = list.seats end
  table.sort(seats, function(a, b) return a > b end)
  local ways = { [0] = 1 }
  for _, own in ipairs(seats) do
    if own == 0 then break end
    for sum = needed - 1, 0, -1 do
      local sets = ways[sum]
      if sets and sum + own >= needed then
        total = total + sets
      elseif sets then
        ways[sum + own] = (ways[sum + own] or 0) + sets
      end
    end
  end
  return total
end

-- With exclusions the sets are no longer free: walk them all.
local function count_compatible(lists, needed, enemies)
  local total = 0
  for surplus = 0, largest(lists) - 1 do
    each_with(needed + surplus, only_above(lists, surplus), enemies,
      function() total = total + 1 end)
  end
  return total
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
---@return table majority { needed, distance, coalitions, excluded }
function majority.of(lists, needed, excluded)
  local enemies = neighbours(lists, excluded)
  local count = #excluded == 0 and count_all(lists, needed)
    or count_compatible(lists, needed, enemies)
  return { needed = needed, distance = distances(lists, needed),
    excluded = excluded,
    coalitions = { count = count, shown = shown(lists, needed, enemies) } }
end

return majority
