local csv = require "urna.writers.csv"
local expression = require "urna.expression"
local json = require "urna.writers.json"
local notes = require "urna.checks.notes"
local sarif = require "urna.checks.sarif"
local slips = require "urna.checks.slips"

--- What checks have found, and how it leaves: for a person, a table, a
--- program, an editor.
local findings = {}

---@class urna.Findings
---@field rows table[] one for each check, in the order S C T X W M P L: {
--- code, title, severity = "fatal" | "error" | "warning" | "note", result =
--- "PASS" | "FIRED" | "UNKNOWN", count, unknown, missing, formula, fields,
--- next, consequence, article, note, remark, tolerance, tolerated, difference }
--- unknown: records that cannot be checked; missing: the fields for it;
--- fields: those that the formula compares; next: what to do; note: of the
--- rule; remark: of this run; tolerated: records within the tolerance;
--- difference: how far both sides are apart in all records that it fired on
---@field results urna.Results
local Findings = {}
Findings.__index = Findings
Findings.kind = "check"

local LETTER = { fatal = "E", error = "E", warning = "W", note = "I" }

--- Findings of a job that is done.
---@param job urna.checks.Job
---@param rows table[]
---@return urna.Findings
function findings.new(job, rows)
  local by_code = {}
  for _, row in ipairs(rows) do by_code[row.code] = row end
  return setmetatable({ rows = rows, results = job.results, job = job,
    by_code = by_code }, Findings)
end

-- For the methods below: blames who called them.
local function answer_of(self, code)
  local answer = self.job.answers[code]
  if not answer then
    error(("no check %q"):format(tostring(code)), 3)
  end
  return answer
end

--- How many records a check fired on.
--- Fails: raises for a code that is not in the catalogue.
---@param code string "T10"
---@return integer
function Findings:count(code)
  answer_of(self, code)
  return self.by_code[code].count
end

--- The units a check fired on, in file order. Records that are kept out, and
--- findings of the whole, are of no unit: see `hits`.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table[] units as in results.units
function Findings:units(code)
  local units = {}
  for i, unit in ipairs(answer_of(self, code).units) do
    units[i] = self.results.units[unit]
  end
  return units
end

-- A formula with the value behind each name: "a 5 <= b 4".
local function with_numbers(job, test, unit)
  local values = job:values_at(test.names, unit)
  local text = test.text:gsub("sum%s*%(%s*lists%s*%)", "\1")
  text = text:gsub("[%a_][%w_]*", function(name)
    return values[name] and ("%s %d"):format(name, values[name])
  end)
  return (text:gsub("\1", values[expression.LISTS]
    and ("sum(lists) %d"):format(values[expression.LISTS]) or "sum(lists)"))
end

local function test_of(answer, i)
  return answer.tests and answer.tests[answer.which and answer.which[i] or 1]
end

-- What is known of one record that a check fired on.
local function hit_at(self, code, answer, i, is_full)
  local unit = self.results.units[answer.units[i]]
  local test = test_of(answer, i)
  local hit = { code = code, key = unit.key, file = unit.source,
    line = unit.line, left = answer.left and answer.left[i],
    right = answer.right and answer.right[i],
    operator = answer.left and (test and test.operator or answer.operator),
    note = answer.notes and answer.notes[i] }
  if answer.others then
    local other = self.results.units[answer.others[i]]
    hit.note = { form = "same_as", key = other.key, line = other.line }
  end
  if is_full and test then
    hit.numbers = with_numbers(self.job, test, answer.units[i])
    hit.suggestion = code:find("^T") and self:suggestion(answer.units[i])
      or nil
  end
  return hit
end

-- A record that is kept out, or a finding of the whole.
local function hit_of_place(code, place)
  return { code = code, key = place.key, file = place.file, line = place.line,
    left = place.left, operator = place.operator, right = place.right,
    note = place.note }
end

local function in_english(hit)
  hit.note = notes.text(hit.note)
  return hit
end

