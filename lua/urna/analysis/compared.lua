local csv = require "urna.writers.csv"
local lines = require "urna.analysis.lines"
local listing = require "urna.analysis.listing"

--- What a comparison of two elections found, as data that prints itself.
local compared = {}

---@class urna.Compared
---@field before table { id, name, date, file, units, bad, decision, others }
---@field after table
---@field base table { name, before = { value, min, max, mark }, after }
---@field lists table[] { from, to, kind, by, votes = { before, after, change },
--- share = { before, after = { num, den, percent }, change = { num, den, points
--- } }, points_min, points_max, seats = { before, after, change }, marks =
--- { before, after } of votes that are recalled or estimated }
---@field turnout table? { before, after, change, base, marks = { before,
--- after } where a total is recalled or estimated }
---@field outcomes { before: table, after: table } contests, lists and their
--- names; not in JSON
---@field places table[] by outer key: { level, key, units = { before, after },
--- base, turnout, lists }
---@field unmatched table { lists = { before, after }, units = { before, after,
--- ambiguous } }
---@field proposed table { lists, units }: links that were not applied
---@field jumped table[] { key, field, before, after }: of equal key, but of
--- another size
---@field outliers table? see outliers.find
local Compared = {}
Compared.__index = Compared
Compared.kind = "compare"

--- Wrap what was found.
---@return urna.Compared
function compared.new(found)
  return setmetatable(found, Compared)
end

--- A group of lists by name: "SPN > KP + BB".
---@param group { from: string[], to: string[] }
---@return string
function compared.group_name(group)
  local from, to = table.concat(group.from, " + "),
    table.concat(group.to, " + ")
  if from == to then return to end
  if from == "" then return "> " .. to end
  if to == "" then return from .. " >" end
  return from .. " > " .. to
end

--- A row for each polling station, or group of them, as in `places`; made when
--- it is asked for. Without records there is none.
---@return table[]
function Compared:units()
  if not self.make_units then return {} end
  self.unit_rows = self.unit_rows or self.make_units()
  return self.unit_rows
end

-- ---- text ----

local spaced = listing.spaced

local function side_text(side)
  local units = side.units and ", " .. lines.stations(side.units) or ""
  return (side.name or side.file or "?") .. units .. lines.kept_out(side.bad)
end

local function percent(share)
  return share and share.percent
end

local function points(change)
  return change and change.points
end

local function seats_text(seats)
  if not seats or not (seats.before or seats.after) then return nil end
  local function shown(count) return count and ("%d"):format(count) or "-" end
  return ("%s > %s"):format(shown(seats.before), shown(seats.after))
end

-- How a list came to its row, and what of its votes is no official count.
local function kind_text(row)
  local parts = { row.kind .. (row.by == "name" and " (by name)" or "") }
  for _, side in ipairs { "before", "after" } do
    local mark = (row.marks or {})[side]
    if mark then
      parts[#parts + 1] = ("votes %s %s"):format(side, mark == "estimate"
        and "estimated" or mark)
    end
  end
  return table.concat(parts, "; ")
end

local function bounds_text(row)
  if not row.points_min or row.points_min == row.points_max then return nil end
  return ("%s to %s"):format(row.points_min, row.points_max)
end

local function add_lists(all, rows)
  local table_ = { { "lists", "votes before", "after", "change", "% before",
    "after", "points", "seats", "change", "kind" } }
  for n, row in ipairs(rows) do
    local seats = row.seats or {}
    table_[n + 1] = { compared.group_name(row), row.votes.before,
      row.votes.after, listing.signed(row.votes.change),
      percent(row.share.before), percent(row.share.after),
      bounds_text(row) or points(row.share.change), seats_text(seats),
      listing.signed(seats.change), kind_text(row) }
  end
  local right = {}
  for i = 2, 9 do right[i] = true end
  lines.add_table(all, table_, 10, right)
end

