local apportion = require "urna.seats.apportion"
local coalitions = require "urna.analysis.coalitions"
local contexts = require "urna.analysis.context"
local csv = require "urna.writers.csv"
local elsewhere = require "urna.analysis.elsewhere"
local errors = require "urna.errors"
local listing = require "urna.analysis.listing"
local scan = require "urna.analysis.scan"

--- What if: the same result under another rule, another threshold, with lists
--- joined or split, with other votes. One row for each scenario, beside the
--- result as it is.
local scenarios = {}

---@class urna.Scenario
---@field name string? else what it changes, in words
---@field rule string|table? another rule
---@field date string? the edition in force that day
---@field seats integer?
---@field threshold integer[]|false? a share { num, den } of the rule's base;
--- false: none
---@field factor integer[]|false? of minority lists' averages; false: none
---@field minority table<string, boolean>? status by list
---@field split table<string, table<string, integer>>? list -> its parts' votes
---@field join string[][]? lists that stand as one, "A+B"
---@field switch { from: string, to: string, votes: integer }[]?
---@field remove table<string, integer>? votes that were not cast
---@field add table<string, integer>? votes that were cast besides
---@field turnout integer[]|table<string, integer[]>? voters who come, to those
--- who came: of all lists, and of ballots besides, or by list

---@class urna.Scenarios
---@field base table the row of the result as it is
---@field rows table[] { name, seats, moved = { { list, seats } }, decision,
--- majority = { needed, holder }, threshold, base, rule, blocks, outcome, err,
--- scenario }
---@field blocks string[][]? as asked
---@field move table? of a scan: as asked
---@field most integer? of a scan: votes that it goes up to
---@field truncated boolean? of a scan: that it has more rows than these
local Scenarios = {}
Scenarios.__index = Scenarios
Scenarios.kind = "scenarios"

local OPTIONS = { "blocks", "date", "excluded", "rule" }
local TYPES = { blocks = "table", date = "string", excluded = "table",
  rule = "string or table" }

-- ---- a row ----

local function seats_of(outcome)
  local seats = {}
  for _, list in ipairs(outcome.lists) do
    if not list.others then seats[list.key] = list.seats end
  end
  return seats
end

local function holder_of(outcome, needed)
  for _, list in ipairs(outcome.lists) do
    if (list.seats or 0) >= needed then return list.key end
  end
end

local function majority_of(outcome)
  local found = outcome.majority
  if not found then return nil end
  return { needed = found.needed, count = found.coalitions.count,
    holder = holder_of(outcome, found.needed) }
end

