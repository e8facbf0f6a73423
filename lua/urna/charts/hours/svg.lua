local day = require "urna.charts.hours.day"
local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"
local palette = require "urna.charts.palette"

--- The hours as lines of a drawing.
local svg = {}

local LEFT, TOP, LAST, SLOT, LABELS = 160, 110, 1310, 1390, 1480
local SHORTEST, SIZE, LINE, GAP, TICK = 760, 36, 44, 16, 32
local INK, GREY = palette.default[1], palette.others
local DASHES = { "22 12", "6 10", "30 10 6 10", "12 8", "30 14 12 14",
  "4 16" }

local whole, text_at, box = drawing.whole, drawing.text, drawing.box

local function path(points, more)
  local steps = {}
  for i, point in ipairs(points) do
    steps[i] = ("%s%s %s"):format(i == 1 and "M" or "L", whole(point.x),
      whole(point.y))
  end
  return ("<path d=\"%s\" fill=\"none\" %s/>"):format(table.concat(steps),
    more)
end

local function dot(point, radius, fill, more)
  return ("<circle cx=\"%s\" cy=\"%s\" r=\"%d\" fill=\"%s\"%s/>"):format(
    whole(point.x), whole(point.y), radius, fill, more and " " .. more or "")
end

-- Where hours and percents stand. The end stands at the closing of the polling
-- stations, or behind the last hour where nothing says when they closed.
local function geometry(model, tall)
  local first = model.times[1].minutes
  local last = model.times[#model.times].minutes
  local is_timed = model.closing ~= nil and model.closing > last
  local stop = is_timed and model.closing
    or last + math.max(60, (last - first) / 8)
  local top, step = day.scale(model)
  local from = LEFT + 70
  return { top = top, step = step, bottom = TOP + tall, is_timed = is_timed,
    x = function(minutes)
      return from + (minutes - first) * (LAST - from) / (stop - first)
    end,
    y = function(percent) return TOP + tall - percent * tall / top end }
end

local function draw_scale(place, locale)
  local drawn = { text_at(LEFT - 20, TOP - 44, SIZE, "start",
    day.words(locale).scale) }
  for percent = 0, place.top, place.step do
    local y = place.y(percent)
    drawn[#drawn + 1] = drawing.line(LEFT, y, SLOT + 40, y, percent == 0
      and "stroke=\"#1a1a1a\" stroke-width=\"3\""
      or "stroke=\"#d9d9d9\" stroke-width=\"2\"")
    drawn[#drawn + 1] = text_at(LEFT - 20, y + 12, SIZE, "end",
      locale:percent(whole(percent / 100)))
  end
  return drawn
end

-- Hours under the axis; those that would touch their neighbour are left out.
local function draw_times(model, place, locale)
  local drawn, taken = {}, -math.huge
  local words, y = day.words(locale), place.bottom + 48
  local stop = LAST - drawing.width("00:00", TICK) / 2 - 10
  for _, time in ipairs(model.times) do
    local x, half = place.x(time.minutes), drawing.width(time.time, TICK) / 2
    drawn[#drawn + 1] = drawing.line(x, place.bottom, x, place.bottom + 12)
    if x - half > taken and x + half < stop then
      drawn[#drawn + 1] = text_at(x, y, TICK, "middle", time.time)
      taken = x + half + 12
    end
  end
  local clock = ("%02d:%02d"):format(math.floor((model.closing or 0) / 60),
    (model.closing or 0) % 60)
  drawn[#drawn + 1] = text_at(LAST, y, TICK, "middle",
    place.is_timed and clock or words.the_end)
  if place.is_timed then
    drawn[#drawn + 1] = text_at(LAST, y + LINE, TICK, "middle", words.the_end)
  end
  return drawn
end

-- The stretches of hours that follow each other without a gap; the end follows
-- the last hour.
local function runs_of(model, series, place)
  local runs, run = {}, {}
  local function take(x, value)
    if value then
      run[#run + 1] = { x = x, y = place.y(value.percent) }
    elseif #run > 0 then
      runs[#runs + 1], run = run, {}
    end
  end
  for _, time in ipairs(model.times) do
    take(place.x(time.minutes), series.points[time.time])
  end
  take(LAST, series.final)
  take(LAST, nil)
  return runs
end

local function draw_points(model, series, place, radius, fill)
  local drawn = {}
  for _, time in ipairs(model.times) do
    local point = series.points[time.time]
    if point then
      drawn[#drawn + 1] = dot({ x = place.x(time.minutes),
        y = place.y(point.percent) }, radius, fill)
    end
  end
  if series.final then
    drawn[#drawn + 1] = dot({ x = LAST, y = place.y(series.final.percent) },
      radius, "#ffffff", ("stroke=\"%s\" stroke-width=\"5\""):format(fill))
  end
  return drawn
end

local function add(all, more)
  for _, item in ipairs(more) do all[#all + 1] = item end
end

local function draw_series(model, series, place, stroke, radius, fill)
  local drawn = {}
  for _, run in ipairs(runs_of(model, series, place)) do
    if #run > 1 then drawn[#drawn + 1] = path(run, stroke) end
  end
  add(drawn, draw_points(model, series, place, radius, fill))
  return drawn
end

local function draw_lines(model, place)
  local drawn = {}
  for i, series in ipairs(model.earlier) do
    add(drawn, draw_series(model, series, place,
      ("stroke=\"%s\" stroke-width=\"4\" stroke-dasharray=\"%s\""):format(GREY,
        DASHES[(i - 1) % #DASHES + 1]), 8, GREY))
  end
  add(drawn, draw_series(model, model.now, place,
    ("stroke=\"%s\" stroke-width=\"10\" stroke-linejoin=\"round\""):format(
      INK), 13, INK))
  return drawn
end

local HALO = "font-weight=\"600\" stroke=\"#ffffff\" stroke-width=\"10\" "
  .. "stroke-linejoin=\"round\" paint-order=\"stroke\""

-- A figure stands on the side of its point where no earlier line is.
local function is_below(model, time, point, place)
  local above = 0
  for _, series in ipairs(model.earlier) do
    local other = series.points[time.time]
    if other then
      above = above + (other.percent > point.percent and 1 or -1)
    end
  end
  return above > 0 and place.y(point.percent) + 70 < place.bottom
end

-- The figures of this election, from the last to the first: one that would
-- touch the one before is left out, for it stands in the table. Under an hour
-- that is not known stands a question mark.
local function draw_figures(model, place)
  local drawn, free = {}, math.huge
  for i = #model.times, 1, -1 do
    local time = model.times[i]
    local x, point = place.x(time.minutes), model.now.points[time.time]
    if not point then
      drawn[#drawn + 1] = text_at(x, place.bottom - 16, SIZE, "middle", "?",
        ("fill=\"%s\" %s"):format(INK, HALO))
    else
      local half = drawing.width(point.text, SIZE) / 2
      if x + half < free then
        local y = place.y(point.percent)
          + (is_below(model, time, point, place) and 56 or -30)
        drawn[#drawn + 1] = text_at(x, y, SIZE, "middle", point.text, HALO)
        free = x - half - 10
      end
    end
  end
  return drawn
end

local HATCH = "<pattern id=\"@ID@-e\" width=\"12\" height=\"12\" "
  .. "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect "
  .. "width=\"12\" height=\"12\" fill=\"#ffffff\"/><rect width=\"5\" "
  .. "height=\"12\" fill=\"%s\"/></pattern>"

local EDGE = ("stroke=\"%s\" stroke-width=\"4\""):format(INK)

-- An interval is a hatched bar between two brackets, with the estimate as ticks
-- beside it, for the hatch must stay visible; an estimate alone is a hatched
-- square.
local function draw_estimate(model, place)
  local estimate = model.estimate
  if not estimate then return {} end
  local drawn, y = { HATCH:format(INK) }, place.y(estimate.percent)
  local time, point = day.last(model, model.now)
  drawn[2] = path({ { x = place.x(time.minutes), y = place.y(point.percent) },
    { x = SLOT - 52, y = y } }, ("stroke=\"%s\" stroke-width=\"5\" "
    .. "stroke-dasharray=\"2 14\" stroke-linecap=\"round\""):format(INK))
  local high = estimate.high and place.y(estimate.high) or y - 16
  local low = estimate.low and place.y(estimate.low) or y + 16
  drawn[3] = box(SLOT - 18, high, 36, math.max(low - high, 6),
    "url(#@ID@-e)", EDGE)
  if estimate.low then
    for _, at in ipairs { high, low } do
      drawn[#drawn + 1] = drawing.line(SLOT - 32, at, SLOT + 32, at, EDGE)
    end
    drawn[#drawn + 1] = drawing.line(SLOT - 48, y, SLOT - 18, y, EDGE)
    drawn[#drawn + 1] = drawing.line(SLOT + 18, y, SLOT + 48, y, EDGE)
  end
  return drawn
end

-- ---- labels at the ends ----

local function label_lines(text)
  local room = math.floor((drawing.WIDE - 10 - LABELS) / (SIZE * 0.6))
  return display.wrap(text, room)
end

-- Where a series ends, and what stands there.
local function label_of(model, series, place, locale, fill)
  local words, final = day.words(locale), series.final
  if final then
    return { x = LAST + 16, y = place.y(final.percent), fill = fill,
      lines = label_lines(locale:say(words.ends, { percent = final.text,
        election = series.label })) }
  end
  local time, point = day.last(model, series)
  if not time then
    return { x = LAST, y = place.bottom, fill = fill, lines = label_lines(
      locale:say(words.nothing, { election = series.label })) }
  end
  return { x = place.x(time.minutes) + 16, y = place.y(point.percent),
    fill = fill, lines = label_lines(locale:say(words.ends_at,
      { percent = point.text, time = time.time, election = series.label })) }
end

local function labels_of(model, place, locale)
  local labels = { label_of(model, model.now, place, locale, INK) }
  labels[1].is_bold = true
  for _, series in ipairs(model.earlier) do
    labels[#labels + 1] = label_of(model, series, place, locale, "#4d4d4d")
  end
  local estimate = model.estimate
  if estimate then
    labels[#labels + 1] = { x = SLOT + 52, y = place.y(estimate.percent),
      fill = INK, lines = label_lines(day.estimate_text(estimate, "label",
        locale)) }
  end
  for i, label in ipairs(labels) do
    label.place, label.tall = i, #label.lines * LINE
  end
  return labels
end

-- The height that labels need under each other.
local function tall_of(labels)
  local tall = 0
  for _, label in ipairs(labels) do tall = tall + label.tall + GAP end
  return tall
end

-- From the top down none stands on another; what then hangs below the bottom
-- is pushed up again.
local function spread(labels, bottom)
  table.sort(labels, function(a, b)
    if a.y ~= b.y then return a.y < b.y end
    return a.place < b.place
  end)
  local free = TOP - LINE
  for _, label in ipairs(labels) do
    label.top = math.max(label.y - label.tall / 2, free)
    free = label.top + label.tall + GAP
  end
  for i = #labels, 1, -1 do
    local label = labels[i]
    label.top = math.min(label.top, bottom - label.tall)
    bottom = label.top - GAP
  end
end

local function draw_label(label)
  local middle = label.top + label.tall / 2
  local drawn = { path({ { x = label.x, y = label.y },
    { x = LABELS - 14, y = middle } },
    "stroke=\"#8c8c8c\" stroke-width=\"2\" stroke-dasharray=\"3 7\"") }
  for i, line in ipairs(label.lines) do
    drawn[#drawn + 1] = text_at(LABELS, label.top + i * LINE - 12,
      drawing.fitted(line, SIZE, drawing.WIDE - 10 - LABELS), "start", line,
      ("fill=\"%s\"%s"):format(label.fill, label.is_bold
        and " font-weight=\"600\"" or ""))
  end
  return table.concat(drawn, "\n")
end

local function drawn_labels(labels)
  local drawn = {}
  for i, label in ipairs(labels) do drawn[i] = draw_label(label) end
  return drawn
end

-- ---- under the axis ----

-- What the signs mean, where they occur.
local function keys_of(model, words)
  local keys = {}
  if day.has_final(model) then
    keys[1] = { text = words.key_final, draw = function(x, y)
      return dot({ x = x, y = y }, 12, "#ffffff",
        ("stroke=\"%s\" stroke-width=\"5\""):format(GREY))
    end }
  end
  if model.estimate then
    keys[#keys + 1] = { text = words.key_estimate, draw = function(x, y)
      return box(x - 16, y - 16, 32, 32, "url(#@ID@-e)", EDGE)
    end }
  end
  if day.has_gap(model) then
    keys[#keys + 1] = { text = words.key_gap, draw = function(x, y)
      return text_at(x, y + 12, SIZE, "middle", "?",
        ("fill=\"%s\" font-weight=\"600\""):format(INK))
    end }
  end
  return keys
end

local function draw_foot(model, words, top)
  local drawn, y = {}, top
  local room = math.floor((drawing.WIDE - LEFT - 60) / (SIZE * 0.6))
  local function write(text)
    for _, line in ipairs(display.wrap(text, room)) do
      drawn[#drawn + 1] = text_at(LEFT + 50, y, SIZE, "start", line)
      y = y + LINE
    end
  end
  for _, key in ipairs(keys_of(model, words)) do
    drawn[#drawn + 1] = key.draw(LEFT + 10, y - 12)
    write(key.text)
  end
  write(model.coverage)
  return drawn, y - 20
end

--- The lines as SVG.
---@param model urna.HoursChart
---@param settings { locale: urna.Locale }
---@return string svg
function svg.draw(model, settings)
  local locale = settings.locale
  local words = day.words(locale)
  local labels = labels_of(model, geometry(model, SHORTEST), locale)
  local tall = math.max(SHORTEST, tall_of(labels))
  local place = geometry(model, tall)
  labels = labels_of(model, place, locale)
  spread(labels, place.bottom)
  local body = draw_scale(place, locale)
  add(body, draw_times(model, place, locale))
  add(body, drawn_labels(labels))
  add(body, draw_lines(model, place))
  add(body, draw_estimate(model, place))
  add(body, draw_figures(model, place))
  local foot, bottom = draw_foot(model, words, place.bottom + 170)
  add(body, foot)
  return drawing.document("t", bottom + 20, model.title,
    day.description(model, locale), body)
end

return svg
