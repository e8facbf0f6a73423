local shell = require "shell"

--- The inputs of bench/seats, the same bytes on every Lua.
local draws = {}

local state

-- Lehmer's generator; every product stays below 2^53, exact in any Lua.
-- Source: Park, Miller and Stockmeyer, CACM 36(7), 1993, pp. 108-110.
local function draw()
  state = state * 48271 % 2147483647
  return state
end

local function between(least, most)
  return least + draw() % (most - least + 1)
end

local function votes(lists)
  local row = {}
  for i = 1, lists do row[i] = ("%d"):format(between(1000, 5000000)) end
  return table.concat(row, " ")
end

local function rows_of_votes(rows, lists)
  return function(file)
    for _ = 1, rows do file:write(votes(lists), "\n") end
  end
end

-- A ranking in which candidate i is drawn with a weight of about 1 / i.
local function ranking(candidates, length)
  local left, chosen = {}, {}
  for i = 1, candidates do left[i] = i end
  for k = 1, length do
    local total, at = 0, 1
    for _, i in ipairs(left) do total = total + (720720 - 720720 % i) / i end
    local mark = draw() % total
    while mark >= (720720 - 720720 % left[at]) / left[at] do
      mark = mark - (720720 - 720720 % left[at]) / left[at]
      at = at + 1
    end
    chosen[k] = ("%d"):format(table.remove(left, at))
  end
  return table.concat(chosen, " ")
end

local function blt(papers, candidates, seats, least)
  return function(file)
    file:write(("%d %d\n"):format(candidates, seats))
    for _ = 1, papers do
      file:write("1 ", ranking(candidates, between(least, candidates)), " 0\n")
    end
    file:write("0\n")
    for i = 1, candidates do file:write(('"C%d"\n'):format(i)) end
    file:write('"drawn"\n')
  end
end

local ZURICH = "../shared/data/seats.json"

-- Seats by district, then votes by district and list, the eligible ones.
local function write_zurich(file)
  local decode = require("dkjson").decode
  for _, case in ipairs(decode(shell.read(ZURICH))) do
    if case.id == "ch-zuerich-2019" then
      local seats, rows, names = {}, {}, {}
      for name in pairs(case.district_seats) do names[#names + 1] = name end
      table.sort(names)
      for i, name in ipairs(names) do
        local row = {}
        for k, list in ipairs(case.eligible) do
          row[k] = ("%d"):format(case.votes[name][list] or 0)
        end
        seats[i], rows[i] = case.district_seats[name], table.concat(row, " ")
      end
      file:write(table.concat(seats, " "), "\n", table.concat(rows, "\n"), "\n")
    end
  end
end

local function can_write_zurich()
  return shell.exists(ZURICH) and (pcall(require, "dkjson"))
end

local INPUTS = {
  votes = { "txt", rows_of_votes(1, 20) },
  batch = { "txt", rows_of_votes(1000, 20), rows_of_votes(10, 20) },
  many = { "txt", rows_of_votes(1, 500) },
  zurich = { "txt", write_zurich, may = can_write_zurich },
  rankings = { "blt", blt(100000, 20, 5, 20), blt(500, 20, 5, 20) },
  orders = { "blt", blt(2000, 10, 1, 10), blt(200, 10, 1, 10) },
  approvals = { "blt", blt(300, 10, 4, 1), blt(50, 10, 4, 1) },
}

-- The ranked ballots of bench/tally, by its own generator.
local function senate(bench)
  local rows = bench.smoke and 10000 or 5000000
  local path = ("%s/ranked-%d.v2.csv"):format(bench.data, rows)
  if shell.exists(path .. ".facts") then return path end
  local lua = shell.has("luajit") and "luajit" or bench.lua
  assert(shell.succeeds(("%s bench/generate.lua ranked %d %s >%s.facts"):format(
    lua, rows, shell.quote(path), shell.quote(path))))
  return path
end

--- The file of an input, made if it is not there.
---@param name string
---@param bench { data: string, smoke: boolean? }
---@return string? path nil if it cannot be made here
function draws.input(name, bench)
  if name == "senate" then return senate(bench) end
  local input = INPUTS[name]
  if input.may and not input.may() then return nil end
  local path = ("%s/seats-%s%s.%s"):format(bench.data, name,
    bench.smoke and "-small" or "", input[1])
  state = 20241
  local file = assert(io.open(path, "wb"))
  local write = bench.smoke and input[3] or input[2]
  write(file)
  assert(file:close())
  return path
end

return draws
