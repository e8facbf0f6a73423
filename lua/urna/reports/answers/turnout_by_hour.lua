local hours = require "urna.charts.hours"
local model = require "urna.charts.model"
local shared = require "urna.reports.shared"

--- Turnout by the hour, as a section of the report. Its kind is not "turnout":
--- that is the report's own section of totals.
local turnout = { arrays = { by = true, checks = true, earlier = true,
  excluded = true, printed = true, rows = true, warnings = true } }

local left, right, some = shared.left, shared.right, shared.some

--- The election whose turnout it is.
---@param answer urna.Turnout
---@return table contest
function turnout.name(answer)
  return { name = answer.title or answer.name, names = answer.names }
end

-- ---- data ----

local MEMBERS = { "at", "base", "coverage", "date", "final", "name",
  "printed", "projection", "rows", "source", "title", "warnings" }
local EARLIER = { "date", "final", "final_mark", "name", "sample", "title" }
local CHECK = { "code", "message", "result", "severity", "title", "what" }
local PROJECTION = { "by", "estimate", "high", "is_estimate", "known", "level",
  "low", "method", "no_estimate", "no_interval", "time" }

local function each(rows, names)
  local found = {}
  for i, row in ipairs(rows) do found[i] = some(row, names) end
  return found
end

--- What goes into JSON.
---@param answer urna.Turnout
---@return table
function turnout.data(answer)
  local found = some(answer, MEMBERS)
  found.earlier = each(answer.earlier, EARLIER)
  found.checks = each(answer.checks, CHECK)
  if answer.projection then
    found.projection = some(answer.projection, PROJECTION)
    found.projection.excluded = each(answer.projection.excluded,
      { "election", "why" })
  end
  return found
end

-- ---- names ----

local function title_of(page, election)
  return page.locale:name({ name = election.title or election.name,
    names = election.names })
end

local function is_of_another_body(answer, election)
  for _, remark in ipairs(answer.remarks) do
    if remark.code == "other_body" and remark.election == election.name then
      return true
    end
  end
  return false
end

-- A day tells elections of one body apart; else the whole name is needed.
local function label_of(page, answer, election)
  local same_day = 0
  for _, other in ipairs(answer.earlier) do
    if other.date == election.date then same_day = same_day + 1 end
  end
  if not election.date or same_day > 1
    or is_of_another_body(answer, election) then
    return title_of(page, election)
  end
  return page.locale:date(election.date)
end

local function own_label(page, answer)
  return answer.date and page.locale:date(answer.date)
    or title_of(page, answer)
end

-- The titles of all elections by their names.
local function titles_of(page, answer)
  local titles = { [answer.name] = title_of(page, answer) }
  for _, election in ipairs(answer.earlier) do
    titles[election.name] = title_of(page, election)
  end
  return titles
end

local function percent(page, text, mark)
  return text and page.locale:percent(text) .. model.sign(mark) or "–"
end

-- ---- sentences ----

local function coverage_parts(page, answer, words)
  local coverage, parts = answer.coverage, {}
  local locale = page.locale
  if coverage.sample then
    parts[1] = locale:say(coverage.units and words.sample_of or words.sample, {
      source = answer.source, sample = coverage.units
        and locale:number(coverage.sample)
        or locale:count(coverage.sample, "unit"),
      units = shared.number(page, coverage.units) })
  end
  if coverage.stations then
    local expected = coverage.stations_expected
    parts[#parts + 1] = locale:say(expected and words.reporting_of
      or words.reporting, { time = turnout.last_row(answer).time,
        stations = expected and locale:number(coverage.stations)
          or locale:count(coverage.stations, "unit"),
        expected = shared.number(page, expected) })
  end
  if #parts == 0 then parts[1] = words.no_coverage end
  return parts
end

--- The last hour that is known.
---@param answer urna.Turnout
---@return table row
function turnout.last_row(answer)
  for i = #answer.rows, 1, -1 do
    if answer.rows[i].percent then return answer.rows[i] end
  end
  error("turnout without any figure", 0) -- urna.turnout gives none
end

local function last_sentence(page, answer, words)
  local row = turnout.last_row(answer)
  local before = row.earlier[1]
  local values = { time = row.time, percent = percent(page, row.percent) }
  if not before or not before.percent then
    return page.locale:say(words.last_alone, values)
  end
  values.earlier = percent(page, before.percent)
  values.election = title_of(page, answer.earlier[1])
  values.points = page.locale:signed(before.points)
  return page.locale:say(before.beyond_margins == false and words.last_narrow
    or words.last, values)
end

local function estimate_sentence(page, found, words)
  if not found.estimate then
    return page.locale:say(words.no_estimate, { time = found.time })
  end
  return page.locale:say(found.low and words.estimate or words.estimate_alone,
    { time = found.time, percent = percent(page, found.estimate),
      low = percent(page, found.low), high = percent(page, found.high),
      level = percent(page, found.level and ("%d"):format(found.level)) })
