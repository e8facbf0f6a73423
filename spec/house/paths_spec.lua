local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("*a")
  pipe:close()
  return text
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

describe("what the pages name", function()
  for _, page in ipairs { "README.md", "CONTRIBUTING.md", "doc/urna.txt" } do
    it("in " .. page .. " is there", function()
      for path in read(page):gmatch("%f[%w.][%w.]+/[%w./_-]+%f[^%w./_-]") do
        local top = path:match("^([^/]+)/")
        local own = top == "spec" or top == ".ci" or top == "lua"
          or top == "rockspec"
        if own and not path:find("VERSION", 1, true)
          and path:find("%.%a+$") and path ~= "lua/urna/core.so" then
          local file = io.open(path, "rb")
          assert.message(path).is_truthy(file)
          file:close()
        end
      end
    end)
  end

  it("as targets of make are targets", function()
    local targets = read("Makefile")
    for _, page in ipairs { "README.md", "CONTRIBUTING.md", "doc/urna.txt" } do
      for name in ("\n" .. read(page)):gmatch("[`\n]make ([%l-]+)") do
        assert.message(page .. " says make " .. name)
          .is_truthy(targets:find("\n" .. name .. ":", 1, true)
            or targets:find("\n" .. name .. " deps-test:", 1, true))
      end
    end
  end)
end)

describe("make for a Lua that is none", function()
  for _, target in ipairs { "", "env", "install" } do
    it(target .. " says which there are, and fails", function()
      local said = output_of("env -u MAKEFLAGS -u MAKEOVERRIDES -u LUA "
        .. "-u ABI make -s LUA=lua9.9 " .. target .. " 2>&1; echo =$?")
      assert.matches('no Lua "lua9%.9".*lua5%.4.*luajit', said)
      assert.matches("=2\n$", said)
    end)
  end
end)
