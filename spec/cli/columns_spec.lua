local columns = require "urna.cli.columns"

describe("columns of text", function()
  it("are as wide as their letters, not their bytes", function()
    assert.equal("Užice  1\nUb     2\n", columns.text({ { "Užice", "1" },
      { "Ub", "2" } }, 2))
  end)

  it("stand to the right behind the one that is said", function()
    assert.equal("town  votes\nUb        7\nNiš      12\n", columns.text({
      { "town", "votes" }, { "Ub", "7" }, { "Niš", "12" } }, 2, 1))
  end)

  it("show nothing as \"-\" and keep a row on one line", function()
    assert.equal("a b  -\n-    x\n", columns.text({ { "a\nb" }, { "", "x" } },
      2))
  end)
end)
