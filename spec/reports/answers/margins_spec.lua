local dkjson = require "dkjson"
local urna = require "urna"

local SERBIA = assert(urna.apportion(assert(urna.election(
  "rs/parliament/2020-06-21"))))
local NO_BREAK = "\194\160"

-- As it reads: spaces are spaces, tags are none.
local function plain(text)
  return (text:gsub(NO_BREAK, " "):gsub("<[^>]*>", " "):gsub("%s+", " "))
end

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

local function lacks(text, part)
  assert.falsy(text:find(part, 1, true), part)
end

local function page(answer, format, language)
  return assert(urna.report(answer, { format = format, language = language }))
end

-- Every tag is closed in its turn.
local VOID = { meta = true, link = true, br = true, ["!doctype"] = true }

local function check_closed(html)
  local open = {}
  for slash, name, rest in html:gsub("<style>.-</style>", "")
    :gmatch("<(/?)([%w!]+)([^>]*)>") do
    if slash == "/" then
      assert.equal(table.remove(open), name)
    elseif not VOID[name] and rest:sub(-1) ~= "/" then
      open[#open + 1] = name
    end
  end
  assert.same({}, open)
end

describe("the margins in a report", function()
  local answer = assert(urna.margins(SERBIA, { coalitions = {
    { "SNS", "SVM" } } }))

  -- the figures are those of spec/analysis/margins_spec.lua
  local SAID = {
    en = { "Margins", "Seat 250, the last, goes to SNS with the quotient "
      .. "10,393.61; the best of another list is 10,282.75 of SPAS.",
      "1,251 votes switched from SNS to SPAS would move a seat: SPAS +1 and "
      .. "SNS −1.", "1,331 votes more for SPAS would move a seat",
      "1,538 votes fewer for SPP-DPM would move a seat",
      "would cost SNS the majority (126 needed): SNS −63",
      "would cost SNS and SVM the majority (126 needed)",
      "On this way these lists get above the threshold: SRS, POKS, UDS",
      "With the lists that take part, and their weights, held as they are it "
      .. "would take 539,553 votes.",
      "SVM: a seat more (added): with 25,433 votes it is undone, for SVM "
      .. "crosses the threshold.", "m: minority list." },
    ["sr-Latn"] = { "Glasovi koji bi promenili ishod",
      "Poslednji, 250. mandat dobija SNS sa količnikom 10.393,61; najbolji "
      .. "količnik druge liste je 10.282,75 (SPAS).",
      "Mandat se pomera prebacivanjem sa SNS na SPAS: 1.251 glas. Promena: "
      .. "SPAS +1 i SNS −1.", "dodavanjem za SPAS: 1.331 glas.",
      "oduzimanjem od SPP-DPM: 1.538 glasova.", "Gubitak većine (126) za SNS "
      .. "prebacivanjem sa SNS", "Ovim putem cenzus prelaze: SRS, POKS, UDS" },
    ["sr-Cyrl"] = { "Гласови који би променили исход",
      "Мандат се помера пребацивањем са СНС на СПАС: 1.251 глас. Промена: "
      .. "СПАС +1 и СНС −1." },
  }
  for language, sentences in pairs(SAID) do
    it("say how few votes move a seat or a majority, in " .. language,
      function()
        for _, format in ipairs { "text", "md", "html" } do
          local text = plain(page(answer, format, language))
          for _, sentence in ipairs(sentences) do has(text, sentence) end
        end
      end)
  end

  it("are tables of the last seats, of who is next, and of each answer",
    function()
      local md = page(answer, "md"):gsub(NO_BREAK, " ")
      has(md, "| 250 | SNS | 10,393.61 (÷ 188) | SPAS | 10,282.75 (÷ 12) |")
      has(md, "| SPAS | 10,282.75 | 1,331 | 1,251 (SNS) |")
      has(md, "| any seat | switched | 1,251 | SNS → SPAS | SPAS +1, SNS −1 |")
      has(md, "| SUV: above the threshold | added | 23,310 | → SUV | "
        .. "SUV +9, SNS −7, SPS −1, SVM −1 |")
      has(md, "| SNS: a seat fewer | removed | 20,842 | SNS → | "
        .. "SPAS +1, SNS −1 |")
      has(md, "| SNS: no majority | removed, held | 1,285,333 | SNS → | ")
    end)

  it("keep to 80 columns", function()
    for language in pairs(SAID) do
      for line in page(answer, "text", language):gmatch("[^\n]+") do
        assert.is_true(require "urna.charts.display".width(line) <= 80, line)
      end
    end
  end)

  it("have a ladder of quotients, with its data and its words", function()
    has(page(answer, "text"), "\n250  SNS ÷ 188  ─")
    local html = page(answer, "html")
    has(html, "<title id=\"urna-l-")
    has(html, "Quotients at the last seat: National Assembly of Serbia, 21 "
      .. "June 2020</title>")
    has(html, "SNS ÷ 188 10,393.61. Without one, empty circles: SNS ÷ 189 "
      .. "10,338.61;")
    has(html, "<td>SPAS ÷ 12</td><td class=\"n\">10,282.75</td>")
    check_closed(html)
    check_closed(page(answer, "html", "sr-Cyrl"))
  end)

  it("are JSON and CSV", function()
    local data = assert(dkjson.decode(page(answer, "json"))).answers[1].answer
    assert.same({ 250, 126 }, { data.seats, data.majority })
    assert.same({ "seat", "switched", 1251 }, { data.rows[1].question,
      data.rows[1].by, data.rows[1].votes })
    assert.equal(1251, data.rows[1].witness.from.SNS)
    assert.equal(188, data.last[5].nth)
    assert.equal(answer:csv(), page(answer, "csv"))
  end)

  it("do not tell who is next a second time in the outcome's report",
    function()
      local text = assert(urna.report(SERBIA, { answers = { answer } }))
      local _, told = text:gsub("First quotients without a seat", "")
      local alone = page(answer, "text")
      assert.equal(0, told)
      has(alone, "First quotients without a seat")
      has(text, "1,251 votes switched from SNS to SPAS would move a seat")
    end)
end)

describe("the margins of votes that are recalled, their base unknown",
  function()
    local outcome = assert(urna.apportion(assert(urna.election(
      "belgrade-2023"))))
    local answer = assert(urna.margins(outcome))

    it("say so, and mark every figure", function()
      local text = plain(page(answer, "text"))
      has(text, "Not known: Ballots in the box. In what follows the lists that "
        .. "take part, and their weights, are held as they are.")
      has(text, "246‡ votes switched from SNS to SPS would move a seat")
      has(text, "They are held there, though these would be below the "
        .. "threshold then: MI-GIN.")
      has(text, "‡ SNS, SPN, NADA, MI-GIN, SPS: recalled")
      lacks(text, "switched, held")
      has(plain(page(answer, "text", "sr-Latn")),
        "Nije poznato: Glasalo (listići u kutiji).")
    end)

    it("tell in the outcome's report what they rest on", function()
      has(plain(assert(urna.report(outcome, { answers = { answer } }))),
        "Some of the figures that these numbers rest on are marked ‡†")
    end)
  end)

describe("odd margins", function()
  local RULE = { since = "2024-01-01", base = "valid_ballots", seats = 3,
    source = "made up", { step = "averages", divisor = "dhondt",
      tie = { "undecided" } } }

  local function margins_of(votes, options)
    options = options or {}
    options.rule = RULE
    return assert(urna.margins(assert(urna.apportion(votes, { rule = RULE,
      date = "2024-06-02" })), options))
  end

  it("tell ties apart in a column of their own", function()
    -- A 60, B 30: B has a second seat with 16, and with 15 a tie may
    local md = page(margins_of { A = 60, B = 30 }, "md"):gsub(NO_BREAK, " ")
    has(md, "| What changes | How | Votes | Tie from | From → to | Seats |")
    has(md, "| B: a seat more | switched | 16 | 15 | A → B | B +1, A −1 |")
    has(md, "Tie from: with so many votes a tie makes it possible.")
  end)

  it("read well where nothing can happen", function()
    -- one list has all seats, whatever is added or removed but everything
    local answer = margins_of({ A = 9 }, { by = "added", last = 0 })
    local text = page(answer, "md")
    has(text, "| any seat | added | – |   |   |")
    has(text, "–: no number of votes does it.")
    lacks(text, "Seat 3, the last")
    lacks(text, "```text")
    check_closed(page(answer, "html"))
  end)

  it("say that the last seat had no rival", function()
    has(page(margins_of { A = 9 }, "md"),
      "Seat 3, the last, goes to A with the quotient 3.00.")
  end)

  it("say where a search was given up, and what a tie is not known to do",
    function()
      local answer = margins_of { A = 60, B = 30 }
      answer.rows = { { question = "seat", by = "added", gave_up = 1234,
        why = "1233 ballots added or fewer do not do it; whether more ever do "
          .. "would take too long to find out" },
        { question = "seat", by = "removed", votes = 8, tie_unsettled = true,
          witness = { from = { A = 8 }, to = {}, seats_after = { A = 1,
            B = 1 }, open_after = { tied = { "A", "B" }, left = 1 } } },
        { question = "lose", list = "A", by = "removed", tie = 30 } }
      local md = page(answer, "md"):gsub(NO_BREAK, " ")
      has(md, "| any seat | added | ≥ 1,234 |   |   |   |")
      has(md, "| any seat | removed | 8 | ? | A → | A −1, open: 1 seat (A and "
        .. "B) |")
      has(md, "| A: a seat fewer | removed | – | 30 |   |   |")
      has(md, "≥: fewer votes do not do it; more were not searched to the end.")
      has(md, "?: whether a tie would do it with fewer is not known.")
      lacks(md, "–: no number of votes does it.")
      has(answer:text(), "  A loses a seat: only a tie can, with 30 removed\n")
    end)

  it("name an equal quotient that went by more votes", function()
    -- A 40 / 2 = B 20 of two seats: A has more votes
    local rule = { since = "2024-01-01", base = "valid_ballots", seats = 2,
      source = "made up", { step = "averages", divisor = "dhondt",
        tie = { "more_votes" } } }
    local outcome = assert(urna.apportion({ A = 40, B = 20 }, { rule = rule,
      date = "2024-06-02" }))
    local answer = assert(urna.margins(outcome, { rule = rule }))
    has(page(answer, "md"), "| 2 | A | 20.00 (÷ 2) | B | 20.00 (÷ 1) | equal "
      .. "quotients: the list with more votes |")
    has(answer:text(), "before B / 1 = 20.0000, for its more votes\n")
  end)
end)
