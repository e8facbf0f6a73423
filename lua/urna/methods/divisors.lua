local errors = require "urna.errors"
local native = require "urna.native"

--- Divisor methods by name: seats go one by one to the greatest quotient of
--- votes by d(k), where k is the number of seats a list holds.
--- Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A;
--- Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 4.
local divisors = {}

---@class urna.Divisor
---@field name string
---@field sequence userdata as native.award takes it
---@field first integer? with step, where d(k) = first + step * k, first > 0
---@field step integer?
---@field length integer? how many divisors there are, where they end
---@field ends boolean? a list may take no more seats than these; else nobody
--- knows how they go on
---@field aliases string[]
---@field source string

-- d(k) = first + step * k unless a row says otherwise.
local METHODS = {
  { name = "dhondt", first = 1, step = 1,
    aliases = { "d'hondt", "jefferson", "greatest_divisors",
      "hagenbach_bischoff_averages", "belgian_provincial",
      "belgian_regional" },
    source = "D'Hondt, Système pratique et raisonné de représentation "
      .. "proportionnelle, 1882; Balinski & Young, app. A (Jefferson)" },
  { name = "sainte_lague", first = 1, step = 2,
    aliases = { "sainte-lague", "webster", "major_fractions",
      "unmodified_sainte_lague", "odd_numbers" },
    source = "Sainte-Laguë, Comptes rendus 151, 1910, pp. 377-378; "
      .. "Balinski & Young, app. A (Webster)" },
  { name = "danish", first = 1, step = 3, aliases = {},
    source = "Denmark, Folketing Elections Act, s. 78 (1, 4, 7 among the "
      .. "constituencies of a region)" },
  { name = "imperiali", first = 2, step = 1,
    aliases = { "belgian_municipal" },
    source = "Belgium, loi électorale communale of 1932-08-04, art. 56 "
      .. "(1, 1 1/2, 2: twice as large here, 2, 3, 4)" },
  { name = "adams", spec = { kind = "adams" },
    aliases = { "smallest_divisors" },
    source = "Balinski & Young, app. A; d(k) = k" },
  { name = "dean", spec = { kind = "dean" },
    aliases = { "harmonic_mean", "harmonic_means" },
    source = "Balinski & Young, app. A; d(k) = 2k(k + 1) / (2k + 1)" },
  { name = "huntington_hill", spec = { kind = "huntington_hill" },
    aliases = { "hill", "equal_proportions", "geometric_mean" },
    source = "Huntington, Transactions of the AMS 30(1), 1928, pp. 85-110; "
      .. "2 U.S.C. 2a(a); d(k)^2 = k(k + 1)" },
  { name = "macau", spec = { kind = "macau" }, length = 63, aliases = {},
    source = "Macau, Lei 3/2001, art. 17 (1, 2, 4, 8 and so on)" },
}

-- Sainte-Laguë with another first divisor: 1.4 in Norway, 1.2 in Sweden since
-- 2018. A name says which.
local MODIFIED = "modified_sainte_lague"
local MODIFIED_SOURCE =
  "Norway, valgloven of 2002, § 11-4 (1.4); Sweden, vallagen 14:3 (1.2)"

