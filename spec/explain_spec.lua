local urna = require "urna"

local function outcome_of(name)
  return assert(urna.apportion(assert(urna.election(name))))
end

local function explained(outcome, what)
  return tostring(assert(urna.explain(outcome, what)))
end

local RULE = { since = "2000-01-01", base = "ballots_in_box", seats = 2,
  source = "Rules of the club", { step = "threshold", share = { 1, 10 } },
  { step = "averages", divisor = "sainte_lague", article = "4",
    tie = { "more_votes", "undecided" } } }

local function club(votes)
  return assert(urna.apportion(votes, { rule = RULE, ballots_in_box = 1000 }))
end

describe("the explanation of a seat", function()
  it("has both quotients, the votes short and the article", function()
    assert.equal([[
Seat 250 of 250 goes to MI-GIN: the highest quotient left.
  MI-GIN: 178,830 votes / 13 = 178,830/13 = 13756.1538
The best quotient of another list at that round:
  SNS: 1,783,701 votes / 130 = 1,783,701/130 = 13720.7769
SNS is 4,599 votes short of this seat if added, 419 if switched from MI-GIN.
Law: article 129, Law on the Election of Members of Parliament, ]]
      .. "Official Gazette of the Republic of Serbia 14/2022.",
      explained(outcome_of("parliament-2023"), { seat = 250 }))
  end)

  it("shows the factor that a quotient counts by", function()
    -- RS of 2023: 11,369 * 27/20 = 15,348.15
    local outcome, seat = outcome_of("parliament-2023"), nil
    for _, step in ipairs(outcome.steps) do
      if step.list == "RS" then seat = step.seat end
    end
    assert.matches("RS: 11,369 votes × 27/20 / 1 = 306,963/20 = 15348.1500",
      explained(outcome, { seat = seat }), 1, true)
  end)

  it("divides by what the method divides by, not by seats and one",
    function()
      -- Sainte-Lague: the third quotient of 900 is 900 / 5
      local outcome = assert(urna.apportion({ A = 900, B = 100 },
        { rule = RULE, seats = 3, ballots_in_box = 1000 }))
      assert.matches("A: 900 votes / 5 = 180", explained(outcome,
        { seat = 3 }), 1, true)
      assert.matches("B: 100 votes / 1 = 100", explained(outcome,
        { seat = 3 }), 1, true)
    end)

  it("says who has more votes where the quotients are equal", function()
    -- 300 / 3 = 100
    local outcome = club { A = 300, B = 100 }
    assert.matches("The quotients are equal; A has more votes, so it takes "
      .. "the seat.", explained(outcome, { seat = 2 }), 1, true)
  end)

  it("works with percentages where votes are not known", function()
    local text = explained(outcome_of("nis-2024"), { seat = 1 })
    assert.matches("SNS: [%d.]+ %% / 1 = ", text)
  end)

  it("without an article says that none is known", function()
    assert.matches("the article is not known to this rule",
      explained(club { A = 300, B = 200 }, { list = "A" }))
  end)

  it("that was not awarded is an error that says which were", function()
    for _, seat in ipairs { 0, 3, -1, 1.5 } do
      local text, err = urna.explain(club { A = 300, B = 200 }, { seat = seat })
      assert.is_nil(text)
      assert.equal("unknown_seat", err.code)
      assert.matches("there are steps for seats 1 to 2", err.message)
    end
  end)
end)