local function base_text(self)
  local name = self.base.name
  if not name then return "no base of shares is known of both elections" end
  local marks = {}
  for _, side in ipairs { "before", "after" } do
    local mark = self.base[side].mark
    if mark then marks[#marks + 1] = ("%s: %s"):format(side, mark) end
  end
  return ("shares are of %s%s"):format(spaced(name), #marks > 0
    and (" (%s)"):format(table.concat(marks, "; ")) or "")
end

local function turnout_text(turnout)
  if not turnout or not turnout.change then
    return "turnout: not known of both elections"
  end
  return ("turnout (%s of registered voters): %s %% > %s %%, %s points"):format(
    spaced(turnout.base), turnout.before.percent, turnout.after.percent,
    turnout.change.points)
end

local function add_seats_note(all, self)
  for _, side in ipairs { "before", "after" } do
    local about = self[side]
    if about.decision ~= "decided" then
      all[#all + 1] = ("seats %s: not decided: %s"):format(side,
        tostring(about.reason))
    end
  end
end

local function add_others(all, self)
  local unmatched = self.unmatched.lists
  for _, side in ipairs { "before", "after" } do
    local keys = unmatched[side]
    if #keys > 0 then
      local other = side == "before" and self.after or self.before
      all[#all + 1] = ("not matched, only %s: %s%s"):format(side,
        table.concat(keys, ", "), other.others and other.others.lists
        and ("; %d lists of the other election are not named"):format(
        other.others.lists) or "")
    end
  end
end

local function link_text(link)
  local by = link.words and ("names share: %s"):format(
    table.concat(link.words, ", ")) or "by " .. link.by
  return ("%s > %s (%s, %s)"):format(table.concat(link.from, " + "),
    table.concat(link.to, " + "), link.kind, by)
end

local function alone_text(row)
  local keys = {}
  for i, candidate in ipairs(row.candidates or {}) do
    keys[i] = candidate.key
  end
  return row.key .. (#keys > 0 and "; may be " .. table.concat(keys, ", ")
    or "")
end

local function add_jumped(all, rows, limit)
  if #rows == 0 then return end
  lines.add_titled(all, ("of equal key and another size (%s):"):format(
    spaced(rows[1].field)), rows, limit, function(row)
      return ("%s: %d > %d"):format(row.key, row.before, row.after)
    end)
end

local function add_units(all, self, limit)
  local units = self.unmatched.units
  if not units then return end
  local matched = 0
  for _, count in pairs(self.matches) do matched = matched + count end
  all[#all + 1] = ""
  all[#all + 1] = ("polling stations: %d matched, %s, %d only before, %d "
    .. "only after, %s"):format(matched, listing.plural(self.linked, "link"),
    #units.before, #units.after, listing.plural(#units.ambiguous,
    "ambiguous key"))
  for _, side in ipairs { "before", "after" } do
    lines.add_titled(all, "only " .. side .. ":", units[side], limit,
      alone_text)
  end
  add_jumped(all, self.jumped, limit)
  lines.add_titled(all, "proposed links of polling stations (not applied):",
    self.proposed.units, limit, link_text)
end

--- The groups of lists that are on both sides, the greatest after first.
---@param most integer how many of them
---@return { n: integer, votes: integer }[] by number in `lists`
function Compared:greatest(most)
  local found = {}
  for n, row in ipairs(self.lists) do
    if row.votes.before and row.votes.after then
      found[#found + 1] = { n = n, votes = row.votes.after }
    end
  end
  table.sort(found, function(a, b)
    if a.votes ~= b.votes then return a.votes > b.votes end
    return a.n < b.n
  end)
  for i = #found, most + 1, -1 do found[i] = nil end
  return found
end

local function add_places(all, self, limit)
  if #self.places == 0 then return end
  local groups = self:greatest(5)
  local rows = { { "place", "stations", "turnout" } }
  local right = { [2] = true, [3] = true }
  for n, group in ipairs(groups) do
    rows[1][n + 3] = compared.group_name(self.lists[group.n])
    right[n + 3] = true
  end
  local hidden = 0
  for _, place in ipairs(self.places) do
    if place.level == self.places[1].level and #rows > limit then
      hidden = hidden + 1
    elseif place.level == self.places[1].level then
      local cells = { place.key, ("%d > %d"):format(place.units.before,
        place.units.after), points(place.turnout and place.turnout.change) }
      for n, group in ipairs(groups) do
        cells[n + 3] = points(place.lists[group.n].share.change)
      end
      rows[#rows + 1] = cells
    end
  end
  lines.add_table(all, rows, #groups + 3, right)
  if hidden > 0 then all[#all + 1] = ("  and %d more"):format(hidden) end
end

local function number(value)
  return (("%.2f"):format(value):gsub(",", "."))
end

local function add_outliers(all, self, limit)
  local found = self.outliers
  if not found then return end
  all[#all + 1] = ""
  all[#all + 1] = ("polling stations whose change stands out from their "
    .. "peers (|z| > %s): %d"):format(number(found.beyond), #found.rows)
  lines.add_some(all, found.rows, limit, function(row)
    return ("%s  %s  %s > %s %% (%s points; median of %d peers %s)  z %s%s")
      :format(row.key, row.measure, row.before.percent, row.after.percent,
      row.change.points, row.peers, number(row.median_points), number(row.z),
      row.has_jumped and "; of another size now" or "")
  end)
  for _, measure in ipairs(found.measures) do
    local left_out = {}
    for _, reason in ipairs { "missing", "nobody", "few_peers",
      "no_spread" } do
      local count = measure.excluded[reason]
      if count then
        left_out[#left_out + 1] = ("%d %s"):format(count, spaced(reason))
      end
    end
    all[#all + 1] = ("  %s: n %d, beyond %d, by chance alone %s%s"):format(
      measure.measure, measure.n, measure.beyond, number(measure.by_chance),
      #left_out > 0 and "; excluded: " .. table.concat(left_out, ", ") or "")
  end
end

--- What was found, for reading.
---@param options { all = boolean }? all rows, and not the first 40
---@return string
function Compared:text(options)
  local limit = lines.limit(options)
  local all = { "before  " .. side_text(self.before),
    "after   " .. side_text(self.after), base_text(self) }
  add_lists(all, self.lists)
  all[#all + 1] = ""
  all[#all + 1] = turnout_text(self.turnout)
  add_seats_note(all, self)
  add_others(all, self)
  lines.add_titled(all, "proposed links of lists (not applied):",
    self.proposed.lists, limit, link_text)
  add_units(all, self, limit)
  add_places(all, self, limit)
  add_outliers(all, self, limit)
  return table.concat(all, "\n") .. "\n"
end

-- ---- other forms ----

local HEADER = { "level", "key", "measure", "kind", "stations_before",
  "stations_after", "before", "after", "change", "base_before", "base_after",
  "percent_before", "percent_after", "points", "seats_before", "seats_after",
  "seats_change", "mark_before", "mark_after" }

local function csv_turnout(place, turnout)
  return { place.level, place.key, "turnout", "", place.units.before,
    place.units.after, turnout.before and turnout.before.num,
    turnout.after and turnout.after.num, "",
    turnout.before and turnout.before.den, turnout.after and turnout.after.den,
    percent(turnout.before), percent(turnout.after), points(turnout.change) }
end

local function csv_list(place, row)
  local share, seats, marks = row.share, row.seats or {}, row.marks or {}
  return { place.level, place.key, compared.group_name(row), row.kind,
    place.units.before, place.units.after, row.votes.before, row.votes.after,
    row.votes.change, share.before and share.before.den,
    share.after and share.after.den, percent(share.before),
    percent(share.after), points(share.change), seats.before, seats.after,
    seats.change, marks.before, marks.after }
end

local function csv_place(rows, place)
  if place.turnout then
    rows[#rows + 1] = csv_turnout(place, place.turnout)
  end
  for _, row in ipairs(place.lists) do
    rows[#rows + 1] = csv_list(place, row)
  end
end

--- A row for each measure of the whole, of each place and, if asked for, of
--- each polling station.
---@param options { units = boolean }?
---@return string
function Compared:csv(options)
  local rows = {}
  csv_place(rows, { level = "all", key = "", turnout = self.turnout,
    lists = self.lists, units = { before = self.before.units,
      after = self.after.units } })
  for _, place in ipairs(self.places) do csv_place(rows, place) end
  if options and options.units then
    for _, unit in ipairs(self:units()) do csv_place(rows, unit) end
  end
  return csv.encode(rows, HEADER)
end

local OUTLIERS = { "key", "measure", "percent_before", "percent_after",
  "points", "z", "peers", "median_points", "deviation_points", "noise_points",
  "file_before", "line_before", "file_after", "line_after" }

--- The polling stations that stand out, a row for each.
---@return string
function Compared:outliers_csv()
  local rows = {}
  for n, row in ipairs(self.outliers and self.outliers.rows or {}) do
    local before, after = row.places.before, row.places.after
    rows[n] = { row.key, row.measure, row.before.percent, row.after.percent,
      row.change.points, number(row.z), row.peers, number(row.median_points),
      number(row.deviation_points), number(row.noise_points), before.file,
      before.line, after.file, after.line }
  end
  return csv.encode(rows, OUTLIERS)
end

local function quoted(names)
  local parts = {}
  for i, name in ipairs(names) do
    -- \n would break the line, and %q of Lua 5.1 does so
    parts[i] = "\"" .. name:gsub("[\\\"]", "\\%0"):gsub("%c", " ") .. "\""
  end
  return #parts > 0 and "{ " .. table.concat(parts, ", ") .. " }" or "{}"
end

local function add_links(all, what, said, proposed)
  all[#all + 1] = ("  %s = {"):format(what)
  for _, link in ipairs(said) do
    all[#all + 1] = ("    { from = %s, to = %s%s },"):format(
      quoted(link.from or {}), quoted(link.to or {}), link.kind
      and (", kind = \"%s\""):format(link.kind) or "")
  end
  for _, link in ipairs(proposed) do
    all[#all + 1] = ("    -- proposed (by %s):"):format(link.by)
    all[#all + 1] = ("    -- { from = %s, to = %s, kind = \"%s\" },")
      :format(quoted(link.from), quoted(link.to), link.kind)
  end
  all[#all + 1] = "  },"
end

--- The links as a file of Lua: those that were said, and as comments those that
--- are proposed.
---@return string
function Compared:links_text()
  local all = { "return {" }
  add_links(all, "lists", self.links.lists, self.proposed.lists)
  add_links(all, "units", self.links.units, self.proposed.units)
  all[#all + 1] = "}"
  return table.concat(all, "\n") .. "\n"
end

return compared
