local console = require "spec.console"
local scratch = require "spec.scratch"
local urna = require "urna"

local CONTEST = { date = "2024-06-02", rule = "rs/local", seats = 3,
  keys = { "municipality", "station" }, columns = {
    registered_voters = "registered", voters_signed = "signed",
    ballots_in_box = "box", invalid_ballots = "invalid",
    valid_ballots = "valid" },
  lists = { { key = "A", minority = false }, { key = "B", minority = false } } }

local RECORDS = [[
municipality,station,registered,signed,box,invalid,valid,A,B
Чукарица,1,500,301,300,10,290,200,90
Чукарица,2,400,200,200,5,195,100,95
Земун,44,600,350,350,8,342,150,192
]]

local function results()
  return assert(urna.read({ text = RECORDS }, { contest = CONTEST }))
end

local REPORTS = table.concat({
  "category,severity,source,station,place,municipality,from,to,provision",
  "parallel list,serious,observer,ZEMUN/44,,,2024-06-02T09:00,"
    .. "2024-06-02T12:30,",
  "ballots photographed,irregularity,observer,cukarica/1,,,"
    .. "2024-06-02T10:00,,",
  "ballots photographed,irregularity,observer,Čukarica/1,,,"
    .. "2024-06-02T18:00,,",
  "ballots photographed,check,citizen,Cukarica/2,,,,,",
  "vote buying,criminal,mobile_team,,in front of the school,Čukarica,,,",
  "outsider voted,annulment,party,Cukarica/2,,,2024-06-02,,116(b)" }, "\n")
  .. "\n"

local function incidents(options)
  return assert(urna.incidents({ text = REPORTS }, options))
end

local function shown(groups, ...)
  local lines = {}
  for i, group in ipairs(groups) do
    local cells = {}
    for j, name in ipairs { ... } do cells[j] = tostring(group[name]) end
    lines[i] = table.concat(cells, " ")
  end
  return lines
end

describe("incidents", function()
  it("are counted by what they are, from the lightest", function()
    assert.same({ "check 1 1", "irregularity 2 1", "serious 1 1",
      "annulment 1 1", "criminal 1 0" }, shown(incidents():by("severity"),
      "key", "incidents", "stations"))
    assert.same({ "ballots photographed 3 irregularity",
      "outsider voted 1 annulment", "parallel list 1 serious",
      "vote buying 1 criminal" }, shown(incidents():by("category"), "key",
      "incidents", "worst"))
    assert.same({ "citizen 1", "mobile_team 1", "observer 3", "party 1" },
      shown(incidents():by("source"), "key", "incidents"))
  end)

  it("are counted by time window, with what has none by itself", function()
    assert.same({ " 2", "09:00-12:30 1", "10:00-10:00 1", "18:00-18:00 1",
      "2024-06-02 1" }, shown(incidents():by("window"), "key", "incidents"))
  end)

  it("are not counted by what they have not", function()
    assert.has_error(function() incidents():by("colour") end, "incidents are "
      .. "grouped by category, municipality, severity, source, window, not "
      .. "by colour")
  end)

  it("are refused with every fault and its place", function()
    local found, err = urna.incidents { text =
      "category,severity,source,station,from,to\n"
      .. "list,grave,observer,Zemun/44,,\n"
      .. "list,serious,observers,Zemun/44,,\n"
      .. "list,serious,observer,,,\n"
      .. "list,serious,observer,Zemun/44,2024-06-02T10:00,2024-06-02T09:00\n"
      .. "list,serious,observer,Zemun/44,10:00,\n" }
    assert.is_nil(found)
    local places = {}
    for i, item in ipairs(err.items) do
      places[i] = ("%s:%d:%d %s"):format(item.file, item.line, item.column,
        item.field)
    end
    assert.same({ "(text):2:6 severity", "(text):3:14 source",
      "(text):4:23 station", "(text):5:49 to", "(text):6:32 from" }, places)
  end)
end)

