local contests = require "urna.contest"
local errors = require "urna.errors"

--- Which column of a file holds what, from its headings and the contest: the
--- plan that the scanner works by.
local columns = {}

local function refuse(job, code, items, message)
  return nil, errors.gather(code, items, { file = job.file, line = 1,
    field = items[1].field, column = items[1].column, text = items[1].text,
    message = message })
end

local function at(job, code, i, message)
  local heading = job.headings[i]
  return errors.new(code, { file = job.file, line = 1,
    column = job.starts[i], text = heading, message = message,
    field = heading ~= "" and heading or ("column %d"):format(i) })
end

local function find_repeated(job)
  local first, items = {}, {}
  for i, heading in ipairs(job.headings) do
    if first[heading] then
      items[#items + 1] = at(job, "repeated_heading", i,
        (heading == "" and "this column has no heading, nor has column %d"
          or "this heading stands in column %d too"):format(first[heading]))
    end
    first[heading] = first[heading] or i
  end
  return first, items
end

local function sorted_names(map)
  local names = {}
  for name in pairs(map or {}) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- Headings of counts that are neither a field nor a list: parts of one, what
-- its page says, voters by the hour.
local function other_headings(contest)
  local headings = {}
  for _, name in ipairs(sorted_names(contest.parts)) do
    for _, heading in ipairs(contest.parts[name]) do
      headings[#headings + 1] = heading
    end
  end
  for _, list in ipairs(contest.lists or {}) do
    headings[#headings + 1] = list.page_column
  end
  for _, hour in ipairs(contest.hours or {}) do
    headings[#headings + 1] = hour.column
  end
  return headings
end

-- Everything the contest names, as { heading, kind, put, is_field, is_label },
-- in a fixed order.
local function wanted(job, plan)
  local list = {}
  local function want(heading, kind, put, more)
    local one = more or {}
    one.heading, one.kind, one.put = heading, kind, put
    list[#list + 1] = one
  end
  for i, key in ipairs(job.contest.keys or {}) do
    want(key, "text", function(column) plan.keys[i] = column end)
  end
  local named = job.contest.columns or {}
  for _, names in ipairs { contests.FIELDS, contests.MARKS } do
    for _, field in ipairs(names) do
      if named[field] then
        want(named[field], "count",
          function(column) plan.fields[field] = column end,
          { is_field = true })
      end
    end
  end
  for _, heading in ipairs(other_headings(job.contest)) do
    want(heading, "count",
      function(column) plan.others[heading] = column end, { is_field = true })
  end
  if named.list then
    want(named.list, "text", function(column) plan.list = column end)
    want(named.votes, "count", function(column) plan.votes_column = column end)
  else
    for i, item in ipairs(job.contest.lists or {}) do
      want(item.column or item.key, "count",
        function(column) plan.votes[i] = column end)
    end
  end
  for _, label in ipairs(contests.LABELS) do
    if named[label] then
      want(named[label], "text",
        function(column) plan.labels[label] = column end, { is_label = true })
    end
  end
  return list
end

local function missing(job, heading)
  local near = errors.nearest(heading, job.headings)
  return errors.new("missing_heading", { file = job.file, line = 1,
    field = heading, text = heading, message =
      ("the contest names this column, the file has none such%s"):format(
        near and ("; did you mean %q?"):format(near) or "") })
end

-- One column may be two fields, where a source makes no difference between
-- them, and a key may be a label too; it cannot be a list's votes and anything
-- else.
local function is_taken(taken, column, want)
  local before = taken[column]
  taken[column] = want
  return before and not (before.is_field and want.is_field)
    and not (want.is_label and before.kind == "text")
end

local function assign(job, first, plan)
  local items, taken = {}, {}
  for _, want in ipairs(wanted(job, plan)) do
    local column = first[want.heading]
    if column and is_taken(taken, column, want) then
      items[#items + 1] = at(job, "column_used_twice", column,
        "the contest uses this column for two things")
    elseif column then
      plan.kinds[column] = want.kind
      want.put(column)
    else
      items[#items + 1] = missing(job, want.heading)
    end
  end
  return items
end

-- A heading that nobody mentions may be a list whose votes would be lost: it
-- is refused, unless a profile was asked to name such columns.
local function find_unknown(job, plan)
  local ignored, items = {}, {}
  for _, heading in ipairs(job.contest.ignored_columns or {}) do
    ignored[heading] = true
  end
  for i, heading in ipairs(job.headings) do
    if not plan.kinds[i] and not ignored[heading] and not job.unmapped then
      items[#items + 1] = at(job, "unknown_heading", i, heading == ""
        and "this column has no heading; give it one, or remove it"
        or "the contest does not say what this column is; name it in keys, "
        .. "columns, lists or ignored_columns")
    end
    plan.kinds[i] = plan.kinds[i] or "skip"
  end
  return items
end

local function no_lists(job)
  return nil, errors.new("bad_contest", { file = job.file, message =
    "the contest names no lists and no column of lists" })
end

--- Plan the scan: sets job.plan = { kinds, keys, fields, votes, others,
--- labels, list, votes_column }, and job.key_cells, the file's columns of the
--- keys.
---@param job table see readers/csv.lua
---@return table? job
---@return urna.Error? err "repeated_heading", "missing_heading",
--- "column_used_twice" or "unknown_heading", all of them in its items
function columns.plan(job)
  local named = job.contest.columns or {}
  if not job.contest.lists and not named.list then return no_lists(job) end
  if named.list and not named.votes then
    return nil, errors.new("bad_contest", { file = job.file, message =
      "columns.list needs columns.votes beside it" })
  end
  local first, items = find_repeated(job)
  if #items > 0 then
    return refuse(job, "repeated_heading", items, "headings repeat")
  end
  local plan = { kinds = {}, keys = {}, fields = {}, votes = {},
    others = {}, labels = {} }
  items = assign(job, first, plan)
  if #items > 0 then
    return refuse(job, items[1].code, items,
      "the contest and the headings do not fit")
  end
  items = find_unknown(job, plan)
  if #items > 0 then
    return refuse(job, "unknown_heading", items, "headings are unknown")
  end
  job.plan, job.key_cells = plan, plan.keys
  return job
end

--- The key path of a bad row from its text cells; nil where it has none.
---@param plan table
---@param cells string[]? text cells in the order of their columns
---@return string[]?
function columns.path(plan, cells)
  if not cells or #plan.keys == 0 then return nil end
  local number, order = {}, 0
  for i, kind in ipairs(plan.kinds) do
    if kind == "text" then
      order = order + 1
      number[i] = order
    end
  end
  local path = {}
  for i, column in ipairs(plan.keys) do path[i] = cells[number[column]] end
  return path
end

return columns
