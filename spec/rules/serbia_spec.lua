local rules = require "urna.rules"
local serbia = require "urna.rules.serbia"
local urna = require "urna"

local function outcome_of(subject, options)
  local found = subject
  if type(subject) == "string" then found = assert(urna.election(subject)) end
  return assert(urna.apportion(found, options or {}))
end

local function seats_by_key(outcome)
  local seats = {}
  for _, list in ipairs(outcome.lists) do
    if not list.others and list.seats and list.seats > 0 then
      seats[list.key] = list.seats
    end
  end
  return seats
end

local function list_of(outcome, key)
  for _, list in ipairs(outcome.lists) do
    if list.key == key then return list end
  end
end

-- An embedded election as typed votes that a test may change.
local function typed(alias)
  local election = assert(urna.election(alias))
  local votes, group = {}, election:total()
  for i, list in ipairs(election.lists) do
    votes[i] = { key = list.key, votes = group.votes[list.key],
      minority = list.minority }
  end
  return votes, { rule = election.contest.rule, date = election.contest.date,
    seats = election.contest.seats,
    ballots_in_box = group.fields.ballots_in_box }
end

-- Votes added to one list by voters who come, or taken by those who do not.
local function with_more(alias, key, more)
  local votes, options = typed(alias)
  for _, list in ipairs(votes) do
    if list.key == key then list.votes = list.votes + more end
  end
  options.ballots_in_box = options.ballots_in_box + more
  return seats_by_key(outcome_of(votes, options))
end

-- Seats as the commissions published them. RIK: Republic Electoral
-- Commission; PIK: of Vojvodina; GIK: of the city.
local OFFICIAL = {
  { "belgrade-2014", "GIK, by way of piglix.com", from_shares = true,
    seats = { SNS = 63, DS = 22, SPS = 16, DSS = 9 } },
  { "belgrade-2018", "GIK, by way of b92.net", from_shares = true,
    seats = { SNS = 64, ["Đilas"] = 26, ["Šapić"] = 12, SPS = 8 } },
  { "belgrade-2022", "GIK, by way of serbianmonitor.com",
    seats = { SNS = 48, UZPB = 26, Moramo = 13, SPS = 8, NADA = 7, SSZ = 4,
      Dveri = 4 } },
  { "belgrade-2023", "GIK, by way of balkan.buzz",
    seats = { SNS = 49, SPN = 43, NADA = 7, ["MI-GIN"] = 6, SPS = 5 } },
  { "belgrade-2024", "GIK, by way of una.rs",
    seats = { SNS = 64, KP = 21, BB = 14, ["MI-SN"] = 10, RS = 1 } },
  { "nis-2024", "GIK of Niš, by way of euronews.rs", from_shares = true,
    seats = { SNS = 30, DM = 16, BN = 10, KP = 2, UN = 2, RS = 1 } },
  { "novi-sad-2024", "GIK of Novi Sad, by way of tanjug.rs",
    seats = { SNS = 45, UZSNS = 21, KP = 8, Heroji = 3, SVM = 1 } },
  { "parliament-2007", "RIK, by way of china.org.cn", from_shares = true,
    seats = { SRS = 81, DS = 64, ["DSS-NS"] = 47, ["G17+"] = 19, SPS = 16,
      LDP = 15, SVM = 3, LZS = 2, URS = 1, KAPD = 1, RP = 1 } },
  { "parliament-2008", "RIK, by way of a Wikipedia mirror",
    from_shares = true,
    seats = { ZES = 102, SRS = 78, ["DSS-NS"] = 30, SPS = 20, LDP = 13,
      MK = 4, BLES = 2, KAPD = 1 } },
  { "parliament-2012", "RIK, by way of electionguide.org/elections/id/1628",
    seats = { PS = 73, IBZ = 67, SPS = 44, DSS = 21, Preokret = 19, URS = 16,
      SVM = 5, SDAS = 2, SZ = 1, NOPO = 1, KAPD = 1 } },
  { "parliament-2014", "RIK, by way of electionguide.org/elections/id/2710",
    seats = { SNS = 158, SPS = 44, DS = 19, NDS = 18, SVM = 6, SDAS = 3,
      PDD = 2 } },
  { "parliament-2016", "RIK, by way of electionguide.org/elections/id/2908",
    seats = { SNS = 131, SPS = 29, SRS = 22, DJB = 16, DS = 16,
      ["Dveri-DSS"] = 13, ["SDS-LDP-LSV"] = 13, SVM = 4, BDZS = 2, SDAS = 2,
      Zelena = 1, PDD = 1 } },
  { "parliament-2020",
    "Statistical Office, github.com/jpaic/serbia-elections 2020-mandati.json",
    seats = { SNS = 188, SPS = 32, SPAS = 11, SVM = 9, ["SPP-DPM"] = 4,
      ["ADA-UD"] = 3, SDAS = 3 } },
  { "parliament-2022",
    "Statistical Office, github.com/jpaic/serbia-elections 2022-mandati.json",
    seats = { SNS = 120, UZPS = 38, SPS = 31, NADA = 15, Moramo = 13,
      ["Dveri-POKS"] = 10, SSZ = 10, SVM = 5, SPP = 3, ZZV = 2, SDAS = 2,
      KAD = 1 } },
  { "parliament-2023", "RIK, by way of ispd.org.cy and euronews.rs",
    seats = { SNS = 129, SPN = 65, SPS = 18, NADA = 13, ["MI-GIN"] = 13,
      SVM = 6, ["SPP-DSHV"] = 2, SDAS = 2, PBASN = 1, RS = 1 } },
  { "vojvodina-2016", "PIK, by way of 013info.rs", from_shares = true,
    seats = { SNS = 63, SPS = 12, SRS = 10, DS = 10, LSV = 9, DJB = 7,
      SVM = 6, MPA = 2, ZS = 1 } },
  { "vojvodina-2023", "PIK, by way of naslovi.net", from_shares = true,
    seats = { SNS = 66, SPN = 30, SVM = 9, NADA = 7, SPS = 7, RS = 1 } },
}

