/*
** ranking.h - what one ballot says of those who stand: who is named, in order,
** each once, with those who share a rank together.
**
** A skipped rank and one that is overvoted with unknown candidates say nothing
** and the ranks close up; whoever is named again counts where he is named
** first; whoever does not stand is passed over. This is how the Condorcet
** methods read a ballot: only its order counts, not its numbers.
*/
#ifndef URNA_RANKING_H
#define URNA_RANKING_H

#include "core/ballots.h"

URNA_BEGIN

/* Who does not stand. */
#define URNA_NO_PLACE UINT32_MAX

/* Those who stand have places from 0, and ballots are read in places. */
typedef struct urna_ranking {
  uint16_t *order; /* the places that are named, the first rank first */
  uint32_t *lower; /* of entry i: the first entry at a lower rank; only
                           where has_equals, else it is i + 1 */
  size_t count;
  bool has_equals;
  uint16_t *places; /* by candidate */
  uint64_t *seen;   /* by candidate: the number of the ballot that named him
                       last; UINT64_MAX if he does not stand */
  uint64_t ballot;
} urna_ranking;

/*
** Ready to read ballots; 'places' has the place of each candidate of
** 'ballots', or URNA_NO_PLACE. URNA_NO_MEMORY leaves it zeroed.
*/
urna_status urna_ranking_init(urna_ranking *ranking,
                              const urna_ballots *ballots,
                              const uint32_t *places);
void urna_ranking_free(urna_ranking *ranking);

/* The rest of a ballot, from a mark on that is no candidate. */
void urna_ranking_read_on(urna_ranking *ranking, const uint16_t *mark);

/* One more place at the end, if this candidate stands and is new. */
static inline void urna_ranking_take(urna_ranking *ranking, uint16_t mark) {
  if (ranking->seen[mark] >= ranking->ballot) return;
  ranking->seen[mark] = ranking->ballot;
  ranking->order[ranking->count++] = ranking->places[mark];
}

/* Read the ballot that begins at 'mark'. */
static inline void urna_ranking_read(urna_ranking *ranking,
                                     const uint16_t *mark) {
  ranking->ballot++;
  ranking->count = 0;
  ranking->has_equals = false;
  while (*mark < URNA_CANDIDATES_MAX) urna_ranking_take(ranking, *mark++);
  if (*mark != URNA_MARK_END) urna_ranking_read_on(ranking, mark);
}

/* The first entry at a lower rank than entry i. */
static inline size_t urna_ranking_lower(const urna_ranking *ranking, size_t i) {
  return ranking->has_equals ? ranking->lower[i] : i + 1;
}

URNA_FINISH

#endif
