local display = require "urna.charts.display"
local dkjson = require "dkjson"
local fixtures = require "spec.fixtures"
local reports = require "urna.reports"

local function render(outcome, options)
  return assert(reports.render(outcome, options))
end

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

local function has_not(text, part)
  assert.falsy(text:find(part, 1, true), ("%q is there"):format(part))
end

local FORMATS = { "text", "md", "html", "json", "csv" }
local LANGUAGES = { "en", "sr-Latn", "sr-Cyrl" }

describe("the headline", function()
  it("says who has a majority and how many it takes", function()
    has(render(fixtures.belgrade()),
      "SNS has 64 of 110 seats, a majority (56 needed).\n"
      .. "Count status: final.\n")
  end)

  it("says how many seats the leader is short", function()
    has(render(fixtures.belgrade_2023()), "SNS leads with 49 of 110 seats, "
      .. "7 short of a majority (56 needed).")
  end)

  it("names both of two that lead with equal seats", function()
    local outcome = fixtures.assembly { 5, 5, 1 }
    outcome.majority = { needed = 6 }
    has(render(outcome), "L1 and L2 lead with 5 of 11 seats each; none of "
      .. "them has a majority (6 needed).")
  end)

  it("says how many stations reported, of how many", function()
    has(render(fixtures.belgrade_2023()),
      "1,180 of 1,180 polling stations reported.")
  end)

  it("a record kept out: so many of so many, and nothing is final",
    function()
      local outcome = fixtures.belgrade_2023()
      outcome.units = { reported = 1177, expected = 1180, bad = 3 }
      local text = render(outcome)
      has(text, "Count status: not final.")
      has(text, "3 of 1,180 records kept out.")
      has_not(text, "status: final")
    end)

  it("a station that has not reported: nothing is final either", function()
    local outcome = fixtures.belgrade_2023()
    outcome.units = { reported = 1179, expected = 1180, bad = 0 }
    has(render(outcome), "Count status: not final.")
  end)

  it("an open outcome has no seats, and says what is open", function()
    local outcome = fixtures.belgrade()
    outcome.decision, outcome.majority = "undecided", nil
    outcome.steps, outcome.next_in_line = {}, {}
    for _, list in ipairs(outcome.lists) do list.seats = nil end
    outcome.open = { { code = "strange", article = "40",
      message = "whether RS is a minority list is not said" } }
    local text = render(outcome)
    has(text, "The outcome is undecided.")
    has(text, "SNS leads with 387,326 votes, 52.77% of ballots in the box.")
    has(text, "whether RS is a minority list is not said (art. 40)")
    has_not(text, "Seats in the assembly")
  end)

  it("a lot that the law orders is said", function()
    local outcome = fixtures.belgrade()
    outcome.decision = "lots_required"
    has(render(outcome), "The law orders a lot between equals.")
  end)
end)

