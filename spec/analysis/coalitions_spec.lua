local majority = require "urna.seats.majority"
local urna = require "urna"

local function names(rows)
  local found = {}
  for i, row in ipairs(rows) do
    found[i] = ("%s %d"):format(table.concat(row.lists, "+"), row.seats)
  end
  return found
end

local function row_of(found, key)
  for _, row in ipairs(found.lists) do
    if row.list == key then return row end
  end
end

describe("the coalitions of Belgrade 2023", function()
  local outcome = assert(urna.apportion(assert(urna.election(
    "belgrade-2023")), { explain = false }))

  -- serbia.md 1b: SNS+SPN 92, SNS+NADA 56, SNS+MI+SPS 60, SPN+NADA+MI 56
  it("are four that win and need each member", function()
    local found = assert(urna.coalitions(outcome))
    assert.same({ "SNS+NADA 56", "SPN+NADA+MI-GIN 56", "SNS+MI-GIN+SPS 60",
      "SNS+SPN 92" }, names(found.rows))
    assert.same({ 56, 4, 110 }, { found.needed, found.count, found.seats })
    assert.same({ true, true, false }, { found.rows[1].is_bare,
      found.rows[2].is_bare, found.rows[3].is_bare })
    assert.equal(36, found.rows[4].surplus)
  end)

  it("tell what one seat more or less would do", function()
    -- 55: SNS+MI 49+6, SPN+NADA+SPS 43+7+5
    local found = assert(urna.coalitions(outcome))
    assert.same({ "SNS+MI-GIN 55", "SPN+NADA+SPS 55" }, names(found.short))
    -- of the two with 56 NADA is in both
    assert.same({ 2, 1 }, { row_of(found, "NADA").one_less,
      row_of(found, "NADA").one_more })
    assert.same({ 0, 1 }, { row_of(found, "SPS").one_less,
      row_of(found, "SPS").one_more })
    assert.same({ 49, 7, 3 }, { row_of(found, "SNS").seats,
      row_of(found, "SNS").short, row_of(found, "SNS").member_of })
  end)

  it("have their power", function()
    -- winning with swings: SNS 11, SPN 5, NADA 5, MI 3, SPS 1 of 25, by hand
    -- over the 32 sets
    local found = assert(urna.coalitions(outcome))
    local shares = {}
    for i, list in ipairs(found.lists) do
      shares[i] = list.banzhaf and list.banzhaf.percent
    end
    assert.same({ "44.00", "20.00", "20.00", "12.00", "4.00" }, shares)
  end)

  it("leave out who may not govern together", function()
    local found = assert(urna.coalitions(outcome,
      { excluded = { { "SNS", "SPN" }, { "NADA", "SNS" } } }))
    assert.same({ "SPN+NADA+MI-GIN 56", "SNS+MI-GIN+SPS 60" },
      names(found.rows))
    assert.is_true(row_of(found, "MI-GIN").is_needed)
    assert.is_false(row_of(found, "SNS").is_needed)
    assert.is_nil(found.power)
  end)

  it("are connected in an order, or not", function()
    -- 43 7 6 49 5: 43+7+6 = 56, 7+6+49 = 62 without 7 is 55, 49 + 6 + 7; from
    -- MI 6+49+5 = 60; SNS+NADA leaves MI out
    local found = assert(urna.coalitions(outcome, { order = { "SPN", "NADA",
      "MI-GIN", "SNS", "SPS" } }))
    assert.same({ "SPN+NADA+MI-GIN 56", "NADA+MI-GIN+SNS 62",
      "MI-GIN+SNS+SPS 60" }, names(found.connected))
    assert.same({ false, true, true, false }, { found.rows[1].is_connected,
      found.rows[2].is_connected, found.rows[3].is_connected,
      found.rows[4].is_connected })
  end)

  it("need the majority that is said", function()
    -- of 93 only all but 17 seats or less: 110 - 17: without NADA+MI 97,
    -- without NADA+SPS 98, without MI+SPS 99
    local found = assert(urna.coalitions(outcome, { majority = 93 }))
    assert.same({ "SNS+SPN+SPS 97", "SNS+SPN+MI-GIN 98", "SNS+SPN+NADA 99" },
      names(found.rows))
    assert.is_true(row_of(found, "SPN").is_needed)
  end)

  it("refuse lists, orders and majorities that are none", function()
    for _, wrong in ipairs { { excluded = { { "SNS", "SPM" } } },
      { excluded = { { "SNS" } } }, { order = { "SNS", "SPN" } },
      { order = { "SNS", "SPN", "NADA", "MI-GIN", "SPS", "SNS" } },
      { majority = 111 }, { majority = 0 }, { majority = 1.5 },
      { exclude = {} } } do
      assert.is_false((pcall(urna.coalitions, outcome, wrong)))
    end
    assert.is_false((pcall(urna.coalitions, "belgrade-2023")))
    local open = { lists = {}, decision = "undecided" }
    assert.equal("undecided", select(2, urna.coalitions(open)).code)
  end)
end)

