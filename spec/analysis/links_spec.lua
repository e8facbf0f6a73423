local links = require "urna.analysis.links"
local scratch = require "spec.scratch"

after_each(scratch.clear)

local function message_of(value)
  local found, err = links.load(value)
  assert.is_nil(found)
  assert.equal("bad_links", err.code)
  return err.message
end

describe("links", function()
  it("are data, in a table or in a file of Lua or JSON", function()
    local value = { lists = { { from = { "SPN" }, to = { "KP", "BB" },
      kind = "split" } } }
    assert.same(value, links.load(value))
    local path = scratch.write(".lua", "return { lists = { { from = { "
      .. "\"SPN\" }, to = { \"KP\", \"BB\" }, kind = \"split\" } } }")
    assert.same(value, links.load(path))
    path = scratch.write(".json", "{\"lists\": [{\"from\": [\"SPN\"], "
      .. "\"to\": [\"KP\", \"BB\"], \"kind\": \"split\"}]}")
    assert.same(value, links.load(path))
  end)

  it("are refused with the place of what is wrong", function()
    assert.matches("links has an unknown key \"list\"", message_of {
      list = {} })
    assert.matches("links.lists%[1%].from must be", message_of {
      lists = { { from = "SPN" } } })
    assert.equal("links.lists[1].kind is \"merged\", but from 1 to 2 is split",
      message_of { lists = { { from = { "A" }, to = { "B", "C" },
        kind = "merged" } } })
    assert.equal("links.units[2] links nothing: from and to are empty",
      message_of { units = { { from = { "A" } }, {} } })
    local found, err = links.load("no-such-links.lua")
    assert.is_nil(found)
    assert.equal("cannot_read", err.code)
  end)

  it("that share a member are one, of the kind that fits", function()
    assert.same({ { from = { "C" }, to = {}, kind = "boycott" },
      { from = { "B", "A" }, to = { "Y", "X" }, kind = "regrouped" } },
      (function()
        local groups = links.join("lists", {
          { from = { "A" }, to = { "X", "Y" }, kind = "split" },
          { from = { "C" }, to = {}, kind = "boycott" },
          { from = { "B" }, to = { "Y" } } })
        return groups
      end)())
    assert.equal("ended", links.join("lists", { { from = { "A" } } })[1].kind)
    assert.equal("opened", links.join("units", { { to = { 1 } } })[1].kind)
  end)
end)

describe("links of polling stations by size", function()
  it("are proposed where one was split, merged or renumbered", function()
    -- 1 had 2,000 and has 1,010; 4 is new with 985: 2,000 - 1,010 = 990
    -- 2 had 800 and has 1,495; 3 is gone with 700: 695 more
    -- 5 of 1,234 is gone and 6 of 1,230 is new
    local before = { 2000, 800, 700, 1234 }
    local after = { 1010, 1495, 985, 1230 }
    local found, jumped = links.propose({ { before = { 3, 4 },
      after = { 3, 4 }, matched = { { 1, 1 }, { 2, 2 } } } }, before, after)
    assert.same({
      { from = { 1 }, to = { 1, 3 }, by = "size", kind = "split" },
      { from = { 2, 3 }, to = { 2 }, by = "size", kind = "merged" },
      { from = { 4 }, to = { 4 }, by = "size", kind = "renumbered" } }, found)
    assert.same({ { 1, 1 }, { 2, 2 } }, jumped)
  end)

  it("are proposed where a number was given up for two, or two for one",
    function()
      -- 1,900 = 1,000 + 900; 600 + 550 = 1,150
      local found = links.propose({ { before = { 1, 2, 3 },
        after = { 1, 2, 3 }, matched = {} } }, { 1900, 600, 550 },
        { 1000, 900, 1150 })
      assert.same({
        { from = { 1 }, to = { 1, 2 }, by = "size", kind = "split" },
        { from = { 2, 3 }, to = { 3 }, by = "size", kind = "merged" } },
        found)
    end)

  it("are not proposed where a size fits twice, or in another place",
    function()
      assert.same({}, (links.propose({ { before = { 1 }, after = { 1, 2 },
        matched = {} } }, { 1000 }, { 1001, 999 })))
      assert.same({}, (links.propose({ { before = { 1 }, after = {},
        matched = {} }, { before = {}, after = { 1 }, matched = {} } },
        { 1000 }, { 1000 })))
    end)
end)
