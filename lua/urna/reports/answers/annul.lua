local moves = require "urna.reports.moves"
local pages = require "urna.reports.page"
local palette = require "urna.charts.palette"
local ranges = require "urna.charts.ranges"
local ratio = require "urna.charts.words".ratio
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"

--- What is left without some stations, and what a repeat there could do, as a
--- section of the report.
local annul = { arrays = { rows = true, lists = true, crossed = true,
  coalitions = true } }

local PLACES = 10

--- The outcome with the stations.
---@param answer urna.Annulment
---@return table
function annul.outcome(answer)
  return answer.before
end

--- What goes into JSON.
---@param answer urna.Annulment
---@return table
function annul.data(answer)
  local data = shared.some(answer, { "removed", "rows", "moves", "threshold",
    "crossed", "bounds", "likely", "materiality", "why" })
  data.before = moves.outcome(answer.before)
  data.without = moves.outcome(answer.without)
  return data
end

-- ---- without the stations ----

-- "4,772 of 3,218,763".
local function part_of(page, answer, name, words)
  local part, whole = answer.removed.fields[name], answer.before.fields[name]
  if not part then return words.unknown end
  return page.locale:say(words.of, { part = page.locale:number(part),
    whole = page.locale:number(whole) })
end

local function removed_text(page, answer, words)
  return page.locale:say(words.removed, {
    stations = page.locale:count(answer.removed.stations, "unit"),
    registered = part_of(page, answer, "registered_voters", words),
    ballots = part_of(page, answer, "ballots_in_box", words) })
end

local function moved_rows(answer)
  local rows = {}
  for _, row in ipairs(answer.rows) do
    if row.change and row.change ~= 0 then
      rows[#rows + 1] = { list = row.list, before = row.before,
        after = row.without }
    end
  end
  return rows
end

local function seats_text(page, answer, words)
  if answer.before.decision ~= "decided" then return words.undecided_before end
  if answer.without.decision ~= "decided" then return words.undecided end
  return moves.seats(page, moved_rows(answer))
end

local function material_text(page, answer, words)
  local found, locale = answer.materiality, page.locale
  if not found then return words.material_none end
  return locale:say(found.ratio and words.material or words.material_open, {
    needed = locale:number(found.needed), from = page:label(found.from),
    to = page:label(found.to),
    ballots = found.ballots and locale:number(found.ballots) or "",
    ratio = found.ratio and locale:number(found.ratio.decimal) or "" })
end

local function list_table(page, answer, words)
  local found = { caption = words.caption, rows = {}, columns = {
    shared.left(words.list), shared.right(words.votes),
    shared.right(words.votes_removed), shared.right(words.seats),
    shared.right(words.seats_without), shared.right(words.change) } }
  for i, row in ipairs(answer.rows) do
    found.rows[i] = { page:marked_label(row.list),
      shared.number(page, row.votes), shared.number(page, row.removed),
      shared.number(page, row.before), shared.number(page, row.without),
      shared.signed(page, row.change) }
  end
  return found
end

-- ---- a repeat there ----

