local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local palette = require "urna.charts.palette"

--- Swing arrows: for each row an arrow from the share before to the share
--- after, all on one scale, so that its length is the points. What cannot be
--- compared is a mark without an arrow. Every row says in text what it shows.
local arrows = {}

---@class urna.ArrowRow
---@field label string
---@field before integer? hundredths of a percent
---@field after integer?
---@field value string what happened, in words: "+3.21"
---@field shares string? the shares in words: "4.10% → 7.31%"
---@field has_arrow boolean false: marks where the shares are, hollow before
---@field is_estimate boolean? hatched, in text dashed and dotted
---@field colour string

---@class urna.Arrows
---@field title string
---@field description string for those who cannot see it
---@field rows urna.ArrowRow[]
---@field legend { arrow: string?, mark: string?, estimate: string? } what the
--- signs mean, for those there are

-- ---- the scale ----

local STEPS = { 100, 200, 500, 1000, 2000 }

-- The end of the scale, and how far its lines are apart: eight at the most.
local function scale_of(rows)
  local most, step = 0, nil
  for _, row in ipairs(rows) do
    most = math.max(most, row.before or 0, row.after or 0)
  end
  for _, wide in ipairs(STEPS) do
    step = step or most <= 8 * wide and wide
  end
  step = step or STEPS[#STEPS]
  return math.max(step, math.ceil(most / step) * step), step
end

local function axis_text(hundredths, locale)
  return locale:percent(("%d"):format(hundredths / 100))
end

-- ---- SVG ----

local WIDE, LEFT, SIZE = drawing.WIDE, 480, 38
local whole = drawing.whole

local LABEL_ROOM = LEFT - 50
local LABEL_CHARS = math.floor(LABEL_ROOM / (SIZE * 0.6))

-- How far the scale goes: behind it stand the values.
local function right_end(rows)
  local widest = 0
  for _, row in ipairs(rows) do
    widest = math.max(widest, drawing.width(row.value, SIZE),
      drawing.width(row.shares or "", SIZE - 4))
  end
  return WIDE - math.min(widest, 760) - 50
end

local function edge_of(row)
  if row.is_estimate then
    return ("stroke=\"%s\" stroke-width=\"4\""):format(
      palette.contrast(row.colour) < 3 and "#444444" or row.colour)
  end
  return palette.contrast(row.colour) < 3
    and "stroke=\"#444444\" stroke-width=\"3\"" or ""
end

-- Estimates are hatched: they must not look like counts.
local function pattern(n, colour)
  return ("<pattern id=\"@ID@-p%d\" width=\"12\" height=\"12\" "
    .. "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    .. "<rect width=\"12\" height=\"12\" fill=\"#ffffff\"/>"
    .. "<rect width=\"6\" height=\"12\" fill=\"%s\"/></pattern>"):format(n,
    colour)
end

local function fill_of(n)
  return ("url(#@ID@-p%d)"):format(n)
end

-- A head is no longer than the arrow, so that the length stays the points.
local function arrow_path(from, to, y, fill, edge)
  local length = math.abs(to - from)
  local side = to > from and 1 or -1
  local neck = to - side * math.min(34, length)
  return ("<path d=\"M%s %sL%s %sL%s %sL%s %sL%s %sL%s %sL%s %sZ\" "
    .. "fill=\"%s\" %s/>"):format(whole(from), whole(y - 9), whole(neck),
    whole(y - 9), whole(neck), whole(y - 24), whole(to), whole(y), whole(neck),
    whole(y + 24), whole(neck), whole(y + 9), whole(from), whole(y + 9), fill,
    edge)
end

local function tick(x, y)
  return drawing.box(x - 3, y - 26, 6, 52, "#1a1a1a")
end

local function diamond(x, y, fill, more)
  return ("<path d=\"M%s %sL%s %sL%s %sL%s %sZ\" fill=\"%s\" "
    .. "stroke=\"#1a1a1a\" stroke-width=\"4\"%s/>"):format(whole(x - 19),
    whole(y), whole(x), whole(y - 19), whole(x + 19), whole(y), whole(x),
    whole(y + 19), fill, more or "")
end

-- Hollow before, filled after; of an estimate dashed before, hatched after.
-- Those that would lie on each other stand one above the other.
local function draw_marks(row, y, x, n)
  local a, b = row.before and x(row.before), row.after and x(row.after)
  local apart = a and b and math.abs(a - b) < 46 and 23 or 0
  local fill, more = "#1a1a1a", ""
  if row.is_estimate then
    fill, more = fill_of(n), " stroke-dasharray=\"9 4\""
  end
  return (row.is_estimate and pattern(n, "#1a1a1a") or "")
    .. (a and diamond(a, y - apart, "#ffffff", more) or "")
    .. (b and diamond(b, y + apart, fill) or "")
end

local function draw_arrow(row, y, x, n)
  local from, to = x(row.before), x(row.after)
  local fill = row.is_estimate and fill_of(n) or row.colour
  local drawn = arrow_path(from, to, y, fill, edge_of(row)) .. tick(from, y)
  return row.is_estimate and pattern(n, row.colour) .. drawn or drawn
end

-- Lines of text about a height.
local function block(x, y, lines, anchor, room, more)
  local drawn = {}
  for i, line in ipairs(lines) do
    drawn[i] = drawing.text(x, y + 13 + 44 * (i - (#lines + 1) / 2),
      drawing.fitted(line, SIZE, room), anchor, line, more)
  end
  return table.concat(drawn, "\n")
end

local FIGURES = "style=\"font-variant-numeric:tabular-nums\""

local function draw_value(row, y, right)
  local room = WIDE - right - 40
  if not row.shares then
    return block(right + 30, y, { row.value }, "start", room, FIGURES)
  end
  return drawing.text(right + 30, y - 6, drawing.fitted(row.value, SIZE, room),
    "start", row.value, FIGURES) .. "\n" .. drawing.text(right + 30, y + 36,
    drawing.fitted(row.shares, SIZE - 4, room), "start", row.shares,
    "fill=\"#595959\" " .. FIGURES)
end

local function draw_axis(top, step, bottom, x, locale)
  local drawn = {}
  for at = 0, top, step do
    drawn[#drawn + 1] = drawing.line(x(at), 60, x(at), bottom,
      at == 0 and "stroke=\"#1a1a1a\" stroke-width=\"3\""
      or "stroke=\"#d9d9d9\" stroke-width=\"2\"")
    drawn[#drawn + 1] = drawing.text(x(at), 42, SIZE - 4, "middle",
      axis_text(at, locale), "fill=\"#595959\"")
  end
  return table.concat(drawn, "\n")
end

local LEGEND_CHARS = 80

local SAMPLES = {
  { "arrow", function(y)
    return arrow_path(20, 110, y, "#1a1a1a", "") .. tick(20, y)
  end },
  { "mark", function(y)
    return diamond(36, y, "#ffffff") .. diamond(94, y, "#1a1a1a")
  end },
  { "estimate", function(y)
    return pattern(0, "#1a1a1a") .. arrow_path(20, 110, y,
      fill_of(0), "stroke=\"#1a1a1a\" stroke-width=\"4\"")
  end },
}

-- What the signs mean, under the rows; how far down it goes.
local function draw_legend(legend, y, body)
  for _, sample in ipairs(SAMPLES) do
    local text = legend[sample[1]]
    if text then
      local lines = display.wrap(text, LEGEND_CHARS)
      local middle = y + 44 * #lines / 2 + 10
      body[#body + 1] = sample[2](middle)
      body[#body + 1] = block(140, middle, lines, "start", WIDE - 160)
      y = y + 44 * #lines + 24
    end
  end
  return y
end

--- The arrows as SVG.
---@param model urna.Arrows
---@param settings { locale: urna.Locale }
---@return string svg
function arrows.svg(model, settings)
  local top, step = scale_of(model.rows)
  local right = right_end(model.rows)
  local function x(hundredths)
    return LEFT + hundredths * (right - LEFT - 60) / top
  end
  local body, y = { "" }, 76
  for n, row in ipairs(model.rows) do
    local lines = display.wrap(row.label, LABEL_CHARS)
    local tall = math.max(104, 44 * #lines + 24)
    local middle = y + tall / 2
    body[#body + 1] = block(LEFT - 30, middle, lines, "end", LABEL_ROOM)
    body[#body + 1] = row.has_arrow and draw_arrow(row, middle, x, n)
      or draw_marks(row, middle, x, n)
    body[#body + 1] = draw_value(row, middle, right)
    y = y + tall
  end
  body[1] = draw_axis(top, step, y, x, settings.locale)
  y = draw_legend(model.legend, y + 20, body)
  return drawing.document("a", y + 10, model.title, model.description, body)
end

-- ---- text ----

local CHARACTER = "[%z\1-\127\194-\244][\128-\191]*"

-- Lines of a text, of which a word that is too long for one is broken.
local function broken(text, width)
  local pieces = text:gsub("%S+", function(word)
    if display.width(word) <= width then return nil end
    local parts, part = {}, ""
    for char in word:gmatch(CHARACTER) do
      if display.width(part .. char) > width then
        parts[#parts + 1], part = part, ""
      end
      part = part .. char
    end
    parts[#parts + 1] = part
    return table.concat(parts, " ")
  end)
  return display.wrap(pieces, width)
end

local BEFORE = "•"
local HEADS = { [1] = "▶", [-1] = "◀" }
local SHAFT, DASHED = "─", "╌"
-- Where a share was, where it is, and both in one column.
local MARKS = { was = "◇", is = "◆", both = "◈" }
local ESTIMATED = { was = "◌", is = "◍", both = "◍" }

local function lay_arrow(cells, row, from, to)
  local side = to > from and 1 or -1
  for at = from, to, side do
    cells[at] = row.is_estimate and DASHED or SHAFT
  end
  cells[to] = HEADS[side]
  cells[from] = BEFORE -- alone where both are in one column
end

local function lay_marks(cells, row, from, to)
  local marks = row.is_estimate and ESTIMATED or MARKS
  if from then cells[from] = marks.was end
  if to then cells[to] = to == from and marks.both or marks.is end
end

-- One row on the scale, as wide as that is.
local function track(row, top, room)
  local cells = {}
  for i = 1, room do cells[i] = " " end
  local function column(hundredths)
    return hundredths
      and 1 + math.floor(hundredths * (room - 1) / top + 0.5) or nil
  end
  local from, to = column(row.before), column(row.after)
  if row.has_arrow then
    lay_arrow(cells, row, from, to)
  else
    lay_marks(cells, row, from, to)
  end
  return table.concat(cells)
end

-- The widest of some texts, up to a part of the width.
local function column_width(rows, name, most)
  local widest = 0
  for _, row in ipairs(rows) do
    widest = math.max(widest, display.width(row[name]))
  end
  return math.min(widest, math.floor(most))
end

local function add_row(lines, row, drawn, widths)
  local labels = broken(row.label, widths.label)
  local values = broken(row.value, widths.value)
  for i = 1, math.max(#labels, #values) do
    lines[#lines + 1] = (display.pad(labels[i] or "", widths.label) .. "  "
      .. (i == 1 and drawn or (" "):rep(widths.track)) .. "  "
      .. (values[i] or "")):gsub(" +$", "")
  end
end

local LEGEND = { { "arrow", BEFORE .. SHAFT .. HEADS[1] },
  { "mark", MARKS.was .. MARKS.is .. MARKS.both },
  { "estimate", DASHED .. ESTIMATED.was .. ESTIMATED.is } }

local function add_legend(lines, legend, width)
  for _, row in ipairs(LEGEND) do
    local text = legend[row[1]]
    for i, line in ipairs(text and display.wrap(text, width - 5) or {}) do
      lines[#lines + 1] = (i == 1 and row[2] or "   ") .. "  " .. line
    end
  end
end

--- The arrows for a terminal.
---@param model urna.Arrows
---@param settings { locale: urna.Locale, width: integer? } 80 columns unless
--- said
---@return string lines
function arrows.text(model, settings)
  local width, top = settings.width or 80, scale_of(model.rows)
  local widths = { label = column_width(model.rows, "label", width * 0.3),
    value = column_width(model.rows, "value", width * 0.35) }
  widths.track = math.max(8, width - widths.label - widths.value - 4)
  local last = axis_text(top, settings.locale)
  local lines = { (" "):rep(widths.label + 2) .. display.pad(
    axis_text(0, settings.locale), widths.track - display.width(last)) .. last }
  for _, row in ipairs(model.rows) do
    add_row(lines, row, track(row, top, widths.track), widths)
  end
  lines[#lines + 1] = ""
  add_legend(lines, model.legend, width)
  return table.concat(lines, "\n") .. "\n"
end

return arrows
