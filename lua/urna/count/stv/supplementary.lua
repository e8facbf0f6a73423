local counting = require "urna.count.stv.counting"
local piles = require "urna.count.stv.piles"

--- The supplementary vote: without a majority of first preferences, all but
--- the two who lead are excluded at once, and their papers count for those
--- that are left. All who are level for the second place stay.
--- Source: Local Government Act 2000 (United Kingdom), schedule 2, as enacted.
local supplementary = {}

local function first_preferences(self)
  local row = self:begin("first_preferences", {}, "first preferences")
  local transfers, note = {}, {}
  piles.give(self, { self.parcels:all() }, self.values.one, transfers, note)
  self.invalid = note.exhausted
  self.valid = self:sum("continuing")
  self.quota = self.values:droop(self.valid, 1)
  self:finish(row, transfers)
end

local function leader(self, is_last)
  local rest = self:those("continuing")
  if not is_last then
    for _, c in ipairs(rest) do
      if self.votes[c] >= self.quota then return c end
    end
    return nil
  end
  return self:choose("election", rest, 1)
end

-- All but the two who lead, and who is level with the second of them.
local function losers_of(self)
  local order, losers = self:ranked(self:those("continuing")), {}
  for i = 3, #order do
    if self.votes[order[i]] < self.votes[order[2]] then
      losers[#losers + 1] = order[i]
    end
  end
  table.sort(losers)
  return losers
end

local function exclude(self, losers)
  local row = self:begin("exclusion", losers,
    "nobody has a majority: all but the first two")
  local transfers, parcels, note = {}, {}, { papers = 0 }
  self:exclude(row, losers)
  for _, c in ipairs(losers) do
    self.parcels:stand(c, false)
    for _, pile in ipairs(piles.take(self, c)) do
      parcels[#parcels + 1] = pile.parcel
      note.papers = note.papers + pile.papers
    end
  end
  self.exhausted = self.exhausted + piles.give(self, parcels, self.values.one,
    transfers, note)
  for _, c in ipairs(losers) do
    if self.votes[c] > 0 then transfers[c] = -self.votes[c] end
    self.votes[c] = self.values.zero
  end
  row.parcels = { note }
  self:finish(row, transfers)
end

local function elect(self, winner, why)
  self:elect({ winner }, function(c)
    return self:says({ c }) .. ", " .. why
  end)
end

--- Count ballots by a rule of the method "supplementary".
---@param ballots urna.Ballots
---@param rule table
---@param options table checked
---@return urna.Transferable
function supplementary.run(ballots, rule, options)
  local self = counting.new(ballots, rule, options)
  piles.prepare(self, ballots)
  first_preferences(self)
  if self.valid == 0 then return self end
  local winner = leader(self)
  if winner then
    elect(self, winner, "more than half")
  else
    local losers = losers_of(self)
    if #losers > 0 then exclude(self, losers) end
    winner = leader(self, true)
    if winner then elect(self, winner, "the most") end
  end
  self.parcels:close()
  return self
end

return supplementary
