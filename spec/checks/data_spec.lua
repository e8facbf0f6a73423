-- Whole elections, with the figures that others have computed from them.
local abroad = require "spec.checks.abroad"
local support = require "spec.checks.support"
local urna = require "urna"

local function read(name, contest)
  local results, why = abroad.read(name, contest)
  if not results then pending(why) end
  return results
end

local function copy(contest, without)
  local made = {}
  for key, value in pairs(contest) do made[key] = value end
  if not without then return made end
  made.columns, made.ignored_columns = {}, {}
  for field, column in pairs(contest.columns) do
    if field ~= without then made.columns[field] = column end
  end
  for i, name in ipairs(contest.ignored_columns) do
    made.ignored_columns[i] = name
  end
  table.insert(made.ignored_columns, contest.columns[without])
  return made
end

describe("Turkey, 30 March 2014", function()
  -- 1,876 boxes with more voters than registered, 203 in which the parties do
  -- not add up to the valid votes, 113 groups of boxes of one municipality
  -- with the same votes for all parties, 100 or more
  it("has 1,876 and 203 of 171,384 boxes, and 113 groups of equals", function()
    local found = assert(urna.check(read("turkey2014.csv.gz", abroad.TURKEY)))
    assert.same({ 1876, 203 }, { found:count("T11"), found:count("T05") })
    assert.equal("UNKNOWN 0", support.told(found, "T10"))
    local groups, count = {}, 0
    for _, hit in ipairs(found:hits("W11")) do
      local first = hit.note:match("the same as (.*) %(line")
      if not groups[first] then groups[first], count = true, count + 1 end
    end
    assert.equal(113, count)
  end)
end)

describe("Poland, 13 October 2019", function()
  -- 672: unused and issued are not received. 2,666: the box is not issued and
  -- postal envelopes, 279 of them more. Without the postal term 3,688 and
  -- 1,478.
  it("has 672 and 279 of 27,409 stations, and 2,387 fewer in the box",
    function()
      local found = assert(urna.check(read("poland2019.csv.gz", abroad.POLAND)))
      assert.same({ 672, 279, 2666 }, { found:count("T08"),
        found:count("T10"), found:count("T10") + found:count("T13") })
      assert.equal("PASS 0", support.told(found, "T04"))
    end)

  it("has 1,478 and 3,688 where the postal ballots are not said", function()
    local found = assert(urna.check(read("poland2019.csv.gz",
      copy(abroad.POLAND, "postal_ballots"))))
    assert.same({ 1478, 3688 }, { found:count("T10"),
      found:count("T10") + found:count("T13") })
  end)
end)
