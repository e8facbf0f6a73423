local contenders = require "contenders"
local shell = require "shell"

--- One run after the other, each answer compared with what the generator
--- expects, and what the runs took in the middle.
local trial = {}

local TRIES = 3
local SLOW = 20 -- seconds; what takes longer runs once
local LONGEST_WAIT = 60 -- seconds

local quote, succeeds = shell.quote, shell.succeeds

-- ---- answers ----

-- Is the file, through the filters, the lines that are expected?
local function agrees(out, expected, before, after)
  return succeeds(("%s %s | LC_ALL=C sort >%s.sorted; %s %s | cmp -s - "
    .. "%s.sorted"):format(before, quote(out), quote(out), after or "cat",
    quote(expected), quote(out)))
end

-- What the command said of failed records, as "station,left,right".
local function convert_findings(from, path)
  local lines = {}
  for line, left, right in shell.read(from):gmatch(
    ":(%d+): check [^\n]- fails: (%d+) and (%d+)") do
    lines[#lines + 1] = ("%07d,%s,%s\n"):format(tonumber(line) - 2, left,
      right)
  end
  shell.write(path, table.concat(lines))
end

local function is_right(entry, task, bench)
  local out = bench.out
  -- a candidate whom nobody put first is a group of urna's, and of no peer's
  local rows = "tail -n +2"
  if task.ask.is_ranked then rows = "sed -e 1d -e '/,0$/d'" end
  if not agrees(out, task.path .. (entry.expect or task.ask.expect), rows) then
    return false
  end
  if entry.fails == "stderr" then
    convert_findings(bench.err, out .. ".failed")
  end
  if entry.fails and not agrees(out .. ".failed",
    task.path .. ".failed.expect", "cat") then
    return false
  end
  return not entry.ranks or agrees(out .. ".ranks",
    task.path .. ".ranks.expect", "sed '/,0$/d'",
    not bench.smoke and "grep '^1,'")
end

-- ---- one run ----

-- No answer of an earlier run may pass for this one's.
local function remove_answers(bench)
  for _, ending in ipairs { "", ".sorted", ".failed", ".failed.sorted",
    ".ranks", ".ranks.sorted" } do
    os.remove(bench.out .. ending)
  end
end

local function words_of(entry, bench)
  local words, writes = {}, false
  for i, word in ipairs(entry.words) do
    if word == "@OUT" then word, writes = bench.out, true end
    words[i] = word
  end
  return words, writes
end

-- Seconds between the marks "begin" and 'name'; wall and CPU.
local function between(text, name)
  local wall, cpu = text:match("\nbegin (%S+) (%S+)")
  local wall_end, cpu_end = text:match("\n" .. name .. " (%S+) (%S+)")
  if not wall or not wall_end then return nil end
  return wall_end - wall, cpu_end - cpu
end

local function read_figures(entry, path)
  local text = shell.read(path)
  local wall, user, system, peak, others =
    text:match("(%S+) (%S+) (%S+) (%S+) (%S+)")
  local took = { wall = tonumber(wall), cpu = user + system,
    peak = peak / 1000, others = tonumber(others) }
  if entry.query then
    took.query, took.query_cpu = between(text, entry.query)
    assert(took.query, entry.name .. " names no moments")
  end
  return took
end

-- Run once, after up to 'wait' seconds for a quiet machine; nil: it failed.
local function measure(entry, bench, wait)
  local words, writes = words_of(entry, bench)
  local stdout = writes and bench.data .. "/log" or bench.out
  if entry.unchecked then stdout = "/dev/null" end
  local command = shell.quoted(words)
  if bench.smoke then
    command = ("%s %s >%s 2>%s"):format(entry.env or "", command,
      quote(stdout), quote(bench.err))
  else
    command = ("WAIT=%d %s python3 bench/measure.py %s %s %s %s"):format(wait,
      entry.env or "", quote(bench.took), quote(stdout), quote(bench.err),
      command)
  end
  if not succeeds(("%s; [ $? -eq %d ]"):format(command, entry.status or 0)) then
    return nil
  end
  return bench.smoke and {} or read_figures(entry, bench.took)
