local places = require "urna.places"

describe("a folded name", function()
  it("is the same in Cyrillic, Latin and bare ASCII", function()
    for _, name in ipairs { "Čukarica", "Чукарица", "CUKARICA", "čukarica",
      "C\204\140ukarica", "  cukarica " } do
      assert.equal("cukarica", places.fold(name))
    end
    assert.equal(places.fold("Žitorađa"), places.fold("ЖИТОРАЂА"))
    assert.equal(places.fold("Žitorađa"), places.fold("Zitoradja"))
  end)

  it("takes lj, nj and dž as letters and as pairs of letters", function()
    assert.equal("ljubovija", places.fold("Љубовија"))
    assert.equal("ljubovija", places.fold("ǈubovija"))
    assert.equal("knjazevac", places.fold("Књажевац"))
    assert.equal("odzaci", places.fold("Оџаци"))
    assert.equal("odzaci", places.fold("Odžaci"))
  end)

  it("has Hungarian and other neighbours' letters bare", function()
    assert.equal("obecse", places.fold("ÓBECSE"))
    assert.equal("torokkanizsa", places.fold("Törökkanizsa"))
  end)

  it("has single spaces, whatever they were", function()
    assert.equal("novi pazar", places.fold("Novi \194\160\tPazar\n"))
  end)

  it("keeps what it does not know", function()
    assert.equal("日本 1", places.fold("日本 1"))
    assert.equal("\255x", places.fold("\255X"))
  end)

  it("does not make one of two different towns", function()
    assert.are_not.equal(places.fold("Niš"), places.fold("Niša"))
    assert.are_not.equal(places.fold("57"), places.fold("057"))
  end)
end)

describe("a suffix", function()
  it("begins at a border of the path", function()
    assert.is_true(places.ends_with("a/bc/d", "bc/d"))
    assert.is_true(places.ends_with("a/bc/d", "a/bc/d"))
    assert.is_false(places.ends_with("a/bc/d", "c/d"))
    assert.is_false(places.ends_with("a/bc/d", "a/bc"))
    assert.is_false(places.ends_with("d", "a/d"))
  end)
end)

describe("a word of totals", function()
  it("is the whole key, with a colon or a stop behind it if need be", function()
    assert.is_true(places.is_total("Укупно:"))
    assert.is_true(places.is_total(" total. "))
    assert.is_true(places.is_total("Grand  Total"))
    assert.is_false(places.is_total("Total Street"))
    assert.is_false(places.is_total("Sumadija"))
    assert.is_false(places.is_total("Šum"))
    assert.is_false(places.is_total("ШУМ"))
    assert.is_false(places.is_total(""))
  end)
end)