describe("the result table", function()
  it("names the base, prints intervals and the row of other lists",
    function()
      local text = render(fixtures.belgrade(), { format = "md" })
      has(text, "| List | Name | Votes | % of ballots in the box | Seats |")
      has(text, "| RS (m) | Ruska stranka | 8,477–8,533† | 1.16%† | 1 |")
      has(text, "| Other lists |   | – | – | – |")
      has(text, "| Ballots in the box |   | 733,935–734,059† | 100.00% | 110")
      has(text, "- † RS: 8,505 (8,477–8,533), estimate; from the published "
        .. "1.16 % of ballots in the box")
      has(text, "Other lists (9 lists): nine lists below the threshold")
    end)

  it("recalled votes keep their sign in every reader's format", function()
    local outcome = fixtures.belgrade()
    outcome.lists[2].mark = "recalled"
    table.insert(outcome.marks, { what = "votes", list = "KP",
      mark = "recalled", why = "not printed" })
    for _, format in ipairs { "text", "md", "html" } do
      local text = render(outcome, { format = format })
      has(text, "129,868‡")
      has(text, "‡ KP: recalled")
    end
    has(render(outcome, { format = "csv" }), "129868,,,recalled")
    has(render(outcome, { format = "json" }), "\"mark\": \"recalled\"")
  end)

  it("shows the change by key in seats and in points", function()
    local text = render(fixtures.belgrade(), { format = "md",
      compare = fixtures.belgrade_2023() })
    has(text, "| SNS | Aleksandar Vučić - Beograd sutra | 387,326 | 52.77% "
      .. "| 64 | +15 | +13.81 |")
    has(text, "| 21 | new |")
    has(text, "lists are matched by equal keys")
  end)

  it("leaves points out where the bases differ", function()
    local earlier = fixtures.belgrade_2023()
    for _, list in ipairs(earlier.lists) do list.share.base = "valid_votes" end
    local text = render(fixtures.belgrade(), { format = "md",
      compare = earlier })
    has(text, "The earlier percentages are of valid votes and are not "
      .. "compared.")
    has_not(text, "+13.81")
  end)

  it("tells a published table that does not add up", function()
    local outcome = fixtures.belgrade()
    outcome.claim = { seats = {}, source = "vijesti365.com", sum = 109,
      adds_up = false, unknown = {},
      differences = { { list = "MI-SN", claimed = 9, seats = 10 } } }
    local text = render(outcome, { format = "md" })
    has(text, "The published table adds up to 109, not 110 (vijesti365.com).")
    has(text, "gives MI-SN 9 where the law gives 10.")
  end)
end)

