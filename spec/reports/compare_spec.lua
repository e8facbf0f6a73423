local compare = require "urna.reports.compare"
local fixtures = require "spec.fixtures"

describe("compare.lists", function()
  local found = compare.lists(fixtures.belgrade(), fixtures.belgrade_2023())

  it("matches by equal keys only", function()
    -- SNS 64 and 49 seats; 52.77 - 38.96 = 13.81
    assert.equal(15, found.of.SNS.seats)
    assert.equal("13.81", found.of.SNS.points)
    assert.is_true(found.of.KP.is_new)
    assert.is_nil(found.of.KP.seats)
    assert.is_nil(found.of.OTHERS)
  end)

  it("a loss has its sign", function()
    local back = compare.lists(fixtures.belgrade_2023(), fixtures.belgrade())
    assert.equal(-15, back.of.SNS.seats)
    assert.equal("-13.81", back.of.SNS.points)
  end)

  it("does not subtract percentages of different bases", function()
    local earlier = fixtures.belgrade_2023()
    for _, list in ipairs(earlier.lists) do
      list.share.base = "valid_votes"
    end
    local other = compare.lists(fixtures.belgrade(), earlier)
    assert.is_false(other.same_base)
    assert.equal("valid_votes", other.base)
    assert.is_nil(other.of.SNS.points)
    assert.equal(15, other.of.SNS.seats)
  end)
end)
