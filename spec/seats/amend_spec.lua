local amend = require "urna.seats.amend"
local serbia = require "spec.serbia2020"
local urna = require "urna"

local function rule(...)
  return { since = "2000-01-01", base = "ballots_in_box", source = "made up",
    ... }
end

local THRESHOLD = { step = "threshold", share = { 3, 100 }, article = "1",
  exempt = "minority" }
local FACTOR = { step = "weight", factor = { 27, 20 }, lists = "minority",
  when = "below_threshold", article = "2" }
local AVERAGES = { step = "averages", divisor = "dhondt", article = "3",
  tie = { "more_votes" } }

-- 3 % of 1,000 is 30, 5 % is 50.
local VOTES = { { key = "A", votes = 600, minority = false },
  { key = "B", votes = 200, minority = false },
  { key = "C", votes = 40, minority = false },
  { key = "M", votes = 20, minority = true } }

local function run(thresholds, own, seats)
  return urna.apportion(VOTES, { seats = seats or 20, ballots_in_box = 1000,
    rule = own or rule(THRESHOLD, FACTOR, AVERAGES),
    thresholds = thresholds })
end

local function seats_of(outcome)
  local seats = {}
  for i, list in ipairs(outcome.lists) do seats[i] = list.seats end
  return seats
end

local function by_key(outcome)
  local seats = {}
  for _, list in ipairs(outcome.lists) do
    if list.seats > 0 then seats[list.key] = list.seats end
  end
  return seats
end

