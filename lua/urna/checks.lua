local beside = require "urna.checks.beside"
local catalogue = require "urna.checks.catalogue"
local contests = require "urna.contest"
local elsewhere = require "urna.checks.elsewhere"
local errors = require "urna.errors"
local findings = require "urna.checks.findings"
local formulas = require "urna.checks.formulas"
local jobs = require "urna.checks.job"
local rules = require "urna.rules"
local slips = require "urna.checks.slips"
local structure = require "urna.checks.structure"

--- Do the records hold? Each check of the catalogue on each record: PASS,
--- FIRED, or UNKNOWN where a field it needs is not known.
local checks = {}

-- What no formula can say, by the kind of the check.
local KINDS = {
  absent = structure.absent, identical = beside.identical,
  list_names = structure.list_names, lookalikes = structure.lookalikes,
  not_final = structure.not_final, one_list = beside.one_list,
  outlier = beside.outlier, relevant = elsewhere.relevant,
  roll_change = elsewhere.roll_change,
  same_day_box = elsewhere.same_day_box,
  same_day_signed = elsewhere.same_day_signed, state = structure.state,
  swapped = slips.swapped, swing = elsewhere.swing, tenfold = slips.tenfold,
  unexpected = structure.unexpected, unreported = structure.unreported,
  zero_list = beside.zero_list,
}

-- ---- which checks, with which tolerances ----

