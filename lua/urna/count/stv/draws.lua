--- The ties of a count of transferable votes, and what lots made of them.
local draws = {}

---@class urna.Draws
---@field lots urna.Lots
---@field names string[] of the candidates by number
---@field ties table[] the tie that stopped the count, or none
---@field drawn table[] ties that were settled, each with what was drawn
---@field fault string? why a draw does not match
local Draws = {}
Draws.__index = Draws

--- What was drawn is excluded, elected or transferred first, as the tie's
--- stage says.
---@param lots urna.Lots
---@param names string[] of the candidates by number
---@return urna.Draws
function draws.new(lots, names)
  return setmetatable({ lots = lots, names = names, ties = {}, drawn = {} },
    Draws)
end

local function numbers_of(tied, names, drawn)
  local number_of, numbers = {}, {}
  for _, number in ipairs(tied) do number_of[names[number]] = number end
  for i, name in ipairs(drawn) do numbers[i] = number_of[name] end
  return numbers
end

--- Settle a tie by the next draw.
---@param tie { stage: string, round: integer, certain: string[], left:
--- integer } to which the names of the tied are added
---@param tied integer[] candidates, in ballot order
---@return integer[]? drawn nil: there is no draw for it, or a wrong one
function Draws:settle(tie, tied)
  tie.tied = {}
  for i, number in ipairs(tied) do tie.tied[i] = self.names[number] end
  local draw, fault = self.lots:take(tie)
  if not draw then
    self.fault = fault
    if not fault then self.ties[1] = tie end
    return nil
  end
  tie.drawn = {}
  for i, name in ipairs(draw) do tie.drawn[i] = name end
  self.drawn[#self.drawn + 1] = tie
  return numbers_of(tied, self.names, draw)
end

--- What is wrong with the lots, once the count is over.
---@return string?
function Draws:complaint()
  return self.fault or self.lots:left_over()
end

return draws
