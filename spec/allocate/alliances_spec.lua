local generator = require "spec.generator"
local outcomes = require "spec.allocate.outcomes"
local urna = require "urna"

describe("alliances", function()
  -- Votes and seats of martinlackner/apportionment, examples/knesset.txt
  -- (Central Elections Committee), lists above the threshold. Elections Law
  -- (Consolidated Version) 1969, ss. 81-82: d'Hondt among agreements and
  -- lists, then d'Hondt inside an agreement.
  local KNESSET = {
    [19] = { votes = { Likud = 885163, Habayit = 345985, YeshAtid = 543458,
        Labor = 432118, Shas = 331868, UTJ = 195892, Hatenua = 189167,
        Meretz = 172403, UAL = 138450, Hadash = 113439, Balad = 97030,
        Kadima = 78974 },
      pairs = { { "Likud", "Habayit" }, { "YeshAtid", "Labor" },
        { "Shas", "UTJ" }, { "Hatenua", "Meretz" }, { "Hadash", "Balad" } },
      seats = { Likud = 31, Habayit = 12, YeshAtid = 19, Labor = 15,
        Shas = 11, UTJ = 7, Hatenua = 6, Meretz = 6, UAL = 4, Hadash = 4,
        Balad = 3, Kadima = 2 } },
    [20] = { votes = { Likud = 985408, Habayit = 283910, Zionist = 786313,
        Left = 165529, Joint = 446583, YeshAtid = 371602, Kulanu = 315360,
        Beitenu = 214906, Shas = 241613, UTJ = 210143 },
      pairs = { { "Likud", "Habayit" }, { "Zionist", "Left" },
        { "Kulanu", "Beitenu" }, { "Shas", "UTJ" } },
      seats = { Likud = 30, Habayit = 8, Zionist = 24, Left = 5, Joint = 13,
        YeshAtid = 11, Kulanu = 10, Beitenu = 6, Shas = 7, UTJ = 6 } },
    [21] = { votes = { Likud = 1140370, Right = 159468, BlueWhite = 1125881,
        Shas = 258275, UTJ = 249049, Hadash = 193442, Raam = 143666,
        Labor = 190870, Meretz = 156473, Beitenu = 173004,
        Kulanu = 152756 },
      pairs = { { "Likud", "Right" }, { "Shas", "UTJ" },
        { "Hadash", "Raam" }, { "Labor", "Meretz" } },
      seats = { Likud = 35, Right = 5, BlueWhite = 35, Shas = 8, UTJ = 8,
        Hadash = 6, Raam = 4, Labor = 6, Meretz = 4, Beitenu = 5,
        Kulanu = 4 } },
    [22] = { votes = { BlueWhite = 1151214, Beitenu = 310154,
        Likud = 1113617, Yemina = 260655, Joint = 470211, Shas = 330199,
        UTJ = 268775, Labor = 212782, Democratic = 192495 },
      pairs = { { "BlueWhite", "Beitenu" }, { "Likud", "Yemina" },
        { "Shas", "UTJ" }, { "Labor", "Democratic" } },
      seats = { BlueWhite = 33, Beitenu = 8, Likud = 32, Yemina = 7,
        Joint = 13, Shas = 9, UTJ = 7, Labor = 6, Democratic = 5 } },
  }

  local function agreements(lists)
    local found = {}
    for i, pair in ipairs(lists) do
      found[i] = { key = pair[1] .. "+" .. pair[2], lists = pair }
    end
    return found
  end

  for number = 19, 22 do
    it(("share surplus votes in the Knesset of number %d"):format(number),
      function()
        local case = KNESSET[number]
        local result = urna.allocate(case.votes, 120, "dhondt",
          { alliances = agreements(case.pairs) })
        assert.same(case.seats, result.seats)
        assert.same({}, result.ties)
      end)
  end

  it("count as one list with all their votes, then share, nested", function()
    -- d'Hondt of 6: Left 90 (A 40, Centre 50), R 65: 90 65 45 32.5 30 22.5,
    -- then 21.7: 4 2. Left's 4, A 40, Centre 50: 50 40 25 20: 2 2. Centre's 2,
    -- B 26, C 24: 26 24: 1 1. Without alliances 65 40 32.5 26 24 21.7: R 3.
    local votes = { A = 40, B = 26, C = 24, R = 65 }
    local result = urna.allocate(votes, 6, "dhondt", { alliances = {
      { key = "Left", lists = { "A", { key = "Centre",
        lists = { "B", "C" } } } } } })
    assert.same({ A = 2, B = 1, C = 1, R = 2 }, result.seats)
    assert.same({ 4, 90 }, { result.alliances.Left.seats,
      result.alliances.Left.votes })
    assert.same({ 2, 50 }, { result.alliances.Centre.seats,
      result.alliances.Centre.votes })
    assert.same({ A = 1, B = 1, C = 1, R = 3 },
      urna.allocate(votes, 6, "dhondt").seats)
  end)

  it("may have a method of their own", function()
    -- 90 against 65 as above: 4 2. Left's 4 by d'Hondt 60 30 20 20, by Adams
    -- one for each and the fourth to 60/1
    local votes = { 60, 20, 10, 65 }
    local function seats(method)
      return urna.allocate(votes, 6, "dhondt", { alliances = {
        { key = "Left", lists = { 1, 2, 3 }, method = method } } }).seats
    end
    assert.same({ 3, 1, 0, 2 }, seats(nil))
    assert.same({ 2, 1, 1, 2 }, seats("adams"))
    -- Hare: 90/4 = 22.5, full 2 0 0, rests 15 20 10
    assert.same({ 3, 1, 0, 2 }, seats({ quota = "hare" }))
  end)

  it("tell the ties of every stage, and take their draws in order", function()
    -- 30 (A 15, B 15) against 30 (C): the only seat is open between both
    local votes = { A = 15, B = 15, C = 30 }
    local alliances = { { key = "AB", lists = { "A", "B" } } }
    local open = urna.allocate(votes, 1, "dhondt", { alliances = alliances })
    assert.same({ { stage = "alliances", certain = { AB = 0, C = 0 },
      tied = { "AB", "C" }, left = 1 } }, open.ties)
    assert.same({ A = 0, B = 0, C = 0 }, open.seats)
    local one = urna.allocate(votes, 1, "dhondt", { alliances = alliances,
      lots = { { "AB" } } })
    assert.same({ { stage = "alliance AB", certain = { A = 0, B = 0 },
      tied = { "A", "B" }, left = 1 } }, one.ties)
    local both = urna.allocate(votes, 1, "dhondt", { alliances = alliances,
      lots = { { "AB" }, { "B" } } })
    assert.same({ A = 0, B = 1, C = 0 }, both.seats)
    assert.same({ "alliances", "alliance AB" },
      { both.drawn[1].stage, both.drawn[2].stage })
    assert.same({ ["A=0 B=0 C=1"] = true, ["A=1 B=0 C=0"] = true,
      ["A=0 B=1 C=0"] = true }, outcomes.all(votes, 1, "dhondt",
      { alliances = alliances }))
  end)

  it("leave inside what every draw above would give", function()
    -- 7 seats by d'Hondt: AB 60 30 20 15, C 60 30 20 15: 3 3, one open. Inside
    -- AB by Hare of 3: A 31 = 1.55, B 29 = 1.45: A 2 B 1; of 4: 2.07 1.93: 2 2
    local votes = { A = 31, B = 29, C = 60 }
    local open = urna.allocate(votes, 7, "dhondt", { alliances = {
      { key = "AB", lists = { "A", "B" }, method = "hare" } } })
    assert.same({ A = 2, B = 1, C = 3 }, open.seats)
    assert.equal(1, #open.ties)
    assert.equal(3, open.alliances.AB.seats)
    -- with three lists the Alabama paradox: 3 seats of 6 6 2 are 1 1 1, 4 are
    -- 2 2 0, so C is sure of none
    votes = { A = 6, B = 6, C = 2, D = 14 }
    open = urna.allocate(votes, 7, "dhondt", { alliances = {
      { key = "ABC", lists = { "A", "B", "C" }, method = "hare" } } })
    assert.same({ A = 1, B = 1, C = 0, D = 3 }, open.seats)
    assert.same({ ["A=1 B=1 C=1 D=4"] = true, ["A=2 B=2 C=0 D=3"] = true },
      outcomes.all(votes, 7, "dhondt", { alliances = {
        { key = "ABC", lists = { "A", "B", "C" }, method = "hare" } } }))
  end)

  it("add up what their lists hold, weigh, and may have", function()
    -- A 10 * 3/2 = 15 and B 10 * 4/3: 28 1/3 together, 170 sixths, against C
    -- 28 and 29, which are 168 and 174
    local weights = { A = { 3, 2 }, B = { 4, 3 } }
    local function winner(c)
      return urna.allocate({ A = 10, B = 10, C = c }, 1, "dhondt",
        { weights = weights, alliances = {
          { key = "AB", lists = { "A", "B" } } } }).seats
    end
    assert.same({ A = 1, B = 0, C = 0 }, winner(28))
    assert.same({ A = 0, B = 0, C = 1 }, winner(29))
    -- AB may have 2: the third seat and all others are C's
    assert.same({ A = 1, B = 1, C = 3 }, urna.allocate({ A = 90, B = 60,
      C = 10 }, 5, "dhondt", { max = { A = 1, B = 1 }, alliances = {
        { key = "AB", lists = { "A", "B" } } } }).seats)
    -- B holds 2 and A none: AB's 3 seats are B's 2 and one that A has
    assert.same({ A = 1, B = 2, C = 1 }, urna.allocate({ A = 50, B = 10,
      C = 25 }, 4, "dhondt", { prior = { B = 2 }, alliances = {
        { key = "AB", lists = { "A", "B" } } } }).seats)
  end)

  it("are sure of what every way to draw leaves them (seed 71)", function()
    local random, open_cases = generator(71), 0
    for _ = 1, 400 do
      local votes = {}
      for i = 1, 5 do votes[i] = random(1, 5) * 2 end
      local alliances = { { key = "X", lists = { 1, { key = "Y",
        lists = { 2, 3 }, method = random(1, 2) == 1 and "hare" or nil } },
        method = random(1, 2) == 1 and "sainte_lague" or nil } }
      local seats = random(1, 8)
      local method = random(1, 2) == 1 and "dhondt" or "hare"
      local result = urna.allocate(votes, seats, method,
        { alliances = alliances })
      local least, count = nil, 0
      for told in pairs(outcomes.all(votes, seats, method,
        { alliances = alliances })) do
        count = count + 1
        least = least or {}
        for i, value in told:gmatch("(%d+)=(%d+)") do
          i, value = tonumber(i), tonumber(value)
          least[i] = math.min(least[i] or value, value)
        end
      end
      assert.same(least, result.seats)
      assert.equal(count > 1, #result.ties > 0)
      open_cases = open_cases + (count > 1 and 1 or 0)
    end
    assert.is_true(open_cases > 100)
  end)

  it("are refused where a list is unknown, twice in one, or nobody is",
    function()
      local votes = { A = 3, B = 2 }
      local cases = {
        { { { key = "X", lists = { "A", "C" } } },
          "alliance \"X\" names \"C\", which has no votes" },
        { { { key = "X", lists = { "A" } }, { key = "Y", lists = { "A" } } },
          "alliance \"Y\" names \"A\", which is in alliance \"X\"" },
        { { { key = "X", lists = {} } },
          "alliance \"X\" must have an array of lists" },
        { { { key = "A", lists = { "B" } } },
          "alliance \"A\" has the name of another alliance or of a list" },
        { { { lists = { "B" } } }, "alliances%[1%].key must be a text, not a "
          .. "nil" },
        { { { key = "X", list = { "B" } } },
          "alliances%[1%] has no \"list\"; there is key, lists, method" },
        { { X = { "A" } }, "alliances must be an array of { key, lists }, "
          .. "and has the key \"X\"" },
        { "A", "alliances must be an array, not \"A\"" },
        { { { key = "X", lists = { "A" }, method = "dhont" } },
          "there is no method \"dhont\": did you mean \"dhondt\"" },
      }
      for _, case in ipairs(cases) do
        local done, message = pcall(urna.allocate, votes, 3, "dhondt",
          { alliances = case[1] })
        assert.is_false(done)
        assert.matches(case[2], message)
      end
    end)
end)
