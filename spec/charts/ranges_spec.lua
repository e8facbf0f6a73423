local display = require "urna.charts.display"
local locales = require "urna.locale"
local pages = require "spec.pages"
local ranges = require "urna.charts.ranges"

local function row(label, held, fewest, most, low, high)
  return { label = label, colour = "#0b5394", held = held, fewest = fewest,
    most = most, low = low, high = high }
end

local function model_of(rows, needed)
  return { title = "Seats <of> a repeat", description = "for those & others",
    rows = rows, majority = needed and { needed = needed,
      label = "majority 56" },
    heads = { held = "Now", bounds = "Possible", likely = "Likely" },
    legend = { held = "seats now", bounds = "all outcomes",
      likely = "an estimate" } }
end

local SETTINGS = { locale = assert(locales.get("en")), width = 80 }

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

describe("ranges in a terminal", function()
  it("count from the seats now, eight cells to a seat at most", function()
    -- from -1 to +1: 17 cells; A from 4 to 6 with 5 now, B from 2 to 3
    local lines = lines_of(ranges.text(model_of { row("A", 5, 4, 6, 5, 6),
      row("B", 2, 2, 3, 2, 2) }, SETTINGS))
    assert.equal("   −1      0      +1  Now  Possible  Likely", lines[1])
    assert.equal("A  ├───────◆▒▒▒▒▒▒▒▒    5       4–6     5–6", lines[2])
    assert.equal("B          ◆───────┤    2       2–3       2", lines[3])
  end)

  it("mark the majority only in the row that it is within", function()
    -- of 56: A from 49 to 60 with 54 now, at +2; B never gets there
    local text = ranges.text(model_of({ row("A", 54, 49, 60, 54, 54),
      row("B", 20, 18, 25, 20, 20) }, 56), SETTINGS)
    assert.equal(2, count(text, "┊"))
    assert.truthy(lines_of(text)[2]:find("┊", 1, true))
    assert.truthy(text:find("┊   majority 56", 1, true))
    text = ranges.text(model_of({ row("B", 20, 18, 25, 20, 20) }, 56),
      SETTINGS)
    assert.falsy(text:find("┊", 1, true))
    assert.falsy(text:find("majority", 1, true))
  end)

  it("fit 40 columns and 80, with long names and twenty lists", function()
    local rows = {}
    for i = 1, 20 do
      rows[i] = row(("Листа са веома дугим називом %d"):format(i), 3 * i,
        math.max(0, 3 * i - 70), 3 * i + i, 3 * i, 3 * i + 1)
    end
    for _, width in ipairs { 40, 80 } do
      local text = ranges.text(model_of(rows, 40),
        { locale = SETTINGS.locale, width = width })
      for _, line in ipairs(lines_of(text)) do
        assert.is_true(display.width(line) <= width, line)
      end
      assert.truthy(text:find("…", 1, true))
    end
  end)

  it("are painted only when colour is asked for", function()
    local model = model_of { row("A", 5, 4, 6, 5, 6) }
    assert.falsy(ranges.text(model, SETTINGS):find("\27", 1, true))
    assert.truthy(ranges.text(model, { locale = SETTINGS.locale, width = 80,
      colour = true }):find("\27[38;2;11;83;148m", 1, true))
  end)

  it("without a change keep a scale of a seat either way", function()
    local lines = lines_of(ranges.text(model_of { row("A", 5, 5, 5, 5, 5) },
      SETTINGS))
    assert.equal("   −1      0      +1  Now  Possible  Likely", lines[1])
    assert.equal("A          ◆            5         5       5", lines[2])
  end)
end)

describe("ranges as SVG", function()
  local drawn = ranges.svg(model_of({ row("A", 54, 49, 60, 54, 55),
    row("B", 20, 18, 25, 20, 20) }, 56), SETTINGS)

  it("nest, and say themselves in words", function()
    assert.is_nil(pages.fault(drawn))
    assert.truthy(drawn:find("<title id=\"urna%-r%-%x+%-t\">Seats &lt;of&gt; a "
      .. "repeat</title>"))
    -- from 49 - 54 = -5 to 60 - 54 = +6 in steps of two
    for _, text in ipairs { "A", "54", "49–60", "54–55", "majority 56",
      "an estimate", "Possible", "−4", "0", "+6" } do
      assert.truthy(drawn:find(">" .. text .. "</text>", 1, true), text)
    end
  end)

  it("hatch estimates and nothing else", function()
    -- a pattern for each list and one for the key
    assert.equal(3, count(drawn, "<pattern "))
    assert.equal(3, count(drawn, "fill=\"url%(#urna%-r%-%x+%-%w+%)\""))
  end)

  it("write whole numbers only, within the width", function()
    for name, value in drawn:gmatch(" ([xy]%d?)=\"([^\"]*)\"") do
      assert.truthy(value:find("^%d+$"), name .. "=" .. value)
      if name == "x" then assert.is_true(tonumber(value) <= 2000, value) end
    end
    assert.falsy(drawn:find("<path d=\"M[^\"]*%.", 1))
  end)

  it("put texts of a row apart", function()
    -- ends of texts: labels at 310, figures right of the scale at 1330
    for x in drawn:gmatch("<text x=\"(%d+)\"[^>]*tabular%-nums") do
      assert.is_true(tonumber(x) > 1330)
    end
  end)

  it("break a long name, and cut what has no room in three lines", function()
    local name = ("Листа са веома дугим називом "):rep(4)
    local long = ranges.svg(model_of { row(name, 5, 4, 6, 5, 6) }, SETTINGS)
    assert.equal(3, count(long, "font%-size=\"24\""))
    assert.truthy(long:find("…</text>", 1, true))
    assert.equal(1, count(ranges.svg(model_of { row(name:gsub(" ", ""), 5, 4,
      6, 5, 6) }, SETTINGS), "font%-size=\"24\""))
  end)

  it("give pale colours an edge", function()
    local pale = model_of { row("A", 5, 4, 6, 5, 6) }
    assert.falsy(ranges.svg(pale, SETTINGS):find("#444444", 1, true))
    pale.rows[1].colour = "#ffff00"
    assert.truthy(ranges.svg(pale, SETTINGS):find("stroke=\"#444444\"", 1,
      true))
  end)

  it("are the same twice", function()
    assert.equal(drawn, ranges.svg(model_of({ row("A", 54, 49, 60, 54, 55),
      row("B", 20, 18, 25, 20, 20) }, 56), SETTINGS))
  end)
end)
