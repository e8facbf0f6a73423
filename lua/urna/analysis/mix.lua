local apportion = require "urna.seats.apportion"
local divisors = require "urna.methods.divisors"
local native = require "urna.native"
local rules = require "urna.rules"
local totals = require "urna.totals"

--- Whether differences between sources could move a seat. A mix takes, at each
--- polling station where sources differ, what one of them says; the question
--- is whether some mix has other seats than the first source.
---
--- While no list crosses a threshold, the seats stay as they are exactly if
--- every average that got a seat stays above every next average of another
--- list. Each such inequality, c_i * v_i - c_j * v_j > 0, is linear in the
--- votes, so its worst mix takes at each station the worst source by itself:
--- if all inequalities hold at their worst mixes, no mix moves a seat; where
--- one fails, its worst mix is a witness, and the law is applied to it. A
--- threshold, den * v - num * base, is a linear inequality too; where some mix
--- takes a list across, the averages must hold however it stands.
---
--- Two freedoms are judged. "records": the whole record of a station from one
--- source. "figures": each figure by itself, which sums may contradict.
local mix = {}

local MOST = 9007199254740991

-- ---- the law at given totals ----

local function totals_of(job, point)
  local lists, fields = {}, {}
  for i, list in ipairs(job.lists) do
    local copy = {}
    for name, value in pairs(list) do copy[name] = value end
    copy.votes = point.votes[i]
    lists[i] = copy
  end
  for name, value in pairs(job.fields) do fields[name] = value end
  if job.base_name then fields[job.base_name] = point.base end
  return totals.new { contest = job.contest, lists = lists, fields = fields,
    others = job.others }
end

local function seats_at(job, point)
  local outcome, err = apportion.run(totals_of(job, point), { rule = job.rule,
    date = job.date, seats = job.seats, explain = false })
  if not outcome then return nil, tostring(err) end
  if outcome.decision ~= "decided" then
    return nil, outcome.open[1] and outcome.open[1].message
      or outcome.decision
  end
  local seats = {}
  for i, list in ipairs(outcome.lists) do
    if not list.others then seats[i] = list.seats end
  end
  return seats, outcome
end

-- Which lists have more or fewer seats than before; nil if none.
local function moved(job, seats)
  local rows
  for i, list in ipairs(job.lists) do
    if seats[i] ~= job.now[i] then
      rows = rows or {}
      rows[#rows + 1] = { list = list.key, before = job.now[i],
        after = seats[i], change = seats[i] - job.now[i] }
    end
  end
  return rows
end

-- ---- points: totals of a mix ----

local function start_point(job)
  local votes = {}
  for i in ipairs(job.lists) do votes[i] = job.votes[i] end
  return { votes = votes, base = job.base }
end

local function add(point, choice)
  for i, delta in pairs(choice.votes) do
    point.votes[i] = point.votes[i] + delta
  end
  if point.base then point.base = point.base + choice.base end
end

-- What a choice at a station does to a linear function of votes and base.
local function effect_of(f, choice)
  local sum = 0
  for _, term in ipairs(f) do
    local delta = term.list and choice.votes[term.list]
      or term.list == nil and choice.base or 0
    sum = sum + term.times * delta
  end
  return sum
end

local function value_at(f, point)
  local sum = 0
  for _, term in ipairs(f) do
    sum = sum + term.times * (term.list and point.votes[term.list]
      or point.base)
  end
  return sum
end

-- The least of a station's choices, if below 0.
local function worst_choice(f, station)
  local least, found = 0, nil
  for _, choice in ipairs(station.choices) do
    local value = effect_of(f, choice)
    if value < least then least, found = value, choice end
  end
  return least, found
end

-- The stations at which another source makes f smaller, the most first, and
-- the least value f can have when every record is taken whole.
local function worst_records(f, job)
  local found, least = {}, value_at(f, job.point)
  for n, station in ipairs(job.stations) do
    local value, choice = worst_choice(f, station)
    if choice then
      found[#found + 1] = { value = value, choice = choice, order = n,
        key = station.key }
      least = least + value
    end
  end
  table.sort(found, function(a, b)
    if a.value ~= b.value then return a.value < b.value end
    return a.order < b.order
  end)
  return least, found
end

-- The point at which each figure is by itself the worst for f, and f there.
local function worst_figures(f, job)
  local point = start_point(job)
  for _, term in ipairs(f) do
    local spread = term.list and job.spread[term.list] or job.base_spread
    local value = term.times > 0 and spread.low or spread.high
    if term.list then
      point.votes[term.list] = value
    elseif point.base then
      point.base = value
    end
  end
  return value_at(f, point), point
