-- The generator's eight spellings of one table of 21,000 rows. Every value of
-- every dimension is met with every file; URNA_FULL=1 tries all of them with
-- each other, which takes minutes.
local folder = require "spec.tally.folder"
local native = require "urna.native"
local shown = require "spec.tally.shown"
local urna = require "urna"

local FILES = { "plain", "crlf_bom", "allquoted", "nolasteol", "semicolon",
  "tab", "page", "zeros" }
local CHUNKS = { 64, 100, 4096, 65536, 4194304 }
local SETS = native.instruction_sets()

-- A process that reads what another one writes: see piped.lua.
local PIPED = "cat %s | %s spec/tally/piped.lua %s %d %d"

local path, expected

-- The interpreter that runs this.
local function interpreter()
  local first = 0
  while arg[first - 1] do first = first - 1 end
  return arg[first]
end

local function options(isa, chunk, threads)
  return { by = { "municipality", "party" }, isa = isa, chunk = chunk,
    threads = threads }
end

-- How a file can be come by; each gives its groups.
local WAYS = {
  file = function(name, ...)
    return shown(assert(urna.tally(name, options(...))))
  end,
  text = function(name, ...)
    return shown(assert(urna.tally({ text = folder.read(name) },
      options(...))))
  end,
  reader = function(name, ...)
    local file = assert(io.open(name, "rb"))
    local function block() return file:read(1000) end
    local tally = assert(urna.tally({ reader = block }, options(...)))
    file:close()
    return shown(tally)
  end,
  gz = function(name, ...)
    return shown(assert(urna.tally(name .. ".gz", options(...))))
  end,
  zst = function(name, ...)
    return shown(assert(urna.tally(name .. ".zst", options(...))))
  end,
  pipe = function(name, isa, chunk, threads)
    local pipe = assert(io.popen(PIPED:format(name, interpreter(), isa, chunk,
      threads)))
    local text = pipe:read("*a")
    pipe:close()
    return text
  end,
}

local function ways()
  local list = { "file", "text", "reader", "gz", "pipe" }
  if folder.has("zstd") then list[#list + 1] = "zst" end
  return list
end

local function check(name, way, isa, chunk, threads)
  local found = WAYS[way](("%s/trap_%s.csv"):format(path, name), isa, chunk,
    threads)
  if found ~= expected then
    error(("%s by %s, %s, chunks of %d, %d threads"):format(name, way, isa,
      chunk, threads))
  end
end

-- Every chunk with every set and both threads, from the file; and every other
-- way with each of the sets, of the chunks and of the threads.
local function check_pairs(name)
  for i, isa in ipairs(SETS) do
    for k, chunk in ipairs(CHUNKS) do
      check(name, "file", isa, chunk, 1 + (i + k) % 2)
      check(name, "file", isa, chunk, 2 - (i + k) % 2)
    end
  end
  for w, way in ipairs(ways()) do
    for k, chunk in ipairs(CHUNKS) do
      check(name, way, SETS[1 + (w + k) % #SETS], chunk, 1 + k % 2)
    end
  end
end

local function check_all(name)
  for _, way in ipairs(ways()) do
    for _, isa in ipairs(SETS) do
      for _, chunk in ipairs(CHUNKS) do
        for threads = 1, 2 do check(name, way, isa, chunk, threads) end
      end
    end
  end
end

describe("a trap", function()
  local lacks = folder.lacks_generator()

  setup(function()
    if lacks then return end
    path = folder.make()
    folder.generate(path, "traps")
    expected = folder.read(path .. "/trap.expect")
    for _, name in ipairs(FILES) do
      local file = ("%s/trap_%s.csv"):format(path, name)
      folder.pack(file, "gz")
      if folder.has("zstd") then folder.pack(file, "zst") end
    end
  end)

  teardown(function() folder.remove(path) end)

  for _, name in ipairs(FILES) do
    it(name .. " is exact however it is read", function()
      if lacks then return pending(lacks) end
      if os.getenv("URNA_FULL") then return check_all(name) end
      check_pairs(name)
    end)
  end

  it("packed with zstd is tried too", function()
    if not folder.has("zstd") then return pending("skipped: no zstd") end
    assert.equal("zst", ways()[6])
  end)

  it("holds 9,008,429,801,942,070 votes, more than 2^53", function()
    if lacks then return pending(lacks) end
    -- the generator's default seed; computed with exact integers
    assert.equal("9008429801942070",
      assert(urna.tally(path .. "/trap_plain.csv")):total_string())
  end)
end)
