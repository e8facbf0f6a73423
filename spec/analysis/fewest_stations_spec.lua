local contexts = require "urna.analysis.context"
local races = require "urna.analysis.race"
local serbia = require "spec.serbia2020"
local urna = require "urna"

local function contest_of(lists, rule, seats)
  return { lists = lists, keys = { "id" }, seats = seats, rule = rule,
    date = "2024-06-02", columns = { registered_voters = "registered",
      ballots_in_box = "box" } }
end

local PLAIN = { since = "2000-01-01", source = "a rule of this spec",
  base = "ballots_in_box", { step = "averages", divisor = "dhondt",
    tie = { "more_votes", "undecided" } } }

local TWO = { { key = "A", column = "A" }, { key = "B", column = "B" } }

local function read(rows, lists, rule, seats)
  local heads = {}
  for i, list in ipairs(lists) do heads[i] = list.key end
  return assert(urna.read({ text = "id,registered,box," .. table.concat(heads,
    ",") .. "\n" .. rows }, { contest = contest_of(lists, rule, seats) }))
end

describe("the fewest stations", function()
  -- 150:80 of three is 150 80 75, so 2 and 1. For B's second seat A's 75 has to
  -- fall below B's 40: of 2 A - 2 B, which is 140, more has to go, for equal
  -- votes decide nothing: a has 100 and b 70. For A's third 50 has to reach
  -- B's 80: 3 B - A is 90, and it is enough, for more votes go first: c, d and
  -- e have 45 each.
  local rows = "a,500,70,60,10\nb,500,55,45,10\nc,90,35,15,20\n"
    .. "d,70,35,15,20\ne,80,35,15,20\n"

  it("are of several the ones with the fewest registered voters", function()
    local found = assert(urna.fewest_stations(read(rows, TWO, PLAIN, 3)))
    assert.same({ 2, 2, true }, { found.stations, found.at_least,
      found.is_exact })
    assert.same({ "d", "e" }, found.witness.places)
    assert.is_true(found.witness.is_lightest)
    assert.same({ { list = "A", seats = 1 }, { list = "B", seats = -1 } },
      found.witness.moved)
    assert.same({
      { from = "A", to = "B", stations = 2, registered = 1000 },
      { from = "B", to = "A", stations = 2, registered = 150 } }, found.ways)
  end)

  it("are not sought where divisors do not rise in equal steps", function()
    local rule = { since = PLAIN.since, source = PLAIN.source,
      base = PLAIN.base, { step = "averages", divisor = "huntington_hill" } }
    local found, err = urna.fewest_stations(read(rows, TWO, rule, 3))
    assert.is_nil(found)
    assert.same({ "no_line", "this search needs divisors that rise in equal "
      .. "steps, and those of huntington_hill do not" },
      { err.code, err.message })
  end)

  it("see a list rise over the threshold as the base shrinks", function()
    -- a tenth of 101 is 10.1: C's 10 are too few; without d's 10 ballots they
    -- are enough, of 91. Of 11 seats A and B have 6 and 5, down to 41 / 6 and
    -- 40 / 5 = 8; with C's 10 A's 6.8 is the twelfth
    local lists = { TWO[1], TWO[2], { key = "C", column = "C" } }
    local rule = { since = "2000-01-01", source = "a rule of this spec",
      base = "ballots_in_box", { step = "threshold", share = { 1, 10 } },
      PLAIN[1] }
    local found = assert(urna.fewest_stations(read("a,50,41,41,0,0\n"
      .. "b,50,40,0,40,0\nc,50,10,0,0,10\nd,10,10,0,0,0\n", lists, rule, 11)))
    assert.same({ 1, true, { "d" } }, { found.stations, found.is_exact,
      found.witness.places })
    assert.same({ { list = "A", seats = -1 }, { list = "C", seats = 1 } },
      found.witness.moved)
    assert.same({ { list = "C", to = "above" } }, found.witness.crossed)
  end)

  it("may be asked of one list and of a majority", function()
    local results = read(rows, TWO, PLAIN, 3)
    for _, change in ipairs { { list = "A" }, { list = "B", to = "gain" },
      "majority", { majority = true, lists = { "B" } } } do
      local found = assert(urna.fewest_stations(results, { change = change }))
      assert.same({ 2, true, { "a", "b" } }, { found.stations,
        found.is_exact, found.witness.places })
    end
    -- without a and b it is 45:60; A has none only if nobody has a vote
    local none = assert(urna.fewest_stations(results, { change = {
      list = "A", by = 2 } }))
    assert.same({ 5, true }, { none.stations, none.is_exact })
    local never = assert(urna.fewest_stations(results, { change = {
      list = "A", to = "gain", by = 2 } }))
    assert.is_nil(never.stations)
    assert.matches("no annulment", never:text())
  end)

  it("refuse lists that there are none of", function()
    local results = read(rows, TWO, PLAIN, 3)
    for _, change in ipairs { { list = "C" }, "some", {}, { list = "A",
      to = "lost" }, { list = "A", by = 0 }, { lost = "A" } } do
      assert.is_false((pcall(urna.fewest_stations, results,
        { change = change })))
    end
  end)
end)

