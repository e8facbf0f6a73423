local compat = require "urna.compat"

local here = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")

-- urna.native once more, with a stand-in for the C module.
local function load_native(stand_in)
  local names = { "urna.native", "urna.core" }
  local kept = {}
  for _, name in ipairs(names) do
    kept[name], package.loaded[name] = package.loaded[name], nil
  end
  local preloaded = package.preload["urna.core"]
  package.preload["urna.core"] = stand_in
  local ok, message = pcall(require, "urna.native")
  package.preload["urna.core"] = preloaded
  for _, name in ipairs(names) do package.loaded[name] = kept[name] end
  return ok, tostring(message)
end

describe("the C module", function()
  it("says the ABI that it was built for", function()
    assert.equal(here, require("urna.native").abi)
  end)

  it("of another Lua is refused with what to run", function()
    local ok, message = load_native(function()
      error("core.so: undefined symbol: lua_newuserdatauv")
    end)
    assert.is_false(ok)
    assert.truthy(message:find("built for another Lua", 1, true))
    assert.truthy(message:find(compat.version(), 1, true))
    assert.truthy(message:find("make LUA=lua" .. here, 1, true))
  end)

  it("that is not built is missed with what to run", function()
    local ok, message = load_native(function()
      error("module 'urna.core' not found")
    end)
    assert.is_false(ok)
    assert.truthy(message:find("is not built", 1, true))
    assert.truthy(message:find("luarocks --lua-version=" .. here, 1, true))
  end)

  it("of another ABI that loads all the same is refused", function()
    local ok, message = load_native(function() return { abi = "4.0" } end)
    assert.is_false(ok)
    assert.truthy(message:find("urna.core is of Lua 4.0", 1, true))
  end)
end)

describe("a real build for another Lua", function()
  for _, abi in ipairs({ "5.1", "5.2", "5.3", "5.4" }) do
    local path = ("build/%s/urna/core.so"):format(abi)
    local file = abi ~= here and io.open(path, "rb")
    if file then
      file:close()
      it("(" .. abi .. ") gives the sentence, not a crash", function()
        local ok, message = load_native(function()
          local open, reason = package.loadlib(path, "luaopen_urna_core")
          return assert(open, reason)()
        end)
        assert.is_false(ok)
        assert.truthy(message:find("make LUA=lua" .. here, 1, true))
      end)
    end
  end
end)
