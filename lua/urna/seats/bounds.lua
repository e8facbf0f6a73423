local walk = require "urna.seats.walk"

--- Which seats are certain where votes are known only within bounds, as from
--- published shares: a list's fewest seats are those with its own votes at
--- their least and all others at their most, and the other way round. That
--- holds because more votes never cost a list a seat while every standing to
--- the threshold is certain.
local bounds = {}

--- Whether any list's votes are known only within bounds.
---@param count table see walk.lua
---@return boolean
function bounds.are_open(count)
  for _, list in ipairs(count.lists) do
    if list.low ~= list.high then return true end
  end
  return false
end

local function votes_at(count, i, own, others)
  local votes = {}
  for j, list in ipairs(count.lists) do
    votes[j] = list[j == i and own or others]
  end
  return votes
end

-- At an extreme, standings stay as they were judged on the bounds: they are
-- certain, and a base in other units must not be tested again.
local function seats_at(rule, count, i, own, others)
  local extreme = walk.copy(count, votes_at(count, i, own, others))
  assert(walk.run(rule, extreme))
  local seats = extreme.lists[i].seats
  for _, tie in ipairs(extreme.ties) do
    for _, tied in ipairs(tie.tied) do
      if tied == i and own == "high" then seats = seats + 1 end
    end
  end
  return seats
end

--- The fewest and the most seats of every list inside the bounds.
---@param rule table
---@param count table walked; every standing certain
---@return { fewest: integer, most: integer }[] by list
function bounds.seats(rule, count)
  local found = {}
  for i in ipairs(count.lists) do
    found[i] = { fewest = seats_at(rule, count, i, "low", "high"),
      most = seats_at(rule, count, i, "high", "low") }
  end
  return found
end

return bounds
