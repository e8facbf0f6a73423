local native = require "urna.native"
local races = require "urna.analysis.race"

--- What a repeat of the vote could do at most: some voters may add any votes,
--- up to their number, to any lists, or cast invalid ballots, or stay away.
--- Exact, with the threshold moving as the base grows.
---
--- One question answers all: the most seats that some lists, the attackers, can
--- hold together. A list's most seats are those of itself, its fewest what all
--- others leave it. Attackers hold n of h seats if n of their averages beat the
--- others' number h - n + 1. At a given threshold T:
--- - more votes for a defender cost an attacker seats, or nothing, unless they
---   lift it over T and so end a weight that counts below it: defenders get
---   none, or just what lifts them;
--- - the fewest votes with which an attacker's m averages beat another are told
---   by one division, on each side of T; so how to share the votes among the
---   attackers is a knapsack, in whole votes;
--- - larger bases of the same T only leave more votes, so the largest is taken.
--- A stretch of thresholds is cut where a list falls below it; in it costs are
--- least at its low end and votes most at its high end, which bounds the whole
--- stretch: it is halved until that bound is reached or is no improvement.
--- Source: that averages are monotone in votes: Balinski & Young, Fair
--- Representation, 2nd ed., 2001, app. A; the rest follows from it.
local revote = {}

-- ---- averages and what beats them ----

-- A list's average for its seat number `seat`: votes * num / (den * d).
local function average(race, i, votes, weight, seat)
  return { votes = votes, num = weight[1],
    den = weight[2] * race:divisor_of(seat), list = i }
end

-- Before or behind as the law orders averages.
local function is_less(race, a, b)
  local order = native.ratio_compare(a.votes * a.num, a.den, b.votes * b.num,
    b.den)
  if order ~= 0 then return order < 0 end
  return race.more_votes and a.votes < b.votes
end

-- The fewest votes with which a list's average for that seat beats another, or
-- ties with it where the law leaves that open.
local function votes_to_beat(race, weight, seat, rival)
  if not rival then return 1 end
  local num = rival.num * weight[2] * race:divisor_of(seat)
  local den = rival.den * weight[1]
  local votes = native.share_up(num, den, rival.votes)
  if race.more_votes and votes < rival.votes
    and native.ratio_compare(votes, rival.votes, num, den) == 0 then
    votes = votes + 1
  end
  return math.max(votes, 1)
end

-- ---- who stands where ----

-- A list's votes and weight where it gets no votes but those that lift it;
-- nil where it takes no part.
local function defence(self, i, stretch, plan)
  local list, votes = self.race.lists[i], self.race.votes[i]
  if votes >= stretch.high then return votes, list.above end
  if plan.lifted[i] then return stretch.low, list.above end
  if list.exempt or plan.is_none and self.race.all_if_none then
    return votes, list.below
  end
end

-- The standings that an attacker may have: { weight, floor, ceiling } in votes.
local function options_of(self, i, stretch, plan)
  local list, votes = self.race.lists[i], self.race.votes[i]
  if votes >= stretch.high then
    return { { list.above, votes, math.huge } }
  end
  local below = { list.below, votes, stretch.high - 1 }
  if plan.is_none then
    local takes_part = list.exempt or self.race.all_if_none
    return takes_part and { below } or {}
  end
  local above = { list.above, stretch.low, math.huge }
  return list.exempt and plan.forced ~= i and { below, above } or { above }
end

-- The defenders' average number `place`; nil if they have not so many.
local function one_defender(self, i, stretch, plan, place)
  local votes, weight = defence(self, i, stretch, plan)
  if not votes or votes == 0 or place > self.race.lists[i].most then
    return nil
  end
  return average(self.race, i, votes, weight, place)
end

local function arguments(self, stretch, plan, place)
  local race = self.race
  local call = { sequence = race.sequence, seats = place, votes = {},
    num = {}, den = {}, most = {}, precedence = race.more_votes and {} or nil }
  for n, i in ipairs(self.defenders) do
    local votes, weight = defence(self, i, stretch, plan)
    weight = weight or { 1, 1 }
    call.votes[n], call.num[n], call.den[n] = votes or 0, weight[1], weight[2]
    call.most[n] = math.min(race.lists[i].most, place)
    if race.more_votes then call.precedence[n] = votes or 0 end
  end
  return call
end

