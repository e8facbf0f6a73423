local native = require "urna.native"
local urna = require "urna"

local SHARES = { "banzhaf", "shapley_shubik", "deegan_packel", "holler",
  "johnston" }

-- "5/21 5/21 ..." of one index, list by list.
local function ratios(found, name)
  local texts = {}
  for i, list in ipairs(found.lists) do
    texts[i] = tostring(native.rational(list[name].num, list[name].den))
  end
  return table.concat(texts, " ")
end

local function column(found, name)
  local values = {}
  for i, list in ipairs(found.lists) do values[i] = list[name] end
  return values
end

describe("the textbooks' games:", function()
  -- Felsenthal & Machover, The Measurement of Voting Power, 1998, ch. 5:
  -- Banzhaf 10, 10, 10, 6, 6, 0 of 42; Shapley-Shubik 14, 14, 14, 9, 9, 0 of
  -- 60
  it("Luxembourg never mattered in the Council of the EEC of 1958", function()
    local council = urna.power({ FR = 4, DE = 4, IT = 4, BE = 2, NL = 2,
      LU = 1 }, { quota = 12 })
    assert.same({ "BE", "DE", "FR", "IT", "LU", "NL" },
      column(council, "key"))
    assert.equal("1/7 5/21 5/21 5/21 0 1/7", ratios(council, "banzhaf"))
    assert.equal("3/20 7/30 7/30 7/30 0 3/20",
      ratios(council, "shapley_shubik"))
    assert.same({ "LU" }, council.dummies)
    assert.same({}, council.vetoers)
  end)

  -- 421/2145 and 4/2145; 848 and 84 swings
  it("a permanent member of the Security Council has 105 times the power of "
    .. "another", function()
    local seats = {}
    for i = 1, 15 do seats[i] = i <= 5 and 7 or 1 end
    local council = urna.power(seats, { quota = 39 })
    assert.same({ num = 421, den = 2145, percent = "19.63" },
      council.lists[1].shapley_shubik)
    assert.same({ num = 4, den = 2145, percent = "0.19" },
      council.lists[15].shapley_shubik)
    assert.same({ 848, 84 },
      { council.lists[5].swings, council.lists[6].swings })
    assert.same({ 1, 2, 3, 4, 5 }, council.vetoers)
    assert.is_nil(council.dictator)
  end)

  -- critical are a in ab, ac, abc; b in ab; c in ac
  it("of 50, 49 and 1 seats the second list has what the third has",
    function()
      local found = urna.power { 50, 49, 1 }
      assert.equal(51, found.quota)
      assert.equal("3/5 1/5 1/5", ratios(found, "banzhaf"))
      assert.equal("3/4 1/4 1/4", ratios(found, "absolute_banzhaf"))
      -- abc acb bac cab bca cba: the second is the pivot of the first four,
      -- that is b, c, a, a; the third of the last two, a
      assert.equal("2/3 1/6 1/6", ratios(found, "shapley_shubik"))
      assert.same({ 1 }, found.vetoers)
    end)

  -- numbersandshapes.net, Voting power (5), 14 January 2021: minimal are 12, 13
  -- and 234, so Deegan-Packel 1, 5/6, 5/6, 1/3 of 3, Holler 2, 2, 2, 1 of 7;
  -- and 0.4167 0.25 0.25 0.0833 of Banzhaf and Shapley-Shubik
  it("[16; 10, 9, 6, 5] has three minimal coalitions", function()
    local found = urna.power({ 10, 9, 6, 5 }, { quota = 16 })
    assert.equal(3, found.minimal)
    assert.same({ 2, 2, 2, 1 }, column(found, "minimal"))
    assert.equal("1/3 5/18 5/18 1/9", ratios(found, "deegan_packel"))
    assert.equal("2/7 2/7 2/7 1/7", ratios(found, "holler"))
    assert.equal("5/12 1/4 1/4 1/12", ratios(found, "banzhaf"))
    assert.equal("5/12 1/4 1/4 1/12", ratios(found, "shapley_shubik"))
  end)

  -- Felsenthal & Machover 1998, app. A: vulnerable are ab, abc, abd, acd and
  -- abcd, with ab, ab, ab, acd and a critical; swings 5, 3, 1, 1 of 8. Johnston
  -- by hand: a (1/2 + 1/2 + 1/2 + 1/3 + 1) / 5 = 17/30, b 3/2 / 5 = 3/10, c and
  -- d 1/3 / 5 = 1/15; Deegan-Packel of ab and acd: a (1/2 + 1/3) / 2 = 5/12,
  -- b 1/4, c and d 1/6
  it("[5; 3, 2, 1, 1] has five vulnerable coalitions", function()
    local found = urna.power({ 3, 2, 1, 1 }, { quota = 5 })
    assert.same({ 5, 2, 5 },
      { found.winning, found.minimal, found.vulnerable })
    assert.equal("5/8 3/8 1/8 1/8", ratios(found, "absolute_banzhaf"))
    assert.equal("17/30 3/10 1/15 1/15", ratios(found, "johnston"))
    assert.equal("5/12 1/4 1/6 1/6", ratios(found, "deegan_packel"))
  end)
end)

