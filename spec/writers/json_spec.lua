local json = require "urna.writers.json"

describe("json.encode", function()
  it("keys go in bytewise order, levels by the indent", function()
    assert.equal("{\n  \"B\": 1,\n  \"a\": [\n    true,\n    \"x\"\n  ]\n}",
      json.encode({ a = { true, "x" }, B = 1 }, { indent = 2 }))
  end)

  it("without an indent it is one line", function()
    assert.equal("{\"a\":[1,2]}", json.encode { a = { 1, 2 } })
  end)

  it("whole numbers have no point and are exact to 2^53 - 1", function()
    assert.equal("9007199254740991", json.encode(9007199254740991))
    assert.equal("-5", json.encode(-10 / 2))
    assert.equal("0", json.encode(0 * -1))
  end)

  it("other numbers are the shortest that read back", function()
    assert.equal("0.1", json.encode(0.1))
    assert.equal("0.30000000000000004", json.encode(0.1 + 0.2))
  end)

  it("controls, quotes and backslashes are escaped", function()
    assert.equal("\"a\\\"b\\\\c\\n\\u0001д\"", json.encode("a\"b\\c\n\1д"))
  end)

  it("an empty table is an object unless its name says array", function()
    assert.equal("{\"a\":{},\"b\":[]}",
      json.encode({ a = {}, b = {} }, { arrays = { b = true } }))
  end)

  it("null is said by name", function()
    assert.equal("{\"a\":null}", json.encode { a = json.null })
  end)

  local function fails(value, message)
    local ok, err = pcall(json.encode, value)
    assert.is_false(ok)
    assert.truthy(tostring(err):find(message, 1, true))
  end

  it("invalid UTF-8 is refused with its path", function()
    fails({ lists = { { name = "a\255" } } }, "value.lists[1].name")
    fails("\237\160\128", "not UTF-8") -- a surrogate
    fails("\192\175", "not UTF-8") -- an overlong slash
    fails("\244\144\128\128", "not UTF-8") -- beyond U+10FFFF
  end)

  it("a cycle is refused, a table met twice is not", function()
    local loop = { a = {} }
    loop.a.b = loop
    fails(loop, "value.a.b contains itself")
    local twice = { 1 }
    assert.equal("{\"a\":[1],\"b\":[1]}",
      json.encode { a = twice, b = twice })
  end)

  it("what JSON has not is refused", function()
    fails({ a = 0 / 0 }, "value.a")
    fails({ a = 1 / 0 }, "value.a")
    fails({ a = print }, "value.a is a function")
    fails({ 1, nil, 3, x = 1 }, "value")
  end)
end)
