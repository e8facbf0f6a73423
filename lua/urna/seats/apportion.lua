local amend = require "urna.seats.amend"
local bounds = require "urna.seats.bounds"
local claims = require "urna.seats.claim"
local compat = require "urna.compat"
local counts = require "urna.seats.count"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local lots = require "urna.seats.lots"
local outcomes = require "urna.seats.outcome"
local rules = require "urna.rules"
local schema = require "urna.schema"
local totals = require "urna.totals"
local walk = require "urna.seats.walk"

--- From results to an outcome: finds the rule of the day, walks it, and says
--- what is decided and what is open.
local apportion = {}

local MOST_SEATS = 100000

local OPTIONS = { "ballots_in_box", "claim", "contest", "count_status",
  "date", "excluded", "explain", "fields", "lots", "others", "rule", "seats",
  "thresholds" }

local COUNT_MAX = faults.COUNT_MAX

local TYPES = { claim = "table", contest = "table", count_status = "string",
  date = "string", excluded = "table", fields = "table", others = "table",
  rule = "string or table" }

local function typed_list(key, value)
  if type(value) ~= "table" then value = { votes = value } end
  if not faults.is_whole(value.votes, 0, COUNT_MAX) then
    error(("votes of %s must be a whole number from 0 to 2^53 - 1, not %s"):
      format(tostring(value.key or key), faults.show(value.votes)), 5)
  end
  local list = { key = tostring(value.key or key) }
  for name, item in pairs(value) do list[name] = list[name] or item end
  if value.minority == false then list.minority = false end
  return list
end

-- An array keeps its order; a keyed table goes in bytewise order of its keys.
local function typed_lists(votes)
  local lists = {}
  for i, value in ipairs(votes) do lists[i] = typed_list(i, value) end
  if #lists > 0 then return lists end
  for i, key in ipairs(compat.keys(votes)) do
    lists[i] = typed_list(key, votes[key])
  end
  return lists
end

local function repeated_list(lists)
  local seen = {}
  for _, list in ipairs(lists) do
    if seen[list.key] then
      return errors.new("repeated_list", { text = list.key,
        message = ("%s is given twice"):format(list.key) })
    end
    seen[list.key] = true
  end
end

-- More votes than there are ballots to hold them were never cast.
local function impossible(lists, box)
  local sum = 0
  for _, list in ipairs(lists) do sum = sum + list.votes end
  if sum > COUNT_MAX then
    return errors.new("beyond_exact",
      { message = "the votes add up to more than 2^53 - 1" })
  elseif type(box) == "number" and sum > box then
    return errors.new("impossible", { field = "ballots_in_box", message =
      ("the votes add up to %d and only %d ballots are in the box"):format(
        sum, box) })
  end
end

local function check_field(name, value)
  if value == nil or type(value) == "table"
    or faults.is_whole(value, 0, COUNT_MAX) then
    return
  end
  error(("%s must be a whole number from 0 to 2^53 - 1, not %s"):format(name,
    faults.show(value)), 4)
end

local function from_votes(votes, options)
  local lists = typed_lists(votes)
  if #lists == 0 then error("no votes are given", 4) end
  local fields = {}
  for name, value in pairs(options.fields or {}) do fields[name] = value end
  fields.ballots_in_box = options.ballots_in_box or fields.ballots_in_box
  local err = repeated_list(lists) or impossible(lists, fields.ballots_in_box)
  if err then return nil, err end
  return totals.new { lists = lists, fields = fields, others = options.others,
    contest = options.contest or { lists = lists } }
end

local function is_results(subject)
  return type(subject) == "table" and type(subject.total) == "function"
end

local function missing(source, code, what, say)
  local message = ("%s is not known: %s, or name it in the contest"):format(
    what, say)
  if rawget(source, "is_bare") then
    message = message .. "; there is no contest file beside these records: "
      .. "`urna init FILE` writes one to begin with"
  end
  return nil, errors.new(code, { message = message })
end

local function rule_of(source, options)
  local contest = source.contest
  local subject = options.rule or contest.rule
  if not subject then
    return missing(source, "no_rule", "the rule",
      "say rule = \"rs/parliament\" (or --rule)")
  end
  local date = options.date or contest.date
  if type(subject) == "string" and not date and not subject:find("%.lua$") then
    return missing(source, "no_date", "the election day",
      "say date = \"2024-06-02\" (or --date)")
  end
  local rule, err = rules.find(subject, date)
  if not rule then return nil, err end
  return amend.thresholds(rule, options.thresholds)
end

