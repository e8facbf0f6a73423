local compat = require "urna.compat"
local divisors = require "urna.methods.divisors"
local errors = require "urna.errors"
local locales = require "urna.locale"
local native = require "urna.native"

--- The arithmetic behind one seat, one list or one total, as lines that can be
--- checked by hand.
local explain = {}

---@class urna.Explanation
---@field lines string[]
local Explanation = {}
Explanation.__index = Explanation

function Explanation:__tostring()
  return table.concat(self.lines, "\n")
end

-- Beyond 2^53 - 1 a count is text.
local function grouped(count)
  local digits = type(count) == "string" and count or ("%d"):format(count)
  return (digits:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", ""))
end

-- To the nearest of four decimals.
local function decimals_of(pair)
  return (native.rational(pair[1], pair[2]) + native.rational(1, 20000))
    :decimals(4)
end

-- An exact quotient and its decimals, which are only for reading. Of a root
-- what stands under it is exact.
local function written(pair)
  if pair[2] == 0 then return "infinite" end
  local is_whole = pair[2] == 1
  local exact = is_whole and grouped(pair[1])
    or ("%s/%s"):format(grouped(pair[1]), grouped(pair[2]))
  if pair.squared then
    return ("√%s = %.4f"):format(is_whole and exact or "(" .. exact .. ")",
      math.sqrt(tonumber(pair[1]) / tonumber(pair[2])))
  end
  return is_whole and exact or ("%s = %s"):format(exact, decimals_of(pair))
end

-- What is divided by, in a line of arithmetic.
local function over(divisor)
  if divisor == nil then return "" end
  local text = divisors.shown(divisor)
  return " / " .. (text:find("^%d+/") and "(" .. text .. ")" or text)
end

local function find_list(outcome, key)
  for _, list in ipairs(outcome.lists) do
    if list.key == key then return list end
  end
  local keys = {}
  for i, list in ipairs(outcome.lists) do keys[i] = list.key end
  local near = errors.nearest(tostring(key), keys)
  return nil, errors.new("unknown_list", { message =
    ("no list %q; there is %s%s"):format(tostring(key),
      table.concat(keys, ", "), near and (": did you mean %q?"):format(near)
      or "") })
end

local function factor_text(list)
  if not list.weight then return "" end
  return (" × %d/%d"):format(list.weight[1], list.weight[2])
end

local function words()
  return assert(locales.get("en"))
end

-- "ballots_in_box" in words: "Ballots in the box".
local function field_name(name)
  return words().fields[name] or tostring(name)
end

local function of_field(name)
  return words().of[name] or "of " .. tostring(name)
end

local function mark_of(outcome, what, name)
  for _, mark in ipairs(outcome.marks or {}) do
    if mark.what == what and (mark.list or mark.field) == name then
      return mark
    end
  end
end

-- What kind of figure it is, where it is not one that a source prints:
-- "recalled", or "estimate, from 8,477 to 8,533".
local function kind_of(mark)
  local spread = mark.min and mark.max and (", from %s to %s"):format(
    grouped(mark.min), grouped(mark.max)) or ""
  return (mark.mark or "estimate"):gsub("_", " ") .. spread
end

local function base_mark(outcome)
  local base = outcome.base
  return mark_of(outcome, "field", base.name)
    or (base.mark or base.min) and base or nil
end

local function noted(mark)
  return mark and (" (%s)"):format(kind_of(mark)) or ""
end

-- A line for each marked figure that was printed.
local function why_line(what, mark)
  return ("%s: %s%s."):format(what, kind_of(mark),
    mark.why and ": " .. mark.why or "")
end

local function votes_why(outcome, keys, lines)
  local shares = outcome.quotient_unit == "percent" and mark_of(outcome,
    "shares", outcome.lists[1].share and outcome.lists[1].share.base)
  if shares then lines[#lines + 1] = why_line("Shares", shares) end
  for _, key in ipairs(keys) do
    local mark = mark_of(outcome, "votes", key)
    if mark then lines[#lines + 1] = why_line("Votes of " .. key, mark) end
  end
end

local function amount(outcome, list)
  if outcome.quotient_unit == "percent" then
    return (list.published_percent or list.share.percent) .. " %"
  end
  return grouped(list.votes) .. " votes"
    .. noted(mark_of(outcome, "votes", list.key))
end

local function average_line(outcome, key, divisor, pair)
  local list = find_list(outcome, key)
  return ("%s: %s%s%s = %s"):format(key, amount(outcome, list),
    factor_text(list), over(divisor), written(pair))
end

local function cited(outcome, article)
  local law = outcome.rule
  if article then return ("article %s, %s"):format(article, law.source) end
  return ("%s; the article is not known to this rule"):format(law.source)
end

local function shares_text(shares)
  local texts = {}
  for i, share in ipairs(shares) do
    texts[i] = ("%d/%d"):format(share[1], share[2])
  end
  return table.concat(texts, ", ")
end

-- Of an outcome with other thresholds nothing is the law's alone.
local function changed_line(outcome)
  local changed = outcome.rule.changed
  if not changed then return nil end
  local asked, law = changed.thresholds, changed.instead_of
  return ("Not by the law: computed %s; %s."):format(
    asked and "with the threshold " .. shares_text(asked)
      or "without a threshold",
    law and "the law's is " .. shares_text(law) or "the law has none")
end

local function short_line(outcome, key)
  for _, row in ipairs(outcome.next_in_line) do
    if row.list == key and row.votes_short then
      return ("%s is %s votes short of this seat if added, %s if switched "
        .. "from %s."):format(key, grouped(row.votes_short),
        row.switched_short and grouped(row.switched_short) or "not reachable",
        row.switched_from)
    end
  end
end

-- The lot by which a step gave its seat: its rival was tied and not drawn.
local function lot_of(outcome, step)
  for _, lot in ipairs(outcome.lots or {}) do
    local has = {}
    for _, key in ipairs(lot.tied) do has[key] = true end
    for _, key in ipairs(lot.drawn) do
      if key == step.list and has[step.rival] then return lot end
    end
  end
end

local function lot_line(outcome, step)
  local lot = lot_of(outcome, step)
  return ("The quotients of %s are equal, and %s left for them: the lot that "
    .. "the law orders drew %s."):format(table.concat(lot.tied, ", "),
    lot.left == 1 and "1 seat is" or ("%d seats are"):format(lot.left),
    table.concat(lot.drawn, ", "))
end

local function tie_line(outcome, step)
  if step.tie == "lot" then
    return lot_line(outcome, step)
  elseif step.tie == "more_votes" then
    return ("The quotients are equal; %s has more votes, so it takes the "
      .. "seat."):format(step.list)
  elseif step.rival and step.quotient[2] == 0 then
    return "An infinite quotient comes before all others, and of two that of "
      .. "more votes, times the factor."
  end
end

local function seat_lines(outcome, seat)
  local step = outcome.steps[seat]
  local lines = { ("Seat %d of %d goes to %s: the highest quotient left.")
    :format(seat, outcome.seats, step.list),
    "  " .. average_line(outcome, step.list, step.divisor, step.quotient) }
  if step.rival then
    lines[#lines + 1] = "The best quotient of another list at that round:"
    lines[#lines + 1] = "  "
      .. average_line(outcome, step.rival, step.rival_divisor,
        step.rival_quotient)
  else
    lines[#lines + 1] = "No other list could take it."
  end
  lines[#lines + 1] = tie_line(outcome, step)
  if seat == #outcome.steps and step.rival then
    lines[#lines + 1] = short_line(outcome, step.rival)
  end
  votes_why(outcome, { step.list, step.rival }, lines)
  lines[#lines + 1] = "Law: " .. cited(outcome, step.article) .. "."
  lines[#lines + 1] = changed_line(outcome)
  return lines
end

local function no_seat(outcome, seat)
  if not outcome.steps[1] and outcome.decision == "decided" then
    return nil, errors.new("unknown_seat", { message =
      "the outcome has no steps: it was made with explain = false" })
  end
  local open = {}
  for i, found in ipairs(outcome.open) do open[i] = found.message end
  return nil, errors.new("unknown_seat", { message =
    ("seat %s was not awarded; there are steps for seats 1 to %d%s"):format(
      tostring(seat), #outcome.steps, #open > 0
      and (" (the outcome is %s: %s)"):format(outcome.decision == "undecided"
        and "undecided" or "open", table.concat(open, "; ")) or "") })
end

local function explain_seat(outcome, seat)
  if not outcome.steps[seat] then return no_seat(outcome, seat) end
  return seat_lines(outcome, seat)
end

-- The votes needed, as an interval where the base is one.
local function needed_text(test)
  local min, max = test.needed_min, test.needed_max
  if not min or not max or min == max then return grouped(test.needed) end
  return ("%s (%s to %s)"):format(grouped(test.needed), grouped(min),
    grouped(max))
end

local function at_known_base(outcome, test, mark)
  local base = outcome.base
  return ("(%s%s): %s needed; %s %s %s"):format(grouped(base.total),
    mark and ", " .. kind_of(mark) or "", needed_text(test),
    grouped(test.votes), test.votes >= test.needed and ">=" or "<",
    grouped(test.needed))
end

-- Where the base is not known, a list passes what its greatest value needs,
-- and fails what its least does.
local function within_bounds(outcome, test)
  local base, min, max = outcome.base, test.needed_min, test.needed_max
  local passes = max and test.votes >= max
  local bound = passes and max or test.votes < min and min
  return ("(from %s%s): %s%s needed; %s %s"):format(grouped(base.min),
    base.max and " to " .. grouped(base.max) or "", grouped(min),
    max and " to " .. grouped(max) or " or more", grouped(test.votes),
    not bound and "is between" or (passes and ">= " or "< ")
      .. grouped(bound))
end

-- Of a published share the least and the greatest value that round to it are
-- compared: 3.93 % is 3.925 % at least.
local function of_share(list, test)
  local whole, digits = list.published_percent:match("^(%d+)%.?(%d*)$")
  local unit = 2 * 10 ^ #digits
  local value = 2 * tonumber(whole .. digits)
  local function compare(half)
    return native.ratio_compare(value + half, 100 * unit, test.share[1],
      test.share[2])
  end
  local half = compare(-1) >= 0 and -1 or 1
  return ("%s %% is %s %s %%, which is %s"):format(list.published_percent,
    half < 0 and "at least" or "below",
    native.decimal(value + half, unit, #digits + 1, 0),
    half < 0 and "enough" or compare(1) < 0 and "too little"
      or "not certainly too little")
end

-- Both sides of the comparison, as far as they are known.
local function tested(outcome, list, test, mark)
  local base = outcome.base
  if test.votes and test.needed then
    return " " .. at_known_base(outcome, test, mark)
  elseif test.votes and test.needed_min and base.min then
    return " " .. within_bounds(outcome, test)
  elseif list.published_percent and list.share
    and list.share.base == base.name then
    return ": " .. of_share(list, test)
  end
  return ""
end

-- What follows where nobody passed: on the threshold, and on the factor.
local function remark_lines(outcome, list, lines)
  local test = list.threshold
  for _, remark in ipairs(outcome.remarks) do
    local concerns = list.weight or test.result == "failed"
      and remark.article == test.article
    if remark.code == "none_passed" and concerns then
      lines[#lines + 1] = remark.message
    end
  end
end

local function threshold_lines(outcome, list, lines)
  local test, base = list.threshold, outcome.base
  if not test then return end
  local mark = base_mark(outcome)
  lines[#lines + 1] = ("Threshold %d/%d %s%s: %s."):format(test.share[1],
    test.share[2], of_field(base.name), tested(outcome, list, test, mark),
    test.result)
  remark_lines(outcome, list, lines)
  if mark and mark.why then
    lines[#lines + 1] = why_line(field_name(base.name), mark)
  end
  if test.article or not outcome.rule.changed then
    lines[#lines + 1] = "Law: " .. cited(outcome, test.article) .. "."
  end
end

local function margin_lines(list, lines)
  if list.votes_to_gain then
    lines[#lines + 1] = ("%s more votes would bring it one seat more; base "
      .. "and threshold move with them."):format(grouped(list.votes_to_gain))
  end
  if list.votes_to_lose then
    lines[#lines + 1] = ("%s votes fewer would cost it a seat."):format(
      grouped(list.votes_to_lose))
  end
end

local function share_text(list)
  if not list.share then return "" end
  return (", %s %% %s"):format(list.share.percent, of_field(list.share.base))
end

-- The row of other lists has its mark itself.
local function votes_mark(outcome, list)
  return mark_of(outcome, "votes", list.key)
    or list.mark and { mark = list.mark, min = list.votes_min,
      max = list.votes_max } or nil
end

local function explain_list(outcome, key)
  local list, err = find_list(outcome, key)
  if not list then return nil, err end
  local lines = { ("%s: %s%s; seats: %s."):format(key, list.votes
    and grouped(list.votes) .. " votes" .. noted(votes_mark(outcome, list))
    or "votes not known",
    share_text(list), list.seats and ("%d"):format(list.seats) or "open") }
  if list.why then lines[#lines + 1] = list.why .. "." end
  votes_why(outcome, { key }, lines)
  threshold_lines(outcome, list, lines)
  lines[#lines + 1] = changed_line(outcome)
  if list.weight then
    lines[#lines + 1] = ("Below the threshold its quotients count %d/%d.")
      :format(list.weight[1], list.weight[2])
  end
  if list.limit then
    lines[#lines + 1] = ("It may take no more than %s."):format(
      list.limit == 1 and "1 seat" or grouped(list.limit) .. " seats")
  end
  margin_lines(list, lines)
  return lines
end

local function where_from(outcome)
  local print = outcome.fingerprint
  if not print.file then return outcome.sources[1] or "the figures given" end
  local units = outcome.units
  return ("%s%s records of %s"):format(grouped(units.reported),
    units.expected and " of " .. grouped(units.expected) or "", print.file)
end

local function explain_total(outcome, field)
  local value = outcome.fields[field]
  local mark = mark_of(outcome, "field", field)
  if value and mark then
    return { ("%s = %s: %s%s."):format(field_name(field), grouped(value),
      kind_of(mark), mark.why and ": " .. mark.why or "") }
  elseif value then
    return { ("%s = %s: from %s."):format(field_name(field), grouped(value),
      where_from(outcome)) }
  end
  local missing = (outcome.missing or {})[field]
  if missing then
    return { ("%s has no total: %s reported records do not give it."):format(
      field_name(field), grouped(missing)) }
  end
  local known = compat.keys(outcome.fields)
  local near = errors.nearest(tostring(field), known)
  return nil, errors.new("unknown_total", { message =
    ("no total of %q is known; known are %s%s"):format(tostring(field),
      table.concat(known, ", "), near and (": did you mean %q?"):format(near)
      or "") })
end

local EXPLAIN = { seat = explain_seat, list = explain_list,
  total = explain_total }

local function check_outcome(outcome, what)
  errors.check_given(outcome, what, 3)
  local is_outcome = type(outcome) == "table" and outcome.lists
    and outcome.steps and outcome.rule
  if not is_outcome then
    error("explain takes an outcome, as urna.apportion gives it; what "
      .. "explains an allocation urna.allocate gives with explain = true", 3)
  end
end

--- Explain one seat, one list or one total of an outcome.
--- Fails: raises unless exactly one of them is asked for, and for what is no
--- outcome.
---@param outcome table
---@param what { seat: integer?, list: string?, total: string? }
---@return urna.Explanation? lines, and as a text by tostring
---@return urna.Error? err "unknown_seat", "unknown_list" or "unknown_total"
function explain.run(outcome, what)
  check_outcome(outcome, what)
  local name, value = next(type(what) == "table" and what or {})
  if not EXPLAIN[name] or next(what, name) ~= nil then
    error("say one thing to explain: seat, list or total", 2)
  end
  local lines, err = EXPLAIN[name](outcome, value)
  if not lines then return nil, err end
  return setmetatable({ lines = lines }, Explanation)
end

return explain
