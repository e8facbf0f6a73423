local closeness = require "urna.seats.closeness"
local compat = require "urna.compat"
local majority = require "urna.seats.majority"
local native = require "urna.native"
local threshold = require "urna.seats.steps.threshold"
local version = require "urna.version"
local walk = require "urna.seats.walk"

--- Builds the outcome, plain data as API.md describes it, from a count that a
--- rule was walked over.
local outcomes = {}

local BASES = { "ballots_in_box", "valid_ballots", "voters_signed",
  "registered_voters" }

-- The rule's base first; where its total is not known, another that is.
local function share_base(case)
  if case.group.fields[case.rule.base] then return case.rule.base end
  for _, name in ipairs(BASES) do
    if case.group.fields[name] then return name end
  end
end

local function share_of_votes(case, votes)
  local name = share_base(case)
  local total = name and case.group.fields[name]
  if not total or total == 0 then return nil end
  return { num = votes, den = total, base = name,
    percent = native.decimal(votes, total, 2, 2) }
end

local function share_of_percent(case, units)
  local num, den = native.reduce(units, case.count.scale)
  return { num = num, den = den, base = case.source.shares.base,
    percent = native.decimal(units, case.count.scale,
      case.source.shares.decimals, 2) }
end

local function share(case, item)
  if item.is_unknown or item.others and item.votes == 0 then return nil end
  if case.count.scale then return share_of_percent(case, item.votes) end
  return share_of_votes(case, item.votes)
end

-- Votes are shown where they are known as such, and not as a share.
local function has_votes(case, item)
  return not case.count.scale and not item.is_unknown
end

-- How a list stands to the threshold, with both integers.
local function standing(case, item)
  local clause = walk.clause(case.rule, "threshold")
  if not clause or item.others then return nil end
  local base = case.count.base
  local in_votes = has_votes(case, item)
  local function needed(total)
    return in_votes and total and threshold.needed(clause, total) or nil
  end
  -- below it, and it is not said whether it is exempt: nobody knows
  local open = item.standing == "failed" and clause.exempt
    and item[clause.exempt] == nil
  local row = { article = clause.article,
    result = open and "unknown" or item.standing,
    share = clause.share, base = case.rule.base,
    votes = in_votes and item.votes or nil, needed = needed(base.value) }
  if not base.value or base.low ~= base.high then
    row.needed_min, row.needed_max = needed(base.low), needed(base.high)
  end
  return row
end

local LABELS = { "name", "names", "short", "shorts", "minority", "colour",
  "candidates" }

local function others_line(case, item)
  local others = case.source.others
  local votes = others.votes
  local spread = type(votes) == "table" and votes or { value = votes }
  return { key = item.key, others = true, why = others.why,
    lists = others.lists, seats = 0, mark = spread.mark,
    votes = spread.value,
    votes_min = spread.min, votes_max = spread.max,
    share = share(case, item) }
end

local function list_line(case, item, i)
  if item.others then return others_line(case, item) end
  local list, marks = case.source.lists[i], case.group.marks
  local in_votes = has_votes(case, item)
  local mark = marks and marks.votes[item.key]
  local row = { key = item.key, share = share(case, item),
    threshold = standing(case, item),
    weight = not case.is_open and item.weight or nil,
    seats = not case.is_open and item.seats or nil,
    votes = in_votes and item.votes or nil,
    mark = mark and mark.mark, order = i }
  if in_votes and item.low ~= item.high then
    row.votes_min, row.votes_max = item.low, item.high
  end
  for _, label in ipairs(LABELS) do row[label] = list[label] end
  row.short = row.short or row.key
  row.limit = item.most and item.most < case.count.seats and item.most or nil
  row.published_percent = list.percent
  if case.bounds then
    row.seats_min, row.seats_max = case.bounds[i].fewest, case.bounds[i].most
  end
  return row
end

local function lines(case)
  local rows = {}
  for i, item in ipairs(case.count.lists) do
    rows[i] = list_line(case, item, i)
  end
  closeness.add(case, rows)
  return rows
end