describe("incidents and the records", function()
  it("are tied across Cyrillic, Latin and bare ASCII", function()
    local found = incidents { results = results() }
    assert.same({ "Земун/44 Земун", "Чукарица/1 Чукарица",
      "Чукарица/1 Чукарица", "Чукарица/2 Чукарица", "nil Čukarica",
      "Чукарица/2 Чукарица" }, shown(found.rows, "unit", "municipality"))
    assert.same({}, found.unmatched)
  end)

  it("show which checks fired on the same station", function()
    -- Čukarica 1: 300 in the box of 301 who signed, T13
    local given = results()
    local found = incidents { results = given,
      findings = assert(urna.check(given)) }
    assert.same({ "T13" }, found.rows[2].codes)
    assert.is_nil(found.rows[1].codes)
  end)

  it("are listed where the results have no such station", function()
    local found = assert(urna.incidents({ { category = "x", severity = "check",
      source = "observer", station = "Zemun/45" } }, { results = results() }))
    assert.equal("unknown_place", found.unmatched[1].code)
    assert.equal("station", found.unmatched[1].field)
    -- its ballots are not nought: nobody knows them
    assert.same({ 1, 0, 1 }, { found.materiality[1].stations,
      found.materiality[1].ballots, found.materiality[1].missing })
    assert.matches("not tied to a record: ", found:text(), 1, true)
  end)

  it("are set against the ballots that a seat needs", function()
    -- A 450, B 377: averages 450 377 225 | 188.5. 37 switched make it 413 and
    -- 414: 414 413 207 | 206.5, B has two; with 36 it is 414 and 413. 74 added
    -- make 451 / 2 > 225, so 37 is fewer.
    local found = incidents { results = results() }
    assert.same({ votes = 37, how = "switched", list = "B", seat_from = "A" },
      found.needed)
    assert.equal("ballots_in_box", found.ballots)
    -- all three stations: 850 / 37 = 22.97; 550 from serious on (44 and 2):
    -- 14.86; 200 from annulment on: 5.41; vote buying was at no station
    assert.same({ "permitted 3 850 1500 22.97 true",
      "check 3 850 1500 22.97 true", "irregularity 3 850 1500 22.97 true",
      "serious 2 550 1000 14.86 true", "annulment 1 200 400 5.41 true",
      "criminal 0 0 0 0.00 false" }, shown(found.materiality, "severity",
      "stations", "ballots", "registered", "times", "could_move"))
    assert.same({ 200, 37 }, found.materiality[5].ratio)
    assert.matches("annulment or above: 1 station, 200 ballots; 5.41 times "
      .. "what a seat needs: could move a seat", found:text(), 1, true)
  end)

  it("say why what a seat needs is not known", function()
    local found = incidents { results = results(), outcome = {
      decision = "undecided", lists = {} } }
    assert.is_nil(found.needed)
    assert.equal("the outcome is undecided", found.unneeded)
    assert.is_nil(found.materiality[1].ratio)
  end)

  it("need records", function()
    local found, err = urna.incidents({}, { results = "belgrade-2024" })
    assert.is_nil(found)
    assert.equal("no_records", err.code)
  end)
end)

