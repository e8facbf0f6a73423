-- What sections have in common that set one result beside another.
return {
  none = "No seat moves.",
  one = "One seat moves: {to} gains it ({to_before} → {to_after}) and {from} "
    .. "loses it ({from_before} → {from_after}).",
  several = "Seats that move: {moves}.",
  move = "{list} {change} ({before} → {after})",
  threshold_moves = "The threshold, {percent} {base}, goes from {before} to "
    .. "{after}.",
  threshold_stays = "The threshold, {percent} {base}, stays at {after}.",
  threshold_unknown = "How many votes the threshold takes is not known.",
  above = "Above the threshold, and not before: {lists}.",
  below = "Below the threshold, and not before: {lists}.",
  no_crossing = "No list crosses the threshold.",
  places = "Polling stations: {places}.",
  places_more = "Polling stations: {places} {more}.",
}
