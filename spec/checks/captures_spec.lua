local support = require "spec.checks.support"
local urna = require "urna"

local row, told = support.row, support.told

local HEAD = "p,ballots_in_box,A,B"

-- Findings of rows against others of the same headings.
local function against(option, rows, others, more, head)
  local all = {}
  for i, other in ipairs(type(others) == "table" and others or { others }) do
    all[i] = support.read(head or HEAD, other, more)
  end
  return assert(urna.check(support.read(head or HEAD, rows, more),
    { [option] = #all == 1 and all[1] or all }))
end

describe("an earlier version", function()
  local WITH = "p,ballots_in_box,decisions,A,B"

  it("has other numbers, and no decision says so", function()
    local found = against("earlier", "x,50,0,30,20\ny,50,1,30,20\n"
      .. "z,50,,30,20\nnew,1,0,1,0\n", "x,50,0,31,19\ny,50,0,31,19\n"
      .. "z,50,,30,20\n", nil, WITH)
    assert.equal("x", support.keys(found, "P02"))
    assert.equal("A 30, before 31; B 20, before 19",
      found:hits("P02")[1].note)
    assert.equal(1, row(found, "P02").unknown) -- new
    -- y changed by a decision
    assert.equal("PASS 0", told(found, "P04"))
    found = against("earlier", "x,50,2,30,20\n", "x,50,0,30,20\n", nil, WITH)
    assert.equal("x", support.keys(found, "P04"))
    assert.same({ "decisions" }, row(against("earlier", "x,5,3,2\n",
      "x,5,2,3\n"), "P02").missing)
  end)

  it("names four numbers of a record, and how many more", function()
    local head = "p,registered_voters,voters_signed,ballots_in_box,decisions,"
      .. "A,B,C"
    local found = against("earlier", "x,9,8,7,0,3,2,2\n", "x,8,7,6,0,2,2,2\n",
      nil, head)
    assert.equal("registered_voters 9, before 8; voters_signed 8, before 7; "
      .. "ballots_in_box 7, before 6; A 3, before 2", found:hits("P02")[1].note)
    found = against("earlier", "x,9,8,7,0,3,2,2\n", "x,8,7,6,0,2,1,1\n", nil,
      head)
    assert.matches("; and 2 more numbers$", found:hits("P02")[1].note)
  end)

  it("had a record that is gone", function()
    local found = against("earlier", "x,50,30,20\n",
      "x,50,30,20\ny,50,30,20\n")
    assert.equal("FIRED 1", told(found, "P03"))
    assert.same({ "y", 3 }, { found:hits("P03")[1].key,
      found:hits("P03")[1].line })
    assert.equal("PASS 0", told(against("earlier", "x,5,3,2\n", "x,5,3,2\n"),
      "P03"))
  end)

  it("comes back", function()
    -- x: 30, then 31, now 30; y: 30, 31, 32
    local found = against("earlier", "x,50,30,20\ny,50,32,18\n",
      { "x,50,30,20\ny,50,30,20\n", "x,50,31,19\ny,50,31,19\n" })
    assert.equal("x", support.keys(found, "P08"))
    assert.matches("^as in version 1, ", found:hits("P08")[1].note)
    assert.same({ "earlier" }, row(against("earlier", "x,5,3,2\n",
      "x,5,2,3\n"), "P08").missing)
  end)

  it("is of a later time than the next", function()
    local function version(time)
      return support.read(HEAD, "x,50,30,20\n", { as_of = time })
    end
    local function found(...)
      local all = { ... }
      return assert(urna.check(table.remove(all), { earlier = all }))
    end
    local late = found(version "2024-06-02 21:00", version "2024-06-02T22:00",
      version "2024-06-02T21:30")
    assert.equal("FIRED 1", told(late, "P07"))
    assert.equal("of 2024-06-02T22:00, and the next of 2024-06-02T21:30",
      late:hits("P07")[1].note)
    assert.equal("PASS 0", told(found(version "2024-06-02 21:00",
      version "2024-06-02T21:00"), "P07"))
    assert.same({ "as_of" }, row(found(version(), version()), "P07").missing)
  end)

  it("had a total that is lower now", function()
    local found = against("earlier", "x,50,30,20\ny,50,30,20\n",
      "x,50,29,21\ny,50,30,20\n")
    local hits = found:hits("W17")
    assert.equal(1, #hits) -- A grew from 59 to 60
    assert.same({ 40, ">=", 41, "B in all, here and in the version before" },
      { hits[1].left, hits[1].operator, hits[1].right, hits[1].note })
  end)

  it("is followed by a batch of another kind", function()
    -- 100 of 200 before; 100 more came, 90 of them for A: 190 of 300 together.
    -- noise sqrt(.6333 * .3667 * (1/100 + 1/200)) = .0590; .4 / .0590 = 6.78
    local found = against("earlier", "x,300,190,110\n", "x,200,100,100\n")
    assert.equal("x", support.keys(found, "W18"))
    assert.matches("^A has 90.00 %% of 100 votes that came since, 50.00 %% of "
      .. "those before, z 6.7", found:hits("W18")[1].note)
    -- 85 of 100: .35 / .0595 = 5.9
    assert.equal("PASS 0", told(against("earlier", "x,300,185,115\n",
      "x,200,100,100\n"), "W18"))
  end)

  it("that was preliminary needs a note where the final count differs",
    function()
      local head = "p,difference_noted,A,B"
      local first = support.read(head, "x,0,31,19\ny,0,31,19\n",
        { count_status = "preliminary" })
      local found = assert(urna.check(support.read(head,
        "x,0,30,20\ny,1,30,20\n"), { earlier = first }))
      assert.equal("x", support.keys(found, "X11"))
      assert.same({ "preliminary" }, row(against("earlier", "x,5,3,2\n",
        "x,5,2,3\n"), "X11").missing)
    end)

  it("in a file of the same name has the same bytes", function()
    local function named(text)
      local results = support.read(HEAD, text)
      results.source.file = "/old/a.csv"
      return results
    end
    local found = assert(urna.check(named("x,50,30,20\n"),
      { earlier = named("x,50,31,19\n") }))
    assert.equal("FIRED 1", told(found, "P01"))
    assert.equal("PASS 0", told(assert(urna.check(named("x,50,30,20\n"),
      { earlier = named("x,50,30,20\n") })), "P01"))
  end)

  it("is asked for by name where there is none", function()
    local found = support.check(HEAD, "x,50,30,20\n")
    for _, code in ipairs { "P02", "P03", "P04", "P07", "P08", "W17", "W18" } do
      assert.same({ "earlier" }, row(found, code).missing, code)
    end
  end)
end)

describe("a second entry", function()
  it("that differs is told, also by what it has and the first has not",
    function()
      local found = against("second", "x,50,30,20\ny,50,,20\nz,50,30,20\n",
        "x,50,3,20\ny,50,30,20\nz,50,30,20\n")
      assert.equal("x y", support.keys(found, "M01"))
      assert.equal("A 30, there 3", found:hits("M01")[1].note)
      assert.equal("A –, there 30", found:hits("M01")[2].note)
    end)

  it("shows whose entries are wrong more often", function()
    -- ten of 20 of one, none of 80 of another: rate .1; 10 - 2 = 8 beyond
    -- 4 * sqrt(20 * .1 * .9) = 5.4
    local first, other = {}, {}
    for i = 1, 100 do
      local clerk = i <= 20 and "Ana" or "Bora"
      first[i] = ("%d,%s,30,20"):format(i, clerk)
      other[i] = ("%d,%s,%d,20"):format(i, clerk, i <= 10 and 3 or 30)
    end
    local found = against("second", first, table.concat(other, "\n") .. "\n",
      nil, "p,clerk,A,B")
    assert.equal("Ana", found:hits("M08")[1].key)
    assert.equal("10 of 20 records differ, 10 in all",
      found:hits("M08")[1].note)
    assert.same({ "clerk" }, row(against("second", "x,5,3,2\n", "x,5,3,2\n"),
      "M08").missing)
  end)
end)

describe("observers' copies", function()
  it("differ from the record, with whom that favours", function()
    -- A 30 for 28 at x, 31 for 30 at y: three more in the official record
    local found = against("observers", "x,50,30,20\ny,50,31,19\nz,50,30,20\n",
      "x,50,28,22\ny,50,30,19\n")
    assert.equal("x y", support.keys(found, "M04"))
    assert.equal("A has 3 more here; B has 2 fewer here",
      row(found, "M04").remark)
    assert.equal(1, row(found, "M04").unknown)
  end)

  it("differ from one another", function()
    local found = against("observers", "x,50,30,20\ny,50,30,20\n",
      { "x,50,28,22\ny,50,30,20\n", "x,50,29,22\ny,50,30,20\n" })
    assert.equal("x", support.keys(found, "M03"))
    assert.equal("A 28, by the other 29", found:hits("M03")[1].note)
    assert.same({ "observers" }, row(against("observers", "x,5,3,2\n",
      "x,5,3,2\n"), "M03").missing)
  end)
end)
