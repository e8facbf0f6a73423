-- Every seat of an allocation from its explanation alone, by spec/allocate/
-- recheck.lua: whatever the method, with what lists hold already, minima,
-- maxima, weights, alliances and lots.
local generator = require "spec.generator"
local recheck = require "spec.allocate.recheck"
local urna = require "urna"

local CASES = os.getenv("URNA_FULL") and 3000 or 80

local function sum_of(map)
  local sum = 0
  for _, count in pairs(map) do sum = sum + count end
  return sum
end

-- Every third time of few different numbers, so that equals are met.
local function random_votes(random, most)
  local votes, step = {}, random(1, 3) == 1 and most / 4 or 1
  for i = 1, random(2, 6) do votes["L" .. i] = step * random(1, most / step) end
  return votes
end

-- Some of what lists may be given beside their votes; room for all seats.
local function random_options(random, votes, seats)
  local options = { explain = true, weights = {}, prior = {}, min = {},
    max = {} }
  local least, room = 0, 0
  for i = 1, 6 do
    local key = "L" .. i
    if votes[key] then
      if random(1, 3) == 1 then options.weights[key] = { random(1, 4), 3 } end
      if random(1, 5) == 1 then options.prior[key] = random(0, 2) end
      if random(1, 5) == 1 then options.min[key] = random(0, 2) end
      if random(1, 4) == 1 then options.max[key] = random(2, seats + 1) end
      least = least + math.max(options.prior[key] or 0, options.min[key] or 0)
      room = room + (options.max[key] or seats)
    end
  end
  return least <= seats and room >= seats and options or { explain = true }
end

