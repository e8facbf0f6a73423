local given = require "urna.cli.given"
local json = require "urna.writers.json"
local urna = require "urna"

--- urna incidents and urna disputes: lists that people keep beside the records.
--- Exit status of incidents: 0 nothing above a check; 1 a report of an
--- irregularity or worse, or a station that the results do not have; of
--- disputes: 1 where one is open. 2 bad input, 3 usage.
local incidents = {}

local DONE, FOUND = 0, 1

local LIGHT = { permitted = true, check = true }

local function give(text, status, options, io_)
  local done, err = given.write(text, options, io_)
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

local function asked_share(found, options)
  if not options.share then return nil end
  return found:share { category = options.share, from = options.from,
    to = options.to, source = options.source }
end

local function share_text(share)
  if not share then return "" end
  return ("%s: %d of %d stations, %s %% (%s to %s %%; n = %d; %s)\n"):format(
    share.category, share.num, share.den, share.percent, share.low,
    share.high, share.n, share.method)
end

local ARRAYS = { by_category = true, by_municipality = true, by_source = true,
  by_severity = true, by_window = true, codes = true, materiality = true,
  rows = true, unmatched = true }

local FIELDS = { "category", "municipality", "severity", "source", "window" }

local function as_json(found, share)
  local all = { rows = found.rows, ballots = found.ballots,
    needed = found.needed, unneeded = found.unneeded, share = share,
    materiality = found.materiality, unmatched = found.unmatched }
  for _, field in ipairs(FIELDS) do all["by_" .. field] = found:by(field) end
  return json.encode(all, { indent = 2, arrays = ARRAYS }) .. "\n"
end

local FORMS = {
  text = function(found, share) return found:text() .. share_text(share) end,
  csv = function(found, _, by)
    return by and found:groups_csv(by) or found:csv()
  end,
  json = as_json,
}

local function status(found)
  if #found.unmatched > 0 then return FOUND end
  for _, row in ipairs(found.rows) do
    if not LIGHT[row.severity] then return FOUND end
  end
  return DONE
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
    date = options.date, sample = options.sample
    and { stations = options.sample, effect = options.effect } }, options)
  if not passed then return nil, err end
  local found
  found, err = urna.incidents(subject, passed)
  if not found then return nil, err end
  local share
  share, err = asked_share(found, options)
  if err then return nil, err end
  return give(FORMS[options.format or "text"](found, share, options.by),
    status(found), options, io_)
end

local DISPUTES = {
  text = function(found) return found:text() end,
  csv = function(found) return found:csv() end,
  json = function(found)
    return json.encode({ disputes = found.list, rule = found.rule,
      edition = found.edition, now = found.now }, { indent = 2,
      arrays = { disputes = true, rows = true, next = true } }) .. "\n"
  end,
}

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
  return give(DISPUTES[options.format or "text"](found),
    found:count("open") > 0 and FOUND or DONE, options, io_)
end

return incidents
