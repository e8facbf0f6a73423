local urna = require "urna"

local function contest(more)
  local made = { keys = { "town", "no" }, columns = { registered_voters =
    "reg" }, lists = { { key = "A", minority = false },
    { key = "B", minority = false } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local function read(rows, options)
  local given = { contest = contest() }
  for key, value in pairs(options or {}) do given[key] = value end
  return urna.read({ text = "town,no,reg,A,B\n" .. rows }, given)
end

local function refused(rows, options)
  local results, err = read(rows, options)
  assert.is_nil(results)
  return { err.code, err.line, err.column, err.field, err.text }, err
end

local STATIONS = "x,1,10,1,2\nx,2,20,3,4\n"

describe("two rows of one unit", function()
  it("are refused with both lines, however equal they are", function()
    local found, err = refused("x,1,10,1,2\ny,1,3,1,1\nx,1,10,1,2\n")
    assert.same({ "duplicate_unit", 4, 3, "no", "x/1" }, found)
    assert.matches("on line 2 and on line 4", err.items[1].message)
  end)

  it("are found on the lines where their records begin", function()
    local _, err = refused("\"x\ny\",1,10,1,2\n\"x\ny\",1,10,1,2\n")
    -- the records begin on lines 2 and 4; the key `1` stands on line 5
    assert.matches("on line 2 and on line 4", err.items[1].message)
    assert.same({ 5, 4 }, { err.line, err.column })
  end)

  it("are one only if every key is equal byte for byte", function()
    assert.equal(5, #assert(read("x,1,1,1,1\nx,01,1,1,1\nX,1,1,1,1\n"
      .. ",1,1,1,1\nx,,1,1,1\n")).units)
    assert.equal("duplicate_unit", refused("x,,1,1,1\nx,,1,1,1\n")[1])
  end)

  it("with the border between keys elsewhere are two units", function()
    assert.equal(2, #assert(read("a/b,c,1,1,1\na,b/c,1,1,1\n")).units)
  end)
end)

describe("a total among the stations", function()
  it("is refused by its key in many languages and scripts", function()
    for _, word in ipairs { "Ukupno", "УКУПНО", "Укупно:", "Total", "TOTALS",
      "Svega", "Zbir", "Összesen", "ÖSSZESEN", "Razem", "OGÓŁEM", "Celkem",
      "Вкупно", "ВСЕГО", "Итого", "ОБЩО", "Gesamt", " Summe ", "Gjithsej" } do
      assert.same({ "total_row", 4, 1, "town", word },
        (refused(STATIONS .. word .. ",,30,4,6\n")), word)
      assert.same({ "total_row", 4, 3, "no", word },
        (refused(STATIONS .. "x," .. word .. ",30,4,6\n")), word)
    end
  end)

  it("is no station whose name only holds such a word", function()
    assert.truthy(read(STATIONS .. "Totalj,1,30,1,1\nUkupno selo,1,5,1,1\n"))
  end)

  it("is refused where every count is the sum of all others", function()
    local found, err = refused(STATIONS .. "all,0,30,4,6\n")
    assert.same({ "total_row", 4 }, { found[1], found[2] })
    assert.matches("sum of all other rows", err.items[1].message)
    -- one count differs: a station
    assert.truthy(read(STATIONS .. "all,0,30,4,7\n"))
  end)

  it("is no row of zeros, and needs two others to be the sum of", function()
    assert.truthy(read("x,1,0,0,0\nx,2,0,0,0\nx,3,0,0,0\n"))
    assert.truthy(read("x,1,1,1,1\nx,2,1,1,1\n"))
    assert.truthy(read("x,1,,,\nx,2,,,\nx,3,,,\n"))
  end)

  it("is compared with the sum and set aside where told to verify", function()
    local results = assert(read(STATIONS .. "Ukupno,,30,4,6\n",
      { total_rows = "verify" }))
    local total = results:total()
    assert.same({ A = 4, B = 6 }, total.votes)
    assert.same({ 2, 2, 2 }, { #results.units, total.reported,
      total.expected })
    assert.truthy(read(STATIONS .. "all,0,30,4,6\n",
      { total_rows = "verify" }))
  end)

  it("is verified against the records that share the keys above it", function()
    -- x: 10 + 20, 1 + 3, 2 + 4; all: and 5, 6, 7 of y
    local text = STATIONS .. "x,Svega,30,4,6\ny,1,5,6,7\ny,Svega,5,6,7\n"
      .. "Ukupno,,35,10,13\n"
    assert.same({ A = 10, B = 13 },
      assert(read(text, { total_rows = "verify" })):total().votes)
    local found = refused(text:gsub("x,Svega,30", "x,Svega,31"),
      { total_rows = "verify" })
    assert.same({ "total_differs", 4, 9, "registered_voters", "31" }, found)
  end)

  it("that is wrong is refused with both numbers", function()
    local found, err = refused(STATIONS .. "Ukupno,,30,5,7\n",
      { total_rows = "verify" })
    -- "Ukupno,," is 8 bytes, "30," three more
    assert.same({ "total_differs", 4, 12, "A", "5" }, found)
    assert.matches("says 5, its records add up to 4", err.items[1].message)
    assert.matches("says 7, its records add up to 6", err.items[2].message)
  end)

  it("is not called a unit that stands twice too", function()
    local _, err = refused(STATIONS .. "Ukupno,,30,4,6\nUkupno,,30,4,6\n")
    assert.same({ 2, "total_row", "total_row" },
      { err.count, err.items[1].code, err.items[2].code })
  end)

  it("that leaves a number out is compared in the others", function()
    assert.truthy(read(STATIONS .. "Ukupno,,,4,6\n",
      { total_rows = "verify" }))
  end)

  it("is a record like others where told to keep", function()
    local results = assert(read(STATIONS .. "Ukupno,,30,4,6\n",
      { total_rows = "keep" }))
    assert.same({ A = 8, B = 12 }, results:total().votes)
  end)
end)

describe("bad records that are kept", function()
  local function keep(rows, more)
    local results = assert(read(rows, { bad = "keep",
      contest = contest(more) }))
    return results, results:total()
  end

  it("leave their units out of the sums but not of those expected", function()
    local results, total = keep("x,1,10,1,2\nx,2,20,z,4\nx,3,5,1\n")
    assert.same({ A = 1, B = 2 }, total.votes)
    -- x/2 is known by its keys, the ragged row by its line alone
    assert.same({ 1, 3 }, { total.reported, total.expected })
    assert.same({ "not_a_count", 3, 8, "A", "z" }, { results.bad[1].code,
      results.bad[1].line, results.bad[1].column, results.bad[1].field,
      results.bad[1].text })
    assert.same({ "x", "2" }, results.bad[1].path)
    assert.same({ "ragged_row", 4 },
      { results.bad[2].code, results.bad[2].line })
    assert.is_nil(results.bad[2].path)
  end)

  it("are all there, also beyond a hundred", function()
    local rows = { "good,1,1,1,1" }
    for i = 1, 150 do rows[i + 1] = ("x,%d,1,z,1"):format(i) end
    local results, total = keep(table.concat(rows, "\n"))
    assert.same({ 150, 1, 151 },
      { #results.bad, total.reported, total.expected })
  end)

  it("are one each, with all the faults of the record inside", function()
    local results, total = keep("x,1,q,1,z\nx,2,20,3,4\n")
    assert.same({ 1, 2 }, { #results.bad, #results.bad[1].items })
    assert.same({ 5, 9 }, { results.bad[1].items[1].column,
      results.bad[1].items[2].column })
    assert.equal(2, total.expected)
  end)

  it("take all rows of a unit with them, and count it once", function()
    local results, total = keep("x,1,10,1,2\nx,2,20,3,4\nx,1,10,1,2\n"
      .. "x,1,10,1,2\n")
    assert.same({ A = 3, B = 4 }, total.votes)
    assert.same({ 3, 1, 2 }, { #results.bad, total.reported, total.expected })
    local lines = {}
    for i, err in ipairs(results.bad) do lines[i] = err.line end
    assert.same({ 2, 4, 5 }, lines)
  end)

  it("take a good row of the same unit with them", function()
    local results, total = keep("x,1,10,1,2\nx,2,20,3,4\nx,1,z,1,2\n")
    assert.same({ A = 3, B = 4 }, total.votes)
    assert.same({ 2, 1, 2 }, { #results.bad, total.reported, total.expected })
    assert.matches("line 4 too", results.bad[1].message)
  end)

  it("are in the order of the file", function()
    local results = keep("x,1,10,1,2\nx,1,10,1,2\ny,1,z,1,2\nUkupno,,1,1,1\n")
    local codes = {}
    for i, err in ipairs(results.bad) do codes[i] = err.code end
    assert.same({ "duplicate_unit", "duplicate_unit", "not_a_count",
      "total_row" }, codes)
  end)

  it("are no units where they are totals", function()
    local _, total = keep(STATIONS .. "Ukupno,,30,4,6\n")
    assert.same({ 2, 2 }, { total.reported, total.expected })
    local results = assert(read(STATIONS .. "Ukupno,,30,5,7\n",
      { bad = "keep", total_rows = "verify" }))
    assert.same({ 1, 2 }, { #results.bad, results:total().expected })
  end)

  it("never raise what the contest expects", function()
    local _, total = keep("x,1,10,1,2\nx,2,20,z,4\n", { units_expected = 7 })
    assert.equal(7, total.expected)
  end)

  it("make nothing final, and the headline says so", function()
    local final = { rule = "rs/local", date = "2024-06-02", seats = 3,
      count_status = "final", columns = { ballots_in_box = "reg" } }
    local whole = assert(urna.apportion((keep("x,1,130,90,40\n", final))))
    assert.same({ "final", 0 }, { whole.count_status, whole.units.bad })
    local results = keep("x,1,130,90,40\nx,2,9,5,z\n", final)
    local outcome = assert(urna.apportion(results))
    assert.same({ "preliminary", 1, 1, 2 }, { outcome.count_status,
      outcome.units.bad, outcome.units.reported, outcome.units.expected })
    local text = assert(urna.report(results, { format = "text" }))
    assert.matches("1 of 2 records", text)
    assert.matches("Count status: preliminary", text)
  end)
end)
