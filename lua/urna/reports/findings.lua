--- The records that checks fired on, as reports list them.
local findings = {}

findings.SHOWN = 20

local SERIOUS = { fatal = true, error = true, warning = true }

--- The checks that a report shows: what must hold of every record, in the
--- language's words, and what else was found. The rest of the catalogue is for
--- urna.check to tell.
---@param checks table? findings
---@param holds table<string, string> words of what must hold, by code
---@return table[] rows
function findings.shown(checks, holds)
  local rows = {}
  for _, row in ipairs(checks and checks.rows or {}) do
    local is_law = row.result == "FIRED" and row.severity ~= "note"
    if holds[row.code] or row.is_own or is_law then rows[#rows + 1] = row end
  end
  return rows
end

--- The serious checks that fired, each with the keys of its first records.
---@param checks table? findings; those without `units` list nothing
---@return { code: string, severity: string, count: integer, units: string[] }[]
function findings.fired(checks)
  local rows = {}
  for _, row in ipairs(checks and checks.units and checks.rows or {}) do
    if row.result == "FIRED" and SERIOUS[row.severity] then
      local units, keys = checks:units(row.code), {}
      for i = 1, math.min(#units, findings.SHOWN) do
        keys[i] = tostring(units[i].key)
      end
      rows[#rows + 1] = { code = row.code, severity = row.severity,
        count = #units, units = keys }
    end
  end
  return rows
end

return findings
