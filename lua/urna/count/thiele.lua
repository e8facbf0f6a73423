local courses = require "urna.count.courses"
local native = require "urna.native"

--- Proportional approval voting: a voter with j elected candidates counts 1 +
--- 1/2 + ... + 1/j, and the committee of the highest sum wins. Here are its
--- approximations, which elect whoever adds most, or exclude whoever takes
--- least away, and the committee itself is found by src/core/thiele.h.
--- Source: Thiele, Om Flerfoldsvalg, 1895; Lackner & Skowron, Multi-Winner
--- Voting with Approval Preferences, 2023, rules 5 to 7.
local thiele = {}

-- The least number that 1 to n divide, if that many papers of each hold
-- exactly in a number of Lua; else nil.
local function scale_of(n, papers)
  local scale = 1
  for k = 2, n do
    local _, by = native.reduce(scale, k)
    if scale * by * math.max(papers, 1) > 9007199254740991 then return nil end
    scale = scale * by
  end
  return scale
end

-- What a candidate counts with supporters in classes: papers / class, summed
-- over `scale` or, where there is none, as an exact ratio of any size.
local function score(classes, scale)
  local sum = scale and 0 or native.rational(0)
  for i = 1, #classes, 2 do
    local class, papers = classes[i], classes[i + 1]
    sum = sum + (scale and papers * (scale / class)
      or native.rational(papers, class))
  end
  return sum
end

