local faults = require "urna.allocate.faults"
local lots = require "urna.lots"
local methods = require "urna.allocate.methods"
local whole = require "urna.allocate.whole"

--- What is done with seats that lists hold from elsewhere, from districts
--- mostly, when the whole house is to be proportional. Laws are made of these
--- and of two options of `urna.allocate`: `min`, a fixed house in which nobody
--- has less than so many, and `prior`, seats that are only continued.
local levelling = {}

---@class urna.Levelled
---@field seats table<any, integer> by list, keyed as the votes
---@field house integer how many these are
---@field ties table[] as of urna.allocate
---@field drawn table[]?
---@field overhang table<any, integer>? by list, only those who have some
---@field levelled integer? of grow: the house that has grown, without overhang
---@field adjustment_seats table<any, integer>? of compensate: beyond what is
--- held
---@field excluded any[]? of compensate: in the order in which they left

local OPTIONS = { lots = true, unlevelled = true }

local function check_options(options, knows_unlevelled)
  if options == nil then return {} end
  if type(options) ~= "table" then
    faults.raise("options must be a table, not %s", faults.show(options))
  end
  for _, name in ipairs(faults.keys(options)) do
    if not OPTIONS[name] or (name == "unlevelled" and not knows_unlevelled)
    then
      faults.raise("there is no option %s", faults.show(name))
    end
  end
  return options
end

local function check_held(votes, held, what)
  if type(held) ~= "table" then
    faults.raise("%s must be a table by list, not %s", what,
      faults.show(held))
  end
  for _, key in ipairs(faults.keys(held)) do
    if type(votes) ~= "table" or votes[key] == nil then
      faults.raise("%s names %s, which has no votes", what, faults.show(key))
    end
    if not faults.is_whole(held[key], 0, faults.SEATS_MAX) then
      faults.raise("%s of %s must be a whole number from 0 to 2^31 - 1, "
        .. "got %s", what, faults.show(key), faults.show(held[key]))
    end
  end
end

local function total(seats)
  local sum = 0
  for _, count in pairs(seats) do sum = sum + count end
  return sum
end

local function raise(message)
  if message then faults.raise("%s", message) end
end

-- Draws that one allocation after the other takes from.
local function lots_of(draws, called)
  local made, wrong = lots.new(draws, called)
  raise(wrong)
  return made
end

-- What is due, raised to what is held, and by how much.
local function raise_to(due, held)
  local seats, overhang = {}, {}
  for key, count in pairs(due) do
    local has = held[key] or 0
    seats[key] = math.max(count, has)
    if has > count then overhang[key] = has - count end
  end
  return seats, overhang
end

local function overhang(votes, seats, method, held, options)
  options = check_options(options)
  check_held(votes, held, "held")
  local draws = lots_of(options.lots)
  local result, err = whole.run(votes, seats, method, { lots = draws })
  if not result then return nil, err end
  raise(draws:left_over())
  local found, over = raise_to(result.seats, held)
  return { seats = found, overhang = over, house = total(found),
    ties = result.ties, drawn = result.drawn }
end

--- Overhang without compensation: every list has what is due to it in a house
--- of `seats`, or what it holds if that is more; the house grows by the
--- difference. New Zealand, Electoral Act 1993, s. 192; Germany until
--- 2011.
--- Fails: raises and returns nil, err as urna.allocate does.
---@param votes table as urna.allocate takes them, of those who take part
---@param seats integer of the house, without those of others
---@param method string|table
---@param held table<any, integer> seats by list, keyed as the votes; 0 if left
--- out
---@param options { lots: any[][]? }?
---@return urna.Levelled?
---@return urna.Error? err
function levelling.overhang(votes, seats, method, held, options)
  local result, err = faults.call("levelling.overhang", 2,
    overhang, votes, seats, method, held, options)
  return result, err -- no tail call: the caller is to be found
end

