local native = require "urna.native"
local shares = require "urna.analysis.shares"

local function limits(num, n, design)
  local found = shares.of(num, n, design)
  return ("%.4f %.4f"):format(found.low_share, found.high_share)
end

describe("the interval of a share", function()
  it("is Wilson's, as published", function()
    -- Newcombe, Statistics in Medicine 17, 1998, p. 857, table I, method 3
    assert.equal("0.2553 0.3662", limits(81, 263))
    assert.equal("0.0624 0.1605", limits(15, 148))
    assert.equal("0.0000 0.1611", limits(0, 20))
    assert.equal("0.0061 0.1718", limits(1, 29))
  end)

  it("is as far from all as from none", function()
    assert.equal("0.8389 1.0000", limits(20, 20)) -- 1 - 0.1611
  end)

  it("is that of fewer where a design effect is given", function()
    -- 58 with an effect of 2 are worth 29: 2 of 58 as 1 of 29
    assert.equal("0.0061 0.1718", limits(2, 58, { effect = 2, how = "given" }))
    assert.matches("deff = 2.00 (given)", shares.of(2, 58, { effect = 2,
      how = "given" }).method, 1, true)
  end)
end)

describe("the interval of a difference", function()
  local function difference(a, b)
    local found = shares.difference(shares.of(b[1], b[2]),
      shares.of(a[1], a[2]))
    return found.points .. " " .. found.low .. " " .. found.high
  end

  it("is Newcombe's, as published", function()
    -- Newcombe, Statistics in Medicine 17, 1998, p. 873, table II, method 10:
    -- 56/70 - 48/80: 0.0524, 0.3339; 9/10 - 3/10: 0.1705, 0.8090
    assert.equal("+20.00 +5.2 +33.4", difference({ 56, 70 }, { 48, 80 }))
    assert.equal("+60.00 +17.1 +80.9", difference({ 9, 10 }, { 3, 10 }))
  end)
end)

describe("the design effect", function()
  it("is 1 + (m - 1) rho", function()
    -- 1 + 3 * 0.05
    assert.is_true(math.abs(shares.by_cluster(4, 0.05).effect - 1.15) < 1e-12)
  end)

  it("is the variance between clusters by that of a simple sample", function()
    -- 2, 0 and 1 of 4: p = 1/4; residuals 1, -1, 0; 3/2 * 2 / 144 = 1/48 by
    -- (3/16) / 12 = 1/64: 4/3
    local found = shares.from_clusters { { y = 2, m = 4 }, { y = 0, m = 4 },
      { y = 1, m = 4 } }
    assert.is_true(math.abs(found.effect - 4 / 3) < 1e-12)
  end)

  it("is never taken below 1, and not told from one cluster", function()
    assert.equal(1, shares.from_clusters { { y = 1, m = 4 },
      { y = 1, m = 4 } }.effect)
    assert.is_nil(shares.from_clusters { { y = 1, m = 4 } })
  end)
end)

describe("a ratio as text", function()
  it("is half up, away from nothing, and signed where asked", function()
    local function text(num, den, is_signed)
      return shares.text(native.rational(num, den), 2, is_signed)
    end
    assert.equal("0.13", text(1, 8)) -- 0.125
    assert.equal("-0.13", text(-1, 8))
    assert.equal("+12.00", text(12, 1, true))
    assert.equal("0.00", text(-1, 1000))
    assert.equal("0.00", text(1, 1000, true))
  end)
end)
