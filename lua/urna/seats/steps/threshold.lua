local native = require "urna.native"

--- A list takes part only with a share of the base. Tested at both ends of
--- whatever is not known exactly: where they disagree the result is open.
local threshold = {}

--- How one list stands to a share of a base.
---@param list { low: integer, high: integer } its votes, at least and at most
---@param base { low: integer, high: integer }
---@param share integer[] { num, den }
---@return "passed"|"failed"|"unknown"
local function standing(list, base, share)
  local num, den = share[1], share[2]
  if base.high and native.ratio_compare(list.low, base.high, num, den) >= 0 then
    return "passed"
  end
  if native.ratio_compare(list.high, base.low, num, den) < 0 then
    return "failed"
  end
  return "unknown"
end

-- A base of nothing is passed by nobody and divides by zero.
local function is_empty(base)
  return base.high == 0 or base.low == 0
end

local function apply(list, base, clause)
  if list.others then
    list.standing = "failed"
  elseif is_empty(base) then
    list.standing = base.high == 0 and "failed" or "unknown"
  else
    list.standing = standing(list, base, clause.share)
  end
  if list.standing == "failed" and list[clause.exempt] then
    list.standing = "exempt"
  end
  list.takes_part = list.standing == "passed" or list.standing == "exempt"
end

local function any_passed(lists)
  for _, list in ipairs(lists) do
    if list.standing == "passed" or list.standing == "unknown" then
      return true
    end
  end
  return false
end

--- Set `standing` and `takes_part` of every list.
---@param clause table { share, exempt, if_none_passes, article }
---@param count table see walk.lua
function threshold.run(clause, count)
  for _, list in ipairs(count.lists) do apply(list, count.base, clause) end
  count.none_passed = not any_passed(count.lists)
  if count.none_passed and clause.if_none_passes == "all_take_part" then
    for _, list in ipairs(count.lists) do list.takes_part = not list.others end
  end
end

--- The fewest votes that pass, of a base known exactly.
---@param clause table
---@param total integer
---@return integer votes
function threshold.needed(clause, total)
  return native.share_up(clause.share[1], clause.share[2], total)
end

return threshold
