local answered = require "spec.answered"
local console = require "spec.console"
local pages = require "spec.pages"
local reports = require "urna.reports"
local urna = require "urna"

local has, has_not = answered.has, answered.has_not

local function page(answer, language, format)
  return answered.line(answer, format, language)
end

describe("the deadlines of Belgrade 2024 as a section", function()
  -- closed at 20:35: + 96 h = 6 June 20:35; a complaint on 4 June at 10:00
  -- + 72 h = 7 June 10:00; then 72 h each at the latest: 10 and 13 June
  local function answer(now)
    return assert(urna.deadlines("belgrade-2024", { closing =
      "2024-06-02T20:35", events = { complaint = "2024-06-04T10:00" },
      now = now }))
  end

  it("are a table by time, in each language", function()
    has(page(answer(), "en", "md"),
      "| Until | Deadline | Period | State |",
      "| 5 June 2024, 20:35 | complaint | 72 hours from the closing of the "
      .. "polling stations | done 4 June 2024, 10:00 |",
      "| 6 June 2024, 20:35 | summary report | 96 hours from the closing of "
      .. "the polling stations | |",
      "| 7 June 2024, 10:00 | decision of the commission | 72 hours from the "
      .. "complaint | |",
      "| ≤ 10 June 2024, 10:00 | appeal | 72 hours from the "
      .. "decision of the commission | not begun |",
      "| ≤ 13 June 2024, 10:00 | judgment |",
      "| – | constitution of the assembly | 2 months from the publication of "
      .. "the results | not begun |",
      "| – | decision on repeated voting | 3 days from the annulment |")
    has(page(answer(), "sr-Latn", "md"),
      "| 5. jun 2024. u 20:35 | prigovor | 72 sata od zatvaranja biračkih "
      .. "mesta | učinjeno: 4. jun 2024. u 10:00 |",
      "| 6. jun 2024. u 20:35 | zbirni izveštaj o rezultatima glasanja | 96 "
      .. "sati od zatvaranja biračkih mesta |",
      "| ≤ 10. jun 2024. u 10:00 | žalba | 72 sata od rešenja "
      .. "komisije | nije počeo |",
      "| – | konstituisanje skupštine | 2 meseca od objavljivanja rezultata |")
    has(page(answer(), "sr-Cyrl", "html"),
      "<td>72 сата од приговора</td>", "<td>10 дана од решења о поновном "
      .. "гласању</td>", "жалба: Вишем суду")
  end)

  it("say what has passed by now, and that this is not all", function()
    has(page(answer("2024-06-06T20:36"), "en"), "Passed by 6 June 2024, 20:36: "
      .. "summary report. The next that runs: decision of the commission, "
      .. "until 7 June 2024, 10:00.", "Passed: the time is over; that it was "
      .. "not done is not said by that.")
    has(page(answer("2024-06-06T20:36"), "sr-Cyrl"), "Стање: 6. јун 2024. у "
      .. "20:36. Истекли рокови: збирни извештај о резултатима гласања. Први "
      .. "рок који тече: решење комисије; истиче: 7. јун 2024. у 10:00.")
    has(page(answer("2024-06-03"), "en"), "By 3 June 2024 no deadline has "
      .. "passed.")
    has(page(answer("2024-06-08"), "en"), "No deadline is running.")
  end)

  it("say nothing of the time where none is asked for", function()
    has_not(page(answer(), "en"), "has passed")
    has_not(page(answer(), "en"), "assed")
  end)

  it("name the rule and its law, and the notes, in Serbian without English",
    function()
      local text = page(answer(), "sr-Cyrl")
      has(text, "жалба: Вишем суду, који списе добија у року од 24 сата.",
        "Пропис rs/local, верзија: 3. април 2022.; Закон о локалним изборима, "
        .. "„Службени гласник РС“ 14/2022, са изменом 35/2024.",
        "Времена су по месту где пропис важи.")
      assert.equal("rs local", pages.latin(text))
    end)

  it("are well-formed HTML", function()
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      assert.is_nil(pages.fault(assert(reports.answer(answer("2024-06-07"),
        { format = "html", language = language }))))
    end
  end)
end)

