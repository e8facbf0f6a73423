local csv = require "urna.writers.csv"

--- A tally as a table of texts: its key columns, its sums as exact decimal
--- texts, and how many records each group has where that is asked for.
local tally = {}

--- The headings.
---@param found urna.Tally
---@return string[]
function tally.header(found)
  local header = {}
  for _, name in ipairs(found.by) do header[#header + 1] = name end
  for _, name in ipairs(found.sums) do header[#header + 1] = name end
  if found.counts_records then header[#header + 1] = "records" end
  return header
end

--- A row for each group; a sum that nothing is reported of is empty.
---@param found urna.Tally
---@return string[][]
function tally.rows(found)
  local rows = {}
  for i, group in ipairs(found.groups) do
    local row = {}
    for k, name in ipairs(group.keys) do row[k] = name end
    for k, name in ipairs(found.sums) do
      row[#found.by + k] = found:digits(group, name) or ""
    end
    if found.counts_records then
      row[#row + 1] = ("%d"):format(group.records)
    end
    rows[i] = row
  end
  return rows
end

--- All of it as CSV, for a tally that the core does not hold.
---@param found urna.Tally
---@return string
function tally.csv(found)
  return csv.encode(tally.rows(found), tally.header(found))
end

return tally
