local core = require "urna.core"

local CARON = "\204\140"            -- U+030C
local CYRILLIC_A = "\208\144"       -- U+0410
local NARROW_SPACE = "\226\128\175" -- U+202F

-- Groups as "one|other" lines.
local function groups(names)
  local lines = {}
  for i, group in ipairs(core.lookalikes(names)) do
    lines[i] = table.concat(group, "|")
  end
  return lines
end

local function alike(a, b)
  return #groups { a, b } == 1
end

describe("names that look alike", function()
  it("are those composed and decomposed", function()
    assert.is_true(alike("Čačak", "C" .. CARON .. "ac" .. CARON .. "ak"))
    assert.is_true(alike("Київ", "Киі\204\136в")) -- і and U+0308
    -- U+095B is U+091C and the nukta, U+093C
    assert.is_true(alike("\224\165\155", "\224\164\156\224\164\188"))
    assert.is_false(alike("Čačak", "Cacak"))
    assert.is_false(alike("Č", "Ć"))
  end)

  it("are those with a letter of another script", function()
    assert.is_true(alike("Ada", CYRILLIC_A .. "da"))
    assert.is_true(alike("ОДС", "OДC"))
    assert.is_false(alike("ОДС", "ODC")) -- no Latin letter is like Д
    assert.is_true(alike("СРС", "CPC"))
    assert.is_true(alike("Ðorđe", "Đorđe")) -- Eth, D with stroke
    assert.is_true(alike("Ɖorđe", "Đorđe")) -- African D
    assert.is_true(alike("Ǆep", "DŽep"))
  end)

  it("are not those that say one word in two scripts", function()
    assert.is_false(alike("Ниш", "Niš"))
    assert.is_false(alike("Сомбор", "Sombor"))
    assert.is_false(alike("Ђорђе", "Đorđe"))
  end)

  it("are not those that differ by digits, or by case", function()
    assert.same({}, groups { "B1", "Bl", "BI", "O1", "01", "rn", "m" })
    assert.same({}, groups { "Ada", "ADA", "ada", "Čačak", "čačak" })
  end)

  it("are those with other spaces, dashes and quotation marks", function()
    assert.is_true(alike("Novi Sad", "Novi  Sad"))
    assert.is_true(alike("Novi Sad", " Novi Sad"))
    assert.is_true(alike("Novi Sad", "Novi" .. NARROW_SPACE .. "Sad"))
    assert.is_false(alike("Novi Sad", "NoviSad"))
    assert.is_true(alike("POKRET ZA – NIŠ", "POKRET ZA - NIŠ"))
    assert.is_true(alike("„Srbija“", '"Srbija"'))
    assert.is_true(alike("Ada", "A\194\173da")) -- a soft hyphen
    assert.is_true(alike("", " "))
  end)

  it("come in groups, in bytewise order, whatever order they are in",
    function()
      -- A of ASCII, then C, then the two that begin with a letter of two bytes
      local expected = { "Ada|" .. CYRILLIC_A .. "da",
        "C" .. CARON .. "|Č", "a  b|a b|a b " }
      local names = { "a b ", "Č", "x", "Ada", "a b", "C" .. CARON, "a  b",
        CYRILLIC_A .. "da", "Č" }
      assert.same(expected, groups(names))
      local turned = {}
      for i = #names, 1, -1 do turned[#turned + 1] = names[i] end
      assert.same(expected, groups(turned))
    end)

  it("need two names at least, and strings", function()
    assert.same({}, groups {})
    assert.same({}, groups { "č" })
    assert.has_error(function() core.lookalikes { "a", 1 } end,
      "names[2] must be a string, not a number")
    assert.has_error(function() core.lookalikes() end)
  end)

  it("may hold what is no UTF-8, or lies beyond U+FFFF", function()
    assert.same({}, groups { "\255", "\254", "\240\159\151\179", "\204" })
  end)
end)
