local native = require "urna.native"

--- The last quotients that won a seat and the first that won none.
local ladder = {}

local UNIT = { 1, 1 }

--- The last seats awarded, as the outcome explains them; none if it does not.
---@param outcome table
---@param last integer how many
---@return table[] rows { seat, list, nth, quotient, divisor, rival,
--- rival_quotient, rival_divisor, tie }: it is the nth quotient of the list
function ladder.last(outcome, last)
  local held, rows = {}, {}
  for i, step in ipairs(outcome.steps) do
    held[step.list] = (held[step.list] or 0) + 1
    if i > #outcome.steps - last then
      rows[#rows + 1] = { seat = step.seat, list = step.list,
        nth = held[step.list], quotient = step.quotient,
        divisor = step.divisor, rival = step.rival,
        rival_quotient = step.rival_quotient,
        rival_divisor = step.rival_divisor, tie = step.tie }
    end
  end
  return rows
end

-- The quotient with which a list waits for one seat more; nil if it may have
-- none.
local function waiting(self, i, held)
  local list, weight = self.count.lists[i], self.count.lists[i].weight or UNIT
  if not list.takes_part or list.votes == 0 or held >= self.race.lists[i].most
  then
    return nil
  end
  local sequence = self.count.sequence
  return { i = i, list = list.key, nth = held + 1,
    divisor = sequence.first + sequence.step * held, quotient = {
      native.average(list.votes, weight[1], weight[2], sequence.first,
        sequence.step, held) } }
end

-- Equal quotients as the law has them: more votes go first, then the order of
-- the lists, which gives nobody a seat here.
local function is_before(self, a, b)
  local order = native.ratio_compare(a.quotient[1], a.quotient[2],
    b.quotient[1], b.quotient[2])
  if order ~= 0 then return order > 0 end
  local lists = self.count.lists
  if lists[a.i].votes ~= lists[b.i].votes then
    return lists[a.i].votes > lists[b.i].votes
  end
  return a.i < b.i
end

local function best_of(self, held)
  local best
  for i, list in ipairs(self.count.lists) do
    local own = waiting(self, i, held[i] or list.seats)
    if own and (not best or is_before(self, own, best)) then best = own end
  end
  return best
end

--- The quotients that would win the next seats, if there were more: of a list
--- its first or several.
---@param self urna.MarginsGround
---@param last integer how many
---@return table[] rows { seat, list, nth, quotient, divisor }: seat counts on
--- from the last there is
function ladder.following(self, last)
  local held, rows = {}, {}
  for n = 1, last do
    local best = best_of(self, held)
    if not best then break end
    held[best.i] = best.nth
    best.i, best.seat = nil, self.seats + n
    rows[n] = best
  end
  return rows
end

return ladder
