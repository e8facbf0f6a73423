local shell = require "shell"

--- Who answers a task: urna in its ways, and its peers.
---
--- An entry: `words`, the command, in which @OUT is the file for its answer
--- (else that is its standard output); `env` before it; `threads`; `query`,
--- the mark that ends its query, where it names one; `like`, whose time "x"
--- compares with; `expect` in place of the question's; `status` that it is to
--- exit with; `fails`: the records that fail the check are told there;
--- `ranks`: it also tells what is in its store of ballots; `unchecked`: it has
--- no answer.
local contenders = {}

local VENV = "bench/.venv"
local PYTHON = VENV .. "/bin/python"
contenders.PYTHON = PYTHON

local function add(list, name, threads, words, extra)
  local entry = { name = name, threads = threads, words = words, runs = {} }
  for key, value in pairs(extra or {}) do entry[key] = value end
  list[#list + 1] = entry
end

-- ---- urna ----

local function command(task, lua, threads, path)
  local ask = task.ask
  local words = { lua, "bin/urna", "tally", path or task.path, "--threads",
    tostring(threads) }
  local function option(name, value)
    words[#words + 1], words[#words + 2] = name, value
  end
  if not ask.is_ranked then
    option("--by", ask.by)
    option("--sum", ask.sums)
  end
  if ask.check then option("--check", ask.check) end
  return words
end

-- The command says each failed record on standard error, and exits with 1.
local function command_extra(task, extra)
  extra = extra or {}
  if task.ask.check then
    extra.status, extra.fails = 1, "stderr"
  end
  return extra
end

local function call(task, bench, threads, mode)
  local ask = task.ask
  local words = { bench.lua, "bench/call.lua", task.path, "@OUT",
    "threads=" .. threads, "mode=" .. mode }
  if not ask.is_ranked then
    words[#words + 1], words[#words + 2] = "by=" .. ask.by, "sum=" .. ask.sums
  elseif bench.smoke then
    words[#words + 1] = "ranks=all"
  end
  if ask.check then words[#words + 1] = "check=" .. ask.check end
  return words
end

local function add_calls(list, task, bench)
  local extra = { fails = task.ask.check and "file",
    ranks = task.ask.is_ranked }
  local function add_call(mode, threads)
    extra.query = mode
    add(list, "urna.tally, " .. mode, threads,
      call(task, bench, threads, mode), extra)
  end
  for threads = 1, 2 do
    if not task.ask.is_ranked then add_call("columns", threads) end
  end
  add_call("groups", 1)
  if task.ask.is_ranked then add_call("groups", 2) end
end

local ONCE = [[
local urna = require "urna"
local found = assert(urna.tally(%q, { by = "municipality", sum = { "%s" } }))
%s]]

local TOTALS = [[
print("column,total")
for _, name in ipairs(found.sums) do
  print(name .. "," .. found:total_string(name))
end]]

-- All from nothing, as one types it: lua -e.
local function add_once(list, task, bench)
  local env = "LUA_PATH=" .. shell.quote("./lua/?.lua;;")
    .. " LUA_CPATH=" .. shell.quote(("build/%s/?.so;;"):format(bench.abi))
  local sums = task.ask.sums:gsub(",", "\", \"")
  local function add_one(name, rest, expect)
    add(list, bench.lua .. " -e, " .. name, 1, { bench.lua, "-e",
      ONCE:format(task.path, sums, rest) }, { env = env, expect = expect,
      once = name })
  end
  add_one("totals", TOTALS, ".total.expect")
  add_one("all groups", "io.write(found:csv())", nil)
end

local function add_packed(list, task, bench)
  for _, ending in ipairs { ".gz", ".zst" } do
    if shell.exists(task.path .. ending) then
      for threads = 1, 2 do
        add(list, "urna, " .. ending, threads,
          command(task, bench.lua, threads, task.path .. ending),
          { like = "urna, " .. ending })
      end
    end
  end
end

local function add_urna(list, task, bench)
  for threads = 1, 2 do
    add(list, "urna", threads, command(task, bench.lua, threads),
      command_extra(task))
  end
  if task.packed then return add_packed(list, task, bench) end
  add_calls(list, task, bench)
  if task.once then add_once(list, task, bench) end
  if bench.has_luajit and not task.few then
    add(list, "urna, LuaJIT", 1, command(task, "luajit", 1),
      command_extra(task))
  end
  for _, set in ipairs(task.isa and bench.sets or {}) do
    add(list, "urna, " .. set, 1, command(task, bench.lua, 1),
      command_extra(task, { env = "URNA_ISA=" .. set }))
  end
end

-- ---- peers ----

local function python(task, name, threads, mode, path)
  local ask = task.ask
  return { PYTHON, "bench/peers/" .. name .. ".py", path or task.path, "@OUT",
    tostring(threads), ask.is_ranked and "rank1" or ask.by,
    ask.is_ranked and "" or ask.sums, mode, ask.check and "check" or nil }
end

-- DuckDB twice where its groups are many: writing them as they come, and
-- keeping them as a table first, whose making is the query.
local function add_databases(list, task, peers)
  local fails = task.ask.check and "file" or nil
  for threads = 1, 2 do
    if peers.duckdb and task.ask.has_many then
      add(list, "duckdb", threads, python(task, "duckdb", threads, "copy"))
      add(list, "duckdb, query", threads,
        python(task, "duckdb", threads, "query"), { query = "columns" })
    elseif peers.duckdb then
      add(list, task.ask.is_ranked and "duckdb, rank1 only" or "duckdb",
        threads, python(task, "duckdb", threads, "query"),
        { query = "columns", fails = fails })
    end
    if peers.polars and not task.ask.is_ranked then
      add(list, "polars", threads, python(task, "polars", threads, "query"),
        { query = "columns", fails = fails })
    end
  end
end

local UNPACK = { [".gz"] = "gzip", [".zst"] = "zstd" }

local function add_unpackers(list, task, peers)
  for _, ending in ipairs { ".gz", ".zst" } do
    local path, ours = task.path .. ending, "urna, " .. ending
    if shell.exists(path) then
      add(list, UNPACK[ending] .. " -dc alone", 1, { UNPACK[ending], "-dc",
        path }, { unchecked = true, like = ours })
      for threads = 1, peers.duckdb and 2 or 0 do
        add(list, "duckdb, " .. ending, threads,
          python(task, "duckdb", threads, "copy", path), { like = ours })
      end
    end
  end
end

local function add_loops(list, task, peers)
  local ask = task.ask
  local script = ask.is_ranked and "ranked" or "loop"
  if ask.is_long and peers.luajit then
    add(list, "luajit, FFI bytes", 1,
      { "luajit", "bench/peers/bytes.lua", task.path, "@OUT" })
  end
  for _, lua in ipairs { "luajit", "lua5.4" } do
    if peers[lua] then
      add(list, lua .. ", lines", 1, { lua, "bench/peers/" .. script .. ".lua",
        task.path, "@OUT", "1", ask.by, ask.sums })
    end
  end
  if peers.mawk then
    add(list, "mawk", 1, { "mawk", "-v", "BY=" .. ask.by, "-v", "SUMS="
      .. ask.sums, "-f", ask.is_ranked and "bench/peers/ranked.awk"
      or "bench/peers/tally.awk", task.path })
  end
end

--- All who answer a task, in the order of the report.
---@return table[]
function contenders.of(task, bench)
  local list = {}
  add_urna(list, task, bench)
  if task.packed then
    add_unpackers(list, task, bench.peers)
    return list
  end
  add_databases(list, task, bench.peers)
  if not task.few then add_loops(list, task, bench.peers) end
  return list
end

local function python_version(name)
  local version = shell.output_of(("%s -c 'import %s; print(%s.__version__)' "
    .. "2>/dev/null"):format(PYTHON, name, name))
  return version ~= "" and name .. " " .. version or nil
end

--- The peers that are here, with their versions; what PyPI has is installed
--- into a virtual environment, but not for a smoke run.
function contenders.find(bench)
  local peers = {}
  for _, name in ipairs { "luajit", "lua5.4", "mawk", "zstd" } do
    peers[name] = shell.has(name)
    if not peers[name] then shell.tell("skipped: %s (not installed)", name) end
  end
  if not bench.smoke and not shell.exists(PYTHON) then
    shell.succeeds("python3 -m venv " .. VENV .. " >/dev/null 2>&1")
  end
  for _, name in ipairs { "duckdb", "polars" } do
    if not bench.smoke and not python_version(name) then
      shell.succeeds(("%s -m pip install -q --retries 0 --timeout 15 %s "
        .. ">/dev/null 2>&1"):format(PYTHON, name))
    end
    peers[name] = python_version(name)
    if not peers[name] then shell.tell("skipped: %s (not installed)", name) end
  end
  return peers
end

return contenders
