local generator = require "spec.generator"
local native = require "urna.native"
local urna = require "urna"

-- Groups as "key=sum/records" lines, in the order they come.
local function shown(tally, column)
  local lines = {}
  for i, group in ipairs(tally.groups) do
    lines[i] = ("%s=%s/%d"):format(group.key,
      tally:digits(group, column or "votes") or "-", group.records)
  end
  return lines
end

local function count(text, options)
  return assert(urna.tally({ text = text }, options))
end

describe("a tally", function()
  local text = "station,town,list,votes\n1,Niš,A,10\n1,Niš,B,5\n"
    .. "2,Užice,A,7\n2,Užice,B,0\n3,Niš,A,1\n"

  it("sums by one key, in bytewise order", function()
    -- Niš: 10 + 5 + 1 = 16 of 3 rows; Užice: 7 + 0
    assert.same({ "Niš=16/3", "Užice=7/2" },
      shown(count(text, { by = "town" })))
  end)

  it("sums by several keys in the order they are asked for", function()
    assert.same({ "A/Niš=11/2", "A/Užice=7/1", "B/Niš=5/1", "B/Užice=0/1" },
      shown(count(text, { by = { "list", "town" } })))
  end)

  it("without keys is one group of everything", function()
    local tally = count(text)
    assert.same({ "=23/5" }, shown(tally))
    assert.equal(5, tally.records)
    assert.equal(#text - #"station,town,list,votes\n", tally.bytes)
  end)

  it("keeps only rows that `where` names, byte for byte", function()
    assert.same({ "A=11/2", "B=5/1" },
      shown(count(text, { by = "list", where = { town = "Niš" } })))
    assert.same({ "A=18/3" },
      shown(count(text, { by = "list", where = { list = { "A", "C" } } })))
    assert.same({}, shown(count(text, { by = "list",
      where = { town = "niš" } })))
  end)

  it("takes what no record reports for not known, never for 0", function()
    local tally = count("town,votes\nA,\nA,\nB,3\nB,\nC,0\n", { by = "town" })
    assert.same({ "A=-/2", "B=3/2", "C=0/1" }, shown(tally))
    assert.same({ votes = 2 }, tally.groups[1].missing)
    assert.same({ votes = 1 }, tally.groups[2].missing)
  end)

  it("keeps an empty key, \"NA\" and \"007\" as keys of their own", function()
    assert.same({ "=1/1", "007=4/1", "7=8/1", "NA=2/1" },
      shown(count("k,votes\n,1\nNA,2\n007,4\n7,8\n", { by = "k" })))
  end)

  it("takes a quoted and a plain spelling for one name", function()
    assert.same({ "A=3/2", "B \"b\", c=7/2" }, shown(count(
      "k,votes\nA,1\n\"A\",2\n\"B \"\"b\"\", c\",3\n\"B \"\"b\"\", c\",4\n",
      { by = "k" })))
  end)

  it("reads semicolons, CRLF, a byte order mark and no last newline",
    function()
      assert.same({ "A=30/2", "B=5/1" }, shown(count(
        "\239\187\191k;votes\r\nA;010\r\nB;5\r\nA;20", { by = "k" })))
    end)

  it("sums beyond 2^53 - 1 exactly, as text and never as a number", function()
    -- 9,007,199,254,740,991 + 1 = 9,007,199,254,740,992
    local tally = count("k,votes\na,9007199254740991\na,1\nb,5\n",
      { by = "k" })
    assert.is_nil(tally.groups[1].fields.votes)
    assert.equal("9007199254740992", tally.groups[1].beyond.votes)
    -- and 5 more
    assert.equal("9007199254740997", tally:total_string())
  end)

  it("refuses a sum beyond 64 bits and takes the largest that fits", function()
    assert.equal("9223372036854775807",
      count("votes\n9223372036854775806\n1\n"):total_string())
    local tally, err = urna.tally(
      { text = "votes\n9223372036854775806\n2\n" })
    assert.is_nil(tally)
    assert.equal("sum_overflow", err.code)
  end)

  it("refuses bad rows with line, column, field and text", function()
    local tally, err = urna.tally({ text =
      "k,votes\n\"a\nb\",1\nc,2.5\nd,-1\ne\nf,9223372036854775808\n" },
      { by = "k" })
    assert.is_nil(tally)
    assert.equal(4, err.count)
    local found = {}
    for i, item in ipairs(err.items) do
      found[i] = ("%s %d:%s %s"):format(item.code, item.line,
        tostring(item.column), tostring(item.text))
    end
    -- the quoted newline of line 2 makes the decimal stand on line 4
    assert.same({ "not_a_count 4:3 2.5", "not_a_count 5:3 -1",
      "ragged_row 6:nil 1 fields where 2 were expected",
      "not_a_count 7:3 9223372036854775808" }, found)
    assert.equal("votes", err.items[1].field)
  end)

  it("refuses text that is not UTF-8 and stray quotes", function()
    for _, row in ipairs { "\200,1", "a\"b,1", "\"a\"b,1", "a\0,1" } do
      local tally, err = urna.tally({ text = "k,votes\n" .. row .. "\n" },
        { by = "k" })
      assert.is_nil(tally, row)
      assert.equal(2, err.line)
    end
  end)

  it("gives up cleanly where there are more groups than it may hold",
    function()
      local rows = { "k,votes" }
      for i = 1, 100 do rows[i + 1] = ("%d,1"):format(i) end
      local crowded = { text = table.concat(rows, "\n") }
      local tally, err = urna.tally(crowded, { by = "k", cells = 100 })
      assert.is_nil(tally)
      assert.equal("too_many_groups", err.code)
      local roomy = assert(urna.tally(crowded, { by = "k", cells = 10000 }))
      assert.equal(100, #roomy.groups)
    end)

  it("names a column that is not there and the nearest one", function()
    local _, err = urna.tally({ text = text }, { by = "twon" })
    assert.equal("missing_heading", err.code)
    assert.truthy(tostring(err):find("did you mean \"town\"", 1, true))
  end)
end)

local NAMES = { "Niš", "Novi Sad", "", "NA", "A, B", "say \"hi\"", "x\ny",
  "p\r\nq", "Чачак", ("long "):rep(20), "007", "Užice" }

local function quoted(name)
  return "\"" .. name:gsub("\"", "\"\"") .. "\""
end

local function spelt(name, draw)
  if name:find("[,\"\r\n]") or draw(5) == 1 then return quoted(name) end
  return name
end

-- A random file and the sums that it should give.
local function random_case(seed)
  local random, sums, rows = generator(seed), {}, { "id,a,b,votes" }
  local function draw(most) return random(1, most) end
  local last = draw(#NAMES)
  for i = 1, 60 + draw(200) do
    if draw(4) == 1 then last = draw(#NAMES) end
    local a, b = NAMES[last], NAMES[draw(#NAMES)]
    local votes = draw(9) == 1 and 10000000 + draw(99999) or draw(300) - 1
    rows[#rows + 1] = ("%d,%s,%s,%s%d"):format(i, spelt(a, draw),
      spelt(b, draw), draw(9) == 1 and "00" or "", votes)
    local key = a .. "/" .. b
    sums[key] = (sums[key] or 0) + votes
  end
  return table.concat(rows, draw(2) == 1 and "\n" or "\r\n") .. "\n", sums
end

describe("a tally of random files", function()
  for _, isa in ipairs(native.instruction_sets()) do
    it("is the same on " .. isa .. " for every chunk and thread", function()
      for seed = 1, 25 do
        local text, sums = random_case(seed * 7919)
        for _, chunk in ipairs { 1, 64, 300, 4194304 } do
          for _, threads in ipairs { 1, 3 } do
            local tally = count(text, { by = { "a", "b" }, isa = isa,
              chunk = chunk, threads = threads })
            local found = {}
            for _, group in ipairs(tally.groups) do
              found[group.key] = group.fields.votes
            end
            assert.same(sums, found, ("seed %d, chunk %d"):format(seed,
              chunk))
          end
        end
      end
    end)
  end

  it("does not depend on a file, a text or a pipe", function()
    local text = random_case(42)
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    local of_file = assert(urna.tally(path, { by = "a" }))
    os.remove(path)
    assert.same(shown(count(text, { by = "a" })), shown(of_file))
  end)

  it("reads a packed file as its contents", function()
    local path = "../shared/data/serbia2020.csv.gz"
    local file = io.open(path)
    if not file then return pending(path .. " is not here") end
    file:close()
    local tally = assert(urna.tally(path, { by = "okrug_name",
      sum = { "ballots_in_box", "registered_voters" } }))
    -- Republic Electoral Commission: 3,218,763 in the box, 6,584,376 voters
    assert.equal("3218763", tally:total_string("ballots_in_box"))
    assert.equal("6584376", tally:total_string("registered_voters"))
  end)
end)

describe("partial tallies", function()
  local made = {}

  local function temporary()
    made[#made + 1] = os.tmpname()
    return made[#made]
  end

  after_each(function()
    for i = #made, 1, -1 do
      os.remove(made[i])
      made[i] = nil
    end
  end)

  local function part(text, from, to)
    local tally = count(text, { by = { "a", "b" }, range = { from, to },
      chunk = 50 })
    local path = temporary()
    assert(tally:save(path))
    return path
  end

  local function all_parts(text, random)
    local cuts, paths = { 0, #text }, {}
    for _ = 1, random(1, 6) do cuts[#cuts + 1] = random(0, #text) end
    table.sort(cuts)
    for i = 2, #cuts do paths[i - 1] = part(text, cuts[i - 1], cuts[i]) end
    return paths
  end

  it("of random ranges merge to the whole, in any order", function()
    for seed = 1, 40 do
      local random = generator(seed * 104729)
      local text = random_case(seed)
      local whole = count(text, { by = { "a", "b" } })
      local paths = all_parts(text, random)
      local order = random(1, #paths)
      paths[1], paths[order] = paths[order], paths[1]
      local merged = assert(urna.merge(paths))
      assert.same(shown(whole), shown(merged), "seed " .. seed)
      assert.equal(whole.records, merged.records)
    end
  end)

  it("may be merged in steps", function()
    local text = random_case(5)
    local middle = math.floor(#text / 2)
    local joined = assert(urna.merge { part(text, 0, middle),
      part(text, middle, #text) })
    local path = temporary()
    assert(joined:save(path))
    assert.same(shown(joined), shown(assert(urna.merge { path })))
  end)

  it("of one source twice, or with a gap, are refused by name", function()
    local text = random_case(6)
    local first, last = part(text, 0, 900), part(text, 900, #text)
    local _, err = urna.merge { first, last, first }
    assert.equal("covered_twice", err.code)
    assert.equal(first, err.file)
    _, err = urna.merge { last }
    assert.equal("gap", err.code)
    _, err = urna.merge { first }
    assert.equal("gap", err.code)
  end)

  it("of other columns are refused", function()
    local text = random_case(7)
    local other = temporary()
    assert(count(text, { by = "a" }):save(other))
    local _, err = urna.merge { part(text, 0, #text), other }
    assert.equal("schema_differs", err.code)
    assert.equal(other, err.file)
  end)

  it("with any byte changed are refused", function()
    local path = part("id,a,b,votes\n1,x,\"y\nz\",5\n2,x,w,7\n", 0, 60)
    local file = assert(io.open(path, "rb"))
    local bytes = file:read("*a")
    file:close()
    for i = 1, #bytes do
      local changed = string.char((bytes:byte(i) + 1) % 256)
      local copy = assert(io.open(path, "wb"))
      copy:write(bytes:sub(1, i - 1), changed, bytes:sub(i + 1))
      copy:close()
      local merged, err = urna.merge { path }
      assert.is_nil(merged, "byte " .. i)
      assert.equal("bad_partial", err.code)
    end
  end)

  it("cut short are refused", function()
    local path = part(random_case(8), 0, 10000)
    local file = assert(io.open(path, "rb"))
    local bytes = file:read("*a")
    file:close()
    for length = 0, #bytes - 1, 97 do
      local copy = assert(io.open(path, "wb"))
      copy:write(bytes:sub(1, length))
      copy:close()
      assert.is_nil((urna.merge { path }), "length " .. length)
    end
  end)

  -- The file of one whole text, with a piece of it replaced and sealed anew.
  local function forged(from, into)
    local path = part("id,a,b,votes\n1,x,y,5\n2,x,w,7\n", 0, 60)
    local file = assert(io.open(path, "rb"))
    local body = file:read("*a"):match("^(.*\n)checksum")
    file:close()
    local first, last = body:find(from, 1, true)
    body = body:sub(1, first - 1) .. into .. body:sub(last + 1)
    file = assert(io.open(path, "wb"))
    file:write(body, "checksum ", native.sha256(body), "\n")
    file:close()
    return path
  end

  it("that were tampered with and sealed anew are refused", function()
    local changes = { { "2 1:a", "2 " .. ("9"):rep(30) .. ":a" },
      { "records 2", "records 0" }, { " 7 0\n", " --7 0\n" },
      { " 7 0\n", " 007 0\n" }, { " 7 0\n", " 7 1\n" },
      { " 7 0\n", " 9223372036854775808 0\n" } }
    for _, change in ipairs(changes) do
      local merged, err = urna.merge { forged(change[1], change[2]) }
      assert.is_nil(merged, change[2])
      assert.equal("bad_partial", err.code)
    end
  end)

  it("that claim the schema of others are refused", function()
    local path = part("id,a,b,votes\n1,x,y,5\n2,x,w,7\n", 0, 60)
    local _, err = urna.merge { path, forged("sums 1 5:votes",
      "sums 1 5:other") }
    assert.equal("schema_differs", err.code)
  end)
end)
