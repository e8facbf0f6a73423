local matrix = require "urna.count.matrix"
local native = require "urna.native"
local seating = require "urna.count.seating"

--- The Schulze method: a stands above b where the strongest path from a to b
--- is stronger than the strongest from b to a. That is a strict partial order,
--- so somebody always has nobody above him.
--- Source: Schulze, Social Choice and Welfare 36, 2011, pp. 267-303. Of links
--- with as many votes, the one with fewer against it is stronger; so also the
--- Debian Constitution, A.5 (text of 2022), on weaker defeats.
local schulze = {}

local function keyed(poll, cells)
  local found = {}
  for a, name in ipairs(poll.names) do
    found[name] = {}
    for b, other in ipairs(poll.names) do
      if a ~= b then found[name][other] = cells[(a - 1) * poll.n + b] end
    end
  end
  return found
end

---@param poll urna.count.Poll
---@param rule { strength: "winning_votes"|"margins" }
---@return table outcome `paths` has the votes of the weakest link of the
--- strongest path, or its margin; `paths_against` the votes against that link
function schulze.run(poll, rule)
  local n, by_margin = poll.n, rule.strength == "margins"
  local votes, against = native.strongest_paths(n,
    matrix.flat(poll.over, matrix.everybody(n)), by_margin)
  local function above(a, b)
    local here, there = (a - 1) * n + b, (b - 1) * n + a
    if votes[here] ~= votes[there] then return votes[here] > votes[there] end
    return against[here] < against[there]
  end
  return { tops = seating.partial(n, { above }), paths = keyed(poll, votes),
    paths_against = not by_margin and keyed(poll, against) or nil,
    rounds = {} }
end

return schulze
