local core = require "urna.core"

local EXACT = 9007199254740991

local function source(text, encoding)
  return assert(core.source{ text = text, encoding = encoding })
end

-- A table of "name;a;b": a text and two counts.
local function read(text, options)
  local given = { delimiter = ";", kinds = { "text", "count", "count" } }
  for key, value in pairs(options or {}) do given[key] = value end
  return core.table(source(text), given)
end

local function raises(pattern, call, ...)
  local good, message = pcall(call, ...)
  assert.is_false(good)
  assert.matches(pattern, message)
end

-- Names that lua/urna/core.meta.lua declares, by the table they are in.
local function declared()
  local found = setmetatable({}, { __index = function(owners, owner)
    owners[owner] = {}
    return owners[owner]
  end })
  for line in io.lines("lua/urna/core.meta.lua") do
    local owner, name = line:match("^function (%w+)[.:]([%w_]+)%(")
    if owner then found[owner][name] = true end
    name = line:match("^%-%-%-@field (%w+) string .*")
    if name == "abi" or name == "cjson" then found.core[name] = true end
  end
  return found
end

-- One of each kind that the stubs describe.
local OBJECTS = {
  Approvals = function() return core.approvals(core.ballots()) end,
  Ballots = function() return core.ballots() end,
  Peers = function() return core.peers(read("n;a;b\n"), { keys = {} }) end,
  Rational = function() return core.rational(1, 2) end,
  Sequence = function() return core.sequence{ kind = "adams" } end,
  Continuing = function() return core.continuing(core.ballots(), {}) end,
  Kemeny = function() return core.kemeny(0, {}) end,
  Meek = function() return core.meek(core.ballots(), {}) end,
  Parcels = function() return core.parcels(core.ballots(), {}) end,
  Source = function() return source("a") end,
  Table = function() return read("n;a;b\n") end,
  Tallied = function()
    return (core.tally(core.tape_of(source("a,1\n")), { roles = { "key",
      "sum" }, by = { 1 }, sums = { 2 }, delimiter = ",", first = 0 }))
  end,
  Tape = function() return core.tape_of(source("a")) end,
}

local function names(of)
  local found = {}
  for name in pairs(of) do found[name] = true end
  return found
end

describe("urna.core", function()
  it("knows which Lua it was built for", function()
    local abi = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
    assert.equal(abi, core.abi)
    assert.matches("^%d+%.%d+%.%d+$", core.cjson)
  end)

  it("holds what its stubs declare and nothing else", function()
    assert.same(declared().core, names(core))
    local stubs = declared()
    stubs.core = nil
    for owner, methods in pairs(stubs) do
      local object = assert(OBJECTS[owner], owner)()
      for name in pairs(methods) do
        assert.message(owner .. ":" .. name).is_function(object[name])
      end
    end
  end)

  it("hashes as FIPS 180-4 says", function()
    assert.equal("ba7816bf8f01cfea414140de5dae2223"
      .. "b00361a396177a9cb410ff61f20015ad", core.sha256("abc"))
  end)
end)

describe("a source", function()
  it("steps over a byte order mark, but hashes it", function()
    local text = "\239\187\191a,b\n"
    local made = source(text)
    assert.equal("a,b\n", made:text())
    assert.equal(4, made:size())
    assert.equal(core.sha256(text), made:sha256())
  end)

  it("decodes the 8-bit encodings of the region", function()
    assert.equal("Š", source("\138", "cp1250"):text())
    assert.equal("Б", source("\193", "cp1251"):text())
    assert.equal("Ł", source("\163", "iso-8859-2"):text())
  end)

  it("names the place of a byte that means nothing", function()
    local made, fault = core.source{ text = "a\nb\129", encoding = "cp1250" }
    assert.is_nil(made)
    assert.same({ "bad_text", 2, 2, "81", "cp1250" }, { fault.code,
      fault.line, fault.column, fault.text, fault.expected })
    fault = select(2, core.source{ text = "ab\237\160\128" })
    assert.same({ "bad_text", 1, 3, "ed a0 80", "utf-8" }, { fault.code,
      fault.line, fault.column, fault.text, fault.expected })
  end)

  it("refuses a NUL, UTF-16, damaged gzip and what it cannot read", function()
    local function code(options)
      local made, fault = core.source(options)
      assert.is_nil(made)
      return fault.code
    end
    assert.equal("bad_text", code{ text = "a\0b" })
    assert.equal("bad_text", code{ text = "\255\254a\0" })
    assert.equal("bad_gzip", code{ text = "\31\139" })
    assert.equal("cannot_read", code{ path = "/no/such/file" })
    assert.equal("cannot_read", code{ path = "/" })
    assert.equal("cannot_read", code{ path = "a\0b" })
  end)

  it("raises for a caller's mistake", function()
    raises("no option 'pth'", core.source, { pth = "x" })
    raises("no encoding 'latin1'", core.source,
      { text = "", encoding = "latin1" })
    raises("either a path or a text", core.source, {})
    raises("either a path or a text", core.source, { text = "", path = "x" })
    raises("must be a string", core.source, { text = 5 })
    local made = source("a")
    made:close()
    made:close()
    raises("the source is closed", made.size, made)
    assert.equal("urna.source (closed)", tostring(made))
  end)
end)

