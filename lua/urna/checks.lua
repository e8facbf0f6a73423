local catalogue = require "urna.checks.catalogue"
local contests = require "urna.contest"
local errors = require "urna.errors"
local expression = require "urna.expression"
local rules = require "urna.rules"

--- Do the records hold? Each check of the catalogue on each record: PASS,
--- FIRED, or UNKNOWN where a field it needs is not known.
local checks = {}

---@class urna.Findings
---@field rows table[] one for each check: { code, title, severity, result =
--- "PASS" | "FIRED" | "UNKNOWN", count, unknown, consequence, article, note,
--- missing, formula }
local Findings = {}
Findings.__index = Findings

local LETTER = { fatal = "E", error = "E", warning = "W", note = "I" }

-- For the methods below: blames who called them.
local function units_of(self, code)
  if not self.fired[code] then
    error(("no check %q"):format(tostring(code)), 3)
  end
  local units = {}
  for i, hit in ipairs(self.fired[code]) do
    units[i] = self.results.units[hit.unit]
  end
  return units
end

--- How many records a check fired on.
--- Fails: raises for a code that is not in the catalogue.
---@param code string "T10"
---@return integer
function Findings:count(code)
  return #units_of(self, code)
end

--- The units a check fired on, in file order.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table[] units as in results.units
function Findings:units(code)
  return units_of(self, code)
end

--- The records a check fired on, in file order, with the numbers that did not
--- hold where it compares some.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table[] { code, key, file, line, left, operator, right }
function Findings:hits(code)
  local hits = {}
  for i, unit in ipairs(units_of(self, code)) do
    local hit = self.fired[code][i]
    hits[i] = { code = code, key = unit.key, file = unit.source,
      line = unit.line, left = hit.left, operator = hit.operator,
      right = hit.right }
  end
  return hits
end

local function numbers_of(row, hit)
  if not hit.left then return "" end
  return (" (%d %s %d does not hold: %s)"):format(hit.left, hit.operator,
    hit.right, row.formula)
end

