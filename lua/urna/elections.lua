local compat = require "urna.compat"
local errors = require "urna.errors"

--- The registry of the embedded elections: official results with their
--- sources. An election is one file under urna/elections and one row here;
--- its file is read only when it is asked for.
local elections = {}

---@class urna.ElectionRow
---@field id string "rs/belgrade/2024-06-02"
---@field alias string "belgrade-2024"
---@field country string "rs"
---@field body string "belgrade"
---@field date string election day, "2024-06-02"
---@field name string in English
---@field module string the module that holds its figures

--- All of them, in bytewise order of their ids. Read only; `elections.list`
--- gives copies.
---@type urna.ElectionRow[]
elections.index = {
  { id = "rs/belgrade/2014-03-16", alias = "belgrade-2014",
    country = "rs", body = "belgrade", date = "2014-03-16",
    name = "City Assembly of Belgrade, 16 March 2014",
    module = "urna.elections.rs_belgrade_2014_03_16" },
  { id = "rs/belgrade/2018-03-04", alias = "belgrade-2018",
    country = "rs", body = "belgrade", date = "2018-03-04",
    name = "City Assembly of Belgrade, 4 March 2018",
    module = "urna.elections.rs_belgrade_2018_03_04" },
  { id = "rs/belgrade/2022-04-03", alias = "belgrade-2022",
    country = "rs", body = "belgrade", date = "2022-04-03",
    name = "City Assembly of Belgrade, 3 April 2022",
    module = "urna.elections.rs_belgrade_2022_04_03" },
  { id = "rs/belgrade/2023-12-17", alias = "belgrade-2023",
    country = "rs", body = "belgrade", date = "2023-12-17",
    name = "City Assembly of Belgrade, 17 December 2023",
    module = "urna.elections.rs_belgrade_2023_12_17" },
  { id = "rs/belgrade/2024-06-02", alias = "belgrade-2024",
    country = "rs", body = "belgrade", date = "2024-06-02",
    name = "City Assembly of Belgrade, 2 June 2024",
    module = "urna.elections.rs_belgrade_2024_06_02" },
  { id = "rs/nis/2024-06-02", alias = "nis-2024",
    country = "rs", body = "nis", date = "2024-06-02",
    name = "City Assembly of Niš, 2 June 2024",
    module = "urna.elections.rs_nis_2024_06_02" },
  { id = "rs/novi-sad/2024-06-02", alias = "novi-sad-2024",
    country = "rs", body = "novi-sad", date = "2024-06-02",
    name = "City Assembly of Novi Sad, 2 June 2024",
    module = "urna.elections.rs_novi_sad_2024_06_02" },
  { id = "rs/parliament/2007-01-21", alias = "parliament-2007",
    country = "rs", body = "parliament", date = "2007-01-21",
    name = "National Assembly of Serbia, 21 January 2007",
    module = "urna.elections.rs_parliament_2007_01_21" },
  { id = "rs/parliament/2008-05-11", alias = "parliament-2008",
    country = "rs", body = "parliament", date = "2008-05-11",
    name = "National Assembly of Serbia, 11 May 2008",
    module = "urna.elections.rs_parliament_2008_05_11" },
  { id = "rs/parliament/2012-05-06", alias = "parliament-2012",
    country = "rs", body = "parliament", date = "2012-05-06",
    name = "National Assembly of Serbia, 6 May 2012",
    module = "urna.elections.rs_parliament_2012_05_06" },
  { id = "rs/parliament/2014-03-16", alias = "parliament-2014",
    country = "rs", body = "parliament", date = "2014-03-16",
    name = "National Assembly of Serbia, 16 March 2014",
    module = "urna.elections.rs_parliament_2014_03_16" },
  { id = "rs/parliament/2016-04-24", alias = "parliament-2016",
    country = "rs", body = "parliament", date = "2016-04-24",
    name = "National Assembly of Serbia, 24 April 2016",
    module = "urna.elections.rs_parliament_2016_04_24" },
  { id = "rs/parliament/2020-06-21", alias = "parliament-2020",
    country = "rs", body = "parliament", date = "2020-06-21",
    name = "National Assembly of Serbia, 21 June 2020",
    module = "urna.elections.rs_parliament_2020_06_21" },
  { id = "rs/parliament/2022-04-03", alias = "parliament-2022",
    country = "rs", body = "parliament", date = "2022-04-03",
    name = "National Assembly of Serbia, 3 April 2022",
    module = "urna.elections.rs_parliament_2022_04_03" },
  { id = "rs/parliament/2023-12-17", alias = "parliament-2023",
    country = "rs", body = "parliament", date = "2023-12-17",
    name = "National Assembly of Serbia, 17 December 2023",
    module = "urna.elections.rs_parliament_2023_12_17" },
  { id = "rs/vojvodina/2016-04-24", alias = "vojvodina-2016",
    country = "rs", body = "vojvodina", date = "2016-04-24",
    name = "Assembly of Vojvodina, 24 April 2016",
    module = "urna.elections.rs_vojvodina_2016_04_24" },
  { id = "rs/vojvodina/2020-06-21", alias = "vojvodina-2020",
    country = "rs", body = "vojvodina", date = "2020-06-21",
    name = "Assembly of Vojvodina, 21 June 2020",
    module = "urna.elections.rs_vojvodina_2020_06_21" },
  { id = "rs/vojvodina/2023-12-17", alias = "vojvodina-2023",
    country = "rs", body = "vojvodina", date = "2023-12-17",
    name = "Assembly of Vojvodina, 17 December 2023",
    module = "urna.elections.rs_vojvodina_2023_12_17" },
}

