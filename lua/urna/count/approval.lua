local courses = require "urna.count.courses"
local equal_shares = require "urna.count.equal_shares"
local errors = require "urna.errors"
local lots = require "urna.lots"
local native = require "urna.native"
local phragmen = require "urna.count.phragmen"
local separable = require "urna.count.separable"
local thiele = require "urna.count.thiele"

--- Rules that elect by approval ballots. A paper approves all whom it names,
--- at whichever ranks; with `approve = "first_rank"` those at the first rank
--- that it uses, for ballots that go on to rank whom they do not approve.
--- Candidates who have withdrawn are on no paper. All papers are voters, also
--- those that approve nobody, which matters to equal shares alone.
---
--- Ties. Where the candidates that are equal lead to several committees, the
--- result says all of them, over every way to break the ties on the way
--- ("parallel universes"), each once. `winners` are those who are in all of
--- them, and `ties` has the first tie that a lot has to settle.
local approval = {}

local LIMIT = 1000 -- committees
local EFFORT = 1000000 -- nodes of a search
local RUNS = 10000 -- of equal shares with more money each time

---@class urna.count.ApprovalRule
---@field name string
---@field method "av"|"sav"|"pav"|"seqpav"|"revseqpav"|"phragmen"|"mes"
---@field completion? "phragmen"|"increment"|"av"|"none" of mes, if the options
--- do not say it

local function rule(name, method, completion)
  return { name = name, method = method, completion = completion }
end

--- The rules of this family. Justified representation in its extended form is
--- kept by pav and by mes, but not by mes_increment: begun anew with more money
--- it ends with the last seat, though a group that is due one could still pay.
---@type table<string, urna.count.ApprovalRule>
approval.rules = {
  av = rule("av", "av"),
  sav = rule("sav", "sav"),
  pav = rule("pav", "pav"),
  seqpav = rule("seqpav", "seqpav"),
  revseqpav = rule("revseqpav", "revseqpav"),
  phragmen = rule("phragmen", "phragmen"),
  mes = rule("mes", "mes", "phragmen"),
  mes_increment = rule("mes_increment", "mes", "increment"),
  mes_av = rule("mes_av", "mes", "av"),
  mes_uncompleted = rule("mes_uncompleted", "mes", "none"),
}

--- Other names for them.
---@type table<string, string>
approval.aliases = {
  approval = "av", approval_voting = "av",
  satisfaction_approval = "sav",
  proportional_approval = "pav", thiele = "pav",
  sequential_pav = "seqpav", spav = "seqpav", reweighted_approval = "seqpav",
  reverse_sequential_pav = "revseqpav",
  seqphragmen = "phragmen", sequential_phragmen = "phragmen",
  equal_shares = "mes", method_of_equal_shares = "mes", rule_x = "mes",
}

-- ---- how each rule is run: made, message ----

local run_by = {}

function run_by.av(election, draws, limit)
  return separable.elect(election, draws, limit, "av")
end

function run_by.sav(election, draws, limit)
  return separable.elect(election, draws, limit, "sav")
end

function run_by.pav(election, draws, limit)
  return thiele.optimal(election, draws, limit)
end

local function follow(count, draws, limit)
  local made, message = courses.follow(count, draws, limit)
  if made and made.open then
    made.secure = count:secure(made.open.state)
  elseif made then
    made.elected = count:elected(made.state)
  end
  return made, message
end

function run_by.seqpav(election, draws, limit)
  return follow(thiele.sequential(election), draws, limit)
end

function run_by.revseqpav(election, draws, limit)
  return follow(thiele.reverse(election), draws, limit)
end

function run_by.phragmen(election, draws, limit)
  return follow(phragmen.sequential(election), draws, limit)
end

function run_by.mes(election, draws, limit)
  return follow(equal_shares.sequential(election), draws, limit)
end

-- ---- what is asked for ----

local function one_of(name, value, known)
  for _, word in ipairs(known) do
    if value == word then return nil end
  end
  local near = errors.nearest(tostring(value), known)
  return ("%s must be one of %s, not %q%s"):format(name,
    table.concat(known, ", "), tostring(value),
    near and (": did you mean %q?"):format(near) or "")
end

local function whole(name, value, least, most, why)
  if type(value) == "number" and value >= least and value <= most
    and value % 1 == 0 then
    return nil
  end
  return ("%s must be a whole number from %d to %d%s, not %s"):format(name,
    least, most, why or "", type(value) == "string" and ("%q"):format(value)
      or tostring(value))
end

