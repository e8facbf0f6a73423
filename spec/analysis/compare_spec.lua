local command = require "urna.cli.compare"
local compare = require "urna.analysis.compare"
local console = require "spec.console"
local native = require "urna.native"
local scratch = require "spec.scratch"
local urna = require "urna"

after_each(scratch.clear)

local LINKS = { lists = { { from = { "SPN" }, to = { "KP", "BB" },
  kind = "split" }, { from = { "SNS", "SPS" }, to = { "SNS" } } } }

local function row_of(found, name)
  for _, row in ipairs(found.lists) do
    if table.concat(row.from, "+") .. ">" .. table.concat(row.to, "+")
      == name then
      return row
    end
  end
end

-- Votes and seats from lua/urna/elections. Voters who signed: 942,369 (942,289
-- to 942,449) and 738,894 (738,814 to 738,974).
describe("Belgrade 2023 to 2024", function()
  it("has the swing of SNS, exact, and its points for display", function()
    local found = assert(urna.compare("belgrade-2023", "belgrade-2024"))
    local row = row_of(found, "SNS>SNS")
    -- 387,326 - 367,121; 64 - 49
    assert.same({ before = 367121, after = 387326, change = 20205 },
      row.votes)
    assert.same({ before = 49, after = 64, change = 15 }, row.seats)
    assert.equal("voters_signed", found.base.name)
    -- 387,326/738,894 - 367,121/942,369: (387,326 * 942,369 - 367,121 *
    -- 738,894) / (942,369 * 738,894) = 93,740,511,120 / 696,310,799,886
    local change = row.share.change
    assert.is_true(native.rational(change.num, change.den)
      == native.rational(93740511120, 696310799886))
    assert.equal("+13.46", change.points)
    -- at the ends of both: 0.524140 - 0.389606, 0.524254 - 0.389539
    assert.same({ "+13.45", "+13.47" }, { row.points_min, row.points_max })
    assert.equal("recalled", row.marks.before)
  end)

  it("has the turnout of both, of signatures", function()
    local found = assert(urna.compare("belgrade-2023", "belgrade-2024"))
    -- 942,369 / 1,613,369 = 58.41 %, 738,894 / 1,602,112 = 46.12 %
    assert.same({ "58.41", "46.12", "-12.29" }, {
      found.turnout.before.percent, found.turnout.after.percent,
      found.turnout.change.points })
  end)

  it("follows the links: lists split and merged", function()
    local found = assert(urna.compare("belgrade-2023", "belgrade-2024",
      { links = LINKS }))
    local split, merged = row_of(found, "SPN>KP+BB"),
      row_of(found, "SNS+SPS>SNS")
    -- 129,868 + 89,430 = 219,298 of 325,429; 21 + 14 = 35 of 43
    assert.same({ before = 325429, after = 219298, change = -106131 },
      split.votes)
    assert.same({ before = 43, after = 35, change = -8 }, split.seats)
    -- 367,121 + 44,678 = 411,799; 49 + 5 = 54
    assert.same({ before = 411799, after = 387326, change = -24473 },
      merged.votes)
    assert.same({ before = 54, after = 64, change = 10 }, merged.seats)
    assert.equal("merged", merged.kind)
    assert.same({ before = { "NADA", "MI-GIN" }, after = { "MI-SN", "RS" } },
      found.unmatched.lists)
  end)

  it("can be of another base, of which only bounds are known", function()
    local found = assert(urna.compare("belgrade-2023", "belgrade-2024",
      { base = "valid_ballots" }))
    local row = row_of(found, "SNS>SNS")
    assert.is_nil(row.share.change)
    -- 367,121 of 919,421 to 919,527 is 39.929 to 39.925 %; 387,326 of 720,089
    -- to 720,108 is 53.788 to 53.787 %: 13.858 to 13.864
    assert.same({ "+13.86", "+13.86" }, { row.points_min, row.points_max })
  end)

  it("says nothing of seats that a list may have under another name",
    function()
      local found = assert(urna.compare("belgrade-2023", "belgrade-2024"))
      assert.same({ before = 43 }, row_of(found, "SPN>").seats)
      found = assert(urna.compare("belgrade-2023", "belgrade-2024",
        { lists = { { from = { "NADA" }, kind = "boycott" } } }))
      assert.same({ before = 7, after = 0, change = -7 },
        row_of(found, "NADA>").seats)
    end)
end)

-- ---- records ----

local FIELDS = { registered_voters = "registered", voters_signed = "signed",
  ballots_in_box = "box", invalid_ballots = "invalid",
  valid_ballots = "valid" }

