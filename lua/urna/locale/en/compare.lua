-- The section of urna.compare.
return {
  title = "Compared with: {contest}",
  before = "Before: {contest}.", after = "After: {contest}.",
  before_units = "Before: {contest} ({units}).",
  after_units = "After: {contest} ({units}).",
  kept_out = "Records kept out: {before} before, {after} after.",
  base = "Shares are {base}.",
  no_shares = "No list’s share is known of either election.",
  no_base = "No total that shares could be of is known of both elections.",
  of = { list_votes = "of the votes of all lists" },
  turnout = "Turnout ({came} of registered voters): {before} before, {after} "
    .. "after, {points} points.",
  came = { voters_signed = "signatures", ballots_in_box = "ballots in the box" },
  no_turnout = "Turnout is not known of both elections.",
  assembly = "The assembly has {after}; before it had {before}.",
  gained = "Seats gained: {lists}.", lost = "Seats lost: {lists}.",
  undecided_before = "The seats before are not decided: {why}.",
  undecided_after = "The seats after are not decided: {why}.",
  lists_only_before = "Lists only before, not matched: {lists}.",
  lists_only_after = "Lists only after, not matched: {lists}.",
  shares_caption = "Shares {base}, and their change in points",
  no_shares_caption = "What became of the lists",
  votes_caption = "Votes and seats", seats_caption = "Seats",
  lists = "Lists", share_before = "Before", share_after = "After",
  points = "Points", kind = "What became of it",
  votes_before = "Votes before", votes_after = "Votes after",
  seats_before = "Seats before", seats_after = "Seats after",
  change = "Change", between = "{min} to {max}",
  kinds = { same = "the same list", renamed = "renamed", split = "split",
    merged = "merged", regrouped = "regrouped", ended = "ended",
    boycott = "boycott", new = "new",
    unmatched_before = "only before, not matched",
    unmatched_after = "only after, not matched" },
  by_name = "by its name",
  sign = "{sign} {mark}.",
  bounds_before = "{what}, before: {interval}, not known exactly.",
  bounds_after = "{what}, after: {interval}, not known exactly.",
  points_note = "Points are the difference of the exact shares.",
  between_note = "Where a total is known only within bounds, the least and the "
    .. "greatest change stand there.",
  unmatched_note = "What became of a list that is not matched is not known "
    .. "here: it is said by links, never guessed, and so nothing is said of "
    .. "its change.",
  others_before = "Not named before: {lists}.",
  others_after = "Not named after: {lists}.",
  proposed_by_name = "Proposed and not applied: {lists} ({kind}); words that "
    .. "both names have: {words}.",
  proposed_by_size = "Proposed and not applied: {lists} ({kind}); shares of "
    .. "about the same size.",
  first_of = "{caption}: the first {shown} of {all}",
  more = "And {count} more.",
  -- the chart
  chart_title = "Swing of the lists: {before}; {after}",
  chart_description = "For each list an arrow from its share before to its "
    .. "share after, {base}: {lists}.",
  legend_arrow = "From the share before to the share after, {base}: the length "
    .. "is the change in points.",
  legend_mark = "No arrow: merged, split or of one election only, so not "
    .. "comparable, or too few votes. Hollow: before.",
  legend_estimate = "Rests on a total or votes that are estimated.",
  shares = "Shares", swing = "Change in points",
  few = "fewer than {few} before and after",
  -- places and polling stations
  no_records = "Polling stations are not compared: records of both elections "
    .. "are not here, only totals.",
  matched = "Polling stations matched by their keys: {matched}; links said: "
    .. "{linked}; only before: {before}; only after: {after}; ambiguous keys: "
    .. "{ambiguous}.",
  places_caption = "Change by place: turnout and the greatest lists, in points",
  place = "Place", stations_before = "Stations before",
  stations_after = "Stations after", turnout_short = "Turnout",
  none_judged = "No polling station has enough peers to be judged.",
  no_outliers = "No change at a polling station stands out from those of its "
    .. "peers (robust z beyond {beyond}).",
  outliers = "Changes at polling stations that stand out from those of their "
    .. "peers (robust z beyond {beyond}): {count}.",
  many_outliers = "Changes at polling stations that stand out from those of "
    .. "their peers (robust z beyond {beyond}): {count}; the first {shown} are "
    .. "shown, {more} more are not.",
  outliers_caption = "Changes that stand out",
  station = "Polling station", measure = "Share", median = "Peers’ median",
  chance = "By chance", z = "z", size_changed = "of another size now",
  measures = { turnout = "turnout", invalid = "invalid ballots" },
  judged_caption = "Polling stations that were judged",
  judged = "Judged", beyond = "Stand out", by_chance = "Expected by chance",
  not_judged = "Not judged",
  left_out = { missing = "not known: {count}", nobody = "nobody voted: {count}",
    few_peers = "too few peers: {count}", no_spread = "nothing varies: {count}" },
  z_note = "z is the change less the median change of the peers, divided by "
    .. "the root of the sum of two squares: 1.4826 times the median absolute "
    .. "deviation of the peers, and what chance does to shares of so few "
    .. "ballots (“by chance”, in points). Peers are the stations of the "
    .. "innermost place that has at least {least} of them.",
  outlier_note = "A change that stands out is not explained by that of the "
    .. "peers; it says nothing of why. “Expected by chance” is how many would "
    .. "stand out if all changes were of a normal distribution.",
  units_only_before = "Polling stations only before ({count}): {units}.",
  units_only_after = "Polling stations only after ({count}): {units}.",
  ambiguous = "Ambiguous keys, not matched: before {before}; after {after}.",
  jumped = "Of equal key and another size ({field}): {units}.",
  proposed_units = "Proposed and not applied, by size: {from} → {to} ({kind}).",
  unit_kinds = { renumbered = "renumbered", same = "the same", split = "split",
    merged = "merged", regrouped = "regrouped" },
}
