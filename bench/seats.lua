-- seats.lua - draws votes and ballots, asks urna and its peers the same
-- questions in turn, compares every answer, prints the figures. Started by
-- bench/seats; see bench/README.md.

package.path = "bench/?.lua;./lua/?.lua;" .. package.path

local draws = require "draws"
local rounds = require "rounds"

local USAGE = [=[
usage: bench/seats [--only NAME[,NAME ...]] [--runs N] [--smoke]

  --only      these questions: %s
  --runs      of which the median is taken; 5 if not said
  --smoke     small inputs, answers only, no times
]=]

local PACKAGES = { "votelib", "apportionment", "abcvoting", "pref_voting" }

-- See rounds.lua; an input is one of draws.lua.
local ALL, ONLY_APPORTIONMENT = { "votelib", "apportionment" },
  { "apportionment" }
local TASKS = {
  { name = "dhondt", input = "votes", peers = ALL, goal = 3e-6,
    title = "d'Hondt, 250 seats, 20 lists, an array of votes" },
  { name = "dhondt-batch", input = "batch", peers = ALL, goal = 1e-6,
    title = "the same for 1,000 vectors in a batch, each" },
  { name = "dhondt-explained", input = "votes", peers = ALL, goal = 200e-6,
    title = "the same with each seat's quotient and rival (no peer has them)" },
  { name = "dhondt-large", input = "many", peers = ALL, goal = 1e-4,
    title = "d'Hondt, 10,000 seats, 500 lists" },
  { name = "sainte-lague", input = "votes", peers = ALL,
    title = "Sainte-Laguë, 250 seats, 20 lists" },
  { name = "huntington-hill", input = "votes", peers = ONLY_APPORTIONMENT,
    title = "Huntington-Hill, 250 seats, 20 lists" },
  { name = "hare", input = "votes", peers = ALL,
    title = "Hare quota, largest remainders, 250 seats, 20 lists" },
  { name = "quota-method", input = "votes", peers = ONLY_APPORTIONMENT,
    title = "Balinski and Young's quota method, 250 seats, 20 lists" },
  { name = "biproportional", input = "zurich", peers = { "votelib" },
    goal = 1e-3, title = "Zürich canton 2019, 18 districts, 9 lists, 180 seats,"
      .. " raw votes" },
  { name = "scotland", input = "rankings", peers = { "votelib" }, goal = 0.03,
    differs = "votelib keeps fractions whole, and has no decimals",
    title = "Scottish STV, 5 seats, 20 candidates, 100,000 ballots" },
  { name = "meek", input = "rankings", peers = {},
    title = "Meek, the same ballots, omega 10^-6" },
  { name = "senate", input = "senate", peers = {}, goal = 0.5,
    title = "Australian Senate, 5 M ballots, 105 candidates: file to winners" },
  { name = "senate-meek", input = "senate", peers = {},
    title = "Meek, the same ballots, once they are read" },
  { name = "seqpav", input = "approvals", peers = { "abcvoting" },
    title = "sequential PAV, 4 of 10, 300 ballots" },
  { name = "phragmen", input = "approvals", peers = { "abcvoting" },
    title = "Phragmén's sequential rule, the same" },
  { name = "equal-shares", input = "approvals", peers = { "abcvoting" },
    title = "method of equal shares, the same" },
  { name = "pav", input = "approvals", peers = { "abcvoting" },
    title = "PAV, the best committee of all, the same" },
  { name = "schulze", input = "orders", peers = { "pref_voting" },
    title = "Schulze, 10 candidates, 2,000 ballots" },
  { name = "ranked-pairs", input = "orders", peers = { "pref_voting" },
    title = "ranked pairs, the same" },
  { name = "irv", input = "orders", peers = { "pref_voting" },
    differs = "where several are the lowest, pref_voting excludes them "
      .. "together and urna asks for a lot",
    title = "instant runoff, the same" },
}

local bench = rounds.options(arg, USAGE, TASKS)
bench.question, bench.peer = "bench/question.lua", "bench/peers/seats.py"
rounds.find_peers(bench, PACKAGES)
if not bench.smoke then
  rounds.print_head(bench, "seats", PACKAGES, { ("CPU time of a call, median "
    .. "of %d interleaved runs of at least 0.2 s; x: that of urna on Lua 5.4")
    :format(bench.runs) })
end
rounds.ask(bench, TASKS, draws.input)
