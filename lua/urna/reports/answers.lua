--- What else was asked of an election, as sections of its report: the answers
--- of urna.margins, urna.annul, urna.compare and the like. Each kind has a file
--- in reports/answers and words in locale/<language>; an answer says its kind.
local answers = {}

-- kind -> module; loaded when there is such an answer.
local SECTIONS = {
  annul = "urna.reports.answers.annul",
  check = "urna.reports.answers.check",
  coalitions = "urna.reports.answers.coalitions",
  compare = "urna.reports.answers.compare",
  deadlines = "urna.reports.answers.deadlines",
  disputes = "urna.reports.answers.disputes",
  fewest = "urna.reports.answers.fewest",
  incidents = "urna.reports.answers.incidents",
  margins = "urna.reports.answers.margins",
  materiality = "urna.reports.answers.materiality",
  reconcile = "urna.reports.answers.reconcile",
  rerun = "urna.reports.answers.rerun",
  scan = "urna.reports.answers.scan",
  scenarios = "urna.reports.answers.scenarios",
  turnout_by_hour = "urna.reports.answers.turnout_by_hour",
}

---@class urna.AnswerSection what a file in reports/answers returns
---@field outcome fun(answer: table): table? the outcome that a page of its own
--- is of: its contest is the title, its lists have the names
---@field name (fun(answer: table): table)? where it has no outcome: the contest
--- { name, names } instead
---@field arrays table<string, boolean> names whose empty table is a list
---@field data fun(answer: table, options: table?): table what goes into JSON
---@field draw fun(page: urna.Page, answer: table, words: table): table {
--- title, say, tables, chart, notes, items }: sentences; tables as those of
--- reports/tables.lua; chart = { svg, text, table }, functions of the chart's
--- settings and the table of its data

---@param answer table
---@return urna.AnswerSection
local function section_of(answer)
  local name = SECTIONS[answer.kind]
  if not name then
    error(("a report has no section for an answer of the kind %q"):format(
      tostring(answer.kind)), 0)
  end
  return require(name)
end

--- Whether a value is an answer that has a section.
---@param value any
---@return boolean
function answers.is_one(value)
  return type(value) == "table" and SECTIONS[value.kind or ""] ~= nil
end

-- A second annulment is annul-2.
local function id_of(kind, seen)
  seen[kind] = (seen[kind] or 0) + 1
  return seen[kind] == 1 and kind or ("%s-%d"):format(kind, seen[kind])
end

--- The sections of a page's answers, in the order given.
---@param page urna.Page
---@return table[] { id, title, chart = name or false, drawing, say, tables,
--- notes, items }
function answers.sections(page)
  local found, seen = {}, {}
  for i, answer in ipairs(page.answers or {}) do
    local drawn = section_of(answer).draw(page, answer,
      page.locale:part(answer.kind))
    local id = id_of(answer.kind, seen)
    found[i] = { id = id, title = drawn.title, say = drawn.say or {},
      tables = drawn.tables or {}, notes = drawn.notes or {},
      items = drawn.items or {}, drawing = drawn.chart,
      chart = drawn.chart and id .. "-chart" or false }
  end
  return found
end

--- The outcome that a page of one answer is of: a contest and its lists.
---@param answer table
---@return table
function answers.outcome(answer)
  local section = section_of(answer)
  return section.outcome and section.outcome(answer)
    or { contest = section.name(answer), lists = {} }
end

--- An answer as plain data.
---@param answer table
---@param options table? what its kind takes
---@return table data
---@return table<string, boolean> arrays
function answers.data(answer, options)
  local section = section_of(answer)
  return section.data(answer, options), section.arrays
end

return answers
