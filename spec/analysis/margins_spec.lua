local margin = require "urna.analysis.margin"
local serbia2020 = require "spec.serbia2020"
local urna = require "urna"

local function outcome_of(id, options)
  return assert(urna.apportion(assert(urna.election(id)), options))
end

-- The rows of a question, by list (or "") and by how.
local function rows_of(found, question, list, thresholds)
  local rows = {}
  for _, row in ipairs(found.rows) do
    if row.question == question and row.list == list
      and (not thresholds or row.thresholds == thresholds) then
      rows[row.by] = row
    end
  end
  return rows
end

local function copied(map)
  local copy = {}
  for key, value in pairs(map) do copy[key] = value end
  return copy
end

-- The seats by the law itself where ballots moved so.
local function by_law(outcome, way)
  local votes, moved = {}, 0
  for _, list in ipairs(outcome.lists) do
    if not list.others then
      local step = (way.to[list.key] or 0) - (way.from[list.key] or 0)
      moved = moved + step
      votes[#votes + 1] = { key = list.key, votes = list.votes + step,
        minority = list.minority }
    end
  end
  local changed = assert(urna.apportion(votes, { rule = outcome.rule.id,
    date = outcome.rule.edition, seats = outcome.seats, explain = false,
    ballots_in_box = outcome.base.total + moved }))
  local seats = {}
  for _, list in ipairs(changed.lists) do seats[list.key] = list.seats end
  return seats
end

-- The same way with one ballot fewer: for each list that gets some, and gives
-- some, one less.
local function each_with_one_fewer(way, test)
  for _, pair in ipairs { { "to", "from" }, { "from", "to" } } do
    for key in pairs(way[pair[1]]) do
      local less = { from = copied(way.from), to = copied(way.to) }
      less[pair[1]][key] = less[pair[1]][key] - 1
      local other = next(less[pair[2]])
      if other then less[pair[2]][other] = less[pair[2]][other] - 1 end
      test(less)
    end
  end
end

local function seats_of(outcome)
  local seats = {}
  for _, list in ipairs(outcome.lists) do
    if not list.others then seats[list.key] = list.seats end
  end
  return seats
end

-- A row's way does it by the law, and does not with one ballot fewer.
local function check_way(outcome, row, holds)
  local seats = by_law(outcome, row.witness)
  assert.same(row.witness.seats_after, seats)
  assert.is_true(holds(seats))
  each_with_one_fewer(row.witness, function(less)
    assert.is_false(holds(by_law(outcome, less)))
  end)
end

local function differs_from(before)
  return function(seats)
    for key, count in pairs(before) do
      if seats[key] ~= count then return true end
    end
    return false
  end
end

