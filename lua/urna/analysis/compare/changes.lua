local bases = require "urna.analysis.compare.bases"
local compared = require "urna.analysis.compared"
local sides = require "urna.analysis.compare.sides"
local swing = require "urna.analysis.swing"

--- The changes of polling stations, by which outliers.lua finds those that
--- stand out.
local changes = {}

--- The stations that are on both sides, with their places.
---@param job table
---@return table[] see outliers.find
function changes.units(job)
  local units, name = {}, job.base.name
  for _, group in ipairs(job.units) do
    if #group.from > 0 and #group.to > 0 then
      local unit = job.after.figures.units[group.to[1]]
      local places = job.place_of(unit, "right")
      table.insert(places, 1, "")
      local old = job.before.figures.units[group.from[1]]
      units[#units + 1] = { key = group.key, from = group.from,
        to = group.to, places = places, is_linked = group.by == "link",
        base_before = name and sides.sum(job.before, name, group.from),
        base_after = name and sides.sum(job.after, name, group.to),
        has_jumped = job.jumped_at[group.to[1]],
        files = { before = { file = old.source, line = old.line },
          after = { file = unit.source, line = unit.line } } }
    end
  end
  return units
end

local function pair_of(num, den)
  return num and den and { num = num, den = den } or nil
end

local function field_measure(job, kind, num, den)
  return { name = kind, kind = kind, share = function(unit)
    return pair_of(sides.sum(job.before, num, unit.from),
      sides.sum(job.before, den, unit.from)),
      pair_of(sides.sum(job.after, num, unit.to),
        sides.sum(job.after, den, unit.to))
  end }
end

local function list_measure(job, group)
  local before = sides.columns(job.before, group.from)
  local after = sides.columns(job.after, group.to)
  return { name = compared.group_name(group), kind = "list",
    share = function(unit)
      return pair_of(swing.sum(before, unit.from), unit.base_before),
        pair_of(swing.sum(after, unit.to), unit.base_after)
    end }
end

--- Turnout, invalid ballots and the share of each group of lists, as far as
--- both elections know them.
---@param job table
---@return table[] see outliers.find
function changes.measures(job)
  local found = {}
  if job.came and job.has_registered then
    found[1] = field_measure(job, "turnout", job.came, "registered_voters")
  end
  if bases.known(job, { "invalid_ballots" })
    and bases.known(job, { "ballots_in_box" }) then
    found[#found + 1] = field_measure(job, "invalid", "invalid_ballots",
      "ballots_in_box")
  end
  for _, group in ipairs(job.groups) do
    if job.base.name and #group.from > 0 and #group.to > 0 then
      found[#found + 1] = list_measure(job, group)
    end
  end
  return found
end

return changes
