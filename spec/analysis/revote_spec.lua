local compat = require "urna.compat"
local races = require "urna.analysis.race"
local revote = require "urna.analysis.revote"
local walk = require "urna.seats.walk"

local DHONDT = { step = "averages", divisor = "dhondt",
  tie = { "more_votes", "undecided" } }

-- A race of lists { votes, minority }; the base as said.
local function race_of(rule, base, seats, ...)
  local count = { seats = seats, lists = {},
    base = { low = base, high = base, value = base },
    moving = rule.base ~= "registered_voters" }
  for i, list in ipairs { ... } do
    count.lists[i] = { key = ("L%d"):format(i), votes = list[1],
      low = list[1], high = list[1], minority = list[2] or false,
      max = list[3] }
  end
  assert(walk.run(rule, count))
  return assert(races.of(rule, count))
end

local function range(race, voters, i)
  local found = revote.bounds(race, voters, { [i] = true })
  return { found.fewest, found.most }, found
end

describe("the bounds of a repeat, by hand", function()
  local plain = { base = "ballots_in_box", DHONDT }

  it("are what the last seat's averages leave", function()
    -- 60 40 of 3 seats: 60 40 30. The second list has two with 61: 30.5 > 30,
    -- 21 votes; 59 are too few: 29.5. It has all three with 180: 60 = 60, and
    -- more votes go first; 179 are too few. The first has all with 120: 40 =
    -- 40, as many more, and 119 are too few.
    local race = race_of(plain, 100, 3, { 60 }, { 40 })
    assert.same({ 1, 1 }, (range(race, 19, 2)))
    assert.same({ 1, 2 }, (range(race, 21, 2)))
    assert.same({ 1, 2 }, (range(race, 59, 2)))
    assert.same({ 0, 2 }, (range(race, 60, 2)))
    assert.same({ 0, 2 }, (range(race, 139, 2)))
    assert.same({ 0, 3 }, (range(race, 140, 2)))
    assert.same({ 2, 2 }, (range(race, 19, 1)))
    assert.same({ 1, 3 }, (range(race, 60, 1)))
    assert.same({ 0, 3 }, (range(race, 140, 1)))
  end)

  it("count an open tie for the most and not for the fewest", function()
    -- 20 votes: 60/2 = 30 = 60/2 with equal votes: the law is silent
    local race = race_of(plain, 100, 3, { 60 }, { 40 })
    local seats, found = range(race, 20, 2)
    assert.same({ 1, 2 }, seats)
    assert.is_true(found.most_witness.is_tied)
    assert.same({ L1 = 0, L2 = 20 }, found.most_witness.votes)
    assert.same({ 1, 2 }, (range(race, 20, 1)))
  end)

  it("let invalid ballots move the threshold", function()
    -- 10 % of 100 is 10: the third list is in with 10 votes and has none of 9
    -- seats at 45 45 10? 45 22.5 15 11.25 9 | 45 22.5 15 11.25 9 | 10: the
    -- ninth is 10. A single invalid ballot makes the base 101, 11 are needed.
    local rule = { base = "ballots_in_box", { step = "threshold",
      share = { 1, 10 } }, DHONDT }
    local race = race_of(rule, 100, 9, { 45 }, { 45 }, { 10 })
    assert.same({ 1, 1 }, (range(race, 0, 3)))
    local seats, found = range(race, 1, 3)
    assert.same({ 0, 1 }, seats)
    assert.equal(101, found.fewest_witness.base)
  end)

  it("end a minority list's weight where others lift it over", function()
    -- Factor 2 below a fifth. L2 has 19 votes of 100 and counts 38: 81 40.5 38,
    -- one seat of three. With two votes more it has 21 of 102, where 20.4 is a
    -- fifth, and counts 21: 81 40.5 27, none. One vote is not enough: 20 of
    -- 101, where 20.2 is a fifth.
    local rule = { base = "ballots_in_box", { step = "threshold",
      share = { 1, 5 }, exempt = "minority" }, { step = "weight",
      factor = { 2, 1 }, lists = "minority", when = "below_threshold" },
      DHONDT }
    local race = race_of(rule, 100, 3, { 81 }, { 19, true })
    assert.same({ 2, 2 }, (range(race, 1, 1)))
    local seats, found = range(race, 2, 1)
    assert.same({ 2, 3 }, seats)
    assert.same({ L1 = 0, L2 = 2 }, found.most_witness.votes)
    assert.same({ 0, 1 }, (range(race, 2, 2)))
  end)
end)

