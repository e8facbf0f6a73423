local files = require "urna.files"
local json = require "urna.writers.json"
local urna = require "urna"

--- urna turnout: the series of a source by the hour, against earlier elections.
--- Exit status: 0 nothing found; 1 a check fired (W16); 2 bad input, also where
--- two sources would be mixed; 3 usage.
local turnout = {}

local DONE, FOUND = 0, 1

local ARRAYS = { by = true, checks = true, earlier = true, excluded = true,
  rows = true, warnings = true }

local FORMS = {
  text = function(found) return found:text() end,
  csv = function(found) return found:csv() end,
  json = function(found)
    return json.encode(found, { indent = 2, arrays = ARRAYS }) .. "\n"
  end,
}

local function status(found)
  for _, check in ipairs(found.checks) do
    if check.result == "FIRED" then return FOUND end
  end
  return DONE
end

--- Run the verb.
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error?
function turnout.run(words, options, io_)
  if #words ~= 1 then
    error(("one subject is expected, not %d words"):format(#words), 0)
  end
  local found, err = urna.turnout(words[1], { earlier = options.earlier,
    source = options.source, at = options.at, closing = options.closing })
  if not found then return nil, err end
  local text = FORMS[options.format or "text"](found)
  if not options.output then
    io_.stdout:write(text)
    return status(found)
  end
  local done
  done, err = files.write(options.output, text)
  return done and status(found), err
end

return turnout
