local grid = require "urna.biproportional.grid"
local lots = require "urna.biproportional.lots"
local native = require "urna.native"

--- What the rows and the columns have to add up to: seats by district, given
--- or by voters, and seats by list, given or by the upper apportionment.
local sums = {}

local SEATS_MAX = 1000000
local WEIGHTINGS = { none = true, exact = true, rounded = true }
local NEEDS = { any = true, all = true }
local BASES = { votes = true, voter_numbers = true }

-- Seats by a divisor method, or as many as a tie leaves certain; then whether
-- they are all.
local function award(count, stage, keys, found)
  local seats = found.seats
  if not found.tied then return seats, true end
  local tied, place = {}, {}
  for n, i in ipairs(found.tied) do
    tied[n], place[keys[i]] = keys[i], i
  end
  local lot = lots.draw(count, { stage = stage, tied = tied,
    certain = grid.by_key(keys, seats), left = found.left })
  for _, key in ipairs(lot or {}) do
    seats[place[key]] = seats[place[key]] + 1
  end
  return seats, lot ~= nil
end

-- ---- districts ----

local function house_of(options)
  local seats = options.seats
  if seats == nil then return nil end
  if not grid.is_count(seats) or seats == 0 or seats > SEATS_MAX then
    grid.refuse("seats must be a whole number from 1 to %d, got %s",
      SEATS_MAX, tostring(seats))
  end
  return seats
end

local function by_voters(count, options)
  local voters, sum = grid.in_order(options.voters, count.districts, "voters",
    grid.COUNT_MAX)
  if not count.seats then grid.refuse("voters need the seats of the house") end
  if sum == 0 then grid.refuse("there are no voters in any district") end
  local passed = {}
  for i = 1, #voters do passed[i] = true end
  local found = native.upper { lists = #voters, votes = voters,
    districts = { 1 }, passed = passed, seats = count.seats,
    first = count.rounding.first, step = count.rounding.step }
  return award(count, "districts", count.districts, found)
end

--- Seats by district, in the order of the keys; then whether they are all.
---@param count table sets its seats, those of the house
---@param options table districts or voters; seats
---@return integer[] seats
---@return boolean is_whole false: a tie is open
function sums.districts(count, options)
  if (options.districts == nil) == (options.voters == nil) then
    grid.refuse("give either districts, the seats of each, or their voters")
  end
  count.seats = house_of(options)
  if options.voters then return by_voters(count, options) end
  local seats, sum = grid.in_order(options.districts, count.districts,
    "districts", SEATS_MAX)
  if sum == 0 then grid.refuse("the districts have no seats") end
  if sum > SEATS_MAX then
    grid.refuse("the districts have %d seats, more than %d", sum, SEATS_MAX)
  elseif count.seats and count.seats ~= sum then
    grid.refuse("the districts have %d seats, but seats is %d", sum,
      count.seats)
  end
  count.seats = sum
  return seats, true
end

-- ---- quorum ----

local function share_of(quorum, name, known)
  local part = quorum[name]
  if part == nil then return nil end
  local share = type(part) == "table" and part.share
  if type(share) ~= "table" or not grid.is_count(share[1])
    or not grid.is_count(share[2]) or share[1] > share[2] or share[2] == 0 then
    grid.refuse("quorum.%s must be { share = { 5, 100 } } or another part of "
      .. "the whole", name)
  end
  grid.check_fields("quorum." .. name, part, known)
  return share
end

-- Lists with this share of the votes in one district at least.
local function pass_district(count, share)
  local passed, n = {}, #count.lists
  for i = 1, #count.districts do
    local votes = {}
    for j = 1, n do votes[j] = count.cells[(i - 1) * n + j] end
    local found = native.upper_quorum { lists = n, votes = votes,
      districts = { 1 }, num = share[1], den = share[2] }
    for j = 1, n do
      passed[j] = passed[j] or found[j] and votes[j] > 0 or false
    end
  end
  return passed
end

-- Lists with this share of all votes, or of all voter numbers.
local function pass_total(count, share, of, weighting)
  grid.check_word("quorum.total.of", of, BASES)
  return native.upper_quorum { lists = #count.lists, votes = count.cells,
    districts = count.district_seats, num = share[1], den = share[2],
    weighing = of == "voter_numbers" and weighting or "none" }
end

-- Which lists take part.
local function pass(count, quorum, weighting)
  local passed = {}
  for j = 1, #count.lists do passed[j] = true end
  if not quorum then return passed end
  grid.check_fields("quorum", quorum, { "district", "total", "need" })
  local need = quorum.need or "any"
  grid.check_word("quorum.need", need, NEEDS)
  local district = share_of(quorum, "district", { "share" })
  local total = share_of(quorum, "total", { "share", "of" })
  if not district and not total then
    grid.refuse("quorum needs a share: district, total or both")
  end
  local one = district and pass_district(count, district)
  local other = total and pass_total(count, total,
    quorum.total.of or "votes", weighting)
  one, other = one or other, other or one
  for j = 1, #passed do
    passed[j] = one[j] and other[j] or need == "any" and (one[j] or other[j])
  end
  return passed
end

-- ---- lists ----

local function given(count, options)
  for _, name in ipairs { "quorum", "weighting" } do
    if options[name] then
      grid.refuse("%s is for lists whose seats are computed, but lists are "
        .. "given", name)
    end
  end
  local seats, sum = grid.in_order(options.lists, count.lists, "lists",
    SEATS_MAX, 0)
  if sum ~= count.seats then
    grid.refuse("the lists have %d seats, but the districts %d", sum,
      count.seats)
  end
  return seats, true
end

local function note_qualified(count, passed)
  count.qualified = {}
  for j, list in ipairs(count.lists) do
    if passed[j] then count.qualified[#count.qualified + 1] = list end
  end
end

--- Seats by list, in the order of the keys; then whether they are all.
---@param count table sets voter_numbers, qualified
---@param options table lists, or weighting and quorum
---@return integer[]? seats nil: no list that takes part has votes
---@return boolean? is_whole false: a tie is open
function sums.lists(count, options)
  if options.lists then return given(count, options) end
  local weighting = options.weighting or "none"
  grid.check_word("weighting", weighting, WEIGHTINGS)
  local passed = pass(count, options.quorum, weighting)
  local found = native.upper { lists = #count.lists, votes = count.cells,
    districts = count.district_seats, weighing = weighting, passed = passed,
    seats = count.seats, first = count.rounding.first,
    step = count.rounding.step }
  count.voter_numbers = grid.by_key(count.lists, found.totals)
  if options.quorum then note_qualified(count, passed) end
  if not found.seats then return nil end
  return award(count, "upper", count.lists, found)
end

return sums
