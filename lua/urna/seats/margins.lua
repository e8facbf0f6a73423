local native = require "urna.native"
local walk = require "urna.seats.walk"

--- How few votes would change the seats, found by a search on the allocation
--- itself, so that thresholds, factors and third lists are all in it.
---
--- A move takes x votes from one list (or from nobody: voters who come) to
--- another (or to nobody: voters who stay away). While no list crosses a
--- threshold, seats move in one direction only, so each stretch between two
--- crossings is searched by halving; at a crossing anything may happen, so the
--- start of each stretch is tried by itself.
---
--- A seat that a tie leaves open is held by nobody: a list gains it with the
--- vote that makes it certain, and loses it with the vote that opens it.
local margins = {}

local MOST = 9007199254740991

-- The number of voters changes when votes come from nobody or go to nobody.
local function base_after(count, move, x)
  local shift = (move.to and x or 0) - (move.from and x or 0)
  if shift == 0 or not count.moving then return count.base end
  return { low = math.max(count.base.low + shift, 0),
    high = count.base.high and count.base.high + shift }
end

local function votes_after(count, move, x)
  local votes = {}
  for i, list in ipairs(count.lists) do votes[i] = list.votes end
  if move.from then votes[move.from] = votes[move.from] - x end
  if move.to then votes[move.to] = votes[move.to] + x end
  return votes
end

local function after(rule, count, move, x)
  local changed = walk.copy(count, votes_after(count, move, x))
  changed.base = base_after(count, move, x)
  return assert(walk.run(rule, changed))
end

-- The smallest x in first..last for which the test holds, given that it holds
-- for `last` and, once true, stays true.
local function halve(first, last, holds)
  while first < last do
    local middle = first + math.floor((last - first) / 2)
    if holds(middle) then last = middle else first = middle + 1 end
  end
  return first
end

-- Which side of a threshold a list is on after x votes have moved: -1, 0, 1
-- as surely below, unknown, surely above.
local function side(count, move, share, i, x)
  local votes = count.lists[i].votes
  if i == move.from then votes = votes - x end
  if i == move.to then votes = votes + x end
  local base, num, den = base_after(count, move, x), share[1], share[2]
  if base.low == 0 then return 0 end
  local above = base.high
    and native.ratio_compare(votes, base.high, num, den) >= 0
  if above then return 1 end
  return native.ratio_compare(votes, base.low, num, den) < 0 and -1 or 0
end

