local excerpt = require "urna.reports.excerpt"
local model = require "urna.charts.model"
local shared = require "urna.reports.shared"

--- What became of the lists, their swing, votes and seats, in the words of a
--- report.
local lists = {}

local SIDES = { "before", "after" }

-- ---- the parts of a row ----

local function joined(page, keys)
  local labels = {}
  for i, key in ipairs(keys) do labels[i] = page:marked_label(key) end
  return table.concat(labels, " + ")
end

--- A group of lists: "SNS + SPS → SNS", or one name where it stayed.
---@param view urna.CompareView
---@param row { from: string[], to: string[] }
---@return string
function lists.label(view, row)
  local from, to = joined(view.before, row.from), joined(view.after, row.to)
  if from == "" or from == to then return to end
  return to == "" and from or from .. " → " .. to
end

--- The marks of a share: of its votes, and of what it is of.
---@param view urna.CompareView
---@param side "before"|"after"
---@return string[] "recalled", "estimate" ...
function lists.marks(view, row, side)
  local own = row.marks and row.marks[side]
  local found = { own }
  found[#found + 1] = view.answer.base[side].mark
  return found
end

-- The signs of shares, each once.
local function signs(view, row, ...)
  local found = ""
  for _, side in ipairs { ... } do
    for _, mark in ipairs(lists.marks(view, row, side)) do
      local sign = model.sign(mark)
      if not found:find(sign, 1, true) then found = found .. sign end
    end
  end
  return found
end

--- A share with its signs.
---@param view urna.CompareView
---@param side "before"|"after"
---@return string "43.70%‡", "–" where it is not known
function lists.share(view, row, side)
  local share = row.share[side]
  return share and view.locale:percent(share.percent) .. signs(view, row, side)
    or "–"
end

--- Points as the analysis has them, "+13.46", in the language.
---@param view urna.CompareView
---@param points string
---@return string
function lists.signed(view, points)
  return view.locale:signed((points:gsub("^%+", "")))
end

--- The swing in points; both ends, where a total is known within bounds.
---@param view urna.CompareView
---@return string? "+13.46", nil where it is not known
function lists.points(view, row)
  local min, max = row.points_min, row.points_max
  if min and min ~= max then
    return view.locale:say(view.words.between, {
      min = lists.signed(view, min), max = lists.signed(view, max) })
      .. signs(view, row, "before", "after")
  end
  local points = row.share.change and row.share.change.points or min
  return points and lists.signed(view, points)
    .. signs(view, row, "before", "after") or nil
end

--- What became of a group, in words.
---@param view urna.CompareView
---@return string "merged", "only before, not matched"
function lists.kind(view, row)
  local kind = row.kind
  if kind == "unmatched" then
    kind = #row.to == 0 and "unmatched_before" or "unmatched_after"
  end
  local text = view.words.kinds[kind]
  if row.by == "name" then text = text .. ", " .. view.words.by_name end
  return row.note and text .. "; " .. row.note or text
end

-- ---- what is known ----

-- Whether any list has that of the one election or the other.
local function is_known(view, name)
  for _, row in ipairs(view.answer.lists) do
    if row[name].before or row[name].after then return true end
  end
  return false
end

--- What the shares are of.
---@param view urna.CompareView
---@return string? "of ballots in the box", nil where no share is known
function lists.base(view)
  local name = is_known(view, "share") and view.answer.base.name
  return name and (view.locale.of[name] or view.words.of[name]) or nil
end

---@param view urna.CompareView
---@return string
function lists.caption(view)
  local base = lists.base(view)
  return base and view.locale:say(view.words.shares_caption, { base = base })
    or view.words.no_shares_caption
end

-- What the result's table says of a list that stayed is not said again.
local function is_said(view, row)
  return view.is_said and row.by == "key"
end

-- ---- tables ----

-- A table of the groups: columns of each part, and its cells of a group.
local function table_of(view, caption, parts)
  local found = { caption = caption, rows = {},
    columns = { shared.left(view.words.lists, true) } }
  for _, part in ipairs(parts) do shared.append(found.columns, part.columns) end
  for _, row in ipairs(view.answer.lists) do
    local cells = { lists.label(view, row) }
    for _, part in ipairs(parts) do shared.append(cells, part.cells(row)) end
    found.rows[#found.rows + 1] = cells
  end
  return #found.rows > 0 and found or nil
end

local function share_part(view)
  local words = view.words
  return { columns = { shared.right(words.share_before),
    shared.right(words.share_after), shared.right(words.points) },
    cells = function(row)
      return { lists.share(view, row, "before"),
        lists.share(view, row, "after"), lists.points(view, row) or "–" }
    end }
end

local function kind_part(view)
  return { columns = { shared.left(view.words.kind, true) },
    cells = function(row) return { lists.kind(view, row) } end }
end

local function shares_table(view)
  local parts = { kind_part(view) }
  if lists.base(view) then table.insert(parts, 1, share_part(view)) end
  return table_of(view, lists.caption(view), parts)
end

local function votes(view, row, side)
  local mark = row.marks and row.marks[side]
  return shared.number(view.page, row.votes[side]) .. model.sign(mark)
end

local function votes_part(view)
  local words = view.words
  return { columns = { shared.right(words.votes_before),
    shared.right(words.votes_after), shared.right(words.change) },
    cells = function(row)
      return { votes(view, row, "before"), votes(view, row, "after"),
        shared.signed(view.page, row.votes.change) }
    end }
end

local function seats_part(view)
  local words = view.words
  return { columns = { shared.right(words.seats_before),
    shared.right(words.seats_after), shared.right(words.change) },
    cells = function(row)
      local seats = row.seats or {}
      return { shared.number(view.page, seats.before),
        shared.number(view.page, seats.after),
        shared.signed(view.page, seats.change) }
    end }
end

local function seats_table(view)
  local parts = { seats_part(view) }
  if is_known(view, "votes") then table.insert(parts, 1, votes_part(view)) end
  return table_of(view, #parts > 1 and view.words.votes_caption
    or view.words.seats_caption, parts)
end

--- Shares with the swing; votes and seats.
---@param view urna.CompareView
---@return table[]
function lists.tables(view)
  return { shares_table(view), seats_table(view) }
end

-- ---- sentences ----

local function base_sentence(view)
  local base = lists.base(view)
  if not view.answer.base.name then return view.words.no_base end
  if not base then return view.words.no_shares end
  return view.locale:say(view.words.base, { base = base })
end

local function turnout_sentence(view)
  local turnout, words = view.answer.turnout, view.words
  if not turnout or not turnout.change then return words.no_turnout end
  local marks = turnout.marks or {}
  local values = { came = words.came[turnout.base],
    points = lists.signed(view, turnout.change.points) }
  for _, side in ipairs(SIDES) do
    values[side] = view.locale:percent(turnout[side].percent)
      .. model.sign(marks[side])
  end
  return view.locale:say(words.turnout, values)
end

-- Groups whose seats changed: "SNS +15, BB −2".
local function seats_sentence(view, sentence, is_wanted)
  local texts = {}
  for _, row in ipairs(view.answer.lists) do
    local change = row.seats and row.seats.change
    if change and is_wanted(change) and not is_said(view, row) then
      texts[#texts + 1] = lists.label(view, row) .. " "
        .. view.locale:signed(change)
    end
  end
  if #texts == 0 then return nil end
  return view.locale:say(sentence, { lists = table.concat(texts, ", ") })
end

local function assembly_sentence(view)
  local before, after = view.answer.before.seats, view.answer.after.seats
  if not before or not after or before == after then return nil end
  return view.locale:say(view.words.assembly, {
    before = view.locale:count(before, "seat"),
    after = view.locale:count(after, "seat") })
end

local function unmatched_sentence(view, side)
  local keys = view.answer.unmatched.lists[side]
  if #keys == 0 or view.is_said and side == "before" then return nil end
  local texts = {}
  for i, key in ipairs(keys) do texts[i] = view[side]:label(key) end
  return view.locale:say(view.words["lists_only_" .. side],
    { lists = table.concat(texts, ", ") })
end

--- What shares are of, turnout, seats gained and lost, lists not matched.
---@param view urna.CompareView
---@return string[]
function lists.say(view)
  local words, say = view.words, {}
  local function add(sentence) say[#say + 1] = sentence end
  add(base_sentence(view))
  add(turnout_sentence(view))
  add(assembly_sentence(view))
  add(seats_sentence(view, words.gained, function(n) return n > 0 end))
  add(seats_sentence(view, words.lost, function(n) return n < 0 end))
  for _, side in ipairs(SIDES) do add(unmatched_sentence(view, side)) end
  return say
end

-- ---- notes ----

-- The signs that the section's figures have, and what they mean.
local function sign_notes(view, notes)
  local seen = {}
  local function add(mark)
    if not mark or seen[mark] then return end
    seen[mark] = true
    notes[#notes + 1] = view.locale:say(view.words.sign, {
      sign = model.sign(mark), mark = view.locale.mark[mark] or mark })
  end
  for _, side in ipairs(SIDES) do
    for _, row in ipairs(view.answer.lists) do
      add(row.marks and row.marks[side])
    end
    add(view.answer.base[side].mark)
    add(view.answer.turnout and (view.answer.turnout.marks or {})[side])
  end
end

local function bounds_note(view, side)
  local base = view.answer.base[side]
  if not base.min or base.min == base.max then return nil end
  return view.locale:say(view.words["bounds_" .. side], {
    what = view.locale.fields[view.answer.base.name],
    interval = view.locale:interval(base.min, base.max) })
end

local function others_note(view, side)
  local others = view.answer[side].others
  if not others or not others.lists then return nil end
  return view.locale:say(view.words["others_" .. side],
    { lists = view.locale:count(others.lists, "list") })
end

local function has_bounds(view)
  for _, row in ipairs(view.answer.lists) do
    if row.points_min ~= row.points_max then return true end
  end
  return false
end

local function has_minority(view)
  for _, side in ipairs(SIDES) do
    for _, list in ipairs(view[side].outcome.lists) do
      if list.minority then return true end
    end
  end
  return false
end

--- What the signs mean, what is known within bounds, what a list that is not
--- matched may be.
---@param view urna.CompareView
---@return string[]
function lists.notes(view)
  local unmatched, notes = view.answer.unmatched.lists, {}
  local function add(sentence) notes[#notes + 1] = sentence end
  if view.page.is_alone and has_minority(view) then
    add(view.page:say("minority"))
  end
  sign_notes(view, notes)
  if lists.base(view) then add(view.words.points_note) end
  if has_bounds(view) then add(view.words.between_note) end
  for _, side in ipairs(SIDES) do add(bounds_note(view, side)) end
  if #unmatched.before + #unmatched.after > 0 then
    add(view.words.unmatched_note)
  end
  for _, side in ipairs(SIDES) do add(others_note(view, side)) end
  return notes
end

--- Links of lists that are only proposed.
---@param view urna.CompareView
---@return string[]
function lists.items(view)
  local words, items = view.words, {}
  excerpt.add(view.page, items, view.answer.proposed.lists, function(link)
    local values = { lists = lists.label(view, link),
      kind = words.kinds[link.kind],
      words = link.words and table.concat(link.words, ", ") }
    return view.locale:say(link.words and words.proposed_by_name
      or words.proposed_by_size, values)
  end, words)
  return items
end

return lists
