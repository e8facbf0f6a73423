local errors = require "urna.errors"
local matcher = require "urna.lots"

--- Lots of a count by law: the draws that the caller hands back, by keys, and
--- the ties that a step of the rule meets, by numbers of lists.
local lots = {}

local function keys_of(count, numbers)
  local keys = {}
  for i, number in ipairs(numbers) do keys[i] = count.lists[number].key end
  return keys
end

local function numbers_of(count, keys)
  local number, found = {}, {}
  for i, list in ipairs(count.lists) do number[list.key] = i end
  for i, key in ipairs(keys) do found[i] = number[key] end
  return found
end

local function refuse(message)
  error(errors.new("bad_lot", { message = message }), 0)
end

-- Where the law is silent no draw of anybody's gives a seat.
local function refuse_silent(count, tie, keys)
  count.lots:take { tied = keys, left = tie.left, stage = tie.stage }
  refuse(count.lots:refusal(("the rule orders no lot for the tie between %s "
    .. "(%s)"):format(table.concat(keys, ", "), tie.stage)))
end

--- The next draw, for a tie.
--- Fails: raises "bad_lot" for a draw that does not match the tie, and where
--- the law orders no lot.
---@param count table see walk.lua; `lots`: an urna.Lots, if there are any
---@param tie { stage: string, tied: integer[], left: integer, lot: boolean }
---@return integer[]? drawn numbers of lists in the order drawn; nil: it stays
--- open
function lots.draw(count, tie)
  if not count.lots or not count.lots:left_over() then return nil end
  local keys = keys_of(count, tie.tied)
  if not tie.lot then refuse_silent(count, tie, keys) end
  local draw, wrong = count.lots:take { tied = keys, left = tie.left,
    stage = tie.stage }
  if wrong then refuse(wrong) end
  return numbers_of(count, draw)
end

-- What keeps the seats open beside ties: then no lot is due.
local function hindrance(open)
  for _, found in ipairs(open) do
    if found.code ~= "tie" and found.code ~= "lot" then return found end
  end
end

--- What is to be said of draws once all is counted: that one is left over, or
--- that seats do not hang on a lot alone.
---@param drawn urna.Lots
---@param open table[] what is open, see apportion.lua
---@return string? message nil if nothing
function lots.fault(drawn, open)
  local found = drawn.used > 0 and hindrance(open)
  if found then
    return drawn:refusal("no lot is due before the rest is known: "
      .. found.message)
  end
  return drawn:left_over()
end

--- The draws of the caller.
---@param draws string[][]?
---@return urna.Lots?
---@return string? message what is wrong with their shape
function lots.new(draws)
  if draws == nil then return nil end
  return matcher.new(draws)
end

return lots
