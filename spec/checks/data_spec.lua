-- Whole elections, with the figures that others have computed from them.
local support = require "spec.checks.support"
local urna = require "urna"

local DATA = "../shared/data/"

local function is_there(name)
  local file = io.open(DATA .. name)
  if file then file:close() end
  return file ~= nil
end

local function lists(text)
  local all = {}
  for key in text:gmatch("%S+") do all[#all + 1] = { key = key } end
  return all
end

local function words(text)
  local all = {}
  for word in text:gmatch("%S+") do all[#all + 1] = word end
  return all
end

local TURKEY = { keys = words "il secim_cevresi sandik_no",
  columns = { registered_voters = "registered", voters_signed = "voters",
    valid_ballots = "valid", invalid_ballots = "invalid" },
  lists = lists "AKP MHP SAADET CHP BTP BBP DP DSP HDP DBP other",
  ignored_columns = words "il_id ilce_id muhtarlik_id valid_undisputed \
    valid_disputed" }

-- Ballots given out at the station are the signatures; envelopes that came by
-- post are put into the box beside them. Two communes of one district have the
-- same name, so that no columns tell a station.
local POLAND = { keys = {}, columns = {
    registered_voters = "wyborcow_uprawnionych",
    ballots_received = "otrzymanych_kart",
    ballots_unused = "niewykorzystane_karty", voters_signed = "wydane_karty",
    postal_ballots = "zwrotne_wrzucone_do_urny",
    ballots_in_box = "wyjetych_z_urny", invalid_ballots = "karty_niewazne",
    valid_ballots = "karty_wazne" },
  lists = lists "L1 L2 L3 L4 L5 L6 L7 L8 L9 L10",
  ignored_columns = words "nr_okregu gmina nr_obwodu typ_obszaru typ_obwodu \
    wojewodztwo przez_pelnomocnika z_zaswiadczeniem wyslanych_pakietow \
    otrzymanych_zwrotnych zwrotne_brak_oswiadczenia zwrotne_niepodpisane \
    zwrotne_brak_koperty zwrotne_niezaklejona wyjetych_z_urny_kopert \
    glosy_niewazne glosy_niewazne_dwa_X glosy_niewazne_brak_X \
    glosy_niewazne_X_uniewazniony glosy_wazne_lacznie" }

local function copy(contest, without)
  local made = {}
  for key, value in pairs(contest) do made[key] = value end
  if not without then return made end
  made.columns, made.ignored_columns = {}, {}
  for field, column in pairs(contest.columns) do
    if field ~= without then made.columns[field] = column end
  end
  for i, name in ipairs(contest.ignored_columns) do
    made.ignored_columns[i] = name
  end
  table.insert(made.ignored_columns, contest.columns[without])
  return made
end

local function read(name, contest)
  if not is_there(name) then pending(DATA .. name .. " is absent") end
  return assert(urna.read(DATA .. name, { contest = contest }))
end

describe("Turkey, 30 March 2014", function()
  -- 1,876 boxes with more voters than registered, 203 in which the parties do
  -- not add up to the valid votes, 113 groups of boxes of one municipality
  -- with the same votes for all parties, 100 or more
  it("has 1,876 and 203 of 171,384 boxes, and 113 groups of equals", function()
    local found = assert(urna.check(read("turkey2014.csv.gz", TURKEY)))
    assert.same({ 1876, 203 }, { found:count("T11"), found:count("T05") })
    assert.equal("UNKNOWN 0", support.told(found, "T10"))
    local groups, count = {}, 0
    for _, hit in ipairs(found:hits("W11")) do
      local first = hit.note:match("the same as (.*) %(line")
      if not groups[first] then groups[first], count = true, count + 1 end
    end
    assert.equal(113, count)
  end)
end)

describe("Poland, 13 October 2019", function()
  -- 672: unused and issued are not received. 2,666: the box is not issued and
  -- postal envelopes, 279 of them more. Without the postal term 3,688 and
  -- 1,478.
  it("has 672 and 279 of 27,409 stations, and 2,387 fewer in the box",
    function()
      local found = assert(urna.check(read("poland2019.csv.gz", POLAND)))
      assert.same({ 672, 279, 2666 }, { found:count("T08"),
        found:count("T10"), found:count("T10") + found:count("T13") })
      assert.equal("PASS 0", support.told(found, "T04"))
    end)

  it("has 1,478 and 3,688 where the postal ballots are not said", function()
    local found = assert(urna.check(read("poland2019.csv.gz",
      copy(POLAND, "postal_ballots"))))
    assert.same({ 1478, 3688 }, { found:count("T10"),
      found:count("T10") + found:count("T13") })
  end)
end)
