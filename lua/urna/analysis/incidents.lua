local apportion = require "urna.seats.apportion"
local calendar = require "urna.analysis.calendar"
local compat = require "urna.compat"
local csv = require "urna.writers.csv"
local entries = require "urna.readers.entries"
local errors = require "urna.errors"
local native = require "urna.native"
local places = require "urna.places"
local samples = require "urna.analysis.samples"
local shares = require "urna.analysis.shares"
local subjects = require "urna.subject"

--- What observers, teams, citizens and parties report, as records: counted,
--- tied to the records of the stations, and set against what a seat needs.
---
--- CSV has a row for each incident, under the headings (* must be there)
---   id
---   category *    in the observers' own words: "ballots photographed"
---   severity *    by legal effect: permitted, check, irregularity, serious,
---                 annulment, criminal
---   source *      observer, mobile_team, citizen, party
---   station       its place in the results: "Zemun/44"
---   place         where, if not at a station: "in front of the school"
---   municipality  else that of the station
---   from, to      2024-06-02T13:00, or a day
---   stations      where only a number is published: how many stations of the
---                 sample; then without a station
---   evidence      a reference: photograph, statement, link
---   provision     of the law: "116(a)"
---   note
---
--- What is reported is not what is proved, and neither is what happened.
local incidents = {}

--- By legal effect, the lightest first.
incidents.SEVERITIES = { "permitted", "check", "irregularity", "serious",
  "annulment", "criminal" }
incidents.SOURCES = { "observer", "mobile_team", "citizen", "party" }

---@class urna.Incidents
---@field rows table[] the incidents in the order given, with `unit` = the key
--- of the station in the results and `codes` = the checks that fired on it
---@field unmatched urna.Error[] stations that the results do not have
---@field titles table<string, string> of the checks that fired on stations
---@field ballots string? which ballots are counted: "ballots_in_box"
---@field needed table? { votes, how = "added" | "switched", list, seat_from }:
--- the fewest votes that change a seat
---@field unneeded string? why that is not known
---@field outcome table? whose seats those are
---@field asked table? the share that was asked for
---@field materiality table[] by severity and all above it, where results are
--- given: { severity, incidents, stations, ballots, missing, registered,
--- ratio = { num, den }, times = "3.49", could_move }: missing are stations
--- whose ballots are not known, or that the results do not have; could_move
--- that the ballots are as many as one move of votes needs, no more, and nil
--- where stations are missing that could make up for it
local Incidents = {}
Incidents.__index = Incidents
Incidents.kind = "incidents"

local OPTIONS = { "date", "findings", "outcome", "results", "rule", "sample",
  "share" }
local TYPES = { date = "string", findings = "table", outcome = "table",
  results = "string or table", rule = "string or table", sample = "table",
  share = "string or table" }

local RANK = {}
for i, name in ipairs(incidents.SEVERITIES) do RANK[name] = i end

-- ---- the form ----

local function moment(text)
  local found, message = calendar.parse(text)
  if not found then return nil, message end
  return text
end

local function check(row)
  if row.stations and row.station then
    return "stations", "is for a number alone, and a station is named here"
  elseif not (row.station or row.place or row.municipality
    or row.stations) then
    return "station", "is missing, and so are place and municipality"
  elseif row.to and not row.from then
    return "from", "is missing, though there is a time it lasted to"
  elseif row.to and calendar.compare(assert(calendar.parse(row.from)),
    assert(calendar.parse(row.to))) > 0 then
    return "to", "must not be before from"
  end
end

local FORM = { name = "incidents", check = check, columns = {
  { name = "id", kind = entries.text },
  { name = "category", kind = entries.text, required = true },
  { name = "severity", kind = entries.one_of(incidents.SEVERITIES),
    required = true },
  { name = "source", kind = entries.one_of(incidents.SOURCES),
    required = true },
  { name = "station", kind = entries.text },
  { name = "place", kind = entries.text },
  { name = "municipality", kind = entries.text },
  { name = "from", kind = moment },
  { name = "to", kind = moment },
  { name = "stations", kind = entries.count },
  { name = "evidence", kind = entries.text },
  { name = "provision", kind = entries.text },
  { name = "note", kind = entries.text },
} }

