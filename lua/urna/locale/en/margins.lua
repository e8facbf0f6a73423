-- The section of urna.margins.
return {
  title = "Margins",
  last = "Seat {seat}, the last, goes to {list} with the quotient {quotient}; "
    .. "the best of another list is {rival_quotient} of {rival}.",
  last_alone = "Seat {seat}, the last, goes to {list} with the quotient "
    .. "{quotient}.",
  held = "Not known: {base}. In what follows the lists that take part, and "
    .. "their weights, are held as they are.",
  seat = {
    switched = "{votes} switched from {from} to {to} would move a seat: "
      .. "{seats}.",
    added = "{votes} more for {to} would move a seat: {seats}.",
    removed = "{votes} fewer for {from} would move a seat: {seats}.",
  },
  make = {
    switched = "{votes} switched from {from} to {to} would give {lists} a "
      .. "majority ({needed} needed): {seats}.",
    added = "{votes} more for {to} would give {lists} a majority ({needed} "
      .. "needed): {seats}.",
    removed = "{votes} fewer for {from} would give {lists} a majority "
      .. "({needed} needed): {seats}.",
  },
  ["break"] = {
    switched = "{votes} switched from {from} to {to} would cost {lists} the "
      .. "majority ({needed} needed): {seats}.",
    added = "{votes} more for {to} would cost {lists} the majority ({needed} "
      .. "needed): {seats}.",
    removed = "{votes} fewer for {from} would cost {lists} the majority "
      .. "({needed} needed): {seats}.",
  },
  above = "On this way these lists get above the threshold: {lists}.",
  below = "On this way these lists get below the threshold: {lists}.",
  held_above = "They are held there, though these would be above the "
    .. "threshold then: {lists}.",
  held_below = "They are held there, though these would be below the "
    .. "threshold then: {lists}.",
  fixed = "With the lists that take part, and their weights, held as they are "
    .. "it would take {votes}.",
  last_caption = "The last seats and the quotients that won them",
  seat_caption = "The fewest votes that change any seat",
  list_caption = "The fewest votes that change a list’s seats",
  threshold_caption = "The fewest votes that bring a list across the "
    .. "threshold",
  majority_caption = "The fewest votes that make a majority, or break one",
  ladder_caption = "The last quotients with a seat and the first without",
  asked = "What changes", how = "How", votes = "Votes", tie = "Tie from",
  way = "From → to", seats = "Seats", seat_column = "Seat", list = "List",
  quotient = "Quotient", rival = "Rival", rival_quotient = "Its quotient",
  any = "any seat", gain = "{list}: a seat more", lose = "{list}: a seat fewer",
  gets_above = "{list}: above the threshold",
  gets_below = "{list}: below the threshold",
  has_majority = "{list}: a majority", no_majority = "{list}: no majority",
  by = { switched = "switched", added = "added", removed = "removed" },
  by_fixed = { switched = "switched, held", added = "added, held",
    removed = "removed, held" },
  no_seat = "no seat moves", open = "open: {count} ({lists})",
  crossed_above = "above the threshold: {lists}",
  crossed_below = "below the threshold: {lists}",
  undone = "{asked} ({how}): with {votes} it is undone, for {list} crosses "
    .. "the threshold.",
  how_note = "Switched: from list to list. Added: by voters who come. Removed: "
    .. "with voters who stay away. No way with fewer votes does it, whichever "
    .. "lists they are of; the way shown is one of several.",
  fixed_note = "Held: the lists that take part, and their weights, stay as "
    .. "they are, whatever the threshold says of them. Else lists may be lifted "
    .. "over it or pushed under.",
  tie_note = "Tie from: with so many votes a tie makes it possible.",
  unsettled_note = "?: whether a tie would do it with fewer is not known.",
  none_note = "–: no number of votes does it.",
  gave_up_note = "≥: fewer votes do not do it; more were not searched to the "
    .. "end.",
  near_note = "Across the threshold: lists with half to twice the votes that it "
    .. "takes.",
  ladder_title = "Quotients at the last seat: {contest}",
  ladder = "Quotients from the greatest down. With a seat, full circles: "
    .. "{awarded}. Without one, empty circles: {following}. A dashed line "
    .. "between them marks the {seats}.",
  rung = "{list} {quotient}",
}
