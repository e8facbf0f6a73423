local contests = require "urna.contest"
local places = require "urna.places"

--- Checks of what was entered: records of another election, from a stranger or
--- of another kind; answers that the form does not have; codes for nothing.
local entries = {}

-- What a label may say, folded: as the contest allows, of an election also
-- what the contest itself is called.
local function allowed(job, label)
  local contest, set = job.results.contest, {}
  local texts = (contest.allowed or {})[label]
  if not texts and label == "election" then
    texts = { contest.id, contest.alias, contest.name, contest.date }
    if not contest.id and not contest.name and not contest.date then
      return nil
    end
  end
  for _, text in pairs(texts or {}) do set[places.fold(text)] = true end
  return next(set) and set or nil
end

--- S12, S14, M05: a label says what the contest does not allow.
---@param job urna.checks.Job
---@param check table `label`
---@return table answer
function entries.foreign(job, check)
  local texts, set = job:texts(check.label), allowed(job, check.label)
  if not texts then return { units = {}, missing = { check.label } } end
  if not set then return { units = {}, missing = { "allowed" } } end
  local units, said, unknown, known = {}, {}, 0, {}
  for unit, text in ipairs(texts) do
    if known[text] == nil then known[text] = set[places.fold(text)] or false end
    if not text:find("%S") then
      unknown = unknown + 1
    elseif not known[text] then
      units[#units + 1], said[#units + 1] = unit, { form = "says",
        text = text }
    end
  end
  return { units = units, notes = said, unknown = unknown }
end

-- Comparisons of single columns with a number, told by unit.
local function compare(job, operator, rows)
  for _, row in ipairs(rows) do
    row.left, row.right = { { job:number(row.name) } }, { row.number }
  end
  local of, units, unknown = {}, {}, job.units
  for i, answer in ipairs(job:compare(operator, rows)) do
    unknown = math.min(unknown, answer.unknown)
    for k, unit in ipairs(answer.units) do
      if not of[unit] then of[unit], units[#units + 1] = {}, unit end
      table.insert(of[unit], { form = "has", value = answer.left[k],
        name = rows[i].is_list and { list = rows[i].name }
          or { field = rows[i].name } })
    end
  end
  table.sort(units)
  local said = {}
  for i, unit in ipairs(units) do said[i] = of[unit] end
  return { units = units, notes = said, unknown = unknown }
end

local ANSWERS = { "control_sheet", "voting_interrupted", "entry_rejected",
  "difference_noted", "declared_equal", "declared_more", "declared_fewer",
  "recounted" }

--- M06: an answer that is neither 1 nor 0.
---@param job urna.checks.Job
---@return table answer
function entries.answers(job)
  local rows = {}
  for _, name in ipairs(ANSWERS) do
    if job:has(name) then rows[#rows + 1] = { name = name, number = 1 } end
  end
  if #rows == 0 then return { units = {}, missing = { "form_answers" } } end
  return compare(job, "<=", rows)
end

--- M07: a code that stands for nothing, among the counts.
---@param job urna.checks.Job
---@return table answer
function entries.null_codes(job)
  local codes, rows = job.results.contest.null_codes, {}
  if not codes then return { units = {}, missing = { "null_codes" } } end
  local function add(name, is_list)
    for _, code in ipairs(codes) do
      rows[#rows + 1] = { name = name, number = code, is_list = is_list }
    end
  end
  for _, name in ipairs(contests.FIELDS) do
    if job:has(name) then add(name, false) end
  end
  for i in ipairs(job.kernel.votes) do add(job:list_key(i), true) end
  return compare(job, "~=", rows)
end

--- P06: the data are not those whose checksum the contest has.
---@param job urna.checks.Job
---@return table answer
function entries.checksum(job)
  local wanted, source = job.results.contest.sha256, job.results.source
  if not wanted then return { units = {}, missing = { "sha256" } } end
  if wanted:lower() == source.sha256 then return { units = {}, unknown = 0 } end
  return { units = {}, unknown = 0, places = { { key = "",
    file = source.file, note = { form = "checksum",
      text = source.sha256 } } } }
end

return entries
