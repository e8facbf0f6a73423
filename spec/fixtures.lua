-- Outcomes written by hand, for specs of charts and reports. Figures:
-- Belgrade 2024 and 2023 as in the City Electoral Commission's reports (una.rs,
-- mediated.wiki); quotients and votes short by hand arithmetic, e.g. BB needs
-- 15 * 59805/10 = 89707.5, so 89,708, and has 89,430: 278 short.
local fixtures = {}

local function share(num, den, percent)
  return { num = num, den = den, base = "ballots_in_box", percent = percent }
end

-- 3 % of 733,990 is 22,019.7: 22,020 votes are needed; of 733,935 it is
-- 22,018.05 and of 734,059 22,021.77.
local function threshold(result, votes)
  return { result = result, votes = votes, needed = 22020, needed_min = 22019,
    needed_max = 22022, share = { 3, 100 }, article = "40" }
end

local function belgrade_lists()
  local box = 733990
  return {
    { key = "SNS", short = "SNS", name = "Aleksandar Vučić - Beograd sutra",
      names = { ["sr-Cyrl"] = "Александар Вучић - Београд сутра" },
      minority = false, votes = 387326, share = share(387326, box, "52.77"),
      published_percent = "52.77",
      threshold = threshold("passed", 387326), seats = 64,
      votes_to_gain = 1407, votes_to_lose = 5759 },
    { key = "KP", short = "KP",
      name = "Dr Savo Manojlović - I ja sam Beograd - Kreni-promeni",
      minority = false, votes = 129868, share = share(129868, box, "17.69"),
      published_percent = "17.69",
      threshold = threshold("passed", 129868), seats = 21,
      votes_to_gain = 1703, votes_to_lose = 4667 },
    { key = "BB", short = "BB",
      name = "Biramo Beograd - Dobrica Veselinović - Miloš Pavlović",
      minority = false, votes = 89430, share = share(89430, box, "12.18"),
      published_percent = "12.18",
      threshold = threshold("passed", 89430), seats = 14,
      votes_to_gain = 278, votes_to_lose = 6006 },
    { key = "MI-SN", short = "MI-SN",
      name = "Mi snaga naroda - dr Branimir Nestorović", minority = false,
      votes = 59805, share = share(59805, box, "8.15"),
      published_percent = "8.15",
      threshold = threshold("passed", 59805), seats = 10,
      votes_to_gain = 6767, votes_to_lose = 185 },
    { key = "RS", short = "RS", name = "Ruska stranka", minority = true,
      names = { ["sr-Cyrl"] = "Руска странка" },
      votes = 8505, votes_min = 8477, votes_max = 8533, mark = "estimate",
      share = share(8505, box, "1.16"),
      published_percent = "1.16",
      threshold = threshold("exempt", 8505), weight = { 27, 20 }, seats = 1,
      votes_to_gain = 356, votes_to_lose = 4089 },
    { key = "OTHERS", others = true, name = "Other lists", lists = 9,
      seats = 0, why = "nine lists below the threshold, none took a seat "
        .. "(una.rs)" },
  }
end

local function belgrade_majority()
  return { needed = 56,
    distance = { { list = "SNS", seats = 64, short = 0 },
      { list = "KP", seats = 21, short = 35 },
      { list = "BB", seats = 14, short = 42 },
      { list = "MI-SN", seats = 10, short = 46 },
      { list = "RS", seats = 1, short = 55 } },
    coalitions = { count = 1,
      shown = { { lists = { "SNS" }, seats = 64, surplus = 8 } } },
    excluded = {} }
end

local function belgrade_marks()
  return {
    { what = "votes", list = "RS", mark = "estimate", min = 8477, max = 8533,
      why = "from the published 1.16 % of ballots in the box" },
    { what = "field", field = "ballots_in_box", mark = "estimate",
      min = 733935, max = 734059,
      why = "implied by two sets of percentages" },
    { what = "field", field = "voters_signed", mark = "estimate",
      min = 738814, max = 738974, why = "46.115 to 46.125 % of registered" },
  }
end

