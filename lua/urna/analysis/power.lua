local errors = require "urna.errors"
local keyed = require "urna.analysis.keyed"
local native = require "urna.native"

--- Who can decide: power indices of an assembly that decides by a quota of its
--- seats, each list voting as one. All are exact; seats are no power: of
--- 50, 49 and 1 seats the second list has no more of it than the third.
--- Source: Felsenthal & Machover, The Measurement of Voting Power, 1998.
local power = {}

--- Most lists of a game.
power.LISTS = 100

local SHARES = { "banzhaf", "absolute_banzhaf", "shapley_shubik",
  "deegan_packel", "holler", "johnston" }

-- The lists of an outcome that can have seats; its rule may say what a majority
-- is.
local function of_outcome(outcome)
  local game = { keys = {}, seats = {}, sum = 0, all = outcome.seats,
    majority = outcome.majority and outcome.majority.needed }
  for _, list in ipairs(outcome.lists) do
    if not list.others then
      game.keys[#game.keys + 1] = list.key
      game.seats[#game.seats + 1] = list.seats
      game.sum = game.sum + list.seats
    end
  end
  return game
end

local function of_seats(seats, level)
  local keys, counts, sum = keyed.read(seats, "seats", level + 1)
  return { keys = keys, seats = counts, sum = sum, all = sum }
end

local function is_pair(share)
  return type(share) == "table" and type(share[1]) == "number"
    and type(share[2]) == "number" and share[2] >= 1 and share[1] >= 0
    and share[1] <= share[2] and share[1] % 1 == 0 and share[2] % 1 == 0
end

-- In seats; more than half of all if nothing is said.
local function quota_of(quota, all, level)
  if quota == nil then return math.floor(all / 2) + 1 end
  if type(quota) == "number" then return quota end
  if not is_pair(quota.share) then
    error("power: quota.share must be a pair { num, den } of whole numbers, "
      .. "at most 1", level + 1)
  end
  return native.share_up(quota.share[1], quota.share[2], all)
end

local function check_game(game, level)
  local quota = game.quota
  if game.sum == 0 then error("power: no list has a seat", level + 1) end
  if #game.keys > power.LISTS then
    error(("power: there are %d lists, and at most %d are counted"):format(
      #game.keys, power.LISTS), level + 1)
  end
  if quota % 1 ~= 0 or quota < 1 or quota > game.sum then
    error(("power: a quota of %s seats; it must be a whole number from 1 to "
      .. "%d, all seats"):format(tostring(quota), game.sum), level + 1)
  end
end

-- Half up, two decimals, from the exact ratio.
local function percent(share)
  local ratio = native.rational(share.num, share.den)
  return (ratio * 100 + native.rational(1, 200)):decimals(2)
end

local function row(found, game, i)
  found.key, found.seats = game.keys[i], game.seats[i]
  for _, name in ipairs(SHARES) do
    found[name].percent = percent(found[name])
  end
  found.is_dummy = found.swings == 0
  found.has_veto = game.sum - found.seats < game.quota
end

local function keys_where(rows, field)
  local keys = {}
  for _, list in ipairs(rows) do
    if list[field] then keys[#keys + 1] = list.key end
  end
  return keys
end

local function dictator(rows, quota)
  for _, list in ipairs(rows) do
    if list.has_veto and list.seats >= quota then return list.key end
  end
end

--- The power of each list. A coalition is any set of lists, one without seats
--- included; it wins with `quota` seats or more, and a member is critical if
--- it would not win without that member.
---
--- Of each list: `swings`, the coalitions it is critical in, and `minimal`, the
--- minimal winning coalitions (all members critical) it is in; `is_dummy`, if
--- there are none; `has_veto`, if nobody wins without it; and as exact ratios
--- { num, den, percent }, which add up to 1 over the lists but for the second:
---   banzhaf           its swings of all lists' swings
---   absolute_banzhaf  its swings of the 2^(n - 1) coalitions of the others:
---                     its chance to decide if all others toss a coin
---   shapley_shubik    its part of the n! orders of all lists in which it is
---                     the one that makes those before it win
---   deegan_packel     each minimal winning coalition parted evenly
---   holler            its part of all memberships of these (public good index)
---   johnston          each coalition with a critical member parted evenly
---                     among its critical members
--- Source: Penrose, J. R. Stat. Soc. 109, 1946; Shapley & Shubik, APSR 48,
--- 1954; Banzhaf, Rutgers Law Review 19, 1965; Johnston, Environment and
--- Planning A 10, 1978; Deegan & Packel, Int. J. Game Theory 7, 1978; Holler,
--- Political Studies 30, 1982.
--- Fails: raises for seats that are none, more than 100 lists, a quota beyond
--- the seats, an unknown option, and where the game would not fit in memory;
--- returns nil and an error "undecided" for an outcome whose seats are open.
---@param seats integer[]|table<string, integer>|table by list, or an outcome
---@param options { quota: integer|{ share: integer[] }? }? quota in seats, or
--- at least a share { num, den } of all; a majority if not said: more than
--- half, or what the rule of an outcome says
---@return table? { quota, seats, lists, winning, minimal, vulnerable,
--- dummies, vetoers, dictator }: lists in the order given, those of a keyed
--- table bytewise; how many coalitions win, are minimal, and have a critical
--- member; numbers beyond 2^53 - 1 are decimal strings
---@return urna.Error?
function power.find(seats, options)
  options = options or {}
  errors.check_options("power", options, { "quota" }, 2)
  errors.check_types("power", options, { quota = "number or table" }, 2)
  local is_outcome = keyed.is_outcome(seats)
  local open = is_outcome and keyed.open(seats, "power")
  if open then return nil, open end
  local game = is_outcome and of_outcome(seats) or of_seats(seats, 2)
  game.quota = quota_of(options.quota or game.majority, game.all, 2)
  check_game(game, 2)
  game.quota = math.floor(game.quota) -- 56.0 is 56
  local fits, found = pcall(native.power, game.seats, game.quota)
  if not fits then error("power: " .. tostring(found), 2) end
  for i, list in ipairs(found.lists) do row(list, game, i) end
  found.quota, found.seats = game.quota, game.sum
  found.dummies = keys_where(found.lists, "is_dummy")
  found.vetoers = keys_where(found.lists, "has_veto")
  found.dictator = dictator(found.lists, game.quota)
  return found
end

return power
