local axioms = require "urna.analysis.axioms"
local native = require "urna.native"
local urna = require "urna"

-- Largest remainders of the Hare quota (Hamilton), each list with `least`
-- seats: whole quotas, then the greatest remainders of those that have one;
-- ties as urna.allocate tells them.
local function hamilton(least)
  return function(votes, seats)
    local keys, sum = {}, 0
    for key, own in pairs(votes) do
      keys[#keys + 1], sum = key, sum + own
    end
    local held, rest, left = {}, {}, seats
    local order = {}
    for _, key in ipairs(keys) do
      local product = votes[key] * seats -- below 2^53 here
      rest[key] = product % sum
      held[key] = (product - rest[key]) / sum
      if held[key] < least then
        held[key] = least
      else
        order[#order + 1] = key
      end
      left = left - held[key]
    end
    table.sort(order, function(a, b) return rest[a] > rest[b] end)
    local last = order[left]
    local tied, certain = {}, 0
    for _, key in ipairs(order) do
      if left > 0 and rest[key] > rest[last] then certain = certain + 1 end
      if left > 0 and rest[key] == rest[last] then tied[#tied + 1] = key end
    end
    local is_tie = #tied > left - certain
    for i = 1, is_tie and certain or left do
      held[order[i]] = held[order[i]] + 1
    end
    return { seats = held, ties = is_tie
      and { { tied = tied, left = left - certain } } or {} }
  end
end

-- A divisor method, d(k) = first + step * k.
local function divisor(first, step)
  return function(votes, seats)
    local keys, cast = {}, {}
    for key in pairs(votes) do keys[#keys + 1] = key end
    for i, key in ipairs(keys) do cast[i] = votes[key] end
    local held, _, tied = native.averages { first = first, step = step,
      seats = seats, votes = cast }
    local result, sum = { seats = {}, ties = {} }, 0
    for i, key in ipairs(keys) do
      result.seats[key], sum = held[i], sum + held[i]
    end
    if tied then
      local names = {}
      for i, number in ipairs(tied) do names[i] = keys[number] end
      result.ties[1] = { tied = names, left = seats - sum }
    end
    return result
  end
end

local DHONDT, SAINTE_LAGUE = divisor(1, 1), divisor(1, 2)

-- Residents by state, United States Census Bureau, as copied in github.com/
-- sarahscheffler/dp-census, census_data/historical_populations.csv. The sum of
-- 1880 is that of Balinski & Young 2001, app. B: 49,371,340.
local CENSUS_1880 = { Alabama = 1262505, Arkansas = 802525,
  California = 864694, Colorado = 194327, Connecticut = 622700,
  Delaware = 146608, Florida = 269493, Georgia = 1542180, Illinois = 3077871,
  Indiana = 1978301, Iowa = 1624615, Kansas = 996096, Kentucky = 1648690,
  Louisiana = 939946, Maine = 648936, Maryland = 934943,
  Massachusetts = 1783085, Michigan = 1636937, Minnesota = 780773,
  Mississippi = 1131597, Missouri = 2168380, Nebraska = 452402,
  Nevada = 62266, ["New Hampshire"] = 346991, ["New Jersey"] = 1131116,
  ["New York"] = 5082871, ["North Carolina"] = 1399750, Ohio = 3198062,
  Oregon = 174768, Pennsylvania = 4282891, ["Rhode Island"] = 276531,
  ["South Carolina"] = 995577, Tennessee = 1542359, Texas = 1591749,
  Vermont = 332286, Virginia = 1512565, ["West Virginia"] = 618457,
  Wisconsin = 1315497 }
local CENSUS_1900 = { Alabama = 1828697, Arkansas = 1311564,
  California = 1485053, Colorado = 539700, Connecticut = 908420,
  Delaware = 184735, Florida = 528542, Georgia = 2216331, Idaho = 161772,
  Illinois = 4821550, Indiana = 2516462, Iowa = 2231853, Kansas = 1470495,
  Kentucky = 2147174, Louisiana = 1381625, Maine = 694466,
  Maryland = 1188044, Massachusetts = 2805346, Michigan = 2420982,
  Minnesota = 1751394, Mississippi = 1551270, Missouri = 3106665,
  Montana = 243329, Nebraska = 1066300, Nevada = 42335,
  ["New Hampshire"] = 411588, ["New Jersey"] = 1883669,
  ["New York"] = 7268894, ["North Carolina"] = 1893810,
  ["North Dakota"] = 319146, Ohio = 4157545, Oregon = 413536,
  Pennsylvania = 6302115, ["Rhode Island"] = 428556,
  ["South Carolina"] = 1340316, ["South Dakota"] = 401570,
  Tennessee = 2020616, Texas = 3048710, Utah = 276749, Vermont = 343641,
  Virginia = 1854184, Washington = 518103, ["West Virginia"] = 958800,
  Wisconsin = 2069042, Wyoming = 92531 }

local function row_of(rows, list)
  for _, row in ipairs(rows) do
    if row.list == list then return row end
  end
end

describe("the Alabama paradox", function()
  -- C. W. Seaton, chief clerk of the Census Office, 1881: Alabama with 8 of
  -- 299 and 7 of 300. Every state has a seat: Nevada's quota is 0.38
  it("is found where the Census Office found it in 1881", function()
    local found = axioms.house(CENSUS_1880, hamilton(1),
      { from = 299, to = 300 })
    assert.same({ { list = "Alabama", votes = 1262505, houses = { 299, 300 },
      seats = { 8, 7 } } }, found)
  end)

  -- M. J. Caulfield, Apportioning Representatives in the United States
  -- Congress, MAA Convergence: after the census of 1900 Colorado had 3 in
  -- every house from 350 to 400 but that of 357
  it("befell Colorado in a house of 357", function()
    local found = axioms.house(CENSUS_1900, hamilton(1),
      { from = 350, to = 400 })
    local colorado = row_of(found, "Colorado")
    assert.same({ 356, 357 }, colorado.houses)
    assert.same({ 3, 2 }, colorado.seats)
    local count = 0
    for _, row in ipairs(found) do
      if row.list == "Colorado" then count = count + 1 end
    end
    assert.equal(1, count)
  end)

  it("is unknown to divisor methods, on the same votes", function()
    for _, method in ipairs { DHONDT, SAINTE_LAGUE } do
      assert.same({}, axioms.house(CENSUS_1900, method,
        { from = 350, to = 400 }))
    end
  end)
end)

describe("the new states paradox", function()
  -- With New, of 105: sum 10,525; 1,045 * 105 / 10,525 = 10.425, 8,955 * 105 /
  -- 10,525 = 89.337, 525 * 105 / 10,525 = 5.237: 10 + 89 + 5 = 104 and the
  -- greatest rest is North's: 11 89 5. Without it, of the other 100: 10.45
  -- and 89.55: 10 90. So South loses a seat to North when New comes with its 5
  local SCHOOLS = { North = 1045, South = 8955, New = 525 }

  it("takes a seat from a list for another when a third joins", function()
    local found, without = axioms.coherence(SCHOOLS, hamilton(0),
      { seats = 105 }), {}
    for _, row in ipairs(found) do
      if row.without == "New" then without[#without + 1] = row end
    end
    assert.same({
      { list = "North", seats = 11, alone = 10, houses = { 105, 100 },
        without = "New" },
      { list = "South", seats = 89, alone = 90, houses = { 105, 100 },
        without = "New" } }, without)
  end)

  it("is unknown to Sainte-Lague, on the same votes", function()
    assert.same({}, axioms.coherence(SCHOOLS, SAINTE_LAGUE, { seats = 105 }))
  end)
end)

describe("the population paradox", function()
  -- of 1,000: 6.60 1.50 1.90, so 6 1 1 and the two others to C and A: 7 1 2;
  -- of 1,070: 6.262 1.402 2.336, so 6 1 2 and the other to B: 6 2 2. A grew by
  -- 1.5 %, B not at all
  local before = { A = 660, B = 150, C = 190 }
  local after = { A = 670, B = 150, C = 250 }

  it("takes a seat from a list that grew for one that did not", function()
    assert.same({ { list = "A", votes = { 660, 670 }, seats = { 7, 6 },
      rival = "B", rival_votes = { 150, 150 }, rival_seats = { 1, 2 } } },
      axioms.population(before, hamilton(0), { after = after, seats = 10 }))
  end)

  it("is unknown to divisor methods, on random votes (seed 1901)", function()
    math.randomseed(1901)
    for _ = 1, 300 do
      local was, is = {}, {}
      for i = 1, math.random(2, 6) do
        was[i] = math.random(1, 1000)
        is[i] = math.random(1, 1000)
      end
      for _, method in ipairs { DHONDT, SAINTE_LAGUE } do
        assert.same({}, axioms.population(was, method,
          { after = is, seats = math.random(1, 30) }))
      end
    end
  end)

  it("is no matter of votes that were not there before", function()
    assert.same({}, axioms.population({ A = 5, B = 0 }, DHONDT,
      { after = { A = 5, B = 5 }, seats = 2 }))
  end)
end)

describe("the quota", function()
  -- 10 seats of 100 votes: 8.6 0.5 0.5 0.4; averages 86/10 = 8.6 are above 5
  it("is exceeded by d'Hondt: ten seats for 8.6", function()
    local votes = { A = 86, B = 5, C = 5, D = 4 }
    local seats = DHONDT(votes, 10).seats
    assert.same({ { list = "A", votes = 86, seats = 10, bound = "upper",
      quota = { num = 43, den = 5 } } }, axioms.quota(votes, seats))
  end)

  -- 10 seats of 1,000 votes: A 5.2. Averages of A 520 173.3 104 74.3 57.8, of
  -- the others 64 63 62 61 60 59 58 53: four for A and one for each of the six
  -- others above 58
  it("is missed by Sainte-Lague: four seats for 5.2", function()
    local votes = { A = 520, B = 64, C = 63, D = 62, E = 61, F = 60, G = 59,
      H = 58, I = 53 }
    local seats = SAINTE_LAGUE(votes, 10).seats
    assert.equal(4, seats.A)
    assert.same({ { list = "A", votes = 520, seats = 4, bound = "lower",
      quota = { num = 26, den = 5 } } }, axioms.quota(votes, seats))
  end)

  it("is kept by a seat more or less than it, if it is no whole number",
    function()
      -- 2.5 each of five: 2 and 3 are within
      assert.same({}, axioms.quota({ 50, 50 }, { 3, 2 }))
      -- 2 each of four: 3 and 1 are not
      local found = axioms.quota({ 50, 50 }, { 3, 1 })
      assert.same({ "upper", "lower" }, { found[1].bound, found[2].bound })
      assert.same({ num = 2, den = 1 }, found[1].quota)
    end)

  it("is compared exactly, where products are beyond 2^53", function()
    -- of two lists with 2^52 and 2^52 - 1 votes and 2 seats the first has a
    -- quota just above 1, the second just below: 2 and 0 are within
    local votes = { 4503599627370496, 4503599627370495 }
    assert.same({}, axioms.quota(votes, { 2, 0 }))
    local found = axioms.quota(votes, { 0, 2 })
    assert.same({ "lower", "upper" }, { found[1].bound, found[2].bound })
  end)

  it("is never left by largest remainders (seed 1791)", function()
    math.randomseed(1791)
    for _ = 1, 500 do
      local votes = {}
      for i = 1, math.random(1, 8) do votes[i] = math.random(1, 1000) end
      local result = hamilton(0)(votes, math.random(1, 40))
      if #result.ties == 0 then
        assert.same({}, axioms.quota(votes, result.seats))
      end
    end
  end)

  it("is told with the indices of the same votes and seats", function()
    local found = urna.indices({ A = 86, B = 5, C = 5, D = 4 },
      { A = 10, B = 0, C = 0, D = 0 })
    assert.equal("A", found.quota_violations[1].list)
  end)
end)

describe("a tie", function()
  -- two lists with as many votes: 1 of 1 is a draw, 1 1 of 2 is not
  local even = { A = 5, B = 5 }

  it("is no loss, for a draw may prevent it", function()
    assert.same({}, axioms.house(even, DHONDT, { from = 1, to = 6 }))
  end)

  it("is said, and nothing told of the quota there", function()
    local found = urna.axioms(even, DHONDT, { seats = { 1, 4 } })
    assert.same({ 1, 3 }, found.ties)
    assert.same({}, found.quota)
    assert.same({}, found.house)
    assert.same({}, found.coherence)
    assert.is_nil(found.population)
  end)

  it("that is drawn one way or the other can still be a loss", function()
    -- 2 of 3 for the first list, of 4 one or none
    local function method(_, seats)
      if seats == 4 then
        return { seats = { 0, 3 }, ties = { { tied = { 1, 2 }, left = 1 } } }
      end
      return { seats = { 2, seats - 2 } }
    end
    assert.same({ { list = 1, votes = 7, houses = { 3, 4 },
      seats = { 2, 1 } } }, axioms.house({ 7, 3 }, method,
      { from = 3, to = 4 }))
  end)
end)

describe("coherence", function()
  -- hamilton(0), 10 seats of 6.7 1.6 1.7: 6 1 1 and 2 left: A and C, 7 1 2.
  -- A and B alone, 8 seats of 830: 6.458 1.542: 6 2
  it("is broken by largest remainders, and the part is told", function()
    local found = axioms.coherence({ A = 670, B = 160, C = 170 },
      hamilton(0), { seats = 10 })
    local broken = {}
    for _, row in ipairs(found) do
      if row.among then broken[#broken + 1] = row end
    end
    assert.same({ { list = "A", seats = 7, alone = 6, houses = { 10, 8 },
      among = { "A", "B" } }, { list = "B", seats = 1, alone = 2,
      houses = { 10, 8 }, among = { "A", "B" } } }, broken)
  end)

  it("is kept by divisor methods, on random votes (seed 1832)", function()
    math.randomseed(1832)
    for _ = 1, 100 do
      local votes = {}
      for i = 1, math.random(2, 7) do votes[i] = math.random(1, 500) end
      for _, method in ipairs { DHONDT, SAINTE_LAGUE, divisor(2, 1) } do
        assert.same({}, axioms.coherence(votes, method,
          { seats = math.random(1, 25) }))
      end
    end
  end)
end)

describe("all axioms at once", function()
  it("are tried on a method given as a function", function()
    local found = urna.axioms({ A = 660, B = 150, C = 190 }, hamilton(0),
      { seats = { 9, 10 }, after = { A = 670, B = 150, C = 250 } })
    assert.equal("A", found.population[1].list)
    assert.same({}, found.quota)
    found = urna.axioms({ A = 86, B = 5, C = 5, D = 4 }, DHONDT,
      { seats = 10 })
    assert.same({ "A", 10, "upper" }, { found.quota[1].list,
      found.quota[1].house, found.quota[1].bound })
  end)

  it("are tried on a method by its name", function()
    -- see "the quota" and "the population paradox" above
    assert.equal("upper", urna.axioms({ A = 86, B = 5, C = 5, D = 4 },
      "dhondt", { seats = 10 }).quota[1].bound)
    assert.equal("A", urna.axioms({ A = 660, B = 150, C = 190 }, "hare",
      { seats = 10, after = { A = 670, B = 150, C = 250 } })
      .population[1].list)
    assert.error_matches(function()
      urna.axioms({ 1, 2 }, "dhont", { seats = 3 })
    end, "dhondt")
  end)

  it("work on plain seats by list", function()
    local function half(votes, seats)
      local held = {}
      for key in pairs(votes) do held[key] = seats end
      return held
    end
    assert.same({}, urna.axioms({ A = 1, B = 1 }, half,
      { seats = { 1, 5 } }).house)
  end)
end)

describe("what is no method or no house", function()
  it("is refused with the value", function()
    assert.error_matches(function() urna.axioms({ 1, 2 }, 5, { seats = 3 }) end,
      "a method is a name or a function, not a number")
    assert.error_matches(function()
      urna.axioms({ 1, 2 }, DHONDT, { seats = 0 })
    end, "seats is 0, not a whole number from 1")
    assert.error_matches(function()
      urna.axioms({ 1, 2 }, DHONDT, { seats = { 5 } })
    end, "seats%[2%] is nil")
    assert.error_matches(function()
      axioms.house({ 1, 2 }, DHONDT, { from = 9, to = 8 })
    end, "houses go from 9 to 8")
    assert.error_matches(function()
      urna.axioms({ 1, 2 }, DHONDT, { seat = 3 })
    end, 'did you mean "seats"')
    assert.error_matches(function()
      urna.axioms({ 1, 2 }, DHONDT, { seats = 3, after = { 1 } })
    end, "after: list 2 is missing")
  end)

  it("is refused where the method gives no seats", function()
    assert.error_matches(function()
      urna.axioms({ A = 2 }, function() return 5 end, { seats = 3 })
    end, "the method gave 5 for 3 seats")
    assert.error_matches(function()
      urna.axioms({ A = 2 }, function() return {} end, { seats = 3 })
    end, "the method gave list A no seats of 3")
  end)
end)
