local moves = require "urna.reports.moves"
local shared = require "urna.reports.shared"

--- The fewest stations whose annulment moves a seat, as a section of the
--- report.
local fewest = { arrays = { ways = true, lists = true, moved = true,
  crossed = true, places = true } }

local PLACES = 20

--- The outcome with all stations.
---@param answer urna.FewestStations
---@return table
function fewest.outcome(answer)
  return answer.outcome
end

--- What goes into JSON.
---@param answer urna.FewestStations
---@return table
function fewest.data(answer)
  local data = shared.some(answer, { "change", "stations", "at_least",
    "is_exact", "ways" })
  data.witness = answer.witness and shared.some(answer.witness, { "places",
    "registered", "is_lightest", "seats", "moved", "crossed", "is_tied" })
  return data
end

local function asked_text(page, answer, words)
  local change = answer.change
  local name = change.kind
  if name == "majority" then
    name = change.upwards and "reach_majority" or "end_majority"
  end
  return page.locale:say(words.asked[name], {
    lists = change.lists and page:labels(change.lists, true) or "",
    by = change.by and page.locale:count(change.by, "seat") or "" })
end

local function found_text(page, answer, words)
  if not answer.stations then return words.none end
  local name = answer.is_exact and "exact" or answer.at_least and "between"
    or "enough"
  return page.locale:say(words[name], {
    stations = page.locale:count(answer.stations, "unit"),
    least = answer.at_least and page.locale:number(answer.at_least) or "" })
end

local function moved_rows(answer)
  local rows, seats = {}, answer.witness.seats
  for i, row in ipairs(answer.witness.moved) do
    rows[i] = { list = row.list, before = seats[row.list] - row.seats,
      after = seats[row.list] }
  end
  return rows
end

local function witness_texts(page, answer, words)
  local witness = answer.witness
  local say = { page.locale:say(words.example, {
    stations = page.locale:count(#witness.places, "unit"),
    registered = page.locale:count(witness.registered, "voter") }),
    moves.seats(page, moved_rows(answer)) }
  if witness.is_tied then say[3] = words.tied end
  for _, text in ipairs(moves.crossed(page, witness.crossed)) do
    say[#say + 1] = text
  end
  return say
end

local function way_table(page, answer, words)
  local found = { caption = words.ways_caption, rows = {}, columns = {
    shared.left(words.to), shared.left(words.from),
    shared.right(words.stations), shared.right(words.registered) } }
  for i, way in ipairs(answer.ways) do
    found.rows[i] = { page:marked_label(way.to), page:marked_label(way.from),
      page.locale:number(way.stations), page.locale:number(way.registered) }
  end
  return #found.rows > 0 and found or nil
end

local function items_of(page, witness)
  local items = {}
  for i = 1, math.min(#witness.places, PLACES) do
    items[i] = witness.places[i]
  end
  if #witness.places > PLACES then
    items[#items + 1] = page.locale:count(#witness.places - PLACES, "more")
  end
  return items
end

--- The section.
---@param page urna.Page
---@param answer urna.FewestStations
---@param words table
---@return table
function fewest.draw(page, answer, words)
  local say = { asked_text(page, answer, words),
    found_text(page, answer, words) }
  local witness = answer.witness
  for _, text in ipairs(witness and witness_texts(page, answer, words) or {})
  do
    say[#say + 1] = text
  end
  local notes = witness and moves.legend(page) or {}
  if witness then table.insert(notes, 1, words.what_it_says) end
  if witness and witness.is_lightest then
    table.insert(notes, 2, words.lightest)
  end
  return { title = words.title, say = say,
    tables = { way_table(page, answer, words) }, notes = notes,
    items = witness and items_of(page, witness) }
end

return fewest
