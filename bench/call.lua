-- urna.tally from Lua, without the command: call.lua FILE OUT NAME=VALUE ...
--
-- by, sum, threads and check are options of urna.tally; without "by" the file
-- is one of ranked ballots. mode=columns ends the query when the sums of all
-- groups exist in columns, mode=groups when each group is a table. Then OUT
-- gets the groups as CSV; OUT.failed the records that fail the check, a line
-- "station,left,right" for each; OUT.ranks what the store of ballots holds, a
-- line "rank,candidate,papers" for each, of rank 1 alone if not ranks=all.
local root = arg[0]:match("^(.*)bench/") or "./"
local abi = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
package.path = root .. "lua/?.lua;" .. package.path
package.cpath = root .. "build/" .. abi .. "/?.so;" .. package.cpath

-- A moment, for measure.py.
local function mark(name)
  local path = os.getenv("MARKS")
  local file = path and assert(io.open(path, "w"))
  if not file then return end
  file:write(name, "\n")
  file:close()
end

local function list(text)
  local names = {}
  for name in text:gmatch("[^,]+") do names[#names + 1] = name end
  return names
end

local function options_of(words)
  local found = {}
  for i = 3, #words do
    local name, value = words[i]:match("^(%w+)=(.*)$")
    found[name] = value
  end
  return found
end

local function quote(name)
  if not name:find("[\",]") then return name end
  return "\"" .. name:gsub("\"", "\"\"") .. "\""
end

local function write_groups(found, sums, out)
  for _, group in ipairs(found.groups) do
    for _, key in ipairs(group.keys) do out:write(quote(key), ",") end
    for i, name in ipairs(sums) do
      out:write(i > 1 and "," or "", found:digits(group, name))
    end
    out:write("\n")
  end
end

-- Station 0 stands on line 2.
local function write_failed(check, path)
  local out = assert(io.open(path, "wb"))
  for _, record in ipairs(check.records) do
    out:write(("%07d,%d,%d\n"):format(record.line - 2, record.left,
      record.right))
  end
  assert(out:close())
end

-- Papers by rank and candidate, read back from the store one by one.
local function counted(ballots)
  local counts = {}
  for weight, preferences in ballots:each() do
    for rank, name in ipairs(preferences) do
      local key = ("%d,%s"):format(rank, name)
      counts[key] = (counts[key] or 0) + weight
    end
  end
  return counts
end

local function write_ranks(ballots, ranks, path)
  local out = assert(io.open(path, "wb"))
  if ranks == "all" then
    for key, count in pairs(counted(ballots)) do
      out:write(("%s,%d\n"):format(key, count))
    end
  else
    for _, row in ipairs((ballots:first_preferences())) do
      out:write(("1,%s,%d\n"):format(row.candidate, row.votes))
    end
  end
  assert(out:close())
end

local function tally_ranked(urna, options, out)
  local found = assert(urna.tally(arg[1], { threads = options.threads }))
  local groups = found.groups
  mark("groups")
  out:write("candidate,votes\n")
  for _, group in ipairs(groups) do
    out:write(("%s,%d\n"):format(group.key, group.fields.votes))
  end
  write_ranks(found.ballots, options.ranks, arg[2] .. ".ranks")
end

local function tally_columns(urna, options, out)
  local sums = list(options.sum)
  local found = assert(urna.tally(arg[1], { by = list(options.by), sum = sums,
    threads = options.threads, check = options.check }))
  found:total_string() -- groups put in order, their sums in columns
  mark("columns")
  if options.mode == "groups" and found.groups then
    mark("groups")
    out:write(options.by, ",", options.sum, "\n")
    write_groups(found, sums, out)
  else
    found:write_csv(function(piece) out:write(piece) end)
  end
  if options.check then write_failed(found.checks[1], arg[2] .. ".failed") end
end

local urna = require "urna"
local options = options_of(arg)
options.threads = tonumber(options.threads)
local out = assert(io.open(arg[2], "wb"))
mark("begin")
local tally = options.by and tally_columns or tally_ranked
tally(urna, options, out)
assert(out:close())
