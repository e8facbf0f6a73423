-- answers.lua - asks urna what is asked after the count, of records that are
-- read already, and its peers the part of it that they can say; compares every
-- answer, prints the figures. Started by bench/answers; see bench/README.md.

package.path = "bench/?.lua;./lua/?.lua;" .. package.path

local rounds = require "rounds"
local shell = require "shell"

local USAGE = [=[
usage: bench/answers [--only NAME[,NAME ...]] [--runs N] [--smoke]

  --only      these questions: %s
  --runs      of which the median is taken; 5 if not said
  --smoke     answers only, no times
]=]

local PACKAGES = { "duckdb", "polars", "votelib" }
local SQL, LAW = { "duckdb", "polars" }, { "duckdb+votelib" }

local SERBIA = "Input: Serbia, 21 June 2020, 8,433 records of 7 numbers and 21 "
  .. "lists."
local PART = [[


The peers do a part: they count the records that fail, by the codes that SQL
can say. They do not say which and with what numbers, nor what the law makes of
it; nor do they look at names, or compare a record with its peers (S07 to S16,
W09, W10, W12 to W14).]]
local SEATS = [[


The peer does a part: DuckDB adds up the stations that stay, votelib shares the
seats out; the threshold, the lists exempt from it and their 27/20 are typed
in. It finds no station by name, has no result before, no ties by law, and does
not say what was removed, who crossed, or what it takes to move a seat.]]
local CELLS = [[
 The second source is the same with 50 cells edited, by 1 to 50.

The peer does a part: it joins on keys that are spelt the same in both, and
adds up. It does not say which cells, whom they favour, or whether they could
move a seat.]]
local FOUR = "Sjenica/57 and Novi Pazar/27, 66 and 74"

-- Source of what is expected: the Commission's results, the margins by hand in
-- spec/analysis/margins_spec.lua, the stations in spec/analysis/annul_spec.lua,
-- Turkey's boxes as others counted them (spec/checks/data_spec.lua).
local TASKS = {
  { name = "check", input = "serbia", peers = SQL, goal = 0.02, is_part = true,
    expect = "T04=0;T05=0;T08=0;T10=0;T13=571;W22=844", about = SERBIA .. PART,
    title = "all checks of the catalogue, Serbia 2020" },
  { name = "check-turkey", input = "turkey", peers = SQL, goal = 0.2,
    is_part = true, expect = "T05=203;T11=1876",
    about = "Input: Turkey, 30 March 2014, 171,384 ballot boxes of 4 numbers "
      .. "and 11 lists." .. PART,
    title = "all checks of the catalogue, Turkey 2014" },
  { name = "margins", input = "serbia", peers = {}, goal = 0.02,
    expect = "seat.-.switched.free=1251;seat.-.added.free=1331;"
      .. "seat.-.removed.free=1538",
    about = SERBIA .. " The outcome is there already.",
    title = "the fewest ballots that move a seat (no peer has it)" },
  { name = "annul", input = "serbia", peers = LAW, goal = 0.02,
    expect = "SNS=189;SPP=3", about = SERBIA .. SEATS,
    title = "the seats without " .. FOUR },
  { name = "annul-571", input = "serbia", peers = LAW,
    expect = "SNS=188;SPP=4", about = SERBIA .. SEATS,
    title = "the seats without the 571 stations that a check before found" },
  { name = "annul-571-names", input = "serbia", peers = {}, about = SERBIA,
    expect = "SNS=188;SPP=4",
    title = "the same, the 571 stations given by name" },
  { name = "annul-revote", input = "serbia", peers = {}, about = SERBIA,
    title = "the four again, with the bounds of a repeat (no peer has them)" },
  { name = "annul-571-revote", input = "serbia", peers = {}, about = SERBIA,
    title = "the 571 again, with the bounds of a repeat (no peer has them)" },
  { name = "fewest", input = "serbia", peers = {}, about = SERBIA,
    expect = "stations=4;at_least=4;registered=5058",
    title = "the fewest stations without which a seat moves (no peer has it)" },
  { name = "reconcile", input = "edited", peers = { "duckdb" },
    is_part = true, expect = "cells=50;votes=1275", about = SERBIA .. CELLS,
    title = "Serbia 2020 against a copy with 50 cells edited" },
  { name = "compare", input = "belgrade", peers = {},
    expect = "SNS>SNS=367121>387326,49>64", about = "Input: two elections that "
      .. "urna has, by name: they are loaded by the first call.",
    title = "Belgrade 2023 to 2024, votes, shares and seats (no peer has it)" },
}

local DATA = "../shared/data/"

-- The rows of Serbia 2020 with a number raised, the k-th by k, in 50 rows and
-- in all of the columns in turn.
local function edited_row(line, k)
  local behind = k % 28
  return (line:gsub("(%d+)(" .. (",%d+"):rep(behind) .. "%s*)$",
    function(number, rest) return ("%d%s"):format(number + k, rest) end))
end

local function edit(from, path)
  local lines, at = {}, 0
  for line in shell.output_of("gzip -dc " .. from):gmatch("[^\n]+") do
    if at > 0 and at % 160 == 0 and at / 160 <= 50 then
      line = edited_row(line, at / 160)
    end
    lines[#lines + 1], at = line, at + 1
  end
  shell.write(path, table.concat(lines, "\n") .. "\n")
end

local FILES = { serbia = "serbia2020.csv.gz", edited = "serbia2020.csv.gz",
  turkey = "turkey2014.csv.gz" }

local function input_of(name, bench)
  if not FILES[name] then return name end
  local path = DATA .. FILES[name]
  if not shell.exists(path) then return nil end
  if name ~= "edited" then return path end
  local copy = bench.data .. "/answers-edited.csv"
  edit(path, copy)
  return copy
end

local bench = rounds.options(arg, USAGE, TASKS)
bench.question, bench.peer = "bench/answered.lua", "bench/peers/answers.py"
rounds.find_peers(bench, PACKAGES)
if not bench.smoke then
  rounds.print_head(bench, "answers after the count", PACKAGES, {
    ("CPU time of a call, median of %d runs of at least 0.2 s, each in a "
      .. "process of its own;"):format(bench.runs),
    "the first: of the first call, on records just read, with the loading of "
      .. "what it needs;",
    "order: urna, urna on LuaJIT, the peers, then all again; 1 thread each; "
      .. "x: that of urna on Lua 5.4" })
end
rounds.ask(bench, TASKS, input_of)