-- Those of the extreme value, in the ballots' order, and that value; not all
-- candidates have one.
local function extreme(values, n, is_better)
  local best, most = {}, nil
  for number = 1, n do
    local value = values[number]
    if value and (not most or is_better(value, most)) then most = value end
  end
  for number = 1, n do
    if values[number] and values[number] == most then
      best[#best + 1] = number
    end
  end
  return best, most
end
thiele.extreme = extreme

local function scores_of(count, state, most)
  local counts, values = count.approvals:count(state.classes, most), {}
  for number = 1, #count.names do
    if state.is_open[number] then
      values[number] = score(counts[number], count.scale)
    end
  end
  return values
end

-- By candidate whether it is still open: a copy in which one is not.
local function without(is_open, number)
  local rest = {}
  for other = 1, #is_open do rest[other] = is_open[other] end
  rest[number] = false
  return rest
end

local function with(array, number)
  local longer = {}
  for i, value in ipairs(array) do longer[i] = value end
  longer[#longer + 1] = number
  return longer
end
thiele.with, thiele.without = with, without

local function all(names)
  local is_open = {}
  for number = 1, #names do is_open[number] = true end
  return is_open
end
thiele.all = all

--- Candidates as a text that is the same in whatever order they stand.
---@param numbers integer[]
---@return string
function thiele.set(numbers)
  local ordered = with(numbers)
  table.sort(ordered)
  return table.concat(ordered, " ")
end

--- A value as data.
---@param value any? a rational, or a whole number over `scale`
---@param scale integer?
---@return table? { num, den }
local function pair(value, scale)
  if type(value) == "number" then return { native.reduce(value, scale) } end
  return value and { value:num(), value:den() }
end
thiele.pair = pair

--- A round's report: the value that decided, and everybody's.
---@param look table { stage, measure, value, values }
---@param names string[]
---@param scale integer? of the values
---@return table row
function thiele.row(look, names, scale)
  local tallies = {}
  for number, name in ipairs(names) do
    tallies[name] = pair(look.values[number], scale)
  end
  return { stage = look.stage, measure = look.measure,
    value = pair(look.value, scale), tallies = tallies }
end

--- It does not matter who is equal where all who stand are elected.
---@param count table { names, seats }
---@param best integer[]
---@return integer[]
function thiele.needed(count, best)
  return #count.names == count.seats and { best[1] } or best
end

-- ---- electing one by one: a voter with k - 1 elected is in class k ----

local Sequential = {}
Sequential.__index = Sequential

function Sequential:start()
  return { elected = {}, is_open = all(self.names),
    classes = self.approvals:classes() }
end

local function greater(a, b) return a > b end

function Sequential:look(state)
  if #state.elected == self.seats then return nil end
  local values = scores_of(self, state, #state.elected + 1)
  local best, value = extreme(values, #self.names, greater)
  return { state = state, best = thiele.needed(self, best), value = value,
    values = values, stage = "election", measure = "score" }
end

function Sequential:take(look, number)
  local state, to = look.state, {}
  for k = 1, #state.elected + 1 do to[k] = k + 1 end
  return { elected = with(state.elected, number),
    is_open = without(state.is_open, number),
    classes = self.approvals:moved(state.classes, number, to) }
end

function Sequential:row(look)
  return thiele.row(look, self.names, self.scale)
end

-- What follows depends on who is elected, not on the order.
function Sequential:key(state) return thiele.set(state.elected) end

function Sequential:elected(state) return state.elected end
function Sequential:secure(state) return state.elected end
thiele.Sequential = Sequential

--- Sequential proportional approval voting, as a count of courses.lua.
---@param election table { approvals, names, seats, papers }
---@return table count
function thiele.sequential(election)
  election.scale = scale_of(election.seats, election.papers)
  return setmetatable(election, Sequential)
end

-- ---- excluding one by one: a voter with k candidates left is in class k ----

local Reverse = {}
Reverse.__index = Reverse

function Reverse:start()
  return { excluded = {}, is_open = all(self.names),
    classes = self.approvals:classes(true) }
end

local function less(a, b) return a < b end

function Reverse:look(state)
  if #self.names - #state.excluded == self.seats then return nil end
  local values = scores_of(self, state, self.approvals:longest())
  local best, value = extreme(values, #self.names, less)
  return { state = state, best = best, value = value, values = values,
    stage = "exclusion", measure = "score" }
end

function Reverse:take(look, number)
  local state, to = look.state, {}
  for k = 1, self.approvals:longest() do to[k] = k - 1 end
  return { excluded = with(state.excluded, number),
    is_open = without(state.is_open, number),
    classes = self.approvals:moved(state.classes, number, to) }
end

Reverse.row = Sequential.row

function Reverse:key(state) return thiele.set(state.excluded) end

function Reverse:elected(state)
  local rest = {}
  for number = 1, #self.names do
    if state.is_open[number] then rest[#rest + 1] = number end
  end
  return rest
end

function Reverse:secure(state)
  return self:look(state) and {} or self:elected(state)
end

--- Reverse sequential proportional approval voting, as a count.
---@param election table { approvals, names, seats, papers }
---@return table count
function thiele.reverse(election)
  election.scale = scale_of(election.approvals:longest(), election.papers)
  return setmetatable(election, Reverse)
end

-- ---- the best committee ----

local function search(election, members, limit, effort)
  return election.approvals:proportional({ seats = election.seats,
    limit = limit, effort = effort, members = members })
end

-- Those that some of the best committees have and others have not.
local function tied_of(best)
  local is_certain, tied = {}, {}
  for _, number in ipairs(best.certain) do is_certain[number] = true end
  for _, number in ipairs(best.possible) do
    if not is_certain[number] then tied[#tied + 1] = number end
  end
  return tied
end

-- What each of the committee adds to what the others count.
local function rounds_of(election, committee)
  local approvals, classes, to = election.approvals,
    election.approvals:classes(), {}
  for k = 1, #committee + 1 do to[k] = k + 1 end
  for _, number in ipairs(committee) do
    classes = approvals:moved(classes, number, to)
  end
  local counts, rounds = approvals:count(classes, #committee + 1), {}
  for i, number in ipairs(committee) do
    local reduced = {}
    for k, value in ipairs(counts[number]) do
      reduced[k] = k % 2 == 1 and value - 1 or value
    end
    rounds[i] = { round = i, stage = "election", measure = "score",
      candidate = election.names[number], value = pair(score(reduced)) }
  end
  return rounds
end

local function made_of(election, best, drawn)
  local made = { drawn = drawn, rounds = {},
    score = pair(native.rational(best.num, best.den)),
    found = { list = best.committees, certain = {},
      is_complete = best.is_complete, count = #best.committees } }
  for _, number in ipairs(best.certain) do made.found.certain[number] = true end
  if best.is_complete and #best.committees == 1 then
    made.elected = best.committees[1]
    made.rounds = rounds_of(election, made.elected)
  else
    made.open = { best = tied_of(best), stage = "committee" }
    made.secure = best.certain
  end
  return made
end

--- Proportional approval voting. A tie is between committees; its lots draw
--- one member after the other, of those that some of the best committees have
--- and others have not, until one committee is left.
---@param election table { approvals, names, seats, papers, effort }
---@param lots urna.Lots
---@param limit integer committees to find
---@return table? made as of courses.follow
---@return string? message what is wrong with the lots
function thiele.optimal(election, lots, limit)
  local members, drawn = {}, {}
  while true do
    local best = search(election, members, limit, election.effort)
    if not best or not best.is_proven then
      election.failure = best and "too_hard" or "overflow"
      return {}
    end
    local tied = tied_of(best)
    if #tied == 0 then return made_of(election, best, drawn) end
    local tie = courses.tie(election.names, "committee", best.certain, tied, 1)
    local lot, message = courses.draw(lots, election.names, tie, drawn)
    if message then return nil, message end
    if not lot then return made_of(election, best, drawn) end
    members[#members + 1] = lot[1]
  end
end

return thiele
