local console = require "spec.console"
local fixture = require "spec.towns"
local scratch = require "spec.scratch"

-- What a run of the command line prints and returns.
local function run(...)
  local status, out, err = console.run(...)
  return { status = status, out = out, err = err }
end

local function words(line)
  local found = {}
  for word in line:gmatch("%S+") do found[#found + 1] = word end
  return (table.unpack or unpack)(found) -- luacheck: ignore 143
end

local function go(line) return run(words(line)) end

local write = scratch.write

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

after_each(scratch.clear)

local CONTEST, HEADINGS = fixture.contest, fixture.headings
-- X 90:10 is 3 0 of 3 (90 45 30); Y 40:60 is 1 2 (60 40 30)
local X, Y = "X,1,200,100,100,0,100,90,10\n", "Y,1,200,100,100,0,100,40,60\n"

local function towns(rows)
  return write(".csv", HEADINGS .. rows), write(".contest.lua", CONTEST)
end

describe("urna seats", function()
  it("checks votes typed as in the example of the README", function()
    local done = go("seats rs/belgrade/2024-06-02 SNS=355430 KP=118426 "
      .. "BB=81863 MI-SN=54908 RS=7802:minority --ballots-in-box 672579 "
      .. "--others below --claim SNS=64,KP=21,BB=14,MI-SN=9,RS=1")
    assert.equal("64 21 14 10 1 of 110; the claim adds up to 109: MI-SN 9 "
      .. "where the law gives 10\n", done.out)
    assert.equal(1, done.status)
  end)

  it("takes draws where the rule orders a lot, and says who was drawn",
    function()
      -- 90 90 45 45: two for three halves of three lists, in one draw of two
      local rule = write(".lua", [[return { since = "2000-01-01", seats = 5,
        base = "ballots_in_box", source = "made up", { step = "averages",
          divisor = "dhondt", tie = { "more_votes", "lot" } } }]])
      local votes = "seats A=90 B=90 C=90 --ballots-in-box 270 --rule " .. rule
      local done = go(votes .. " --lot C,A")
      assert.equal("2 1 2 of 5; by lot: C, A of A, B, C\n", done.out)
      assert.equal(0, done.status)
      done = go(votes)
      assert.matches("a lot is required: 2 seats are left", done.out, 1, true)
      assert.equal(1, done.status)
      done = go(votes .. " --lot C --lot A")
      assert.matches('^urna: apportion: lots%[1%] draws "C": 2 of', done.err)
      assert.equal(3, done.status)
    end)

  it("refuses a lot that the law does not order", function()
    local done = go("seats A=50:ordinary B=50:ordinary --seats 1 --rule "
      .. "rs/local --date 2024-06-02 --ballots-in-box 100 --lot A")
    assert.matches("the rule orders no lot for the tie between A, B", done.err,
      1, true)
  end)

  it("takes another threshold, or none, and says that it is not the law's",
    function()
      local done = go("seats belgrade-2024 --threshold 1/10")
      assert.equal("69 23 16 0 2 of 110; not by the law: threshold 1/10 "
        .. "instead of 3/100\n", done.out)
      done = go("seats belgrade-2024 --threshold none")
      assert.equal("64 21 14 10 1 of 110; not by the law: threshold none "
        .. "instead of 3/100, and none of the other lists takes part\n",
        done.out)
      -- 60 5: a tenth of 65 is 6.5
      done = go("seats A=60:ordinary B=5:ordinary --seats 13 --rule rs/local "
        .. "--date 2024-06-02 --ballots-in-box 65 --threshold 1/10 "
        .. "--claim A=12,B=1")
      assert.equal("13 0 of 13; not by the law: threshold 1/10 instead of "
        .. "3/100; the claim adds up to 13: A 12 where this threshold gives "
        .. "13, B 1 where this threshold gives 0\n", done.out)
      assert.matches("a ratio such as 3/100, or none", go("seats "
        .. "belgrade-2024 --threshold 3").err, 1, true)
    end)

  it("says of a claim that is right that it agrees, with status 0", function()
    local done = go("seats belgrade-2024 --claim "
      .. "SNS=64,KP=21,BB=14,MI-SN=10,RS=1")
    assert.equal("64 21 14 10 1 of 110; the claim adds up to 110 and agrees "
      .. "with the law\n", done.out)
    assert.equal(0, done.status)
  end)

  it("says of a claim that adds up where it differs", function()
    local done = go("seats belgrade-2024 --claim "
      .. "SNS=65,KP=21,BB=14,MI-SN=9,RS=1")
    assert.equal("64 21 14 10 1 of 110; the claim adds up to 110: SNS 65 "
      .. "where the law gives 64, MI-SN 9 where the law gives 10\n", done.out)
    assert.equal(1, done.status)
  end)

  it("prints an embedded election's seats with status 0", function()
    assert.same({ status = 0, err = "",
      out = "49 43 7 6 5 of 110\n" }, go("seats belgrade-2023"))
  end)

  it("is undecided with status 1 where minority is unsaid", function()
    local done = go("seats A=60 B=40 --rule rs/local --date 2024-06-02 "
      .. "--seats 3 --ballots-in-box 100")
    assert.equal(1, done.status)
    assert.matches("^undecided: the law treats lists of national "
      .. "minorities differently", done.out)
    local said = go("seats A=60:ordinary B=40:minority --rule rs/local "
      .. "--date 2024-06-02 --seats 3 --ballots-in-box 100")
    assert.same({ 0, "2 1 of 3\n" }, { said.status, said.out })
  end)

  it("refuses with status 3 what is not LIST=VOTES, and votes given twice",
    function()
      for word, pattern in pairs {
        ["A=6o"] = "\"A=6o\" is not LIST=VOTES",
        ["A=-5"] = "\"A=%-5\" is not LIST=VOTES",
        ["A=5:minor"] = "\"A=5:minor\" is not LIST=VOTES",
        ["A=9007199254740992"] = "is not LIST=VOTES",
        ["B=1"] = "B is given twice" } do
        local done = go("seats B=40 " .. word .. " --rule rs/local")
        assert.equal(3, done.status, word)
        assert.matches(pattern, done.err)
      end
    end)

  it("prints csv and json too", function()
    assert.matches("^key,name,minority,votes",
      go("seats belgrade-2024 --format csv").out)
    local json = assert(require("dkjson").decode(
      go("seats belgrade-2024 --format json").out))
    assert.equal(64, json.outcome.lists[1].seats)
    assert.is_nil(json.outcome.claim)
  end)

  it("reads a file and its contest", function()
    local path, contest = towns(X .. Y)
    -- 130:70 of 3: 130 70 65
    local done = run("seats", path, "--contest", contest)
    assert.same({ "2 1 of 3\n", 0 }, { done.out, done.status })
  end)

  it("of some units counts only those that --where names", function()
    local path, contest = towns(X .. Y)
    local function seats(where)
      return run("seats", path, "--contest", contest, "--where", where).out
    end
    assert.equal("3 0 of 3\n", seats("town=X"))
    assert.equal("1 2 of 3\n", seats("town=Y"))
    assert.equal("2 1 of 3\n", seats("town=X,Y"))
  end)

  it("says how many records are counted and kept out, with status 1",
    function()
      local path, contest = towns(X .. "Y,1,200,100,100,0,100,4o,60\n")
      local done = run("seats", path, "--contest", contest, "--bad", "keep")
      assert.same({ 1, "3 0 of 3; 1 of 2 records counted, 1 kept out\n" },
        { done.status, done.out })
      -- Y has no votes of B: not reported
      path = towns(X .. "Y,1,200,100,100,0,100,40,\n")
      done = run("seats", path, "--contest", contest)
      assert.same({ 1, "3 0 of 3; 1 of 2 records counted\n" },
        { done.status, done.out })
    end)

  it("of a partial count says of how many stations, with status 1", function()
    local done = go("seats bg-2024-06-02-prelim-92.09")
    assert.equal(1, done.status)
    assert.matches("of 110; 92%.09 %% of stations counted\n$", done.out)
  end)

  it("says when no list passed and all take part", function()
    -- 3 % of 100000 is 3000
    local done = go("seats A=60:ordinary B=40:ordinary --rule rs/local --date "
      .. "2024-06-02 --seats 3 --ballots-in-box 100000")
    assert.matches("^2 1 of 3; no list passed the threshold, so all take part",
      done.out)
  end)

  it("refuses more votes than there are ballots, naming both numbers",
    function()
      for box, sum in pairs { ["99"] = 100, ["0"] = 100 } do
        local done = go("seats A=60:ordinary B=40:ordinary --rule rs/local "
          .. "--date 2024-06-02 --seats 3 --ballots-in-box " .. box)
        assert.equal(2, done.status)
        assert.matches(("%d and only %s ballots"):format(sum, box), done.err)
      end
    end)

  it("is undecided with status 1 where nobody has a vote", function()
    local done = go("seats A=0:ordinary B=0:ordinary --rule rs/local --date "
      .. "2024-06-02 --seats 3 --ballots-in-box 5")
    assert.equal(1, done.status)
    assert.matches("^undecided: no list that takes part has a vote", done.out)
  end)

  it("beside a tie prints the seats that are certain", function()
    -- 10 10 of 3 seats: 10 10, then 5 5 for the last
    local done = go("seats A=10:ordinary B=10:ordinary --rule rs/local --date "
      .. "2024-06-02 --seats 3 --ballots-in-box 20")
    assert.matches("^undecided: 1 seat is left.*; certain are 1 1 of 3\n$",
      done.out)
  end)

  it("matches --where across scripts and case, and refuses what none has",
    function()
      local path, contest = towns((X .. Y):gsub("Y", "Niš"))
      local function seats(where)
        return run("seats", path, "--contest", contest, "--where", where)
      end
      assert.equal("1 2 of 3\n", seats("town=НИШ").out)
      local none = seats("town=Niz")
      assert.equal(2, none.status)
      assert.matches("town: no unit has this value: \"Niz\"; did you mean Niš?",
        none.err, 1, true)
    end)

  it("takes each --where of one key, not the last alone", function()
    local path, contest = towns(X .. Y)
    assert.equal("2 1 of 3\n", run("seats", path, "--contest", contest,
      "--where", "town=X", "--where", "town=Y").out)
  end)

  it("takes a tab as a delimiter in both spellings", function()
    local tabs = (HEADINGS .. X):gsub(",", "\t")
    local path, contest = write(".csv", tabs), write(".contest.lua", CONTEST)
    for _, tab in ipairs { "\\t", "tab", "\t" } do
      assert.equal("3 0 of 3\n", run("seats", path, "--contest", contest,
        "--delimiter", tab).out)
    end
  end)

  it("without a contest file says so and names urna init", function()
    local path = write(".csv", "bm,upisano,u_kutiji,1. A,2. B,vazeci\n"
      .. "1,9,3,2,1,3\n")
    local done = run("seats", path)
    assert.equal(2, done.status)
    assert.matches("the rule is not known", done.err, 1, true)
    assert.matches("there is no contest file", done.err, 1, true)
    assert.matches("urna init", done.err, 1, true)
  end)

  it("of each value of a column prints a row", function()
    local path, contest = towns(X .. Y)
    local done = run("seats", path, "--contest", contest, "--each", "town",
      "--format", "csv")
    assert.equal(0, done.status)
    assert.matches("\nX,[^\n]*\nY,", done.out)
  end)
end)

describe("a bad row", function()
  local BAD = "Z,1,200,100,100,0,100,9o,10\n"

  it("is refused with status 2, file, line and field", function()
    local path, contest = towns(X .. BAD)
    local done = run("seats", path, "--contest", contest)
    assert.equal(2, done.status)
    assert.equal("", done.out)
    assert.matches(path .. ":3:", done.err, 1, true)
    assert.matches("A: ", done.err, 1, true)
  end)

  it("is refused as JSON with --errors json", function()
    local path, contest = towns(X .. BAD)
    local done = run("seats", path, "--contest", contest, "--errors", "json")
    assert.equal(2, done.status)
    local err = assert(require("dkjson").decode(done.err))
    assert.same({ 3, "A", "9o" }, { err.items[1].line, err.items[1].field,
      err.items[1].text })
  end)

  it("is kept out with --bad keep, and nothing is final", function()
    local path, contest = towns(X .. BAD)
    local done = run("seats", path, "--contest", contest, "--bad", "keep",
      "--format", "json")
    assert.equal(1, done.status)
    local outcome = require("dkjson").decode(done.out).outcome
    assert.equal("preliminary", outcome.count_status)
    assert.equal(1, outcome.units.bad)
  end)
end)

describe("a bad record of one contest among many", function()
  local BAD = "Y,2,200,100,100,0,100,4o,60\n"

  local function rows(lines, ...)
    local path, contest = towns(lines)
    local done = run("seats", path, "--contest", contest, "--each", "town",
      "--format", "csv", ...)
    assert.equal(1, done.status)
    local found = {}
    for line in done.out:gmatch("[^\n]+") do found[#found + 1] = line end
    return found
  end

  it("stops no other, and its row has the error and no seats", function()
    local found = rows(X .. Y .. BAD)
    assert.equal(3, #found)
    assert.matches("^X,A,90.00,ballots_in_box,3,3,0,decided,", found[2])
    assert.matches("^Y,,,,,,,,.*:4:.*A: \"\"4o\"\" is not a count", found[3])
  end)

  it("kept out leaves its contest an outcome", function()
    assert.matches("^Y,B,60.00,ballots_in_box,2,3,0,decided,",
      rows(X .. Y .. BAD, "--bad", "keep")[3])
    local path, contest = towns(X .. Y .. BAD)
    local outcomes = {}
    for i, row in ipairs(require "urna.report".contests(path, { bad = "keep",
      each = "town", contest = contest })) do
      outcomes[i] = row.outcome.units.bad
    end
    assert.same({ 0, 1 }, outcomes)
  end)

  it("of which nobody knows the contest has a row of its own", function()
    local found = rows(X .. "Y,1,2\n")
    assert.equal(3, #found)
    assert.matches("^,,,,,,,,.*:3:", found[2])
    assert.matches("^X,A,", found[3])
  end)

  it("of which nobody knows the contest stays with any choice of --where",
    function()
      local found = rows(X .. Y .. "Y,1,2\n", "--where", "town=X")
      assert.equal(3, #found)
      assert.matches("^,,,,,,,,.*:4:", found[2])
      local path, contest = towns(X .. Y .. "Y,1,2\n")
      assert.equal("3 0 of 3; 1 of 2 records counted, 1 kept out\n",
        run("seats", path, "--contest", contest, "--bad", "keep", "--where",
          "town=X").out)
    end)

  it("that is a total or stands twice refuses its contest alone", function()
    local found = rows(X .. Y .. Y)
    assert.equal(3, #found)
    assert.matches("^X,A,", found[2])
    assert.matches("^Y,,,,,,,,.*stands on line", found[3])
    found = rows(X .. Y .. "Ukupno,,400,200,200,0,200,130,70\n")
    assert.equal(4, #found)
    assert.matches("^Ukupno,,,,,,,,.*this row is a total", found[2])
    assert.matches("^Y,B,", found[4])
  end)

  it("is counted with its others in the one error of the row", function()
    local found = rows(X .. BAD .. (BAD:gsub("Y,2", "Y,3")))
    assert.matches("and 1 more records of this contest", found[3])
  end)

  it("needs records: an embedded election has none", function()
    local done = go("report belgrade-2024 --each municipality")
    assert.equal(2, done.status)
    assert.matches("only totals are known here", done.err, 1, true)
  end)
end)

describe("urna report", function()
  it("writes to a file with --output and prints nothing", function()
    local path = write(".txt", "")
    local done = run("report", "belgrade-2024", "--output", path)
    assert.same({ 0, "", "" }, { done.status, done.out, done.err })
    assert.matches("Belgrade", read(path))
  end)

  it("refuses beside --threshold what is answered by the law as it is",
    function()
      local done = go("report belgrade-2024 --threshold none --with fewest")
      assert.matches("--with fewest is answered by the law as it is", done.err,
        1, true)
      done = go("report belgrade-2024 --threshold 1/10 --with margins")
      assert.matches("Not by the law: worked out with a threshold of 10%",
        done.out, 1, true)
      assert.equal(0, done.status)
    end)

  it("says below a line for each contest that it is not by the law", function()
    local path, contest = towns(X .. Y)
    local line = ("report %s --contest %s --each town"):format(path, contest)
    -- 10 of 100 votes in X are below a half, 40 in Y too
    local done = go(line .. " --threshold 1/2")
    assert.matches("\nNot by the law: worked out with a threshold of 50%%; the "
      .. "law’s is 3%%%.\n", done.out)
    assert.is_nil(go(line).out:find("Not by the law", 1, true))
    done = go(line .. " --lot A")
    assert.matches("lots are drawn in one contest", done.err, 1, true)
  end)

  it("prints a line for each contest with --each, and goes on after a bad one",
    function()
      -- Z has no ballots in the box and no bound: undecided
      local path, contest = towns(X .. "Z,1,,,,0,5,3,2\n")
      local done = run("report", path, "--contest", contest, "--each", "town")
      assert.equal(1, done.status)
      assert.matches("X", done.out, 1, true)
      assert.matches("Z", done.out, 1, true)
    end)

  it("leaves a status of 1 where the outcome is undecided", function()
    local path = write(".csv", HEADINGS .. X)
    local contest = write(".contest.lua",
      (CONTEST:gsub("minority = false", "name = \"n\"")))
    assert.equal(1, run("report", path, "--contest", contest).status)
  end)

  it("draws no colour unless it is told to", function()
    assert.is_nil(go("report belgrade-2024").out:find("\27", 1, true))
    assert.truthy(go("report belgrade-2024 --colour always").out:find("\27",
      1, true))
  end)
end)

describe("urna check", function()
  it("has status 0 where nothing fires and 1 where something does", function()
    local path, contest = towns(X .. Y)
    local good = run("check", path, "--contest", contest)
    assert.equal(0, good.status, good.out)
    assert.matches("T10  PASS", good.out)
    -- 101 ballots of 100 signatures: annulled under article 116
    local bad = towns("X,1,200,100,101,0,101,91,10\n")
    local done = run("check", bad, "--contest", contest)
    assert.equal(1, done.status)
    assert.matches("T10  FIRED +1 .*%-> annul", done.out)
  end)

  it("names the first ten records a check fired on, or all", function()
    local lines = {}
    for i = 1, 12 do
      lines[i] = ("X,%d,200,100,101,0,101,%d,%d\n"):format(i, 80 + i, 21 - i)
    end
    local path, contest = towns(table.concat(lines))
    local out = run("check", path, "--contest", contest).out
    assert.matches("T10  FIRED +12 [^\n]*\n +X/1  " .. path:gsub("%p", "%%%0")
      .. ":2  101 <= 100 does not hold\n", out)
    assert.matches("X/10 ", out, 1, true)
    assert.is_nil(out:find("X/11 ", 1, true))
    assert.matches("and 2 more (--all)", out, 1, true)
    assert.matches("X/12 ", run("check", path, "--contest", contest,
      "--all").out, 1, true)
  end)

  it("gives a row for each finding, and the units of each check in JSON",
    function()
      local path, contest = towns("X,1,200,100,101,0,101,91,10\n" .. Y)
      local out = run("check", path, "--contest", contest, "--format",
        "findings").out
      assert.matches("^code,key,file,line,left,operator,right,", out)
      assert.matches("\nT10,X/1," .. path .. ",2,101,<=,100,fatal,annul", out,
        1, true)
      local rows = require("dkjson").decode(run("check", path, "--contest",
        contest, "--format", "json").out)
      for _, row in ipairs(rows) do
        assert.equal(row.count, #row.units)
        if row.code == "T10" then
          assert.same({ code = "T10", key = "X/1", file = path, line = 2,
            left = 101, operator = "<=", right = 100, numbers =
            "ballots_in_box 101 <= voters_signed 100" }, row.units[1])
        end
      end
    end)
end)

describe("urna explain", function()
  it("prints the arithmetic of a seat", function()
    local done = go("explain parliament-2023 --seat 250")
    assert.equal(0, done.status)
    assert.matches("Seat 250 of 250 goes to MI-GIN", done.out, 1, true)
  end)

  it("prints a list and a total", function()
    assert.matches("Threshold 3/100",
      go("explain parliament-2023 --list NO").out)
    assert.matches("egistered.voters = 6,500,666",
      go("explain parliament-2023 --total registered_voters").out)
  end)

  it("of nothing, or of two things, is a mistake of usage", function()
    assert.equal(3, go("explain parliament-2023").status)
    assert.equal(3, go("explain parliament-2023 --seat 1 --list NO").status)
  end)

  it("of a seat that is not there has status 2", function()
    assert.equal(2, go("explain parliament-2023 --seat 251").status)
  end)
end)

describe("urna tally", function()
  local TEXT = "town,list,votes\nNiš,\"A, b\",9007199254740991\n"
    .. "Niš,\"A, b\",2\nUžice,C,7\n"

  it("prints sums as CSV, exact beyond 2^53 - 1", function()
    local path = write(".csv", TEXT)
    -- 9,007,199,254,740,991 + 2 = 9,007,199,254,740,993
    assert.equal("town,list,votes\nNiš,\"A, b\",9007199254740993\n"
      .. "Užice,C,7\n", run("tally", path, "--by", "town,list").out)
  end)

  it("prints such sums as texts in JSON, and small ones as numbers",
    function()
      local out = run("tally", write(".csv", TEXT), "--by", "town", "--format",
        "json").out
      assert.truthy(out:find("\"votes\": \"9007199254740993\"", 1, true))
      assert.truthy(out:find("\"votes\": 7", 1, true))
    end)

  it("keeps what --where names and ends with status 2 on a bad row",
    function()
      local found = run("tally", write(".csv", TEXT), "--by", "list", "--where",
        "town=Užice")
      assert.equal("list,votes\nC,7\n", found.out)
      local bad = run("tally", write(".csv", "k,votes\na,1.5\n"), "--by",
        "k")
      assert.equal(2, bad.status)
      assert.truthy(bad.err:find(":2:3: votes: \"1.5\" is a decimal", 1,
        true))
    end)
end)

-- urna.tally in place of the true one, which is loaded again afterwards; what
-- it was called with.
local function with_tally(result, f)
  local urna, called = require "urna", {}
  rawset(urna, "tally", function(subject, options)
    called.subject, called.options = subject, options
    if type(result) == "function" then return result(options) end
    return result
  end)
  local done, message = pcall(f, called)
  rawset(urna, "tally", nil)
  if not done then error(message, 0) end
end

-- A tally of two towns with what was found in it.
local function found_with(more)
  local found = { by = { "town" }, sums = { "votes" }, records = 3,
    file = "v.csv", groups = {
      { key = "Niš", keys = { "Niš" }, fields = { votes = 7 }, missing = {},
        beyond = {}, records = 2 },
      { key = "Ub", keys = { "Ub" }, fields = {}, missing = {},
        beyond = { votes = "9007199254740993" }, records = 1 } },
    digits = function(_, group, name)
      local number = group.fields[name]
      return number and ("%d"):format(number) or group.beyond[name]
    end }
  found.csv = require("urna.writers.tally").csv
  found.write_csv = function(self, give) give(self:csv()) end
  for key, value in pairs(more or {}) do found[key] = value end
  return found
end

local CSV = "town,votes\nNiš,7\nUb,9007199254740993\n"

local function failing()
  return { checks = { { check = "valid <= box", failed = 3, unknown = 1,
    records = { { key = "Niš/1", keys = { "Niš", "1" }, file = "v.csv",
      line = 2, left = 11, right = 10 }, { key = "Ub/2", keys = { "Ub", "2" },
      line = 9, left = "9007199254740993", right = 7 } } },
    { check = "votes >= 0", failed = 0, unknown = 0, records = {} } } }
end

local FAILING = "v.csv:2: check \"valid <= box\" fails: 11 and 10 (Niš/1)\n"
  .. "v.csv:9: check \"valid <= box\" fails: 9007199254740993 and 7 (Ub/2)\n"
  .. "v.csv: check \"valid <= box\" fails in 1 record more\n"
  .. "v.csv: check \"valid <= box\" cannot be told in 1 record\n"

describe("what urna tally is asked for", function()
  it("is passed on, several files as one subject", function()
    with_tally(found_with(), function(called)
      run("tally", "a.csv", "b.csv", "--by", "town,list", "--sum", "votes",
        "--where", "town=X,Y", "--check", "a <= b", "--check=c = d + e",
        "--unit", "town,station", "--count", "--cells", "9", "--threads", "2",
        "--range", "5-70", "--delimiter", "tab", "--encoding", "cp1250",
        "--contest", "c.lua")
      assert.same({ "a.csv", "b.csv" }, called.subject)
      assert.same({ by = { "town", "list" }, sum = { "votes" },
        where = { town = { "X", "Y" } }, check = { "a <= b", "c = d + e" },
        unit = { "town", "station" }, count = true, cells = 9, threads = 2,
        range = { 5, 70 }, delimiter = "\t", encoding = "cp1250",
        contest = "c.lua" }, called.options)
    end)
  end)

  it("is nothing more than what was said, and one file is a path", function()
    with_tally(found_with(), function(called)
      assert.same({ status = 0, out = CSV, err = "" }, run("tally", "a.csv"))
      assert.same({ "a.csv", {} }, { called.subject, called.options })
    end)
    assert.equal(3, run("tally").status)
  end)

  it("as --progress is a function, silent where there is no terminal",
    function()
      with_tally(function(options)
        assert.is_nil(options.progress(5, 10))
        assert.is_nil(options.progress(5))
        return found_with()
      end, function()
        assert.same({ status = 0, out = CSV, err = "" },
          run("tally", "a.csv", "--progress"))
      end)
    end)

  it("keeps what went wrong where a progress is shown", function()
    local errors = require "urna.errors"
    with_tally(function()
      return nil, errors.new("cancelled", { message = "it was stopped" })
    end, function()
      assert.same({ status = 2, out = "", err = "urna: it was stopped\n" },
        run("tally", "a.csv", "--progress"))
    end)
    with_tally(function() error("x.lua:7: no such thing", 0) end, function()
      local done = run("tally", "a.csv", "--progress")
      assert.equal(3, done.status)
      assert.matches("^urna: no such thing\n", done.err)
    end)
  end)
end)

describe("what urna tally prints", function()
  it("with --count is the records of each group too", function()
    with_tally(found_with { counts_records = true }, function()
      assert.equal("town,votes,records\nNiš,7,2\nUb,9007199254740993,1\n",
        run("tally", "a.csv", "--count").out)
    end)
  end)

  it("as a table stands in columns, the sums to the right", function()
    with_tally(found_with(), function()
      assert.equal("town             votes\n"
        .. "Niš                  7\n"
        .. "Ub    9007199254740993\n",
        run("tally", "a.csv", "--format", "table").out)
    end)
  end)

  it("as CSV goes to a stream in pieces, to a file as one", function()
    local found = found_with { csv = function() return "whole\n" end }
    found.write_csv = function(_, give)
      give("in ")
      give("pieces\n")
    end
    with_tally(found, function()
      local path = write(".out", "")
      assert.equal(0, run("tally", "a.csv", "--output", path).status)
      assert.equal("whole\n", read(path))
      assert.same({ status = 0, out = "in pieces\n", err = "" },
        run("tally", "a.csv"))
    end)
  end)
end)

describe("urna tally --fingerprint", function()
  it("says the SHA-256 of each file as sha256sum does, else nothing", function()
    local text = "town,votes\nUb,7\n"
    local path = write(".csv", text)
    local line = require("urna.core").sha256(text) .. "  " .. path .. "\n"
    assert.same({ status = 0, out = "votes\n7\n", err = line },
      run("tally", path, "--fingerprint"))
    assert.equal("", run("tally", path).err)
    assert.matches(("%q: %q"):format("sha256", line:sub(1, 64)),
      run("tally", path, "--fingerprint", "--format", "json").out, 1, true)
  end)
end)

describe("a check of urna tally that fails", function()
  it("is told on standard error beside CSV, as compilers do, with status 1",
    function()
      with_tally(found_with(failing()), function()
        assert.same({ status = 1, out = CSV, err = FAILING },
          run("tally", "a.csv"))
      end)
    end)

  it("is told below a table, where one that holds is told too", function()
    with_tally(found_with(failing()), function()
      local done = run("tally", "a.csv", "--format", "table")
      assert.same({ 1, "" }, { done.status, done.err })
      assert.equal("\n" .. FAILING .. "check \"votes >= 0\" holds\n",
        done.out:match("740993\n(.*)$"))
    end)
  end)

  it("is a member of the JSON", function()
    with_tally(found_with(failing()), function()
      local done = run("tally", "a.csv", "--format", "json")
      assert.same({ 1, "" }, { done.status, done.err })
      assert.same(failing().checks,
        require("dkjson").decode(done.out).checks)
      assert.matches("\"records\": %[%]", done.out)
    end)
  end)

  it("is told on standard error where a partial tally is written", function()
    local more = failing()
    more.save = function(_, path) return path == "a.tly" end
    with_tally(found_with(more), function()
      assert.same({ status = 1, out = "", err = FAILING }, run("tally",
        "a.csv", "--format", "table", "--partial", "a.tly"))
    end)
  end)

  it("is no finding where it only cannot be told", function()
    with_tally(found_with { checks = { { check = "a < b", failed = 0,
      unknown = 2, records = {} } } }, function()
      assert.same({ status = 0, out = CSV,
        err = "v.csv: check \"a < b\" cannot be told in 2 records\n" },
        run("tally", "a.csv"))
    end)
  end)
end)

describe("a record that stands twice for urna tally", function()
  local function twice()
    return found_with { duplicates = { count = 4, items = {
      { key = "Niš/1", file = "v.csv", line = 7, first_line = 2 },
      { key = "a\nb", file = "w.csv", line = 3, first_line = 8,
        first_file = "v.csv" } } } }
  end
  local TWICE = "v.csv:7: \"Niš/1\" stands there again, first on line 2\n"
    .. "w.csv:3: \"a b\" stands there again, first on line 8 of v.csv\n"
    .. "v.csv: and 2 more that stand again\n"

  it("leaves status 1 and has a line of its own", function()
    with_tally(twice(), function()
      assert.same({ status = 1, out = CSV, err = TWICE }, run("tally", "a.csv"))
      local shown = run("tally", "a.csv", "--format", "table").out
      assert.equal("\n" .. TWICE, shown:match("740993\n(.*)$"))
      local json = run("tally", "a.csv", "--format", "json")
      assert.equal(1, json.status)
      assert.same(twice().duplicates,
        require("dkjson").decode(json.out).duplicates)
    end)
  end)

  it("is none where none was found", function()
    with_tally(found_with { duplicates = { count = 0, items = {} } },
      function()
        assert.same({ status = 0, out = CSV, err = "" },
          run("tally", "a.csv"))
      end)
  end)
end)

describe("a warning of urna tally", function()
  local alike = { lookalikes = { { column = "town",
    names = { "Niš", "Nis\204\140" } } } }
  local unmatched = { unmatched = { { column = "town", value = "Nish",
    nearest = "Niš" }, { column = "list", value = "Q" } } }

  it("names those that look alike, with status 0, in each form", function()
    with_tally(found_with(alike), function()
      for _, format in ipairs { "csv", "table", "json" } do
        local done = run("tally", "a.csv", "--format", format)
        assert.same({ 0, "v.csv: warning: town: \"Niš\", \"Nis\204\140\" look "
          .. "alike and are counted apart\n" }, { done.status, done.err })
      end
    end)
  end)

  it("names a value of --where that no record has, and the nearest", function()
    with_tally(found_with(unmatched), function()
      local done = run("tally", "a.csv", "--where", "town=Nish,list=Q")
      assert.same({ 0, "v.csv: warning: town: no record has \"Nish\"; did you "
        .. "mean \"Niš\"?\nv.csv: warning: list: no record has \"Q\"\n" },
        { done.status, done.err })
    end)
  end)
end)

describe("urna merge", function()
  it("puts partial tallies of byte ranges together", function()
    local path = write(".csv", "k,votes\na,1\n\"b\nc\",2\na,4\n")
    local parts = {}
    for i, range in ipairs { "0-13", "13-18", "18-99" } do
      parts[i] = write(i .. ".tly", "")
      assert.equal(0, run("tally", path, "--by", "k", "--range", range,
        "--partial", parts[i]).status)
    end
    assert.equal("k,votes\na,5\n\"b\nc\",2\n",
      run("merge", parts[3], parts[1], parts[2]).out)
    local twice = run("merge", parts[1], parts[1])
    assert.equal(2, twice.status)
  end)
end)

describe("urna elections, rules and init", function()
  it("list 18 elections, and those of one body", function()
    local _, count = go("elections").out:gsub("\n", "")
    assert.equal(18, count)
    local _, few = go("elections --body vojvodina").out:gsub("\n", "")
    assert.equal(3, few)
  end)

  it("refuse with status 2 a country or a body there is not", function()
    for line, pattern in pairs {
      ["elections --country xx"] = "country \"xx\"; there is rs",
      ["elections --body paris"] = "body \"paris\"; there is belgrade, nis",
      ["rules --country xx"] = "no country \"xx\"; there is rs" } do
      local done = go(line)
      assert.same({ 2, "" }, { done.status, done.out })
      assert.matches(pattern, done.err, 1, true)
    end
  end)

  it("list the partial counts, each of which can be reported", function()
    local out = go("elections --partial").out
    assert.matches("^bg%-2024%-06%-02%-prelim%-92.09 +rs/belgrade/2024", out)
    for id in out:gmatch("([^\n]-) +rs/[^\n]*\n") do
      assert.matches("of %d+; ", go("seats " .. id).out)
    end
    assert.matches("urna elections --partial", go("elections --help").out, 1,
      true)
  end)

  it("list rules with their editions", function()
    assert.matches("rs/parliament +2022%-04%-03 +250",
      go("rules").out)
    assert.matches("^id,since,seats,source\n", go("rules --format csv").out)
  end)

  it("write a contest beside a file and never over one", function()
    local path = write(".csv", HEADINGS .. X)
    local beside = scratch.mine((path:gsub("%.csv$", ".contest.lua")))
    local done = run("init", path)
    assert.same({ 0, beside .. "\n" }, { done.status, done.out })
    assert.equal(2, run("init", path).status)
  end)
end)

describe("the command line", function()
  it("says what there is with --help, and has status 0", function()
    local done = go("--help")
    assert.equal(0, done.status)
    for _, verb in ipairs { "report", "seats", "check", "tally", "merge",
      "explain", "elections", "rules", "init" } do
      assert.matches("\n  " .. verb .. " ", done.out)
      local help = go(verb .. " --help")
      assert.equal(0, help.status)
      assert.matches("^usage: urna " .. verb, help.out)
    end
    assert.matches("Exit status: 0 done, 1 findings or undecided", done.out, 1,
      true)
    local tally = go("tally --help").out
    for _, option in ipairs { "by", "sum", "where", "count", "check", "unit",
      "progress", "threads", "cells", "range", "partial", "output" } do
      assert.matches("\n  --" .. option .. " ", tally, 1, true)
    end
    assert.matches("leave exit status 1", (tally:gsub("%s+", " ")), 1, true)
    local seats = go("seats --help").out
    assert.matches("--ballots-in-box N", seats, 1, true)
    assert.matches(":minority.*:ordinary", seats)
  end)

  it("without a verb says the same as an error, with status 3", function()
    local done = run()
    assert.same({ 3, "" }, { done.status, done.out })
    assert.matches("^usage: urna VERB", done.err)
  end)

  it("prints its version and the Lua", function()
    assert.matches("^urna %d+%.%d+%.%d+ %(.+core for Lua 5%.%d%)\n$",
      go("--version").out)
  end)

  it("names the nearest verb to one that does not exist", function()
    local done = go("raport belgrade-2024")
    assert.equal(3, done.status)
    assert.matches("no verb \"raport\"; did you mean \"report\"?", done.err, 1,
      true)
  end)

  it("names the nearest option to one that does not exist", function()
    local done = go("report belgrade-2024 --formt html")
    assert.equal(3, done.status)
    assert.matches("no option --formt; did you mean --format?", done.err, 1,
      true)
  end)

  it("says what an option takes, with status 3", function()
    for line, pattern in pairs {
      ["report x --format"] = "--format needs FORMAT",
      ["report x --format pdf"] = "--format must be one of text, md, html",
      ["seats x --seats five"] = "--seats must be a whole number, not",
      ["seats x --claim 5"] = "--claim must be LIST=SEATS,... (\"5\" is none)",
      ["seats A=1 --claim A=x"] = "(A needs a number of seats)",
      ["seats A=1 --claim A=5,KP"] = "(\"KP\" is none)",
      ["seats A=1 --claim A=5,A=5"] = "(A is given twice)",
      ["report x --as-of yesterday"] = "--as-of must be a date or a time",
      ["report x --as-of 2024-02-30"] = "--as-of must be a date or a time",
      ["report x --as-of 2024-06-02T25:00"] = "--as-of must be a date or",
      ["elections belgrade"] = "no \"belgrade\" is expected",
      ["rules rs"] = "no \"rs\" is expected",
      ["init -"] = "init needs a file",
      ["report x --help=5"] = "--help takes no value",
      ["report"] = "one subject is expected, not 0 words",
      ["report a b"] = "one subject is expected, not 2 words" } do
      local done = go(line)
      assert.equal(3, done.status, line)
      assert.matches(pattern, done.err, 1, true)
    end
  end)

  it("takes several files as one subject", function()
    local first, contest = towns(X)
    local second = write(".csv", HEADINGS .. Y)
    local files = ("%s %s --contest %s"):format(first, second, contest)
    -- A 130 65 43, B 70: 130, 70, 65
    assert.same({ 0, "2 1 of 3\n" },
      { go("seats " .. files).status, go("seats " .. files).out })
    local told = go("report " .. files)
    assert.equal(0, told.status)
    assert.matches(second, told.out, 1, true)
    assert.equal(0, go("check " .. files).status)
    assert.matches("2 of 2 records of 2 files",
      go("explain " .. files .. " --total ballots_in_box").out, 1, true)
    assert.matches("\nY,", go("seats " .. files
      .. " --each town --format csv").out, 1, true)
  end)

  it("has status 2 where one of several files is missing", function()
    local first, contest = towns(X)
    for _, verb in ipairs { "report", "seats", "check" } do
      local done = go(("%s %s nowhere.csv --contest %s"):format(verb, first,
        contest))
      assert.equal(2, done.status)
      assert.matches("nowhere.csv", done.err, 1, true)
    end
    assert.equal(3, go("report belgrade-2024 nis-2024").status)
    assert.equal(3, go("seats belgrade-2024 nis-2024").status)
    assert.equal(3, go("seats").status)
  end)

  it("has status 2 for a file or an election that is not there", function()
    local done = go("report /nowhere/x.csv")
    assert.equal(2, done.status)
    assert.matches("/nowhere/x.csv", done.err, 1, true)
    local name = go("report belgrade-2025")
    assert.equal(2, name.status)
    assert.matches("did you mean belgrade-2022", name.err, 1, true)
  end)

  it("takes --option=value as --option value", function()
    assert.equal(go("seats belgrade-2024 --format csv").out,
      go("seats belgrade-2024 --format=csv").out)
  end)
end)

describe("bin/urna", function()
  local function shell(line)
    local pipe = assert(io.popen(line .. "; echo status $?"))
    local text = pipe:read("*a")
    pipe:close()
    return text
  end

  it("prints the seats and its status in a process of its own", function()
    local first = 0
    while arg[first - 1] do first = first - 1 end
    assert.equal("64 21 14 10 1 of 110\nstatus 0\n",
      shell(("LUA='%s' ./bin/urna seats belgrade-2024"):format(arg[first])))
    assert.matches("status 3\n$", shell(
      ("LUA='%s' ./bin/urna nothing 2>&1"):format(arg[first])))
  end)
end)

describe("urna tally of ranked ballots", function()
  -- A 2 papers, B 3; 1 skips, 2 name both, 1 is empty
  local BLT = "2 1\n2 1 0\n3 2 1 0\n1 - 2 0\n2 1=2 0\n1 0\n0\n\"A\"\n\"B\"\n"
    .. "\"Title\"\n"
  local WITHOUT = ": without a first preference: 1 paper skips the first "
    .. "rank, 2 papers name several there, 1 paper names nobody\n"

  it("prints first preferences, and the papers without on standard error",
    function()
      local path = write(".blt", BLT)
      local done = run("tally", path)
      assert.equal("candidate,votes\nA,2\nB,3\n", done.out)
      assert.equal(path .. WITHOUT, done.err)
      assert.equal(0, done.status)
      done = run("tally", path, "--format", "table", "--count")
      assert.equal("candidate  votes  records\nA              2        1\n"
        .. "B              3        1\n", done.out)
      done = run("tally", path, "--format", "json")
      local found = require "urna.native".json(done.out)
      assert.same({ skipped = 1, overvoted = 2, empty = 1 }, found.first)
      assert.equal(3, found.groups[2].sums.votes)
    end)

  it("takes the form, the columns and the weights that are said", function()
    local done = run("tally", write("", BLT), "--form", "blt")
    assert.equal("candidate,votes\nA,2\nB,3\n", done.out)
    local path = write(".csv", "n,x,y\n3,A,B\n2,B,\n")
    done = run("tally", path, "--ranks", "x,y", "--weight", "n")
    assert.same({ "candidate,votes\nA,3\nB,2\n", "", 0 },
      { done.out, done.err, done.status })
    done = run("tally", write(".csv", "l\n\"B,A\"\nA\nB\n"), "--ranking", "l")
    assert.equal("candidate,votes\nA,1\nB,2\n", done.out)
  end)

  it("refuses what makes no sense, and a bad file by its line", function()
    local path = write(".blt", BLT)
    local done = run("tally", path, "--by", "x")
    assert.equal(3, done.status)
    assert.matches("by is not for ranked ballots", done.err)
    assert.equal(3, run("tally", path, "--form", "cat").status)
    done = run("tally", path, "--partial", path .. ".tly")
    assert.equal(2, done.status)
    assert.matches("cannot be kept as a partial tally", done.err)
    path = write(".soi", "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 5\n1: 6\n")
    done = run("tally", path)
    assert.equal(2, done.status)
    assert.equal("", done.out)
    assert.matches(":3:4: \"6\": no alternative has this number", done.err)
  end)
end)