local function step_row(case, award, i, held)
  local lists, rival = case.count.lists, award.rival
  return { seat = i, list = lists[award.winner].key, step = award.step,
    quotient = closeness.quotient(case, award.quotient),
    article = award.article,
    divisor = closeness.divisor(case.count, held[award.winner]),
    rival = rival and lists[rival].key,
    rival_divisor = rival and closeness.divisor(case.count, held[rival]),
    rival_quotient = rival and closeness.quotient(case, award.rival_quotient),
    tie = award.by_precedence and "more_votes" or award.by_lot and "lot"
      or nil }
end

local function steps(case)
  local rows, held = {}, {}
  for i in ipairs(case.count.lists) do held[i] = 0 end
  for i, award in ipairs(case.is_open and {} or case.count.awards) do
    rows[i] = step_row(case, award, i, held)
    held[award.winner] = held[award.winner] + 1
  end
  return rows
end

local function keyed_seats(case)
  local seats = {}
  for _, item in ipairs(case.count.lists) do
    if not item.others then seats[item.key] = item.seats end
  end
  return seats
end

local function keys_of(case, numbers)
  local keys = {}
  for i, number in ipairs(numbers) do
    keys[i] = case.count.lists[number].key
  end
  return keys
end

local function ties(case)
  local rows = {}
  for n, tie in ipairs(case.is_open and {} or case.count.ties) do
    rows[n] = { stage = tie.stage, certain = keyed_seats(case),
      tied = keys_of(case, tie.tied), left = tie.left }
  end
  return rows
end

-- Ties that a lot settled, as they were before it; nil where there is none.
local function lots(case)
  local rows = {}
  for n, tie in ipairs(case.count.drawn) do
    local certain = {}
    for i, item in ipairs(case.count.lists) do
      certain[item.key] = not item.others and tie.certain[i] or nil
    end
    rows[n] = { stage = tie.stage, certain = certain,
      tied = keys_of(case, tie.tied), left = tie.left,
      drawn = keys_of(case, tie.drawn), article = tie.article }
  end
  return #rows > 0 and rows or nil
end

local function mark_row(what, name, measure)
  local row = { what = what, mark = measure.mark, min = measure.min,
    max = measure.max, why = measure.why }
  row[what == "votes" and "list" or "field"] = name
  return row
end

