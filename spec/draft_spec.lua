local urna = require "urna"

-- Drafts a contest for this text; the test gets the data's path, the
-- contest's path and its text.
local function drafted(text, test, options)
  local path = os.tmpname()
  os.remove(path)
  local data, target = path .. ".csv", path .. ".contest.lua"
  local file = assert(io.open(data, "wb"))
  file:write(text)
  file:close()
  local done, message = pcall(function()
    assert.equal(target, assert(urna.init(data, options)))
    local made = assert(io.open(target, "rb"))
    local written = made:read("*a")
    made:close()
    test(data, target, written)
  end)
  os.remove(data)
  os.remove(target)
  if not done then error(message, 0) end
end

describe("a drafted contest", function()
  it("loads, and reads the data it was drafted from", function()
    drafted("okrug_name;opstina_name;bm;upisano;u kutiji;voted;važećih;L1;L2;"
      .. "beleška\nA;B;1;9;8;8;7;4;3;x\nA;B;2;9;8;8;7;5;2;\n", function(data,
      target, text)
      local contest = assert(urna.contest(target))
      assert.same({ "okrug_name", "opstina_name", "bm" }, contest.keys)
      assert.same({ registered_voters = "upisano",
        ballots_in_box = "u kutiji", valid_ballots = "važećih" },
        contest.columns)
      assert.same({ "voted", "beleška" }, contest.ignored_columns)
      assert.equal("L2", contest.lists[2].key)
      assert.is_nil(contest.lists[1].minority)
      assert.matches("units_expected = 2,", text)
      assert.same({ L1 = 9, L2 = 5 }, assert(urna.read(data)):total().votes)
    end)
  end)

  it("of long records has keys, and counts units and not rows", function()
    for _, case in ipairs {
      { "mesto,upisano,kutija,lista,glasova\n", "mesto" },
      { "stanica,upisano,kutija,lista,glasova\n", "stanica" } } do
      drafted(case[1] .. "m1,9,8,A,3\nm1,9,8,B,2\nm2,9,8,A,7\nm2,9,8,B,1\n",
        function(data, target, text)
          local contest = assert(urna.contest(target))
          assert.same({ case[2] }, contest.keys)
          assert.equal("kutija", contest.columns.ballots_in_box)
          assert.matches("units_expected = 2,", text)
          assert.same({ A = 10, B = 3 }, assert(urna.read(data)):total().votes)
        end)
    end
  end)

  it("says of columns of numbers that it does not know that it guessed",
    function()
      drafted("bm,upisano,u_kutiji,L1,X\n1,9,8,7,1\n", function(_, _, text)
        assert.matches("a guess.-\n[^\n]*\n    { key = \"X\"", text)
      end)
      drafted("bm,upisano,lista,glasova,X\n1,9,A,7,1\n1,9,B,7,1\n",
        function(_, target, text)
          assert.matches("hold numbers[^\n]*: \"X\"\n  ignored_columns", text)
          assert.same({ "X" }, urna.contest(target).ignored_columns)
        end)
    end)

  it("takes only what it has and a path", function()
    assert.has_error(function() urna.init() end, "init takes the path of a CSV")
    assert.has_error(function() urna.init("x.csv", { encodign = "utf-8" }) end)
  end)

  it("says what a person must look at", function()
    drafted("place;A\nx;1\n", function(_, _, text)
      assert.matches("check every line", text)
      assert.matches("\"voted\" is never guessed", text)
      assert.matches("minority must be said", text)
      assert.matches("%-%- date = ", text)
    end)
  end)

  it("takes as keys the first texts that tell every row", function()
    drafted("note,town,no,A\nx,t,1a,5\nx,t,2a,6\nx,u,1a,7\n", function(data)
      local results = assert(urna.read(data))
      assert.same({ "note", "town", "no" }, results.contest.keys)
      assert.equal("x/u/1a", results.units[3].key)
    end)
    drafted("town,A\nt,5\nt,6\n", function(data)
      local results = assert(urna.read(data))
      assert.same({}, results.contest.keys)
      assert.equal("line 3", results.units[2].key)
    end)
  end)

  it("takes an empty cell in a column of counts for not reported", function()
    drafted("town,A,B,C\nt,5,,\nu,,6,\n", function(data, target)
      local contest = assert(urna.contest(target))
      assert.same({ "A", "B" }, { contest.lists[1].key, contest.lists[2].key })
      assert.same({ "C" }, contest.ignored_columns)
      assert.equal(2, #assert(urna.read(data)).units)
    end)
  end)

  it("of long records counts units, and names no lists", function()
    drafted("opština;bm;lista;glasova;upisano;u kutiji\nx;1;A;5;9;8\n"
      .. "x;1;B;3;9;8\ny;1;A;2;9;2\ny;1;B;0;9;2\n", function(data, target,
      text)
      assert.is_nil(assert(urna.contest(target)).lists)
      assert.matches("units_expected = 2,", text)
      assert.same({ A = 7, B = 3 }, assert(urna.read(data)):total().votes)
    end)
  end)

  it("survives headings that try to be code", function()
    drafted("\"a\"\", } os.exit() --\",\"new\nline\",\"%d \\\",\"]]\"\n"
      .. "x,1,2,3\n", function(data, target)
      local contest = assert(urna.contest(target))
      assert.same({ "a\", } os.exit() --" }, contest.keys)
      assert.same({ "new\nline", "%d \\", "]]" }, { contest.lists[1].key,
        contest.lists[2].key, contest.lists[3].key })
      assert.equal(1, #assert(urna.read(data)).units)
    end)
  end)

  it("says the encoding and the delimiter that it was told", function()
    -- "opština" in cp1250, where š is 9A
    drafted("op\154tina;A\nx;1\n", function(data, target)
      assert.same({ "opština" }, assert(urna.contest(target)).keys)
      assert.equal("x", assert(urna.read(data)).units[1].key)
    end, { encoding = "cp1250", delimiter = ";" })
  end)
end)

describe("urna.init", function()
  it("never overwrites a contest, of either form", function()
    drafted("place;A\nx;1\n", function(data, target, text)
      local path, err = urna.init(data)
      assert.is_nil(path)
      assert.same({ "exists", target }, { err.code, err.file })
      local file = assert(io.open(target, "rb"))
      assert.equal(text, file:read("*a"))
      file:close()
      local json = target:gsub("%.lua$", ".json")
      assert(os.rename(target, json))
      path, err = urna.init(data)
      os.remove(json)
      assert.is_nil(path)
      assert.same({ "exists", json }, { err.code, err.file })
    end)
  end)

  it("of what cannot be read writes nothing", function()
    local path, err = urna.init("no/such.csv")
    assert.is_nil(path)
    assert.same({ "cannot_read", "no/such.csv" }, { err.code, err.file })
    local empty = os.tmpname()
    path, err = urna.init(empty)
    os.remove(empty)
    assert.is_nil(path)
    assert.equal("no_headings", err.code)
    assert.is_nil(io.open(empty .. ".contest.lua"))
  end)
end)
