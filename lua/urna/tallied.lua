local compat = require "urna.compat"
local contests = require "urna.contest"
local errors = require "urna.errors"
local native = require "urna.native"
local results = require "urna.results"
local rows = require "urna.readers.rows"

--- Results of a tally: its groups are the units, its sums their votes, so that
--- seats can be given on them as on records that were read. Each stage takes
--- and fills a job: { tally, options, contest, unit, list, votes, ... }.
local tallied = {}

local OPTIONS = { "contest", "list", "total_rows", "unit", "votes" }
local TYPES = { contest = "string or table", list = "string",
  total_rows = "string", unit = "string or table", votes = "string" }
local TOTAL_ROWS = { keep = true, refuse = true, verify = true }

local function number_in(names, name)
  for i, known in ipairs(names) do
    if known == name then return i end
  end
end

-- A merged tally has no file of its own, but what it was made of.
local function file_of(tally)
  local sources = tally.sources or {}
  return tally.file or #sources == 1 and sources[1].file
    or ("%d files"):format(#sources)
end

local function fault(job, code, about)
  about.file = job.file
  return nil, errors.new(code, about)
end

-- Where a column stands among the keys of the tally; raises.
local function key_number(job, name)
  local number = number_in(job.tally.by, name)
  if number then return number end
  local near = errors.nearest(tostring(name), job.tally.by)
  error(("the tally is not by %q%s"):format(tostring(name),
    near and (": did you mean %q?"):format(near) or ""), 5)
end

-- The unit's columns; those of the tally but the list's, if not said.
local function unit_names(job)
  local unit = job.options.unit
  if unit then return type(unit) == "table" and unit or { unit } end
  local names = {}
  for _, name in ipairs(job.tally.by) do
    if name ~= job.list_name then names[#names + 1] = name end
  end
  return names
end

-- Every key of the tally must be one of the unit's or the list's: else a list
-- would have several sums in one unit.
local function plan_keys(job)
  local used = {}
  local named = (job.contest.columns or {}).list
  job.list_name = job.options.list
    or number_in(job.tally.by, named) and named or nil
  job.list = job.list_name and key_number(job, job.list_name)
  job.unit_names, job.unit = unit_names(job), {}
  if job.list then used[job.list] = true end
  for i, name in ipairs(job.unit_names) do
    job.unit[i] = key_number(job, name)
    if used[job.unit[i]] then error(("%q is named twice"):format(name), 4) end
    used[job.unit[i]] = true
  end
  if #job.unit == 0 then error("results need a unit: its key columns", 4) end
  for i, name in ipairs(job.tally.by) do
    if not used[i] then
      error(("the tally is by %q too: tally by the columns of the unit and of "
        .. "the list alone"):format(name), 4)
    end
  end
end

-- Sums that are standard fields: by their own name, or by the contest's.
local function plan_fields(job)
  job.fields, job.is_field = {}, {}
  for _, field in ipairs(contests.FIELDS) do
    local named = (job.contest.columns or {})[field]
    local sum = number_in(job.tally.sums, named) and named
      or number_in(job.tally.sums, field) and field
    if sum then
      job.fields[#job.fields + 1] = { name = field, sum = sum }
      job.is_field[sum] = true
    end
  end
end

local function sums_but_fields(job)
  local names = {}
  for _, name in ipairs(job.tally.sums) do
    if not job.is_field[name] then names[#names + 1] = name end
  end
  return names
end

-- The sum that is the votes of a list, where lists are in a column.
local function plan_votes(job)
  local sums, named = job.tally.sums, (job.contest.columns or {}).votes
  local votes = job.options.votes
  if votes and not number_in(sums, votes) then
    error(("the tally has no sum %q"):format(votes), 4)
  end
  local rest = sums_but_fields(job)
  job.votes = votes or number_in(sums, named) and named
    or #rest == 1 and rest[1]
  if not job.votes then
    error("which sum is the votes is not known: say votes = \"...\"", 4)
  end
end

local function names_met(job)
  local seen, lists = {}, {}
  for _, group in ipairs(job.tally.groups) do
    seen[group.keys[job.list]] = true
  end
  for i, name in ipairs(compat.keys(seen)) do lists[i] = { key = name } end
  return lists
end

local function unknown_list(job, text)
  local near = errors.nearest(text, compat.keys(contests.by_label(job.lists)))
  return fault(job, "unknown_list", { field = job.list_name or text,
    text = text, message = ("no list of the contest is called %q%s"):format(
      text, near and ("; did you mean %q?"):format(near) or "") })
end

local function sum_of_list(job, list)
  return number_in(job.tally.sums, list.column) and list.column
    or number_in(job.tally.sums, list.key) and list.key
end

local function missing_sum(job, list)
  local name = list.column or list.key
  local near = errors.nearest(name, job.tally.sums)
  return fault(job, "missing_heading", { field = name, text = name, message =
    ("the contest names this list, the tally has no such sum%s"):format(
      near and ("; did you mean %q?"):format(near) or "") })
end

-- Lists in columns: a sum for each list, and no sum that is nothing.
local function plan_columns(job)
  local is_list = {}
  for i, list in ipairs(job.lists) do
    job.columns[i] = sum_of_list(job, list)
    if not job.columns[i] then return missing_sum(job, list) end
    is_list[job.columns[i]] = true
  end
  for _, name in ipairs(sums_but_fields(job)) do
    local is_ignored = number_in(job.contest.ignored_columns or {}, name)
    if not is_list[name] and not is_ignored then
      return unknown_list(job, name)
    end
  end
  return job
end

local function sums_as_lists(job)
  local lists = {}
  for i, name in ipairs(sums_but_fields(job)) do lists[i] = { key = name } end
  return lists
end

local function plan(job)
  plan_keys(job)
  plan_fields(job)
  job.lists, job.columns = job.contest.lists, {}
  if job.list then
    job.lists = job.lists or names_met(job)
    plan_votes(job)
    return job
  end
  job.lists = job.lists or sums_as_lists(job)
  return plan_columns(job)
end

-- A group's sum; nil where a record of it does not report: what is added up
-- of the others is less than the unit's.
local function sum_at(job, group, name)
  if group.beyond[name] then
    return fault(job, "beyond_exact", { field = name, text = group.beyond[name],
      message = ("the sum of %q is beyond 2^53 - 1, which cannot be a number "
        .. "in every Lua"):format(group.key) })
  end
  if (group.missing[name] or 0) > 0 then return nil end
  return group.fields[name]
end

local function unit_at(job, group)
  local path = {}
  for i, number in ipairs(job.unit) do path[i] = group.keys[number] end
  local key = table.concat(path, "\0") -- in no key
  local unit = job.by_key[key]
  if not unit then
    unit = { path = path, fields = {}, votes = {}, told = {} }
    job.by_key[key], job.units[#job.units + 1] = unit, unit
  end
  return unit
end

-- A field is the unit's, and said again with each of its lists.
local function take_fields(job, unit, group)
  for i, field in ipairs(job.fields) do
    local sum, err = sum_at(job, group, field.sum)
    if err then return nil, err end
    local before = unit.fields[i]
    if before and sum and before ~= sum then
      return fault(job, "conflicting_field", { field = field.sum,
        text = ("%d"):format(sum), message = ("of %q this is %d with one list "
          .. "and %d with another"):format(table.concat(unit.path, "/"),
          before, sum) })
    end
    unit.fields[i] = before or sum
  end
  return job
end

local function put(job, unit, list, sum_name, group)
  local sum, err = sum_at(job, group, sum_name)
  if err then return nil, err end
  unit.votes[list] = sum
  return job
end

local function take_list(job, unit, group)
  local text = group.keys[job.list]
  local list = job.number[text]
  if not list then return unknown_list(job, text) end
  if unit.told[list] then
    return fault(job, "repeated_list", { field = job.list_name, text = text,
      message = ("list %s has two sums in %q: as %q too"):format(
        job.lists[list].key, table.concat(unit.path, "/"), unit.told[list]) })
  end
  unit.told[list] = text
  return put(job, unit, list, job.votes, group)
end

local function take_group(job, group)
  local unit = unit_at(job, group)
  local done, err = take_fields(job, unit, group)
  if not done then return nil, err end
  if job.list then return take_list(job, unit, group) end
  for list, sum_name in ipairs(job.columns) do
    done, err = put(job, unit, list, sum_name, group)
    if not done then return nil, err end
  end
  return job
end

local function take_groups(job)
  job.units, job.by_key, job.number = {}, {}, contests.by_label(job.lists)
  for _, group in ipairs(job.tally.groups) do
    local done, err = take_group(job, group)
    if not done then return nil, err end
  end
  if #job.units > 0 then return job end
  return fault(job, "no_records",
    { message = "the tally has no groups: nothing was counted" })
end

-- The columns of the core's table: keys, fields, lists.
local function add_columns(job, kind, count, what)
  local first = #job.kinds
  for i = 1, count do
    local values = {}
    for row, unit in ipairs(job.units) do values[row] = unit[what][i] end
    job.kinds[first + i], job.values[first + i] = kind, values
  end
end

local function build(job)
  job.kinds, job.values = {}, {}
  add_columns(job, "text", #job.unit, "path")
  add_columns(job, "count", #job.fields, "fields")
  add_columns(job, "count", #job.lists, "votes")
  job.table = native.columns(#job.units,
    { kinds = job.kinds, values = job.values })
  local found = { keys = {}, fields = {}, votes = {} }
  for i = 1, #job.unit do found.keys[i] = i end
  for i, field in ipairs(job.fields) do
    found.fields[field.name] = #job.unit + i
  end
  for i = 1, #job.lists do
    found.votes[i] = #job.unit + #job.fields + i
  end
  job.plan, job.key_cells = found, found.keys
  return job
end

local function is_same(a, b)
  if #a ~= #b then return false end
  for i, name in ipairs(a) do
    if name ~= b[i] then return false end
  end
  return true
end

-- The contest of these units, which may be wider than those that it is of:
-- then it is not known how many there should be.
local function narrow(job)
  local contest = {}
  for key, value in pairs(job.contest) do contest[key] = value end
  if not is_same(contest.keys or {}, job.unit_names) then
    contest.units_expected = nil
  end
  job.expected = job.contest.units_expected
  contest.keys, contest.lists = job.unit_names, job.lists
  job.contest = contest
  return job
end

-- Rows of sums among the groups, as among records: see readers/rows.lua. A
-- group has no line.
local function set_totals_aside(job)
  job.items, job.bad_count = {}, 0
  job.place = function() return job.file end
  rows.set_aside(job)
  if #job.items == 0 then return job end
  for _, item in ipairs(job.items) do item.row_line, item.cell = nil, nil end
  return nil, errors.gather(job.items[1].code, job.items,
    { file = job.file, field = job.items[1].field,
      text = job.items[1].text, message = "groups of the tally are refused" })
end

-- How many units of the contest there are in it: where lists are in columns a
-- record is one, else only units that are the contest's own can be told.
local function contest_units(job)
  if job.list then
    return job.contest.units_expected and #(job.rows or job.units)
  end
  local count = 0
  for i, group in ipairs(job.tally.groups) do
    if not job.gone[i] then count = count + group.records end
  end
  return count
end

local function is_partial(source)
  return source.from > source.first or source.reached < source.last
end

-- Whether the tally is of a part of the records only: a choice, a range of
-- bytes, less than the contest expects where units are wider than its own.
local function is_part(job)
  if next(job.tally.where or {}) then return true end
  for _, source in ipairs(job.tally.sources or {}) do
    if is_partial(source) then return true end
  end
  local count = contest_units(job)
  return not job.contest.units_expected and job.expected ~= nil
    and count ~= nil and count < job.expected
end

-- More units than the contest has: it is of another file.
local function check_expected(job)
  local count = contest_units(job)
  if not job.expected or not count or count <= job.expected then return job end
  return fault(job, "too_many_units", { field = "units_expected", message =
    ("the contest expects %d units, the tally is of %d"):format(job.expected,
      count) })
end

-- The input of an outcome is the tally; its mark is that of the CSV which
-- `urna tally` prints.
local function source_of(job)
  local text = job.tally:csv()
  return { file = "tally of " .. job.file, bytes = #text,
    sha256 = native.sha256(text) }
end

local STAGES = { take_groups, build, narrow, set_totals_aside,
  check_expected }

local function wrap(job)
  local found = results.new { table = job.table, contest = job.contest,
    columns = job.plan, bad = {}, unmapped = {}, rows = job.rows,
    place = job.place, source = source_of(job) }
  -- what is a part says so itself, as that of results:only does
  found.is_part = is_part(job) or nil
  return found
end

local function check_options(options)
  errors.check_options("results", options, OPTIONS, 3)
  errors.check_types("results", options, TYPES, 3)
  if options.total_rows and not TOTAL_ROWS[options.total_rows] then
    error("total_rows is \"refuse\", \"verify\" or \"keep\"", 3)
  end
end

--- Results of a tally. Lists stand in a column, of which the tally is by the
--- unit's columns and that one, or each has a sum of its own. They are the
--- contest's; without one the names in the column, in bytewise order, or the
--- sums that are no standard field, in theirs. A sum of which some record
--- reports nothing is not reported, nor is a list without a group in its unit.
--- A unit has no line, for it is the sum of many.
--- Fails: raises for an option of the wrong type, a column that the tally is
--- not by, and one of its keys that is neither the unit's nor the list's.
---@param tally urna.Tally
---@param options { contest: string|table?, unit: string|string[]?, list:
--- string?, votes: string?, total_rows: string? }? unit: the key columns, the
--- widest first; else those of the tally but the list's; list: the column of
--- lists, else the contest's columns.list if the tally is by it; votes: the sum
--- that is theirs, where there are several; total_rows as for urna.read
---@return urna.Results?
---@return urna.Error? err "unknown_list", "missing_heading", "beyond_exact",
--- "repeated_list", "conflicting_field", "total_row", "no_records",
--- "too_many_units", or of the contest
function tallied.from(tally, options)
  options = options or {}
  check_options(options)
  local contest, err = {}, nil
  if options.contest then contest, err = contests.load(options.contest) end
  if not contest then return nil, err end
  local job = { tally = tally, options = options, contest = contest,
    file = file_of(tally) }
  local done
  done, err = plan(job)
  if not done then return nil, err end
  for _, stage in ipairs(STAGES) do
    done, err = stage(job)
    if not done then return nil, err end
  end
  return wrap(job)
end

return tallied
