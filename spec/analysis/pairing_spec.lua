local pairing = require "urna.analysis.pairing"
local urna = require "urna"

local LISTS = { { key = "A", column = "A" }, { key = "B", column = "B" } }

-- Stations of one source from lines "key,key,A,B".
local function side(keys, rows)
  local results = assert(urna.read({ text = table.concat(keys, ",")
    .. ",A,B\n" .. table.concat(rows, "\n") .. "\n" },
    { contest = { keys = keys, lists = LISTS } }))
  return require "urna.analysis.figures".of(results)
end

local VOTES = { left = { "A", "B" }, right = { "A", "B" } }

-- Each pair as "left = right, how", sorted by the left.
local function shown(left, right, found)
  local lines = {}
  for i, unit in ipairs(left.units) do
    local j = found.right_of[i]
    if j then
      lines[#lines + 1] = ("%s = %s, %s"):format(unit.key,
        right.units[j].key, found.how[i])
    end
  end
  return lines
end

describe("a part of a key", function()
  it("is the same in every script, with and without prefix and zeros",
    function()
      for _, text in ipairs { "12", "012", "BM 12", "bm12", "B.M. 12",
        "Biračko mesto br. 12", "Бирачко место број 012",
        "BIRACKO MESTO BR.12", " №12 " } do
        assert.equal("12", pairing.normal(text), text)
      end
      for _, text in ipairs { "Inđija", "Инђија", "INDJIJA", "Indija",
        "Opština Inđija", "општина  Инђија" } do
        assert.equal("indija", pairing.normal(text), text)
      end
    end)

  it("keeps words that are a name, and what stands behind a number",
    function()
      assert.equal("stari grad", pairing.normal("Стари  град"))
      assert.equal("mesto", pairing.normal("Mesto"))
      assert.equal("grad", pairing.normal("Grad"))
      assert.equal("12 a", pairing.normal("BM 12 A"))
      assert.equal("palilula nis", pairing.normal("Палилула (Ниш)"))
    end)
end)

describe("stations of two sources", function()
  it("are paired by the strictest way that finds them", function()
    local left = side({ "town", "bm" }, { "Ub,1,1,0", "Čačak,2,2,0",
      "Vršac,3,3,0", "Bor,4,4,0", "Niš,5,5,0" })
    local right = side({ "town", "bm" }, { "Ub,1,1,0", "ЧАЧАК,2,2,0",
      "Opština Vršac,BM 03,3,0", "Bor,\"4 - Škola Vuk\",4,0",
      "Nis,5 A,5,0" })
    local found = pairing.match(left, right, VOTES)
    assert.same({ "Ub/1 = Ub/1, equal", "Čačak/2 = ЧАЧАК/2, folded",
      "Vršac/3 = Opština Vršac/BM 03, normal",
      "Bor/4 = Bor/4 - Škola Vuk, number" }, shown(left, right, found))
    -- 5 A is another station than 5; its votes are the same
    assert.same({ { unit = 5, candidates = { { unit = 5, by = "figures" } } } },
      found.left_only)
  end)

  it("are found under key columns in another order and of other names",
    function()
      local left = side({ "opstina", "bm" }, { "Ub,1,1,0", "Bor,2,2,0" })
      local right = side({ "station", "place" }, { "2,BOR,2,0", "1,UB,1,0" })
      local found = pairing.match(left, right, VOTES)
      assert.same({ { left = 1, right = 2, by = "values" },
        { left = 2, right = 1, by = "values" } }, found.aligned)
      assert.same({ "Ub/1 = 1/UB, folded", "Bor/2 = 2/BOR, folded" },
        shown(left, right, found))
    end)

  it("are found where only one source has a district", function()
    local left = side({ "okrug", "opstina", "bm" }, { "K,Ub,1,1,0",
      "B,Bor,1,2,0" })
    local right = side({ "opstina", "bm" }, { "Bor,1,2,0", "Ub,1,1,0" })
    local found = pairing.match(left, right, VOTES)
    assert.same({ "K/Ub/1 = Ub/1, equal", "B/Bor/1 = Bor/1, equal" },
      shown(left, right, found))
  end)

  it("are found where the districts are called otherwise", function()
    local left = side({ "okrug", "opstina", "bm" }, { "Kolubarski,Ub,1,1,0" })
    local right = side({ "okrug", "opstina", "bm" }, { "09,Ub,1,1,0" })
    assert.same({ "Kolubarski/Ub/1 = 09/Ub/1, inner" }, shown(left, right,
      pairing.match(left, right, VOTES)))
  end)

  it("are ambiguous where a key is there twice, and are not guessed",
    function()
      local left = side({ "okrug", "opstina", "bm" }, { "Bg,Palilula,1,1,0",
        "Ni,Palilula,1,2,0", "Ni,Medijana,1,9,0" })
      local right = side({ "opstina", "bm" }, { "Palilula,1,1,0",
        "Medijana,1,9,0" })
      local found = pairing.match(left, right, VOTES)
      assert.same({ "Ni/Medijana/1 = Medijana/1, equal" },
        shown(left, right, found))
      assert.same({ { left = { 1, 2 }, right = { 1 }, how = "equal" } },
        found.ambiguous)
      assert.same({}, found.left_only)
    end)

  it("that are alone have candidates: equal votes, a near name", function()
    local left = side({ "town", "bm" }, { "Ub,1,50,7", "Lazarevac,1,9,9" })
    local right = side({ "town", "bm" }, { "Ub,2,50,7", "Lazarevca,1,8,8" })
    local found = pairing.match(left, right, VOTES)
    assert.same({
      { unit = 1, candidates = { { unit = 1, by = "figures" } } },
      { unit = 2, candidates = { { unit = 2, by = "name" } } } },
      found.left_only)
  end)

  it("that are paired already are left alone", function()
    local left = side({ "town", "bm" }, { "Ub,1,1,0", "Ub,2,2,0" })
    local right = side({ "town", "bm" }, { "Ub,1,1,0", "Ub,2,2,0" })
    local found = pairing.match(left, right, VOTES,
      { left = { [1] = true }, right = { [2] = true } })
    assert.same({}, shown(left, right, found))
    assert.equal(2, found.left_only[1].unit)
    assert.equal(1, found.right_only[1].unit)
  end)
end)
