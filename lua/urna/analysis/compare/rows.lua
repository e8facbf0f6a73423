local sides = require "urna.analysis.compare.sides"
local swing = require "urna.analysis.swing"

--- Rows of a comparison: votes, shares and seats of groups of lists, turnout,
--- and places.
local rows = {}

-- The least and the greatest change that bounds of the base allow.
local function add_bounds(row, votes, base)
  local a, b = base.before, base.after
  local is_loose = a.min and a.min ~= a.max or b.min and b.min ~= b.max
  if not is_loose or not votes.before or not votes.after then return end
  local function change(one, other)
    return swing.change(swing.share(votes.before, one),
      swing.share(votes.after, other))
  end
  local low, high = change(a.min or a.value, b.max or b.value),
    change(a.max or a.value, b.min or b.value)
  row.points_min, row.points_max = low and low.points, high and high.points
end

local function difference(before, after)
  return before and after and after - before or nil
end

-- Votes and share of a group of lists; nobody on a side has no change.
local function list_row(group, votes, base)
  local before = #group.from > 0 and votes.before or nil
  local after = #group.to > 0 and votes.after or nil
  local share = swing.of({ num = before, den = base.before.value },
    { num = after, den = base.after.value })
  local row = { from = group.from, to = group.to, kind = group.kind,
    by = group.by, note = group.note,
    votes = { before = before, after = after,
      change = difference(before, after) }, share = share }
  add_bounds(row, { before = before, after = after }, base)
  return row
end

-- Nobody knows whether a list that is not matched had seats under another name.
local function seats_row(job, group)
  local is_known = group.kind ~= "unmatched"
  local a = (is_known or #group.from > 0)
    and sides.seats(job.before, group.from)
  local b = (is_known or #group.to > 0) and sides.seats(job.after, group.to)
  return { before = a or nil, after = b or nil,
    change = a and b and b - a or nil }
end

--- A row for each group of lists.
---@param job table
---@return table[] see urna.Compared
function rows.lists(job)
  local found = {}
  for n, group in ipairs(job.groups) do
    local row = list_row(group, { before = sides.votes(job.before, group.from),
      after = sides.votes(job.after, group.to) }, job.base)
    row.seats = seats_row(job, group)
    row.marks = { before = sides.mark(job.before, group.from),
      after = sides.mark(job.after, group.to) }
    found[n] = row
  end
  return found
end

local function turnout_of(job, before, after)
  if not job.came or not job.has_registered then return nil end
  local row = swing.of({ num = before(job.came),
    den = before("registered_voters") }, { num = after(job.came),
    den = after("registered_voters") })
  row.base = job.came
  return row
end

-- A turnout that rests on an estimate says so.
local function turnout_marks(job)
  local marks = {}
  for _, side in ipairs { "before", "after" } do
    marks[side] = sides.total(job[side], job.came).mark
      or sides.total(job[side], "registered_voters").mark
  end
  return next(marks) and marks or nil
end

--- Turnout of the whole.
---@param job table
---@return table? see urna.Compared
function rows.turnout(job)
  local row = turnout_of(job, function(name)
    return sides.total(job.before, name).value
  end, function(name) return sides.total(job.after, name).value end)
  if row then row.marks = turnout_marks(job) end
  return row
end

--- A row of a place or of a group of stations: its units on both sides.
---@param job table
---@param about { level: string, key: string, from: integer[], to: integer[] }
---@return table see urna.Compared
function rows.place(job, about)
  local function before(name) return sides.sum(job.before, name, about.from) end
  local function after(name) return sides.sum(job.after, name, about.to) end
  local base = { before = {}, after = {} }
  if job.base.name then
    base.before.value = before(job.base.name)
    base.after.value = after(job.base.name)
  end
  local row = { level = about.level, key = about.key, keys = about.keys,
    units = { before = #about.from, after = #about.to },
    base = { before = base.before.value, after = base.after.value },
    turnout = turnout_of(job, before, after), lists = {} }
  for n, group in ipairs(job.groups) do
    row.lists[n] = list_row(group, {
      before = sides.votes_over(job.before, group.from, about.from),
      after = sides.votes_over(job.after, group.to, about.to) }, base)
  end
  return row
end

--- A row for each polling station, or group of them.
---@param job table
---@return table[] see urna.Compared
function rows.units(job)
  local found = {}
  for n, group in ipairs(job.units) do
    found[n] = rows.place(job, { level = "unit", key = group.key,
      from = group.from, to = group.to })
    found[n].kind, found[n].by = group.kind, group.by
  end
  return found
end

return rows
