local contexts = require "urna.analysis.context"
local urna = require "urna"

local function standing(key, result)
  return { key = key, threshold = { result = result } }
end

describe("lists cross the threshold", function()
  it("where both sides are known and differ", function()
    local before = { standing("A", "passed"), standing("B", "failed"),
      standing("C", "exempt"), standing("D", "failed"), { key = "E" },
      standing("F", "unknown"), standing("G", "passed") }
    local after = { standing("A", "failed"), standing("B", "passed"),
      standing("C", "passed"), standing("D", "exempt"), { key = "E" },
      standing("F", "passed"), standing("G", "unknown") }
    assert.same({ { list = "A", to = "below" }, { list = "B", to = "above" },
      { list = "C", to = "above" } }, contexts.crossed(before, after))
  end)

  it("to a side that is not known where that has a word", function()
    local passed = { { key = "A", standing = "passed" } }
    local unknown = { { key = "A", standing = "unknown" } }
    assert.same({ { list = "A", to = "?" } },
      contexts.crossed(passed, unknown, "?"))
    assert.same({ { list = "A", to = "above" } },
      contexts.crossed(unknown, passed, "?"))
    assert.same({}, contexts.crossed(unknown, unknown, "?"))
  end)

  it("not where a list is gone", function()
    assert.same({}, contexts.crossed({ standing("A", "passed") }, { {} }))
  end)
end)

describe("the members of a race", function()
  local race = { lists = { { key = "A" }, { key = "B" }, { key = "C" } } }

  it("are numbers of its lists", function()
    assert.same({ [1] = true, [3] = true },
      contexts.members(race, { "C", "A" }))
  end)

  it("name the one that there is not", function()
    local members, missing = contexts.members(race, { "A", "D" })
    assert.is_nil(members)
    assert.equal("D", missing)
  end)
end)

describe("values at units", function()
  it("stand in the order of the units, with holes", function()
    local results = assert(urna.read({ text =
      "id,box,A\na,5,1\nb,,2\nc,7,3\n" }, { contest = { keys = { "id" },
        columns = { ballots_in_box = "box" }, lists = { { key = "A",
          column = "A" } } } }))
    local units = results.units
    local found = contexts.values(results, "ballots_in_box",
      { units[3], units[2], units[1] })
    assert.same({ 7, nil, 5 }, { found[1], found[2], found[3] })
    assert.same({ 2 }, contexts.values(results, "A", { units[2] }))
    assert.is_nil(contexts.values(results, "voters_signed", units))
  end)
end)
