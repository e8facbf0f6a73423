local support = require "spec.checks.support"
local urna = require "urna"

local check, row, told = support.check, support.row, support.told

describe("the catalogue", function()
  it("has every code of the letters S C T X W M P L once, each with words",
    function()
      local counts, seen = {}, {}
      for _, item in ipairs(require "urna.checks.catalogue") do
        local letter, number = item.code:match("^([SCTXWMPL])(%d%d)$")
        assert.is_nil(seen[item.code])
        seen[item.code] = true
        counts[letter] = math.max(counts[letter] or 0, tonumber(number))
        assert.is_string(item.title)
        assert.is_truthy(({ fatal = 1, error = 1, warning = 1,
          note = 1 })[item.severity])
        -- what is checked says what to do, what is not what it would need
        assert.is_truthy(item.needs or item.next, item.code)
      end
      assert.same({ S = 16, C = 13, T = 29, X = 12, W = 23, M = 8, P = 8,
        L = 4 }, counts)
      local all = 0
      for _, count in pairs(counts) do all = all + count end
      assert.equal(all, #require "urna.checks.catalogue")
    end)

  it("tells each code, and of one that nobody can check what it needs",
    function()
      local found = check("p,voters_signed,A", "x,5,5\n")
      assert.equal(#require "urna.checks.catalogue", #found.rows)
      assert.same({ "UNKNOWN", { "second_entry" } },
        { row(found, "M01").result, row(found, "M01").missing })
      assert.same({ "UNKNOWN", { "ballots_in_box" } },
        { row(found, "T10").result, row(found, "T10").missing })
      assert.same({ "ballots_in_box", "voters_signed" },
        row(found, "T10").fields)
      assert.is_string(row(found, "T10").next)
    end)

  it("counts a check as not known where no record can tell", function()
    local found = check("p,voters_signed,ballots_in_box,A",
      "x,,5,5\ny,,6,6\n")
    assert.same({ "UNKNOWN", 2 }, { row(found, "T10").result,
      row(found, "T10").unknown })
  end)
end)

describe("a field that changes a check", function()
  it("postal ballots are in the box without a signature", function()
    -- 53 in the box: 50 signed and 3 by post; 52 are one fewer, 54 one more
    local found = check("p,voters_signed,postal_ballots,ballots_in_box,A",
      "x,50,3,53,9\nfew,50,3,52,9\nover,50,3,54,9\n")
    assert.equal("over", support.keys(found, "T10"))
    assert.equal("few", support.keys(found, "T13"))
    assert.equal("ballots_in_box <= voters_signed + postal_ballots",
      row(found, "T10").formula)
  end)

  it("blank ballots stand beside the invalid ones", function()
    -- 40 + 6 + 4 = 50
    local found = check("p,valid_ballots,blank_ballots,invalid_ballots,"
      .. "ballots_in_box,A", "x,40,6,4,50,40\ny,40,6,4,51,40\n")
    assert.equal("y", support.keys(found, "T04"))
  end)

  it("voters added on the day may sign", function()
    local found = check("p,registered_voters,voters_added,voters_signed,A",
      "x,50,2,52,9\ny,50,2,53,9\n")
    assert.equal("y", support.keys(found, "T11"))
  end)

  it("a spoiled ballot was given out too", function()
    -- 40 unused + 50 given out + 1 spoiled = 91
    local found = check("p,ballots_received,ballots_unused,voters_signed,"
      .. "ballots_spoiled,A", "x,91,40,50,1,9\ny,90,40,50,1,9\n")
    assert.equal("y", support.keys(found, "T08"))
  end)

  it("where valid ballots are known, votes of all papers say nothing",
    function()
      local found = check("p,valid_votes,valid_ballots,blank_ballots,"
        .. "invalid_ballots,ballots_in_box,A", "x,90,40,6,4,50,90\n")
      assert.equal("UNKNOWN 0", told(found, "T03"))
      assert.equal("PASS 0", told(found, "T02"))
    end)
end)

describe("a tolerance", function()
  local ROWS = "x,50,50,9\ny,50,51,9\nz,50,53,9\n"
  local HEAD = "p,voters_signed,ballots_in_box,A"

  it("lets a number pass, and says how many", function()
    local found = check(HEAD, ROWS, nil, { tolerance = { T10 = 1 } })
    assert.equal("z", support.keys(found, "T10"))
    assert.same({ 1, 1, 3 }, { row(found, "T10").tolerance,
      row(found, "T10").tolerated, row(found, "T10").difference })
  end)

  it("lets a share of the greater side pass, exactly", function()
    -- 3 of 53 is 5.66 %: 3/53 passes, 2/53 does not
    local function fired(num)
      return support.keys(check(HEAD, ROWS, nil, { tolerance = { T10 =
        { share = { num, 53 } } } }), "T10")
    end
    assert.equal("", fired(3))
    assert.equal("z", fired(2))
  end)

  it("of the contest holds unless another is asked for", function()
    local more = { tolerances = { T10 = 3 } }
    assert.equal("", support.keys(check(HEAD, ROWS, more), "T10"))
    assert.equal("y z", support.keys(check(HEAD, ROWS, more,
      { tolerance = { T10 = 0 } }), "T10"))
  end)

  it("of no number or of no check is refused", function()
    local function run(tolerance)
      local done, message = pcall(check, HEAD, ROWS, nil,
        { tolerance = tolerance })
      assert.is_false(done)
      return tostring(message)
    end
    assert.matches("tolerance.T10 must be a number, or", run { T10 = "1" })
    assert.matches("there is no check \"T30\"", run { T30 = 1 })
    assert.matches("T10 must be a number", run { T10 = { share = { 0, 3 } } })
    assert.matches("C01 compares no numbers", run { C01 = 1 })
    assert.matches("W02 is a limit", run { W02 = 3 })
    local contest, err = urna.contest { keys = { "p" },
      tolerances = { T10 = -1 } }
    assert.is_nil(contest)
    assert.equal("bad_contest", err.code)
  end)
end)

describe("a usual limit", function()
  local HEAD = "p,ballots_in_box,invalid_ballots,A"

  -- 'beyond' of 'all' records have 4 invalid ballots of 100, the others 2
  local function records(beyond, all)
    local rows = {}
    for i = 1, all do
      rows[i] = ("%d,100,%d,90"):format(i, i <= beyond and 4 or 2)
    end
    return rows
  end

  it("is 3 invalid in 100, and is given up beyond a tenth of the records",
    function()
      assert.equal("FIRED 10", told(check(HEAD, records(10, 100)), "W02"))
      local found = check(HEAD, records(11, 100))
      assert.equal("UNKNOWN 0", told(found, "W02"))
      assert.matches("^11 of 100 records are beyond the usual limit of 3/100",
        row(found, "W02").remark)
    end)

  it("is nobody's below a hundred records, unless it is asked for", function()
    assert.equal("UNKNOWN 0", told(check(HEAD, records(1, 99)), "W02"))
    assert.equal("FIRED 99", told(check(HEAD, records(0, 99), nil,
      { tolerance = { W02 = { share = { 2, 100 } } } }), "W02"))
    assert.equal("PASS 0", told(check(HEAD, records(0, 99), nil,
      { tolerance = { W02 = { share = { 3, 100 } } } }), "W02"))
  end)

  it("of ballots against signatures is 15, or 2 in 100", function()
    local limit = { tolerance = { W03 = { share = { 2, 100 } } } }
    -- 14 of 2000, 15 of 2000, 2 of 100, 1 of 100, and 15 too many
    local found = check("p,voters_signed,ballots_in_box,A",
      "a,2000,1986,9\nb,2000,1985,9\nc,100,98,9\nd,100,99,9\n"
      .. "e,2000,2015,9\n", nil, limit)
    assert.equal("b c e", support.keys(found, "W03"))
    local hits = found:hits("W03")
    assert.same({ 15, "<", 15 }, { hits[1].left, hits[1].operator,
      hits[1].right })
    assert.equal("voters_signed 2000 - ballots_in_box 1985 < 15",
      hits[1].numbers)
  end)
end)

describe("a check of one's own", function()
  it("has a severity, a condition and what follows", function()
    local found = check("p,A,B", "x,9,1\ny,5,5\nz,0,9\n", nil,
      { extra = { { code = "Z1", test = "A <= B", when = "A > 0",
        severity = "warning", title = "A leads", consequence = "inspect",
        article = "7", next = "look" } } })
    local own = row(found, "Z1")
    assert.same({ "FIRED", 1, "warning", "A leads", "inspect", "7", "look" },
      { own.result, own.count, own.severity, own.title, own.consequence,
        own.article, own.next })
    assert.equal("A 9 <= B 1", found:hits("Z1")[1].numbers)
    assert.is_true(found:is_serious())
  end)

  it("has a code of its own and a known severity", function()
    local function run(extra)
      local done, message = pcall(check, "p,A", "x,1\n", nil,
        { extra = { extra } })
      assert.is_false(done)
      return tostring(message)
    end
    assert.matches("there is a check \"T10\" already",
      run { code = "T10", test = "A > 0" })
    assert.matches("severity is fatal, error, warning or note",
      run { code = "Z1", test = "A > 0", severity = "bad" })
    assert.matches("did you mean \"title\"",
      run { code = "Z1", test = "A > 0", titel = "x" })
  end)
end)

-- Each formula of what a form seldom asks, with a record that keeps it and one
-- that does not.
describe("a form that asks for more", function()
  local CASES = {
    { "C04", "declared_equal,declared_more,declared_fewer", "1,0,0", "1,1,0" },
    { "C05", "corrections,correction_inserts", "2,2", "1,0" },
    { "C10", "open_bundles", "0", "1" },
    { "C12", "write_ins_open", "0", "2" },
    { "T14", "ballots_in_box,voting_cards", "50,50", "51,50" },
    { "T15", "ballots_accounted,ballots_in_box,blank_ballots,invalid_ballots",
      "45,50,3,2", "46,50,3,2" },
    { "T17", "lists_modified,lists_unmodified,ballots_accounted", "20,25,45",
      "20,24,45" },
    { "T18", "blank_answers,ballots_accounted", "1,10", "2,10" }, -- A is 9
    { "T25", "voting_cards,registered_voters", "90,90", "91,90" },
    { "X01", "ballots_in_box,voters_admitted,declared_equal", "50,50,1",
      "51,50,1" },
    { "X02", "ballots_in_box,voters_admitted,declared_more", "51,50,1",
      "50,50,1" },
    { "X03", "ballots_in_box,voters_admitted,declared_fewer", "49,50,1",
      "50,50,1" },
    { "X04", "declared_surplus,declared_shortage,declared_equal", "0,0,1",
      "1,0,1" },
    { "X05", "ballots_in_box,voters_admitted,declared_surplus,declared_more",
      "52,50,2,1", "52,50,1,1" },
    { "X06", "declared_more,declared_shortage,declared_fewer,declared_surplus",
      "1,0,0,2", "1,2,0,0" },
    { "X07", "ballots_in_box,voters_admitted,declared_shortage,"
      .. "declared_fewer", "48,50,2,1", "48,50,3,1" },
    { "X08", "voters_admitted,declared_surplus,ballots_in_box,"
      .. "declared_shortage", "50,2,52,0", "50,2,51,0" },
    { "X09", "difference_unexplained,recounted", "2,1", "2,0" },
    { "X10", "difference_explained,declared_surplus,declared_shortage",
      "2,2,0", "1,2,0" },
    { "M02", "entry_rejected", "0", "1" },
    { "L01", "control_sheet", "1", "0" },
    { "L02", "voters_outside_extract", "0", "1" },
    { "L03", "board_signatures", "3", "2" },
    { "L04", "voting_interrupted", "0", "1" },
  }

  it("is checked by its own formula", function()
    for _, case in ipairs(CASES) do
      local code, head = case[1], "p," .. case[2] .. ",A"
      local found = check(head, ("good,%s,9\nbad,%s,9\n"):format(case[3],
        case[4]))
      assert.equal("bad", support.keys(found, code), code)
      assert.equal("UNKNOWN 0", told(check("p,A", "x,9\n"), code), code)
    end
  end)

  it("of declared differences looks only at those declared", function()
    -- not said to be equal, so X01 and X04 do not look
    local found = check("p,ballots_in_box,voters_admitted,declared_equal,"
      .. "declared_surplus,declared_shortage,A", "x,51,50,0,1,0,9\n")
    assert.same({ "PASS 0", "PASS 0" }, { told(found, "X01"),
      told(found, "X04") })
  end)

  it("has as many signatures as the law of the country wants", function()
    local head, rows = "p,board_signatures,A", "x,3,9\ny,2,9\n"
    local found = check(head, rows, { rule = "rs/parliament",
      date = "2023-12-17" })
    assert.equal("y", support.keys(found, "C07"))
    assert.equal("board_signatures >= 3", row(found, "C07").formula)
    assert.equal("cannot_be_determined", row(found, "C07").consequence)
    assert.same({ "rule" }, row(check(head, rows), "C07").missing)
  end)

  it("counts spoiled ballots among those received, with postal ones too",
    function()
      -- 40 + 50 + 1 is 91 of 91, and with a postal ballot of 92
      local found = check("p,ballots_unused,ballots_in_box,ballots_spoiled,"
        .. "ballots_received,A", "x,40,50,1,91,9\ny,40,50,0,91,9\n")
      assert.equal("y", support.keys(found, "X12"))
      found = check("p,ballots_unused,ballots_in_box,ballots_spoiled,"
        .. "ballots_received,postal_ballots,A",
        "x,40,50,1,91,0,9\ny,40,50,1,91,1,9\n")
      assert.equal("y", support.keys(found, "X12"))
    end)
end)

describe("what follows by the law of Serbia", function()
  local function law(code, date)
    local found = check("p,A", "x,1\n", { rule = "rs/parliament",
      date = date or "2023-12-17" })
    local one = row(found, code)
    return { one.consequence, one.article }
  end

  it("is named with its article, in the edition of the day", function()
    assert.same({ "annul", "116(a) (cited)" }, law "T10")
    assert.same({ "annul", "116(d) (cited)" }, law "T09")
    assert.same({ "annul", "116(c) (cited)" }, law "L01")
    assert.same({ "annul", "116(b) (cited)" }, law "L02")
    assert.same({ "cannot_be_determined", "115 (cited)" }, law "L03")
    assert.same({ "cannot_be_determined", "115 (cited)" }, law "T05")
    assert.same({ "inspect", "110" }, law "T08")
    assert.same({ "allowed_difference" }, law "X12")
    assert.same({ "clerical", "109 (cited)" }, law "C01")
    -- of the law of 2020 no articles are known
    assert.same({ "annul" }, law("T10", "2020-06-21"))
  end)
end)
