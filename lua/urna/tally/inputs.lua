local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local sources = require "urna.readers.sources"

--- What a tally is made of: tapes of one or several files, read block by
--- block; their headings, which all share.
local inputs = {}

-- A text has to be read whole where it is decoded first, or where a part is
-- wanted of what can only be read in order.
local function read_whole(input, encoding)
  local source, fault = native.source { path = input.path, text = input.text,
    encoding = encoding }
  if not source then return nil, faults.error(fault, input.file) end
  local tape = native.tape_of(source)
  source:close()
  return tape
end

local function open_tape(input, options)
  if not input.path or options.encoding then
    return read_whole(input, options.encoding)
  end
  local tape, fault = native.tape(input.path)
  if not tape then return nil, faults.error(fault, input.file) end
  if options.range and not tape:is_seekable() then
    tape:close()
    return read_whole(input)
  end
  return tape
end

local function open_part(input, options)
  local tape, err = open_tape(input, options)
  if not tape then return nil, err end
  local headings, delimiter, first = tape:headings(options.delimiter)
  if headings then
    return { tape = tape, file = input.file, path = input.path,
      headings = headings,
      delimiter = delimiter, first = first }
  end
  tape:close()
  return nil, faults.error(delimiter, input.file)
end

--- Open all files of a subject.
---@param subject string|table path, "-", { paths }, { text = } or { reader = }
---@param options table { encoding, delimiter, range }
---@return table[]? parts { tape, file, headings, delimiter, first }
---@return urna.Error? err of the first that cannot be opened, or whose headings
--- are not those of the first file
function inputs.open(subject, options)
  local job, err = sources.take({}, subject)
  if not job then return nil, err end
  local parts = {}
  for i, input in ipairs(job.inputs) do
    parts[i], err = open_part(input, options)
    err = err or i > 1 and sources.heading_error(parts[1], parts[i])
    if err then
      inputs.close(parts)
      return nil, err
    end
  end
  return parts
end

--- Let go of the files.
---@param parts table[]
function inputs.close(parts)
  for _, part in ipairs(parts) do part.tape:close() end
end

--- What is known of a part once it was counted: which bytes of what.
---@param part table
---@param info table { from, reached }
---@param fingerprint boolean? the SHA-256 of the whole file too
---@return table? source { id, file, first, last, from, reached, sha256 }
---@return urna.Error?
function inputs.source(part, info, fingerprint)
  local id, fault = part.tape:identity()
  if not id then return nil, faults.error(fault, part.file) end
  local sha256
  if fingerprint and part.path and part.path ~= "-" then
    sha256, fault = native.file_sha256(part.path)
    if not sha256 then return nil, faults.error(fault, part.file) end
  end
  return { id = id, sha256 = sha256, file = part.file, first = part.first,
    last = part.tape:size() or info.reached, from = info.from,
    reached = info.reached }
end

--- The error of a file that is counted a second time.
---@param before table source
---@param source table
---@return urna.Error
function inputs.repeated(before, source)
  return errors.new("repeated_file", { file = source.file, message =
    before.file == source.file and "this file is given twice"
    or ("this file holds the same as %s"):format(before.file) })
end

return inputs
