local draws = require "urna.count.stv.draws"
local values = require "urna.count.stv.values"

--- What all transferable votes share while they are counted: who stands, with
--- how many votes after each round, who is elected in which order, how ties
--- are told and broken, and the rows of the report.
local counting = {}

---@class urna.Transferable
---@field rule table
---@field seats integer
---@field names string[] of the candidates by number
---@field status string[] "continuing", "elected", "excluded", "withdrawn"
---@field votes urna.core.Rational[]
---@field history urna.core.Rational[][] votes by round
---@field elected integer[] in the order of election
---@field elected_in integer[] round by candidate
---@field quota urna.core.Rational
---@field exhausted urna.core.Rational votes that nobody has any more
---@field lost urna.core.Rational votes that roundings took
---@field rows table[]
---@field values table
---@field draws urna.Draws
local Count = {}
Count.__index = Count

local function each_zero(names, zero)
  local votes = {}
  for i = 1, #names do votes[i] = zero end
  return votes
end

--- A count of which nothing is counted yet.
---@param ballots urna.Ballots
---@param rule table
---@param options { seats: integer, lots: urna.Lots, withdrawn: string[]?,
--- write_ins: string[]? }
---@return urna.Transferable
function counting.new(ballots, rule, options)
  local self = setmetatable({ rule = rule, seats = options.seats, names = {},
    status = {}, is_write_in = {}, history = {}, elected = {},
    elected_in = {}, rows = {} }, Count)
  local withdrawn, write_ins = {}, {}
  for _, name in ipairs(options.withdrawn or {}) do withdrawn[name] = true end
  for _, name in ipairs(options.write_ins or {}) do write_ins[name] = true end
  for i, candidate in ipairs(ballots:candidates()) do
    local name, kind = candidate.name, candidate.kind
    self.names[i] = name
    self.is_write_in[i] = kind == "write_in" or write_ins[name] or false
    self.status[i] = (kind == "withdrawn" or withdrawn[name]) and "withdrawn"
      or "continuing"
  end
  self.values = values.new(rule, ballots:papers())
  self.votes = each_zero(self.names, self.values.zero)
  self.exhausted, self.lost = self.values.zero, self.values.zero
  self.exhausted_before, self.lost_before = self.exhausted, self.lost
  self.quota = self.values.zero
  self.texts = {}
  self.draws = draws.new(options.lots, self.names)
  return self
end

