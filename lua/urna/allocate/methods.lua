local divisors = require "urna.methods.divisors"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local quotas = require "urna.methods.quotas"

--- What `urna.allocate` takes as a method, made ready: a name, or a table
--- that puts one together.
local methods = {}

local QUOTA_METHOD = { kind = "quota_method", name = "quota_method" }
local OWN = { quota_method = QUOTA_METHOD, balinski_young = QUOTA_METHOD }

--- Every name that a method goes by.
---@return string[]
function methods.names()
  local known = { "quota_method", "balinski_young" }
  for _, names in ipairs { divisors.names(), quotas.methods() } do
    for _, name in ipairs(names) do known[#known + 1] = name end
  end
  return known
end

local function no_method(name)
  local near = errors.nearest(name, methods.names())
  faults.raise("there is no method %q%s", name,
    near and (": did you mean %q?"):format(near) or "")
end

-- Of a first divisor that is none the table of methods says why.
local function divisor(name)
  local is_known, found = pcall(divisors.find, name)
  if not is_known and name:find("^modified_sainte_lague_%d") then
    faults.raise("method %s", faults.without_place(found))
  elseif not is_known then
    return nil
  end
  return { kind = "divisor", name = found.name, sequence = found.sequence,
    length = found.length }
end

-- What is wrong with a sequence the core says in its own words.
local function listed(method)
  local made, found = pcall(divisors.custom, method.divisors, method.ends)
  if not made then
    faults.raise("divisors: %s", faults.without_place(found))
  end
  return { kind = "divisor", name = found.name, sequence = found.sequence,
    length = found.length }
end

local function is_ratio(value)
  return type(value) == "table" and faults.is_whole(value[1], 1, 1048576)
    and faults.is_whole(value[2], 1, 1048576) and #value == 2
end

local function quota_rule(value)
  if type(value) == "number" then
    if not faults.is_whole(value, 1, faults.COUNT_MAX) then
      faults.raise("quota must be a whole number of votes from 1 to "
        .. "2^53 - 1, or a name, not %s", faults.show(value))
    end
    return { votes = value }, "constant"
  end
  local is_known, found = pcall(quotas.find, value)
  if not is_known then faults.raise("%s", faults.without_place(found)) end
  return found, found.name
end

local REMAINDERS = { largest = true, none = true }
local QUOTA_PARTS = { "quota", "remainders", "min_quota", "averages" }

local function check_parts(method, known)
  for _, name in ipairs(faults.keys(method)) do
    local is_known = false
    for _, part in ipairs(known) do is_known = is_known or part == name end
    if not is_known then
      local near = errors.nearest(tostring(name), known)
      faults.raise("a method has no %q%s", tostring(name),
        near and (": did you mean %q?"):format(near) or "")
    end
  end
end

local function averages_of(value)
  if type(value) == "table" then
    check_parts(value, { "divisors", "ends" })
    return listed(value)
  end
  return divisor(tostring(value)) or no_method(tostring(value))
end

-- Full seats, then remainders, then averages, as far as they are asked for:
-- averages alone leave nothing to the remainders.
local function from_quota(method)
  local rule, name = quota_rule(method.quota)
  local remainders = method.remainders
    or (method.averages and not method.min_quota and "none") or "largest"
  if not REMAINDERS[remainders] then
    faults.raise("remainders must be \"largest\" or \"none\", not %s",
      faults.show(remainders))
  end
  local share = method.min_quota
  if share ~= nil and not is_ratio(share) then
    faults.raise("min_quota must be a ratio { num, den } of whole numbers "
      .. "from 1 to 2^20, not %s", faults.show(share))
  end
  if share and remainders == "none" then
    faults.raise("min_quota says who takes part in the remainders, and "
      .. "remainders = \"none\" that nobody does")
  end
  return { kind = "quota", name = name, rule = rule, share = share,
    has_remainders = remainders == "largest",
    averages = method.averages ~= nil and averages_of(method.averages)
      or nil }
end

local function from_table(method)
  if method.divisors ~= nil then
    check_parts(method, { "divisors", "ends" })
    return listed(method)
  end
  if method.quota == nil then
    check_parts(method, QUOTA_PARTS)
    faults.raise("a method is a name, { divisors = { ... } } or "
      .. "{ quota = ... }")
  end
  check_parts(method, QUOTA_PARTS)
  return from_quota(method)
end

local function from_name(name)
  if OWN[name] then return OWN[name] end
  local made = quotas.method(name)
  if made then
    local found = from_quota(made.averages
      and { quota = made.quota, averages = made.averages }
      or { quota = made.quota })
    found.name = made.name
    return found
  end
  return divisor(name) or no_method(name)
end

local found_by_name = {}

--- A method made ready to run; those of a name are made once.
--- Fails: a fault (see faults.lua), with the nearest name.
---@param method string|table as urna.allocate takes it
---@return { kind: string, name: string } "divisor" with its `sequence`,
--- "quota" with `rule`, `has_remainders`, `share`, `averages`, or
--- "quota_method"
function methods.resolve(method)
  if type(method) == "table" then return from_table(method) end
  if type(method) ~= "string" then
    faults.raise("method must be a name or a table, not %s",
      faults.show(method))
  end
  local found = found_by_name[method]
  if not found then
    found = from_name(method)
    found_by_name[method] = found
  end
  return found
end

return methods
