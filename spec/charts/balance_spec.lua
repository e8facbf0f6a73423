local balance = require "urna.charts.balance"
local display = require "urna.charts.display"
local locales = require "urna.locale"
local support = require "spec.checks.support"

local en = assert(locales.get("en"))

local HEAD = "p,voters_signed,ballots_received,ballots_unused,ballots_in_box,"
  .. "invalid_ballots,valid_ballots,A,B"
-- 50 of 52 signed in the box, and 49 of 48: 99 of 100; received 190, unused 90
-- and in the box 99, one fewer; 5 invalid, 94 valid; lists 95
local ROWS = "x,52,100,50,50,3,47,30,17\ny,48,90,40,49,2,47,30,18\n"

local function model_of(rows, head)
  return balance.of(support.check(head or HEAD, rows or ROWS))
end

local function row_of(model, id)
  for _, row in ipairs(model.rows) do
    if row.id == id then return row end
  end
end

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

describe("the balance of the records", function()
  it("adds up each side, and counts the records that are apart", function()
    local model = model_of()
    local received = row_of(model, "received")
    assert.same({ 190, 189, -1 }, { received.left.sum, received.right.sum,
      received.difference })
    -- x: 50 + 50 = 100; y: 40 + 49 = 89 of 90
    assert.same({ records = 1, ballots = 1 }, received.fewer)
    assert.same({ records = 0, ballots = 0 }, received.more)
    local box = row_of(model, "box")
    assert.same({ 99, 99, 0 }, { box.left.sum, box.right.sum,
      box.difference })
    local signed = row_of(model, "signed")
    assert.same({ 100, 99, -1 }, { signed.left.sum, signed.right.sum,
      signed.difference })
    -- two fewer at x, one more at y
    assert.same({ 2, 1 }, { signed.fewer.ballots, signed.more.ballots })
    assert.equal("difference −1; 2 ballots fewer below in 1 record; 1 ballot "
      .. "more below in 1 record; together 2 records",
      balance.difference(signed, en))
    local valid = row_of(model, "valid")
    assert.same({ 94, 95, 1 }, { valid.left.sum, valid.right.sum,
      valid.difference })
    assert.same({ 190, 2 }, { model.top, model.records })
  end)

  it("has postal, blank and spoiled ballots where they are told", function()
    local model = model_of("x,50,4,100,46,5,49,2,3,44,44\n",
      "p,voters_signed,postal_ballots,ballots_received,ballots_unused,"
      .. "ballots_spoiled,ballots_in_box,invalid_ballots,blank_ballots,"
      .. "valid_ballots,A")
    -- 100 + 4 received; 46 + 49 + 5 = 100
    assert.equal(-4, row_of(model, "received").difference)
    assert.equal(0, row_of(model, "box").difference) -- 44 + 3 + 2 = 49
    assert.equal(-5, row_of(model, "signed").difference) -- 50 + 4, 49
  end)

  it("says which totals are not told, and draws the others", function()
    local model = model_of("x,50,50,30,20\n",
      "p,voters_signed,valid_ballots,A,B")
    assert.equal(1, #model.rows)
    assert.same({
      "Ballots received, against those unused and in the box: not drawn, as "
        .. "not every record reports ballots received, unused ballots, ballots "
        .. "in the box.",
      "Ballots in the box, against valid and invalid ones: not drawn, as not "
        .. "every record reports ballots in the box, invalid ballots.",
      "Signatures, against ballots in the box: not drawn, as not every record "
        .. "reports ballots in the box." }, balance.lacking(model, en))
    -- a total that one record does not tell is none
    model = model_of("x,50,50,30,20\ny,,50,30,20\n",
      "p,voters_signed,valid_ballots,A,B")
    assert.same({ "voters_signed", "ballots_in_box" },
      model.lacking[#model.lacking].lacking)
  end)

  it("is of valid votes where a ballot may have several", function()
    local model = model_of("x,20,40,39\n", "p,valid_ballots,valid_votes,A")
    assert.equal(-1, row_of(model, "votes").difference)
    assert.is_nil(row_of(model, "valid"))
  end)

  it("is none of findings without records that are reported", function()
    assert.is_nil(balance.of(nil))
    assert.is_nil(balance.of({ rows = {} }))
    assert.is_nil(model_of("x,,,,,,,,\n"))
  end)
end)

describe("the balance as SVG", function()
  local function draw(rows, language)
    return balance.svg(model_of(rows),
      { locale = assert(locales.get(language or "en")) })
  end

  it("has a title, a description with all numbers, and the numbers as text",
    function()
      local drawn = draw()
      assert.truthy(drawn:find(">Where the ballots are: totals of all records "
        .. "on one scale</title>", 1, true))
      assert.truthy(drawn:find("ballots received 190; unused ballots 90 + "
        .. "ballots in the box 99 = 189; difference −1;", 1, true))
      assert.truthy(drawn:find(">unused ballots 90 +</text>", 1, true))
      assert.truthy(drawn:find(">ballots in the box 99 = 189</text>", 1, true))
    end)

  it("marks what a side lacks, however little, by more than a colour",
    function()
      -- received, valid and signed are apart: a piece and a mark over it each,
      -- and a piece before its words
      local drawn = draw()
      assert.equal(6, count(drawn, "fill=\"url%(#urna%-balance%-%x+%-apart"))
      assert.equal(3, count(drawn, "Z\" fill=\"#1a1a1a\""))
      local none = draw("x,50,100,50,50,3,47,30,17\n")
      assert.equal(0, count(none, "fill=\"url%(#urna%-balance%-%x+%-apart"))
      assert.equal(4, count(none, ">no difference</text>"))
    end)

  it("has one scale: bars are as long as their totals", function()
    -- 190 are 1960 units: 90 unused are 928, 50 more than that up to 99 in the
    -- box 1021; the box alone begins at the left
    local drawn = draw()
    assert.truthy(drawn:find("x=\"20\" y=\"104\" width=\"1960\"", 1, true))
    assert.truthy(drawn:find("x=\"20\" y=\"210\" width=\"928\"", 1, true))
    assert.truthy(drawn:find("x=\"948\" y=\"210\" width=\"1021\"", 1, true))
  end)

  it("is the same twice, in whole numbers, inside its box", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      local drawn = draw(nil, language)
      assert.equal(drawn, draw(nil, language))
      for x, wide in drawn:gmatch("<rect x=\"([^\"]+)\" y=\"%d+\" "
        .. "width=\"([^\"]+)\"") do
        assert.truthy(x:find("^%d+$") and wide:find("^%d+$"))
        assert.is_true(tonumber(x) + tonumber(wide) <= 1981)
      end
    end
  end)
end)

describe("the balance as text", function()
  local function lines_of(rows, language, width)
    local lines = {}
    for line in balance.text(model_of(rows), { width = width,
      locale = assert(locales.get(language or "en")) }):gmatch("([^\n]*)\n") do
      lines[#lines + 1] = line
    end
    return lines
  end

  it("has bars of signs on one scale, and a sign for what is lacking",
    function()
      local lines = lines_of()
      -- 77 signs are 190: 90 are 36, 189 are 77 and a sign for the one lacking
      assert.equal("  " .. ("█"):rep(77), lines[3])
      assert.equal("  █ unused ballots 90 + ▒ ballots in the box 99 = 189",
        lines[4])
      assert.equal("  " .. ("█"):rep(36) .. ("▒"):rep(41) .. "╳", lines[5])
      assert.equal("  ╳ difference −1; 1 ballot fewer below in 1 record",
        lines[6])
    end)

  it("fits the width in every language", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      for _, width in ipairs { 60, 80 } do
        for _, line in ipairs(lines_of(nil, language, width)) do
          assert.is_true(display.width(line) <= width, line)
        end
      end
    end
  end)
end)
