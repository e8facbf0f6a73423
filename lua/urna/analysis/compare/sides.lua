local apportion = require "urna.seats.apportion"
local figures = require "urna.analysis.figures"
local subjects = require "urna.subject"
local swing = require "urna.analysis.swing"

--- One side of a comparison: an election's results, its figures by polling
--- station, where there are records, and its outcome.
local sides = {}

-- The units with all votes: they are in the sums.
local function reported_units(found)
  local units = {}
  for i = 1, #found.units do
    local is_reported = true
    for _, list in ipairs(found.lists) do
      is_reported = is_reported and found.of[list.key][i] ~= nil
    end
    if is_reported then units[#units + 1] = i end
  end
  return units
end

--- Read a side.
---@param value any a subject
---@param name "before"|"after"
---@return table? side
---@return urna.Error? err of the reading, "no_keys"
function sides.read(value, name)
  local results, err = subjects.results(value)
  if not results then return nil, err end
  local side = { results = results, lists = results.lists, name = name }
  side.group, err = results:total()
  if not side.group then return nil, err end
  if figures.has_records(results) then
    side.figures, err = figures.of(results)
    if not side.figures then return nil, err end
    err = figures.check_keys(side.figures, "the election " .. name)
    if err then return nil, err end
    side.reported = reported_units(side.figures)
  end
  side.outcome, err = apportion.run(results, { explain = false })
  side.reason = err and tostring(err) or side.outcome.open[1]
    and side.outcome.open[1].message
  return side
end

local function list_sum(side)
  local sum = 0
  for _, list in ipairs(side.lists) do
    local votes = side.group.votes[list.key]
    if not votes then return nil end
    sum = sum + votes
  end
  return not side.results.others and sum or nil
end

--- A total of a side, with its bounds where it is not known exactly.
---@param side table
---@param name string of a field, or "list_votes"
---@return { value: integer?, min: integer?, max: integer?, mark: string? }
function sides.total(side, name)
  local group = side.group
  if name == "list_votes" then return { value = list_sum(side) } end
  local mark = group.marks and group.marks.fields[name]
  return { value = group.fields[name], mark = mark and mark.mark,
    min = group.low and group.low.fields[name],
    max = group.high and group.high.fields[name] }
end

-- The columns that a name means on one side; nil where it has none.
local function columns(side, name)
  local found = side.figures
  if name == "list_votes" then
    local all = {}
    for i, list in ipairs(side.lists) do all[i] = found.of[list.key] end
    return all
  end
  return found.of[name] and { found.of[name] }
end

--- A total of some units.
---@param side table
---@param name string of a field, or "list_votes"
---@param units integer[]
---@return integer? nil where the side has none
function sides.sum(side, name, units)
  local found = columns(side, name)
  return found and swing.sum(found, units)
end

--- The votes of lists by unit.
---@param side table
---@param keys string[]
---@return (integer?)[][]
function sides.columns(side, keys)
  local found = {}
  for i, key in ipairs(keys) do found[i] = side.figures.of[key] end
  return found
end

--- The votes of lists at some units.
---@param side table
---@param keys string[]
---@param units integer[]
---@return integer?
function sides.votes_over(side, keys, units)
  return swing.sum(sides.columns(side, keys), units)
end

--- The votes of lists.
---@param side table
---@param keys string[]
---@return integer?
function sides.votes(side, keys)
  local sum = 0
  for _, key in ipairs(keys) do
    local votes = side.group.votes[key]
    if not votes then return nil end
    sum = sum + votes
  end
  return sum
end

--- The seats of lists.
---@param side table
---@param keys string[]
---@return integer? nil where they are not decided
function sides.seats(side, keys)
  local outcome = side.outcome
  if not outcome or outcome.decision ~= "decided" then return nil end
  local wanted, sum = {}, 0
  for _, key in ipairs(keys) do wanted[key] = true end
  for _, list in ipairs(outcome.lists) do
    if wanted[list.key] and not list.others then sum = sum + list.seats end
  end
  return sum
end

--- What is recalled or estimated stays marked wherever it is shown.
---@param side table
---@param keys string[] of lists
---@return string?
function sides.mark(side, keys)
  local marks = side.group.marks and side.group.marks.votes or {}
  for _, key in ipairs(keys) do
    if marks[key] then return marks[key].mark end
  end
end

--- What is told of a side.
---@param side table
---@return table
function sides.about(side)
  local contest, source = side.results.contest, side.results.source or {}
  local others = side.results.others
  return { id = contest.id, name = contest.name, date = contest.date,
    file = source.file, sha256 = source.sha256,
    units = side.figures and #side.figures.units or side.group.expected,
    reported = side.figures and #side.reported or side.group.reported,
    bad = #side.results.bad, decision = side.outcome and side.outcome.decision,
    seats = side.outcome and side.outcome.seats, reason = side.reason,
    others = others and { lists = others.lists, why = others.why } or nil }
end

--- Where the law gives no outcome, the lists and the contest's name are left.
---@param side table
---@return table
function sides.outcome(side)
  return side.outcome or { contest = side.results.contest, lists = side.lists,
    fingerprint = side.results.source }
end

return sides
