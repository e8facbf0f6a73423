local calendar = require "urna.analysis.calendar"

local function at(text) return assert(calendar.parse(text)) end

local function after(text, hours)
  return calendar.text(calendar.add_hours(at(text), hours))
end

describe("the calendar", function()
  it("adds hours across days, months, years and leap days", function()
    assert.equal("2024-06-05T20:00", after("2024-06-02T20:00", 72))
    assert.equal("2024-01-01T00:30", after("2023-12-31T23:30", 1))
    assert.equal("2024-03-01T00:00+02:00", after("2024-02-28T00:00+02:00", 48))
    assert.equal("2023-03-01T00:00", after("2023-02-28T00:00", 24))
    assert.equal("2000-02-29T12:00", after("2000-02-28T12:00", 24))
    assert.equal("2100-03-01T12:00", after("2100-02-28T12:00", 24))
  end)

  it("counts hours of a day alone from its end", function()
    assert.equal("2024-06-03T01:00", after("2024-06-02", 1))
  end)

  it("adds days to days", function()
    assert.equal("2024-06-12", calendar.text(calendar.add_days(
      at "2024-06-02T23:00", 10)))
    -- 365 days on, over a 29 February: a day less than the year
    assert.equal("2024-12-31", calendar.text(calendar.add_days(
      at "2024-01-01", 365)))
  end)

  it("adds months, and stops at a month's last day", function()
    assert.equal("2024-03-04", calendar.text(calendar.add_months(
      at "2024-01-04", 2)))
    assert.equal("2024-02-29", calendar.text(calendar.add_months(
      at "2023-12-31", 2)))
    assert.equal("2025-01-31", calendar.text(calendar.add_months(
      at "2024-12-31", 1)))
  end)

  it("goes there and back for each day of 400 years and more", function()
    local moment = at "1899-12-31"
    for _ = 1, 146097 + 500 do
      local found = calendar.add_days(moment, 1)
      local is_next = found.day == moment.day + 1
        and found.month == moment.month or found.day == 1
        and (found.month == moment.month + 1
        or found.month == 1 and found.year == moment.year + 1)
      assert.is_true(is_next)
      moment = found
    end
    -- 146,097 days are 400 years, to 2299-12-31; 365 more to 2300-12-31; then
    -- 31 + 28 + 31 + 30 + 15 = 135
    assert.equal("2301-05-15", calendar.text(moment))
  end)

  it("compares moments with their offsets", function()
    assert.equal(0, calendar.compare(at "2024-06-02T20:00+02:00",
      at "2024-06-02T18:00Z"))
    assert.equal(-1, calendar.compare(at "2024-06-02T20:00", at "2024-06-02"))
    assert.equal("2024-06-02T18:00Z", calendar.text(calendar.utc(
      at "2024-06-02T20:00+02:00")))
    assert.equal("2024-06-01T22:30Z", calendar.text(calendar.utc(
      at "2024-06-02T00:30+02:00")))
  end)

  it("refuses what is no time", function()
    for _, text in ipairs { "2024-02-30", "2024-06-02 20:00", "20:00",
      "2024-06-02T24:00", "2024-06-02T20:60", "2024-06-02T20:00+25:00",
      "2024-06-02T20:00CET" } do
      local moment, message = calendar.parse(text)
      assert.is_nil(moment, text)
      assert.matches("must be a day or a time", message)
    end
    assert.is_nil((calendar.parse(20240602)))
  end)
end)
