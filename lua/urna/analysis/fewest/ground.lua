local contexts = require "urna.analysis.context"
local lightest = require "urna.analysis.lightest"
local races = require "urna.analysis.race"
local rivals = require "urna.analysis.rivals"

--- The stations of a contest, which can be taken out of it and put back, and
--- the law asked each time. A ground is { race, aim, stations = { { unit,
--- votes, base, registered } } }; a way is a form of rivals.lua with the fewest
--- stations that make it hold, { form, stations, values, top, slack }.
local ground = {}

-- ---- the stations ----

--- Votes of every list, base and registered voters, by counted station.
---@param context urna.Context
---@return { unit: integer, votes: integer[], base: integer, registered:
--- integer }[]
function ground.stations(context)
  local results, found = context.results, {}
  local lists, size = {}, 0
  for i, list in ipairs(context.race.lists) do
    lists[i], size = results:column(list.key)
  end
  local base = contexts.column(results, context.race.base_name) or {}
  local registered = contexts.column(results, "registered_voters") or {}
  for unit = 1, size do
    local votes, is_whole = {}, true
    for i = 1, #lists do
      votes[i] = lists[i][unit]
      is_whole = is_whole and votes[i] ~= nil
    end
    if is_whole then
      found[#found + 1] = { unit = unit, votes = votes,
        base = base[unit] or 0, registered = registered[unit] or 0 }
    end
  end
  return found
end

-- A form's values by station; of a pair, which is most of the work, at once.
local function values_of(self, form)
  local values = {}
  if form.from and form.base == 0 then
    local from, to, own, other = form.from, form.to, form.votes[form.from],
      form.votes[form.to]
    for s, station in ipairs(self.stations) do
      local votes = station.votes
      values[s] = own * votes[from] + other * votes[to]
    end
    return values
  end
  for s, station in ipairs(self.stations) do
    values[s] = rivals.value(form, station.votes, station.base)
  end
  return values
end

-- ---- what the law says of it ----

--- What is left before anything is taken.
---@return { votes: integer[], base: integer } left
function ground.whole(self)
  local left = { votes = {}, base = self.race.base }
  for i, own in ipairs(self.race.votes) do left.votes[i] = own end
  return left
end

--- Leave a station out (sign -1), or take it in again (1).
---@param left { votes: integer[], base: integer } changed
---@param s integer number of the station
---@param sign integer
function ground.take(self, left, s, sign)
  local station = self.stations[s]
  left.base = left.base + sign * station.base
  for i, cast in ipairs(station.votes) do
    left.votes[i] = left.votes[i] + sign * cast
  end
end

--- What the law gives of what is left.
---@return table count walked
function ground.count(self, left)
  return self.race:after(left.votes, left.base)
end

--- The same without some stations.
---@param chosen integer[]
---@return table count walked
function ground.removed(self, chosen)
  local left = ground.whole(self)
  for _, s in ipairs(chosen) do ground.take(self, left, s, -1) end
  return ground.count(self, left)
end

-- Whether some list surely gains a seat or loses one, however a tie ends.
local function moves_any(self, count)
  for i in ipairs(self.race.lists) do
    local low, high = races.seats_of(count, { [i] = true })
    local held = self.race.count.lists[i].seats
    if low > held or high < held then return true end
  end
  return false
end

--- Whether a count is what is aimed at.
---@param count table walked
---@return boolean
function ground.reached(self, count)
  local aim = self.aim
  if aim.kind == "any" then return moves_any(self, count) end
  local low, high = races.seats_of(count, aim.members)
  if aim.upwards then return low >= aim.seats end
  return high <= aim.seats
end

-- ---- one form ----

--- The fewest stations that make a form hold, at most `limit`: those of the
--- greatest values, of equals the first.
---@param form table
---@param limit integer?
---@return table? way nil where no so many do
function ground.greedy(self, form, limit)
  local values = values_of(self, form)
  local way = { form = form, stations = 0, values = values, top = {},
    slack = -form.need }
  if form.need <= 0 then return way end -- of a bound: it holds already
  way.top = lightest.greatest(values, nil, limit)
  for n, s in ipairs(way.top) do
    way.stations, way.slack = n, way.slack + values[s]
    if way.slack >= 0 then return way end
  end
