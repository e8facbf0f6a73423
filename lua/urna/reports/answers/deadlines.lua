local moments = require "urna.reports.moments"
local shared = require "urna.reports.shared"

--- The calendar of the law's deadlines, as a section of the report.
local deadlines = { arrays = { rows = true } }

--- The contest whose deadlines they are.
---@param answer urna.Deadlines
---@return table contest
function deadlines.name(answer)
  return { name = answer.name, names = answer.names }
end

--- What goes into JSON.
---@param answer urna.Deadlines
---@return table
function deadlines.data(answer)
  return shared.some(answer, { "closing", "edition", "rows", "rule" })
end

--- A deadline's name in words; one that only a user's rule has as it is there.
---@param page urna.Page
---@param name string "summary_report"
---@return string
function deadlines.title(page, name)
  return page.locale:part("deadlines").names[name] or (name:gsub("_", " "))
end

local function period(page, row)
  if row.hours then return page.locale:count(row.hours, "hour") end
  if row.days then return page.locale:count(row.days, "day") end
  return page.locale:count(row.months, "month")
end

local function runs_from(page, row, words)
  local from = words.from[row.from] or page.locale:say(words.from_other,
    { event = deadlines.title(page, row.from) })
  return page.locale:say(words.period,
    { period = period(page, row), from = from })
end

-- The offset of the closing, which all that runs from it has too.
local function zone_of(answer)
  return answer.closing and moments.zone(answer.closing) or ""
end

local function when(page, row, words, zone)
  if row.due then return moments.text(page, row.due, zone) end
  if not row.latest then return "–" end
  return page.locale:say(words.latest,
    { time = moments.text(page, row.latest, zone) })
end

local function state(page, row, words, zone)
  if row.done_at then
    return page.locale:say(words.states[row.result],
      { time = moments.text(page, row.done_at, zone) })
  end
  if row.result then return words.states[row.result] end
  return row.waits_for and words.states.waits or ""
end

local function calendar_table(page, answer, words)
  local rows, last, zone = {}, "", zone_of(answer)
  for i, row in ipairs(answer.rows) do
    rows[i] = { when(page, row, words, zone), deadlines.title(page, row.name),
      runs_from(page, row, words), (page:article(row.article)),
      state(page, row, words, zone) }
    last = last .. rows[i][4]
  end
  local found = { caption = words.caption, rows = rows, columns = {
    shared.left(words.when), shared.left(words.deadline, true),
    shared.left(words.runs, true), shared.left(page.locale.words.article),
    shared.left(words.state, true) } }
  if last ~= "" then return found end
  for _, row in ipairs(rows) do table.remove(row, 4) end -- no article is noted
  table.remove(found.columns, 4)
  return found
end

-- The names of those with a result, and the first of them.
local function of_result(page, answer, result)
  local names, first = {}, nil
  for _, row in ipairs(answer.rows) do
    if row.result == result then
      names[#names + 1], first = deadlines.title(page, row.name), first or row
    end
  end
  return names, first
end

local function said(page, answer, words)
  local say = { page.locale:say(answer.closing and words.closing
    or words.no_closing, { time = answer.closing
    and moments.text(page, answer.closing, zone_of(answer)) or "" }) }
  if not answer.now then return say end
  local now = moments.text(page, answer.now, zone_of(answer))
  local passed = of_result(page, answer, "passed")
  say[2] = page.locale:say(#passed > 0 and words.passed or words.none_passed,
    { time = now, deadlines = table.concat(passed, ", ") })
  local _, first = of_result(page, answer, "running")
  say[3] = first and page.locale:say(words.next, {
    deadline = deadlines.title(page, first.name),
    time = moments.text(page, first.due, zone_of(answer)) })
    or words.none_running
  return say
end

local function articles(page, answer)
  local notes, seen = {}, {}
  for _, row in ipairs(answer.rows) do
    local shown, known, bare = page:article(row.article)
    if known and not seen[shown] then
      seen[shown] = true
      notes[#notes + 1] = page:say("article_known", { article = shown,
        bare = bare, how = page.locale.article[known] })
    end
  end
  return notes
end

-- What the signs of the table mean, where they stand in it.
local function legend(page, answer, words)
  local notes, zone = {}, zone_of(answer)
  local function add(text, is_so)
    for _, row in ipairs(answer.rows) do
      if is_so(row) then
        notes[#notes + 1] = text
        return
      end
    end
  end
  add(words.passed_note, function(row) return row.result == "passed" end)
  add(words.latest_note, function(row) return row.latest end)
  add(words.none_note, function(row) return not row.due and not row.latest end)
  add(words.days_note, function(row) return not row.hours end)
  notes[#notes + 1] = zone == "" and words.local_note
    or page.locale:say(words.zone_note, { zone = moments.offset(zone) })
  return notes
end

local function notes_of(page, answer, words)
  local notes = {}
  for _, row in ipairs(answer.rows) do
    if row.note then
      notes[#notes + 1] = page.locale:say(words.note, {
        deadline = deadlines.title(page, row.name),
        note = page.locale:text(row.note) })
    end
  end
  for _, text in ipairs(legend(page, answer, words)) do
    notes[#notes + 1] = text
  end
  for _, text in ipairs(articles(page, answer)) do
    notes[#notes + 1] = text
  end
  notes[#notes + 1] = page.locale:say(words.law, {
    rule = answer.rule or "–", date = page.locale:date(answer.edition),
    source = page.locale:text(answer.source or "–") })
  return notes
end

--- The section.
---@param page urna.Page
---@param answer urna.Deadlines
---@param words table
---@return table
function deadlines.draw(page, answer, words)
  return { title = words.title, say = said(page, answer, words),
    tables = { calendar_table(page, answer, words) },
    notes = notes_of(page, answer, words) }
end

return deadlines