local function read(date, rows, lists, headings)
  local contest = { name = "Towns " .. date, date = date, rule = "rs/local",
    seats = 10, keys = { "town", "station" }, columns = FIELDS, lists = {} }
  for i, key in ipairs(lists or { "A", "B" }) do
    contest.lists[i] = { key = key, column = key, minority = false }
  end
  return (assert(urna.read({ text = (headings
    or "town,station,registered,signed,box,invalid,valid,A,B\n") .. rows },
    { contest = contest })))
end

-- Town Ub: 1 is split into 1 and 3; Bor: 1 and 2 are one now.
local BEFORE = "Ub,1,2000,1000,1000,0,1000,600,400\n"
  .. "Ub,2,500,200,200,0,200,100,100\n"
  .. "Bor,1,600,300,300,0,300,150,150\n"
  .. "Bor,2,700,400,400,0,400,100,300\n"
local AFTER = "УБ,01,1010,500,500,0,500,350,150\n"
  .. "УБ,02,500,250,250,0,250,150,100\n"
  .. "УБ,03,985,480,480,0,480,300,180\n"
  .. "БОР,01,1290,650,650,0,650,250,400\n"

local UNITS = { { from = { "Ub/1" }, to = { "Ub/01", "Ub/03" } },
  { from = { "Bor/1", "Bor/2" }, to = { "Bor/01" }, kind = "merged" } }

describe("two elections of polling stations", function()
  local before, after

  before_each(function()
    before, after = read("2023-12-17", BEFORE), read("2024-06-02", AFTER)
  end)

  it("are matched across scripts, and the rest is told and proposed",
    function()
      local found = assert(urna.compare(before, after))
      assert.same({ normal = 3 }, found.matches)
      assert.equal("Bor/2", found.unmatched.units.before[1].key)
      assert.equal("УБ/03", found.unmatched.units.after[1].key)
      -- 2,000 - 1,010 = 990 and 985; 1,290 - 600 = 690 and 700
      assert.same({
        { from = { "Ub/1" }, to = { "УБ/01", "УБ/03" }, kind = "split",
          by = "size" },
        { from = { "Bor/1", "Bor/2" }, to = { "БОР/01" }, kind = "merged",
          by = "size" } }, found.proposed.units)
      assert.same({ key = "УБ/01", field = "registered_voters",
        before = 2000, after = 1010 }, found.jumped[1])
    end)

  it("have swing and turnout by station, split and merged ones too",
    function()
      local found = assert(urna.compare(before, after, { units = UNITS }))
      assert.same({}, found.unmatched.units.before)
      assert.same({}, found.unmatched.units.after)
      local seen = {}
      for i, row in ipairs(found:units()) do
        seen[i] = { row.key, row.kind, row.lists[1].votes.before,
          row.lists[1].votes.after, row.lists[1].share.change.points,
          row.turnout.change.points }
      end
      -- Ub 1: 600/1000 to 650/980 = 66.33 %; 1000/2000 to 980/1995 = 49.12 %
      -- Bor: 250/700 = 35.71 to 250/650 = 38.46 %; 700/1300 = 53.85 to
      -- 650/1290 = 50.39 %; Ub 2: 50 to 60 %; 40 to 50 %
      assert.same({
        { "УБ/01 + УБ/03", "split", 600, 650, "+6.33", "-0.88" },
        { "БОР/01", "merged", 250, 250, "+2.75", "-3.46" },
        { "УБ/02", "same", 100, 150, "+10.00", "+10.00" } }, seen)
    end)

  it("have swing and turnout by town, whatever its stations are", function()
    local found = assert(urna.compare(before, after))
    local seen = {}
    for i, row in ipairs(found.places) do
      seen[i] = { row.level, row.key, row.units.before, row.units.after,
        row.lists[1].votes.change, row.lists[1].share.change.points,
        row.turnout.change.points }
    end
    -- Ub: A 700 of 1,200 to 800 of 1,230: 58.33 to 65.04; 1,200 of 2,500 to
    -- 1,230 of 2,495: 48 to 49.30
    assert.same({ { "town", "УБ", 2, 3, 100, "+6.71", "+1.30" },
      { "town", "БОР", 2, 1, 0, "+2.75", "-3.46" } }, seen)
  end)

  it("have seats gained and lost", function()
    local found = assert(urna.compare(before, after))
    -- 950 and 950: 5 and 5 of ten. 1,050 and 830: the tenth average is A's
    -- sixth, 175, before B's fifth, 166
    assert.same({ before = 5, after = 6, change = 1 }, found.lists[1].seats)
    assert.same({ before = 5, after = 4, change = -1 }, found.lists[2].seats)
  end)

  it("name the place of a link that is none", function()
    local found, err = urna.compare(before, after,
      { units = { { from = { "Ub/9" }, to = { "Ub/01" } } } })
    assert.is_nil(found)
    assert.equal("bad_links", err.code)
    assert.matches("links.units%[1%].from%[1%].-Ub/9", err.message)
  end)

  it("leave as CSV, with the stations if asked for", function()
    local found = assert(urna.compare(before, after))
    assert.matches("\nall,,A,same,4,4,950,1050,100,", found:csv())
    assert.is_nil(found:csv():find("\nunit,", 1, true))
    assert.matches("\nunit,УБ/02,A,same,1,1,100,150,50,200,250,50.00,60.00,"
      .. "%+10.00,", found:csv { units = true })
  end)

  it("give their links as a file that is read again", function()
    local found = assert(urna.compare(before, after, { units = UNITS }))
    local path = scratch.write(".lua", found:links_text())
    local again = assert(urna.compare(before, after, { links = path }))
    assert.same(found:units(), again:units())
  end)
end)

