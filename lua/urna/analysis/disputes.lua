local calendar = require "urna.analysis.calendar"
local compat = require "urna.compat"
local csv = require "urna.writers.csv"
local deadlines = require "urna.analysis.deadlines"
local entries = require "urna.readers.entries"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"

--- Disputes over an election: who asked which body for what, what was decided,
--- what is still open, and until when.
---
--- CSV has a row for each request or remedy, under the headings (* must be
--- there). Rows of the same dispute are its instances, in order.
---   dispute *     any name: rows with the same one belong together
---   requested     2023-12-20T18:00, or a day; may be left out only of what is
---                 decided, where nobody says when it was asked
---   by *          who asked
---   body *        whom
---   asks *        annul_stations, annul_election, correct_record, recount,
---                 inspect_material, other
---   where         the stations: "Vozdovac/73; Novi Beograd/15"
---   step          what the request is in the rule's own words: complaint,
---                 appeal; from it the deadlines run
---   ground        provision or reason
---   decided       a time or a day, beside decision
---   decision      upheld, partly_upheld, rejected (on its merits), dismissed
---                 (not admitted), not_competent, withdrawn
---   remedy        what was ordered
---   final         yes, where nothing more can be asked; or no
---   reference     of the case
---   source        where that is known from
---   note
local disputes = {}

disputes.ASKS = { "annul_stations", "annul_election", "correct_record",
  "recount", "inspect_material", "other" }
disputes.DECISIONS = { "upheld", "partly_upheld", "rejected", "dismissed",
  "not_competent", "withdrawn" }

---@class urna.Disputes
---@field rows table[] the requests, each with `state` = "open" | "decided" |
--- "final" and `next` = { deadline, due, article, result }[]: what runs from it
---@field list table[] the disputes in the order of their first date: {
--- dispute, state, rows, asks, where, next, no_deadline }; the state is that of
--- its last instance
---@field events table[] by date: { date, dispute, what = "asked" | "decided",
--- row }
---@field rule string? whose deadlines they are
---@field edition string?
---@field election { name: string?, names: table? }? whose disputes they are
---@field now string?
local Disputes = {}
Disputes.__index = Disputes
Disputes.kind = "disputes"

local OPTIONS = { "date", "election", "now", "rule" }
local TYPES = { date = "string", election = "string or table",
  now = "string", rule = "string or table" }

-- ---- the form ----

local function moment(text)
  local found, message = calendar.parse(text)
  if not found then return nil, message end
  return text
end

local function compare(a, b)
  return calendar.compare(assert(calendar.parse(a)), assert(calendar.parse(b)))
end

-- A day alone is taken at its end, and may be that of the request.
local function is_before(later, earlier)
  return later:sub(1, 10) < earlier:sub(1, 10)
    or #later > 10 and #earlier > 10 and compare(later, earlier) < 0
end

local function check(row)
  if not row.requested and not row.decided then
    return "requested", "is missing, and so is decided"
  elseif row.decision and not row.decided then
    return "decided", "is missing, though there is a decision"
  elseif row.decided and not row.decision then
    return "decision", "is missing, though it is said when it was made"
  elseif row.final and not row.decision then
    return "final", "is said of what is not decided"
  elseif row.decided and row.requested
    and is_before(row.decided, row.requested) then
    return "decided", "must not be before requested"
  elseif row.remedy and not row.decision then
    return "remedy", "is said of what is not decided"
  elseif row.asks == "annul_stations" and not row.where then
    return "where", "is missing: of which stations?"
  end
end

local FORM = { name = "disputes", check = check, columns = {
  { name = "dispute", kind = entries.text, required = true },
  { name = "requested", kind = moment },
  { name = "by", kind = entries.text, required = true },
  { name = "body", kind = entries.text, required = true },
  { name = "asks", kind = entries.one_of(disputes.ASKS), required = true },
  { name = "where", kind = entries.text },
  { name = "step", kind = entries.text },
  { name = "ground", kind = entries.text },
  { name = "decided", kind = moment },
  { name = "decision", kind = entries.one_of(disputes.DECISIONS) },
  { name = "remedy", kind = entries.text },
  { name = "final", kind = entries.yes_no },
  { name = "reference", kind = entries.text },
  { name = "source", kind = entries.text },
  { name = "note", kind = entries.text },
} }

-- ---- deadlines ----

