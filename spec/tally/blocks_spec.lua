local counted = require "spec.tally.counted"
local folder = require "spec.tally.folder"
local generator = require "spec.generator"
local native = require "urna.native"
local random_case = require "spec.tally.random_case"
local urna = require "urna"

local count, shown = counted.count, counted.shown

describe("a tally of random files", function()
  for _, isa in ipairs(native.instruction_sets()) do
    it("is the same on " .. isa .. " for every chunk and thread", function()
      for seed = 1, 25 do
        local text, sums = random_case(seed * 7919)
        for _, chunk in ipairs { 1, 64, 300, 4194304 } do
          for _, threads in ipairs { 1, 3 } do
            local tally = count(text, { by = { "a", "b" }, isa = isa,
              chunk = chunk, threads = threads })
            local found = {}
            for _, group in ipairs(tally.groups) do
              found[group.key] = group.fields.votes
            end
            assert.same(sums, found, ("seed %d, chunk %d"):format(seed,
              chunk))
          end
        end
      end
    end)
  end

  it("does not depend on a file, a text or a pipe", function()
    local text = random_case(42)
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    local of_file = assert(urna.tally(path, { by = "a" }))
    os.remove(path)
    assert.same(shown(count(text, { by = "a" })), shown(of_file))
  end)

  it("reads a packed file as its contents", function()
    local path = "../shared/data/serbia2020.csv.gz"
    local file = io.open(path)
    if not file then return pending(path .. " is not here") end
    file:close()
    local tally = assert(urna.tally(path, { by = "okrug_name",
      sum = { "ballots_in_box", "registered_voters" } }))
    -- Republic Electoral Commission: 3,218,763 in the box, 6,584,376 voters
    assert.equal("3218763", tally:total_string("ballots_in_box"))
    assert.equal("6584376", tally:total_string("registered_voters"))
  end)
end)

-- Text whose records end at every place of a block of 64 bytes, with a name
-- that is spelt so.
local function shifted(spelling, eol)
  local rows, sum = { "k,votes" }, 0
  for i = 1, 200 do
    rows[#rows + 1] = ("x"):rep(i % 67) .. "," .. ("%d"):format(i)
    rows[#rows + 1] = spelling .. ",1"
    sum = sum + i
  end
  return table.concat(rows, eol) .. eol, sum
end

describe("borders of chunks and blocks", function()
  -- written, and as the name that is meant
  local SPELLINGS = { ["\"a\r\nb\""] = "a\r\nb", ["\"\n\""] = "\n",
    ["\"\"\"\""] = "\"", ["\",1\nA,7\n\""] = ",1\nA,7\n",
    ["\"q\"\",\"\"\r\"\"\""] = "q\",\"\r\"", ["\"\""] = "" }

  for _, eol in ipairs { "\n", "\r\n" } do
    it("split no quoted name and no end of line, " .. (#eol == 1 and "LF"
      or "CRLF"), function()
      -- 1 + 2 + ... + 200 = 20,100; of i % 67 = 0: 67 + 134 = 201
      for spelling, name in pairs(SPELLINGS) do
        local text, sum = shifted(spelling, eol)
        assert.equal(20100, sum)
        for _, isa in ipairs(native.instruction_sets()) do
          for _, chunk in ipairs { 64, 100, 4096, 4194304 } do
            local tally = count(text, { by = "k", isa = isa, chunk = chunk,
              threads = 2 })
            local sums = {}
            for _, group in ipairs(tally.groups) do
              sums[group.key] = group.fields.votes
            end
            assert.equal(400, tally.records)
            assert.equal("20300", tally:total_string())
            assert.equal(name == "" and 401 or 200, sums[name])
          end
        end
      end
    end)
  end

  it("of 256 KB, by which streams are read, split none either", function()
    -- a quoted newline over every offset near the first borders
    local name = "\"a\n,9\nb\""
    for shift = 0, 11 do
      local rows, bytes, number = { "k,votes" }, 8, 0
      while bytes < 600000 do
        local left = 262144 - bytes % 262144
        local fill = (left > 40 and left < 2000) and left - 6 - shift or 500
        rows[#rows + 1] = ("x"):rep(fill) .. ",1"
        rows[#rows + 1] = name .. ",2"
        bytes, number = bytes + fill + 3 + #name + 3, number + 1
      end
      local path = folder.make()
      local file = folder.write(path .. "/a.csv", table.concat(rows, "\n"))
      for _, one in ipairs { file, folder.pack(file, "gz") } do
        local tally = assert(urna.tally(one, { where = { k = "a\n,9\nb" } }))
        assert.equal(("%d"):format(2 * number), tally:total_string())
        assert.equal(2 * number, tally.records)
      end
      folder.remove(path)
    end
  end)

  -- What a block was moved from stands behind it in memory, once more.
  it("end the last count too, where no newline does", function()
    local draw = generator(4711)
    for run = 1, 400 do
      local rows, sum = { "k,votes" }, 0
      for i = 1, draw(2, 30) do
        local votes = draw(0, draw(1, 2) == 1 and 9 or 99999)
        rows[i + 1] = ("n"):rep(draw(0, 3)) .. "," .. ("%d"):format(votes)
        sum = sum + votes
      end
      for _, isa in ipairs(native.instruction_sets()) do
        local chunk = draw(1, 200)
        assert.equal(("%d"):format(sum), count(table.concat(rows, "\n"),
          { by = "k", isa = isa, chunk = chunk }):total_string(),
          ("run %d, %s, chunks of %d"):format(run, isa, chunk))
      end
    end
  end)

  it("end it in a file of a little more than 4 MiB as well", function()
    -- rows of 7 bytes: 7 * 599,186 = 4,194,302 of 4,194,304
    for more = 1, 20 do
      local number = 599186 + more
      local text = "k,votes\n" .. ("k,1111\n"):rep(number) .. "k,1"
      local sum = number * 1111 + 1
      assert.equal(("%d"):format(sum), count(text, { by = "k" })
        :total_string())
    end
  end)
end)
