local compat = require "urna.compat"
local palette = require "urna.charts.palette"

--- What a chart draws, taken from an outcome: the same for SVG and text.
local model = {}

local SIGNS = { estimate = "†", recalled = "‡", from_shares = "§" }

--- The sign of a mark, as tables and charts print it.
---@param mark string? "estimate", "recalled", "from_shares"
---@return string "" if there is none
function model.sign(mark)
  return mark and (SIGNS[mark] or "†") or ""
end

local function find_mark(outcome, what, name)
  for _, mark in ipairs(outcome.marks or {}) do
    if mark.what == what and (not name or (mark.list or mark.field) == name)
    then
      return mark
    end
  end
end

--- The mark of a list's votes, or of its share where that is all there is.
---@return string?
function model.mark(outcome, list)
  if list.mark then return list.mark end
  local found = find_mark(outcome, "votes", list.key)
  if found then return found.mark end
  if list.votes_min then return "estimate" end
  local shares = not list.votes and list.share and find_mark(outcome, "shares")
  return shares and shares.mark or nil
end

--- The mark of a total: its interval and what kind it is.
---@return table mark, min, max; empty for a count as it was published
function model.field_mark(outcome, name)
  local found, base = find_mark(outcome, "field", name), outcome.base
  if found and found.what == "field" then return found end
  if base and base.name == name and (base.mark or base.min) then
    return { mark = base.mark or "estimate", min = base.min, max = base.max }
  end
  return {}
end

-- A printed percentage is a published figure, whatever its base is.
local function is_published(outcome, list)
  local contest = outcome.contest or {}
  return list.published_percent ~= nil and contest.percent_base ~= nil
    and contest.percent_base == list.share.base
    and list.published_percent == list.share.percent
end

--- The mark of a list's percentage: of its votes, else of their base.
---@return string?
function model.percent_mark(outcome, list)
  local mark = model.mark(outcome, list)
  if mark or not list.share or is_published(outcome, list) then return mark end
  return model.field_mark(outcome, list.share.base).mark
end

--- A list's percentage with its sign.
---@return string? nil if it is not known
function model.percent(outcome, list, locale)
  local percent = list.share and list.share.percent
  return percent and locale:percent(percent)
    .. model.sign(model.percent_mark(outcome, list)) or nil
end

--- The votes that a threshold takes: a number or an interval, with the sign
--- of its base.
---@param threshold table needed, needed_min, needed_max, base
---@param noun string? "vote" to have it behind the number
---@return string? nil if they are not known
function model.needed(outcome, threshold, locale, noun)
  local min, max = threshold.needed_min, threshold.needed_max
  local name = threshold.base or outcome.base and outcome.base.name
  local sign = model.sign(model.field_mark(outcome, name).mark)
  local last = max or threshold.needed
  if not last then return nil end
  local text = min and max and min ~= max and locale:interval(min, max)
    or locale:number(threshold.needed or last)
  text = text .. sign
  return noun and text .. " " .. locale:plural(last, noun) or text
end

--- The short label of a list, as charts have it.
---@return string
function model.label(list, locale)
  if list.others then return locale.words.others end
  return locale:short(list)
end

--- A list's votes in words: a number, an interval, or a dash.
---@return string
function model.votes(outcome, list, locale)
  local sign = model.sign(model.mark(outcome, list))
  if list.votes_min and list.votes_max then
    return locale:interval(list.votes_min, list.votes_max) .. sign
  end
  return list.votes and locale:number(list.votes) .. sign or "–"
end

--- A percentage as hundredths, so that a chart computes in whole numbers.
---@param percent string? "52.77"
---@return integer? 5277
function model.hundredths(percent)
  if not percent then return nil end
  local whole, part = percent:match("^(%d+)%.?(%d*)$")
  if not whole then return nil end
  return tonumber(whole) * 100 + tonumber((part .. "00"):sub(1, 2))
end

local function in_order(lists)
  local sorted = {}
  for i, list in ipairs(lists) do
    if not list.order then return lists end
    sorted[i] = list
  end
  table.sort(sorted, function(a, b)
    if a.order ~= b.order then return a.order < b.order end
    return compat.before(a.key, b.key)
  end)
  return sorted
end

local function with_colours(lists)
  local of = {}
  for i, colour in ipairs(palette.assign(lists)) do
    of[lists[i].key] = colour
  end
  return of
end

--- The wedges of an assembly: lists with seats, in the order of the data
--- (`order` of the contest where every list has one).
---@return table { total, vacant, needed, wedges = { { list, seats, colour } } }
function model.assembly(outcome)
  local colours, wedges, taken = with_colours(outcome.lists), {}, 0
  for _, list in ipairs(in_order(outcome.lists)) do
    if (list.seats or 0) > 0 then
      wedges[#wedges + 1] = { list = list, seats = list.seats,
        colour = colours[list.key] }
      taken = taken + list.seats
    end
  end
  local total = math.max(outcome.seats or 0, taken)
  return { total = total, vacant = total - taken, wedges = wedges,
    needed = outcome.majority and outcome.majority.needed }
end

local function larger(a, b)
  if a.list.others ~= b.list.others then return b.list.others == true end
  if (a.percent or -1) ~= (b.percent or -1) then
    return (a.percent or -1) > (b.percent or -1)
  end
  local left, right = tonumber(a.list.votes) or -1, tonumber(b.list.votes) or -1
  if left ~= right then return left > right end
  return a.place < b.place
end

local function earlier_shares(compare)
  local shares = {}
  for _, list in ipairs(compare and compare.lists or {}) do
    if list.share and not list.others then
      shares[list.key] = model.hundredths(list.share.percent)
    end
  end
  return shares
end

-- The threshold as a place on the scale: votes needed of the base, or its
-- share itself where the bars are shares of the same base.
local function place_of(list, outcome)
  local threshold, base = list.threshold, outcome.base
  local needed = tonumber(threshold.needed)
  local total = base and tonumber(base.total)
  if needed and total and total > 0 then
    return { needed = threshold.needed, share = threshold.share,
      needed_min = threshold.needed_min, needed_max = threshold.needed_max,
      percent = math.floor(needed * 10000 / total + 0.5) }
  end
  local share = threshold.share
  if share and not needed and list.share
    and list.share.base == threshold.base then
    return { share = share, base = threshold.base,
      percent = math.floor(share[1] * 10000 / share[2] + 0.5) }
  end
end

local function threshold_of(outcome)
  for _, list in ipairs(outcome.lists) do
    local found = list.threshold and place_of(list, outcome)
    if found then return found end
  end
end

--- The bars: lists by votes, "other lists" last.
---@param outcome table
---@param compare table? the earlier outcome, with the same base
---@return table { rows = { { list, percent, previous, colour, mark } },
--- threshold = { needed, percent, share }, top }, percents in hundredths
function model.bars(outcome, compare)
  local colours = with_colours(outcome.lists)
  local earlier, rows, top = earlier_shares(compare), {}, 100
  for place, list in ipairs(outcome.lists) do
    local percent = model.hundredths(list.share and list.share.percent)
    rows[place] = { list = list, place = place, percent = percent,
      previous = earlier[list.key], colour = colours[list.key],
      mark = model.mark(outcome, list) }
    top = math.max(top, percent or 0, earlier[list.key] or 0)
  end
  table.sort(rows, larger)
  local threshold = threshold_of(outcome)
  if threshold then top = math.max(top, threshold.percent) end
  return { rows = rows, threshold = threshold, top = top }
end

return model
