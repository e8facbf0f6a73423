local faults = require "urna.readers.faults"
local native = require "urna.native"

--- The inputs of a subject as tapes, whatever is on them.
local tapes = {}

-- A text has to be read whole where it is decoded first.
local function read_whole(input, encoding)
  local source, fault = native.source { path = input.path, text = input.text,
    encoding = encoding }
  if not source then return nil, fault end
  local tape = native.tape_of(source)
  source:close()
  return tape
end

local function open_tape(input, encoding)
  if not input.path or encoding then return read_whole(input, encoding) end
  return native.tape(input.path)
end

--- Open all inputs of a subject.
---@param inputs table[] { path or text, file }, as sources.take has them
---@param encoding string? that they are decoded from, whole
---@return table[]? parts { tape, file }
---@return urna.Error? err of the first that cannot be opened
function tapes.open(inputs, encoding)
  local parts = {}
  for i, input in ipairs(inputs) do
    local tape, fault = open_tape(input, encoding)
    if not tape then
      tapes.close(parts)
      return nil, faults.error(fault, input.file)
    end
    parts[i] = { tape = tape, file = input.file }
  end
  return parts
end

--- Let go of them.
---@param parts table[]
function tapes.close(parts)
  for _, part in ipairs(parts) do part.tape:close() end
end

return tapes
