local drawn = require "urna.lots"
local grid = require "urna.biproportional.grid"

--- Ties, and the draws that settle them, in the order in which they are met.
local lots = {}

--- The caller's draws.
---@param draws any[][]? keys of districts, of lists, or { district, list }
---@return urna.Lots
function lots.new(draws)
  local made, wrong = drawn.new(draws)
  if not made then grid.refuse("%s", wrong) end
  return made
end

--- The lot for a tie, or nil where none is left: then the tie stays open.
---@param count table lots; ties and drawn grow
---@param tie table stage, certain, tied, left
---@return any[]? lot the keys drawn
function lots.draw(count, tie)
  local lot, wrong = count.lots:take(tie)
  if wrong then grid.refuse("%s", wrong) end
  if not lot then
    count.ties[1] = tie
    return nil
  end
  tie.drawn = lot
  count.drawn[#count.drawn + 1] = tie
  return lot
end

--- A lot that met no tie is a mistake.
---@param count table
function lots.check_used(count)
  local wrong = count.lots:left_over()
  if wrong then grid.refuse("%s", wrong) end
end

return lots
