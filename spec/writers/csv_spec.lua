local csv = require "urna.writers.csv"

describe("csv.encode", function()
  it("quotes cells with commas, quotes and line ends only", function()
    assert.equal("a,b\nx y,\"1,5\"\n\"say \"\"so\"\"\",\"p\nq\"\n",
      csv.encode({ { "x y", "1,5" }, { "say \"so\"", "p\nq" } },
        { "a", "b" }))
  end)

  it("quotes what holds the delimiter, in headings any delimiter", function()
    assert.equal("\"a,b\";\"c|d\"\nx,y;\"1;5\"\n",
      csv.encode({ { "x,y", "1;5" } }, { "a,b", "c|d" }, ";"))
    assert.equal("a\tb\n1\t\"x\ty\"\n",
      csv.encode({ { 1, "x\ty" } }, { "a", "b" }, "\t"))
    assert.equal("a|b\n\"p|q\"|%\n",
      csv.encode({ { "p|q", "%" } }, { "a", "b" }, "|"))
  end)

  it("a missing cell is empty and a count is whole", function()
    assert.equal("a,b,c\n5,,x\n", csv.encode({ { 10 / 2, nil, "x" } },
      { "a", "b", "c" }))
  end)

  it("a row of one empty cell is still a row", function()
    assert.equal("a\n\"\"\n", csv.encode({ { "" } }, { "a" }))
  end)

  it("a fraction is refused with its place", function()
    local ok, err = pcall(csv.encode, { { 1 }, { 0.5 } }, { "a" })
    assert.is_false(ok)
    assert.truthy(err:find("row 2, column 1", 1, true))
  end)
end)
