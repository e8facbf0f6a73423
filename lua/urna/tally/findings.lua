local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local places = require "urna.places"

--- What a tally has found beside its sums: checks that fail, records that
--- stand twice, names that look alike, and names that were asked for in vain.
local findings = {}

local function beyond(job, check, count)
  return nil, errors.new("beyond_exact", { file = job.file, text = check,
    message = ("a side of %q does not fit 64 bits in %d records"):format(
      check, count) })
end

local function record_of(job, record)
  return { key = table.concat(record.keys, "/"), keys = record.keys,
    file = job.parts[record.source].file, line = record.line,
    left = record.left, right = record.right }
end

--- Each check with how many records fail it, in how many it cannot be told,
--- and the first records that fail, both sides computed.
---@param job table with checks, parts and core
---@return table[]? checks { check, failed, unknown, records }
---@return urna.Error? err "beyond_exact"
function findings.checks(job)
  local found = {}
  for i, check in ipairs(job.core:checks()) do
    local text = job.checks[i].text
    if check.beyond > 0 then return beyond(job, text, check.beyond) end
    local records = {}
    for k, record in ipairs(check.records) do
      records[k] = record_of(job, record)
    end
    found[i] = { check = text, failed = check.failed,
      unknown = check.unknown, records = records }
  end
  return found
end

-- Offsets of each file that can be read again as lines, all at once.
local function lines_of(job, items)
  local offsets, lines = {}, {}
  for _, item in ipairs(items) do
    for _, end_ in ipairs { "", "first_" } do
      local source, place = item[end_ .. "source"], item[end_ .. "place"]
      offsets[source] = offsets[source] or {}
      table.insert(offsets[source], place)
    end
  end
  for source, list in pairs(offsets) do
    local part = job.parts[source]
    local found, fault = list, nil
    if part.tape:is_seekable() then
      found, fault = native.tape_lines(part.tape, list)
    end
    if not found then return nil, faults.error(fault, part.file) end
    lines[source] = {}
    for i, place in ipairs(list) do lines[source][place] = found[i] end
  end
  return lines
end

--- Records whose unit stands in an earlier record too.
---@param job table with parts and core
---@return table? duplicates { count, items = { { key, keys, file, line,
--- first_file, first_line } } }
---@return urna.Error? err a file cannot be read again
function findings.duplicates(job)
  local count, list = job.core:duplicates()
  local lines, err = lines_of(job, list)
  if not lines then return nil, err end
  local items = {}
  for i, item in ipairs(list) do
    items[i] = { key = table.concat(item.keys, "/"), keys = item.keys,
      file = job.parts[item.source].file,
      line = lines[item.source][item.place],
      first_file = job.parts[item.first_source].file,
      first_line = lines[item.first_source][item.first_place] }
  end
  return { count = count, items = items }
end

--- Names of key columns that look alike and are counted apart.
---@param by string[] the columns
---@param names_of fun(i: integer): string[] the different names in one of them
---@return table[] { column, names }
function findings.lookalikes(by, names_of)
  local found = {}
  for i, column in ipairs(by) do
    for _, names in ipairs(native.lookalikes(names_of(i))) do
      found[#found + 1] = { column = column, names = names }
    end
  end
  return found
end

local function nearest(value, names)
  for _, name in ipairs(names) do
    if places.fold(name) == places.fold(value) then return name end
  end
  return errors.nearest(value, names)
end

--- Names of `where` that no record has, each with the nearest that one has,
--- in any script.
---@param job table with where_columns, where and core
---@return table[] { column, value, nearest }
function findings.unmatched(job)
  local found = {}
  for _, where in ipairs(job.where_columns) do
    local names = job.core:names(where.column)
    local has = {}
    for _, name in ipairs(names) do has[name] = true end
    for _, value in ipairs(job.where[where.column]) do
      if not has[value] then
        found[#found + 1] = { column = where.name, value = value,
          nearest = nearest(value, names) }
      end
    end
  end
  return found
end

return findings
