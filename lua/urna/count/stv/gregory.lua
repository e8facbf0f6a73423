local counting = require "urna.count.stv.counting"
local irish = require "urna.count.stv.irish"
local piles = require "urna.count.stv.piles"
local surplus_of = require "urna.count.stv.surplus"

--- Transferable votes that move papers at a value: a surplus goes on at a part
--- of what its papers were worth, an excluded candidate's papers at what they
--- are worth. The instant runoff is the same with one seat.
--- Source: J. B. Gregory, 1880; what laws make of it is in their rules.
local gregory = {}

-- ---- rounds ----

local function first_preferences(self)
  local transfers, note = {}, {}
  local row = self:begin("first_preferences", {}, "first preferences")
  piles.give(self, { self.parcels:all() }, self.values.one, transfers, note)
  self.valid = 0 -- papers without a first preference are not
  for _, papers in pairs(note.to) do self.valid = self.valid + papers end
  self.invalid = note.exhausted
  return row, transfers
end

local QUOTA = {
  droop = function(values, votes, seats)
    return values:droop(votes, seats)
  end,
  droop_decimal = function(values, votes, seats)
    return values:over(votes, seats + 1) + values.unit
  end,
  hagenbach_bischoff = function(values, votes, seats)
    return values:over(votes, seats + 1)
  end,
  hare = function(values, votes, seats)
    return values:over(votes, seats)
  end,
}

local function set_quota(self)
  local votes = self.values:of(self.valid)
  if self.rule.quota_of == "continuing" and #self.rows > 0 then
    votes = self:sum("continuing") + self:sum("elected")
  end
  self.quota = QUOTA[self.rule.quota](self.values, votes, self.seats)
end

local function transfer_surplus(self, c)
  local surplus, transfers = self.votes[c] - self.quota, {}
  local row = self:begin("surplus", { c }, ("%s, %s above the quota of %s")
    :format(self:says({ c }), self.values:text(surplus),
      self.values:text(self.quota)))
  row.surplus, row.parcels = self.values:text(surplus), {}
  self.parcels:stand(c, false)
  self.pending[c] = nil
  local given = surplus_of[self.rule.value](self, c, surplus, transfers, row)
  if not given then return false end -- lots are required
  for _, votes in pairs(transfers) do given = given + votes end
  self.lost = self.lost + (surplus - given)
  self.votes[c] = self.quota
  transfers[c] = -surplus
  self:finish(row, transfers)
  return true
end

-- One group of an exclusion, or all of them, as one round; `takes`: what votes
-- that takes from whom.
local function transfer_excluded(self, row, groups, takes)
  local transfers, given, taken = {}, self.values.zero, self.values.zero
  row.parcels = {}
  for i, group in ipairs(groups) do
    local note = { was = self.values:value_text(group.value),
      papers = group.papers }
    local exhausted = piles.give(self, group.parcels, group.value, transfers,
      note)
    self.exhausted, given = self.exhausted + exhausted, given + exhausted
    row.parcels[i] = note
  end
  for _, votes in pairs(transfers) do given = given + votes end
  for c, votes in pairs(takes) do
    taken = taken + votes
    self.votes[c] = self.votes[c] - votes
    transfers[c] = -votes
  end
  self.lost = self.lost + (taken - given)
  self:finish(row, transfers)
end

