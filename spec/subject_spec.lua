local subject = require "urna.subject"
local urna = require "urna"

describe("a subject", function()
  it("is an embedded election by its id or its alias", function()
    local by_alias = assert(subject.results("belgrade-2024"))
    local by_id = assert(subject.results("rs/belgrade/2024-06-02"))
    assert.equal("rs/belgrade/2024-06-02", by_alias.contest.id)
    assert.same(by_alias:total().votes, by_id:total().votes)
  end)

  it("that is no election and no file names the nearest election", function()
    local found, err = subject.results("belgrade-2025")
    assert.is_nil(found)
    assert.equal("unknown_election", err.code)
    assert.matches("belgrade%-202%d", err.message)
    assert.equal("unknown_election",
      select(2, subject.results("rs/belgrad/2024-06-02")).code)
  end)

  it("that looks like a file is missed as a file", function()
    for _, name in ipairs { "./belgrade", "night.csv", "a\\b", "nowhere/x",
      "my/night.csv" } do
      local found, err = subject.results(name)
      assert.is_nil(found)
      assert.same({ "cannot_read", name }, { err.code, err.file })
    end
  end)

  it("is a file where there is one, with options for reading", function()
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    file:write("p;A\nx;1.000\n")
    file:close()
    local options = { contest = { keys = { "p" }, lists = { { key = "A" } } },
      thousands = "." }
    local results = assert(subject.results(path, options))
    os.remove(path)
    assert.same({ A = 1000 }, results:total().votes)
  end)

  it("is several files as one", function()
    local paths = { os.tmpname(), os.tmpname() }
    for i, path in ipairs(paths) do
      local file = assert(io.open(path, "wb"))
      file:write("p;A\nx", i, ";", i, "\n")
      file:close()
      assert.is_true(subject.is_file(path))
    end
    local results = assert(subject.results(paths,
      { contest = { keys = { "p" }, lists = { { key = "A" } } } }))
    for _, path in ipairs(paths) do os.remove(path) end
    assert.is_false(subject.is_file(paths[1]))
    assert.same({ A = 3 }, results:total().votes)
    assert.is_false((pcall(subject.results, {})))
  end)

  it("is results as they are, of records or of totals", function()
    local totals = assert(urna.election("nis-2024"))
    assert.equal(totals, subject.results(totals))
    local records = assert(urna.read({ text = "A\n1\n" },
      { contest = { lists = { { key = "A" } } } }))
    assert.equal(records, subject.results(records))
  end)

  it("of the wrong type raises", function()
    assert.is_false((pcall(subject.results, 5)))
    assert.is_false((pcall(subject.results, nil)))
    assert.is_false((pcall(subject.election, 5)))
  end)

  it("is an outcome only where it has a decision and lists", function()
    local outcome = assert(urna.apportion(urna.election("belgrade-2024")))
    assert.is_true(subject.is_outcome(outcome))
    assert.is_false(subject.is_outcome(urna.election("belgrade-2024")))
    assert.is_false(subject.is_outcome({ text = "a" }))
    assert.is_false(subject.is_outcome("belgrade-2024"))
  end)
end)
