local compat = require "urna.compat"
local csv = require "urna.writers.csv"

--- A count of pairs or of points as text and as CSV.
local printed = {}

---@class urna.count.PairwiseResult
local Result = {}
Result.__index = Result
printed.Result = Result

-- A whole number, or a ratio { num, den }.
local function number(value)
  if type(value) == "number" then return ("%d"):format(value) end
  if type(value) == "string" then return value end
  local parts = {}
  for i = 1, 2 do
    parts[i] = type(value[i]) == "number" and ("%d"):format(value[i])
      or value[i]
  end
  return table.concat(parts, "/")
end

local function pad(text, width)
  local _, letters = text:gsub("[^\128-\191]", "")
  return text .. (" "):rep(width - letters)
end

-- Rows of cells under each other.
local function aligned(rows, indent)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do
      local _, letters = cell:gsub("[^\128-\191]", "")
      widths[i] = math.max(widths[i] or 0, letters)
    end
  end
  local lines = {}
  for _, row in ipairs(rows) do
    local cells = {}
    for i, cell in ipairs(row) do cells[i] = pad(cell, widths[i]) end
    lines[#lines + 1] = indent .. (table.concat(cells, "  "):gsub(" +$", ""))
  end
  return lines
end

local function append(lines, more)
  for _, line in ipairs(more) do lines[#lines + 1] = line end
end

local function matrix_lines(self)
  local rows = { { "" } }
  for _, name in ipairs(self.candidates) do table.insert(rows[1], name) end
  for _, a in ipairs(self.candidates) do
    local row = { a }
    for _, b in ipairs(self.candidates) do
      row[#row + 1] = a == b and "-" or number(self.pairwise[a][b])
    end
    rows[#rows + 1] = row
  end
  return aligned(rows, "  ")
end

local function has(names, name)
  for _, other in ipairs(names or {}) do
    if other == name then return true end
  end
  return false
end

-- What a round did to a candidate, in a word.
local function fate(row, name)
  if has(row.elected, name) then return "elected" end
  if has(row.excluded, name) then
    return row.by_lot and "excluded by lot" or "excluded"
  end
  return has(row.tied, name) and "tied" or ""
end

local function round_lines(self, row)
  local rows = {}
  for _, name in ipairs(self.candidates) do
    local value = row.tallies and row.tallies[name]
    local word = fate(row, name)
    if value or word ~= "" then
      rows[#rows + 1] = { name, value and number(value) or "", word }
    end
  end
  local lines = { ("Round %d: %s"):format(row.round, row.why) }
  append(lines, aligned(rows, "  "))
  return lines
end

local function majority_lines(self)
  local rows = {}
  for _, row in ipairs(self.rounds) do
    rows[#rows + 1] = { row.above, row.below, number(row.votes),
      number(row.against), row.locked == "always" and "locked"
        or row.locked == "never" and "not locked" or "locked or not" }
  end
  return aligned(rows, "  ")
end

local function joined(names)
  return #names == 0 and "nobody" or table.concat(names, ", ")
end

local function tie_lines(ties, drawn)
  local lines = {}
  for _, tie in ipairs(drawn) do
    lines[#lines + 1] = ("Lot (%s): %s of %s"):format(tie.stage,
      joined(tie.drawn), joined(tie.tied))
  end
  for _, tie in ipairs(ties) do
    lines[#lines + 1] = ("Tie (%s): %d of %s to be drawn"):format(tie.stage,
      tie.left, joined(tie.tied))
  end
  return lines
end

--- The count as a text to read.
---@return string
function Result:text()
  local lines = { ("%s: %d of %d candidates%s"):format(self.rule, self.seats,
    #self.candidates, self.papers and (", %d papers"):format(self.papers)
      or "") }
  if self.pairwise then
    lines[#lines + 1] = "Papers that prefer the row to the column:"
    append(lines, matrix_lines(self))
  end
  if self.rounds[1] and self.rounds[1].above then
    lines[#lines + 1] = "Majorities, the strongest first:"
    append(lines, majority_lines(self))
  else
    for _, row in ipairs(self.rounds) do
      append(lines, round_lines(self, row))
    end
  end
  append(lines, tie_lines(self.ties, self.drawn))
  if self.order then
    local levels = {}
    for i, level in ipairs(self.order) do
      levels[i] = table.concat(level, " = ")
    end
    lines[#lines + 1] = "Order: " .. table.concat(levels, " > ")
  end
  lines[#lines + 1] = "Elected: " .. joined(self.winners)
  return table.concat(lines, "\n") .. "\n"
end

Result.__tostring = Result.text

local function majorities_csv(self)
  local rows = {}
  for i, row in ipairs(self.rounds) do
    rows[i] = { row.round, row.above, row.below, row.votes, row.against,
      row.margin, row.locked }
  end
  return csv.encode(rows, { "round", "above", "below", "votes", "against",
    "margin", "locked" })
end

--- The rounds as comma-separated values: a line for each candidate of each
--- round, or of ranked pairs for each majority; of a method without rounds the
--- pairs.
---@return string
function Result:csv()
  if self.rounds[1] and self.rounds[1].above then
    return majorities_csv(self)
  end
  local rows = {}
  for _, row in ipairs(self.rounds) do
    for _, name in ipairs(self.candidates) do
      local value = row.tallies and row.tallies[name]
      local word = fate(row, name)
      if value or word ~= "" then
        rows[#rows + 1] = { row.round, name, value and number(value) or "",
          word, row.why }
      end
    end
  end
  if #self.rounds > 0 then
    return csv.encode(rows, { "round", "candidate", "votes", "outcome",
      "why" })
  end
  for _, a in ipairs(self.candidates) do
    for _, b in ipairs(self.candidates) do
      local papers = self.pairwise and a ~= b and self.pairwise[a][b]
      if papers then rows[#rows + 1] = { a, b, papers } end
    end
  end
  return csv.encode(rows, { "candidate", "other", "papers" })
end

--- The names of all rules of a table, in bytewise order.
---@param rules table<string, table>
---@param aliases table<string, string>
---@return string[]
function printed.names(rules, aliases)
  local names = compat.keys(rules)
  for _, alias in ipairs(compat.keys(aliases)) do names[#names + 1] = alias end
  return names
end

return printed
