-- Elections collected from official reports and other programs' tests; each
-- names its source. They are not part of the project.
local ballots = require "urna.ballots"
local native = require "urna.native"
local urna = require "urna"

local RANKED = "../shared/data/ranked.json"
local WARDS = "../shared/data/countries/scotland-stv/"

local function contents(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return text
end

local TEXT = contents(RANKED)
local CASES = TEXT and native.json(TEXT) or {}

local function case_of(id)
  for _, case in ipairs(CASES) do
    if case.id == id then return case end
  end
  return nil
end

-- Droop breaks ties by the candidates' order in the file, which a JSON object
-- does not keep: so from the text, where the first round names them.
local function listed(id)
  local from = assert(TEXT:find("\"id\":\"" .. id .. "\"", 1, true))
  local names = {}
  local round = TEXT:match("\"rounds\":%[({.-})", from)
  for name in round:gmatch("\"([^\"]+)\":\"") do names[#names + 1] = name end
  return names
end

local function sorted(list)
  local copy = {}
  for i, value in ipairs(list) do copy[i] = value end
  table.sort(copy)
  return copy
end

-- ---- figures ----

-- A figure as text of so many decimals: "84.625" and "677/8" are one.
local function figure(text, decimals)
  local whole, point = text:match("^(%d+)%.?(%d*)$")
  local value
  if whole then
    value = native.rational(whole .. point, "1" .. ("0"):rep(#point))
  else
    value = native.rational(text:match("^(%d+)/(%d+)$"))
  end
  local scale = native.rational("1" .. ("0"):rep(decimals))
  return tostring((value * scale + native.rational(1, 2)):floor())
end

local function state(votes, names, decimals)
  local parts = {}
  for i, name in ipairs(names) do
    parts[i] = name .. " " .. figure(votes[name], decimals)
  end
  return table.concat(parts, "\n")
end

-- Droop begins a round to say that the count is over: what is the same twice
-- in a row stands once.
local function without_repeats(list)
  local short = {}
  for _, shown in ipairs(list) do
    if shown ~= short[#short] then short[#short + 1] = shown end
  end
  return short
end

local function states(rounds, names, decimals)
  local list = {}
  for i, votes in ipairs(rounds) do
    list[i] = state(votes, names, decimals)
  end
  return list
end

local function check_transfers(rows, theirs, names, decimals, where)
  local votes = {}
  for i, row in ipairs(rows) do votes[i] = row.votes end
  local got = without_repeats(states(votes, names, decimals))
  theirs = without_repeats(theirs)
  assert.equal(#theirs, #got, where)
  for i, shown in ipairs(got) do
    assert.equal(theirs[i], shown, ("%s round %d"):format(where, i))
  end
end

-- Droop's Meek shows a round as it is when the last candidate of it is to be
-- excluded. Where there are several, others have passed on their papers, which
-- is nothing that we show; and where seats are full, its last round is without
-- those who are left over.
local function check_keeping(rows, theirs, names, decimals, where)
  assert.equal(#theirs, #rows, where)
  for i = 1, #rows - 1 do
    if #rows[i].excluded <= 1 then
      assert.equal(theirs[i], state(rows[i].votes, names, decimals),
        ("%s round %d"):format(where, i))
    end
  end
end

local FIRST = { "first_listed" }
local GUARDED = { decimals = 18, guard = 9, quota = "hagenbach_bischoff" }

local function like(name, changes)
  local rule = { like = name, ties = FIRST }
  for key, value in pairs(changes or {}) do rule[key] = value end
  return rule
end

-- Droop's name of a rule -> ours, its decimals, and what its rounds are.
-- Ratios without end are those of 40 decimals: shown with 12 they agree.
local RULES = {
  ["scotland-fixed-p5-d5"] = { { like = "scotland",
    ties = { "backward", "first_listed" } }, 5, check_transfers },
  ["wigm-guarded-p18-g9-d18"] = { like("wigm", { decimals = 18, guard = 9,
    rounding = "product_first" }), 18, check_transfers },
  ["wigm-rational-d12"] = { like("wigm"), 12, check_transfers },
  ["wigm-prf-fixed-p4-d4"] = { like("wigm_prf"), 4, check_transfers },
  ["wigm-prf-batch-fixed-p4-d4"] = { like("wigm_prf_batch"), 4,
    check_transfers },
  ["mpls-fixed-p4-d4"] = { like("minneapolis"), 4, check_transfers },
  ["meek-prf-o6-fixed-p9-d9"] = { like("meek_prf"), 9, check_keeping },
  ["meek-o9-guarded-p18-g9-d18"] = { like("meek", { decimals = 18, guard = 9,
    quota = GUARDED.quota, omega = 9 }), 18, check_keeping },
  ["warren-o9-guarded-p18-g9-d18"] = { like("warren", { decimals = 18,
    guard = 9, quota = GUARDED.quota, omega = 9 }), 18, check_keeping },
  ["meek-o10-rational-d12"] = { like("meek", { decimals = 28, guard = 12,
    quota = GUARDED.quota, omega = 10 }), 12, check_keeping },
  ["warren-o10-rational-d12"] = { like("warren", { decimals = 28, guard = 12,
    quota = GUARDED.quota, omega = 10 }), 12, check_keeping },
}

local function check_rounds(id, rule, case, expected)
  local known = RULES[rule]
  local names = listed(id)
  local result = assert(urna.count(case.ballots, known[1],
    { seats = case.seats, candidates = names }))
  local where = id .. " " .. rule
  assert.same(sorted(expected.elected), sorted(result.winners), where)
  known[3](result.rounds, states(expected.rounds, names, known[2]), names,
    known[2], where)
end

local function keys(map)
  local list = {}
  for key in pairs(map) do list[#list + 1] = key end
  table.sort(list)
  return list
end

-- ---- the reports of Droop, round by round ----

-- Votes by name, and what nobody has, as one action of a report shows them.
local function read_action(text)
  local votes = {}
  for names, figures in text:gmatch(
    "%s[EHPD]%a+: +([^\n]-) %((%d+%.%d+)%)") do
    for name in (names .. ", "):gmatch("(.-), ") do votes[name] = figures end
  end
  return { votes = votes, lost = text:match("Residual: (%S+)"),
    exhausted = text:match("Nontransferable votes: (%S+)") }
end

-- The last action of each round that shows votes.
local function read_report(path)
  local text = assert(contents(path))
  local rounds = {}
  for part in (text:gsub("Round (%d+):", "\1%1\2") .. "\1"):gmatch("(.-)\1") do
    local number, rest = part:match("^(%d+)\2(.*)$")
    local round = number and tonumber(number) or 0
    for action in ((rest or part) .. "\nAction: "):gmatch("(.-)\nAction: ") do
      local found = read_action(action)
      if next(found.votes) then rounds[round + 1] = found end
    end
  end
  return rounds, text:match("Quota: (%S+)")
end

local function check_ward(ward)
  local read = assert(ballots.read(WARDS .. ward .. ".blt"))
  local result = assert(urna.count(read, "scotland"))
  local rounds, quota = read_report(WARDS .. ward
    .. "-scotland-fixed-p5-d5.txt")
  assert.equal(quota, result.quota, ward)
  assert.equal(#rounds, #result.rounds, ward)
  for i, expected in ipairs(rounds) do
    local row = result.rounds[i]
    local where = ("%s round %d"):format(ward, i - 1)
    assert.same(expected.votes, row.votes, where)
    assert.equal(expected.exhausted, row.exhausted, where)
    assert.equal(expected.lost, row.lost, where)
  end
  return #rounds
end

describe("counts that others have published", function()
  it("of eight wards of Glasgow agree in every figure of every round",
    function()
      if not contents(WARDS .. "SOURCE.txt") then
        return pending("no ../shared here: skipped")
      end
      local wards, rounds = 0, 0
      for _, ward in ipairs({ "Anderston-City", "Calton",
        "Drumchapel-Anniesland", "Garscadden-Scotsounhill", "Greater-Pollock",
        "Langside", "Maryhill-Kelvin", "North-East" }) do
        rounds = rounds + check_ward(ward .. "-2007")
        wards = wards + 1
      end
      assert.equal(8, wards)
      assert.is_true(rounds > 60)
    end)

  it("agree in the rounds of all rules that are ours", function()
    if not TEXT then return pending("no ../shared here: skipped") end
    local skipped, checked = {}, 0
    for _, case in ipairs(CASES) do
      if case.id:find("^droop") then
        for _, rule in ipairs(keys(case.expected_by_rule)) do
          local expected = case.expected_by_rule[rule]
          if RULES[rule] and expected.rounds then
            check_rounds(case.id, rule, case, expected)
            checked = checked + 1
          else
            skipped[#skipped + 1] = case.id .. " " .. rule
          end
        end
      end
    end
    print("\nskipped: " .. table.concat(skipped, ", "))
    assert.is_true(checked >= 25, checked)
  end)

  it("have the tie that binary fractions hide", function()
    local case = case_of("votekit-311-rounding-tie")
    if not case then return pending("no ../shared here: skipped") end
    local result = urna.count(case.ballots, "stv", { seats = case.seats })
    local tie = result.ties[1]
    assert.equal("lots_required", result.decision)
    assert.same(case.expected_tie, { certain = result.winners,
      tied = tie.tied, seats_left = tie.left })
    assert.same(result.winners, tie.certain)
  end)

  it("have the Scottish Government's example in whole votes", function()
    local case = case_of("scottish-government-worked-example")
    if not case then return pending("no ../shared here: skipped") end
    local result = urna.count(case.ballots, "scotland",
      { seats = case.seats })
    assert.same(case.expected_winners, result.winners)
    assert.equal(("%d.00000"):format(case.quota), result.quota)
    for i, expected in ipairs(case.expected_rounds_int) do
      for name, votes in pairs(expected) do
        local got = result.rounds[i].votes[name]:match("^%d+")
        assert.equal(("%d"):format(votes), got, name .. " " .. i)
      end
    end
  end)

  it("turn an instant runoff round, and its ballots too", function()
    local case = case_of("rv-irv-reversal")
    if not case then return pending("no ../shared here: skipped") end
    local reversed = {}
    for i, row in ipairs(case.ballots) do
      local ranks = {}
      for k = #row[2], 1, -1 do ranks[#ranks + 1] = row[2][k] end
      reversed[i] = { row[1], ranks }
    end
    assert.same(case.expected_winners, urna.count(case.ballots, "irv").winners)
    assert.same(case.expected_winners, urna.count(reversed, "irv").winners)
  end)
end)

-- ---- RCTab ----

local CELLS = { undervote = false, [""] = false }
local OURS = { ["rctab-2015-portland-mayor"] = "maine",
  ["rctab-2017-minneapolis-mayor"] = "minneapolis_irv" }

-- Ballots whose cells are as in the cast vote records.
local function of_cells(case)
  local store = native.ballots()
  local numbers = {}
  for _, name in ipairs(case.candidates) do
    numbers[name] = store:candidate(name)
  end
  numbers.UWI = store:candidate("Undeclared Write-ins", "write_in")
  for _, row in ipairs(case.ballots) do
    local ranks = {}
    for i, cell in ipairs(row[2]) do
      if cell == "overvote" then
        ranks[i] = {}
      elseif CELLS[cell] == false then
        ranks[i] = false
      else
        ranks[i] = assert(numbers[cell], cell)
      end
    end
    assert(store:add(row[1], ranks))
  end
  return ballots.of({ store = store })
end

describe("runoffs as RCTab counts them", function()
  for id, rule in pairs(OURS) do
    it(("give the rounds of %s by the rule %s"):format(id, rule), function()
      local case = case_of(id)
      if not case then return pending("no ../shared here: skipped") end
      local result = assert(urna.count(of_cells(case), rule))
      assert.same(case.expected_winners, result.winners)
      for i, expected in ipairs(case.expected_rounds) do
        local standing = {}
        for name, votes in pairs(result.rounds[i].votes) do
          if votes ~= "0" or expected[name] then standing[name] = votes end
        end
        assert.same(expected, standing, ("%s round %d"):format(id, i))
      end
      assert.equal(#case.expected_rounds, #result.rounds)
      assert.equal(case.threshold, result.quota)
    end)
  end
end)
