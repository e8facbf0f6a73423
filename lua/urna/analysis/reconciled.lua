local csv = require "urna.writers.csv"
local lines = require "urna.analysis.lines"
local listing = require "urna.analysis.listing"

--- What a reconciliation found, as data that prints itself.
local reconciled = {}

---@class urna.Reconciled
---@field contest table { id, name, date }
---@field names string[] of the sources, the first to be compared with
---@field sources table[] { name, file, sha256, contest, units, bad }
---@field is_total boolean only totals were compared
---@field matched integer units that every source has
---@field matches table[] by source: { source, counts = { equal, folded,
--- normal, number, inner }, keys = { first, other, by } }
---@field only table[] units of one source: { key, source, missing, file, line,
--- candidates = { key, by = "figures"|"name"|"place", file, line } }
---@field ambiguous table[] { source, first = { key, file, line }, other, by }
---@field unmatched_lists table[] { list, source, missing }
---@field uncompared table[] { field, missing }: what a source has no column of
---@field rows table[] differences: { key, kind = "field"|"list", name, values
--- by source, difference (of the source that is farthest, from the first),
--- direction = "more"|"fewer", favours = { list, source, votes }, alone, hint =
--- "tenfold"|"digits_swapped"|"one_digit", is_within, places by source }
---@field gaps table[] figures that a source leaves empty: { key, kind, name,
--- source, values, places }
---@field stations table[] by station and other source: { key, source, figures,
--- gains, loses = { list, votes }, transfer = { from, to, votes,
--- is_exchange } }
---@field totals table[] { kind, name, source, units, more, fewer, net, gross }
---@field matrix table[] { first, other, compared, units, figures } for each two
--- sources, beyond the tolerance
---@field seats table[] { source, decision, reason, lists = { list, votes,
--- seats } }
---@field effect table see mix.judge
---@field outcomes table[] of the sources: contest, lists and their names; not
--- in JSON
---@field lists_of table<string, string>[] of each source: the first's key of a
--- list, by its own; not in JSON
local Reconciled = {}
Reconciled.__index = Reconciled
Reconciled.kind = "reconcile"

--- Wrap what was found.
---@return urna.Reconciled
function reconciled.new(found)
  return setmetatable(found, Reconciled)
end

--- How many figures differ beyond the tolerance.
---@return integer
function Reconciled:count()
  local count = 0
  for _, row in ipairs(self.rows) do
    if not row.is_within then count = count + 1 end
  end
  return count
end

--- Whether all sources say the same of the same units and lists.
---@return boolean
function Reconciled:agrees()
  return self:count() == 0 and #self.only == 0 and #self.ambiguous == 0
    and #self.gaps == 0 and #self.unmatched_lists == 0
end

-- ---- text ----

local plural, spaced = lines.stations, listing.spaced

local WAYS = { { "equal", "by equal keys" },
  { "folded", "across scripts and case" },
  { "normal", "without prefixes, zeros and signs" },
  { "number", "by the station's number alone" },
  { "inner", "by the inner keys alone" } }

