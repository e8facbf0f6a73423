local levelling = require "urna.levelling"
local urna = require "urna"
local vectors = require "spec.allocate.vectors"

-- Votes of those who reach `share` per cent of all votes or are in `also`.
local function above(votes, share, also)
  local all, found = 0, {}
  for _, count in pairs(votes) do all = all + count end
  for key, count in pairs(votes) do
    if 100 * count >= share * all or also and also[key] then
      found[key] = count
    end
  end
  return found
end

local function only(map, known)
  local found = {}
  for key, value in pairs(map) do
    if known[key] then found[key] = value end
  end
  return found
end

local function sum(map)
  local total = 0
  for _, value in pairs(map) do total = total + value end
  return total
end

-- What is not named has no seats.
local function assert_seats(expected, found, told)
  for key, count in pairs(found) do
    assert.equal(expected[key] or 0, count, told .. " " .. key)
  end
  assert.equal(sum(expected), sum(found), told)
end

describe("overhang", function()
  it("lets a list keep what it holds beyond its due", function()
    -- d'Hondt, 5 seats: 60 30 20 | 40 20 | 10, of which 60 40 30 20 20: 3 2 0;
    -- C holds 2 and keeps them
    local found = levelling.overhang({ A = 60, B = 40, C = 10 }, 5, "dhondt",
      { A = 1, C = 2 })
    assert.same({ A = 3, B = 2, C = 2 }, found.seats)
    assert.same({ C = 2 }, found.overhang)
    assert.equal(7, found.house)
  end)

  it("gives New Zealand's house of 2014 its 121st seat", function()
    local case = vectors.find("nz-house-2014")
    if not case then return pending(vectors.path .. " is absent: skipped") end
    -- 5 % or an electorate seat
    local votes = above(case.votes, 5, case.prior)
    local found = levelling.overhang(votes, 120, "sainte_lague", case.prior)
    assert_seats(case.expected, found.seats, case.id)
    assert.equal(121, found.house)
    assert.same({ ["United Future"] = 1 }, found.overhang)
  end)
end)

describe("compensation in a fixed house", function()
  it("takes out who holds more than its due, and allocates anew", function()
    -- d'Hondt of 6: 60 30 20 15 | 30 15 | 12, so 4 2 0 by 60 30 30 20 and then
    -- 15 15, both served. C holds 1 and leaves with it: 5 seats for A and B,
    -- 60 30 30 20 and one of 15 15: a tie. With A = 61 it is 61/4 = 15.25.
    local found = levelling.compensate({ A = 61, B = 30, C = 12 }, 6,
      "dhondt", { A = 2, B = 1, C = 1 })
    assert.same({ A = 4, B = 1, C = 1 }, found.seats)
    assert.same({ A = 2, B = 0, C = 0 }, found.adjustment_seats)
    assert.same({ "C" }, found.excluded)
    assert.equal(6, found.house)
  end)

  it("tells the tie of a round, and takes the draw", function()
    local votes, held = { 60, 30, 12 }, { 2, 1, 1 }
    local open = levelling.compensate(votes, 6, "dhondt", held)
    assert.same({ { stage = "averages", certain = { 3, 1 }, tied = { 1, 2 },
      left = 1 } }, open.ties)
    assert.same({ 3, 1, 1 }, open.seats)
    local drawn = levelling.compensate(votes, 6, "dhondt", held,
      { lots = { { 2 } } })
    assert.same({ 3, 2, 1 }, drawn.seats)
    assert.same({ 2 }, drawn.drawn[1].drawn)
    for wrong, lots in pairs {
      ["lots[2] draws 1, and there is no tie for it: one was met"] =
        { { 2 }, { 1 } },
      ["lots[1] draws 3, which is not tied: 1 of 1, 2 is to be drawn "
        .. "(averages)"] = { { 3 } },
      ["lots[1] must be an array of those drawn, not 2"] = { 2 },
    } do
      local done, message = pcall(levelling.compensate, votes, 6, "dhondt",
        held, { lots = lots })
      assert.is_false(done)
      assert.equal("levelling.compensate: " .. wrong, message)
    end
  end)

  for _, id in ipairs { "no-storting-2017", "no-storting-2021" } do
    it("gives the Storting of " .. id:match("%d+") .. " its adjustment seats",
      function()
        local case = vectors.find(id)
        if not case then
          return pending(vectors.path .. " is absent: skipped")
        end
        local _, votes = vectors.sums(case.votes)
        local _, held = vectors.sums(case.expected_district_seats)
        local _, expected = vectors.sums(case.expected_levelling)
        local eligible = above(votes, 4)
        -- seats of parties below 4 % are not to be shared
        local seats = case.seats - (sum(held) - sum(only(held, eligible)))
        local found = levelling.compensate(eligible, seats,
          "modified_sainte_lague_1.4", only(held, eligible))
        assert.same({}, found.ties)
        assert_seats(expected, found.adjustment_seats, id)
        assert_seats(only(case.expected, eligible), found.seats, id)
      end)
  end
end)

