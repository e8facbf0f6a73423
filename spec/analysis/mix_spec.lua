local generator = require "spec.generator"
local urna = require "urna"

local SEED = 20200621
local DATE = "2024-06-02"

-- A random contest of a few lists and stations, and a source of it: the law of
-- local elections, one list of a minority. Votes are small, so that seats move
-- and ties happen.
local function random_case(draw)
  local case = { lists = draw(2, 4), stations = draw(1, 3),
    seats = draw(2, 7), sources = draw(2, 3), said = {} }
  for s = 1, case.stations do
    case.said[s] = {}
    for k = 1, case.sources do
      local votes, sum = {}, 0
      for i = 1, case.lists do
        local is_kept = k > 1 and draw(1, 3) > 1
        votes[i] = is_kept and case.said[s][1].votes[i]
          or draw(0, i == 1 and 60 or i == case.lists and 4 or 30)
        sum = sum + votes[i]
      end
      case.said[s][k] = { votes = votes, box = sum + draw(0, 3) }
    end
  end
  return case
end

local function contest_of(case)
  local lists = {}
  for i = 1, case.lists do
    lists[i] = { key = "L" .. i, column = "L" .. i,
      minority = i == case.lists }
  end
  return { date = DATE, rule = "rs/local", seats = case.seats, name = "Case",
    keys = { "station" }, columns = { ballots_in_box = "box" },
    lists = lists }
end

local function results_of(case, k)
  local lines = { "station,box" }
  for i = 1, case.lists do lines[1] = lines[1] .. ",L" .. i end
  for s = 1, case.stations do
    local said = case.said[s][k]
    lines[s + 1] = ("%d,%d,%s"):format(s, said.box,
      table.concat(said.votes, ","))
  end
  return assert(urna.read({ text = table.concat(lines, "\n") .. "\n" },
    { contest = contest_of(case) }))
end

-- The seats at some totals as text, "?" where the law leaves them open.
local function seats_at(case, votes, box)
  local lists, seats = {}, {}
  for i = 1, case.lists do
    lists[i] = { key = "L" .. i, votes = votes[i],
      minority = i == case.lists }
  end
  -- more votes than ballots: as results with such sums, and not as typed votes
  local outcome = assert(urna.apportion(require "urna.totals".new {
    contest = contest_of(case), lists = lists,
    fields = { ballots_in_box = box } }, { explain = false }))
  if outcome.decision ~= "decided" then return "?" end
  for i, list in ipairs(outcome.lists) do seats[i] = list.seats end
  return table.concat(seats, " ")
end

-- Every way to choose one of `counts[n]` at each n.
local function each_choice(counts, f)
  local choice = {}
  local function go(n)
    if n > #counts then return f(choice) end
    for value = 1, counts[n] do
      choice[n] = value
      go(n + 1)
    end
  end
  go(1)
end

-- Whether any mix of whole records has other seats, and of how few stations.
local function brute_records(case, now)
  local counts, fewest = {}, nil
  for s = 1, case.stations do counts[s] = case.sources end
  each_choice(counts, function(choice)
    local votes, box, changed = {}, 0, 0
    for i = 1, case.lists do votes[i] = 0 end
    for s = 1, case.stations do
      local said = case.said[s][choice[s]]
      for i = 1, case.lists do votes[i] = votes[i] + said.votes[i] end
      box = box + said.box
      if choice[s] > 1 then changed = changed + 1 end
    end
    if seats_at(case, votes, box) ~= now then
      fewest = math.min(fewest or changed, changed)
    end
  end)
  return fewest
end

-- All totals that one figure can have.
local function totals_of(case, value_of)
  local sums = { [0] = true }
  for s = 1, case.stations do
    local after = {}
    for sum in pairs(sums) do
      for k = 1, case.sources do
        after[sum + value_of(case.said[s][k])] = true
      end
    end
    sums = after
  end
  local listed = {}
  for sum in pairs(sums) do listed[#listed + 1] = sum end
  table.sort(listed)
  return listed
end

local function brute_figures(case, now)
  local columns, counts = {}, {}
  for i = 1, case.lists do
    columns[i] = totals_of(case, function(said) return said.votes[i] end)
    counts[i] = #columns[i]
  end
  columns[case.lists + 1] = totals_of(case, function(said)
    return said.box
  end)
  counts[case.lists + 1] = #columns[case.lists + 1]
  local found, ways = false, 1
  for _, count in ipairs(counts) do ways = ways * count end
  if ways > 3000 then return nil end
  each_choice(counts, function(choice)
    if found then return end
    local votes = {}
    for i = 1, case.lists do votes[i] = columns[i][choice[i]] end
    found = seats_at(case, votes,
      columns[case.lists + 1][choice[case.lists + 1]]) ~= now
  end)
  return found
end

-- Box and votes of the first source together.
local function first_seats(case)
  local votes, box = {}, 0
  for i = 1, case.lists do votes[i] = 0 end
  for s = 1, case.stations do
    for i = 1, case.lists do
      votes[i] = votes[i] + case.said[s][1].votes[i]
    end
    box = box + case.said[s][1].box
  end
  return seats_at(case, votes, box)
end

describe("whether differences could move a seat", function()
  it("is what every mix of random records says (seed " .. SEED .. ")",
    function()
      local draw = generator(SEED)
      local seen = { could = 0, cannot = 0, open = 0 }
      for n = 1, 250 do
        local case = random_case(draw)
        local now = first_seats(case)
        if now ~= "?" then
          local sources = {}
          for k = 1, case.sources do sources[k] = results_of(case, k) end
          local found = assert(urna.reconcile(
            (table.unpack or unpack)(sources))) -- luacheck: ignore 143
          local effect, name = found.effect, "case " .. n
          assert.truthy(effect.records, name)
          local fewest = brute_records(case, now)
          seen[effect.records.result] = seen[effect.records.result] + 1
          if effect.records.result == "could" then
            assert.truthy(fewest, name)
            local used = effect.records.witness.stations
            if #effect.records.crossing == 0 then
              assert.equal(fewest, #used, name)
            else
              assert.is_true(#used >= fewest, name)
            end
          elseif effect.records.result == "cannot" then
            assert.is_nil(fewest, name)
          else
            assert.is_true(#effect.records.crossing > 0, name)
          end
          local truth = brute_figures(case, now)
          if effect.figures.result ~= "open" and truth ~= nil then
            assert.equal(truth, effect.figures.result == "could", name)
          end
        end
      end
      -- the cases are of both kinds, and hardly any is left open
      assert.is_true(seen.could > 40 and seen.cannot > 40)
      assert.is_true(seen.open < 5)
    end)
end)
