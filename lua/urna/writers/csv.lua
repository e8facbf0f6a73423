local csv = {}

--- Comma-separated values as RFC 4180 has them, with lines ending in LF.

-- What is quoted in a cell is the delimiter, quotes and line ends; in a
-- heading all that a reader may take for the delimiter.
local SPECIAL = "[\",;\t|\r\n]"

local function cell(value, special, row, column)
  if value == nil then return "" end
  if type(value) == "number" and value % 1 == 0 then
    return ("%d"):format(value)
  end
  if type(value) ~= "string" then
    error(("row %d, column %d: a cell is a text or a whole number, not a %s")
      :format(row, column, type(value)), 0)
  end
  if not value:find(special) then return value end
  return "\"" .. value:gsub("\"", "\"\"") .. "\""
end

--- Rows as text. nil is an empty cell.
---@param rows table[] arrays of strings and whole numbers, with holes
---@param header string[] headings; every row has as many cells
---@param delimiter string? "," by default, or ";", tab or "|"
---@return string
--- Fails: raises at a cell that is neither a text nor a whole number.
function csv.encode(rows, header, delimiter)
  delimiter = delimiter or ","
  local lines, special = {}, ("[\"%s\r\n]"):format(delimiter)
  local function add(row, number)
    local cells = {}
    for i = 1, #header do
      cells[i] = cell(row[i], number == 0 and SPECIAL or special, number, i)
    end
    -- one empty cell alone would read as no row at all
    local line = table.concat(cells, delimiter)
    lines[#lines + 1] = line == "" and "\"\"\n" or line .. "\n"
  end
  add(header, 0)
  for i, row in ipairs(rows) do add(row, i) end
  return table.concat(lines)
end

return csv
