local native = require "urna.native"

--- Shares of a sample with their intervals, and ratios as text.
---
--- A share is { num, den }, exact. Its interval is floating point and for
--- display: it decides nothing, and is given with its method.
---
--- Source: Wilson, Journal of the American Statistical Association 22, 1927,
--- pp. 209-212. Newcombe, Statistics in Medicine 17, 1998, pp. 857-872 (one
--- share, method 3) and pp. 873-890 (a difference, method 10). Kish, Survey
--- Sampling, 1965, 5.4 and 8.2 (design effect). Cochran, Sampling Techniques,
--- 3rd ed., 1977, 3.12 (shares in samples of clusters).
local shares = {}

shares.LEVEL = 95

local Z = 1.959964 -- of 95 %, two-sided

-- ---- text ----

-- A whole number's digits with a point in them.
local function with_point(digits, decimals)
  if decimals == 0 then return digits end
  digits = ("0"):rep(decimals + 1 - #digits) .. digits
  return digits:sub(1, -decimals - 1) .. "." .. digits:sub(-decimals)
end

--- A ratio as text, half up (away from nothing below it).
---@param ratio urna.core.Rational
---@param decimals integer
---@param is_signed boolean? "+" before what is above nothing
---@return string
function shares.text(ratio, decimals, is_signed)
  local zero, sign = native.rational(0), is_signed and "+" or ""
  if ratio < zero then ratio, sign = -ratio, "-" end
  local scaled = (ratio * 10 ^ decimals + native.rational(1, 2)):floor():num()
  local digits = type(scaled) == "number" and ("%d"):format(scaled) or scaled
  if not digits:find("[1-9]") then sign = "" end
  return sign .. with_point(digits, decimals)
end

--- A percentage with two decimals, half up from the exact ratio.
---@param num integer
---@param den integer
---@return string
function shares.percent(num, den)
  return native.decimal(num, den, 2, 2)
end

--- A number for display, half up, with a point in every locale.
---@param value number not negative, below 2^40
---@param decimals integer
---@return string
function shares.fixed(value, decimals)
  local scaled = math.floor(value * 10 ^ decimals + 0.5)
  return with_point(("%d"):format(scaled), decimals)
end

-- ---- intervals ----

-- Wilson's limits of p from n; n may be an effective size and not whole.
local function wilson(p, n)
  local z2 = Z * Z
  local middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  local half = Z / (1 + z2 / n)
    * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
  -- at the ends rounding may leave the limit beside what it is
  local low = p == 0 and 0 or math.max(middle - half, 0)
  local high = p == 1 and 1 or math.min(middle + half, 1)
  return low, high
end

local function method(effect, how)
  if effect == 1 then return "Wilson (1927), 95 %" end
  return ("Wilson (1927) with n / deff, deff = %s (%s), 95 %%"):format(
    shares.fixed(effect, 2), how)
end

--- A share of a sample.
---@param num integer how many have it
---@param n integer sample size, above 0
---@param design { effect: number, how: string }? see shares.design
---@return table { num, den, n, percent, low, high, effect, method } low and
--- high are texts of percentages with one decimal
function shares.of(num, n, design)
  local effect = design and design.effect or 1
  local low, high = wilson(num / n, n / effect)
  return { num = num, den = n, n = n, percent = shares.percent(num, n),
    low = shares.fixed(100 * low, 1), high = shares.fixed(100 * high, 1),
    low_share = low, high_share = high, effect = effect,
    method = method(effect, design and design.how) }
end

--- The difference of two shares, b less a.
---@param a table from shares.of
---@param b table from shares.of
---@return table { num, den, points, low, high, method } in points
function shares.difference(a, b)
  local exact = native.rational(b.num, b.den) - native.rational(a.num, a.den)
  local p, q = a.num / a.den, b.num / b.den
  local down = math.sqrt((q - b.low_share) ^ 2 + (a.high_share - p) ^ 2)
  local up = math.sqrt((b.high_share - q) ^ 2 + (p - a.low_share) ^ 2)
  local function points(value)
    local sign = value < 0 and "-" or "+"
    return sign .. shares.fixed(100 * math.abs(value), 1)
  end
  return { num = exact:num(), den = exact:den(),
    points = shares.text(exact * 100, 2, true),
    low = points(q - p - down), high = points(q - p + up),
    method = "Newcombe (1998), method 10, from the limits of both, 95 %" }
end

-- ---- designs ----

--- The design effect of a sample of clusters by what is known of it:
--- 1 + (m - 1) rho for m in a cluster, of whom any two are rho alike.
---@param size number m, from 1
---@param rho number from 0 to 1
---@return table design
function shares.by_cluster(size, rho)
  return { effect = 1 + (size - 1) * rho, how =
    ("1 + (m - 1) rho, m = %s, rho = %s; Kish 1965"):format(
      shares.fixed(size, 1), shares.fixed(rho, 3)) }
end

--- The design effect from the clusters themselves: the variance of the ratio
--- of sums, C / (C - 1) * sum (y - p m)^2 / (sum m)^2 over C clusters, by that
--- of a simple sample, p (1 - p) / n. Never taken below 1: a sample does not
--- become better than a simple one by an estimate.
---@param clusters { y: integer, m: integer }[] how many have it, how many were
--- looked at
---@return table? design nil for fewer than two clusters
function shares.from_clusters(clusters)
  local y, n = 0, 0
  for _, cluster in ipairs(clusters) do y, n = y + cluster.y, n + cluster.m end
  if #clusters < 2 then return nil end
  local how = ("from %d clusters; Cochran 1977, 3.12"):format(#clusters)
  if y == 0 or y == n then return { effect = 1, how = how } end
  local p, squares = y / n, 0
  for _, cluster in ipairs(clusters) do
    squares = squares + (cluster.y - p * cluster.m) ^ 2
  end
  local variance = #clusters / (#clusters - 1) * squares / (n * n)
  return { effect = math.max(variance / (p * (1 - p) / n), 1), how = how }
end

return shares
