local arguments = require "urna.analysis.compare.arguments"
local bases = require "urna.analysis.compare.bases"
local changes = require "urna.analysis.compare.changes"
local compared = require "urna.analysis.compared"
local errors = require "urna.errors"
local lineage = require "urna.analysis.lineage"
local outliers = require "urna.analysis.outliers"
local places = require "urna.analysis.compare.places"
local rows = require "urna.analysis.compare.rows"
local same = require "urna.analysis.same_election"
local sides = require "urna.analysis.compare.sides"
local units = require "urna.analysis.compare.units"

--- Two elections compared: what became of the lists and of the polling
--- stations, the swing of each list, turnout, seats gained and lost, and the
--- stations whose change stands out.
local compare = {}

--- What shares can be of, the usual ones first.
compare.BASES = arguments.BASES

local CAME = { "voters_signed", "ballots_in_box" }

-- Each of them is a group by itself.
local function unmatched_lists(job)
  local found = { before = {}, after = {} }
  for _, group in ipairs(job.groups) do
    if group.kind == "unmatched" then
      found.before[#found.before + 1] = group.from[1]
      found.after[#found.after + 1] = group.to[1]
    end
  end
  return found
end

local function share_for_size(job)
  return function(n, key)
    local side = n == 1 and job.before or job.after
    local votes = side.group.votes[key]
    local of = sides.total(side, job.base.name or "list_votes").value
    return votes and of and of > 0 and votes / of or nil
  end
end

local function with_records(job, found, items, options)
  local done, err = units.match(job, items)
  if not done then return nil, err end
  job.place_of = places.placer(job.matched.aligned)
  for n, pair in ipairs(job.matched.aligned) do
    job.levels[n] = job.after.figures.key_names[pair.right]
  end
  places.gather(job, job.before, "from", "left")
  places.gather(job, job.after, "to", "right")
  found.places = places.rows(job)
  found.proposed.units = units.propose(job)
  found.unmatched.units, found.jumped = units.unmatched(job), job.jumped
  found.matches, found.linked = job.matched.counts, #items
  found.outliers = outliers.find(changes.units(job), changes.measures(job),
    options)
  function found.make_units() return rows.units(job) end
  return true
end

-- A total says nothing of stations.
local function needs_records(items)
  if #items == 0 then return nil end
  return errors.new("no_records", { message = "links.units need the records "
    .. "of both elections; of one only totals are known" })
end

local function result_of(job, said, options)
  local found = { before = sides.about(job.before),
    after = sides.about(job.after),
    outcomes = { before = sides.outcome(job.before),
      after = sides.outcome(job.after) },
    base = job.base, lists = rows.lists(job), turnout = rows.turnout(job),
    proposed = { lists = job.proposed, units = {} },
    unmatched = { lists = unmatched_lists(job) }, places = {},
    links = said, has_records = job.has_records }
  if not job.has_records then
    return compared.new(found), needs_records(said.units)
  end
  local done, err = with_records(job, found, said.units, options)
  return compared.new(found), not done and err or nil
end

--- Compare two elections: the one before, then the one after.
--- Fails: raises for an option of the wrong type or that is none.
---@param before string|table a subject
---@param after string|table
---@param options { links: string|table?, lists: table[]?, units: table[]?,
--- base: string?, beyond: number?, least: integer? }? links: which lists and
--- polling stations became which, a file or { lists, units }, see links.lua;
--- lists, units: those alone; base: what shares are of (by itself the rule's,
--- if both elections know it); beyond: the |z| of a station that stands out, 4;
--- least: the fewest stations of a place to be peers, 8
---@return urna.Compared?
---@return urna.Error? err "same_election", "bad_links", "base_unknown",
--- "no_keys", or of the reading
function compare.run(before, after, options)
  errors.check_given(before, after, 2)
  errors.check_given(after, options, 2)
  options = options or {}
  arguments.check(options)
  local said, err = arguments.links(options)
  if not said then return nil, err end
  local job = { units = {}, places = {}, place_order = {}, levels = {} }
  job.before, err = sides.read(before, "before")
  if not job.before then return nil, err end
  job.after, err = sides.read(after, "after")
  if not job.after then return nil, err end
  err = same.check_two(job.before.results, job.after.results)
  if err then return nil, err end
  job.has_records = job.before.figures ~= nil and job.after.figures ~= nil
  job.usual, job.came = bases.known(job, bases.usual(job)),
    bases.known(job, CAME)
  job.has_registered = bases.known(job, { "registered_voters" }) ~= nil
  job.base, err = bases.of(job, options)
  if not job.base then return nil, err end
  job.groups, job.proposed = lineage.groups(job.before.lists, job.after.lists,
    said.lists, share_for_size(job))
  if not job.groups then return nil, job.proposed end
  local found
  found, err = result_of(job, said, { least = options.least,
    beyond = options.beyond })
  if err then return nil, err end
  return found
end

return compare