local function hits_of(self, code, answer, is_full)
  local hits = {}
  for _, place in ipairs(answer.places or {}) do
    hits[#hits + 1] = in_english(hit_of_place(code, place))
  end
  for i = 1, #answer.units do
    hits[#hits + 1] = in_english(hit_at(self, code, answer, i, is_full))
  end
  return hits
end

--- The records a check fired on, in file order, with the numbers that did not
--- hold where it compares some.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table[] { code, key, file, line, left, operator, right, numbers,
--- note, suggestion } numbers: the formula with the value of each field;
--- suggestion: see `suggestion`
function Findings:hits(code)
  return hits_of(self, code, answer_of(self, code), true)
end

--- The first of them for a report, which says their notes in its language:
--- kept-out records and findings of the whole first.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@param most integer
---@return table[] hits as of `hits`, but note: as checks/notes.lua has it;
--- error: of a record kept out; test, values: the comparison and the number
--- behind each of its names
function Findings:first(code, most)
  local answer, hits = answer_of(self, code), {}
  for i = 1, math.min(#(answer.places or {}), most) do
    hits[i] = hit_of_place(code, answer.places[i])
    hits[i].error = answer.places[i].error
  end
  for i = 1, math.min(#answer.units, most - #hits) do
    local hit = hit_at(self, code, answer, i, true)
    hit.test = test_of(answer, i)
    hit.values = hit.test and self.job:values_at(hit.test.names,
      answer.units[i])
    hits[#hits + 1] = hit
  end
  return hits
end

--- What was said of a whole run of a check, as checks/notes.lua has it.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table?
function Findings:remark(code)
  return answer_of(self, code).note
end

--- The comparisons of a check, compiled, and that of the records it is of.
--- Fails: raises for a code that is not in the catalogue.
---@param code string
---@return table[]? tests as urna.expression gives them
---@return table? when
function Findings:tests(code)
  local answer = answer_of(self, code)
  return answer.tests, answer.when
end

--- The only edit of one digit that makes all sums of a record hold, if there
--- is exactly one. Nothing is corrected.
---@param unit integer number of the unit in results.units
---@return { field: string, value: integer, suggested: integer }?
function Findings:suggestion(unit)
  local repairs = slips.find(self.job)
  return slips.suggestion(repairs and repairs[unit])
end

--- All such edits, in file order.
---@return table[] { key, file, line, field, value, suggested }
function Findings:suggestions()
  local rows = {}
  local _, repaired = slips.find(self.job)
  for _, number in ipairs(repaired) do
    local found = self:suggestion(number)
    if found then
      local unit = self.results.units[number]
      rows[#rows + 1] = { key = unit.key, file = unit.source,
        line = unit.line, field = found.field, value = found.value,
        suggested = found.suggested }
    end
  end
  return rows
end

local SERIOUS = { fatal = true, error = true, warning = true }

--- Whether a check fired that is more than a note.
---@return boolean
function Findings:is_serious()
  for _, row in ipairs(self.rows) do
    if row.result == "FIRED" and SERIOUS[row.severity] then return true end
  end
  return false
end

-- ---- one line for a record ----

local function compared(row, hit)
  if not hit.left then return "" end
  return (" (%d %s %d does not hold%s)"):format(hit.left, hit.operator,
    hit.right, row.formula and ": " .. row.formula or "")
end

local function sentence(row, hit)
  return ("%s: %s%s%s"):format(hit.key, row.title, compared(row, hit),
    hit.note and ": " .. hit.note or "")
end

-- All hits in the order of the file, those without a line first.
local function all_hits(self)
  local hits, number = {}, {}
  for _, row in ipairs(self.rows) do
    local answer = self.job.answers[row.code]
    local own = hits_of(self, row.code, answer, false)
    local before = #(answer.places or {})
    for i, hit in ipairs(own) do
      local item = { row = row, hit = hit }
      hits[#hits + 1] = item
      number[item] = { answer.units[i - before] or 0, #hits }
    end
  end
  table.sort(hits, function(a, b)
    local x, y = number[a], number[b]
    if x[1] ~= y[1] then return x[1] < y[1] end
    return x[2] < y[2]
  end)
  return hits
end

--- All findings as items of a quickfix list, in file order.
---@return table[]
function Findings:quickfix()
  local items = {}
  for i, item in ipairs(all_hits(self)) do
    items[i] = { filename = item.hit.file, lnum = item.hit.line or 0, col = 0,
      type = LETTER[item.row.severity], nr = -1, text = item.row.code .. " "
        .. sentence(item.row, item.hit) }
  end
  return items
end

--- All findings as SARIF 2.1.0: a rule for each check, a result for each
--- record with its file and line.
---@return string JSON
function Findings:sarif()
  local items = all_hits(self)
  for _, item in ipairs(items) do
    item.text = sentence(item.row, item.hit)
  end
  return sarif.encode(self.rows, items)
end

-- ---- tables ----

local HEADER = { "code", "result", "count", "unknown", "severity",
  "consequence", "article", "title", "formula", "difference", "tolerated",
  "missing", "fields", "next" }

local function joined(value)
  return type(value) == "table" and table.concat(value, " ") or value
end

--- A row for each check.
---@return string
function Findings:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = {}
    for j, name in ipairs(HEADER) do rows[i][j] = joined(row[name]) end
  end
  return csv.encode(rows, HEADER)
end

local HITS = { "code", "key", "file", "line", "left", "operator", "right",
  "severity", "consequence", "article", "title", "numbers", "note", "field",
  "value", "suggested", "next" }

--- A row for each record that a check fired on.
---@return string
function Findings:table()
  local rows = {}
  for _, row in ipairs(self.rows) do
    for _, hit in ipairs(self:hits(row.code)) do
      local cells, edit = {}, hit.suggestion or {}
      for j, name in ipairs(HITS) do
        cells[j] = hit[name] or edit[name] or name ~= "note" and row[name]
          or nil
      end
      rows[#rows + 1] = cells
    end
  end
  return csv.encode(rows, HITS)
end

--- All checks as plain data, each with the records it fired on.
---@return table[] rows as `rows`, with `units` as `hits` gives them
function Findings:plain()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { units = self:hits(row.code) }
    for name, value in pairs(row) do rows[i][name] = value end
  end
  return rows
end

--- Names of plain data whose empty table is a list.
Findings.arrays = { missing = true, units = true, fields = true }

--- All checks, each with the records it fired on, as JSON.
---@return string
function Findings:json()
  return json.encode(self:plain(), { indent = 2, arrays = self.arrays })
    .. "\n"
end

-- ---- for a person ----

local SHOWN = 10

-- Both sides; of a formula with factors the formula, for its sides are no
-- numbers of the record.
local function sides(hit)
  if not hit.left then return "" end
  if hit.numbers and hit.numbers:find("*", 1, true) then
    return ("  %s does not hold"):format(hit.numbers)
  end
  return ("  %d %s %d does not hold"):format(hit.left, hit.operator,
    hit.right)
end

local function add_hit(lines, hit)
  local place = hit.line and ("%s:%d"):format(hit.file, hit.line)
    or hit.file or ""
  local numbers = sides(hit)
  lines[#lines + 1] = ("       %s  %s%s%s"):format(hit.key, place, numbers,
    hit.note and "  " .. hit.note or "")
  local edit = hit.suggestion
  if edit then
    lines[#lines + 1] = ("         suggested: %s %d in place of %d, the one "
      .. "edit of a digit that makes all sums hold"):format(edit.field,
      edit.suggested, edit.value)
  end
end

-- The records that a check fired on, or the first of them.
local function add_hits(lines, self, row, is_all)
  if row.result ~= "FIRED" then return end
  local answer = self.job.answers[row.code]
  local before, all = #(answer.places or {}), #answer.units
  local shown = is_all and all or math.min(all, SHOWN)
  for _, place in ipairs(answer.places or {}) do
    add_hit(lines, in_english(hit_of_place(row.code, place)))
  end
  for i = 1, shown do
    add_hit(lines, in_english(hit_at(self, row.code, answer, i, true)))
  end
  if all > shown then
    lines[#lines + 1] = ("       and %d more (--all)"):format(all - shown)
  end
  if all + before > 0 and row.next then
    lines[#lines + 1] = "       -> " .. row.next
  end
end

-- What must hold, unless it does not: then the fault.
local function statement(row)
  local holds = require "urna.locale".get("en").holds
  return row.result ~= "FIRED" and holds[row.code]
    or row.result == "PASS" and "not found: " .. row.title or row.title
end

local function follows(row)
  if row.result ~= "FIRED" or not row.consequence then return "" end
  return (" -> %s%s"):format((row.consequence:gsub("_", " ")),
    row.article and ", art. " .. row.article or "")
end

local function details(row)
  local text = ""
  if (row.difference or 0) > 0 then
    text = ("; %d apart in all"):format(row.difference)
  end
  if row.tolerated and row.tolerated > 0 then
    text = ("%s; %d within the tolerance"):format(text, row.tolerated)
  end
  if row.remark and row.result ~= "PASS" then
    text = text .. "; " .. row.remark
  end
  return text
end

local function add_row(lines, self, row, is_all)
  local missing = row.missing and #row.missing > 0
    and (" (not given: %s)"):format(table.concat(row.missing, ", ")) or ""
  lines[#lines + 1] = ("%-4s %-7s %6d  %s%s%s%s"):format(row.code,
    row.result, row.count, statement(row), missing, follows(row),
    details(row))
  add_hits(lines, self, row, is_all)
end

-- What needs something that cannot be given, by what it needs.
local function add_needs(lines, rows)
  local by, order = {}, {}
  for _, row in ipairs(rows) do
    local need = table.concat(row.needs, " and ")
    if not by[need] then by[need], order[#order + 1] = {}, need end
    table.insert(by[need], row.code)
  end
  if #order == 0 then return end
  lines[#lines + 1] = ""
  lines[#lines + 1] = "Not checked, as records do not say:"
  for _, need in ipairs(order) do
    lines[#lines + 1] = ("  %s: %s"):format(need:gsub("_", " "),
      table.concat(by[need], " "))
  end
end

--- All checks as text, the first records of each, and what was not checked.
---@param options { all: boolean? }? all records
---@return string
function Findings:text(options)
  local lines, left = {}, {}
  for _, row in ipairs(self.rows) do
    if row.needs and not row.consequence then
      left[#left + 1] = row
    else
      add_row(lines, self, row, options and options.all)
    end
  end
  add_needs(lines, left)
  return table.concat(lines, "\n") .. "\n"
end

return findings
