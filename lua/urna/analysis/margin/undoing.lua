local aims = require "urna.analysis.margin.aims"
local crossing = require "urna.analysis.margin.crossing"
local standing = require "urna.analysis.margin.standing"

--- Whether more ballots of the same kind would undo what the fewest do: votes
--- to seats is not monotone where a list crosses a threshold.
local undoing = {}

-- The list that changes most: down, or up; nil if none does.
local function greatest(question, after, sign)
  local found, most = nil, 0
  for i, votes in ipairs(after) do
    local step = sign * (votes - question.votes[i])
    if step > most then found, most = i, step end
  end
  return found
end

-- The votes after e ballots more, from and to the lists that change most.
local function continued(question, after, from, to, e)
  local votes = {}
  for i, number in ipairs(after) do votes[i] = number end
  if from then votes[from] = votes[from] - e end
  if to then votes[to] = votes[to] + e end
  return votes, standing.base(question, question.found + e)
end

-- How many ballots more until a list changes sides; nil if it never does.
local function until_crossing(question, after, from, to, most, i)
  local step = (i == to and 1 or 0) - (i == from and 1 or 0)
  local function side(e)
    return standing.is_above(question, after[i] + step * e,
      standing.base(question, question.found + e))
  end
  local now = side(0)
  return crossing.halve(1, most, function(e) return side(e) ~= now end)
end

local function room(question, after, from)
  if from then return after[from] end
  return 9007199254740991 - math.max(question.base + question.found,
    question.sum + question.found)
end

--- The first crossing after which a way to do it no longer does, if the list
--- that lost most goes on losing and the one that gained most gaining.
---@param question table with `found`, the fewest ballots
---@param after integer[] votes by list of the way
---@param wanted table[] aims
---@return table? { votes, list }: ballots in all, and the number of the list
--- that crosses its threshold then
function undoing.find(question, after, wanted)
  if not question.share or not question.is_free then return nil end
  local from = question.by ~= "added" and greatest(question, after, -1) or nil
  local to = question.by ~= "removed" and greatest(question, after, 1) or nil
  if not (from or to) then return nil end
  local most, first = room(question, after, from), nil
  for i in ipairs(question.keys) do
    local e = until_crossing(question, after, from, to, most, i)
    if e and (not first or e < first.extra) then
      local outcome = standing.seats(question,
        continued(question, after, from, to, e))
      if not aims.are_met(wanted, outcome) then
        first = { extra = e, votes = question.found + e, list = i }
      end
    end
  end
  return first
end

return undoing
