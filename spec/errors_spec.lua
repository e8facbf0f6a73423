local errors = require "urna.errors"

local function new(about)
  about.message = about.message or "it is wrong"
  return errors.new("code", about)
end

describe("an error", function()
  it("reads as file:line:column: field: message, as far as known", function()
    assert.equal("it is wrong", tostring(new {}))
    assert.equal("f.csv: it is wrong", tostring(new { file = "f.csv" }))
    assert.equal("f.csv:3: it is wrong", tostring(new { file = "f.csv",
      line = 3 }))
    assert.equal("f.csv:3:7: L1: it is wrong", tostring(new { file = "f.csv",
      line = 3, column = 7, field = "L1" }))
    assert.equal("L1: it is wrong", tostring(new { field = "L1" }))
    assert.equal("line 3: it is wrong", tostring(new { line = 3 }))
    assert.equal("it is wrong", tostring(new { column = 3 }))
  end)

  it("needs a message, and is known among other tables", function()
    assert.is_false((pcall(errors.new, "code", {})))
    assert.is_true(errors.is(new {}))
    assert.is_false(errors.is({ code = "code", message = "x" }))
    assert.is_false(errors.is("text"))
    assert.is_false(errors.is(nil))
  end)

  it("of many counts those that it does not hold", function()
    local items = { new { line = 1 }, new { line = 2 } }
    local err = errors.gather("many", items, { message = "all", count = 5 })
    assert.same({ 5, true }, { err.count, err.truncated })
    assert.equal("all\n  line 1: it is wrong\n  line 2: it is wrong\n"
      .. "  and 3 more", tostring(err))
    err = errors.gather("many", items, { message = "all" })
    assert.same({ 2, false }, { err.count, err.truncated })
  end)

  it("fills a quickfix list, one item for each mistake", function()
    local item = new { file = "f", line = 2, column = 4, field = "A" }
    assert.same({ { filename = "f", lnum = 2, col = 4, type = "E", nr = -1,
      text = "A: it is wrong" } }, item:quickfix())
    assert.same(item:quickfix(),
      errors.gather("many", { item }, { message = "all" }):quickfix())
    assert.same({ 0, 0 }, { new({}):quickfix()[1].lnum,
      new({}):quickfix()[1].col })
  end)
end)

describe("an error of the system", function()
  it("names its file once", function()
    assert.equal("x.csv: No such file or directory", tostring(new {
      file = "x.csv", message = "x.csv: No such file or directory" }))
  end)
end)

describe("the nearest name", function()
  it("to one of three letters differs in one of them", function()
    assert.is_nil(errors.nearest("pdf", { "csv", "html", "md", "text" }))
    assert.equal("SPS", errors.nearest("SPZ", { "SNS", "SPS" }))
  end)

  it("is the one with the fewest changes, without regard to case", function()
    assert.equal("minority", errors.nearest("minorty", { "name", "minority" }))
    assert.equal("SNS", errors.nearest("sns", { "SPS", "SNS" }))
    -- two changes away, both of them: the first
    assert.equal("keys", errors.nearest("kyes", { "keys", "key" }))
  end)

  it("is one that goes on from it, where none is near", function()
    assert.equal("huntington_hill", errors.nearest("Huntington",
      { "hill", "huntington_hill" }))
    assert.is_nil(errors.nearest("sup", { "supplementary_vote" }))
  end)

  it("is none where all are far or nothing is shared", function()
    assert.is_nil(errors.nearest("encoding", { "bad", "contest" }))
    assert.is_nil(errors.nearest("B", { "A", "C", "DE" }))
    assert.is_nil(errors.nearest("", { "A", "name" }))
    assert.is_nil(errors.nearest("x", {}))
  end)
end)
