local native = require "urna.native"

--- What a paper and a candidate's votes are worth, exactly. Three kinds of
--- numbers, one set of operations, so that a count need not know which it has:
--- - whole votes, and decimals as whole units, as plain numbers, as long as
---   all papers together are below 2^53 units;
--- - the same as ratios where they are not, and for guard digits: decimals
---   that are carried but not shown, where what differs by less than half of
---   the last that is shown counts as equal, so that fixed decimals tell the
---   ties that exact ratios would (source: J. Lundell, Droop, 2010);
--- - exact ratios.
--- Votes and values are added, subtracted and compared with operators.
local values = {}

local MOST = 9007199254740991 -- 2^53 - 1
local SAFE = 94906265 -- what may be multiplied with as much
local STEP = 15 -- decimals that one native call can cut to

local function power(digits)
  return native.rational("1" .. ("0"):rep(digits))
end

local function quotient(a, b)
  return (a - a % b) / b
end

-- a * b / c, rounded down; exact although the product may not be.
local function part(a, b, c)
  if a < SAFE and b < SAFE then return quotient(a * b, c) end
  return (native.rational(a) * b / c):floor():num()
end

-- The same, rounded up.
local function part_up(a, b, c)
  local exact = native.rational(a) * b / c
  local below = exact:floor()
  return below:num() + (below == exact and 0 or 1)
end

-- Digits with a point before the last `digits` of them.
local function pointed(text, digits)
  if digits == 0 then return text end
  if #text <= digits then text = ("0"):rep(digits + 1 - #text) .. text end
  return text:sub(1, -digits - 1) .. "." .. text:sub(-digits)
end

local function compare(a, b)
  if a == b then return 0 end
  return a < b and -1 or 1
end

-- ---- whole units ----

local Units = {}
Units.__index = Units

function Units:of(papers)
  return papers * self.scale
end

function Units:text(votes)
  if votes < 0 then return "-" .. self:text(-votes) end
  return pointed(("%d"):format(votes), self.digits)
end

Units.value_text = Units.text

function Units:credit(value, papers)
  return value * papers
end

function Units:key(value)
  return value
end

local WEIGHTED = {
  once = function(_, value, surplus, votes)
    return part(value, surplus, votes)
  end,
  product_first = function(scale, value, surplus, votes)
    return part(part(value, surplus, scale), scale, votes)
  end,
  fraction_first = function(scale, value, surplus, votes)
    return part(value, part(surplus, scale, votes), scale)
  end,
}

--- What a paper of a surplus is worth when all are worth less by as much.
function Units:weighted(value, surplus, votes, rounding)
  return WEIGHTED[rounding](self.scale, value, surplus, votes)
end

--- The surplus over all its papers.
function Units:shared(surplus, papers)
  return quotient(surplus, papers)
end

function Units:droop(votes, seats)
  return (quotient(votes, self.scale * (seats + 1)) + 1) * self.scale
end

function Units:over(votes, number)
  return quotient(votes, number)
end

function Units:from_units(count)
  return tonumber(count)
end

function Units:to_units(value)
  return ("%d"):format(value)
end

--- A keep factor brought down to the quota; both steps are rounded up.
function Units:kept(factor, quota, votes)
  return part_up(part_up(factor, quota, self.scale), self.scale, votes)
end

-- ---- whole votes of papers that are worth a ratio ----

local Whole = setmetatable({}, { __index = Units })
Whole.__index = Whole

function Whole:credit(value, papers)
  if rawequal(value, self.one) then return papers end
  return part(papers, value:num(), value:den())
end

function Whole:value_text(value)
  return tostring(value)
end

function Whole:key(value)
  return tostring(value)
end

function Whole:shared(surplus, papers)
  return native.rational(surplus, papers)
end

-- ---- ratios, maybe cut to decimals ----

local Ratios = {}
Ratios.__index = Ratios

-- Cut to any number of decimals.
local function cutter(digits)
  if not digits then return function(x) return x end end
  if digits <= STEP then
    local scale = tonumber(("1e%d"):format(digits))
    return function(x) return x:floor(scale) end
  end
  local more, scale = power(digits - STEP), 1e15
  return function(x) return (x * more):floor(scale) / more end
