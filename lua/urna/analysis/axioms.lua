local allocate = require "urna.allocate"
local errors = require "urna.errors"
local keyed = require "urna.analysis.keyed"
local native = require "urna.native"

--- What a method of allocation promises, tried on votes: it stays within the
--- quota, no list loses by a larger house (Alabama paradox), by growing faster
--- than a list that gains (population paradox), or by who else takes part (new
--- states paradox). Every counterexample is a row of data; none found proves
--- nothing.
---
--- A method is one that urna.allocate knows, or a function of votes, keyed as
--- they were given, and seats, that gives seats keyed alike, or what
--- urna.allocate gives. Where it reports a tie, a list may have what is certain
--- or up to what is left more, and only what holds of every draw is told.
--- Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A.
local axioms = {}

-- Loaded on first use: nobody who brings a function needs it.
local function known(method)
  return function(votes, seats)
    local fine, result, err = pcall(allocate.run, votes, seats, method)
    if fine and result then return result end
    error("axioms: " .. tostring(fine and err or result), 0)
  end
end

local function method_of(method, level)
  local kind = type(method)
  if kind == "function" then return method end
  if kind == "string" or kind == "table" then return known(method) end
  error(("axioms: a method is a name or a function, not a %s"):format(kind),
    level + 1)
end

local function lists_of(votes, level)
  local keys, counts = keyed.read(votes, "votes", level + 1)
  local lists = {}
  for i, key in ipairs(keys) do
    lists[i] = { key = key, votes = counts[i] }
  end
  return lists
end

-- A list as the method knows it: by name, or by its place among those given.
local function place(list, i)
  return type(list.key) == "string" and list.key or i
end

local function given(lists)
  local votes = {}
  for i, list in ipairs(lists) do votes[place(list, i)] = list.votes end
  return votes
end

-- The fewest and the most seats of each list, over every draw of a tie.
local function allocated(method, lists, house)
  local result = method(given(lists), house)
  if type(result) ~= "table" then
    error(("axioms: the method gave %s for %d seats, not seats by list")
      :format(tostring(result), house), 0)
  end
  local seats = type(result.seats) == "table" and result.seats or result
  local fewest, most, is_open = {}, {}, {}
  for _, tie in ipairs(type(result.ties) == "table" and result.ties or {}) do
    for _, key in ipairs(tie.tied) do is_open[key] = tie.left end
  end
  for i, list in ipairs(lists) do
    local own = seats[place(list, i)]
    if type(own) ~= "number" then
      error(("axioms: the method gave list %s no seats of %d"):format(
        tostring(list.key), house), 0)
    end
    fewest[i], most[i] = own, own + (is_open[place(list, i)] or 0)
  end
  return { fewest = fewest, most = most, house = house,
    is_open = next(is_open) ~= nil }
end

--- As axioms.quota, of lists that were read before.
---@param lists { key: integer|string, votes: integer, seats: integer }[]
---@return table[]
function axioms.beyond_quota(lists)
  local votes, seats, found = 0, 0, {}
  for _, list in ipairs(lists) do
    votes, seats = votes + list.votes, seats + list.seats
  end
  if votes == 0 or seats == 0 then return found end
  for _, list in ipairs(lists) do
    local is_below = native.ratio_compare(list.votes, votes, list.seats + 1,
      seats) >= 0
    local is_above = list.seats > 0 and native.ratio_compare(list.seats - 1,
      seats, list.votes, votes) >= 0
    if is_below or is_above then
      local quota = native.rational(list.votes, votes) * seats
      found[#found + 1] = { list = list.key, votes = list.votes,
        seats = list.seats, quota = { num = quota:num(), den = quota:den() },
        bound = is_below and "lower" or "upper" }
    end
  end
  return found
end

--- Lists with fewer seats than their quota rounded down or more than it
--- rounded up; the quota of a list is its share of all votes times all seats.
--- A list just at its quota is within it.
--- Fails: raises for votes and seats that are none or not of the same lists.
---@param votes integer[]|table<string, integer>
---@param seats integer[]|table<string, integer> by list, all of `votes`
---@return { list: integer|string, votes: integer, seats: integer, quota: {
--- num: integer|string, den: integer|string }, bound: "lower"|"upper" }[]
function axioms.quota(votes, seats)
  local lists = lists_of(votes, 2)
  local keys = {}
  for i, list in ipairs(lists) do keys[i] = list.key end
  local counts = keyed.like(seats, "seats", keys, 2)
  for i, list in ipairs(lists) do list.seats = counts[i] end
  return axioms.beyond_quota(lists)
