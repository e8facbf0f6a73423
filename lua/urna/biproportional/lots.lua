local grid = require "urna.biproportional.grid"

--- Ties, and the draws that settle them, in the order in which they are met.
local lots = {}

-- A key as a lot names it: that of a district or a list, or of both.
local function name_of(key)
  if type(key) ~= "table" then return grid.quote(key) end
  return ("{ %s }"):format(grid.quoted(key))
end

local function names_of(keys)
  local names = {}
  for i, key in ipairs(keys) do names[i] = name_of(key) end
  return table.concat(names, ", ")
end

local function is_same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  return a[1] == b[1] and a[2] == b[2] and a[3] == nil
end

-- Whether one of the first n is this key.
local function has(keys, n, key)
  for i = 1, n do
    if is_same(key, keys[i]) then return true end
  end
  return false
end

local function check(number, lot, tie)
  if type(lot) ~= "table" then
    grid.refuse("lots[%d] must be an array of the keys drawn, not a %s",
      number, type(lot))
  elseif #lot ~= tie.left then
    grid.refuse("lots[%d] draws %d, but %d of %s are to be drawn", number,
      #lot, tie.left, names_of(tie.tied))
  end
  for i, key in ipairs(lot) do
    if not has(tie.tied, #tie.tied, key) then
      grid.refuse("lots[%d] draws %s, which is not tied: %s are", number,
        name_of(key), names_of(tie.tied))
    elseif has(lot, i - 1, key) then
      grid.refuse("lots[%d] draws %s twice", number, name_of(key))
    end
  end
end

--- The lot for a tie, or nil where none is left: then the tie stays open.
---@param count table lots, lots_used; ties and drawn grow
---@param tie table stage, certain, tied, left
---@return any[]? lot the keys drawn
function lots.draw(count, tie)
  local number = count.lots_used + 1
  local lot = count.lots[number]
  if lot == nil then
    count.ties[1] = tie
    return nil
  end
  check(number, lot, tie)
  count.lots_used = number
  tie.drawn = lot
  count.drawn[#count.drawn + 1] = tie
  return lot
end

--- A lot that met no tie is a mistake.
---@param count table
function lots.check_used(count)
  if count.lots[count.lots_used + 1] == nil then return end
  local ties = count.lots_used + #count.ties
  grid.refuse("lots[%d] is left over: there %s", count.lots_used + 1,
    ties == 0 and "is no tie" or ties == 1 and "is one tie"
    or ("are %d ties"):format(ties))
end

return lots
