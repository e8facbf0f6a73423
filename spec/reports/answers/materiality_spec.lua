local answered = require "spec.answered"
local urna = require "urna"

local CONTEST = { name = "Towns", date = "2024-06-02", rule = "rs/local",
  seats = 3, keys = { "station" }, columns = {
    registered_voters = "registered", voters_signed = "signed",
    ballots_in_box = "box" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }

-- 130:70 of three: with 20 switched to A 150:50, 50 = 50 for the last seat, and
-- more votes go first. In a is a signature more than ballots, in c a ballot
-- more than signatures.
local ROWS = "station,registered,signed,box,A,B\na,90,61,60,40,20\n"
  .. "b,80,60,60,40,20\nc,90,79,80,50,30\n"

local function weigh(options, text)
  local results = assert(urna.read({ text = text or ROWS },
    { contest = CONTEST }))
  options = options or { findings = assert(urna.check(results)) }
  return assert(urna.materiality(results, options))
end

describe("the section of materiality", function()
  it("sets ballots concerned beside ballots needed", function()
    answered.says(weigh(), {
      en = { "The fewest ballots that would move a seat: 20, switched from B "
        .. "to A.", "It says what could have mattered, not that anything "
        .. "did." },
      ["sr-Latn"] = { "Najmanje listića koji bi pomerili mandat: 20, "
        .. "prebačenih sa liste B na listu A.",
        "Govori šta je moglo da utiče na ishod, a ne da je uticalo." },
      ["sr-Cyrl"] = { "пребачених са листе B на листу A." } })
    local text = answered.page(weigh(), "md")
    -- 60 / 20 and 80 / 20
    answered.has(text, "| T13 | fewer ballots in the box than signatures | 1 "
      .. "| 90 | 60 | 1 | 3.00 |")
    answered.has(text, "| T10 | more ballots in the box than signatures | 1 "
      .. "| 90 | 80 | 1 | 4.00 |")
  end)

  it("has the checks and the places in words of the language", function()
    local text = answered.page(weigh(), "md", "sr-Latn")
    answered.has(text, "| T13 | listića u kutiji manje je od potpisa | 1 | 90 "
      .. "| 60 | 1 | 3,00 |")
    text = answered.page(weigh { places = { "a", "b" } }, "md", "sr-Latn")
    answered.has(text, "| – | navedena biračka mesta | 2 | 170 | 120 | – "
      .. "| 6,00 |")
  end)

  it("says every check that can fire in Serbian", function()
    local titles = require "urna.locale.sr.check".titles
    for _, check in ipairs(require "urna.checks.catalogue") do
      if check.kind or check.test or check.refused then
        assert.is_truthy(titles[check.code], check.code)
      end
    end
  end)

  it("says that no check fired", function()
    local text = answered.line(weigh(nil,
      "station,registered,signed,box,A,B\na,90,60,60,40,20\n"))
    answered.has(text, "No check fired.")
    answered.has_not(text, "Ratio")
  end)

  it("says where it cannot be told", function()
    -- 2:2 of three: the last seat is a tie
    answered.says(weigh({ places = { "a" } },
      "station,registered,signed,box,A,B\na,90,4,4,2,2\n"), {
      en = { "How few ballots would move a seat cannot be told: the seats are "
        .. "not decided." },
      ["sr-Cyrl"] = { "Не може се рећи колико би најмање листића померило "
        .. "мандат: мандати нису одлучени." } })
  end)
end)
