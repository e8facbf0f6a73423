local urna = require "urna"

local function outcome_of(name, options)
  return assert(urna.apportion(assert(urna.election(name)), options))
end

local function by_key(rows, name)
  local found = {}
  for _, row in ipairs(rows) do
    local key = row[name or "key"]
    if key then found[key] = row end
  end
  return found
end

-- The lists of Belgrade 2024 at 92.09 % of stations with an own tie rule.
local function with_tie(tie)
  return { since = "2022-04-03", base = "ballots_in_box", source = "made up",
    { step = "threshold", share = { 3, 100 }, exempt = "minority" },
    { step = "weight", factor = { 27, 20 }, lists = "minority",
      when = "below_threshold" },
    { step = "averages", divisor = "dhondt", tie = tie } }
end

describe("the outcome of parliament 2023", function()
  local outcome = outcome_of("parliament-2023")
  local lists = by_key(outcome.lists)

  it("gives the last seat to MI-GIN's 13th quotient, 13,756.15", function()
    local last = outcome.steps[250]
    assert.same({ 250, "MI-GIN", 13, "129" },
      { last.seat, last.list, last.divisor, last.article })
    assert.same({ 178830, 13 }, last.quotient)
    assert.equal(13756.15, math.floor(178830 / 13 * 100) / 100)
    assert.same({ "SNS", 130 }, { last.rival, last.rival_divisor })
    assert.same({ 1783701, 130 }, last.rival_quotient)
  end)

  it("has SNS next in line, 4,599 votes short", function()
    -- 178,830 / 13 * 130 = 1,788,300, which SNS reaches with more votes
    local next_one = outcome.next_in_line[1]
    assert.same({ "SNS", 4599 }, { next_one.list, next_one.votes_short })
    assert.equal(4599, 178830 * 10 - 1783701)
    -- (1,783,701 + x) / 130 >= (178,830 - x) / 13: 11 x >= 4,599
    assert.same({ 419, "MI-GIN" },
      { next_one.switched_short, next_one.switched_from })
  end)

  it("has the votes to gain and to lose of serbia.md 1a", function()
    assert.equal(1156, lists.NADA.votes_to_gain)
    assert.equal(460, lists["MI-GIN"].votes_to_lose)
    assert.equal(1500, lists.SDAS.votes_to_lose)
    assert.equal(1206, lists.RS.votes_to_lose)
    assert.equal(2943, lists.SPS.votes_to_lose)
    assert.equal(19802, lists.SNS.votes_to_lose)
  end)

  it("counts in the threshold that moves with the votes that come", function()
    -- NO has 105,165: 100 (105,165 + x) >= 3 (3,815,007 + x), 97 x >=
    -- 928,521, x >= 9,572.4
    assert.equal(9573, lists.NO.votes_to_gain)
  end)

  it("has its base as an interval with its mark", function()
    assert.same({ name = "ballots_in_box", total = 3815007, min = 3814995,
      max = 3815050, mark = "recalled" }, outcome.base)
  end)

  it("marks what is recalled, list by list", function()
    local marks = by_key(outcome.marks, "list")
    assert.equal("recalled", marks.SRS.mark)
    assert.equal("recalled", lists.SRS.mark)
    assert.is_nil(marks.SNS)
    assert.is_nil(lists.SNS.mark)
  end)

  it("has a step for each of 250 seats, each above its rival", function()
    assert.equal(250, #outcome.steps)
    for i, step in ipairs(outcome.steps) do
      assert.equal(i, step.seat)
      assert.is_true(step.quotient[1] * step.rival_quotient[2]
        >= step.rival_quotient[1] * step.quotient[2])
    end
  end)

  it("names the base of every share and of the turnout", function()
    -- 1,783,701 / 3,815,007 = 46.754 %; 3,820,746 / 6,500,666 = 58.774 %
    assert.same({ num = 1783701, den = 3815007, base = "ballots_in_box",
      percent = "46.75" }, lists.SNS.share)
    assert.same({ num = 3820746, den = 6500666, base = "registered_voters",
      percent = "58.77" }, outcome.turnout)
  end)

  it("has the rule's edition and the articles of its clauses", function()
    assert.same({ "rs/parliament", "2022-04-03" },
      { outcome.rule.id, outcome.rule.edition })
    assert.same({ "128 (recalled)", "140 (cited)", "129" },
      outcome.rule.articles)
  end)
end)

describe("the outcome of Belgrade 2023", function()
  local outcome = outcome_of("belgrade-2023")

  it("has SPS next in line, 276 votes short if added, 246 if switched",
    function()
      -- 6 * 367,121 / 49 = 44,953.6: 44,954 - 44,678 = 276; (44,678 + x) / 6
      -- > (367,121 - x) / 49: 55 x > 13,504, x > 245.5
      local first = outcome.next_in_line[1]
      assert.same({ "SPS", 276, 246, "SNS" }, { first.list, first.votes_short,
        first.switched_short, first.switched_from })
      assert.same({ 276, "SPS", "SNS", 246 }, { outcome.fewest_votes.added,
        outcome.fewest_votes.list, outcome.fewest_votes.seat_from,
        outcome.fewest_votes.switched })
    end)

  it("needs 56 of 110 for a majority", function()
    assert.equal(56, outcome.majority.needed)
    assert.equal(4, outcome.majority.coalitions.count)
  end)

  it("without SNS together with anybody leaves one coalition", function()
    local other = outcome_of("belgrade-2023", { excluded = {
      { "SNS", "SPN" }, { "SNS", "NADA" }, { "SNS", "MI-GIN" },
      { "SNS", "SPS" } } })
    assert.same({ { lists = { "SPN", "NADA", "MI-GIN" }, seats = 56,
      surplus = 0 } }, other.majority.coalitions.shown)
  end)
end)

describe("the outcome of Belgrade 2024", function()
  local outcome = outcome_of("belgrade-2024")

  it("is 64 21 14 10 1, the last seat BB's by 278 votes if not MI-SN's",
    function()
      -- 15 * 59,805 / 10 = 89,707.5: 89,708 - 89,430 = 278
      local seats = {}
      for i = 1, 5 do seats[i] = outcome.lists[i].seats end
      assert.same({ 64, 21, 14, 10, 1 }, seats)
      assert.same({ "MI-SN", "BB" },
        { outcome.steps[110].list, outcome.steps[110].rival })
      assert.same({ "BB", 278 }, { outcome.next_in_line[1].list,
        outcome.next_in_line[1].votes_short })
    end)

  it("has a row for the other lists that can win no seat, and why", function()
    local others = outcome.lists[6]
    assert.same({ "OTHERS", true, 0 }, { others.key, others.others,
      others.seats })
    assert.matches("below the threshold", others.why)
    assert.is_nil(others.votes_to_gain)
    assert.is_nil(others.threshold)
  end)

  it("keeps the interval and the mark of an estimated list", function()
    local rs = by_key(outcome.lists).RS
    assert.same({ 8477, 8533, "estimate" },
      { rs.votes_min, rs.votes_max, rs.mark })
  end)
end)

describe("the count of Belgrade 2024 at 92.09 % of stations", function()
  local outcome = outcome_of("bg-2024-06-02-prelim-92.09")
  local lists = by_key(outcome.lists)

  it("has SNS next in line, 1,472 votes short", function()
    -- 65 * 54,908 / 10 = 356,902: with as many the averages are equal, and
    -- SNS has more votes; 356,902 - 355,430 = 1,472
    assert.same({ "SNS", 1472 }, { outcome.next_in_line[1].list,
      outcome.next_in_line[1].votes_short })
  end)

  it("has RS as the list that needs fewest for the last seat, 333", function()
    -- RS with 7,802 + 333 = 8,135: 8,135 * 27/20 / 2 = 5,491.125 is above
    -- MI-SN's 54,908 / 10 = 5,490.8; 8,134 gives 5,490.45
    assert.same({ 333, "RS", "MI-SN" }, { outcome.fewest_votes.added,
      outcome.fewest_votes.list, outcome.fewest_votes.seat_from })
    assert.equal(333, lists.RS.votes_to_gain)
  end)

  it("gives BB the seat with 499 votes more, for it has more than MI-SN",
    function()
      -- (81,863 + 499) / 15 = 5,490.8, which equals 54,908 / 10
      assert.equal(499, lists.BB.votes_to_gain)
    end)

  it("gives BB the seat with 500 where a tie stays open", function()
    local strict = outcome_of("bg-2024-06-02-prelim-92.09",
      { rule = with_tie { "undecided" } })
    assert.equal(500, by_key(strict.lists).BB.votes_to_gain)
    assert.equal(1473, by_key(strict.lists).SNS.votes_to_gain)
    assert.equal(333, strict.fewest_votes.added)
  end)

  it("is called preliminary", function()
    assert.equal("preliminary", outcome.count_status)
  end)
end)

describe("an outcome known from shares", function()
  local outcome = outcome_of("nis-2024")

  it("has quotients of percent, no votes and no margins", function()
    assert.equal("percent", outcome.quotient_unit)
    for _, list in ipairs(outcome.lists) do
      assert.is_nil(list.votes)
      assert.is_nil(list.votes_to_gain)
    end
    assert.is_nil(outcome.fewest_votes)
    assert.equal("from_shares", outcome.marks[#outcome.marks].mark)
  end)

  it("divides the published percentage: the first quotient is it itself",
    function()
      local first, list = outcome.steps[1], outcome.lists[1]
      assert.equal("SNS", first.list)
      assert.equal(first.quotient[1] * 100,
        tonumber((list.published_percent:gsub("%.", ""))) * first.quotient[2])
    end)
end)

describe("an outcome", function()
  local RULE = { since = "2000-01-01", base = "ballots_in_box", seats = 2,
    source = "made up",
    { step = "averages", divisor = "sainte_lague", article = "4" } }

  it("divides by the divisors of its method", function()
    -- Sainte-Lague: 90 30; 29 is less
    local outcome = assert(urna.apportion({ A = 90, B = 29 },
      { rule = RULE, ballots_in_box = 119 }))
    local step = outcome.steps[2]
    assert.same({ "A", 3, "B", 1 }, { step.list, step.divisor, step.rival,
      step.rival_divisor })
    assert.same({ 30, 1 }, step.quotient)
  end)

  local function by(divisor, votes, seats)
    return urna.apportion(votes, { ballots_in_box = 1000, rule = {
      since = "2000-01-01", base = "ballots_in_box", seats = seats,
      source = "made up", { step = "averages", divisor = divisor,
        tie = { "more_votes" } } } })
  end

  it("divides by ratios, and by what is known by its square", function()
    -- 90/1.4 = 64.3, 90/3 = 30, 29/1.4 = 20.7
    local step = assert(by("modified_sainte_lague_1.4", { A = 90, B = 29 },
      2)).steps[2]
    assert.same({ "A", 3, { 30, 1 }, "B", { 7, 5 }, { 145, 7 } },
      { step.list, step.divisor, step.quotient, step.rival,
        step.rival_divisor, step.rival_quotient })
    -- a seat for each, then 90 / the root of 2, as 4050, against 29, as 420.5
    local outcome = assert(by("huntington_hill", { A = 90, B = 29 }, 3))
    step = outcome.steps[1]
    assert.same({ "A", 0, { 1, 0, squared = true }, "B" },
      { step.list, step.divisor, step.quotient, step.rival })
    step = outcome.steps[3]
    assert.same({ "A", { 2, 1, squared = true },
      { 4050, 1, squared = true }, { 841, 2, squared = true } },
      { step.list, step.divisor, step.quotient, step.rival_quotient })
  end)

  it("has those with an infinite quotient next in line, more votes first",
    function()
      local outcome = assert(by("adams", { A = 90, B = 29, C = 40, D = 0 },
        1))
      assert.same({ { "C", { 1, 0 }, 51 }, { "B", { 1, 0 }, 62 } }, {
        { outcome.next_in_line[1].list, outcome.next_in_line[1].quotient,
          outcome.next_in_line[1].votes_short },
        { outcome.next_in_line[2].list, outcome.next_in_line[2].quotient,
          outcome.next_in_line[2].votes_short } })
      assert.equal(2, #outcome.next_in_line)
    end)

  it("leaves seats empty where divisors end, and none where they are not "
    .. "known", function()
    local outcome = assert(by({ divisors = { 1, 2 }, ends = true },
      { A = 90, B = 29 }, 6))
    assert.same({ 2, 2, 2, "decided" }, { outcome.lists[1].seats,
      outcome.lists[2].seats, outcome.vacant, outcome.decision })
    local nothing, err = by("macau", { A = 90, B = 29 }, 64)
    assert.is_nil(nothing)
    assert.equal("bad_rule", err.code)
    assert.equal("the divisors of macau are known for 63 seats, and there are "
      .. "64", err.message)
    -- 60 seats and more to A; B's first is A's 2^2 = 90/4 = 22.5 < 29
    outcome = assert(by("macau", { A = 90, B = 29 }, 63))
    assert.equal(63, outcome.lists[1].seats + outcome.lists[2].seats)
  end)

  it("is never final while records are missing or kept out", function()
    local function status(group, bad)
      local source = { bad = bad, lists = { { key = "A" } },
        contest = { rule = RULE, count_status = "final" },
        total = function()
          return { votes = { A = 5 }, fields = { ballots_in_box = 5 },
            missing = {}, reported = group[1], expected = group[2] }
        end }
      return assert(urna.apportion(source)).count_status
    end
    assert.equal("final", status({ 3, 3 }, {}))
    assert.equal("preliminary", status({ 2, 3 }, {}))
    assert.equal("preliminary", status({ 3, 3 }, { {} }))
  end)

  it("without a count status says that it is unstated", function()
    local outcome = assert(urna.apportion({ A = 90, B = 29 },
      { rule = RULE, ballots_in_box = 119 }))
    assert.equal("unstated", outcome.count_status)
    assert.is_nil(outcome.turnout)
  end)

  it("names what a majority needs if the rule does", function()
    local rule = { majority = 3 }
    for key, value in pairs(RULE) do rule[key] = rule[key] or value end
    assert.equal(3, assert(urna.apportion({ A = 90, B = 29 },
      { rule = rule, seats = 4, ballots_in_box = 119 })).majority.needed)
  end)

  it("is the same table twice for the same input", function()
    assert.same(outcome_of("parliament-2022"), outcome_of("parliament-2022"))
  end)
end)