local function tolerance_error(code, path, value, level)
  local message = contests.tolerance(value, path)
  if message then error(message, level + 1) end
  local known = {}
  for _, check in ipairs(catalogue) do
    known[#known + 1] = check.code
    if check.code == code then
      if check.limit and type(value) ~= "table" then
        error(("%s is a limit: { share = { 3, 100 } }"):format(path),
          level + 1)
      end
      if check.test or check.limit then return end
      error(("%s: %s compares no numbers"):format(path, code), level + 1)
    end
  end
  local near = errors.nearest(tostring(code), known)
  error(("%s: there is no check %q%s"):format(path, tostring(code),
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

-- Tolerances of the contest, and over them those that are asked for.
local function tolerances_of(results, options, level)
  local all, own = {}, {}
  for _, check in ipairs(options.extra or {}) do own[check.code] = true end
  for code, value in pairs(results.contest.tolerances or {}) do
    all[code] = value
  end
  for code, value in pairs(options.tolerance or {}) do
    if not own[code] then
      tolerance_error(code, "tolerance." .. tostring(code), value, level + 1)
    end
    all[code] = value
  end
  return all
end

local function copied(check, tolerance)
  local copy = {}
  for name, value in pairs(check) do copy[name] = value end
  if check.limit then
    copy.asked = type(tolerance) == "table" and tolerance.share or nil
  else
    copy.tolerance = tolerance
  end
  return copy
end

local OWN = { "article", "code", "consequence", "next", "severity", "test",
  "title", "when" }
local SEVERITIES = { fatal = true, error = true, warning = true, note = true }

local function add_own(all, taken, i, check, tolerance)
  local name = ("extra[%d]"):format(i)
  if type(check) ~= "table" or type(check.code) ~= "string"
    or type(check.test) ~= "string" then
    error(name .. " needs a code and a test", 4)
  end
  errors.check_options(name, check, OWN, 4)
  local severity = check.severity or "error"
  if not SEVERITIES[severity] then
    error(name .. ".severity is fatal, error, warning or note", 4)
  end
  if taken[check.code] then
    error(("%s: there is a check %q already"):format(name, check.code), 4)
  end
  taken[check.code] = true
  local copy = copied(check, tolerance)
  copy.title, copy.severity = check.title or check.test, severity
  copy.is_own = true
  all[#all + 1] = copy
end

local function all_checks(extra, tolerances)
  local all, taken = {}, {}
  for i, check in ipairs(catalogue) do
    taken[check.code] = true
    local tolerance = tolerances[check.code]
    all[i] = tolerance and copied(check, tolerance) or check
  end
  for i, check in ipairs(extra or {}) do
    add_own(all, taken, i, check, type(check) == "table" and check.code
      and tolerances[check.code])
  end
  return all
end

-- ---- run them ----

local function fields_of(check, answer)
  local fields, seen = {}, {}
  local function add(name)
    if not seen[name] then seen[name], fields[#fields + 1] = true, name end
  end
  for _, test in ipairs(answer.tests or {}) do
    for _, name in ipairs(test.names) do add(name) end
  end
  for _, measure in ipairs(check.measures or {}) do
    add(measure.part)
    add(measure.whole)
  end
  if check.field then add(check.field) end
  return #fields > 0 and fields or nil
end

local function texts_of(answer, check)
  if not answer.tests then return check.test end
  local texts = {}
  for i, test in ipairs(answer.tests) do texts[i] = test.text end
  return table.concat(texts, " and ")
end

-- FIRED, or not known where all that was to be looked at is not.
local function result_of(job, answer, count)
  if count > 0 then return "FIRED" end
  local missing = answer.missing
  if missing and not answer.is_partly then return "UNKNOWN" end
  local none = job.units > 0 and (answer.unknown or 0) >= job.units
  return none and "UNKNOWN" or "PASS"
end

local function row_of(job, check, answer, law)
  local count = answer.count or #answer.units + #(answer.places or {})
  local row = { code = check.code, title = check.title,
    severity = check.severity, count = count, needs = check.needs,
    result = result_of(job, answer, count), missing = answer.missing,
    unknown = answer.unknown or job.units, formula = texts_of(answer, check),
    fields = fields_of(check, answer), next = check.next,
    tolerance = check.tolerance or check.asked and { share = check.asked },
    is_own = check.is_own, tolerated = answer.tolerated,
    difference = answer.difference, remark = answer.note,
    compared = answer.compared }
  law = law or check.is_own and check or {}
  row.consequence, row.article, row.note = law.consequence, law.article,
    law.note
  return row
end

-- Formulas first: other kinds look at what they found.
local function run_all(job, rule)
  local with_formula = {}
  for _, check in ipairs(job.all) do
    if check.test and not check.kind then
      with_formula[#with_formula + 1] = check
    end
  end
  formulas.run(job, with_formula)
  for _, check in ipairs(job.all) do
    local act = check.refused and structure.refused or KINDS[check.kind]
    if check.needs then
      job.answers[check.code] = { units = {}, missing = check.needs }
    elseif act then
      job.answers[check.code] = act(job, check)
    end
  end
  local rows = {}
  for i, check in ipairs(job.all) do
    rows[i] = row_of(job, check, job.answers[check.code],
      (rule.records or {})[check.code])
  end
  return findings.new(job, rows)
end

-- ---- what is given ----

local function rule_for(results, options)
  local subject = options.rule or results.contest.rule
  local date = options.date or results.contest.date
  if not subject or type(subject) == "string" and not date then return {} end
  return rules.find(subject, date)
end

local function is_records(value)
  return type(value) == "table" and type(value.total) == "function"
    and value.kernel ~= nil
end

local function need_records(name, value, level)
  if not is_records(value) then
    error(("%s is results with records, as urna.read gives them"):format(name),
      level + 1)
  end
end

-- Results of the same day: one, or an array of them.
local function same_day_of(value, level)
  if value == nil then return nil end
  local is_one = type(value.total) == "function" or #value == 0
  local all = is_one and { value } or value
  for i, one in ipairs(all) do
    need_records(("same_day[%d]"):format(i), one, level + 1)
  end
  return all
end

local OPTIONS = { "date", "extra", "outcome", "previous", "rule", "same_day",
  "tolerance" }
local TYPES = { date = "string", extra = "table", outcome = "table",
  previous = "table", rule = "string or table", same_day = "table",
  tolerance = "table" }

-- Other results are matched only now, when they may fail.
local function look_elsewhere(job, same_day)
  if same_day then
    job.same_day = {}
    for i, other in ipairs(same_day) do
      job.same_day[i] = elsewhere.beside(job, other)
    end
  end
  if job.options.previous then
    job.previous = elsewhere.beside(job, job.options.previous)
  end
end

--- Run all checks on all records.
--- Fails: raises for a check of one's own that is not in the grammar, for a
--- tolerance that is none, and for other results without records.
---@param results urna.Results
---@param options { rule: string|table?, date: string?, extra: table[]?,
--- tolerance: table<string, integer|table>?, same_day: urna.Results|
--- urna.Results[]?, previous: urna.Results?, outcome: urna.Outcome? }?
--- extra: checks of one's own, { code, test, title, severity, when, next,
--- consequence, article }; tolerance: by code a number that both sides may be
--- apart, or { share = { 1, 100 } } of the greater one; of a usual limit the
--- limit itself; same_day: other contests of the day, with which signatures
--- are shared; previous: an election before; outcome: to tell whether what is
--- open may move a seat
---@return urna.Findings?
---@return urna.Error? err "no_records", an unknown rule, or "beyond_exact"
function checks.run(results, options)
  errors.check_given(results, options, 2)
  options = options or {}
  errors.check_options("check", options, OPTIONS, 2)
  errors.check_types("check", options, TYPES, 2)
  if type(results) ~= "table" or type(results.total) ~= "function" then
    error("checks are run on results, as urna.read gives them", 2)
  elseif not results.kernel then
    return nil, errors.new("no_records",
      { message = "only totals are known here; checks need records" })
  end
  if options.previous then need_records("previous", options.previous, 2) end
  local same_day = same_day_of(options.same_day, 2)
  local all = all_checks(options.extra, tolerances_of(results, options, 2))
  local rule, err = rule_for(results, options)
  if not rule then return nil, err end
  local job = jobs.new(results, options)
  job.all = all
  local done, found = pcall(function()
    look_elsewhere(job, same_day)
    return run_all(job, rule)
  end)
  if done then return found end
  if errors.is(found) then return nil, found end
  error(found, 0)
end

return checks
