local answers = require "urna.reports.answers"
local csv = require "urna.writers.csv"
local findings = require "urna.reports.findings"
local json = require "urna.writers.json"
local model = require "urna.charts.model"

--- Reports for machines: JSON as doc/report.schema.json describes it, and one
--- row per list as CSV.
local data = {}

-- Names whose empty table is a list.
local ARRAYS = { lists = true, steps = true, ties = true, open = true,
  next_in_line = true, marks = true, sources = true, children = true,
  checks = true, articles = true, excluded = true, distance = true,
  shown = true, remarks = true, missing = true, differences = true,
  unknown = true, bad = true, contests = true, fired = true,
  unmapped = true }

local CHECK = { "code", "title", "severity", "result", "count",
  "consequence", "article", "missing", "formula", "fired" }

local function checks_of(checks)
  if not checks then return json.null end
  local rows, units = {}, {}
  for _, row in ipairs(findings.fired(checks)) do
    units[row.code] = row.units
  end
  for i, row in ipairs(checks.rows) do
    rows[i] = {}
    for _, name in ipairs(CHECK) do rows[i][name] = row[name] end
    rows[i].fired = units[row.code]
  end
  return rows
end

local function bad_row(err)
  if type(err) ~= "table" then return { message = tostring(err) } end
  return { code = err.code, message = err.message, file = err.file,
    line = err.line, column = err.column, field = err.field, text = err.text }
end

local function results_of(results, outcome)
  if not results then return json.null end
  local bad = {}
  for i, err in ipairs(results.bad or {}) do bad[i] = bad_row(err) end
  local source = results.source or {}
  return { bad = bad, units = outcome.units,
    unmapped = results.unmapped or {}, file = source.file,
    files = source.files, sha256 = source.sha256, bytes = source.bytes }
end

local ROOTS = { "quotient", "rival_quotient", "divisor", "rival_divisor" }

-- An array has no names: that its pairs are squares is said beside them.
local function without_squares(rows)
  local plain = {}
  for i, row in ipairs(rows) do
    plain[i] = {}
    for key, value in pairs(row) do plain[i][key] = value end
    for _, key in ipairs(ROOTS) do
      local pair = row[key]
      if type(pair) == "table" and pair.squared then
        plain[i][key], plain[i].squared = { pair[1], pair[2] }, true
      end
    end
  end
  return plain
end

-- What the outcome says is missing is a map; an empty one is left out.
local function tidy(outcome)
  local copy = {}
  for key, value in pairs(outcome) do copy[key] = value end
  copy.steps = outcome.steps and without_squares(outcome.steps)
  copy.next_in_line = outcome.next_in_line
    and without_squares(outcome.next_in_line)
  if type(copy.missing) == "table" and next(copy.missing) == nil then
    copy.missing = nil
  end
  return copy
end

-- What else was asked, as plain data, with the names of its own lists.
local function answers_of(page)
  if not page.answers then return nil, ARRAYS end
  local found, arrays = {}, { answers = true }
  for i, answer in ipairs(page.answers) do
    local plain, own = answers.data(answer)
    found[i] = { kind = answer.kind, answer = plain }
    for name in pairs(own) do arrays[name] = true end
  end
  for name in pairs(ARRAYS) do arrays[name] = true end
  return found, arrays
end

--- The report as JSON; of answers alone only these.
---@param page urna.Page
---@return string
function data.json(page)
  local asked, arrays = answers_of(page)
  local all = { answers = asked }
  if not page.is_alone then
    all.outcome = tidy(page.outcome)
    all.results = results_of(page.results, page.outcome)
    all.checks = checks_of(page.checks)
    all.fingerprint = page.outcome.fingerprint or {}
  end
  return json.encode(all, { indent = 2, arrays = arrays }) .. "\n"
end

local HEADER = { "key", "name", "minority", "votes", "votes_min", "votes_max",
  "mark", "percent", "base", "threshold", "votes_needed", "seats",
  "seats_min", "seats_max", "votes_to_gain", "votes_to_lose",
  "percent_mark", "votes_needed_min", "votes_needed_max" }
local COMPARED = { "seats_change", "points_change", "is_new",
  "points_mark" }

local function yes_no(value)
  if value == nil then return nil end
  return value and "true" or "false"
end

local function csv_row(page, list)
  local share, threshold = list.share or {}, list.threshold or {}
  local name = list.others and page:label(list) or page.locale:name(list)
  local row = { list.key, name, yes_no(list.minority),
    list.votes, list.votes_min, list.votes_max, list.mark, share.percent,
    share.base, threshold.result, threshold.needed, list.seats,
    list.seats_min, list.seats_max, list.votes_to_gain, list.votes_to_lose,
    list.share and model.percent_mark(page.outcome, list),
    threshold.needed_min, threshold.needed_max }
  local change = page.compare and page.compare.of[list.key]
  if change then
    row[#HEADER + 1] = change.seats
    row[#HEADER + 2] = change.points
    row[#HEADER + 3] = yes_no(change.is_new)
    row[#HEADER + 4] = change.points
      and (model.percent_mark(page.outcome, list)
        or model.percent_mark(page.compare.outcome, change.before)) or nil
  end
  return row
end

local function lists_csv(page)
  local header, rows = {}, {}
  for _, name in ipairs(HEADER) do header[#header + 1] = name end
  for _, name in ipairs(page.compare and COMPARED or {}) do
    header[#header + 1] = name
  end
  for i, list in ipairs(page.outcome.lists) do rows[i] = csv_row(page, list) end
  return csv.encode(rows, header)
end

--- One row per list; what else was asked follows as tables of their own, each
--- after an empty line.
---@param page urna.Page
---@return string
function data.csv(page)
  local parts = { not page.is_alone and lists_csv(page) or nil }
  for _, answer in ipairs(page.answers or {}) do
    parts[#parts + 1] = answer:csv()
  end
  return table.concat(parts, "\n")
end

data.arrays = ARRAYS

return data
