local display = require "urna.charts.display"
local template = require "urna.template"

--- Writes a table of cells in a format, and breaks lines of text. What comes
--- out is raw: it has been escaped cell by cell.
local layout = {}

local function escaped_rows(rows, format)
  local out = {}
  for r, row in ipairs(rows) do
    out[r] = { span = row.span }
    for c, cell in ipairs(row) do
      out[r][c] = template.escape(cell, format)
    end
  end
  return out
end

local function titles(found)
  local row = {}
  for i, column in ipairs(found.columns) do row[i] = column.title end
  return row
end

local GAP = 2
-- What a column that may be broken keeps: at first, and where that is too much.
local NARROW = { 14, 6 }
-- Titles are broken at spaces, the more the less room there is.
local TITLES, COMFORT = { 13, 9, 7 }, 22

local function title_width(title, most)
  local widest = 0
  for _, line in ipairs(display.wrap(title, most)) do
    widest = math.max(widest, display.width(line))
  end
  return widest
end

local function natural_widths(found, rows, title)
  local widths = {}
  for c, column in ipairs(found.columns) do
    widths[c] = title_width(column.title, title)
    for _, row in ipairs(rows) do
      if c > (row.span or 0) then
        widths[c] = math.max(widths[c], display.width(row[c] or ""))
      end
    end
  end
  return widths
end

