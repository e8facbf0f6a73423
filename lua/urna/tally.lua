local compat = require "urna.compat"
local contests = require "urna.contest"
local decimals = require "urna.decimals"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local partial = require "urna.partial"
local places = require "urna.places"

--- Sums of count columns by key columns, from files of any size in one pass:
--- exact, every row validated, in threads.
local tally = {}

---@class urna.Tally
---@field groups table[] { key, keys, records, fields = { column = n }, missing
--- = { column = records without it }, beyond } in bytewise order of their keys;
--- a sum beyond 2^53 - 1 is no field but a text in `beyond`
---@field by string[] the key columns
---@field sums string[] the summed columns
---@field records integer read
---@field bytes integer of the records read
---@field file string
---@field headings string[] of the file
---@field where table<string, string[]> what rows were kept by
---@field sources table[] { id, file, first, last, from, reached }: which bytes
--- of what were counted, out of first .. last - 1
local Tally = {}
Tally.__index = Tally

local OPTIONS = { "by", "cells", "chunk", "contest", "delimiter",
  "encoding", "isa", "range", "sum", "threads", "where" }

local function as_list(value)
  if value == nil then return {} end
  return type(value) == "table" and value or { value }
end

-- A text to be counted: mapped as it is, or read first where it is packed, in
-- another encoding, or no file.
local function open(subject, options)
  local is_path = type(subject) == "string"
  local text = type(subject) == "table" and subject.text
  if not is_path and type(text) ~= "string" then
    error("a subject is a path, \"-\" or { text = ... }", 3)
  end
  local file = is_path and subject or "(text)"
  if is_path and not options.encoding then
    local mapping, fault = native.mapped(subject)
    if mapping then return mapping, file end
    if fault then return nil, faults.error(fault, file) end
  end
  local source, fault = native.source { path = is_path and subject or nil,
    text = text or nil, encoding = options.encoding }
  if not source then return nil, faults.error(fault, file) end
  local mapping = native.mapped_source(source)
  source:close()
  return mapping, file
end

local function find_contest(subject, options)
  if options.contest then return contests.load(options.contest) end
  local path, err
  if type(subject) == "string" and subject ~= "-" then
    path, err = contests.beside(subject)
  end
  if err then return nil, err end
  if path then return contests.load(path) end
  return {}
end

local VOTES = { "votes", "glasova", "glasovi", "broj glasova" }

-- The votes column: the contest's, or the one that is called so.
local function votes_column(contest, headings)
  local named = contest.columns and contest.columns.votes
  if named then return named end
  for _, name in ipairs(VOTES) do
    for _, heading in ipairs(headings) do
      if places.fold(heading) == name then return heading end
    end
  end
end

-- Standard fields go by the contest's headings.
local function heading_of(contest, name)
  return contest.columns and contest.columns[name] or name
end

local function unknown_column(job, name)
  local near = errors.nearest(name, job.headings)
  return nil, errors.new("missing_heading", { file = job.file, line = 1,
    field = name, text = name, message =
      ("the file has no such column; it has %s%s"):format(
        table.concat(job.headings, ", "),
        near and (": did you mean %q?"):format(near) or "") })
end

