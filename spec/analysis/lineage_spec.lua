local lineage = require "urna.analysis.lineage"
local urna = require "urna"

local function groups_text(groups)
  local lines = {}
  for i, group in ipairs(groups) do
    lines[i] = ("%s > %s: %s%s"):format(table.concat(group.from, "+"),
      table.concat(group.to, "+"), group.kind,
      group.by and " by " .. group.by or "")
  end
  return lines
end

local function no_share() end

describe("the lists of Belgrade, 2023 to 2024", function()
  local before, after

  before_each(function()
    before = assert(urna.election("belgrade-2023")).lists
    after = assert(urna.election("belgrade-2024")).lists
  end)

  it("are matched by key, and what is left is told", function()
    local groups = assert(lineage.groups(before, after, {}, no_share))
    assert.same({ "SNS > SNS: same by key", " > KP: unmatched",
      " > BB: unmatched", " > MI-SN: unmatched", " > RS: unmatched",
      "SPN > : unmatched", "NADA > : unmatched", "MI-GIN > : unmatched",
      "SPS > : unmatched" }, groups_text(groups))
  end)

  it("are proposed by words that only they have in common", function()
    -- Dobrica Veselinović led SPN and BB; "Beograd" many lists have
    local _, proposed = lineage.groups(before, after, {}, no_share)
    assert.same({ from = { "SPN" }, to = { "BB" }, kind = "renamed",
      by = "name", words = { "dobrica", "veselinovic" } }, proposed[1])
    assert.same({ "MI-GIN", "MI-SN" }, { proposed[2].from[1],
      proposed[2].to[1] })
    assert.equal(2, #proposed)
  end)

  it("are linked as they are said to be", function()
    local groups = assert(lineage.groups(before, after, {
      { from = { "SPN" }, to = { "KP", "BB" }, kind = "split" },
      { from = { "SNS", "SPS" }, to = { "SNS" } },
      { from = { "NADA" }, kind = "boycott" } }, no_share))
    assert.same({ "SNS+SPS > SNS: merged by link",
      "SPN > KP+BB: split by link", " > MI-SN: unmatched",
      " > RS: unmatched", "NADA > : boycott by link",
      "MI-GIN > : unmatched" }, groups_text(groups))
  end)

  it("that a link names must be there", function()
    local groups, err = lineage.groups(before, after,
      { { from = { "SPM" }, to = { "KP" } } }, no_share)
    assert.is_nil(groups)
    assert.equal("bad_links", err.code)
    assert.matches("has no list \"SPM\": did you mean \"SPN\"", err.message)
  end)
end)

describe("lists that are called otherwise", function()
  it("are matched by a name across scripts, and proposed by size", function()
    local before = { { key = "1", name = "Zeleni" },
      { key = "2", name = "Plavi" }, { key = "3", name = "Crveni" } }
    local after = { { key = "7", name = "Зелени" },
      { key = "8", name = "Modri" }, { key = "9", name = "Beli" } }
    local shares = { { ["2"] = 0.30, ["3"] = 0.05 },
      { ["8"] = 0.29, ["9"] = 0.20 } }
    local groups, proposed = lineage.groups(before, after, {},
      function(side, key) return shares[side][key] end)
    assert.equal("1 > 7: same by name", groups_text(groups)[1])
    assert.same({ { from = { "2" }, to = { "8" }, kind = "renamed",
      by = "size" } }, proposed)
  end)
end)
