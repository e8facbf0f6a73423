local folder = require "spec.tally.folder"
local native = require "urna.native"
local urna = require "urna"

-- 60,000 rows of names 0 .. 6.
local function long_text()
  local rows = { "k,votes" }
  for i = 1, 60000 do rows[i + 1] = ("name %d,%d"):format(i % 7, i) end
  return table.concat(rows, "\n") .. "\n"
end

-- 1 + 2 + ... + 60,000 = 60,000 * 60,001 / 2
local TOTAL = "1800030000"

-- How many descriptors this process has open; nil where that is not told.
local function open_files()
  collectgarbage()
  collectgarbage() -- what was dropped is closed
  local pipe = assert(io.popen("ls /proc/$PPID/fd 2>/dev/null | wc -l"))
  local count = tonumber(pipe:read("*a"))
  pipe:close()
  return count
end

describe("the progress of a tally", function()
  local text, path = long_text(), nil
  before_each(function() path = folder.make() end)
  after_each(function() folder.remove(path) end)

  local function told(subject, options)
    local calls = {}
    options.progress = function(done, total)
      calls[#calls + 1] = { done, total or false }
    end
    local tally = assert(urna.tally(subject, options))
    assert.equal(TOTAL, tally:total_string())
    return calls
  end

  it("rises up to the size of the file", function()
    local file = folder.write(path .. "/a.csv", text)
    for _, chunk in ipairs { 4096, 65536, 4194304 } do
      for threads = 1, 2 do
        local calls = told(file, { chunk = chunk, threads = threads })
        assert.is_true(#calls >= 1)
        for i, call in ipairs(calls) do
          assert.equal(#text, call[2])
          assert.is_true(call[1] >= (calls[i - 1] or { 0 })[1])
          assert.is_true(call[1] <= #text)
        end
      end
    end
    local calls = told(file, { chunk = 4096 })
    assert.equal(#text - #"k,votes\n", calls[#calls][1])
  end)

  it("has no total where it is not known", function()
    local packed = folder.pack(folder.write(path .. "/a.csv", text), "gz")
    local calls = told(packed, {})
    assert.is_true(#calls > 1)
    assert.is_false(calls[1][2])
    assert.equal(#text - #"k,votes\n", calls[#calls][1])
  end)

  it("goes through all files", function()
    local half = text:find("\n", math.floor(#text / 2), true)
    local a = folder.write(path .. "/a.csv", text:sub(1, half))
    local b = folder.write(path .. "/b.csv", "k,votes\n"
      .. text:sub(half + 1))
    local calls = told({ a, b }, { chunk = 65536 })
    assert.equal(#text + 8, calls[1][2])
    assert.equal(#text - 8, calls[#calls][1]) -- both without headings
    for i = 2, #calls do
      assert.is_true(calls[i][1] >= calls[i - 1][1])
    end
  end)

  it("ends the tally by false, and by nothing else", function()
    local file = folder.write(path .. "/a.csv", text)
    local packed = folder.pack(file, "gz")
    for _, subject in ipairs { file, packed, { text = text } } do
      for threads = 1, 2 do
        local tally, err = urna.tally(subject, { chunk = 65536,
          threads = threads, progress = function() return false end })
        assert.is_nil(tally)
        assert.equal("cancelled", err.code)
        assert(urna.tally(subject, { chunk = 65536, threads = threads,
          progress = function() return nil, 0 end }))
      end
    end
  end)

  it("lets an error out as it is, and nothing leaks", function()
    local file = folder.write(path .. "/a.csv", text)
    local packed = folder.pack(file, "gz")
    local before = open_files()
    for _ = 1, 20 do
      for _, subject in ipairs { file, packed, { file, packed } } do
        for threads = 1, 2 do
          local raised = { "mine" }
          local done, err = pcall(urna.tally, subject, { chunk = 65536,
            threads = threads, progress = function() error(raised) end })
          assert.is_false(done)
          assert.equal(raised, err)
        end
      end
    end
    -- 160 were opened; the pipe to `ls` itself may be counted or not
    assert.is_true(open_files() <= before + 1)
  end)

  it("is heard once and for all, also where guesses were wrong and all begins "
    .. "anew", function()
    -- what overflows stands inside quotes; see test_tally.c
    local quoted = { text = "k,votes\n\"\nb,9223372036854775807\nb,9\n\",5\n"
      .. "a,2\n" }
    for chunk = 1, 40 do
      for at = 1, 30 do
        local calls, is_told = 0, false
        local tally, err = urna.tally(quoted, { by = "k", chunk = chunk,
          progress = function()
            calls = calls + 1
            is_told = is_told or calls == at
            return calls ~= at
          end })
        assert.equal(is_told, tally == nil, ("%d %d"):format(chunk, at))
        if is_told then assert.equal("cancelled", err.code) end
        if tally then assert.equal("7", tally:total_string()) end
      end
    end
  end)
end)

describe("a file that changes while it is read", function()
  local text, path = long_text(), nil
  before_each(function() path = folder.make() end)
  after_each(function() folder.remove(path) end)

  local function meanwhile(change, options)
    local file, calls = folder.write(path .. "/a.csv", text), 0
    options.progress = function()
      calls = calls + 1
      if calls == 1 then change(file) end
    end
    options.by = "k"
    return urna.tally(file, options)
  end

  it("is an error if it shrinks, and no crash", function()
    for _, isa in ipairs(native.instruction_sets()) do
      for _, chunk in ipairs { 4096, 65536, 4194304 } do
        for threads = 1, 2 do
          local tally, err = meanwhile(function(file)
            folder.write(file, text:sub(1, 1000))
          end, { isa = isa, chunk = chunk, threads = threads })
          assert.is_nil(tally)
          assert.equal("shrunk", err.code)
          assert.equal(path .. "/a.csv", err.file)
        end
      end
    end
  end)

  it("is what it was when it was opened if it grows", function()
    for _, chunk in ipairs { 4096, 65536, 4194304 } do
      for threads = 1, 2 do
        local tally = assert(meanwhile(function(file)
          local more = assert(io.open(file, "ab"))
          more:write("name 1,5\nbad row\n")
          more:close()
        end, { chunk = chunk, threads = threads }))
        assert.equal(60000, tally.records)
        assert.equal(TOTAL, tally:total_string())
      end
    end
  end)
end)
