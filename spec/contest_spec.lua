local contests = require "urna.contest"
local urna = require "urna"

local function wrong(value)
  local contest, err = urna.contest(value)
  assert.is_nil(contest)
  assert.equal("bad_contest", err.code)
  return err.message
end

-- A file of this text; the test gets its path.
local function with_file(ending, text, test)
  local path = os.tmpname()
  os.remove(path)
  path = path .. ending
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  local done, message = pcall(test, path)
  os.remove(path)
  if not done then error(message, 0) end
end

local function load_fails(ending, text)
  local found
  with_file(ending, text, function(path)
    local contest, err = urna.contest(path)
    assert.is_nil(contest)
    assert.equal(path, err.file)
    found = err
  end)
  return found
end

describe("a contest", function()
  it("is the table itself where nothing is wrong", function()
    local value = { keys = { "a" }, lists = { { key = "A",
      minority = false } }, date = "2024-02-29", seats = 250,
      rule = { "any", "table" } }
    assert.equal(value, urna.contest(value))
  end)

  it("with a typing error names the key and the nearest", function()
    assert.equal("contest has an unknown key \"kyes\"; did you mean \"keys\"?",
      wrong { kyes = { "a" } })
    assert.matches("contest%.lists%[2%] has an unknown key \"minorty\"; did "
      .. "you mean \"minority\"",
      wrong { lists = { { key = "A" }, { key = "B", minorty = true } } })
    assert.matches("contest%.columns has an unknown key \"valid_balots\"; did "
      .. "you mean \"valid_ballots\"",
      wrong { columns = { valid_balots = "x" } })
    assert.matches("unknown key \"voted\"", wrong { columns = { voted = "x" } })
  end)

  it("with a wrong value says what was expected", function()
    assert.equal("contest.seats must be a whole number from 1 to 100000, "
      .. "not 0", wrong { seats = 0 })
    assert.matches("contest%.seats .* not 2%.5", wrong { seats = 2.5 })
    assert.matches("contest%.seats .* not \"250\"", wrong { seats = "250" })
    assert.matches("contest%.date must be a date such as", wrong {
      date = "2023-02-29" })
    assert.matches("contest%.date", wrong { date = "24-06-02" })
    assert.matches("contest%.lists must not be empty", wrong { lists = {} })
    assert.matches("contest%.lists%[1%]%.key must be a text, not nothing",
      wrong { lists = { {} } })
    assert.matches("contest%.lists%[1%]%.minority must be true or false, not "
      .. "\"no\"", wrong { lists = { { key = "A", minority = "no" } } })
    assert.matches("contest%.keys must be an array", wrong { keys = "town" })
    assert.matches("contest%.count_status .* did you mean \"final\"",
      wrong { count_status = "finl" })
  end)

  it("with an encoding or a mark that nobody reads is wrong", function()
    assert.matches("contest%.encoding .* did you mean \"cp1250\"",
      wrong { encoding = "cp1252" })
    assert.matches("contest%.delimiter", wrong { delimiter = "::" })
    assert.matches("contest%.thousands", wrong { thousands = "_" })
  end)

  it("has no key and no column twice", function()
    assert.equal("contest.lists[3].key is \"A\", as is contest.lists[1].key",
      wrong { lists = { { key = "A" }, { key = "B" }, { key = "A" } } })
    assert.equal("contest.lists[2].column is \"L1\", as is "
      .. "contest.lists[1].column", wrong { lists = { { key = "A", column =
      "L1" }, { key = "B", column = "L1" } } })
  end)

  it("is a path or a table and nothing else", function()
    assert.is_false((pcall(urna.contest, 5)))
    assert.is_false((pcall(urna.contest)))
  end)
end)

describe("a contest file in Lua", function()
  it("may begin with a byte order mark", function()
    with_file(".lua", "\239\187\191return { name = \"Ниш\" }", function(path)
      assert.equal("Ниш", assert(urna.contest(path)).name)
    end)
  end)

  it("with a typing error says file and line", function()
    local err = load_fails(".lua", "return {\n  name = \"x\"\n  seats = 3,\n}")
    assert.same({ "bad_syntax", 3 }, { err.code, err.line })
  end)

  it("sees nothing and can do nothing", function()
    assert.equal("failed", load_fails(".lua",
      "return { name = os.getenv('HOME') }").code)
    assert.matches("stopped after",
      load_fails(".lua", "while true do end").message)
  end)

  it("must return a table", function()
    assert.matches("returns nothing", load_fails(".lua", "").message)
    assert.matches("contest must be a table", load_fails(".lua",
      "return 5").message)
    local err = load_fails(".lua", "return { seats = -1 }")
    assert.same("bad_contest", err.code)
  end)

  it("that is not there is an error with its path", function()
    local contest, err = urna.contest("no/such.contest.lua")
    assert.is_nil(contest)
    assert.same({ "cannot_read", "no/such.contest.lua" },
      { err.code, err.file })
  end)
end)