end

-- ---- the inequalities ----

-- A product of whole numbers; nil beyond 2^53 - 1.
local function product(...)
  local found = 1
  for n = 1, select("#", ...) do
    local factor = select(n, ...)
    if factor > 0 and found > MOST / factor then return nil end
    found = found * factor
  end
  return found
end

-- Coefficients that keep every product with votes exact, or nil.
local function exact(job, one, other)
  if not one or not other then return nil end
  one, other = native.reduce(one, other)
  if math.max(one, other) > MOST / (2 * job.greatest) then return nil end
  return one, other
end

-- c_i * v_i - c_j * v_j: above 0 while the last average of i that got a seat is
-- above the next average of j.
local function pair_function(job, i, j, wa, wb)
  local a = job.sequence:at(job.now[i] - 1)
  local b = job.sequence:at(job.now[j])
  if a.squared or b.squared then return nil end
  if a[1] == 0 or b[1] == 0 then return false end -- a seat for any vote
  local one, other = exact(job, product(wa[1], wb[2], a[2], b[1]),
    product(wb[1], wa[2], b[2], a[1]))
  if not one then return nil end
  return { { list = i, times = one }, { list = j, times = -other }, holder = i,
    rival = j, one = one, other = other }
end

-- Pairs of a list with seats and one that may have another.
local function pairs_of(job)
  local found = {}
  for i in ipairs(job.lists) do
    for j, rival in ipairs(job.lists) do
      if i ~= j and job.now[i] > 0
        and job.now[j] < (rival.candidates or job.outcome.seats) then
        found[#found + 1] = { i, j }
      end
    end
  end
  return found
end

-- The inequalities as lists stand now; nil where one is not linear or not
-- exact.
local function pair_functions(job)
  local found = {}
  for _, pair in ipairs(pairs_of(job)) do
    local i, j = pair[1], pair[2]
    local f = job.takes_part[i] and job.takes_part[j]
      and pair_function(job, i, j, job.weights[i], job.weights[j])
    if f == nil then return nil end
    if f then found[#found + 1] = f end
  end
  return found
end

-- What a list is worth when it stands otherwise to the threshold: its weight,
-- or nil where it takes no part.
local function other_weight(job, i)
  local list = job.lists[i]
  local was_passed = job.passed[i]
  if was_passed then
    local is_exempt = true
    for _, clause in ipairs(job.thresholds) do
      is_exempt = is_exempt and clause.exempt and list[clause.exempt]
    end
    if not is_exempt then return nil end
  end
  local weight = { 1, 1 }
  for _, clause in ipairs(job.weight_clauses) do
    local applies = list[clause.lists]
      and (clause.when ~= "below_threshold" or was_passed)
    if applies then weight = clause.factor end
  end
  return weight
end

-- The weights a list may have in some mix; nil where it may take no part
-- though it has seats.
local function weights_of(job, i, crossing)
  local found = {}
  if job.takes_part[i] then found[1] = job.weights[i] end
  if crossing[i] then
    local other = other_weight(job, i)
    if not other and job.now[i] > 0 then return nil end
    found[#found + 1] = other
  end
  return found
end

-- Where all that passed could fail, the law may let all take part.
local function some_pass(job, crossing)
  for i in ipairs(job.lists) do
    if job.passed[i] and not crossing[i] then return true end
  end
  return false
end

-- The inequalities for every way in which the crossing lists may stand; nil
-- where that cannot be said.
local function crossed_functions(job, crossing)
  if not some_pass(job, crossing) then return nil end
  local found = {}
  for _, pair in ipairs(pairs_of(job)) do
    local holders = weights_of(job, pair[1], crossing)
    local rivals = weights_of(job, pair[2], crossing)
    if not holders or not rivals then return nil end
    for _, wa in ipairs(holders) do
      for _, wb in ipairs(rivals) do
        local f = pair_function(job, pair[1], pair[2], wa, wb)
        if f == nil then return nil end
        if f then found[#found + 1] = f end
      end
    end
  end
  return found
end

-- den * v - num * base: not below 0 while a list passes the threshold.
local function threshold_functions(job)
  local found = {}
  for _, clause in ipairs(job.thresholds) do
    for i in ipairs(job.lists) do
      local num, den = clause.share[1], clause.share[2]
      found[#found + 1] = { { list = i, times = den }, { times = -num },
        list = i, above = { { list = i, times = -den }, { times = num } } }
    end
  end
  return found
end

-- The function whose fall below 0 (or to it) takes a list across.
local function crossing_of(job, f)
  local value = value_at(f, job.point)
  if value >= 0 then return f, 0 end
  return f.above, 1
end

-- ---- searching ----

local function keyed(job, values)
  local found = {}
  for i, list in ipairs(job.lists) do found[list.key] = values[i] end
  return found
end

-- A witness: totals with other seats, or with seats that the law leaves open,
-- and where they come from.
local function witness(job, point, stations)
  local seats, why = seats_at(job, point)
  local rows = seats and moved(job, seats)
  if seats and not rows then return nil end
  local from = stations and {}
  for n, row in ipairs(stations or {}) do
    from[n] = { key = row.key, source = row.choice.source }
  end
  return { moved = rows or {}, undecided = not seats and why or nil,
    stations = from, votes = keyed(job, point.votes), base = point.base }
end

-- Beyond a crossed inequality the seats move at once, unless a threshold is
-- crossed too; the law is applied to so many mixes, and to the worst.
local TRIES = 4

-- The fewest stations, of those that make f smaller, that take it to 0 or
-- below and move a seat.
local function records_witness(job, f, found, limit)
  local point, value, used = start_point(job), value_at(f, job.point), {}
  local tries = 0
  for n, row in ipairs(found) do
    if limit and n >= limit then return nil end
    add(point, row.choice)
    value, used[n] = value + row.value, row
    local is_tried = value <= 0 and (tries < TRIES or n == #found)
    local seen = is_tried and witness(job, point, used)
    if seen then return seen end
    tries = tries + (is_tried and 1 or 0)
  end
end

-- Each mode: the least value of f, and a witness that f <= 0.
local MODES = {
  records = function(job, f, best)
    local least, found = worst_records(f, job)
    return least, function()
      return records_witness(job, f, found, best and #best.stations)
    end
  end,
  figures = function(job, f)
    local least, point = worst_figures(f, job)
    return least, function() return witness(job, point) end
  end,
}

-- A mix with fewer stations is the better witness.
local function better(best, seen)
  if not best then return seen end
  if not seen then return best end
  if best.stations and #seen.stations < #best.stations then return seen end
  return best
end

-- What is nearest to moving: the smallest ratio of the holder's average to its
-- rival's, at the worst mix of the two figures. `close` is that pair so far.
local function closer(job, f, close)
  local low = job.spread[f.holder].low
  local high = job.spread[f.rival].high
  local row = { f = f, num = f.one * low, den = f.other * high }
  if row.den == 0 then return close end
  if not close or native.ratio_compare(row.num, row.den, close.num,
    close.den) < 0 then
    return row
  end
  return close
end

-- The lists that some mix takes across the threshold.
local function crossings(job, mode, state)
  for _, f in ipairs(job.threshold_functions) do
    local g, bound = crossing_of(job, f)
    local least, find = bound
    if worst_figures(g, job) < bound then
      least, find = MODES[mode](job, g, state.witness)
    end
    if least < bound then
      if not state.crosses[f.list] then
        state.crossing[#state.crossing + 1] = job.lists[f.list].key
      end
      state.crosses[f.list] = true
      state.witness = better(state.witness, find())
    end
  end
end

local function judge(job, mode)
  local state = { crossing = {}, crosses = {}, failing = 0 }
  crossings(job, mode, state)
  for _, f in ipairs(job.pair_functions) do
    local least, find = 1, nil
    -- what holds when each figure is the worst holds for whole records
    if worst_figures(f, job) <= 0 then
      least, find = MODES[mode](job, f, state.witness)
    end
    if least <= 0 then
      local seen = find()
      state.witness = better(state.witness, seen)
      -- at 0 the law says who is first, and says the same for every mix
      if seen or least < 0 then state.failing = state.failing + 1 end
    end
  end
  return state
end

-- Whether the seats stay even where lists cross the threshold.
local function holds_across(job, mode, state)
  local functions = crossed_functions(job, state.crosses)
  for _, f in ipairs(functions or {}) do
    if (worst_figures(f, job)) <= 0 and (MODES[mode](job, f)) <= 0 then
      return false
    end
  end
  return functions ~= nil
end

local function verdict(job, mode, state)
  if state.witness then return "could" end
  if state.failing > 0 then return "open" end
  if #state.crossing == 0 or holds_across(job, mode, state) then
    return "cannot"
  end
  return "open"
end

local REASONS = {
  crossing = "%s could cross the threshold, and no mix that was tried moves a "
    .. "seat",
  failing = "an average could overtake another, and no mix that was tried "
    .. "moves a seat",
}

local function reason_of(state)
  if #state.crossing > 0 then
    return REASONS.crossing:format(table.concat(state.crossing, ", "))
  end
  return REASONS.failing
end

local function mode_row(job, mode)
  local state = judge(job, mode)
  local row = { result = verdict(job, mode, state), crossing = state.crossing,
    pairs = #job.pair_functions, witness = state.witness }
  if row.result == "open" then row.reason = reason_of(state) end
  return row
end

-- ---- bounds of each list ----

-- The seats of a list where its own votes are at one end and all others' at
-- the other; that too is a mix of figures.
local function seats_at_end(job, i, own, others)
  local point = start_point(job)
  for j in ipairs(job.lists) do
    point.votes[j] = job.spread[j][j == i and own or others]
  end
  local seats = seats_at(job, point)
  return seats and seats[i]
end

-- Known where no list crosses a threshold; where no mix moves a seat, they are
-- what they are.
local function list_rows(job, found)
  local rows = {}
  local is_certain, is_fixed = #found.crossing == 0, found.result == "cannot"
  for i, list in ipairs(job.lists) do
    local spread = job.spread[i]
    rows[i] = { list = list.key, votes = job.votes[i], low = spread.low,
      high = spread.high, seats = job.now[i] }
    if is_fixed then
      rows[i].seats_min, rows[i].seats_max = job.now[i], job.now[i]
    elseif is_certain then
      rows[i].seats_min = seats_at_end(job, i, "low", "high")
      rows[i].seats_max = seats_at_end(job, i, "high", "low")
    end
  end
  return rows
end

local function quotient(job, i, votes, held)
  local d, w = job.sequence:at(held), job.weights[i]
  local r = native.rational(votes) * native.rational(w[1], w[2])
    * native.rational(d[2], d[1])
  return (r * native.rational(100) + native.rational(1, 2)):floor()
end

local function closest_row(job)
  local close
  for _, f in ipairs(job.pair_functions) do close = closer(job, f, close) end
  if not close then return nil end
  local i, j = close.f.holder, close.f.rival
  local low, high = job.spread[i].low, job.spread[j].high
  local function shown(value)
    local hundredths = tostring(value)
    return ("%s.%s"):format(#hundredths > 2 and hundredths:sub(1, -3) or "0",
      ("00" .. hundredths):sub(-2))
  end
  return { list = job.lists[i].key, seat = job.now[i], votes = low,
    average = shown(quotient(job, i, low, job.now[i] - 1)),
    rival = job.lists[j].key, rival_seat = job.now[j] + 1, rival_votes = high,
    rival_average = shown(quotient(job, j, high, job.now[j])) }
end

-- ---- the job ----

local function spreads(job)
  job.spread, job.base_spread = {}, { low = job.base, high = job.base }
  for i in ipairs(job.lists) do
    job.spread[i] = { low = job.votes[i], high = job.votes[i] }
  end
  local function widen(spread, choices, delta_of)
    local low, high = 0, 0
    for _, choice in ipairs(choices) do
      local delta = delta_of(choice)
      low, high = math.min(low, delta), math.max(high, delta)
    end
    spread.low, spread.high = spread.low + low, spread.high + high
  end
  for _, station in ipairs(job.stations) do
    for i in pairs(station.lists) do
      widen(job.spread[i], station.choices, function(choice)
        return choice.votes[i] or 0
      end)
    end
    if job.base then
      widen(job.base_spread, station.choices, function(choice)
        return choice.base
      end)
    end
  end
end

-- The greatest number that a coefficient is multiplied with.
local function greatest(job)
  local most = job.base_spread.high or 0
  for _, spread in ipairs(job.spread) do most = math.max(most, spread.high) end
  return math.max(most, 1)
end

local function read_outcome(job)
  local none_passed = true
  for i, list in ipairs(job.outcome.lists) do
    if not list.others then
      local result = list.threshold and list.threshold.result
      none_passed = none_passed and result ~= "passed" and result ~= nil
      job.passed[i] = result == "passed"
      job.now[i], job.weights[i] = list.seats, list.weight or { 1, 1 }
      job.takes_part[i] = result ~= "failed"
    end
  end
  if not none_passed then return end
  for i in ipairs(job.lists) do job.takes_part[i] = true end
end

-- The clauses that this reasoning knows; nil and why, where there is another.
local function read_rule(job, rule)
  for _, clause in ipairs(rule) do
    local step = type(clause) == "table" and clause.step
    if step == "averages" and not job.sequence then
      job.sequence = divisors.find(clause.divisor).sequence
    elseif step == "threshold" and clause.share then
      job.thresholds[#job.thresholds + 1] = clause
    elseif step == "weight" then
      job.weight_clauses[#job.weight_clauses + 1] = clause
    else
      return nil, "the rule has a step that is no threshold, weight or "
        .. "highest averages"
    end
  end
  if not job.sequence then return nil, "the rule has no averages" end
  if #job.thresholds > 0 and not job.base then
    return nil, ("the total of %s is not known exactly"):format(
      (rule.base:gsub("_", " ")))
  end
  return true
end

-- Whether every number the reasoning needs is known and exact.
local function prepare(job, rule)
  local done, reason = read_rule(job, rule)
  if not done then return nil, reason end
  read_outcome(job)
  spreads(job)
  job.greatest, job.point = greatest(job), start_point(job)
  for _, clause in ipairs(job.thresholds) do
    if clause.share[2] > MOST / (2 * job.greatest) then
      return nil, "the threshold cannot be compared exactly"
    end
  end
  job.pair_functions = pair_functions(job)
  if not job.pair_functions then
    return nil, "the averages of this rule cannot be compared exactly"
  end
  job.threshold_functions = threshold_functions(job)
  return true
end

-- The seats if every station says what one other source says of it.
local function as_source(job, source)
  local point = start_point(job)
  for _, station in ipairs(job.stations) do
    for _, choice in ipairs(station.choices) do
      if choice.source == source then add(point, choice) end
    end
  end
  local seats, why = seats_at(job, point)
  if not seats then
    return { source = source, result = "open", reason = why }
  end
  local row = { source = source, moved = moved(job, seats) or {} }
  row.result = #row.moved > 0 and "moves" or "same"
  row.votes, row.seats = keyed(job, point.votes), keyed(job, seats)
  return row
end

local function judged(found, job)
  found.records = mode_row(job, "records")
  found.figures = mode_row(job, "figures")
  found.closest = closest_row(job)
  found.lists = list_rows(job, found.figures)
  return found
end

-- Totals that somebody estimated have bounds.
local function is_spread(group)
  for _, kind in ipairs { "fields", "votes" } do
    for name, value in pairs(group.low and group.low[kind] or {}) do
      if group.high[kind][name] ~= value then return true end
    end
  end
  return false
end

local function job_of(about, rule)
  local results, outcome = about.results, about.outcome
  local base = about.group.fields[rule.base]
  local job = { outcome = outcome, rule = about.rule, date = about.date,
    seats = outcome.seats, contest = results.contest, lists = results.lists,
    fields = about.group.fields, others = results.others, base = base,
    stations = about.stations, base_name = base and rule.base, votes = {},
    now = {}, weights = {}, takes_part = {}, passed = {}, thresholds = {},
    weight_clauses = {} }
  for i, list in ipairs(job.lists) do
    job.votes[i] = about.group.votes[list.key]
    job.now[i] = outcome.lists[i].seats
  end
  for _, station in ipairs(job.stations) do
    for _, choice in ipairs(station.choices) do
      choice.base = (choice.fields or {})[rule.base] or 0
    end
  end
  return job
end

-- What keeps the question from being asked; nil if nothing does.
local function not_asked(about)
  local outcome = about.outcome
  if outcome.decision ~= "decided" then
    return "the seats of the first source are not decided: "
      .. (outcome.open[1] and outcome.open[1].message or outcome.decision)
  elseif is_spread(about.group) then
    return "votes or ballots of the first source are known only within bounds"
  end
end

--- Whether the differences could move a seat.
---@param about { outcome: table, results: table, group: table, rule: any, date:
--- string?, sources: string[], stations: table[] } outcome, results and total
--- of the first source; the other sources' names; stations where any differ:
--- { key, lists = { [i] = true }, choices = { { source, votes = { [i] = more
--- than the first }, fields = { name = more } } } }
---@return { result: "could"|"cannot"|"open", reason: string?, as: table[],
--- records: table?, figures: table?, closest: table?, lists: table[]? } result
--- is that of records; as: the seats if all is as one source says
function mix.judge(about)
  local reason = not_asked(about)
  if reason then return { result = "open", reason = reason, as = {} } end
  local contest = about.results.contest
  local rule = assert(rules.find(about.rule or contest.rule,
    about.date or contest.date))
  local job, found = job_of(about, rule), { as = {} }
  for n, source in ipairs(about.sources) do
    found.as[n] = as_source(job, source)
  end
  local done
  done, reason = prepare(job, rule)
  if not done then
    found.result, found.reason = "open", reason
    return found
  end
  judged(found, job)
  found.result, found.reason = found.records.result, found.records.reason
  return found
end

return mix
