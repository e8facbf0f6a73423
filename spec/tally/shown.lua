--- Groups of a tally as the generator of ../shared writes them: names with
--- newlines escaped, tabs between, the sum behind; in bytewise order of lines.
---@param tally urna.Tally
---@return string
return function(tally)
  local lines = {}
  for i, group in ipairs(tally.groups) do
    local names = table.concat(group.keys, "\t"):gsub("\\", "\\\\")
    lines[i] = names:gsub("\n", "\\n"):gsub("\r", "\\r") .. "\t"
      .. tally:digits(group, tally.sums[1])
  end
  table.sort(lines)
  return table.concat(lines, "\n") .. "\n"
end
