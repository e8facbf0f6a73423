local chart = require "urna.reports.answers.compare.chart"
local lists = require "urna.reports.answers.compare.lists"
local pages = require "urna.reports.page"
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"
local stations = require "urna.reports.answers.compare.stations"

--- Two elections compared, as a section of the report.
local compare = { arrays = { after = true, ambiguous = true, before = true,
  candidates = true, from = true, jumped = true, lists = true,
  measures = true, places = true, rows = true, to = true, units = true,
  words = true } }

local DATA = { "after", "base", "before", "has_records", "jumped", "linked",
  "links", "lists", "matches", "outliers", "places", "proposed", "turnout",
  "unmatched" }

--- A page of its own is of the election after.
---@param answer urna.Compared
---@return table
function compare.outcome(answer)
  return answer.outcomes.after
end

--- What goes into JSON.
---@param answer urna.Compared
---@param options { stations: boolean? }? the polling stations too
---@return table
function compare.data(answer, options)
  local found = shared.some(answer, DATA)
  if options and options.stations then found.units = answer:units() end
  return found
end

local function id_of(contest)
  return contest.id or contest.name and contest.date and contest.name
    .. contest.date
end

-- Whether the report has the changes since that election in its result's
-- table: then this section does not say them again.
local function is_said(page, answer)
  local said = page.compare and id_of(page.compare.contest)
  return said ~= nil and said == id_of(answer.outcomes.before.contest)
    and id_of(page.outcome.contest or {})
      == id_of(answer.outcomes.after.contest)
end

---@class urna.CompareView what each part of the section needs
---@field page urna.Page the report's
---@field locale urna.Locale
---@field words table of the section
---@field answer urna.Compared
---@field before urna.Page of the election before, for the labels of its lists
---@field after urna.Page
---@field is_said boolean whether the result's table has the changes already

local function view_of(page, answer, words)
  local view = { page = page, locale = page.locale, answer = answer,
    words = words, is_said = is_said(page, answer) }
  for _, side in ipairs { "before", "after" } do
    view[side] = pages.new(answer.outcomes[side], { locale = page.locale })
  end
  return view
end

local SIDES = { "before", "after" }

-- Which elections: "Before: City Assembly of Belgrade, ...".
local function elections(view)
  local say = {}
  for i, side in ipairs(SIDES) do
    local units = view.answer[side].units
    say[i] = view.locale:say(view.words[units and side .. "_units" or side], {
      contest = view[side]:title(),
      units = units and view.locale:count(units, "unit") })
  end
  return say
end

-- What keeps seats from being compared: an outcome that is open, or none.
local function undecided(view)
  local say = {}
  for _, side in ipairs(SIDES) do
    local about = view.answer[side]
    if about.decision ~= "decided" then
      local why = sentences.open(view[side])
      say[#say + 1] = view.locale:say(view.words["undecided_" .. side],
        { why = why[1] and table.concat(why, "; ") or about.reason or "–" })
    end
  end
  return say
end

local function kept_out(view)
  local before, after = view.answer.before.bad, view.answer.after.bad
  if before + after == 0 then return {} end
  return { view.locale:say(view.words.kept_out, {
    before = view.locale:number(before), after = view.locale:number(after) }) }
end

--- The section.
---@param page urna.Page
---@param answer urna.Compared
---@param words table
---@return table
function compare.draw(page, answer, words)
  local view = view_of(page, answer, words)
  local say, tables, notes = elections(view), lists.tables(view), {}
  for _, more in ipairs { kept_out(view), lists.say(view), undecided(view),
    stations.say(view) } do
    shared.append(say, more)
  end
  shared.append(tables, stations.tables(view))
  shared.append(notes, lists.notes(view))
  shared.append(notes, stations.notes(view))
  local items = lists.items(view)
  shared.append(items, stations.items(view))
  return { title = page.locale:say(words.title,
    { contest = view.before:title() }), say = say, tables = tables,
    chart = chart.of(view), notes = notes, items = items }
end

return compare