describe("Serbia's rule gives the official seats of", function()
  it("just the 17 embedded elections whose votes or shares are known",
    function()
      local known = { ["vojvodina-2020"] = true } -- no shares are published
      for _, row in ipairs(OFFICIAL) do known[row[1]] = true end
      for _, election in ipairs(urna.elections { country = "rs" }) do
        assert.is_true(known[election.alias], election.alias)
        known[election.alias] = nil
      end
      assert.is_nil(next(known))
    end)

  for _, row in ipairs(OFFICIAL) do
    local alias, source = row[1], row[2]
    it(("%s (%s)"):format(alias, source), function()
      local outcome = outcome_of(alias)
      assert.equal("decided", outcome.decision)
      assert.same(row.seats, seats_by_key(outcome))
      assert.equal(row.from_shares,
        outcome.quotient_unit == "percent" or nil)
    end)

    if row.from_shares then
      it(("%s with every seat certain inside the rounding"):format(alias),
        function()
          for _, list in ipairs(outcome_of(alias).lists) do
            if not list.others then
              assert.equal(list.seats, list.seats_min)
              assert.equal(list.seats, list.seats_max)
            end
          end
        end)
    end
  end

  it("Vojvodina 2020 not at all: undecided, for no votes are known",
    function()
      local outcome = assert(urna.apportion(
        urna.election("vojvodina-2020")))
      assert.equal("undecided", outcome.decision)
      assert.equal("votes_unknown", outcome.open[1].code)
      assert.is_nil(outcome.lists[1].seats)
      assert.is_nil(outcome.lists[1].votes)
      assert.is_false(outcome.claim.is_checked)
    end)
end)

