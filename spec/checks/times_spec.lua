local support = require "spec.checks.support"
local urna = require "urna"

local row, told = support.row, support.told

describe("the time of a report", function()
  local HEAD = "p,reported_at,ballots_in_box,A"

  -- Polling stations close at 20:00.
  local function check(rows, options, more)
    more = more or { rule = "rs/parliament", date = "2023-12-17" }
    return assert(urna.check(support.read(HEAD, rows, more), options))
  end

  it("is not before the closing", function()
    local found = check("a,2023-12-17 19:58,50,9\nb,2023-12-17T20:00,50,9\n"
      .. "c,,50,9\nd,00:10,50,9\n")
    assert.equal("a", support.keys(found, "W15"))
    assert.equal("2 minutes before the closing", found:hits("W15")[1].note)
    assert.equal(1, row(found, "W15").unknown) -- c
  end)

  it("leaves a minute for 60 ballots, or for as many as are asked for",
    function()
      -- ten minutes: 600 may be counted, 601 not; after midnight 250 minutes
      local rows = "a,20:10,600,9\nb,20:10,601,9\nc,00:10,15000,9\n"
        .. "d,00:10,15001,9\n"
      assert.equal("b d", support.keys(check(rows), "W15"))
      assert.equal("601 ballots in 10 minutes",
        check(rows):hits("W15")[1].note)
      assert.equal("PASS 0", told(check(rows, { tolerance =
        { W15 = { share = { 61, 1 } } } }), "W15"))
    end)

  it("is not known without a closing, a day or a column", function()
    assert.same({ "polls_close", "date" }, row(check("a,20:10,1,9\n", nil, {}),
      "W15").missing)
    assert.same({ "reported_at", "polls_close", "date" },
      row(support.check("p,A", "a,1\n"), "W15").missing)
  end)
end)

describe("voters by the hour", function()
  local HEAD = "m,p,_h10,_h18,voters_signed,A"
  local HOURS = { { time = "18:00", column = "_h18" },
    { time = "10:00", column = "_h10" } }

  local function check(rows)
    return support.check(HEAD, rows, { hours = HOURS })
  end

  it("never fall, and at the end are no more than signatures", function()
    local found = check("a,1,10,40,50,9\na,2,10,9,50,9\na,3,10,,9,9\n")
    assert.equal("a/2 a/3", support.keys(found, "W16"))
    assert.equal("9 at 18:00, and 10 at 10:00", found:hits("W16")[1].note)
    assert.equal("9 at the end, and 10 at 10:00", found:hits("W16")[2].note)
  end)

  it("do not rush in at the end as nowhere near", function()
    -- eight stations: 10 of 100 came after 18:00, one 60 of 100; the noise of
    -- 60 in 100 is 4.9 points, 50 / 4.9 is beyond 4
    local rows = {}
    for i = 1, 8 do rows[i] = ("a,%d,40,90,100,9"):format(i) end
    rows[9] = "a,9,40,40,100,9"
    local found = check(rows)
    assert.equal("a/9", support.keys(found, "W16"))
    assert.matches("^60.00 %% of the signatures came last, in the middle of "
      .. "its peers 10.00 %%, z 10", found:hits("W16")[1].note)
  end)

  it("are not known where no columns say them", function()
    assert.same({ "hours" }, row(support.check("p,voters_signed,A",
      "1,5,5\n"), "W16").missing)
  end)
end)
