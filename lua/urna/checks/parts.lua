--- Checks of what a number is made of: a field by channel, a list's votes by
--- its candidates or on its page. The contest's `parts` say which columns add
--- up to a field (its channels) or to a list (its candidates).
local parts = {}

local function numbers_of(job, headings)
  local numbers = {}
  for i, heading in ipairs(headings) do numbers[i] = job:number(heading) end
  return #numbers == #headings and numbers or nil
end

-- What the contest says of the parts of lists, or of fields, in a fixed order:
-- { name, headings, whole, columns }, the last two as numbers.
local function groups_of(job, is_of_lists)
  local said, names, found, is_list = job.results.contest.parts or {}, {}, {},
    {}
  for _, list in ipairs(job.results.lists) do is_list[list.key] = true end
  for name in pairs(said) do
    if (is_list[name] or false) == is_of_lists then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local columns, whole = numbers_of(job, said[name]), job:number(name)
    if columns and whole then
      found[#found + 1] = { name = name, headings = said[name], whole = whole,
        columns = columns, is_list = is_of_lists }
    end
  end
  return found
end

local function name_of(group)
  return group.is_list and { list = group.name } or { field = group.name }
end

local function none()
  return { units = {}, missing = { "parts" } }
end

-- Run comparisons { left, right, note } as one answer, in the file's order.
local function compared(job, operator, rows)
  local hits, unknown = {}, 0
  for i, answer in ipairs(job:compare(operator, rows)) do
    unknown = math.max(unknown, answer.unknown)
    for k, unit in ipairs(answer.units) do
      hits[#hits + 1] = { unit = unit, test = i, left = answer.left[k],
        right = answer.right[k] }
    end
  end
  table.sort(hits, function(a, b)
    if a.unit ~= b.unit then return a.unit < b.unit end
    return a.test < b.test
  end)
  local found = { units = {}, left = {}, right = {}, notes = {},
    operator = operator, unknown = unknown, difference = 0 }
  for n, hit in ipairs(hits) do
    found.units[n], found.left[n] = hit.unit, hit.left
    found.right[n], found.notes[n] = hit.right, rows[hit.test].note
    found.difference = found.difference + math.abs(hit.left - hit.right)
  end
  return found
end

--- T06, T22: the parts of a list, or of a field, add up to it.
---@param job urna.checks.Job
---@param check table `of`: "lists" or "fields"
---@return table answer
function parts.sums(job, check)
  local groups, rows = groups_of(job, check.of == "lists"), {}
  if #groups == 0 then return none() end
  for i, group in ipairs(groups) do
    rows[i] = { left = { group.columns }, right = { { group.whole } },
      note = { form = "part_of", name = name_of(group) } }
  end
  return compared(job, "=", rows)
end

--- T07: what the page of a list says is what the summary says.
---@param job urna.checks.Job
---@return table answer
function parts.pages(job)
  local rows = {}
  for i, list in ipairs(job.results.lists) do
    local page = list.page_column and job:number(list.page_column)
    if page then
      rows[#rows + 1] = { left = { { page } }, right = { { job.lists[i] } },
        note = { form = "part_of", name = { list = list.key } } }
    end
  end
  if #rows == 0 then return { units = {}, missing = { "page_column" } } end
  return compared(job, "=", rows)
end

-- Votes of all candidates, or of the lists where a ballot has several.
local function all_votes(job)
  local columns = {}
  for _, group in ipairs(groups_of(job, true)) do
    for _, column in ipairs(group.columns) do columns[#columns + 1] = column end
  end
  return #columns > 0 and columns or job.lists
end

local function lacking(job, names)
  local missing = {}
  if not job.results.contest.votes_per_ballot then
    missing[1] = "votes_per_ballot"
  end
  for _, name in ipairs(names) do
    if not job:has(name) then missing[#missing + 1] = name end
  end
  return #missing > 0 and { units = {}, missing = missing } or nil
end

--- T16: the rows of all accounted ballots are votes or empty.
---@param job urna.checks.Job
---@return table answer
function parts.rows(job)
  local none_ = lacking(job, { "ballots_accounted", "blank_rows" })
  if none_ then return none_ end
  return compared(job, "=", { { left = { { job:number "ballots_accounted" },
    job.results.contest.votes_per_ballot, "*" },
    right = { all_votes(job), { job:number "blank_rows" }, "+" } } })
end

--- T19: no more votes than the ballots allow.
---@param job urna.checks.Job
---@return table answer
function parts.allowed(job)
  local none_ = lacking(job, { "valid_ballots" })
  if none_ then return none_ end
  return compared(job, "<=", { { left = { all_votes(job) },
    right = { { job:number "valid_ballots" },
      job.results.contest.votes_per_ballot, "*" } } })
end

-- How many of the parts a record gives, and what they add up to.
local function given(columns, unit)
  local count, sum = 0, 0
  for _, values in ipairs(columns) do
    if values[unit] then count, sum = count + 1, sum + values[unit] end
  end
  return count, sum
end

local function values_of(job, headings)
  local columns = {}
  for i, heading in ipairs(headings) do columns[i] = job:values(heading) end
  return columns
end

-- Units of which something holds, told by unit, with the group that it is of.
local function units_where(job, groups, holds)
  local units, said = {}, {}
  local whole, columns = {}, {}
  for i, group in ipairs(groups) do
    whole[i], columns[i] = job:values(group.name),
      values_of(job, group.headings)
  end
  for unit = 1, job.units do
    for i, group in ipairs(groups) do
      local count, sum = given(columns[i], unit)
      if holds(whole[i][unit], count, sum, group) then
        units[#units + 1] = unit
        said[#units] = { form = "part_of", name = name_of(group) }
        break
      end
    end
  end
  return { units = units, notes = said, unknown = 0 }
end

--- C08: candidates have votes and their list has no total.
---@param job urna.checks.Job
---@return table answer
function parts.no_total(job)
  local groups = groups_of(job, true)
  if #groups == 0 then return none() end
  return units_where(job, groups, function(total, _, sum)
    return not total and sum > 0
  end)
end

--- C13: a channel is empty where another of the same field is not.
---@param job urna.checks.Job
---@return table answer
function parts.channel(job)
  local groups = groups_of(job, false)
  if #groups == 0 then return none() end
  return units_where(job, groups, function(_, count, _, group)
    return count > 0 and count < #group.headings
  end)
end

--- C09: candidates have votes and the sum of all votes is empty.
---@param job urna.checks.Job
---@return table answer
function parts.no_sum(job)
  local groups = groups_of(job, true)
  if #groups == 0 then return none() end
  if not job:has "valid_votes" then
    return { units = {}, missing = { "valid_votes" } }
  end
  local sums = job:values "valid_votes"
  local all, units = {}, {}
  for _, group in ipairs(groups) do
    for _, values in ipairs(values_of(job, group.headings)) do
      all[#all + 1] = values
    end
  end
  for unit = 1, job.units do
    local _, sum = given(all, unit)
    if sum > 0 and not sums[unit] then units[#units + 1] = unit end
  end
  return { units = units, unknown = 0 }
end

return parts
