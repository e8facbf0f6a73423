local columns = require "urna.readers.columns"
local contests = require "urna.contest"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local long = require "urna.readers.long"
local native = require "urna.native"
local profiles = require "urna.profiles"
local refusals = require "urna.readers.refusals"
local results = require "urna.results"
local rows = require "urna.readers.rows"

--- Wide and long CSV of polling-station records.
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

local function check_unit(unit)
  for _, name in ipairs(type(unit) == "table" and unit or { unit }) do
    if type(name) ~= "string" then
      error("unit is a key column, or an array of them", 5)
    end
  end
end

local function check_options(options)
  check_unit(options.unit)
  for name, value in pairs(options) do
    if not is_in(OPTIONS, name) then
      local near = errors.nearest(tostring(name), OPTIONS)
      error(("read has no option %q%s"):format(tostring(name),
        near and (": did you mean %q?"):format(near) or ""), 4)
    end
    local choices = CHOICES[name]
    if choices and not is_in(choices, value) then
      error(("%s = %q is not a choice: %q is one"):format(name,
        tostring(value), choices[1]), 4)
    end
  end
end

-- The blocks of a reader as one text. It ends with nil or an empty block; a
-- reason behind the nil, as io functions give it, is no end but a failure.
local function all_blocks(reader)
  local blocks = {}
  while true do
    local block, reason = reader()
    if block == nil and reason ~= nil then return nil, tostring(reason) end
    if block == nil or block == "" then return table.concat(blocks) end
    if type(block) ~= "string" then
      error("a reader gives texts, and nil at the end", 0)
    end
    blocks[#blocks + 1] = block
  end
end

-- What the core reads from: job.input, and the name that messages give it.
local function take_input(job, subject)
  if type(subject) == "string" then
    job.file = subject == "-" and "(standard input)" or subject
    job.input = { path = subject }
    return job
  end
  local is_table = type(subject) == "table"
  local text, reason = is_table and subject.text, nil
  if is_table and type(subject.reader) == "function" then
    text, reason = all_blocks(subject.reader)
  end
  job.file = is_table and subject.name or "(text)"
  if reason then
    return nil, errors.new("cannot_read", { file = job.file,
      message = reason })
  elseif type(text) ~= "string" then
    error("a subject is a path, \"-\", { text = ... } or { reader = ... }", 4)
  end
  job.input = { text = text }
  return job
end

local function find_contest(subject, options)
  if options.contest then return contests.load(options.contest) end
  local path = type(subject) == "string" and subject ~= "-"
    and contests.beside(subject)
  if path then return contests.load(path) end
  return {}, nil, true
end

local function open(job)
  local spec = job.input
  spec.encoding = job.options.encoding or job.contest.encoding
  local source, fault = native.source(spec)
  if not source then return nil, faults.error(fault, job.file) end
  job.source = source
  local headings, delimiter, starts = native.headings(source,
    job.options.delimiter or job.contest.delimiter)
  if not headings then return nil, faults.error(delimiter, job.file) end
  job.headings, job.delimiter, job.starts = headings, delimiter, starts
  return job
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
  local found, list, count = native.table(job.source, {
    delimiter = job.delimiter, kinds = job.plan.kinds, limit = job.limit,
    thousands = job.options.thousands or job.contest.thousands })
  job.table, job.items, job.bad_count = found, {}, count
  for i, fault in ipairs(list) do
    fault.path = columns.path(job.plan, fault.cells)
    job.items[i] = faults.error(fault, job.file, job.headings)
    job.items[i].row_line = fault.row_line
  end
  return job
end

local function wrap(job)
  return results.new { table = job.table, contest = job.contest,
    columns = job.plan, bad = refusals.by_record(job),
    unmapped = job.unmapped or {}, rows = job.rows,
    source = { file = job.file, sha256 = job.source:sha256(),
      bytes = job.source:size() } }
end

local STAGES = { open, complete, with_unit, columns.plan, scan, long.pivot,
  rows.set_aside }

--- Read one source.
---@param subject string|table
---@param options table
---@return urna.Results?
---@return urna.Error?
function csv.read(subject, options)
  check_options(options)
  local contest, err, is_bare = find_contest(subject, options)
  if not contest then return nil, err end
  local job = { options = options, contest = contest, is_bare = is_bare }
  local done
  done, err = take_input(job, subject)
  if not done then return nil, err end
  for _, stage in ipairs(STAGES) do
    done, err = stage(job)
    if not done then return nil, err end
  end
  if #job.items > 0 and options.bad ~= "keep" then
    return nil, refusals.error(job)
  end
  return wrap(job)
end

return csv
