local arguments = require "urna.allocate.arguments"
local averages = require "urna.allocate.averages"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local lots = require "urna.lots"
local methods = require "urna.allocate.methods"
local native = require "urna.native"

--- Many vectors of votes, one behind the other in one array.
local batch = {}

local OVER_AWARD = { ignore = true, error = true, subtract = true }

local function check_options(options)
  if type(options) ~= "table" then
    faults.raise("options must be a table with lists, not %s",
      faults.show(options))
  end
  for _, name in ipairs(faults.keys(options)) do
    if name ~= "lists" and name ~= "over_award" then
      faults.raise("there is no option %s; there is lists, over_award",
        faults.show(name))
    end
  end
  if not faults.is_whole(options.lists, 1, faults.SEATS_MAX) then
    faults.raise("lists must be a whole number from 1, got %s",
      faults.show(options.lists))
  end
  if options.over_award ~= nil and not OVER_AWARD[options.over_award] then
    faults.raise("over_award must be \"ignore\", \"error\" or \"subtract\", "
      .. "not %s", faults.show(options.over_award))
  end
end

local function over_award(method, vector)
  return errors.new("over_award", { field = "over_award", message =
    ("vector %d: the quota %s fills more seats than there are"):format(vector,
      method.name) })
end

local function by_divisor(votes, seats, method, options)
  local done, found, tied = pcall(native.award_batch, method.sequence, seats,
    votes, options.lists)
  if done then return { seats = found, ties = tied or {} } end
  local keys = {}
  for i = 1, options.lists do keys[i] = i end
  faults.raise("%s", averages.refusal({ keys = keys, seats = seats }, method,
    found))
end

local function by_quota(votes, seats, method, options)
  local how, share = options.over_award or "error", method.share or {}
  local done, found, tied, over = pcall(native.quota_batch, method.rule,
    seats, votes, options.lists, { take_back = how == "subtract",
      full_only = not method.has_remainders, share_num = share[1],
      share_den = share[2] })
  if not done then faults.raise("%s", faults.without_place(found)) end
  if over[1] and how == "error" then
    return nil, over_award(method, over[1])
  end
  return { seats = found, ties = tied }
end

-- What takes several steps runs one vector at a time.
local function node_of(votes, from, seats, method, options)
  local node = { keys = {}, votes = {}, seats = seats, method = method,
    over_award = options.over_award or "error", lots = lots.new() }
  local has_votes = false
  for i = 1, options.lists do
    node.keys[i], node.votes[i] = i, votes[from + i]
    has_votes = has_votes or votes[from + i] ~= 0
  end
  return node, has_votes
end

local function one_by_one(votes, seats, method, options, run)
  local found, tied, lists = {}, {}, options.lists
  for from = 0, #votes - 1, lists do
    local node, has_votes = node_of(votes, from, seats, method, options)
    local outcome, err = { seats = {}, ties = {} }, nil
    if has_votes then outcome, err = run(node) end
    if not outcome then return nil, err end
    for i = 1, lists do found[from + i] = outcome.seats[i] or 0 end
    if #outcome.ties > 0 then tied[#tied + 1] = from / lists + 1 end
  end
  return { seats = found, ties = tied }
end

--- See allocate.batch.
---@param votes integer[]
---@param seats integer
---@param method string|table
---@param options table
---@param run fun(node: table): table?, urna.Error? one vector
---@return table? result
---@return urna.Error? err
function batch.run(votes, seats, method, options, run)
  check_options(options)
  arguments.check_house(seats)
  if type(votes) ~= "table" then
    faults.raise("votes must be an array, not %s", faults.show(votes))
  end
  if #votes == 0 or #votes % options.lists ~= 0 then
    faults.raise("votes has %d elements, which are no vectors of lists = %d",
      #votes, options.lists)
  end
  local found = methods.resolve(method)
  if options.over_award ~= nil and found.kind ~= "quota" then
    faults.raise("over_award = %q is of quotas, and %s has none",
      options.over_award, found.name)
  end
  if found.kind == "divisor" then
    return by_divisor(votes, seats, found, options)
  end
  if found.kind == "quota" and not found.averages then
    return by_quota(votes, seats, found, options)
  end
  return one_by_one(votes, seats, found, options, run)
end

return batch