-- Blocks of lists, a joined one in the place of its parts, once.
local function joined_blocks(blocks, parts)
  local found = {}
  for n, block in ipairs(blocks) do
    local seen = {}
    found[n] = {}
    for _, key in ipairs(block) do
      local own = parts[key] or key
      if not seen[own] then found[n][#found[n] + 1] = own end
      seen[own] = true
    end
  end
  return found
end

local function row_of(name, outcome, blocks, parts)
  local row = { name = name, outcome = outcome, seats = seats_of(outcome),
    decision = outcome.decision, base = outcome.base.total,
    threshold = contexts.needed(outcome), majority = majority_of(outcome),
    rule = outcome.rule.id, edition = outcome.rule.edition }
  if blocks and outcome.decision == "decided" then
    local between = coalitions.between(row.seats,
      joined_blocks(blocks, parts or {}), row.majority.needed)
    row.blocks, row.deciders = between.held, between.deciders
  end
  return row
end

-- What moved: seats by list against the base, a joined list against its parts.
local function moved_of(row, base, parts)
  local moved, order, before = {}, {}, {}
  for key, seats in pairs(base.seats) do
    local own = parts[key] or key
    before[own] = (before[own] or 0) + seats
  end
  for _, list in ipairs(row.outcome.lists) do
    if not list.others then order[#order + 1] = list.key end
  end
  for _, key in ipairs(order) do
    local gain = row.seats[key] and row.seats[key] - (before[key] or 0)
    if gain and gain ~= 0 then
      moved[#moved + 1] = { list = key, seats = gain }
    end
  end
  return moved
end

local function scenario_row(source, scenario, base, options)
  local name = scenario.name or elsewhere.words(scenario)
  local changed, passed = elsewhere.apply(source, scenario, options)
  if not changed then return { name = name, err = passed, moved = {} } end
  passed.explain = false
  local outcome, err = apportion.run(changed.totals, passed)
  if not outcome then return { name = name, err = err, moved = {} } end
  local row = row_of(name, outcome, options.blocks, changed.parts)
  row.moved = moved_of(row, base, changed.parts)
  return row
end

-- ---- what is asked ----

local function check_blocks(source, blocks, level)
  for _, block in ipairs(blocks or {}) do
    if type(block) ~= "table" then
      error("scenarios: blocks are arrays of lists", level + 1)
    end
    for _, key in ipairs(block) do
      elsewhere.check_list(source, key, level + 1)
    end
  end
end

local function begin(subject, options, level)
  errors.check_given(subject, options, level + 1)
  options = options or {}
  errors.check_options("scenarios", options, OPTIONS, level + 1)
  errors.check_types("scenarios", options, TYPES, level + 1)
  local source, err = elsewhere.source(subject, options, level + 1)
  if not source then return nil, err end
  check_blocks(source, options.blocks, level + 1)
  local outcome
  outcome, err = apportion.run(source.totals, { rule = source.rule,
    date = source.date, thresholds = source.thresholds,
    excluded = options.excluded, explain = false })
  if not outcome then return nil, err end
  return { source = source, options = options,
    base = row_of("as it is", outcome, options.blocks) }
end

--- The scenarios' table.
--- Fails: raises for an unknown option, a scenario that is none, and a list
--- that there is none of; a scenario that cannot be computed has an `err` in
--- its row.
---
--- An outcome with other thresholds than the law's keeps them, except under
--- another rule. No lot is drawn here: where one gave a seat, the result as it
--- is and the scenarios are again what the law gives without it.
---@param subject table|string results, an outcome, or an election's id
---@param list urna.Scenario[]
---@param options { blocks: string[][]?, excluded: string[][]?, rule:
--- string|table?, date: string? }? blocks: lists whose seats are added up in
--- each row, with who decides between them
---@return urna.Scenarios?
---@return urna.Error?
function scenarios.run(subject, list, options)
  if type(list) ~= "table" then
    error("scenarios takes an array of scenarios", 2)
  end
  local job, err = begin(subject, options, 2)
  if not job then return nil, err end
  local found = setmetatable({ base = job.base, rows = {},
    blocks = job.options.blocks }, Scenarios)
  for i, scenario in ipairs(list) do
    elsewhere.check(job.source, scenario, 2)
    found.rows[i] = scenario_row(job.source, scenario, job.base, job.options)
    found.rows[i].scenario = scenario
  end
  return found
end

local SCAN = { "add", "most", "remove", "switch" }

--- Every number of votes at which a move of votes changes the seats or who is
--- above the threshold: the first row is the fewest.
--- Fails: raises as scenarios.run does.
---@param subject table|string
---@param move { remove: string?, add: string?, switch: { from: string, to:
--- string }?, most: integer? } one of the three; most: as many votes as the
--- list has, or 1,000,000 added
---@param options table? as of scenarios.run
---@return urna.Scenarios? rows { votes, seats, moved, step, blocks, deciders,
--- crossed, is_tied, is_open }: moved against the result as it is, step against
--- the row before; is_open: whether a list is above the threshold is not known,
--- and the seats are those without it
---@return urna.Error?
function scenarios.scan(subject, move, options)
  if type(move) ~= "table" then error("a scan takes a move", 2) end
  errors.check_options("a scan", move, SCAN, 2)
  local job, err = begin(subject, options, 2)
  if not job then return nil, err end
  local rows
  rows, err = scan.rows(job.source, move, 2)
  if not rows then return nil, err end
  for _, row in ipairs(rows) do
    if job.options.blocks then
      local between = coalitions.between(row.seats, job.options.blocks,
        job.base.majority and job.base.majority.needed or math.huge)
      row.blocks, row.deciders = between.held, between.deciders
    end
  end
  return setmetatable({ kind = "scan", base = job.base, rows = rows,
    move = move, most = rows.most, blocks = job.options.blocks,
    truncated = rows.truncated }, Scenarios)
end

-- ---- how it leaves ----

-- All lists that any row has: those of the base first, as they stand.
local function columns_of(self)
  local keys, seen = {}, {}
  local function add(outcome)
    for _, list in ipairs(outcome and outcome.lists or {}) do
      if not list.others and not seen[list.key] then
        seen[list.key], keys[#keys + 1] = true, list.key
      end
    end
  end
  add(self.base.outcome)
  for _, row in ipairs(self.rows) do add(row.outcome) end
  return keys
end

local function cells_of(row, keys)
  local cells = { row.name, row.decision or row.err and row.err.code }
  for _, key in ipairs(keys) do
    cells[#cells + 1] = row.seats and row.seats[key] or ""
  end
  cells[#cells + 1] = row.majority and row.majority.holder or ""
  cells[#cells + 1] = row.threshold or ""
  cells[#cells + 1] = row.base or ""
  return cells
end

--- A row for the result as it is and one for each scenario, as CSV.
---@return string
function Scenarios:csv()
  local keys, header = columns_of(self), { "scenario", "decision" }
  for _, key in ipairs(keys) do header[#header + 1] = key end
  for _, name in ipairs { "majority", "threshold", "base" } do
    header[#header + 1] = name
  end
  local rows = { cells_of(self.base, keys) }
  for _, row in ipairs(self.rows) do rows[#rows + 1] = cells_of(row, keys) end
  return csv.encode(rows, header)
end

local function moved_text(rows)
  return #rows > 0 and listing.changes(rows, "seats") or "no seat moves"
end

local function with_seats(row, keys)
  local parts = {}
  for _, key in ipairs(keys) do
    if (row.seats[key] or 0) > 0 then
      parts[#parts + 1] = ("%s %d"):format(key, row.seats[key])
    end
  end
  return table.concat(parts, " ")
end

local function blocks_text(self, row)
  if not row.blocks then return "" end
  local parts = {}
  for n, block in ipairs(self.blocks) do
    parts[n] = ("%s %d"):format(table.concat(block, " + "), row.blocks[n])
  end
  local who = table.concat(row.deciders, ", ")
  if #row.deciders > 1 then who = "any of " .. who end
  return ("; %s%s"):format(table.concat(parts, ", "),
    who ~= "" and ", " .. who .. " decides" or "")
end

local function crossed_text(row)
  local parts = {}
  for i, one in ipairs(row.crossed or {}) do
    parts[i] = ("%s %s the threshold"):format(one.list, one.to)
  end
  return #parts > 0 and "; " .. table.concat(parts, ", ") or ""
end

-- A scan's row may rest on what is not known, or on a lot.
local function doubt_text(row)
  if row.is_open then
    return "; open: whether a list is above the threshold is not known"
  end
  return row.is_tied and "; equal quotients leave a seat open" or ""
end

local function row_text(self, row, keys)
  if row.err then return ("%s: %s"):format(row.name, tostring(row.err)) end
  if row.decision and row.decision ~= "decided" then
    return ("%s: %s"):format(row.name, row.decision)
  end
  return ("%s: %s: %s%s%s%s"):format(row.name, moved_text(row.moved),
    with_seats(row, keys), blocks_text(self, row), crossed_text(row),
    doubt_text(row))
end

-- What changes against an open result changes against its certain seats.
local function base_text(self, keys)
  local decision = self.base.decision
  local seats, open = with_seats(self.base, keys), ""
  if decision and decision ~= "decided" then
    open = decision .. (seats ~= "" and ", certain are " or "")
  end
  return ("%s: %s%s%s"):format(self.base.name, open, seats,
    blocks_text(self, self.base))
end

--- A line for each row.
---@return string
function Scenarios:text()
  local keys = columns_of(self)
  local lines = { base_text(self, keys) }
  for _, row in ipairs(self.rows) do
    lines[#lines + 1] = row_text(self, row, keys)
  end
  if self.kind == "scan" and #self.rows == 0 then
    lines[2] = "no number of votes changes anything"
  end
  return table.concat(lines, "\n") .. "\n"
end

--- Whether all seats are decided, as it is and in every row.
---@return boolean
function Scenarios:is_decided()
  local function is_open(row)
    return row.decision and row.decision ~= "decided" or row.is_open or false
  end
  for _, row in ipairs(self.rows) do
    if is_open(row) then return false end
  end
  return not is_open(self.base)
end

--- Whether any row has other seats than the result as it is.
---@return boolean
function Scenarios:moves()
  for _, row in ipairs(self.rows) do
    if row.moved and #row.moved > 0 then return true end
  end
  return false
end

return scenarios
