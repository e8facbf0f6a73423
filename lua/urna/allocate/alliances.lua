local faults = require "urna.allocate.faults"
local lots = require "urna.lots"
local methods = require "urna.allocate.methods"
local native = require "urna.native"

--- Lists that stand together: an alliance takes part with the votes of all
--- its lists, and shares its seats among them afterwards.
local alliances = {}

local PARTS = { key = true, lists = true, method = true }

local function check_alliance(alliance, where)
  if type(alliance) ~= "table" then
    faults.raise("%s must be a table { key, lists }, not %s", where,
      faults.show(alliance))
  end
  for _, name in ipairs(faults.keys(alliance)) do
    if not PARTS[name] then
      faults.raise("%s has no %s; there is key, lists, method", where,
        faults.show(name))
    end
  end
  if type(alliance.key) ~= "string" then
    faults.raise("%s.key must be a text, not %s", where,
      faults.show(alliance.key))
  end
  local named = ("alliance %q"):format(alliance.key)
  if type(alliance.lists) ~= "table" or #alliance.lists == 0 then
    faults.raise("%s must have an array of lists", named)
  end
end

local build

-- A list of an alliance by its key, or an alliance of its own.
local function member(call, tree, named, value, where)
  if type(value) == "table" then return build(call, tree, value, where) end
  if not call.place[value] then
    faults.raise("%s names %s, which has no votes", named, faults.show(value))
  end
  if tree.taken[value] then
    faults.raise("%s names %s, which is in alliance %q", named,
      faults.show(value), tree.taken[value])
  end
  return { list = call.place[value] }
end

-- What was found is a tree: { list } or { key, members, method }.
function build(call, tree, alliance, where)
  check_alliance(alliance, where)
  local named = ("alliance %q"):format(alliance.key)
  if tree.known[alliance.key] or call.place[alliance.key] then
    faults.raise("%s has the name of another alliance or of a list", named)
  end
  tree.known[alliance.key] = true
  local found = { key = alliance.key, members = {},
    method = alliance.method and methods.resolve(alliance.method)
      or call.method }
  for i, value in ipairs(alliance.lists) do
    found.members[i] = member(call, tree, named, value,
      ("%s.lists[%d]"):format(where, i))
    if found.members[i].list then tree.taken[value] = alliance.key end
  end
  return found
end

local function common_multiple(a, b)
  local _, reduced = native.reduce(a, b)
  return a * reduced
end

local function part(array, i, otherwise)
  if not array then return otherwise end
  return array[i]
end

-- Votes of several lists or alliances together, weighed: a count and the
-- weight that is left to it.
local function add_votes(key, parts)
  local den, total = 1, 0
  for _, one in ipairs(parts) do den = common_multiple(den, one.den) end
  for _, one in ipairs(parts) do
    if type(one.votes) ~= "number" then
      faults.raise("votes of alliance %q are beyond 2^53 - 1", key)
    end
    total = total + one.votes * one.num * (native.reduce(den, one.den))
  end
  if total > faults.COUNT_MAX or den > 1048576 then
    faults.raise("votes of alliance %q are, weighed, beyond 2^53 - 1", key)
  end
  return total, den
end

-- What a list takes part with.
local function list_entity(call, number)
  return { key = call.keys[number], votes = call.votes[number],
    num = part(call.num, number, 1), den = part(call.den, number, 1),
    least = part(call.least, number, 0), most = part(call.most, number),
    list = number }
end

local entity_of

local function alliance_entity(call, node)
  local found = { key = node.key, num = 1, least = 0, members = {},
    method = node.method, most = call.most and 0 }
  for i, one in ipairs(node.members) do
    local entity = entity_of(call, one)
    found.members[i] = entity
    found.least = found.least + entity.least
    if found.most then
      found.most = math.min(found.most + entity.most, faults.SEATS_MAX)
    end
  end
  found.votes, found.den = add_votes(node.key, found.members)
  return found
end

function entity_of(call, node)
  if node.list then return list_entity(call, node.list) end
  return alliance_entity(call, node)
end

local place_of

function place_of(entity)
  local place = entity.list
  for _, one in ipairs(entity.members or {}) do
    place = math.min(place or math.huge, place_of(one))
  end
  return place
end

