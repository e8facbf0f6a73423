local compat = require "urna.compat"
local errors = require "urna.errors"
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
  job.where, job.where_names = {}, {}
  local names = compat.keys(where or {})
  local columns, err = assign(job, names, "filter")
  if not columns then return nil, err end
  for i, name in ipairs(names) do
    job.where[columns[i]] = as_list(where[name])
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

--- Give every column its part: fills the job, which has contest, headings and
--- file.
--- Fails: raises for a column that is asked for in two parts.
---@param job table
---@param options table
---@return urna.TallyPlan?
---@return urna.Error? err "missing_heading", "repeated_heading",
--- "no_votes_column"
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
  return add_where(job, options.where)
end

return plan
