local urna = require "urna"

local CONTEST = { date = "2024-06-02", rule = "rs/local", seats = 3,
  keys = { "town", "station" }, columns = { registered_voters = "registered",
    ballots_in_box = "box" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }
local HEAD = "town,station,registered,box,A,B\n"
local BEFORE = HEAD .. "X,1,200,100,90,10\nY,1,200,100,40,60\n"

local function read(text)
  return assert(urna.read({ text = text }, { contest = CONTEST }))
end

describe("a re-run", function()
  it("puts the stations that voted again in the place of theirs", function()
    -- X from 90:10 to 30:30: 70:90 is 90 70 45, so 1 and 2
    local found = assert(urna.rerun(read(BEFORE),
      read(HEAD .. "x,1,200,60,30,30\n")))
    assert.same({ { place = "X/1", fields = {
        registered_voters = { before = 200, after = 200 },
        ballots_in_box = { before = 100, after = 60 } },
      votes = { A = { before = 90, after = 30 },
        B = { before = 10, after = 30 } } } },
      { { place = found.stations[1].place, fields = found.stations[1].fields,
        votes = found.stations[1].votes } })
    assert.same({ list = "A", votes_before = 130, votes_after = 70,
      change = -60, seats_before = 2, seats_after = 1, seats_change = -1,
      passed_before = "passed", passed_after = "passed" }, found.rows[1])
    assert.same({ before = 200, after = 160 }, found.fields.ballots_in_box)
    -- 3 % of 200 and of 160, 4.8
    assert.same({ before = 6, after = 5 }, found.threshold)
  end)

  it("shows only what differs where all stations are there again", function()
    local found = assert(urna.rerun(read(BEFORE),
      read(HEAD .. "X,1,200,100,90,10\nY,1,200,99,40,59\n")))
    assert.equal(1, #found.stations)
    assert.equal("Y/1", found.stations[1].place)
    assert.same({ 130, 69 }, { found.rows[1].votes_after,
      found.rows[2].votes_after })
  end)

  it("refuses stations that were not there, and those given twice", function()
    local found, err = urna.rerun(read(BEFORE),
      read(HEAD .. "Z,1,200,60,30,30\n"))
    assert.is_nil(found)
    assert.equal("unknown_place", err.code)
    assert.equal("repeated_unit", select(2, urna.rerun(read(BEFORE),
      read(HEAD .. "X,1,200,60,30,30\nx,1,200,60,30,30\n"))).code)
    assert.is_false((pcall(urna.rerun, read(BEFORE), 7)))
    assert.is_false((pcall(urna.rerun, read(BEFORE), read(BEFORE),
      { rules = "rs/local" })))
  end)
end)

describe("the re-vote of 2016", function()
  -- serbia.md: 3,770,695 in the box, 5 % is 188,534.75; Dveri-DSS had 188,534.
  -- After it 3,778,923, 188,946.15 and 190,530. Of the other lists only the
  -- final votes are known, and stand in both.
  it("moves the threshold, and Dveri-DSS over it", function()
    local after = assert(urna.election("parliament-2016"))
    local votes = {}
    for i, list in ipairs(after.lists) do
      votes[i] = { key = list.key, votes = list.votes,
        minority = list.minority }
      if list.key == "Dveri-DSS" then votes[i].votes = 188534 end
    end
    local before = assert(urna.apportion(votes, { rule = "rs/parliament",
      date = "2016-04-24", ballots_in_box = 3770695,
      others = { lists = 8, why = "below the threshold" } }))
    local found = assert(urna.rerun(before, after))
    assert.same({ before = 188535, after = 188947 }, found.threshold)
    assert.same({ before = 3770695, after = 3778923 },
      found.fields.ballots_in_box)
    assert.same({ { list = "Dveri-DSS", to = "above" } }, found.crossed)
    assert.matches("Dveri%-DSS gets above the threshold", found:text())
    for _, row in ipairs(found.rows) do
      if row.list == "Dveri-DSS" then
        assert.same({ 0, 13 }, { row.seats_before, row.seats_after })
      end
    end
  end)
end)