end

-- Others had no more than the cores that this one leaves free.
local function is_quiet(took, threads, cores)
  return took.others <= (cores - threads + 0.1) * took.wall + 0.03
end

local function tell_failure(entry, bench)
  local file = io.open(bench.err)
  local text = file and file:read("*a") or ""
  if file then file:close() end
  shell.tell("%s, %d threads: %s %s", entry.name, entry.threads, entry.wrong,
    text:sub(-300))
end

local function refuse(entry, bench, why)
  entry.wrong = why
  tell_failure(entry, bench)
end

-- Waits for quiet first, within the seconds that are left for it.
local function measure_again(entry, bench)
  local start = os.time()
  local took = measure(entry, bench, math.min(LONGEST_WAIT, bench.wait))
  local waited = os.time() - start - (took and took.wall or 0)
  bench.wait = math.max(0, math.floor(bench.wait - waited))
  return took
end

-- A run whose answer is right, or nothing.
local function checked_run(entry, task, bench, try)
  remove_answers(bench)
  local took
  if try == 1 then
    took = measure(entry, bench, 0)
  else
    took = measure_again(entry, bench)
  end
  if not took then return refuse(entry, bench, "FAILED") end
  if not entry.unchecked and not is_right(entry, task, bench) then
    return refuse(entry, bench, "WRONG")
  end
  return took
end

-- The quietest of a few tries: others at work make a run worthless.
local function run_once(entry, task, bench)
  local best
  for try = 1, TRIES do
    local took = checked_run(entry, task, bench, try)
    if not took or bench.smoke then return end
    if not best or took.others / took.wall < best.others / best.wall then
      best = took
    end
    if is_quiet(took, entry.threads, bench.cores) or took.wall > SLOW
      or bench.wait == 0 then
      break
    end
  end
  entry.runs[#entry.runs + 1] = best
end

-- ---- all runs ----

local function median(runs, field)
  local values = {}
  for i, run in ipairs(runs) do values[i] = run[field] end
  table.sort(values)
  return values[math.floor((#values + 1) / 2)]
end

local function greatest(runs, field)
  local found = 0
  for _, run in ipairs(runs) do found = math.max(found, run[field]) end
  return found
end

-- What is wrong has no figures, though some of its runs were right.
local function sum_up(entry)
  if entry.wrong or #entry.runs == 0 then return end
  for _, field in ipairs { "wall", "cpu", "query", "query_cpu" } do
    entry[field] = median(entry.runs, field)
  end
  entry.peak = greatest(entry.runs, "peak")
  entry.others = median(entry.runs, "others") / entry.wall
end

--- Run all, then all again, 'rounds' times; afterwards each entry has wall,
--- cpu, peak, query and query_cpu, or `wrong` and none of them.
function trial.run(list, task, bench)
  local rounds = bench.smoke and 1 or bench.runs * (task.once and 4 or 1)
  for round = 1, rounds do
    if not bench.smoke then
      shell.tell("%s: %d of %d", task.name, round, rounds)
    end
    for _, entry in ipairs(list) do
      local first = entry.runs[1]
      if not entry.wrong and not (first and first.wall > SLOW) then
        run_once(entry, task, bench)
      end
    end
  end
  for _, entry in ipairs(list) do sum_up(entry) end
  remove_answers(bench)
end

--- What every whole process holds besides the work: seconds of one that starts
--- and does nothing, as texts.
---@return string[]
function trial.starts(bench)
  local found = {}
  local list = { { "urna", { bench.lua, "bin/urna", "--version" } } }
  for _, name in ipairs { "duckdb", "polars" } do
    if bench.peers[name] then
      list[#list + 1] = { name, { contenders.PYTHON, "-c",
        "import " .. name } }
    end
  end
  for i, one in ipairs(list) do
    local entry = { name = one[1], words = one[2], unchecked = true,
      threads = 1, runs = {} }
    for _ = 1, bench.runs do run_once(entry, nil, bench) end
    sum_up(entry)
    found[i] = entry.wall and ("%s %.3f s"):format(entry.name, entry.wall)
      or entry.name .. " ?"
  end
  return found
end

return trial
