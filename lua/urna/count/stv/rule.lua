local compat = require "urna.compat"
local errors = require "urna.errors"

--- What a rule of a transferable vote may say, and what it leaves unsaid. A
--- rule is data: it names what the engine does, and adds nothing to it.
local rule = {}

local ANY = { gregory = true, meek = true, supplementary = true }
local GREGORY, MEEK = { gregory = true }, { meek = true }
local BOTH = { gregory = true, meek = true }

-- field -> { methods that have it, what it may be, what it is if unsaid }
local FIELDS = {
  -- droop: whole, V / (S + 1) + 1; droop_decimal: V / (S + 1) cut to the
  -- decimals, and one unit; hagenbach_bischoff: V / (S + 1), to be exceeded;
  -- hare: V / S
  quota = { BOTH, { "droop", "droop_decimal", "hagenbach_bischoff", "hare" },
    "droop" },
  -- of the valid papers, or anew of the votes that candidates have
  quota_of = { GREGORY, { "valid", "continuing" }, "valid" },
  decimals = { BOTH, "count" }, -- none: exact ratios
  guard = { BOTH, "count" },
  -- votes credited to a candidate by one parcel: as they are, or whole
  credit = { GREGORY, { "exact", "whole" }, "exact" },
  -- papers that a surplus is of
  papers = { GREGORY, { "all", "last_parcel" }, "all" },
  -- of a paper of a surplus. weighted: what it was worth * surplus / votes;
  -- unweighted: surplus / papers; transferable: surplus / transferable
  -- papers, but not above what it was; whole: as many whole papers
  value = { GREGORY, { "weighted", "unweighted", "transferable", "whole" },
    "weighted" },
  -- cut once; after the product and after the division; or the fraction
  -- surplus / votes and then the product with it
  rounding = { GREGORY, { "once", "product_first", "fraction_first" }, "once" },
  surplus_order = { GREGORY, { "largest", "elected" }, "largest" },
  -- a surplus that could not change who is lowest waits
  defer = { GREGORY, "boolean" },
  -- who has a quota still receives until the surplus is transferred
  pending_receive = { GREGORY, "boolean" },
  exclusion = { BOTH, { "one", "sure_losers", "sure_losers_first" }, "one" },
  exclusion_steps = { GREGORY, { "together", "by_value" }, "together" },
  -- when as many continue as seats are left
  last = { GREGORY, { "at_once", "after_surpluses" }, "at_once" },
  -- when an exclusion leaves as many as seats: are its papers transferred?
  last_papers = { GREGORY, { "transferred", "kept_of_one",
    "kept_of_sure_losers" }, "transferred" },
  last_of_two = { GREGORY, "boolean" },
  early = { GREGORY, "boolean" },
  write_ins = { GREGORY, { "candidates", "first" }, "candidates" },
  omega = { MEEK, "count", 6 },
  keeping = { MEEK, { "up", "down", "equally" }, "up" },
  ties = { ANY, "ways" },
  overvotes = { ANY, { "exhaust", "skip", "sole" }, "exhaust" },
  skips_exhaust = { ANY, "count" }, -- so many skipped ranks in a row
  repeats = { ANY, { "ignore", "exhaust" }, "ignore" },
  choices = { ANY, "count" }, -- ranks that count
  one_seat = { ANY, "boolean" },
}
-- A lot is drawn where the others leave equals, whether it is said or not.
local WAYS = { "backward", "forward", "first_listed", "last_listed", "lot" }
local WORDS = { "name", "method", "like", "title", "law" }
local METHODS = { "gregory", "meek", "supplementary" }

local function one_of(value, allowed)
  for _, word in ipairs(allowed) do
    if value == word then return true end
  end
  return false
end

