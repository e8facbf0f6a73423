local answered = require "spec.answered"
local console = require "spec.console"
local display = require "urna.charts.display"
local pages = require "spec.pages"
local native = require "urna.native"
local scratch = require "spec.scratch"
local urna = require "urna"

after_each(scratch.clear)

local has, has_not = answered.has, answered.has_not
local page = answered.line

local LANGUAGES = { "en", "sr-Latn", "sr-Cyrl" }

local FIELDS = { registered_voters = "registered", voters_signed = "signed",
  ballots_in_box = "box", invalid_ballots = "invalid",
  valid_ballots = "valid" }
local HEADINGS = "town,station,registered,signed,box,invalid,valid,P,Q\n"

local function read(rows, changes)
  local contest = { name = "Towns", date = "2024-06-02", rule = "rs/local",
    seats = 3, keys = { "town", "station" }, columns = FIELDS,
    lists = { { key = "P", column = "P", minority = false,
      shorts = { ["sr-Cyrl"] = "П" } },
      { key = "Q", column = "Q", minority = true } } }
  for name, value in pairs(changes or {}) do contest[name] = value end
  return assert(urna.read({ text = HEADINGS .. rows }, { contest = contest }))
end

-- P 202, Q 108 of 310 ballots: 202 101 67.33 and 108 54 give P 2, Q 1.
local FIRST = "Čukarica,1,200,100,100,0,100,90,10\n"
  .. "Čukarica,2,200,100,100,0,100,52,48\n"
  .. "Voždovac,3,300,110,110,0,110,60,50\n"
-- P 10 more, 35 and 12 fewer: 165 and 145. With its records of 2 and 3 P has
-- 202 - 47 = 155, as many as Q: the third seat, 77.5 against 77.5, is nobody's.
local SECOND = "Čukarica,1,200,100,100,0,100,100,0\n"
  .. "Čukarica,2,200,100,100,0,100,17,83\n"
  .. "Voždovac,3,300,110,110,0,110,48,62\n"

