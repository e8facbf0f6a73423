local compat = require "urna.compat"

--- A published table of seats beside what the law gives on the same votes:
--- does it add up, and where does it differ.
local claims = {}

--- The seats that an embedded election was published with.
---@param source table results or totals
---@return { seats: table<string, integer>, source: string }? claim
function claims.published(source)
  local election = rawget(source, "election")
  if not election then return nil end
  if election.official then return election.official end
  local seats = {}
  for _, list in ipairs(election.lists) do seats[list.key] = list.seats end
  if next(seats) == nil then return nil end
  return { seats = seats, source = (election.sources or {})[1] }
end

local function difference(line, claimed)
  if not line.seats or line.seats == (claimed or 0) or line.others then
    return nil
  end
  return { list = line.key, claimed = claimed or 0, seats = line.seats }
end

local function sum_of(seats)
  local sum = 0
  for _, number in pairs(seats) do sum = sum + number end
  return sum
end

-- Lists of the claim that the outcome does not know.
local function strangers(outcome, seats)
  local known, found = {}, {}
  for _, line in ipairs(outcome.lists) do known[line.key] = true end
  for _, key in ipairs(compat.keys(seats)) do
    if not known[key] then found[#found + 1] = key end
  end
  return found
end

--- Compare an outcome with a published table.
---@param outcome table
---@param claim table? { seats = by list, source } or seats by list
---@return table? { seats, source, sum, adds_up, differences = { { list,
--- claimed, seats } }, unknown = { keys }, is_checked } nil without a claim;
--- not checked where the outcome gives no seats
function claims.of(outcome, claim)
  if not claim then return nil end
  if type(claim.seats) ~= "table" then claim = { seats = claim } end
  local row = { seats = claim.seats, source = claim.source,
    sum = sum_of(claim.seats), differences = {},
    unknown = strangers(outcome, claim.seats) }
  row.adds_up, row.is_checked = row.sum == outcome.seats, true
  for _, line in ipairs(outcome.lists) do
    row.is_checked = row.is_checked and line.seats ~= nil
    row.differences[#row.differences + 1] =
      difference(line, claim.seats[line.key])
  end
  return row
end

return claims
