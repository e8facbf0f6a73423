local arrows = require "urna.charts.arrows"
local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local locales = require "urna.locale"
local pages = require "spec.pages"

local en = assert(locales.get("en"))

local function arrow(label, before, after, value, more)
  local row = { label = label, before = before, after = after, value = value,
    shares = "shares", has_arrow = true, colour = "#0b5394" }
  for name, item in pairs(more or {}) do row[name] = item end
  return row
end

local function model(rows)
  return { title = "Swing", description = "What became of the lists",
    rows = rows, legend = { arrow = "from before to after" } }
end

-- Tail and tip of each arrow: the first and the fourth point of its path.
local function ends(svg)
  local found = {}
  for tail, tip in svg:gmatch("<path d=\"M(%d+) %d+L%d+ %d+L%d+ %d+L(%d+) "
    .. "%d+L%d+ %d+L%d+ %d+L%d+ %d+Z\"") do
    found[#found + 1] = { tonumber(tail), tonumber(tip) }
  end
  return found
end

local function count(text, part)
  return select(2, text:gsub(part, ""))
end

local BIG = model { arrow("A", 1000, 3000, "+20.00"),
  arrow("B", 4000, 3000, "−10.00"), arrow("C", 0, 500, "+5.00") }

describe("arrows as SVG", function()
  local svg = arrows.svg(BIG, { locale = en })

  it("are as long as the points, to the right where a share rose", function()
    local found = ends(svg)
    local unit = (found[1][2] - found[1][1]) / 20
    -- 20, -10 and 5 points on one scale; coordinates are rounded
    assert.is_true(unit > 0)
    assert.near(-10, (found[2][2] - found[2][1]) / unit, 0.1)
    assert.near(5, (found[3][2] - found[3][1]) / unit, 0.1)
    -- 30 points lie between 0 and 30 percent: A ends where B does
    assert.equal(found[1][2], found[2][2])
    assert.near(30, (found[1][2] - found[3][1]) / unit, 0.1)
  end)

  it("say the direction in text", function()
    for _, text in ipairs { "+20.00", "−10.00", "+5.00" } do
      assert.truthy(svg:find(">" .. text .. "</text>", 1, true), text)
    end
  end)

  it("have a title, a description and whole coordinates", function()
    assert.truthy(svg:find(">Swing</title>", 1, true))
    assert.truthy(svg:find(">What became of the lists</desc>", 1, true))
    assert.truthy(svg:find("viewBox=\"0 0 2000 ", 1, true))
    for value in svg:gmatch(" [xy]=\"([^\"]*)\"") do
      assert.truthy(value:find("^%-?%d+$"), value)
    end
    for path in svg:gmatch(" d=\"([^\"]*)\"") do
      assert.falsy(path:find(".", 1, true), path)
    end
    assert.is_nil(pages.fault(svg))
  end)

  it("are the same twice", function()
    assert.equal(svg, arrows.svg(BIG, { locale = en }))
  end)

  it("hatch what is estimated, and only that", function()
    assert.equal(0, count(svg, "<pattern "))
    local other = arrows.svg(model { arrow("A", 1000, 3000, "+20.00",
      { is_estimate = true }), arrow("B", 4000, 3000, "−10.00") },
      { locale = en })
    assert.equal(1, count(other, "<pattern "))
    assert.equal(1, count(other, "fill=\"url%(#urna%-a%-%x+%-p1%)\""))
  end)

  it("are marks without an arrow where nothing can be compared", function()
    local marks = arrows.svg(model {
      arrow("merged", 1000, 3000, "merged", { has_arrow = false }),
      arrow("new", nil, 2000, "new", { has_arrow = false }),
      arrow("gone", 2000, nil, "gone", { has_arrow = false }) },
      { locale = en })
    assert.equal(1, #ends(marks)) -- of the legend
    -- hollow before, filled after
    assert.equal(2, count(marks, "fill=\"#ffffff\" stroke=\"#1a1a1a\""))
    assert.equal(2, count(marks, "fill=\"#1a1a1a\" stroke=\"#1a1a1a\""))
  end)

  it("give a pale colour an edge", function()
    local pale = arrows.svg(model { arrow("A", 0, 3000, "+30.00",
      { colour = "#ffee00" }) }, { locale = en })
    assert.truthy(pale:find("fill=\"#ffee00\" stroke=\"#444444\"", 1, true))
  end)

  it("escape what comes from a file", function()
    local odd = arrows.svg(model { arrow("<script>&", 0, 3000, "+30.00") },
      { locale = en })
    assert.falsy(odd:find("<script", 1, true))
    assert.truthy(odd:find("&lt;script&gt;&amp;", 1, true))
  end)
end)

-- Every text of a drawing as a box.
local function boxes(svg)
  local found = {}
  for x, y, size, anchor, text in svg:gmatch("<text x=\"(%d+)\" y=\"(%d+)\" "
    .. "font%-size=\"(%d+)\" text%-anchor=\"(%a+)\"[^>]*>([^<]*)</text>") do
    local plain = text:gsub("&amp;", "&")
    local width = drawing.width(plain, tonumber(size))
    local left = anchor == "end" and x - width or anchor == "start" and x + 0
      or x - width / 2
    found[#found + 1] = { text = text, left = left, right = left + width,
      top = y - size * 0.8, bottom = y + size * 0.25 }
  end
  return found
end

local LONG = "Together for the future and the growth of all the towns (m) + "
  .. "The other list"

local function many()
  local rows = {}
  for i = 1, 20 do
    rows[i] = arrow(i % 3 == 0 and LONG or "List " .. i, 150 * i,
      4000 - 170 * i, "+12.30 to +12.50‡†", { shares = "12.34%‡† → 24.64%†" })
    rows[i].has_arrow = i % 5 ~= 0
  end
  return model(rows)
end

describe("many lists with long names", function()
  it("have texts that do not lie on each other", function()
    local found = boxes(arrows.svg(many(), { locale = en }))
    assert.is_true(#found >= 66, #found .. " texts")
    for i, one in ipairs(found) do
      assert.is_true(one.left >= 0 and one.right <= 2000, one.text)
      for j = i + 1, #found do
        local other = found[j]
        local apart = one.right <= other.left or other.right <= one.left
          or one.bottom <= other.top or other.bottom <= one.top
        assert.message(one.text .. " / " .. other.text).is_true(apart)
      end
    end
  end)

  it("fit the columns of a terminal", function()
    for _, width in ipairs { 40, 60, 80, 120 } do
      local text = arrows.text(many(), { locale = en, width = width })
      for line in text:gmatch("[^\n]+") do
        assert.message(line).is_true(display.width(line) <= width)
      end
    end
  end)

  it("keep every word of a name", function()
    local text = arrows.text(many(), { locale = en, width = 80 })
    for word in LONG:gmatch("%S+") do
      assert.truthy(text:find(word, 1, true), word)
    end
  end)
end)

describe("arrows in a terminal", function()
  local function lines(rows, width)
    local found = {}
    local text = arrows.text(model(rows), { locale = en, width = width })
    for line in text:gmatch("[^\n]+") do found[#found + 1] = line end
    return found
  end

  it("lie on one scale", function()
    -- 31 columns from 0 to 30 percent: 1 column a point, the first is 0
    local found = lines({ arrow("A", 1000, 3000, "+20.00"),
      arrow("B", 500, 0, "−5.00") }, 31 + 1 + 2 + 2 + 6)
    assert.equal("   0%                          30%", found[1])
    assert.equal("A  " .. (" "):rep(10) .. "•" .. ("─"):rep(19)
      .. "▶  +20.00", found[2])
    assert.equal("B  ◀────•" .. (" "):rep(25) .. "  −5.00", found[3])
  end)

  it("are dashed where they rest on an estimate", function()
    local found = lines({ arrow("A", 1000, 3000, "+20.00",
      { is_estimate = true }) }, 42)
    assert.truthy(found[2]:find("•" .. ("╌"):rep(19) .. "▶", 1, true))
    assert.falsy(found[2]:find("─", 1, true))
  end)

  it("are other marks where they rest on an estimate", function()
    local found = lines({ arrow("A", 1000, 3000, "merged",
      { has_arrow = false, is_estimate = true }) }, 42)
    assert.truthy(found[2]:find("◌" .. (" "):rep(19) .. "◍", 1, true))
    local svg = arrows.svg(model { arrow("A", 1000, 3000, "merged",
      { has_arrow = false, is_estimate = true }) }, { locale = en })
    assert.equal(1, count(svg, "<pattern "))
    assert.equal(1, count(svg, "stroke%-dasharray"))
  end)

  it("are marks where nothing can be compared", function()
    local found = lines({
      arrow("A", 1000, 3000, "merged", { has_arrow = false }),
      arrow("B", 1000, nil, "gone", { has_arrow = false }),
      arrow("C", 1000, 1000, "split", { has_arrow = false }) }, 42)
    assert.truthy(found[2]:find("◇" .. (" "):rep(19) .. "◆", 1, true))
    assert.truthy(found[3]:find("◇", 1, true))
    assert.falsy(found[3]:find("◆", 1, true))
    assert.truthy(found[4]:find("◈", 1, true))
  end)

  it("too short to be drawn are a point", function()
    local found = lines({ arrow("A", 1000, 1010, "+0.10"),
      arrow("B", 0, 3000, "+30.00") }, 42)
    assert.truthy(found[2]:find("A +• +%+0%.10$"))
  end)

  it("break a name of one long word", function()
    local found = lines({ arrow(("x"):rep(90), 0, 3000, "+30.00") }, 60)
    local all = table.concat(found)
    assert.equal(90, count(all, "x"))
  end)

  it("say what their signs mean", function()
    local found = lines({ arrow("A", 1000, 3000, "+20.00") }, 80)
    assert.equal("•─▶  from before to after", found[#found])
  end)
end)
