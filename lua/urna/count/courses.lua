--- Counts that elect, or exclude, one candidate after the other. Wherever
--- several are equal a count may take several courses; all of them are
--- followed until it is known which committees they lead to, or a lot says
--- which one is taken.
---
--- A count is a table with methods that never change a state:
---   count:start()           the state before the first step
---   count:look(state)       what is next, or nil where the count is over:
---                           { best = numbers of those who are equal, stage }
---   count:take(look, number) the state after it
---   count:row(look)         what a round's report says of it
---   count:key(state)        the same for two states that have the same future
---   count:elected(state)    numbers in their order, at the end
---   count:secure(state)     numbers of those who are elected whatever follows
local courses = {}

-- Courses to follow at once when all of them are too many.
local SOME = 100

--- The names of some candidates.
---@param numbers integer[]
---@param names string[]
---@return string[]
function courses.named(numbers, names)
  local found = {}
  for i, number in ipairs(numbers) do found[i] = names[number] end
  return found
end

local function tie_of(names, stage, certain, tied, left)
  return { stage = stage, certain = courses.named(certain, names),
    tied = courses.named(tied, names), left = left }
end
courses.tie = tie_of

--- What a lot says of a tie, if there is one; it is noted in `drawn`.
---@param lots urna.Lots
---@param names string[]
---@param tie table with names
---@param drawn table[]
---@return integer[]? numbers
---@return string? message what is wrong with it
function courses.draw(lots, names, tie, drawn)
  local taken, message = lots:take(tie)
  if not taken then return nil, message end
  local number_of, numbers = {}, {}
  for number, name in ipairs(names) do number_of[name] = number end
  for i, name in ipairs(taken) do numbers[i] = number_of[name] end
  tie.drawn = taken
  drawn[#drawn + 1] = tie
  return numbers
end

-- ---- committees ----

local function sorted(numbers)
  local copy = {}
  for i, number in ipairs(numbers) do copy[i] = number end
  table.sort(copy)
  return copy
end

--- A collection of committees, each once, up to a limit, and the candidates
--- that are in all of them, beyond the limit too.
---@param limit integer
---@return table { list, certain = set, count, add(committee) }
function courses.collection(limit)
  local found = { list = {}, count = 0, known = {} }
  function found.add(committee)
    local members = sorted(committee)
    local key = table.concat(members, " ")
    if found.known[key] then return end
    found.known[key] = true
    found.count = found.count + 1
    if found.count <= limit then found.list[found.count] = members end
    found.certain = courses.common(found.certain, members)
  end
  return found
end

--- Of a set, those that are among the members; all of them if there is none.
---@param certain table<integer, boolean>?
---@param members integer[]
---@return table<integer, boolean>
function courses.common(certain, members)
  local both = {}
  for _, number in ipairs(members) do
    if not certain or certain[number] then both[number] = true end
  end
  return both
end

-- ---- all courses ----

-- Where a state leads: to others, each with its key, or to a committee. It is
-- looked at once, however many courses pass it.
local function look_once(count, node, seen)
  if seen[node.key] then return seen[node.key] end
  local look, leads = count:look(node.state), {}
  if not look then
    leads.committee = count:elected(node.state)
  else
    for i, number in ipairs(look.best) do
      local state = count:take(look, number)
      leads[i] = { state = state, key = count:key(state) }
    end
  end
  seen[node.key] = leads
  return leads
end

-- The states that follow upon these, each once; those at their end are
-- committees.
local function next_nodes(count, nodes, seen, found)
  local following, known = {}, {}
  for _, node in ipairs(nodes) do
    local leads = look_once(count, node, seen)
    if leads.committee then found.add(leads.committee) end
    for _, child in ipairs(leads) do
      if not known[child.key] then
        known[child.key] = true
        following[#following + 1] = child
      end
    end
  end
  return following
end

local function first_of(array, most)
  local kept = {}
  for i = 1, math.min(most, #array) do kept[i] = array[i] end
  return kept
end

-- Every committee that a state leads to. Breadth first: courses that lead to
-- one state meet there, and are one from then on. Where there are more at once
-- than the limit only some are followed to their end.
local function explore(count, node, seen, limit)
  local found, nodes = courses.collection(limit), { node }
  found.is_complete = true
  while #nodes > 0 and not count.failure do
    if #nodes > limit then
      found.is_complete = false
      limit = math.min(limit, SOME)
      nodes = first_of(nodes, limit)
    end
    nodes = next_nodes(count, nodes, seen, found)
  end
  found.is_complete = found.is_complete and found.count == #found.list
  return found
end

local function signature(found)
  local keys = {}
  for i, committee in ipairs(found.list) do
    keys[i] = table.concat(committee, " ")
  end
  table.sort(keys)
  return table.concat(keys, "|")
end

-- What a tie leads to, by any of its candidates. `matters` unless each of them
-- leads to the same committees. Where these are too many to be found, only
-- those are certain whom the tie cannot touch.
local function weigh(count, look, limit)
  local joint, seen, first = courses.collection(limit), {}, nil
  joint.is_complete = true
  for _, number in ipairs(look.best) do
    local state = count:take(look, number)
    local found = explore(count, { state = state, key = count:key(state) },
      seen, limit)
    local mark = signature(found)
    first = first or mark
    joint.matters = joint.matters or mark ~= first
    for _, committee in ipairs(found.list) do joint.add(committee) end
    joint.is_complete = joint.is_complete and found.is_complete
    if not joint.is_complete then break end
  end
  if not joint.is_complete then
    joint.matters = true
    joint.certain = courses.common(nil, count:secure(look.state))
  elseif joint.count > limit then
    joint.is_complete = false
  end
  return joint
end

-- ---- the course that is taken ----

local function report(made, count, look, chosen, by_lot)
  local row = count:row(look)
  if look.begins_anew then made.rounds = { look.begins_anew } end
  row.round = #made.rounds + 1
  row.candidate = chosen and count.names[chosen]
  row.by_lot = by_lot
  if #look.best > 1 then row.tied = courses.named(look.best, count.names) end
  made.rounds[row.round] = row
end

-- Who is taken, where a lot says it if it matters. No more ties are looked at
-- once all courses have one end.
local function choose(made, count, look, lots, limit)
  if #look.best == 1 or made.is_known then return look.best[1] end
  local found = weigh(count, look, limit)
  if not found.matters or count.failure then
    made.is_known = found.count == 1
    return look.best[1]
  end
  local tie = tie_of(count.names, look.stage, count:secure(look.state),
    look.best, 1)
  local drawn, message = courses.draw(lots, count.names, tie, made.drawn)
  if message then return nil, message end
  if drawn then return drawn[1], nil, true end
  made.open, made.found = look, found
end

--- Follow a count to its end, or to the first tie that matters and that no lot
--- settles. A tie matters unless each of its candidates leads to the same
--- committees.
---@param count table see above; `failure`, a word, where it gave up
---@param lots urna.Lots
---@param limit integer committees to find, and states to follow at once
---@return table? made { rounds, drawn, state; open = look at the tie, found =
--- collection of committees }
---@return string? message what is wrong with the lots
function courses.follow(count, lots, limit)
  local made = { rounds = {}, drawn = {}, state = count:start() }
  local look = count:look(made.state)
  while look and not made.open and not count.failure do
    local chosen, message, by_lot = choose(made, count, look, lots, limit)
    if message then return nil, message end
    report(made, count, look, chosen, by_lot)
    if chosen then
      made.state = count:take(look, chosen)
      look = count:look(made.state)
    end
  end
  return made
end

return courses
