local figures = require "urna.reports.figures"
local findings = require "urna.reports.findings"
local model = require "urna.charts.model"
local shared = require "urna.reports.shared"

--- The tables of a report, each as plain cells: { caption, columns = { {
--- title, align, wrap } }, rows = { { text, ... } }, foot = rows }. nil where
--- there is nothing to show. The first column names its row.
local tables = {}

tables.coalitions_shown = 20

local function caption(page, name)
  local _, phrase = page:base()
  return page.locale:say(page.locale.captions[name], { base = phrase })
end

local left, right = shared.left, shared.right

local function has_names(page)
  for _, list in ipairs(page.outcome.lists) do
    if not list.others
      and page.locale:name(list) ~= model.label(list, page.locale) then
      return true
    end
  end
  return false
end

local function change_cells(page, list)
  local change = page.compare.of[list.key]
  if not change then return "–", "–" end
  if change.is_new then return page.locale.words.new, "" end
  return change.seats and page.locale:signed(change.seats) or "–",
    change.points and page.locale:signed(change.points)
      .. page:points_signs(list, change.before) or "–"
end

local function result_row(page, list, named)
  local row = { page:marked_label(list) }
  if named and list.others then row[2], row.span = "", 2 end
  if named and not list.others then row[2] = page.locale:name(list) end
  row[#row + 1] = page:votes(list)
  row[#row + 1] = page:percent(list)
  row[#row + 1] = list.others and "–" or page:seats(list)
  if page.compare then
    local seats, points = change_cells(page, list)
    row[#row + 1] = seats
    if page.compare.same_base then row[#row + 1] = points end
  end
  return row
end

local function base_row(page, named, columns)
  local name = page:base()
  local total = name and page:field(name)
  if not total then return nil end
  local row = { page.locale.fields[name] or name }
  if named then row[2], row.span = "", 2 end
  row[#row + 1] = total
  row[#row + 1] = page.locale:percent("100.00")
  row[#row + 1] = page.locale:number(page.outcome.seats)
  while #row < columns do row[#row + 1] = "" end
  return row
end

--- Votes, percent of the named base, seats, and what changed.
function tables.result(page)
  local words, named = page.locale.words, has_names(page)
  local _, phrase = page:base()
  local columns = { left(words.list) }
  if named then columns[2] = left(words.name, true) end
  columns[#columns + 1] = right(words.votes)
  columns[#columns + 1] = right(phrase ~= "" and "% " .. phrase
    or words.percent)
  columns[#columns + 1] = right(words.seats)
  if page.compare then
    columns[#columns + 1] = right("± " .. words.seats)
    if page.compare.same_base then
      columns[#columns + 1] = right("± " .. words.points)
    end
  end
  local rows = {}
  for i, list in ipairs(page.outcome.lists) do
    rows[i] = result_row(page, list, named)
  end
  return { caption = caption(page, "result"), columns = columns, rows = rows,
    foot = { base_row(page, named, #columns) } }
end

local FIELDS = { "registered_voters", "voters_signed", "ballots_received",
  "ballots_unused", "ballots_in_box", "invalid_ballots", "blank_ballots",
  "valid_ballots", "valid_votes" }
local DENOMINATORS = { registered_voters = true, voters_signed = true,
  ballots_in_box = true, valid_ballots = true, valid_votes = true }

local function percent_cell(page, num, den, sign)
  local percent = num and den and figures.percent(num, den)
  return percent and page.locale:percent(percent) .. sign or "–"
end

local function turnout_row(page, name, leader)
  local text, sign = page:field(name)
  if not text then return nil end
  local value = page:value(name)
  local _, registered = page:field("registered_voters")
  local row = { page.locale.fields[name] or name, text,
    percent_cell(page, value, page:value("registered_voters"),
      sign ~= "" and sign or registered) }
  if leader then
    local mark = model.sign(model.mark(page.outcome, leader))
    row[4] = DENOMINATORS[name]
      and percent_cell(page, tonumber(leader.votes), value,
        mark ~= "" and mark or sign) or ""
  end
  return row
end

--- The denominators, and the leader's votes as a percentage of each.
function tables.turnout(page)
  local words, rows = page.locale.words, {}
  local leader = page:leaders()[1]
  if leader and not leader.votes then leader = nil end
  for _, name in ipairs(FIELDS) do
    rows[#rows + 1] = turnout_row(page, name, leader)
  end
  if #rows == 0 then return nil end
  local columns = { left("", true), right(words.count),
    right(words.of_registered) }
  if leader then
    columns[4] = right(page.locale:say(words.share_of_it,
      { list = page:label(leader) }))
  end
  return { caption = caption(page, "turnout"), columns = columns, rows = rows }
end

local function needed_cell(page, threshold)
  local locale = page.locale
  local needed = model.needed(page.outcome, threshold, locale)
  if needed then return needed end
  return threshold.share
    and locale:percent(figures.percent(threshold.share[1], threshold.share[2]))
    or "–"
end

local function threshold_row(page, list)
  local threshold = list.threshold
  local votes = list.votes and page:votes(list) or page:percent(list)
  local result = page.locale.threshold_result[threshold.result]
    or threshold.result
  if list.weight then
    result = ("%s, × %d/%d"):format(result, list.weight[1], list.weight[2])
  end
  return { page:marked_label(list), votes, needed_cell(page, threshold),
    result, (page:article(threshold.article)) }
end

-- Columns that are empty in every row are left out.
local function without_empty(found)
  local kept, columns = {}, {}
  for i, column in ipairs(found.columns) do
    local used = false
    for _, row in ipairs(found.rows) do used = used or (row[i] or "") ~= "" end
    if used then kept[#kept + 1], columns[#columns + 1] = i, column end
  end
  for r, row in ipairs(found.rows) do
    local cells = {}
    for c, i in ipairs(kept) do cells[c] = row[i] end
    found.rows[r] = cells
  end
  found.columns = columns
  return found
end

--- Each list's votes beside the votes that the threshold takes.
function tables.threshold(page)
  local words, rows = page.locale.words, {}
  for _, list in ipairs(page.outcome.lists) do
    if list.threshold then rows[#rows + 1] = threshold_row(page, list) end
  end
  if #rows == 0 then return nil end
  return without_empty { caption = caption(page, "threshold"), rows = rows,
    columns = { left(words.list), right(words.votes), right(words.needed),
      left(words.outcome), left(words.article) } }
end

-- Quotients of published shares are percentages, and small.
local function quotient_text(page, text)
  if text == figures.INFINITE then return text end
  if page.outcome.quotient_unit == "percent" then
    return page.locale:percent(text)
  end
  return page.locale:number(text)
end

local function decimals_of(page)
  return page.outcome.quotient_unit == "percent" and 4 or 2
end

local function divided(page, text, divisor, key)
  return shared.divided(page, quotient_text(page, text), divisor, key)
end

local function step_row(page, step)
  local decimals = decimals_of(page)
  local own, other = figures.quotient(step.quotient, decimals), ""
  if step.rival_quotient then
    own, other = figures.pair(step.quotient, step.rival_quotient, decimals)
  end
  local tie = step.tie and (page.locale.step[step.tie] or step.tie) or ""
  return { page.locale:number(step.seat), page:marked_label(step.list),
    divided(page, own, step.divisor, step.list),
    step.rival and page:marked_label(step.rival) or "",
    other ~= "" and divided(page, other, step.rival_divisor, step.rival)
      or "", tie, (page:article(step.article)) }
end

local LAST = 3

--- The steps that the last seats were awarded in.
---@return table[]
function tables.last_steps(page)
  local steps, found = page.outcome.steps or {}, {}
  for i = math.max(1, #steps - LAST + 1), #steps do
    if steps[i].quotient then found[#found + 1] = steps[i] end
  end
  return found
end

--- The last seats awarded.
function tables.last_seats(page)
  local rows = {}
  for i, step in ipairs(tables.last_steps(page)) do
    rows[i] = step_row(page, step)
  end
  if #rows == 0 then return nil end
  local words = page.locale.words
  return without_empty { caption = caption(page, "last_seats"), rows = rows,
    columns = { right(words.seat), left(words.list), right(words.quotient),
      left(words.rival), right(words.rival_quotient), left(words.step, true),
      left(words.article) } }
end

local function switched_cell(page, row)
  if not row.switched_short then return "" end
  return ("%s%s (%s)"):format(page.locale:number(row.switched_short),
    page:signs(row.list, row.switched_from),
    page:marked_label(row.switched_from))
end

--- The first quotients that got no seat.
function tables.next_in_line(page)
  local rows, words = {}, page.locale.words
  for i, row in ipairs(page.outcome.next_in_line or {}) do
    rows[i] = { page:marked_label(row.list),
      quotient_text(page, figures.quotient(row.quotient, decimals_of(page)))
        .. page:signs(row.list),
      row.votes_short and page.locale:number(row.votes_short)
        .. page:signs(row.list, row.switched_from) or "–",
      switched_cell(page, row) }
  end
  if #rows == 0 then return nil end
  return without_empty { caption = caption(page, "next_in_line"), rows = rows,
    columns = { left(words.list), right(words.quotient),
      right(words.votes_short), right(words.switched) } }
end

--- What each list needs for a seat more, and can lose before one goes.
function tables.closeness(page)
  local rows, words = {}, page.locale.words
  for _, list in ipairs(page.outcome.lists) do
    if list.votes_to_gain or list.votes_to_lose then
      rows[#rows + 1] = { page:marked_label(list), page:seats(list),
        list.votes_to_gain and page.locale:signed(list.votes_to_gain)
          .. page:signs(list.key) or "–",
        list.votes_to_lose and page.locale:signed(-list.votes_to_lose)
          .. page:signs(list.key) or "–" }
    end
  end
  if #rows == 0 then return nil end
  return { caption = caption(page, "closeness"), rows = rows,
    columns = { left(words.list), right(words.seats),
      right(words.votes_to_gain), right(words.votes_to_lose) } }
end

--- How far each list is from a majority.
function tables.distance(page)
  local majority, rows = page.outcome.majority, {}
  for _, row in ipairs(majority and majority.distance or {}) do
    local short = row.short == 0 and page.locale.words.has_it
      or page.locale:number(row.short)
    if row.seats > 0 then
      rows[#rows + 1] = { page:marked_label(row.list),
        page.locale:number(row.seats), short }
    end
  end
  if #rows == 0 then return nil end
  local words = page.locale.words
  return { caption = caption(page, "distance"), rows = rows,
    columns = { left(words.list), right(words.seats),
      right(words.short_of) } }
end

--- The minimal winning coalitions, the first of them.
function tables.coalitions(page)
  local majority, rows = page.outcome.majority, {}
  local shown = majority and majority.coalitions
    and majority.coalitions.shown or {}
  for i = 1, math.min(#shown, tables.coalitions_shown) do
    rows[i] = { page:labels(shown[i].lists, true),
      page.locale:number(shown[i].seats),
      page.locale:number(shown[i].surplus) }
  end
  if #rows == 0 then return nil end
  local words = page.locale.words
  return { caption = caption(page, "coalitions"), rows = rows,
    columns = { left(words.lists, true), right(words.seats),
      right(words.surplus) } }
end

-- What is missing where a check could not be made, else what follows.
local function consequence(page, row)
  if row.result ~= "UNKNOWN" then return findings.consequence(page, row) end
  local fields = findings.missing(page, row)
  return fields ~= "" and page:say("missing", { fields = fields }) or ""
end

-- Beside "holds" stands what must hold, beside "found" what is wrong.
local function check_title(page, row)
  return row.result ~= "FIRED" and page.locale.holds[row.code]
    or findings.title(page, row)
end

--- The checks of the records: outcome, how many, what the law makes of it.
function tables.checks(page)
  local rows, words = {}, page.locale.words
  local shown = findings.shown(page.checks, page.locale.holds)
  for i, row in ipairs(shown) do
    rows[i] = { row.code, check_title(page, row),
      page.locale.check_result[row.result] or row.result,
      row.result ~= "UNKNOWN" and page.locale:number(row.count or 0) or "–",
      consequence(page, row) }
  end
  if #rows == 0 then return nil end
  return { caption = caption(page, "checks"), rows = rows,
    columns = { left(words.code), left(words.check, true),
      left(words.check_outcome), right(words.found),
      left(words.consequence, true) } }
end

--- The data of the half-circle.
function tables.hemicycle(page)
  local assembly, rows = model.assembly(page.outcome), {}
  for i, wedge in ipairs(assembly.wedges) do
    rows[i] = { page:marked_label(wedge.list),
      page.locale:number(wedge.seats) }
  end
  if assembly.vacant > 0 then
    rows[#rows + 1] = { page.locale.words.vacant,
      page.locale:number(assembly.vacant) }
  end
  if #rows == 0 then return nil end
  return { caption = caption(page, "hemicycle"), rows = rows,
    columns = { left(page.locale.words.list),
      right(page.locale.words.seats) } }
end

--- The data of the bars.
function tables.bars(page)
  local compare = page.compare and page.compare.same_base and page.compare
  local bars = model.bars(page.outcome, compare and compare.outcome)
  local rows, words = {}, page.locale.words
  local _, phrase = page:base()
  for i, row in ipairs(bars.rows) do
    rows[i] = { page:marked_label(row.list), page:votes(row.list),
      page:percent(row.list) }
    local change = compare and compare.of[row.list.key]
    if compare then
      rows[i][4] = change and change.before and model.percent(compare.outcome,
        change.before, page.locale) or "–"
    end
  end
  return { caption = caption(page, "bars"), rows = rows,
    columns = { left(words.list), right(words.votes), right("% " .. phrase),
      compare and right(words.earlier) or nil } }
end

return tables