--- Belgrade, 2 June 2024: 64 21 14 10 1 of 110.
function fixtures.belgrade()
  return {
    contest = { id = "rs/belgrade/2024-06-02", alias = "belgrade-2024",
      percent_base = "ballots_in_box",
      name = "City Assembly of Belgrade, 2 June 2024", date = "2024-06-02",
      names = { ["sr-Cyrl"] = "Скупштина града Београда, 2. јун 2024." } },
    rule = { id = "rs/local", edition = "2022-04-03",
      source = "Law on Local Elections, Official Gazette 14/2022",
      articles = { "40", "41", "42" } },
    decision = "decided", count_status = "final", seats = 110,
    base = { name = "ballots_in_box", total = 733990, min = 733935,
      max = 734059, mark = "estimate" },
    lists = belgrade_lists(),
    steps = {
      { seat = 108, list = "SNS", step = "averages", article = "42",
        quotient = { 387326, 63 }, divisor = 63, rival = "MI-SN",
        rival_quotient = { 11961, 2 }, rival_divisor = 10 },
      { seat = 109, list = "SNS", step = "averages", article = "42",
        quotient = { 193663, 32 }, divisor = 64, rival = "MI-SN",
        rival_quotient = { 11961, 2 }, rival_divisor = 10 },
      { seat = 110, list = "MI-SN", step = "averages", article = "42",
        quotient = { 11961, 2 }, divisor = 10, rival = "BB",
        rival_quotient = { 5962, 1 }, rival_divisor = 15 },
    },
    ties = {}, open = {},
    next_in_line = {
      { list = "BB", quotient = { 5962, 1 }, votes_short = 278 },
      { list = "SNS", quotient = { 387326, 65 }, votes_short = 1407 },
      { list = "KP", quotient = { 64934, 11 }, votes_short = 1703 },
      { list = "RS", quotient = { 45927, 8 }, votes_short = 356 },
      { list = "MI-SN", quotient = { 59805, 11 }, votes_short = 6767 },
    },
    fewest_votes = { added = 278, list = "BB", seat_from = "MI-SN",
      switched = 111, switched_list = "BB", switched_from = "MI-SN" },
    majority = belgrade_majority(), marks = belgrade_marks(),
    fields = { registered_voters = 1602112, voters_signed = 738894,
      ballots_in_box = 733990, valid_ballots = 720098 },
    turnout = { num = 738894, den = 1602112, base = "registered_voters",
      percent = "46.12" },
    units = { expected = 1265, bad = 0 },
    sources = { "https://una.rs/vesti/izbori-u-srbiji/gik-usvojio-ukupni-"
      .. "izvestaj-o-izborima-u-beogradu (official %, seats, turnout)",
      "https://mediated.wiki/source/City_Assembly_of_Belgrade.md (votes)" },
    fingerprint = { version = "0.1.0" }, children = {},
  }
end

local function earlier_list(key, votes, percent, seats)
  return { key = key, short = key, name = key, votes = votes, seats = seats,
    minority = false, share = share(votes, 942331, percent) }
end

--- Belgrade, 17 December 2023: 49 43 7 6 5 of 110.
function fixtures.belgrade_2023()
  return {
    contest = { id = "rs/belgrade/2023-12-17", alias = "belgrade-2023",
      name = "City Assembly of Belgrade, 17 December 2023",
      names = { ["sr-Cyrl"] = "Скупштина града Београда, 17. децембар 2023." },
      date = "2023-12-17" },
    rule = { id = "rs/local", edition = "2022-04-03", articles = {} },
    decision = "decided", count_status = "final", seats = 110,
    base = { name = "ballots_in_box", total = 942331 },
    lists = { earlier_list("SNS", 367121, "38.96", 49),
      earlier_list("SPN", 325429, "34.53", 43),
      earlier_list("NADA", 56355, "5.98", 7),
      earlier_list("MI-GIN", 50604, "5.37", 6),
      earlier_list("SPS", 44678, "4.74", 5) },
    majority = { needed = 56, distance = {
      { list = "SNS", seats = 49, short = 7 } },
      coalitions = { count = 4, shown = {
        { lists = { "SNS", "NADA" }, seats = 56, surplus = 0 },
        { lists = { "SPN", "NADA", "MI-GIN" }, seats = 56, surplus = 0 },
        { lists = { "SNS", "MI-GIN", "SPS" }, seats = 60, surplus = 4 },
        { lists = { "SNS", "SPN" }, seats = 92, surplus = 36 } } } },
    steps = {}, ties = {}, open = {}, next_in_line = {}, marks = {},
    units = { reported = 1180, expected = 1180, bad = 0 }, sources = {},
    fingerprint = { version = "0.1.0" }, children = {},
  }
end

--- An assembly of the given sizes and nothing else known.
---@param seats integer[]
---@param total integer?
function fixtures.assembly(seats, total)
  local lists, sum = {}, 0
  for i, count in ipairs(seats) do
    local key = ("L%d"):format(i)
    lists[i] = { key = key, short = key, name = ("List %d"):format(i),
      seats = count }
    sum = sum + count
  end
  return { contest = { name = "Assembly" }, seats = total or sum,
    lists = lists, decision = "decided", count_status = "unstated" }
end

--- Findings of 8,433 records, one check of each result.
function fixtures.findings()
  return { rows = {
    { code = "T10", title = "Ballots in the box are not above signatures",
      severity = "F", result = "PASS", count = 0, consequence = "annul",
      article = "116", formula = "ballots_in_box <= voters_signed" },
    { code = "T13", title = "Ballots in the box equal signatures",
      severity = "N", result = "FIRED", count = 571,
      consequence = "allowed_difference",
      formula = "ballots_in_box = voters_signed" },
    { code = "T09", title = "Unused and in the box are not above received",
      severity = "F", result = "UNKNOWN", count = 0, consequence = "annul",
      article = "116", missing = { "ballots_received" },
      formula = "ballots_unused + ballots_in_box <= ballots_received" },
  } }
end

return fixtures
