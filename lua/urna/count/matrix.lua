local compat = require "urna.compat"
local errors = require "urna.errors"
local native = require "urna.native"

--- Who stands, and of every two how many papers prefer the one to the other:
--- what the Condorcet methods know of an election. Candidates are numbers from
--- 1 in here, in the order of the ballots.
local matrix = {}

local COUNT_MAX = 9007199254740991

---@class urna.count.Poll
---@field names string[] of those who stand; the withdrawn do not
---@field withdrawn string[]
---@field n integer how many stand
---@field papers integer? all of them; nil where only a matrix is given
---@field valid integer? papers that name somebody who stands
---@field store urna.core.Ballots?
---@field numbers integer[]? their numbers in the store
---@field over integer[][]? over[a][b]: papers that prefer a to b
---@field counted table? what native.pairwise has found

--- Who stands in an election: everybody but the withdrawn; write-ins too.
---@param ballots urna.Ballots
---@return urna.count.Poll?
---@return urna.Error? err "no_candidates"
function matrix.standing(ballots)
  local poll = { names = {}, numbers = {}, withdrawn = {},
    store = ballots.store, papers = ballots:papers() }
  for number, candidate in ipairs(ballots:candidates()) do
    if candidate.kind == "withdrawn" then
      table.insert(poll.withdrawn, candidate.name)
    else
      table.insert(poll.names, candidate.name)
      table.insert(poll.numbers, number)
    end
  end
  poll.n = #poll.names
  if poll.n == 0 then
    return nil, errors.new("no_candidates", { message =
      "nobody stands: the ballots have no candidate who is not withdrawn" })
  end
  return poll
end

-- Papers that name a and not b are those that name a, less those that name
-- both; where the unranked stand last, these prefer a.
local function over_of(counted, n, unranked)
  local over = {}
  for a = 1, n do over[a] = {} end
  for a = 1, n do
    for b = 1, n do
      local here, there = (a - 1) * n + b, (b - 1) * n + a
      local papers = counted.above[here]
      if unranked == "last" and a ~= b then
        local equal = counted.equal and counted.equal[here] or 0
        papers = counted.named[a] - counted.above[there] - equal
      end
      over[a][b] = papers
    end
  end
  return over
end

--- Count the pairs of those who stand.
---@param poll urna.count.Poll gets `over`, `counted` and `valid`
---@param unranked "last"|"no_opinion" are those whom a paper does not name
--- below all whom it names, or does it not say?
function matrix.count(poll, unranked)
  poll.counted = poll.counted or native.pairwise(poll.store, poll.numbers)
  poll.valid = poll.counted.valid
  poll.over = over_of(poll.counted, poll.n, unranked)
end

-- ---- a matrix that is given ----

local function check_cell(kind, a, b, value, level)
  local least = kind == "margins" and -COUNT_MAX or 0
  local good = type(value) == "number" and value % 1 == 0 and value >= least
    and value <= COUNT_MAX
  if not good then
    error(("%s[%q][%q] must be a whole number from %s to 2^53 - 1, not %s")
      :format(kind, a, b, least == 0 and "0" or "1 - 2^53", tostring(value)),
      level + 1)
  end
  if a == b and value ~= 0 then
    error(("%s[%q][%q]: nobody is compared with himself"):format(kind, a, b),
      level + 1)
  end
end

local function check_rows(kind, rows, level)
  for a, row in pairs(rows) do
    if type(a) ~= "string" or type(row) ~= "table" then
      error(("%s must be a table of tables by candidates' names, as in { %s ="
        .. " { A = { B = 10 } } }"):format(kind, kind), level + 1)
    end
    for b, value in pairs(row) do
      if type(b) ~= "string" then
        error(("%s[%q]: %s is no candidate's name"):format(kind, a,
          tostring(b)), level + 1)
      end
      check_cell(kind, a, b, value, level + 1)
    end
  end
end

local function named_in(rows)
  local found = {}
  for a, row in pairs(rows) do
    found[a] = true
    for b in pairs(row) do found[b] = true end
  end
  return compat.keys(found)
end

local function places_of(names, level)
  local places = {}
  for i, name in ipairs(names) do
    if type(name) ~= "string" or name == "" then
      error("candidates are names", level + 1)
    end
    if places[name] then
      error(("candidates: %q stands twice"):format(name), level + 1)
    end
    places[name] = i
  end
  return places
end

-- A margin is given once, or twice and then the same with the other sign.
local function check_margins(rows, level)
  for a, row in pairs(rows) do
    for b, value in pairs(row) do
      local other = rows[b] and rows[b][a]
      if other and other ~= -value then
        error(("margins[%q][%q] is %d, but margins[%q][%q] is %d"):format(a, b,
          value, b, a, other), level + 1)
      end
    end
  end
end

local function empty(n)
  local over = {}
  for a = 1, n do
    over[a] = {}
    for b = 1, n do over[a][b] = 0 end
  end
  return over
end

local function fill(over, rows, places, kind)
  for a, row in pairs(rows) do
    for b, value in pairs(row) do
      local i, j = places[a], places[b]
      if kind == "pairwise" or value > 0 then
        over[i][j] = value
      elseif value < 0 then
        over[j][i] = -value
      end
    end
  end
end

