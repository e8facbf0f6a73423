local urna = require "urna"

local function contest(more)
  local made = { keys = { "town", "no" }, columns = { list = "list",
    votes = "votes", registered_voters = "reg" },
    lists = { { key = "A" }, { key = "B", name = "List B" } } }
  for key, value in pairs(more or {}) do made[key] = value end
  return made
end

local HEAD = "town,no,list,votes,reg\n"

local function read(rows, options)
  local given = { contest = contest() }
  for key, value in pairs(options or {}) do given[key] = value end
  return urna.read({ text = HEAD .. rows }, given)
end

local function refused(rows, options)
  local results, err = read(rows, options)
  assert.is_nil(results)
  return { err.code, err.line, err.column, err.field, err.text }, err
end

local function keys_of(lists)
  local keys = {}
  for i, list in ipairs(lists) do keys[i] = list.key end
  return keys
end

describe("long records", function()
  it("become a unit each, at the line of its first row", function()
    local results = assert(read("Niš,1,A,3,10\nNiš,2,B,4,20\nNiš,1,B,5,10\n"
      .. "Niš,2,A,6,20\n"))
    assert.equal(2, #results.units)
    assert.same({ "Niš/2", 3 }, { results.units[2].key, results.units[2].line })
    local total = results:total()
    -- A 3 + 6, B 5 + 4, registered 10 + 20: once for each unit
    assert.same({ A = 9, B = 9 }, total.votes)
    assert.same({ registered_voters = 30 }, total.fields)
  end)

  it("name a list by its key, name or column", function()
    local results = assert(read("x,1,List B,5,10\nx,1,A,3,10\n"))
    assert.same({ 5 }, (results:column("B")))
  end)

  it("without lists in the contest show them in the order they come", function()
    local bare = contest()
    bare.lists = nil
    local results = assert(read("x,1,Zora,5,10\nx,1,Ana,3,10\ny,1,Zora,1,9\n"
      .. "y,1,Ana,2,9\n", { contest = bare }))
    assert.same({ "Zora", "Ana" }, keys_of(results.lists))
    assert.is_nil(bare.lists)
  end)

  it("leave a unit not reported where a list has no row", function()
    local results = assert(read("x,1,A,3,10\nx,1,B,4,10\ny,1,A,5,20\n"))
    local total = results:total()
    assert.same({ 1, 2 }, { total.reported, total.expected })
    assert.same({ A = 3, B = 4 }, total.votes)
    assert.same({ 4, nil }, (results:column("B")))
  end)

  it("take a field from any of the unit's rows that has it", function()
    local results = assert(read("x,1,A,3,\nx,1,B,4,10\n"))
    assert.same({ 10 }, (results:column("registered_voters")))
  end)

  it("may not have a list twice for a unit", function()
    local found, err = refused("x,1,A,3,10\nx,1,B,4,10\nx,1,A,5,10\n")
    -- "x,1," is four bytes
    assert.same({ "repeated_list", 4, 5, "list", "A" }, found)
    assert.matches("on line 2", err.items[1].message)
  end)

  it("may not say two things about a field of a unit", function()
    local found, err = refused("x,1,A,3,10\nx,1,B,4,11\n")
    assert.same({ "conflicting_field", 3, 9, "reg", "11" }, found)
    assert.matches("on line 2", err.items[1].message)
  end)

  it("may not name a list that the contest lacks", function()
    local found, err = refused("x,1,A,3,10\nx,1,List C,4,10\nx,1,,4,10\n")
    assert.same({ "unknown_list", 3, 5, "list", "List C" }, found)
    assert.equal("", err.items[2].text)
  end)

  it("are refused by the place of the cell, past quoted line ends", function()
    local found = refused("x,1,A,3,10\n\"y\nz\",1,\"Q\",3,10\n")
    -- the record begins on line 3, its list stands on line 4 behind `z",1,`
    assert.same({ "unknown_list", 4, 6, "list", "Q" }, found)
  end)

  it("need keys, and a column of votes", function()
    local results, err = urna.read({ text = "list,votes\nA,1\n" }, { contest = {
      columns = { list = "list", votes = "votes" } } })
    assert.is_nil(results)
    assert.equal("bad_contest", err.code)
    assert.matches("need keys", err.message)
    err = select(2, urna.read({ text = "list,votes\nA,1\n" },
      { contest = { keys = { "list" }, columns = { list = "list" } } }))
    assert.matches("needs columns%.votes", err.message)
  end)

  it("with a bad row lose the whole unit where bad ones are kept", function()
    local function kept(rows)
      local results = assert(read(rows .. "y,1,A,5,20\ny,1,B,6,20\n",
        { bad = "keep" }))
      local total = results:total()
      assert.same({ A = 5, B = 6 }, total.votes)
      assert.same({ 1, 2, 1 }, { total.reported, total.expected,
        #results.units })
      return { results.bad[1].code, table.concat(results.bad[1].path, "/") }
    end
    assert.same({ "not_a_count", "x/1" },
      kept("x,1,A,z,10\nx,1,B,4,10\n"))
    assert.same({ "repeated_list", "x/1" },
      kept("x,1,A,3,10\nx,1,B,4,10\nx,1,A,3,10\n"))
    assert.same({ "conflicting_field", "x/1" },
      kept("x,1,A,3,10\nx,1,B,4,11\n"))
    assert.same({ "unknown_list", "x/1" },
      kept("x,1,A,3,10\nx,1,B,4,10\nx,1,C,1,10\n"))
  end)

  it("count a unit once however many of its rows are bad", function()
    local results = assert(read("x,1,A,z,10\nx,1,B,-4,10\ny,1,A,5,20\n"
      .. "y,1,B,6,20\n", { bad = "keep" }))
    assert.same({ 2, 2 }, { #results.bad, results:total().expected })
  end)

  it("expect no unit more for a row that may be anyone's", function()
    local results = assert(read("x,1,A,3,10\nx,1,B,4\ny,1,A,5,20\n"
      .. "y,1,B,6,20\n", { bad = "keep" }))
    local total = results:total()
    assert.same({ "ragged_row", 1, 2 }, { results.bad[1].code,
      total.reported, total.expected })
  end)

  it("have totals among the units like any others", function()
    local rows = "x,1,A,3,10\nx,1,B,4,10\nUkupno,,A,3,10\nUkupno,,B,4,10\n"
    assert.same({ "total_row", 4, 1, "town", "Ukupno" }, (refused(rows)))
    local results = assert(read(rows, { total_rows = "verify" }))
    assert.same({ A = 3, B = 4 }, results:total().votes)
  end)
end)
