-- Who may look at whom in lua/urna: a module may require those of its own
-- layer and of the layers before it. A new module gets its place here.
local LAYERS = {
  { "errors", "compat", "native", "version" },
  { "sandbox", "schema", "places", "files", "expression", "locale", "decimals",
    "template" },
  { "contest", "results", "totals", "elections" },
  { "readers", "profiles", "writers", "methods", "rules", "subject", "draft",
    "partial", "tally", "tallied", "merging", "ballots" },
  { "allocate", "levelling", "count", "biproportional", "lots" },
  { "seats" },
  { "checks" },
  { "analysis", "explain" },
  { "charts" },
  { "reports", "report" },
  { "cli", "nvim", "health" },
}
-- Looks up that are meant, each needed only inside one function.
local MEANT = {
  ["lua/urna/results.lua requires urna.writers.csv"] = "results:write",
}
local LAST = #LAYERS

local function layer_of()
  local place = {}
  for i, names in ipairs(LAYERS) do
    for _, name in ipairs(names) do place[name] = i end
  end
  return place
end

local function lines_of(command)
  local lines = {}
  local pipe = assert(io.popen(command))
  for line in pipe:lines() do lines[#lines + 1] = line end
  pipe:close()
  return lines
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

-- Names in quotes after `require`; of "urna.rules." .. name, the beginning.
local function required_by(path)
  local names = {}
  local text = ("\n" .. read(path)):gsub("\n%s*%-%-[^\n]*", "\n")
  for name in text:gmatch("require%s*%(?%s*[\"']([%w_.%-]+)") do
    names[#names + 1] = name
  end
  return names
end

local function noun(module)
  return module:match("^urna%.([%w_]+)")
end

local function module_of(path)
  return (path:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/", "."))
end

local function is_data(path)
  return path:find("^lua/urna/rules/") or path:find("^lua/urna/elections/")
    or path:find("^lua/urna/locale/") or path:find("^lua/urna/profiles/")
    or path:find("^lua/urna/reports/templates/")
end

local files = lines_of("find lua -name '*.lua' ! -name '*.meta.lua' | sort")

describe("the layers of lua/urna", function()
  local place = layer_of()

  it("are known of every module", function()
    for _, path in ipairs(files) do
      local name = noun(module_of(path))
      assert.message(path .. " has no layer in this spec")
        .truthy(not name or place[name])
    end
  end)

  it("are never looked up from below", function()
    local wrong = {}
    for _, path in ipairs(files) do
      local own = place[noun(module_of(path)) or ""]
      for _, name in ipairs(own and required_by(path) or {}) do
        local other = noun(name) and place[noun(name)]
        if name == "urna" then other = LAST end
        local look = path .. " requires " .. name
        if other and other > own and not MEANT[look] then
          wrong[#wrong + 1] = look
        end
      end
    end
    assert.same({}, wrong)
  end)

  it("reach the C module only through urna.native", function()
    local wrong = {}
    for _, path in ipairs(files) do
      for _, name in ipairs(required_by(path)) do
        if name == "urna.core" and path ~= "lua/urna/native.lua" then
          wrong[#wrong + 1] = path
        end
      end
    end
    assert.same({}, wrong)
  end)

  it("have data that requires nothing", function()
    local wrong = {}
    for _, path in ipairs(files) do
      if is_data(path) and #required_by(path) > 0 then
        wrong[#wrong + 1] = path
      end
    end
    assert.same({}, wrong)
  end)

  it("require no module but urna's own", function()
    local wrong = {}
    for _, path in ipairs(files) do
      for _, name in ipairs(required_by(path)) do
        local own = name == "urna" or noun(name)
          or name == "ffi" or name == "health" -- of LuaJIT, of Neovim 0.7
        if not own then wrong[#wrong + 1] = path .. " requires " .. name end
      end
    end
    assert.same({}, wrong)
  end)
end)

describe("the layers of src", function()
  local ALLOWED = {
    core = { core = true },
    io = { core = true, io = true },
    lua = { core = true, io = true, lua = true },
  }

  it("include no header of a layer above", function()
    local wrong = {}
    for _, path in ipairs(lines_of("find src -name '*.[ch]' | sort")) do
      local layer = path:match("^src/(%w+)/")
      for name in read(path):gmatch("#%s*include%s*[<\"]([^>\"]+)[>\"]") do
        local other = name:match("^(%w+)/")
        local up = ALLOWED[other] and not ALLOWED[layer][other]
        local host = name:find("^lua") or name:find("^lauxlib")
        if up or (host and layer ~= "lua") then
          wrong[#wrong + 1] = path .. " includes " .. name
        end
      end
    end
    assert.same({}, wrong)
  end)
end)
