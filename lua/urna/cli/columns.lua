local display = require "urna.charts.display"

--- Rows of texts under each other, as wide as they are on a screen.
local columns = {}

-- A name with a tab or a line end in it would break the rows.
local function shown(value)
  if value == nil or value == "" then return "-" end
  return (tostring(value):gsub("%c", " "))
end

local function widths_of(rows, count)
  local widths = {}
  for i = 1, count do
    widths[i] = 0
    for _, row in ipairs(rows) do
      widths[i] = math.max(widths[i], display.width(row[i]))
    end
  end
  return widths
end

--- Rows as text; nothing is "-".
---@param rows table[] arrays, with holes
---@param count integer of columns
---@param right integer? columns behind this one stand to the right
---@return string
function columns.text(rows, count, right)
  local lines, cells = {}, {}
  for n, row in ipairs(rows) do
    cells[n] = {}
    for i = 1, count do cells[n][i] = shown(row[i]) end
  end
  local widths = widths_of(cells, count)
  for n, row in ipairs(cells) do
    for i = 1, count do
      row[i] = display.pad(row[i], widths[i],
        right and i > right and "right" or "left")
    end
    lines[n] = table.concat(row, "  "):gsub(" +$", "")
  end
  return table.concat(lines, "\n") .. "\n"
end

return columns
