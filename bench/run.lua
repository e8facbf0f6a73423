-- run.lua - makes the inputs, runs urna and its peers in turn, checks every
-- answer, prints the figures. Started by bench/tally; see bench/README.md.

local LUA = os.getenv("LUA") or "lua5.4"
local RUNS = tonumber(os.getenv("RUNS") or 5)
local TRIES = 3
local SLOW = 20 -- seconds; what takes longer runs once
local DATA = os.getenv("DATA") or "bench/.data"
local VENV = "bench/.venv"
local PYTHON = VENV .. "/bin/python"

local smoke, chosen = false, {}
for _, word in ipairs(arg) do
  if word == "--smoke" then smoke = true else chosen[word] = true end
end

local ROWS = tonumber(os.getenv("ROWS") or (smoke and 20000) or 10000000)
local WIDE_ROWS = tonumber(os.getenv("WIDE_ROWS") or math.ceil(ROWS / 5))

-- ---- the shell ----

local function quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function quoted(words)
  local list = {}
  for i, word in ipairs(words) do list[i] = quote(word) end
  return table.concat(list, " ")
end

local function succeeds(command)
  local done = os.execute(command)
  return done == true or done == 0
end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("*a")
  pipe:close()
  return (text:gsub("%s+$", ""))
end

local function has(program)
  return succeeds("command -v " .. program .. " >/dev/null 2>&1")
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function say(...)
  print(string.format(...))
  io.stdout:flush()
end

local CORES = tonumber(output_of("getconf _NPROCESSORS_ONLN"))

-- ---- inputs ----

local function make_input(kind, rows)
  local path = ("%s/%s-%d.csv"):format(DATA, kind, rows)
  local facts = path .. ".facts"
  if not exists(facts) then
    local lua = has("luajit") and "luajit" or LUA
    assert(succeeds(("%s bench/generate.lua %s %d %s >%s.new"):format(lua,
      kind, rows, quote(path), quote(facts))), "the generator failed")
    assert(os.rename(facts .. ".new", facts))
  end
  local count, bytes, groups, share =
    read(facts):match("(%d+)\t(%d+)\t(%d+)\t([%d.]+)")
  return { path = path, rows = tonumber(count), bytes = tonumber(bytes),
    groups = tonumber(groups), quoted = share }
end

