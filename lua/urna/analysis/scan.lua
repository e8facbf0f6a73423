local contexts = require "urna.analysis.context"
local counts = require "urna.seats.count"
local elsewhere = require "urna.analysis.elsewhere"
local errors = require "urna.errors"
local walk = require "urna.seats.walk"

--- Every number of votes at which one move of votes - away from a list, to it,
--- from one to another - changes the seats or the standing of any list.
---
--- While nobody changes sides at the threshold, the list that loses votes never
--- gains a seat and the one that gains them never loses one; where the seats of
--- both are the same at two numbers of votes, they are the same between, and so
--- is the division of the others' seats. Standings too change in one direction.
--- So stretches whose ends are alike hold no change, and all others are halved.
local scan = {}

local ROWS = 1000
local ADDED = 1000000

-- The scenario of a move of so many votes.
local function scenario_of(move, votes)
  if move.remove then return { remove = { [move.remove] = votes } } end
  if move.add then return { add = { [move.add] = votes } } end
  return { switch = { { from = move.switch.from, to = move.switch.to,
    votes = votes } } }
end

local function state_of(job, votes)
  if job.known[votes] then return job.known[votes] end
  local changed = assert(elsewhere.apply(job.source,
    scenario_of(job.move, votes), {}))
  local group = changed.totals:total()
  local count = counts.new(changed.totals, group, job.rule, job.seats)
  count = assert(walk.run(job.rule, count))
  local parts, seats, is_open = {}, {}, false
  for i, list in ipairs(count.lists) do
    parts[i] = ("%d%s"):format(list.seats, list.standing or "")
    if not list.others then seats[list.key] = list.seats end
    is_open = is_open or list.standing == "unknown"
  end
  local state = { votes = votes, seats = seats, lists = count.lists,
    is_open = is_open, is_tied = #count.ties > 0,
    key = table.concat(parts, " ") }
  job.known[votes] = state
  return state
end

local function halve(job, low, high, found)
  if #found > ROWS or low.key == high.key then return end
  if high.votes - low.votes == 1 then
    found[#found + 1] = high
    return
  end
  local middle = state_of(job, low.votes
    + math.floor((high.votes - low.votes) / 2))
  halve(job, low, middle, found)
  halve(job, middle, high, found)
end

local function moved(job, from, to)
  local rows = {}
  for _, list in ipairs(job.source.lists) do
    local gain = to.seats[list.key] - from.seats[list.key]
    if gain ~= 0 then rows[#rows + 1] = { list = list.key, seats = gain } end
  end
  return rows
end

local function row_of(job, start, before, state)
  return { name = ("%s: %d votes"):format(job.what, state.votes),
    votes = state.votes, seats = state.seats, is_tied = state.is_tied,
    is_open = state.is_open,
    moved = moved(job, start, state), step = moved(job, before, state),
    crossed = contexts.crossed(before.lists, state.lists, "unknown to") }
end

local function value_of(measure)
  if type(measure) ~= "table" then return measure end
  return measure.min or measure.value
end

local function check_move(source, move, level)
  local given = (move.remove and 1 or 0) + (move.add and 1 or 0)
    + (move.switch and 1 or 0)
  if given ~= 1 then
    error("a scan moves votes once: remove, add or switch", level + 1)
  end
  if move.switch and type(move.switch) ~= "table" then
    error("switch is { from, to }", level + 1)
  end
  for _, key in ipairs { move.remove or move.add or move.switch.from,
    move.switch and move.switch.to } do
    elsewhere.check_list(source, key, level + 1)
  end
  if move.switch and move.switch.from == move.switch.to then
    error("votes are switched between two lists", level + 1)
  end
  local most = move.most
  if most ~= nil and (type(most) ~= "number" or most < 1 or most % 1 ~= 0
    or most > 1000000000000) then
    error("most is a whole number of votes, from 1", level + 1)
  end
end

local function limit_of(source, move)
  local from = move.remove or move.switch and move.switch.from
  if not from then return move.most or ADDED end
  for _, list in ipairs(source.lists) do
    if list.key == from then
      local votes = value_of(list.votes)
      return math.min(move.most or votes, votes)
    end
  end
end

local function words_of(move)
  if move.remove then return "without votes of " .. move.remove end
  if move.add then return "with votes for " .. move.add end
  return ("votes from %s to %s"):format(move.switch.from, move.switch.to)
end

--- The changes, by votes.
--- Fails: raises for a move that is none.
---@param source table from elsewhere.source
---@param move table see scenarios.scan
---@param level integer as for errors.check_options
---@return table[]? rows `truncated` behind 1,000; most: votes scanned
---@return urna.Error?
function scan.rows(source, move, level)
  check_move(source, move, level + 1)
  local rule, err = elsewhere.rule(source)
  if not rule then return nil, err end
  for _, clause in ipairs(rule) do
    if type(clause) == "function" then
      return nil, errors.new("own_step", { message =
        "a scan needs a rule whose steps it knows" })
    end
  end
  local job = { source = source, move = move, rule = rule, known = {},
    seats = source.contest.seats or rule.seats, what = words_of(move) }
  local start = state_of(job, 0)
  local found, most = {}, limit_of(source, move)
  if most >= 1 then halve(job, start, state_of(job, most), found) end
  local rows, before = { truncated = #found > ROWS, most = most }, start
  for n = 1, math.min(#found, ROWS) do
    rows[n] = row_of(job, start, before, found[n])
    before = found[n]
  end
  return rows
end

return scan