end

local function final_sentence(page, answer, words)
  return page.locale:say(answer.final_by == "source" and words.final_source
    or words.final, { source = answer.source,
      percent = percent(page, answer.final.percent, answer.final.mark) })
end

local function said(page, answer, words)
  local total = answer.base.total
  local say = { page.locale:say(total and words.series_of or words.series,
    { source = answer.source, total = shared.number(page, total) }) }
  for _, part in ipairs(coverage_parts(page, answer, words)) do
    say[#say + 1] = part
  end
  say[#say + 1] = last_sentence(page, answer, words)
  if answer.projection then
    say[#say + 1] = estimate_sentence(page, answer.projection, words)
  end
  if answer.final then
    say[#say + 1] = final_sentence(page, answer, words)
  end
  return say
end

-- ---- tables ----

local function figure(page, point)
  local text = percent(page, point.percent)
  return point.margin and ("%s ±%s"):format(text,
    page.locale:number(point.margin)) or text
end

local function difference(page, point)
  if not point.points then return "–" end
  return page.locale:signed(point.points)
    .. (point.beyond_margins == false and " ~" or "")
end

local function stations(page, point, words)
  if not point.stations then return "–" end
  if not point.stations_expected then
    return page.locale:number(point.stations)
  end
  return page.locale:say(words.stations_of, {
    stations = page.locale:number(point.stations),
    expected = page.locale:number(point.stations_expected) })
end

local function has_stations(answer)
  for _, row in ipairs(answer.rows) do
    if row.stations then return true end
  end
  return false
end

-- The figures beside those of some of the earlier elections.
local function hour_table(page, answer, words, from, to)
  local with_stations = has_stations(answer)
  local found = { caption = words.caption, rows = {}, columns = {
    left(words.time), right(own_label(page, answer)),
    with_stations and right(words.stations) or nil } }
  for i = from, to do
    local columns = found.columns
    columns[#columns + 1] = right(label_of(page, answer, answer.earlier[i]))
    columns[#columns + 1] = right(words.difference)
  end
  for n, row in ipairs(answer.rows) do
    local cells = { row.time, figure(page, row),
      with_stations and stations(page, row, words) or nil }
    for i = from, to do
      cells[#cells + 1] = figure(page, row.earlier[i])
      cells[#cells + 1] = difference(page, row.earlier[i])
    end
    found.rows[n] = cells
  end
  return found
end

-- No more earlier elections in one table than fit beside each other.
local function hour_tables(page, answer, words)
  local most, found = has_stations(answer) and 1 or 2, {}
  for from = 1, math.max(#answer.earlier, 1), most do
    found[#found + 1] = hour_table(page, answer, words, from,
      math.min(from + most - 1, #answer.earlier))
  end
  return found
end

local function by_table(page, answer, words)
  local found = answer.projection
  if not found or #found.by == 0 then return nil end
  local titles, rows = titles_of(page, answer), {}
  for i, row in ipairs(found.by) do
    rows[i] = { titles[row.election], percent(page, row.at),
      percent(page, row.final, row.final_mark), page.locale:number(row.ratio),
      percent(page, row.estimate) }
  end
  return { caption = words.by_caption, rows = rows, columns = {
    left(words.election, true),
    right(page.locale:say(words.at_time, { time = found.time })),
    right(words.at_end), right(words.ratio), right(words.gives) } }
end

local function fell_text(page, figures, words)
  return page.locale:say(words.fell, { time = figures.after.time,
    percent = percent(page, figures.after.percent),
    earlier = figures.before.time,
    before = percent(page, figures.before.percent) })
end

local function clock_or_end(time, words)
  return time == "final" and words.to_end or time
end

local function surge_text(page, figures, words, labels)
  local last, fastest, paces = figures.last, figures.fastest, {}
  local text = page.locale:say(words.pace, {
    pace = page.locale:number(last.pace), from = last.from,
    to = clock_or_end(last.to, words), since = fastest.from,
    till = clock_or_end(fastest.to, words),
    fastest = page.locale:number(fastest.pace) })
  for i, other in ipairs(figures.earlier) do
    paces[i] = page.locale:say(words.pace_of, {
      election = labels[other.election],
      pace = page.locale:number(other.pace) })
  end
  if #paces == 0 then return text end
  return text .. " " .. page.locale:say(words.pace_earlier,
    { paces = table.concat(paces, ", ") })
end

-- What a check says, as sentences: what was found, or what holds, or why that
-- is not known; then the figures.
local function check_text(page, check, words, labels)
  local text = page.locale:say(words[check.result][check.what], {})
  local draw = check.what == "surge" and surge_text or fell_text
  if not check.figures then return text end
  return text .. " " .. draw(page, check.figures, words, labels)
end

-- A check that fired is said above, the others below.
local function checks_of(page, answer, words, has_fired)
  local texts, labels = {}, {}
  for _, election in ipairs(answer.earlier) do
    labels[election.name] = label_of(page, answer, election)
  end
  for _, check in ipairs(answer.checks) do
    if (check.result == "FIRED") == has_fired then
      texts[#texts + 1] = check_text(page, check, words, labels)
    end
  end
  return texts
end

-- ---- notes ----

local function has_any(answer, is_so)
  for _, row in ipairs(answer.rows) do
    if is_so(row) then return true end
    for _, point in ipairs(row.earlier) do
      if is_so(point) then return true end
    end
  end
  return false
end

local function legend(answer, words)
  local notes = { #answer.earlier > 0 and words.points or nil }
  if has_any(answer, function(point) return point.margin end) then
    notes[#notes + 1] = words.margins
  end
  if has_any(answer, function(point)
    return point.beyond_margins == false
  end) then
    notes[#notes + 1] = words.narrow
  end
  return notes
end

local function add_mark(notes, page, words, title, final)
  if not final or not final.mark then return end
  notes[#notes + 1] = page.locale:say(final.why and words.mark_why
    or words.mark, { sign = model.sign(final.mark), election = title,
      mark = page.locale.mark[final.mark] or final.mark,
      why = final.why and page.locale:text(final.why) or "" })
end

local function method_notes(page, found, words, titles)
  local notes = {}
  for _, row in ipairs(found.excluded) do
    notes[#notes + 1] = page.locale:say(words.excluded[row.code],
      { election = titles[row.election], time = found.time })
  end
  if found.estimate then
    notes[#notes + 1] = page.locale:say(words.method, { time = found.time,
      count = page.locale:number(#found.by) })
  end
  if found.freedom then
    notes[#notes + 1] = page.locale:say(words.method_interval,
      { freedom = page.locale:number(found.freedom) })
  end
  return notes
end

local function remark_text(page, remark, words, titles)
  local with = {}
  for i, other in ipairs(remark.with or {}) do
    with[i] = title_of(page, other)
  end
  return page.locale:say(words[remark.code], {
    election = titles[remark.election], with = table.concat(with, "; "),
    note = page.locale:text(remark.note or ""),
    than = titles[remark.than] or "" })
end

local function notes_of(page, answer, words)
  local notes, titles = legend(answer, words), titles_of(page, answer)
  add_mark(notes, page, words, titles[answer.name], answer.final)
  for _, election in ipairs(answer.earlier) do
    add_mark(notes, page, words, titles[election.name],
      { mark = election.final_mark, why = election.final_why })
  end
  for _, row in ipairs(answer.printed) do
    notes[#notes + 1] = page.locale:say(words.printed, { time = row.time,
      source = answer.source, percent = percent(page, row.percent),
      points = page.locale:signed(row.points) })
  end
  if answer.projection then
    shared.append(notes, method_notes(page, answer.projection, words, titles))
  end
  for _, remark in ipairs(answer.remarks) do
    notes[#notes + 1] = remark_text(page, remark, words, titles)
  end
  return notes
end

-- ---- the chart ----

-- Every figure of the chart: a column for each election.
local function chart_table(page, answer, words)
  local columns = { left(words.time), right(own_label(page, answer)) }
  local rows, last = {}, { words.chart.the_end, percent(page,
    answer.final and answer.final.percent,
    answer.final and answer.final.mark) }
  for i, election in ipairs(answer.earlier) do
    columns[i + 2] = right(label_of(page, answer, election))
    last[i + 2] = percent(page, election.final, election.final_mark)
  end
  for n, row in ipairs(answer.rows) do
    rows[n] = { row.time, percent(page, row.percent) }
    for i, point in ipairs(row.earlier) do
      rows[n][i + 2] = percent(page, point.percent)
    end
  end
  rows[#rows + 1] = last
  return { caption = words.caption, columns = columns, rows = rows }
end

local function chart_of(page, answer, words)
  local labels = {}
  for i, election in ipairs(answer.earlier) do
    labels[i] = label_of(page, answer, election)
  end
  local drawn = hours.model(answer, { label = own_label(page, answer),
    earlier = labels, title = page.locale:say(words.chart.title,
      { election = title_of(page, answer) }), coverage = table.concat(
      coverage_parts(page, answer, words), " ") }, page.locale)
  return { table = chart_table(page, answer, words),
    svg = function(settings) return hours.svg(drawn, settings) end,
    text = function(settings) return hours.text(drawn, settings) end }
end

--- The section.
---@param page urna.Page
---@param answer urna.Turnout
---@param words table
---@return table
function turnout.draw(page, answer, words)
  local tables = hour_tables(page, answer, words)
  tables[#tables + 1] = by_table(page, answer, words)
  local say = said(page, answer, words)
  shared.append(say, checks_of(page, answer, words, true))
  return { title = words.title, say = say, tables = tables,
    chart = chart_of(page, answer, words),
    notes = notes_of(page, answer, words),
    items = checks_of(page, answer, words, false) }
end

return turnout
