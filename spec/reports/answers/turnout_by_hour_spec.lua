local answered = require "spec.answered"
local console = require "spec.console"
local day = require "spec.days".of
local dkjson = require "dkjson"
local pages = require "spec.pages"
local reports = require "urna.reports"
local urna = require "urna"

-- Figures of CRTA (crta.rs, "Lower turnout by 19:00 and more complaints"), as
-- embedded: Belgrade, June 2024 9.9 22.5 41.5 and December 2023 9.6 26.1 54.8
-- at 10, 13 and 19 h; 46.12 % of 1,602,112 and 58.41 % of 1,613,369 in the end.
local function crta(earlier, at)
  return assert(urna.turnout("belgrade-2024", { source = "CRTA",
    earlier = earlier, at = at }))
end

local has, has_not = answered.has, answered.has_not

local function page(answer, language, format)
  return answered.line(answer, format, language)
end

describe("turnout by the hour as a section", function()
  it("says the figures, their source, base and coverage in each language",
    function()
      -- 41.5 - 54.8 = -13.3; 942,369 / 1,613,369 = 0.584100, / 0.548 =
      -- 1.06588, * 41.5 = 44.23
      local said = {
        en = { "As CRTA reported it, in percent of 1,602,112 registered "
          .. "voters.", "a sample of 450 of 1,265 polling stations",
          "At 19:00 turnout was 41.50%, and 54.80% at the same hour of City "
          .. "Assembly of Belgrade, 17 December 2023: a difference of −13.30 "
          .. "points.", "about 44.2%. It is an estimate, not a count, and has "
          .. "no interval", "a count of signatures: 46.12%†." },
        ["sr-Latn"] = { "Podaci izvora CRTA, u procentima upisanih birača, "
          .. "kojih je 1.602.112.", "450 od 1.265 biračkih mesta",
          "U 19:00 izlaznost je bila 41,50%, a u isti čas ranije 54,80% "
          .. "(Skupština grada Beograda, 17. decembar 2023.); razlika u "
          .. "poenima: −13,30.", "oko 44,2%. To je procena, a ne prebrojan "
          .. "podatak, i nema interval", "po broju potpisa: 46,12%†." },
        ["sr-Cyrl"] = { "Подаци извора CRTA, у процентима уписаних бирача, "
          .. "којих је 1.602.112.", "450 од 1.265 бирачких места",
          "У 19:00 излазност је била 41,50%, а у исти час раније 54,80% "
          .. "(Скупштина града Београда, 17. децембар 2023.); разлика у "
          .. "поенима: −13,30.", "око 44,2%. То је процена, а не пребројан "
          .. "податак, и нема интервал", "по броју потписа: 46,12%†." },
      }
      local answer = crta { "belgrade-2023" }
      for language, parts in pairs(said) do
        for _, format in ipairs { "text", "md", "html" } do
          for _, part in ipairs(parts) do
            has(page(answer, language, format), part)
          end
        end
      end
    end)

  it("has a row for each hour, beside the same hour of each election",
    function()
      local text = page(crta { "belgrade-2023" }, "en", "md")
      has(text, "| Time | 2 June 2024 | 17 December 2023 | Points |",
        "| 10:00 | 9.90% ±0.20 | 9.60% ±0.10 | +0.30 |",
        "| 13:00 | 22.50% ±0.30 | 26.10% ±0.30 | −3.60 |",
        "| 19:00 | 41.50% ±0.40 | 54.80% ±0.40 | −13.30 |")
    end)

  it("has the interval of three, each with what it would make of the end",
    function()
      -- as in analysis/turnout_spec: 44.11, 43.39 to 44.83; 55.5 * ... =
      -- 3,820,746 / 6,500,666 / 0.555 * 41.5 = 43.949
      local text = page(crta { "belgrade-2023", "parliament-2023",
        "parliament-2022" }, "en", "md")
      has(text, "about 44.1%, between 43.4% and 44.8% (95% interval). It is "
        .. "an estimate, not a count.",
        "| National Assembly of Serbia, 17 December 2023 | 55.50% | 58.77%‡ "
        .. "| 1.0590 | 43.95% |", "degrees of freedom: 2")
      -- two elections of one day, and one of another body, by their names
      has(text, "| Time | 2 June 2024 | City Assembly of Belgrade, 17 December "
        .. "2023 | Points | National Assembly of Serbia, 17 December 2023 |")
      -- 9.8 +- 0.4 against 9.9 +- 0.2
      has(text, "| +0.10 \\~ |", "\\~ is a difference within the margins of "
        .. "both")
    end)

  it("says what must be said of the days, in Serbian without English",
    function()
      local text = page(crta { "belgrade-2023", "parliament-2022" }, "sr-Cyrl")
      has(text, "истог дана били су и други избори (Народна скупштина "
        .. "Републике Србије, 17. децембар 2023.).",
        "бирачки одбори бројали су један потпис за све изборе тог дана.",
        "то су избори за други орган (Скупштина града Београда, 2. јун 2024.).",
        "излазност је одштампана као 46,12 % (46,115 до 46,125) од 1.602.112")
      -- the source, marks of the chart, the distribution, the check
      assert.equal("CRTA AB A B t W16", pages.latin(text))
    end)

  it("marks what is not a count, and says why", function()
    has(page(crta { "belgrade-2023" }, "en"), "† City Assembly of Belgrade, 17 "
      .. "December 2023, final turnout: estimate (turnout is printed as "
      .. "58.41 % of 1,613,369).")
  end)

  it("says of an hour before the end nothing of the end but an estimate",
    function()
      -- 58.41 / 26.1 * 22.5 = 50.353
      local text = page(crta({ "belgrade-2023" }, "13:00"), "en", "md")
      has(text, "At 13:00 turnout was 22.50%, and 26.10%", "about 50.4%.",
        "| 19:00 | – | 54.80% ±0.40 | – |")
      has_not(text, "Final turnout, a count")
    end)

  it("stands beside the report's own section of totals", function()
    local html = assert(urna.report("belgrade-2024", { format = "html",
      answers = { crta {} } }))
    assert.equal(1, select(2, html:gsub("<h2 id=\"turnout\">", "")))
    assert.equal(1, select(2, html:gsub("<h2 id=\"turnout_by_hour\">", "")))
    assert.is_nil(pages.fault(html))
  end)

  it("is well-formed HTML with a drawing and its data", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      local html = assert(reports.answer(crta { "belgrade-2023" },
        { format = "html", language = language }))
      assert.is_nil(pages.fault(html))
      assert.equal(1, select(2, html:gsub("<svg ", "")))
      assert.equal(1, select(2, html:gsub("<details>", "")))
    end
  end)
end)

