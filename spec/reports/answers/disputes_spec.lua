local answered = require "spec.answered"
local console = require "spec.console"
local pages = require "spec.pages"
local reports = require "urna.reports"
local scratch = require "spec.scratch"
local urna = require "urna"

-- Belgrade, 17 December 2023, as the press has it: the commission was not
-- competent to annul the parliamentary election, and the Higher Court refused
-- the appeal on 26 December (atvbl.rs, k1info.rs); the Higher Court on the
-- overall report, 18 January, "odbacen" (nin.rs 44143); to the Constitutional
-- Court (naslovi.net 35518845; its cases: danas.rs). No ruling is known.
local STORY = table.concat({
  "dispute,requested,by,body,asks,where,step,decided,decision,remedy,final,"
    .. "reference,source",
  "competence,,SPN,Higher Court,annul_election,National Assembly,appeal,"
    .. "2023-12-26,rejected,,yes,,k1info.rs",
  "overall report,,a voter,Higher Court,other,,appeal,2024-01-18,dismissed,,"
    .. "yes,,https://nin.rs/44143",
  "constitutional,2024-01-18,SPN,Constitutional Court,annul_election,Belgrade"
    .. ",,,,,,VU-16/2024 and VU-21/2024,https://naslovi.net/35518845" }, "\n")
  .. "\n"

local function story(options)
  return assert(urna.disputes({ text = STORY }, options
    or { election = "belgrade-2023" }))
end

local has = answered.has

local function page(answer, language, format)
  return answered.line(answer, format, language)
end

-- A complaint over Zemun 44 on 4 June 2024 at 10:00.
local function complaint(parts)
  local row = { dispute = "1", requested = "2024-06-04T10:00", by = "KP",
    body = "City Election Commission", asks = "annul_stations",
    where = "Zemun/44", step = "complaint", ground = "116(b)" }
  for name, value in pairs(parts or {}) do row[name] = value end
  return row
end

local function belgrade(rows, now)
  return assert(urna.disputes(rows, { election = "belgrade-2024",
    now = now }))
end

describe("the disputes over Belgrade 2023 as a section", function()
  it("are counted by what is open, in each language", function()
    -- one before the Constitutional Court, two final
    has(page(story(), "en"), "Disputes: 3. Open: 1. Decided, and not said to "
      .. "be final: 0. Final: 2.")
    has(page(story(), "sr-Latn"), "Sporova: 3. Otvorenih: 1.")
    has(page(story(), "sr-Cyrl"), "Спорова: 3. Отворених: 1.",
      "Коначних: 2.")
  end)

  it("are a dated list of who asked for what, and what was decided",
    function()
      has(page(story(), "en", "md"),
        "| 26 December 2023 | competence | Higher Court decided what SPN had "
        .. "asked (annulment of the election): rejected on its merits. Where: "
        .. "National Assembly. Step: appeal. This is final. |",
        "| 18 January 2024 | constitutional | SPN asked Constitutional Court: "
        .. "annulment of the election. Where: Belgrade. Case: VU-16/2024 and "
        .. "VU-21/2024. |",
        "| 18 January 2024 | overall report | Higher Court decided what a "
        .. "voter had asked (something else): not admitted.")
      has(page(story(), "sr-Cyrl", "md"),
        "| 26. децембар 2023. | competence | Виши суд, одлука: одбијено. "
        .. "Подносилац: SPN. Тражено: поништавање избора.",
        "Корак: жалба. Одлука је коначна. |",
        "Подносилац: SPN. Орган: Уставни суд. Тражи се: поништавање избора.",
        "Виши суд, одлука: одбачено. Подносилац: бирач.")
      has(page(story(), "sr-Latn", "html"),
        "Viši sud, odluka: odbijeno.", "<td>otvoren, organ: Ustavni sud</td>")
    end)

  it("say where each stands, and that the law sets no deadline", function()
    -- 021.rs 364481: there is none before the Constitutional Court
    has(page(story(), "en", "md"), "| constitutional | annulment of the "
      .. "election | Belgrade | open before Constitutional Court | no deadline "
      .. "is noted from here |", "| competence | annulment of the election | "
      .. "National Assembly | final | – |",
      "Deadlines are those of the rule rs/local, edition of 3 April 2022.")
    has(page(story(), "sr-Latn", "md"),
      "| otvoren, organ: Ustavni sud | odavde nije zabeležen rok |")
  end)

  it("name their sources, addresses as links", function()
    has(page(story(), "en", "md"), "- competence: k1info.rs",
      "- overall report: https://nin.rs/44143")
    has(page(story(), "en", "html"),
      "overall report: <a href=\"https://nin.rs/44143\">")
  end)

  it("are of their election; without one no deadline is told", function()
    has(page(story(), "sr-Cyrl", "md"),
      "# Скупштина града Београда, 17. децембар 2023.")
    local text = page(story {}, "en", "md")
    has(text, "# Election ", "Which deadlines run is not told: no election "
      .. "was named", "| Dispute | Asked for | Where | State |")
  end)

  it("are well-formed HTML", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      assert.is_nil(pages.fault(assert(reports.answer(story(),
        { format = "html", language = language }))))
    end
  end)
end)

