local formulas = require "urna.checks.formulas"
local native = require "urna.native"

--- Checks of a record beside others of its municipality, or of its building: by
--- robust z, with the noise that a small record has by chance.
--- Source: Rousseeuw & Croux, J. Amer. Statist. Assoc. 88, 1993.
local beside = {}

local LIMIT = 400 -- hundredths of z
local LEAST = 8 -- records of a group that has a middle
-- Tables of one building get voters by the alphabet or by street, so that
-- three of them have a middle already.
local TABLES = 3
local VOTES = 100 -- fewer may be the same by chance

--- Hits of several measures by unit, in the order of the file, with what is
--- said of each.
---@param hits { unit: integer, note: table }[]
---@return table answer
function beside.answer(hits)
  local place = {}
  for i, hit in ipairs(hits) do place[hit] = i end
  table.sort(hits, function(a, b)
    if a.unit ~= b.unit then return a.unit < b.unit end
    return place[a] < place[b]
  end)
  local units, said = {}, {}
  for _, hit in ipairs(hits) do
    local n = #units
    if units[n] == hit.unit then
      table.insert(said[n], hit.note)
    else
      units[n + 1], said[n + 1] = hit.unit, { hit.note }
    end
  end
  return { units = units, notes = said, unknown = 0 }
end

--- What the core found far from the middle, as hits.
---@param hits table[] to be added to
---@param form string of the note, with the places name, value, middle and z
---@param name string|table? what was measured
---@param units integer[]
function beside.add(hits, form, name, units, values, medians, zs)
  for i, unit in ipairs(units) do
    hits[#hits + 1] = { unit = unit, note = { form = form, name = name,
      value = { percent = values[i] }, middle = { percent = medians[i] },
      z = { z = zs[i] } } }
  end
end

-- The measures of a check over groups of records.
local function measure_all(job, check, peers, form, least)
  local hits, missing, done = {}, {}, false
  for _, measure in ipairs(check.measures) do
    local part, whole = job:part(measure.part), job:part(measure.whole)
    if part and whole then
      done = true
      beside.add(hits, form, { measure = measure.name },
        peers:outliers(job.kernel.table, part, whole, LIMIT, least))
    end
    if not part then missing[#missing + 1] = measure.part end
    if not whole then missing[#missing + 1] = measure.whole end
  end
  local answer = beside.answer(hits)
  if not done then return { units = {}, missing = missing } end
  answer.missing = #missing > 0 and missing or nil
  answer.is_partly = true
  return answer
end

function beside.outlier(job, check)
  return measure_all(job, check, job:peers(), "outlier", LEAST)
end

--- W23: tables of the same building.
function beside.building(job, check)
  local tables, units = job:tables()
  if not tables then return { units = {}, missing = { "building" } } end
  local answer = measure_all(job, check, tables, "building", TABLES)
  for i, number in ipairs(answer.units) do answer.units[i] = units[number] end
  answer.unknown = answer.unknown and job.units - #units
  return answer
end

-- The spots the core found, as hits.
local function spots(units, lists, say)
  local hits = {}
  for i, unit in ipairs(units) do
    hits[i] = { unit = unit, note = say(lists[i]) }
  end
  return beside.answer(hits)
end

function beside.zero_list(job)
  local units, lists = job:peers():zeros(job.kernel.table, job.kernel.votes,
    LEAST)
  return spots(units, lists, function(list)
    return { form = "no_vote", list = { list = job:list_key(list) } }
  end)
end

function beside.identical(job)
  local votes = job.kernel.votes
  local units, first = job:peers():equals(job.kernel.table, votes, votes,
    VOTES)
  return { units = units, others = first, unknown = 0 }
end

--- Two neighbouring lists whose votes fit once they are exchanged.
---@return table answer
function beside.exchanged(job)
  local units, lists = job:peers():swaps(job.kernel.table, job.kernel.votes,
    LEAST)
  return spots(units, lists, function(list)
    return { form = "exchanged", a = { list = job:list_key(list) },
      b = { list = job:list_key(list + 1) } }
  end)
end

-- Small records may well be of one mind.
local SMALL = 50

function beside.one_list(job, check)
  local few = formulas.too_few(job, check)
  if few then return few end
  local limit = check.asked or check.limit
  local units, lists, votes, all, unknown = native.records_leaders(
    job.kernel.table, { lists = job.kernel.votes, num = limit[1],
    den = limit[2], least = SMALL, rows = job.kernel.rows })
  if not units then error(job:error(lists), 0) end
  if formulas.is_useless(job, check, #units) then
    return formulas.given_up(job, check, #units)
  end
  local said = {}
  for i = 1, #units do
    said[i] = { form = "leads", list = { list = job:list_key(lists[i]) },
      votes = votes[i], all = all[i] }
  end
  return { units = units, notes = said, unknown = unknown }
end

return beside
