local display = require "urna.charts.display"
local hemicycle = require "urna.charts.hemicycle"
local locales = require "urna.locale"
local model = require "urna.charts.model"
local words = require "urna.charts.words"

--- Charts for a terminal: every list has a sign of its own, so that nothing
--- rests on colour; colour is added only when asked for.
local text = {}

local SIGNS = { "●", "○", "■", "□", "▲", "△", "◆", "◇" }
local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
local VACANT = "·"

local function sign(index)
  if SIGNS[index] then return SIGNS[index] end
  local at = (index - #SIGNS - 1) % #LETTERS + 1
  return LETTERS:sub(at, at)
end

local painted = display.painted

local function largest_remainders(wedges, vacant, each)
  local counts, rest, given, all = {}, {}, 0, vacant
  for i, wedge in ipairs(wedges) do
    all = all + wedge.seats
    counts[i] = math.floor(wedge.seats / each)
    rest[i] = { i = i, left = wedge.seats % each }
    given = given + counts[i]
  end
  local signs = math.floor(all / each + 0.5)
  local empty = math.floor(vacant / each)
  table.sort(rest, function(a, b)
    if a.left ~= b.left then return a.left > b.left end
    return a.i < b.i
  end)
  for _, item in ipairs(rest) do
    if given + empty >= signs then break end
    counts[item.i], given = counts[item.i] + 1, given + 1
  end
  return counts, math.max(signs, given + empty)
end

local function lay(points, radius)
  local grid, tall = {}, 0
  for _, point in ipairs(points) do
    grid[point.y] = grid[point.y] or {}
    grid[point.y][point.x + radius + 1] = point.wedge
    tall = math.max(tall, point.y)
  end
  return grid, tall
end

-- Neighbours of one wedge are painted in one stroke.
local function draw_line(cells, wide, assembly, colour)
  local out, run, last = {}, "", nil
  local function flush()
    local wedge = last and assembly.wedges[last]
    out[#out + 1] = wedge and painted(run, wedge.colour, colour) or run
    run = ""
  end
  for column = 1, wide do
    local wedge = cells[column]
    if wedge ~= last then
      flush()
      last = wedge
    end
    run = run .. (wedge == nil and " " or wedge == 0 and VACANT or sign(wedge))
  end
  flush()
  return (table.concat(out):gsub(" +$", ""))
end

local function legend(assembly, each, locale, options)
  local items = {}
  for i, wedge in ipairs(assembly.wedges) do
    items[i] = { plain = ("%s %s %s"):format(sign(i),
      model.label(wedge.list, locale), locale:number(wedge.seats)),
      sign = sign(i), colour = wedge.colour }
  end
  if assembly.vacant > 0 then
    items[#items + 1] = { plain = ("%s %s %s"):format(VACANT,
      locale.words.vacant, locale:number(assembly.vacant)) }
  end
  local lines, line, wide = {}, "", 0
  for _, item in ipairs(items) do
    local width = display.width(item.plain)
    if wide > 0 and wide + 3 + width > options.width then
      lines[#lines + 1], line, wide = line, "", 0
    end
    local shown = item.sign and painted(item.sign, item.colour, options.colour)
      .. item.plain:sub(#item.sign + 1) or item.plain
    line = wide > 0 and line .. "   " .. shown or shown
    wide = wide > 0 and wide + 3 + width or width
  end
  lines[#lines + 1] = line
  if each > 1 then
    lines[#lines + 1] = locale:say(locale.sentences.one_sign,
      { seats = locale:count(each, "seat") })
  end
  return lines
end

local function options_of(options)
  options = options or {}
  return { width = options.width or 80, colour = options.colour,
    compare = options.compare,
    locale = options.locale
      or assert(locales.get(options.language or "en")) }
end

-- How many seats one sign must stand for, to fit the width.
local function seats_of_a_sign(total, width)
  local each = 1
  while true do
    local _, radius = hemicycle.cells(math.ceil(total / each))
    if 2 * radius + 1 <= width then return each end
    each = each + 1
  end
end

--- The assembly as a half-circle of signs, with its legend.
---@param outcome table
---@param options { width: integer?, colour: boolean?, language: string?,
--- locale: urna.Locale? }? width 80 columns unless said
---@return string lines, "" if no seat is to be filled
function text.hemicycle(outcome, options)
  options = options_of(options)
  local locale, assembly = options.locale, model.assembly(outcome)
  if assembly.total < 1 then return "" end
  local each = seats_of_a_sign(assembly.total, options.width)
  local counts, signs = largest_remainders(assembly.wedges, assembly.vacant,
    each)
  local points, radius = hemicycle.cells(signs)
  hemicycle.deal(points, counts)
  local grid, tall = lay(points, radius)
  local wide = 2 * radius + 1
  local margin = (" "):rep(math.max(0,
    math.floor((math.min(options.width, 72) - wide) / 2)))
  local lines = {}
  for row = tall, 0, -1 do
    lines[#lines + 1] = (margin .. draw_line(grid[row] or {}, wide, assembly,
      options.colour)):gsub("^ +$", "")
  end
  if assembly.needed then
    lines[#lines + 1] = display.pad(locale:say(locale.sentences.majority_at,
      { needed = locale:number(assembly.needed) }), 2 * #margin + wide,
      "centre"):gsub(" +$", "")
  end
  lines[#lines + 1] = ""
  for _, line in ipairs(legend(assembly, each, locale, options)) do
    lines[#lines + 1] = line
  end
  return table.concat(lines, "\n") .. "\n"
end

local EIGHTHS = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

-- A bar as cells, so that marks can stand in them.
local function bar_cells(percent, top, room)
  local eighths = math.floor((percent or 0) * room * 8 / top + 0.5)
  if percent and percent > 0 then eighths = math.max(eighths, 1) end
  local cells, full = {}, math.floor(eighths / 8)
  for i = 1, room do
    cells[i] = i <= full and "█" or i == full + 1 and EIGHTHS[eighths % 8]
      or " "
  end
  return cells
end

local function column_of(percent, top, room)
  return math.min(room, math.max(1, math.floor(percent * room / top + 0.5)))
end

local function draw_cells(row, bars, room, options)
  local cells = bar_cells(row.percent, bars.top, room)
  if bars.threshold then
    local at = column_of(bars.threshold.percent, bars.top, room)
    if cells[at] == " " then cells[at] = "┊" end
  end
  local bar = painted((table.concat(cells):gsub(" +$", "")), row.colour,
    options.colour)
  if not row.previous then
    return bar, display.width((table.concat(cells):gsub(" +$", "")))
  end
  cells[column_of(row.previous, bars.top, room)] = "│"
  local plain = table.concat(cells):gsub(" +$", "")
  return painted(plain, row.colour, options.colour), display.width(plain)
end

local function minority_sign(locale)
  return (" (%s)"):format(locale.words.minority_sign)
end

local function measures(outcome, bars, locale)
  local labels, values = 0, 0
  for _, row in ipairs(bars.rows) do
    local label = model.label(row.list, locale)
      .. (row.list.minority and minority_sign(locale) or "")
    labels = math.max(labels, display.width(label))
    values = math.max(values,
      display.width(words.value(outcome, row, locale)))
  end
  return math.min(labels, 24), values
end

local function bar_line(outcome, row, bars, room, labels, options)
  local locale = options.locale
  local label = model.label(row.list, locale)
    .. (row.list.minority and minority_sign(locale) or "")
  local bar, wide = draw_cells(row, bars, room, options)
  return (display.pad(label, labels) .. "  " .. bar .. (" "):rep(room - wide)
    .. "  " .. words.value(outcome, row, locale)):gsub(" +$", "")
end

--- The lists' votes as bars of blocks.
---@param outcome table
---@param options { width: integer?, colour: boolean?, compare: table?,
--- language: string?, locale: urna.Locale? }? compare must have the same base
---@return string lines
function text.bars(outcome, options)
  options = options_of(options)
  local locale = options.locale
  local bars = model.bars(outcome, options.compare)
  local labels, values = measures(outcome, bars, locale)
  local room = math.max(8, math.min(options.width, 78) - labels - values - 4)
  local lines = {}
  for i, row in ipairs(bars.rows) do
    lines[i] = bar_line(outcome, row, bars, room, labels, options)
  end
  if bars.threshold then
    lines[#lines + 1] = "┊ " .. words.threshold(outcome, bars.threshold,
      locale)
  end
  if options.compare then
    for i, line in ipairs(display.wrap(words.previous(options.compare, locale),
      options.width - 2)) do
      lines[#lines + 1] = (i == 1 and "│ " or "  ") .. line
    end
  end
  return table.concat(lines, "\n") .. "\n"
end


return text
