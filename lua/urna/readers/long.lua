local contests = require "urna.contest"
local errors = require "urna.errors"

--- Long records, a row for each unit and list, turned into a row for each
--- unit. A list that a unit has no row for is not reported there.
local long = {}

local function item(job, code, line, field, text, message)
  job.bad_count = job.bad_count + 1
  job.items[#job.items + 1] = errors.new(code, { file = job.file, line = line,
    field = field, text = text, message = message })
end

-- Lists by what their column may say: heading, key or name.
local function index(lists)
  local number = {}
  for _, label in ipairs { "name", "key", "column" } do
    for i, list in ipairs(lists) do
      if list[label] then number[list[label]] = i end
    end
  end
  return number
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
  local number, numbers, keys = index(job.contest.lists), {}, {}
  for i, list in ipairs(job.contest.lists) do keys[i] = list.key end
  for row, text in ipairs(texts) do
    numbers[row] = number[text] or 0
    if not number[text] then
      local near = errors.nearest(text, keys)
      item(job, "unknown_list", job.table:line(row),
        job.contest.columns.list, text, ("no list of the contest is called "
        .. "%q%s"):format(text,
        near and ("; did you mean %q?"):format(near) or ""))
    end
  end
  return numbers
end

local function unit_numbers(job)
  local keys, numbers, count, parts = {}, {}, 0, {}
  for i, column in ipairs(job.plan.keys) do
    parts[i] = job.table:texts(column)
  end
  local known = {}
  for row = 1, job.table:rows() do
    for i = 1, #parts do keys[i] = parts[i][row] end
    local key = table.concat(keys, "\0") -- no key holds this byte
    if not known[key] then
      count = count + 1
      known[key] = count
    end
    numbers[row] = known[key]
  end
  return numbers, count
end

local REASONS = {
  repeated_list = "this list stands on line %d for the same unit",
  conflicting_field = "another row of the same unit, on line %d, says "
    .. "something else",
}

local function note_faults(job, faults, field_columns)
  for _, fault in ipairs(faults) do
    local field = fault.list and job.contest.lists[fault.list].key
      or fault.index and job.headings[fault.index]
      or field_columns and job.contest.columns.votes
    item(job, fault.code, fault.line, field, nil,
      REASONS[fault.code]:format(fault.first_line))
  end
end

local function field_list(plan)
  local names, numbers = {}, {}
  for _, name in ipairs(contests.FIELDS) do
    if plan.fields[name] then
      names[#names + 1] = name
      numbers[#numbers + 1] = plan.fields[name]
    end
  end
  return names, numbers
end

-- The plan of the pivoted table: keys, then fields, then lists.
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
  local wide, faults = job.table:pivot { keys = job.plan.keys,
    list = job.plan.list, votes = job.plan.votes_column, fields = fields,
    units = units, lists = lists, unit_count = unit_count,
    list_count = #job.contest.lists }
  note_faults(job, faults)
  job.table = wide
  job.plan = new_plan(job.plan, names, #job.contest.lists)
  return job
end

return long
