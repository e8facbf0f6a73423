local errors = require "urna.errors"
local kemeny = require "urna.count.kemeny"
local lots = require "urna.lots"
local matrix = require "urna.count.matrix"
local positional = require "urna.count.positional"
local printed = require "urna.count.printed"
local ranked_pairs = require "urna.count.ranked_pairs"
local runoffs = require "urna.count.runoffs"
local schulze = require "urna.count.schulze"
local scored = require "urna.count.scored"
local seating = require "urna.count.seating"

--- Methods that compare candidates two by two, and those of points and ranks.
---
--- How they read a ballot: those who share a rank are equal; skipped ranks
--- close up, and a rank that is overvoted with unknown candidates says nothing;
--- who is named twice counts where he is named first; the withdrawn are passed
--- over; write-ins are candidates. `unranked` says what a paper means of those
--- whom it does not name.
local pairwise = {}

-- What a method needs, which fields its rules may have with what values, and
-- what does it. "single": it elects one and has no order.
local METHODS = {
  condorcet = { needs = "pairs", run = scored.condorcet, single = true },
  schulze = { needs = "pairs", run = schulze.run,
    strength = { "winning_votes", "margins" } },
  ranked_pairs = { needs = "pairs", run = ranked_pairs.run,
    strength = { "margins", "winning_votes" } },
  minimax = { needs = "pairs", run = scored.minimax,
    strength = { "winning_votes", "margins", "opposition" } },
  copeland = { needs = "pairs", run = scored.copeland, tie = { 1, 0, 2 },
    second_order = { false, true } },
  kemeny_young = { needs = "pairs", run = kemeny.run },
  set = { needs = "pairs", run = scored.set, single = true,
    set = { "smith", "schwartz" } },
  baldwin = { needs = "pairs", run = runoffs.run,
    equals = { "together", "lot" } },
  nanson = { needs = "pairs", run = runoffs.run,
    exclude = { "at_or_below", "below" } },
  benham = { needs = "both", run = runoffs.run, single = true },
  smith_irv = { needs = "both", run = runoffs.run, single = true },
  tideman_alternative = { needs = "both", run = runoffs.run, single = true,
    set = { "smith", "schwartz" } },
  woodall = { needs = "both", run = runoffs.run, single = true },
  coombs = { needs = "ballots", run = runoffs.run, single = true },
  bucklin = { needs = "ballots", run = positional.bucklin },
  points = { needs = "ballots", run = positional.points, points = true,
    unranked = { "nothing", "average" } },
}
pairwise.methods = METHODS

-- The first value is what holds where a rule does not say.
local PAIRS_UNRANKED = { "last", "no_opinion" }

local DESCRIBE = { "name", "title", "source", "method" }

