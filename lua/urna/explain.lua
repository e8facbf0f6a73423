local compat = require "urna.compat"
local errors = require "urna.errors"
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

local function amount(outcome, list)
  if outcome.quotient_unit == "percent" then
    return (list.published_percent or list.share.percent) .. " %"
  end
  return grouped(list.votes) .. " votes"
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

local function threshold_lines(outcome, list, lines)
  local test = list.threshold
  if not test then return end
  local num, den = test.share[1], test.share[2]
  if test.votes and outcome.base.total then
    local sign = native.ratio_compare(test.votes, outcome.base.total, num,
      den) >= 0 and ">=" or "<"
    lines[#lines + 1] = ("Threshold %d/%d of %s (%s): %s needed; %s %s %s: "
      .. "%s."):format(num, den, outcome.base.name,
      grouped(outcome.base.total), grouped(test.needed), grouped(test.votes),
      sign, grouped(test.needed), test.result)
  else
    lines[#lines + 1] = ("Threshold %d/%d of %s: %s."):format(num, den,
      outcome.base.name, test.result)
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
  return (", %s %% of %s"):format(list.share.percent, list.share.base)
end

local function explain_list(outcome, key)
  local list, err = find_list(outcome, key)
  if not list then return nil, err end
  local lines = { ("%s: %s%s; seats: %s."):format(key, list.votes
    and grouped(list.votes) .. " votes" or "votes not known",
    share_text(list), list.seats and ("%d"):format(list.seats) or "open") }
  if list.why then lines[#lines + 1] = list.why .. "." end
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
  return ("%d of %d records of %s"):format(outcome.units.reported,
    outcome.units.expected, print.file)
end

local function explain_total(outcome, field)
  local value = outcome.fields[field]
  if value then
    return { ("%s = %s: from %s."):format(field, grouped(value),
      where_from(outcome)) }
  end
  local missing = (outcome.missing or {})[field]
  if missing then
    return { ("%s has no total: %d reported records do not give it."):format(
      field, missing) }
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
