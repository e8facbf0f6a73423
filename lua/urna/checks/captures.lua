local beside = require "urna.checks.beside"
local contests = require "urna.contest"

--- Checks against other captures of the same records: earlier versions of them,
--- a second entry, observers' copies.
local captures = {}

local SHOWN = 4 -- numbers of a record that its note names

-- ---- what differs ----

-- The fields and lists that both have.
local function common_names(job, other)
  local names = {}
  local function add(name, is_list)
    if job:has(name) and other.results:has(name) then
      names[#names + 1] = { name = name, is_list = is_list,
        here = job:values(name), there = other.values(name) }
    end
  end
  for _, name in ipairs(contests.FIELDS) do add(name, false) end
  for _, list in ipairs(job.results.lists) do add(list.key, true) end
  return names
end

local function value_of(value)
  return value or "–"
end

local function note_of(form, changes)
  local said = {}
  for i = 1, math.min(#changes, SHOWN) do
    local change = changes[i]
    said[i] = { form = form, here = value_of(change.here),
      there = value_of(change.there), name = change.is_list
        and { list = change.name } or { field = change.name } }
  end
  if #changes > SHOWN then
    said[#said + 1] = { form = "more_numbers", count = #changes - SHOWN }
  end
  return said
end

-- The matched units whose numbers are not those of another capture, with what
-- changed. A number that came since is no change, unless it is asked for.
local function changed(job, other, with_new)
  local names, found = common_names(job, other), {}
  for unit = 1, job.units do
    local changes = {}
    for _, name in ipairs(other.at[unit] and names or {}) do
      local here, there = name.here[unit], name.there[unit]
      if here ~= there and (there or with_new) then
        changes[#changes + 1] = { name = name.name, is_list = name.is_list,
          here = here, there = there }
      end
    end
    if #changes > 0 then
      found[#found + 1] = { unit = unit, changes = changes }
    end
  end
  return found
end

local function answer_of(found, form, unknown)
  local hits = {}
  for i, one in ipairs(found) do
    hits[i] = { unit = one.unit, note = note_of(form, one.changes) }
  end
  local answer = beside.answer(hits)
  answer.unknown = unknown
  return answer
end

local function missing(...)
  return { units = {}, missing = { ... } }
end

-- ---- earlier versions ----

-- The last version before this one.
local function last_of(job)
  return job.earlier and job.earlier[#job.earlier]
end

local function since_last(job)
  job.changed = job.changed or changed(job, last_of(job))
  return job.changed
end

-- Those changed units whose answer of the form is none, or 0.
local function without_mark(job, mark)
  local values, found = job:values(mark), {}
  for _, one in ipairs(since_last(job)) do
    if (values[one.unit] or 0) == 0 then found[#found + 1] = one end
  end
  return found
end

--- P02: numbers that changed, and no decision says so.
function captures.undecided(job)
  local last = last_of(job)
  if not last then return missing "earlier" end
  if not job:has "decisions" then return missing "decisions" end
  return answer_of(without_mark(job, "decisions"), "was", last.unmatched)
end

--- P04: a decision after which all numbers are as they were.
function captures.idle_decision(job)
  local last = last_of(job)
  if not last then return missing "earlier" end
  if not job:has "decisions" then return missing "decisions" end
  local is_changed, units = {}, {}
  for _, one in ipairs(since_last(job)) do is_changed[one.unit] = true end
  for unit, count in pairs(job:values "decisions") do
    if count > 0 and last.at[unit] and not is_changed[unit] then
      units[#units + 1] = unit
    end
  end
  table.sort(units)
  return { units = units, unknown = last.unmatched }
end

--- X11: the final count is not the preliminary one, and no note says why.
function captures.preliminary(job)
  local last = last_of(job)
  local status = last and last.results.contest.count_status
  if status ~= "preliminary" and status ~= "estimate" then
    return missing "preliminary"
  end
  if not job:has "difference_noted" then return missing "difference_noted" end
  return answer_of(without_mark(job, "difference_noted"), "was",
    last.unmatched)
end

--- P03: a record that was there and is not.
function captures.removed(job)
  local last = last_of(job)
  if not last then return missing "earlier" end
  local is_here, places = {}, {}
  for unit = 1, job.units do
    if last.at[unit] then is_here[last.at[unit]] = true end
  end
  for unit, record in ipairs(last.results.units) do
    if not is_here[unit] then
      places[#places + 1] = { key = record.key, file = record.source,
        line = record.line, note = { form = "was_there" } }
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

local function base_name(path)
  return path:match("[^/\\]+$")
end

--- P01: a file of the same name that had other bytes.
function captures.other_bytes(job)
  local source, places, is_known = job.results.source, {}, false
  for _, version in ipairs(job.earlier or {}) do
    local other = version.results.source
    if base_name(other.file) == base_name(source.file) then
      is_known = true
      if other.sha256 ~= source.sha256 then
        places[#places + 1] = { key = "", file = other.file,
          note = { form = "checksum", text = other.sha256 } }
      end
    end
  end
  if not is_known then return missing "document_hashes" end
  return { units = {}, places = places, unknown = 0 }
end

local function clock_of(results)
  local time = results.contest.as_of
  return time and time:gsub(" ", "T", 1)
end

--- P07: a version that says it is of a time before the one before it.
function captures.clock(job)
  local places, later = {}, clock_of(job.results)
  if not job.earlier then return missing "earlier" end
  local is_known = false
  for i = #job.earlier, 1, -1 do
    local time = clock_of(job.earlier[i].results)
    is_known = is_known or time and later and true
    if time and later and time > later then
      places[#places + 1] = { key = "", file =
        job.earlier[i].results.source.file,
        note = { form = "later", time = time, later = later } }
    end
    later = time or later
  end
  if not is_known then return missing "as_of" end
  return { units = {}, places = places, unknown = 0 }
end

--- P08: a record that says again what a version before the last one said.
function captures.rolled_back(job)
  if not job.earlier or #job.earlier < 2 then return missing "earlier" end
  local hits, is_back = {}, {}
  for i = 1, #job.earlier - 1 do
    local before, differs = job.earlier[i], {}
    for _, one in ipairs(changed(job, before, true)) do
      differs[one.unit] = true
    end
    for _, one in ipairs(since_last(job)) do
      if before.at[one.unit] and not differs[one.unit]
        and not is_back[one.unit] then
        is_back[one.unit] = true
        hits[#hits + 1] = { unit = one.unit, note = { form = "as_in",
          number = i, file = before.results.source.file } }
      end
    end
  end
  local answer = beside.answer(hits)
  answer.unknown = last_of(job).unmatched
  return answer
end

local function sums_of(results)
  local group, err = results:total()
  if not group then error(err, 0) end
  return group
end

-- Totals of one version that are lower in the next.
local function add_lower(places, before, now, file)
  local function add(name, kind, then_, later)
    if then_ and later and later < then_ then
      places[#places + 1] = { key = "", file = file, left = later,
        operator = ">=", right = then_, note = { form = "total_of",
          name = { [kind] = name } } }
    end
  end
  for _, name in ipairs(contests.FIELDS) do
    add(name, "field", before.fields[name], now.fields[name])
  end
  for _, row in ipairs(now.ranking) do
    add(row.key, "list", before.votes[row.key], row.votes)
  end
end

--- W17: a total that is lower than in the version before.
function captures.lower(job)
  if not job.earlier then return missing "earlier" end
  local places, before = {}, nil
  local versions = {}
  for i, version in ipairs(job.earlier) do versions[i] = version.results end
  versions[#versions + 1] = job.results
  for _, results in ipairs(versions) do
    local now = sums_of(results)
    if before then add_lower(places, before, now, results.source.file) end
    before = now
  end
  return { units = {}, places = places, unknown = 0 }
end

local FAR = 6 -- standard deviations of a share

-- The votes of a list that came since, against its share until then.
local function late(mine, all, was, all_was)
  local came, of = mine - was, all - all_was
  if came < 0 or of <= 0 or all_was <= 0 or came > of then return nil end
  local rate = mine / all
  local noise = math.sqrt(rate * (1 - rate) * (1 / of + 1 / all_was))
  if noise == 0 then return nil end
  local z = (came / of - was / all_was) / noise
  if math.abs(z) <= FAR then return nil end
  return { value = { percent = math.floor(came / of * 1e6) },
    before = { percent = math.floor(was / all_was * 1e6) }, came = of,
    z = { z = math.floor(z * 100) } }
end

--- W18: votes that came since, of another share than those until then.
function captures.late_batch(job)
  local last, hits = last_of(job), {}
  if not last then return missing "earlier" end
  local all, all_was = job:values "sum(lists)", last.values "sum(lists)"
  for _, list in ipairs(job.results.lists) do
    if last.results:has(list.key) then
      local mine, was = job:values(list.key), last.values(list.key)
      for unit = 1, job.units do
        local note = mine[unit] and was[unit] and all[unit] and all_was[unit]
          and late(mine[unit], all[unit], was[unit], all_was[unit])
        if note then
          note.form, note.list = "late_batch", { list = list.key }
          hits[#hits + 1] = { unit = unit, note = note }
        end
      end
    end
  end
  local answer = beside.answer(hits)
  answer.unknown = last.unmatched
  return answer
end

-- ---- second entry, observers ----

local function second(job)
  job.typed = job.typed or changed(job, job.second, true)
  return job.typed
end

--- M01: the second entry says something else.
function captures.second_entry(job)
  if not job.second then return missing "second_entry" end
  return answer_of(second(job), "there", job.second.unmatched)
end

local ENOUGH, OFTEN = 20, 4 -- records of a clerk; standard deviations

--- M08: one clerk's entries differ from the second more often than all do.
function captures.clerks(job)
  if not job.second then return missing "second_entry" end
  local clerks = job:texts "clerk"
  if not clerks then return missing "clerk" end
  local wrong, records, order, all = {}, {}, {}, #second(job)
  for unit, name in ipairs(clerks) do
    if not records[name] then
      records[name], wrong[name], order[#order + 1] = 0, 0, name
    end
    if job.second.at[unit] then records[name] = records[name] + 1 end
  end
  for _, one in ipairs(second(job)) do
    wrong[clerks[one.unit]] = wrong[clerks[one.unit]] + 1
  end
  local rate, places = all / math.max(job.second.matched, 1), {}
  for _, name in ipairs(order) do
    local n, spread = records[name], math.sqrt(records[name] * rate
      * (1 - rate))
    if n >= ENOUGH and wrong[name] - n * rate > OFTEN * spread
      and spread > 0 then
      places[#places + 1] = { key = name, file = job.results.source.file,
        note = { form = "clerk", wrong = wrong[name], records = n,
          all = all } }
    end
  end
  return { units = {}, places = places, unknown = 0 }
end

-- What observers have, against the record: by list, over all stations.
local function by_list(job, copies)
  local net, said = {}, {}
  for _, copy in ipairs(copies) do
    for _, one in ipairs(copy) do
      for _, change in ipairs(one.changes) do
        if change.is_list and change.here and change.there then
          net[change.name] = (net[change.name] or 0) + change.here
            - change.there
        end
      end
    end
  end
  for _, list in ipairs(job.results.lists) do
    if (net[list.key] or 0) ~= 0 then
      said[#said + 1] = { form = net[list.key] > 0 and "more_here"
        or "fewer_here", list = { list = list.key },
        votes = math.abs(net[list.key]) }
    end
  end
  return #said > 0 and said or nil
end

--- M04: an observer's record is not the official one; by how many votes each
--- list has more or fewer in the official one.
function captures.observed(job)
  if not job.observers then return missing "observers" end
  local copies, hits, seen = {}, {}, 0
  for i, observer in ipairs(job.observers) do
    copies[i] = changed(job, observer)
    seen = math.max(seen, observer.matched)
    for _, one in ipairs(copies[i]) do
      hits[#hits + 1] = { unit = one.unit, note = note_of("there",
        one.changes) }
    end
  end
  local answer = beside.answer(hits)
  answer.unknown, answer.note = job.units - seen, by_list(job, copies)
  return answer
end

-- Two observers at a station, and what one has that the other has not.
local function between(job, a, b)
  local found = {}
  for _, name in ipairs(common_names(job, a)) do
    local other = b.results:has(name.name) and b.values(name.name) or {}
    for unit = 1, job.units do
      local one, two = name.there[unit], other[unit]
      if one and two and one ~= two then
        found[unit] = found[unit] or {}
        table.insert(found[unit], { name = name.name, is_list = name.is_list,
          here = one, there = two })
      end
    end
  end
  return found
end

--- M03: two observers of a station do not agree.
function captures.observers(job)
  if not job.observers or #job.observers < 2 then return missing "observers" end
  local hits = {}
  for i = 2, #job.observers do
    local found = between(job, job.observers[1], job.observers[i])
    for unit = 1, job.units do
      if found[unit] then
        hits[#hits + 1] = { unit = unit, note = note_of("observers_differ",
          found[unit]) }
      end
    end
  end
  local answer = beside.answer(hits)
  answer.unknown = 0
  return answer
end

return captures
