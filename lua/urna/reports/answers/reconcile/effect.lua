local differences = require "urna.reports.answers.reconcile.differences"
local excerpt = require "urna.reports.excerpt"
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"

--- Whether the differences of sources could together move a seat: by the seats
--- of each source, by a witness or a proof, and how far each list may go.
local effect = {}

-- Stations of a witness that are named.
local NAMED = 5

-- Lists whose seats are other than the first source's: "SNS 189 instead of
-- 188".
local function moved(view, rows)
  local texts = {}
  for i, row in ipairs(rows) do
    texts[i] = view.locale:say(view.words.moved, {
      list = view.first:label(row.list), after = view.locale:number(row.after),
      before = view.locale:number(row.before) })
  end
  return table.concat(texts, ", ")
end

local function labels(view, keys)
  return table.concat(shared.labels(view.first, keys), ", ")
end

-- ---- one freedom: whole records, or each figure by itself ----

local function witness_places(view, witness)
  local texts = {}
  for i, row in ipairs(witness.stations) do
    if i > NAMED then
      texts[i] = view.locale:count(#witness.stations - NAMED, "more")
      break
    end
    texts[i] = view.locale:say(view.words.witness_place, {
      key = differences.place(view, row.key), source = row.source })
  end
  return table.concat(texts, "; ")
end

local function could(view, mode, row)
  local witness = row.witness
  return view.locale:say(view.words[mode .. "_could"], {
    seats = witness.undecided and view.words.left_open
      or moved(view, witness.moved),
    stations = witness.stations
      and view.locale:count(#witness.stations, "unit"),
    places = witness.stations and witness_places(view, witness) })
end

local function reason(view, found)
  local text = view.words.reasons[found.code]
  if not text then return found.reason or "–" end
  return view.locale:say(text, {
    lists = labels(view, found.crossing or {}) })
end

local function mode_sentence(view, mode)
  local row, words = view.answer.effect[mode], view.words
  if row.result == "could" then return could(view, mode, row) end
  if row.result == "open" then
    return view.locale:say(words[mode .. "_open"],
      { why = reason(view, row) })
  end
  return view.locale:say(words[mode .. "_cannot"],
    { count = view.locale:number(row.pairs) })
end

-- ---- sentences ----

local function as_sentence(view, row)
  return view.locale:say(view.words["as_" .. row.result], {
    source = row.source, first = view.answer.names[1],
    seats = row.moved and moved(view, row.moved) })
end

local function crossing_sentence(view, found)
  local crossing = found.figures.crossing
  if #crossing == 0 then return view.words.none_crosses end
  return view.locale:say(view.words.crosses, { lists = labels(view, crossing) })
end

local function closest_sentence(view, close)
  if not close then return nil end
  local locale = view.locale
  return locale:say(view.words.closest, {
    list = view.first:label(close.list), seat = locale:number(close.seat),
    average = locale:number(close.average),
    rival = view.first:label(close.rival),
    rival_seat = locale:number(close.rival_seat),
    rival_average = locale:number(close.rival_average) })
end

--- What follows for the seats: nothing where no figure differs.
---@param view urna.ReconcileView
---@return string[]
function effect.say(view)
  local found, say = view.answer.effect, {}
  if #view.answer.rows == 0 then return say end
  for _, row in ipairs(found.as) do say[#say + 1] = as_sentence(view, row) end
  if not found.records then
    say[#say + 1] = view.locale:say(view.words.not_settled,
      { why = reason(view, found) })
    return say
  end
  say[#say + 1] = mode_sentence(view, "records")
  say[#say + 1] = mode_sentence(view, "figures")
  say[#say + 1] = crossing_sentence(view, found)
  say[#say + 1] = closest_sentence(view, found.closest)
  return say
end

-- ---- tables ----

-- The seats of every source by list, in the order of the first that has it;
-- what is a list of the first under another key is that list.
local function seats_by_list(view)
  local by, order = {}, {}
  for k, source in ipairs(view.answer.seats) do
    local first = view.answer.lists_of[k]
    for _, row in ipairs(source.lists) do
      local name = first[row.list] or source.source .. "/" .. row.list
      if not by[name] then
        by[name] = { values = {}, most = 0,
          label = view.of[source.source]:marked_label(row.list) }
        order[#order + 1] = by[name]
      end
      local found = by[name]
      found.values[source.source] = row.seats
      found.most = math.max(found.most, row.seats)
    end
  end
  return order
end

local function seats_table(view)
  local rows, words = {}, view.words
  for _, row in ipairs(seats_by_list(view)) do
    if row.most > 0 then
      local cells = { row.label }
      differences.add_values(view, cells, row.values)
      rows[#rows + 1] = cells
    end
  end
  if #rows == 0 then return nil end
  local columns = { shared.left(words.list, true) }
  differences.add_columns(view, columns)
  return { caption = words.seats_caption, rows = rows, columns = columns }
end

local function seats_range(view, row)
  if not row.seats_min or not row.seats_max then return "–" end
  if row.seats_min == row.seats_max then
    return view.locale:number(row.seats_min)
  end
  return view.locale:interval(row.seats_min, row.seats_max)
end

-- Lists whose votes may be others, and what seats they may have by that.
local function range_table(view)
  local rows, words = {}, view.words
  for _, row in ipairs(view.answer.effect.lists or {}) do
    if row.low ~= row.high then rows[#rows + 1] = row end
  end
  if #rows == 0 then return nil end
  return { caption = excerpt.caption(view.page, words.range_caption, rows,
    words), columns = { shared.left(words.list, true),
    shared.right(words.votes), shared.right(words.least),
    shared.right(words.most), shared.right(words.seats),
    shared.right(words.seats_range) },
    rows = excerpt.rows(rows, function(row)
      return { view.first:marked_label(row.list),
        view.locale:number(row.votes), view.locale:number(row.low),
        view.locale:number(row.high), view.locale:number(row.seats),
        seats_range(view, row) }
    end) }
end

--- Seats by each source, and how far each list may go.
---@param view urna.ReconcileView
---@return table[]
function effect.tables(view)
  local tables = { seats_table(view) }
  tables[#tables + 1] = range_table(view)
  return tables
end

-- ---- notes ----

-- What the judgement leaves out, for each of which there is some.
local function left_out(view)
  local answer, texts = view.answer, {}
  for _, name in ipairs { "only", "ambiguous", "gaps", "unmatched_lists" } do
    if #answer[name] > 0 then
      texts[#texts + 1] = view.locale:say(view.words.left_out[name],
        { count = view.locale:number(#answer[name]) })
    end
  end
  if #texts == 0 then return nil end
  return view.locale:say(view.words.not_judged,
    { what = table.concat(texts, "; ") })
end

--- What the two freedoms are, and what the judgement leaves out.
---@param view urna.ReconcileView
---@return string[]
function effect.notes(view)
  if #view.answer.rows == 0 then return {} end
  local notes = {}
  if view.answer.effect.records then notes[1] = view.words.freedoms end
  notes[#notes + 1] = left_out(view)
  return notes
end

--- Sources whose seats the law leaves open.
---@param view urna.ReconcileView
---@return string[]
function effect.items(view)
  local items = {}
  for _, source in ipairs(view.answer.seats) do
    if source.decision ~= "decided" then
      local why = sentences.open(view.of[source.source])
      items[#items + 1] = view.locale:say(view.words.undecided, {
        source = source.source,
        why = why[1] and table.concat(why, "; ") or source.reason or "–" })
    end
  end
  return items
end

return effect
