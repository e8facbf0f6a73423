local answered = require "spec.answered"
local console = require "spec.console"
local display = require "urna.charts.display"
local pages = require "spec.pages"
local scratch = require "spec.scratch"
local urna = require "urna"

after_each(scratch.clear)

local has, has_not = answered.has, answered.has_not
local page = answered.line

local LANGUAGES = { "en", "sr-Latn", "sr-Cyrl" }

-- Who became what: SPN stood as two lists, SPS with SNS, NADA boycotted.
local LINKS = { lists = { { from = { "SPN" }, to = { "KP", "BB" } },
  { from = { "SNS", "SPS" }, to = { "SNS" } },
  { from = { "NADA" }, kind = "boycott" } } }

-- Votes, seats, signatures from lua/urna/elections: 942,369 (942,289 to
-- 942,449) and 738,894 (738,814 to 738,974) signed.
describe("Belgrade 2023 to 2024, by equal keys", function()
  local answer = assert(urna.compare("belgrade-2023", "belgrade-2024"))

  it("names both elections and what shares are of", function()
    local text = page(answer, "text", "en")
    has(text, "Compared with: City Assembly of Belgrade, 17 December 2023")
    has(text, "Before: City Assembly of Belgrade, 17 December 2023 (1,180 "
      .. "polling stations). After: City Assembly of Belgrade, 2 June 2024 "
      .. "(1,265 polling stations). Shares are of voters who signed.")
    has(page(answer, "text", "sr-Latn"), "Ranije: Skupština grada Beograda, "
      .. "17. decembar 2023. (1.180 biračkih mesta). Kasnije: Skupština grada "
      .. "Beograda, 2. jun 2024. (1.265 biračkih mesta). Udeli su od izašlih "
      .. "birača.")
    has(page(answer, "text", "sr-Cyrl"), "Раније: Скупштина града Београда, "
      .. "17. децембар 2023. (1.180 бирачких места).")
  end)

  it("has the turnout of both with the sign of an estimate", function()
    -- 942,369 of 1,613,369 is 58.4100 %, 738,894 of 1,602,112 is 46.1200 %:
    -- -12.29
    local said = {
      en = "Turnout (signatures of registered voters): 58.41%† before, "
        .. "46.12%† after, −12.29 points.",
      ["sr-Latn"] = "Izlaznost (potpisi od upisanih birača): ranije 58,41%†, "
        .. "kasnije 46,12%†, promena u poenima: −12,29.",
      ["sr-Cyrl"] = "Излазност (потписи од уписаних бирача): раније 58,41%†, "
        .. "касније 46,12%†, промена у поенима: −12,29." }
    for language, sentence in pairs(said) do
      for _, format in ipairs { "text", "md", "html" } do
        has(page(answer, format, language), sentence)
      end
    end
  end)

  it("has the swing of SNS between its bounds, and its seats", function()
    -- 367,121 of 942,369 is 38.957 %, 387,326 of 738,894 is 52.420 %; with the
    -- ends of both totals 52.4140 - 38.9606 and 52.4254 - 38.9539
    has(page(answer, "md", "en"), "| SNS | 38.96%‡† | 52.42%† | "
      .. "+13.45 to +13.47‡† | the same list |")
    -- 387,326 - 367,121; 64 - 49
    has(page(answer, "md", "en"),
      "| SNS | 367,121‡ | 387,326 | +20,205 | 49 | 64 | +15 |")
    has(page(answer, "md", "sr-Cyrl"), "| СНС | 38,96%‡† | 52,42%† | "
      .. "+13,45 до +13,47‡† | иста листа |")
    has(page(answer, "md", "en"), "Seats gained: SNS +15.")
  end)

  it("says nothing of the change of a list that is not matched", function()
    local text = page(answer, "md", "en")
    -- 129,868 of 738,894 is 17.576 %
    has(text, "| KP | – | 17.58%† | – | only after, not matched |")
    has(text, "| SPN | 325,429‡ | – | – | 43 | – | – |")
    has(text, "Lists only before, not matched: SPN, NADA, MI-GIN, SPS. Lists "
      .. "only after, not matched: KP, BB, MI-SN, RS.")
    has_not(text, "Seats lost")
    has(page(answer, "md", "sr-Latn"), "Samo ranije, neuparene liste: SPN, "
      .. "NADA, MI-GIN, SPS.")
    has(page(answer, "md", "sr-Cyrl"), "Само касније, неупарене листе: КП, ББ, "
      .. "МИ-СН, РС.")
  end)

  it("tells links that are only proposed", function()
    has(page(answer, "text", "en"), "Proposed and not applied: SPN → BB "
      .. "(renamed); words that both names have: dobrica, veselinovic.")
    has(page(answer, "text", "sr-Cyrl"), "Предложено, није примењено: СПН → "
      .. "ББ (преименована)")
  end)

  it("says what the signs mean and what is known within bounds", function()
    local text = page(answer, "text", "en")
    has(text, "‡ recalled, not in a document at hand.")
    has(text, "† estimate.")
    has(text, "Voters who signed the roll, before: 942,289–942,449, not known "
      .. "exactly.")
    has(text, "Not named before: 9 lists.")
    has(text, "Polling stations are not compared")
  end)
end)

