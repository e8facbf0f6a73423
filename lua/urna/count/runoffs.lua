local errors = require "urna.errors"
local exact = require "urna.count.exact"
local matrix = require "urna.count.matrix"
local native = require "urna.native"
local seating = require "urna.count.seating"

--- Methods that exclude candidates until one is left who must win: what to do
--- next follows from who continues alone. So a tie for exclusion can be
--- followed every way: one that leads to the same winner whoever goes is no
--- matter for a lot, and one that does not says who might win.
---
--- Sources: benham, smith_irv, tideman_alternative, woodall: Green-Armytage,
--- Voting matters 29, 2011, pp. 1-14; baldwin: Proc. Royal Society of Victoria
--- 39, 1926, pp. 42-52; nanson: Trans. and Proc. Royal Society of Victoria 19,
--- 1882, pp. 197-240; coombs: A Theory of Data, New York 1964.
local runoffs = {}

-- How many sets of continuing candidates are looked at when a tie is followed,
-- and how many ballots in all.
local MOST_STATES, MOST_BALLOTS = 2000, 20000000

---@class urna.count.Act what a method does next
---@field winner integer?
---@field out integer[]? all of these are excluded
---@field tied integer[]? one of these is excluded
---@field equal integer[]? all who continue, and they are equal
---@field tallies table<integer, urna.Exact>?
---@field why string

-- ---- what the papers say of those who continue ----

local function numbers_of(poll, left)
  local numbers = {}
  for i, x in ipairs(left) do numbers[i] = poll.numbers[x] end
  return numbers
end

-- First preferences; `live` are the papers that still have one.
local function firsts_of(poll, left, counting)
  local papers, shares = counting:tallies()
  local values, live = {}, 0
  for _, x in ipairs(left) do
    values[x] = exact.with_shares(papers[poll.numbers[x]], shares,
      poll.numbers[x])
    live = live + papers[poll.numbers[x]]
  end
  for _, share in ipairs(shares) do live = live + share.all end
  return values, live
end