describe("headings", function()
  it("come with the delimiter and their columns", function()
    local made = source("\"a;\"\"b\";c\n1;2\n")
    local headings, delimiter, columns = core.headings(made)
    assert.same({ "a;\"b", "c" }, headings)
    assert.equal(";", delimiter)
    assert.same({ 1, 9 }, columns)
    assert.same({ "\"a;\"\"b\";c" }, { made:text():match("^[^\n]*") })
    assert.equal(1, #core.headings(source("a;b\n"), ","))
  end)

  it("say whether records follow, good or bad", function()
    local function has_records(text)
      return (select(4, core.headings(source(text))))
    end
    assert.is_true(has_records("a;b\n1"))
    assert.is_true(has_records("a\n\n"))
    assert.is_false(has_records("a;b"))
    assert.is_false(has_records("a;b\n\n\r\n"))
  end)

  it("must be there", function()
    local found, fault = core.headings(source(""))
    assert.is_nil(found)
    assert.equal("no_headings", fault.code)
    assert.equal("bad_quote", select(2, core.headings(source("a,\"b"))).code)
    raises("a delimiter is", core.headings, source("a"), ";;")
  end)
end)

describe("a table of several sources", function()
  local options = { kinds = { "text", "count" } }

  it("has the rows of all, and lines that tell the source", function()
    local made, faults, count = core.table({ source("n;a\nx;1\ny;z\n"),
      source("n,a\n\"w\nw\",2\nv,3") }, options)
    assert.same({ "x", "w\nw", "v" }, made:texts(1))
    -- the first has 12 bytes, so the second begins behind 13 lines
    assert.same({ 2, 15, 17 }, { made:line(1), made:line(2), made:line(3) })
    assert.same({ 1, 3 }, { count, faults[1].line })
  end)

  it("outlives them, and is of one at least", function()
    local one, two = source("n,a\nx,1\n"), source("n,a\ny,2\n")
    local made = core.table({ one, two }, options)
    one:close()
    two:close()
    collectgarbage()
    assert.same({ "x", "y" }, made:texts(1))
    raises("one source or more", core.table, {}, options)
    raises("the source is closed", core.table, { source("n,a"), one }, options)
    raises("source expected", core.table, { source("n,a"), 5 }, options)
    raises("one kind for each heading", core.table,
      { source("n,a"), source("n") }, options)
  end)
end)

describe("a table", function()
  it("keeps texts as they are and tells nothing from 0", function()
    local made, faults, count = read(
      "n;a;b\r\nNA;0;\r\n\"two\r\nlines\";007;\"12\"\r\n;1;2")
    assert.same({}, faults)
    assert.equal(0, count)
    assert.equal(3, made:rows())
    assert.same({ "NA", "two\r\nlines", "" }, made:texts(1))
    assert.same({ "", "NA" }, made:texts(1, { 3, 1 }))
    local counts, n = made:counts(3)
    assert.equal(3, n)
    assert.same({ nil, 12, 2 }, { counts[1], counts[2], counts[3] })
    assert.equal(5, made:line(3))
  end)

  it("outlives its source", function()
    local origin = source("n;a;b\nx;1;2\n")
    local made = core.table(origin,
      { delimiter = ";", kinds = { "text", "skip", "count" } })
    origin:close()
    collectgarbage()
    assert.same({ "x" }, made:texts(1))
    made:close()
    raises("the table is closed", made.rows, made)
  end)

  it("names each fault and counts those beyond the limit", function()
    local made, faults, count = read(
      "n;a;b\nx;1.5;1\ny;1\nz;-1;2\n\"q\"q;1;2\nr;1;2\n", { limit = 3 })
    assert.equal(1, made:rows())
    assert.equal(4, count)
    assert.same({
      { code = "not_a_count", reason = "decimal", line = 2, column = 3,
        index = 2, text = "1.5", row_line = 2, cells = { "x" } },
      { code = "ragged_row", line = 3, column = 1, row_line = 3,
        text = "2 fields where 3 were expected" },
      { code = "not_a_count", reason = "sign", line = 4, column = 3,
        index = 2, text = "-1", row_line = 4, cells = { "z" } },
    }, faults)
  end)

  it("takes thousands only where they are declared", function()
    local text = "n;a;b\nx;1.234;1\n"
    assert.equal("thousands", select(2, read(text))[1].reason)
    assert.same({ 1234 }, (read(text, { thousands = "." }):counts(2)))
  end)

  it("raises for a caller's mistake", function()
    raises("one kind for each heading", read, "a;b\n")
    raises("kinds%[2%]", read, "a;b", { kinds = { "text", "number" } })
    raises("a delimiter is", read, "a;b", { delimiter = "x" })
    raises("thousands is", read, "a;b", { thousands = "x" })
    raises("no option 'limits'", read, "a;b;c", { limits = 1 })
    local made = read("n;a;b\nx;1;2\n")
    raises("not a text column", made.texts, made, 2)
    raises("not a count column", made.counts, made, 1)
    raises("from 1 to 3", made.counts, made, 4)
    raises("whole number", made.counts, made, 1.5)
    raises("rows%[2%]", made.counts, made, 2, { 1, 2 })
    raises("rows%[1%]", made.counts, made, 2, { "1" })
    raises("rows%[1%]", made.sums, made, { 2 }, { 0 })
    raises("columns must be an array", made.sums, made, 2)
    raises("from 1 to 1", made.line, made, 2)
  end)
end)

describe("sums", function()
  it("are of what is given, and say how much is missing", function()
    local made = read("n;a;b\nx;1;\ny;2;5\nz;4;7\n")
    assert.same({ { 7, 12 }, { 0, 1 } }, { made:sums{ 2, 3 } })
    assert.same({ { 5 }, { 0 } }, { made:sums({ 2 }, { 3, 1 }) })
    assert.same({ { 0 }, { 0 } }, { made:sums({ 2 }, {}) })
    assert.same({ 2, 3 }, made:reported{ 2, 3 })
    local across, n = made:row_sums{ 2, 3 }
    assert.same({ nil, 7, 11 }, { across[1], across[2], across[3] })
    assert.equal(3, n)
  end)

  it("are exact up to 2^53 - 1 and refused beyond", function()
    local made = read(("n;a;b\nx;%d;9223372036854775807\ny;1;1\n"):format(
      EXACT))
    assert.same({ EXACT }, (made:sums({ 2 }, { 1 })))
    local sum, fault = made:sums{ 2 }
    assert.is_nil(sum)
    assert.same({ code = "beyond_exact", index = 2,
      text = "9007199254740992" }, fault)
    assert.same({ code = "sum_overflow", index = 3 },
      select(2, made:sums{ 3 }))
    assert.same({ code = "beyond_exact", index = 3, line = 2,
      text = "9223372036854775807" }, select(2, made:counts(3)))
    assert.same({ code = "sum_overflow", line = 2 },
      select(2, made:row_sums{ 2, 3 }))
  end)
end)

describe("rows", function()
  it("that stand twice are found with the first of them", function()
    local made = read("n;a;b\nx;1;1\ny;1;1\nx;2;2\nx;3;3\n")
    assert.same({ { 3, 1 }, { 4, 1 } }, made:duplicates{ 1 })
  end)

  it("that are the total of the others are found", function()
    local made = read("n;a;b\nx;1;2\ny;2;3\nall;3;5\n")
    assert.same({ 3 }, made:total_rows{ 2, 3 })
    raises("columns is empty", made.total_rows, made, {})
  end)
end)

describe("a pivot", function()
  local made = core.table(source("s;r;l;v\nA;10;X;4\nA;10;Y;1\nB;7;Y;2\n"
    .. "B;7;X;\nB;8;Y;3\n"), { kinds = { "text", "count", "text", "count" } })

  local function options(units, lists)
    return { keys = { 1 }, list = 3, votes = 4, fields = { 2 },
      units = units, lists = lists, unit_count = 2, list_count = 3 }
  end

  it("gives each unit a row and each list a column", function()
    local wide, faults, count = made:pivot(
      options({ 1, 1, 2, 2, 2 }, { 1, 2, 2, 1, 2 }))
    assert.equal(2, wide:rows())
    assert.same({ "A", "B" }, wide:texts(1))
    assert.same({ 10, 7 }, (wide:counts(2)))
    assert.same({ 4 }, (wide:counts(3)))
    assert.same({ 1, 2 }, (wide:counts(4)))
    assert.same({}, (wide:counts(5)))
    assert.equal(4, wide:line(2))
    assert.equal(2, count)
    assert.same({ code = "conflicting_field", line = 6, first_line = 4,
      index = 2, text = "8" }, faults[1])
    assert.same({ code = "repeated_list", line = 6, first_line = 4, list = 2,
      text = "3" }, faults[2])
  end)

  it("raises for numbers that do not fit", function()
    local full = { 1, 1, 2, 2, 0 }
    raises("lists%[1%]", made.pivot, made,
      options(full, { 4, 1, 1, 1, 1 }))
    raises("each of the 5 rows", made.pivot, made, options(full, { 1 }))
    raises("a unit has no row", made.pivot, made,
      options({ 1, 1, 1, 1, 1 }, { 1, 2, 0, 0, 0 }))
  end)
end)

describe("JSON", function()
  it("becomes tables, and a null an absent key", function()
    assert.same({ a = { 1, -2, 2.5, "Š", true, false }, c = {} },
      (core.json("{\"a\":[1,-2,2.5,\"\\u0160\",true,false],\"b\":null,"
        .. "\"c\":{}}")))
    assert.equal(("%d"):format(EXACT),
      ("%d"):format(core.json("9007199254740991")))
  end)

  it("is refused with the place of what is wrong", function()
    local value, fault = core.json("{\n  \"a\": 1,\n  \"a\": 2 }")
    assert.is_nil(value)
    assert.same({ code = "bad_json", message = "a key that stands twice",
      line = 3, column = 3, text = "\"a\"" }, fault)
    assert.equal("9007199254740992",
      select(2, core.json("[9007199254740992]")).text)
    assert.equal("bad_json", select(2, core.json("[1] 2")).code)
    assert.equal("bad_json", select(2, core.json("[null]")).code)
  end)
end)

describe("real files", function()
  local function load(path, texts)
    local file = io.open(path)
    if not file then pending(path .. " is absent") end
    file:close()
    local made = assert(core.source{ path = path })
    local headings, at, kinds = core.headings(made), {}, {}
    for i, name in ipairs(headings) do
      at[name], kinds[i] = i, texts[name] and "text" or "count"
    end
    local found, faults, count = core.table(made, { kinds = kinds })
    assert.same({}, faults)
    assert.equal(0, count)
    return found, at
  end

  it("Serbia 2020 adds up to 6,584,376 registered voters", function()
    -- National Assembly, 21 June 2020 with repeats: official totals
    local found, at = load("../shared/data/serbia2020.csv.gz",
      { okrug_name = true, opstina_name = true, bm = true })
    assert.equal(8433, found:rows())
    assert.same({ 6584376, 3221908, 3218763 },
      (found:sums{ at.registered, at.voted, at.in_box }))
    assert.same({}, found:duplicates{ at.okrug_name, at.opstina_name, at.bm })
    assert.same({}, found:total_rows{ at.registered, at.voted })
  end)

  it("Poland 2019 has 27,409 stations without a fault", function()
    local found = load("../shared/data/poland2019.csv.gz", { gmina = true,
      typ_obszaru = true, typ_obwodu = true, wojewodztwo = true })
    assert.equal(27409, found:rows())
  end)
end)
