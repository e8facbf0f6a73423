local generator = require "spec.generator"
local quotas = require "urna.methods.quotas"
local urna = require "urna"

-- URNA_FULL=1 tries a million of each.
local CASES = os.getenv("URNA_FULL") and 1000000 or 2000

-- A quota as num / den from its definition, for whole votes.
local function quota_of(name, votes, seats)
  local all = 0
  for _, count in ipairs(votes) do all = all + count end
  local function up(a, b) return (a - a % b) / b + (a % b > 0 and 1 or 0) end
  local function down(a, b) return (a - a % b) / b end
  local by = { hare = { all, seats }, hare_floor = { down(all, seats), 1 },
    hare_rounded = { down(2 * all + seats, 2 * seats), 1 },
    hare_ceil = { up(all, seats), 1 },
    droop = { down(all, seats + 1) + 1, 1 },
    hagenbach_bischoff = { all, seats + 1 },
    hagenbach_bischoff_floor = { down(all, seats + 1), 1 },
    hagenbach_bischoff_rounded = { down(2 * all + seats + 1,
      2 * (seats + 1)), 1 },
    hagenbach_bischoff_ceil = { up(all, seats + 1), 1 },
    imperiali = { all, seats + 2 },
    imperiali_rounded = { down(2 * all + seats + 2, 2 * (seats + 2)), 1 } }
  return by[name][1], by[name][2]
end

