local console = require "spec.console"
local display = require "urna.charts.display"
local scratch = require "spec.scratch"

after_each(scratch.clear)

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

local HEADINGS = "town,station,registered,signed,box,A,B\n"
-- 130:70 of three: 2 and 1
local ROWS = "X,1,200,100,100,90,10\n"
  .. "Zlatiborski,1,200,101,100,40,60\n"

local function contest_of(minority, more)
  return ([[return { name = "Towns", date = "2024-06-02", rule = "rs/local",
    seats = 3, keys = { "town", "station" }, columns = {
      registered_voters = "registered", voters_signed = "signed",
      ballots_in_box = "box" }, lists = {
      { key = "A", column = "A"%s }, { key = "B", column = "B"%s } } %s}]])
    :format(minority, minority, more or "")
end

-- The report of these records with other answers.
local function on(contest, ...)
  return console.run("report", scratch.write(".csv", HEADINGS .. ROWS),
    "--contest", scratch.write(".contest.lua", contest), ...)
end

local DECIDED = contest_of ", minority = false"
local UNSAID = contest_of ""
local DISPUTES = "dispute,requested,by,body,asks,where,step\n"
  .. "D1,2024-06-03T10:00,A,GIK,annul_stations,X/1,complaint\n"

describe("urna report --with", function()
  it("has the deadlines of the election's law", function()
    local status, out = console.run("report", "belgrade-2024", "--with",
      "deadlines")
    assert.equal(0, status)
    -- 72 hours from closing at 20:00 on 2 June
    has(out, "5 June 2024, 20:00     complaint")
    status, out = on(DECIDED, "--with", "deadlines")
    assert.equal(0, status)
    has(out, "5 June 2024, 20:00     complaint")
  end)

  it("checks whether what is open could move a seat, as urna check does",
    function()
      local _, out = on(DECIDED, "--with", "check", "--format", "csv")
      has(out, "\nW20,PASS,")
    end)

  it("goes without what undecided seats cannot answer, and says so",
    function()
      local status, out, err = on(UNSAID, "--with", "margins,coalitions,check")
      assert.equal(1, status)
      assert.equal("urna: the seats are undecided: the report has no margins\n"
        .. "urna: the seats are undecided: the report has no coalitions\n", err)
      has(out, "The outcome is undecided.")
      has(out, "What the checks found")
    end)

  it("refuses what there is none of", function()
    local status, _, err = on(DECIDED, "--with", "weather")
    assert.equal(3, status)
    has(err, "--with takes check, coalitions,")
    status, _, err = on(DECIDED, "--each", "town", "--with", "margins")
    assert.equal(3, status)
    has(err, "--each gives a row for each contest")
  end)
end)

describe("urna report --disputes", function()
  it("says which deadlines run, where the law has some", function()
    local status, out = on(DECIDED, "--disputes",
      scratch.write(".csv", DISPUTES), "--format", "md")
    assert.equal(0, status)
    -- 72 hours from the complaint of 3 June, 10:00
    has(out, "until 6 June 2024, 10:00")
  end)

  it("lists the requests where it has none", function()
    local path = scratch.write(".csv", (DISPUTES:gsub("2024", "2020")))
    local status, out = console.run("report", "parliament-2016", "--disputes",
      path, "--format", "md")
    assert.equal(0, status)
    has(out, "A asked GIK: annulment of the vote at polling stations.")
    has(out, "Which deadlines run is not told")
  end)
end)

describe("urna report --scenarios", function()
  it("names the file of a scenario that is none, as bad input", function()
    for text, message in pairs { ["[]"] = ": is no array of scenarios",
      ['[{ "remov": {} }]'] = ": a scenario has no option \"remov\"",
      ['[{ "remove": { "C": 1 } }]'] = ": there is no list \"C\"" } do
      local path = scratch.write(".json", text)
      for _, words in ipairs { { "report", "--scenarios" },
        { "scenario", "--file" } } do
        local status, _, err = console.run(words[1], "belgrade-2024", words[2],
          path)
        assert.equal(2, status)
        has(err, path .. message)
      end
    end
  end)
end)

describe("the text of a report with all answers", function()
  it("keeps to 80 columns", function()
    local incidents = scratch.write(".csv",
      "category,severity,source,station,from,to,provision\n"
      .. "a ballot photographed,irregularity,observer,Zlatiborski/1,"
      .. "2024-06-02T10:00,2024-06-02T13:00,116\n")
    for _, language in ipairs { "en", "sr-Latn", "sr-Cyrl" } do
      local _, out = on(DECIDED, "--with",
        "check,coalitions,deadlines,fewest,margins,materiality", "--incidents",
        incidents, "--disputes", scratch.write(".csv", DISPUTES), "--annul",
        "X/1", "--revote", "--language", language)
      assert.is_true(#out > 5000)
      for line in out:gmatch("[^\n]+") do
        assert.is_true(display.width(line) <= 80 or line:find("/tmp") ~= nil,
          line)
      end
    end
  end)
end)
