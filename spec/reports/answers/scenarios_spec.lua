local answered = require "spec.answered"
local urna = require "urna"

local BLOCKS = { { "SNS", "SPS" }, { "SPN", "NADA" } }

-- serbia.md 1b: 2,251 is the first that moves a seat, 12,108 the first that
-- costs SNS and SPS one together; 40,000 leave 45 45 7 7 6
local function belgrade(list)
  return assert(urna.scenarios("belgrade-2023", list, { blocks = BLOCKS }))
end

local function removed(...)
  local list = {}
  for i, votes in ipairs { ... } do list[i] = { remove = { SNS = votes } } end
  return belgrade(list)
end

local function cells(text, first)
  return text:match("| " .. first:gsub("[%+%-]", "%%%0") .. " |[^\n]*")
end

describe("the section of scenarios", function()
  it("has a row for each, and the seats of each list", function()
    local text = answered.page(removed(2251, 12108, 40000), "md")
    answered.has(cells(text, "0"), "| 0 | as it is | – |")
    answered.has(cells(text, "1"),
      "| 1 | SNS without 2,251 votes | SNS −1, SPS +1 |")
    answered.has(cells(text, "2"),
      "| 2 | SNS without 12,108 votes | SNS −2, SPN +1, SPS +1 |")
    assert.equal("| SNS | 49 | 48 (−1) | 47 (−2) | 45 (−4) |",
      cells(text, "SNS"))
    assert.equal("| SPN | 43 | 43 | 44 (+1) | 45 (+2) |", cells(text, "SPN"))
    assert.equal("| MI-GIN | 6 | 6 | 6 | 7 (+1) |", cells(text, "MI-GIN"))
    assert.equal("| SNS + SPS | 54 | 54 | 53 | 51 |",
      cells(text, "SNS + SPS"))
    assert.equal("| SPN + NADA | 50 | 50 | 51 | 52 |",
      cells(text, "SPN + NADA"))
    assert.equal("| Decides | MI-GIN | MI-GIN | MI-GIN | MI-GIN |",
      cells(text, "Decides"))
  end)

  it("says how many move a seat, in each language", function()
    answered.says(removed(2250, 2251), {
      en = { "Beside the result as it is: 2 scenarios. Those in which a seat "
        .. "moves: 1.", "A majority is 56 of 110 seats." },
      ["sr-Latn"] = { "Pored sadašnjeg rezultata: 2 scenarija. Onih u kojima "
        .. "se pomera mandat: 1.", "Većina je 56 od 110 mandata.",
        "SNS bez 2.251 glas" },
      ["sr-Cyrl"] = { "СНС без 2.250 гласова", "ниједан" } })
  end)

  it("says that the threshold is an estimate, and why", function()
    -- 3 % of the box, which is between 919,421 and 942,449: 27,582.63 to
    -- 28,273.47
    local text = answered.line(removed(2251))
    answered.has(text, "27,583–28,274†")
    answered.has(text, "† Ballots in the box: 919,421–942,449, not known")
  end)

  it("says what is undecided and what cannot be", function()
    local found = belgrade { { threshold = { 6, 100 } },
      { remove = { SNS = 999999 } }, { add = { SPS = 1 } } }
    local text = answered.page(found, "md")
    answered.has(text, "| 1 | threshold of 6% | undecided |")
    answered.has(text, "| cannot be: a list has fewer votes than are taken "
      .. "from it | – | – |")
    answered.has(text, "| 3 | SPS with 1 vote more | none |")
    answered.has(answered.page(found, "md", "sr-Cyrl"), "| не може: листа има "
      .. "мање гласова него што јој се одузима |")
  end)

  it("says every change in words, or by its own name", function()
    local text = answered.line(assert(urna.scenarios("parliament-2023", { {
      rule = "rs/parliament", date = "2020-06-21", seats = 240,
      threshold = { 1, 3 }, factor = { 27, 20 }, minority = { SVM = false },
      join = { { "SNS", "SPS" } }, add = { SNS = 5 },
      switch = { { from = "SPN", to = "NADA", votes = 1000 } },
      split = { ["MI-GIN"] = { X = 178829, Y = 1 } },
      turnout = { 9, 10 } }, { turnout = { SNS = { 9, 10 } }, factor = false,
      threshold = false }, { name = "mine", add = { SNS = 1 } } })), "md")
    answered.has(text, "rule rs/parliament; the rule’s edition of 21 June "
      .. "2020; 240 seats to fill; threshold of 1/3; factor 27/20; SVM as no "
      .. "minority list; MI-GIN split into X (178,829 votes), Y (1 vote); SNS "
      .. "+ SPS as one list; 1,000 votes from SPN to NADA; SNS with 5 votes "
      .. "more; turnout of all at 90%")
    answered.has(text, "no threshold; no factor of minority lists; turnout of "
      .. "SNS at 90%")
    answered.has(text, "| 3 | mine |")
    answered.has(text, "| SNS+SPS | – |")
  end)

  it("stand five beside each other", function()
    local text = answered.page(removed(1, 2, 3, 4, 5, 2251), "md")
    answered.has(text, "| List | 0 | 1 | 2 | 3 | 4 | 5 |")
    answered.has(text, "| List | 0 | 6 |")
    answered.has(text, "in scenario 6")
  end)

  it("say that what moves cannot be told where the result is open", function()
    local votes = { A = { votes = 50, minority = false },
      B = { votes = 50, minority = false } }
    local outcome = assert(urna.apportion(votes, { rule = "rs/local",
      date = "2024-06-02", seats = 3, ballots_in_box = 100 }))
    -- 55:50 is 55 50 27.5: two and one
    local found = assert(urna.scenarios(outcome, { { add = { A = 5 } } }))
    answered.says(found, {
      en = { "The result as it is is not decided, so what moves cannot be "
        .. "told." },
      ["sr-Latn"] = { "Sadašnji rezultat nije odlučen, pa se ne može reći šta "
        .. "se pomera." } })
    answered.has(answered.page(found, "md"), "| A | – | 2 |")
  end)
end)
