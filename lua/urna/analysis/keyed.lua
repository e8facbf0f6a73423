local compat = require "urna.compat"
local errors = require "urna.errors"

--- Votes and seats by list, as callers give them: an array, whose lists are
--- numbered, or a keyed table, whose lists go in bytewise order of their keys.
local keyed = {}

local MOST = 9007199254740991 -- 2^53 - 1

local function is_whole(value)
  return type(value) == "number" and value >= 0 and value <= MOST
    and value % 1 == 0
end

local function shown(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

-- The keys of an array are 1 to its length; of a keyed table they are texts.
local function keys_of(values, what, level)
  local keys, named = {}, {}
  for key in pairs(values) do
    if type(key) == "string" then named[#named + 1] = key end
    keys[#keys + 1] = key
  end
  if #named == #keys and #keys > 0 then return compat.keys(values) end
  for i = 1, #keys do keys[i] = i end
  for key in pairs(values) do
    if keys[key] == nil then
      error(("%s: lists are numbered from 1 or named, not both: %s"):format(
        what, shown(key)), level + 1)
    end
  end
  return keys
end

--- What `values` holds, list by list.
--- Fails: raises, naming the list and the value, for one that is no whole
--- number from 0 to 2^53 - 1, for lists both numbered and named, for no lists,
--- and for a sum beyond 2^53 - 1.
---@param values integer[]|table<string, integer>
---@param what string as the message calls it: "votes"
---@param level integer of the caller to be blamed, 2 being who called the
--- function that calls this
---@return (integer|string)[] keys
---@return integer[] counts in their order
---@return integer sum
function keyed.read(values, what, level)
  if type(values) ~= "table" then
    error(("%s must be an array or a table by list, not a %s"):format(what,
      type(values)), level + 1)
  end
  local keys, counts, sum = keys_of(values, what, level + 1), {}, 0
  for i, key in ipairs(keys) do
    local value = values[key]
    if not is_whole(value) then
      error(("%s: list %s has %s, which is no whole number from 0 to 2^53 - 1")
        :format(what, shown(key), shown(value)), level + 1)
    end
    counts[i] = math.floor(value) -- 64.0 is 64
    sum = sum + counts[i]
    if sum > MOST then
      error(("%s add up to more than 2^53 - 1"):format(what), level + 1)
    end
  end
  if #keys == 0 then error(what .. ": there are no lists", level + 1) end
  return keys, counts, sum
end

--- The counts of other lists' keys: `values` has to know each of `keys` and no
--- other.
--- Fails: raises as `read` does, and for a list that only one of them has.
---@param values integer[]|table<string, integer>
---@param what string
---@param keys (integer|string)[]
---@param level integer as for keyed.read
---@return integer[] counts in the order of `keys`
---@return integer sum
function keyed.like(values, what, keys, level)
  local own, _, sum = keyed.read(values, what, level + 1)
  local known, counts = {}, {}
  for i, key in ipairs(keys) do
    known[key], counts[i] = true, values[key] and math.floor(values[key])
    if values[key] == nil then
      error(("%s: list %s is missing; 0 if it has none"):format(what,
        shown(key)), level + 1)
    end
  end
  for _, key in ipairs(own) do
    if not known[key] then
      error(("%s: there is no list %s"):format(what, shown(key)), level + 1)
    end
  end
  return counts, sum
end

--- Whether this is an outcome and no table by list.
---@param subject any
---@return boolean
function keyed.is_outcome(subject)
  return type(subject) == "table" and type(subject.lists) == "table"
end

--- An outcome whose seats are not all given says nothing of an assembly.
---@param outcome table
---@param verb string as the message calls it
---@return urna.Error? "undecided"; nil if all seats are given
function keyed.open(outcome, verb)
  if outcome.decision == "decided" then return nil end
  return errors.new("undecided", { field = "decision",
    message = ("%s needs all seats, and the decision of this outcome is %q")
      :format(verb, tostring(outcome.decision)) })
end

return keyed
