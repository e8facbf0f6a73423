local day = require "spec.days".of
local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local hours = require "urna.charts.hours"
local locales = require "urna.locale"
local pages = require "spec.pages"
local urna = require "urna"

local function settings(language, width)
  return { locale = assert(locales.get(language or "en")), width = width }
end

local function model_of(now, earlier, options, labels)
  options = options or {}
  options.earlier = earlier
  local answer = assert(urna.turnout(now, options))
  local names = {}
  for i in ipairs(earlier or {}) do
    names[i] = labels and labels[i] or ("election %d"):format(i)
  end
  return hours.model(answer, { title = "Turnout", coverage = "A sample of 7.",
    label = "this one", earlier = names }, settings(options.language).locale)
end

local function belgrade(earlier)
  return model_of("belgrade-2024", earlier, { source = "CRTA" })
end

-- Texts of a drawing with their boxes.
local function texts_of(svg)
  local found = {}
  for x, y, size, anchor, text in svg:gmatch("<text x=\"(%d+)\" y=\"(%d+)\" "
    .. "font%-size=\"(%d+)\" text%-anchor=\"(%a+)\"[^>]*>([^<]*)<") do
    local wide = drawing.width(text, tonumber(size))
    local left = tonumber(x) - (anchor == "middle" and wide / 2
      or anchor == "end" and wide or 0)
    found[#found + 1] = { text = text, left = left, right = left + wide,
      top = tonumber(y) - tonumber(size) * 0.75, bottom = tonumber(y) }
  end
  return found
end

local function collision(texts)
  for i, one in ipairs(texts) do
    for j = i + 1, #texts do
      local other = texts[j]
      if one.left < other.right and other.left < one.right
        and one.top < other.bottom and other.top < one.bottom then
        return one.text .. " / " .. other.text
      end
    end
  end
end

-- Twenty elections, each half a point an hour above the one before.
local function twenty(label)
  local earlier, labels = {}, {}
  for i = 1, 20 do
    local points = {}
    for hour = 7, 19 do
      points[#points + 1] = { ("%02d:00"):format(hour), (hour - 6)
        * (20 + i) / 10 }
    end
    earlier[i] = day("e" .. i, ("%d-06-02"):format(2000 + i), points,
      300 + 20 * i)
    labels[i] = label:format(i)
  end
  return earlier, labels
end