local function many_defenders(self, stretch, plan, place)
  local call, race = arguments(self, stretch, plan, place), self.race
  local seats, awarded, tied = native.averages(call)
  local function at(n, seat)
    return average(race, self.defenders[n], call.votes[n],
      { call.num[n], call.den[n] }, seat)
  end
  if tied then return at(tied[1], seats[tied[1]] + 1) end
  if awarded < place then return nil end
  local last
  for n, held in ipairs(seats) do
    local own = held > 0 and at(n, held)
    if own and (not last or is_less(race, own, last)) then last = own end
  end
  return last
end

local function defenders_average(self, stretch, plan, place)
  if #self.defenders == 0 then return nil end
  if #self.defenders == 1 then
    return one_defender(self, self.defenders[1], stretch, plan, place)
  end
  return many_defenders(self, stretch, plan, place)
end

-- ---- what it costs ----

-- The fewest votes added to an attacker that beat `rival` with `seats` of its
-- averages; nil where none do.
local function cost(self, i, options, seats, rival, forced)
  local own, least = self.race.votes[i], nil
  if seats == 0 then return forced and forced - own or 0 end
  if seats > self.race.lists[i].most then return nil end
  for _, option in ipairs(options) do
    local votes = math.max(option[2],
      votes_to_beat(self.race, option[1], seats, rival))
    if votes <= option[3] and (not least or votes - own < least) then
      least = votes - own
    end
  end
  return least
end

-- How many averages of an attacker beat `rival` at the cost of none of them.
-- A floating guess; whole numbers decide.
local function free_seats(self, i, options, rival, forced)
  local race = self.race
  local function is_free(seats)
    local votes = cost(self, i, options, seats, rival, forced)
    return votes and votes <= cost(self, i, options, 0, rival, forced)
  end
  if not rival or #options == 0 then return 0 end
  local weight, votes = options[1][1], math.max(options[1][2], race.votes[i])
  local guess = (votes * weight[1] / weight[2] * rival.den
    / (rival.votes * rival.num) - race.first) / race.step + 1
  local seats = math.max(0, math.min(math.floor(guess), race.lists[i].most))
  while seats > 0 and not is_free(seats) do seats = seats - 1 end
  while is_free(seats + 1) do seats = seats + 1 end
  return seats
end

-- Each attacker's free seats and what more of them cost, within the budget.
local function offers_of(self, stretch, plan, rival, most, budget)
  local offers, free = {}, 0
  for n, i in ipairs(self.attackers) do
    local options = options_of(self, i, stretch, plan)
    local forced = plan.forced == i and stretch.low or nil
    local offer = { list = i, costs = {},
      free = free_seats(self, i, options, rival, forced) }
    offer.costs[0] = cost(self, i, options, 0, rival, forced)
    offers[n], free = offer, free + offer.free
    offer.options, offer.forced = options, forced
  end
  for _, offer in ipairs(offers) do
    for more = 1, most - free do
      local votes = cost(self, offer.list, offer.options, offer.free + more,
        rival, offer.forced)
      if not votes or votes > budget then break end
      offer.costs[more] = votes
    end
  end
  return offers, free
end

