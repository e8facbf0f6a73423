local courses = require "urna.count.courses"
local native = require "urna.native"
local thiele = require "urna.count.thiele"

--- Rules that give every candidate a score of its own and elect the highest.
--- Approval voting counts the papers that approve it; satisfaction approval
--- voting lets each paper share one vote among all whom it approves.
--- Source: Brams & Fishburn, American Political Science Review 72(3), 1978,
--- pp. 831-847; Brams & Kilgour, Satisfaction approval voting, 2014 (Voting
--- Power and Procedures, pp. 323-346); Lackner & Skowron, 2023, rules 1, 2.
local separable = {}

local worth = {}

function worth.av(papers) return native.rational(papers) end

function worth.sav(papers, size) return native.rational(papers, size) end

local function scores_of(election, worth_of)
  local approvals, scores = election.approvals, {}
  local counts = approvals:count(approvals:classes(true), approvals:longest())
  for number = 1, #election.names do
    local sum, classes = native.rational(0), counts[number]
    for i = 1, #classes, 2 do
      sum = sum + worth_of(classes[i + 1], classes[i])
    end
    scores[number] = sum
  end
  return scores
end

-- The highest first, equals in the ballots' order.
local function ranking(scores)
  local order = {}
  for number = 1, #scores do order[number] = number end
  table.sort(order, function(a, b)
    if scores[a] ~= scores[b] then return scores[a] > scores[b] end
    return a < b
  end)
  return order
end

-- Who is above the last seat's score, and who has it.
local function split(order, scores, seats)
  local above, level = {}, {}
  for _, number in ipairs(order) do
    local score, last = scores[number], scores[order[seats]]
    if score > last then
      above[#above + 1] = number
    elseif score == last then
      level[#level + 1] = number
    end
  end
  return above, level
end

-- All committees of `above` and so many of `level`, in order, up to the limit
-- and one more, that it be seen.
local function combine(found, above, level, left, limit)
  local chosen = thiele.with(above)
  local function choose(from, missing)
    if missing == 0 then return found.add(chosen) end
    for i = from, #level - missing + 1 do
      if found.count > limit then return end
      chosen[#chosen + 1] = level[i]
      choose(i + 1, missing - 1)
      chosen[#chosen] = nil
    end
  end
  choose(1, left)
end

local function found_of(above, level, left, limit)
  local found = courses.collection(limit)
  combine(found, above, level, left, limit)
  found.is_complete = found.count <= limit
  found.certain = courses.common(nil, above)
  return found
end

local function rounds_of(made, election, scores, elected, open)
  local tallies = {}
  for number, score in ipairs(scores) do
    tallies[election.names[number]] = thiele.pair(score)
  end
  for i, number in ipairs(elected) do
    made.rounds[i] = { round = i, stage = "election", measure = made.measure,
      candidate = election.names[number], value = thiele.pair(scores[number]),
      tallies = tallies, by_lot = made.is_drawn and made.is_drawn[number] }
  end
  if open then
    made.rounds[#elected + 1] = { round = #elected + 1, stage = "election",
      measure = made.measure, value = thiele.pair(scores[open[1]]),
      tallies = tallies, tied = courses.named(open, election.names) }
  end
end

local function settle(made, election, above, level, lots)
  local left = election.seats - #above
  local tie = courses.tie(election.names, "election", above, level, left)
  local drawn, message = courses.draw(lots, election.names, tie, made.drawn)
  if not drawn then return nil, message end
  table.sort(drawn)
  made.is_drawn = courses.common(nil, drawn)
  return drawn
end

--- The candidates of the highest scores.
---@param election table { approvals, names, seats }
---@param lots urna.Lots
---@param limit integer committees to find
---@param score "av"|"sav"
---@return table? made as of courses.follow
---@return string? message what is wrong with the lots
function separable.elect(election, lots, limit, score)
  local made = { rounds = {}, drawn = {},
    measure = score == "av" and "approvals" or "score" }
  local scores = scores_of(election, worth[score])
  local above, level = split(ranking(scores), scores, election.seats)
  local chosen = level
  if #above + #level > election.seats then
    local message
    chosen, message = settle(made, election, above, level, lots)
    if message then return nil, message end
  end
  local elected = thiele.with(above)
  for _, number in ipairs(chosen or {}) do elected[#elected + 1] = number end
  rounds_of(made, election, scores, elected, not chosen and level)
  if chosen then
    made.elected = elected
  else
    made.open = { best = level, stage = "election" }
    made.left, made.secure = election.seats - #above, above
    made.found = found_of(above, level, made.left, limit)
  end
  return made
end

return separable
