local differences = require "urna.reports.answers.reconcile.differences"
local excerpt = require "urna.reports.excerpt"
local shared = require "urna.reports.shared"

--- The sources that were compared, how their polling stations and lists were
--- matched, and what could not be.
local sources = {}

-- ---- tables ----

local function source_table(view)
  local words, rows = view.words, {}
  for i, source in ipairs(view.answer.sources) do
    rows[i] = { source.name, source.file or view.locale:name(
      view.answer.outcomes[i].contest), shared.number(view.page, source.units),
      view.locale:number(source.bad) }
  end
  return { caption = words.sources_caption, rows = rows, columns = {
    shared.left(words.source), shared.left(words.file, true),
    shared.right(words.stations), shared.right(words.kept_out) } }
end

-- Each two sources by themselves; of two alone the sentences say it.
local function matrix_table(view)
  local words, rows = view.words, view.answer.matrix
  if #view.answer.names < 3 then return nil end
  return { caption = excerpt.caption(view.page, words.matrix_caption, rows,
    words), columns = { shared.left(words.pair_title, true),
    shared.right(words.compared), shared.right(words.stations_differ),
    shared.right(words.figures_differ) },
    rows = excerpt.rows(rows, function(row)
      return { view.locale:say(words.pair,
        { first = row.first, other = row.other }),
        view.locale:number(row.compared), view.locale:number(row.units),
        view.locale:number(row.figures) }
    end) }
end

--- The sources; each two of more than two.
---@param view urna.ReconcileView
---@return table[]
function sources.tables(view)
  return { source_table(view), matrix_table(view) }
end

-- ---- sentences ----

local WAYS = { "equal", "folded", "normal", "number", "inner" }

local function matched_sentence(view, match)
  local texts = {}
  for _, way in ipairs(WAYS) do
    local count = match.counts[way]
    if count then
      texts[#texts + 1] = view.locale:say(view.words.ways[way],
        { count = view.locale:number(count) })
    end
  end
  return view.locale:say(#texts > 0 and view.words.matched_by
    or view.words.matched_none, { first = view.answer.names[1],
    other = match.source, ways = table.concat(texts, "; ") })
end

--- Who is compared with whom, and how many polling stations were matched.
---@param view urna.ReconcileView
---@return string[]
function sources.say(view)
  local answer, words, locale = view.answer, view.words, view.locale
  local others = {}
  for i = 2, #answer.names do others[i - 1] = answer.names[i] end
  local say = { locale:say(words.compared_with, { first = answer.names[1],
    others = locale:join(others) }) }
  if answer.is_total then
    say[2] = words.only_totals
    return say
  end
  say[2] = locale:say(words.matched, {
    everywhere = locale:number(answer.matched),
    only = locale:number(#answer.only),
    ambiguous = locale:number(#answer.ambiguous) })
  for _, match in ipairs(answer.matches) do
    say[#say + 1] = matched_sentence(view, match)
  end
  return say
end

-- ---- what was not matched ----

local function candidates(view, row)
  local texts = {}
  for i, candidate in ipairs(row.candidates or {}) do
    texts[i] = view.locale:say(view.words.candidate, { key = candidate.key,
      by = view.words.by[candidate.by] })
  end
  return table.concat(texts, "; ")
end

local function keys_of(rows)
  local keys = {}
  for i, row in ipairs(rows) do keys[i] = row.key end
  return table.concat(keys, ", ")
end

local function only(view, items)
  excerpt.add(view.page, items, view.answer.only, function(row)
    local found = candidates(view, row)
    return view.locale:say(found ~= "" and view.words.only_maybe
      or view.words.only, { key = row.key, source = row.source,
      missing = row.missing, candidates = found })
  end, view.words)
end

local function ambiguous(view, items)
  excerpt.add(view.page, items, view.answer.ambiguous, function(row)
    return view.locale:say(view.words.ambiguous, {
      first = view.answer.names[1], keys = keys_of(row.first),
      source = row.source, others = keys_of(row.other) })
  end, view.words)
end

local function gaps(view, items)
  excerpt.add(view.page, items, view.answer.gaps, function(row)
    return view.locale:say(view.words.gap, { key = row.key,
      figure = differences.figure(view, row), source = row.source })
  end, view.words)
end

local function lists_and_fields(view, items)
  excerpt.add(view.page, items, view.answer.unmatched_lists, function(row)
    return view.locale:say(view.words.list_missing, {
      list = view.of[row.source]:label(row.list), source = row.source,
      missing = row.missing })
  end, view.words)
  excerpt.add(view.page, items, view.answer.uncompared, function(row)
    return view.locale:say(view.words.field_missing, {
      field = view.locale.fields[row.field] or row.field,
      missing = row.missing })
  end, view.words)
end

--- Polling stations, lists and figures that are not in all sources.
---@param view urna.ReconcileView
---@return string[]
function sources.items(view)
  local items = {}
  lists_and_fields(view, items)
  only(view, items)
  ambiguous(view, items)
  gaps(view, items)
  return items
end

return sources
