local findings = require "urna.reports.findings"
local shared = require "urna.reports.shared"

--- How many ballots each check concerns beside how few move a seat, as a
--- section of the report.
local materiality = { arrays = { rows = true } }

--- The outcome as it is.
---@param answer urna.Materiality
---@return table
function materiality.outcome(answer)
  return answer.outcome
end

--- What goes into JSON.
---@param answer urna.Materiality
---@return table
function materiality.data(answer)
  return shared.some(answer, { "needed", "rows" })
end

local function said(page, answer, words)
  local needed = answer.needed
  if needed then
    return { page.locale:say(words.needed, {
      ballots = page.locale:number(needed.ballots),
      from = page:label(needed.from), to = page:label(needed.to) }) }
  end
  local why = answer.why
  return { why and page.locale:say(words.not_needed, {
    why = words.why[why.code] or why.message }) or words.unknown }
end

local function title_of(page, row, words)
  if not row.code then return words.places end
  return findings.title(page, row)
end

local function row_table(page, answer, words)
  local found = { caption = words.caption, rows = {}, columns = {
    shared.left(words.code), shared.left(words.check, true),
    shared.right(words.stations), shared.right(words.registered),
    shared.right(words.ballots), shared.right(words.gap),
    shared.right(words.ratio) } }
  for i, row in ipairs(answer.rows) do
    found.rows[i] = { row.code or "–", title_of(page, row, words),
      page.locale:number(row.stations), shared.number(page, row.registered),
      shared.number(page, row.ballots), shared.number(page, row.gap),
      shared.number(page, row.ratio and row.ratio.decimal) }
  end
  return found
end

--- The section.
---@param page urna.Page
---@param answer urna.Materiality
---@param words table
---@return table
function materiality.draw(page, answer, words)
  local say = said(page, answer, words)
  if #answer.rows == 0 then
    say[2] = words.none
    return { title = words.title, say = say }
  end
  return { title = words.title, say = say,
    tables = { row_table(page, answer, words) },
    notes = { words.ballots_note, words.gap_note,
      answer.needed and words.ratio_note or nil } }
end

return materiality
