--- The averages of some lists count more: a factor on each quotient.
local weight = {}

-- Below the threshold are those that take part without having passed it.
local function applies(clause, list)
  if not list[clause.lists] then return false end
  return clause.when ~= "below_threshold" or list.standing ~= "passed"
end

--- Set `weight` of every list it touches.
---@param clause table { factor, lists, when }
---@param count table see walk.lua
function weight.run(clause, count)
  for _, list in ipairs(count.lists) do
    if applies(clause, list) then list.weight = clause.factor end
  end
end

return weight
