local ballots_of = require "urna.ballots"
local compat = require "urna.compat"
local errors = require "urna.errors"
local result = require "urna.count.result"

--- Counts of ranked and approval ballots. A rule is looked up by its name in
--- one family after the other; each loads when it is first asked.
local count = {}

-- A family: { rules = { name = definition }, aliases = { alias = name },
-- methods = { name = true }, which rules of the user's own may say,
-- run = function(ballots, rule, options) -> result or nil, err }.
local FAMILIES = { "transfers", "pairwise", "approval" }

local function load_family(name)
  return require("urna.count." .. name)
end

local function find(name)
  for _, family in ipairs(FAMILIES) do
    local module = load_family(family)
    local meant = module.aliases and module.aliases[name] or name
    if module.rules[meant] then return module, meant end
  end
  return nil
end

-- The family of a rule that says a method and is like no other.
local function with_method(method, level)
  local known = {}
  for _, family in ipairs(FAMILIES) do
    local module = load_family(family)
    if module.methods[method] then return module end
    for name in pairs(module.methods) do known[name] = true end
  end
  known = compat.keys(known)
  local near = type(method) == "string" and errors.nearest(method, known)
  error(("count: a rule is like another, or has a method; there is no method "
    .. "%s%s; there is %s"):format(type(method) == "string"
    and ("%q"):format(method) or tostring(method),
    near and (": did you mean %q?"):format(near) or "",
    table.concat(known, ", ")), level + 1)
end

local function all_names(with_aliases)
  local names = {}
  for _, family in ipairs(FAMILIES) do
    local module = load_family(family)
    for name in pairs(module.rules) do names[name] = true end
    for alias in pairs(with_aliases and module.aliases or {}) do
      names[alias] = true
    end
  end
  return compat.keys(names)
end

--- The names of all rules, in bytewise order.
---@return string[]
function count.rules()
  return all_names(false)
end

local function refuse(name, level)
  local near = errors.nearest(name, all_names(true))
  error(("count: there is no rule %q%s"):format(name,
    near and (": did you mean %q?"):format(near) or ""), level + 1)
end

local function with_name(definition, name)
  local named = {}
  for key, value in pairs(definition) do named[key] = value end
  named.name = named.name or name
  return named
end

-- The family of a rule, and the rule by its name or as it is given.
local function rule_for(rule, level)
  if type(rule) == "table" then
    local module, like
    if rule.like ~= nil then
      module, like = find(rule.like)
      if not module then refuse(tostring(rule.like), level + 1) end
    end
    local own = with_name(rule)
    own.like = like
    return module or with_method(rule.method, level + 1), own
  end
  if type(rule) ~= "string" then
    error(("count: the rule is a name or a table, not a %s"):format(
      type(rule)), level + 1)
  end
  local module, name = find(rule)
  if not module then refuse(rule, level + 1) end
  return module, with_name(module.rules[name], name)
end

-- Pairs alone, without ballots, are for the family that counts pairs.
local function are_pairs(ballots)
  return ballots.pairwise ~= nil or ballots.margins ~= nil
end

-- A tally is none, nor is anything else with names.
local function check_array(ballots, level)
  local first
  for key in pairs(ballots) do
    if type(key) == "string" and (not first or key < first) then first = key end
  end
  if not first then return end
  error(("count: ballots are an array of { weight, { preferences } }, the "
    .. "`ballots` of a tally, or { pairwise = ... }, and these have the key %q")
    :format(first), level + 1)
end

local function check_ballots(ballots, options, level)
  if type(ballots) == "table" and are_pairs(ballots) then return ballots end
  if type(ballots) ~= "table" then
    error(("count: ballots are a urna.Ballots or a table of { weight, "
      .. "{ preferences } }, not a %s"):format(type(ballots)), level + 1)
  end
  if not ballots.store then
    check_array(ballots, level + 1)
    local made, err = ballots_of.from(ballots,
      { candidates = options.candidates }, level + 2)
    return made, err -- no tail call: the caller is to be found
  end
  if options.candidates then
    error("count: candidates goes with a table of ballots; these were read, "
      .. "and name theirs", level + 1)
  end
  return ballots
end

-- Nobody to be elected: an error of the ballots, not of who counts them.
local function nobody_stands(ballots)
  if not ballots.store then return nil end
  for _, candidate in ipairs(ballots:candidates()) do
    if candidate.kind ~= "withdrawn" then return nil end
  end
  return errors.new("no_candidates", { message = ballots:papers() == 0
    and "there are no ballots" or "nobody stands: no ballot names a candidate "
      .. "who is not withdrawn" })
end

--- Count ranked or approval ballots by a rule.
---
--- Lots: `lots` holds the draws in the order in which the ties are met, each
--- an array of `left` of the tied. What is drawn gets what the tie's `stage`
--- names: at an "exclusion" it is excluded, at an "election" elected, at a
--- "surplus" transferred first, and of equal "fraction"s taken for the larger.
--- Fails: raises for an unknown rule or option, for seats that cannot be
--- filled and for lots that match no tie; nil, err for the ballots' faults:
--- "unknown_candidate", "no_candidates", "no_votes".
---@param ballots urna.Ballots|table[] as urna.ballots reads them, the `ballots`
--- of a tally, or { weight, { preferences } } rows; for methods that compare
--- pairs also { pairwise = { A = { B = 10 } } } or { margins = ... }
---@param rule string|table a name, or a rule: { like = "scotland", ... }
---@param options { seats: integer?, lots: string[][]?, candidates: string[]? }?
--- seats: those of a BLT file if not said; candidates: of a table of ballots,
--- in their order, others are refused
---@return urna.Count?
---@return urna.Error?
function count.run(ballots, rule, options)
  options = options or {}
  if type(options) ~= "table" then
    error("count takes a table of options", 2)
  end
  local made, err = check_ballots(ballots, options, 2)
  if not made then return nil, err end
  local module, full = rule_for(rule, 2)
  local nobody = nobody_stands(made)
  if nobody then return nil, nobody end
  local own = {}
  for key, value in pairs(options) do own[key] = value end
  own.candidates = nil -- they are the ballots' by now
  if own.seats == nil and made.store then own.seats = made.seats end
  if are_pairs(made) and module ~= load_family "pairwise" then
    error(("count: %s needs ballots, and these are pairs alone"):format(
      tostring(full.name or full.like or full.method)), 2)
  end
  local found, fault = module.run(made, full, own)
  if not found then return nil, fault end
  return getmetatable(found) and found or result.new(found)
end

return count
