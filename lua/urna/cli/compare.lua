local given = require "urna.cli.given"

--- urna compare: two elections, before and after.
local compare = {}

local DONE = 0

--- What shares can be of; a spec compares them with those of urna.compare,
--- which loads much to say it.
compare.BASES = { "ballots_in_box", "valid_ballots", "valid_votes",
  "voters_signed", "list_votes", "registered_voters" }

local PASSED = { "base", "beyond", "links" }

local FORMS = {
  csv = function(found, options)
    return found:csv { units = options.stations }
  end,
  outliers = function(found) return found:outliers_csv() end,
  links = function(found) return found:links_text() end,
}

--- A robust z as it is typed: "4", "3.5".
---@param text string
---@return number?
---@return string? expected
function compare.beyond(text)
  local value = text:find("^%d+%.?%d*$") and tonumber(text)
  if value and value > 0 then return value end
  return nil, "a number above 0, such as 3.5"
end

--- urna compare BEFORE AFTER
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error? err
function compare.run(words, options, io_)
  if #words ~= 2 then
    error("two elections are expected, the one before and the one after", 0)
  end
  local found, err = require "urna".compare(words[1], words[2],
    given.some(options, PASSED))
  if not found then return nil, err end
  local done
  done, err = require "urna.cli.answer".give(found, options, io_, FORMS)
  return done and DONE, err
end

return compare
