local ballots = require "urna.ballots"
local generator = require "spec.generator"
local scratch = require "spec.scratch"

local FORMATS = "../shared/data/formats/"

local write = scratch.write

after_each(scratch.clear)

local function shown_rank(rank)
  if rank == false then return "-" end
  if type(rank) == "string" then return rank end
  return "{" .. table.concat(rank, "=") .. "}"
end

-- "2*A>-" for each ballot and its papers.
local function shown(found)
  local lines = {}
  for weight, ranks in found:each() do
    local names = {}
    for i, rank in ipairs(ranks) do names[i] = shown_rank(rank) end
    lines[#lines + 1] = ("%d*%s"):format(weight, table.concat(names, ">"))
  end
  return lines
end

local function kinds(found)
  local all = {}
  for i, candidate in ipairs(found:candidates()) do
    all[i] = candidate.name .. " " .. candidate.kind
  end
  return all
end

local function refused(subject, options)
  local found, err = ballots.read(subject, options)
  assert.is_nil(found)
  return err
end

local SOI = "# FILE NAME: x.soi\n# TITLE: Best cheese\n# DATA TYPE: soi\n"
  .. "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 6\n"
  .. "# ALTERNATIVE NAME 1: Čedar\n# ALTERNATIVE NAME 2: B\n"
  .. "# ALTERNATIVE NAME 3: C\n3: 1,2\n2: 3\n1: 2,3,1\n"
local SOI_SHOWN = { "3*Čedar>B", "2*C", "1*B>C>Čedar" }

local BLT = "3 2\n-2\n2 1 3 0\n1 2=3 - 1 0\n1 0\n0\n\"A\"\n\"B \"\"b\"\"\"\n"
  .. "\"C\"\n\"A title\"\n"
local BLT_SHOWN = { "2*A>C", "1*{B \"b\"=C}>->A", "1*" }

local CSV = "id,rank1,rank2\n1,A,B\n2,,A\n"
local CSV_SHOWN = { "1*A>B", "1*->A" }

-- What packs a text, where there is such a command.
local PACKERS = { [".gz"] = "gzip", [".zst"] = "zstd -q" }

local function packed(path, ending)
  local target = scratch.mine(path .. ending)
  local done = os.execute(("%s -c %s >%s 2>/dev/null"):format(PACKERS[ending],
    path, target))
  return (done == true or done == 0) and target or nil
end

-- The same reading in a process of its own, whose input is a pipe.
local function piped(path, options)
  local interpreter, i = arg[-1], -1
  while arg[i] do interpreter, i = arg[i], i - 1 end
  local script = write(".lua", ([[
package.path, package.cpath = %q, %q
local found = assert(require "urna.ballots".read("-", %s))
print(found.form, found:count(), found:papers())
]]):format(package.path, package.cpath, options or "nil"))
  local pipe = assert(io.popen(("cat %s | %s %s 2>&1"):format(path, interpreter,
    script)))
  local text = pipe:read("*a")
  pipe:close()
  return text
end

describe("ballots of PrefLib and BLT", function()
  it("are read from a file, packed or not, and from a text", function()
    for ending, case in pairs { [".soi"] = { SOI, SOI_SHOWN },
      [".blt"] = { BLT, BLT_SHOWN }, [".csv"] = { CSV, CSV_SHOWN } } do
      local path = write(ending, case[1])
      assert.same(case[2], shown(assert(ballots.read(path))))
      assert.same(case[2], shown(assert(ballots.read { text = case[1] })))
      for packing in pairs(PACKERS) do
        local target = packed(path, packing)
        if target then
          local found = assert(ballots.read(target))
          assert.same(case[2], shown(found), target)
          assert.equal(ending, "." .. found.form)
        end
      end
    end
  end)

  it("are read from a pipe, and told by their beginning there", function()
    -- papers: 3 + 2 + 1; 2 + 1 + 1; one for each record
    assert.equal("soi\t3\t6\n", piped(write("", SOI)))
    assert.equal("blt\t3\t4\n", piped(write("", BLT)))
    assert.equal("csv\t2\t2\n", piped(write("", CSV)))
    local target = packed(write("", SOI), ".gz")
    if target then assert.equal("soi\t3\t6\n", piped(target)) end
    assert.equal("blt\t3\t4\n", piped(write("", BLT), "{ form = 'blt' }"))
  end)

  it("bring their title, seats, kinds of candidates and form", function()
    local found = assert(ballots.read { text = SOI })
    assert.same({ "soi", "Best cheese" }, { found.form, found.title })
    assert.is_nil(found.seats)
    found = assert(ballots.read { text = BLT })
    assert.same({ "blt", "A title", 2 }, { found.form, found.title,
      found.seats })
    assert.same({ "A standing", "B \"b\" withdrawn", "C standing" },
      kinds(found))
    found = assert(ballots.read { text = "rank1\nwrite-in\nA\n" })
    assert.same({ "write-in write_in", "A standing" }, kinds(found))
    assert.equal("csv", found.form)
  end)

  it("are of the form that is said, whatever the name or the text", function()
    -- old PrefLib has no type of its own
    local old = "2\n1,A\n2,B\n2,2,1\n2,1\n"
    local found = assert(ballots.read(write(".txt", old), { form = "soi" }))
    assert.equal("soi", found.form)
    assert.same({ "2*A" }, shown(found))
    local err = refused({ text = old }, { form = "soc" })
    assert.same({ "incomplete_order", 5, 3 }, { err.code, err.line,
      err.column })
    assert.same({ "1*A>B" }, shown(assert(ballots.read(write(".blt",
      "rank1,rank2\nA,B\n"), { form = "csv" }))))
    assert.equal("forms_differ", refused({ text = SOI }, { form = "toc" }).code)
    assert.equal("not_a_count", refused({ text = SOI }, { form = "blt" }).code)
  end)

  it("decode other encodings", function()
    local text = SOI:gsub("Č", "\200")
    assert.same(SOI_SHOWN, shown(assert(ballots.read({ text = text },
      { encoding = "cp1250" }))))
    local err = refused { text = text }
    assert.same({ "bad_text", 6 }, { err.code, err.line })
  end)

  it("of several files are one where their candidates are the same",
    function()
      local one, other = write(".blt", BLT), write(".blt",
        (BLT:gsub("2 1 3 0", "5 3 0")))
      local found = assert(ballots.read { one, other })
      assert.equal(6, found:count())
      assert.equal(11, found:papers()) -- 2 + 1 + 1, and 5 + 1 + 1
      assert.equal("repeated_file", refused({ one, one }).code)
      assert.equal("contests_differ", refused({ one, write(".blt",
        (BLT:gsub("\"C\"", "\"D\""))) }).code)
      assert.equal("contests_differ", refused({ one, write(".blt",
        (BLT:gsub("3 2\n", "3 1\n"))) }).code)
      assert.equal("contests_differ", refused({ one, write(".blt",
        (BLT:gsub("%-2\n", "-1\n"))) }).code)
      local err = refused { one, write(".csv", CSV) }
      assert.equal("forms_differ", err.code)
      assert.matches("read as csv", tostring(err))
    end)

  it("are refused with file, line and column of the first flaw", function()
    local path = write(".soi", (SOI:gsub("2: 3\n", "2: 4\n")))
    local err = refused(path)
    assert.same({ "no_such_candidate", path, 10, 4, "4" },
      { err.code, err.file, err.line, err.column, err.text })
    assert.matches("%.soi:10:4: \"4\": no alternative has this number",
      tostring(err))
    err = refused { text = (BLT:gsub("1 3 0", "1 3")) }
    assert.same({ "unclosed_ballot", 3 }, { err.code, err.line })
    assert.equal("cannot_read", refused("no/such/file.soi").code)
  end)

  it("hold up to 2^53 - 1 papers, more are refused by line", function()
    local function soi(first, second)
      return { text = ("# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n"
        .. "%s: 1\n%s: 2\n"):format(first, second) }
    end
    local function blt(first, second)
      return { text = ("2 1\n%s 1 0\n%s 2 0\n0\n\"A\"\n\"B\"\n\"\"\n"):format(
        first, second) }
    end
    local function csv(first, second)
      return { text = ("n,rank1\n%s,A\n%s,B\n"):format(first, second) }
    end
    -- 9007199254740990 + 1 is 2^53 - 1, + 2 is beyond
    local most, last = "9007199254740990", "9007199254740991"
    for name, case in pairs { soi = { soi, 3 }, blt = { blt, 2 },
      csv = { csv, 2 } } do
      local options = name == "csv" and { weight = "n" } or nil
      local found = assert(ballots.read(case[1](most, "1"), options))
      assert.equal(9007199254740991, found:papers())
      assert.equal(last, ("%d"):format(found:papers()))
      local err = refused(case[1](most, "2"), options)
      assert.same({ "overflow", case[2] + 1 }, { err.code, err.line }, name)
      assert.matches("9007199254740991", tostring(err))
      err = refused(case[1]("9007199254740992", "1"), options)
      assert.same({ "overflow", case[2] }, { err.code, err.line }, name)
    end
    local one = assert(ballots.read(csv(most, "1"), { weight = "n" }))
    local _, err = one:append(assert(ballots.from { { 1, { "A" } } }))
    assert.equal("too_many_ballots", err.code)
  end)

  it("tell of their progress, and are given up where it says so", function()
    for ending, text in pairs { [".soi"] = SOI, [".blt"] = BLT,
      [".csv"] = CSV } do
      local path, calls, last, whole = write(ending, text), 0, nil, nil
      assert(ballots.read(path, { progress = function(done, total)
        calls, last, whole = calls + 1, done, total
      end }))
      local head = ending == ".csv" and #"id,rank1,rank2\n" or 0
      assert.is_true(calls > 0)
      assert.same({ #text - head, #text }, { last, whole })
      assert.equal("cancelled", refused(path,
        { progress = function() return false end }).code)
      assert.has_error(function()
        ballots.read(path, { progress = function() error("mine") end })
      end)
    end
  end)

  it("do not know the options of a CSV", function()
    for _, name in ipairs { "weight", "ranking", "separator", "delimiter" } do
      assert.has_error(function()
        ballots.read({ text = SOI }, { form = "soi", [name] = "," })
      end)
    end
    local ok, message = pcall(ballots.read, { text = BLT }, { weight = "n" })
    assert.is_false(ok)
    assert.matches("weight is of CSV", message)
    assert.has_error(function()
      ballots.read({ text = SOI }, { form = "cat" })
    end)
  end)
end)

-- A random table of ballots, without what a form cannot say.
local function random_rows(seed)
  local draw, rows = generator(seed), {}
  local names = { "A", "Boris", "Č e", "x=y", "D \"d\", sr." }
  for i = 1, draw(1, 40) do
    local ranks = {}
    for rank = 1, draw(0, 5) do
      local kind = draw(1, 8)
      ranks[rank] = kind == 1 and false or kind == 2 and {}
        or kind == 3 and { names[draw(1, 2)], names[draw(3, 5)] }
        or names[draw(1, 5)]
    end
    while ranks[#ranks] == false do ranks[#ranks] = nil end
    rows[i] = { draw(1, 3) == 1 and draw(1, 1000000) or 1, ranks }
  end
  return rows
end

describe("ballots.from", function()
  it("gives back through each() what it was given", function()
    for seed = 1, 50 do
      local rows, again = random_rows(seed), {}
      for weight, ranks in assert(ballots.from(rows)):each() do
        again[#again + 1] = { weight, ranks }
      end
      assert.same(rows, again, "seed " .. seed)
    end
  end)
end)

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

local function firsts(found)
  local votes = {}
  for _, row in ipairs((found:first_preferences())) do
    votes[row.candidate] = row.votes
  end
  return votes
end

describe("ballots of others", function()
  it("are read as they are written", function()
    if not exists(FORMATS .. "blt/rational.blt") then
      return pending("no ../shared here: skipped")
    end
    -- counted by hand: of its 22 papers 6 begin with candidate 1, 16 with 3
    local found = assert(ballots.read(FORMATS .. "blt/rational.blt"))
    assert.same({ 4, "RationalMedia Board 2020 Election", 22 },
      { found.seats, found.title, found:papers() })
    assert.same({ Dysk = 6, GrammarCommie = 0, LeftyGreenMario = 16,
      RoninMacbeth = 0, Other = 0 }, firsts(found))
    -- its ten papers begin with 4 2 1 1 1 3 3 3 4 2
    found = assert(ballots.read(FORMATS .. "blt/atwood_so.blt"))
    assert.same({ 2, "Gardening Club Election", 10 },
      { found.seats, found.title, found:papers() })
    assert.same({ Amy = 3, Bob = 2, Chuck = 3, Diane = 2 }, firsts(found))
    assert.equal("Bob withdrawn", kinds(found)[2])
    for _, name in ipairs { "test1.toi", "example.toi" } do
      found = assert(ballots.read(FORMATS .. "preflib/" .. name))
      local d = found:candidates()
      assert.same({ "1*a>b>c", ("2*b>{a=%s}"):format(d[4].name),
        "1*{a=b}>d", ("1*d>%s>f>a"):format(d[5].name) }, shown(found))
    end
    assert(ballots.read(FORMATS .. "blt/gnome_26.blt"))
  end)

  it("that must fail do, by line", function()
    if not exists(FORMATS .. "preflib/test2.soi") then
      return pending("no ../shared here: skipped")
    end
    -- line 10 has no weight; line 6 names 6 behind 4
    for name, line in pairs { ["must-fail/test1.toi"] = 10,
      ["must-fail/test2.soi"] = 6, ["new_example.cat"] = 4 } do
      local err = refused(FORMATS .. "preflib/" .. name)
      assert.equal(line, err.line, name)
    end
    -- stricter than others: it ranks alternative 6 of 5
    local err = refused(FORMATS .. "preflib/test2.soi")
    assert.same({ "no_such_candidate", "6" }, { err.code, err.text })
  end)

  -- A table of the collection as ballots, its first round as published.
  local function check_contest(contest, round)
    local expected = {}
    for name, votes in pairs(round) do
      expected[name] = tonumber((tostring(votes):gsub("%.0+$", "")))
    end
    local found = assert(ballots.from(contest.ballots))
    local votes, total = firsts(found), 0
    for _, row in ipairs(contest.ballots) do total = total + row[1] end
    assert.equal(total, found:papers(), contest.id)
    for name, count in pairs(expected) do
      assert.equal(count, votes[name] or 0, contest.id .. " " .. name)
    end
  end

  it("give the first rounds that were published, of Glasgow and Scotland",
    function()
      local file = io.open("../shared/data/ranked.json", "rb")
      if not file then return pending("no ../shared here: skipped") end
      local all = require "urna.native".json(file:read("*a"))
      file:close()
      local count = 0
      for _, contest in ipairs(all) do
        local rule = contest.id:find("scotland-", 1, true)
          and contest.expected_by_rule["scotland-fixed-p5-d5"]
        local rounds = rule and rule.rounds or contest.expected_rounds_int
        if rounds then
          check_contest(contest, rounds[1])
          count = count + 1
        end
      end
      assert.is_true(count >= 8)
    end)
end)
