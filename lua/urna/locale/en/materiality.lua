-- The section of urna.materiality.
return {
  title = "Ballots concerned, and ballots that move a seat",
  needed = "The fewest ballots that would move a seat: {ballots}, switched from "
    .. "{from} to {to}.",
  not_needed = "How few ballots would move a seat cannot be told: {why}.",
  unknown = "How few ballots would move a seat cannot be told.",
  why = {
    undecided = "the seats are not decided",
    own_step = "the rule has steps of its own",
    votes_open = "votes are known only within bounds",
    base_unknown = "the number that the threshold is a share of is not known",
    beyond_exact = "the votes are too many to be searched exactly",
  },
  none = "No check fired.",
  caption = "Checks that fired, the polling stations and ballots concerned, and "
    .. "their ratio to the ballots that move a seat",
  code = "Code", check = "Check", stations = "Stations",
  registered = "Registered", ballots = "Ballots", gap = "At issue",
  ratio = "Ratio", places = "the polling stations named",
  ballots_note = "Ballots are all those in the boxes of the stations concerned; "
    .. "a station may be in several rows.",
  gap_note = "At issue is what the check’s own numbers differ by, summed over "
    .. "the stations.",
  ratio_note = "The ratio is of the ballots concerned to those that would move a "
    .. "seat. It says what could have mattered, not that anything did.",
}
