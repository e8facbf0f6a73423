local beside = require "urna.checks.beside"
local expression = require "urna.expression"
local places = require "urna.places"

--- Checks against other results: those of the same day, which share the
--- signatures, and those of an earlier election.
local elsewhere = {}

-- ---- which unit is which ----

-- Folded key columns, the outermost first, as arrays by unit.
local function folded_keys(results)
  local keys, known = {}, {}
  for i, name in ipairs(results.key_names) do
    local texts = results:column(name)
    keys[i] = {}
    for unit, text in ipairs(texts) do
      known[text] = known[text] or places.fold(text)
      keys[i][unit] = known[text]
    end
  end
  return keys
end

local function path_at(keys, depth, unit)
  local parts = {}
  for i = #keys - depth + 1, #keys do
    parts[#parts + 1] = keys[i][unit]
  end
  return table.concat(parts, "/")
end

--- Units of two results by key path, across scripts and case; where one has
--- more keys than the other, by the innermost ones that both have. A path that
--- stands twice is none.
---@param a urna.Results
---@param b urna.Results
---@return (integer|false)[] other the unit of b by that of a
---@return integer matched
function elsewhere.match(a, b)
  local mine, theirs = folded_keys(a), folded_keys(b)
  local depth, at, matched = math.min(#mine, #theirs), {}, 0
  local other, taken = {}, {}
  for unit = 1, theirs[1] and #theirs[1] or 0 do
    local path = path_at(theirs, depth, unit)
    at[path] = at[path] == nil and unit or false
  end
  for unit = 1, mine[1] and #mine[1] or 0 do
    local path = path_at(mine, depth, unit)
    other[unit] = at[path] or false
    -- two of mine that mean one of theirs mean none
    if other[unit] and taken[path] then
      if other[taken[path]] then matched = matched - 1 end
      other[taken[path]], other[unit] = false, false
    elseif other[unit] then
      taken[path], matched = unit, matched + 1
    end
  end
  return other, matched
end

-- Key paths folded, in parts, and how many parts the longest has.
local function folded_parts(texts)
  local all, most = {}, 1
  for i, text in ipairs(texts) do
    local parts = {}
    for part in (text .. "/"):gmatch("([^/]*)/") do
      parts[#parts + 1] = places.fold(part)
    end
    all[i], most = parts, math.max(most, #parts)
  end
  return all, most
end

--- Stations against the list of those that are expected, by the innermost keys
--- that both have. A name may have a slash: a path counts whole too.
---@param job urna.checks.Job
---@return { absent: string[], unexpected: integer[] }?
function elsewhere.expected(job)
  local expected = job.expected
  if not expected or job.beside_expected then return job.beside_expected end
  local keys, here, set = folded_keys(job.results), {}, {}
  local all, most = folded_parts(expected)
  local depth, found = math.min(#keys, most), { absent = {}, unexpected = {} }
  for unit = 1, job.units do here[path_at(keys, depth, unit)] = true end
  for i, parts in ipairs(all) do
    local whole = table.concat(parts, "/")
    local cut = table.concat(parts, "/", math.max(1, #parts - depth + 1))
    if not here[whole] and not here[cut] and not set[cut] then
      found.absent[#found.absent + 1] = expected[i]
    end
    set[whole], set[cut] = true, true
  end
  for unit = 1, job.units do
    if not set[path_at(keys, depth, unit)] then
      found.unexpected[#found.unexpected + 1] = unit
    end
  end
  job.beside_expected = found
  return found
end

-- A column, or an urna.Error raised.
local function column_of(results, name)
  local values, err
  if name == expression.LISTS then
    values, err = results:list_sums()
  else
    values, err = results:column(name)
  end
  if not values then error(err, 0) end
  return values
end

--- Other results beside those of a job: their values by the job's units.
---@param job urna.checks.Job
---@param results urna.Results
---@return { results: urna.Results, matched: integer, unmatched: integer, at:
--- (integer|false)[], values: fun(name: string): (integer?)[] } at: the other's
--- unit by the job's
function elsewhere.beside(job, results)
  local other, matched = elsewhere.match(job.results, results)
  local read = {}
  return { results = results, matched = matched, at = other,
    unmatched = job.units - matched,
    values = function(name)
      if read[name] then return read[name] end
      local found, values = {}, column_of(results, name)
      for unit = 1, job.units do
        found[unit] = other[unit] and values[other[unit]] or nil
      end
      read[name] = found
      return found
    end }
end

-- ---- the same day ----

local function named(results)
  local contest = results.contest
  return contest.name or contest.id or results.source.file or "the other"
end

-- One field of both contests at each station: where they differ, and the sums
-- over the stations that both tell.
local function compare(job, field, operator)
  local answer = { units = {}, left = {}, right = {}, notes = {},
    operator = operator, unknown = 0, compared = {}, name = field }
  local mine = job:values(field)
  for _, other in ipairs(job.same_day) do
    if other.results:has(field) then
      local theirs, sums = other.values(field), { here = 0, there = 0,
        fewer = 0, more = 0, stations = 0 }
      for unit = 1, job.units do
        local a, b = mine[unit], theirs[unit]
        if not a or not b then
          answer.unknown = answer.unknown + 1
        else
          sums.stations = sums.stations + 1
          sums.here, sums.there = sums.here + a, sums.there + b
          sums.fewer = sums.fewer + math.max(b - a, 0)
          sums.more = sums.more + math.max(a - b, 0)
          if a ~= b then
            local n = #answer.units + 1
            answer.units[n], answer.left[n], answer.right[n] = unit, a, b
            answer.notes[n] = named(other.results)
          end
        end
      end
      sums.contest, sums.unmatched = named(other.results), other.unmatched
      answer.compared[#answer.compared + 1] = sums
    end
  end
  return answer
end

local function told(answer)
  local lines, difference = {}, 0
  for i, sums in ipairs(answer.compared) do
    lines[i] = { form = "same_day", contest = sums.contest,
      stations = sums.stations, unmatched = sums.unmatched, here = sums.here,
      there = sums.there, fewer = sums.fewer, more = sums.more }
    difference = difference + sums.fewer + sums.more
  end
  answer.note, answer.difference = lines, difference
  return answer
end

local function same_day(job, field)
  if not job.same_day then return { units = {}, missing = { "same_day" } } end
  local has = false
  for _, other in ipairs(job.same_day) do
    has = has or other.results:has(field)
  end
  if not has or not job:has(field) then
    return { units = {}, missing = { field } }
  end
  return told(compare(job, field, "="))
end

--- T28: one signature serves all contests of the day.
function elsewhere.same_day_signed(job)
  return same_day(job, "voters_signed")
end

--- T29: ballots in the box of each contest. They may differ.
function elsewhere.same_day_box(job)
  return same_day(job, "ballots_in_box")
end

-- ---- the election before ----

local MILLION = 1000000
local SAFE = 9000000000 -- times a million is still exact

-- A share in millionths, cut; nil if it is none.
local function share(part, whole)
  if not part or not whole or whole == 0 or part > SAFE or whole > SAFE then
    return nil
  end
  local scaled = part * MILLION
  return math.min((scaled - scaled % whole) / whole, 2 * MILLION)
end

-- The papers of one share that is as uncertain as the difference of two:
-- ab / (a + b), down to millionths.
local function size(a, b)
  local papers = share(a, a + b) * b / MILLION
  return math.max(papers - papers % 1, 1)
end

-- How a share moved, by unit, as the core takes it.
local function moves(job, part, of, part_before, of_before)
  local values, sizes, rates = {}, {}, {}
  for unit = 1, job.units do
    local now = share(part[unit], of[unit])
    local before = share(part_before[unit], of_before[unit])
    values[unit] = false
    if now and before then
      local a, b = of[unit], of_before[unit]
      values[unit] = now - before
      sizes[unit] = size(a, b)
      rates[unit] = math.min(share(part[unit] + part_before[unit], a + b)
        or MILLION, MILLION)
    end
  end
  return { values = values, sizes = sizes, rates = rates }
end

local LIMIT, LEAST = 400, 8

local function add_moves(job, hits, name, moved)
  beside.add(hits, "moved", name,
    job:peers():moves(job.kernel.table, moved, LIMIT, LEAST))
end

-- Keys of lists that both have and that have a twentieth of the votes here.
local function common_lists(job)
  local votes = job.kernel.votes
  local sums = job.kernel.table:sums(votes, job.kernel.rows)
  local total, keys = 0, {}
  for _, sum in ipairs(sums or {}) do total = total + sum end
  for i, list in ipairs(job.results.lists) do
    if sums and sums[i] * 20 >= total and total > 0
      and job.previous.results:has(list.key) then
      keys[#keys + 1] = list.key
    end
  end
  return keys
end

--- W05: turnout and the lists that both elections have.
function elsewhere.swing(job)
  local before = job.previous
  if not before then return { units = {}, missing = { "previous" } } end
  local hits, missing = {}, {}
  local can = true
  for _, name in ipairs { "voters_signed", "registered_voters" } do
    local has = job:has(name) and before.results:has(name)
    can = can and has
    if not has then missing[#missing + 1] = name end
  end
  if can then
    add_moves(job, hits, { measure = "turnout" }, moves(job,
      job:values "voters_signed", job:values "registered_voters",
      before.values "voters_signed", before.values "registered_voters"))
  end
  local keys = common_lists(job)
  for _, key in ipairs(keys) do
    add_moves(job, hits, { list = key }, moves(job, job:values(key),
      job:values(expression.LISTS), before.values(key),
      before.values(expression.LISTS)))
  end
  if not can and #keys == 0 then return { units = {}, missing = missing } end
  local answer = beside.answer(hits)
  answer.unknown, answer.missing = before.unmatched, #missing > 0 and missing
    or nil
  answer.is_partly = true
  return answer
end

local FEW = 50 -- voters by which a roll may always change

--- W06: the roll against that of the election before.
function elsewhere.roll_change(job)
  local before, field = job.previous, "registered_voters"
  if not before then return { units = {}, missing = { "previous" } } end
  if not job:has(field) or not before.results:has(field) then
    return { units = {}, missing = { field } }
  end
  local now, was, hits = job:values(field), before.values(field), {}
  local moved = { values = {}, sizes = {}, rates = {} }
  for unit = 1, job.units do
    local a, b = now[unit], was[unit]
    local grown = share(a, b)
    moved.values[unit] = grown and grown - MILLION or false
    moved.sizes[unit] = grown and size(a, b)
    moved.rates[unit] = MILLION / 2
    local far = grown and math.abs(a - b) or 0
    if far >= FEW and far * 4 > b then
      hits[#hits + 1] = { unit = unit, note =
        { form = "roll", now = a, before = b } }
    end
  end
  beside.add(hits, "roll_changed", nil,
    job:peers():moves(job.kernel.table, moved, LIMIT, LEAST))
  local answer = beside.answer(hits)
  answer.unknown = before.unmatched
  return answer
end

return elsewhere
