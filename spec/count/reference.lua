--- The methods of urna.count.pairwise once more, from their definitions, as
--- plainly as can be: all subsets, all paths, all permutations, all ways of
--- breaking ties. Only for a few candidates. A vote is 60 parts, so that up to
--- six candidates share one in whole numbers.
local reference = {}

local PARTS = 60

-- ---- what the papers say ----

--- Each row as groups of candidates: skipped ranks close up, a rank of unknown
--- candidates says nothing, who is named again counts where named first.
---@param rows { [1]: integer, [2]: urna.Rank[] }[]
---@param names string[] of those who stand
---@return { weight: integer, groups: integer[][] }[]
function reference.papers(rows, names)
  local numbers, papers = {}, {}
  for i, name in ipairs(names) do numbers[name] = i end
  for r, row in ipairs(rows) do
    local seen, groups = {}, {}
    for _, rank in ipairs(row[2]) do
      local group = {}
      for _, name in ipairs(type(rank) == "table" and rank or { rank or nil })
      do
        local c = numbers[name]
        if c and not seen[c] then
          seen[c] = true
          group[#group + 1] = c
        end
      end
      if #group > 0 then groups[#groups + 1] = group end
    end
    papers[r] = { weight = row[1], groups = groups }
  end
  return papers
end

-- The rank of each on a paper, from 1; nil if it does not name him.
local function ranks_of(paper)
  local ranks = {}
  for rank, group in ipairs(paper.groups) do
    for _, c in ipairs(group) do ranks[c] = rank end
  end
  return ranks
end

--- Papers that prefer a to b.
function reference.over(papers, n, unranked)
  local over = {}
  for a = 1, n do
    over[a] = {}
    for b = 1, n do over[a][b] = 0 end
  end
  for _, paper in ipairs(papers) do
    local ranks = ranks_of(paper)
    for a = 1, n do
      for b = 1, n do
        local prefers = ranks[a] and ranks[b] and ranks[a] < ranks[b]
          or ranks[a] and not ranks[b] and unranked == "last"
        if prefers then over[a][b] = over[a][b] + paper.weight end
      end
    end
  end
  return over
end

local function everybody(n)
  local all = {}
  for i = 1, n do all[i] = i end
  return all
end
reference.everybody = everybody

local function set_of(list)
  local set = {}
  for _, x in ipairs(list) do set[x] = true end
  return set
end

local function list_of(set, n)
  local list = {}
  for x = 1, n do
    if set[x] then list[#list + 1] = x end
  end
  return list
end

-- The members with the greatest value.
local function greatest(among, value)
  local most, found = nil, {}
  for _, x in ipairs(among) do
    local v = value(x)
    if most == nil or v > most then most, found = v, {} end
    if v == most then found[#found + 1] = x end
  end
  return found
end

-- ---- sets ----

function reference.condorcet(over, among)
  for _, a in ipairs(among) do
    local beats = true
    for _, b in ipairs(among) do
      if a ~= b and over[a][b] <= over[b][a] then beats = false end
    end
    if beats then return a end
  end
end

local function subsets(among)
  local all = {}
  for bits = 1, 2 ^ #among - 1 do
    local set, rest = {}, bits
    for i = 1, #among do
      if rest % 2 == 1 then set[#set + 1] = among[i] end
      rest = (rest - rest % 2) / 2
    end
    all[#all + 1] = set
  end
  table.sort(all, function(a, b) return #a < #b end)
  return all
end

-- The first, least, subset of which the relation holds against all outside.
local function least_set(among, holds)
  for _, set in ipairs(subsets(among)) do
    local inside, good = set_of(set), true
    for _, a in ipairs(set) do
      for _, b in ipairs(among) do
        if not inside[b] and not holds(a, b) then good = false end
      end
    end
    if good then return set end
  end
end

function reference.smith(over, among)
  return least_set(among, function(a, b) return over[a][b] > over[b][a] end)
end

--- The union of all sets that nobody outside beats and that hold no smaller.
function reference.schwartz(over, among)
  local free, union = {}, {}
  for _, set in ipairs(subsets(among)) do
    local inside, good = set_of(set), true
    for _, a in ipairs(set) do
      for _, b in ipairs(among) do
        if not inside[b] and over[b][a] > over[a][b] then good = false end
      end
    end
    for _, smaller in ipairs(free) do
      local holds = true
      for _, x in ipairs(smaller) do holds = holds and inside[x] end
      if holds then good = false end
    end
    if good then free[#free + 1] = set end
  end
  for _, set in ipairs(free) do
    for _, x in ipairs(set) do union[x] = true end
  end
  local found = {}
  for _, x in ipairs(among) do
    if union[x] then found[#found + 1] = x end
  end
  return found
end

-- ---- orders of pairs ----

-- Is the link a-b stronger than c-d? Only majorities are links.
local function stronger(over, by_margin, a, b, c, d)
  if by_margin then
    return over[a][b] - over[b][a] > over[c][d] - over[d][c]
  end
  if over[a][b] ~= over[c][d] then return over[a][b] > over[c][d] end
  return over[b][a] < over[d][c]
end

-- The weakest link of the strongest path, over all paths without a repeat.
local function strongest_path(over, n, by_margin, from, to)
  local best
  local function walk(at, weakest, seen)
    if at == to then
      if not best or stronger(over, by_margin, weakest[1], weakest[2], best[1],
        best[2]) then
        best = weakest
      end
      return
    end
    for next_one = 1, n do
      if not seen[next_one] and over[at][next_one] > over[next_one][at] then
        seen[next_one] = true
        local weaker = weakest
        if not weakest or stronger(over, by_margin, weakest[1], weakest[2], at,
          next_one) then
          weaker = { at, next_one }
        end
        walk(next_one, weaker, seen)
        seen[next_one] = nil
      end
    end
  end
  walk(from, nil, { [from] = true })
  return best
end

function reference.schulze(over, n, by_margin)
  local winners = {}
  for a = 1, n do
    local good = true
    for b = 1, n do
      if a ~= b then
        local there = strongest_path(over, n, by_margin, b, a)
        local here = strongest_path(over, n, by_margin, a, b)
        if there and (not here or stronger(over, by_margin, there[1], there[2],
          here[1], here[2])) then
          good = false
        end
      end
    end
    if good then winners[#winners + 1] = a end
  end
  return winners
end

local function permutations(list, visit)
  local order, used = {}, {}
  local function place(depth)
    if depth > #list then return visit(order) end
    for i = 1, #list do
      if not used[i] then
        used[i], order[depth] = true, list[i]
        place(depth + 1)
        used[i] = nil
      end
    end
  end
  place(1)
end
reference.permutations = permutations

local function has_path(locked, n, from, to, seen)
  if from == to then return true end
  seen[from] = true
  for x = 1, n do
    if locked[from][x] and not seen[x] and has_path(locked, n, x, to, seen) then
      return true
    end
  end
  return false
end

-- The permutations of groups of so many links, all together.
local function ways_of(sizes)
  local ways = 1
  for _, size in ipairs(sizes) do
    for i = 2, size do ways = ways * i end
  end
  return ways
end

--- Winners over all ways of taking equally strong majorities; nil if there are
--- more than 720 ways.
function reference.ranked_pairs(over, n, by_margin)
  local links = {}
  for a = 1, n do
    for b = 1, n do
      if over[a][b] > over[b][a] then links[#links + 1] = { a, b } end
    end
  end
  table.sort(links, function(x, y)
    return stronger(over, by_margin, x[1], x[2], y[1], y[2])
  end)
  local winners, sizes = {}, {}
  for i, link in ipairs(links) do
    local before = links[i - 1]
    if before and not stronger(over, by_margin, before[1], before[2], link[1],
      link[2]) then
      sizes[#sizes] = sizes[#sizes] + 1
    else
      sizes[#sizes + 1] = 1
    end
  end
  if ways_of(sizes) > 720 then return nil end
  local function finish(locked)
    for a = 1, n do
      local good = true
      for b = 1, n do good = good and not locked[b][a] end
      if good then winners[a] = true end
    end
  end
  local function take(from, locked)
    if from > #links then return finish(locked) end
    local last = from
    while links[last + 1] and not stronger(over, by_margin, links[from][1],
      links[from][2], links[last + 1][1], links[last + 1][2]) do
      last = last + 1
    end
    local group = {}
    for i = from, last do group[#group + 1] = links[i] end
    permutations(group, function(order)
      local copy = {}
      for a = 1, n do
        copy[a] = {}
        for b = 1, n do copy[a][b] = locked[a][b] end
      end
      for _, link in ipairs(order) do
        if not has_path(copy, n, link[2], link[1], {}) then
          copy[link[1]][link[2]] = true
        end
      end
      take(last + 1, copy)
    end)
  end
  local none = {}
  for a = 1, n do none[a] = {} end
  take(1, none)
  return list_of(winners, n)
end

--- Winners of all optimal orders, and how many orders these are.
function reference.kemeny(over, n)
  local best, winners, count = -1, {}, 0
  permutations(everybody(n), function(order)
    local sum = 0
    for i = 1, n do
      for k = i + 1, n do sum = sum + over[order[i]][order[k]] end
    end
    if sum > best then best, winners, count = sum, {}, 0 end
    if sum == best then
      winners[order[1]] = true
      count = count + 1
    end
  end)
  return list_of(winners, n), best, count
end

-- ---- scores of pairs ----

function reference.minimax(over, n, strength)
  return greatest(everybody(n), function(a)
    local worst
    for b = 1, n do
      if a ~= b then
        local votes, against = over[a][b], over[b][a]
        local defeat = strength == "opposition" and against
          or strength == "margins" and against - votes
          or (against > votes and against or 0)
        worst = math.max(worst or defeat, defeat)
      end
    end
    return -(worst or 0)
  end)
end

function reference.copeland(over, n, tie)
  return greatest(everybody(n), function(a)
    local points = 0
    for b = 1, n do
      if a ~= b then
        points = points + (over[a][b] > over[b][a] and 2
          or over[a][b] == over[b][a] and tie or 0)
      end
    end
    return points
  end)
end

-- ---- points, from paper to paper ----

-- Calls visit(c, first, size) for the span of positions of each candidate.
local function spans(paper, n, visit)
  local first, seen = 1, {}
  for _, group in ipairs(paper.groups) do
    for _, c in ipairs(group) do
      visit(c, first, #group, true)
      seen[c] = true
    end
    first = first + #group
  end
  for c = 1, n do
    if not seen[c] then visit(c, first, n - first + 1, false) end
  end
end

--- points[place] in whole numbers.
function reference.points(papers, n, points, unranked)
  local sums = {}
  for c = 1, n do sums[c] = 0 end
  for _, paper in ipairs(papers) do
    if #paper.groups > 0 then
      spans(paper, n, function(c, first, size, is_named)
        if is_named or unranked == "average" then
          local all = 0
          for place = first, first + size - 1 do all = all + points[place] end
          sums[c] = sums[c] + paper.weight * all * PARTS / size
        end
      end)
    end
  end
  return greatest(everybody(n), function(c) return sums[c] end)
end

function reference.modified_borda(papers, n)
  local twice = {}
  for c = 1, n do twice[c] = 0 end
  for _, paper in ipairs(papers) do
    local named = 0
    for _, group in ipairs(paper.groups) do named = named + #group end
    spans(paper, n, function(c, first, size, is_named)
      -- the places first .. first + size - 1 give named + 1 - place each
      if is_named then
        twice[c] = twice[c] + paper.weight
          * (2 * (named + 1) - (first + first + size - 1))
      end
    end)
  end
  return greatest(everybody(n), function(c) return twice[c] end)
end

function reference.bucklin(papers, n)
  local valid, sums = 0, {}
  for _, paper in ipairs(papers) do
    if #paper.groups > 0 then valid = valid + paper.weight end
  end
  for c = 1, n do sums[c] = 0 end
  for rank = 1, n do
    for _, paper in ipairs(papers) do
      for _, c in ipairs(paper.groups[rank] or {}) do
        sums[c] = sums[c] + paper.weight
      end
    end
    for c = 1, n do
      if 2 * sums[c] > valid then
        return greatest(everybody(n), function(x) return sums[x] end)
      end
    end
  end
  return greatest(everybody(n), function(x) return sums[x] end)
end

-- ---- exclusions, every way ----

local function firsts(papers, left)
  local stands, values, live = set_of(left), {}, 0
  for _, c in ipairs(left) do values[c] = 0 end
  for _, paper in ipairs(papers) do
    for _, group in ipairs(paper.groups) do
      local here = {}
      for _, c in ipairs(group) do
        if stands[c] then here[#here + 1] = c end
      end
      for _, c in ipairs(here) do
        values[c] = values[c] + paper.weight * PARTS / #here
      end
      if #here > 0 then
        live = live + paper.weight * PARTS
        break
      end
    end
  end
  return values, live
end

local function lasts(papers, left)
  local stands, values = set_of(left), {}
  for _, c in ipairs(left) do values[c] = 0 end
  for _, paper in ipairs(papers) do
    local named, last = {}, nil
    for _, group in ipairs(paper.groups) do
      local here = {}
      for _, c in ipairs(group) do
        if stands[c] then
          here[#here + 1] = c
          named[c] = true
        end
      end
      if #here > 0 then last = here end
    end
    local unnamed = {}
    for _, c in ipairs(left) do
      if not named[c] then unnamed[#unnamed + 1] = c end
    end
    if #unnamed > 0 and #unnamed < #left then last = unnamed end
    for _, c in ipairs(last or {}) do
      values[c] = values[c] + paper.weight * PARTS / #last
    end
  end
  return values
end

local function without(left, gone)
  local rest = {}
  for _, c in ipairs(left) do
    if c ~= gone then rest[#rest + 1] = c end
  end
  return rest
end

-- Winners over all ways: act(left) gives the winners, or who may go.
local function all_ways(n, act)
  local winners = {}
  local function go(left)
    local won, candidates, rest = act(left)
    if won then
      for _, x in ipairs(won) do winners[x] = true end
    elseif rest then
      go(rest)
    else
      for _, x in ipairs(candidates) do go(without(left, x)) end
    end
  end
  go(everybody(n))
  return list_of(winners, n)
end

local function fewest(papers, left)
  local values = firsts(papers, left)
  return greatest(left, function(x) return -values[x] end)
end

function reference.benham(papers, over, n)
  return all_ways(n, function(left)
    local winner = reference.condorcet(over, left)
    if winner then return { winner } end
    return nil, fewest(papers, left)
  end)
end

function reference.tideman_alternative(papers, over, n, set)
  return all_ways(n, function(left)
    local inside = reference[set](over, left)
    if #inside < #left then return nil, nil, inside end
    if #left == 1 then return left end
    return nil, fewest(papers, left)
  end)
end

function reference.smith_irv(papers, over, n)
  local inside, is_first = reference.smith(over, everybody(n)), true
  return all_ways(n, function(left)
    if is_first then
      is_first = false
      if #inside < #left then return nil, nil, inside end
    end
    local values, live = firsts(papers, left)
    for _, x in ipairs(left) do
      if #left == 1 or 2 * values[x] > live then return { x } end
    end
    return nil, fewest(papers, left)
  end)
end

function reference.woodall(papers, over, n)
  local inside = set_of(reference.smith(over, everybody(n)))
  return all_ways(n, function(left)
    local members = {}
    for _, x in ipairs(left) do
      if inside[x] then members[#members + 1] = x end
    end
    if #members == 1 then return members end
    return nil, fewest(papers, left)
  end)
end

function reference.coombs(papers, n)
  return all_ways(n, function(left)
    local values, live = firsts(papers, left)
    for _, x in ipairs(left) do
      if #left == 1 or 2 * values[x] > live then return { x } end
    end
    local last = lasts(papers, left)
    return nil, greatest(left, function(x) return last[x] end)
  end)
end

-- Borda's points, twice, of those who continue: 2 for each who is below, 1
-- for each who is equal.
local function borda(papers, left)
  local sums = {}
  for _, a in ipairs(left) do sums[a] = 0 end
  for _, paper in ipairs(papers) do
    local ranks = ranks_of(paper)
    for _, a in ipairs(left) do
      for _, b in ipairs(left) do
        local one, other = ranks[a] or 99, ranks[b] or 99
        if a ~= b then
          sums[a] = sums[a] + paper.weight * (one < other and 2
            or one == other and 1 or 0)
        end
      end
    end
  end
  return sums
end

function reference.baldwin(papers, n, equals)
  return all_ways(n, function(left)
    local sums = borda(papers, left)
    local last = greatest(left, function(x) return -sums[x] end)
    if #last == #left then return left end
    if equals == "lot" then return nil, last end
    local gone, rest = set_of(last), {}
    for _, x in ipairs(left) do
      if not gone[x] then rest[#rest + 1] = x end
    end
    return nil, nil, rest
  end)
end

function reference.nanson(papers, n, exclude)
  return all_ways(n, function(left)
    local sums, all, rest = borda(papers, left), 0, {}
    for _, x in ipairs(left) do all = all + sums[x] end
    for _, x in ipairs(left) do
      local more = sums[x] * #left - all
      if more > 0 or (more == 0 and exclude == "below") then
        rest[#rest + 1] = x
      end
    end
    if #rest == 0 or #rest == #left then return left end
    return nil, nil, rest
  end)
end

return reference
