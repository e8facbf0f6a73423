local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local hemicycle = require "urna.charts.hemicycle"
local locales = require "urna.locale"
local model = require "urna.charts.model"
local palette = require "urna.charts.palette"
local words = require "urna.charts.words"

--- The charts of an outcome as SVG.
local svg = {}

local WIDE, TALL = drawing.WIDE, 920
local document, text_at, whole = drawing.document, drawing.text, drawing.whole
local fitted, stroke = drawing.fitted, drawing.line

-- A wedge keeps its colour's group; pale colours get a dark edge.
local function wedge_group(wedge, circles)
  local edge = palette.contrast(wedge.colour) < 3
    and " stroke=\"#444444\" stroke-width=\"3\"" or ""
  return ("<g fill=\"%s\"%s>\n%s\n</g>"):format(wedge.colour, edge,
    table.concat(circles, "\n"))
end

local CENTRE_X, CENTRE_Y, RADIUS = 1000, 850, 690

local function draw_seats(assembly, points, half)
  local circles = {}
  for i in ipairs(assembly.wedges) do circles[i] = {} end
  circles[0] = {}
  for _, point in ipairs(points) do
    local group = circles[point.wedge]
    group[#group + 1] = ("<circle cx=\"%s\" cy=\"%s\" r=\"%s\"/>"):format(
      whole(CENTRE_X + RADIUS * point.x), whole(CENTRE_Y - RADIUS * point.y),
      whole(RADIUS * half * 0.84))
  end
  local groups = {}
  for i, wedge in ipairs(assembly.wedges) do
    groups[#groups + 1] = wedge_group(wedge, circles[i])
  end
  if #circles[0] > 0 then
    groups[#groups + 1] = ("<g fill=\"#ffffff\" stroke=\"%s\" "
      .. "stroke-width=\"4\">\n%s\n</g>"):format(palette.vacant,
      table.concat(circles[0], "\n"))
  end
  return table.concat(groups, "\n")
end

local function draw_majority(assembly, points, locale)
  local angle = hemicycle.border(points, assembly.needed - 1)
  local cos, sin = math.cos(angle), math.sin(angle)
  local function x(radius) return whole(CENTRE_X + radius * cos) end
  local function y(radius) return whole(CENTRE_Y - radius * sin) end
  local label = locale:say(locale.sentences.majority_at,
    { needed = locale:number(assembly.needed) })
  return ("<path d=\"M%s %sL%s %s\" stroke=\"#555555\" stroke-width=\"4\" "
    .. "stroke-dasharray=\"14 12\"/>\n%s"):format(
    x(RADIUS * 0.44), y(RADIUS * 0.44), x(RADIUS + 46), y(RADIUS + 46),
    text_at(CENTRE_X + (RADIUS + 66) * cos, CENTRE_Y - (RADIUS + 66) * sin, 36,
      "middle", label, "fill=\"#555555\""))
end

local LABEL = 42

-- The box of a label at an angle: its anchor leans away from the middle.
local function label_box(text, angle, distance)
  local cos, sin = math.cos(angle), math.sin(angle)
  local x, y = CENTRE_X + distance * cos, CENTRE_Y - distance * sin
  local width = display.width(text) * LABEL * 0.6
  local anchor = cos < -0.25 and "end" or cos > 0.25 and "start" or "middle"
  local left = anchor == "end" and x - width
    or anchor == "start" and x or x - width / 2
  return { x = x, y = y + LABEL * 0.35, anchor = anchor, left = left,
    right = left + width, top = y - LABEL * 0.6, bottom = y + LABEL * 0.6 }
end

local function is_free(box, boxes)
  if box.left < 10 or box.right > WIDE - 10 or box.top < 10 then
    return false
  end
  for _, other in ipairs(boxes) do
    if box.left < other.right + 14 and other.left < box.right + 14
      and box.top < other.bottom and other.top < box.bottom then
      return false
    end
  end
  return true
end

local function middle_angle(points, index)
  local first, last
  for _, point in ipairs(points) do
    if point.wedge == index then
      first, last = first or point.angle, point.angle
    end
  end
  return (first + last) / 2
end

local function by_seats(wedges)
  local order = {}
  for i in ipairs(wedges) do order[i] = i end
  table.sort(order, function(a, b)
    if wedges[a].seats ~= wedges[b].seats then
      return wedges[a].seats > wedges[b].seats
    end
    return a < b
  end)
  return order
end

local function leader(angle, distance)
  local cos, sin = math.cos(angle), math.sin(angle)
  return stroke(CENTRE_X + (RADIUS + 6) * cos, CENTRE_Y - (RADIUS + 6) * sin,
    CENTRE_X + (distance - 12) * cos, CENTRE_Y - (distance - 12) * sin) .. "\n"
end

local function label_round(text, angle, boxes)
  for _, further in ipairs { 34, 84, 134, 184 } do
    local box = label_box(text, angle, RADIUS + further)
    if box.bottom < TALL and is_free(box, boxes) then
      boxes[#boxes + 1] = box
      return (further > 34 and leader(angle, RADIUS + further) or "")
        .. text_at(box.x, box.y, LABEL, box.anchor, text)
    end
  end
end

-- Where the seats of a wedge stand on the ground, if any do.
local function ground(points, index)
  local sum, count = 0, 0
  for _, point in ipairs(points) do
    if point.wedge == index and point.y < 0.06 then
      sum, count = sum + point.x, count + 1
    end
  end
  return count > 0 and CENTRE_X + RADIUS * sum / count or nil
end

local GROUND = CENTRE_Y + 30

-- A label under the seats; nothing may stand in the way of its line.
local function label_below(text, x, boxes)
  local half = display.width(text) * LABEL * 0.3
  for depth = 60, 240, 60 do
    local y = GROUND + depth
    local box = { left = x - half, right = x + half, top = y - LABEL,
      bottom = y + 12 }
    local path = { left = x + 4, right = x - 4, top = GROUND, bottom = y - 50 }
    if is_free(box, boxes) and is_free(path, boxes) then
      boxes[#boxes + 1], boxes[#boxes + 2] = box, path
      boxes.depth = math.max(boxes.depth or 0, depth)
      return stroke(x, GROUND, x, y - LABEL) .. "\n"
        .. text_at(x, y, LABEL, "middle", text)
    end
  end
end

-- Labels round the half-circle, the largest lists first; those that find no
-- room stand below their seats. Where there is none either they are missing,
-- and the caller then adds a legend.
local function draw_labels(assembly, points, locale, boxes)
  local drawn, missing = {}, false
  for _, index in ipairs(by_seats(assembly.wedges)) do
    local wedge = assembly.wedges[index]
    local text = model.label(wedge.list, locale) .. " "
      .. locale:number(wedge.seats)
    local x = ground(points, index)
    local label = label_round(text, middle_angle(points, index), boxes)
      or x and label_below(text, x, boxes)
    drawn[#drawn + 1] = label
    missing = missing or not label
  end
  return table.concat(drawn, "\n"), missing
end

local function legend_lines(assembly, locale)
  local lines, line = {}, { width = 0 }
  for _, wedge in ipairs(assembly.wedges) do
    local text = model.label(wedge.list, locale) .. " "
      .. locale:number(wedge.seats)
    local width = 60 + display.width(text) * 24 + 30
    if line.width + width > WIDE - 40 then
      lines[#lines + 1], line = line, { width = 0 }
    end
    line[#line + 1] = { text = text, x = line.width, colour = wedge.colour }
    line.width = line.width + width
  end
  lines[#lines + 1] = line
  return lines
end

local function draw_legend(assembly, locale, top)
  local drawn = {}
  for row, line in ipairs(legend_lines(assembly, locale)) do
    local y, left = top + 60 * row, (WIDE - line.width) / 2
    for _, item in ipairs(line) do
      drawn[#drawn + 1] = ("<circle cx=\"%s\" cy=\"%s\" r=\"18\" fill=\"%s\"/>")
        :format(whole(left + item.x + 20), whole(y - 13), item.colour)
      drawn[#drawn + 1] = text_at(left + item.x + 50, y, 38, "start", item.text)
    end
    if row == #legend_lines(assembly, locale) then top = y + 30 end
  end
  return table.concat(drawn, "\n"), top
end

local function locale_of(options)
  return options.locale or assert(locales.get(options.language or "en"))
end

--- The assembly as a half-circle of seats.
---@param outcome table
---@param options { language: string?, locale: urna.Locale? }?
---@return string svg "" if no seat is to be filled
function svg.hemicycle(outcome, options)
  local locale = locale_of(options or {})
  local assembly = model.assembly(outcome)
  if assembly.total < 1 then return "" end
  local counts = {}
  for i, wedge in ipairs(assembly.wedges) do counts[i] = wedge.seats end
  local points, half = hemicycle.points(assembly.total)
  hemicycle.deal(points, counts)
  local body, boxes, height = {}, {}, TALL
  if assembly.needed then
    body[1] = draw_majority(assembly, points, locale)
    boxes[1] = label_box(locale:say(locale.sentences.majority_at,
      { needed = locale:number(assembly.needed) }),
      hemicycle.border(points, assembly.needed - 1), RADIUS + 80)
  end
  body[#body + 1] = draw_seats(assembly, points, half)
  local labels, missing = draw_labels(assembly, points, locale, boxes)
  height = math.max(height, GROUND + (boxes.depth or 0) + 30)
  body[#body + 1] = labels
  body[#body + 1] = text_at(CENTRE_X, CENTRE_Y - 70, 120, "middle",
    locale:number(assembly.total), "font-weight=\"600\"")
  body[#body + 1] = text_at(CENTRE_X, CENTRE_Y - 10, 42, "middle",
    locale:plural(assembly.total, "seat"))
  if missing then
    body[#body + 1], height = draw_legend(assembly, locale, height - 30)
  end
  return document("h", height, words.hemicycle_title(outcome, locale),
    words.hemicycle(assembly, locale), body)
end

local LEFT, ROW = 330, 84

-- The longest bar leaves room for its value.
local function scale_of(bars, outcome, locale)
  local longest = 0
  for _, row in ipairs(bars.rows) do
    longest = math.max(longest,
      display.width(words.value(outcome, row, locale)))
  end
  local room = WIDE - LEFT - longest * 21 - 40
  return function(percent) return LEFT + percent * room / bars.top end
end

local function draw_bar(row, y, x)
  if not row.percent then return "" end
  local fill = row.colour
  local edge = ""
  if row.mark == "estimate" or row.mark == "from_shares" then
    fill = "url(#@ID@-p" .. whole(row.place) .. ")"
    edge = (" stroke=\"%s\" stroke-width=\"3\""):format(row.colour)
  elseif palette.contrast(row.colour) < 3 then
    edge = " stroke=\"#444444\" stroke-width=\"3\""
  end
  return ("<rect x=\"%d\" y=\"%s\" width=\"%s\" height=\"48\" fill=\"%s\"%s/>")
    :format(LEFT, whole(y), whole(math.max(x(row.percent) - LEFT, 2)), fill,
      edge)
end

-- Estimates are hatched: they must not look like counts.
local function draw_pattern(row)
  return ("<pattern id=\"@ID@-p%d\" width=\"12\" height=\"12\" "
    .. "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    .. "<rect width=\"12\" height=\"12\" fill=\"#ffffff\"/>"
    .. "<rect width=\"6\" height=\"12\" fill=\"%s\"/></pattern>")
    :format(row.place, row.colour)
end

-- A value begins behind its bar, and behind a line that would cross it.
local function value_start(row, line, x, value)
  local start = x(math.max(row.percent or 0, row.previous or 0)) + 20
  local stop = start + display.width(value) * 21
  if line and x(line) > start - 16 and x(line) < stop then
    return x(line) + 20
  end
  return start
end

local function draw_row(outcome, row, y, x, locale, line)
  local label = model.label(row.list, locale)
  if row.list.minority then
    label = label .. " (" .. locale.words.minority_sign .. ")"
  end
  local drawn = {}
  if row.percent and (row.mark == "estimate" or row.mark == "from_shares") then
    drawn[1] = draw_pattern(row)
  end
  drawn[#drawn + 1] = text_at(LEFT - 24, y + 38,
    fitted(label, 40, LEFT - 40), "end", label)
  drawn[#drawn + 1] = draw_bar(row, y, x)
  if row.previous then
    drawn[#drawn + 1] = ("<rect x=\"%s\" y=\"%s\" width=\"9\" height=\"68\" "
      .. "fill=\"#1a1a1a\" stroke=\"#ffffff\" stroke-width=\"3\"/>")
      :format(whole(x(row.previous) - 4), whole(y - 10))
  end
  local value = words.value(outcome, row, locale)
  drawn[#drawn + 1] = text_at(value_start(row, line, x, value), y + 37, 38,
    "start", value,
    "style=\"font-variant-numeric:tabular-nums\"")
  return table.concat(drawn, "\n")
end

local function draw_threshold(outcome, threshold, bottom, x, locale)
  local at = x(threshold.percent)
  local right = at > (LEFT + WIDE) / 2
  return ("<path d=\"M%s 62V%s\" stroke=\"#ffffff\" stroke-width=\"9\"/>\n"
    .. "<path d=\"M%s 62V%s\" stroke=\"#1a1a1a\" stroke-width=\"4\" "
    .. "stroke-dasharray=\"14 10\"/>\n%s"):format(whole(at), whole(bottom),
    whole(at), whole(bottom), text_at(at, 46, 36, right and "end" or "start",
      words.threshold(outcome, threshold, locale)))
end

--- The lists' votes as bars, with the line of the threshold and, where an
--- earlier outcome is given, its shares as thin marks.
---@param outcome table
---@param options { language: string?, locale: urna.Locale?, compare: table? }?
--- compare must have the same base
---@return string svg
function svg.bars(outcome, options)
  options = options or {}
  local locale = locale_of(options)
  local bars = model.bars(outcome, options.compare)
  local x, body = scale_of(bars, outcome, locale), {}
  local top = bars.threshold and 90 or 30
  for i, row in ipairs(bars.rows) do
    body[i] = draw_row(outcome, row, top + (i - 1) * ROW, x, locale,
      bars.threshold and bars.threshold.percent)
  end
  local bottom = top + #bars.rows * ROW
  body[#body + 1] = ("<path d=\"M%d %dV%s\" stroke=\"#1a1a1a\" "
    .. "stroke-width=\"3\"/>"):format(LEFT, top - 18, whole(bottom - 16))
  if bars.threshold then
    body[#body + 1] = draw_threshold(outcome, bars.threshold, bottom - 16, x,
      locale)
  end
  if options.compare then
    body[#body + 1] = ("<rect x=\"%d\" y=\"%s\" width=\"9\" height=\"44\" "
      .. "fill=\"#1a1a1a\"/>"):format(LEFT + 4, whole(bottom + 4))
    body[#body + 1] = text_at(LEFT + 30, bottom + 38, 36, "start",
      words.previous(options.compare, locale))
    bottom = bottom + 60
  end
  return document("b", bottom + 10, words.bars_title(outcome, locale),
    words.bars(outcome, bars, options.compare, locale), body)
end

return svg
