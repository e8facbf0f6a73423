local elections = require "urna.elections"
local entries = require "urna.readers.entries"
local errors = require "urna.errors"
local native = require "urna.native"
local places = require "urna.places"
local shares = require "urna.analysis.shares"
local subjects = require "urna.subject"

--- The turnout of one election day as its sources reported it by the hour:
--- embedded with an election, in CSV, or as a table.
---
--- CSV has a row for each source and hour, under the headings
---   source *            who says so: GIK, CRTA, CeSID/Ipsos
---   time *              10:00, or final
---   percent             of registered voters, 9.9; or in its place both of
---   voters, registered_voters
---   margin              of a sample, in points, at 95 %
---   stations            how many have reported
---   stations_expected   of how many
---   sample              how many stations the source looks at
---   note
local series = {}

---@class urna.TurnoutPoint
---@field time string "10:00"
---@field minutes integer since midnight
---@field num integer of the turnout as an exact ratio
---@field den integer
---@field percent string "9.90"
---@field margin { [1]: integer, [2]: integer }? in points, exact
---@field stations integer?
---@field stations_expected integer?

local function clock(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  if not hour or tonumber(hour) > 23 or tonumber(minute) > 59 then
    return nil, "must be a time of the day, 10:00"
  end
  return ("%02d:%s"):format(tonumber(hour), minute)
end

series.clock = clock

--- Minutes since midnight of a time from series.clock.
function series.minutes(time)
  return tonumber(time:sub(1, 2)) * 60 + tonumber(time:sub(4))
end

local function clock_or_final(text)
  if text == "final" then return text end
  local time = clock(text)
  if time then return time end
  return nil, "must be a time of the day, 10:00, or final"
end

-- Exactly one way to say how many came, and not more than there are.
local function check(row)
  local counts = row.voters or row.registered_voters
  if row.percent and counts then
    return "percent", "stands beside voters: only one of them can be meant"
  elseif not row.percent and not counts then
    return "percent", "is missing, and so are voters and registered_voters"
  elseif counts and not (row.voters and row.registered_voters) then
    return row.voters and "registered_voters" or "voters", "is missing"
  elseif counts and row.registered_voters == 0 then
    return "registered_voters", "must be above 0"
  elseif counts and row.voters > row.registered_voters then
    return "voters", "must not be more than registered_voters"
  elseif row.percent and row.percent[1] > 100 * row.percent[2] then
    return "percent", "must not be above 100"
  elseif row.stations and row.stations_expected
    and row.stations > row.stations_expected then
    return "stations", "must not be more than stations_expected"
  end
end

local FORM = { name = "turnout", check = check, columns = {
  { name = "source", kind = entries.text, required = true },
  { name = "time", kind = clock_or_final, required = true },
  { name = "percent", kind = entries.decimal },
  { name = "voters", kind = entries.count },
  { name = "registered_voters", kind = entries.count },
  { name = "margin", kind = entries.decimal },
  { name = "stations", kind = entries.count },
  { name = "stations_expected", kind = entries.count },
  { name = "sample", kind = entries.count },
  { name = "note", kind = entries.text },
} }

-- ---- from rows ----

local function point_of(row)
  local num, den = row.voters, row.registered_voters
  if row.percent then num, den = row.percent[1], row.percent[2] * 100 end
  return { time = row.time, num = num, den = den,
    minutes = row.time ~= "final" and series.minutes(row.time) or nil,
    percent = shares.percent(num, den), margin = row.margin,
    stations = row.stations, stations_expected = row.stations_expected,
    voters = row.voters, registered_voters = row.registered_voters }
end

local function repeated(row, one)
  return errors.new("repeated_time", { file = row.file, line = row.line,
    field = "time", text = row.time,
    message = ("%s has %s twice"):format(one.source, row.time) })
end

local function add(one, row)
  local point = point_of(row)
  if point.time == "final" then
    if one.final then return repeated(row, one) end
    one.final = point
    return nil
  end
  for _, other in ipairs(one.points) do
    if other.time == point.time then return repeated(row, one) end
  end
  one.points[#one.points + 1] = point
end

-- Rows as series, one for each source in the order they come in.
local function group(rows)
  local all, by = {}, {}
  for _, row in ipairs(rows) do
    local key = places.fold(row.source)
    local one = by[key]
    if not one then
      one = { source = row.source, points = {} }
      by[key], all[#all + 1] = one, one
    end
    one.sample, one.note = one.sample or row.sample, one.note or row.note
    local err = add(one, row)
    if err then return nil, err end
  end
  for _, one in ipairs(all) do
    table.sort(one.points, function(a, b) return a.minutes < b.minutes end)
  end
  return all
end

-- ---- elections ----

-- An embedded or typed series as the rows that CSV would have.
local function rows_of(turnout)
  local rows = {}
  if type(turnout) ~= "table" then
    error("turnout must be an array of series", 0)
  end
  for i, one in ipairs(turnout) do
    if type(one) ~= "table" or type(one.points) ~= "table" then
      error(("turnout[%d] must be { source, points = { ... } }"):format(i), 0)
    end
    for _, point in ipairs(one.points) do
      local row = { source = one.source, sample = one.sample,
        note = one.note }
      for name, value in pairs(point) do row[name] = value end
      rows[#rows + 1] = row
    end
  end
  return rows
end

-- A measure is a number, or { value, min, max, mark, why }.
local function value_of(measure)
  if type(measure) ~= "table" then return measure end
  return measure.value, measure.mark, measure.why
end

-- The count of the end: signatures of registered voters.
local function final_of(fields)
  local signed, mark, why = value_of(fields.voters_signed)
  local registered = value_of(fields.registered_voters)
  if not signed or not registered or registered == 0 then return nil end
  return { num = signed, den = registered, mark = mark, why = why,
    percent = shares.percent(signed, registered) }
end

local function no_turnout(name)
  return nil, errors.new("no_turnout", { text = name, message =
    ("%s has no series of turnout by the hour"):format(name) })
end

local function name_of(election, name)
  return election.alias or election.id or election.name or name
end

-- What a source printed beside its figures, of an election it does not name.
local function add_printed(day, turnout)
  for i, one in ipairs(turnout) do
    local rows, err = entries.read(rows_of { { source = one.source,
      points = one.compare or {} } }, FORM)
    if not rows then return err end
    local found = day.series[i]
    found = found and found.source == one.source and found
    for n, row in ipairs(found and rows or {}) do
      found.printed = found.printed or {}
      found.printed[n] = point_of(row)
    end
  end
end

local function of_election(election, name)
  local fields = election.fields or {}
  if not election.turnout or #election.turnout == 0 then
    return no_turnout(name_of(election, name))
  end
  local rows, err = entries.read(rows_of(election.turnout), FORM)
  if not rows then return nil, err end
  local day = { id = election.id, title = election.name,
    names = election.names, date = election.date, body = election.body,
    country = election.country, rule = election.rule,
    name = name_of(election, name), final = final_of(fields),
    registered_voters = (value_of(fields.registered_voters)),
    units_expected = election.units_expected }
  day.series, err = group(rows)
  if not day.series then return nil, err end
  err = add_printed(day, election.turnout)
  return not err and day or nil, err
end

local function of_file(subject)
  local rows, err = entries.read(subject, FORM)
  if not rows then return nil, err end
  local name = type(subject) == "string" and subject or subject.name
    or "(text)"
  if #rows == 0 then return no_turnout(name) end
  local day = { name = name }
  day.series, err = group(rows)
  return day.series and day, err
end

--- The turnout of a day.
---@param subject string|table an election's id or alias, its results, a table {
--- name, date, fields, turnout }, a file of CSV, or { text = ... }
---@return table? day { name, title, names, date, id, body, country, series = {
--- source, sample, note, points, final }[], final, registered_voters,
--- units_expected }
---@return urna.Error? err "no_turnout", "repeated_time", "unknown_election", or
--- of the cells
function series.day(subject)
  if type(subject) == "table" then
    if subject.election then return of_election(subject.election) end
    if subject.turnout then return of_election(subject, "this election") end
    if subject.contest then
      return no_turnout(name_of(subject.contest, "this contest"))
    end
    return of_file(subject)
  end
  if type(subject) ~= "string" then
    error("turnout is of an election, or a file of turnout by the hour", 0)
  end
  local election, err = elections.find(subject)
  if election then return of_election(election, subject) end
  if subject == "-" or subjects.is_file(subject)
    or subject:find("%.csv$") then
    return of_file(subject)
  end
  return nil, err
end

local function sources_of(day)
  local names = {}
  for i, one in ipairs(day.series) do names[i] = one.source end
  return table.concat(names, ", ")
end

--- The series of a source, across scripts and case.
---@param day table
---@param source string? may be left out where there is only one
---@return table?
---@return urna.Error? err "which_source" or "unknown_source"
function series.choose(day, source)
  if not source then
    if #day.series == 1 then return day.series[1] end
    return nil, errors.new("which_source", { message =
      ("%s has turnout by %s: say which source is meant"):format(day.name,
        sources_of(day)) })
  end
  local wanted = places.fold(source)
  for _, one in ipairs(day.series) do
    if places.fold(one.source) == wanted then return one end
  end
  return nil, errors.new("unknown_source", { text = source, message =
    ("%s has no turnout by %s; there is %s"):format(day.name, source,
      sources_of(day)) })
end

--- The same source's series of an earlier day. Turnout of two sources is not
--- compared: they look at other stations, at other times, and count otherwise.
---@param day table
---@param earlier table
---@param source string
---@return table?
---@return urna.Error? err "sources_differ", naming both
function series.same(day, earlier, source)
  local one = series.choose(earlier, source)
  if one then return one end
  return nil, errors.new("sources_differ", { text = source, message =
    ("%s is by %s, %s by %s: turnout of two sources is not compared"):format(
      day.name, source, earlier.name, sources_of(earlier)) })
end

--- A point's turnout as a rational.
function series.ratio(point)
  return native.rational(point.num, point.den)
end

return series
