local answered = require "spec.answered"
local serbia = require "spec.serbia2020"
local urna = require "urna"

local PLAIN = { since = "2000-01-01", source = "a rule of this spec",
  base = "ballots_in_box", { step = "averages", divisor = "dhondt",
    tie = { "more_votes", "undecided" } } }

-- 150:80 of three is 150 80 75, so 2 and 1. Without d and e, 120:40 is 120 60
-- 40, so 3 and 0; without a and b, 45:60 is 60 45 30, so 1 and 2.
local ROWS = "id,registered,box,A,B\na,500,70,60,10\nb,500,55,45,10\n"
  .. "c,90,35,15,20\nd,70,35,15,20\ne,80,35,15,20\n"

local function fewest(change)
  local results = assert(urna.read({ text = ROWS }, { contest = {
    name = "Towns", keys = { "id" }, seats = 3, rule = PLAIN,
    date = "2024-06-02", columns = { registered_voters = "registered",
      ballots_in_box = "box" }, lists = { { key = "A", column = "A" },
      { key = "B", column = "B" } } } }))
  return assert(urna.fewest_stations(results, { change = change }))
end

describe("the section of the fewest stations", function()
  it("says how few, which, and what moves", function()
    answered.says(fewest "any", {
      en = { "have to be annulled for any seat to move.",
        "Found: 2 polling stations. With fewer it cannot happen.",
        "One such set is named below: 2 polling stations with 150 voters.",
        "One seat moves: A gains it (2 → 3) and B loses it (1 → 0).",
        "Of all sets of so few these have the fewest registered voters.",
        "says nothing of whether there is a reason to annul" },
      ["sr-Latn"] = { "da se pomeri bilo koji mandat.",
        "Nađeno: 2 biračka mesta. Sa manje nije moguće.",
        "2 biračka mesta, upisano 150 birača.",
        "dobija ga A (2 → 3), a gubi B (1 → 0)." },
      ["sr-Cyrl"] = { "Нађено: 2 бирачка места. Са мање није могуће." } })
    local text = answered.page(fewest "any", "md")
    answered.has(text, "\n- d\n- e\n")
    answered.has(text, "| A | B | 2 | 150 |")
    answered.has(text, "| B | A | 2 | 1,000 |")
  end)

  it("says what is asked of a list and of a majority", function()
    answered.says(fewest { list = "A" }, {
      en = { "to take 1 seat from A." },
      ["sr-Latn"] = { "da se oduzme 1 mandat (A)." } })
    answered.says(fewest { list = "B", to = "gain" }, {
      en = { "to give B 1 seat more." },
      ["sr-Cyrl"] = { "да се добије још 1 мандат (B)." } })
    answered.says(fewest "majority", {
      en = { "to end the majority of A, which is 1 seat fewer." },
      ["sr-Latn"] = { "da se izgubi većina, za šta treba oduzeti 1 mandat (A)."
      } })
    answered.says(fewest { majority = true, lists = { "B" } }, {
      en = { "to give B a majority, which is 1 seat more." },
      ["sr-Latn"] = { "da se dostigne većina, za šta treba još 1 mandat (B)."
      } })
  end)

  it("says that none was found", function()
    local found = fewest { list = "A", to = "gain", by = 2 }
    answered.says(found, {
      en = { "None found: no set of polling stations is known whose annulment "
        .. "does it." },
      ["sr-Cyrl"] = { "Није нађено: није познат ниједан скуп бирачких места" }
    })
    answered.has_not(answered.page(found), "named below")
  end)

  it("says what is known where the number is not exact", function()
    -- SNS has 188, and 125 is one fewer than a majority of 250
    local results, why = serbia.results()
    if not results then return pending(why) end
    local found = assert(urna.fewest_stations(results,
      { change = "majority" }))
    assert.is_false(found.is_exact)
    answered.says(found, {
      en = { "to end the majority of SNS, which is 63 seats fewer.",
        "it cannot happen; whether fewer than were found are enough is not "
        .. "known." },
      ["sr-Latn"] = { "da li je dovoljno i manje od nađenog, nije poznato." } })
  end)

  it("names the four of Serbia 2020", function()
    local results, why = serbia.results()
    if not results then return pending(why) end
    answered.says(assert(urna.fewest_stations(results)), {
      en = { "Found: 4 polling stations. With fewer it cannot happen.",
        "One seat moves: SNS gains it (188 → 189) and AA loses it (3 → 2)." },
      ["sr-Latn"] = { "Nađeno: 4 biračka mesta. Sa manje nije moguće." } })
  end)
end)
