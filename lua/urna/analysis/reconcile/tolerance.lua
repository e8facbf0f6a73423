local errors = require "urna.errors"
local native = require "urna.native"

--- Up to which a difference is only noted: a number of votes or ballots, or a
--- share of the greater of two figures.
local tolerance = {}

local function is_whole(value)
  return type(value) == "number" and value >= 0 and value % 1 == 0
end

local function is_share(share)
  return type(share) == "table" and is_whole(share[1]) and is_whole(share[2])
    and share[2] > 0
end

--- A tolerance as the option says it.
--- Fails: raises for what is none.
---@param value integer|{ count: integer?, share: integer[]? }|nil
---@return { count: integer, share: integer[]? }
function tolerance.of(value)
  if value == nil then return { count = 0 } end
  if type(value) == "number" then value = { count = value } end
  errors.check_options("tolerance", value, { "count", "share" }, 4)
  if value.count ~= nil and not is_whole(value.count) then
    error("reconcile: within.count must be a whole number of votes or "
      .. "ballots", 4)
  end
  if value.share ~= nil and not is_share(value.share) then
    error("reconcile: within.share must be a pair { num, den }, as "
      .. "{ 1, 100 }", 4)
  end
  return { count = value.count or 0, share = value.share }
end

--- Whether two figures differ by no more than that.
---@param within { count: integer, share: integer[]? }
---@param a integer
---@param b integer
---@return boolean
function tolerance.holds(within, a, b)
  local gap = math.abs(a - b)
  if gap <= within.count then return true end
  local share = within.share
  return share ~= nil and native.ratio_compare(gap, math.max(a, b), share[1],
    share[2]) <= 0
end

return tolerance
