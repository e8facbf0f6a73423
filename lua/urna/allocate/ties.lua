local faults = require "urna.allocate.faults"

--- Equals of an allocation as data, and what a lot makes of them.
local ties = {}

--- Values by number of the list, keyed as the node's lists are.
---@param node table keys; is_keyed where they are no numbers
---@param array any[]
---@return table
function ties.keyed(node, array)
  local map = {}
  for i, value in ipairs(array) do map[node.keys[i]] = value end
  return map
end

--- Keys of lists that are given by their numbers.
---@param node table
---@param numbers integer[]
---@return any[]
function ties.keys(node, numbers)
  local keys = {}
  for i, number in ipairs(numbers) do keys[i] = node.keys[number] end
  return keys
end

--- A tie as data.
---@param node table
---@param stage string
---@param certain integer[] seats by number of the list
---@param tied integer[] numbers of the lists
---@param left integer seats to be drawn; negative: to be taken back
---@return { stage: string, certain: table, tied: any[], left: integer }
function ties.new(node, stage, certain, tied, left)
  return { stage = node.stage or stage, certain = ties.keyed(node, certain),
    tied = ties.keys(node, tied), left = left }
end

local function copy_keys(keys)
  local copy = {}
  for i, key in ipairs(keys) do copy[i] = key end
  return copy
end

--- Settle a tie by the next draw, or leave it open.
--- Fails: a fault where the draw does not match the tie.
---@param node table
---@param outcome table seats, ties, drawn, may: which it changes
---@param tie table made by ties.new
---@param numbers integer[] of the tied lists
---@return integer[]? drawn numbers of the lists; nil where it stays open
function ties.settle(node, outcome, tie, numbers)
  local draw, wrong = node.lots:take(tie)
  if wrong then faults.raise("%s", wrong) end
  if not draw then
    outcome.ties[#outcome.ties + 1] = tie
    for _, number in ipairs(numbers) do
      outcome.may[number] = tie.left < 0 and -1 or 1
    end
    return nil
  end
  tie.drawn = copy_keys(draw)
  outcome.drawn[#outcome.drawn + 1] = tie
  local number_of, drawn = {}, {}
  for _, number in ipairs(numbers) do number_of[node.keys[number]] = number end
  for i, key in ipairs(draw) do drawn[i] = number_of[key] end
  return drawn
end

--- Settle a tie that gives each list drawn a seat, or takes one from it.
--- Nothing changes where it stays open.
---@param node table
---@param outcome table
---@param stage string
---@param tied integer[] numbers of the lists
---@param left integer as of a tie
---@return integer left 0 where it is settled
function ties.draw(node, outcome, stage, tied, left)
  local tie = ties.new(node, stage, outcome.seats, tied, left)
  local drawn = ties.settle(node, outcome, tie, tied)
  if not drawn then return left end
  for _, number in ipairs(drawn) do
    outcome.seats[number] = outcome.seats[number] + (left < 0 and -1 or 1)
  end
  return 0
end

--- An outcome before anything is awarded: `may` says of a list by number
--- that a draw may still give it a seat (1) or take one from it (-1).
---@param seats integer[]
---@return table
function ties.outcome(seats)
  return { seats = seats, ties = {}, drawn = {}, may = {} }
end

return ties
