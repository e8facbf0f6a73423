local rules = require "urna.rules"
local urna = require "urna"

-- A rule of one's own that holds, to be spoilt in one place by each test.
local function own()
  return { since = "2020-01-01", base = "valid_votes", source = "made up",
    { step = "threshold", share = { 4, 100 } },
    { step = "averages", divisor = "sainte_lague", tie = { "lot" } } }
end

local function message_of(rule)
  local found, err = rules.find(rule)
  assert.is_nil(found)
  assert.equal("bad_rule", err.code)
  return err.message
end

local function spoilt(change)
  local rule = own()
  change(rule)
  return message_of(rule)
end

local function with_file(text, test)
  local path = os.tmpname() .. ".lua"
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  local done, err = pcall(test, path)
  os.remove(path)
  os.remove((path:gsub("%.lua$", "")))
  if not done then error(err, 0) end
end

describe("a rule is found", function()
  it("by its id in the edition that was in force on the day", function()
    local function edition(date)
      return rules.find("rs/parliament", date).edition
    end
    assert.equal("2022-04-03", edition("2023-12-17"))
    assert.equal("2022-04-03", edition("2022-04-03"))
    assert.equal("2020-06-21", edition("2022-04-02"))
    assert.equal("2007-01-21", edition("2020-06-20"))
  end)

  it("with its id, country and body beside the clauses", function()
    local rule = rules.find("rs/local", "2024-06-02")
    assert.same({ "rs/local", "rs", "local", "threshold" },
      { rule.id, rule.country, rule.body, rule[1].step })
  end)

  it("in the list of all editions, by country and body, newest first",
    function()
      local rows = {}
      for i, row in ipairs(urna.rules { country = "rs" }) do
        rows[i] = row.id .. " " .. row.since
      end
      assert.same({ "rs/local 2022-04-03", "rs/local 2020-06-21",
        "rs/local 2014-03-16", "rs/parliament 2022-04-03",
        "rs/parliament 2020-06-21", "rs/parliament 2007-01-21",
        "rs/vojvodina 2020-06-21", "rs/vojvodina 2016-04-24" }, rows)
    end)

  it("in a list of a country that has none as an error that says what there is",
    function()
      assert.has_error(function() urna.rules { country = "xx" } end,
        "no country \"xx\"; there is rs")
    end)
end)

describe("a rule is not found", function()
  it("by a country alone, whose bodies are listed", function()
    local rule, err = urna.rule("rs", "2024-06-02")
    assert.is_nil(rule)
    assert.equal("\"rs\" is a country and names no body; there is rs/local, "
      .. "rs/parliament, rs/vojvodina", err.message)
  end)

  local function failure(id, date)
    local rule, err = urna.rule(id, date)
    assert.is_nil(rule)
    return { err.code, err.message }
  end

  it("for an unknown country, and the error lists the countries", function()
    assert.same({ "unknown_country",
      "no country \"rd\"; there is rs: did you mean \"rs\"?" },
      failure("rd/parliament", "2023-12-17"))
    assert.equal("unknown_country", failure("serbia", "2023-12-17")[1])
  end)

  it("for an unknown body, and the error lists the bodies", function()
    assert.same({ "unknown_body", "no body of Serbia \"parlament\"; there is "
      .. "local, parliament, vojvodina: did you mean \"parliament\"?" },
      failure("rs/parlament", "2023-12-17"))
    assert.equal("unknown_body", failure("rs/name", "2023-12-17")[1])
  end)

  it("for a day before the first edition, and the error lists the editions",
    function()
      assert.same({ "unknown_date", "no edition of rs/parliament is in force "
        .. "on 2004-01-01; editions begin on 2022-04-03, 2020-06-21, "
        .. "2007-01-21" }, failure("rs/parliament", "2004-01-01"))
    end)

  it("for what is no day at all", function()
    assert.same({ "unknown_date", "the date must be a date such as "
      .. "\"2024-06-02\", not \"17.12.2023\"" },
      failure("rs/parliament", "17.12.2023"))
    assert.equal("unknown_date", failure("rs/parliament", "2023-02-29")[1])
    assert.equal("unknown_date", failure("rs/parliament")[1])
  end)

  it("for a file that is not there or returns no table", function()
    assert.equal("cannot_read", failure("/nowhere/rule.lua")[1])
    with_file("return 5", function(path)
      assert.equal("bad_rule", failure(path)[1])
    end)
  end)

  it("for a number: that is raised", function()
    assert.has_error(function() rules.find(5) end,
      "a rule is an id, a path or a table")
  end)
end)

