local console = require "spec.console"
local generator = require "spec.generator"
local places = require "urna.places"
local scratch = require "spec.scratch"
local urna = require "urna"

after_each(scratch.clear)

local FIELDS = { registered_voters = "registered", voters_signed = "signed",
  ballots_in_box = "box", invalid_ballots = "invalid",
  valid_ballots = "valid" }
local HEADINGS = "town,station,registered,signed,box,invalid,valid,A,B\n"

local function contest(changes)
  local found = { name = "Towns", date = "2024-06-02", rule = "rs/local",
    seats = 3, keys = { "town", "station" }, columns = FIELDS,
    lists = { { key = "A", column = "A", minority = false },
      { key = "B", column = "B", minority = false } } }
  for name, value in pairs(changes or {}) do found[name] = value end
  return found
end

local function read(rows, changes, headings)
  return assert(urna.read({ text = (headings or HEADINGS) .. rows },
    { contest = contest(changes) }))
end

-- A 202, B 108 of 310 ballots: 202 101 67.33 and 108 54 give A 2, B 1.
local FIRST = "Čukarica,1,200,100,100,0,100,90,10\n"
  .. "Čukarica,2,200,100,100,0,100,52,48\n"
  .. "Voždovac,3,300,110,110,0,110,60,50\n"

-- Each difference as "key name: A first, B second, +difference".
local function shown(found)
  local lines = {}
  for i, row in ipairs(found.rows) do
    local values = {}
    for n, name in ipairs(found.names) do
      values[n] = ("%s %s"):format(name, row.values[name]
        and ("%d"):format(row.values[name]) or "-")
    end
    lines[i] = ("%s %s: %s, %+d %s"):format(row.key, row.name,
      table.concat(values, " "), row.difference, row.direction)
  end
  return lines
end

