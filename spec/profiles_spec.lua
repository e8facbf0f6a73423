local profiles = require "urna.profiles"
local urna = require "urna"

local CYRILLIC = "Назив округа;Назив општине;БМ;Уписано бирача;"
  .. "Примљено листића;Неупотребљених листића;Изашло бирача;"
  .. "Листића у кутији;Неважећих листића;Важећих листића;"
local LATIN = "Naziv okruga;Naziv opštine;BM;Upisano birača;"
  .. "Primljeno listića;Neupotrebljenih listića;Izašlo birača;"
  .. "Listića u kutiji;Nevažećih listića;Važećih listića;"
local ASCII = "naziv okruga;naziv opstine;bm;upisano biraca;"
  .. "primljeno listica;neupotrebljenih listica;izaslo biraca;"
  .. "listica u kutiji;nevazecih listica;vazecih listica;"

local ROW = "Град;Сурчин;1;100;90;40;50;49;2;47;"

local function apply(headings)
  return profiles.apply(assert(profiles.find("rs-rik")), headings)
end

local function refused(text, options)
  local results, err = urna.read({ text = text }, options)
  assert.is_nil(results)
  return err
end

describe("the profile rs-rik", function()
  it("knows the short names, with underscores for spaces", function()
    assert.same({ registered_voters = "upisano",
      ballots_received = "primljeno", ballots_unused = "neupotrebljeno",
      voters_signed = "izaslo", ballots_in_box = "u_kutiji",
      invalid_ballots = "nevazeci", valid_ballots = "vazeci" },
      apply { "mesto", "upisano", "primljeno", "neupotrebljeno", "izaslo",
        "u_kutiji", "nevazeci", "vazeci" }.columns)
  end)

  it("knows the record in Cyrillic, Latin and bare ASCII", function()
    for _, headings in ipairs { CYRILLIC, LATIN, ASCII } do
      local results = assert(urna.read { text = headings .. "1. Prva;2) Druga\n"
        .. ROW .. "30;17\n" })
      local total = results:total()
      assert.same({ registered_voters = 100, ballots_received = 90,
        ballots_unused = 40, voters_signed = 50, ballots_in_box = 49,
        invalid_ballots = 2, valid_ballots = 47 }, total.fields)
      assert.same({ L1 = 30, L2 = 17 }, total.votes)
      assert.equal("Град/Сурчин/1", results.units[1].key)
      assert.same({}, results.unmapped)
    end
  end)

  it("names a list by what stands behind its number", function()
    local results = assert(urna.read { text = LATIN .. "1. Prva;2) Druga;L3\n"
      .. ROW .. "30;17;0\n" })
    local lists = results.lists
    assert.same({ "L1", "1. Prva", "Prva" },
      { lists[1].key, lists[1].column, lists[1].name })
    assert.equal("Druga", lists[2].name)
    assert.equal("L3", lists[3].key)
  end)

  it("names every heading that it does not know", function()
    local results = assert(urna.read { text = LATIN .. "1. Prva;foo;Bar\n"
      .. ROW .. "47;x;y\n" })
    assert.same({ "foo", "Bar" }, results.unmapped)
  end)

  it("never guesses what `voted` is", function()
    local headings = "opština;bm;upisano;u kutiji;važećih;voted;glasalo;L1\n"
    local results = assert(urna.read { text = headings
      .. "x;1;100;49;47;50;50;47\n" })
    assert.same({ "voted", "glasalo" }, results.unmapped)
    assert.is_nil(results:total().fields.voters_signed)
    local said = assert(urna.read({ text = headings
      .. "x;1;100;49;47;50;50;47\n" }, { profile = "rs-rik", contest = {
      columns = { voters_signed = "voted" }, lists = { { key = "A",
      column = "L1" } }, keys = { "opština", "bm" } } }))
    assert.same({ voters_signed = 50 }, said:total().fields)
  end)

  it("takes the name of an area before its number", function()
    local draft = apply { "okrug", "okrug_name", "opstina", "opstina_name",
      "bm" }
    assert.same({ "okrug_name", "opstina_name", "bm" }, draft.keys)
    assert.same({ "okrug", "opstina" }, draft.ignored_columns)
  end)

  it("reads long records with its headings of lists and votes", function()
    local results = assert(urna.read { text = "opština,bm,upisano,izašlo,"
      .. "u kutiji,lista,broj glasova\nx,1,9,8,8,Ana,5\nx,1,9,8,8,Eva,3\n" })
    assert.same({ Ana = 5, Eva = 3 }, results:total().votes)
    assert.same({ registered_voters = 9, voters_signed = 8,
      ballots_in_box = 8 }, results:total().fields)
  end)

  it("fills what a contest leaves unsaid, and no more", function()
    local results = assert(urna.read({ text = LATIN .. "1. Prva;2. Druga\n"
      .. ROW .. "30;17\n" }, { contest = { name = "Surčin", lists = {
      { key = "P", column = "1. Prva" }, { key = "D", column = "2. Druga" },
    } }, profile = "rs-rik" }))
    assert.same({ P = 30, D = 17 }, results:total().votes)
    assert.equal("Surčin", results.contest.name)
    assert.equal(49, results:total().fields.ballots_in_box)
  end)
end)

describe("a profile", function()
  it("that is not there is an error that lists those there are", function()
    local err = refused("a\n1\n", { profile = "rs-rk" })
    assert.equal("unknown_profile", err.code)
    assert.matches("rs%-rik", err.message)
  end)

  it("is guessed only from three fields that it knows", function()
    assert.is_nil(profiles.guess { "bm", "upisano", "u kutiji", "L1" })
    assert.truthy(profiles.guess { "bm", "upisano", "u kutiji", "važećih" })
    assert.equal("no_contest",
      refused("bm;upisano;u kutiji;L1\n1;1;1;1\n").code)
  end)
end)
