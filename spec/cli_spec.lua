local cli = require "urna.cli"

-- What a run of the command line prints and returns.
local function run(...)
  local function stream()
    local parts = {}
    return { parts = parts, write = function(self, ...)
      for i = 1, select("#", ...) do
        self.parts[#self.parts + 1] = tostring((select(i, ...)))
      end
      return self
    end }
  end
  local streams = { stdout = stream(), stderr = stream() }
  local status = cli.main({ ... }, streams)
  return { status = status, out = table.concat(streams.stdout.parts),
    err = table.concat(streams.stderr.parts) }
end

local function words(line)
  local found = {}
  for word in line:gmatch("%S+") do found[#found + 1] = word end
  return (table.unpack or unpack)(found) -- luacheck: ignore 143
end

local function go(line) return run(words(line)) end

-- Files of a test, removed after it.
local made = {}

local function write(name, text)
  local path = os.tmpname()
  made[#made + 1], made[#made + 2] = path, path .. name
  local file = assert(io.open(path .. name, "wb"))
  file:write(text)
  file:close()
  return path .. name
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

after_each(function()
  for i = #made, 1, -1 do
    os.remove(made[i])
    made[i] = nil
  end
end)

local CONTEST = [[return { name = "Towns", date = "2024-06-02",
  rule = "rs/local", seats = 3, count_status = "final",
  keys = { "town", "station" }, columns = { registered_voters = "registered",
    voters_signed = "signed", ballots_in_box = "box",
    invalid_ballots = "invalid", valid_ballots = "valid" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }]]
local HEADINGS = "town,station,registered,signed,box,invalid,valid,A,B\n"
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
    assert.matches("^%? %? of 3; undecided: the law treats lists of national "
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
    assert.equal(0, done.status)
    local outcome = require("dkjson").decode(done.out).outcome
    assert.equal("preliminary", outcome.count_status)
    assert.equal(1, outcome.units.bad)
  end)
end)

describe("urna report", function()
  it("writes to a file with --output and prints nothing", function()
    local path = write(".txt", "")
    local done = run("report", "belgrade-2024", "--output", path)
    assert.same({ 0, "", "" }, { done.status, done.out, done.err })
    assert.matches("Belgrade", read(path))
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
    assert.matches("registered_voters = 6,500,666",
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

  it("list rules with their editions", function()
    assert.matches("rs/parliament +2022%-04%-03 +250",
      go("rules").out)
    assert.matches("^id,since,seats,source\n", go("rules --format csv").out)
  end)

  it("write a contest beside a file and never over one", function()
    local path = write(".csv", HEADINGS .. X)
    local beside = path:gsub("%.csv$", ".contest.lua")
    made[#made + 1] = beside
    local done = run("init", path)
    assert.same({ 0, beside .. "\n" }, { done.status, done.out })
    assert.equal(2, run("init", path).status)
  end)
end)

describe("the command line", function()
  it("says what there is with --help, and has status 0", function()
    local done = go("--help")
    assert.equal(0, done.status)
    for _, verb in ipairs { "report", "seats", "check", "explain",
      "elections", "rules", "init" } do
      assert.matches("\n  " .. verb .. " ", done.out)
      local help = go(verb .. " --help")
      assert.equal(0, help.status)
      assert.matches("^usage: urna " .. verb, help.out)
    end
    assert.matches("--ballots-in-box N", go("seats --help").out, 1, true)
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
      ["seats x --claim 5"] = "--claim must be KEY=VALUE",
      ["seats A=1 --claim A=x"] = "--claim: A needs a number of seats",
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
