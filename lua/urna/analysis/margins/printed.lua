local csv = require "urna.writers.csv"
local locales = require "urna.locale"
local native = require "urna.native"

--- How answers leave: in words, and as CSV.
local printed = {}

local function number(value)
  return locales.get("en"):number(value)
end

-- Who gives or gets ballots, in the order of the outcome.
local function parts_of(self, map)
  local parts = {}
  for _, list in ipairs(self.outcome.lists) do
    if map[list.key] then
      parts[#parts + 1] = { key = list.key, votes = map[list.key] }
    end
  end
  return parts
end

--- What each list has more or less of seats on a way.
---@param self urna.Margins
---@param witness table
---@return { list: string, seats: integer }[] in the order of the outcome,
--- those that gain first
function printed.changes(self, witness)
  local gains, losses = {}, {}
  for _, list in ipairs(self.outcome.lists) do
    local step = (witness.seats_after[list.key] or 0) - (list.seats or 0)
    local side = step > 0 and gains or losses
    if not list.others and step ~= 0 then
      side[#side + 1] = { list = list.key, seats = step }
    end
  end
  for _, row in ipairs(losses) do gains[#gains + 1] = row end
  return gains
end

-- ---- in words ----

local function shared_text(parts)
  if #parts == 1 then return parts[1].key end
  local texts = {}
  for i, part in ipairs(parts) do
    texts[i] = part.key .. " " .. number(part.votes)
  end
  return table.concat(texts, ", ")
end

local function way_text(self, witness)
  local from, to = parts_of(self, witness.from), parts_of(self, witness.to)
  return (#from > 0 and " from " .. shared_text(from) or "")
    .. (#to > 0 and " to " .. shared_text(to) or "")
end

local function changes_text(self, witness)
  local texts = {}
  for i, row in ipairs(printed.changes(self, witness)) do
    texts[i] = ("%s %+d"):format(row.list, row.seats)
  end
  if witness.open_after then
    texts[#texts + 1] = ("%d open between %s"):format(witness.open_after.left,
      table.concat(witness.open_after.tied, ", "))
  end
  return #texts > 0 and ": " .. table.concat(texts, ", ") or ": no seat moves"
end

local SIDES = { "above", "below" }

local function all_crossed(self, witness, side)
  local keys = {}
  for _, list in ipairs(self.outcome.lists) do
    local is_one = witness.crossed and witness.crossed[list.key] == side
    keys[#keys + 1] = is_one and list.key or nil
  end
  return keys
end

--- The lists that cross the threshold on a way to one side of it, besides the
--- one of which that is asked.
---@param self urna.Margins
---@param row urna.MarginsRow
---@param side string "above" or "below"
---@return string[] keys in the order of the outcome
function printed.crossed(self, row, side)
  local keys = {}
  for _, key in ipairs(all_crossed(self, row.witness, side)) do
    local is_asked = row.question == "threshold" and key == row.list
    keys[#keys + 1] = not is_asked and key or nil
  end
  return keys
end

local function crossed_text(self, row)
  local text = ""
  for _, side in ipairs(SIDES) do
    local keys = printed.crossed(self, row, side)
    if #keys > 0 then
      text = ("%s; %s%s the threshold: %s"):format(text,
        row.thresholds == "fixed" and "although then " or "", side,
        table.concat(keys, ", "))
    end
  end
  return text
end

local function lists_text(keys)
  return table.concat(keys, " + ")
end

local HEADS = {
  seat = function() return "any seat" end,
  gain = function(row) return row.list .. " gains a seat" end,
  lose = function(row) return row.list .. " loses a seat" end,
  threshold = function(row)
    return ("%s %s the threshold"):format(row.list, row.to)
  end,
  majority = function(row)
    return ("%s %s the majority of %d"):format(row.list,
      row.to == "make" and "gets" or "loses", row.majority)
  end,
  coalition = function(row)
    return ("%s %s the majority of %d"):format(lists_text(row.coalition),
      row.to == "make" and "get" or "lose", row.majority)
  end,
}

local function tie_text(row)
  if row.tie_unsettled then return "; whether a tie would is not known" end
  return row.tie and ("; with %s a tie may"):format(number(row.tie)) or ""
end

local function undone_text(row)
  if not row.undone then return "" end
  return ("; %s undo it, when %s crosses the threshold"):format(
    number(row.undone.votes), row.undone.list)
end

local HELD = ", those that take part held as they are"

local function row_text(self, row)
  local head = ("  %s: "):format(HEADS[row.question](row))
  local held = not self.is_held and row.thresholds == "fixed" and HELD or ""
  if row.why then return head .. row.why end
  if not row.votes then
    return ("%sonly a tie can, with %s %s%s"):format(head, number(row.tie),
      row.by, held)
  end
  local witness = row.witness
  return ("%s%s %s%s%s%s%s%s%s"):format(head, number(row.votes), row.by,
    way_text(self, witness), held, changes_text(self, witness),
    crossed_text(self, row), tie_text(row), undone_text(row))
end

local function nth(row)
  return ("%s / %d"):format(row.list, row.divisor or row.nth)
end

local function decimals(pair)
  if type(pair[1]) == "string" or type(pair[2]) == "string" then
    return ("%s/%s"):format(pair[1], pair[2])
  end
  return number(native.decimal(pair[1], pair[2], 4, 0))
end

local function rung_text(row)
  local text = ("  %d  %s = %s"):format(row.seat, nth(row),
    decimals(row.quotient))
  if not row.rival then return text end
  return ("%s, before %s / %d = %s%s"):format(text, row.rival,
    row.rival_divisor, decimals(row.rival_quotient),
    row.tie and ", for its more votes" or "")
end

local function waiting_text(row)
  local text = ("  %s = %s"):format(row.list, decimals(row.quotient))
  if row.votes_short then
    text = ("%s: %s added"):format(text, number(row.votes_short))
  end
  if not row.switched_short then return text end
  return ("%s, %s switched from %s"):format(text, number(row.switched_short),
    row.switched_from)
end

local function add(lines, title, rows, write)
  if #rows == 0 then return end
  lines[#lines + 1] = title
  for _, row in ipairs(rows) do lines[#lines + 1] = write(row) end
end

local TITLES = { seat = "the fewest votes that change", gain = "lists",
  threshold = "the threshold", majority = "the majority",
  coalition = "coalitions" }

--- In words.
---@param self urna.Margins
---@return string
function printed.text(self)
  local lines, last = {}, nil
  add(lines, ("the last of %d seats"):format(self.seats), self.last,
    rung_text)
  add(lines, "quotients after them", self.following, rung_text)
  add(lines, "next in line, and what each list lacks", self.next_in_line,
    waiting_text)
  if self.is_held then
    lines[#lines + 1] = ("%s are not known: those that take part are held as "
      .. "they are"):format((self.outcome.base.name:gsub("_", " ")))
  end
  for _, row in ipairs(self.rows) do
    local title = TITLES[row.question == "lose" and "gain" or row.question]
    if title ~= last then lines[#lines + 1] = title end
    lines[#lines + 1], last = row_text(self, row), title
  end
  return table.concat(lines, "\n") .. "\n"
end

-- ---- as CSV ----

local HEADER = { "question", "list", "coalition", "to", "majority", "by",
  "thresholds", "votes", "tie", "from", "to_lists", "seats", "crossed", "why" }

local function cell(parts, form)
  local texts = {}
  for i, part in ipairs(parts) do
    texts[i] = form:format(part.key or part.list, part.votes or part.seats)
  end
  return #texts > 0 and table.concat(texts, ";") or nil
end

local function crossed_cell(self, witness)
  local texts = {}
  for _, side in ipairs(SIDES) do
    for _, key in ipairs(all_crossed(self, witness, side)) do
      texts[#texts + 1] = key .. "=" .. side
    end
  end
  return #texts > 0 and table.concat(texts, ";") or nil
end

local function cells_of(self, row)
  local witness = row.witness or { from = {}, to = {}, seats_after = {} }
  return { row.question, row.list,
    row.coalition and table.concat(row.coalition, "+"), row.to, row.majority,
    row.by, row.thresholds, row.votes, row.tie,
    cell(parts_of(self, witness.from), "%s=%d"),
    cell(parts_of(self, witness.to), "%s=%d"),
    row.witness and cell(printed.changes(self, witness), "%s%+d"),
    crossed_cell(self, witness), row.why }
end

--- A row for each answer, as CSV.
---@param self urna.Margins
---@return string
function printed.csv(self)
  local rows = {}
  for i, row in ipairs(self.rows) do rows[i] = cells_of(self, row) end
  return csv.encode(rows, HEADER)
end

return printed
