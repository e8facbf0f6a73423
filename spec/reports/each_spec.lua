local display = require "urna.charts.display"
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
      .. "| Majority | Decision | Count | Error |")
    has(text, "| Beograd 2024 | SNS | 52.77% | 64 | 110 | yes | decided "
      .. "| final |   |")
    has(text, "| Beograd 2023 | SNS | 38.96% | 49 | 110 | short by 7 | "
      .. "decided | final; 1,180 of 1,180 reported |   |")
    has(text, "| Niš | – | – | – | – | – | – | – | the number of seats is "
      .. "not known |")
  end)

  it("never calls decided alone what is not all there", function()
    local some = { rows()[2] }
    some[1].outcome.units = { reported = 1177, expected = 1180, bad = 3 }
    for _, format in ipairs { "text", "md", "html", "csv", "json" } do
      local text = assert(reports.each(some, { format = format }))
      local plain = text:gsub("%s+", " ")
      if format == "csv" then
        has(text, ",decided,not_final,1177,1180,3,")
      elseif format == "json" then
        has(text, "\"count_status\": \"not_final\"")
        has(text, "\"kept_out\": 3")
      else
        has(plain, format == "text" and "3 kept" or "not final")
        has(plain, format == "text" and "1,177" or "1,177 of 1,180 reported; "
          .. "3 kept out")
      end
    end
    has(assert(reports.each(some, { format = "md" })),
      "decided, on the records there are")
  end)

  it("has as many cells in the head as in each row", function()
    for _, which in ipairs { { rows()[1], rows()[2] }, rows() } do
      local text, cells = assert(reports.each(which, { format = "md" })), nil
      for line in text:gmatch("[^\n]+") do
        if line:sub(1, 1) == "|" then
          local _, count = line:gsub("|", "")
          cells = cells or count
          assert.equal(cells, count, line)
        end
      end
    end
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
      .. "majority_short,decision,count_status,reported,expected,kept_out,"
      .. "mark,error\n"
      .. "Beograd 2024,SNS,52.77,ballots_in_box,64,110,0,decided,final,,1265,"
      .. "0,,\n"
      .. "Beograd 2023,SNS,38.96,ballots_in_box,49,110,7,decided,final,1180,"
      .. "1180,0,,\n"
      .. "Niš,,,,,,,,,,,,,the number of seats is not known\n",
      reports.each(rows(), { format = "csv" }))
  end)

  it("json and html hold the same rows", function()
    has(assert(reports.each(rows(), { format = "json" })),
      "\"majority_short\": 7")
    local html = assert(reports.each(rows(), { format = "html",
      language = "sr-Latn" }))
    has(html, "<html lang=\"sr-Latn\">")
    has(html, "<th scope=\"row\" class=\"w\">Beograd 2024</th>")
  end)

  it("text keeps to its width", function()
    local text = assert(reports.each(rows(), {}))
    has(text, "Beograd  SNS")
    for line in text:gmatch("[^\n]+") do
      assert.is_true(display.width(line) <= 80, line)
    end
  end)

  it("an unknown format is an error", function()
    local text, err = reports.each(rows(), { format = "pdf" })
    assert.is_nil(text)
    assert.equal("unknown_format", err.code)
  end)
end)
