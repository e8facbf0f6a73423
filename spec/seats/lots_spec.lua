local urna = require "urna"

-- D'Hondt without a threshold; the tie rule is an argument.
local function rule(tie, ...)
  return { since = "2000-01-01", base = "ballots_in_box", source = "made up",
    { step = "averages", divisor = "dhondt", tie = tie, article = "3" }, ... }
end

local ORDERED, SILENT = { "more_votes", "lot" }, { "more_votes", "undecided" }

-- Typed as KEY = votes, in that order.
local function lists_of(votes)
  local lists = {}
  for i, row in ipairs(votes) do lists[i] = { key = row[1], votes = row[2] } end
  return lists
end

local function run(votes, seats, draws, given)
  local outcome, err = urna.apportion(lists_of(votes), { rule = given
    or rule(ORDERED), seats = seats, ballots_in_box = 1000, lots = draws })
  return outcome, err -- no tail call: the caller is to be found
end

local function seats_of(outcome)
  local seats = {}
  for i, list in ipairs(outcome.lists) do seats[i] = list.seats end
  return seats
end

local function refusal(...)
  local done, message = pcall(run, ...)
  assert.is_false(done)
  return message
end

-- 100 50 50 50: one for C, then its half has more votes behind it; A and B
-- compete for the third seat of three.
local THREE = { { "A", 50 }, { "B", 50 }, { "C", 100 } }
-- 100 100 100, then three halves for two seats of five.
local FIVE = { { "A", 100 }, { "B", 100 }, { "C", 100 } }

