local csv = require "urna.writers.csv"
local scores = require "urna.count.scores"

--- What a count gives: plain data, with its rounds as a table for a terminal
--- and as CSV.
local result = {}

---@class urna.Count
---@field rule string
---@field seats integer
---@field candidates string[] in ballot order
---@field papers integer
---@field winners string[] in the order of election; where lots are required
--- those who are certain
---@field decision "decided"|"lots_required"
---@field rounds table[]
---@field ties table[] { stage, round, certain, tied, left }
---@field drawn table[] ties that lots settled, each with `drawn`
---@field pairwise table? papers that rank one above another, by name
local Count = {}
Count.__index = Count

---@param found table what a family gives
---@return urna.Count
function result.new(found)
  return setmetatable(found, Count)
end

-- ---- rounds of votes: candidates down, rounds across ----

local function is_of_votes(rounds)
  for _, row in ipairs(rounds) do
    if type(row.votes) ~= "table" or type(row.number) ~= "number" then
      return false
    end
  end
  return #rounds > 0
end

local function signed(text)
  if not text or text:find("^[0.]+$") then return "" end
  if text:sub(1, 1) == "-" then return text end
  return "+" .. text
end

local LINES = { { "exhausted", "newly_exhausted", "(exhausted)" },
  { "lost", "newly_lost", "(lost by rounding)" } }

