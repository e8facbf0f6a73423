local console = require "spec.console"
local scratch = require "spec.scratch"
local urna = require "urna"

-- Belgrade, 17 December 2023, as the press has it. Higher Court, 26 December:
-- atvbl.rs and k1info.rs (the City Election Commission had held that it was
-- not competent to annul the parliamentary election). The commission on
-- objections to its overall report, 9 January: naslovi.net 35455414. The Higher
-- Court on that report, 18 January: nin.rs 44143 ("odbacen", dismissed). To
-- the Constitutional Court: naslovi.net 35518845; its cases: danas.rs; no
-- ruling is known. When the others were asked no source says.
local STORY = table.concat({
  "dispute,requested,by,body,asks,where,step,decided,decision,final,reference",
  "competence,,SPN,Higher Court,annul_election,parliament,appeal,2023-12-26,"
    .. "rejected,yes,",
  "objection,,SPN,City Election Commission,other,,complaint,2024-01-09,"
    .. "dismissed,,",
  "overall report,,a voter,Higher Court,other,,appeal,2024-01-18,dismissed,"
    .. "yes,",
  "constitutional,2024-01-18,SPN,Constitutional Court,annul_election,Belgrade"
    .. ",,,,,VU-16/2024 and VU-21/2024" }, "\n") .. "\n"

local function story(options)
  return assert(urna.disputes({ text = STORY }, options))
end

local function states(found)
  local lines = {}
  for i, one in ipairs(found.list) do
    lines[i] = one.dispute .. ": " .. one.state
  end
  return lines
end

local function fault(row)
  local found, err = urna.disputes { row }
  assert.is_nil(found)
  return err.field .. " " .. err.message
end

local function request(parts)
  local row = { dispute = "1", requested = "2024-06-04T10:00", by = "KP",
    body = "GIK", asks = "annul_stations", where = "Zemun/44",
    step = "complaint" }
  for name, value in pairs(parts) do row[name] = value or nil end
  return row
end

describe("the disputes over Belgrade 2023", function()
  it("are open where the Constitutional Court has them", function()
    assert.same({ "competence: final", "objection: decided",
      "constitutional: open", "overall report: final" }, states(story()))
  end)

  it("are a dated list", function()
    local lines = {}
    for i, event in ipairs(story().events) do
      lines[i] = ("%s %s %s"):format(event.date, event.what, event.row.body)
    end
    assert.same({ "2023-12-26 decided Higher Court",
      "2024-01-09 decided City Election Commission",
      -- what was asked on a day stands before what was decided on it
      "2024-01-18 asked Constitutional Court",
      "2024-01-18 decided Higher Court" }, lines)
  end)

  it("are in one order, whatever hours are known", function()
    -- a day alone is no hour: with it every pair must still agree
    local rows = {}
    for i, time in ipairs { "T10:00", "", "T09:00", "T11:00", "" } do
      rows[i] = { dispute = ("%d"):format(i), requested = "2024-06-04" .. time,
        by = "KP", body = "GIK", asks = "recount" }
    end
    local order = {}
    for i, event in ipairs(assert(urna.disputes(rows)).events) do
      order[i] = event.dispute
    end
    assert.same({ "2", "5", "3", "1", "4" }, order)
  end)

  it("have no deadline before the Constitutional Court", function()
    -- 021.rs 364481: the law sets none
    local found = story { election = "belgrade-2023" }
    assert.is_true(found.list[3].no_deadline)
    assert.matches("constitutional: open before Constitutional Court; the rule "
      .. "notes no deadline from here", found:text(), 1, true)
    assert.matches("2023-12-26        [competence] Higher Court decided what "
      .. "SPN asked (annul election, parliament): rejected, final\n",
      found:text(), 1, true)
    -- 9 January, 24 h, and 72 hours for an appeal
    assert.same({ { deadline = "appeal", due = "2024-01-13T00:00" } },
      found.list[2].next)
  end)
end)

