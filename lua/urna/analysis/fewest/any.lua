local ground = require "urna.analysis.fewest.ground"
local lightest = require "urna.analysis.lightest"
local rivals = require "urna.analysis.rivals"

--- The fewest stations that move any seat at all.
local any = {}

local function only_of(ways, stations)
  local found = {}
  for _, way in ipairs(ways) do
    if way.stations == stations then found[#found + 1] = way end
  end
  return found
end

-- The smallest beginning of a way's stations that does it, from `least` on and
-- below `limit`.
local function beginning(self, way, least, limit)
  local all = lightest.greatest(way.values, nil, limit - 1)
  local left = ground.whole(self)
  for n, s in ipairs(all) do
    ground.take(self, left, s, -1)
    if n >= least and ground.reached(self, ground.count(self, left)) then
      return ground.first_of(all, n)
    end
  end
end

local function way_rows(self, settled)
  local rows = {}
  for _, one in ipairs(settled) do
    local form = one.way.form
    if form.from then
      rows[#rows + 1] = { from = self.race.lists[form.from].key,
        to = self.race.lists[form.to].key, stations = #one.chosen,
        registered = one.registered }
    end
  end
  return rows
end

-- A list that crosses the threshold earlier than any pair turns may move seats
-- or not: the law is asked, of the beginnings of its stations.
local function early_moves(self, crossed, limit)
  local best
  for _, way in ipairs(crossed) do
    local stop = best and #best.chosen or limit or #self.stations + 1
    local chosen = way.stations < stop
      and beginning(self, way, way.stations, stop)
    if chosen then best = ground.weigh(self, chosen) end
  end
  return best
end

-- The lightest of all ways that so many stations go; whether it is proved that
-- none is lighter: not where fewer already cross the threshold.
local function lightest_of(self, ways, stations, best)
  local settled, is_proved = {}, true
  for _, way in ipairs(ways) do
    if way.stations == stations then
      local one = ground.settle(self, way)
      local does = ground.reached(self, ground.removed(self, one.chosen))
      if way.form.from then settled[#settled + 1] = one end
      if does and (not best or ground.is_before(one, best)) then best = one end
      is_proved = is_proved and does and one.is_lightest
    end
    is_proved = is_proved and way.stations >= stations
  end
  if best then best.is_lightest = is_proved end
  return best, settled
end

local function bound_any(self, may_cross)
  local forms = rivals.pairs(self.race, may_cross)
  for _, form in ipairs(rivals.empties(self.race)) do
    forms[#forms + 1] = form
  end
  local ways, limit = ground.by_form(self, forms)
  return limit or math.huge, ways
end

-- Lists that have a seat to lose.
local function holders(race)
  local found = {}
  for i, item in ipairs(race.count.lists) do found[i] = item.seats > 0 end
  return found
end

--- Look for them.
---@param self table a ground
---@return { at_least: integer?, ways: table[] } found
---@return { chosen: integer[], registered: integer, is_lightest: boolean }?
function any.find(self)
  local crossed = ground.crossings_of(self)
  local least, ways = ground.least_of(self, crossed, holders(self.race),
    bound_any)
  local limit
  for _, way in ipairs(ways) do
    limit = math.min(limit or way.stations, way.stations)
  end
  local best = early_moves(self, crossed, limit)
  local stations = best and #best.chosen or limit
  local kept = only_of(ways, stations or 0)
  for _, way in ipairs(crossed) do kept[#kept + 1] = way end
  local settled
  best, settled = lightest_of(self, kept, stations, best)
  return { at_least = least < math.huge and least or nil,
    ways = way_rows(self, settled) }, best
end

return any
