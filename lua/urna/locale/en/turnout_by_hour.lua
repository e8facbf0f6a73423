-- The section of urna.turnout.
return {
  title = "Turnout by the hour",
  series = "As {source} reported it, in percent of the registered voters.",
  series_of = "As {source} reported it, in percent of {total} registered "
    .. "voters.",
  sample = "{source} looks at a sample: {sample}.",
  sample_of = "{source} looks at a sample of {sample} of {units} polling "
    .. "stations.",
  reporting = "By {time} {stations} had reported.",
  reporting_of = "By {time} {stations} of {expected} polling stations had "
    .. "reported.",
  no_coverage = "How many polling stations are behind the figures is not "
    .. "stated.",
  last = "At {time} turnout was {percent}, and {earlier} at the same hour of "
    .. "{election}: a difference of {points} points.",
  last_narrow = "At {time} turnout was {percent}, and {earlier} at the same "
    .. "hour of {election}: the difference of {points} points is within the "
    .. "margins of both.",
  last_alone = "At {time} turnout was {percent}.",
  estimate = "Estimate of the final turnout from {time}: about {percent}, "
    .. "between {low} and {high} ({level} interval). It is an estimate, not a "
    .. "count.",
  estimate_alone = "Estimate of the final turnout from {time}: about "
    .. "{percent}. It is an estimate, not a count, and has no interval: one "
    .. "earlier election shows no spread.",
  no_estimate = "There is no estimate of the final turnout: no earlier "
    .. "election has both a figure at {time} and its end.",
  final = "Final turnout, a count of signatures: {percent}.",
  final_source = "Final turnout as {source} reported it: {percent}.",

  caption = "Turnout by the hour, in percent of registered voters",
  time = "Time", difference = "Points", stations = "Stations",
  stations_of = "{stations} of {expected}",
  by_caption = "What each earlier election would make of the end",
  election = "Election", at_time = "At {time}", at_end = "At the end",
  ratio = "Ratio", gives = "Estimate",
  PASS = {
    monotone = "W16 holds: no hour is below the one before it.",
    surge = "W16 holds: the last interval is not faster than twice any before "
      .. "it.",
  },
  FIRED = {
    monotone = "W16: turnout falls from one hour to the next.",
    surge = "W16: the last interval is faster than twice any before it.",
  },
  UNKNOWN = {
    monotone = "W16 is not checked: fewer than two hours are known.",
    surge = "W16, the pace of the last interval, is not checked: fewer than "
      .. "three hours are known.",
  },
  fell = "It is {percent} at {time}, after {before} at {earlier}.",
  pace = "It has {pace} points an hour from {from} to {to}; before it at most "
    .. "{fastest} points an hour from {since} to {till}.",
  pace_earlier = "In the same interval earlier: {paces}.",
  pace_of = "{pace} ({election})",
  to_end = "the end",

  points = "Points: this election less the earlier one, in percentage points.",
  margins = "± is the margin that the source gives, in points.",
  narrow = "~ is a difference within the margins of both.",
  mark = "{sign} {election}, final turnout: {mark}.",
  mark_why = "{sign} {election}, final turnout: {mark} ({why}).",
  printed = "Beside its figure at {time}, {source} itself printed {percent} "
    .. "for the election it compares with: {points} points.",
  excluded = {
    no_hour = "Left out of the estimate, {election}: it has no figure at "
      .. "{time}.",
    nobody = "Left out of the estimate, {election}: nobody had come by "
      .. "{time}.",
    no_end = "Left out of the estimate, {election}: its final turnout is not "
      .. "known.",
  },
  method = "The estimate is the turnout at {time}, times the ratio of the "
    .. "end to that hour in the earlier elections (geometric mean; earlier "
    .. "elections: {count}). Their end is the source’s own figure where it has one, else the count "
    .. "of signatures. The days are taken to be alike; whether they are, "
    .. "nobody knows.",
  method_interval = "The interval is that of one more such ratio, from "
    .. "Student’s t on the logarithms of the ratios; degrees of freedom: "
    .. "{freedom}. With few elections it tells little.",
  concurrent = "{election} shared its day with {with}. Boards that count one "
    .. "signature for all elections of a day report one turnout for all of "
    .. "them.",
  note = "{election}: {note}",
  other_body = "{election} is of another body than {than}.",

  chart = {
    title = "Turnout by the hour: {election}",
    shown = "Lines of turnout in percent of registered voters, by the hour.",
    line = "{election}: {points}.",
    scale = "% of registered voters",
    the_end = "end", estimate_row = "estimate",
    ends = "{percent} · {election}",
    ends_at = "{percent} ({time}) · {election}",
    nothing = "no figure · {election}",
    key = "estimate of the end, not a count: {percent}",
    key_between = "estimate of the end, not a count: {percent} ({low} to "
      .. "{high})",
    described = "The hatched mark at the end is an estimate, not a count: "
      .. "{percent}.",
    described_between = "The hatched mark at the end is an estimate, not a "
      .. "count: {percent}, between {low} and {high}.",
    label = "estimate {percent}",
    label_between = "estimate {percent} ({low} to {high})",
    key_final = "final turnout",
    key_estimate = "estimate of the final turnout, not a count",
    key_gap = "no figure of this election for that hour",
    several = "several of them in one place",
  },
}