-- The rule's deadlines for one request: what runs from it, or from what was
-- decided on it.
local function calendar_of(self, row, options)
  local events = { [row.step] = row.requested }
  local answer = self.answers[row.step]
  if row.decided and answer then events[answer] = row.decided end
  local found, err = deadlines.run(options.election, { rule = options.rule,
    date = options.date, events = events, now = options.now })
  if not found then return nil, err end
  return found, row.decided and answer or row.step
end

local function next_of(self, row, options)
  if not row.step or row.state == "final" then return {} end
  local found, from = calendar_of(self, row, options)
  if not found then return nil, from end
  local rows = {}
  for _, deadline in ipairs(found.rows) do
    local runs = deadline.from == from and deadline.due
      and not deadline.done_at
    if runs and not (row.decided and from == row.step) then
      rows[#rows + 1] = { deadline = deadline.name, due = deadline.due,
        article = deadline.article, result = deadline.result }
    end
  end
  return rows
end

-- What each step is answered by: the deadline that runs from it.
local function learn(self, options)
  local found, err = deadlines.run(options.election, { rule = options.rule,
    date = options.date })
  if not found then return nil, err end
  self.rule, self.edition = found.rule, found.edition
  self.election = { name = found.name, names = found.names }
  self.answers, self.steps = {}, {}
  for _, row in ipairs(found.rows) do
    self.steps[row.name], self.steps[row.from] = true, true
    self.answers[row.from] = self.answers[row.from] or row.name
  end
  return self
end

local function unknown_step(self, row)
  local near = errors.nearest(row.step, compat.keys(self.steps))
  return errors.new("unknown_step", { file = row.file, line = row.line,
    field = "step", text = row.step, message =
    ("no deadline of %s runs from %q%s"):format(self.rule, row.step,
      near and (": did you mean %q?"):format(near) or "") })
end