describe("a contest file in JSON", function()
  it("is read like one in Lua, null as nothing said", function()
    with_file(".json", "{ \"name\": \"Ni\\u0161\", \"seats\": 61,\n"
      .. "\"lists\": [{ \"key\": \"A\", \"minority\": null }] }",
      function(path)
        assert.same({ name = "Niš", seats = 61, lists = { { key = "A" } } },
          assert(urna.contest(path)))
      end)
  end)

  it("that is none says line and column", function()
    local err = load_fails(".json", "{\n  \"name\": \"x\",\n}")
    assert.same({ "bad_json", 3, 1 }, { err.code, err.line, err.column })
    assert.equal("bad_json", load_fails(".json", "").code)
    assert.equal("bad_json", load_fails(".json", "{} {}").code)
  end)

  it("may not say a key twice", function()
    local err = load_fails(".json", "{ \"seats\": 1,\n\"seats\": 2 }")
    assert.same({ "bad_json", 2 }, { err.code, err.line })
  end)

  it("may not hold a number that Lua would round", function()
    assert.equal("9007199254740993", load_fails(".json",
      "{ \"seats\": 9007199254740993 }").text)
    assert.equal("bad_json", load_fails(".json", "{ \"seats\": 1.2.5 }").code)
    assert.equal("bad_contest", load_fails(".json", "{ \"seats\": 2.5 }").code)
  end)

  it("is told that an object is no array, and the other way round", function()
    assert.matches("contest%.lists is an array and has a key \"A\"",
      load_fails(".json", "{ \"lists\": { \"A\": {} } }").message)
    assert.equal("bad_contest", load_fails(".json", "[1, 2]").code)
    assert.equal("bad_contest", load_fails(".json", "\"text\"").code)
    assert.matches("must be a table", load_fails(".json", "false").message)
  end)
end)

describe("a contest's rule", function()
  it("that is a relative path is the file beside the contest, if there is one",
    function()
      with_file(".rule.lua", "return {}", function(rule)
        local directory, name = rule:match("^(.*/)([^/]+)$")
        with_file(".contest.lua", ("return { rule = %q }"):format(name),
          function(path)
            assert.equal(directory .. name, urna.contest(path).rule)
          end)
      end)
      with_file(".contest.lua", "return { rule = \"no-such.lua\" }",
        function(path)
          assert.equal("no-such.lua", urna.contest(path).rule)
        end)
      with_file(".contest.lua", "return { rule = \"rs/local\" }",
        function(path) assert.equal("rs/local", urna.contest(path).rule) end)
    end)
end)

describe("lists that may not govern together", function()
  it("are two keys, neither one nor three", function()
    for count, pair in pairs { { "A" }, false, { "A", "B", "C" } } do
      if pair then
        assert.matches(("excluded%%[1%%] must be two keys of lists, not %d")
          :format(count), wrong { excluded = { pair } })
      end
    end
    assert.is_truthy(urna.contest { excluded = { { "A", "B" } } })
  end)
end)

describe("the contest beside the data", function()
  it("has the data's name without the endings of its form", function()
    assert.equal("a/b", contests.stem("a/b.csv"))
    assert.equal("a/b", contests.stem("a/b.csv.gz"))
    assert.equal("a/b", contests.stem("a/b.tsv"))
    assert.equal("a/b", contests.stem("a/b.txt.gz"))
    assert.equal("a.d/b", contests.stem("a.d/b"))
  end)

  it("is Lua or JSON, or none", function()
    local path = os.tmpname()
    assert.is_nil(contests.beside(path .. ".csv"))
    with_file(".contest.json", "{}", function(json)
      local stem = json:gsub("%.contest%.json$", "")
      assert.equal(json, contests.beside(stem .. ".csv.gz"))
    end)
    os.remove(path)
  end)
end)