local function piles_of(self, losers)
  local all = {}
  for _, c in ipairs(losers) do
    for _, pile in ipairs(piles.take(self, c)) do all[#all + 1] = pile end
  end
  return piles.grouped(self, all)
end

-- `how`: "kept_of_one" or "kept_of_sure_losers" as the rule's last_papers.
local function exclude(self, losers, why, how)
  local row = self:begin("exclusion", losers, why)
  self:exclude(row, losers)
  for _, c in ipairs(losers) do self.parcels:stand(c, false) end
  if self.rule.last_papers == how
    and #self:those("continuing") <= self:left() then
    return self:finish(row, {}) -- nobody needs them any more
  end
  local groups = piles_of(self, losers)
  if self.rule.exclusion_steps == "by_value" and #groups > 1 then
    self.steps = { row = row, of = losers[1], groups = groups, done = 0 }
    return nil
  end
  local takes = {}
  for _, c in ipairs(losers) do takes[c] = self.votes[c] end
  return transfer_excluded(self, row, groups, takes)
end

-- The next value of an exclusion by values.
local function take_step(self)
  local steps = self.steps
  local c, n = steps.of, steps.done + 1
  local group = steps.groups[n]
  local row = steps.row or self:begin("exclusion", { c })
  row.why = ("%s is excluded: the papers of value %s, %d of %d"):format(
    self.names[c], self.values:value_text(group.value), n, #steps.groups)
  steps.row, steps.done = nil, n
  if n == #steps.groups then self.steps = nil end
  transfer_excluded(self, row, { group }, { [c] = group.votes })
end

-- ---- who is elected, who is next ----

local function reaches(self, c)
  local order = self.values.compare(self.votes[c], self.quota)
  return order > 0 or order == 0 and self.rule.quota ~= "hagenbach_bischoff"
end

local function elect(self, winners)
  self:elect(winners, function(c)
    return ("%s of a quota of %s"):format(self.values:text(self.votes[c]),
      self.values:text(self.quota))
  end)
  for _, c in ipairs(winners) do
    self.pending[c] = true
    if not self.rule.pending_receive then self.parcels:stand(c, false) end
  end
end

-- More than the seats that are left can reach a quota that is rounded down:
-- the largest of them one by one, by lot if need be.
local function elect_some(self, reached)
  while self:left() > 0 do
    local winner = self:choose("election", reached, 1, nil, #self.rows)
    if not winner then return end
    elect(self, { winner })
    for k, c in ipairs(reached) do
      if c == winner then table.remove(reached, k) break end
    end
  end
end

local function elect_by_quota(self)
  local reached = {}
  for _, c in ipairs(self:those("continuing")) do
    if reaches(self, c) then reached[#reached + 1] = c end
  end
  if #reached > self:left() then return elect_some(self, reached) end
  return elect(self, self:ranked(reached))
end

-- Elected candidates with a surplus that still is theirs; and its sum.
local function surpluses(self)
  local found, sum = {}, self.values.zero
  for i = 1, #self.names do
    if self.pending[i] and self.votes[i] > self.quota then
      found[#found + 1] = i
      sum = sum + (self.votes[i] - self.quota)
    end
  end
  return found, sum
end

local function earliest(self, numbers)
  local found = {}
  for _, c in ipairs(numbers) do
    local first = found[1] and self.elected_in[found[1]]
    if not first or self.elected_in[c] < first then
      found = { c }
    elseif self.elected_in[c] == first then
      found[#found + 1] = c
    end
  end
  return found
end

-- May a surplus wait, since it could not change who is lowest?
local function may_wait(self, surplus)
  if not self.rule.defer then return false end
  local order = self:ranked(self:those("continuing"))
  if #order < 2 then return false end
  local gap = self.votes[order[#order - 1]] - self.votes[order[#order]]
  return surplus < gap
end

-- Votes at the time of election decide whose surplus goes first, where the
-- order of election does.
local function next_surplus(self, with_surplus)
  if self.rule.surplus_order ~= "elected" then
    return self:choose("surplus", with_surplus, 1)
  end
  local first = earliest(self, with_surplus)
  return self:choose("surplus", first, 1,
    self.history[self.elected_in[first[1]]])
end

-- Write-ins that are not candidates go before anybody else.
local function write_ins(self)
  if self.rule.write_ins ~= "first" then return nil end
  local found = {}
  for _, c in ipairs(self:those("continuing")) do
    if self.is_write_in[c] and self.votes[c] ~= self.values.zero then
      found[#found + 1] = c
    end
  end
  return #found > 0 and found or nil
end

local function exclude_several(self, losers)
  exclude(self, losers, "too few to be elected: " .. self:says(losers),
    "kept_of_sure_losers")
end

-- Exclude whoever is next; false: lots are required.
local function exclude_next(self, surplus)
  local out = write_ins(self)
  if out then
    exclude(self, out, "write-ins are excluded first")
    return true
  end
  local losers = self.rule.exclusion == "sure_losers"
    and self:sure_losers(surplus)
  if losers then
    exclude_several(self, losers)
    return true
  end
  local lowest = self:choose("exclusion", self:those("continuing"), -1)
  if not lowest then return false end
  exclude(self, { lowest }, self:says({ lowest }) .. ", the fewest",
    "kept_of_one")
  return true
end

-- One vacancy and two candidates: the larger takes it without a quota.
local function elect_of_two(self)
  local rest = self:those("continuing")
  if not self.rule.last_of_two or self:left() ~= 1 or #rest ~= 2 then
    return nil
  end
  local tied = { rest[1] }
  local order = self.values.compare(self.votes[rest[2]], self.votes[rest[1]])
  if order > 0 then tied = { rest[2] } end
  if order == 0 then tied[2] = rest[2] end
  local winner = self:settle("election", tied, #self.rows)
  if winner then
    self:elect({ winner }, function(c)
      return self:says({ c }) .. ", the larger of the last two"
    end)
  end
  return winner or false
end

-- ---- the count ----

-- What comes next, in the order of the law; true while the count goes on.
local function advance(self)
  set_quota(self)
  elect_by_quota(self)
  if self:left() <= 0 or self:is_stopped() then return false end
  if self.steps then
    take_step(self)
    return true
  end
  local with_surplus, surplus = surpluses(self)
  local may_fill = self.rule.last == "at_once" or #with_surplus == 0
  if may_fill and self:fill() then return false end
  if self.rule.early and irish.fill_early(self, surplus) then return false end
  if self.rule.exclusion == "sure_losers_first" then
    local losers = self:sure_losers(surplus)
    if losers then
      exclude_several(self, losers)
      return true
    end
  end
  if #with_surplus > 0 and not may_wait(self, surplus) then
    local c = next_surplus(self, with_surplus)
    return c ~= nil and transfer_surplus(self, c)
  end
  if elect_of_two(self) ~= nil then return false end
  return exclude_next(self, surplus)
end

--- Count ballots by a rule of the method "gregory".
---@param ballots urna.Ballots
---@param rule table
---@param options table checked
---@return urna.Transferable
function gregory.run(ballots, rule, options)
  local self = counting.new(ballots, rule, options)
  self.pending = {}
  piles.prepare(self, ballots)
  local row, transfers = first_preferences(self)
  set_quota(self)
  self:finish(row, transfers)
  if self.valid > 0 then
    repeat until not advance(self)
  end
  self.parcels:close()
  return self
end

return gregory
