local shell = require "shell"

--- What is asked of which input.
---
--- A question: `by` and `sums` as urna.tally takes them, `check`, `expect`,
--- the ending of the file with the expected totals, and `groups` where they
--- are not all that the generator has made. A task: a question to one `kind`
--- of input; `few`: only the fastest peers, for the slow ones take as long as
--- for the other question; `isa`: each instruction set by itself.
local tasks = {}

local VERSION = 2 -- of the generator: its old inputs are not taken for new ones

local function wide_sums()
  local names = { "registered_voters", "ballots_received", "ballots_in_box",
    "valid_ballots", "invalid_ballots" }
  for j = 1, 18 do names[#names + 1] = ("list_%d"):format(j) end
  return table.concat(names, ",")
end

local LONG = { by = "municipality,party", sums = "votes", expect = ".expect",
  is_long = true, has_many = true }
local PARTY = { by = "party", sums = "votes", expect = ".party.expect",
  is_long = true, groups = 50 }
local WIDE = { by = "municipality", sums = wide_sums(), expect = ".expect" }
local CHECKED = { by = WIDE.by, sums = WIDE.sums, expect = ".expect",
  check = "valid_ballots = sum(lists)" }
local RANKED = { by = "candidate", sums = "votes", expect = ".expect",
  is_ranked = true }

tasks.list = {
  { name = "station", kind = "station", ask = LONG,
    title = "long, rows by station" },
  { name = "station-party", kind = "station", ask = PARTY, few = true,
    isa = true, title = "long, rows by station, few groups" },
  { name = "packed", kind = "station", ask = LONG, packed = true,
    title = "the same file as .gz and .zst" },
  { name = "packed-party", kind = "station", ask = PARTY, packed = true,
    title = "the same files, few groups" },
  { name = "votes", kind = "votes", ask = LONG,
    title = "long, parties of a station by falling votes" },
  { name = "votes-party", kind = "votes", ask = PARTY, few = true, isa = true,
    title = "long, by falling votes, few groups" },
  { name = "shuffled", kind = "shuffled", ask = LONG,
    title = "long, rows in any order" },
  { name = "shuffled-party", kind = "shuffled", ask = PARTY, few = true,
    isa = true, title = "long, in any order, few groups" },
  { name = "wide", kind = "wide", ask = WIDE, isa = true,
    title = "wide, 25 columns" },
  { name = "checked", kind = "wide", ask = CHECKED, few = true,
    title = "the same with a check of every record" },
  { name = "start", kind = "wide", ask = WIDE, rows = 108000, few = true,
    once = true, title = "wide, a file of real size" },
  { name = "ranked", kind = "ranked", ask = RANKED,
    title = "ranked ballots, 20 ranks" },
}

-- Long rows as asked for; the others are no more than their goals speak of.
local function rows_of(task, bench)
  if bench.smoke and task.rows then return 1000 end
  if task.rows then return task.rows end
  if task.kind == "wide" then
    return math.min(2000000, math.ceil(bench.rows / 5))
  elseif task.kind == "ranked" then
    return math.min(5000000, math.ceil(bench.rows / 2))
  end
  return bench.rows
end

local function make_input(bench, kind, rows)
  local path = ("%s/%s-%d.v%d.csv"):format(bench.data, kind, rows, VERSION)
  local facts = path .. ".facts"
  if not shell.exists(facts) then
    if not bench.smoke then shell.tell("making %s", path) end
    local lua = shell.has("luajit") and "luajit" or bench.lua
    assert(shell.succeeds(("%s bench/generate.lua %s %d %s >%s.new"):format(
      lua, kind, rows, shell.quote(path), shell.quote(facts))),
      "the generator failed")
    assert(os.rename(facts .. ".new", facts))
  end
  return path, facts
end

-- As the tools pack when nothing else is said.
local function pack(path)
  for ending, tool in pairs { [".gz"] = "gzip -c", [".zst"] = "zstd -q -c" } do
    local packed = shell.quote(path .. ending)
    if shell.has(tool:match("%S+")) and not shell.exists(path .. ending) then
      assert(shell.succeeds(("%s %s >%s.new && mv %s.new %s"):format(tool,
        shell.quote(path), packed, packed, packed)), tool .. " failed")
    end
  end
end

--- Make a task's input where it is not there yet, and read it, so that it is
--- in the page cache.
function tasks.prepare(task, bench)
  local path, facts = make_input(bench, task.kind, rows_of(task, bench))
  local rows, bytes, groups, share =
    shell.read(facts):match("(%d+)\t(%d+)\t(%d+)\t([%d.]+)")
  task.path, task.quoted = path, share
  task.rows, task.bytes = tonumber(rows), tonumber(bytes)
  task.groups = task.ask.groups or tonumber(groups)
  if task.packed then pack(path) end
  shell.succeeds("cat " .. shell.quote(path) .. (task.packed
    and (" %s.gz %s.zst"):format(shell.quote(path), shell.quote(path)) or "")
    .. " >/dev/null 2>&1")
end

--- The tasks of these names, all if there are none.
---@return table[]
function tasks.chosen(names)
  if #names == 0 then return tasks.list end
  local by_name, found = {}, {}
  for _, task in ipairs(tasks.list) do by_name[task.name] = task end
  for i, name in ipairs(names) do
    found[i] = by_name[name]
    if not found[i] then error("no input is called " .. name, 0) end
  end
  return found
end

return tasks
