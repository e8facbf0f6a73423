-- Serbia. Seats by the highest averages in one district with closed lists; a
-- threshold on those who voted, from which lists of national minorities are
-- exempt; since 2020 their averages count 27/20 while they are below it.
--
-- How each article is known stands behind it:
--   plain number   read, in the text of the law or its English translation
--                  in the Venice Commission's VOTA database
--   "(cited)"      cited by the Joint Opinion of the Venice Commission and
--                  ODIHR on the 2022 laws, by crta.rs or by kosovo-online.com;
--                  the article itself could not be read
--   "(recalled)"   from memory; not read and not cited by a source at hand
-- A clause without an article: none is known. That the factor ends at the
-- threshold follows, for 2020, the authentic interpretations of 27 February
-- 2020 (local elections, Official Gazette 16/2020) and 2 March 2020
-- (Vojvodina, 14/2020), and for 2022 the law as crta.rs and rts.rs give it.

local ALL_TAKE_PART = "No list reached the threshold, so all take part."
local NONE_PASSED = "Averages of minority lists still count 27/20: that rests "
  .. "on the words 'below the threshold', read literally; no provision or "
  .. "decision on it is known."

local function threshold(num, article)
  return { step = "threshold", share = { num, 100 }, exempt = "minority",
    if_none_passes = "all_take_part", when_none_passes = ALL_TAKE_PART,
    article = article }
end

local function factor(article)
  return { step = "weight", factor = { 27, 20 }, lists = "minority",
    when = "below_threshold", when_none_passes = NONE_PASSED,
    article = article }
end

-- Equal averages: the list with more votes; the law knows no further step.
-- A list with too few candidates gives the seat to the next average.
local function averages(article)
  return { step = "averages", divisor = "dhondt", article = article,
    tie = { "more_votes", "undecided" } }
end

-- What follows from a record that contradicts itself, by the catalogue's
-- codes. More ballots than voters is a serious error at first: the material
-- is inspected, and what is confirmed is annulled.
local function records(annul, undetermined, gross, light)
  local function item(letter)
    return annul and ("%s(%s) (cited)"):format(annul, letter)
  end
  return {
    T10 = { consequence = "annul", article = item("a"), note =
      "a serious error: the material is inspected, and annulled if confirmed" },
    T09 = { consequence = "annul", article = item("d") },
    L01 = { consequence = "annul", article = item("c"),
      note = "control sheet missing, not filled in or not signed" },
    L02 = { consequence = "annul", article = item("b"),
      note = "a person outside the roll extract voted" },
    T04 = { consequence = "cannot_be_determined", article = undetermined },
    T02 = { consequence = "cannot_be_determined", article = undetermined },
    T05 = { consequence = "cannot_be_determined", article = undetermined },
    T11 = { consequence = "cannot_be_determined", article = undetermined },
    T13 = { consequence = "allowed_difference",
      note = "a voter may sign and not cast the ballot" },
    X12 = { consequence = "allowed_difference",
      note = "a ballot may be received and neither used nor returned" },
    T08 = { consequence = "inspect", article = gross,
      note = "no ground to annul by itself: the material is inspected" },
    L03 = { consequence = "cannot_be_determined", article = undetermined,
      note = "no record, or fewer than three signatures on it" },
    C07 = { consequence = "cannot_be_determined", article = undetermined,
      least = 3, note = "no record, or fewer than three signatures on it" },
    L04 = { consequence = "cannot_be_determined", article = undetermined,
      note = "voting not held, or broken off and not taken up again" },
    C01 = { consequence = "clerical", article = light,
      note = "commissions correct obvious slips by decision" },
    W21 = { consequence = "clerical", article = gross,
      note = "a serious error until the material has been inspected" },
  }
end

-- Polling stations are open from 7 to 20 h; who stands in line then votes, and
-- the station closes later: its own time is to be said where it did.
local polls_close = { time = "20:00", article = "(recalled)" }