-- Who takes part and holds more than is due.
local function above_due(due, held)
  local found = {}
  for _, key in ipairs(faults.keys(due)) do
    if (held[key] or 0) > due[key] then found[#found + 1] = key end
  end
  return found
end

-- A copy, keyed by text also where the votes are an array: who leaves must
-- not move the others.
local function copy_of(votes)
  local copy, key_of = {}, {}
  for key, count in pairs(votes) do
    local name = type(key) == "number" and ("%012d"):format(key) or key
    copy[name], key_of[name] = count, key
  end
  return copy, key_of
end

local function rename(map, key_of)
  local renamed = {}
  for name, value in pairs(map) do renamed[key_of[name]] = value end
  return renamed
end

local function rename_all(keys, key_of)
  for i, name in ipairs(keys) do keys[i] = key_of[name] end
end

local function rename_ties(ties, key_of)
  for _, tie in ipairs(ties or {}) do
    tie.certain = rename(tie.certain, key_of)
    rename_all(tie.tied, key_of)
    if tie.drawn then rename_all(tie.drawn, key_of) end
  end
end

-- Draws by the names of the copy.
local function named_lots(draws, key_of)
  lots_of(draws) -- of a wrong shape they are refused as they were given
  local named, name_of = {}, {}
  for name, key in pairs(key_of) do name_of[key] = name end
  for i, draw in ipairs(draws or {}) do
    named[i] = {}
    for k, key in ipairs(draw) do named[i][k] = name_of[key] or key end
  end
  return lots_of(named, key_of)
end

local function add_all(to, from)
  for _, value in ipairs(from or {}) do to[#to + 1] = value end
end

-- One round after the other until nobody holds more than is due.
local function rounds(state, method, draws)
  while next(state.votes) ~= nil and state.seats > 0 do
    local result, err = whole.run(state.votes, state.seats, method,
      { lots = draws })
    if not result then return nil, err end
    add_all(state.drawn, result.drawn)
    local leaving = #result.ties == 0
      and above_due(result.seats, state.held) or {}
    if #leaving == 0 then return result end
    for _, key in ipairs(leaving) do
      state.seats = state.seats - state.held[key]
      state.votes[key] = nil
      state.excluded[#state.excluded + 1] = key
    end
  end
  return { seats = {}, ties = {} }
end

local function compensate(votes, seats, method, held, options)
  options = check_options(options)
  check_held(votes, held, "held")
  whole.run(votes, seats, method)
  local copy, key_of = copy_of(votes)
  local state = { votes = copy, seats = seats, held = (copy_of(held)),
    excluded = {}, drawn = {} }
  local draws = named_lots(options.lots, key_of)
  local result, err = rounds(state, method, draws)
  if not result then return nil, err end
  raise(draws:left_over())
  local found, adjustment = {}, {}
  for name, key in pairs(key_of) do
    local has = state.held[name] or 0
    found[key] = math.max(result.seats[name] or 0, has)
    adjustment[key] = found[key] - has
  end
  rename_all(state.excluded, key_of)
  rename_ties(result.ties, key_of)
  rename_ties(state.drawn, key_of)
  return { seats = found, adjustment_seats = adjustment,
    excluded = state.excluded, house = total(found), ties = result.ties,
    drawn = #state.drawn > 0 and state.drawn or nil }
end

--- A fixed house that adjustment seats fill up: a list that holds more than
--- is due to it in the whole house keeps that and leaves, with its votes and
--- its seats, and the rest is allocated anew, until nobody holds more. What is
--- due beyond what is held are adjustment seats. Norway, valgloven (LOV-2002-
--- 06-28-57) § 11-6.
--- Fails: raises and returns nil, err as urna.allocate does.
---@param votes table as urna.allocate takes them, of those who take part
---@param seats integer of the house, without those of others
---@param method string|table
---@param held table<any, integer> seats by list, keyed as the votes; 0 if left
--- out
---@param options { lots: any[][]? }? in the order of the rounds
---@return urna.Levelled? levelled while a tie is open, seats are those that
--- are certain of the round that it stops
---@return urna.Error? err
function levelling.compensate(votes, seats, method, held, options)
  local result, err = faults.call("levelling.compensate", 2,
    compensate, votes, seats, method, held, options)
  return result, err -- no tail call: the caller is to be found
end

-- How many seats lists are short of their minimum in a house of `seats`.
local function shortage(votes, seats, method, min)
  local result = whole.run(votes, seats, method)
  local short = 0
  for key, least in pairs(min) do
    short = short + math.max(0, least - result.seats[key])
  end
  return short
end

-- The smallest house from `seats` in which no more than `allowed` are short:
-- what a list has never falls as the house grows. By steps of powers of two.
local function smallest_house(votes, seats, method, min, allowed)
  if shortage(votes, seats, method, min) <= allowed then return seats end
  local low, steps = seats, { 1 } -- low is too small
  while shortage(votes, low + steps[#steps], method, min) > allowed do
    low = low + steps[#steps]
    steps[#steps + 1] = 2 * steps[#steps]
  end
  for i = #steps - 1, 1, -1 do
    if shortage(votes, low + steps[i], method, min) > allowed then
      low = low + steps[i]
    end
  end
  return low + 1
end

local function check_min(votes, method, min)
  check_held(votes, min, "min")
  if methods.resolve(method).kind ~= "divisor" then
    faults.raise("method must be a divisor method, not %s: with a quota a list "
      .. "may lose a seat as the house grows", faults.show(method))
  end
  for _, key in ipairs(faults.keys(min)) do
    local has_none = votes[key] == 0 or votes[key] == "0"
    if min[key] > 0 and has_none then
      faults.raise("min of %s is %d, and it has no votes", faults.show(key),
        min[key])
    end
  end
end

local function grow(votes, seats, method, min, options)
  options = check_options(options, true)
  local allowed = options.unlevelled or 0
  if not faults.is_whole(allowed, 0, faults.SEATS_MAX) then
    faults.raise("unlevelled must be a whole number of seats, got %s",
      faults.show(allowed))
  end
  whole.run(votes, seats, method)
  check_min(votes, method, min)
  local levelled = smallest_house(votes, seats, method, min, allowed)
  local draws = lots_of(options.lots)
  local result, err = whole.run(votes, levelled, method, { lots = draws })
  if not result then return nil, err end
  raise(draws:left_over())
  local found, over = raise_to(result.seats, min)
  return { seats = found, overhang = over, levelled = levelled,
    house = total(found), ties = result.ties, drawn = result.drawn }
end

--- A house that grows until all have their minimum: the smallest from `seats`
--- in which what is due to the lists falls short of their minima by no more
--- than `unlevelled` seats, which are added as overhang. Germany,
--- Bundeswahlgesetz § 6 (5), texts of 2013-05-03 (no overhang) and 2020-11-14
--- (three seats).
--- Fails: raises and returns nil, err as urna.allocate does; raises for a
--- method that is no divisor method.
---@param votes table as urna.allocate takes them, of those who take part
---@param seats integer the house before it grows
---@param method string|table a divisor method
---@param min table<any, integer> seats by list, keyed as the votes; 0 if left
--- out
---@param options { unlevelled: integer?, lots: any[][]? }?
---@return urna.Levelled? levelled with a tie for the last seats a list has its
--- minimum if it has it whatever is drawn
---@return urna.Error? err
function levelling.grow(votes, seats, method, min, options)
  local result, err = faults.call("levelling.grow", 2,
    grow, votes, seats, method, min, options)
  return result, err -- no tail call: the caller is to be found
end

local function cover(seats, held)
  check_held(seats, held, "held")
  local direct, from_list, uncovered = {}, {}, {}
  for key, due in pairs(seats) do
    if not faults.is_whole(due, 0, faults.SEATS_MAX) then
      faults.raise("seats of %s must be a whole number, got %s",
        faults.show(key), faults.show(due))
    end
    local has = held[key] or 0
    direct[key] = math.min(due, has)
    from_list[key] = due - direct[key]
    if has > due then uncovered[key] = has - due end
  end
  return { direct = direct, from_list = from_list, uncovered = uncovered }
end

--- A fixed house in which a direct seat needs cover: of what a list won
--- directly it keeps as many seats as are due to it, and its list fills up
--- the rest. Germany, Bundeswahlgesetz § 6 (1), text of 2023-06-08.
--- Fails: raises for seats that are no whole numbers, and for a list that
--- holds seats and is not known.
---@param seats table<any, integer> due by list, as of urna.allocate
---@param held table<any, integer> won directly; 0 if left out
---@return { direct: table, from_list: table, uncovered: table } covered
--- uncovered: by list, only those who have some
function levelling.cover(seats, held)
  local result, err = faults.call("levelling.cover", 2,
    cover, seats, held)
  return result, err -- no tail call: the caller is to be found
end

return levelling
