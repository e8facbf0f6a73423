local generator = require "spec.generator"
local divisors = require "urna.methods.divisors"
local native = require "urna.native"

local EXACT = 9007199254740991

local function award(name, votes, seats, options)
  return native.award(divisors.find(name).sequence, seats, votes, options)
end

-- d(k) as { num, den }, as published; of Huntington-Hill its square.
local DIVISOR = {
  dhondt = function(k) return { k + 1, 1 } end,
  sainte_lague = function(k) return { 2 * k + 1, 1 } end,
  ["modified_sainte_lague_1.4"] = function(k)
    return k == 0 and { 7, 5 } or { 2 * k + 1, 1 }
  end,
  ["modified_sainte_lague_1.2"] = function(k)
    return k == 0 and { 6, 5 } or { 2 * k + 1, 1 }
  end,
  danish = function(k) return { 3 * k + 1, 1 } end,
  imperiali = function(k) return { k + 2, 1 } end,
  adams = function(k) return { k, 1 } end,
  dean = function(k) return { 2 * k * (k + 1), 2 * k + 1 } end,
  huntington_hill = function(k) return { k * (k + 1), 1 } end,
  macau = function(k) return { 2 ^ k, 1 } end,
}

local NAMES = { "dhondt", "sainte_lague", "modified_sainte_lague_1.4",
  "modified_sainte_lague_1.2", "danish", "imperiali", "adams", "dean",
  "huntington_hill", "macau" }

-- Weighted votes by d(k), or their squares; above / below, 1 / 0 infinite.
local function quotient(name, votes, num, den, k)
  local divisor = DIVISOR[name](k)
  local power = name == "huntington_hill" and 2 or 1
  return { weighed = votes * num / den, -- only where both are infinite
    above = (votes * num) ^ power * divisor[2],
    below = den ^ power * divisor[1] }
end

local function is_equal(a, b)
  if a.below == 0 and b.below == 0 then return a.weighed == b.weighed end
  return a.above * b.below == b.above * a.below
end

local function is_greater(a, b)
  if a.below == 0 and b.below == 0 then return a.weighed > b.weighed end
  return a.above * b.below > b.above * a.below
end