describe("the sections", function()
  local text = render(fixtures.belgrade(), { format = "md",
    checks = fixtures.findings() })

  it("three denominators, each with its own percentages", function()
    has(text, "| Registered voters | 1,602,112 | 100.00% | 24.18% |")
    -- 387,326 of 738,894, of 733,990 and of 720,098
    has(text, "| Voters who signed the roll | 738,814–738,974† | 46.12%† "
      .. "| 52.42%† |")
    has(text, "| 45.81%† | 52.77%† |")
    has(text, "| Valid ballots | 720,098 | 44.95% | 53.79% |")
  end)

  it("the threshold with both of its integers", function()
    has(text, "Threshold: 3% of ballots in the box (733,935–734,059†) is "
      .. "22,019–22,022† votes.")
    has(text, "| MI-SN | 59,805 | 22,019–22,022† | passed | 40 |")
    has(text, "| RS (m) | 8,477–8,533† | 22,019–22,022† "
      .. "| exempt, × 27/20 | 40 |")
  end)

  it("the last seats with quotients, rivals and article", function()
    has(text, "| 110 | MI-SN | 5,980.50 (÷ 10) | BB | 5,962.00 (÷ 15) "
      .. "| 42 |")
    has(text, "| BB | 5,962.00 | 278 |")
  end)

  it("a seat that went by more votes on equal quotients says so", function()
    local outcome = fixtures.belgrade()
    outcome.steps[3].tie = "more_votes"
    has(render(outcome, { format = "md" }),
      "| equal quotients: the list with more votes | 42 |")
  end)

  it("how close it was", function()
    has(text, "Fewest votes that change a seat: 278 votes added to BB (BB "
      .. "gains, MI-SN loses); 111 votes switched from MI-SN to BB")
    has(text, "| MI-SN | 10 | +6,767 | −185 |")
  end)

  it("the coalitions and the distance to a majority", function()
    has(text, "A majority is 56 of 110 seats.")
    has(text, "| SNS | 64 | 8 |")
    has(text, "| KP | 21 | 35 |")
    has(text, "| SNS | 64 | has it |")
    has(render(fixtures.belgrade_2023(), { format = "md" }),
      "| SPN, NADA and MI-GIN | 56 | 0 |")
  end)

  it("the checks with what the law makes of them", function()
    has(text, "| T13 | Ballots in the box equal signatures | found | 571 | "
      .. "allowed; the difference is reported |")
    has(text, "| not checked | – | missing: Ballots received |")
    has(render(fixtures.belgrade()), "No polling-station records")
  end)

  it("the law, the sources and the fingerprint", function()
    has(text, "Rule rs/local, edition of 3 April 2022.")
    has(text, "Articles applied: 40, 41, 42.")
    has(text, "https://mediated.wiki/source/City_Assembly_of_Belgrade.md")
    has(text, "Drawn by urna 0.1.0.")
    local outcome = fixtures.belgrade()
    outcome.fingerprint = { sha256 = "ab12", file = "x.csv",
      version = "0.1.0" }
    has(render(outcome), "SHA-256 of the input x.csv: ab12")
  end)

  it("a fired check of weight names its records, twenty at most", function()
    local units = {}
    for i = 1, 25 do units[i] = { key = ("Y/%d"):format(i) } end
    local checks = { units = function() return units end, rows = {
      { code = "T10", title = "more ballots in the box than signatures",
        severity = "fatal", result = "FIRED", count = 25 },
      { code = "T13", title = "fewer ballots in the box than signatures",
        severity = "note", result = "FIRED", count = 25 },
      { code = "T11", title = "more signatures than registered voters",
        severity = "fatal", result = "PASS", count = 0 } } }
    local drawn = render(fixtures.belgrade(), { checks = checks,
      format = "md" })
    has(drawn, "- T10: Y/1, Y/2, ")
    has(drawn, "Y/20 and 5 more")
    has_not(drawn, "- T13")
    -- beside what holds stands what must hold
    has(drawn, "| T11 | signatures are no more than registered voters | holds")
    has(drawn, "| T10 | more ballots in the box than signatures | found | 25")
    has(render(fixtures.belgrade(), { checks = checks, format = "json" }),
      "\"fired\": [")
  end)

  it("columns that nothing was made of are named", function()
    local results = { bad = {}, unmapped = { "odd", "even" } }
    for _, format in ipairs { "text", "md", "html", "json" } do
      has(render(fixtures.belgrade(), { results = results, format = format }),
        "odd")
    end
    has(render(fixtures.belgrade(), { results = results }),
      "Columns of the file that nothing was made of: odd, even.")
  end)

  it("a contest without a name has that of its file", function()
    local outcome = fixtures.belgrade()
    outcome.contest, outcome.fingerprint = {}, { file = "a/b.csv" }
    has(render(outcome, { format = "html" }), "<h1>b.csv</h1>")
    outcome.fingerprint = {}
    has(render(outcome, { format = "html" }), "<title>Election</title>")
  end)

  it("a fault of a record is told in the language", function()
    local errors = require "urna.errors"
    local drawn = render(fixtures.belgrade(), { language = "sr-Cyrl",
      results = { bad = { errors.new("not_a_count", { file = "x.csv",
        line = 4, field = "A", text = "4o", message = "is not a count" }) } }
      })
    has(drawn, "• x.csv:4: A: није број гласова: „4o“")
  end)

  it("a time is written as the language writes it", function()
    local outcome = fixtures.belgrade()
    outcome.contest.as_of = "2024-06-02 21:45"
    has(render(outcome), "As of 2 June 2024, 21:45.")
    has(render(outcome, { language = "sr-Latn" }),
      "Stanje: 2. jun 2024. u 21:45.")
  end)

  it("records kept out are listed, ten at most", function()
    local bad = {}
    for i = 1, 12 do bad[i] = ("x.csv:%d: ragged"):format(i) end
    local drawn = render(fixtures.belgrade(), { results = { bad = bad } })
    has(drawn, "• x.csv:10: ragged\n• and 2 more")
    has_not(drawn, "x.csv:11")
  end)
end)

describe("every format in every language", function()
  it("is rendered, the same twice", function()
    for _, format in ipairs(FORMATS) do
      for _, language in ipairs(LANGUAGES) do
        local options = { format = format, language = language,
          compare = fixtures.belgrade_2023(), checks = fixtures.findings() }
        assert.equal(render(fixtures.belgrade(), options),
          render(fixtures.belgrade(), options))
      end
    end
  end)

  it("Latin is the Cyrillic in other letters", function()
    local latin = render(fixtures.belgrade(), { language = "sr-Latn" })
    has(latin, "Skupština grada Beograda, 2. jun 2024.")
    has(latin, "SNS ima 64 od 110 mandata, što je većina (potrebno 56).")
    has(latin, "22.019–22.022†")
    assert.falsy(latin:find("[\208-\209][\128-\191]"))
  end)

  it("an outcome of which little is known has a report too", function()
    for _, format in ipairs(FORMATS) do
      render(fixtures.assembly { 3, 2 }, { format = format })
    end
  end)
end)