end

local function losses(lists, before, after)
  local found = {}
  for i, list in ipairs(lists) do
    if before.fewest[i] > after.most[i] then
      found[#found + 1] = { list = list.key, votes = list.votes,
        houses = { before.house, after.house },
        seats = { before.fewest[i], after.most[i] } }
    end
  end
  return found
end

local function house_losses(method, lists, from, to)
  local found, before = {}, allocated(method, lists, from)
  for house = from + 1, to do
    local after = allocated(method, lists, house)
    for _, row in ipairs(losses(lists, before, after)) do
      found[#found + 1] = row
    end
    before = after
  end
  return found
end

local function check_house(value, what, level)
  if type(value) ~= "number" or value < 1 or value % 1 ~= 0 then
    error(("axioms: %s is %s, not a whole number from 1"):format(what,
      tostring(value)), level + 1)
  end
  return math.floor(value)
end

local function check_range(from, to, level)
  if to >= from then return end
  error(("axioms: houses go from %d to %d"):format(from, to), level + 1)
end

--- House monotonicity: lists that have fewer seats in a house of one seat more.
--- Fails: raises for votes, houses or a method that are none.
---@param votes integer[]|table<string, integer>
---@param method string|table|fun(votes: table, seats: integer): table
---@param options { from: integer, to: integer } the houses to be tried
---@return { list: integer|string, votes: integer, houses: integer[], seats:
--- integer[] }[] houses { 299, 300 } and the list's seats { 8, 7 } in them
function axioms.house(votes, method, options)
  errors.check_options("axioms.house", options, { "from", "to" }, 2)
  local from = check_house(options.from, "from", 2)
  local to = check_house(options.to, "to", 2)
  check_range(from, to, 2)
  local lists = lists_of(votes, 2)
  local found = house_losses(method_of(method, 2), lists, from, to)
  return found
end

-- Whether list i did better than list j in votes, and it has any.
local function grew_more(before, after, i, j)
  return before[i].votes > 0 and before[j].votes > 0
    and native.ratio_compare(after[i].votes, before[i].votes,
      after[j].votes, before[j].votes) > 0
end

local function pair_row(before, after, was, is, i, j)
  local list, rival = before[i], before[j]
  return { list = list.key, votes = { list.votes, after[i].votes },
    seats = { was.fewest[i], is.most[i] }, rival = rival.key,
    rival_votes = { rival.votes, after[j].votes },
    rival_seats = { was.most[j], is.fewest[j] } }
end

local function population_losses(method, before, after, house)
  local was = allocated(method, before, house)
  local is = allocated(method, after, house)
  local found = {}
  for i in ipairs(before) do
    for j in ipairs(before) do
      if was.fewest[i] > is.most[i] and is.fewest[j] > was.most[j]
        and grew_more(before, after, i, j) then
        found[#found + 1] = pair_row(before, after, was, is, i, j)
      end
    end
  end
  return found
end

local function later_votes(lists, after, level)
  local keys, changed = {}, {}
  for i, list in ipairs(lists) do keys[i] = list.key end
  local counts = keyed.like(after, "after", keys, level + 1)
  for i, key in ipairs(keys) do
    changed[i] = { key = key, votes = counts[i] }
  end
  return changed
end

--- Population monotonicity: pairs of lists of which the one whose votes grew by
--- more, or fell by less, in proportion, lost seats and the other one gained.
--- Fails: raises for votes, seats or a method that are none, and where `after`
--- is not of the same lists.
---@param votes integer[]|table<string, integer>
---@param method string|table|fun(votes: table, seats: integer): table
---@param options { after: table, seats: integer } the votes that these became
---@return { list: integer|string, votes: integer[], seats: integer[], rival:
--- integer|string, rival_votes: integer[], rival_seats: integer[] }[] votes
--- and seats { before, after }; list is who lost
function axioms.population(votes, method, options)
  errors.check_options("axioms.population", options, { "after", "seats" }, 2)
  local house = check_house(options.seats, "seats", 2)
  local lists = lists_of(votes, 2)
  local after = later_votes(lists, options.after, 2)
  local found = population_losses(method_of(method, 2), lists, after, house)
  return found
end

-- What some of the lists get when they part among themselves the seats that
-- they have in the whole; rows of those that get others than in the whole.
local function part_losses(method, lists, whole, members, without)
  local part, seats = {}, 0
  for k, i in ipairs(members) do
    part[k], seats = lists[i], seats + whole.fewest[i]
  end
  local found = {}
  if seats == 0 then return found end
  local alone = allocated(method, part, seats)
  for k, i in ipairs(members) do
    local own = whole.fewest[i]
    if alone.most[k] < own or alone.fewest[k] > own then
      found[#found + 1] = { list = lists[i].key, seats = own,
        alone = alone.most[k] < own and alone.most[k] or alone.fewest[k],
        houses = { whole.house, seats }, without = without,
        among = not without and { part[1].key, part[2].key } or nil }
    end
  end
  return found
end

-- Everybody but one list, then every pair.
local function parts(n)
  local found = {}
  for out = 1, n do
    local members = {}
    for i = 1, n do
      if i ~= out then members[#members + 1] = i end
    end
    if n > 2 then found[#found + 1] = { members = members, without = out } end
  end
  for i = 1, n do
    for j = i + 1, n do found[#found + 1] = { members = { i, j } } end
  end
  return found
end

local function coherence_losses(method, lists, house)
  local whole = allocated(method, lists, house)
  local found = {}
  if whole.is_open then return found end
  for _, part in ipairs(parts(#lists)) do
    local without = part.without and lists[part.without].key
    for _, row in ipairs(part_losses(method, lists, whole, part.members,
      without)) do
      found[#found + 1] = row
    end
  end
  return found
end

--- Coherence (uniformity): lists that get other seats when some lists part
--- what they have in the whole among themselves alone. Tried are all lists but
--- one, `without` it, which is the new states paradox read backwards, and
--- every pair, `among`. Of a whole with a tie nothing is told.
--- Fails: raises for votes, seats or a method that are none.
---@param votes integer[]|table<string, integer>
---@param method string|table|fun(votes: table, seats: integer): table
---@param options { seats: integer }
---@return { list: integer|string, seats: integer, alone: integer, houses:
--- integer[], without: (integer|string)?, among: (integer|string)[]? }[]
--- seats in the whole and in the part, and how many these have in all
function axioms.coherence(votes, method, options)
  errors.check_options("axioms.coherence", options, { "seats" }, 2)
  local house = check_house(options.seats, "seats", 2)
  local lists = lists_of(votes, 2)
  local found = coherence_losses(method_of(method, 2), lists, house)
  return found
end

-- Quota, and where ties are, house by house.
local function each_house(method, lists, from, to)
  local quota, ties = {}, {}
  for house = from, to do
    local result = allocated(method, lists, house)
    if result.is_open then
      ties[#ties + 1] = house
    else
      for i, list in ipairs(lists) do list.seats = result.fewest[i] end
      for _, row in ipairs(axioms.beyond_quota(lists)) do
        row.house = house
        quota[#quota + 1] = row
      end
    end
  end
  return quota, ties
end

local function houses_of(seats, level)
  if type(seats) ~= "table" then
    local house = check_house(seats, "seats", level + 1)
    return house, house
  end
  local from = check_house(seats[1], "seats[1]", level + 1)
  local to = check_house(seats[2], "seats[2]", level + 1)
  check_range(from, to, level + 1)
  return from, to
end

--- All of them at once: `quota` (rows with their `house`), `house`,
--- `coherence` at the last house, and `population` if there are votes after
--- these; `ties` are the houses in which a tie is left to a draw, of which
--- quota tells nothing.
--- Fails: raises for votes, houses or a method that are none, and for an
--- unknown option.
---@param votes integer[]|table<string, integer>
---@param method string|table|fun(votes: table, seats: integer): table
---@param options { seats: integer|integer[], after: table? } one house, or
--- { from, to }; the votes that these became
---@return { quota: table[], house: table[], coherence: table[], population:
--- table[]?, ties: integer[] }
function axioms.run(votes, method, options)
  errors.check_options("axioms", options, { "after", "seats" }, 2)
  local from, to = houses_of(options.seats, 2)
  local lists, apply = lists_of(votes, 2), method_of(method, 2)
  local after = options.after and later_votes(lists, options.after, 2)
  local quota, ties = each_house(apply, lists, from, to)
  return { quota = quota, ties = ties,
    house = house_losses(apply, lists, from, to),
    coherence = coherence_losses(apply, lists, to),
    population = after and population_losses(apply, lists, after, to) }
end

return axioms
