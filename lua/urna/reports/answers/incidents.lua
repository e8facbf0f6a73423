local findings = require "urna.reports.findings"
local moments = require "urna.reports.moments"
local shared = require "urna.reports.shared"
local shares = require "urna.analysis.shares"

--- Reports of incidents, as a section of the report: counted, tied to records,
--- set against what a seat needs. Only what a drawn sample reported has shares.
local incidents = { arrays = { by_category = true, by_municipality = true,
  by_severity = true, by_source = true, by_window = true, codes = true,
  materiality = true, rows = true, unmatched = true } }

local FIELDS = { "category", "municipality", "severity", "source", "window" }
local SHOWN = 30 -- reports and groups of a table

--- The outcome that says what a seat needs, where results were given.
---@param answer urna.Incidents
---@return table?
function incidents.outcome(answer)
  return answer.outcome
end

--- The contest of the results, where the seats are not known.
---@param answer urna.Incidents
---@return table contest
function incidents.name(answer)
  local contest = answer.found and answer.found.results.contest or {}
  return { name = contest.name, names = contest.names }
end

--- What goes into JSON.
---@param answer urna.Incidents
---@return table
function incidents.data(answer)
  local all = { rows = answer.rows, ballots = answer.ballots,
    needed = answer.needed, unneeded = answer.unneeded, share = answer.asked,
    materiality = answer.materiality, unmatched = answer.unmatched }
  for _, field in ipairs(FIELDS) do all["by_" .. field] = answer:by(field) end
  return all
end

-- ---- words ----

local function times(text)
  local from, to = text:match("^(%d%d:%d%d)%-(%d%d:%d%d)$")
  if not from or from == to then return from or text end
  return from .. "–" .. to
end

-- The key of a group in words.
local KEYS = {
  severity = function(_, key, words) return words.severities[key] end,
  source = function(_, key, words) return words.sources[key] end,
  category = function(page, key) return page.locale:text(key) end,
  municipality = function(page, key) return page.locale:text(key) end,
  window = function(page, key)
    return key:find("^%d%d%d%d%-") and page.locale:date(key) or times(key)
  end,
}

local function key_text(page, field, key, words)
  return key == "" and words.not_said or KEYS[field](page, key, words)
end

-- ---- counts ----

local function has_published(groups)
  for _, group in ipairs(groups) do
    if group.published then return true end
  end
  return false
end

-- Of stations whose ballots nobody knows there is no number: it is not nought.
local function ballots_text(page, group)
  if group.missing == group.stations then return "–" end
  return page.locale:number(group.ballots)
    .. (group.missing > 0 and " + ?" or "")
end

