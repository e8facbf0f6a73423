-- The section of urna.coalitions.
return {
  title = "Coalitions",
  majority = "A majority is {needed} of {seats}. Minimal winning: {count}; "
    .. "with any one list fewer none has a majority.",
  none = "A majority is {needed} of {seats}. No coalition has one.",
  shown = "The table shows the first {shown}.",
  excluded = "Left out is every coalition of {lists} together.",
  connected = "In the order {lists}, {count} without a gap.",
  short = "One seat short of a majority: {lists}.",
  caption = "Minimal winning coalitions, and their seats beyond the majority",
  power_caption = "Lists, the minimal winning coalitions they are in, and what "
    .. "a seat more or less does",
  lists = "Lists", seats = "Seats", surplus = "Surplus", gap = "No gap",
  list = "List", member_of = "In", needed = "Needed",
  one_more = "A seat more: new", one_less = "A seat less: gone",
  power = "Power (Banzhaf)",
  yes = "yes", no = "no", always = "always", never = "never",
  at_times = "at times",
  power_note = "Power is the share of all decisive positions that a list has, "
    .. "every coalition taken as likely as any other (normalised Banzhaf "
    .. "index); it knows nothing of who would govern with whom.",
}
