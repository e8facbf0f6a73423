local figures = require "urna.analysis.figures"
local same = require "urna.analysis.same_election"
local subjects = require "urna.subject"

--- The sources of one election: read, and as figures.
local sources = {}

local READING = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }

--- Read the sources, which must be of one election.
---@param given any[] subjects
---@param count integer
---@param options table of urna.reconcile
---@return table[]? results
---@return urna.Error? err "different_elections", or of the reading
function sources.read(given, count, options)
  local reading, all = {}, {}
  for _, name in ipairs(READING) do reading[name] = options[name] end
  for i = 1, count do
    local results, err = subjects.results(given[i], reading)
    if not results then return nil, err end
    all[i] = results
  end
  for i = 2, count do
    local err = same.check_one(all[1], all[i])
    if err then return nil, err end
  end
  return all
end

local function all_have_records(all)
  for _, results in ipairs(all) do
    if not figures.has_records(results) then return false end
  end
  return true
end

--- The figures of each source: of its units, or where one of the sources has no
--- records the totals of all. Sets `is_total` and `figures` of the job.
---@param all table[] results
---@param job table
---@return true?
---@return urna.Error? err "no_keys", or a number that cannot be held
function sources.figures(all, job)
  job.is_total = not all_have_records(all)
  for i, results in ipairs(all) do
    local found, err = (job.is_total and figures.total or figures.of)(results)
    if not found then return nil, err end
    err = figures.check_keys(found, job.names[i])
    if err then return nil, err end
    job.figures[i] = found
  end
  return true
end

--- What is known of each source.
---@param job table
---@param all table[] results
---@return table[] { name, file, sha256, contest, units, bad }
function sources.rows(job, all)
  local rows = {}
  for k, results in ipairs(all) do
    local source = results.source or {}
    rows[k] = { name = job.names[k], file = source.file,
      sha256 = source.sha256, contest = results.contest.name,
      units = not job.is_total and #job.figures[k].units or nil,
      bad = job.figures[k].bad }
  end
  return rows
end

return sources