describe("the power in an assembly", function()
  -- 64 of 110 are a majority, so nobody else matters
  it("is one list's in Belgrade in 2024", function()
    local outcome = urna.apportion(urna.election("belgrade-2024"))
    local found = urna.power(outcome)
    assert.equal(56, found.quota)
    assert.equal("SNS", found.dictator)
    assert.same({ "100.00", "0.00", "0.00", "0.00", "0.00" }, {
      found.lists[1].banzhaf.percent, found.lists[2].banzhaf.percent,
      found.lists[3].johnston.percent, found.lists[4].holler.percent,
      found.lists[5].shapley_shubik.percent })
    assert.same({ "KP", "BB", "MI-SN", "RS" }, found.dummies)
  end)

  -- Belgrade 2023: 49 43 7 6 5, majority 56. Winning with 49: any of 43, 7
  -- (56), 6 + 5 (60); without it: 43 + 7 + 6 (56) or all four (61).
  -- Critical in ab, ac, ade, bcd (minimal), and in abc: a; abd: a b; abe: a b;
  -- acd: a c; ace: a c; abcd: none of a (bcd wins), b (acd), so none;
  -- abce: a; abde: a; acde: a; bcde: b c d; abcde: none.
  -- a: ab ac ade abc abd abe acd ace abce abde acde = 11; b: ab abd abe bcd
  -- bcde = 5; c: ac acd ace bcd bcde = 5; d: ade bcd bcde = 3; e: ade = 1
  it("of five lists is counted by hand", function()
    local found = urna.power { 49, 43, 7, 6, 5 }
    assert.same({ 11, 5, 5, 3, 1 }, column(found, "swings"))
    assert.same({ 3, 2, 2, 2, 1 }, column(found, "minimal"))
    assert.equal("11/25 1/5 1/5 3/25 1/25", ratios(found, "banzhaf"))
    -- ab ac ade bcd: a 1/2 + 1/2 + 1/3, b and c 1/2 + 1/3, d 2/3, e 1/3
    assert.equal("1/3 5/24 5/24 1/6 1/12", ratios(found, "deegan_packel"))
    assert.equal(4, found.minimal)
    assert.same({ "44.00", "20.00", "20.00", "12.00", "4.00" }, {
      found.lists[1].banzhaf.percent, found.lists[2].banzhaf.percent,
      found.lists[3].banzhaf.percent, found.lists[4].banzhaf.percent,
      found.lists[5].banzhaf.percent })
  end)

  it("changes with the quota: two thirds of 100 are 67 seats", function()
    local found = urna.power({ 50, 30, 20 }, { quota = { share = { 2, 3 } } })
    assert.equal(67, found.quota) -- ab 80, ac 70, abc; bc is 50
    assert.same({ 3, 1, 1 }, column(found, "swings"))
  end)

  it("counts a list without seats among the players, and it can do nothing",
    function()
      local found = urna.power { 3, 2, 0 }
      assert.equal("1 0 0", ratios(found, "shapley_shubik"))
      assert.same({ 4, 0, 0 }, column(found, "swings"))
      assert.same({ 2, 3 }, found.dummies)
    end)

  it("is rounded half up for display: 1/32 is 3.125 and shown as 3.13",
    function()
      local seats = {}
      for i = 1, 32 do seats[i] = 1 end
      assert.equal("3.13", urna.power(seats).lists[32].holler.percent)
    end)

  it("of an undecided outcome is an error", function()
    local found, err = urna.power { lists = {}, seats = 5,
      decision = "lots_required" }
    assert.is_nil(found)
    assert.equal("undecided", err.code)
    assert.truthy(err.message:find("lots_required", 1, true))
  end)
end)

