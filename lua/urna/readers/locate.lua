--- Where in the text a cell stands: the table knows only the lines at which
--- records begin, so the few that a message needs are looked up again.
local locate = {}

-- A place in the text that only moves forward.
local function new_cursor(text)
  return { text = text, at = 1, line = 1 }
end

local function go_to_line(cursor, line)
  while cursor.line < line do
    cursor.at = cursor.text:find("\n", cursor.at, true) + 1
    cursor.line = cursor.line + 1
  end
end

-- The position behind the cell that begins at `at`.
local function cell_end(text, at, delimiter)
  if text:sub(at, at) ~= "\"" then
    return text:find("[\n" .. delimiter .. "]", at) or #text + 1
  end
  local close = text:find("\"", at + 1, true)
  while close and text:sub(close + 1, close + 1) == "\"" do
    close = text:find("\"", close + 2, true)
  end
  return (close or #text) + 1
end

-- Line and byte column of a record's cell by its number.
local function place_of(cursor, number, delimiter)
  local text, at = cursor.text, cursor.at
  local line, line_start = cursor.line, at
  for _ = 2, number do
    local stop = cell_end(text, at, delimiter)
    for newline in text:sub(at, stop - 1):gmatch("()\n") do
      line, line_start = line + 1, at + newline
    end
    at = stop + 1
  end
  return line, at - line_start + 1
end

--- Give line and column to the faults that know only their record's line and
--- the number of their `cell`.
---@param job table see readers/csv.lua
---@param items urna.Error[] in the order of the file
function locate.columns(job, items)
  local cursor, number
  for _, item in ipairs(items) do
    if item.cell then
      local _, line, found = job.place(item.row_line)
      local part = job.parts[found]
      if number ~= found then
        cursor, number = new_cursor(part.source:text()), found
      end
      go_to_line(cursor, line)
      item.line, item.column = place_of(cursor, item.cell, part.delimiter)
      item.cell = nil
    end
  end
end

return locate
