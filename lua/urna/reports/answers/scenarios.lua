local compat = require "urna.compat"
local model = require "urna.charts.model"
local moves = require "urna.reports.moves"
local ratio = require "urna.charts.words".ratio
local shared = require "urna.reports.shared"

--- The result elsewhere than it is, as a section of the report: a row for each
--- scenario, then the seats of each list.
local scenarios = { arrays = { rows = true, moved = true, crossed = true,
  step = true, deciders = true } }

-- Scenarios beside each other in one table of seats.
local BESIDE = 5

--- The outcome as it is.
---@param answer urna.Scenarios
---@return table
function scenarios.outcome(answer)
  return answer.base.outcome
end

local ROW = { "name", "seats", "moved", "decision", "majority", "threshold",
  "base", "rule", "edition", "blocks", "deciders", "votes", "step",
  "crossed", "is_open", "is_tied" }

local function plain_row(row)
  local plain = shared.some(row, ROW)
  plain.error = row.err and { code = row.err.code, message = row.err.message }
  return plain
end

--- What goes into JSON, of a scan too.
---@param answer urna.Scenarios
---@return table
function scenarios.data(answer)
  local rows = {}
  for i, row in ipairs(answer.rows) do rows[i] = plain_row(row) end
  return { base = plain_row(answer.base), rows = rows }
end

-- ---- what a scenario changes ----

-- A share as a percentage where that is exact.
local function share_text(page, share)
  if share[1] * 10000 % share[2] ~= 0 then
    return ("%d/%d"):format(share[1], share[2])
  end
  return page.locale:percent(ratio(share))
end

local function plus(labels)
  return table.concat(labels, " + ")
end

local function votes_text(page, map, phrase)
  local parts = {}
  for _, key in ipairs(compat.keys(map)) do
    parts[#parts + 1] = page.locale:say(phrase, { list = page:label(key),
      votes = page.locale:count(map[key], "vote") })
  end
  return table.concat(parts, ", ")
end

local function split_text(page, map, words)
  local texts = {}
  for _, key in ipairs(compat.keys(map)) do
    texts[#texts + 1] = page.locale:say(words.split, { list = page:label(key),
      parts = votes_text(page, map[key], words.part) })
  end
  return table.concat(texts, "; ")
end

local function turnout_text(page, turnout, words)
  if turnout[1] then
    return page.locale:say(words.turnout,
      { share = share_text(page, turnout) })
  end
  local texts = {}
  for _, key in ipairs(compat.keys(turnout)) do
    texts[#texts + 1] = page.locale:say(words.turnout_list, {
      list = page:label(key), share = share_text(page, turnout[key]) })
  end
  return table.concat(texts, ", ")
end

local function minority_text(page, map, words)
  local texts = {}
  for _, key in ipairs(compat.keys(map)) do
    texts[#texts + 1] = page.locale:say(map[key] and words.minority
      or words.no_minority, { list = page:label(key) })
  end
  return table.concat(texts, ", ")
end

-- In the order in which they are done.
local CHANGES = {
  { "rule", function(page, value, words)
    return type(value) == "string"
      and page.locale:say(words.rule, { rule = value }) or words.other_rule
  end },
  { "date", function(page, value, words)
    return page.locale:say(words.edition, { date = page.locale:date(value) })
  end },
  { "seats", function(page, value, words)
    return page.locale:say(words.fill,
      { seats = page.locale:count(value, "seat") })
  end },
  { "threshold", function(page, value, words)
    return value and page.locale:say(words.other_threshold,
      { share = share_text(page, value) }) or words.no_threshold
  end },
  { "factor", function(page, value, words)
    return value and page.locale:say(words.factor,
      { factor = ("%d/%d"):format(value[1], value[2]) }) or words.no_factor
  end },
  { "minority", minority_text },
  { "split", split_text },
  { "join", function(page, value, words)
    local texts = {}
    for i, group in ipairs(value) do
      texts[i] = page.locale:say(words.join,
        { lists = plus(shared.labels(page, group)) })
    end
    return table.concat(texts, ", ")
  end },
  { "switch", function(page, value, words)
    local texts = {}
    for i, move in ipairs(value) do
      texts[i] = page.locale:say(words.switch, { from = page:label(move.from),
        to = page:label(move.to),
        votes = page.locale:count(move.votes, "vote") })
    end
    return table.concat(texts, ", ")
  end },
  { "remove", function(page, value, words)
    return votes_text(page, value, words.remove)
  end },
  { "add", function(page, value, words)
    return votes_text(page, value, words.add)
  end },
  { "turnout", turnout_text },
}

