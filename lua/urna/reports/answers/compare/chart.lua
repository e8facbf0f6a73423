local arrows = require "urna.charts.arrows"
local lists = require "urna.reports.answers.compare.lists"
local model = require "urna.charts.model"
local palette = require "urna.charts.palette"
local shared = require "urna.reports.shared"

--- The swing of each list as an arrow.
local chart = {}

--- With fewer votes on both sides a swing is not drawn.
chart.FEW = 100

-- A list that merged or was split is not the same as before: no arrow.
local COMPARABLE = { same = true, renamed = true }

-- Lists by key, with their colours.
local function colours_of(outcome)
  local of = {}
  for i, colour in ipairs(palette.assign(outcome.lists)) do
    of[outcome.lists[i].key] = colour
  end
  return of
end

local function has_few(row)
  local before, after = row.votes.before, row.votes.after
  return before ~= nil and after ~= nil and before < chart.FEW
    and after < chart.FEW
end

local function is_estimate(view, row)
  for _, side in ipairs { "before", "after" } do
    for _, mark in ipairs(row.share[side] and lists.marks(view, row, side)
      or {}) do
      if mark == "estimate" or mark == "from_shares" then return true end
    end
  end
  return false
end

-- What stands beside the scale: the points, and why there is no arrow.
local function value_of(view, row, has_arrow)
  local points = lists.points(view, row)
  if has_arrow then return points end
  if has_few(row) then
    return view.locale:say(view.words.few,
      { few = view.locale:count(chart.FEW, "vote") })
  end
  local kind = lists.kind(view, { kind = row.kind, from = row.from,
    to = row.to })
  return points and kind .. ", " .. points or kind
end

local function row_of(view, row, colours)
  local before = model.hundredths(row.share.before and row.share.before.percent)
  local after = model.hundredths(row.share.after and row.share.after.percent)
  if not before and not after then return nil end
  local has_arrow = before ~= nil and after ~= nil and not has_few(row)
    and COMPARABLE[row.kind] == true
  local shares = {}
  if before then shares[1] = lists.share(view, row, "before") end
  if after then shares[#shares + 1] = lists.share(view, row, "after") end
  return { label = lists.label(view, row), before = before, after = after,
    has_arrow = has_arrow, value = value_of(view, row, has_arrow),
    shares = table.concat(shares, " → "),
    is_estimate = is_estimate(view, row),
    colour = colours.after[row.to[1] or ""]
      or colours.before[row.from[1] or ""] or palette.others }
end

local function description(view, rows)
  local texts = {}
  for i, row in ipairs(rows) do
    texts[i] = ("%s: %s, %s"):format(row.label, row.shares, row.value)
  end
  return view.locale:say(view.words.chart_description, {
    base = lists.base(view), lists = table.concat(texts, "; ") })
end

-- What the signs mean, of those there are.
local function legend_of(view, rows)
  local words, legend = view.words, {}
  for _, row in ipairs(rows) do
    if not row.has_arrow then legend.mark = words.legend_mark end
    if row.has_arrow then
      legend.arrow = view.locale:say(words.legend_arrow,
        { base = lists.base(view) })
    end
    if row.is_estimate then legend.estimate = words.legend_estimate end
  end
  return legend
end

local function model_of(view)
  local colours, rows = {}, {}
  for _, side in ipairs { "before", "after" } do
    colours[side] = colours_of(view.answer.outcomes[side])
  end
  for _, row in ipairs(view.answer.lists) do
    rows[#rows + 1] = row_of(view, row, colours)
  end
  if #rows == 0 then return nil end
  return { rows = rows, legend = legend_of(view, rows),
    description = description(view, rows),
    title = view.locale:say(view.words.chart_title, {
      before = view.before:title(), after = view.after:title() }) }
end

local function data_table(view, drawn)
  local words = view.words
  local found = { caption = lists.caption(view), rows = {}, columns = {
    shared.left(words.lists, true), shared.left(words.shares),
    shared.left(words.swing, true) } }
  for i, row in ipairs(drawn.rows) do
    found.rows[i] = { row.label, row.shares, row.value }
  end
  return found
end

--- The chart; nil where no share is known.
---@param view urna.CompareView
---@return { svg: fun(settings: table): string, text: fun(settings: table):
--- string, table: table }?
function chart.of(view)
  local drawn = lists.base(view) and model_of(view)
  if not drawn then return nil end
  return { table = data_table(view, drawn),
    svg = function(settings) return arrows.svg(drawn, settings) end,
    text = function(settings) return arrows.text(drawn, settings) end }
end

return chart
