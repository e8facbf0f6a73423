local matrix = require "urna.count.matrix"
local seating = require "urna.count.seating"

--- Condorcet methods that give every candidate a score of his pairs: minimax
--- and Copeland; and the sets, Smith's and Schwartz's, and the winner of all
--- pairs, if there is one.
local scored = {}

local function by_name(poll, values)
  local found = {}
  for i, name in ipairs(poll.names) do found[name] = values[i] end
  return found
end

local function outcome(poll, scores, shown, why, before)
  return { tops = seating.ranked(seating.levels(poll.n, before)),
    scores = by_name(poll, shown or scores),
    rounds = { { round = 1, tallies = by_name(poll, shown or scores),
      why = why } } }
end

-- The greatest of what each of the others brings against a candidate.
local DEFEATS = {
  winning_votes = function(against, votes)
    return against > votes and against or 0
  end,
  margins = function(against, votes) return against - votes end,
  opposition = function(against) return against end,
}

--- Minimax: the candidate whose worst defeat is the least.
--- Source: Simpson, Quarterly Journal of Economics 83, 1969, pp. 478-490;
--- Kramer, Journal of Economic Theory 16, 1977, pp. 310-334.
---@param poll urna.count.Poll
---@param rule { strength: "winning_votes"|"margins"|"opposition" } the last
--- counts all votes against him, also where he wins, and need not elect the
--- Condorcet winner
---@return table outcome `scores` are the worst defeats
function scored.minimax(poll, rule)
  local worst, over = {}, poll.over
  for a = 1, poll.n do
    for b = 1, poll.n do
      if a ~= b then
        local defeat = DEFEATS[rule.strength](over[b][a], over[a][b])
        if not worst[a] or defeat > worst[a] then worst[a] = defeat end
      end
    end
    worst[a] = worst[a] or 0 -- he stands alone
  end
  return outcome(poll, worst, nil, "the worst defeat of each; the least wins",
    function(a, b) return worst[a] < worst[b] end)
end

-- Wins and ties of a candidate; wins less losses.
local function record(over, n, a)
  local wins, ties = 0, 0
  for b = 1, n do
    if a ~= b then
      local more = over[a][b] - over[b][a]
      if more > 0 then wins = wins + 1 elseif more == 0 then ties = ties + 1 end
    end
  end
  return wins, ties, 2 * wins + ties - (n - 1)
end

-- Points in halves as a whole number or { num, 2 }.
local function in_halves(points)
  if points % 2 == 1 then return { points, 2 } end
  return math.floor(points / 2) -- exact: an integer also where / is not
end

--- Copeland: the candidate who wins most pairs. A tie is `tie` halves of a win:
--- 1 as Copeland has it, 2 as Llull did, or 0.
--- Source: Copeland, "A reasonable social welfare function", University of
--- Michigan, 1951; Llull: Haegele & Pukelsheim, Studia Lulliana 41, 2001, pp.
--- 3-38; second order, where the wins of those whom he has beaten, less their
--- losses, settle equal scores: Bartholdi, Tovey & Trick, Social Choice and
--- Welfare 6, 1989, pp. 227-241.
---@param poll urna.count.Poll
---@param rule { tie: integer, second_order: boolean? }
---@return table outcome `scores`; with second_order `second_scores`
function scored.copeland(poll, rule)
  local over, n = poll.over, poll.n
  local points, shown, net, second = {}, {}, {}, {}
  for a = 1, n do
    local wins, ties
    wins, ties, net[a] = record(over, n, a)
    points[a] = 2 * wins + rule.tie * ties
    shown[a] = in_halves(points[a])
  end
  for a = 1, n do
    second[a] = 0
    for b = 1, n do
      if rule.second_order and over[a][b] > over[b][a] then
        second[a] = second[a] + net[b]
      end
    end
  end
  local found = outcome(poll, points, shown, "pairs won; the most win",
    function(a, b)
      if points[a] ~= points[b] then return points[a] > points[b] end
      return second[a] > second[b]
    end)
  if rule.second_order then found.second_scores = by_name(poll, second) end
  return found
end

-- These before all others, which is no order of them.
local function first(poll, inside)
  local tops = seating.ranked(seating.levels(poll.n, function(a, b)
    return inside[a] and not inside[b] or false
  end))
  tops.order = nil
  return tops
end

--- The Condorcet winner, who beats each of the others, or nobody.
--- Source: Condorcet, Essai sur l'application de l'analyse, Paris 1785.
---@param poll urna.count.Poll
---@return table outcome `none` where nobody does
function scored.condorcet(poll)
  local winner = matrix.condorcet_winner(poll.over, matrix.everybody(poll.n))
  if not winner then
    return { none = "nobody beats each of the others", rounds = {} }
  end
  return { tops = first(poll, { [winner] = true }), rounds = {} }
end

--- A set of candidates as the winners: tied where it has several.
---@param poll urna.count.Poll
---@param rule { set: "smith"|"schwartz" }
---@return table outcome `set` by names
function scored.set(poll, rule)
  local members = matrix[rule.set](poll.over, matrix.everybody(poll.n))
  local inside = {}
  for _, a in ipairs(members) do inside[a] = true end
  return { tops = first(poll, inside),
    set = seating.named(poll, members), rounds = {} }
end

return scored
