local compat = require "urna.compat"
local election = require "urna.elections.rs_parliament_2020_06_21"
local generator = require "spec.generator"
local urna = require "urna"

-- Against every way to move ballots, on small numbers; URNA_CASES=100000 tries
-- as many of each question. spec/core/test_margin.c does the same in C, with
-- more methods and more lists.
local CASES = tonumber(os.getenv("URNA_CASES") or "") or 40
local BY = { "switched", "added", "removed" }

-- ---- the seats by the definition ----

-- d(held) as num, den; the square of Huntington-Hill's
local DIVISORS = {
  dhondt = function(k) return k + 1, 1 end,
  sainte_lague = function(k) return 2 * k + 1, 1 end,
  ["modified_sainte_lague_1.4"] = function(k)
    return k == 0 and 14 or 20 * k + 10, 10
  end,
  adams = function(k) return k, 1 end,
  huntington_hill = function(k) return k * (k + 1), 1 end,
}
local METHODS = { "dhondt", "sainte_lague", "modified_sainte_lague_1.4",
  "adams", "huntington_hill", "hare", "droop" }

local function is_above(case, votes, base)
  return base > 0 and votes * case.share[2] >= case.share[1] * base
end

local function standing(case, votes, base)
  if not case.free then votes, base = case.votes, case.base end
  local weights, is_any = {}, false
  for _, number in ipairs(votes) do
    is_any = is_any or is_above(case, number, base)
  end
  for i, number in ipairs(votes) do
    local may = case.exempt[i] or (case.all_if_none and not is_any)
    weights[i] = is_above(case, number, base) and 20
      or may and (case.bonus[i] and 27 or 20) or 0
  end
  return weights
end

-- What a list claims the next seat with: a number, or a square for Huntington-
-- Hill, as num, den; infinite where den is 0.
local function claim(case, votes, weight, held, quota)
  if case.method == "hare" then return votes * case.seats - held * quota, 1 end
  if case.method == "droop" then return votes - held * quota, 1 end
  local num, den = DIVISORS[case.method](held)
  local weighed = votes * weight
  if num == 0 then return weighed, 0 end
  if case.method == "huntington_hill" then weighed = weighed * weighed end
  return weighed * den, num
end

local function before(a_num, a_den, b_num, b_den)
  if a_den == 0 and b_den == 0 then return a_num - b_num end
  return a_num * b_den - b_num * a_den
end

