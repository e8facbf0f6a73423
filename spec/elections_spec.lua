local elections = require "urna.elections"

-- The table that the figures were typed from; absent outside the workplace.
local PATH = "../shared/data/serbia-results.json"
local FIELDS = { "registered_voters", "voters_signed", "ballots_in_box",
  "valid_ballots", "invalid_ballots" }
-- The table's short keys of two lists in its quick counts.
local QUICK = { MI = "MI-GIN", SPP = "SPP-DSHV" }

local function read_table()
  local file = io.open(PATH)
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return assert(require("dkjson").decode(text))
end

local printed = read_table()

-- A test that needs the table and is reported as skipped without it.
local function against(title, test)
  it(title, function()
    if not printed then pending(PATH .. " is absent") end
    test()
  end)
end

local function value_of(measure)
  if type(measure) == "table" then return measure.value end
  return measure
end

local function by_key(lists)
  local found = {}
  for _, list in ipairs(lists) do found[list.key] = list end
  return found
end

local function all()
  local found = {}
  for i, row in ipairs(elections.index) do
    found[i] = assert(elections.find(row.id))
  end
  return found
end

local function sum_of_lists(election)
  local sum = 0
  for _, list in ipairs(election.lists) do
    sum = sum + value_of(list.votes)
  end
  return sum
end