describe("a station with the votes of two lists exchanged", function()
  it("stands out from its town, and only it", function()
    local one, other = {}, {}
    for i = 1, 12 do
      local a = 600 + 3 * i
      one[i] = ("Ub,%d,1500,1000,1000,0,1000,%d,%d\n"):format(i, a, 1000 - a)
      local b = i == 7 and 1000 - a or a + i % 3
      other[i] = ("Ub,%d,1500,1000,1000,0,1000,%d,%d\n"):format(i, b,
        1000 - b)
    end
    local found = assert(urna.compare(read("2023-12-17", table.concat(one)),
      read("2024-06-02", table.concat(other))))
    local seen = {}
    for i, row in ipairs(found.outliers.rows) do
      seen[i] = row.key .. " " .. row.measure
    end
    assert.same({ "Ub/7 A", "Ub/7 B" }, seen)
    assert.equal("Ub/7", found:outliers_csv():match("\n([^,]*),"))
    assert.same({ file = "(text)", line = 8 },
      found.outliers.rows[1].places.after)
  end)
end)

describe("compare refuses", function()
  it("two sources of one election, and names reconcile", function()
    local found, err = urna.compare("belgrade-2024", "belgrade-2024")
    assert.is_nil(found)
    assert.equal("same_election", err.code)
    assert.matches("use urna.reconcile", err.message)
    found, err = urna.compare(read("2024-06-02", BEFORE),
      read("2024-06-02", AFTER))
    assert.is_nil(found)
    assert.equal("same_election", err.code)
  end)

  it("links of stations where only totals are known", function()
    local found, err = urna.compare("belgrade-2023", "belgrade-2024",
      { units = UNITS })
    assert.is_nil(found)
    assert.equal("no_records", err.code)
  end)

  it("a base that is not known, and one that is none", function()
    local found, err = urna.compare("belgrade-2023", "belgrade-2024",
      { base = "ballots_in_box" })
    assert.is_nil(found)
    assert.equal("base_unknown", err.code)
    assert.matches("say base = \"voters_signed\"", err.message)
    assert.has_error(function()
      urna.compare("belgrade-2023", "belgrade-2024", { base = "valid" })
    end)
    assert.has_error(function()
      urna.compare("belgrade-2023", "belgrade-2024", { link = {} })
    end, "compare has no option \"link\": did you mean \"links\"?")
  end)
end)

describe("urna compare", function()
  local function run(...) return console.run("compare", ...) end

  it("prints swing, seats and what is not matched", function()
    local path = scratch.write(".lua", "return { lists = { { from = "
      .. "{ \"SPN\" }, to = { \"KP\", \"BB\" } } } }")
    local status, out = run("belgrade-2023", "belgrade-2024", "--links", path)
    assert.equal(0, status)
    assert.matches("SPN > KP %+ BB +325429 +219298 +%-106131", out)
    assert.matches("43 > 35 +%-8 +split; votes before recalled", out)
    assert.matches("not matched, only before: NADA, MI%-GIN, SPS", out)
  end)

  it("has other forms", function()
    local status, out = run("belgrade-2023", "belgrade-2024", "--format",
      "json")
    assert.equal(0, status)
    local value = assert(native.json(out))
    assert.equal(20205, value.lists[1].votes.change)
    status, out = run("belgrade-2023", "belgrade-2024", "--format", "csv")
    assert.equal(0, status)
    assert.matches("\nall,,SNS,same,1180,1265,367121,387326,20205,", out)
    status, out = run("belgrade-2023", "belgrade-2024", "--format", "links")
    assert.equal(0, status)
    assert.matches("%-%- { from = { \"SPN\" }, to = { \"BB\" }, kind = "
      .. "\"renamed\" },", out)
  end)

  it("says where it was meant to reconcile", function()
    local status, _, err = run("belgrade-2024", "belgrade-2024")
    assert.equal(2, status)
    assert.matches("urna reconcile", err)
    assert.equal(3, (run("belgrade-2024")))
  end)

  it("knows the bases of urna.compare", function()
    assert.same(compare.BASES, command.BASES)
  end)
end)
