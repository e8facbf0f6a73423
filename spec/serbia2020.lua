local urna = require "urna"

--- The records of Serbia 2020, read once for all specs; they are not part of
--- the project.
local serbia = {}

local PATH = "../shared/data/serbia2020"

local results

--- Results; nil and why there are none.
---@return urna.Results?
---@return string?
function serbia.results()
  local file = not results and io.open(PATH .. ".csv.gz")
  if file then
    file:close()
    results = assert(urna.read(PATH .. ".csv.gz",
      { contest = PATH .. ".contest.json" }))
  end
  return results, PATH .. ".csv.gz is absent"
end

return serbia