-- The cells of one round, first the candidates', then the others': what was
-- moved, and what there is.
local function votes_column(self, row, is_first)
  local moved, total = {}, {}
  for i, name in ipairs(self.candidates) do
    local change = row.transfers and row.transfers[name]
    moved[i] = is_first and "" or signed(change)
    total[i] = row.votes[name] or ""
  end
  for _, line in ipairs(LINES) do
    moved[#moved + 1] = is_first and "" or signed(row[line[2]])
    total[#total + 1] = row[line[1]] or ""
  end
  return moved, total
end

-- Letters, not bytes; good for what is no wider than one column each.
local function width_of(text)
  local _, more = text:gsub("[\128-\191]", "")
  return #text - more
end

local function padded(text, width, is_right)
  local space = (" "):rep(width - width_of(text))
  return is_right and space .. text or text .. space
end

local function widest(texts, least)
  local width = least
  for _, text in ipairs(texts) do width = math.max(width, width_of(text)) end
  return width
end

local function scores_column(self, row)
  local none = {}
  for i in ipairs(self.candidates) do none[i] = "" end
  return none, scores.cells(self.candidates, row)
end

local function row_names(self, is_votes)
  local names = {}
  for i, name in ipairs(self.candidates) do names[i] = name end
  for _, line in ipairs(is_votes and LINES or {}) do
    names[#names + 1] = line[3]
  end
  return names
end

-- Append as many rounds as fit to the names, from `first`; returns the next.
local function block(self, lines, names, first, width, column)
  local made, used = {}, widest(names, 0)
  for i, name in ipairs(names) do made[i] = padded(name, used) end
  local head, n = (" "):rep(used), first
  while n <= #self.rounds do
    local moved, total = column(self, self.rounds[n], n == 1)
    local a, b = widest(moved, 0), widest(total, #tostring(n))
    local more = (a > 0 and a + 2 or 0) + b + 2
    if n > first and used + more > width then break end
    for i = 1, #names do
      made[i] = made[i] .. (a > 0 and "  " .. padded(moved[i], a, true) or "")
        .. "  " .. padded(total[i], b, true)
    end
    head = head .. padded(("%d"):format(n), more, true)
    used, n = used + more, n + 1
  end
  lines[#lines + 1] = head
  for _, line in ipairs(made) do lines[#lines + 1] = (line:gsub("%s+$", "")) end
  return n
end

local function note(row)
  local what = row.action:gsub("_", " ")
  if #(row.of or {}) > 0 then
    what = what .. " of " .. table.concat(row.of, ", ")
  end
  local parts = { ("%d: %s"):format(row.number, what) }
  if row.why and row.why ~= what and row.why ~= "" then
    parts[#parts + 1] = row.why
  end
  for _, found in ipairs(row.elected or {}) do
    parts[#parts + 1] = ("elected %s (%s)"):format(found.candidate, found.why)
  end
  return table.concat(parts, "; ")
end

-- ---- methods ----

local function headline(self)
  local seats = ("%d seat%s"):format(self.seats, self.seats == 1 and "" or "s")
  local parts = { ("%s: %s"):format(self.rule, seats) }
  if self.valid then
    parts[#parts + 1] = ("%d valid papers of %d"):format(self.valid,
      self.papers)
  elseif self.papers then
    parts[#parts + 1] = ("%d papers"):format(self.papers)
  end
  if self.quota then parts[#parts + 1] = "quota " .. self.quota end
  if self.score then
    parts[#parts + 1] = "score " .. scores.shown(self.score)
  end
  return table.concat(parts, ", ")
end

local function verdict(self, lines)
  lines[#lines + 1] = (self.decision == "decided" and "Winners: "
    or "Certain: ") .. table.concat(self.winners, ", ")
  for _, tie in ipairs(self.ties) do
    lines[#lines + 1] = ("Lots are required, %s%s: %s, %d to be drawn"):format(
      tie.stage, tie.round and (" of round %d"):format(tie.round) or "",
      table.concat(tie.tied, ", "), tie.left)
  end
end

local function has_cells(self)
  for _, row in ipairs(self.rounds) do
    if row.votes or row.tallies then return true end
  end
  return false
end

--- The rounds as an aligned table, in blocks that fit the width, and what was
--- done in each.
---@param options { width: integer? }? 100 columns if not said
---@return string lines, each ended by LF
function Count:text(options)
  local width = options and options.width or 100
  local is_votes = is_of_votes(self.rounds)
  local lines, n = { headline(self), "" }, 1
  local names = row_names(self, is_votes)
  while has_cells(self) and n <= #self.rounds do
    n = block(self, lines, names, n, width,
      is_votes and votes_column or scores_column)
    lines[#lines + 1] = ""
  end
  for i, row in ipairs(self.rounds) do
    lines[#lines + 1] = is_votes and note(row) or scores.note(i, row)
  end
  lines[#lines + 1] = ""
  verdict(self, lines)
  return table.concat(lines, "\n") .. "\n"
end

local VOTES = { "round", "action", "of", "quota", "line", "before", "transfer",
  "votes", "status" }

local function status_in(row, name, known)
  for _, found in ipairs(row.elected or {}) do
    if found.candidate == name then known[name] = "elected" end
  end
  for _, found in ipairs(row.excluded or {}) do
    if found == name then known[name] = "excluded" end
  end
  return known[name] or "continuing"
end

local function rows_of_votes(self)
  local rows, known = {}, {}
  for _, row in ipairs(self.rounds) do
    local of = table.concat(row.of or {}, "; ")
    local function add(line, before, change, votes, status)
      rows[#rows + 1] = { row.number, row.action, of, row.quota, line, before,
        change, votes, status }
    end
    for _, name in ipairs(self.candidates) do
      if row.votes[name] then
        add(name, row.before and row.before[name],
          row.transfers and row.transfers[name], row.votes[name],
          status_in(row, name, known))
      end
    end
    for _, line in ipairs(LINES) do
      if row[line[1]] then
        add(line[3], nil, row[line[2]], row[line[1]], nil)
      end
    end
  end
  return rows
end

--- The rounds as comma-separated values (RFC 4180, lines ended by LF): a row
--- for each candidate in each round.
---@return string
function Count:csv()
  if is_of_votes(self.rounds) then
    return csv.encode(rows_of_votes(self), VOTES)
  end
  local rows = {}
  for i, row in ipairs(self.rounds) do
    for _, cells in ipairs(scores.rows(self.candidates, i, row)) do
      rows[#rows + 1] = cells
    end
  end
  return csv.encode(rows, scores.HEADER)
end

return result
