local generator = require "spec.generator"
local native = require "urna.native"
local scratch = require "spec.scratch"
local urna = require "urna"

local write = scratch.write

after_each(scratch.clear)

-- Groups as "key=votes/records" in the order they come.
local function shown(tally)
  local lines = {}
  for i, group in ipairs(tally.groups) do
    lines[i] = ("%s=%d/%d"):format(group.key, group.fields.votes,
      group.records)
  end
  return lines
end

local CSV = "n,rank1,rank2\n3,B,A\n2,C,\n2,Á,\n1,,C\n2,overvote,B\n1,B,\n1,,\n"
local SOI = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 2\n3: 2,1\n2: {1,2}\n"
local BLT = "2 1\n2 1 0\n1 - 2 0\n1 0\n0\n\"Z\"\n\"Y\"\n\"A title\"\n"

describe("a tally of ranked ballots", function()
  it("counts first preferences, candidates in bytewise order", function()
    -- B 3 + 1 papers on two ballots, C 2, Á 2, A never first; none there of
    -- 1 + 2 + 1 papers
    local tally = assert(urna.tally({ text = CSV }, { weight = "n" }))
    assert.same({ "A=0/0", "B=4/2", "C=2/1", "Á=2/1" }, shown(tally))
    assert.same({ { "candidate" }, { "votes" } }, { tally.by, tally.sums })
    assert.equal("8", tally:total_string())
    assert.same({ skipped = 1, overvoted = 2, empty = 1 }, tally.first)
    assert.equal(7, tally.records)
    assert.equal(12, tally.ballots:papers())
    assert.equal("candidate,votes\nA,0\nB,4\nC,2\nÁ,2\n", tally:csv())
    assert.same({ "n", "rank1", "rank2" }, tally.headings)
  end)

  it("is made of columns of ranks, of a list, of PrefLib and of BLT", function()
    assert.same({ "A=1/1", "B=1/1" }, shown(assert(urna.tally {
      text = "rank1,rank2\nA,B\nB,\n" })))
    assert.same({ "A=1/1", "B=1/1" }, shown(assert(urna.tally({
      text = "x,y\nA,B\nB,\n" }, { ranks = { "x", "y" } }))))
    assert.same({ "A=1/1", "B=1/1" }, shown(assert(urna.tally({
      text = "x\nA>B\nB\n" }, { ranking = "x", separator = ">" }))))
    -- alternatives without names are called by their numbers
    assert.same({ "1=0/0", "2=3/1" }, shown(assert(urna.tally {
      text = SOI })))
    local tally = assert(urna.tally { text = BLT })
    assert.same({ "Y=0/0", "Z=2/1" }, shown(tally))
    assert.same({ skipped = 1, overvoted = 0, empty = 1 }, tally.first)
    assert.same({ 1, "A title" }, { tally.ballots.seats,
      tally.ballots.title })
  end)

  it("is told by the name of the file, or by what is asked", function()
    assert.same({ "Y=0/0", "Z=2/1" }, shown(assert(urna.tally(
      write(".blt", BLT)))))
    assert.same({ "Y=0/0", "Z=2/1" }, shown(assert(urna.tally(
      write(".txt", BLT), { form = "blt" }))))
    assert.same({ "1=0/0", "2=3/1" }, shown(assert(urna.tally {
      write("", SOI) })))
    assert.same({ "Y=0/0", "Z=2/1" }, shown(assert(urna.tally {
      name = "x.blt", reader = (function()
        local is_read = false
        return function()
          if is_read then return nil end
          is_read = true
          return BLT
        end
      end)() })))
  end)

  it("leaves to other tallies what has votes, or is asked something else",
    function()
      local text = "rank1,votes\nA,3\nB,4\n"
      assert.equal("7", assert(urna.tally { text = text }):total_string())
      local tally = assert(urna.tally({ text = "rank1,x\nA,3\nA,4\n" },
        { by = "rank1", sum = "x" }))
      assert.equal("7", tally:total_string("x"))
      assert.is_nil(tally.ballots)
      local _, err = urna.tally({ text = "rank1,x\nA,3\n" }, { by = "rank1" })
      assert.equal("no_votes_column", err.code)
      _, err = urna.tally { text = "a,b\n1,2\n" }
      assert.equal("no_votes_column", err.code)
    end)

  it("refuses options that make no sense of ballots, and says why", function()
    for _, name in ipairs { "by", "sum", "where", "check", "unit", "range",
      "cells", "contest", "chunk" } do
      local ok, message = pcall(urna.tally, { text = BLT },
        { form = "blt", [name] = "x" })
      assert.is_false(ok)
      assert.matches("tally: " .. name .. " is not for ranked ballots: %a",
        message)
    end
    assert.has_error(function()
      urna.tally({ text = CSV }, { form = "csv", rank = 1 })
    end)
    assert.has_error(function() urna.tally({ text = CSV }, { form = "x" }) end)
    local ok, message = pcall(urna.tally, { text = BLT }, { weight = "n" })
    assert.is_false(ok)
    assert.matches("tally: weight is of CSV", message)
    -- one thread or two, and the number of records, are no matter
    assert(urna.tally({ text = BLT }, { form = "blt", threads = 2,
      count = true }))
  end)

  it("cannot be kept as a partial one, and says so", function()
    local tally = assert(urna.tally { text = BLT })
    local path = os.tmpname()
    os.remove(path)
    local done, err = tally:save(path)
    assert.is_nil(done)
    assert.equal("not_partial", err.code)
    assert.is_nil(io.open(path))
  end)

  it("gives the errors of ballots", function()
    local tally, err = urna.tally { text = "id,rank1\n1,A\n2\n3,\"x\n" }
    assert.is_nil(tally)
    assert.same({ "ragged_row", 3, 2 }, { err.code, err.line, err.count })
    local path = write(".blt", BLT:gsub("2 1 0", "2 7 0"))
    tally, err = urna.tally(path)
    assert.is_nil(tally)
    assert.same({ "no_such_candidate", path, 2, 3 }, { err.code, err.file,
      err.line, err.column })
    tally, err = urna.tally("no/such/file.soi")
    assert.is_nil(tally)
    assert.equal("cannot_read", err.code)
    err = select(2, urna.tally({ text = CSV }, { ranks = { "rank" } }))
    assert.equal("missing_heading", err.code)
    err = select(2, urna.tally { text = "rank1\n" })
    assert.equal("no_records", err.code)
  end)

  it("finds names that look alike", function()
    -- a Latin and a Cyrillic A
    local tally = assert(urna.tally { text = "rank1\nAna\nАna\n" })
    assert.equal("candidate", tally.lookalikes[1].column)
    assert.equal(2, #tally.lookalikes[1].names)
  end)

  it("tells of its progress and gives up where it says so", function()
    local path, last = write(".csv", CSV), nil
    assert(urna.tally(path, { weight = "n", progress = function(done, total)
      last = { done, total }
    end }))
    assert.same({ #CSV - #"n,rank1,rank2\n", #CSV }, last)
    local _, err = urna.tally(path, { weight = "n",
      progress = function() return false end })
    assert.equal("cancelled", err.code)
  end)

  it("says which bytes of what it counted", function()
    local path = write(".csv", CSV)
    local source = assert(urna.tally(path, { weight = "n" })).sources[1]
    assert.same({ path, #"n,rank1,rank2\n", #CSV, #CSV },
      { source.file, source.from, source.reached, source.last })
    local _, err = urna.tally({ path, path }, { weight = "n" })
    assert.equal("repeated_file", err.code)
  end)
end)

-- A random file of ballots, and its first preferences.
local function random_case(seed)
  local draw, votes = generator(seed), {}
  local names = { "A", "B, b", "Č", "\"q\"", "x\ny", "007", "" }
  local lines = { "ballot,rank1,rank2,rank3" }
  for i = 1, 400 do
    local cells, first = { ("%d"):format(i) }, nil
    for rank = 1, 3 do
      local name = names[draw(1, 7)]
      first = first or name
      cells[rank + 1] = name:find("[,\"\n]") and "\""
        .. name:gsub("\"", "\"\"") .. "\"" or name
    end
    if first ~= "" then votes[first] = (votes[first] or 0) + 1 end
    lines[i + 1] = table.concat(cells, ",")
  end
  return table.concat(lines, "\n") .. "\n", votes
end

-- What the command prints of a file that comes through a pipe, as votes.
local function piped(path)
  local interpreter, i = arg[-1], -1
  while arg[i] do interpreter, i = arg[i], i - 1 end
  local script = write(".lua", ("package.path, package.cpath = %q, %q\n"
    .. "os.exit(require \"urna.cli\".main { \"tally\", \"-\" })\n"):format(
    package.path, package.cpath))
  local pipe = assert(io.popen(("cat %s | %s %s"):format(path, interpreter,
    script)))
  local votes = {}
  for line in pipe:lines() do
    local name, count = line:match("^(.-),(%d+)$")
    if name and count ~= "0" then votes[name] = tonumber(count) end
  end
  pipe:close()
  return votes
end

local function votes_of(tally)
  local votes = {}
  for _, group in ipairs(tally.groups) do
    if group.fields.votes > 0 then votes[group.key] = group.fields.votes end
  end
  return votes
end

describe("a tally of ranked files", function()
  it("is the same wherever the blocks of a file end", function()
    for seed = 1, 4 do
      local text, votes = random_case(seed)
      local path = write(".csv", text)
      for _, block in ipairs { 1, 13, 100, 4096, 262144 } do
        assert.same(votes, votes_of(assert(urna.tally(path, { form = "csv",
          block = block }))), ("seed %d, blocks of %d"):format(seed, block))
      end
    end
  end)

  it("gives the first preferences of generated data, packed and piped too",
    function()
      local tool = io.open("../shared/tools/gen_tally.py")
      if not tool then return pending("no ../shared here: skipped") end
      tool:close()
      local folder = os.tmpname()
      os.remove(folder)
      for _, seed in ipairs { "", "--seed 7", "--seed 90210" } do
        assert(os.execute(("mkdir -p %s && python3 ../shared/tools/gen_tally.py"
          .. " ranked --ballots 20000 %s -o %s >%s/log && gzip -kf "
          .. "%s/ranked.csv"):format(folder, seed, folder, folder, folder)))
        local expected = {}
        for line in io.lines(folder .. "/ranked.expect") do
          local name, votes = line:match("^(.-)\t(%d+)$")
          if votes ~= "0" then expected[name] = tonumber(votes) end
        end
        for _, isa in ipairs(native.instruction_sets()) do
          local tally = assert(urna.tally(folder .. "/ranked.csv",
            { form = "csv", isa = isa }))
          assert.same(expected, votes_of(tally), seed)
          assert.equal(20000, tally.records)
        end
        for _, name in ipairs { "ranked.csv.gz", "ranked.soi" } do
          local tally = assert(urna.tally(folder .. "/" .. name))
          assert.same(expected, votes_of(tally), seed .. name)
          assert.same(expected, piped(folder .. "/" .. name), seed .. name)
          assert.equal(20000, tally.ballots:papers())
        end
      end
      os.execute("rm -r " .. folder)
    end)
end)
