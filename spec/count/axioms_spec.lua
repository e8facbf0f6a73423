local ballots = require "urna.ballots"
local generator = require "spec.generator"
local matrix = require "urna.count.matrix"
local pairwise = require "urna.count.pairwise"

-- What the methods promise, on random elections of full papers, and what they
-- do not, by counterexamples that can be recomputed by hand.
local CASES = tonumber(os.getenv("URNA_CASES") or "") or 400
local SEED = 4711

local CONDORCET = { "schulze", "schulze_margins", "ranked_pairs",
  "ranked_pairs_winning_votes", "minimax", "minimax_margins", "copeland",
  "copeland_2nd_order", "kemeny_young", "baldwin", "nanson", "nanson_below",
  "smith_irv", "benham", "tideman_alternative",
  "tideman_alternative_schwartz", "woodall" }

-- Those that stay within the Smith set; minimax does not.
local IN_SMITH = { "schulze", "schulze_margins", "ranked_pairs",
  "ranked_pairs_winning_votes", "copeland", "copeland_2nd_order",
  "kemeny_young", "baldwin", "nanson", "nanson_below", "smith_irv", "benham",
  "tideman_alternative", "tideman_alternative_schwartz", "woodall" }

-- Those of which a sole winner never wins once all papers are turned round.
local REVERSIBLE = { "schulze", "schulze_margins", "ranked_pairs",
  "ranked_pairs_winning_votes", "copeland", "kemeny_young", "borda" }

local ALL = { "minimax_opposition", "coombs", "bucklin", "borda", "dowdall",
  "plurality", "antiplurality", "smith", "schwartz" }