-- Each side changes at most twice, in one direction, as x grows.
local function add_crossings(found, count, move, share, i, most)
  local last = side(count, move, share, i, most)
  local here, at = side(count, move, share, i, 0), 0
  while here ~= last do
    local before = here
    at = halve(at + 1, most, function(x)
      return side(count, move, share, i, x) ~= before
    end)
    found[#found + 1] = at
    here = side(count, move, share, i, at)
  end
end

-- Every x in 1..most at which some list crosses a threshold, ascending.
local function crossings(rule, count, move, most)
  local found = {}
  for _, clause in ipairs(rule) do
    if type(clause) == "table" and clause.step == "threshold" then
      for i, list in ipairs(count.lists) do
        if not list.others then
          add_crossings(found, count, move, clause.share, i, most)
        end
      end
    end
  end
  table.sort(found)
  return found
end

local function is_known(count)
  for _, list in ipairs(count.lists) do
    if list.standing == "unknown" then return false end
  end
  return true
end

-- The smallest x of a stretch for which the test holds. Where it fails at the
-- start, no seat has moved yet, and from then on it turns true but once.
local function within(first, last, holds)
  if holds(first) then return first end
  if last > first and holds(last) then return halve(first + 1, last, holds) end
end

--- The fewest votes of a move after which the seats pass a test.
---@param rule table
---@param count table walked
---@param move { from: integer?, to: integer? } lists by number
---@param most integer how many votes may move
---@param holds fun(count: table): boolean on the count after the move
---@return integer? votes nil if no number up to `most` does, or if it cannot
--- be known because the base is not
---@return table? after the count after the move
local function fewest(rule, count, move, most, holds)
  local function test(x) return holds(after(rule, count, move, x)) end
  local first = 1
  local ends = crossings(rule, count, move, most)
  ends[#ends + 1] = most + 1
  for _, stop in ipairs(ends) do
    if stop > first then
      if not is_known(after(rule, count, move, first)) then return nil end
      local x = within(first, stop - 1, test)
      if x then return x, after(rule, count, move, x) end
      first = stop
    end
  end
end

-- As many votes as can be added at all and still be counted exactly.
local function enough(count)
  local greatest = 0
  for _, list in ipairs(count.lists) do
    greatest = math.max(greatest, list.votes)
  end
  return MOST - math.max(count.base.high or count.base.low, greatest)
end

local function seats_of(i, test)
  return function(count)
    return test(count.lists[i].seats)
  end
end

--- The fewest votes added to a list, with the others fixed while base and
--- threshold move, that give it one seat more.
---@param rule table
---@param count table walked
---@param i integer the list
---@return integer? votes nil if none do, or if it cannot be known
function margins.to_gain(rule, count, i)
  local now = count.lists[i].seats
  if count.lists[i].others or now == count.seats then return nil end
  return (fewest(rule, count, { to = i }, enough(count),
    seats_of(i, function(seats) return seats > now end)))
end

--- The fewest of a list's voters who, had they stayed away, cost it a seat.
---@param rule table
---@param count table walked
---@param i integer the list
---@return integer? votes nil if it has no seat, or if it cannot be known
function margins.to_lose(rule, count, i)
  local list = count.lists[i]
  if list.seats == 0 then return nil end
  return (fewest(rule, count, { from = i }, list.votes,
    seats_of(i, function(seats) return seats < list.seats end)))
end

-- Lists that may still take a seat which a tie leaves open, by number.
local function may_take(count)
  local open = {}
  for _, tie in ipairs(count.ties) do
    for _, i in ipairs(tie.tied) do open[i] = true end
  end
  return open
end

-- Who lost a seat for certain, and who gained one.
local function exchange(before, changed)
  local open, loser, winner = may_take(changed), nil, nil
  for i, list in ipairs(changed.lists) do
    local gain = list.seats - before.lists[i].seats
    if gain + (open[i] and 1 or 0) < 0 then loser = loser or list.key end
    if gain > 0 then winner = winner or list.key end
  end
  return winner, loser
end

local function differs(before)
  return function(count)
    local winner, loser = exchange(before, count)
    return winner ~= nil or loser ~= nil
  end
end

-- The best of many moves; each need only beat the best before it.
local function best_move(rule, count, moves)
  local best
  for _, move in ipairs(moves) do
    local most = math.min(move.most, best and best.votes - 1 or move.most)
    if most >= 1 then
      local votes, changed = fewest(rule, count, move, most, differs(count))
      if votes then
        local winner, loser = exchange(count, changed)
        best = { votes = votes, list = winner, seat_from = loser,
          from = move.from and count.lists[move.from].key,
          to = move.to and count.lists[move.to].key }
      end
    end
  end
  return best
end

local function known(list)
  return not list.others
end

--- The fewest votes added to any one list that change any seat.
---@return table? { votes, list, seat_from, to } list: who gains the seat
function margins.fewest_added(rule, count)
  local moves = {}
  for i, list in ipairs(count.lists) do
    if known(list) then
      moves[#moves + 1] = { to = i, most = enough(count) }
    end
  end
  return best_move(rule, count, moves)
end

--- The fewest votes switched from one list to another that change any seat.
---@return table? { votes, list, seat_from, from, to }
function margins.fewest_switched(rule, count)
  local moves = {}
  for from, giver in ipairs(count.lists) do
    for to, taker in ipairs(count.lists) do
      if from ~= to and known(giver) and known(taker) and giver.votes > 0 then
        moves[#moves + 1] = { from = from, to = to, most = giver.votes }
      end
    end
  end
  return best_move(rule, count, moves)
end

--- The fewest votes switched from one list to another that give the second a
--- seat more.
---@return integer? votes
function margins.to_gain_from(rule, count, to, from)
  local now = count.lists[to].seats
  return (fewest(rule, count, { from = from, to = to },
    count.lists[from].votes,
    seats_of(to, function(seats) return seats > now end)))
end

--- Whether a rule can be searched: steps of the user's own may do anything.
---@param rule table
---@return boolean
function margins.can_search(rule)
  for _, clause in ipairs(rule) do
    if type(clause) == "function" then return false end
  end
  return true
end

return margins
