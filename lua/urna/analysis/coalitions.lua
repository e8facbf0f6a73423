local csv = require "urna.writers.csv"
local errors = require "urna.errors"
local keyed = require "urna.analysis.keyed"
local listing = require "urna.analysis.listing"
local majority = require "urna.seats.majority"
local power = require "urna.analysis.power"

--- Who can govern with whom: the minimal winning coalitions, those that are
--- connected in an order of ideology, who is needed, and what one seat more or
--- less would do.
--- Source: minimal winning: von Neumann & Morgenstern, Theory of Games, 1944;
--- Riker, The Theory of Political Coalitions, 1962; connected: Axelrod,
--- Conflict of Interest, 1970, ch. 8.
local coalitions = {}

---@class urna.Coalitions
---@field needed integer seats of a majority
---@field seats integer all seats
---@field count integer|string minimal winning coalitions, as a decimal string
--- beyond 2^53 - 1
---@field rows { lists: string[], seats: integer, surplus: integer, is_bare:
--- boolean, is_connected: boolean? }[] up to 1,000, by surplus, then list order
---@field connected table[]? with an order: the connected coalitions that
--- neither end can leave, the same shape
---@field short table[] coalitions with one seat too few: they win with one more
---@field lists table[] { list, seats, short, member_of, is_needed, is_dummy,
--- banzhaf, shapley_shubik, one_more, one_less }: member_of and is_needed of
--- the rows shown; one_more: coalitions that win if it has one seat more,
--- one_less: that no longer win if it has one less, others of them as they are
---@field excluded string[][]
---@field order string[]?
---@field outcome table? whose lists they are
---@field power table? see power.lua; without exclusions
local Coalitions = {}
Coalitions.__index = Coalitions
Coalitions.kind = "coalitions"

local OPTIONS = { "excluded", "majority", "order" }
local TYPES = { excluded = "table", majority = "number", order = "table" }

local function refuse(message, level)
  error("coalitions: " .. message, level + 1)
end

-- ---- what is asked ----

