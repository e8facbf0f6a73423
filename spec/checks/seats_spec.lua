local support = require "spec.checks.support"
local urna = require "urna"

local row, told = support.row, support.told

describe("published seats", function()
  -- d'Hondt on 60, 30 and 10, four seats, threshold 3 %: 60 30 30 20, equal
  -- averages to the greater list: A 60, A 30, B 30, A 20
  local function found(claim)
    local results = support.read("p,ballots_in_box,A,B,C", "x,100,60,30,10\n",
      { date = "2024-06-02", rule = "rs/local", seats = 4, lists = {
        { key = "A", minority = false }, { key = "B", minority = false },
        { key = "C", minority = false } } })
    local outcome = assert(urna.apportion(results, { claim = claim }))
    return assert(urna.check(results, { outcome = outcome }))
  end

  it("are those of the law", function()
    assert.equal("PASS 0", told(found { A = 3, B = 1 }, "T24"))
    local differ = found { A = 2, B = 1, D = 2 }
    local hits = differ:hits("T24")
    assert.same({ "A", 2, 3 }, { hits[1].key, hits[1].left, hits[1].right })
    assert.same({ "D", 2, "published, and there is no such list" },
      { hits[2].key, hits[2].left, hits[2].note })
    assert.same({ "", 5, 4 }, { hits[3].key, hits[3].left, hits[3].right })
  end)

  it("are not known where none are claimed", function()
    assert.same({ "claim" }, row(found(nil), "T24").missing)
    assert.same({ "outcome" }, row(support.check("p,A", "x,1\n"),
      "T24").missing)
  end)
end)