describe("another threshold", function()
  it("lets others take part, and is marked as not by the law", function()
    -- divisor 40: A 15, B 5, C 1, and none for M's 20 * 27/20 = 27: 21 seats
    local law = assert(run(nil, nil, 21))
    assert.same({ 15, 5, 1, 0 }, seats_of(law))
    assert.is_nil(law.rule.changed)
    -- C's 40 are below 50; A's 16th is 37.5, before B's 6th, 33.3, and M's 27
    local outcome = assert(run({ 5, 100 }, nil, 21))
    assert.same({ 16, 5, 0, 0 }, seats_of(outcome))
    assert.same({ { 5, 100 } }, outcome.rule.changed.thresholds)
    assert.same({ { 3, 100 } }, outcome.rule.changed.instead_of)
    assert.same({ "failed", 50 }, { outcome.lists[3].threshold.result,
      outcome.lists[3].threshold.needed })
  end)

  it("has no article, and what is of the law keeps its own", function()
    local outcome = assert(run { 5, 100 })
    assert.is_nil(outcome.lists[1].threshold.article)
    assert.same({ "2", "3" }, outcome.rule.articles)
    assert.equal("3", outcome.steps[1].article)
  end)

  it("is the law's own where it is as much", function()
    for _, same in ipairs { { 3, 100 }, { { 6, 200 } } } do
      local outcome = assert(run(same))
      assert.is_nil(outcome.rule.changed)
      assert.same({ "1", "2", "3" }, outcome.rule.articles)
    end
    local outcome = assert(run(false, rule(FACTOR, AVERAGES)))
    assert.is_nil(outcome.rule.changed)
    assert.same({ 27, 20 }, outcome.lists[4].weight)
  end)

  it("of none goes with the factor that counts below it", function()
    -- divisor 25: A 24, B 8, C 1, and one for M's 20 * 27/20 = 27: 34 seats;
    -- with its 20 M is behind A's 25th, 24
    assert.same({ 24, 8, 1, 1 }, seats_of(assert(run(nil, nil, 34))))
    local outcome = assert(run(false, nil, 34))
    assert.same({ 25, 8, 1, 0 }, seats_of(outcome))
    assert.is_nil(outcome.lists[4].weight)
    assert.is_nil(outcome.lists[1].threshold)
    assert.same({ thresholds = false, instead_of = { { 3, 100 } } },
      outcome.rule.changed)
    assert.same({ "3" }, outcome.rule.articles)
  end)

  it("stands before the others where the law has none", function()
    local outcome = assert(run({ 10, 100 }, rule(AVERAGES)))
    -- 600 200: of 40 A 15, B 5
    assert.same({ 15, 5, 0, 0 }, seats_of(outcome))
    assert.same({ thresholds = { { 10, 100 } }, instead_of = false },
      outcome.rule.changed)
  end)

  it("is one of several where the rule has several", function()
    local other = { step = "threshold", share = { 1, 10 }, article = "1a" }
    local own = rule(THRESHOLD, other, AVERAGES)
    local outcome = assert(run({ { 3, 100 }, { 1, 2 } }, own))
    -- half of 1,000: A alone; the first is the law's and keeps its article
    assert.same({ 20, 0, 0, 0 }, seats_of(outcome))
    assert.same({ "1", "3" }, outcome.rule.articles)
    assert.same({ { 3, 100 }, { 1, 10 } }, outcome.rule.changed.instead_of)
    local none, err = run({ 1, 2 }, own)
    assert.is_nil(none)
    assert.equal("bad_thresholds", err.code)
    assert.matches("1 threshold is given as { 1, 2 }, and own/rule has 2",
      err.message, 1, true)
  end)

  it("leaves the rule as it was", function()
    local own = rule(THRESHOLD, FACTOR, AVERAGES)
    assert(run({ 5, 100 }, own))
    assert(run(false, own))
    assert.same({ { 3, 100 }, "1", 3 }, { own[1].share, own[1].article, #own })
    assert(urna.apportion(urna.election("belgrade-2024"),
      { thresholds = false }))
    local after = assert(urna.apportion(urna.election("belgrade-2024")))
    assert.same({ 3, 100 }, after.lists[1].threshold.share)
  end)

  it("raises for what is none, naming it", function()
    for text, value in pairs { ["{ 5 }"] = { 5 }, ["{ 5, 0 }"] = { 5, 0 },
      ["{ 0, 100 }"] = { 0, 100 }, ["{ 101, 100 }"] = { 101, 100 },
      ["{ 0.5, 1 }"] = { 0.5, 1 }, ["true"] = true, ["a table"] = {},
      ["{ 9, 4 }"] = { { 5, 100 }, { 9, 4 } } } do
      local done, message = pcall(run, value)
      assert.is_false(done)
      assert.matches("apportion: thresholds must be a share of the base",
        message, 1, true)
      assert.equal("not " .. text, message:match("not .-$"))
    end
    assert.is_false((pcall(run, 5)))
    assert.is_false((pcall(run, "5/100")))
  end)

  it("says of lists that are summed up that they take no part", function()
    -- 99 votes of others: 3 % is 30, 10 % is 100
    local function remarks(share)
      local outcome = assert(urna.apportion(VOTES, { seats = 20,
        ballots_in_box = 1000, rule = rule({ step = "threshold",
          share = { 20, 100 } }, AVERAGES), thresholds = share,
        others = { votes = 99, lists = 5 } }))
      return #outcome.remarks > 0 and outcome.remarks[1].code or nil
    end
    assert.equal("others_left_out", remarks { 9, 100 })
    assert.equal("others_left_out", remarks(false))
    assert.is_nil(remarks { 10, 100 })
    assert.is_nil(remarks { 25, 100 })
    assert.is_nil(remarks(nil))
  end)
end)

describe("Serbia 2020 with another threshold", function()
  local function read()
    local results, why = serbia.results()
    if not results then pending(why) end
    return results
  end

  it("of 5 % has the seats that the divisor 9,850 gives", function()
    -- of 3,218,763 ballots 5 % is 160,939; SPAS has 123,393. SNS 1,953,998 /
    -- 9,850 = 198.4; SPS 334,333: 33.9; times 27/20: SVM 97,055.6: 9.9; SPP
    -- 43,429.5: 4.4; AA 35,690.0: 3.6; SDAS 33,312.6: 3.4; RS 8,498.3: 0.9
    local results = read()
    if not results then return end
    local outcome = assert(urna.apportion(results, { thresholds = { 5, 100 },
      explain = false }))
    assert.same({ SNS = 198, SPS = 33, SVM = 9, SPP = 4, AA = 3, SDAS = 3 },
      by_key(outcome))
    assert.equal(160939, outcome.lists[1].threshold.needed)
    local row = assert(urna.scenarios(results, { { threshold = { 5, 100 } } }))
      .rows[1]
    assert.same(by_key(outcome), by_key(row.outcome))
    assert.same(outcome.rule.changed, row.outcome.rule.changed)
  end)

  it("of none has the seats that the divisor 11,930 gives", function()
    -- SNS 163.8 SPS 28.02 SPAS 10.3 POKS 7.2 SUV 6.2 METLA 6.04 SVM 6.03 SRS
    -- 5.5 PSG 4.3 ZAV 3.9 ZS 2.8 SPP 2.7 UDS 2.6 AA 2.2 SDAS 2.1 LEV 1.9
    -- 1OD5 1.7, LDP 0.9: no factor of minority lists either
    local results = read()
    if not results then return end
    local outcome = assert(urna.apportion(results, { thresholds = false,
      explain = false }))
    assert.same({ SNS = 163, SPS = 28, SPAS = 10, POKS = 7, SUV = 6, METLA = 6,
      SVM = 6, SRS = 5, PSG = 4, ZAV = 3, ZS = 2, SPP = 2, UDS = 2, AA = 2,
      SDAS = 2, LEV = 1, ["1OD5"] = 1 }, by_key(outcome))
    assert.same({}, outcome.remarks)
    local row = assert(urna.scenarios(results, { { threshold = false } }))
      .rows[1]
    assert.same(by_key(outcome), by_key(row.outcome))
  end)
end)

describe("what is asked of an outcome with another threshold", function()
  it("keeps that threshold", function()
    -- MI-SN has 8.15 % of the ballots: out at 10
    local outcome = assert(urna.apportion(urna.election("belgrade-2024"),
      { thresholds = { 1, 10 } }))
    assert.same({ SNS = 69, KP = 23, BB = 16, RS = 2 }, by_key(outcome))
    local found = assert(urna.scenarios(outcome, { { seats = 110 },
      { threshold = { 3, 100 } }, { rule = "rs/local" } }))
    assert.equal(69, found.base.seats.SNS)
    assert.same({ 69, 64, 64 }, { found.rows[1].seats.SNS,
      found.rows[2].seats.SNS, found.rows[3].seats.SNS })
    -- 73,399 votes are a tenth of the box, and 59,805 are its own
    local votes = {}
    for _, row in ipairs(assert(urna.margins(outcome, { lists = { "MI-SN" },
      by = "switched", thresholds = "free" })).rows) do
      votes[row.question] = row.votes
    end
    assert.equal(73399 - 59805, votes.threshold)
    local base = assert(urna.scan(outcome, { remove = "RS", most = 10 })).base
    assert.equal(69, base.seats.SNS)
  end)

  it("has no published claim to agree with", function()
    local outcome = assert(urna.apportion(urna.election("belgrade-2024"),
      { thresholds = { 1, 10 } }))
    assert.is_nil(outcome.claim)
  end)
end)

describe("a report of another threshold", function()
  local function of(thresholds, language, format)
    local text = assert(urna.report("belgrade-2024", { thresholds = thresholds,
      language = language, format = format or "text", width = 200 }))
    return (text:gsub("%s+", " "))
  end

  local function times(text, part)
    local n, at = 0, 1
    while true do
      local from, to = text:find(part, at, true)
      if not from then return n end
      n, at = n + 1, to + 1
    end
  end

  it("says at the head and of the law that it is not by the law", function()
    assert.equal(2, times(of({ 1, 10 }, "en"), "Not by the law: worked out "
      .. "with a threshold of 10%; the law’s is 3%."))
    assert.equal(2, times(of({ 1, 10 }, "sr-Cyrl"), "Није по закону: рачунато "
      .. "са цензусом од 10%; законски цензус је 3%."))
    assert.equal(2, times(of(false, "sr-Latn"), "Nije po zakonu: računato bez "
      .. "cenzusa; zakonski cenzus je 3%."))
    assert.equal(2, times(of({ 1, 10 }, "en", "md"), "Not by the law"))
    assert.equal(2, times(of({ 1, 10 }, "en", "html"), "Not by the law"))
    assert.equal(0, times(of(nil, "en"), "Not by the law"))
    assert.matches('"changed": { "instead_of": [ [ 3, 100 ] ], '
      .. '"thresholds": false }', of(false, "en", "json"), 1, true)
  end)

  it("says that lists summed up take no part under a smaller one", function()
    assert.matches("Lists that are summed up as others take no part here: "
      .. "whether one of them would get a seat with this threshold is not "
      .. "known.", of(false, "en"), 1, true)
    assert.matches("Листе које су дате само у збиру овде не учествују",
      of({ 2, 100 }, "sr-Cyrl"), 1, true)
    assert.equal(0, times(of({ 1, 10 }, "en"), "summed up"))
  end)

  it("says so in what explains a list and a seat", function()
    local outcome = assert(urna.apportion(urna.election("belgrade-2024"),
      { thresholds = { 1, 10 } }))
    local line = "Not by the law: computed with the threshold 1/10; the law's "
      .. "is 3/100."
    for _, what in ipairs { { list = "MI-SN" }, { seat = 110 } } do
      assert.matches(line, tostring(urna.explain(outcome, what)), 1, true)
    end
    assert.is_nil(tostring(urna.explain(outcome, { list = "MI-SN" })):find(
      "not known to this rule", 1, true))
  end)
end)

describe("the shape of thresholds", function()
  it("is a share, an array of them or false", function()
    for _, good in ipairs { false, { 1, 1 }, { 3, 100 }, { { 1, 3 } } } do
      assert.is_nil(amend.wrong_thresholds(good))
    end
    assert.same({ { 3, 100 } }, amend.shares { 3, 100 })
  end)
end)
