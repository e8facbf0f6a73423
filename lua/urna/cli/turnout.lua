local answer = require "urna.cli.answer"
local given = require "urna.cli.given"
local urna = require "urna"

--- urna turnout: the series of a source by the hour, against earlier elections.
--- Exit status: 0 nothing found; 1 a check fired (W16); 2 bad input, also where
--- two sources would be mixed; 3 usage.
local turnout = {}

local DONE, FOUND = 0, 1

local PASSED = { "at", "closing", "earlier", "source" }

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
  local found, err = urna.turnout(given.one(words, "one subject"),
    given.some(options, PASSED))
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and status(found), err
end

return turnout
