local apportion = require "urna.seats.apportion"
local errors = require "urna.errors"
local figures = require "urna.analysis.figures"
local mix = require "urna.analysis.mix"
local native = require "urna.native"
local pairing = require "urna.analysis.pairing"
local reconciled = require "urna.analysis.reconciled"
local same = require "urna.analysis.same_election"
local subjects = require "urna.subject"

--- Two or more sources of one election - official, parallel count, observers,
--- party copies, versions of one source - compared figure by figure: where they
--- differ, in which direction, whom that favours, and whether the differences
--- together could move a seat.
local reconcile = {}

local READING = { "bad", "contest", "delimiter", "encoding", "profile",
  "thousands", "total_rows", "unit" }
local OPTIONS = { "bad", "contest", "date", "delimiter", "encoding", "lists",
  "names", "profile", "rule", "seats", "thousands", "tolerance", "total_rows",
  "unit" }
local TYPES = { date = "string", lists = "table", names = "table",
  rule = "string or table", seats = "number", tolerance = "number or table" }
local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

-- ---- what is asked ----

local function is_subject(value)
  return type(value) ~= "table" or type(value.total) == "function"
    or value[1] ~= nil or value.text ~= nil or value.reader ~= nil
end

-- A source that could not be read is nil, with its error behind it; a nil at
-- the end is what a reading gives in place of one.
local function check_sources(given, count)
  for i = 1, count do
    errors.check_given(given[i], given[i + 1], 4)
    if given[i] == nil or errors.is(given[i]) then
      error("reconcile takes two sources or more, each a path, results or an "
        .. "election's id", 4)
    end
  end
  if count < 2 then
    error("reconcile takes two sources or more, and then options", 4)
  end
  if count > #LETTERS then
    error(("reconcile takes at most %d sources"):format(#LETTERS), 4)
  end
end

-- Subjects first, the options last, where there are any.
local function split_arguments(...)
  local given, count, options = { ... }, select("#", ...), {}
  while count > 0 and given[count] == nil do count = count - 1 end
  local last = given[count]
  if count > 0 and not errors.is(last) and not is_subject(last) then
    options, count = last, count - 1
  end
  check_sources(given, count)
  return given, count, options
end

local function is_whole(value)
  return type(value) == "number" and value >= 0 and value % 1 == 0
end

local function is_share(share)
  return type(share) == "table" and is_whole(share[1]) and is_whole(share[2])
    and share[2] > 0
end

local function tolerance_of(value)
  if value == nil then return { count = 0 } end
  if type(value) == "number" then value = { count = value } end
  errors.check_options("tolerance", value, { "count", "share" }, 4)
  if value.count ~= nil and not is_whole(value.count) then
    error("reconcile: tolerance.count must be a whole number of votes or "
      .. "ballots", 4)
  end
  if value.share ~= nil and not is_share(value.share) then
    error("reconcile: tolerance.share must be a pair { num, den }, as "
      .. "{ 1, 100 }", 4)
  end
  return { count = value.count or 0, share = value.share }
end

local function names_of(options, count)
  local names, seen = {}, {}
  for i = 1, count do
    local name = (options.names or {})[i] or LETTERS:sub(i, i)
    if type(name) ~= "string" or name == "" or seen[name] then
      error("reconcile: names must be a different text for each source", 4)
    end
    names[i], seen[name] = name, true
  end
  return names
end

local function check(options, count)
  errors.check_options("reconcile", options, OPTIONS, 3)
  errors.check_types("reconcile", options, TYPES, 3)
  return { tolerance = tolerance_of(options.tolerance),
    names = names_of(options, count), rule = options.rule,
    date = options.date, seats = options.seats, said = options.lists }
end

-- ---- the sources ----

local function read_all(given, count, options)
  local reading, sources = {}, {}
  for _, name in ipairs(READING) do reading[name] = options[name] end
  for i = 1, count do
    local results, err = subjects.results(given[i], reading)
    if not results then return nil, err end
    sources[i] = results
  end
  for i = 2, count do
    local err = same.check_one(sources[1], sources[i])
    if err then return nil, err end
  end
  return sources
end

local function all_have_records(sources)
  for _, results in ipairs(sources) do
    if not figures.has_records(results) then return false end
  end
  return true
end

local function figures_of(sources, job)
  job.is_total = not all_have_records(sources)
  for i, results in ipairs(sources) do
    local found, err = (job.is_total and figures.total or figures.of)(results)
    if not found then return nil, err end
    err = figures.check_keys(found, job.names[i])
    if err then return nil, err end
    job.figures[i] = found
  end
  return true
end

-- The lists of each source by the keys of the first, and those that the other
-- does not have.
local function match_lists(job)
  local first = job.figures[1].lists
  for k = 2, #job.figures do
    local other = job.figures[k].lists
    local found, by = figures.lists(first, other, job.said)
    local used = {}
    for _, key in pairs(found) do used[key] = true end
    job.lists[k], job.lists_by[k] = found, by
    for _, list in ipairs(first) do
      if not found[list.key] then
        job.unmatched_lists[#job.unmatched_lists + 1] =
          { list = list.key, source = job.names[1], missing = job.names[k] }
      end
    end
    for _, list in ipairs(other) do
      if not used[list.key] then
        job.unmatched_lists[#job.unmatched_lists + 1] =
          { list = list.key, source = job.names[k], missing = job.names[1] }
      end
    end
    if next(found) == nil then
      return errors.new("no_common_lists", { message = ("no list of %s is one "
        .. "of %s; say which is which with lists = { [\"key in %s\"] = \"key "
        .. "in %s\" }, or, if these are two elections, use urna.compare")
        :format(job.names[1], job.names[k], job.names[k], job.names[1]) })
    end
  end
end

-- Keys of the lists that both have, each side's own, in the same order.
local function list_keys(job, k)
  local left, right = {}, {}
  for _, list in ipairs(job.figures[1].lists) do
    local key = job.lists[k][list.key]
    if key then left[#left + 1], right[#right + 1] = list.key, key end
  end
  return { left = left, right = right }
end

local function place_of(unit)
  return { file = unit.source, line = unit.line }
end

local function candidate_rows(candidates, other)
  if not candidates then return nil end
  local rows = {}
  for n, row in ipairs(candidates) do
    local unit = other.units[row.unit]
    rows[n] = { key = unit.key, by = row.by, file = unit.source,
      line = unit.line }
  end
  return rows
end

local function note_alone(job, rows, k, other)
  for _, row in ipairs(rows) do
    local unit = job.figures[k].units[row.unit]
    local place = place_of(unit)
    job.only[#job.only + 1] = { key = unit.key, source = job.names[k],
      missing = job.names[other], file = place.file, line = place.line,
      candidates = candidate_rows(row.candidates, job.figures[other]) }
  end
end

local function unit_rows(numbers, side)
  local rows = {}
  for n, i in ipairs(numbers) do
    local unit = side.units[i]
    rows[n] = { key = unit.key, file = unit.source, line = unit.line }
  end
  return rows
end

local function match_units(job)
  for k = 2, #job.figures do
    local found = pairing.match(job.figures[1], job.figures[k],
      list_keys(job, k))
    job.unit_of[k] = found.right_of
    local keys = {}
    for n, pair in ipairs(found.aligned) do
      keys[n] = { first = job.figures[1].key_names[pair.left],
        other = job.figures[k].key_names[pair.right], by = pair.by }
    end
    job.matches[#job.matches + 1] = { source = job.names[k],
      counts = found.counts, keys = keys }
    note_alone(job, found.left_only, 1, k)
    note_alone(job, found.right_only, k, 1)
    for _, group in ipairs(found.ambiguous) do
      job.ambiguous[#job.ambiguous + 1] = { source = job.names[k],
        first = unit_rows(group.left, job.figures[1]),
        other = unit_rows(group.right, job.figures[k]), by = group.how }
    end
  end
end

local function match_total(job)
  for k = 2, #job.figures do
    job.unit_of[k] = { 1 }
    job.matches[#job.matches + 1] = { source = job.names[k],
      counts = { total = 1 }, keys = {} }
  end
end

-- ---- what is compared ----

-- A column for each field and list of the first: the other sources' arrays, nil
-- where they do not have it.
local function column(job, kind, name, key_of)
  local found = { kind = kind, name = name, arrays = {}, others = {} }
  for k = 1, #job.figures do
    local key = key_of(k)
    local side = key and job.figures[k]
    found.arrays[k] = side and side.of[key] or false
    found.others[k] = key
    if key and not found.arrays[k] then found.others[k] = nil end
  end
  return found
end

local function columns_of(job)
  local columns = {}
  local function add(found)
    for k = 2, #job.figures do
      if not found.arrays[k] and found.kind == "field" then
        job.uncompared[#job.uncompared + 1] = { field = found.name,
          missing = job.names[k] }
      end
    end
    columns[#columns + 1] = found
  end
  for _, name in ipairs(job.figures[1].fields) do
    add(column(job, "field", name, function() return name end))
  end
  for i, list in ipairs(job.figures[1].lists) do
    local found = column(job, "list", list.key, function(k)
      return k == 1 and list.key or job.lists[k][list.key]
    end)
    found.list = i
    add(found)
  end
  return columns
end

local function is_within(tolerance, a, b)
  local gap = math.abs(a - b)
  if gap <= tolerance.count then return true end
  local share = tolerance.share
  return share ~= nil and native.ratio_compare(gap, math.max(a, b), share[1],
    share[2]) <= 0
end

-- ---- what a difference looks like ----

-- Two numbers of equal length: in how many places their digits differ, and the
-- first and last such place.
local function digit_gaps(a, b)
  local count, first, last = 0, nil, nil
  for i = 1, #a do
    if a:byte(i) ~= b:byte(i) then
      count, first, last = count + 1, first or i, i
    end
  end
  return count, first, last
end

local function hint_of(a, b)
  if a > 0 and b > 0 and (a == 10 * b or b == 10 * a) then
    return "tenfold"
  end
  local x, y = ("%d"):format(a), ("%d"):format(b)
  if #x ~= #y or #x < 2 then return nil end
  local count, first, last = digit_gaps(x, y)
  local is_swap = count == 2 and last == first + 1
    and x:byte(first) == y:byte(last) and x:byte(last) == y:byte(first)
  if is_swap then return "digits_swapped" end
  if count == 1 then return "one_digit" end
end

-- ---- differences ----

-- The values of all sources for one unit: by number of the source, and whether
-- any differ.
local function values_at(job, found, i)
  local values, differ, missing = {}, false, false
  local any
  for k = 1, job.count do
    local array = found.arrays[k]
    local at = k == 1 and i or job.unit_of[k][i]
    if array and at then
      local value = array[at]
      values[k] = value
      if value == nil then
        missing = true
      elseif any == nil then
        any = value
      elseif value ~= any then
        differ = true
      end
    end
  end
  return values, differ, missing and any ~= nil
end

-- The source that says something else than all the others, which agree.
local function alone_of(job, values)
  local counts, given = {}, 0
  for k = 1, job.count do
    local value = values[k]
    if value then counts[value], given = (counts[value] or 0) + 1, given + 1 end
  end
  if given < 3 then return nil end
  for k = 1, job.count do
    local value = values[k]
    if value and counts[value] == 1 then
      for _, times in pairs(counts) do
        if times == given - 1 then return job.names[k] end
      end
    end
  end
end

local function named(job, values)
  local found = {}
  for k = 1, job.count do found[job.names[k]] = values[k] end
  return found
end

-- The value of another source that is farthest from the first's; without the
-- first's, the greatest and least of the others.
local function farthest(job, values)
  local found, gap
  for k = 2, job.count do
    local off = values[1] and values[k] and math.abs(values[k] - values[1])
    if off and (not gap or off > gap) then found, gap = k, off end
  end
  return found
end

local function extremes(job, values)
  local most, least
  for k = 1, job.count do
    local value = values[k]
    if value then
      if not most or value > values[most] then most = k end
      if not least or value < values[least] then least = k end
    end
  end
  return most, least
end

local function places_at(job, i)
  local found = {}
  for k = 1, job.count do
    local at = k == 1 and i or job.unit_of[k][i]
    local unit = at and job.figures[k].units[at]
    if unit and unit.source then found[job.names[k]] = place_of(unit) end
  end
  return found
end

-- Whom a difference favours: a list where a source gives it more.
local function favours(job, found, values, most, least)
  if found.kind ~= "list" then return nil end
  return { list = found.name, source = job.names[most],
    votes = values[most] - values[least] }
end

local function row_of(job, found, i, values)
  local most, least = extremes(job, values)
  local other = farthest(job, values)
  local difference = other and values[other] - values[1]
  return { key = job.figures[1].units[i].key, kind = found.kind,
    name = found.name, values = named(job, values),
    difference = difference,
    direction = difference and (difference > 0 and "more" or "fewer") or nil,
    favours = favours(job, found, values, most, least),
    alone = alone_of(job, values), places = places_at(job, i),
    hint = hint_of(values[most], values[least]),
    is_within = is_within(job.tolerance, values[most], values[least]) }
end

-- ---- sums of differences ----

local function total_row(job, found, k)
  local rows = job.totals_of
  rows[found] = rows[found] or {}
  if not rows[found][k] then
    rows[found][k] = { kind = found.kind, name = found.name,
      source = job.names[k], units = 0, more = 0, fewer = 0, net = 0,
      gross = 0 }
  end
  return rows[found][k]
end

local function add_total(row, difference)
  row.units = row.units + 1
  row.net, row.gross = row.net + difference, row.gross + math.abs(difference)
  local side = difference > 0 and "more" or "fewer"
  row[side] = row[side] + 1
end

local function note_pairs(job, values, seen)
  for a = 1, job.count do
    for b = a + 1, job.count do
      local x, y = values[a], values[b]
      if x and y and x ~= y and not is_within(job.tolerance, x, y) then
        local cell = job.matrix[a][b]
        cell.figures = cell.figures + 1
        if not seen[cell] then
          seen[cell], cell.units = true, cell.units + 1
        end
      end
    end
  end
end

-- What another source would change at this station, for the seats.
local function note_choices(job, found, values, station)
  for k = 2, job.count do
    local delta = values[1] and values[k] and values[k] - values[1] or 0
    if delta ~= 0 then
      local choice = station.by[k]
      if not choice then
        choice = { source = job.names[k], votes = {}, fields = {} }
        station.by[k] = choice
      end
      add_total(total_row(job, found, k), delta)
      if found.kind == "list" then
        choice.votes[found.list] = delta
        station.lists[found.list] = true
      else
        choice.fields[found.name] = delta
      end
    end
  end
end

local function note_gap(job, found, i, values)
  for k = 1, job.count do
    local at = k == 1 and i or job.unit_of[k][i]
    if found.arrays[k] and at and values[k] == nil then
      job.gaps[#job.gaps + 1] = { key = job.figures[1].units[i].key,
        kind = found.kind, name = found.name, source = job.names[k],
        values = named(job, values), places = places_at(job, i) }
    end
  end
end

-- Bounds that hold the other's value are no difference.
local function agree_within_bounds(job, found)
  if not job.is_total then return false end
  local low, high = 0, math.huge
  for k = 1, job.count do
    local key, side = found.others[k], job.figures[k]
    if key and side.low[key] then
      low = math.max(low, side.low[key])
      high = math.min(high, side.high[key])
    end
  end
  return low <= high
end

-- Most figures are the same everywhere: nothing is made for them.
local function are_equal(job, found, i)
  local first = found.arrays[1][i]
  if first == nil then return false end
  for k = 2, job.count do
    local array, at = found.arrays[k], job.unit_of[k][i]
    if array and at and array[at] ~= first then return false end
  end
  return true
end

local function compare_figure(job, found, i, station)
  local values, differ, missing = values_at(job, found, i)
  if missing and not job.is_total then note_gap(job, found, i, values) end
  if not differ or agree_within_bounds(job, found) then return end
  job.rows[#job.rows + 1] = row_of(job, found, i, values)
  station.figures = station.figures + 1
  note_pairs(job, values, station.seen)
  note_choices(job, found, values, station)
end

local function compare_unit(job, i)
  local station = { key = job.figures[1].units[i].key, unit = i, figures = 0,
    lists = {}, by = {}, seen = {} }
  for _, found in ipairs(job.columns) do
    if not are_equal(job, found, i) then
      compare_figure(job, found, i, station)
    end
  end
  if station.figures > 0 then job.stations[#job.stations + 1] = station end
end

local function count_compared(job, i)
  for a = 1, job.count do
    for b = a + 1, job.count do
      local has_a = a == 1 or job.unit_of[a][i]
      if has_a and job.unit_of[b][i] then
        local cell = job.matrix[a][b]
        cell.compared = cell.compared + 1
      end
    end
  end
end

local function compare_all(job)
  for a = 1, job.count do
    job.matrix[a] = {}
    for b = a + 1, job.count do
      job.matrix[a][b] = { first = job.names[a], other = job.names[b],
        compared = 0, units = 0, figures = 0 }
    end
  end
  for i = 1, #job.figures[1].units do
    count_compared(job, i)
    compare_unit(job, i)
  end
end

-- ---- stations ----

-- One list's votes less and as many more of another: they may have been
-- entered for the wrong one, wholly where the two changed places.
local function transfer_of(job, station, gains, loses, changed)
  if changed ~= 2 or not gains or not loses
    or gains.votes ~= loses.votes then
    return nil
  end
  local first = job.figures[1]
  local a = first.of[gains.list][station.unit]
  local b = first.of[loses.list][station.unit]
  return { from = loses.list, to = gains.list, votes = gains.votes,
    is_exchange = b - a == gains.votes or nil }
end

-- Who has more and who has fewer votes at a station by another source.
local function station_row(job, station, k)
  local choice, gains, loses, changed = station.by[k], nil, nil, 0
  local lists = job.figures[1].lists
  for i, list in ipairs(lists) do
    local delta = choice.votes[i]
    if delta then
      changed = changed + 1
      if delta > 0 and (not gains or delta > gains.votes) then
        gains = { list = list.key, votes = delta }
      elseif delta < 0 and (not loses or -delta > loses.votes) then
        loses = { list = list.key, votes = -delta }
      end
    end
  end
  return { key = station.key, source = choice.source,
    figures = station.figures, gains = gains, loses = loses,
    transfer = transfer_of(job, station, gains, loses, changed) }
end

local function station_rows(job)
  local rows = {}
  for _, station in ipairs(job.stations) do
    for k = 2, job.count do
      if station.by[k] then
        rows[#rows + 1] = station_row(job, station, k)
      end
    end
  end
  return rows
end

local function total_rows(job)
  local rows = {}
  for _, found in ipairs(job.columns) do
    for k = 2, job.count do
      local row = (job.totals_of[found] or {})[k]
      if row then rows[#rows + 1] = row end
    end
  end
  return rows
end

local function matrix_rows(job)
  local rows = {}
  for a = 1, job.count do
    for b = a + 1, job.count do rows[#rows + 1] = job.matrix[a][b] end
  end
  return rows
end

-- ---- seats ----

-- The seats of each source by itself, as far as the law gives them.
local function own_seats(job, sources)
  local rows, outcomes = {}, {}
  for k, results in ipairs(sources) do
    local outcome, err = apportion.run(results, { rule = job.rule,
      date = job.date, seats = job.seats, explain = false })
    outcomes[k] = outcome
    rows[k] = { source = job.names[k], decision = outcome and outcome.decision,
      reason = err and tostring(err) or outcome.open[1]
        and outcome.open[1].message, lists = {} }
    for _, list in ipairs(outcome and outcome.lists or {}) do
      if not list.others and list.seats then
        table.insert(rows[k].lists, { list = list.key, votes = list.votes,
          seats = list.seats })
      end
    end
  end
  return rows, outcomes[1]
end

-- Records without all votes are in no sum, so they can be in no mix.
local function reported(job, unit)
  for _, list in ipairs(job.figures[1].lists) do
    if job.figures[1].of[list.key][unit] == nil then return false end
  end
  return true
end

local function mix_stations(job)
  local stations = {}
  for _, station in ipairs(job.stations) do
    if reported(job, station.unit) then
      station.choices = {}
      for k = 2, job.count do
        station.choices[#station.choices + 1] = station.by[k]
      end
      stations[#stations + 1] = station
    end
  end
  return stations
end

local function others_of(job)
  local names = {}
  for k = 2, job.count do names[k - 1] = job.names[k] end
  return names
end

local function effect_of(job, sources, outcome, reason)
  if not outcome then return { result = "open", reason = reason, as = {} } end
  local group, err = sources[1]:total()
  if not group then
    return { result = "open", reason = tostring(err), as = {} }
  end
  return mix.judge { outcome = outcome, results = sources[1], group = group,
    rule = job.rule, date = job.date, sources = others_of(job),
    stations = mix_stations(job) }
end

-- ---- the verb ----

local function source_rows(job, sources)
  local rows = {}
  for k, results in ipairs(sources) do
    local source = results.source or {}
    rows[k] = { name = job.names[k], file = source.file,
      sha256 = source.sha256, contest = results.contest.name,
      units = not job.is_total and #job.figures[k].units or nil,
      bad = job.figures[k].bad }
  end
  return rows
end

local function matched_count(job)
  local count = 0
  for i = 1, #job.figures[1].units do
    local is_everywhere = true
    for k = 2, job.count do
      is_everywhere = is_everywhere and job.unit_of[k][i] ~= nil
    end
    if is_everywhere then count = count + 1 end
  end
  return count
end

local function result_of(job, sources)
  local seats, outcome = own_seats(job, sources)
  local found = { contest = { id = sources[1].contest.id,
    name = sources[1].contest.name, date = sources[1].contest.date },
    names = job.names, sources = source_rows(job, sources),
    is_total = job.is_total, matched = matched_count(job),
    matches = job.matches, only = job.only, ambiguous = job.ambiguous,
    unmatched_lists = job.unmatched_lists, uncompared = job.uncompared,
    rows = job.rows, gaps = job.gaps, stations = station_rows(job),
    totals = total_rows(job), matrix = matrix_rows(job),
    tolerance = job.tolerance, seats = seats,
    effect = effect_of(job, sources, outcome, seats[1].reason) }
  return reconciled.new(found)
end

--- Compare two or more sources of one election, unit by unit and figure by
--- figure; of embedded elections, of which only totals are known, by totals.
--- Fails: raises for less than two sources, an option of the wrong type, and
--- names that are not different texts.
---@param ... string|table subjects, and at the end the options: names (of the
--- sources, "A", "B" ... if not said), tolerance (a number of votes or ballots,
--- or { count, share = { num, den } }, up to which a difference is only noted),
--- lists ({ ["key in another source"] = "key in the first" }), rule, date,
--- seats, and those of urna.read
---@return urna.Reconciled?
---@return urna.Error? err "different_elections", "no_common_lists", "no_keys",
--- or of the reading
function reconcile.run(...)
  local given, count, options = split_arguments(...)
  local job = check(options, count)
  local sources, err = read_all(given, count, options)
  if not sources then return nil, err end
  job.count, job.figures, job.lists, job.lists_by = count, {}, {}, {}
  job.unit_of, job.matches, job.only, job.ambiguous = {}, {}, {}, {}
  job.unmatched_lists, job.uncompared, job.rows, job.gaps = {}, {}, {}, {}
  job.stations, job.totals_of, job.matrix = {}, {}, {}
  local done
  done, err = figures_of(sources, job)
  if not done then return nil, err end
  err = match_lists(job)
  if err then return nil, err end
  if job.is_total then match_total(job) else match_units(job) end
  job.columns = columns_of(job)
  compare_all(job)
  return result_of(job, sources)
end

return reconcile
