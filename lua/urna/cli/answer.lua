local answers = require "urna.reports.answers"
local given = require "urna.cli.given"
local json = require "urna.writers.json"
local reports = require "urna.reports"

--- How an answer of a verb leaves: brief in text, as CSV or JSON, or as a
--- section of the report: md, html, and text in a language that is asked for.
local answer = {}

local UNDECIDED = 1

local PLAIN = {
  text = function(found, options) return found:text(options) end,
  csv = function(found, options) return found:csv(options) end,
  json = function(found, options)
    local data, arrays = answers.data(found, options)
    return json.encode(data, { indent = 2, arrays = arrays }) .. "\n"
  end,
}

local REPORTED = { md = true, html = true }

local function written(found, options, own)
  local format = options.format or "text"
  if REPORTED[format] or format == "text" and options.language then
    return reports.answer(found, { format = format,
      language = options.language })
  end
  local form = own and own[format] or PLAIN[format]
  return form(found, options)
end

--- Say what keeps an outcome open; there is no answer then but the status.
---@param outcome table
---@param io_ table streams
---@return integer status
function answer.undecided(outcome, io_)
  for _, open in ipairs(outcome.open) do
    io_.stderr:write("urna: undecided: ", open.message, "\n")
  end
  return UNDECIDED
end

--- Print an answer, or write it to the file of --output.
---@param found table an answer, with :text() and :csv()
---@param options table of the command line
---@param io_ table streams
---@param own table<string, fun(found: table, options: table): string>? other
--- forms, and those that need more
---@return true?
---@return urna.Error? err "cannot_write"
function answer.give(found, options, io_, own)
  local text, err = written(found, options, own)
  if not text then return nil, err end
  return given.write(text:sub(-1) == "\n" and text or text .. "\n", options,
    io_)
end

return answer