-- The cheapest way to `wanted` more seats: votes by attacker, or nil.
local function knapsack(offers, wanted, budget)
  local best, choices = { [0] = 0 }, {}
  for n, offer in ipairs(offers) do
    local found, chosen = {}, {}
    for had = 0, wanted do
      for more = 0, best[had] and math.min(#offer.costs, wanted - had) or -1 do
        local sum, sums = best[had] + offer.costs[more], had + more
        if sum <= budget and (not found[sums] or sum < found[sums]) then
          found[sums], chosen[sums] = sum, more
        end
      end
    end
    best, choices[n] = found, chosen
  end
  if not best[wanted] then return nil end
  local added, left = {}, wanted
  for n = #offers, 1, -1 do
    local more = choices[n][left]
    added[offers[n].list] = offers[n].costs[more]
    left = left - more
  end
  return added
end

-- ---- plans: who is lifted over the threshold ----

-- Defenders whose weight would end: lifted, they count for less than they do.
local function liftable(self, stretch)
  local found, race = {}, self.race
  for _, i in ipairs(self.defenders) do
    local list, votes = race.lists[i], race.votes[i]
    if votes < stretch.high and list.exempt
      and votes + stretch.budget >= stretch.low
      and votes * list.below[1] * list.above[2]
        > stretch.low * list.above[1] * list.below[2] then
      found[#found + 1] = i
    end
  end
  return found
end

local function add_subsets(plans, lists, at, lifted)
  if at > #lists then
    local copy = {}
    for i in pairs(lifted) do copy[i] = true end
    plans[#plans + 1] = { lifted = copy }
    return
  end
  add_subsets(plans, lists, at + 1, lifted)
  lifted[lists[at]] = true
  add_subsets(plans, lists, at + 1, lifted)
  lifted[lists[at]] = nil
end

local function any_passes(self, stretch)
  for _, votes in ipairs(self.race.votes) do
    if votes >= stretch.high then return true end
  end
  return false
end

-- Where no list passes by itself, none may in the end, or one that is lifted.
local function add_first_over(plans, self, stretch)
  for _, i in ipairs(self.attackers) do
    if self.race.votes[i] + stretch.budget >= stretch.low then
      plans[#plans + 1] = { lifted = {}, forced = i }
    end
  end
  for _, i in ipairs(self.defenders) do
    if self.race.votes[i] + stretch.budget >= stretch.low then
      plans[#plans + 1] = { lifted = { [i] = true } }
    end
  end
end

local function plans_of(self, stretch)
  local plans = {}
  add_subsets(plans, liftable(self, stretch), 1, {})
  if any_passes(self, stretch) then return plans end
  plans[1].is_none = true -- that in which nobody is lifted
  add_first_over(plans, self, stretch)
  return plans
end

-- ---- the search ----

-- Votes by list with which the attackers hold `seats`, by one plan; nil: none.
local function by_plan(self, seats, stretch, plan)
  local budget, added = stretch.budget, {}
  for i in pairs(plan.lifted) do
    added[i] = stretch.low - self.race.votes[i]
    budget = budget - added[i]
  end
  if budget < 0 then return nil end
  local rival = defenders_average(self, stretch, plan,
    self.race.seats - seats + 1)
  if not rival and self.leaves then
    if plan.forced then
      added[plan.forced] = stretch.low - self.race.votes[plan.forced]
    end
    return added
  end
  local offers, free = offers_of(self, stretch, plan, rival, seats, budget)
  local found = knapsack(offers, math.max(seats - free, 0), budget)
  if not found then return nil end
  for i, votes in pairs(found) do added[i] = votes end
  return added
end

local function can(self, seats, stretch)
  if seats > self.race.seats then return nil end
  for _, plan in ipairs(plans_of(self, stretch)) do
    local added = by_plan(self, seats, stretch, plan)
    if added then return added, plan end
  end
end

-- One threshold, with the votes that its largest base leaves.
local function stretch_of(self, low, high)
  local race = self.race
  local budget = self.voters
  if self.is_moving then
    budget = race:largest_base(high, race.base + self.voters) - race.base
  end
  return { low = low, high = high, budget = budget }
end

-- As many seats as can be had at one threshold, from `best` on.
local function improve(self, best, threshold)
  local stretch, step = stretch_of(self, threshold, threshold), 1
  local function try(seats)
    local added = can(self, seats, stretch)
    if added then best = { seats = seats, added = added, at = threshold } end
    return added ~= nil
  end
  while try(best.seats + step) do step = step * 2 end
  local failed = best.seats + step
  while failed - best.seats > 1 do
    local middle = math.floor((best.seats + failed) / 2)
    if not try(middle) then failed = middle end
  end
  return best
end

local function visit(self, best, low, high)
  while best.seats < self.race.seats
    and can(self, best.seats + 1, stretch_of(self, low, high)) do
    local better = improve(self, best, high)
    if better.seats == best.seats then
      if low == high then return best end
      local middle = math.floor((low + high) / 2)
      best = visit(self, best, middle + 1, high)
      return visit(self, best, low, middle)
    end
    best = better
  end
  return best
end

-- Thresholds from the lowest to the highest, cut where a list falls below.
local function cuts(self)
  local race, ends = self.race, {}
  local low = race:needed(race.base + (self.is_moving and 0 or self.grows))
  local high = race:needed(race.base
    + (self.is_moving and self.voters or self.grows))
  for _, votes in ipairs(race.votes) do
    if votes >= low and votes < high then ends[#ends + 1] = votes end
  end
  ends[#ends + 1] = high
  table.sort(ends)
  return low, ends
end

--- The most seats that the attackers can hold.
---@param self { race: urna.Race, voters: integer, attackers: integer[],
--- defenders: integer[], leaves: boolean?, is_moving: boolean, grows: integer
--- } leaves: seats that nobody takes count as theirs
---@param least integer seats they have without the repeat
---@return { seats: integer, added: table<integer, integer>, at: integer }
local function most_seats(self, least)
  local low, ends = cuts(self)
  local best = { seats = least, added = {}, at = low }
  for n = #ends, 1, -1 do
    local from = n == 1 and low or ends[n - 1] + 1
    if from <= ends[n] then best = visit(self, best, from, ends[n]) end
  end
  return best
end

-- ---- the answer ----

local VALID = { valid_ballots = true, valid_votes = true }

-- Of a base of valid votes, a larger one needs votes for some list: they go to
-- an attacker that has passed, where they do no harm.
local function fill(self, votes, missing)
  if missing <= 0 then return 0 end
  for _, i in ipairs(self.attackers) do
    if votes[i] >= self.race:needed(self.race.base + self.voters) then
      votes[i] = votes[i] + missing
      return missing
    end
  end
  return 0
end

-- The ballots behind the votes: as many invalid ones as the base needs.
local function ballots_of(self, best, votes, cast)
  local race = self.race
  if not self.is_moving then
    return { base = race.base + self.grows, invalid = 0 }
  end
  local smallest = best.at > 1
    and race:largest_base(best.at - 1, race.base + self.voters) + 1 or 0
  local missing = smallest - race.base - cast
  if VALID[race.base_name] then
    cast = cast + fill(self, votes, missing)
    return { base = race.base + cast, invalid = 0 }
  end
  return { base = math.max(race.base + cast, smallest),
    invalid = math.max(missing, 0) }
end

-- The outcome that shows it, put to the law itself.
local function witness_of(self, best)
  local race, votes, cast = self.race, {}, 0
  for i, own in ipairs(race.votes) do
    votes[i] = own + (best.added[i] or 0)
    cast = cast + (best.added[i] or 0)
  end
  local ballots = ballots_of(self, best, votes, cast)
  local count = race:after(votes, ballots.base)
  local row = { votes = {}, invalid_ballots = ballots.invalid, seats = {},
    base = ballots.base, is_tied = #count.ties > 0 }
  for i, list in ipairs(race.lists) do
    row.votes[list.key] = votes[i] - race.votes[i]
    row.seats[list.key] = count.lists[i].seats
  end
  local members = {}
  for _, i in ipairs(self.attackers) do members[i] = true end
  local _, possible = races.seats_of(count, members)
  return row, possible + (self.leaves and count.vacant or 0)
end

local function question(race, voters, attackers, leaves)
  local self = { race = race, voters = voters, grows = voters,
    is_moving = race.count.moving, attackers = {}, defenders = {},
    leaves = leaves }
  for i in ipairs(race.lists) do
    local side = attackers[i] and self.attackers or self.defenders
    side[#side + 1] = i
  end
  return self
end

-- The most seats of a set, its witness, and whether that is exact: of a base
-- of valid votes the bound may be wider than any outcome.
local function most_of(race, voters, members, leaves, held)
  local self = question(race, voters, members, leaves)
  local best = most_seats(self, held)
  local witness, reached = witness_of(self, best)
  return best.seats, witness, reached >= best.seats
end

--- The fewest and the most seats that some lists can have together once the
--- voters of some stations have voted again. A seat that a tie leaves open
--- counts for the most and not for the fewest.
---@param race urna.Race without those stations
---@param voters integer registered there
---@param members table<integer, boolean> by number of the list
---@return { fewest: integer, most: integer, fewest_witness: table,
--- most_witness: table, is_exact: boolean } a witness: { votes by list at the
--- repeat, invalid_ballots, base, seats by list, is_tied }
function revote.bounds(race, voters, members)
  local count, others = race:after(race.votes, race.base
    + (race.count.moving and 0 or voters)), {}
  for i in ipairs(race.lists) do others[i] = not members[i] end
  local _, held = races.seats_of(count, members)
  local _, against = races.seats_of(count, others)
  local most, most_witness, sure = most_of(race, voters, members, false, held)
  local rest, witness, also = most_of(race, voters, others, true,
    against + count.vacant)
  return { most = most, most_witness = most_witness,
    fewest = race.seats - rest, fewest_witness = witness,
    is_exact = sure and also }
end

return revote