-- Every measure of an election with a name for messages.
local function measures(election)
  local found = {}
  for _, field in ipairs(FIELDS) do
    found[#found + 1] = { election.id .. " " .. field,
      election.fields[field] }
  end
  for _, list in ipairs(election.lists) do
    found[#found + 1] = { election.id .. " " .. list.key, list.votes }
  end
  found[#found + 1] = { election.id .. " others",
    election.others and election.others.votes }
  return found
end

local function snapshot_of(printed_snapshot)
  local election = assert(elections.find(printed_snapshot.election))
  for _, snapshot in ipairs(election.snapshots) do
    if snapshot.id == printed_snapshot.id then return snapshot end
  end
end

local function printed_of_kind(pattern)
  local found = {}
  for _, snapshot in ipairs(printed.snapshots) do
    if snapshot.id:find(pattern) then found[#found + 1] = snapshot end
  end
  return found
end

-- The printed rows of one kind ("turnout", "reruns") by election.
local function grouped(rows)
  local groups = {}
  for _, row in ipairs(rows) do
    local group = groups[row.election] or {}
    group[#group + 1], groups[row.election] = row, group
  end
  return groups
end

describe("the figures of the embedded elections", function()
  against("are of the same 18 elections as the table, by id and alias",
    function()
      local ids, expected = {}, {}
      for _, row in ipairs(elections.index) do ids[row.id] = row.alias end
      for _, election in ipairs(printed.elections) do
        expected[election.id] = election.alias
      end
      assert.same(expected, ids)
    end)

  for _, row in ipairs(elections.index) do
    local function expected()
      for _, election in ipairs(printed.elections) do
        if election.id == row.id then return election end
      end
    end

    against(row.alias .. " has the table's lists, votes and seats in order",
      function()
        local election = assert(elections.find(row.id))
        local there = expected()
        assert.equal(#there.lists, #election.lists)
        assert.equal(there.seats, election.seats)
        assert.equal(there.date, election.date)
        for i, list in ipairs(there.lists) do
          local own = election.lists[i]
          assert.equal(list.short, own.key)
          assert.equal(list.short, own.short)
          assert.equal(list.name, own.name)
          assert.equal(list.minority, own.minority)
          assert.equal(list.votes, value_of(own.votes))
          assert.equal(list.seats, election.official.seats[own.key] or 0)
        end
      end)

    against(row.alias .. " marks just the votes that the table marks",
      function()
        local own = by_key(assert(elections.find(row.id)).lists)
        for _, list in ipairs(expected().lists) do
          local votes, status = own[list.short].votes, list.votes_status
          local mark = type(votes) == "table" and votes.mark or nil
          assert.equal(status and status:match("^%a+"), mark)
        end
      end)

    against(row.alias .. " prints the table's percentages, two decimals each",
      function()
        local own = by_key(assert(elections.find(row.id)).lists)
        for _, list in ipairs(expected().lists) do
          local percent = own[list.short].percent
          assert.equal(list.pct and ("%.2f"):format(list.pct), percent)
        end
      end)

    against(row.alias .. " has the table's totals and no value it lacks",
      function()
        local there, election = expected(), assert(elections.find(row.id))
        for _, field in ipairs(FIELDS) do
          assert.equal(there[field], value_of(election.fields[field]), field)
        end
      end)

    against(row.alias .. " has a row for other lists just if some are omitted",
      function()
        local others = assert(elections.find(row.id)).others
        assert.equal(expected().lists_complete, others == nil)
      end)
  end

  it("add up to the valid ballots where all lists are there", function()
    local complete = 0
    for _, election in ipairs(all()) do
      local valid = value_of(election.fields.valid_ballots)
      if not election.others then
        complete = complete + 1
        assert.equal(valid, sum_of_lists(election), election.id)
      end
    end
    assert.equal(4, complete) -- 2023, 2022, 2020, 2014
  end)

  it("leave to the other lists what the valid total leaves", function()
    for _, election in ipairs(all()) do
      local valid = value_of(election.fields.valid_ballots)
      if election.others and valid then
        assert.equal(valid - sum_of_lists(election),
          value_of(election.others.votes), election.id)
      end
    end
  end)

  it("add valid and invalid ballots up to the ballots in the box", function()
    for _, election in ipairs(all()) do
      local fields = election.fields
      local box = value_of(fields.ballots_in_box)
      if box then
        assert.equal(box, value_of(fields.valid_ballots)
          + value_of(fields.invalid_ballots), election.id)
      end
    end
  end)

  it("never have more ballots in the box than signatures", function()
    for _, election in ipairs(all()) do
      local signed = value_of(election.fields.voters_signed)
      local box = value_of(election.fields.ballots_in_box)
      assert.is_true(not signed or not box or box <= signed, election.id)
    end
  end)

  it("hold official seats that add up to the seats of the body", function()
    for _, election in ipairs(all()) do
      local sum, own = 0, by_key(election.lists)
      for key, seats in pairs(election.official.seats) do
        assert.is_table(own[key], election.id .. " " .. key)
        sum = sum + seats
      end
      assert.equal(election.seats, sum, election.id)
      assert.is_string(election.official.source)
    end
  end)

  it("are whole numbers inside their own interval, with a reason for a mark",
    function()
      for _, election in ipairs(all()) do
        for _, row in ipairs(measures(election)) do
          local name, measure = row[1], row[2]
          if type(measure) == "table" then
            local low = measure.min or measure.value
            local high = measure.max or measure.value
            local value = measure.value or low
            assert.equal(0, value % 1 + low % 1 + high % 1, name)
            assert.is_true(low <= value and value <= high, name)
            assert.is_true(measure.mark == "estimate"
              or measure.mark == "recalled", name)
            assert.is_string(measure.why, name)
          end
        end
      end
    end)

  it("hold votes or percentages of every list but of Vojvodina 2020",
    function()
      for _, election in ipairs(all()) do
        local bare = election.alias == "vojvodina-2020"
        for _, list in ipairs(election.lists) do
          assert.equal(bare, list.votes == nil and list.percent == nil)
          local alone = list.votes == nil and list.percent ~= nil
          assert.equal(alone, election.shares ~= nil, election.id)
        end
      end
    end)

  it("name the base wherever they print percentages", function()
    for _, election in ipairs(all()) do
      local base = election.percent_base
        or election.shares and election.shares.base
      for _, list in ipairs(election.lists) do
        assert.is_true(list.percent == nil or base ~= nil, election.id)
      end
    end
  end)
end)

describe("an interval of the embedded elections", function()
  -- All integers between min and max, and no others, print as 'percent' of
  -- 'whole' at that many decimals, half up: compared in integers.
  local function prints_as(measure, whole, percent, decimals)
    local scale = 10 ^ decimals
    local function printed_as(count)
      return math.floor((200 * scale * count + whole) / (2 * whole)) / scale
    end
    assert.equal(percent, printed_as(measure.min))
    assert.equal(percent, printed_as(measure.max))
    assert.not_equal(percent, printed_as(measure.min - 1))
    assert.not_equal(percent, printed_as(measure.max + 1))
  end

  local function field(alias, name)
    return elections.find(alias).fields[name]
  end

  it("holds the signatures of Belgrade 2024 that print as 46.12 %", function()
    prints_as(field("belgrade-2024", "voters_signed"), 1602112, 46.12, 2)
  end)

  it("holds the signatures of Belgrade 2023 that print as 58.41 %", function()
    prints_as(field("belgrade-2023", "voters_signed"), 1613369, 58.41, 2)
  end)

  it("holds the signatures of Belgrade 2018 that print as 51.3 %", function()
    prints_as(field("belgrade-2018", "voters_signed"), 1606931, 51.3, 1)
  end)

  it("holds the signatures of 2008 that print as 61.33 %", function()
    prints_as(field("parliament-2008", "voters_signed"), 6749886, 61.33, 2)
  end)

  it("has the bounds that the table states for what it recalls or estimates",
    function()
      -- as the notes of each election in the table state them
      local stated = {
        { "parliament-2023", "voters_signed", 3820117, 3820767 },
        { "parliament-2023", "ballots_in_box", 3814995, 3815050 },
        { "belgrade-2024", "ballots_in_box", 733935, 734059 },
        { "belgrade-2024", "valid_ballots", 720089, 720108 },
        { "belgrade-2023", "valid_ballots", 919421, 919527 },
        { "belgrade-2022", "ballots_in_box", 916095, 916336 },
      }
      for _, row in ipairs(stated) do
        local measure = field(row[1], row[2])
        assert.same({ row[3], row[4] }, { measure.min, measure.max })
      end
    end)

  it("bounds the box of Vojvodina 2023 by stations not yet counted",
    function()
      -- 922,441 is less than 59.245 % of 1,556,994 and not of one fewer
      assert.is_true(922441 * 100000 < 59245 * 1556994)
      assert.is_false(922441 * 100000 < 59245 * 1556993)
      local box = field("vojvodina-2023", "ballots_in_box")
      assert.equal(922441 + (1669791 - 1556994), box.max)
    end)

  it("bounds the valid votes of Vojvodina 2023 by the share of SNS",
    function()
      -- 438,741 is less than 48.825 % of 898,600 and not of one fewer
      assert.is_true(438741 * 100000 < 48825 * 898600)
      assert.is_false(438741 * 100000 < 48825 * 898599)
      assert.equal(898600, field("vojvodina-2023", "valid_ballots").min)
    end)

  it("of the other lists is what the bounds of the valid votes leave",
    function()
      for _, alias in ipairs { "belgrade-2022", "belgrade-2023" } do
        local election = elections.find(alias)
        local valid, sum = election.fields.valid_ballots,
          sum_of_lists(election)
        assert.equal(valid.min - sum, election.others.votes.min)
        assert.equal(valid.max - sum, election.others.votes.max)
      end
      -- here the Russian Party is an interval too, 8,477..8,533, beside
      -- 666,429 votes of the other four
      local votes = elections.find("belgrade-2024").others.votes
      assert.equal(720089 - 666429 - 8533, votes.min)
      assert.equal(720108 - 666429 - 8477, votes.max)
    end)
end)

describe("the lists of the embedded elections", function()
  -- Relative luminance and contrast as WCAG 2.1 defines them.
  local function channel(hex)
    local c = tonumber(hex, 16) / 255
    return c <= 0.03928 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4
  end

  local function contrast_on_white(colour)
    local r, g, b = colour:match("^#(%x%x)(%x%x)(%x%x)$")
    local luminance = 0.2126 * channel(r) + 0.7152 * channel(g)
      + 0.0722 * channel(b)
    return 1.05 / (luminance + 0.05)
  end

  -- The elections and the partial counts that can be found like one.
  local function all_with_lists()
    local found = all()
    for _, id in ipairs { "bg-2024-06-02-prelim-92.09",
      "vo-2023-prelim-1696" } do
      found[#found + 1] = assert(elections.find(id))
    end
    return found
  end

  it("have keys of which no two in an election are alike", function()
    for _, election in ipairs(all_with_lists()) do
      local seen = {}
      for _, list in ipairs(election.lists) do
        assert.is_nil(seen[list.key], election.id .. " " .. list.key)
        seen[list.key] = true
      end
    end
  end)

  it("have colours that stand out from white by 3 to 1", function()
    for _, election in ipairs(all_with_lists()) do
      for _, list in ipairs(election.lists) do
        assert.is_true(contrast_on_white(list.colour) >= 3,
          election.id .. " " .. list.key .. " " .. list.colour)
      end
    end
  end)

  it("have colours of which no two in an election are alike", function()
    for _, election in ipairs(all_with_lists()) do
      local seen = {}
      for _, list in ipairs(election.lists) do
        assert.is_nil(seen[list.colour], election.id .. " " .. list.key)
        seen[list.colour] = list.key
      end
    end
  end)

  it("have Cyrillic names and shorts without a Latin letter", function()
    for _, election in ipairs(all_with_lists()) do
      assert.is_nil(election.names["sr-Cyrl"]:find("%a"), election.id)
      for _, list in ipairs(election.lists) do
        assert.is_nil(list.names["sr-Cyrl"]:find("%a"), list.key)
        assert.is_nil(list.shorts["sr-Cyrl"]:find("%a"), list.key)
      end
    end
  end)

  it("say of every list whether it is a minority's", function()
    for _, election in ipairs(all_with_lists()) do
      for _, list in ipairs(election.lists) do
        assert.is_boolean(list.minority, election.id .. " " .. list.key)
      end
    end
  end)
end)

describe("the snapshots of the embedded elections", function()
  against("all belong to an election", function()
    for _, snapshot in ipairs(printed.snapshots) do
      assert.is_table(snapshot_of(snapshot), snapshot.id)
    end
  end)

  against("have the partial counts' votes, seats and percentages", function()
    for _, there in ipairs(printed_of_kind("prelim")) do
      local snapshot = snapshot_of(there)
      local own = by_key(snapshot.lists)
      for _, list in ipairs(there.lists) do
        assert.equal(list.votes, own[list.short].votes)
        assert.equal(list.seats, own[list.short].seats)
        assert.equal(list.pct, tonumber(own[list.short].percent))
      end
      local fields = snapshot.fields or {}
      assert.equal(there.voted, fields.ballots_in_box)
      assert.equal(there.turned_out, fields.voters_signed)
    end
  end)

  against("print seats that add up to what the table says they do", function()
    for _, there in ipairs(printed_of_kind("prelim")) do
      local own, sum = snapshot_of(there), 0
      for _, list in ipairs(own.lists) do sum = sum + (list.seats or 0) end
      if own.published_seats_sum then
        assert.equal(own.published_seats_sum, sum)
      end
      if there.published_seats_sum then
        assert.equal(there.published_seats_sum, sum)
      end
    end
  end)

  against("follow the count of 2023 point by point", function()
    local there = printed_of_kind("count%-curve")[1]
    local own = snapshot_of(there)
    assert.equal(#there.points, #own.points)
    for i, point in ipairs(there.points) do
      local lists = by_key(own.points[i].lists)
      assert.equal(point.stations, own.points[i].stations)
      assert.equal(point.processed_pct,
        tonumber(own.points[i].share_of_stations))
      for _, key in ipairs { "SNS", "SPN" } do
        local list = lists[key] or {}
        assert.equal(point[key .. "_votes"], list.votes)
        assert.equal(point[key .. "_pct"], tonumber(list.percent))
      end
    end
  end)

  against("have the percentages and seats of the quick counts", function()
    for _, there in ipairs(printed_of_kind("quick%-count")) do
      local own = snapshot_of(there)
      for i, point in ipairs(there.points) do
        local lists = by_key(own.points[i].lists)
        assert.equal(point.sample_pct,
          tonumber(own.points[i].share_of_sample))
        for key, pair in pairs(point) do
          if key ~= "sample_pct" then
            local list = lists[QUICK[key] or key]
            assert.equal(pair[1], tonumber(list.percent))
            assert.equal(pair[2], list.seats)
          end
        end
      end
    end
  end)

  against("have the votes from abroad", function()
    local there = printed_of_kind("abroad")[1]
    local own, votes = snapshot_of(there), {}
    for _, list in ipairs(own.lists) do votes[list.key] = list.votes end
    assert.same(there.votes, votes)
    assert.equal(there.valid, own.fields.valid_ballots)
    assert.equal(there.invalid, own.fields.invalid_ballots)
    assert.equal(there.stations, own.stations)
  end)

  against("stand beside the turnout series of the table", function()
    for id, series in pairs(grouped(printed.turnout)) do
      local own = assert(elections.find(id)).turnout
      assert.equal(#series, #own)
      for i, there in ipairs(series) do
        assert.equal(there.source:match("^[%w/]+"), own[i].source)
        assert.equal(there.sample, own[i].sample)
        for j, point in ipairs(there.points) do
          local twin = own[i].points[j]
          assert.same({ point[1], point[2], point[3] },
            { twin.time, twin.percent, twin.margin })
        end
      end
    end
  end)

  against("stand beside the re-votes of the table", function()
    for id, reruns in pairs(grouped(printed.reruns)) do
      local own = assert(elections.find(id)).reruns
      assert.equal(#reruns, #own)
      for i, there in ipairs(reruns) do
        assert.equal(there.stations, own[i].stations)
        assert.equal(there.registered, own[i].registered_voters)
        assert.equal(there.date:match("^[%d-]+"), own[i].date)
        assert.equal(there.named and #there.named,
          own[i].named and #own[i].named)
      end
    end
  end)
end)

describe("the registry of elections", function()
  local function files()
    local pipe = assert(io.popen("ls lua/urna/elections"))
    local found = {}
    for name in pipe:lines() do
      found["urna.elections." .. name:gsub("%.lua$", "")] = true
    end
    pipe:close()
    return found
  end

  it("has one row for each file and no other", function()
    local modules = {}
    for _, row in ipairs(elections.index) do modules[row.module] = true end
    assert.same(files(), modules)
  end)

  it("repeats in each row what the file says", function()
    for _, row in ipairs(elections.index) do
      local election = require(row.module)
      for _, key in ipairs { "id", "alias", "country", "body", "date",
        "name" } do
        assert.equal(election[key], row[key], row.id)
      end
    end
  end)

  it("is sorted by id, byte by byte, with no id twice", function()
    for i = 2, #elections.index do
      assert.is_true(elections.index[i - 1].id < elections.index[i].id)
    end
  end)

  it("uses no alias twice and none that is an id", function()
    local seen = {}
    for _, row in ipairs(elections.index) do
      assert.is_nil(seen[row.alias])
      assert.is_nil(seen[row.id])
      seen[row.alias], seen[row.id] = true, true
    end
  end)

  it("reads no election to list them", function()
    local probe = [[
      local elections = require "urna.elections"
      elections.list { body = "belgrade" }
      for name in pairs(package.loaded) do
        if name:find("^urna%.elections%.") then os.exit(1) end
      end
      os.exit(0)]]
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write("package.path = './lua/?.lua;' .. package.path\n", probe)
    file:close()
    local done = os.execute(("%s %s"):format(arg[-1] or "lua", path))
    os.remove(path)
    assert.is_true(done == true or done == 0)
  end)

  it("finds an election by its id and by its alias", function()
    assert.same(elections.find("rs/nis/2024-06-02"),
      elections.find("nis-2024"))
    assert.equal("rs/nis/2024-06-02", elections.find("nis-2024").id)
  end)

  it("gives copies: a change does not reach the next caller", function()
    elections.find("nis-2024").lists[1].key = "changed"
    elections.list()[1].id = "changed"
    assert.equal("SNS", elections.find("nis-2024").lists[1].key)
    assert.equal("rs/belgrade/2014-03-16", elections.list()[1].id)
  end)

  it("chooses by country and body", function()
    assert.equal(18, #elections.list())
    assert.equal(18, #elections.list { country = "rs" })
    assert.equal(5, #elections.list { country = "rs", body = "belgrade" })
  end)

  it("raises for a country or a body that no election has", function()
    assert.has_error(function() elections.list { country = "xx" } end,
      "no embedded election has the country \"xx\"; there is rs")
    assert.has_error(function() elections.list { body = "paris" } end,
      "no embedded election has the body \"paris\"; there is belgrade, nis, "
      .. "novi-sad, parliament, vojvodina")
  end)

  it("lists the partial counts that can be found", function()
    local rows = elections.list { partial = true, body = "belgrade" }
    assert.same({ "bg-2024-06-02-prelim-92.09" }, { rows[1].id, rows[2] })
    assert.equal("rs/belgrade/2024-06-02", rows[1].of)
    for _, row in ipairs(elections.list { partial = true }) do
      assert.equal(row.of, assert(elections.find(row.id)).partial.of)
    end
  end)

  it("raises for a filter it does not know", function()
    assert.has_error(function() elections.list { year = 2024 } end,
      "elections are chosen by country and body, not by year")
  end)

  it("names the nearest elections and how to list all for an unknown one",
    function()
      local found, err = elections.find("belgrad-2024")
      assert.is_nil(found)
      assert.equal("unknown_election", err.code)
      assert.truthy(tostring(err):find("belgrade-2024", 1, true))
      assert.truthy(tostring(err):find("urna elections", 1, true))
    end)

  it("finds the count at 92.09 % as a preliminary election of its own",
    function()
      local count = assert(elections.find("bg-2024-06-02-prelim-92.09"))
      assert.equal("bg-2024-06-02-prelim-92.09", count.id)
      assert.equal("preliminary", count.count_status)
      assert.same({ of = "rs/belgrade/2024-06-02",
        share_of_stations = "92.09" }, count.partial)
      assert.same({ ballots_in_box = 672579 }, count.fields)
      assert.equal(14, #count.lists)
      assert.equal("rs/local", count.rule)
      assert.equal("#1F3A7D", count.lists[1].colour)
    end)

  it("lets no final figure into a partial count", function()
    for _, id in ipairs { "bg-2024-06-02-prelim-92.09",
      "vo-2023-prelim-1696" } do
      local count = assert(elections.find(id))
      for _, key in ipairs { "official", "shares", "alias", "turnout",
        "reruns", "snapshots" } do
        assert.is_nil(count[key], key)
      end
    end
  end)

  it("refuses a quick count as an election and says where it stands",
    function()
      local found, err = elections.find("rs-2023-quick-count")
      assert.is_nil(found)
      assert.equal("election_without_votes", err.code)
      assert.truthy(tostring(err):find("rs/parliament/2023-12-17", 1, true))
    end)

  it("knows every snapshot of every election by its id", function()
    for _, election in ipairs(all()) do
      for _, snapshot in ipairs(election.snapshots or {}) do
        local _, err = elections.find(snapshot.id)
        assert.not_equal("unknown_election", err and err.code, snapshot.id)
      end
    end
  end)
end)
