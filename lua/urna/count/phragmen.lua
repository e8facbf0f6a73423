local native = require "urna.native"
local thiele = require "urna.count.thiele"

--- Phragmen's sequential rule: a seat is a load of 1, which those who approve
--- the elected candidate share so that all of them carry the same in the end,
--- and whoever brings the least such load is elected. Voters of one load are
--- one class, and there are never more loads than seats.
--- Source: Phragmen, Sur la theorie des elections multiples, 1896; Brill,
--- Freeman, Janson & Lackner, Phragmen's voting methods and justified
--- representation, Mathematical Programming 203, 2024, section 3.
local phragmen = {}

local Count = {}
Count.__index = Count

function Count:start()
  return { elected = {}, is_open = thiele.all(self.names),
    classes = self.approvals:classes(), loads = { native.rational(0) },
    stage = "election" }
end

-- (1 + the loads of the supporters) / their number; nil where nobody is one.
local function load_after(classes, loads)
  local sum, papers = native.rational(1), 0
  for i = 1, #classes, 2 do
    sum = sum + loads[classes[i]] * classes[i + 1]
    papers = papers + classes[i + 1]
  end
  return papers > 0 and sum / papers or nil
end

local function less(a, b) return a < b end

-- Those whom nobody approves come last, equal to each other.
local function open_ones(count, state)
  local best = {}
  for number = 1, #count.names do
    if state.is_open[number] then best[#best + 1] = number end
  end
  return best
end

function Count:look(state)
  if #state.elected == self.seats then return nil end
  local counts, all = self.approvals:count(state.classes, #state.loads)
  local values = {}
  for number = 1, #self.names do
    if state.is_open[number] then
      values[number] = load_after(counts[number], state.loads)
    end
  end
  local best, value = thiele.extreme(values, #self.names, less)
  if not value then best = open_ones(self, state) end
  return { state = state, best = thiele.needed(self, best), value = value,
    values = values, counts = counts, all = all, stage = state.stage,
    measure = "load" }
end

-- The loads that voters still have, and which of them each class has. No load
-- is above the new one: loads only grow, and the least was taken before.
local function new_loads(look, number)
  local loads, others, to, supporters = {}, {}, {}, {}
  local classes, load = look.counts[number], look.values[number]
  for i = 1, #classes, 2 do supporters[classes[i]] = classes[i + 1] end
  for k = 1, #look.state.loads do others[k], to[k] = 1, 1 end
  for i = 1, #look.all, 2 do
    local k = look.all[i]
    if look.all[i + 1] > (supporters[k] or 0) then
      loads[#loads + 1] = look.state.loads[k]
      others[k] = #loads
    end
  end
  if #loads == 0 or loads[#loads] ~= load then loads[#loads + 1] = load end
  for k = 1, #to do to[k] = #loads end
  return loads, to, others
end

function Count:take(look, number)
  local state = look.state
  local following = { elected = thiele.with(state.elected, number),
    is_open = thiele.without(state.is_open, number), stage = state.stage,
    classes = state.classes, loads = state.loads }
  if look.value then
    local loads, to, others = new_loads(look, number)
    following.loads = loads
    following.classes = self.approvals:moved(state.classes, number, to, others)
  end
  return following
end

function Count:key(state)
  local loads = {}
  for i, load in ipairs(state.loads) do loads[i] = tostring(load) end
  return thiele.set(state.elected) .. "|" .. table.concat(loads, " ") .. "|"
    .. state.classes
end

Count.row, Count.elected = thiele.Sequential.row, thiele.Sequential.elected
Count.secure = thiele.Sequential.secure

--- Phragmen's sequential rule, as a count of courses.lua.
---@param election table { approvals, names, seats, papers }
---@return table count
function phragmen.sequential(election)
  return setmetatable(election, Count)
end

phragmen.Count = Count

return phragmen
