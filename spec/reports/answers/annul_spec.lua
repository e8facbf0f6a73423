local answered = require "spec.answered"
local display = require "urna.charts.display"
local serbia = require "spec.serbia2020"
local urna = require "urna"

local CONTEST = { name = "Towns", date = "2024-06-02", rule = "rs/local",
  seats = 3, keys = { "town", "station" }, columns = {
    registered_voters = "registered", ballots_in_box = "box" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }

-- 130:70 of three is 130 70 65, so 2 and 1; without X 40:60 is 60 40 30, so 1
-- and 2
local ROWS = "town,station,registered,box,A,B\nX,1,200,100,90,10\n"
  .. "Y,1,250,100,40,60\n"

local function read(text, contest)
  return assert(urna.read({ text = text or ROWS },
    { contest = contest or CONTEST }))
end

local function annul(places, options, text)
  return assert(urna.annul(read(text), places, options))
end

describe("the section of an annulment", function()
  it("says what was removed, and the seat that moves", function()
    answered.says(annul { "X/1" }, {
      en = { "Removed: 1 polling station. Registered voters there: 200 of 450; "
        .. "ballots in their boxes: 100 of 200.",
        "One seat moves: B gains it (1 → 2) and A loses it (2 → 1).",
        "Polling stations: X/1." },
      ["sr-Latn"] = { "Izostavljeno: 1 biračko mesto. Upisano birača tamo: 200 "
        .. "od 450; listića u tim kutijama: 100 od 200.",
        "Pomera se jedan mandat: dobija ga B (1 → 2), a gubi A (2 → 1)." },
      ["sr-Cyrl"] = { "Изостављено: 1 бирачко место.",
        "Помера се један мандат: добија га B (1 → 2), а губи A (2 → 1)." } })
  end)

  it("says the threshold, and the ballots concerned and needed", function()
    -- 3 % of 200 is 6, of 100 it is 3; 20 ballots switched to A make it 150:50,
    -- 50 = 50 for the last seat, and more votes go first
    answered.says(annul { "X/1" }, {
      en = { "The threshold, 3% of ballots in the box, goes from 6 to 3 votes.",
        "No list crosses the threshold.",
        "The fewest ballots that would move a seat: 20, switched from B to A.",
        "The boxes of these stations held 100, which is 5.00 times as many." },
      ["sr-Latn"] = {
        "Cenzus, 3% od listića u kutiji, menja se sa 6 na 3 glasa.",
        "bilo ih je 100, što je 5,00 puta toliko." } })
  end)

  it("names the lists that cross the threshold", function()
    -- 3 % of 200 is 6, and C has 6; without c's 90 ballots 3 % of 110 is 3.3,
    -- and D's 4 are enough
    local contest = { date = "2024-06-02", rule = "rs/local", seats = 3,
      keys = { "station" }, columns = { ballots_in_box = "box" }, lists = {
        { key = "A", column = "A", minority = false },
        { key = "C", column = "C", minority = false },
        { key = "D", column = "D", minority = false } } }
    local results = read("station,box,A,C,D\na,110,100,6,4\nc,90,90,0,0\n",
      contest)
    answered.has(answered.line(assert(urna.annul(results, { "c" }))),
      "Above the threshold, and not before: D.")
    -- C has 6 of 200 here, and 2 of 110
    answered.has(answered.line(assert(urna.annul(read(
      "station,box,A,C,D\na,110,100,2,4\nc,90,80,4,2\n", contest), { "c" }))),
      "Below the threshold, and not before: C.")
  end)

  it("lists votes, those removed, and seats", function()
    local text = answered.page(annul { "X/1" }, "md")
    answered.has(text, "| List | Votes | Removed | Seats | Without | Change |")
    answered.has(text, "| A | 130 | 90 | 2 | 1 | −1 |")
    answered.has(text, "| B | 70 | 10 | 1 | 2 | +1 |")
  end)

  it("has neither bounds nor a chart without a repeat", function()
    local html = answered.page(annul { "X/1" }, "html")
    answered.has_not(html, "<svg")
    answered.has_not(html, "repeat")
  end)

  it("says what is not known", function()
    local text = answered.line(annul({ "X/1" }, { revote = true },
      (ROWS:gsub("X,1,200,100", "X,1,,"))))
    answered.has(text, "Registered voters there: not known; ballots in their "
      .. "boxes: not known.")
    local known = annul({ "X/1" }, { revote = true },
      (ROWS:gsub("X,1,200", "X,1,")))
    answered.says(known, {
      en = { "What a repeat there could do cannot be said: how many voters are "
        .. "registered at these stations is not known." },
      ["sr-Cyrl"] = { "није познато колико је бирача уписано на овим бирачким "
        .. "местима." } })
    answered.has_not(answered.page(known, "html"), "<svg")
  end)

  it("says that seats are not decided, and why", function()
    -- without Y 50:50: the third seat is a tie of equal votes
    local found = annul({ "Y/1" }, nil,
      (ROWS:gsub("90,10", "50,50")))
    answered.has(answered.line(found), "Without them the seats are not "
      .. "decided.")
    answered.has(answered.line(found, "text", "sr-Cyrl"),
      "једнаки количници и једнак број гласова: A и B")
    -- 100:100 with it too
    local tied = annul({ "Y/1" }, nil, (ROWS:gsub("90,10", "50,50")
      :gsub("40,60", "50,50")))
    answered.has(answered.line(tied), "With them the seats are not decided, so "
      .. "what moves cannot be told.")
    answered.has(answered.line(tied), "How few ballots would move a seat "
      .. "cannot be told.")
  end)
end)

describe("the section of a repeat", function()
  it("says the bounds, the majority and the coalitions asked for", function()
    -- of 10 voters: 50:60 and 40:70 are 60 50 30 and 70 40 35: 1 and 2, as
    -- without them; before it was 2 and 1
    local found = annul({ "X/1" }, { revote = true, registered = 10,
      coalitions = { { "A", "B" }, { "A" } }, seed = 7, draws = 50,
      turnout = { 3, 4 } })
    answered.says(found, {
      en = { "A repeat there, open to 10 voters: some outcomes of it would "
        .. "move a seat, against the result as it is.",
        "A has a majority, 2 or more of 3 seats, and could lose it.",
        "50 draws (seed 7) in which all vote as before, with 75% of the "
        .. "ballots. Draws in which a seat moved: 50.",
        "“Certain” and “at most” are exact" },
      ["sr-Latn"] = { "pravo glasa ima 10 birača",
        "A ima većinu, najmanje 2 od 3 mandata, i mogla bi da je izgubi.",
        "„Verovatno“ je procena, a ne granica", "50 izvlačenja (seme 7)" },
      ["sr-Cyrl"] = { "право гласа има 10 бирача", "(семе 7)" } })
    local text = answered.page(found, "md")
    answered.has(text, "| List | Now | Certain | At most | Likely |")
    answered.has(text, "| A | 2 | 1 | 1 | 1 |")
    answered.has(text, "| A and B | 3 | 3 | 3 | certain |")
    answered.has(text, "| A | 2 | 1 | 1 | excluded |")
  end)

  it("says that none of its outcomes moves a seat", function()
    -- Z has one voter: 130:71 is 130 71 65, 131:70 is 131 70 65.5
    local found = annul({ "Z/1" }, { revote = true }, ROWS .. "Z,1,1,1,0,1\n")
    answered.says(found, {
      en = { "No seat moves.", "A repeat there, open to 1 voter: no outcome of "
        .. "it would move a seat", "A keeps its majority of 2 or more of 3 "
        .. "seats in every outcome." },
      ["sr-Cyrl"] = { "Ниједан мандат се не помера.",
        "ниједан могући исход не би померио мандат",
        "A при сваком исходу задржава већину, најмање 2 од 3 мандата." } })
  end)

  it("says who could reach a majority that nobody has", function()
    -- 40 31 29 of three is one each; with all of 5 voters A has 45 22.5, still
    -- one; with 22 of 25 it has 62 31, and of 31 = 31 more votes go first
    local contest = { date = "2024-06-02", rule = "rs/local", seats = 3,
      keys = { "station" }, columns = { registered_voters = "registered",
        ballots_in_box = "box" }, lists = {
        { key = "A", column = "A", minority = false },
        { key = "B", column = "B", minority = false },
        { key = "C", column = "C", minority = false } } }
    local results = read("station,registered,box,A,B,C\na,200,100,40,31,29\n"
      .. "b,5,0,0,0,0\n", contest)
    answered.has(answered.line(assert(urna.annul(results, { "b" },
      { revote = true }))), "No list has a majority, 2 or more of 3 seats, and "
      .. "none could reach it.")
    answered.has(answered.line(assert(urna.annul(results, { "b" },
      { revote = true, registered = 25 }))), "No list has a majority, 2 or "
      .. "more of 3 seats; one could reach it.")
  end)

  it("is a chart with a table of its data, and fits a terminal", function()
    -- 200 voters: A has all three with 240, none with 60:240
    local found = annul({ "X/1" }, { revote = true })
    local html = answered.page(found, "html")
    answered.has(html, "<title id=")
    answered.has(html, ">Seats after a repeat at some polling stations: Towns"
      .. "</title>")
    answered.has(html, "A 2 now, 0–3 possible, ")
    answered.has(html, "Data of this figure")
    for line in answered.page(found):gmatch("[^\n]+") do
      assert.is_true(display.width(line) <= 80, line)
    end
  end)
end)

describe("the section of Serbia 2020", function()
  local function annulled(places, options)
    local results, why = serbia.results()
    if not results then return nil, why end
    if places == "T13" then
      places = assert(urna.check(results)):units("T13")
    end
    return assert(urna.annul(results, places, options))
  end

  it("says that no seat moves without the 571 stations of T13", function()
    local found, why = annulled("T13")
    if not found then return pending(why) end
    -- 329,411 ballots of theirs: checks.md; 263.32 times 1,251
    answered.says(found, {
      en = { "Removed: 571 polling stations.", "329,411 of 3,218,763",
        "No seat moves.", "which is 263.32 times as many" },
      ["sr-Latn"] = { "Izostavljeno: 571 biračko mesto.",
        "329.411 od 3.218.763", "Nijedan mandat se ne pomera.",
        "što je 263,32 puta toliko" },
      ["sr-Cyrl"] = { "Изостављено: 571 бирачко место.",
        "Ниједан мандат се не помера." } })
  end)

  it("says that SNS gains one of SPP's without four", function()
    local found, why = annulled { "Sjenica/57", "Novi Pazar/27",
      "Novi Pazar/66", "Novi Pazar/74" }
    if not found then return pending(why) end
    -- 3 % of 3,218,763 is 96,562.89; of 4,772 fewer 96,419.73
    answered.says(found, {
      en = { "One seat moves: SNS gains it (188 → 189) and SPP loses it "
        .. "(4 → 3).", "goes from 96,563 to 96,420 votes." },
      ["sr-Latn"] = { "Pomera se jedan mandat: dobija ga SNS (188 → 189), a "
        .. "gubi SPP (4 → 3).", "sa 96.563 na 96.420 glasova." },
      ["sr-Cyrl"] = { "Помера се један мандат: добија га SNS (188 → 189), а "
        .. "губи SPP (4 → 3)." } })
  end)
end)

describe("several sections", function()
  it("of annulments stand in one report", function()
    local results = read()
    local outcome = assert(urna.apportion(results))
    local text = assert(urna.report(outcome, { format = "html",
      answers = { assert(urna.annul(results, { "X/1" })),
        assert(urna.annul(results, { "Y/1" })) } }))
    answered.has(text, "<h2 id=\"annul\">Without some polling stations</h2>")
    answered.has(text, "<h2 id=\"annul-2\">")
  end)
end)
