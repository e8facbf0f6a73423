local calendar = require "urna.analysis.calendar"
local compat = require "urna.compat"
local csv = require "urna.writers.csv"
local elections = require "urna.elections"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"
local rules = require "urna.rules"
local subjects = require "urna.subject"

--- The calendar of a rule's legal deadlines, from the closing of the polling
--- stations and from what has happened since.
local deadlines = {}

---@class urna.Deadlines
---@field name string? of the contest
---@field names table<string, string>? in other languages
---@field rule string its id
---@field edition string since when it is in force
---@field source string of the rule
---@field closing string? the time that was taken
---@field now string? by which deadlines have passed
---@field rows table[] { name, due, latest, waits_for, from, from_at, hours,
--- days, months, article, note, result } by time: `due` where what it runs from
--- has happened, else `latest`, if all before it took as long as it may;
--- result is "done" or "late" of what
--- has happened, else "passed" or "running" where `now` is given
local Deadlines = {}
Deadlines.__index = Deadlines
Deadlines.kind = "deadlines"

local OPTIONS = { "closing", "date", "events", "now", "rule" }
local TYPES = { closing = "string", date = "string", events = "table",
  now = "string", rule = "string or table" }

local function moment_of(text, what, level)
  local moment, message = calendar.parse(text)
  if not moment then
    error(("%s %s, not %q"):format(what, message, tostring(text)), level + 1)
  end
  return moment
end

-- ---- what is asked ----

-- An outcome has its law beside its contest; its edition need not be the one
-- of the day.
local function contest_of_outcome(outcome)
  local contest = outcome.contest
  return { name = contest.name, names = contest.names,
    rule = outcome.rule.id, date = contest.date or outcome.rule.edition }
end

local function contest_of(subject)
  if type(subject) == "table" then
    if subjects.is_outcome(subject) then return contest_of_outcome(subject) end
    if subject.contest then return subject.contest end
    if type(subject.rule) == "string" or subject.date then return subject end
  end
  if type(subject) == "string" then
    local found, err = elections.find(subject)
    if found then return found end
    if not subjects.is_file(subject) then return nil, err end
  end
  local found, err = subjects.results(subject)
  if not found then return nil, err end
  return found.contest
end

local function rule_of(contest, options)
  local subject, date = options.rule or contest.rule,
    options.date or contest.date
  if not subject then
    return nil, errors.new("no_rule",
      { message = "the contest names no rule; say rule = \"rs/parliament\"" })
  end
  local rule, err = rules.find(subject, date)
  if not rule then return nil, err end
  if not rule.deadlines then
    return nil, errors.new("no_deadlines", { message =
      ("no deadlines are noted of %s in the edition since %s"):format(
        rule.id or "this rule", rule.since) })
  end
  return rule
end

-- The times of what has happened, by name; each must be one that a deadline
-- runs from, or that it ends.
local function events_of(rule, options, level)
  local known, found = {}, {}
  for name, deadline in pairs(rule.deadlines) do
    known[name], known[deadline.from] = true, true
  end
  for _, name in ipairs(compat.keys(options.events or {})) do
    if not known[name] then
      local near = errors.nearest(tostring(name), compat.keys(known))
      error(("events.%s: no deadline of the rule runs from it%s"):format(
        tostring(name), near and (": did you mean %q?"):format(near) or ""),
        level + 1)
    end
    found[name] = moment_of(options.events[name], "events." .. name, level + 1)
  end
  return found
end

local function closing_of(rule, contest, options, level)
  if options.closing then
    return moment_of(options.closing, "closing", level + 1)
  end
  local date = options.date or contest.date
  local close = rule.polls_close
  if date and close then
    return moment_of(date .. "T" .. close.time, "closing", level + 1)
  end
end

-- ---- the calendar ----

local function add(deadline, moment)
  if deadline.hours then return calendar.add_hours(moment, deadline.hours) end
  if deadline.days then return calendar.add_days(moment, deadline.days) end
  return calendar.add_months(moment, deadline.months)
end

-- The latest moment at which something can happen in time: when it did, or the
-- end of its own deadline; nil where nothing says when. `seen` stops a rule
-- that runs in a circle.
local function latest(job, name, seen)
  if job.events[name] then return job.events[name], true end
  local deadline = job.deadlines[name]
  if not deadline or seen[name] then return nil end
  seen[name] = true
  local start = latest(job, deadline.from, seen)
  return start and add(deadline, start), false
end

local function result_of(row, now)
  if not now or not row.moment or not row.due then return nil end
  return calendar.compare(now, row.moment) > 0 and "passed" or "running"
end

-- Of what has happened: in time, or not, or not to be told.
local function done_result(row, moment)
  local is_late = row.moment and calendar.compare(moment, row.moment) > 0
  return is_late and "late" or "done"
end

local function row_of(job, name)
  local deadline = job.deadlines[name]
  local start, has_happened = latest(job, deadline.from, {})
  local row = { name = name, from = deadline.from, hours = deadline.hours,
    days = deadline.days, months = deadline.months,
    article = deadline.article, note = deadline.note,
    from_at = has_happened and calendar.text(start) or nil,
    waits_for = not has_happened and deadline.from or nil,
    done_at = job.events[name] and calendar.text(job.events[name]) or nil }
  row.moment = start and add(deadline, start)
  row[has_happened and "due" or "latest"] = row.moment
    and calendar.text(row.moment)
  row.result = result_of(row, job.now)
  if job.events[name] then row.result = done_result(row, job.events[name]) end
  return row
end

