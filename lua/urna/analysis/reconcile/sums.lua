local tolerance = require "urna.analysis.reconcile.tolerance"

--- Sums of differences: by figure and source, by each two sources, and what
--- each source would change at a station.
local sums = {}

local function total_row(job, found, k)
  local rows = job.totals_of
  rows[found] = rows[found] or {}
  if not rows[found][k] then
    rows[found][k] = { kind = found.kind, name = found.name,
      source = job.names[k], units = 0, more = 0, fewer = 0, net = 0,
      gross = 0 }
  end
  return rows[found][k]
end

local function add_total(row, difference)
  row.units = row.units + 1
  row.net, row.gross = row.net + difference, row.gross + math.abs(difference)
  local side = difference > 0 and "more" or "fewer"
  row[side] = row[side] + 1
end

--- Count a figure for each two sources that differ beyond the tolerance.
---@param job table
---@param values table<integer, integer>
---@param seen table<table, boolean> cells that this station is in already
function sums.note_pairs(job, values, seen)
  for a = 1, job.count do
    for b = a + 1, job.count do
      local x, y = values[a], values[b]
      if x and y and x ~= y and not tolerance.holds(job.tolerance, x, y) then
        local cell = job.matrix[a][b]
        cell.figures = cell.figures + 1
        if not seen[cell] then
          seen[cell], cell.units = true, cell.units + 1
        end
      end
    end
  end
end

--- What another source would change at this station, for the seats.
---@param job table
---@param found table a column
---@param values table<integer, integer>
---@param station table
function sums.note_choices(job, found, values, station)
  for k = 2, job.count do
    local delta = values[1] and values[k] and values[k] - values[1] or 0
    if delta ~= 0 then
      local choice = station.by[k]
      if not choice then
        choice = { source = job.names[k], votes = {}, fields = {} }
        station.by[k] = choice
      end
      add_total(total_row(job, found, k), delta)
      if found.kind == "list" then
        choice.votes[found.list] = delta
        station.lists[found.list] = true
      else
        choice.fields[found.name] = delta
      end
    end
  end
end

--- Begin the matrix of each two sources.
---@param job table
function sums.begin(job)
  for a = 1, job.count do
    job.matrix[a] = {}
    for b = a + 1, job.count do
      job.matrix[a][b] = { first = job.names[a], other = job.names[b],
        compared = 0, units = 0, figures = 0 }
    end
  end
end

--- Count a unit for each two sources that have it.
---@param job table
---@param i integer unit of the first source
function sums.count_compared(job, i)
  for a = 1, job.count do
    for b = a + 1, job.count do
      local has_a = a == 1 or job.unit_of[a][i]
      if has_a and job.unit_of[b][i] then
        local cell = job.matrix[a][b]
        cell.compared = cell.compared + 1
      end
    end
  end
end

--- Sums of differences by figure and source.
---@param job table
---@return table[] { kind, name, source, units, more, fewer, net, gross }
function sums.totals(job)
  local rows = {}
  for _, found in ipairs(job.columns) do
    for k = 2, job.count do
      local row = (job.totals_of[found] or {})[k]
      if row then rows[#rows + 1] = row end
    end
  end
  return rows
end

--- Each two sources.
---@param job table
---@return table[] { first, other, compared, units, figures }
function sums.matrix(job)
  local rows = {}
  for a = 1, job.count do
    for b = a + 1, job.count do rows[#rows + 1] = job.matrix[a][b] end
  end
  return rows
end

return sums
