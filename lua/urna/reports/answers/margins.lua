local compat = require "urna.compat"
local figures = require "urna.reports.figures"
local ladder = require "urna.charts.ladder"
local palette = require "urna.charts.palette"
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"
local tables = require "urna.reports.tables"

--- How few votes would have changed something, as a section of the report.
local margins = { arrays = { last = true, following = true,
  next_in_line = true, rows = true, moved = true, coalition = true,
  lists = true, tied = true } }

--- The outcome whose margins they are.
---@param answer urna.Margins
---@return table
function margins.outcome(answer)
  return answer.outcome
end

--- What goes into JSON.
---@param answer urna.Margins
---@return table
function margins.data(answer)
  return shared.some(answer, { "seats", "majority", "last", "following",
    "next_in_line", "rows", "is_held", "lists" })
end

-- ---- words of a way ----

-- Who gives or gets votes: the lists in their order, or the most votes first.
local function parts_of(page, map, is_by_votes)
  local parts = {}
  for i, list in ipairs(page.outcome.lists) do
    if map[list.key] then
      parts[#parts + 1] = { key = list.key, votes = map[list.key], i = i }
    end
  end
  if is_by_votes then
    table.sort(parts, function(a, b)
      if a.votes ~= b.votes then return a.votes > b.votes end
      return a.i < b.i
    end)
  end
  return parts
end

local NAMED = 3

-- "A, B and C", or of more "A, B, C and 4 more".
local function joined(page, texts)
  if #texts <= NAMED + 1 then return page.locale:join(texts) end
  return ("%s %s"):format(table.concat(texts, ", ", 1, NAMED),
    page.locale:count(#texts - NAMED, "more"))
end

local function shared_by(page, map)
  local parts, texts = parts_of(page, map, true), {}
  for i, part in ipairs(parts) do
    texts[i] = #parts == 1 and page:label(part.key)
      or ("%s (%s)"):format(page:label(part.key),
        page.locale:number(part.votes))
  end
  return joined(page, texts)
end

-- A number stays on the line of its list.
local NO_BREAK = "\194\160"

-- What moves, in the order of the lists, or the most seats first.
local function changes_of(answer, row, is_by_seats)
  local changes = answer:changes(row)
  for i, change in ipairs(changes) do change.i = i end
  if is_by_seats then
    table.sort(changes, function(a, b)
      local left, right = math.abs(a.seats), math.abs(b.seats)
      if left ~= right then return left > right end
      return a.i < b.i
    end)
  end
  return changes
end

-- "SPAS +1", "SNS −1"; what a tie leaves open stands behind.
local function change_texts(page, answer, row, words, is_by_seats)
  local texts, open = {}, row.witness.open_after
  for i, change in ipairs(changes_of(answer, row, is_by_seats)) do
    texts[i] = page:label(change.list) .. NO_BREAK
      .. page.locale:signed(change.seats)
  end
  if open then
    texts[#texts + 1] = page.locale:say(words.open, {
      count = page.locale:count(open.left, "seat"),
      lists = page:labels(open.tied) })
  end
  if #texts == 0 then texts[1] = words.no_seat end
  return texts
end

-- Votes that rest on marked figures have their signs.
local function signed_votes(page, row)
  local keys, witness = {}, row.witness or { from = {}, to = {} }
  for i, list in ipairs(page.outcome.lists) do
    local is_moved = witness.from[list.key] or witness.to[list.key]
    keys[i] = is_moved and list.key or ""
  end
  return page.locale:number(row.votes) .. page:signs(compat.unpack(keys))
end

local function votes_text(page, row)
  return ("%s %s"):format(signed_votes(page, row),
    page.locale:plural(row.votes, "vote"))
end

-- ---- sentences ----

-- A quotient and its rival's, told apart; "" where there is none.
local function quotients_of(row)
  if not row.rival then return figures.quotient(row.quotient), "" end
  return figures.pair(row.quotient, row.rival_quotient)
end

local function last_said(page, answer, words)
  local last = answer.last[#answer.last]
  if not last then return nil end
  local own, other = quotients_of(last)
  local values = { seat = page.locale:number(last.seat),
    list = page:label(last.list), quotient = page.locale:number(own) }
  if not last.rival then return page.locale:say(words.last_alone, values) end
  values.rival_quotient = page.locale:number(other)
  values.rival = page:label(last.rival)
  return page.locale:say(words.last, values)
end

local function lists_of(page, row)
  return row.coalition and page:labels(row.coalition)
    or row.list and page:label(row.list) or ""
end

local function row_said(page, answer, row, words)
  local form = words[row.question == "seat" and "seat" or row.to][row.by]
  return page.locale:say(form, { votes = votes_text(page, row),
    from = shared_by(page, row.witness.from),
    to = shared_by(page, row.witness.to), lists = lists_of(page, row),
    needed = row.majority and page.locale:number(row.majority) or "",
    seats = joined(page, change_texts(page, answer, row, words, true)) })
end

local SIDES = { "above", "below" }

local function crossed_said(page, answer, row, words)
  local say = {}
  for _, side in ipairs(SIDES) do
    local keys = answer:crossed(row, side)
    if #keys > 0 then
      local form = row.thresholds == "fixed" and "held_" .. side or side
      say[#say + 1] = page.locale:say(words[form],
        { lists = page:labels(keys) })
    end
  end
  return say
end

local SAID = { seat = true, majority = true, coalition = true }

-- The same with the thresholds fixed follows at once, and is told where it
-- differs.
local function is_follow_up(row, before)
  return before ~= nil and row.thresholds == "fixed"
    and before.thresholds == "free" and before.votes ~= nil
end

local function answer_said(page, answer, row, before, words)
  if not SAID[row.question] or not row.votes then return {} end
  if not is_follow_up(row, before) then
    local say = { row_said(page, answer, row, words) }
    shared.append(say, crossed_said(page, answer, row, words))
    return say
  end
  if row.votes == before.votes then return {} end
  return { page.locale:say(words.fixed, { votes = votes_text(page, row) }) }
end

local function said(page, answer, words)
  local say = { last_said(page, answer, words) }
  if answer.is_held then
    say[#say + 1] = page.locale:say(words.held,
      { base = page.locale.fields[answer.outcome.base.name] })
  end
  for i, row in ipairs(answer.rows) do
    shared.append(say,
      answer_said(page, answer, row, answer.rows[i - 1], words))
  end
  return say
end

-- ---- tables ----

local function asked_text(page, row, words)
  local list = lists_of(page, row)
  local forms = { seat = words.any, gain = words.gain, lose = words.lose,
    above = words.gets_above, below = words.gets_below,
    make = words.has_majority, ["break"] = words.no_majority }
  return page.locale:say(forms[row.to or row.question], { list = list })
end

local function how_text(answer, row, words)
  local is_held = row.thresholds == "fixed" and not answer.is_held
  return (is_held and words.by_fixed or words.by)[row.by]
end

local function number_text(page, row)
  if row.votes then return signed_votes(page, row) end
  return row.gave_up and "≥ " .. page.locale:number(row.gave_up) or "–"
end

local function side_text(page, map)
  local parts, texts = parts_of(page, map), {}
  for i, part in ipairs(parts) do
    texts[i] = #parts == 1 and page:label(part.key)
      or page:label(part.key) .. NO_BREAK .. page.locale:number(part.votes)
  end
  return table.concat(texts, ", ")
end

local function way_text(page, row)
  if not row.witness then return "" end
  local from, to = side_text(page, row.witness.from),
    side_text(page, row.witness.to)
  return (from ~= "" and from .. " →" or "→")
    .. (to ~= "" and " " .. to or "")
end

local function seats_text(page, answer, row, words)
  if not row.witness then return "" end
  local text = table.concat(change_texts(page, answer, row, words), ", ")
  for _, side in ipairs(SIDES) do
    local keys = answer:crossed(row, side)
    if #keys > 0 then
      text = ("%s; %s"):format(text, page.locale:say(words["crossed_" .. side],
        { lists = page:labels(keys) }))
    end
  end
  return text
end

local function tie_text(page, row)
  if row.tie_unsettled then return "?" end
  return row.tie and page.locale:number(row.tie) or ""
end

local function answer_row(page, answer, row, words, has_ties)
  local cells = { asked_text(page, row, words), how_text(answer, row, words),
    number_text(page, row) }
  if has_ties then cells[4] = tie_text(page, row) end
  cells[#cells + 1] = way_text(page, row)
  cells[#cells + 1] = seats_text(page, answer, row, words)
  return cells
end

local GROUPS = { { caption = "seat_caption", seat = true },
  { caption = "list_caption", gain = true, lose = true },
  { caption = "threshold_caption", threshold = true },
  { caption = "majority_caption", majority = true, coalition = true } }

local function has_ties(rows)
  for _, row in ipairs(rows) do
    if row.tie or row.tie_unsettled then return true end
  end
  return false
end

local function group_table(page, answer, group, words)
  local chosen, rows = {}, {}
  for _, row in ipairs(answer.rows) do
    if group[row.question] then chosen[#chosen + 1] = row end
  end
  if #chosen == 0 then return nil end
  local ties = has_ties(chosen)
  for i, row in ipairs(chosen) do
    rows[i] = answer_row(page, answer, row, words, ties)
  end
  local columns = { shared.left(words.asked, true), shared.left(words.how),
    shared.right(words.votes), ties and shared.right(words.tie) or nil }
  columns[#columns + 1] = shared.left(words.way, true)
  columns[#columns + 1] = shared.left(words.seats, true)
  return { caption = words[group.caption], columns = columns, rows = rows }
end

local function divided(page, text, divisor, key)
  return shared.divided(page, page.locale:number(text), divisor, key)
end

local function last_row(page, row)
  local own, other = quotients_of(row)
  return { page.locale:number(row.seat), page:marked_label(row.list),
    divided(page, own, row.divisor, row.list),
    row.rival and page:marked_label(row.rival) or "–",
    row.rival and divided(page, other, row.rival_divisor, row.rival) or "–",
    row.tie and (page.locale.step[row.tie] or row.tie) or nil }
end

local function last_table(page, answer, words)
  local rows, has_tie = {}, false
  for i, row in ipairs(answer.last) do
    rows[i] = last_row(page, row)
    has_tie = has_tie or row.tie ~= nil
  end
  if #rows == 0 then return nil end
  for _, row in ipairs(has_tie and rows or {}) do row[6] = row[6] or "" end
  return { caption = words.last_caption, rows = rows, columns = {
    shared.right(words.seat_column), shared.left(words.list),
    shared.right(words.quotient), shared.left(words.rival),
    shared.right(words.rival_quotient),
    has_tie and shared.left(page.locale.words.step, true) or nil } }
end

-- In the report of the outcome those next in line stand already.
local function tables_of(page, answer, words)
  local found = {}
  found[1] = last_table(page, answer, words)
  if page.is_alone and #answer.next_in_line > 0 then
    found[#found + 1] = tables.next_in_line(page)
  end
  for _, group in ipairs(GROUPS) do
    found[#found + 1] = group_table(page, answer, group, words)
  end
  return found
end

-- ---- the chart ----

local MOST_DECIMALS = 5

-- As many decimals as it takes to tell neighbours apart that are not equal.
local function decimals_of(rows)
  local decimals = 2
  for i = 2, #rows do
    local a, b = rows[i - 1].quotient, rows[i].quotient
    while decimals < MOST_DECIMALS and (a[1] ~= b[1] or a[2] ~= b[2])
      and figures.quotient(a, decimals) == figures.quotient(b, decimals) do
      decimals = decimals + 1
    end
  end
  return decimals
end

local function rungs_of(page, answer)
  local rows, rungs, colour_of = {}, {}, {}
  shared.append(rows, answer.last)
  shared.append(rows, answer.following)
  for i, colour in ipairs(palette.assign(page.outcome.lists)) do
    colour_of[page.outcome.lists[i].key] = colour
  end
  local decimals = decimals_of(rows)
  for i, row in ipairs(rows) do
    rungs[i] = { number = page.locale:number(row.seat), list = row.list,
      label = ("%s ÷ %s"):format(page:marked_label(row.list),
        shared.divisor(page, row.divisor)),
      value = page.locale:number(figures.quotient(row.quotient, decimals))
        .. page:signs(row.list),
      size = row.quotient[1] / row.quotient[2],
      colour = colour_of[row.list], is_awarded = i <= #answer.last }
  end
  return rungs
end

local function told(page, rungs, is_awarded, words)
  local texts = {}
  for _, rung in ipairs(rungs) do
    if rung.is_awarded == is_awarded then
      texts[#texts + 1] = page.locale:say(words.rung,
        { list = rung.label, quotient = rung.value })
    end
  end
  return #texts > 0 and table.concat(texts, "; ") or "–"
end

local function ladder_table(rungs, words)
  local rows = {}
  for i, rung in ipairs(rungs) do
    rows[i] = { rung.is_awarded and rung.number or "–", rung.label,
      rung.value }
  end
  return { caption = words.ladder_caption, rows = rows, columns = {
    shared.right(words.seat_column), shared.left(words.list),
    shared.right(words.quotient) } }
end

local function chart(page, answer, words)
  local rungs = rungs_of(page, answer)
  if #rungs == 0 then return nil end
  local seats = page.locale:count(answer.seats, "seat")
  local model = { rungs = rungs, line = seats,
    title = page.locale:say(words.ladder_title, { contest = page:title() }),
    description = page.locale:say(words.ladder, { seats = seats,
      awarded = told(page, rungs, true, words),
      following = told(page, rungs, false, words) }) }
  return { table = ladder_table(rungs, words),
    svg = function() return ladder.svg(model) end,
    text = function(settings)
      return ("%s\n\n%s"):format(words.ladder_caption,
        ladder.text(model, settings))
    end }
end

-- ---- notes ----

local function any(answer, test)
  for _, row in ipairs(answer.rows) do
    if test(row, answer) then return true end
  end
  return false
end

local function is_threshold(row)
  return row.question == "threshold"
end

local NOTES = {
  { "how_note", function() return true end },
  { "fixed_note", function(row, answer)
    return row.thresholds == "fixed" and not answer.is_held
  end },
  { "tie_note", function(row) return row.tie ~= nil end },
  { "unsettled_note", function(row) return row.tie_unsettled end },
  { "none_note", function(row) return row.why and not row.gave_up end },
  { "gave_up_note", function(row) return row.gave_up end },
}

local function notes_of(page, answer, words)
  local notes = {}
  for _, note in ipairs(NOTES) do
    if any(answer, note[2]) then notes[#notes + 1] = words[note[1]] end
  end
  if not answer.lists and any(answer, is_threshold) then
    notes[#notes + 1] = words.near_note
  end
  local signs = page:all_signs()
  if page.is_alone then
    shared.append(notes, sentences.notes(page))
  elseif signs ~= "" then
    notes[#notes + 1] = page:say("rests_on", { signs = signs })
  end
  return notes
end

local function undone_of(page, answer, words)
  local items = {}
  for _, row in ipairs(answer.rows) do
    if row.undone then
      items[#items + 1] = page.locale:say(words.undone, {
        asked = asked_text(page, row, words),
        how = how_text(answer, row, words),
        votes = page.locale:count(row.undone.votes, "vote"),
        list = page:label(row.undone.list) })
    end
  end
  return items
end

--- The section.
---@param page urna.Page
---@param answer urna.Margins
---@param words table
---@return table
function margins.draw(page, answer, words)
  return { title = words.title, say = said(page, answer, words),
    tables = tables_of(page, answer, words),
    chart = chart(page, answer, words),
    notes = notes_of(page, answer, words),
    items = undone_of(page, answer, words) }
end

return margins
