local generator = require "spec.generator"
local divisors = require "urna.methods.divisors"
local native = require "urna.native"

local function award(name, votes, seats, more)
  local method = divisors.find(name)
  local call = { first = method.first, step = method.step, votes = votes,
    seats = seats }
  for key, value in pairs(more or {}) do call[key] = value end
  return native.averages(call)
end

-- The method from its definition: every quotient votes * num / (den * d(k))
-- of every list, the greatest first; all small enough to cross-multiply.
local function by_definition(method, votes, seats, num, den)
  local quotients = {}
  for i = 1, #votes do
    for k = 0, votes[i] > 0 and seats - 1 or -1 do
      quotients[#quotients + 1] = { i = i, above = votes[i] * num[i],
        below = den[i] * (method.first + method.step * k) }
    end
  end
  table.sort(quotients, function(a, b)
    return a.above * b.below > b.above * a.below
  end)
  local last, after = quotients[seats], quotients[seats + 1]
  if after and last.above * after.below == after.above * last.below then
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

local NAMES = { "dhondt", "sainte_lague", "danish", "imperiali" }

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
        local random, method = generator(7), divisors.find(name)
        for case = 1, 400 do
          local votes, num, den = random_votes(random)
          local seats = random(1, 12)
          local expected = by_definition(method, votes, seats, num, den)
          local found, _, tied = award(name, votes, seats,
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
        local found, _, tied = award(name, votes, seats)
        local other, _, other_tied = award(name, turned, seats)
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
  end

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
    assert.equal("dhondt", divisors.find("jefferson").name)
    assert.equal("dhondt", divisors.find("d'hondt").name)
    assert.equal("sainte_lague", divisors.find("webster").name)
    assert.same({ 1, 3 }, { divisors.find("danish").first,
      divisors.find("danish").step })
    assert.same({ 2, 1 }, { divisors.find("imperiali").first,
      divisors.find("imperiali").step })
  end)

  it("that does not exist raises with the nearest that does", function()
    assert.has_error(function() divisors.find("dhont") end,
      "no divisor method \"dhont\"; there is "
      .. table.concat(divisors.names(), ", ") .. ": did you mean \"dhondt\"?")
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
  local seats, awarded, tied = award(case.method, votes, case.seats)
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

describe("the core's averages", function()
  it("refuse a vote that is not a whole number up to 2^53 - 1", function()
    local bad = { 1.5, -1, 0 / 0, 1 / 0, 9007199254740992, "7" }
    for _, votes in ipairs(bad) do
      local done, message = pcall(award, "dhondt", { 5, votes }, 1)
      assert.is_false(done, tostring(votes))
      assert.matches("votes%[2%] must be a whole number", message)
    end
    assert.same({ 0, 1 }, (award("dhondt", { 5, 9007199254740991 }, 1)))
  end)

  it("refuse a weight beyond 2^20 and divisors beyond 2^31 - 1", function()
    local pattern = "a weight is not a ratio of numbers from 1 to 2%^20"
    for _, weight in ipairs { 0, 1048577 } do
      for _, side in ipairs { "num", "den" } do
        local done, message = pcall(award, "dhondt", { 5 }, 1,
          { [side] = { weight } })
        assert.is_false(done)
        assert.matches(pattern, message)
      end
    end
    local done, message = pcall(award, "dhondt", { 5 }, 2147483647)
    assert.is_false(done)
    assert.matches("divisors grow beyond", message)
  end)

  it("give a quotient beyond 2^53 - 1 as its digits", function()
    -- (2^53 - 1) * 2^20 / 2 = 2^72 - 2^19
    assert.same({ "4722366482869644689408", 1 },
      { native.average(9007199254740991, 1048576, 1, 1, 1, 1) })
    assert.same({ 9007199254740991, 1 },
      { native.average(9007199254740991, 1, 1, 1, 1, 0) })
    -- 10,165 * 27/20 = 13,722.75
    assert.same({ 54891, 4 }, { native.average(10165, 27, 20, 1, 1, 0) })
  end)

  it("compare ratios of which no Lua number sees a difference", function()
    local most = 9007199254740991
    assert.equal(-1, native.ratio_compare(most - 2, most - 1, most - 1, most))
    assert.equal(1, native.ratio_compare(most - 1, most, most - 2, most - 1))
    assert.equal(0, native.ratio_compare(most, most, 1, 1))
  end)
end)
