local native = require "urna.native"
local urna = require "urna"

-- A linear congruential generator, Park & Miller 1988; exact on every Lua.
local SEED = 20180304
local state = SEED
local function between(least, most)
  state = state * 16807 % 2147483647
  return least + state % (most - least + 1)
end

local function keys_of(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function sum_of(seats)
  local by_list, by_district = {}, {}
  for district, row in pairs(seats) do
    by_district[district] = 0
    for list, n in pairs(row) do
      by_district[district] = by_district[district] + n
      by_list[list] = (by_list[list] or 0) + n
    end
  end
  return by_district, by_list
end

-- votes / (district's divisor * list's) against a ratio: whether it is less.
local function quotient(votes, district, list)
  return native.rational(votes) / (native.rational(district[1], district[2])
    * native.rational(list[1], list[2]))
end

-- Every cell is its quotient, rounded: between x - 1/2 and x + 1/2, or x and
-- x + 1.
local function check_divisors(votes, result, seats, down)
  for district, row in pairs(votes) do
    for list, n in pairs(row) do
      local x = seats[district][list]
      local d = result.divisors.districts[district]
      local l = result.divisors.lists[list]
      if d and l then
        local q = quotient(n, d, l)
        local half = down and native.rational(0) or native.rational(1, 2)
        local at = ("%s %s"):format(district, list)
        local above = native.rational(x + 1) - half
        assert.message(at).is_true(q <= above)
        assert.message(at).is_true(x == 0
          or native.rational(x) - half <= q)
      else
        assert.equal(0, x)
      end
    end
  end
end

-- Source: Stadt Zurich, Gemeinderatswahl of 4 March 2018, Herleitung der
-- Oberzuteilung and Unterzuteilung (stadt-zuerich.ch). The seven lists above
-- the quorum, votes and seats in the nine districts.
local CITY_DISTRICTS = { "1+2", "3", "4+5", "6", "7+8", "9", "10", "11", "12" }
local CITY_SEATS = { 12, 15, 13, 10, 16, 16, 12, 22, 9 }
local CITY = {
  SP = { { 37360, 67129, 49212, 34296, 71164, 60063, 52231, 89477, 13192 },
    { 4, 6, 5, 4, 4, 5, 5, 7, 3 } },
  SVP = { { 15856, 19340, 8339, 8974, 28050, 33783, 17789, 55160, 8980 },
    { 2, 1, 1, 1, 2, 3, 1, 4, 2 } },
  FDP = { { 23990, 20529, 13844, 16857, 69536, 26712, 23098, 40194, 3826 },
    { 2, 2, 1, 2, 5, 3, 2, 3, 1 } },
  Gruene = { { 15007, 26471, 19388, 12571, 31442, 20296, 15534, 28713, 4191 },
    { 2, 2, 2, 1, 2, 2, 2, 2, 1 } },
  glp = { { 12551, 19573, 16442, 11613, 28414, 16488, 14630, 31911, 2931 },
    { 1, 2, 2, 1, 2, 1, 1, 3, 1 } },
  AL = { { 7668, 22692, 22136, 7612, 13659, 10164, 12054, 12435, 1954 },
    { 1, 2, 2, 1, 1, 1, 1, 1, 0 } },
  ["EVP/BDP"] = { { 1841, 2939, 1152, 2101, 5655, 9777, 3374, 13901, 2568 },
    { 0, 0, 0, 0, 0, 1, 0, 2, 1 } },
}
local CITY_UPPER = { SP = 43, SVP = 17, FDP = 21, Gruene = 16, glp = 14,
  AL = 10, ["EVP/BDP"] = 4 }
local CITY_VOTERS = { SP = 32892, SVP = 12999, FDP = 16312, Gruene = 12064,
  glp = 10580, AL = 7892, ["EVP/BDP"] = 2810 }

-- The city's votes (1) or its seats (2) by district.
local function city(what)
  local rows = {}
  for i, district in ipairs(CITY_DISTRICTS) do
    rows[district] = {}
    for list, columns in pairs(CITY) do
      rows[district][list] = columns[what][i]
    end
  end
  return rows
end

local function city_seats()
  local seats = {}
  for i, district in ipairs(CITY_DISTRICTS) do
    seats[district] = CITY_SEATS[i]
  end
  return seats
end

describe("the city of Zurich in 2018", function()
  it("has the official voter numbers, rounded in each district, and seats",
    function()
      local result = urna.biproportional(city(1),
        { districts = city_seats(), weighting = "rounded" })
      assert.same(CITY_UPPER, result.upper)
      for list, voters in pairs(CITY_VOTERS) do
        assert.same({ voters, 1 }, result.voter_numbers[list])
      end
      assert.same(city(2), result.seats)
      assert.same({}, result.ties)
      check_divisors(city(1), result, result.seats)
    end)

  it("has as many seats in each district as the official population gives",
    function()
      -- Medienmitteilung of 10 May 2017: persons on 31 March 2017
      local voters = { ["1+2"] = 37244, ["3"] = 47781, ["4+5"] = 42097,
        ["6"] = 31587, ["7+8"] = 51283, ["9"] = 51596, ["10"] = 38100,
        ["11"] = 68704, ["12"] = 30092 }
      local result = urna.biproportional(city(1),
        { voters = voters, seats = 125, lists = CITY_UPPER })
      assert.same(city_seats(), result.districts)
      assert.same(city(2), result.seats)
    end)

  it("comes out the same with the districts and lists turned round",
    function()
      local votes, due = {}, {}
      for i = 1, #CITY_DISTRICTS do
        local row = {}
        for j, list in ipairs(keys_of(CITY)) do
          row[8 - j] = CITY[list][1][i]
        end
        votes[10 - i], due[10 - i] = row, CITY_SEATS[i]
      end
      local result = urna.biproportional(votes,
        { districts = due, weighting = "rounded" })
      for i = 1, #CITY_DISTRICTS do
        for j, list in ipairs(keys_of(CITY)) do
          assert.equal(CITY[list][2][i], result.seats[10 - i][8 - j])
        end
      end
    end)
end)

-- Source: the same of 9 February 2014: seven lists, votes and seats.
local CITY_2014 = {
  { 39, { 30933, 54797, 40953, 29882, 62554, 46248, 40979, 79160, 11448 },
    { 3, 5, 5, 4, 4, 5, 4, 6, 3 } },
  { 23, { 18882, 25663, 9836, 11132, 34834, 41366, 24261, 70002, 10635 },
    { 2, 2, 1, 1, 2, 4, 2, 6, 3 } },
  { 21, { 24403, 17918, 10238, 15090, 69163, 21307, 21957, 37123, 3412 },
    { 3, 2, 1, 2, 4, 2, 3, 3, 1 } },
  { 14, { 13239, 21915, 15880, 10034, 28630, 15001, 13598, 22448, 2433 },
    { 1, 2, 2, 1, 2, 2, 1, 2, 1 } },
  { 13, { 12202, 17746, 12416, 11024, 26498, 14738, 13901, 29648, 2151 },
    { 1, 2, 2, 1, 2, 1, 1, 3, 0 } },
  { 6, { 5936, 6873, 3645, 3692, 11017, 10816, 4898, 14852, 2786 },
    { 1, 1, 0, 0, 1, 1, 0, 1, 1 } },
  { 9, { 5650, 16680, 17323, 6650, 10082, 8020, 8543, 11655, 1061 },
    { 1, 1, 2, 1, 1, 1, 1, 1, 0 } },
}

describe("the city of Zurich in 2014", function()
  it("has the official seats of lists and of their districts", function()
    local votes, expected, upper = {}, {}, {}
    for i = 1, #CITY_SEATS do
      votes[i], expected[i] = {}, {}
      for j, list in ipairs(CITY_2014) do
        upper[j], votes[i][j], expected[i][j] = list[1], list[2][i],
          list[3][i]
      end
    end
    local result = urna.biproportional(votes, { districts = CITY_SEATS,
      weighting = "rounded" })
    assert.same(upper, result.upper)
    assert.same(expected, result.seats)
    check_divisors(votes, result, result.seats)
  end)
end)

describe("the German Wikipedia's example", function()
  local votes = { I = { A = 5100, B = 6000, C = 6300 },
    II = { A = 9800, B = 10000, C = 10200 },
    III = { A = 4500, B = 12000, C = 14400 } }

  it("spreads 4, 5 and 6 seats of three lists over three districts",
    function()
      -- de.wikipedia.org, Doppeltproportionales Zuteilungsverfahren: 15 seats;
      -- 19400, 28000, 30900 of 78300: 3.72, 5.36, 5.92
      local result = urna.biproportional(votes,
        { districts = { I = 4, II = 5, III = 6 }, seats = 15 })
      assert.same({ A = 4, B = 5, C = 6 }, result.upper)
      assert.same({ I = { A = 1, B = 1, C = 2 }, II = { A = 2, B = 2, C = 1 },
        III = { A = 1, B = 2, C = 3 } }, result.seats)
      check_divisors(votes, result, result.seats)
    end)

  it("gives d'Hondt's seats where it rounds down", function()
    -- upper: halves 9700 14000 15450 and so on, the 15th greatest is 5600 =
    -- 28000 / 5, above 5150 = 30900 / 6 and 4850 = 19400 / 4: 3 5 5 make 13,
    -- then 5150 and 4850: 4 5 6; 28000 / 6 = 4666 is next
    local result = urna.biproportional(votes,
      { districts = { I = 4, II = 5, III = 6 }, rounding = "down" })
    assert.same({ A = 4, B = 5, C = 6 }, result.upper)
    local by_district, by_list = sum_of(result.seats)
    assert.same({ I = 4, II = 5, III = 6 }, by_district)
    assert.same({ A = 4, B = 5, C = 6 }, by_list)
    check_divisors(votes, result, result.seats, true)
  end)
end)

describe("voter numbers", function()
  it("are exact or rounded half up in each district, as the option says",
    function()
      -- 7/2 + 5/3 = 31/6, 3/2 + 4/3 = 17/6; rounded 4 + 2 and 2 + 1
      local votes = { { 7, 3 }, { 5, 4 } }
      local function numbers(weighting)
        return urna.biproportional(votes, { districts = { 2, 3 },
          weighting = weighting }).voter_numbers
      end
      assert.same({ { 12, 1 }, { 7, 1 } }, numbers("none"))
      assert.same({ { 31, 6 }, { 17, 6 } }, numbers("exact"))
      assert.same({ { 6, 1 }, { 3, 1 } }, numbers("rounded"))
    end)

  it("are right beyond 2^53", function()
    local big = 9007199254740991
    local result = urna.biproportional({ { big, 1 }, { big, 1 } },
      { districts = { 1, 1 } })
    assert.same({ "18014398509481982", 1 }, result.voter_numbers[1])
    assert.same({ { 1, 0 }, { 1, 0 } }, result.seats)
  end)
end)

describe("a quorum", function()
  -- 100 votes in each of two districts; B has 5 of 100 in the second and 5 of
  -- 200 in all, C 4 and 4, so 8 of 200
  local votes = { one = { A = 96, C = 4 }, two = { A = 91, B = 5, C = 4 } }
  local function qualified(quorum)
    return urna.biproportional(votes, { districts = { one = 3, two = 3 },
      quorum = quorum }).qualified
  end
  local five, four = { share = { 5, 100 } }, { share = { 4, 100 } }

  it("of a share in one district is reached there alone", function()
    assert.same({ "A", "B" }, qualified { district = five })
  end)

  it("of a share of all is not reached in one district", function()
    assert.same({ "A", "C" }, qualified { total = four })
    assert.same({ "A", "C" },
      qualified { total = { share = { 4, 100 }, of = "voter_numbers" } })
  end)

  it("of two shares takes either of them, or both where the law says so",
    function()
      local both = { district = five, total = four }
      assert.same({ "A", "B", "C" }, qualified(both))
      both.need = "all"
      assert.same({ "A" }, qualified(both))
    end)

  it("leaves a list without seats but with the field it had", function()
    local result = urna.biproportional(votes, { quorum = { district = five },
      districts = { one = 3, two = 3 } })
    -- 187 and 5 of 192: 5.84 and 0.16
    assert.same({ one = { A = 3, C = 0 }, two = { A = 3, B = 0, C = 0 } },
      result.seats)
    assert.is_nil(result.divisors.lists.C)
  end)

  it("that nobody reaches is said", function()
    local result, err = urna.biproportional({ { 50, 50 } },
      { districts = { 1 }, quorum = { total = { share = { 51, 100 } } } })
    assert.is_nil(result)
    assert.equal("no_list", err.code)
    assert.equal("no list that takes part has votes", err.message)
  end)
end)

-- Pukelsheim's table: list 1 leads in districts 2 and 3, the others, which
-- are equal, in district 1.
local THREE = { { 20, 50, 50 }, { 50, 20, 20 }, { 50, 20, 20 } }
local ONES = { districts = { 1, 1, 1 }, lists = { 1, 1, 1 } }

describe("a tie", function()
  it("of cells has all its solutions and what they share", function()
    -- one seat in each row and column, and 50 * 50 * 20 the greatest product:
    -- list 2 or 3 in district 1, list 1 in 2 or 3
    local result = urna.biproportional(THREE, ONES)
    local none = { { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } }
    assert.same(none, result.seats)
    local tie = result.ties[1]
    assert.equal(1, #result.ties)
    assert.same({ "biproportional", 3, 4, true },
      { tie.stage, tie.left, tie.solutions, tie.is_complete })
    assert.same(none, tie.certain)
    assert.same({ { 1, 2 }, { 1, 3 }, { 2, 1 }, { 2, 2 }, { 2, 3 }, { 3, 1 },
      { 3, 2 }, { 3, 3 } }, tie.tied)
    assert.same({ { { 0, 0, 1 }, { 0, 1, 0 }, { 1, 0, 0 } },
      { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } },
      { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } },
      { { 0, 1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } } }, result.solutions)
    for _, seats in ipairs(result.solutions) do
      check_divisors(THREE, result, seats)
    end
  end)

  it("of cells is cut off where only so many solutions are wanted",
    function()
      local result = urna.biproportional(THREE, { districts = { 1, 1, 1 },
        lists = { 1, 1, 1 }, solutions = 3 })
      assert.equal(3, #result.solutions)
      assert.is_false(result.ties[1].is_complete)
    end)

  it("of cells is settled by a lot that is one of the solutions", function()
    local lots = { { { 1, 2 }, { 2, 1 }, { 3, 3 } } }
    local result = urna.biproportional(THREE, { districts = { 1, 1, 1 },
      lists = { 1, 1, 1 }, lots = lots })
    assert.same({ { 0, 1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } }, result.seats)
    assert.same({}, result.ties)
    assert.same(lots[1], result.drawn[1].drawn)
    assert.is_nil(result.solutions)
  end)

  it("of lists stops before any cell has a seat, and a lot resumes",
    function()
      -- 30 each and one seat: each has 1/2 of it
      local votes = { a = { X = 10, Y = 20 }, b = { X = 20, Y = 10 } }
      local due = { a = 1, b = 0 }
      local open = urna.biproportional(votes, { districts = due })
      assert.same({ { stage = "upper", certain = { X = 0, Y = 0 },
        tied = { "X", "Y" }, left = 1 } }, open.ties)
      assert.same({ a = { X = 0, Y = 0 }, b = { X = 0, Y = 0 } }, open.seats)
      assert.is_nil(open.divisors)
      local drawn = urna.biproportional(votes, { districts = due,
        lots = { { "X" } } })
      assert.same({ a = { X = 1, Y = 0 }, b = { X = 0, Y = 0 } }, drawn.seats)
      assert.same({ X = 1, Y = 0 }, drawn.upper)
      assert.same({ "upper", { "X" } },
        { drawn.drawn[1].stage, drawn.drawn[1].drawn })
    end)

  it("of districts is the first to be drawn", function()
    local votes = { a = { X = 10 }, b = { X = 20 } }
    local options = { voters = { a = 5, b = 5 }, seats = 3 }
    local open = urna.biproportional(votes, options)
    assert.same({ stage = "districts", certain = { a = 1, b = 1 },
      tied = { "a", "b" }, left = 1 }, open.ties[1])
    options.lots = { { "b" } }
    assert.same({ a = { X = 1 }, b = { X = 2 } },
      urna.biproportional(votes, options).seats)
  end)

  local function refused(lots, options)
    local asked = { lots = lots }
    for name, value in pairs(options or ONES) do asked[name] = value end
    local done, message = pcall(urna.biproportional, THREE, asked)
    assert.is_false(done)
    return message
  end

  it("refuses a lot of what is not tied, too few, twice, or no tie", function()
    assert.matches("lots%[1%] draws { 1, 1 }, which is not tied: 3 of "
      .. "{ 1, 2 }, { 1, 3 }, ",
      refused { { { 1, 1 }, { 2, 2 }, { 3, 3 } } })
    assert.matches("lots%[1%] draws { 1, 2 }: 3 of { 1, 2 }, { 1, 3 }, .* "
      .. "are to",
      refused { { { 1, 2 } } })
    assert.matches("lots%[1%] draws { 1, 2 } twice",
      refused { { { 1, 2 }, { 1, 2 }, { 3, 3 } } })
    assert.matches("lots%[1%] gives district 1 2 seats, but it has 1",
      refused { { { 1, 2 }, { 1, 3 }, { 2, 1 } } })
    assert.matches("lots%[1%] gives list 1 2 seats, but it has 1",
      refused { { { 1, 2 }, { 2, 1 }, { 3, 1 } } })
    assert.matches("lots%[2%] draws { 1, 2 }, and there is no tie for it: one",
      refused { { { 1, 2 }, { 2, 1 }, { 3, 3 } }, { { 1, 2 } } })
    assert.matches("lots%[1%] draws 1, and there is no tie for it: none was",
      refused({ { 1 } }, { districts = { 1, 1, 1 }, lists = { 3, 0, 0 } }))
    assert.matches("lots%[1%] must be an array of those drawn, not 7",
      refused { 7 })
  end)
end)

describe("winner takes one", function()
  -- Without it list B is 5 / (D * L) short of a seat in b, for A needs four
  -- of its five in the greater districts.
  local votes = { a = { A = 90, B = 10 }, b = { A = 9, B = 11 },
    c = { A = 60, B = 60 } }
  local due, lists = { a = 2, b = 1, c = 2 }, { A = 3, B = 2 }

  it("keeps a seat in the district where a list leads", function()
    -- only a and c could give list A its three seats without b, and c has two
    -- equals: 2 + 0 + 1 for A leaves B with b and one of c
    local result = urna.biproportional(votes, { districts = due,
      lists = lists, winner_takes_one = true })
    assert.equal(1, result.seats.b.B)
    assert.same({ a = { A = 2, B = 0 }, b = { A = 0, B = 1 },
      c = { A = 1, B = 1 } }, result.seats)
  end)

  it("changes the seats where a small district's winner would have none",
    function()
      -- products: d A, e B needs 60 * 30; A must have the one seat of d
      -- where it leads 40 to 39, and so B both of e: 40 * (50/1 * 50/3)
      -- against 39 * (50 * 60), which is more without the clause
      local small = { d = { A = 40, B = 39 }, e = { A = 60, B = 50 } }
      local asked = { districts = { d = 1, e = 2 }, lists = { A = 1, B = 2 } }
      assert.same({ d = { A = 0, B = 1 }, e = { A = 1, B = 1 } },
        urna.biproportional(small, asked).seats)
      asked.winner_takes_one = true
      local result, err = urna.biproportional(small, asked)
      -- A leads in both and has one seat
      assert.is_nil(result)
      assert.equal("infeasible", err.code)
      assert.same({ "A" }, err.lists)
      assert.same({ 0, 2, 1 },
        { err.district_seats, err.sure_seats, err.list_seats })
      assert.matches('the lists "A" are the strongest in 2 districts, with a '
        .. 'seat in each; these lists have 1 seats', err.message)
      small.e = { A = 60, B = 61 }
      assert.same({ d = { A = 1, B = 0 }, e = { A = 0, B = 2 } },
        urna.biproportional(small, asked).seats)
    end)

  it("tells equals that share the first place, one of whom has a seat",
    function()
      local shared = { a = { A = 50, B = 50 }, b = { A = 30, B = 20 } }
      local result = urna.biproportional(shared, { districts = { a = 1, b = 2 },
        lists = { A = 2, B = 1 }, winner_takes_one = true })
      -- B in a and A twice in b: 50 * 30 * 30 / 3 = 15000; A and B in b and
      -- A in a: 50 * 30 * 20 = 30000
      assert.same({ a = { A = 1, B = 0 }, b = { A = 1, B = 1 } }, result.seats)
      assert.same({ { district = "a", tied = { "A", "B" } } },
        result.shared_first)
      assert.same({}, result.ties)
    end)

  it("leaves it to a lot where a third has the seat of two equals",
    function()
      -- Z has one seat and votes in a alone, X and Y the two of b; if Y gets
      -- that of a, b has two seats for X, which has one, and nobody else
      local votes3 = { a = { X = 20, Y = 20, Z = 19 }, b = { X = 90, Y = 80 } }
      local asked = { districts = { a = 1, b = 2 },
        lists = { X = 1, Y = 1, Z = 1 }, winner_takes_one = true }
      local open = urna.biproportional(votes3, asked)
      assert.same({ { stage = "winner_takes_one", district = "a",
        tied = { "X", "Y" }, left = 1, certain = { a = { X = 0, Y = 0, Z = 0 },
          b = { X = 0, Y = 0 } } } }, open.ties)
      assert.same(open.ties[1].certain, open.seats)
      asked.lots = { { "Y" } }
      local result, err = urna.biproportional(votes3, asked)
      assert.is_nil(result)
      assert.same({ { "b" }, { "X", "Y" } }, { err.districts, err.lists })
      assert.same({ 2, 1, 2 },
        { err.district_seats, err.sure_seats, err.list_seats })
      votes3.b.Z = 1
      assert.same({ a = { X = 0, Y = 1, Z = 0 }, b = { X = 1, Y = 0, Z = 1 } },
        urna.biproportional(votes3, asked).seats)
    end)
end)

describe("sums that no table has", function()
  it("are proved by districts whose votes are for too few lists", function()
    local result, err = urna.biproportional(
      { a = { X = 10 }, b = { X = 10, Y = 10 } },
      { districts = { a = 2, b = 1 }, lists = { X = 1, Y = 2 } })
    assert.is_nil(result)
    assert.equal("infeasible", err.code)
    assert.same({ "a" }, err.districts)
    assert.same({ "X" }, err.lists)
    assert.same({ 2, 1, 0 },
      { err.district_seats, err.list_seats, err.sure_seats })
    assert.equal('no table has these sums: the districts "a" have 2 seats and '
      .. 'votes for the lists "X" alone; these lists have 1 seats', err.message)
  end)

  it("are proved by a district without any votes", function()
    local _, err = urna.biproportional({ { 0, 0 }, { 3, 4 } },
      { districts = { 1, 1 }, lists = { 1, 1 } })
    assert.same({ { 1 }, {} }, { err.districts, err.lists })
    assert.equal("no table has these sums: the districts 1 have 1 seats and "
      .. "no votes", err.message)
  end)
end)

describe("a caller's mistake", function()
  local votes = { north = { A = 10, B = 20 }, south = { A = 30, B = 40 } }
  local due = { north = 1, south = 2 }

  local function message(given, options)
    local done, text = pcall(urna.biproportional, given, options)
    assert.is_false(done)
    return text
  end

  it("is named with its key, where the verb was called", function()
    local text = message({ one = { A = 1.5 } }, { districts = { one = 1 } })
    assert.matches('votes%["one"%]%["A"%] must be a whole number from 0 to '
      .. '2%^53 %- 1, got 1.5', text)
    for _, bad in ipairs { -1, 9007199254740992, 0 / 0, "7", false } do
      assert.matches('votes%["one"%]%["A"%] must be', message(
        { one = { A = bad } }, { districts = { one = 1 } }))
    end
  end)

  it("in the votes' shape is told", function()
    assert.matches("votes must be a table by district, not a number",
      message(7, { districts = due }))
    assert.matches("votes is empty", message({}, { districts = {} }))
    assert.matches("votes%[1%] must be a table of votes by list, not a number",
      message({ 7 }, { districts = { 1 } }))
    assert.matches("votes%[2%] has 1 lists, but votes%[1%] has 2",
      message({ { 1, 2 }, { 1 } }, { districts = { 1, 1 } }))
    assert.matches("votes must be an array or have texts as keys, not both",
      message({ { 1 }, a = { 1 } }, { districts = { 1 } }))
    assert.matches("votes%[2%] is keyed otherwise than votes%[1%]",
      message({ { 1 }, { A = 1 } }, { districts = { 1, 1 } }))
  end)

  it("in the sums is told with both", function()
    assert.matches("the lists have 4 seats, but the districts 3",
      message(votes, { districts = due, lists = { A = 1, B = 3 } }))
    assert.matches("the districts have 3 seats, but seats is 4",
      message(votes, { districts = due, seats = 4 }))
    assert.matches("the districts have no seats",
      message(votes, { districts = { north = 0, south = 0 } }))
    assert.matches("seats must be a whole number from 1 to 1000000, got 0",
      message(votes, { voters = due, seats = 0 }))
    assert.matches("voters need the seats of the house",
      message(votes, { voters = due }))
    assert.matches("there are no voters in any district",
      message(votes, { voters = { north = 0, south = 0 }, seats = 3 }))
    assert.matches("give either districts, the seats of each, or their voters",
      message(votes, {}))
  end)

  it("in a name comes with the nearest", function()
    assert.matches('biproportional has no option "list": did you mean "lists"',
      message(votes, { districts = due, list = {} }))
    assert.matches('districts has "soth", which has no votes: did you mean '
      .. '"south"', message(votes, { districts = { north = 1, soth = 2 } }))
    assert.matches('districts%["south"%] must be .*, got nil',
      message(votes, { districts = { north = 1 } }))
    assert.matches('rounding is "standart", which is none of down, standard: '
      .. 'did you mean "standard"',
      message(votes, { districts = due, rounding = "standart" }))
    assert.matches('weighting is "exakt", which is none of exact, none, '
      .. 'rounded: did you mean "exact"',
      message(votes, { districts = due, weighting = "exakt" }))
    assert.matches("weighting is for lists whose seats are computed",
      message(votes, { districts = due, weighting = "exact",
        lists = { A = 1, B = 2 } }))
  end)

  it("in a quorum is told", function()
    local function quorum(value)
      return message(votes, { districts = due, quorum = value })
    end
    assert.matches("quorum.district must be { share = { 5, 100 } }",
      quorum { district = 0.05 })
    assert.matches("quorum.total must be", quorum { total = { share = { 5 } } })
    assert.matches('quorum has no "totl": did you mean "total"',
      quorum { totl = {} })
    assert.matches('quorum.district has no "of"',
      quorum { district = { share = { 1, 2 }, of = "votes" } })
    assert.matches("quorum needs a share", quorum {})
    assert.matches('quorum.need is "most"',
      quorum { need = "most", total = { share = { 1, 2 } } })
  end)

  it("in the core's call raises and does not crash", function()
    local function core(options)
      local done, text = pcall(native.biproportional, options)
      assert.is_false(done)
      return text
    end
    assert.matches("districts must be a table", core {})
    assert.matches("have not one sum", core { votes = { 1 },
      districts = { 1 }, lists = { 2 } })
    assert.matches("votes must be 1 counts", core { votes = {},
      districts = { 1 }, lists = { 1 } })
    assert.matches("least%[1%] is no cell", core { votes = { 1 },
      districts = { 1 }, lists = { 1 }, least = { 2 } })
    assert.matches("passed must be a table", (select(2, pcall(native.upper,
      { votes = { 1 }, lists = 1, districts = { 1 } }))))
    assert.matches("denominator is 0", (select(2, pcall(native.upper_quorum,
      { votes = { 1 }, lists = 1, districts = { 1 } }))))
  end)
end)

-- ---- against the definition ----

-- Every order of k of the numbers to n.
local function arrangements(n, k)
  local all, chosen = {}, {}
  local function extend()
    if #chosen == k then
      local copy = {}
      for i = 1, k do copy[i] = chosen[i] end
      all[#all + 1] = copy
      return
    end
    for i = 1, n do
      local is_new = true
      for _, other in ipairs(chosen) do is_new = is_new and other ~= i end
      if is_new then
        chosen[#chosen + 1] = i
        extend()
        chosen[#chosen] = nil
      end
    end
  end
  extend()
  return all
end

-- Multipliers exist exactly if no circle of moves gains: from (r1, c1) to
-- (r1, c2), from (r2, c2) to (r2, c3) and so on. Products stay below 2^53:
-- three votes to 12 and three signposts to 13.
local function gains(votes, seats, rows, columns, signpost)
  local left, right = 1, 1
  for i, r in ipairs(rows) do
    local from, to = columns[i], columns[i % #columns + 1]
    if seats[r][from] == 0 or votes[r][to] == 0 then return false end
    left = left * votes[r][to] * signpost(seats[r][from])
    right = right * votes[r][from] * signpost(seats[r][to] + 1)
  end
  return left > right
end

local ORDERS = {}
for n = 2, 3 do
  ORDERS[n] = {}
  for k = 2, n do
    for _, order in ipairs(arrangements(n, k)) do
      ORDERS[n][#ORDERS[n] + 1] = order
    end
  end
end

local function is_solution(votes, seats, signpost)
  for r, row in ipairs(votes) do
    for c, n in ipairs(row) do
      if n == 0 and seats[r][c] > 0 then return false end
    end
  end
  for _, rows in ipairs(ORDERS[#votes]) do
    for _, columns in ipairs(ORDERS[#votes[1]]) do
      if #rows == #columns
        and gains(votes, seats, rows, columns, signpost) then
        return false
      end
    end
  end
  return true
end

-- Call `try` with each table of these sums.
local function each_table(due, lists, try)
  local seats, left = {}, {}
  for i = 1, #due do seats[i] = {} end
  for j = 1, #lists do left[j] = lists[j] end
  local function fill(i, j, rest)
    if i > #due then return try(seats) end
    if j == #lists then
      if rest > left[j] or i == #due and rest < left[j] then return end
      seats[i][j], left[j] = rest, left[j] - rest
      fill(i + 1, 1, due[i + 1])
      left[j] = left[j] + rest
      return
    end
    for n = 0, math.min(rest, left[j]) do
      if i < #due or n == left[j] then
        seats[i][j], left[j] = n, left[j] - n
        fill(i, j + 1, rest - n)
        left[j] = left[j] + n
      end
    end
  end
  fill(1, 1, due[1])
end

local function key_of(seats)
  local rows = {}
  for i, row in ipairs(seats) do
    local cells = {}
    for j, n in ipairs(row) do cells[j] = ("%d"):format(n) end
    rows[i] = table.concat(cells, " ")
  end
  return table.concat(rows, "/")
end

-- One in three is a product of numbers of rows and columns, where every
-- square of four cells is balanced, so that ties are many.
local function random_case()
  local rows, columns, most = between(2, 3), between(2, 3), between(1, 8)
  local is_balanced = between(1, 3) == 1
  local case = { votes = {}, due = {}, lists = {},
    down = between(0, 2) == 0 }
  for i = 1, rows do
    case.votes[i], case.due[i] = {}, 0
    for j = 1, columns do
      case.votes[i][j] = is_balanced and i * (4 - j) or between(0, most)
    end
  end
  for j = 1, columns do case.lists[j] = 0 end
  for _ = 1, between(1, 6) do
    local i, j = between(1, rows), between(1, columns)
    case.due[i] = case.due[i] + 1
    case.lists[j] = case.lists[j] + 1
  end
  return case
end

local function check_case(case)
  local expected, count = {}, 0
  local signpost = function(k) return case.down and k or 2 * k - 1 end
  each_table(case.due, case.lists, function(seats)
    if is_solution(case.votes, seats, signpost) then
      expected[key_of(seats)] = true
      count = count + 1
    end
  end)
  local result, err = urna.biproportional(case.votes, {
    districts = case.due, lists = case.lists,
    rounding = case.down and "down" or "standard" })
  if not result then
    assert.equal("infeasible", err.code)
    assert.equal(0, count)
    return 0
  end
  local found = result.solutions or { result.seats }
  assert.equal(count, #found)
  for _, seats in ipairs(found) do
    assert.is_true(expected[key_of(seats)])
    check_divisors(case.votes, result, seats, case.down)
  end
  return count
end

describe("random tables", function()
  -- more in spec/core/test_biproportional.c, against all products
  local cases = tonumber(os.getenv("URNA_CASES")) or 1500

  it(("have the solutions of the definition and no others (%d, seed %d)")
    :format(cases, SEED), function()
    local unique, tied, none = 0, 0, 0
    for _ = 1, cases do
      local count = check_case(random_case())
      if count == 0 then none = none + 1
      elseif count == 1 then unique = unique + 1
      else tied = tied + 1 end
    end
    assert.is_true(unique > 0 and none > 0)
    assert.is_true(tied > cases / 10)
  end)
end)

-- ---- collected results ----

local VECTORS = "../shared/data/seats.json"

local function vectors()
  local file = io.open(VECTORS, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  local found = {}
  for _, case in ipairs(assert(require("dkjson").decode(text))) do
    if case.method == "biproportional" then found[case.id] = case end
  end
  return found
end

-- Lists that take no part have no votes.
local function eligible(case)
  local votes, takes_part = {}, {}
  for _, list in ipairs(case.eligible) do takes_part[list] = true end
  for district, row in pairs(case.votes) do
    votes[district] = {}
    for list, n in pairs(row) do
      votes[district][list] = takes_part[list] and n or 0
    end
  end
  return votes
end

describe("the collected tables", function()
  local cases = vectors()
  local function case_of(id)
    if not cases then pending(VECTORS .. " is absent: skipped") end
    return assert(cases[id], id)
  end

  it("of the canton of Zurich in 2019 come out by its law", function()
    local case = case_of("ch-zuerich-2019")
    local result = urna.biproportional(case.votes, { weighting = "rounded",
      districts = case.district_seats, seats = case.seats,
      quorum = { district = { share = { 5, 100 } } } })
    assert.same(case.eligible, result.qualified)
    for list, seats in pairs(result.upper) do
      assert.equal(case.party_seats[list] or 0, seats, list)
    end
    assert.same(case.expected, result.seats)
    assert.same({}, result.ties)
    check_divisors(case.votes, result, result.seats)
  end)

  it("of the canton of Zurich come out with exact voter numbers too",
    function()
      local case = case_of("ch-zuerich-2019")
      assert.same(case.expected, urna.biproportional(case.votes,
        { weighting = "exact", districts = case.district_seats,
          quorum = { district = { share = { 5, 100 } } } }).seats)
    end)

  it("of the Grisons in 2022 come out, the strongest list having a seat",
    function()
      local case = case_of("ch-graubuenden-2022")
      local result = urna.biproportional(case.votes, { seats = case.seats,
        districts = case.district_seats, weighting = "exact",
        winner_takes_one = true, quorum = { total = { share = { 3, 100 },
          of = "voter_numbers" } } })
      assert.same(case.party_seats, result.upper)
      assert.same(case.expected, result.seats)
      assert.same({ { district = "Rheinwald",
        tied = { "FDP", "SP&Grüne" } } }, result.shared_first)
      assert.same({}, result.ties)
    end)

  it("of the Grisons differ without that clause", function()
    local case = case_of("ch-graubuenden-2022")
    local plain = urna.biproportional(eligible(case),
      { districts = case.district_seats, lists = case.party_seats })
    local differ = 0
    for district, row in pairs(plain.seats) do
      for list, n in pairs(row) do
        if n ~= case.expected[district][list] then differ = differ + 1 end
      end
    end
    assert.is_true(differ > 0)
    check_divisors(eligible(case), plain, plain.seats)
  end)

  for _, id in ipairs { "biprop-votelib-custom",
    "wikipedia-de-doppelproporz" } do
    it("of " .. id .. " come out with seats of lists computed", function()
      local case = case_of(id)
      local result = urna.biproportional(case.votes,
        { districts = case.district_seats, seats = case.seats })
      assert.same(case.expected, result.seats)
    end)
  end

  it("of Pukelsheim's nine cells hold the expected one of four", function()
    local case = case_of("biprop-pukelsheim-3x3")
    local result = urna.biproportional(case.votes,
      { districts = case.district_seats, seats = case.seats })
    local is_there = false
    for _, seats in ipairs(result.solutions) do
      local differs = false
      for district, row in pairs(case.expected) do
        for list, n in pairs(row) do
          differs = differs or seats[district][list] ~= n
        end
      end
      is_there = is_there or not differs
    end
    assert.equal(4, #result.solutions)
    assert.is_true(is_there)
  end)
end)

describe("many districts", function()
  it("and lists have their sums, by divisors that anyone can check",
    function()
      local votes, due, house = {}, {}, 0
      for i = 1, 60 do
        votes[i], due[i] = {}, between(1, 30)
        house = house + due[i]
        for j = 1, 25 do votes[i][j] = between(0, 20000) end
      end
      local result = urna.biproportional(votes, { districts = due,
        weighting = "exact" })
      local by_district, by_list = sum_of(result.seats)
      assert.same(due, by_district)
      assert.same(result.upper, by_list)
      check_divisors(votes, result, result.seats)
    end)
end)