for _, rule in ipairs(CONDORCET) do ALL[#ALL + 1] = rule end

local NAMES = { "A", "B", "C", "D", "E" }

local function letters(text)
  local ranks = {}
  for letter in text:gmatch(".") do ranks[#ranks + 1] = letter end
  return ranks
end

local function election(text)
  local rows = {}
  for weight, ranks in text:gmatch("(%d+) (%a+)") do
    rows[#rows + 1] = { tonumber(weight), letters(ranks) }
  end
  return assert(ballots.from(rows))
end

local function random_rows(draw, n)
  local rows = {}
  for i = 1, draw(2, 6) do
    local order = {}
    for k = 1, n do order[k] = NAMES[k] end
    for k = n, 2, -1 do
      local other = draw(1, k)
      order[k], order[other] = order[other], order[k]
    end
    rows[i] = { draw(1, 3), order }
  end
  return rows
end

local function count(rows, rule, names)
  local made = assert(ballots.from(rows, { candidates = names }))
  local result = assert(pairwise.run(made, rule))
  made.store:close()
  return result
end

-- Everybody who may win, sorted.
local function possible(result)
  local found = {}
  for _, name in ipairs(#result.winners > 0 and result.winners
    or result.ties[1].possible or result.ties[1].tied) do
    found[#found + 1] = name
  end
  table.sort(found)
  return found
end

local function each_case(visit)
  local draw = generator(SEED)
  for case = 1, CASES do
    local names = {}
    for i = 1, draw(3, 5) do names[i] = NAMES[i] end
    visit(random_rows(draw, #names), names, case, draw)
  end
end

local function says(rule, case)
  return ("%s, case %d of seed %d"):format(rule, case, SEED)
end

describe("the Condorcet methods", function()
  it("elect the Condorcet winner", function()
    local met = 0
    each_case(function(rows, names, case)
      local winner = count(rows, "schulze", names).condorcet_winner
      if not winner then return end
      met = met + 1
      for _, rule in ipairs(CONDORCET) do
        assert.message(says(rule, case)).same({ winner },
          count(rows, rule, names).winners)
      end
    end)
    assert.is_true(met > CASES / 4)
  end)

  it("elect from the Smith set", function()
    each_case(function(rows, names, case)
      for _, rule in ipairs(IN_SMITH) do
        local result, inside = count(rows, rule, names), {}
        for _, name in ipairs(result.smith) do inside[name] = true end
        for _, name in ipairs(possible(result)) do
          assert.message(says(rule, case)).is_true(inside[name])
        end
      end
    end)
  end)

  it("have the Schwartz set within the Smith set", function()
    each_case(function(rows, names)
      local smith = count(rows, "smith", names).set
      local schwartz, inside = count(rows, "schwartz", names).set, {}
      for _, name in ipairs(smith) do inside[name] = true end
      for _, name in ipairs(schwartz) do assert.is_true(inside[name]) end
    end)
  end)
end)

describe("all of these methods", function()
  it("are anonymous: order and bundling of papers are nothing", function()
    each_case(function(rows, names, case, draw)
      local other = {}
      for _, row in ipairs(rows) do
        for _ = 1, row[1] do
          table.insert(other, draw(1, #other + 1), { 1, row[2] })
        end
      end
      for _, rule in ipairs(ALL) do
        assert.message(says(rule, case)).same(possible(count(rows, rule,
          names)), possible(count(other, rule, names)))
      end
    end)
  end)

  it("are neutral: a new name and a new place on the paper too", function()
    each_case(function(rows, names, case, draw)
      local turn, renamed, other, places = draw(1, #names), {}, {}, {}
      for i, name in ipairs(names) do
        renamed[name] = names[(i + turn - 1) % #names + 1]
        places[#names + 1 - i] = name
      end
      for i, row in ipairs(rows) do
        local ranks = {}
        for k, name in ipairs(row[2]) do ranks[k] = renamed[name] end
        other[i] = { row[1], ranks }
      end
      for _, rule in ipairs(ALL) do
        local expected = {}
        for _, name in ipairs(possible(count(rows, rule, names))) do
          expected[#expected + 1] = renamed[name]
        end
        table.sort(expected)
        assert.message(says(rule, case)).same(expected, possible(count(other,
          rule, places)))
      end
    end)
  end)
end)

describe("reversal symmetry", function()
  it("is kept by those methods that have it", function()
    each_case(function(rows, names, case)
      local reversed = {}
      for i, row in ipairs(rows) do
        local ranks = {}
        for k, name in ipairs(row[2]) do ranks[#row[2] + 1 - k] = name end
        reversed[i] = { row[1], ranks }
      end
      for _, rule in ipairs(REVERSIBLE) do
        local winners = count(rows, rule, names).winners
        local again = count(reversed, rule, names).winners
        if winners[1] then
          assert.message(says(rule, case)).is_true(winners[1] ~= again[1])
        end
      end
    end)
  end)

  it("is broken by Baldwin", function()
    -- Election-methods list, 1996: B wins both. Points A 14, B 10, C 9, then
    -- B:A 6 5; turned round A 8, B 12, C 13, then B:C 7 4
    local function winner(text)
      return assert(pairwise.run(election(text), "baldwin")).winners[1]
    end
    assert.equal("B", winner("5 ACB, 4 BAC, 2 CBA"))
    assert.equal("B", winner("5 BCA, 4 CAB, 2 ABC"))
  end)
end)

describe("what is broken", function()
  local function winner(text, rule)
    return assert(pairwise.run(election(text), rule)).winners[1]
  end

  it("by minimax: it may elect who loses against everybody", function()
    -- Wikipedia, "Condorcet loser criterion": A, B and C beat each other 6 to
    -- 3 in a circle and L 5 to 4; the worst defeat of L is 5
    local text = "1 ABCL, 1 ABLC, 3 BCAL, 1 CLAB, 1 LABC, 2 LCAB"
    assert.equal("L", winner(text, "minimax"))
    assert.equal("L", winner(text, "minimax_margins"))
    local result = assert(pairwise.run(election(text), "minimax"))
    assert.same({ A = 6, B = 6, C = 6, L = 5 }, result.scores)
    assert.same({ "A", "B", "C" }, result.smith)
  end)

  it("by Borda: the choice of a majority may lose", function()
    -- Wikipedia, "Condorcet criterion": A is first on 3 of 5 papers; points
    -- A 6, B 3 + 4
    assert.equal("B", winner("3 ABC, 2 BCA", "borda"))
    assert.equal("A", winner("3 ABC, 2 BCA", "condorcet"))
    assert.equal("A", winner("3 ABC, 2 BCA", "bucklin"))
  end)

  it("by the hybrids with exclusion: more support may harm", function()
    -- A beats B 17:10, B beats C 19:8, C beats A 15:12 in the first. C goes
    -- with 8 first preferences of A 9 and B 10, and A beats B. When 3 BAC put A
    -- first, B has 7 and goes, and C still beats A 15:12
    for _, rule in ipairs { "benham", "smith_irv", "tideman_alternative",
      "woodall" } do
      assert.equal("A", winner("9 ABC, 7 BCA, 3 BAC, 8 CAB", rule))
      assert.equal("C", winner("12 ABC, 7 BCA, 8 CAB", rule))
    end
  end)

  it("by Schulze, as by every Condorcet method: it may be better to stay home",
    function()
    -- Moulin, Journal of Economic Theory 45, 1988, pp. 53-64. Without the
    -- last two papers B reaches A, C, D by 10 (B-A-C, B-A-D) and is reached by
    -- 9 (C-B and D-B). With DBCA, which prefers B to C, D-B has 11, so that C
    -- reaches B by 11 (C-D-B) and A by 11, and B reaches C by 10 (B-A-C)
    local text = "2 ADBC, 4 CDBA, 1 ABDC, 2 CBDA, 4 BACD, 3 ACDB"
    assert.equal("B", winner(text, "schulze"))
    assert.equal("C", winner(text .. ", 2 DBCA", "schulze"))
  end)

  it("by plurality: Tennessee's capital is Memphis", function()
    assert.equal("M", winner("42 MNCK, 26 NCKM, 15 CKNM, 17 KCNM",
      "plurality"))
  end)
end)

describe("the groups of a matrix", function()
  it("each beat all that come later", function()
    local draw = generator(SEED)
    for _ = 1, 200 do
      local n, over = draw(1, 6), {}
      for a = 1, n do
        over[a] = {}
        for b = 1, n do over[a][b] = draw(0, 2) end
      end
      local groups, seen = matrix.components(over, n), 0
      for i, group in ipairs(groups) do
        seen = seen + #group
        for k = i + 1, #groups do
          for _, a in ipairs(group) do
            for _, b in ipairs(groups[k]) do
              assert.is_true(over[a][b] > over[b][a])
            end
          end
        end
      end
      assert.equal(n, seen)
    end
  end)
end)
