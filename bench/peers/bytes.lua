-- What LuaJIT can do if its user takes the trouble: bytes.lua FILE OUT
--
-- The whole file byte by byte through the FFI, names found by a hash that is
-- made while they are read, sums in a matrix of doubles. For the long form
-- only; it trusts the file to be well formed.

local bit = require "bit"
local ffi = require "ffi"
ffi.cdef "int memcmp(const void *a, const void *b, size_t count);"

local BLOCK, SLOTS = 1048576, 16384
local COMMA, QUOTE, LINE = 44, 34, 10

-- Names to numbers, by their spelling.
local function new_names()
  return { count = 0, ids = ffi.new("int32_t[?]", SLOTS),
    hashes = ffi.new("uint32_t[?]", SLOTS), texts = {},
    pointers = ffi.new("const char *[?]", SLOTS) }
end

local function add(names, slot, text, length, hash)
  local copy = ffi.string(text, length)
  names.count = names.count + 1
  names.texts[names.count] = copy -- also keeps it where it is
  names.pointers[slot], names.hashes[slot] = copy, hash
  names.ids[slot] = names.count
  return names.count
end

local function id_of(names, text, length, hash)
  local slot = bit.band(hash, SLOTS - 1)
  while names.ids[slot] ~= 0 do
    if names.hashes[slot] == hash % 4294967296
      and ffi.C.memcmp(names.pointers[slot], text, length) == 0
      and names.pointers[slot][length] == 0 then
      return names.ids[slot]
    end
    slot = bit.band(slot + 1, SLOTS - 1)
  end
  return add(names, slot, text, length, hash)
end

-- Where the field at 'at' ends, and its hash.
local function field_end(text, at)
  local hash, quoted = 5381, text[at] == QUOTE
  local byte, inside = text[at], false
  while inside or byte ~= COMMA do
    if quoted and byte == QUOTE then inside = not inside end
    hash = bit.bxor(hash * 33, byte)
    at = at + 1
    byte = text[at]
  end
  return at, bit.bxor(hash, bit.rshift(hash, 15))
end

local function read_rows(text, stop, municipalities, parties, sums)
  local at = 0
  while at < stop do
    while text[at] ~= COMMA do at = at + 1 end
    local first = at + 1
    local last, hash = field_end(text, first)
    local i = id_of(municipalities, text + first, last - first, hash)
    first = last + 1
    last, hash = field_end(text, first)
    local j = id_of(parties, text + first, last - first, hash)
    local votes = 0
    at = last + 1
    while text[at] ~= LINE do
      votes, at = votes * 10 + text[at] - 48, at + 1
    end
    at = at + 1
    local cell = i * 64 + j
    sums[cell] = sums[cell] + votes
  end
end

local municipalities, parties = new_names(), new_names()
local sums = ffi.new("double[?]", 8192 * 64)
local file = assert(io.open(arg[1], "rb"))
file:read("*l")
while true do
  local block, rest = file:read(BLOCK, "*l")
  if not block then break end
  if rest then block = block .. rest .. "\n" end
  read_rows(ffi.cast("const uint8_t *", block), #block, municipalities,
    parties, sums)
end
file:close()

local out = assert(io.open(arg[2], "wb"))
out:write("municipality,party,votes\n")
for i, municipality in ipairs(municipalities.texts) do
  for j, party in ipairs(parties.texts) do
    out:write(("%s,%s,%d\n"):format(municipality, party, sums[i * 64 + j]))
  end
end
out:close()
