local divisors = require "urna.methods.divisors"
local errors = require "urna.errors"
local lots = require "urna.seats.lots"
local native = require "urna.native"

--- Highest averages: seats one by one to the greatest quotient.
local averages = {}

local UNIT = { 1, 1 }

local function has(rules, name)
  for _, rule in ipairs(rules or {}) do
    if rule == name then return true end
  end
  return false
end

--- The divisor method of a clause, which is checked.
---@param clause table { divisor = a name, or { divisors, ends } }
---@return urna.Divisor
function averages.method(clause)
  local own = clause.divisor
  if type(own) == "table" then
    return divisors.custom(own.divisors, own.ends)
  end
  return divisors.find(own)
end

-- Seats that a list may have: those of its candidates, or of the divisors.
local function limit(method, list, count)
  return math.min(list.max or count.seats, method.length or count.seats)
end

-- The arrays that the core takes; a list that takes no part has no votes.
local function arguments(clause, method, count)
  local call = { sequence = method.sequence, seats = count.seats,
    explain = count.explain, votes = {}, num = {}, den = {}, most = {},
    precedence = has(clause.tie, "more_votes") and {} or nil }
  for i, list in ipairs(count.lists) do
    local factor = list.weight or UNIT
    list.most = limit(method, list, count)
    call.votes[i] = list.takes_part and list.votes or 0
    call.num[i], call.den[i] = factor[1], factor[2]
    call.most[i] = list.most
    if call.precedence then call.precedence[i] = list.votes end
  end
  return call
end

local function refuse(message)
  error(errors.new("bad_rule", { message = message }), 0)
end

-- Nobody knows the divisors of so many seats, or they are too great to be
-- compared.
local function award(clause, method, count)
  if method.length and not method.ends and count.seats > method.length then
    refuse(("the divisors of %s are known for %d seats, and there are %d"):
      format(method.name, method.length, count.seats))
  end
  local done, seats, awarded, tied, awards = pcall(native.averages,
    arguments(clause, method, count))
  if done then return seats, awarded, tied, awards end
  local message = tostring(seats):match("the divisors grow.*")
  if message then refuse(message) end
  error(seats, 0)
end

local function note_awards(clause, count, awards)
  for _, one in ipairs(awards or {}) do
    one.article, one.step = clause.article, "averages"
    count.awards[#count.awards + 1] = one
  end
end

-- The quotient that a list has now.
local function quotient(count, i)
  local list = count.lists[i]
  local factor = list.weight or UNIT
  return native.average(list.votes, factor[1], factor[2], count.sequence,
    list.seats)
end

-- Who was drawn takes a seat with the quotient that another has as well.
local function give(clause, count, winner, rival)
  local list = count.lists[winner]
  if count.explain then
    note_awards(clause, count, { { winner = winner, by_lot = true,
      quotient = quotient(count, winner), rival = rival,
      rival_quotient = quotient(count, rival) } })
  end
  list.seats = list.seats + 1
end

-- The first of the tied who was not drawn: there always is one.
local function first_left_out(tied, drawn)
  local is_drawn = {}
  for _, i in ipairs(drawn) do is_drawn[i] = true end
  for _, i in ipairs(tied) do
    if not is_drawn[i] then return i end
  end
end

-- A lot decides only where the law orders one; otherwise equals stay open. A
-- tie is of the last seats: with the draw all are given.
local function settle(clause, count, certain, tied, left)
  local tie = { stage = "averages", certain = certain, tied = tied,
    left = left, lot = has(clause.tie, "lot"), article = clause.article }
  tie.drawn = lots.draw(count, tie)
  if not tie.drawn then
    count.ties[#count.ties + 1] = tie
    return
  end
  count.drawn[#count.drawn + 1] = tie
  local rival = first_left_out(tied, tie.drawn)
  for _, winner in ipairs(tie.drawn) do give(clause, count, winner, rival) end
end

--- Award all seats; ties that neither the law settles nor a lot that it
--- orders stay open.
--- Fails: raises "bad_rule", where the divisors do not reach so far, and
--- "bad_lot".
---@param clause table { divisor, tie, article }
---@param count table see walk.lua
function averages.run(clause, count)
  local method = averages.method(clause)
  local seats, awarded, tied, awards = award(clause, method, count)
  for i, list in ipairs(count.lists) do list.seats = seats[i] end
  note_awards(clause, count, awards)
  count.sequence = method.sequence
  count.vacant = tied and 0 or count.seats - awarded
  if tied then settle(clause, count, seats, tied, count.seats - awarded) end
end

return averages
