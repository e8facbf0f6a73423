local counted = require "spec.tally.counted"
local folder = require "spec.tally.folder"
local urna = require "urna"

local shown = counted.shown

describe("a tally of files", function()
  local path
  before_each(function() path = folder.make() end)
  after_each(function() folder.remove(path) end)

  local function write(name, text)
    return folder.write(path .. "/" .. name, text)
  end

  local function packings()
    return folder.has("zstd") and { "gz", "zst" } or { "gz" }
  end

  -- The code of the error, and the file that it names.
  local function refused(subject, options)
    local tally, err = urna.tally(subject, options)
    assert.is_nil(tally)
    return err.code, err.file and err.file:match("[^/]*$"), err
  end

  -- By a named pipe, of which the size is not known.
  local function piped(text, options)
    local file = write("piped.csv", text)
    assert(folder.run("mkfifo %s/pipe && cat %s >%s/pipe &", path, file, path))
    local found = 0
    while found < 100 and not folder.run("test -p %s/pipe", path) do
      found = found + 1
    end
    local tally, err = urna.tally(path .. "/pipe", options)
    folder.run("rm %s/pipe", path)
    return tally, err
  end

  it("adds several up, packed or not, with marks, CRLF and other delimiters",
    function()
      local a = write("a.csv", "k,votes\nA,1\nB,2\n")
      local b = folder.pack(write("b.csv", "\239\187\191k;votes\r\nA;10\r\n"
        .. "\r\n"), "gz")
      local c = write("c.csv", "k\tvotes\nC\t100")
      local tally = assert(urna.tally({ a, b, c }, { by = "k" }))
      assert.same({ "A=11/2", "B=2/1", "C=100/1" }, shown(tally))
      assert.equal(4, tally.records)
      assert.equal(3, #tally.sources)
    end)

  it("needs the same headings in the same order", function()
    local a = write("a.csv", "k,votes\nA,1\n")
    for _, headings in ipairs { "votes,k", "k,vote", "k", "k,votes,x" } do
      local code, file = refused({ a, write("b.csv", headings .. "\n") },
        { by = "k" })
      assert.equal("headings_differ", code)
      assert.equal("b.csv", file)
    end
  end)

  it("refuses a file that is given twice, also packed", function()
    local a = write("a.csv", "k,votes\nA,1\n")
    local marked = write("m.csv", "\239\187\191k,votes\nA,1\n")
    local others = { a, marked }
    for _, packing in ipairs(packings()) do
      others[#others + 1] = folder.pack(a, packing)
    end
    for _, other in ipairs(others) do
      local code, file = refused({ a, other }, { by = "k" })
      assert.equal("repeated_file", code)
      assert.equal(other:match("[^/]*$"), file)
    end
    assert.equal(2, assert(urna.tally({ a, write("b.csv", "k,votes\nA,2\n") },
      { by = "k" })).records)
  end)

  it("names the file of a bad row and its own line", function()
    local a = write("a.csv", "k,votes\nA,1\n")
    local b = write("b.csv", "k,votes\nA,2\n\"B\n\",x\n")
    local gz = folder.pack(b, "gz")
    for _, one in ipairs { b, gz } do
      local code, file, err = refused({ a, one }, { by = "k", chunk = 4 })
      assert.same({ "not_a_count", one:match("[^/]*$"), 4 },
        { code, file, err.line }) -- of the field; its record begins in line 3
    end
  end)

  it("refuses a file without headings, and takes headings alone", function()
    assert.equal("no_headings", (refused(write("a.csv", ""))))
    for _, packing in ipairs(packings()) do
      assert.equal("no_headings",
        (refused(folder.pack(write("a.csv", ""), packing))))
    end
    for _, text in ipairs { "k,votes", "k,votes\n", "\239\187\191k,votes\r\n",
      "k,votes\n\n\r\n" } do
      local file = write("a.csv", text)
      for _, one in ipairs { file, folder.pack(file, "gz") } do
        local tally = assert(urna.tally(one, { by = "k", unit = "k",
          check = "votes > 0", threads = 2 }))
        assert.equal(0, tally.records)
        assert.same({}, tally.groups)
        assert.equal("k,votes\n", tally:csv())
        assert.equal("0", tally:total_string())
        assert.same({ 0, 0 }, { tally.checks[1].failed,
          tally.duplicates.count })
      end
    end
  end)

  it("steps over the mark of a pipe and of packed data", function()
    for _, mark in ipairs { "", "\239\187\191" } do
      local text = mark .. "k,votes\nA,1\n\"A\",2"
      assert.same({ "A=3/2" }, shown(assert(piped(text, { by = "k" }))))
      for _, packing in ipairs(packings()) do
        assert.same({ "A=3/2" }, shown(assert(urna.tally(folder.pack(
          write("a.csv", text), packing), { by = "k" }))))
      end
    end
  end)

  it("reads members and frames one after the other", function()
    local first = write("a.csv", "k,votes\nA,1\nB")
    local second = write("b.csv", ",2\nA,4\n")
    for _, packing in ipairs(packings()) do
      local both = folder.read(folder.pack(first, packing))
        .. folder.read(folder.pack(second, packing))
      assert.same({ "A=5/2", "B=2/1" },
        shown(assert(urna.tally(write("both", both), { by = "k" }))))
    end
  end)

  it("refuses packed data that are cut or followed by others; a changed byte "
    .. "never changes a sum", function()
    local rows, changes = { "k,votes" }, 0
    for i = 1, 3000 do rows[i + 1] = ("%d,%d"):format(i % 9, i * 7919) end
    local file = write("a.csv", table.concat(rows, "\n"))
    for _, packing in ipairs(packings()) do
      local bad = packing == "gz" and "bad_gzip" or "bad_zstd"
      local bytes = folder.read(folder.pack(file, packing))
      for _, length in ipairs { 5, 11, 100, #bytes - 9, #bytes - 8, #bytes - 4,
        #bytes - 1 } do
        assert.equal(bad, (refused(write("bad", bytes:sub(1, length)))))
      end
      assert.equal(bad, (refused(write("bad", bytes .. "rubbish"))))
      for at = 5, #bytes, 97 do
        local tally, err = urna.tally(write("bad", bytes:sub(1, at - 1)
          .. string.char((bytes:byte(at) + 1) % 256) .. bytes:sub(at + 1)))
        -- some bits mean nothing, as a file's date; 7919 * 3000 * 3001 / 2
        if tally then
          assert.equal("35647378500", tally:total_string())
        else
          changes = changes + 1
          assert.equal(bad, err.code)
        end
      end
    end
    assert.is_true(changes > 100)
  end)

  it("says what cannot be read", function()
    assert.equal("cannot_read", (refused(path)))
    assert.equal("cannot_read", (refused(path .. "/none")))
    local code, file = refused({ write("a.csv", "k,votes\n"), path .. "/none" })
    assert.same({ "cannot_read", "none" }, { code, file })
  end)
end)
