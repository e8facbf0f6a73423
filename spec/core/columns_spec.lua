local core = require "urna.native"

local function raises(pattern, ...)
  local done, message = pcall(core.columns, ...)
  assert.is_false(done)
  assert.matches(pattern, message, 1, true)
end

describe("a table of columns", function()
  it("holds texts and counts, and nothing where nothing is reported", function()
    local made = core.columns(3, { kinds = { "text", "count", "skip" },
      values = { { "Niš", "", "a\0b" }, { 0, nil, 9007199254740991 }, {} } })
    assert.equal(3, made:rows())
    assert.same({ "Niš", "", "a\0b" }, made:texts(1))
    local counts, count = made:counts(2)
    assert.same({ 0, nil, 9007199254740991, 3 },
      { counts[1], counts[2], counts[3], count })
    assert.same({ 1, 3 }, made:reported { 2 })
    assert.equal(2, made:line(2))
  end)

  it("may have no rows at all", function()
    assert.equal(0, core.columns(0, { kinds = { "text" },
      values = { {} } }):rows())
  end)

  it("outlives what it was made of", function()
    local values = { {} }
    for i = 1, 1000 do values[1][i] = ("name %d"):format(i) end
    local made = core.columns(1000, { kinds = { "text" }, values = values })
    values = nil -- luacheck: ignore 311
    collectgarbage()
    assert.equal("name 1000", made:texts(1)[1000])
  end)

  it("refuses what is not of its column's kind", function()
    local kinds = { "text", "count" }
    raises("a value of column 1 must be a text, not a nil", 2,
      { kinds = kinds, values = { { "a" }, { 1, 2 } } })
    raises("a value of column 1 must be a text, not a number", 1,
      { kinds = kinds, values = { { 1 }, { 1 } } })
    for _, bad in ipairs { 1.5, -1, 9007199254740992, "7", 0 / 0 } do
      raises("a value of column 2 must be a whole number", 1,
        { kinds = kinds, values = { { "a" }, { bad } } })
    end
    raises("values[2] must be an array", 1,
      { kinds = kinds, values = { { "a" } } })
    raises("kinds[1] must be", 1, { kinds = { "txt" }, values = { {} } })
    raises("too many rows", 2 ^ 40, { kinds = {}, values = {} })
  end)
end)
