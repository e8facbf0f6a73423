local shell = require "shell"

--- What is printed: the machine, and a Markdown table for each input.
local report = {}

local say = shell.say

--- The entry of this name and number of threads that has figures.
---@return table?
function report.entry(list, name, threads)
  for _, entry in ipairs(list) do
    if entry.name == name and entry.threads == threads and entry.wall then
      return entry
    end
  end
end

-- Letters, not bytes.
local function width_of(text)
  local _, more = text:gsub("[\128-\191]", "")
  return #text - more
end

--- A Markdown table with its columns in line; the first 'texts' to the left.
function report.print_table(rows, texts)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do
      widths[i] = math.max(widths[i] or 0, width_of(cell))
    end
  end
  for number, row in ipairs(rows) do
    local cells, rule = {}, {}
    for i, cell in ipairs(row) do
      local gap = (" "):rep(widths[i] - width_of(cell))
      cells[i] = i <= texts and cell .. gap or gap .. cell
      rule[i] = i <= texts and ("-"):rep(widths[i])
        or ("-"):rep(widths[i] - 1) .. ":"
    end
    say("| %s |", table.concat(cells, " | "))
    if number == 1 then say("| %s |", table.concat(rule, " | ")) end
  end
end

local HEAD = { "who", "threads", "wall s", "CPU s", "peak MB", "GB/s",
  "M rows/s", "x wall", "x CPU", "query s", "x query", "runs" }

local function number(form, value)
  return value and form:format(value) or ""
end

local function note_of(entry, bench)
  local note = #entry.runs == 1 and bench.runs > 1 and "1 (slow)"
    or tostring(#entry.runs)
  if entry.others > 0.1 then
    note = ("%s, others %.0f %%"):format(note, 100 * entry.others)
  end
  return note
end

-- Whose query that of an entry is compared with.
local function like_query(list, task, threads)
  local name = "urna.tally, " .. (task.ask.is_ranked and "groups" or "columns")
  return report.entry(list, name, threads)
end

local function row_of(entry, list, task, bench)
  local row = { entry.name, tostring(entry.threads) }
  if not entry.wall then
    row[3] = entry.wrong
    for i = 4, #HEAD do row[i] = "" end
    return row
  end
  local ours = report.entry(list, entry.like or "urna", entry.threads)
  local query = like_query(list, task, entry.threads)
  local cells = { number("%.3f", entry.wall), number("%.3f", entry.cpu),
    number("%.0f", entry.peak), number("%.2f", task.bytes / entry.wall / 1e9),
    number("%.1f", task.rows / entry.wall / 1e6),
    number("%.2f", ours and entry.wall / ours.wall),
    number("%.2f", ours and entry.cpu / ours.cpu),
    number("%.3f", entry.query),
    number("%.2f", entry.query and query and entry.query / query.query),
    note_of(entry, bench) }
  for i, cell in ipairs(cells) do row[i + 2] = cell end
  return row
end

local function asked(task)
  local ask = task.ask
  if ask.is_ranked then return "the ballots, and first preferences" end
  local sums = ask.sums:find(",") and "23 columns" or ask.sums
  local check = ask.check and (", check \"%s\""):format(ask.check) or ""
  return ("sum of %s by %s%s"):format(sums, ask.by, check)
end

--- One input with all who answered it.
function report.task(task, bench)
  local list = task.entries
  say("\n#### %s: %s\n", task.name, task.title)
  say("%d rows, %.1f MB; %s: %d groups; %s %% of the rows hold a quoted name\n",
    task.rows, task.bytes / 1e6, asked(task), task.groups, task.quoted)
  local rows = { HEAD }
  for _, entry in ipairs(list) do
    rows[#rows + 1] = row_of(entry, list, task, bench)
  end
  report.print_table(rows, 1)
  local one, two = report.entry(list, "urna", 1), report.entry(list, "urna", 2)
  if one and two then
    say("\nurna: 2 threads are %.2f times as fast as 1", one.wall / two.wall)
  end
end

-- ---- the machine ----

local function field_of(path, pattern)
  local file = io.open(path)
  local text = file and file:read("*a") or ""
  if file then file:close() end
  return text:match(pattern)
end

--- The machine in a line.
---@param bench { cores: integer }
function report.machine(bench)
  local model = field_of("/proc/cpuinfo", "model name%s*:%s*([^\n]+)")
    or shell.output_of("uname -m")
  local family = field_of("/proc/cpuinfo", "cpu family%s*:%s*(%d+)")
  local memory = field_of("/proc/meminfo", "MemTotal:%s*(%d+)")
  return ("%s%s, %d cores, %s, %s"):format(model,
    family and " (family " .. family .. ")" or "", bench.cores,
    memory and ("%.0f GB"):format(memory / 1048576) or "?",
    shell.output_of("uname -sm"))
end

--- The commit that is measured.
function report.commit()
  local name = shell.output_of("git rev-parse --short HEAD 2>/dev/null")
  local changed = shell.output_of("git status --porcelain src lua bin "
    .. "2>/dev/null")
  return name == "" and "?" or name .. (changed ~= "" and " and changes" or "")
end

--- What was measured, where, and with whom.
function report.head(bench, starts)
  local peers, fence = bench.peers, bench.markdown and "```" or nil
  if fence then
    say("\n### %s, %g M long rows\n\n%s", os.date("!%d %B %Y"),
      bench.rows / 1e6, fence)
  end
  say("machine: %s", report.machine(bench))
  say("urna: commit %s; instruction sets: %s; full validation is on",
    report.commit(), table.concat(bench.sets, " "))
  say("who: %s; %s; %s; %s",
    shell.output_of(bench.lua .. " -v 2>&1"):match("^%S+ %S+"),
    peers.luajit and shell.output_of("luajit -v 2>&1"):match("^%S+ %S+")
    or "no luajit", peers.duckdb or "no duckdb", peers.polars or "no polars")
  say("medians of %d interleaved runs, warm page cache", bench.runs)
  say("load before the start: %s", field_of("/proc/loadavg", "^%S+ %S+ %S+")
    or "?")
  say("to start and do nothing, in every wall s: %s",
    table.concat(starts, ", "))
  if fence then say(fence) end
end

return report