--- A poll of which only the pairs are known: { pairwise = { A = { B = 10 } } },
--- papers that prefer A to B, or { margins = { A = { B = 1 } } }, these less
--- those that prefer B to A. What is not given is 0.
--- Fails: raises for anything else, naming the cell.
---@param given { pairwise: table<string, table<string, integer>>?, margins:
--- table<string, table<string, integer>>?, candidates: string[]? } candidates:
--- in their order; else they stand in bytewise order
---@param level integer of the caller to be blamed
---@return urna.count.Poll?
---@return urna.Error? err "no_candidates"
function matrix.given(given, level)
  errors.check_options("count", given, { "pairwise", "margins", "candidates" },
    level)
  errors.check_types("count", given, { pairwise = "table", margins = "table",
    candidates = "table" }, level)
  if (given.pairwise == nil) == (given.margins == nil) then
    error("count: say either pairwise or margins", level + 1)
  end
  local kind = given.pairwise and "pairwise" or "margins"
  local rows = given[kind]
  check_rows(kind, rows, level + 1)
  if kind == "margins" then check_margins(rows, level + 1) end
  local found = named_in(rows)
  local names = given.candidates or found
  local places = places_of(names, level + 1)
  for _, name in ipairs(found) do
    if not places[name] then
      local near = errors.nearest(name, names)
      error(("%s: %q is not one of the candidates%s"):format(kind, name,
        near and (": did you mean %q?"):format(near) or ""), level + 1)
    end
  end
  if #names == 0 then
    return nil, errors.new("no_candidates", { message =
      "nobody stands: the matrix has no candidate" })
  end
  local copy = {}
  for i, name in ipairs(names) do copy[i] = name end
  local poll = { names = copy, withdrawn = {}, n = #copy, over = empty(#copy),
    is_margins = kind == "margins" }
  fill(poll.over, rows, places, kind)
  return poll
end

-- ---- what follows from it ----

--- Row by row in one array, as native functions take it.
---@param over integer[][]
---@param among integer[] candidates; the rows are theirs, in this order
---@return integer[]
function matrix.flat(over, among)
  local cells = {}
  for _, a in ipairs(among) do
    for _, b in ipairs(among) do cells[#cells + 1] = over[a][b] end
  end
  return cells
end

--- All who stand, as numbers.
---@param n integer
---@return integer[]
function matrix.everybody(n)
  local all = {}
  for i = 1, n do all[i] = i end
  return all
end

--- By the names: [a][b] papers that prefer a to b.
---@param poll urna.count.Poll
---@return table<string, table<string, integer>>
function matrix.keyed(poll)
  local keyed = {}
  for a, name in ipairs(poll.names) do
    keyed[name] = {}
    for b, other in ipairs(poll.names) do
      if a ~= b then keyed[name][other] = poll.over[a][b] end
    end
  end
  return keyed
end

--- Who beats everybody else of these.
---@param over integer[][]
---@param among integer[]
---@return integer?
function matrix.condorcet_winner(over, among)
  local best = among[1]
  for _, a in ipairs(among) do
    if a ~= best and over[a][best] > over[best][a] then best = a end
  end
  for _, b in ipairs(among) do
    if b ~= best and over[best][b] <= over[b][best] then return nil end
  end
  return best
end

-- Twice the wins and the ties: who has most of them is in the Smith set.
local function most_wins(over, among)
  local best, most
  for _, a in ipairs(among) do
    local wins = 0
    for _, b in ipairs(among) do
      if a ~= b then
        local more = over[a][b] - over[b][a]
        wins = wins + (more > 0 and 2 or more == 0 and 1 or 0)
      end
    end
    if not most or wins > most then best, most = a, wins end
  end
  return best
end

--- The fewest candidates who each beat everybody outside: whoever is not
--- beaten by one of the set belongs to it.
--- Source: Smith, Econometrica 41, 1973, pp. 1027-1041; Good, Public Choice
--- 10, 1971, pp. 97-101.
---@param over integer[][]
---@param among integer[] in rising order, not empty
---@return integer[] in rising order
function matrix.smith(over, among)
  local first = most_wins(over, among)
  local found, members = { [first] = true }, { first }
  for _, member in ipairs(members) do
    for _, other in ipairs(among) do
      if not found[other] and over[other][member] >= over[member][other] then
        found[other] = true
        members[#members + 1] = other
      end
    end
  end
  table.sort(members)
  return members
end

-- Who is reached from `start` over wins alone.
local function reached(over, among, start)
  local found, members = { [start] = true }, { start }
  for _, member in ipairs(members) do
    for _, other in ipairs(among) do
      if not found[other] and over[member][other] > over[other][member] then
        found[other] = true
        members[#members + 1] = other
      end
    end
  end
  return found
end

--- The candidates who have a path of wins to everybody that has one to them:
--- all of the least sets that nobody outside beats.
--- Source: Schwartz, The Logic of Collective Choice, 1986, ch. 6.
---@param over integer[][]
---@param among integer[] in rising order, not empty
---@return integer[] in rising order
function matrix.schwartz(over, among)
  local inside = matrix.smith(over, among) -- it has no other members
  local reach, members = {}, {}
  for _, a in ipairs(inside) do reach[a] = reached(over, inside, a) end
  for _, a in ipairs(inside) do
    local is_free = true
    for _, b in ipairs(inside) do
      if reach[b][a] and not reach[a][b] then is_free = false end
    end
    if is_free then members[#members + 1] = a end
  end
  return members
end

--- Groups of which each member beats all members of the later ones: the Smith
--- set, that of the others, and so on.
---@param over integer[][]
---@param n integer
---@return integer[][]
function matrix.components(over, n)
  local left, groups = matrix.everybody(n), {}
  while #left > 0 do
    local group, inside, rest = matrix.smith(over, left), {}, {}
    for _, a in ipairs(group) do inside[a] = true end
    for _, a in ipairs(left) do
      if not inside[a] then rest[#rest + 1] = a end
    end
    groups[#groups + 1], left = group, rest
  end
  return groups
end

return matrix
