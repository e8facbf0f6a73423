--- What has to happen before a seat moves, as inequalities that are linear in
--- the votes: a form is { votes = factor by list, base = factor, need, from,
--- to }, and it holds of ballots taken away if the sum over them, factor times
--- votes and factor times base, reaches `need`. Each is a condition without
--- which the seats stay, whatever is taken away:
--- - a pair: of two lists that take part, one loses its last seat to the other;
--- - an emptying: a list has no votes left, and its seats may stay empty;
--- - a crossing: a list falls below the threshold, or rises above it because
---   the base shrinks;
--- - a fall: some lists together hold so few seats that all the others'
---   averages add up to more.
local rivals = {}

-- ---- weights ----

local function weight_of(item)
  return item.weight or { 1, 1 }
end

local function larger(a, b)
  return a[1] * b[2] >= b[1] * a[2] and a or b
end

-- What a list counts: at least, if it is a member that may have crossed the
-- threshold, and at most, if it is another that may have.
local function weight_in(race, i, is_member, may_cross)
  local item, list = race.count.lists[i], race.lists[i]
  if is_member and not item.takes_part then return nil end
  if not may_cross then return item.takes_part and weight_of(item) end
  if not is_member then return larger(list.below, list.above) end
  if not list.exempt then return list.above end
  return larger(list.below, list.above) == list.above and list.below
    or list.above
end

-- ---- pairs ----

-- At equal averages the taker goes first where the law prefers more votes and
-- it has more: so it has if its divisor is the larger one, whatever the votes.
-- Where weights may have changed, it may.
local function need_of(race, own, other, margin, is_open)
  local goes_first = race.more_votes and own > other
  return (goes_first or is_open) and margin or margin + 1
end

--- The form of two lists: `holder` loses `lost` seats while `taker` gains
--- `gained`.
---@param race urna.Race
---@param holder integer
---@param taker integer
---@param lost integer from 1
---@param gained integer from 1
---@param may_cross table<integer, boolean>? lists that may have crossed the
--- threshold: then the form is still one without which it does not happen
---@return table? form nil where it cannot happen
function rivals.pair(race, holder, taker, lost, gained, may_cross)
  may_cross = may_cross or {}
  local a, b = race.count.lists[holder], race.count.lists[taker]
  local x = weight_in(race, holder, true, may_cross[holder])
  local y = weight_in(race, taker, false, may_cross[taker])
  if not x or not y or a.seats < lost
    or b.seats + gained > race.lists[taker].most then
    return nil
  end
  local own = x[1] * y[2] * race:divisor_of(b.seats + gained)
  local other = y[1] * x[2] * race:divisor_of(a.seats - lost + 1)
  local margin = own * race.votes[holder] - other * race.votes[taker]
  return { votes = { [holder] = own, [taker] = -other }, base = 0,
    need = need_of(race, own, other, margin, next(may_cross) ~= nil),
    from = holder, to = taker }
end

--- The forms of all pairs, one seat each.
---@param race urna.Race
---@param may_cross table<integer, boolean>? as for rivals.pair
---@return table[] forms in list order
function rivals.pairs(race, may_cross)
  local found = {}
  for holder in ipairs(race.lists) do
    for taker in ipairs(race.lists) do
      found[#found + 1] = holder ~= taker
        and rivals.pair(race, holder, taker, 1, 1, may_cross) or nil
    end
  end
  return found
end

--- The forms of lists that have no votes left: their seats may stay empty.
---@param race urna.Race
---@return table[] forms with `empties`, the list
function rivals.empties(race)
  local found = {}
  for i, item in ipairs(race.count.lists) do
    if item.seats > 0 then
      found[#found + 1] = { empties = i, votes = { [i] = 1 }, base = 0,
        need = race.votes[i] }
    end
  end
  return found
end

-- ---- the threshold ----

--- The forms of all crossings.
---@param race urna.Race
---@return table[] forms with `crosses`, the list, and `goes`, "below" or
--- "above"
function rivals.crossings(race)
  local found, share = {}, race.share
  for i, item in ipairs(share and race.count.lists or {}) do
    local own, all = share[2] * race.votes[i], share[1] * race.base
    local is_above = own >= all
    found[#found + 1] = not item.others and { crosses = i,
      goes = is_above and "below" or "above",
      votes = { [i] = is_above and share[2] or -share[2] },
      base = is_above and -share[1] or share[1],
      need = is_above and own - all + 1 or all - own } or nil
  end
  return found
end

-- ---- several lists ----

local function gcd(a, b)
  while b > 0 do a, b = b, a % b end
  return a
end

local MOST = 9007199254740991

-- Weighted votes in whole numbers: each list's factor.
local function whole_weights(race, members, may_cross)
  local common, weights, factors, sum = 1, {}, {}, 0
  for i in ipairs(race.lists) do
    weights[i] = weight_in(race, i, members[i], may_cross[i]) or { 0, 1 }
    common = common / gcd(common, weights[i][2]) * weights[i][2]
  end
  for i, weight in ipairs(weights) do
    factors[i] = weight[1] * (common / weight[2])
    sum = sum + race.votes[i] * factors[i]
  end
  return factors, sum
end

--- The form of some lists that hold at most `seats` together. With q as the
--- best average of theirs that gets no seat, each member's weighted votes are
--- at most q d(own seats), and those of each other list with seats at least
--- q d(seats - 1): so summed up, the members' votes stand to the others' at
--- most as the sum of the one to that of the others.
---@param race urna.Race
---@param members table<integer, boolean>
---@param seats integer
---@param may_cross table<integer, boolean> lists that may have crossed the
--- threshold; no member may have fallen below it
---@return table? form nil where the numbers are too large for it
function rivals.fall(race, members, seats, may_cross)
  local factors, sum = whole_weights(race, members, may_cross)
  local inside, outside = 0, 0
  for i, factor in ipairs(factors) do
    local one = factor > 0 and 1 or 0
    if members[i] then inside = inside + one else outside = outside + one end
  end
  -- so many of the others have a seat at all
  local gap, others = race.first - race.step, race.seats - seats
  local rest = race.step * others
    + math.min(gap, gap * math.min(outside, others))
  local own = race.first * inside + race.step * seats
  if sum * math.max(own, rest) * 2 > MOST then return nil end
  local form = { votes = {}, base = 0, need = 0 }
  for i, factor in ipairs(factors) do
    form.votes[i] = members[i] and factor * rest or -factor * own
    form.need = form.need + form.votes[i] * race.votes[i]
  end
  return form
end

--- What a form makes of some ballots.
---@param form table
---@param votes table<integer, integer> by list
---@param base integer
---@return integer
function rivals.value(form, votes, base)
  local sum = form.base * base
  for i, factor in pairs(form.votes) do sum = sum + factor * votes[i] end
  return sum
end

return rivals
