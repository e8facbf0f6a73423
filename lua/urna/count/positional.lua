local errors = require "urna.errors"
local exact = require "urna.count.exact"
local native = require "urna.native"
local seating = require "urna.count.seating"

--- Methods by the position on each paper: points for the places, and Bucklin's
--- adding of rank after rank.
---
--- Sources: borda: Mémoire sur les élections au scrutin, Paris 1784 (1781);
--- modified_borda: Emerson, Social Choice and Welfare 40, 2013, pp. 353-358;
--- dowdall: Fraenkel & Grofman, Australian Journal of Political Science 49,
--- 2014, pp. 186-205; bucklin: Hoag & Hallett, Proportional Representation, New
--- York 1926, pp. 485-491; fallback: Brams & Sanver, in The Mathematics of
--- Preference, Choice and Order, 2009, pp. 215-237.
local positional = {}

-- Points of the places from the first on, as exact ratios.
local POINTS = {
  borda = function(n, place) return native.rational(n - place) end,
  borda_from_one = function(n, place) return native.rational(n - place + 1) end,
  dowdall = function(_, place) return native.rational(1, place) end,
  plurality = function(_, place)
    return native.rational(place == 1 and 1 or 0)
  end,
  antiplurality = function(n, place)
    return native.rational(place < n and 1 or 0)
  end,
}

-- Points of each place, and how many the places up to it have together.
local function table_of(rule, n)
  local points, sums = {}, { [0] = native.rational(0) }
  for place = 1, n do
    local given = rule.points[place]
    if type(rule.points) == "string" then
      points[place] = POINTS[rule.points](n, place)
    elseif type(given) == "table" then
      points[place] = native.rational(given[1], given[2])
    else
      points[place] = native.rational(given or 0)
    end
    sums[place] = sums[place - 1] + points[place]
  end
  return points, sums
end

-- The average of a span of places, for each who shares it.
local function average(sums, first, size)
  return (sums[first + size - 1] - sums[first - 1]) / size
end

local function score(found, n, c, points, sums, unranked)
  local total = native.rational(0)
  for place = 1, n do
    total = total + points[place] * found.alone[(place - 1) * n + c]
  end
  for _, span in ipairs(found.spans) do
    total = total + average(sums, span.first, span.size) * span.papers[c]
  end
  for k = 1, unranked == "average" and n - 1 or 0 do
    local papers = found.naming[k] - found.named[(k - 1) * n + c]
    if papers > 0 then
      total = total + average(sums, k + 1, n - k) * papers
    end
  end
  return total
end

-- One point for the last whom a paper names, and one more for each above him.
local function modified_score(counted, n, c)
  local twice = native.rational(2 * counted.named[c])
  for b = 1, n do
    local cell = (c - 1) * n + b
    twice = twice + 2 * counted.above[cell]
    if counted.equal then twice = twice + counted.equal[cell] end
  end
  return twice / 2
end

local function by_name(poll, values)
  local found = {}
  for i, name in ipairs(poll.names) do found[name] = exact.plain(values[i]) end
  return found
end

--- Points for the places. Candidates who share a rank have the average of
--- their places; those whom a paper does not name have nothing of it, or the
--- average of the places left.
---@param poll urna.count.Poll
---@param rule { points: string|(integer|integer[])[], unranked: "average"|
--- "nothing" } points: a name, or the points themselves, ratios as { num, den }
---@return table outcome `scores`
function positional.points(poll, rule)
  local n, scores = poll.n, {}
  if rule.points == "modified" then
    local counted = native.pairwise(poll.store, poll.numbers)
    for c = 1, n do scores[c] = modified_score(counted, n, c) end
  else
    local points, sums = table_of(rule, n)
    local found = native.positions(poll.store, poll.numbers)
    for c = 1, n do
      scores[c] = score(found, n, c, points, sums, rule.unranked)
    end
  end
  local shown = by_name(poll, scores)
  return { scores = shown, rounds = { { round = 1, tallies = shown,
    why = "points; the most win" } },
    tops = seating.ranked(seating.levels(n, function(a, b)
      return scores[a] > scores[b]
    end)) }
end

-- ---- Bucklin ----

local function majority_of(valid)
  return (valid - valid % 2) / 2 + 1
end

-- The rank by which each has a majority, and how many papers he has there.
local function climb(found, n, needed)
  local reached, papers = {}, {}
  for c = 1, n do papers[c] = 0 end
  for rank = 1, n do
    for c = 1, n do
      if not reached[c] then
        papers[c] = papers[c] + found.ranks[(rank - 1) * n + c]
      end
    end
    for c = 1, n do
      if not reached[c] and papers[c] >= needed then reached[c] = rank end
    end
  end
  return reached, papers
end

-- What the ranks give together, up to the first by which somebody has it.
local function rows_of(poll, found, reached, needed)
  local rows, sums, last = {}, {}, 0
  for c = 1, poll.n do
    sums[c] = 0
    for rank = 1, poll.n do
      if found.ranks[(rank - 1) * poll.n + c] > 0 then
        last = math.max(last, rank)
      end
    end
  end
  for rank = 1, last do
    local is_last = rank == last
    for c = 1, poll.n do
      sums[c] = sums[c] + found.ranks[(rank - 1) * poll.n + c]
      is_last = is_last or reached[c] == rank
    end
    rows[rank] = { round = rank, tallies = by_name(poll, sums),
      needed = math.floor(needed), why = rank == 1 and "first ranks"
        or ("ranks 1 to %d together"):format(rank) }
    if is_last then break end
  end
  return rows
end

--- Bucklin: rank after rank is added until somebody is named by more than half
--- of the papers that name anybody; of several the most papers win. If nobody
--- ever is, the most papers win. Candidates who share a rank are all named by
--- it, and the next rank is the next to be added.
---@param poll urna.count.Poll
---@return table outcome `scores` are { rank, papers }: by which rank, with how
--- many papers; rank is nil for those who never have a majority
function positional.bucklin(poll)
  local n = poll.n
  local found = native.positions(poll.store, poll.numbers)
  local valid = 0
  for k = 1, n do valid = valid + found.naming[k] end
  local needed = majority_of(valid)
  local reached, papers = climb(found, n, needed)
  local scores = {}
  for c, name in ipairs(poll.names) do
    scores[name] = { rank = reached[c], papers = papers[c] }
  end
  return { scores = scores, rounds = rows_of(poll, found, reached, needed),
    majority = math.floor(needed),
    tops = seating.ranked(seating.levels(n, function(a, b)
      local one, other = reached[a] or n + 1, reached[b] or n + 1
      if one ~= other then return one < other end
      return papers[a] > papers[b]
    end)) }
end

--- Refuse points that are none.
--- Fails: raises where the rule was given.
---@param points any
---@param level integer of the caller to be blamed
function positional.check_points(points, level)
  if type(points) == "string" then
    local known = { "modified" }
    for name in pairs(POINTS) do known[#known + 1] = name end
    table.sort(known)
    if points == "modified" or POINTS[points] then return end
    local near = errors.nearest(points, known)
    error(("count: there are no points %q%s"):format(points,
      near and (": did you mean %q?"):format(near) or ""), level + 1)
  end
  for i, given in ipairs(points) do
    local pair = type(given) == "table" and given or { given, 1 }
    for k = 1, 2 do
      local part = pair[k]
      if type(part) ~= "number" or part % 1 ~= 0 or part < k - 1
        or part > 9007199254740991 then
        error(("count: points[%d] must be a whole number or { num, den }"):
          format(i), level + 1)
      end
    end
  end
end

return positional
