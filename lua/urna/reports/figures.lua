local figures = {}

--- Ratios for people to read. Whole numbers are divided as on paper, digit by
--- digit, so that nothing is lost to floating point.

--- The sign of a quotient whose divisor is 0.
figures.INFINITE = "∞"

local EXACT = 9007199254740991

-- num / den as digits, half up; nil where the numbers are too long for it.
local function divide(num, den, decimals)
  if den <= 0 or num < 0 or den > EXACT / 10 or num > EXACT then return nil end
  local whole = math.floor(num / den)
  local rest = num - whole * den
  if rest < 0 then whole, rest = whole - 1, rest + den end
  local digits = 0
  for _ = 1, decimals do
    rest = rest * 10
    local digit = math.floor(rest / den)
    digits, rest = digits * 10 + digit, rest - digit * den
  end
  if 2 * rest >= den then digits = digits + 1 end
  local unit = 10 ^ decimals
  if digits >= unit then whole, digits = whole + 1, digits - unit end
  if decimals == 0 then return ("%d"):format(whole) end
  return ("%d.%0" .. ("%d"):format(decimals) .. "d"):format(whole, digits)
end

--- A percentage, half up, two decimals.
---@param num integer
---@param den integer
---@return string? "46.12"; nil if the numbers are not known or too long
function figures.percent(num, den)
  num, den = tonumber(num), tonumber(den)
  if not num or not den or num > EXACT / 100 then return nil end
  return divide(num * 100, den, 2)
end

--- A quotient, with at least two decimals.
---@param quotient table { num, den, squared? }
---@param decimals integer? 2
---@return string
function figures.quotient(quotient, decimals)
  decimals = decimals or 2
  local num, den = tonumber(quotient[1]), tonumber(quotient[2])
  if den == 0 then return figures.INFINITE end
  if quotient.squared then
    local unit = 10 ^ decimals
    return divide(math.floor(math.sqrt(num / den) * unit + 0.5), unit,
      decimals)
  end
  return divide(num, den, decimals)
    or divide(math.floor(num / den + 0.5), 1, decimals)
end

--- Two quotients with as many decimals as it takes to see which is greater.
---@return string
---@return string
function figures.pair(a, b, fewest)
  for decimals = fewest or 2, 5 do
    local left, right = figures.quotient(a, decimals),
      figures.quotient(b, decimals)
    if left ~= right or decimals == 5
      or a[1] == b[1] and a[2] == b[2] then
      return left, right
    end
  end
end

return figures
