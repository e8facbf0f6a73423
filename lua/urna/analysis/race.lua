local averages = require "urna.seats.steps.averages"
local native = require "urna.native"
local walk = require "urna.seats.walk"

--- A race: the lists of one contest as its rule weighs them, on either side of
--- the threshold. What the searches of this folder know of a law stands here;
--- what they find they put to the law itself, with `after`.
local race = {}

---@class urna.Race
---@field rule table
---@field count table as it was walked
---@field seats integer to fill
---@field votes integer[] by list
---@field lists { key: string, exempt: boolean, below: integer[], above:
--- integer[], most: integer }[] weights { num, den } below and above the
--- threshold; most seats it may have
---@field base integer
---@field base_name string
---@field share integer[]? { num, den } of the base; nil: no threshold
---@field all_if_none boolean all take part where no list passes
---@field first integer d(k) = first + step * k
---@field step integer
---@field more_votes boolean of equal averages that of more votes goes first
---@field divisor string
local Race = {}
Race.__index = Race

local MOST = 9007199254740991
local UNIT = { 1, 1 }

local function no(code, message)
  return nil, { code = code, message = message }
end

-- The rule's clauses by step; nil where there is one that no search knows.
local function clauses_of(rule)
  local found = { weights = {} }
  for _, clause in ipairs(rule) do
    if type(clause) == "function" or found.averages then return nil end
    if clause.step == "weight" then
      -- before the threshold is tested, nobody has passed it
      found.weights[#found.weights + 1] = { clause = clause,
        is_always = not found.threshold
          or clause.when ~= "below_threshold" }
    elseif found[clause.step] then
      return nil
    else
      found[clause.step] = clause
    end
  end
  return found.averages and found
end

local function weights_of(found, list)
  local below, above = UNIT, UNIT
  for _, weight in ipairs(found.weights) do
    if list[weight.clause.lists] then
      below = weight.clause.factor
      if weight.is_always then above = weight.clause.factor end
    end
  end
  return below, above
end

local function has(rules, name)
  for _, rule in ipairs(rules or {}) do
    if rule == name then return true end
  end
  return false
end

-- Products of a weighted vote with another list's divisor stay exact.
local function is_small(self)
  local votes, weight = math.max(self.base, 1), 1
  for i, list in ipairs(self.lists) do
    votes = math.max(votes, self.votes[i])
    weight = math.max(weight, list.below[1], list.below[2], list.above[1],
      list.above[2])
  end
  local last = self.first + self.step * self.seats
  return votes * weight * weight * last * 4 < MOST
end

local function lists_of(found, count)
  local lists = {}
  for i, list in ipairs(count.lists) do
    local below, above = weights_of(found, list)
    lists[i] = { key = list.key, below = below, above = above,
      most = math.min(list.max or count.seats, count.seats),
      exempt = found.threshold ~= nil
        and list[found.threshold.exempt] == true }
  end
  return lists
end

local function is_exact(count)
  for _, list in ipairs(count.lists) do
    if list.low ~= list.high or list.is_unknown then return false end
  end
  return not count.scale
end

--- The race of a count.
---@param rule table
---@param count table see walk.lua; walked, with every standing certain
---@return urna.Race?
---@return { code: string, message: string }? why it cannot be searched:
--- "own_step", "votes_open", "base_unknown", "no_line", "beyond_exact"
function race.of(rule, count)
  local found = clauses_of(rule)
  if not found then
    return no("own_step", "the rule has steps that no search knows")
  elseif not is_exact(count) then
    return no("votes_open", "votes are known only within bounds")
  elseif found.threshold and not count.base.value then
    return no("base_unknown", ("%s is not known"):format(
      (rule.base:gsub("_", " "))))
  end
  local method = averages.method(found.averages)
  if not method.first then
    return no("no_line", ("this search needs divisors that rise in equal "
      .. "steps, and those of %s do not"):format(method.name))
  end
  local self = setmetatable({ rule = rule, count = count, votes = {},
    seats = count.seats, lists = lists_of(found, count),
    base = count.base.value or 0, base_name = rule.base,
    share = found.threshold and found.threshold.share,
    all_if_none = found.threshold ~= nil
      and found.threshold.if_none_passes == "all_take_part",
    first = method.first, step = method.step, sequence = method.sequence,
    more_votes = has(found.averages.tie, "more_votes") }, Race)
  for i, list in ipairs(count.lists) do self.votes[i] = list.votes end
  if is_small(self) then return self end
  return no("beyond_exact", "the votes are too many to be searched exactly")
end

--- The same race with other votes and another base.
---@param votes integer[]
---@param base integer
---@return urna.Race
function Race:with(votes, base)
  local twin = { votes = votes, base = base }
  for name, value in pairs(self) do
    if twin[name] == nil then twin[name] = value end
  end
  return setmetatable(twin, Race)
end

--- The fewest votes that pass the threshold; 0 where there is none, and at
--- least 1, for a base of nothing is passed by nobody.
---@param base integer
---@return integer
function Race:needed(base)
  if not self.share then return 0 end
  return math.max(1, native.share_up(self.share[1], self.share[2], base))
end

--- The largest base of which so many votes pass the threshold.
---@param needed integer
---@param most integer no larger base is of interest
---@return integer
function Race:largest_base(needed, most)
  if not self.share or self.share[1] == 0 then return most end
  local whole = needed * self.share[2]
  return math.min(most,
    math.floor((whole - whole % self.share[1]) / self.share[1]))
end

--- The divisor of a list's seat number `seat`.
---@param seat integer from 1
---@return integer
function Race:divisor_of(seat)
  return self.first + self.step * (seat - 1)
end

--- What the law gives on other votes.
---@param votes integer[] by list
---@param base integer
---@return table count walked
function Race:after(votes, base)
  return assert(walk.run(self.rule, walk.copy(self.count, votes, base)))
end

--- Seats of some lists together, the fewest and the most that the open seats of
--- a tie leave them.
---@param count table walked
---@param members table<integer, boolean> by number of the list
---@return integer fewest
---@return integer most
function race.seats_of(count, members)
  local certain, left, own, others = 0, 0, 0, 0
  for i, list in ipairs(count.lists) do
    if members[i] then certain = certain + list.seats end
  end
  for _, tie in ipairs(count.ties) do
    left = left + tie.left
    for _, i in ipairs(tie.tied) do
      if members[i] then own = own + 1 else others = others + 1 end
    end
  end
  return certain + math.max(0, left - others), certain + math.min(own, left)
end

--- Seats by list, and whether a tie leaves some of them open.
---@param count table walked
---@return integer[] seats
---@return boolean is_open
function race.seats(count)
  local seats = {}
  for i, list in ipairs(count.lists) do seats[i] = list.seats end
  return seats, #count.ties > 0
end

return race
