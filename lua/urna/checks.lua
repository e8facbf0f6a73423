local beside = require "urna.checks.beside"
local captures = require "urna.checks.captures"
local catalogue = require "urna.checks.catalogue"
local contests = require "urna.contest"
local digits = require "urna.checks.digits"
local elsewhere = require "urna.checks.elsewhere"
local entries = require "urna.checks.entries"
local errors = require "urna.errors"
local findings = require "urna.checks.findings"
local formulas = require "urna.checks.formulas"
local jobs = require "urna.checks.job"
local notes = require "urna.checks.notes"
local parts = require "urna.checks.parts"
local rules = require "urna.rules"
local seats = require "urna.checks.seats"
local slips = require "urna.checks.slips"
local structure = require "urna.checks.structure"
local times = require "urna.checks.times"

--- Do the records hold? Each check of the catalogue on each record: PASS,
--- FIRED, or UNKNOWN where a field it needs is not known.
local checks = {}

-- What no formula can say, by the kind of the check.
local KINDS = {
  absent = structure.absent, allowed = parts.allowed,
  answers = entries.answers, ballot_lists = structure.ballot_lists,
  building = beside.building, channel = parts.channel,
  checksum = entries.checksum, claimed = seats.claimed,
  clerks = captures.clerks, clock = captures.clock, early = times.early,
  foreign = entries.foreign, hours = times.hours,
  identical = beside.identical, idle_decision = captures.idle_decision,
  late_batch = captures.late_batch, list_names = structure.list_names,
  lookalikes = structure.lookalikes, lower = captures.lower,
  marks = structure.marks, no_sum = parts.no_sum, no_total = parts.no_total,
  not_final = structure.not_final, null_codes = entries.null_codes,
  observed = captures.observed, observers = captures.observers,
  one_list = beside.one_list, other_bytes = captures.other_bytes,
  outlier = beside.outlier, pages = parts.pages,
  party_codes = structure.party_codes, preliminary = captures.preliminary,
  relevant = seats.relevant, removed = captures.removed,
  roll_change = elsewhere.roll_change, rolled_back = captures.rolled_back,
  round = digits.round, rows = parts.rows,
  same_day_box = elsewhere.same_day_box,
  same_day_signed = elsewhere.same_day_signed,
  second_entry = captures.second_entry, state = structure.state,
  sums = parts.sums, swapped = slips.swapped, swing = elsewhere.swing,
  tenfold = slips.tenfold, undecided = captures.undecided,
  unexpected = structure.unexpected,
  unexpected_in_feed = structure.unexpected_in_feed,
  unreported = structure.unreported, zero_list = beside.zero_list,
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
  for _, check in ipairs(options.extra or {}) do
    local code = type(check) == "table" and check.code
    if code then own[code] = true end
  end
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

-- A check that asks the rule for a number; where it has none, nobody can tell.
local function by_rule(check, rule, tolerance)
  local law = (rule.records or {})[check.code]
  local number = law and law[check.of_rule]
  local copy = copied(check, tolerance)
  copy.test = number and check.test:gsub("{%l+}", ("%d"):format(number))
  copy.needs = not number and { "rule" } or nil
  return copy
end

local function all_checks(rule, extra, tolerances)
  local all, taken = {}, {}
  for i, check in ipairs(catalogue) do
    taken[check.code] = true
    local tolerance = tolerances[check.code]
    all[i] = check.of_rule and by_rule(check, rule, tolerance)
      or tolerance and copied(check, tolerance) or check
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
  if not answer.tests then return check.test or check.formula end
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
  local result = result_of(job, answer, count)
  local row = { code = check.code, title = check.title,
    severity = check.severity, count = count, result = result,
    needs = check.needs or check.is_rare and result == "UNKNOWN"
      and answer.missing or nil, missing = answer.missing,
    unknown = answer.unknown or job.units, formula = texts_of(answer, check),
    fields = fields_of(check, answer), next = check.next,
    tolerance = check.tolerance or check.asked and { share = check.asked },
    is_own = check.is_own, tolerated = answer.tolerated,
    difference = answer.difference, remark = notes.text(answer.note),
    compared = answer.compared }
  law = law or check.is_own and check or {}
  row.consequence, row.article, row.note = law.consequence, law.article,
    law.note
  return row
end

-- Formulas first: other kinds look at what they found.
local function run_all(job)
  local with_formula = {}
  for _, check in ipairs(job.all) do
    if check.test and not check.kind and not check.needs then
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
      (job.rule.records or {})[check.code])
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

