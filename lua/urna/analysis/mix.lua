local bounds = require "urna.analysis.mix.bounds"
local jobs = require "urna.analysis.mix.jobs"
local points = require "urna.analysis.mix.points"
local rules = require "urna.rules"
local search = require "urna.analysis.mix.search"

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

-- Why the question stays open: codes that stay, texts that may improve.
local REASONS = {
  averages_inexact = "the averages of this rule cannot be compared exactly",
  crossing = "%s could cross the threshold, and no mix that was tried moves a "
    .. "seat",
  failing = "an average could overtake another, and no mix that was tried "
    .. "moves a seat",
  no_averages = "the rule has no averages",
  no_line = "this needs divisors that rise in equal steps, and those of %s do "
    .. "not",
  other_step = "the rule has a step that is no threshold, weight or highest "
    .. "averages",
  threshold_inexact = "the threshold cannot be compared exactly",
  total_unknown = "the total of %s is not known exactly",
  undecided = "the seats of the first source are not decided: %s",
  within_bounds = "votes or ballots of the first source are known only within "
    .. "bounds",
}

local function say_open(found, code, of)
  found.result, found.code = "open", code
  found.reason = REASONS[code]:format(of)
  return found
end

local function mode_row(job, mode)
  local state = search.judge(job, mode)
  local row = { result = search.verdict(job, mode, state),
    crossing = state.crossing, pairs = #job.pair_functions,
    witness = state.witness }
  if row.result ~= "open" then return row end
  return say_open(row, #state.crossing > 0 and "crossing" or "failing",
    table.concat(state.crossing, ", "))
end

-- The seats if every station says what one other source says of it.
local function as_source(job, source)
  local point = points.start(job)
  for _, station in ipairs(job.stations) do
    for _, choice in ipairs(station.choices) do
      if choice.source == source then points.add(point, choice) end
    end
  end
  local seats, why = points.seats(job, point)
  if not seats then
    return { source = source, result = "open", reason = why }
  end
  local row = { source = source, moved = points.moved(job, seats) or {} }
  row.result = #row.moved > 0 and "moves" or "same"
  row.votes = points.keyed(job, point.votes)
  row.seats = points.keyed(job, seats)
  return row
end

local function judged(found, job)
  found.records = mode_row(job, "records")
  found.figures = mode_row(job, "figures")
  found.closest = bounds.closest(job)
  found.lists = bounds.lists(job, found.figures)
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

-- What keeps the question from being asked: a reason's code, and of what.
local function not_asked(about)
  local outcome = about.outcome
  if outcome.decision ~= "decided" then
    return "undecided", outcome.open[1] and outcome.open[1].message
      or outcome.decision
  elseif is_spread(about.group) then
    return "within_bounds"
  end
end

--- Whether the differences could move a seat.
---@param about { outcome: table, results: table, group: table, rule: any, date:
--- string?, sources: string[], stations: table[] } outcome, results and total
--- of the first source; the other sources' names; stations where any differ:
--- { key, lists = { [i] = true }, choices = { { source, votes = { [i] = more
--- than the first }, fields = { name = more } } } }
---@return { result: "could"|"cannot"|"open", code: string?, reason: string?,
--- as: table[], records: table?, figures: table?, closest: table?, lists:
--- table[]? } result, code and reason are those of records; as: the seats if
--- all is as one source says
function mix.judge(about)
  local code, of = not_asked(about)
  if code then return say_open({ as = {} }, code, of) end
  local contest = about.results.contest
  local rule = assert(rules.find(about.rule or contest.rule,
    about.date or contest.date))
  local job, found = jobs.new(about, rule), { as = {} }
  for n, source in ipairs(about.sources) do
    found.as[n] = as_source(job, source)
  end
  local done
  done, code, of = jobs.prepare(job, rule)
  if not done then return say_open(found, code, of) end
  judged(found, job)
  found.result, found.reason = found.records.result, found.records.reason
  found.code = found.records.code
  return found
end

return mix
