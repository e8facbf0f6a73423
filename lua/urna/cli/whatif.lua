local files = require "urna.files"
local json = require "urna.writers.json"
local report = require "urna.report"

--- What the verbs annul, scenario and coalitions have in common: how a subject
--- is read, and how an answer leaves.
local whatif = {}

local READING = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }

local function first_values(map)
  if not map then return nil end
  local where = {}
  for key, values in pairs(map) do
    where[key] = #values == 1 and values[1] or values
  end
  return where
end

--- The results of a subject, read as the options say.
---@param subject string|string[]
---@param options table of the command line
---@return urna.Results|urna.Totals?
---@return urna.Error?
function whatif.results(subject, options)
  local passed = { where = first_values(options.where) }
  for _, name in ipairs(READING) do passed[name] = options[name] end
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

--- Some fields of an answer, as plain data.
---@param found table
---@param names string[]
---@return table
function whatif.only(found, names)
  local plain = {}
  for _, name in ipairs(names) do plain[name] = found[name] end
  return plain
end

--- Print an answer, or write it.
---@param found table with :text() and :csv()
---@param plain fun(found: table): table what of it goes into JSON
---@param options table of the command line
---@param io_ table streams
---@return true?
---@return urna.Error? err "cannot_write"
function whatif.give(found, plain, options, io_)
  local text = FORMS[options.format or "text"](found, plain)
  if options.output then return files.write(options.output, text) end
  io_.stdout:write(text)
  return true
end

return whatif