describe("Serbia's threshold", function()
  -- blic.rs, 2016: "one vote short"
  local function dveri(votes, box)
    local outcome = outcome_of({
      { key = "SNS", votes = 1800000, minority = false },
      { key = "Dveri-DSS", votes = votes, minority = false } },
      { rule = "rs/parliament", date = "2016-04-24", ballots_in_box = box })
    return list_of(outcome, "Dveri-DSS").threshold
  end

  it("of 2016 keeps 188,534 of 3,770,695 out: 188,535 are needed", function()
    local test = dveri(188534, 3770695) -- 188,534.75
    assert.equal("failed", test.result)
    assert.equal(188535, test.needed)
    assert.equal(188534, test.votes)
    assert.equal("passed", dveri(188535, 3770695).result)
  end)

  it("of 2016 lets 190,530 of 3,778,923 in: 188,947 are needed", function()
    local test = dveri(190530, 3778923) -- 188,946.15
    assert.equal("passed", test.result)
    assert.equal(188947, test.needed)
    assert.equal("failed", dveri(188946, 3778923).result)
  end)

  it("was 5 % to 2016 and is 3 % since 2020, in every body", function()
    local function share(body, date)
      return rules.find("rs/" .. body, date)[1].share[1]
    end
    assert.equal(5, share("parliament", "2016-04-24"))
    assert.equal(3, share("parliament", "2020-06-21"))
    assert.equal(3, share("parliament", "2022-04-03"))
    assert.equal(5, share("local", "2018-03-04"))
    assert.equal(3, share("local", "2024-06-02"))
    assert.equal(5, share("vojvodina", "2016-04-24"))
    assert.equal(3, share("vojvodina", "2023-12-17"))
  end)

  it("is of ballots in the box: 3 of 100 pass, 3 of 101 do not", function()
    local function result(box)
      local outcome = outcome_of({
        { key = "A", votes = 90, minority = false },
        { key = "B", votes = 3, minority = false } },
        { rule = "rs/parliament", date = "2023-12-17", ballots_in_box = box })
      return list_of(outcome, "B").threshold.result
    end
    assert.equal("passed", result(100))
    assert.equal("failed", result(101))
  end)
end)

describe("Serbia's minority lists", function()
  it("take part below the threshold, before 2020 without the factor",
    function()
      -- 999 votes against 1,000, one seat: 999 * 27/20 = 1348.65
      local function winner(date)
        return next(seats_by_key(outcome_of({
          { key = "A", votes = 1000, minority = false },
          { key = "M", votes = 999, minority = true } },
          { rule = "rs/parliament", date = date, seats = 1,
            ballots_in_box = 100000 })))
      end
      assert.equal("A", winner("2016-04-24"))
      assert.equal("M", winner("2020-06-21"))
      assert.equal("M", winner("2023-12-17"))
    end)

  it("have no factor above the threshold: SVM of 2023 in Vojvodina has 9",
    function()
      local svm = list_of(outcome_of("vojvodina-2023"), "SVM")
      assert.equal("passed", svm.threshold.result)
      assert.is_nil(svm.weight)
      assert.equal(9, svm.seats)
    end)

  it("with a factor for all of them would give Vojvodina 2023 64, 12 and 6",
    function()
      -- serbia.md 0.3: SVM 12, SNS 64, SPS 6
      local everywhere = { since = "2020-06-21", base = "ballots_in_box",
        seats = 120, source = "the text of 2020 by its letter",
        { step = "threshold", share = { 3, 100 }, exempt = "minority" },
        { step = "weight", factor = { 27, 20 }, lists = "minority" },
        { step = "averages", divisor = "dhondt" } }
      local seats = seats_by_key(outcome_of("vojvodina-2023",
        { rule = everywhere }))
      assert.same({ 64, 12, 6 }, { seats.SNS, seats.SVM, seats.SPS })
    end)

  it("may lose by winning: SVM of 2023 gets 11 with 51,240 more, then 8",
    function()
      -- 64,747 + 51,240 = 115,987 of 3,866,247, 3 % of it 115,987.41: below;
      -- one more is 115,988 of 3,866,248, 3 % of it 115,987.44: above
      assert.equal(11, with_more("parliament-2023", "SVM", 51240).SVM)
      assert.equal(8, with_more("parliament-2023", "SVM", 51241).SVM)
    end)

  it("of 2022: KAD keeps its seat with 10,076 votes, not with 10,075",
    function()
      -- 10,076 * 27/20 = 13,602.6, 10,075 * 27/20 = 13,601.25; SPS
      -- 435,274 / 32 = 13,602.3
      local kept = with_more("parliament-2022", "KAD", 10076 - 10165)
      assert.same({ 1, 31 }, { kept.KAD, kept.SPS })
      local lost = with_more("parliament-2022", "KAD", 10075 - 10165)
      assert.same({ nil, 32 }, { lost.KAD, lost.SPS })
    end)

  it("of 2022: the same with the 89 or 90 votes spoilt, the box unchanged",
    function()
      for votes, expected in pairs { [10076] = 31, [10075] = 32 } do
        local lists, options = typed("parliament-2022")
        for _, list in ipairs(lists) do
          if list.key == "KAD" then list.votes = votes end
        end
        assert.equal(expected, seats_by_key(outcome_of(lists, options)).SPS)
      end
    end)

  it("of 2020, taken for ordinary lists, leave 204 34 12", function()
    -- SVM 71,893 is below 3 % of 3,218,763, which is 96,562.89
    local votes, options = typed("parliament-2020")
    for _, list in ipairs(votes) do list.minority = false end
    options.ballots_in_box = 3218763
    assert.same({ SNS = 204, SPS = 34, SPAS = 12 },
      seats_by_key(outcome_of(votes, options)))
  end)
end)

