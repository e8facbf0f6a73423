local errors = require "urna.errors"
local locate = require "urna.readers.locate"

--- What is said of the rows that are no records: one error for a source that
--- is refused, or an error for each record that is kept out.
local refusals = {}

refusals.LIMIT = 100 -- faults that an error of a refused source holds

-- In the order of the file; faults of one place in the order they were found.
local function sort(items)
  local place = {}
  for i, item in ipairs(items) do place[item] = i end
  table.sort(items, function(a, b)
    if a.row_line ~= b.row_line then return a.row_line < b.row_line end
    if a.line ~= b.line then return a.line < b.line end
    if a.column and b.column and a.column ~= b.column then
      return a.column < b.column
    end
    return place[a] < place[b]
  end)
end

-- In the end a record's line is that of its own file.
local function own_lines(job, items)
  for _, item in ipairs(items) do
    item.row_line = select(2, job.place(item.row_line))
  end
end

local function gather(items, about)
  local first = items[1]
  about.file, about.line, about.column = first.file, first.line, first.column
  about.field, about.text = first.field, first.text
  return errors.gather(first.code, items, about)
end

--- All faults of a source up to the limit as one error.
---@param job table see readers/csv.lua
---@return urna.Error
function refusals.error(job)
  local shown = {}
  sort(job.items)
  for i = 1, math.min(#job.items, refusals.LIMIT) do
    shown[i] = job.items[i]
  end
  locate.columns(job, shown)
  own_lines(job, shown)
  return gather(shown, { count = job.bad_count,
    message = job.bad_count == 1 and "a record is refused"
      or ("records are refused, with %d faults"):format(job.bad_count) })
end

local function one_error(items)
  if #items == 1 then return items[1] end
  local err = gather(items,
    { message = ("this record has %d faults"):format(#items) })
  for _, item in ipairs(items) do
    err.path = err.path or item.path
    err.is_total = err.is_total or item.is_total
  end
  return err
end

local function by_row(items)
  local records = {}
  for _, item in ipairs(items) do
    local last = records[#records]
    if last and last[1].row_line == item.row_line then
      last[#last + 1] = item
    else
      records[#records + 1] = { item }
    end
  end
  return records
end

-- Some records add no unit to those that are expected: a total, a further one
-- of the same unit, and in long data one that cannot be told whose it is, for
-- the unit has other rows.
local function mark_repeats(records, is_long)
  local seen = {}
  for _, err in ipairs(records) do
    local key = err.path and table.concat(err.path, "\0")
    err.is_repeat = err.is_total or key and seen[key]
      or not key and is_long or nil
    if key and not err.is_total then seen[key] = true end
  end
  return records
end

--- One error for each record that is kept out, in the order of the file.
---@param job table see readers/csv.lua
---@return urna.Error[] with `path` where the unit is known, and `is_repeat`
--- where the record adds no unit to those expected
function refusals.by_record(job)
  sort(job.items)
  locate.columns(job, job.items)
  local records = by_row(job.items)
  own_lines(job, job.items)
  for i, items in ipairs(records) do records[i] = one_error(items) end
  return mark_repeats(records, job.is_long)
end

return refusals
