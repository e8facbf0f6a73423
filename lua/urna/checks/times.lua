local beside = require "urna.checks.beside"

--- Checks of when: a record that came before the stations closed or faster than
--- anyone counts, voters so far that fall or rush in at the end.
local times = {}

-- Days since a fixed one. Source: H. Hinnant, chrono-Compatible Low-Level Date
-- Algorithms, days_from_civil.
local function day_number(year, month, day)
  if month <= 2 then year, month = year - 1, month + 12 end
  local whole = math.floor
  return 365 * year + whole(year / 4) - whole(year / 100) + whole(year / 400)
    + whole((153 * (month - 3) + 2) / 5) + day
end

local function day_of(text)
  local year, month, day = text:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  return year and day_number(tonumber(year), tonumber(month), tonumber(day))
end

local NOON, DAY = 720, 1440

-- Minutes from the beginning of election day; a time before noon without a day
-- is that of the next one.
local function minutes_of(text, election_day)
  local hour, minute = text:match("^%s*(%d%d?):(%d%d)")
  local day = day_of(text)
  if day then hour, minute = text:match("^[%d%-]+[T ](%d%d?):(%d%d)") end
  if not hour then return nil end
  local minutes = tonumber(hour) * 60 + tonumber(minute)
  if day then return minutes + DAY * (day - election_day) end
  return minutes < NOON and minutes + DAY or minutes
end

-- What is said of one record that came so many minutes after the closing.
local function haste(check, after, ballots)
  if after < 0 then return { form = "before_closing", minutes = -after } end
  local rate = check.asked or check.limit
  local minutes = math.max(after, 1)
  if ballots and ballots * rate[2] > minutes * rate[1] then
    return { form = "too_fast", ballots = ballots, minutes = minutes }
  end
end

--- W15: reported before closing, or counted faster than the limit of ballots a
--- minute.
---@param job urna.checks.Job
---@param check table
---@return table answer
function times.early(job, check)
  local texts, missing = job:texts "reported_at", {}
  local closes = job.rule.polls_close
  local election_day = day_of(job.date or "")
  if not texts then missing[1] = "reported_at" end
  if not closes then missing[#missing + 1] = "polls_close" end
  if not election_day then missing[#missing + 1] = "date" end
  if #missing > 0 then return { units = {}, missing = missing } end
  local hour, minute = closes.time:match("^(%d+):(%d+)$")
  local closing = tonumber(hour) * 60 + tonumber(minute)
  local box = job:has "ballots_in_box" and job:values "ballots_in_box" or {}
  local hits, unknown = {}, 0
  for unit, text in ipairs(texts) do
    local came = minutes_of(text, election_day)
    local note = came and haste(check, came - closing, box[unit])
    if not came then unknown = unknown + 1 end
    if note then hits[#hits + 1] = { unit = unit, note = note } end
  end
  local answer = beside.answer(hits)
  answer.unknown = unknown
  return answer
end

-- Columns of voters so far, by the hour, and the signatures at the end.
local function series_of(job)
  local series = {}
  for _, hour in ipairs(job.results.contest.hours or {}) do
    if job:has(hour.column) then
      series[#series + 1] = { time = hour.time,
        values = job:values(hour.column) }
    end
  end
  table.sort(series, function(a, b) return a.time < b.time end)
  if #series > 0 and job:has "voters_signed" then
    series[#series + 1] = { values = job:values "voters_signed" }
  end
  return series
end

local function add_falls(job, series, hits)
  for unit = 1, job.units do
    local last
    for _, column in ipairs(series) do
      local value = column.values[unit]
      if value and last and value < last.value then
        hits[#hits + 1] = { unit = unit, note = { form = "fell",
          value = value, time = column.time or { measure = "at_the_end" },
          before = last.value, earlier = last.time } }
      end
      if value then last = { value = value, time = column.time } end
    end
  end
end

local MILLION, LIMIT, LEAST = 1000000, 400, 8

-- Those who came in the last interval, of all, against the peers.
local function add_surges(job, series, hits)
  local last, before = series[#series].values, series[#series - 1].values
  local moved = { values = {}, sizes = {}, rates = {} }
  for unit = 1, job.units do
    local all, until_then = last[unit], before[unit]
    moved.values[unit] = false
    if all and until_then and all > 0 and all >= until_then then
      local share = math.floor((all - until_then) / all * MILLION)
      moved.values[unit], moved.sizes[unit] = share, all
      moved.rates[unit] = share
    end
  end
  local units, values, middles, zs = job:peers():moves(job.kernel.table, moved,
    LIMIT, LEAST)
  for i, unit in ipairs(units) do
    if zs[i] > 0 then
      beside.add(hits, "surge", nil, { unit }, { values[i] }, { middles[i] },
        { zs[i] })
    end
  end
end

--- W16: voters so far that fall from one hour to the next, or a last interval
--- in which more came than near the station.
---@param job urna.checks.Job
---@return table answer
function times.hours(job)
  local series, hits = series_of(job), {}
  if #series < 2 then return { units = {}, missing = { "hours" } } end
  add_falls(job, series, hits)
  add_surges(job, series, hits)
  return beside.answer(hits)
end

return times
