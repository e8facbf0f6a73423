local margins = require "urna.seats.margins"
local native = require "urna.native"

--- How close an outcome is: what each list could gain or lose, who is next in
--- line, and how few votes would change any seat.
local closeness = {}

-- Margins are of the values that are shown: where the base is known within an
-- interval, its mark says so. No standing differs, or seats would be open.
local function at_values(count)
  local value = count.base.value
  return { seats = count.seats, lists = count.lists, ties = count.ties,
    moving = count.moving, base = value and { low = value, high = value }
      or count.base }
end

-- Not in shares: they are no votes. Not with steps of the user's own.
local function can_search(case)
  return case.is_explained and not case.is_open and not case.count.scale
    and margins.can_search(case.rule)
end

--- Give each line of a list `votes_to_gain` and `votes_to_lose`.
---@param case table see outcome.lua
---@param lines table[]
function closeness.add(case, lines)
  if not can_search(case) then return end
  local count = at_values(case.count)
  for i, line in ipairs(lines) do
    if not line.others then
      line.votes_to_gain = margins.to_gain(case.rule, count, i)
      line.votes_to_lose = margins.to_lose(case.rule, count, i)
    end
  end
end

--- A quotient as it is shown: in published shares one of percent, of which
--- the scale has so many units to a hundred.
---@param case table
---@param pair (integer|string)[] { num, den }
---@return (integer|string)[]
function closeness.quotient(case, pair)
  if not case.count.scale then return pair end
  local num, den = native.reduce(pair[1], pair[2])
  return { native.reduce(num, den * (case.count.scale / 100)) }
end

-- The average a list would have for one seat more.
local function next_average(case, item)
  local weight, sequence = item.weight or { 1, 1 }, case.count.sequence
  return { native.average(item.votes, weight[1], weight[2], sequence.first,
    sequence.step, item.seats) }
end

local function before(a, b)
  local order = native.ratio_compare(a.pair[1], a.pair[2], b.pair[1],
    b.pair[2])
  if order ~= 0 then return order > 0 end
  if a.item.votes ~= b.item.votes then return a.item.votes > b.item.votes end
  return a.i < b.i
end

local function waiting(case, last)
  local rows = {}
  for i, item in ipairs(case.count.lists) do
    local may = item.takes_part and item.votes > 0 and i ~= last
      and item.seats < (item.max or case.count.seats)
    local pair = may and next_average(case, item)
    -- beyond 2^53 - 1 a quotient is text and cannot be ranked here
    if pair and type(pair[1]) == "number" and type(pair[2]) == "number" then
      rows[#rows + 1] = { i = i, item = item, pair = pair }
    end
  end
  table.sort(rows, before)
  return rows
end

local function row_of(case, lines, waiter, last)
  local row = { list = waiter.item.key,
    quotient = closeness.quotient(case, waiter.pair),
    votes_short = lines[waiter.i].votes_to_gain }
  if row.votes_short then
    row.switched_short = margins.to_gain_from(case.rule,
      at_values(case.count), waiter.i, last)
    row.switched_from = case.count.lists[last].key
  end
  return row
end

--- Each other list's first quotient that got no seat, the greatest first, with
--- the votes it lacks if added, and if switched from the winner of the last.
---@param case table
---@param lines table[] with their votes_to_gain
---@return table[]
function closeness.next_in_line(case, lines)
  local awards = case.count.awards
  local last = awards[#awards] and awards[#awards].winner
  if case.is_open or not case.count.sequence or not last then return {} end
  local found = {}
  for n, waiter in ipairs(waiting(case, last)) do
    found[n] = row_of(case, lines, waiter, last)
  end
  return found
end

--- The fewest votes that change any seat, added and switched.
---@param case table
---@return table? nil where votes are not known or a tie is open
function closeness.fewest_votes(case)
  if not can_search(case) or #case.count.ties > 0 then return nil end
  local count = at_values(case.count)
  local added = margins.fewest_added(case.rule, count)
  local switched = margins.fewest_switched(case.rule, count)
  if not added and not switched then return nil end
  added, switched = added or {}, switched or {}
  return { added = added.votes, list = added.list,
    seat_from = added.seat_from, added_to = added.to,
    switched = switched.votes, switched_from = switched.from,
    switched_to = switched.to, switched_list = switched.list,
    switched_seat_from = switched.seat_from }
end

return closeness
