local compat = require "urna.compat"
local files = require "urna.files"

--- What the command line was given, as the verbs take it, and where what they
--- say goes.
local given = {}

-- How records are read.
local READING = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }

--- The only word.
--- Fails: raises where there are none or several.
---@param words string[]
---@param what string "one subject"
---@return string
function given.one(words, what)
  if #words ~= 1 then
    error(("%s is expected, not %d words"):format(what, #words), 0)
  end
  return words[1]
end

--- Some of the options.
---@param options table of the command line
---@param names string[]
---@return table
function given.some(options, names)
  return compat.some(options, names)
end

--- Those that say how records are read.
---@param options table of the command line
---@return table
function given.reading(options)
  return given.some(options, READING)
end

--- KEY=VALUE options, where a key that was given once has its one value.
---@param map table<string, string[]>?
---@return table<string, string|string[]>?
function given.first_values(map)
  if not map then return nil end
  local where = {}
  for key, values in pairs(map) do
    where[key] = #values == 1 and values[1] or values
  end
  return where
end

--- A ratio, or false where "none" was typed.
---@param value integer[]|string|nil
---@return integer[]|false|nil
function given.or_none(value)
  if value == "none" then return false end
  return value
end

--- Print a text, or write it to the file of --output.
---@param text string
---@param options table of the command line
---@param io_ table streams
---@return true?
---@return urna.Error? err "cannot_write"
function given.write(text, options, io_)
  if options.output then return files.write(options.output, text) end
  io_.stdout:write(text)
  return true
end

return given
