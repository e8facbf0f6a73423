local contests = require "urna.contest"
local errors = require "urna.errors"
local rows = require "urna.readers.rows"
local sources = require "urna.readers.sources"

--- Long records, a row for each unit and list, turned into a row for each
--- unit. A list that a unit has no row for is not reported there.
local long = {}

-- A fault of one row, in the cell of that number.
local function add(job, code, row, about)
  about.row_line = job.table:line(row)
  about.file, about.line = job.place(about.row_line)
  about.field = job.headings[about.cell]
  about.path = rows.path(job, row)
  job.bad_count = job.bad_count + 1
  job.items[#job.items + 1] = errors.new(code, about)
end

local function learn(texts)
  local lists, seen = {}, {}
  for _, text in ipairs(texts) do
    if not seen[text] then
      seen[text] = true
      lists[#lists + 1] = { key = text }
    end
  end
  return lists
end

local function list_numbers(job, texts)
  local number, numbers, keys = contests.by_label(job.contest.lists), {}, {}
  for i, list in ipairs(job.contest.lists) do keys[i] = list.key end
  for row, text in ipairs(texts) do
    numbers[row] = number[text] or 0
    if not number[text] then
      local near = errors.nearest(text, keys)
      add(job, "unknown_list", row, { cell = job.plan.list, text = text,
        message = ("no list of the contest is called %q%s"):format(text,
          near and ("; did you mean %q?"):format(near) or "") })
    end
  end
  return numbers
end

local function unit_numbers(job)
  local numbers, count, known = {}, 0, {}
  for row = 1, job.table:rows() do
    local key = table.concat(rows.path(job, row), "\0") -- in no key
    if not known[key] then
      count = count + 1
      known[key] = count
    end
    numbers[row] = known[key]
  end
  return numbers, count
end

local REASONS = {
  repeated_list = "this list stands on %s for the same unit",
  conflicting_field = "another row of the same unit, on %s, says "
    .. "something else",
}

local function rows_by_line(job)
  local found = {}
  for row = 1, job.table:rows() do found[job.table:line(row)] = row end
  return found
end

local function note_faults(job, faults)
  local row_at = #faults > 0 and rows_by_line(job)
  for _, fault in ipairs(faults) do
    add(job, fault.code, row_at[fault.line], {
      cell = fault.index or job.plan.list,
      text = fault.list and job.contest.lists[fault.list].key or fault.text,
      message = REASONS[fault.code]:format(
        sources.line_text(job, fault.first_line, fault.line)) })
  end
end

local function field_list(plan)
  local names, numbers = {}, {}
  for _, known in ipairs { contests.FIELDS, contests.MARKS } do
    for _, name in ipairs(known) do
      if plan.fields[name] then
        names[#names + 1] = name
        numbers[#numbers + 1] = plan.fields[name]
      end
    end
  end
  return names, numbers
end

-- The plan of the pivoted table: keys, then fields, then lists. Labels, and
-- counts that are no field, are not kept: a unit's rows need not agree on them.
local function new_plan(plan, names, list_count)
  local found = { kinds = {}, keys = {}, fields = {}, votes = {} }
  for i = 1, #plan.keys do found.keys[i] = i end
  for i, name in ipairs(names) do found.fields[name] = #plan.keys + i end
  for i = 1, list_count do found.votes[i] = #plan.keys + #names + i end
  return found
end

local function with_lists(job, texts)
  if job.contest.lists then return end
  local contest = {}
  for key, value in pairs(job.contest) do contest[key] = value end
  contest.lists = learn(texts)
  job.contest = contest
end

--- Turn a long table into a wide one; leaves a wide one as it is.
---@param job table see readers/csv.lua
---@return table? job
---@return urna.Error? err "bad_contest" if units cannot be told apart
function long.pivot(job)
  if not job.plan.list then return job end
  if #job.plan.keys == 0 then
    return nil, errors.new("bad_contest", { file = job.file, message =
      "long records need keys: the columns that tell a unit" })
  end
  local texts = job.table:texts(job.plan.list)
  with_lists(job, texts)
  local lists = list_numbers(job, texts)
  local units, unit_count = unit_numbers(job)
  local names, fields = field_list(job.plan)
  local wide, faults, count = job.table:pivot { limit = job.limit,
    keys = job.plan.keys, list = job.plan.list,
    votes = job.plan.votes_column, fields = fields, units = units,
    lists = lists, unit_count = unit_count,
    list_count = #job.contest.lists }
  note_faults(job, faults)
  job.bad_count = job.bad_count + count - #faults
  job.table, job.keys, job.is_long = wide, nil, true
  job.plan = new_plan(job.plan, names, #job.contest.lists)
  return job
end

return long