-- Those without any time last, equals by name.
local function before(a, b)
  if a.moment and b.moment then
    local order = calendar.compare(a.moment, b.moment)
    if order ~= 0 then return order < 0 end
  elseif a.moment or b.moment then
    return a.moment ~= nil
  end
  return a.name < b.name
end

--- The calendar of an election's deadlines.
--- Fails: raises for an option of the wrong type, a time that is none, and an
--- event that no deadline runs from.
---@param subject string|table an election's id, results, an outcome, a contest
---@param options { rule: string|table?, date: string?, closing: string?,
--- events: table<string, string>?, now: string? }? closing: "2024-06-02T20:00",
--- with "+02:00" behind it if wanted; else the hour of the rule. events: when
--- what has happened, by the rule's own names. now: what has passed by then
---@return urna.Deadlines?
---@return urna.Error? err "no_rule", "no_deadlines", or of the subject
function deadlines.run(subject, options)
  options = options or {}
  errors.check_options("deadlines", options, OPTIONS, 2)
  errors.check_types("deadlines", options, TYPES, 2)
  local contest, err = contest_of(subject)
  if not contest then return nil, err end
  local rule
  rule, err = rule_of(contest, options)
  if not rule then return nil, err end
  local job = { deadlines = rule.deadlines,
    events = events_of(rule, options, 2),
    now = options.now and moment_of(options.now, "now", 2) }
  job.events.closing = job.events.closing
    or closing_of(rule, contest, options, 2)
  local found = setmetatable({ rule = rule.id, edition = rule.since,
    source = rule.source, name = contest.name, names = contest.names,
    rows = {}, now = options.now, closing = job.events.closing
      and calendar.text(job.events.closing) }, Deadlines)
  for _, name in ipairs(compat.keys(job.deadlines)) do
    found.rows[#found.rows + 1] = row_of(job, name)
  end
  table.sort(found.rows, before)
  for _, row in ipairs(found.rows) do row.moment = nil end
  return found
end

-- ---- how it leaves ----

local HEADER = { "deadline", "due", "latest", "period", "from", "from_at",
  "result", "article", "note" }

local plural, spaced = listing.plural, listing.spaced

local function period(row)
  if row.hours then return plural(row.hours, "hour") end
  if row.days then return plural(row.days, "day") end
  return plural(row.months, "month")
end

--- As CSV.
---@return string
function Deadlines:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { row.name, row.due, row.latest, period(row), row.from,
      row.from_at, row.result, row.article, row.note }
  end
  return csv.encode(rows, HEADER)
end

local function when(row)
  if row.done_at then return "done " .. row.done_at end
  if row.due then return row.due end
  if row.latest then return "by " .. row.latest end
  return "open"
end

local NOTED = { passed = true, late = true }

local function about(row)
  return ("%s from %s%s%s"):format(period(row), spaced(row.from),
    row.article and ", art. " .. row.article or "",
    NOTED[row.result] and ", " .. row.result or "")
end

--- A line for each deadline.
---@return string
function Deadlines:text()
  local lines, width, name_width = {}, 0, 0
  for _, row in ipairs(self.rows) do
    width = math.max(width, #when(row))
    name_width = math.max(name_width, #row.name)
  end
  local form = ("%%-%ds  %%-%ds  %%s"):format(width, name_width)
  for i, row in ipairs(self.rows) do
    lines[i] = form:format(when(row), spaced(row.name), about(row))
  end
  return table.concat(lines, "\n") .. "\n"
end

-- RFC 5545, 3.3.11 and 3.1: escaped, folded behind 75 bytes, never inside a
-- character, with CRLF.
local function property(lines, name, value)
  local line = name .. ":" .. value:gsub("[\\;,]", "\\%0"):gsub("\n", "\\n")
  local start = 1
  while #line - start + 1 > 75 do
    local last = start + 73
    while line:byte(last + 1) >= 128 and line:byte(last + 1) < 192 do
      last = last - 1
    end
    lines[#lines + 1] = (start > 1 and " " or "") .. line:sub(start, last)
    start = last + 1
  end
  lines[#lines + 1] = (start > 1 and " " or "") .. line:sub(start)
end

local function ics_time(text)
  local moment = calendar.utc(assert(calendar.parse(text)))
  return (calendar.text(moment):gsub("[-:]", ""):gsub("(T%d%d%d%d)", "%100"))
end

local function add_event(lines, self, row)
  local text = row.due or row.latest
  local is_day = not text:find("T", 1, true)
  lines[#lines + 1] = "BEGIN:VEVENT"
  property(lines, "UID", ("%s-%s-%s@urna"):format((self.rule or "rule"):gsub(
    "/", "-"), (self.closing or text):sub(1, 10), row.name))
  property(lines, "DTSTAMP", (self.closing or text):sub(1, 10):gsub("-", "")
    .. "T000000Z")
  property(lines, is_day and "DTSTART;VALUE=DATE" or "DTSTART", ics_time(text))
  property(lines, "SUMMARY", ("%s%s%s"):format(spaced(row.name),
    row.due and "" or " (at the latest)",
    self.name and ", " .. self.name or ""))
  property(lines, "DESCRIPTION", about(row) .. (row.note
    and ". " .. row.note or ""))
  lines[#lines + 1] = "END:VEVENT"
end

--- As iCalendar (RFC 5545). What is known of no time is left out; a time
--- without an offset is local wherever it is read.
---@return string
function Deadlines:ics()
  local lines = { "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//urna//EN" }
  for _, row in ipairs(self.rows) do
    if not row.done_at and (row.due or row.latest) then
      add_event(lines, self, row)
    end
  end
  lines[#lines + 1] = "END:VCALENDAR"
  return table.concat(lines, "\r\n") .. "\r\n"
end

return deadlines
