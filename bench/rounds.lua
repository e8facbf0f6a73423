local report = require "report"
local shell = require "shell"

--- Questions to urna and its peers in turn, for bench/seats and bench/answers:
--- the words of the command, who is there, the runs, the answers compared, the
--- figures.
---
--- A question is { name, title, input, peers, goal, about, differs, expect,
--- is_part }. peers: packages, or several joined by "+"; goal: seconds for a
--- call at most; about: what is to be known of it; differs: why a peer may give
--- another answer; expect: items that are in urna's answer, "KEY=VALUE;...", as
--- they are published; is_part: a peer's answer is some of urna's items.
local rounds = {}

local PYTHON = "bench/.venv/bin/python"
local SLOW = 5 -- seconds; what takes longer runs once

-- ---- the command ----

local function usage(text, tasks, message)
  local names = {}
  for i, task in ipairs(tasks) do names[i] = task.name end
  io.stderr:write(message and message .. "\n" or "",
    text:format(table.concat(names, " ")))
  os.exit(message and 2 or 0)
end

--- What the words ask for: { runs, only, smoke, lua, data, err, cores }.
function rounds.options(words, text, tasks)
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
      usage(text, tasks, word ~= "--help" and "unknown: " .. word or nil)
    end
    i = i + 1
  end
  bench.lua = os.getenv("LUA") or "lua5.4"
  bench.data = os.getenv("DATA") or "bench/.data"
  bench.err = bench.data .. "/err"
  bench.cores = tonumber(shell.output_of("getconf _NPROCESSORS_ONLN"))
  assert(shell.succeeds("mkdir -p " .. shell.quote(bench.data)))
  return bench
end

-- ---- peers ----

local function version(name)
  return shell.exists(PYTHON) and shell.output_of(("%s -c 'from "
    .. "importlib.metadata import version; print(version(\"%s\"))' "
    .. "2>/dev/null"):format(PYTHON, name)):match("^%d%S*")
end

--- Find the packages, and install those that are not there; bench.peers is
--- then the version of each. A smoke test installs nothing.
function rounds.find_peers(bench, packages)
  bench.peers = {}
  if not bench.smoke and not shell.exists(PYTHON) then
    shell.succeeds("python3 -m venv bench/.venv >/dev/null 2>&1")
  end
  for _, name in ipairs(packages) do
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

local function is_there(bench, peer)
  for package in peer:gmatch("[%w_]+") do
    if not bench.peers[package] then return false end
  end
  return true
end

-- ---- runs ----

