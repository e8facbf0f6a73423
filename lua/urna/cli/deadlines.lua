local answer = require "urna.cli.answer"
local given = require "urna.cli.given"
local urna = require "urna"

--- urna deadlines: the calendar of the law's deadlines, also for calendars.
local deadlines = {}

local DONE = 0

local OWN = { ics = function(found) return found:ics() end }

--- urna deadlines SUBJECT
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error?
function deadlines.run(words, options, io_)
  local found, err = urna.deadlines(given.one(words, "one subject"),
    { closing = options.closing, date = options.date, now = options.now,
      rule = options.rule, events = given.first_values(options.event) })
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_, OWN)
  return done and DONE, err
end

return deadlines
