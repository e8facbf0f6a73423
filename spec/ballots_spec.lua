local ballots = require "urna.ballots"
local generator = require "spec.generator"
local native = require "urna.native"

local function shown_rank(rank)
  if rank == false then return "-" end
  if type(rank) == "string" then return rank end
  return "{" .. table.concat(rank, "=") .. "}"
end

-- "2*A>-", the papers where they are not one, of each ballot.
local function shown(made)
  local lines = {}
  for weight, ranks in made:each() do
    local names = {}
    for i, rank in ipairs(ranks) do names[i] = shown_rank(rank) end
    lines[#lines + 1] = (weight == 1 and "" or ("%d*"):format(weight))
      .. table.concat(names, ">")
  end
  return lines
end

local function read(text, options)
  return assert(ballots.read({ text = text }, options))
end

local function refused(text, options)
  local made, err = ballots.read({ text = text }, options)
  assert.is_nil(made)
  return err
end

local function firsts(made)
  local lines = {}
  for i, row in ipairs((made:first_preferences())) do
    lines[i] = ("%s=%d"):format(row.candidate, row.votes)
  end
  return lines
end

describe("ranked ballots", function()
  it("keep skips between ranks, repetitions and empty papers", function()
    assert.same({ "A>B>C", "->A", "A>A", "", "B" }, shown(read(
      "id,rank1,rank2,rank3\n1,A,B,C\n2,,A,\n3,A,A,\n4,,,\n5,B,,\n")))
  end)

  it("know the words for overvotes, undervotes and write-ins", function()
    local made = read("rank1,rank2\novervote,A\nOVERVOTE,\nundervote,A\n"
      .. "A,skipped\nwrite-in,A\nWrite-in,\nUWI,\n")
    assert.same({ "{}>A", "{}", "->A", "A", "write-in>A", "write-in",
      "write-in" }, shown(made))
    assert.same({ { name = "A", kind = "standing" },
      { name = "write-in", kind = "write_in" } }, made:candidates())
  end)

  it("take other words where they are told to", function()
    local made = read("rank1,rank2\nX,A\novervote,-\n?,\n",
      { overvote = "X", skip = { "-" }, write_in = "?" })
    assert.same({ "{}>A", "overvote", "?" }, shown(made))
  end)

  it("count first preferences by votes, then by name", function()
    -- B 3 + 1, A 2, C 2; one paper skips its first rank, two are overvoted
    -- there and one is empty
    local made = read("n,rank1,rank2\n3,B,A\n2,C,\n2,A,\n1,,C\n2,overvote,A\n"
      .. "1,B,\n1,,\n", { weight = "n" })
    assert.same({ "B=4", "A=2", "C=2" }, firsts(made))
    local _, none = made:first_preferences()
    assert.same({ skipped = 1, overvoted = 2, empty = 1 }, none)
    assert.equal(7, made:count())
    assert.equal(12, made:papers())
  end)

  it("number candidates as they are met, quoted or not", function()
    local made = read("rank1,rank2\n\"Ž, \"\"x\"\"\",B\nB,\"A\"\nA,\"B\"\n")
    assert.same({ "Ž, \"x\">B", "B>A", "A>B" }, shown(made))
    local names = {}
    for i, candidate in ipairs(made:candidates()) do
      names[i] = candidate.name
    end
    assert.same({ "Ž, \"x\"", "B", "A" }, names)
  end)

  it("read semicolons, tabs, bars, CRLF, a byte order mark, no last newline",
    function()
      for _, mark in ipairs { ";", "\t", "|", "," } do
        local text = ("\239\187\191id,rank1,rank2\r\n\"1\r\n2\",A,B\r\n3,,A")
          :gsub(",", mark)
        assert.same({ "A>B", "->A" }, shown(read(text)))
      end
    end)

  it("read other encodings", function()
    assert.same({ "Š" }, shown(read("rank1\n\138\n", { encoding = "cp1250" })))
  end)

  it("find rank columns by many headings, in whatever order", function()
    for _, heads in ipairs { "Rank 2,x,Rank 1", "2nd Choice,x,1st Choice",
      "choice_2,x,choice_1", "PREFERENCE 2,x,Preference 1",
      "2nd preference,x,1st preference", "pref2,x,pref1", "rank-2,x,RANK-1" }
    do
      assert.same({ "A>B" }, shown(read(heads .. "\nB,z,A\n")), heads)
    end
  end)

  it("take the columns that are named", function()
    assert.same({ "C>A" }, shown(read("a,b,c\nA,B,C\n",
      { ranks = { "c", "a" } })))
  end)

  it("read lists in one column, with equal ranks", function()
    assert.same({ "A>B", "{A=B}>C", "{B=C}", "A>->C", "" }, shown(read(
      "id,order\n1,\"A,B\"\n2,\"{A,B},C\"\n3,B=C\n4,\"A,,C,skipped\"\n5,\n",
      { ranking = "order" })))
    assert.same({ "A>B", "{A=B}>C" }, shown(read("order\nA>B\n\"{A,B} > C\"\n",
      { ranking = "order", separator = ">" })))
    assert.same({ "A>B" }, shown(read("order\nA B\n",
      { ranking = "order", separator = " " })))
  end)

  it("read a reader and several files as one", function()
    local blocks, at = { "rank1,ra", "nk2\nA,", "B\n" }, 0
    assert.same({ "A>B" }, shown(assert(ballots.read({ reader = function()
      at = at + 1
      return blocks[at]
    end }))))
    local paths = { os.tmpname(), os.tmpname() }
    for i, path in ipairs(paths) do
      local file = assert(io.open(path, "wb"))
      file:write("rank1,rank2\n", i == 1 and "A,UWI\n" or "B,Write-in\nA,\n")
      file:close()
    end
    local made = assert(ballots.read(paths))
    for _, path in ipairs(paths) do os.remove(path) end
    assert.same({ "A>UWI", "B>UWI", "A" }, shown(made))
  end)
end)

describe("ranked ballots are refused", function()
  it("with line, column and field of every fault", function()
    local err = refused("id,rank1,rank2\n1,A,B\n2,A\n\"3\n\",A\"x,\n4,B,\n"
      .. "5,A,B,C\n")
    assert.equal(3, err.count)
    assert.same({ "ragged_row", 3, 1 },
      { err.items[1].code, err.items[1].line, err.items[1].column })
    -- the record begins in line 4, its bad field in line 5
    assert.same({ "bad_quote", 5, 3, "rank1" }, { err.items[2].code,
      err.items[2].line, err.items[2].column, err.items[2].field })
    assert.equal(4, err.items[2].row_line)
    assert.same({ "ragged_row", 7 }, { err.items[3].code, err.items[3].line })
    assert.matches("3 records are refused", tostring(err))
    assert.matches("2 fields where 3 were expected", tostring(err))
  end)

  it("for a weight that is no number of papers", function()
    local err = refused("n,rank1\n0,A\n,B\n1.5,A\n-2,B\n1,A\n",
      { weight = "n" })
    assert.equal(4, err.count)
    assert.matches("stands for one paper or more", tostring(err))
    assert.matches("a decimal number", tostring(err))
  end)

  it("for a name that is not among the candidates, with the nearest", function()
    local err = refused("rank1,rank2\nAnna,Boris\nAna,\n",
      { candidates = { "Anna", "Boris" } })
    assert.equal("unknown_candidate", err.code)
    assert.same({ 3, 1, "rank1", "Ana" },
      { err.line, err.column, err.field, err.text })
    assert.matches("did you mean \"Anna\"", tostring(err))
  end)

  it("for a list that is not one", function()
    local err = refused("order\n\"{A,B\"\n", { ranking = "order" })
    assert.equal("bad_ranking", err.code)
    assert.equal(2, err.line)
    assert.matches("brace", tostring(err))
  end)

  it("for bytes that are no text", function()
    local err = refused("rank1\nA\n\200x\n")
    assert.equal("bad_text", err.code)
    assert.equal(3, err.line)
  end)

  it("up to 100 of them in the error, all in its count", function()
    local err = refused("rank1,rank2\n" .. ("A\n"):rep(150))
    assert.equal(150, err.count)
    assert.equal(100, #err.items)
  end)

  it("without columns of ranks, or with too many kinds of them", function()
    assert.equal("no_rank_columns", refused("a,b\n1,2\n").code)
    assert.equal("bad_ranks", refused("rank1,rank3\nA,B\n").code)
    assert.equal("bad_ranks", refused("rank1,Rank 1\nA,B\n").code)
    assert.equal("bad_ranks", refused("rank1,choice1\nA,B\n").code)
    assert.equal("no_records", refused("rank1\n").code)
    local err = refused("rank1,b\nA,B\n", { ranks = { "rank1", "B" } })
    assert.equal("missing_heading", err.code)
    assert.matches("did you mean \"b\"", tostring(err))
  end)

  it("of a caller who errs, by raising", function()
    assert.has_error(function() ballots.read({ text = "a" }, { rank = 1 }) end)
    assert.has_error(function()
      ballots.read({ text = "a" }, { ranks = {}, ranking = "a" })
    end)
    assert.has_error(function() ballots.read(7) end)
    assert.has_error(function() read("rank1\nA\n", { skip = { 1 } }) end)
    assert.has_error(function() read("rank1\nA\n", { candidates = { "" } }) end)
    assert.has_error(function()
      read("order\nA\n", { ranking = "order", separator = "ab" })
    end)
  end)
end)

describe("ballots.from", function()
  local rows = { { 3, { "A", false, { "B", "C" } } }, { 1, {} },
    { 2, { {}, "A" } }, { 1, { "A", "A", false } } }

  it("keeps what each() gives", function()
    local made = assert(ballots.from(rows))
    assert.same({ "3*A>->{B=C}", "", "2*{}>A", "A>A" }, shown(made))
    local again = {}
    for weight, ranks in made:each() do
      again[#again + 1] = { weight, ranks }
    end
    assert.same(shown(made), shown(assert(ballots.from(again))))
    assert.same({ "A", false, { "B", "C" } }, made:preferences(1))
    assert.equal(3, made:weight(1))
    assert.equal(7, made:papers())
  end)

  it("refuses a name that is not among the candidates", function()
    local made, err = ballots.from({ { 1, { "Anna" } }, { 1, { "Ana" } } },
      { candidates = { "Anna" } })
    assert.is_nil(made)
    assert.equal("unknown_candidate", err.code)
    assert.matches("ballot 2: \"Ana\".*did you mean \"Anna\"", tostring(err))
  end)

  it("raises for what is no ballot", function()
    for _, bad in ipairs { { {} }, { { 0, {} } }, { { 1.5, {} } }, { { 1 } },
      { { 1, { 7 } } }, { { 1, { "" } } }, { { 1, { { false } } } }, { "x" } }
    do
      assert.has_error(function() ballots.from(bad) end)
    end
    assert.has_error(function() ballots.from("x") end)
  end)

  it("appends ballots, candidates by name", function()
    local made = assert(ballots.from { { 1, { "A", "B" } } })
    assert(made:append(assert(ballots.from { { 2, { "B", "C" } } })))
    assert.same({ "A>B", "2*B>C" }, shown(made))
    assert.same({ "B=2", "A=1", "C=0" }, firsts(made))
  end)
end)

-- A random text, and what is in it, as shown() has it.
local function random_case(seed)
  local draw = generator(seed)
  local names = { "A", "Boris", "Čeda", "\"D\", sr.", "Ž",
    "a name that is longer than a word", "x\ny", "007" }
  local lines, expected = { "id,rank1,rank2,rank3,rank4" }, {}
  for i = 1, 300 do
    local cells, ranks = { ("%d"):format(i) }, {}
    for rank = 1, 4 do
      local name = draw(1, 3) > 1 and names[draw(1, #names)] or ""
      local is_plain = not name:find("[\",\n]") and draw(1, 3) > 1
      cells[#cells + 1] = is_plain and name
        or "\"" .. name:gsub("\"", "\"\"") .. "\""
      ranks[rank] = name == "" and "-" or name
    end
    lines[#lines + 1] = table.concat(cells, ",")
    while ranks[#ranks] == "-" do ranks[#ranks] = nil end
    expected[i] = table.concat(ranks, ">")
  end
  return table.concat(lines, draw(0, 1) == 0 and "\n" or "\r\n"), expected
end

describe("the scanners of ranked ballots", function()
  it("agree with the text they read, wherever it is cut", function()
    for seed = 1, 6 do
      local text, expected = random_case(seed)
      for _, isa in ipairs(native.instruction_sets()) do
        for _, block in ipairs { 1, 7, 64, 1000, 262144 } do
          assert.same(expected, shown(read(text, { isa = isa, block = block })),
            ("seed %d, %s, blocks of %d"):format(seed, isa, block))
        end
      end
    end
  end)
end)
