local compat = require "urna.compat"
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

local function grouped(count)
  if type(count) == "string" then return count end
  local digits = ("%d"):format(count):reverse():gsub("(%d%d%d)", "%1,")
  return (digits:reverse():gsub("^,", ""))
end

-- An exact quotient and its decimals, which are only for reading.
local function written(pair)
  if type(pair[1]) == "string" or type(pair[2]) == "string" then
    return ("%s/%s"):format(pair[1], pair[2])
  end
  if pair[2] == 1 then return grouped(pair[1]) end
  local decimals = native.decimal(pair[1], pair[2], 4, 0)
  return ("%s/%s = %s"):format(grouped(pair[1]), grouped(pair[2]), decimals)
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
  return ("%s: %s%s / %d = %s"):format(key, amount(outcome, list),
    factor_text(list), divisor, written(pair))
end

local function cited(outcome, article)
  local law = outcome.rule
  if article then return ("article %s, %s"):format(article, law.source) end
  return ("%s; the article is not known to this rule"):format(law.source)
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

local function tie_line(step)
  if step.tie ~= "more_votes" then return nil end
  return ("The quotients are equal; %s has more votes, so it takes the seat.")
    :format(step.list)
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
  end
  lines[#lines + 1] = tie_line(step)
  if seat == #outcome.steps and step.rival then
    lines[#lines + 1] = short_line(outcome, step.rival)
  end
  votes_why(outcome, { step.list, step.rival }, lines)
  lines[#lines + 1] = "Law: " .. cited(outcome, step.article) .. "."
  return lines
end

local function no_seat(outcome, seat)
  return nil, errors.new("unknown_seat", { message =
    ("seat %s was not awarded; there are steps for seats 1 to %d%s"):format(
      tostring(seat), #outcome.steps, outcome.decision == "undecided"
      and " (the outcome is undecided)" or "") })
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

local function threshold_lines(outcome, list, lines)
  local test, base = list.threshold, outcome.base
  if not test then return end
  local num, den = test.share[1], test.share[2]
  local mark = base_mark(outcome)
  if test.votes and base.total then
    local sign = native.ratio_compare(test.votes, base.total, num,
      den) >= 0 and ">=" or "<"
    lines[#lines + 1] = ("Threshold %d/%d %s (%s%s): %s needed; %s %s %s: "
      .. "%s."):format(num, den, of_field(base.name), grouped(base.total),
      mark and ", " .. kind_of(mark) or "", needed_text(test),
      grouped(test.votes), sign,
      grouped(test.needed), test.result)
  else
    lines[#lines + 1] = ("Threshold %d/%d %s: %s."):format(num, den,
      of_field(base.name), test.result)
  end
  if mark and mark.why then
    lines[#lines + 1] = why_line(field_name(base.name), mark)
  end
  lines[#lines + 1] = "Law: " .. cited(outcome, test.article) .. "."
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
  if list.weight then
    lines[#lines + 1] = ("Below the threshold its quotients count %d/%d.")
      :format(list.weight[1], list.weight[2])
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
  return nil, errors.new("unknown_total", { message =
    ("no total of %q is known; known are %s"):format(tostring(field),
      table.concat(compat.keys(outcome.fields), ", ")) })
end

local EXPLAIN = { seat = explain_seat, list = explain_list,
  total = explain_total }

--- Explain one seat, one list or one total of an outcome.
--- Fails: raises unless exactly one of them is asked for.
---@param outcome table
---@param what { seat: integer?, list: string?, total: string? }
---@return urna.Explanation? lines, and as a text by tostring
---@return urna.Error? err "unknown_seat", "unknown_list" or "unknown_total"
function explain.run(outcome, what)
  local name, value = next(what)
  if not EXPLAIN[name] or next(what, name) ~= nil then
    error("say one thing to explain: seat, list or total", 2)
  end
  local lines, err = EXPLAIN[name](outcome, value)
  if not lines then return nil, err end
  return setmetatable({ lines = lines }, Explanation)
end

return explain
