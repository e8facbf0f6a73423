local irish = require "urna.count.stv.irish"
local piles = require "urna.count.stv.piles"

--- What becomes of a surplus, by the `value` of a rule. Each moves papers of
--- candidate `c`, notes in the row what they were and are worth, and returns
--- the votes that went to nobody; nil where lots are required.
local surplus = {}

local function note_of(self, group)
  return { was = self.values:value_text(group.value), papers = group.papers }
end

--- All its papers at one part of what each was worth.
---@param self urna.Transferable
---@param c integer
---@param votes any the surplus
---@param transfers table
---@param row table
---@return any
function surplus.weighted(self, c, votes, transfers, row)
  local held, given = self.votes[c], self.values.zero
  local taken = piles.take(self, c, self.rule.papers == "last_parcel")
  for i, group in ipairs(piles.grouped(self, taken)) do
    local value = self.values:weighted(group.value, votes, held,
      self.rule.rounding)
    local note = note_of(self, group)
    given = given + piles.give(self, group.parcels, value, transfers, note)
    row.parcels[i] = note
  end
  self.exhausted = self.exhausted + given
  return given
end

--- All its papers at the same value, whatever they were worth: as one parcel.
---@param self urna.Transferable
---@param c integer
---@param votes any
---@param transfers table
---@param row table
---@return any
function surplus.unweighted(self, c, votes, transfers, row)
  local parcels, papers = piles.parcels(piles.take(self, c,
    self.rule.papers == "last_parcel"))
  row.parcels[1] = { papers = papers }
  local given = piles.give(self, parcels, self.values:shared(votes, papers),
    transfers, row.parcels[1])
  self.exhausted = self.exhausted + given
  return given
end

-- The last parcel sorted, value by value; what can be transferred of it.
local function sort_last(self, c)
  local sorted, worth, papers = {}, self.values.zero, 0
  for i, group in ipairs(piles.grouped(self, piles.take(self, c, true))) do
    group.to, group.made, group.counts, group.exhausted =
      self.parcels:sort(group.parcels)
    local moves = group.papers - group.exhausted
    worth = worth + self.values:credit(group.value, moves)
    papers, sorted[i] = papers + moves, group
  end
  return sorted, worth, papers
end

--- The transferable papers of the last parcel: at what they were worth, or
--- where that is more than the surplus at an equal part of it.
---@param self urna.Transferable
---@param c integer
---@param votes any
---@param transfers table
---@param row table
---@return any
function surplus.transferable(self, c, votes, transfers, row)
  local sorted, worth, papers = sort_last(self, c)
  local each = votes < worth and self.values:shared(votes, papers)
  for i, group in ipairs(sorted) do
    local value, note = group.value, note_of(self, group)
    if each and each < value then value = each end
    note.value, note.to = self.values:value_text(value), {}
    note.exhausted = group.exhausted
    for k, to in ipairs(group.to) do
      piles.put(self, to, { parcel = group.made[k], papers = group.counts[k],
        value = value }, transfers, note.to)
    end
    row.parcels[i] = note
  end
  local rest = worth < votes and votes - worth or self.values.zero
  self.exhausted = self.exhausted + rest
  return rest
end

surplus.whole = irish.surplus

return surplus
