local generator = require "spec.generator"
local margins = require "urna.seats.margins"
local rules = require "urna.rules"
local walk = require "urna.seats.walk"

-- Averages behind a threshold of 1/5 with lists 2 and 4 exempt and counted
-- 27/20 while below it: every trap of a search is near in small numbers.
local function rule_with(divisor, tie)
  return assert(rules.find { since = "2000-01-01", base = "ballots_in_box",
    source = "made up",
    { step = "threshold", share = { 1, 5 }, exempt = "minority",
      if_none_passes = "all_take_part" },
    { step = "weight", factor = { 27, 20 }, lists = "minority",
      when = "below_threshold" },
    { step = "averages", divisor = divisor, tie = tie } })
end

local function count_of(votes, seats, invalid)
  local count = { seats = seats, moving = true, lists = {} }
  local sum = invalid
  for i, number in ipairs(votes) do
    count.lists[i] = { key = "L" .. i, votes = number, low = number,
      high = number, minority = i % 2 == 0 }
    sum = sum + number
  end
  count.base = { low = sum, high = sum }
  return count
end

local function random_count(random)
  local votes = {}
  for i = 1, random(2, 5) do votes[i] = random(0, 24) end
  votes[1] = votes[1] + 1
  return count_of(votes, random(1, 7), random(0, 6))
end

-- The count after `x` votes went from one list (nil: from nobody) to another.
local function moved(rule, count, from, to, x)
  local votes = {}
  for i, list in ipairs(count.lists) do votes[i] = list.votes end
  if from then votes[from] = votes[from] - x end
  if to then votes[to] = votes[to] + x end
  local base = count.base.low + (to and x or 0) - (from and x or 0)
  return assert(walk.run(rule, walk.copy(count, votes, base)))
end

-- The first x of 1 .. most that passes, tried one by one.
local function first(most, passes)
  for x = 1, most do
    if passes(x) then return x end
  end
end

-- Whether no way to settle the tie leaves the seats as they were.
local function surely_differs(before, changed)
  local open = {}
  for _, tie in ipairs(changed.ties) do
    for _, i in ipairs(tie.tied) do open[i] = true end
  end
  for i, list in ipairs(changed.lists) do
    local gain = list.seats - before.lists[i].seats
    if gain ~= 0 and not (gain == -1 and open[i]) then return true end
  end
  return false
end

local ENOUGH = 700 -- 25 votes * 27/20 * 19, the seventh Danish divisor, = 641
local CASES = 300
local DIVISORS = { "dhondt", "dhondt", "sainte_lague", "danish",
  "modified_sainte_lague_1.4", "adams", "dean", "huntington_hill",
  { divisors = { 1, { 3, 2 }, 4 } },
  { divisors = { 1, { 3, 2 }, 4 }, ends = true } }

local function each_case(seed, test)
  local random = generator(seed)
  for number = 1, CASES do
    local rule = rule_with(DIVISORS[number % #DIVISORS + 1], number % 3 == 0
      and { "undecided" } or { "more_votes", "undecided" })
    local count = assert(walk.run(rule, random_count(random)))
    local votes = {}
    for i, list in ipairs(count.lists) do votes[i] = list.votes end
    test(rule, count, ("seed %d case %d: %s, %d seats, box %d"):format(seed,
      number, table.concat(votes, " "), count.seats, count.base.low))
  end
end

describe("the margins, against a search vote by vote,", function()
  it("give the fewest added votes that gain a list a seat (seed 11)",
    function()
      each_case(11, function(rule, count, told)
        for i, list in ipairs(count.lists) do
          assert.equal(first(ENOUGH, function(x)
            return moved(rule, count, nil, i, x).lists[i].seats > list.seats
          end), margins.to_gain(rule, count, i), told .. " list " .. i)
        end
      end)
    end)

  it("give the fewest lost votes that cost a list a seat (seed 12)",
    function()
      each_case(12, function(rule, count, told)
        for i, list in ipairs(count.lists) do
          local expected = list.seats > 0 and first(list.votes, function(x)
            return moved(rule, count, i, nil, x).lists[i].seats < list.seats
          end) or nil
          assert.equal(expected, margins.to_lose(rule, count, i),
            told .. " list " .. i)
        end
      end)
    end)

  it("give the fewest switched votes that gain a list a seat (seed 13)",
    function()
      each_case(13, function(rule, count, told)
        for from, giver in ipairs(count.lists) do
          local to = from % #count.lists + 1
          local now = count.lists[to].seats
          assert.equal(first(giver.votes, function(x)
            return moved(rule, count, from, to, x).lists[to].seats > now
          end), margins.to_gain_from(rule, count, to, from),
            told .. " from list " .. from)
        end
      end)
    end)

  it("give the fewest votes added anywhere that move any seat (seed 14)",
    function()
      each_case(14, function(rule, count, told)
        if #count.ties > 0 then return end
        local fewest
        for to in ipairs(count.lists) do
          local x = first(fewest or ENOUGH, function(x)
            return surely_differs(count, moved(rule, count, nil, to, x))
          end)
          fewest = x and math.min(x, fewest or x) or fewest
        end
        local found = margins.fewest_added(rule, count) or {}
        assert.equal(fewest, found.votes, told)
      end)
    end)

  it("give the fewest votes switched anywhere that move any seat (seed 15)",
    function()
      each_case(15, function(rule, count, told)
        if #count.ties > 0 then return end
        local fewest
        for from, giver in ipairs(count.lists) do
          for to in ipairs(count.lists) do
            local most = math.min(giver.votes, fewest or giver.votes)
            local x = from ~= to and first(most, function(x)
              return surely_differs(count, moved(rule, count, from, to, x))
            end)
            fewest = x or fewest
          end
        end
        local found = margins.fewest_switched(rule, count) or {}
        assert.equal(fewest, found.votes, told)
      end)
    end)
end)

describe("the margins", function()
  it("reach a threshold far above every list", function()
    -- 5 (10 + x) >= 1,000,000 + x: x >= 249,987.5; 249,998 is then above
    -- 300,000 / 2
    local rule = rule_with("dhondt", { "undecided" })
    local count = assert(walk.run(rule,
      count_of({ 300000, 0, 10 }, 2, 699990)))
    assert.equal(249988, margins.to_gain(rule, count, 3))
  end)

  it("are nil for a list that can gain or lose nothing", function()
    local rule = rule_with("dhondt", { "undecided" })
    local count = assert(walk.run(rule, count_of({ 90, 0, 10 }, 2, 0)))
    assert.is_nil(margins.to_gain(rule, count, 1)) -- it has both seats
    assert.is_nil(margins.to_lose(rule, count, 3)) -- it has none
  end)

  it("are nil where a base that is not known could decide", function()
    -- 20 % of 100 .. 1,000: the third list has 15 and passes neither; with 7
    -- more, 22 of 107 .. 1,007, it may
    local rule = rule_with("dhondt", { "undecided" })
    local count = count_of({ 85, 0, 15 }, 2, 0)
    count.base = { low = 100, high = 1000 }
    count.lists[1].votes, count.lists[1].high = 250, 250
    assert(walk.run(rule, count))
    assert.equal("failed", count.lists[3].standing)
    assert.is_nil(margins.to_gain(rule, count, 3))
  end)
end)