describe("a house that grows", function()
  it("is the smallest in which all have their minimum", function()
    -- Sainte-Lague: B's first quotient 10 is A's 100/11 at its sixth seat
    -- (9.09) before and 100/9 (11.1) at its fifth: B enters at the 6th seat
    local found = levelling.grow({ A = 100, B = 10 }, 3, "sainte_lague",
      { B = 1 })
    assert.same({ A = 5, B = 1 }, found.seats)
    assert.equal(6, found.levelled)
    assert.equal(6, found.house)
    assert.same({}, found.overhang)
    -- with one seat that need not be levelled nothing grows
    found = levelling.grow({ A = 100, B = 10 }, 3, "sainte_lague", { B = 1 },
      { unlevelled = 1 })
    assert.same({ A = 3, B = 1 }, found.seats)
    assert.same({ 3, 4, { B = 1 } },
      { found.levelled, found.house, found.overhang })
  end)

  it("is not too large, whatever it starts from", function()
    -- d'Hondt of 7 : 1: B has its k-th seat, 1/k, when A has 7k, tied with it
    for k = 1, 40 do
      local found = levelling.grow({ 7000, 1001 }, 1, "dhondt", { [2] = k })
      local before = urna.allocate({ 7000, 1001 }, found.levelled - 1,
        "dhondt")
      assert.equal(k, found.seats[2])
      assert.equal(k - 1, before.seats[2])
    end
  end)

  -- Seats of the Länder by population, then in each by its votes.
  local function german_minima(case, eligible, minimum)
    local states = urna.allocate(case.population, 598, "sainte_lague")
    assert.same({}, states.ties)
    local minima, due = {}, {}
    for state, votes in pairs(case.votes) do
      local there = urna.allocate(only(votes, eligible), states.seats[state],
        "sainte_lague")
      assert.same({}, there.ties)
      for party, seats in pairs(there.seats) do
        local direct = (case.prior[state] or {})[party] or 0
        minima[party] = (minima[party] or 0) + minimum(direct, seats)
        due[party] = (due[party] or 0) + seats
      end
    end
    return minima, due
  end

  -- 5 % of all valid votes, three direct seats, or of a minority
  local function german_votes(case)
    local _, votes = vectors.sums(case.votes)
    local _, direct = vectors.sums(case.prior)
    local also = { SSW = true }
    for party, seats in pairs(direct) do also[party] = seats >= 3 end
    return above(votes, 5, also)
  end

  it("gives the Bundestag of 2017 its 709 seats", function()
    local case = vectors.find("de-bundestag-2017")
    if not case then return pending(vectors.path .. " is absent: skipped") end
    local votes = german_votes(case)
    -- text of 2013: in each Land the greater of direct seats and seats due
    local minima = german_minima(case, votes, math.max)
    local found = levelling.grow(votes, 598, "sainte_lague", minima)
    assert_seats(case.expected, found.seats, case.id)
    assert.equal(case.expected_total, found.house)
    assert.same({}, found.overhang)
  end)

  it("leaves three seats of 2021 unlevelled", function()
    local case = vectors.find("de-bundestag-2021-preliminary")
    if not case then return pending(vectors.path .. " is absent: skipped") end
    local votes = german_votes(case)
    -- text of 2020: in each Land the greater of direct seats and the mean of
    -- both, rounded up; at least all that is due
    local minima, due = german_minima(case, votes, function(direct, seats)
      local twice = direct + seats
      return math.max(direct, (twice + twice % 2) / 2)
    end)
    for party, seats in pairs(due) do
      minima[party] = math.max(minima[party], seats)
    end
    local found = levelling.grow(votes, 598, "sainte_lague", minima,
      { unlevelled = 3 })
    assert_seats(case.expected, found.seats, case.id)
    assert.equal(case.expected_total, found.house)
    assert.same({ CSU = 3 }, found.overhang)
  end)
end)