end

--- The first of a list.
---@param list integer[]
---@param n integer
---@return integer[]
function ground.first_of(list, n)
  local part = {}
  for i = 1, n do part[i] = list[i] end
  return part
end

-- ---- several forms ----

--- The ways of forms that no other of them before beats, and the fewest
--- stations of all; no way longer than that is complete among them.
---@param forms table[]
---@return table[] ways
---@return integer? stations
function ground.by_form(self, forms)
  local found, limit = {}, nil
  for _, form in ipairs(forms) do
    local way = ground.greedy(self, form, limit)
    if way then
      found[#found + 1] = way
      limit = math.min(limit or way.stations, way.stations)
    end
  end
  return found, limit
end

--- The stations of a way: those with the fewest registered voters.
---@param way table
---@return { chosen: integer[], registered: integer, is_lightest: boolean, way:
--- table }
function ground.settle(self, way)
  local weights = {}
  for s, station in ipairs(self.stations) do weights[s] = station.registered end
  local chosen, is_lightest = lightest.choose(way, weights)
  local registered = 0
  for _, s in ipairs(chosen) do registered = registered + weights[s] end
  return { chosen = chosen, registered = registered,
    is_lightest = is_lightest, way = way }
end

--- Whether one set goes before another: fewer registered voters, then earlier
--- in the file.
---@param a { chosen: integer[], registered: integer }
---@param b { chosen: integer[], registered: integer }
---@return boolean
function ground.is_before(a, b)
  if a.registered ~= b.registered then return a.registered < b.registered end
  return lightest.is_before(a.chosen, b.chosen)
end

--- A set with its registered voters.
---@param chosen integer[] sorted here
---@return { chosen: integer[], registered: integer }
function ground.weigh(self, chosen)
  local registered = 0
  for _, s in ipairs(chosen) do
    registered = registered + self.stations[s].registered
  end
  table.sort(chosen)
  return { chosen = chosen, registered = registered }
end

--- The ways in which a list crosses the threshold, the shortest first.
---@return table[] ways
function ground.crossings_of(self)
  local found = {}
  for _, form in ipairs(rivals.crossings(self.race)) do
    found[#found + 1] = ground.greedy(self, form, nil)
  end
  table.sort(found, function(a, b)
    if a.stations ~= b.stations then return a.stations < b.stations end
    return a.form.crosses < b.form.crosses
  end)
  return found
end

-- Where no list is above the threshold, or none may be any more, everybody's
-- part in it may change with one crossing.
local function none_left(race, may_cross)
  for i, item in ipairs(race.count.lists) do
    if item.standing == "passed" and not may_cross[i] then return false end
  end
  return race.share ~= nil
end

--- Fewer cannot do it. Below so many stations the first crossings alone can
--- have happened, so what `bound` says of each number of crossings holds up to
--- the next of them. A loser that falls below the threshold has fallen, however
--- few its stations.
---@param crossed table[] ways, the shortest first
---@param losers table<integer, boolean>
---@param bound fun(self: table, may_cross: table<integer, boolean>): number,
--- table[] stations that are needed, and ways
---@return number stations math.huge where it cannot be
---@return table[] ways those without a crossing
---@return table[] beyond those of the bounds with one
function ground.least_of(self, crossed, losers, bound)
  local may_cross, beyond = {}, {}
  local least, ways = bound(self, may_cross)
  for _, way in ipairs(crossed) do
    if least <= way.stations then break end
    local crosses = way.form.crosses
    local falls = losers[crosses] and way.form.goes == "below"
    may_cross[crosses] = true
    if falls or none_left(self.race, may_cross) then
      return way.stations, ways, beyond
    end
    local bounded, more = bound(self, may_cross)
    least = math.max(way.stations, bounded)
    for _, one in ipairs(more) do beyond[#beyond + 1] = one end
  end
  return least, ways, beyond
end

return ground
