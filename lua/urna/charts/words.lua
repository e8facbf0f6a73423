local model = require "urna.charts.model"

--- The sentences of charts: titles, descriptions, labels of lines.
local words = {}

--- The name of a contest; one without has that of its file.
---@return string never empty
function words.contest_name(outcome, locale)
  local name = outcome.contest and locale:name(outcome.contest) or ""
  if name:find("%S") then return name end
  local file = (outcome.fingerprint or {}).file or ""
  name = file:match("([^/\\]+)$") or ""
  return name ~= "" and name or locale.words.election
end

local contest_name = words.contest_name

local function base_of(outcome, locale)
  local name = outcome.base and outcome.base.name
  return locale.of[name] or ""
end

---@return string
function words.hemicycle_title(outcome, locale)
  return locale:say(locale.sentences.hemicycle_title,
    { contest = contest_name(outcome, locale) })
end

--- What a half-circle shows, for those who cannot see it.
---@return string
function words.hemicycle(assembly, locale)
  local sentences, lists = locale.sentences, {}
  for i, wedge in ipairs(assembly.wedges) do
    lists[i] = model.label(wedge.list, locale) .. " "
      .. locale:number(wedge.seats)
  end
  return locale:say(sentences.hemicycle, {
    total = locale:count(assembly.total, "seat"), lists = locale:join(lists),
    majority = assembly.needed and locale:say(sentences.hemicycle_majority,
      { needed = locale:number(assembly.needed) }) or "",
    vacant = assembly.vacant > 0 and locale:say(sentences.hemicycle_vacant,
      { vacant = locale:count(assembly.vacant, "seat") }) or "" })
end

---@return string
function words.bars_title(outcome, locale)
  return locale:say(locale.sentences.bars_title,
    { contest = contest_name(outcome, locale) })
end

--- An exact share as a percentage: 3/100 is "3", 1/8 is "12.5".
---@param share integer[] { num, den }
---@return string
function words.ratio(share)
  local hundredths = math.floor(share[1] * 10000 / share[2] + 0.5)
  local text = ("%d.%02d"):format((hundredths - hundredths % 100) / 100,
    hundredths % 100)
  return (text:gsub("0+$", ""):gsub("%.$", ""))
end

--- The label of the threshold's line, with its base and its votes.
---@return string
function words.threshold(outcome, threshold, locale)
  if not threshold.needed then
    return locale:say(locale.sentences.threshold_line_share, {
      percent = locale:percent(words.ratio(threshold.share)),
      base = locale.of[threshold.base] or "" })
  end
  local votes = model.needed(outcome, threshold, locale, "vote")
  if not threshold.share then
    return locale:say(locale.sentences.threshold_line_bare, { votes = votes })
  end
  return locale:say(locale.sentences.threshold_line, { votes = votes,
    percent = locale:percent(words.ratio(threshold.share)),
    base = base_of(outcome, locale) })
end

---@return string
function words.previous(compare, locale)
  return locale:say(locale.sentences.previous_line,
    { contest = contest_name(compare, locale) })
end

--- A bar's value: votes and percent.
---@return string
function words.value(outcome, row, locale)
  local votes = model.votes(outcome, row.list, locale)
  local percent = model.percent(outcome, row.list, locale)
  if not percent then return votes end
  if row.list.votes or row.list.votes_min then
    return votes .. " · " .. percent
  end
  return percent
end

--- What the bars show, for those who cannot see them.
---@return string
function words.bars(outcome, bars, compare, locale)
  local sentences, lists = locale.sentences, {}
  for _, row in ipairs(bars.rows) do
    local percent = model.percent(outcome, row.list, locale)
    if percent then
      lists[#lists + 1] = model.label(row.list, locale) .. " " .. percent
    end
  end
  return locale:say(sentences.bars, {
    base = base_of(outcome, locale), lists = locale:join(lists),
    threshold = bars.threshold and locale:say(sentences.bars_threshold,
      { line = words.threshold(outcome, bars.threshold, locale) }) or "",
    previous = compare and locale:say(sentences.bars_previous,
      { contest = contest_name(compare, locale) }) or "" })
end

return words
