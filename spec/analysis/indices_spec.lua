local urna = require "urna"

-- A value that is right to the digits shown.
local function near(expected, found, within)
  assert.is_true(math.abs(expected - found) < (within or 1e-9),
    ("%.12g is not %.12g"):format(found, expected))
end

describe("indices by hand", function()
  -- v 50 30 20, s 3/5 1/5 1/5 = 60 20 20: gaps +10 -10 0
  local votes = { A = 50, B = 30, C = 20 }
  local seats = { A = 3, B = 1, C = 1 }
  local found = urna.indices(votes, seats, { exact = true })

  it("of distance are in points", function()
    near(10, found.gallagher) -- sqrt((100 + 100) / 2)
    near(10, found.loosemore_hanby) -- (10 + 10) / 2
    near(20 / 3, found.rae)
    near(10, found.lijphart)
    near(10, found.lijphart_two) -- A and B: (10 + 10) / 2
    near(90, found.rose)
    -- sum s^2 = 0.36 + 0.04 + 0.04 = 0.44 is 1 / effective_by_seats
    near(8.8, found.grofman)
    -- 0.01 / 0.5 + 0.01 / 0.3 = 0.16 / 3
    near(16 / 3, found.sainte_lague)
    -- 0.6 ln 1.2 + 0.2 ln 2/3 + 0.2 ln 1 = 0.109393 - 0.081093
    near(2.82999, found.entropy, 1e-5)
    near(0, found.wasted)
  end)

  it("of lists are numbers of them", function()
    near(1 / 0.44, found.effective_by_seats)
    near(1 / 0.38, found.effective_by_votes) -- 0.25 + 0.09 + 0.04
    -- 1 + 0.2 / (0.2 + 0.36 - 0.04) twice = 1 + 10/13
    near(23 / 13, found.golosov_by_seats)
    near(1.2, found.dhondt) -- 60 / 50
  end)

  it("are exact where they are asked to be", function()
    assert.same({ num = 100, den = 1, squared = true },
      found.exact.gallagher)
    assert.same({ num = 20, den = 3 }, found.exact.rae)
    assert.same({ num = 16, den = 3 }, found.exact.sainte_lague)
    assert.same({ num = 6, den = 5 }, found.exact.dhondt)
    assert.same({ num = 50, den = 19 }, found.exact.effective_by_votes)
    assert.same({ num = 23, den = 13 }, found.exact.golosov_by_seats)
    assert.same({ num = 44, den = 5 }, found.exact.grofman)
    assert.same({ num = 90, den = 1 }, found.exact.rose)
    assert.is_nil(urna.indices(votes, seats).exact)
  end)

  it("come with each list's part, in order", function()
    assert.equal("A", found.lists[1].key)
    near(10, found.lists[1].gap)
    near(1.2, found.lists[1].advantage)
    near(2 / 3, found.lists[2].advantage)
    near(1, found.lists[3].advantage)
  end)
end)

