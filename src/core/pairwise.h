/*
** pairwise.h - of every two candidates, how many papers rank the one above
** the other.
**
** A paper touches only the pairs that it names: k (k - 1) / 2 additions for k
** ranks, in a matrix of 16-bit sums that fits the first cache and is emptied
** before it can overflow. Those a paper does not name need no work: papers
** that name a but not b are those that name a, less those that name both.
*/
#ifndef URNA_PAIRWISE_H
#define URNA_PAIRWISE_H

#include "core/ballots.h"

URNA_BEGIN

/* Buffers of the caller for n who stand; all counts are of papers. */
typedef struct urna_pairwise {
  size_t n;
  urna_count *above; /* [a * n + b]: naming both, a at a higher rank */
  urna_count *equal; /* [a * n + b]: naming both, at the same rank */
  urna_count *named; /* [a]: naming a */
  urna_count valid;  /* naming somebody who stands */
  bool has_equals;   /* if not, 'equal' is all zero */
} urna_pairwise;

/*
** Count all pairs of those who stand: 'places' has the place of each
** candidate, 0 .. n - 1, or URNA_NO_PLACE (see ranking.h). URNA_NO_MEMORY.
*/
urna_status urna_pairwise_count(const urna_ballots *ballots,
                                const uint32_t *places,
                                urna_pairwise *pairwise);

/*
** Strongest paths between all pairs, of the links that a majority makes: the
** strength of a path is that of its weakest link. over[a * n + b] is how many
** papers prefer a to b. Where 'by_margin', the strength of a link is the
** difference of both counts; else the votes of the winner and, of equal ones,
** the fewer votes against him. Writes, for the weakest link of the strongest
** path from a to b, its votes and those against it into votes[a * n + b] and
** against[a * n + b], or its margin and 0; both 0 where there is no path.
** Source: Schulze, Social Choice and Welfare 36, 2011, pp. 267-303, sec. 2;
** the algorithm is that of Floyd & Warshall. URNA_NO_MEMORY.
*/
urna_status urna_pairwise_paths(size_t n, const urna_count *over,
                                bool by_margin, urna_count *votes,
                                urna_count *against);

URNA_FINISH

#endif
