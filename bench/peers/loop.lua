-- The loop that a Lua user writes: loop.lua FILE OUT THREADS BY SUMS
--
-- Lines and patterns, quotes read only where a line has one. Names stay in
-- the spelling of the file, for it quotes no name needlessly.

local path, out, by, sums = arg[1], arg[2], arg[4], arg[5]

local function split(line)
  local fields, at = {}, 1
  while at <= #line + 1 do
    local stop
    if line:sub(at, at) == "\"" then
      stop = at + 1
      while true do
        stop = line:find("\"", stop, true)
        if line:sub(stop + 1, stop + 1) ~= "\"" then break end
        stop = stop + 2
      end
      stop = stop + 1
    else
      stop = line:find(",", at, true) or #line + 1
    end
    fields[#fields + 1] = line:sub(at, stop - 1)
    at = stop + 1
  end
  return fields
end

local function read_long(next_line)
  local groups = {}
  for line in next_line do
    local municipality, party, votes =
      line:match("^[^,\"]*,([^,\"]*),([^,\"]*),(%d+)$")
    if not municipality then
      local fields = split(line)
      municipality, party, votes = fields[2], fields[3], fields[4]
    end
    local group = groups[municipality]
    if not group then
      group = {}
      groups[municipality] = group
    end
    group[party] = (group[party] or 0) + tonumber(votes)
  end
  return groups
end

local function read_wide(next_line, width)
  local groups = {}
  for line in next_line do
    local municipality = line:match("^[^,\"]*,") or line:match("^\".-[^\"]\",")
    local group = groups[municipality]
    if not group then
      group = {}
      for i = 1, width do group[i] = 0 end
      groups[municipality] = group
    end
    local i = -1 -- the station is no count
    for count in line:sub(#municipality):gmatch(",(%d+)") do
      i = i + 1
      if i > 0 then group[i] = group[i] + tonumber(count) end
    end
  end
  return groups
end

local function long_lines(groups, write)
  for municipality, group in pairs(groups) do
    for party, votes in pairs(group) do
      write(("%s,%s,%d\n"):format(municipality, party, votes))
    end
  end
end

local function wide_lines(groups, write)
  for municipality, group in pairs(groups) do
    for i, sum in ipairs(group) do group[i] = ("%d"):format(sum) end
    write(municipality .. table.concat(group, ",") .. "\n")
  end
end

local _, commas = sums:gsub(",", "")
local next_line = io.lines(path)
next_line() -- the headings
local file = assert(io.open(out, "wb"))
local function write(text) file:write(text) end
write(by .. "," .. sums .. "\n")
if commas > 0 then
  wide_lines(read_wide(next_line, commas + 1), write)
else
  long_lines(read_long(next_line), write)
end
file:close()
