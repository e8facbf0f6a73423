local errors = require "urna.errors"
local faults = require "urna.allocate.faults"
local schema = require "urna.schema"

--- A rule otherwise than the law has it: another threshold, another factor of
--- minority lists. What was changed has no article any more.
local amend = {}

-- ---- what is asked ----

local function show(value)
  if type(value) ~= "table" or #value == 0 then return faults.show(value) end
  local parts = {}
  for i, part in ipairs(value) do parts[i] = show(part) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function is_share(value)
  return not schema.ratio(value, "") and value[1] <= value[2]
end

local function is_array(value)
  return type(value) == "table" and type(value[1]) == "table"
    and not schema.array(function() end)(value, "")
end

--- What is wrong with the shape of thresholds, or nil.
---@param value any a share { num, den } of the base, from above 0 to 1, an
--- array of them, or false
---@return string? message "must be ..., not ...", naming the value
function amend.wrong_thresholds(value)
  if value == false or is_share(value) then return nil end
  local wrong = value
  if is_array(value) then
    wrong = nil
    for _, share in ipairs(value) do
      if wrong == nil and not is_share(share) then wrong = share end
    end
    if wrong == nil then return nil end
  end
  return ("must be a share of the base such as { 5, 100 }, an array of them "
    .. "where the rule has several, or false for none, not %s"):format(
    value == true and "true" or show(wrong))
end

--- Thresholds as an array, whatever shape they were given in.
---@param value integer[]|integer[][]|false checked
---@return integer[][]|false
function amend.shares(value)
  if value == false or type(value[1]) == "table" then return value end
  return { value }
end

-- ---- the change ----

local function is_step(clause, step)
  return type(clause) == "table" and clause.step == step
end

local function copy_of(map)
  local copy = {}
  for key, value in pairs(map) do copy[key] = value end
  return copy
end

-- A rule with other clauses: `change` gives a clause, the same or a copy, or
-- nil where it falls away.
local function with_clauses(rule, change)
  local twin, n = {}, 0
  for key, value in pairs(rule) do
    if type(key) ~= "number" then twin[key] = value end
  end
  for _, clause in ipairs(rule) do
    local changed = change(clause)
    if changed ~= nil then
      n = n + 1
      twin[n] = changed
    end
  end
  return twin
end

local function is_same(a, b)
  return a[1] * b[2] == a[2] * b[1]
end

local function law_of(rule)
  local shares = {}
  for _, clause in ipairs(rule) do
    if is_step(clause, "threshold") then shares[#shares + 1] = clause.share end
  end
  return shares
end

local function are_same(shares, law)
  if not shares or #law == 0 then return not shares and #law == 0 end
  for i, share in ipairs(shares) do
    if not is_same(share, law[i]) then return false end
  end
  return true
end

-- What counts for lists below a threshold goes with it.
local function without(clause)
  if is_step(clause, "threshold") then return nil end
  local hangs_on_it = is_step(clause, "weight")
    and clause.when == "below_threshold"
  return not hangs_on_it and clause or nil
end

-- The shares one after the other, into the clauses as they stand.
local function sharing(shares)
  local at = 0
  return function(clause)
    if not is_step(clause, "threshold") then return clause end
    at = at + 1
    if is_same(clause.share, shares[at]) then return clause end
    local twin = copy_of(clause)
    twin.share, twin.article = shares[at], nil
    return twin
  end
end

local function changed_rule(rule, shares, law)
  local twin = with_clauses(rule, shares and sharing(shares) or without)
  if shares and #law == 0 then
    table.insert(twin, 1, { step = "threshold", share = shares[1] })
  end
  twin.changed = { thresholds = shares, instead_of = #law > 0 and law }
  return twin
end

--- A rule with other thresholds. `changed` of the twin says so, unless they
--- are those of the law.
---@param rule table from rules.find; stays as it is
---@param value integer[]|integer[][]|false|nil see wrong_thresholds; false:
--- none, and nothing of what counts for lists below it; nil: as the law has it
---@return table? rule
---@return urna.Error? err "bad_thresholds", where the rule has another number
--- of them
function amend.thresholds(rule, value)
  if value == nil then return rule end
  local shares, law = amend.shares(value), law_of(rule)
  if shares and #shares ~= math.max(#law, 1) then
    return nil, errors.new("bad_thresholds", { message = (
      "%d threshold%s given as %s, and %s has %d"):format(#shares,
      #shares == 1 and " is" or "s are", show(value), rule.id, #law) })
  end
  if are_same(shares, law) then return rule end
  return changed_rule(rule, shares, law)
end

--- A rule with another factor in each clause that has one.
---@param rule table stays as it is
---@param factor integer[]|false false: none
---@return table rule
function amend.factor(rule, factor)
  return with_clauses(rule, function(clause)
    if not is_step(clause, "weight") then return clause end
    if not factor then return nil end
    local twin = copy_of(clause)
    twin.factor, twin.article = factor, nil
    return twin
  end)
end

return amend