-- Other results: one, or an array of them.
local function several(name, value, level)
  if value == nil then return nil end
  local is_one = type(value.total) == "function" or #value == 0
  local all = is_one and { value } or value
  for i, one in ipairs(all) do
    need_records(("%s[%d]"):format(name, i), one, level + 1)
  end
  return all
end

-- Key paths of stations, or results that have them.
local function expected_of(value)
  if type(value) ~= "table" or type(value.total) ~= "function" then
    return value
  end
  local paths = {}
  for i, unit in ipairs(value.units) do paths[i] = unit.key end
  return paths
end

local OPTIONS = { "date", "earlier", "expected", "extra", "observers",
  "outcome", "previous", "rule", "same_day", "second", "tolerance" }
local TYPES = { date = "string", earlier = "table", expected = "table",
  extra = "table", observers = "table", outcome = "table",
  previous = "table", rule = "string or table", same_day = "table",
  second = "table", tolerance = "table" }

-- Which option is one results, and which may be several.
local ONE, MANY = { "previous", "second" },
  { "earlier", "observers", "same_day" }

local function results_given(options, level)
  local given = {}
  for _, name in ipairs(ONE) do
    if options[name] then need_records(name, options[name], level + 1) end
    given[name] = options[name]
  end
  for _, name in ipairs(MANY) do
    given[name] = several(name, options[name], level + 1)
  end
  return given
end

-- Other results are matched only now, when they may fail.
local function look_elsewhere(job, given)
  for _, name in ipairs(ONE) do
    job[name] = given[name] and elsewhere.beside(job, given[name])
  end
  for _, name in ipairs(MANY) do
    job[name] = given[name] and {}
    for i, other in ipairs(given[name] or {}) do
      job[name][i] = elsewhere.beside(job, other)
    end
  end
end

--- Run all checks on all records.
--- Fails: raises for a check of one's own that is not in the grammar, for a
--- tolerance that is none, and for other results without records.
---@param results urna.Results
---@param options { rule: string|table?, date: string?, extra: table[]?,
--- tolerance: table<string, integer|table>?, same_day: urna.Results|
--- urna.Results[]?, previous: urna.Results?, earlier: urna.Results|
--- urna.Results[]?, second: urna.Results?, observers: urna.Results|
--- urna.Results[]?, expected: string[]|urna.Results?, outcome: urna.Outcome? }?
--- extra: checks of one's own, { code, test, title, severity, when, next,
--- consequence, article }; tolerance: by code a number that both sides may be
--- apart, or { share = { 1, 100 } } of the greater one; of a usual limit the
--- limit itself; same_day: other contests of the day, with which signatures
--- are shared; previous: an election before; earlier: these records as they
--- were before, the oldest first; second: typed a second time; observers: their
--- copies; expected: the key paths of all stations; outcome: to tell whether
--- what is open may move a seat, and whether the seats claimed are the law's
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
  local given = results_given(options, 2)
  local tolerances = tolerances_of(results, options, 2)
  local rule, err = rule_for(results, options)
  if not rule then return nil, err end
  local job = jobs.new(results, options)
  job.all, job.rule = all_checks(rule, options.extra, tolerances), rule
  job.date = options.date or results.contest.date
  job.expected = expected_of(options.expected)
  local done, found = pcall(function()
    look_elsewhere(job, given)
    return run_all(job)
  end)
  if done then return found end
  if errors.is(found) then return nil, found end
  error(found, 0)
end

return checks
