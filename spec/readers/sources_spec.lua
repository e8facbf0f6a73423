local native = require "urna.native"
local scratch = require "spec.scratch"
local urna = require "urna"

-- Two lists and one field; "town" and "no" tell the units.
local function contest(more)
  local made = { keys = { "town", "no" }, columns = { registered_voters =
    "reg" }, lists = { { key = "A", minority = false },
    { key = "B", minority = false } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local HEADINGS = "town,no,reg,A,B\n"

local function write(text) return scratch.write(".csv", text) end

after_each(scratch.clear)

local function write_all(texts)
  local paths = {}
  for i, text in ipairs(texts) do paths[i] = write(text) end
  return paths
end

local function read(texts, options)
  local given, paths = { contest = contest() }, write_all(texts)
  for key, value in pairs(options or {}) do given[key] = value end
  local results, err = urna.read(paths, given)
  return results, err, paths
end

local function refused(texts, options)
  local results, err, paths = read(texts, options)
  assert.is_nil(results)
  return err, paths
end

local A = HEADINGS .. "x,1,10,1,2\n\"x\ny\",2,20,3,4\n"
local B = HEADINGS .. "z,1,30,5,6\nz,2,40,7,8\n"

describe("several files", function()
  it("are one results, in the order they are given", function()
    local results, _, paths = read { A, B }
    local found = {}
    for i, unit in ipairs(assert(results).units) do
      found[i] = { unit.key, unit.source, unit.line }
    end
    assert.same({ { "x/1", paths[1], 2 }, { "x\ny/2", paths[1], 3 },
      { "z/1", paths[2], 2 }, { "z/2", paths[2], 3 } }, found)
    assert.same({ 1, 3, 5, 7 }, (results:column("A")))
    assert.same({ A = 16, B = 20 }, results:total().votes)
    local turned = assert(urna.read({ paths[2], paths[1] },
      { contest = contest() }))
    assert.equal("z/1", turned.units[1].key)
  end)

  it("may end without a line end, or with empty lines", function()
    local results = assert(read { (A:gsub("\n$", "")), B .. "\n\n",
      HEADINGS .. "w,1,1,1,1" })
    assert.same({ 5, 2 }, { #results.units, results.units[5].line })
  end)

  it("each have their own delimiter, line ends, byte order mark and gzip",
    function()
      local paths = write_all { A, "\239\187\191"
        .. B:gsub(",", ";"):gsub("\n", "\r\n"), HEADINGS .. "w,1,1,1,1\n" }
      os.execute("gzip -f " .. paths[3] .. " 2>/dev/null")
      if not os.rename(paths[3] .. ".gz", paths[3]) then
        pending("gzip is absent")
      end
      local results = assert(urna.read(paths, { contest = contest() }))
      assert.same({ A = 17, B = 21 }, results:total().votes)
      assert.same({ paths[3], 2 },
        { results.units[5].source, results.units[5].line })
    end)

  it("may have headings that run over lines", function()
    local head = "\"to\nwn\",no,reg,A,B\n"
    local results = assert(read({ head .. "x,1,1,1,1\n",
      head .. "x,2,1,1,1\n" }, { contest = contest {
        keys = { "to\nwn", "no" } } }))
    assert.same({ 3, 3 }, { results.units[1].line, results.units[2].line })
  end)

  it("without keys are named by file and line", function()
    local results, _, paths = read({ "A,B\n1,2\n", "A,B\n3,4\n" },
      { contest = { lists = { { key = "A" }, { key = "B" } } } })
    assert.equal(paths[2] .. " line 2", results.units[2].key)
    local unit = assert(results:find(paths[2]:match("[^/]*$") .. " line 2"))
    assert.equal(paths[2], unit.source)
  end)

  it("of which there is one are as a path alone", function()
    local results, _, paths = read { A }
    assert.equal(paths[1], results.source.file)
    assert.is_nil(results.source.files)
    assert.same(urna.read(paths[1], { contest = contest() }).source,
      results.source)
  end)

  it("find their contest beside the first", function()
    local first = write(A)
    local path = scratch.mine((first:gsub("%.csv$", ".contest.lua")))
    local file = assert(io.open(path, "wb"))
    file:write("return { keys = { \"town\", \"no\" }, ignored_columns = "
      .. "{ \"reg\" }, lists = { { key = \"A\" }, { key = \"B\" } } }")
    file:close()
    local second = write(B)
    assert.equal(4, #assert(urna.read { first, second }.units))
    assert.equal("no_contest", select(2, urna.read { second, first }).code)
  end)

  it("must be paths", function()
    assert.is_false((pcall(urna.read, { "a.csv", 5 })))
    assert.is_false((pcall(urna.read, { { "a.csv" } })))
  end)

  it("that cannot be opened are all named", function()
    local err = select(2, urna.read({ write(A), "no/a.csv", "no/b.csv" },
      { contest = contest() }))
    assert.same({ "cannot_read", "no/a.csv", "no/b.csv" },
      { err.code, err.items[1].file, err.items[2].file })
    local one = select(2, urna.read({ write(A), "no/b.csv" },
      { contest = contest() }))
    assert.same({ "cannot_read", "no/b.csv" }, { one.code, one.file })
  end)

  it("are each in the encoding that is said", function()
    local err, paths = refused { A, HEADINGS .. "Ni\154,1,1,1,1\n" }
    assert.same({ "bad_text", paths[2], 2, 3 },
      { err.code, err.file, err.line, err.column })
    local results = assert(read({ A, HEADINGS .. "Ni\154,1,1,1,1\n" },
      { encoding = "cp1250" }))
    assert.equal("Niš/1", results.units[3].key)
  end)
end)

describe("the headings of several files", function()
  local function differ(second)
    local err, paths = refused { A, second }
    assert.same({ "headings_differ", paths[2], 1 },
      { err.code, err.file, err.line })
    assert.matches(paths[1], err.message, 1, true)
    return { err.field, err.column, err.text }
  end

  it("are the same in the same order, or the first other one is named",
    function()
      assert.same({ "A", 9, "A" }, differ("town,no,A,reg,B\nx,1,1,1,1\n"))
      assert.same({ "C", 15, "C" }, differ("town,no,reg,A,C\nx,1,1,1,1\n"))
      assert.same({ "B" }, differ("town,no,reg,A\nx,1,1,1\n"))
      assert.same({ "C", 17, "C" }, differ("town,no,reg,A,B,C\nx,1,1,1,1,1\n"))
    end)

  it("that differ in several files are all named", function()
    local err, paths = refused { A, "a,b\n1,2\n", B, "town\nx\n" }
    assert.same({ 2, paths[2], paths[4] },
      { err.count, err.items[1].file, err.items[2].file })
  end)
end)

describe("a fault in one of several files", function()
  it("has the file, the line and the column it is in", function()
    local err, paths = refused { A, HEADINGS .. "\"w\nw\",1,5,5,5\nw,2,5,x,5\n"
      .. "w,3,5\n", HEADINGS .. "v,1,y,1,1\n" }
    local found = {}
    for i, item in ipairs(err.items) do
      found[i] = { item.code, item.file, item.line, item.column, item.field }
      assert.equal(item.line, item.row_line)
    end
    assert.same({ { "not_a_count", paths[2], 4, 7, "A" },
      { "ragged_row", paths[2], 5, 1 },
      { "not_a_count", paths[3], 2, 5, "reg" } }, found)
    assert.same({ paths[2], 4, 7 }, { err.file, err.line, err.column })
    assert.same({ paths[2], paths[2], paths[3] }, { err:quickfix()[1].filename,
      err:quickfix()[2].filename, err:quickfix()[3].filename })
  end)

  it("of quotes that never end does not reach into the next", function()
    local text = HEADINGS .. "x,1,10,1,2\n\"x,2,20,3,4\n"
    local err, paths = refused { text, "town,no,reg,A,B\n\"z\",1,30,5,6\n" }
    assert.same({ "bad_quote", paths[1], 3, 1, 1 },
      { err.code, err.file, err.line, err.column, err.count })
    local results = assert(read({ text, HEADINGS .. "\"z\",1,30,5,6\n" },
      { bad = "keep" }))
    assert.same({ 2, 1 }, { #results.units, #results.bad })
  end)

  it("that is kept out is known by its file", function()
    local results, _, paths = read({ A, HEADINGS .. "w,1,5,x,y\n" },
      { bad = "keep" })
    local bad = results.bad[1]
    assert.same({ paths[2], 2, 2 }, { bad.file, bad.line, #bad.items })
    assert.same({ 2, 3 }, { #results.units, results:total().expected })
  end)

  it("beyond 2^53 - 1 is named where it stands", function()
    local results, _, paths = read { A, HEADINGS
      .. "w,1,9007199254740993,9007199254740993,1\n" }
    local _, err = results:column("A")
    assert.same({ "beyond_exact", paths[2], 2 },
      { err.code, err.file, err.line })
    _, err = results:list_sums()
    assert.same({ paths[2], 2 }, { err.file, err.line })
    _, err = results:total()
    assert.same({ "beyond_exact" }, { err.code, err.file })
    _, err = results:find("nowhere")
    assert.same({ "unknown_place" }, { err.code, err.file })
  end)
end)

describe("a unit that stands in two files", function()
  it("is refused in the second, and both places are named", function()
    local err, paths = refused { A, HEADINGS .. "w,1,1,1,1\nx,1,10,1,2\n" }
    assert.same({ "duplicate_unit", paths[2], 3, 3, "no", "x/1" }, { err.code,
      err.file, err.line, err.column, err.field, err.text })
    assert.matches(("on line 2 of %s and on line 3"):format(paths[1]),
      err.items[1].message, 1, true)
  end)

  it("is in one of them named by lines alone", function()
    local err = refused { B, HEADINGS .. "x,1,1,1,1\nx,1,1,1,1\n" }
    assert.matches("on line 2 and on line 3", err.items[1].message)
  end)

  it("is kept out of both", function()
    local results, _, paths = read({ A, HEADINGS .. "w,1,1,1,1\nx,1,z,1,2\n" },
      { bad = "keep" })
    assert.same({ 2, 2 }, { #results.units, #results.bad })
    assert.same({ paths[1], 2, paths[2], 3 }, { results.bad[1].file,
      results.bad[1].line, results.bad[2].file, results.bad[2].line })
    assert.matches("line 3 of " .. paths[2] .. " too", results.bad[1].message,
      1, true)
  end)

  it("is found in the same bytes given twice", function()
    local path = write(A)
    local _, err = urna.read({ path, path }, { contest = contest() })
    assert.same({ "repeated_file", path }, { err.code, err.file })
    err = refused { A, B, A }
    assert.equal("repeated_file", err.code)
  end)
end)

describe("a total in one of several files", function()
  it("is the sum of the records of all of them", function()
    local total = HEADINGS .. "Ukupno,,100,16,20\n"
    local err, paths = refused { A, B, total }
    assert.same({ "total_row", paths[3], 2 }, { err.code, err.file, err.line })
    local results = assert(read({ A, B, total }, { total_rows = "verify" }))
    assert.equal(4, #results.units)
    err = refused({ A, B, HEADINGS .. "Ukupno,,100,16,21\n" },
      { total_rows = "verify" })
    assert.same({ "total_differs", "21" }, { err.code, err.text })
  end)
end)

describe("long records in several files", function()
  local LONG = { keys = { "no" }, columns = { list = "list", votes = "votes",
    registered_voters = "reg" }, lists = { { key = "A" }, { key = "B" } } }
  local head = "no,reg,list,votes\n"

  it("may be of one unit, which stands where it is first told of", function()
    local results, _, paths = read({ head .. "1,9,A,5\n2,8,A,1\n",
      head .. "2,8,B,2\n1,9,B,3\n3,7,A,1\n" }, { contest = LONG })
    assert.same({ A = 6, B = 5 }, results:total().votes)
    assert.same({ paths[1], 3, paths[2], 4 }, { results.units[2].source,
      results.units[2].line, results.units[3].source, results.units[3].line })
  end)

  it("that clash name both files", function()
    local err, paths = refused({ head .. "1,9,A,5\n",
      head .. "2,9,A,5\n1,9,A,5\n1,8,B,3\n1,9,C,1\n" }, { contest = LONG })
    local found = {}
    for i, item in ipairs(err.items) do
      found[i] = { item.code, item.file, item.line }
    end
    assert.same({ { "repeated_list", paths[2], 3 },
      { "conflicting_field", paths[2], 4 }, { "unknown_list", paths[2], 5 } },
      found)
    assert.matches("line 2 of " .. paths[1], err.items[1].message, 1, true)
    assert.matches("line 2 of " .. paths[1], err.items[2].message, 1, true)
  end)
end)

describe("a file of headings only", function()
  it("is no results of 0 units but an error, whatever is kept", function()
    for _, text in ipairs { HEADINGS, "town,no,reg,A,B", HEADINGS .. "\n\n" } do
      local results, err = urna.read({ text = text },
        { contest = contest { units_expected = 5 }, bad = "keep" })
      assert.is_nil(results)
      assert.same({ "no_records", "(text)" }, { err.code, err.file })
      assert.matches("headings only", err.message)
    end
  end)

  it("is refused among others that have records", function()
    local err, paths = refused { A, HEADINGS }
    assert.same({ "no_records", paths[2] }, { err.code, err.file })
  end)

  it("is not one whose only record is bad", function()
    local results = assert(urna.read({ text = HEADINGS .. "x,1\n" },
      { contest = contest(), bad = "keep" }))
    assert.same({ 0, 1 }, { #results.units, #results.bad })
    -- an empty line is a record where there is one column
    assert.equal(1, #assert(urna.read({ text = "A\n\n" },
      { contest = { lists = { { key = "A" } } } })).units)
  end)
end)

describe("the fingerprint of several files", function()
  it("is that of what sha256sum prints for them, and has each", function()
    local results, _, paths = read { A, B }
    local lines = ("%s  %s\n%s  %s\n"):format(native.sha256(A), paths[1],
      native.sha256(B), paths[2])
    assert.same({ file = "2 files", bytes = #A + #B,
      sha256 = native.sha256(lines), files = {
        { file = paths[1], sha256 = native.sha256(A) },
        { file = paths[2], sha256 = native.sha256(B) } } }, results.source)
    local pipe = io.popen(("sha256sum %s %s | sha256sum"):format(paths[1],
      paths[2]))
    local printed = pipe:read("*a")
    pipe:close()
    if printed == "" then pending("sha256sum is absent") end
    assert.equal(results.source.sha256, printed:match("^%x+"))
  end)

  it("is in the outcome and in every form of the report", function()
    local results, _, paths = read({ A, B }, { contest = contest {
      rule = "rs/local", date = "2024-06-02", seats = 3,
      columns = { ballots_in_box = "reg" } } })
    local outcome = assert(urna.apportion(results))
    assert.same(results.source.files, outcome.fingerprint.files)
    local text = assert(urna.report(results, { format = "text" }))
    assert.matches(native.sha256(B), text)
    assert.matches(results.source.sha256, text)
    local json = native.json((assert(urna.report(results,
      { format = "json" }))))
    assert.same(results.source.files, json.fingerprint.files)
    assert.same(results.source.files, json.results.files)
    assert.matches("records of 2 files", tostring(urna.explain(outcome,
      { total = "ballots_in_box" })))
    assert.matches(paths[2], text, 1, true)
  end)
end)

describe("findings in several files", function()
  it("are in the order of the files", function()
    local given = contest { columns = { registered_voters = "reg",
      voters_signed = "sig" } }
    local head = "town,no,reg,sig,A,B\n"
    local results, _, paths = read({ head .. "x,1,9,1,1,1\nx,2,5,9,1,1\n",
      head .. "z,1,5,9,1,1\n" }, { contest = given })
    local rows = urna.check(results, { extra = {
      { code = "X", test = "voters_signed <= registered_voters" } } })
      :quickfix()
    local found = {}
    for _, row in ipairs(rows) do
      if row.text:find("^X ") then
        found[#found + 1] = { row.filename, row.lnum }
      end
    end
    assert.same({ { paths[1], 3 }, { paths[2], 2 } }, found)
  end)
end)
