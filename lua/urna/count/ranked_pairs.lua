local errors = require "urna.errors"
local seating = require "urna.count.seating"

--- Ranked pairs: majorities are locked from the strongest to the weakest, each
--- unless those that are locked say the opposite. Where equally strong ones
--- clash, every way of taking them one after the other is followed, so that
--- nobody is preferred silently: whoever wins in one of them may win.
--- Source: Tideman, Social Choice and Welfare 4, 1987, pp. 185-206; Zavist &
--- Tideman, Social Choice and Welfare 6, 1989, pp. 167-173; all ways at once:
--- Brill & Fischer, AAAI 2012, pp. 1299-1305.
local ranked_pairs = {}

-- How many states of what is locked are looked at before giving up.
local MOST = 20000

-- Majorities, the strongest first, equally strong ones together.
local function groups_of(over, n, by_margin)
  local links = {}
  for a = 1, n do
    for b = 1, n do
      local votes, against = over[a][b], over[b][a]
      if votes > against then
        links[#links + 1] = { a = a, b = b, votes = votes, against = against,
          strength = by_margin and votes - against or votes,
          weakness = by_margin and 0 or against }
      end
    end
  end
  table.sort(links, function(one, other)
    if one.strength ~= other.strength then
      return one.strength > other.strength
    end
    if one.weakness ~= other.weakness then
      return one.weakness < other.weakness
    end
    if one.a ~= other.a then return one.a < other.a end
    return one.b < other.b
  end)
  local groups = {}
  for i, link in ipairs(links) do
    local before = links[i - 1]
    if before and before.strength == link.strength
      and before.weakness == link.weakness then
      table.insert(groups[#groups], link)
    else
      groups[#groups + 1] = { link }
    end
  end
  return groups
end

-- What follows from what is locked: locked[a][b], a stands above b.
local function copy_of(locked)
  local copy = {}
  for a, row in ipairs(locked) do
    copy[a] = {}
    for b in pairs(row) do copy[a][b] = true end
  end
  return copy
end

local function lock(locked, link)
  local a, b, n = link.a, link.b, #locked
  if locked[a][b] then return end
  for x = 1, n do
    if x == a or locked[x][a] then
      local row = locked[x]
      row[b] = true
      for y = 1, n do
        if locked[b][y] then row[y] = true end
      end
    end
  end
end

local function key_of(locked)
  local n, words = #locked, {}
  for a = 1, n do
    for b = 1, n do words[#words + 1] = locked[a][b] and "1" or "0" end
  end
  return table.concat(words)
end

-- Those of a group that are neither implied nor contradicted.
local function open_of(locked, group)
  local open = {}
  for _, link in ipairs(group) do
    if not locked[link.a][link.b] and not locked[link.b][link.a] then
      open[#open + 1] = link
    end
  end
  return open
end

-- Do they all fit together? If so all are locked, else nothing is.
local function lock_all(locked, open)
  local trial = copy_of(locked)
  for _, link in ipairs(open) do
    if trial[link.b][link.a] then return nil end
    lock(trial, link)
  end
  return trial
end

-- All outcomes of taking a group one by one, whichever comes first.
local function outcomes_of(locked, group, found, seen, work)
  local open = open_of(locked, group)
  local whole = lock_all(locked, open)
  if whole then
    local key = key_of(whole)
    if not seen[key] then found[#found + 1] = whole end
    seen[key] = true
    return
  end
  for _, link in ipairs(open) do
    local trial = copy_of(locked)
    lock(trial, link)
    local key = "?" .. key_of(trial)
    if not seen[key] then
      seen[key] = true
      work.done = work.done + 1
      if work.done > MOST then return end
      outcomes_of(trial, group, found, seen, work)
    end
  end
end

local function follow(groups, n)
  local start, work = {}, { done = 0 }
  for a = 1, n do start[a] = {} end
  local states = { start }
  for _, group in ipairs(groups) do
    local found, seen = {}, {}
    for _, locked in ipairs(states) do
      outcomes_of(locked, group, found, seen, work)
    end
    work.done = work.done + #found - 1
    if work.done > MOST then return nil end
    states = found
  end
  return states
end

-- One row for each majority, as the printed steps; of several outcomes, which
-- of them lock it.
local function rows_of(poll, groups, states)
  local rows = {}
  for i, group in ipairs(groups) do
    for _, link in ipairs(group) do
      local locks = 0
      for _, locked in ipairs(states) do
        if locked[link.a][link.b] then locks = locks + 1 end
      end
      rows[#rows + 1] = { round = i, above = poll.names[link.a],
        below = poll.names[link.b], votes = link.votes,
        against = link.against, margin = link.votes - link.against,
        locked = locks == #states and "always" or locks > 0 and "sometimes"
          or "never" }
    end
  end
  return rows
end

---@param poll urna.count.Poll
---@param rule { strength: "winning_votes"|"margins" } of majorities with as
--- many votes the one with fewer against it is stronger
---@return table? outcome `rounds` are the majorities, the strongest first;
--- `outcomes` is how many orders the ways of taking equal ones lead to
---@return urna.Error? err "too_many_ties"
function ranked_pairs.run(poll, rule)
  local groups = groups_of(poll.over, poll.n, rule.strength == "margins")
  local states = follow(groups, poll.n)
  if not states then
    return nil, errors.new("too_many_ties", { message = ("ranked pairs: so "
      .. "many majorities are equally strong that the ways of taking them were "
      .. "not all followed, after %d steps"):format(MOST) })
  end
  local relations = {}
  for i, locked in ipairs(states) do
    relations[i] = function(a, b) return locked[a][b] == true end
  end
  return { tops = seating.partial(poll.n, relations), outcomes = #states,
    rounds = rows_of(poll, groups, states) }
end

return ranked_pairs