local function group_row(page, group, shape, words)
  local cells = { key_text(page, shape.field, group.key, words),
    page.locale:number(group.incidents), page.locale:number(group.stations) }
  if shape.is_published then
    cells[#cells + 1] = shared.number(page, group.published)
  end
  if shape.is_weighed then
    cells[#cells + 1] = ballots_text(page, group)
  end
  if shape.field ~= "severity" then
    cells[#cells + 1] = words.severities[group.worst]
  end
  return cells
end

local function group_columns(shape, words)
  local columns = { shared.left(words.by[shape.field], true),
    shared.right(words.reports), shared.right(words.stations) }
  if shape.is_published then
    columns[#columns + 1] = shared.right(words.published)
  end
  if shape.is_weighed then
    columns[#columns + 1] = shared.right(words.ballots)
  end
  if shape.field ~= "severity" then
    columns[#columns + 1] = shared.left(words.worst, true)
  end
  return columns
end

-- A table of one group says nothing that the first sentence does not.
local function group_table(page, answer, field, words)
  local groups = answer:by(field)
  local shape = { field = field, is_published = has_published(groups),
    is_weighed = answer.ballots ~= nil }
  local rows = {}
  for i = 1, math.min(#groups, SHOWN) do
    rows[i] = group_row(page, groups[i], shape, words)
  end
  return { caption = words.captions[field], rows = rows,
    columns = group_columns(shape, words) }, #groups
end

-- ---- shares ----

local function window_text(share, words)
  if not share.from and not share.to then return words.whole_day end
  return ("%s–%s"):format(share.from or words.opening,
    share.to or words.closing)
end

local function share_row(page, share, words)
  return { page.locale:text(share.category), window_text(share, words),
    page.locale:say(words.num_of, { num = page.locale:number(share.num),
      n = page.locale:number(share.n) }),
    page.locale:percent(share.percent),
    ("%s–%s"):format(page.locale:number(share.low),
      page.locale:percent(share.high)) }
end

local function shares_of(answer)
  if answer.asked then return { answer.asked }, {} end
  return answer:shares()
end

local function share_table(page, answer, words)
  local found = shares_of(answer)
  if #found == 0 then return nil end
  local rows = {}
  for i, share in ipairs(found) do rows[i] = share_row(page, share, words) end
  return { caption = page.locale:say(words.share_caption, {
    n = page.locale:count(found[1].n, "unit") }), rows = rows, columns = {
    shared.left(words.by.category, true), shared.left(words.by.window),
    shared.right(words.num), shared.right(words.share),
    shared.right(words.interval) } }
end

local function share_remarks(page, share, words)
  local notes = {}
  for _, name in ipairs { "outside", "untimed" } do
    if share[name] > 0 then
      notes[#notes + 1] = page.locale:say(words[name], {
        category = page.locale:text(share.category),
        count = page.locale:count(share[name], "report") })
    end
  end
  return notes
end

-- The design effect, where the shares of a page do not share one, is that of
-- each: clusters differ from category to category.
local function method_note(page, found, words)
  local least, most = found[1].effect, found[1].effect
  for _, share in ipairs(found) do
    least, most = math.min(least, share.effect), math.max(most, share.effect)
  end
  if most == 1 then return words.wilson end
  return page.locale:say(least == most and words.wilson_effect
    or words.wilson_effects, {
      least = page.locale:number(shares.fixed(least, 2)),
      most = page.locale:number(shares.fixed(most, 2)) })
end

local function share_notes(page, answer, words)
  local found, refused = shares_of(answer)
  local notes = { #found > 0 and method_note(page, found, words) or nil }
  for _, share in ipairs(found) do
    shared.append(notes, share_remarks(page, share, words))
  end
  for _, one in ipairs(refused) do
    notes[#notes + 1] = page.locale:say(words.refused[one.code],
      { category = page.locale:text(one.category) })
  end
  return notes
end

-- ---- what the stations hold ----

local function weight_cells(page, group, words)
  if not group.times or group.stations == 0 then return { "–", "–" } end
  return { page.locale:number(group.times), group.could_move and words.could
    or group.could_move == nil and words.could_unknown or words.could_not }
end

local function materiality_table(page, answer, words)
  if #answer.materiality == 0 then return nil end
  local rows = {}
  for i, group in ipairs(answer.materiality) do
    rows[i] = { words.severities[group.severity],
      page.locale:number(group.stations), ballots_text(page, group),
      page.locale:number(group.missing),
      shared.number(page, group.registered) }
    shared.append(rows[i], weight_cells(page, group, words))
  end
  return { caption = words.materiality_caption, rows = rows, columns = {
    shared.left(words.severity_up, true), shared.right(words.stations),
    shared.right(words.ballots), shared.right(words.missing),
    shared.right(words.registered), shared.right(words.times),
    shared.left(words.against_seat, true) } }
end

local function needed_sentence(page, answer, words)
  local needed = answer.needed
  if not needed then
    local is_open = answer.outcome and answer.outcome.decision ~= "decided"
    return is_open and words.needed_open or words.needed_unknown
  end
  return page.locale:say(words[needed.how], {
    votes = page.locale:count(needed.votes, "vote"),
    list = needed.list and page:label(needed.list) or "–" })
end

-- ---- the reports themselves ----

local function place_of(page, row)
  local place = row.unit or row.station or row.place
  if place and not row.unit and not row.station and row.municipality then
    place = row.municipality .. ": " .. page.locale:text(place)
  end
  return place or row.municipality or "–"
end

local function listed(answer)
  local found = {}
  for _, row in ipairs(answer.rows) do
    if not row.stations then found[#found + 1] = row end
  end
  return found
end

-- What none of the rows has is no column.
local function optional(rows, name)
  for _, row in ipairs(rows) do
    if row[name] then return true end
  end
  return false
end

local function report_columns(rows, words)
  local columns = { shared.left(words.when), shared.left(words.place, true),
    shared.left(words.reported, true), shared.left(words.by.severity, true),
    shared.left(words.by.source, true) }
  if optional(rows, "provision") then
    columns[#columns + 1] = shared.left(words.provision)
  end
  if optional(rows, "codes") then
    columns[#columns + 1] = shared.left(words.codes, true)
  end
  return columns
end

local function report_row(page, row, rows, words)
  local cells = { moments.stretch(page, row.from, row.to),
    place_of(page, row), page.locale:text(row.category),
    words.severities[row.severity], words.source[row.source] }
  if optional(rows, "provision") then
    cells[#cells + 1] = row.provision or "–"
  end
  if optional(rows, "codes") then
    cells[#cells + 1] = row.codes and table.concat(row.codes, ", ") or "–"
  end
  return cells
end

local function report_table(page, answer, words)
  local all, rows = listed(answer), {}
  for i = 1, math.min(#all, SHOWN) do
    rows[i] = report_row(page, all[i], all, words)
  end
  if #rows == 0 then return nil end
  return { caption = answer.ballots and words.tied_caption
    or words.list_caption, rows = rows,
    columns = report_columns(all, words) }
end

-- What the codes beside the reports mean, each once.
local function code_notes(page, answer)
  local notes, seen = {}, {}
  for _, row in ipairs(answer.rows) do
    for _, code in ipairs(row.codes or {}) do
      if not seen[code] then
        seen[code] = true
        notes[#notes + 1] = ("%s: %s"):format(code, findings.title(page,
          { code = code, title = answer.titles[code] }))
      end
    end
  end
  table.sort(notes) -- by their codes
  return notes
end

-- ---- the section ----

local function source_sentence(page, answer, words)
  local parts = {}
  for i, group in ipairs(answer:by("source")) do
    parts[i] = page.locale:say(words.source_part, {
      source = words.sources[group.key],
      count = page.locale:number(group.incidents) })
  end
  return page.locale:say(words.by_source, { parts = table.concat(parts, ", ") })
end

local function said(page, answer, words)
  if #answer.rows == 0 then return { words.none } end
  local say = { page.locale:say(words.count,
    { count = page.locale:count(#answer.rows, "report") }),
    source_sentence(page, answer, words) }
  if #answer.materiality > 0 then
    say[3] = needed_sentence(page, answer, words)
  end
  return say
end

local function notes_of(page, answer, words)
  if #answer.rows == 0 then return {} end
  local notes = { words.counts_note, words.no_share }
  shared.append(notes, share_notes(page, answer, words))
  if answer.ballots then
    notes[#notes + 1] = page.locale:say(words.ballots_note, {
      field = page.locale.fields[answer.ballots] or words.votes_of_lists })
    notes[#notes + 1] = words.materiality_note
  end
  shared.append(notes, code_notes(page, answer))
  if #listed(answer) > SHOWN then
    notes[#notes + 1] = page.locale:say(words.shown,
      { shown = page.locale:number(SHOWN) })
  end
  return notes
end

local function unmatched_items(page, answer, words)
  local items = {}
  for i, err in ipairs(answer.unmatched) do
    items[i] = page.locale:say(words[err.code] or words.unknown_place,
      { station = err.text })
  end
  return items
end

-- Municipalities and windows only where there are several.
local function tables_of(page, answer, words)
  local tables = {}
  if #answer.rows == 0 then return tables end
  for _, field in ipairs { "category", "severity", "municipality", "window" }
  do
    local found, count = group_table(page, answer, field, words)
    if count > 1 or field == "category" then tables[#tables + 1] = found end
  end
  for _, draw in ipairs { share_table, materiality_table, report_table } do
    tables[#tables + 1] = draw(page, answer, words)
  end
  return tables
end

--- The section.
---@param page urna.Page
---@param answer urna.Incidents
---@param words table
---@return table
function incidents.draw(page, answer, words)
  return { title = words.title, say = said(page, answer, words),
    tables = tables_of(page, answer, words),
    notes = notes_of(page, answer, words),
    items = unmatched_items(page, answer, words) }
end

return incidents
