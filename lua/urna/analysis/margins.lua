local elsewhere = require "urna.analysis.elsewhere"
local errors = require "urna.errors"
local grounds = require "urna.analysis.margins.ground"
local ladder = require "urna.analysis.margins.ladder"
local printed = require "urna.analysis.margins.printed"
local questions = require "urna.analysis.margins.questions"

--- How close an outcome is: the last seats, who is next in line, and the fewest
--- votes that change a seat, a list's seats, who is above the threshold or who
--- has a majority, each with a way to do it.
local margins = {}

---@class urna.Margins
---@field outcome table whose margins they are
---@field seats integer all seats
---@field majority integer seats of one
---@field last table[] the last seats awarded: { seat, list, nth, quotient,
--- divisor, rival, rival_quotient, rival_divisor, tie }
---@field following table[] the quotients after them: { seat, list, nth,
--- quotient, divisor }, seat counting on from the last there is
---@field next_in_line table[] as of the outcome
---@field rows urna.MarginsRow[] the answers
---@field lists string[]? the lists that were asked for
---@field is_held boolean? the base of the threshold is not known: those that
--- take part, and their weights, are held as they are in every answer
local Margins = {}
Margins.__index = Margins
Margins.kind = "margins"

local OPTIONS = { "by", "coalitions", "last", "lists", "majority", "rule",
  "thresholds" }
local TYPES = { by = "string", coalitions = "table", last = "number",
  lists = "table", majority = "number", rule = "string or table",
  thresholds = "string" }
local BY = { "switched", "added", "removed" }
local THRESHOLDS = { "both", "fixed", "free" }
local LAST, MOST = 5, 1000

-- ---- what is asked ----

local function refuse(message, level, ...)
  error(("margins: " .. message):format(...), level + 1)
end

local function check_word(name, value, known, level)
  if value == nil then return end
  for _, one in ipairs(known) do
    if one == value then return end
  end
  refuse("%s is %s, not %q", level + 1, name, table.concat(known, ", "), value)
end

local function check_whole(name, value, least, most, level)
  if value == nil then return end
  if value % 1 ~= 0 or value < least or value > most then
    refuse("%s is a whole number from %d to %d", level + 1, name, least, most)
  end
end

-- Other lists together are none.
local function lists_of(outcome)
  local source = { lists = {} }
  for _, list in ipairs(outcome.lists) do
    if not list.others then source.lists[#source.lists + 1] = list end
  end
  return source
end

local function check_keys(source, keys, what, level)
  local seen = {}
  if type(keys) ~= "table" then
    refuse("%s is an array of lists", level + 1, what)
  end
  for _, key in ipairs(keys) do
    elsewhere.check_list(source, key, level + 1)
    if seen[key] then
      refuse("%s names %q twice", level + 1, what, key)
    end
    seen[key] = true
  end
end

local function check_coalitions(source, coalitions, level)
  for i, keys in ipairs(coalitions or {}) do
    local what = ("coalitions[%d]"):format(i)
    check_keys(source, keys, what, level + 1)
    if #keys == 0 or #keys == #source.lists then
      refuse("%s is %s lists", level + 1, what, #keys == 0 and "no" or "all")
    end
  end
end

local function check(outcome, options, level)
  errors.check_options("margins", options, OPTIONS, level + 1)
  errors.check_types("margins", options, TYPES, level + 1)
  if type(outcome) ~= "table" or type(outcome.lists) ~= "table"
    or type(outcome.rule) ~= "table" then
    refuse("an outcome is expected, as urna.apportion gives it", level + 1)
  end
  check_word("by", options.by, BY, level + 1)
  check_word("thresholds", options.thresholds, THRESHOLDS, level + 1)
  check_whole("last", options.last, 0, MOST, level + 1)
  check_whole("majority", options.majority, 1, outcome.seats, level + 1)
  local source = lists_of(outcome)
  if options.lists then
    check_keys(source, options.lists, "lists", level + 1)
  end
  check_coalitions(source, options.coalitions, level + 1)
end

-- ---- the answer ----

local function majority_of(outcome, options)
  local needed = options.majority
    or outcome.majority and outcome.majority.needed
    or math.floor(outcome.seats / 2) + 1
  return math.floor(needed)
end

--- The margins of an outcome.
---
--- Without options: the fewest votes switched, added and removed that change
--- any seat; for each list that takes part the fewest, switched and added, that
--- bring it a seat, and, switched and removed, that cost it one; for each list
--- near the threshold (half to twice the votes needed) those that bring it to
--- the other side; and for whoever has a majority those that break it, else for
--- the list with most seats those that make one. Where the rule has a threshold
--- lists may be lifted over it and pushed under ("free"); if any list crosses
--- it on the way that was found, the answer with those that take part, and
--- their weights, held as they are ("fixed") follows.
---
--- Each answer is exact over all ways to move ballots between the lists that
--- the outcome names, with one of them; see urna.margin, which answers a single
--- question. Where the base of the threshold is known only between bounds,
--- those that take part are held as they are. Ballots of lists that are summed
--- up as others stay where they are. Votes that are recalled or estimated are
--- taken as they are shown. An outcome without its arithmetic (explain = false)
--- has no last seats and nobody next in line here either.
---
--- Fails: raises for a list that there is none of and options that are none.
---@param outcome table as of urna.apportion
---@param options { coalitions: string[][]?, lists: string[]?, by: string?,
--- thresholds: string?, last: integer?, majority: integer?, rule:
--- string|table? }? coalitions: whose majority is made, or broken where they
--- have it; lists: these instead of those above, whatever their votes; by:
--- "switched", "added" or "removed" alone; thresholds: "free", "fixed" or
--- "both" alone; last: how many of the last seats, and of the quotients after
--- them, 5; 0: neither these nor who is next in line; majority: seats of one,
--- else by the rule; rule: the outcome's, where it is one's own
---@return urna.Margins?
---@return urna.Error? err "undecided", "by_lot" where a lot gave a seat,
--- "votes_unknown", "base_unknown", "no_rule", "other_seats" where the seats do
--- not follow from the rule, "own_step", "impossible", "beyond_exact"
function margins.run(outcome, options)
  errors.check_given(outcome, options, 2)
  options = options or {}
  check(outcome, options, 2)
  local ground, err = grounds.of(outcome, options)
  if not ground then return nil, err end
  local last, majority = options.last or LAST, majority_of(outcome, options)
  return setmetatable({ outcome = outcome, seats = outcome.seats,
    majority = majority, last = ladder.last(outcome, last),
    following = ladder.following(ground, last),
    next_in_line = last > 0 and outcome.next_in_line or {},
    lists = options.lists,
    is_held = ground.has_threshold and not ground.is_base_known or nil,
    rows = questions.rows(ground, options, majority) }, Margins)
end

-- ---- how it leaves ----

--- What each list gains or loses on the way of an answer.
---@param row urna.MarginsRow with a witness
---@return { list: string, seats: integer }[]
function Margins:changes(row)
  return printed.changes(self, row.witness)
end

--- Who crosses the threshold on the way of an answer, besides the list of which
--- that is asked.
---@param row urna.MarginsRow with a witness
---@param side string "above" or "below"
---@return string[] lists
function Margins:crossed(row, side)
  return printed.crossed(self, row, side)
end

--- In words.
---@return string
function Margins:text()
  return printed.text(self)
end

--- A row for each answer, as CSV.
---@return string
function Margins:csv()
  return printed.csv(self)
end

return margins
