-- seats.lua - draws votes and ballots, asks urna and its peers the same
-- questions in turn, compares every answer, prints the figures. Started by
-- bench/seats; see bench/README.md.

package.path = "bench/?.lua;./lua/?.lua;" .. package.path

local draws = require "draws"
local report = require "report"
local shell = require "shell"

local USAGE = [=[
usage: bench/seats [--only NAME[,NAME ...]] [--runs N] [--smoke]

  --only      these questions: %s
  --runs      of which the median is taken; 5 if not said
  --smoke     small inputs, answers only, no times
]=]

local PYTHON = "bench/.venv/bin/python"
local PACKAGES = { "votelib", "apportionment", "abcvoting", "pref_voting" }
local SLOW = 5 -- seconds; what takes longer runs once

-- A question: its input, the peers that answer it, and the goal, seconds for
-- a call at most. `differs` says why a peer may give another answer.
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
    differs = "where several are the lowest, pref_voting excludes them together "
      .. "and urna asks for a lot",
    title = "instant runoff, the same" },
}

local function usage(message)
  local names = {}
  for i, task in ipairs(TASKS) do names[i] = task.name end
  io.stderr:write(message and message .. "\n" or "",
    USAGE:format(table.concat(names, " ")))
  os.exit(message and 2 or 0)
end

local function read_words(words)
  local bench, i = { runs = 5 }, 1
  while i <= #words do
    local word = words[i]
    if word == "--smoke" then
      bench.smoke = true
    elseif word == "--runs" and tonumber(words[i + 1]) then
      bench.runs, i = tonumber(words[i + 1]), i + 1
    elseif word == "--only" and words[i + 1] then
      bench.only, i = "," .. words[i + 1] .. ",", i + 1
    else
      usage(word ~= "--help" and "unknown: " .. word or nil)
    end
    i = i + 1
  end
  return bench
end

-- ---- peers ----

local function version(name)
  return shell.exists(PYTHON) and shell.output_of(("%s -c 'from "
    .. "importlib.metadata import version; print(version(\"%s\"))' "
    .. "2>/dev/null"):format(PYTHON, name)):match("^%d%S*")
end

local function find_peers(bench)
  bench.peers = {}
  if not bench.smoke and not shell.exists(PYTHON) then
    shell.succeeds("python3 -m venv bench/.venv >/dev/null 2>&1")
  end
  for _, name in ipairs(PACKAGES) do
    if not bench.smoke and not version(name) then
      shell.succeeds(("%s -m pip install -q --retries 0 --timeout 30 %s "
        .. ">/dev/null 2>&1"):format(PYTHON, name))
    end
    bench.peers[name] = version(name)
    if not bench.peers[name] then
      shell.tell("skipped: %s (not installed)", name)
    end
  end
end

-- ---- runs ----

local function entries_of(task, bench, path)
  local list = { { name = "urna", words = { bench.lua, "bench/question.lua",
    task.name, path } } }
  if shell.has("luajit") and shell.exists("build/5.1/urna/core.so") then
    list[2] = { name = "urna, LuaJIT", words = { "luajit",
      "bench/question.lua", task.name, path } }
  end
  for _, peer in ipairs(task.peers) do
    if bench.peers[peer] then
      list[#list + 1] = { name = peer, is_peer = true, words = { PYTHON,
        "bench/peers/seats.py", peer, task.name, path } }
    end
  end
  return list
end

