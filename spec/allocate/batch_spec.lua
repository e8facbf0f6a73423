local generator = require "spec.generator"
local urna = require "urna"

describe("a batch", function()
  for _, name in ipairs { "dhondt", "huntington_hill", "hare", "droop",
    "hare_averages", "quota_method" } do
    it("of " .. name .. " is what its vectors are (seed 51)", function()
      local random, flat, lists, seats = generator(51), {}, 4, 5
      for i = 1, 200 * lists do flat[i] = random(1, 12) end
      local found = urna.allocate_batch(flat, seats, name, { lists = lists })
      local tied = {}
      for from = 0, #flat - 1, lists do
        local votes = {}
        for i = 1, lists do votes[i] = flat[from + i] end
        local one = urna.allocate(votes, seats, name)
        for i = 1, lists do
          assert.equal(one.seats[i], found.seats[from + i])
        end
        if #one.ties > 0 then tied[#tied + 1] = from / lists + 1 end
      end
      assert.same(tied, found.ties)
    end)
  end

  it("gives a vector without votes no seats", function()
    for _, name in ipairs { "dhondt", "hare", "hare_averages" } do
      assert.same({ 2, 0, 0, 0 }, urna.allocate_batch({ 5, 0, 0, 0 }, 2, name,
        { lists = 2 }).seats)
    end
  end)

  it("tells of a quota that is too small, or does what it is told", function()
    -- see quotas_spec: the second vector's Imperiali quota fills 4 of 2
    local flat = { 5, 1, 1, 200, 400, 200 } -- 5 / (7/4) is 2 and more
    local nothing, err = urna.allocate_batch(flat, 2, "imperiali_quota",
      { lists = 3 })
    assert.is_nil(nothing)
    assert.equal("over_award", err.code)
    assert.matches("vector 2", err.message)
    local found = urna.allocate_batch(flat, 2, "imperiali_quota",
      { lists = 3, over_award = "subtract" })
    assert.same({ 2 }, found.ties)
    found = urna.allocate_batch(flat, 2, "imperiali_quota",
      { lists = 3, over_award = "ignore" })
    assert.same({ 1, 2, 1 }, { found.seats[4], found.seats[5],
      found.seats[6] })
  end)

  it("refuses what is no vectors, and names the element", function()
    local cases = {
      { { 1, 2, 3 }, { lists = 2 }, "votes has 3 elements, which are no "
        .. "vectors of lists = 2" },
      { {}, { lists = 2 }, "votes has 0 elements" },
      { { 1, -2 }, { lists = 2 }, "votes%[2%] must be a whole number" },
      { { 1, 2 }, { lists = 0 }, "lists must be a whole number from 1, got "
        .. "0" },
      { { 1, 2 }, nil, "options must be a table with lists, not a nil" },
      { { 1, 2 }, { lists = 2, max = {} }, "there is no option \"max\"" },
      { 7, { lists = 2 }, "votes must be an array, not 7" },
      { { 1, 2 }, { lists = 2, over_award = "ignore" },
        "over_award = \"ignore\" is of quotas, and dhondt has none" },
    }
    for _, case in ipairs(cases) do
      local done, message = pcall(urna.allocate_batch, case[1], 2, "dhondt",
        case[2])
      assert.is_false(done)
      assert.matches(case[3], message)
    end
  end)
end)