-- ---- against every set of stations ----

local function randoms(seed)
  return function(low, high)
    seed = seed * 16807 % 2147483647
    return low + seed % (high - low + 1)
  end
end

local SHARES = { { 5, 100 }, { 1, 10 }, { 1, 5 }, { 1, 3 } }

local function random_rule(random)
  local rule = { since = "2000-01-01", source = "a rule of this spec",
    base = "ballots_in_box" }
  if random(1, 6) > 1 then
    rule[1] = { step = "threshold", share = SHARES[random(1, #SHARES)],
      exempt = random(1, 4) > 1 and "minority" or nil,
      if_none_passes = random(1, 3) > 1 and "all_take_part" or nil }
  end
  if random(1, 3) > 1 then
    rule[#rule + 1] = { step = "weight", factor = { 27, 20 },
      lists = "minority", when = "below_threshold" }
  end
  rule[#rule + 1] = { step = "averages", divisor = random(1, 2) == 1
    and "dhondt" or "sainte_lague", tie = random(1, 2) == 1
    and { "more_votes", "undecided" } or nil }
  return rule
end

local function random_case(random)
  local lists, stations, rows = {}, {}, {}
  for i = 1, random(2, 4) do
    lists[i] = { key = ("L%d"):format(i), column = ("L%d"):format(i),
      minority = random(1, 2) == 1 }
  end
  for s = 1, random(2, 7) do
    local votes, sum = {}, 0
    for i = 1, #lists do
      votes[i] = random(1, 3) == 1 and 0 or random(0, 20)
      sum = sum + votes[i]
    end
    local box = sum + random(0, 3)
    stations[s] = { votes = votes, box = box, registered = box + random(0, 5) }
    rows[s] = ("%d,%d,%d,%s\n"):format(s, stations[s].registered, box,
      table.concat(votes, ","))
  end
  return read(table.concat(rows), lists, random_rule(random), random(1, 7)),
    stations
end

-- The smallest set of which the law says that it does it, and its voters.
local function brute(race, stations, does)
  local best, lightest
  local function try(s, size, registered, votes, base)
    if s > #stations then
      local is_better = size > 0 and (not best or size < best
        or size == best and registered < lightest)
      if is_better and does(race:after(votes, base)) then
        best, lightest = size, registered
      end
      return
    end
    try(s + 1, size, registered, votes, base)
    local left = {}
    for i, own in ipairs(votes) do left[i] = own - stations[s].votes[i] end
    try(s + 1, size + 1, registered + stations[s].registered, left,
      base - stations[s].box)
  end
  try(1, 0, 0, race.votes, race.base)
  return best, lightest
end

describe("the fewest stations of random contests", function()
  local seed = tonumber(os.getenv("URNA_SEED")) or 20200621

  local function each_case(cases, give)
    local random = randoms(seed)
    for case = 1, cases do
      local results, stations = random_case(random)
      local race = assert(contexts.of(results, {})).race
      if race then give(case, results, stations, race, random) end
    end
  end

  it(("are those of all sets, for any seat (seed %d)"):format(seed),
    function()
    each_case(100, function(case, results, stations, race)
      local best, lightest = brute(race, stations, function(count)
        for i, list in ipairs(race.count.lists) do
          local low, high = races.seats_of(count, { [i] = true })
          if low > list.seats or high < list.seats then return true end
        end
        return false
      end)
      local found = assert(urna.fewest_stations(results))
      assert.message(("case %d"):format(case)).equal(best, found.stations)
      if best then
        assert.is_true(found.is_exact)
        if found.witness.is_lightest then
          assert.equal(lightest, found.witness.registered)
        end
      end
    end)
  end)

  it("are those of all sets, for a list's seats", function()
    each_case(100, function(case, results, stations, race, random)
      local i, to = random(1, #race.lists), random(1, 2) == 1 and "gain"
        or "lose"
      local held = race.count.lists[i].seats
      local best = brute(race, stations, function(count)
        local low, high = races.seats_of(count, { [i] = true })
        if to == "gain" then return low > held end
        return high < held
      end)
      local found = assert(urna.fewest_stations(results, { change = {
        list = race.lists[i].key, to = to } }))
      assert.message(("case %d"):format(case)).equal(best, found.stations)
    end)
  end)

  it("are those of all sets, for a majority", function()
    each_case(60, function(case, results, stations, race, random)
      local members, keys, held = {}, {}, 0
      for i, list in ipairs(race.lists) do
        if i == 1 or random(1, 3) == 1 then
          members[i], keys[#keys + 1] = true, list.key
          held = held + race.count.lists[i].seats
        end
      end
      local needed = math.floor(race.seats / 2) + 1
      local best = brute(race, stations, function(count)
        local low, high = races.seats_of(count, members)
        if held >= needed then return high < needed end
        return low >= needed
      end)
      local found = assert(urna.fewest_stations(results, { change = {
        majority = true, lists = keys } }))
      assert.message(("case %d"):format(case)).equal(best, found.stations)
    end)
  end)
end)

describe("the fewest stations of Serbia 2020", function()
  -- statistics.md 2.14: L8-L1, L11-L1, L16-L1, L16-L5
  it("are four, which four pairs reach", function()
    local results, why = serbia.results()
    if not results then return pending(why) end
    local found = assert(urna.fewest_stations(results))
    assert.same({ 4, 4, true }, { found.stations, found.at_least,
      found.is_exact })
    local pairs_found = {}
    for i, way in ipairs(found.ways) do
      pairs_found[i] = way.from .. " " .. way.to
    end
    assert.same({ "SPP SNS", "SDAS SNS", "AA SNS", "AA SPAS" }, pairs_found)
  end)

  it("are of all sets of four the lightest, put to the law again", function()
    local results, why = serbia.results()
    if not results then return pending(why) end
    local found = assert(urna.fewest_stations(results))
    -- 1,300 + 1,477 + 990 + 1,291 registered in Presevo
    assert.equal(5058, found.witness.registered)
    assert.is_true(found.witness.is_lightest)
    local outcome = assert(urna.apportion(assert(results:without(
      found.witness.units)), { explain = false }))
    assert.same({ 189, 2 }, { outcome.lists[1].seats,
      outcome.lists[16].seats })
  end)

  -- For each pair the three stations that count most, by its own arithmetic.
  it("are not three: no pair of lists is turned by any three", function()
    local results, why = serbia.results()
    if not results then return pending(why) end
    local outcome = assert(urna.apportion(results, { explain = false }))
    local columns = {}
    for i, list in ipairs(outcome.lists) do
      columns[i] = results:column(list.key)
    end
    local function weight(list) return list.weight and 27 or 20 end
    local function takes_part(list)
      return list.threshold.result == "passed" or list.minority
    end
    for i, holder in ipairs(outcome.lists) do
      for j, taker in ipairs(outcome.lists) do
        if i ~= j and holder.seats > 0 and takes_part(taker) then
          local own = weight(holder) * (taker.seats + 1)
          local other = weight(taker) * holder.seats
          local margin, top = own * holder.votes - other * taker.votes,
            { 0, 0, 0 }
          for s = 1, #columns[i] do
            top[4] = own * columns[i][s] - other * columns[j][s]
            table.sort(top, function(a, b) return a > b end)
          end
          assert.is_true(top[1] + top[2] + top[3] <= margin)
        end
      end
    end
    -- nor does a list cross 3 %: POKS, the nearest with 85,888, is 10,675 short
    -- of 96,563, and SPAS 26,830 above
    local box = results:column("ballots_in_box")
    table.sort(box, function(a, b) return a > b end)
    assert.is_true(box[1] + box[2] + box[3] < 10675)
  end)

  it("bound what several seats need from both sides", function()
    local results, why = serbia.results()
    if not results then return pending(why) end
    local found = assert(urna.fewest_stations(results,
      { change = "majority" }))
    assert.is_true(found.at_least <= found.stations)
    assert.is_true(found.at_least > 1000)
    local outcome = assert(urna.apportion(assert(results:without(
      found.witness.units)), { explain = false }))
    assert.is_true(outcome.lists[1].seats < 126)
  end)
end)
