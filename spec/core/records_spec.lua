local core = require "urna.native"
local expression = require "urna.expression"

-- One key column and two of counts.
local function columns(rows)
  local values = { {}, {}, {} }
  for i, row in ipairs(rows) do
    for k = 1, 3 do values[k][i] = row[k] end
  end
  return assert(core.columns(#rows, { kinds = { "text", "count", "count" },
    values = values }))
end

local function program(text)
  return assert(expression.program(assert(expression.compile(text)),
    { a = 1, b = 2 }))
end

local function test(rows, tests, whens, when_of, more)
  local programs, limits, most = {}, {}, {}
  for i, text in ipairs(tests) do programs[i], most[i] = program(text), 99 end
  for i, text in ipairs(whens) do limits[i] = program(text) end
  return core.records_test(columns(rows), { columns = { 2, 3 },
    tests = programs, whens = limits, when_of = when_of,
    most_of = more and more.most_of or most, rows = more and more.rows })
end

local ROWS = { { "x", 1, 2 }, { "x", 2, 1 }, { "y", 3, nil }, { "y", 5, 1 } }

describe("formulas over records", function()
  it("tell for each test where it fails, and what is not known", function()
    local found = test(ROWS, { "a <= b", "b >= 0" }, { "a < 5" }, { 1, 0 })
    assert.same({ units = { 2 }, left = { 2 }, right = { 1 }, fired = 1,
      unknown = 1 }, found[1])
    assert.same({ units = {}, left = {}, right = {}, fired = 0,
      unknown = 1 }, found[2])
  end)

  it("count all and tell the first of them", function()
    local found = test(ROWS, { "a <= b" }, {}, { 0 }, { most_of = { 1 } })
    assert.same({ { 2 }, 2 }, { found[1].units, found[1].fired })
  end)

  it("number the units in the selection", function()
    local found = test(ROWS, { "a <= b" }, {}, { 0 }, { rows = { 4, 1, 2 } })
    assert.same({ 1, 3 }, found[1].units)
    assert.same({ 5, 2 }, found[1].left)
  end)

  it("are refused beyond 2^53 - 1, with the line", function()
    local found, fault = test({ { "x", 1, 1 }, { "x", 9007199254740991, 1 } },
      { "a + b > 0" }, {}, { 0 })
    assert.is_nil(found)
    assert.same({ "beyond_exact", 2 }, { fault.code, fault.line })
  end)

  it("are of these columns and of as many limits", function()
    assert.has_error(function()
      test(ROWS, { "a <= b" }, {}, {})
    end)
    assert.has_error(function()
      test(ROWS, { "a <= b" }, {}, { 1 })
    end)
    assert.has_error(function()
      core.records_test(columns(ROWS), { columns = { 1 }, tests = {},
        whens = {}, when_of = {}, most_of = {} })
    end)
  end)
end)

describe("how much of records is given", function()
  it("is told in three arrays", function()
    local partial, blank, zero = core.records_state(columns { { "x", 1, nil },
      { "x", nil, nil }, { "x", 0, 0 }, { "x", 0, 1 } },
      { columns = { 2, 3 } })
    assert.same({ { 1 }, { 2 }, { 3 } }, { partial, blank, zero })
  end)
end)

describe("the list that leads", function()
  it("is told where it has the share of the votes, of enough of them",
    function()
      local rows = columns { { "x", 95, 5 }, { "x", 6, 94 }, { "x", 9, 0 },
        { "x", 0, 10 }, { "x", nil, 99 } }
      local units, lists, votes, all, unknown = core.records_leaders(rows,
        { lists = { 2, 3 }, num = 95, den = 100, least = 10 })
      assert.same({ { 1, 4 }, { 1, 2 }, { 95, 10 }, { 100, 10 }, 1 },
        { units, lists, votes, all, unknown })
      assert.has_error(function()
        core.records_leaders(rows, { lists = { 2 }, num = 1, den = 0 })
      end)
    end)
end)

describe("peers", function()
  it("are grouped by their texts", function()
    local peers = core.peers(columns(ROWS), { keys = { 1 } })
    assert.same({ 2, { 1, 3 } }, { peers:groups(), peers:firsts() })
    peers:close()
  end)

  it("know no other table", function()
    local peers = core.peers(columns(ROWS), { keys = { 1 } })
    local other = columns { { "x", 1, 2 } }
    assert.has_error(function() peers:zeros(other, { 2, 3 }, 1) end)
    assert.has_error(function()
      peers:equals(columns(ROWS), { 1 }, { 2 }, 1)
    end)
  end)

  it("count ends in 0 or 5 where any digit may come", function()
    local rows = columns { { "x", 50, 50 }, { "y", 50, 50 }, { "x", 51, 49 },
      { "x", 3, 97 } }
    local peers = core.peers(rows, { keys = { 1 } })
    -- of 100: 50 and 51 have a variance of 25, 3 has one of 2.91
    assert.same({ { 2, 1 }, { 1, 1 } },
      { peers:ends(rows, { 2 }, { 2, 3 }, 16) })
    assert.has_error(function() peers:ends(rows, { 1 }, { 2 }, 16) end)
  end)

  it("take values that are whole and known, or false", function()
    local rows, values = columns(ROWS), { 1, 2, false, 2 }
    local peers = core.peers(rows, { keys = {} })
    local function move(value)
      values[1] = value
      return peers:moves(rows, { values = values, sizes = { 9, 9, 9, 9 },
        rates = { 0, 0, 0, 0 } }, 400, 3)
    end
    assert.same({}, (move(1)))
    for _, value in ipairs { 1.5, 2000001, "1", 0 / 0 } do
      if type(value) == "number" then
        assert.has_error(function() move(value) end)
      else
        assert.same({}, (move(value))) -- not known
      end
    end
    assert.has_error(function()
      peers:outliers(rows, { 2 }, { 3 }, 1000001, 1)
    end)
  end)
end)
