local errors = require "urna.errors"
local places = require "urna.places"
local shares = require "urna.analysis.shares"

--- Shares of the stations that observers were sent to. Only a sample that was
--- drawn has shares: nobody knows of how many a citizen's report is one.
local samples = {}

local SAMPLE = { "clusters", "effect", "rho", "size", "source", "stations" }
local QUERY = { "category", "from", "source", "to" }
local QUERY_TYPES = { category = "string", from = "string", source = "string",
  to = "string" }

local NOT_DRAWN = {
  citizen = "citizens report what they see where they are: how many would "
    .. "have reported nothing is not known, so their reports are counts and "
    .. "have no share",
  mobile_team = "mobile teams go where something is reported: their reports "
    .. "are counts and have no share",
  party = "parties report what they choose to: their reports are counts and "
    .. "have no share",
}

-- ---- what is asked ----

local function number(sample, name, least, most, level)
  local value = sample[name]
  if value == nil then return end
  if type(value) ~= "number" or value < least or value > (most or value) then
    error(("sample.%s must be a number from %d%s"):format(name, least,
      most and (" to %d"):format(most) or ""), level + 1)
  end
end

local function check_stations(stations, level)
  local count = type(stations) == "table" and #stations or stations
  if type(count) ~= "number" or count < 1 or count % 1 ~= 0 then
    error("sample.stations must be how many there are, or their places",
      level + 1)
  end
  return count
end

--- A sample as it is worked with.
--- Fails: raises for what is none.
---@param sample table
---@param level integer as for errors.check_options
---@return table { n, source, places, design, clusters }
function samples.check(sample, level)
  errors.check_options("sample", sample, SAMPLE, level + 1)
  local found = { n = check_stations(sample.stations, level + 1),
    source = sample.source or "observer", clusters = sample.clusters }
  number(sample, "effect", 1, nil, level + 1)
  number(sample, "size", 1, nil, level + 1)
  number(sample, "rho", 0, 1, level + 1)
  if NOT_DRAWN[found.source] then
    error(("sample.source: %s"):format(NOT_DRAWN[found.source]), level + 1)
  elseif (sample.size == nil) ~= (sample.rho == nil) then
    error("sample.size and sample.rho belong together", level + 1)
  elseif sample.clusters and type(sample.stations) ~= "table" then
    error("sample.clusters needs the places of all stations, \"Zemun/44\"",
      level + 1)
  end
  if sample.effect then
    found.design = { effect = sample.effect, how = "as given" }
  elseif sample.size then
    found.design = shares.by_cluster(sample.size, sample.rho)
  end
  if type(sample.stations) == "table" then found.places = sample.stations end
  return found
end

local function clock(query, name, level)
  local text = query[name]
  if text and not text:find("^[012]%d:[0-5]%d$") then
    error(("%s must be a time of the day, \"13:00\", not %q"):format(name,
      text), level + 1)
  end
end

--- A query of a share.
--- Fails: raises for one of the wrong shape.
---@param query string|table
---@param level integer
---@return table
function samples.query(query, level)
  if type(query) == "string" then query = { category = query } end
  errors.check_options("share", query, QUERY, level + 1)
  errors.check_types("share", query, QUERY_TYPES, level + 1)
  if not query.category then
    error("share: say which category", level + 1)
  end
  clock(query, "from", level + 1)
  clock(query, "to", level + 1)
  return query
end

--- A share's time window in words.
function samples.window(share)
  if not share.from and not share.to then return "the whole day" end
  return ("%s to %s"):format(share.from or "the opening",
    share.to or "the closing")
end

-- ---- what is counted ----

local function refuse(code, query, message)
  return nil, errors.new(code, { text = query.category, message = message })
end

-- Whether a report is wholly within the window; nil where it has no time.
local function is_within(row, query, hour)
  if not query.from and not query.to then return true end
  local from, to = hour(row.from), hour(row.to) or hour(row.from)
  if not from then return nil end
  return (not query.from or from >= query.from)
    and (not query.to or to <= query.to)
end

