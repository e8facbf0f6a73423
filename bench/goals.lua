local report = require "report"

--- What was wished for, and what came of it.
local goals = {}

-- ---- how a goal is measured: of whole processes, or of the queries ----

-- The field of a figure: of the process, or of the query inside of it.
local FIELD = {
  whole = { wall = "wall", cpu = "cpu" },
  query = { wall = "query", cpu = "query_cpu" },
}

local function ours(task, part, threads)
  if part == "whole" then return report.entry(task.entries, "urna", threads) end
  local mode = task.ask.is_ranked and "groups" or "columns"
  return report.entry(task.entries, "urna.tally, " .. mode, threads)
end

local function duckdb(task, part, threads)
  return part == "query"
    and report.entry(task.entries, "duckdb, query", threads)
    or report.entry(task.entries, "duckdb", threads)
end

local function rate(unit, scale)
  return function(task, part)
    local entry = ours(task, part, 1)
    return entry and task[unit] / entry[FIELD[part].wall] / scale
  end
end

local function against_duckdb(quantity, threads)
  return function(task, part)
    local a, b = ours(task, part, threads), duckdb(task, part, threads)
    local field = FIELD[part][quantity]
    return a and b and a[field] > 0 and b[field] / a[field]
  end
end

local function gain(task, part)
  local one, two = ours(task, part, 1), ours(task, part, 2)
  local field = FIELD[part].wall
  return one and two and one[field] / two[field]
end

local function peak(task, part)
  local entry = ours(task, part, 1)
  return entry and entry.peak
end

-- Against a tool that unpacks to nowhere; there is no query in it.
local function unpacking(ending, tool, threads)
  return function(task, part)
    if part ~= "whole" then return nil end
    local entry = report.entry(task.entries, "urna, " .. ending, threads)
    local alone = report.entry(task.entries, tool .. " -dc alone", 1)
    return entry and alone and entry.wall / alone.wall
  end
end

local function once(name)
  return function(task, part)
    for _, entry in ipairs(part == "whole" and task.entries or {}) do
      if entry.once == name and entry.wall then return 1000 * entry.wall end
    end
  end
end

-- { input, what, goal, figure(task, part) }; at most, where 'most' is set;
-- 'rows': that the goal speaks of, where the size decides.
local M = 1000000
local LIST = {
  { "station", "GB/s, 1 thread", 5, rate("bytes", 1e9), rows = 50 * M },
  { "station", "x DuckDB, wall, 1 thread", 25, against_duckdb("wall", 1),
    rows = 50 * M },
  { "station", "x DuckDB, wall, 2 threads", 25, against_duckdb("wall", 2),
    rows = 50 * M },
  { "station", "x on 2 threads as on 1", 1.7, gain, rows = 50 * M },
  { "station", "MB at the peak", 150, peak, most = true, rows = 50 * M },
  { "packed", ".gz, 1 thread, x gzip -dc", 1.1, unpacking(".gz", "gzip", 1),
    most = true },
  { "packed", ".gz, 2 threads, x gzip -dc", 1.1, unpacking(".gz", "gzip", 2),
    most = true },
  { "packed", ".zst, 1 thread, x zstd -dc", 1.1, unpacking(".zst", "zstd", 1),
    most = true },
  { "packed", ".zst, 2 threads, x zstd -dc", 1.1, unpacking(".zst", "zstd", 2),
    most = true },
  { "votes", "M rows/s, 1 thread", 80, rate("rows", M) },
  { "shuffled", "M rows/s, 1 thread", 38, rate("rows", M) },
  { "shuffled", "x DuckDB, wall, 1 thread", 12, against_duckdb("wall", 1) },
  { "shuffled", "x DuckDB, wall, 2 threads", 12, against_duckdb("wall", 2) },
  { "wide", "GB/s, 1 thread", 1.2, rate("bytes", 1e9) },
  { "wide", "x DuckDB, CPU, 1 thread", 12, against_duckdb("cpu", 1) },
  { "checked", "GB/s, 1 thread", 1.2, rate("bytes", 1e9) },
  { "checked", "x DuckDB, CPU, 1 thread", 12, against_duckdb("cpu", 1) },
  { "start", "ms, lua -e, tally and totals", 25, once("totals"), most = true },
  { "start", "ms, lua -e, all groups as CSV", 25, once("all groups"),
    most = true },
  { "ranked", "M ballots/s, 1 thread", 15, rate("rows", M), rows = 5 * M },
}

-- ---- what is printed ----

local function has_wrong(task)
  for _, entry in ipairs(task.entries) do
    if entry.wrong then return true end
  end
  return false
end

-- A goal is decided by an input of its own size alone.
local function verdict(goal, task, part)
  local value = goal[4](task, part)
  if not value then return has_wrong(task) and "no figure" or "-" end
  if goal.rows and goal.rows ~= task.rows then
    return ("%.3g, undecided"):format(value)
  end
  local is_met = goal.most and value <= goal[3] or not goal.most
    and value >= goal[3]
  if is_met then return ("reached: %.3g"):format(value) end
  return ("not reached: %.3g of %g"):format(value, goal[3])
end

local function row_of(goal, task)
  local sign = goal.most and "<= " or ">= "
  local rows = ("%g M"):format(task.rows / M)
  if goal.rows and goal.rows ~= task.rows then
    rows = ("%s, not %g M"):format(rows, goal.rows / M)
  end
  return { task.name, rows, goal[2], ("%s%g"):format(sign, goal[3]),
    verdict(goal, task, "whole"), verdict(goal, task, "query") }
end

local function count_disturbed(tasks)
  local disturbed, count = 0, 0
  for _, task in ipairs(tasks) do
    for _, entry in ipairs(task.entries) do
      count = count + 1
      if entry.others and entry.others > 0.1 then disturbed = disturbed + 1 end
    end
  end
  return disturbed, count
end

--- A table of all goals that the tasks speak of. A goal of an input is put to
--- the same input with few groups, too.
---@param tasks table[] that were run
function goals.report(tasks)
  local done, rows = {}, { { "input", "rows", "what", "goal", "whole process",
    "query alone" } }
  for _, task in ipairs(tasks) do done[task.name] = task end
  for _, goal in ipairs(LIST) do
    for _, suffix in ipairs { "", "-party" } do
      local task = done[goal[1] .. suffix]
      if task then rows[#rows + 1] = row_of(goal, task) end
    end
  end
  print("\n#### goals\n")
  report.print_table(rows, 6)
  local disturbed, count = count_disturbed(tasks)
  if disturbed > 0 then
    print(("\nOthers had more than a tenth of a core beside %d of %d programs: "
      .. "a quiet machine decides."):format(disturbed, count))
  end
end

return goals
