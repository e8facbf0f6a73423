local ballots = require "urna.ballots"
local count = require "urna.count"
local generator = require "spec.generator"
local native = require "urna.native"
local transfers = require "urna.count.transfers"
local urna = require "urna"

local SEED = 20240602

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

-- 12 papers, 2 seats, quota 12 / 3 + 1 = 5. A has 7: a surplus of 2 goes on at
-- 2 / 7 of each paper, 0.28571 in five decimals: B 4 * 0.28571 = 1.14284, C 2 *
-- 0.28571 = 0.57142, exhausted 0.28571, lost 2 - 1.99997 = 0.00003. Then D with
-- 2 is excluded, his papers to C: 4.57142, below 5; B with 2.14284 is the lower
-- of two for one seat.
local PAPERS = { { 4, { "A", "B" } }, { 2, { "A", "C" } }, { 1, { "A" } },
  { 1, { "B" } }, { 2, { "C", "B" } }, { 2, { "D", "C" } } }

local function example(options)
  local given = { seats = 2 }
  for key, value in pairs(options or {}) do given[key] = value end
  return urna.count(PAPERS, "scotland", given)
end

describe("a count", function()
  it("says who is elected, in which order, and of how many papers", function()
    local result = example()
    assert.equal("scotland", result.rule)
    assert.equal("decided", result.decision)
    assert.same({ "A", "C" }, result.winners)
    assert.same({ "A", "B", "C", "D" }, result.candidates)
    assert.same({ 2, 12, 12, 0 }, { result.seats, result.papers, result.valid,
      result.invalid })
    assert.equal("5.00000", result.quota)
    assert.same({}, result.ties)
    assert.same({}, result.drawn)
  end)

  it("has a row for each round: what moved, why, and what everybody has",
    function()
      local rows = example().rounds
      assert.equal(4, #rows)
      assert.same({ A = "7.00000", B = "1.00000", C = "2.00000",
        D = "2.00000" }, rows[1].votes)
      assert.same({ { candidate = "A", votes = "7.00000",
        why = "7.00000 of a quota of 5.00000" } }, rows[1].elected)
      local surplus = rows[2]
      assert.same({ "surplus", { "A" }, "2.00000" }, { surplus.action,
        surplus.of, surplus.surplus })
      assert.same({ A = "-2.00000", B = "1.14284", C = "0.57142" },
        surplus.transfers)
      assert.equal(rows[1].votes, surplus.before)
      assert.same({ A = "5.00000", B = "2.14284", C = "2.57142",
        D = "2.00000" }, surplus.votes)
      assert.same({ "0.28571", "0.00003" }, { surplus.exhausted,
        surplus.lost })
      assert.same({ { was = "1.00000", value = "0.28571", papers = 7,
        exhausted = 1, to = { B = 4, C = 2 } } }, surplus.parcels)
      assert.same({ "exclusion", { "D" }, { "D" } }, { rows[3].action,
        rows[3].of, rows[3].excluded })
      assert.equal("D has 2.00000, the fewest", rows[3].why)
      -- B's paper names nobody else; A's four name nobody after B
      assert.same({ "exclusion", "0.00000", "2.42855", "2.14284" },
        { rows[4].action, rows[4].votes.B, rows[4].exhausted,
          rows[4].newly_exhausted })
      assert.equal("1 continue for 1 seat", rows[4].elected[1].why)
    end)

  it("prints its rounds as a table, in blocks that fit the width", function()
    assert.same({
      "scotland: 2 seats, 12 valid papers of 12, quota 5.00000",
      "",
      "                          1                  2                  3",
      "A                   7.00000  -2.00000  5.00000            5.00000",
      "B                   1.00000  +1.14284  2.14284            2.14284",
      "C                   2.00000  +0.57142  2.57142  +2.00000  4.57142",
      "D                   2.00000            2.00000  -2.00000  0.00000",
      "(exhausted)         0.00000  +0.28571  0.28571            0.28571",
      "(lost by rounding)  0.00000  +0.00003  0.00003            0.00003",
      "",
      "                                    4",
      "A                             5.00000",
      "B                   -2.14284  0.00000",
      "C                             4.57142",
      "D                             0.00000",
      "(exhausted)         +2.14284  2.42855",
      "(lost by rounding)            0.00003",
      "",
      "1: first preferences; elected A (7.00000 of a quota of 5.00000)",
      "2: surplus of A; A has 7.00000, 2.00000 above the quota of 5.00000",
      "3: exclusion of D; D has 2.00000, the fewest",
      "4: exclusion of B; B has 2.14284, the fewest; elected C (1 continue "
        .. "for 1 seat)",
      "",
      "Winners: A, C",
    }, lines_of(example():text({ width = 70 })))
  end)

  it("writes its rounds as CSV", function()
    local lines = lines_of(example():csv())
    assert.equal("round,action,of,quota,line,before,transfer,votes,status",
      lines[1])
    assert.equal("1,first_preferences,,5.00000,A,,7.00000,7.00000,elected",
      lines[2])
    assert.equal("2,surplus,A,5.00000,(exhausted),,0.28571,0.28571,", lines[12])
    assert.equal("3,exclusion,D,5.00000,D,2.00000,-2.00000,0.00000,excluded",
      lines[17])
    assert.equal(1 + 4 * 6, #lines)
    local quoted = urna.count({ { 1, { "Ž, \"x\"" } } }, "irv"):csv()
    assert.truthy(quoted:find("1,first_preferences,,1,\"Ž, \"\"x\"\"\",,1,1,"
      .. "elected\n", 1, true))
  end)

  it("aligns names that are not ASCII", function()
    local lines = lines_of(urna.count({ { 2, { "Đokić" } }, { 1, { "Ana" } } },
      "irv"):text())
    assert.equal("Đokić               2", lines[4])
    assert.equal("Ana                 1", lines[5])
  end)

  it("takes seats from a BLT file, and who is withdrawn", function()
    local text = "3 2\n-2\n3 1 0\n2 2 3 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"T\"\n"
    local result = urna.count(assert(ballots.read({ text = text })), "scotland")
    assert.equal(2, result.seats)
    assert.same({ "A", "C" }, result.winners)
    assert.is_nil(result.rounds[1].votes.B)
    assert.equal("2.00000", result.rounds[1].votes.C)
  end)

  it("keeps withdrawn candidates out that are named beside the ballots",
    function()
      for _, rule in ipairs({ "scotland", "meek", "supplementary_vote" }) do
        local result = urna.count(PAPERS, rule, { seats = 1,
          withdrawn = { "A" } })
        assert.is_nil(result.rounds[1].votes.A, rule)
        -- B 4 + 1, C 2 + 2, D 2, one paper for A alone
        assert.truthy(result.rounds[1].votes.B:find("^5"), rule)
        assert.equal(11, result.valid, rule)
        assert.equal(1, result.invalid, rule)
      end
    end)

  it("reads ballots as they were packed or as a table, alike", function()
    local packed = assert(ballots.from(PAPERS))
    assert.same(example().rounds,
      urna.count(packed, "scotland", { seats = 2 }).rounds)
  end)

  it("lists candidates as they are given, also without votes", function()
    local result = example({ candidates = { "E", "D", "C", "B", "A" } })
    assert.same({ "E", "D", "C", "B", "A" }, result.candidates)
    assert.equal("0.00000", result.rounds[1].votes.E)
  end)
end)

describe("lots", function()
  -- quota 6 / 2 + 1 = 4; B and C have 2 each and always had: the lower of them
  -- is drawn, and what is drawn at an exclusion is excluded
  local EQUAL = { { 3, { "A" } }, { 2, { "B", "A" } }, { 2, { "C", "B" } } }

  it("are required where the law draws them, and the count stops", function()
    local result = urna.count(EQUAL, "scotland", { seats = 1 })
    assert.equal("lots_required", result.decision)
    assert.same({}, result.winners)
    assert.same({ { stage = "exclusion", round = 2, certain = {},
      tied = { "B", "C" }, left = 1 } }, result.ties)
    assert.equal(1, #result.rounds)
    assert.truthy(result:text():find("Lots are required, exclusion of round 2: "
      .. "B, C, 1 to be drawn\n", 1, true))
  end)

  it("resume the count: who is drawn at an exclusion is excluded", function()
    local result = urna.count(EQUAL, "scotland", { seats = 1,
      lots = { { "C" } } })
    assert.same({ "B" }, result.winners) -- C's papers: B 4
    assert.same({}, result.ties)
    assert.same({ { stage = "exclusion", round = 2, certain = {},
      tied = { "B", "C" }, left = 1, drawn = { "C" } } }, result.drawn)
    result = urna.count(EQUAL, "scotland", { seats = 1, lots = { { "B" } } })
    assert.same({ "A" }, result.winners)
  end)

  it("say whose surplus goes first", function()
    -- quota 10 / 3 + 1 = 4, A and B have 5 each: a surplus of 1 each
    local rows = { { 5, { "A", "C" } }, { 5, { "B", "D" } },
      { 1, { "C" } } }
    local result = urna.count(rows, "stv", { seats = 3 })
    assert.same({ stage = "surplus", round = 2, certain = { "A", "B" },
      tied = { "A", "B" }, left = 1 }, result.ties[1])
    result = urna.count(rows, "stv", { seats = 3, lots = { { "B" } } })
    assert.same({ "B" }, result.rounds[2].of)
    assert.same({ "A" }, result.rounds[3].of)
  end)

  it("say who is elected of two, if that is what is left", function()
    -- the Senate's last vacancy: one seat, two candidates with 2 votes each
    local rows = { { 2, { "A" } }, { 2, { "B" } } }
    local result = urna.count(rows, "australian_senate", { seats = 1 })
    assert.same({ stage = "election", round = 1, certain = {},
      tied = { "A", "B" }, left = 1 }, result.ties[1])
    result = urna.count(rows, "australian_senate", { seats = 1,
      lots = { { "B" } } })
    assert.same({ "B" }, result.winners)
  end)

  it("say which of equal fractions is taken for the larger", function()
    -- quota 9 / 3 + 1 = 4; A has 5, a surplus of 1 of four transferable papers:
    -- B and C get 1 / 2 of a paper each from sub-parcels of 2
    local rows = { { 2, { "A", "B" } }, { 2, { "A", "C" } }, { 1, { "A" } },
      { 1, { "B" } }, { 1, { "C" } }, { 2, { "D" } } }
    local result = urna.count(rows, "irish", { seats = 2 })
    assert.same({ stage = "fraction", round = 2, certain = { "A" },
      tied = { "B", "C" }, left = 1 }, result.ties[1])
    result = urna.count(rows, "irish", { seats = 2, lots = { { "C" } } })
    assert.equal("2", result.rounds[2].votes.C)
    assert.equal("1", result.rounds[2].votes.B)
  end)

  it("are not wanted where an earlier round tells the tied apart", function()
    -- after D's paper goes to B, B and C have 3 each; before, C had more
    local rows = { { 4, { "A" } }, { 2, { "B" } }, { 3, { "C", "A" } },
      { 1, { "D", "B" } } }
    local result = urna.count(rows, "scotland", { seats = 1 })
    assert.same({ "B" }, result.rounds[3].of)
    assert.same({}, result.drawn)
  end)

  local function refused(message, lots)
    local good, err = pcall(urna.count, EQUAL, "scotland", { seats = 1,
      lots = lots })
    assert.is_false(good)
    assert.equal(message, (err:gsub("^[^ ]+:%d+: ", "")))
  end

  it("that match no tie raise, with who was tied", function()
    refused("count: lots[1] draws \"A\", which is not tied: 1 of \"B\", "
      .. "\"C\" is to be drawn (exclusion of round 2)", { { "A" } })
    refused("count: lots[1] draws \"B\", \"C\": 1 of \"B\", \"C\" is to "
      .. "be drawn (exclusion of round 2)", { { "B", "C" } })
    refused("count: lots[1] draws \"B\" twice: 1 of \"B\", \"C\" is to be "
      .. "drawn (exclusion of round 2)", { { "B", "B" } })
    refused("count: lots[1] must be an array of those drawn, not \"B\"",
      { "B" })
    refused("count: lots[2] draws \"A\", and there is no tie for it: one was "
      .. "met", { { "B" }, { "A" } })
  end)
end)

describe("what cannot be counted", function()
  local function refused(message, ...)
    local good, err = pcall(urna.count, ...)
    assert.is_false(good)
    assert.equal(message, (tostring(err):gsub("^[^ ]+:%d+: ", "")))
  end

  it("is an unknown rule, named with the nearest", function()
    refused("count: there is no rule \"scottland\": did you mean \"scotland\"?",
      PAPERS, "scottland", { seats = 1 })
    refused("count: the rule is a name or a table, not a number", PAPERS, 5)
  end)

  it("is more seats than candidates, or none", function()
    refused("count: seats is 5, but 4 candidates stand", PAPERS, "stv",
      { seats = 5 })
    refused("count: seats must be a whole number from 1, not 0", PAPERS, "stv",
      { seats = 0 })
    refused("count: seats must be a whole number from 1, not 1.5", PAPERS,
      "stv", { seats = 1.5 })
    refused("count: seats must be said: the ballots do not say how many",
      PAPERS, "stv")
    refused("count: the rule \"irv\" fills one seat, not 2", PAPERS, "irv",
      { seats = 2 })
  end)

  it("is an option that is none, or of the wrong type", function()
    refused("count has no option \"seat\": did you mean \"seats\"?", PAPERS,
      "stv", { seat = 1 })
    refused("count: lots must be an array of draws, not \"A\"", PAPERS, "stv",
      { seats = 1, lots = "A" })
    refused("count: withdrawn: \"Aa\" is no candidate: did you mean \"A\"?",
      { { 1, { "A" } }, { 1, { "Bbbb" } } }, "stv",
      { seats = 1, withdrawn = { "Aa" } })
    refused("count: precision must be a whole number from 0 to 30, not -1",
      PAPERS, "meek", { seats = 1, precision = -1 })
    refused("count takes a table of options", PAPERS, "stv", 3)
    refused("count: ballots are an array of { weight, { preferences } }, the "
      .. "`ballots` of a tally, or { pairwise = ... }, and these have the key "
      .. "\"form\"", { form = "soi", records = 3 }, "stv", { seats = 1 })
    refused("count: ballots are a urna.Ballots or a table of { weight, { "
      .. "preferences } }, not a string", "x", "stv", { seats = 1 })
    refused("count: candidates goes with a table of ballots; these were read, "
      .. "and name theirs", assert(ballots.from(PAPERS)), "stv",
      { seats = 1, candidates = { "A" } })
  end)

  it("are ballots of nobody: an error, not a raise, whatever the rule",
    function()
      for _, rule in ipairs { "irv", "schulze", "av", "meek" } do
        local result, err = urna.count({}, rule, { seats = 1 })
        assert.is_nil(result)
        assert.same({ "no_candidates", "there are no ballots" },
          { err.code, err.message })
        _, err = urna.count({ { 1, {} } }, rule, { seats = 1 })
        assert.same({ "no_candidates", "nobody stands: no ballot names a "
          .. "candidate who is not withdrawn" }, { err.code, err.message })
      end
    end)

  it("is a ballot that is none, at the caller's line, with its value",
    function()
      for told, ballot in pairs {
        ["ballot 1: its weight must be a whole number from 1 to 2^53 - 1, not "
          .. "-2"] = { -2, { "A" } },
        ["ballot 1: its weight must be a whole number from 1 to 2^53 - 1, not "
          .. "\"3\""] = { "3", { "A" } },
        ["ballot 1: its preferences must be an array behind the weight, not "
          .. "\"A\""] = { 1, "A" },
        ["ballot 1 must be { weight, { preferences } }, not \"A\""] = "A",
        ["ballot 1: a candidate is a name, not 7"] = { 1, { 7 } },
        ["ballot 1: a candidate is a name, not a boolean"] =
          { 1, { { true } } },
      } do
        local good, err = pcall(function()
          return (urna.count({ ballot }, "irv"))
        end)
        assert.is_false(good)
        assert.matches("^spec/count_spec.lua:%d+: ", err)
        assert.equal(told, (err:gsub("^[^ ]+: ", "")))
      end
    end)

  it("are ballots of which none counts: an error, not a raise", function()
    local result, err = urna.count({ { 2, { false } } }, "stv", { seats = 1,
      candidates = { "A" } })
    assert.is_nil(result)
    assert.same({ "no_votes", "no paper counts for a candidate" },
      { err.code, err.message })
    result, err = urna.count({}, "meek", { seats = 1, candidates = { "A" } })
    assert.is_nil(result)
    assert.equal("there are no ballots", err.message)
    result, err = urna.count({ { 1, { "B" } } }, "stv", { seats = 1,
      candidates = { "A" } })
    assert.is_nil(result)
    assert.equal("unknown_candidate", err.code)
  end)
end)

describe("a rule of one's own", function()
  local function refused(message, rule)
    local good, err = pcall(urna.count, PAPERS, rule, { seats = 1 })
    assert.is_false(good)
    assert.equal(message, (tostring(err):gsub("^[^ ]+:%d+: ", "")))
  end

  it("is like another but for what it says", function()
    -- in three decimals A's surplus is worth 0.285 a paper: B 1 + 1.140
    local result = urna.count(PAPERS, { like = "scotland", decimals = 3 },
      { seats = 2 })
    assert.equal("2.140", result.rounds[2].votes.B)
    assert.equal("scotland", result.rule)
    assert.equal("ours", urna.count(PAPERS, { like = "mpls", name = "ours" },
      { seats = 2 }).rule)
  end)

  it("may be said in full", function()
    local result = urna.count(PAPERS, { method = "gregory", name = "plain" },
      { seats = 2 })
    assert.equal("15/7", result.rounds[2].votes.B) -- 1 + 4 * 2 / 7
  end)

  local LAST = { method = "gregory", decimals = 2, papers = "last_parcel",
    value = "transferable" }

  it("moves the last parcel at an equal part of what is transferable",
    function()
      -- quota 19 / 4 + 1 = 5. A's surplus is 3 of 7 transferable papers, 0.42
      -- each: B 4 + 7 * 0.42 = 6.94. Of B's last parcel, those 7, 5 name C:
      -- 2.10 for a surplus of 1.94, so 0.38 each: C 3 + 5 * 0.38 = 4.90
      local result = urna.count({ { 5, { "A", "B", "C" } }, { 2, { "A", "B" } },
        { 1, { "A" } }, { 4, { "B", "D" } }, { 3, { "C" } }, { 4, { "D" } } },
        LAST, { seats = 3 })
      local rows = result.rounds
      assert.same({ "6.94", "0.06", "0.00" }, { rows[2].votes.B,
        rows[2].newly_lost, rows[2].newly_exhausted })
      assert.same({ "4.90", "4.00", "0.04", "0.00" }, { rows[3].votes.C,
        rows[3].votes.D, rows[3].newly_lost, rows[3].newly_exhausted })
      assert.same({ "A", "B", "C" }, result.winners)
    end)

  it("moves it at what it was worth where the surplus is more", function()
    -- quota 15 / 3 + 1 = 6: 2 papers go on of a surplus of 3
    local rows = urna.count({ { 2, { "A", "B" } }, { 7, { "A" } },
      { 3, { "B" } }, { 3, { "C" } } }, LAST, { seats = 2 }).rounds
    assert.same({ "5.00", "1.00", "0.00" }, { rows[2].votes.B,
      rows[2].exhausted, rows[2].lost })
  end)

  it("with a field that is none raises, with the nearest", function()
    refused("count: rule \"(table)\" has no field \"quotas\": did you mean "
      .. "\"quota\"?", { method = "gregory", quotas = "droop" })
    refused("count: rule \"scotland\": quota is droop, droop_decimal, "
      .. "hagenbach_bischoff or hare, not \"drop\" (did you mean \"droop\"?)",
      { like = "scotland", quota = "drop" })
    local methods = "; there is av, baldwin, benham, bucklin, condorcet, "
      .. "coombs, copeland, gregory, kemeny_young, meek, mes, minimax, nanson, "
      .. "pav, phragmen, points, ranked_pairs, revseqpav, sav, schulze, "
      .. "seqpav, set, smith_irv, supplementary, tideman_alternative, woodall"
    refused("count: a rule is like another, or has a method; there is no "
      .. "method nil" .. methods, { quota = "droop" })
    refused("count: a rule is like another, or has a method; there is no "
      .. "method \"schulz\": did you mean \"schulze\"?" .. methods,
      { method = "schulz" })
    refused("count: there is no rule \"scotlnd\": did you mean \"scotland\"?",
      { like = "scotlnd" })
    refused("count: rule \"stv\": decimals is a whole number from 0 to 30, not "
      .. "-1", { like = "stv", decimals = -1 })
    refused("count: rule \"meek\": defer is nothing that the method \"meek\" "
      .. "has", { like = "meek", defer = true })
  end)

  it("may say that a lot is drawn at last, and nothing behind it", function()
    local lot = urna.count(PAPERS, { like = "scotland",
      ties = { "backward", "lot" } }, { seats = 2 })
    assert.same(urna.count(PAPERS, "scotland", { seats = 2 }).winners,
      lot.winners)
    -- A and B are equal from the first: no rule but the lot parts them
    local equal = urna.count({ { 1, { "A" } }, { 1, { "B" } } },
      { like = "irv", ties = { "lot" } })
    assert.equal("lots_required", equal.decision)
    refused("count: rule \"stv\": ties has \"forward\" behind the lot, which "
      .. "leaves no equals", { like = "stv", ties = { "lot", "forward" } })
    refused("count: rule \"stv\": ties is backward, forward, first_listed, "
      .. "last_listed or lot, not \"lots\" (did you mean \"lot\"?)",
      { like = "stv", ties = { "lots" } })
  end)

  it("whose parts do not fit together raises", function()
    refused("count: rule \"m\": a Meek count needs decimals: its exact ratios "
      .. "grow without end", { name = "m", method = "meek",
      quota = "droop_decimal" })
    refused("count: rule \"stv\": guard digits stand behind decimals",
      { like = "stv", guard = 3 })
    refused("count: rule \"stv\": whole papers are of the last parcel, without "
      .. "decimals", { like = "stv", value = "whole" })
  end)

  it("elects by lot of those who reach a quota that is rounded down", function()
    -- Hare, 5 / 2 in whole votes: 2, which A, B and C reach for two seats
    local rule = { method = "gregory", quota = "hare", decimals = 0 }
    local rows = { { 3, { "A" } }, { 2, { "B" } }, { 2, { "C" } } }
    local result = urna.count(rows, rule, { seats = 3 }) -- 7 / 3: 2
    assert.same({ "A", "B", "C" }, result.winners)
    rows = { { 1, { "A" } }, { 1, { "B" } }, { 1, { "C" } } }
    result = urna.count(rows, rule, { seats = 2 }) -- 3 / 2: 1
    assert.same({ { stage = "election", round = 1, certain = {},
      tied = { "A", "B", "C" }, left = 1 } }, result.ties)
    result = urna.count(rows, rule, { seats = 2, lots = { { "C" } } })
    assert.same({ { stage = "election", round = 1, certain = { "C" },
      tied = { "A", "B" }, left = 1 } }, result.ties)
    result = urna.count(rows, rule, { seats = 2,
      lots = { { "C" }, { "A" } } })
    assert.same({ "C", "A" }, result.winners)
  end)
end)

-- ---- properties ----

local NAMES = { "A", "B", "C", "D", "E", "F", "G" }

local function random_rows(draw)
  local rows = {}
  for i = 1, draw(2, 12) do
    local ranks, seen = {}, {}
    for _ = 1, draw(1, 7) do
      local name = NAMES[draw(1, 7)]
      if not seen[name] then ranks[#ranks + 1] = name end
      seen[name] = true
    end
    rows[i] = { draw(1, 9), ranks }
  end
  return rows
end

-- Who is listed first is drawn, so that no count stops.
local function counted(rows, rule, seats)
  local options = { candidates = NAMES, lots = {},
    seats = transfers.rules[rule].one_seat and 1 or seats }
  while true do
    local result = urna.count(rows, rule, options)
    if result.decision == "decided" then return result end
    options.lots[#options.lots + 1] = { result.ties[1].tied[1] }
  end
end

-- The sum of figures, of any number of decimals or as ratios.
local function sum_of(texts)
  local sum = native.rational(0)
  for _, text in pairs(texts) do
    local whole, point = text:match("^(%d+)%.?(%d*)$")
    if whole then
      sum = sum + native.rational(whole .. point, "1" .. ("0"):rep(#point))
    else
      sum = sum + native.rational(text:match("^(%d+)/(%d+)$"))
    end
  end
  return sum
end

local RULES = {}
for name in pairs(transfers.rules) do RULES[#RULES + 1] = name end
table.sort(RULES)

describe("every rule of the transferable vote", function()
  for _, rule in ipairs(RULES) do
    it(("keeps all votes in sight and fills the seats: %s"):format(rule),
      function()
        local draw = generator(SEED)
        for _ = 1, 60 do
          local seats = draw(1, 5)
          local result = counted(random_rows(draw), rule, seats)
          if transfers.rules[rule].one_seat then seats = 1 end
          local winners = {}
          for _, name in ipairs(result.winners) do winners[name] = true end
          local distinct = 0
          for _ in pairs(winners) do distinct = distinct + 1 end
          assert.equal(seats, distinct)
          for _, row in ipairs(result.rounds) do
            local all = sum_of(row.votes)
              + sum_of({ row.exhausted, row.lost })
            assert.equal(tostring(result.valid), tostring(all),
              ("seed %d, round %d"):format(SEED, row.number))
          end
        end
      end)
  end

  -- which papers an Irish surplus takes depends on how they are filed
  local ANONYMOUS = {}
  for _, rule in ipairs(RULES) do
    if rule ~= "irish" then ANONYMOUS[#ANONYMOUS + 1] = rule end
  end

  it("but the Irish does not ask who cast a ballot, or when", function()
    for _, rule in ipairs(ANONYMOUS) do
      local draw = generator(SEED)
      for _ = 1, 25 do
        local rows, seats = random_rows(draw), draw(1, 5)
        local apart = {}
        for i = #rows, 1, -1 do
          for _ = 1, rows[i][1] do apart[#apart + 1] = { 1, rows[i][2] } end
        end
        local one, other = counted(rows, rule, seats),
          counted(apart, rule, seats)
        assert.same(one.winners, other.winners, rule)
        for i, row in ipairs(one.rounds) do
          assert.same(row.votes, other.rounds[i].votes, rule)
        end
      end
    end
  end)

  it("gives in ratios what it gives in whole units", function()
    for _, rule in ipairs({ "scotland", "minneapolis", "wigm_prf", "meek",
      "meek_prf", "warren" }) do
      local draw = generator(SEED)
      for _ = 1, 25 do
        local rows, seats = random_rows(draw), draw(1, 5)
        local plain = counted(rows, rule, seats)
        local lots = {}
        for i, tie in ipairs(plain.drawn) do lots[i] = tie.drawn end
        local ratios = urna.count(rows, { like = rule, guard = 0 },
          { seats = seats, candidates = NAMES, lots = lots })
        assert.same(plain.rounds, ratios.rounds, rule)
      end
    end
  end)

  it("takes the decimals that are asked for", function()
    local result = urna.count(PAPERS, "meek", { seats = 2, precision = 12 })
    assert.equal("4.000000000001", result.rounds[1].quota)
    assert.equal("4.001", urna.count(PAPERS, "meek",
      { seats = 2, precision = 3 }).rounds[1].quota)
  end)
end)

describe("counts of more papers than units fit", function()
  it("go on in ratios", function()
    -- 3 * 10^15 papers in units of 10^-5 are beyond 2^53; quota 10^15 + 1,
    -- a surplus of 10^15 - 1 of 2 * 10^15 papers: 0.49999 each
    local n = 1000000000000000
    local result = urna.count({ { 2 * n, { "A", "B" } }, { n, { "C" } } },
      "scotland", { seats = 2 })
    assert.equal("1000000000000001.00000", result.quota)
    assert.equal("999980000000000.00000", result.rounds[2].votes.B)
    assert.same({ "A", "C" }, result.winners)
  end)
end)

describe("the names of rules", function()
  it("are listed, and each has a title and says where it is from", function()
    local names = count.rules()
    local known = {}
    for _, name in ipairs(names) do known[name] = true end
    for name, rule in pairs(transfers.rules) do
      assert.is_true(known[name], name)
      assert.truthy(rule.title and rule.law, name)
    end
  end)

  it("may be said otherwise", function()
    for alias, name in pairs(transfers.aliases) do
      assert.truthy(transfers.rules[name], alias)
    end
    assert.equal("irv", urna.count(PAPERS, "alternative_vote").rule)
  end)
end)

describe("urna.count finds the family of a rule", function()
  -- Tennessee: 42 M N C K, 26 N C K M, 15 C K N M, 17 K C N M; N beats M 58 to
  -- 42, C and K 68 to 32
  local CITIES = { { 42, { "M", "N", "C", "K" } }, { 26, { "N", "C", "K",
    "M" } }, { 15, { "C", "K", "N", "M" } }, { 17, { "K", "C", "N", "M" } } }

  it("by its name, and by the method that a rule of one's own says", function()
    for _, rule in ipairs { "schulze", "smith_irv", { like = "copeland" },
      { method = "minimax", strength = "margins" } } do
      assert.same({ "N" }, urna.count(CITIES, rule, { seats = 1 }).winners)
    end
    assert.same({ "K" }, urna.count(CITIES, "irv", { seats = 1 }).winners)
  end)

  it("whose text and CSV are its own", function()
    local found = urna.count(CITIES, "schulze")
    assert.matches("\n  N  58  %-   68  68\n", found:text())
    local approved = urna.count({ { 3, { { "A", "B" } } }, { 2, { "B" } },
      { 1, { "A" } } }, "seqpav", { seats = 1 })
    -- B has 5, A 4
    assert.same({ "B" }, approved.winners)
    assert.matches("\nA  4\nB  5\n\n1: elected B, score 5\n",
      approved:text())
  end)

  it("for pairs without ballots, where it counts pairs", function()
    -- A beats B by 1 and C by 1, B beats C by 11
    local pairs_alone = { margins = { A = { B = 1, C = 1 }, B = { C = 11 } } }
    assert.same({ "A" }, urna.count(pairs_alone, "schulze").winners)
    assert.has_error(function() urna.count(pairs_alone, "irv") end,
      "count: irv needs ballots, and these are pairs alone")
  end)
end)
