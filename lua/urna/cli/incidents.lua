local answer = require "urna.cli.answer"
local given = require "urna.cli.given"
local urna = require "urna"

--- urna incidents and urna disputes: lists that people keep beside the records.
--- Exit status of incidents: 0 nothing above a check; 1 a report of an
--- irregularity or worse, or a station that the results do not have; of
--- disputes: 1 where one is open. 2 bad input, 3 usage.
local incidents = {}

local DONE, FOUND = 0, 1

local LIGHT = { permitted = true, check = true }

local function give(found, status, options, io_, own)
  local done, err = answer.give(found, options, io_, own)
  return done and status, err
end

-- The results and what the checks find in them; the seats are found from them.
local function with_results(passed, options)
  if not options.results then return passed end
  local err
  passed.results, err = urna.read(options.results, given.reading(options))
  if not passed.results then return nil, err end
  passed.findings, err = urna.check(passed.results, { rule = options.rule,
    date = options.date })
  if not passed.findings then return nil, err end
  return passed
end

local function share_text(share)
  if not share then return "" end
  return ("%s: %d of %d stations, %s %% (%s to %s %%; n = %d; %s)\n"):format(
    share.category, share.num, share.den, share.percent, share.low,
    share.high, share.n, share.method)
end

local OWN = {
  text = function(found) return found:text() .. share_text(found.asked) end,
  csv = function(found, options)
    return options.by and found:groups_csv(options.by) or found:csv()
  end,
}

local function status(found)
  if #found.unmatched > 0 then return FOUND end
  for _, row in ipairs(found.rows) do
    if not LIGHT[row.severity] then return FOUND end
  end
  return DONE
end

-- Times and a source narrow a share; without one they say nothing.
local function share_of(options)
  return options.share and { category = options.share, from = options.from,
    to = options.to, source = options.source } or nil
end

--- urna incidents FILE
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error?
function incidents.run(words, options, io_)
  local subject = given.one(words, "one file")
  local passed, err = with_results({ rule = options.rule,
    date = options.date, share = share_of(options), sample = options.sample
    and { stations = options.sample, effect = options.effect } }, options)
  if not passed then return nil, err end
  local found
  found, err = urna.incidents(subject, passed)
  if not found then return nil, err end
  return give(found, status(found), options, io_, OWN)
end

--- urna disputes FILE
---@param words string[]
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error?
function incidents.disputes(words, options, io_)
  local found, err = urna.disputes(given.one(words, "one file"),
    given.some(options, { "date", "election", "now", "rule" }))
  if not found then return nil, err end
  return give(found, found:count("open") > 0 and FOUND or DONE, options, io_)
end

return incidents