-- The method from its definition: every quotient of every list, the greatest
-- first; all small enough to cross-multiply, below (60 * 27 * 20)^2 * 156.
local function by_definition(name, votes, seats, num, den)
  local quotients = {}
  for i = 1, #votes do
    for k = 0, votes[i] > 0 and seats - 1 or -1 do
      local q = quotient(name, votes[i], num[i], den[i], k)
      q.i = i
      quotients[#quotients + 1] = q
    end
  end
  table.sort(quotients, is_greater)
  local last, after = quotients[seats], quotients[seats + 1]
  if after and is_equal(last, after) then
    return nil -- the last seat is open
  end
  local found = {}
  for i = 1, #votes do found[i] = 0 end
  for k = 1, math.min(seats, #quotients) do
    local i = quotients[k].i
    found[i] = found[i] + 1
  end
  return found
end

local function random_votes(random)
  local votes, num, den = {}, {}, {}
  for i = 1, random(1, 6) do
    local is_weighted = random(1, 3) == 1
    votes[i] = random(0, 60)
    num[i], den[i] = is_weighted and 27 or 1, is_weighted and 20 or 1
  end
  return votes, num, den
end

describe("a divisor method", function()
  for _, name in ipairs(NAMES) do
    it(name .. " gives the seats of its definition (seed 7, 400 cases)",
      function()
        local random = generator(7)
        for case = 1, 400 do
          local votes, num, den = random_votes(random)
          local seats = random(1, 12)
          local expected = by_definition(name, votes, seats, num, den)
          local found, tied = award(name, votes, seats,
            { num = num, den = den })
          local told = ("case %d: %s, %d seats"):format(case,
            table.concat(votes, " "), seats)
          assert.equal(expected == nil, tied ~= nil, told)
          if expected then assert.same(expected, found, told) end
        end
      end)

    it(name .. " does not mind the order of the lists (seed 8)", function()
      local random = generator(8)
      for _ = 1, 100 do
        local votes, turned = random_votes(random), {}
        for i, count in ipairs(votes) do turned[#votes + 1 - i] = count end
        local seats = random(1, 12)
        local found, tied = award(name, votes, seats)
        local other, other_tied = award(name, turned, seats)
        for i = 1, #votes do
          assert.equal(found[i], other[#votes + 1 - i])
        end
        assert.equal(tied and #tied, other_tied and #other_tied)
      end
    end)

    it(name .. " takes no seat from a list when the house grows (seed 9)",
      function()
        local random = generator(9)
        for _ = 1, 100 do
          local votes = random_votes(random)
          local before = award(name, votes, 1)
          for seats = 2, 12 do
            local found = award(name, votes, seats)
            for i = 1, #votes do
              assert.is_true(found[i] >= before[i], table.concat(votes, " "))
            end
            before = found
          end
        end
      end)

    it(name .. " tells in order what it awards at once (seed 10)", function()
      local random = generator(10)
      for _ = 1, 100 do
        local votes = random_votes(random)
        local seats = random(1, 12)
        local found, tied, awarded = award(name, votes, seats)
        local same, same_tied, number, extra = award(name, votes, seats,
          { explain = true })
        assert.same({ found, tied, awarded }, { same, same_tied, number })
        local counted = {}
        for i = 1, #votes do counted[i] = 0 end
        for _, row in ipairs(extra.awards) do
          counted[row.winner] = counted[row.winner] + 1
        end
        assert.same(found, counted)
      end
    end)
  end

  it("is one of five that part 26 seats in five ways", function()
    -- Balinski & Young, Fair Representation, 1982, and The Quota Method of
    -- Apportionment, American Mathematical Monthly 82(7), 1975
    local votes = { 9061, 7179, 5259, 3319, 1182 }
    assert.same({ 9, 7, 5, 3, 2 }, (award("adams", votes, 26)))
    assert.same({ 9, 7, 5, 4, 1 }, (award("dean", votes, 26)))
    assert.same({ 9, 7, 6, 3, 1 }, (award("hill", votes, 26)))
    assert.same({ 9, 8, 5, 3, 1 }, (award("webster", votes, 26)))
    assert.same({ 10, 7, 5, 3, 1 }, (award("jefferson", votes, 26)))
  end)

  it("of Adams breaks the quota from below", function()
    -- the quota of the first is 51.17, and so 51 or 52; of the small lists
    -- each has at least 2, for 160/1 is above 5117/51 = 100.3: Balinski &
    -- Young, 1975; of Huntington-Hill they have it by 160^2/2 = 12,800 above
    -- 4400^2/(43 * 44) = 10,232
    local votes = { 5117, 4400, 162, 161, 160 }
    assert.same({ 51, 43, 2, 2, 2 }, (award("adams", votes, 100)))
    assert.same({ 51, 43, 2, 2, 2 }, (award("huntington_hill", votes, 100)))
  end)

  it("d'Hondt breaks the quota from above, Sainte-Lague from below",
    function()
      -- 7 * 64 / 100 = 4.48, so 4 or 5 by quota; but 64 32 21.3 16 12.8 10.7
      -- 9.1 are all above 9
      assert.same({ 7, 0, 0, 0, 0 },
        (award("dhondt", { 64, 9, 9, 9, 9 }, 7)))
      -- 8 * 64 / 100 = 5.12, so 5 or 6 by quota; but of 64 21.3 12.8 9.14 7.1
      -- only four are above 9
      assert.same({ 4, 1, 1, 1, 1 },
        (award("sainte_lague", { 64, 9, 9, 9, 9 }, 8)))
    end)

  it("is found by its name and by its aliases", function()
    local called = { jefferson = "dhondt", ["d'hondt"] = "dhondt",
      greatest_divisors = "dhondt", webster = "sainte_lague",
      major_fractions = "sainte_lague", smallest_divisors = "adams",
      harmonic_mean = "dean", hill = "huntington_hill",
      equal_proportions = "huntington_hill", belgian_municipal = "imperiali",
      modified_sainte_lague = "modified_sainte_lague_1.4",
      ["modified_sainte_lague_1.40"] = "modified_sainte_lague_1.4",
      ["modified_sainte_lague_01"] = "modified_sainte_lague_1" }
    for alias, name in pairs(called) do
      assert.equal(name, divisors.find(alias).name)
    end
    for _, name in ipairs(divisors.names()) do
      assert.is_string(divisors.find(name).source)
      assert.equal(divisors.find(name), divisors.find(name))
    end
    assert.same({ 1, 3 }, { divisors.find("danish").first,
      divisors.find("danish").step })
    assert.same({ 2, 1 }, { divisors.find("imperiali").first,
      divisors.find("imperiali").step })
    assert.is_nil(divisors.find("adams").first) -- not of use to divide by
  end)

  it("shows its divisors as people write them", function()
    local function shown(name, held)
      return divisors.shown(divisors.find(name).sequence:at(held))
    end
    assert.equal("5", divisors.shown(5))
    assert.equal("1.4", shown("modified_sainte_lague", 0))
    assert.equal("1.333", shown("modified_sainte_lague_1.333", 0))
    -- 2 * 1 * 2 / 3, 2 * 2 * 3 / 5
    assert.equal("4/3", shown("dean", 1))
    assert.equal("2.4", shown("dean", 2))
    assert.equal("√6", shown("huntington_hill", 2))
  end)

  it("that does not exist raises with the nearest that does", function()
    assert.has_error(function() divisors.find("dhont") end,
      "no divisor method \"dhont\"; there is "
      .. table.concat(divisors.names(), ", ") .. ": did you mean \"dhondt\"?")
    for _, name in ipairs { {}, 7, true } do
      local good, message = pcall(divisors.find, name)
      assert.is_false(good)
      assert.matches("no divisor method " .. tostring(name), message, 1, true)
    end
  end)

  it("of Sainte-Lague takes any first divisor up to 3", function()
    local function first(name)
      return divisors.find("modified_sainte_lague_" .. name).sequence:at(0)
    end
    assert.same({ 71, 50 }, first("1.42"))
    assert.same({ 1, 1000000000 }, first("0.000000001"))
    assert.same({ 5, 2 }, first("2.5"))
    for _, text in ipairs { "3", "0", "0.0", "1.0000000001", "1.4.2", "1e0" } do
      local good, message = pcall(divisors.find,
        "modified_sainte_lague_" .. text)
      assert.is_false(good, text)
      assert.matches("the first divisor of modified_sainte_lague is a decimal "
        .. "above 0 and below 3, with at most 9 decimals, not " .. text,
        message, 1, true)
    end
  end)

  it("divides by what is published", function()
    for _, name in ipairs(NAMES) do
      for k = 0, 9 do
        local expected = DIVISOR[name](k)
        expected = { native.reduce(expected[1], expected[2]) }
        expected.squared = name == "huntington_hill" or nil
        assert.same(expected, divisors.find(name).sequence:at(k),
          ("%s, %d"):format(name, k))
      end
    end
  end)
end)

describe("a tie", function()
  it("at 1.4 and at 1.2 is exact", function()
    -- 3000/3 = 1400/1.4 = 1000; 5000/5 = 1200/1.2 = 1000
    local function told(...) return { award(...) } end
    assert.same({ { 1, 0 }, { 1, 2 }, 1 },
      told("modified_sainte_lague_1.4", { 3000, 1400 }, 2))
    assert.same({ { 2, 0 }, { 1, 2 }, 2 },
      told("modified_sainte_lague_1.2", { 5000, 1200 }, 3))
    assert.same({ { 1, 1 }, nil, 2 },
      told("modified_sainte_lague_1.4", { 3000, 1401 }, 2))
    assert.same({ { 2, 0 }, nil, 2 },
      told("modified_sainte_lague_1.4", { 3000, 1399 }, 2))
  end)

  it("among infinite quotients is one as well", function()
    -- each of four lists has an infinite quotient for its first seat
    local seats, tied, awarded = award("adams", { 30, 100, 30, 30 }, 3)
    assert.same({ { 0, 1, 0, 0 }, { 1, 3, 4 }, 1 }, { seats, tied, awarded })
  end)

  it("of the least seats goes by votes, then by seats held", function()
    -- both have as many votes: one each, then the second seats are equal
    local seats, tied, awarded = award("dhondt", { 50, 50, 90 }, 3,
      { least = { 2, 2, 0 } })
    assert.same({ { 1, 1, 0 }, { 1, 2 }, 2 }, { seats, tied, awarded })
    seats, tied = award("dhondt", { 50, 50, 90 }, 4, { least = { 2, 2, 0 } })
    assert.same({ { 2, 2, 0 } }, { seats, tied })
  end)
end)

describe("an explained award", function()
  it("names winner, rival and quotients in order", function()
    -- 340 280 170 160 140 113.3 93.3, then 85 80 70 60
    local seats, tied, awarded, extra = award("dhondt", { 340, 280, 160, 60 },
      7, { explain = true })
    assert.same({ { 3, 3, 1, 0 }, nil, 7 }, { seats, tied, awarded })
    assert.same({ winner = 1, quotient = { 340, 1 }, rival = 2,
      rival_quotient = { 280, 1 }, by_precedence = false }, extra.awards[1])
    assert.same({ winner = 2, quotient = { 280, 3 }, rival = 1,
      rival_quotient = { 85, 1 }, by_precedence = false }, extra.awards[7])
    -- 340/85 = 4 only at 85 itself; 280/93.33 = 3
    assert.same({ above = { 85, 1 }, upto = { 280, 3 }, squared = false },
      extra.divisor)
  end)

  it("has squares where quotients are not rational", function()
    -- A infinite, 36/2, 36/6, 36/12; B infinite, 9/2, 9/6
    local _, _, _, extra = award("huntington_hill", { 6, 3 }, 4,
      { explain = true })
    assert.same({ winner = 1, quotient = { 1, 0, squared = true }, rival = 2,
      rival_quotient = { 1, 0, squared = true }, by_precedence = false },
      extra.awards[1])
    assert.same({ 6, 1, squared = true }, extra.awards[4].quotient)
    assert.same({ above = { 9, 2, squared = true },
      upto = { 6, 1, squared = true }, squared = true }, extra.divisor)
  end)

  it("has no interval end where there is none", function()
    local _, _, _, extra = award("dhondt", { 5, 3 }, 3,
      { most = { 1, 1 }, explain = true })
    assert.same({ upto = { 3, 1 }, squared = false }, extra.divisor)
    _, _, _, extra = award("dhondt", { 5, 3 }, 0, { explain = true })
    assert.same({ above = { 5, 1 }, squared = false }, extra.divisor)
    -- all are infinite: no divisor gives one seat of two by Adams' method
    _, _, _, extra = award("adams", { 5, 3 }, 1, { explain = true })
    assert.same({ above = { 1, 0 }, squared = false }, extra.divisor)
  end)

  it("tells a tie's interval of the seats that are certain", function()
    -- 6 3 | 2 2: the third seat of the first, the first of the second
    local seats, tied, _, extra = award("dhondt", { 6, 2 }, 3,
      { explain = true })
    assert.same({ { 2, 0 }, { 1, 2 } }, { seats, tied })
    assert.equal(2, #extra.awards)
    assert.same({ above = { 2, 1 }, upto = { 3, 1 }, squared = false },
      extra.divisor)
  end)

  it("tells what precedence settled", function()
    -- 200/2 = 100
    local seats, _, _, extra = award("dhondt", { 100, 200 }, 2,
      { precedence = { 100, 200 }, explain = true })
    assert.same({ 0, 2 }, seats)
    assert.same({ false, true }, { extra.awards[1].by_precedence,
      extra.awards[2].by_precedence })
  end)
end)

describe("what lists hold, are sure of and may have", function()
  it("bounds what they get", function()
    -- held 3 and 2 of 340 and 280: 85 against 93.3
    assert.same({ 3, 3 }, (award("dhondt", { 340, 280 }, 1,
      { held = { 3, 2 } })))
    -- 100/3 > 10, but the second is sure of two
    assert.same({ 1, 2 }, (award("dhondt", { 100, 10 }, 3,
      { least = { 0, 2 } })))
    local seats, tied, awarded = award("dhondt", { 100, 50, 0 }, 5,
      { most = { 2, 1, 9 } })
    assert.same({ { 2, 1, 0 }, nil, 3 }, { seats, tied, awarded })
  end)

  it("weighs their votes exactly", function()
    -- 74 * 27/20 = 99.9, 75 * 27/20 = 101.25
    local weights = { num = { 1, 27 }, den = { 1, 20 } }
    assert.same({ 1, 0 }, (award("dhondt", { 100, 74 }, 1, weights)))
    assert.same({ 0, 1 }, (award("dhondt", { 100, 75 }, 1, weights)))
  end)
end)

describe("divisors of one's own", function()
  it("go on in steps of the last difference", function()
    -- 1, 3/2, 2, 5/2: 40 30 26.7, then 40/2 = 30/1.5 = 20
    local method = divisors.custom { 1, { 3, 2 } }
    assert.same({ 5, 2 }, method.sequence:at(3))
    local seats, tied, awarded, extra = native.award(method.sequence, 4,
      { 40, 30 }, { explain = true })
    assert.same({ { 2, 1 }, { 1, 2 }, 3 }, { seats, tied, awarded })
    assert.same({ 80, 3 }, extra.awards[3].quotient)
  end)

  it("may have denominators that no number makes whole", function()
    -- with n = 2147483647 the quotients are n, n - 1 and 1 of the first,
    -- 5n, 5n - 5 and 5 of the second; then 1/2 and 5/2, near enough
    local n = 2147483647
    local sequence = divisors.custom({ { 1, n }, { 1, n - 1 }, 1 }).sequence
    assert.same({ 1, 2 }, (native.award(sequence, 3, { 1, 5 })))
    assert.same({ 2, 4 }, (native.award(sequence, 6, { 1, 5 })))
    -- 1 + (1 - 1/(n - 1)) = (2n - 3) / (n - 1)
    assert.same({ 2 * n - 3, n - 1 }, sequence:at(3))
  end)

  it("may end, and then refuse what they cannot say", function()
    local method = divisors.custom({ 1, 2, 3 }, true)
    assert.same({ 3, 2 }, (native.award(method.sequence, 5, { 100, 1 })))
    local good, message = pcall(native.award, method.sequence, 7, { 100, 1 })
    assert.is_false(good)
    assert.matches("the end of the divisors", message)
    assert.has_error(function() method.sequence:at(3) end,
      "there is no divisor for so many seats")
  end)

  it("have to rise, and to be ratios", function()
    local bad = {
      { { 1, 1 }, "divisor 2: every divisor must be above the last" },
      { { 1 }, "a sequence that goes on needs two divisors" },
      { {}, "a sequence that goes on needs two divisors" },
      { { 1, { 2, 0 } }, "divisor 2: a divisor is a ratio of whole numbers" },
      { { 1, 2147483648 }, "divisor 2: a divisor is a ratio of whole" },
      { { 1, 1.5 }, "divisors must be a whole number" },
      { { 1, { 3 } }, "divisors%[2%] must be a whole number" },
    }
    for _, case in ipairs(bad) do
      local good, message = pcall(divisors.custom, case[1])
      assert.is_false(good)
      assert.matches(case[2], message)
    end
  end)
end)

describe("many vectors at once", function()
  it("get what each gets alone (seed 11)", function()
    local random = generator(11)
    for _, name in ipairs(NAMES) do
      local flat, alone, ties = {}, {}, {}
      for vector = 1, 50 do
        local votes = {}
        for i = 1, 4 do
          votes[i] = random(0, 12)
          flat[#flat + 1] = votes[i]
        end
        local found, tied = award(name, votes, 7)
        for i = 1, 4 do alone[#alone + 1] = found[i] end
        if tied then ties[#ties + 1] = vector end
      end
      assert.same({ alone, ties }, { native.award_batch(
        divisors.find(name).sequence, 7, flat, 4) })
    end
  end)

  it("have no ties, or no length that fits", function()
    local sequence = divisors.find("dhondt").sequence
    assert.same({ { 2, 1, 1, 2 } },
      { native.award_batch(sequence, 3, { 5, 3, 3, 5 }, 2) })
    assert.same({ {} }, { native.award_batch(sequence, 3, {}, 2) })
    for _, n in ipairs { 0, 3 } do
      local good, message = pcall(native.award_batch, sequence, 3,
        { 5, 3, 3, 5 }, n)
      assert.is_false(good)
      assert.matches("4 votes are not vectors of " .. n, message)
    end
    local good, message = pcall(native.award_batch, sequence, 3,
      { 5, 3, 3, -5 }, 2)
    assert.is_false(good)
    assert.matches("votes%[4%] must be a whole number", message)
  end)
end)

-- Allocations collected from official results, textbooks and other programs'
-- tests; each names its source. Absent outside the workplace.
local VECTORS = "../shared/data/seats.json"

local function vectors()
  local file = io.open(VECTORS, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  -- what no Lua number holds everywhere is left as digits
  text = text:gsub("(:%s*)(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d+)", '%1"%2"')
  return assert(require("dkjson").decode(text))
end

local function ordered(map)
  local keys, values = {}, {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  for i, key in ipairs(keys) do values[i] = map[key] end
  return values, keys
end

-- Lists below a threshold have no votes here, as in a walk.
local function eligible_votes(case)
  local values, keys = ordered(case.votes)
  local takes_part = {}
  for _, key in ipairs(case.eligible or keys) do takes_part[key] = true end
  for i, key in ipairs(keys) do
    if not takes_part[key] then values[i] = 0 end
  end
  return values, keys
end

local function check_vector(case)
  local votes, keys = eligible_votes(case)
  local seats, tied, awarded = award(case.method, votes, case.seats)
  local expected = case.expected
  if case.expected_tie then
    expected = case.expected_tie.certain
    local names = {}
    for i, list in ipairs(tied) do names[i] = keys[list] end
    assert.same(case.expected_tie.tied, names, case.id)
    assert.equal(case.expected_tie.seats_left, case.seats - awarded, case.id)
  end
  for i, key in ipairs(keys) do
    assert.equal(expected[key] or 0, seats[i], case.id .. " " .. key)
  end
end

describe("the collected allocations", function()
  local cases = vectors()
  for _, name in ipairs(NAMES) do
    it("of " .. name .. " come out as they are published", function()
      if not cases then pending(VECTORS .. " is absent") end
      local tried = 0
      for _, case in ipairs(cases) do
        if case.method == name and (case.expected or case.expected_tie) then
          check_vector(case)
          tried = tried + 1
        end
      end
      assert.is_true(tried > 0)
    end)
  end
end)

describe("the core's awards", function()
  it("refuse a vote that is not a whole number up to 2^53 - 1", function()
    local bad = { 1.5, -1, 0 / 0, 1 / 0, true, "", "7.0", "-7", " 7",
      "9223372036854775808" }
    for _, votes in ipairs(bad) do
      local done, message = pcall(award, "dhondt", { 5, votes }, 1)
      assert.is_false(done, tostring(votes))
      assert.matches("votes%[2%] must be a whole number", message)
    end
    assert.same({ 0, 1 }, (award("dhondt", { 5, EXACT }, 1)))
    local done, message = pcall(award, "dhondt", { 5, 2 ^ 53 }, 1)
    assert.is_false(done)
    assert.matches("votes%[2%] must be a whole number", message)
  end)

  it("compare votes of 2^53 - 1 and beyond without a mistake", function()
    for _, name in ipairs(NAMES) do
      if name ~= "macau" then
        -- apart by one vote of 2^53: the greater takes the odd seat
        assert.same({ 500, 501 },
          (award(name, { EXACT - 1, EXACT }, 1001)), name)
        local _, tied = award(name, { EXACT, EXACT }, 1001)
        assert.same({ 1, 2 }, tied, name)
      end
    end
    assert.same({ 4, 5 }, (award("macau", { EXACT - 1, EXACT }, 9)))
    assert.same({ 2, 3 }, (award("dhondt",
      { "9223372036854775806", "9223372036854775807" }, 5)))
    -- 1/(2 * 3) against (1.414...)^2 of 10^18 / 2
    assert.same({ 2, 2 }, (award("huntington_hill",
      { "1414213562373095049", "1000000000000000000" }, 4)))
  end)

  it("refuse what could be beyond 256 bits, before anything is done",
    function()
      -- 63 + 20 bits squared, 20 squared, and 62 bits of k(k + 1)
      local most = 2147483640
      local options = { num = { 1048575, 1 }, den = { 1048576, 1048575 },
        held = { most, most } }
      local seats = award("huntington_hill", { EXACT, EXACT }, 1, options)
      assert.same({ most + 1, most }, seats)
      local done, message = pcall(award, "huntington_hill",
        { "9223372036854775807", EXACT }, 1, options)
      assert.is_false(done)
      assert.matches("beyond what can be compared", message)
      -- 2^63 is not known
      done, message = pcall(award, "macau", { 5 }, 63)
      assert.is_false(done)
      assert.matches("beyond what can be compared", message)
    end)

  it("refuse options that they do not have, or of the wrong kind", function()
    local bad = {
      { { hold = { 1 } }, "there is no option 'hold'" },
      { { held = 1 }, "held is no array" },
      { { held = {} }, "held%[1%] must be a whole number" },
      { { held = { 1, 2 } }, "held has more elements than votes" },
      { { least = { 2147483648 } }, "least is beyond 2%^31 %- 1" },
      { { num = { 0 } }, "list 1: a weight is not a ratio" },
    }
    for _, case in ipairs(bad) do
      local done, message = pcall(award, "dhondt", { 5 }, 1, case[1])
      assert.is_false(done)
      assert.matches(case[2], message)
    end
  end)

  it("refuse a sequence that is none", function()
    local bad = {
      { { kind = "linear", start = 1, step = 0 }, "step must be" },
      { { kind = "linear", start = 1 }, "step must be" },
      { { kind = "linear", start = 1, step = 1, first = 2 },
        "the first divisor must be below the second" },
      { { kind = "linear", start = 1, step = 1, fist = 2 }, "'fist'" },
      { { kind = "adams", step = 1 }, "there is no option 'step'" },
      { { kind = "estonian" }, "invalid option 'estonian'" },
    }
    for _, case in ipairs(bad) do
      local done, message = pcall(native.sequence, case[1])
      assert.is_false(done)
      assert.matches(case[2], message)
    end
    assert.is_false((pcall(native.award, {}, 1, { 1 })))
    assert.is_false((pcall(native.award, io.stdout, 1, { 1 })))
  end)

  it("serve more lists than fit the stack", function()
    local votes, expected = {}, {}
    for i = 1, 1000 do votes[i], expected[i] = 3000 + i, 2 end
    -- 3001/3 = 1000.3 is above 4000/5: each has two before one has three
    assert.same(expected, (award("sainte_lague", votes, 2000)))
  end)
end)

describe("the core's averages", function()
  local function averages(votes, seats, more)
    local call = { first = 1, step = 1, votes = votes, seats = seats }
    for key, value in pairs(more or {}) do call[key] = value end
    return native.averages(call)
  end

  it("take a line or a sequence, and return in their own order", function()
    local seats, awarded, tied, awards = averages({ 3000, 1400 }, 2,
      { sequence = divisors.find("modified_sainte_lague_1.4").sequence })
    assert.same({ { 1, 0 }, 1, { 1, 2 } }, { seats, awarded, tied, awards })
    seats, awarded, tied, awards = averages({ 3, 2 }, 1, { explain = true })
    assert.same({ { 1, 0 }, 1 }, { seats, awarded, tied })
    assert.same({ { winner = 1, quotient = { 3, 1 }, rival = 2,
      rival_quotient = { 2, 1 }, by_precedence = false } }, awards)
  end)

  it("refuse a vote that is not a whole number up to 2^53 - 1", function()
    local bad = { 1.5, -1, 0 / 0, 1 / 0, 9007199254740992, "7" }
    for _, votes in ipairs(bad) do
      local done, message = pcall(averages, { 5, votes }, 1)
      assert.is_false(done, tostring(votes))
      assert.matches("votes%[2%] must be a whole number", message)
    end
    assert.same({ 0, 1 }, (averages({ 5, EXACT }, 1)))
  end)

  it("refuse a weight beyond 2^20 and divisors beyond 2^31 - 1", function()
    local pattern = "a weight is not a ratio of numbers from 1 to 2%^20"
    for _, weight in ipairs { 0, 1048577 } do
      for _, side in ipairs { "num", "den" } do
        local done, message = pcall(averages, { 5 }, 1,
          { [side] = { weight } })
        assert.is_false(done)
        assert.matches(pattern, message)
      end
    end
    local done, message = pcall(averages, { 5 }, 2147483647)
    assert.is_false(done)
    assert.matches("divisors grow beyond", message)
  end)

  it("give a quotient beyond 2^53 - 1 as its digits", function()
    -- (2^53 - 1) * 2^20 / 2 = 2^72 - 2^19
    local dhondt = divisors.find("dhondt").sequence
    assert.same({ "4722366482869644689408", 1 },
      native.average(9007199254740991, 1048576, 1, dhondt, 1))
    assert.same({ 9007199254740991, 1 },
      native.average(9007199254740991, 1, 1, dhondt, 0))
    -- 10,165 * 27/20 = 13,722.75
    assert.same({ 54891, 4 }, native.average(10165, 27, 20, dhondt, 0))
    -- 7^2 / (2 * 3)
    assert.same({ 49, 6, squared = true }, native.average(7, 1, 1,
      divisors.find("huntington_hill").sequence, 2))
  end)

  it("compare ratios of which no Lua number sees a difference", function()
    local most = 9007199254740991
    assert.equal(-1, native.ratio_compare(most - 2, most - 1, most - 1, most))
    assert.equal(1, native.ratio_compare(most - 1, most, most - 2, most - 1))
    assert.equal(0, native.ratio_compare(most, most, 1, 1))
  end)
end)
