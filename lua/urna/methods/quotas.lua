local errors = require "urna.errors"

--- Quotas and the methods made of them, by name. A quota is the votes that a
--- seat takes: all votes over the seats and so many `more`, rounded or exact.
--- Source: Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 5;
--- Gallagher, British Journal of Political Science 22(4), 1992, pp. 469-496.
local quotas = {}

--- rounding: "exact", "floor", "nearest" (half up), "ceiling" or "beyond",
--- which is floor + 1.
local QUOTAS = {
  { name = "hare", more = 0, rounding = "exact", aliases = { "simple" } },
  { name = "hare_floor", more = 0, rounding = "floor", aliases = {} },
  { name = "hare_rounded", more = 0, rounding = "nearest", aliases = {} },
  { name = "hare_ceil", more = 0, rounding = "ceiling", aliases = {} },
  { name = "droop", more = 1, rounding = "beyond", aliases = {} },
  { name = "hagenbach_bischoff", more = 1, rounding = "exact",
    aliases = { "hb" } },
  { name = "hagenbach_bischoff_floor", more = 1, rounding = "floor",
    aliases = { "hb_floor" } },
  { name = "hagenbach_bischoff_rounded", more = 1, rounding = "nearest",
    aliases = { "hb_rounded" } },
  { name = "hagenbach_bischoff_ceil", more = 1, rounding = "ceiling",
    aliases = { "hb_ceil" } },
  { name = "imperiali", more = 2, rounding = "exact",
    aliases = { "imperiali_quota" } },
  { name = "imperiali_rounded", more = 2, rounding = "nearest",
    aliases = { "imperiali_quota_rounded" } },
}

-- Methods that are no more than a quota and its name: what is left goes by
-- the largest remainders. "imperiali" alone is the divisor method.
local METHODS = {
  { name = "hare", quota = "hare", aliases = { "hamilton", "hare_niemeyer",
    "vinton", "largest_remainder", "largest_remainders" } },
  { name = "hare_floor", quota = "hare_floor", aliases = {} },
  { name = "hare_rounded", quota = "hare_rounded", aliases = {} },
  { name = "hare_ceil", quota = "hare_ceil", aliases = {} },
  { name = "droop", quota = "droop", aliases = {} },
  { name = "hagenbach_bischoff", quota = "hagenbach_bischoff",
    aliases = { "hb" } },
  { name = "hagenbach_bischoff_floor", quota = "hagenbach_bischoff_floor",
    aliases = { "hb_floor" } },
  { name = "hagenbach_bischoff_rounded", quota = "hagenbach_bischoff_rounded",
    aliases = { "hb_rounded" } },
  { name = "hagenbach_bischoff_ceil", quota = "hagenbach_bischoff_ceil",
    aliases = { "hb_ceil" } },
  { name = "imperiali_quota", quota = "imperiali", aliases = {} },
  { name = "imperiali_quota_rounded", quota = "imperiali_rounded",
    aliases = { "imperiali_rounded" } },
  { name = "hare_averages", quota = "hare", averages = "dhondt",
    aliases = {} },
  { name = "droop_averages", quota = "droop", averages = "dhondt",
    aliases = {} },
  -- Swiss Federal Act on Political Rights, art. 40: the next whole number
  -- above votes / (seats + 1), which is Droop's, then the greatest averages
  { name = "hagenbach_bischoff_averages", quota = "droop",
    averages = "dhondt", aliases = { "hb_averages" } },
}

local function by_name(entries)
  local found = {}
  for _, entry in ipairs(entries) do
    found[entry.name] = entry
    for _, alias in ipairs(entry.aliases) do found[alias] = entry end
  end
  return found
end

local QUOTA, METHOD = by_name(QUOTAS), by_name(METHODS)

local function names_of(entries)
  local known = {}
  for _, entry in ipairs(entries) do
    known[#known + 1] = entry.name
    for _, alias in ipairs(entry.aliases) do known[#known + 1] = alias end
  end
  return known
end

--- Every name and alias of a quota.
---@return string[]
function quotas.names()
  return names_of(QUOTAS)
end

--- Every name and alias of a method that is made of a quota.
---@return string[]
function quotas.methods()
  return names_of(METHODS)
end

--- A quota by its name or an alias.
--- Fails: raises for an unknown name, with the nearest known one.
---@param name string
---@return { name: string, more: integer, rounding: string }
function quotas.find(name)
  if QUOTA[name] then return QUOTA[name] end
  local known = quotas.names()
  local near = errors.nearest(tostring(name), known)
  error(("no quota %q; there is %s%s"):format(tostring(name),
    table.concat(known, ", "),
    near and (": did you mean %q?"):format(near) or ""), 2)
end

--- A method made of a quota, by its name or an alias.
---@param name any
---@return { name: string, quota: string, averages: string? }? nil if none
function quotas.method(name)
  return METHOD[name]
end

return quotas
