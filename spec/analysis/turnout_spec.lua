local console = require "spec.console"
local day = require "spec.days".of
local scratch = require "spec.scratch"
local urna = require "urna"

-- Figures of CRTA and GIK: crta.rs, "Lower turnout by 19:00 and more
-- complaints", and naslovi.net, both as embedded with the elections.
local function crta(earlier, at)
  return assert(urna.turnout("belgrade-2024", { source = "CRTA",
    earlier = earlier, at = at }))
end

local run = console.run

local function check_of(found, what)
  for _, check in ipairs(found.checks) do
    if check.what == what then return check end
  end
end

describe("turnout by the hour", function()
  it("is ahead at ten and far behind at seven, Belgrade June and December",
    function()
      -- CRTA: 9.9 and 9.6, 22.5 and 26.1, 41.5 and 54.8
      local lines = {}
      for i, row in ipairs(crta({ "belgrade-2023" }).rows) do
        local before = row.earlier[1]
        lines[i] = table.concat({ row.time, row.percent, before.percent,
          before.points }, " ")
      end
      assert.same({ "10:00 9.90 9.60 +0.30", "13:00 22.50 26.10 -3.60",
        "19:00 41.50 54.80 -13.30" }, lines)
    end)

  it("has exact differences", function()
    local row = crta({ "belgrade-2023" }).rows[2]
    -- 225/1000 - 261/1000 = -36/1000 = -9/250
    assert.same({ num = -9, den = 250 }, row.earlier[1].difference)
  end)

  it("says where a difference is within the margins of both", function()
    -- 9.9 +- 0.2 and 9.6 +- 0.1: 0.09 > 0.04 + 0.01; and 9.8 +- 0.4:
    -- 0.01 < 0.04 + 0.16; of 2022 no margin is printed
    local row = crta({ "belgrade-2023", "parliament-2023",
      "parliament-2022" }).rows[1]
    assert.is_true(row.earlier[1].beyond_margins)
    assert.is_false(row.earlier[2].beyond_margins)
    assert.is_nil(row.earlier[3].beyond_margins)
  end)

  it("states base and coverage", function()
    local found = crta({})
    assert.same({ name = "registered_voters", total = 1602112 }, found.base)
    assert.same({ sample = 450, units = 1265 }, found.coverage)
    assert.matches("sample of 450 of 1,265 polling stations; percent of "
      .. "1,602,112 registered voters", found:text(), 1, true)
  end)

  it("aligns the same hours and fills no gap", function()
    local found = assert(urna.turnout(day("b", "2024-01-01",
      { { "10:00", 10 }, { "12:00", 20 } }), { earlier = { day("a",
      "2020-01-01", { { "11:00", 12 }, { "12:00", 18 } }) } }))
    local lines = {}
    for i, row in ipairs(found.rows) do
      lines[i] = ("%s %s %s %s"):format(row.time, row.percent or "-",
        row.earlier[1].percent or "-", row.earlier[1].points or "-")
    end
    assert.same({ "10:00 10.00 - -", "11:00 - 12.00 -",
      "12:00 20.00 18.00 +2.00" }, lines)
  end)

  it("warns of elections that shared their day and their signatures",
    function()
      local text = crta({ "belgrade-2023" }):text()
      assert.matches("belgrade-2023 shared its day with parliament-2023",
        text, 1, true)
      assert.matches("parliamentary roll in Belgrade", text, 1, true)
      -- in June Belgrade voted beside towns that it shares no voter with
      assert.is_nil(text:find("belgrade-2024 shared", 1, true))
    end)

  it("says the same of the days in remarks, with names in Serbian", function()
    local remarks = crta({ "belgrade-2023", "parliament-2022" }).remarks
    local lines = {}
    for i, remark in ipairs(remarks) do
      lines[i] = remark.code .. " " .. remark.election
    end
    assert.same({ "concurrent belgrade-2023", "note belgrade-2023",
      "concurrent parliament-2022", "other_body parliament-2022" }, lines)
    assert.equal("Народна скупштина Републике Србије, 17. децембар 2023.",
      remarks[1].with[1].names["sr-Cyrl"])
    assert.equal("belgrade-2024", remarks[4].than)
  end)

  it("says whose figure its end is", function()
    assert.equal("count", crta({}).final_by)
    local own = assert(urna.turnout { text =
      "source,time,percent\nGIK,18:00,37\nGIK,final,46\n" })
    assert.equal("source", own.final_by)
    assert.matches("Final turnout, by GIK: 46.00 %", own:text(), 1, true)
  end)

  it("shows what the source itself printed beside its figure", function()
    -- 42.2 - 54.11 = -11.91
    local found = assert(urna.turnout("belgrade-2024",
      { source = "CeSID/Ipsos" }))
    assert.same({ { time = "19:00", percent = "54.11", points = "-11.91" } },
      found.printed)
  end)
end)

