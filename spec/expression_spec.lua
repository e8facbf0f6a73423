local expression = require "urna.expression"

-- The value of a sum over fields.
local function value(text, values)
  return assert(expression.compile(text)).left(values or {})
end

local function holds(text, values)
  local made = assert(expression.compile(text))
  return made.compare(made.left(values), made.right(values))
end

local function fails(text)
  local made, err = expression.compile(text)
  assert.is_nil(made)
  assert.same({ "bad_expression", text }, { err.code, err.text })
  assert.matches("is expected at column " .. err.column, err.message)
  return err.column
end

describe("an expression", function()
  it("multiplies before it adds, from the left", function()
    assert.equal(14, value("2+3*4"))
    assert.equal(20, value("(2 + 3) * 4"))
    assert.equal(1, value("7 - 4 - 2"))
    assert.equal(5, value("7 - (4 - 2)"))
    assert.equal(24, value("2*3*4"))
  end)

  it("takes fields by name, once each", function()
    local made = assert(expression.compile("b + a_1 <= b + sum ( lists )"))
    assert.same({ "b", "a_1", "sum(lists)" }, made.names)
    assert.equal("<=", made.operator)
    assert.equal(7, made.left { b = 3, a_1 = 4 })
    assert.equal(13, made.right { b = 3, ["sum(lists)"] = 10 })
  end)

  it("compares in six ways", function()
    local two = { a = 2, b = 3 }
    assert.is_true(holds("a < b", two))
    assert.is_true(holds("a<=2", two))
    assert.is_false(holds("a > b", two))
    assert.is_true(holds("b >= 3", two))
    assert.is_true(holds("a ~= b", two))
    assert.is_false(holds("a = b", two))
    assert.is_true(holds("a - b = 2 - 3", two))
  end)

  it("is not known where a part is not, not even times 0", function()
    assert.is_nil(value("a + 1"))
    assert.is_nil(value("0 * a"))
    assert.is_nil(value("(a)"))
  end)

  it("beyond 2^53 - 1 is an error and never rounded", function()
    local exact = 9007199254740991
    assert.equal(exact, value("a + 0", { a = exact }))
    assert.equal(-exact, value("0 - a", { a = exact }))
    for _, text in ipairs { "a + 1", "0 - a - 1", "a * 2", "a * a" } do
      local done, err = pcall(value, text, { a = exact })
      assert.is_false(done)
      assert.equal("beyond_exact", err.code)
    end
  end)

  it("holds no number beyond 2^53 - 1", function()
    assert.equal(9007199254740991, value("9007199254740991"))
    assert.equal(5, fails("a < 9007199254740992"))
    assert.equal(1, fails("99999999999999999999999"))
  end)

  it("that is none says the column of what is wrong", function()
    assert.equal(1, fails(""))
    assert.equal(3, fails("  "))
    assert.equal(4, fails("a +"))
    assert.equal(5, fails("a + * b"))
    assert.equal(3, fails("a b"))
    assert.equal(7, fails("a < b < c"))
    assert.equal(7, fails("(a + b"))
    assert.equal(6, fails("a + b)"))
    assert.equal(1, fails("-a"))
    assert.equal(3, fails("a ≤ b"))
    assert.equal(3, fails("a / b"))
    assert.equal(4, fails("a == b"))
    assert.equal(2, fails("1.5"))
    assert.equal(4, fails("sum(a)"))
    assert.equal(2, fails("3a"))
  end)

  it("may be nested deep without an end of the stack", function()
    local deep = ("("):rep(150) .. "a" .. (")"):rep(150)
    assert.equal(1, value(deep, { a = 1 }))
  end)
end)
