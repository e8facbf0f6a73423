--- Civil dates and times, without a clock and without a zone: a time is
--- "2024-06-02T20:00" where the law is in force, or has its offset from UTC
--- behind it, "2024-06-02T20:00+02:00", which is kept. A day is "2024-06-02".
--- Source: for the number of a day, Richards, in: Explanatory Supplement to the
--- Astronomical Almanac, 3rd ed., 2013, 15.11 (Gregorian calendar).
local schema = require "urna.schema"

local calendar = {}

local PER_DAY = 24 * 60

-- a / b rounded down, for whole numbers.
local function quotient(a, b)
  return (a - a % b) / b
end

-- Days since 1 March of the year 0, months counted from March, so that the day
-- that is there only every fourth year stands last.
local function day_number(year, month, day)
  local y = month > 2 and year or year - 1
  local m = (month + 9) % 12
  return 365 * y + quotient(y, 4) - quotient(y, 100) + quotient(y, 400)
    + quotient(153 * m + 2, 5) + day - 1
end

-- The same backwards: 400 years have 146,097 days.
local function civil(number)
  local era = quotient(number, 146097)
  local d = number - era * 146097
  local y = quotient(d - quotient(d, 1460) + quotient(d, 36524)
    - quotient(d, 146096), 365)
  local rest = d - (365 * y + quotient(y, 4) - quotient(y, 100))
  local m = quotient(5 * rest + 2, 153)
  local day = rest - quotient(153 * m + 2, 5) + 1
  local month = m < 10 and m + 3 or m - 9
  return y + era * 400 + (month <= 2 and 1 or 0), month, day
end

local function is_zone(text)
  if text == "" or text == "Z" then return true end
  local hour, minute = text:match("^[+-](%d%d):(%d%d)$")
  return hour ~= nil and hour <= "14" and minute <= "59"
end

--- A day or a time.
---@param text string
---@return { year: integer, month: integer, day: integer, minutes: integer?,
--- zone: string }? moment minutes since midnight; nil where it is a day alone
---@return string? message what is wrong with it
function calendar.parse(text)
  local message = "must be a day or a time, \"2024-06-02\" or "
    .. "\"2024-06-02T20:00\", with or without \"+02:00\" behind it"
  if type(text) ~= "string" then return nil, message end
  local date, rest = text:match("^(%d%d%d%d%-%d%d%-%d%d)(.*)$")
  if not date or schema.date(date, "") then return nil, message end
  local year, month, day = date:match("(%d+)-(%d+)-(%d+)")
  local moment = { year = tonumber(year), month = tonumber(month),
    day = tonumber(day), zone = "" }
  if rest == "" then return moment end
  local hour, minute, zone = rest:match("^T(%d%d):(%d%d)(.*)$")
  if not hour or hour > "23" or minute > "59" or not is_zone(zone) then
    return nil, message
  end
  moment.minutes, moment.zone = tonumber(hour) * 60 + tonumber(minute), zone
  return moment
end

--- As text again.
---@param moment table from parse
---@return string
function calendar.text(moment)
  local date = ("%04d-%02d-%02d"):format(moment.year, moment.month, moment.day)
  if not moment.minutes then return date end
  return ("%sT%02d:%02d%s"):format(date, quotient(moment.minutes, 60),
    moment.minutes % 60, moment.zone)
end

local function from_minutes(total, zone)
  local year, month, day = civil(quotient(total, PER_DAY))
  return { year = year, month = month, day = day, minutes = total % PER_DAY,
    zone = zone }
end

local function all_minutes(moment)
  return day_number(moment.year, moment.month, moment.day) * PER_DAY
    + (moment.minutes or 0)
end

local function days_in(year, month)
  local next_year, next_month = year, month + 1
  if month == 12 then next_year, next_month = year + 1, 1 end
  return day_number(next_year, next_month, 1) - day_number(year, month, 1)
end

--- So many hours later, to the minute. Of a day alone: from its end.
---@param moment table
---@param hours integer
---@return table moment
function calendar.add_hours(moment, hours)
  local start = all_minutes(moment) + (moment.minutes and 0 or PER_DAY)
  return from_minutes(start + hours * 60, moment.zone)
end

--- The day that is so many days later: periods of days end with a day.
---@return table moment a day
function calendar.add_days(moment, days)
  local year, month, day = civil(day_number(moment.year, moment.month,
    moment.day) + days)
  return { year = year, month = month, day = day, zone = moment.zone }
end

--- The day of the same number so many months later; the month's last where it
--- has none.
---@return table moment a day
function calendar.add_months(moment, months)
  local count = moment.year * 12 + moment.month - 1 + months
  local year, month = quotient(count, 12), count % 12 + 1
  return { year = year, month = month, zone = moment.zone,
    day = math.min(moment.day, days_in(year, month)) }
end

local function offset(zone)
  local sign, hour, minute = zone:match("^([+-])(%d%d):(%d%d)$")
  if not sign then return 0 end
  local minutes = tonumber(hour) * 60 + tonumber(minute)
  return sign == "-" and -minutes or minutes
end

--- Which is earlier: -1, 0, 1. A day alone is taken at its end.
---@return integer
function calendar.compare(a, b)
  local left = all_minutes(a) + (a.minutes and 0 or PER_DAY) - offset(a.zone)
  local right = all_minutes(b) + (b.minutes and 0 or PER_DAY) - offset(b.zone)
  return left < right and -1 or left > right and 1 or 0
end

--- The same moment in UTC; as it is where no offset is known.
---@return table moment
function calendar.utc(moment)
  if moment.zone == "" or not moment.minutes then return moment end
  return from_minutes(all_minutes(moment) - offset(moment.zone), "Z")
end

return calendar
