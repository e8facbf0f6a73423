local listing = require "urna.analysis.listing"

--- Lines of answers that print themselves: the first of many rows, and tables.
local lines = {}

local SHOWN = 40

--- How many rows are printed.
---@param options { all = boolean }?
---@return number 40, or all of them
function lines.limit(options)
  return options and options.all and math.huge or SHOWN
end

--- Add a table after an empty line.
---@param all string[] added to
---@param rows table[] see listing.lines
---@param count integer of columns
---@param right table<integer, boolean> columns that stand to the right
function lines.add_table(all, rows, count, right)
  all[#all + 1] = ""
  lines.add(all, listing.lines(rows, count, right))
end

--- Add lines.
---@param all string[] added to
---@param more string[]
function lines.add(all, more)
  for _, line in ipairs(more) do all[#all + 1] = line end
end

--- Add a line for each row, at most `limit`, and how many more there are.
---@param all string[] added to
---@param rows table[]
---@param limit number
---@param line_of fun(row: table): string
function lines.add_some(all, rows, limit, line_of)
  for i = 1, math.min(#rows, limit) do
    all[#all + 1] = "  " .. line_of(rows[i])
  end
  if #rows > limit then
    all[#all + 1] = ("  and %d more"):format(#rows - limit)
  end
end

--- A title and its rows; nothing where there are none.
---@param all string[] added to
---@param title string
---@param rows table[]
---@param limit number
---@param line_of fun(row: table): string
function lines.add_titled(all, title, rows, limit, line_of)
  if #rows == 0 then return end
  all[#all + 1] = title
  lines.add_some(all, rows, limit, line_of)
end

--- Polling stations: "3 polling stations".
---@param count integer
---@return string
function lines.stations(count)
  return listing.plural(count, "polling station")
end

--- Records that are in no sum.
---@param bad integer
---@return string ", 3 records kept out", or "" where there are none
function lines.kept_out(bad)
  return bad > 0 and (", %s kept out"):format(listing.plural(bad, "record"))
    or ""
end

return lines
