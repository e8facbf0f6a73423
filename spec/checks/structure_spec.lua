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

describe("lists", function()
  it("are one party where their names fold to one", function()
    local found = check("p,A,B,C", "x,1,2,3\n", { lists = { { key = "A",
      short = "SNS" }, { key = "B", short = "СНС" },
      { key = "C", short = "SPS" } } })
    assert.equal("SNS and СНС are one name", found:hits("S11")[1].note)
    assert.same({ "FIRED 1", "PASS 0" }, { told(found, "S11"),
      told(found, "S10") })
  end)

  it("are as many as on the ballot", function()
    local found = check("p,A,B", "x,1,2\n", { lists_on_ballot = 3 })
    assert.same({ 2, "=", 3 }, { found:hits("S13")[1].left,
      found:hits("S13")[1].operator, found:hits("S13")[1].right })
    assert.equal("PASS 0", told(check("p,A,B", "x,1,2\n",
      { lists_on_ballot = 2 }), "S13"))
    assert.same({ "lists_on_ballot" }, support.row(check("p,A", "x,1\n"),
      "S13").missing)
  end)

  it("and places have names without hidden marks", function()
    -- a space that does not break; c and a caron
    local found = check("m,p,A", "Novi\194\160Sad,1,3\nc\204\140uk,2,3\n"
      .. "Čuk,3,3\n")
    assert.equal("FIRED 2", told(found, "S16"))
    assert.equal("m: Novi\194\160Sad", found:hits("S16")[1].note)
  end)
end)

describe("a list of stations", function()
  local urna = require "urna"

  local function found(expected, more)
    return assert(urna.check(support.read("m,p,A", "a,1,3\nа,2,4\n", more),
      { expected = expected }))
  end

  it("names those without a record and those it has not", function()
    -- the second municipality is a Cyrillic а
    local all = found({ "Region/A/1", "a/3" })
    assert.equal("a/3", all:hits("S07")[1].key)
    assert.equal("а/2", support.keys(all, "S08"))
    assert.same({ "UNKNOWN 0", "see S08" }, { told(all, "W19"),
      support.row(all, "W19").remark })
    all = found({ "a/1", "a/2" })
    assert.same({ "PASS 0", "PASS 0" }, { told(all, "S07"),
      told(all, "S08") })
  end)

  it("is for the feed while the count runs", function()
    local all = found({ "a/1" }, { count_status = "preliminary" })
    assert.same({ "FIRED 1", "UNKNOWN 0" }, { told(all, "W19"),
      told(all, "S08") })
    assert.same({ "expected" }, support.row(check("p,A", "x,1\n"),
      "W19").missing)
  end)

  it("may be other results", function()
    local all = found(support.read("p,A", "1,3\n"))
    assert.equal("а/2", support.keys(all, "S08"))
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
