local native = require "urna.native"
local piles = require "urna.count.stv.piles"

--- What the law of Dáil elections does otherwise: a surplus moves whole
--- papers, so many of each sub-parcel as its share, taken from its end; and
--- the last seats are filled as soon as nothing can change who takes them.
--- Source: Electoral Act 1992 (Ireland), ss. 121 and 124, s. 124 as amended by
--- the Electoral (Amendment) Act 2001, s. 31.
local irish = {}

-- Papers by sub-parcel: the whole parts of the shares, and the fractions.
local function share_out(sorted, surplus, transferable)
  local shares, left = {}, surplus
  for i, papers in ipairs(sorted.papers) do
    local share = native.rational(papers) * surplus / transferable
    local whole = share:floor()
    shares[i] = { at = i, candidate = sorted.to[i], papers = papers,
      whole = whole:num(), fraction = share - whole }
    left = left - shares[i].whole
  end
  return shares, left
end

local function compare(a, b)
  return a == b and 0 or a < b and -1 or 1
end

local function greatest(shares, of)
  local best = { shares[1] }
  for i = 2, #shares do
    local order = compare(of(shares[i]), of(best[1]))
    if order > 0 then best = { shares[i] } end
    if order == 0 then best[#best + 1] = shares[i] end
  end
  return best
end

-- Of equal fractions the larger sub-parcel's, then as ties are narrowed, then
-- by lot.
local function largest_fraction(self, shares)
  local best = greatest(shares, function(s) return s.fraction end)
  best = greatest(best, function(s) return s.papers end)
  local tied, of = {}, {}
  for i, share in ipairs(best) do
    tied[i], of[share.candidate] = share.candidate, share
  end
  local c = self:settle("fraction", self:narrow(tied, 1))
  return c and of[c]
end

-- The largest fractions are made whole until the surplus is.
local function round_up(self, shares, left)
  local rest = {}
  for _, share in ipairs(shares) do
    if not share.fraction:is_zero() then rest[#rest + 1] = share end
  end
  for _ = 1, left do
    local share = largest_fraction(self, rest)
    if not share then return false end
    share.whole = share.whole + 1
    for i, other in ipairs(rest) do
      if other == share then table.remove(rest, i) break end
    end
  end
  return true
end

local function move(self, share, parcel, transfers, note)
  if share.whole == 0 then return end
  if share.whole < share.papers then
    parcel = self.parcels:split(parcel, share.whole)
  end
  piles.put(self, share.candidate, { parcel = parcel, papers = share.whole,
    value = self.values.one }, transfers, note.to)
end

--- Transfer a surplus in whole papers of the parcel that came last.
---@param self urna.Transferable
---@param c integer
---@param surplus urna.core.Rational
---@param transfers urna.core.Rational[]
---@param row table
---@return urna.core.Rational? given to nobody; nil: lots are required
function irish.surplus(self, c, surplus, transfers, row)
  local parcels, papers = piles.parcels(piles.take(self, c, true))
  local sorted, spare = {}, surplus
  sorted.to, sorted.parcels, sorted.papers, sorted.exhausted =
    self.parcels:sort(parcels)
  local transferable = papers - sorted.exhausted
  local note = { was = "1", value = "1", papers = papers, to = {},
    exhausted = 0 }
  row.parcels[1] = note
  local shares, left
  if transferable <= spare then
    shares, left = share_out(sorted, transferable, transferable)
    note.exhausted = spare - transferable
  else
    shares, left = share_out(sorted, spare, transferable)
  end
  if not round_up(self, shares, left) then return nil end
  for i, share in ipairs(shares) do
    move(self, share, sorted.parcels[i], transfers, note)
  end
  local exhausted = self.values:of(note.exhausted)
  self.exhausted = self.exhausted + exhausted
  return exhausted
end

-- s. 124 (1A): one more continue than seats are left, and the lowest cannot
-- come up to the next.
local function all_but_lowest(self, order, surplus)
  if #order ~= self:left() + 1 or #order < 2 then return nil end
  local lowest, above = self.votes[order[#order]], self.votes[order[#order - 1]]
  if self.values.compare(lowest + surplus, above) >= 0 then return nil end
  order[#order] = nil
  return order
end

-- s. 124 (2): one seat, and one has more than all others and what surpluses
-- are left.
local function over_all(self, order, surplus)
  if self:left() ~= 1 or #order == 0 then return nil end
  local others = surplus
  for i = 2, #order do others = others + self.votes[order[i]] end
  if self.values.compare(self.votes[order[1]], others) <= 0 then return nil end
  return { order[1] }
end

--- Fill the last seats where no transfer could change who takes them.
---@param self urna.Transferable
---@param surplus urna.core.Rational not yet transferred
---@return boolean
function irish.fill_early(self, surplus)
  local order = self:ranked(self:those("continuing"))
  local winners = all_but_lowest(self, order, surplus)
    or over_all(self, order, surplus)
  if not winners then return false end
  self:elect(winners, function(c)
    return ("%s cannot be overtaken by transfers"):format(self.names[c])
  end)
  return true
end

return irish
