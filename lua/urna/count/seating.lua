--- Who takes the seats where a method puts the candidates in an order, which
--- need not be a full one: several may be equal, or not compared at all. A
--- `tops` says what the first places of all orders are that it allows.
local seating = {}

---@class urna.count.Tops
---@field split fun(seats: integer): integer[], integer[] who is among the first
--- of all orders, and who of some but not of all; in rising order
---@field allows fun(set: table<integer, boolean>, seats: integer): boolean
--- whether these are the first of one
---@field order integer[][]? the order, equals together

--- Candidates in the order of their scores, equals together.
---@param n integer
---@param before fun(a: integer, b: integer): boolean a stands above b
---@return integer[][] levels each in rising order
function seating.levels(n, before)
  local sorted, levels = {}, {}
  for i = 1, n do sorted[i] = i end
  table.sort(sorted, function(a, b)
    if before(a, b) then return true end
    if before(b, a) then return false end
    return a < b
  end)
  for i, candidate in ipairs(sorted) do
    local last = levels[#levels]
    if i > 1 and not before(sorted[i - 1], candidate) then
      last[#last + 1] = candidate
    else
      levels[#levels + 1] = { candidate }
    end
  end
  return levels
end

-- Of one relation: x is sure of a seat if all but so many are below him, and
-- may have one if as few are above him.
local function split_one(n, above, seats, sure, may)
  for x = 1, n do
    local over, not_under = 0, 0
    for y = 1, n do
      if y ~= x then
        if above(y, x) then over = over + 1 end
        if not above(x, y) then not_under = not_under + 1 end
      end
    end
    if not_under >= seats then sure[x] = false end
    if over < seats then may[x] = true end
  end
end

local function allows_one(n, above, set)
  for x = 1, n do
    for y = 1, n do
      if set[x] and not set[y] and above(y, x) then return false end
    end
  end
  return true
end

-- Layers of a strict order: who has nobody above him, then of the others.
local function layers(n, above)
  local depth = {}
  local function depth_of(x)
    if depth[x] then return depth[x] end
    local most = 0
    for y = 1, n do
      if y ~= x and above(y, x) then most = math.max(most, depth_of(y)) end
    end
    depth[x] = most + 1
    return depth[x]
  end
  for x = 1, n do depth_of(x) end
  return seating.levels(n, function(a, b) return depth[a] < depth[b] end)
end

--- Tops of one or of several strict partial orders, any of which may be the
--- outcome. The order is that of the only one; candidates whom it does not
--- compare stand as high as it lets them.
---@param n integer
---@param relations (fun(a: integer, b: integer): boolean)[]
---@return urna.count.Tops
function seating.partial(n, relations)
  local tops = {}
  function tops.split(seats)
    local sure, may, certain, open = {}, {}, {}, {}
    for x = 1, n do sure[x] = true end
    for _, above in ipairs(relations) do
      split_one(n, above, seats, sure, may)
    end
    for x = 1, n do
      if sure[x] then
        certain[#certain + 1] = x
      elseif may[x] then
        open[#open + 1] = x
      end
    end
    return certain, open
  end
  function tops.allows(set)
    for _, above in ipairs(relations) do
      if allows_one(n, above, set) then return true end
    end
    return false
  end
  tops.order = #relations == 1 and layers(n, relations[1]) or nil
  return tops
end

--- Tops of an order by levels: equals share one.
---@param levels integer[][]
---@return urna.count.Tops
function seating.ranked(levels)
  local tops = { order = levels }
  function tops.split(seats)
    local certain, open = {}, {}
    for _, level in ipairs(levels) do
      local fits = #certain + #level <= seats
      local into = fits and certain or open
      if #certain == seats then break end
      for _, x in ipairs(level) do into[#into + 1] = x end
      if not fits then break end
    end
    table.sort(certain)
    return certain, open
  end
  function tops.allows() return true end
  return tops
end

local function named(poll, candidates)
  local names = {}
  for i, candidate in ipairs(candidates) do names[i] = poll.names[candidate] end
  return names
end
seating.named = named

-- Those who are higher in the order first.
local function by_order(candidates, order)
  local place = {}
  for i, level in ipairs(order or {}) do
    for _, x in ipairs(level) do place[x] = i end
  end
  table.sort(candidates, function(a, b)
    local one, other = place[a] or 0, place[b] or 0
    if one ~= other then return one < other end
    return a < b
  end)
  return candidates
end

local function numbers_of(poll, names)
  local numbers = {}
  for i, name in ipairs(poll.names) do numbers[name] = i end
  local found = {}
  for i, name in ipairs(names) do found[i] = numbers[name] end
  return found
end

--- Fill the seats: whoever is sure of one has it, the others are tied.
---@param poll urna.count.Poll
---@param tops urna.count.Tops
---@param seats integer at most as many as stand
---@param lots urna.Lots
---@return { winners: integer[], ties: table[], drawn: table[] }? filled
---@return string? message what is wrong with the lot
function seating.fill(poll, tops, seats, lots)
  local certain, open = tops.split(seats)
  by_order(certain, tops.order)
  if #certain == seats then
    return { winners = certain, ties = {}, drawn = {} }
  end
  local tie = { stage = "winner", certain = named(poll, certain),
    tied = named(poll, open), left = seats - #certain }
  local drawn, message = lots:take(tie)
  if message then return nil, message end
  if not drawn then return { winners = certain, ties = { tie }, drawn = {} } end
  local chosen, set = numbers_of(poll, drawn), {}
  for _, x in ipairs(certain) do set[x] = true end
  for _, x in ipairs(chosen) do set[x] = true end
  if not tops.allows(set, seats) then
    return nil, lots:refusal("the order has somebody who is not drawn above "
      .. "one who is")
  end
  tie.drawn = drawn
  for _, x in ipairs(chosen) do certain[#certain + 1] = x end
  return { winners = by_order(certain, tops.order), ties = {},
    drawn = { tie } }
end

return seating