--- All findings as items of a quickfix list, in file order.
---@return table[]
function Findings:quickfix()
  local items, number = {}, {}
  for _, row in ipairs(self.rows) do
    for _, hit in ipairs(self.fired[row.code]) do
      local unit = self.results.units[hit.unit]
      items[#items + 1] = { filename = unit.source, lnum = unit.line, col = 0,
        type = LETTER[row.severity], nr = -1,
        text = ("%s %s: %s%s"):format(row.code, unit.key, row.title,
          numbers_of(row, hit)) }
      number[items[#items]] = hit.unit
    end
  end
  table.sort(items, function(a, b)
    if number[a] ~= number[b] then return number[a] < number[b] end
    return a.text < b.text
  end)
  return items
end

-- A column by its name; false if there is none. A number that no Lua number
-- holds ends all checks: checks.run gives it back as an error.
local function column_for(results, name)
  local values, err
  if name == expression.LISTS then
    values, err = results:list_sums()
  elseif results:has(name) then
    values, err = results:column(name)
  end
  if errors.is(err) then error(err, 0) end
  return values or false
end

-- The columns a check needs, as arrays by unit; names of those missing.
local function columns_for(results, names, cache)
  local missing = {}
  for _, name in ipairs(names) do
    if cache[name] == nil then cache[name] = column_for(results, name) end
    if not cache[name] then missing[#missing + 1] = name end
  end
  return missing
end

local function values_at(values, names, cache, unit)
  for _, name in ipairs(names) do values[name] = cache[name][unit] end
  return values
end

-- One record against a compiled check: true, false, or nil if not known.
local function holds(compiled, values)
  local left, right = compiled.left(values), compiled.right(values)
  if not left or not right then return nil end
  return compiled.compare(left, right), left, right
end

local function compile(text)
  local compiled, err = expression.compile(text)
  if not compiled then error(tostring(err), 0) end
  if not compiled.compare then
    error(("%q compares nothing"):format(text), 0)
  end
  return compiled
end

local function all_names(test, when)
  local names = {}
  for _, name in ipairs(test.names) do names[#names + 1] = name end
  for _, name in ipairs(when and when.names or {}) do
    names[#names + 1] = name
  end
  return names
end

local function run_test(check, results, cache)
  local test = compile(check.test)
  local when = check.when and compile(check.when)
  local names, hits, unknown = all_names(test, when), {}, 0
  local missing = columns_for(results, names, cache)
  if #missing > 0 then return hits, #results.units, missing end
  local values = {}
  for unit = 1, #results.units do
    values_at(values, names, cache, unit)
    local applies = not when or holds(when, values)
    local ok, left, right = holds(test, values)
    if ok == nil or applies == nil then
      unknown = unknown + 1
    elseif applies and not ok then
      hits[#hits + 1] = { unit = unit, left = left, right = right,
        operator = test.operator }
    end
  end
  return hits, unknown
end

local function given_names(results)
  local names = {}
  for _, name in ipairs(contests.FIELDS) do
    if results:has(name) then names[#names + 1] = name end
  end
  for _, list in ipairs(results.lists) do names[#names + 1] = list.key end
  return names
end

-- How much of a record is there, and whether any of it is not zero.
local KINDS = {
  incomplete = function(given, wanted) return given > 0 and given < wanted end,
  blank = function(given) return given == 0 end,
  zero = function(given, wanted, any) return given == wanted and not any end,
}

local function run_kind(check, results, cache)
  local names, hits = given_names(results), {}
  columns_for(results, names, cache)
  for unit = 1, #results.units do
    local given, any = 0, false
    for _, name in ipairs(names) do
      local value = cache[name][unit]
      if value then given, any = given + 1, any or value ~= 0 end
    end
    if KINDS[check.kind](given, #names, any) then
      hits[#hits + 1] = { unit = unit }
    end
  end
  return hits, 0
end

local function run(check, results, cache)
  if check.needs then return {}, #results.units, check.needs end
  if check.kind then return run_kind(check, results, cache) end
  return run_test(check, results, cache)
end

local function row_of(check, hits, unknown, missing, consequence)
  local result = #hits > 0 and "FIRED" or missing and "UNKNOWN" or "PASS"
  return { code = check.code, title = check.title, severity = check.severity,
    formula = check.test, result = result, count = #hits, unknown = unknown,
    missing = missing, consequence = consequence and consequence.consequence,
    article = consequence and consequence.article,
    note = consequence and consequence.note }
end

local function rule_for(results, options)
  local subject = options.rule or results.contest.rule
  local date = options.date or results.contest.date
  if not subject or type(subject) == "string" and not date then return {} end
  return rules.find(subject, date)
end

local function with_extra(extra)
  local all = {}
  for i, check in ipairs(catalogue) do all[i] = check end
  for i, check in ipairs(extra or {}) do
    if type(check.code) ~= "string" or type(check.test) ~= "string" then
      error(("extra[%d] needs a code and a test"):format(i), 3)
    end
    all[#all + 1] = { code = check.code, test = check.test,
      when = check.when, title = check.title or check.test,
      severity = check.severity or "error" }
  end
  return all
end

local OPTIONS = { "date", "extra", "rule" }

local function run_all(results, rule, list)
  local found = setmetatable({ rows = {}, fired = {}, results = results },
    Findings)
  local cache = {}
  for _, check in ipairs(list) do
    local hits, unknown, missing = run(check, results, cache)
    found.fired[check.code] = hits
    found.rows[#found.rows + 1] = row_of(check, hits, unknown, missing,
      (rule.records or {})[check.code])
  end
  return found
end

--- Run all checks on all records.
--- Fails: raises for a check of one's own that is not in the grammar.
---@param results urna.Results
---@param options { rule: string|table?, date: string?, extra: table[]? }?
--- extra: checks of one's own, { code, test, title, severity, when }
---@return urna.Findings?
---@return urna.Error? err "no_records", an unknown rule, or "beyond_exact"
function checks.run(results, options)
  errors.check_given(results, options, 2)
  options = options or {}
  errors.check_options("check", options, OPTIONS, 2)
  errors.check_types("check", options, { date = "string", extra = "table",
    rule = "string or table" }, 2)
  if type(results) ~= "table" or type(results.total) ~= "function" then
    error("checks are run on results, as urna.read gives them", 2)
  elseif not results.has then
    return nil, errors.new("no_records",
      { message = "only totals are known here; checks need records" })
  end
  local rule, err = rule_for(results, options)
  if not rule then return nil, err end
  local done, found = pcall(run_all, results, rule, with_extra(options.extra))
  if done then return found end
  if errors.is(found) then return nil, found end
  error(found, 0)
end

return checks
