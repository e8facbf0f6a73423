local generator = require "spec.generator"
local majority = require "urna.seats.majority"

local function house(seats)
  local lists = {}
  for i, number in ipairs(seats) do
    lists[i] = { key = "L" .. i, seats = number }
  end
  return lists
end

-- Every set of lists, by its bits: winning, without an excluded pair, and
-- losing without any one member.
local function by_force(lists, needed, excluded)
  local number, found = {}, {}
  for i, list in ipairs(lists) do number[list.key] = i end
  for bits = 1, 2 ^ #lists - 1 do
    local has, members, sum, least = {}, {}, 0, math.huge
    for i, list in ipairs(lists) do
      if math.floor(bits / 2 ^ (i - 1)) % 2 == 1 then
        has[i], members[#members + 1] = true, list.key
        sum, least = sum + list.seats, math.min(least, list.seats)
      end
    end
    local allowed = sum >= needed and sum - least < needed
    for _, pair in ipairs(excluded) do
      allowed = allowed and not (has[number[pair[1]]] and has[number[pair[2]]])
    end
    if allowed then found[#found + 1] = { lists = members, seats = sum } end
  end
  return found
end

local function names(coalitions)
  local found = {}
  for i, one in ipairs(coalitions) do
    found[i] = table.concat(one.lists, "+")
  end
  return found
end

local BELGRADE = { { key = "SNS", seats = 49 }, { key = "SPN", seats = 43 },
  { key = "NADA", seats = 7 }, { key = "MI-GIN", seats = 6 },
  { key = "SPS", seats = 5 } }

describe("a majority", function()
  it("in Belgrade 2023 has four minimal coalitions, by surplus", function()
    -- serbia.md 1b: SNS+SPN 92, SNS+NADA 56, SNS+MI+SPS 60, SPN+NADA+MI 56
    local found = majority.of(BELGRADE, 56, {})
    assert.same({
      { lists = { "SNS", "NADA" }, seats = 56, surplus = 0 },
      { lists = { "SPN", "NADA", "MI-GIN" }, seats = 56, surplus = 0 },
      { lists = { "SNS", "MI-GIN", "SPS" }, seats = 60, surplus = 4 },
      { lists = { "SNS", "SPN" }, seats = 92, surplus = 36 },
    }, found.coalitions.shown)
    assert.equal(4, found.coalitions.count)
  end)

  it("says how many seats each list is short of it", function()
    local found = majority.of(BELGRADE, 56, {})
    assert.equal(56, found.needed)
    assert.same({ { list = "SNS", seats = 49, short = 7 },
      { list = "SPN", seats = 43, short = 13 },
      { list = "NADA", seats = 7, short = 49 },
      { list = "MI-GIN", seats = 6, short = 50 },
      { list = "SPS", seats = 5, short = 51 } }, found.distance)
  end)

  it("of one list alone needs nobody, and nobody else has one without it",
    function()
      local found = majority.of(house { 60, 30, 10 }, 51, {})
      assert.same({ "L1" }, names(found.coalitions.shown))
      assert.equal(0, found.distance[1].short)
      -- 30 + 10 is below 51
      assert.equal(1, found.coalitions.count)
    end)

  it("without excluded pairs is smaller by those that hold them", function()
    local found = majority.of(BELGRADE, 56, { { "SNS", "SPN" },
      { "NADA", "SNS" } })
    assert.same({ "SPN+NADA+MI-GIN", "SNS+MI-GIN+SPS" },
      names(found.coalitions.shown))
    assert.equal(2, found.coalitions.count)
    assert.same({ { "SNS", "SPN" }, { "NADA", "SNS" } }, found.excluded)
  end)

  it("is nobody's where seats are vacant or excluded", function()
    assert.equal(0, majority.of(house { 20, 20 }, 51, {}).coalitions.count)
    assert.equal(0, majority.of(house { 40, 40 }, 51, { { "L1", "L2" } })
      .coalitions.count)
    assert.same({}, majority.of(house { 0, 0 }, 1, {}).coalitions.shown)
  end)

  it("has the coalitions that trying all sets finds (seed 5, 300 houses)",
    function()
      local random = generator(5)
      for case = 1, 300 do
        local seats, sum = {}, 0
        for i = 1, random(1, 9) do
          seats[i] = random(0, 12)
          sum = sum + seats[i]
        end
        local lists, excluded = house(seats), {}
        for _ = 1, case % 4 do
          local a, b = random(1, #lists), random(1, #lists)
          if a ~= b then
            excluded[#excluded + 1] = { "L" .. a, "L" .. b }
          end
        end
        local needed = math.floor(sum / 2) + 1
        local expected = names(by_force(lists, needed, excluded))
        local found = majority.of(lists, needed, excluded).coalitions
        local told = ("case %d: %s"):format(case, table.concat(seats, " "))
        assert.equal(#expected, found.count, told)
        local shown = names(found.shown)
        table.sort(expected)
        table.sort(shown)
        assert.same(expected, shown, told)
      end
    end)

  it("orders coalitions by surplus, then by the order of the lists",
    function()
      local found = majority.of(house { 3, 3, 2, 2, 1 }, 6, {}).coalitions
      -- 6: 1+2, 1+3+5, 1+4+5, 2+3+5, 2+4+5; 7: 1+3+4, 2+3+4
      assert.same({ "L1+L2", "L1+L3+L5", "L1+L4+L5", "L2+L3+L5", "L2+L4+L5",
        "L1+L3+L4", "L2+L3+L4" }, names(found.shown))
    end)

  local function equals(count, each)
    local seats = {}
    for i = 1, count do seats[i] = each end
    return house(seats)
  end

  it("shows the first 1,000 coalitions and counts all of them", function()
    -- of 15 equal lists any 8: C(15, 8) = 6,435
    local found = majority.of(equals(15, 2), 16, {}).coalitions
    assert.equal(1000, #found.shown)
    assert.equal(6435, found.count)
  end)

  it("among 60 equal lists counts beyond 2^53 exactly, as a string",
    function()
      -- C(60, 31), by Pascal's triangle: C(60, 30) = 118264581564861424 and
      -- C(60, 31) = C(60, 30) * 30 / 31 = 114449595062769120
      local found = majority.of(equals(60, 1), 31, {}).coalitions
      assert.equal("114449595062769120", found.count)
      assert.equal(1000, #found.shown)
    end)

  it("counts as a number just as far as every Lua counts exactly", function()
    -- C(56, 29) = 7384942649010080 is below 2^53, C(57, 29) =
    -- 15033633249770520 above
    assert.equal(7384942649010080,
      majority.of(equals(56, 1), 29, {}).coalitions.count)
    assert.equal("15033633249770520",
      majority.of(equals(57, 1), 29, {}).coalitions.count)
  end)

  it("counts 60 equal lists of which two may not govern together", function()
    -- C(60, 31) less those with both, C(58, 29) = 30067266499541040
    local found = majority.of(equals(60, 1), 31, { { "L7", "L55" } })
      .coalitions
    assert.equal("84382328563228080", found.count)
  end)
end)
