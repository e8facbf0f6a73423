local errors = require "urna.errors"

--- Whether two results are of one election or of two, as far as their contests
--- say it: reconcile is for one, compare for two.
local same_election = {}

-- A partial count belongs to its election.
local function id_of(contest)
  return contest.partial and contest.partial.of or contest.id
end

local function about(contest)
  return contest.name or id_of(contest) or contest.date or "a contest"
end

local NAMED = { "date", "rule", "seats" }

-- A rule's file may stand beside each of the contests.
local function is_file(value)
  return type(value) == "string" and value:find("%.lua$") ~= nil
end

-- What the two contests say differently of themselves: a name, or nil.
local function differing(a, b)
  if id_of(a) and id_of(b) and id_of(a) ~= id_of(b) then return "id" end
  for _, name in ipairs(NAMED) do
    local x, y = a[name], b[name]
    local known = x ~= nil and y ~= nil and type(x) ~= "table"
      and type(y) ~= "table" and not is_file(x) and not is_file(y)
    if known and x ~= y then return name end
  end
end

local WHAT = { id = "they have different ids (%s and %s)",
  date = "their election days differ (%s and %s)",
  rule = "their rules differ (%s and %s)",
  seats = "their numbers of seats differ (%s and %s)" }

local function shown(contest, name)
  return tostring(name == "id" and id_of(contest) or contest[name])
end

--- Refuse two elections where sources of one are wanted.
---@param a urna.Results|urna.Totals
---@param b urna.Results|urna.Totals
---@return urna.Error? "different_elections"
function same_election.check_one(a, b)
  local name = differing(a.contest, b.contest)
  if not name then return nil end
  return errors.new("different_elections", { field = name, message =
    ("these are two elections, %s and %s: %s; to compare elections use "
      .. "urna.compare (urna compare)"):format(about(a.contest),
      about(b.contest), WHAT[name]:format(shown(a.contest, name),
      shown(b.contest, name))) })
end

--- Refuse two sources of one election where two elections are wanted.
---@param a urna.Results|urna.Totals
---@param b urna.Results|urna.Totals
---@return urna.Error? "same_election"
function same_election.check_two(a, b)
  local x, y = a.contest, b.contest
  local is_known = id_of(x) and id_of(y) or x.date and y.date
  if not is_known or differing(x, y) then return nil end
  return errors.new("same_election", { message = ("both are of one election, "
    .. "%s; to compare sources of one election use urna.reconcile (urna "
    .. "reconcile)"):format(about(x)) })
end

return same_election
