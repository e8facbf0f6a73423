local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"

--- What records are read from: one text, or several files of one contest that
--- are read as one. The core counts their lines through; `job.place` tells the
--- file and the line of each.
local sources = {}

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

local function from_path(path)
  return { path = path,
    file = path == "-" and "(standard input)" or path }
end

-- An array of paths as inputs; nil where it holds anything else.
local function from_paths(paths)
  local inputs = {}
  for i, path in ipairs(paths) do
    if type(path) ~= "string" then return nil end
    inputs[i] = from_path(path)
  end
  return #inputs > 0 and inputs or nil
end

local function from_table(subject)
  local text, reason = subject.text, nil
  if type(subject.reader) == "function" then
    text, reason = all_blocks(subject.reader)
  end
  local file = subject.name or "(text)"
  if reason then
    return nil, errors.new("cannot_read", { file = file, message = reason })
  elseif type(text) == "string" then
    return { { text = text, file = file } }
  end
  return from_paths(subject)
end

--- What a subject is read from: sets job.inputs, { path or text, file }.
--- Fails: raises for what is no subject.
---@param job table see readers/csv.lua
---@param subject string|table
---@return table? job
---@return urna.Error? err "cannot_read" of a reader that failed
function sources.take(job, subject)
  local inputs, err
  if type(subject) == "string" then
    inputs = { from_path(subject) }
  elseif type(subject) == "table" then
    inputs, err = from_table(subject)
    if err then return nil, err end
  end
  if not inputs then
    error("a subject is a path, \"-\", { path, path ... }, { text = ... } or "
      .. "{ reader = ... }", 4)
  end
  job.inputs, job.file = inputs, inputs[1].file
  return job
end

