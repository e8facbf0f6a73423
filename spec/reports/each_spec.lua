local errors = require "urna.errors"
local fixtures = require "spec.fixtures"
local reports = require "urna.reports"

local function rows()
  return { { key = "Beograd 2024", outcome = fixtures.belgrade() },
    { key = "Beograd 2023", outcome = fixtures.belgrade_2023() },
    { key = "Niš", err = errors.new("no_seats",
      { message = "the number of seats is not known" }) } }
end

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

describe("reports.each", function()
  it("has a row for each contest, also for one that failed", function()
    local text = assert(reports.each(rows(), { format = "md" }))
    has(text, "| Contest | Leader | % of ballots in the box | Seats | To fill "
      .. "| Majority | Decision | Error |")
    has(text, "| Beograd 2024 | SNS | 52.77% | 64 | 110 | yes | decided |")
    has(text, "| Beograd 2023 | SNS | 38.96% | 49 | 110 | short by 7 | "
      .. "decided |")
    has(text, "| Niš | – | – | – | – | – | – | the number of seats is not "
      .. "known |")
  end)

  it("names each base where they differ", function()
    local mixed = rows()
    for _, list in ipairs(mixed[2].outcome.lists) do
      list.share.base = "valid_votes"
    end
    local text = assert(reports.each(mixed, { format = "md" }))
    has(text, "| 52.77% of ballots in the box |")
    has(text, "| 38.96% of valid votes |")
  end)

  it("csv has plain numbers and the seats short", function()
    assert.equal("key,leader,percent,base,seats,seats_to_fill,"
      .. "majority_short,decision,error\n"
      .. "Beograd 2024,SNS,52.77,ballots_in_box,64,110,0,decided,\n"
      .. "Beograd 2023,SNS,38.96,ballots_in_box,49,110,7,decided,\n"
      .. "Niš,,,,,,,,the number of seats is not known\n",
      reports.each(rows(), { format = "csv" }))
  end)

  it("json and html hold the same rows", function()
    has(assert(reports.each(rows(), { format = "json" })),
      "\"majority_short\": 7")
    local html = assert(reports.each(rows(), { format = "html",
      language = "sr-Latn" }))
    has(html, "<html lang=\"sr-Latn\">")
    has(html, "<th scope=\"row\">Beograd 2024</th>")
  end)

  it("text keeps to its width", function()
    local text = assert(reports.each(rows(), {}))
    has(text, "Beograd 2023  SNS")
  end)

  it("an unknown format is an error", function()
    local text, err = reports.each(rows(), { format = "pdf" })
    assert.is_nil(text)
    assert.equal("unknown_format", err.code)
  end)
end)
