local answered = require "spec.answered"
local urna = require "urna"

local CONTEST = { name = "Towns", date = "2024-06-02", rule = "rs/local",
  seats = 3, keys = { "town", "station" }, columns = {
    registered_voters = "registered", ballots_in_box = "box" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }
local HEAD = "town,station,registered,box,A,B\n"
local BEFORE = HEAD .. "X,1,200,100,90,10\nY,1,200,100,40,60\n"

local function read(text)
  return assert(urna.read({ text = text }, { contest = CONTEST }))
end

local function rerun(before, after)
  return assert(urna.rerun(read(before), read(after)))
end

describe("the section of a re-run", function()
  -- X from 90:10 to 30:30: 130:70 is 2 and 1; 70:90 is 90 70 45, so 1 and 2;
  -- 3 % of 200 is 6, of 160 it is 4.8
  local found = rerun(BEFORE, HEAD .. "X,1,200,60,30,30\n")

  it("says what moves, and where it voted again", function()
    answered.says(found, {
      en = { "Voted again with another result: 1 polling station.",
        "One seat moves: B gains it (1 → 2) and A loses it (2 → 1).",
        "The threshold, 3% of ballots in the box, goes from 6 to 5 votes.",
        "No list crosses the threshold." },
      ["sr-Latn"] = { "Ponovo se glasalo, sa drugačijim rezultatom: 1 biračko "
        .. "mesto.", "dobija ga B (1 → 2), a gubi A (2 → 1).",
        "menja se sa 6 na 5 glasova." },
      ["sr-Cyrl"] = { "Поново се гласало, са другачијим резултатом: 1 бирачко "
        .. "место.", "мења се са 6 на 5 гласова." } })
  end)

  it("lists the seats where more than one moves", function()
    -- 40:120 is 120 60 40, and of 40 = 40 more votes go first: 0 and 3
    answered.says(rerun(BEFORE, HEAD .. "X,1,200,60,0,60\n"), {
      en = { "Seats that move: A −2 (2 → 0), B +2 (1 → 3)." },
      ["sr-Latn"] = { "Mandati koji se pomeraju: A −2 (2 → 0), B +2 (1 → 3)."
      } })
  end)

  it("lists votes, seats, totals and stations before and after", function()
    local text = answered.page(found, "md")
    answered.has(text, "| A | 130 | 70 | −60 | 2 | 1 | −1 |")
    answered.has(text, "| B | 70 | 90 | +20 | 1 | 2 | +1 |")
    answered.has(text, "| Ballots in the box | 200 | 160 | −40 |")
    answered.has(text, "| Registered voters | 400 | 400 | ±0 |")
    answered.has(text, "| X/1 | 100 | 60 | A −60, B +20 |")
  end)

  it("says that nothing differs", function()
    answered.says(rerun(BEFORE, BEFORE), {
      en = { "No polling station has another result than before.",
        "No seat moves.", "stays at 6 votes." },
      ["sr-Cyrl"] = { "Ниједно бирачко место нема другачији резултат него "
        .. "раније.", "остаје 6 гласова." } })
  end)

  it("says that a side is not decided", function()
    answered.has(answered.line(rerun(BEFORE, HEAD .. "X,1,200,100,60,40\n")),
      "After the repeat the seats are not decided.")
    answered.has(answered.line(rerun(HEAD .. "X,1,200,100,50,50\n",
      HEAD .. "X,1,200,100,60,40\n")), "Before the repeat the seats are not "
      .. "decided, so what moves cannot be told.")
  end)

  it("shows the first twenty of many stations", function()
    local rows, again = { HEAD }, { HEAD }
    for i = 1, 21 do
      rows[i + 1] = ("T,%d,10,10,8,2\n"):format(i)
      again[i + 1] = ("T,%d,10,10,7,3\n"):format(i)
    end
    local text = answered.page(rerun(table.concat(rows),
      table.concat(again)), "md")
    answered.has(text, "Voted again with another result: 21 polling stations.")
    answered.has(text, "| T/20 | 10 | 10 | A −1, B +1 |")
    answered.has_not(text, "| T/21 |")
    answered.has(text, "The table shows the first 20 polling stations.")
  end)

  -- serbia.md: 5 % of 3,770,695 is 188,534.75 and Dveri-DSS had 188,534; of
  -- 3,778,923 it is 188,946.15, and it has 190,530
  it("names Dveri-DSS over the threshold of 2016, of totals alone", function()
    local after = assert(urna.election("parliament-2016"))
    local votes = {}
    for i, list in ipairs(after.lists) do
      votes[i] = { key = list.key, votes = list.votes,
        minority = list.minority }
      if list.key == "Dveri-DSS" then votes[i].votes = 188534 end
    end
    local before = assert(urna.apportion(votes, { rule = "rs/parliament",
      date = "2016-04-24", ballots_in_box = 3770695,
      others = { lists = 8, why = "below the threshold" } }))
    local text = answered.line(assert(urna.rerun(before, after)))
    answered.has(text, "Totals alone are compared")
    answered.has(text, "The threshold, 5% of ballots in the box, goes from "
      .. "188,535 to 188,947 votes.")
    answered.has(text, "Above the threshold, and not before: Dveri-DSS.")
    answered.has(text, "Dveri-DSS +13 (0 → 13)")
  end)
end)
