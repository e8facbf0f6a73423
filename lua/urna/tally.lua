local compat = require "urna.compat"
local contests = require "urna.contest"
local csv = require "urna.writers.csv"
local decimals = require "urna.decimals"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local findings = require "urna.tally.findings"
local inputs = require "urna.tally.inputs"
local native = require "urna.native"
local partial = require "urna.partial"
local plan = require "urna.tally.plan"
local ranked = require "urna.tally.ranked"
local tallied = require "urna.tallied"
local writer = require "urna.writers.tally"

--- Sums of count columns by key columns, from files of any size in one pass:
--- exact, every row validated, in threads.
local tally = {}

---@class urna.Tally
---@field groups table[] { key, keys, records, fields = { column = n }, missing
--- = { column = records without it }, beyond } in bytewise order of their keys;
--- a sum beyond 2^53 - 1 is no field but a text in `beyond`. Made when first
--- asked for: 200,000 groups take a tenth of a second and 100 MB
---@field by string[] the key columns
---@field sums string[] the summed columns
---@field records integer read
---@field bytes integer of the records read
---@field file string of the first file
---@field headings string[] of the files
---@field where table<string, string[]> what rows were kept by
---@field sources table[] { id, file, first, last, from, reached, sha256 }:
--- which bytes of what were counted, out of first .. last - 1; sha256 of the
--- file if `fingerprint` was asked for
---@field counts_records boolean `count` was asked for
---@field checks table[]? { check, failed, unknown, records = { { key, keys,
--- file, line, left, right } } } of `check`, with the first 100 that fail
---@field duplicates table? { count, items = { { key, keys, file, line,
--- first_file, first_line } } } of `unit`: records that repeat another one
---@field lookalikes table[] { column, names }: keys that look alike, for
--- instance in Latin and Cyrillic letters, and are counted apart
---@field unmatched table[] { column, value, nearest }: names of `where` that
--- no record has
---@field ballots urna.Ballots? of a tally of ranked ballots, all of them
---@field first { skipped: integer, overvoted: integer, empty: integer }? of the
--- same: papers that give no first preference
local Tally = {}

function Tally.__index(self, name)
  if name ~= "groups" then return Tally[name] end
  local core = rawget(self, "core")
  local groups = core and core:groups(self.sums)
  rawset(self, "groups", groups)
  return groups
end

local OPTIONS = { "by", "cells", "check", "chunk", "contest", "count",
  "delimiter", "encoding", "fingerprint", "isa", "progress", "range", "sum",
  "threads", "unit", "where" }

local TYPES = { progress = "function" }

local function find_contest(subject, options)
  if options.contest then return contests.load(options.contest) end
  local path, err
  local data = type(subject) == "table" and subject[1] or subject
  if type(data) == "string" and data ~= "-" then
    path, err = contests.beside(data)
  end
  if err then return nil, err end
  if path then return contests.load(path) end
  return {}
end

