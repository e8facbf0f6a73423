local errors = require "urna.errors"
local matrix = require "urna.count.matrix"
local native = require "urna.native"

--- The Kemeny-Young method: the order that agrees with the papers most often.
--- Candidates who each beat all of the others stand above them in every optimal
--- order, so that only groups in which there is a cycle need a search.
--- Source: Kemeny, Daedalus 88, 1959, pp. 577-591; Young, American Political
--- Science Review 82, 1988, pp. 1231-1244; groups: Truchon, 1998, "An extension
--- of the Condorcet criterion and Kemeny orders", Cahier 98-15, Laval.
local kemeny = {}

local MOST = 20 -- candidates of one group: URNA_KEMENY_MOST
local SHOWN = 24 -- optimal orders that a result lists

-- The group in which the seats end, and how many of it have one.
local function straddle(groups, seats)
  local left = seats
  for i, group in ipairs(groups) do
    if left < #group.members then return i, left end
    left = left - #group.members
  end
  return nil, 0
end

local function append(into, group, places)
  for _, place in ipairs(places) do into[#into + 1] = group.members[place] end
end

local function tops_of(groups, order)
  local tops = { order = order }
  function tops.split(seats)
    local certain, open = {}, {}
    local last, left = straddle(groups, seats)
    for i = 1, (last or #groups + 1) - 1 do
      for _, x in ipairs(groups[i].members) do certain[#certain + 1] = x end
    end
    if left > 0 then
      local some, all = groups[last].orders:tops(left)
      local is_sure = {}
      for _, place in ipairs(all) do is_sure[place] = true end
      for i = #some, 1, -1 do
        if is_sure[some[i]] then table.remove(some, i) end
      end
      append(certain, groups[last], all)
      append(open, groups[last], some)
    end
    table.sort(certain)
    return certain, open
  end
  function tops.allows(set, seats)
    local last = straddle(groups, seats)
    if not last then return true end
    local places = {}
    for place, x in ipairs(groups[last].members) do
      if set[x] then places[#places + 1] = place end
    end
    return groups[last].orders:is_top(places)
  end
  return tops
end

-- All optimal orders up to a limit: those of the groups, one behind the other.
local function orders_of(groups)
  local orders = { {} }
  for _, group in ipairs(groups) do
    local longer = {}
    for _, order in ipairs(orders) do
      for _, places in ipairs(group.orders:orders(SHOWN + 1)) do
        local next_one = {}
        for i, x in ipairs(order) do next_one[i] = x end
        append(next_one, group, places)
        if #longer <= SHOWN then longer[#longer + 1] = next_one end
      end
    end
    orders = longer
  end
  return orders
end

local function singly(order)
  local levels = {}
  for i, x in ipairs(order) do levels[i] = { x } end
  return levels
end

-- Pairs that an order agrees with, as an exact number of any size.
local function score_of(over, order)
  local sum = native.rational(0)
  for i, a in ipairs(order) do
    for k = i + 1, #order do sum = sum + over[a][order[k]] end
  end
  return sum:num()
end

---@param poll urna.count.Poll
---@return table? outcome `orders` are the optimal ones by names, at most 24 of
--- them, `more_orders` says that there are more; `agreement` is how many
--- preferences of the papers each of them meets
---@return urna.Error? err "too_many_candidates" of one cycle
function kemeny.run(poll)
  local groups = {}
  for i, members in ipairs(matrix.components(poll.over, poll.n)) do
    if #members > MOST then
      return nil, errors.new("too_many_candidates", { message = ("kemeny_young:"
        .. " %d candidates are in one cycle, and orders are searched for up to "
        .. "%d"):format(#members, MOST) })
    end
    groups[i] = { members = members, orders = native.kemeny(#members,
      matrix.flat(poll.over, members)) }
  end
  local orders, listed = orders_of(groups), {}
  for i = 1, math.min(#orders, SHOWN) do
    listed[i] = {}
    for k, x in ipairs(orders[i]) do listed[i][k] = poll.names[x] end
  end
  return { tops = tops_of(groups, #orders == 1 and singly(orders[1]) or nil),
    orders = listed, more_orders = #orders > SHOWN or nil,
    agreement = score_of(poll.over, orders[1]), rounds = {} }
end

return kemeny
