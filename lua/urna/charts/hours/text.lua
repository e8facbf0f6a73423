local day = require "urna.charts.hours.day"
local display = require "urna.charts.display"

--- The hours as bars of a terminal.
local terminal = {}

local MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
local SEVERAL = "*"

local function mark_of(i)
  local at = (i - 1) % #MARKS + 1
  return MARKS:sub(at, at)
end

local function column_of(percent, top, room)
  return math.min(room, math.max(1, math.floor(percent * room / top + 0.5)))
end

local function cells_of(percent, top, room, sign)
  local full = percent and percent > 0 and column_of(percent, top, room) or 0
  local cells = {}
  for i = 1, room do cells[i] = i <= full and sign or " " end
  return cells
end

-- The marks of the earlier elections; where several meet stands another sign.
local function set_marks(model, cells, top, value)
  local taken = {}
  for i, series in ipairs(model.earlier) do
    local found = value(series)
    if found then
      local at = column_of(found.percent, top, #cells)
      cells[at] = taken[at] and SEVERAL or mark_of(i)
      taken[at] = true
    end
  end
end

-- The election's own figure as a bar, earlier ones as marks in it or behind it.
local function bar_row(model, label, value)
  local own = value(model.now)
  return { label = label, text = own and own.text or "–",
    draw = function(top, room)
      local cells = cells_of(own and own.percent, top, room, "█")
      set_marks(model, cells, top, value)
      return table.concat(cells)
    end }
end

local function estimate_row(estimate, words)
  return { label = words.estimate_row, text = "≈ " .. estimate.text,
    draw = function(top, room)
      local cells = cells_of(estimate.percent, top, room, "░")
      if estimate.low then
        cells[column_of(estimate.low, top, room)] = "["
        cells[column_of(estimate.high, top, room)] = "]"
      end
      return table.concat(cells)
    end }
end

local function rows_of(model, words)
  local rows = {}
  for i, time in ipairs(model.times) do
    rows[i] = bar_row(model, time.time, function(series)
      return series.points[time.time]
    end)
  end
  if day.has_final(model) then
    rows[#rows + 1] = bar_row(model, words.the_end, function(series)
      return series.final
    end)
  end
  if model.estimate then
    rows[#rows + 1] = estimate_row(model.estimate, words)
  end
  return rows
end

local function widest(rows, name)
  local most = 0
  for _, row in ipairs(rows) do
    most = math.max(most, display.width(row[name]))
  end
  return most
end

local function key_lines(model, has_several, locale, width)
  local lines, words = {}, day.words(locale)
  local function write(sign, text)
    for i, line in ipairs(display.wrap(text, width - 2)) do
      lines[#lines + 1] = (i == 1 and sign .. " " or "  ") .. line
    end
  end
  write("█", model.now.label)
  for i, series in ipairs(model.earlier) do write(mark_of(i), series.label) end
  if has_several then write(SEVERAL, words.several) end
  if model.estimate then
    write("░", day.estimate_text(model.estimate, "key", locale))
  end
  if day.has_gap(model) then write("–", words.key_gap) end
  write(" ", model.coverage)
  return lines
end

--- The same in a terminal: a bar for each hour, with marks where earlier
--- elections stood.
---@param model urna.HoursChart
---@param settings { locale: urna.Locale, width: integer? } 80 unless said
---@return string lines
function terminal.draw(model, settings)
  local width = settings.width or 80
  local rows, lines = rows_of(model, day.words(settings.locale)), {}
  local labels, values = widest(rows, "label"), widest(rows, "text")
  local room = math.max(8, math.min(width, 78) - labels - values - 4)
  local top, has_several = day.scale(model), false
  for i, row in ipairs(rows) do
    local bar = row.draw(top, room)
    has_several = has_several or bar:find(SEVERAL, 1, true) ~= nil
    lines[i] = ("%s  %s  %s"):format(display.pad(row.label, labels), bar,
      display.pad(row.text, values, "right"))
  end
  lines[#lines + 1] = ""
  for _, line in ipairs(key_lines(model, has_several, settings.locale, width))
  do
    lines[#lines + 1] = line
  end
  return table.concat(lines, "\n") .. "\n"
end

return terminal
