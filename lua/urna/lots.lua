local faults = require "urna.allocate.faults"

--- Lots that were drawn and are handed back, in the order in which the ties
--- are met: each must be one that its tie offers.
local lots = {}

---@class urna.Lots
---@field draws any[][] each the keys drawn
---@field used integer how many have met their tie
---@field called table<any, any> keys that the caller knows by another name
local Lots = {}
Lots.__index = Lots

local told

-- The key of a cell is two: that of a district and that of a list.
local function show(self, key)
  if type(key) == "table" then return ("{ %s }"):format(told(self, key)) end
  local name = self.called[key]
  return faults.show(name == nil and key or name)
end

function told(self, keys)
  local words = {}
  for i, key in ipairs(keys) do words[i] = show(self, key) end
  return table.concat(words, ", ")
end

-- What is wrong with the shape of an array, or nil.
local function unlike_array(array, name, holds)
  if type(array) ~= "table" then
    return ("%s must be an array of %s, not %s"):format(name, holds,
      faults.show(array))
  end
  for _, key in ipairs(faults.keys(array)) do
    if not faults.is_whole(key, 1, #array) then
      return ("%s must be an array of %s, and has the key %s"):format(name,
        holds, faults.show(key))
    end
  end
end

--- The caller's draws; none if nil.
---@param draws any[][]?
---@param called table<any, any>? key -> what the caller knows it by
---@return urna.Lots?
---@return string? message what is wrong with them, whatever the ties
function lots.new(draws, called)
  draws = draws == nil and {} or draws
  local wrong = unlike_array(draws, "lots", "draws")
  for number, draw in ipairs(wrong and {} or draws) do
    wrong = wrong or unlike_array(draw, ("lots[%d]"):format(number),
      "those drawn")
  end
  if wrong then return nil, wrong end
  return setmetatable({ draws = draws, used = 0, called = called or {} }, Lots)
end

---@param value any
---@return boolean whether these are lots that were made here
function lots.is(value)
  return getmetatable(value) == Lots
end

-- What the tie offers: how many of whom, and where it was met.
local function offered(self, tie)
  local many = math.abs(tie.left)
  return ("%d of %s %s to %s (%s%s)"):format(many, told(self, tie.tied),
    many == 1 and "is" or "are", tie.left < 0 and "lose a seat" or "be drawn",
    tie.stage, tie.round and (" of round %d"):format(tie.round) or "")
end

-- Keys of cells are tables: two are the same if they are told alike.
local function mismatch(self, draw, tie)
  local is_tied, seen = {}, {}
  for _, key in ipairs(tie.tied) do is_tied[show(self, key)] = true end
  for _, key in ipairs(draw) do
    local name = show(self, key)
    if not is_tied[name] then return name .. ", which is not tied" end
    if seen[name] then return name .. " twice" end
    seen[name] = true
  end
  if #draw ~= math.abs(tie.left) then
    return #draw > 0 and told(self, draw) or "nobody"
  end
end

--- The next draw, for a tie.
---@param tie { tied: any[], left: integer, stage: string, round: integer? }
--- left: how many are to be drawn; negative: of whom a seat is taken back
---@return any[]? drawn keys; nil where no draw is left
---@return string? message why the draw does not match the tie
function Lots:take(tie)
  local draw = self.draws[self.used + 1]
  if draw == nil then return nil end
  self.used = self.used + 1
  local wrong = mismatch(self, draw, tie)
  if not wrong then return draw end
  return nil, ("lots[%d] draws %s: %s"):format(self.used, wrong,
    offered(self, tie))
end

--- What is to be said of the draw that was taken last, where the tie has room
--- for it and the method has not.
---@param why string
---@return string message
function Lots:refusal(why)
  return ("lots[%d] draws %s: %s"):format(self.used,
    told(self, self.draws[self.used]), why)
end

--- What is to be said of a draw for which there was no tie.
---@return string? message nil if every draw has met its tie
function Lots:left_over()
  local draw = self.draws[self.used + 1]
  if draw == nil then return nil end
  return ("lots[%d] draws %s, and there is no tie for it: %s"):format(
    self.used + 1, #draw > 0 and told(self, draw) or "nobody",
    self.used == 0 and "none was met" or self.used == 1 and "one was met"
    or ("%d were met"):format(self.used))
end

return lots
