local contexts = require "urna.analysis.context"
local materiality = require "urna.analysis.materiality"
local urna = require "urna"

local CONTEST = { date = "2024-06-02", rule = "rs/local", seats = 3,
  keys = { "station" }, columns = { registered_voters = "registered",
    voters_signed = "signed", ballots_in_box = "box" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }

-- 130:70 of three: with 20 switched to A 150:50, 50 = 50 for the last seat, and
-- more votes go first
local ROWS = "station,registered,signed,box,A,B\na,90,61,60,40,20\n"
  .. "b,80,60,60,40,20\nc,90,79,80,50,30\n"

local function read()
  return assert(urna.read({ text = ROWS }, { contest = CONTEST }))
end

describe("materiality", function()
  it("sets the ballots of a defect beside those that move a seat", function()
    local results = read()
    local found = assert(urna.materiality(results,
      { findings = assert(urna.check(results)) }))
    assert.same({ ballots = 20, from = "B", to = "A", list = "A" },
      found.needed)
    -- a has a signature more than ballots, c a ballot more than signatures
    local rows = {}
    for _, row in ipairs(found.rows) do rows[row.code] = row end
    assert.same({ 1, 90, 60, 1, 20, "3.00" }, { rows.T13.stations,
      rows.T13.registered, rows.T13.ballots, rows.T13.gap, rows.T13.needed,
      rows.T13.ratio.decimal })
    assert.same({ 1, 80, 1, "4.00" }, { rows.T10.stations, rows.T10.ballots,
      rows.T10.gap, rows.T10.ratio.decimal })
  end)

  it("puts nothing at issue where a check's sides are no ballots", function()
    local results = read()
    -- c has 80 ballots and 79 signatures: 1 apart, not 100
    local found = assert(urna.materiality(results, { codes = { "T10", "U1" },
      findings = assert(urna.check(results, { extra = { {
        code = "U1", test = "ballots_in_box * 100 <= voters_signed * 100",
        title = "more in the box" } } })) }))
    local rows = {}
    for _, row in ipairs(found.rows) do rows[row.code] = row end
    assert.same({ 1, 1 }, { rows.T10.gap, rows.U1.stations })
    assert.is_nil(rows.U1.gap)
    assert.matches("T10  1 station, 80 ballots (1 at issue), 4.00 times",
      found:text(), 1, true)
  end)

  it("takes checks that did not fire, and places", function()
    local results = read()
    local found = assert(urna.materiality(results, { codes = { "T11" },
      findings = assert(urna.check(results)), places = { "a", "b" } }))
    assert.same({ "T11", 0, 0, "0.00" }, { found.rows[1].code,
      found.rows[1].stations, found.rows[1].ballots,
      found.rows[1].ratio.decimal })
    assert.same({ 2, 120, "6.00" }, { found.rows[2].stations,
      found.rows[2].ballots, found.rows[2].ratio.decimal })
    assert.matches("\n,2,170,120,,20,6.00,the stations named\n", found:csv(),
      1, true)
  end)

  it("says where it cannot be told", function()
    local results = assert(urna.read({ text = "station,box,A,B\na,4,2,2\n" },
      { contest = { date = "2024-06-02", rule = "rs/local", seats = 3,
        keys = { "station" }, columns = { ballots_in_box = "box" },
        lists = CONTEST.lists } }))
    -- 2:2 of three: the last seat is a tie
    local found = assert(urna.materiality(results, { places = { "a" } }))
    assert.is_nil(found.needed)
    assert.is_nil(found.rows[1].ratio)
    assert.matches("cannot be told", found:text())
    assert.is_false((pcall(urna.materiality, results, {})))
    assert.is_false((pcall(urna.materiality, results, { place = { "a" } })))
  end)

  -- a search over every switch of votes says the same
  it("agrees with the margins of the seat engine", function()
    local searched = 0
    for _, row in ipairs(urna.elections()) do
      local results = assert(urna.election(row.id))
      local outcome = assert(urna.apportion(results))
      local rule = assert(urna.rule(results.contest.rule, row.date))
      local race = outcome.fewest_votes
        and contexts.race(results, rule, outcome.seats)
      if race then
        assert.message(row.id).equal(outcome.fewest_votes.switched,
          materiality.needed(race).ballots)
        searched = searched + 1
      end
    end
    assert.is_true(searched >= 3, ("%d searched"):format(searched))
  end)
end)