--- The alliances and the lists that stand alone, in the order of the lists,
--- an alliance standing where its first list does.
--- Fails: a fault that names the alliance.
---@param call table see arguments.check
---@return table[] entities { key, votes, num, den, least, most?, and list, a
--- number, or members and method }
function alliances.entities(call)
  local tree, found = { known = {}, taken = {} }, {}
  if type(call.alliances) ~= "table" then
    faults.raise("alliances must be an array, not %s",
      faults.show(call.alliances))
  end
  for _, key in ipairs(faults.keys(call.alliances)) do
    if not faults.is_whole(key, 1, #call.alliances) then
      faults.raise("alliances must be an array of { key, lists }, and has "
        .. "the key %s", faults.show(key))
    end
    found[#found + 1] = entity_of(call, build(call, tree,
      call.alliances[key], ("alliances[%d]"):format(key)))
  end
  for number, key in ipairs(call.keys) do
    if not tree.taken[key] then
      found[#found + 1] = list_entity(call, number)
    end
  end
  table.sort(found, function(a, b) return place_of(a) < place_of(b) end)
  return found
end

-- Entities as a node that an engine runs.
local function node_of(call, entities, above)
  local node = { keys = {}, votes = {}, is_keyed = true, explain = call.explain,
    over_award = call.over_award, seats = above.seats, method = above.method,
    stage = above.stage, lots = above.lots }
  if call.num then node.num, node.den = {}, {} end
  for _, entity in ipairs(entities) do
    if entity.den > 1 and not node.num then node.num, node.den = {}, {} end
  end
  if call.least then node.least = {} end
  if call.most then node.most = {} end
  for i, entity in ipairs(entities) do
    node.keys[i], node.votes[i] = entity.key, entity.votes
    if node.num then node.num[i], node.den[i] = entity.num, entity.den end
    if node.least then node.least[i] = entity.least end
    if node.most then node.most[i] = entity.most end
  end
  return node
end

-- Nothing to award: everyone has what it is sure of.
local function is_settled(node)
  local given = 0
  for i = 1, #node.keys do given = given + (part(node.least, i, 0)) end
  return given == node.seats
end

local function keep(total, outcome)
  for _, tie in ipairs(outcome.ties) do total.ties[#total.ties + 1] = tie end
  for _, tie in ipairs(outcome.drawn) do
    total.drawn[#total.drawn + 1] = tie
  end
end

local function explained(outcome)
  return { steps = outcome.steps, divisor = outcome.divisor,
    quota = outcome.quota, full_seats = outcome.full_seats,
    remainders = outcome.remainders, total = outcome.total,
    over_award = outcome.over_award }
end

local share

-- The least of what its lists get with one seat and with the other, where a
-- draw is still to say how many it has: not every method grows with them.
local function share_open(call, total, entity, seats, other)
  local low = {}
  for _, tried in ipairs { seats, other } do
    local try = { seats = {}, ties = {}, drawn = {}, alliances = {} }
    local err = share(call, try, entity, tried, lots.new())
    if err then return err end
    for number, found in pairs(try.seats) do
      low[number] = math.min(low[number] or found, found)
    end
  end
  for number, found in pairs(low) do total.seats[number] = found end
end

local function share_all(call, total, entities, outcome, draws)
  for i, entity in ipairs(entities) do
    local seats, err = outcome.seats[i], nil
    if entity.list then
      total.seats[entity.list] = seats + math.min(0, outcome.may[i] or 0)
    elseif outcome.may[i] then
      total.alliances[entity.key] = { votes = entity.votes, seats = seats,
        weight = entity.den > 1 and { 1, entity.den } or nil }
      err = share_open(call, total, entity, seats, seats + outcome.may[i])
    else
      err = share(call, total, entity, seats, draws)
    end
    if err then return err end
  end
end

local function run_node(call, entities, above)
  local node = node_of(call, entities, above)
  if is_settled(node) then
    local seats = {}
    for i = 1, #node.keys do seats[i] = part(node.least, i, 0) end
    return { seats = seats, ties = {}, drawn = {}, may = {}, left = 0 }
  end
  return call.run(node)
end

-- Share an alliance's seats among its members; returns an error or nil.
function share(call, total, entity, seats, draws)
  local outcome, err = run_node(call, entity.members, { seats = seats,
    method = entity.method, lots = draws, stage = "alliance " .. entity.key })
  if not outcome then return err end
  local told = explained(outcome)
  told.votes, told.seats = entity.votes, seats
  told.weight = entity.den > 1 and { 1, entity.den } or nil
  told.vacant = #outcome.ties == 0 and outcome.left > 0 and outcome.left
    or nil
  total.alliances[entity.key] = told
  keep(total, outcome)
  return share_all(call, total, entity.members, outcome, draws)
end

--- Seats to alliances, then inside them.
--- Fails: as the methods do.
---@param call table see arguments.check; run, lots
---@return table? outcome with `alliances` by key
---@return urna.Error? err
function alliances.run(call)
  local entities = alliances.entities(call)
  local outcome, err = run_node(call, entities, { seats = call.seats,
    method = call.method, lots = call.lots, stage = "alliances" })
  if not outcome then return nil, err end
  local total = { seats = {}, ties = {}, drawn = {}, alliances = {} }
  keep(total, outcome)
  for name, value in pairs(explained(outcome)) do total[name] = value end
  total.left = outcome.left
  err = share_all(call, total, entities, outcome, call.lots)
  if err then return nil, err end
  return total
end

return alliances
