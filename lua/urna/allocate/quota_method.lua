local faults = require "urna.allocate.faults"
local native = require "urna.native"
local ties = require "urna.allocate.ties"

--- The quota method: a seat at a time, nobody beyond its quota rounded up.
local quota_method = {}

local function grow(node, seats, drawn, explain)
  local done, found, open, tied, total, steps = pcall(native.quota_method,
    seats, node.votes, { num = node.num, den = node.den, drawn = drawn,
      explain = explain })
  if not done then
    faults.raise("%s%s", node.num and "weights: " or "",
      faults.without_place(found))
  end
  return found, open, tied, total, steps
end

-- Who competes for an open seat: the house grown so far and no further.
local function competitors(node, open_seat, drawn)
  local _, _, tied = grow(node, open_seat.house, drawn)
  return tied
end

-- The open seats from number `first` that one draw decides: at one average,
-- nobody having joined those who wait.
local function group_from(open, first)
  local last = first
  while open[last + 1] and not open[last + 1].starts
    and open[last + 1].equals == open[last].equals - 1 do
    last = last + 1
  end
  return last
end

local function tie_from(node, seats, open, first, drawn)
  local tied = competitors(node, open[first], drawn)
  local stage = ("house %d"):format(open[first].house)
  return ties.new(node, stage, seats, tied, group_from(open, first) - first
    + 1), tied
end

-- The first group of every average: ties that do not touch each other.
local function leave_open(node, outcome, open, drawn)
  for i, open_seat in ipairs(open) do
    if open_seat.starts then
      local tie = tie_from(node, outcome.seats, open, i, drawn)
      outcome.ties[#outcome.ties + 1] = tie
    end
    for _, number in ipairs(competitors(node, open_seat, drawn)) do
      outcome.may[number] = 1
    end
  end
end

-- Draw for the first open seats, until none are open or no draw is left.
local function draw(node, outcome)
  local drawn = {}
  while true do
    local seats, open = grow(node, node.seats, drawn)
    outcome.seats = seats
    if not open then return drawn, 0 end
    local tie, tied = tie_from(node, seats, open, 1, drawn)
    local winners = #outcome.ties == 0
      and ties.settle(node, outcome, tie, tied)
    if not winners then
      outcome.ties, outcome.may = {}, {}
      leave_open(node, outcome, open, drawn)
      return drawn, #open, open
    end
    for i, number in ipairs(winners) do drawn[open[i].house] = number end
  end
end

local function by_key(node, map)
  local keyed = {}
  for number, value in pairs(map) do keyed[node.keys[number]] = value end
  return keyed
end

-- Who has an open seat for now holds it in the steps that follow.
local function step_of(node, house, made, is_open, is_drawn)
  local winner, rival = node.keys[made.winner], made.rival
  return { step = "house", house = house, list = not is_open and winner or nil,
    open = is_open, for_now = is_open and winner or nil,
    quotient = made.quotients[made.winner], rival = rival and node.keys[rival],
    rival_quotient = rival and made.quotients[rival],
    by_lot = is_drawn and true or nil, barred = ties.keys(node, made.barred),
    eligible = ties.keys(node, made.eligible),
    quotients = by_key(node, made.quotients) }
end

local function explain(node, outcome, drawn, open)
  local is_open = {}
  for _, open_seat in ipairs(open or {}) do is_open[open_seat.house] = true end
  local _, _, _, total, steps = grow(node, node.seats, drawn, true)
  outcome.total, outcome.steps = total, {}
  for house, made in ipairs(steps) do
    outcome.steps[house] = step_of(node, house, made, is_open[house],
      drawn[house])
  end
end

--- The quota method of Balinski and Young. Source: core/quota_method.h.
---@param node table see arguments.check
---@return table outcome
function quota_method.run(node)
  local outcome = ties.outcome({})
  local drawn, left, open = draw(node, outcome)
  outcome.left = left
  if node.explain then explain(node, outcome, drawn, open) end
  return outcome
end

return quota_method
