local axioms = require "urna.analysis.axioms"
local errors = require "urna.errors"
local keyed = require "urna.analysis.keyed"
local native = require "urna.native"

--- How far seats are from votes, and how many lists there are in effect.
---
--- v and s are a list's shares of the votes of all lists and of all seats.
--- Floating point is for display here and decides nothing; `exact = true`
--- gives the ratios themselves.
local indices = {}

local TREATMENTS = { "separate", "block", "omit" }

-- Every index is a sum over the lists, or the greatest of them, in the shares
-- v and s; `measure` works on any kind of number that has + - * and /, so that
-- what is shown and what is exact are one formula.

local function absolute(x, zero)
  return x < zero and zero - x or x
end

local function sum_of(lists, zero, term)
  local sum = zero
  for _, list in ipairs(lists) do sum = sum + term(list.v, list.s) end
  return sum
end

local function greatest_of(lists, zero, term)
  local greatest = zero
  for _, list in ipairs(lists) do
    local value = term(list.v, list.s)
    if greatest < value then greatest = value end
  end
  return greatest
end

local function gaps(lists, zero)
  return sum_of(lists, zero, function(v, s) return absolute(s - v, zero) end)
end

local function squares(lists, zero, name)
  local sum = zero
  for _, list in ipairs(lists) do sum = sum + list[name] * list[name] end
  return sum
end

-- Somebody has seats and no votes: seats for a vote are without bound.
local function is_unbounded(lists, zero)
  for _, list in ipairs(lists) do
    if list.v == zero and zero < list.s then return true end
  end
  return false
end

-- The two lists with the most votes, the first given of equals.
local function two_largest(lists)
  local first, second
  for _, list in ipairs(lists) do
    if not first or first.votes < list.votes then
      first, second = list, first
    elseif not second or second.votes < list.votes then
      second = list
    end
  end
  return { first, second }
end

-- Name of the index -> its value from lists and zero; nil if it has none.
-- Those of POINTS are times 100; that of gallagher is the square, of points
-- 100 * 100.
local measure = {}

function measure.gallagher(lists, zero)
  return sum_of(lists, zero, function(v, s)
    return (s - v) * (s - v) / 2
  end)
end

function measure.loosemore_hanby(lists, zero)
  return gaps(lists, zero) / 2
end

function measure.rae(lists, zero)
  return gaps(lists, zero) / #lists
end

function measure.grofman(lists, zero)
  return gaps(lists, zero) * squares(lists, zero, "s")
end

function measure.lijphart(lists, zero)
  return greatest_of(lists, zero, function(v, s)
    return absolute(s - v, zero)
  end)
end

function measure.lijphart_two(lists, zero)
  return gaps(two_largest(lists), zero) / 2
end

function measure.sainte_lague(lists, zero)
  if is_unbounded(lists, zero) then return nil end
  return sum_of(lists, zero, function(v, s)
    return v == zero and zero or (s - v) * (s - v) / v
  end)
end

function measure.dhondt(lists, zero)
  if is_unbounded(lists, zero) then return nil end
  return greatest_of(lists, zero, function(v, s)
    return v == zero and zero or s / v
  end)
end

function measure.wasted(lists, zero)
  return sum_of(lists, zero, function(v, s)
    return s == zero and v or zero
  end)
end

function measure.effective_by_votes(lists, zero)
  return (zero + 1) / squares(lists, zero, "v")
end

function measure.effective_by_seats(lists, zero)
  return (zero + 1) / squares(lists, zero, "s")
end

-- Golosov's number weighs a list by how much smaller it is than the largest.
local function golosov(lists, zero, name)
  local first, sum = zero, zero
  for _, list in ipairs(lists) do
    if first < list[name] then first = list[name] end
  end
  for _, list in ipairs(lists) do
    local x = list[name]
    if zero < x then sum = sum + x / (x + first * first - x * x) end
  end
  return sum
end

function measure.golosov_by_votes(lists, zero)
  return golosov(lists, zero, "v")
end

function measure.golosov_by_seats(lists, zero)
  return golosov(lists, zero, "s")
end

function measure.rose(lists, zero)
  return zero + 1 - gaps(lists, zero) / 2
end

local POINTS = { gallagher = true, loosemore_hanby = true, rae = true,
  grofman = true, lijphart = true, lijphart_two = true, sainte_lague = true,
  rose = true, wasted = true }

local UNBOUNDED = { sainte_lague = true, dhondt = true }