-- What is not an official count: recalled, estimated, or known from shares.
local function marks(case)
  local rows, found = {}, case.group.marks or { fields = {}, votes = {} }
  for _, name in ipairs(compat.keys(found.fields)) do
    rows[#rows + 1] = mark_row("field", name, found.fields[name])
  end
  for _, list in ipairs(case.source.lists) do
    local measure = found.votes[list.key]
    if measure then rows[#rows + 1] = mark_row("votes", list.key, measure) end
  end
  if case.count.scale then
    rows[#rows + 1] = { what = "shares", mark = "from_shares",
      field = case.source.shares.base,
      why = "votes are not known; a seat is given only if it holds for every "
        .. "value inside the rounding of the published shares" }
  end
  return rows
end

local function base(case)
  local found = case.count.base
  local row = { name = case.rule.base }
  if case.count.scale then
    row.total = case.group.fields[case.rule.base]
    return row
  end
  row.total = found.value
  if found.low ~= found.high then row.min, row.max = found.low, found.high end
  local mark = case.group.marks and case.group.marks.fields[case.rule.base]
  row.mark = mark and mark.mark
  return row
end

local function turnout(fields)
  local signed, registered = fields.voters_signed, fields.registered_voters
  if not signed or not registered or registered == 0 then return nil end
  return { num = signed, den = registered, base = "registered_voters",
    percent = native.decimal(signed, registered, 2, 2) }
end

local function articles(rule)
  local found, seen = {}, {}
  for _, clause in ipairs(rule) do
    local article = type(clause) == "table" and clause.article
    if article and not seen[article] then
      seen[article] = true
      found[#found + 1] = article
    end
  end
  return found
end

local function law(rule)
  return { id = rule.id, edition = rule.since, source = rule.source,
    note = rule.note, articles = articles(rule), name = rule.name,
    changed = rule.changed }
end

local CONTEST = { "id", "alias", "name", "names", "date", "as_of", "partial",
  "percent_base", "notes" }

local function contest(case)
  local found = {}
  for _, name in ipairs(CONTEST) do found[name] = case.source.contest[name] end
  found.key = rawget(case.source, "key")
  return found
end

-- Something kept out or still to come: never a final count.
local FINISHED = { final = true, overall = true, summary = true }

local function count_status(case)
  local status = case.options.count_status
    or case.source.contest.count_status or "unstated"
  if case.source.is_part then return "unstated" end
  local open = #case.source.bad > 0
    or case.group.reported and case.group.expected
    and case.group.reported < case.group.expected
  return open and FINISHED[status] and "preliminary" or status
end

local function units(case)
  return { reported = case.group.reported, expected = case.group.expected,
    bad = #case.source.bad }
end

local function fingerprint(case)
  local source = case.source.source or {}
  return { sha256 = source.sha256, file = source.file, files = source.files,
    version = version }
end

local function majority_of(case, rows)
  if case.decision ~= "decided" then return nil end
  local seats = case.count.seats
  return majority.of(rows, case.rule.majority or math.floor(seats / 2) + 1,
    case.excluded)
end

-- A clause on some lists concerns nobody where there are none of them.
local function concerns(clause, lists)
  if not clause.lists then return true end
  for _, list in ipairs(lists) do
    if list[clause.lists] then return true end
  end
  return false
end

local ALL_TAKE_PART = "No list reached the threshold, so all take part."

local function when_none_passes(clause)
  return clause.when_none_passes
    or clause.if_none_passes == "all_take_part" and ALL_TAKE_PART or nil
end

-- Of a smaller threshold than that of the law nobody knows whether lists that
-- are summed up would pass it, unless all their votes together do not.
local function may_pass(case, item, asked)
  if case.source.others.votes == nil or case.count.scale then return true end
  return native.ratio_compare(item.high, math.max(case.count.base.low, 1),
    asked[1], asked[2]) >= 0
end

local OTHERS = "Lists that are summed up as others take no part here: whether "
  .. "one of them would get a seat with this threshold is not known."

local function others_left_out(case)
  local changed, lists = case.rule.changed or {}, case.count.lists
  local item = lists[#lists]
  if not item or not item.others then return false end
  for i, lawful in ipairs(changed.instead_of or {}) do
    local asked = changed.thresholds and changed.thresholds[i] or { 0, 1 }
    local is_less = native.ratio_compare(asked[1], asked[2], lawful[1],
      lawful[2]) < 0
    if is_less and may_pass(case, item, asked) then return true end
  end
  return false
end

-- What the law leaves to be read out of its words, and what another threshold
-- leaves unknown.
local function remarks(case)
  local found = {}
  for _, clause in ipairs(case.count.none_passed and case.rule or {}) do
    local message = type(clause) == "table" and when_none_passes(clause)
    if message and concerns(clause, case.count.lists) then
      found[#found + 1] = { code = "none_passed", article = clause.article,
        message = message }
    end
  end
  if others_left_out(case) then
    found[#found + 1] = { code = "others_left_out", message = OTHERS }
  end
  return found
end

--- The outcome of a case.
---@param case { source: table, group: table, rule: table, count: table,
--- excluded: string[][], options: table, open: table[], decision: string,
--- is_open: boolean,
--- bounds: table[]? } is_open: no seat can be given yet
---@return table outcome plain data, as API.md describes it
function outcomes.new(case)
  local rows = lines(case)
  return { contest = contest(case), rule = law(case.rule),
    decision = case.decision, open = case.open,
    count_status = count_status(case), units = units(case),
    seats = case.count.seats, vacant = case.count.vacant, base = base(case),
    fields = case.group.fields, missing = case.group.missing,
    turnout = turnout(case.group.fields), lists = rows, steps = steps(case),
    ties = ties(case), lots = lots(case),
    next_in_line = closeness.next_in_line(case, rows),
    fewest_votes = closeness.fewest_votes(case),
    majority = majority_of(case, rows),
    quotient_unit = case.count.scale and "percent" or "votes",
    marks = marks(case), remarks = remarks(case),
    sources = case.source.contest.sources or {},
    fingerprint = fingerprint(case), children = {} }
end

return outcomes
