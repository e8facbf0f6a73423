local ground = require "urna.analysis.fewest.ground"
local lightest = require "urna.analysis.lightest"
local rivals = require "urna.analysis.rivals"

--- The fewest stations that take seats from some lists, or give them some: a
--- bound below which it cannot be, and a witness.
local aimed = {}

local function spread(total, parts)
  return math.ceil(total / math.max(1, parts))
end

-- Pairs of which one has to turn: of the members that lose (or gain) so many
-- seats together, one loses its part of them, and so with those who gain.
local function pair_forms(self, may_cross)
  local race, aim, forms = self.race, self.aim, {}
  local losers, takers = {}, {}
  for i, item in ipairs(race.count.lists) do
    local loses = (aim.members[i] or false) ~= aim.upwards
    if loses and item.seats > 0 then
      losers[#losers + 1] = i
    elseif not loses and (item.takes_part or may_cross[i]) then
      takers[#takers + 1] = i
    end
  end
  for _, from in ipairs(losers) do
    for _, to in ipairs(takers) do
      forms[#forms + 1] = rivals.pair(race, from, to,
        spread(aim.moves, #losers), spread(aim.moves, #takers), may_cross)
    end
  end
  return forms
end

-- The lists that have to lose: the members, or all others.
local function losers_of(self)
  local members = {}
  for i in ipairs(self.race.lists) do
    members[i] = (self.aim.members[i] or false) ~= self.aim.upwards
  end
  return members, self.aim.upwards and self.race.seats - self.aim.seats
    or self.aim.seats
end

-- The losers have to fall, whoever of `may_cross` has crossed the threshold.
local function fall_of(self, may_cross, ways)
  local members, seats = losers_of(self)
  local form = rivals.fall(self.race, members, seats, may_cross)
  if not form or form.need <= 0 then return 1 end
  local way = ground.greedy(self, form, nil)
  if way then table.insert(ways, 1, way) end
  return way and way.stations or math.huge
end

-- Some pair has to turn, and the losers to fall.
local function bound_aimed(self, may_cross)
  local turned, least = ground.by_form(self, pair_forms(self, may_cross))
  local ways = {}
  for n = #turned, 1, -1 do ways[n] = turned[#turned - n + 1] end
  local fall = fall_of(self, may_cross, ways)
  return math.max(least or math.huge, fall), ways
end

-- A loser's seats stay empty too where it has no votes left, and nobody else.
local function emptied(self, ways)
  local least, members = math.huge, losers_of(self)
  for _, form in ipairs(rivals.empties(self.race)) do
    local way = members[form.empties] and ground.greedy(self, form, nil)
    if way then
      least = math.min(least, way.stations)
      ways[#ways + 1] = way
    end
  end
  return least
end

-- No fewer can do it; and the ways in which it may be done.
local function bound_of(self)
  local crossed = ground.crossings_of(self)
  local least, ways, beyond = ground.least_of(self, crossed,
    (losers_of(self)), bound_aimed)
  least = math.min(least, emptied(self, ways))
  for _, way in ipairs(beyond) do
    if not way.form.from then ways[#ways + 1] = way end
  end
  for _, way in ipairs(crossed) do ways[#ways + 1] = way end
  return least < math.huge and least or nil, ways
end

-- A beginning of a way that does it, at most `limit` long, found by doubling
-- and halving.
local function prefix(self, way, limit)
  local all = lightest.greatest(way.values, nil, nil)
  local left, at = ground.whole(self), 0
  limit = math.min(limit, #all)
  local function does(n)
    for m = at + 1, n do ground.take(self, left, all[m], -1) end
    for m = at, n + 1, -1 do ground.take(self, left, all[m], 1) end
    at = n
    return ground.reached(self, ground.count(self, left))
  end
  local low, high = 0, math.min(math.max(way.stations, 1), limit)
  if high == 0 then return nil end
  while not does(high) do
    if high == limit then return nil end
    low, high = high, math.min(2 * high, limit)
  end
  while high - low > 1 do
    local middle = math.floor((low + high) / 2)
    if does(middle) then high = middle else low = middle end
  end
  return ground.first_of(all, high)
end

-- Without any station that is not needed.
local function pruned(self, chosen)
  local left, kept = ground.whole(self), {}
  for _, s in ipairs(chosen) do ground.take(self, left, s, -1) end
  for n = #chosen, 1, -1 do
    ground.take(self, left, chosen[n], 1)
    if not ground.reached(self, ground.count(self, left)) then
      ground.take(self, left, chosen[n], -1)
      kept[#kept + 1] = chosen[n]
    end
  end
  return kept
end

-- Where a pair is enough, its lightest stations instead.
local function lighter(self, ways, best)
  for _, way in ipairs(best and ways or {}) do
    if way.form.from and way.stations == #best.chosen then
      local one = ground.settle(self, way)
      local does = ground.reached(self, ground.removed(self, one.chosen))
      if does and ground.is_before(one, best) then best = one end
    end
  end
  return best
end

--- Look for them.
---@param self table a ground, with its aim
---@return { at_least: integer?, ways: table[] } found
---@return { chosen: integer[], registered: integer, is_lightest: boolean }?
function aimed.find(self)
  local least, ways = bound_of(self)
  local best
  for _, way in ipairs(ways) do
    local chosen = prefix(self, way, best and #best.chosen or #self.stations)
    local one = chosen and ground.weigh(self, pruned(self, chosen))
    if one and (not best or #one.chosen < #best.chosen
      or #one.chosen == #best.chosen and ground.is_before(one, best)) then
      best = one
    end
  end
  best = lighter(self, ways, best)
  -- that none is lighter is proved of pairs, not of all sets
  if best then best.is_lightest = false end
  return { at_least = least, ways = {} }, best
end

return aimed
