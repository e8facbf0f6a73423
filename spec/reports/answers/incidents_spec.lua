local answered = require "spec.answered"
local console = require "spec.console"
local pages = require "spec.pages"
local reports = require "urna.reports"
local scratch = require "spec.scratch"
local urna = require "urna"

local CONTEST = { date = "2024-06-02", rule = "rs/local", seats = 3,
  name = "Three seats", names = { ["sr-Cyrl"] = "Три мандата" },
  keys = { "municipality", "station" }, columns = {
    registered_voters = "registered", voters_signed = "signed",
    ballots_in_box = "box", invalid_ballots = "invalid",
    valid_ballots = "valid" },
  lists = { { key = "A", minority = false }, { key = "B", minority = false } } }

local RECORDS = [[
municipality,station,registered,signed,box,invalid,valid,A,B
Чукарица,1,500,301,300,10,290,200,90
Чукарица,2,400,200,200,5,195,100,95
Земун,44,600,350,350,8,342,150,192
]]

-- As they were reported in Belgrade, June 2024: a parallel list at Zemun 44
-- (CeSID/Ipsos), photographed ballots (CRTA), citizens' reports.
local REPORTS = table.concat({
  "category,severity,source,station,place,municipality,from,to,provision",
  "parallel voter lists,serious,observer,ZEMUN/44,,,2024-06-02T09:00,"
    .. "2024-06-02T12:30,",
  "ballots photographed,irregularity,observer,cukarica/1,,,"
    .. "2024-06-02T10:00,,",
  "ballots photographed,check,citizen,Cukarica/2,,,,,",
  "vote buying,criminal,mobile_team,,in front of the school,Čukarica,,,",
  "voter outside the roll extract voted,annulment,party,Cukarica/2,,,"
    .. "2024-06-02,,116(b)" }, "\n") .. "\n"

local function results()
  return assert(urna.read({ text = RECORDS }, { contest = CONTEST }))
end

local function incidents(options)
  return assert(urna.incidents({ text = REPORTS }, options))
end

local function tied()
  local given = results()
  return incidents { results = given, findings = assert(urna.check(given)) }
end

local has, has_not = answered.has, answered.has_not

local function page(answer, language, format)
  return answered.line(answer, format, language)
end

describe("reports of incidents as a section", function()
  it("are counted by source, category and severity, in each language",
    function()
      has(page(incidents(), "en", "md"), "5 reports. What is reported is not "
        .. "what is proved, and not all that happened.",
        "Reports by source: citizens 1, mobile teams 1, observers 2, "
        .. "parties 1.",
        "| ballots photographed | 2 | 2 | irregularity |",
        "| vote buying | 1 | 0 | criminal offence |",
        "| serious irregularity | 1 | 1 |",
        "| ground for annulment | 1 | 1 |")
      has(page(incidents(), "sr-Latn", "md"),
        "5 prijava. Prijavljeno nije isto što i dokazano",
        "Prijave po izvoru: građani 1, mobilni timovi 1, posmatrači 2, "
        .. "stranke 1.", "| fotografisanje listića | 2 | 2 | nepravilnost |",
        "| razlog za poništavanje | 1 | 1 |")
      has(page(incidents(), "sr-Cyrl", "html"),
        "<td class=\"n\">2</td><td class=\"n\">2</td><td>неправилност</td>",
        "паралелни спискови бирача", "куповина гласова", "кривично дело")
    end)

  it("never make a share of what citizens, teams and parties report",
    function()
      local text = page(incidents { sample = { stations = 450 } }, "en", "md")
      has(text, "What citizens, parties and mobile teams report is only "
        .. "counted and has no share")
      -- one of 450 by observers: a citizen's and a party's report are none
      has(text, "| ballots photographed | the whole day | 1 of 450 | 0.22% |",
        "| parallel voter lists | the whole day | 1 of 450 | 0.22% |")
      has_not(text, "| vote buying | the whole day")
      has_not(text, "extract voted | the whole day")
      has_not(page(incidents(), "en"), "%")
    end)

  it("list each with its place, time and provision", function()
    has(page(incidents(), "en", "md"),
      "| 2 June 2024, 09:00–12:30 | ZEMUN/44 | parallel voter lists | serious "
      .. "irregularity | observer | – |",
      "| – | Čukarica: in front of the school | vote buying | criminal offence "
      .. "| mobile team | – |",
      "| 2 June 2024 | Cukarica/2 | voter outside the roll extract voted | "
      .. "ground for annulment | party | 116(b) |")
    has(page(incidents(), "sr-Latn", "md"), "| 2. jun 2024. | Cukarica/2 | "
      .. "glasalo je lice koje nije u izvodu iz biračkog spiska | razlog za "
      .. "poništavanje | stranka | 116(b) |")
  end)

  it("are well-formed HTML", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      assert.is_nil(pages.fault(assert(reports.answer(tied(),
        { format = "html", language = language }))))
    end
  end)

  it("that nobody made are said to be none", function()
    has(page(assert(urna.incidents {}), "en"), "The list has no report.")
    has(page(assert(urna.incidents {}), "sr-Cyrl"),
      "Списак нема ниједну пријаву.")
  end)

  it("beyond thirty say that there are more", function()
    local rows = {}
    for i = 1, 31 do
      rows[i] = { category = "x", severity = "check", source = "citizen",
        station = ("Zemun/%d"):format(i) }
    end
    local text = page(assert(urna.incidents(rows)), "en", "md")
    has(text, "| Zemun/30 |", "The table shows the first 30 reports.")
    has_not(text, "| Zemun/31 |")
  end)
end)