describe("prior seats", function()
  it("are continued by the Althing's nine adjustment seats of 2013", function()
    local case = vectors.find("is-althingi-2013")
    if not case then return pending(vectors.path .. " is absent: skipped") end
    local _, all = vectors.sums(case.votes)
    local _, held = vectors.sums(case.expected_constituency_seats)
    local votes = above(all, 5)
    local found = urna.allocate(votes, 63, "dhondt",
      { prior = only(held, votes) })
    assert.same({}, found.ties)
    assert_seats(case.expected, found.seats, case.id)
  end)
end)

describe("cover of direct seats", function()
  it("lets a list have no more of them than are due", function()
    assert.same({ direct = { A = 3, B = 2, C = 0 },
      from_list = { A = 0, B = 2, C = 1 }, uncovered = { A = 1 } },
      levelling.cover({ A = 3, B = 4, C = 1 }, { A = 4, B = 2 }))
  end)

  it("leaves 23 direct seats of 2025 without one", function()
    local case = vectors.find("de-bundestag-2025")
    if not case then return pending(vectors.path .. " is absent: skipped") end
    local votes = only((select(2, vectors.sums(case.votes))), case.expected)
    local house = urna.allocate(votes, 630, "sainte_lague")
    assert_seats(case.expected, house.seats, case.id)
    -- each party's seats to the Länder by its votes there
    local uncovered = 0
    for party, seats in pairs(house.seats) do
      local there, direct = {}, {}
      for state, row in pairs(case.votes) do there[state] = row[party] end
      for state, row in pairs(case.prior) do
        if there[state] then direct[state] = row[party] end
      end
      local due = urna.allocate(there, seats, "sainte_lague")
      uncovered = uncovered + sum(levelling.cover(due.seats, direct).uncovered)
    end
    assert.equal(23, uncovered)
  end)
end)

describe("levelling", function()
  local function message_of(f, ...)
    local done, message = pcall(f, ...)
    assert.is_false(done)
    return message
  end

  it("refuses seats of a list that has no votes, at the caller's line",
    function()
      for name, verb in pairs { overhang = levelling.overhang,
        compensate = levelling.compensate } do
        assert.matches("levelling_spec.lua:%d+: levelling." .. name
          .. ": held names \"C\", which has no votes",
          message_of(function() verb({ A = 1 }, 3, "dhondt", { C = 1 }) end))
      end
      assert.matches("levelling.grow: min names \"C\", which has no votes",
        message_of(levelling.grow, { A = 1 }, 3, "dhondt", { C = 1 }))
      assert.matches("levelling.cover: held names \"C\"",
        message_of(levelling.cover, { A = 1 }, { C = 1 }))
    end)

  it("refuses a minimum that no house can meet", function()
    assert.matches("min of \"B\" is 1, and it has no votes",
      message_of(levelling.grow, { A = 1, B = 0 }, 3, "dhondt", { B = 1 }))
    assert.matches("method must be a divisor method",
      message_of(levelling.grow, { A = 1, B = 2 }, 3, "hare", { B = 1 }))
    assert.matches("unlevelled must be a whole number of seats, got 0.5",
      message_of(levelling.grow, { A = 1 }, 3, "dhondt", {},
        { unlevelled = 0.5 }))
    assert.matches("there is no option \"unlevelled\"",
      message_of(levelling.overhang, { A = 1 }, 3, "dhondt", {},
        { unlevelled = 1 }))
    assert.matches("held of \"A\" must be a whole number from 0 to 2%^31 %- 1,"
      .. " got %-1",
      message_of(levelling.overhang, { A = 1 }, 3, "dhondt", { A = -1 }))
  end)
end)
