local arguments = require "urna.analysis.reconcile.arguments"
local columns = require "urna.analysis.reconcile.columns"
local differences = require "urna.analysis.reconcile.differences"
local matching = require "urna.analysis.reconcile.matching"
local reconciled = require "urna.analysis.reconciled"
local seats = require "urna.analysis.reconcile.seats"
local sources = require "urna.analysis.reconcile.sources"
local stations = require "urna.analysis.reconcile.stations"
local sums = require "urna.analysis.reconcile.sums"

--- Two or more sources of one election - official, parallel count, observers,
--- party copies, versions of one source - compared figure by figure: where they
--- differ, in which direction, whom that favours, and whether the differences
--- together could move a seat.
local reconcile = {}

local function result_of(job, all)
  local own, outcomes = seats.own(job, all)
  local found = { contest = { id = all[1].contest.id,
    name = all[1].contest.name, date = all[1].contest.date },
    names = job.names, sources = sources.rows(job, all),
    is_total = job.is_total, matched = matching.count(job),
    matches = job.matches, only = job.only, ambiguous = job.ambiguous,
    unmatched_lists = job.unmatched_lists, uncompared = job.uncompared,
    rows = job.rows, gaps = job.gaps, stations = stations.rows(job),
    totals = sums.totals(job), matrix = sums.matrix(job),
    tolerance = job.tolerance, seats = own,
    outcomes = outcomes, lists_of = matching.keys(job),
    effect = seats.effect(job, all, outcomes[1], own[1].reason) }
  return reconciled.new(found)
end

--- Compare two or more sources of one election, unit by unit and figure by
--- figure; of embedded elections, of which only totals are known, by totals.
--- Fails: raises for less than two sources, an option of the wrong type, and
--- names that are not different texts.
---@param ... string|table subjects, and at the end the options: names (of the
--- sources, "A", "B" ... if not said), tolerance (a number of votes or ballots,
--- or { count, share = { num, den } }, up to which a difference is only noted),
--- lists ({ ["key in another source"] = "key in the first" }), rule, date,
--- seats, and those of urna.read
---@return urna.Reconciled?
---@return urna.Error? err "different_elections", "no_common_lists", "no_keys",
--- or of the reading
function reconcile.run(...)
  local given, count, options = arguments.split(...)
  local job = arguments.check(options, count)
  local all, err = sources.read(given, count, options)
  if not all then return nil, err end
  job.count, job.figures, job.lists, job.lists_by = count, {}, {}, {}
  job.unit_of, job.matches, job.only, job.ambiguous = {}, {}, {}, {}
  job.unmatched_lists, job.uncompared, job.rows, job.gaps = {}, {}, {}, {}
  job.stations, job.totals_of, job.matrix = {}, {}, {}
  local done
  done, err = sources.figures(all, job)
  if not done then return nil, err end
  err = matching.lists(job)
  if err then return nil, err end
  if job.is_total then matching.total(job) else matching.units(job) end
  job.columns = columns.of(job)
  differences.find(job)
  return result_of(job, all)
end

return reconcile
