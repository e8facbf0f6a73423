local columns = require "urna.readers.columns"
local contests = require "urna.contest"
local errors = require "urna.errors"
local long = require "urna.readers.long"
local native = require "urna.native"
local profiles = require "urna.profiles"
local refusals = require "urna.readers.refusals"
local results = require "urna.results"
local rows = require "urna.readers.rows"
local sources = require "urna.readers.sources"

--- Wide and long CSV of polling-station records. Each stage takes and fills
--- a job: { options, contest, inputs, file, parts, place, headings, plan,
--- table, items, bad_count ... }; `file` is the first one's name.
local csv = {}

local ALL = 9007199254740991 -- faults to keep: as many as there are

local CHOICES = {
  bad = { "keep", "refuse" },
  delimiter = contests.DELIMITERS,
  encoding = contests.ENCODINGS,
  thousands = contests.THOUSANDS,
  total_rows = { "keep", "refuse", "verify" },
}

local OPTIONS = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }

local function is_in(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

local function quoted(choices)
  local names = {}
  for i, choice in ipairs(choices) do
    names[i] = ("\"%s\""):format(choice == "\t" and "\\t" or choice)
  end
  return table.concat(names, ", ")
end

local function check_unit(unit)
  for _, name in ipairs(type(unit) == "table" and unit or { unit }) do
    if type(name) ~= "string" then
      error("unit is a key column, or an array of them", 5)
    end
  end
end

local function check_options(options)
  check_unit(options.unit)
  errors.check_options("read", options, OPTIONS, 4)
  errors.check_types("read", options, { contest = "string or table",
    profile = "string" }, 4)
  for name, value in pairs(options) do
    local choices = CHOICES[name]
    if choices and not is_in(choices, value) then
      error(("%s = %q is not a choice: there is %s"):format(name,
        tostring(value), quoted(choices)), 4)
    end
  end
end

-- The contest that is given, or the one beside the first file.
local function find_contest(inputs, options)
  if options.contest then return contests.load(options.contest) end
  local data = inputs[1].path
  local path, err
  if data and data ~= "-" then path, err = contests.beside(data) end
  if err then return nil, err end
  if path then return contests.load(path) end
  return {}, nil, true
end

local function no_contest(job)
  return nil, errors.new("no_contest", { file = job.file, message =
    "which columns hold what is not known: no contest stands beside it and "
    .. "no profile fits its headings; `urna init FILE` writes a contest to "
    .. "begin with" })
end

-- Fill what the contest does not say from a profile, named or guessed.
local function complete(job)
  local name = job.options.profile or job.contest.profile
  local profile, err
  if name then
    profile, err = profiles.find(name)
    if not profile then return nil, err end
  elseif job.is_bare then
    profile = profiles.guess(job.headings)
    if not profile then return no_contest(job) end
  end
  if not profile then return job end
  local draft, unmapped = profiles.apply(profile, job.headings)
  local contest = {}
  for key, value in pairs(draft) do contest[key] = value end
  if #draft.lists == 0 then contest.lists = nil end
  for key, value in pairs(job.contest) do contest[key] = value end
  job.contest, job.unmapped = contest, unmapped
  return job
end

local function with_unit(job)
  local unit = job.options.unit
  if not unit then return job end
  local contest = {}
  for key, value in pairs(job.contest) do contest[key] = value end
  contest.keys = type(unit) == "table" and unit or { unit }
  job.contest = contest
  return job
end

local function scan(job)
  job.limit = job.options.bad == "keep" and ALL or refusals.LIMIT
  local texts = {}
  for i, part in ipairs(job.parts) do texts[i] = part.source end
  local found, list, count = native.table(texts, {
    delimiter = job.options.delimiter or job.contest.delimiter,
    kinds = job.plan.kinds, limit = job.limit,
    thousands = job.options.thousands or job.contest.thousands })
  job.table, job.items, job.bad_count = found, {}, count
  for i, fault in ipairs(list) do
    fault.path = columns.path(job.plan, fault.cells)
    job.items[i] = sources.error(job, fault)
  end
  return job
end

-- Fewer units expected than there are cannot be: the contest is of another
-- file, or its number is wrong.
local function check_expected(job)
  local expected = job.contest.units_expected
  local units = job.rows and #job.rows or job.table:rows()
  if not expected or units <= expected then return job end
  return nil, errors.new("too_many_units", { file = job.file,
    field = "units_expected", message = ("the contest expects %d units, the "
      .. "file has %d"):format(expected, units) })
end

local function wrap(job)
  return results.new { table = job.table, contest = job.contest,
    columns = job.plan, bad = refusals.by_record(job),
    unmapped = job.unmapped or {}, rows = job.rows, place = job.place,
    is_bare = job.is_bare,
    source = sources.fingerprint(job) }
end

local STAGES = { sources.open, complete, with_unit, columns.plan,
  sources.need_records, scan, long.pivot, rows.set_aside }

--- Read one source, or several files as one.
---@param subject string|table
---@param options table
---@return urna.Results?
---@return urna.Error?
function csv.read(subject, options)
  check_options(options)
  local job = { options = options }
  local done, err = sources.take(job, subject)
  if not done then return nil, err end
  job.contest, err, job.is_bare = find_contest(job.inputs, options)
  if not job.contest then return nil, err end
  for _, stage in ipairs(STAGES) do
    done, err = stage(job)
    if not done then return nil, err end
  end
  if #job.items > 0 and options.bad ~= "keep" then
    return nil, refusals.error(job)
  end
  done, err = check_expected(job)
  if not done then return nil, err end
  return wrap(job)
end

return csv
