local scratch = require "spec.scratch"
local urna = require "urna"

local CYRILLIC_A = "\208\144"   -- U+0410
local CARON = "\204\140"        -- U+030C, over the letter before it

-- "column: name|name" of each.
local function alike(text, by)
  local lines = {}
  local tally = assert(urna.tally({ text = text }, { by = by }))
  for i, found in ipairs(tally.lookalikes) do
    lines[i] = found.column .. ": " .. table.concat(found.names, "|")
  end
  return lines, tally
end

local function unmatched(text, where)
  local lines = {}
  local tally = assert(urna.tally({ text = text }, { where = where }))
  for i, found in ipairs(tally.unmatched) do
    lines[i] = ("%s: %s -> %s"):format(found.column, found.value,
      tostring(found.nearest))
  end
  return lines
end

describe("keys of a tally that look alike", function()
  after_each(scratch.clear)

  it("are told where partial tallies that had none apart are merged",
    function()
      local paths = {}
      for i, name in ipairs { "A", CYRILLIC_A } do
        paths[i] = scratch.write(".tly", "")
        local file = scratch.write(".csv", ("k,votes\n%s,%d\n"):format(name, i))
        local part = assert(urna.tally(file, { by = "k" }))
        assert.same({}, part.lookalikes)
        assert(part:save(paths[i]))
      end
      assert.same({ { column = "k", names = { "A", CYRILLIC_A } } },
        assert(urna.merge(paths)).lookalikes)
    end)

  it("are told, and counted apart", function()
    local lines, tally = alike("k,votes\nA,1\n" .. CYRILLIC_A .. ",2\nB,3\n",
      "k")
    assert.same({ "k: A|" .. CYRILLIC_A }, lines)
    assert.equal(3, #tally.groups)
  end)

  it("are those composed and decomposed, by the column they stand in",
    function()
      local decomposed = "C" .. CARON .. "ac" .. CARON .. "ak"
      -- "C" and the caron are before "Č" byte by byte
      assert.same({ "town: " .. decomposed .. "|Čačak" }, (alike(
        "list,town,votes\nA,Čačak,1\nA," .. decomposed .. ",1\n",
        { "list", "town" })))
    end)

  it("are none where only columns that are no key have them", function()
    local text = "k,x,votes\nu,A,1\nu," .. CYRILLIC_A .. ",1\n"
    assert.same({}, (alike(text, "k")))
  end)

  it("are not Belgrade in two scripts", function()
    assert.same({}, (alike("k,votes\nBeograd,1\nБеоград,2\n", "k")))
  end)
end)

describe("names of `where` that no record has", function()
  local TEXT = "town,list,votes\nЋуприја,A,1\nNiš,A,2\nUžice,B,4\n"

  it("are told with the nearest, in any script", function()
    assert.same({ "town: Ćuprija -> Ћуприја", "town: Nis -> Niš",
      "town: Užce -> Užice", "town: Zrenjanin -> nil" }, unmatched(TEXT,
      { town = { "Ćuprija", "Nis", "Užce", "Zrenjanin", "Užice" } }))
  end)

  it("are told by column, in bytewise order of these", function()
    assert.same({ "list: C -> nil", "town: Niš  -> Niš" },
      unmatched(TEXT, { town = "Niš ", list = { "A", "C" } }))
  end)

  it("are those of a record that another column keeps out too", function()
    assert.same({}, unmatched(TEXT, { town = "Niš", list = "B" }))
  end)
end)