describe("two sources", function()
  local answer = assert(urna.reconcile(read(FIRST), read(SECOND),
    { names = { "official", "parallel" } }))

  it("are named, with what was matched", function()
    local text = page(answer, "text", "en")
    has(text, "Compared with official: parallel.")
    has(text, "Polling stations that all sources have: 3; of one source only: "
      .. "0; ambiguous keys: 0. official and parallel, matched: by equal keys "
      .. "3.")
    has(page(answer, "text", "sr-Cyrl"), "Бирачка места која имају сви извори: "
      .. "3; само у једном извору: 0; вишезначне ознаке: 0.")
    has(page(answer, "md", "en"), "| official | (text) | 3 | 0 |")
  end)

  it("have each difference with the list that it favours", function()
    -- 17 - 52 = -35; 83 - 48 = 35
    local text = page(answer, "md", "en")
    has(text, "Figures that differ: 6, at this many polling stations: 3.")
    has(text, "| Čukarica/2 | P | 52 | 17 | −35 | official gives P 35 more |")
    has(text, "| Čukarica/2 | Q (m) | 48 | 83 | +35 | parallel gives Q 35 "
      .. "more |")
    has(page(answer, "md", "sr-Cyrl"), "| Čukarica/2 | П | 52 | 17 | −35 | "
      .. "official: П има 35 више |")
    has(page(answer, "md", "sr-Latn"), "| Čukarica/2 | Q (m) | 48 | 83 | +35 "
      .. "| parallel: Q ima 35 više |")
  end)

  it("have sums of the differences by figure", function()
    -- 10 - 35 - 12 = -37, without signs 57
    has(page(answer, "md", "en"), "| P | parallel | 3 | 1 | 2 | −37 | 57 |")
    has(page(answer, "md", "en"), "| Q (m) | parallel | 3 | 2 | 1 | +37 | 57 "
      .. "|")
  end)

  it("could move a seat, with an example, where neither alone does",
    function()
      -- 165 and 145: 165 82.5 and 145 72.5: 2 and 1, as before
      local text = page(answer, "text", "en")
      has(text, "If parallel is right wherever it differs, the seats stay as "
        .. "by official.")
      has(text, "the differences together could move a seat: the law then "
        .. "leaves seats open. An example is another record at 2 polling "
        .. "stations: Čukarica/2 of parallel; Voždovac/3 of parallel.")
      has(page(answer, "md", "en"), "| P | 2 | 2 |")
      has(page(answer, "text", "sr-Latn"), "razlike zajedno mogu da pomere "
        .. "mandat: propis tada ostavlja mandate otvorenim. Primer: drugi "
        .. "zapisnik; 2 biračka mesta: Čukarica/2, izvor parallel;")
    end)

  it("bound the votes and the seats of each list", function()
    -- P 202 - 47 = 155 to 202 + 10 = 212; Q 108 - 10 = 98 to 108 + 47 = 155;
    -- P at 155 and Q at 155: 2 1 or 1 2 by nobody; at 212 and 98: 3 0
    local text = page(answer, "md", "en")
    has(text, "| P | 202 | 155 | 212 | 2 |")
    has(text, "| Q (m) | 108 | 98 | 155 | 1 |")
  end)

  it("hint at votes entered for another list", function()
    -- Q has 35 more at Čukarica/2 and P as many fewer; P had 52, Q 48
    has(page(answer, "text", "en"), "Čukarica/2: compatible with 35 votes "
      .. "entered for Q instead of P in parallel.")
    has(page(answer, "text", "sr-Cyrl"), "Čukarica/2: у складу са уписом листи "
      .. "Q уместо листи П, 35 гласова (извор parallel).")
  end)

  it("are well formed in HTML and fit eighty columns in text", function()
    for _, language in ipairs(LANGUAGES) do
      assert.is_nil(pages.fault(assert(urna.report(answer,
        { format = "html", language = language }))))
      local text = assert(urna.report(answer, { language = language }))
      has_not(text, "{")
      for line in text:gmatch("[^\n]+") do
        assert.message(line).is_true(display.width(line) <= 80)
      end
    end
  end)
end)

describe("sources that agree", function()
  it("say so, and nothing of what could be", function()
    local answer = assert(urna.reconcile(read(FIRST), read(FIRST)))
    has(page(answer, "text", "en"),
      "All sources say the same of the same polling stations and lists.")
    has(page(answer, "text", "sr-Latn"),
      "Svi izvori isto kažu o istim biračkim mestima i listama.")
    has_not(page(answer, "text", "en"), "move")
    has_not(page(answer, "md", "en"), "Differences")
  end)

  it("within a tolerance say how many do", function()
    local other = read((FIRST:gsub("52,48", "54,48")))
    local answer = assert(urna.reconcile(read(FIRST), other,
      { tolerance = 2 }))
    has(page(answer, "text", "en"), "Figures that differ: 1, at this many "
      .. "polling stations: 1. Within the tolerance of 2: 1.")
    answer = assert(urna.reconcile(read(FIRST), other,
      { tolerance = { count = 1, share = { 1, 25 } } }))
    has(page(answer, "text", "sr-Cyrl"),
      "У оквиру допуштеног одступања од 1 или 4%: 1.") -- 2 of 54 is 3.7 %
  end)
end)

