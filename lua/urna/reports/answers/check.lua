local findings = require "urna.reports.findings"
local notes = require "urna.checks.notes"
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"

--- What checks found in records, as a section of the report.
local check = { arrays = { missing = true, units = true, fields = true } }

local RECORDS = 5 -- of each check
local SUGGESTED = 20

--- The contest that was checked: its name and its lists.
---@param answer urna.Findings
---@return table
function check.outcome(answer)
  local results = answer.results
  return { contest = results.contest, lists = results.lists,
    fingerprint = results.source }
end

--- What goes into JSON: a row for each check, with the records it fired on.
---@param answer urna.Findings
---@return table[]
function check.data(answer)
  return answer:plain()
end

-- ---- which checks ----

local function rows_with(answer, result)
  local rows = {}
  for _, row in ipairs(answer.rows) do
    if row.result == result then rows[#rows + 1] = row end
  end
  return rows
end

local left, right = shared.left, shared.right

local function number(page, value)
  return page.locale:number(value)
end

-- ---- sentences ----

local function weights(page, fired, words)
  local counts = { fatal = 0, error = 0, warning = 0, note = 0 }
  for _, row in ipairs(fired) do
    counts[row.severity] = counts[row.severity] + 1
  end
  for name, count in pairs(counts) do counts[name] = number(page, count) end
  return page.locale:say(words.weight, counts)
end

local function said(page, answer, words, lists)
  local say = { page.locale:say(words.base, {
    records = number(page, answer.job.units),
    checks = number(page, #answer.rows),
    fired = number(page, #lists.FIRED), passed = number(page, #lists.PASS),
    unknown = number(page, #lists.UNKNOWN) }) }
  say[2] = #lists.FIRED == 0 and words.nothing
    or weights(page, lists.FIRED, words)
  say[3] = #lists.FIRED > 0 and words.meaning or nil
  return say
end

-- ---- tables ----

local function found_table(page, rows, words)
  local found = { caption = words.found_caption, rows = {}, columns = {
    left(words.code), left(words.found, true), left(words.weight_title),
    right(words.records), right(words.ballots), left(words.follows, true) } }
  for i, row in ipairs(rows) do
    found.rows[i] = { row.code, findings.title(page, row),
      words.severity[row.severity], number(page, row.count),
      shared.number(page, row.difference), findings.consequence(page, row) }
  end
  return found
end

-- What must hold: the formulas by the names of their fields, and of which
-- records.
local function formula_of(page, answer, row, words)
  local tests, when = answer:tests(row.code)
  if not tests then return words.formulas[row.code] or "–" end
  local text = findings.formula(page, tests[1].text)
  for i = 2, #tests do
    text = page.locale:say(words.also, { a = text,
      b = findings.formula(page, tests[i].text) })
  end
  if not when then return text end
  return page.locale:say(words.where, { formula = text,
    when = findings.formula(page, when.text) })
end

local function next_table(page, answer, rows, words)
  local found = { caption = words.next_caption, rows = {}, columns = {
    left(words.code), left(words.holds, true), left(words.next_title, true) } }
  for i, row in ipairs(rows) do
    found.rows[i] = { row.code, formula_of(page, answer, row, words),
      findings.next(page, row) }
  end
  return found
end

-- Of one file its name is enough: its path is said above.
local function place_of(answer, hit)
  local file = hit.file or ""
  if not answer.results.source.files then
    file = file:match("[^/\\]+$") or file
  end
  return hit.line and ("%s:%d"):format(file, hit.line) or file
end

-- Without keys a record has no name but its line, which its place says.
local function record_of(answer, hit)
  return #answer.results.key_names > 0 and hit.key or "–"
end

-- A record that was kept out, by the reader's own words.
local function fault_of(page, err)
  local form = page.locale.row_error[err.code]
  if not form then return err.message or tostring(err) end
  return page.locale:say(form, { text = tostring(err.text or err.field
    or "") })
end

local function comparison(page, hit)
  if hit.test then
    return findings.formula(page, hit.test.text, hit.values)
  end
  if not hit.left then return nil end
  return findings.formula(page, ("%s %s %s"):format(number(page, hit.left),
    hit.operator, number(page, hit.right)))
end

local function stands_out(page, hit, tongue)
  if hit.error then return fault_of(page, hit.error) end
  local texts = {}
  texts[1] = comparison(page, hit)
  texts[#texts + 1] = notes.say(hit.note, tongue)
  return table.concat(texts, "; ")
end

local function first_table(page, answer, rows, words)
  local tongue = findings.tongue(page)
  local found = { rows = {}, caption = page.locale:say(words.first_caption,
    { shown = number(page, RECORDS) }), columns = { left(words.code),
    left(words.record, true), left(words.place, true),
    left(words.stands_out, true) } }
  for _, row in ipairs(rows) do
    for _, hit in ipairs(answer:first(row.code, RECORDS)) do
      found.rows[#found.rows + 1] = { row.code, record_of(answer, hit),
        place_of(answer, hit), stands_out(page, hit, tongue) }
    end
  end
  return found
end

local function suggested_table(page, answer, all, words)
  if #all == 0 then return nil end
  local found = { caption = words.suggested_caption, rows = {}, columns = {
    left(words.record, true), left(words.place, true),
    left(words.field, true), right(words.value), right(words.suggested) } }
  for i = 1, math.min(#all, SUGGESTED) do
    local one = all[i]
    found.rows[i] = { record_of(answer, one), place_of(answer, one),
      findings.field(page, one.field), number(page, one.value),
      number(page, one.suggested) }
  end
  return found
end

local function unknown_table(page, rows, words)
  local found = { caption = words.unknown_caption, rows = {}, columns = {
    left(words.code), left(words.looked_for, true),
    left(words.missing, true) } }
  for i, row in ipairs(rows) do
    found.rows[i] = { row.code, findings.title(page, row),
      findings.missing(page, row) }
  end
  return found
end

local function passed_table(page, rows, words)
  local found = { caption = words.passed_caption, rows = {}, columns = {
    left(words.code), left(words.looked_for, true),
    right(words.unchecked) } }
  for i, row in ipairs(rows) do
    found.rows[i] = { row.code, findings.title(page, row),
      number(page, row.unknown) }
  end
  return found
end

local function tables_of(page, answer, words, lists, suggested)
  local found = {}
  local function add(rows, made)
    if #rows > 0 then found[#found + 1] = made end
  end
  if #lists.FIRED > 0 then
    add(lists.FIRED, found_table(page, lists.FIRED, words))
    add(lists.FIRED, next_table(page, answer, lists.FIRED, words))
    add(lists.FIRED, first_table(page, answer, lists.FIRED, words))
  end
  add(suggested, suggested_table(page, answer, suggested, words))
  add(lists.UNKNOWN, unknown_table(page, lists.UNKNOWN, words))
  add(lists.PASS, passed_table(page, lists.PASS, words))
  return found
end

-- ---- notes ----

-- What the rule adds, what was said of the run, what the tolerance let pass.
local function add_remarks(found, page, answer, row, words, tongue)
  local function add(form, text)
    found[#found + 1] = page.locale:say(form, { code = row.code, text = text })
  end
  if row.result == "FIRED" and row.note then
    add(words.remark, findings.rule_note(page, row))
  end
  local remark = row.result ~= "PASS" and answer:remark(row.code)
  if remark then add(words.remark, notes.say(remark, tongue)) end
  if (row.tolerated or 0) > 0 then
    add(words.tolerated, page.locale:count(row.tolerated, "record"))
  end
end

local function notes_of(page, answer, words, lists, suggested)
  local found, tongue = {}, findings.tongue(page)
  local source = answer.results.source
  if #lists.FIRED > 0 then
    found[1] = words.apart_note
    if not source.files and source.file then
      found[2] = page.locale:say(words.lines_of, { file = source.file })
    end
  end
  for _, row in ipairs(answer.rows) do
    add_remarks(found, page, answer, row, words, tongue)
  end
  if #suggested > 0 then found[#found + 1] = words.suggestion_note end
  if #suggested > SUGGESTED then
    found[#found + 1] = page.locale:say(words.suggested_more, {
      count = number(page, #suggested), shown = number(page, SUGGESTED) })
  end
  return found
end

--- The section.
---@param page urna.Page
---@param answer urna.Findings
---@param words table
---@return table
function check.draw(page, answer, words)
  local lists, suggested = {}, answer:suggestions()
  for _, result in ipairs { "FIRED", "PASS", "UNKNOWN" } do
    lists[result] = rows_with(answer, result)
  end
  local drawing, lacking = findings.balance(page, answer)
  local below = notes_of(page, answer, words, lists, suggested)
  shared.append(below, lacking)
  shared.append(below, sentences.fired_articles(page, answer))
  return { title = words.title, say = said(page, answer, words, lists),
    tables = tables_of(page, answer, words, lists, suggested),
    chart = drawing, notes = below }
end

return check
