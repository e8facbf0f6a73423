local shared = require "urna.reports.shared"

--- Who can govern with whom, as a section of the report.
local coalitions = { arrays = { rows = true, lists = true, connected = true,
  short = true, excluded = true, order = true } }

local SHOWN = 20

--- The outcome whose lists they are; of seats alone there is none.
---@param answer urna.Coalitions
---@return table?
function coalitions.outcome(answer)
  return answer.outcome
end

--- Of seats alone no contest is known.
function coalitions.name()
  return {}
end

--- What goes into JSON.
---@param answer urna.Coalitions
---@return table
function coalitions.data(answer)
  return shared.some(answer, { "needed", "seats", "count", "rows", "connected",
    "short", "lists", "excluded", "order" })
end

local function number(page, value)
  return page.locale:number(value)
end

local function said(page, answer, words)
  local values = { needed = number(page, answer.needed),
    seats = page.locale:count(answer.seats, "seat"),
    count = page.locale:count(answer.count, "coalition") }
  local say = { page.locale:say(answer.count == 0 and words.none
    or words.majority, values) }
  for _, pair in ipairs(answer.excluded or {}) do
    say[#say + 1] = page.locale:say(words.excluded,
      { lists = page:labels(pair) })
  end
  if answer.connected then
    say[#say + 1] = page.locale:say(words.connected, {
      lists = table.concat(shared.labels(page, answer.order), ", "),
      count = page.locale:count(#answer.connected, "coalition") })
  end
  return say
end

local function coalition_table(page, answer, words)
  local found = { caption = words.caption, rows = {}, columns = {
    shared.left(words.lists, true), shared.right(words.seats),
    shared.right(words.surplus),
    answer.connected and shared.left(words.gap) or nil } }
  for i = 1, math.min(#answer.rows, SHOWN) do
    local row = answer.rows[i]
    found.rows[i] = { page:labels(row.lists, true), number(page, row.seats),
      number(page, row.surplus), answer.connected
        and (row.is_connected and words.yes or words.no) or nil }
  end
  return found
end

local function need(row, words)
  return row.is_needed and words.always or row.is_dummy and words.never
    or words.at_times
end

local function power_table(page, answer, words)
  local found = { caption = words.power_caption, rows = {}, columns = {
    shared.left(words.list), shared.right(words.seats),
    shared.right(words.member_of), shared.left(words.needed),
    shared.right(words.one_more), shared.right(words.one_less),
    shared.right(words.power) } }
  for _, row in ipairs(answer.lists) do
    if row.seats > 0 then
      found.rows[#found.rows + 1] = { page:marked_label(row.list),
        number(page, row.seats), number(page, row.member_of),
        need(row, words), number(page, row.one_more),
        number(page, row.one_less), row.banzhaf
          and page.locale:percent(row.banzhaf.percent) or "–" }
    end
  end
  return found
end

local function notes_of(page, answer, words)
  local notes = {}
  if #answer.rows > SHOWN then
    notes[1] = page.locale:say(words.shown, { shown = number(page, SHOWN) })
  end
  if #answer.short > 0 then
    local texts = {}
    for i = 1, math.min(#answer.short, SHOWN) do
      texts[i] = page:labels(answer.short[i].lists)
    end
    notes[#notes + 1] = page.locale:say(words.short,
      { lists = table.concat(texts, "; ") })
  end
  notes[#notes + 1] = words.power_note
  return notes
end

--- The section.
---@param page urna.Page
---@param answer urna.Coalitions
---@param words table
---@return table
function coalitions.draw(page, answer, words)
  local shown = {}
  if #answer.rows > 0 then
    shown[1] = coalition_table(page, answer, words)
  end
  shown[#shown + 1] = power_table(page, answer, words)
  return { title = words.title, say = said(page, answer, words),
    tables = shown, notes = notes_of(page, answer, words) }
end

return coalitions
