local report = require "urna.report"
local scratch = require "spec.scratch"
local urna = require "urna"

local write = scratch.write

after_each(scratch.clear)

local CONTEST = { name = "Towns", date = "2024-06-02", rule = "rs/local",
  seats = 3, count_status = "final", keys = { "town", "station" },
  columns = { voters_signed = "signed", ballots_in_box = "box",
    valid_ballots = "valid" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }
local HEADINGS = "town,station,signed,box,valid,A,B\n"
-- X 90:10 is 3 0 of 3 (90 45 30); Y 40:60 is 1 2 (60 40 30)
local TOWNS = HEADINGS .. "X,1,100,100,100,90,10\nY,1,100,100,100,40,60\n"

local function decoded(text)
  return assert(require("dkjson").decode(assert(text)))
end

local function outcome_in(subject, options)
  options.format = "json"
  return decoded(urna.report(subject, options)).outcome
end

local function seats_of(outcome)
  local seats = {}
  for i, list in ipairs(outcome.lists) do seats[i] = list.seats end
  return seats
end

describe("contests of different size in one file", function()
  it("have the seats that stand under their key", function()
    local contest = {}
    for name, value in pairs(CONTEST) do contest[name] = value end
    contest.seats = { X = 3, Y = 4 }
    -- Y 40:60 of 4: 60 40 30, then 60 / 3 = 40 / 2 goes to the list with more
    local results = assert(urna.read({ text = TOWNS }, { contest = contest }))
    local rows = report.contests(results, { each = "town" })
    assert.same({ 3, 0 }, seats_of(rows[1].outcome))
    assert.same({ 1, 3 }, seats_of(rows[2].outcome))
    contest.seats = { X = 3 }
    rows = report.contests(assert(urna.read({ text = TOWNS },
      { contest = contest })), { each = "town" })
    assert.equal("no_seats", rows[2].err.code)
  end)
end)

describe("urna.report", function()
  it("takes an election's name, its results or an outcome alike", function()
    local results = assert(urna.election("belgrade-2024"))
    local text = assert(urna.report("belgrade-2024"))
    assert.equal(text, urna.report(results))
    assert.equal(text, urna.report(assert(urna.apportion(results))))
    assert.matches("Belgrade", text)
  end)

  it("takes a text of records with its contest", function()
    -- 130:70 of 3: 130 70 65
    assert.same({ 2, 1 }, seats_of(outcome_in({ text = TOWNS },
      { contest = CONTEST })))
  end)

  it("takes only the places that where names", function()
    local function seats(where)
      return seats_of(outcome_in({ text = TOWNS },
        { contest = CONTEST, where = where }))
    end
    assert.same({ 3, 0 }, seats { town = "X" })
    assert.same({ 1, 2 }, seats { town = "Y" })
  end)

  it("cannot take places out of totals: there are no records", function()
    local text, err = urna.report("belgrade-2024", { where = { town = "X" } })
    assert.is_nil(text)
    assert.equal("no_records", err.code)
    local _, other = urna.report("belgrade-2024", { each = "town" })
    assert.equal("no_records", other.code)
  end)

  it("has a row for each contest, and a bad one stops no other", function()
    local text = assert(urna.report({ text = TOWNS .. "Z,1,,,5,3,2\n" },
      { contest = CONTEST, each = "town", format = "csv" }))
    local lines = {}
    for line in text:gmatch("[^\n]+") do lines[#lines + 1] = line end
    assert.equal(4, #lines)
    assert.matches("^X,", lines[2])
    assert.matches("^Y,", lines[3])
    assert.matches("^Z,.*undecided", lines[4])
  end)

  it("applies the rule, the seats and the day it is told to", function()
    -- 130:70 of 5 by d'Hondt: 130 70 65 43.3 35; by Imperiali, from halves on,
    -- 65 43.3 35 32.5 26
    local own = { since = "2000-01-01", base = "ballots_in_box",
      source = "made up", { step = "averages", divisor = "imperiali" } }
    local subject = { text = TOWNS }
    assert.same({ 3, 2 }, seats_of(outcome_in(subject,
      { contest = CONTEST, seats = 5 })))
    assert.same({ 4, 1 }, seats_of(outcome_in(subject,
      { contest = CONTEST, seats = 5, rule = own })))
    assert.equal("2020-06-21", outcome_in(subject,
      { contest = CONTEST, date = "2021-01-01" }).rule.edition)
  end)

  it("says the time a count is of and the status it is given", function()
    local outcome = outcome_in("belgrade-2024",
      { as_of = "2024-06-02T21:45", count_status = "preliminary" })
    assert.equal("2024-06-02T21:45", outcome.contest.as_of)
    assert.equal("preliminary", outcome.count_status)
  end)

  it("compares with an earlier election by name, results or outcome",
    function()
      local by_name = assert(urna.report("belgrade-2024",
        { compare = "belgrade-2023" }))
      local results = assert(urna.election("belgrade-2023"))
      assert.equal(by_name, urna.report("belgrade-2024",
        { compare = results }))
      assert.equal(by_name, urna.report("belgrade-2024",
        { compare = assert(urna.apportion(results)) }))
      assert.not_equal(by_name, urna.report("belgrade-2024"))
      local _, err = urna.report("belgrade-2024", { compare = "belgrade-1923" })
      assert.equal("unknown_election", err.code)
    end)

  it("has the checks of records, unless it is told to leave them out",
    function()
      local subject = { text = TOWNS }
      local with = decoded(urna.report(subject,
        { contest = CONTEST, format = "json" }))
      assert.is_true(#with.checks > 0)
      local without = decoded(urna.report(subject,
        { contest = CONTEST, format = "json", checks = false }))
      assert.is_true(without.checks == nil or #without.checks == 0)
    end)

  it("has the SHA-256 of a file that was read", function()
    local path = write(".csv", TOWNS)
    local print = outcome_in(path, { contest = CONTEST }).fingerprint
    local whole = decoded(urna.report(path,
      { contest = CONTEST, format = "json" }))
    local sha256 = (print or whole.fingerprint).sha256
    assert.equal(require("urna.native").sha256(TOWNS), sha256)
  end)

  it("goes on without bad rows if told to, and is not final then", function()
    local subject = { text = TOWNS .. "Z,1,5,5,5,3,x\n" }
    local text, err = urna.report(subject, { contest = CONTEST })
    assert.is_nil(text)
    assert.equal(4, err.items[1].line)
    assert.equal("preliminary", outcome_in(subject,
      { contest = CONTEST, bad = "keep" }).count_status)
  end)

  it("raises for an option that does not exist, with the nearest one",
    function()
      local done, message = pcall(urna.report, "belgrade-2024",
        { formt = "md" })
      assert.is_false(done)
      assert.matches("report has no option \"formt\": did you mean "
        .. "\"format\"?", message, 1, true)
    end)

  it("gives contests one by one, with an error where there is no outcome",
    function()
      local results = assert(urna.read({ text = TOWNS },
        { contest = CONTEST }))
      local rows = report.contests(results, { each = "town" })
      assert.same({ "X", "Y" }, { rows[1].key, rows[2].key })
      assert.same({ 3, 0 }, seats_of(rows[1].outcome))
      local failed = report.contests(results,
        { each = "town", rule = "rs/nothing" })
      assert.equal("unknown_body", failed[2].err.code)
    end)
end)