local function wide_sums()
  local names = { "registered_voters", "ballots_received", "ballots_in_box",
    "valid_ballots", "invalid_ballots" }
  for j = 1, 18 do names[#names + 1] = ("list_%d"):format(j) end
  return table.concat(names, ",")
end

local LONG = { by = "municipality,party", sums = "votes", expect = ".expect" }
local PARTY = { by = "party", sums = "votes", expect = ".party.expect",
  groups = 50 }
local WIDE = { by = "municipality", sums = wide_sums(), expect = ".expect" }

-- What is asked of which input; 'few' peers: only the fast ones.
local TASKS = {
  { name = "station", kind = "station", ask = LONG, gz = true,
    title = "long, rows by station" },
  { name = "station-party", kind = "station", ask = PARTY, few = true,
    title = "long, rows by station, few groups" },
  { name = "votes", kind = "votes", ask = LONG,
    title = "long, parties of a station by falling votes" },
  { name = "votes-party", kind = "votes", ask = PARTY, few = true,
    title = "long, by falling votes, few groups" },
  { name = "shuffled", kind = "shuffled", ask = LONG,
    title = "long, rows in any order" },
  { name = "shuffled-party", kind = "shuffled", ask = PARTY, few = true,
    title = "long, in any order, few groups" },
  { name = "wide", kind = "wide", ask = WIDE, title = "wide, 25 columns" },
  { name = "start", kind = "wide", ask = WIDE, rows = 100000, few = true,
    call = true, title = "wide, a file of real size" },
}

-- ---- who runs ----

local function urna_command(task, lua, threads)
  local ask = task.ask
  return { lua, "bin/urna", "tally", task.path, "--by", ask.by, "--sum",
    ask.sums, "--threads", tostring(threads) }
end

local function instruction_sets()
  local code = "package.cpath = './build/'..(jit and '5.1' or "
    .. "_VERSION:match('%d+%.%d+'))..'/?.so' "
    .. "print(table.concat(require('urna.core').instruction_sets(), ' '))"
  local sets = {}
  for set in output_of(LUA .. " -e " .. quote(code)):gmatch("%S+") do
    sets[#sets + 1] = set
  end
  return sets
end

local function add_urna(list, task, sets)
  local function add(name, threads, words, extra)
    local entry = { name = name, threads = threads, words = words, ours = true }
    for key, value in pairs(extra or {}) do entry[key] = value end
    list[#list + 1] = entry
  end
  for threads = 1, 2 do
    add("urna", threads, urna_command(task, LUA, threads))
  end
  if task.call or not task.few then
    add("urna.tally in Lua", 1, { LUA, "bench/call.lua", task.path, "@OUT", "1",
      task.ask.by, task.ask.sums }, { writes = true })
  end
  if has("luajit") and exists("build/5.1/urna/core.so") and not task.few then
    add("urna, LuaJIT", 1, urna_command(task, "luajit", 1))
  end
  for _, set in ipairs(sets) do
    add("urna, " .. set, 1, urna_command(task, LUA, 1), { isa = set })
  end
  if task.gz then
    local words = urna_command(task, LUA, 1)
    words[4] = task.path .. ".gz"
    add("urna, .gz", 1, words)
  end
end

local function add_peers(list, task, peers)
  local ask = task.ask
  local function add(name, threads, words, extra)
    if not peers[words[1]] and not peers[name] then return end
    local entry = { name = name, threads = threads, words = words }
    for key, value in pairs(extra or { writes = true }) do
      entry[key] = value
    end
    list[#list + 1] = entry
  end
  for threads = 1, 2 do
    for _, name in ipairs { "duckdb", "polars" } do
      add(name, threads, { PYTHON, "bench/peers/" .. name .. ".py", task.path,
        "@OUT", tostring(threads), ask.by, ask.sums })
    end
  end
  if task.gz then
    add("duckdb, .gz", 1, { PYTHON, "bench/peers/duckdb.py", task.path .. ".gz",
      "@OUT", "1", ask.by, ask.sums })
    add("gzip -dc alone", 1, { "gzip", "-dc", task.path .. ".gz" },
      { unchecked = true })
  end
  if task.few then return end
  if ask == LONG then
    add("luajit, FFI bytes", 1,
      { "luajit", "bench/peers/bytes.lua", task.path, "@OUT" })
  end
  for _, lua in ipairs { "luajit", "lua5.4" } do
    add(lua .. ", lines", 1, { lua, "bench/peers/loop.lua", task.path, "@OUT",
      "1", ask.by, ask.sums })
  end
  add("mawk", 1, { "mawk", "-v", "BY=" .. ask.by, "-v", "SUMS=" .. ask.sums,
    "-f", "bench/peers/tally.awk", task.path }, {})
end

-- Installs what PyPI has; who is not to be had is skipped by name.
local function find_peers()
  local peers = { gzip = true }
  for _, name in ipairs { "luajit", "lua5.4", "mawk" } do
    peers[name] = has(name)
    if not peers[name] then say("skipped: %s (not installed)", name) end
  end
  if not exists(PYTHON) then
    succeeds("python3 -m venv " .. VENV .. " >/dev/null 2>&1")
  end
  for _, name in ipairs { "duckdb", "polars" } do
    local try = (" -c 'import %s; print(\"%s\", %s.__version__)'"):format(name,
      name, name)
    if not succeeds(PYTHON .. try .. " >/dev/null 2>&1") then
      succeeds(("%s -m pip install -q --retries 0 --timeout 15 %s "):format(
        PYTHON, name) .. ">/dev/null 2>&1")
    end
    local version = output_of(PYTHON .. try .. " 2>/dev/null")
    peers[name] = version ~= "" and version or nil
    peers[name .. ", .gz"] = peers[name]
    if not peers[name] then say("skipped: %s (pip cannot get it)", name) end
  end
  return peers
end

-- ---- one run ----

local function is_right(task)
  local out, expect = DATA .. "/out", task.path_plain .. task.ask.expect
  return succeeds(("tail -n +2 %s | LC_ALL=C sort | cmp -s - %s"):format(
    quote(out), quote(expect)))
end

local function command_of(entry)
  local words = {}
  for i, word in ipairs(entry.words) do
    words[i] = word == "@OUT" and DATA .. "/out" or word
  end
  return words
end

-- Run once, after up to 'wait' seconds for a quiet machine; false: it failed.
local function measure(entry, wait)
  local stdout = entry.writes and DATA .. "/log" or DATA .. "/out"
  if entry.unchecked then stdout = "/dev/null" end
  local set = entry.isa and "URNA_ISA=" .. entry.isa .. " " or ""
  if smoke then
    return succeeds(set .. quoted(command_of(entry)) .. " >" .. quote(stdout))
  end
  if not succeeds(("WAIT=%d %s python3 bench/measure.py %s %s %s"):format(wait,
    set,
    quote(DATA .. "/took"), quote(stdout), quoted(command_of(entry)))) then
    return false
  end
  local wall, user, system, peak, others =
    read(DATA .. "/took"):match("(%S+) (%S+) (%S+) (%S+) (%S+)")
  return { wall = tonumber(wall), cpu = tonumber(user) + tonumber(system),
    peak = tonumber(peak) / 1000, others = tonumber(others) }
end

-- Others had no more than the cores that this one leaves free.
local function is_quiet(took, threads)
  return took.others <= (CORES - threads + 0.1) * took.wall + 0.03
end

-- The quietest of a few tries: others at work make a run worthless.
local function run_once(entry, task)
  local best
  for try = 1, TRIES do
    local took = measure(entry, try == 1 and 0 or 60)
    if not took or not (entry.unchecked or is_right(task)) then
      entry.wrong = true
      return
    end
    if smoke then return end
    if not best or took.others / took.wall < best.others / best.wall then
      best = took
    end
    if is_quiet(took, entry.threads) or took.wall > SLOW then break end
  end
  entry.runs[#entry.runs + 1] = best
end

local function run_all(list, task)
  for round = 1, smoke and 1 or RUNS do
    for _, entry in ipairs(list) do
      if round == 1 then entry.runs = {} end
      local first = entry.runs[1]
      if not entry.wrong and not (first and first.wall > SLOW) then
        run_once(entry, task)
      end
    end
  end
end

-- ---- what came of it ----

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

local function sum_up(list)
  for _, entry in ipairs(list) do
    if #entry.runs > 0 then
      entry.wall, entry.cpu = median(entry.runs, "wall"),
        median(entry.runs, "cpu")
      entry.peak = greatest(entry.runs, "peak")
      entry.others = median(entry.runs, "others") / entry.wall
    end
  end
end

local function entry_of(list, name, threads)
  for _, entry in ipairs(list or {}) do
    if entry.name == name and entry.threads == threads and entry.wall then
      return entry
    end
  end
end

local HEAD = { "who", "threads", "wall s", "CPU s", "peak MB", "GB/s",
  "M rows/s", "x wall", "x CPU", "runs" }

local function row_of(entry, list, task)
  if not entry.wall then
    return { entry.name, tostring(entry.threads), "WRONG", "", "", "", "", "",
      "", "" }
  end
  local ours = entry_of(list, "urna", entry.threads)
  local note = #entry.runs == 1 and RUNS > 1 and "1 (slow)"
    or tostring(#entry.runs)
  if entry.others > 0.1 then
    note = ("%s, others %.0f %%"):format(note, 100 * entry.others)
  end
  return { entry.name, tostring(entry.threads), ("%.3f"):format(entry.wall),
    ("%.3f"):format(entry.cpu), ("%.0f"):format(entry.peak),
    ("%.2f"):format(task.bytes / entry.wall / 1e9),
    ("%.1f"):format(task.rows / entry.wall / 1e6),
    ours and ("%.2f"):format(entry.wall / ours.wall) or "",
    ours and ("%.2f"):format(entry.cpu / ours.cpu) or "", note }
end

-- A Markdown table with its columns in line; the first 'texts' to the left.
local function print_table(rows, texts)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do
      widths[i] = math.max(widths[i] or 0, #cell)
    end
  end
  for number, row in ipairs(rows) do
    local cells, rule = {}, {}
    for i, cell in ipairs(row) do
      local gap = (" "):rep(widths[i] - #cell)
      cells[i] = i <= texts and cell .. gap or gap .. cell
      rule[i] = i <= texts and ("-"):rep(widths[i])
        or ("-"):rep(widths[i] - 1) .. ":"
    end
    say("| %s |", table.concat(cells, " | "))
    if number == 1 then say("| %s |", table.concat(rule, " | ")) end
  end
end

local function report(task, list)
  say("\n### %s: %s\n", task.name, task.title)
  say("%d rows, %.1f MB, sum of %s by %s: %d groups; %s %% of the rows hold a "
    .. "quoted name\n", task.rows, task.bytes / 1e6,
    task.ask == WIDE and "23 columns" or task.ask.sums, task.ask.by,
    task.ask.groups or task.groups, task.quoted)
  local rows = { HEAD }
  for _, entry in ipairs(list) do
    rows[#rows + 1] = row_of(entry, list, task)
  end
  print_table(rows, 1)
  local one, two = entry_of(list, "urna", 1), entry_of(list, "urna", 2)
  if one and two then
    say("\nurna: 2 threads are %.2f times as fast as 1", one.wall / two.wall)
  end
end

-- ---- goals ----

local function ratio(task, name, threads, field)
  local ours = entry_of(task.list, "urna", threads)
  local other = entry_of(task.list, name, threads)
  return ours and other and other[field] / ours[field]
end

local function rate(task, unit)
  local ours = entry_of(task.list, "urna", 1)
  return ours and task[unit] / ours.wall / (unit == "bytes" and 1e9 or 1e6)
end

-- { task, what, the goal, how it is measured }; at most, where 'most' is set.
local GOALS = {
  { "station", "GB/s, 1 thread", 5, function(t) return rate(t, "bytes") end },
  { "station", "times as fast as DuckDB, wall, 1 thread", 25,
    function(t) return ratio(t, "duckdb", 1, "wall") end },
  { "station", "times as fast as DuckDB, wall, 2 threads", 25,
    function(t) return ratio(t, "duckdb", 2, "wall") end },
  { "station", "times as fast on 2 threads as on 1", 1.7, function(t)
    local one, two = entry_of(t.list, "urna", 1), entry_of(t.list, "urna", 2)
    return one and two and one.wall / two.wall
  end },
  { "station", "MB at the peak", 150, function(t)
    local ours = entry_of(t.list, "urna", 1)
    return ours and ours.peak
  end, most = true },
  { "station", "times the time of gzip -dc, for .gz", 1.1, function(t)
    local ours = entry_of(t.list, "urna, .gz", 1)
    local alone = entry_of(t.list, "gzip -dc alone", 1)
    return ours and alone and ours.wall / alone.wall
  end, most = true },
  { "votes", "M rows/s, 1 thread", 80, function(t) return rate(t, "rows") end },
  { "shuffled", "M rows/s, 1 thread", 38,
    function(t) return rate(t, "rows") end },
  { "shuffled", "times as fast as DuckDB, wall, 1 thread", 12,
    function(t) return ratio(t, "duckdb", 1, "wall") end },
  { "wide", "GB/s, 1 thread", 1.2, function(t) return rate(t, "bytes") end },
  { "wide", "times less CPU than DuckDB, 1 thread", 12,
    function(t) return ratio(t, "duckdb", 1, "cpu") end },
  { "start", "ms, require and a file of 100,000 rows in Lua", 25, function(t)
    local ours = entry_of(t.list, "urna.tally in Lua", 1)
    return ours and ours.wall * 1000
  end, most = true },
}

local function report_goals(done)
  say("\n### goals\n")
  local rows = { { "input", "what", "goal", "here", "" } }
  for _, goal in ipairs(GOALS) do
    local name, what, wanted = goal[1], goal[2], goal[3]
    for _, suffix in ipairs { "", "-party" } do
      local task = done[name .. suffix]
      local value = task and goal[4](task)
      if value then
        local is_met = goal.most and value <= wanted
          or not goal.most and value >= wanted
        rows[#rows + 1] = { name .. suffix, what,
          (goal.most and "<= " or ">= ") .. wanted, ("%.2f"):format(value),
          is_met and "reached" or "NOT reached" }
      end
    end
  end
  print_table(rows, 2)
end

-- ---- the machine ----

local function field_of(path, pattern)
  local file = io.open(path)
  local text = file and file:read("*a") or ""
  if file then file:close() end
  return text:match(pattern)
end

local function describe(sets, peers)
  local model = field_of("/proc/cpuinfo", "model name%s*:%s*([^\n]+)")
    or output_of("uname -m")
  local memory = field_of("/proc/meminfo", "MemTotal:%s*(%d+)")
  say("machine: %s, %d cores, %s, %s", model, CORES,
    memory and ("%.0f GB"):format(memory / 1048576) or "?",
    output_of("uname -sm"))
  say("instruction sets: %s; full validation is on", table.concat(sets, " "))
  say("who: %s; %s; %s; %s", output_of(LUA .. " -v 2>&1"):match("^%S+ %S+"),
    output_of("luajit -v 2>&1"):match("^%S+ %S+") or "no luajit",
    peers.duckdb or "no duckdb", peers.polars or "no polars")
  say("load before the start: %s", field_of("/proc/loadavg", "^%S+ %S+ %S+")
    or "?")
  say("whole processes, from the file to CSV; warm page cache; runs in turn,"
    .. " medians of %d; x: that of urna's on as many threads", RUNS)
end

-- What every figure holds besides the work: a process that does nothing.
local function report_starts(peers)
  local list = { { "urna", { LUA, "bin/urna", "--version" } } }
  for _, name in ipairs { "duckdb", "polars" } do
    if peers[name] then
      list[#list + 1] = { name, { PYTHON, "-c", "import " .. name } }
    end
  end
  for i, one in ipairs(list) do
    local entry = { runs = {}, words = one[2], unchecked = true,
      threads = 1 }
    for _ = 1, RUNS do run_once(entry) end
    list[i] = entry.wrong and one[1] .. " ?"
      or ("%s %.3f s"):format(one[1], median(entry.runs, "wall"))
  end
  say("to start and do nothing, in every figure below: %s",
    table.concat(list, ", "))
end

-- Read into the page cache, and packed where it is asked for.
local function prepare(task)
  local input = make_input(task.kind,
    task.rows or task.kind == "wide" and WIDE_ROWS or ROWS)
  task.path, task.path_plain = input.path, input.path
  task.rows, task.bytes = input.rows, input.bytes
  task.groups, task.quoted = input.groups, input.quoted
  local packed = input.path .. ".gz"
  if task.gz and not exists(packed) then
    assert(succeeds(("gzip -1 -c %s >%s.new && mv %s.new %s"):format(
      quote(input.path), quote(packed), quote(packed), quote(packed))))
  end
  succeeds("cat " .. quote(input.path) .. (task.gz and " " .. quote(packed)
    or "") .. " >/dev/null")
end

local function smoke_report(list, task)
  local wrong = 0
  for _, entry in ipairs(list) do
    if entry.wrong then
      wrong = wrong + 1
      say("WRONG: %s, %s, %d threads", task.name, entry.name, entry.threads)
    end
  end
  return #list - wrong, wrong
end

local function main()
  assert(succeeds("mkdir -p " .. quote(DATA)))
  local sets = instruction_sets()
  assert(#sets > 0, "urna is not built for " .. LUA .. ": run make")
  local peers = smoke and {} or find_peers()
  if not smoke then
    describe(sets, peers)
    report_starts(peers)
  end
  local done, passed, failed = {}, 0, 0
  for _, task in ipairs(TASKS) do
    if not next(chosen) or chosen[task.name] then
      if smoke and task.rows then task.rows = 1000 end
      prepare(task)
      local list = {}
      add_urna(list, task, sets)
      add_peers(list, task, peers)
      run_all(list, task)
      local right, wrong = smoke_report(list, task)
      passed, failed = passed + right, failed + wrong
      if not smoke then
        sum_up(list)
        task.list, done[task.name] = list, task
        report(task, list)
      end
    end
  end
  if not smoke then report_goals(done) end
  say("\nanswers: %d passed, %d failed", passed, failed)
  os.remove(DATA .. "/out")
  os.exit(failed == 0 and 0 or 1)
end

main()
