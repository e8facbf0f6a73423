-- urna.tally from Lua, without the command: call.lua FILE OUT THREADS BY SUMS
local root = arg[0]:match("^(.*)bench/") or "./"
local abi = rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
package.path = root .. "lua/?.lua;" .. package.path
package.cpath = root .. "build/" .. abi .. "/?.so;" .. package.cpath

local function list(text)
  local names = {}
  for name in text:gmatch("[^,]+") do names[#names + 1] = name end
  return names
end

local urna = require "urna"
local by, sums = list(arg[4]), list(arg[5])
local found = assert(urna.tally(arg[1], { by = by, sum = sums,
  threads = tonumber(arg[3]) }))

local function quote(name)
  if not name:find("[\",]") then return name end
  return "\"" .. name:gsub("\"", "\"\"") .. "\""
end

local out = assert(io.open(arg[2], "wb"))
out:write(arg[4], ",", arg[5], "\n")
for _, group in ipairs(found.groups) do
  for _, key in ipairs(group.keys) do out:write(quote(key), ",") end
  for i, name in ipairs(sums) do
    out:write(i > 1 and "," or "", found:digits(group, name))
  end
  out:write("\n")
end
assert(out:close())