-- The allocation with every tie drawn: always the first of the tied.
local function drawn(votes, seats, method, options)
  options.lots = {}
  while true do
    local result = assert(urna.allocate(votes, seats, method, options))
    local tie = result.ties[1]
    if not tie then return result end
    local lot = {}
    for i = 1, math.abs(tie.left) do lot[i] = tie.tied[i] end
    options.lots[#options.lots + 1] = lot
  end
end

local function has_lot(steps)
  for _, step in ipairs(steps) do
    if step.by_lot then return true end
  end
  return false
end

-- The order is that of the steps that give a seat.
local function assert_order(result)
  local order = {}
  for _, step in ipairs(result.steps) do
    if not step.taken_back then order[#order + 1] = step.list end
  end
  assert.same(order, result.order)
end

describe("from its steps alone", function()
  for name, method in pairs(recheck.DIVISORS) do
    it("every seat by the divisors " .. name .. " follows (seed 81)",
      function()
        local random, lots = generator(81), 0
        for _ = 1, CASES do
          local votes, seats = random_votes(random, 40), random(1, 14)
          local options = random_options(random, votes, seats)
          local result = drawn(votes, seats, method[1], options)
          local game = recheck.game(votes, options)
          for _, step in ipairs(result.steps) do
            recheck.averages(game, step, method)
          end
          assert.same(game.held, result.seats)
          assert.equal(seats, sum_of(game.held))
          assert_order(result)
          if has_lot(result.steps) then
            lots = lots + 1
            assert.same(result.divisor.above, result.divisor.upto)
          else
            recheck.interval(game, result.divisor, method)
          end
        end
        assert.is_true(lots > 0 and lots < CASES)
      end)
  end

  -- What is done about seats that are left, or too many.
  local function replay(game, result, seats, name, rest)
    local quota = recheck.quota(game, seats, name)
    local left = recheck.full(game, result, seats, quota)
    local rule = { quota = quota, share = rest.share,
      once = rest.averages and {} or nil }
    for _, step in ipairs(result.steps) do
      if step.step == "averages" then
        recheck.averages(game, step, recheck.DIVISORS[rest.averages])
      else
        assert.equal(left < 0, step.taken_back or false)
        recheck.remainders(game, step, rule)
      end
    end
    assert.same(game.held, result.seats)
    assert.equal(seats, sum_of(game.held) + (result.vacant or 0))
    return left
  end

  for name in pairs(recheck.QUOTAS) do
    it(("every seat by the quota %s and the largest remainders follows, and "
      .. "every seat that is taken back (seed 82)"):format(name), function()
      local random, over, lots = generator(82), 0, 0
      for _ = 1, 2 * CASES do
        local votes, seats = random_votes(random, 40), random(1, 14)
        votes.L1 = votes.L1 + 60 -- or a quota may be 0 votes
        local options = random_options(random, votes, seats)
        options.over_award = "subtract"
        local result = drawn(votes, seats, name, options)
        local left = replay(recheck.game(votes, options), result, seats, name,
          {})
        if left < 0 then over = over + 1 end
        if has_lot(result.steps) then lots = lots + 1 end
        assert_order(result)
      end
      assert.is_true(over > 0 and lots > 0)
    end)
  end

  it("seats that a quota gives too many are told, where they stay", function()
    local random, over = generator(83), 0
    for _ = 1, 5 * CASES do
      local votes, seats = random_votes(random, 40), random(1, 6)
      local result = assert(urna.allocate(votes, seats, "imperiali_quota",
        { explain = true, over_award = "ignore" }))
      local game = recheck.game(votes)
      local quota = recheck.quota(game, seats, "imperiali_quota")
      local left = recheck.full(game, result, seats, quota)
      if left < 0 then
        over = over + 1
        assert.equal(-left, result.over_award)
        assert.same({}, result.steps)
        assert.same(game.held, result.seats)
      end
    end
    assert.is_true(over > 0)
  end)

  for _, rest in ipairs {
    { averages = "dhondt", method = { quota = "hare", averages = "dhondt" } },
    { averages = "sainte_lague", method = { quota = "droop",
      averages = "sainte_lague" } },
    { averages = "dhondt", share = { 3, 4 }, method = { quota = "hare",
      min_quota = { 3, 4 }, averages = "dhondt" } },
    { share = { 1, 2 }, method = { quota = "hare", min_quota = { 1, 2 } } },
  } do
    it(("full seats of %s, remainders%s and averages by %s follow (seed 84)")
      :format(rest.method.quota, rest.share and (" from %d/%d"):format(
        rest.share[1], rest.share[2]) or "", rest.averages or "none"),
      function()
        local random = generator(84)
        for _ = 1, 2 * CASES do
          local votes, seats = random_votes(random, 40), random(1, 14)
          replay(recheck.game(votes), drawn(votes, seats, rest.method,
            { explain = true }), seats, rest.method.quota, rest)
        end
      end)
  end

  local function replay_houses(game, result)
    for number, step in ipairs(result.steps) do
      recheck.house(game, step, number, result.total)
    end
  end

  it("every seat of the quota method follows: who was eligible, and whose "
    .. "average was the greatest (seed 85)", function()
    local random, barred, lots = generator(85), 0, 0
    for _ = 1, 4 * CASES do
      local votes, seats = random_votes(random, 32), random(1, 16)
      local options = { explain = true, weights = {} }
      if random(1, 3) == 1 then options.weights.L1 = { random(1, 5), 4 } end
      local result = drawn(votes, seats, "quota_method", options)
      local game = recheck.game(votes, options)
      replay_houses(game, result)
      assert.same(game.held, result.seats)
      assert.equal(seats, sum_of(game.held))
      for _, step in ipairs(result.steps) do barred = barred + #step.barred end
      if has_lot(result.steps) then lots = lots + 1 end
    end
    assert.is_true(barred > 0 and lots > 0)
  end)

  it("the open seats of the quota method are those that are not certain "
    .. "(seed 86)", function()
    local random, open = generator(86), 0
    for _ = 1, 4 * CASES do
      local votes, seats = random_votes(random, 8), random(1, 12)
      local result = urna.allocate(votes, seats, "quota_method",
        { explain = true })
      local game = recheck.game(votes)
      replay_houses(game, result)
      for _, step in ipairs(result.steps) do
        if step.open then
          open = open + 1
          assert.is_nil(step.list)
          game.held[step.for_now] = game.held[step.for_now] - 1
        end
      end
      assert.same(game.held, result.seats)
    end
    assert.is_true(open > 0)
  end)
end)

describe("an explanation", function()
  it("has every list's next quotient in its interval, also of those that "
    .. "have no maximum where another has", function()
    -- 18 9 | 6 of A, 5 of B
    for _, max in ipairs { {}, { B = 1 }, { A = 9 } } do
      assert.same({ above = { 6, 1 }, upto = { 9, 1 }, squared = false },
        urna.allocate({ A = 18, B = 5 }, 2, "dhondt",
          { max = max, explain = true }).divisor)
    end
    -- quota 28 / 4: A fills 3, of 2 seats, and one is taken back
    local result = urna.allocate({ A = 23, B = 5 }, 2, "imperiali_quota",
      { max = { B = 1 }, over_award = "subtract", explain = true })
    assert.same({ 1, { A = 3, B = 0 }, { A = 2, B = 0 } },
      { result.over_award, result.full_seats, result.seats })
  end)

  it("that is changed does not add up", function()
    local method, votes = recheck.DIVISORS.dhondt, { A = 34, B = 28, C = 16 }
    local function replay(change)
      local result = urna.allocate(votes, 4, "dhondt", { explain = true })
      local game = recheck.game(votes)
      change(result.steps)
      return pcall(function()
        for _, step in ipairs(result.steps) do
          recheck.averages(game, step, method)
        end
        recheck.interval(game, result.divisor, method)
      end)
    end
    assert.is_true((replay(function() end)))
    assert.is_false((replay(function(steps) steps[2].list = "C" end)))
    assert.is_false((replay(function(steps) steps[1].quotient[1] = 35 end)))
    assert.is_false((replay(function(steps) steps[3].rival = "B" end)))
    assert.is_false((replay(function(steps) table.remove(steps) end)))
    local quota = urna.allocate(votes, 4, "quota_method", { explain = true })
    quota.steps[3].eligible[1] = nil
    assert.is_false((pcall(function()
      local game = recheck.game(votes)
      for number, step in ipairs(quota.steps) do
        recheck.house(game, step, number, quota.total)
      end
    end)))
  end)
end)

describe("alliances, from the steps of each", function()
  -- The votes of an alliance's members, as one: 7 * 4/3 + 5.
  local function value_of(entity, votes, options)
    if type(entity) ~= "table" then
      return recheck.game(votes, options).value[entity]
    end
    local sum = { 0, 1 }
    for _, one in ipairs(entity.lists) do
      local value = value_of(one, votes, options)
      sum = recheck.ratio(sum[1] * value[2] + value[1] * sum[2],
        sum[2] * value[2])
    end
    return sum
  end

  local function bound_of(entity, bounds, otherwise)
    if type(entity) ~= "table" then return bounds[entity] or otherwise end
    local sum = 0
    for _, one in ipairs(entity.lists) do
      sum = sum + bound_of(one, bounds, otherwise)
    end
    return sum
  end

  local function name_of(entity)
    return type(entity) == "table" and entity.key or entity
  end

  local function game_of(entities, votes, options, seats)
    local game = { keys = {}, value = {}, held = {}, least = {}, most = {} }
    for i, entity in ipairs(entities) do
      local key = name_of(entity)
      game.keys[i] = key
      game.value[key] = value_of(entity, votes, options)
      game.least[key] = bound_of(entity, options.min or {}, 0)
      game.most[key] = bound_of(entity, options.max or {}, seats)
      game.held[key] = game.least[key]
    end
    return game
  end

  local replay

  -- What `told` explains, and inside every alliance that has seats.
  function replay(told, entities, case, method, seats, found)
    local game = game_of(entities, case.votes, case.options, case.seats)
    local own = recheck.DIVISORS[method]
    if not own then
      local quota = recheck.quota(game, seats, method)
      if told.steps then recheck.full(game, told, seats, quota) end
      for _, step in ipairs(told.steps or {}) do
        recheck.remainders(game, step, { quota = quota })
      end
    end
    for _, step in ipairs(own and told.steps or {}) do
      recheck.averages(game, step, own)
    end
    assert.equal(seats, sum_of(game.held))
    for _, entity in ipairs(entities) do
      local key = name_of(entity)
      if type(entity) == "table" then
        local inner = case.result.alliances[key]
        assert.equal(game.held[key], inner.seats)
        assert.same(game.value[key], recheck.times({ inner.votes, 1 },
          inner.weight or { 1, 1 }))
        replay(inner, entity.lists, case, entity.method or method,
          inner.seats, found)
      else
        found[key] = game.held[key]
      end
    end
  end

  it("every seat follows, nested, with weights, minima and maxima (seed 87)",
    function()
      local random, methods = generator(87), { "dhondt", "sainte_lague",
        "hare", "huntington_hill" }
      for _ = 1, 3 * CASES do
        local votes = {}
        for i = 1, 6 do votes["L" .. i] = random(5, 40) end
        local seats = random(6, 14)
        local function pick() return methods[random(1, #methods)] end
        local inner = { key = "Y", lists = { "L2", "L3" }, method = pick() }
        local alliances = { { key = "X", lists = { "L1", inner },
          method = pick() }, { key = "Z", lists = { "L4", "L5" } } }
        local options = { explain = true, alliances = alliances,
          weights = { L2 = { random(3, 5), 4 } }, min = { L5 = random(0, 1) },
          max = { L1 = random(3, 9), L6 = random(4, 9) } }
        local method = pick()
        -- an alliance without a method of its own has that of the whole
        local case = { votes = votes, options = options, seats = seats,
          result = drawn(votes, seats, method, options) }
        local found = {}
        local z = { key = "Z", lists = { "L4", "L5" }, method = method }
        replay(case.result, { alliances[1], z, "L6" }, case, method, seats,
          found)
        assert.same(found, case.result.seats)
      end
    end)
end)
