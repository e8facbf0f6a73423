local swing = require "urna.analysis.swing"

--- Polling stations whose change stands out from that of their peers. With d
--- the change of a share, z = (d - median) / sqrt((1.4826 MAD)^2 + noise); the
--- noise p q (1/n1 + 1/n2) is what chance does to a share of few ballots: small
--- stations do not stand out by it. Peers are the stations of the innermost
--- place that has enough of them. MAD holds some of that noise already, so z is
--- rather too small. A change that stands out is not explained by that of the
--- peers; it says nothing of why.
--- Source: median and MAD, Rousseeuw & Croux, JASA 88(424), 1993, p. 1273.
local outliers = {}

outliers.LEAST = 8    -- peers, below which none is judged
outliers.BEYOND = 4   -- |z|

local CONSISTENT = 1.4826 -- MAD of a normal distribution to its deviation

local function median(sorted)
  local n = #sorted
  local middle = (n - n % 2) / 2
  if n % 2 == 1 then return sorted[middle + 1] end
  return (sorted[middle] + sorted[middle + 1]) / 2
end

-- Median and deviation of values, both in their own unit.
local function spread_of(values)
  local sorted = {}
  for i, value in ipairs(values) do sorted[i] = value end
  table.sort(sorted)
  local centre = median(sorted)
  for i, value in ipairs(values) do sorted[i] = math.abs(value - centre) end
  table.sort(sorted)
  return centre, CONSISTENT * median(sorted)
end

-- The variance that chance gives to the difference of two shares.
local function noise(before, after)
  local p = (before.num + after.num) / (before.den + after.den)
  return p * (1 - p) * (1 / before.den + 1 / after.den)
end

-- 2 (1 - Phi(z)): how often |z| is beyond it by chance. Source: Press et al.,
-- Numerical Recipes, 2nd ed., 1992, 6.2: relative error below 1.2e-7.
local CHEBYSHEV = { 0.17087277, -0.82215223, 1.48851587, -1.13520398,
  0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223 }

function outliers.chance(z)
  local x = math.abs(z) / math.sqrt(2)
  local t, sum = 1 / (1 + x / 2), 0
  for _, factor in ipairs(CHEBYSHEV) do sum = sum * t + factor end
  return t * math.exp(-x * x + sum)
end

-- Usable pairs by place, at each depth: "" is everywhere.
local function by_place(rows)
  local peers = {}
  for _, row in ipairs(rows) do
    for _, place in ipairs(row.places) do
      peers[place] = peers[place] or {}
      table.insert(peers[place], row.change)
    end
  end
  return peers
end

-- Median and deviation of each place that has enough stations.
-- Each by itself, so that the order of the places is of no matter.
local function spreads(rows, least)
  local found = {}
  for place, changes in pairs(by_place(rows)) do
    if #changes >= least then
      local centre, deviation = spread_of(changes)
      found[place] = { place = place, n = #changes, median = centre,
        deviation = deviation }
    end
  end
  return found
end

local function peers_of(row, found)
  for n = #row.places, 1, -1 do
    local peers = found[row.places[n]]
    if peers then return peers end
  end
end

local function excluded(counts, reason)
  counts[reason] = (counts[reason] or 0) + 1
end

-- The units of which both shares are known; why the others are not.
local function usable(units, measure, counts)
  local rows = {}
  for _, unit in ipairs(units) do
    local before, after = measure.share(unit)
    if not before or not after then
      excluded(counts, "missing")
    elseif before.den == 0 or after.den == 0 then
      excluded(counts, "nobody")
    else
      rows[#rows + 1] = { unit = unit, before = before, after = after,
        places = unit.places, change = swing.points(before, after) / 100 }
    end
  end
  return rows
end

-- The robust z of a unit and the noise in it; nil where nothing varies.
local function z_of(row, peers)
  local variance = noise(row.before, row.after)
  local scale = math.sqrt(peers.deviation * peers.deviation + variance)
  if scale == 0 then return nil end
  return (row.change - peers.median) / scale, variance
end

local function judged(row, peers, measure, z, variance)
  local unit = row.unit
  return { key = unit.key, measure = measure.name, kind = measure.kind,
    before = swing.share(row.before.num, row.before.den),
    after = swing.share(row.after.num, row.after.den),
    change = swing.change(row.before, row.after),
    median_points = 100 * peers.median,
    deviation_points = 100 * peers.deviation,
    noise_points = 100 * math.sqrt(variance), peers = peers.n,
    peers_place = peers.place, z = z, is_linked = unit.is_linked or nil,
    has_jumped = unit.has_jumped or nil, places = unit.files }
end

local function one_measure(units, measure, options, rows)
  local about = { measure = measure.name, kind = measure.kind, n = 0,
    beyond = 0, excluded = {} }
  local known = usable(units, measure, about.excluded)
  local found = spreads(known, options.least)
  for _, row in ipairs(known) do
    local peers = peers_of(row, found)
    local z, variance
    if peers then z, variance = z_of(row, peers) end
    if not peers then
      excluded(about.excluded, "few_peers")
    elseif not z then
      excluded(about.excluded, "no_spread")
    else
      about.n = about.n + 1
      if math.abs(z) > options.beyond then
        about.beyond = about.beyond + 1
        rows[#rows + 1] = judged(row, peers, measure, z, variance)
      end
    end
  end
  about.by_chance = about.n * outliers.chance(options.beyond)
  return about
end

--- The stations that stand out, the farthest first.
---@param units { key: string, places: string[], is_linked: boolean? }[] places:
--- the keys of the places a station is in, "" first, the innermost last
---@param measures { name: string, kind: string, share: fun(unit: table):
--- table?, table? }[] share: before and after, as { num, den }
---@param options { least: integer?, beyond: number? }?
---@return { least: integer, beyond: number, rows: table[], measures: table[] }
--- rows: { key, measure, kind, before, after, change, median_points,
--- deviation_points, noise_points, peers, peers_place, z }; measures: {
--- measure, kind, n = stations judged, beyond, by_chance = how many of them
--- chance alone would give if all were normal, excluded = { missing, nobody,
--- few_peers, no_spread } }
function outliers.find(units, measures, options)
  local job = { least = options and options.least or outliers.LEAST,
    beyond = options and options.beyond or outliers.BEYOND }
  local found = { least = job.least, beyond = job.beyond, rows = {},
    measures = {} }
  for i, measure in ipairs(measures) do
    found.measures[i] = one_measure(units, measure, job, found.rows)
  end
  for i, row in ipairs(found.rows) do row.order = i end
  table.sort(found.rows, function(a, b)
    local x, y = math.abs(a.z), math.abs(b.z)
    if x ~= y then return x > y end
    return a.order < b.order
  end)
  for _, row in ipairs(found.rows) do row.order = nil end
  return found
end

return outliers
