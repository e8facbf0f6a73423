local matching = require "urna.analysis.reconcile.matching"

--- What the sources say of one figure of one unit, by number of the source.
local values = {}

--- The values of all sources for one unit.
---@param job table
---@param found table a column
---@param i integer unit of the first source
---@return table<integer, integer> values
---@return boolean differ whether any differ
---@return boolean missing whether a source leaves it empty that others fill
function values.at(job, found, i)
  local said, differ, missing = {}, false, false
  local any
  for k = 1, job.count do
    local array = found.arrays[k]
    local at = k == 1 and i or job.unit_of[k][i]
    if array and at then
      local value = array[at]
      said[k] = value
      if value == nil then
        missing = true
      elseif any == nil then
        any = value
      elseif value ~= any then
        differ = true
      end
    end
  end
  return said, differ, missing and any ~= nil
end

--- The source that says something else than all the others, which agree.
---@param job table
---@param said table<integer, integer>
---@return string?
function values.alone(job, said)
  local counts, given = {}, 0
  for k = 1, job.count do
    local value = said[k]
    if value then counts[value], given = (counts[value] or 0) + 1, given + 1 end
  end
  if given < 3 then return nil end
  for k = 1, job.count do
    local value = said[k]
    if value and counts[value] == 1 then
      for _, times in pairs(counts) do
        if times == given - 1 then return job.names[k] end
      end
    end
  end
end

--- The values by name of the source.
---@param job table
---@param said table<integer, integer>
---@return table<string, integer>
function values.named(job, said)
  local found = {}
  for k = 1, job.count do found[job.names[k]] = said[k] end
  return found
end

--- The source whose value is farthest from the first's; nil without the
--- first's.
---@param job table
---@param said table<integer, integer>
---@return integer?
function values.farthest(job, said)
  local found, gap
  for k = 2, job.count do
    local off = said[1] and said[k] and math.abs(said[k] - said[1])
    if off and (not gap or off > gap) then found, gap = k, off end
  end
  return found
end

--- The sources with the greatest and the least value.
---@param job table
---@param said table<integer, integer>
---@return integer? most
---@return integer? least
function values.extremes(job, said)
  local most, least
  for k = 1, job.count do
    local value = said[k]
    if value then
      if not most or value > said[most] then most = k end
      if not least or value < said[least] then least = k end
    end
  end
  return most, least
end

--- Where each source has the unit's record.
---@param job table
---@param i integer unit of the first source
---@return table<string, { file: string, line: integer }> by source
function values.places(job, i)
  local found = {}
  for k = 1, job.count do
    local at = k == 1 and i or job.unit_of[k][i]
    local unit = at and job.figures[k].units[at]
    if unit and unit.source then found[job.names[k]] = matching.place(unit) end
  end
  return found
end

return values