describe("Belgrade 2023 to 2024, with the lists' lineage", function()
  local answer = assert(urna.compare("belgrade-2023", "belgrade-2024",
    { links = LINKS }))

  it("adds up lists that merged and lists that were split", function()
    local text = page(answer, "md", "en")
    -- 367,121 + 44,678 = 411,799, 43.698 %; 52.4140 - 43.7020, 52.4254 -
    -- 43.6946; 49 + 5 = 54
    has(text, "| SNS + SPS → SNS | 43.70%‡† | 52.42%† | +8.71 to +8.73‡† | "
      .. "merged |")
    has(text, "| SNS + SPS → SNS | 411,799‡ | 387,326 | −24,473 | 54 | 64 | "
      .. "+10 |")
    -- 129,868 + 89,430 = 219,298; 34.533 to 29.679 %; 21 + 14 = 35
    has(text, "| SPN → KP + BB | 34.53%‡† | 29.68%† | −4.86 to −4.85‡† | "
      .. "split |")
    has(text, "| SPN → KP + BB | 325,429‡ | 219,298 | −106,131 | 43 | 35 | "
      .. "−8 |")
    has(text, "| NADA | 5.98%‡† | – | – | boycott |")
    has(text, "Seats gained: SNS + SPS → SNS +10. Seats lost: SPN → KP + BB "
      .. "−8, NADA −7.")
  end)

  it("does so in Serbian, in both scripts", function()
    has(page(answer, "md", "sr-Cyrl"), "| СНС + СПС → СНС | 43,70%‡† | "
      .. "52,42%† | +8,71 до +8,73‡† | спојене |")
    has(page(answer, "md", "sr-Latn"), "| NADA | 5,98%‡† | – | – | bojkot |")
    has(page(answer, "md", "sr-Latn"), "Više mandata: SNS + SPS → SNS +10. "
      .. "Manje mandata: SPN → KP + BB −8, NADA −7.")
  end)

  it("draws no arrow for them, and says so", function()
    local text = assert(urna.report(answer, { language = "en" }))
    assert.matches("\nSNS %+ SPS → SNS +◌ +◍ +merged, %+8%.71 to", text)
    assert.matches("\nSPN → KP %+ BB +◍ +◌ +split, −4%.86 to", text)
    assert.matches("\nNADA +◌ +boycott\n", text)
    has(text, "╌◌◍  Rests on a total or votes that are estimated.")
    has_not(text, "▶")
    has(text, "No arrow: merged, split or of one election only")
  end)
end)

describe("a comparison's page", function()
  local answer = assert(urna.compare("belgrade-2023", "belgrade-2024"))

  it("is well formed, with a drawing that says what it shows", function()
    for _, language in ipairs(LANGUAGES) do
      local html = assert(urna.report(answer, { format = "html",
        language = language }))
      assert.is_nil(pages.fault(html))
      has(html, "<svg ")
    end
    local html = page(answer, "html", "en")
    has(html, "Swing of the lists: City Assembly of Belgrade, 17 December "
      .. "2023; City Assembly of Belgrade, 2 June 2024</title>")
    has(html, "of voters who signed: SNS: 38.96%‡† → 52.42%†, +13.45 to "
      .. "+13.47‡†;")
    -- its total is an estimate: hatched
    has(html, "<pattern ")
    has(html, "Rests on a total or votes that are estimated.")
  end)

  it("fits eighty columns", function()
    for _, language in ipairs(LANGUAGES) do
      local text = assert(urna.report(answer, { language = language }))
      for line in text:gmatch("[^\n]+") do
        assert.message(line).is_true(display.width(line) <= 80)
      end
    end
  end)

  it("has no place that was not filled, and no word of mixed script",
    function()
      for _, language in ipairs(LANGUAGES) do
        has_not(assert(urna.report(answer, { language = language })), "{")
      end
      local text = assert(urna.report(answer, { language = "sr-Cyrl" }))
      assert.falsy(text:find("[\208\209][\128-\191]%a"))
      assert.falsy(text:find("%a[\208\209]"))
    end)
end)

