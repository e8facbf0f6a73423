-- The section of urna.scenarios.
return {
  title = "Scenarios",
  beside = "Beside the result as it is: {scenarios}. Those in which a seat "
    .. "moves: {moving}.",
  majority_needed = "A majority is {needed} of {seats}.",
  undecided_base = "The result as it is is not decided, so what moves cannot be "
    .. "told.",
  caption = "Scenarios, the seats that move, the votes that the threshold takes",
  number = "No.", scenario = "Scenario", moved = "Seats that move",
  threshold = "Threshold", majority = "Majority",
  as_it_is = "as it is", no_seat = "none", nothing = "nothing changed",
  seats_caption = "Seats: as it is (0) and in the scenarios {from} to {to}",
  seats_caption_one = "Seats: as it is (0) and in scenario {from}",
  list = "List", decides = "Decides",
  rule = "rule {rule}", other_rule = "another rule",
  edition = "the rule’s edition of {date}", fill = "{seats} to fill",
  other_threshold = "threshold of {share}", no_threshold = "no threshold",
  factor = "factor {factor}", no_factor = "no factor of minority lists",
  minority = "{list} as a minority list",
  no_minority = "{list} as no minority list",
  split = "{list} split into {parts}", part = "{list} ({votes})",
  join = "{lists} as one list",
  switch = "{votes} from {from} to {to}",
  remove = "{list} without {votes}", add = "{list} with {votes} more",
  turnout = "turnout of all at {share}",
  turnout_list = "turnout of {list} at {share}",
  errors = {
    too_few_votes = "cannot be: a list has fewer votes than are taken from it",
    bad_split = "cannot be: the parts have not the votes of their list",
    repeated_list = "cannot be: two lists would have one name",
    unknown_list = "cannot be: a list is named that there is not any more",
  },
  note = "In brackets stands the change against the result as it is. Each "
    .. "scenario is the whole law on other numbers, not a forecast: nobody else "
    .. "is taken to vote otherwise.",
  decides_note = "Decides: a list outside the blocks that would bring each of "
    .. "them to a majority, where none has one.",
}
