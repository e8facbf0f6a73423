local answers = require "urna.reports.answers"
local apportion = require "urna.seats.apportion"
local checks = require "urna.checks"
local compat = require "urna.compat"
local errors = require "urna.errors"
local reports = require "urna.reports"
local subject = require "urna.subject"

--- From a subject to a report in one call: reads, checks, applies the law of
--- the day, renders.
local report = {}

-- Which option goes to which stage.
local STAGES = {
  read = { "bad", "contest", "delimiter", "encoding", "profile", "thousands",
    "total_rows", "unit" },
  apportion = { "claim", "count_status", "date", "excluded", "lots", "rule",
    "seats", "thresholds" },
  render = { "colour", "format", "language", "template", "width" },
}
local OWN = { "answers", "as_of", "checks", "compare", "each", "results",
  "where" }

local TYPES = { answers = "table", as_of = "string",
  checks = "table or boolean",
  claim = "table", compare = "string or table", contest = "string or table",
  count_status = "string", date = "string", each = "string or table",
  excluded = "table", lots = "table", rule = "string or table",
  template = "string", thresholds = "table or boolean",
  where = "table", width = "number" }

local function known_options()
  local known = {}
  for _, names in pairs(STAGES) do
    for _, name in ipairs(names) do known[#known + 1] = name end
  end
  for _, name in ipairs(OWN) do known[#known + 1] = name end
  table.sort(known)
  return known
end

local function part(options, stage)
  return compat.some(options, STAGES[stage])
end

-- The outcome of an election to compare with: a subject or an outcome.
local function earlier(value)
  if value == nil or subject.is_outcome(value) then return value end
  local results, err = subject.results(value)
  if not results then return nil, err end
  return apportion.run(results, {})
end

local function is_results(value)
  return type(value) == "table" and type(value.total) == "function"
end

local function has_records(results)
  return type(results.has) == "function"
end

local function checked(results, options)
  if options.checks ~= nil then return options.checks or nil end
  if not has_records(results) then return nil end
  return checks.run(results, { rule = options.rule, date = options.date })
end

local function finish(outcome, options, settings)
  local err
  settings.answers = options.answers
  settings.compare, err = earlier(options.compare)
  if err then return nil, err end
  return reports.render(outcome, settings)
end

--- The report of an outcome that came from results, with their checks.
---@param outcome table
---@param results urna.Results|urna.Totals
---@param options table
---@return string?
---@return urna.Error?
function report.render(outcome, results, options)
  local settings = part(options, "render")
  local found, err = checked(results, options)
  if err then return nil, err end
  settings.checks = found
  settings.results = has_records(results) and results or nil
  return finish(outcome, options, settings)
end

-- One contest's results as an outcome, with the time the count is of.
local function outcome_of(results, options)
  local outcome, err = apportion.run(results, part(options, "apportion"))
  if not outcome then return nil, err end
  outcome.contest.as_of = options.as_of or outcome.contest.as_of
  return outcome
end

-- Bad records of one contest as one error: the first, and how many there are.
local function refusal(bad)
  local first = bad[1]
  local about = { file = first.file, line = first.line, count = #bad,
    column = first.column, field = first.field, text = first.text }
  local one = first.items and first.items[1] or first
  about.message = #bad == 1 and one.message
    or ("%s (and %d more records of this contest)"):format(one.message,
      #bad - 1)
  return errors.new(first.code, about)
end

-- Bad records of which nobody knows the contest.
local function strays(results)
  local found = {}
  for _, err in ipairs(results.bad) do
    if not err.path then found[#found + 1] = err end
  end
  return found
end

-- Whether bad records were kept out because somebody said so.
local function keeps_bad(subject_, options)
  return options.bad == "keep" or is_results(subject_)
end

--- A row for each contest of a file; a bad one stops no other. Unless bad
--- records are kept out, a contest that has one gets its error and no outcome;
--- those of which nobody knows the contest have a row of their own, with the
--- key "".
---@param value any a subject
---@param options table `each`: the key column, and those of report.run
---@return table[]? rows { key, outcome } or { key, err }
---@return urna.Error? err where the whole subject cannot be read
function report.contests(value, options)
  if options.lots then
    error("lots are drawn in one contest, and `each` (--each) is of many", 2)
  end
  local reading = {}
  for name, item in pairs(options) do reading[name] = item end
  reading.bad = "keep"
  local results, err = report.results(value, reading)
  if not results then return nil, err end
  if not has_records(results) then
    return nil, errors.new("no_records", { message =
      "only totals are known here: --each (`each`) needs records" })
  end
  local rows, lost = {}, strays(results)
  if #lost > 0 then rows[1] = { key = "", err = refusal(lost) } end
  for _, one in ipairs(results:split { by = options.each }) do
    local row = { key = one.key }
    if #one.bad > 0 and not keeps_bad(value, options) then
      row.err = refusal(one.bad)
    else
      row.outcome, row.err = outcome_of(one, options)
    end
    rows[#rows + 1] = row
  end
  return rows
end

--- Results of a subject, with only the places that `where` names.
---@param value any
---@param options table
---@return urna.Results|urna.Totals?
---@return urna.Error?
function report.results(value, options)
  local results, err = subject.results(value, part(options, "read"))
  if not results or not options.where then return results, err end
  if not has_records(results) then
    return nil, errors.new("no_records",
      { message = "only totals are known here; `where` needs records" })
  end
  return results:only(options.where)
end

--- The outcome of a subject.
---@param value any
---@param options table
---@return table? outcome
---@return urna.Error? err
---@return urna.Results|urna.Totals? results
function report.outcome(value, options)
  local results, err = report.results(value, options)
  if not results then return nil, err end
  local outcome
  outcome, err = outcome_of(results, options)
  return outcome, err, results
end

--- The report of a subject as text.
--- Fails: raises for an unknown option.
---@param value string|table a subject, results, an outcome, or an answer of
--- urna.margins, urna.annul and the like, which then stands alone
---@param options table? format, language, template, compare (a subject or an
--- outcome), answers (of urna.margins, urna.annul and the like, each a
--- section), checks (findings, or false for none), each (a key column: a row
--- for each contest), where, as_of, and the options of urna.read and
--- urna.apportion
---@return string?
---@return urna.Error?
function report.run(value, options)
  errors.check_given(value, options, 2)
  options = options or {}
  errors.check_options("report", options, known_options(), 2)
  errors.check_types("report", options, TYPES, 2)
  if type(value) ~= "string" and type(value) ~= "table" then
    error("a report is of a subject, results or an outcome", 2)
  end
  if answers.is_one(value) then
    return reports.answer(value, part(options, "render"))
  end
  if subject.is_outcome(value) then
    local settings = part(options, "render")
    settings.results, settings.checks = options.results, options.checks or nil
    return finish(value, options, settings)
  end
  if options.each then
    local rows, err = report.contests(value, options)
    if not rows then return nil, err end
    return reports.each(rows, part(options, "render"))
  end
  local outcome, err, results = report.outcome(value, options)
  if not outcome then return nil, err end
  return report.render(outcome, results, options)
end

return report
