local approval = require "urna.count.approval"
local ballots = require "urna.ballots"
local generator = require "spec.generator"
local reference = require "spec.count.approval_reference"

-- How many profiles are compared with the definitions, each by all rules; a
-- tenth as many try the rest. URNA_CASES=100000 for more.
local CASES = tonumber(os.getenv("URNA_CASES") or "400")
local SEED = tonumber(os.getenv("URNA_SEED") or "20261122")

local RULES = { "av", "sav", "pav", "seqpav", "revseqpav", "phragmen", "mes",
  "mes_av", "mes_increment", "mes_uncompleted" }

local function name_of(candidate) return ("c%d"):format(candidate) end

-- Few voters of few candidates, often alike: ties everywhere.
local function draw_profile(draw)
  local profile = { m = draw(2, 5), voters = {} }
  local chance, k = draw(1, 4), draw(1, profile.m)
  for _ = 1, draw(1, 7) do
    local set = {}
    for c = 1, profile.m do set[c] = draw(0, 4) <= chance or nil end
    for _ = 1, draw(1, 10) == 1 and 2 or 1 do
      profile.voters[#profile.voters + 1] = set
    end
  end
  return profile, k
end

local function ballots_of(profile, order)
  local rows, names = {}, {}
  for c = 1, profile.m do names[c] = name_of(c) end
  for i = 1, #profile.voters do
    local set, rank = profile.voters[order and order[i] or i], {}
    for c = 1, profile.m do if set[c] then rank[#rank + 1] = name_of(c) end end
    rows[i] = { 1, #rank > 0 and { rank } or {} }
  end
  return assert(ballots.from(rows, { candidates = names }))
end

local function count(profile, k, rule, options)
  options = options or {}
  options.seats = k
  return assert(approval.run(ballots_of(profile, options.order),
    approval.rules[rule], { seats = k, lots = options.lots,
      limit = options.limit }))
end

local function words(found)
  local keys = {}
  for key in pairs(found) do keys[#keys + 1] = key end
  table.sort(keys)
  return table.concat(keys, "; ")
end

local function numbers(names)
  local found = {}
  for i, name in ipairs(names) do found[i] = tonumber(name:sub(2)) end
  table.sort(found)
  return found
end

local function committees_of(result)
  local found = {}
  for _, committee in ipairs(result.committees) do
    local members = numbers(committee)
    found[table.concat(members, " ")] = members
  end
  return found
end

local function text_of(profile, k, rule, case)
  local lines = { ("seed %d, case %d: %s, %d seats"):format(SEED, case, rule,
    k) }
  for i, set in ipairs(profile.voters) do
    local approved = {}
    for c = 1, profile.m do
      if set[c] then approved[#approved + 1] = name_of(c) end
    end
    lines[i + 1] = table.concat(approved, " ")
  end
  return table.concat(lines, "\n")
end

local function in_all(found)
  local times, all, n = {}, {}, 0
  for _, committee in pairs(found) do
    n = n + 1
    for _, c in ipairs(committee) do times[c] = (times[c] or 0) + 1 end
  end
  for c, t in pairs(times) do if t == n then all[#all + 1] = c end end
  table.sort(all)
  return table.concat(all, " "), n
end

local function each_case(rules, f, cases)
  local draw = generator(SEED)
  for case = 1, cases or CASES / 10 do
    local profile, k = draw_profile(draw)
    for _, rule in ipairs(rules) do
      f(profile, k, rule, text_of(profile, k, rule, case), draw)
    end
  end
end

-- What all lots of the first tie lead to, each with whatever follows.
local function after_lots(profile, k, rule, result)
  local found, tie = {}, result.ties[1]
  for _, name in ipairs(tie.tied) do
    local next_result = count(profile, k, rule, { lots = { { name } } })
    for key, members in pairs(committees_of(next_result)) do
      found[key] = members
    end
  end
  return found
end

describe("approval rules on random profiles", function()
  it("elect the committees of the definitions, all of them and no others",
    function()
      each_case(RULES, function(profile, k, rule, text)
        local expected = reference[rule](profile, k)
        local result = count(profile, k, rule)
        assert.equal(words(expected), words(committees_of(result)), text)
        assert.is_true(result.committees_complete, text)
        local certain, n = in_all(expected)
        assert.equal(certain, table.concat(numbers(result.winners), " "), text)
        assert.equal(n == 1 and "decided" or "lots_required", result.decision,
          text)
        assert.equal(n == 1 and 0 or 1, #result.ties, text)
      end, CASES)
    end)

  it("offer ties of which every lot keeps some of the committees, and all of "
    .. "them together keep all", function()
    each_case(RULES, function(profile, k, rule, text)
      local result = count(profile, k, rule)
      if result.decision == "lots_required" then
        local expected = words(committees_of(result))
        if rule == "av" or rule == "sav" then
          -- one lot draws all that are left, each committee is one
          for _, committee in ipairs(result.committees) do
            local lot, certain = {}, {}
            for _, name in ipairs(result.winners) do certain[name] = true end
            for _, name in ipairs(committee) do
              if not certain[name] then lot[#lot + 1] = name end
            end
            assert.equal(result.ties[1].left, #lot, text)
            local after = count(profile, k, rule, { lots = { lot } })
            assert.equal("decided", after.decision, text)
            assert.same({ committee }, after.committees, text)
          end
        else
          assert.equal(expected, words(after_lots(profile, k, rule, result)),
            text)
        end
      end
    end)
  end)

  it("end in one of the committees whatever is drawn", function()
    each_case(RULES, function(profile, k, rule, text, draw)
      local lots, result = {}, count(profile, k, rule)
      local possible = committees_of(result)
      while result.decision == "lots_required" do
        local tied, lot = result.ties[1].tied, {}
        local from = draw(1, #tied - result.ties[1].left + 1)
        for i = 1, result.ties[1].left do lot[i] = tied[from + i - 1] end
        lots[#lots + 1] = lot
        result = count(profile, k, rule, { lots = lots })
        assert.equal(#lots, #result.drawn, text)
      end
      assert.is_truthy(possible[words(committees_of(result))], text)
      assert.same({}, result.ties, text)
    end)
  end)

  it("know who is certain when they may find few committees only", function()
    each_case(RULES, function(profile, k, rule, text)
      local all = count(profile, k, rule)
      local few = count(profile, k, rule, { limit = 1 })
      assert.is_true(#few.committees <= 1, text)
      assert.is_true(#few.committees > 0, text)
      assert.is_true(#all.committees == 1 or not few.committees_complete, text)
      local is_winner = {}
      for _, name in ipairs(all.winners) do is_winner[name] = true end
      for _, name in ipairs(few.winners) do
        assert.is_true(is_winner[name], text)
      end
      if rule == "pav" or rule == "av" or rule == "sav" then
        assert.same(all.winners, few.winners, text)
      end
    end)
  end)

  it("are anonymous: the order of the ballots, and whether alike ones are "
    .. "one of their weight, change nothing", function()
    each_case(RULES, function(profile, k, rule, text)
      local order, n = {}, #profile.voters
      for i = 1, n do order[i] = n + 1 - i end
      assert.same(count(profile, k, rule),
        count(profile, k, rule, { order = order }), text)
    end)
  end)

  it("multiplied by seven give the same", function()
    each_case(RULES, function(profile, k, rule, text)
      local many = { m = profile.m, voters = {} }
      for i = 1, 7 * #profile.voters do
        many.voters[i] = profile.voters[(i - 1) % #profile.voters + 1]
      end
      -- of mes_increment a seat's money is not the same step any more
      if rule ~= "mes_increment" then
        assert.same(count(profile, k, rule).committees,
          count(many, k, rule).committees, text)
      end
    end)
  end)
end)

describe("justified representation", function()
  local function each_committee(rules, f)
    each_case(rules, function(profile, k, rule, text)
      for _, committee in pairs(committees_of(count(profile, k, rule))) do
        local winners = {}
        for _, c in ipairs(committee) do winners[c] = true end
        f(profile, k, winners, text)
      end
    end)
  end

  it("is kept, extended, by pav and equal shares", function()
    each_committee({ "pav", "mes", "mes_av", "mes_uncompleted" },
      function(profile, k, winners, text)
        assert.is_true(reference.is_ejr(profile, k, winners), text)
      end)
  end)

  -- Three voters of three seats have 1 each: c3 at 1/2 each, then c5; nobody
  -- has 1 more. Of 4/3 each 5/6 are left beside c3, so begun anew with 5/3:
  -- beside c3 7/6 are left, and c1, c2, c4 and c5 all cost 1. The lot may take
  -- c2 and c1, though the voter of c5 is a third and has nobody then.
  it("is not kept where equal shares begin anew with more money", function()
    local profile = { m = 5, voters = { { [2] = true, [3] = true,
      [4] = true }, { [5] = true }, { [1] = true, [3] = true } } }
    local result = count(profile, 3, "mes_increment")
    assert.same({ "c3" }, result.winners)
    assert.equal(2, #count(profile, 3, "mes_uncompleted").winners)
    local drawn = count(profile, 3, "mes_increment",
      { lots = { { "c2" }, { "c1" } } })
    table.sort(drawn.winners)
    assert.same({ "c1", "c2", "c3" }, drawn.winners)
    assert.is_false(reference.is_ejr(profile, 3, { true, true, true }))
  end)

  it("is kept, proportional, by Phragmen's rule", function()
    each_committee({ "phragmen" }, function(profile, k, winners, text)
      assert.is_true(reference.is_pjr(profile, k, winners), text)
    end)
  end)
end)

-- Every voter approves all candidates of one party. With seats_i = votes_i * k
-- / n rounded down, the quota's lower bound holds for d'Hondt, which these
-- rules are then: Brill, Laslier & Skowron, Journal of Theoretical Politics
-- 30(3), 2018, theorems 1 and 3; Peters & Skowron, 2020, section 3.
describe("ballots for parties", function()
  local function draw_parties(draw)
    local k, rows, names, votes, n = draw(1, 6), {}, {}, {}, 0
    for party = 1, draw(2, 4) do
      local list = {}
      for i = 1, k do
        list[i] = ("p%d-%d"):format(party, i)
        names[#names + 1] = list[i]
      end
      votes[party] = draw(1, 30)
      n = n + votes[party]
      rows[party] = { votes[party], { list } }
    end
    return k, votes, n, assert(ballots.from(rows, { candidates = names }))
  end

  local function seats_by_party(committee)
    local seats = {}
    for _, name in ipairs(committee) do
      local party = tonumber(name:match("^p(%d+)"))
      seats[party] = (seats[party] or 0) + 1
    end
    return seats
  end

  -- No seat would have a higher average elsewhere: votes_i / seats_i >=
  -- votes_j / (seats_j + 1).
  local function is_dhondt(votes, seats)
    for i, mine in ipairs(votes) do
      for j, others in ipairs(votes) do
        if (seats[i] or 0) > 0
          and mine * ((seats[j] or 0) + 1) < others * seats[i] then
          return false
        end
      end
    end
    return true
  end

  it("give d'Hondt's seats by pav, seqpav and Phragmen, and by all four the "
    .. "quota's lower bound", function()
    local draw = generator(SEED + 1)
    for case = 1, CASES / 25 do
      local k, votes, n, papers = draw_parties(draw)
      for _, rule in ipairs({ "pav", "seqpav", "phragmen", "mes" }) do
        local text = ("seed %d, case %d: %s, %d seats, %s"):format(SEED + 1,
          case, rule, k, table.concat(votes, " "))
        local result = assert(approval.run(papers, approval.rules[rule],
          { seats = k, limit = 20 }))
        assert.is_true(#result.committees > 0, text)
        for _, committee in ipairs(result.committees) do
          local seats = seats_by_party(committee)
          if rule ~= "mes" then
            assert.is_true(is_dhondt(votes, seats), text)
          end
          for party, mine in ipairs(votes) do
            local lower = (mine * k - mine * k % n) / n
            assert.is_true((seats[party] or 0) >= lower, text)
          end
        end
      end
    end
  end)
end)
