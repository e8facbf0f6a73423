-- The reports of all embedded elections: width, marks, language.
local display = require "urna.charts.display"
local locale = require "urna.locale"
local rules = require "urna.rules"
local urna = require "urna"

local LANGUAGES = { "en", "sr-Cyrl", "sr-Latn" }
local index = urna.elections()

-- A word that is longer than a line, such as an address, stays whole.
local function has_long_word(line)
  for word in line:gmatch("%S+") do
    if display.width(word) > 76 then return true end
  end
  return false
end

local function check_width(alias, language, earlier)
  local text = assert(urna.report(alias,
    { language = language, compare = earlier }))
  for line in text:gmatch("[^\n]+") do
    assert.message(("%s %s %s: %s"):format(alias, language,
      earlier or "alone", line))
      .is_true(display.width(line) <= 80 or has_long_word(line))
  end
end

local function before(row)
  local found
  for _, other in ipairs(index) do
    if other.body == row.body and other.date < row.date then found = other end
  end
  return found and found.alias
end

describe("the text report of every embedded election", function()
  for _, language in ipairs(LANGUAGES) do
    it("keeps to 80 columns in " .. language, function()
      for _, row in ipairs(index) do check_width(row.alias, language) end
    end)

    it("keeps to 80 columns beside the one before in " .. language, function()
      for _, row in ipairs(index) do
        local earlier = before(row)
        if earlier then check_width(row.alias, language, earlier) end
      end
    end)
  end

  it("explains every sign that it prints", function()
    for _, row in ipairs(index) do
      for _, earlier in ipairs { false, before(row) or false } do
        local text = assert(urna.report(row.alias,
          { compare = earlier or nil }))
        for _, sign in ipairs { "†", "‡", "§" } do
          if text:find(sign, 1, true) then
            assert.message(row.alias .. " " .. sign)
              .truthy(text:find("\n" .. sign .. " ", 1, true))
          end
        end
      end
    end
  end)

  it("marks a quotient of recalled or estimated votes", function()
    local text = assert(urna.report("belgrade-2024", { format = "md" }))
    assert.truthy(text:find("| RS (m) | 5,740.88† | 356† |", 1, true))
    text = assert(urna.report("nis-2024", { format = "md" }))
    assert.truthy(text:find("%%§ %(÷ %d+%)"))
  end)

  it("marks percentages of the earlier election in the differences",
    function()
      -- 2023: 55,782 votes recalled; 2007: shares alone
      local text = assert(urna.report("parliament-2023",
        { format = "md", compare = "parliament-2007" }))
      assert.truthy(text:find("27.14‡§", 1, true))
      assert.truthy(text:find("§ of National Assembly", 1, true))
    end)

  it("lists what vanished, so that the changes add up", function()
    local text = assert(urna.report("belgrade-2024",
      { format = "md", compare = "belgrade-2023" }))
    assert.truthy(text:find("SPN (43 seats, ", 1, true))
    assert.truthy(text:find("NADA (7 seats, ", 1, true))
  end)
end)

local function texts_of(election)
  local found = {}
  local function add(text) found[#found + 1] = text end
  local function add_why(measure)
    if type(measure) == "table" then add(measure.why) end
  end
  for _, measure in pairs(election.fields) do add_why(measure) end
  for _, list in ipairs(election.lists) do add_why(list.votes) end
  if election.others then
    add(election.others.why)
    add_why(election.others.votes)
  end
  add(election.official and election.official.source)
  for _, source in ipairs(election.sources or {}) do
    if source:find(" ", 1, true) then add(source) end
  end
  return found
end

describe("the Serbian report", function()
  local cyrl = assert(locale.get("sr-Cyrl"))

  it("has a translation of every text of the elections", function()
    for _, row in ipairs(index) do
      for _, text in ipairs(texts_of(assert(urna.election(row.alias)))) do
        assert.message(row.alias .. ": " .. text)
          .not_equal(text, cyrl:text(text))
      end
    end
  end)

  it("has a translation of every law and of what is noted of it", function()
    for _, row in ipairs(rules.list()) do
      local rule = assert(rules.find(row.id, row.since))
      assert.message(rule.source).not_equal(rule.source,
        cyrl:text(rule.source))
      assert.message(rule.note).falsy(rule.note
        and rule.note == cyrl:text(rule.note))
      for _, clause in ipairs(rule) do
        local text = clause.when_none_passes
        assert.message(text).falsy(text and text == cyrl:text(text))
      end
    end
  end)

  it("prints how an article is known in its own words", function()
    for _, language in ipairs { "sr-Cyrl", "sr-Latn" } do
      for _, row in ipairs(index) do
        local text = assert(urna.report(row.alias, { language = language }))
        for _, word in ipairs { "(recalled)", "(cited)", "(as in the bill)",
          "threshold", "Official Gazette", "Commission," } do
          assert.message(row.alias .. ": " .. word)
            .falsy(text:find(word, 1, true))
        end
      end
    end
    local text = assert(urna.report("belgrade-2024",
      { language = "sr-Cyrl" }))
    assert.truthy(text:find("5* Члан 5: као у предлогу закона", 1, true))
  end)

  it("of a base that is not known says between what it lies", function()
    local text = assert(urna.report("vojvodina-2020",
      { language = "sr-Latn" })):gsub("%s+", " ")
    assert.truthy(text:find("između broja prebrojanih glasova i broja",
      1, true))
  end)
end)
