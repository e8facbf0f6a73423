local amend = require "urna.seats.amend"
local compat = require "urna.compat"
local errors = require "urna.errors"
local native = require "urna.native"
local rules = require "urna.rules"
local subjects = require "urna.subject"
local totals = require "urna.totals"

--- A result elsewhere than it is: its totals with other votes, other lists,
--- under another rule. What is known only within bounds, recalled or estimated
--- stays so.
local elsewhere = {}

local MOST = 9007199254740991

-- ---- where it begins ----

local LABELS = { "key", "name", "names", "short", "shorts", "minority",
  "colour", "candidates", "max" }

local function measure_of(group, kind, name)
  local value = group[kind][name]
  local low = group.low and group.low[kind][name]
  local mark = group.marks and group.marks[kind][name]
  if mark then return compat.copy(mark) end
  if not low then return value end
  return { value = value, min = low, max = group.high[kind][name] }
end

local function contest_of(contest)
  local found = {}
  for _, name in ipairs { "id", "name", "names", "date", "seats", "rule",
    "count_status", "sources", "percent_base", "excluded" } do
    found[name] = contest[name]
  end
  return found
end

local function of_results(results)
  local group, err = results:total()
  if not group then return nil, err end
  local lists, fields = {}, {}
  for i, list in ipairs(results.lists) do
    lists[i] = {}
    for _, label in ipairs(LABELS) do lists[i][label] = list[label] end
    lists[i].votes = measure_of(group, "votes", list.key)
  end
  for name in pairs(group.fields) do
    fields[name] = measure_of(group, "fields", name)
  end
  for name in pairs(group.marks and group.marks.fields or {}) do
    fields[name] = measure_of(group, "fields", name)
  end
  return { lists = lists, fields = fields, contest = contest_of(
    results.contest), others = compat.copy(results.others),
    shares = results.shares }
end

