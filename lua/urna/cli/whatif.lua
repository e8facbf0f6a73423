local given = require "urna.cli.given"
local report = require "urna.report"

--- What the verbs annul, scenario and coalitions have in common: how a subject
--- is read.
local whatif = {}

--- The results of a subject, read as the options say.
---@param subject string|string[]
---@param options table of the command line
---@return urna.Results|urna.Totals?
---@return urna.Error?
function whatif.results(subject, options)
  local passed = given.reading(options)
  passed.where = given.first_values(options.where)
  return report.results(subject, passed)
end

return whatif
