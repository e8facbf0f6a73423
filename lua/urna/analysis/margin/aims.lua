local arguments = require "urna.analysis.margin.arguments"
local faults = require "urna.allocate.faults"
local standing = require "urna.analysis.margin.standing"

--- What a change asks for: that some lists have at least, or at most, so many
--- seats. Any one of the aims is enough.
---
--- Where a tie leaves a seat open as it is, a list gains with the ballot that
--- makes one more certain than is now, and loses with the ballot after which
--- it cannot have as many as it might now.
local aims = {}

local function add_list(found, question, outcome, i, to)
  local least, most = standing.range(outcome, { i })
  if to ~= "lose" and least < question.seats then
    found[#found + 1] = { members = { i }, seats = least + 1, what = "gains" }
  end
  if to ~= "gain" and most > 0 then
    found[#found + 1] = { members = { i }, seats = most - 1, at_most = true,
      what = "loses" }
  end
end

-- What changes with the fewest ballots is found sooner if it is looked for
-- among the larger lists first; the answer is the same.
local function any(question, outcome)
  local order, found = {}, {}
  for i in ipairs(question.keys) do order[i] = i end
  table.sort(order, function(a, b)
    local x, y = question.votes[a], question.votes[b]
    if x == y then return a < b end
    return x > y
  end)
  for _, i in ipairs(order) do
    add_list(found, question, outcome, i, "either")
  end
  return found
end

local function list(question, outcome)
  local change, found = question.change, {}
  local i = arguments.place(question, "change.list", change.key)
  local to = arguments.word("change.to", change.to,
    { "either", "gain", "lose" })
  add_list(found, question, outcome, i, to)
  return found
end

local function members_of(question, keys)
  if type(keys) ~= "table" then
    faults.raise("change.coalition must be an array of lists, not %s",
      faults.show(keys))
  end
  local members, seen = {}, {}
  for n, key in ipairs(keys) do
    local i = arguments.place(question, "change.coalition", key)
    if seen[i] then
      faults.raise("change.coalition[%d] names %s a second time", n,
        faults.show(key))
    end
    seen[i], members[n] = true, i
  end
  if #members == 0 then faults.raise("change.coalition is empty") end
  if #members == #question.keys then
    faults.raise("change.coalition is all %d lists", #members)
  end
  return members
end

local function majority_of(question)
  local seats, given = question.seats, question.change.majority
  if given == nil then return math.floor((seats - seats % 2) / 2) + 1 end
  if faults.is_whole(given, 1, seats) then return given end
  faults.raise("change.majority must be a whole number from 1 to seats = %d, "
    .. "got %s", seats, faults.show(given))
end

local function coalition(question, outcome)
  local members = members_of(question, question.change.key)
  local majority = majority_of(question)
  local least = standing.range(outcome, members)
  local to = arguments.word("change.to", question.change.to,
    least >= majority and { "break", "make" } or { "make", "break" })
  if to == "make" then
    return { { members = members, seats = majority, what = "has a majority" } }
  end
  return { { members = members, seats = majority - 1, at_most = true,
    what = "has no majority" } }
end

local KINDS = { any = any, list = list, coalition = coalition }

--- The aims of a question, given the seats as they are.
--- Fails: a fault.
---@param question table see arguments.lua
---@param outcome table see standing.seats
---@return table[] { members, seats, at_most, what }; empty: nothing can change
function aims.of(question, outcome)
  if question.change.kind == "any" then return any(question, outcome) end
  return KINDS[question.change.kind](question, outcome)
end

--- Whether the seats surely, or possibly, reach one of the aims.
---@param found table[]
---@param outcome table
---@param is_possible boolean?
---@return boolean
function aims.are_met(found, outcome, is_possible)
  for _, aim in ipairs(found) do
    local least, most = standing.range(outcome, aim.members)
    if is_possible then least, most = most, least end
    if aim.at_most and most <= aim.seats
      or not aim.at_most and least >= aim.seats then
      return true
    end
  end
  return false
end

return aims
