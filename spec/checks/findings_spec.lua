local support = require "spec.checks.support"
local dkjson = require "dkjson"

local HEAD = "p,voters_signed,ballots_in_box,invalid_ballots,valid_ballots,"
  .. "A,B"
-- one more in the box than signed; lists that are not the valid ballots; a
-- number that is none
local ROWS = "good,50,50,2,48,30,18\nover,50,51,2,49,30,19\n"
  .. "sum,155,155,5,150,930,20\nbad,50,50,2,48,3o,18\n"

local function check()
  return support.check(HEAD, ROWS, { bad = "keep", rule = "rs/parliament",
    date = "2023-12-17" })
end

-- The members of an object that are not among these.
local function others(object, ...)
  local known, rest = {}, {}
  for _, name in ipairs { ... } do known[name] = true end
  for name in pairs(object) do
    if not known[name] then rest[#rest + 1] = name end
  end
  return rest
end

describe("findings as SARIF", function()
  local log, run

  before_each(function()
    log = assert(dkjson.decode(check():sarif()))
    run = log.runs[1]
  end)

  it("are a log of version 2.1.0 with one run of one tool", function()
    assert.equal("2.1.0", log.version)
    assert.matches("sarif%-schema%-2%.1%.0%.json$", log["$schema"])
    assert.same({}, others(log, "$schema", "version", "runs"))
    assert.equal(1, #log.runs)
    assert.equal("urna", run.tool.driver.name)
    assert.same({}, others(run, "tool", "results", "columnKind"))
    assert.equal("utf16CodeUnits", run.columnKind) -- 3.14.17
  end)

  it("have a rule for each check, with its level", function()
    local levels = { none = true, note = true, warning = true, error = true }
    local seen = {}
    for _, rule in ipairs(run.tool.driver.rules) do
      assert.is_nil(seen[rule.id])
      seen[rule.id] = true
      assert.is_string(rule.shortDescription.text)
      assert.is_true(levels[rule.defaultConfiguration.level])
      assert.same({}, others(rule, "id", "shortDescription",
        "fullDescription", "help", "defaultConfiguration", "properties"))
    end
    assert.equal(#check().rows, #run.tool.driver.rules)
  end)

  it("have results that point at their rule and at file and line", function()
    local told = {}
    for i, result in ipairs(run.results) do
      local rule = run.tool.driver.rules[result.ruleIndex + 1] -- from 0
      assert.equal(rule.id, result.ruleId)
      assert.equal(rule.defaultConfiguration.level, result.level)
      assert.is_string(result.message.text)
      assert.same({}, others(result, "ruleId", "ruleIndex", "level",
        "message", "locations"))
      local location = result.locations[1].physicalLocation
      assert.equal("%28text%29", location.artifactLocation.uri)
      assert.is_true(location.region.startLine >= 1)
      told[i] = ("%s:%d"):format(result.ruleId, location.region.startLine)
    end
    -- the bad row is line 5, over 3, sum 4
    assert.same({ "S03:5", "T10:3", "T05:4" }, told)
    assert.equal("over", run.results[2].locations[1].logicalLocations[1]
      .fullyQualifiedName)
  end)

  it("write paths as URIs", function()
    local sarif = require "urna.checks.sarif"
    local function uri(file)
      local one = dkjson.decode(sarif.encode({ { code = "T10", title = "x",
        severity = "fatal", result = "FIRED" } }, { { row = { code = "T10",
        severity = "fatal" }, hit = { file = file }, text = "x" } }))
      return one.runs[1].results[1].locations[1].physicalLocation
        .artifactLocation.uri
    end
    assert.equal("a%20b/c.csv", uri("a b/c.csv"))
    assert.equal("file:///srv/%C5%A0id.csv", uri("/srv/Šid.csv"))
  end)
end)

describe("findings", function()
  it("are a row for each check as CSV", function()
    local text = check():csv()
    assert.matches("^code,result,count,unknown,severity,consequence,article,"
      .. "title,formula,difference,tolerated,missing,fields,next\n", text)
    assert.matches("\nT10,FIRED,1,0,fatal,annul,116%(a%) %(cited%),more "
      .. "ballots in the box than signatures,ballots_in_box <= "
      .. "voters_signed,1,,,ballots_in_box voters_signed,", text)
    assert.matches("\nM01,UNKNOWN,0,3,error,,,", text)
  end)

  it("are a row for each record, with numbers and suggestion", function()
    local text = check():table()
    assert.matches("\nT10,over,%(text%),3,51,<=,50,fatal,annul,", text)
    assert.matches("\nT05,sum,%(text%),4,950,=,150,error,"
      .. "cannot_be_determined,115 %(cited%),votes of the lists are not the "
      .. "valid ballots,sum%(lists%) 950 = valid_ballots 150,,A,930,130,",
      text)
  end)

  it("are JSON with the records of each check", function()
    local rows = assert(dkjson.decode(check():json()))
    for _, row in ipairs(rows) do
      assert.equal(row.count, #row.units)
      if row.code == "T05" then
        assert.same({ field = "A", value = 930, suggested = 130 },
          row.units[1].suggestion)
      end
    end
  end)

  it("are text: what holds, what does not, and what was not checked",
    function()
      local text = check():text()
      assert.matches("\nT04  PASS         0  valid and invalid ballots add up "
        .. "to those in the box\n", text)
      assert.matches("\nT10  FIRED        1  more ballots in the box than "
        .. "signatures %-> annul, art. 116%(a%) %(cited%); 1 apart in all\n"
        .. "       over  %(text%):3  51 <= 50 does not hold\n"
        .. "       %-> inspect the material: count the ballots again\n", text)
      assert.matches("\nL01  UNKNOWN      0  the control sheet is there, "
        .. "filled in and signed %(not given: control_sheet%)\n", text)
      assert.matches("\nNot checked, as records do not say:\n", text)
      assert.matches("\n  second entry: M01 M08\n", text)
    end)

  it("show a formula with factors by the numbers of the record", function()
    -- 2 in 100 of 50 is 1
    assert.matches("  %(voters_signed 50 %- ballots_in_box 48%) %* 100 < "
      .. "voters_signed 50 %* 2 does not hold\n",
      support.check(HEAD, "x,50,48,2,46,28,18\n", nil, { tolerance =
      { W03 = { share = { 2, 100 } } } }):text())
  end)

  it("are serious unless they are notes", function()
    assert.is_true(check():is_serious())
    -- one fewer in the box than signed
    assert.is_false(support.check(HEAD, "x,51,50,2,48,30,18\n"):is_serious())
  end)
end)