local function shown(name, value)
  if not value then return UNBOUNDED[name] and math.huge or nil end
  if name == "gallagher" then value = math.sqrt(value) end
  return POINTS[name] and 100 * value or value
end

local function ratio(name, value)
  if not value then return nil end
  if POINTS[name] then value = value * 100 end
  if name ~= "gallagher" then
    return { num = value:num(), den = value:den() }
  end
  value = value * 100
  return { num = value:num(), den = value:den(), squared = true }
end

-- The lists that are weighed: `treatment` is of those without a seat.
local function treated(lists, treatment)
  local kept, block = {}, nil
  for _, list in ipairs(lists) do
    if treatment == "separate" or list.seats > 0 then
      kept[#kept + 1] = { votes = list.votes, seats = list.seats }
    elseif treatment == "block" then
      if not block then
        block = { votes = 0, seats = 0 }
        kept[#kept + 1] = block
      end
      block.votes = block.votes + list.votes
    end
  end
  return kept
end

local function totals(lists)
  local votes, seats = 0, 0
  for _, list in ipairs(lists) do
    votes, seats = votes + list.votes, seats + list.seats
  end
  return votes, seats
end

-- Shares by a division of the caller's kind of number; lists with neither
-- votes nor seats are none.
local function shares(lists, divide)
  local votes, seats = totals(lists)
  local found = {}
  for _, list in ipairs(lists) do
    if list.votes > 0 or list.seats > 0 then
      found[#found + 1] = { votes = list.votes,
        v = divide(list.votes, votes), s = divide(list.seats, seats) }
    end
  end
  return found
end

local function rows(lists, votes, seats)
  local found = {}
  for i, list in ipairs(lists) do
    local v, s = list.votes / votes, list.seats / seats
    found[i] = { key = list.key, votes = list.votes, seats = list.seats,
      gap = 100 * (s - v),
      advantage = list.votes > 0 and s / v or list.seats > 0 and math.huge
        or nil }
  end
  return found
end

local function entropy(lists)
  local sum = 0
  for _, list in ipairs(lists) do
    if list.s > 0 then sum = sum + list.s * math.log(list.s / list.v) end
  end
  return 100 * sum
end

local function divide(a, b) return a / b end

local function measured(lists, is_exact)
  local plain = shares(lists, divide)
  local precise = is_exact and shares(lists, native.rational)
  local found = { entropy = entropy(plain), exact = is_exact and {} or nil }
  for name, of in pairs(measure) do
    found[name] = shown(name, of(plain, 0))
    if precise then
      found.exact[name] = ratio(name, of(precise, native.rational(0)))
    end
  end
  return found
end

local function checked(options, level)
  errors.check_options("indices", options, { "exact", "others" }, level + 1)
  errors.check_types("indices", options, { exact = "boolean",
    others = "string" }, level + 1)
  for _, name in ipairs(TREATMENTS) do
    if (options.others or "separate") == name then return end
  end
  local near = errors.nearest(options.others, TREATMENTS)
  error(("indices: others is %s, not %q%s"):format(
    table.concat(TREATMENTS, ", "), options.others,
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

local function given(votes, seats, level)
  local keys, counts, cast = keyed.read(votes, "votes", level + 1)
  local held, sum = keyed.like(seats, "seats", keys, level + 1)
  if cast == 0 then error("votes: no list has any", level + 1) end
  if sum == 0 then error("seats: no list has any", level + 1) end
  local lists = {}
  for i, key in ipairs(keys) do
    lists[i] = { key = key, votes = counts[i], seats = held[i] }
  end
  return lists, cast, sum
end

local function no_votes(list)
  return errors.new("no_votes", { field = list.key,
    message = "indices need the votes of every list, and those of this one "
      .. "are not known" })
end

local function of_outcome(outcome)
  local open = keyed.open(outcome, "indices")
  if open then return nil, open end
  local lists, cast, sum = {}, 0, 0
  for _, list in ipairs(outcome.lists) do
    if not list.votes then return nil, no_votes(list) end
    lists[#lists + 1] = { key = list.key, votes = list.votes,
      seats = list.seats }
    cast, sum = cast + list.votes, sum + list.seats
  end
  return lists, cast, sum
end

--- Indices of an outcome, or of votes and seats.
---
--- In points from 0, proportional: `gallagher`, sqrt(1/2 sum (s - v)^2) (least
--- squares, to 100); `loosemore_hanby`, 1/2 sum |s - v| (to 100); `rae`,
--- sum |s - v| / lists; `grofman`, sum |s - v| / effective_by_seats;
--- `lijphart`, the greatest |s - v| (to 100); `lijphart_two`, the mean of
--- |s - v| of the two lists with the most votes; `sainte_lague`,
--- sum (s - v)^2 / v, chi squared (no bound); `entropy`, sum s ln(s / v) (no
--- bound); `wasted`, the votes of lists without seats. From 100,
--- proportional, down to 0: `rose`, 100 - loosemore_hanby.
---
--- As a ratio from 1: `dhondt`, the greatest s / v. As a number of lists:
--- `effective_by_votes`, 1 / sum v^2, `effective_by_seats`, 1 / sum s^2;
--- `golosov_by_votes` and `golosov_by_seats`,
--- sum x / (x + x1^2 - x^2), x1 the largest share.
---
--- `others` is what becomes of lists without seats: "separate", each by itself,
--- as given; "block", all as one list; "omit", not at all, in the total of the
--- votes neither, as if the threshold had been for voting: what is left is the
--- disproportionality among lists with seats. The literature is of two minds:
--- Gallagher takes what his sources call others as one list, Lijphart leaves
--- them out, Taagepera takes the mean of the extremes. A block gives a higher
--- gallagher and rae and a smaller effective number than the same votes
--- separate: say which it was.
---
--- Source: Gallagher, Electoral Studies 10(1), 1991 (gallagher, sainte_lague,
--- dhondt); Loosemore & Hanby, BJPS 1(4), 1971; Rae, The Political Consequences
--- of Electoral Laws, 1967 (he leaves out lists below 0.5 %; here all that are
--- given count); Taagepera & Grofman, Party Politics 9(6), 2003 (grofman);
--- Lijphart, Electoral Systems and Party Systems, 1994 (lijphart), and
--- Democracies, 1984 (lijphart_two); Theil, Economics and Information Theory,
--- 1967 (entropy); Rose, in Lijphart & Grofman, Choosing an Electoral System,
--- 1984; Laakso & Taagepera, Comparative Political Studies 12(1), 1979;
--- Golosov, Party Politics 16(2), 2010; Gallagher & Mitchell, The Politics of
--- Electoral Systems, 2008, app. B, and Taagepera, Electoral Studies 16(2),
--- 1997 (others).
---
--- `quota_violations` are the lists with more or fewer seats than their share
--- of all votes rounded up or down, as axioms.quota gives them, of the lists as
--- given. Of these are `votes` and `seats`, the sums, and `lists` too.
--- `lists` are rows { key, votes, seats, gap, advantage }: gap is s - v in
--- points, advantage is s / v (nil without votes and seats). A list with seats
--- and no votes makes sainte_lague, dhondt, entropy and its advantage infinite.
--- With `exact`, the field `exact` holds { num, den } of each index that is
--- rational, in the same unit, that of gallagher's square with squared = true;
--- numbers beyond 2^53 - 1 are decimal strings.
--- Fails: raises for votes and seats that are none or not of the same lists,
--- and for an unknown option; returns nil and an error for an outcome that is
--- "undecided", or for "no_votes" of one of its lists.
---@param votes integer[]|table<string, integer>|table by list, or an outcome
---@param seats (integer[]|table<string, integer>)? by list, all of `votes`;
--- nothing, or the options, behind an outcome
---@param options { exact: boolean?, others: "separate"|"block"|"omit"? }?
---@return table? indices { gallagher = 1.13, ..., others, votes, seats, lists,
--- quota_violations }
---@return urna.Error?
function indices.of(votes, seats, options)
  local lists, cast, sum
  if keyed.is_outcome(votes) then
    options = options or seats or {}
    checked(options, 2)
    lists, cast, sum = of_outcome(votes)
    if not lists then return nil, cast end
  else
    options = options or {}
    checked(options, 2)
    lists, cast, sum = given(votes, seats, 2)
  end
  local treatment = options.others or "separate"
  local weighed = treated(lists, treatment)
  if totals(weighed) == 0 then
    error("indices: no list with seats has votes, and the others are left out",
      2)
  end
  local found = measured(weighed, options.exact)
  found.others = treatment
  found.votes, found.seats, found.lists = cast, sum, rows(lists, cast, sum)
  found.quota_violations = axioms.beyond_quota(lists)
  return found
end

return indices
