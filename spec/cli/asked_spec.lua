local compat = require "urna.compat"
local console = require "spec.console"
local dkjson = require "dkjson"
local scratch = require "spec.scratch"
local towns = require "spec.towns"

after_each(scratch.clear)

local CONTEST, HEADINGS, ROWS = towns.contest, towns.headings, towns.rows

local function report(...)
  return console.run("report", scratch.write(".csv", HEADINGS .. ROWS),
    "--contest", scratch.write(".contest.lua", CONTEST), ...)
end

-- The kinds of the answers of a report in JSON.
local function kinds(...)
  local status, out, err = report("--format", "json", ...)
  assert.message(err).truthy(status < 2)
  local found = {}
  for i, answer in ipairs(assert(dkjson.decode(out)).answers or {}) do
    found[i] = answer.kind
  end
  return found
end

describe("urna report", function()
  it("has the sections of other verbs that it is asked for, in their order",
    function()
      assert.same({}, kinds())
      assert.same({ "margins", "coalitions", "check", "materiality", "fewest",
        "deadlines" }, kinds("--with",
        "deadlines,fewest,materiality,check,coalitions,margins"))
    end)

  it("takes places to annul, and another source", function()
    local other = scratch.write(".csv", HEADINGS
      .. ROWS:gsub("90,10", "89,11"))
    assert.same({ "annul", "reconcile" }, kinds("--annul", "X/1", "--reconcile",
      other))
    local _, out = report("--annul", "X/1", "--language", "sr-Latn")
    assert.matches("Pomera se jedan mandat: dobija ga B (1 → 2), a gubi A "
      .. "(2 → 1).", (out:gsub("%s+", " ")), 1, true)
  end)

  it("takes scenarios, incidents and disputes from files", function()
    local scenarios = scratch.write(".lua",
      "return { { name = 'fewer of A', remove = { A = 80 } } }")
    local incidents = scratch.write(".csv",
      "category,severity,source,station\nphotograph,check,observer,X/1\n")
    local disputes = scratch.write(".csv", "dispute,requested,by,body,asks\n"
      .. "1,2024-06-03,B,commission,recount\n")
    assert.same({ "scenarios", "incidents", "disputes" }, kinds("--scenarios",
      scenarios, "--incidents", incidents, "--disputes", disputes))
  end)

  it("compares with an earlier election in full", function()
    local status, out = console.run("report", "belgrade-2024", "--compare",
      "belgrade-2023", "--with", "compare,turnout", "--source", "CRTA",
      "--format", "md")
    assert.equal(0, status)
    assert.matches("## Compared with: City Assembly of Belgrade, 17 December "
      .. "2023", out, 1, true)
    assert.matches("## Turnout by the hour", out, 1, true)
  end)

  it("says what it was not given, with status 3", function()
    for _, case in ipairs {
      { { "--with", "weather" }, "--with takes check, coalitions, compare, "
        .. "deadlines, fewest, margins, materiality, turnout, not "
        .. "\"weather\"" },
      { { "--with", "compare" }, "--with compare needs --compare ELECTION" },
      { { "--revote" }, "--revote goes with --annul PLACE" } } do
      local status, out, err = report(compat.unpack(case[1]))
      assert.same({ 3, "" }, { status, out })
      assert.matches(case[2], err, 1, true)
    end
    local status, _, err = report("--scenarios", scratch.write(".json", "{"))
    assert.equal(2, status)
    assert.matches("ends too early", err)
  end)
end)
