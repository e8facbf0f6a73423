-- Generated files of three seeds and, of long ones, in three orders of rows;
-- what is expected is the generator's own sum. STATIONS=200000 MUNIS=4000
-- makes them large (10 million rows each), ROWS the wide ones.
local compat = require "urna.compat"
local folder = require "spec.tally.folder"
local native = require "urna.native"
local urna = require "urna"

local STATIONS = os.getenv("STATIONS") or "2000"
local MUNIS = os.getenv("MUNIS") or "50"
local ROWS = os.getenv("ROWS") or "20000"
local SEEDS = { 20241, 7, 987654321 }

-- Groups as the generator writes them: names and sums with tabs between, in
-- bytewise order of the lines; their SHA-256.
local function mark_of(tally)
  local lines = {}
  for i, group in ipairs(tally.groups) do
    local parts = { table.concat(group.keys, "\t") }
    for _, name in ipairs(tally.sums) do
      parts[#parts + 1] = tally:digits(group, name)
    end
    lines[i] = table.concat(parts, "\t")
  end
  table.sort(lines, compat.before)
  return native.sha256(table.concat(lines, "\n") .. "\n")
end

local function printed(log, what)
  return assert(log:match(what:gsub("%p", "%%%0") .. " rows %d+ sha256 (%x+)"),
    log)
end

-- SHOW=1 prints what is compared.
local function compare(expected, tally, what)
  local found = mark_of(tally)
  if os.getenv("SHOW") then print(what, expected, found) end
  assert.equal(expected, found, what)
end

local path

before_each(function() path = folder.make() end)
after_each(function() folder.remove(path) end)

describe("a tally of generated rows", function()
  local lacks = folder.lacks_generator()

  for _, order in ipairs { "", "--shuffle", "--byvotes" } do
    it("is the generator's, by two keys and by one, in the order " .. (
      order == "" and "of stations" or order), function()
      if lacks then return pending(lacks) end
      for _, seed in ipairs(SEEDS) do
        local log = folder.generate(path, ("long --seed %d --stations %s "
          .. "--munis %s %s"):format(seed, STATIONS, MUNIS, order))
        local what = ("long %s seed %d"):format(order, seed)
        for threads = 1, 2 do
          compare(printed(log, "(municipality,party)"),
            assert(urna.tally(path .. "/long.csv", { threads = threads,
              by = { "municipality", "party" } })), what)
        end
        local by_party = assert(urna.tally(path .. "/long.csv",
          { by = "party" }))
        compare(printed(log, "long by party"), by_party, what .. " by party")
        assert.equal(log:match("total votes (%d+)"), by_party:total_string())
      end
    end)
  end

  it("has 23 sums of each municipality, and the records that do not add up",
    function()
      if lacks then return pending(lacks) end
      for _, seed in ipairs(SEEDS) do
        local log = folder.generate(path, ("wide --seed %d --rows %s"):format(
          seed, ROWS))
        local sums = { "registered", "issued", "in_box", "valid", "invalid" }
        for i = 1, 18 do sums[#sums + 1] = "list_" .. i end
        local bad = {}
        for station in io.lines(path .. "/wide.bad") do
          bad[#bad + 1] = station
        end
        for threads = 1, 2 do
          local tally = assert(urna.tally(path .. "/wide.csv", {
            by = "municipality", sum = sums, check = "valid = sum(lists)",
            unit = "station_id", threads = threads }))
          compare(printed(log, "wide by municipality"), tally,
            "wide seed " .. seed)
          local found = {}
          for i, record in ipairs(tally.checks[1].records) do
            found[i] = record.key
          end
          table.sort(found)
          assert.same(bad, found)
          assert.equal(#bad, tally.checks[1].failed)
          assert.equal(0, tally.duplicates.count)
        end
      end
    end)
end)