local function sum_of(widths)
  local sum = GAP * (#widths - 1)
  for _, width in ipairs(widths) do sum = sum + width end
  return sum
end

-- A long word may be broken behind a hyphen, a dash or a slash: there the mark
-- is put.
local function marked(word, mark)
  return (word:gsub("[/-]", "%0" .. mark):gsub("–", "–" .. mark))
end

-- A word that is too long for its cell is broken where it may be.
local function cell_lines(text, width)
  local broken = text:gsub("%S+", function(word)
    if display.width(word) <= width then return nil end
    local parts, part = {}, ""
    for piece in marked(word, "\1"):gmatch("[^\1]+") do
      if part ~= "" and display.width(part .. piece) > width then
        parts[#parts + 1], part = part, ""
      end
      part = part .. piece
    end
    parts[#parts + 1] = part
    return table.concat(parts, " ")
  end)
  return display.wrap(broken, width)
end

-- The widest piece that stays whole in any case.
local function longest_piece(text)
  return title_width(marked(text, " "), 1)
end

-- No column is narrower than what stays whole in it.
local function longest_words(found, rows)
  local longest = {}
  for c, column in ipairs(found.columns) do
    local widest = title_width(column.title, 1)
    for _, row in ipairs(rows) do
      if c > (row.span or 0) then
        widest = math.max(widest, longest_piece(row[c] or ""))
      end
    end
    longest[c] = widest
  end
  return longest
end

local function widest_above(found, widths, longest, least)
  local widest
  for c, column in ipairs(found.columns) do
    if (column.wrap or c == 1 and least < NARROW[1])
      and widths[c] > math.max(least, longest[c])
      and (not widest or widths[c] > widths[widest]) then
      widest = c
    end
  end
  return widest
end

-- The widest of the columns that may be broken gives way, column by column;
-- the first column too where the others have given all they can.
local function fit(found, widths, longest, most)
  local over = sum_of(widths) - most
  for _, least in ipairs(NARROW) do
    while over > 0 do
      local widest = widest_above(found, widths, longest, least)
      if not widest then break end
      widths[widest], over = widths[widest] - 1, over - 1
    end
  end
end

-- The cells of a row with their widths; a first cell may span some columns.
local function spread(found, row, widths)
  local cells, tall, span = {}, 1, row.span or 1
  for c, column in ipairs(found.columns) do
    if c == 1 or c > span then
      local width = widths[c]
      for more = 2, c == 1 and span or 1 do
        width = width + GAP + widths[more]
      end
      local lines = cell_lines(row[c] or "", width)
      cells[#cells + 1] = { lines = lines, width = width,
        align = column.align }
      tall = math.max(tall, #lines)
    end
  end
  return cells, tall
end

-- Titles stand at the foot of their columns, all else at the head.
local function text_lines(found, row, widths, at_foot)
  local cells, tall = spread(found, row, widths)
  local lines = {}
  for i = 1, tall do
    local parts = {}
    for c, cell in ipairs(cells) do
      local line = cell.lines[at_foot and #cell.lines - tall + i or i]
      parts[c] = display.pad(line or "", cell.width, cell.align)
    end
    lines[i] = (table.concat(parts, (" "):rep(GAP)):gsub(" +$", ""))
  end
  return lines
end

local function narrowest(found, widths)
  local least = COMFORT
  for c, column in ipairs(found.columns) do
    if column.wrap then least = math.min(least, widths[c]) end
  end
  return least
end

local function chosen_widths(found, rows, most)
  local widths
  local longest = longest_words(found, rows)
  for _, title in ipairs(TITLES) do
    widths = natural_widths(found, rows, title)
    local natural = narrowest(found, widths)
    fit(found, widths, longest, most)
    if sum_of(widths) <= most and narrowest(found, widths) >= natural then
      break
    end
  end
  return widths
end

local function append(lines, more)
  for _, line in ipairs(more) do lines[#lines + 1] = line end
end

local function text_table(found, width)
  local rows = escaped_rows(found.rows, "text")
  local foot = escaped_rows(found.foot or {}, "text")
  local all = {}
  append(all, rows)
  append(all, foot)
  local widths = chosen_widths(found, all, width)
  local rule = ("─"):rep(math.min(width, sum_of(widths)))
  local lines = text_lines(found,
    escaped_rows({ titles(found) }, "text")[1], widths, true)
  lines[#lines + 1] = rule
  if #foot > 0 then rows[#rows + 1] = rule end
  append(rows, foot)
  for _, row in ipairs(rows) do
    append(lines, row == rule and { rule } or text_lines(found, row, widths))
  end
  return table.concat(lines, "\n") .. "\n"
end

local function md_row(cells)
  for i, cell in ipairs(cells) do cells[i] = cell == "" and " " or cell end
  return "| " .. table.concat(cells, " | ") .. " |"
end

local function md_table(found)
  local rule, lines = {}, {}
  for i, column in ipairs(found.columns) do
    rule[i] = column.align == "right" and "---:" or "---"
  end
  lines[1] = md_row(escaped_rows({ titles(found) }, "md")[1])
  lines[2] = "| " .. table.concat(rule, " | ") .. " |"
  for _, rows in ipairs { found.rows, found.foot or {} } do
    for _, row in ipairs(escaped_rows(rows, "md")) do
      lines[#lines + 1] = md_row(row)
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- Numbers are not broken; nor is what names a row, unless its column may be.
local function html_class(column, is_name)
  return column.align == "right" and " class=\"n\""
    or is_name and column.wrap and " class=\"w\"" or ""
end

local function html_cells(found, row)
  local cells = {}
  local span = row.span or 1
  for c, column in ipairs(found.columns) do
    local class = html_class(column, c == 1)
    local text = row[c] or ""
    if c == 1 then
      cells[1] = ("<th scope=\"row\"%s%s>%s</th>"):format(class, span > 1
        and (" colspan=\"%d\""):format(span) or "", text)
    elseif c > span then
      cells[#cells + 1] = ("<td%s>%s</td>"):format(class, text)
    end
  end
  return "<tr>" .. table.concat(cells) .. "</tr>"
end

-- A heading without a text is a cell: an empty heading says nothing.
local function html_head(found)
  local cells = {}
  for i, column in ipairs(found.columns) do
    local class = column.align == "right" and " class=\"n\"" or ""
    cells[i] = column.title == "" and "<td></td>"
      or ("<th scope=\"col\"%s>%s</th>"):format(class,
        template.escape(column.title, "html"))
  end
  return "<thead><tr>" .. table.concat(cells) .. "</tr></thead>"
end

local function html_body(found, rows, tag)
  if #rows == 0 then return "" end
  local lines = { "<" .. tag .. ">" }
  for _, row in ipairs(escaped_rows(rows, "html")) do
    lines[#lines + 1] = html_cells(found, row)
  end
  lines[#lines + 1] = "</" .. tag .. ">\n"
  return table.concat(lines, "\n")
end

local function html_table(found)
  local caption = template.escape(found.caption, "html")
  return "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\""
    .. caption .. "\"><table>\n<caption>" .. caption .. "</caption>\n"
    .. html_head(found) .. "\n" .. html_body(found, found.rows, "tbody")
    .. html_body(found, found.foot or {}, "tfoot") .. "</table></div>\n"
end

local WRITERS = { text = text_table, md = md_table, html = html_table }

--- A table of cells in a format.
---@param found table see tables.lua
---@param format string "text", "md" or "html"
---@param width integer for text
---@return string
function layout.table(found, format, width)
  return WRITERS[format](found, width)
end

--- A paragraph in lines of a width, each after a margin.
---@param text string
---@param width integer
---@param first string? before the first line
---@param margin string? before the others
---@return string
function layout.wrap(text, width, first, margin)
  first, margin = first or "", margin or first or ""
  local lines = display.wrap(template.escape(text, "text"),
    width - display.width(margin))
  for i, line in ipairs(lines) do
    lines[i] = (i == 1 and first or margin) .. line
  end
  return table.concat(lines, "\n")
end

--- A line under a title, as long as it is.
---@return string
function layout.underline(text, char, width)
  return char:rep(math.min(width, display.width(text)))
end

return layout