-- Give columns their role; a name given twice is one column.
local function assign(job, names, role)
  local columns = {}
  for _, name in ipairs(names) do
    local heading = heading_of(job.contest, name)
    local column = job.number[heading]
    if not column then return unknown_column(job, name) end
    local before = job.roles[column]
    if before == "skip" then
      job.roles[column] = role
    elseif before == "sum" or role == "sum" then
      error(("column %q is both %s and %s"):format(name, before, role), 5)
    end
    columns[#columns + 1] = column
  end
  return columns
end

local function number_headings(job)
  job.number, job.roles = {}, {}
  for i, heading in ipairs(job.headings) do
    if job.number[heading] then
      return nil, errors.new("repeated_heading", { file = job.file, line = 1,
        field = heading, text = heading,
        message = ("this heading stands in columns %d and %d"):format(
          job.number[heading], i) })
    end
    job.number[heading], job.roles[i] = i, "skip"
  end
  return job
end

local function add_where(job, where)
  job.where = {}
  local columns, err = assign(job, compat.keys(where or {}), "filter")
  if not columns then return nil, err end
  job.where_names = {}
  for i, name in ipairs(compat.keys(where or {})) do
    job.where[columns[i]] = as_list(where[name])
    job.where_names[name] = as_list(where[name])
  end
  return job
end

local function no_votes(job)
  return nil, errors.new("no_votes_column", { file = job.file, message =
    "no column is called votes; say sum = \"...\" (or --sum)" })
end

local function plan(job, options)
  local done, err = number_headings(job)
  if not done then return nil, err end
  local sums = as_list(options.sum
    or votes_column(job.contest, job.headings))
  if #sums == 0 then return no_votes(job) end
  job.by_columns, err = assign(job, as_list(options.by), "key")
  if not job.by_columns then return nil, err end
  job.sum_columns, err = assign(job, sums, "sum")
  if not job.sum_columns then return nil, err end
  job.by, job.sums = as_list(options.by), sums
  return add_where(job, options.where)
end

-- The core numbers keys and sums in the order of the file's columns.
local function positions(columns)
  local sorted, place = {}, {}
  for i, column in ipairs(columns) do sorted[i] = column end
  table.sort(sorted)
  for i, column in ipairs(sorted) do place[column] = i end
  return place
end

local function refuse(job, result)
  local items = {}
  for i, fault in ipairs(result.faults) do
    if fault.code == "ragged_row" and not fault.text then
      fault.text = ("%d fields where %d were expected"):format(
        fault.index or 0, #job.headings)
      fault.index = nil
    end
    if fault.code == "not_a_count" then fault.reason = fault.message end
    items[i] = faults.error(fault, job.file, job.headings)
  end
  return nil, errors.gather(items[1].code, items, { file = job.file,
    line = items[1].line, column = items[1].column, field = items[1].field,
    text = items[1].text, count = result.fault_count,
    message = ("%d records are refused"):format(result.fault_count) })
end

local function group_at(job, result, g, key_place, sum_place)
  local group = { keys = {}, fields = {}, missing = {}, beyond = {} }
  for i, column in ipairs(job.by_columns) do
    group.keys[i] = result.keys[key_place[column]][g]
  end
  group.key = table.concat(group.keys, "/")
  for i, column in ipairs(job.sum_columns) do
    local sum = result.sums[sum_place[column]][g]
    local missing = result.missing[sum_place[column]][g]
    local where = type(sum) == "string" and group.beyond or group.fields
    -- what no record reports is not known, and not 0
    if missing < result.counts[g] then where[job.sums[i]] = sum end
    if missing > 0 then group.missing[job.sums[i]] = missing end
  end
  group.records = result.counts[g]
  return group
end

local function before(a, b)
  for i = 1, #a.keys do
    if a.keys[i] ~= b.keys[i] then
      return compat.before(a.keys[i], b.keys[i])
    end
  end
  return false
end

-- The core sorts by the keys in the order of the columns; if they were asked
-- for in another, once more.
local function sort(job, groups)
  for i = 2, #job.by_columns do
    if job.by_columns[i] < job.by_columns[i - 1] then
      table.sort(groups, before)
      return
    end
  end
end

-- A file is told by its length, its beginning and its end.
local PIECE = 65536

local function source_of(job, result)
  local mapping = job.mapping
  local size = mapping:size()
  local mark = ("%d\n"):format(size) .. mapping:bytes(0, PIECE) .. "\n"
    .. mapping:bytes(math.max(size - PIECE, 0), PIECE)
  return { id = native.sha256(mark), file = job.file, first = result.first,
    last = size, from = result.from, reached = result.reached }
end

local function wrap(job, result)
  local key_place = positions(job.by_columns)
  local sum_place = positions(job.sum_columns)
  local groups = {}
  for g = 1, result.groups do
    groups[g] = group_at(job, result, g, key_place, sum_place)
  end
  sort(job, groups)
  return setmetatable({ groups = groups, by = job.by, sums = job.sums,
    headings = job.headings, where = job.where_names,
    sources = { source_of(job, result) }, records = result.records,
    bytes = result.reached - result.from, file = job.file }, Tally)
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
---@param parts table { by, sums, headings, sources, groups, records } groups
--- with `digits` in place of fields
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
  parts.where, parts.bytes = {}, 0
  for _, source in ipairs(parts.sources) do
    parts.bytes = parts.bytes + source.reached - source.from
  end
  return setmetatable(parts, Tally)
end

--- Write it as a partial tally, to be merged with others.
---@param path string the file appears whole or not at all
---@return true?
---@return urna.Error? err "cannot_write"
function Tally:save(path)
  return partial.write(self, path)
end

--- The sum of a column over all groups, as an exact decimal text.
---@param name string? the column; the first if not said
---@return string
function Tally:total_string(name)
  local texts = {}
  for _, group in ipairs(self.groups) do
    texts[#texts + 1] = self:digits(group, name or self.sums[1])
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

-- Bytes a .. b - 1 of the text, as { a, b }.
local function check_range(range)
  if range == nil then return {} end
  local is_pair = type(range) == "table" and #range == 2
  if not is_pair or type(range[1]) ~= "number" or type(range[2]) ~= "number"
    or range[1] < 0 or range[2] < range[1] then
    error("a range is { from, to } in bytes", 4)
  end
  return range
end

local function run(job, options)
  local range = check_range(options.range)
  local result, fault = job.mapping:tally { roles = job.roles,
    where = job.where, delimiter = job.delimiter, count = true,
    threads = options.threads, chunk = options.chunk, cells = options.cells,
    isa = options.isa or os.getenv("URNA_ISA"), from = range[1],
    to = range[2] }
  if not result then return nil, faults.error(fault, job.file) end
  if result.fault_count > 0 then return refuse(job, result) end
  return wrap(job, result)
end

--- Sum columns by the values of others.
--- Fails: raises for a subject or an option of the wrong type, a column that
--- is asked for twice in different parts, and where memory does not suffice.
---@param subject string|table path, "-" for standard input, { text = ... }
---@param options { by: string|string[]?, sum: string|string[]?, where:
--- table<string, string|string[]>?, threads: integer?, contest: string|table?,
--- delimiter: string?, encoding: string?, range: integer[]? }? by: key columns;
--- sum: count columns, the votes if not said; where: keep rows whose column
--- equals, byte for byte, one of these; range: { a, b }, only records that
--- begin in bytes a .. b - 1
---@return urna.Tally?
---@return urna.Error? err a bad row (all up to 100 in `items`), a column that
--- is not there, "sum_overflow", "cannot_read"
function tally.run(subject, options)
  options = options or {}
  errors.check_options("tally", options, OPTIONS, 2)
  local mapping, file = open(subject, options)
  if not mapping then return nil, file end
  local job = { mapping = mapping, file = file }
  local contest, err = find_contest(subject, options)
  if not contest then return nil, err end
  job.contest = contest
  local headings, delimiter = mapping:headings(options.delimiter
    or job.contest.delimiter)
  if not headings then return nil, faults.error(delimiter, file) end
  job.headings, job.delimiter = headings, delimiter
  local planned
  planned, err = plan(job, options)
  if not planned then return nil, err end
  local found
  found, err = run(job, options)
  mapping:close()
  return found, err
end

return tally
