local support = require "spec.checks.support"

local told = support.told

-- Records of 1000 votes: in the first 'round' A ends in 0, in the others in 1.
-- The variance of 400 in 1000 is 240.
local function rows(name, round, all, into)
  into = into or {}
  for i = 1, all do
    into[#into + 1] = ("%s,%s%d,%d,%d"):format(name, name, i,
      i <= round and 400 or 401, i <= round and 600 or 599)
  end
  return into
end

local function check(all)
  return support.check("m,p,A,B", all)
end

describe("counts that end in 0 or 5", function()
  it("are one in five by chance, and more beyond four deviations", function()
    -- 36 of 100: (36 - 20) / sqrt(100 * .2 * .8) = 16 / 4 = 4; 37: 4.25
    assert.equal("PASS 0", told(check(rows("a", 36, 100)), "W10"))
    local found = check(rows("a", 37, 100))
    assert.equal("FIRED 1", told(found, "W10"))
    assert.equal("votes of the leading list: 37 of 100 counts end in 0 or 5, "
      .. "z 4.25", found:hits("W10")[1].note)
  end)

  it("are told of a municipality that the whole hides", function()
    -- 40 of 100 in a, z 5; 60 of 300 in all, none more than by chance
    local found = check(rows("b", 20, 200, rows("a", 40, 100)))
    assert.equal("FIRED 1", told(found, "W10"))
    assert.equal("a", found:hits("W10")[1].key)
  end)

  it("say nothing of fewer than a hundred counts", function()
    local found = check(rows("a", 99, 99))
    assert.equal("UNKNOWN 0", told(found, "W10"))
    assert.matches("^fewer than 100 counts", support.row(found, "W10").remark)
  end)

  it("are not looked at where a few papers are the whole spread", function()
    -- 10 of 1000 has a variance of 9.9, and so has 990; 20 of 1000 has 19.6
    local few = {}
    for i = 1, 100 do few[i] = ("a,%d,990,10"):format(i) end
    assert.equal("UNKNOWN 0", told(check(few), "W10"))
    for i = 1, 100 do few[i] = ("a,%d,980,20"):format(i) end
    assert.equal("FIRED 1", told(check(few), "W10"))
  end)
end)
