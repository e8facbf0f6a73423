local urna = require "urna"

-- Prints of a script, as lines.
local function lines_of(script)
  local lines = {}
  local env = setmetatable({ print = function(...)
    local cells = { n = select("#", ...), ... }
    for i = 1, cells.n do cells[i] = tostring(cells[i]) end
    lines[#lines + 1] = table.concat(cells, "\t")
  end }, { __index = _G })
  local chunk = assert(require("urna.compat").load(script, "script", env))
  chunk()
  return lines
end

describe("require \"urna\"", function()
  it("loads nothing but its version until a verb is used", function()
    local kept = {}
    for name, module in pairs(package.loaded) do
      if name == "urna" or name:find("^urna%.") then
        kept[name], package.loaded[name] = module, nil
      end
    end
    local fresh = require "urna"
    local loaded = {}
    for name in pairs(package.loaded) do
      if name:find("^urna%.") and name ~= "urna.version" then
        loaded[#loaded + 1] = name
      end
    end
    local rules = fresh.rules
    local after = package.loaded["urna.rules"] ~= nil
    for name in pairs(package.loaded) do
      if name:find("^urna") then package.loaded[name] = nil end
    end
    for name, module in pairs(kept) do package.loaded[name] = module end
    assert.same({}, loaded)
    assert.is_function(rules)
    assert.is_true(after)
  end)

  it("sets no global", function()
    local before = {}
    for name in pairs(_G) do before[name] = true end
    for _, verb in ipairs { "apportion", "check", "contest", "election",
      "elections", "explain", "init", "read", "report", "rule", "rules" } do
      assert.is_function(urna[verb], verb)
    end
    urna.report("belgrade-2024")
    for name in pairs(_G) do
      assert.is_true(before[name], tostring(name))
    end
  end)

  it("has no verb that it does not have", function()
    assert.is_nil(urna.aportion)
  end)

  it("says its version as the version module does", function()
    assert.equal(require("urna.version"), urna._VERSION)
  end)
end)

describe("the newsroom's script", function()
  it("prints the second list of each Belgrade election since 2014",
    function()
      -- percentages as published: serbia.md 1b and its table; of 2022
      -- 195,335 of 916,215 +- 121 in the box, of 2023 325,429 of 942,331
      local lines = lines_of [[
local urna = require "urna"
for _, e in ipairs(urna.elections{ country = "rs", body = "belgrade" }) do
  local second = urna.apportion(urna.election(e.id)).lists[2]
  print(e.date, second.short, second.share.percent, second.share.base)
end
]]
      assert.same({ "2014-03-16\tDS\t15.70\tballots_in_box",
        "2018-03-04\tĐilas\t18.93\tballots_in_box" },
        { lines[1], lines[2] })
      assert.matches("^2022%-04%-03\tUZPB\t21%.3%d\tballots_in_box$", lines[3])
      assert.matches("^2023%-12%-17\tSPN\t", lines[4])
      assert.equal("2024-06-02\tKP\t17.69\tballots_in_box", lines[5])
      assert.equal(5, #lines)
    end)
end)

describe("the observer's script", function()
  it("counts 0 stations over and 571 under their signatures", function()
    local path = "../shared/data/serbia2020"
    local file = io.open(path .. ".csv.gz", "rb")
    if not file then pending(path .. ".csv.gz is absent") end
    file:close()
    local count = assert(urna.read(path .. ".csv.gz",
      { contest = path .. ".contest.json" }))
    local outcome, found = urna.apportion(count), urna.check(count)
    assert.same({ 0, 571 }, { found:count("T10"), found:count("T13") })
    assert.equal(188, outcome.lists[1].seats)
  end)
end)
