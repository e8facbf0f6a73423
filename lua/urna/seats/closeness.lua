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
  if not case.count.scale or pair[2] == 0 then return pair end
  local unit = case.count.scale / 100
  local ratio = native.rational(pair[1], pair[2])
    / native.rational(pair.squared and unit * unit or unit)
  return { ratio:num(), ratio:den(), squared = pair.squared }
end

--- What votes are divided by for the seat that follows those held.
---@param count table see walk.lua
---@param held integer
---@return integer|table|nil divisor a whole number, or else { num, den }, or
--- that of its square; nil where seats do not go by averages
function closeness.divisor(count, held)
  if not count.sequence then return nil end
  local divisor = count.sequence:at(held)
  local is_whole = divisor[2] == 1 and not divisor.squared
  return (is_whole or divisor[1] == 0) and divisor[1] or divisor
end

local UNIT = { 1, 1 }

-- What comes first of infinite quotients, which are before all others.
local function weighed(item)
  local weight = item.weight or UNIT
  return native.rational(item.votes) * native.rational(weight[1], weight[2])
end

--- The quotient with which a list waits for one seat more.
---@param count table see walk.lua
---@param i integer number of the list
---@param held integer seats it holds then
---@return table? { i, item, pair, value, is_infinite }; nil where it may have
--- no more
function closeness.waiter(count, i, held)
  local item = count.lists[i]
  if not item.takes_part or item.votes <= 0 or held >= item.most then
    return nil
  end
  local weight = item.weight or UNIT
  local pair = native.average(item.votes, weight[1], weight[2],
    count.sequence, held)
  local is_infinite = pair[2] == 0
  return { i = i, item = item, pair = pair, is_infinite = is_infinite,
    value = is_infinite and weighed(item)
      or native.rational(pair[1], pair[2]) }
end

--- Whether one goes before another: a greater quotient, of equal ones more
--- votes, then the order of the lists, which gives nobody a seat.
---@param a table of closeness.waiter
---@param b table
---@return boolean
function closeness.before(a, b)
  if a.is_infinite ~= b.is_infinite then return a.is_infinite end
  if a.value ~= b.value then return b.value < a.value end
  if a.item.votes ~= b.item.votes then return a.item.votes > b.item.votes end
  return a.i < b.i
end

local function waiting(case, last)
  local rows = {}
  for i, item in ipairs(case.count.lists) do
    rows[#rows + 1] = i ~= last
      and closeness.waiter(case.count, i, item.seats) or nil
  end
  table.sort(rows, closeness.before)
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
