local allocation = require "urna.allocate.arguments"
local errors = require "urna.errors"
local faults = require "urna.allocate.faults"

--- What an inverse question is asked with, checked, as arrays in the order of
--- the lists.
local arguments = {}

local OPTIONS = { "change", "by", "thresholds", "threshold", "weights",
  "weights_end", "max", "tie" }
local THRESHOLD = { "share", "votes", "base", "base_moves", "exempt",
  "if_none_passes" }
local CHANGE = { "list", "threshold", "coalition", "to", "majority" }
local BY = { "switched", "added", "removed" }
local THRESHOLDS = { "fixed", "free" }
local ROUNDINGS = { exact = true, ceiling = true, beyond = true }

local function check_names(what, table_of, known)
  if type(table_of) ~= "table" then
    faults.raise("%s must be a table, not %s", what, faults.show(table_of))
  end
  for _, name in ipairs(faults.keys(table_of)) do
    local is_known = false
    for _, one in ipairs(known) do is_known = is_known or one == name end
    if not is_known then
      local near = errors.nearest(tostring(name), known)
      faults.raise("%s has no %s%s", what, faults.show(name),
        near and (": did you mean %q?"):format(near) or "")
    end
  end
end

-- One of some words, the first of them if nothing is said.
local function word(what, value, known)
  if value == nil then return known[1] end
  for _, one in ipairs(known) do
    if one == value then return value end
  end
  faults.raise("%s must be \"%s\", not %s", what,
    table.concat(known, "\" or \""), faults.show(value))
end

--- The number of a list.
--- Fails: a fault, with the nearest key.
---@param question table
---@param what string
---@param key any
---@return integer
function arguments.place(question, what, key)
  local place = question.place[key]
  if place then return place end
  local near = type(key) == "string" and question.is_keyed
    and errors.nearest(key, question.keys)
  faults.raise("%s names %s, which has no votes%s", what, faults.show(key),
    near and (": did you mean %q?"):format(near) or "")
end

local function check_share(value)
  local good = type(value) == "table" and #value == 2
    and faults.is_whole(value[1], 1, 1048576)
    and faults.is_whole(value[2], 1, 1048576) and value[1] < value[2]
  if good then return { value[1], value[2] } end
  faults.raise("threshold.share must be a ratio { num, den } of whole numbers "
    .. "from 1 to 2^20, below 1, got %s", type(value) == "table"
    and ("{ %s, %s }"):format(faults.show(value[1]), faults.show(value[2]))
    or faults.show(value))
end

local function check_base(question, value)
  if value == nil then return question.sum end
  if not faults.is_whole(value, 0, faults.COUNT_MAX) then
    faults.raise("threshold.base must be a whole number from 0 to 2^53 - 1, "
      .. "got %s", faults.show(value))
  end
  if value < question.sum then
    faults.raise("threshold.base = %d is less than the votes, %d", value,
      question.sum)
  end
  return value
end

-- A number of votes is the share votes / 1 of a base that is 1 and stays.
local function load_line(question, given)
  if (given.share == nil) == (given.votes == nil) then
    faults.raise("a threshold has a share or votes, and not both")
  end
  if given.share ~= nil then
    question.share = check_share(given.share)
    question.base = check_base(question, given.base)
    question.base_moves = given.base_moves ~= false
    if question.base == 0 and not question.base_moves then
      faults.raise("threshold.base = 0 and does not move")
    end
    return
  end
  if not faults.is_whole(given.votes, 1, faults.COUNT_MAX) then
    faults.raise("threshold.votes must be a whole number from 1 to 2^53 - 1, "
      .. "got %s", faults.show(given.votes))
  end
  if given.base ~= nil or given.base_moves ~= nil then
    faults.raise("a threshold of votes = %d has no base", given.votes)
  end
  question.share, question.base = { given.votes, 1 }, 1
end

local function load_threshold(question, given)
  question.base, question.exempt = question.sum, {}
  if given == nil then return end
  check_names("threshold", given, THRESHOLD)
  load_line(question, given)
  local exempt = given.exempt == nil and {} or given.exempt
  if type(exempt) ~= "table" then
    faults.raise("threshold.exempt must be an array of lists, not %s",
      faults.show(exempt))
  end
  for _, key in ipairs(exempt) do
    question.exempt[arguments.place(question, "threshold.exempt", key)] = true
  end
  local none = given.if_none_passes
  question.all_if_none = none ~= nil
    and word("threshold.if_none_passes", none, { "all_take_part" }) ~= nil
end