describe("a share of observed stations", function()
  local SAMPLE = { stations = 500 }

  it("has its sample size and Wilson's interval", function()
    -- CRTA, Belgrade, December 2023: organised groups at 71 of 500 stations,
    -- printed as 14 %. p = .142: (.142 + 3.8415 / 1000) / 1.007683 = .144730
    -- +- 1.945021 sqrt(.142 * .858 / 500 + 3.8415 / 10^6) = .030600
    local found = assert(urna.incidents({ { category = "organised groups",
      severity = "irregularity", source = "observer", stations = 71 } },
      { sample = SAMPLE }))
    local share = assert(found:share("organised groups"))
    assert.same({ "14.20", "11.4", "17.5", 500 }, { share.percent, share.low,
      share.high, share.n })
    assert.equal("Wilson (1927), 95 %", share.method)
  end)

  it("counts a station once, and those of observers alone", function()
    local share = assert(incidents { sample = SAMPLE }
      :share("ballots photographed"))
    -- Čukarica/1 twice; Cukarica/2 is a citizen's
    assert.same({ 1, 500 }, { share.num, share.den })
  end)

  it("knows one station under two spellings", function()
    local function share(options)
      options.sample = SAMPLE
      return assert(urna.incidents({
        { category = "x", severity = "check", source = "observer",
          station = "Чукарица/1" }, { category = "X", severity = "check",
          source = "observer", station = "cukarica/1" } }, options)
        :share("x")).num
    end
    assert.equal(1, share {})
    assert.equal(1, share { results = results() })
  end)

  it("is of a time window, if one is asked for", function()
    local found = incidents { sample = SAMPLE }
    assert.equal(0, assert(found:share { category = "parallel list",
      to = "12:00" }).num)
    assert.equal(1, assert(found:share { category = "parallel list",
      to = "12:30" }).num)
    assert.equal(0, assert(found:share { category = "parallel list",
      from = "10:00" }).num)
  end)

  it("is never of what citizens, teams or parties report", function()
    local found = incidents { sample = SAMPLE }
    for _, source in ipairs { "citizen", "mobile_team", "party" } do
      local share, err = found:share { category = "ballots photographed",
        source = source }
      assert.is_nil(share)
      assert.equal("not_a_sample", err.code)
      assert.matches("have no share", err.message, 1, true)
    end
    assert.has_error(function()
      incidents { sample = { stations = 10, source = "citizen" } }
    end)
  end)

  it("needs a sample, and one that is large enough", function()
    assert.equal("no_sample",
      select(2, incidents():share("parallel list")).code)
    local found = assert(urna.incidents({ { category = "x", severity = "check",
      source = "observer", stations = 5 } }, { sample = { stations = 4 } }))
    assert.equal("beyond_sample", select(2, found:share("x")).code)
  end)

  it("is of sampled stations only, where they are named", function()
    local found = incidents { sample = { stations = { "Zemun/44",
      "Zemun/45" } } }
    assert.same({ 0, 2 }, { assert(found:share("ballots photographed")).num,
      found:share("ballots photographed").outside })
    assert.equal(1, assert(found:share("parallel list")).num)
  end)

  it("is wider in a sample of clusters", function()
    local rows, stations = {}, {}
    for _, town in ipairs { "A", "B", "C" } do
      for i = 1, 4 do
        stations[#stations + 1] = ("%s/%d"):format(town, i)
      end
    end
    for i, place in ipairs { "A/1", "A/2", "C/4" } do
      rows[i] = { category = "x", severity = "check", source = "observer",
        station = place }
    end
    local share = assert(assert(urna.incidents(rows, { sample = {
      stations = stations, clusters = true } })):share("x"))
    -- 2, 0 and 1 of 4: 4/3, as in shares_spec
    assert.is_true(math.abs(share.effect - 4 / 3) < 1e-12)
    assert.matches("deff = 1.33 (from 3 clusters", share.method, 1, true)
    local given = assert(urna.incidents(rows, { sample = { stations = 12,
      size = 4, rho = 0.05 } }))
    assert.is_true(math.abs(given:share("x").effect - 1.15) < 1e-12)
  end)
end)

describe("all shares of a sample", function()
  local function row(parts)
    parts.severity, parts.source = "check", parts.source or "observer"
    return parts
  end

  it("are those of each category and published window", function()
    local found = assert(urna.incidents({
      row { category = "Ysea", stations = 7, from = "2024-06-02T07:00",
        to = "2024-06-02T19:00" },
      row { category = "ysea", stations = 3, from = "2024-06-02T07:00",
        to = "2024-06-02T13:00" },
      row { category = "alone", station = "Zemun/44" },
      row { category = "heard", station = "Zemun/45", source = "citizen" } },
      { sample = { stations = 10 } }))
    local shares, refused = found:shares()
    assert.same({ "alone nil nil 1", "Ysea 07:00 13:00 3",
      "Ysea 07:00 19:00 7" }, shown(shares, "category", "from", "to", "num"))
    assert.same({}, refused)
  end)

  it("are none without a sample, and refused with a code", function()
    assert.same({}, (incidents():shares()))
    local shares, refused = assert(urna.incidents({
      row { category = "x", stations = 11 } }, { sample = { stations = 10 } }))
      :shares()
    assert.same({}, shares)
    assert.same({ { category = "x", code = "beyond_sample" } }, refused)
  end)

  it("are that one which is asked for", function()
    local found = assert(urna.incidents({ row { category = "x",
      stations = 3 } }, { sample = { stations = 10 }, share = "x" }))
    assert.equal("30.00", found.asked.percent)
    assert.equal("no_sample", select(2, urna.incidents({ row { category = "x",
      stations = 3 } }, { share = "x" })).code)
  end)
end)

describe("two waves", function()
  local function wave(rows, n)
    for _, row in ipairs(rows) do
      row.category, row.severity = "ballots photographed", "irregularity"
      row.source = "observer"
    end
    return assert(urna.incidents(rows, { sample = { stations = n } }))
  end

  it("are compared in the same category and time window", function()
    -- 48 of 80 and 56 of 70, Newcombe 1998, p. 873: .0524 to .3339
    local found = assert(wave({ { stations = 56,
      from = "2024-06-02T07:00", to = "2024-06-02T19:00" } }, 70):compare(
      wave({ { stations = 48, from = "2023-12-17T07:00",
      to = "2023-12-17T19:00" } }, 80), "ballots photographed"))
    assert.same({ "60.00", "80.00", "+20.00", "+5.2", "+33.4" },
      { found.before.percent, found.after.percent, found.difference.points,
      found.difference.low, found.difference.high })
  end)

  it("are not compared over different windows", function()
    local early = wave({ { stations = 50, from = "2024-06-02T07:00",
      to = "2024-06-02T13:00" } }, 450)
    local late = wave({ { stations = 77, from = "2024-06-02T07:00",
      to = "2024-06-02T19:00" } }, 450)
    local found, err = late:compare(early, "ballots photographed")
    assert.is_nil(found)
    assert.equal("windows_differ", err.code)
    assert.matches("07:00 to 13:00 in one and of 07:00 to 19:00",
      err.message, 1, true)
  end)

  it("must say which window, where there are several", function()
    local both = wave({ { stations = 50, from = "2024-06-02T07:00",
      to = "2024-06-02T13:00" }, { stations = 77, from = "2024-06-02T07:00",
      to = "2024-06-02T19:00" } }, 450)
    assert.equal("which_window",
      select(2, both:share("ballots photographed")).code)
    assert.equal(77, assert(both:share { category = "ballots photographed",
      to = "19:00" }).num)
  end)

  it("do not count a station and a number of stations", function()
    assert.equal("counted_twice", select(2, wave({ { stations = 50 },
      { station = "Zemun/44" } }, 450):share("ballots photographed")).code)
  end)
end)

describe("incidents of Serbia 2020", function()
  it("hold the ballots of the four stations that would move a seat",
    function()
      local path = "../shared/data/serbia2020.csv.gz"
      local file = io.open(path, "rb")
      if not file then pending(path .. " is absent: skipped") end
      if not file then return end
      file:close()
      local rows = {}
      for i, place in ipairs { "Sjenica/57", "Novi Pazar/27",
        "novi pazar/66", "Нови Пазар/74" } do
        rows[i] = { category = "x", severity = "annulment",
          source = "observer", station = place }
      end
      local found = assert(urna.incidents(rows, { results = assert(urna.read(
        path, { contest = "../shared/data/serbia2020.contest.json" })) }))
      -- the records: 1,557 + 965 + 1,124 + 1,126 ballots in the box, 1,726 +
      -- 1,968 + 1,686 + 2,129 registered
      local group = found:by("category")[1]
      assert.same({ 4, 4772, 7509 }, { group.stations, group.ballots,
        group.registered })
      assert.same({}, found.unmatched)
    end)
end)

describe("the verb incidents", function()
  local function run(...)
    local status, out, err = console.run(...)
    return status, out .. err
  end

  after_each(scratch.clear)

  it("prints text, CSV by a field, and JSON", function()
    local path = scratch.write(".csv", REPORTS)
    local status, text = run("incidents", path)
    assert.equal(1, status)
    assert.matches("6 incidents (what was reported, not what was proved)",
      text, 1, true)
    status, text = run("incidents", path, "--format", "csv", "--by", "source")
    assert.equal(1, status)
    assert.matches("\nobserver,3,2,serious,", text, 1, true)
    status, text = run("incidents", path, "--format", "json")
    assert.equal(1, status)
    assert.matches('"worst": "criminal"', text, 1, true)
  end)

  it("gives a share, and refuses that of citizens", function()
    local path = scratch.write(".csv", REPORTS)
    -- 1 of 29: 0.6 to 17.2, Newcombe 1998
    local _, text = run("incidents", path, "--share", "parallel list",
      "--sample", "29")
    assert.matches("parallel list: 1 of 29 stations, 3.45 % (0.6 to 17.2 %; "
      .. "n = 29; Wilson (1927), 95 %)", text, 1, true)
    local status
    status, text = run("incidents", path, "--share", "parallel list",
      "--sample", "29", "--source", "citizen")
    assert.equal(2, status)
    assert.matches("have no share", text, 1, true)
  end)

  it("ties the reports to results", function()
    local records = scratch.write(".csv", RECORDS)
    local contest = scratch.write(".contest.lua", [[return {
      date = "2024-06-02", rule = "rs/local", seats = 3,
      keys = { "municipality", "station" }, columns = {
        registered_voters = "registered", voters_signed = "signed",
        ballots_in_box = "box", invalid_ballots = "invalid",
        valid_ballots = "valid" },
      lists = { { key = "A", minority = false },
        { key = "B", minority = false } } }]])
    local status, text = run("incidents", scratch.write(".csv", REPORTS),
      "--results", records, "--contest", contest)
    assert.equal(1, status)
    assert.matches("a seat changes with 37 votes switched (to B):\n", text, 1,
      true)
    assert.matches("\nby municipality:\n  Чукарица: 5 reports, 2 stations, up "
      .. "to criminal\n", text, 1, true)
  end)

  it("ends with 0 where nothing is above a check", function()
    assert.equal(0, (run("incidents", scratch.write(".csv",
      "category,severity,source,place\nqueue,check,citizen,school\n"))))
    assert.equal(2, (run("incidents", scratch.write(".csv", "category\nx\n"))))
    assert.equal(3, (run("incidents")))
  end)
end)
