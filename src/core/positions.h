/*
** positions.h - at which position, and at which rank, the papers place each
** candidate.
**
** A candidate's position is one more than the number of those above him, his
** rank one more than the number of ranks that are used above his: of A = B > C
** C has position 3 and rank 2. Candidates who share a rank span as many
** positions; those who are not named would span the rest, and are had from how
** many are named, without looking at them. Ballots are read as in ranking.h.
*/
#ifndef URNA_POSITIONS_H
#define URNA_POSITIONS_H

#include "core/ballots.h"

URNA_BEGIN

/* Papers that have a candidate in a group of 'size' at 'first' and behind. */
typedef struct urna_span {
  uint32_t first, size; /* from 0; at least 2 */
  urna_count *papers;   /* by candidate */
} urna_span;

/* Of n who stand; all counts are of papers. Owns everything. */
typedef struct urna_positions {
  size_t n;
  urna_count *alone;  /* [position * n + c]: c alone at this position, from 0 */
  urna_count *ranks;  /* [rank * n + c]: c at this rank, from 0 */
  urna_count *named;  /* [k * n + c]: naming k candidates, c among them; k up to
                        n */
  urna_count *naming; /* [k]: naming k candidates; k up to n */
  urna_span *spans;   /* sorted by nothing */
  size_t span_count, span_room;
} urna_positions;

/* URNA_NO_MEMORY leaves it zeroed. 'places' as for urna_ranking_init. */
urna_status urna_positions_init(urna_positions *positions, size_t n,
                                const urna_ballots *ballots,
                                const uint32_t *places);
void urna_positions_free(urna_positions *positions);

URNA_FINISH

#endif
