local native = require "urna.native"

--- Where lists stand to their threshold, and the seats that follow.
local standing = {}

--- Whether a list stands above the threshold: at least the share of the base,
--- and of nothing nobody. True where there is no threshold.
---@param question table see arguments.lua
---@param votes integer
---@param base integer
---@return boolean
function standing.is_above(question, votes, base)
  local share = question.share
  if not share then return true end
  if base == 0 then return false end
  return native.ratio_compare(votes, base, share[1], share[2]) >= 0
end

--- The weight of a list on one side, in parts of question.unit; 0: it takes
--- no part.
---@param question table
---@param i integer
---@param is_above boolean
---@return integer
function standing.weight(question, i, is_above)
  if is_above then
    return question.ends and question.unit or question.weights[i]
  end
  return question.exempt[i] and question.weights[i] or 0
end

--- The base after so many ballots.
---@param question table
---@param ballots integer
---@return integer
function standing.base(question, ballots)
  if not question.base_moves or question.by == "switched" then
    return question.base
  end
  return question.base + (question.by == "added" and ballots or -ballots)
end

--- The weights of all lists with these votes; with the thresholds fixed those
--- they have as it is.
---@param question table
---@param votes integer[]
---@param base integer
---@return integer[]
function standing.weights(question, votes, base)
  if not question.is_free then
    votes, base = question.votes, question.base
  end
  local weights, is_any = {}, false
  for i, number in ipairs(votes) do
    local is_above = standing.is_above(question, number, base)
    weights[i] = standing.weight(question, i, is_above)
    is_any = is_any or is_above
  end
  if is_any or not question.all_if_none then return weights end
  for i in ipairs(votes) do weights[i] = question.weights[i] end
  return weights
end

local function by_quota(question, votes, options)
  options.take_back = true
  local seats, tied, left = native.quota(question.method.rule,
    question.seats, votes, options)
  if seats then return seats, tied, left end
  seats = {}
  for i in ipairs(votes) do seats[i] = 0 end -- of 0 votes there is no quota
  return seats, nil, question.seats
end

local function by_divisors(question, votes, options, weights)
  options.num, options.den = {}, {}
  for i, weight in ipairs(weights) do
    options.num[i] = weight > 0 and weight or 1
    options.den[i] = question.unit
  end
  local seats, tied, awarded = native.award(question.method.sequence,
    question.seats, votes, options)
  return seats, tied, question.seats - awarded
end

local function taken_back(seats, tied, left)
  if not tied or left >= 0 then return seats, left end
  -- of those tied each may lose one: it is certain of the others alone
  for _, i in ipairs(tied) do seats[i] = seats[i] - 1 end
  return seats, #tied + left
end

--- The seats by list with these votes.
---@param question table
---@param votes integer[]
---@param base integer
---@return table outcome { seats, tied, left }: certain seats by number, the
--- numbers that a lot would have to decide among for the seats left, or nil
function standing.seats(question, votes, base)
  local weights = standing.weights(question, votes, base)
  local own, options = {}, { most = question.most,
    precedence = question.more_votes and votes or nil }
  for i, number in ipairs(votes) do own[i] = weights[i] > 0 and number or 0 end
  local run = question.method.kind == "quota" and by_quota or by_divisors
  local seats, tied, left = run(question, own, options, weights)
  seats, left = taken_back(seats, tied, left)
  return { seats = seats, tied = tied, left = tied and left or 0 }
end

--- The fewest and the most seats of some lists, over all ways to draw.
---@param outcome table
---@param members integer[] numbers of lists
---@return integer least
---@return integer most
function standing.range(outcome, members)
  local is_member, certain, inside = {}, 0, 0
  for _, i in ipairs(members) do
    is_member[i] = true
    certain = certain + outcome.seats[i]
  end
  for _, i in ipairs(outcome.tied or {}) do
    inside = inside + (is_member[i] and 1 or 0)
  end
  local outside = #(outcome.tied or {}) - inside
  return certain + math.max(outcome.left - outside, 0),
    certain + math.min(outcome.left, inside)
end

return standing
