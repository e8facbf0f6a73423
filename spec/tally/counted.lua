local urna = require "urna"

--- Tallies of short texts, and their groups as lines.
local counted = {}

--- Groups as "key=sum/records" lines, in the order they come.
---@param tally urna.Tally
---@param column string? votes if not said
---@return string[]
function counted.shown(tally, column)
  local lines = {}
  for i, group in ipairs(tally.groups) do
    lines[i] = ("%s=%s/%d"):format(group.key,
      tally:digits(group, column or "votes") or "-", group.records)
  end
  return lines
end

---@param text string
---@param options table?
---@return urna.Tally
function counted.count(text, options)
  return assert(urna.tally({ text = text }, options))
end

return counted
