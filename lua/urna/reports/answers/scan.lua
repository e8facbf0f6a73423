local moves = require "urna.reports.moves"
local scenarios = require "urna.reports.answers.scenarios"
local shared = require "urna.reports.shared"

--- Every number of votes at which something changes, as a section of the
--- report.
local scan = { arrays = scenarios.arrays, outcome = scenarios.outcome,
  data = scenarios.data }

local SHOWN = 40

local function asked_text(page, answer, words)
  local move, locale = answer.move, page.locale
  local name = move.remove and "remove" or move.add and "add" or "switch"
  return locale:say(words[name], { most = locale:number(answer.most),
    list = move.switch and "" or page:label(move.remove or move.add),
    from = move.switch and page:label(move.switch.from) or "",
    to = move.switch and page:label(move.switch.to) or "" })
end

local function said(page, answer, words)
  local first = answer.rows[1]
  if not first then
    return { asked_text(page, answer, words), words.nothing }
  end
  return { asked_text(page, answer, words),
    page.locale:say(words.first, {
      votes = page.locale:count(first.votes, "vote") }) }
end

local function crossed_text(page, row, words)
  local texts = {}
  for i, one in ipairs(row.crossed) do
    texts[i] = page.locale:say(words.sides[one.to] or words.sides.unknown,
      { list = page:label(one.list) })
  end
  return #texts > 0 and table.concat(texts, ", ") or "–"
end

local function any_crosses(answer)
  for _, row in ipairs(answer.rows) do
    if #row.crossed > 0 then return true end
  end
  return false
end

local function columns_of(page, answer, words)
  local columns = { shared.right(words.votes), shared.left(words.step, true),
    shared.left(words.moved, true) }
  if any_crosses(answer) then
    columns[4] = shared.left(words.threshold, true)
  end
  for _, block in ipairs(answer.blocks or {}) do
    columns[#columns + 1] = shared.right(
      table.concat(shared.labels(page, block), " + "))
  end
  if answer.blocks then
    columns[#columns + 1] = shared.left(words.decides)
  end
  return columns
end

local function add_blocks(page, cells, row)
  if not row.blocks then return end
  for _, held in ipairs(row.blocks) do
    cells[#cells + 1] = row.is_open and "–" or page.locale:number(held)
  end
  local labels = shared.labels(page, row.is_open and {} or row.deciders)
  cells[#cells + 1] = #labels > 0 and table.concat(labels, ", ") or "–"
end

-- What is open is no change.
local function step_text(page, row, words)
  if row.is_open then return words.open end
  local text = moves.short(page, row.step)
  return row.is_tied and page.locale:say(words.tied, { step = text }) or text
end

local function scan_table(page, answer, words)
  local found = { caption = words.caption, rows = {},
    columns = columns_of(page, answer, words) }
  local crosses = any_crosses(answer)
  local function add(row, votes, step, moved, crossed)
    local cells = { page.locale:number(votes), step, moved }
    if crosses then cells[4] = crossed end
    add_blocks(page, cells, row)
    found.rows[#found.rows + 1] = cells
  end
  add(answer.base, 0, "–", "–", "–")
  for i = 1, math.min(#answer.rows, SHOWN) do
    local row = answer.rows[i]
    add(row, row.votes, step_text(page, row, words),
      row.is_open and "–" or moves.short(page, row.moved),
      crossed_text(page, row, words))
  end
  return found
end

local function notes_of(page, answer, words)
  local notes = moves.legend(page)
  if #answer.rows > SHOWN then
    table.insert(notes, 1, page.locale:say(answer.truncated
      and words.shown_truncated or words.shown, {
        shown = page.locale:number(SHOWN),
        all = page.locale:number(#answer.rows) }))
  end
  table.insert(notes, 1, words.note)
  return notes
end

--- The section.
---@param page urna.Page
---@param answer urna.Scenarios of a scan
---@param words table
---@return table
function scan.draw(page, answer, words)
  local say = said(page, answer, words)
  if #answer.rows == 0 then return { title = words.title, say = say } end
  return { title = words.title, say = say,
    tables = { scan_table(page, answer, words) },
    notes = notes_of(page, answer, words) }
end

return scan