--- The rules by name. Sources stand with the methods.
pairwise.rules = {
  condorcet = { method = "condorcet", title = "Condorcet winner" },
  schulze = { method = "schulze", title = "Schulze (winning votes)",
    source = "Schulze 2011" },
  schulze_margins = { method = "schulze", strength = "margins",
    title = "Schulze (margins)", source = "Schulze 2011" },
  ranked_pairs = { method = "ranked_pairs", title = "Ranked pairs (margins)",
    source = "Tideman 1987" },
  ranked_pairs_winning_votes = { method = "ranked_pairs",
    strength = "winning_votes", title = "Ranked pairs (winning votes)",
    source = "Tideman 1987" },
  minimax = { method = "minimax", title = "Minimax (winning votes)",
    source = "Simpson 1969, Kramer 1977" },
  minimax_margins = { method = "minimax", strength = "margins",
    title = "Minimax (margins)", source = "Simpson 1969, Kramer 1977" },
  minimax_opposition = { method = "minimax", strength = "opposition",
    title = "Minimax (pairwise opposition)", source = "Simpson 1969" },
  copeland = { method = "copeland", title = "Copeland",
    source = "Copeland 1951" },
  copeland_2nd_order = { method = "copeland", second_order = true,
    title = "Copeland, second order",
    source = "Bartholdi, Tovey & Trick 1989" },
  llull = { method = "copeland", tie = 2, title = "Llull",
    source = "Llull 1299" },
  kemeny_young = { method = "kemeny_young", title = "Kemeny-Young",
    source = "Kemeny 1959, Young 1988" },
  smith = { method = "set", set = "smith", title = "Smith set",
    source = "Smith 1973" },
  schwartz = { method = "set", set = "schwartz", title = "Schwartz set",
    source = "Schwartz 1986" },
  baldwin = { method = "baldwin", title = "Baldwin", source = "Baldwin 1926" },
  nanson = { method = "nanson", title = "Nanson", source = "Nanson 1882" },
  nanson_below = { method = "nanson", exclude = "below",
    title = "Nanson, only those below the average", source = "Nanson 1882" },
  benham = { method = "benham", title = "Benham",
    source = "Green-Armytage 2011" },
  smith_irv = { method = "smith_irv", title = "Smith, then alternative vote",
    source = "Green-Armytage 2011" },
  tideman_alternative = { method = "tideman_alternative",
    title = "Tideman's alternative (Smith)", source = "Green-Armytage 2011" },
  tideman_alternative_schwartz = { method = "tideman_alternative",
    set = "schwartz", title = "Tideman's alternative (Schwartz)",
    source = "Tideman, Collective Decisions and Voting, 2006" },
  woodall = { method = "woodall", title = "Woodall",
    source = "Green-Armytage 2011" },
  coombs = { method = "coombs", title = "Coombs", source = "Coombs 1964" },
  bucklin = { method = "bucklin", title = "Bucklin",
    source = "Hoag & Hallett 1926" },
  borda = { method = "points", points = "borda", unranked = "average",
    title = "Borda, n - 1 to 0, the unranked averaged",
    source = "Borda 1781" },
  borda_zero = { method = "points", points = "borda",
    title = "Borda, n - 1 to 0, nothing for the unranked",
    source = "Borda 1781" },
  borda_from_one = { method = "points", points = "borda_from_one",
    title = "Borda, n to 1, nothing for the unranked", source = "Borda 1781" },
  modified_borda = { method = "points", points = "modified",
    title = "Modified Borda: as many points as are named, to 1",
    source = "Emerson 2013" },
  dowdall = { method = "points", points = "dowdall",
    title = "Dowdall (Nauru): 1, 1/2, 1/3",
    source = "Fraenkel & Grofman 2014" },
  plurality = { method = "points", points = "plurality",
    title = "Plurality of first places", source = "Borda 1781" },
  antiplurality = { method = "points", points = "antiplurality",
    unranked = "average", title = "Antiplurality: fewest last places",
    source = "Saari, Basic Geometry of Voting, 1995" },
}

pairwise.aliases = {
  schulze_winning_votes = "schulze", beatpath = "schulze",
  ranked_pairs_margins = "ranked_pairs", tideman = "ranked_pairs",
  rankedpairs_margins = "ranked_pairs",
  maximize_affirmed_majorities = "ranked_pairs_winning_votes",
  mam = "ranked_pairs_winning_votes",
  rankedpairs_winvotes = "ranked_pairs_winning_votes",
  minimax_winning_votes = "minimax", simpson_kramer = "minimax",
  minimax_winvotes = "minimax", minimax_pairwise_opposition =
    "minimax_opposition", minimax_pwo = "minimax_opposition",
  copeland_raw = "copeland", copeland_2o = "copeland_2nd_order",
  second_order_copeland = "copeland_2nd_order",
  kemeny = "kemeny_young", smith_set = "smith", schwartz_set = "schwartz",
  condorcet_winner = "condorcet", smith_av = "smith_irv",
  smith_hare = "smith_irv", condorcet_hare = "benham",
  tideman_alternative_smith = "tideman_alternative",
  weak_nanson = "nanson", strict_nanson = "nanson_below",
  fallback = "bucklin", fallback_voting = "bucklin",
  grand_junction = "bucklin", nauru = "dowdall",
  first_past_the_post = "plurality", borda_average = "borda",
  borda_tournament = "borda", borda_count = "borda",
}

-- ---- the rule ----

