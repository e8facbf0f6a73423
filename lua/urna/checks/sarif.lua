local json = require "urna.writers.json"
local version = require "urna.version"

--- Findings as SARIF 2.1.0.
--- Source: OASIS, Static Analysis Results Interchange Format Version 2.1.0,
--- OASIS Standard, 27 March 2020, sections 3.13 (log), 3.14 (run), 3.19 (tool
--- component), 3.27 (result), 3.28 (location), 3.49 (rule).
local sarif = {}

local SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
  .. "schemas/sarif-schema-2.1.0.json"

-- 3.27.10; what is fatal here is an error there.
local LEVEL = { fatal = "error", error = "error", warning = "warning",
  note = "note" }

-- 3.4.3: a URI; a path of this machine is one that is relative.
local function uri_of(file)
  local path = file:gsub("\\", "/")
  path = path:gsub("[^%w%-%._~/]", function(char)
    return ("%%%02X"):format(char:byte())
  end)
  return path:find("^/") and "file://" .. path or path
end

local function rule_of(row)
  return { id = row.code, shortDescription = { text = row.title },
    fullDescription = row.formula and { text = row.formula } or nil,
    help = row.next and { text = row.next } or nil,
    defaultConfiguration = { level = LEVEL[row.severity] },
    properties = { severity = row.severity, result = row.result,
      consequence = row.consequence, article = row.article,
      missing = row.missing } }
end

local function location_of(hit)
  local location = {}
  if hit.file then
    location.physicalLocation = {
      artifactLocation = { uri = uri_of(hit.file) },
      region = hit.line and { startLine = hit.line } or nil }
  end
  if hit.key and hit.key ~= "" then
    location.logicalLocations = { { fullyQualifiedName = hit.key } }
  end
  return next(location) and location or nil
end

--- The log of one run.
---@param rows table[] checks, as findings have them
---@param items { row: table, hit: table, text: string }[]
---@return string JSON
function sarif.encode(rows, items)
  local rules, number, results = {}, {}, {}
  for i, row in ipairs(rows) do
    rules[i], number[row.code] = rule_of(row), i - 1
  end
  for i, item in ipairs(items) do
    results[i] = { ruleId = item.row.code, ruleIndex = number[item.row.code],
      level = LEVEL[item.row.severity], message = { text = item.text },
      locations = { location_of(item.hit) } }
  end
  return json.encode({ ["$schema"] = SCHEMA, version = "2.1.0", runs = { {
    tool = { driver = { name = "urna", version = version, rules = rules } },
    columnKind = "utf16CodeUnits", results = results } } },
    { indent = 2, arrays = { rules = true, results = true, locations = true,
      missing = true } }) .. "\n"
end

return sarif
