local errors = require "urna.errors"
local places = require "urna.places"
local sources = require "urna.readers.sources"

--- Rows that are not records of a unit: a second row for the same unit, and
--- sums that stand among the stations.
local rows = {}

-- `key` is the number of the key that the fault is in, if it is in one.
local function aside(job, row, code, about, key)
  about.row_line, about.path = job.table:line(row), rows.path(job, row)
  about.file, about.line = job.place(about.row_line)
  if key then
    about.field, about.cell = job.contest.keys[key], job.key_cells[key]
    about.text = about.text or about.path[key]
  end
  job.items[#job.items + 1] = errors.new(code, about)
  job.bad_count = job.bad_count + 1
  job.gone[row] = true
end

--- The key path of a row.
---@param job table see readers/csv.lua
---@param row integer
---@return string[]
function rows.path(job, row)
  local path = {}
  for i = 1, #job.plan.keys do path[i] = rows.key(job, i)[row] end
  return path
end

--- One key column by row, read once.
function rows.key(job, i)
  job.keys = job.keys or {}
  job.keys[i] = job.keys[i] or job.table:texts(job.plan.keys[i])
  return job.keys[i]
end

-- A row for a unit that an earlier row stands for.
local function duplicates(job)
  if #job.plan.keys == 0 then return end
  for _, pair in ipairs(job.table:duplicates(job.plan.keys)) do
    local row, first = pair[1], pair[2]
    local key = table.concat(rows.path(job, row), "/")
    local line = job.table:line(row)
    if not job.gone[row] then
      aside(job, row, "duplicate_unit", { text = key,
        message = ("%q stands on %s and on %s"):format(key,
          sources.line_text(job, job.table:line(first), line),
          sources.line_text(job, line, line)) }, #job.plan.keys)
    end
  end
end

-- A good row of a unit that has a bad or a second row too is not taken either,
-- for it is not known which is true; in long data the unit's other rows are
-- less than its record.
local function set_partners_aside(job)
  local bad_line = {}
  for _, item in ipairs(job.items) do
    if item.path and not item.is_total then
      bad_line[table.concat(item.path, "\0")] = item.row_line
    end
  end
  for row = 1, next(bad_line) and job.table:rows() or 0 do
    local path = not job.gone[row] and rows.path(job, row)
    local line = path and #path > 0 and bad_line[table.concat(path, "\0")]
    if line and job.is_long then
      job.gone[row] = true
    elseif line then
      local key = table.concat(path, "/")
      aside(job, row, "duplicate_unit", { text = key, message =
        ("%q stands on %s too"):format(key,
          sources.line_text(job, line, job.table:line(row))) }, #path)
    end
  end
end

local function count_columns(plan)
  local found = {}
  for _, column in pairs(plan.fields) do found[#found + 1] = column end
  for _, column in ipairs(plan.votes) do found[#found + 1] = column end
  table.sort(found)
  return found
end

-- Which key of a row says that it is a total; nil if none does.
local function total_key(job, row)
  for i = 1, #job.plan.keys do
    if places.is_total(rows.key(job, i)[row]) then return i end
  end
end

local function find_totals(job)
  local found = {}
  for row = 1, job.table:rows() do
    local level = total_key(job, row)
    if level then found[#found + 1] = { row = row, level = level } end
  end
  if #found > 0 then return found end
  for _, row in ipairs(job.table:total_rows(count_columns(job.plan))) do
    found[#found + 1] = { row = row, level = 1, is_equal = true }
  end
  return found
end

local function same_above(job, a, b, level)
  for i = 1, level - 1 do
    if rows.key(job, i)[a] ~= rows.key(job, i)[b] then return false end
  end
  return true
end

-- The records that a total is the sum of: those that share the keys above it.
local function addends(job, total, is_total)
  local found = {}
  for row = 1, job.table:rows() do
    if not is_total[row] and same_above(job, row, total.row, total.level) then
      found[#found + 1] = row
    end
  end
  return found
end

local function heading_of(job, column)
  for field, index in pairs(job.plan.fields) do
    if index == column then return field end
  end
  for i, index in ipairs(job.plan.votes) do
    if index == column then return job.contest.lists[i].key end
  end
end

local function verify(job, total, is_total)
  local numbers = count_columns(job.plan)
  local sums = job.table:sums(numbers, addends(job, total, is_total))
  for i, column in ipairs(numbers) do
    local stated = (job.table:counts(column, { total.row }) or {})[1]
    if stated and (not sums or stated ~= sums[i]) then
      aside(job, total.row, "total_differs", { is_total = true,
        field = heading_of(job, column), text = ("%d"):format(stated),
        cell = not job.is_long and column or nil,
        message = ("the total row says %d, its records add up to %s"):format(
          stated, sums and ("%d"):format(sums[i]) or "more than can be held") })
    end
  end
  job.gone[total.row] = true
end

local function refuse_total(job, total)
  aside(job, total.row, "total_row", { is_total = true,
    message = total.is_equal
    and "every count of this row is the sum of all other rows: a total among "
      .. "the stations; say total_rows = \"verify\" to compare and set it aside"
    or "its key says that this row is a total; say total_rows = \"verify\" to "
      .. "compare it with the sum and set it aside" },
    not total.is_equal and total.level or nil)
end

local function totals(job)
  local how = job.options.total_rows or "refuse"
  if how == "keep" then return end
  local found, is_total = find_totals(job), {}
  for _, total in ipairs(found) do is_total[total.row] = true end
  for _, total in ipairs(found) do
    if how == "verify" then
      verify(job, total, is_total)
    else
      refuse_total(job, total)
    end
  end
end

--- Set aside what is not a record; sets job.rows, the rows that are, if any
--- is not.
---@param job table see readers/csv.lua
---@return table job
function rows.set_aside(job)
  job.gone = {}
  totals(job)
  duplicates(job)
  if job.options.bad == "keep" then set_partners_aside(job) end
  if next(job.gone) then
    job.rows = {}
    for row = 1, job.table:rows() do
      if not job.gone[row] then job.rows[#job.rows + 1] = row end
    end
  end
  return job
end

return rows
