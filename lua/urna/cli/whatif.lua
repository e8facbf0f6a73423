local given = require "urna.cli.given"
local json = require "urna.writers.json"
local report = require "urna.report"

--- What the verbs annul, scenario and coalitions have in common: how a subject
--- is read, and how an answer leaves.
local whatif = {}

--- The results of a subject, read as the options say.
---@param subject string|string[]
---@param options table of the command line
---@return urna.Results|urna.Totals?
---@return urna.Error?
function whatif.results(subject, options)
  local passed = given.reading(options)
  passed.where = given.first_values(options.where)
  return report.results(subject, passed)
end

-- Empty arrays of answers are arrays.
local ARRAYS = { rows = true, lists = true, moved = true, crossed = true,
  places = true, ways = true, coalitions = true, short = true,
  connected = true, deciders = true, excluded = true, step = true,
  stations = true }

local FORMS = {
  text = function(found) return found:text() end,
  csv = function(found) return found:csv() end,
  json = function(found, plain)
    return json.encode(plain(found), { indent = 2, arrays = ARRAYS }) .. "\n"
  end,
}

--- Print an answer, or write it.
---@param found table with :text() and :csv()
---@param plain fun(found: table): table what of it goes into JSON
---@param options table of the command line
---@param io_ table streams
---@return true?
---@return urna.Error? err "cannot_write"
function whatif.give(found, plain, options, io_)
  return given.write(FORMS[options.format or "text"](found, plain), options,
    io_)
end

return whatif
