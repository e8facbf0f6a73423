local sandbox = require "urna.sandbox"

local function run(text, env, options)
  local chunk = assert(sandbox.load(text, "rule.lua", env or {}))
  return sandbox.run(chunk, options or { name = "rule.lua" })
end

local function fails(text, env, options)
  local value, err = run(text, env, options)
  assert.is_nil(value)
  assert.equal("failed", err.code)
  return err
end

describe("a stranger's code", function()
  it("gives back all its values", function()
    local a, b, c = run("return 1, nil, 3")
    assert.same({ 1, nil, 3 }, { a, b, c })
    assert.equal(7, run("local a = n return a + 2", { n = 5 }))
  end)

  it("takes arguments", function()
    local chunk = sandbox.load("local a, b = ... return a .. '-' .. b", "r", {})
    assert.equal("x-y", (sandbox.run(chunk, { name = "r" }, "x", "y")))
  end)

  it("sees nothing but what it is given", function()
    for _, name in ipairs { "_G", "os", "io", "require", "print",
      "string", "getmetatable", "setmetatable", "rawset", "pcall", "load",
      "loadstring", "debug", "package", "coroutine", "jit", "ffi" } do
      assert.is_nil((run("return " .. name)), name)
    end
    assert.is_nil(rawget(_G, "leaked"))
    run("leaked = 1")
    assert.is_nil(rawget(_G, "leaked"))
  end)

  it("is stopped where it never ends", function()
    for _, text in ipairs { "while true do end", "repeat until false",
      "for i = 1, 1e15 do end", "local function f() return f() end return f()",
      "return ('x'):gsub('x', function() while true do end end)",
      "local t = {} while true do t[1] = {} end" } do
      local err = fails(text)
      assert.equal("stopped after 20000000 instructions", err.message)
      assert.same({ "rule.lua", 1 }, { err.file, err.line })
    end
  end)

  it("is stopped at the budget that is given", function()
    local text = "local s = 0 for i = 1, 5000 do s = s + i end return s"
    assert.equal(12502500, run(text))
    assert.matches("stopped after 3000", fails(text, {},
      { name = "rule.lua", budget = 3000 }).message)
  end)

  it("is stopped again the next time", function()
    fails("while true do end")
    assert.equal("stopped after 20000000 instructions",
      fails("while true do end").message)
    assert.equal(1, run("return 1"))
  end)

  it("is stopped inside functions that it leaves behind", function()
    local f = run("return function() while true do end end")
    local value, err = sandbox.run(f, { name = "rule.lua" })
    assert.is_nil(value)
    assert.matches("stopped after", err.message)
  end)

  it("may not exhaust the stack", function()
    assert.matches("overflow",
      fails("local function f() return 1 + f() end return f()").message)
  end)

  it("makes no string of a size that nobody writes", function()
    assert.matches("beyond a million", fails("return ('x'):rep(1e9)").message)
    assert.matches("beyond a million",
      fails("return ('x'):rep(1001, ('y'):rep(1000))").message)
    assert.equal(1000000, #run("return ('x'):rep(1000000)"))
    assert.equal("", (run("return ('x'):rep(-1)")))
    assert.equal("x,x", (run("return ('x'):rep(2, ',')")))
    assert.matches("whole number", fails("return ('x'):rep(0/0)").message)
  end)

  -- Each would make far more than 256 MB; some in one call or one step.
  it("is stopped where it takes all memory", function()
    local million = "local s = ('x'):rep(1e6) "
    collectgarbage()
    local held = collectgarbage("count") -- by the specs that are loaded
    for _, text in ipairs { "local s = 'x' while true do s = s .. s end",
      million .. "return (s:gsub('x', s))",
      million .. "return (s:gsub('x', { x = s }))",
      million .. "return (s:gsub('x', function() return s end))",
      million .. "s = s" .. (" .. s"):rep(30) .. " s = s" .. (" .. s"):rep(9)
        .. " return s" } do
      local err = fails(text)
      assert.equal("stopped at 256 MB of memory", err.message)
      assert.equal("rule.lua", err.file)
      assert.equal(err.line and 1, err.line) -- LuaJIT does not always know it
      assert.is_true(collectgarbage("count") - held < 128 * 1024)
    end
  end)

  it("may make as much in turn, if it does not keep it", function()
    assert.equal(600, assert(run("local n = 0 for i = 1, 600 do "
      .. "n = n + #(('x'):rep(1e6) .. i) / 1e6 end return n - n % 1")))
  end)

  it("leaves memory to who comes after it", function()
    fails("local s = 'x' while true do s = s .. s end")
    local text = ("x"):rep(300 * 2 ^ 20)
    assert.equal(300 * 2 ^ 20, #text)
  end)

  it("cannot dump functions, nor load bytecode", function()
    assert.matches("dump", fails("return ('x').dump(1)").message)
    local chunk, err = sandbox.load("\27Lua anything", "rule.lua", {})
    assert.is_nil(chunk)
    assert.matches("bytecode", err.message)
    chunk = sandbox.load(string.dump(function() return 1 end), "r", {})
    assert.is_nil(chunk)
  end)

  it("cannot yield out", function()
    assert.matches("must not yield",
      fails("return f()", { f = coroutine.yield }).message)
  end)
end)

describe("after a stranger's code", function()
  it("strings have their own methods again, even if it failed", function()
    local index = getmetatable("").__index
    run("return 1")
    fails("local x = nil + 1")
    fails("while true do end")
    assert.equal(index, getmetatable("").__index)
    assert.equal(2000000, #("xx"):rep(1000000))
  end)

  it("the hook that was there is there again", function()
    local before, before_mask, before_count = debug.gethook()
    local function hook() end
    debug.sethook(hook, "", 12345)
    run("return 1")
    fails("while true do end")
    local after, mask, count = debug.gethook()
    debug.sethook(before, before_mask, before_count)
    assert.equal(hook, after)
    assert.same({ "", 12345 }, { mask, count })
  end)

  it("an outer stranger's budget still holds", function()
    local env = { inner = function() return (run("return 1")) end }
    assert.matches("stopped after",
      fails("inner() while true do end", env).message)
  end)
end)

describe("a failure", function()
  it("says file and line", function()
    local err = fails("\n\nlocal x = nil + 1")
    assert.same({ "rule.lua", 3 }, { err.file, err.line })
    assert.matches("^attempt to perform arithmetic", err.message)
  end)

  it("of syntax says file and line", function()
    local chunk, err = sandbox.load("return {\n a = ,\n}", "rule.lua", {})
    assert.is_nil(chunk)
    assert.same({ "bad_syntax", "rule.lua", 2 },
      { err.code, err.file, err.line })
  end)

  it("in a function of urna's says whose line it is", function()
    local err = fails("return f(1)", { f = function(x) return x.y.z end })
    assert.matches("sandbox_spec%.lua$", err.file)
  end)

  it("with an error of urna's is that error", function()
    local errors = require "urna.errors"
    local mine = errors.new("mine", { message = "x" })
    local value, err = run("return f()", { f = function() error(mine) end })
    assert.is_nil(value)
    assert.equal(mine, err)
  end)
end)

describe("a file of data", function()
  local function with(text)
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    local value, err = sandbox.read(path)
    os.remove(path)
    return value, err, path
  end

  it("is what it returns", function()
    assert.same({ a = { 1 } }, (with("return { a = { 1 } }")))
    assert.is_false((with("return false")))
  end)

  it("must return something", function()
    local value, err, path = with("local x = 1")
    assert.is_nil(value)
    assert.same({ "failed", path }, { err.code, err.file })
  end)

  it("that cannot be read is an error, a folder too", function()
    assert.equal("cannot_read", select(2, sandbox.read("no/such.lua")).code)
    assert.equal("cannot_read", select(2, sandbox.read("spec")).code)
  end)
end)
