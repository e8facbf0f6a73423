local fixtures = require "spec.fixtures"
local palette = require "urna.charts.palette"
local svg = require "urna.charts.svg"

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

describe("the half-circle as SVG", function()
  local drawn = svg.hemicycle(fixtures.belgrade())

  it("has a seat for each seat and a group for each list", function()
    assert.equal(110, count(drawn, "<circle "))
    assert.equal(5, count(drawn, "<g fill="))
  end)

  it("is named by its own title and description", function()
    local title, desc = drawn:match(
      "role=\"img\" aria%-labelledby=\"(%S+) (%S+)\"")
    assert.truthy(drawn:find("<title id=\"" .. title .. "\">Seats in the "
      .. "assembly: City Assembly of Belgrade, 2 June 2024</title>", 1, true))
    assert.truthy(drawn:find("<desc id=\"" .. desc .. "\">110 seats drawn as "
      .. "a half-circle, from left to right: SNS 64, KP 21, BB 14, MI-SN 10 "
      .. "and RS 1. A dashed line marks the majority of 56.</desc>", 1, true))
  end)

  it("says each list and its seats in text", function()
    for _, label in ipairs { "SNS 64", "KP 21", "BB 14", "MI-SN 10", "RS 1",
      "majority 56" } do
      assert.truthy(drawn:find(">" .. label .. "</text>", 1, true), label)
    end
  end)

  it("writes every coordinate as a whole number", function()
    for value in drawn:gmatch(" [xyr]=\"([^\"]*)\"") do
      assert.truthy(value:find("^%d+$"), value)
    end
    for value in drawn:gmatch(" c[xy]=\"([^\"]*)\"") do
      assert.truthy(value:find("^%d+$"), value)
    end
  end)

  it("runs nothing and fetches nothing", function()
    assert.falsy(drawn:find("<script", 1, true))
    assert.falsy(drawn:find("href", 1, true))
    assert.equal(1, count(drawn, "http"))
  end)

  it("is the same twice, and has another id for another outcome", function()
    local function id(text) return text:match("urna%-h%-%x+") end
    assert.equal(drawn, svg.hemicycle(fixtures.belgrade()))
    assert.not_equal(id(drawn), id(svg.hemicycle(fixtures.belgrade_2023())))
  end)

  it("draws seats that nobody has hollow", function()
    local open = svg.hemicycle(fixtures.assembly({ 3, 2, 1 }, 8))
    assert.equal(8, count(open, "<circle "))
    assert.truthy(open:find("fill=\"#ffffff\" stroke", 1, true))
    assert.truthy(open:find("2 seats not allotted.", 1, true))
  end)

  it("adds a legend where labels find no room", function()
    local sizes = { 120, 60 }
    for i = 3, 20 do sizes[i] = 1 end
    local full = svg.hemicycle(fixtures.assembly(sizes))
    assert.equal(180 + 18 + 20, count(full, "<circle "))
    assert.truthy(full:find(">L20 1</text>", 1, true))
  end)

  it("no assembly is no drawing", function()
    assert.equal("", svg.hemicycle(fixtures.assembly({}, 0)))
  end)
end)

describe("what comes from a user's file", function()
  it("is escaped, and only a plain colour is let in", function()
    local outcome = fixtures.assembly { 3 }
    outcome.lists[1].short = "<script>&"
    outcome.lists[1].colour = "red\" onload=\"alert(1)"
    local drawn = svg.hemicycle(outcome)
    assert.falsy(drawn:find("<script", 1, true))
    assert.falsy(drawn:find("onload", 1, true))
    assert.truthy(drawn:find("&lt;script&gt;&amp; 3", 1, true))
  end)

  it("a colour of its own is kept, a pale one gets an edge", function()
    local outcome = fixtures.assembly { 3, 2 }
    outcome.lists[1].colour = "#FFEE00"
    outcome.lists[2].colour = "#123"
    local drawn = svg.hemicycle(outcome)
    assert.truthy(drawn:find("fill=\"#ffee00\" stroke=\"#444444\"", 1, true))
    assert.truthy(drawn:find("fill=\"#112233\">", 1, true))
  end)
end)

describe("the bars as SVG", function()
  local drawn = svg.bars(fixtures.belgrade(),
    { compare = fixtures.belgrade_2023() })

  it("names the threshold with its base and its votes", function()
    assert.truthy(drawn:find(
      ">threshold 3% of ballots in the box: 22,019–22,022† votes</text>", 1,
      true))
  end)

  it("hatches an estimate and prints it as an interval", function()
    assert.equal(1, count(drawn, "<pattern "))
    assert.truthy(drawn:find("8,477–8,533† · 1.16%†", 1, true))
  end)

  it("marks the earlier share and says whose it is", function()
    assert.truthy(drawn:find(
      "earlier: City Assembly of Belgrade, 17 December 2023", 1, true))
    -- one mark at SNS, one in the legend
    assert.equal(2, count(drawn, " width=\"9\""))
  end)

  it("the length of a bar is its share", function()
    local widths = {}
    for width in drawn:gmatch("<rect x=\"330\" y=\"%d+\" width=\"(%d+)\"") do
      widths[#widths + 1] = tonumber(width)
    end
    assert.equal(5, #widths)
    -- 17.69 of 52.77 and 12.18 of 52.77, a unit of rounding apart at most
    assert.is_true(math.abs(widths[2] - widths[1] * 17.69 / 52.77) <= 1)
    assert.is_true(math.abs(widths[3] - widths[1] * 12.18 / 52.77) <= 1)
  end)

  it("draws the threshold of published shares at the share", function()
    local outcome = fixtures.belgrade()
    for _, list in ipairs(outcome.lists) do
      list.votes, list.votes_min, list.votes_max = nil, nil, nil
      if list.threshold then
        list.threshold.needed, list.threshold.base = nil, "ballots_in_box"
      end
    end
    assert.truthy(svg.bars(outcome):find(
      ">threshold 3% of ballots in the box</text>", 1, true))
  end)
end)

describe("the default colours", function()
  it("contrast is that of WCAG", function()
    assert.is_true(math.abs(palette.contrast("#000000") - 21) < 1e-9)
    assert.is_true(math.abs(palette.contrast("#ffffff") - 1) < 1e-9)
    assert.is_true(math.abs(palette.contrast("#767676") - 4.54) < 0.005)
  end)

  it("stand out from white by 3:1 and are all different", function()
    local seen = {}
    for _, colour in ipairs(palette.default) do
      assert.is_true(palette.contrast(colour) >= 3, colour)
      assert.is_nil(seen[colour])
      seen[colour] = true
    end
  end)

  it("a colour that a list has is given to no other", function()
    local colours = palette.assign { {}, { colour = palette.default[1] }, {} }
    assert.same({ palette.default[2], palette.default[1],
      palette.default[3] }, colours)
  end)
end)
