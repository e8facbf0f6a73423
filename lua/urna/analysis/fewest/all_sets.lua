local ground = require "urna.analysis.fewest.ground"

--- Every set of stations of a size put to the law, where they are few enough.
local all_sets = {}

local LOOKS = 20000

local function sets_of(size, among)
  local count = 1
  for n = 1, size do count = count * (among - n + 1) / n end
  return count
end

-- The lightest of all sets of so many stations that do it.
local function among_all(self, size)
  local left, chosen, best = ground.whole(self), {}, nil
  local function extend(from)
    if #chosen == size then
      local one = ground.reached(self, ground.count(self, left))
        and ground.weigh(self, ground.first_of(chosen, size))
      if one and (not best or ground.is_before(one, best)) then best = one end
      return
    end
    for s = from, #self.stations - (size - #chosen - 1) do
      chosen[#chosen + 1] = s
      ground.take(self, left, s, -1)
      extend(s + 1)
      ground.take(self, left, s, 1)
      chosen[#chosen] = nil
    end
  end
  extend(1)
  if best then best.is_lightest = true end
  return best
end

-- Where the bound and the witness do not meet, and there are few sets between,
-- each is put to the law.
---@param self table a ground, with its aim
---@param found { at_least: integer? } changed to what is proved
---@param best table? the witness that there is
---@return table? best
function all_sets.close(self, found, best)
  local most = best and #best.chosen - 1 or #self.stations
  local size = found.at_least or 1
  local looks = 0
  while size <= most do
    looks = looks + sets_of(size, #self.stations)
    if looks > LOOKS then break end
    local one = among_all(self, size)
    if one then
      found.at_least = size
      return one
    end
    size = size + 1
    found.at_least = size
  end
  return best
end

return all_sets
