-- Serbia. Seats by the highest averages of one district with closed lists;
-- a threshold on those who voted, from which lists of national minorities are
-- exempt; since 2020 their averages count 27/20 while they are below it.
--
-- The full texts could not be read when this was written: articles are given
-- as cited by crta.rs, paragraf.rs and kosovo-online.com, and where no source
-- at hand cites one, the clause has none. That the factor ends at the
-- threshold follows the authentic interpretations of 27 February 2020 (National
-- Assembly, for local elections) and 2 March 2020 (Assembly of Vojvodina).

local none_passes = "No list reached the threshold, so all take part. Whether "
  .. "the averages of minority lists then still count 27/20 rests on the words "
  .. "'below the threshold', which fit them; no decision on it is known."

local function threshold(num, article)
  return { step = "threshold", share = { num, 100 }, exempt = "minority",
    if_none_passes = "all_take_part", article = article }
end

local factor = { step = "weight", factor = { 27, 20 }, lists = "minority",
  when = "below_threshold", when_none_passes = none_passes }

-- Equal averages: the list with more votes; the law knows no further step.
local averages = { step = "averages", divisor = "dhondt",
  tie = { "more_votes", "undecided" } }

-- What follows from a record that contradicts itself; codes as in the
-- catalogue of checks.
local function records(annul, undetermined, gross)
  return {
    T10 = { consequence = "annul", article = annul and annul .. "(a)" },
    T09 = { consequence = "annul", article = annul and annul .. "(d)" },
    L01 = { consequence = "annul", article = annul and annul .. "(c)",
      note = "control sheet missing, not filled in or not signed" },
    L02 = { consequence = "annul", article = annul and annul .. "(b)",
      note = "a person outside the roll extract voted" },
    T04 = { consequence = "cannot_be_determined", article = undetermined },
    T05 = { consequence = "cannot_be_determined", article = undetermined },
    T11 = { consequence = "cannot_be_determined", article = undetermined },
    T13 = { consequence = "allowed_difference",
      note = "a voter may sign and not cast the ballot" },
    T08 = { consequence = "allowed_difference",
      note = "a ballot may be received and neither used nor returned" },
    C01 = { consequence = "clerical", article = gross,
      note = "commissions correct obvious slips by decision" },
    W21 = { consequence = "clerical", article = gross },
  }
end

-- National Assembly: requests and complaints go up to the Commission of the
-- Republic, then to the Administrative Court.
local parliament_deadlines = {
  complaint = { hours = 72, from = "closing", article = "148" },
  decision = { hours = 72, from = "complaint" },
  complaint_to_republic_commission = { hours = 72, from = "decision" },
  republic_commission_decision = { hours = 72,
    from = "complaint_to_republic_commission" },
  appeal = { hours = 72, from = "republic_commission_decision" },
  summary_report = { hours = 96, from = "closing" },
  overall_report = { hours = 96, from = "last_summary_report" },
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
      threshold(3), factor, averages,
      records = records("116", "115", "110"),
      deadlines = parliament_deadlines },
    { since = "2020-06-21", seats = 250, base = "ballots_in_box",
      source = "Law on the Election of Members of Parliament, Official "
        .. "Gazette of the Republic of Serbia 35/2000 as amended by 12/2020",
      threshold(3), factor, averages,
      records = records() },
    { since = "2007-01-21", seats = 250, base = "ballots_in_box",
      source = "Law on the Election of Members of Parliament, Official "
        .. "Gazette of the Republic of Serbia 35/2000",
      note = "no factor before 2020: 2012 to 2016 reproduce without",
      threshold(5), averages,
      records = records() },
  },

  -- City and municipal assemblies; the contest says how many seats.
  ["local"] = {
    { since = "2022-04-03", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 14/2022, amended by 35/2024",
      threshold(3), factor, averages,
      records = records(), deadlines = local_deadlines },
    { since = "2020-06-21", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 129/2007 as amended by 12/2020",
      threshold(3), factor, averages,
      records = records() },
    { since = "2014-03-16", base = "ballots_in_box",
      source = "Law on Local Elections, Official Gazette of the Republic of "
        .. "Serbia 129/2007",
      threshold(5), averages,
      records = records() },
  },

  -- All 120 by lists since 2016.
  vojvodina = {
    { since = "2020-06-21", seats = 120, base = "ballots_in_box",
      source = "Decision of the Assembly of Vojvodina on the election of its "
        .. "members, Official Gazette of Vojvodina 23/2014, amended in 2020",
      threshold(3), factor, averages,
      records = records() },
    { since = "2016-04-24", seats = 120, base = "ballots_in_box",
      source = "Decision of the Assembly of Vojvodina on the election of its "
        .. "members, Official Gazette of Vojvodina 23/2014",
      threshold(5), averages,
      records = records() },
  },
}
