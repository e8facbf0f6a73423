local figures = require "urna.charts.model"

--- What the chart of turnout by the hour draws, and what it says: the same for
--- SVG and text.
local day = {}

---@class urna.HoursChart percents are whole hundredths
---@field title string
---@field coverage string what is behind the figures, as a sentence
---@field times { time: string, minutes: integer }[] every hour of any series
---@field closing integer? minutes since midnight
---@field now urna.HoursSeries
---@field earlier urna.HoursSeries[]
---@field estimate { percent: integer, text: string, low: integer?, high:
--- integer?, low_text: string?, high_text: string? }?

---@class urna.HoursSeries
---@field label string
---@field points table<string, { percent: integer, text: string }> by time
---@field final { percent: integer, text: string }?

local function minutes_of(time)
  return tonumber(time:sub(1, 2)) * 60 + tonumber(time:sub(4))
end

local function value_of(percent, mark, locale)
  return { percent = figures.hundredths(percent),
    text = locale:percent(percent) .. figures.sign(mark) }
end

local function series_of(label, answer, cell, final, locale)
  local series = { label = label, points = {} }
  for _, row in ipairs(answer.rows) do
    local point = cell(row)
    if point.percent then
      series.points[row.time] = value_of(point.percent, nil, locale)
    end
  end
  if final and final.percent then
    series.final = value_of(final.percent, final.mark, locale)
  end
  return series
end

local function estimate_of(projection, locale)
  if not projection or not projection.estimate then return nil end
  local found = value_of(projection.estimate, nil, locale)
  if projection.low then
    local low = value_of(projection.low, nil, locale)
    local high = value_of(projection.high, nil, locale)
    found.low, found.low_text = low.percent, low.text
    found.high, found.high_text = high.percent, high.text
  end
  return found
end

--- What the chart draws of an answer of urna.turnout.
---@param answer urna.Turnout
---@param words { title: string, coverage: string, label: string, earlier:
--- string[] } labels of this election and of the earlier ones
---@param locale urna.Locale
---@return urna.HoursChart
function day.of(answer, words, locale)
  local model = { title = words.title, coverage = words.coverage, times = {},
    earlier = {}, closing = answer.closing and minutes_of(answer.closing),
    estimate = estimate_of(answer.projection, locale),
    now = series_of(words.label, answer, function(row) return row end,
      answer.final, locale) }
  for i, row in ipairs(answer.rows) do
    model.times[i] = { time = row.time, minutes = minutes_of(row.time) }
  end
  for i, other in ipairs(answer.earlier) do
    model.earlier[i] = series_of(words.earlier[i], answer,
      function(row) return row.earlier[i] end,
      { percent = other.final, mark = other.final_mark }, locale)
  end
  return model
end

--- The words of the chart.
---@param locale urna.Locale
---@return table
function day.words(locale)
  return locale:part("turnout_by_hour").chart
end

--- The last hour that a series has, and what it had then.
---@return table? time
---@return table? point
function day.last(model, series)
  for i = #model.times, 1, -1 do
    local time = model.times[i]
    if series.points[time.time] then return time, series.points[time.time] end
  end
end

--- Whether some hour is not known of this election.
---@return boolean
function day.has_gap(model)
  for _, time in ipairs(model.times) do
    if not model.now.points[time.time] then return true end
  end
  return false
end

--- Whether the end of any election is known.
---@return boolean
function day.has_final(model)
  local found = model.now.final ~= nil
  for _, series in ipairs(model.earlier) do
    found = found or series.final ~= nil
  end
  return found
end

local STEPS = { 100, 200, 500, 1000, 2000 }

--- The top of the scale and the steps to it, in hundredths of percent.
---@return integer top
---@return integer step
function day.scale(model)
  local most = model.estimate and (model.estimate.high
    or model.estimate.percent) or 0
  local function take(series)
    for _, point in pairs(series.points) do -- a maximum: no order
      most = math.max(most, point.percent)
    end
    most = math.max(most, series.final and series.final.percent or 0)
  end
  take(model.now)
  for _, series in ipairs(model.earlier) do take(series) end
  for _, step in ipairs(STEPS) do
    local count = math.max(1, math.ceil(most / step))
    if count <= 7 then return count * step, step end
  end
  return 10000, 2000
end

-- ---- sentences ----

--- An estimate in words: a "label", a "key" of signs or a sentence that is
--- "described"; another where it has an interval.
---@param estimate table
---@param name string
---@param locale urna.Locale
---@return string
function day.estimate_text(estimate, name, locale)
  local words = day.words(locale)
  return locale:say(words[estimate.low and name .. "_between" or name],
    { percent = estimate.text, low = estimate.low_text,
      high = estimate.high_text })
end

local function series_text(model, series, words, locale)
  local said = {}
  for _, time in ipairs(model.times) do
    local point = series.points[time.time]
    said[#said + 1] = point and ("%s %s"):format(time.time, point.text) or nil
  end
  if series.final then
    said[#said + 1] = ("%s %s"):format(words.the_end, series.final.text)
  end
  return locale:say(words.line, { election = series.label,
    points = table.concat(said, ", ") })
end

--- What the chart shows, for those who cannot see it.
---@return string
function day.description(model, locale)
  local words = day.words(locale)
  local parts = { words.shown, series_text(model, model.now, words, locale) }
  for _, series in ipairs(model.earlier) do
    parts[#parts + 1] = series_text(model, series, words, locale)
  end
  if model.estimate then
    parts[#parts + 1] = day.estimate_text(model.estimate, "described", locale)
  end
  parts[#parts + 1] = model.coverage
  return table.concat(parts, " ")
end

return day