describe("turnout of two sources", function()
  it("is not compared, and the message names both", function()
    local found, err = urna.turnout("belgrade-2024", { source = "GIK",
      earlier = { "belgrade-2023" } })
    assert.is_nil(found)
    assert.equal("sources_differ", err.code)
    assert.equal("belgrade-2024 is by GIK, belgrade-2023 by CRTA: turnout of "
      .. "two sources is not compared", tostring(err))
  end)

  it("is not chosen between", function()
    local _, err = urna.turnout("belgrade-2024")
    assert.equal("which_source", err.code)
    assert.matches("CRTA, GIK, CeSID/Ipsos", err.message, 1, true)
  end)

  it("is found across case", function()
    assert.equal("CeSID/Ipsos", assert(urna.turnout("nis-2024",
      { source = "cesid/ipsos" })).source)
  end)

  it("is refused where there is none, or it is not earlier", function()
    assert.equal("no_turnout",
      select(2, urna.turnout("belgrade-2014")).code)
    assert.equal("unknown_source", select(2, urna.turnout("belgrade-2024",
      { source = "RIK" })).code)
    assert.equal("not_earlier", select(2, urna.turnout("belgrade-2023",
      { earlier = { "belgrade-2024" } })).code)
    assert.equal("unknown_election",
      select(2, urna.turnout("belgrad-2024")).code)
  end)
end)

describe("the estimate of the final turnout", function()
  it("has no interval from one earlier election, and says so", function()
    -- 942,369 / 1,613,369 = 0.584100; / 0.548 = 1.06588; * 41.5 = 44.234
    local found = crta({ "belgrade-2023" }).projection
    assert.equal("44.2", found.estimate)
    assert.equal("1.0659", found.by[1].ratio)
    assert.equal("44.23", found.by[1].estimate)
    assert.is_nil(found.low)
    assert.matches("two or more", found.no_interval)
    assert.equal("estimate", found.by[1].final_mark)
  end)

  it("has the t-interval of the logarithms from three", function()
    -- ratios 1.065876, 3,820,746 / 6,500,666 / 0.555 = 1.059004 and
    -- 3,810,559 / 6,502,307 / 0.551 = 1.063579; logarithms 0.063797 0.057329
    -- 0.061640, mean 0.060922, s = sqrt((0.002875^2 + 0.003593^2 +
    -- 0.000718^2) / 2) = 0.003293; 4.303 s sqrt(4/3) = 0.01636;
    -- 41.5 e^0.060922 = 44.11, e^0.04456: 43.39, e^0.07728: 44.83
    local found = crta({ "belgrade-2023", "parliament-2023",
      "parliament-2022" }).projection
    assert.same({ "44.1", "43.4", "44.8", 95 }, { found.estimate, found.low,
      found.high, found.level })
    assert.matches("Student's t on the logarithms", found.method, 1, true)
    -- the count was 46.12: three other days do not know this one
  end)

  it("is never printed as a count", function()
    local found = crta({ "belgrade-2023", "parliament-2022" })
    assert.is_true(found.projection.is_estimate)
    assert.matches("Estimate of the final turnout, from 19:00: about 44.2 %, "
      .. "between", found:text(), 1, true)
    assert.matches("An estimate, not a count.", found:text(), 1, true)
    -- in CSV nothing of it stands under percent
    assert.matches("\nestimate,belgrade%-2024,2024%-06%-02,CRTA,final,,,,,,",
      found:csv())
    assert.matches("\nfinal,belgrade%-2024,2024%-06%-02,,final,46.12,",
      found:csv())
  end)

  it("starts from what is asked for, with `at`", function()
    -- 58.41 / 26.1 * 22.5: 0.584100 / 0.261 * 22.5 = 50.353
    local found = crta({ "belgrade-2023" }, "13:00")
    assert.equal("13:00", found.projection.time)
    assert.equal("50.35", found.projection.by[1].estimate)
    assert.is_nil(found.final)
    assert.is_nil(found.rows[3].percent)
    local none, err = urna.turnout("belgrade-2024", { source = "CRTA",
      at = "09:00" })
    assert.is_nil(none)
    assert.equal("no_turnout", err.code)
  end)

  it("leaves out an earlier election whose hour or end is not known",
    function()
      local found = assert(urna.turnout(day("c", "2024-01-01",
        { { "12:00", 20 } }), { earlier = {
        day("a", "2020-01-01", { { "12:00", 25 } }),
        day("b", "2021-01-01", { { "11:00", 25 } }, 500) } })).projection
      assert.is_nil(found.estimate)
      assert.same({ { election = "a", code = "no_end",
        why = "its final turnout is not known" }, { election = "b",
        code = "no_hour", why = "it has no figure at 12:00" } },
        found.excluded)
    end)

  it("is never below what is known, nor above all", function()
    -- ratios 500 / 1000 / 0.25 = 2 and 4: t(1) = 12.706 makes it useless
    local found = assert(urna.turnout(day("c", "2024-01-01",
      { { "12:00", 20 } }), { earlier = {
      day("a", "2020-01-01", { { "12:00", 25 } }, 500),
      day("b", "2021-01-01", { { "12:00", 25 } }, 1000) } })).projection
    -- 20 * sqrt(2 * 4) = 56.57
    assert.same({ "56.6", "20.0", "100.0" }, { found.estimate, found.low,
      found.high })
  end)
end)

