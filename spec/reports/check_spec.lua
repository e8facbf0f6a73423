local abroad = require "spec.checks.abroad"
local catalogue = require "urna.checks.catalogue"
local display = require "urna.charts.display"
local dkjson = require "dkjson"
local fixtures = require "spec.fixtures"
local locales = require "urna.locale"
local serbia = require "spec.serbia2020"
local support = require "spec.checks.support"
local urna = require "urna"

local LANGUAGES = { "en", "sr-Latn", "sr-Cyrl" }
local FORMATS = { "text", "md", "html" }

local HEAD = "p,registered_voters,voters_signed,ballots_received,"
  .. "ballots_unused,ballots_in_box,invalid_ballots,valid_ballots,"
  .. "control_sheet,A,B"
-- over: 51 in the box of 50 signed, of 90 received 40 + 51 = 91; slip: A 930
-- for 130; none: no control sheet; bad: a letter for a digit
local ROWS = "good,100,50,90,40,50,2,48,1,30,18\n"
  .. "over,100,50,90,40,51,2,49,1,30,19\n"
  .. "slip,400,155,400,245,155,5,150,1,930,20\n"
  .. "none,100,50,90,40,50,2,48,0,30,18\n"
  .. "bad,100,50,90,40,50,2,48,1,3o,18\n"
local MORE = { bad = "keep", rule = "rs/parliament", date = "2023-12-17",
  name = "Ub", names = { ["sr-Cyrl"] = "Уб" } }

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

local function has_not(text, part)
  assert.falsy(text:find(part, 1, true), ("%q is there"):format(part))
end

local function found_in(rows, more)
  return support.check(HEAD, rows or ROWS, more or MORE)
end

local function page(found, format, language)
  return assert(urna.report(found, { format = format, language = language }))
end

local VOID = { meta = true, rect = true, path = true, circle = true }

