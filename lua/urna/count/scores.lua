--- How the rounds of a count by scores are told: who had what by the rule's
--- measure, approvals or a load or a price, and who was taken for it.
local scores = {}

scores.HEADER = { "round", "stage", "measure", "candidate", "value",
  "outcome" }

--- A score as text: a whole number, or num/den; of any size.
---@param pair (integer|string)[]
---@return string
local function shown(pair)
  local parts = {}
  for i = 1, 2 do
    parts[i] = type(pair[i]) == "number" and ("%d"):format(pair[i]) or pair[i]
  end
  return parts[2] == "1" and parts[1] or parts[1] .. "/" .. parts[2]
end

scores.shown = shown

--- What each candidate had in a round; "" where nobody counted it.
---@param names string[]
---@param row table
---@return string[]
function scores.cells(names, row)
  local cells = {}
  for i, name in ipairs(names) do
    local value = row.tallies and row.tallies[name]
    cells[i] = value and shown(value) or ""
  end
  return cells
end

local function value_of(row)
  return row.value and (", %s %s"):format(row.measure, shown(row.value)) or ""
end

-- Why there was more than one to take, and why that was no matter.
local function choice(row)
  local equals = table.concat(row.tied or {}, ", ")
  if row.by_lot then
    return "; by lot" .. (row.tied and " of " .. equals or "")
  end
  return row.tied and ("; equal were %s, which is no matter"):format(equals)
    or ""
end

--- A round in words.
---@param number integer
---@param row table
---@return string
function scores.note(number, row)
  local text
  if row.stage == "restart" then
    text = ("begun anew, with money for %s seats"):format(shown(row.value))
  elseif not row.candidate then
    text = table.concat(row.tied or {}, ", ") .. " are equal" .. value_of(row)
  else
    text = (row.stage == "exclusion" and "excluded " or "elected ")
      .. row.candidate .. value_of(row) .. choice(row)
  end
  return ("%d: %s%s"):format(number, row.stage == "completion"
    and "seats that were left: " or "", text)
end

local function outcome_of(row, name)
  if row.candidate == name then
    local what = row.stage == "exclusion" and "excluded" or "elected"
    return row.by_lot and what .. " by lot" or what
  end
  for _, tied in ipairs(not row.candidate and row.tied or {}) do
    if tied == name then return "tied" end
  end
end

--- A round as rows of HEADER: one for each candidate who was counted or taken.
---@param names string[]
---@param number integer
---@param row table
---@return table[]
function scores.rows(names, number, row)
  local rows = {}
  local function add(name, value, outcome)
    rows[#rows + 1] = { number, row.stage, row.measure, name,
      value and shown(value), outcome }
  end
  for _, name in ipairs(names) do
    local value, outcome = row.tallies and row.tallies[name],
      outcome_of(row, name)
    if value or outcome then add(name, value or row.value, outcome) end
  end
  if row.stage == "restart" then add(nil, row.value, nil) end
  return rows
end

return scores