describe("a lot that the law orders", function()
  it("gives the seat to the list that was drawn, and decides", function()
    local outcome = assert(run(THREE, 3, { { "B" } }))
    assert.same({ 0, 1, 2 }, seats_of(outcome))
    assert.equal("decided", outcome.decision)
    assert.same({ {}, {}, 0 }, { outcome.ties, outcome.open, outcome.vacant })
    assert.same({ { stage = "averages", certain = { A = 0, B = 0, C = 2 },
      tied = { "A", "B" }, left = 1, drawn = { "B" }, article = "3" } },
      outcome.lots)
    assert.equal(2, outcome.majority.needed)
  end)

  it("has a step with the quotient and its equal rival", function()
    local outcome = assert(run(THREE, 3, { { "B" } }))
    assert.same({ seat = 3, list = "B", step = "averages", article = "3",
      quotient = { 50, 1 }, divisor = 1, rival = "A", rival_divisor = 1,
      rival_quotient = { 50, 1 }, tie = "lot" }, outcome.steps[3])
    assert.equal("more_votes", outcome.steps[2].tie)
    assert.equal(3, #outcome.steps)
  end)

  it("gives several seats, in the order drawn", function()
    local outcome = assert(run(FIVE, 5, { { "C", "A" } }))
    assert.same({ 2, 1, 2 }, seats_of(outcome))
    assert.same({ "C", "A" }, { outcome.steps[4].list, outcome.steps[5].list })
    for seat = 4, 5 do
      assert.same({ "lot", "B", { 50, 1 }, { 50, 1 } },
        { outcome.steps[seat].tie, outcome.steps[seat].rival,
          outcome.steps[seat].quotient, outcome.steps[seat].rival_quotient })
    end
    -- what waits: B's half, then the thirds of A and C
    assert.same({ "B", "C" }, { outcome.next_in_line[1].list,
      outcome.next_in_line[2].list })
    assert.same({ { 50, 1 }, { 100, 3 } },
      { outcome.next_in_line[1].quotient, outcome.next_in_line[2].quotient })
  end)

  it("comes after more votes, where the law says that first", function()
    -- 200 100 100 100 of three seats: C's half goes before A and B
    local outcome = assert(run({ { "A", 100 }, { "B", 100 }, { "C", 200 } }, 3,
      { { "A" } }))
    assert.same({ 1, 0, 2 }, seats_of(outcome))
    assert.same({ "more_votes", "lot" },
      { outcome.steps[2].tie, outcome.steps[3].tie })
  end)

  it("stands between equals of unlike votes, where the law asks for no more",
    function()
      -- 200, then C's half beside A's 100
      local outcome = assert(run({ { "A", 100 }, { "C", 200 } }, 2,
        { { "A" } }, rule { "lot" }))
      assert.same({ 1, 1 }, seats_of(outcome))
      assert.same({ "C", { 100, 1 }, 2 }, { outcome.steps[2].rival,
        outcome.steps[2].rival_quotient, outcome.steps[2].rival_divisor })
    end)

  it("shows roots as they are", function()
    -- Huntington-Hill: infinite for each first seat, then 100 / root 2 twice
    local own = rule(ORDERED)
    own[1].divisor = "huntington_hill"
    local outcome = assert(run({ { "A", 100 }, { "B", 100 } }, 3, { { "B" } },
      own))
    assert.same({ 1, 2 }, seats_of(outcome))
    assert.same({ 5000, 1, squared = true }, outcome.steps[3].quotient)
    assert.same({ 5000, 1, squared = true }, outcome.steps[3].rival_quotient)
  end)

  it("holds before what the rule does next", function()
    -- two seats more for whoever has a seat by then
    local outcome = assert(run(THREE, 3, { { "B" } }, rule(ORDERED,
      function(count)
        for _, list in ipairs(count.lists) do
          if list.seats > 0 then list.seats = list.seats + 2 end
        end
      end)))
    assert.same({ 0, 3, 4 }, seats_of(outcome))
  end)

  it("gives seats without their arithmetic too", function()
    local outcome = assert(urna.apportion(lists_of(FIVE), { seats = 5,
      rule = rule(ORDERED), ballots_in_box = 300, lots = { { "C", "A" } },
      explain = false }))
    assert.same({ 2, 1, 2 }, seats_of(outcome))
    assert.same({ "C", "A" }, outcome.lots[1].drawn)
    assert.same({}, outcome.steps)
  end)

  it("stays to be drawn where no draw is handed back", function()
    local outcome = assert(run(THREE, 3, {}))
    assert.equal("lots_required", outcome.decision)
    assert.is_nil(outcome.lots)
    assert.same({ "A", "B" }, outcome.ties[1].tied)
  end)

  it("weighs the quotient of a minority list", function()
    -- M 20 * 27/20 = 27 = A, of 1,000 ballots
    local own = rule { "lot" }
    table.insert(own, 1, { step = "weight", factor = { 27, 20 },
      lists = "minority" })
    local outcome = assert(urna.apportion({ { key = "A", votes = 27,
      minority = false }, { key = "M", votes = 20, minority = true } },
      { rule = own, seats = 1, ballots_in_box = 1000, lots = { { "M" } } }))
    assert.same({ 0, 1 }, seats_of(outcome))
    assert.same({ { 27, 1 }, { 27, 1 } }, { outcome.steps[1].quotient,
      outcome.steps[1].rival_quotient })
  end)
end)

describe("a lot is refused", function()
  it("that the law does not order, naming the tie", function()
    for _, tie in ipairs { SILENT, { "more_votes" } } do
      assert.matches('lots[1] draws "B": the rule orders no lot for the tie '
        .. "between A, B (averages)", refusal(THREE, 3, { { "B" } },
        rule(tie)), 1, true)
    end
    assert.matches("orders no lot", refusal(THREE, 3, { { "Z" } },
      rule(SILENT)))
  end)

  it("that does not match its tie", function()
    for text, draw in pairs {
      ['"A": 2 of "A", "B", "C" are to be drawn (averages)'] = { "A" },
      ['"A" twice: 2 of'] = { "A", "A" },
      ['"Z", which is not tied: 2 of'] = { "A", "Z" },
      ['nobody: 2 of'] = {},
      ['"A", "B", "C": 2 of'] = { "A", "B", "C" } } do
      assert.matches("lots[1] draws " .. text, refusal(FIVE, 5, { draw }), 1,
        true)
    end
  end)

  it("that is left over", function()
    assert.matches('lots[2] draws "A", and there is no tie for it: one was met',
      refusal(THREE, 3, { { "B" }, { "A" } }), 1, true)
    -- six seats: three halves for three lists
    assert.matches('lots[1] draws "A", and there is no tie for it: none was '
      .. "met", refusal(FIVE, 6, { { "A" } }), 1, true)
  end)

  it("that is none by its shape, at the caller's line", function()
    for _, draws in ipairs { { "A" }, { A = { "A" } }, { { x = "A" } } } do
      assert.matches("lots_spec.lua:%d+: apportion: lots",
        refusal(THREE, 3, draws))
    end
    assert.matches("lots", (select(2, pcall(run, THREE, 3, "A"))))
  end)

  it("while something else keeps the seats open", function()
    -- votes known only between bounds: the equals need not be equal
    local totals = require("urna.totals").new { lists = {
      { key = "A", votes = { value = 50, min = 49, max = 51,
        mark = "estimate" } }, { key = "B", votes = 50 } },
      fields = { ballots_in_box = 150 }, contest = {} }
    local done, message = pcall(urna.apportion, totals, { seats = 1,
      rule = rule(ORDERED), lots = { { "A" } } })
    assert.is_false(done)
    assert.matches("no lot is due before the rest is known: votes are known "
      .. "only within bounds", message, 1, true)
  end)
end)

describe("margins after a lot", function()
  it("are those of the law: who was not drawn is one vote short", function()
    local outcome = assert(run(THREE, 3, { { "B" } }))
    -- 51 beside 50 takes the seat; without one of its own B loses it
    assert.same({ 1, 1 }, { outcome.lists[1].votes_to_gain,
      outcome.lists[2].votes_to_lose })
    assert.same({ "A", 1, 1, "B" }, { outcome.next_in_line[1].list,
      outcome.next_in_line[1].votes_short,
      outcome.next_in_line[1].switched_short,
      outcome.next_in_line[1].switched_from })
    assert.same({ 1, "A", "B" }, { outcome.fewest_votes.added,
      outcome.fewest_votes.list, outcome.fewest_votes.seat_from })
  end)

  -- The seats that are certain by the law with other votes, without a lot.
  local function certain(votes, i, change, seats)
    local changed = {}
    for n, row in ipairs(votes) do
      changed[n] = { row[1], row[2] + (n == i and change or 0) }
    end
    return seats_of(assert(run(changed, seats, nil)))[i]
  end

  it("are found by trying every number of votes as well", function()
    for _, case in ipairs { { THREE, 3, { "B" } }, { FIVE, 5, { "C", "A" } },
      { { { "A", 60 }, { "B", 60 }, { "C", 60 }, { "D", 41 } }, 5,
        { "B" } } } do
      local votes, seats, draw = case[1], case[2], case[3]
      local outcome = assert(run(votes, seats, { draw }))
      for i, list in ipairs(outcome.lists) do
        local gain, lose = 1, 1
        while certain(votes, i, gain, seats) <= list.seats do
          gain = gain + 1
        end
        assert.equal(gain, list.votes_to_gain, list.key)
        while list.seats > 0 and certain(votes, i, -lose, seats)
          >= list.seats do
          lose = lose + 1
        end
        assert.equal(list.seats > 0 and lose or nil, list.votes_to_lose,
          list.key)
      end
    end
  end)

  it("of all ways are not searched by urna.margins, which says why", function()
    local outcome = assert(run(THREE, 3, { { "B" } }))
    local found, err = urna.margins(outcome, { rule = rule(ORDERED) })
    assert.is_nil(found)
    assert.equal("by_lot", err.code)
    assert.matches("a lot gave B a seat between equals (A, B)", err.message, 1,
      true)
  end)

  it("leave scenarios with what the law gives without the lot", function()
    local outcome = assert(run(THREE, 3, { { "B" } }))
    local found = assert(urna.scenarios(outcome, { { add = { A = 1 } } },
      { rule = rule(ORDERED) }))
    assert.equal("lots_required", found.base.decision)
    assert.same({ A = 0, B = 0, C = 2 }, found.base.seats)
    -- the 51st vote of A is no gain from B, to whom the law gave nothing
    assert.same({ { list = "A", seats = 1 } }, found.rows[1].moved)
    assert.matches("lots_required, certain are C 2", found:text(), 1, true)
  end)

  it("are not those of records without stations: there no lot was drawn",
    function()
      local rows = "unit,box,A,B\nX,100,50,50\nY,10,5,5\n"
      local results = assert(urna.read({ text = rows }, { contest = {
        name = "Y", rule = rule(ORDERED), seats = 1, date = "2024-01-01",
        keys = { "unit" }, columns = { ballots_in_box = "box" },
        lists = { { key = "A", column = "A" },
          { key = "B", column = "B" } } } }))
      local outcome = assert(urna.apportion(results, { lots = { { "A" } } }))
      assert.same({ 1, 0 }, seats_of(outcome))
      local found = assert(urna.annul(results, { "Y" }))
      assert.equal("lots_required", found.before.decision)
      assert.equal("lots_required", found.without.decision)
      assert.is_nil(found.materiality)
    end)
end)

describe("a seat by lot is explained", function()
  it("with all equals and those who were drawn", function()
    local outcome = assert(run(FIVE, 5, { { "C", "A" } }))
    local text = tostring(urna.explain(outcome, { seat = 5 }))
    assert.matches("A: 100 votes / 2 = 50\n", text, 1, true)
    assert.matches("B: 100 votes / 2 = 50\n", text, 1, true)
    assert.matches("The quotients of A, B, C are equal, and 2 seats are left "
      .. "for them: the lot that the law orders drew C, A.", text, 1, true)
    text = tostring(urna.explain(outcome, { seat = 3 }))
    assert.is_nil(text:find("lot", 1, true))
  end)

  it("in the report, in both languages", function()
    local outcome = assert(run(FIVE, 5, { { "C", "A" } }))
    local function of(language, format)
      return (urna.report(outcome, { format = format or "text",
        language = language, width = 100 }):gsub("%s+", " "))
    end
    assert.matches("A lot, as the law orders it, decided between A, B and C; "
      .. "drawn: C and A.", of "en", 1, true)
    assert.matches("equal quotients: by lot", of "en", 1, true)
    assert.matches("Одлучио је жреб, како налаже закон. Једнаке су: A, B и C; "
      .. "извучено: C и A.", of "sr-Cyrl", 1, true)
    assert.matches("jednaki količnici: žrebom", of("sr-Latn", "html"), 1, true)
    assert.matches('"drawn": [ "C", "A" ]', of("en", "json"), 1, true)
    assert.matches('"tie": "lot"', of("en", "json"), 1, true)
    local silent = assert(run(FIVE, 6))
    assert.is_nil(urna.report(silent, { format = "text" }):find("lot,", 1,
      true))
  end)
end)