describe("what was not matched", function()
  -- 4 instead of 3, and an empty figure
  local answer = assert(urna.reconcile(read(FIRST),
    read((FIRST:gsub("Voždovac,3", "Voždovac,4"):gsub("2,200", "2,")))))

  it("is told, with what it may be", function()
    local text = page(answer, "text", "en")
    has(text, "Only in A, not in B: Voždovac/3; may be Voždovac/4 (equal "
      .. "votes).")
    has(text, "Empty in B: Registered voters, Čukarica/2.")
    has(text, "No figure differs that the sources have in common.")
    text = page(answer, "text", "sr-Cyrl")
    has(text, "Само у извору A, не и у извору B: Voždovac/3; можда Voždovac/4 "
      .. "(једнаки гласови).")
    has(text, "Празно у извору B: Уписано бирача, Čukarica/2.")
  end)

  it("is not in the judgement, which says so", function()
    local other = assert(urna.reconcile(read(FIRST),
      read((FIRST:gsub("Voždovac,3", "Voždovac,4"):gsub("52,48", "50,50")))))
    has(page(other, "text", "en"),
      "Not in this judgement: polling stations of one source only: 2.")
    has(page(other, "text", "sr-Latn"),
      "Nije uzeto u obzir: biračka mesta samo jednog izvora: 2.")
  end)

  it("may be a list, which has the name of its own source", function()
    local other = { { key = "P", column = "P", minority = false },
      { key = "Z", column = "Q", minority = true,
        shorts = { ["sr-Cyrl"] = "З" } } }
    local found = assert(urna.reconcile(read(FIRST), read(FIRST,
      { lists = other })))
    has(page(found, "text", "en"), "The list Z of B is not in A.")
    has(page(found, "text", "sr-Cyrl"), "Листа З (извор B) не постоји у извору "
      .. "A.")
    -- the same list under two keys has one row
    found = assert(urna.reconcile(read(FIRST), read(FIRST, { lists = other }),
      { lists = { Z = "Q" } }))
    has(page(found, "md", "en"), "| Q (m) | 1 | 1 |")
  end)
end)

describe("more than two sources", function()
  local third = "Čukarica,1,200,100,100,0,100,90,10\n"
    .. "Čukarica,2,200,100,100,0,100,62,48\n"
    .. "Voždovac,3,300,110,110,0,110,60,50\n"
  local answer = assert(urna.reconcile(read(FIRST), read(FIRST), read(third),
    { names = { "official", "parallel", "party" } }))

  it("have a matrix of each two", function()
    local text = page(answer, "md", "en")
    has(text, "| official and parallel | 3 | 0 | 0 |")
    has(text, "| official and party | 3 | 1 | 1 |")
    has(text, "| parallel and party | 3 | 1 | 1 |")
    has(page(answer, "md", "sr-Cyrl"), "| official и party | 3 | 1 | 1 |")
  end)

  it("name the one that stands alone", function()
    has(page(answer, "md", "en"), "| Čukarica/2 | P | 52 | 52 | 62 | +10 | "
      .. "party gives P 10 more; party alone; compatible with one wrong digit "
      .. "|")
  end)

  it("share a cell where they are many", function()
    local found = assert(urna.reconcile(read(FIRST), read(FIRST), read(FIRST),
      read(third)))
    has(page(found, "md", "en"), "| Čukarica/2 | P | A 52; B 52; C 52; D 62 | "
      .. "+10 |")
    has(page(found, "md", "en"), "| P | A 2; B 2; C 2; D 2 |")
  end)
end)

describe("what is not settled", function()
  it("says why: seats that are open already", function()
    -- 150 and 150 for three seats: the third is nobody's
    local equal = "Ub,1,400,300,300,0,300,150,150\n"
    local answer = assert(urna.reconcile(read(equal),
      read((equal:gsub("150,150", "151,149")))))
    has(page(answer, "text", "en"), "Whether the differences together could "
      .. "move a seat is not settled: the seats of the first source are not "
      .. "decided.")
    has(page(answer, "text", "en"), "The seats of A are not decided:")
    has(page(answer, "text", "sr-Cyrl"), "Није решено да ли разлике заједно "
      .. "могу да помере мандат: мандати првог извора нису одлучени.")
    has(page(answer, "text", "sr-Cyrl"), "Мандати (извор A) нису одлучени: "
      .. "једнаки количници и једнак број гласова: П и Q.")
    assert.equal("undecided", answer.effect.code)
  end)

  it("says that a list could cross the threshold", function()
    -- 3 % of 1,000 is 30; Q is of no minority and has 30 or 29: 29 is below,
    -- and the first source has 10 seats for P and none for Q in either case
    local plain = { seats = 10, lists = {
      { key = "P", column = "P", minority = false },
      { key = "Q", column = "Q", minority = false } } }
    local answer = assert(urna.reconcile(
      read("Ub,1,1500,1000,1000,0,1000,970,30\n", plain),
      read("Ub,1,1500,1000,1000,0,1000,971,29\n", plain)))
    has(page(answer, "text", "en"),
      "Lists that a mix could take across the threshold: Q.")
    has(page(answer, "text", "sr-Latn"),
      "Liste koje neka mešavina može da prevede preko cenzusa: Q.")
    assert.equal("cannot", answer.effect.result)
  end)
end)

