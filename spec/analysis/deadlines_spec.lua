local console = require "spec.console"
local urna = require "urna"

-- Each row as "name due|latest result", in the calendar's order.
local function shown(found)
  local lines = {}
  for i, row in ipairs(found.rows) do
    lines[i] = ("%s %s%s"):format(row.name, row.due or row.latest and "by "
      .. row.latest or "open", row.result and " " .. row.result or "")
  end
  return lines
end

local function line_of(found, name)
  for _, line in ipairs(shown(found)) do
    if line:match("^%S+") == name then return line end
  end
end

describe("deadlines of an outcome", function()
  it("are those of the rule that it is by", function()
    local contest = { name = "Town", date = "2024-06-02", seats = 3,
      rule = "rs/local", keys = { "station" }, lists = {
        { key = "A", column = "A", minority = false } } }
    local results = assert(urna.read({ text = "station,A\n1,5\n" },
      { contest = contest }))
    local outcome = assert(urna.apportion(results))
    assert.same(urna.deadlines(results).rows, urna.deadlines(outcome).rows)
  end)
end)

describe("the deadlines of a local election", function()
  it("run from 20 h of its day, 72 and 96 hours", function()
    -- 2 June 20:00 + 72 h = 5 June 20:00; + 96 h = 6 June 20:00; decision,
    -- appeal and judgment 72 h after each other at the latest
    assert.same({ "complaint 2024-06-05T20:00",
      "summary_report 2024-06-06T20:00", "decision by 2024-06-08T20:00",
      "appeal by 2024-06-11T20:00", "judgment by 2024-06-14T20:00",
      "constitution_of_assembly open", "revote open", "revote_decision open" },
      shown(assert(urna.deadlines("belgrade-2024"))))
  end)

  it("run from what has happened, in days to the end of a day", function()
    local found = assert(urna.deadlines("belgrade-2024", { closing =
      "2024-06-02T20:35", events = { complaint = "2024-06-04T10:00",
      annulment = "2024-06-06T12:00", publication = "2024-06-18" } }))
    assert.equal("decision 2024-06-07T10:00", line_of(found, "decision"))
    assert.equal("summary_report 2024-06-06T20:35",
      line_of(found, "summary_report"))
    assert.equal("revote_decision 2024-06-09",
      line_of(found, "revote_decision"))
    -- 6 June + 3 days + 10 days
    assert.equal("revote by 2024-06-19", line_of(found, "revote"))
    -- Belgrade's assembly: two months of publication
    assert.equal("constitution_of_assembly 2024-08-18",
      line_of(found, "constitution_of_assembly"))
  end)

  it("are done, late, passed or running", function()
    local found = assert(urna.deadlines("belgrade-2024", { now =
      "2024-06-06T20:01", events = { complaint = "2024-06-05T20:00",
      decision = "2024-06-08T20:01" } }))
    assert.equal("complaint 2024-06-05T20:00 done",
      line_of(found, "complaint"))
    assert.equal("decision 2024-06-08T20:00 late", line_of(found, "decision"))
    assert.equal("summary_report 2024-06-06T20:00 passed",
      line_of(found, "summary_report"))
    assert.equal("appeal 2024-06-11T20:01 running", line_of(found, "appeal"))
  end)

  it("cite the article where one is noted", function()
    local found = assert(urna.deadlines("rs/parliament/2023-12-17"))
    for _, row in ipairs(found.rows) do
      if row.name == "summary_report" then
        assert.same({ "119", 96, "2023-12-21T20:00" }, { row.article,
          row.hours, row.due })
      end
    end
  end)
end)

describe("deadlines of an outcome", function()
  it("are those of its election", function()
    local election = assert(urna.election("belgrade-2024"))
    local outcome = assert(urna.apportion(election))
    assert.equal(assert(urna.deadlines(election)):text(),
      assert(urna.deadlines(outcome)):text())
    assert.equal("City Assembly of Belgrade, 2 June 2024",
      assert(urna.deadlines(outcome)).name)
  end)

  it("are of the rule it was made with", function()
    local outcome = assert(urna.apportion({ A = 2, B = 1 }, { seats = 1,
      rule = "rs/vojvodina", date = "2023-12-17", ballots_in_box = 3 }))
    assert.equal("no_deadlines", select(2, urna.deadlines(outcome)).code)
  end)
end)

describe("deadlines that cannot be told", function()
  it("are refused where the edition notes none", function()
    local found, err = urna.deadlines("belgrade-2018")
    assert.is_nil(found)
    assert.equal("no_deadlines", err.code)
  end)

  it("name the event that no deadline runs from", function()
    assert.has_error(function()
      urna.deadlines("belgrade-2024", { events = { complain = "2024-06-04" } })
    end, "events.complain: no deadline of the rule runs from it: did you mean "
      .. "\"complaint\"?")
  end)

  it("name the time that is none", function()
    local done, message = pcall(urna.deadlines, "belgrade-2024",
      { events = { complaint = "4 June" } })
    assert.is_false(done)
    assert.matches("events.complaint must be a day or a time", message)
  end)
end)

describe("the calendar's forms", function()
  local found

  before_each(function()
    found = assert(urna.deadlines("belgrade-2024", { closing =
      "2024-06-02T20:00+02:00", events = { annulment = "2024-06-06" } }))
  end)

  it("are text and CSV", function()
    assert.matches("\n2024%-06%-09 +revote decision +3 days from annulment\n",
      found:text())
    assert.matches("\ncomplaint,2024%-06%-05T20:00%+02:00,,72 hours,closing,",
      found:csv())
  end)

  it("are iCalendar: UTC where the offset is known, whole days for days",
    function()
      local text = found:ics()
      assert.matches("^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", text)
      assert.matches("\r\nDTSTART:20240605T180000Z\r\nSUMMARY:complaint", text)
      assert.matches("\r\nDTSTART;VALUE=DATE:20240609\r\n", text)
      assert.matches("\r\nEND:VCALENDAR\r\n$", text)
      for line in text:gmatch("(.-)\r\n") do assert.is_true(#line <= 75) end
      local _, begun = text:gsub("BEGIN:VEVENT\r\n", "")
      local _, ended = text:gsub("END:VEVENT\r\n", "")
      assert.same({ 7, 7 }, { begun, ended }) -- all but the assembly's
    end)

  it("are printed by the command", function()
    local status, out = console.run("deadlines", "belgrade-2024", "--event",
      "complaint=2024-06-04T10:00", "--format", "csv")
    assert.equal(0, status)
    assert.matches("\ndecision,2024%-06%-07T10:00,", out)
  end)
end)
