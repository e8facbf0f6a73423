local urna = require "urna"

--- Everything that lots can make of an allocation.
local outcomes = {}

--- Seats as a text, in the order of the keys.
---@param seats table
---@return string
function outcomes.told(seats)
  local words = {}
  for key, count in pairs(seats) do
    words[#words + 1] = ("%s=%d"):format(tostring(key), count)
  end
  table.sort(words)
  return table.concat(words, " ")
end

-- All ways to choose `left` of the keys.
local function choices(keys, left, from, chosen, found)
  if #chosen == left then
    local copy = {}
    for i, key in ipairs(chosen) do copy[i] = key end
    found[#found + 1] = copy
    return found
  end
  for i = from, #keys do
    chosen[#chosen + 1] = keys[i]
    choices(keys, left, i + 1, chosen, found)
    chosen[#chosen] = nil
  end
  return found
end

local function add(votes, seats, method, options, draws, found)
  local more = { lots = draws }
  for name, value in pairs(options or {}) do more[name] = value end
  local result = assert(urna.allocate(votes, seats, method, more))
  local tie = result.ties[1]
  if not tie then
    found[outcomes.told(result.seats)] = true
    return found
  end
  for _, chosen in ipairs(choices(tie.tied, math.abs(tie.left), 1, {}, {}))
  do
    draws[#draws + 1] = chosen
    add(votes, seats, method, options, draws, found)
    draws[#draws] = nil
  end
  return found
end

--- The set of the seats, as texts, that draws of every kind lead to.
---@param votes table
---@param seats integer
---@param method string|table
---@param options table?
---@return table<string, boolean>
function outcomes.all(votes, seats, method, options)
  return add(votes, seats, method, options, {}, {})
end

return outcomes