--- Every name and alias of a method that stands in the table; besides, any
--- "modified_sainte_lague_X" is known, X being the first divisor, "1.4".
---@return string[]
function divisors.names()
  local known = {}
  for _, method in ipairs(METHODS) do
    known[#known + 1] = method.name
    for _, alias in ipairs(method.aliases) do known[#known + 1] = alias end
  end
  for _, first in ipairs { "", "_1.4", "_1.2" } do
    known[#known + 1] = MODIFIED .. first
  end
  return known
end

-- By name and alias, filled at the first question.
local by_name

local function index()
  by_name = {}
  for _, method in ipairs(METHODS) do
    by_name[method.name] = method
    for _, alias in ipairs(method.aliases) do by_name[alias] = method end
  end
end

-- "1.40" is 7/5: as whole numbers, for a Lua number would round it. Nil where
-- it is none, or has too many digits.
local function ratio_of(text)
  local whole, decimals = text:match("^(%d+)%.(%d+)$")
  if not whole then whole, decimals = text:match("^(%d+)$"), "" end
  if not whole or #whole + #decimals > 15 then return nil end
  local num, den = native.reduce(tonumber(whole .. decimals),
    tonumber("1" .. ("0"):rep(#decimals)))
  return num > 0 and { num, den } or nil
end

-- The name without what does not count: zeros at either end.
local function plain_name(text)
  local whole, decimals = text:match("^0*(%d+)%.?(%d-)0*$")
  return ("%s_%s%s"):format(MODIFIED, whole,
    decimals ~= "" and "." .. decimals or "")
end

-- The spec that native.sequence takes for a first divisor; nil where it is
-- not below the second, 3, or has too many decimals to be compared exactly.
local function modified(text)
  local first = ratio_of(text)
  if not first or first[1] >= 3 * first[2] or first[2] > 1000000000 then
    return nil
  end
  return { name = plain_name(text), aliases = {}, source = MODIFIED_SOURCE,
    spec = { kind = "linear", first = first, start = 1, step = 2 } }
end

local function find_modified(name)
  if name == MODIFIED then name = MODIFIED .. "_1.4" end
  local text = name:match("^" .. MODIFIED .. "_(.*)$")
  local method = text and modified(text)
  if not method then return nil end
  by_name[method.name] = by_name[method.name] or method
  return by_name[method.name]
end

local function refuse(name, level)
  local text = type(name) == "string"
    and name:match("^" .. MODIFIED .. "_(%d.*)$")
  if text then
    error(("%q: the first divisor of %s is a decimal above 0 and below 3, "
      .. "with at most 9 decimals, not %s"):format(name, MODIFIED, text),
      level + 1)
  end
  local known = divisors.names()
  local near = errors.nearest(tostring(name), known)
  local what = type(name) == "string" and ("%q"):format(name)
    or tostring(name)
  error(("no divisor method %s; there is %s%s"):format(what,
    table.concat(known, ", "),
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

local function spec_of(method)
  return method.spec
    or { kind = "linear", start = method.first, step = method.step }
end

--- A method by its name or an alias.
--- Fails: raises for an unknown name, with the nearest known one.
---@param name string
---@return urna.Divisor
function divisors.find(name)
  if not by_name then index() end
  local method = by_name[name] or type(name) == "string"
    and find_modified(name) or refuse(name, 2)
  if not method.sequence then
    method.sequence = native.sequence(spec_of(method))
  end
  return method
end

-- As a decimal where that ends soon, or nil.
local function decimal_of(num, den)
  if type(num) ~= "number" or type(den) ~= "number" then return nil end
  for digits = 1, 9 do
    if 10 ^ digits % den == 0 then
      return native.decimal(num, den, digits, 0)
    end
  end
end

--- A divisor as people write it: 5, 1.4, 4/3, √6.
---@param divisor integer|table { num, den }, or that of its square, squared =
--- true
---@return string
function divisors.shown(divisor)
  if type(divisor) == "number" then return ("%d"):format(divisor) end
  local parts = {}
  for i = 1, 2 do
    parts[i] = type(divisor[i]) == "number" and ("%d"):format(divisor[i])
      or divisor[i]
  end
  if divisor.squared then
    return "√" .. (parts[2] == "1" and parts[1]
      or ("(%s/%s)"):format(parts[1], parts[2]))
  end
  return decimal_of(divisor[1], divisor[2]) or parts[1] .. "/" .. parts[2]
end

--- A method of one's own divisors, which rise: whole numbers or ratios. They
--- go on with their last difference, unless `ends`: then a list may take no
--- more seats than there are divisors.
--- Fails: raises where they do not rise, or are no ratios of whole numbers
--- from 0 to 2^31 - 1.
---@param listed (integer|integer[])[] { 1, { 3, 2 }, 2 }
---@param ends boolean?
---@return urna.Divisor
function divisors.custom(listed, ends)
  local good, sequence = pcall(native.sequence, { kind = "table",
    divisors = listed, ends = ends and true or false })
  if not good then error(sequence, 2) end
  return { name = "custom", aliases = {}, source = "the caller's own",
    sequence = sequence, length = ends and #listed or nil,
    ends = ends and true or nil }
end

return divisors