describe("check W16 of a series", function()
  local HEAD = "source,time,voters,registered_voters,stations,"
    .. "stations_expected\n"

  it("fires where fewer are said to have voted than before", function()
    local found = assert(urna.turnout({ text = HEAD
      .. "GIK,09:00,120,1000,2,3\nGIK,11:00,119,1000,3,3\n" }))
    local check = check_of(found, "monotone")
    assert.same({ "W16", "FIRED", "12.00 at 09:00, 11.90 at 11:00: fewer "
      .. "than before" }, { check.code, check.result, check.message })
  end)

  it("fires on a last interval faster than twice any before", function()
    -- 5 in two hours, then 5.1 in one: 2.5 and 5.1 > 5 points an hour; with
    -- 5.0 it does not fire
    local function surge(last)
      return check_of(assert(urna.turnout(day("a", "2024-01-01",
        { { "15:00", 30 }, { "17:00", 35 }, { "18:00", last } }))), "surge")
    end
    assert.equal("FIRED", surge(40.1).result)
    assert.equal("5.10 points an hour from 17:00 to 18:00; before at most "
      .. "2.50 points an hour from 15:00 to 17:00", surge(40.1).message)
    assert.equal("PASS", surge(40).result)
  end)

  it("takes the end of the series at the closing", function()
    local text = HEAD .. "GIK,18:00,30,100,,\nGIK,19:00,32,100,,\n"
      .. "GIK,final,38,100,,\n"
    -- 2 points an hour, then 6
    assert.equal("FIRED", check_of(assert(urna.turnout({ text = text },
      { closing = "20:00" })), "surge").result)
    assert.equal("UNKNOWN", check_of(assert(urna.turnout({ text = text })),
      "surge").result)
  end)

  it("passes in Belgrade", function()
    -- 12.6 points in 3 hours, then 19 in 6
    for _, check in ipairs(crta({ "belgrade-2023" }).checks) do
      assert.equal("PASS", check.result)
    end
  end)
end)

describe("a file of turnout", function()
  after_each(scratch.clear)

  it("is compared with an election of the same source", function()
    -- at 10 h 9.6; 48 of 480 is 10.00
    local path = scratch.write(".csv", "source;time;voters;registered_voters;"
      .. "stations;stations_expected\nCRTA;10:00;48;480;3;450\n")
    local found = assert(urna.turnout(path, { earlier = { "belgrade-2023" } }))
    assert.equal("+0.40", found.rows[1].earlier[1].points)
    assert.same({ stations = 3, stations_expected = 450 }, found.coverage)
    assert.matches("3 of 450 stations reporting", found:text(), 1, true)
  end)

  it("is refused with every fault and its place", function()
    local found, err = urna.turnout({ text = "source,time,percent,voters\n"
      .. "GIK,25:00,10,\nGIK,10:00,,\nGIK,11:00,101,\nGIK,12:00,\"9,9\",\n"
      .. "GIK,13:00,12,5\n" })
    assert.is_nil(found)
    local places = {}
    for i, item in ipairs(err.items) do
      places[i] = ("%d:%d %s"):format(item.line, item.column, item.field)
    end
    assert.same({ "2:5 time", "3:11 percent", "4:11 percent", "5:11 percent",
      "6:11 percent" }, places)
  end)

  it("must not have an hour twice", function()
    local _, err = urna.turnout({ text =
      "source,time,percent\nGIK,9:00,10\nGIK,09:00,11\n" })
    assert.same({ "repeated_time", 3 }, { err.code, err.line })
  end)
end)

describe("the verb turnout", function()
  it("prints text, CSV and JSON", function()
    local status, text = run("turnout", "belgrade-2024", "--source", "CRTA",
      "--earlier", "belgrade-2023,parliament-2022")
    assert.equal(0, status)
    assert.matches("\n19:00  41.50 +-0.40", text, 1, true)
    status, text = run("turnout", "belgrade-2024", "--source", "CRTA",
      "--earlier", "belgrade-2023", "--format", "json")
    assert.equal(0, status)
    assert.matches('"points": "-13.30"', text, 1, true)
  end)

  it("ends with 2 where sources would be mixed, 3 where asked wrongly",
    function()
      local status, _, message = run("turnout", "belgrade-2024", "--source",
        "GIK", "--earlier", "belgrade-2023")
      assert.equal(2, status)
      assert.matches("by GIK, belgrade-2023 by CRTA", message, 1, true)
      assert.equal(3, (run("turnout", "belgrade-2024", "--at", "noon")))
      assert.equal(3, (run("turnout")))
    end)

  it("ends with 1 where a check fired", function()
    local path = scratch.write(".csv",
      "source,time,percent\nGIK,9:00,10\nGIK,10:00,9\n")
    assert.equal(1, (run("turnout", path)))
    scratch.clear()
  end)
end)