-- Certain seats, and who competes for how many that are left.
local function seats_of(case, votes, base)
  local weights, seats, sum = standing(case, votes, base), {}, 0
  for i, number in ipairs(votes) do
    seats[i] = 0
    if weights[i] > 0 then sum = sum + number end
  end
  local quota = case.method == "droop"
    and (sum - sum % (case.seats + 1)) / (case.seats + 1) + 1 or sum
  local left = case.seats
  while left > 0 do
    local best, num, den = {}, nil, nil
    for i, number in ipairs(votes) do
      if weights[i] > 0 and number > 0 then
        local a, b = claim(case, number, weights[i], seats[i], quota)
        local order = num and before(a, b, num, den) or 1
        if order == 0 and case.more_votes then
          order = number - votes[best[1]]
        end
        if order > 0 then best, num, den = { i }, a, b
        elseif order == 0 then best[#best + 1] = i end
      end
    end
    if #best == 0 then return seats, {}, 0 end
    if #best > left then return seats, best, left end
    for _, i in ipairs(best) do seats[i], left = seats[i] + 1, left - 1 end
  end
  return seats, {}, 0
end

local function range(members, seats, tied, left)
  local is_member, certain, inside = {}, 0, 0
  for _, i in ipairs(members) do
    is_member[i], certain = true, certain + seats[i]
  end
  for _, i in ipairs(tied) do inside = inside + (is_member[i] and 1 or 0) end
  return certain + math.max(left - (#tied - inside), 0),
    certain + math.min(left, inside)
end

-- ---- every way to move x ballots ----

local function base_after(case, x)
  if case.by == "switched" then return case.base end
  return case.base + (case.by == "added" and x or -x)
end

-- Calls back with the votes of each way, until that returns true.
local function each_way(case, x, test)
  local after = {}
  local take = case.by == "added" and 0 or x
  local give = case.by == "removed" and 0 or x
  local function from(i, taken, given)
    if i > #case.votes then
      return taken == take and given == give and test(after)
    end
    for step = -math.min(take - taken, case.votes[i]), give - given do
      after[i] = case.votes[i] + step
      if from(i + 1, taken + math.max(-step, 0), given + math.max(step, 0))
      then
        return true
      end
    end
    return false
  end
  return from(1, 0, 0)
end

local FURTHEST, LOOKS = 24, 2500

-- The first number for which some way passes each of two tests; and up to
-- which number all was tried.
local function hunt(case, surely, possibly)
  local sum, looks, found, tie = 0, 0, nil, nil
  for _, number in ipairs(case.votes) do sum = sum + number end
  for x = 0, FURTHEST do
    if looks > LOOKS then return nil, tie, x - 1 end
    if case.by ~= "added" and x > sum then return nil, tie, math.huge end
    local base = base_after(case, x)
    each_way(case, x, function(votes)
      looks = looks + 1
      local seats, tied, left = seats_of(case, votes, base)
      if surely(votes, base, seats, tied, left) then found = x end
      if not tie and possibly and possibly(votes, base, seats, tied, left) then
        tie = x
      end
      return found ~= nil
    end)
    if found then return found, tie ~= found and tie or nil, math.huge end
  end
  return nil, tie, FURTHEST
end

-- ---- random questions ----

local SHARES = { { 1, 5 }, { 1, 3 }, { 1, 10 }, { 1, 2 }, { 3, 20 } }

local function random_case(random, by, number)
  local n = random(2, 4)
  local case = { by = by, votes = {}, exempt = {}, bonus = {},
    seats = random(1, 7), method = METHODS[number % #METHODS + 1],
    share = SHARES[random(1, #SHARES)], free = number % 3 ~= 0,
    more_votes = random(1, 3) == 1, all_if_none = random(1, 4) == 1,
    base = random(0, 1) * random(0, 6) }
  local is_quota = case.method == "hare" or case.method == "droop"
  for i = 1, n do
    case.votes[i] = random(0, n == 2 and 20 or 9)
    case.exempt[i] = random(1, 3) == 1
    case.bonus[i] = not is_quota and case.exempt[i] and random(0, 1) == 1
  end
  case.votes[1] = case.votes[1] + 1 -- somebody voted
  for _, votes in ipairs(case.votes) do case.base = case.base + votes end
  return case
end

local function options_of(case, change)
  local weights, exempt = {}, {}
  for i in ipairs(case.votes) do
    if case.bonus[i] then weights[i] = { 27, 20 } end
    if case.exempt[i] then exempt[#exempt + 1] = i end
  end
  local has_weights = next(weights) ~= nil
  return { change = change, by = case.by,
    thresholds = case.free and "free" or "fixed",
    threshold = { share = case.share, base = case.base, exempt = exempt,
      if_none_passes = case.all_if_none and "all_take_part" or nil },
    weights = has_weights and weights or nil,
    weights_end = has_weights and "at_threshold" or nil,
    tie = case.more_votes and "more_votes" or nil }
end

local function told(case, number)
  return ("case %d: %s, %d seats, %s of %s, base %d, share %d/%d, exempt %s"):
    format(number, case.method, case.seats, case.by,
    table.concat(case.votes, " "), case.base, case.share[1], case.share[2],
    table.concat({ tostring(case.exempt[1]), tostring(case.exempt[2]) }, " "))
end

local function check(case, change, surely, possibly, number)
  local found, tie, to = hunt(case, surely, possibly)
  local answer, reason = urna.margin(case.votes, case.seats, case.method,
    options_of(case, change))
  local text = told(case, number)
  if found then
    assert.message(text .. ": " .. tostring(reason)).truthy(answer)
    assert.message(text).equal(found, answer.votes)
    assert.message(text .. ", tie").equal(tie, answer.tie)
    local votes = {}
    for i, before_it in ipairs(case.votes) do
      votes[i] = before_it + (answer.witness.to[i] or 0)
        - (answer.witness.from[i] or 0)
    end
    local base = base_after(case, found)
    local seats, tied, left = seats_of(case, votes, base)
    assert.message(text).is_true(surely(votes, base, seats, tied, left))
    assert.message(text).same(seats, answer.seats_after)
  else
    assert.message(text).is_true(not (answer and answer.votes)
      or answer.votes > to)
  end
end

-- Tests that any list's seats, or one list's, change.
local function list_tests(case, only, sign)
  local certain, tied, left = seats_of(case, case.votes, case.base)
  local function differs(seats, now_tied, now_left, is_possible)
    for i in ipairs(case.votes) do
      if not only or i == only then
        local least, most = range({ i }, certain, tied, left)
        local low, high = range({ i }, seats, now_tied, now_left)
        if is_possible then low, high = high, low end
        if sign >= 0 and low > least or sign <= 0 and high < most then
          return true
        end
      end
    end
    return false
  end
  return function(_, _, seats, now_tied, now_left)
    return differs(seats, now_tied, now_left, false)
  end, function(_, _, seats, now_tied, now_left)
    return differs(seats, now_tied, now_left, true)
  end
end

local function each_case(seed, test)
  for k, by in ipairs(BY) do
    local random = generator(seed + k)
    for number = 1, CASES do
      test(random_case(random, by, number), number, random)
    end
  end
end

describe("urna.margin, against every way to move ballots,", function()
  it("is the fewest that change any seat (seeds 41 to 43)", function()
    each_case(40, function(case, number)
      local surely, possibly = list_tests(case, nil, 0)
      check(case, number % 2 == 0 and "any" or nil, surely, possibly, number)
    end)
  end)

  it("is the fewest that change a list's seats (seeds 51 to 53)", function()
    each_case(50, function(case, number, random)
      local only, sign = random(1, #case.votes), random(-1, 1)
      local surely, possibly = list_tests(case, only, sign)
      check(case, { list = only, to = ({ [-1] = "lose", [0] = "either",
        "gain" })[sign] }, surely, possibly, number)
    end)
  end)

  it("is the fewest that make or break a majority (seeds 61 to 63)",
    function()
      each_case(60, function(case, number, random)
        local members = { random(1, 2) }
        if #case.votes > 2 then members[2] = 3 end
        local majority = random(1, case.seats)
        local makes = random(0, 1) == 1
        local function test(is_possible)
          return function(_, _, seats, tied, left)
            local low, high = range(members, seats, tied, left)
            if is_possible then low, high = high, low end
            if makes then return low >= majority end
            return high < majority
          end
        end
        check(case, { coalition = members, majority = majority,
          to = makes and "make" or "break" }, test(false), test(true), number)
      end)
    end)

  it("is the fewest that put a list above the threshold or below (seeds 71 to "
    .. "73)", function()
    each_case(70, function(case, number, random)
      local only, above = random(1, #case.votes), random(0, 1) == 1
      check(case, { threshold = only, to = above and "above" or "below" },
        function(votes, base)
          return is_above(case, votes[only], base) == above
        end, nil, number)
    end)
  end)
end)

-- ---- Serbia 2020 ----

local SERBIA, WEIGHTS, EXEMPT = {}, {}, {}
for _, list in ipairs(election.lists) do
  SERBIA[list.key] = list.votes
  if list.minority then
    WEIGHTS[list.key] = { 27, 20 }
    EXEMPT[#EXEMPT + 1] = list.key
  end
end

local function serbia(question)
  question.threshold = { share = { 3, 100 }, exempt = EXEMPT,
    base = election.fields.ballots_in_box }
  question.weights, question.weights_end = WEIGHTS, "at_threshold"
  question.tie = "more_votes"
  return urna.margin(SERBIA, 250, "dhondt", question)
end

-- The outcome of the law itself with other votes, by list.
local function by_law(answer)
  local votes, moved = {}, 0
  for i, list in ipairs(election.lists) do
    local more = answer.witness.to[list.key] or 0
    local less = answer.witness.from[list.key] or 0
    moved = moved + more - less
    votes[i] = { key = list.key, votes = list.votes + more - less,
      minority = list.minority }
  end
  local outcome = assert(urna.apportion(votes, { rule = "rs/parliament",
    date = "2020-06-21", seats = 250,
    ballots_in_box = election.fields.ballots_in_box + moved }))
  local seats = {}
  for _, list in ipairs(outcome.lists) do seats[list.key] = list.seats end
  return seats
end

describe("urna.margin of Serbia 2020", function()
  it("finds 1,251 switched, 1,331 added, 1,538 removed for any seat", function()
    -- SNS, seat 188: 1,953,998 / 188 = 10,393.6; SPAS, seat 12: 123,393 / 12
    -- = 10,282.75. Switched: (1,953,998 * 12 - 123,393 * 188) / 200 =
    -- 1,250.46; added: / 188 = 1,330.3. SPP has 32,170 * 27/20 / 4 =
    -- 10,857.4 for its fourth, SNS 1,953,998 / 189 = 10,338.6 for its next:
    -- 32,170 - 10,338.6 * 4 * 20/27 = 1,537.1
    local switched = serbia { by = "switched" }
    assert.equal(1251, switched.votes)
    assert.same({ from = { SNS = 1251 }, to = { SPAS = 1251 } },
      switched.witness)
    assert.same({ { from = "SNS", to = "SPAS" } }, switched.moves)
    local added = serbia { by = "added" }
    assert.equal(1331, added.votes)
    assert.same({ from = {}, to = { SPAS = 1331 } }, added.witness)
    local removed = serbia { by = "removed" }
    assert.equal(1538, removed.votes)
    assert.same({ from = { ["SPP-DPM"] = 1538 }, to = {} }, removed.witness)
    for _, answer in ipairs { switched, added, removed } do
      assert.same(answer.seats_after, by_law(answer))
    end
  end)

  it("finds SNS below 167 with 168,170 switched where thresholds are fixed, "
    .. "66,055 where lists may be lifted", function()
    local majority = { coalition = { "SNS" }, to = "break", majority = 167 }
    local fixed = serbia { change = majority, thresholds = "fixed" }
    assert.equal(168170, fixed.votes)
    assert.equal(166, fixed.seats_after.SNS)
    assert.matches("held as they are", fixed.searched.text, 1, true)
    local free = serbia { change = majority, thresholds = "free" }
    assert.equal(66055, free.votes)
    assert.same({ METLA = "above", POKS = "above", SUV = "above" },
      free.crossed)
    assert.same(free.seats_after, by_law(free))
    assert.equal(166, free.seats_after.SNS)
  end)

  it("says that SVM's bonus ends where it would pass the threshold", function()
    -- 71,893 * 27/20 / 10 = 9,705.6 against 10,393.6: 5,097 more are needed,
    -- and 3 % of 3,218,763 + x is 71,893 + x at x = 25,433: without the bonus
    -- 97,326 is nine times 10,814
    local answer = serbia { change = { list = "SVM", to = "gain" },
      by = "added" }
    assert.equal(5097, answer.votes)
    assert.is_true(answer.non_monotone)
    assert.same({ votes = 25433, list = "SVM" }, answer.undone)
    assert.matches("both sides of each crossing", answer.searched.text, 1, true)
  end)

  it("finds the threshold by the legal wording: at least the share", function()
    -- 3 % of 3,218,763 is 96,562.89: SUV, 73,953, lacks 22,610 switched;
    -- added: (96,562.89 - 73,953) / .97 = 23,309.2; SPAS, 123,393, is below
    -- with 96,562
    local switched = serbia { change = { threshold = "SUV" } }
    assert.equal(22610, switched.votes)
    assert.equal("above", switched.crossed.SUV)
    assert.equal(23310, serbia({ change = { threshold = "SUV" },
      by = "added" }).votes)
    local below = serbia { change = { threshold = "SPAS" } }
    assert.equal(26831, below.votes)
    assert.equal("below", below.change)
    assert.equal(0, below.seats_after.SPAS)
  end)
end)

local VECTORS = "../shared/data/seats.json"

describe("urna.margin of the 22nd Knesset", function()
  it("finds 48 ballots between the blocks of apparentment", function()
    local file = io.open(VECTORS, "rb")
    if not file then return pending("skipped: no " .. VECTORS) end
    local text = file:read("*a")
    file:close()
    local votes = {}
    for key, number in text:match('"il%-knesset%-22".-"votes":%s*(%b{})')
      :gmatch('"([^"]+)":%s*(%d+)') do
      votes[key] = tonumber(number)
    end
    -- Likud + Yemina has 39 seats, Shas + UTJ 16: 1,374,272 / 39 = 35,237.7
    -- against 598,974 / 17 = 35,233.8: (1,374,272 * 17 - 598,974 * 39) / 56
    -- = 47.1
    local answer = urna.margin(votes, 120, "dhondt")
    assert.equal(48, answer.votes)
    assert.same({ from = { ["Likud+Yemina"] = 48 },
      to = { ["Shas+United Torah Judaism"] = 48 } }, answer.witness)
  end)
end)

describe("urna.margin", function()
  it("tells a tie apart from a change", function()
    -- three seats: A has 60 and 30, B has 30. B's second against A's second:
    -- (30 + x) / 2 and (60 - x) / 2 are equal with 15, and 16 surely do
    local gain = { list = "B", to = "gain" }
    local answer = urna.margin({ A = 60, B = 30 }, 3, "dhondt",
      { change = gain })
    assert.same({ A = 2, B = 1 }, answer.seats_before)
    assert.equal(15, answer.tie)
    assert.equal(16, answer.votes)
    assert.same({ A = 1, B = 2 }, answer.seats_after)
    assert.same({ { from = "A", to = "B" } }, answer.moves)
    -- B's only seat against A's third is nearer: (60 + x) / 3 > 30 - x
    -- from x = 8, and no tie comes before
    local any = urna.margin({ A = 60, B = 30 }, 3, "dhondt")
    assert.equal(8, any.votes)
    assert.is_nil(any.tie)
    -- two seats: A's 20 equals B's 40 / 2, and B has it for its more votes;
    -- one ballot switched makes it 21 against 19.5
    local more = { change = { list = "A", to = "gain" }, tie = "more_votes" }
    local ruled = urna.margin({ A = 20, B = 40 }, 2, "dhondt", more)
    assert.is_nil(ruled.tie)
    assert.equal(1, ruled.votes)
  end)

  it("takes a seat that is open as it is for nobody's", function()
    -- 50 and 50 for one seat: one ballot more gives it to either
    local answer = urna.margin({ A = 50, B = 50 }, 1, "dhondt",
      { by = "added" })
    assert.same({ tied = { "A", "B" }, left = 1 }, answer.open_before)
    assert.equal(0, answer.tie)
    assert.equal(1, answer.votes)
  end)

  it("answers 0 where it is so already", function()
    local answer = urna.margin({ A = 60, B = 30 }, 3, "dhondt",
      { change = { coalition = { "A" }, to = "make" } })
    assert.equal(0, answer.votes)
    assert.same({ from = {}, to = {} }, answer.witness)
    assert.same(answer.seats_before, answer.seats_after)
  end)

  it("moves Hare's quota with the ballots that are added", function()
    -- 3 seats of 100: the quota is 33 1/3, remainders 60 - 33.3 = 26.7 and
    -- 40 - 33.3 = 6.7: A 2, B 1. With x for B the quota is (100 + x) / 3: B
    -- (20 + 2x) / 3 against A (80 - x) / 3: equal at 20, more from 21
    local answer = urna.margin({ A = 60, B = 40 }, 3, "hare", { by = "added" })
    assert.equal(20, answer.tie)
    assert.equal(21, answer.votes)
    assert.same({ from = {}, to = { B = 21 } }, answer.witness)
  end)

  it("gives nil and why where no ballots do it", function()
    local function why(votes, seats, options)
      local answer, reason = urna.margin(votes, seats, "dhondt", options)
      assert.is_nil(answer)
      return reason
    end
    assert.equal("B cannot have fewer seats than it has",
      why({ A = 9, B = 1 }, 1, { change = { list = "B", to = "lose" } }))
    assert.matches("no number of ballots removed means that B gains, with",
      why({ A = 9, B = 0 }, 1, { change = { list = "B", to = "gain" },
        by = "removed" }), 1, true)
    assert.matches("no number of ballots switched changes any seat",
      why({ A = 9 }, 1), 1, true)
    assert.equal("no number of ballots added puts A below the threshold",
      why({ A = 9 }, 1, { change = { threshold = "A" }, by = "added",
        threshold = { share = { 1, 5 } } }))
  end)

  it("keeps the order of an array and the keys of a table", function()
    local answer = urna.margin({ 60, 30 }, 3, "dhondt")
    assert.same({ 2, 1 }, answer.seats_before)
    assert.same({ { from = 2, to = 1 } }, answer.moves) -- 8, as above
  end)

  it("answers in votes up to 2^53 - 1", function()
    -- one seat: the halves of 2^53 - 2 and 0, tied after 2^52 - 1
    local answer = urna.margin({ A = 9007199254740990, B = 0 }, 1, "dhondt")
    assert.equal(4503599627370495, answer.tie)
    assert.equal(4503599627370496, answer.votes)
  end)
end)

describe("urna.margin refuses", function()
  local VOTES = { A = 60, B = 30, C = 10 }
  local SHARE = { share = { 1, 5 } }

  local function refused(options, seats, method)
    local done, message = pcall(urna.margin, VOTES, seats or 3,
      method or "dhondt", options)
    assert.is_false(done)
    return message
  end

  local WRONG = {
    { { chnge = "any" }, 'options has no "chnge": did you mean "change"?' },
    { { change = "all" }, 'change must be "any" or a table, not "all"' },
    { { change = {} }, "change must name a list, a threshold or a coalition" },
    { { change = { list = "D" } },
      'change.list names "D", which has no votes' },
    { { change = { list = "A", threshold = "A" } },
      "change has both list and threshold" },
    { { change = { list = "A", to = "win" } },
      'change.to must be "either" or "gain" or "lose", not "win"' },
    { { change = { list = "A", majority = 2 } },
      "change.majority = 2 is of coalitions, not of a list" },
    { { change = { coalition = {} } }, "change.coalition is empty" },
    { { change = { coalition = { "A", "B", "C" } } },
      "change.coalition is all 3 lists" },
    { { change = { coalition = { "A", "A" } } },
      'change.coalition[2] names "A" a second time' },
    { { change = { coalition = { "A" }, majority = 4 } },
      "change.majority must be a whole number from 1 to seats = 3, got 4" },
    { { change = { threshold = "A" } },
      'change.threshold = "A", but there is no threshold' },
    { { by = "moved" },
      'by must be "switched" or "added" or "removed", not "moved"' },
    { { thresholds = "free" },
      'thresholds = "free", but there is no threshold' },
    { { threshold = {} }, "a threshold has a share or votes, and not both" },
    { { threshold = { share = .03 } }, "threshold.share must be a ratio" },
    { { threshold = { share = { 1, 5 }, base = 99 } },
      "threshold.base = 99 is less than the votes, 100" },
    { { threshold = { share = { 1, 5 }, exempt = { "E" } } },
      'threshold.exempt names "E", which has no votes' },
    { { threshold = SHARE, weights_end = "at_threshold" },
      'weights_end = "at_threshold", but there are no weights' },
    { { weights = { A = { 27, 20 } }, weights_end = "at_threshold" },
      'weights_end = "at_threshold", but there is no threshold' },
    { { weights = { D = { 27, 20 } } },
      'weights names "D", which has no votes' },
    { { tie = "lot" }, 'tie must be "more_votes", not "lot"' },
    { {}, "seats must be a whole number from 1", 0 },
    { {}, 'there is no method "dhont": did you mean "dhondt"?', 3, "dhont" },
    { {}, "there are no inverse questions for the method quota_method", 3,
      "quota_method" },
    { { weights = { A = { 2, 1 } } },
      "there are no weights in inverse questions for the quota hare", 3,
      "hare" },
  }
  for n, row in ipairs(WRONG) do
    it(("%s (%d)"):format(row[2], n), function()
      assert.matches(row[2], refused(row[1], row[3], row[4]), 1, true)
    end)
  end

  it("votes that add up to too much", function()
    local done, message = pcall(urna.margin, { 9007199254740991, 1 }, 1,
      "dhondt")
    assert.is_false(done)
    assert.matches("the votes add up to more than 2^53 - 1", message, 1, true)
  end)
end)

describe("the order of lists", function()
  it("changes no answer (seed 81)", function()
    local random = generator(81)
    for _ = 1, 40 do
      local keyed, array, keys = {}, {}, { "a", "b", "c", "d" }
      for i, key in ipairs(keys) do
        array[5 - i] = random(0, 40)
        keyed[key] = array[5 - i]
      end
      array[1], keyed.d = 50, 50
      local seats = random(1, 9)
      assert.equal(urna.margin(array, seats, "sainte_lague").votes,
        urna.margin(keyed, seats, "sainte_lague").votes)
      assert.same(keys, compat.keys(keyed))
    end
  end)
end)