local function shown(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

local function check_word(where, key, value, allowed)
  if one_of(value, allowed) then return nil end
  local near = type(value) == "string" and errors.nearest(value, allowed)
  return ("%s: %s is %s, not %s%s"):format(where, key,
    table.concat(allowed, ", "):gsub(", ([^,]*)$", " or %1"), shown(value),
    near and (" (did you mean %q?)"):format(near) or "")
end

local CHECKS = {
  count = function(where, key, value)
    if type(value) == "number" and value >= 0 and value % 1 == 0
      and value <= 30 then return nil end
    return ("%s: %s is a whole number from 0 to 30, not %s"):format(where, key,
      shown(value))
  end,
  boolean = function(where, key, value)
    if type(value) == "boolean" then return nil end
    return ("%s: %s is true or false, not %s"):format(where, key, shown(value))
  end,
  ways = function(where, key, value)
    if type(value) ~= "table" then
      return ("%s: ties is an array, not %s"):format(where, shown(value))
    end
    for i, way in ipairs(value) do
      local why = check_word(where, key, way, WAYS)
      if why then return why end
      if way == "lot" and value[i + 1] ~= nil then
        return ("%s: ties has %s behind the lot, which leaves no equals")
          :format(where, shown(value[i + 1]))
      end
    end
    return nil
  end,
}

local function check_field(where, key, value, method)
  local field = FIELDS[key]
  if not field then
    if one_of(key, WORDS) then
      return type(value) ~= "string" and ("%s: %s is a text, not %s"):format(
        where, key, shown(value)) or nil
    end
    local known = compat.keys(FIELDS)
    for _, word in ipairs(WORDS) do known[#known + 1] = word end
    local near = errors.nearest(tostring(key), known)
    return ("%s has no field %s%s"):format(where, shown(key),
      near and (": did you mean %q?"):format(near) or "")
  end
  if not field[1][method] then
    return ("%s: %s is nothing that the method %q has"):format(where, key,
      method)
  end
  if type(field[2]) == "table" then
    return check_word(where, key, value, field[2])
  end
  return CHECKS[field[2]](where, key, value)
end

-- What fits together only in part.
local function check_whole(where, made)
  if made.method == "meek" then
    if not made.decimals then
      return where .. ": a Meek count needs decimals: its exact ratios grow "
        .. "without end"
    end
    if made.quota == "droop" or made.quota == "hare" then
      return where .. ": the quota of a Meek count is droop_decimal or "
        .. "hagenbach_bischoff"
    end
    if made.omega > made.decimals + (made.guard or 0) then
      return where .. ": omega is finer than the decimals that are carried"
    end
    if made.exclusion == "sure_losers_first" then
      return where .. ": a Meek count has no exclusion before surpluses"
    end
  end
  if made.exclusion_steps == "by_value"
    and (made.exclusion ~= "one" or made.write_ins == "first") then
    return where .. ": papers are taken by value of one candidate at a time"
  end
  if made.guard and not made.decimals then
    return where .. ": guard digits stand behind decimals"
  end
  if (made.decimals or 0) + (made.guard or 0) > 60 then
    return where .. ": more than 60 decimals are carried"
  end
  if made.quota == "droop_decimal" and not made.decimals then
    return where .. ": the quota droop_decimal needs decimals"
  end
  if made.value == "whole" and (made.decimals or made.papers == "all") then
    return where .. ": whole papers are of the last parcel, without decimals"
  end
  if made.value == "transferable" and made.papers == "all" then
    return where .. ": the value \"transferable\" is of the last parcel"
  end
  return nil
end

local function defaults(made)
  for key, field in pairs(FIELDS) do
    if made[key] == nil and field[1][made.method] then made[key] = field[3] end
  end
  made.ties = made.ties or {}
  return made
end

--- A rule in full: of `like` what it does not say itself, then what is usual.
---@param given table
---@param rules table<string, table> that it may be like
---@return table?
---@return string? why a sentence, if it is no rule
function rule.complete(given, rules)
  local base = given.like and rules[given.like] or {}
  local method = given.method or base.method
  local where = ("rule %s"):format(shown(given.name or given.like or "(table)"))
  if given.like and not rules[given.like] then
    local near = errors.nearest(tostring(given.like), compat.keys(rules))
    return nil, ("%s: there is no rule %s%s"):format(where, shown(given.like),
      near and (": did you mean %q?"):format(near) or "")
  end
  local why = check_word(where, "method", method, METHODS)
  if why then return nil, why end
  local made = {}
  for key, value in pairs(base) do made[key] = value end
  for _, key in ipairs(compat.keys(given)) do
    why = check_field(where, key, given[key], method)
    if why then return nil, why end
    made[key] = given[key]
  end
  made.method, made.name = method, given.name or given.like or "(table)"
  made = defaults(made)
  why = check_whole(where, made)
  if why then return nil, why end
  return made
end

return rule
