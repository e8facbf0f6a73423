local claims = require "urna.seats.claim"
local urna = require "urna"

local OUTCOME = { seats = 10, lists = { { key = "A", seats = 6 },
  { key = "B", seats = 4 }, { key = "OTHERS", others = true, seats = 0 } } }

describe("a claim", function()
  it("that is right adds up and differs nowhere", function()
    local found = claims.of(OUTCOME, { A = 6, B = 4 })
    assert.same({ true, 10, {}, {} }, { found.adds_up, found.sum,
      found.differences, found.unknown })
  end)

  it("that adds up may differ all the same", function()
    local found = claims.of(OUTCOME, { A = 5, B = 5 })
    assert.is_true(found.adds_up)
    assert.same({ { list = "A", claimed = 5, seats = 6 },
      { list = "B", claimed = 5, seats = 4 } }, found.differences)
  end)

  it("that leaves a list out claims no seat for it", function()
    local found = claims.of(OUTCOME, { A = 6 })
    assert.is_false(found.adds_up)
    assert.same({ { list = "B", claimed = 0, seats = 4 } }, found.differences)
  end)

  it("of lists that are not there names them in order", function()
    assert.same({ "X", "Y" }, claims.of(OUTCOME,
      { Y = 1, A = 6, X = 1, B = 4 }).unknown)
  end)

  it("that nobody makes is nil", function()
    assert.is_nil(claims.of(OUTCOME, nil))
  end)

  it("printed for 92.09 % of Belgrade 2024 adds up to 109 of 110", function()
    -- vijesti365.com prints 64 21 14 9 1
    local outcome = assert(urna.apportion(
      urna.election("bg-2024-06-02-prelim-92.09")))
    assert.is_false(outcome.claim.adds_up)
    assert.equal(109, outcome.claim.sum)
    assert.same({ { list = "MI-SN", claimed = 9, seats = 10 } },
      outcome.claim.differences)
  end)

  it("of every checkable embedded election agrees with the law", function()
    local checked = 0
    for _, row in ipairs(urna.elections()) do
      local outcome = assert(urna.apportion(urna.election(row.id)))
      if outcome.claim.is_checked then
        checked = checked + 1
        assert.is_true(outcome.claim.adds_up, row.id)
        assert.same({}, outcome.claim.differences, row.id)
        assert.same({}, outcome.claim.unknown, row.id)
      end
    end
    assert.equal(17, checked)
  end)
end)