-- Partial counts, quick counts and the like, by the election they belong to.
local SNAPSHOTS = {
  ["bg-2023-prelim-92.46"] = "rs/belgrade/2023-12-17",
  ["bg-2023-quick-count"] = "rs/belgrade/2023-12-17",
  ["bg-2024-06-02-prelim-92.09"] = "rs/belgrade/2024-06-02",
  ["rs-2023-abroad"] = "rs/parliament/2023-12-17",
  ["rs-2023-count-curve"] = "rs/parliament/2023-12-17",
  ["rs-2023-quick-count"] = "rs/parliament/2023-12-17",
  ["vo-2023-prelim-1696"] = "rs/vojvodina/2023-12-17",
}

local FILTERS = { body = "string", country = "string", partial = "boolean" }

-- What a snapshot has in common with its election.
local SHARED = { "country", "body", "date", "rule", "seats",
  "units_expected" }

local function row_of(name)
  for _, row in ipairs(elections.index) do
    if row.id == name or row.alias == name then return row end
  end
end

local function names()
  local known = {}
  for _, row in ipairs(elections.index) do
    known[#known + 1], known[#known + 2] = row.alias, row.id
  end
  local snapshots = {}
  for id in pairs(SNAPSHOTS) do snapshots[#snapshots + 1] = id end
  table.sort(snapshots)
  for _, id in ipairs(snapshots) do known[#known + 1] = id end
  return known
end

-- Up to three names near to a misspelt one, the nearest first.
local function near(name)
  local found, known = {}, names()
  while #found < 3 do
    local nearest = errors.nearest(name, known)
    if not nearest then break end
    found[#found + 1] = nearest
    for i = #known, 1, -1 do
      if known[i] == nearest then table.remove(known, i) end
    end
  end
  return found
end

local function unknown(name)
  local found = near(name)
  local guess = #found > 0
    and ("; did you mean %s?"):format(table.concat(found, ", ")) or ";"
  return nil, errors.new("unknown_election", { text = name, message = (
    "no embedded election is called %q%s 'urna elections' or " ..
    "urna.elections() lists all %d"):format(name, guess, #elections.index) })
end

-- The lists of a snapshot: what it does not say of a list, its election does.
local function full_lists(snapshot, election)
  local known, lists = {}, compat.copy(snapshot.lists)
  for _, list in ipairs(election.lists) do known[list.key] = list end
  for _, list in ipairs(lists) do
    local whole = known[list.key] or {}
    list.colour = list.colour or whole.colour
    list.names = list.names or compat.copy(whole.names)
    list.shorts = list.shorts or compat.copy(whole.shorts)
  end
  return lists
end

local function has_votes(snapshot)
  if snapshot.kind ~= "preliminary" then return false end
  for _, list in ipairs(snapshot.lists) do
    if not list.votes then return false end
  end
  return true
end

-- A partial count as an election of its own, without the figures of the end.
local function partial(snapshot, election)
  local count = compat.copy(snapshot)
  for _, key in ipairs(SHARED) do count[key] = election[key] end
  count.lists = full_lists(snapshot, election)
  count.fields = count.fields or {}
  count.count_status = "preliminary"
  count.partial = { of = election.id, stations = snapshot.stations,
    stations_total = snapshot.stations_total,
    share_of_stations = snapshot.share_of_stations }
  count.sources = { snapshot.source }
  count.notes, count.note, count.source = snapshot.note, nil, nil
  return count
end

local function find_snapshot(id)
  local election = require(row_of(SNAPSHOTS[id]).module)
  for _, snapshot in ipairs(election.snapshots) do
    if snapshot.id == id and has_votes(snapshot) then
      return partial(snapshot, election)
    end
  end
  return nil, errors.new("election_without_votes", { text = id, message = (
    "%s does not hold the votes of every list; it stands among the " ..
    "snapshots of %s"):format(id, election.id) })
end

--- An embedded election, as a copy that may be changed.
---@param name string id, alias, or id of a partial count: then an election
--- of its own with the lists and fields of that count, count_status
--- "preliminary" and partial = { of, share_of_stations = "92.09", ... }
---@return table? election plain data
---@return urna.Error? err "unknown_election" with the nearest names, or
--- "election_without_votes" for a snapshot that is no full count of lists
function elections.find(name)
  if type(name) ~= "string" then
    error("an election is found by its id or alias", 2)
  end
  local row = row_of(name)
  if row then return compat.copy(require(row.module)) end
  if SNAPSHOTS[name] then return find_snapshot(name) end
  return unknown(name)
end

local function values_of(field)
  local seen, values = {}, {}
  for _, row in ipairs(elections.index) do
    if not seen[row[field]] then values[#values + 1] = row[field] end
    seen[row[field]] = true
  end
  table.sort(values)
  return values, seen
end

--- Whether there is anything that a filter may name.
---@param filter { country: string?, body: string? }
---@return true?
---@return urna.Error? err "unknown_country" or "unknown_body", with what there
--- is
function elections.check(filter)
  for _, field in ipairs { "country", "body" } do
    local values, known = values_of(field)
    if filter[field] and not known[filter[field]] then
      return nil, errors.new("unknown_" .. field, { text = filter[field],
        message = ("no embedded election has the %s %q; there is %s"):format(
          field, filter[field], table.concat(values, ", ")) })
    end
  end
  return true
end

local function check_filter(filter)
  if type(filter) ~= "table" then
    error("elections takes a table: country, body, partial", 3)
  end
  for key, value in pairs(filter) do
    if not FILTERS[key] then
      error(("elections are chosen by country and body, not by %s"):format(
        tostring(key)), 3)
    elseif type(value) ~= FILTERS[key] then
      error(("elections: %s must be a %s"):format(key, FILTERS[key]), 3)
    end
  end
  local done, err = elections.check(filter)
  if not done then error(tostring(err), 3) end
end

-- A row for a partial count as for an election; it has no alias.
local function partial_row(id)
  local row = row_of(SNAPSHOTS[id])
  for _, snapshot in ipairs(require(row.module).snapshots) do
    if snapshot.id == id and has_votes(snapshot) then
      return { id = id, of = row.id, country = row.country, body = row.body,
        date = row.date, name = snapshot.name or row.name,
        share_of_stations = snapshot.share_of_stations }
    end
  end
end

local function partial_rows()
  local rows = {}
  for id in pairs(SNAPSHOTS) do rows[#rows + 1] = partial_row(id) end
  table.sort(rows, function(a, b) return a.id < b.id end)
  return rows
end

--- The rows of the index that match, without reading any election.
--- Fails: raises for a country or a body that no election has, with what there
--- is.
---@param filter { country: string?, body: string?, partial: boolean? }?
--- partial: instead the partial counts that can be reported, each { id, of =
--- the election's id, country, body, date, name, share_of_stations }
---@return urna.ElectionRow[] rows copies, in bytewise order of their ids
function elections.list(filter)
  filter = filter or {}
  check_filter(filter)
  local rows = {}
  for _, row in ipairs(filter.partial and partial_rows() or elections.index) do
    local wanted = row.country == (filter.country or row.country)
      and row.body == (filter.body or row.body)
    if wanted then rows[#rows + 1] = compat.copy(row) end
  end
  return rows
end

return elections
