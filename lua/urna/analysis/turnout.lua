local csv = require "urna.writers.csv"
local elections = require "urna.elections"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"
local native = require "urna.native"
local rules = require "urna.rules"
local series = require "urna.analysis.series"
local shares = require "urna.analysis.shares"

--- Turnout by the hour against earlier elections of the same source, and what
--- its end may be.
---
--- The projection is the last known turnout, times the ratio of the end to that
--- hour in each earlier election. Its point is the geometric mean; its interval
--- is that of one more such ratio, from Student's t on their logarithms:
--- mean +- t(k - 1) s sqrt(1 + 1 / k). The sampling error of the figures is in
--- the spread of the ratios. Nothing below what is known already, nothing above
--- 100 %. The days are taken to be alike; whether they are nobody knows, and
--- with two or three of them the interval tells little.
--- Source: for the interval, Hahn & Meeker, Statistical Intervals, 1991, 4.7;
--- for t, NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
local turnout = {}

---@class urna.Turnout
---@field name string of the election
---@field source string whose series it is
---@field base { name: string, total: integer? } what percentages are of
---@field coverage { sample: integer?, units: integer?, stations: integer?,
--- stations_expected: integer? } stations that the source looks at, of how
--- many; how many have reported at the last hour, of how many
---@field rows table[] by hour: { time, num, den, percent, margin, stations,
--- stations_expected, earlier }; earlier[i] = { election, num, den, percent,
--- margin, difference = { num, den }, points = "-12.40", beyond_margins }
---@field earlier table[] { name, title, names, date, sample, final, final_mark,
--- final_why }
---@field projection table? { time, known, estimate, low, high, level, freedom,
--- by, excluded, method, no_interval, no_estimate }: never a count
---@field printed table[] { time, percent, points }: what the source itself
--- printed beside its figures, of the election that it compares with
---@field final table? the end, where it is known
---@field final_by string? whose figure that is: "source", or "count" of
--- signatures
---@field closing string? "20:00", where it is known
---@field checks table[] W16: { code, what, result, message, figures }
---@field remarks table[] what is to be said of the days: { code =
--- "concurrent" | "note" | "other_body", election, with, note }
---@field warnings string[] the same as sentences
local Turnout = {}
Turnout.__index = Turnout
Turnout.kind = "turnout_by_hour"

local OPTIONS = { "at", "closing", "earlier", "source" }
local TYPES = { at = "string", closing = "string", earlier = "table",
  source = "string" }

-- Elections that everybody in a country has a vote in.
local NATIONWIDE = { parliament = true, president = true }

-- ---- what is compared ----

local function clock_option(options, name)
  if not options[name] then return nil end
  local time, expected = series.clock(options[name])
  if time then return time end
  error(("turnout: %s %s, not %q"):format(name, expected, options[name]), 3)
end

local function is_later(day, than)
  return day.date and than.date and day.date >= than.date
end

local function earlier_of(job)
  for i, subject in ipairs(job.options.earlier or {}) do
    local day, err = series.day(subject)
    if not day then return nil, err end
    if is_later(day, job.day) then
      return nil, errors.new("not_earlier", { text = day.name, message =
        ("%s is not earlier than %s"):format(day.name, job.day.name) })
    end
    local one
    one, err = series.same(job.day, day, job.now.source)
    if not one then return nil, err end
    job.earlier[i] = { day = day, series = one }
  end
  return job
end