local function matched_text(match)
  local parts = {}
  for _, way in ipairs(WAYS) do
    local count = match.counts[way[1]]
    if count then parts[#parts + 1] = ("%d %s"):format(count, way[2]) end
  end
  return #parts > 0 and table.concat(parts, ", ") or "none"
end

local function add_sources(all, self)
  local rows = {}
  for i, source in ipairs(self.sources) do
    rows[i] = { source.name, source.file or source.contest, (source.units
      and plural(source.units) or "totals") .. lines.kept_out(source.bad) }
  end
  lines.add(all, listing.lines(rows, 3))
  if self.is_total then
    all[#all + 1] = "only totals are compared: a source has no records"
    return
  end
  for _, match in ipairs(self.matches) do
    all[#all + 1] = ("%s and %s: matched %s"):format(self.names[1],
      match.source, matched_text(match))
  end
end

local function place(row)
  return row.file and row.line and (" (%s:%d)"):format(row.file, row.line)
    or ""
end

local BY = { figures = "equal votes", name = "a near name",
  place = "the same place" }

local function candidates_text(row)
  if not row.candidates then return "" end
  local parts = {}
  for i, candidate in ipairs(row.candidates) do
    parts[i] = ("%s, %s"):format(candidate.key, BY[candidate.by])
  end
  return #parts > 0 and "; may be " .. table.concat(parts, "; ") or ""
end

local function keys_text(rows)
  local keys = {}
  for i, row in ipairs(rows) do keys[i] = row.key .. place(row) end
  return table.concat(keys, ", ")
end

local function add_unmatched(all, self, limit)
  lines.add_titled(all, plural(#self.only) .. " in one source only:",
    self.only, limit, function(row)
      return ("%s: %s%s, not in %s%s"):format(row.source, row.key, place(row),
        row.missing, candidates_text(row))
    end)
  lines.add_titled(all, ("%s may be matched in several ways and %s:"):format(
    listing.plural(#self.ambiguous, "key"), #self.ambiguous == 1
    and "is left out" or "are left out"), self.ambiguous, limit, function(row)
      return ("%s: %s; %s: %s"):format(self.names[1], keys_text(row.first),
        row.source, keys_text(row.other))
    end)
end

local function add_lists(all, self)
  for _, row in ipairs(self.unmatched_lists) do
    all[#all + 1] = ("list %s of %s is not in %s"):format(row.list,
      row.source, row.missing)
  end
  for _, row in ipairs(self.uncompared) do
    all[#all + 1] = ("%s is not in %s"):format(spaced(row.field), row.missing)
  end
end

local HINTS = { tenfold = "ten times", digits_swapped = "two digits swapped",
  one_digit = "one digit" }

local function favours_text(row)
  local parts = {}
  if row.favours then
    parts[1] = ("%s has %d more in %s"):format(row.favours.list,
      row.favours.votes, row.favours.source)
  end
  if row.alone then parts[#parts + 1] = row.alone .. " alone" end
  if row.hint then parts[#parts + 1] = HINTS[row.hint] end
  if row.is_within then parts[#parts + 1] = "within the tolerance" end
  return table.concat(parts, "; ")
end

local function difference_row(self, row)
  local cells = { row.key == "" and "total" or row.key, spaced(row.name) }
  for i, name in ipairs(self.names) do cells[i + 2] = row.values[name] end
  cells[#self.names + 3] = listing.signed(row.difference)
  cells[#self.names + 4] = favours_text(row)
  return cells
end

local function difference_lines(self, limit)
  local count = #self.names
  local rows, right = { { "place", "figure" } }, {}
  for i, name in ipairs(self.names) do
    rows[1][i + 2], right[i + 2] = name, true
  end
  rows[1][count + 3], rows[1][count + 4] = "difference", "note"
  right[count + 3] = true
  for i = 1, math.min(#self.rows, limit) do
    rows[#rows + 1] = difference_row(self, self.rows[i])
  end
  return listing.lines(rows, count + 4, right)
end

local function add_differences(all, self, limit)
  local within = #self.rows - self:count()
  all[#all + 1] = ""
  all[#all + 1] = ("%s at %s%s"):format(#self.rows == 1
    and "1 figure differs" or ("%d figures differ"):format(#self.rows),
    plural(self:station_count()), within > 0
    and (", %d of them within the tolerance"):format(within) or "")
  if #self.rows == 0 then return end
  lines.add(all, difference_lines(self, limit))
  if #self.rows > limit then
    all[#all + 1] = ("and %d more"):format(#self.rows - limit)
  end
end

--- How many units have a figure that differs.
---@return integer
function Reconciled:station_count()
  local seen, count = {}, 0
  for _, row in ipairs(self.rows) do
    if not seen[row.key] then seen[row.key], count = true, count + 1 end
  end
  return count
end

local function add_transfers(all, self, limit)
  local rows = {}
  for _, row in ipairs(self.stations) do
    if row.transfer then rows[#rows + 1] = row end
  end
  lines.add_some(all, rows, limit, function(row)
    local moved = row.transfer
    return ("%s: compatible with %s in %s"):format(row.key, moved.is_exchange
      and ("the votes of %s and %s exchanged"):format(moved.from, moved.to)
      or ("%d votes entered for %s instead of %s"):format(moved.votes,
        moved.to, moved.from), row.source)
  end)
end

local function add_totals(all, self)
  if #self.totals == 0 then return end
  local rows = { { "sum of differences", "source", "stations", "more", "fewer",
    "net", "gross" } }
  for i, row in ipairs(self.totals) do
    rows[i + 1] = { spaced(row.name), row.source, row.units, row.more,
      row.fewer, listing.signed(row.net), row.gross }
  end
  lines.add_table(all, rows, 7, { [3] = true, [4] = true, [5] = true,
    [6] = true, [7] = true })
end

local function add_matrix(all, self)
  if #self.names < 3 then return end
  local rows = { { "sources", "stations compared", "stations that differ",
    "figures that differ" } }
  for i, row in ipairs(self.matrix) do
    rows[i + 1] = { row.first .. " and " .. row.other, row.compared, row.units,
      row.figures }
  end
  lines.add_table(all, rows, 4, { [2] = true, [3] = true, [4] = true })
end

local function moved_text(rows)
  local parts = {}
  for i, row in ipairs(rows) do
    parts[i] = ("%s %d instead of %d"):format(row.list, row.after, row.before)
  end
  return table.concat(parts, ", ")
end

local function witness_text(self, witness)
  local parts = {}
  for i, row in ipairs(witness.stations or {}) do
    if i > 5 then
      parts[i] = "..."
      break
    end
    parts[i] = row.key == "" and "the total" or row.key
      .. (#self.names > 2 and " of " .. row.source or "")
  end
  local from = witness.stations and ("with the other record at %s (%s)"):format(
    plural(#witness.stations), table.concat(parts, ", "))
    or "with each figure at its end"
  local seats = witness.undecided or moved_text(witness.moved)
  return ("%s: %s"):format(from, seats)
end

local PROOF = "no mix moves a seat: in every one, each average that got a "
  .. "seat stays above every next average (%s), and %s"

local function crossing_text(crossing)
  if #crossing == 0 then return "no list crosses the threshold" end
  return table.concat(crossing, ", ") .. " may cross the threshold without "
    .. "effect"
end

local function mode_text(self, row)
  if row.result == "could" then
    return "could move a seat, " .. witness_text(self, row.witness)
  elseif row.result == "cannot" then
    return PROOF:format(listing.plural(row.pairs, "pair"),
      crossing_text(row.crossing))
  end
  return "not settled: " .. row.reason
end

local function add_as(all, self)
  for _, row in ipairs(self.effect.as) do
    local text = row.result == "same" and "the seats stay as in "
      .. self.names[1] or row.result == "moves" and moved_text(row.moved)
      or "not decided: " .. tostring(row.reason)
    all[#all + 1] = ("  all differences as in %s: %s"):format(row.source,
      text)
  end
end

local function add_closest(all, close)
  if not close then return end
  all[#all + 1] = ("  nearest: average %s of %s (seat %d) and %s of %s "
    .. "(seat %d), each with its votes at the worse end"):format(
    close.average, close.list, close.seat, close.rival_average, close.rival,
    close.rival_seat)
end

-- What the judgement leaves out.
local function add_left_out(all, self)
  local parts = {}
  if #self.only > 0 then
    parts[1] = plural(#self.only) .. " in one source only"
  end
  if #self.ambiguous > 0 then
    parts[#parts + 1] = listing.plural(#self.ambiguous, "ambiguous key")
  end
  if #self.gaps > 0 then
    parts[#parts + 1] = listing.plural(#self.gaps, "empty figure")
  end
  if #self.unmatched_lists > 0 then
    parts[#parts + 1] = listing.plural(#self.unmatched_lists,
      "list") .. " in one source only"
  end
  if #parts == 0 then return end
  all[#all + 1] = "  not in this: " .. table.concat(parts, ", ")
end

local function add_effect(all, self)
  local effect = self.effect
  if #self.rows == 0 then return end
  all[#all + 1] = ""
  all[#all + 1] = "could the differences together move a seat?"
  add_as(all, self)
  if not effect.records then
    all[#all + 1] = "  not settled: " .. tostring(effect.reason)
  else
    all[#all + 1] = "  each station's record from any source: "
      .. mode_text(self, effect.records)
    all[#all + 1] = "  each figure by itself from any source: "
      .. mode_text(self, effect.figures)
    add_closest(all, effect.closest)
  end
  add_left_out(all, self)
end

--- What was found, for reading.
---@param options { all = boolean }? all rows, and not the first 40
---@return string
function Reconciled:text(options)
  local limit = lines.limit(options)
  local all = { self.contest.name }
  add_sources(all, self)
  add_lists(all, self)
  add_unmatched(all, self, limit)
  add_differences(all, self, limit)
  add_transfers(all, self, limit)
  add_totals(all, self)
  add_matrix(all, self)
  add_effect(all, self)
  return table.concat(all, "\n") .. "\n"
end

-- ---- other forms ----

local function csv_row(self, what, row)
  local cells = { what, row.key, row.name and row.kind, row.name }
  for _, name in ipairs(self.names) do
    cells[#cells + 1] = row.values and row.values[name] or ""
  end
  local favours = row.favours or {}
  for _, value in ipairs { row.difference or "", row.direction or "",
    favours.list or "", favours.source or row.source or "", row.alone or "",
    row.hint or "" } do
    cells[#cells + 1] = value
  end
  for _, name in ipairs(self.names) do
    local at = row.places and row.places[name]
      or row.source == name and row or {}
    cells[#cells + 1] = at.file or ""
    cells[#cells + 1] = at.line or ""
  end
  return cells
end

local function header(self)
  local names = { "what", "key", "kind", "name" }
  for _, name in ipairs(self.names) do names[#names + 1] = name end
  for _, name in ipairs { "difference", "direction", "favours", "source",
    "alone", "hint" } do
    names[#names + 1] = name
  end
  for _, name in ipairs(self.names) do
    names[#names + 1] = "file " .. name
    names[#names + 1] = "line " .. name
  end
  return names
end

--- A row for each difference ("differs", "within"), each empty figure
--- ("empty"), each unit of one source ("only") and each that is ambiguous.
---@return string
function Reconciled:csv()
  local rows = {}
  for _, row in ipairs(self.rows) do
    rows[#rows + 1] = csv_row(self, row.is_within and "within" or "differs",
      row)
  end
  for _, row in ipairs(self.gaps) do
    rows[#rows + 1] = csv_row(self, "empty", row)
  end
  for _, row in ipairs(self.only) do
    rows[#rows + 1] = csv_row(self, "only", row)
  end
  for _, group in ipairs(self.ambiguous) do
    for _, side in ipairs { "first", "other" } do
      local source = side == "first" and self.names[1] or group.source
      for _, unit in ipairs(group[side]) do
        rows[#rows + 1] = csv_row(self, "ambiguous", { key = unit.key,
          source = source, file = unit.file, line = unit.line })
      end
    end
  end
  return csv.encode(rows, header(self))
end

local function quickfix_text(self, row)
  local parts = {}
  for i, name in ipairs(self.names) do
    local value = row.values[name]
    parts[i] = name .. " " .. (value and ("%d"):format(value) or "nothing")
  end
  local note = favours_text(row)
  return ("%s: %s: %s%s"):format(row.key, spaced(row.name),
    table.concat(parts, ", "), note ~= "" and "; " .. note or "")
end

--- The differences as items of a quickfix list, each at its record in the
--- source that is named, else in the first.
---@param name string? of a source
---@return table[] { filename, lnum, col, type, text } as setqflist takes them
function Reconciled:quickfix(name)
  local items = {}
  for _, row in ipairs(self.rows) do
    local at = row.places[name or self.names[1]] or {}
    items[#items + 1] = { filename = at.file, lnum = at.line or 0, col = 0,
      nr = -1, type = row.is_within and "I" or "W",
      text = quickfix_text(self, row) }
  end
  return items
end

return reconciled
