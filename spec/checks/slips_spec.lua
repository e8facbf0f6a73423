local support = require "spec.checks.support"

local HEAD = "p,ballots_in_box,invalid_ballots,valid_ballots,A,B,C"

local function check(rows, head)
  return support.check(head or HEAD, rows)
end

local function suggested(rows, head)
  local found = check(rows, head)
  local list = found:suggestions()
  if #list == 0 then return "none" end
  assert.equal(1, #list)
  return ("%s %d -> %d"):format(list[1].field, list[1].value,
    list[1].suggested), found
end

describe("a correction", function()
  it("is suggested where one digit alone repairs all sums", function()
    -- 930 + 18 + 2 = 950, 150 valid: A 930 -> 130 alone does it, for B and C
    -- would fall below nothing and 150 -> 950 breaks 150 + 5 = 155
    local text, found = suggested("x,155,5,150,930,18,2\n")
    assert.equal("A 930 -> 130", text)
    assert.same({ field = "A", value = 930, suggested = 130 },
      found:hits("T05")[1].suggestion)
    assert.matches("suggested: A 130 in place of 930", found:text())
  end)

  it("is not suggested where two edits would do", function()
    -- 40 + 18 + 2 = 60, 50 valid: A 40 -> 30 or B 18 -> 8 (a digit less)
    assert.equal("none", suggested("x,52,2,50,40,18,2\n"))
  end)

  it("is not suggested where it would break another sum", function()
    -- 30 + 18 + 2 = 50, 60 valid, 50 + 2 = 52: the valid ballots themselves
    -- make both wrong: 60 -> 50 repairs both, 30 -> 40 only one
    assert.equal("valid_ballots 60 -> 50", suggested("x,52,2,60,30,18,2\n"))
    -- 62 in the box: now 60 + 2 holds, and 30 -> 40 repairs the lists; so
    -- does a digit more for C, 2 -> 12
    assert.equal("none", suggested("x,62,2,60,30,18,2\n"))
  end)

  it("is not suggested where only an inequality is broken", function()
    assert.equal("none", suggested("x,4,5,9\n",
      "p,registered_voters,voters_signed,A"))
  end)

  it("is of a digit replaced, left out or added, not of two", function()
    -- C 3 for 30: 100 + 60 + 3 = 163, 190 valid
    assert.equal("C 3 -> 30", suggested("x,192,2,190,100,60,3\n"))
    -- B 460 for 60
    assert.equal("B 460 -> 60", suggested("x,192,2,190,100,460,30\n"))
    -- A 123 for 231: three digits
    assert.equal("none", suggested("x,350,2,348,123,70,47\n"))
  end)

  it("of one column that is two fields changes both", function()
    local found = support.check("p,box,ballots_unused,ballots_received,"
      .. "valid_ballots,invalid_ballots,A", "x,58,40,90,48,2,48\n",
      { columns = { voters_signed = "box", ballots_in_box = "box",
        ballots_unused = "ballots_unused", valid_ballots = "valid_ballots",
        ballots_received = "ballots_received",
        invalid_ballots = "invalid_ballots" } })
    -- 40 + 58 is not 90 and 48 + 2 is not 58; 50 for 58 repairs both
    local list = found:suggestions()
    assert.equal(1, #list)
    assert.same({ 58, 50 }, { list[1].value, list[1].suggested })
  end)

  it("never changes a record", function()
    local found = check("x,155,5,150,930,18,2\n")
    found:suggestions()
    assert.equal(930, found.results:column("A")[1])
  end)
end)

describe("the manner of a slip", function()
  it("is two digits exchanged", function()
    -- A 213 for 123: 213 + 70 + 7 = 290, 200 valid
    local found = check("x,202,2,200,213,70,7\n")
    assert.equal("x", support.keys(found, "W12"))
    assert.matches("^A 213 with two digits exchanged, 123, makes all sums",
      found:hits("W12")[1].note)
    assert.same({}, found:suggestions())
  end)

  it("is a digit too many or too few", function()
    local found = check("x,192,2,190,100,60,3\ny,192,2,190,100,460,30\n")
    assert.equal("x y", support.keys(found, "W13"))
    assert.matches("^C 3 with a digit more, 30", found:hits("W13")[1].note)
    assert.matches("^B 460 with a digit less, 60", found:hits("W13")[2].note)
  end)

  it("is none where the sums hold", function()
    local found = check("x,192,2,190,100,60,30\n")
    assert.same({ "PASS 0", "PASS 0" }, { support.told(found, "W12"),
      support.told(found, "W13") })
  end)
end)
