local display = require "urna.charts.display"
local ladder = require "urna.charts.ladder"

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

-- Four rungs: 40 and 30 with a seat, 25 and 20 without.
local function small()
  return { title = "Quotients", description = "From 40 down", line = "2 seats",
    rungs = {
      { number = "1", label = "A ÷ 1", value = "40.00", size = 40,
        colour = "#0b5394", is_awarded = true },
      { number = "2", label = "B ÷ 1", value = "30.00", size = 30,
        colour = "#ffee00", is_awarded = true },
      { number = "3", label = "C ÷ 1", value = "25.00", size = 25,
        colour = "#2e7d32", is_awarded = false },
      { number = "4", label = "A ÷ 2", value = "20.00", size = 20,
        colour = "#0b5394", is_awarded = false } } }
end

local function many(rungs, label)
  local model = { title = "t", description = "d", line = "10 seats",
    rungs = {} }
  for i = 1, rungs do
    model.rungs[i] = { number = ("%d"):format(i), label = label or "LIST ÷ 7",
      value = ("%d.00"):format(1000 - i), size = 1000 - i,
      colour = "#0b5394", is_awarded = i <= 10 }
  end
  return model
end

describe("a ladder of quotients as SVG", function()
  local drawn = ladder.svg(small())

  it("has a full circle with a seat, an empty one without", function()
    assert.equal(4, count(drawn, "<circle "))
    assert.equal(2, count(drawn, "<circle [^>]-fill=\"#ffffff\""))
    assert.truthy(drawn:find("fill=\"#0b5394\" stroke=\"#0b5394\"", 1, true))
    -- yellow stands out from white by less than 3:1 and has a dark edge
    assert.truthy(drawn:find("fill=\"#ffee00\" stroke=\"#444444\"", 1, true))
  end)

  it("places quotients to scale, from the least to the greatest", function()
    -- 720 is the least, 20, and 1590 the greatest, 40: 30 is in the middle,
    -- 25 at a quarter, 937.5
    local at = {}
    for x in drawn:gmatch("<circle cx=\"(%d+)\"") do at[#at + 1] = x end
    assert.same({ "1590", "1155", "938", "720" }, at)
  end)

  it("has the line between the last with a seat and the first without",
    function()
      local second = tonumber(drawn:match(
        "y=\"(%d+)\"[^>]*>B ÷ 1</text>"))
      local line = tonumber(drawn:match("y=\"(%d+)\"[^>]*>2 seats</text>"))
      local third = tonumber(drawn:match("y=\"(%d+)\"[^>]*>C ÷ 1</text>"))
      assert.is_true(second < line and line < third)
      assert.equal(2, count(drawn, "stroke%-dasharray"))
    end)

  it("says all in text, in whole coordinates, and runs nothing", function()
    for _, text in ipairs { "1", "A ÷ 1", "40.00", "4", "A ÷ 2", "20.00" } do
      assert.truthy(drawn:find(">" .. text .. "</text>", 1, true), text)
    end
    for value in drawn:gmatch(" c?[xyr]=\"([^\"]*)\"") do
      assert.truthy(value:find("^%d+$"), value)
    end
    assert.truthy(drawn:find("<title id=\"[^\"]*\">Quotients</title>"))
    assert.truthy(drawn:find("<desc id=\"[^\"]*\">From 40 down</desc>"))
    assert.falsy(drawn:find("<script", 1, true))
    assert.equal(drawn, ladder.svg(small()))
  end)

  it("keeps names and values beside the rungs, and rungs apart", function()
    local long = ladder.svg(many(40, ("A very long name of a list "):rep(4)))
    local last = -100
    for x, y, size, anchor, text in long:gmatch("<text x=\"(%d+)\" "
      .. "y=\"(%d+)\" font%-size=\"(%d+)\" text%-anchor=\"(%a+)\"[^>]*>"
      .. "([^<]*)</text>") do
      local width = display.width(text) * tonumber(size) * 0.6
      if anchor == "start" then
        assert.is_true(tonumber(x) + width < 700, text)
        assert.is_true(tonumber(y) >= last + 70)
        last = tonumber(y)
      elseif text:find(".00", 1, true) then
        assert.is_true(tonumber(x) - width > 1610, text)
      end
    end
    local height = tonumber(long:match("viewBox=\"0 0 2000 (%d+)\""))
    assert.is_true(height > last and height < last + 76)
  end)

  it("places equal quotients together, and one alone", function()
    local model = small()
    for _, rung in ipairs(model.rungs) do rung.size = 5 end
    assert.equal(4, count(ladder.svg(model), "cx=\"1590\""))
    model.rungs = { model.rungs[1] }
    assert.equal(1, count(ladder.svg(model), "<circle "))
  end)
end)

describe("a ladder of quotients for a terminal", function()
  it("draws ● with a seat and ○ without, to scale", function()
    -- 32 columns: 1 + 5 + 5 and three gaps of 2 leave 15 for the rung: 30
    -- stands at 7 of 0 .. 14, 25 at 3.5, so 4
    local text = ladder.text(small(), { width = 32 })
    assert.equal(table.concat({
      "1  A ÷ 1  ──────────────●  40.00",
      "2  B ÷ 1  ───────●───────  30.00",
      "╌╌╌╌╌╌╌╌╌╌╌ 2 seats ╌╌╌╌╌╌╌╌╌╌╌╌",
      "3  C ÷ 1  ────○──────────  25.00",
      "4  A ÷ 2  ○──────────────  20.00", "" }, "\n"), text)
  end)

  it("fits the width with many rungs and long names", function()
    local model = many(40, ("Дуго име "):rep(6))
    for _, width in ipairs { 60, 80 } do
      local text = ladder.text(model, { width = width })
      for line in text:gmatch("[^\n]+") do
        assert.is_true(display.width(line) <= width, line)
      end
      assert.truthy(text:find("…", 1, true))
    end
  end)
end)
