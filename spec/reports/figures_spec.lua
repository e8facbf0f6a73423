local figures = require "urna.reports.figures"

describe("figures.percent", function()
  it("rounds half up from the exact ratio", function()
    assert.equal("46.12", figures.percent(738894, 1602112))
    assert.equal("0.50", figures.percent(1, 200))
    assert.equal("33.33", figures.percent(1, 3))
    assert.equal("66.67", figures.percent(2, 3))
    -- 1/800 is 0.125 % exactly
    assert.equal("0.13", figures.percent(1, 800))
    assert.equal("100.00", figures.percent(99999999, 100000000))
  end)

  it("is nil where something is not known or nothing", function()
    assert.is_nil(figures.percent(nil, 5))
    assert.is_nil(figures.percent(5, 0))
    assert.is_nil(figures.percent("9007199254740993", 5))
  end)
end)

describe("figures.quotient", function()
  it("divides as on paper", function()
    assert.equal("5980.50", figures.quotient { 11961, 2 })
    assert.equal("6148.03", figures.quotient { 387326, 63 })
    -- 5962 + 2/3
    assert.equal("5962.67", figures.quotient { 17888, 3 })
  end)

  it("a quotient known by its square is its root", function()
    -- 100 / sqrt(2) = 70.7107
    assert.equal("70.71", figures.quotient { 10000, 2, squared = true })
  end)

  it("a quotient by 0 is infinite", function()
    assert.equal("∞", figures.quotient { 1, 0, squared = true })
    assert.same({ "∞", "12.00" }, { figures.pair({ 1, 0 }, { 12, 1 }) })
  end)

  it("two that look equal get the decimals that part them", function()
    local a, b = figures.pair({ 10000, 3 }, { 33333, 10 })
    assert.same({ "3333.33", "3333.30" }, { a, b })
    a, b = figures.pair({ 100001, 30 }, { 333337, 100 })
    assert.same({ "3333.367", "3333.370" }, { a, b })
    a, b = figures.pair({ 5, 2 }, { 5, 2 })
    assert.same({ "2.50", "2.50" }, { a, b })
  end)
end)
