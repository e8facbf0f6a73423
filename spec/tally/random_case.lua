local generator = require "spec.generator"

local NAMES = { "Niš", "Novi Sad", "", "NA", "A, B", "say \"hi\"", "x\ny",
  "p\r\nq", "Чачак", ("long "):rep(20), "007", "Užice" }

local function quoted(name)
  return "\"" .. name:gsub("\"", "\"\"") .. "\""
end

local function spelt(name, draw)
  if name:find("[,\"\r\n]") or draw(5) == 1 then return quoted(name) end
  return name
end

--- A random file, and the sums that it should give by "a/b".
---@param seed integer
---@return string text
---@return table<string, integer> sums
return function(seed)
  local random, sums, rows = generator(seed), {}, { "id,a,b,votes" }
  local function draw(most) return random(1, most) end
  local last = draw(#NAMES)
  for i = 1, 60 + draw(200) do
    if draw(4) == 1 then last = draw(#NAMES) end
    local a, b = NAMES[last], NAMES[draw(#NAMES)]
    local votes = draw(9) == 1 and 10000000 + draw(99999) or draw(300) - 1
    rows[#rows + 1] = ("%d,%s,%s,%s%d"):format(i, spelt(a, draw),
      spelt(b, draw), draw(9) == 1 and "00" or "", votes)
    local key = a .. "/" .. b
    sums[key] = (sums[key] or 0) + votes
  end
  return table.concat(rows, draw(2) == 1 and "\n" or "\r\n") .. "\n", sums
end
