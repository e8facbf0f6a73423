local forms = require "urna.readers.forms"

describe("the form of ranked ballots", function()
  it("is that of the name's ending, also before .gz and .zst", function()
    local expected = { ["a.soc"] = "soc", ["a.SOI"] = "soi",
      ["x.y/a.toc.gz"] = "toc", ["a.toi.zst"] = "toi", ["a.blt"] = "blt",
      ["a.csv.gz"] = "csv", ["a.tsv"] = "csv" }
    for name, form in pairs(expected) do
      assert.equal(form, forms.by_name(name), name)
    end
    for _, name in ipairs { "a", "soi", "a.soi.txt", "a.cat", "(text)" } do
      assert.is_nil(forms.by_name(name), name)
    end
  end)

  it("is PrefLib's where its own lines begin the text", function()
    assert.equal("soc",
      forms.by_beginning("# FILE NAME: x\n# DATA TYPE: soc\n"))
    assert.equal("toi", forms.by_beginning("# TITLE: x\n"))
    assert.equal("toi", forms.by_beginning("3\r\n1,Anna\r\n"))
  end)

  it("is BLT where two numbers stand in the first line, comments or not",
    function()
      assert.equal("blt", forms.by_beginning("4 2\n-2\n"))
      assert.equal("blt", forms.by_beginning("# why\n\n  4 2  # four\n1 2 0\n"))
    end)

  it("is neither where a text begins as others do", function()
    for _, text in ipairs { "", "id,rank1\n1,A\n", "4 2 1\n", "4,2\n", "3\nA\n",
      "# a remark\nrank1\n" } do
      assert.is_nil(forms.by_beginning(text), text)
    end
  end)
end)
