local charted = require "urna.charts.words"
local excerpt = require "urna.reports.excerpt"
local shared = require "urna.reports.shared"

--- The figures that differ: where, by how much, and whom each favours.
local differences = {}

-- With more sources than this their values stand in one cell.
local COLUMNS = 3

--- A figure in words: a field, or the label of a list.
---@param view urna.ReconcileView
---@param row { kind: string, name: string }
---@return string
function differences.figure(view, row)
  return row.kind == "list" and view.first:marked_label(row.name)
    or view.locale.fields[row.name] or row.name
end

--- A polling station's key; of totals it is everything.
---@param view urna.ReconcileView
---@return string
function differences.place(view, key)
  return key == "" and view.words.everything or key
end

--- A column for each source, or one for all of them.
---@param view urna.ReconcileView
---@param columns table[] added to
function differences.add_columns(view, columns)
  local names = view.answer.names
  if #names > COLUMNS then
    columns[#columns + 1] = shared.left(view.words.all_sources, true)
    return
  end
  for _, name in ipairs(names) do columns[#columns + 1] = shared.right(name) end
end

--- What each source has, in those columns.
---@param view urna.ReconcileView
---@param cells string[] added to
---@param values table<string, integer> by source
function differences.add_values(view, cells, values)
  local texts = {}
  for i, name in ipairs(view.answer.names) do
    texts[i] = shared.number(view.page, values[name])
  end
  if #texts <= COLUMNS then
    for _, text in ipairs(texts) do cells[#cells + 1] = text end
    return
  end
  for i, name in ipairs(view.answer.names) do
    texts[i] = name .. " " .. texts[i]
  end
  cells[#cells + 1] = table.concat(texts, "; ")
end

-- ---- differences ----

local function note_of(view, row)
  local words, texts = view.words, {}
  if row.favours then
    texts[1] = view.locale:say(words.favours, { source = row.favours.source,
      list = view.first:label(row.favours.list),
      votes = view.locale:number(row.favours.votes) })
  end
  if row.alone then
    texts[#texts + 1] = view.locale:say(words.alone, { source = row.alone })
  end
  if row.hint then texts[#texts + 1] = words.hints[row.hint] end
  if row.is_within then texts[#texts + 1] = words.is_within end
  return table.concat(texts, "; ")
end

local function difference_row(view, row)
  local cells = { differences.place(view, row.key),
    differences.figure(view, row) }
  differences.add_values(view, cells, row.values)
  cells[#cells + 1] = shared.signed(view.page, row.difference)
  cells[#cells + 1] = note_of(view, row)
  return cells
end

local function difference_table(view)
  local rows, words = view.answer.rows, view.words
  if #rows == 0 then return nil end
  local columns = { shared.left(words.station, true),
    shared.left(words.figure, true) }
  differences.add_columns(view, columns)
  columns[#columns + 1] = shared.right(words.difference)
  columns[#columns + 1] = shared.left(words.note, true)
  return { columns = columns, caption = excerpt.caption(view.page,
    words.differences_caption, rows, words),
    rows = excerpt.rows(rows, function(row)
      return difference_row(view, row)
    end) }
end

local function total_row(view, row)
  return { differences.figure(view, row), row.source,
    view.locale:number(row.units), view.locale:number(row.more),
    view.locale:number(row.fewer), view.locale:signed(row.net),
    view.locale:number(row.gross) }
end

local function total_table(view)
  local rows, words = view.answer.totals, view.words
  if #rows == 0 then return nil end
  return { caption = excerpt.caption(view.page, words.totals_caption, rows,
    words), columns = { shared.left(words.figure, true),
    shared.left(words.source), shared.right(words.stations),
    shared.right(words.more_in), shared.right(words.fewer_in),
    shared.right(words.net), shared.right(words.gross) },
    rows = excerpt.rows(rows, function(row) return total_row(view, row) end) }
end

--- The differences, and their sums by figure.
---@param view urna.ReconcileView
---@return table[]
function differences.tables(view)
  local tables = { difference_table(view) }
  tables[#tables + 1] = total_table(view)
  return tables
end

-- ---- sentences ----

local function tolerance_sentence(view)
  local tolerance, words = view.answer.tolerance, view.words
  local within = #view.answer.rows - view.answer:count()
  if within == 0 then return nil end
  local share = tolerance.share
  return view.locale:say(share and words.within_share or words.within, {
    count = view.locale:number(within),
    most = view.locale:number(tolerance.count),
    share = share and view.locale:percent(charted.ratio(share)) })
end

--- How many figures differ, or that none does.
---@param view urna.ReconcileView
---@return string[]
function differences.say(view)
  local answer, words = view.answer, view.words
  if answer:agrees() and #answer.rows == 0 then return { words.agrees } end
  if #answer.rows == 0 then return { words.none_differ } end
  local values = { figures = view.locale:number(#answer.rows),
    stations = view.locale:number(answer:station_count()) }
  return { view.locale:say(answer.is_total and words.totals_differ
    or words.differ, values), tolerance_sentence(view) }
end

--- How the columns are to be read.
---@param view urna.ReconcileView
---@return string[]
function differences.notes(view)
  if #view.answer.rows == 0 then return {} end
  return { view.locale:say(view.words.difference_note,
    { first = view.answer.names[1] }), view.words.totals_note }
end

--- Stations where one list has as many votes more as another fewer.
---@param view urna.ReconcileView
---@return string[]
function differences.items(view)
  local rows, items, words = {}, {}, view.words
  for _, row in ipairs(view.answer.stations) do
    if row.transfer then rows[#rows + 1] = row end
  end
  excerpt.add(view.page, items, rows, function(row)
    local moved = row.transfer
    return view.locale:say(moved.is_exchange and words.exchanged
      or words.transferred, { key = differences.place(view, row.key),
      source = row.source, votes = view.locale:count(moved.votes, "vote"),
      from = view.first:label(moved.from), to = view.first:label(moved.to) })
  end, words)
  return items
end

return differences