-- ---- Serbia 2020: the records, and a copy with some cells edited ----

local DATA = "../shared/data/serbia2020"

local function data_text()
  local source = native.source { path = DATA .. ".csv.gz" }
  if not source then return nil end
  local text = source:text()
  source:close()
  return text
end

local it_serbia = data_text() and it or function(name)
  pending(name .. " (skipped: ../shared is absent)")
end

-- Columns of the file: 10 ballots in the box, 13 SNS, 14 SPS.
local BOX, SNS, SPS = 10, 13, 14

local function cells_of(line)
  local cells = {}
  for cell in (line .. ","):gmatch("([^,]*),") do
    cells[#cells + 1] = cell
  end
  return cells
end

-- A copy in which `edit` changed the cells of some rows; it says when it is
-- done.
local function copy(edit)
  local lines, is_done = {}, false
  for line in data_text():gmatch("([^\r\n]*)\r?\n") do
    if #lines > 0 and not is_done then
      local cells = cells_of(line)
      is_done = edit(cells, #lines)
      line = table.concat(cells, ",")
    end
    lines[#lines + 1] = line
  end
  return scratch.write(".csv", table.concat(lines, "\n") .. "\n")
end

local function reconciled(edit)
  return assert(urna.reconcile(DATA .. ".csv.gz", copy(edit),
    { contest = DATA .. ".contest.json", names = { "official", "copy" } }))
end

describe("two versions of the records of Serbia 2020", function()
  it_serbia("differ in the cells that were edited, and move no seat",
    function()
      -- Barajevo 1: SNS 243, SPS 34; Barajevo 2: 605 in the box
      local answer = reconciled(function(cells, row)
        if row == 1 then
          assert.same({ "243", "34" }, { cells[SNS], cells[SPS] })
          cells[SNS], cells[SPS] = "34", "243"
        elseif row == 2 then
          assert.equal("605", cells[BOX])
          cells[BOX] = "615"
        end
        return row == 2
      end)
      local text = page(answer, "md", "en")
      has(text, "Polling stations that all sources have: 8,433; of one source "
        .. "only: 0;")
      has(text, "Figures that differ: 3, at this many polling stations: 2.")
      -- 34 - 243 = -209 and back; 615 - 605 = 10
      has(text, "| Град Београд/Барајево/1 | SNS | 243 | 34 | −209 | official "
        .. "gives SNS 209 more |")
      has(text, "| Град Београд/Барајево/1 | SPS | 34 | 243 | +209 | copy "
        .. "gives SPS 209 more |")
      has(text, "| Град Београд/Барајево/2 | Ballots in the box | 605 | 615 | "
        .. "+10 | compatible with one wrong digit |")
      has(text, "Град Београд/Барајево/1: compatible with the votes of SNS and "
        .. "SPS exchanged in copy.")
      -- SPS's 32nd average is 334,333 / 32 = 10,447.91, SNS's 189th
      -- 1,953,998 / 189 = 10,338.61: 209 votes do not reach
      has(text, "the differences together cannot move a seat")
      has(text, "| SNS | 188 | 188 |")
      has(page(answer, "md", "sr-Cyrl"), "Град Београд/Барајево/1: у складу са "
        .. "међусобно замењеним гласовима листа SNS и SPS (извор copy).")
      has(page(answer, "md", "sr-Latn"), "| Град Београд/Барајево/2 | Glasalo "
        .. "(listići u kutiji) | 605 | 615 | +10 | u skladu sa jednom "
        .. "pogrešnom cifrom |")
      has(page(answer, "text", "sr-Latn"), "razlike zajedno ne mogu da pomere "
        .. "nijedan mandat")
    end)

  -- x votes from SPS to SNS take its 32nd seat when (1,953,998 + x) * 32 >
  -- (334,333 - x) * 189: 221 x > 661,001, from 2,991.
  it_serbia("that differ by 2,991 votes move one, at 30 stations", function()
    local left = 2991
    local answer = reconciled(function(cells)
      local votes = math.min(100, left)
      if tonumber(cells[SPS]) >= 100 then
        cells[SPS] = ("%d"):format(cells[SPS] - votes)
        cells[SNS] = ("%d"):format(cells[SNS] + votes)
        left = left - votes
      end
      return left == 0
    end)
    local text = page(answer, "text", "en")
    has(text, "If copy is right wherever it differs, seats move: SNS 189 "
      .. "instead of 188, SPS 31 instead of 32.")
    has(text, "could move a seat: SNS 189 instead of 188, SPS 31 instead of "
      .. "32. An example is another record at 30 polling stations:")
    has(text, "; and 25 more.") -- five of the thirty are named
    -- 60 figures, of which 20 are shown
    has(text, "Differences: the first 20 of 60")
    has(page(answer, "md", "en"), "| SNS | copy | 30 | 30 | 0 | +2,991 | 2,991 "
      .. "|")
    has(page(answer, "md", "en"), "| SPS | 32 | 31 |")
    has(page(answer, "text", "sr-Cyrl"), "мандати се мењају: SNS 189 уместо "
      .. "188, SPS 31 уместо 32.")
    has(page(answer, "text", "sr-Latn"), "Razlike: prvih 20 od 60")
    assert.is_nil(pages.fault(page(answer, "html", "en")))
  end)

  it_serbia("and the embedded totals agree, by totals", function()
    local answer = assert(urna.reconcile(DATA .. ".csv.gz", "parliament-2020",
      { contest = DATA .. ".contest.json",
        lists = { ["SPP-DPM"] = "SPP", ["ADA-UD"] = "AA" } }))
    has(page(answer, "text", "en"), "Only totals are compared: a source has no "
      .. "records of polling stations. All sources say the same")
    has(page(answer, "text", "sr-Cyrl"), "Пореде се само збирови")
  end)
end)

describe("urna reconcile", function()
  it("gives the section in each language and form", function()
    local one = scratch.write(".csv", HEADINGS .. FIRST)
    local other = scratch.write(".csv", HEADINGS .. SECOND)
    local contest = scratch.write(".contest.lua", [[return {
      name = "Towns", date = "2024-06-02", rule = "rs/local", seats = 3,
      keys = { "town", "station" }, columns = {
        registered_voters = "registered", voters_signed = "signed",
        ballots_in_box = "box", invalid_ballots = "invalid",
        valid_ballots = "valid" },
      lists = { { key = "P", column = "P", minority = false },
        { key = "Q", column = "Q", minority = true } } }]])
    local function run(...)
      return console.run("reconcile", one, other, "--contest", contest, ...)
    end
    local status, out = run("--language", "sr-Latn")
    assert.equal(1, status)
    has(out, "Upoređeni izvori\n────")
    status, out = run("--format", "md")
    assert.equal(1, status)
    has(out, "# Towns\n\n## Sources compared\n")
    status, out = run("--format", "html", "--language", "sr-Cyrl")
    assert.equal(1, status)
    has(out, "<h2 id=\"reconcile\">Упоређени извори</h2>")
    assert.is_nil(pages.fault(out))
    status, out = run()
    assert.equal(1, status)
    has(out, "6 figures differ at 3 polling stations\n")
  end)
end)