local function standing(ballots)
  local names = {}
  for _, candidate in ipairs(ballots:candidates()) do
    if candidate.kind ~= "withdrawn" then names[#names + 1] = candidate.name end
  end
  return names
end

local FIELDS = { "name", "like", "method", "completion" }
local OPTIONS = { "seats", "lots", "limit", "effort", "approve", "completion" }

local METHODS = { "av", "sav", "pav", "seqpav", "revseqpav", "phragmen",
  "mes" }
approval.methods = {}
for _, method in ipairs(METHODS) do approval.methods[method] = true end

-- A rule that is like another one has its fields, but for those of its own.
local function define(given)
  local base = given.like
    and approval.rules[approval.aliases[given.like] or given.like] or {}
  return { name = given.name or given.like or given.method,
    method = given.method or base.method,
    completion = given.completion or base.completion }
end

local function check(definition, names, options)
  local message = one_of("method", definition.method, METHODS)
  if message then return message end
  local completion = options.completion or definition.completion
  if completion and definition.method ~= "mes" then
    return ("completion is an option of mes, not of %s"):format(
      definition.name)
  end
  return completion and one_of("completion", completion,
      equal_shares.completions)
    or whole("seats", options.seats, 1, #names, ", for so many stand")
    or options.approve and one_of("approve", options.approve,
      { "all", "first_rank" })
    or options.limit and whole("limit", options.limit, 1, 1000000)
    or options.effort and whole("effort", options.effort, 1, 1e15)
end

-- ---- the result ----

local function committees_of(made, election)
  local found = {}
  if made.elected then
    local members = thiele.with(made.elected)
    table.sort(members)
    found[1] = courses.named(members, election.names)
    return found, true
  end
  for i, committee in ipairs(made.found.list) do
    found[i] = courses.named(committee, election.names)
  end
  return found, made.found.is_complete
end

-- Those whom no lot can put out: first those who are elected before the tie.
local function winners_of(made, election)
  if made.elected then return made.elected end
  local winners = thiele.with(made.secure)
  local is_listed = courses.common(nil, winners)
  for number = 1, #election.names do
    if made.found.certain[number] and not is_listed[number] then
      winners[#winners + 1] = number
    end
  end
  return winners
end

local function ties_of(made, election)
  if not made.open then return {} end
  return { courses.tie(election.names, made.open.stage, made.secure,
    made.open.best, made.left or 1) }
end

local function result_of(made, election, name)
  local committees, is_complete = committees_of(made, election)
  local vacant = made.elected and election.seats - #made.elected
  return { rule = name, seats = election.seats, candidates = election.names,
    papers = election.papers,
    decision = made.elected and "decided" or "lots_required",
    winners = courses.named(winners_of(made, election), election.names),
    rounds = made.rounds, ties = ties_of(made, election), drawn = made.drawn,
    committees = committees, committees_complete = is_complete,
    score = made.score, completion = election.completion,
    vacant = vacant and vacant > 0 and vacant or nil }
end

local FAILURES = {
  overflow = "proportional approval voting is not counted where a voter can "
    .. "win more than 46 seats: try seqpav",
  too_hard = "the count was given up after its `effort` (%d)",
}

--- Count approval ballots by one of these rules.
--- Fails: raises for an option that is none or of a wrong value, and for a lot
--- that matches no tie, naming it.
---@param ballots urna.Ballots
---@param rule_given urna.count.ApprovalRule one of these, or { like = "mes",
--- completion = "av" }
---@param options { seats: integer, lots: string[][]?, limit: integer?, effort:
--- integer?, approve: "all"|"first_rank"|nil, completion: string? } limit:
--- committees to find, 1,000 if not said, and courses followed at once; effort:
--- nodes of pav's search before it is given up, a million if not said, and runs
--- of mes_increment, 10,000
---@param level integer? whom to blame, 1 being who calls this; 2 if not said,
--- which is who calls urna.count
---@return table? result beyond what every count has: `committees`, all that are
--- tied, up to the limit, each in the ballots' order; `committees_complete`;
--- `score` { num, den } of the best committee by pav; `vacant`: seats that
--- mes_uncompleted leaves empty
---@return urna.Error? err "too_hard": the effort did not suffice; "overflow":
--- pav of more than 46 seats where a paper approves as many
function approval.run(ballots, rule_given, options, level)
  local blame, definition = (level or 2) + 1, define(rule_given)
  errors.check_options(definition.name, options, OPTIONS, blame)
  errors.check_options("a rule of approval ballots", rule_given, FIELDS, blame)
  local names = standing(ballots)
  local message = check(definition, names, options)
  local draws, wrong = lots.new(options.lots)
  message = message or wrong
  if not draws or message then
    error(definition.name .. ": " .. message, blame)
  end
  local is_mes = definition.method == "mes"
  local election = { names = names, seats = options.seats,
    papers = ballots:papers(), effort = options.effort
      or is_mes and RUNS or EFFORT,
    completion = options.completion or definition.completion,
    approvals = native.approvals(ballots.store,
      options.approve == "first_rank") }
  local made, fault = run_by[definition.method](election, draws,
    options.limit or LIMIT)
  if made and election.failure then
    return nil, errors.new(election.failure, {
      message = FAILURES[election.failure]:format(election.effort) })
  end
  fault = fault or draws:left_over()
  if fault then error(definition.name .. ": " .. fault, blame) end
  return result_of(made, election, definition.name)
end

return approval
