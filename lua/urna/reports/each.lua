local csv = require "urna.writers.csv"
local json = require "urna.writers.json"
local layout = require "urna.reports.layout"
local model = require "urna.charts.model"
local page = require "urna.reports.page"
local sentences = require "urna.reports.sentences"
local template = require "urna.template"

--- Many contests in one table: a row for each, also for one that failed.
local each = {}

local function majority_of(outcome, seats)
  local needed = outcome.majority and outcome.majority.needed
  if not needed or not seats then return nil end
  return math.max(0, needed - seats)
end

--- What one row says, as data.
---@param row { key: string, outcome: table?, err: any }
---@param locale urna.Locale
---@return table
local function facts(row, locale)
  if not row.outcome then
    return { key = row.key, error = tostring(row.err or "") }
  end
  local view = page.new(row.outcome, { locale = locale })
  local leaders, measure = view:leaders()
  local leader, keys = leaders[1] or {}, {}
  for i, list in ipairs(leaders) do keys[i] = list.key end
  local share, units = leader.share or {}, row.outcome.units or {}
  return { key = row.key, view = view, leaders = keys,
    percent = share.percent, base = share.base,
    mark = model.percent_mark(row.outcome, leader),
    status = view:status(), reported = units.reported,
    expected = units.expected, bad = units.bad or 0,
    seats = measure == "seats" and leader.seats or nil,
    seats_to_fill = row.outcome.seats, decision = row.outcome.decision,
    short = measure == "seats" and majority_of(row.outcome, leader.seats)
      or nil, leader = leader }
end

local function majority_cell(fact, locale)
  if not fact.short then return "–" end
  if fact.short == 0 then return locale.words.yes end
  return locale:say(locale.sentences.each_row,
    { short = locale:number(fact.short) })
end

-- Seats of records that are not all there are never called decided alone.
local function decision_cell(fact, locale)
  local text = locale.decision[fact.decision] or fact.decision
  if fact.decision ~= "decided" or not fact.view:is_incomplete() then
    return text
  end
  return text .. ", " .. locale.decision.partial
end

-- What the count is worth: its status, who reported, what was kept out.
local function count_cell(fact, locale)
  local texts = { locale.status[fact.status] or fact.status }
  if fact.reported then
    texts[2] = locale:say(locale.sentences.each_reported, {
      reported = locale:number(fact.reported),
      expected = fact.expected and locale:number(fact.expected) or "?" })
  end
  if fact.bad > 0 then
    texts[#texts + 1] = locale:say(locale.sentences.each_kept_out,
      { bad = locale:number(fact.bad) })
  end
  return table.concat(texts, "; ")
end

local function cells(fact, locale)
  if fact.error then
    return { fact.key, "–", "–", "–", "–", "–", "–", "–", fact.error }
  end
  local view = fact.view
  return { fact.key, #fact.leaders > 0 and view:labels(fact.leaders) or "–",
    fact.percent and view:percent(fact.leader) or "–",
    fact.seats and locale:number(fact.seats) or "–",
    locale:number(fact.seats_to_fill), majority_cell(fact, locale),
    decision_cell(fact, locale), count_cell(fact, locale) }
end

-- The base of all rows, "" where they differ: then each names its own.
local function common_base(rows)
  local base
  for _, fact in ipairs(rows) do
    if fact.base and base and fact.base ~= base then return nil end
    base = base or fact.base
  end
  return base
end