local function of_category(rows, sample, query)
  local found, wanted = {}, places.fold(query.category)
  for _, row in ipairs(rows) do
    if row.source == sample.source
      and places.fold(row.category) == wanted then
      found[#found + 1] = row
    end
  end
  return found
end

-- A published number of stations, where there is one. It stands for its own
-- window only: a number up to 19 h says nothing of that up to 13 h.
local function published(rows, query, hour)
  local found, windows = nil, 0
  for _, row in ipairs(rows) do
    local from, to = hour(row.from), hour(row.to)
    local fits = (not query.from or query.from == from)
      and (not query.to or query.to == to)
    if row.stations and fits then
      found, windows = { num = row.stations, from = from, to = to },
        windows + 1
    end
  end
  if windows > 1 then
    return refuse("which_window", query, ("%q has %d numbers of stations: say "
      .. "of which window, from and to"):format(query.category, windows))
  end
  return found
end

-- A sampled station by any of its names: without records, by the words alone.
local function sampled_set(sample)
  if not sample.places then return nil end
  local set = {}
  for _, place in ipairs(sample.places) do
    set[places.fold(place)] = place
  end
  return set
end

local function is_sampled(set, row)
  if not set then return true end
  if row.station and set[places.fold(row.station)] then return true end
  for name in pairs(set) do
    if row.unit and places.ends_with(places.fold(row.unit), name) then
      return true
    end
  end
  return false
end

local function count(rows, sample, query, read)
  local found = { num = 0, untimed = 0, outside = 0, seen = {} }
  local set = sampled_set(sample)
  for _, row in ipairs(rows) do
    local within = not row.stations and is_within(row, query, read.hour)
    local station = read.station(row)
    if within == nil then
      found.untimed = found.untimed + 1
    elseif within and (not station or not is_sampled(set, row)) then
      found.outside = found.outside + 1
    elseif within and not found.seen[station] then
      found.seen[station] = row
      found.num = found.num + 1
    end
  end
  return found
end

-- ---- the design ----

local function cluster_name(place)
  return places.fold(place:match("^(.*)/") or "")
end

-- The folded names of reported stations: as they were called, and as the
-- results call them.
local function folded_names(seen)
  local names, paths = {}, {}
  for station, row in pairs(seen) do -- a set and a list to search: no order
    names[places.fold(row.station)] = true
    paths[#paths + 1] = places.fold(station)
  end
  return names, paths
end

local function is_reported(place, names, paths)
  if names[place] then return true end
  for _, path in ipairs(paths) do
    if places.ends_with(path, place) then return true end
  end
  return false
end

-- How many sampled stations of each cluster there are, and how many of these
-- were reported, in the order of the sample.
local function clusters_of(sample, seen)
  local by, list = {}, {}
  local names, paths = folded_names(seen)
  for _, place in ipairs(sample.places) do
    local name = cluster_name(place)
    local cluster = by[name]
    if not cluster then
      cluster = { y = 0, m = 0 }
      by[name], list[#list + 1] = cluster, cluster
    end
    cluster.m = cluster.m + 1
    if is_reported(places.fold(place), names, paths) then
      cluster.y = cluster.y + 1
    end
  end
  return list
end

local function design_of(sample, found)
  if sample.design then return sample.design end
  if not sample.clusters or not found.seen then return nil end
  return shares.from_clusters(clusters_of(sample, found.seen))
end

local function counted(rows, sample, query, read)
  local total, err = published(rows, query, read.hour)
  if err then return nil, err end
  local found = count(rows, sample, query, read)
  if total and found.num > 0 then
    return refuse("counted_twice", query, ("of %q there are single stations "
      .. "and a number of stations: which of them is counted?"):format(
      query.category))
  end
  if not total then return found end
  return { num = total.num, from = total.from, to = total.to, untimed = 0,
    outside = 0 }
end

--- A share of a sample; see urna.analysis.incidents.
---@param rows table[]
---@param sample table? from samples.check
---@param query table from samples.query
---@param read { station: function, hour: function } of a row
---@return table?
---@return urna.Error?
function samples.share(rows, sample, query, read)
  local source = query.source or sample and sample.source or "observer"
  if NOT_DRAWN[source] then
    return refuse("not_a_sample", query, NOT_DRAWN[source])
  elseif not sample then
    return refuse("no_sample", query, "a share is of a sample: say how many "
      .. "stations were observed, sample = { stations = 450 }")
  elseif source ~= sample.source then
    return refuse("not_a_sample", query, ("the sample is of %s, not of %s")
      :format(sample.source, source))
  end
  local found, err = counted(of_category(rows, sample, query), sample, query,
    read)
  if not found then return nil, err end
  if found.num > sample.n then
    return refuse("beyond_sample", query, ("%d stations are reported of %q, "
      .. "and the sample has %d"):format(found.num, query.category,
      sample.n))
  end
  local share = shares.of(found.num, sample.n, design_of(sample, found))
  share.category, share.source = query.category, source
  share.from, share.to = query.from or found.from, query.to or found.to
  share.untimed, share.outside = found.untimed, found.outside
  return share
end

return samples