describe("the explanation of a list", function()
  it("shows both integers of the threshold and what they say", function()
    local text = explained(club { A = 300, B = 99 }, { list = "B" })
    assert.matches("B: 99 votes, 9.90 % of ballots in the box; seats: 0.", text,
      1,
      true)
    assert.matches("Threshold 1/10 of ballots in the box (1,000): 100 needed; "
      .. "99 < 100: failed.", text, 1, true)
    assert.matches("300 >= 100: passed", explained(club { A = 300, B = 99 },
      { list = "A" }), 1, true)
  end)

  it("says that its votes are recalled or estimated, and why", function()
    local text = explained(outcome_of("belgrade-2024"), { list = "RS" })
    assert.matches("RS: 8,505 votes (estimate, from 8,477 to 8,533)", text, 1,
      true)
    assert.matches("what its printed percentages allow.", text, 1, true)
    -- 3 % of 733,935 to 734,059
    assert.matches("22,020 (22,019 to 22,022) needed", text, 1, true)
    assert.matches("55,782 votes (recalled",
      explained(outcome_of("parliament-2023"), { list = "SRS" }), 1, true)
  end)

  it("tells the votes to gain and to lose a seat", function()
    local text = explained(outcome_of("parliament-2023"), { list = "SPS" })
    assert.matches("2,943 votes fewer would cost it a seat", text, 1, true)
    assert.matches("11,451 more votes would bring it one seat more", text, 1,
      true)
  end)

  it("says why other lists have no seat", function()
    assert.matches("OTHERS: .*nine of 14 lists",
      explained(outcome_of("belgrade-2024"), { list = "OTHERS" }))
  end)

  it("that is not there is an error with the nearest one", function()
    local text, err = urna.explain(outcome_of("belgrade-2024"),
      { list = "MI-SM" })
    assert.is_nil(text)
    assert.equal("unknown_list", err.code)
    assert.equal("no list \"MI-SM\"; there is SNS, KP, BB, MI-SN, RS, OTHERS: "
      .. "did you mean \"MI-SN\"?", err.message)
  end)
end)

describe("the explanation of a total", function()
  it("says where it is from", function()
    assert.matches("Registered voters = 1,602,112: from https://una.rs",
      explained(outcome_of("belgrade-2024"), { total = "registered_voters" }),
      1, true)
  end)

  it("that is estimated or recalled is not said to stand in a source",
    function()
      assert.equal("Ballots in the box = 733,990: estimate, from 733,935 to "
        .. "734,059: what the votes and the printed percentages of ballots in "
        .. "the box allow; the value is about the middle.",
        explained(outcome_of("belgrade-2024"), { total = "ballots_in_box" }))
      assert.matches("Ballots in the box = [%d,]+: recalled.*: not printed in "
        .. "any document", explained(outcome_of("parliament-2023"),
          { total = "ballots_in_box" }))
    end)

  it("that is not known is an error that lists those that are", function()
    local text, err = urna.explain(club { A = 300 }, { total = "turnout" })
    assert.is_nil(text)
    assert.equal("unknown_total", err.code)
    assert.matches("known are ballots_in_box", err.message, 1, true)
    err = select(2, urna.explain(club { A = 300 },
      { total = "balots_in_box" }))
    assert.matches("did you mean \"ballots_in_box\"?", err.message, 1, true)
  end)
end)

describe("an explanation", function()
  it("is lines, and a text", function()
    local found = assert(urna.explain(club { A = 300, B = 200 }, { seat = 1 }))
    assert.equal(tostring(found), table.concat(found.lines, "\n"))
    assert.is_true(#found.lines > 2)
  end)

  it("of nothing, of two things or of something else is raised", function()
    local outcome = club { A = 300, B = 200 }
    for _, what in ipairs { {}, { seat = 1, list = "A" }, { vote = 1 }, 7 } do
      assert.has_error(function() urna.explain(outcome, what) end,
        "say one thing to explain: seat, list or total")
    end
  end)

  it("of what is no outcome is raised", function()
    for _, subject in ipairs { {}, 7, urna.allocate({ 1, 2 }, 3, "dhondt") } do
      local done, message = pcall(urna.explain, subject, { seat = 1 })
      assert.is_false(done)
      assert.matches("explain takes an outcome", message)
    end
    assert.has_error(function()
      urna.explain(urna.apportion({ A = 5 }, { rule = "rs/local" }))
    end, "there are no results: the election day is not known: say date = "
      .. "\"2024-06-02\" (or --date), or name it in the contest")
  end)

  it("of a seat that no step was told of says so", function()
    local outcome = assert(urna.apportion({ A = 300, B = 200 },
      { rule = RULE, ballots_in_box = 1000, explain = false }))
    local _, err = urna.explain(outcome, { seat = 1 })
    assert.equal("the outcome has no steps: it was made with explain = false",
      err.message)
  end)

  it("of an undecided outcome says that no seat was given", function()
    local outcome = assert(urna.apportion({ { key = "A", votes = 5 } },
      { rule = "rs/local", date = "2024-06-02", seats = 1,
        ballots_in_box = 5 }))
    local _, err = urna.explain(outcome, { seat = 1 })
    assert.matches("the outcome is undecided", err.message)
    assert.matches("seats: open",
      tostring(urna.explain(outcome, { list = "A" })))
  end)
end)
