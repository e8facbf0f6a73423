local console = require "spec.console"
local scratch = require "spec.scratch"

local HEAD = "p,signed,box,A,B\n"
local CONTEST = "return { keys = { \"p\" }, columns = { voters_signed = "
  .. "\"signed\", ballots_in_box = \"box\" }, lists = { { key = \"A\" }, "
  .. "{ key = \"B\" } } }\n"

-- All that it printed, on either stream.
local function run(...)
  local status, out, err = console.run(...)
  return status, out .. err
end

describe("the options of urna check", function()
  local now, other, contest

  before_each(function()
    now = scratch.write(".csv", HEAD .. "1,50,51,30,21\n2,50,53,30,23\n")
    other = scratch.write(".csv", HEAD .. "1,50,50,30,20\n2,49,50,30,20\n")
    contest = scratch.write(".lua", CONTEST)
  end)

  after_each(scratch.clear)

  it("let a number or a share pass", function()
    local status, out = run("check", now, "--contest", contest,
      "--tolerance", "T10=1")
    assert.equal(1, status)
    assert.matches("T10  FIRED        1 .*1 within the tolerance", out)
    -- 3 of 53 are 5.7 in 100
    for _, share in ipairs { "T10=6/100", "T10=6%" } do
      status, out = run("check", now, "--contest", contest, "--tolerance",
        share)
      assert.equal(0, status)
      assert.matches("T10  PASS", out)
    end
    status, out = run("check", now, "--contest", contest, "--tolerance",
      "T10=some")
    assert.equal(3, status)
    assert.matches("a number or a share, 2 or 1/100, not \"some\"", out)
  end)

  it("add checks of one's own", function()
    local _, out = run("check", now, "--contest", contest, "--extra",
      "A <= 30", "--extra", "B < 23")
    assert.matches("U1   PASS", out)
    assert.matches("U2   FIRED        1  B < 23", out)
    local status
    status, out = run("check", now, "--contest", contest, "--extra", "A /")
    assert.equal(3, status)
    assert.matches("is expected at column 3", out)
  end)

  it("compare with other records", function()
    local _, out = run("check", now, "--contest", contest, "--same-day",
      other, "--previous", other)
    assert.matches("T28  FIRED        1 .*\n       2  ", out)
    assert.matches("T29  FIRED        2 ", out)
    assert.matches("W06  UNKNOWN .*not given: registered_voters", out)
    local status
    status, out = run("check", now, "--contest", contest, "--previous",
      other .. ".none.csv")
    assert.equal(2, status)
    assert.matches("none.csv", out, 1, true)
  end)

  it("take other captures, a second entry, copies and a list", function()
    local list = scratch.write(".txt", "1\n2\n3\n")
    local _, out = run("check", now, "--contest", contest, "--earlier", other,
      "--second", other, "--observer", other, "--expected", list)
    assert.matches("M01  FIRED        2 ", out)
    assert.matches("M04  FIRED        2 ", out)
    assert.matches("W18  PASS ", out)
    assert.matches("S07  FIRED        1 .-\n       3  ", out)
    local status
    status, out = run("check", now, "--contest", contest, "--expected",
      list .. ".none")
    assert.equal(2, status)
    assert.matches("none", out, 1, true)
  end)

  it("compare published seats with the law's", function()
    -- A 60 and B 44: averages 60 44 30 22: A B A B for four seats
    local law = scratch.write(".lua", (CONTEST:gsub("return { ", "return { "
      .. "rule = \"rs/local\", date = \"2024-06-02\", seats = 4, "))
      :gsub("key = \"(%u)\"", "key = \"%1\", minority = false"))
    local _, out = run("check", now, "--contest", law, "--claim", "A=3,B=1")
    assert.matches("T24  FIRED        2 .-\n       A .- 3 = 2 does not hold",
      out)
    _, out = run("check", now, "--contest", law, "--claim", "A=2,B=2")
    assert.matches("T24  PASS ", out)
    assert.matches("W20  ", out)
    local status
    status, out = run("check", now, "--contest", contest, "--claim", "A=2")
    assert.equal(2, status)
    assert.matches("rule", out)
  end)

  it("give the section of the report, in text where a language is said",
    function()
      local status, _, out
      status, out = run("check", now, "--contest", contest, "--format", "md")
      assert.equal(1, status)
      assert.matches("\n## What the checks found\n", out)
      _, out = run("check", now, "--contest", contest, "--language",
        "sr-Latn")
      assert.matches("\nŠta je kontrola pokazala\n", out)
      _, out = run("check", now, "--contest", contest, "--format", "html")
      assert.matches("^<!doctype html>", out)
      _, out = run("check", now, "--contest", contest)
      assert.matches("^S01  PASS ", out)
    end)

  it("give SARIF, and what an editor reads", function()
    local _, out = run("check", now, "--contest", contest, "--format",
      "quickfix")
    assert.equal(now .. ":2: E: T10 1: more ballots in the box than "
      .. "signatures (51 <= 50 does not hold: ballots_in_box <= "
      .. "voters_signed)", out:match("^[^\n]*"))
    _, out = run("check", now, "--contest", contest, "--format", "sarif")
    assert.equal("2.1.0", require("dkjson").decode(out).version)
  end)
end)