-- ---- the section in a report ----

describe("the section in the report of the election after", function()
  local outcome = assert(urna.apportion(assert(urna.election(
    "belgrade-2024"))))
  local answer = assert(urna.compare("belgrade-2023", "belgrade-2024",
    { links = LINKS }))

  it("stands beside the result", function()
    local text = assert(urna.report(outcome, { answers = { answer },
      format = "md" }))
    has(text, "## Compared with: City Assembly of Belgrade, 17 December 2023")
    has(text, "## Result")
    has(text, "| MI-SN | – | 59,805 | – | – | 10 | – |")
  end)

  it("does not say again what the result's columns say, but in its table",
    function()
      local plain = assert(urna.compare("belgrade-2023", "belgrade-2024"))
      local text = assert(urna.report(outcome, { answers = { plain },
        compare = "belgrade-2023", format = "md" }))
      -- 64 - 49; 387,326 - 367,121
      has(text, "| SNS | 367,121‡ | 387,326 | +20,205 | 49 | 64 | +15 |")
      has_not(text, "Seats gained")
      has_not(text, "Lists only before")
      has(text, "Lists of City Assembly of Belgrade, 17 December 2023 without "
        .. "a list of their key here: SPN")
      has(text, "| SNS | 38.96%‡† | 52.42%† |")
      has(text, "| SPN | 325,429‡ | – | – | 43 | – | – |")
    end)

  it("says it all beside the columns of another election", function()
    local text = assert(urna.report(outcome, { answers = { answer },
      compare = "rs/belgrade/2022-04-03", format = "md" }))
    has(text, "Seats gained: SNS + SPS → SNS +10.")
  end)
end)

-- ---- records ----

local FIELDS = { registered_voters = "registered", voters_signed = "signed",
  ballots_in_box = "box", invalid_ballots = "invalid",
  valid_ballots = "valid" }

local function read(date, rows, changes)
  local contest = { name = "Towns " .. date, date = date, rule = "rs/local",
    seats = 10, keys = { "town", "station" }, columns = FIELDS, lists = {
      { key = "A", column = "A", minority = false },
      { key = "B", column = "B", minority = false } } }
  for name, value in pairs(changes or {}) do contest[name] = value end
  return (assert(urna.read({ text =
    "town,station,registered,signed,box,invalid,valid,A,B\n" .. rows },
    { contest = contest })))
end

local BEFORE = "Ub,1,2000,1000,1000,0,1000,600,400\n"
  .. "Ub,2,500,200,200,0,200,100,100\n"
  .. "Bor,1,600,300,300,0,300,150,150\n"
  .. "Bor,2,700,400,400,0,400,100,300\n"
local AFTER = "УБ,01,1010,500,500,0,500,350,150\n"
  .. "УБ,02,500,250,250,0,250,150,100\n"
  .. "УБ,03,985,480,480,0,480,300,180\n"
  .. "БОР,01,1290,650,650,0,650,250,400\n"

