local console = require "spec.console"
local dkjson = require "dkjson"
local scratch = require "spec.scratch"

after_each(scratch.clear)

describe("urna margins", function()
  it("answers in brief, with status 0", function()
    -- 1,251 by hand in spec/analysis/margins_spec.lua
    local status, out, err = console.run("margins", "rs/parliament/2020-06-21")
    assert.same({ 0, "" }, { status, err })
    assert.matches("  any seat: 1,251 switched from SNS to SPAS: SPAS +1, SNS "
      .. "-1\n", out, 1, true)
  end)

  it("takes lists, coalitions, a way, thresholds and a majority", function()
    local status, out = console.run("margins", "rs/parliament/2020-06-21",
      "--list", "SUV", "--coalition", "SNS,SVM", "--by", "switched",
      "--thresholds", "both", "--last", "2", "--majority", "167",
      "--format", "json")
    assert.equal(0, status)
    local data = assert(dkjson.decode(out))
    local told = {}
    for i, row in ipairs(data.rows) do
      told[i] = ("%s %s %s"):format(row.question,
        row.list or table.concat(row.coalition or {}, "+"),
        row.thresholds or "-")
      assert.equal("switched", row.by)
    end
    assert.same({ "seat  free", "seat  fixed", "gain SUV free",
      "gain SUV fixed", "threshold SUV -", "majority SNS free",
      "majority SNS fixed", "coalition SNS+SVM free",
      "coalition SNS+SVM fixed" }, told)
    assert.same({ 66055, 168170 }, { data.rows[6].votes, data.rows[7].votes })
    assert.equal(2, #data.last)
  end)

  it("is a page in Markdown, HTML, or in a language", function()
    local _, out = console.run("margins", "belgrade-2024", "--format", "md")
    assert.matches("^# City Assembly of Belgrade, 2 June 2024\n\n## Margins\n",
      out)
    _, out = console.run("margins", "belgrade-2024", "--format", "html")
    assert.matches("<svg", out, 1, true)
    _, out = console.run("margins", "belgrade-2024", "--language", "sr-Latn")
    assert.matches("Mandat se pomera prebacivanjem sa MI-SN na BB: 111 glasova",
      out, 1, true)
    _, out = console.run("margins", "belgrade-2024", "--format", "csv")
    assert.matches("\nseat,,,,,added,free,278,,,BB=278,BB+1;MI-SN-1,,\n", out,
      1, true)
  end)

  it("takes a rule of one's own from the contest", function()
    local rule = scratch.write(".lua", [[return { since = "2024-01-01",
      seats = 3, base = "valid_ballots", source = "made up",
      { step = "averages", divisor = "dhondt", tie = { "undecided" } } }]])
    local contest = scratch.write(".contest.lua", ([[return { name = "Town",
      date = "2024-06-02", rule = %q, seats = 3, keys = { "station" },
      columns = { valid_ballots = "valid" },
      lists = { { key = "A", column = "A" }, { key = "B", column = "B" } } }]])
      :format(rule))
    local path = scratch.write(".csv", "station,valid,A,B\n1,90,60,30\n")
    local status, out, err = console.run("margins", path, "--contest", contest)
    assert.same({ 0, "" }, { status, err })
    -- see spec/analysis/margin_spec.lua
    assert.matches("B gains a seat: 16 switched from A to B", out, 1, true)
  end)

  it("says what is open, with status 1", function()
    local contest = scratch.write(".contest.lua", [[return { name = "Town",
      date = "2024-06-02", rule = "rs/local", seats = 1, keys = { "station" },
      columns = { ballots_in_box = "box" },
      lists = { { key = "A", column = "A", minority = false },
        { key = "B", column = "B", minority = false } } }]])
    local path = scratch.write(".csv", "station,box,A,B\n1,100,50,50\n")
    local status, out, err = console.run("margins", path, "--contest", contest)
    assert.same({ 1, "" }, { status, out })
    assert.matches("urna: undecided: 1 seat is left for 2 lists", err, 1, true)
  end)

  it("refuses what it cannot answer, with status 2 or 3", function()
    local status, _, err = console.run("margins", "belgrade-2023",
      "--thresholds", "free")
    assert.equal(2, status)
    assert.matches("ballots in box are not known", err, 1, true)
    status, _, err = console.run("margins", "belgrade-2024", "--list", "SNSX")
    assert.equal(3, status)
    assert.matches('there is no list "SNSX": did you mean "SNS"?', err, 1, true)
    assert.equal(3, (console.run("margins")))
    assert.equal(3, (console.run("margins", "a", "b")))
    assert.equal(3, (console.run("margins", "belgrade-2024", "--by", "moved")))
    assert.equal(2, (console.run("margins", "/nonexistent.csv")))
  end)
end)