-- All coalitions of a game, one by one, in ratios.
local function by_definition(seats, quota)
  local n, zero = #seats, native.rational(0)
  local factorial = { [0] = native.rational(1) }
  for i = 1, n do factorial[i] = factorial[i - 1] * i end
  local raw = {}
  for _, name in ipairs(SHARES) do
    raw[name] = {}
    for i = 1, n do raw[name][i] = zero end
  end
  local function give(name, i, value)
    raw[name][i] = raw[name][i] + value
  end
  local function judge(members, sum)
    local critical = {}
    for _, i in ipairs(members) do
      if sum - seats[i] < quota then critical[#critical + 1] = i end
    end
    local k = #members
    for _, i in ipairs(critical) do
      give("banzhaf", i, 1)
      give("shapley_shubik", i, factorial[k - 1] * factorial[n - k])
      give("johnston", i, native.rational(1, #critical))
      if #critical == k then
        give("holler", i, 1)
        give("deegan_packel", i, native.rational(1, k))
      end
    end
  end
  local function extend(i, members, sum)
    if i > n then
      if sum >= quota then judge(members, sum) end
      return
    end
    extend(i + 1, members, sum)
    members[#members + 1] = i
    extend(i + 1, members, sum + seats[i])
    members[#members] = nil
  end
  extend(1, {}, 0)
  return raw
end

local function sum_of(values)
  local sum = native.rational(0)
  for _, value in ipairs(values) do sum = sum + value end
  return sum
end

local function check_game(seats, quota)
  local found = urna.power(seats, { quota = quota })
  local raw = by_definition(seats, quota)
  for _, name in ipairs(SHARES) do
    local sum = sum_of(raw[name])
    for i, list in ipairs(found.lists) do
      local own = native.rational(list[name].num, list[name].den)
      if own ~= raw[name][i] / sum then
        error(("[%d; %s] %s of list %d is %s"):format(quota,
          table.concat(seats, " "), name, i, tostring(own)), 0)
      end
    end
  end
end

describe("of random games", function()
  local SEED = 19651

  -- the C test does the same with 12,000 games of up to 12 lists
  it("every index is what all coalitions say, one by one", function()
    math.randomseed(SEED)
    for _ = 1, 300 do
      local seats, sum = {}, 0
      for i = 1, math.random(1, 7) do
        seats[i] = math.random(0, 30)
        sum = sum + seats[i]
      end
      if sum > 0 then check_game(seats, math.random(1, sum)) end
    end
  end)

  local function random_game(lists, most)
    local seats = {}
    for i = 1, lists do seats[i] = math.random(1, most) end
    return seats
  end

  it("shares add up to 1, equals have equal power and more seats never less "
    .. "but in holler and deegan_packel", function()
    math.randomseed(SEED + 1)
    for _ = 1, 20 do
      local seats = random_game(40, 12)
      local found = urna.power(seats)
      for _, name in ipairs(SHARES) do
        local own = {}
        for i, list in ipairs(found.lists) do
          own[i] = native.rational(list[name].num, list[name].den)
        end
        assert.equal("1", tostring(sum_of(own)))
        for i = 2, #own do
          if seats[i] == seats[1] then assert.is_true(own[i] == own[1]) end
          if seats[i] > seats[1] and name ~= "holler"
            and name ~= "deegan_packel" then
            assert.is_true(own[i] >= own[1])
          end
        end
      end
    end
  end)

  it("the order of the lists changes nothing (seed " .. SEED .. ")",
    function()
      math.randomseed(SEED)
      for _ = 1, 20 do
        local seats = random_game(15, 40)
        local reversed = {}
        for i = 1, 15 do reversed[i] = seats[16 - i] end
        local found, other = urna.power(seats), urna.power(reversed)
        for i = 1, 15 do
          found.lists[i].key = other.lists[16 - i].key
          assert.same(found.lists[i], other.lists[16 - i])
        end
      end
    end)
end)

describe("a hundred lists", function()
  -- coalitions without one of the 100 that have just 50 members:
  -- 99! / (50! 49!) = 50445672272782096667406248628
  it("have exact swings beyond every number of Lua", function()
    local seats = {}
    for i = 1, 100 do seats[i] = 1 end
    local found = urna.power(seats)
    assert.equal(51, found.quota)
    assert.equal("50445672272782096667406248628", found.lists[1].swings)
    for _, name in ipairs(SHARES) do
      assert.same({ num = 1, den = 100, percent = "1.00" },
        found.lists[100][name])
    end
  end)

  it("of 1 to 100 seats are counted, and in less than five seconds",
    function()
      local seats = {}
      for i = 1, 100 do seats[i] = i end
      local start = native.seconds()
      local found = urna.power(seats)
      assert.is_true(native.seconds() - start < 5)
      assert.same({}, found.dummies)
    end)
end)

describe("a game that is none is refused:", function()
  it("a quota beyond the seats", function()
    local function call(...) return urna.power(...) end
    local ok, message = pcall(call, { 3, 2 }, { quota = 6 })
    assert.is_false(ok)
    assert.truthy(message:find("a quota of 6 seats; it must be a whole "
      .. "number from 1 to 5", 1, true), message)
  end)

  it("a quota that is no number of seats", function()
    assert.error_matches(function()
      urna.power({ 3, 2 }, { quota = 0.5 })
    end, "a quota of 0.5 seats")
    assert.error_matches(function()
      urna.power({ 3, 2 }, { quota = { share = { 3, 2 } } })
    end, "quota.share must be a pair")
  end)

  it("more than 100 lists", function()
    local seats = {}
    for i = 1, 101 do seats[i] = 1 end
    assert.error_matches(function() urna.power(seats) end,
      "there are 101 lists, and at most 100")
  end)

  it("no seats", function()
    assert.error_matches(function() urna.power { A = 0, B = 0 } end,
      "no list has a seat")
    assert.error_matches(function() urna.power {} end, "there are no lists")
  end)

  it("half a seat, with the list and the place of the call", function()
    local function call() urna.power { A = 1.5 } end
    local ok, message = pcall(call)
    assert.is_false(ok)
    assert.truthy(message:find("power_spec.lua", 1, true), message)
    assert.truthy(message:find('seats: list "A" has 1.5', 1, true), message)
  end)

  it("an option that is none, with the nearest", function()
    assert.error_matches(function()
      urna.power({ 3, 2 }, { qouta = 3 })
    end, 'no option "qouta": did you mean "quota"')
  end)

  it("seats that would not fit in memory, with what would", function()
    assert.error_matches(function()
      urna.power { 9007199254740990, 1 }
    end, "more than 96 MB; 100 lists may have some 40,000 seats")
    -- in millions they are few again
    assert.equal(3000001, urna.power({ 3000000, 2000000 },
      { quota = 3000001 }).quota)
  end)
end)