describe("a rule with a typing error", function()
  it("in a key is refused with the key and the nearest known one", function()
    assert.equal("rule has an unknown key \"sats\"; did you mean \"seats\"?",
      spoilt(function(rule) rule.sats = 5 end))
    assert.equal("rule[1] has an unknown key \"shar\"; did you mean "
      .. "\"share\"?", spoilt(function(rule)
        rule[1].shar, rule[1].share = rule[1].share, nil
      end))
  end)

  it("in a step's name is refused with the place and the nearest step",
    function()
      assert.equal("rule[2].step must be one of averages, threshold, weight, "
        .. "not \"avrages\"; did you mean \"averages\"?",
        spoilt(function(rule) rule[2].step = "avrages" end))
    end)

  it("in a divisor's name is refused with the place and the nearest one",
    function()
      assert.matches("^rule%[2%]%.divisor must be one of .*, not "
        .. "\"saint_lague\"; did you mean \"sainte_lague\"%?$",
        spoilt(function(rule) rule[2].divisor = "saint_lague" end))
    end)

  it("in divisors, or a method that has none, is refused with the place",
    function()
      local function refused(divisor)
        return spoilt(function(rule) rule[2].divisor = divisor end)
      end
      for _, name in ipairs { "hare", "quota_method", "droop_averages" } do
        assert.equal(("rule[2].divisor is %q, which has a quota: a step of "
          .. "averages takes a divisor method, such as \"dhondt\", or "
          .. "{ divisors = { ... } }"):format(name), refused(name))
      end
      assert.matches("^rule%[2%]%.divisor: .*below 3, with at most 9 decimals"
        .. ", not 3.5$", refused "modified_sainte_lague_3.5")
      assert.matches("^rule%[2%]%.divisor must be one of .*, not 7$",
        refused(7))
      assert.equal("rule[2].divisor: divisor 2: every divisor must be above "
        .. "the last", refused { divisors = { 2, { 3, 2 } } })
      assert.equal("rule[2].divisor.divisors[2] must be a whole number or a "
        .. "ratio such as { 7, 5 }, not \"x\"",
        refused { divisors = { 1, "x" } })
      assert.matches("^rule%[2%]%.divisor: .* needs two divisors$",
        refused { divisors = { 1 } })
      assert.matches("^rule%[2%]%.divisor has an unknown key \"end\"; did you "
        .. "mean \"ends\"%?$", refused { divisors = { 1 }, ["end"] = true })
    end)

  it("in the base, a date or a tie is refused with the key", function()
    assert.matches("^rule%.base must be one of .*did you mean "
      .. "\"ballots_in_box\"",
      spoilt(function(rule) rule.base = "balots_in_box" end))
    assert.matches("^rule%.since must be a date",
      spoilt(function(rule) rule.since = "2020" end))
    assert.matches("^rule%[2%]%.tie%[1%] must be one of .*\"lott\"",
      spoilt(function(rule) rule[2].tie = { "lott" } end))
  end)

  it("in a share is refused: a decimal number is no exact ratio", function()
    assert.equal("rule[1].share must be a ratio such as { 3, 100 }, not 0.04",
      spoilt(function(rule) rule[1].share = 0.04 end))
    assert.matches("rule%[1%]%.share must be a ratio",
      spoilt(function(rule) rule[1].share = { 0, 100 } end))
  end)

  it("that leaves no step to give seats is refused", function()
    assert.matches("^rule has no step that gives seats",
      spoilt(function(rule) rule[2] = nil end))
  end)

  it("that leaves a gap between steps is refused, not passed over", function()
    assert.equal("rule has a gap in its steps",
      spoilt(function(rule) rule[4], rule[1] = rule[1], rule[2] end))
  end)

  it("in the order of editions is refused: the wrong law would be found",
    function()
      local older, newer = own(), own()
      newer.since = "2024-01-01"
      assert.matches("^rule%.town%[2%]%.since must be before 2020%-01%-01",
        message_of { country = "xx", name = "X", town = { older, newer } })
      local found = assert(rules.find({ country = "xx", name = "X",
        town = { newer, older } }, "2021-01-01"))
      assert.equal("2020-01-01", found.edition)
    end)

  it("in a file is refused with the file's name", function()
    with_file("return { since = \"2020-01-01\", base = \"valid_votes\",\n"
      .. "source = \"s\", { step = \"weigth\" } }", function(path)
      local _, err = urna.rule(path)
      assert.equal(path, err.file)
      assert.matches("rule%[1%]%.step .*did you mean \"weight\"", err.message)
    end)
  end)

  it("of syntax is refused with file and line", function()
    with_file("return {\n  since = = 5 }", function(path)
      local _, err = urna.rule(path)
      assert.same({ "bad_syntax", path, 2 }, { err.code, err.file, err.line })
    end)
  end)
end)

