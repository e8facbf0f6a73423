local native = require "urna.native"

local R = native.rational

local function shown(...)
  local texts = {}
  for i = 1, select("#", ...) do texts[i] = tostring((select(i, ...))) end
  return table.concat(texts, " ")
end

local function raises(pattern, f, ...)
  local done, message = pcall(f, ...)
  assert.is_false(done)
  assert.matches(pattern, message, 1, true)
end

describe("an exact ratio", function()
  it("is in lowest terms, its sign in the numerator", function()
    assert.equal("3/4 -3/4 2 0 -7", shown(R(6, 8), R(-6, 8), R(4, 2), R(0, 9),
      R("-7")))
    assert.same({ 3, 4 }, { R(6, 8):num(), R(6, 8):den() })
    assert.same({ -3, 4 }, { R(-6, 8):num(), R(-6, 8):den() })
    assert.is_true(R(0, 5):is_zero())
  end)

  it("is added, subtracted, multiplied and divided", function()
    local a, b = R(3, 4), R(5, 6)
    -- 9/12 + 10/12; 9/12 - 10/12; 15/24; 18/20
    assert.equal("19/12 -1/12 5/8 9/10 -3/4", shown(a + b, a - b, a * b, a / b,
      -a))
    assert.equal("7/4 1/4 3/2 4/3 3/8", shown(a + 1, 1 - a, 2 * a, 1 / a,
      a / 2))
  end)

  it("is compared", function()
    assert.is_true(R(1, 3) < R(333334, 1000000))
    assert.is_true(R(-1, 2) < R(1, 1000000))
    assert.is_true(R(2, 4) == R(1, 2))
    assert.is_true(R(2, 4) <= R(1, 2))
    assert.is_false(R(2, 4) < R(1, 2))
    -- n/(n+1) grows with n; a double holds 1.0 for both
    assert.is_true(R("9007199254740992", "9007199254740993")
      < R("9007199254740993", "9007199254740994"))
  end)

  it("may be of any size, and is text beyond 2^53 - 1", function()
    local product = R(1)
    for i = 1, 30 do product = product * i end
    assert.equal("265252859812191058636308480000000", product:num()) -- 30!
    assert.equal("1/265252859812191058636308480000000", tostring(1 / product))
    assert.equal(9007199254740991, R("9007199254740991"):num())
    assert.equal("9007199254740992", R("9007199254740992"):num())
    assert.equal("-9007199254740992", R("-9007199254740992"):num())
  end)

  it("is rounded down to decimals", function()
    assert.equal("0.66666", R(2, 3):decimals(5))
    assert.equal("12", R(25, 2):decimals(0))
    assert.equal("0.050", R(1, 20):decimals(3))
    assert.equal("33333/50000", tostring(R(2, 3):floor(100000)))
    assert.equal("12", tostring(R(25, 2):floor()))
    raises("negative", R(-1, 2).floor, R(-1, 2))
  end)

  it("refuses what is no number", function()
    raises("the denominator is 0", R, 1, 0)
    raises("the denominator is negative", R, 1, -2)
    raises("must be a whole number", R, 1.5)
    raises("must be a whole number or its digits, got \"1e3\"", R, "1e3")
    raises("divided by 0", function() return R(1) / 0 end)
    raises("an operand", function() return R(1) + 0.5 end)
  end)
end)