local function game_of(subject, level)
  local game = { lists = {}, sum = 0 }
  if keyed.is_outcome(subject) then
    for _, list in ipairs(subject.lists) do
      if not list.others then
        game.lists[#game.lists + 1] = { key = list.key, seats = list.seats }
        game.sum = game.sum + list.seats
      end
    end
    game.all, game.outcome = subject.seats, subject
    game.needed = subject.majority and subject.majority.needed
    game.excluded = subject.majority and subject.majority.excluded
  else
    local keys, counts, sum = keyed.read(subject, "seats", level + 1)
    for i, key in ipairs(keys) do
      game.lists[i] = { key = tostring(key), seats = counts[i] }
    end
    game.sum, game.all = sum, sum
  end
  game.needed = game.needed or math.floor(game.all / 2) + 1
  return game
end

local function known_keys(game)
  local known = {}
  for i, list in ipairs(game.lists) do known[list.key] = i end
  return known
end

local function check_key(known, key, level)
  if known[key] then return end
  local keys = {}
  for name in pairs(known) do keys[#keys + 1] = name end
  table.sort(keys)
  local near = errors.nearest(tostring(key), keys)
  refuse(("there is no list %q%s"):format(tostring(key),
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

local function check_excluded(game, excluded, level)
  local known = known_keys(game)
  for i, pair in ipairs(excluded) do
    if type(pair) ~= "table" or #pair ~= 2 then
      refuse(("excluded[%d] must be two lists"):format(i), level + 1)
    end
    for _, key in ipairs(pair) do check_key(known, key, level + 1) end
  end
end

-- Every list with seats has a place in the order, once.
local function check_order(game, order, level)
  local known, seen = known_keys(game), {}
  for _, key in ipairs(order) do
    check_key(known, key, level + 1)
    if seen[key] then
      refuse(("order names %q twice"):format(key), level + 1)
    end
    seen[key] = true
  end
  for _, list in ipairs(game.lists) do
    if list.seats > 0 and not seen[list.key] then
      refuse(("order does not name %q, which has seats"):format(list.key),
        level + 1)
    end
  end
end

-- ---- the order of ideology ----

-- The lists with seats as they stand in the order.
local function ranked(game, order)
  local by_key, line = {}, {}
  for _, list in ipairs(game.lists) do by_key[list.key] = list end
  for _, key in ipairs(order) do
    if by_key[key].seats > 0 then line[#line + 1] = by_key[key] end
  end
  return line
end

local function is_connected(members, line)
  local inside, first, last = {}, nil, nil
  for _, key in ipairs(members) do inside[key] = true end
  for at, list in ipairs(line) do
    if inside[list.key] then first, last = first or at, at end
  end
  return last - first + 1 == #members
end

local function has_excluded(members, excluded)
  local inside = {}
  for _, key in ipairs(members) do inside[key] = true end
  for _, pair in ipairs(excluded) do
    if inside[pair[1]] and inside[pair[2]] then return true end
  end
  return false
end

-- From each list the shortest run that wins; without its first it does not.
local function runs(line, needed, excluded)
  local found = {}
  for first = 1, #line do
    local sum, keys, last = 0, {}, first
    while last <= #line and sum < needed do
      sum, keys[#keys + 1] = sum + line[last].seats, line[last].key
      last = last + 1
    end
    if sum >= needed and sum - line[first].seats < needed
      and not has_excluded(keys, excluded) then
      found[#found + 1] = { lists = keys, seats = sum,
        surplus = sum - needed, is_bare = sum == needed,
        is_connected = true }
    end
  end
  return found
end

-- ---- the answer ----

local function counted(rows)
  local counts = {}
  for _, row in ipairs(rows) do
    for _, key in ipairs(row.lists) do counts[key] = (counts[key] or 0) + 1 end
  end
  return counts
end

local function bare_of(rows)
  local found = {}
  for _, row in ipairs(rows) do
    if row.surplus == 0 then found[#found + 1] = row end
  end
  return found
end

local function list_rows(self, game)
  local members = counted(self.rows)
  local more, less = counted(self.short), counted(bare_of(self.rows))
  local found = {}
  for i, list in ipairs(game.lists) do
    local count = members[list.key] or 0
    local own = self.power and self.power.lists[i]
    found[i] = { list = list.key, seats = list.seats,
      short = math.max(self.needed - list.seats, 0), member_of = count,
      is_needed = #self.rows > 0 and count == #self.rows,
      is_dummy = count == 0, one_more = more[list.key] or 0,
      one_less = less[list.key] or 0, banzhaf = own and own.banzhaf,
      shapley_shubik = own and own.shapley_shubik }
  end
  return found
end

local function power_of(game, needed, excluded)
  if #excluded > 0 or game.sum == 0 or #game.lists > power.LISTS
    or needed > game.sum then
    return nil
  end
  local seats = {}
  for i, list in ipairs(game.lists) do seats[i] = list.seats end
  return (power.find(seats, { quota = needed }))
end

local function answer(game, needed, excluded, order)
  local found = majority.of(game.lists, needed, excluded)
  local line = order and ranked(game, order)
  local self = setmetatable({ needed = needed, seats = game.all,
    count = found.coalitions.count, rows = found.coalitions.shown,
    excluded = excluded, order = order, outcome = game.outcome,
    short = majority.exactly(game.lists, needed - 1, excluded),
    power = power_of(game, needed, excluded),
    connected = line and runs(line, needed, excluded) }, Coalitions)
  for _, row in ipairs(self.rows) do
    row.is_bare = row.surplus == 0
    if line then row.is_connected = is_connected(row.lists, line) end
  end
  for _, row in ipairs(self.short) do
    row.seats, row.surplus = needed - 1, -1
  end
  self.lists = list_rows(self, game)
  return self
end

--- The coalitions of an outcome.
--- Fails: raises for a list that there is none of, an order that leaves one
--- with seats out, and a majority beyond the seats.
---@param subject table an outcome, or seats by list
---@param options { excluded: string[][]?, order: string[]?, majority: integer?
--- }? excluded: pairs of lists that may not govern together, else those of the
--- outcome; order: the lists from one wing to the other; majority: seats
--- needed, else what the rule of the outcome says, else more than half
---@return urna.Coalitions?
---@return urna.Error? err "undecided"
function coalitions.run(subject, options)
  errors.check_given(subject, options, 2)
  options = options or {}
  errors.check_options("coalitions", options, OPTIONS, 2)
  errors.check_types("coalitions", options, TYPES, 2)
  if type(subject) ~= "table" then
    error("coalitions takes an outcome, or seats by list", 2)
  end
  local open = keyed.is_outcome(subject) and keyed.open(subject, "coalitions")
  if open then return nil, open end
  local game = game_of(subject, 2)
  local excluded = options.excluded or game.excluded or {}
  check_excluded(game, excluded, 2)
  if options.order then check_order(game, options.order, 2) end
  local needed = options.majority or game.needed
  if needed % 1 ~= 0 or needed < 1 or needed > game.all then
    refuse(("a majority is a whole number of seats from 1 to %d"):format(
      game.all), 2)
  end
  return answer(game, math.floor(needed), excluded, options.order)
end

--- The lists that decide between blocks of lists: each brings every block that
--- has no majority to one, and no block has one without it.
---@param seats table<string, integer> by list
---@param blocks string[][]
---@param needed integer
---@return { held: integer[], deciders: string[] }
function coalitions.between(seats, blocks, needed)
  local held, inside, deciders, least, wins = {}, {}, {}, math.huge, false
  for n, block in ipairs(blocks) do
    held[n] = 0
    for _, key in ipairs(block) do
      inside[key], held[n] = true, held[n] + (seats[key] or 0)
    end
    least, wins = math.min(least, held[n]), wins or held[n] >= needed
  end
  local keys = {}
  for key in pairs(seats) do keys[#keys + 1] = key end
  table.sort(keys)
  for _, key in ipairs(keys) do
    if not wins and not inside[key] and #blocks > 0
      and least + seats[key] >= needed then
      deciders[#deciders + 1] = key
    end
  end
  return { held = held, deciders = deciders }
end

-- ---- how it leaves ----

local HEADER = { "coalition", "seats", "surplus", "connected" }

local function yes(value)
  if value == nil then return nil end
  return value and "yes" or "no"
end

--- A row for each coalition, as CSV.
---@return string
function Coalitions:csv()
  local rows = {}
  for i, row in ipairs(self.rows) do
    rows[i] = { table.concat(row.lists, "+"), row.seats, row.surplus,
      yes(row.is_connected) }
  end
  return csv.encode(rows, HEADER)
end

local SHOWN = 20

local function row_text(row)
  local surplus = row.is_bare and "the bare majority"
    or ("%d more than needed"):format(row.surplus)
  return ("  %s: %d, %s%s"):format(table.concat(row.lists, " + "), row.seats,
    surplus, row.is_connected and ", connected" or "")
end

local function add_rows(lines, rows)
  for i = 1, math.min(#rows, SHOWN) do lines[#lines + 1] = row_text(rows[i]) end
  if #rows > SHOWN then
    lines[#lines + 1] = ("  and %d more"):format(#rows - SHOWN)
  end
end

local function list_text(row)
  local parts = { ("  %s: %s, in %d"):format(row.list,
    listing.plural(row.seats, "seat"), row.member_of) }
  if row.is_needed then parts[#parts + 1] = "none wins without it" end
  if row.is_dummy then parts[#parts + 1] = "needed by nobody" end
  if row.one_more > 0 then
    parts[#parts + 1] = ("one seat more lets %d win"):format(row.one_more)
  end
  if row.one_less > 0 then
    parts[#parts + 1] = ("one less ends %d"):format(row.one_less)
  end
  if row.banzhaf then
    parts[#parts + 1] = ("power %s %%"):format(row.banzhaf.percent)
  end
  return table.concat(parts, ", ")
end

--- In words.
---@return string
function Coalitions:text()
  local lines = { ("a majority is %d of %d seats; minimal winning coalitions: "
    .. "%s"):format(self.needed, self.seats, type(self.count) == "number"
    and ("%d"):format(self.count) or self.count) }
  add_rows(lines, self.rows)
  if self.connected then
    lines[#lines + 1] = ("connected in the order given: %d"):format(
      #self.connected)
    add_rows(lines, self.connected)
  end
  for i = 1, math.min(#self.short, SHOWN) do
    local row = self.short[i]
    lines[#lines + 1] = ("  one seat short: %s: %d"):format(
      table.concat(row.lists, " + "), row.seats)
  end
  lines[#lines + 1] = "lists, and how many of these coalitions they are in:"
  for _, row in ipairs(self.lists) do
    if row.seats > 0 then lines[#lines + 1] = list_text(row) end
  end
  return table.concat(lines, "\n") .. "\n"
end

return coalitions