describe("the text", function()
  it("keeps to 80 columns but for an address", function()
    for _, language in ipairs(LANGUAGES) do
      local text = render(fixtures.belgrade(), { language = language,
        compare = fixtures.belgrade_2023(), checks = fixtures.findings() })
      for line in text:gmatch("[^\n]+") do
        assert.is_true(display.width(line) <= 80 or line:find("http") ~= nil,
          line)
      end
    end
  end)

  it("has colour only where asked for", function()
    has_not(render(fixtures.belgrade()), "\27")
    has(render(fixtures.belgrade(), { colour = true }), "\27[38;2;")
  end)
end)

describe("the html", function()
  local html = render(fixtures.belgrade(), { format = "html",
    language = "sr-Cyrl", compare = fixtures.belgrade_2023() })

  it("is one page with its language, title and no script", function()
    has(html, "<html lang=\"sr-Cyrl\">")
    has(html, "<title>Скупштина града Београда, 2. јун 2024.</title>")
    has_not(html, "<script")
    has_not(html, "src=")
    has_not(html, "<link")
  end)

  it("has a table for every figure", function()
    local figures, tables = 0, 0
    for figure in html:gmatch("<figure>.-</figure>") do
      figures = figures + 1
      if figure:find("<table>", 1, true) then tables = tables + 1 end
      has(figure, "<title id=")
      has(figure, "<desc id=")
    end
    assert.same({ 2, 2 }, { figures, tables })
  end)

  it("every table has a caption and row headings", function()
    local _, tables = html:gsub("<table>", "")
    local _, captions = html:gsub("<caption>[^<]+</caption>", "")
    assert.equal(tables, captions)
    has(html, "<th scope=\"row\">SNS</th>")
  end)

  it("ids are used once", function()
    local seen = {}
    for id in html:gmatch(" id=\"([^\"]+)\"") do
      assert.is_nil(seen[id], id)
      seen[id] = true
    end
  end)

  it("a name cannot become markup, an address becomes a link", function()
    local outcome = fixtures.belgrade()
    outcome.lists[1].name = "<img src=x onerror=alert(1)>"
    outcome.sources = { "javascript:alert(1)", "see https://a.rs/?a=1&b=2" }
    local drawn = render(outcome, { format = "html" })
    has_not(drawn, "<img")
    has_not(drawn, "href=\"javascript")
    has(drawn, "see <a href=\"https://a.rs/?a=1&amp;b=2\">")
  end)
end)

describe("json and csv", function()
  it("json holds the outcome, the checks and the fingerprint", function()
    local text = render(fixtures.belgrade(), { format = "json",
      checks = fixtures.findings() })
    has(text, "\n  \"outcome\": {")
    has(text, "\"votes_to_gain\": 1407")
    has(text, "\"code\": \"T13\"")
    has(text, "\n  \"results\": null")
    has(text, "\"ties\": []")
  end)

  it("csv has a row per list, unknown votes empty", function()
    local text = render(fixtures.belgrade(), { format = "csv" })
    has(text, "SNS,Aleksandar Vučić - Beograd sutra,false,387326,,,,52.77,"
      .. "ballots_in_box,passed,22020,64,,,1407,5759,,22019,22022\n")
    has(text, "\nOTHERS,Other lists,,,,,")
  end)
end)

