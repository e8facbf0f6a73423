local counting = require "urna.count.stv.counting"
local native = require "urna.native"

--- Transferable votes counted anew after each decision: an elected candidate
--- keeps that part of every paper which leaves a quota, and the quota falls as
--- papers are exhausted. Meek's candidates keep a share of what comes to them,
--- Warren's the same part of each paper.
--- Source: Hill, Wichmann & Woodall, Algorithm 123, Computer Journal 30(3),
--- 1987, pp. 277-281; C. H. E. Warren, Voting matters 1, 1994.
local meek = {}

-- Votes by candidate at the keep factors of now.
local function distribute(self)
  local values, keep = self.values, {}
  for c, factor in pairs(self.keep) do
    keep[c] = values:to_units(factor)
  end
  local units = self.tree:count(values.digits, self.rule.keeping, keep)
  for c, votes in ipairs(units) do
    self.votes[c] = values:from_units(votes)
  end
  local sum = self:sum("continuing") + self:sum("elected")
  self.exhausted = values:of(self.valid) - sum
  return sum
end

local function set_quota(self, sum)
  local values = self.values
  self.quota = values:over(sum, self.seats + 1)
  if self.rule.quota == "droop_decimal" then
    self.quota = self.quota + values.unit
  end
end

local function reached(self)
  local found, least = {}, self.rule.quota == "droop_decimal" and 0 or 1
  for _, c in ipairs(self:those("continuing")) do
    if self.values.compare(self.votes[c], self.quota) >= least then
      found[#found + 1] = c
    end
  end
  return found
end

local function surplus_of(self)
  local surplus = self.values.zero
  for _, c in ipairs(self.elected) do
    surplus = surplus + (self.votes[c] - self.quota)
  end
  return surplus < self.values.zero and self.values.zero or surplus
end

local function update_keep(self)
  for c, factor in pairs(self.keep) do
    if self.votes[c] ~= self.values.zero then
      self.keep[c] = self.values:kept(factor, self.quota, self.votes[c])
    end
  end
end

-- Iterate until a candidate is elected or one is to be excluded. Returns who
-- reached the quota, or else the sure losers, if the rule looks for them.
local function iterate(self)
  local last
  self.iterations = 0
  while true do
    self.iterations = self.iterations + 1
    set_quota(self, self.distributed or distribute(self))
    self.distributed = nil
    local winners = reached(self)
    self.surplus = surplus_of(self)
    if #winners > 0 then return winners end
    local is_stable = last and self.values.compare(self.surplus, last) >= 0
    if self.surplus < self.omega or is_stable then return nil end
    local losers = self.rule.exclusion == "sure_losers"
      and self:sure_losers(self.surplus)
    if losers then return nil, losers end
    last = self.surplus
    update_keep(self)
  end
end

-- ---- rows ----

local function factors(self)
  local by_name = {}
  for c, factor in pairs(self.keep) do
    by_name[self.names[c]] = self.values:text(factor)
  end
  return by_name
end

local function transfers_since(self)
  local before, transfers = self.history[#self.history], {}
  for c, votes in ipairs(self.votes) do
    if before and before[c] ~= votes then transfers[c] = votes - before[c] end
  end
  return transfers
end

local function finish(self, row)
  row.iterations, row.keep = self.iterations, factors(self)
  row.surplus = self.values:text(self.surplus)
  self:finish(row, transfers_since(self))
end

local function elect(self, winners)
  finish(self, self:begin("election", {}, "the quota is reached"))
  self:elect(self:ranked(winners), function(c)
    return ("%s of a quota of %s"):format(self.values:text(self.votes[c]),
      self.values:text(self.quota))
  end)
  for _, c in ipairs(winners) do
    self.keep[c] = self.values.one
    self.tree:elect(c)
  end
end

-- What all have once the papers of the excluded have gone on, at the keep
-- factors of this round: where the next begins.
local function after(self, row)
  self.distributed = distribute(self)
  row.after = {}
  for c, name in ipairs(self.names) do
    if self.status[c] ~= "withdrawn" then
      row.after[name] = self.values:text(self.votes[c])
    end
  end
end

local function exclude(self, losers, why)
  local row = self:begin("exclusion", losers, why)
  finish(self, row)
  self:exclude(row, losers)
  for _, c in ipairs(losers) do self.tree:exclude(c) end
  after(self, row)
end

-- Those with the fewest votes: all that the surplus could still bring level.
local function lowest(self)
  local rest, found = self:those("continuing"), {}
  local least = self.votes[rest[1]]
  for _, c in ipairs(rest) do
    if self.votes[c] < least then least = self.votes[c] end
  end
  least = least + self.surplus
  for _, c in ipairs(rest) do
    if self.values.compare(least, self.votes[c]) >= 0 then
      found[#found + 1] = c
    end
  end
  return self:settle("exclusion", self:narrow(found, -1))
end

local function advance(self)
  if self:left() <= 0 or self:fill() then return false end
  local winners, losers = iterate(self)
  if winners then
    elect(self, winners)
    return true
  end
  if losers then
    exclude(self, losers, "too few to be elected: " .. self:says(losers))
    return true
  end
  local out = lowest(self)
  if out then
    exclude(self, { out }, self:says({ out }) .. ", the fewest")
    return true
  end
  finish(self, self:begin("tie", {}, "equal votes: lots are required"))
  return false
end

local function prepare(ballots, rule, options)
  local self = counting.new(ballots, rule, options)
  self.tree = native.meek(ballots.store, { overvotes = rule.overvotes,
    skips_exhaust = rule.skips_exhaust, choices = rule.choices,
    repetition_exhausts = rule.repeats == "exhaust" })
  for _, c in ipairs(self:those("withdrawn")) do self.tree:exclude(c) end
  self.keep, self.iterations, self.surplus = {}, 0, self.values.zero
  self.omega = self.values:from_units("1" .. ("0"):rep(
    self.values.digits - rule.omega))
  self.valid = self.tree:papers()
  self.invalid = ballots:papers() - self.valid
  return self
end

--- Count ballots by a rule of the method "meek".
---@param ballots urna.Ballots
---@param rule table
---@param options table checked
---@return urna.Transferable
function meek.run(ballots, rule, options)
  local self = prepare(ballots, rule, options)
  local sum = distribute(self)
  set_quota(self, sum)
  self.distributed = sum
  self:finish(self:begin("first_preferences", {}, "first preferences"),
    self.votes)
  if self.valid > 0 then
    repeat until not advance(self)
  end
  self.tree:close()
  return self
end

return meek