-- All that is wrong with the files as one error.
local function refuse(items)
  local first = items[1]
  if #items == 1 then return nil, first end
  return nil, errors.gather(first.code, items, { file = first.file,
    line = first.line, column = first.column, field = first.field,
    text = first.text, message =
      ("%d files cannot be read as records of this contest"):format(#items) })
end

local function open_part(job, input)
  local source, fault = native.source { path = input.path, text = input.text,
    encoding = job.options.encoding or job.contest.encoding }
  if not source then return nil, faults.error(fault, input.file) end
  local headings, delimiter, starts, has_records = native.headings(source,
    job.options.delimiter or job.contest.delimiter)
  if not headings then return nil, faults.error(delimiter, input.file) end
  return { source = source, file = input.file, headings = headings,
    delimiter = delimiter, starts = starts, has_records = has_records }
end

local function open_all(job)
  local parts, items = {}, {}
  for _, input in ipairs(job.inputs) do
    local part, err = open_part(job, input)
    if part then parts[#parts + 1] = part else items[#items + 1] = err end
  end
  if #items > 0 then return refuse(items) end
  return parts
end

local DIFFERS = "; files that are read as one have the same headings in the "
  .. "same order"

--- The first heading of a part that is not that of the first part, which
--- files that are read as one share.
---@param first table { headings, file }
---@param part table { headings, file, starts }
---@return urna.Error?
function sources.heading_error(first, part)
  for i = 1, math.max(#first.headings, #part.headings) do
    local wanted, found = first.headings[i], part.headings[i]
    if wanted ~= found then
      local message = not found and "this column of %s is missing here"
        or not wanted and "%s has no such column"
        or "%s has %q in this place"
      return errors.new("headings_differ", { file = part.file, line = 1,
        column = part.starts and part.starts[i], field = found or wanted,
        text = found,
        message = message:format(first.file, wanted) .. DIFFERS })
    end
  end
end

-- Bytes that are read twice count each of their records twice.
local function repeated_error(seen, part)
  local sha256 = part.source:sha256()
  local before = seen[sha256]
  seen[sha256] = seen[sha256] or part
  return before and errors.new("repeated_file", { file = part.file,
    message = before.file == part.file and "this file is given twice"
      or ("this file is the same, byte for byte, as %s"):format(before.file) })
end

local function compare(parts)
  local items, seen = {}, {}
  for i = 1, #parts > 1 and #parts or 0 do
    items[#items + 1] = sources.heading_error(parts[1], parts[i])
      or repeated_error(seen, parts[i]) or nil
  end
  if #items > 0 then return refuse(items) end
  return parts
end

-- The number of the part that a line counted through is in.
local function part_number(before, line)
  local low, high = 1, #before
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if before[middle] < line then low = middle else high = middle - 1 end
  end
  return low
end

-- The function that tells places. It keeps the files' names alone, for
-- results outlive the texts.
local function placer(parts)
  local before, files = { 0 }, {}
  for i, part in ipairs(parts) do
    files[i] = part.file
    before[i + 1] = before[i] + part.source:size() + 1 -- as the core counts
  end
  before[#before] = nil
  return function(line)
    local number = part_number(before, line)
    return files[number], line - before[number], number
  end
end

--- Open what is read from: sets job.parts, { source, file, headings,
--- delimiter, starts, has_records } of each; job.headings, which all share,
--- and their columns in the first, job.starts; and job.place, a function from
--- a line counted through to file, line and number of the part.
---@param job table see readers/csv.lua
---@return table? job
---@return urna.Error? err a fault of the core, "headings_differ" or
--- "repeated_file"; where there are several, all of them in its items
function sources.open(job)
  local parts, err = open_all(job)
  if parts then parts, err = compare(parts) end
  if not parts then return nil, err end
  job.parts, job.place = parts, placer(parts)
  job.headings, job.starts = parts[1].headings, parts[1].starts
  return job
end

--- Refuse files that hold nothing but headings: nothing reported is not the
--- same as no units.
---@param job table see readers/csv.lua
---@return table? job
---@return urna.Error? err "no_records"
function sources.need_records(job)
  local items = {}
  for _, part in ipairs(job.parts) do
    if not part.has_records then
      items[#items + 1] = errors.new("no_records", { file = part.file,
        message = "there are headings only and no records below them" })
    end
  end
  if #items > 0 then return refuse(items) end
  return job
end

--- Another line as a message names it: with its file where that is not the
--- file of the line that the message is about.
---@param job table see readers/csv.lua
---@param line integer counted through
---@param about integer counted through
---@return string "line 3", "line 3 of b.csv"
function sources.line_text(job, line, about)
  local file, own, number = job.place(line)
  local _, _, here = job.place(about)
  return number == here and ("line %d"):format(own)
    or ("line %d of %s"):format(own, file)
end

--- Faults of the core's table as errors in their own files. `row_line` stays
--- counted through, for the order of all faults.
---@param job table see readers/csv.lua
---@param fault table
---@return urna.Error
function sources.error(job, fault)
  local file, line = job.place(fault.line)
  fault.line = line
  local err = faults.error(fault, file, job.headings)
  err.row_line = fault.row_line
  return err
end

--- What results say they were read from.
---@param job table see readers/csv.lua
---@return table source { file, sha256, bytes }; of several files also `files`,
--- { file, sha256 } of each, while sha256 is that of what sha256sum prints
--- for them: a line "<sha256>  <path>" for each
function sources.fingerprint(job)
  local files, lines, bytes = {}, {}, 0
  for i, part in ipairs(job.parts) do
    local sha256 = part.source:sha256()
    files[i] = { file = part.file, sha256 = sha256 }
    lines[i] = ("%s  %s\n"):format(sha256, job.inputs[i].path or part.file)
    bytes = bytes + part.source:size()
  end
  if #files == 1 then
    return { file = files[1].file, sha256 = files[1].sha256, bytes = bytes }
  end
  return { file = ("%d files"):format(#files), files = files, bytes = bytes,
    sha256 = native.sha256(table.concat(lines)) }
end

return sources