-- Its own name, or what it changes.
local function name_of(page, row, words)
  local scenario, texts = row.scenario, {}
  if scenario.name then return scenario.name end
  for _, change in ipairs(CHANGES) do
    local value = scenario[change[1]]
    if value ~= nil then
      texts[#texts + 1] = change[2](page, value, words)
    end
  end
  return #texts > 0 and table.concat(texts, "; ") or words.nothing
end

-- ---- the scenarios ----

local function moved_text(page, row, words)
  if row.err then return words.errors[row.err.code] or row.err.message end
  if row.decision ~= "decided" then
    return page.locale.decision[row.decision] or row.decision
  end
  return #row.moved > 0 and moves.short(page, row.moved) or words.no_seat
end

local function needed_text(page, row)
  local first = row.outcome and row.outcome.lists[1]
  return first and first.threshold
    and model.needed(row.outcome, first.threshold, page.locale) or "–"
end

local function holder_text(page, row)
  local holder = row.decision == "decided" and row.majority
    and row.majority.holder
  return holder and page:label(holder) or "–"
end

local function is_decided(answer)
  return answer.base.decision == "decided"
end

local function cells_of(page, n, name, moved, row)
  return { page.locale:number(n), name, moved, needed_text(page, row),
    holder_text(page, row) }
end

local function scenario_table(page, answer, words)
  local found = { caption = words.caption, columns = {
    shared.right(words.number), shared.left(words.scenario, true),
    shared.left(words.moved, true), shared.right(words.threshold),
    shared.left(words.majority) },
    rows = { cells_of(page, 0, words.as_it_is, is_decided(answer) and "–"
      or moved_text(page, answer.base, words), answer.base) } }
  for i, row in ipairs(answer.rows) do
    local is_open = not is_decided(answer) and row.decision == "decided"
    found.rows[i + 1] = cells_of(page, i, name_of(page, row, words),
      is_open and "–" or moved_text(page, row, words), row)
  end
  return found
end

-- ---- the seats of each list ----

-- Lists with a seat in any of the rows: those of the first as they stand.
local function seated(rows)
  local keys, seen = {}, {}
  for _, row in ipairs(rows) do
    for _, list in ipairs(row.outcome and row.outcome.lists or {}) do
      if not seen[list.key] and row.seats[list.key]
        and row.seats[list.key] > 0 then
        seen[list.key], keys[#keys + 1] = true, list.key
      end
    end
  end
  return keys
end

local function change_of(row, key)
  for _, moved in ipairs(row.moved or {}) do
    if moved.list == key then return moved.seats end
  end
end

local function seats_cell(page, answer, row, key)
  local seats, change = row.seats and row.seats[key], change_of(row, key)
  if row.decision ~= "decided" or not seats then return "–" end
  if not change or not is_decided(answer) then
    return page.locale:number(seats)
  end
  return ("%s (%s)"):format(page.locale:number(seats),
    page.locale:signed(change))
end

local function add_blocks(page, found, answer, rows, words)
  if not answer.blocks then return end
  local deciders = { words.decides }
  found.foot = {}
  for n, block in ipairs(answer.blocks) do
    found.foot[n] = { plus(shared.labels(page, block)) }
    for c, row in ipairs(rows) do
      found.foot[n][c + 1] = row.blocks
        and page.locale:number(row.blocks[n]) or "–"
    end
  end
  for c, row in ipairs(rows) do
    local labels = shared.labels(page, row.deciders or {})
    deciders[c + 1] = #labels > 0 and table.concat(labels, ", ") or "–"
  end
  table.insert(found.foot, deciders)
end

local function column(page, n)
  return { title = page.locale:number(n), align = "right", wrap = true }
end

-- The result as it is beside the scenarios from one number to another.
local function seat_table(page, answer, from, to, words)
  local rows, columns = { answer.base }, { shared.left(words.list),
    column(page, 0) }
  for i = from, to do
    rows[#rows + 1] = answer.rows[i]
    columns[#columns + 1] = column(page, i)
  end
  local found = { columns = columns, rows = {}, caption = page.locale:say(
    from == to and words.seats_caption_one or words.seats_caption, {
      from = page.locale:number(from), to = page.locale:number(to) }) }
  for n, key in ipairs(seated(rows)) do
    found.rows[n] = { page:marked_label(key) }
    for c, row in ipairs(rows) do
      found.rows[n][c + 1] = seats_cell(page, answer, row, key)
    end
  end
  add_blocks(page, found, answer, rows, words)
  return found
end

-- ---- the section ----

local function said(page, answer, words)
  if not is_decided(answer) then return { words.undecided_base } end
  local moving = 0
  for _, row in ipairs(answer.rows) do
    moving = moving + (#row.moved > 0 and 1 or 0)
  end
  return { page.locale:say(words.beside, {
    scenarios = page.locale:count(#answer.rows, "scenario"),
    moving = page.locale:number(moving) }),
    answer.base.majority and page.locale:say(words.majority_needed, {
      needed = page.locale:number(answer.base.majority.needed),
      seats = page.locale:count(answer.base.outcome.seats, "seat") }) or nil }
end

--- The section.
---@param page urna.Page
---@param answer urna.Scenarios
---@param words table
---@return table
function scenarios.draw(page, answer, words)
  local shown = { scenario_table(page, answer, words) }
  for from = 1, #answer.rows, BESIDE do
    shown[#shown + 1] = seat_table(page, answer, from,
      math.min(from + BESIDE - 1, #answer.rows), words)
  end
  local notes = moves.legend(page)
  table.insert(notes, 1, words.note)
  if answer.blocks then table.insert(notes, 2, words.decides_note) end
  return { title = words.title, say = said(page, answer, words),
    tables = shown, notes = notes }
end

return scenarios
