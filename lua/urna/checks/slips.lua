local beside = require "urna.checks.beside"
local expression = require "urna.expression"

--- Slips of the key: where a record's sums do not hold, which one number, typed
--- a little otherwise, makes all of them hold. Nothing is ever corrected: an
--- edit of one digit is suggested if it is the only one of the record.
local slips = {}

local EXACT = 9007199254740991
local MOST = 20000 -- records that are looked at; more are no slips

local SERIOUS = { fatal = true, error = true }

-- The sums of the record: formulas of the catalogue's T with their fields.
local function sums_of(job)
  local sums, names, seen = {}, {}, {}
  for _, check in ipairs(job.all) do
    local answer = job.answers[check.code]
    if check.code:find("^T%d") and SERIOUS[check.severity] and answer
      and answer.tests and not answer.missing then
      for _, test in ipairs(answer.tests) do
        sums[#sums + 1] = { test = test, code = check.code }
        for _, name in ipairs(test.names) do
          if not seen[name] then seen[name], names[#names + 1] = true, name end
        end
      end
    end
  end
  return sums, names
end

-- The numbers of a record that could have been typed wrong: { column, names,
-- is_list }. Two fields of one column are one number.
local function numbers_of(job, names)
  local numbers, at = {}, {}
  local function add(column, name, is_list)
    if not at[column] then
      at[column] = { column = column, names = {}, is_list = is_list }
      numbers[#numbers + 1] = at[column]
    end
    local own = at[column]
    own.names[#own.names + 1] = name
    own.is_list = own.is_list or is_list
  end
  for _, name in ipairs(names) do
    if name == expression.LISTS then
      for i, column in ipairs(job.kernel.votes) do
        add(column, job:list_key(i), true)
      end
    else
      add(job.kernel.number(name), name, false)
    end
  end
  return numbers
end

-- The values of a record with one number changed.
local function changed(values, number, value)
  local other = {}
  for name, known in pairs(values) do other[name] = known end
  local before = values[number.names[1]]
  for _, name in ipairs(number.names) do other[name] = value end
  if number.is_list and other[expression.LISTS] then
    other[expression.LISTS] = other[expression.LISTS] + value - before
  end
  return other
end

local function gap(test, values)
  local left, right = test.left(values), test.right(values)
  return left and right and left - right
end

-- All that are known hold. A number that would be beyond what is exact is no
-- repair.
local function all_hold(sums, values)
  for _, sum in ipairs(sums) do
    local left, right = sum.test.left(values), sum.test.right(values)
    if left and right and not sum.test.compare(left, right) then
      return false
    end
  end
  return true
end

-- The equation of a record that does not hold, if there is one: it says what
-- each of its numbers would have to be.
local function broken(sums, values)
  for _, sum in ipairs(sums) do
    local apart = sum.test.operator == "=" and gap(sum.test, values)
    if apart and apart ~= 0 then return sum.test, apart end
  end
end

-- What a number must be for an equation to hold; nil if nothing does it.
local function wanted(test, apart, values, number)
  local value = values[number.names[1]]
  if not value or value >= EXACT then return nil end
  local slope = gap(test, changed(values, number, value + 1)) - apart
  if slope == 0 then return nil end
  local change = -apart / slope
  local found = value + change
  if change % 1 ~= 0 or found < 0 or found > EXACT then return nil end
  return found
end

-- How two numbers differ as they are typed: "digit" one is another, "added"
-- one too many in what was typed, "dropped" one too few, "transposed" two
-- neighbours; nil otherwise.
local function manner(typed, meant)
  local a, b = ("%d"):format(typed), ("%d"):format(meant)
  local first = 1
  while first <= #a and a:byte(first) == b:byte(first) do first = first + 1 end
  if #a == #b then
    if a:sub(first + 1) == b:sub(first + 1) then return "digit" end
    if a:sub(first + 2) == b:sub(first + 2)
      and a:byte(first) == b:byte(first + 1)
      and a:byte(first + 1) == b:byte(first) then return "transposed" end
  elseif #a == #b + 1 then
    if a:sub(first + 1) == b:sub(first) then return "added" end
  elseif #a + 1 == #b then
    if a:sub(first) == b:sub(first + 1) then return "dropped" end
  end
end

-- The repairs of one record: { field, value, suggested, manner }.
local function repairs_of(sums, numbers, values)
  local test, apart = broken(sums, values)
  local found = {}
  if not test then return found end
  for _, number in ipairs(numbers) do
    local done, value = pcall(wanted, test, apart, values, number)
    local how = done and value and manner(values[number.names[1]], value)
    if how then
      local fine, holds = pcall(all_hold, sums, changed(values, number, value))
      if fine and holds then
        found[#found + 1] = { field = number.names[1], manner = how,
          value = values[number.names[1]], suggested = value }
      end
    end
  end
  return found
end

-- Units in which an equation does not hold, in the order of the file; nil if
-- there are too many of them.
local function broken_units(job, sums)
  local seen, units = {}, {}
  for _, sum in ipairs(sums) do
    if sum.test.operator == "=" then
      for _, unit in ipairs(job.answers[sum.code].units) do
        if not seen[unit] then seen[unit], units[#units + 1] = true, unit end
      end
    end
  end
  if #units > MOST then return nil end
  table.sort(units)
  return units
end

local function all_names(numbers, names)
  local all, seen = {}, {}
  for _, name in ipairs(names) do seen[name], all[#all + 1] = true, name end
  for _, number in ipairs(numbers) do
    for _, name in ipairs(number.names) do
      if not seen[name] then seen[name], all[#all + 1] = true, name end
    end
  end
  return all
end

--- The repairs of every record whose sums do not hold, by unit; nil if there
--- are too many such records for slips.
---@param job urna.checks.Job
---@return table<integer, table[]>? repairs { field, value, suggested, manner }
---@return integer[] units those with a repair, in the order of the file
function slips.find(job)
  if job.repairs ~= nil then return job.repairs or nil, job.repaired end
  local sums, names = sums_of(job)
  local units = broken_units(job, sums)
  job.repairs, job.repaired = units and {} or false, {}
  if not units or #units == 0 then return job.repairs or nil, job.repaired end
  local numbers = numbers_of(job, names)
  names = all_names(numbers, names)
  for _, unit in ipairs(units) do
    local found = repairs_of(sums, numbers, job:values_at(names, unit))
    if #found > 0 then
      job.repairs[unit] = found
      job.repaired[#job.repaired + 1] = unit
    end
  end
  return job.repairs, job.repaired
end

local ONE_DIGIT = { digit = true, added = true, dropped = true }

--- The only edit of one digit that makes all sums of a record hold.
---@param repairs table[]?
---@return { field: string, value: integer, suggested: integer }?
function slips.suggestion(repairs)
  local only
  for _, repair in ipairs(repairs or {}) do
    if ONE_DIGIT[repair.manner] then
      if only then return nil end
      only = repair
    end
  end
  return only and { field = only.field, value = only.value,
    suggested = only.suggested }
end

-- Hits of the records that some manner of typing explains.
local function add_hits(job, hits, manners)
  local repairs, units = slips.find(job)
  if not repairs then return { form = "too_many_broken", most = MOST } end
  for _, unit in ipairs(units) do
    for _, repair in ipairs(repairs[unit]) do
      if manners[repair.manner] then
        hits[#hits + 1] = { unit = unit, note = { form = repair.manner,
          field = { field = repair.field }, value = repair.value,
          suggested = repair.suggested } }
      end
    end
  end
end

--- W12: digits exchanged, where that repairs all sums, and lists exchanged,
--- where their votes then fit the record's peers.
function slips.swapped(job)
  local hits, lists = {}, beside.exchanged(job)
  local note = add_hits(job, hits, { transposed = true })
  for i, unit in ipairs(lists.units) do
    for _, said in ipairs(lists.notes[i]) do
      hits[#hits + 1] = { unit = unit, note = said }
    end
  end
  local answer = beside.answer(hits)
  answer.note = note
  return answer
end

-- The roll of a station that was ten times as great, or a tenth, before.
local function add_rolls(job, hits)
  local earlier = job.previous
  if not earlier or not job:has "registered_voters"
    or not earlier.results:has "registered_voters" then return end
  local now = job:values "registered_voters"
  local before = earlier.values "registered_voters"
  for unit = 1, job.units do
    local a, b = now[unit], before[unit]
    local great, small = math.max(a or 0, b or 0), math.min(a or 0, b or 0)
    -- ten times, give or take a quarter
    if small >= 10 and great * 4 >= small * 30 and great * 4 <= small * 50 then
      hits[#hits + 1] = { unit = unit, note = { form = "tenfold",
        field = { field = "registered_voters" }, now = a, before = b } }
    end
  end
end

--- W13: a digit too many or too few, where that repairs all sums, and rolls
--- that were a tenth or tenfold in the previous election.
function slips.tenfold(job)
  local hits = {}
  local note = add_hits(job, hits, { added = true, dropped = true })
  add_rolls(job, hits)
  local answer = beside.answer(hits)
  answer.note = note
  return answer
end

return slips