-- National Assembly: up to the Commission of the Republic (RIK), then the
-- Administrative Court.
local parliament_deadlines = {
  voter_request = { hours = 72, from = "closing", article = "148 (cited)",
    note = "a voter may ask to annul only his own station" },
  decision = { hours = 72, from = "voter_request" },
  complaint = { hours = 72, from = "decision", article = "154" },
  republic_commission_decision = { hours = 72, from = "complaint",
    article = "154" },
  appeal = { hours = 72, from = "republic_commission_decision",
    article = "156 (cited)" },
  summary_report = { hours = 96, from = "closing", article = "119",
    note = "or from the last remedy or repeated voting" },
  overall_report = { hours = 96, from = "last_summary_report",
    article = "121 (cited)" },
  revote_decision = { days = 3, from = "annulment", article = "117" },
  revote = { days = 10, from = "revote_decision", article = "117" },
}

local local_deadlines = {
  complaint = { hours = 72, from = "closing" },
  decision = { hours = 72, from = "complaint" },
  appeal = { hours = 72, from = "decision",
    note = "to the Higher Court, which gets the file within 24 hours" },
  judgment = { hours = 72, from = "appeal" },
  summary_report = { hours = 96, from = "closing" },
  revote_decision = { days = 3, from = "annulment" },
  revote = { days = 10, from = "revote_decision" },
  constitution_of_assembly = { months = 2, from = "publication" },
}

return {
  country = "rs", name = "Serbia",

  parliament = {
    { since = "2022-04-03", seats = 250, base = "ballots_in_box",
      source = "Law on the Election of Members of Parliament, Official "
        .. "Gazette of the Republic of Serbia 14/2022",
      threshold(3, "128 (recalled)"), factor("140 (cited)"), averages("129"),
      records = records("116", "115 (cited)", "110", "109 (cited)"),
      deadlines = parliament_deadlines, polls_close = polls_close },
    { since = "2020-06-21", seats = 250, base = "ballots_in_box",
      source = "Law on the Election of Members of Parliament, Official "
        .. "Gazette of the Republic of Serbia 35/2000 as amended by 12/2020",
      threshold(3, "81(1)"), factor("81(2)"), averages("82 (recalled)"),
      records = records() },
    { since = "2007-01-21", seats = 250, base = "ballots_in_box",
      source = "Law on the Election of Members of Parliament, Official "
        .. "Gazette of the Republic of Serbia 35/2000",
      note = "no factor before 2020: 2012 to 2016 reproduce without",
      threshold(5, "81(1)"), averages("82 (recalled)"),
      records = records() },
  },

  -- City and municipal assemblies; the contest says how many seats.
  ["local"] = {
    { since = "2022-04-03", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 14/2022, amended by 35/2024",
      note = "of the 2022 text only the bill's article 5 (one district, "
        .. "highest averages) could be read",
      threshold(3), factor(), averages("5 (as in the bill)"),
      records = records(), deadlines = local_deadlines,
      polls_close = polls_close },
    { since = "2020-06-21", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 129/2007 as amended by 12/2020",
      threshold(3, "40(4)"), factor("40(5)"), averages("41 (recalled)"),
      records = records() },
    { since = "2014-03-16", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 129/2007",
      threshold(5, "40(4)"), averages("41 (recalled)"),
      records = records() },
  },

  -- All 120 by lists since 2016.
  vojvodina = {
    { since = "2020-06-21", seats = 120, base = "ballots_in_box",
      source = "Decision of the Assembly of Vojvodina on the election of its "
        .. "members, Official Gazette of Vojvodina 23/2014 as amended by "
        .. "12/2020",
      threshold(3, "47(3)"), factor("47(4)"), averages("48 (recalled)"),
      records = records() },
    { since = "2016-04-24", seats = 120, base = "ballots_in_box",
      source = "Decision of the Assembly of Vojvodina on the election of its "
        .. "members, Official Gazette of Vojvodina 23/2014",
      threshold(5, "47(3)"), averages("48 (recalled)"),
      records = records() },
  },
}