local function check_steps(self)
  local items = {}
  for _, row in ipairs(self.rows) do
    if row.step and not self.steps[row.step] then
      items[#items + 1] = unknown_step(self, row)
    end
  end
  if #items == 0 then return self end
  if #items == 1 then return nil, items[1] end
  return nil, errors.gather("unknown_step", items, { file = items[1].file,
    line = items[1].line, field = "step", message =
    ("%d steps are not those of %s"):format(#items, self.rule) })
end

local function with_deadlines(self, options)
  local done, err = learn(self, options)
  if done then done, err = check_steps(self) end
  if not done then return nil, err end
  for _, row in ipairs(self.rows) do
    row.next, err = next_of(self, row, options)
    if not row.next then return nil, err end
  end
  return self
end

-- ---- states ----

local function state_of(row)
  if not row.decision then return "open" end
  return row.final and "final" or "decided"
end

local function list_of(rows)
  local list, by = {}, {}
  for _, row in ipairs(rows) do
    local one = by[row.dispute]
    if not one then
      one = { dispute = row.dispute, rows = {}, asks = row.asks,
        where = row.where }
      by[row.dispute], list[#list + 1] = one, one
    end
    one.rows[#one.rows + 1] = row
  end
  return list
end

-- A text that sorts as the moments do. Of a day alone nobody knows the hour:
-- what was asked is taken at its beginning, what was decided at its end.
local function sort_key(moment_text, is_decided)
  local day, time = moment_text:match("^(.-)(T%d%d:%d%d)")
  return (day or moment_text) .. (time or is_decided and "T99" or "T")
end

-- By key, equals as given.
local function sort_by(list, keys)
  local place = {}
  for i, item in ipairs(list) do place[item] = i end
  table.sort(list, function(a, b)
    if keys[a] ~= keys[b] then return compat.before(keys[a], keys[b]) end
    return place[a] < place[b]
  end)
end

local function events_of(rows)
  local events, keys = {}, {}
  local function add(row, what, date)
    if not date then return end
    local event = { date = date, dispute = row.dispute, what = what,
      row = row }
    events[#events + 1] = event
    keys[event] = sort_key(date, what == "decided")
  end
  for _, row in ipairs(rows) do
    add(row, "asked", row.requested)
    add(row, "decided", row.decided)
  end
  sort_by(events, keys)
  return events
end

-- A dispute stands where its last instance does.
local function settle(self)
  for _, one in ipairs(self.list) do
    local last = one.rows[#one.rows]
    for i = 1, #one.rows - 1 do one.rows[i].next = {} end -- it went on
    one.state, one.next = last.state, last.next
    one.no_deadline = last.state ~= "final" and self.rule ~= nil
      and #last.next == 0 or nil
  end
  local keys = {}
  for _, one in ipairs(self.list) do
    local first = one.rows[1]
    keys[one] = sort_key(first.requested or first.decided,
      not first.requested)
  end
  sort_by(self.list, keys)
end

--- The disputes of a file or a table.
--- Fails: raises for an option of the wrong type, and for a `now` that is no
--- time.
---@param subject string|table a path, { text = ... }, or an array of tables
---@param options { election: string|table?, rule: string|table?, date:
--- string?, now: string? }? election: whose rule says which deadlines run, as
--- for urna.deadlines; without one none are told
---@return urna.Disputes?
---@return urna.Error? err all bad cells in its items; "unknown_step"; or as
--- urna.deadlines gives it
function disputes.run(subject, options)
  options = options or {}
  errors.check_options("disputes", options, OPTIONS, 2)
  errors.check_types("disputes", options, TYPES, 2)
  if options.now and not calendar.parse(options.now) then
    error(("disputes: now must be a day or a time, not %q"):format(
      options.now), 2)
  end
  local rows, err = entries.read(subject, FORM)
  if not rows then return nil, err end
  for _, row in ipairs(rows) do row.state, row.next = state_of(row), {} end
  local self = setmetatable({ rows = rows, list = list_of(rows),
    events = events_of(rows), now = options.now }, Disputes)
  if options.election then
    local done
    done, err = with_deadlines(self, options)
    if not done then return nil, err end
  end
  settle(self)
  return self
end

--- How many disputes are in a state.
---@param state string "open", "decided" or "final"
---@return integer
function Disputes:count(state)
  local count = 0
  for _, one in ipairs(self.list) do
    if one.state == state then count = count + 1 end
  end
  return count
end

-- ---- how it leaves ----

local HEADER = { "dispute", "requested", "by", "body", "asks", "where", "step",
  "ground", "decided", "decision", "remedy", "final", "reference", "source",
  "note", "state", "next", "due" }

local function yes_no(value)
  if value == nil then return nil end
  return value and "yes" or "no"
end

--- As CSV: the rows as they were given, with state and next deadline.
---@return string
function Disputes:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    local cells, first = {}, row.next[1] or {}
    for j, name in ipairs(HEADER) do cells[j] = row[name] end
    cells[12], cells[17], cells[18] = yes_no(row.final), first.deadline,
      first.due
    rows[i] = cells
  end
  return csv.encode(rows, HEADER)
end

local spaced = listing.spaced

local function asked_text(row)
  return ("%s asked %s: %s%s%s"):format(row.by, row.body, spaced(row.asks),
    row.where and ", " .. row.where or "",
    row.ground and (" (%s)"):format(row.ground) or "")
end

-- What was asked is said here only where no line before it says it.
local function decided_text(row)
  return ("%s decided%s: %s%s%s"):format(row.body, not row.requested
    and (" what %s asked (%s%s)"):format(row.by, spaced(row.asks),
    row.where and ", " .. row.where or "") or "", spaced(row.decision),
    row.remedy and ", " .. row.remedy or "", row.final and ", final" or "")
end

local function due_text(deadline)
  return ("%s by %s%s%s"):format(spaced(deadline.deadline), deadline.due,
    deadline.article and ", art. " .. deadline.article or "",
    deadline.result == "passed" and ", passed" or "")
end

local function state_line(one)
  local parts = {}
  for i, deadline in ipairs(one.next) do parts[i] = due_text(deadline) end
  local tail = #parts > 0 and "; next: " .. table.concat(parts, "; ")
    or one.no_deadline and "; the rule notes no deadline from here" or ""
  local last = one.rows[#one.rows]
  return ("  %s: %s%s%s"):format(one.dispute, one.state,
    one.state == "open" and " before " .. last.body or "", tail)
end

--- As a dated list, and below it where each dispute stands.
---@return string
function Disputes:text()
  local lines = {}
  for i, event in ipairs(self.events) do
    local said = event.what == "asked" and asked_text or decided_text
    lines[i] = ("%-16s  [%s] %s"):format(event.date, event.dispute,
      said(event.row))
  end
  lines[#lines + 1] = ("%d disputes: %d open, %d decided, %d final"):format(
    #self.list, self:count("open"), self:count("decided"),
    self:count("final"))
  for _, one in ipairs(self.list) do lines[#lines + 1] = state_line(one) end
  return table.concat(lines, "\n") .. "\n"
end

return disputes