local function entries_of(task, bench, path)
  local list = { { name = "urna", words = { bench.lua, bench.question,
    task.name, path } } }
  if shell.has("luajit") and shell.exists("build/5.1/urna/core.so") then
    list[2] = { name = "urna, LuaJIT", words = { "luajit", bench.question,
      task.name, path } }
  end
  for _, peer in ipairs(task.peers) do
    if is_there(bench, peer) then
      list[#list + 1] = { name = peer, is_peer = true, words = { PYTHON,
        bench.peer, peer, task.name, path } }
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
  entry.firsts[#entry.firsts + 1] = tonumber(text:match("first (%S+)"))
end

local function median(values)
  table.sort(values)
  return values[math.floor((#values + 1) / 2)]
end

local function run_all(list, bench)
  for _, entry in ipairs(list) do entry.runs, entry.firsts = {}, {} end
  for _ = 1, bench.smoke and 1 or bench.runs do
    for _, entry in ipairs(list) do
      local is_slow = entry.runs[1] and entry.runs[1] > SLOW
      if not entry.wrong and not is_slow then run_once(entry, bench) end
    end
  end
  for _, entry in ipairs(list) do
    entry.seconds, entry.first = median(entry.runs), median(entry.firsts)
  end
end

-- ---- answers ----

local function items(answer)
  local list = {}
  for item in answer:gmatch("[^;]+") do
    list[#list + 1], list[item] = item, true
  end
  return list
end

-- Are all items of the part in the whole? How many are in each?
local function is_part_of(part, whole)
  part, whole = items(part), items(whole)
  for _, item in ipairs(part) do
    if not whole[item] then return false end
  end
  return #part > 0, #part, #whole
end

-- The verdict on an answer, and whether it is right.
local function verdict_of(task, entry, own)
  if not entry.answer then return "failed", entry.is_peer and "absent" end
  if entry.is_peer and task.is_part then
    local agrees, few, all = is_part_of(entry.answer, own)
    if agrees then return ("same, %d of %d"):format(few, all), "right" end
  elseif entry.answer == own and (entry.is_peer or not task.expect
    or is_part_of(task.expect, own)) then
    return "same", "right"
  end
  if entry.is_peer and task.differs then return "other", "absent" end
  return "DIFFERS"
end

-- What everybody who is no urna says must be what urna says, unless the
-- question names why it may not be; both urnas must agree in any case.
local function compare(task, list)
  local right, wrong, own = 0, 0, list[1].answer or ""
  for _, entry in ipairs(list) do
    local state
    entry.verdict, state = verdict_of(task, entry, own)
    if state == "right" then
      right = right + 1
    elseif not state then
      wrong = wrong + 1
      shell.tell("%s, %s: %s\n  urna: %s%s", task.name, entry.name,
        tostring(entry.answer), own, task.expect
        and "\n  published: " .. task.expect or "")
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

local function reached(goal, seconds)
  return seconds <= goal and "reached" or "not reached"
end

-- Of a call, and of the first one where that was asked for and says otherwise.
local function goal_of(task, entry)
  if not task.goal or entry.is_peer or not entry.seconds then return "" end
  local call = reached(task.goal, entry.seconds)
  local first = entry.first and reached(task.goal, entry.first) or call
  return ("%s: %s%s"):format(shown(task.goal), call,
    first ~= call and ", first " .. first or "")
end

local function print_task(task, list)
  local has_first = list[1].first ~= nil
  local rows = { { "who", "answer", "a call", "x", "runs", "goal" } }
  for _, entry in ipairs(list) do
    local times = entry.seconds and list[1].seconds
      and ("%.2f"):format(entry.seconds / list[1].seconds) or ""
    rows[#rows + 1] = { entry.name, entry.verdict, shown(entry.seconds), times,
      tostring(#entry.runs), goal_of(task, entry) }
  end
  if has_first then
    table.insert(rows[1], 4, "the first")
    for i, entry in ipairs(list) do
      table.insert(rows[i + 1], 4, shown(entry.first))
    end
  end
  shell.say("\n#### %s: %s\n", task.name, task.title)
  if task.about then shell.say("%s\n", task.about) end
  report.print_table(rows, 2)
  if task.differs then shell.say("\n%s", task.differs) end
end

--- The machine, the commit, who is there; 'lines' say how it is measured.
function rounds.print_head(bench, what, packages, lines)
  local peers = {}
  for i, name in ipairs(packages) do
    peers[i] = name .. " " .. (bench.peers[name] or "absent")
  end
  shell.say("### %s, %s\n", os.date("!%d %B %Y"), what)
  shell.say("```\nmachine: %s", report.machine(bench))
  shell.say("urna: commit %s\nwho: %s; %s", report.commit(),
    shell.output_of(bench.lua .. " -v 2>&1"):match("^%S+ %S+"),
    table.concat(peers, ", "))
  for _, line in ipairs(lines) do shell.say("%s", line) end
  shell.say("```")
end

--- Ask all that is asked for, say how many answers were right, and leave with
--- status 1 if one was wrong. `input_of(name, bench)` is the path of an input,
--- or nil where it is not here.
function rounds.ask(bench, tasks, input_of)
  local right, wrong = 0, 0
  for _, task in ipairs(tasks) do
    if not bench.only or bench.only:find("," .. task.name .. ",", 1, true) then
      local path = input_of(task.input, bench)
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

return rounds
