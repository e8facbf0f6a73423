-- One question of bench/seats with urna: question.lua TASK FILE. Prints
-- `seconds S` for a call, CPU time, and `answer A`, as the peers do.

local abi = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
package.path = "bench/?.lua;./lua/?.lua;" .. package.path
package.cpath = "./build/" .. abi .. "/?.so;" .. package.cpath

local ballots = require "urna.ballots"
local timed = require "timed"
local urna = require "urna"

local task, path = arg[1], arg[2]

-- A line for each vector of votes; of a matrix, seats by row come first.
local function vectors()
  local rows = {}
  for line in assert(io.open(path)):lines() do
    local row = {}
    for word in line:gmatch("%d+") do row[#row + 1] = tonumber(word) end
    rows[#rows + 1] = row
  end
  return rows
end

local function joined(seats)
  local texts = {}
  for i, n in ipairs(seats) do texts[i] = ("%d"):format(n) end
  return table.concat(texts, ",")
end

local function all_joined(rows)
  local texts = {}
  for i, row in ipairs(rows) do texts[i] = joined(row) end
  return table.concat(texts, ";")
end

local function allocation(method, seats, options)
  local votes, allocate = vectors()[1], urna.allocate
  return function() return allocate(votes, seats, method, options) end,
    function(found) return joined(found.seats) end
end

-- One flat array, vector behind vector.
local function batch(method, seats)
  local rows, flat = vectors(), {}
  local lists = #rows[1]
  for _, row in ipairs(rows) do
    for _, votes in ipairs(row) do flat[#flat + 1] = votes end
  end
  return function()
    return urna.allocate_batch(flat, seats, method, { lists = lists })
  end, function(found)
    local given = {}
    for i = 1, #rows do
      given[i] = {}
      for k = 1, lists do given[i][k] = found.seats[(i - 1) * lists + k] end
    end
    return all_joined(given)
  end, #rows
end

local function matrix()
  local rows = vectors()
  local magnitudes = table.remove(rows, 1)
  return function()
    return urna.biproportional(rows, { districts = magnitudes,
      weighting = "none" })
  end, function(found) return all_joined(found.seats) end
end

-- Candidates of the file are called C1, C2, ...
local function numbers(names)
  local list = {}
  for i, name in ipairs(names) do list[i] = tonumber(name:match("%d+")) end
  table.sort(list)
  return joined(list)
end

local function count(rule, options)
  local read = assert(ballots.read(path))
  return function() return assert(urna.count(read, rule, options)) end,
    function(found) return numbers(found.winners) end
end

local function approval(rule)
  local run = count(rule, { approve = "all" })
  return run, function(found)
    local texts = {}
    for i, one in ipairs(found.committees or { found.winners }) do
      texts[i] = numbers(one)
    end
    table.sort(texts)
    return table.concat(texts, ";")
  end
end

-- From the file to the winners, as a user runs it.
local function read_and_count(rule)
  return function() return urna.count(assert(ballots.read(path)), rule,
    { seats = 5 }) end, function(found) return numbers(found.winners) end
end

local TASKS = {
  dhondt = function() return allocation("dhondt", 250) end,
  ["dhondt-explained"] = function()
    return allocation("dhondt", 250, { explain = true })
  end,
  ["dhondt-batch"] = function() return batch("dhondt", 250) end,
  ["dhondt-large"] = function() return allocation("dhondt", 10000) end,
  ["sainte-lague"] = function() return allocation("sainte_lague", 250) end,
  ["huntington-hill"] = function()
    return allocation("huntington_hill", 250)
  end,
  hare = function() return allocation("hare", 250) end,
  ["quota-method"] = function() return allocation("quota_method", 250) end,
  biproportional = matrix,
  scotland = function() return count("scotland") end,
  meek = function() return count("meek") end,
  senate = function() return read_and_count("australian_senate") end,
  ["senate-meek"] = function() return count("meek", { seats = 5 }) end,
  seqpav = function() return approval("seqpav") end,
  phragmen = function() return approval("phragmen") end,
  ["equal-shares"] = function() return approval("mes") end,
  pav = function() return approval("pav") end,
  schulze = function() return count("schulze") end,
  ["ranked-pairs"] = function() return count("ranked_pairs") end,
  irv = function() return count("irv") end,
}

local run, shown, vectors_in_one = TASKS[task]()
local seconds, found = timed(run)
print(("seconds %.9g"):format(seconds / (vectors_in_one or 1)))
-- nobody is certain where the first tie is open
local answer = shown(found)
print("answer " .. (answer ~= "" and answer or "-"))
