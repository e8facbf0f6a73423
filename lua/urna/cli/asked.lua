local compat = require "urna.compat"
local given = require "urna.cli.given"
local urna = require "urna"

--- The answers of other verbs that `urna report` is asked for, each a section
--- of the report.
local asked = {}

-- The findings that reports of incidents and materiality rest on, worked out
-- once.
local function findings_of(job)
  if job.findings then return job.findings end
  local err
  job.findings, err = urna.check(job.results, job.law)
  return job.findings, err
end

-- ---- what needs no more than the subject ----

local WITH = {}

function WITH.check(job)
  return urna.check(job.results, { date = job.law.date, rule = job.law.rule,
    outcome = job.outcome })
end

function WITH.coalitions(job)
  return urna.coalitions(job.outcome, { excluded = job.options.exclude })
end

function WITH.compare(job)
  if not job.options.compare then
    error("--with compare needs --compare ELECTION", 0)
  end
  return urna.compare(job.options.compare, job.results)
end

function WITH.deadlines(job)
  return urna.deadlines(job.outcome, job.law)
end

function WITH.fewest(job)
  return urna.fewest_stations(job.results, job.law)
end

function WITH.margins(job)
  return urna.margins(job.outcome)
end

function WITH.materiality(job)
  local findings, err = findings_of(job)
  if not findings then return nil, err end
  return urna.materiality(job.results, { findings = findings,
    rule = job.law.rule, date = job.law.date })
end

function WITH.turnout(job)
  return urna.turnout(job.results, { source = job.options.source,
    earlier = job.options.compare and { job.options.compare } })
end

-- ---- what comes with a file or a place ----

local GIVEN = {}

function GIVEN.annul(job, places)
  return urna.annul(job.results, places, { rule = job.law.rule,
    date = job.law.date, revote = job.options.revote })
end

function GIVEN.reconcile(job, sources)
  local subjects = { job.results }
  for _, source in ipairs(sources) do subjects[#subjects + 1] = source end
  subjects[#subjects + 1] = given.reading(job.options)
  return urna.reconcile(compat.unpack(subjects))
end

function GIVEN.scenarios(job, path)
  local scenario = require "urna.cli.scenario"
  local list, err = scenario.from_file(path)
  if not list then return nil, err end
  return scenario.of_file(path, job.results, list, job.law)
end

function GIVEN.incidents(job, path)
  local findings, err = findings_of(job)
  if not findings then return nil, err end
  return urna.incidents(path, { results = job.results, findings = findings,
    rule = job.law.rule, date = job.law.date })
end

local NO_DEADLINES = { no_rule = true, no_deadlines = true }

-- Of a law without deadlines, or of none, the list is told without them.
function GIVEN.disputes(job, path)
  local law, err = urna.deadlines(job.outcome, job.law)
  if not law and not NO_DEADLINES[err.code] then return nil, err end
  return urna.disputes(path, { election = law and job.outcome or nil,
    rule = job.law.rule, date = job.law.date })
end

-- In this order they stand in the report.
local ORDER = { "compare", "turnout", "margins", "coalitions", "check",
  "materiality", "fewest", "annul", "reconcile", "scenarios", "incidents",
  "disputes", "deadlines" }

--- What --with takes.
asked.WITH = compat.keys(WITH)

--- Whether anything is asked for.
---@param options table of the command line
---@return boolean
function asked.any(options)
  for name in pairs(GIVEN) do
    if options[name] then return true end
  end
  return options.with ~= nil or options.revote ~= nil
end

-- What works on the records by the law as it is: beside a result that is not
-- by the law it would answer of another.
local BY_LAW = { "annul", "compare", "fewest", "incidents", "materiality",
  "reconcile", "scenarios" }

local function check_by_law(with, options)
  if options.threshold == nil then return end
  for _, name in ipairs(BY_LAW) do
    if with[name] or GIVEN[name] and options[name] then
      error(("--%s is answered by the law as it is, and not with --threshold")
        :format(GIVEN[name] and name or "with " .. name), 0)
    end
  end
end

local function wanted(options)
  local found = {}
  for _, name in ipairs(options.with or {}) do
    if not WITH[name] then
      error(("--with takes %s, not %q"):format(table.concat(asked.WITH, ", "),
        name), 0)
    end
    found[name] = true
  end
  return found
end

local function answer_of(job, name, is_wanted)
  local value = job.options[name]
  if value and GIVEN[name] then return GIVEN[name](job, value) end
  if is_wanted then return WITH[name](job) end
end

-- The report of an undecided election says what is open: it goes without what
-- only seats that are decided can answer.
local function left_out(name, err, io_)
  if err.code ~= "undecided" then return false end
  io_.stderr:write(("urna: the seats are undecided: the report has no %s\n")
    :format(name))
  return true
end

--- The answers, in their order.
--- Fails: raises for a name that --with does not take.
---@param outcome table
---@param results urna.Results|urna.Totals
---@param options table of the command line
---@param io_ table streams: told of what the seats are too undecided for
---@return table[]?
---@return urna.Error? err of the first that fails
function asked.answers(outcome, results, options, io_)
  local with, found = wanted(options), {}
  check_by_law(with, options)
  if options.revote and not options.annul then
    error("--revote goes with --annul PLACE", 0)
  end
  local job = { outcome = outcome, results = results, options = options,
    law = given.some(options, { "date", "rule" }) }
  for _, name in ipairs(ORDER) do
    local answer, err = answer_of(job, name, with[name])
    if err and not left_out(name, err, io_) then return nil, err end
    found[#found + 1] = answer
  end
  return found
end

return asked
