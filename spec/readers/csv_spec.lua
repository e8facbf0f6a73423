local urna = require "urna"

-- Two lists and one field; "place" tells the units.
local function contest(more)
  local made = { keys = { "place" }, columns = { registered_voters = "reg" },
    lists = { { key = "A" }, { key = "B" } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local function read(text, options)
  local given = { contest = contest() }
  for key, value in pairs(options or {}) do given[key] = value end
  return urna.read({ text = text }, given)
end

local function refused(text, options)
  local results, err = read(text, options)
  assert.is_nil(results)
  return err
end

local function place_of(err)
  return { err.code, err.line, err.column, err.field, err.text }
end

-- What is wrong with a cell of list A on line 2.
local function cell(text, options)
  local err = refused("place,reg,A,B\nx,10," .. text .. ",2\n", options)
  assert.equal("(text)", err.file)
  assert.same({ "not_a_count", 2, 6, "A" }, { err.code, err.line, err.column,
    err.field })
  return err.text, err.items[1].reason
end

local function column(text, name, options)
  return (assert(read(text, options)):column(name))
end

local function raises(pattern, options)
  local done, message = pcall(read, "place,reg,A,B\n", options)
  assert.is_false(done)
  assert.matches(pattern, message)
end

local function with_file(text, test, name)
  local path = os.tmpname()
  os.remove(path)
  path = path .. (name or ".csv")
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  local done, message = pcall(test, path)
  os.remove(path)
  if not done then error(message, 0) end
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

describe("a cell of a count", function()
  it("is digits, with zeros before them if need be", function()
    assert.same({ 0, 7, 12 }, column(
      "place,reg,A,B\nx,1,000,1\ny,1,007,1\nz,1,\"12\",1\n", "A"))
  end)

  it("may be 9223372036854775807 but not one more", function()
    assert.truthy(read("place,reg,A,B\nx,1,9223372036854775807,2\n"))
    assert.same({ "9223372036854775808", "overflow" },
      { cell("9223372036854775808") })
    assert.same({ "99999999999999999999", "overflow" },
      { cell("99999999999999999999") })
  end)

  it("is no decimal number", function()
    assert.same({ "1.5", "decimal" }, { cell("1.5") })
    assert.same({ "1.0", "decimal" }, { cell("1.0") })
    assert.same({ "1,5", "decimal" }, { cell("\"1,5\"") })
  end)

  it("has no sign, not even before zero", function()
    assert.same({ "-1", "sign" }, { cell("-1") })
    assert.same({ "+1", "sign" }, { cell("+1") })
    assert.same({ "-0", "sign" }, { cell("-0") })
  end)

  it("has no space round it, quoted or not", function()
    assert.same({ " 1", "space" }, { cell(" 1") })
    assert.same({ "1 ", "space" }, { cell("1 ") })
    assert.same({ " 1", "space" }, { cell("\" 1\"") })
    assert.same({ "\t1", "space" }, { cell("\t1") })
    assert.same({ "1\194\160000", "space" }, { cell("1\194\160000") })
  end)

  it("is nothing that other programs take for a number", function()
    for _, text in ipairs { "1e3", "0x10", "NA", "null", "12a", "١", "-" } do
      assert.same({ text, "not_a_number" }, { cell(text) })
    end
  end)

  it("has thousands marks only where they are declared", function()
    assert.same({ "1.234", "thousands" }, { cell("1.234") })
    local text = "place;reg;A;B\nx;1.234;1.234.567;89\n"
    assert.same({ 1234567 }, column(text, "A", { thousands = "." }))
    local said = contest { thousands = "." }
    assert.same({ 1234 }, column(text, "reg", { contest = said }))
  end)

  it("has its declared marks at every third digit and nowhere else", function()
    for _, text in ipairs { "12.34", "1.23", ".123", "1234.567", "1.234." } do
      local err = refused("place;reg;A;B\nx;1;" .. text .. ";1\n",
        { thousands = "." })
      assert.same({ "not_a_count", 2, 5, "A", text }, place_of(err))
    end
  end)

  it("that is empty is not reported, never 0", function()
    local results = assert(read("place,reg,A,B\nx,10,,2\ny,20,3,4\n"))
    assert.same({ nil, 3 }, (results:column("A")))
    local total = results:total()
    assert.same({ 1, 2 }, { total.reported, total.expected })
    assert.same({ A = 3, B = 4 }, total.votes)
  end)
end)

describe("a fault", function()
  it("is on the line where its cell is, past quoted line ends", function()
    local err = refused(
      "place,reg,A,B\n\"two\nlines\",10,1,2\n"
      .. "\"three\r\nmore\n\nlines\",1,x,2\n")
    -- heading 1, first record 2-3, second 4-7: its counts stand on line 7
    assert.same({ "not_a_count", 7, 10, "A", "x" }, place_of(err))
  end)

  it("of a row with too few or too many fields names both rows", function()
    local err = refused("place,reg,A,B\nx,10,1\ny,1,2,3,4\nz,1,1,1\n")
    assert.same({ "ragged_row", 2, 1, nil, "3 fields where 4 were expected" },
      { err.code, err.line, err.column, err.field, err.text })
    assert.equal(2, #err.items)
    assert.equal("5 fields where 4 were expected", err.items[2].text)
    assert.equal(3, err.items[2].line)
  end)

  it("of an empty line among the records is not passed over", function()
    local err = refused("place,reg,A,B\nx,1,1,1\n\ny,1,1,1\n")
    assert.same({ "ragged_row", 3 }, { err.code, err.line })
    assert.equal(1, #assert(read("place,reg,A,B\nx,1,1,1\n\n\n")).units)
  end)

  it("of a quote names the quote's own trouble", function()
    local function message(row)
      local err = refused("place,reg,A,B\n" .. row)
      assert.same({ "bad_quote", 2, 1, "place" }, { err.code, err.line,
        err.column, err.field })
      return err.items[1].message
    end
    assert.equal("a quote inside a plain field", message("x\"y,1,2,3\n"))
    assert.equal("text after a closing quote", message("\"a\"b,1,2,3\n"))
    assert.equal("a quoted field that never ends", message("\"a,1,2,3\n"))
  end)

  it("of a carriage return alone says so", function()
    local err = refused("place,reg,A,B\rx,1,1,2\r")
    assert.equal("bad_text", err.code)
    assert.matches("carriage return", err.message)
  end)

  it("of text that is not UTF-8 gives its line and column", function()
    local err = refused("place,reg,A,B\nok,1,1,1\nu\255,10,1,2\n")
    assert.same({ "bad_text", 3, 2, "ff" },
      { err.code, err.line, err.column, err.text })
    assert.matches("not valid utf%-8", err.message)
  end)

  it("of a byte that the declared encoding lacks gives both", function()
    -- 0x98 has no letter in cp1251
    local err = refused("place,reg,A,B\n\193\152,10,1,2\n",
      { encoding = "cp1251" })
    assert.same({ "bad_text", 2, 2, "98" },
      { err.code, err.line, err.column, err.text })
    assert.matches("not valid cp1251", err.message)
  end)

  it("of UTF-16 or a workbook says how to save it", function()
    for _, text in ipairs { "\255\254p\0", "p\0l\0", "PK\3\4\20\0\6\0" } do
      local err = refused(text)
      assert.equal("bad_text", err.code)
      assert.matches("save it as CSV in UTF%-8", err.message)
    end
  end)

  it("of damaged gzip is no fault of the records", function()
    assert.equal("bad_gzip", refused("\31\139\8\0damaged").code)
  end)

  it("comes with all others, in the order of the file", function()
    local err = refused("place,reg,A,B\nx,1,z,1\nx,2,2,2\ny,1,1\nx,3,3,3\n"
      .. "Ukupno,1,1,1\nz,q,1,-1\n")
    local found = {}
    for i, item in ipairs(err.items) do
      found[i] = ("%d %s"):format(item.line, item.code)
    end
    -- line 3 is the first good row of x, line 5 repeats it
    assert.same({ "2 not_a_count", "4 ragged_row", "5 duplicate_unit",
      "6 total_row", "7 not_a_count", "7 not_a_count" }, found)
    assert.same({ 6, false }, { err.count, err.truncated })
  end)

  it("beyond the hundredth is counted and not shown", function()
    local function bad_rows(count)
      local rows = { "place,reg,A,B" }
      for i = 1, count do rows[i + 1] = ("x%d,1,z,1"):format(i) end
      return refused(table.concat(rows, "\n"))
    end
    local err = bad_rows(150)
    assert.same({ 100, 150, true }, { #err.items, err.count, err.truncated })
    assert.equal(101, err.items[100].line)
    assert.matches("and 50 more", tostring(err))
    err = bad_rows(100)
    assert.same({ 100, 100, false }, { #err.items, err.count, err.truncated })
  end)

  it("reads as file:line:column: field: message", function()
    assert.equal("(text):2:6: A: a record is refused\n"
      .. "  (text):2:6: A: \"1.5\" is a decimal number; a count is whole",
      tostring(refused("place,reg,A,B\nx,10,1.5,2\n")))
  end)

  it("is one item of a quickfix list each", function()
    local rows = refused("place,reg,A,B\nx,10,1.5,2\ny,-1,1,1\n"):quickfix()
    assert.same({ { "(text)", 2, 6 }, { "(text)", 3, 3 } }, {
      { rows[1].filename, rows[1].lnum, rows[1].col },
      { rows[2].filename, rows[2].lnum, rows[2].col } })
  end)
end)

describe("headings", function()
  it("that nobody mentions are all refused by column", function()
    local err = refused("place,reg,A,B,C,D\nx,10,1,3,1,1\n")
    assert.same({ "unknown_heading", 1, 15, "C", "C" }, place_of(err))
    assert.same({ 2, 17, "D" },
      { #err.items, err.items[2].column, err.items[2].field })
    assert.truthy(read("place,reg,A,B,C,D\nx,10,1,3,,z\n",
      { contest = contest { ignored_columns = { "C", "D" } } }))
  end)

  it("that repeat are refused with the column they stand in too", function()
    local err = refused("place,reg,A,A\nx,10,1,2\n")
    assert.same({ "repeated_heading", 1, 13, "A", "A" }, place_of(err))
    assert.matches("column 3 too", err.items[1].message)
  end)

  it("that the contest names must be there, and the nearest is told", function()
    local err = refused("place,regg,A,C\nx,10,1,2\n")
    assert.same({ "missing_heading", 1, nil, "reg", "reg" },
      { err.code, err.line, err.column, err.field, err.text })
    assert.matches("did you mean \"regg\"", err.items[1].message)
    assert.equal("B", err.items[2].field)
    assert.is_nil(err.items[2].message:find("did you mean"))
  end)

  it("are one thing each, but for two fields", function()
    local function of(more)
      return refused("place,reg,A,B\nx,1,1,1\n", { contest = contest(more) })
    end
    assert.same({ "column_used_twice", 1, 11, "A", "A" },
      place_of(of { columns = { registered_voters = "reg",
        valid_ballots = "A" } }))
    assert.equal("column_used_twice", of { keys = { "place", "A" } }.code)
    assert.truthy(read("place,reg,A,B\nx,1,1,1\n", { contest = contest {
      columns = { valid_ballots = "reg", valid_votes = "reg" } } }))
  end)

  it("are compared byte for byte", function()
    assert.equal("missing_heading",
      refused("Place,reg,A,B\nx,10,1,2\n").code)
    assert.equal("missing_heading",
      refused("place ,reg,A,B\nx,10,1,2\n").code)
  end)

  it("must be there even where nothing else is", function()
    for _, text in ipairs { "", "\n", "\239\187\191" } do
      assert.equal("no_headings", refused(text).code)
    end
  end)
end)

describe("a text", function()
  local expected = { "x", "two\nlines" }

  it("may have a byte order mark and lines that end in CRLF", function()
    local results = assert(read("\239\187\191place,reg,A,B\r\nx,1,1,2\r\n"
      .. "\"two\nlines\",3,4,5"))
    assert.same(expected, (results:column("place")))
    assert.same({ 2, 5 }, (results:column("B")))
    assert.equal(3, results.units[2].line)
  end)

  it("may have all cells quoted, with doubled quotes inside", function()
    local results = assert(read("\"place\",\"reg\",\"A\",\"B\"\n"
      .. "\"a \"\"b\"\", c\",\"1\",\"2\",\"3\"\n"))
    assert.equal("a \"b\", c", results.units[1].key)
    assert.same({ 3 }, (results:column("B")))
  end)

  it("has the delimiter that its headings show, or the one given", function()
    for _, mark in ipairs { ",", ";", "\t", "|" } do
      local text = ("place,reg,A,B\nx,1,2,3\n"):gsub(",", mark)
      assert.same({ 3 }, column(text, "B"))
      assert.same({ 3 }, column(text, "B", { delimiter = mark }))
      assert.same({ 3 }, column(text, "B",
        { contest = contest { delimiter = mark } }))
    end
    assert.equal("missing_heading",
      refused("place,reg,A,B\nx,1,2,3\n", { delimiter = ";" }).code)
  end)

  it("is in the encoding that is declared", function()
    -- Š is 8A in cp1250, A9 in ISO 8859-2; Ж is C6 in cp1251
    assert.same({ "Š" }, column("place,reg,A,B\n\138,1,2,3\n", "place",
      { encoding = "cp1250" }))
    assert.same({ "Š" }, column("place,reg,A,B\n\169,1,2,3\n", "place",
      { encoding = "iso-8859-2" }))
    assert.same({ "Ж" }, column("place,reg,A,B\n\198,1,2,3\n", "place",
      { contest = contest { encoding = "cp1251" } }))
  end)

  it("that is UTF-8 is in no other encoding, whatever is declared", function()
    for _, encoding in ipairs { "cp1250", "cp1251", "iso-8859-2" } do
      local err = refused("place,reg,A,B\nNiš,1,2,3\n",
        { encoding = encoding })
      assert.same({ "bad_text", 2, 3 }, { err.code, err.line, err.column })
      assert.matches("the text is UTF-8, though " .. encoding .. " was said",
        err.message, 1, true)
      assert.truthy(read("place,reg,A,B\nNis,1,2,3\n",
        { encoding = encoding }))
      err = refused("\239\187\191place,reg,A,B\nx,1,2,3\n",
        { encoding = encoding })
      assert.matches("the text is UTF%-8", err.message)
    end
    -- one letter that is not UTF-8 (Š of cp1250) beside two bytes that are
    assert.same({ "Đ…Š" }, column("place,reg,A,B\n\208\133\138,1,2,3\n",
      "place", { encoding = "cp1250" }))
  end)

  it("keeps its keys byte for byte, the empty one too", function()
    local text = "place,reg,A,B\n007,1,1,1\n7,1,1,1\n,1,1,1\nNA,1,1,1\n"
      .. " 7,1,1,1\nNiš,1,1,1\nNis\204\140,1,1,1\n"
    assert.same({ "007", "7", "", "NA", " 7", "Niš", "Nis\204\140" },
      column(text, "place"))
  end)

  it("without keys has units that are named by line", function()
    local results = assert(read("A,B\n1,2\n1,2\n", { contest = {
      lists = { { key = "A" }, { key = "B" } } } }))
    assert.same({ "line 2", "line 3" },
      { results.units[1].key, results.units[2].key })
    assert.equal(3, assert(results:find("line 3")).line)
  end)
end)

describe("what is read", function()
  it("may come in blocks from a function", function()
    local blocks, i = { "place,reg,A,B\nx,1", "0,2", ",3\n" }, 0
    local results = assert(urna.read({ name = "feed", reader = function()
      i = i + 1
      return blocks[i]
    end }, { contest = contest() }))
    assert.same({ 10 }, (results:column("reg")))
    assert.equal("feed", results.source.file)
  end)

  it("is all of what a function gives, or an error", function()
    local results, err = urna.read({ reader = function()
      return nil, "the line is dead"
    end }, { contest = contest() })
    assert.is_nil(results)
    assert.same({ "cannot_read", "the line is dead" },
      { err.code, err.message })
    assert.is_false((pcall(urna.read, { reader = function() return 5 end },
      { contest = contest() })))
  end)

  it("may be a file, and its fingerprint is the file's", function()
    with_file("place,reg,A,B\nx,1,2,3\n", function(path)
      local results = assert(urna.read(path, { contest = contest() }))
      assert.equal(path, results.units[1].source)
      -- sha256sum of these 22 bytes
      assert.equal("73e73b45d07200910c96c4058672984d"
        .. "817c40718a3d70731904f3a6b8866e71", results.source.sha256)
    end)
  end)

  it("may be gzip, by its bytes and whatever its name", function()
    local path = os.tmpname()
    write(path, "place,reg,A,B\nx,1,2,3\n")
    os.execute("gzip -f " .. path .. " 2>/dev/null")
    if not os.rename(path .. ".gz", path) then
      os.remove(path)
      pending("gzip is absent")
    end
    local results = assert(urna.read(path, { contest = contest() }))
    os.remove(path)
    assert.same({ 3 }, (results:column("B")))
  end)

  it("that is not there is an error with the path", function()
    local results, err = urna.read("no/such.csv", { contest = contest() })
    assert.is_nil(results)
    assert.same({ "cannot_read", "no/such.csv" }, { err.code, err.file })
  end)

  it("finds the contest beside it, as Lua and as JSON", function()
    with_file("place;N\nx;5\n", function(path)
      local stem = path:gsub("%.csv$", "")
      write(stem .. ".contest.json",
        "{ \"keys\": [\"place\"], \"lists\": [{ \"key\": \"N\" }] }")
      local by_json = urna.read(path)
      write(stem .. ".contest.lua", "return { keys = { \"place\" }, "
        .. "lists = { { key = \"LUA\", column = \"N\" } } }")
      local both, err = urna.read(path)
      local found_json = os.remove(stem .. ".contest.json")
      local by_lua = urna.read(path)
      write(stem .. ".contest.json",
        "{ \"keys\": [\"place\"], \"lists\": [{ \"key\": \"N\" }] }")
      local named = urna.read({ text = "place;N\nx;5\n" },
        { contest = stem .. ".contest.json" })
      os.remove(stem .. ".contest.json")
      os.remove(stem .. ".contest.lua")
      assert.is_truthy(found_json)
      assert.is_nil(both)
      assert.equal("two_contests", err.code)
      assert.matches(stem .. ".contest.lua and " .. stem .. ".contest.json",
        err.message, 1, true)
      assert.equal("N", assert(by_json).lists[1].key)
      assert.equal("LUA", assert(by_lua).lists[1].key)
      assert.equal("N", assert(named).lists[1].key)
    end)
  end)

  it("with a heading that is empty says which column has none", function()
    local _, err = urna.read({ text = "place,N,\nx,5,\n" },
      { contest = contest { keys = { "place" }, lists = { { key = "N" } },
        columns = {} } })
    assert.matches("column 3: this column has no heading", tostring(err))
    _, err = urna.read({ text = "place,N,,\nx,5,,\n" },
      { contest = contest { keys = { "place" }, lists = { { key = "N" } },
        columns = {} } })
    assert.matches("column 4: this column has no heading, nor has column 3",
      tostring(err))
  end)

  it("in no UTF-8 is told of both code pages", function()
    local _, err = urna.read({ text = "place,N\n\206\232\248,5\n" },
      { contest = contest() }) -- Ниш in cp1251
    assert.matches("\"cp1250\" for Latin or \"cp1251\" for Cyrillic",
      tostring(err))
  end)

  it("with a choice that is none lists the choices", function()
    local done, message = pcall(urna.read, { text = "a" }, { delimiter = "x" })
    assert.is_false(done)
    assert.matches("\"x\" is not a choice: there is \",\", \";\", \"\\t\", "
      .. "\"|\"", message, 1, true)
  end)

  it("without a contest or a profile that fits is refused", function()
    local results, err = urna.read { text = "place,x\na,1\n" }
    assert.is_nil(results)
    assert.equal("no_contest", err.code)
    assert.matches("urna init", err.message)
  end)

  it("by a contest without lists is refused", function()
    local results, err = urna.read({ text = "place,x\na,1\n" },
      { contest = { keys = { "place" } } })
    assert.is_nil(results)
    assert.equal("bad_contest", err.code)
  end)

  it("has the key columns that `unit` says", function()
    local results = assert(read("place,no,reg,A,B\nx,1,5,1,1\nx,2,5,1,1\n",
      { unit = { "place", "no" } }))
    assert.equal("x/2", results.units[2].key)
  end)
end)

describe("a caller's mistake", function()
  it("raises and names the option that was meant", function()
    raises("did you mean \"encoding\"", { encodng = "cp1250" })
    raises("bad = \"kep\" is not a choice", { bad = "kep" })
    raises("total_rows = \"sum\" is not a choice", { total_rows = "sum" })
    raises("encoding = \"latin1\" is not a choice", { encoding = "latin1" })
    raises("delimiter = \":\" is not a choice", { delimiter = ":" })
    raises("thousands = \"_\" is not a choice", { thousands = "_" })
    raises("read: contest must be a string or table", { contest = 5 })
    raises("unit is a key column", { unit = 5 })
    assert.is_false((pcall(urna.read, 5, { contest = contest() })))
    assert.is_false((pcall(urna.read, {}, { contest = contest() })))
  end)
end)

describe("real records", function()
  local path = "../shared/data/serbia2020"

  it("of Serbia 2020 add up to the official totals", function()
    local file = io.open(path .. ".csv.gz")
    if not file then pending(path .. " is absent") end
    file:close()
    local results = assert(urna.read(path .. ".csv.gz"))
    local total = results:total()
    -- Republic Electoral Commission, with repeated voting
    assert.same({ 8433, 8433, 6584376, 3221908, 3218763, 118155, 3100608 }, {
      total.reported, total.expected, total.fields.registered_voters,
      total.fields.voters_signed, total.fields.ballots_in_box,
      total.fields.invalid_ballots, total.fields.valid_ballots })
    assert.equal(21, #results.lists)
  end)
end)

describe("the command line", function()
  local function urna_command(input, arguments)
    local lua = rawget(_G, "jit") and "luajit"
      or "lua" .. _VERSION:match("%d+%.%d+")
    local pipe = io.popen(("printf '%s' | LUA=%s ./bin/urna %s 2>&1; "
      .. "echo \"status $?\""):format(input, lua, arguments))
    local text = pipe:read("*a")
    pipe:close()
    return text
  end

  it("reads records from standard input", function()
    with_file("return { keys = { \"p\" }, rule = \"rs/local\", seats = 3, "
      .. "date = \"2024-06-02\", columns = { ballots_in_box = \"box\" }, "
      .. "lists = { { key = \"A\", minority = false }, "
      .. "{ key = \"B\", minority = false } } }", function(path)
      -- averages A 90 45 30, B 40: 90, 45, 40
      assert.equal("2 1 of 3\nstatus 0\n",
        urna_command("p,box,A,B\\nx,130,90,40\\n",
          "seats - --contest " .. path))
      local text = urna_command("p,box,A,B\\nx,130,9.5,40\\n",
        "seats - --contest " .. path)
      assert.matches("%(standard input%):2:7: A: a record is refused", text)
      assert.matches("status 2\n$", text)
    end, ".lua")
  end)
end)
