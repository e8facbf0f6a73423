-- The section of urna.reconcile.
return {
  title = "Sources compared",
  compared_with = "Compared with {first}: {others}.",
  only_totals = "Only totals are compared: a source has no records of polling "
    .. "stations.",
  matched = "Polling stations that all sources have: {everywhere}; of one "
    .. "source only: {only}; ambiguous keys: {ambiguous}.",
  matched_by = "{first} and {other}, matched: {ways}.",
  matched_none = "{first} and {other}: no polling station is matched.",
  ways = { equal = "by equal keys {count}",
    folded = "across scripts and case {count}",
    normal = "without prefixes, zeros and signs {count}",
    number = "by the number of the station alone {count}",
    inner = "by the inner keys alone {count}" },
  sources_caption = "The sources",
  source = "Source", file = "File or contest", stations = "Polling stations",
  kept_out = "Records kept out",
  matrix_caption = "Each two sources",
  pair_title = "Sources", pair = "{first} and {other}",
  compared = "Polling stations compared", stations_differ = "of them differ",
  figures_differ = "Figures that differ",
  -- what was not matched
  list_missing = "The list {list} of {source} is not in {missing}.",
  field_missing = "Not in {missing}: {field}.",
  only = "Only in {source}, not in {missing}: {key}.",
  only_maybe = "Only in {source}, not in {missing}: {key}; may be {candidates}.",
  candidate = "{key} ({by})",
  by = { figures = "equal votes", name = "a near name",
    place = "the same place" },
  ambiguous = "May be matched in several ways and is left out: {first} {keys}; "
    .. "{source} {others}.",
  gap = "Empty in {source}: {figure}, {key}.",
  -- differences
  agrees = "All sources say the same of the same polling stations and lists.",
  none_differ = "No figure differs that the sources have in common.",
  differ = "Figures that differ: {figures}, at this many polling stations: "
    .. "{stations}.",
  totals_differ = "Totals that differ: {figures}.",
  within = "Within the tolerance of {most}: {count}.",
  within_share = "Within the tolerance of {most} or {share}: {count}.",
  differences_caption = "Differences",
  station = "Polling station", everything = "everything",
  figure = "Figure", difference = "Difference", note = "Note",
  all_sources = "By source",
  favours = "{source} gives {list} {votes} more", alone = "{source} alone",
  hints = { tenfold = "one is ten times the other",
    digits_swapped = "compatible with two digits swapped",
    one_digit = "compatible with one wrong digit" },
  is_within = "within the tolerance",
  totals_caption = "Sums of the differences, by figure",
  more_in = "More at", fewer_in = "Fewer at", net = "Net", gross = "Gross",
  difference_note = "A difference is that of the other source from {first}; of "
    .. "several others, of the one that is farthest. Which source is right is "
    .. "not known here.",
  totals_note = "Net is the sum of the differences with their signs, gross "
    .. "without: a list’s net above zero is what that source gives it more.",
  exchanged = "{key}: compatible with the votes of {from} and {to} exchanged in "
    .. "{source}.",
  transferred = "{key}: compatible with {votes} entered for {to} instead of "
    .. "{from} in {source}.",
  -- seats
  seats_caption = "Seats by each source alone",
  list = "List", votes = "Votes", least = "At least", most = "At most",
  seats = "Seats", seats_range = "Seats, from–to",
  range_caption = "Votes of each list if every figure may be of any source",
  moved = "{list} {after} instead of {before}",
  as_same = "If {source} is right wherever it differs, the seats stay as by "
    .. "{first}.",
  as_moves = "If {source} is right wherever it differs, seats move: {seats}.",
  as_open = "If {source} is right wherever it differs, the law leaves seats "
    .. "open.",
  records_could = "With each polling station’s whole record from any of the "
    .. "sources the differences together could move a seat: {seats}. An "
    .. "example is another record at {stations}: {places}.",
  records_cannot = "With each polling station’s whole record from any of the "
    .. "sources the differences together cannot move a seat: in every mix each "
    .. "average that won a seat stays above every next average ({count} pairs "
    .. "compared).",
  records_open = "Whether the differences together could move a seat, with "
    .. "each polling station’s whole record from any of the sources, is not "
    .. "settled: {why}.",
  figures_could = "With each figure by itself from any of the sources a seat "
    .. "could move: {seats}.",
  figures_cannot = "With each figure by itself from any of the sources no seat "
    .. "can move either ({count} pairs compared).",
  figures_open = "With each figure by itself from any of the sources it is not "
    .. "settled: {why}.",
  not_settled = "Whether the differences together could move a seat is not "
    .. "settled: {why}.",
  left_open = "the law then leaves seats open",
  witness_place = "{key} of {source}",
  none_crosses = "No mix takes a list across the threshold.",
  crosses = "Lists that a mix could take across the threshold: {lists}.",
  closest = "Nearest to moving: the average {average} of {list} (seat {seat}) "
    .. "and {rival_average} of {rival} (seat {rival_seat}), each with its votes "
    .. "at the worse end.",
  reasons = {
    averages_inexact = "the averages of this rule cannot be compared exactly",
    crossing = "{lists} could cross the threshold, and no mix that was tried "
      .. "moves a seat",
    failing = "an average could overtake another, and no mix that was tried "
      .. "moves a seat",
    no_averages = "the rule has no averages",
    no_line = "this needs divisors that rise in equal steps, and those of "
      .. "this rule do not",
    other_step = "the rule has a step that is no threshold, weight or highest "
      .. "averages",
    threshold_inexact = "the threshold cannot be compared exactly",
    total_unknown = "the total that the threshold is of is not known exactly",
    undecided = "the seats of the first source are not decided",
    within_bounds = "votes or ballots of the first source are known only "
      .. "within bounds" },
  freedoms = "A mix takes, wherever sources differ, what one of them says: the "
    .. "whole record of a polling station, or each figure by itself, which "
    .. "sums may then contradict.",
  not_judged = "Not in this judgement: {what}.",
  left_out = { only = "polling stations of one source only: {count}",
    ambiguous = "ambiguous keys: {count}", gaps = "empty figures: {count}",
    unmatched_lists = "lists of one source only: {count}" },
  undecided = "The seats of {source} are not decided: {why}.",
  first_of = "{caption}: the first {shown} of {all}",
  more = "And {count} more.",
}
