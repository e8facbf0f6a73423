local native = require "urna.native"

--- Makes the count that a rule walks over from sums: every list's votes with
--- their bounds, and the base of the threshold, known or between bounds.
local counts = {}

local MOST = 9007199254740991

-- Published shares are worked with in units of half their last digit, so that
-- the ends of the rounding are whole numbers: 38.42 % is 7684 of 20000, at
-- least 7683 and at most 7685.
local function share_scale(decimals)
  return 2 * 100 * 10 ^ decimals
end

local function percent_units(percent, decimals)
  local whole, digits = percent:match("^(%d+)%.?(%d*)$")
  if not whole or #digits > decimals then return nil end
  return 2 * tonumber(whole .. digits .. ("0"):rep(decimals - #digits))
end

local function from_votes(list, group)
  local votes = group.votes[list.key]
  if not votes then return nil end
  local low, high = group.low, group.high
  return { votes = votes, low = low and low.votes[list.key] or votes,
    high = high and high.votes[list.key] or votes }
end

local function from_share(list, shares)
  local units = list.percent and percent_units(list.percent, shares.decimals)
  if not units then return nil end
  return { votes = units, low = math.max(units - 1, 0), high = units + 1 }
end

-- Of a list whose votes nobody knows, anything may be true.
local function nothing_known()
  return { votes = 0, low = 0, high = MOST, is_unknown = true }
end

local function entry(list, group, shares)
  local found = shares and from_share(list, shares)
    or not shares and from_votes(list, group) or nothing_known()
  found.key, found.minority = list.key, list.minority
  found.max = list.candidates
  return found
end

local function entries(source, group)
  local lists = {}
  for i, list in ipairs(source.lists) do
    lists[i] = entry(list, group, source.shares)
  end
  return lists
end

-- The bounds of a field: exact where there are none.
local function bounds_of(group, name)
  local value = group.fields[name]
  local low = group.low and group.low.fields[name] or value
  local high = group.high and group.high.fields[name] or value
  if low then return { low = low, high = high, value = value } end
end

local function least(lists, others)
  local sum = 0
  for _, list in ipairs(lists) do sum = sum + list.low end
  return sum + (type(others) == "table" and others.min or others or 0)
end

-- Ballots in the box are at least the votes in them and at most the
-- signatures; valid votes are never put in their place.
local function base_of_votes(name, group, lists, others)
  local known = bounds_of(group, name)
  if known then return known end
  local signed = bounds_of(group, "voters_signed")
    or bounds_of(group, "registered_voters")
  local low, high = least(lists, others and others.votes),
    signed and signed.high
  if high and high < low then high = nil end -- then they bound nothing
  return { low = low, high = high, value = low == high and low or nil }
end

-- ceil and floor of scale * num / den, a unit wide of the truth at most.
local function scaled_up(scale, num, den)
  return native.share_up(num, den, scale)
end

local function base_of_shares(name, group, shares, scale)
  if shares.base == name then
    return { low = scale, high = scale, value = scale }
  end
  local whole = bounds_of(group, name)
  local part = bounds_of(group, shares.base)
  if not whole or not part then return { low = 0 } end
  return { low = scaled_up(scale, whole.low, part.high) - 1,
    high = scaled_up(scale, whole.high, part.low) }
end

local function others_row(others)
  if not others then return nil end
  local votes = others.votes
  local value = type(votes) == "table" and votes.value or votes
  value = type(value) == "number" and value or 0
  return { key = "OTHERS", others = true, votes = value, low = value,
    high = value, minority = false }
end

--- The count of a result, ready to be walked.
---@param source table results or totals: lists, shares, others
---@param group table their total
---@param rule table
---@param seats integer to fill
---@return table count see walk.lua; `scale` is set for published shares, and
--- `is_unknown` of a list of which neither votes nor a share are known
function counts.new(source, group, rule, seats)
  local lists = entries(source, group)
  local count = { seats = seats, lists = lists,
    moving = rule.base ~= "registered_voters" }
  if source.shares then
    count.scale = share_scale(source.shares.decimals)
    count.base = base_of_shares(rule.base, group, source.shares, count.scale)
  else
    count.base = base_of_votes(rule.base, group, lists, source.others)
  end
  lists[#lists + 1] = others_row(source.others)
  return count
end

return counts