describe("a dispute as a section", function()
  it("runs until its deadline, and says when that has passed", function()
    -- 4 June 10:00 + 72 h = 7 June 10:00
    has(page(belgrade { complaint() }, "en", "md"), "| 4 June 2024, 10:00 | 1 "
      .. "| KP asked City Election Commission: annulment of the vote at "
      .. "polling stations. Where: Zemun/44. Ground: 116(b). Step: complaint. "
      .. "|", "| open before City Election Commission | decision of the "
      .. "commission, until 7 June 2024, 10:00 |")
    local late = belgrade({ complaint() }, "2024-06-07T10:01")
    has(page(late, "en"), "As of 7 June 2024, 10:01.", "10:00: passed")
    has(page(late, "sr-Cyrl", "md"), "Стање: 7. јун 2024. у 10:01.",
      "| отворен, орган: Градска изборна комисија | решење комисије; истекао: "
      .. "7. јун 2024. у 10:00 |", "Тражи се: поништавање гласања на бирачким "
      .. "местима. Где: Zemun/44. Основ: 116(b). Корак: приговор.")
  end)

  it("says what was ordered, and the remedy that is left", function()
    -- decided 6 June 9:00 + 72 h = 9 June 9:00
    local found = belgrade { complaint { decided = "2024-06-06T09:00",
      decision = "partly_upheld", remedy = "repeated voting" } }
    has(page(found, "en", "md"), "| 6 June 2024, 09:00 | 1 | City Election "
      .. "Commission decided: partly upheld. Ordered: repeated voting. |",
      "| decided, not said to be final | appeal, until 9 June 2024, 09:00 |")
    has(page(found, "sr-Latn", "md"), "Gradska izborna komisija, odluka: "
      .. "delimično usvojeno. Naloženo: ponovno glasanje.",
      "| odlučen, nije navedeno da je konačno | žalba; ističe: 9. jun 2024. u "
      .. "09:00 |")
  end)

  it("has Serbian words for every decision and everything asked", function()
    local rows = {}
    for i, asks in ipairs { "annul_stations", "annul_election",
      "correct_record", "recount", "inspect_material", "other" } do
      local decision = ({ "upheld", "partly_upheld", "rejected", "dismissed",
        "not_competent", "withdrawn" })[i]
      rows[i] = { dispute = ("%d"):format(i), by = "бирач", body = "суд",
        where = "Земун/44", asks = asks, decided = "2024-06-06",
        decision = decision }
    end
    local found = assert(urna.disputes(rows))
    assert.equal("", pages.latin(page(found, "sr-Cyrl")))
    for _, word in ipairs { "исправка записника", "поновно бројање",
      "увид у изборни материјал", "делимично усвојено", "повучено",
      "орган није надлежан" } do
      has(page(found, "sr-Cyrl"), word)
    end
  end)

  it("that nobody has is said to be none", function()
    has(page(assert(urna.disputes {}), "en"), "The list has no dispute.")
    has(page(assert(urna.disputes {}), "sr-Latn"),
      "Spisak nema nijedan spor.")
  end)
end)

describe("the verb disputes", function()
  after_each(scratch.clear)

  it("prints pages, and ends with 1 while one is open", function()
    local path = scratch.write(".csv", STORY)
    local status, out = console.run("disputes", path, "--election",
      "belgrade-2023", "--format", "md", "--language", "sr-Latn")
    assert.equal(1, status)
    has(out, "## Sporovi\n")
    status, out = console.run("disputes", path, "--language", "en")
    assert.equal(1, status)
    has(out, "Disputes\n────────\n")
  end)
end)
