local contests = require "urna.contest"
local native = require "urna.native"

--- Checks of structure and completeness: what the reader kept out, how much of
--- each record is given, whether all stations are there.
local structure = {}

local function faults_of(err)
  return err.items or { err }
end

-- The records kept out with one of these faults, each once.
function structure.refused(job, check)
  local wanted, places = {}, {}
  for _, code in ipairs(check.refused) do wanted[code] = true end
  for _, err in ipairs(job.results.bad) do
    local found
    for _, fault in ipairs(faults_of(err)) do
      found = found or wanted[fault.code] and fault
    end
    if found then
      places[#places + 1] = { key = err.path and table.concat(err.path, "/")
        or found.text or "", file = found.file, line = found.line,
        note = found.message }
    end
  end
  return { units = {}, places = places, unknown = 0,
    note = "the reader takes no record with this fault" }
end

-- All fields and lists that are there.
local function given_columns(job)
  local columns, seen = {}, {}
  local function add(column)
    if column and not seen[column] then
      seen[column], columns[#columns + 1] = true, column
    end
  end
  for _, name in ipairs(contests.FIELDS) do add(job.kernel.number(name)) end
  for _, column in ipairs(job.kernel.votes) do add(column) end
  return columns
end

local STATES = { partial = 1, blank = 2, zero = 3 }

function structure.state(job, check)
  job.states = job.states or { native.records_state(job.kernel.table,
    { columns = given_columns(job), rows = job.kernel.rows }) }
  return { units = job.states[STATES[check.state]], unknown = 0 }
end

-- Records that say something and not this field.
function structure.unreported(job, check)
  local column = job.kernel.number(check.field)
  if not column then return { units = {}, missing = { check.field } } end
  local partial, values = structure.state(job, { state = "partial" }).units,
    nil
  local units = {}
  for _, unit in ipairs(partial) do
    values = values or job:values(check.field)
    if values[unit] == nil then units[#units + 1] = unit end
  end
  return { units = units, unknown = 0 }
end

local function bad_units(job)
  local count = 0
  for _, err in ipairs(job.results.bad) do
    if not err.is_repeat then count = count + 1 end
  end
  return count
end

-- How many stations have a record, and how many should; nothing of a part.
local function expected(job)
  if job.results.is_part then return nil end
  return job.results.contest.units_expected
end

local function here(job, note)
  return { file = job.results.source.file, key = "", note = note }
end

function structure.absent(job)
  local all = expected(job)
  if not all then return { units = {}, missing = { "units_expected" } } end
  local have = job.units + bad_units(job)
  if have >= all then return { units = {}, unknown = 0 } end
  return { units = {}, unknown = 0, count = all - have, places = { here(job,
    ("%d of %d records are there"):format(have, all)) } }
end

-- The reader refuses more records than are expected.
function structure.unexpected(job)
  if not expected(job) then
    return { units = {}, missing = { "units_expected" } }
  end
  return { units = {}, unknown = 0,
    note = "the reader refuses more stations than are expected" }
end

-- "final" is said of a count that is not whole.
function structure.not_final(job)
  local status = job.results.contest.count_status
  if not status then return { units = {}, missing = { "count_status" } } end
  if status ~= "final" then return { units = {}, unknown = 0 } end
  local blank = structure.state(job, { state = "blank" }).units
  local all = expected(job) or job.units + bad_units(job)
  local have = job.units - #blank
  if have >= all then return { units = {}, unknown = 0 } end
  return { units = {}, unknown = 0, count = 1, places = { here(job,
    ("%d of %d records are counted"):format(have, all)) } }
end

-- Lists that a reader cannot tell apart.
function structure.list_names(job)
  local places, seen = {}, {}
  for _, list in ipairs(job.results.lists) do
    for _, kind in ipairs { "name", "short", "colour" } do
      local value = list[kind]
      local before = value and seen[kind .. value]
      if before then
        places[#places + 1] = here(job, ("%s and %s have the %s %s"):format(
          before, list.key, kind, value))
      end
      if value then seen[kind .. value] = before or list.key end
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

-- The distinct names of a key column, each with those around it: of one record
-- of each municipality.
local function distinct(job, column)
  local rows, chosen = job.kernel.rows, job:peers():firsts()
  for i, unit in ipairs(chosen) do
    chosen[i] = rows and rows[unit] or unit
  end
  local names, seen = {}, {}
  for _, text in ipairs(job.kernel.table:texts(column, chosen)) do
    if not seen[text] then seen[text], names[#names + 1] = true, text end
  end
  return names
end

-- Names of places, without the last key: stations mostly have numbers.
function structure.lookalikes(job)
  local keys, places = job.kernel.keys, {}
  for i = 1, #keys - 1 do
    for _, group in ipairs(native.lookalikes(distinct(job, keys[i]))) do
      places[#places + 1] = here(job, ("%s: %s"):format(
        job.results.key_names[i], table.concat(group, ", ")))
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

return structure
