-- The section of urna.scan.
return {
  title = "From how many votes on something changes",
  remove = "Taken from {list}: every number of votes up to {most}.",
  add = "Given to {list}: every number of votes up to {most}.",
  switch = "Switched from {from} to {to}: every number of votes up to {most}.",
  nothing = "No number of them changes a seat, or who is above the threshold.",
  first = "The first change is at {votes}.",
  caption = "Numbers of votes at which something changes: with one vote fewer "
    .. "it is as in the row before",
  votes = "Votes", step = "Changes here", moved = "Against the result as it is",
  threshold = "Threshold", decides = "Decides",
  sides = { above = "{list} gets above", below = "{list} gets below",
    unknown = "{list}: not known" },
  open = "open: who is above the threshold is not known",
  tied = "{step} (a tie leaves a seat open)",
  note = "Exact: there is no other number of votes at which anything changes. "
    .. "Nobody else is taken to vote otherwise; the base and the threshold move "
    .. "with the votes.",
  shown = "The table shows the first {shown} of {all} changes.",
  shown_truncated = "The table shows the first {shown} changes; there are more "
    .. "than {all}.",
}
