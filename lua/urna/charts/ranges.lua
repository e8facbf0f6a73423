local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local palette = require "urna.charts.palette"

--- Seats as ranges: for each list from how few to how many it could hold, and
--- an estimate of how many it likely would, on a scale that counts from those
--- it holds, so that a seat is seen beside two hundred. What is exact is solid;
--- an estimate is hatched, in a terminal of other signs.
local ranges = {}

---@class urna.Ranges
---@field title string
---@field description string for those who cannot see it
---@field rows { label: string, colour: string, held: integer, fewest: integer,
--- most: integer, low: integer, high: integer }[] low, high: the estimate
---@field majority { needed: integer, label: string }? drawn where it is within
--- the range of a list
---@field heads { held: string, bounds: string, likely: string } short
---@field legend { held: string, bounds: string, likely: string }

local VALUES = { "held", "bounds", "likely" }

-- What stands behind a row, as the heads name it.
local function values_of(row, locale)
  local function range(low, high)
    return low == high and locale:number(low) or locale:interval(low, high)
  end
  return { held = locale:number(row.held), likely = range(row.low, row.high),
    bounds = range(row.fewest, row.most) }
end

local function all_values(model, locale)
  local found = {}
  for i, row in ipairs(model.rows) do found[i] = values_of(row, locale) end
  return found
end

-- The changes that the scale goes from and to: at least one seat either way.
local function span_of(model)
  local from, to = -1, 1
  for _, row in ipairs(model.rows) do
    from = math.min(from, row.fewest - row.held, row.low - row.held)
    to = math.max(to, row.most - row.held, row.high - row.held)
  end
  return from, to
end

-- The majority, where a list could get past it or fall short of it.
local function majority_in(row, model)
  local needed = model.majority and model.majority.needed
  if not needed or needed < math.min(row.held, row.fewest)
    or needed > math.max(row.held, row.most) then
    return nil
  end
  return needed
end

local function shows_majority(model)
  for _, row in ipairs(model.rows) do
    if majority_in(row, model) then return true end
  end
  return false
end

local CHARACTER = "[%z\1-\127\194-\244][\128-\191]*"

-- A name that is too long; the table of the data has it whole.
local function cut(text, width)
  if display.width(text) <= width then return text end
  local kept = ""
  for char in text:gmatch(CHARACTER) do
    if display.width(kept .. char) >= width then break end
    kept = kept .. char
  end
  return kept .. "…"
end

-- ---- in a terminal ----

local painted = display.painted

-- Cells of a seat, at most, and of all of them, at least.
local CELLS, LEAST = 8, 8

-- The widths of all columns, and of the ranges between them.
local function measures(model, values, width)
  local found, room = { label = 0 }, width
  for _, name in ipairs(VALUES) do
    found[name] = display.width(model.heads[name])
    for _, row in ipairs(values) do
      found[name] = math.max(found[name], display.width(row[name]))
    end
    room = room - found[name] - 2
  end
  for _, row in ipairs(model.rows) do
    found.label = math.max(found.label, display.width(row.label))
  end
  found.label = math.min(found.label, math.max(6,
    math.min(math.floor(width / 4), room - 2 - LEAST)))
  local from, to = span_of(model)
  found.room = math.min(math.max(LEAST, room - found.label - 2),
    CELLS * (to - from) + 1)
  return found
end

-- The cell of a change.
local function cells_on(model, room)
  local from, to = span_of(model)
  return function(change)
    return 1 + math.floor((change - from) * (room - 1) / (to - from) + 0.5)
  end
end

local function strip(row, model, room)
  local cells, cell_of = {}, cells_on(model, room)
  local function at(seats) return cell_of(seats - row.held) end
  for i = 1, room do cells[i] = " " end
  for i = at(row.fewest), at(row.most) do cells[i] = "─" end
  cells[at(row.fewest)], cells[at(row.most)] = "├", "┤"
  if row.fewest == row.most then cells[at(row.most)] = "│" end
  for i = at(row.low), at(row.high) do cells[i] = "▒" end
  local needed = majority_in(row, model)
  if needed then cells[at(needed)] = "┊" end
  cells[at(row.held)] = "◆"
  return table.concat(cells)
end

