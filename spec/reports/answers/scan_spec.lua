local answered = require "spec.answered"
local urna = require "urna"

-- 60:40 of three is 60 40 30, and 100 ballots in the box
local function towns(move)
  local outcome = assert(urna.apportion({
    A = { votes = 60, minority = false },
    B = { votes = 40, minority = false } }, { rule = "rs/local",
    date = "2024-06-02", seats = 3, ballots_in_box = 100 }))
  return assert(urna.scan(outcome, move))
end

describe("the section of a scan", function()
  it("has a row for each number at which something changes", function()
    -- A has all from 60:20 on, 20 = 20, for more votes go first; of 61 ballots
    -- one is 1.6 %
    local found = towns { remove = "B" }
    local text = answered.page(found, "md")
    answered.has(text, "| Votes | Changes here | Against the result as it is | "
      .. "Threshold |\n| ---: | --- | --- | --- |\n| 0 | – | – | – |\n"
      .. "| 20 | A +1, B −1 | A +1, B −1 | – |\n"
      .. "| 39 | – | A +1, B −1 | B gets below |\n")
    answered.says(found, {
      en = { "Taken from B: every number of votes up to 40.",
        "The first change is at 20 votes." },
      ["sr-Latn"] = { "Oduzeto listi B: svaki broj glasova do 40.",
        "Prva promena: 20 glasova.", "B pada ispod" },
      ["sr-Cyrl"] = { "Прва промена: 20 гласова." } })
  end)

  it("says what is moved, and that nothing changes", function()
    answered.says(towns { add = "A", most = 9 }, {
      en = { "Given to A: every number of votes up to 9.", "No number of them "
        .. "changes a seat, or who is above the threshold." },
      ["sr-Cyrl"] = { "Додато листи A: сваки број гласова до 9.",
        "Ниједан број гласова не мења ни мандат" } })
    answered.has(answered.line(towns { switch = { from = "A", to = "B" },
      most = 12 }), "Switched from A to B: every number of votes up to 12.")
  end)

  it("says who decides between blocks", function()
    local text = answered.page(assert(urna.scan("belgrade-2023",
      { remove = "SNS", most = 13000 }, { blocks = { { "SNS", "SPS" },
        { "SPN", "NADA" } } })), "md")
    -- serbia.md 1b
    answered.has(text, "| 0 | – | – | 54 | 50 | MI-GIN |")
    answered.has(text, "| 2,251 | SNS −1, SPS +1 | SNS −1, SPS +1 | 54 | 50 "
      .. "| MI-GIN |")
    answered.has(text, "| 12,108 | SNS −1, SPN +1 | SNS −2, SPN +1, SPS +1 "
      .. "| 53 | 51 | MI-GIN |")
  end)

  it("says that seats are open where the threshold is not known", function()
    -- 2023's box is between 3,814,995 and 3,815,050: with 79,361 votes fewer
    -- NADA has 112,070, and 3 % is 112,069.02 to 112,070.67
    local text = answered.page(assert(urna.scan("parliament-2023",
      { remove = "NADA" })), "md")
    answered.has(text, "| 79,361 | open: who is above the threshold is not "
      .. "known | – | NADA: not known |")
    answered.has(text, "| NADA gets below |")
  end)

  it("shows the first forty of many changes", function()
    local text = answered.page(assert(urna.scan("parliament-2022",
      { switch = { from = "SNS", to = "KAD" } })), "md")
    assert.is_truthy(text:match("The table shows the first 40 of %d+ changes"))
  end)
end)