-- Every outcome that the voters can bring about.
local function every_outcome(race, voters, give)
  local votes, base_name = {}, race.base_name
  local function cast(i, left)
    if i <= #race.lists then
      for more = 0, left do
        votes[i] = race.votes[i] + more
        cast(i + 1, left - more)
      end
    elseif base_name == "registered_voters" then
      give(race:after(votes, race.base + voters))
    elseif base_name == "valid_votes" then
      give(race:after(votes, race.base + voters - left))
    else
      for invalid = 0, left do
        give(race:after(votes, race.base + voters - left + invalid))
      end
    end
  end
  cast(1, voters)
end

local function brute(race, voters, members)
  local fewest, most = math.huge, -1
  every_outcome(race, voters, function(count)
    local low, high = races.seats_of(count, members)
    fewest, most = math.min(fewest, low), math.max(most, high)
  end)
  return fewest, most
end

-- A generator of its own, the same on every Lua.
local function randoms(seed)
  return function(low, high)
    seed = seed * 16807 % 2147483647
    return low + seed % (high - low + 1)
  end
end

local SHARES = { { 3, 100 }, { 5, 100 }, { 1, 10 }, { 1, 5 }, { 1, 3 },
  { 2, 5 } }
local BASES = { "ballots_in_box", "ballots_in_box", "voters_signed",
  "registered_voters", "valid_votes" }
local DIVISORS = { "dhondt", "sainte_lague", "imperiali", "danish" }
local FACTORS = { { 27, 20 }, { 2, 1 }, { 3, 1 }, { 1, 2 } }

local function random_rule(random)
  local rule = { base = BASES[random(1, #BASES)] }
  if random(1, 8) > 1 then
    rule[#rule + 1] = { step = "threshold", share = SHARES[random(1, #SHARES)],
      exempt = random(1, 4) > 1 and "minority" or nil,
      if_none_passes = random(1, 3) > 1 and "all_take_part" or nil }
  end
  if random(1, 4) > 1 then
    rule[#rule + 1] = { step = "weight", factor = FACTORS[random(1, #FACTORS)],
      lists = "minority", when = random(1, 4) > 1 and "below_threshold" or nil }
  end
  rule[#rule + 1] = { step = "averages", divisor = DIVISORS[random(1,
    #DIVISORS)], tie = random(1, 2) == 1 and { "more_votes", "undecided" }
    or nil }
  return rule
end

local function random_race(random)
  local rule, lists, sum = random_rule(random), {}, 0
  for i = 1, random(2, 4) do
    lists[i] = { random(0, random(1, 3) == 1 and 3 or 20),
      random(1, 2) == 1, random(1, 8) == 1 and random(1, 2) or nil }
    sum = sum + lists[i][1]
  end
  local base = rule.base == "valid_votes" and sum or sum + random(0, 4)
  return race_of(rule, base, random(1, 6), compat.unpack(lists))
end

describe("the bounds of a repeat", function()
  local seed = tonumber(os.getenv("URNA_SEED")) or 20231217
  it(("are those of all outcomes enumerated (seed %d)"):format(seed), function()
    local random = randoms(seed)
    for case = 1, 250 do
      local race = random_race(random)
      local voters = random(0, #race.lists == 4 and 5 or 8)
      for i = 1, #race.lists + 1 do
        local members = { [i] = true }
        if i > #race.lists then members = { true, [#race.lists] = true } end
        local found = revote.bounds(race, voters, members)
        local fewest, most = brute(race, voters, members)
        if found.is_exact then
          assert.message(("case %d, list %d"):format(case, i))
            .same({ fewest, most }, { found.fewest, found.most })
        else
          assert.equal("valid_votes", race.base_name)
          assert.is_true(found.fewest <= fewest and found.most >= most)
        end
      end
    end
  end)

  it("are shown by outcomes that the law gives", function()
    local random = randoms(seed + 1)
    for _ = 1, 100 do
      local race, voters = random_race(random), random(0, 30)
      for i, list in ipairs(race.lists) do
        local found = revote.bounds(race, voters, { [i] = true })
        for _, witness in ipairs { found.fewest_witness,
          found.most_witness } do
          local votes, cast = {}, witness.invalid_ballots
          for j, other in ipairs(race.lists) do
            cast = cast + witness.votes[other.key]
            votes[j] = race.votes[j] + witness.votes[other.key]
          end
          assert.is_true(cast <= voters)
          local count = race:after(votes, witness.base)
          assert.equal(witness.seats[list.key], count.lists[i].seats)
        end
      end
    end
  end)
end)
