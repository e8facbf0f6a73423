local faults = require "urna.allocate.faults"
local native = require "urna.native"
local ties = require "urna.allocate.ties"

--- The quota method: a seat at a time, nobody beyond its quota rounded up.
local quota_method = {}

local function grow(node, seats, drawn, explain)
  local done, found, open, tied, steps = pcall(native.quota_method, seats,
    node.votes, { num = node.num, den = node.den, drawn = drawn,
      explain = explain })
  if not done then faults.raise("%s", faults.without_place(found)) end
  return found, open, tied, steps
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

local function explain(node, outcome, drawn, open)
  local is_open = {}
  for _, open_seat in ipairs(open or {}) do is_open[open_seat.house] = true end
  local _, _, _, steps = grow(node, node.seats, drawn, true)
  outcome.steps = {}
  for house, step in ipairs(steps) do
    outcome.steps[house] = { step = "house",
      list = not is_open[house] and node.keys[step.winner] or nil,
      open = is_open[house], quotient = step.quotient,
      rival = step.rival and node.keys[step.rival],
      rival_quotient = step.rival_quotient, by_lot = drawn[house] and true,
      barred = ties.keys(node, step.barred) }
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