describe("two sources of one election", function()
  it("differ where they do, with both values and the list it favours",
    function()
      local second = read("03,VOZDOVAC,300,111,111,1,110,60,50\n"
        .. "BM 2,Чукарица,200,100,100,0,100,48,52\n"
        .. "Biračko mesto br. 01,cukarica,200,100,100,0,100,90,10\n",
        { keys = { "bm", "opstina" } },
        "bm,opstina,registered,signed,box,invalid,valid,A,B\n")
      local found = assert(urna.reconcile(read(FIRST), second))
      assert.equal(3, found.matched)
      assert.same({ normal = 3 }, found.matches[1].counts)
      assert.same({ "Čukarica/2 A: A 52 B 48, -4 fewer",
        "Čukarica/2 B: A 48 B 52, +4 more",
        "Voždovac/3 voters_signed: A 110 B 111, +1 more",
        "Voždovac/3 ballots_in_box: A 110 B 111, +1 more",
        "Voždovac/3 invalid_ballots: A 0 B 1, +1 more" }, shown(found))
      assert.same({ list = "A", source = "A", votes = 4 },
        found.rows[1].favours)
      assert.same({ list = "B", source = "B", votes = 4 },
        found.rows[2].favours)
      assert.is_nil(found.rows[3].favours)
      assert.same({ file = "(text)", line = 3 }, found.rows[1].places.A)
      assert.same({ from = "A", to = "B", votes = 4, is_exchange = true },
        found.stations[1].transfer)
      -- A 198, B 112: 198 99 66 and 112 56: the same
      assert.equal("same", found.effect.as[1].result)
      assert.equal("cannot", found.effect.result)
    end)

  it("have sums of their differences, by field and by list", function()
    local second = read("Čukarica,1,200,100,100,0,100,93,7\n"
      .. "Čukarica,2,200,100,100,0,100,47,53\n"
      .. "Voždovac,3,300,110,110,0,110,60,50\n")
    local found = assert(urna.reconcile(read(FIRST), second))
    -- A +3 - 5 = -2, B -3 + 5 = +2, each 8 altogether
    assert.same({
      { kind = "list", name = "A", source = "B", units = 2, more = 1,
        fewer = 1, net = -2, gross = 8 },
      { kind = "list", name = "B", source = "B", units = 2, more = 1,
        fewer = 1, net = 2, gross = 8 } }, found.totals)
  end)

  it("could move a seat by a mix where neither source alone does",
    function()
      -- B has A 10 more at 1, 35 fewer at 2, 12 fewer at 3, and B the other
      -- way round. With its records of 2 and 3: A 202 - 47 = 155, B 155, and
      -- the third seat, 77.5 against 77.5 with equal votes, is nobody's.
      local second = read("Čukarica,1,200,100,100,0,100,100,0\n"
        .. "Čukarica,2,200,100,100,0,100,17,83\n"
        .. "Voždovac,3,300,110,110,0,110,48,62\n")
      local found = assert(urna.reconcile(read(FIRST), second))
      -- with all three 165 and 145: 82.5 against 72.5
      assert.equal("same", found.effect.as[1].result)
      assert.equal("could", found.effect.result)
      local witness = found.effect.records.witness
      assert.same({ { key = "Čukarica/2", source = "B" },
        { key = "Voždovac/3", source = "B" } }, witness.stations)
      assert.same({ A = 155, B = 155 }, witness.votes)
      assert.truthy(witness.undecided)
    end)

  it("that say the same differ in nothing", function()
    local found = assert(urna.reconcile(read(FIRST), read(FIRST)))
    assert.same({}, found.rows)
    assert.same({}, found.totals)
    assert.is_true(found:agrees())
    assert.equal("cannot", found.effect.result)
  end)

  it("tell the stations that only one has, with candidates", function()
    local second = read("Čukarica,1,200,100,100,0,100,90,10\n"
      .. "Čukarica,2,200,100,100,0,100,52,48\n"
      .. "Voždovac,4,300,110,110,0,110,60,50\n")
    local found = assert(urna.reconcile(read(FIRST), second))
    assert.equal(2, found.matched)
    assert.same({ { key = "Voždovac/3", source = "A", missing = "B",
      file = "(text)", line = 4, candidates = { { key = "Voždovac/4",
      by = "figures", file = "(text)", line = 4 } } } },
      { found.only[1] })
    assert.equal("Voždovac/4", found.only[2].key)
    assert.is_false(found:agrees())
  end)

  it("leave figures empty, which is told and is no difference", function()
    local second = read("Čukarica,1,200,100,100,0,100,90,10\n"
      .. "Čukarica,2,,100,100,0,100,52,48\n"
      .. "Voždovac,3,300,110,110,0,110,60,\n")
    local found = assert(urna.reconcile(read(FIRST), second))
    assert.same({}, found.rows)
    assert.equal(2, #found.gaps)
    assert.same({ "Čukarica/2", "registered_voters", "B" },
      { found.gaps[1].key, found.gaps[1].name, found.gaps[1].source })
    assert.same({ "Voždovac/3", "B", "B" },
      { found.gaps[2].key, found.gaps[2].name, found.gaps[2].source })
  end)

  it("differ within a tolerance in votes or in shares", function()
    local second = read("Čukarica,1,200,100,100,0,100,92,10\n"
      .. "Čukarica,2,200,100,100,0,100,52,48\n"
      .. "Voždovac,3,303,110,110,0,110,60,50\n")
    local function outside(tolerance)
      return assert(urna.reconcile(read(FIRST), second,
        { tolerance = tolerance })):count()
    end
    assert.equal(2, outside(nil))
    assert.equal(1, outside(2))
    assert.equal(0, outside(3))
    -- 3 of 303 is less than 1 of 100; 2 of 92 is more
    assert.equal(1, outside({ share = { 1, 100 } }))
    assert.equal(0, outside({ count = 2, share = { 1, 100 } }))
  end)

  it("hint at slips of the pen", function()
    local second = read("Čukarica,1,200,100,100,0,100,90,1\n"
      .. "Čukarica,2,200,100,100,0,100,25,98\n"
      .. "Voždovac,3,300,110,110,0,110,60,50\n")
    local found = assert(urna.reconcile(read(FIRST), second))
    assert.same({ "tenfold", "digits_swapped", "one_digit" },
      { found.rows[1].hint, found.rows[2].hint, found.rows[3].hint })
  end)

  it("may call the lists otherwise", function()
    local other = { { key = "Alfa", column = "A", minority = false },
      { key = "b", column = "B", minority = false } }
    local second = read(FIRST, { lists = other })
    local found = assert(urna.reconcile(read(FIRST), second,
      { lists = { Alfa = "A" } }))
    assert.same({}, found.rows)
    assert.same({}, found.unmatched_lists)
    found = assert(urna.reconcile(read(FIRST), second))
    assert.same({ { list = "A", source = "A", missing = "B" },
      { list = "Alfa", source = "B", missing = "A" } },
      found.unmatched_lists)
  end)
end)

describe("four sources of one election", function()
  local found

  before_each(function()
    found = assert(urna.reconcile(read(FIRST), read(FIRST),
      read("Čukarica,1,200,100,100,0,100,90,10\n"
        .. "Čukarica,2,200,100,100,0,100,62,48\n"
        .. "Voždovac,3,300,110,110,0,110,60,50\n"),
      read("Čukarica,1,200,100,100,0,100,90,10\n"
        .. "Čukarica,2,200,100,100,0,100,62,49\n"),
      { names = { "official", "parallel", "observers", "party" } }))
  end)

  it("are compared with the first and among each other", function()
    -- observers: one figure at one station; party: two at that station
    assert.same({ "official parallel 3 0 0", "official observers 3 1 1",
      "official party 2 1 2", "parallel observers 3 1 1",
      "parallel party 2 1 2", "observers party 2 1 1" },
      (function()
        local lines = {}
        for i, row in ipairs(found.matrix) do
          lines[i] = ("%s %s %d %d %d"):format(row.first, row.other,
            row.compared, row.units, row.figures)
        end
        return lines
      end)())
  end)

  it("name the one that says something else than all others", function()
    assert.equal("A", found.rows[1].name)
    assert.is_nil(found.rows[1].alone) -- two against two
    assert.equal("B", found.rows[2].name)
    assert.equal("party", found.rows[2].alone)
    assert.matches("party alone", found:text())
  end)
end)

describe("reconcile refuses", function()
  local function code_of(a, b)
    local found, err = urna.reconcile(a, b)
    assert.is_nil(found)
    return err.code, tostring(err)
  end

  it("two elections, and names compare", function()
    local code, message = code_of("belgrade-2023", "belgrade-2024")
    assert.equal("different_elections", code)
    assert.matches("use urna.compare", message)
    code = code_of(read(FIRST), read(FIRST, { date = "2023-12-17" }))
    assert.equal("different_elections", code)
    code = code_of(read(FIRST), read(FIRST, { seats = 5 }))
    assert.equal("different_elections", code)
  end)

  it("sources without a list in common", function()
    local code, message = code_of(read(FIRST), read(FIRST, { lists = {
      { key = "X", column = "A" }, { key = "Y", column = "B" } } }))
    assert.equal("no_common_lists", code)
    assert.matches("lists = ", message)
  end)

  it("what is no source, and options that are none", function()
    assert.has_error(function() urna.reconcile(read(FIRST)) end,
      "reconcile takes two sources or more, and then options")
    assert.has_error(function()
      urna.reconcile(read(FIRST), read(FIRST), { tolerence = 3 })
    end, "reconcile has no option \"tolerence\": did you mean "
      .. "\"tolerance\"?")
    assert.has_error(function()
      urna.reconcile(read(FIRST), read(FIRST), { names = { "a", "a" } })
    end, "reconcile: names must be a different text for each source")
  end)
end)

describe("random sources", function()
  local SEED = 404

  local function random_rows(draw)
    local rows = {}
    for i = 1, draw(1, 6) do
      local a, b = draw(0, 90), draw(0, 90)
      rows[i] = { i, 200, a + b, a + b, 0, a + b, a, b }
    end
    return rows
  end

  local function text_of(rows)
    local lines = {}
    for i, row in ipairs(rows) do
      lines[i] = "Town," .. table.concat(row, ",") .. "\n"
    end
    return table.concat(lines)
  end

  local function changed(rows, draw)
    local copy = {}
    for i, row in ipairs(rows) do
      copy[i] = {}
      for j, value in ipairs(row) do
        copy[i][j] = j > 1 and draw(1, 3) == 1 and draw(0, 200) or value
      end
    end
    return copy
  end

  local KEEP = { total_rows = "keep" }

  local function results(rows)
    return assert(urna.read({ text = HEADINGS .. text_of(rows) },
      { contest = contest(), total_rows = KEEP.total_rows }))
  end

  it("agree with themselves, and mirror each other (seed 404)", function()
    local draw = generator(SEED)
    for n = 1, 60 do
      local rows = random_rows(draw)
      local a, b = results(rows), results(changed(rows, draw))
      assert.is_true(assert(urna.reconcile(a, a)):agrees())
      local one, other = assert(urna.reconcile(a, b)),
        assert(urna.reconcile(b, a))
      assert.equal(#one.rows, #other.rows, "case " .. n)
      for i, row in ipairs(one.rows) do
        local back = other.rows[i]
        assert.same({ row.key, row.name, row.values.A, row.values.B,
          -row.difference }, { back.key, back.name, back.values.B,
          back.values.A, back.difference })
        assert.same(row.hint, back.hint)
      end
      assert.same({ one.matrix[1].units, one.matrix[1].figures },
        { other.matrix[1].units, other.matrix[1].figures })
      for i, row in ipairs(one.totals) do
        assert.equal(-row.net, other.totals[i].net)
        assert.equal(row.gross, other.totals[i].gross)
      end
    end
  end)
end)

-- ---- Serbia 2020, with planted differences ----

local DATA = "../shared/data/serbia2020"

local function has_data()
  local file = io.open(DATA .. ".csv.gz", "rb")
  if file then file:close() end
  return file ~= nil
end

local it_serbia = has_data() and it or function(name)
  pending(name .. " (skipped: ../shared is absent)")
end

local function serbia()
  return assert(urna.read(DATA .. ".csv.gz",
    { contest = DATA .. ".contest.json" }))
end

local SERBIA = { "registered_voters", "ballots_received", "ballots_unused",
  "voters_signed", "ballots_in_box", "invalid_ballots", "valid_ballots" }

-- The records as rows { key columns, fields, votes }, to be edited.
local function rows_of(results)
  local columns, rows = {}, {}
  for _, name in ipairs(SERBIA) do
    columns[#columns + 1] = (results:column(name))
  end
  for _, list in ipairs(results.lists) do
    columns[#columns + 1] = (results:column(list.key))
  end
  for i, unit in ipairs(results.units) do
    rows[i] = { keys = unit.path, key = unit.key }
    for j, column in ipairs(columns) do rows[i][j] = column[i] end
  end
  return rows
end

local SPS, SNS, BOX = #SERBIA + 2, #SERBIA + 1, 5

-- The rows backwards, in bare ASCII capitals, the number first and with a
-- prefix and zeros, under other headings.
local function copy_of(results, rows)
  local lines, headings = {}, { "izborna jedinica", "naselje", "oblast" }
  for _, name in ipairs(SERBIA) do headings[#headings + 1] = name end
  for _, list in ipairs(results.lists) do
    headings[#headings + 1] = list.key
  end
  lines[1] = table.concat(headings, ",")
  for i = #rows, 1, -1 do
    local row = rows[i]
    lines[#lines + 1] = ("BM br. %03d,%s,%s,%s"):format(row.keys[3],
      places.fold(row.keys[2]):upper(), places.fold(row.keys[1]):upper(),
      table.concat(row, ","))
  end
  local lists = {}
  for i, list in ipairs(results.lists) do
    lists[i] = { key = list.key, column = list.key,
      minority = list.minority }
  end
  local same = {}
  for _, name in ipairs(SERBIA) do same[name] = name end
  return assert(urna.read({ text = table.concat(lines, "\n") .. "\n" },
    { contest = { name = "A copy", date = "2020-06-21",
      rule = "rs/parliament", seats = 250, columns = same, lists = lists,
      keys = { "izborna jedinica", "naselje", "oblast" } } }))
end

-- Switch `votes` from SPS to SNS at the first stations that have them, 100 at
-- each but the last; returns how many stations.
local function switch(rows, votes)
  local used = 0
  for _, row in ipairs(rows) do
    if votes == 0 then break end
    local moved = math.min(100, votes)
    if row[SPS] >= 100 then
      row[SPS], row[SNS] = row[SPS] - moved, row[SNS] + moved
      votes, used = votes - moved, used + 1
    end
  end
  return used
end

-- The seats of SNS and SPS when every station says what the copy says.
local function seats_of(results)
  local outcome = assert(urna.apportion(results, { explain = false }))
  return { outcome.lists[1].seats, outcome.lists[2].seats }
end

-- SPS's 32nd average is 334,333 / 32 = 10,447.91, the last; SNS's 189th is
-- 1,953,998 / 189 = 10,338.61. x votes from SPS to SNS take its seat when
-- (1,953,998 + x) * 32 > (334,333 - x) * 189: 221 x > 661,001: from 2,991.
describe("Serbia 2020 against a copy", function()
  it_serbia("under other keys and headings is matched whole", function()
    local results = serbia()
    local found = assert(urna.reconcile(results,
      copy_of(results, rows_of(results))))
    assert.equal(8433, found.matched)
    assert.is_true(found:agrees())
    assert.same({}, found.rows)
  end)

  it_serbia("finds the planted edits, and no other", function()
    local results = serbia()
    local rows = rows_of(results)
    rows[10][BOX] = rows[10][BOX] + 7
    rows[500][SNS] = rows[500][SNS] + 40
    rows[8000][SPS] = rows[8000][SPS] - 1
    local found = assert(urna.reconcile(results, copy_of(results, rows)))
    local seen = {}
    for i, row in ipairs(found.rows) do
      seen[i] = { row.key, row.name, row.difference, row.direction,
        row.favours and row.favours.list .. " in " .. row.favours.source }
    end
    assert.same({
      { rows[10].key, "ballots_in_box", 7, "more" },
      { rows[500].key, "SNS", 40, "more", "SNS in B" },
      { rows[8000].key, "SPS", -1, "fewer", "SPS in A" } }, seen)
    assert.equal("cannot", found.effect.result)
    assert.equal("cannot", found.effect.figures.result)
  end)

  it_serbia("2,990 votes from SPS to SNS move no seat, which is proved",
    function()
      local results = serbia()
      local rows = rows_of(results)
      assert.equal(30, switch(rows, 2990))
      local copy = copy_of(results, rows)
      assert.same({ 188, 32 }, seats_of(copy))
      local found = assert(urna.reconcile(results, copy))
      assert.equal(60, #found.rows)
      assert.equal("same", found.effect.as[1].result)
      assert.equal("cannot", found.effect.records.result)
      assert.equal("cannot", found.effect.figures.result)
      -- (334,333 - 2,990) / 32 = 10,354.47; (1,953,998 + 2,990) / 189 =
      -- 10,354.43
      assert.same({ "SPS", "10354.47", "SNS", "10354.43" },
        { found.effect.closest.list, found.effect.closest.average,
          found.effect.closest.rival, found.effect.closest.rival_average })
    end)

  it_serbia("2,991 votes move it, by all of the 30 stations", function()
    local results = serbia()
    local rows = rows_of(results)
    assert.equal(30, switch(rows, 2991))
    local copy = copy_of(results, rows)
    assert.same({ 189, 31 }, seats_of(copy))
    local found = assert(urna.reconcile(results, copy))
    assert.same({ { list = "SNS", before = 188, after = 189, change = 1 },
      { list = "SPS", before = 32, after = 31, change = -1 } },
      found.effect.as[1].moved)
    assert.equal("could", found.effect.result)
    assert.equal(30, #found.effect.records.witness.stations)
  end)

  it_serbia("a mix moves it where the copy as a whole does not", function()
    local results = serbia()
    local rows = rows_of(results)
    switch(rows, 2991)
    rows[8000][SPS] = rows[8000][SPS] + 1
    local copy = copy_of(results, rows)
    -- (334,333 - 2,990) / 32 = 10,354.469 > (1,953,998 + 2,991) / 189 =
    -- 10,354.439
    assert.same({ 188, 32 }, seats_of(copy))
    local found = assert(urna.reconcile(results, copy))
    assert.equal("same", found.effect.as[1].result)
    assert.equal("could", found.effect.result)
    assert.equal(30, #found.effect.records.witness.stations)
  end)

  it_serbia("agrees in its totals with the embedded election", function()
    local found = assert(urna.reconcile(serbia(), "parliament-2020",
      { lists = { ["SPP-DPM"] = "SPP", ["ADA-UD"] = "AA" } }))
    assert.is_true(found.is_total)
    assert.same({}, found.rows)
    assert.same({}, found.unmatched_lists)
  end)
end)

describe("urna reconcile", function()
  local function run(...) return console.run("reconcile", ...) end

  local CONTEST = [[return { name = "Towns", date = "2024-06-02",
    rule = "rs/local", seats = 3, keys = { "town", "station" },
    columns = { registered_voters = "registered", voters_signed = "signed",
      ballots_in_box = "box", invalid_ballots = "invalid",
      valid_ballots = "valid" },
    lists = { { key = "A", column = "A", minority = false },
      { key = "B", column = "B", minority = false } } }]]

  it("prints what differs as text, CSV and JSON, with status 1", function()
    local one = scratch.write(".csv", HEADINGS .. FIRST)
    local other = scratch.write(".csv", HEADINGS .. FIRST:gsub("52,48",
      "55,48"))
    local file = scratch.write(".contest.lua", CONTEST)
    local status, out = run(one, other, "--contest", file)
    assert.equal(1, status)
    assert.matches("1 figure differs at 1 polling station\n", out)
    assert.matches("Čukarica/2 +A +52 +55 +%+3 +A has 3 more in B", out)
    status, out = run(one, other, "--contest", file, "--format", "csv",
      "--names", "official,party")
    assert.equal(1, status)
    assert.matches("\ndiffers,Čukarica/2,list,A,52,55,3,more,A,party,,"
      .. "one_digit,", out)
    status, out = run(one, other, "--contest", file, "--format", "json",
      "--tolerance", "3")
    assert.equal(0, status)
    assert.matches("\"is_within\": true", out)
    status, out = run(one, other, "--contest", file, "--tolerance", "5.5%")
    assert.equal(0, status) -- 3 of 55 is 5.45 %
    assert.matches("1 of them within the tolerance", out)
  end)

  it("says where it was meant to compare, and how it is used", function()
    local status, _, err = run("belgrade-2023", "belgrade-2024")
    assert.equal(2, status)
    assert.matches("urna compare", err)
    status, _, err = run("belgrade-2023")
    assert.equal(3, status)
    assert.matches("two sources of one election are expected", err)
    assert.equal(3, (run("a", "b", "--tolerance", "much")))
  end)
end)