local function common_divisor(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

-- Whole numbers: every weight over one denominator, which is that of 1.
local function load_weights(question, call)
  question.unit, question.weights = 1, {}
  for i in ipairs(question.keys) do
    local den = call.den and call.den[i] or 1
    question.unit = question.unit
      * (den / common_divisor(question.unit, den))
    if question.unit > 1048576 then
      faults.raise("the denominators of weights have nothing below 2^20 in "
        .. "common")
    end
  end
  for i in ipairs(question.keys) do
    local num = call.num and call.num[i] or 1
    local den = call.den and call.den[i] or 1
    question.weights[i] = num * (question.unit / den)
    if question.weights[i] > 2147483647 then
      faults.raise("weights[%s] is beyond what can be compared exactly",
        faults.show(question.keys[i]))
    end
  end
end

local function load_ends(question, options)
  local ends = options.weights_end
  if ends == nil then return end
  if ends ~= "at_threshold" then
    faults.raise("weights_end must be \"at_threshold\", not %s",
      faults.show(ends))
  end
  if not options.weights then
    faults.raise("weights_end = %q, but there are no weights", ends)
  end
  if not question.share then
    faults.raise("weights_end = %q, but there is no threshold", ends)
  end
  question.ends = true
end

local function load_method(question, options)
  local method = question.method
  if method.kind == "divisor" then return end
  local rule = method.rule
  if method.kind ~= "quota" or method.averages or method.share
    or not method.has_remainders or not rule.more or rule.more > 1
    or not ROUNDINGS[rule.rounding] then
    faults.raise("there are no inverse questions for the method %s",
      method.name)
  end
  if options.weights then
    faults.raise("there are no weights in inverse questions for the quota %s",
      method.name)
  end
end

local function load_votes(question)
  question.sum = 0
  for i, votes in ipairs(question.votes) do
    if type(votes) ~= "number" or votes > faults.COUNT_MAX then
      faults.raise("votes[%s] is beyond 2^53 - 1",
        faults.show(question.keys[i]))
    end
    question.sum = question.sum + votes
    if question.sum > faults.COUNT_MAX then
      faults.raise("the votes add up to more than 2^53 - 1")
    end
  end
end

local function check_thresholds(question, options)
  local how = word("thresholds", options.thresholds, question.share
    and { "free", "fixed" } or THRESHOLDS)
  if options.thresholds == "free" and not question.share then
    faults.raise("thresholds = \"free\", but there is no threshold")
  end
  question.is_free = how == "free"
end

-- The kinds that exclude each other.
local function check_change(change)
  if change == "any" then return { kind = "any" } end
  if type(change) ~= "table" then
    faults.raise("change must be \"any\" or a table, not %s",
      faults.show(change))
  end
  check_names("change", change, CHANGE)
  local kind
  for _, one in ipairs { "list", "threshold", "coalition" } do
    if change[one] ~= nil and kind then
      faults.raise("change has both %s and %s", kind, one)
    end
    kind = change[one] ~= nil and one or kind
  end
  if not kind then
    faults.raise("change must name a list, a threshold or a coalition")
  end
  if change.majority ~= nil and kind ~= "coalition" then
    faults.raise("change.majority = %s is of coalitions, not of a %s",
      faults.show(change.majority), kind)
  end
  return { kind = kind, key = change[kind], to = change.to,
    majority = change.majority }
end

local function load_ground(votes, seats, method, options)
  local ground = allocation.check(votes, seats, method,
    { weights = options.weights, max = options.max })
  load_votes(ground)
  load_method(ground, options)
  load_threshold(ground, options.threshold)
  load_weights(ground, ground)
  load_ends(ground, options)
  if options.tie ~= nil then word("tie", options.tie, { "more_votes" }) end
  ground.more_votes = options.tie == "more_votes"
  return ground
end

--- What many questions have in common, checked.
--- Fails: a fault, which names the key and the value.
---@param votes table
---@param seats integer
---@param method string|table
---@param options table?
---@return table ground keys, is_keyed, place, votes, sum, seats, method, most
--- by list or nil, weights by list in whole numbers and their unit, ends, share
--- or nil, base, base_moves, exempt by list, all_if_none, more_votes
function arguments.ground(votes, seats, method, options)
  check_names("options", options == nil and {} or options, OPTIONS)
  return load_ground(votes, seats, method, options or {})
end

--- One question, checked.
--- Fails: a fault, which names the key and the value.
---@param ground table
---@param options table? change, by, thresholds
---@return table question the ground with is_free, by, change
function arguments.ask(ground, options)
  local question = {}
  options = options or {}
  for name, value in pairs(ground) do question[name] = value end
  check_thresholds(question, options)
  question.by = word("by", options.by, BY)
  question.change = check_change(options.change == nil and "any"
    or options.change)
  return question
end

--- One of some words, the first of them if nothing is said.
--- Fails: a fault.
arguments.word = word

return arguments
