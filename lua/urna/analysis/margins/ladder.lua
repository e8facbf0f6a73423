local closeness = require "urna.seats.closeness"

--- The last quotients that won a seat and the first that won none.
local ladder = {}

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

local function best_of(self, held)
  local best
  for i, list in ipairs(self.count.lists) do
    local own = closeness.waiter(self.count, i, held[i] or list.seats)
    if own and (not best or closeness.before(own, best)) then best = own end
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
    local before = held[best.i] or best.item.seats
    held[best.i] = before + 1
    rows[n] = { seat = self.seats + n, list = best.item.key, nth = before + 1,
      quotient = best.pair, divisor = closeness.divisor(self.count, before) }
  end
  return rows
end

return ladder