end

function Ratios:of(papers)
  return native.rational(papers)
end

function Ratios:text(votes)
  if not self.decimals then return tostring(votes) end
  if votes < self.zero then return "-" .. self:text(-votes) end
  local shown = (votes * self.shown_scale + self.half):floor()
  return pointed(tostring(shown), self.decimals)
end

Ratios.value_text = Ratios.text

function Ratios:credit(value, papers)
  local votes = value * papers
  return self.is_whole and votes:floor() or votes
end

function Ratios:key(value)
  return tostring(value)
end

local RATIO_WEIGHTED = {
  once = function(cut, value, surplus, votes)
    return cut(value * surplus / votes)
  end,
  product_first = function(cut, value, surplus, votes)
    return cut(cut(value * surplus) / votes)
  end,
  fraction_first = function(cut, value, surplus, votes)
    return cut(value * cut(surplus / votes))
  end,
}

function Ratios:weighted(value, surplus, votes, rounding)
  return RATIO_WEIGHTED[rounding](self.cut, value, surplus, votes)
end

function Ratios:shared(surplus, papers)
  return self.cut(surplus / papers)
end

function Ratios:droop(votes, seats)
  return (votes / (seats + 1)):floor() + 1
end

function Ratios:over(votes, number)
  return self.cut(votes / number)
end

function Ratios:from_units(count)
  return native.rational(count) / self.scale
end

function Ratios:to_units(value)
  return tostring(value * self.scale)
end

-- With guard digits there is nothing that rounding up could protect.
function Ratios:kept(factor, quota, votes)
  local function round(x)
    local below = self.cut(x)
    if self.guard > 0 or below == x then return below end
    return below + self.unit
  end
  return round(round(factor * quota) / votes)
end

local function guarded(eps)
  return function(a, b)
    local gap = a < b and b - a or a - b
    if gap < eps then return 0 end
    return a < b and -1 or 1
  end
end

-- ---- which of them ----

local function units(decimals)
  local scale = tonumber(("1e%d"):format(decimals))
  return setmetatable({ digits = decimals, scale = scale, zero = 0,
    one = scale, unit = 1, compare = compare }, Units)
end

local function whole()
  return setmetatable({ digits = 0, scale = 1, zero = 0, unit = 1,
    one = native.rational(1), compare = compare }, Whole)
end

local function ratios(rule)
  local decimals, guard = rule.decimals, rule.guard or 0
  local made = setmetatable({ decimals = decimals, guard = guard,
    zero = native.rational(0), one = native.rational(1), compare = compare,
    cut = cutter(decimals and decimals + guard),
    is_whole = rule.credit == "whole" }, Ratios)
  if not decimals then return made end
  made.digits, made.scale = decimals + guard, power(decimals + guard)
  made.unit, made.shown_scale = made.one / made.scale, power(decimals)
  made.half = native.rational(guard > 0 and 1 or 0, 2)
  if guard > 0 then
    made.compare = guarded(made.one / (made.shown_scale * 2))
  end
  return made
end

-- Does the rule credit nothing but whole votes?
local function is_whole(rule)
  return not rule.decimals and (rule.quota or "droop") == "droop"
    and (rule.credit == "whole" and rule.value == "unweighted"
      or rule.value == "whole" or rule.one_seat)
end

--- The numbers of a rule. `guard = 0` counts fixed decimals in ratios: what
--- they give must be the same.
---@param rule table
---@param papers integer that are counted
---@return table: zero (votes), one (a paper's value), unit, compare(a, b) and
--- the methods above
function values.new(rule, papers)
  if is_whole(rule) then return whole() end
  local decimals = rule.decimals
  if decimals and not rule.guard and decimals <= STEP
    and rule.credit ~= "whole"
    and papers <= quotient(MOST, tonumber(("1e%d"):format(decimals))) then
    return units(decimals)
  end
  return ratios(rule)
end

return values