-- Full seats, then sorted remainders; seats, tied, left, over-award.
local function by_definition(name, votes, seats)
  local num, den = quota_of(name, votes, seats)
  if num == 0 then return nil end
  local found, rest, order, left = {}, {}, {}, seats
  for i, count in ipairs(votes) do
    rest[i] = count * den % num
    found[i] = (count * den - rest[i]) / num
    left = left - found[i]
  end
  local sign = left < 0 and -1 or 1
  for i, count in ipairs(votes) do
    local may = sign > 0 and count > 0 or sign < 0 and found[i] > 0
    if may then order[#order + 1] = i end
  end
  table.sort(order, function(a, b) return rest[a] * sign > rest[b] * sign end)
  if left * sign > #order then return nil end -- more than one round
  local last, after = order[left * sign], order[left * sign + 1]
  local tied = {}
  if last and after and rest[last] == rest[after] then
    for i in ipairs(votes) do
      for _, k in ipairs(order) do
        if k == i and rest[i] == rest[last] then tied[#tied + 1] = i end
      end
    end
  end
  local open = left
  for k = 1, left * sign do
    local i = order[k]
    if #tied == 0 or rest[i] ~= rest[last] then
      found[i] = found[i] + sign
      open = open - sign
    end
  end
  return found, tied, open, left < 0 and -left or nil
end

local NAMES = { hare = "hare", hare_floor = "hare_floor",
  hare_rounded = "hare_rounded", hare_ceil = "hare_ceil", droop = "droop",
  hagenbach_bischoff = "hagenbach_bischoff",
  hagenbach_bischoff_floor = "hagenbach_bischoff_floor",
  hagenbach_bischoff_rounded = "hagenbach_bischoff_rounded",
  hagenbach_bischoff_ceil = "hagenbach_bischoff_ceil",
  imperiali_quota = "imperiali", imperiali_quota_rounded =
  "imperiali_rounded" }

local function sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

describe("a method of quotas", function()
  for _, method in ipairs(sorted(NAMES)) do
    it(("%s gives the seats of its definition (seed 21, %d cases)"):format(
      method, CASES),
      function()
        local random, tied_cases, cases = generator(21), 0, 0
        for case = 1, CASES do
          local votes, sum = {}, 0
          for i = 1, random(1, 6) do
            votes[i] = random(1, 3) == 1 and 10 * random(0, 4)
              or random(0, 40)
            sum = sum + votes[i]
          end
          local seats = random(1, 12)
          local expected, tied, left, over
          if sum > 0 then
            expected, tied, left, over = by_definition(NAMES[method], votes,
              seats)
          end
          if expected then
            local told = ("case %d: %s, %d seats"):format(case,
              table.concat(votes, " "), seats)
            local found = assert(urna.allocate(votes, seats, method,
              { over_award = "subtract" }))
            assert.same(expected, found.seats, told)
            assert.equal(over, found.over_award, told)
            assert.equal(#tied > 0 and 1 or 0, #found.ties, told)
            if #tied > 0 then
              assert.same(tied, found.ties[1].tied, told)
              assert.equal(left, found.ties[1].left, told)
              tied_cases = tied_cases + 1
            end
            cases = cases + 1
          end
        end
        assert.is_true(cases > 3 * CASES / 4 and tied_cases > 100)
      end)
  end

  it("Hare's keeps the quota (seed 22)", function()
    local random = generator(22)
    for _ = 1, 300 do
      local votes, all = {}, 0
      for i = 1, random(2, 8) do
        votes[i] = random(1, 100000)
        all = all + votes[i]
      end
      local seats = random(1, 30)
      local found = urna.allocate(votes, seats, "hare").seats
      for i, count in ipairs(votes) do
        assert.is_true(math.abs(found[i] * all - count * seats) < all)
      end
    end
  end)

  it("Hare's takes a seat as the house grows: the Alabama paradox", function()
    -- 3 seats of
    -- 14: 1.29 1.29 0.43, rests .29 .29 .43: C; 4 seats: 1.71 1.71 .57: A, B
    local votes = { A = 6, B = 6, C = 2 }
    assert.same({ A = 1, B = 1, C = 1 }, urna.allocate(votes, 3, "hare").seats)
    assert.same({ A = 2, B = 2, C = 0 }, urna.allocate(votes, 4, "hare").seats)
  end)

  for _, method in ipairs { "hare_averages", "droop_averages",
    "hagenbach_bischoff_averages" } do
    it(method .. " is d'Hondt by another way (seed 23)", function()
      -- a full quota of votes is a seat by d'Hondt too, which keeps the quota
      -- from below
      local random = generator(23)
      for _ = 1, 300 do
        local votes = {}
        for i = 1, random(1, 6) do votes[i] = random(1, 60) end
        local seats = random(1, 15)
        local one = urna.allocate(votes, seats, method)
        local other = urna.allocate(votes, seats, "dhondt")
        assert.same(other.seats, one.seats)
        assert.same(other.ties, one.ties)
      end
    end)
  end

  it("the greater average takes each residual seat", function()
    -- quota 840 / 4 = 210, so full seats 1 1 0 0; averages 170 140 160 60: A;
    -- then 113 140 160 60: C
    local result = urna.allocate({ A = 340, B = 280, C = 160, D = 60 }, 4,
      "hare_averages")
    assert.same({ A = 2, B = 1, C = 1, D = 0 }, result.seats)
  end)

  it("may have a quota of so many votes", function()
    -- 60,000 votes a seat: 3 1 0; rests 20,000 5,000 40,000
    local votes = { A = 200000, B = 65000, C = 40000 }
    local full = urna.allocate(votes, 6, { quota = 60000,
      remainders = "none" })
    assert.same({ A = 3, B = 1, C = 0 }, full.seats)
    assert.equal(2, full.vacant)
    local all = urna.allocate(votes, 6, { quota = 60000 })
    assert.same({ A = 4, B = 1, C = 1 }, all.seats)
    assert.is_nil(all.vacant)
  end)

  it("may keep small lists from the remainders", function()
    -- quota 100: 3 1 0 0, two left; rests 20 30 70 80: D, C; below 3/4 of a
    -- quota C is out: D, B
    local votes = { A = 320, B = 130, C = 70, D = 80 }
    assert.same({ A = 3, B = 1, C = 1, D = 1 },
      urna.allocate(votes, 6, "hare").seats)
    assert.same({ A = 3, B = 2, C = 0, D = 1 },
      urna.allocate(votes, 6, { quota = "hare", min_quota = { 3, 4 } }).seats)
  end)

  it("gives by averages what is left after one remainder each", function()
    -- quota 100 of 600, full 5 0 0 0; only A (500) reaches 3/4 of it and has
    -- one; averages 500/7 71.4, 40/1, ...: A
    local votes = { A = 500, B = 40, C = 35, D = 25 }
    local result = urna.allocate(votes, 7, { quota = 100,
      min_quota = { 3, 4 }, averages = "dhondt" }, { explain = true })
    assert.same({ A = 7, B = 0, C = 0, D = 0 }, result.seats)
    assert.same({ "remainders", "averages" },
      { result.steps[1].step, result.steps[2].step })
  end)

  it("serves a second round where the first leaves seats", function()
    -- Droop floor(3 / 6) + 1 = 1: 3 seats, 2 left for the only list
    assert.same({ 5, 0 }, urna.allocate({ 3, 0 }, 5, "droop").seats)
  end)

  it("tells where a small quota fills more seats than there are", function()
    -- 800 / 4 = 200: 1 2 1 of 2 seats, all remainders 0
    local votes = { A = 200, B = 400, C = 200 }
    local nothing, err = urna.allocate(votes, 2, "imperiali_quota")
    assert.is_nil(nothing)
    assert.equal("over_award", err.code)
    assert.matches("fills 4 of 2 seats", tostring(err))
    local more = urna.allocate(votes, 2, "imperiali_quota",
      { over_award = "ignore" })
    assert.same({ A = 1, B = 2, C = 1 }, more.seats)
    assert.equal(2, more.over_award)
    local open = urna.allocate(votes, 2, "imperiali_quota",
      { over_award = "subtract" })
    assert.same({ { stage = "remainders",
      certain = { A = 1, B = 2, C = 1 }, tied = { "A", "B", "C" },
      left = -2 } }, open.ties)
    local drawn = urna.allocate(votes, 2, "imperiali_quota",
      { over_award = "subtract", lots = { { "C", "B" } } })
    assert.same({ A = 1, B = 1, C = 0 }, drawn.seats)
    assert.same({ "C", "B" }, drawn.drawn[1].drawn)
  end)

  it("with a quota of 0 votes is no method", function()
    local nothing, err = urna.allocate({ 1, 1 }, 5, "hare_floor")
    assert.is_nil(nothing)
    assert.equal("no_quota", err.code)
  end)

  it("is found by its name and by its aliases", function()
    assert.equal("hare", quotas.method("hamilton").name)
    assert.equal("hare", quotas.method("hare_niemeyer").name)
    assert.equal("imperiali", quotas.find("imperiali_quota").name)
    assert.is_nil(quotas.method("imperiali"))
    for _, name in ipairs(quotas.methods()) do
      assert.truthy(quotas.find(quotas.method(name).quota))
    end
  end)

  it("that does not exist raises with the nearest that does", function()
    assert.has_error(function() quotas.find("drop") end,
      "no quota \"drop\"; there is " .. table.concat(quotas.names(), ", ")
      .. ": did you mean \"droop\"?")
  end)
end)
