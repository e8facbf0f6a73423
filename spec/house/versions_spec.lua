local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function rockspec()
  local text, env = read("rockspec/urna-scm-1.rockspec"), {}
  local chunk
  if setfenv then -- luacheck: ignore 113
    chunk = assert(loadstring(text)) -- luacheck: ignore 113
    setfenv(chunk, env) -- luacheck: ignore 113
  else
    chunk = assert(load(text, "rockspec", "t", env))
  end
  chunk()
  return env, text
end

describe("the version", function()
  local version = require("urna")._VERSION

  it("is three numbers", function()
    assert.truthy(version:match("^%d+%.%d+%.%d+$"))
  end)

  it("stands on top of the changelog", function()
    local heading = read("CHANGELOG.md"):match("\n## ([^\n]*)")
    assert.truthy(heading:find(version, 1, true))
  end)

  it("is the one the rockspec describes", function()
    local spec, text = rockspec()
    assert.equal("scm-1", spec.version)
    assert.truthy(text:find(('local release = "%s"'):format(version), 1, true))
    assert.truthy(spec.description.detailed:find("urna " .. version, 1, true))
  end)
end)

describe("the rockspec", function()
  it("lists every C source", function()
    local there = {}
    local pipe = assert(io.popen("ls src/*/*.c"))
    for path in pipe:lines() do there[#there + 1] = path end
    pipe:close()
    local listed = rockspec().build.modules["urna.core"].sources
    table.sort(there)
    table.sort(listed)
    assert.same(there, listed)
  end)

  it("requires no rock at all", function()
    assert.same({ "lua >= 5.1, < 5.6" }, rockspec().dependencies)
  end)
end)
