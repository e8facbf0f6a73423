-- The section of urna.incidents.
return {
  title = "Reports of incidents",
  count = "{count}. What is reported is not what is proved, and not all that "
    .. "happened.",
  none = "The list has no report.",
  by_source = "Reports by source: {parts}.", source_part = "{source} {count}",
  not_said = "(not said)",
  severities = {
    permitted = "permitted", check = "to be checked",
    irregularity = "irregularity", serious = "serious irregularity",
    annulment = "ground for annulment", criminal = "criminal offence",
  },
  sources = { observer = "observers", mobile_team = "mobile teams",
    citizen = "citizens", party = "parties" },
  source = { observer = "observer", mobile_team = "mobile team",
    citizen = "citizen", party = "party" },
  by = { category = "Category", severity = "Severity", source = "Source",
    municipality = "Municipality", window = "Time" },
  captions = {
    category = "Reports by category, and the stations they name",
    severity = "Reports by severity, by the legal effect they were given",
    municipality = "Reports by municipality",
    window = "Reports by time",
  },
  reports = "Reports", stations = "Stations named", published = "Published",
  worst = "Up to", ballots = "Ballots there",

  share_caption = "Shares of the sample of {n}",
  num = "Stations", share = "Share", interval = "95% interval",
  num_of = "{num} of {n}",
  whole_day = "the whole day", opening = "opening", closing = "closing",
  wilson = "Intervals: Wilson, at 95%, as of a simple random sample.",
  wilson_effect = "Intervals: Wilson, at 95%, with the sample size divided by "
    .. "the design effect {most}.",
  wilson_effects = "Intervals: Wilson, at 95%, with the sample size divided by "
    .. "design effects from {least} to {most}.",
  outside = "{category}: {count} outside the sample, not counted in its share.",
  untimed = "{category}: {count} without a time, not counted in its share.",
  refused = {
    which_window = "{category}: no share, for it is not said which window the "
      .. "published numbers are of.",
    counted_twice = "{category}: no share, for there are single stations and a "
      .. "number of stations.",
    beyond_sample = "{category}: no share, for more stations are reported than "
      .. "the sample has.",
    not_a_sample = "{category}: no share, for nobody drew a sample.",
  },

  materiality_caption = "What the named stations hold, and what a seat needs",
  severity_up = "Severity or above", missing = "Not known",
  registered = "Registered voters", times = "Times a seat",
  against_seat = "Beside a seat",
  could = "could move a seat", could_not = "fewer than a seat needs",
  could_unknown = "not known",
  switched = "A seat changes with {votes} switched to {list}.",
  added = "A seat changes with {votes} added to {list}.",
  needed_open = "The outcome is not decided, so what a seat needs is not "
    .. "known.",
  needed_unknown = "How many votes change a seat is not known.",

  list_caption = "The reports", tied_caption = "The reports and the records",
  place = "Place", reported = "Reported", when = "When",
  provision = "Provision", codes = "Checks fired",
  counts_note = "Counts are of reports and of the stations they name, not of "
    .. "stations at which nothing happened.",
  no_share = "What citizens, parties and mobile teams report is only counted "
    .. "and has no share: of how many stations it is a part, nobody knows.",
  ballots_note = "Ballots: {field}, of the stations that are named, each once. "
    .. "Not known (?): stations whose ballots the records do not have.",
  votes_of_lists = "votes of the lists",
  materiality_note = "“Could move a seat” says that the stations hold as many "
    .. "ballots as one move of votes needs, no more. Whether the result "
    .. "without them is another is a question for urna annul.",
  shown = "The table shows the first {shown} reports.",
  unknown_place = "Not tied to a record, for none is called so: {station}.",
  ambiguous_place = "Not tied to a record, for several may be meant: "
    .. "{station}.",
}
