local folder = require "spec.tally.folder"
local native = require "urna.native"
local urna = require "urna"

-- What a check has found: "check: failed/unknown", then a line for each record
-- that fails, "key line: left right".
local function found(tally)
  local lines = {}
  for _, check in ipairs(tally.checks) do
    lines[#lines + 1] = ("%s: %d/%d"):format(check.check, check.failed,
      check.unknown)
    for _, record in ipairs(check.records) do
      lines[#lines + 1] = ("%s %d: %s %s"):format(record.key, record.line,
        tostring(record.left), tostring(record.right))
    end
  end
  return lines
end

local function check(text, options)
  return found(assert(urna.tally({ text = text }, options)))
end

local function refused(text, options)
  local tally, err = urna.tally({ text = text }, options)
  assert.is_nil(tally)
  return err
end

-- line 5 is one record of lines 5 and 6; the next is of line 7
local TEXT = "town,unit,valid,list_1,list_2\n"
  .. "Niš,1,7,3,4\n"        -- 7 = 7
  .. "Niš,2,8,3,4\n"        -- 8, 7
  .. "Niš,3,,3,4\n"         -- not known
  .. "\"Ada\nKaleh\",1,5,5,1\n" -- 5, 6
  .. "Užice,1,0,0,0\n"      -- 0 = 0
  .. "Užice,2,1,0,\n"       -- not known

