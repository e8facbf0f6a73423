local batch = require "urna.allocate.batch"
local faults = require "urna.allocate.faults"
local methods = require "urna.allocate.methods"
local native = require "urna.native"
local whole = require "urna.allocate.whole"

--- Seats from votes, with no law in it.
local allocate = {}

-- Methods by the names they were asked for.
local known = {}

local function known_as(name)
  local is_known, found = pcall(methods.resolve, name)
  if is_known and type(name) == "string" then known[name] = found end
  return is_known and found or nil
end

-- The short way, of an array of votes and nothing else: seats, or nil where
-- there is more to say, which the long way does.
local function award(votes, seats, method)
  if method.sequence then
    local done, found, tied, awarded = pcall(native.award, method.sequence,
      seats, votes)
    return done and not tied and awarded == seats and seats ~= 0 and found
  elseif method.kind == "quota" and not (method.averages or method.share)
    and method.has_remainders then
    local done, found, _, left, over = pcall(native.quota, method.rule, seats,
      votes)
    return done and left == 0 and over == 0 and seats ~= 0 and found
  end
end

---@class urna.AllocationOptions
---@field prior table<any, integer>? by list
---@field min table<any, integer>? by list
---@field max table<any, integer>? by list
---@field weights table<any, integer[]>? { num, den } by list, from 1 to 2^20
---@field lots any[][]? draws: arrays of keys
---@field alliances table[]? { key, lists, method? }
---@field over_award string? "error", "subtract" or "ignore"; of quotas alone
---@field explain boolean?

---@class urna.Allocation
---@field seats table<any, integer> by list: those that are certain
---@field ties table[] { stage, certain, tied, left }, empty if none; stage is
--- "averages", "remainders", "house 7" (the quota method's seventh seat),
--- "alliances" or "alliance KEY"; left is negative where seats are taken back
---@field drawn table[]? ties settled by lots, with the keys `drawn`
---@field vacant integer? seats that nobody may take
---@field over_award integer? how many seats too many the quota filled
---@field alliances table<string, table>? by key { seats, votes, weight } and
--- what explains them
---@field steps table[]? with explain: { step, list, quotient, rival,
--- rival_quotient, by_lot } or { step, list, remainder, rival,
--- rival_remainder, taken_back, by_lot } in order. Quotients are { num, den },
--- or of their square, squared = true; 1/0 is infinite; without a rival nobody
--- else could take the seat, or lose it. A remainder is what a list has beyond
--- the seats that it holds at that step. Steps of
--- the quota method have the number of the `house`'s seat; who was `eligible`,
--- holding fewer seats than votes * house / total; who was `barred`, with a
--- greater quotient but all of its quota; the `quotients` of both, by list.
--- Where a lot has to decide they are `open`: no `list`, but who has the seat
--- `for_now`, in the steps that follow
---@field order any[]? lists of the steps that gave a seat
---@field divisor table? { above, upto, squared }: every divisor above the one
--- and up to the other gives these seats; equal where a lot decided
---@field quota integer[]? { num, den }
---@field total integer[]? { num, den } all votes, weighed, of which a list's
--- part is its quota; of the quota method
---@field full_seats table<any, integer>? by list, within prior, min and max
---@field remainders table<any, integer[]>? { num, den } votes by list, beyond
--- the full seats

--- Allocate seats to lists by votes: exact, every tie told, no law in it.
---
--- Lists keep their order: an array that of the array, keyed votes the
--- bytewise order of their keys. Results are keyed as the votes are. Of keyed
--- options a list may be left out: prior and min 0, max as many as there are,
--- weight 1.
---
--- A method is a name: any of methods/divisors.lua ("dhondt",
--- "sainte_lague", "modified_sainte_lague_1.4", "adams", "dean",
--- "huntington_hill", "danish", "imperiali", "macau" and aliases), any of
--- methods/quotas.lua ("hare", "droop", "hagenbach_bischoff",
--- "imperiali_quota", "hare_averages" and more), "quota_method" or
--- "balinski_young". Or a table: { divisors = { 1, { 3, 2 }, 2 }, ends =
--- false }, rising numbers or ratios, which go on by their last difference
--- unless they end; { quota = "hare", remainders = "largest", min_quota =
--- { 3, 4 }, averages = "dhondt" }, where quota may also be a number of votes,
--- remainders "none" leave what full quotas do not fill, min_quota is the share
--- of the quota that a list must have to take part in the remainders, and
--- averages fill what is left: without min_quota and remainders at once, with
--- them after each list had one seat by its remainder.
---
--- What the options mean:
--- prior: seats that a list holds from elsewhere. They count in the house:
--- `seats` is the whole house with them, and so are the seats of the result.
--- A divisor method goes on where a list stands, with d(prior); a quota is
--- that of the whole house. (So do Iceland's adjustment seats, Scotland's
--- regional members, and votelib's prev_gains.)
--- min, max: what a list has in any case, and at most, prior seats counted.
--- The house stays as large: others have the fewer for it.
--- weights: { num, den } that a list's votes are multiplied with.
--- lots: draws, in the order in which the ties are met (that of `ties`), each
--- an array of the keys drawn; where seats are taken back (left < 0) those
--- who lose one.
--- alliances: array of { key = text, lists = { key or alliance, ... }, method
--- = its own }: seats go to alliances and single lists by their votes, then
--- inside. Ties of the first are of the stage "alliances", certain and tied
--- naming alliances and lists, those inside of "alliance KEY". While a tie
--- is open above, lists have what every draw would leave them.
--- over_award: a quota may be so small that it fills more seats than there
--- are. "error" (the default): nil, err; "subtract": they are taken back from
--- the smallest remainders; "ignore": the house is larger. Seats that are too
--- many because of prior or min are always taken back from the others.
--- explain: tell how, see below.
---
--- Fails: raises for what the caller got wrong, naming key and value: votes
--- that are no counts or all 0, an unknown method or list, contradictory
--- options, more seats than max leaves room for, a lot that matches no tie.
--- Returns nil and an error "over_award" or "no_quota" (0 votes).
---@param votes table<string, integer>|integer[] from 0 to 2^53 - 1; a divisor
--- method also takes digits up to 2^63 - 1
---@param seats integer from 1: the house
---@param method string|table
---@param options urna.AllocationOptions?
---@return urna.Allocation? result
---@return urna.Error? err
function allocate.run(votes, seats, method, options)
  local found = options == nil and (known[method] or known_as(method))
  if found and type(votes) == "table" and votes[1] ~= nil
    and next(votes, #votes) == nil then
    local awarded = award(votes, seats, found)
    if awarded then return { seats = awarded, ties = {} } end
  end
  local result, err = faults.call("urna.allocate", 2,
    whole.run, votes, seats, method, options)
  return result, err -- no tail call: the caller is to be found
end

--- Allocate many vectors of votes at once, without a table for each: for
--- draws and simulations.
--- Fails: raises for what the caller got wrong; nil and "over_award" as
--- urna.allocate, naming the first vector.
---@param votes integer[] the vectors one behind the other
---@param seats integer from 1
---@param method string|table as of urna.allocate
---@param options { lists: integer, over_award: string? } lists: how many each
--- vector has
---@return { seats: integer[], ties: integer[] }? result seats as the votes
--- are, of a vector with a tie those that are certain; ties: numbers of the
--- vectors that have one. A vector without votes gets no seats.
---@return urna.Error? err
function allocate.batch(votes, seats, method, options)
  local result, err = faults.call("urna.allocate_batch", 2,
    batch.run, votes, seats, method, options, whole.run_node)
  return result, err -- no tail call: the caller is to be found
end

return allocate
