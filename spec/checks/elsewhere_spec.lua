local support = require "spec.checks.support"
local urna = require "urna"

local row, told = support.row, support.told

describe("contests of the same day", function()
  local HEAD = "m,p,voters_signed,ballots_in_box,A"

  it("share signatures and compare their boxes station by station", function()
    -- the city's box: 48, 50, 49 of 50, 50, 50 signatures; parliament's 50,
    -- 49, 50: two fewer, one more, one fewer
    local city = support.read(HEAD, "Ub,1,50,48,9\nUb,2,50,50,9\n"
      .. "Ub,3,50,49,9\nUb,4,50,50,9\n")
    local parliament = support.read(HEAD, "Уб,1,50,50,9\nУб,2,50,49,9\n"
      .. "Уб,3,51,50,9\n", { name = "Parliament" })
    local found = assert(urna.check(city, { same_day = parliament }))
    assert.equal("Ub/3", support.keys(found, "T28"))
    assert.equal("Ub/1 Ub/2 Ub/3", support.keys(found, "T29"))
    assert.same({ contest = "Parliament", stations = 3, unmatched = 1,
      here = 147, there = 149, fewer = 3, more = 1 },
      row(found, "T29").compared[1])
    assert.same({ 4, "note" }, { row(found, "T29").difference,
      row(found, "T29").severity })
    local hit = found:hits("T29")[1]
    assert.same({ 48, "=", 50, "Parliament" }, { hit.left, hit.operator,
      hit.right, hit.note })
  end)

  it("are matched by the innermost keys that both have", function()
    local city = support.read("p,voters_signed,A", "1,50,9\n2,50,9\n")
    local other = support.read("m,p,voters_signed,A", "a,1,51,9\na,2,50,9\n")
    assert.equal("1", support.keys(assert(urna.check(city,
      { same_day = { other } })), "T28"))
    -- where that is ambiguous, not at all
    other = support.read("m,p,voters_signed,A", "a,1,51,9\nb,1,50,9\n")
    local found = assert(urna.check(city, { same_day = other }))
    assert.same({ "UNKNOWN 0", 2 }, { told(found, "T28"),
      row(found, "T28").compared[1].unmatched })
  end)

  -- Belgrade, 3 April 2022: 925,898 signatures (official) served parliament,
  -- president and city; of the city's ballots 916,215 were in the box, as the
  -- published percentages of 348,345 votes allow (916,095 to 916,336)
  it("leave about 9,700 of Belgrade's signatures in 2022 without a city ballot",
    function()
      local city = support.read(HEAD, "Beograd,1,925898,916215,348345\n")
      local parliament = support.read("m,p,voters_signed,A",
        "Београд,1,925898,9\n", { name = "Parliament" })
      local found = assert(urna.check(city, { same_day = parliament,
        rule = "rs/local", date = "2022-04-03" }))
      assert.equal("PASS 0", told(found, "T28"))
      assert.same({ "ballots_in_box" }, row(found, "T29").missing)
      assert.same({ "FIRED", 9683, "allowed_difference" },
        { row(found, "T13").result, row(found, "T13").difference,
          row(found, "T13").consequence })
      for box, apart in pairs { [916095] = 9803, [916336] = 9562 } do
        found = support.check(HEAD, ("Beograd,1,925898,%d,1\n"):format(box))
        assert.equal(apart, row(found, "T13").difference)
      end
    end)

  it("are not known where none is given, or it lacks the field", function()
    local city = support.read(HEAD, "Ub,1,50,48,9\n")
    assert.same({ "same_day" }, row(assert(urna.check(city)), "T28").missing)
    assert.same({ "voters_signed" }, row(assert(urna.check(city,
      { same_day = support.read("m,p,A", "Ub,1,9\n") })), "T28").missing)
  end)

  it("must be records", function()
    local city = support.read(HEAD, "Ub,1,50,48,9\n")
    for _, option in ipairs { "same_day", "previous" } do
      local done, message = pcall(urna.check, city,
        { [option] = assert(urna.election("belgrade-2024")) })
      assert.is_false(done)
      assert.matches("results with records", message)
    end
  end)
end)

describe("the election before", function()
  local HEAD = "m,p,registered_voters,voters_signed,A,B"

  local function pair(now, before)
    local rows, earlier = {}, {}
    for i = 1, 9 do
      rows[i] = ("a,%d,%s"):format(i, i == 9 and now
        or ("1000,%d,200,%d"):format(500 + i, 300 + i))
      earlier[i] = ("a,%d,%s"):format(i, i == 9 and before
        or "1000,500,200,300")
    end
    return assert(urna.check(support.read(HEAD, rows),
      { previous = support.read(HEAD, earlier) }))
  end

  it("shows a turnout that moved as in no station near it", function()
    -- 50.1 ... 50.8 % after 50 %, the ninth 65 % after 50 %: +15 points. The
    -- middle is +.5, and 1000 papers twice have a noise of 2.2 points
    local found = pair("1000,650,260,390", "1000,500,200,300")
    assert.equal("a/9", support.keys(found, "W05"))
    assert.matches("^turnout moved by 15.00 %% points, in the middle of its "
      .. "peers by 0.50 %%, z 6", found:hits("W05")[1].note)
    assert.equal("PASS 0", told(found, "W06"))
  end)

  it("shows a list that moved", function()
    -- A 40 % to 60 %; B the other way
    local found = pair("1000,500,300,200", "1000,500,200,300")
    assert.equal("a/9", support.keys(found, "W05"))
    assert.matches("^A moved by 20.00 .*; B moved by %-20.00",
      found:hits("W05")[1].note)
  end)

  it("shows a roll that changed by more than a quarter, or tenfold",
    function()
      local found = pair("1251,500,200,300", "1000,500,200,300")
      assert.equal("a/9", support.keys(found, "W06"))
      assert.matches("^1251 registered, 1000 before",
        found:hits("W06")[1].note)
      assert.equal(0, found:count("W13"))
      found = pair("1000,500,200,300", "100,50,20,30")
      assert.equal("a/9", support.keys(found, "W13"))
      assert.equal("registered_voters 1000, and 100 before",
        found:hits("W13")[1].note)
    end)

  it("is not known where none is given", function()
    local found = support.check(HEAD, "a,1,9,9,5,4\n")
    assert.same({ "previous" }, row(found, "W05").missing)
    assert.same({ "previous" }, row(found, "W06").missing)
  end)
end)

describe("open errors", function()
  local HEAD = "p,valid_ballots,A,B"

  local function found(switched)
    return assert(urna.check(support.read(HEAD, "x,50,30,18\ny,40,20,20\n"),
      { outcome = { fewest_votes = { switched = switched, added = 9 } } }))
  end

  it("matter where they are as many as the votes that change a seat",
    function()
      -- 48 for 50: two ballots are open
      assert.equal("FIRED 1", told(found(2), "W20"))
      assert.equal("open errors concern 2 ballots; 2 votes change a seat",
        found(2):hits("W20")[1].note)
      assert.equal("PASS 0", told(found(3), "W20"))
      assert.same({ "outcome" }, row(support.check(HEAD, "x,50,30,18\n"),
        "W20").missing)
    end)
end)