-- Those with the least value, or all of them.
local function least_of(left, values)
  local least
  for _, x in ipairs(left) do
    if least == nil or values[x] < values[least] then least = x end
  end
  local found = {}
  for _, x in ipairs(left) do
    if values[x] == values[least] then found[#found + 1] = x end
  end
  return found
end

-- Exclude the last; of several the law, or the lot, takes one.
local function exclude_least(left, values, why)
  local last = least_of(left, values)
  return { [#last == 1 and "out" or "tied"] = last, tallies = values,
    why = why }
end

local function without(left, out)
  local gone, rest = {}, {}
  for _, x in ipairs(out) do gone[x] = true end
  for _, x in ipairs(left) do
    if not gone[x] then rest[#rest + 1] = x end
  end
  return rest
end

-- ---- the methods ----

local FEWEST = "fewest first preferences"
local steps = {}

--- Until somebody beats all others who continue.
function steps.benham(state)
  local poll, left = state.poll, state.left
  local winner = matrix.condorcet_winner(poll.over, left)
  local values = state.firsts()
  if winner then
    return { winner = winner, tallies = values,
      why = "beats all others who continue" }
  end
  return exclude_least(left, values, FEWEST)
end

--- The Smith (or Schwartz) set alone, whenever it is not all who continue.
function steps.tideman_alternative(state, rule)
  local left = state.left
  local outside = without(left, matrix[rule.set or "smith"](state.poll.over,
    left))
  if #outside > 0 then
    return { out = outside, why = ("outside the %s set"):format(
      rule.set == "schwartz" and "Schwartz" or "Smith") }
  end
  local values = state.firsts()
  if #left == 1 then
    return { winner = left[1], tallies = values, why = "nobody else is left" }
  end
  return exclude_least(left, values, FEWEST)
end

local function smith_of(poll)
  poll.smith = poll.smith
    or matrix.smith(poll.over, matrix.everybody(poll.n))
  return poll.smith
end

--- The Smith set first, then the alternative vote among its members.
function steps.smith_irv(state)
  local left = state.left
  local outside = without(left, smith_of(state.poll))
  if #outside > 0 then
    return { out = outside, why = "outside the Smith set" }
  end
  local values, live = state.firsts()
  for _, x in ipairs(left) do
    if #left == 1 or exact.is_majority(values[x], live) then
      return { winner = x, tallies = values, why = #left == 1
        and "nobody else is left" or "more than half of what is not exhausted" }
    end
  end
  return exclude_least(left, values, FEWEST)
end

--- The alternative vote, until only one of the Smith set is left.
function steps.woodall(state)
  local left, inside, members = state.left, {}, {}
  for _, x in ipairs(smith_of(state.poll)) do inside[x] = true end
  for _, x in ipairs(left) do
    if inside[x] then members[#members + 1] = x end
  end
  local values = state.firsts()
  if #members == 1 then
    return { winner = members[1], tallies = values,
      why = "the last of the Smith set" }
  end
  return exclude_least(left, values, FEWEST)
end

-- Votes for each less votes against him, over all others who continue: Borda's
-- points, twice, less their average.
local function margins_of(poll, left)
  local sums = {}
  for _, a in ipairs(left) do
    sums[a] = 0
    for _, b in ipairs(left) do
      sums[a] = sums[a] + poll.over[a][b] - poll.over[b][a]
    end
  end
  return sums
end

-- The points themselves, to be shown: half a point for each who is equal.
local function points_of(poll, left, sums)
  local points = {}
  for _, a in ipairs(left) do
    local twice = poll.valid and poll.valid * (#left - 1) + sums[a]
    points[a] = not twice and sums[a] or native.rational(twice, 2)
  end
  return points
end

local function are_equal(left, values)
  return #least_of(left, values) == #left
end

-- A round by Borda's points: it ends where one is left, or all are equal; else
-- the method says who goes by the sums behind it.
local function by_points(state)
  local poll, left = state.poll, state.left
  local sums = margins_of(poll, left)
  local act = { tallies = points_of(poll, left, sums) }
  if #left == 1 then
    act.winner, act.why = left[1], "nobody else is left"
  elseif are_equal(left, sums) then
    act.equal, act.why = left, "equal points"
  end
  return act, sums
end

--- The fewest of Borda's points among those who continue.
function steps.baldwin(state, rule)
  local act, sums = by_points(state)
  if act.why then return act end
  local last = least_of(state.left, sums)
  local is_sure = #last == 1 or rule.equals == "together"
  act[is_sure and "out" or "tied"] = last
  act.why = "fewest points of Borda"
  return act
end

--- Borda's points that are not above the average of those who continue.
function steps.nanson(state, rule)
  local act, sums = by_points(state)
  if act.why then return act end
  local takes_average = rule.exclude == "at_or_below"
  act.out = {}
  for _, a in ipairs(state.left) do
    if sums[a] < 0 or (sums[a] == 0 and takes_average) then
      act.out[#act.out + 1] = a
    end
  end
  act.why = takes_average and "not more points than the average"
    or "fewer points than the average"
  return act
end

-- How often each is last of those who continue; those whom a paper does not
-- name share its last place.
local function lasts_of(poll, left)
  local n = #left
  local found = native.positions(poll.store, numbers_of(poll, left))
  local lasts = {}
  for place, x in ipairs(left) do
    local value = native.rational(found.alone[(n - 1) * n + place])
    for _, span in ipairs(found.spans) do
      if span.first + span.size - 1 == n then
        value = value + native.rational(span.papers[place], span.size)
      end
    end
    for k = 1, n - 1 do
      local papers = found.naming[k] - found.named[(k - 1) * n + place]
      value = value + native.rational(papers, n - k)
    end
    lasts[x] = value
  end
  return lasts
end

--- The most last places, unless somebody has a majority of first ones.
function steps.coombs(state)
  local poll, left = state.poll, state.left
  local values, live = state.firsts()
  for _, x in ipairs(left) do
    if #left == 1 or exact.is_majority(values[x], live) then
      return { winner = x, tallies = values, why = #left == 1
        and "nobody else is left" or "more than half of what is not exhausted" }
    end
  end
  local lasts, negative = lasts_of(poll, left), {}
  for x, value in pairs(lasts) do negative[x] = -value end
  local act = exclude_least(left, negative, "most last places")
  act.tallies, act.lasts = values, lasts
  return act
end

-- ---- the count ----

-- What a method may look at: who continues, and what follows from that alone.
local function state_of(poll, left, counting)
  local state = { poll = poll, left = left }
  function state.firsts()
    if counting then return firsts_of(poll, left, counting) end
    local own = native.continuing(poll.store, numbers_of(poll, left))
    local values, live = firsts_of(poll, left, own)
    own:close()
    return values, live
  end
  return state
end

local function add_all(to, from)
  for x in pairs(from) do to[x] = true end
end

-- Everybody who may win from here, over all ways of taking those who tie; nil
-- if these are too many.
local function possible(poll, rule, left, seen)
  local key = table.concat(left, ",")
  if seen[key] then return seen[key] end
  seen.left = seen.left - 1
  if seen.left < 0 then return nil end
  local act, found = steps[rule.method](state_of(poll, left), rule), {}
  if act.winner then
    found[act.winner] = true
  elseif act.equal then
    for _, x in ipairs(act.equal) do found[x] = true end
  else
    local ways = act.out and { act.out } or {}
    for _, x in ipairs(act.tied or {}) do ways[#ways + 1] = { x } end
    for _, out in ipairs(ways) do
      local more = possible(poll, rule, without(left, out), seen)
      if not more then return nil end
      add_all(found, more)
    end
  end
  seen[key] = found
  return found
end

local function possible_winners(poll, rule, left)
  local ballots = math.max(1, poll.store and poll.store:count() or 1)
  local most = math.min(MOST_STATES,
    math.max(10, math.floor(MOST_BALLOTS / ballots)))
  local found = possible(poll, rule, left, { left = most })
  if not found then return nil end
  local winners = {}
  for _, x in ipairs(left) do
    if found[x] then winners[#winners + 1] = x end
  end
  return winners
end

local function tallies_of(poll, values)
  if not values then return nil end
  local named = {}
  for x, value in pairs(values) do named[poll.names[x]] = exact.plain(value) end
  return named
end

local function row_of(poll, number, act)
  return { round = number, tallies = tallies_of(poll, act.tallies),
    last_places = tallies_of(poll, act.lasts), why = act.why }
end

-- A tie for exclusion: whom it takes, if that matters by a lot. Nothing if a
-- lot has to be drawn first.
local function settle(poll, rule, left, act, count)
  local winners = possible_winners(poll, rule, left)
  local row = count.rounds[#count.rounds]
  row.tied = seating.named(poll, act.tied)
  if winners and #winners == 1 and count.seats == 1 then
    row.no_matter, count.is_ordered = true, false
    return { act.tied[1] }
  end
  local tie = { stage = "exclusion", certain = {}, tied = row.tied, left = 1,
    possible = winners and seating.named(poll, winners) or nil }
  local drawn, message = count.lots:take(tie)
  if message then return nil, message end
  if not drawn then
    count.ties = { tie }
    return nil
  end
  tie.drawn = drawn
  count.drawn[#count.drawn + 1] = tie
  row.by_lot = true
  for _, x in ipairs(act.tied) do
    if poll.names[x] == drawn[1] then return { x } end
  end
end

-- Exclude `out` from what has been counted so far.
local function exclude(count, poll, out)
  for _, x in ipairs(out) do
    if count.counting then count.counting:exclude(poll.numbers[x]) end
  end
  table.insert(count.excluded, out)
end

-- Rounds until somebody wins, or a tie stops them.
local function play(poll, rule, count)
  local left = matrix.everybody(poll.n)
  if poll.store then
    count.counting = native.continuing(poll.store, numbers_of(poll, left))
  end
  while true do
    local act = steps[rule.method](state_of(poll, left, count.counting), rule)
    local row = row_of(poll, #count.rounds + 1, act)
    count.rounds[#count.rounds + 1] = row
    if act.winner or act.equal then
      count.last = act.equal or { act.winner }
      count.rest = without(left, count.last)
      row.elected = act.winner and { poll.names[act.winner] } or nil
      return true
    end
    local out, message = act.out, nil
    if act.tied then out, message = settle(poll, rule, left, act, count) end
    if message then return nil, message end
    if not out then return true end
    row.excluded = seating.named(poll, out)
    exclude(count, poll, out)
    left = without(left, out)
  end
end

-- Who was excluded last stands next to the winner.
local function order_of(count)
  local order = { count.last }
  for i = #count.excluded, 1, -1 do order[#order + 1] = count.excluded[i] end
  return order
end

-- Points, twice, are at most papers times twice the candidates.
local function fits(poll)
  local most = poll.valid or 0
  for a = 1, poll.n do
    for b = 1, poll.n do most = math.max(most, poll.over[a][b]) end
  end
  return native.rational(most) * (2 * poll.n)
    <= native.rational(9007199254740991)
end

---@param poll urna.count.Poll
---@param rule { method: string, equals: string?, exclude: string?, set:
--- string? }
---@param seats integer
---@param lots urna.Lots
---@return table? outcome with `filled`, where a tie for exclusion stopped it
---@return urna.Error|string|nil err a message where the lots are wrong
function runoffs.run(poll, rule, seats, lots)
  local has_order = rule.method == "baldwin" or rule.method == "nanson"
  if has_order and not fits(poll) then
    return nil, errors.new("overflow", { message = ("%s: the points of %d "
      .. "candidates go beyond 2^53 - 1"):format(rule.method, poll.n) })
  end
  local count = { rounds = {}, ties = {}, drawn = {}, excluded = {},
    lots = lots, seats = seats, is_ordered = has_order }
  local done, message = play(poll, rule, count)
  if count.counting then count.counting:close() end
  if not done then return nil, message end
  if #count.ties > 0 then
    return { rounds = count.rounds, filled = { winners = {},
      ties = count.ties, drawn = count.drawn } }
  end
  local levels = order_of(count)
  if not has_order then levels = { count.last, count.rest } end
  local tops = seating.ranked(levels)
  tops.order = count.is_ordered and levels or nil
  return { rounds = count.rounds, tops = tops, drawn = count.drawn }
end

return runoffs
