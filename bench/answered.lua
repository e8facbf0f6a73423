-- One question of bench/answers with urna: answered.lua TASK FILE. Prints
-- `seconds S` for a call, `first S` for the first, CPU time, and `answer A`,
-- items "KEY=VALUE;...", as the peers do.

local abi = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
package.path = "bench/?.lua;./lua/?.lua;./?.lua;" .. package.path
package.cpath = "./build/" .. abi .. "/?.so;" .. package.cpath

local abroad = require "spec.checks.abroad"
local serbia2020 = require "spec.serbia2020"
local timed = require "timed"
local urna = require "urna"

local task, path = arg[1], arg[2]

local function serbia()
  return (assert(serbia2020.results()))
end

local function item(key, value)
  return ("%s=%s"):format(key, type(value) == "number"
    and ("%d"):format(value) or tostring(value))
end

-- How many records each check fired on, of those that could be run.
local function checked(results)
  return function() return assert(urna.check(results)) end, function(found)
    local list = {}
    for _, row in ipairs(found.rows) do
      if row.result ~= "UNKNOWN" then
        list[#list + 1] = item(row.code, row.count)
      end
    end
    return list
  end
end

local function margins()
  local outcome = assert(urna.apportion(serbia()))
  return function() return assert(urna.margins(outcome)) end, function(found)
    local list = {}
    for i, row in ipairs(found.rows) do
      list[i] = item(("%s.%s.%s.%s"):format(row.question, row.list or "-",
        row.by, row.thresholds or "-"), row.votes or row.result)
    end
    return list
  end
end

local FOUR = { "Sjenica/57", "Novi Pazar/27", "Novi Pazar/66",
  "Novi Pazar/74" }

-- The stations of T13, found by a check before.
local function of_t13()
  return assert(urna.check(serbia())):units("T13")
end

local function named(units)
  local places = {}
  for i, unit in ipairs(units) do places[i] = unit.key end
  return places
end

-- Seats by list, with a repeat the fewest and the most.
local function annulled(places, revote)
  local results, options = serbia(), { revote = revote }
  return function() return assert(urna.annul(results, places, options)) end,
    function(found)
      local list = {}
      for i, row in ipairs(found.rows) do
        list[i] = item(row.list, revote
          and ("%d-%d"):format(row.fewest, row.most) or row.without)
      end
      return list
    end
end

local function fewest()
  local results = serbia()
  return function() return assert(urna.fewest_stations(results)) end,
    function(found)
      return { item("stations", found.stations), item("at_least",
        found.at_least), item("registered", found.witness.registered) }
    end
end

local function reconciled()
  local results = serbia()
  local copy = assert(urna.read(path,
    { contest = "../shared/data/serbia2020.contest.json" }))
  return function() return assert(urna.reconcile(results, copy)) end,
    function(found)
      local sum = 0
      for _, row in ipairs(found.rows) do sum = sum + row.difference end
      return { item("cells", #found.rows), item("votes", sum),
        item("stations", #found.stations), item("effect",
        found.effect.result) }
    end
end

-- "before>after", with "-" for what there is not.
local function change(value)
  local function shown(n) return n and ("%d"):format(n) or "-" end
  return value and shown(value.before) .. ">" .. shown(value.after) or "-"
end

local function compared()
  return function()
    return assert(urna.compare("belgrade-2023", "belgrade-2024"))
  end, function(found)
    local list = {}
    for i, row in ipairs(found.lists) do
      list[i] = item(table.concat(row.from, "+") .. ">"
        .. table.concat(row.to, "+"),
        change(row.votes) .. "," .. change(row.seats))
    end
    return list
  end
end

local TASKS = {
  check = function() return checked(serbia()) end,
  ["check-turkey"] = function()
    return checked(assert(abroad.read("turkey2014.csv.gz", abroad.TURKEY)))
  end,
  margins = margins,
  annul = function() return annulled(FOUR) end,
  ["annul-571"] = function() return annulled(of_t13()) end,
  ["annul-571-names"] = function() return annulled(named(of_t13())) end,
  ["annul-revote"] = function() return annulled(FOUR, true) end,
  ["annul-571-revote"] = function() return annulled(of_t13(), true) end,
  fewest = fewest, reconcile = reconciled, compare = compared,
}

local run, items_of = TASKS[task]()
collectgarbage()
local seconds, found, first = timed(run)
print(("seconds %.9g"):format(seconds))
print(("first %.9g"):format(first))
print("answer " .. table.concat(items_of(found), ";"):gsub("%s", "_"))
