local divisors = require "urna.methods.divisors"
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

-- The arrays that the core takes; a list that takes no part has no votes.
local function arguments(clause, method, count)
  local call = { sequence = method.sequence, seats = count.seats,
    explain = count.explain, votes = {}, num = {}, den = {}, most = {},
    precedence = has(clause.tie, "more_votes") and {} or nil }
  for i, list in ipairs(count.lists) do
    local factor = list.weight or UNIT
    call.votes[i] = list.takes_part and list.votes or 0
    call.num[i], call.den[i] = factor[1], factor[2]
    call.most[i] = list.max or count.seats
    if call.precedence then call.precedence[i] = list.votes end
  end
  return call
end

local function award_seats(clause, count, awards)
  for _, award in ipairs(awards or {}) do
    award.article, award.step = clause.article, "averages"
    count.awards[#count.awards + 1] = award
  end
end

-- A lot decides only where the law orders one; otherwise equals stay open.
local function note_tie(clause, count, certain, tied, left)
  if not tied then return end
  count.ties[#count.ties + 1] = { stage = "averages", certain = certain,
    tied = tied, left = left, lot = has(clause.tie, "lot") }
end

--- Award all seats; ties that the law does not settle stay open.
---@param clause table { divisor, tie, article }
---@param count table see walk.lua
function averages.run(clause, count)
  local method = divisors.find(clause.divisor)
  local seats, awarded, tied, awards = native.averages(
    arguments(clause, method, count))
  for i, list in ipairs(count.lists) do list.seats = seats[i] end
  award_seats(clause, count, awards)
  note_tie(clause, count, seats, tied, count.seats - awarded)
  count.vacant = tied and 0 or count.seats - awarded
  -- of divisors that are on no line, none is told
  count.sequence = method.first
    and { first = method.first, step = method.step }
end

return averages
