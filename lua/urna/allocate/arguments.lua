local compat = require "urna.compat"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local methods = require "urna.allocate.methods"

--- The caller's votes and options as arrays in the order of the lists.
local arguments = {}

local OPTIONS = { "prior", "min", "max", "weights", "lots", "alliances",
  "over_award", "explain" }
local OVER_AWARD = { ignore = true, error = true, subtract = true }

local function place_name(what, key)
  if type(key) == "number" then return ("%s[%d]"):format(what, key) end
  return ("%s[%q]"):format(what, tostring(key))
end

-- An integer of Lua 5.3 and later, or digits: what 64 bits hold.
local function is_long(value)
  local type_of = math.type -- luacheck: ignore 143
  if type(value) == "number" then
    return type_of ~= nil and type_of(value) == "integer" and value >= 0
  end
  return type(value) == "string" and value:find("^%d+$") ~= nil
    and (#value < 19 or (#value == 19 and value <= "9223372036854775807"))
end

local function check_votes(key, value, method)
  if faults.is_whole(value, 0, faults.COUNT_MAX) then return end
  if is_long(value) and method.kind == "divisor" then return end
  faults.raise("%s must be a whole number from 0 to 2^53 - 1, got %s",
    place_name("votes", key), faults.show(value))
end

local function array_keys(votes)
  local keys, count = {}, 0
  for key in pairs(votes) do
    if not faults.is_whole(key, 1, #votes) then
      faults.raise("votes is an array and has the key %s as well",
        faults.show(key))
    end
    count = count + 1
  end
  if count ~= #votes then faults.raise("votes is an array with gaps") end
  for i = 1, count do keys[i] = i end
  return keys
end

-- Bytewise order of keyed votes, ballot order of an array.
local function keys_of(votes)
  if type(votes) ~= "table" then
    faults.raise("votes must be a table, not %s", faults.show(votes))
  end
  if next(votes) == nil then faults.raise("votes is empty") end
  if votes[1] ~= nil then return array_keys(votes), false end
  for key in pairs(votes) do
    if type(key) ~= "string" then
      faults.raise("votes has the key %s, which is no text",
        faults.show(faults.keys(votes)[1]))
    end
  end
  return compat.keys(votes), true
end

local function load_votes(call, votes)
  local has_votes = false
  call.votes, call.place = {}, {}
  for i, key in ipairs(call.keys) do
    check_votes(key, votes[key], call.method)
    call.votes[i], call.place[key] = votes[key], i
    has_votes = has_votes or (votes[key] ~= 0 and votes[key] ~= "0")
  end
  if not has_votes then
    faults.raise("no list has votes: all %d are 0", #call.keys)
  end
end

local function no_list(call, what, key)
  local near = type(key) == "string" and call.is_keyed
    and errors.nearest(key, call.keys)
  faults.raise("%s names %s, which has no votes%s", what, faults.show(key),
    near and (": did you mean %q?"):format(near) or "")
end

-- An option by list as an array, or nil if it is not given.
local function by_list(call, options, what, otherwise, check)
  local given = options[what]
  if given == nil then return nil end
  if type(given) ~= "table" then
    faults.raise("%s must be a table by list, not %s", what,
      faults.show(given))
  end
  local array = {}
  for i = 1, #call.keys do array[i] = otherwise end
  for _, key in ipairs(faults.keys(given)) do
    if not call.place[key] then no_list(call, what, key) end
    check(place_name(what, key), given[key])
    array[call.place[key]] = given[key]
  end
  return array
end

local function check_seats(name, value)
  if faults.is_whole(value, 0, faults.SEATS_MAX) then return end
  faults.raise("%s must be a whole number from 0 to 2^31 - 1, got %s", name,
    faults.show(value))
end

local function check_weight(name, value)
  local is_ratio = type(value) == "table" and #value == 2
    and faults.is_whole(value[1], 1, 1048576)
    and faults.is_whole(value[2], 1, 1048576)
  if is_ratio then return end
  faults.raise("%s must be a ratio { num, den } of whole numbers from 1 to "
    .. "2^20, got %s", name, type(value) == "table"
    and ("{ %s, %s }"):format(faults.show(value[1]), faults.show(value[2]))
    or faults.show(value))
end

local function load_weights(call, options)
  local weights = by_list(call, options, "weights", { 1, 1 }, check_weight)
  if not weights then return end
  call.num, call.den = {}, {}
  for i, weight in ipairs(weights) do
    call.num[i], call.den[i] = weight[1], weight[2]
  end
end

local function check_pair(call, what, low, high)
  for i, key in ipairs(call.keys) do
    if low and high and low[i] > high[i] then
      faults.raise("%s = %d is more than %s = %d", place_name(what, key),
        low[i], place_name("max", key), high[i])
    end
  end
end

local function sum(array)
  local total = 0
  for _, value in ipairs(array) do total = total + value end
  return total
end

-- What a list has in any case: what it holds already and what it is sure of.
local function load_least(call, prior, min)
  if not (prior or min) then return end
  call.least = {}
  for i = 1, #call.keys do
    call.least[i] = math.max(prior and prior[i] or 0, min and min[i] or 0)
  end
  local total = sum(call.least)
  if total > call.seats then
    faults.raise("%s add up to %d, which is more than seats = %d",
      prior and min and "prior and min" or prior and "prior" or "min", total,
      call.seats)
  end
end

local function check_room(call)
  if not call.most then return end
  local room = 0
  for i, most in ipairs(call.most) do
    local votes = call.votes[i]
    local is_out = votes == 0 or votes == "0"
    room = room + (is_out and call.least and call.least[i]
      or is_out and 0 or most)
  end
  if room < call.seats then
    faults.raise("max leaves room for %d seats of seats = %d", room,
      call.seats)
  end
end

local function load_bounds(call, options)
  local prior = by_list(call, options, "prior", 0, check_seats)
  local min = by_list(call, options, "min", 0, check_seats)
  local kind = call.method.kind
  -- not the house: a list without a maximum has a quotient beyond it too
  call.most = by_list(call, options, "max", faults.SEATS_MAX, check_seats)
  for _, what in ipairs { "prior", "min", "max" } do
    if kind == "quota_method" and options[what] ~= nil then
      faults.raise("the quota method has no %s", what)
    end
  end
  check_pair(call, "min", min, call.most)
  check_pair(call, "prior", prior, call.most)
  load_least(call, prior, min)
  check_room(call)
end

local function load_over_award(call, options)
  local how = options.over_award
  if how == nil then
    call.over_award = "error"
    return
  end
  if not OVER_AWARD[how] then
    faults.raise("over_award must be \"ignore\", \"error\" or \"subtract\", "
      .. "not %s", faults.show(how))
  end
  if call.method.kind ~= "quota" then
    faults.raise("over_award = %q is of quotas, and %s has none", how,
      call.method.name)
  end
  call.over_award = how
end

local function check_options(options)
  if type(options) ~= "table" then
    faults.raise("options must be a table, not %s", faults.show(options))
  end
  for _, name in ipairs(faults.keys(options)) do
    local is_known = false
    for _, known in ipairs(OPTIONS) do is_known = is_known or known == name end
    if not is_known then
      local near = errors.nearest(tostring(name), OPTIONS)
      faults.raise("there is no option %q%s", tostring(name),
        near and (": did you mean %q?"):format(near) or "")
    end
  end
end

--- A whole number of seats to award, from 1.
--- Fails: a fault.
---@param seats any
function arguments.check_house(seats)
  if faults.is_whole(seats, 1, faults.SEATS_MAX) then return end
  faults.raise("seats must be a whole number from 1 to 2^31 - 1, got %s",
    faults.show(seats))
end

--- Everything that `urna.allocate` is called with, checked.
--- Fails: a fault, which names the key and the value.
---@param votes table
---@param seats integer
---@param method string|table
---@param options table?
---@return table call keys, is_keyed, place (key -> number of the list),
--- votes, seats, method, and where given least, most, num, den, by number of
--- the list; over_award, explain, lots, alliances
function arguments.check(votes, seats, method, options)
  options = options == nil and {} or options
  check_options(options)
  if options.explain ~= nil and type(options.explain) ~= "boolean" then
    faults.raise("explain must be true or false, not %s",
      faults.show(options.explain))
  end
  arguments.check_house(seats)
  local call = { seats = seats, method = methods.resolve(method),
    explain = options.explain and true or false, lots = options.lots,
    alliances = options.alliances }
  call.keys, call.is_keyed = keys_of(votes)
  load_votes(call, votes)
  load_weights(call, options)
  load_bounds(call, options)
  load_over_award(call, options)
  return call
end

return arguments
