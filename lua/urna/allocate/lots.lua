local faults = require "urna.allocate.faults"

--- Draws that were made, matched with the ties in the order they are met.
local lots = {}

local Lots = {}
Lots.__index = Lots

--- The caller's draws; none if nil.
--- Fails: a fault, where they are no array of arrays.
---@param draws table?
---@return table
function lots.new(draws)
  if draws == nil then draws = {} end
  if type(draws) ~= "table" then
    faults.raise("lots must be an array of draws, not %s", faults.show(draws))
  end
  for _, key in ipairs(faults.keys(draws)) do
    if not faults.is_whole(key, 1, #draws) then
      faults.raise("lots must be an array of draws, and has the key %s",
        faults.show(key))
    end
    if type(draws[key]) ~= "table" then
      faults.raise("lots[%d] must be an array of keys, not %s", key,
        faults.show(draws[key]))
    end
  end
  return setmetatable({ draws = draws, used = 0 }, Lots)
end

--- Draws that are never there: for what is only tried.
---@return table
function lots.none()
  return setmetatable({ draws = {}, used = 0 }, Lots)
end

local function told(keys)
  local words = {}
  for i, key in ipairs(keys) do words[i] = faults.show(key) end
  return table.concat(words, ", ")
end

local function check_draw(number, draw, keys, left)
  local open, seen = {}, {}
  for _, key in ipairs(keys) do open[key] = true end
  for i = 1, #draw do
    local key = draw[i]
    if not open[key] then
      faults.raise("lots[%d] draws %s, and the tie is among %s", number,
        faults.show(key), told(keys))
    end
    if seen[key] then
      faults.raise("lots[%d] draws %s twice", number, faults.show(key))
    end
    seen[key] = true
  end
  if #draw ~= left then
    faults.raise("lots[%d] draws %d of %s, and %d have to be drawn", number,
      #draw, told(keys), left)
  end
end

--- The next draw, for a tie among these keys.
--- Fails: a fault where it does not match the tie.
---@param keys any[] who is tied
---@param left integer how many are to be drawn; negative: seats taken back
---@return any[]? drawn keys; nil where no draw is left
function Lots:take(keys, left)
  local draw = self.draws[self.used + 1]
  if not draw then return nil end
  self.used = self.used + 1
  check_draw(self.used, draw, keys, left < 0 and -left or left)
  return draw
end

--- Fails: a fault where a draw was handed in that no tie asked for.
function Lots:check_spent()
  local draw = self.draws[self.used + 1]
  if not draw then return end
  faults.raise("lots[%d] draws %s, and there is no tie for it", self.used + 1,
    #draw > 0 and told(draw) or "nobody")
end

return lots
