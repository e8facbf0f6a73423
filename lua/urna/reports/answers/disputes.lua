local deadlines = require "urna.reports.answers.deadlines"
local moments = require "urna.reports.moments"
local shared = require "urna.reports.shared"

--- Disputes over an election, as a section of the report: who asked whom for
--- what, what was decided, and what is still open.
local disputes = { arrays = { disputes = true, rows = true, next = true } }

--- The election whose disputes they are, where it was named.
---@param answer urna.Disputes
---@return table contest
function disputes.name(answer)
  return answer.election or {}
end

--- What goes into JSON.
---@param answer urna.Disputes
---@return table
function disputes.data(answer)
  return { disputes = answer.list, rule = answer.rule,
    edition = answer.edition, now = answer.now }
end

-- ---- the dated list ----

-- Sentences about a request that were given, each a text of the data.
local function details(page, row, words, names)
  local said = {}
  for _, name in ipairs(names) do
    if row[name] then
      said[#said + 1] = page.locale:say(words[name],
        { text = page.locale:text(row[name]) })
    end
  end
  return said
end

local function values_of(page, row, words)
  return { by = page.locale:text(row.by), body = page.locale:text(row.body),
    asks = words.asks[row.asks],
    decision = row.decision and words.decisions[row.decision] }
end

local function step_text(page, row, words)
  return row.step and { page.locale:say(words.step,
    { step = deadlines.title(page, row.step) }) } or {}
end

local function asked_text(page, row, words)
  local said = { page.locale:say(words.asked, values_of(page, row, words)) }
  shared.append(said, details(page, row, words, { "where", "ground" }))
  shared.append(said, step_text(page, row, words))
  return said
end

-- What was asked is said here only where no row before it says it.
local function decided_text(page, row, words)
  local said = { page.locale:say(row.requested and words.decided
    or words.decided_of, values_of(page, row, words)) }
  if not row.requested then
    shared.append(said, details(page, row, words, { "where", "ground" }))
    shared.append(said, step_text(page, row, words))
  end
  shared.append(said, details(page, row, words, { "remedy" }))
  if row.final then said[#said + 1] = words.final end
  return said
end

local function event_text(page, event, words)
  local row = event.row
  local said = event.what == "asked" and asked_text(page, row, words)
    or decided_text(page, row, words)
  -- of a row with two events the later one has what belongs to both
  if event.what == "decided" or not row.decided then
    shared.append(said, details(page, row, words, { "reference", "note" }))
  end
  return table.concat(said, " ")
end

local function event_table(page, answer, words)
  local rows = {}
  for i, event in ipairs(answer.events) do
    rows[i] = { moments.text(page, event.date), event.dispute,
      event_text(page, event, words) }
  end
  return { caption = words.event_caption, rows = rows, columns = {
    shared.left(words.date), shared.left(words.dispute, true),
    shared.left(words.event, true) } }
end

-- ---- where each stands ----

local function next_text(page, one, words)
  if one.no_deadline then return words.no_deadline end
  local said = {}
  for i, deadline in ipairs(one.next) do
    said[i] = page.locale:say(deadline.result == "passed" and words.next_passed
      or words.next, { deadline = deadlines.title(page, deadline.deadline),
      time = moments.text(page, deadline.due) })
  end
  return #said > 0 and table.concat(said, "; ") or "–"
end

local function state_text(page, one, words)
  local last = one.rows[#one.rows]
  return page.locale:say(words.states[one.state],
    { body = page.locale:text(last.body) })
end

local function state_table(page, answer, words)
  local rows = {}
  for i, one in ipairs(answer.list) do
    rows[i] = { one.dispute, words.asks[one.asks],
      one.where and page.locale:text(one.where) or "–",
      state_text(page, one, words),
      answer.rule and next_text(page, one, words) or nil }
  end
  return { caption = words.state_caption, rows = rows, columns = {
    shared.left(words.dispute, true), shared.left(words.asked_for, true),
    shared.left(words.place, true), shared.left(words.state, true),
    answer.rule and shared.left(words.runs, true) or nil } }
end

-- ---- the section ----

local function said(page, answer, words)
  if #answer.list == 0 then return { words.none } end
  local values = { all = page.locale:number(#answer.list) }
  for _, state in ipairs { "open", "decided", "final" } do
    values[state] = page.locale:number(answer:count(state))
  end
  local say = { page.locale:say(words.counts, values) }
  if answer.now then
    say[2] = page.locale:say(words.now,
      { time = moments.text(page, answer.now) })
  end
  return say
end

local function notes_of(page, answer, words)
  if #answer.list == 0 then return {} end
  if not answer.rule then return { words.no_election } end
  return { page.locale:say(words.law, { rule = answer.rule,
    date = page.locale:date(answer.edition) }) }
end

-- Each source once, with the disputes that rest on it.
local function sources(page, answer, words)
  local items, of = {}, {}
  for _, row in ipairs(answer.rows) do
    if row.source and not of[row.source] then
      items[#items + 1], of[row.source] = row.source, {}
    end
    if row.source and not of[row.source][row.dispute] then
      of[row.source][row.dispute] = true
      table.insert(of[row.source], row.dispute)
    end
  end
  for i, source in ipairs(items) do
    items[i] = page.locale:say(words.source,
      { source = page.locale:text(source),
        disputes = table.concat(of[source], ", ") })
  end
  return items
end

--- The section.
---@param page urna.Page
---@param answer urna.Disputes
---@param words table
---@return table
function disputes.draw(page, answer, words)
  local tables = #answer.list > 0 and { event_table(page, answer, words),
    state_table(page, answer, words) } or {}
  return { title = words.title, say = said(page, answer, words),
    tables = tables, notes = notes_of(page, answer, words),
    items = sources(page, answer, words) }
end

return disputes
