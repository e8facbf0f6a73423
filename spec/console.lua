local cli = require "urna.cli"

--- A run of the command line, for specs.
local console = {}

local function stream()
  local parts = {}
  return { parts = parts, write = function(self, ...)
    for i = 1, select("#", ...) do
      parts[#parts + 1] = tostring((select(i, ...)))
    end
    return self
  end }
end

--- The command with these words.
---@param ... string
---@return integer status
---@return string out what it printed
---@return string err what it printed on standard error
function console.run(...)
  local streams = { stdout = stream(), stderr = stream() }
  local status = cli.main({ ... }, streams)
  return status, table.concat(streams.stdout.parts),
    table.concat(streams.stderr.parts)
end

return console