describe("Serbia's rule as data", function()
  it("has the shape that a rule must have", function()
    assert.equal(serbia, assert(rules.validate(serbia)))
  end)

  it("begins each edition on the day of an embedded election", function()
    local bodies = { parliament = { parliament = true },
      vojvodina = { vojvodina = true },
      ["local"] = { belgrade = true, nis = true, ["novi-sad"] = true } }
    local days = {}
    for _, election in ipairs(urna.elections { country = "rs" }) do
      for body, names in pairs(bodies) do
        if names[election.body] then days[body .. election.date] = true end
      end
    end
    for _, row in ipairs(rules.list { country = "rs" }) do
      -- no local election of 2020 is embedded: the day the law was first used
      assert.is_true(days[row.body .. row.since]
        or row.body == "local" and row.since == "2020-06-21",
        row.id .. " " .. row.since)
    end
  end)

  it("cites articles 129 for the averages and 116 for annulment in 2022",
    function()
      local rule = rules.find("rs/parliament", "2022-04-03")
      assert.equal("129", rule[3].article)
      assert.equal("116(a) (cited)", rule.records.T10.article)
      assert.equal("116(d) (cited)", rule.records.T09.article)
      assert.equal("115 (cited)", rule.records.T04.article)
      assert.equal("annul", rule.records.T10.consequence)
      assert.equal("cannot_be_determined", rule.records.T05.consequence)
      assert.equal("allowed_difference", rule.records.T13.consequence)
      assert.equal("117", rule.deadlines.revote.article)
      assert.equal("148 (cited)", rule.deadlines.voter_request.article)
    end)

  it("counts 72 hours to a request, 96 to a report, 10 days to a re-vote",
    function()
      -- serbia.md 2, deadlines
      local days = rules.find("rs/parliament", "2023-12-17").deadlines
      assert.equal(72, days.voter_request.hours)
      assert.equal(96, days.summary_report.hours)
      assert.equal(96, days.overall_report.hours)
      assert.equal(3, days.revote_decision.days)
      assert.equal(10, days.revote.days)
      assert.equal(2, rules.find("rs/local", "2024-06-02").deadlines
        .constitution_of_assembly.months)
    end)

  it("fills 250 seats in parliament and 120 in Vojvodina; the contest says "
    .. "how many in a city", function()
    assert.equal(250, rules.find("rs/parliament", "2023-12-17").seats)
    assert.equal(120, rules.find("rs/vojvodina", "2023-12-17").seats)
    assert.is_nil(rules.find("rs/local", "2024-06-02").seats)
  end)

  it("says on what the factor rests where no list passes", function()
    local outcome = outcome_of({ { key = "A", votes = 20, minority = false },
      { key = "M", votes = 19, minority = true } },
      { rule = "rs/local", date = "2024-06-02", seats = 1,
        ballots_in_box = 1000 })
    assert.same({ M = 1 }, seats_by_key(outcome)) -- 19 * 27/20 = 25.65
    assert.equal("none_passed", outcome.remarks[1].code)
    assert.matches("rests on the words 'below the threshold'",
      outcome.remarks[2].message)
  end)

  it("does not speak of minority lists where there are none", function()
    local outcome = outcome_of({ { key = "A", votes = 20, minority = false },
      { key = "B", votes = 19, minority = false } },
      { rule = "rs/local", date = "2024-06-02", seats = 1,
        ballots_in_box = 1000 })
    assert.equal(1, #outcome.remarks)
    assert.equal("No list reached the threshold, so all take part.",
      outcome.remarks[1].message)
  end)
end)
