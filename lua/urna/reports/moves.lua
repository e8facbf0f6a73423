local model = require "urna.charts.model"
local ratio = require "urna.charts.words".ratio
local sentences = require "urna.reports.sentences"
local shared = require "urna.reports.shared"

--- What the sections have in common that set one result beside another: seats
--- that move, the threshold, lists that cross it, stations by name.
local moves = {}

local function words_of(page)
  return page.locale:part("moves")
end

--- An outcome as plain data.
---@param outcome table
---@return table
function moves.outcome(outcome)
  local lists = {}
  for i, list in ipairs(outcome.lists) do
    lists[i] = shared.some(list, { "key", "votes", "seats" })
  end
  return { decision = outcome.decision, base = outcome.base, lists = lists }
end

--- Changes by list, in short.
---@param page urna.Page
---@param rows { list: string, seats: integer }[]
---@return string "SNS −1, SPS +1"; "–" where there is none
function moves.short(page, rows)
  local parts = {}
  for i, row in ipairs(rows) do
    parts[i] = ("%s %s"):format(page:label(row.list),
      page.locale:signed(row.seats))
  end
  return #parts > 0 and table.concat(parts, ", ") or "–"
end

-- One seat that goes from one list to another: the two, winner first.
local function exchange(rows)
  local a, b = rows[1], rows[2]
  if #rows ~= 2 or math.abs(a.after - a.before) ~= 1
    or a.after + b.after ~= a.before + b.before then
    return nil
  end
  if a.after > a.before then return a, b end
  return b, a
end

local function move_text(page, row, words)
  return page.locale:say(words.move, { list = page:label(row.list),
    change = page.locale:signed(row.after - row.before),
    before = page.locale:number(row.before),
    after = page.locale:number(row.after) })
end

--- Which seats move.
---@param page urna.Page
---@param rows { list: string, before: integer, after: integer }[] of lists
--- whose seats differ
---@return string
function moves.seats(page, rows)
  local words, locale, parts = words_of(page), page.locale, {}
  if #rows == 0 then return words.none end
  local winner, loser = exchange(rows)
  if winner then
    return locale:say(words.one, { to = page:label(winner.list),
      from = page:label(loser.list),
      to_before = locale:number(winner.before),
      to_after = locale:number(winner.after),
      from_before = locale:number(loser.before),
      from_after = locale:number(loser.after) })
  end
  for i, row in ipairs(rows) do parts[i] = move_text(page, row, words) end
  return locale:say(words.several, { moves = table.concat(parts, ", ") })
end

local function threshold_of(outcome)
  return outcome.lists[1] and outcome.lists[1].threshold
end

--- The votes that the threshold takes, before and after.
---@param page urna.Page
---@param before table outcome
---@param after table outcome
---@return string? nil where there is no threshold
function moves.threshold(page, before, after)
  local own, other = threshold_of(before), threshold_of(after)
  if not own or not other then return nil end
  local words, locale = words_of(page), page.locale
  local from = model.needed(before, own, locale)
  local to = model.needed(after, other, locale)
  if not from or not to then return words.threshold_unknown end
  return locale:say(from == to and words.threshold_stays
    or words.threshold_moves, { percent = locale:percent(ratio(own.share)),
    base = locale.of[own.base] or "", before = from,
    after = model.needed(after, other, locale, "vote") })
end

--- Which lists stand on the threshold's other side.
---@param page urna.Page
---@param crossed { list: string, to: string }[]
---@return string[] none where no list does
function moves.crossed(page, crossed)
  local words, sides, found = words_of(page), {}, {}
  for _, row in ipairs(crossed) do
    sides[row.to] = sides[row.to] or {}
    table.insert(sides[row.to], row.list)
  end
  for _, side in ipairs { "above", "below" } do
    if sides[side] then
      found[#found + 1] = page.locale:say(words[side],
        { lists = page:labels(sides[side], true) })
    end
  end
  return found
end

--- The threshold and who crosses it, as sentences; none where there is none.
---@param page urna.Page
---@param before table outcome
---@param after table outcome
---@param crossed { list: string, to: string }[]
---@return string[]
function moves.at_threshold(page, before, after, crossed)
  local words, found = words_of(page), moves.crossed(page, crossed)
  local sentence = moves.threshold(page, before, after)
  if not sentence then return {} end
  if #found == 0 and sentence ~= words.threshold_unknown then
    found[1] = words.no_crossing
  end
  table.insert(found, 1, sentence)
  return found
end

--- Names of stations, the first of many.
---@param page urna.Page
---@param names string[]
---@param most integer
---@return string
function moves.places(page, names, most)
  local words, locale = words_of(page), page.locale
  if #names <= most then
    return locale:say(words.places, { places = table.concat(names, "; ") })
  end
  return locale:say(words.places_more, {
    places = table.concat(names, "; ", 1, most),
    more = locale:count(#names - most, "more") })
end

--- What the signs at figures and lists mean: on a page of its own the legend,
--- in a report only that there are some, for the result has explained them.
---@param page urna.Page
---@return string[]
function moves.legend(page)
  if page.is_alone then return sentences.notes(page) end
  local signs = page:all_signs()
  return signs ~= "" and { page:say("rests_on", { signs = signs }) } or {}
end

return moves
