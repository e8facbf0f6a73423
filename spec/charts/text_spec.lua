local display = require "urna.charts.display"
local fixtures = require "spec.fixtures"
local text = require "urna.charts.text"

local function count(drawn, sign)
  return select(2, drawn:gsub(sign, ""))
end

local function widest(drawn)
  local most = 0
  for line in drawn:gmatch("[^\n]+") do
    most = math.max(most, display.width(line))
  end
  return most
end

describe("the half-circle as text", function()
  it("has one sign for each seat and one in the legend", function()
    local drawn = text.hemicycle(fixtures.belgrade())
    assert.equal(64 + 1, count(drawn, "●"))
    assert.equal(21 + 1, count(drawn, "○"))
    assert.equal(14 + 1, count(drawn, "■"))
    assert.equal(10 + 1, count(drawn, "□"))
    assert.equal(1 + 1, count(drawn, "▲"))
    assert.truthy(drawn:find("● SNS 64   ○ KP 21   ■ BB 14   □ MI-SN 10   "
      .. "▲ RS 1", 1, true))
  end)

  it("fits 80 columns for every size", function()
    for _, seats in ipairs { 1, 10, 11, 110, 250, 480, 481, 750, 1000 } do
      local drawn = text.hemicycle(fixtures.assembly { seats - 1, 1 })
      assert.is_true(widest(drawn) <= 80, seats)
    end
  end)

  it("says so where a sign stands for several seats", function()
    -- 1000 seats in fours are 250 signs: 600, 399 and 1 seats are 150, 99.75
    -- and 0.25 signs; the one left goes to the largest remainder
    local drawn = text.hemicycle(fixtures.assembly { 600, 399, 1 },
      { width = 66 })
    assert.truthy(drawn:find("one sign is 4 seats, rounded by largest "
      .. "remainders", 1, true))
    assert.equal(150 + 1, count(drawn, "●"))
    assert.equal(100 + 1, count(drawn, "○"))
    assert.equal(0 + 1, count(drawn, "■"))
  end)

  it("has no colour unless asked for", function()
    assert.falsy(text.hemicycle(fixtures.belgrade()):find("\27"))
    local drawn = text.hemicycle(fixtures.belgrade(), { colour = true })
    assert.truthy(drawn:find("\27%[38;2;%d+;%d+;%d+m"))
    assert.equal(text.hemicycle(fixtures.belgrade()),
      (drawn:gsub("\27%[[%d;]*m", "")))
  end)

  it("signs differ for more lists than there are shapes", function()
    local sizes = {}
    for i = 1, 30 do sizes[i] = 1 end
    local drawn = text.hemicycle(fixtures.assembly(sizes))
    assert.truthy(drawn:find("A L9 1", 1, true))
    assert.truthy(drawn:find("V L30 1", 1, true))
  end)
end)

describe("the bars as text", function()
  local drawn = text.bars(fixtures.belgrade(),
    { compare = fixtures.belgrade_2023() })

  it("end in votes and percent, an estimate as an interval", function()
    assert.truthy(drawn:find("387,326 · 52.77%%\n"))
    assert.truthy(drawn:find("8,477–8,533† · 1.16%†", 1, true))
    assert.truthy(drawn:find("RS (m)", 1, true))
  end)

  it("fit 80 columns", function()
    assert.is_true(widest(drawn) <= 80)
  end)

  it("show the threshold and the earlier share with their names", function()
    assert.truthy(drawn:find("┊ threshold 3% of ballots in the box: "
      .. "22,019–22,022† votes", 1, true))
    assert.truthy(drawn:find("│ earlier: City Assembly of Belgrade, 17 "
      .. "December 2023", 1, true))
  end)

  it("a list whose share is not known has no bar", function()
    local line = drawn:match("Other lists[^\n]*")
    for _, block in ipairs { "█", "▏", "▎", "▍", "▌", "▋", "▊", "▉" } do
      assert.falsy(line:find(block, 1, true))
    end
    assert.truthy(line:find("–$"))
  end)
end)

describe("the width of a text", function()
  it("counts columns, not bytes", function()
    assert.equal(3, display.width("СНС"))
    assert.equal(1, display.width("e\204\129")) -- e and a combining acute
    assert.equal(4, display.width("日本"))
    assert.equal(0, display.width(""))
  end)

  it("pads by columns", function()
    assert.equal("  СНС", display.pad("СНС", 5, "right"))
    assert.equal(" ab  ", display.pad("ab", 5, "centre"))
  end)

  it("breaks between words and leaves a long word whole", function()
    assert.same({ "a bb", "https://a.rs/long", "c" },
      display.wrap("a bb https://a.rs/long c", 5))
    assert.same({ "" }, display.wrap("", 5))
  end)
end)
