-- The section of urna.annul.
return {
  title = "Without some polling stations",
  removed = "Removed: {stations}. Registered voters there: {registered}; "
    .. "ballots in their boxes: {ballots}.",
  of = "{part} of {whole}", unknown = "not known",
  counted = "Of these, {reported} had reported votes.",
  undecided = "Without them the seats are not decided.",
  undecided_before = "With them the seats are not decided, so what moves "
    .. "cannot be told.",
  material = "The fewest ballots that would move a seat: {needed}, switched "
    .. "from {from} to {to}. The boxes of these stations held {ballots}, "
    .. "which is {ratio} times as many.",
  material_open = "The fewest ballots that would move a seat: {needed}, "
    .. "switched from {from} to {to}. How many the boxes of these stations "
    .. "held is not known.",
  material_none = "How few ballots would move a seat cannot be told.",
  material_note = "Ballots concerned and ballots needed say what could have "
    .. "mattered, not that anything did.",
  may_move = "A repeat there, open to {voters}: some outcomes of it would move "
    .. "a seat, against the result as it is.",
  may_not_move = "A repeat there, open to {voters}: no outcome of it would "
    .. "move a seat, against the result as it is.",
  held = "{list} keeps its majority of {needed} or more of {seats} in every "
    .. "outcome.",
  held_open = "{list} has a majority, {needed} or more of {seats}, and could "
    .. "lose it.",
  majority_open = "No list has a majority, {needed} or more of {seats}; one "
    .. "could reach it.",
  majority_none = "No list has a majority, {needed} or more of {seats}, and "
    .. "none could reach it.",
  no_bounds = "What a repeat there could do cannot be said: {why}.",
  why = {
    registered_unknown = "how many voters are registered at these stations is "
      .. "not known",
    undecided = "the seats are not decided as it is",
    own_step = "the rule has steps of its own",
    votes_open = "votes are known only within bounds",
    base_unknown = "the number that the threshold is a share of is not known",
    beyond_exact = "the votes are too many to be searched exactly",
  },
  exact = "“Certain” and “at most” are exact: the fewest and the most seats over "
    .. "all that the registered voters there could do, voting for any lists, "
    .. "casting invalid ballots or staying away; the threshold moves with "
    .. "them. A seat that a tie leaves open is not certain.",
  inexact = "“Certain” and “at most” are the fewest and the most seats over all "
    .. "that the registered voters there could do; no outcome lies outside. "
    .. "They may be wider than any outcome of {lists}.",
  likely = "“Likely” is an estimate and no bound: the middle nine in ten of "
    .. "{draws} draws (seed {seed}) in which all vote as before, with {from} "
    .. "to {to} of the ballots. Draws in which a seat moved: {changed}.",
  likely_same = "“Likely” is an estimate and no bound: the middle nine in ten of "
    .. "{draws} draws (seed {seed}) in which all vote as before, with {from} "
    .. "of the ballots. Draws in which a seat moved: {changed}.",
  caption = "Lists: votes, those of them at the stations removed, and seats",
  bounds_caption = "Seats after a repeat: certain, possible and likely",
  coalitions_caption = "Coalitions asked for after a repeat, and a majority of "
    .. "{needed}",
  list = "List", votes = "Votes", votes_removed = "Removed",
  seats = "Seats", seats_without = "Without", change = "Change",
  now = "Now", certain = "Certain", most = "At most", likely_range = "Likely",
  coalition = "Lists together", majority = "Majority",
  majorities = { certain = "certain", open = "possible",
    excluded = "excluded" },
  possible = "Possible", likely_short = "Likely",
  key_held = "seats now, from which the scale counts",
  key_bounds = "seats over all outcomes of the repeat, exact",
  key_bounds_wide = "seats that no outcome of the repeat lies outside",
  key_likely = "likely: nine in ten of {draws} draws, seed {seed}; an "
    .. "estimate",
  chart_title = "Seats after a repeat at some polling stations: {contest}",
  chart_text = "For each list the seats now, the range over all outcomes of "
    .. "the repeat and the likely range, which is an estimate: {rows}.",
  chart_row = "{list} {held} now, {bounds} possible, {likely} likely",
}