-- ---- the records of the stations ----

-- The ballots of a station: those in its box, else what comes nearest.
local BALLOTS = { "ballots_in_box", "valid_ballots", "valid_votes" }

local function ballots_of(results)
  for _, name in ipairs(BALLOTS) do
    if results:has(name) then
      local values, err = results:column(name)
      return values, values and name or err
    end
  end
  local values, err = results:list_sums()
  return values, values and "votes of the lists" or err
end

local function codes_by_unit(findings)
  local codes, titles = {}, {}
  for _, row in ipairs(findings and findings.rows or {}) do
    titles[row.code] = row.title
    for _, unit in ipairs(findings:units(row.code)) do
      codes[unit.key] = codes[unit.key] or {}
      table.insert(codes[unit.key], row.code)
    end
  end
  return codes, titles
end

-- Where a station is not found, that is said beside the incident, which stays.
local function tie_row(self, row, found, codes)
  local unit, err = found.results:find(row.station)
  if not unit then
    self.unmatched[#self.unmatched + 1] = errors.new(err.code, {
      file = row.file, line = row.line, field = "station",
      text = row.station, message = err.message })
    return
  end
  row.unit, row.codes = unit.key, codes[unit.key]
  row.municipality = row.municipality or unit.path[#unit.path - 1]
end

local function index_of(results)
  local index = {}
  for i, unit in ipairs(results.units) do index[unit.key] = i end
  return index
end

local function tie(self, results, findings)
  if not results.has then
    return nil, errors.new("no_records", { message =
      "incidents are tied to records; of these results only totals are known" })
  end
  local ballots, name = ballots_of(results)
  if not ballots then return nil, name end
  local registered, err
  if results:has("registered_voters") then
    registered, err = results:column("registered_voters")
    if not registered then return nil, err end
  end
  local found = { results = results, ballots = ballots,
    registered = registered, index = index_of(results) }
  local codes
  codes, self.titles = codes_by_unit(findings)
  for _, row in ipairs(self.rows) do
    if row.station then tie_row(self, row, found, codes) end
  end
  self.ballots = name
  return found
end

-- ---- what a seat needs ----

local function needed_of(outcome)
  local fewest = outcome.fewest_votes
  if outcome.decision ~= "decided" then
    return nil, "the outcome is " .. outcome.decision:gsub("_", " ")
  elseif not fewest then
    return nil, "the fewest votes that change a seat are not known"
  end
  local added, switched = fewest.added, fewest.switched
  if switched and (not added or switched <= added) then
    return { votes = switched, how = "switched", list = fewest.switched_list,
      seat_from = fewest.switched_seat_from }
  end
  return { votes = added, how = "added", list = fewest.list,
    seat_from = fewest.seat_from }
end

local function find_needed(self, results, options)
  local outcome, err = options.outcome, nil
  if not outcome then
    outcome, err = apportion.run(results, { rule = options.rule,
      date = options.date })
  end
  if not outcome then
    self.unneeded = err.message
    return
  end
  self.outcome = outcome
  self.needed, self.unneeded = needed_of(outcome)
end

-- ---- groups ----

-- What tells stations apart: the record, else the words.
local function station_of(row)
  if row.unit then return row.unit end
  return row.station and "?" .. places.fold((row.municipality or "") .. "/"
    .. row.station)
end

local function sum_at(values, index, keys)
  local sum, missing = 0, 0
  for _, key in ipairs(keys) do
    local value = values[index[key]]
    if value then sum = sum + value else missing = missing + 1 end
  end
  return sum, missing
end

-- Beside the votes that one move of them needs.
local function weigh(group, needed)
  if not needed then return end
  group.ratio = { native.reduce(group.ballots, needed.votes) }
  group.times = native.decimal(group.ballots, needed.votes, 2, 0)
  group.could_move = group.ballots >= needed.votes
  if not group.could_move and group.missing > 0 then
    group.could_move = nil -- what is too few may be enough with them
  end
end

local function group_of(self, key, rows)
  local group = { key = key, incidents = #rows, stations = 0 }
  local seen, units, worst = {}, {}, nil
  for _, row in ipairs(rows) do
    local station = station_of(row)
    if station and not seen[station] then
      seen[station], group.stations = true, group.stations + 1
      if row.unit then units[#units + 1] = row.unit end
    end
    if not worst or RANK[row.severity] > RANK[worst] then
      worst = row.severity
    end
    if row.stations then
      group.published = math.max(group.published or 0, row.stations)
    end
  end
  group.worst = worst
  local found = self.found
  if found then
    local ballots, missing = sum_at(found.ballots, found.index, units)
    group.ballots = ballots
    group.missing = missing + group.stations - #units
    group.registered = found.registered
      and sum_at(found.registered, found.index, units) or nil
    weigh(group, self.needed)
  end
  return group
end

local function hour(text)
  return text and text:match("T(%d%d:%d%d)")
end

local function window_of(row)
  local from, to = hour(row.from), hour(row.to)
  if not from then return row.from and row.from:sub(1, 10) end
  return from .. "-" .. (to or from)
end

local FIELDS = {
  category = function(row) return row.category end,
  municipality = function(row) return row.municipality end,
  severity = function(row) return row.severity end,
  source = function(row) return row.source end,
  window = window_of,
}

local function by_rank(a, b)
  return RANK[a.key] < RANK[b.key]
end

--- The incidents by one of their fields. Counts are of reports and of the
--- stations they name: not of stations at which nothing happened.
--- Fails: raises for a field that there is none of.
---@param field string "category", "severity", "municipality", "source" or
--- "window"
---@return table[] groups { key = "" where it is not said, incidents, stations,
--- published, worst, ballots, missing, registered, ratio, times, could_move }:
--- a key is one across scripts and case; stations are those that are named,
--- published the greatest number of those that are not; by severity from the
--- lightest, else bytewise by the folded key
function Incidents:by(field)
  if not FIELDS[field] then
    error(("incidents are grouped by %s, not by %s"):format(table.concat(
      compat.keys(FIELDS), ", "), tostring(field)), 2)
  end
  local rows, names, groups = {}, {}, {}
  for _, row in ipairs(self.rows) do
    local name = FIELDS[field](row) or ""
    local key = places.fold(name)
    rows[key], names[key] = rows[key] or {}, names[key] or name
    table.insert(rows[key], row)
  end
  for i, key in ipairs(compat.keys(rows)) do
    groups[i] = group_of(self, names[key], rows[key])
  end
  if field == "severity" then table.sort(groups, by_rank) end
  return groups
end

local function materiality(self)
  local found = {}
  for rank, severity in ipairs(incidents.SEVERITIES) do
    local rows = {}
    for _, row in ipairs(self.rows) do
      if RANK[row.severity] >= rank then rows[#rows + 1] = row end
    end
    if #rows > 0 then
      local group = group_of(self, severity, rows)
      group.severity, group.key = severity, nil
      found[#found + 1] = group
    end
  end
  return found
end

-- ---- shares ----

--- The share of a sample's stations that a category was reported of.
--- Fails: raises for a query of the wrong shape.
---@param query string|{ category: string, from: string?, to: string?, source:
--- string? } times of the day, "13:00": reports wholly within; source:
--- "observer" if not said
---@return table? share { category, from, to, source, num, den, n, percent,
--- low, high, effect, method, untimed, outside }
---@return urna.Error? err "not_a_sample", of what citizens, parties and mobile
--- teams report; "no_sample", "which_window", "counted_twice", "beyond_sample"
function Incidents:share(query)
  local asked = samples.query(query, 2)
  return samples.share(self.rows, self.sample, asked,
    { station = station_of, hour = hour })
end

-- What the sample's source reported of, each name once, in the order of the
-- folded names; and the windows in which numbers of stations are published.
local function sampled_categories(self)
  local names, windows = {}, {}
  for _, row in ipairs(self.rows) do
    if row.source == self.sample.source then
      local key = places.fold(row.category)
      names[key], windows[key] = names[key] or row.category, windows[key] or {}
      if row.stations then
        local from, to = hour(row.from), hour(row.to)
        windows[key][(from or "") .. "-" .. (to or "")] =
          { from = from, to = to }
      end
    end
  end
  return names, windows
end

-- A query for each published window; for stations that are named, the day.
local function queries_of(self)
  local queries = {}
  local names, windows = sampled_categories(self)
  for _, key in ipairs(compat.keys(names)) do
    local published = compat.keys(windows[key])
    for _, window in ipairs(published) do
      local times = windows[key][window]
      queries[#queries + 1] = { category = names[key], from = times.from,
        to = times.to }
    end
    if #published == 0 then
      queries[#queries + 1] = { category = names[key] }
    end
  end
  return queries
end

--- All shares that the sample has: of each category that its source reported,
--- in each window that a number is published for.
---@return table[] shares as of share, by the folded category, then the window
---@return table[] refused { category, code } of those there is none of
function Incidents:shares()
  local found, refused = {}, {}
  if not self.sample then return found, refused end
  for _, query in ipairs(queries_of(self)) do
    query.source = self.sample.source
    local share, err = self:share(query)
    if share then
      found[#found + 1] = share
    else
      refused[#refused + 1] = { category = query.category, code = err.code }
    end
  end
  return found, refused
end

--- The same share in another wave, or in another election.
---@param other urna.Incidents
---@param query string|table as for share
---@return table? { before, after, difference = { points, low, high, method }
--- }: after is this one
---@return urna.Error? err "windows_differ", or of a share
function Incidents:compare(other, query)
  local asked = samples.query(query, 2)
  local after, err = self:share(asked)
  if not after then return nil, err end
  local before
  before, err = other:share(asked)
  if not before then return nil, err end
  if before.from ~= after.from or before.to ~= after.to then
    return nil, errors.new("windows_differ", { text = asked.category,
      message = ("%q is reported of %s in one and of %s in the other: what is "
        .. "counted over more time is more"):format(asked.category,
        samples.window(before), samples.window(after)) })
  end
  return { before = before, after = after,
    difference = shares.difference(before, after) }
end

-- ---- all of it ----

local function results_of(options)
  local given = options.results
  if given == nil then return nil end
  return subjects.results(given)
end

-- What the records say of them, and the share that is asked for.
local function tell(self, results, options)
  local err
  if results then
    self.found, err = tie(self, results, options.findings)
    if not self.found then return nil, err end
    find_needed(self, results, options)
    self.materiality = materiality(self)
  end
  if options.share then
    self.asked, err = self:share(options.share)
    if not self.asked then return nil, err end
  end
  return self
end

--- The incidents of a file or a table.
--- Fails: raises for an option of the wrong type.
---@param subject string|table a path, { text = ... }, or an array of tables
---@param options { results: string|table?, findings: table?, outcome: table?,
--- rule: string|table?, date: string?, sample: table?, share: string|table?
--- }? results: to tie stations to; findings: of urna.check, of the same
--- results; outcome: else that of the results; sample: { stations = 450, or the
--- places of all of them, source = "observer", effect = 1.5 or size and rho, or
--- clusters = true }; share: a query as for share, to be told beside the rest
---@return urna.Incidents?
---@return urna.Error? err all bad cells in its items; "no_records"; or of the
--- share
function incidents.run(subject, options)
  options = options or {}
  errors.check_options("incidents", options, OPTIONS, 2)
  errors.check_types("incidents", options, TYPES, 2)
  local sample = options.sample and samples.check(options.sample, 2)
  local rows, err = entries.read(subject, FORM)
  if not rows then return nil, err end
  local results
  results, err = results_of(options)
  if options.results ~= nil and not results then return nil, err end
  local self = setmetatable({ rows = rows, unmatched = {}, titles = {},
    sample = sample, materiality = {} }, Incidents)
  local done
  done, err = tell(self, results, options)
  return done, err
end

-- ---- how it leaves ----

local HEADER = { "id", "category", "severity", "source", "station", "unit",
  "place", "municipality", "from", "to", "stations", "evidence", "provision",
  "note", "codes" }

--- As CSV, a row for each incident.
---@return string
function Incidents:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = {}
    for j, name in ipairs(HEADER) do rows[i][j] = row[name] end
    rows[i][#HEADER] = row.codes and table.concat(row.codes, " ")
  end
  return csv.encode(rows, HEADER)
end

local GROUP_HEADER = { "key", "incidents", "stations", "worst", "ballots",
  "missing", "registered", "times" }

--- The groups by a field as CSV.
---@param field string as for by
---@return string
function Incidents:groups_csv(field)
  local rows = {}
  for i, group in ipairs(self:by(field)) do
    rows[i] = {}
    for j, name in ipairs(GROUP_HEADER) do rows[i][j] = group[name] end
  end
  local header = { field }
  for i = 2, #GROUP_HEADER do header[i] = GROUP_HEADER[i] end
  return csv.encode(rows, header)
end

local function counted(count, word)
  return ("%d %s%s"):format(count, word, count == 1 and "" or "s")
end

local function group_line(group)
  return ("  %s: %s, %s%s, up to %s"):format(group.key == "" and "(not said)"
    or group.key, counted(group.incidents, "report"),
    counted(group.stations, "station"), group.published
    and (" named, %d published"):format(group.published) or "", group.worst)
end

local function add_groups(lines, self, field)
  if #self.rows == 0 then return end
  lines[#lines + 1] = "by " .. field .. ":"
  for _, group in ipairs(self:by(field)) do
    lines[#lines + 1] = group_line(group)
  end
end

local function weight_text(group, needed)
  if not needed then return "" end
  local verdict = group.could_move and "could move a seat"
    or group.could_move == nil and "not known, stations are missing"
    or "fewer than one move of votes that changes a seat"
  return ("; %s times what a seat needs: %s"):format(group.times, verdict)
end

local function add_materiality(lines, self)
  if #self.materiality == 0 then return end
  local needed = self.needed
  lines[#lines + 1] = needed
    and ("what the stations hold (%s), and a seat changes with %s %s%s:")
      :format(self.ballots, counted(needed.votes, "vote"), needed.how,
      needed.list and (" (to %s)"):format(needed.list) or "")
    or ("what the stations hold (%s); %s:"):format(self.ballots,
      self.unneeded)
  for _, group in ipairs(self.materiality) do
    lines[#lines + 1] = ("  %s or above: %s, %s%s%s"):format(group.severity,
      counted(group.stations, "station"), counted(group.ballots, "ballot"),
      group.missing > 0 and (" (of %d not known)"):format(group.missing) or "",
      weight_text(group, needed))
  end
  lines[#lines + 1] = "whether leaving stations out would move one is another "
    .. "question (urna annul)"
end

--- As text. Reports are counted; nothing is said of what they prove.
---@return string
function Incidents:text()
  local lines = { ("%s (what was reported, not what was proved)"):format(
    counted(#self.rows, "incident")) }
  for _, field in ipairs { "category", "severity", "source", "municipality",
    "window" } do
    add_groups(lines, self, field)
  end
  add_materiality(lines, self)
  for _, err in ipairs(self.unmatched) do
    lines[#lines + 1] = "not tied to a record: " .. tostring(err)
  end
  return table.concat(lines, "\n") .. "\n"
end

return incidents
