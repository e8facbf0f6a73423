-- The section of urna.rerun.
return {
  title = "What the repeat of the vote changed",
  stations = "Voted again with another result: {stations}.",
  none_differs = "No polling station has another result than before.",
  totals_only = "Totals alone are compared: what single polling stations "
    .. "changed is not known.",
  undecided_before = "Before the repeat the seats are not decided, so what "
    .. "moves cannot be told.",
  undecided_after = "After the repeat the seats are not decided.",
  lists_caption = "Votes and seats of each list, before and after the repeat",
  fields_caption = "Totals before and after the repeat",
  stations_caption = "Polling stations with another result: ballots and "
    .. "votes",
  list = "List", total = "Total", before = "Before", after = "After",
  change = "Change", seats_before = "Seats before",
  seats_after = "Seats after", seats_change = "Change of seats",
  station = "Polling station", ballots_before = "Ballots before",
  ballots_after = "Ballots after", votes = "Votes",
  shown = "The table shows the first {shown} polling stations.",
}