local function needs_minority(rule)
  for _, clause in ipairs(rule) do
    if type(clause) == "table"
      and (clause.exempt == "minority" or clause.lists == "minority") then
      return clause
    end
  end
end

local function keys_of(lists, test)
  local keys = {}
  for _, list in ipairs(lists) do
    if test(list) then keys[#keys + 1] = list.key end
  end
  return keys
end

local function minority_unsaid(rule, count)
  local clause = needs_minority(rule)
  local keys = clause and keys_of(count.lists, function(list)
    return list.minority == nil
  end) or {}
  if #keys == 0 then return nil end
  return { code = "minority_unsaid", lists = keys, article = clause.article,
    message = ("the law treats lists of national minorities differently, and "
      .. "it is not said whether these are: %s; say minority = true or false "
      .. "for each"):format(table.concat(keys, ", ")) }
end

local function votes_unknown(count)
  local keys = keys_of(count.lists, function(list) return list.is_unknown end)
  if #keys == 0 then return nil end
  return { code = "votes_unknown", lists = keys, message =
    ("neither votes nor a share are known of these lists: %s"):format(
      table.concat(keys, ", ")) }
end

local function base_unknown(rule, count)
  local keys = keys_of(count.lists, function(list)
    return list.standing == "unknown"
  end)
  if #keys == 0 then return nil end
  local clause = walk.clause(rule, "threshold")
  return { code = "base_unknown", lists = keys, article = clause.article,
    message = ("%s is not known exactly, and these lists are above the "
      .. "threshold at one of its bounds and below at the other: %s; say the "
      .. "number of %s"):format(rule.base, table.concat(keys, ", "),
      (rule.base:gsub("_", " "))) }
end

local function votes_open(found, count)
  local keys = {}
  for i, bound in ipairs(found or {}) do
    if bound.fewest ~= bound.most then keys[#keys + 1] = count.lists[i].key end
  end
  if #keys == 0 then return nil end
  return { code = "votes_open", lists = keys,
    message = ("votes are known only within bounds, and the seats of these "
      .. "lists differ inside them: %s"):format(table.concat(keys, ", ")) }
end

local function tied(count)
  local tie = count.ties[1]
  if not tie then return nil end
  local keys = {}
  for i, number in ipairs(tie.tied) do keys[i] = count.lists[number].key end
  return { code = tie.lot and "lot" or "tie", lists = keys,
    message = ("%d seat%s left for %d lists with equal averages and equal "
      .. "votes (%s); %s"):format(tie.left, tie.left == 1 and " is" or "s are",
      #keys, table.concat(keys, ", "), tie.lot and "the law orders a lot"
      or "the law does not say who takes it") }
end

-- Seats that stay empty because no list that takes part has a vote.
local function no_votes(case)
  if case.count.vacant == 0 then return nil end
  for _, list in ipairs(case.count.lists) do
    if list.takes_part and list.high > 0 then return nil end
  end
  local awarded = case.count.seats - case.count.vacant
  return { code = "no_votes", lists = {}, message =
    ("no list that takes part has a vote: %d of %d seats are given"):format(
      awarded, case.count.seats) }
end

-- What keeps seats from being given at all comes first; then what keeps some
-- of them from being certain.
local function judge(case)
  local open = {}
  local function add(found) open[#open + 1] = found end
  add(minority_unsaid(case.rule, case.count))
  add(votes_unknown(case.count) or base_unknown(case.rule, case.count))
  case.is_open = #open > 0
  if not case.is_open and bounds.are_open(case.count) then
    case.bounds = bounds.seats(case.rule, case.count)
    add(votes_open(case.bounds, case.count))
  end
  local tie = not case.is_open and tied(case.count) or nil
  add(tie)
  if not case.is_open then add(no_votes(case)) end
  case.open = open
  case.decision = #open == 0 and "decided"
    or tie and #open == 1 and tie.code == "lot" and "lots_required"
    or "undecided"
end

-- Where a file holds many contests, each has its seats under its key.
local function contest_seats(source)
  local seats = source.contest.seats
  if type(seats) ~= "table" then return seats end
  return seats[rawget(source, "key") or ""]
end

local function seats_of(source, rule, options)
  local seats = options.seats or contest_seats(source) or rule.seats
  if not seats then
    return missing(source, "no_seats", "the number of seats",
      "say seats = 110 (or --seats)")
  end
  local message = schema.integer(1, MOST_SEATS)(seats, "the number of seats")
  if message then return nil, errors.new("bad_seats", { message = message }) end
  return seats
end

-- Pairs of lists that may not govern together; each must be known.
local function excluded_of(source, options)
  local excluded = options.excluded or source.contest.excluded or {}
  local keys = keys_of(source.lists, function() return true end)
  for i, pair in ipairs(excluded) do
    local message = schema.array(schema.one_of(keys))(pair, "excluded pair")
      or #pair ~= 2 and ("excluded pair %d must be two lists"):format(i)
    if message then
      return nil, errors.new("bad_excluded", { message = message })
    end
  end
  return excluded
end

local function case_of(source, options)
  local rule, err = rule_of(source, options)
  if not rule then return nil, err end
  local excluded, seats, group, count
  excluded, err = excluded_of(source, options)
  if not excluded then return nil, err end
  seats, err = seats_of(source, rule, options)
  if not seats then return nil, err end
  group, err = source:total()
  if not group then return nil, err end
  count = counts.new(source, group, rule, seats)
  count.explain, count.lots = options.explain ~= false, lots.new(options.lots)
  count, err = walk.run(rule, count)
  if not count then return nil, err end
  return { source = source, group = group, rule = rule, count = count,
    is_explained = options.explain ~= false, excluded = excluded,
    options = options }
end

-- Draws by shape; whether they match their ties shows as these are met.
local function check_amended(options)
  local _, wrong = lots.new(options.lots)
  if wrong then error("apportion: " .. wrong, 4) end
  wrong = options.thresholds ~= nil
    and amend.wrong_thresholds(options.thresholds)
  if wrong then error("apportion: thresholds " .. wrong, 4) end
end

local function check_options(options)
  errors.check_options("apportion", options, OPTIONS, 3)
  errors.check_types("apportion", options, TYPES, 3)
  for name, value in pairs(options.fields or {}) do check_field(name, value) end
  check_field("ballots_in_box", options.ballots_in_box)
  check_amended(options)
end

-- A case that is walked and judged; a lot that is none is the caller's.
local function judged(source, options)
  local case, err = case_of(source, options)
  if not case then
    if err.code == "bad_lot" then error("apportion: " .. err.message, 3) end
    return nil, err
  end
  judge(case)
  local drawn = case.count.lots
  local wrong = drawn and lots.fault(drawn, case.open)
  if wrong then error("apportion: " .. wrong, 3) end
  return case
end

--- Apply the law of the day to results.
---
--- lots: draws that were made, in the order in which the ties are met (that of
--- `ties`), each an array of the keys drawn. They give the seats where the rule
--- orders a lot, and nowhere else; `lots` of the outcome are the ties with
--- those `drawn`, their steps have tie = "lot". A tie without a draw stays
--- open. Margins are those of the law, without a lot: the equal who was not
--- drawn is one vote short.
---
--- thresholds: another than the rule's, a share { num, den } of its base from
--- above 0 to 1, an array of them where the rule has several, or false: none,
--- and none of the factors that count below it. Such an outcome is not by the
--- law: `changed` of its rule = { thresholds, instead_of }, each an array of
--- shares or false, and what was changed names no article.
---
--- Fails: raises for an unknown option or votes that are not whole numbers, for
--- a lot that matches no tie, is left over or that the rule does not order, and
--- for thresholds that are none.
---@param subject urna.Results|urna.Totals|table results, or votes: an array of
--- numbers or { key, votes, minority }, which keeps its order, or a table from
--- keys to the same, taken in bytewise order of its keys
---@param options table? rule (id, path or table), date, seats, excluded (pairs
--- of lists that may not govern together), claim (seats by list as published),
--- lots, thresholds, count_status, explain (false: seats only, no steps and no
--- margins); for votes also ballots_in_box, fields (totals by name), others
--- (what is known of lists left out), contest (its name, rule, date)
---@return table? outcome plain data, as API.md describes it
---@return urna.Error? err "no_rule", "no_date", "no_seats", an unknown rule,
--- "bad_thresholds" where the rule has another number of them, or a sum that
--- cannot be held
function apportion.run(subject, options)
  errors.check_given(subject, options, 2)
  if type(subject) ~= "table" or errors.is(subject) then
    error("results or a table of votes are expected", 2)
  end
  options = options or {}
  check_options(options)
  local source, case, err = subject
  if not is_results(subject) then
    source, err = from_votes(subject, options)
    if not source then return nil, err end
  end
  case, err = judged(source, options)
  if not case then return nil, err end
  local outcome = outcomes.new(case)
  -- what was published is by the law, and no claim on other thresholds
  outcome.claim = claims.of(outcome, options.claim
    or not case.rule.changed and claims.published(source) or nil)
  return outcome
end

return apportion