local function says(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

local function check_value(method, field, value, allowed, level)
  local words = {}
  for i, known in ipairs(allowed) do
    if known == value then return end
    words[i] = says(known)
  end
  error(("count: %s of %s must be %s, not %s"):format(field, method,
    table.concat(words, " or "), says(value)), level + 1)
end

-- The fields of a method's rules with the values that each may have.
local function fields_of(method)
  local fields = {}
  for field, allowed in pairs(METHODS[method]) do
    if type(allowed) == "table" then fields[field] = allowed end
  end
  if METHODS[method].needs ~= "ballots" then
    fields.unranked = PAIRS_UNRANKED
  end
  return fields
end

local function check_rule(rule, level)
  local fields, known = fields_of(rule.method), {}
  for field in pairs(fields) do known[#known + 1] = field end
  for _, field in ipairs(DESCRIBE) do known[#known + 1] = field end
  if METHODS[rule.method].points then known[#known + 1] = "points" end
  table.sort(known)
  errors.check_options("count: a rule of " .. rule.method, rule, known,
    level + 1)
  for field, allowed in pairs(fields) do
    if rule[field] ~= nil then
      check_value(rule.method, field, rule[field], allowed, level + 1)
    end
  end
  if METHODS[rule.method].points then
    errors.check_types("count", rule, { points = "string or table" },
      level + 1)
    positional.check_points(rule.points or "borda", level + 1)
  end
end

local function unknown(name, level)
  local names = printed.names(pairwise.rules, pairwise.aliases)
  local near = errors.nearest(name, names)
  error(("count: there is no rule %q%s"):format(name,
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

--- A rule with all its fields: a name, or a table that is like a rule but for
--- what it says, { like = "minimax_margins", unranked = "no_opinion" }, or that
--- says a method and what of it is meant, { method = "minimax", strength =
--- "margins" }.
--- Fails: raises for what is none, with the nearest name.
---@param rule string|table
---@param level integer of the caller to be blamed
---@return table
function pairwise.define(rule, level)
  if type(rule) == "string" then rule = { like = rule, name = rule } end
  local meant = type(rule) == "table" and (rule.like or rule.method)
  if type(meant) ~= "string" then
    error("count: a rule is a name, or a table that says like or method",
      level + 1)
  end
  local name = pairwise.aliases[meant] or meant
  local base = pairwise.rules[name]
  if not base and (rule.like or not METHODS[name]) then
    unknown(name, level + 1)
  end
  if rule.like and rule.method and rule.method ~= base.method then
    error(("count: a rule like %s has the method %q, not %q"):format(name,
      base.method, tostring(rule.method)), level + 1)
  end
  local defined = {}
  for field, value in pairs(base or {}) do defined[field] = value end
  for field, value in pairs(rule) do
    if field ~= "method" and field ~= "like" then defined[field] = value end
  end
  defined.method = base and base.method or name
  defined.name = rule.name and pairwise.aliases[rule.name] or rule.name or name
  check_rule(defined, level + 1)
  for field, allowed in pairs(fields_of(defined.method)) do
    if defined[field] == nil then defined[field] = allowed[1] end
  end
  if METHODS[defined.method].points then
    defined.points = defined.points or "borda"
  end
  return defined
end

-- ---- the count ----

local function check_seats(seats, rule, poll, level)
  if type(seats) ~= "number" or seats % 1 ~= 0 or seats < 1 then
    error(("count: seats must be a whole number from 1, not %s"):format(
      tostring(seats)), level + 1)
  end
  if seats > poll.n then
    error(("count: seats is %d, and only %d candidates stand"):format(seats,
      poll.n), level + 1)
  end
  if seats > 1 and METHODS[rule.method].single then
    error(("count: %s elects one and gives no order, and seats is %d"):format(
      rule.name, seats), level + 1)
  end
end

-- The election as the rule needs to know it.
local function poll_of(ballots, rule, level)
  local needs = METHODS[rule.method].needs
  if not ballots.store then
    if needs ~= "pairs" then
      error(("count: %s needs ballots, a matrix of pairs is not enough")
        :format(rule.name), level + 1)
    end
    local poll, err = matrix.given(ballots, level + 1)
    return poll, err -- no tail call, which would hide who is to be blamed
  end
  local poll, err = matrix.standing(ballots)
  if not poll then return nil, err end
  if needs ~= "ballots" then matrix.count(poll, rule.unranked) end
  return poll
end

local function order_of(poll, order)
  if not order then return nil end
  local levels = {}
  for i, level in ipairs(order) do levels[i] = seating.named(poll, level) end
  return levels
end

-- What the pairs say, whatever the method makes of it.
local function add_pairs(result, poll)
  if not poll.over then return end
  local all = matrix.everybody(poll.n)
  local winner = matrix.condorcet_winner(poll.over, all)
  result.pairwise = matrix.keyed(poll)
  result.condorcet_winner = winner and poll.names[winner]
  result.smith = seating.named(poll, matrix.smith(poll.over, all))
end

local TOLD = { "rounds", "scores", "second_scores", "paths", "paths_against",
  "outcomes", "orders", "more_orders", "agreement", "set", "majority" }

local function result_of(poll, rule, seats, outcome, filled)
  local result = { rule = rule.name, seats = seats, candidates = poll.names,
    withdrawn = poll.withdrawn, papers = poll.papers,
    winners = seating.named(poll, filled.winners), ties = filled.ties,
    drawn = filled.drawn, why = outcome.none,
    order = order_of(poll, outcome.tops and outcome.tops.order) }
  for _, field in ipairs(TOLD) do result[field] = outcome[field] end
  result.decision = outcome.none and "undecided"
    or #filled.ties > 0 and "lots_required" or "decided"
  add_pairs(result, poll)
  return setmetatable(result, printed.Result)
end

-- Lots that were drawn in the rounds stand before those for the seats.
local function fill(poll, outcome, seats, draws)
  if outcome.none then return { winners = {}, ties = {}, drawn = {} } end
  if outcome.filled then return outcome.filled end
  local filled, message = seating.fill(poll, outcome.tops, seats, draws)
  if not filled then return nil, message end
  local drawn = {}
  for _, tie in ipairs(outcome.drawn or {}) do drawn[#drawn + 1] = tie end
  for _, tie in ipairs(filled.drawn) do drawn[#drawn + 1] = tie end
  filled.drawn = drawn
  return filled
end

--- Count ballots, or a matrix, by a rule of this family.
--- Fails: raises for a rule, an option or a lot that is none, blaming the
--- caller `level` calls up.
---@param ballots urna.Ballots|table or { pairwise = ... } or { margins = ... },
--- see matrix.given
---@param rule string|table see pairwise.define
---@param options { seats: integer?, lots: string[][]? }? seats: those of a BLT
--- file, or 1, if not said; more take the first of the order, where the method
--- has one
---@param level integer? 3, who calls the one that calls this, if not said
---@return urna.count.PairwiseResult? result `winners` are those who are
--- certain; `order` of levels, equals together, where the method gives one;
--- `pairwise`, `condorcet_winner` and `smith` of the methods that compare pairs
---@return urna.Error? err "no_candidates", "too_many_candidates",
--- "too_many_ties", "overflow"
function pairwise.run(ballots, rule, options, level)
  level = level or 3
  options = options or {}
  rule = pairwise.define(rule, level)
  errors.check_types("count", options, { seats = "number" }, level)
  local draws, wrong = lots.new(options.lots)
  if not draws then error("count: " .. wrong, level) end
  local poll, err = poll_of(ballots, rule, level)
  if not poll then return nil, err end
  local seats = options.seats or ballots.seats or 1
  check_seats(seats, rule, poll, level)
  local outcome, fault = METHODS[rule.method].run(poll, rule, seats, draws)
  if type(fault) == "string" then error("count: " .. fault, level) end
  if not outcome then return nil, fault end
  local filled, message = fill(poll, outcome, seats, draws)
  message = message or draws:left_over()
  if message then error("count: " .. message, level) end
  return result_of(poll, rule, seats, outcome, filled)
end

return pairwise