-- What is not by the law, and what the signs in the percentages mean.
local function notes_of(rows, locale)
  local notes, seen = {}, {}
  for _, fact in ipairs(rows) do
    local text = fact.view and sentences.changed(fact.view)
    if text and not seen[text] then
      seen[text] = true
      notes[#notes + 1] = text
    end
  end
  for _, fact in ipairs(rows) do
    local mark = fact.percent and fact.mark
    if mark and not seen[mark] then
      seen[mark] = true
      notes[#notes + 1] = model.sign(mark) .. " "
        .. (locale.mark[mark] or mark)
    end
  end
  return notes
end

local function has_errors(rows)
  for _, fact in ipairs(rows) do
    if fact.error then return true end
  end
  return false
end

local function add_bases(rows, found, locale)
  for i, fact in ipairs(rows) do
    if fact.percent then
      found.rows[i][3] = found.rows[i][3] .. " "
        .. (locale.of[fact.base] or fact.base or "")
    end
  end
end

local function table_of(rows, locale)
  local words, base = locale.words, common_base(rows)
  local right = "right"
  local found = { caption = locale.captions.each, rows = {}, columns = {
    { title = words.contest, wrap = true },
    { title = words.leader, wrap = true },
    { title = base and "% " .. (locale.of[base] or base) or words.percent,
      align = right },
    { title = words.seats, align = right },
    { title = words.seats_to_fill, align = right },
    { title = words.majority, wrap = true },
    { title = words.decision, wrap = true },
    { title = words.count_state, wrap = true } } }
  local failed = has_errors(rows)
  if failed then found.columns[9] = { title = words.error, wrap = true } end
  for i, fact in ipairs(rows) do
    found.rows[i] = cells(fact, locale)
    if failed and not fact.error then found.rows[i][9] = "" end
  end
  if not base then add_bases(rows, found, locale) end
  return found
end

local PAGE = [==[
<!doctype html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 60rem;
  color: #1a1a1a; background: #fff; line-height: 1.4;
  font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
table { width: 100%%; border-collapse: collapse;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #595959; padding-bottom: .4rem; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left;
  vertical-align: baseline; border-bottom: 1px solid #d9d9d9; }
thead th { vertical-align: bottom; border-bottom: 2px solid #1a1a1a; }
.n { text-align: right; }
</style>
</head>
<body>
<main>
<h1>%s</h1>
%s</main>
</body>
</html>
]==]

local function html(found, notes, locale)
  local title = template.escape(locale.words.result, "html")
  local body = { layout.table(found, "html") }
  for _, note in ipairs(notes) do
    body[#body + 1] = ("<p>%s</p>\n"):format(template.escape(note, "html"))
  end
  return PAGE:format(locale.lang, title, title, table.concat(body))
end

-- The table and, where a percentage has a sign, what the signs mean.
local function lines(found, notes, format, width)
  local text = layout.table(found, format, width)
  for i, note in ipairs(notes) do
    text = text .. (i == 1 and "\n" or "") .. (format == "md" and "- "
      .. template.escape(note, format) or layout.wrap(note, width)) .. "\n"
  end
  return text
end

local HEADER = { "key", "leader", "percent", "base", "seats",
  "seats_to_fill", "majority_short", "decision", "count_status", "reported",
  "expected", "kept_out", "mark", "error" }

local function csv_rows(rows)
  local out = {}
  for i, fact in ipairs(rows) do
    out[i] = { fact.key,
      fact.leaders and table.concat(fact.leaders, " ") or nil, fact.percent,
      fact.base, fact.seats, fact.seats_to_fill, fact.short, fact.decision,
      fact.status, fact.reported, fact.expected, fact.bad, fact.mark,
      fact.error }
  end
  return csv.encode(out, HEADER)
end

local function json_rows(rows)
  local out = {}
  for i, fact in ipairs(rows) do
    out[i] = { key = fact.key, leaders = fact.leaders, percent = fact.percent,
      base = fact.base, seats = fact.seats,
      seats_to_fill = fact.seats_to_fill, majority_short = fact.short,
      decision = fact.decision, count_status = fact.status,
      reported = fact.reported, expected = fact.expected,
      kept_out = fact.bad, mark = fact.mark, error = fact.error,
      changed = fact.view and fact.view.outcome.rule.changed }
  end
  return json.encode({ contests = out }, { indent = 2,
    arrays = { contests = true, leaders = true } }) .. "\n"
end

--- One row per contest.
---@param rows { key: string, outcome: table?, err: any }[]
---@param format string "text", "md", "html", "csv" or "json"
---@param locale urna.Locale
---@param width integer for text
---@return string
function each.render(rows, format, locale, width)
  local found = {}
  for i, row in ipairs(rows) do found[i] = facts(row, locale) end
  if format == "csv" then return csv_rows(found) end
  if format == "json" then return json_rows(found) end
  local drawn = table_of(found, locale)
  local notes = notes_of(found, locale)
  if format == "html" then return html(drawn, notes, locale) end
  return lines(drawn, notes, format, width)
end

return each
