local counted = require "spec.tally.counted"
local folder = require "spec.tally.folder"
local generator = require "spec.generator"
local native = require "urna.native"
local random_case = require "spec.tally.random_case"
local urna = require "urna"

local count, shown = counted.count, counted.shown

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

  local function save(tally)
    local path = temporary()
    assert(tally:save(path))
    return path
  end

  local function part(text, from, to)
    return save(count(text, { by = { "a", "b" }, range = { from, to },
      chunk = 50 }))
  end

  local CHUNKS = { 1, 50, 300, 65536, 4194304 }

  -- Partial tallies of random ranges of any of the subjects, which all hold
  -- the same 'size' bytes.
  local function all_parts(subjects, size, random)
    local cuts, paths = { 0, size }, {}
    for _ = 1, random(1, 6) do cuts[#cuts + 1] = random(0, size) end
    table.sort(cuts)
    for i = 2, #cuts do
      paths[i - 1] = save(assert(urna.tally(subjects[random(1, #subjects)], {
        by = { "a", "b" }, range = { cuts[i - 1], cuts[i] },
        chunk = CHUNKS[random(1, #CHUNKS)], threads = random(1, 2) })))
    end
    return paths
  end

  local function check_merged(whole, paths, random, what)
    for i = #paths, 2, -1 do
      local k = random(1, i)
      paths[i], paths[k] = paths[k], paths[i]
    end
    local merged = assert(urna.merge(paths))
    assert.same(shown(whole), shown(merged), what)
    assert.equal(whole.records, merged.records)
    assert.equal(whole:csv(), merged:csv())
  end

  it("of random ranges merge to the whole, in any order", function()
    for seed = 1, 40 do
      local random, text = generator(seed * 104729), random_case(seed)
      local whole = count(text, { by = { "a", "b" } })
      check_merged(whole, all_parts({ { text = text } }, #text, random),
        random, "seed " .. seed)
    end
  end)

  it("of ranges of a file and of the same file packed are of one whole",
    function()
      local path = folder.make()
      for seed = 41, 60 do
        local random, text = generator(seed * 104729), random_case(seed)
        local file = folder.write(path .. "/a.csv", text)
        local subjects = { file, { text = text }, folder.pack(file, "gz") }
        if folder.has("zstd") then subjects[4] = folder.pack(file, "zst") end
        check_merged(assert(urna.tally(file, { by = { "a", "b" } })),
          all_parts(subjects, #text, random), random, "seed " .. seed)
      end
      folder.remove(path)
    end)

  it("keep what rows were kept by, whatever order it was said in", function()
    local text = random_case(9)
    local function kept(list, from, to)
      return save(count(text, { by = "b", where = { a = list },
        range = { from, to } }))
    end
    local whole = count(text, { by = "b", where = { a = { "NA", "Niš" } } })
    local merged = assert(urna.merge { kept({ "Niš", "NA" }, 0, 700),
      kept({ "NA", "Niš", "NA" }, 700, #text) })
    assert.same(shown(whole), shown(merged))
    assert.same({ a = { "NA", "Niš" } }, merged.where)
    local again = assert(urna.merge { save(merged) })
    assert.same(merged.where, again.where)
    local other = kept("NA", 700, #text)
    local tally, err = urna.merge { kept({ "Niš", "NA" }, 0, 700), other }
    assert.is_nil(tally)
    assert.same({ "schema_differs", other }, { err.code, err.file })
    assert.same({}, assert(urna.merge { part(text, 0, #text) }).where)
  end)

  it("of a choice of rows give results that say they are a part", function()
    local text = "unit,list,votes\n1,A,5\n1,B,3\n2,A,2\n2,B,1\n"
    local options = { by = { "unit", "list" }, where = { unit = "1" } }
    local merged = assert(urna.merge { save(count(text, options)) })
    assert.is_true(assert(merged:results { unit = "unit", list = "list" })
      .is_part)
  end)

  it("keep that records are a column, and no findings", function()
    local text = "k,votes\nA,1\nA,2\nB,4\n"
    local merged = assert(urna.merge { save(count(text, { by = "k",
      count = true, unit = "k", check = "votes > 1" })) })
    assert.equal("k,votes,records\nA,3,2\nB,4,1\n", merged:csv())
    assert.is_nil(merged.checks)
    assert.is_nil(merged.duplicates)
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
    local path = save(count("id,a,b,votes\n1,x,y,5\n2,x,w,7\n", {
      by = { "a", "b" }, where = { a = { "x", "z" }, id = { "1", "2" } } }))
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
      { " 7 0\n", " 9223372036854775808 0\n" },
      { "where 2 1:a 2 1:x 1:z 2:id 2 1:1 1:2\n", "where 3\n" },
      { "1:a 2 1:x 1:z 2:id", "1:a 2 1:z 1:x 2:id" },
      { "1:a 2 1:x 1:z 2:id", "1:a 2 1:x 1:x 2:id" },
      { "1:a 2 1:x 1:z 2:id 2 1:1 1:2", "2:id 2 1:1 1:2 1:a 2 1:x 1:z" },
      { "1:a 2 1:x 1:z 2:id 2 1:1 1:2", "2:id 2 1:1 1:2 2:id 2 1:1 1:2" },
      { "count 0", "count 2" } }
    assert(urna.merge { forged("count 0", "count 1") })
    for _, change in ipairs(changes) do
      local merged, err = urna.merge { forged(change[1], change[2]) }
      assert.is_nil(merged, change[2])
      assert.equal("bad_partial", err.code)
    end
  end)

  it("that claim the schema of others are refused", function()
    local path = forged("count 0", "count 0")
    for _, change in ipairs { { "sums 1 5:votes", "sums 1 5:other" },
      { "2 1:x 1:z 2:id", "2 1:w 1:z 2:id" }, { "1:z 2:id", "1:z 2:ie" } } do
      local _, err = urna.merge { path, forged(change[1], change[2]) }
      assert.equal("schema_differs", err.code)
    end
  end)
end)
