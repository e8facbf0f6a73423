local contexts = require "urna.analysis.context"
local errors = require "urna.errors"
local races = require "urna.analysis.race"

--- What annulments are asked to change.
local aims = {}

local function refuse(message, level)
  error("fewest_stations: " .. message, level + 1)
end

local function members_of(race, keys, level)
  local members, missing = contexts.members(race, keys)
  if members then return members end
  refuse(("there is no list %q"):format(tostring(missing)), level + 1)
end

local function held_by(race, members)
  return (races.seats_of(race.count, members))
end

local function keys_of(change, level)
  local keys = change.list and { change.list } or change.lists
  if type(keys) ~= "table" or #keys == 0 then
    refuse("change names a list, or lists", level + 1)
  end
  return keys
end

local function largest(race)
  local first
  for i, item in ipairs(race.count.lists) do
    if not first or item.seats > race.count.lists[first].seats then
      first = i
    end
  end
  return race.lists[first].key
end

-- A majority that is held falls; one that is not is reached.
local function majority_aim(context, change, needed, level)
  local race = context.race
  local keys = (change.list or change.lists) and keys_of(change, level + 1)
    or { largest(race) }
  local members = members_of(race, keys, level + 1)
  local held = held_by(race, members)
  local upwards = held < needed
  return { kind = "majority", lists = keys, members = members,
    upwards = upwards, seats = upwards and needed or needed - 1,
    moves = upwards and needed - held or held - needed + 1 }
end

local function list_aim(context, change, level)
  local keys = keys_of(change, level + 1)
  local members = members_of(context.race, keys, level + 1)
  local by, to = change.by or 1, change.to or "lose"
  if to ~= "lose" and to ~= "gain" then
    refuse("change.to is \"lose\" or \"gain\"", level + 1)
  elseif type(by) ~= "number" or by < 1 or by % 1 ~= 0 then
    refuse("change.by is a number of seats, from 1", level + 1)
  end
  local held, upwards = held_by(context.race, members), to == "gain"
  return { kind = to, lists = keys, members = members, upwards = upwards,
    seats = upwards and held + by or held - by, moves = by }
end

local CHANGE = { "by", "list", "lists", "majority", "to" }

--- The aim of the options.
--- Fails: raises for what is none.
---@param context urna.Context
---@param options { change: string|table?, majority: integer? }
---@param level integer as for errors.check_options
---@return { kind: string, lists: string[]?, members: table<integer, boolean>?,
--- upwards: boolean?, seats: integer?, moves: integer? } seats: what the
--- members are to hold at most, or upwards at least; moves: how many that are
function aims.of(context, options, level)
  local change = options.change or "any"
  if change == "any" then return { kind = "any" } end
  if change == "majority" then change = { majority = true } end
  if type(change) ~= "table" then
    refuse("change is \"any\", \"majority\", or a table with a list", level + 1)
  end
  errors.check_options("fewest_stations' change", change, CHANGE, level + 1)
  if change.majority then
    local needed = options.majority or context.rule.majority
      or math.floor(context.race.seats / 2) + 1
    return majority_aim(context, change, needed, level + 1)
  end
  return list_aim(context, change, level + 1)
end

return aims
