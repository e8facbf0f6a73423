local keyed = require "urna.analysis.keyed"

local function read(values) return keyed.read(values, "votes", 2) end

describe("votes by list", function()
  it("keep the order of an array and go bytewise where keyed", function()
    local keys, counts, sum = read { 30, 10, 20 }
    assert.same({ 1, 2, 3 }, keys)
    assert.same({ 30, 10, 20 }, counts)
    assert.equal(60, sum)
    keys, counts = read { b = 2, B = 3, a = 1 }
    assert.same({ "B", "a", "b" }, keys)
    assert.same({ 3, 1, 2 }, counts)
  end)

  it("are whole numbers whatever the kind of number", function()
    local _, counts = read { 64.0 }
    assert.equal("64", tostring(counts[1]))
  end)

  it("are refused with the list and the value", function()
    for value, words in pairs { [-1] = "list 2 has -1", [0.5] = "has 0.5",
      ["7"] = 'has "7"', [2 ^ 53] = "which is no whole number" } do
      local ok, message = pcall(read, { 1, value })
      assert.is_false(ok)
      assert.truthy(message:find(words, 1, true), message)
    end
  end)

  it("are not both numbered and named, and leave no number out", function()
    assert.error_matches(function() read { 1, 2, A = 3 } end, '"A"')
    assert.error_matches(function() read { 1, [3] = 2 } end, "not both: 3")
  end)

  it("may add up to 2^53 - 1 and no further", function()
    local _, _, sum = read { 9007199254740990, 1 }
    assert.equal(9007199254740991, sum)
    assert.error_matches(function() read { 9007199254740991, 1 } end,
      "add up to more than")
  end)
end)

describe("seats beside votes", function()
  local function like(values) return keyed.like(values, "seats", { "A", "B" },
    2) end

  it("are of the same lists", function()
    assert.same({ 2, 0 }, (like { B = 0, A = 2 }))
    assert.error_matches(function() like { A = 2 } end,
      'list "B" is missing; 0 if it has none')
    assert.error_matches(function() like { A = 2, B = 0, C = 1 } end,
      'there is no list "C"')
  end)
end)
