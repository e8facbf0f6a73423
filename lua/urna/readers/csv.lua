local columns = require "urna.readers.columns"
local contests = require "urna.contest"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local long = require "urna.readers.long"
local native = require "urna.native"
local profiles = require "urna.profiles"
local results = require "urna.results"
local rows = require "urna.readers.rows"

--- Wide and long CSV of polling-station records.
local csv = {}

local LIMIT = 100 -- bad rows that an error holds

local CHOICES = {
  bad = { refuse = true, keep = true },
  total_rows = { refuse = true, verify = true, keep = true },
}

local OPTIONS = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }

local function check_options(options)
  for name, value in pairs(options) do
    local known = false
    for _, option in ipairs(OPTIONS) do known = known or option == name end
    if not known then
      local near = errors.nearest(tostring(name), OPTIONS)
      error(("read has no option %q%s"):format(tostring(name),
        near and (": did you mean %q?"):format(near) or ""), 4)
    end
    if CHOICES[name] and not CHOICES[name][value] then
      error(("%s = %q is not a choice"):format(name, tostring(value)), 4)
    end
  end
end

local function all_blocks(reader)
  local blocks = {}
  for block in reader do
    if block == "" then break end
    blocks[#blocks + 1] = block
  end
  return table.concat(blocks)
end

-- What the core reads from, and the name that messages give it.
local function input(subject)
  if type(subject) == "string" then
    return { path = subject }, subject == "-" and "(standard input)" or subject
  end
  local text = type(subject) == "table" and (subject.text
    or type(subject.reader) == "function" and all_blocks(subject.reader))
  if type(text) ~= "string" then
    error("a subject is a path, \"-\", { text = ... } or { reader = ... }", 4)
  end
  return { text = text }, subject.name or "(text)"
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
  local found, list, count = native.table(job.source, {
    delimiter = job.delimiter, kinds = job.plan.kinds, limit = LIMIT,
    thousands = job.options.thousands or job.contest.thousands })
  job.table, job.items, job.bad_count = found, {}, count
  for i, fault in ipairs(list) do
    fault.path = columns.path(job.plan, fault.cells)
    job.items[i] = faults.error(fault, job.file, job.headings)
  end
  return job
end

local function wrap(job)
  return results.new { table = job.table, contest = job.contest,
    columns = job.plan, bad = job.items, unmapped = job.unmapped or {},
    rows = job.rows,
    source = { file = job.file, sha256 = job.source:sha256(),
      bytes = job.source:size() } }
end

local function by_line(a, b)
  if a.line ~= b.line then return (a.line or 0) < (b.line or 0) end
  return (a.column or 0) < (b.column or 0)
end

local function refuse(job)
  table.sort(job.items, by_line)
  local shown = {}
  for i = 1, math.min(#job.items, LIMIT) do shown[i] = job.items[i] end
  return nil, errors.gather(shown[1].code, shown, { file = job.file,
    line = shown[1].line, column = shown[1].column, field = shown[1].field,
    text = shown[1].text, count = job.bad_count,
    message = job.bad_count == 1 and "a record is refused"
      or ("%d records are refused"):format(job.bad_count) })
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
  job.input, job.file = input(subject)
  for _, stage in ipairs(STAGES) do
    local done
    done, err = stage(job)
    if not done then return nil, err end
  end
  if #job.items > 0 and options.bad ~= "keep" then return refuse(job) end
  return wrap(job)
end

return csv
