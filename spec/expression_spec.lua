local core = require "urna.core"
local draw_from = require "spec.generator"
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

-- Fields a, b, c and two lists, by number; sum(lists) is of 2, 4 and 5.
local NUMBER = { a = 1, b = 2, c = 3 }
local LISTS = { 2, 4, 5 }

local function program(text, lists)
  return expression.program(assert(expression.compile(text)), NUMBER,
    lists or LISTS)
end

describe("a program for the core", function()
  it("is a side of steps in postfix, fields by number", function()
    assert.same({ operator = "<=", left = { { 1 }, 2, { 3 }, "*", "-" },
      right = { { 2, 4, 5 }, { 2 }, "+" } },
      program("a - 2 * c <= sum(lists) + b"))
  end)

  it("names the field that there is none of", function()
    local none, err = program("a = b + votes")
    assert.is_nil(none)
    assert.same({ "missing_heading", "votes" }, { err.code, err.field })
    none, err = expression.program(assert(expression.compile(
      "a = sum(lists)")), NUMBER)
    assert.is_nil(none)
    assert.same({ "missing_heading", "sum(lists)" }, { err.code, err.field })
    assert.is_nil((program("a = sum(lists)", {})))
  end)

  it("needs a comparison", function()
    local none, err = program("a + b")
    assert.is_nil(none)
    assert.same({ "bad_expression", "a + b" }, { err.code, err.text })
  end)

  it("may be nested 64 deep and no deeper", function()
    -- 63 open brackets hold a "1 +" each, and the last 1 is the 64th
    local function nested(n)
      return ("(1 + "):rep(n) .. "1" .. (")"):rep(n) .. " = 64"
    end
    assert.equal("holds", (core.formula_test(program(nested(63)), {}, 0)))
    local none, err = program(nested(64))
    assert.is_nil(none)
    assert.equal("bad_expression", err.code)
  end)

  it("gives a verdict and both sides", function()
    local box = program("a = b + c")
    assert.same({ "holds", 100, 100 },
      { core.formula_test(box, { 100, 90, 10 }, 3) })
    assert.same({ "fails", 100, 99 },
      { core.formula_test(box, { 100, 90, 9 }, 3) })
    assert.same({ "unknown" }, { core.formula_test(box, { 100, 90 }, 3) })
    -- 90 + 5 + 4
    assert.same({ "holds", 100, 99 }, { core.formula_test(
      program("a > sum(lists)"), { 100, 90, nil, 5, 4 }, 5) })
    assert.same({ "unknown" }, { core.formula_test(
      program("a > sum(lists)"), { 100, 90, 10, 5 }, 5) })
  end)

  it("goes beyond 2^53 - 1 exactly, and up to 2^63 - 1", function()
    local most = 9007199254740991
    -- (2^53 - 1) * 1024 = 2^63 - 1024
    local text = "9223372036854774784"
    assert.same({ "fails", text, 0 },
      { core.formula_test(program("a * 1024 = b"), { most, 0 }, 2) })
    assert.same({ "beyond" },
      { core.formula_test(program("a * 1025 = b"), { most, 0 }, 2) })
    assert.same({ "fails", -most, 0 },
      { core.formula_test(program("b - a = b"), { most, 0 }, 2) })
    assert.same({ "fails", "-9007199254740992", 0 },
      { core.formula_test(program("b - a - 1 = b"), { most, 0 }, 2) })
    assert.same({ "unknown" },
      { core.formula_test(program("a * 1025 = b"), { most }, 2) })
  end)

  it("that is none is refused", function()
    local function refused(pattern, made)
      local good, message = pcall(core.formula_test, made, { 1, 2 }, 2)
      assert.is_false(good)
      assert.matches(pattern, message)
    end
    local side = { { 1 } }
    local function with(left)
      return { operator = "=", left = left, right = side }
    end
    refused("must be a table", 5)
    refused("compares in no way", { left = side, right = side })
    refused("compares in no way",
      { operator = "==", left = side, right = side })
    refused("right side must be an array", { operator = "=", left = side })
    refused("numbers from 1 to 2", with { { 3 } })
    refused("numbers from 1 to 2", with { { 0 } })
    refused("sums no fields", with { {} })
    refused("no sign '/'", with { { 1 }, { 1 }, "/" })
    refused("leaves no number", with {})
    refused("leaves no number", with { { 1 }, "+" })
    refused("leaves no number", with { { 1 }, { 2 } })
    refused("a program's step must be a whole number", with { 1.5 })
    refused("a program's step must be a whole number", with { true })
  end)
end)

-- A random expression; brackets and all three signs.
local function random_sum(draw, depth)
  local kind = draw(1, depth > 0 and 8 or 4)
  if kind == 1 then return ("%d"):format(draw(0, 9)) end
  if kind == 2 then return "sum(lists)" end
  if kind <= 4 then return ("abc"):sub(draw(1, 3)):sub(1, 1) end
  local sign = ({ "+", "-", "*" })[draw(1, 3)]
  local text = random_sum(draw, depth - 1) .. " " .. sign .. " "
    .. random_sum(draw, depth - 1)
  return kind <= 6 and text or "(" .. text .. ")"
end

-- Small, large or missing, now and then.
local function random_fields(draw)
  local fields = {}
  for i = 1, 5 do
    local kind = draw(1, 20)
    fields[i] = draw(0, 50)
    if kind == 1 then fields[i] = nil end
    if kind == 2 then fields[i] = 9007199254740991 - draw(0, 3) end
    if kind == 3 then fields[i] = draw(0, 2147483646) * 1000 end
  end
  return fields
end

local function by_name(fields)
  local lists = fields[2] and fields[4] and fields[5]
    and fields[2] + fields[4] + fields[5]
  return { a = fields[1], b = fields[2], c = fields[3],
    ["sum(lists)"] = lists or nil }
end

-- The closures' verdict; "inexact" where Lua cannot say.
local function verdict(made, values)
  local done, left, right = pcall(function()
    return made.left(values), made.right(values)
  end)
  local lists = values["sum(lists)"]
  if not done or lists and lists > 9007199254740991 then return "inexact" end
  if not left or not right then return "unknown" end
  return made.compare(left, right) and "holds" or "fails", left, right
end

describe("the core and the closures", function()
  local seed = 20240602

  it("agree on random checks of random records, seed " .. seed, function()
    local draw, met = draw_from(seed), {}
    local signs = { "=", "~=", "<", "<=", ">", ">=" }
    for _ = 1, 4000 do
      local text = random_sum(draw, 4) .. " " .. signs[draw(1, 6)] .. " "
        .. random_sum(draw, 3)
      local made, fields = assert(expression.compile(text)),
        random_fields(draw)
      local expected, left, right = verdict(made, by_name(fields))
      local got, core_left, core_right =
        core.formula_test(program(text), fields, 5)
      met[expected], met[got] = true, true
      if expected ~= "inexact" then
        assert.message(text).same({ expected, left, right },
          { got, core_left, core_right })
      end
    end
    assert.same({ holds = true, fails = true, unknown = true,
      inexact = true, beyond = true }, met)
  end)
end)