describe("a check of a tally", function()
  it("tells records that fail from those it cannot tell of, with both sides",
    function()
      assert.same({ "valid = sum(lists): 2/2", "Niš/2 3: 8 7",
        "Ada\nKaleh/1 5: 5 6" }, check(TEXT, { by = "town", sum = "valid",
        check = "valid = sum(lists)", unit = { "town", "unit" } }))
    end)

  it("is of each record, not of the sums", function()
    -- 1 + 3 = 2 + 2 in all, and no record holds
    assert.same({ "a = b: 2/0", "x 2: 1 2", "x 3: 3 2" },
      check("k,a,b\nx,1,2\nx,3,2\n", { by = "k", check = "a = b" }))
  end)

  it("names records by the unit, else the contest's keys, else the groups'",
    function()
      local text = "a,b,c,v\n1,2,3,9\n"
      local contest = { keys = { "b", "c" } }
      local options = { by = "a", check = "v < 9" }
      assert.same({ "v < 9: 1/0", "1 2: 9 9" }, check(text, options))
      options.contest = contest
      assert.same({ "v < 9: 1/0", "2/3 2: 9 9" }, check(text, options))
      options.unit = "c"
      assert.same({ "v < 9: 1/0", "3 2: 9 9" }, check(text, options))
    end)

  it("takes several, and no sum beside them", function()
    local tally = assert(urna.tally({ text = TEXT }, { unit = { "town",
      "unit" }, check = { "valid >= list_1", "list_1 * 2 <= valid + 1" } }))
    -- 2 * 3 = 6 <= 8, 6 <= 9, ?; 10 > 6; 0 <= 1, 0 <= 2
    assert.same({ "valid >= list_1: 0/1", "list_1 * 2 <= valid + 1: 1/1",
      "Ada\nKaleh/1 5: 10 6" }, found(tally))
    assert.same({}, tally.sums)
  end)

  it("is only of rows that `where` lets through", function()
    assert.same({ "valid = sum(lists): 1/1", "Niš/2 3: 8 7" }, check(TEXT,
      { check = "valid = sum(lists)", unit = { "town", "unit" },
        where = { town = "Niš" } }))
  end)

  it("has a side below zero, and one beyond 2^53 in digits", function()
    -- 1 - 9007199254740993 = -9007199254740992
    assert.same({ "a - b >= b: 1/0",
      " 2: -9007199254740992 9007199254740993" },
      check("a,b\n1,9007199254740993\n", { check = "a - b >= b" }))
  end)

  it("with a side beyond 64 bits is an error, not a verdict", function()
    local err = refused("a,b\n9223372036854775807,1\n0,1\n",
      { check = "a + b > 0" })
    assert.equal("beyond_exact", err.code)
    assert.equal("a + b > 0", err.text)
    assert.same({ "a + b > 0: 0/0" },
      check("a,b\n9223372036854775806,1\n", { check = "a + b > 0" }))
  end)

  it("takes the lists of a contest", function()
    local contest = { lists = { { key = "X", column = "x votes" },
      { key = "list_2" } } }
    -- 3 + 4, list_1 is none of its lists
    assert.same({ "v = sum(lists): 1/0", " 3: 8 7" }, check(
      "v,list_1,x votes,list_2\n7,9,3,4\n8,9,3,4\n",
      { contest = contest, check = "v = sum(lists)" }))
  end)

  it("takes numbered columns for lists, if there is one row of them",
    function()
      assert.same({ "v = sum(lists): 0/0" },
        check("v,L1,L2,L3\n6,1,2,3\n", { check = "v = sum(lists)" }))
      for _, heading in ipairs { "v,a,b", "v,list_1,b", "v,L2,L3",
        "v,a_1,a_2,b_1,b_2" } do
        local row = heading:gsub("[^,]+", "1")
        local err = refused(heading .. "\n" .. row .. "\n",
          { check = "v = sum(lists)" })
        assert.equal("no_lists", err.code, heading)
      end
    end)

  it("of a column that is not there names the nearest", function()
    local err = refused(TEXT, { check = "vald = sum(lists)" })
    assert.equal("missing_heading", err.code)
    assert.equal("vald", err.text)
    assert.matches("did you mean \"valid\"", tostring(err), 1, true)
  end)

  it("that cannot be read says where", function()
    local err = refused(TEXT, { check = "valid = = list_1" })
    assert.equal("bad_expression", err.code)
    assert.equal(9, err.column)
  end)

  it("refuses a column that is no count, and one that is a key", function()
    assert.equal("not_a_count", refused("k,v\nx,1\n",
      { check = "k = v", count = true }).code)
    assert.has_error(function()
      urna.tally({ text = "k,v\nx,1\n" }, { by = "k", check = "k = v" })
    end, "column \"k\" is both a key and checked")
  end)

  it("keeps the first 100 records that fail, and counts all", function()
    local rows = { "unit,a" }
    for i = 1, 250 do rows[i + 1] = ("%d,%d"):format(i, i % 2) end
    for _, chunk in ipairs { 64, 4194304 } do
      local tally = assert(urna.tally({ text = table.concat(rows, "\n") },
        { check = "a = 0", unit = "unit", chunk = chunk, threads = 2 }))
      local one = tally.checks[1]
      assert.equal(125, one.failed) -- the odd ones
      assert.equal(100, #one.records)
      assert.equal("1", one.records[1].key)
      assert.equal("199", one.records[100].key) -- 2 * 100 - 1
      assert.equal(200, one.records[100].line)
    end
  end)
end)

-- Records of which every third fails: v is i, and i + 1 where i % 3 = 0; every
-- seventh reports nothing. With quoted newlines in every fifth name.
local function long_text(first, last)
  local rows, expected = { "unit,v,list_1,list_2" }, {}
  local line, failed, unknown = 2, 0, 0
  for i = first, last do
    local name = i % 5 == 0 and ("\"u,\r\n%d\""):format(i) or ("u%d"):format(i)
    local v = i % 3 == 0 and i + 1 or i
    rows[#rows + 1] = ("%s,%s,%d,1"):format(name, i % 7 == 0 and ""
      or ("%d"):format(v), i - 1)
    if i % 7 == 0 then
      unknown = unknown + 1
    elseif i % 3 == 0 then
      failed = failed + 1
      expected[failed] = ("%s %d: %d %d"):format(i % 5 == 0
        and ("u,\r\n%d"):format(i) or ("u%d"):format(i), line, i + 1, i)
    end
    line = line + (i % 5 == 0 and 2 or 1)
  end
  table.insert(expected, 1, ("v = sum(lists): %d/%d"):format(failed, unknown))
  return table.concat(rows, "\n") .. "\n", expected
end

describe("the findings of a check", function()
  local path
  before_each(function() path = folder.make() end)
  after_each(function() folder.remove(path) end)

  local OPTIONS = { "isa", "chunk", "threads" }

  local function same_for(subject, expected, ...)
    local options = { check = "v = sum(lists)", unit = "unit" }
    for i, name in ipairs(OPTIONS) do options[name] = (select(i, ...)) end
    assert.same(expected, found(assert(urna.tally(subject, options))))
  end

  it("are the same for every instruction set, chunk and thread, from a file, "
    .. "a text, gzip, zstd and standard input", function()
    -- 1 .. 320: 106 multiples of 3, of which 15 are of 21: 91 fail; 45 of 7
    local text, expected = long_text(1, 320)
    assert.equal("v = sum(lists): 91/45", expected[1])
    local file = folder.write(path .. "/a.csv", text)
    local subjects = { file, { text = text }, folder.pack(file, "gz") }
    if folder.has("zstd") then subjects[4] = folder.pack(file, "zst") end
    for _, isa in ipairs(native.instruction_sets()) do
      for _, chunk in ipairs { 64, 100, 4096, 4194304 } do
        for threads = 1, 2 do
          for _, subject in ipairs(subjects) do
            same_for(subject, expected, isa, chunk, threads)
          end
        end
      end
    end
    assert(folder.run("mkfifo %s/pipe", path))
    for _, isa in ipairs(native.instruction_sets()) do
      assert(folder.run("cat %s >%s/pipe &", file, path))
      same_for(path .. "/pipe", expected, isa, 64, 2)
    end
  end)

  it("of several files name the file and its line", function()
    local a = folder.write(path .. "/a.csv", "u,v\n1,1\n2,2\n")
    local b = folder.write(path .. "/b.csv", "u,v\n3,3\n4,1\n5,4\n")
    local tally = assert(urna.tally({ a, folder.pack(b, "gz") },
      { check = "v < 2", unit = "u", chunk = 4 }))
    local places = {}
    for i, record in ipairs(tally.checks[1].records) do
      places[i] = ("%s %s:%d"):format(record.key,
        record.file:match("[^/]*$"), record.line)
    end
    assert.same({ "2 a.csv:3", "3 b.csv.gz:2", "5 b.csv.gz:4" }, places)
  end)
end)