describe("the margins of Serbia 2020", function()
  local outcome = outcome_of("rs/parliament/2020-06-21")
  local found = assert(urna.margins(outcome))
  local differs = differs_from(seats_of(outcome))

  it("are 1,251 switched, 1,331 added, 1,538 removed for any seat", function()
    -- SNS, 188th: 1,953,998 / 188 = 10,393.6; SPAS, 12th: 123,393 / 12 =
    -- 10,282.75; (1,953,998 * 12 - 123,393 * 188) = 250,092: / 200 = 1,250.5,
    -- / 188 = 1,330.3. SPP-DPM's fourth, 32,170 * 27/20 / 4 = 10,857.4, against
    -- SNS's 189th, 10,338.6: 32,170 - 10,338.6 * 4 * 20/27 = 1,537.1
    local rows = rows_of(found, "seat")
    assert.same({ 1251, { SNS = 1251 }, { SPAS = 1251 } },
      { rows.switched.votes, rows.switched.witness.from,
        rows.switched.witness.to })
    assert.same({ 1331, {}, { SPAS = 1331 } }, { rows.added.votes,
      rows.added.witness.from, rows.added.witness.to })
    assert.same({ 1538, { ["SPP-DPM"] = 1538 }, {} }, { rows.removed.votes,
      rows.removed.witness.from, rows.removed.witness.to })
    assert.same({ { list = "SPAS", seats = 1 }, { list = "SNS", seats = -1 } },
      found:changes(rows.switched))
    for _, row in pairs(rows) do check_way(outcome, row, differs) end
  end)

  it("move no seat with 1,250 switched between any two lists", function()
    -- which lists take part does not change with so few: POKS, the nearest,
    -- lacks 10,675
    for _, from in ipairs(outcome.lists) do
      for _, to in ipairs(outcome.lists) do
        if from ~= to and from.votes >= 1250 and from.threshold.result
          ~= "failed" and to.threshold.result ~= "failed" then
          assert.is_false(differs(by_law(outcome,
            { from = { [from.key] = 1250 }, to = { [to.key] = 1250 } })))
        end
      end
    end
  end)

  it("of records are those of the published totals", function()
    local results, why = serbia2020.results()
    if not results then return pending(why) end
    -- their lists stand in the order of the ballot
    local function told(margins)
      local texts = {}
      for i, row in ipairs(margins.rows) do
        texts[i] = ("%s %s %s %d"):format(row.question, row.by,
          row.thresholds or "-", row.votes)
      end
      table.sort(texts)
      return texts
    end
    assert.same(told(found),
      told(assert(urna.margins(assert(urna.apportion(results))))))
  end)

  local below = assert(urna.margins(outcome, { majority = 167, lists = {},
    by = "switched" }))

  it("break SNS's 167 with 66,055 where lists may be lifted over the "
    .. "threshold", function()
    local row = rows_of(below, "majority", "SNS", "free").switched
    assert.same({ 66055, "break", 167 }, { row.votes, row.to, row.majority })
    assert.same({ "POKS", "METLA", "SUV" }, below:crossed(row, "above"))
    check_way(outcome, row, function(seats) return seats.SNS < 167 end)
  end)

  it("break it with 168,170 where who takes part is held", function()
    local row = rows_of(below, "majority", "SNS", "fixed").switched
    assert.equal(168170, row.votes)
    -- held: those that take part now, minority lists at 27/20, by d'Hondt
    -- alone; 168,169 would not do
    local function allocated(way)
      local votes, weights = {}, {}
      for _, list in ipairs(outcome.lists) do
        if list.threshold.result ~= "failed" then
          votes[list.key] = list.votes + (way.to[list.key] or 0)
            - (way.from[list.key] or 0)
          weights[list.key] = list.weight
        end
      end
      return urna.allocate(votes, 250, "dhondt", { weights = weights })
        .seats.SNS
    end
    assert.equal(166, allocated(row.witness))
    each_with_one_fewer(row.witness, function(less)
      assert.equal(167, allocated(less))
    end)
  end)

  it("hold for each list's seats by the law", function()
    for _, row in ipairs(found.rows) do
      if row.question == "gain" or row.question == "lose" then
        local now = seats_of(outcome)[row.list]
        check_way(outcome, row, function(seats)
          if row.question == "gain" then return seats[row.list] > now end
          return seats[row.list] < now
        end)
      end
    end
  end)

  it("are asked for the lists that take part, gains and losses", function()
    local asked, lists = {}, {}
    for _, row in ipairs(found.rows) do
      local key = row.question .. " " .. (row.list or "")
      if not asked[key] then lists[#lists + 1] = key end
      asked[key] = true
    end
    -- of 96,563 votes needed half are 48,282 and twice as many 193,126: SPS
    -- has 334,333, ZAV 45,950
    assert.same({ "seat ", "gain SNS", "lose SNS", "gain SPS", "lose SPS",
      "gain SPAS", "lose SPAS", "gain SVM", "lose SVM", "gain SPP-DPM",
      "lose SPP-DPM", "gain ADA-UD", "lose ADA-UD", "gain SDAS", "lose SDAS",
      "gain RS", "threshold SPAS", "threshold SVM", "threshold SRS",
      "threshold POKS", "threshold METLA", "threshold PSG", "threshold SUV",
      "majority SNS" }, lists)
  end)

  it("say how far lists are from the threshold", function()
    -- 3 % of 3,218,763 is 96,562.89: SUV, 73,953, lacks 22,610; added,
    -- (96,562.89 - 73,953) / .97 = 23,309.2; SPAS, 123,393, is below with
    -- 26,831 switched or (123,393 - 96,562.89) / .97 = 27,659.9 removed
    local rows = rows_of(found, "threshold", "SUV")
    assert.same({ "above", 22610, 23310 }, { rows.switched.to,
      rows.switched.votes, rows.added.votes })
    rows = rows_of(found, "threshold", "SPAS")
    assert.same({ "below", 26831, 27660, 0 }, { rows.switched.to,
      rows.switched.votes, rows.removed.votes,
      rows.switched.witness.seats_after.SPAS })
  end)

  it("tell that SVM's bonus ends where it would pass the threshold", function()
    -- see margin_spec: 5,097 more bring a seat, 25,433 take it again
    local row = rows_of(found, "gain", "SVM").added
    assert.equal(5097, row.votes)
    assert.same({ votes = 25433, list = "SVM" }, row.undone)
  end)

  it("have the last seats, and the quotients after them in their order",
    function()
      local last = found.last[5]
      assert.same({ 250, "SNS", 188, 188, { 976999, 94 }, "SPAS", 12 },
        { last.seat, last.list, last.nth, last.divisor, last.quotient,
          last.rival, last.rival_divisor })
      -- SNS / 189 = 10,338.6, / 190 = 10,284.2, / 191 = 10,230.4, / 192 =
      -- 10,177.1; SPAS / 12 = 10,282.75; SPS / 33 = 10,131.3
      local after = {}
      for i, row in ipairs(found.following) do
        after[i] = ("%d %s %d"):format(row.seat, row.list, row.nth)
      end
      assert.same({ "251 SNS 189", "252 SNS 190", "253 SPAS 12", "254 SNS 191",
        "255 SNS 192" }, after)
      assert.same({ 41131, 4 }, found.following[3].quotient)
      assert.same({ "SPAS", 1331, 1251 }, { found.next_in_line[1].list,
        found.next_in_line[1].votes_short,
        found.next_in_line[1].switched_short })
    end)

  it("are said in words and as CSV", function()
    local text = found:text()
    assert.matches("  any seat: 1,251 switched from SNS to SPAS: SPAS +1, SNS "
      .. "-1\n", text, 1, true)
    assert.matches("  250  SNS / 188 = 10,393.6064, before SPAS / 12 = "
      .. "10,282.7500\n", text, 1, true)
    assert.matches("  SVM gains a seat: 5,097 added to SVM: SVM +1, SNS -1; "
      .. "25,433 undo it, when SVM crosses the threshold\n", text, 1, true)
    assert.matches("those that take part held as they are", text, 1, true)
    local rows = found:csv()
    assert.matches("^question,list,coalition,to,majority,by,thresholds,votes,"
      .. "tie,from,to_lists,seats,crossed,why\n"
      .. "seat,,,,,switched,free,1251,,SNS=1251,SPAS=1251,SPAS%+1;SNS%-1,,\n",
      rows)
    assert.matches("\nthreshold,SUV,,above,,switched,,22610,,SNS=22610,"
      .. "SUV=22610,SUV+9;SNS-8;SPS-1,SUV=above,\n", rows, 1, true)
  end)

  it("take coalitions, and make or break their majority", function()
    local own = assert(urna.margins(outcome, { lists = {},
      coalitions = { { "SPS", "SPAS" }, { "SNS", "SVM" } } }))
    local rows = {}
    for _, row in ipairs(own.rows) do
      if row.question == "coalition" and row.by == "switched"
        and row.thresholds == "free" then
        rows[#rows + 1] = row
      end
    end
    assert.same({ "make", "break" }, { rows[1].to, rows[2].to })
    check_way(outcome, rows[1], function(seats)
      return seats.SPS + seats.SPAS >= 126
    end)
    check_way(outcome, rows[2], function(seats)
      return seats.SNS + seats.SVM < 126
    end)
  end)

  it("are asked both ways, or one, where that is said", function()
    local function count(options)
      options.lists = {}
      local held = {}
      for _, row in ipairs(assert(urna.margins(outcome, options)).rows) do
        local name = row.thresholds or ""
        held[name] = (held[name] or 0) + 1
      end
      return held
    end
    -- three of any seat, two of the majority, on whose ways lists cross
    assert.same({ free = 5, fixed = 2 }, count {})
    assert.same({ free = 5, fixed = 5 }, count { thresholds = "both" })
    assert.same({ fixed = 5 }, count { thresholds = "fixed" })
    assert.same({ free = 5 }, count { thresholds = "free" })
    assert.same({ free = 2 }, count { thresholds = "free", by = "added" })
  end)

  it("say why there is none", function()
    local own = assert(urna.margins(outcome, { lists = { "SUV" } }))
    local row = rows_of(own, "gain", "SUV", "fixed").switched
    assert.is_nil(row.votes)
    assert.is_nil(row.gave_up)
    assert.matches("no number of ballots switched means that SUV gains",
      row.why, 1, true)
    assert.equal(22610, rows_of(own, "gain", "SUV", "free").switched.votes)
  end)

  it("are as many of the last seats as are asked for", function()
    assert.equal(20, #assert(urna.margins(outcome, { last = 20 })).last)
    local none = assert(urna.margins(outcome, { last = 0 }))
    assert.same({ 0, 0 }, { #none.last, #none.following })
    local bare = outcome_of("rs/parliament/2020-06-21", { explain = false })
    assert.same({ 0, 5 }, { #assert(urna.margins(bare)).last,
      #assert(urna.margins(bare)).following })
  end)
end)

describe("the margins of Belgrade 2024", function()
  local outcome = outcome_of("belgrade-2024")
  local found = assert(urna.margins(outcome))

  it("are 111 switched, 278 added, 185 removed for the last seat", function()
    -- MI-SN 59,805 / 10 = 5,980.5, BB 89,430 / 15 = 5,962; with 111 switched
    -- both have 5,969.4, with 185 removed both 5,962, and BB has more votes;
    -- 89,708 / 15 = 5,980.53
    local rows = rows_of(found, "seat")
    assert.same({ 111, 278, 185 }, { rows.switched.votes, rows.added.votes,
      rows.removed.votes })
    local differs = differs_from(seats_of(outcome))
    for _, row in pairs(rows) do check_way(outcome, row, differs) end
  end)

  it("say how SNS would lose its majority of 56", function()
    local row = rows_of(found, "majority", "SNS").switched
    assert.equal("break", row.to)
    check_way(outcome, row, function(seats) return seats.SNS < 56 end)
  end)
end)

describe("the margins of Belgrade 2023", function()
  local outcome = outcome_of("belgrade-2023")

  it("hold who takes part, for ballots in the box are known only between "
    .. "bounds", function()
    -- SNS 367,121 / 49 = 7,492.3, SPS 44,678 / 6 = 7,446.3: 367,121 * 6 -
    -- 44,678 * 49 = 13,504: / 55 = 245.5, / 49 = 275.6, / 6 = 2,250.7
    local found = assert(urna.margins(outcome))
    local rows = rows_of(found, "seat", nil, "fixed")
    assert.is_true(found.is_held)
    assert.same({ 246, 276, 2251 }, { rows.switched.votes, rows.added.votes,
      rows.removed.votes })
    for _, row in ipairs(found.rows) do
      assert.equal("fixed", row.thresholds)
    end
    assert.matches("ballots in box are not known: those that take part are "
      .. "held as they are\n", found:text(), 1, true)
  end)

  it("say who would then surely be below the threshold", function()
    -- of at least 919,421 ballots 3 % is 27,582.6: MI-GIN would have 14,810
    local found = assert(urna.margins(outcome))
    local row = rows_of(found, "majority", "SNS").switched
    assert.equal("make", row.to)
    assert.same({ "MI-GIN" }, found:crossed(row, "below"))
    assert.equal(56, row.witness.seats_after.SNS)
  end)

  it("are none with the thresholds free", function()
    local found, err = urna.margins(outcome, { thresholds = "free" })
    assert.is_nil(found)
    assert.equal("base_unknown", err.code)
    assert.equal("ballots in box are not known: say thresholds = \"fixed\"",
      err.message)
  end)
end)

-- A contest of typed votes by a rule of one's own.
local function rule_with(...)
  local rule = { since = "2024-01-01", seats = 3, base = "valid_ballots",
    source = "made up", ... }
  rule[#rule + 1] = { step = "averages", divisor = "dhondt",
    tie = { "undecided" } }
  return rule
end

local function typed(votes, rule, fields)
  return assert(urna.apportion(votes, { rule = rule, date = "2024-06-02",
    fields = fields }))
end

describe("urna.margins", function()
  it("tells a tie apart", function()
    -- A 60, B 30: B's second 15 + x/2 against A's second 30 - x/2: equal with
    -- 15, and 16 surely do
    local rule = rule_with()
    local found = assert(urna.margins(typed({ A = 60, B = 30 }, rule),
      { rule = rule }))
    local row = rows_of(found, "gain", "B").switched
    assert.same({ 15, 16 }, { row.tie, row.votes })
    assert.is_nil(row.thresholds)
    assert.matches("B gains a seat: 16 switched from A to B: B +1, A -1; with "
      .. "15 a tie may", found:text(), 1, true)
    assert.matches("\ngain,B,,,,switched,,16,15,A=16,B=16,B+1;A-1,,\n",
      found:csv(), 1, true)
  end)

  it("knows how many candidates a list has", function()
    -- 90:10 of three is 3 and 0; with two candidates A can have no third
    local rule = rule_with()
    local found = assert(urna.margins(typed({
      { key = "A", votes = 90, candidates = 2 }, { key = "B", votes = 10 } },
      rule), { rule = rule, by = "switched" }))
    local row = rows_of(found, "gain", "A").switched
    assert.is_nil(row.votes)
    assert.matches("no number of ballots switched means that A gains", row.why,
      1, true)
    -- B has the third, and loses it with all its ten votes
    assert.equal(10, rows_of(found, "lose", "B").switched.votes)
    assert.equal("B", found.following[1].list)
  end)

  it("asks no majority of a list that is alone", function()
    local rule = rule_with()
    local found = assert(urna.margins(typed({ A = 9 }, rule), { rule = rule }))
    assert.same({}, rows_of(found, "majority", "A"))
  end)

  it("makes the majority of the list with most seats where none has one",
    function()
      -- 40:35:25 of three is 1 1 1
      local rule = rule_with()
      local found = assert(urna.margins(typed({ A = 40, B = 35, C = 25 },
        rule), { rule = rule }))
      local row = rows_of(found, "majority", "A").switched
      assert.same({ "make", 2 }, { row.to, row.majority })
      -- (40 + x) / 2 against 25 or 35 - x, whichever is the least: 11 from B
      -- leave 25.5 against 24, and from C 26 against 25 - 6: (40 + x) / 2 >
      -- 25 - x from x = 3.33
      assert.same({ 4, { C = 4 } }, { row.votes, row.witness.from })
    end)

  it("takes a weight that ends at the threshold, and one that does not",
    function()
      local threshold = { step = "threshold", share = { 1, 10 },
        exempt = "minority" }
      local function bonus(when)
        return { step = "weight", factor = { 3, 2 }, lists = "minority",
          when = when }
      end
      -- of 100 ballots ten are needed. M's 8 count 12 against A's 92 / 3 =
      -- 30.7 and B's 0. Where the weight ends: 3/2 of 9 is 13.5, and from 10
      -- on M has its votes: x with 8 + x > (92 - x) / 3 from 17.0, so 18.
      -- Where it stays: 3/2 (8 + x) > (92 - x) / 3 from 10.2, so 11
      local function gain(when)
        local rule = rule_with(threshold, bonus(when))
        local outcome = typed({ { key = "A", votes = 92, minority = false },
          { key = "M", votes = 8, minority = true } }, rule,
          { valid_ballots = 100 })
        local found = assert(urna.margins(outcome,
          { rule = rule, lists = { "M" }, thresholds = "free" }))
        return rows_of(found, "gain", "M").switched
      end
      assert.same({ 17, 18 }, { gain("below_threshold").tie,
        gain("below_threshold").votes })
      assert.equal(11, gain().votes)
    end)

  local function refusal(outcome, options)
    local found, err = urna.margins(outcome, options)
    assert.is_nil(found)
    return err.code, err.message
  end

  it("has no answer where the seats are undecided", function()
    local rule = rule_with()
    local tied = typed({ A = 50, B = 50 }, rule)
    assert.equal("undecided", (refusal(tied, { rule = rule })))
    local none = typed({ A = 0, B = 0 }, rule)
    assert.equal("undecided", (refusal(none, { rule = rule })))
    local lot = rule_with()
    lot[#lot].tie = { "lot" }
    local code, message = refusal(typed({ A = 50, B = 50 }, lot),
      { rule = lot })
    assert.equal("undecided", code)
    assert.matches("lots_required", message, 1, true)
  end)

  it("has no answer where only shares are known", function()
    local shares
    for _, election in ipairs(urna.elections()) do
      local outcome = outcome_of(election.id)
      if outcome.quotient_unit == "percent"
        and outcome.decision == "decided" then
        shares = outcome
      end
    end
    assert.equal("votes_unknown", (refusal(shares)))
  end)

  it("needs the rule that gave the seats", function()
    local rule = rule_with()
    local outcome = typed({ A = 60, B = 30 }, rule)
    local code, message = refusal(outcome)
    assert.equal("no_rule", code)
    assert.matches("^the rule of this outcome is asked for as rule = %.%.%.",
      message)
    -- by Sainte-Laguë 8:1 is 3 and 0, by d'Hondt too; 5:1 of 3 is 2 and 1 by
    -- the first, 3 and 0 by the second
    local other = rule_with()
    other[#other].divisor = "sainte_lague"
    code = refusal(typed({ A = 50, B = 10 }, rule), { rule = other })
    assert.equal("other_seats", code)
  end)

  it("has no answer of a rule with a step of one's own", function()
    local rule = rule_with(function() end)
    assert.equal("own_step", (refusal(typed({ A = 60, B = 30 }, rule),
      { rule = rule })))
  end)

  it("has no answer where there are more votes than their base", function()
    local rule = rule_with({ step = "threshold", share = { 1, 10 } })
    local code, message = refusal(typed({ A = 60, B = 30 }, rule,
      { valid_ballots = 80 }), { rule = rule })
    assert.equal("impossible", code)
    assert.equal("the votes add up to 90, which is more than the 80 valid "
      .. "ballots", message)
  end)
end)

describe("urna.margins refuses", function()
  local outcome = outcome_of("belgrade-2024")
  local WRONG = {
    { { lists = { "SNSX" } },
      'there is no list "SNSX": did you mean "SNS"?' },
    { { lists = { "SNS", "SNS" } }, 'margins: lists names "SNS" twice' },
    { { coalitions = { { "SNS", "KX" } } }, 'there is no list "KX"' },
    { { coalitions = { "SNS" } },
      "margins: coalitions[1] is an array of lists" },
    { { coalitions = { {} } }, "margins: coalitions[1] is no lists" },
    { { coalitions = { { "SNS", "KP", "BB", "MI-SN", "RS" } } },
      "margins: coalitions[1] is all lists" },
    { { by = "moved" }, "margins: by is switched, added, removed, not "
      .. '"moved"' },
    { { thresholds = "none" }, "margins: thresholds is both, fixed, free, "
      .. 'not "none"' },
    { { last = -1 }, "margins: last is a whole number from 0 to 1000" },
    { { majority = 111 },
      "margins: majority is a whole number from 1 to 110" },
    { { coalition = {} },
      'margins has no option "coalition": did you mean "coalitions"?' },
    { { last = "5" }, "margins: last must be a number, not a string" },
  }
  for _, row in ipairs(WRONG) do
    it(row[2], function()
      local done, message = pcall(urna.margins, outcome, row[1])
      assert.is_false(done)
      assert.matches(row[2], message, 1, true)
      -- blamed is who called, and not urna
      assert.falsy(message:find("lua/urna", 1, true))
    end)
  end

  it("what is no outcome", function()
    assert.has_error(function() urna.margins({ A = 1 }) end,
      "margins: an outcome is expected, as urna.apportion gives it")
    assert.has_error(function()
      urna.margins(urna.read("/nonexistent.csv"))
    end)
  end)
end)

describe("many questions of one result", function()
  it("have the answers that they have one by one", function()
    local votes = { A = 60, B = 30, C = 11 }
    local rule = { threshold = { share = { 1, 10 } } }
    local ask = margin.asker(votes, 7, "sainte_lague", rule)
    for _, by in ipairs { "switched", "added", "removed" } do
      for _, thresholds in ipairs { "free", "fixed" } do
        for _, change in ipairs { "any", { list = "B", to = "gain" },
          { threshold = "C" }, { coalition = { "B", "C" } } } do
          local asked = { change = change, by = by, thresholds = thresholds }
          local own = { threshold = rule.threshold, change = change, by = by,
            thresholds = thresholds }
          local a, why = ask(asked)
          local b, reason = urna.margin(votes, 7, "sainte_lague", own)
          assert.same({ b, reason }, { a, why })
        end
      end
    end
  end)

  it("are refused as one is", function()
    assert.has_error(function() margin.asker({ A = 1 }, 0, "dhondt") end)
    local ask = margin.asker({ A = 1 }, 1, "dhondt")
    local done, message = pcall(ask, { by = "moved" })
    assert.is_false(done)
    assert.matches("urna.margin: by must be", message, 1, true)
  end)
end)
