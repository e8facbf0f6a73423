local console = require "spec.console"
local scratch = require "spec.scratch"
local towns = require "spec.towns"

-- What a run of the command line prints and returns.
local function run(...)
  local status, out, err = console.run(...)
  return { status = status, out = out, err = err }
end

after_each(scratch.clear)

local CONTEST, HEADINGS, ROWS = towns.contest, towns.headings, towns.rows

-- A verb on these records, with their contest.
local function on(rows, verb, ...)
  local path = scratch.write(".csv", HEADINGS .. rows)
  return run(verb, path, "--contest", scratch.write(".contest.lua", CONTEST),
    ...)
end

local function annul(...) return on(ROWS, "annul", ...) end

describe("urna annul", function()
  it("tells what is left, with status 1 where a seat moves", function()
    local done = annul("X/1")
    assert.equal(1, done.status)
    assert.matches("without 1 station and the 100 ballots in their boxes: "
      .. "A -1, B +1", done.out, 1, true)
    done = annul("Z/1")
    assert.equal(0, done.status)
    assert.matches("no seat moves", done.out)
  end)

  it("says why the seats are undecided, with status 1", function()
    -- without Y 50:50 of three: 50 25 each, and the third seat is nobody's
    local done = on("X,1,200,100,100,0,100,50,50\n"
      .. "Y,1,200,100,100,0,100,90,10\n", "annul", "Y/1")
    assert.equal(1, done.status)
    assert.matches("the seats are undecided: 1 seat is left for 2 lists",
      done.out, 1, true)
  end)

  it("takes the stations that a check fires on", function()
    -- Y and Z have a signature more than ballots; 90:10 is 3 and 0
    local done = annul("--findings", "T13", "--format", "csv")
    assert.equal("list,votes,votes_removed,seats,seats_without,change,"
      .. "fewest,most,likely_low,likely_high\nA,130,40,2,3,1,,,,\n"
      .. "B,70,60,1,0,-1,,,,\n", done.out)
    assert.equal(1, done.status)
  end)

  it("bounds a repeat, with status 1 where it could move a seat", function()
    -- 10 voters: 130:79 is 130 79 65, 140:69 is 140 70 69
    local done = annul("Z/1", "--revote", "--registered", "5", "--coalition",
      "A,B")
    assert.equal(0, done.status)
    assert.matches("5 voters registered: cannot move any seat", done.out, 1,
      true)
    assert.matches("A + B: 3 seats of 2 needed, a majority is certain",
      done.out, 1, true)
    done = annul("Z/1", "--revote", "--registered", "100", "--format", "json",
      "--seed", "4", "--draws", "10", "--turnout", "1/2")
    assert.equal(1, done.status)
    assert.matches('"can_change": true', done.out, 1, true)
    assert.matches('"seed": 4', done.out, 1, true)
  end)

  it("finds the fewest stations", function()
    local done = annul("--fewest", "A")
    assert.equal(1, done.status)
    assert.matches("takes a seat from A: 1\n  for one: X/1 (200 registered",
      done.out, 1, true)
    done = annul("--fewest", "A=gain", "--format", "csv")
    assert.matches("^place,file,line\nY/1,", done.out)
  end)

  it("weighs checks, and compares a repeat", function()
    -- 130:70: 20 switched to A make it 50 = 50, and more votes go first
    local done = annul("--materiality", "--format", "csv")
    assert.matches("\nT13,2,210,100,2,20,5.00,", done.out, 1, true)
    assert.equal(1, done.status)
    done = annul("--after", scratch.write(".csv", HEADINGS
      .. "X,1,200,60,60,0,60,30,30\n"))
    assert.matches("seats: A -1, B +1", done.out, 1, true)
    assert.equal(1, done.status)
  end)

  it("is a section of the report in every form it has", function()
    local done = annul("X/1", "--revote", "--format", "md")
    assert.equal(1, done.status)
    assert.matches("# Towns\n\n## Without some polling stations\n", done.out, 1,
      true)
    assert.matches("| A | 130 | 90 | 2 | 1 | −1 |", done.out, 1, true)
    done = annul("X/1", "--format", "html", "--language", "sr-Cyrl")
    assert.matches("Помера се један мандат: добија га B (1 → 2)", done.out, 1,
      true)
    done = annul("--fewest", "A", "--language", "en")
    assert.matches("Found: 1 polling station.", done.out, 1, true)
    done = annul("--materiality", "--language", "sr-Latn")
    assert.matches("Najmanje listića koji bi pomerili mandat: 20", done.out, 1,
      true)
    done = annul("--after", scratch.write(".csv", HEADINGS
      .. "X,1,200,60,60,0,60,30,30\n"), "--format", "md")
    assert.matches("## What the repeat of the vote changed", done.out, 1, true)
  end)

  it("refuses what it cannot do", function()
    assert.equal(3, annul().status)
    assert.equal(3, run("annul").status)
    assert.equal(3, annul("X/1", "--fewest", "any").status)
    assert.equal(3, annul("X/1", "--turnout", "1").status)
    local done = annul("Q/1")
    assert.equal(2, done.status)
    assert.matches("no unit is called", done.err)
  end)
end)

