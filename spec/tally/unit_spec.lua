local folder = require "spec.tally.folder"
local native = require "urna.native"
local urna = require "urna"

-- "key file:line file:line", the earlier record last.
local function found(tally)
  local lines = {}
  for i, item in ipairs(tally.duplicates.items) do
    lines[i] = ("%s %s:%d %s:%d"):format(item.key, item.file:match("[^/]*$"),
      item.line, item.first_file:match("[^/]*$"), item.first_line)
  end
  return lines
end

local function duplicates(subject, options)
  return found(assert(urna.tally(subject, options)))
end

describe("units that stand twice", function()
  local path
  before_each(function() path = folder.make() end)
  after_each(function() folder.remove(path) end)

  it("are told with both places, each later record against the first",
    function()
      local tally = assert(urna.tally({ text =
        "town,unit,votes\nA,1,1\nB,1,2\nA,1,3\nA,2,4\nA,1,5\n" },
        { unit = { "town", "unit" } }))
      assert.equal(2, tally.duplicates.count)
      assert.same({ "A/1 (text):4 (text):2", "A/1 (text):6 (text):2" },
        found(tally))
      assert.equal("15", tally:total_string()) -- and are counted all the same
    end)

  it("are the same, quoted or not, and are not the same where columns part "
    .. "otherwise", function()
    assert.same({ "a\"b/c (text):3 (text):2" }, duplicates({ text =
      "x,y,votes\n\"a\"\"b\",c,1\n\"a\"\"b\",\"c\",1\n" },
      { unit = { "x", "y" } }))
    assert.same({}, duplicates({ text = "x,y,votes\nab,c,1\na,bc,1\n,abc,1\n"
      .. "\"a/b\",c,1\na,b/c,1\n" }, { unit = { "x", "y" } }))
  end)

  it("are only those that `where` lets through", function()
    local text = "u,list,votes\n1,A,1\n1,B,1\n2,A,1\n2,A,1\n"
    assert.same({ "2 (text):5 (text):4" },
      duplicates({ text = text }, { unit = "u", where = { list = "A" } }))
  end)

  it("are found across chunks, whatever reads them", function()
    -- unit i % 400 of records 1 .. 430: 30 stand twice, 1 .. 30; names of
    -- even ones are quoted with a newline: record i begins in line
    -- i + 1 + (even ones before it) = i + 1 + floor((i - 1) / 2)
    local rows, expected = { "unit,votes" }, {}
    for i = 1, 430 do
      local unit = i % 400
      rows[i + 1] = (unit % 2 == 0 and "\"u\n%d\",1" or "u%d,1"):format(unit)
    end
    local function line(i) return i + 1 + math.floor((i - 1) / 2) end
    for i = 1, 30 do
      expected[i] = (i % 2 == 0 and "u\n%d" or "u%d"):format(i)
        .. (" (x):%d (x):%d"):format(line(i + 400), line(i))
    end
    local text = table.concat(rows, "\n")
    local file = folder.write(path .. "/a.csv", text)
    local subjects = { file, { text = text }, folder.pack(file, "gz") }
    if folder.has("zstd") then subjects[4] = folder.pack(file, "zst") end
    for _, isa in ipairs(native.instruction_sets()) do
      for _, chunk in ipairs { 64, 777, 4194304 } do
        for threads = 1, 2 do
          for _, subject in ipairs(subjects) do
            local tally = assert(urna.tally(subject, { unit = "unit",
              isa = isa, chunk = chunk, threads = threads }))
            for _, item in ipairs(tally.duplicates.items) do
              item.file, item.first_file = "(x)", "(x)"
            end
            assert.same(expected, found(tally))
          end
        end
      end
    end
  end)

  it("are found across files, packed or not, each with its own lines",
    function()
      local a = folder.write(path .. "/a.csv", "u,votes\n1,1\n2,1\n")
      local b = folder.write(path .. "/b.csv", "u,votes\n3,1\n2,9\n")
      assert.same({ "2 b.csv:3 a.csv:3" },
        duplicates({ a, b }, { unit = "u" }))
      assert.same({ "2 a.csv:3 b.csv.gz:3" },
        duplicates({ folder.pack(b, "gz"), a }, { unit = "u" }))
    end)

  it("are counted all, and the first 100 kept", function()
    local rows = { "u,votes" }
    for i = 1, 301 do rows[i + 1] = "x,1" end
    local tally = assert(urna.tally({ text = table.concat(rows, "\n") },
      { unit = "u", chunk = 64, threads = 2 }))
    assert.equal(300, tally.duplicates.count)
    assert.equal(100, #tally.duplicates.items)
    assert.equal(102, tally.duplicates.items[100].line) -- the 101st record
  end)

  it("may be more than `cells` allows, which is an error", function()
    local rows = { "u,votes" }
    for i = 1, 5000 do rows[i + 1] = ("unit %d,1"):format(i) end
    local text = table.concat(rows, "\n")
    for _, chunk in ipairs { 1000, 4194304 } do
      local tally, err = urna.tally({ text = text }, { unit = "u",
        cells = 1000, chunk = chunk })
      assert.is_nil(tally)
      assert.equal("too_many_groups", err.code)
      assert.matches("units", err.message, 1, true)
    end
    assert(urna.tally({ text = text }, { unit = "u" }))
  end)

  it("need their column", function()
    local tally, err = urna.tally({ text = "unit,votes\n1,1\n" },
      { unit = "unt" })
    assert.is_nil(tally)
    assert.equal("missing_heading", err.code)
    assert.matches("did you mean \"unit\"", tostring(err), 1, true)
  end)
end)
