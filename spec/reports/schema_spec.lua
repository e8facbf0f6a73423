local dkjson = require "dkjson"
local fixtures = require "spec.fixtures"
local reports = require "urna.reports"
local urna = require "urna"

local function read_schema()
  local file = assert(io.open("doc/report.schema.json", "rb"))
  local text = file:read("*a")
  file:close()
  return assert(dkjson.decode(text))
end

local schema = read_schema()

local function resolved(node)
  local name = node["$ref"] and node["$ref"]:match("^#/%$defs/(.+)$")
  return name and schema["$defs"][name] or node
end

-- Paths of a value that the schema does not describe.
local function undescribed(value, node, path, found)
  node = resolved(node)
  if type(value) ~= "table" then return found end
  for key, item in pairs(value) do
    local at = path .. "." .. tostring(key)
    local inner = type(key) == "number"
      and (node.items or node.prefixItems and node.prefixItems[key])
      or node.properties and node.properties[key]
      or node.additionalProperties
    if inner then
      undescribed(item, inner, at, found)
    else
      found[#found + 1] = at
    end
  end
  return found
end

-- Properties without a title or a description.
local function unnamed(node, path, found)
  for name, property in pairs(node.properties or {}) do
    local inner, at = resolved(property), path .. "." .. name
    if not (inner.title and inner.description) then found[#found + 1] = at end
    if not property["$ref"] then unnamed(inner, at, found) end
  end
  if type(node.items) == "table" and not node.items["$ref"] then
    unnamed(node.items, path .. "[]", found)
  end
  return found
end

describe("doc/report.schema.json", function()
  it("describes every property of the json form", function()
    local outcome = fixtures.belgrade()
    outcome.claim = { seats = { SNS = 64 }, sum = 64, adds_up = false,
      differences = {}, unknown = {} }
    outcome.open = { { code = "tie", message = "x", lists = { "A" } } }
    local text = assert(reports.render(outcome,
      { format = "json", checks = fixtures.findings(),
        results = { bad = { { code = "x", message = "y", line = 3 } },
          source = { file = "a.csv", sha256 = "ab", bytes = 5 } } }))
    assert.same({}, undescribed(dkjson.decode(text), schema, "report", {}))
  end)

  it("describes an outcome by lot and with another threshold", function()
    local outcome = assert(urna.apportion({ A = 60, B = 60, C = 5 },
      { seats = 3, ballots_in_box = 125, lots = { { "B" } },
        thresholds = { 1, 10 }, rule = { since = "2000-01-01",
          base = "ballots_in_box", source = "made up",
          { step = "threshold", share = { 3, 100 } },
          { step = "averages", divisor = "dhondt", tie = { "lot" } } } }))
    assert.equal("decided", outcome.decision)
    local text = assert(reports.render(outcome, { format = "json" }))
    assert.same({}, undescribed(dkjson.decode(text), schema, "report", {}))
  end)

  it("has a title and a description for every property", function()
    local found = unnamed(schema, "report", {})
    for name, node in pairs(schema["$defs"]) do unnamed(node, name, found) end
    assert.same({}, found)
  end)
end)