describe("coalitions of seats by list", function()
  it("go in the order of keys", function()
    local found = assert(urna.coalitions { B = 2, A = 2, C = 1 })
    assert.same({ "A+C 3", "B+C 3", "A+B 4" }, names(found.rows))
  end)
end)

describe("the search for coalitions", function()
  local function randoms(seed)
    return function(low, high)
      seed = seed * 16807 % 2147483647
      return low + seed % (high - low + 1)
    end
  end

  local function random_game(random, size)
    local lists, sum, excluded = {}, 0, {}
    for i = 1, size do
      lists[i] = { key = ("L%d"):format(i), seats = random(0, 12) }
      sum = sum + lists[i].seats
    end
    for _ = 1, random(0, size) do
      local a, b = random(1, size), random(1, size)
      if a ~= b then
        excluded[#excluded + 1] = { lists[a].key, lists[b].key }
      end
    end
    return lists, math.floor(sum / 2) + 1, excluded
  end

  -- Whether a set, as a number in base 2, wins, may govern, needs all.
  local function is_minimal(lists, needed, excluded, set)
    local inside, sum, least = {}, 0, math.huge
    for i, list in ipairs(lists) do
      if math.floor(set / 2 ^ (i - 1)) % 2 == 1 then
        inside[list.key] = true
        sum, least = sum + list.seats, math.min(least, list.seats)
      end
    end
    for _, pair in ipairs(excluded) do
      if inside[pair[1]] and inside[pair[2]] then return false end
    end
    return sum >= needed and sum - least < needed, inside, sum
  end

  it("finds those of all sets, in order (seed 56)", function()
    local random = randoms(56)
    for _ = 1, 60 do
      local lists, needed, excluded = random_game(random, random(1, 8))
      local count, kept = 0, {}
      for set = 1, 2 ^ #lists - 1 do
        local does, inside, sum = is_minimal(lists, needed, excluded, set)
        if does then
          count = count + 1
          local keys = {}
          for _, list in ipairs(lists) do
            if inside[list.key] then keys[#keys + 1] = list.key end
          end
          kept[("%s %d"):format(table.concat(keys, "+"), sum)] = true
        end
      end
      local found = majority.of(lists, needed, excluded).coalitions
      assert.equal(count, found.count)
      assert.equal(count, #found.shown)
      for i, name in ipairs(names(found.shown)) do
        assert.is_true(kept[name])
        assert.is_true(i == 1
          or found.shown[i - 1].surplus <= found.shown[i].surplus)
      end
    end
  end)

  it("is not lost among exclusions that leave few", function()
    local random = randoms(5)
    local lists, sum, excluded = {}, 0, {}
    for i = 1, 40 do
      lists[i] = { key = ("L%d"):format(i), seats = random(1, 30) }
      sum = sum + lists[i].seats
    end
    for _ = 1, 120 do
      local a, b = random(1, 40), random(1, 40)
      if a ~= b then
        excluded[#excluded + 1] = { lists[a].key, lists[b].key }
      end
    end
    local found = majority.of(lists, math.floor(sum / 2) + 1, excluded)
    assert.equal(found.coalitions.count, #found.coalitions.shown)
  end)

  it("finds all with exactly so many seats", function()
    local lists = { { key = "A", seats = 3 }, { key = "B", seats = 2 },
      { key = "C", seats = 1 }, { key = "D", seats = 0 } }
    assert.same({ "A 3", "B+C 3" }, names(majority.exactly(lists, 3, {})))
    assert.same({ "A 3" }, names(majority.exactly(lists, 3,
      { { "B", "C" } })))
    assert.same({}, majority.exactly(lists, 0, {}))
  end)
end)
