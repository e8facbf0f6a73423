local generator = require "spec.generator"
local native = require "urna.native"
local swing = require "urna.analysis.swing"

describe("the change of a share", function()
  it("is an exact pair, and points rounded half up from it", function()
    -- 1/3 to 1/2 is 1/6, 16.67 points
    assert.same({ num = 1, den = 6, points = "+16.67" },
      swing.change({ num = 1, den = 3 }, { num = 1, den = 2 }))
    assert.same({ num = -1, den = 6, points = "-16.67" },
      swing.change({ num = 1, den = 2 }, { num = 1, den = 3 }))
    assert.same({ num = 0, den = 1, points = "0.00" },
      swing.change({ num = 1, den = 2 }, { num = 50, den = 100 }))
    -- 1/8 % is 0.125 points
    assert.same("+0.13", swing.change({ num = 0, den = 1 },
      { num = 1, den = 800 }).points)
    assert.same("-0.13", swing.change({ num = 1, den = 800 },
      { num = 0, den = 1 }).points)
    assert.same("0.00", swing.change({ num = 1, den = 100000 },
      { num = 0, den = 1 }).points)
  end)

  it("is exact beyond 2^53 too", function()
    -- 1/n - 1/(n + 1) = 1/(n (n + 1)); n (n + 1) for n = 10^9
    local n = 1000000000
    local found = swing.change({ num = 1, den = n + 1 }, { num = 1, den = n })
    assert.equal(1, found.num)
    assert.equal("1000000001000000000", found.den)
    assert.equal("0.00", found.points)
    -- 400,000,000 of 10^9 to 600,000,001 of 10^9 + 1
    found = swing.change({ num = 400000000, den = n },
      { num = 600000001, den = n + 1 })
    assert.equal("+20.00", found.points)
  end)

  it("is the same by both ways of reckoning (seed 11)", function()
    local draw = generator(11)
    for _ = 1, 200 do
      local b, d = draw(1, 9000), draw(1, 9000)
      local a, c = draw(0, b), draw(0, d)
      local found = swing.change({ num = a, den = b }, { num = c, den = d })
      local exact = native.rational(c, d) - native.rational(a, b)
      assert.is_true(native.rational(found.num, found.den) == exact)
    end
  end)

  it("is nil where a share is not known", function()
    assert.is_nil(swing.share(5, nil))
    assert.is_nil(swing.share(5, 0))
    assert.is_nil(swing.change(swing.share(5, 0), swing.share(5, 10)))
  end)
end)

describe("a sum of columns over units", function()
  it("is nil where one is missing", function()
    local columns = { { 1, 2, nil, 4 }, { 10, 20, 30, 40 } }
    assert.equal(66, swing.sum(columns, { 2, 4 }))
    assert.is_nil(swing.sum(columns, { 2, 3 }))
    assert.equal(0, swing.sum(columns, {}))
  end)
end)
