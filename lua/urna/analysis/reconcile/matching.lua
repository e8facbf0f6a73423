local errors = require "urna.errors"
local figures = require "urna.analysis.figures"
local pairing = require "urna.analysis.pairing"

--- Which lists and polling stations of the sources are those of the first, and
--- what only one of them has.
local matching = {}

--- The lists of each source by the keys of the first, and those that the other
--- does not have.
---@param job table
---@return urna.Error? err "no_common_lists"
function matching.lists(job)
  local first = job.figures[1].lists
  for k = 2, #job.figures do
    local other = job.figures[k].lists
    local found, by = figures.lists(first, other, job.said)
    local used = {}
    for _, key in pairs(found) do used[key] = true end
    job.lists[k], job.lists_by[k] = found, by
    for _, list in ipairs(first) do
      if not found[list.key] then
        job.unmatched_lists[#job.unmatched_lists + 1] =
          { list = list.key, source = job.names[1], missing = job.names[k] }
      end
    end
    for _, list in ipairs(other) do
      if not used[list.key] then
        job.unmatched_lists[#job.unmatched_lists + 1] =
          { list = list.key, source = job.names[k], missing = job.names[1] }
      end
    end
    if next(found) == nil then
      return errors.new("no_common_lists", { message = ("no list of %s is one "
        .. "of %s; say which is which with lists = { [\"key in %s\"] = \"key "
        .. "in %s\" }, or, if these are two elections, use urna.compare")
        :format(job.names[1], job.names[k], job.names[k], job.names[1]) })
    end
  end
end

-- Keys of the lists that both have, each side's own, in the same order.
local function list_keys(job, k)
  local left, right = {}, {}
  for _, list in ipairs(job.figures[1].lists) do
    local key = job.lists[k][list.key]
    if key then left[#left + 1], right[#right + 1] = list.key, key end
  end
  return { left = left, right = right }
end

--- Where a unit's record stands.
---@param unit table
---@return { file: string?, line: integer? }
function matching.place(unit)
  return { file = unit.source, line = unit.line }
end

local function candidate_rows(candidates, other)
  if not candidates then return nil end
  local rows = {}
  for n, row in ipairs(candidates) do
    local unit = other.units[row.unit]
    rows[n] = { key = unit.key, by = row.by, file = unit.source,
      line = unit.line }
  end
  return rows
end

local function note_alone(job, rows, k, other)
  for _, row in ipairs(rows) do
    local unit = job.figures[k].units[row.unit]
    local place = matching.place(unit)
    job.only[#job.only + 1] = { key = unit.key, source = job.names[k],
      missing = job.names[other], file = place.file, line = place.line,
      candidates = candidate_rows(row.candidates, job.figures[other]) }
  end
end

local function unit_rows(numbers, side)
  local rows = {}
  for n, i in ipairs(numbers) do
    local unit = side.units[i]
    rows[n] = { key = unit.key, file = unit.source, line = unit.line }
  end
  return rows
end

--- The units of each source by those of the first.
---@param job table
function matching.units(job)
  for k = 2, #job.figures do
    local found = pairing.match(job.figures[1], job.figures[k],
      list_keys(job, k))
    job.unit_of[k] = found.right_of
    local keys = {}
    for n, pair in ipairs(found.aligned) do
      keys[n] = { first = job.figures[1].key_names[pair.left],
        other = job.figures[k].key_names[pair.right], by = pair.by }
    end
    job.matches[#job.matches + 1] = { source = job.names[k],
      counts = found.counts, keys = keys }
    note_alone(job, found.left_only, 1, k)
    note_alone(job, found.right_only, k, 1)
    for _, group in ipairs(found.ambiguous) do
      job.ambiguous[#job.ambiguous + 1] = { source = job.names[k],
        first = unit_rows(group.left, job.figures[1]),
        other = unit_rows(group.right, job.figures[k]), by = group.how }
    end
  end
end

--- Of totals everything is one unit.
---@param job table
function matching.total(job)
  for k = 2, #job.figures do
    job.unit_of[k] = { 1 }
    job.matches[#job.matches + 1] = { source = job.names[k],
      counts = { total = 1 }, keys = {} }
  end
end

--- How many units every source has.
---@param job table
---@return integer
function matching.count(job)
  local count = 0
  for i = 1, #job.figures[1].units do
    local is_everywhere = true
    for k = 2, job.count do
      is_everywhere = is_everywhere and job.unit_of[k][i] ~= nil
    end
    if is_everywhere then count = count + 1 end
  end
  return count
end

--- The keys of the first source's lists, by those of each source.
---@param job table
---@return table<string, string>[] by source
function matching.keys(job)
  local found = {}
  for k = 1, job.count do
    found[k] = {}
    for _, list in ipairs(job.figures[1].lists) do
      local key = k == 1 and list.key or k > 1 and job.lists[k][list.key]
      if key then found[k][key] = list.key end
    end
  end
  return found
end

return matching
