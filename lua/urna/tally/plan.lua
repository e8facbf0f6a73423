local compat = require "urna.compat"
local errors = require "urna.errors"
local expression = require "urna.expression"
local places = require "urna.places"

--- Which column of a file plays which part in a tally.
---@class urna.TallyPlan
---@field roles string[] by column: "skip", "key", "filter" or "sum"
---@field by string[] key columns as they were asked for
---@field sums string[] summed columns as they were asked for
---@field by_columns integer[] their numbers
---@field sum_columns integer[] their numbers
---@field where table<integer, string[]> names let through, by column
---@field where_names table<string, string[]> the same by name
---@field checks table[]? { text, program } in the order asked for
---@field units integer[] columns that name a record, for what is found in it
local plan = {}

local VOTES = { "votes", "glasova", "glasovi", "broj glasova" }

-- The votes column: the contest's, or the one that is called so.
local function votes_column(contest, headings)
  local named = contest.columns and contest.columns.votes
  if named then return named end
  for _, name in ipairs(VOTES) do
    for _, heading in ipairs(headings) do
      if places.fold(heading) == name then return heading end
    end
  end
end

local function as_list(value)
  if value == nil then return {} end
  return type(value) == "table" and value or { value }
end

local function unknown_column(job, name)
  local near = errors.nearest(name, job.headings)
  return nil, errors.new("missing_heading", { file = job.file, line = 1,
    field = name, text = name, message =
      ("the file has no such column; it has %s%s"):format(
        table.concat(job.headings, ", "),
        near and (": did you mean %q?"):format(near) or "") })
end

--- The number of a column by its heading; standard fields go by the
--- contest's headings.
---@param job table { contest, headings, file, number }
---@param name string
---@return integer?
---@return urna.Error? err "missing_heading"
function plan.column(job, name)
  local columns = job.contest.columns
  local column = job.number[columns and columns[name] or name]
  if column then return column end
  return unknown_column(job, name)
end

