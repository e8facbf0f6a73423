local support = require "spec.checks.support"

local check, told = support.check, support.told

describe("checks of structure", function()
  it("hold where the reader took every record", function()
    local found = check("p,A", "x,1\n")
    for _, code in ipairs { "S01", "S02", "S03", "S04", "S05", "S06", "S09",
      "T23" } do
      assert.equal("PASS 0", told(found, code))
    end
    assert.equal("UNKNOWN 0", told(found, "S07"))
  end)

  it("name the records that are kept out, with file and line", function()
    local found = check("p,A,B", "x,1,2\ny,1.5,2\nz,1,2,3\nx,1,2\nw,3,4\n",
      { bad = "keep" })
    assert.same({ "FIRED 1", "FIRED 1" }, { told(found, "S03"),
      told(found, "S02") })
    local hit = found:hits("S03")[1]
    assert.same({ "y", "(text)", 3 }, { hit.key, hit.file, hit.line })
    assert.matches("decimal", hit.note)
    assert.equal(4, found:hits("S02")[1].line)
    -- both records of x are kept out: nobody knows which is true
    assert.equal("FIRED 2", told(found, "S05"))
    assert.same({}, found:units("S05"))
    assert.same({ 0, true }, { found:count("T05"), found:is_serious() })
    assert.equal(4, #found:quickfix())
  end)

  it("tell a row of sums among the stations, and one that is wrong", function()
    local rows = "x,1,2\ny,3,4\nTotal,4,6\n"
    assert.equal("FIRED 1", told(check("p,A,B", rows, { bad = "keep" }),
      "S09"))
    local wrong = check("p,A,B", "x,1,2\ny,3,4\nTotal,4,7\n",
      { bad = "keep", total_rows = "verify" })
    assert.equal("FIRED 1", told(wrong, "T23"))
  end)

  it("count the stations that have no record", function()
    local found = check("p,A", "x,1\ny,2\n", { units_expected = 5,
      count_status = "final" })
    assert.same({ "FIRED 3", "PASS 0", "FIRED 1" }, { told(found, "S07"),
      told(found, "S08"), told(found, "C11") })
    assert.equal("2 of 5 records are there", found:hits("S07")[1].note)
    assert.equal("PASS 0", told(check("p,A", "x,1\n", { units_expected = 5,
      count_status = "preliminary" }), "C11"))
  end)

  it("find names of places that look alike, and lists of one name", function()
    -- the second А is Cyrillic
    local found = check("m,p,A", "A,1,3\n\208\144,2,4\nB,3,5\n")
    assert.equal("FIRED 1", told(found, "S15"))
    assert.matches("^m: A, ", found:hits("S15")[1].note)
    local lists = { { key = "A", name = "One" }, { key = "B", name = "One" } }
    found = check("p,A,B", "x,1,2\n", { lists = lists })
    assert.equal("A and B have the name One", found:hits("S10")[1].note)
  end)
end)

describe("checks of completeness", function()
  it("tell part of a record from none and from zeros", function()
    local found = check("p,registered_voters,voters_signed,A",
      "part,9,,1\nnone,,,\nzero,0,0,0\ngood,9,5,5\nroll,,5,5\n")
    assert.equal("part roll", support.keys(found, "C01"))
    assert.equal("none", support.keys(found, "C02"))
    assert.equal("zero", support.keys(found, "C03"))
    assert.equal("roll", support.keys(found, "C06"))
  end)

  it("look only at the records of a part", function()
    local results = support.read("m,p,A,B", "a,1,1,\nb,2,,\nb,3,1,2\n")
    local found = assert(require "urna".check(assert(results:only
      { m = "b" })))
    assert.same({ "PASS 0", "FIRED 1" }, { told(found, "C01"),
      told(found, "C02") })
    assert.equal("b/2", found:units("C02")[1].key)
  end)
end)
