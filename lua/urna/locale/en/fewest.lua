-- The section of urna.fewest_stations.
return {
  title = "The fewest polling stations whose annulment moves a seat",
  asked = {
    any = "Asked: how few polling stations have to be annulled for any seat to "
      .. "move.",
    lose = "Asked: how few polling stations have to be annulled to take {by} "
      .. "from {lists}.",
    gain = "Asked: how few polling stations have to be annulled to give {lists} "
      .. "{by} more.",
    reach_majority = "Asked: how few polling stations have to be annulled to "
      .. "give {lists} a majority, which is {by} more.",
    end_majority = "Asked: how few polling stations have to be annulled to end "
      .. "the majority of {lists}, which is {by} fewer.",
  },
  exact = "Found: {stations}. With fewer it cannot happen.",
  between = "Found: {stations} are enough. With fewer than {least} it cannot "
    .. "happen; whether fewer than were found are enough is not known.",
  enough = "Found: {stations} are enough; whether fewer are is not known.",
  none = "None found: no set of polling stations is known whose annulment does "
    .. "it.",
  example = "One such set is named below: {stations} with {registered}.",
  tied = "Without them a tie leaves a seat open.",
  what_it_says = "This is arithmetic of the votes, and says nothing of whether "
    .. "there is a reason to annul any of these stations.",
  lightest = "Of all sets of so few these have the fewest registered voters.",
  ways_caption = "Which lists so few stations let change places: who gains the "
    .. "seat, and who has it now",
  to = "Gains", from = "Loses", stations = "Stations",
  registered = "Registered voters",
}