describe("odd turnout", function()
  it("alone has no comparison, no estimate and no coverage", function()
    local text = page(assert(urna.turnout { text =
      "source,time,percent\nGIK,18:00,37.71\n" }), "en")
    has(text, "As GIK reported it, in percent of the registered voters. How "
      .. "many polling stations are behind the figures is not stated. At "
      .. "18:00 turnout was 37.71%.", "W16 is not checked: fewer than two")
    has_not(text, "stimate")
    has_not(text, "Points")
  end)

  it("has stations that reported where they are known", function()
    -- 120 of 1,000 and 130 of 1,000
    local text = page(assert(urna.turnout { text = "source,time,voters,"
      .. "registered_voters,stations,stations_expected\n"
      .. "GIK,09:00,120,1000,2,3\nGIK,11:00,130,1000,3,3\n" }), "en", "md")
    has(text, "| 09:00 | 12.00% | 2 of 3 |", "| 11:00 | 13.00% | 3 of 3 |",
      "By 11:00 3 of 3 polling stations had reported.")
  end)

  it("that falls is said at once, in each language", function()
    -- 12 %, then 11.9 %
    local answer = assert(urna.turnout { text = "source,time,percent\n"
      .. "GIK,09:00,12\nGIK,11:00,11.9\n" })
    has(page(answer, "en"), "W16: turnout falls from one hour to the next. It "
      .. "is 11.90% at 11:00, after 12.00% at 09:00.")
    has(page(answer, "sr-Latn"), "W16: izlaznost opada od jednog časa do "
      .. "sledećeg. Izlaznost je 11,90% u 11:00, posle 12,00% u 09:00.")
  end)

  it("that rises at once at the end is said with its pace", function()
    -- 5 in two hours, then 5.1 in one: 2.5 and 5.1 points an hour
    has(page(assert(urna.turnout(day("a", "2024-01-01", { { "15:00", 30 },
      { "17:00", 35 }, { "18:00", 40.1 } }))), "en"),
      "W16: the last interval is faster than twice any before it. It has 5.10 "
      .. "points an hour from 17:00 to 18:00; before it at most 2.50 points an "
      .. "hour from 15:00 to 17:00.")
  end)

  it("ends as its source says, where the source says it", function()
    has(page(assert(urna.turnout { text = "source,time,percent\n"
      .. "GIK,18:00,37.71\nGIK,final,46.12\n" }), "en"),
      "Final turnout as GIK reported it: 46.12%.")
  end)

  it("leaves out with a reason what says nothing of the end", function()
    local text = page(assert(urna.turnout(day("c", "2024-01-01",
      { { "12:00", 20 } }), { earlier = {
      day("a", "2020-01-01", { { "12:00", 25 } }),
      day("b", "2021-01-01", { { "11:00", 25 } }, 500) } })), "sr-Cyrl")
    has(text, "Процене коначне излазности нема",
      "Изостављено из процене: a; коначна излазност није позната.",
      "Изостављено из процене: b; нема податка за 12:00.")
  end)

  it("beside three elections stands in two tables", function()
    local text = assert(reports.answer(crta { "belgrade-2023",
      "parliament-2023", "parliament-2022" }, { format = "text" }))
    assert.equal(2, select(2, text:gsub("Turnout by the hour, in percent", "")))
    for line in text:gmatch("[^\n]+") do
      assert.is_true(select(2, line:gsub("[^\128-\191]", "")) <= 80, line)
    end
  end)
end)

describe("the verb turnout", function()
  it("prints pages, and text in a language that is asked for", function()
    local status, out = console.run("turnout", "belgrade-2024", "--source",
      "CRTA", "--earlier", "belgrade-2023", "--language", "sr-Latn")
    assert.equal(0, status)
    has(out, "Izlaznost po satima\n───────────────────\n")
    status, out = console.run("turnout", "belgrade-2024", "--source", "CRTA",
      "--format", "md")
    assert.equal(0, status)
    has(out, "# City Assembly of Belgrade, 2 June 2024\n\n## Turnout by the "
      .. "hour\n")
  end)

  it("has in JSON what it had", function()
    local _, out = console.run("turnout", "belgrade-2024", "--source", "CRTA",
      "--earlier", "belgrade-2023", "--format", "json")
    local found = assert(dkjson.decode(out))
    local names = {}
    for name in pairs(found) do names[#names + 1] = name end
    table.sort(names)
    assert.same({ "base", "checks", "coverage", "date", "earlier", "final",
      "name", "printed", "projection", "rows", "source", "title",
      "warnings" }, names)
    assert.equal("44.2", found.projection.estimate)
    assert.is_nil(found.earlier[1].names)
  end)
end)
