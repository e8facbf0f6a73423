local compared = require "urna.analysis.compared"
local excerpt = require "urna.reports.excerpt"
local lists = require "urna.reports.answers.compare.lists"
local shared = require "urna.reports.shared"

--- Places and polling stations of two elections, in the words of a report:
--- what was matched, and which changes stand out from those of their peers.
local stations = {}

-- Lists whose swing is shown of each place.
local GREATEST = 4

-- A number with so many decimals; never a minus before zeros.
local function decimal(value, decimals)
  local text = ("%%.%df"):format(decimals):format(value):gsub(",", ".")
  return text:find("[1-9]") and text or (text:gsub("^%-", ""))
end

-- A limit as it was said: 4, 3.5.
local function limit(view, value)
  local text = decimal(value, 2):gsub("0+$", ""):gsub("%.$", "")
  return view.locale:number(text)
end

-- ---- places ----

local function signed_points(view, measure)
  local change = measure and measure.change
  return change and lists.signed(view, change.points) or "–"
end

local function place_row(view, place, greatest)
  local cells = { place.key, view.locale:number(place.units.before),
    view.locale:number(place.units.after),
    signed_points(view, place.turnout) }
  for _, group in ipairs(greatest) do
    cells[#cells + 1] = signed_points(view, place.lists[group.n].share)
  end
  return cells
end

-- The outermost places alone: their parts add up to them.
local function outermost(answer)
  local found = {}
  for _, place in ipairs(answer.places) do
    if place.level == answer.places[1].level then found[#found + 1] = place end
  end
  return found
end

local function places_table(view)
  local answer, words = view.answer, view.words
  if #answer.places == 0 then return nil end
  local places, greatest = outermost(answer), answer:greatest(GREATEST)
  local columns = { shared.left(words.place, true),
    shared.right(words.stations_before), shared.right(words.stations_after),
    shared.right(words.turnout_short) }
  for _, group in ipairs(greatest) do
    columns[#columns + 1] = shared.right(lists.label(view,
      answer.lists[group.n]))
  end
  return { columns = columns, caption = excerpt.caption(view.page,
    words.places_caption, places, words),
    rows = excerpt.rows(places, function(place)
      return place_row(view, place, greatest)
    end) }
end

-- ---- stations that stand out ----

-- A measure in words: turnout, invalid ballots, or the label of its lists.
local function measure_label(view, row)
  if row.kind ~= "list" then return view.words.measures[row.kind] end
  for _, group in ipairs(view.answer.lists) do
    if compared.group_name(group) == row.measure then
      return lists.label(view, group)
    end
  end
  return row.measure
end

local function outlier_row(view, row)
  local key = row.has_jumped and ("%s (%s)"):format(row.key,
    view.words.size_changed) or row.key
  return { key, measure_label(view, row),
    view.locale:percent(row.before.percent),
    view.locale:percent(row.after.percent),
    lists.signed(view, row.change.points),
    view.locale:signed(decimal(row.median_points, 2)),
    view.locale:number(decimal(row.noise_points, 2)),
    view.locale:signed(decimal(row.z, 2)) }
end

local function outliers_table(view)
  local rows, words = view.answer.outliers.rows, view.words
  if #rows == 0 then return nil end
  return { caption = excerpt.caption(view.page, words.outliers_caption, rows,
    words), columns = { shared.left(words.station, true),
    shared.left(words.measure, true), shared.right(words.share_before),
    shared.right(words.share_after), shared.right(words.points),
    shared.right(words.median), shared.right(words.chance),
    shared.right(words.z) },
    rows = excerpt.rows(rows, function(row) return outlier_row(view, row) end) }
end

local REASONS = { "missing", "nobody", "few_peers", "no_spread" }

local function left_out(view, excluded)
  local texts = {}
  for _, reason in ipairs(REASONS) do
    if excluded[reason] then
      texts[#texts + 1] = view.locale:say(view.words.left_out[reason],
        { count = view.locale:number(excluded[reason]) })
    end
  end
  return #texts > 0 and table.concat(texts, "; ") or "–"
end

local function judged_row(view, row)
  return { measure_label(view, row), view.locale:number(row.n),
    view.locale:number(row.beyond),
    view.locale:number(decimal(row.by_chance, 2)),
    left_out(view, row.excluded) }
end

local function judged_table(view)
  local words, rows = view.words, {}
  for n, row in ipairs(view.answer.outliers.measures) do
    rows[n] = judged_row(view, row)
  end
  return { caption = words.judged_caption, rows = rows, columns = {
    shared.left(words.measure, true), shared.right(words.judged),
    shared.right(words.beyond), shared.right(words.by_chance),
    shared.left(words.not_judged, true) } }
end

--- Places; stations that stand out; how many were judged at all.
---@param view urna.CompareView
---@return table[]
function stations.tables(view)
  local tables = { places_table(view) }
  if view.answer.outliers then
    tables[#tables + 1] = outliers_table(view)
    tables[#tables + 1] = judged_table(view)
  end
  return tables
end

-- ---- sentences ----

local function matched(view)
  local units, locale, count = view.answer.unmatched.units, view.locale, 0
  for _, number in pairs(view.answer.matches) do count = count + number end
  return locale:say(view.words.matched, { matched = locale:number(count),
    linked = locale:number(view.answer.linked),
    before = locale:number(#units.before), after = locale:number(#units.after),
    ambiguous = locale:number(#units.ambiguous) })
end

local function judged_any(found)
  for _, measure in ipairs(found.measures) do
    if measure.n > 0 then return true end
  end
  return false
end

local function outliers_sentence(view)
  local found, words = view.answer.outliers, view.words
  if not judged_any(found) then return words.none_judged end
  local values = { beyond = limit(view, found.beyond),
    count = view.locale:number(#found.rows),
    shown = view.locale:number(excerpt.MOST),
    more = view.locale:number(math.max(0, #found.rows - excerpt.MOST)) }
  return view.locale:say(#found.rows == 0 and words.no_outliers
    or #found.rows > excerpt.MOST and words.many_outliers or words.outliers,
    values)
end

--- How stations were matched, and how many changes stand out.
---@param view urna.CompareView
---@return string[]
function stations.say(view)
  if not view.answer.has_records then return { view.words.no_records } end
  return { matched(view), outliers_sentence(view) }
end

--- How to read a change that stands out.
---@param view urna.CompareView
---@return string[]
function stations.notes(view)
  local found = view.answer.outliers
  if not found or not judged_any(found) then return {} end
  return { view.locale:say(view.words.z_note,
    { least = view.locale:number(found.least) }), view.words.outlier_note }
end

-- ---- what was not matched ----

local function alone(view, items, side)
  local rows = view.answer.unmatched.units[side]
  if #rows == 0 then return end
  items[#items + 1] = view.locale:say(view.words["units_only_" .. side],
    { count = view.locale:number(#rows),
      units = excerpt.text(view.page, rows, function(row)
        return row.key
      end) })
end

local function ambiguous(view, items)
  excerpt.add(view.page, items, view.answer.unmatched.units.ambiguous,
    function(group)
      return view.locale:say(view.words.ambiguous, {
        before = table.concat(group.before, ", "),
        after = table.concat(group.after, ", ") })
    end, view.words)
end

local function jumped(view, items)
  local rows = view.answer.jumped
  if #rows == 0 then return end
  items[#items + 1] = view.locale:say(view.words.jumped, {
    field = view.locale.fields[rows[1].field],
    units = excerpt.text(view.page, rows, function(row)
      return ("%s %s → %s"):format(row.key, view.locale:number(row.before),
        view.locale:number(row.after))
    end) })
end

local function proposed(view, items)
  excerpt.add(view.page, items, view.answer.proposed.units, function(link)
    return view.locale:say(view.words.proposed_units, {
      from = table.concat(link.from, " + "), to = table.concat(link.to, " + "),
      kind = view.words.unit_kinds[link.kind] })
  end, view.words)
end

--- Stations of one side only, keys that may be several, stations of another
--- size, and links that are only proposed.
---@param view urna.CompareView
---@return string[]
function stations.items(view)
  local items = {}
  if not view.answer.has_records then return items end
  alone(view, items, "before")
  alone(view, items, "after")
  ambiguous(view, items)
  jumped(view, items)
  proposed(view, items)
  return items
end

return stations
