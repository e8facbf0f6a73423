local answers = require "urna.reports.answers"
local findings = require "urna.reports.findings"
local model = require "urna.charts.model"
local sentences = require "urna.reports.sentences"
local tables = require "urna.reports.tables"

--- The order of a report: what stands in each section. A section without
--- content is left out.
local sections = {}

local SHOWN = tables.coalitions_shown

-- say: paragraphs; tables: by name; notes, items: sentences after them;
-- drawing: a chart that is not of the outcome; answers: the place of what else
-- was asked.
local ORDER = {
  { id = "open", items = "open" },
  { id = "result", tables = { "result" }, say = "result", notes = "notes" },
  { id = "turnout", say = "turnout", tables = { "turnout" } },
  { id = "threshold", say = "threshold", tables = { "threshold" },
    notes = "threshold_notes" },
  { id = "chamber", chart = "hemicycle" },
  { id = "bars", chart = "bars" },
  { id = "last_seats", say = "last_seats", tables = { "last_seats" },
    notes = "last_seats_notes" },
  { id = "next_in_line", say = "next_in_line", tables = { "next_in_line" } },
  { id = "closeness", say = "closeness", tables = { "closeness" } },
  { id = "majority", say = "majority", tables = { "coalitions", "distance" } },
  { answers = true },
  { id = "checks", say = "checks", tables = { "checks" }, drawing = "balance",
    notes = "checks_notes", items = "fired" },
  { id = "kept_out", items = "kept_out" },
  { id = "law", say = "law", notes = "law_notes" },
  { id = "sources", items = "sources" },
  { id = "fingerprint", say = "fingerprint" },
}

local function said(page, name)
  return name and sentences[name](page, SHOWN) or {}
end

local function has_chart(page, chart)
  if chart == "hemicycle" then
    return #model.assembly(page.outcome).wedges > 0
  end
  if chart ~= "bars" then return false end
  for _, list in ipairs(page.outcome.lists) do
    if list.share and list.share.percent then return true end
  end
  return false
end

-- Whether an answer of this kind stands on the page.
local function is_asked(page, kind)
  for _, answer in ipairs(page.answers or {}) do
    if answer.kind == kind then return true end
  end
  return false
end

-- Charts that are drawn from something else than the outcome. The balance
-- stands on a page once.
local DRAWINGS = {
  balance = function(page)
    if is_asked(page, "check") then return nil end
    return (findings.balance(page, page.checks))
  end,
}

local function section_of(page, row)
  local found = { id = row.id, title = page.locale.words[row.id],
    chart = has_chart(page, row.chart) and row.chart or false,
    say = said(page, row.say), notes = said(page, row.notes),
    items = said(page, row.items), tables = {} }
  for _, name in ipairs(row.tables or {}) do
    if tables[name](page) then found.tables[#found.tables + 1] = name end
  end
  if row.drawing then
    found.drawing = DRAWINGS[row.drawing](page)
    found.chart = found.drawing and row.id .. "-chart" or false
  end
  local has_table = #found.tables > 0
  if found.chart or has_table or #found.say > 0 or #found.items > 0 then
    return found
  end
end

local function append(all, more)
  for _, section in ipairs(more) do all[#all + 1] = section end
end

--- The sections that have something to say, in their order; of a page of
--- answers alone only theirs.
---@param page urna.Page
---@return table[] { id, title, chart or false, say, tables, notes, items }:
--- tables by name, or as they are drawn; `drawing` of a chart that is not of
--- the outcome
function sections.of(page)
  local asked = answers.sections(page)
  if page.is_alone then return asked end
  local found = {}
  for _, row in ipairs(ORDER) do
    append(found, row.answers and asked or { section_of(page, row) })
  end
  return found
end

return sections
