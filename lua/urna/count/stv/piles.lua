local native = require "urna.native"

--- The papers that candidates hold: a pile for each parcel that came to them,
--- with what each of its papers is worth and the round in which it came.
local piles = {}

---@class urna.Pile
---@field parcel integer of the native parcels
---@field papers integer
---@field value any of each paper, as the count's values have it
---@field round integer

--- All ballots, still in nobody's pile.
---@param self urna.Transferable
---@param ballots urna.Ballots
function piles.prepare(self, ballots)
  local rule = self.rule
  self.parcels = native.parcels(ballots.store, { overvotes = rule.overvotes,
    skips_exhaust = rule.skips_exhaust, choices = rule.choices,
    repetition_exhausts = rule.repeats == "exhaust" })
  self.piles = {}
  for i = 1, #self.names do
    self.piles[i] = {}
    if self.status[i] == "withdrawn" then self.parcels:stand(i, false) end
  end
end

--- Put a parcel with a candidate, and its votes with theirs.
---@param self urna.Transferable
---@param c integer
---@param pile { parcel: integer, papers: integer, value: any }
---@param transfers table votes by candidate, added to
---@param to table papers by name, set
function piles.put(self, c, pile, transfers, to)
  local votes = self.values:credit(pile.value, pile.papers)
  pile.round = #self.rows + 1
  self.piles[c][#self.piles[c] + 1] = pile
  self.votes[c] = self.votes[c] + votes
  transfers[c] = transfers[c] and transfers[c] + votes or votes
  to[self.names[c]] = (to[self.names[c]] or 0) + pile.papers
end

--- Sort parcels to who is next on each of their papers, at one value.
---@param self urna.Transferable
---@param parcels integer[]
---@param value any
---@param transfers table
---@param note table what the row says of it: value, to, exhausted are set
---@return any votes of the papers that are exhausted
function piles.give(self, parcels, value, transfers, note)
  local to, made, papers, exhausted = self.parcels:sort(parcels)
  note.value, note.to = self.values:value_text(value), {}
  note.exhausted = exhausted
  for i, c in ipairs(to) do
    piles.put(self, c, { parcel = made[i], papers = papers[i], value = value },
      transfers, note.to)
  end
  return self.values:credit(value, exhausted)
end

--- Piles of one value together, the most valuable first.
---@param self urna.Transferable
---@param list urna.Pile[]
---@return { value: any, parcels: integer[], papers: integer, votes: any }[]
--- votes: that they were credited as
function piles.grouped(self, list)
  local groups, by_value = {}, {}
  for _, pile in ipairs(list) do
    local key = self.values:key(pile.value)
    local group = by_value[key]
    if not group then
      group = { value = pile.value, parcels = {}, papers = 0,
        votes = self.values.zero }
      by_value[key] = group
      groups[#groups + 1] = group
    end
    group.parcels[#group.parcels + 1] = pile.parcel
    group.papers = group.papers + pile.papers
    group.votes = group.votes + self.values:credit(pile.value, pile.papers)
  end
  table.sort(groups, function(a, b) return b.value < a.value end)
  return groups
end

--- Take the piles of a candidate, or only those that came last: the others
--- are not moved any more.
---@param self urna.Transferable
---@param c integer
---@param only_last boolean?
---@return urna.Pile[]
function piles.take(self, c, only_last)
  local held, taken = self.piles[c], {}
  self.piles[c] = {}
  for _, pile in ipairs(held) do
    if not only_last or pile.round == held[#held].round then
      taken[#taken + 1] = pile
    end
  end
  return taken
end

--- Their parcels, and how many papers these are.
---@param list urna.Pile[]
---@return integer[]
---@return integer
function piles.parcels(list)
  local parcels, papers = {}, 0
  for i, pile in ipairs(list) do
    parcels[i], papers = pile.parcel, papers + pile.papers
  end
  return parcels, papers
end

return piles
