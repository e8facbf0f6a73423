local locale = require "urna.locale"

local en = assert(locale.get("en"))
local cyrl = assert(locale.get("sr-Cyrl"))
local latn = assert(locale.get("sr-Latn"))

describe("numbers", function()
  it("English marks thousands with commas, Serbian with points", function()
    assert.equal("1,234,567", en:number(1234567))
    assert.equal("1.234.567", cyrl:number(1234567))
    assert.equal("999", en:number(999))
    assert.equal("1,000", en:number("1000"))
  end)

  it("decimals keep their digits", function()
    assert.equal("1,234,567.89", en:number("1234567.89"))
    assert.equal("1.234.567,80", latn:number("1234567.80"))
  end)

  it("a decimal string beyond 2^53 is exact", function()
    assert.equal("9,007,199,254,740,993", en:number("9007199254740993"))
  end)

  it("a number beyond 2^53 - 1 or a fraction is refused", function()
    assert.has_error(function() en:number(2 ^ 53) end)
    assert.has_error(function() en:number(0.5) end)
    assert.has_error(function() en:number("12a") end)
  end)

  it("a change has its sign, a real minus too", function()
    assert.equal("+15", en:signed(15))
    assert.equal("−1,204", en:signed(-1204))
    assert.equal("±0", en:signed(0))
    assert.equal("−0.45", en:signed("-0.45"))
    assert.equal("+0,30", cyrl:signed("+0.30"))
    assert.equal("±0,00", cyrl:signed("0.00"))
  end)

  it("an interval and a percentage follow the language", function()
    assert.equal("8,477–8,533", en:interval(8477, 8533))
    assert.equal("52,77%", cyrl:percent("52.77"))
    assert.equal("7.10%", en:percent("7.10"))
  end)
end)

describe("dates", function()
  it("are written as the language writes them", function()
    assert.equal("2 June 2024", en:date("2024-06-02"))
    assert.equal("2. јун 2024.", cyrl:date("2024-06-02"))
    assert.equal("17. decembar 2023.", latn:date("2023-12-17"))
  end)

  it("a thing that is no date is refused", function()
    assert.has_error(function() en:date("2024-13-01") end)
    assert.has_error(function() en:date("June") end)
  end)
end)

describe("plurals", function()
  it("Serbian has three forms", function()
    local forms = { [1] = "глас", [2] = "гласа", [4] = "гласа",
      [5] = "гласова", [11] = "гласова", [12] = "гласова",
      [14] = "гласова", [20] = "гласова", [21] = "глас", [22] = "гласа",
      [100] = "гласова", [101] = "глас", [111] = "гласова",
      [1002] = "гласа", [0] = "гласова" }
    for count, form in pairs(forms) do
      assert.equal(form, cyrl:plural(count, "vote"))
    end
  end)

  it("English has two, also for decimal strings", function()
    assert.equal("1 vote", en:count(1, "vote"))
    assert.equal("11 votes", en:count(11, "vote"))
    assert.equal("1,001 votes", en:count("1001", "vote"))
    assert.equal("1.001 glas", latn:count("1001", "vote"))
  end)

  it("an unknown noun is the programmer's mistake", function()
    assert.has_error(function() en:plural(1, "cow") end)
  end)
end)

describe("Serbian Latin", function()
  it("digraphs follow the case of their word", function()
    assert.equal("Ljig LJIG Njegoš NJEGOŠ Džep DŽEP",
      locale.to_latin("Љиг ЉИГ Његош ЊЕГОШ Џеп ЏЕП"))
    assert.equal("KONJ. Nj. Petrović", locale.to_latin("КОЊ. Њ. Петровић"))
  end)

  it("every letter has its Latin", function()
    assert.equal("abvgdđežzijklljmnnjoprstćufhcčdžš", locale.to_latin(
      "абвгдђежзијклљмнњопрстћуфхцчџш"))
  end)

  it("leaves what is not Serbian Cyrillic", function()
    assert.equal("SNS 64, Žižek–ő", locale.to_latin("SNS 64, Žižek–ő"))
  end)
end)

describe("names", function()
  local list = { key = "RS", name = "Ruska stranka",
    names = { ["sr-Cyrl"] = "Руска странка" }, short = "RS",
    shorts = { ["sr-Cyrl"] = "РС" } }

  it("Latin is made from the Cyrillic master", function()
    assert.equal("Руска странка", cyrl:name(list))
    assert.equal("Ruska stranka",
      latn:name { name = "x", names = { ["sr-Cyrl"] = "Руска странка" } })
    assert.equal("Ruska stranka", en:name(list))
  end)

  it("a list without a name goes by its key", function()
    assert.equal("L1", en:name { key = "L1" })
    assert.equal("РС", cyrl:short(list))
    assert.equal("L1", cyrl:short { key = "L1" })
  end)
end)

describe("sentences", function()
  it("join with the word of the language", function()
    assert.equal("A, B and C", en:join { "A", "B", "C" })
    assert.equal("A и B", cyrl:join { "A", "B" })
    assert.equal("A", en:join { "A" })
    assert.equal("", en:join {})
  end)

  it("a place without a text is an error, not a hole", function()
    assert.has_error(function() en:say("{a} and {b}", { a = "x" }) end)
  end)
end)

describe("languages", function()
  it("an unknown one is answered with those there are", function()
    local found, err = locale.get("sr-Cyr")
    assert.is_nil(found)
    assert.equal("unknown_language", err.code)
    assert.equal("unknown language \"sr-Cyr\" (did you mean \"sr-Cyrl\"?); "
      .. "there are en, sr-Cyrl, sr-Latn", tostring(err))
  end)

  -- Paths of all texts in a table, and the texts.
  local function texts(value, path, found)
    for key, item in pairs(value) do
      local at = path .. "." .. tostring(key)
      if type(item) == "table" then texts(item, at, found) end
      if type(item) == "string" then found[at] = item end
    end
    return found
  end

  local function places(text)
    local found = {}
    for name in text:gmatch("{(%w+_?%w*_?%w*)}") do found[name] = true end
    return found
  end

  -- "" for the main file, and the parts: each English file has its twin.
  local function files()
    local names = { "" }
    local pipe = assert(io.popen("ls lua/urna/locale/en"))
    for name in pipe:lines() do
      names[#names + 1] = "." .. name:match("^([%w_]+)%.lua$")
    end
    pipe:close()
    return names
  end

  local function each_file(test)
    for _, name in ipairs(files()) do
      test(texts(require("urna.locale.sr" .. name), name, {}),
        texts(require("urna.locale.en" .. name), name, {}))
    end
  end

  it("Serbian says everything that English says", function()
    each_file(function(own, english)
      for path, text in pairs(english) do
        assert.truthy(own[path], path .. " is missing")
        assert.same(places(text), places(own[path]), path)
      end
    end)
  end)

  it("no word of the Cyrillic master mixes scripts", function()
    each_file(function(own)
      for path, text in pairs(own) do
        for word in text:gsub("{[%w_]+}", " "):gmatch("[%a\128-\255]+") do
          local latin, other = word:find("%a"), word:find("[\208-\210]")
          assert.falsy(latin and other, path .. ": " .. word)
        end
      end
    end)
  end)
end)