describe("the next deadline of a dispute", function()
  local function next_of(row, now)
    local found = assert(urna.disputes({ row }, { election = "belgrade-2024",
      now = now }))
    local lines = {}
    for i, deadline in ipairs(found.list[1].next) do
      lines[i] = ("%s %s %s"):format(deadline.deadline, deadline.due,
        deadline.result or "")
    end
    return lines
  end

  it("is that of the decision while it is open: 72 hours", function()
    assert.same({ "decision 2024-06-07T10:00 " }, next_of(request {}))
    assert.same({ "decision 2024-06-07T10:00 passed" },
      next_of(request {}, "2024-06-07T10:01"))
    assert.same({ "judgment 2024-06-07T10:00 running" },
      next_of(request { step = "appeal" }, "2024-06-07T10:00"))
  end)

  it("is that of the appeal once it is decided", function()
    assert.same({ "appeal 2024-06-09T09:00 " }, next_of(request {
      decided = "2024-06-06T09:00", decision = "rejected" }))
  end)

  it("is none where it is final, or where the rule notes none", function()
    assert.same({}, next_of(request { decided = "2024-06-06",
      decision = "rejected", final = true }))
    assert.same({}, next_of(request { step = "appeal",
      decided = "2024-06-06", decision = "rejected" }))
  end)

  it("is told of the last instance only", function()
    local found = assert(urna.disputes({ request { decided = "2024-06-06",
      decision = "rejected" }, request { step = "appeal", body =
      "Higher Court", requested = "2024-06-08T08:00" } },
      { election = "belgrade-2024" }))
    assert.equal("open", found.list[1].state)
    assert.same({}, found.rows[1].next)
    assert.equal("2024-06-11T08:00", found.list[1].next[1].due)
    assert.matches(",open,judgment,2024-06-11T08:00\n", found:csv(), 1, true)
  end)

  it("needs a step that the rule has", function()
    local found, err = urna.disputes({ request { step = "complain" } },
      { election = "belgrade-2024" })
    assert.is_nil(found)
    assert.equal("unknown_step", err.code)
    assert.matches("did you mean \"complaint\"", err.message, 1, true)
    local _, none = urna.disputes({ request {} },
      { election = "belgrade-2018" })
    assert.equal("no_deadlines", none.code)
  end)
end)

describe("a dispute that contradicts itself", function()
  it("is refused with the field", function()
    assert.equal("disputes[1].requested is missing, and so is decided",
      fault(request { requested = false }))
    assert.equal("disputes[1].decided is missing, though there is a decision",
      fault(request { decision = "upheld" }))
    assert.equal("disputes[1].decision is missing, though it is said when it "
      .. "was made", fault(request { decided = "2024-06-05" }))
    assert.equal("disputes[1].where is missing: of which stations?",
      fault(request { where = false }))
    assert.matches("final .*said of what is not decided",
      fault(request { final = true }))
    assert.matches("decided .*must not be before requested",
      fault(request { decided = "2024-06-03", decision = "upheld" }))
    assert.matches("decision .*did you mean rejected",
      fault(request { decided = "2024-06-05", decision = "rejectd" }))
    assert.equal("disputes[1] there is no field \"bodys\": did you mean "
      .. "\"body\"?", fault(request { bodys = "x" }))
  end)

  it("may be decided on the day of the request, whatever the hour", function()
    assert.equal("decided", assert(urna.disputes { request {
      decided = "2024-06-04", decision = "upheld", remedy = "revote" } })
      .list[1].state)
  end)

  it("is told with file, line, column and field", function()
    local _, err = urna.disputes { text = "dispute,requested,by,body,asks\n"
      .. "1,2024-06-04,KP,GIK,recount\n2,4 June,KP,GIK,annul\n" }
    local places = {}
    for i, item in ipairs(err.items) do
      places[i] = ("%s:%d:%d %s"):format(item.file, item.line, item.column,
        item.field)
    end
    assert.same({ "(text):3:3 requested", "(text):3:17 asks" }, places)
  end)
end)

describe("the verb disputes", function()
  after_each(scratch.clear)

  it("prints the list and ends with 1 while one is open", function()
    local path = scratch.write(".csv", STORY)
    local status, out = console.run("disputes", path, "--election",
      "belgrade-2023", "--format", "json")
    assert.equal(1, status)
    assert.matches('"no_deadline": true', out, 1, true)
  end)
end)
