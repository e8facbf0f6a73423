local generator = require "spec.generator"
local outcomes = require "spec.allocate.outcomes"
local urna = require "urna"

-- URNA_FULL=1 tries a million.
local CASES = os.getenv("URNA_FULL") and 1000000 or 3000

local function add_state(states, seats)
  states[table.concat(seats, " ")] = seats
end

-- Seats that the next one may lead to, from the definition: of those that are
-- below their quota at this size of the house, any with the greatest average.
local function grow(votes, all, house, seats, states)
  local best, top = {}, nil
  for i, count in ipairs(votes) do
    if seats[i] * all < count * house then
      local order = top and count * (seats[top] + 1)
        - votes[top] * (seats[i] + 1) or 1
      if order > 0 then best, top = { i }, i
      elseif order == 0 then best[#best + 1] = i end
    end
  end
  for _, i in ipairs(best) do
    local copy = {}
    for k, count in ipairs(seats) do copy[k] = count + (k == i and 1 or 0) end
    add_state(states, copy)
  end
end

-- Every end that the choices among equals lead to.
local function by_definition(votes, seats)
  local all, start, states = 0, {}, {}
  for i, count in ipairs(votes) do
    all, start[i] = all + count, 0
  end
  add_state(states, start)
  for house = 1, seats do
    local following = {}
    for _, state in pairs(states) do
      grow(votes, all, house, state, following)
    end
    states = following
  end
  return states
end

local function least(states, n)
  local found, count = {}, 0
  for _, state in pairs(states) do
    count = count + 1
    for i = 1, n do found[i] = math.min(found[i] or state[i], state[i]) end
  end
  return found, count
end

local function told(states)
  local found = {}
  for _, state in pairs(states) do found[outcomes.told(state)] = true end
  return found
end

describe("the quota method", function()
  it(("gives what its definition does, ties that do not matter untold "
    .. "(seed 11, %d cases)"):format(CASES), function()
    local random, tied, plain = generator(11), 0, 0
    for case = 1, CASES do
      local votes = {}
      -- few different numbers: equals are the rule
      for i = 1, random(1, 6) do votes[i] = random(1, 4) * random(1, 6) end
      local seats = random(1, 14)
      local name = case .. ": " .. table.concat(votes, " ") .. ", " .. seats
      local result = urna.allocate(votes, seats, "quota_method")
      local states = by_definition(votes, seats)
      local certain, count = least(states, #votes)
      assert.same(certain, result.seats, name)
      assert.equal(count > 1, #result.ties > 0, name)
      if count > 1 then tied = tied + 1 else plain = plain + 1 end
      if count > 1 and count < 40 then
        assert.same(told(states),
          outcomes.all(votes, seats, "quota_method"), name)
      end
    end
    assert.is_true(tied > 300 and plain > 300)
  end)

  it("keeps the quota, and takes nothing as the house grows (seed 12)",
    function()
      local random = generator(12)
      for _ = 1, 100 do
        local votes, all, before = {}, 0, nil
        for i = 1, random(2, 8) do
          votes[i] = random(1, 100000)
          all = all + votes[i]
        end
        for seats = 1, 30 do
          local found = urna.allocate(votes, seats, "quota_method").seats
          for i, count in ipairs(votes) do
            assert.is_true(math.abs(found[i] * all - count * seats) < all)
            assert.is_true(not before or found[i] >= before[i])
          end
          before = found
        end
      end
    end)

  it("counts a weight as votes", function()
    -- 10 * 27/20 = 13.5 against 13, as 270 against 260
    assert.same({ 1, 0 }, urna.allocate({ 10, 13 }, 1, "balinski_young",
      { weights = { { 27, 20 } } }).seats)
    assert.same({ 0, 1 }, urna.allocate({ 10, 13 }, 1, "balinski_young")
      .seats)
  end)

  it("tells ties at two averages apart, and takes their lots in order",
    function()
      -- see test_quota.c: the 7th seat is C's or D's, the 8th A's or B's
      local votes = { A = 720, B = 720, C = 120, D = 120 }
      local certain = { A = 3, B = 3, C = 0, D = 0 }
      local open = urna.allocate(votes, 8, "quota_method")
      assert.same({ { stage = "house 7", certain = certain,
        tied = { "C", "D" }, left = 1 }, { stage = "house 8",
        certain = certain, tied = { "A", "B" }, left = 1 } }, open.ties)
      local one = urna.allocate(votes, 8, "quota_method",
        { lots = { { "D" } } })
      assert.same({ A = 3, B = 3, C = 0, D = 1 }, one.seats)
      assert.equal("house 8", one.ties[1].stage)
      assert.equal(1, #one.ties)
      local both = urna.allocate(votes, 8, "quota_method",
        { lots = { { "D" }, { "A" } } })
      assert.same({ A = 4, B = 3, C = 0, D = 1 }, both.seats)
      assert.same({}, both.ties)
      assert.same({ { "D" }, { "A" } },
        { both.drawn[1].drawn, both.drawn[2].drawn })
    end)

  it("has no prior, min or max", function()
    for _, what in ipairs { "prior", "min", "max" } do
      local done, message = pcall(urna.allocate, { 1, 2 }, 3, "quota_method",
        { [what] = { 1 } })
      assert.is_false(done)
      assert.matches("the quota method has no " .. what, message)
    end
  end)
end)
