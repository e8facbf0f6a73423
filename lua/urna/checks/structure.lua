local contests = require "urna.contest"
local elsewhere = require "urna.checks.elsewhere"
local native = require "urna.native"
local places_ = require "urna.places"

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
        note = found.message, error = found }
    end
  end
  return { units = {}, places = places, unknown = 0,
    note = { form = "none_taken" } }
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

-- Stations of the list that have no record.
local function absent_by_name(job, absent)
  local places = {}
  for i, key in ipairs(absent) do
    places[i] = { key = key, file = job.results.source.file,
      note = { form = "no_record" } }
  end
  return { units = {}, places = places, unknown = 0 }
end

function structure.absent(job)
  local found = elsewhere.expected(job)
  if found then return absent_by_name(job, found.absent) end
  local all = expected(job)
  if not all then return { units = {}, missing = { "units_expected" } } end
  local have = job.units + bad_units(job)
  if have >= all then return { units = {}, unknown = 0 } end
  return { units = {}, unknown = 0, count = all - have, places = { here(job,
    { form = "records_there", have = have, all = all }) } }
end

-- A count that is still coming in.
local RUNNING = { estimate = true, preliminary = true }

local function is_running(job)
  return RUNNING[job.results.contest.count_status or ""] or false
end

-- Of a list of stations the units that are not on it; without one the reader
-- refuses more records than are expected. While the count runs, W19 tells.
function structure.unexpected(job)
  local found = elsewhere.expected(job)
  if found and is_running(job) then
    return { units = {}, unknown = job.units, missing = {},
      note = { form = "see", code = "W19" } }
  elseif found then
    return { units = found.unexpected, unknown = 0 }
  elseif not expected(job) then
    return { units = {}, missing = { "units_expected" } }
  end
  return { units = {}, unknown = 0, note = { form = "none_more" } }
end

-- The same of a feed.
function structure.unexpected_in_feed(job)
  local found = elsewhere.expected(job)
  if not found then return { units = {}, missing = { "expected" } } end
  if not is_running(job) then
    return { units = {}, unknown = job.units, missing = {},
      note = { form = "see", code = "S08" } }
  end
  return { units = found.unexpected, unknown = 0 }
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
    { form = "records_counted", have = have, all = all }) } }
end

-- Lists that a reader cannot tell apart.
function structure.list_names(job)
  local places, seen = {}, {}
  for _, list in ipairs(job.results.lists) do
    for _, kind in ipairs { "name", "short", "colour" } do
      local value = list[kind]
      local before = value and seen[kind .. value]
      if before then
        places[#places + 1] = here(job, { form = "same_" .. kind,
          a = before, b = list.key, value = value })
      end
      if value then seen[kind .. value] = before or list.key end
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

-- The names a list goes by, each with its key.
local function labels_of(list)
  return { list.key, list.short or list.key, list.name or list.key }
end

-- One party under two keys: names that are the same across scripts, marks and
-- spaces, and not letter by letter.
function structure.party_codes(job)
  local places, seen = {}, {}
  for _, list in ipairs(job.results.lists) do
    local own = {}
    for _, label in ipairs(labels_of(list)) do
      local folded = places_.fold(label)
      local before = seen[folded]
      if before and before.key ~= list.key and before.label ~= label
        and not own[before.key] then
        own[before.key] = true
        places[#places + 1] = here(job, { form = "two_codes",
          a = before.label, b = label })
      end
      seen[folded] = before or { key = list.key, label = label }
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

-- As many lists as the ballot has.
function structure.ballot_lists(job)
  local wanted = job.results.contest.lists_on_ballot
  if not wanted then
    return { units = {}, missing = { "lists_on_ballot" } }
  end
  local count = #job.results.lists
  if count == wanted then return { units = {}, unknown = 0 } end
  local place = here(job)
  place.left, place.operator, place.right = count, "=", wanted
  return { units = {}, places = { place }, unknown = 0 }
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

-- Of each key but the last, read once: two checks look at them.
local function names_of(job, i)
  job.names = job.names or {}
  job.names[i] = job.names[i] or distinct(job, job.kernel.keys[i])
  return job.names[i]
end

-- Names of places, without the last key: stations mostly have numbers.
function structure.lookalikes(job)
  local keys, places = job.kernel.keys, {}
  for i = 1, #keys - 1 do
    for _, group in ipairs(native.lookalikes(names_of(job, i))) do
      places[#places + 1] = here(job, { form = "lookalikes",
        key = job.results.key_names[i], names = { all = group } })
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

-- Marks that are not seen: a space that does not break, letters put together of
-- two, nothing as wide as nothing, a byte order mark.
local HIDDEN = { "\194\160", "\204[\128-\191]", "\205[\128-\175]",
  "\226\128[\139-\143]", "\226\128[\170-\174]", "\239\187\191" }

local function has_hidden(text)
  if not text:find("[\128-\255]") then return false end
  for _, pattern in ipairs(HIDDEN) do
    if text:find(pattern) then return true end
  end
  return false
end

-- Such marks in the names of places and lists: they are passed over where names
-- are compared.
function structure.marks(job)
  local places = {}
  local function look(kind, text)
    if text and has_hidden(text) then
      places[#places + 1] = here(job, { form = "hidden", kind = kind,
        text = text })
    end
  end
  for i = 1, #job.kernel.keys - 1 do
    for _, text in ipairs(names_of(job, i)) do
      look(job.results.key_names[i], text)
    end
  end
  for _, list in ipairs(job.results.lists) do look(list.key, list.name) end
  return { units = {}, places = places, unknown = 0 }
end

return structure
