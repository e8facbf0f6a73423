local display = require "urna.charts.display"
local drawing = require "urna.charts.drawing"

--- Where the ballots of all records are: those received against those unused
--- and in the box, those in the box against valid and invalid ones, the valid
--- ones against the lists' votes, the signatures against those in the box. All
--- bars have one scale; what two of them are apart is marked and said.
local balance = {}

local LISTS = "sum(lists)"

-- What must be equal, in the order of the drawing. A name with "?" counts where
-- it is told. `codes`: checks that say how many records have fewer and more on
-- the right, or just are apart.
local BALANCES = {
  { id = "received", left = { "ballots_received", "postal_ballots?" },
    right = { "ballots_unused", "ballots_in_box", "ballots_spoiled?" },
    codes = { fewer = "X12", more = "T09" } },
  { id = "box", left = { "ballots_in_box" },
    right = { "valid_ballots", "blank_ballots?", "invalid_ballots" },
    codes = { apart = "T04" } },
  { id = "votes", left = { "valid_votes" }, right = { LISTS },
    codes = { apart = "T02" }, other = "valid" },
  { id = "valid", left = { "valid_ballots" }, right = { LISTS },
    codes = { apart = "T05" }, other = "votes" },
  { id = "signed", left = { "voters_signed", "postal_ballots?" },
    right = { "ballots_in_box" }, codes = { fewer = "T13", more = "T10" } },
}

-- ---- what is drawn ----

-- Totals by name, those of the lists together too.
local function totals_of(group)
  local totals = { [LISTS] = 0 }
  for name, value in pairs(group.fields) do totals[name] = value end
  for _, row in ipairs(group.ranking) do
    totals[LISTS] = row.votes and totals[LISTS]
      and totals[LISTS] + row.votes or nil
  end
  return totals
end