describe("published indices:", function()
  -- General election 2005, official count of the party votes, 2,275,629 in
  -- all; 121 seats. From the percentages of Wikipedia's page on the Gallagher
  -- index: squares of points 0.0484 + 0.3249 + 0.0049 + 0.1156 + 1.3924 +
  -- 0.0361 + 0.0196 + 0.1156, and 0.4750 of lists without seats, are 2.5325,
  -- and the root of half of that is 1.125 (the page adds up to 2.4711 and says
  -- 1.11). Shares squared: of seats 4919 / 14641 = 1 / 2.976, of votes 0.1689 +
  -- 0.1529 + 0.0033 + 0.0028 + 0.0004 + 0.0007 + 0.0002 + 0.0001 = 0.3293
  local votes = { 935319, 889813, 130115, 120521, 48263, 60860, 34469, 26441,
    14210, 5748, 2821, 1641, 1178, 1079, 946, 782, 601, 478, 344 }
  local seats = { 50, 48, 7, 6, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

  it("the least squares of New Zealand in 2005 are 1.13, not 1.11", function()
    local found = urna.indices(votes, seats)
    assert.equal(2275629, found.votes)
    assert.equal("1.13", ("%.2f"):format(found.gallagher))
    assert.equal("3.04", ("%.2f"):format(found.effective_by_votes))
    assert.equal("2.98", ("%.2f"):format(found.effective_by_seats))
  end)

  -- eleven lists without seats have 29,828 votes, 1.3108 %; their squares of
  -- points are 0.3899 + 0.0638 + 0.0154 + 0.0052 + 0.0027 + 0.0022 + 0.0017
  -- + 0.0012 + 0.0007 + 0.0004 + 0.0002 = 0.4834, as a block 1.7181, so that
  -- 2 * 1.1284^2 = 2.5465 becomes 3.7812
  it("is 1.38 with the lists without seats as a block", function()
    local found = urna.indices(votes, seats, { others = "block" })
    near(math.sqrt(3.7812 / 2), found.gallagher, 5e-4)
    near(1.3108, found.wasted, 5e-5)
    assert.equal("block", found.others)
    assert.equal(19, #found.lists)
  end)

  -- 100,000 votes, five seats: Gallagher 1991, table 1: A 60, B 28, C 12
  -- per cent; d'Hondt gives 4 1 0, Sainte-Lague and largest remainders 3 1 1.
  -- Squares of 20 8 12: (400 + 64 + 144) / 2 = 304; of 0 8 8: 64
  it("d'Hondt is the less proportional of two in a district of five",
    function()
      local cast = { 60000, 28000, 12000 }
      local dhondt = urna.indices(cast, { 4, 1, 0 })
      local sainte_lague = urna.indices(cast, { 3, 1, 1 })
      near(math.sqrt(304), dhondt.gallagher)
      near(8, sainte_lague.gallagher)
      near(20, dhondt.loosemore_hanby) -- (20 + 8 + 12) / 2
      near(20, dhondt.lijphart)
      -- by its own index d'Hondt is the best: 80/60 against 20/12
      near(4 / 3, dhondt.dhondt)
      near(5 / 3, sainte_lague.dhondt)
      -- and Sainte-Lague by its: 400/60 + 64/28 + 144/12, 64/28 + 64/12
      near(400 / 60 + 64 / 28 + 12, dhondt.sainte_lague)
      near(64 / 28 + 64 / 12, sainte_lague.sainte_lague)
      near(12, dhondt.wasted)
    end)

  -- Golosov, Party Politics 16(2), 2010, constellations of shares: 0.75 0.25
  -- has 1.60 by Laakso and Taagepera and 1.33 by Golosov; 0.55 0.45 has 1.98
  -- and 1.82; 0.55, three of 0.1 and fifteen of 0.01 has 2.99 and 2.24
  it("two ways to count lists differ most where one is large", function()
    local minor = { 55, 10, 10, 10 }
    for _ = 1, 15 do minor[#minor + 1] = 1 end
    for words, cast in pairs { ["1.60 1.33"] = { 75, 25 },
      ["1.98 1.82"] = { 55, 45 }, ["2.99 2.24"] = minor } do
      local found = urna.indices(cast, cast)
      assert.equal(words, ("%.2f %.2f"):format(found.effective_by_votes,
        found.golosov_by_votes))
      near(0, found.gallagher)
      near(1, found.dhondt)
    end
  end)
end)

describe("lists without seats", function()
  local votes, seats = { 50, 30, 10, 6, 4 }, { 6, 4, 0, 0, 0 }

  it("are each by themselves, as given", function()
    local found = urna.indices(votes, seats)
    near(math.sqrt((100 + 100 + 100 + 36 + 16) / 2), found.gallagher)
    near(40 / 5, found.rae)
    near(10, found.lijphart)
  end)

  it("as a block raise gallagher, rae and lijphart, not loosemore_hanby",
    function()
      local found = urna.indices(votes, seats, { others = "block" })
      near(math.sqrt((100 + 100 + 400) / 2), found.gallagher)
      near(40 / 3, found.rae)
      near(20, found.lijphart)
      near(20, found.loosemore_hanby)
      near(1 / 0.38, found.effective_by_votes) -- .25 + .09 + .04
    end)

  it("are left out of the votes too where they are omitted", function()
    -- 50/80 and 30/80 against 60 and 40: 62.5 and 37.5
    local found = urna.indices(votes, seats, { others = "omit" })
    near(2.5, found.gallagher)
    near(2.5, found.loosemore_hanby)
    near(0, found.wasted)
    assert.equal(100, found.votes)
    assert.equal(5, #found.lists)
  end)

  it("with neither votes nor seats are none", function()
    near(urna.indices({ 5, 3 }, { 5, 3 }).rae,
      urna.indices({ 5, 3, 0 }, { 5, 3, 0 }).rae)
  end)

  it("with seats and no votes have no bound in what divides by votes",
    function()
      local found = urna.indices({ A = 9, B = 0 }, { A = 9, B = 1 },
        { exact = true })
      assert.equal(math.huge, found.dhondt)
      assert.equal(math.huge, found.sainte_lague)
      assert.equal(math.huge, found.entropy)
      assert.equal(math.huge, found.lists[2].advantage)
      assert.is_nil(found.exact.dhondt)
      near(10, found.gallagher)
      assert.same({ num = 100, den = 1, squared = true },
        found.exact.gallagher)
    end)
end)

describe("indices of an outcome", function()
  it("are those of its lists", function()
    local outcome = urna.apportion(urna.election("belgrade-2024"))
    local votes, seats = {}, {}
    for i, list in ipairs(outcome.lists) do
      votes[i], seats[i] = list.votes, list.seats
    end
    local found = urna.indices(outcome)
    near(urna.indices(votes, seats).gallagher, found.gallagher)
    near(urna.indices(votes, seats, { others = "omit" }).rae,
      urna.indices(outcome, { others = "omit" }).rae)
    assert.equal(outcome.lists[1].key, found.lists[1].key)
  end)

  it("that is open, or whose votes are not known, are an error", function()
    local found, err = urna.indices { lists = {}, decision = "undecided" }
    assert.is_nil(found)
    assert.equal("undecided", err.code)
    found, err = urna.indices { decision = "decided",
      lists = { { key = "A", seats = 5 } } }
    assert.is_nil(found)
    assert.equal("no_votes", err.code)
    assert.equal("A", err.field)
  end)
end)

describe("indices refuse", function()
  it("seats of other lists", function()
    assert.error_matches(function()
      urna.indices({ A = 5, B = 3 }, { A = 5 })
    end, 'seats: list "B" is missing')
    assert.error_matches(function() urna.indices({ 5, 3 }, { 5, 3, 1 }) end,
      "there is no list 3")
  end)

  it("no votes and no seats", function()
    assert.error_matches(function() urna.indices({ 0, 0 }, { 5, 3 }) end,
      "votes: no list has any")
    assert.error_matches(function() urna.indices({ 5, 3 }, { 0, 0 }) end,
      "seats: no list has any")
    assert.error_matches(function()
      urna.indices({ 5, 0 }, { 0, 3 }, { others = "omit" })
    end, "no list with seats has votes")
  end)

  it("an unknown treatment, with the nearest, where they are called",
    function()
      local function call()
        local found = urna.indices({ 5 }, { 5 }, { others = "blok" })
        return found
      end
      local ok, message = pcall(call)
      assert.is_false(ok)
      assert.truthy(message:find("indices_spec", 1, true), message)
      assert.truthy(message:find('did you mean "block"', 1, true), message)
    end)
end)

describe("the exact indices", function()
  local NAMES = { "loosemore_hanby", "rae", "grofman", "lijphart",
    "lijphart_two", "sainte_lague", "dhondt", "wasted", "rose",
    "effective_by_votes", "effective_by_seats", "golosov_by_votes",
    "golosov_by_seats" }

  it("are what is shown, of votes up to 2^53 too", function()
    math.randomseed(1991) -- the seed
    for _ = 1, 200 do
      local votes, seats = {}, {}
      for i = 1, math.random(1, 9) do
        votes[i] = math.random(1, 1000000) * math.random(1, 900000000)
        seats[i] = math.random(0, 60)
      end
      seats[1] = seats[1] + 1
      local found = urna.indices(votes, seats, { exact = true })
      for _, name in ipairs(NAMES) do
        local exact = found.exact[name]
        near(tonumber(exact.num) / tonumber(exact.den), found[name],
          1e-9 * (1 + found[name]))
      end
      local squared = found.exact.gallagher
      near(math.sqrt(tonumber(squared.num) / tonumber(squared.den)),
        found.gallagher, 1e-9)
    end
  end)
end)