describe("two elections of polling stations", function()
  local answer = assert(urna.compare(read("2023-12-17", BEFORE),
    read("2024-06-02", AFTER)))

  it("have arrows of the swing, by text alone too", function()
    -- A 950 of 1,900 is 50 %, 1,050 of 1,880 is 55.851 %
    local text = assert(urna.report(answer, { language = "en" }))
    assert.matches("\nA +•[─]+▶ +%+5%.85\n", text)
    assert.matches("\nB +◀[─]+• +−5%.85\n", text)
  end)

  it("say what is matched and what is not", function()
    local text = page(answer, "text", "en")
    has(text, "Polling stations matched by their keys: 3; links said: 0; only "
      .. "before: 1; only after: 1; ambiguous keys: 0.")
    has(text, "Polling stations only before (1): Bor/2.")
    has(text, "Of equal key and another size (Registered voters): УБ/01 2,000 "
      .. "→ 1,010; БОР/01 600 → 1,290.")
    has(text, "Proposed and not applied, by size: Ub/1 → УБ/01 + УБ/03 "
      .. "(split).")
    has(page(answer, "text", "sr-Cyrl"), "Бирачка места упарена по ознакама: "
      .. "3; задате везе: 0; само раније: 1; само касније: 1; вишезначне "
      .. "ознаке: 0.")
    has(page(answer, "text", "sr-Latn"), "Predloženo po veličini, nije "
      .. "primenjeno: Bor/1 + Bor/2 → БОР/01 (spojena).")
  end)

  it("have the change of each place", function()
    -- Ub: 700 of 1,200 to 800 of 1,230: 58.33 to 65.04; 1,200 of 2,500 to
    -- 1,230 of 2,495: 48 to 49.30
    has(page(answer, "md", "en"), "| УБ | 2 | 3 | +1.30 | +6.71 | −6.71 |")
  end)

  it("do not judge stations that have no peers", function()
    has(page(answer, "text", "en"),
      "No polling station has enough peers to be judged.")
    has(page(answer, "md", "en"), "| turnout | 0 | 0 | 0.00 | too few peers: "
      .. "3 |")
  end)
end)

-- One hundred stations of 1,000 ballots with 60 % for A; at the last `odd` of
-- them 40 % after.
local function hundred(odd)
  local one, other = {}, {}
  for i = 1, 100 do
    local line = "Ub,%d,1500,1000,1000,0,1000,%d,%d\n"
    one[i] = line:format(i, 600, 400)
    local votes = i > 100 - odd and 400 or 600
    other[i] = line:format(i, votes, 1000 - votes)
  end
  return assert(urna.compare(read("2023-12-17", table.concat(one)),
    read("2024-06-02", table.concat(other))))
end

describe("polling stations that stand out", function()
  it("are shown with the chance that few ballots have", function()
    -- the peers do not change; of 1,000 of 2,000 ballots p is 1/2, and chance
    -- sqrt(1/4 * (1/1000 + 1/1000)) = 2.236 points; z = -20 / 2.236 = -8.944
    local answer = hundred(1)
    local text = page(answer, "md", "en")
    has(text, "| Ub/100 | A | 60.00% | 40.00% | −20.00 | ±0.00 | 2.24 | −8.94 "
      .. "|")
    has(text, "Changes at polling stations that stand out from those of their "
      .. "peers (robust z beyond 4): 2.")
    -- 100 times 6.33e-5
    has(text, "| A | 100 | 1 | 0.01 | – |")
    has(text, "it says nothing of why")
    has(page(answer, "md", "sr-Cyrl"), "| Ub/100 | A | 60,00% | 40,00% | "
      .. "−20,00 | ±0,00 | 2,24 | −8,94 |")
  end)

  it("are the first twenty, and how many more is said", function()
    -- A and B at each of 23: 46, of which 20
    local answer = hundred(23)
    has(page(answer, "text", "en"), "(robust z beyond 4): 46; the first 20 "
      .. "are shown, 26 more are not.")
    has(page(answer, "text", "sr-Latn"), "(robusno z preko 4): 46; prikazano "
      .. "je prvih 20, a nije prikazano još 26.")
    local _, rows = page(answer, "md", "en"):gsub("| Ub/%d+ |", "")
    assert.equal(20, rows)
  end)

  it("may be none", function()
    local answer = hundred(0)
    has(page(answer, "text", "en"), "No change at a polling station stands "
      .. "out from those of its peers (robust z beyond 4).")
    has_not(page(answer, "md", "en"), "Changes that stand out")
    has(page(answer, "md", "en"), "| invalid ballots | 0 | 0 | 0.00 | nothing "
      .. "varies: 100 |")
  end)
end)

-- ---- odd answers ----