local function line(label, middle, values, widths)
  local parts = { display.pad(cut(label, widths.label), widths.label), middle }
  for _, name in ipairs(VALUES) do
    parts[#parts + 1] = display.pad(values[name], widths[name], "right")
  end
  return table.concat(parts, "  ")
end

-- The ends of the scale, and 0 where there is room between them.
local function scale_line(model, room, locale)
  local from, to = span_of(model)
  local first, last = locale:signed(from), locale:signed(to)
  local at = cells_on(model, room)(0) - 1
  local is_free = at > display.width(first)
    and at < room - display.width(last) - 1
  local text = is_free and display.pad(first, at) .. "0" or first
  return display.pad(text, room - display.width(last)) .. last
end

local function add_legend(lines, sign, text, width)
  for i, part in ipairs(display.wrap(text, width - 4)) do
    lines[#lines + 1] = (i == 1 and sign .. " " or "    ") .. part
  end
end

--- The ranges as lines of signs.
---@param model urna.Ranges
---@param settings { locale: urna.Locale, width: integer?, colour: boolean? }
---@return string lines
function ranges.text(model, settings)
  local locale, width = settings.locale, settings.width or 80
  local values = all_values(model, locale)
  local widths = measures(model, values, width)
  local lines = { line("", scale_line(model, widths.room, locale),
    model.heads, widths) }
  for i, row in ipairs(model.rows) do
    lines[i + 1] = line(row.label, painted(strip(row, model, widths.room),
      row.colour, settings.colour), values[i], widths)
  end
  lines[#lines + 1] = ""
  add_legend(lines, "◆  ", model.legend.held, width)
  add_legend(lines, "├─┤", model.legend.bounds, width)
  add_legend(lines, "▒  ", model.legend.likely, width)
  if shows_majority(model) then
    add_legend(lines, "┊  ", model.majority.label, width)
  end
  return table.concat(lines, "\n") .. "\n"
end

-- ---- as SVG ----

local LEFT, RIGHT, ROW, SIZE = 340, 1330, 84, 36
-- where the columns of values end
local ENDS = { held = 1500, bounds = 1750, likely = 1990 }
local SOFT = "stroke=\"#d0d0d0\" stroke-width=\"3\""
local DASHED = "stroke=\"#1a1a1a\" stroke-width=\"4\" "
  .. "stroke-dasharray=\"10 8\""
local FIGURES = "style=\"font-variant-numeric:tabular-nums\""

-- Steps of the scale: 1, 2, 5, 10 ..., at most eight of them.
local function step_of(length)
  local step, factors, n = 1, { 2, 2.5, 2 }, 0
  while length / step > 8 do
    step, n = step * factors[n % 3 + 1], n + 1
  end
  return step
end

-- Where a change stands.
local function place_on(model)
  local from, to = span_of(model)
  return function(change)
    return LEFT + (change - from) * (RIGHT - LEFT) / (to - from)
  end
end

local function draw_scale(body, model, x, top, bottom, locale)
  local from, to = span_of(model)
  local step = step_of(to - from)
  for n = math.ceil(from / step), math.floor(to / step) do
    local at = x(n * step)
    body[#body + 1] = drawing.line(at, top, at, bottom,
      n ~= 0 and SOFT or nil)
    body[#body + 1] = drawing.text(at, bottom + 40, 32, "middle",
      n == 0 and "0" or locale:signed(n * step), "fill=\"#595959\"")
  end
end

local function draw_heads(body, model, y)
  local start = RIGHT
  for _, name in ipairs(VALUES) do
    local head = model.heads[name]
    body[#body + 1] = drawing.text(ENDS[name], y, drawing.fitted(head, SIZE,
      ENDS[name] - start - 20), "end", head, "fill=\"#595959\"")
    start = ENDS[name]
  end
end

local function hatch(id, colour)
  return ("<pattern id=\"@ID@-%s\" width=\"12\" height=\"12\" "
    .. "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    .. "<rect width=\"12\" height=\"12\" fill=\"#ffffff\"/>"
    .. "<rect width=\"6\" height=\"12\" fill=\"%s\"/></pattern>"):format(id,
    colour)
end

-- What could be: a bar with an end at either side, so that one seat is seen;
-- pale colours get a dark edge.
local function draw_bounds(body, from, to, y, colour)
  local edge = palette.contrast(colour) < 3
    and "stroke=\"#444444\" stroke-width=\"3\"" or nil
  body[#body + 1] = drawing.box(from - 4, y + 13, to - from + 8, 14, colour,
    edge)
  body[#body + 1] = drawing.box(from - 4, y + 4, 8, 32, colour, edge)
  body[#body + 1] = drawing.box(to - 4, y + 4, 8, 32, colour, edge)
end

-- What is estimated stands below it.
local function draw_likely(body, from, to, y, id, colour)
  if palette.contrast(colour) < 3 then colour = "#444444" end
  body[#body + 1] = hatch(id, colour)
  body[#body + 1] = drawing.box(from - 7, y + 44, to - from + 14, 24,
    ("url(#@ID@-%s)"):format(id),
    ("stroke=\"%s\" stroke-width=\"3\""):format(colour))
end

local function draw_held(body, x, y)
  body[#body + 1] = drawing.box(x - 5, y - 2, 10, 42, "#1a1a1a",
    "stroke=\"#ffffff\" stroke-width=\"3\"")
end

local function draw_majority(body, x, y)
  body[#body + 1] = drawing.line(x, y - 2, x, y + 70,
    "stroke=\"#ffffff\" stroke-width=\"9\"")
  body[#body + 1] = drawing.line(x, y - 2, x, y + 70, DASHED)
end

local LABEL, SMALL, LINES = 40, 24, 3

-- A name in one line, or smaller in up to three.
local function draw_label(body, label, y)
  local room = LEFT - 40
  local size = drawing.fitted(label, LABEL, room)
  if size >= SMALL then
    body[#body + 1] = drawing.text(LEFT - 30, y + 44, size, "end", label)
    return
  end
  local most = math.floor(room / (SMALL * 0.6))
  local lines = display.wrap(label, most)
  if #lines > LINES then
    lines[LINES] = cut(table.concat(lines, " ", LINES), most)
  end
  local count = math.min(#lines, LINES)
  for n = 1, count do
    body[#body + 1] = drawing.text(LEFT - 30,
      y + 44 + (n - (count + 1) / 2) * 26, SMALL, "end", cut(lines[n], most))
  end
end

local function draw_row(body, model, n, y, x_of, locale)
  local row = model.rows[n]
  local values = values_of(row, locale)
  local function x(seats) return x_of(seats - row.held) end
  draw_label(body, row.label, y)
  draw_bounds(body, x(row.fewest), x(row.most), y, row.colour)
  draw_likely(body, x(row.low), x(row.high), y, ("p%d"):format(n), row.colour)
  local needed = majority_in(row, model)
  if needed then draw_majority(body, x(needed), y) end
  draw_held(body, x(row.held), y)
  for _, name in ipairs(VALUES) do
    body[#body + 1] = drawing.text(ENDS[name], y + 44, drawing.fitted(
      values[name], SIZE, 240), "end", values[name], FIGURES)
  end
end

local GREY = "#595959"
local SAMPLES = {
  held = function(body, y) draw_held(body, 60, y) end,
  bounds = function(body, y) draw_bounds(body, 24, 96, y, GREY) end,
  likely = function(body, y)
    draw_likely(body, 27, 93, y - 34, "key", GREY)
  end,
  majority = function(body, y) draw_majority(body, 60, y - 14) end,
}

-- A sample and its words, in lines as wide as the drawing.
local function draw_key(body, name, words, y)
  local most = math.floor((drawing.WIDE - 150) / (SIZE * 0.6))
  SAMPLES[name](body, y)
  for _, text in ipairs(display.wrap(words, most)) do
    body[#body + 1] = drawing.text(130, y + 32, SIZE, "start", text)
    y = y + 54
  end
  return y
end

local function draw_legend(body, model, y)
  for _, name in ipairs(VALUES) do
    y = draw_key(body, name, model.legend[name], y)
  end
  if not shows_majority(model) then return y end
  return draw_key(body, "majority", model.majority.label, y + 14) + 14
end

--- The ranges as a drawing.
---@param model urna.Ranges
---@param settings { locale: urna.Locale }
---@return string svg
function ranges.svg(model, settings)
  local locale, body = settings.locale, {}
  local top, x = 80, place_on(model)
  local bottom = top + #model.rows * ROW
  draw_scale(body, model, x, top - 6, bottom, locale)
  draw_heads(body, model, top - 20)
  for i = 1, #model.rows do
    draw_row(body, model, i, top + (i - 1) * ROW + 6, x, locale)
  end
  local height = draw_legend(body, model, bottom + 70) + 10
  return drawing.document("r", height, model.title, model.description, body)
end

return ranges