-- Lists that have a seat, or could have one.
local function bounded(answer)
  local rows = {}
  for _, row in ipairs(answer.rows) do
    if row.before > 0 or row.most > 0 then rows[#rows + 1] = row end
  end
  return rows
end

local function range(page, low, high)
  return low == high and page.locale:number(low)
    or page.locale:interval(low, high)
end

local function bounds_table(page, answer, words)
  local found = { caption = words.bounds_caption, rows = {}, columns = {
    shared.left(words.list), shared.right(words.now),
    shared.right(words.certain), shared.right(words.most),
    shared.right(words.likely_range) } }
  for i, row in ipairs(bounded(answer)) do
    found.rows[i] = { page:marked_label(row.list),
      page.locale:number(row.before), page.locale:number(row.fewest),
      page.locale:number(row.most), range(page, row.low, row.high) }
  end
  return found
end

local function coalition_table(page, answer, words)
  local bounds = answer.bounds
  local found = { rows = {}, caption = page.locale:say(
    words.coalitions_caption, {
      needed = page.locale:number(bounds.majority.needed) }), columns = {
    shared.left(words.coalition, true), shared.right(words.now),
    shared.right(words.certain), shared.right(words.most),
    shared.left(words.majority) } }
  for i, row in ipairs(bounds.coalitions) do
    found.rows[i] = { page:labels(row.lists, true),
      page.locale:number(row.before), page.locale:number(row.fewest),
      page.locale:number(row.most), words.majorities[row.majority] }
  end
  return found
end

local function majority_text(page, answer, words)
  local found = answer.bounds.majority
  local name = found.holder and (found.can_change and "held_open" or "held")
    or found.can_change and "majority_open" or "majority_none"
  return page.locale:say(words[name], {
    list = found.holder and page:label(found.holder) or "",
    needed = page.locale:number(found.needed),
    seats = page.locale:count(answer.before.seats, "seat") })
end

local function repeat_texts(page, answer, words)
  if answer.why then
    return { page.locale:say(words.no_bounds, {
      why = words.why[answer.why.code] or answer.why.message }) }
  end
  if not answer.bounds then return {} end
  return { page.locale:say(answer.bounds.can_change and words.may_move
      or words.may_not_move, {
    voters = page.locale:count(answer.bounds.voters, "voter") }),
    majority_text(page, answer, words) }
end

local function percent(page, share)
  return page.locale:percent(ratio(share))
end

local function likely_text(page, answer, words)
  local drawn, locale = answer.likely, page.locale
  local from, to = percent(page, drawn.turnout.from),
    percent(page, drawn.turnout.to)
  return locale:say(from == to and words.likely_same or words.likely, {
    draws = locale:number(drawn.draws), seed = ("%d"):format(drawn.seed),
    from = from, to = to, changed = locale:number(drawn.changed) })
end

-- Lists and coalitions whose bounds may be wider than any outcome.
local function inexact(page, answer)
  local names = {}
  for _, row in ipairs(bounded(answer)) do
    if not answer.bounds.lists[row.list].is_exact then
      names[#names + 1] = page:label(row.list)
    end
  end
  for _, row in ipairs(answer.bounds.coalitions) do
    if not row.is_exact then names[#names + 1] = page:labels(row.lists) end
  end
  return names
end

local function repeat_notes(page, answer, words)
  local names = inexact(page, answer)
  local notes = { #names == 0 and words.exact or page.locale:say(
    words.inexact, { lists = table.concat(names, ", ") }) }
  notes[2] = likely_text(page, answer, words)
  return notes
end

-- ---- the chart ----

local function rows_of_chart(page, answer)
  local colours, rows = {}, {}
  for i, colour in ipairs(palette.assign(answer.before.lists)) do
    colours[answer.before.lists[i].key] = colour
  end
  for i, row in ipairs(bounded(answer)) do
    rows[i] = { label = page:marked_label(row.list),
      colour = colours[row.list], held = row.before, fewest = row.fewest,
      most = row.most, low = row.low, high = row.high }
  end
  return rows
end

-- What the chart shows, for those who cannot see it.
local function description(page, rows, words)
  local parts = {}
  for i, row in ipairs(rows) do
    parts[i] = page.locale:say(words.chart_row, { list = row.label,
      held = page.locale:number(row.held),
      bounds = range(page, row.fewest, row.most),
      likely = range(page, row.low, row.high) })
  end
  return page.locale:say(words.chart_text,
    { rows = table.concat(parts, "; ") })
end

local function chart_model(page, answer, words)
  local rows, drawn = rows_of_chart(page, answer), answer.likely
  local needed = answer.bounds.majority.needed
  return { title = page.locale:say(words.chart_title,
    { contest = page:title() }), rows = rows,
    majority = { needed = needed, label = page:say("majority_at",
      { needed = page.locale:number(needed) }) },
    description = description(page, rows, words),
    heads = { held = words.now, bounds = words.possible,
      likely = words.likely_short },
    legend = { held = words.key_held,
      bounds = #inexact(page, answer) == 0 and words.key_bounds
        or words.key_bounds_wide,
      likely = page.locale:say(words.key_likely, {
        draws = page.locale:number(drawn.draws),
        seed = ("%d"):format(drawn.seed) }) } }
end

local function chart_of(page, answer, words)
  local function drawn(draw)
    return function(settings)
      return draw(chart_model(page, answer, words), settings)
    end
  end
  return { svg = drawn(ranges.svg), text = drawn(ranges.text),
    table = bounds_table(page, answer, words) }
end

-- ---- the section ----

local function said(page, answer, words)
  local removed = answer.removed
  local say = { removed_text(page, answer, words) }
  if removed.reported ~= removed.stations then
    say[2] = page.locale:say(words.counted,
      { reported = page.locale:count(removed.reported, "unit") })
  end
  say[#say + 1] = seats_text(page, answer, words)
  shared.append(say, moves.at_threshold(page, answer.before, answer.without,
    answer.crossed))
  say[#say + 1] = material_text(page, answer, words)
  shared.append(say, repeat_texts(page, answer, words))
  return say
end

local function notes_of(page, answer, words)
  local names = {}
  for i, unit in ipairs(answer.units) do names[i] = unit.key end
  local notes = { moves.places(page, names, PLACES) }
  if answer.materiality then notes[2] = words.material_note end
  if answer.bounds then
    shared.append(notes, repeat_notes(page, answer, words))
  end
  shared.append(notes, moves.legend(page))
  return notes
end

-- Why the seats are open, with the stations or without them.
local function open_items(page, answer)
  local outcome = answer.before.decision ~= "decided" and answer.before
    or answer.without
  return sentences.open(pages.new(outcome, { locale = page.locale }))
end

--- The section.
---@param page urna.Page
---@param answer urna.Annulment
---@param words table
---@return table
function annul.draw(page, answer, words)
  local shown, bounds = { list_table(page, answer, words) }, answer.bounds
  if bounds then shown[2] = bounds_table(page, answer, words) end
  if bounds and #bounds.coalitions > 0 then
    shown[3] = coalition_table(page, answer, words)
  end
  return { title = words.title, say = said(page, answer, words),
    tables = shown, notes = notes_of(page, answer, words),
    items = open_items(page, answer),
    chart = bounds and chart_of(page, answer, words) or nil }
end

return annul
