-- Partial tallies that were damaged, or tampered with: whatever a file says,
-- merging gives a tally or an error object, and never raises. Usually the
-- checksum is made to fit again, so that the reader behind it is reached.
-- usage: lua5.4 spec/fuzz/partials.lua [runs [seed]]   after
-- eval "$(make -s env)"; prints the executions, fails on the first mistake.
local compat = require "urna.compat"
local errors = require "urna.errors"
local generator = require "spec.generator"
local native = require "urna.native"
local urna = require "urna"

local runs, seed = tonumber(arg[1]) or 20000, tonumber(arg[2]) or 1
local draw = generator(seed)
local base = os.tmpname()
local paths = { one = base .. ".one", other = base .. ".other",
  again = base .. ".again" }

local TEXTS = {
  "unit,list,votes\nu1,A,1\nu1,B,2\nu2,A,3\nu2,B,\n",
  "unit,list,votes\n\"u\n1\",\"A,\",9223372036854775807\nu2,\xC4\x8D,0\n",
  "unit,list,votes,spoiled\n" .. ("u1,A,12,3\nu2,B,,4\n"):rep(20),
}

local NUMBERS = { "0", "1", "00", "-", "-1", "7", "20", "9007199254740991",
  "9007199254740992", "9223372036854775807", "9223372036854775808",
  ("9"):rep(40), ("9"):rep(400), "1e5", "0x10", " 1", "" }

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

-- What rows are kept by, in turn.
local CHOICES = { {}, { list = { "A", "\xC4\x8D" } },
  { unit = { "u1", "u2", "u\n1" }, list = "A" } }

-- The two halves of each text, by one key, by two and by none.
local function make_parts()
  local parts = {}
  for i, text in ipairs(TEXTS) do
    for k, by in ipairs { {}, { "unit" }, { "list", "unit" } } do
      local half = math.floor(#text / 2)
      for _, range in ipairs { { 0, half }, { half, #text } } do
        local tally = assert(urna.tally({ text = text }, { by = by,
          sum = i == 3 and { "votes", "spoiled" } or "votes", range = range,
          count = k == 1, where = CHOICES[(i + k) % #CHOICES + 1] }))
        assert(tally:save(paths.one))
        parts[#parts + 1] = read(paths.one)
      end
    end
  end
  return parts
end

local function body_of(text)
  return text:match("^(.*\n)checksum %x+\n$") or text
end

local function sealed(body)
  return body .. "checksum " .. native.sha256(body) .. "\n"
end

local function splice(text, first, last, into)
  return text:sub(1, first - 1) .. into .. text:sub(last + 1)
end

local function span(text)
  local first = draw(1, #text + 1)
  return first, math.min(#text, first + draw(0, 40) - 1)
end

local function line_of(text)
  local starts = { 1 }
  for at in text:gmatch("\n()") do starts[#starts + 1] = at end
  local first = starts[draw(1, #starts)]
  return first, text:find("\n", first, true) or #text
end

-- Each takes a body and another, and gives the first with a mistake in it.
local MUTATIONS = {
  function(text) -- a byte is another
    local at = draw(1, #text)
    return splice(text, at, at, string.char(draw(0, 255)))
  end,
  function(text) -- cut off
    return text:sub(1, draw(0, #text))
  end,
  function(text) -- cut out
    local first, last = span(text)
    return splice(text, first, last, "")
  end,
  function(text) -- put in
    local at = draw(1, #text + 1)
    return splice(text, at, at - 1,
      string.char(draw(0, 255)):rep(draw(1, 3)))
  end,
  function(text, other) -- a piece of another
    local first, last = span(text)
    return splice(text, first, last, other:sub(span(other)))
  end,
  function(text, other) -- its beginning, the other's end
    return text:sub(1, draw(1, #text)) .. other:sub(draw(1, #other))
  end,
  function(text) -- two lines swapped
    local a, b = line_of(text)
    local c, d = line_of(text)
    if c <= b then return text end
    return splice(splice(text, c, d, text:sub(a, b)), a, b, text:sub(c, d))
  end,
  function(text) -- a line twice
    local first, last = line_of(text)
    return splice(text, first, last, text:sub(first, last):rep(2))
  end,
  function(text) -- a line gone
    local first, last = line_of(text)
    return splice(text, first, last, "")
  end,
  function(text, other) -- a line of another
    local first, last = line_of(text)
    return splice(text, first, last, other:sub(line_of(other)))
  end,
  function(text) -- a number is another
    local first, last = text:find("%d+", draw(1, #text))
    if not first then return text end
    return splice(text, first, last, NUMBERS[draw(1, #NUMBERS)])
  end,
}

local function mutate(text, other)
  for _ = 1, draw(1, 3) do
    if #text > 0 then text = MUTATIONS[draw(1, #MUTATIONS)](text, other) end
  end
  return text
end

local function fail(run, what)
  io.stderr:write(("partials: run %d of seed %d: %s; see %s\n"):format(run,
    seed, what, paths.one))
  os.exit(1)
end

local function merge(run, list)
  local done, tally, err = pcall(urna.merge, list)
  if not done then fail(run, "raised " .. tostring(tally)) end
  if not tally and not errors.is(err) then fail(run, "no error object") end
  if not tally and tostring(err) == "" then fail(run, "an empty error") end
  return tally
end

-- All that a tally says, as a text.
local function described(tally)
  local lines = { ("%d %d %s"):format(tally.records, tally.bytes,
    tostring(tally.counts_records)) }
  for _, column in ipairs(compat.keys(tally.where)) do
    lines[#lines + 1] = column .. " = " .. table.concat(tally.where[column],
      ", ")
  end
  for _, group in ipairs(tally.groups) do
    local line = { group.key, ("%d"):format(group.records) }
    for _, name in ipairs(tally.sums) do
      line[#line + 1] = tally:digits(group, name) or "-"
      line[#line + 1] = ("%d"):format(group.missing[name] or 0)
    end
    lines[#lines + 1] = table.concat(line, " ")
  end
  return table.concat(lines, "\n")
end

-- What was taken can be written, read, and is the same.
local function check_again(run, tally)
  local done, why = pcall(tally.save, tally, paths.again)
  if not done then fail(run, "cannot be saved: " .. tostring(why)) end
  local again = merge(run, { paths.again })
  if not again then fail(run, "what it saved cannot be read") end
  if described(again) ~= described(tally) then fail(run, "not the same") end
end

local parts = make_parts()
local taken, refused = 0, 0

local function step(run)
  local i = draw(1, #parts)
  local partner = i % 2 == 1 and i + 1 or i - 1 -- the other half
  local before = body_of(parts[i])
  local body = mutate(before, body_of(parts[draw(1, #parts)]))
  local is_sealed = draw(1, 8) > 1
  write(paths.one, is_sealed and sealed(body)
    or body .. parts[i]:sub(#before + 1))
  write(paths.other, parts[partner])
  local tally = merge(run, { paths.one, paths.other })
  if not tally then
    refused = refused + 1
    return
  end
  taken = taken + 1
  if not is_sealed and body ~= before then
    fail(run, "damage that the checksum missed")
  end
  check_again(run, tally)
end

for run = 1, runs do step(run) end
os.remove(base)
for _, path in pairs(paths) do os.remove(path) end
print(("partials: %d executions of seed %d, %d taken, %d refused"):format(runs,
  seed, taken, refused))
