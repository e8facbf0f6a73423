--- Rows of texts under each other, for results that print themselves.
local listing = {}

-- Columns of a terminal, where every character takes one.
local function width(text)
  local _, count = text:gsub("[^\128-\191]", "")
  return count
end

local function cell(value)
  if value == nil or value == "" then return "-" end
  if type(value) == "number" then return ("%d"):format(value) end
  return (value:gsub("%c", " "))
end

--- Rows of cells as lines, two spaces between columns.
---@param rows table[] texts and whole numbers, with holes
---@param count integer of columns
---@param right table<integer, boolean>? columns that stand to the right
---@return string[]
function listing.lines(rows, count, right)
  local texts, widths = {}, {}
  for n, row in ipairs(rows) do
    texts[n] = {}
    for i = 1, count do
      texts[n][i] = cell(row[i])
      widths[i] = math.max(widths[i] or 0, width(texts[n][i]))
    end
  end
  local lines = {}
  for n, row in ipairs(texts) do
    for i = 1, count do
      local gap = (" "):rep(widths[i] - width(row[i]))
      row[i] = right and right[i] and gap .. row[i] or row[i] .. gap
    end
    lines[n] = table.concat(row, "  "):gsub(" +$", "")
  end
  return lines
end

--- A number with its sign: "+3", "-3", "0".
---@param value integer?
---@return string?
function listing.signed(value)
  if not value then return nil end
  return value > 0 and ("+%d"):format(value) or ("%d"):format(value)
end

--- "1 polling station", "2 polling stations".
---@param count integer
---@param word string in the singular
---@return string
function listing.plural(count, word)
  return ("%d %s%s"):format(count, word, count == 1 and "" or "s")
end

--- The words of a name: "ballots in box".
---@param name string with underscores
---@return string
function listing.spaced(name)
  return (name:gsub("_", " "))
end

--- What changes, list by list: "SNS +1, SPP -1"; "" where nothing does.
---@param rows table[] each with its `list`
---@param field string the change, nil or 0 where there is none
---@return string
function listing.changes(rows, field)
  local parts = {}
  for _, row in ipairs(rows) do
    if row[field] and row[field] ~= 0 then
      parts[#parts + 1] = ("%s %+d"):format(row.list, row[field])
    end
  end
  return table.concat(parts, ", ")
end

return listing