describe("reports and records as a section", function()
  it("stand beside the checks that fired on the station", function()
    -- Čukarica 1: 300 in the box of 301 who signed
    has(page(tied(), "en", "md"), "| 2 June 2024, 10:00 | Чукарица/1 | ballots "
      .. "photographed | irregularity | observer | – | T13 |",
      "T13: fewer ballots in the box than signatures")
    has(page(tied(), "sr-Cyrl"), "T13: листића у кутији мање је од потписа")
  end)

  it("are set against the ballots that a seat needs", function()
    -- analysis/incidents_spec: 37 votes switched from A to B; 550 ballots from
    -- serious on, / 37 = 14.86; 200 from annulment on: 5.41
    has(page(tied(), "en", "md"), "A seat changes with 37 votes switched to B.",
      "| serious irregularity | 2 | 550 | 0 | 1,000 | 14.86 | could move a "
      .. "seat |", "| ground for annulment | 1 | 200 | 0 | 400 | 5.41 | could "
      .. "move a seat |", "| criminal offence | 0 | – | 0 | 0 | – | – |",
      "Ballots: Ballots in the box, of the stations that are named")
    has(page(tied(), "sr-Latn", "md"), "Mandat se menja kad se prebaci 37 "
      .. "glasova (lista: B).", "| teža nepravilnost | 2 | 550 | 0 | 1.000 | "
      .. "14,86 | moglo bi da pomeri mandat |")
  end)

  it("have the name of their contest", function()
    has(page(tied(), "en", "md"), "# Three seats")
    has(page(tied(), "sr-Latn", "md"), "# Tri mandata")
  end)

  it("say which station has no record, and take its ballots for unknown",
    function()
      local rows = { { category = "x", severity = "serious",
        source = "observer", station = "Zemun/45" }, { category = "y",
        severity = "check", source = "observer", station = "Zemun/44" } }
      local found = assert(urna.incidents(rows, { results = results() }))
      -- 350 / 37 = 9.46; of Zemun 45 nobody knows
      has(page(found, "en", "md"), "| x | 1 | 1 | – |", "| y | 1 | 1 | 350 |",
        "| to be checked | 2 | 350 + ? | 1 | 600 | 9.46 | could move a seat |",
        "| serious irregularity | 1 | – | 1 | 0 | 0.00 | not known |",
        "- Not tied to a record, for none is called so: Zemun/45.")
      has(page(found, "sr-Cyrl"), "Није повезано са записником, јер таквог "
        .. "места нема: Zemun/45.")
    end)

  it("say that what a seat needs is not known", function()
    local found = incidents { results = results(), outcome = {
      decision = "undecided", lists = {} } }
    has(page(found, "en", "md"), "The outcome is not decided, so what a seat "
      .. "needs is not known.", "| serious irregularity | 2 | 550 | 0 | 1,000 "
      .. "| – | – |")
  end)
end)