local function of_outcome(outcome)
  local source = { lists = {}, fields = compat.copy(outcome.fields),
    contest = contest_of(outcome.contest) }
  for _, line in ipairs(outcome.lists) do
    local votes = line.votes
    if line.votes_min then
      votes = { value = votes, min = line.votes_min, max = line.votes_max,
        mark = line.mark or "estimate" }
    elseif line.mark then
      votes = { value = votes, mark = line.mark }
    end
    if line.others then
      source.others = { why = line.why, lists = line.lists, votes = votes }
    else
      local list = { votes = votes }
      for _, label in ipairs(LABELS) do list[label] = line[label] end
      source.lists[#source.lists + 1] = list
    end
  end
  local base = outcome.base
  if base.min then
    source.fields[base.name] = { value = base.total, min = base.min,
      max = base.max, mark = base.mark or "estimate" }
  end
  source.contest.seats = outcome.seats
  source.contest.rule = outcome.rule.id
  source.edition = outcome.rule.edition
  source.thresholds = (outcome.rule.changed or {}).thresholds
  return source
end

local function is_known(source)
  for _, list in ipairs(source.lists) do
    if list.votes == nil then return false end
  end
  return not source.shares
end

--- What scenarios change: the totals of a subject, and its rule.
--- Fails: raises for what is no subject.
---@param subject table|string results, an outcome, an election's id, a file
---@param options { rule: string|table?, date: string? }
---@param level integer as for errors.check_options
---@return table? source { totals, rule, date, lists, fields, contest, others,
--- thresholds } thresholds: of an outcome that was made with others than the
--- law's
---@return urna.Error? err "votes_unknown", or of the subject
function elsewhere.source(subject, options, level)
  local source, err
  if subjects.is_outcome(subject) then
    source = of_outcome(subject)
  else
    if type(subject) ~= "string" and type(subject) ~= "table" then
      error("results, an outcome or an election's id is expected", level + 1)
    end
    local results
    results, err = subjects.results(subject)
    if not results then return nil, err end
    source, err = of_results(results)
  end
  if not source then return nil, err end
  if not is_known(source) then
    return nil, errors.new("votes_unknown", { message =
      "the votes of every list have to be known, not its share alone" })
  end
  source.rule = options.rule or source.contest.rule
  source.date = options.date or source.contest.date or source.edition
  source.totals = totals.new(source)
  return source
end

-- ---- what may be asked ----

local SCENARIO = { "add", "date", "factor", "join", "minority", "name",
  "remove", "rule", "seats", "split", "switch", "threshold", "turnout" }
local TYPES = { add = "table", date = "string", factor = "table or boolean",
  join = "table", minority = "table", name = "string", remove = "table",
  rule = "string or table", seats = "number", split = "table",
  switch = "table", threshold = "table or boolean", turnout = "table" }

local function list_of(lists, key)
  for i, list in ipairs(lists) do
    if list.key == key then return list, i end
  end
end

--- Refuse a list that there is none of.
--- Fails: raises, with the nearest list.
---@param source table
---@param key any
---@param level integer as for errors.check_options
function elsewhere.check_list(source, key, level)
  if list_of(source.lists, key) then return end
  local keys = {}
  for i, list in ipairs(source.lists) do keys[i] = list.key end
  local near = errors.nearest(tostring(key), keys)
  error(("there is no list %q%s"):format(tostring(key),
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

local function is_ratio(value)
  if type(value) ~= "table" then return false end
  for i = 1, 2 do
    local part = value[i]
    if type(part) ~= "number" or part % 1 ~= 0 or part < 0 or part > 1000000
    then
      return false
    end
  end
  return value[2] > 0
end

local function need(test, message, level)
  if not test then error("a scenario's " .. message, level + 1) end
end

local function is_votes(value)
  return type(value) == "number" and value % 1 == 0 and value >= 0
    and value <= MOST
end

local function check_votes(source, map, what, level)
  for _, key in ipairs(compat.keys(map)) do
    elsewhere.check_list(source, key, level + 1)
    need(is_votes(map[key]), what .. " is a table from lists to votes",
      level + 1)
  end
end

local function check_turnout(source, turnout, level)
  if turnout == nil or is_ratio(turnout) then return end
  for _, key in ipairs(compat.keys(turnout)) do
    elsewhere.check_list(source, key, level + 1)
    need(is_ratio(turnout[key]), "turnout is a ratio { num, den }, of all or "
      .. "by list", level + 1)
  end
end

local function check_lists(source, scenario, level)
  for key in pairs(scenario.minority or {}) do
    elsewhere.check_list(source, key, level + 1)
  end
  for _, key in ipairs(compat.keys(scenario.split or {})) do
    elsewhere.check_list(source, key, level + 1)
    need(type(scenario.split[key]) == "table" and next(scenario.split[key]),
      "split is a table from a list to its parts' votes", level + 1)
    for _, votes in pairs(scenario.split[key]) do
      need(is_votes(votes), "split names votes of each part", level + 1)
    end
  end
  for _, group in ipairs(scenario.join or {}) do
    need(type(group) == "table" and #group >= 2,
      "join is an array of arrays of lists", level + 1)
    for _, key in ipairs(group) do
      local is_part = false
      for _, parts in pairs(scenario.split or {}) do
        is_part = is_part or parts[key] ~= nil
      end
      if not is_part then elsewhere.check_list(source, key, level + 1) end
    end
  end
end

local function check_rule(scenario, level)
  local factor, share = scenario.factor, scenario.threshold
  need(not factor or is_ratio(factor) and factor[1] > 0,
    "factor is a ratio { num, den }, or false", level + 1)
  need(not share or type(share[1]) == "number"
    and not amend.wrong_thresholds(share),
    "threshold is a share { num, den } of the base, or false", level + 1)
end

--- Refuse a scenario that is none.
--- Fails: raises, naming what is wrong.
---@param source table
---@param scenario any
---@param level integer as for errors.check_options
function elsewhere.check(source, scenario, level)
  errors.check_options("a scenario", scenario, SCENARIO, level + 1)
  errors.check_types("a scenario", scenario, TYPES, level + 1)
  check_rule(scenario, level + 1)
  check_votes(source, scenario.remove or {}, "remove", level + 1)
  check_votes(source, scenario.add or {}, "add", level + 1)
  for _, move in ipairs(scenario.switch or {}) do
    need(type(move) == "table" and is_votes(move.votes),
      "switch is an array of { from, to, votes }", level + 1)
    elsewhere.check_list(source, move.from, level + 1)
    elsewhere.check_list(source, move.to, level + 1)
  end
  check_turnout(source, scenario.turnout, level + 1)
  check_lists(source, scenario, level + 1)
end

-- ---- the change ----

local PARTS = { "value", "min", "max" }

-- A measure with each of its numbers changed.
local function mapped(measure, change)
  if measure == nil then return nil end
  if type(measure) ~= "table" then return change(measure) end
  local twin = compat.copy(measure)
  for _, part in ipairs(PARTS) do
    if twin[part] then twin[part] = change(twin[part]) end
  end
  return twin
end

local function plus(measure, votes)
  return mapped(measure, function(value) return value + votes end)
end

-- Half up, from the exact ratio.
local function times(value, ratio)
  local exact = native.rational(ratio[1], ratio[2]) * value
    + native.rational(1, 2)
  return tonumber(exact:decimals(0))
end

local function least_of(measure)
  if type(measure) ~= "table" then return measure end
  return measure.min or measure.value
end

local function most_of(measure)
  if type(measure) ~= "table" then return measure end
  return measure.max or measure.value
end

local VOTED = { "ballots_in_box", "valid_ballots", "valid_votes",
  "voters_signed" }

-- Votes cast besides, or not cast, are ballots in every total of them.
local function shift(twin, key, votes)
  local list = list_of(twin.lists, key)
  if not list then
    return errors.new("unknown_list", { text = key,
      message = ("there is no list %q any more"):format(key) })
  elseif least_of(list.votes) + votes < 0 then
    return errors.new("too_few_votes", { text = key, message =
      ("%s has fewer than %d votes"):format(key, -votes) })
  end
  list.votes = plus(list.votes, votes)
  return nil
end

local function shift_fields(twin, votes)
  for _, name in ipairs(VOTED) do
    twin.fields[name] = plus(twin.fields[name], votes)
    if (most_of(twin.fields[name]) or 0) > MOST then
      return errors.new("too_many_votes", { text = name, message =
        ("%s would be more than 2^53 - 1"):format(name) })
    end
  end
end

local function cast(twin, map, sign)
  for _, key in ipairs(compat.keys(map or {})) do
    local err = shift(twin, key, sign * map[key])
    err = err or shift_fields(twin, sign * map[key])
    if err then return err end
  end
end

local function switch(twin, moves)
  for _, move in ipairs(moves or {}) do
    local err = shift(twin, move.from, -move.votes)
      or shift(twin, move.to, move.votes)
    if err then return err end
  end
end

local function value_of(measure)
  return type(measure) == "table" and measure.value or measure
end

local function all_turn_out(twin, ratio)
  local function change(value) return times(value, ratio) end
  for _, list in ipairs(twin.lists) do
    list.votes = mapped(list.votes, change)
  end
  for _, name in ipairs(VOTED) do
    twin.fields[name] = mapped(twin.fields[name], change)
  end
  twin.fields.invalid_ballots = mapped(twin.fields.invalid_ballots, change)
  if twin.others then twin.others.votes = mapped(twin.others.votes, change) end
end

local function turn_out(twin, turnout)
  if not turnout then return end
  if is_ratio(turnout) then return all_turn_out(twin, turnout) end
  for _, key in ipairs(compat.keys(turnout)) do
    local list = list_of(twin.lists, key)
    local before = list and value_of(list.votes)
    if before then
      local votes = times(before, turnout[key]) - before
      list.votes = plus(list.votes, votes)
      shift_fields(twin, votes)
    end
  end
end

-- A list in parts, whose votes are all of its votes.
local function split(twin, key, parts)
  local list, at = list_of(twin.lists, key)
  local sum = 0
  for _, votes in pairs(parts) do sum = sum + votes end
  if sum ~= value_of(list.votes) then
    return errors.new("bad_split", { text = key, message =
      ("the parts of %s have %d votes together, and it has %d"):format(key,
        sum, value_of(list.votes)) })
  end
  table.remove(twin.lists, at)
  for n, name in ipairs(compat.keys(parts)) do
    if list_of(twin.lists, name) then
      return errors.new("repeated_list", { text = name,
        message = ("there is a list %s already"):format(name) })
    end
    table.insert(twin.lists, at + n - 1,
      { key = name, votes = parts[name], minority = list.minority })
  end
end

local function join_votes(a, b)
  if type(a) ~= "table" and type(b) ~= "table" then return a + b end
  local one = type(a) == "table" and a or { value = a }
  local other = type(b) == "table" and b or { value = b }
  local sum = { value = one.value + other.value,
    mark = one.mark or other.mark, why = one.why or other.why }
  if one.min or other.min then
    sum.min = (one.min or one.value) + (other.min or other.value)
    sum.max = (one.max or one.value) + (other.max or other.value)
  end
  return sum
end

-- One list of several, in the place of the first; of a minority if all are.
local function join(twin, group, parts)
  local name = table.concat(group, "+")
  local first, at = list_of(twin.lists, group[1])
  if not first then
    return errors.new("unknown_list", { text = group[1],
      message = ("there is no list %q any more"):format(group[1]) })
  end
  local joined = { key = name, votes = first.votes, minority = first.minority }
  for n = 2, #group do
    local list, place = list_of(twin.lists, group[n])
    if not list or place == at then
      return errors.new("unknown_list", { text = group[n],
        message = ("%q cannot join twice"):format(group[n]) })
    end
    joined.votes = join_votes(joined.votes, list.votes)
    joined.minority = joined.minority and list.minority
    table.remove(twin.lists, place)
    if place < at then at = at - 1 end
  end
  for _, key in ipairs(group) do parts[key] = name end
  twin.lists[at] = joined
end

local function change_lists(twin, scenario)
  for key, status in pairs(scenario.minority or {}) do
    list_of(twin.lists, key).minority = status
  end
  for _, key in ipairs(compat.keys(scenario.split or {})) do
    local err = split(twin, key, scenario.split[key])
    if err then return err end
  end
end

local function join_all(twin, groups, parts)
  for _, group in ipairs(groups or {}) do
    local err = join(twin, group, parts)
    if err then return err end
  end
end

-- ---- the rule ----

-- What a rule in force says of itself beside its edition.
local TOLD = { "edition", "country", "body", "name" }

-- A rule as it stands is passed by its name; a changed one as an edition.
local function rule_of(source, scenario)
  local subject = scenario.rule or source.rule
  if scenario.factor == nil then return subject end
  local rule, err = rules.find(subject, scenario.date or source.date)
  if not rule then return nil, err end
  rule = amend.factor(rule, scenario.factor)
  for _, name in ipairs(TOLD) do rule[name] = nil end
  return rule
end

-- Another rule has its own thresholds.
local function thresholds_of(source, scenario)
  if scenario.threshold ~= nil then return scenario.threshold end
  if scenario.rule ~= nil then return nil end
  return source.thresholds
end

--- The rule that a source is under.
---@param source table from elsewhere.source
---@return table? rule
---@return urna.Error? err
function elsewhere.rule(source)
  local rule, err = rules.find(source.rule, source.date)
  if not rule then return nil, err end
  return amend.thresholds(rule, source.thresholds)
end

--- A scenario's totals, and the options of urna.apportion for them.
---@param source table from elsewhere.source
---@param scenario urna.Scenario checked
---@param options { excluded: string[][]? }
---@return { totals: urna.Totals, parts: table<string, string> }? changed parts:
--- the list that each joined list is part of
---@return table|urna.Error passed
function elsewhere.apply(source, scenario, options)
  local twin, parts = { lists = compat.copy(source.lists),
    fields = compat.copy(source.fields), others = compat.copy(source.others),
    contest = compat.copy(source.contest) }, {}
  -- joined last, so that votes are said of the lists that there are
  local err = change_lists(twin, scenario)
    or switch(twin, scenario.switch)
    or cast(twin, scenario.remove, -1) or cast(twin, scenario.add, 1)
    or turn_out(twin, scenario.turnout)
    or join_all(twin, scenario.join, parts)
  if err then return nil, err end
  local rule
  rule, err = rule_of(source, scenario)
  if err then return nil, err end
  return { totals = totals.new(twin), parts = parts },
    { rule = rule, seats = scenario.seats,
      thresholds = thresholds_of(source, scenario),
      excluded = next(parts) == nil and options.excluded or nil,
      date = scenario.date or source.date }
end

-- ---- in words ----

local function ratio_text(ratio)
  return ("%d/%d"):format(ratio[1], ratio[2])
end

local function map_text(map, text)
  local parts = {}
  for _, key in ipairs(compat.keys(map)) do
    parts[#parts + 1] = ("%s %s"):format(key, text(map[key]))
  end
  return table.concat(parts, ", ")
end

local function number_text(votes) return ("%d votes"):format(votes) end

local WORDS = {
  { "rule", function(value)
    return type(value) == "string" and "rule " .. value or "another rule"
  end },
  { "date", function(value) return "the edition of " .. value end },
  { "seats", function(value) return ("%d seats"):format(value) end },
  { "threshold", function(value)
    return value and "threshold " .. ratio_text(value) or "no threshold"
  end },
  { "factor", function(value)
    return value and "factor " .. ratio_text(value) or "no factor"
  end },
  { "minority", function(value)
    return map_text(value, function(status)
      return status and "as a minority list" or "as no minority list"
    end)
  end },
  { "split", function(value)
    return map_text(value, function(parts)
      return "split into " .. map_text(parts, number_text)
    end)
  end },
  { "join", function(value)
    local groups = {}
    for i, group in ipairs(value) do groups[i] = table.concat(group, " + ") end
    return table.concat(groups, ", ") .. " joined"
  end },
  { "switch", function(value)
    local moves = {}
    for i, move in ipairs(value) do
      moves[i] = ("%d votes from %s to %s"):format(move.votes, move.from,
        move.to)
    end
    return table.concat(moves, ", ")
  end },
  { "remove", function(value)
    return "without " .. map_text(value, number_text)
  end },
  { "add", function(value) return "with " .. map_text(value, number_text) end },
  { "turnout", function(value)
    if is_ratio(value) then return "turnout times " .. ratio_text(value) end
    return "turnout of " .. map_text(value, function(ratio)
      return "times " .. ratio_text(ratio)
    end)
  end },
}

--- What a scenario changes, in words.
---@param scenario urna.Scenario
---@return string
function elsewhere.words(scenario)
  local parts = {}
  for _, row in ipairs(WORDS) do
    local value = scenario[row[1]]
    if value ~= nil then parts[#parts + 1] = row[2](value) end
  end
  return #parts > 0 and table.concat(parts, "; ") or "nothing changed"
end

return elsewhere
