local bases = require "urna.analysis.compare.bases"
local links = require "urna.analysis.links"
local pairing = require "urna.analysis.pairing"

--- Polling stations: which became which, what is left, and what it may have
--- become.
local units = {}

local SIZES = { "registered_voters", "voters_signed", "ballots_in_box",
  "valid_ballots" }

local function keys_of(all, numbers)
  local keys = {}
  for n, i in ipairs(numbers) do keys[n] = all[i].key end
  return keys
end

local function group_key(job, group)
  local keys = #group.to > 0 and keys_of(job.after.figures.units, group.to)
    or keys_of(job.before.figures.units, group.from)
  return table.concat(keys, " + ")
end

local function linked_groups(job, items)
  local taken = { left = {}, right = {} }
  local groups, err = links.resolve(items, job.before.figures,
    job.after.figures)
  if not groups then return nil, err end
  for _, group in ipairs(groups) do
    group.by = "link"
    for _, i in ipairs(group.from) do taken.left[i] = true end
    for _, i in ipairs(group.to) do taken.right[i] = true end
    job.units[#job.units + 1] = group
  end
  return taken
end

local NO_LISTS = { left = {}, right = {} }

--- Match the stations: by links, then by keys. Sets `units` and `matched` of
--- the job.
---@param job table
---@param items table[] links of units
---@return true?
---@return urna.Error? err "bad_links"
function units.match(job, items)
  local taken, err = linked_groups(job, items)
  if not taken then return nil, err end
  job.matched = pairing.match(job.before.figures, job.after.figures, NO_LISTS,
    taken)
  for i = 1, #job.before.figures.units do
    local j = job.matched.right_of[i]
    if j then
      job.units[#job.units + 1] = { from = { i }, to = { j }, kind = "same",
        by = job.matched.how[i] }
    end
  end
  for _, group in ipairs(job.units) do group.key = group_key(job, group) end
  return true
end

-- The sizes of the units of a side.
local function sizes(side, name)
  return name and side.figures.of[name] or {}
end

-- Units without a partner and pairs of equal key, by innermost place.
local function by_innermost(job)
  local found, order = {}, {}
  local function place(unit, which)
    local keys = job.place_of(unit, which)
    local key = keys[#keys] or ""
    if not found[key] then
      found[key] = { before = {}, after = {}, matched = {} }
      order[#order + 1] = found[key]
    end
    return found[key]
  end
  for _, unit in ipairs(job.before.figures.units) do place(unit, "left") end
  for _, row in ipairs(job.matched.left_only) do
    local unit = job.before.figures.units[row.unit]
    table.insert(place(unit, "left").before, row.unit)
  end
  for _, row in ipairs(job.matched.right_only) do
    local unit = job.after.figures.units[row.unit]
    table.insert(place(unit, "right").after, row.unit)
  end
  for i = 1, #job.before.figures.units do
    local j = job.matched.right_of[i]
    if j then
      table.insert(place(job.after.figures.units[j], "right").matched,
        { i, j })
    end
  end
  return order
end

--- Links that sizes suggest. Sets `jumped` and `jumped_at` of the job: stations
--- of equal key and another size.
---@param job table
---@return table[] { from, to, kind, by }
function units.propose(job)
  local name = bases.known(job, SIZES)
  local before, after = sizes(job.before, name), sizes(job.after, name)
  local found, jumped = links.propose(by_innermost(job), before, after)
  local rows = {}
  for n, link in ipairs(found) do
    rows[n] = { from = keys_of(job.before.figures.units, link.from),
      to = keys_of(job.after.figures.units, link.to), kind = link.kind,
      by = link.by }
  end
  job.jumped, job.jumped_at = {}, {}
  for n, pair in ipairs(jumped) do
    job.jumped_at[pair[2]] = true
    job.jumped[n] = { key = job.after.figures.units[pair[2]].key, field = name,
      before = before[pair[1]], after = after[pair[2]] }
  end
  return rows
end

local function candidates(rows, figures_)
  if not rows then return nil end
  local found = {}
  for n, row in ipairs(rows) do
    found[n] = { key = figures_.units[row.unit].key, by = row.by }
  end
  return found
end

local function alone(rows, own, other)
  local found = {}
  for n, row in ipairs(rows) do
    local unit = own.units[row.unit]
    found[n] = { key = unit.key, file = unit.source, line = unit.line,
      candidates = candidates(row.candidates, other) }
  end
  return found
end

--- Stations of one side only, and keys that may be several.
---@param job table
---@return { before: table[], after: table[], ambiguous: table[] }
function units.unmatched(job)
  local before, after = job.before.figures, job.after.figures
  local ambiguous = {}
  for n, group in ipairs(job.matched.ambiguous) do
    ambiguous[n] = { before = keys_of(before.units, group.left),
      after = keys_of(after.units, group.right), by = group.how }
  end
  return { before = alone(job.matched.left_only, before, after),
    after = alone(job.matched.right_only, after, before),
    ambiguous = ambiguous }
end

return units
