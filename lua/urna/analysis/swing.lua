local native = require "urna.native"

--- Changes of shares, exact: a share is a pair of whole numbers, and the
--- difference of two shares is one too. Points are rounded half up, away from
--- 0, and only for display.
local swing = {}

local MOST = 9007199254740991

-- A part of a pair as API has it: a number, or its digits beyond 2^53 - 1.
local function part(text)
  return #text < 16 and tonumber(text) or text
end

-- An exact ratio of any size as a pair, with its sign.
local function pair_of(ratio)
  local num, den = tostring(ratio):match("^(%-?%d+)/?(%d*)$")
  return part(num), part(den == "" and "1" or den)
end

-- A signed number of hundredths as text: "+13.46", "-0.05", "0.00".
local function signed(text, is_negative)
  if not text:find("[1-9]") then return text end
  return (is_negative and "-" or "+") .. text
end

--- A share with its percentage.
---@param num integer?
---@param den integer?
---@return { num: integer, den: integer, percent: string }? nil where the one or
--- the other is not known, or nothing can be a share of it
function swing.share(num, den)
  if not num or not den or den == 0 then return nil end
  return { num = num, den = den, percent = native.decimal(num, den, 2, 2) }
end

-- Where the products fit, without ratios: this is done for every station.
local function small_change(a, b, c, d)
  local den = b * d
  local num = c * b - a * d
  if num == 0 then return { num = 0, den = 1, points = "0.00" } end
  local reduced_num, reduced_den = native.reduce(math.abs(num), den)
  return { num = num < 0 and -reduced_num or reduced_num, den = reduced_den,
    points = signed(native.decimal(reduced_num, reduced_den, 2, 2), num < 0) }
end

local function great_change(a, b, c, d)
  local zero = native.rational(0)
  local change = native.rational(c, d) - native.rational(a, b)
  local is_negative = change < zero
  local size = is_negative and -change or change
  local num, den = pair_of(change)
  local text = (size * native.rational(100) + native.rational(1, 200))
    :decimals(2)
  return { num = num, den = den, points = signed(text, is_negative) }
end

--- The change from one share to another.
---@param before { num: integer, den: integer }?
---@param after { num: integer, den: integer }?
---@return { num: integer|string, den: integer|string, points: string }?
function swing.change(before, after)
  if not before or not after then return nil end
  local a, b, c, d = before.num, before.den, after.num, after.den
  local most = math.max(a, b, c, d)
  if most <= 90000000 or b <= MOST / d and c <= MOST / b and a <= MOST / d
  then
    return small_change(a, b, c, d)
  end
  return great_change(a, b, c, d)
end

--- A change as a number of points, for drawings and medians.
---@param before { num: integer, den: integer }
---@param after { num: integer, den: integer }
---@return number
function swing.points(before, after)
  return 100 * (after.num / after.den - before.num / before.den)
end

--- The sum of some columns over some units; nil if any is missing.
---@param columns (integer?)[][]
---@param units integer[]
---@return integer?
function swing.sum(columns, units)
  if #columns == 1 and #units == 1 then return columns[1][units[1]] end
  local sum = 0
  for _, column in ipairs(columns) do
    for _, i in ipairs(units) do
      if column[i] == nil then return nil end
      sum = sum + column[i]
    end
  end
  return sum
end

--- A measure of two elections: a share before, a share after, the change.
---@param before { num: integer?, den: integer? }
---@param after { num: integer?, den: integer? }
---@return { before: table?, after: table?, change: table? }
function swing.of(before, after)
  local one = swing.share(before.num, before.den)
  local other = swing.share(after.num, after.den)
  return { before = one, after = other, change = swing.change(one, other) }
end

return swing
