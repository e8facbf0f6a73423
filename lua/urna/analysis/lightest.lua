--- Which of several sets of stations is shown: those with the fewest registered
--- voters, of equals the first in the file.
local lightest = {}

local LOOKS = 200000

--- The greatest values, as numbers of their places, of equals the first.
---@param values integer[]
---@param places integer[]? only these; else those above 0
---@param limit integer? only so many
---@return integer[] places
function lightest.greatest(values, places, limit)
  local top = {}
  if limit and limit < 1 then return top end
  if not places then
    places = {}
    for s, value in ipairs(values) do
      if value > 0 then places[#places + 1] = s end
    end
  end
  if not limit or limit > 100 then
    for n, s in ipairs(places) do top[n] = s end
    table.sort(top, function(a, b)
      if values[a] ~= values[b] then return values[a] > values[b] end
      return a < b
    end)
    for n = #top, (limit or #top) + 1, -1 do top[n] = nil end
    return top
  end
  for _, s in ipairs(places) do
    local value, n = values[s], #top
    if n < limit or value > values[top[n]] then
      if n < limit then n = n + 1 end
      while n > 1 and values[top[n - 1]] < value do
        top[n] = top[n - 1]
        n = n - 1
      end
      top[n] = s
    end
  end
  return top
end

--- Whether one set stands before another in the file; both ascend.
---@param a integer[]
---@param b integer[]
---@return boolean
function lightest.is_before(a, b)
  for n = 1, math.min(#a, #b) do
    if a[n] ~= b[n] then return a[n] < b[n] end
  end
  return #a < #b
end

-- Stations that may be among the chosen at all, the lightest first.
local function candidates(way, weights)
  local least = way.values[way.top[way.stations]] - way.slack
  local found = {}
  for s, value in ipairs(way.values) do
    if value >= least and value > 0 then found[#found + 1] = s end
  end
  table.sort(found, function(a, b)
    if weights[a] ~= weights[b] then return weights[a] < weights[b] end
    return a < b
  end)
  return found
end

-- best[i][k]: the greatest sum of k values among candidates i and later.
local function sums_behind(way, found)
  local best, top = {}, {}
  for i = #found, 1, -1 do
    local value, n = way.values[found[i]], #top + 1
    while n > 1 and top[n - 1] < value do
      top[n] = top[n - 1]
      n = n - 1
    end
    top[n] = value
    top[way.stations + 1] = nil
    local row = { [0] = 0 }
    for k, one in ipairs(top) do row[k] = row[k - 1] + one end
    best[i] = row
  end
  best[#found + 1] = { [0] = 0 }
  return best
end

local function sorted(list)
  local copy = {}
  for i, s in ipairs(list) do copy[i] = s end
  table.sort(copy)
  return copy
end

--- Of all sets of so many stations that make a form hold, the lightest.
---@param way { values: integer[], top: integer[], stations: integer, slack:
--- integer, form: { need: integer } }
---@param weights integer[] by station
---@return integer[] stations ascending
---@return boolean is_lightest false where the search was given up
function lightest.choose(way, weights)
  local found, looks = candidates(way, weights), 0
  local behind, best, least = sums_behind(way, found), nil, nil
  local members = {}
  local function keep(weight)
    local own = sorted(members)
    if not best or weight < least
      or weight == least and lightest.is_before(own, best) then
      best, least = own, weight
    end
  end
  -- the lightest that could still be added stand next
  local function too_heavy(i, weight, left)
    if not best then return false end
    for n = i, math.min(i + left - 1, #found) do
      weight = weight + weights[found[n]]
    end
    return weight > least
  end
  local function extend(i, weight, value, left)
    looks = looks + 1
    if left == 0 then
      return value >= way.form.need and keep(weight) or nil
    end
    local most = behind[i] and behind[i][left]
    if not most or value + most < way.form.need or looks > LOOKS
      or too_heavy(i, weight, left) then
      return
    end
    members[#members + 1] = found[i]
    extend(i + 1, weight + weights[found[i]], value + way.values[found[i]],
      left - 1)
    members[#members] = nil
    return extend(i + 1, weight, value, left)
  end
  best = {}
  for n = 1, way.stations do best[n] = way.top[n] end
  table.sort(best)
  least = 0
  for _, s in ipairs(best) do least = least + weights[s] end
  extend(1, 0, 0, way.stations)
  return best, looks <= LOOKS
end

return lightest