-- Give columns their role; a name given twice is one column.
local function assign(job, names, role)
  local columns = {}
  for _, name in ipairs(names) do
    local column, err = plan.column(job, name)
    if not column then return nil, err end
    local before = job.roles[column]
    if before == "skip" then
      job.roles[column] = role
    elseif before == "sum" or role == "sum" then
      error(("column %q is both %s and %s"):format(name, before, role), 5)
    end
    columns[#columns + 1] = column
  end
  return columns
end

local function number_headings(job)
  job.number, job.roles = {}, {}
  for i, heading in ipairs(job.headings) do
    if job.number[heading] then
      return nil, errors.new("repeated_heading", { file = job.file, line = 1,
        field = heading, text = heading,
        message = ("this heading stands in columns %d and %d"):format(
          job.number[heading], i) })
    end
    job.number[heading], job.roles[i] = i, "skip"
  end
  return job
end

local function add_where(job, where)
  job.where, job.where_names, job.where_columns = {}, {}, {}
  local names = compat.keys(where or {})
  local columns, err = assign(job, names, "filter")
  if not columns then return nil, err end
  for i, name in ipairs(names) do
    job.where[columns[i]] = as_list(where[name])
    job.where_columns[i] = { name = name, column = columns[i] }
    job.where_names[name] = as_list(where[name])
  end
  return job
end

local function no_votes(job)
  return nil, errors.new("no_votes_column", { file = job.file, message =
    "no column is called votes; say sum = \"...\" (or --sum)" })
end

-- The columns to be summed: those asked for, else the votes; nothing if the
-- records are only to be counted or checked.
local function find_sums(job, options)
  if options.sum ~= nil then return as_list(options.sum) end
  local votes = votes_column(job.contest, job.headings)
  if votes then return { votes } end
  if options.count or options.check then return {} end
  return no_votes(job)
end

-- Columns are checked as sums are: their position among all of those.
local function checked_column(job, name)
  local column, err = plan.column(job, name)
  if not column then return nil, err end
  if job.roles[column] == "skip" then job.roles[column] = "sum" end
  if job.roles[column] ~= "sum" then
    error(("column %q is both a key and checked"):format(name), 5)
  end
  return column
end

-- Without a contest the lists are the columns that are numbered through: a
-- word and 1, 2, 3 ... up to their number, if there is but one such word.
local function numbered_columns(job)
  local families, found = {}, nil
  for _, heading in ipairs(job.headings) do
    local word, number = heading:match("^(%a[%a_ ]-)[_ ]?(%d+)$")
    local family = word and families[word] or { count = 0 }
    if word and tonumber(number) == family.count + 1 then
      family.count = family.count + 1
      family[family.count], families[word] = heading, family
      if family.count == 2 then
        if found then return nil end
        found = word
      end
    end
  end
  return found and families[found]
end

local function no_lists(job, text)
  return nil, errors.new("no_lists", { file = job.file, text = text,
    message = "which columns are lists is not known; a contest says it "
      .. "(contest = ..., or --contest)" })
end

local function list_columns(job, text)
  local names = {}
  for i, list in ipairs(job.contest.lists or {}) do
    names[i] = list.column or list.key
  end
  if #names == 0 then names = numbered_columns(job) end
  if names then return names end
  return no_lists(job, text)
end

-- Every field that a check needs has a part before any is numbered.
local function compile_check(job, text)
  local compiled, err = expression.compile(text)
  if not compiled then return nil, err end
  local columns = {}
  for _, name in ipairs(compiled.names) do
    local names = { name }
    if name == expression.LISTS then
      names, err = list_columns(job, text)
      if not names then return nil, err end
      compiled.lists = {}
    end
    for i, one in ipairs(names) do
      columns[one], err = checked_column(job, one)
      if not columns[one] then return nil, err end
      if name == expression.LISTS then compiled.lists[i] = columns[one] end
    end
  end
  compiled.columns = columns
  return compiled
end

-- The place of a column among all that are counts.
local function count_places(job)
  local place, count = {}, 0
  for column, role in ipairs(job.roles) do
    if role == "sum" then
      count = count + 1
      place[column] = count
    end
  end
  return place
end

local function program_of(check, place)
  local index, lists = {}, check.lists and {}
  for name, column in pairs(check.columns) do index[name] = place[column] end
  for i, column in ipairs(check.lists or {}) do lists[i] = place[column] end
  return expression.program(check, index, lists)
end

local function add_checks(job, checks)
  local compiled = {}
  for i, text in ipairs(as_list(checks)) do
    local check, err = compile_check(job, text)
    if not check then return nil, err end
    compiled[i] = check
  end
  local place = count_places(job)
  job.checks, job.programs = #compiled > 0 and compiled or nil, {}
  for i, check in ipairs(compiled) do
    local program, err = program_of(check, place)
    if not program then return nil, err end
    job.programs[i] = program
  end
  return job
end

-- What tells a record from others: the unit columns, else the contest's keys
-- or those of the groups, which then only name it.
local function add_units(job, options)
  local names = as_list(options.unit)
  job.finds_duplicates = #names > 0
  if #names == 0 then names = job.contest.keys or job.by end
  job.units = {}
  for _, name in ipairs(names) do
    local column, err = plan.column(job, name)
    if not column and options.unit then return nil, err end
    job.units[#job.units + 1] = column
  end
  return job
end

--- Give every column its part: fills the job, which has contest, headings and
--- file.
--- Fails: raises for a column that is asked for in two parts.
---@param job table
---@param options table
---@return urna.TallyPlan?
---@return urna.Error? err "missing_heading", "repeated_heading",
--- "no_votes_column", "bad_expression", "no_lists"
function plan.make(job, options)
  local done, err = number_headings(job)
  if not done then return nil, err end
  job.sums, err = find_sums(job, options)
  if not job.sums then return nil, err end
  job.by = as_list(options.by)
  job.by_columns, err = assign(job, job.by, "key")
  if not job.by_columns then return nil, err end
  job.sum_columns, err = assign(job, job.sums, "sum")
  if not job.sum_columns then return nil, err end
  done, err = add_where(job, options.where)
  if done then done, err = add_checks(job, options.check) end
  if done then done, err = add_units(job, options) end
  return done, err
end

return plan
