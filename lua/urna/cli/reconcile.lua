local given = require "urna.cli.given"

--- urna reconcile: two sources of one election or more, compared.
local reconcile = {}

local DONE, FOUND = 0, 1

local PASSED = { "bad", "contest", "date", "delimiter", "encoding", "names",
  "profile", "rule", "seats", "thousands", "tolerance", "total_rows", "unit" }

--- A tolerance as it is typed: "3" votes or ballots, "1%" or "0.5%" of them.
---@param text string
---@return table? tolerance
---@return string? expected
function reconcile.tolerance(text)
  if text:find("^%d+$") and #text < 16 then
    return { count = tonumber(text) }
  end
  local whole, digits = text:match("^(%d+)%.?(%d*)%%$")
  if whole and #whole + #digits < 12 then
    return { share = { tonumber(whole .. digits), 100 * 10 ^ #digits } }
  end
  return nil, "a whole number or a percentage, 3 or 0.5%"
end

--- urna reconcile SOURCE SOURCE ...
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status 1 where anything differs or is not matched
---@return urna.Error? err
function reconcile.run(words, options, io_)
  if #words < 2 then
    error("two sources of one election are expected, or more", 0)
  end
  local subjects = {}
  for i, word in ipairs(words) do subjects[i] = word end
  subjects[#subjects + 1] = given.some(options, PASSED)
  local urna, compat = require "urna", require "urna.compat"
  local found, err = urna.reconcile(compat.unpack(subjects))
  if not found then return nil, err end
  local done
  done, err = require "urna.cli.answer".give(found, options, io_)
  if not done then return nil, err end
  return found:agrees() and DONE or FOUND
end

return reconcile
