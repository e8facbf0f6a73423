local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local palette = require "urna.charts.palette"

--- A ladder of quotients: the last that won a seat and the first that won none,
--- one to a rung, with the line between them. Where a quotient stands on its
--- rung is to scale between the least and the greatest that are shown.
local ladder = {}

---@class urna.Ladder
---@field title string
---@field description string
---@field line string what stands on the line: "250 seats"
---@field rungs { number: string, label: string, value: string, size: number,
--- colour: string, is_awarded: boolean }[] from the greatest quotient down;
--- number is the seat's, "" where there is none; size is the quotient itself
--- and only for where it stands

-- From 0 to 1; equal quotients stand at the end.
local function scale_of(rungs)
  local least, most = math.huge, -math.huge
  for _, rung in ipairs(rungs) do
    least, most = math.min(least, rung.size), math.max(most, rung.size)
  end
  return function(rung)
    return most > least and (rung.size - least) / (most - least) or 1
  end
end

-- How many rungs stand above the line.
local function above_line(rungs)
  local count = 0
  for _, rung in ipairs(rungs) do
    count = count + (rung.is_awarded and 1 or 0)
  end
  return count
end

-- ---- SVG ----

local ROW, SIZE, LEFT, RIGHT, RADIUS = 76, 42, 720, 1590, 20
local NUMBER, LABEL, VALUE = 150, 190, drawing.WIDE - 30
local FIGURES = "style=\"font-variant-numeric:tabular-nums\""

-- A quotient with a seat is a full circle, one without an empty one.
local function draw_circle(rung, x, y)
  local edge = palette.contrast(rung.colour) < 3 and "#444444" or rung.colour
  return ("<circle cx=\"%s\" cy=\"%s\" r=\"%d\" fill=\"%s\" stroke=\"%s\" "
    .. "stroke-width=\"6\"/>"):format(drawing.whole(x), drawing.whole(y),
    RADIUS, rung.is_awarded and rung.colour or "#ffffff", edge)
end

local function draw_rung(rung, at, y)
  local foot = y + SIZE * 0.35
  local room = LEFT - RADIUS - LABEL - 30
  return table.concat({
    drawing.line(LEFT, y, RIGHT, y, "stroke=\"#949494\" stroke-width=\"2\""),
    drawing.text(NUMBER, foot, SIZE, "end", rung.number, FIGURES),
    drawing.text(LABEL, foot, drawing.fitted(rung.label, SIZE, room), "start",
      rung.label),
    draw_circle(rung, LEFT + at * (RIGHT - LEFT), y),
    drawing.text(VALUE, foot, drawing.fitted(rung.value, SIZE,
      VALUE - RIGHT - RADIUS - 20), "end", rung.value, FIGURES) }, "\n")
end

local function draw_line(model, y)
  local size = drawing.fitted(model.line, 38, RIGHT - LEFT)
  local half = drawing.width(model.line, size) / 2 + 24
  local middle = (LEFT + RIGHT) / 2
  local stroke = "stroke=\"#1a1a1a\" stroke-width=\"4\" "
    .. "stroke-dasharray=\"14 10\""
  return table.concat({ drawing.line(20, y, middle - half, y, stroke),
    drawing.text(middle, y + size * 0.35, size, "middle", model.line),
    drawing.line(middle + half, y, drawing.WIDE - 20, y, stroke) }, "\n")
end

--- The ladder as SVG.
---@param model urna.Ladder
---@return string svg
function ladder.svg(model)
  local scale, body, y = scale_of(model.rungs), {}, ROW / 2 + 10
  local awarded = above_line(model.rungs)
  for i, rung in ipairs(model.rungs) do
    body[#body + 1] = draw_rung(rung, scale(rung), y)
    y = y + ROW
    if i == awarded then
      body[#body + 1], y = draw_line(model, y), y + ROW
    end
  end
  return drawing.document("l", y - ROW / 2 + 10, model.title,
    model.description, body)
end

-- ---- text ----

local LONGEST, SHORTEST = 26, 8
local SIGNS = { [true] = "●", [false] = "○" }

local function shortened(label)
  if display.width(label) <= LONGEST then return label end
  local kept = ""
  for char in label:gmatch("[%z\1-\127\194-\244][\128-\191]*") do
    if display.width(kept .. char) >= LONGEST then break end
    kept = kept .. char
  end
  return kept .. "…"
end

local function widest(rungs, name)
  local width = 0
  for _, rung in ipairs(rungs) do
    width = math.max(width, display.width(name == "label"
      and shortened(rung.label) or rung[name]))
  end
  return width
end

local function track(rung, at, room)
  local before = math.floor(at * (room - 1) + 0.5)
  return ("─"):rep(before) .. SIGNS[rung.is_awarded]
    .. ("─"):rep(room - 1 - before)
end

local function line_of(model, width)
  local rest = math.max(width - display.width(model.line) - 2, 4)
  local left = math.floor(rest / 2)
  return ("%s %s %s"):format(("╌"):rep(left), model.line,
    ("╌"):rep(rest - left))
end

--- The ladder for a terminal: ● has a seat, ○ has none.
---@param model urna.Ladder
---@param settings { width: integer? }
---@return string lines
function ladder.text(model, settings)
  local rungs, scale, lines = model.rungs, scale_of(model.rungs), {}
  local numbers, labels = widest(rungs, "number"), widest(rungs, "label")
  local values = widest(rungs, "value")
  local width = math.min(settings.width or 80, 78)
  local room = math.max(width - numbers - labels - values - 6, SHORTEST)
  local awarded = above_line(rungs)
  for i, rung in ipairs(rungs) do
    lines[#lines + 1] = ("%s  %s  %s  %s"):format(
      display.pad(rung.number, numbers, "right"),
      display.pad(shortened(rung.label), labels),
      track(rung, scale(rung), room),
      display.pad(rung.value, values, "right"))
    if i == awarded then lines[#lines + 1] = line_of(model, width) end
  end
  return table.concat(lines, "\n") .. "\n"
end

return ladder