describe("a template of one's own", function()
  local OWN = "% for _, list in format.each(outcome.lists) do\n"
    .. "%   if list.seats and list.seats > 0 then\n"
    .. "{{ format.label(list) }}: {{ format.count(list.seats, 'seat') }}\n"
    .. "%   end\n% end\n"

  it("sees the outcome and the format", function()
    assert.equal("SNS: 64 seats\nKP: 21 seats\nBB: 14 seats\n"
      .. "MI-SN: 10 seats\nRS: 1 seat\n",
      render(fixtures.belgrade(), { template = OWN }))
  end)

  it("may draw a chart and a table", function()
    has(render(fixtures.belgrade(), { format = "html",
      template = "{{ charts.hemicycle() }}\n{{ format.table(\"result\") }}" }),
      "<svg ")
  end)

  it("asks whether there is something to compare", function()
    assert.equal("no\n", render(fixtures.belgrade(), { template =
      "{{ compare and \"yes\" or \"no\" }}\n" }))
  end)

  it("an error names the template and its line", function()
    local text, err = reports.render(fixtures.belgrade(),
      { template = "a\n{{ outcome.leader.name }}\n" })
    assert.is_nil(text)
    assert.equal("template_failed", err.code)
    assert.equal(2, err.line)
  end)

  it("a file that is not there is an error with its path", function()
    local text, err = reports.render(fixtures.belgrade(),
      { template = "no/such/file.html" })
    assert.is_nil(text)
    assert.equal("cannot_read", err.code)
    assert.equal("no/such/file.html", err.file)
  end)

  it("cannot change the outcome's report of another", function()
    local outcome = fixtures.belgrade()
    render(outcome, { template = "% words.result = nil\n" })
    has(render(outcome), "\nResult\n")
  end)
end)

describe("the quotients of other divisors", function()
  local function report(divisor, format, language)
    local outcome = assert(require "urna".apportion({ A = 90, B = 29 }, {
      ballots_in_box = 119, rule = { since = "2000-01-01", seats = 3,
        source = "made up", base = "ballots_in_box",
        { step = "averages", divisor = divisor } } }))
    return render(outcome, { format = format, language = language })
  end

  it("are shown with what was divided by", function()
    -- 90/1.4 = 64.29 and 29/1.4 = 20.71; 90 and 29 over the root of 2
    has(report("modified_sainte_lague_1.4", "md"), "64.29 (÷ 1.4)")
    has(report("modified_sainte_lague_1.4", "md", "sr-Latn"),
      "20,71 (÷ 1,4)")
    local text = report("huntington_hill", "md")
    has(text, "| 1 | A | ∞ (÷ 0) | B | ∞ (÷ 0) |")
    has(text, "| 3 | A | 63.64 (÷ √2) | B | 20.51 (÷ √2) |")
    has(report("dean", "md"), "67.50 (÷ 4/3)")
  end)

  it("are arrays in json, which says of squares that they are", function()
    local made = assert(dkjson.decode(report("huntington_hill", "json")))
    assert.same({ list = "A", seat = 3, step = "averages", squared = true,
      quotient = { 4050, 1 }, divisor = { 2, 1 }, rival = "B",
      rival_quotient = { 841, 2 }, rival_divisor = { 2, 1 } },
      made.outcome.steps[3])
    -- 29 / the root of 2
    assert.same({ { 841, 2 }, true }, { made.outcome.next_in_line[1].quotient,
      made.outcome.next_in_line[1].squared })
    made = assert(dkjson.decode(report("sainte_lague", "json")))
    assert.is_nil(made.outcome.steps[3].squared)
  end)
end)

describe("mistakes", function()
  it("an unknown format names the nearest", function()
    local text, err = reports.render(fixtures.belgrade(), { format = "htm" })
    assert.is_nil(text)
    assert.equal("unknown format \"htm\" (did you mean \"html\"?); there are "
      .. "csv, html, json, md, text", tostring(err))
  end)

  it("an unknown language names those there are", function()
    local text, err = reports.render(fixtures.belgrade(), { language = "de" })
    assert.is_nil(text)
    assert.equal("unknown_language", err.code)
  end)

  it("an unknown option is the programmer's", function()
    assert.has_error(function()
      reports.render(fixtures.belgrade(), { langage = "en" })
    end, "a report has no option \"langage\": did you mean \"language\"?")
  end)

  it("a template for json is refused", function()
    local text, err = reports.render(fixtures.belgrade(),
      { format = "json", template = "{{ 1 }}" })
    assert.is_nil(text)
    assert.equal("no_template", err.code)
  end)
end)