-- One side: its parts with their values and sum; names that are not told.
local function side(names, totals, lacking)
  local found = { parts = {}, sum = 0 }
  for _, text in ipairs(names) do
    local name, may_lack = text:match("^(.-)(%??)$")
    local value = totals[name]
    if value then
      found.parts[#found.parts + 1] = { name = name, value = value }
      found.sum = found.sum + value
    elseif may_lack == "" then
      lacking[#lacking + 1] = name
    end
  end
  return found
end

-- How many records a check fired on, and what they are apart in all.
local function told(checks, code)
  local row = checks.by_code[code]
  if not row or row.result == "UNKNOWN" or not row.difference then
    return nil
  end
  return { records = row.count, ballots = row.difference }
end

local function row_of(checks, one, totals)
  local lacking = {}
  local row = { id = one.id, left = side(one.left, totals, lacking),
    right = side(one.right, totals, lacking), lacking = lacking }
  row.difference = row.right.sum - row.left.sum
  for name, code in pairs(one.codes) do row[name] = told(checks, code) end
  return row
end

--- What the drawing shows, from the totals of the records and the findings.
---@param checks urna.Findings|table? of urna.check; without results nothing
---@return { rows: table[], lacking: table[], top: integer, records: integer }?
--- model rows: { id, left, right, difference, fewer, more, apart }, sides {
--- sum, parts = { { name, value } } }; lacking: rows of which a total is not
--- told, with `lacking` = names; nil where nothing can be drawn or said
function balance.of(checks)
  local results = checks and checks.results
  local group = results and results:total()
  if not group or group.reported == 0 then return nil end
  local totals, found = totals_of(group), { rows = {}, lacking = {}, top = 0,
    records = group.reported }
  local is_drawn = {}
  for _, one in ipairs(BALANCES) do
    local row = row_of(checks, one, totals)
    if #row.lacking == 0 and not is_drawn[one.other or ""] then
      found.rows[#found.rows + 1], is_drawn[one.id] = row, true
      found.top = math.max(found.top, row.left.sum, row.right.sum)
    elseif #row.lacking > 0 and one.id ~= "votes" and not is_drawn[one.other
      or ""] then
      found.lacking[#found.lacking + 1] = row
    end
  end
  return found
end

-- ---- words ----

local function words_of(locale)
  return locale:part("check").balance
end

local function label(locale, name)
  if name == LISTS then return words_of(locale).lists end
  return locale:part("check").short[name] or name
end

local function part_text(locale, part)
  return ("%s %s"):format(label(locale, part.name), locale:number(part.value))
end

-- "Valid ballots 48 + Invalid ballots 2 = 50"; of one part nothing more.
local function side_text(locale, one)
  local texts = {}
  for i, part in ipairs(one.parts) do texts[i] = part_text(locale, part) end
  local text = table.concat(texts, " + ")
  return #texts > 1 and text .. " = " .. locale:number(one.sum) or text
end

local function in_records(locale, form, found)
  return locale:say(form, { ballots = locale:count(found.ballots, "ballot"),
    records = locale:count(found.records, "record") })
end

--- What two sides are apart, in words.
---@param row table of the model
---@return string
function balance.difference(row, locale)
  local words = words_of(locale)
  local said = { row.difference == 0 and words.none
    or locale:say(words.difference,
      { difference = locale:signed(row.difference) }) }
  for _, name in ipairs { "fewer", "more", "apart" } do
    local found = row[name]
    if found and found.records > 0 then
      said[#said + 1] = in_records(locale, words[name], found)
    end
  end
  -- no record has both fewer and more
  if row.fewer and row.more and row.fewer.records * row.more.records > 0 then
    said[#said + 1] = locale:say(words.together, { records = locale:count(
      row.fewer.records + row.more.records, "record") })
  end
  return table.concat(said, "; ")
end

--- What is not drawn, and which totals are not told.
---@param model table
---@return string[] sentences
function balance.lacking(model, locale)
  local said = {}
  for i, row in ipairs(model.lacking) do
    local names = {}
    for k, name in ipairs(row.lacking) do names[k] = label(locale, name) end
    said[i] = locale:say(words_of(locale).lacking, {
      balance = words_of(locale)[row.id], fields = table.concat(names, ", ") })
  end
  return said
end

local function describe(model, locale)
  local words, said = words_of(locale), {}
  for i, row in ipairs(model.rows) do
    said[i] = locale:say(words.row, { title = words[row.id],
      left = side_text(locale, row.left), right = side_text(locale, row.right),
      difference = balance.difference(row, locale) })
  end
  return table.concat(said, " ")
end

--- The data of the drawing.
---@param model table
---@param locale urna.Locale
---@return table as reports/tables.lua has them
function balance.table(model, locale)
  local words, rows = words_of(locale), {}
  for i, row in ipairs(model.rows) do
    rows[i] = { words[row.id], side_text(locale, row.left),
      side_text(locale, row.right), locale:signed(row.difference) }
  end
  return { caption = words.caption, rows = rows, columns = {
    { title = words.what, wrap = true }, { title = words.left, wrap = true },
    { title = words.right, wrap = true },
    { title = words.apart_title, align = "right" } } }
end

-- ---- SVG ----

local LEFT, RIGHT = 20, 1980
local BAR, LINE = 44, 44
local ABOVE = 296 -- of a row, above what its sides are apart
local LEAST = 12 -- width of a difference that could not be seen
local DARK = "#1a1a1a"
local FILLS = { "#0b5394", "url(#@ID@-p2)", "url(#@ID@-p3)" }

-- Stripes for the second part, dots for the third, a grid for a difference:
-- they are told apart in grey too.
local PATTERNS = "<defs><pattern id=\"@ID@-p2\" width=\"16\" height=\"16\" "
  .. "patternUnits=\"userSpaceOnUse\"><rect width=\"16\" height=\"16\" "
  .. "fill=\"#fff\"/><path d=\"M0 16L16 0\" stroke=\"#b45309\" "
  .. "stroke-width=\"6\"/></pattern><pattern id=\"@ID@-p3\" width=\"16\" "
  .. "height=\"16\" patternUnits=\"userSpaceOnUse\"><rect width=\"16\" "
  .. "height=\"16\" fill=\"#fff\"/><circle cx=\"8\" cy=\"8\" r=\"5\" "
  .. "fill=\"#00796b\"/></pattern><pattern id=\"@ID@-apart\" width=\"12\" "
  .. "height=\"12\" patternUnits=\"userSpaceOnUse\"><rect width=\"12\" "
  .. "height=\"12\" fill=\"#fff\"/><path d=\"M0 0L12 12M12 0L0 12\" "
  .. "stroke=\"#b3261e\" stroke-width=\"3\"/></pattern></defs>"

local function framed(x, y, width, height, fill)
  return drawing.box(x, y, width, height, fill,
    ("stroke=\"%s\" stroke-width=\"3\""):format(DARK))
end

local function place(value, top)
  return LEFT + value * (RIGHT - LEFT) / math.max(top, 1)
end

-- The parts of a side one behind the other; what the other side has more is a
-- piece of its own, with a mark over it.
local function draw_bar(body, one, other, y, top)
  local from = 0
  for i, part in ipairs(one.parts) do
    local x = place(from, top)
    if part.value > 0 then
      body[#body + 1] = framed(x, y, place(from + part.value, top) - x, BAR,
        FILLS[i])
    end
    from = from + part.value
  end
  if other.sum <= one.sum then return end
  local x, wide = place(from, top), place(other.sum, top) - place(from, top)
  wide = math.max(wide, LEAST)
  x = math.min(x, RIGHT - wide)
  body[#body + 1] = framed(x, y, wide, BAR, "url(#@ID@-apart)")
  local middle = x + wide / 2
  body[#body + 1] = ("<path d=\"M%s %sL%s %sL%s %sZ\" fill=\"%s\"/>"):format(
    drawing.whole(middle - 12), drawing.whole(y - 18),
    drawing.whole(middle + 12), drawing.whole(y - 18),
    drawing.whole(middle), drawing.whole(y - 2), DARK)
end

local SWATCH, SIZE = 32, 34
local WIDER = 1.12 -- Cyrillic letters, beside the mean of all

-- The parts in words, each behind its own filling.
local function draw_key(body, one, y, locale)
  local whole = side_text(locale, one)
  local room = RIGHT - LEFT - #one.parts * SWATCH
  local size, x = drawing.fitted(whole, SIZE, room / WIDER), LEFT
  for i, part in ipairs(one.parts) do
    local text = part_text(locale, part)
    body[#body + 1] = framed(x, y - 22, 22, 22, FILLS[i])
    local tail = i < #one.parts and " +" or #one.parts > 1
      and " = " .. locale:number(one.sum) or ""
    body[#body + 1] = drawing.text(x + SWATCH, y, size, "start", text .. tail)
    x = x + SWATCH + drawing.width(text .. tail, size) * WIDER
  end
end

-- What the sides are apart, in as many lines as it takes.
local function draw_difference(body, row, y, locale)
  local x = LEFT
  if row.difference ~= 0 then
    body[#body + 1] = framed(x, y - 22, 22, 22, "url(#@ID@-apart)")
    x = x + SWATCH
  end
  local room = math.floor((RIGHT - x) / (SIZE * 0.6 * WIDER))
  local lines = display.wrap(balance.difference(row, locale), room)
  for i, line in ipairs(lines) do
    body[#body + 1] = drawing.text(x, y + (i - 1) * LINE, SIZE, "start", line)
  end
  return y + #lines * LINE
end

-- One comparison; where the next one begins.
local function draw_row(body, row, y, top, locale)
  body[#body + 1] = drawing.text(LEFT, y + 36, 40, "start",
    words_of(locale)[row.id], "font-weight=\"600\"")
  draw_key(body, row.left, y + 84, locale)
  draw_bar(body, row.left, row.right, y + 104, top)
  draw_key(body, row.right, y + 190, locale)
  draw_bar(body, row.right, row.left, y + 210, top)
  return draw_difference(body, row, y + ABOVE, locale)
end

--- The drawing.
---@param model table of balance.of, with a row at least
---@param settings { locale: urna.Locale }
---@return string svg
function balance.svg(model, settings)
  local body, locale, y = { PATTERNS }, settings.locale, 0
  for _, row in ipairs(model.rows) do
    y = draw_row(body, row, y, model.top, locale)
  end
  return drawing.document("balance", y, words_of(locale).caption,
    describe(model, locale), body)
end

-- ---- text ----

local SIGNS, APART = { "█", "▒", "░" }, "╳"

local function cells(value, top, room)
  return math.floor(value * room / math.max(top, 1) + 0.5)
end

-- A bar of signs; what it lacks is marked by a sign at least.
local function text_bar(one, other, top, room)
  local out, from, done = {}, 0, 0
  for i, part in ipairs(one.parts) do
    from = from + part.value
    local upto = cells(from, top, room)
    out[i], done = SIGNS[i]:rep(upto - done), upto
  end
  if other.sum > one.sum then
    out[#out + 1] = APART:rep(math.max(1, cells(other.sum, top, room) - done))
  end
  return table.concat(out)
end

local function text_key(locale, one)
  local texts = {}
  for i, part in ipairs(one.parts) do
    texts[i] = SIGNS[i] .. " " .. part_text(locale, part)
  end
  local text = table.concat(texts, " + ")
  return #texts > 1 and text .. " = " .. locale:number(one.sum) or text
end

local function add_wrapped(lines, text, width, margin)
  for _, line in ipairs(display.wrap(text, width - #margin)) do
    lines[#lines + 1] = margin .. line
  end
end

--- The drawing for a terminal.
---@param model table of balance.of
---@param settings { locale: urna.Locale, width: integer? }
---@return string lines
function balance.text(model, settings)
  local locale, width = settings.locale, settings.width or 80
  local room, lines = math.min(width, 80) - 3, {}
  for i, row in ipairs(model.rows) do
    if i > 1 then lines[#lines + 1] = "" end
    add_wrapped(lines, words_of(locale)[row.id], width, "")
    for _, pair in ipairs { { row.left, row.right }, { row.right, row.left } }
    do
      add_wrapped(lines, text_key(locale, pair[1]), width, "  ")
      lines[#lines + 1] = "  " .. text_bar(pair[1], pair[2], model.top, room)
    end
    add_wrapped(lines, (row.difference ~= 0 and APART .. " " or "")
      .. balance.difference(row, locale), width, "  ")
  end
  return table.concat(lines, "\n") .. "\n"
end

return balance