describe("a rule of one's own", function()
  local VOTES = { { key = "A", votes = 53 }, { key = "B", votes = 24 },
    { key = "C", votes = 23 } }

  local function seats(options)
    options.fields = { valid_votes = 100 }
    local outcome = assert(urna.apportion(VOTES, options))
    local found = {}
    for i, list in ipairs(outcome.lists) do found[i] = list.seats end
    return found, outcome
  end

  it("as a table gives seats by its own clauses", function()
    -- 53 24 23 17.67 10.6 8; d'Hondt would have 53 26.5 24 23 17.67 13.25
    local found, outcome = seats { rule = own(), seats = 6 }
    assert.same({ 3, 2, 1 }, found)
    assert.equal("own/rule", outcome.rule.id)
    assert.equal("made up", outcome.rule.source)
  end)

  it("keeps the id that it gives itself", function()
    local rule = own()
    rule.id = "club/board"
    local _, outcome = seats { rule = rule, seats = 4 }
    assert.equal("club/board", outcome.rule.id)
  end)

  it("as a file gives seats by its own clauses", function()
    with_file([[return { since = "2020-01-01", base = "valid_votes",
      source = "made up", seats = 6,
      { step = "averages", divisor = "dhondt" } }]], function(path)
      -- 53 26.5 24 23 17.67 13.25
      assert.same({ 4, 1, 1 }, (seats { rule = path }))
    end)
  end)

  it("as a file sees nothing: no os, no io, no require", function()
    for _, word in ipairs { "os.exit()", "io.open('x')", "require 'io'",
      "getmetatable('')", "load('x')" } do
      with_file("return " .. word, function(path)
        local _, err = urna.rule(path)
        assert.equal("failed", err.code, word)
        assert.equal(1, err.line)
      end)
    end
  end)

  it("as a file that never ends is stopped", function()
    with_file("while true do end", function(path)
      local _, err = urna.rule(path)
      assert.equal("failed", err.code)
      assert.matches("stopped after %d+ instructions", err.message)
    end)
  end)

  it("has one body, or the error says how many it has", function()
    assert.equal("a rule of one's own has one body, not 2",
      message_of { country = "xx", name = "X", a = { own() }, b = { own() } })
  end)
end)