describe("urna scenario", function()
  it("prints a line for the result and one for the scenario", function()
    local done = run("scenario", "belgrade-2023", "--remove", "SNS=40000",
      "--block", "SNS,SPS", "--block", "SPN,NADA")
    assert.equal(1, done.status)
    assert.equal("as it is: SNS 49 SPN 43 NADA 7 MI-GIN 6 SPS 5; SNS + SPS "
      .. "54, SPN + NADA 50, MI-GIN decides\nwithout SNS 40000 votes: SNS -4, "
      .. "SPN +2, MI-GIN +1, SPS +1: SNS 45 SPN 45 NADA 7 MI-GIN 7 SPS 6; "
      .. "SNS + SPS 51, SPN + NADA 52, MI-GIN decides\n", done.out)
    assert.equal(0, run("scenario", "belgrade-2023", "--remove",
      "SNS=2250").status)
  end)

  it("takes every kind of change", function()
    local done = run("scenario", "parliament-2023", "--threshold", "5/100",
      "--factor", "none", "--minority", "SVM=no", "--join", "SNS,SPS",
      "--switch", "SPN,NADA,1000", "--add", "SNS=5", "--turnout", "9/10",
      "--edition", "2020-06-21", "--other-seats", "240", "--split",
      "MI-GIN=X:178829,Y:1", "--format", "csv")
    assert.equal(1, done.status)
    assert.matches("SNS + SPS joined", done.out, 1, true)
    assert.matches("split into X 178829 votes, Y 1 votes", done.out, 1, true)
  end)

  it("scans, and takes scenarios from a file", function()
    local done = run("scenario", "belgrade-2023", "--scan", "remove=SNS",
      "--most", "5000")
    assert.matches("without votes of SNS: 2251 votes: SNS -1, SPS +1",
      done.out, 1, true)
    for ending, text in pairs {
      [".lua"] = "return { { remove = { SNS = 2251 } }, "
        .. "{ add = { SPS = 1 } } }",
      [".json"] = '[{"remove":{"SNS":2251}},{"add":{"SPS":1}}]' } do
      done = run("scenario", "belgrade-2023", "--file",
        scratch.write(ending, text))
      assert.equal(1, done.status)
      assert.matches("with SPS 1 votes: no seat moves", done.out, 1, true)
    end
  end)

  it("is a section of the report, and so is a scan", function()
    local done = run("scenario", "belgrade-2023", "--remove", "SNS=40000",
      "--language", "sr-Latn")
    assert.equal(1, done.status)
    assert.matches("SNS bez 40.000 glasova", done.out, 1, true)
    done = run("scenario", "belgrade-2023", "--scan", "remove=SNS", "--most",
      "5000", "--format", "html")
    assert.matches("The first change is at 2,251 votes.", done.out, 1, true)
  end)

  it("refuses what it cannot do", function()
    assert.equal(3, run("scenario", "belgrade-2023").status)
    assert.equal(3, run("scenario", "belgrade-2023", "--remove",
      "SNS=x").status)
    assert.equal(3, run("scenario", "belgrade-2023", "--remove",
      "SSS=1").status)
    assert.equal(2, run("scenario", "belgrade-2023", "--remove",
      "SNS=999999").status)
    assert.equal(2, run("scenario", "belgrade-2023", "--file",
      "absent.json").status)
    assert.equal(3, run("scenario", "belgrade-2023", "--scan", "SNS=1").status)
  end)

  it("names each list that could decide, and what is undecided", function()
    -- SNS + SPS have 54 of the 56 needed: NADA's 7 or MI-GIN's 6 do, or SPN
    local done = run("scenario", "belgrade-2023", "--remove", "SNS=1",
      "--block", "SNS,SPS")
    assert.matches("; SNS + SPS 54, any of MI-GIN, NADA, SPN decides\n",
      done.out, 1, true)
    done = on("X,1,200,100,100,0,100,50,50\n", "scenario", "--turnout", "1/2")
    assert.matches("as it is: undecided", done.out, 1, true)
    assert.equal(1, done.status)
  end)
end)

describe("urna coalitions", function()
  it("lists those that win", function()
    local done = run("coalitions", "belgrade-2023", "--format", "csv")
    assert.equal("coalition,seats,surplus,connected\nSNS+NADA,56,0,\n"
      .. "SPN+NADA+MI-GIN,56,0,\nSNS+MI-GIN+SPS,60,4,\nSNS+SPN,92,36,\n",
      done.out)
    assert.equal(0, done.status)
  end)

  it("leaves out, orders, and says when nobody can govern", function()
    local done = run("coalitions", "belgrade-2023", "--exclude", "SNS,NADA",
      "--exclude", "SNS,SPN", "--exclude", "SNS,MI-GIN", "--exclude",
      "SPN,NADA")
    assert.equal(1, done.status)
    assert.matches("coalitions: 0", done.out)
    done = run("coalitions", "belgrade-2023", "--order",
      "SPN,NADA,MI-GIN,SNS,SPS", "--format", "json")
    assert.matches('"connected"', done.out, 1, true)
    assert.equal(3, run("coalitions", "belgrade-2023", "--order", "SPN").status)
  end)

  it("says that seats are undecided", function()
    local done = on("X,1,200,100,100,0,100,50,50\n", "coalitions")
    assert.equal(1, done.status)
    assert.matches("undecided", done.err)
  end)
end)
