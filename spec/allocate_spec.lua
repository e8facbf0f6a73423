local generator = require "spec.generator"
local urna = require "urna"

describe("an allocation", function()
  it("has seats and ties, keyed as the votes are", function()
    -- 340 280 170 160
    assert.same({ seats = { 2, 1, 1, 0 }, ties = {} },
      urna.allocate({ 340, 280, 160, 60 }, 4, "dhondt"))
    assert.same({ seats = { A = 2, B = 1, C = 1, D = 0 }, ties = {} },
      urna.allocate({ A = 340, B = 280, C = 160, D = 60 }, 4, "dhondt"))
  end)

  it("is the same the short way and the long way (seed 31)", function()
    local random = generator(31)
    local names = { "dhondt", "sainte_lague", "modified_sainte_lague_1.4",
      "adams", "dean", "huntington_hill", "danish", "imperiali", "macau",
      "hare", "droop" }
    for _ = 1, 500 do
      local votes, keyed = {}, {}
      for i = 1, random(1, 8) do
        votes[i] = random(1, 30)
        keyed[("%02d"):format(i)] = votes[i]
      end
      local seats, name = random(1, 15), names[random(1, #names)]
      local short = urna.allocate(votes, seats, name)
      local long = urna.allocate(votes, seats, name, {})
      local by_key = urna.allocate(keyed, seats, name)
      assert.same(long, short)
      for i, count in ipairs(short.seats) do
        assert.equal(count, by_key.seats[("%02d"):format(i)])
      end
      assert.equal(#short.ties, #by_key.ties)
    end
  end)

  it("does not mind what order the lists have (seed 32)", function()
    local random = generator(32)
    for _ = 1, 300 do
      local votes, turned = {}, {}
      for i = 1, random(1, 8) do votes[i] = random(1, 30) end
      for i, count in ipairs(votes) do turned[#votes + 1 - i] = count end
      local seats = random(1, 15)
      for _, name in ipairs { "dhondt", "huntington_hill", "hare",
        "quota_method" } do
        local one = urna.allocate(votes, seats, name)
        local other = urna.allocate(turned, seats, name)
        for i, count in ipairs(one.seats) do
          assert.equal(count, other.seats[#votes + 1 - i])
        end
        assert.equal(#one.ties, #other.ties)
      end
    end
  end)

  it("may go by divisors of one's own, which go on or end", function()
    -- 1, 3/2, 2, 5/2 are half of 2 3 4 5: Imperiali
    local votes = { 530, 240, 230 }
    assert.same(urna.allocate(votes, 7, "imperiali").seats,
      urna.allocate(votes, 7, { divisors = { 1, { 3, 2 }, 2 } }).seats)
    local ended = { divisors = { 1, 2 }, ends = true }
    assert.same({ 2, 2, 2 }, urna.allocate(votes, 6, ended).seats)
    local done, message = pcall(urna.allocate, votes, 7, ended)
    assert.is_false(done)
    local told = "divisors has 2 of them, and 3 lists come to their end "
      .. "before seats = 7 are awarded"
    assert.matches(told, message)
    done, message = pcall(urna.allocate_batch, votes, 7, ended, { lists = 3 })
    assert.is_false(done)
    assert.matches(told, message)
  end)
end)

describe("options of an allocation", function()
  it("prior seats count in the house, and divisors go on behind them",
    function()
      -- Scottish regional members: 9 seats won in constituencies, 16 in all:
      -- A 60/10 = 6 no more; B 40 20 13.3 10 8, C 20 10: B B C B B|C C
      -- 40 20 20 13.3 10 10 8: 5 2
      assert.same({ A = 9, B = 5, C = 2 }, urna.allocate({ A = 60, B = 40,
        C = 20 }, 16, "dhondt", { prior = { A = 9 } }).seats)
    end)

  it("prior seats of a list without votes stay with it", function()
    assert.same({ 2, 1 }, urna.allocate({ 10, 0 }, 3, "dhondt",
      { prior = { [2] = 1 } }).seats)
    assert.same({ 2, 1 }, urna.allocate({ 10, 0 }, 3, "hare",
      { prior = { [2] = 1 } }).seats)
  end)

  it("min and max leave the house as large as it is", function()
    -- 600 300 200 150 120 100 by d'Hondt all A's; B has one in any case, so
    -- A has 5; at most 4, so C has the last: 90 against 80/2
    local votes = { A = 600, B = 80, C = 90 }
    assert.same({ A = 6, B = 0, C = 0 },
      urna.allocate(votes, 6, "dhondt").seats)
    assert.same({ A = 5, B = 1, C = 0 },
      urna.allocate(votes, 6, "dhondt", { min = { B = 1 } }).seats)
    assert.same({ A = 4, B = 1, C = 1 }, urna.allocate(votes, 6, "dhondt",
      { min = { B = 1 }, max = { A = 4 } }).seats)
    -- Hare 770/6 = 128.3: 4 0 0, rests 86.7 80 90: C and A. With one for B it
    -- is C alone, with two nobody, and with three A gives one back
    assert.same({ A = 5, B = 0, C = 1 }, urna.allocate(votes, 6, "hare").seats)
    assert.same({ A = 4, B = 1, C = 1 },
      urna.allocate(votes, 6, "hare", { min = { B = 1 } }).seats)
    assert.same({ A = 4, B = 2, C = 0 },
      urna.allocate(votes, 6, "hare", { min = { B = 2 } }).seats)
    assert.same({ A = 3, B = 3, C = 0 },
      urna.allocate(votes, 6, "hare", { min = { B = 3 } }).seats)
  end)

  it("a weight multiplies votes, by divisors and by quotas", function()
    -- Serbia, Law on the Election of Members of Parliament, art. 140: 27/20;
    -- 10 * 1.35 = 13.5 above 13
    for _, method in ipairs { "dhondt", "huntington_hill", "hare" } do
      local function winner(weights)
        return urna.allocate({ A = 10, B = 13 }, 1, method,
          { weights = weights }).seats
      end
      assert.same({ A = 0, B = 1 }, winner(nil))
      assert.same({ A = 1, B = 0 }, winner({ A = { 27, 20 } }))
    end
  end)

  it("votes up to 2^53 - 1 are told apart", function()
    local most = 9007199254740991
    for _, method in ipairs { "dhondt", "sainte_lague", "adams", "dean",
      "huntington_hill", "hare", "droop", "quota_method" } do
      assert.same({ 1, 2 }, urna.allocate({ most - 1, most }, 3,
        method).seats, method)
      assert.equal(1, #urna.allocate({ most, most }, 3, method).ties, method)
    end
    -- the greatest weights too: 2^20 / (2^20 - 1) and one vote
    local weights = { { 1048576, 1048575 }, { 1048575, 1048574 } }
    assert.same({ 0, 1 }, urna.allocate({ most, most }, 1, "dhondt",
      { weights = weights }).seats)
    local done, message = pcall(urna.allocate, { most, most }, 1, "hare",
      { weights = weights })
    assert.is_false(done)
    assert.matches("too great to be compared exactly", message)
  end)
end)

-- Options against their definition: from what every list has in any case, a
-- seat at a time to the greatest of those who may have more.
describe("options of an allocation", function()
  local random

  local function draw_case()
    local case = { votes = {}, prior = {}, min = {}, max = {}, weights = {},
      least = {}, seats = random(4, 14), given = 0 }
    for i = 1, random(2, 6) do
      case.votes[i] = random(0, 40)
      case.prior[i] = random(1, 4) == 1 and random(0, 3) or 0
      case.min[i] = random(1, 4) == 1 and random(0, 3) or 0
      case.max[i] = random(1, 3) == 1 and random(3, 6) or case.seats + 9
      case.weights[i] = random(1, 3) == 1 and { random(1, 5), random(1, 5) }
        or { 1, 1 }
      case.least[i] = math.max(case.prior[i], case.min[i])
      case.given = case.given + case.least[i]
    end
    return case
  end

  -- `value(i, held)` is a pair, compared by its cross products.
  local function award(case, value)
    local found = {}
    for i, least in ipairs(case.least) do found[i] = least end
    for _ = case.given + 1, case.seats do
      local top, tied
      for i, votes in ipairs(case.votes) do
        if votes > 0 and found[i] < case.max[i] then
          local num, den = value(i, found[i])
          local order = top and num * top[3] - top[2] * den or 1
          if order > 0 then top = { i, num, den } end
          tied = order == 0 or order < 0 and tied
        end
      end
      if not top then return nil end
      found[top[1]] = found[top[1]] + 1
      found.tied = tied
    end
    return found
  end

  local function options_of(case)
    return { prior = case.prior, min = case.min, max = case.max,
      weights = case.weights }
  end

  -- Equals that do not matter in the end still come to the same seats.
  local function compare(case, expected, method, options, number)
    if not expected or case.given > case.seats then return 0 end
    local done, result = pcall(urna.allocate, case.votes, case.seats, method,
      options)
    assert(done, result)
    if #result.ties > 0 then return 0 end
    expected.tied = nil
    assert.same(expected, result.seats, ("case %d"):format(number))
    return 1
  end

  for name, divisor in pairs { dhondt = function(k) return k + 1 end,
    sainte_lague = function(k) return 2 * k + 1 end } do
    it(("by %s are those of the definition (seed 61)"):format(name),
      function()
        random = generator(61)
        local tried = 0
        for number = 1, 1500 do
          local case = draw_case()
          local expected = award(case, function(i, held)
            return case.votes[i] * case.weights[i][1],
              case.weights[i][2] * divisor(held)
          end)
          tried = tried + compare(case, expected, name, options_of(case),
            number)
        end
        assert.is_true(tried > 700)
      end)
  end

  for name, more in pairs { hare = 0, hagenbach_bischoff = 1,
    imperiali_quota = 2 } do
    it(("by %s are those of the definition (seed 62)"):format(name),
      function()
        random = generator(62)
        local tried = 0
        for number = 1, 1500 do
          local case = draw_case()
          local all = 0 -- in sixtieths
          for i, votes in ipairs(case.votes) do
            all = all + votes * case.weights[i][1] * 60 / case.weights[i][2]
          end
          -- votes - held * quota, that being all / (seats + more)
          local expected = award(case, function(i, held)
            local weight = case.weights[i]
            return case.votes[i] * weight[1] * 60 / weight[2]
              * (case.seats + more) - held * all, 1
          end)
          local options = options_of(case)
          options.over_award = "subtract"
          tried = tried + compare(case, all > 0 and expected, name, options,
            number)
        end
        assert.is_true(tried > 700)
      end)
  end
end)

describe("lots", function()
  it("settle a tie with the seats that are left", function()
    local votes = { A = 2, B = 1, C = 1, D = 2, E = 2 }
    for _, method in ipairs { "sainte_lague", "hare" } do
      local open = urna.allocate(votes, 2, method)
      assert.same({ "A", "D", "E" }, open.ties[1].tied)
      assert.equal(2, open.ties[1].left)
      local drawn = urna.allocate(votes, 2, method,
        { lots = { { "E", "A" } } })
      assert.same({ A = 1, B = 0, C = 0, D = 0, E = 1 }, drawn.seats)
      assert.same({}, drawn.ties)
      assert.same({ { stage = open.ties[1].stage, left = 2,
        certain = open.ties[1].certain, tied = { "A", "D", "E" },
        drawn = { "E", "A" } } }, drawn.drawn)
    end
  end)

  it("are refused where they do not match a tie", function()
    local votes = { A = 10, B = 10, C = 1 }
    local cases = {
      { { { "C" } }, "lots%[1%] draws \"C\", which is not tied: 1 of \"A\", "
        .. "\"B\" is to be drawn %(averages%)" },
      { { { "A", "B" } }, "lots%[1%] draws \"A\", \"B\": 1 of \"A\", \"B\" is "
        .. "to be drawn" },
      { { {} }, "lots%[1%] draws nobody: 1 of \"A\", \"B\" is" },
      { { { "A", "A" } }, "lots%[1%] draws \"A\" twice" },
      { { { "A" }, { "B" } }, "lots%[2%] draws \"B\", and there is no tie "
        .. "for it" },
      { { "A" }, "lots%[1%] must be an array of those drawn, not \"A\"" },
      { { A = 1 }, "lots must be an array of draws, and has the key \"A\"" },
      { "A", "lots must be an array of draws, not \"A\"" },
    }
    for _, case in ipairs(cases) do
      local done, message = pcall(urna.allocate, votes, 1, "dhondt",
        { lots = case[1] })
      assert.is_false(done)
      assert.matches(case[2], message)
    end
    local done, message = pcall(urna.allocate, votes, 2, "dhondt",
      { lots = { { "A" } } })
    assert.is_false(done)
    assert.matches("lots%[1%] draws \"A\", and there is no tie", message)
  end)
end)

describe("what the caller got wrong", function()
  local function message_of(votes, seats, method, options)
    local done, message = pcall(function()
      return (urna.allocate(votes, seats, method, options))
    end)
    assert.is_false(done)
    assert.matches("^spec/allocate_spec.lua:%d+: urna.allocate: ", message)
    return message:gsub("^.-urna.allocate: ", "")
  end

  local COUNT = " must be a whole number from 0 to 2^53 - 1, got "
  local SEATS = " must be a whole number from 0 to 2^31 - 1, got "
  local HOUSE = "seats must be a whole number from 1 to 2^31 - 1, got "
  local RATIO = " must be a ratio { num, den } of whole numbers from 1 to "
    .. "2^20, got "
  local V = { A = 5, B = 3 }
  local CASES = {
    { { 5, -1 }, 3, "dhondt", nil, "votes[2]" .. COUNT .. "-1" },
    { { A = 1.5 }, 3, "dhondt", nil, "votes[\"A\"]" .. COUNT .. "1.5" },
    { { A = "x" }, 3, "hare", nil, "votes[\"A\"]" .. COUNT .. "\"x\"" },
    { { 5, true }, 3, "hare", nil, "votes[2]" .. COUNT .. "a boolean" },
    { { 5, "7" }, 3, "hare", nil, "votes[2]" .. COUNT .. "\"7\"" },
    { {}, 3, "dhondt", nil, "votes is empty" },
    { { 0, 0 }, 3, "dhondt", nil, "no list has votes: all 2 are 0" },
    { { 0, 0 }, 3, "hare", nil, "no list has votes: all 2 are 0" },
    { 7, 3, "dhondt", nil, "votes must be a table, not 7" },
    { { 5, A = 1 }, 3, "dhondt", nil,
      "votes is an array and has the key \"A\" as well" },
    { { [2] = 5 }, 3, "dhondt", nil,
      "votes has the key 2, which is no text" },
    { V, 0, "dhondt", nil, HOUSE .. "0" },
    { V, -1, "hare", nil, HOUSE .. "-1" },
    { V, 2.5, "dhondt", nil, HOUSE .. "2.5" },
    { V, "3", "dhondt", nil, HOUSE .. "\"3\"" },
    { V, nil, "dhondt", nil, HOUSE .. "a nil" },
    { V, 2147483648, "dhondt", nil, HOUSE .. "2147483648" },
    { { 5, 3 }, 0, "dhondt", nil, HOUSE .. "0" },
    { { 5, 3 }, 0, "hare", nil, HOUSE .. "0" },
    { V, 3, "dhont", nil,
      "there is no method \"dhont\": did you mean \"dhondt\"?" },
    { V, 3, "quota_metod", nil,
      "there is no method \"quota_metod\": did you mean \"quota_method\"?" },
    { V, 3, nil, nil, "method must be a name or a table, not a nil" },
    { V, 3, { quota = "harre" }, nil, nil, "did you mean \"hare\"?" },
    { V, 3, { quotas = "hare" }, nil,
      "a method has no \"quotas\": did you mean \"quota\"?" },
    { V, 3, {}, nil, "a method is a name, { divisors = { ... } } or "
      .. "{ quota = ... }" },
    { V, 3, { quota = 0.5 }, nil, "quota must be a whole number of votes from "
      .. "1 to 2^53 - 1, or a name, not 0.5" },
    { V, 3, { quota = "hare", remainders = "smallest" }, nil,
      "remainders must be \"largest\" or \"none\", not \"smallest\"" },
    { V, 3, { quota = "hare", min_quota = 0.75 }, nil, "min_quota must be a "
      .. "ratio { num, den } of whole numbers from 1 to 2^20, not 0.75" },
    { V, 3, { quota = "hare", min_quota = { 3, 4 }, remainders = "none" },
      nil, "min_quota says who takes part in the remainders, and remainders "
      .. "= \"none\" that nobody does" },
    { V, 3, { quota = "hare", averages = "dhont" }, nil,
      "there is no method \"dhont\": did you mean \"dhondt\"?" },
    { V, 3, { divisors = { 2, 1 } }, nil, nil, "^divisors: divisor 2" },
    { V, 3, "dhondt", { maximum = {} }, "there is no option \"maximum\"" },
    { V, 3, "dhondt", { priors = {} },
      "there is no option \"priors\": did you mean \"prior\"?" },
    { V, 3, "dhondt", 7, "options must be a table, not 7" },
    { V, 3, "dhondt", { min = { C = 1 } },
      "min names \"C\", which has no votes" },
    { { Likud = 5 }, 3, "dhondt", { prior = { Likut = 1 } },
      "prior names \"Likut\", which has no votes: did you mean \"Likud\"?" },
    { { 5, 3 }, 3, "dhondt", { max = { [3] = 1 } },
      "max names 3, which has no votes" },
    { V, 3, "dhondt", { max = { A = -1 } }, "max[\"A\"]" .. SEATS .. "-1" },
    { V, 3, "dhondt", { prior = { A = 0.5 } },
      "prior[\"A\"]" .. SEATS .. "0.5" },
    { V, 3, "dhondt", { min = 1 }, "min must be a table by list, not 1" },
    { V, 3, "dhondt", { min = { A = 2 }, max = { A = 1 } },
      "min[\"A\"] = 2 is more than max[\"A\"] = 1" },
    { V, 3, "hare", { prior = { A = 2 }, max = { A = 1 } },
      "prior[\"A\"] = 2 is more than max[\"A\"] = 1" },
    { V, 3, "dhondt", { prior = { A = 2, B = 2 } },
      "prior add up to 4, which is more than seats = 3" },
    { V, 3, "dhondt", { min = { A = 2 }, prior = { B = 2 } },
      "prior and min add up to 4, which is more than seats = 3" },
    { V, 3, "dhondt", { max = { A = 1, B = 1 } },
      "max leaves room for 2 seats of seats = 3" },
    { { A = 5, B = 0 }, 3, "hare", { max = { A = 2 } },
      "max leaves room for 2 seats of seats = 3" },
    { V, 3, "dhondt", { weights = { A = { 0, 1 } } },
      "weights[\"A\"]" .. RATIO .. "{ 0, 1 }" },
    { V, 3, "dhondt", { weights = { A = 1.35 } },
      "weights[\"A\"]" .. RATIO .. "1.35" },
    { V, 3, "dhondt", { explain = "yes" },
      "explain must be true or false, not \"yes\"" },
    { V, 3, "modified_sainte_lague_3", nil, "method "
      .. "\"modified_sainte_lague_3\": the first divisor of "
      .. "modified_sainte_lague is a decimal above 0 and below 3, with at most "
      .. "9 decimals, not 3" },
    { V, 3, "Huntington", nil, "there is no method \"Huntington\": did you "
      .. "mean \"huntington_hill\"?" },
    { V, 64, "macau", { max = { A = 1 } }, nil, "^the divisors of macau are "
      .. "known for 63 seats of a list, and seats = 64$" },
    { V, 3, "dhondt", { over_award = "error" },
      "over_award = \"error\" is of quotas, and dhondt has none" },
    { V, 3, "hare", { over_award = "draw" }, "over_award must be "
      .. "\"ignore\", \"error\" or \"subtract\", not \"draw\"" },
  }

  for _, case in ipairs(CASES) do
    local told = case[5] or case[6]
    it(("is told, with the key and the value: %s (%s)"):format(told,
      tostring(case[3])), function()
      local message = message_of(case[1], case[2], case[3], case[4])
      if case[5] then
        assert.equal(case[5], message)
      else
        assert.matches(case[6], message)
      end
    end)
  end
end)

describe("an explanation", function()
  it("says which seats a lot gave", function()
    local result = urna.allocate({ A = 10, B = 10, C = 5 }, 1, "dhondt",
      { explain = true, lots = { { "B" } } })
    assert.same({ { step = "averages", list = "B", by_lot = true,
      quotient = { 10, 1 } } }, result.steps)
    assert.same({ above = { 10, 1 }, upto = { 10, 1 }, squared = false },
      result.divisor)
    local hare = urna.allocate({ A = 10, B = 10 }, 1, "hare",
      { explain = true, lots = { { "B" } } })
    assert.same({ { step = "remainders", list = "B", by_lot = true,
      remainder = { 10, 1 } } }, hare.steps)
    assert.same({ "B" }, hare.order)
  end)

  it("names the runner-up of every seat", function()
    -- 340 280 170 160 | 140
    local result = urna.allocate({ A = 340, B = 280, C = 160, D = 60 }, 4,
      "dhondt", { explain = true })
    assert.same({ step = "averages", list = "C", quotient = { 160, 1 },
      rival = "B", rival_quotient = { 140, 1 } }, result.steps[4])
    assert.same({ "A", "B", "A", "C" }, result.order)
    assert.same({ above = { 140, 1 }, upto = { 160, 1 }, squared = false },
      result.divisor)
  end)
end)

describe("remainders of more than one round", function()
  -- quota floor(4 / 8) + 1 = 1: 3 1 0 full seats and 3 left, all remainders 0;
  -- a seat more to A and to B, which have votes, and the last is between them
  it("are tied only in the round that is left", function()
    local found = urna.allocate({ A = 3, B = 1, C = 0 }, 7, "droop")
    assert.same({ A = 4, B = 2, C = 0 }, found.seats)
    assert.same({ "A", "B" }, found.ties[1].tied)
    assert.equal(1, found.ties[1].left)
  end)
end)