-- Whether all elements are closed in their order.
local function is_well_formed(html)
  local open = {}
  for slash, name, rest in html:gmatch("<(/?)([%a][%w]*)([^>]*)>") do
    if slash == "/" then
      if table.remove(open) ~= name then return false, name end
    elseif not VOID[name] and not rest:find("/$") then
      open[#open + 1] = name
    end
  end
  return #open == 0, open[#open]
end

describe("the section of urna.check", function()
  it("says what was found, by how much, and what follows", function()
    local text = page(found_in(), "md", "en")
    has(text, "# Ub\n\n## What the checks found\n")
    -- S03 T05 T09 T10 L01, and W20 is not known
    has(text, "Something was found by 5, nothing by ")
    has(text, "fatal 4, error 1, warning 0, note 0.")
    has(text, "| T10 | more ballots in the box than signatures | fatal | 1 | "
      .. "1 | the vote at the station is annulled (art. 116(a)\\*) |")
    has(text, "| T05 | votes of the lists are not the valid ballots | error | "
      .. "1 | 800 | the result cannot be determined (art. 115\\*) |")
    has(text, "| T10 | ballots in the box ≤ signatures | inspect the material: "
      .. "count the ballots again |")
    has(text, "| T10 | over | (text):3 | ballots in the box 51 ≤ signatures "
      .. "50 |")
    has(text, "| S03 | bad | (text):6 | ")
    has(text, "- T10: a serious error: the material is inspected, and annulled "
      .. "if confirmed.")
    has(text, "- 116(a)\\* Article 116(a): cited by others")
    has(text, "| slip | (text):4 | A | 930 | 130 |")
    has(text, "exactly one change of one digit")
    has(text, "| T01 | voters by card and by proxy are not those admitted | "
      .. "Voters by card, Voters by proxy, Voters admitted |")
    has(text, "| T04 | valid and invalid ballots are not those in the box | 0 "
      .. "|")
  end)

  it("says the same in Serbian, in both scripts", function()
    local text = page(found_in(), "md", "sr-Cyrl")
    has(text, "# Уб\n\n## Шта је контрола показала\n")
    has(text, "тешке грешке 4, грешке 1, упозорења 0, напомене 0.")
    has(text, "| T10 | листића у кутији више је од потписа | тешка грешка | 1 "
      .. "| 1 | поништава се гласање на бирачком месту (чл. 116(a)\\*) |")
    has(text, "| T10 | over | (text):3 | листићи у кутији 51 ≤ потписи 50 |")
    has(text, "- T10: тешка грешка: врши се увид у материјал, и поништава се "
      .. "ако се потврди.")
    text = page(found_in(), "md", "sr-Latn")
    has(text, "| T10 | listića u kutiji više je od potpisa | teška greška | 1 "
      .. "| 1 | poništava se glasanje na biračkom mestu (čl. 116(a)\\*) |")
    has(text, "| S03 | bad | (text):6 | nije broj glasova: „3o“ |")
    has(text, "| L01 | none | (text):5 | kontrolni list 0 ≥ 1 |")
  end)

  it("finds nothing to say of records that hold", function()
    local text = page(found_in("good,100,50,90,40,50,2,48,1,30,18\n",
      { name = "Ub" }), "md", "en")
    has(text, "No check found anything.")
    has_not(text, "What must hold")
    has_not(text, "Nothing is corrected")
    has(page(found_in("good,100,50,90,40,50,2,48,1,30,18\n"), "md",
      "sr-Cyrl"), "Ниједна провера нема налаза.")
  end)

  it("is well-formed in HTML, and fits 80 columns in text", function()
    for _, language in ipairs(LANGUAGES) do
      local html = page(found_in(), "html", language)
      assert.truthy(is_well_formed(html))
      has(html, "<h2 id=\"check\">")
      has(html, "<svg ")
      for line in page(found_in(), "text", language):gmatch("[^\n]+") do
        assert.is_true(display.width(line) <= 80, line)
      end
    end
  end)

  it("stands beside the section of a whole report and shares no id",
    function()
      local found = found_in()
      local html = assert(urna.report(fixtures.belgrade(), { format = "html",
        checks = found, answers = { found } }))
      local seen = {}
      for id in html:gmatch(" id=\"([^\"]+)\"") do
        assert.is_nil(seen[id], id)
        seen[id] = true
      end
      assert.truthy(seen.check and seen.checks)
    end)

  it("is the array of the verb in JSON", function()
    local found = found_in()
    local whole = assert(dkjson.decode(page(found, "json"))).answers[1]
    assert.equal("check", whole.kind)
    assert.same(dkjson.decode(found:json()), whole.answer)
  end)

  it("has every title and every next step in Serbian, and no other", function()
    local words = locales.get("sr-Cyrl"):part("check")
    local known = {}
    for _, check in ipairs(catalogue) do
      assert.is_string(words.titles[check.code], check.code)
      known[check.code] = true
      if check.next then
        assert.is_string(words.next[check.next], check.next)
        known[check.next] = true
      end
    end
    for _, kind in ipairs { "titles", "next" } do
      for key in pairs(words[kind]) do assert.is_true(known[key], key) end
    end
  end)

  it("has a name for all that a check may be missing", function()
    local found = support.check("p,A", "x,1\n")
    for _, language in ipairs(LANGUAGES) do
      local locale = locales.get(language)
      for _, row in ipairs(found.rows) do
        for _, name in ipairs(row.missing or {}) do
          assert.is_string(locale.fields[name]
            or locale:part("check").fields[name], name)
        end
      end
    end
  end)

  it("has the rule's notes in Serbian", function()
    local notes = locales.get("sr-Cyrl"):part("check").rule_notes
    for _, row in pairs(require("urna.rules.serbia").parliament[1].records) do
      assert.truthy(not row.note or notes[row.note], row.note)
    end
  end)

  it("says of how many records the balance is", function()
    local found = found_in("good,100,50,90,40,50,2,48,1,30,18\n"
      .. "part,100,50,90,40,50,2,48,1,30,\n", { name = "Ub" })
    has(page(found, "md", "en"), "- The balance is of the records in which "
      .. "all lists are reported: 1 of 2.")
    has(page(found, "md", "sr-Cyrl"), "- Биланс је од записника у којима су "
      .. "наведене све листе: 1 од 2.")
  end)

  it("says tolerances and limits that tell nothing", function()
    local found = support.check(HEAD, ROWS, MORE, { tolerance = { T10 = 1 } })
    local text = page(found, "md", "en")
    has(text, "- T10: 1 record within the tolerance.")
    has(text, "- W02: of fewer than 100 records nobody can tell what is "
      .. "usual; say a tolerance of W02.")
    has(page(found, "md", "sr-Latn"), "- T10: u dozvoljenom odstupanju 1 "
      .. "zapisnik.")
  end)

  it("says the notes of a record in the language", function()
    local found = support.check("m,p,A,B", { "a,1,60,40", "a,2,60,40" })
    has(page(found, "md", "en"), "| W11 | a/2 | (text):3 | the same as a/1 "
      .. "(line 2) |")
    has(page(found, "md", "sr-Latn"), "| W11 | a/2 | (text):3 | isto kao a/1 "
      .. "(red 2) |")
  end)
end)

describe("the section of the records of Serbia 2020", function()
  -- 571 stations, 3,145 ballots fewer than signatures; none with more; 844 got
  -- more ballots than there are voters
  local SAID = {
    en = { "| T13 | fewer ballots in the box than signatures | note | 571 | "
      .. "3,145 | allowed; the difference is reported |",
      "| T10 | more ballots in the box than signatures | 0 |",
      "| W22 | more ballots received than registered voters | note | 844 | ",
      "3,145 ballots fewer below in 571 records" },
    ["sr-Latn"] = { "| T13 | listića u kutiji manje je od potpisa | napomena | "
      .. "571 | 3.145 | dozvoljeno; razlika se navodi |",
      "| T10 | listića u kutiji više je od potpisa | 0 |",
      "| W22 | primljenih listića više je od upisanih birača | napomena | 844 "
      .. "| ", "dole manje: 3.145 listića (571 zapisnik)" },
    ["sr-Cyrl"] = { "| T13 | листића у кутији мање је од потписа | напомена | "
      .. "571 | 3.145 | дозвољено; разлика се наводи |",
      "| T10 | листића у кутији више је од потписа | 0 |",
      "| W22 | примљених листића више је од уписаних бирача | напомена | 844 "
      .. "| ", "доле мање: 3.145 листића (571 записник)" },
  }

  it("has their figures in each language", function()
    local results, why = serbia.results()
    if not results then pending(why) end
    local found = assert(urna.check(results))
    for _, language in ipairs(LANGUAGES) do
      local text = page(found, "md", language)
      for _, part in ipairs(SAID[language]) do has(text, part) end
      for _, format in ipairs(FORMATS) do page(found, format, language) end
    end
  end)
end)

describe("the section of other countries' records", function()
  local function texts_of(name, contest)
    local results, why = abroad.read(name, contest)
    if not results then pending(why) end
    local found, texts = assert(urna.check(results)), {}
    for _, language in ipairs(LANGUAGES) do
      texts[language] = page(found, "md", language)
    end
    return texts
  end

  -- Poland, 13 October 2019: 672; 279 of 2,666 with more in the box
  it("has 672, 279 and 2,666 of Poland", function()
    local texts = texts_of("poland2019.csv.gz", abroad.POLAND)
    has(texts.en, "| T08 | ballots unused and given out are not those received "
      .. "| error | 672 | ")
    has(texts.en, "| T10 | more ballots in the box than signatures | fatal | "
      .. "279 | ")
    has(texts.en, "together 2,666 records")
    has(texts["sr-Latn"], "| T08 | neupotrebljeni i izdati listići nisu "
      .. "jednaki primljenim | greška | 672 | ")
    has(texts["sr-Latn"], "zajedno 2.666 zapisnika")
    has(texts["sr-Cyrl"], "| T10 | листића у кутији више је од потписа | тешка "
      .. "грешка | 279 | ")
    has(texts["sr-Cyrl"], "заједно 2.666 записника")
  end)

  -- Turkey, 30 March 2014: 1,876 boxes with more voters than registered, 203 in
  -- which the parties are not the valid votes
  it("has 1,876 and 203 of Turkey", function()
    local texts = texts_of("turkey2014.csv.gz", abroad.TURKEY)
    has(texts.en, "| T11 | more signatures than registered voters | fatal | "
      .. "1,876 | ")
    has(texts.en, "| T05 | votes of the lists are not the valid ballots | "
      .. "error | 203 | ")
    has(texts["sr-Latn"], "| T11 | potpisa je više od upisanih birača | teška "
      .. "greška | 1.876 | ")
    has(texts["sr-Cyrl"], "| T05 | збир гласова по листама није број важећих "
      .. "листића | грешка | 203 | ")
    -- of ballots received, unused and in the box nothing is told
    has(texts.en, "Signatures, against ballots in the box: not drawn, as not "
      .. "every record reports ballots in the box.")
  end)
end)
