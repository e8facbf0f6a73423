local urna = require "urna"

local CONTEST = { keys = { "region", "town", "no" }, columns = {
  registered_voters = "reg", ballots_in_box = "box" },
  lists = { { key = "A" }, { key = "B", column = "L2" } } }

local TEXT = table.concat({
  "region,town,no,reg,box,A,L2",
  "South,Niš,1,100,50,20,30",
  "South,Niš,2,200,,40,50",
  "South,Čukarica,1,300,60,20,40",
  "North,Суботица,1,400,70,,30",
  "North,Sombor,1,500,80,30,50",
}, "\n")

local function read(text, options)
  local given = { contest = CONTEST }
  for key, value in pairs(options or {}) do given[key] = value end
  return assert(urna.read({ text = text or TEXT }, given))
end

local function one_field(name, more)
  local contest = { keys = { "p" }, columns = { [name] = "f" },
    lists = { { key = "A" } } }
  for key, value in pairs(more or {}) do contest[key] = value end
  return contest
end

local function raises(pattern, call, ...)
  local done, message = pcall(call, ...)
  assert.is_false(done)
  assert.matches(pattern, message)
end

local function by_key(groups)
  local found = {}
  for _, group in ipairs(groups) do found[group.key] = group end
  return found
end

local function keys_of(units)
  local keys = {}
  for i, unit in ipairs(units) do keys[i] = unit.key end
  return keys
end