--- Candidates of a status, in ballot order.
---@param status string
---@return integer[]
function Count:those(status)
  local found = {}
  for i = 1, #self.names do
    if self.status[i] == status then found[#found + 1] = i end
  end
  return found
end

--- Seats that nobody has yet.
---@return integer
function Count:left()
  return self.seats - #self.elected
end

function Count:named(numbers)
  local list = {}
  for i, number in ipairs(numbers) do list[i] = self.names[number] end
  return list
end

--- The sum of the votes of those who have a status.
---@param status string
---@return urna.core.Rational
function Count:sum(status)
  local sum = self.values.zero
  for i = 1, #self.names do
    if self.status[i] == status then sum = sum + self.votes[i] end
  end
  return sum
end

-- ---- ties ----

-- Those of `tied` with the most votes (sign 1) or the fewest (-1).
local function extreme(self, tied, votes, sign)
  local best = { tied[1] }
  for i = 2, #tied do
    local order = self.values.compare(votes[tied[i]], votes[best[1]]) * sign
    if order > 0 then
      best = { tied[i] }
    elseif order == 0 then
      best[#best + 1] = tied[i]
    end
  end
  return best
end

local function through(self, tied, sign, first, last, step)
  for round = first, last, step do
    if #tied == 1 then break end
    tied = extreme(self, tied, self.history[round], sign)
  end
  return tied
end

-- How a law goes on where votes are equal, before it draws lots.
local NARROW = {
  backward = function(self, tied, sign)
    return through(self, tied, sign, #self.history, 1, -1)
  end,
  forward = function(self, tied, sign)
    return through(self, tied, sign, 1, #self.history, 1)
  end,
  first_listed = function(_, tied)
    return { tied[1] }
  end,
  last_listed = function(_, tied)
    return { tied[#tied] }
  end,
  lot = function(_, tied) return tied end,
}

--- Narrow equals by what the rule says, but not by lot.
---@param tied integer[]
---@param sign integer 1: for the most votes, -1: for the fewest
---@return integer[]
function Count:narrow(tied, sign)
  for _, way in ipairs(self.rule.ties) do
    if #tied > 1 then tied = NARROW[way](self, tied, sign) end
  end
  return tied
end

--- One of several, by their votes, then as the rule breaks ties, then by lot.
---@param stage string of the tie: "exclusion", "election", "surplus"
---@param among integer[] in ballot order
---@param sign integer 1: the most votes, -1: the fewest
---@param votes urna.core.Rational[]? those of now if not said
---@param round integer? of the tie; the next if not said
---@return integer? nil: lots are required
function Count:choose(stage, among, sign, votes, round)
  local tied = extreme(self, among, votes or self.votes, sign)
  return self:settle(stage, self:narrow(tied, sign), round)
end

--- One of equals: the only one there is, or the one that was drawn.
---@param stage string
---@param tied integer[]
---@param round integer? this one if not said
---@return integer?
function Count:settle(stage, tied, round)
  if #tied == 1 then return tied[1] end
  local drawn = self.draws:settle({ stage = stage,
    round = round or #self.rows + 1, certain = self:named(self.elected),
    left = 1 }, tied)
  return drawn and drawn[1]
end

-- Equals from `first` to `last` of an order, as the rule narrows them.
local function order_equals(self, order, first, last)
  local rest = {}
  for i = first, last do rest[#rest + 1] = order[i] end
  for i = first, last do
    local best = self:narrow(rest, 1)[1]
    order[i] = best
    for k, number in ipairs(rest) do
      if number == best then table.remove(rest, k) break end
    end
  end
end

--- Has a tie stopped the count, or a lot that matches none?
---@return boolean
function Count:is_stopped()
  return self.draws.ties[1] ~= nil or self.draws.fault ~= nil
end

--- By votes, most first; equals as the rule narrows them, then as listed.
---@param numbers integer[] in ballot order
---@return integer[]
function Count:ranked(numbers)
  local order, votes, first = {}, self.votes, 1
  for i, number in ipairs(numbers) do order[i] = number end
  table.sort(order, function(a, b)
    if votes[a] ~= votes[b] then return votes[b] < votes[a] end
    return a < b
  end)
  for i = 2, #order + 1 do
    local above, here = votes[order[i - 1]], votes[order[i]]
    if not here or self.values.compare(above, here) ~= 0 then
      if i - first > 1 then order_equals(self, order, first, i - 1) end
      first = i
    end
  end
  return order
end

-- ---- rows ----

-- Votes by name as text; a text is made anew only where votes changed.
local function texts_of(self, votes)
  local by_name = {}
  for i, name in ipairs(self.names) do
    local known = self.texts[i]
    if self.status[i] ~= "withdrawn" then
      if not known or known.votes ~= votes[i] then
        known = { votes = votes[i], text = self.values:text(votes[i]) }
        self.texts[i] = known
      end
      by_name[name] = known.text
    end
  end
  return by_name
end

--- Begin a round.
---@param action string
---@param of integer[] who is transferred from
---@param why string a sentence
---@return table row
function Count:begin(action, of, why)
  local last = self.rows[#self.rows]
  local row = { number = #self.rows + 1, action = action, of = self:named(of),
    why = why, before = last and last.votes, transfers = {}, elected = {},
    excluded = {} }
  return row
end

--- End a round: what everybody has now.
---@param row table
---@param transfers urna.core.Rational[] by candidate, nil where none
function Count:finish(row, transfers)
  local history = {}
  local function text(votes)
    return self.values:text(votes)
  end
  for i, name in ipairs(self.names) do
    history[i] = self.votes[i]
    if transfers[i] then row.transfers[name] = text(transfers[i]) end
  end
  row.votes = texts_of(self, self.votes)
  row.quota = text(self.quota)
  row.exhausted, row.lost = text(self.exhausted), text(self.lost)
  row.newly_exhausted = text(self.exhausted - self.exhausted_before)
  row.newly_lost = text(self.lost - self.lost_before)
  self.exhausted_before, self.lost_before = self.exhausted, self.lost
  self.rows[#self.rows + 1] = row
  self.history[#self.history + 1] = history
end

--- Elect candidates at the end of the round that was finished last.
---@param numbers integer[] in the order of election
---@param why fun(number: integer): string
function Count:elect(numbers, why)
  local row = self.rows[#self.rows]
  for _, number in ipairs(numbers) do
    self.status[number] = "elected"
    self.elected[#self.elected + 1] = number
    self.elected_in[number] = #self.rows
    row.elected[#row.elected + 1] = { candidate = self.names[number],
      votes = (row.after or row.votes)[self.names[number]],
      why = why(number) }
  end
end

--- What candidates have, in words.
---@param numbers integer[]
---@return string
function Count:says(numbers)
  local parts = {}
  for i, number in ipairs(numbers) do
    parts[i] = ("%s has %s"):format(self.names[number],
      self.values:text(self.votes[number]))
  end
  return table.concat(parts, ", ")
end

--- Exclude candidates in the round that is under way.
---@param row table
---@param numbers integer[]
function Count:exclude(row, numbers)
  for _, number in ipairs(numbers) do
    self.status[number] = "excluded"
    row.excluded[#row.excluded + 1] = self.names[number]
  end
end

--- Fill the last seats with all who are left, if they are no more than those.
---@return boolean
function Count:fill()
  local rest, left = self:those("continuing"), self:left()
  if left <= 0 or #rest > left then return false end
  self:elect(self:ranked(rest), function()
    return ("%d continue for %d seat%s"):format(#rest, left,
      left == 1 and "" or "s")
  end)
  return true
end

--- The largest set of candidates with the fewest votes who cannot win: their
--- votes and all surpluses together are below the next one's.
--- Source: Minneapolis Code of Ordinances 167.20; PR Foundation, Reference
--- WIGM Rule, B.2.
---@param surplus urna.core.Rational not yet transferred
---@return integer[]? in ballot order
function Count:sure_losers(surplus)
  local order, sum, found = self:ranked(self:those("continuing")), surplus, nil
  local most = #order - self:left()
  for k = 1, math.min(most, #order - 1) do
    sum = sum + self.votes[order[#order + 1 - k]]
    local above = self.votes[order[#order - k]]
    if self.values.compare(sum, above) < 0 then found = k end
  end
  if not found then return nil end
  local losers = {}
  for k = 1, found do losers[k] = order[#order + 1 - k] end
  table.sort(losers)
  return losers
end

--- The count as data.
---@param about table what the method adds
---@return table
function Count:result(about)
  local is_open = #self.draws.ties > 0
  local result = { rule = self.rule.name, seats = self.seats,
    candidates = self.names, winners = self:named(self.elected),
    decision = is_open and "lots_required" or "decided", rounds = self.rows,
    ties = self.draws.ties, drawn = self.draws.drawn }
  for key, value in pairs(about) do result[key] = value end
  return result
end

return counting
