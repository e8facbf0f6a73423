local counted = require "spec.tally.counted"
local native = require "urna.native"
local urna = require "urna"

local count, shown = counted.count, counted.shown

describe("a tally", function()
  local text = "station,town,list,votes\n1,Niš,A,10\n1,Niš,B,5\n"
    .. "2,Užice,A,7\n2,Užice,B,0\n3,Niš,A,1\n"

  it("sums by one key, in bytewise order", function()
    -- Niš: 10 + 5 + 1 = 16 of 3 rows; Užice: 7 + 0
    assert.same({ "Niš=16/3", "Užice=7/2" },
      shown(count(text, { by = "town" })))
  end)

  it("sums by several keys in the order they are asked for", function()
    assert.same({ "A/Niš=11/2", "A/Užice=7/1", "B/Niš=5/1", "B/Užice=0/1" },
      shown(count(text, { by = { "list", "town" } })))
  end)

  it("without keys is one group of everything", function()
    local tally = count(text)
    assert.same({ "=23/5" }, shown(tally))
    assert.equal(5, tally.records)
    assert.equal(#text - #"station,town,list,votes\n", tally.bytes)
  end)

  it("keeps only rows that `where` names, byte for byte", function()
    assert.same({ "A=11/2", "B=5/1" },
      shown(count(text, { by = "list", where = { town = "Niš" } })))
    assert.same({ "A=18/3" },
      shown(count(text, { by = "list", where = { list = { "A", "C" } } })))
    assert.same({}, shown(count(text, { by = "list",
      where = { town = "niš" } })))
  end)

  it("takes what no record reports for not known, never for 0", function()
    local tally = count("town,votes\nA,\nA,\nB,3\nB,\nC,0\n", { by = "town" })
    assert.same({ "A=-/2", "B=3/2", "C=0/1" }, shown(tally))
    assert.same({ votes = 2 }, tally.groups[1].missing)
    assert.same({ votes = 1 }, tally.groups[2].missing)
  end)

  it("keeps an empty key, \"NA\" and \"007\" as keys of their own", function()
    assert.same({ "=1/1", "007=4/1", "7=8/1", "NA=2/1" },
      shown(count("k,votes\n,1\nNA,2\n007,4\n7,8\n", { by = "k" })))
  end)

  it("takes a quoted and a plain spelling for one name", function()
    assert.same({ "A=3/2", "B \"b\", c=7/2" }, shown(count(
      "k,votes\nA,1\n\"A\",2\n\"B \"\"b\"\", c\",3\n\"B \"\"b\"\", c\",4\n",
      { by = "k" })))
  end)

  it("reads semicolons, CRLF, a byte order mark and no last newline",
    function()
      assert.same({ "A=30/2", "B=5/1" }, shown(count(
        "\239\187\191k;votes\r\nA;010\r\nB;5\r\nA;20", { by = "k" })))
    end)

  it("sums beyond 2^53 - 1 exactly, as text and never as a number", function()
    -- 9,007,199,254,740,991 + 1 = 9,007,199,254,740,992
    local tally = count("k,votes\na,9007199254740991\na,1\nb,5\n",
      { by = "k" })
    assert.is_nil(tally.groups[1].fields.votes)
    assert.equal("9007199254740992", tally.groups[1].beyond.votes)
    -- and 5 more
    assert.equal("9007199254740997", tally:total_string())
  end)

  it("refuses a sum beyond 64 bits and takes the largest that fits", function()
    assert.equal("9223372036854775807",
      count("votes\n9223372036854775806\n1\n"):total_string())
    local tally, err = urna.tally(
      { text = "votes\n9223372036854775806\n2\n" })
    assert.is_nil(tally)
    assert.equal("sum_overflow", err.code)
  end)

  it("refuses bad rows with line, column, field and text", function()
    local tally, err = urna.tally({ text =
      "k,votes\n\"a\nb\",1\nc,2.5\nd,-1\ne\nf,9223372036854775808\n" },
      { by = "k" })
    assert.is_nil(tally)
    assert.equal(4, err.count)
    local found = {}
    for i, item in ipairs(err.items) do
      found[i] = ("%s %d:%s %s"):format(item.code, item.line,
        tostring(item.column), tostring(item.text))
    end
    -- the quoted newline of line 2 makes the decimal stand on line 4
    assert.same({ "not_a_count 4:3 2.5", "not_a_count 5:3 -1",
      "ragged_row 6:nil 1 fields where 2 were expected",
      "not_a_count 7:3 9223372036854775808" }, found)
    assert.equal("votes", err.items[1].field)
  end)

  it("refuses text that is not UTF-8 and stray quotes", function()
    for _, row in ipairs { "\200,1", "a\"b,1", "\"a\"b,1", "a\0,1" } do
      local tally, err = urna.tally({ text = "k,votes\n" .. row .. "\n" },
        { by = "k" })
      assert.is_nil(tally, row)
      assert.equal(2, err.line)
    end
  end)

  it("gives up cleanly where there are more groups than it may hold",
    function()
      local rows = { "k,votes" }
      for i = 1, 100 do rows[i + 1] = ("%d,1"):format(i) end
      local crowded = { text = table.concat(rows, "\n") }
      local tally, err = urna.tally(crowded, { by = "k", cells = 100 })
      assert.is_nil(tally)
      assert.equal("too_many_groups", err.code)
      local roomy = assert(urna.tally(crowded, { by = "k", cells = 10000 }))
      assert.equal(100, #roomy.groups)
    end)

  it("names a column that is not there and the nearest one", function()
    local _, err = urna.tally({ text = text }, { by = "twon" })
    assert.equal("missing_heading", err.code)
    assert.truthy(tostring(err):find("did you mean \"town\"", 1, true))
  end)

  it("counts records in a column of its own where that is asked for",
    function()
      local tally = count(text, { by = "town", count = true })
      -- Niš: 16 of 3, Užice: 7 of 2
      assert.equal("town,votes,records\nNiš,16,3\nUžice,7,2\n", tally:csv())
      assert.equal("town,votes\nNiš,16\nUžice,7\n",
        count(text, { by = "town" }):csv())
      -- no votes column is needed then
      assert.equal("town,records\nA,2\n",
        count("town,x\nA,y\nA,z\n", { by = "town", count = true }):csv())
    end)

  it("writes CSV with quotes where they are needed, and nothing for what is "
    .. "not known", function()
    assert.equal("k,votes\n,1\n\"a\nb\",\n\"say \"\"hi\"\", x\",2\n",
      count("k,votes\n,1\n\"a\nb\",\n\"say \"\"hi\"\", x\",2\n",
        { by = "k" }):csv())
  end)

  it("writes the same in pieces", function()
    local rows, pieces = { "k,votes" }, {}
    for i = 1, 40000 do rows[i + 1] = ("%05d,%d"):format(i, i) end
    local whole = table.concat(rows, "\n") .. "\n"
    local tally = count(whole, { by = "k" })
    tally:write_csv(function(piece) pieces[#pieces + 1] = piece end)
    assert.is_true(#pieces > 2)
    assert.equal(whole, table.concat(pieces))
    assert.equal(whole, tally:csv())
  end)
end)

-- Each of these was wrong once, in the loops that read several places of a
-- block in turn: so the rows are many, and the sets all.
describe("every instruction set", function()
  local function each(check)
    for _, isa in ipairs(native.instruction_sets()) do
      for _, chunk in ipairs { 64, 65536, 4194304 } do
        for threads = 1, 2 do
          check { isa = isa, chunk = chunk, threads = threads }
        end
      end
    end
  end

  local function rows_of(headings, row, number)
    local rows = { headings }
    for i = 1, number do rows[i + 1] = row(i) end
    return table.concat(rows, "\n") .. "\n"
  end

  it("keeps to `where` on the last column of text", function()
    local text = rows_of("unit,list,votes", function(i)
      return ("u%d,%s,%d"):format(i % 10, i % 3 == 0 and "A" or "B", i)
    end, 6000)
    each(function(options)
      -- 3 + 6 + ... + 6000 = 3 * 2000 * 2001 / 2, of 2,000 records
      options.where = { list = "A" }
      assert.same({ "=6003000/2000" }, shown(count(text, options)))
    end)
  end)

  it("takes a key in the first column", function()
    local text = rows_of("k,x,votes", function(i)
      return ("%s,%d,1"):format(i % 4 == 0 and "a" or "b", i)
    end, 8000)
    each(function(options)
      options.by = "k"
      assert.same({ "a=2000/2000", "b=6000/6000" }, shown(count(text, options)))
    end)
  end)

  it("finds every ragged row where a count stands before the last text",
    function()
      -- each hundredth row lacks its last field, each other hundredth has one
      -- too many: 50 and 50 of 5,000
      local text = rows_of("votes,k,x", function(i)
        return i % 100 == 0 and "1,a" or i % 100 == 50 and "1,a,b,2"
          or ("%d,a,b"):format(i)
      end, 5000)
      each(function(options)
        options.by = "k"
        local tally, err = urna.tally({ text = text }, options)
        assert.is_nil(tally)
        assert.equal(100, err.count)
        for i, item in ipairs(err.items) do
          assert.same({ "ragged_row", 50 * i + 1 }, { item.code, item.line })
        end
      end)
    end)

  it("sums beyond 2^53 and up to 2^63 - 1, and no further", function()
    -- 1,023 * (2^53 - 1) + (2^53 - 1) + 1,023 = 2^63 - 1
    local fits = rows_of("k,votes", function()
      return "a,9007199254740991"
    end, 1023) .. "a,9007199254742014\n"
    local breaks = fits .. "a,1\n"
    each(function(options)
      options.by = "k"
      assert.equal("9223372036854775807",
        count(fits, options):total_string())
      local tally, err = urna.tally({ text = breaks }, options)
      assert.is_nil(tally)
      assert.equal("sum_overflow", err.code)
    end)
  end)

  it("adds a total beyond 64 bits of groups that fit", function()
    -- 2 * (2^63 - 1) = 18,446,744,073,709,551,614
    local text = "k,votes\na,9223372036854775807\nb,9223372036854775807\n"
    each(function(options)
      options.by = "k"
      assert.equal("18446744073709551614", count(text, options):total_string())
    end)
  end)
end)
