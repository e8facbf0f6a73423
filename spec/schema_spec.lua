local schema = require "urna.schema"

local function says(shape, value)
  return shape(value, "it")
end

describe("a shape of one value", function()
  it("lets through what it is of", function()
    assert.is_nil(says(schema.text, ""))
    assert.is_nil(says(schema.boolean, false))
    assert.is_nil(says(schema.integer(1, 3), 3))
    assert.is_nil(says(schema.integer(0), 9007199254740991))
    assert.is_nil(says(schema.ratio, { 3, 100 }))
    assert.is_nil(says(schema.callable, print))
    assert.is_nil(says(schema.one_of { "a", "b" }, "b"))
    assert.is_nil(says(schema.either("x", schema.text, schema.boolean), true))
  end)

  it("names the key, what was expected and what came", function()
    assert.equal("it must be a text, not 5", says(schema.text, 5))
    assert.equal("it must be a text, not nothing", says(schema.text, nil))
    assert.equal("it must be true or false, not \"yes\"",
      says(schema.boolean, "yes"))
    assert.equal("it must be a function, not a table",
      says(schema.callable, {}))
    assert.equal("it must be x, not 1.5", says(schema.either("x", schema.text),
      1.5))
  end)

  it("of whole numbers refuses all others", function()
    local shape = schema.integer(1, 3)
    assert.equal("it must be a whole number from 1 to 3, not 4",
      says(shape, 4))
    for _, value in ipairs { 0, 1.5, -1, 0 / 0, math.huge, "2" } do
      assert.truthy(says(shape, value), tostring(value))
    end
    assert.truthy(says(schema.integer(0), 9007199254740992))
  end)

  it("of days knows the calendar", function()
    for _, day in ipairs { "2024-02-29", "2000-02-29", "2023-12-31" } do
      assert.is_nil(says(schema.date, day), day)
    end
    for _, day in ipairs { "2023-02-29", "1900-02-29", "2024-04-31",
      "2024-13-01", "2024-00-10", "2024-01-00", "2024-1-1", "24-01-01",
      "2024-01-01 ", 20240101, false } do
      assert.truthy(says(schema.date, day), tostring(day))
    end
  end)

  it("of ratios wants two whole numbers, not a decimal one", function()
    for _, value in ipairs { 0.03, {}, { 3 }, { 3, 0 }, { 0, 100 },
      { 3, 100, 1 }, { 0.5, 1 }, "3/100" } do
      assert.truthy(says(schema.ratio, value))
    end
  end)

  it("of a choice says the nearest", function()
    assert.equal("it must be one of final, summary, not \"finl\"; did you "
      .. "mean \"final\"?", says(schema.one_of { "final", "summary" }, "finl"))
    assert.equal("it must be one of a, b, not 5",
      says(schema.one_of { "a", "b" }, 5))
  end)
end)

describe("a shape of many", function()
  it("names the element by its place", function()
    local shape = schema.array(schema.text)
    assert.is_nil(says(shape, {}))
    assert.is_nil(says(shape, { "a" }))
    assert.equal("it[2] must be a text, not 5", says(shape, { "a", 5 }))
    assert.equal("it must be an array, not \"a\"", says(shape, "a"))
    assert.equal("it must not be empty", says(schema.array(schema.text, 1),
      {}))
  end)

  it("is no array where it has named keys", function()
    assert.equal("it is an array and has a key \"a\"",
      says(schema.array(schema.text), { "x", a = "y" }))
  end)

  it("names the key of a map", function()
    local shape = schema.map(schema.text)
    assert.is_nil(says(shape, { sr = "x" }))
    assert.equal("it.sr must be a text, not 5", says(shape, { sr = 5 }))
    assert.equal("it: 1 is not a named key", says(shape, { "x" }))
  end)
end)

describe("a record", function()
  local shape = schema.record { name = schema.text, seats = {
    schema.integer(1) } }

  it("must have its fields and may have those in brackets", function()
    assert.is_nil(says(shape, { name = "x" }))
    assert.is_nil(says(shape, { name = "x", seats = 2 }))
    assert.equal("it.name must be a text, not nothing", says(shape, {}))
    assert.equal("it.seats must be a whole number from 1, not 0",
      says(shape, { name = "x", seats = 0 }))
    assert.equal("it must be a table, not \"x\"", says(shape, "x"))
  end)

  it("has no other fields, and always tells the same one first", function()
    for _ = 1, 20 do
      assert.equal("it has an unknown key \"nam\"; did you mean \"name\"?",
        says(shape, { zzz = 1, nam = "x", yyy = 2 }))
    end
    assert.equal("it has an unknown key \"colour\"; known are name, seats",
      says(shape, { name = "x", colour = "red" }))
    assert.equal("it has an unknown key \"1\"; known are name, seats",
      says(shape, { name = "x", "element" }))
  end)

  it("lets elements through only where it may have them", function()
    local with = schema.record({ name = schema.text }, true)
    assert.is_nil(says(with, { name = "x", "element" }))
  end)

  it("that is wrong is an error with the code asked for", function()
    local value, err = schema.check(shape, {}, { code = "bad_rule",
      name = "rule", file = "f.lua" })
    assert.is_nil(value)
    assert.same({ "bad_rule", "f.lua" }, { err.code, err.file })
    assert.matches("^rule%.name must", err.message)
    local good = { name = "x" }
    assert.equal(good, schema.check(shape, good, { code = "c", name = "r" }))
  end)
end)
