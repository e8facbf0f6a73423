# Ranked ballots in awk: awk -f ranked.awk FILE
#
# Equal ballots are kept once, as their text with a number of papers, which is
# also the store; then the first preferences. It trusts the file: no name is
# quoted, no rank skipped.

NR > 1 { papers[substr($0, index($0, ",") + 1)]++ }

END {
  for (ranks in papers) {
    first = substr(ranks, 1, index(ranks, ",") - 1)
    if (first != "") votes[first] += papers[ranks]
  }
  print "candidate,votes"
  for (candidate in votes) printf "%s,%.0f\n", candidate, votes[candidate]
}