describe("the deadlines of a parliament as a section", function()
  -- 17 December 2023, 20:10 + 72 h and 96 h
  local found = assert(urna.deadlines("parliament-2023", { closing =
    "2023-12-17T20:10+01:00", events = { annulment = "2023-12-20" } }))

  it("cite the articles and how they are known", function()
    has(page(found, "en", "md"),
      "| 20 December 2023, 20:10 | request of a voter | 72 hours from the "
      .. "closing of the polling stations | 148\\* |",
      "| 21 December 2023, 20:10 | summary report | 96 hours from the closing "
      .. "of the polling stations | 119 |",
      "| 23 December 2023 | decision on repeated voting | 3 days from the "
      .. "annulment | 117 |",
      "148\\* Article 148: cited by others; the article itself could not be "
      .. "read.", "request of a voter: a voter may ask to annul only his own "
      .. "station.")
    has(page(found, "sr-Latn"), "zahtev birača za poništavanje glasanja: birač "
      .. "može da traži poništavanje glasanja samo na svom biračkom mestu.",
      "148* Član 148: kako ga drugi navode")
    assert.equal("UTC rs parliament", pages.latin(page(found, "sr-Cyrl")))
  end)

  it("say the offset of their times once", function()
    local text = page(found, "en")
    assert.equal(1, select(2, text:gsub("UTC", "")))
    has(text, "Times are those of UTC+01:00.")
  end)

  it("say another offset where it is another", function()
    local text = page(assert(urna.deadlines("parliament-2023", { closing =
      "2023-12-17T20:10+01:00", events = {
      voter_request = "2023-12-18T09:00Z" } })), "en", "md")
    has(text, "done 18 December 2023, 09:00 (UTC)",
      "| 21 December 2023, 09:00 (UTC) | decision of the commission |")
  end)
end)

describe("the deadlines of a rule of one's own", function()
  local RULE = { since = "2024-01-01", seats = 3, base = "valid_votes",
    source = "Our statutes", { step = "averages", divisor = "dhondt" },
    deadlines = { recount_request = { hours = 1, from = "closing" },
      answer = { days = 1, from = "recount_request", article = "7" } } }

  it("have their own names where there are no words for them", function()
    local found = assert(urna.deadlines({ rule = "own", date = "2024-05-01",
      name = "Our club" }, { rule = RULE, closing = "2024-05-01T23:30" }))
    local text = page(found, "en", "md")
    -- 23:30 + 1 h is the day after; a day later at the latest
    has(text, "# Our club", "| 2 May 2024, 00:30 | recount request | 1 hour "
      .. "from the closing of the polling stations |", "| ≤ 3 May 2024 | "
      .. "answer | 1 day from: recount request | 7 | not begun |")
    has(page(found, "sr-Latn", "md"), "| 1 dan početak: recount request |")
  end)

  it("have no time where nothing says when stations closed", function()
    local found = assert(urna.deadlines({ rule = "own", date = "2024-05-01" },
      { rule = RULE }))
    has(page(found, "en"), "When the polling stations closed is not known: "
      .. "what runs from it has no time.")
    has_not(page(found, "en"), "2 May")
  end)
end)

describe("the verb deadlines", function()
  it("prints pages, and the calendar file as before", function()
    local status, out = console.run("deadlines", "belgrade-2024", "--language",
      "sr-Cyrl")
    assert.equal(0, status)
    has(out, "Законски рокови\n───────────────\n")
    status, out = console.run("deadlines", "belgrade-2024", "--format", "md")
    assert.equal(0, status)
    has(out, "## Deadlines of the law\n")
    status, out = console.run("deadlines", "belgrade-2024", "--format", "ics")
    assert.equal(0, status)
    has(out, "BEGIN:VCALENDAR\r\n")
    status, out = console.run("deadlines", "belgrade-2024", "--format", "json")
    assert.equal(0, status)
    has(out, "{\n  \"closing\": \"2024-06-02T20:00\",\n  \"edition\": "
      .. "\"2022-04-03\",\n  \"rows\": [")
  end)
end)