-- What is known by the hour that is asked for.
local function known_points(job)
  local points = {}
  for _, point in ipairs(job.now.points) do
    if not job.at or point.time <= job.at then points[#points + 1] = point end
  end
  if #points > 0 then return points end
  return nil, errors.new("no_turnout", { text = job.at, message =
    ("%s has no turnout by %s%s"):format(job.day.name, job.now.source,
      job.at and " at " .. job.at .. " or before" or "") })
end

-- ---- rows ----

local function point_at(points, time)
  for _, point in ipairs(points) do
    if point.time == time then return point end
  end
end

-- The points' difference against the margins of both: d^2 and a^2 + b^2.
local function is_beyond(difference, a, b)
  if not a.margin or not b.margin then return nil end
  local one = native.rational(a.margin[1], a.margin[2] * 100)
  local other = native.rational(b.margin[1], b.margin[2] * 100)
  return difference * difference > one * one + other * other
end

local function margin_text(margin)
  return margin and shares.text(native.rational(margin[1], margin[2]), 2)
end

local function cell(election, point, now)
  local row = { election = election }
  if not point then return row end
  row.num, row.den, row.percent = point.num, point.den, point.percent
  row.margin = margin_text(point.margin)
  row.stations, row.stations_expected = point.stations,
    point.stations_expected
  if not now then return row end
  local difference = series.ratio(now) - series.ratio(point)
  row.difference = { num = difference:num(), den = difference:den() }
  row.points = shares.text(difference * 100, 2, true)
  row.beyond_margins = is_beyond(difference, now, point)
  return row
end

-- Every hour that any of the series has.
local function hours(job)
  local found, seen = {}, {}
  local function take(points)
    for _, point in ipairs(points) do
      if not seen[point.time] then found[#found + 1] = point.time end
      seen[point.time] = true
    end
  end
  take(job.points)
  for _, other in ipairs(job.earlier) do take(other.series.points) end
  table.sort(found) -- all are HH:MM
  return found
end

local function rows_of(job)
  local rows = {}
  for i, time in ipairs(hours(job)) do
    local now = point_at(job.points, time)
    local row = cell(nil, now)
    row.time, row.earlier = time, {}
    for j, other in ipairs(job.earlier) do
      row.earlier[j] = cell(other.day.name,
        point_at(other.series.points, time), now)
    end
    rows[i] = row
  end
  return rows
end

-- What the source printed of another election, at hours that are known.
local function printed_of(job)
  local rows = {}
  for _, point in ipairs(job.now.printed or {}) do
    local now = point_at(job.points, point.time)
    if now then
      rows[#rows + 1] = { time = point.time, percent = point.percent,
        points = shares.text((series.ratio(now) - series.ratio(point)) * 100,
          2, true) }
    end
  end
  return rows
end

-- ---- the end ----

-- Student's t, two-sided 95 %, by degrees of freedom. Beyond the last that one
-- is taken, which is a little too wide.
local T = { 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262,
  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
  2.086 }

local METHOD = "turnout at %s times the geometric mean of end / %s in %s "
  .. "of the same source (end: the source's own, else the official count of "
  .. "signatures)"
local INTERVAL = "; interval: Student's t on the logarithms of the ratios, "
  .. "for one more of them, 95 %%, %s of freedom"

-- Of the same source where it has one, else the official count.
local function end_of(other)
  return other.series.final or other.day.final
end

-- Why an earlier election says nothing of the end: a code, and a sentence.
local function reason(other, point, time)
  if not point then return "no_hour", "it has no figure at " .. time end
  if point.num == 0 then return "nobody", "nobody had come by " .. time end
  if not end_of(other) then
    return "no_end", "its final turnout is not known"
  end
end

local function ratio_row(other, point, now)
  local final = end_of(other)
  local ratio = native.rational(final.num, final.den) / series.ratio(point)
  return { election = other.day.name, at = point.percent,
    final = final.percent, final_mark = final.mark,
    ratio = shares.text(ratio, 4), value = (final.num / final.den)
      / (point.num / point.den),
    estimate = shares.text(ratio * series.ratio(now) * 100, 2) }
end

-- Mean and standard deviation of the logarithms of the ratios.
local function logs(by)
  local sum, squares = 0, 0
  for _, row in ipairs(by) do sum = sum + math.log(row.value) end
  local mean = sum / #by
  for _, row in ipairs(by) do
    squares = squares + (math.log(row.value) - mean) ^ 2
  end
  return mean, #by > 1 and math.sqrt(squares / (#by - 1)) or nil
end

local function with_interval(found, x, mean, deviation)
  local k = #found.by
  if k < 2 then
    found.no_interval = "one earlier election shows no spread; an interval "
      .. "needs two or more"
    return found
  end
  local half = T[math.min(k - 1, #T)] * deviation * math.sqrt(1 + 1 / k)
  found.low = shares.fixed(math.max(100 * x * math.exp(mean - half), 100 * x),
    1)
  found.high = shares.fixed(math.min(100 * x * math.exp(mean + half), 100), 1)
  found.level = shares.LEVEL
  found.freedom = k - 1
  found.method = found.method .. INTERVAL:format(
    listing.plural(k - 1, "degree"))
  return found
end

local function projection(job)
  if #job.earlier == 0 then return nil end
  local now = job.points[#job.points]
  local found = { is_estimate = true, time = now.time, known = now.percent,
    by = {}, excluded = {} }
  for _, other in ipairs(job.earlier) do
    local point = point_at(other.series.points, now.time)
    local code, why = reason(other, point, now.time)
    if code then
      found.excluded[#found.excluded + 1] = { election = other.day.name,
        code = code, why = why }
    else
      found.by[#found.by + 1] = ratio_row(other, point, now)
    end
  end
  if #found.by == 0 then
    found.no_estimate = "no earlier election has both this hour and its end"
    return found
  end
  local x, mean, deviation = now.num / now.den, logs(found.by)
  found.method = METHOD:format(now.time, now.time,
    listing.plural(#found.by, "earlier election"))
  found.estimate = shares.fixed(math.min(100 * x * math.exp(mean), 100), 1)
  with_interval(found, x, mean, deviation)
  for _, row in ipairs(found.by) do row.value = nil end
  return found
end

-- ---- checks ----

local function monotone(points)
  local check = { code = "W16", what = "monotone", severity = "warning",
    title = "turnout that falls from one hour to the next",
    result = #points < 2 and "UNKNOWN" or "PASS" }
  for i = 2, #points do
    local a, b = points[i - 1], points[i]
    if series.ratio(b) < series.ratio(a) and check.result == "PASS" then
      check.result = "FIRED"
      check.message = ("%s at %s, %s at %s: fewer than before"):format(
        a.percent, a.time, b.percent, b.time)
      check.figures = { before = a, after = b }
    end
  end
  if #points < 2 then check.message = "fewer than two hours are known" end
  return check
end

-- Points of turnout in an hour, between two figures.
local function pace(a, b)
  return (series.ratio(b) - series.ratio(a)) * 6000
    / (b.minutes - a.minutes)
end

local SURGE = 2 -- times the fastest pace before

local function pace_of(a, b)
  return { from = a.time, to = b.time, pace = shares.text(pace(a, b), 2) }
end

local function pace_text(found)
  return ("%s points an hour from %s to %s"):format(found.pace, found.from,
    found.to == "final" and "the end" or found.to)
end

-- The same interval of the earlier elections.
local function beside_earlier(job, a, b)
  local found = {}
  for _, other in ipairs(job.earlier) do
    local from = point_at(other.series.points, a.time)
    local to = point_at(other.series.points, b.time)
    if from and to then
      found[#found + 1] = { election = other.day.name,
        pace = shares.text(pace(from, to), 2) }
    end
  end
  return found
end

local function surge_text(figures)
  local said = { ("%s; before at most %s"):format(pace_text(figures.last),
    pace_text(figures.fastest)) }
  for _, other in ipairs(figures.earlier) do
    said[#said + 1] = ("%s: %s"):format(other.election, other.pace)
  end
  return table.concat(said, "; ")
end

local function surge(job, points)
  local check = { code = "W16", what = "surge", severity = "warning",
    title = "a last interval faster than twice any before it",
    result = "UNKNOWN", message = "fewer than three hours are known" }
  if #points < 3 then return check end
  local n, fastest = #points, 2
  for i = 3, n - 1 do
    if pace(points[i - 1], points[i])
      > pace(points[fastest - 1], points[fastest]) then
      fastest = i
    end
  end
  local last = pace(points[n - 1], points[n])
  local before = pace(points[fastest - 1], points[fastest])
  check.result = last > before * SURGE and last > native.rational(0)
    and "FIRED" or "PASS"
  check.figures = { last = pace_of(points[n - 1], points[n]),
    fastest = pace_of(points[fastest - 1], points[fastest]),
    earlier = beside_earlier(job, points[n - 1], points[n]) }
  check.message = surge_text(check.figures)
  return check
end

local function closing_of(job)
  local day = job.day
  if job.closing then return job.closing end
  local rule = day.rule and day.date and rules.find(day.rule, day.date)
  return rule and rule.polls_close and rule.polls_close.time
end

-- The source's own figures in order; that of the end stands at the closing,
-- where that is known.
local function checked_points(job)
  local points, final = {}, job.now.final
  for i, point in ipairs(job.points) do points[i] = point end
  local closing = final and not job.at and closing_of(job)
  if closing and closing > points[#points].time then
    points[#points + 1] = { time = "final", num = final.num,
      den = final.den, percent = final.percent,
      minutes = series.minutes(closing) }
  end
  return points
end

-- ---- warnings ----

local CONCURRENT = "%s shared its day with %s: boards that count one "
  .. "signature for all elections of a day report one turnout for all of them"

-- Elections that everybody of the day's voters had a vote in too.
local function concurrent(day)
  local found = {}
  if not day.date or not day.country then return found end
  for _, row in ipairs(elections.list { country = day.country }) do
    local shares_day = row.date == day.date and row.id ~= day.id
    if shares_day and (NATIONWIDE[row.body] or NATIONWIDE[day.body]) then
      local election = assert(elections.find(row.id))
      found[#found + 1] = { name = row.alias, title = election.name,
        names = election.names }
    end
  end
  return found
end

local function remarks_of(job)
  local found = {}
  local function about(day, one)
    local function add(code, remark)
      remark.code, remark.election = code, day.name
      found[#found + 1] = remark
    end
    local with = concurrent(day)
    if #with > 0 then add("concurrent", { with = with }) end
    if one.note then add("note", { note = one.note }) end
    if job.day.body and day.body and day.body ~= job.day.body then
      add("other_body", { than = job.day.name })
    end
  end
  about(job.day, job.now)
  for _, other in ipairs(job.earlier) do about(other.day, other.series) end
  return found
end

local WARN = {
  concurrent = function(remark)
    local names = {}
    for i, other in ipairs(remark.with) do names[i] = other.name end
    return CONCURRENT:format(remark.election, table.concat(names, ", "))
  end,
  note = function(remark)
    return ("%s: %s"):format(remark.election, remark.note)
  end,
  other_body = function(remark)
    return ("%s is of another body than %s"):format(remark.election,
      remark.than)
  end,
}

local function warnings_of(remarks)
  local found = {}
  for i, remark in ipairs(remarks) do found[i] = WARN[remark.code](remark) end
  return found
end

-- ---- all of it ----

local function earlier_rows(job)
  local rows = {}
  for i, other in ipairs(job.earlier) do
    rows[i] = { name = other.day.name, title = other.day.title,
      names = other.day.names, date = other.day.date,
      sample = other.series.sample,
      final = end_of(other) and end_of(other).percent,
      final_mark = end_of(other) and end_of(other).mark,
      final_why = end_of(other) and end_of(other).why }
  end
  return rows
end

local function result_of(job)
  local last = job.points[#job.points]
  local points = checked_points(job)
  local day, remarks = job.day, remarks_of(job)
  local final = not job.at and (job.now.final or day.final) or nil
  return setmetatable({ name = day.name, title = day.title,
    names = day.names, date = day.date,
    source = job.now.source, at = job.at, closing = closing_of(job),
    base = { name = "registered_voters", total = day.registered_voters
      or last.registered_voters },
    coverage = { sample = job.now.sample, units = day.units_expected,
      stations = last.stations, stations_expected = last.stations_expected },
    rows = rows_of(job), earlier = earlier_rows(job),
    printed = printed_of(job), projection = projection(job),
    final = final, final_by = final and (final == job.now.final and "source"
      or "count") or nil,
    checks = { monotone(points), surge(job, points) },
    remarks = remarks, warnings = warnings_of(remarks) }, Turnout)
end

--- Turnout by the hour, against earlier elections.
--- Fails: raises for an option of the wrong type.
---@param subject string|table an election's id or alias, its results, a file
--- of CSV (see urna.analysis.series), { text = ... }, or a table { name, date,
--- fields, turnout }
---@param options { earlier: table?, source: string?, at: string?, closing:
--- string? }? earlier: subjects, each with a series of the same source; at:
--- what was known by then, "19:00"; closing: of the polling stations, "20:00",
--- else by the rule
---@return urna.Turnout?
---@return urna.Error? err "sources_differ", "not_earlier", "which_source",
--- "unknown_source", "no_turnout", or of a subject
function turnout.run(subject, options)
  options = options or {}
  errors.check_options("turnout", options, OPTIONS, 2)
  errors.check_types("turnout", options, TYPES, 2)
  local job = { options = options, earlier = {},
    at = clock_option(options, "at"),
    closing = clock_option(options, "closing") }
  local err
  job.day, err = series.day(subject)
  if not job.day then return nil, err end
  job.now, err = series.choose(job.day, options.source)
  if not job.now then return nil, err end
  local done
  done, err = earlier_of(job)
  if not done then return nil, err end
  job.points, err = known_points(job)
  if not job.points then return nil, err end
  return result_of(job)
end

-- ---- how it leaves ----

local HEADER = { "kind", "election", "date", "source", "time", "percent",
  "margin", "stations", "stations_expected", "difference", "estimate", "low",
  "high", "mark" }

local function reported(self, of, time, point)
  return { "reported", of.name, of.date, self.source, time, point.percent,
    point.margin, point.stations, point.stations_expected, point.points }
end

--- As CSV: a row for each figure. What is only estimated stands in columns of
--- its own and never under percent; a difference stands beside the earlier
--- figure and is the later one less it.
---@return string
function Turnout:csv()
  local rows = {}
  for _, row in ipairs(self.rows) do
    if row.percent then
      rows[#rows + 1] = reported(self, self, row.time, row)
    end
    for i, point in ipairs(row.earlier) do
      if point.percent then
        rows[#rows + 1] = reported(self, self.earlier[i], row.time, point)
      end
    end
  end
  if self.final then
    rows[#rows + 1] = { "final", self.name, self.date, nil, "final",
      self.final.percent, [14] = self.final.mark }
  end
  local found = self.projection
  if found and found.estimate then
    rows[#rows + 1] = { "estimate", self.name, self.date, self.source,
      "final", nil, nil, nil, nil, nil, found.estimate, found.low,
      found.high }
  end
  return csv.encode(rows, HEADER)
end

local function thousands(number)
  local text = ("%d"):format(number):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (text:gsub("^,", ""))
end

local function coverage_text(self)
  local parts, found = {}, self.coverage
  if found.sample then
    parts[1] = ("sample of %s%s polling stations"):format(
      thousands(found.sample),
      found.units and " of " .. thousands(found.units) or "")
  end
  if found.stations then
    parts[#parts + 1] = ("%s%s stations reporting"):format(
      thousands(found.stations), found.stations_expected
      and " of " .. thousands(found.stations_expected) or "")
  end
  if #parts == 0 then parts[1] = "stations reporting: not stated" end
  return table.concat(parts, ", ")
end

local function figure(point)
  if not point.percent then return "-" end
  return point.margin and ("%s +-%s"):format(point.percent, point.margin)
    or point.percent
end

local function difference_text(point)
  if not point.points then return "" end
  return point.points .. (point.beyond_margins == false and " ~" or "")
end

local WIDE = "%-16s%-9s"

-- Whether any difference is marked as within the margins.
local function has_narrow(self)
  for _, row in ipairs(self.rows) do
    for _, point in ipairs(row.earlier) do
      if point.beyond_margins == false then return true end
    end
  end
  return false
end

local function table_lines(self)
  local head, lines = { "time ", ("%-14s"):format(self.date or "now") }, {}
  for _, other in ipairs(self.earlier) do
    head[#head + 1] = WIDE:format(other.name, "points")
  end
  lines[1] = table.concat(head, "  ")
  for _, row in ipairs(self.rows) do
    local cells = { row.time, ("%-14s"):format(figure(row)) }
    for _, point in ipairs(row.earlier) do
      cells[#cells + 1] = WIDE:format(figure(point), difference_text(point))
    end
    lines[#lines + 1] = table.concat(cells, "  ")
  end
  for i, line in ipairs(lines) do lines[i] = line:gsub(" +$", "") end
  if has_narrow(self) then
    lines[#lines + 1] = "~ within the margins of both"
  end
  return lines
end

local function projection_lines(found)
  if not found then return {} end
  if not found.estimate then
    return { "No projection: " .. found.no_estimate .. "." }
  end
  local lines = { ("Estimate of the final turnout, from %s: about %s %%%s. "
    .. "An estimate, not a count."):format(found.time, found.estimate,
    found.low and (", between %s and %s %%"):format(found.low, found.high)
    or "") }
  for _, row in ipairs(found.by) do
    lines[#lines + 1] = ("  as in %s: %s%s / %s = %s, gives %s"):format(
      row.election, row.final, row.final_mark
      and (" (%s)"):format(row.final_mark) or "", row.at, row.ratio,
      row.estimate)
  end
  for _, row in ipairs(found.excluded) do
    lines[#lines + 1] = ("  without %s: %s"):format(row.election, row.why)
  end
  if found.no_interval then
    lines[#lines + 1] = "  no interval: " .. found.no_interval
  end
  lines[#lines + 1] = "  method: " .. found.method
  return lines
end

local function final_line(self)
  local final = self.final
  return ("Final turnout, %s: %s %%%s"):format(self.final_by == "source"
    and "by " .. self.source or "a count of signatures", final.percent,
    final.mark and (" (%s)"):format(final.why or final.mark) or "")
end

--- As text.
---@return string
function Turnout:text()
  local lines = { ("Turnout, %s"):format(self.title or self.name),
    ("source %s, %s; percent of %s registered voters"):format(self.source,
      coverage_text(self), self.base.total and thousands(self.base.total)
      or "the") }
  local function add(more)
    for _, line in ipairs(more) do lines[#lines + 1] = line end
  end
  add(table_lines(self))
  for _, row in ipairs(self.printed) do
    add { ("%s: %s itself prints %s for the election it compares with (%s)")
      :format(row.time, self.source, row.percent, row.points) }
  end
  add(projection_lines(self.projection))
  if self.final then add { final_line(self) } end
  for _, check in ipairs(self.checks) do
    add { ("%s %-7s %s%s"):format(check.code, check.result, check.title,
      check.message and ": " .. check.message or "") }
  end
  for _, warning in ipairs(self.warnings) do add { "Note: " .. warning } end
  return table.concat(lines, "\n") .. "\n"
end

return turnout