describe("the lines of turnout by the hour", function()
  it("are one line, and a thinner dashed grey one for each earlier election",
    function()
      local svg = hours.svg(belgrade { "belgrade-2023", "parliament-2022" },
        settings())
      -- the estimate's own dots are as thick as none of them
      assert.equal(1, select(2, svg:gsub("stroke%-width=\"10\" "
        .. "stroke%-linejoin=\"round\"/>", "")))
      assert.equal(2, select(2, svg:gsub("stroke=\"#616161\" "
        .. "stroke%-width=\"4\" stroke%-dasharray", "")))
      local dashes = {}
      for dash in svg:gmatch("width=\"4\" stroke%-dasharray=\"([%d ]+)\"") do
        dashes[#dashes + 1] = dash
      end
      assert.not_equal(dashes[1], dashes[2])
    end)

  it("have their names and ends in text", function()
    local svg = hours.svg(belgrade { "belgrade-2023" }, settings())
    for _, label in ipairs { "58.41%† · election 1", "46.12%† · this one",
      "estimate 44.2%", "41.50%", "20:00", "A sample of 7." } do
      assert.truthy(svg:find(">" .. label .. "</text>", 1, true), label)
    end
  end)

  it("say all in words for those who cannot see them", function()
    local svg = hours.svg(belgrade { "belgrade-2023" }, settings())
    assert.truthy(svg:find("Lines of turnout in percent of registered voters, "
      .. "by the hour. this one: 10:00 9.90%, 13:00 22.50%, 19:00 41.50%, end "
      .. "46.12%†. election 1: 10:00 9.60%, 13:00 26.10%, 19:00 54.80%, end "
      .. "58.41%†. The hatched mark at the end is an estimate, not a count: "
      .. "44.2%. A sample of 7.</desc>", 1, true))
  end)

  it("stand where the percents are", function()
    -- the scale is 0 to 60 over 760 units, down from 110: 41.5 % is at
    -- 870 - 41.5 * 760 / 60 = 344.3; 10 to 20 h are 230 to 1310, so 19 h is at
    -- 230 + 9 * 108 = 1202
    local svg = hours.svg(belgrade { "belgrade-2023" }, settings())
    assert.truthy(svg:find("<circle cx=\"1202\" cy=\"344\" r=\"13\"", 1, true))
    assert.truthy(svg:find(">60%</text>", 1, true))
    assert.falsy(svg:find(">70%</text>", 1, true))
  end)

  it("have a gap and a question mark where an hour is not known", function()
    local earlier = { day("a", "2020-01-01", { { "10:00", 9 }, { "11:00", 12 },
      { "12:00", 18 } }) }
    local function drawn(points)
      return hours.svg(model_of(day("b", "2024-01-01", points), earlier),
        settings())
    end
    local whole = drawn { { "10:00", 10 }, { "11:00", 15 }, { "12:00", 20 } }
    local gap = drawn { { "10:00", 10 }, { "12:00", 20 } }
    local line = "stroke%-width=\"10\" stroke%-linejoin=\"round\"/>"
    assert.equal(1, select(2, whole:gsub(line, "")))
    assert.equal(0, select(2, gap:gsub(line, "")))
    assert.falsy(whole:find(">?</text>", 1, true))
    assert.truthy(gap:find(">?</text>", 1, true))
    assert.truthy(gap:find("no figure of this election for that hour", 1,
      true))
  end)

  it("end in a hatched interval between brackets that says estimate",
    function()
      -- 43.4 to 44.8 of 0 to 60 over 760, down from 110: 302.5 to 320.3
      local svg = hours.svg(belgrade { "belgrade-2023", "parliament-2023",
        "parliament-2022" }, settings())
      assert.truthy(svg:find("<pattern id=\"urna-t-", 1, true))
      assert.truthy(svg:find("y=\"303\" width=\"36\" height=\"18\" "
        .. "fill=\"url(#urna-t-", 1, true))
      assert.truthy(svg:find("M1358 303L1422 303", 1, true))
      assert.truthy(svg:find("M1358 320L1422 320", 1, true))
      assert.truthy(svg:find("estimate 44.1% (43.4%", 1, true))
      assert.truthy(svg:find("estimate of the final turnout, not a count", 1,
        true))
    end)

  it("of an election alone have no estimate", function()
    local svg = hours.svg(belgrade {}, settings())
    assert.falsy(svg:find("estimate", 1, true))
    assert.falsy(svg:find("<pattern", 1, true))
  end)

  it("never overlap in their texts, with twenty of them and long names",
    function()
      for _, label in ipairs { "%d", "Assembly of the municipality of Novi "
        .. "Beograd, repeated voting number %d" } do
        local earlier, labels = twenty(label)
        local points = {}
        for hour = 7, 19 do
          points[#points + 1] = { ("%02d:00"):format(hour), (hour - 6) * 3 }
        end
        local svg = hours.svg(model_of(day("now", "2024-06-02", points),
          earlier, { closing = "20:00" }, labels), settings())
        local texts = texts_of(svg)
        assert.is_true(#texts > 40)
        assert.is_nil(collision(texts))
        assert.falsy(svg:find("y=\"-", 1, true))
        for _, text in ipairs(texts) do
          assert.is_true(text.left >= 0 and text.right <= drawing.WIDE,
            text.text)
        end
      end
    end)

  it("have whole coordinates, and are well-formed, in each language",
    function()
      for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
        local svg = hours.svg(belgrade { "belgrade-2023", "parliament-2022" },
          settings(language))
        assert.is_nil(pages.fault(svg))
        for value in svg:gmatch(" c?[xyr]=\"([^\"]*)\"") do
          assert.truthy(value:find("^%d+$"), value)
        end
        for path in svg:gmatch(" d=\"([^\"]*)\"") do
          assert.falsy(path:find("[^ML%d ]"), path)
        end
      end
    end)

  it("are the same twice", function()
    local model = belgrade { "belgrade-2023" }
    assert.equal(hours.svg(model, settings()), hours.svg(model, settings()))
  end)

  it("end behind the last hour where nothing says when stations closed",
    function()
      local svg = hours.svg(model_of({ text = "source,time,percent\n"
        .. "GIK,18:00,37.71\n" }), settings())
      assert.truthy(svg:find(">end</text>", 1, true))
      assert.falsy(svg:find(">20:00</text>", 1, true))
    end)
end)

describe("the lines in a terminal", function()
  it("are a bar for each hour with marks of the earlier elections", function()
    -- 78 columns less labels of 8 ("estimate") and values of 7 ("46.12%†"
    -- "≈ 44.2%"), less 4: 59 for 0 to 60 %. 9.9 is 9.7 columns, 22.5 is 22.1,
    -- 41.5 is 40.8, 46.12 is 45.4; December is 9.4, 25.7, 53.9 and 57.4
    local text = hours.text(belgrade { "belgrade-2023" }, settings())
    local lines = {}
    for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
    local function bar(full, mark)
      if mark <= full then
        return ("█"):rep(mark - 1) .. "A" .. ("█"):rep(full - mark)
          .. (" "):rep(59 - full)
      end
      return ("█"):rep(full) .. (" "):rep(mark - full - 1) .. "A"
        .. (" "):rep(59 - mark)
    end
    assert.same({ "10:00     " .. bar(10, 9) .. "    9.90%",
      "13:00     " .. bar(22, 26) .. "   22.50%",
      "19:00     " .. bar(41, 54) .. "   41.50%",
      "end       " .. bar(45, 57) .. "  46.12%†",
      "estimate  " .. ("░"):rep(43) .. (" "):rep(16) .. "  ≈ 44.2%", "",
      "█ this one", "A election 1",
      "░ estimate of the end, not a count: 44.2%", "  A sample of 7." }, lines)
  end)

  it("say where several stand in one place", function()
    -- 54.8, 55.5 and 55.1 of 60 in 59 columns: 53.9, 54.6 and 54.2
    local text = hours.text(belgrade { "belgrade-2023", "parliament-2023",
      "parliament-2022" }, settings())
    assert.truthy(text:find("19:00 [^\n]* %*B "))
    assert.truthy(text:find("* several of them in one place", 1, true))
    -- 43.4 and 44.8 of 60 are 42.7 and 44.1 columns
    assert.truthy(text:find("\nestimate  " .. ("░"):rep(42) .. "[] ", 1,
      true))
  end)

  it("fit the width that is given, with twenty of them", function()
    local earlier, labels = twenty("Assembly of the municipality of Novi "
      .. "Beograd, repeated voting number %d, 17 December 2023")
    local model = model_of(day("now", "2024-06-02", { { "07:00", 3 },
      { "19:00", 39 } }), earlier, { closing = "20:00" }, labels)
    for _, width in ipairs { 40, 60, 80 } do
      for line in hours.text(model, settings("en", width)):gmatch("[^\n]+") do
        assert.is_true(display.width(line) <= width, line)
      end
    end
  end)

  it("show an hour that is not known as no bar", function()
    local text = hours.text(model_of(day("b", "2024-01-01", { { "10:00", 10 },
      { "12:00", 20 } }), { day("a", "2020-01-01", { { "11:00", 15 } }) }),
      settings())
    assert.truthy(text:find("\n11:00 +A +–\n"))
    assert.truthy(text:find("– no figure of this election for that hour", 1,
      true))
  end)
end)
