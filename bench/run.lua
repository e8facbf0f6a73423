-- run.lua - makes the inputs, runs urna and its peers in turn, checks every
-- answer, prints the figures. Started by bench/tally; see bench/README.md.

package.path = "bench/?.lua;" .. package.path

local contenders = require "contenders"
local goals = require "goals"
local report = require "report"
local shell = require "shell"
local tasks = require "tasks"
local trial = require "trial"

local USAGE = [=[
usage: bench/tally [--only NAME[,NAME ...]] [--rows N] [--runs N] [--markdown]
                   [--wait N] [--smoke]

  --only      these inputs: %s
  --rows      of the long inputs, 10000000 if not said; wide ones have a fifth,
              ranked ones half of it, at most 2 and 5 million
  --runs      of which the median is taken; 5 if not said
  --wait      seconds in all to wait for others to leave the machine; 600
  --markdown  with a heading, to be appended to bench/README.md
  --smoke     small inputs, answers only, no times
]=]

local function usage(message)
  local names = {}
  for i, task in ipairs(tasks.list) do names[i] = task.name end
  io.stderr:write(message and message .. "\n" or "",
    USAGE:format(table.concat(names, " ")))
  os.exit(message and 2 or 0)
end

local function split(text)
  local names = {}
  for name in text:gmatch("[^,]+") do names[#names + 1] = name end
  return names
end

local function whole(text, name, least)
  local value = tonumber(text or "")
  if not value or value < least or value % 1 ~= 0 then
    usage(("%s takes a whole number from %d"):format(name, least))
  end
  return value
end

local READ = {
  ["--only"] = function(bench, text)
    bench.only = split(text or usage("--only takes names"))
  end,
  ["--rows"] = function(bench, text) bench.rows = whole(text, "--rows", 1) end,
  ["--runs"] = function(bench, text) bench.runs = whole(text, "--runs", 1) end,
  ["--wait"] = function(bench, text) bench.wait = whole(text, "--wait", 0) end,
}

local FLAGS = { ["--smoke"] = "smoke", ["--markdown"] = "markdown" }

local function read_words(words)
  local bench, i = { only = {}, runs = 5, wait = 600 }, 1
  while i <= #words do
    local word = words[i]
    if READ[word] then
      i = i + 1
      READ[word](bench, words[i])
    elseif FLAGS[word] then
      bench[FLAGS[word]] = true
    else
      usage(word ~= "--help" and "unknown: " .. word or nil)
    end
    i = i + 1
  end
  bench.rows = bench.rows or bench.smoke and 20000 or 10000000
  return bench
end

-- What the Lua that runs urna says of it.
local function ask_core(bench)
  local code = "local abi = jit and '5.1' or _VERSION:match('%d+%.%d+') "
    .. "package.cpath = './build/' .. abi .. '/?.so' "
    .. "print(abi, table.concat(require('urna.core').instruction_sets(), ' '))"
  local abi, sets = shell.output_of(("%s -e %s"):format(bench.lua,
    shell.quote(code))):match("^(%S+)\t(.*)$")
  assert(abi, "urna is not built for " .. bench.lua .. ": run make")
  bench.abi, bench.sets = abi, {}
  for set in sets:gmatch("%S+") do bench.sets[#bench.sets + 1] = set end
end

local function set_up(words)
  local bench = read_words(words)
  bench.lua = os.getenv("LUA") or "lua5.4"
  bench.data = os.getenv("DATA") or "bench/.data"
  bench.out, bench.err, bench.took = bench.data .. "/out",
    bench.data .. "/err", bench.data .. "/took"
  bench.cores = tonumber(shell.output_of("getconf _NPROCESSORS_ONLN"))
  assert(shell.succeeds("mkdir -p " .. shell.quote(bench.data)))
  ask_core(bench)
  bench.peers = contenders.find(bench)
  bench.has_luajit = bench.peers.luajit
    and shell.exists("build/5.1/urna/core.so")
  return bench
end

local function run_task(task, bench)
  tasks.prepare(task, bench)
  task.entries = contenders.of(task, bench)
  trial.run(task.entries, task, bench)
  if not bench.smoke then report.task(task, bench) end
end

-- Answers that are right, and that are not, each named.
local function count_answers(list)
  local right, wrong = 0, 0
  for _, task in ipairs(list) do
    for _, entry in ipairs(task.entries) do
      if entry.wrong then
        wrong = wrong + 1
        shell.say("%s: %s, %s, %d threads", entry.wrong, task.name, entry.name,
          entry.threads)
      elseif not entry.unchecked then
        right = right + 1
      end
    end
  end
  return right, wrong
end

local function main()
  local bench = set_up(arg)
  local is_known, list = pcall(tasks.chosen, bench.only)
  if not is_known then usage(list) end
  if not bench.smoke then report.head(bench, trial.starts(bench)) end
  for _, task in ipairs(list) do run_task(task, bench) end
  if not bench.smoke then goals.report(list) end
  shell.say("")
  local right, wrong = count_answers(list)
  shell.say("answers: %d passed, %d failed", right, wrong)
  os.exit(wrong == 0 and 0 or 1)
end

main()
