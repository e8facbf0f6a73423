local compat = require "urna.compat"

--- What a caller of an allocation got wrong: raised deep inside as a mark,
--- and given to the caller as a sentence at the caller's own line.
local faults = {}

local Fault = {}

--- 2^53 - 1, the last count that every Lua holds exactly.
faults.COUNT_MAX = 9007199254740991
--- 2^31 - 1, the most seats there can be.
faults.SEATS_MAX = 2147483647

--- Fails: always; a fault, for faults.call to give to the caller.
---@param form string as string.format takes it
---@param ... any
function faults.raise(form, ...)
  error(setmetatable({ message = form:format(...) }, Fault), 0)
end

--- Call `f`, and blame the caller of the verb for a fault.
--- Fails: raises the fault as "verb: message" at `level`; other errors as
--- they came.
---@param verb string
---@param level integer 2 being who called the function that calls this
---@param f function
---@param ... any
---@return any first, any second, any third
function faults.call(verb, level, f, ...)
  local done, first, second, third = pcall(f, ...)
  if done then return first, second, third end
  if getmetatable(first) == Fault then
    error(("%s: %s"):format(verb, first.message), level + 1)
  end
  error(first, 0)
end

--- A core's message without the place in the code that stands before it.
---@param message any
---@return string
function faults.without_place(message)
  return (tostring(message):gsub("^[^\n]-:%d+: ", ""))
end

--- A value as a message shows it.
---@param value any
---@return string
function faults.show(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "number" then return "a " .. type(value) end
  local is_whole = value % 1 == 0 and value >= -faults.COUNT_MAX
    and value <= faults.COUNT_MAX
  return is_whole and ("%d"):format(value) or tostring(value)
end

--- The keys of a table of the caller's: numbers first, then texts bytewise,
--- so that of two mistakes the same is always told.
---@param map table
---@return any[]
function faults.keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    if type(a) == "number" and type(b) == "number" then return a < b end
    if type(a) ~= type(b) then return type(a) < type(b) end
    return compat.before(tostring(a), tostring(b))
  end)
  return keys
end

--- Whether a value is a whole number within bounds.
---@param value any
---@param least integer
---@param most integer
---@return boolean
function faults.is_whole(value, least, most)
  return type(value) == "number" and value >= least and value <= most
    and value % 1 == 0
end

return faults
