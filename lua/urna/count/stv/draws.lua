--- Ties, and the lots that settle them: what is drawn comes in from outside,
--- in the order in which the ties are met, and must match what is offered.
local draws = {}

---@class urna.Draws
---@field ties table[] the tie that stopped the count, or none
---@field drawn table[] ties that were settled, each with what was drawn
---@field fault string? why a draw does not match
local Draws = {}
Draws.__index = Draws

--- What was drawn is excluded, elected or transferred first, as the tie's
--- stage says.
---@param lots string[][]? the draws, each the names drawn
---@param names string[] of the candidates by number
---@return urna.Draws
function draws.new(lots, names)
  return setmetatable({ lots = lots or {}, used = 0, names = names, ties = {},
    drawn = {} }, Draws)
end

local function named(numbers, names)
  local list = {}
  for i, number in ipairs(numbers) do list[i] = names[number] end
  return list
end

local function listed(names)
  return "\"" .. table.concat(names, "\", \"") .. "\""
end

local function number_of(tied, names, name)
  for _, number in ipairs(tied) do
    if names[number] == name then return number end
  end
  return nil
end

-- The numbers that a draw names, or nil and why it does not match the tie.
local function matched(self, draw, tie, tied)
  local numbers, seen = {}, {}
  if type(draw) ~= "table" then
    return nil, ("lot %d must be an array of names, not a %s"):format(
      self.used, type(draw))
  end
  for i, name in ipairs(draw) do
    numbers[i] = number_of(tied, self.names, name)
    if not numbers[i] or seen[name] then
      return nil, ("lot %d: %q is not tied%s (%s of round %d: %s)"):format(
        self.used, tostring(name), seen[name] and " twice" or "", tie.stage,
        tie.round, listed(tie.tied))
    end
    seen[name] = true
  end
  if #numbers ~= tie.left then
    return nil, ("lot %d draws %d of %s, where %d are to be drawn"):format(
      self.used, #numbers, listed(tie.tied), tie.left)
  end
  return numbers
end

--- Settle a tie by the next draw.
---@param tie { stage: string, round: integer, certain: string[], left:
--- integer } to which the names of the tied are added
---@param tied integer[] candidates, in ballot order
---@return integer[]? drawn nil: there is no draw for it, or a wrong one
function Draws:settle(tie, tied)
  tie.tied = named(tied, self.names)
  local draw = self.lots[self.used + 1]
  if draw == nil then
    self.ties[1] = tie
    return nil
  end
  self.used = self.used + 1
  local numbers, why = matched(self, draw, tie, tied)
  if not numbers then
    self.fault = why
    return nil
  end
  tie.drawn = named(numbers, self.names)
  self.drawn[#self.drawn + 1] = tie
  return numbers
end

--- What is wrong with the lots, once the count is over.
---@return string?
function Draws:complaint()
  if self.fault then return self.fault end
  if self.used >= #self.lots then return nil end
  local left = self.lots[self.used + 1]
  local shown = type(left) == "table" and listed(left) or tostring(left)
  return ("lot %d (%s) is left over: %d tie%s met"):format(self.used + 1,
    shown, self.used, self.used == 1 and " was" or "s were")
end

return draws
