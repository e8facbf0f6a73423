-- A tally of standard input, in a process of its own: prints its groups.
-- usage: piped.lua ISA CHUNK THREADS
package.path = "./lua/?.lua;./?.lua;" .. package.path
package.cpath = ("./build/%s/?.so;"):format(rawget(_G, "jit") and "5.1"
  or _VERSION:match("%d+%.%d+")) .. package.cpath

local shown = require "spec.tally.shown"
local urna = require "urna"

io.write(shown(assert(urna.tally("-", { by = { "municipality", "party" },
  isa = arg[1], chunk = tonumber(arg[2]), threads = tonumber(arg[3]) }))))