local function run_once(entry, bench)
  local text = shell.output_of(shell.quoted(entry.words) .. " 2>"
    .. shell.quote(bench.err))
  local seconds = tonumber(text:match("seconds (%S+)"))
  entry.answer = text:match("answer (%S*)")
  if not seconds then
    entry.wrong = "FAILED"
    shell.tell("%s: %s", entry.name, shell.read(bench.err):sub(-300))
    return
  end
  entry.runs[#entry.runs + 1] = seconds
end

local function median(values)
  table.sort(values)
  return values[math.floor((#values + 1) / 2)]
end

local function run_all(list, bench)
  for _, entry in ipairs(list) do entry.runs = {} end
  for _ = 1, bench.smoke and 1 or bench.runs do
    for _, entry in ipairs(list) do
      local is_slow = entry.runs[1] and entry.runs[1] > SLOW
      if not entry.wrong and not is_slow then run_once(entry, bench) end
    end
  end
  for _, entry in ipairs(list) do entry.seconds = median(entry.runs) end
end

-- What everybody who is no urna says must be what urna says, unless the
-- question names why it may not be; both urnas must agree in any case.
local function compare(task, list)
  local right, wrong = 0, 0
  for _, entry in ipairs(list) do
    local agrees = entry.answer == list[1].answer
    if not entry.answer then
      entry.verdict, wrong = "failed", wrong + (entry.is_peer and 0 or 1)
    elseif agrees then
      entry.verdict, right = "same", right + 1
    elseif entry.is_peer and task.differs then
      entry.verdict = "other"
    else
      entry.verdict, wrong = "DIFFERS", wrong + 1
      shell.tell("%s, %s: %s\n  urna: %s", task.name, entry.name,
        entry.answer, tostring(list[1].answer))
    end
  end
  return right, wrong
end

-- ---- figures ----

local function shown(seconds)
  if not seconds then return "" end
  if seconds < 1e-3 then return ("%.2f µs"):format(seconds * 1e6) end
  if seconds < 1 then return ("%.2f ms"):format(seconds * 1e3) end
  return ("%.2f s"):format(seconds)
end

local function goal_of(task, entry)
  if not task.goal or entry.name ~= "urna" or not entry.seconds then
    return ""
  end
  return ("%s: %s"):format(shown(task.goal),
    entry.seconds <= task.goal and "reached" or "not reached")
end

local function print_task(task, list)
  local rows = { { "who", "answer", "a call", "x", "runs", "goal" } }
  for _, entry in ipairs(list) do
    local times = entry.seconds and list[1].seconds
      and ("%.2f"):format(entry.seconds / list[1].seconds) or ""
    rows[#rows + 1] = { entry.name, entry.verdict, shown(entry.seconds), times,
      tostring(#entry.runs), goal_of(task, entry) }
  end
  shell.say("\n#### %s: %s\n", task.name, task.title)
  report.print_table(rows, 2)
  if task.differs then shell.say("\n%s", task.differs) end
end

local function print_head(bench)
  local peers = {}
  for _, name in ipairs(PACKAGES) do
    peers[#peers + 1] = name .. " " .. (bench.peers[name] or "absent")
  end
  shell.say("### %s, seats\n", os.date("!%d %B %Y"))
  shell.say("```\nmachine: %s", report.machine(bench))
  shell.say("urna: commit %s\nwho: %s; %s", report.commit(),
    shell.output_of(bench.lua .. " -v 2>&1"):match("^%S+ %S+"),
    table.concat(peers, ", "))
  shell.say("CPU time of a call, median of %d interleaved runs of at least "
    .. "0.2 s; x: that of urna on Lua 5.4\n```", bench.runs)
end

local function main()
  local bench = read_words(arg)
  bench.lua = os.getenv("LUA") or "lua5.4"
  bench.data = os.getenv("DATA") or "bench/.data"
  bench.err = bench.data .. "/err"
  bench.cores = tonumber(shell.output_of("getconf _NPROCESSORS_ONLN"))
  assert(shell.succeeds("mkdir -p " .. shell.quote(bench.data)))
  find_peers(bench)
  if not bench.smoke then print_head(bench) end
  local right, wrong = 0, 0
  for _, task in ipairs(TASKS) do
    if not bench.only or bench.only:find("," .. task.name .. ",", 1, true) then
      local path = draws.input(task.input, bench)
      if path then
        local list = entries_of(task, bench, path)
        run_all(list, bench)
        local good, bad = compare(task, list)
        right, wrong = right + good, wrong + bad
        if not bench.smoke then print_task(task, list) end
      else
        shell.tell("skipped: %s (its input is not here)", task.name)
      end
    end
  end
  shell.say("\nanswers: %d passed, %d failed", right, wrong)
  os.exit(wrong == 0 and 0 or 1)
end

main()
