local rules = require "urna.rules"
local urna = require "urna"
local walk = require "urna.seats.walk"

local VOTES = { { key = "A", votes = 60 }, { key = "B", votes = 40 } }

local function with_step(step)
  return { since = "2020-01-01", base = "valid_votes", seats = 3,
    source = "made up", step, { step = "averages", divisor = "dhondt" } }
end

local function apportion(rule)
  return urna.apportion(VOTES, { rule = rule, fields = { valid_votes = 100 } })
end

local function seats(outcome)
  local found = {}
  for i, list in ipairs(outcome.lists) do found[i] = list.seats end
  return found
end

describe("a step of one's own", function()
  it("as a function sees the count and may change it", function()
    -- 60 40 30: 2 and 1; with A at 25 of 25 and 40: 40 25 20
    local function halved(count) count.lists[1].votes = 25 end
    assert.same({ 2, 1 }, seats(assert(apportion(with_step(function() end)))))
    assert.same({ 1, 2 }, seats(assert(apportion(with_step(halved)))))
  end)

  it("may give the seats itself, with no step of averages", function()
    local outcome = assert(apportion { since = "2020-01-01", seats = 3,
      base = "valid_votes", source = "made up",
      function(count) count.lists[2].seats = 3 end })
    assert.same({ 0, 3 }, seats(outcome))
    assert.equal("decided", outcome.decision)
  end)

  it("may return what it likes", function()
    local outcome = assert(apportion(with_step(function()
      return nil, "not an error"
    end)))
    assert.same({ 2, 1 }, seats(outcome))
  end)

  it("that fails gives an error with the line, not a raise", function()
    local outcome, err = apportion(with_step(function() error("no law") end))
    assert.is_nil(outcome)
    assert.equal("failed", err.code)
    assert.equal("no law", err.message)
    assert.is_number(err.line)
  end)

  it("that never ends is stopped on this Lua", function()
    local outcome, err = apportion(with_step(function()
      local i = 0
      while true do i = i + 1 end
    end))
    assert.is_nil(outcome)
    assert.equal("failed", err.code)
    assert.matches("stopped after %d+ instructions", err.message)
  end)

  -- In a process of its own, for a test runner's hooks keep LuaJIT from
  -- compiling: here it has compiled the loop before it becomes endless.
  it("that calls a compiled loop that never ends is stopped", function()
    local script = os.tmpname()
    local file = assert(io.open(script, "wb"))
    file:write([[
      package.path = "./lua/?.lua;" .. package.path
      package.cpath = ("./build/%s/?.so;"):format(rawget(_G, "jit") and "5.1"
        or _VERSION:match("%d+%.%d+")) .. package.cpath
      local function turn(n)
        local i = 0
        while i ~= n do i = i + 1 end
      end
      for _ = 1, 1000 do turn(100) end
      local _, err = require("urna").apportion({ A = 60, B = 40 }, {
        fields = { valid_votes = 100 }, rule = { since = "2020-01-01",
          base = "valid_votes", source = "made up", seats = 3,
          function() turn(-1) end } })
      local jit = rawget(_G, "jit")
      io.write(err.message, jit and not jit.status() and " jit off" or "")
    ]])
    file:close()
    local first = 0
    while arg[first - 1] do first = first - 1 end
    local pipe = assert(io.popen(("timeout 60 '%s' '%s'"):format(arg[first],
      script)))
    local said = pipe:read("*a")
    pipe:close()
    os.remove(script)
    assert.matches("^stopped after %d+ instructions$", said)
  end)

  it("makes margins unknown: it may do anything with other votes", function()
    local outcome = assert(apportion(with_step(function() end)))
    assert.is_nil(outcome.lists[1].votes_to_gain)
    assert.is_nil(outcome.fewest_votes)
  end)
end)

describe("a walk", function()
  local function count_of(votes, minority, base)
    local count = { seats = 3, lists = {}, explain = true,
      base = { low = base, high = base } }
    for i, number in ipairs(votes) do
      count.lists[i] = { key = "L" .. i, votes = number, low = number,
        high = number, minority = minority == i }
    end
    return count
  end

  local rule = assert(rules.find { since = "2020-01-01", base = "valid_votes",
    source = "made up",
    { step = "threshold", share = { 3, 100 }, exempt = "minority",
      if_none_passes = "all_take_part" },
    { step = "weight", factor = { 27, 20 }, lists = "minority",
      when = "below_threshold" },
    { step = "averages", divisor = "dhondt", article = "9",
      tie = { "more_votes", "undecided" } } })

  it("lets in who passes and who is exempt, and weighs the exempt", function()
    local count = assert(walk.run(rule, count_of({ 90, 2, 2 }, 3, 100)))
    local found = {}
    for i, list in ipairs(count.lists) do
      found[i] = { list.standing, list.takes_part,
        list.weight and list.weight[1] }
    end
    assert.same({ { "passed", true }, { "failed", false },
      { "exempt", true, 27 } }, found)
  end)

  it("lets all take part where none passes, an exempt list or not",
    function()
      local count = assert(walk.run(rule, count_of({ 2, 2, 1 }, 3, 100)))
      assert.is_true(count.none_passed)
      for _, list in ipairs(count.lists) do
        assert.is_true(list.takes_part)
      end
      assert.same({ 27, 20 }, count.lists[3].weight)
      assert.is_nil(count.lists[1].weight)
    end)

  it("lets nobody below in where the rule does not say so", function()
    local strict = assert(rules.find { since = "2020-01-01",
      base = "valid_votes", source = "made up",
      { step = "threshold", share = { 3, 100 } },
      { step = "averages", divisor = "dhondt" } })
    local count = assert(walk.run(strict, count_of({ 2, 2, 1 }, 3, 100)))
    assert.equal(3, count.vacant)
    assert.equal(0, #count.awards)
  end)

  it("gives the same again: nothing of an earlier walk stays", function()
    local count = count_of({ 50, 20, 2 }, 3, 100)
    local first = assert(walk.run(rule, count)).awards
    assert.same(first, assert(walk.run(rule, count)).awards)
    assert.equal(3, #count.awards)
  end)

  it("leaves seats vacant where no list may take more", function()
    local count = count_of({ 50, 20 }, 0, 100)
    count.lists[1].max, count.lists[2].max = 1, 1
    assert(walk.run(rule, count))
    assert.equal(1, count.vacant)
  end)
end)

describe("the engine", function()
  local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
  end

  it("contains no country's name, code or list", function()
    local pipe = assert(io.popen("find lua/urna/seats lua/urna/methods "
      .. "lua/urna/rules.lua lua/urna/explain.lua src/core -type f"))
    local files = 0
    for path in pipe:lines() do
      files = files + 1
      local text = read(path):gsub("rs = \"urna%.rules%.serbia\"", "")
        :gsub("\"?rs/parliament\"?", ""):lower()
      for _, word in ipairs { "serb", "srbij", "belgrad", "vojvodin",
        "german", "poland", "netherl", "\"rs\"", "sns", "27, 20", "27/20",
        "3, 100 },$" } do
        assert.is_nil(text:find(word), path .. " has " .. word)
      end
    end
    pipe:close()
    assert.is_true(files > 15)
  end)
end)
