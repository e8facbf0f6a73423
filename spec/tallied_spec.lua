local tallied = require "urna.tallied"
local urna = require "urna"

-- A tally of a text.
local function tally(text, options)
  return assert(urna.tally({ text = text }, options))
end

local function contest(more)
  local made = { name = "Towns", date = "2024-06-02", rule = "rs/local",
    seats = 3, count_status = "final", keys = { "town", "station" },
    columns = { ballots_in_box = "box" },
    lists = { { key = "A", name = "Alpha", minority = false },
      { key = "B", minority = false } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local function keys_of(items)
  local keys = {}
  for i, item in ipairs(items) do keys[i] = item.key end
  return keys
end

-- A refused tally: its code, field and text.
local function refused(...)
  local found, err = tallied.from(...)
  assert.is_nil(found)
  return { err.code, err.field, err.text }, err
end

-- X 90:10 and Y 40:60, of 100 ballots in each box
local LONG = "town,station,list,votes,box\n"
  .. "X,1,A,50,60\nX,1,B,5,60\nX,2,A,40,40\nX,2,B,5,40\n"
  .. "Y,1,A,40,100\nY,1,B,60,100\n"
local WIDE = "town,station,box,A,B\n"
  .. "X,1,60,50,5\nX,2,40,40,5\nY,1,100,40,60\n"
local BY_LIST = { by = { "town", "list" }, sum = { "votes", "box" } }
local BY_TOWN = { by = "town", sum = { "A", "B", "box" } }

local function long(more)
  return tallied.from(tally(LONG, BY_LIST), { contest = contest(more),
    unit = "town", list = "list" })
end

local function wide(more)
  return tallied.from(tally(WIDE, BY_TOWN), { contest = contest(more),
    unit = "town" })
end

describe("results of a tally", function()
  for _, case in ipairs { { "long", long }, { "wide", wide } } do
    local name, make = case[1], case[2]
    it("that is " .. name .. " are units with votes and fields", function()
      local results = assert(make())
      assert.same({ "X", "Y" }, keys_of(results.units))
      assert.same({ "A", "B" }, keys_of(results.lists))
      -- X: 50 + 40, 5 + 5, 60 + 40; box is said with each list and counts once
      assert.same({ 90, 40 }, (results:column("A")))
      assert.same({ 10, 60 }, (results:column("B")))
      assert.same({ 100, 100 }, (results:column("ballots_in_box")))
      local total = results:total()
      assert.same({ { A = 130, B = 70 }, { ballots_in_box = 200 }, 2, 2 },
        { total.votes, total.fields, total.reported, total.expected })
    end)

    it("that is " .. name .. " get their seats by the law", function()
      -- 130:70 of 3 by d'Hondt: 130 A, 70 B, 65 A
      local outcome = assert(urna.apportion(assert(make())))
      assert.equal("decided", outcome.decision)
      assert.same({ 2, 1 },
        { outcome.lists[1].seats, outcome.lists[2].seats })
      assert.same({ "200", "final" }, { ("%d"):format(outcome.base.total),
        outcome.count_status })
    end)

    it("that is " .. name .. " can be summed, chosen, found and reported",
      function()
        local results = assert(make())
        assert.same({ A = 40, B = 60 },
          results:sum { by = "town", where = { town = "y" } }[1].votes)
        assert.equal("Y", results:find("y").key)
        assert.same({ A = 90, B = 10 },
          assert(results:without { "Y" }):total().votes)
        assert.equal(2, #results:split { by = "town" })
        assert.matches("A has 2 of 3 seats", urna.report(results), 1, true)
      end)
  end

  it("say what they were made of, and a unit has no line", function()
    local results = assert(wide())
    assert.equal("tally of (text)", results.source.file)
    assert.equal(64, #results.source.sha256)
    assert.same({ "(text)", nil },
      { results.units[1].source, results.units[1].line })
  end)

  it("of a merged tally name its source", function()
    local parts = {}
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    file:write(WIDE)
    file:close()
    for i, range in ipairs { { 0, 30 }, { 30, 999 } } do
      parts[i] = ("%s.%d"):format(path, i)
      assert(assert(urna.tally(path, { by = "town", sum = { "A", "B", "box" },
        range = range })):save(parts[i]))
    end
    local results = assert(tallied.from(assert(urna.merge(parts)),
      { contest = contest() }))
    for _, name in ipairs { path, parts[1], parts[2] } do os.remove(name) end
    assert.equal("tally of " .. path, results.source.file)
    assert.equal("final", urna.apportion(results).count_status)
  end)

  it("carry the mark of the CSV that urna tally prints", function()
    local native = require "urna.native"
    assert.equal(native.sha256("town,A,B,box\nX,90,10,100\nY,40,60,100\n"),
      assert(wide()).source.sha256)
  end)

  it("of several key columns have them in the order that is asked for",
    function()
      local found = tally(LONG, { by = { "list", "station", "town" },
        sum = { "votes" } })
      local results = assert(tallied.from(found, { contest = contest(),
        unit = { "town", "station" }, list = "list" }))
      assert.same({ "X/1", "Y/1", "X/2" }, keys_of(results.units))
      assert.equal("X/2", results:find("x/2").key)
      assert.same({ 50, 40, 40 }, (results:column("A")))
    end)

  it("take the unit, the list and the votes that can be meant alone",
    function()
      local results = assert(tallied.from(tally(LONG, BY_LIST),
        { contest = contest { columns = { list = "list", votes = "votes",
          ballots_in_box = "box" } } }))
      assert.same({ 90, 40 }, (results:column("A")))
      assert.same({ "town" }, results.contest.keys)
    end)

  it("leave the contest that was given as it was", function()
    local given = contest { units_expected = 3 }
    local results = assert(tallied.from(tally(WIDE, BY_TOWN),
      { contest = given }))
    assert.same({ { "town", "station" }, 3 },
      { given.keys, given.units_expected })
    assert.is_nil(results.contest.units_expected)
  end)

  it("name a list by its key, name or column", function()
    local found = tally("town,list,votes\nX,Alpha,5\nX,B,1\nY,A,3\nY,B,2\n",
      { by = { "town", "list" } })
    local results = assert(tallied.from(found,
      { contest = contest(), list = "list" }))
    assert.same({ 5, 3 }, (results:column("A")))
  end)
end)

describe("results of a tally without a contest", function()
  it("have the lists that were met, in bytewise order", function()
    local results = assert(tallied.from(tally(
      "town,list,votes\nX,b,1\nX,a,2\nX,B,3\nY,B,1\nY,a,1\nY,b,1\n",
      { by = { "town", "list" } }), { list = "list" }))
    assert.same({ "B", "a", "b" }, keys_of(results.lists))
    assert.same({ B = 4, a = 3, b = 2 }, results:total().votes)
  end)

  it("have the sums that are no standard fields as lists, in their order",
    function()
      local results = assert(tallied.from(tally(
        "town,ballots_in_box,A,B\nX,7,2,5\n",
        { by = "town", sum = { "B", "ballots_in_box", "A" } })))
      assert.same({ "B", "A" }, keys_of(results.lists))
      assert.same({ ballots_in_box = 7 }, results:total().fields)
    end)

  it("ask for a rule as typed votes do", function()
    local results = assert(tallied.from(tally("town,A\nX,2\n",
      { by = "town", sum = "A" })))
    local outcome, err = urna.apportion(results)
    assert.is_nil(outcome)
    assert.equal("no_rule", err.code)
  end)
end)

describe("what a tally does not know", function()
  it("of a list without a row in a unit is not reported, and not 0", function()
    local results = assert(tallied.from(tally(
      "town,list,votes\nX,A,5\nX,B,1\nY,A,3\n", { by = { "town", "list" } }),
      { contest = contest(), list = "list" }))
    local votes = results:column("B")
    assert.same({ 1, nil }, { votes[1], votes[2] })
    local total = results:total()
    assert.same({ 1, 2 }, { total.reported, total.expected })
    assert.equal("preliminary", urna.apportion(results).count_status)
  end)

  it("of a record that does not report makes no part of a unit whole",
    function()
      local results = assert(tallied.from(tally(
        "town,A,B\nX,5,1\nX,,1\nY,3,2\n", { by = "town", sum = { "A", "B" } }),
        { contest = contest() }))
      local votes = results:column("A")
      assert.same({ nil, 3 }, { votes[1], votes[2] })
      assert.same({ A = 3, B = 2 }, results:total().votes)
    end)

  it("is refused where a sum is beyond what a number holds", function()
    -- 9,007,199,254,740,991 + 1
    assert.same({ "beyond_exact", "A", "9007199254740992" }, (refused(tally(
      "town,A,B\nX,9007199254740991,1\nX,1,1\n",
      { by = "town", sum = { "A", "B" } }), { contest = contest() })))
  end)

  it("of its other records makes its results a part: never a final count",
    function()
      local function status(found, more)
        return urna.apportion(assert(tallied.from(found,
          { contest = contest(more) }))).count_status
      end
      local function of(more)
        local options = { by = "town", sum = { "A", "B", "box" } }
        for key, value in pairs(more) do options[key] = value end
        return tally(WIDE, options)
      end
      assert.equal("final", status(of {}))
      assert.equal("final", status(of {}, { units_expected = 3 }))
      assert.equal("unstated", status(of {}, { units_expected = 4 }))
      assert.equal("unstated", status(of { where = { station = "1" } }))
      assert.equal("unstated", status(of { range = { 0, 30 } }))
    end)
end)

describe("the units that a contest expects", function()
  local OWN = { by = { "town", "station" }, sum = { "A", "B", "box" } }
  local LISTED = { by = { "town", "station", "list" },
    sum = { "votes", "box" } }

  it("make a count preliminary where they are not all there", function()
    local more = { contest = contest { units_expected = 4 }, list = "list" }
    local total = assert(tallied.from(tally(LONG, LISTED), more)):total()
    assert.same({ 3, 4 }, { total.reported, total.expected })
    local outcome = assert(urna.apportion(assert(tallied.from(
      tally(WIDE, OWN), { contest = more.contest }))))
    assert.same({ "preliminary", 3, 4 }, { outcome.count_status,
      outcome.units.reported, outcome.units.expected })
  end)

  it("are no less than there are", function()
    local few = contest { units_expected = 2 }
    assert.same({ "too_many_units", "units_expected" }, (refused(
      tally(LONG, LISTED), { contest = few, list = "list" })))
    assert.same({ "too_many_units", "units_expected" }, (refused(
      tally(WIDE, OWN), { contest = few })))
  end)

  it("do not count a total that is set aside", function()
    assert.truthy(tallied.from(tally(WIDE .. "Ukupno,,200,130,70\n", BY_TOWN),
      { contest = contest { units_expected = 3 }, total_rows = "verify" }))
  end)
end)

describe("a tally is refused as results", function()
  it("with a list that the contest does not have, and the nearest named",
    function()
      local found, err = refused(tally("town,list,votes\nX,Alpa,5\nX,B,1\n",
        { by = { "town", "list" } }), { contest = contest(), list = "list" })
      assert.same({ "unknown_list", "list", "Alpa" }, found)
      assert.matches("did you mean \"Alpha\"?", err.message, 1, true)
    end)

  it("with a sum that is no list and no field, unless it is ignored",
    function()
      local found = tally("town,A,B,C\nX,1,2,3\n",
        { by = "town", sum = { "A", "B", "C" } })
      assert.same({ "unknown_list", "C", "C" },
        (refused(found, { contest = contest() })))
      assert.truthy(tallied.from(found,
        { contest = contest { ignored_columns = { "C" } } }))
    end)

  it("without the sum of a list of the contest", function()
    local found, err = refused(tally("town,A,b1\nX,1,2\n",
      { by = "town", sum = { "A", "b1" } }), { contest = contest { lists = {
        { key = "A" }, { key = "B", column = "b2" } } } })
    assert.same({ "missing_heading", "b2", "b2" }, found)
    assert.matches("did you mean \"b1\"?", err.message, 1, true)
  end)

  it("with two names of one list in a unit", function()
    assert.same({ "repeated_list", "list", "Alpha" }, (refused(tally(
      "town,list,votes\nX,Alpha,5\nX,A,1\nX,B,1\n",
      { by = { "town", "list" } }), { contest = contest(), list = "list" })))
  end)

  it("with a field that is not the same with each list", function()
    -- A has 60 + 40, B only 60
    assert.same({ "conflicting_field", "box", "60" }, (refused(tally(
      "town,list,votes,box\nX,A,5,60\nX,A,4,40\nX,B,1,60\n", BY_LIST),
      { contest = contest(), list = "list", unit = "town" })))
  end)

  it("with a total among its groups, unless that is verified or kept",
    function()
      local found = tally(WIDE .. "Ukupno,,200,130,70\n", BY_TOWN)
      local first, err = refused(found, { contest = contest() })
      assert.same({ "total_row", "town", "Ukupno" }, first)
      assert.equal(1, #err.items)
      local results = assert(tallied.from(found,
        { contest = contest(), total_rows = "verify" }))
      assert.same({ A = 130, B = 70 }, results:total().votes)
      assert.equal(3, #assert(tallied.from(found,
        { contest = contest(), total_rows = "keep" })).units)
      local other = tally(WIDE .. "Ukupno,,200,131,70\n", BY_TOWN)
      assert.same({ "total_differs", "A", "131" }, (refused(other,
        { contest = contest(), total_rows = "verify" })))
    end)

  it("where it has no groups, or more records than the contest has units",
    function()
      assert.same({ "no_records" }, (refused(tally("town,A,B\n", {
        by = "town", sum = { "A", "B" } }), { contest = contest() })))
      assert.same({ "too_many_units", "units_expected" }, (refused(
        tally(WIDE, BY_TOWN), { contest = contest { units_expected = 2 } })))
    end)

  it("with a contest that is none", function()
    assert.same({ "bad_contest" }, (refused(tally(WIDE, BY_TOWN),
      { contest = { seats = "many" } })))
  end)
end)

describe("a caller of results", function()
  local function raises(pattern, found, options)
    local done, message = pcall(function()
      local results, err = tallied.from(found, options)
      return results, err
    end)
    assert.is_false(done)
    assert.matches("tallied_spec.lua:%d+: ", message)
    assert.matches(pattern, message, 1, true)
  end

  it("is told what is wrong with the options, and where", function()
    local found = tally(LONG, BY_LIST)
    raises("no option \"lists\": did you mean \"list\"?", found,
      { lists = "list" })
    raises("list must be a string", found, { list = 5 })
    raises("the tally is not by \"twon\": did you mean \"town\"?", found,
      { unit = "twon", list = "list" })
    raises("the tally is not by \"lst\": did you mean \"list\"?", found,
      { list = "lst" })
    raises("the tally is by \"list\" too", found, { unit = "town" })
    raises("\"town\" is named twice", found,
      { unit = { "town", "town" }, list = "list" })
    raises("\"list\" is named twice", found, { unit = "list", list = "list" })
    raises("the tally has no sum \"voices\"", found,
      { list = "list", votes = "voices" })
    raises("which sum is the votes is not known", found, { list = "list" })
    raises("total_rows is \"refuse\"", found, { total_rows = "drop" })
    raises("results need a unit", tally(LONG), {})
  end)
end)

describe("the National Assembly of Serbia of 21 June 2020", function()
  local stem = "../shared/data/serbia2020"
  local file = io.open(stem .. ".csv.gz", "rb")
  if file then file:close() end

  it("gets its official seats from a tally by municipality", function()
    if not file then return pending("skipped: no " .. stem .. ".csv.gz") end
    local given = assert(urna.contest(stem .. ".contest.json"))
    local sums = {}
    for i, list in ipairs(given.lists) do sums[i] = list.column end
    for _, heading in pairs(given.columns) do sums[#sums + 1] = heading end
    local found = assert(urna.tally(stem .. ".csv.gz",
      { by = { "okrug_name", "opstina_name" }, sum = sums }))
    local outcome = assert(urna.apportion(assert(tallied.from(found,
      { contest = given }))))
    local seats = {}
    for _, list in ipairs(outcome.lists) do
      if list.seats > 0 then seats[list.key] = list.seats end
    end
    -- The Republic Electoral Commission's: L1 188, L2 32, L5 11, L4 9, L8 4,
    -- L11 3, L16 3
    assert.same({ SNS = 188, SPS = 32, SPAS = 11, SVM = 9, SPP = 4, SDAS = 3,
      AA = 3 }, seats)
    assert.same({ "decided", "final" },
      { outcome.decision, outcome.count_status })
  end)
end)