-- A fault of the core as an error in its own file.
local function record_error(job, fault)
  if fault.code == "ragged_row" and not fault.text then
    fault.text = ("%d fields where %d were expected"):format(
      fault.index or 0, #job.headings)
    fault.index = nil
  end
  if fault.code == "not_a_count" then fault.reason = fault.message end
  return faults.error(fault, job.parts[fault.source].file, job.headings)
end

local function refuse(job, count)
  local items = {}
  for i, fault in ipairs(job.core:faults()) do
    items[i] = record_error(job, fault)
  end
  return nil, errors.gather(items[1].code, items, { file = items[1].file,
    line = items[1].line, column = items[1].column, field = items[1].field,
    text = items[1].text, count = count,
    message = faults.refused(count) })
end

local function before(a, b)
  for i = 1, #a.keys do
    if a.keys[i] ~= b.keys[i] then
      return compat.before(a.keys[i], b.keys[i])
    end
  end
  return false
end

-- Digits as a field where they are an exact number, else as what is beyond.
local function put_digits(group, name, digits)
  if #digits < 16 or #digits == 16 and digits <= "9007199254740991" then
    group.fields[name] = tonumber(digits)
  else
    group.beyond[name] = digits
  end
end

--- A tally of parts that were read and merged; see merging.lua.
---@param parts table { by, sums, headings, where, counts_records, sources,
--- groups, records } groups with `digits` in place of fields
---@return urna.Tally
function tally.from_parts(parts)
  for _, group in ipairs(parts.groups) do
    group.key, group.fields = table.concat(group.keys, "/"), {}
    group.beyond = {}
    for name, digits in pairs(group.digits) do
      put_digits(group, name, digits)
    end
    for name, missing in pairs(group.missing) do
      if missing == 0 then group.missing[name] = nil end
    end
    group.digits = nil
  end
  table.sort(parts.groups, before)
  parts.bytes = 0
  parts.file = parts.sources[1] and parts.sources[1].file
  for _, source in ipairs(parts.sources) do
    parts.bytes = parts.bytes + source.reached - source.from
  end
  return setmetatable(parts, Tally)
end

--- Write it as a partial tally, to be merged with others. Sums and numbers of
--- records only: what `check` and `unit` have found is not kept.
---@param path string the file appears whole or not at all
---@return true?
---@return urna.Error? err "cannot_write"
function Tally:save(path)
  return partial.write(self, path)
end

--- The results of a tally whose keys are units and lists, for urna.apportion,
--- urna.report and the rest; see tallied.lua.
---@param options { contest: string|table?, unit: string|string[]?, list:
--- string?, votes: string?, total_rows: string? }?
---@return urna.Results?
---@return urna.Error?
function Tally:results(options)
  local found, err = tallied.from(self, options)
  return found, err
end

--- The sum of a column over all groups as a number.
---@param name string? the column; the first if not said
---@return integer?
---@return urna.Error? err "beyond_exact" beyond 2^53 - 1; see total_string
function Tally:total(name)
  local digits = self:total_string(name)
  local number = tonumber(digits)
  if number <= 9007199254740991 then return number end
  return nil, errors.new("beyond_exact", { text = digits, field = name,
    message = "the sum is beyond 2^53 - 1, where a number is not exact in "
      .. "every Lua; total_string gives its digits" })
end

--- The sum of a column over all groups, as an exact decimal text.
---@param name string? the column; the first if not said
---@return string
function Tally:total_string(name)
  local texts = {}
  name = name or self.sums[1]
  for i, sum in ipairs(self.core and self.sums or {}) do
    if sum == name then return self.core:total(i) end
  end
  for _, group in ipairs(self.groups) do
    texts[#texts + 1] = self:digits(group, name)
  end
  return decimals.add(texts)
end

--- A group's sum as an exact decimal text; nil if nothing was reported.
---@param group table
---@param name string the column
---@return string?
function Tally:digits(group, name) -- luacheck: ignore self
  local number = group.fields[name]
  return number and ("%d"):format(number) or group.beyond[name]
end

--- All groups as CSV, RFC 4180 with LF: keys, then sums in exact digits, empty
--- where no record reports them. Given to a function piece by piece, so that
--- the whole text need not be in memory.
---@param write fun(piece: string)
function Tally:write_csv(write)
  if not self.core then return write(writer.csv(self)) end
  write(csv.encode({}, writer.header(self)))
  self.core:csv(write, self.counts_records)
end

--- The same as one text.
---@return string
function Tally:csv()
  local pieces = {}
  self:write_csv(function(piece) pieces[#pieces + 1] = piece end)
  return table.concat(pieces)
end

-- Bytes a .. b - 1 of the text, as { a, b }.
local function check_range(range, parts)
  if range == nil then return {} end
  local is_pair = type(range) == "table" and #range == 2
  if not is_pair or type(range[1]) ~= "number" or type(range[2]) ~= "number"
    or range[1] < 0 or range[2] < range[1] then
    error("a range is { from, to } in bytes", 4)
  end
  if #parts > 1 then error("a range is of one file", 4) end
  return range
end

-- What is told of the progress counts all files through.
local function teller(progress, parts)
  if not progress then return nil end
  local total = 0
  for _, part in ipairs(parts) do
    local size = part.tape:size()
    total = size and total and total + size
  end
  local function tell_of(before_it)
    return function(done) return progress(before_it + done, total) end
  end
  return tell_of
end

local function count_part(job, part, options, tell)
  local range = check_range(options.range, job.parts)
  return native.tally(part.tape, { roles = job.roles, where = job.where,
    by = job.by_columns, sums = job.sum_columns, delimiter = part.delimiter,
    first = part.first, from = range[1], to = range[2], chunk = options.chunk,
    threads = options.threads, cells = options.cells, progress = tell,
    checks = job.checks and job.programs, units = job.units,
    find_duplicates = job.finds_duplicates,
    isa = options.isa or os.getenv("URNA_ISA") }, job.core)
end

-- Count one file after the other into the same tally.
local function count_all(job, options)
  local tell_of, done, seen = teller(options.progress, job.parts), 0, {}
  job.sources = {}
  for i, part in ipairs(job.parts) do
    local core, info = count_part(job, part, options, tell_of and tell_of(done))
    if not core then return nil, faults.error(info, part.file) end
    local source, err = inputs.source(part, info, options.fingerprint)
    if not source then return nil, err end
    if seen[source.id] then
      return nil, inputs.repeated(seen[source.id], source)
    end
    seen[source.id], job.sources[i], job.core = source, source, core
    done = done + info.reached - info.from
  end
  return done
end

-- What was found beside the sums, while the files are still open.
local function find(job)
  local function names_of(i) return job.core:names(job.by_columns[i]) end
  local found, err = { unmatched = findings.unmatched(job),
    lookalikes = findings.lookalikes(job.by, names_of) }, nil
  if job.checks then found.checks, err = findings.checks(job) end
  if not err and job.finds_duplicates then
    found.duplicates, err = findings.duplicates(job)
  end
  if err then return nil, err end
  return found
end

local function wrap(job, bytes, records, options)
  local found, err = find(job)
  if not found then return nil, err end
  return setmetatable({ core = job.core, checks = found.checks,
    duplicates = found.duplicates, lookalikes = found.lookalikes,
    unmatched = found.unmatched, by = job.by, sums = job.sums,
    headings = job.headings, where = job.where_names, sources = job.sources,
    records = records, bytes = bytes, file = job.file,
    counts_records = options.count and true or false }, Tally)
end

local function run(job, options)
  local planned, err = plan.make(job, options)
  if not planned then return nil, err end
  local bytes
  bytes, err = count_all(job, options)
  if not bytes then return nil, err end
  local records, refused = job.core:records()
  if refused > 0 then return refuse(job, refused) end
  return wrap(job, bytes, records, options)
end

--- Sum columns by the values of others.
---
--- Ranked ballots are counted by candidate, their first preferences as votes:
--- what `form`, `ranks` or `ranking` say is such, what is called .soc, .soi,
--- .toc, .toi or .blt, and, where nothing else is asked, what begins as one of
--- those or has columns of ranks and none of votes. Options are then those of
--- ballots.read, `count` and `progress`.
---
--- Fails: raises for a subject or an option of the wrong type, a column that
--- is asked for twice in different parts, and where memory does not suffice.
---@param subject string|table path, "-" for standard input, { path, path ... }
--- counted as one, { text = ... } or { reader = ... }; gzip and zstd are
--- unpacked on the way
---@param options { by: string|string[]?, sum: string|string[]?, where:
--- table<string, string|string[]>?, count: boolean?, check: string|string[]?,
--- unit: string|string[]?, fingerprint: boolean?, threads: integer?, contest:
--- string|table?, delimiter: string?, encoding: string?, range: integer[]?,
--- cells: integer?, progress: (fun(done: integer, total: integer?): boolean?)?
--- }? by: key columns; sum: count columns, the votes if not said; where: keep
--- rows whose column equals, byte for byte, one of these; count: the number of
--- records is a column of its own; check: comparisons of columns that are to
--- hold in every record, "valid_ballots = sum(lists)"; unit: columns that no
--- two records share; fingerprint: the SHA-256 of each file, in `sources`;
--- range: { a, b }, only records that begin in bytes a .. b - 1; cells: sums
--- that may be held in memory, 2^28 if not said; progress: called between
--- blocks, gives up if it returns false
---@return urna.Tally?
---@return urna.Error? err a bad row (all up to 100 in `items`), a column that
--- is not there, "sum_overflow", "too_many_groups", "cancelled", "cannot_read"
function tally.run(subject, options)
  options = options or {}
  if ranked.is_asked(subject, options) then
    local found, err = ranked.run(subject, options, tally.from_parts)
    return found, err -- no tail call: what is raised blames who called this
  end
  errors.check_options("tally", options, OPTIONS, 2)
  errors.check_types("tally", options, TYPES, 2)
  local contest, err = find_contest(subject, options)
  if not contest then return nil, err end
  local job = { contest = contest }
  job.parts, err = inputs.open(subject, { range = options.range,
    encoding = options.encoding or contest.encoding,
    delimiter = options.delimiter or contest.delimiter })
  if not job.parts then return nil, err end
  job.file, job.headings = job.parts[1].file, job.parts[1].headings
  local found
  found, err = run(job, options)
  if err and err.code == "no_votes_column"
    and ranked.looks_so(job.parts, options) then
    found, err = ranked.of_parts(job.parts, options, tally.from_parts)
  end
  inputs.close(job.parts)
  return found, err
end

return tally