describe("the shares of a sample as a section", function()
  -- CRTA, Belgrade, 2 June 2024, 450 stations: ballots photographed at 11 % by
  -- 13 h and 17 % by 19 h. 50 of 450 is 11.11 %, 77 is 17.11 %.
  local ROWS = { { category = "ballots photographed",
    severity = "irregularity", source = "observer", stations = 50,
    municipality = "Belgrade", from = "2024-06-02T07:00",
    to = "2024-06-02T13:00" }, { category = "ballots photographed",
    severity = "irregularity", source = "observer", stations = 77,
    municipality = "Belgrade", from = "2024-06-02T07:00",
    to = "2024-06-02T19:00" } }

  local function crta(sample)
    sample.stations = sample.stations or 450
    return assert(urna.incidents(ROWS, { sample = sample }))
  end

  it("have interval, window and sample size", function()
    -- Wilson, z^2 = 3.8415: (.111111 + .004268) / 1.008537 = .114403 +-
    -- 1.943374 sqrt(.098765 / 450 + 3.8415 / 810000) = .029100: 8.5 to 14.4;
    -- (.171111 + .004268) / 1.008537 = .173895 +- .034760: 13.9 to 20.9
    has(page(crta {}, "en", "md"),
      "| ballots photographed | 07:00–13:00 | 50 of 450 | 11.11% | 8.5–14.4% |",
      "| ballots photographed | 07:00–19:00 | 77 of 450 | 17.11% | 13.9–20.9% "
      .. "|", "Intervals: Wilson, at 95%, as of a simple random sample.")
    has(page(crta {}, "sr-Cyrl", "md"),
      "| фотографисање листића | 07:00–13:00 | 50 од 450 | 11,11% | 8,5–14,4% "
      .. "|", "Интервали: Вилсон, 95%, као за прост случајан узорак.")
    has(assert(reports.answer(crta {}, { format = "text",
      language = "sr-Latn" })), "Udeli u uzorku (450 biračkih mesta)")
  end)

  it("are wider by the design effect, and say so", function()
    -- n / 2 = 225: (.111111 + .008537) / 1.017073 = .117640 +- 1.927063
    -- sqrt(.098765 / 225 + 3.8415 / 202500) = .041239: 7.6 to 15.9
    has(page(crta { effect = 2 }, "en", "md"), "| 50 of 450 | 11.11% | "
      .. "7.6–15.9% |", "divided by the design effect 2.00.")
  end)

  it("have no interval where there is no sample", function()
    local text = page(assert(urna.incidents(ROWS)), "en", "md")
    has(text, "| ballots photographed | 2 | 0 | 77 | irregularity |")
    has_not(text, "11.11")
  end)

  it("are refused with a reason", function()
    local rows = { ROWS[1], { category = "ballots photographed",
      severity = "irregularity", source = "observer", station = "Zemun/44",
      from = "2024-06-02T09:00" } }
    local found = assert(urna.incidents(rows, { sample = { stations = 450 } }))
    has(page(found, "en"), "ballots photographed: no share, for there are "
      .. "single stations and a number of stations.")
    has(page(crta { stations = 60 }, "sr-Latn"), "fotografisanje listića: nema "
      .. "udela, jer je prijavljeno više mesta nego što ih uzorak ima.")
  end)

  it("are that which is asked for, where one is", function()
    local found = assert(urna.incidents(ROWS, { sample = { stations = 450 },
      share = { category = "ballots photographed", to = "19:00" } }))
    local text = page(found, "en", "md")
    has(text, "| 77 of 450 |")
    has_not(text, "| 50 of 450 |")
    local none, err = urna.incidents(ROWS, { share = "ballots photographed" })
    assert.is_nil(none)
    assert.equal("no_sample", err.code)
  end)

  it("say what is outside the sample or without a time", function()
    local found = assert(urna.incidents({
      { category = "x", severity = "check", source = "observer",
        station = "Zemun/44" }, { category = "x", severity = "check",
        source = "observer", station = "Zemun/45" } },
      { sample = { stations = { "Zemun/44", "Zemun/46" } } }))
    has(page(found, "en", "md"), "| x | the whole day | 1 of 2 | 50.00% |",
      "x: 1 report outside the sample, not counted in its share.")
  end)
end)

describe("the verb incidents", function()
  after_each(scratch.clear)

  it("prints pages with the share that is asked for", function()
    local path = scratch.write(".csv", REPORTS)
    local status, out = console.run("incidents", path, "--share",
      "ballots photographed", "--sample", "450", "--format", "md",
      "--language", "sr-Latn")
    assert.equal(1, status)
    has(out, "## Prijavljeni događaji\n", "| 1 od 450 | 0,22% |")
    status, out = console.run("incidents", path, "--share",
      "ballots photographed", "--source", "citizen", "--sample", "450")
    assert.equal(2, status)
    assert.equal("", out)
  end)
end)
