local support = require "spec.checks.support"
local urna = require "urna"

local row, told = support.row, support.told

describe("a label of a record", function()
  it("is that of the contest, across scripts and case", function()
    local found = support.check("p,election,A", "x,Skupština,1\ny,СКУПШТИНА,1\n"
      .. "z,Beograd,1\nw,,1\n", { name = "Skupština" })
    assert.equal("z", support.keys(found, "S12"))
    assert.equal("it says Beograd", found:hits("S12")[1].note)
    assert.equal(1, row(found, "S12").unknown)
    assert.same({ "allowed" }, row(support.check("p,election,A", "x,a,1\n"),
      "S12").missing)
  end)

  it("is one of those the contest allows", function()
    local allowed = { document = { "RG-2" }, sender = { "Ub", "Valjevo" } }
    local found = support.check("p,document,sender,A",
      "x,RG-2,Ub,1\ny,RG-11,Lajkovac,1\n", { allowed = allowed })
    assert.equal("y", support.keys(found, "S14"))
    assert.equal("y", support.keys(found, "M05"))
    assert.same({ "sender" }, row(support.check("p,A", "x,1\n"),
      "M05").missing)
  end)

  it("is also a key, and is written with the records", function()
    local path = os.tmpname()
    local results = support.read("m,p,clerk,_post,A", "a,1,Ana,7,9\n", {
      columns = { building = "m", clerk = "clerk" },
      parts = { A = { "_post" } } })
    assert(results:write(path))
    local file = assert(io.open(path, "rb"))
    assert.equal("m,p,A,_post,clerk\r\na,1,9,7,Ana\r\n",
      (file:read("*a"):gsub("\r?\n", "\r\n")))
    file:close()
    assert(urna.read(path, { contest = results.contest }))
    os.remove(path)
  end)
end)

describe("answers of a form", function()
  it("are 1 or 0", function()
    local found = support.check("p,control_sheet,recounted,A",
      "x,1,0,9\ny,2,3,9\nz,,,9\n")
    assert.equal("y", support.keys(found, "M06"))
    assert.equal("control_sheet 2; recounted 3", found:hits("M06")[1].note)
    assert.equal(1, row(found, "M06").unknown)
    assert.same({ "form_answers" }, row(support.check("p,A", "x,1\n"),
      "M06").missing)
  end)

  it("are counts, and no codes for nothing", function()
    local found = support.check("p,voters_signed,A", "x,9999,9\ny,50,999\n"
      .. "z,99,9\n", { null_codes = { 999, 9999 } })
    assert.equal("x y", support.keys(found, "M07"))
    assert.equal("voters_signed 9999", found:hits("M07")[1].note)
    assert.equal("A 999", found:hits("M07")[2].note)
  end)
end)

describe("the data", function()
  it("are those of the checksum that the contest has", function()
    local own = support.read("p,A", "x,1\n").source.sha256
    assert.equal("PASS 0", told(support.check("p,A", "x,1\n",
      { sha256 = own:upper() }), "P06"))
    local found = support.check("p,A", "x,2\n", { sha256 = own })
    assert.equal("FIRED 1", told(found, "P06"))
    assert.matches("^its SHA%-256 is %x+$", found:hits("P06")[1].note)
    assert.same({ "sha256" }, row(support.check("p,A", "x,1\n"),
      "P06").missing)
  end)
end)
