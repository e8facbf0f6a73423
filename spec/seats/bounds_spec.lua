local bounds = require "urna.seats.bounds"
local generator = require "spec.generator"
local rules = require "urna.rules"
local walk = require "urna.seats.walk"

local rule = assert(rules.find { since = "2000-01-01",
  base = "ballots_in_box", source = "made up",
  { step = "threshold", share = { 1, 10 }, exempt = "minority" },
  { step = "weight", factor = { 27, 20 }, lists = "minority",
    when = "below_threshold" },
  { step = "averages", divisor = "dhondt", tie = { "undecided" } } })

local function count_of(spans, seats, box)
  local count = { seats = seats, base = { low = box, high = box }, lists = {} }
  for i, span in ipairs(spans) do
    count.lists[i] = { key = "L" .. i, low = span[1], high = span[2],
      votes = span[1], minority = i == #spans }
  end
  return assert(walk.run(rule, count))
end

-- Every combination of votes inside the bounds.
local function each_inside(count, give, votes, i)
  votes, i = votes or {}, i or 1
  if i > #count.lists then return give(votes) end
  for number = count.lists[i].low, count.lists[i].high do
    votes[i] = number
    each_inside(count, give, votes, i + 1)
  end
end

local function by_force(count)
  local found = {}
  for i in ipairs(count.lists) do
    found[i] = { fewest = math.huge, most = 0 }
  end
  each_inside(count, function(votes)
    local one = assert(walk.run(rule, walk.copy(count, votes)))
    local open = {}
    for _, tie in ipairs(one.ties) do
      for _, i in ipairs(tie.tied) do open[i] = 1 end
    end
    for i, list in ipairs(one.lists) do
      local most = list.seats + (open[i] or 0)
      found[i].fewest = math.min(found[i].fewest, list.seats)
      found[i].most = math.max(found[i].most, most)
    end
  end)
  return found
end

describe("the bounds of seats", function()
  it("are those of every value inside the bounds of votes (seed 3)",
    function()
      local random, tried = generator(3), 0
      for case = 1, 60 do
        local spans = {}
        for i = 1, random(2, 4) do
          local low = random(5, 40)
          spans[i] = { low, low + random(0, 4) }
        end
        local count = count_of(spans, random(1, 9), 300)
        local certain = true -- every standing to the threshold, 30 of 300
        for _, list in ipairs(count.lists) do
          certain = certain and list.standing ~= "unknown"
        end
        if certain then
          tried = tried + 1
          assert.same(by_force(count), bounds.seats(rule, count),
            "case " .. case)
        end
      end
      assert.is_true(tried > 20)
    end)

  it("are open just where some list's votes are", function()
    assert.is_false(bounds.are_open(count_of({ { 40, 40 }, { 9, 9 } }, 2, 50)))
    assert.is_true(bounds.are_open(count_of({ { 40, 40 }, { 8, 9 } }, 2, 50)))
  end)

  it("count a seat that a tie may give among the most, not the fewest",
    function()
      -- L1 40 against L2 39 or 40 for the one seat
      assert.same({ { fewest = 0, most = 1 }, { fewest = 0, most = 1 } },
        bounds.seats(rule, count_of({ { 40, 40 }, { 39, 40 } }, 1, 100)))
    end)
end)
