local balance = require "urna.charts.balance"
local notes = require "urna.checks.notes"

--- Findings of checks as reports print them: which of them, in which words.
local findings = {}

findings.SHOWN = 20

local SERIOUS = { fatal = true, error = true, warning = true }

--- The checks that a report shows: what must hold of every record, in the
--- language's words, and what else was found. The rest of the catalogue is for
--- urna.check to tell.
---@param checks table? findings
---@param holds table<string, string> words of what must hold, by code
---@return table[] rows
function findings.shown(checks, holds)
  local rows = {}
  for _, row in ipairs(checks and checks.rows or {}) do
    local is_law = row.result == "FIRED" and row.severity ~= "note"
    if holds[row.code] or row.is_own or is_law then rows[#rows + 1] = row end
  end
  return rows
end

--- The serious checks that fired, each with the keys of its first records.
---@param checks table? findings; those without `units` list nothing
---@return { code: string, severity: string, count: integer, units: string[] }[]
function findings.fired(checks)
  local rows = {}
  for _, row in ipairs(checks and checks.units and checks.rows or {}) do
    if row.result == "FIRED" and SERIOUS[row.severity] then
      local units, keys = checks:units(row.code), {}
      for i = 1, math.min(#units, findings.SHOWN) do
        keys[i] = tostring(units[i].key)
      end
      rows[#rows + 1] = { code = row.code, severity = row.severity,
        count = #units, units = keys }
    end
  end
  return rows
end

-- ---- words ----

-- A translation where the language has one.
local function translated(page, kind, english)
  local found = page.locale:part("check")[kind]
  return found and found[english] or english
end

--- The fault that a check looks for.
---@param page urna.Page
---@param row table of the findings
---@return string
function findings.title(page, row)
  local titles = page.locale:part("check").titles
  return titles and titles[row.code] or row.title or ""
end

--- What to do where a check fired.
---@return string "" if nothing is known
function findings.next(page, row)
  return row.next and translated(page, "next", row.next) or ""
end

--- What a country's rule says of a finding beside its consequence.
---@return string
function findings.rule_note(page, row)
  return translated(page, "rule_notes", row.note)
end

--- A field, a list or what else a check is missing.
---@param page urna.Page
---@param name string
---@return string
function findings.field(page, name)
  local locale = page.locale
  return locale.fields[name] or locale:part("check").fields[name]
    or page:label(name)
end

-- The same inside a formula or a sentence.
local function short_field(page, name)
  return page.locale:part("check").short[name] or findings.field(page, name)
end

--- What a check that is UNKNOWN is missing; "" if nothing by name.
---@return string
function findings.missing(page, row)
  local fields = {}
  for i, name in ipairs(type(row.missing) == "table" and row.missing or {}) do
    fields[i] = findings.field(page, name)
  end
  return table.concat(fields, ", ")
end

--- What the law makes of a finding, with its article.
---@return string "" where nothing was found, or nothing follows
function findings.consequence(page, row)
  if row.result ~= "FIRED" or not row.consequence then return "" end
  local text = page.locale.consequence[row.consequence] or row.consequence
  if not row.article then return text end
  return ("%s (%s %s)"):format(text, page.locale.words.art,
    (page:article(row.article)))
end

local SIGNS = { { "<=", "≤" }, { ">=", "≥" }, { "~=", "≠" }, { "%*", "×" },
  { "%-", "−" } }

--- A formula with the names of its fields, and behind each its number.
---@param page urna.Page
---@param text string "ballots_in_box <= voters_signed"
---@param values table<string, integer>? by name
---@return string "ballots in the box 51 ≤ signatures 50"
function findings.formula(page, text, values)
  local function said(name, shown)
    local value = values and values[name]
    return value and ("%s %s"):format(shown, page.locale:number(value))
      or shown
  end
  for _, sign in ipairs(SIGNS) do text = text:gsub(sign[1], sign[2]) end
  text = text:gsub("sum%s*%(%s*lists%s*%)", "\1")
  text = text:gsub("[%a_][%w_]*", function(name)
    return said(name, short_field(page, name))
  end)
  return (text:gsub("\1", function()
    return said("sum(lists)", page.locale:part("check").sum_of_lists)
  end))
end

--- What says a note in the page's language.
---@param page urna.Page
---@return table tongue of checks/notes.lua
function findings.tongue(page)
  local words, locale = page.locale:part("check"), page.locale
  return { forms = words.notes, locale = locale,
    count = function(count) return locale:number(count) end,
    percent = function(value) return locale:percent(notes.percent(value)) end,
    z = function(value) return locale:number(notes.z(value)) end,
    list = function(key) return page:label(key) end,
    field = function(name) return short_field(page, name) end,
    measure = function(name) return words.measures[name] end }
end

-- ---- the balance ----

-- What the drawing leaves out: totals that are not told, records in which a
-- list is not reported.
local function lacking_of(page, model, checks)
  local said = balance.lacking(model, page.locale)
  if model.records < checks.job.units then
    local words = page.locale:part("check").balance
    said[#said + 1] = page.locale:say(words.reported, {
      records = page.locale:number(model.records),
      all = page.locale:number(checks.job.units) })
  end
  return said
end

--- The chart of the records' balance, and what of it cannot be drawn.
---@param page urna.Page
---@param checks table? findings
---@return table? drawing { svg, text, table }; nil where nothing is known
---@return string[] lacking sentences
function findings.balance(page, checks)
  local model = balance.of(checks)
  if not model then return nil, {} end
  local lacking = lacking_of(page, model, checks)
  if #model.rows == 0 then return nil, lacking end
  return { table = balance.table(model, page.locale),
    svg = function(settings) return balance.svg(model, settings) end,
    text = function(settings) return balance.text(model, settings) end },
    lacking
end

return findings