describe("a total", function()
  it("is over the units that report every list", function()
    local total = read():total()
    -- Суботица lacks A: 20 + 40 + 20 + 30 and 30 + 50 + 40 + 50
    assert.same({ A = 110, B = 170 }, total.votes)
    assert.same({ 4, 5, "" }, { total.reported, total.expected, total.key })
  end)

  it("has no sum of a field that a reporting unit lacks", function()
    local total = read():total()
    -- 100 + 200 + 300 + 500; Niš/2 has no box
    assert.same({ registered_voters = 1100 }, total.fields)
    assert.same({ ballots_in_box = 1 }, total.missing)
  end)

  it("ranks the lists, equal ones in ballot order", function()
    assert.same({ { key = "B", votes = 170 }, { key = "A", votes = 110 } },
      read():total().ranking)
    local equal = read("region,town,no,reg,box,A,L2\nx,y,1,1,1,7,7\n")
    assert.equal("A", equal:total().ranking[1].key)
  end)

  it("of nothing reported is nil, not 0", function()
    local total = read("region,town,no,reg,box,A,L2\nx,y,1,9,9,7,\n"):total()
    assert.same({ {}, {}, 0, 1 }, { total.votes, total.fields,
      total.reported, total.expected })
  end)

  it("expects what the contest says, if that is more", function()
    local contest = one_field("valid_ballots", { units_expected = 3 })
    local text = "p,f,A\nx,1,1\ny,1,1\n"
    assert.equal(3, read(text, { contest = contest }):total().expected)
    contest.units_expected = 1
    local found, err = urna.read({ text = text }, { contest = contest })
    assert.is_nil(found)
    assert.equal("too_many_units", err.code)
    assert.matches("the contest expects 1 units, the file has 2", err.message)
  end)

  it("is exact up to 2^53 - 1 and an error beyond, never rounded", function()
    local contest = one_field("valid_ballots")
    local function total(a, b)
      return read(("p,f,A\nx,1,%s\ny,1,%s\n"):format(a, b),
        { contest = contest }):total()
    end
    assert.equal("9007199254740991",
      ("%d"):format(total("9007199254740990", "1").votes.A))
    local group, err = total("9007199254740991", "1")
    assert.is_nil(group)
    assert.same({ "beyond_exact", "A", "9007199254740992" },
      { err.code, err.field, err.text })
    -- 2^53 + 1, which no double holds
    err = select(2, total("9007199254740991", "2"))
    assert.equal("9007199254740993", err.text)
    err = select(2, total("9223372036854775807", "1"))
    assert.same({ "sum_overflow", "A" }, { err.code, err.field })
  end)

  it("beyond 2^53 - 1 is an error of each who asks for it", function()
    local results = read("p,f,A\nx,9007199254740991,1\ny,9007199254740991,1\n",
      { contest = one_field("valid_ballots") })
    assert.equal(2, #results:sum { by = "p" })
    local groups, err = results:sum()
    assert.is_nil(groups)
    assert.same({ "beyond_exact", "valid_ballots" }, { err.code, err.field })
    groups, err = results:sum { where = { p = { "x", "y" } } }
    assert.is_nil(groups)
    assert.equal("beyond_exact", err.code)
  end)
end)

describe("sums", function()
  it("by a key are sorted bytewise and know what is expected", function()
    local groups = read():sum { by = "town" }
    local keys = keys_of(groups)
    -- in UTF-8 Č (C4) comes after S (53), С (D0) after that
    assert.same({ "Niš", "Sombor", "Čukarica", "Суботица" }, keys)
    assert.same({ A = 60, B = 80 }, groups[1].votes)
    assert.same({ 2, 2 }, { groups[1].reported, groups[1].expected })
    assert.same({ 0, 1, {} },
      { groups[4].reported, groups[4].expected, groups[4].votes })
  end)

  it("by several keys join them and keep each", function()
    local group = by_key(read():sum { by = { "region", "town" } })["South/Niš"]
    assert.same({ "South", "Niš" }, group.keys)
    assert.same({ A = 60, B = 80 }, group.votes)
  end)

  it("where keys are as named count only those", function()
    local groups = read():sum { where = { region = "South", no = "1" } }
    assert.equal(1, #groups)
    assert.same({ "", 2, 2, 40, 70 }, { groups[1].key, groups[1].reported,
      groups[1].expected, groups[1].votes.A, groups[1].votes.B })
    groups = read():sum { by = "region",
      where = { town = { "Niš", "Sombor" } } }
    assert.same({ "North", "South" }, keys_of(groups))
    assert.equal(60, groups[2].votes.A)
  end)

  it("where keys are as named in another script and case count too",
    function()
      -- Niš 1 and 2: 20 + 40; Суботица reports no A
      local groups = read():sum { where = { town = { " nis", "SUBOTICA" } } }
      assert.same({ 2, 3, 60 }, { groups[1].reported, groups[1].expected,
        groups[1].votes.A })
    end)

  it("where nothing is as named are an error with the nearest value",
    function()
      local groups, err = read():sum { where = { town = { "Niš", "Somber" } } }
      assert.is_nil(groups)
      assert.same({ "unknown_place", "town", "Somber" },
        { err.code, err.field, err.text })
      assert.matches("did you mean Sombor%?", err.message)
      groups, err = read():sum { by = "no", where = { town = "Sombor",
        region = "South" } }
      assert.is_nil(groups)
      assert.equal("no unit has region = South and town = Sombor", err.message)
      local part
      part, err = read():only { town = "Paris" }
      assert.is_nil(part)
      assert.equal("unknown_place", err.code)
    end)

  it("with a where or a by of the wrong type raise where they were called",
    function()
      for message, options in pairs {
        ["where is a table from key columns"] = { where = "x" },
        ["where.no must be a text"] = { where = { no = 1 } },
        ["`by` is a key column"] = { by = 5 } } do
        raises("results_spec.lua:%d+: " .. message, function()
          local groups = read():sum(options)
          return groups
        end)
      end
    end)

  it("by the empty key are a group of its own", function()
    local groups = read("region,town,no,reg,box,A,L2\n,t,1,1,1,5,6\n"
      .. "x,t,1,1,1,7,8\n"):sum { by = "region" }
    assert.same({ "", "x" }, keys_of(groups))
    assert.equal(5, groups[1].votes.A)
  end)

  it("expect the units whose records were kept out", function()
    local groups = by_key(read(TEXT .. "\nSouth,Niš,3,1,1,z,1\n",
      { bad = "keep" }):sum { by = "town" })
    assert.same({ 2, 3 }, { groups["Niš"].reported, groups["Niš"].expected })
  end)

  it("by what is no key raise with the keys there are", function()
    raises("no key column \"twn\"", read().sum, read(), { by = "twn" })
    raises("did you mean \"town\"", read().sum, read(), { by = "Town" })
    raises("region, town, no", read().sum, read(), { where = { x = "1" } })
  end)
end)

describe("a column", function()
  it("is found by field, heading, list's key or column, or key", function()
    local results = read()
    assert.same({ 100, 200, 300, 400, 500 },
      (results:column("registered_voters")))
    assert.same({ 50, nil, 60, 70, 80 }, (results:column("box")))
    assert.same({ 30, 50, 40, 30, 50 }, (results:column("B")))
    assert.same({ 30, 50, 40, 30, 50 }, (results:column("L2")))
    assert.same({ "1", "2", "1", "1", "1" }, (results:column("no")))
    assert.equal(5, select(2, results:column("A")))
  end)

  it("that is not there raises", function()
    raises("no column \"C\"", read().column, read(), "C")
    assert.is_true(read():has("box"))
    assert.is_false(read():has("valid_ballots"))
  end)

  it("with a number beyond 2^53 - 1 is an error with its line", function()
    local values, err = read("p,f,A\nx,1,1\ny,1,9007199254740992\n",
      { contest = one_field("valid_ballots") }):column("A")
    assert.is_nil(values)
    assert.same({ "beyond_exact", 3, "A", "9007199254740992" },
      { err.code, err.line, err.field, err.text })
  end)
end)

describe("a place", function()
  it("is found by any suffix of its path, whole keys only", function()
    local results = read()
    assert.equal("South/Niš/2", assert(results:find("South/Niš/2")).key)
    assert.equal("South/Niš/2", assert(results:find("Niš/2")).key)
    assert.equal("South/Niš/2", assert(results:find("2")).key)
    assert.equal("unknown_place", select(2, results:find("iš/2")).code)
    assert.equal("unknown_place", select(2, results:find("South/Niš")).code)
    assert.equal("unknown_place", select(2, results:find("")).code)
  end)

  it("that there is none of has the nearest beside it", function()
    local results = read()
    local function near(place)
      local message = select(2, results:find(place)).message
      return message:match("did you mean \"(.-)\"")
    end
    assert.equal("South/Čukarica/1", near("cukrica/1"))
    assert.equal("South/Čukarica/1", near("Чукарица/01"))
    assert.equal("South/Niš/2", near("Nis/22"))
    assert.is_nil(near("Nowhere/99"))
    assert.is_nil(near(""))
  end)

  it("is found across Cyrillic, Latin, ASCII, case and spaces", function()
    local results = read()
    for _, name in ipairs { "Čukarica/1", "Чукарица/1", "cukarica/1",
      "CUKARICA / 1", " ЧУКАРИЦА/1 ", "C\204\140ukarica/1" } do
      assert.equal("South/Čukarica/1", assert(results:find(name)).key)
    end
    assert.equal("North/Суботица/1", assert(results:find("subotica/1")).key)
  end)

  it("that may be several is an error with the candidates", function()
    local unit, err = read():find("1")
    assert.is_nil(unit)
    assert.same({ "ambiguous_place", "1" }, { err.code, err.text })
    assert.matches("4 units: South/Niš/1; South/Čukarica/1", err.message)
  end)

  it("has its path, its source and its line", function()
    local unit = read():find("Niš/2")
    assert.same({ { "South", "Niš", "2" }, "(text)", 3 },
      { unit.path, unit.source, unit.line })
  end)

  it("must be a text", function()
    raises("a place is a text", read().find, read(), 57)
  end)
end)

describe("a part of the results", function()
  it("without some places has the others", function()
    local rest = assert(read():without { "nis/1", "Sombor/1" })
    assert.same({ "South/Niš/2", "South/Čukarica/1", "North/Суботица/1" },
      keys_of(rest.units))
    -- 40 + 20, 50 + 40
    assert.same({ A = 60, B = 90 }, rest:total().votes)
    assert.equal(5, #read().units)
  end)

  it("is left out by units too, and again from a part", function()
    local results = read()
    local rest = assert(results:without { results.units[1] })
    rest = assert(rest:without { rest.units[1] })
    assert.equal("South/Čukarica/1", rest.units[1].key)
    assert.equal("unknown_place", select(2, rest:find("Niš/1")).code)
  end)

  it("is left out by units of these results alone", function()
    local other = read("region,town,no,reg,box,A,L2\nx,y,1,1,1,1,1\n")
    local rest, err = read():without { other.units[1] }
    assert.is_nil(rest)
    assert.same({ "unknown_place", "x/y/1" }, { err.code, err.text })
    rest, err = other:without { read().units[5] }
    assert.is_nil(rest)
    assert.equal("unknown_place", err.code)
  end)

  it("is asked for by an array, not by a text or a number", function()
    raises("takes an array", read().without, read(), "nis/1")
    raises("a place is a text", read().without, read(), { 5 })
    raises("takes a table of keys", read().only, read())
    raises("takes a table", read().split, read())
    raises("takes a table", read().sum, read(), "town")
    raises("no option \"bye\"", read().sum, read(), { bye = "town" })
  end)

  it("is not made for a place that is unknown or ambiguous", function()
    local rest, err = read():without { "Niš/2", "Niš/9" }
    assert.is_nil(rest)
    assert.equal("unknown_place", err.code)
    assert.equal("ambiguous_place", select(2, read():without { "1" }).code)
  end)

  it("with only some keys expects only theirs", function()
    local part = read(TEXT .. "\nSouth,Niš,3,1,1,z,1\nNorth,X,3,1,1,z,1\n",
      { bad = "keep" }):only { region = "South" }
    local total = part:total()
    assert.same({ 3, 4, 1 }, { total.reported, total.expected, #part.bad })
    assert.same({ 80, 120 }, { total.votes.A, total.votes.B })
  end)

  it("does not expect all the units of the contest", function()
    local contest = one_field("valid_ballots", { units_expected = 30 })
    local whole = read("p,f,A\nx,1,1\ny,1,1\n", { contest = contest })
    assert.equal(30, whole:total().expected)
    assert.equal(1, whole:only({ p = "x" }):total().expected)
  end)

  it("by the value of a key is one of its own", function()
    local parts = read():split { by = "region" }
    assert.same({ "North", "South" }, keys_of(parts))
    assert.same({ A = 80, B = 120 }, parts[2]:total().votes)
    assert.same({ 1, 2 }, { parts[1]:total().reported,
      parts[1]:total().expected })
    local south = parts[2]:split { by = { "town", "no" } }
    assert.same({ "Niš/1", "Niš/2", "Čukarica/1" }, keys_of(south))
  end)
end)

describe("results that are written", function()
  local function written(results)
    local path = os.tmpname()
    assert(results:write(path))
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    os.remove(path)
    return text
  end

  it("are wide CSV with the contest's own headings", function()
    local text = "region,town,no,reg,box,A,L2\n"
      .. "\"a, \"\"b\"\"\",\"c\nd\",007,5,,3,\n"
    -- fields in the order of their names: ballots_in_box, registered_voters
    assert.equal("region,town,no,box,reg,A,L2\n"
      .. "\"a, \"\"b\"\"\",\"c\nd\",007,,5,3,\n", written(read(text)))
  end)

  it("are read again as they were, cell by cell", function()
    local results = read()
    local again = read(written(results))
    assert.same(keys_of(results.units), keys_of(again.units))
    for _, name in ipairs { "reg", "box", "A", "B" } do
      assert.same((results:column(name)), (again:column(name)))
    end
  end)

  -- The text as it is written and what that is read as, both by one contest.
  local function both(text, contest, options)
    local results = assert(urna.read({ text = text }, { contest = contest }))
    local again = written(results)
    return again, urna.read({ text = again },
      { contest = options and options.contest or contest,
        encoding = options and options.encoding })
  end

  it("have the delimiter of the contest, which reads them", function()
    local contest = { keys = { "p" }, delimiter = ";", thousands = ".",
      lists = { { key = "A,1" }, { key = "B" } } }
    local text, again = both("p;A,1;B\n\"x;y\";1.000;2\n\"a,b\";3;4\n",
      contest)
    assert.equal("p;\"A,1\";B\n\"x;y\";1000;2\na,b;3;4\n", text)
    assert.same({ "x;y", "a,b" }, keys_of(assert(again).units))
    assert.same({ 1000, 3 }, (again:column("A,1")))
  end)

  it("have headings of which the delimiter is found", function()
    local text, again = both("p;\"a|b|c|d\";B\nx;1;2\n",
      { keys = { "p" }, lists = { { key = "a|b|c|d" }, { key = "B" } } })
    assert.equal("p,\"a|b|c|d\",B\nx,1,2\n", text)
    assert.same({ 2 }, (assert(again):column("B")))
  end)

  it("are UTF-8, which is to be said where the contest says otherwise",
    function()
      local contest = { keys = { "p" }, encoding = "cp1250",
        lists = { { key = "A" } } }
      local text, again = both("p,A\n\138abac,1\n", contest,
        { encoding = "utf-8" })
      assert.equal("p,A\nŠabac,1\n", text)
      assert.equal("Šabac", assert(again).units[1].key)
      local _, refused, err = both("p,A\n\138abac,1\n", contest)
      assert.is_nil(refused)
      assert.equal("bad_text", err.code)
    end)

  it("are wide where they were long, for a contest without their columns",
    function()
      local long = { keys = { "p" }, columns = { list = "l", votes = "v",
        registered_voters = "r" } }
      local wide = { keys = { "p" }, columns = { registered_voters = "r" },
        lists = { { key = "A" }, { key = "B" } } }
      local text, again = both("p,r,l,v\nx,9,A,1\nx,9,B,2\ny,8,B,3\n", long,
        { contest = wide })
      assert.equal("p,r,A,B\nx,9,1,2\ny,8,,3\n", text)
      assert.same({ 2, 3 }, (assert(again):column("B")))
      local _, refused, err = both("p,r,l,v\nx,9,A,1\n", long)
      assert.is_nil(refused)
      assert.equal("missing_heading", err.code)
    end)

  it("have a column once that is two fields", function()
    local text, again = both("p,voted,A\nx,5,1\n", { keys = { "p" },
      columns = { voters_signed = "voted", ballots_in_box = "voted" },
      lists = { { key = "A" } } })
    assert.equal("p,voted,A\nx,5,1\n", text)
    assert.same({ 5 }, (assert(again):column("voters_signed")))
  end)

  it("are only the part that is there", function()
    assert.equal("region,town,no,box,reg,A,L2\nNorth,Sombor,1,80,500,30,50\n",
      written(read():only { town = "Sombor" }))
  end)

  it("are not written with a number that Lua would round", function()
    local path = os.tmpname()
    local done, err = read("p,f,A\nx,1,9007199254740993\n",
      { contest = one_field("valid_ballots") }):write(path)
    local file = assert(io.open(path, "rb"))
    local left = file:read("*a")
    file:close()
    os.remove(path)
    assert.is_nil(done)
    assert.same({ "beyond_exact", "" }, { err.code, left })
  end)

  it("go nowhere where nothing can be written", function()
    local done, err = read():write("no/such/folder/x.csv")
    assert.is_nil(done)
    assert.same({ "cannot_write", "no/such/folder/x.csv" },
      { err.code, err.file })
  end)
end)

describe("results known only as totals", function()
  it("say that they have no records", function()
    local results = assert(urna.election("belgrade-2024"))
    for _, verb in ipairs { "column", "find", "without", "split", "write" } do
      local found, err = results[verb](results, "SNS")
      assert.is_nil(found)
      assert.equal("no_records", err.code)
    end
    assert.equal("no_records", select(2, results:sum { by = "town" }).code)
    assert.equal(results:total().votes.SNS, results:sum()[1].votes.SNS)
  end)
end)