describe("a comparison", function()
  it("of lists with few votes has no arrow for them", function()
    -- 60 and 70 votes, fewer than 100 on both sides; 940 and 930 are not
    local answer = assert(urna.compare(
      read("2023-12-17", "Ub,1,1500,1000,1000,0,1000,940,60\n"),
      read("2024-06-02", "Ub,1,1500,1000,1000,0,1000,930,70\n")))
    local text = assert(urna.report(answer, { language = "en" }))
    assert.matches("\nA +[◀•]+ +−1%.00\n", text)
    assert.matches("\nB +◈ +fewer than 100 votes before\n", text)
    has(page(answer, "html", "en"), "B: 6.00% → 7.00%, fewer than 100 votes "
      .. "before and after")
  end)

  it("with seats that are not decided says why", function()
    -- 500 and 500 votes for nine seats: the ninth is nobody's
    local answer = assert(urna.compare(
      read("2023-12-17", "Ub,1,1500,1000,1000,0,1000,500,500\n",
        { seats = 9 }),
      read("2024-06-02", "Ub,1,1500,1000,1000,0,1000,600,400\n",
        { seats = 9 })))
    local text = page(answer, "text", "en")
    has(text, "The seats before are not decided:")
    has_not(text, "Seats gained")
    has(page(answer, "text", "sr-Cyrl"), "Ранији мандати нису одлучени: "
      .. "једнаки количници и једнак број гласова: A и B.")
  end)

  it("where no vote is known is of seats alone", function()
    local answer = assert(urna.compare("parliament-2007", "parliament-2008"))
    local text = page(answer, "md", "en")
    has(text, "No list’s share is known of either election.")
    has(text, "Turnout is not known of both elections.")
    has(text, "| SRS | 81 | 78 | −3 |") -- the Assembly's seats of both
    has_not(text, "Votes before")
    has_not(page(answer, "html", "en"), "<svg")
  end)

  it("of assemblies of two sizes names both", function()
    local answer = assert(urna.compare(read("2023-12-17", BEFORE),
      read("2024-06-02", AFTER, { seats = 11 })))
    has(page(answer, "text", "en"),
      "The assembly has 11 seats; before it had 10 seats.")
    has(page(answer, "text", "sr-Latn"),
      "Skupština ima 11 mandata; ranije je imala 10 mandata.")
  end)
end)

describe("urna compare", function()
  it("gives the section in each language and form", function()
    local status, out = console.run("compare", "belgrade-2023",
      "belgrade-2024", "--format", "md", "--language", "sr-Latn")
    assert.equal(0, status)
    has(out, "# Skupština grada Beograda, 2. jun 2024.\n\n## Poređenje: ")
    status, out = console.run("compare", "belgrade-2023", "belgrade-2024",
      "--language", "sr-Cyrl")
    assert.equal(0, status)
    has(out, "Поређење: Скупштина града Београда, 17. децембар 2023.\n─")
    status, out = console.run("compare", "belgrade-2023", "belgrade-2024",
      "--format", "html")
    assert.equal(0, status)
    has(out, "<html lang=\"en\">")
  end)

  it("gives the stations in JSON where they are asked for", function()
    local one = scratch.write(".csv", "town,station,registered,signed,box,"
      .. "invalid,valid,A,B\n" .. BEFORE)
    local other = scratch.write(".csv", "town,station,registered,signed,box,"
      .. "invalid,valid,A,B\n" .. AFTER)
    local form = "return { name = \"Towns\", date = %q, rule = \"rs/local\", "
      .. "seats = 10, keys = { \"town\", \"station\" }, columns = { "
      .. "ballots_in_box = \"box\" }, ignored_columns = { \"registered\", "
      .. "\"signed\", \"invalid\", \"valid\" }, lists = { { key = \"A\", "
      .. "column = \"A\", minority = false }, { key = \"B\", column = \"B\", "
      .. "minority = false } } }"
    for path, date in pairs { [one] = "2023-12-17", [other] = "2024-06-02" } do
      local file = assert(io.open(scratch.mine((path:gsub("%.csv$",
        ".contest.lua"))), "wb"))
      file:write(form:format(date))
      file:close()
    end
    local status, out = console.run("compare", one, other, "--format", "json",
      "--stations")
    assert.equal(0, status)
    has(out, "\"level\": \"unit\"")
    has_not(select(2, console.run("compare", one, other, "--format", "json")),
      "\"level\": \"unit\"")
  end)
end)
