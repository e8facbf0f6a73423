local moves = require "urna.reports.moves"
local shared = require "urna.reports.shared"

--- What a repeat of the vote changed, as a section of the report.
local rerun = { arrays = { rows = true, lists = true, crossed = true,
  stations = true } }

local SHOWN = 20

--- The outcome before the repeat.
---@param answer urna.Rerun
---@return table
function rerun.outcome(answer)
  return answer.before
end

--- What goes into JSON.
---@param answer urna.Rerun
---@return table
function rerun.data(answer)
  local data = shared.some(answer, { "rows", "fields", "threshold",
    "crossed" })
  data.before, data.after = moves.outcome(answer.before),
    moves.outcome(answer.after)
  data.stations = {}
  for i, row in ipairs(answer.stations) do
    data.stations[i] = shared.some(row, { "place", "fields", "votes" })
  end
  return data
end

local function moved_rows(answer)
  local rows = {}
  for _, row in ipairs(answer.rows) do
    if row.seats_change and row.seats_change ~= 0 then
      rows[#rows + 1] = { list = row.list, before = row.seats_before,
        after = row.seats_after }
    end
  end
  return rows
end

local function stations_text(page, answer, words)
  if not answer.by_station then return words.totals_only end
  if #answer.stations == 0 then return words.none_differs end
  return page.locale:say(words.stations,
    { stations = page.locale:count(#answer.stations, "unit") })
end

local function seats_text(page, answer, words)
  if answer.before.decision ~= "decided" then return words.undecided_before end
  if answer.after.decision ~= "decided" then return words.undecided_after end
  return moves.seats(page, moved_rows(answer))
end

local function difference(page, pair)
  return shared.signed(page, pair.before and pair.after
    and pair.after - pair.before)
end

-- ---- tables ----

local FIELDS = { "registered_voters", "voters_signed", "ballots_received",
  "ballots_unused", "ballots_in_box", "invalid_ballots", "blank_ballots",
  "valid_ballots", "valid_votes" }

local function before_after(words, first)
  return { shared.left(first), shared.right(words.before),
    shared.right(words.after), shared.right(words.change) }
end

local function field_table(page, answer, words)
  local found = { caption = words.fields_caption, rows = {},
    columns = before_after(words, words.total) }
  for _, name in ipairs(FIELDS) do
    local pair = answer.fields[name]
    if pair then
      found.rows[#found.rows + 1] = { page.locale.fields[name],
        shared.number(page, pair.before), shared.number(page, pair.after),
        difference(page, pair) }
    end
  end
  return #found.rows > 0 and found or nil
end

local function list_table(page, answer, words)
  local found = { caption = words.lists_caption, rows = {},
    columns = before_after(words, words.list) }
  for _, title in ipairs { words.seats_before, words.seats_after,
    words.seats_change } do
    table.insert(found.columns, shared.right(title))
  end
  for i, row in ipairs(answer.rows) do
    found.rows[i] = { page:marked_label(row.list),
      shared.number(page, row.votes_before),
      shared.number(page, row.votes_after), shared.signed(page, row.change),
      shared.number(page, row.seats_before),
      shared.number(page, row.seats_after),
      shared.signed(page, row.seats_change) }
  end
  return found
end

-- The lists whose votes at a station differ; of one that is unknown on a side
-- nothing is said.
local function votes_text(page, answer, station)
  local changed = {}
  for _, row in ipairs(answer.rows) do
    local pair = station.votes[row.list]
    if pair and pair.before and pair.after and pair.before ~= pair.after then
      changed[#changed + 1] = { list = row.list,
        seats = pair.after - pair.before }
    end
  end
  return moves.short(page, changed)
end

local function station_table(page, answer, words)
  local found = { caption = words.stations_caption, rows = {}, columns = {
    shared.left(words.station, true), shared.right(words.ballots_before),
    shared.right(words.ballots_after), shared.left(words.votes, true) } }
  for i = 1, math.min(#answer.stations, SHOWN) do
    local row = answer.stations[i]
    local box = row.fields.ballots_in_box or {}
    found.rows[i] = { row.place, shared.number(page, box.before),
      shared.number(page, box.after), votes_text(page, answer, row) }
  end
  return #found.rows > 0 and found or nil
end

-- ---- the section ----

local function notes_of(page, answer, words)
  local notes = moves.legend(page)
  if #answer.stations > SHOWN then
    table.insert(notes, 1, page.locale:say(words.shown,
      { shown = page.locale:number(SHOWN) }))
  end
  return notes
end

--- The section.
---@param page urna.Page
---@param answer urna.Rerun
---@param words table
---@return table
function rerun.draw(page, answer, words)
  local say = { stations_text(page, answer, words),
    seats_text(page, answer, words) }
  for _, text in ipairs(moves.at_threshold(page, answer.before, answer.after,
    answer.crossed)) do
    say[#say + 1] = text
  end
  local shown = { list_table(page, answer, words) }
  shown[#shown + 1] = field_table(page, answer, words)
  shown[#shown + 1] = station_table(page, answer, words)
  return { title = words.title, say = say, tables = shown,
    notes = notes_of(page, answer, words) }
end

return rerun
