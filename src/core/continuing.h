/*
** continuing.h - which continuing candidate each paper is with, as candidates
** are excluded one after the other.
**
** Ballots lie in a pile for each candidate, and an exclusion looks only at
** those of his. A ballot rests at the first rank that names somebody who
** continues; skipped ranks and overvotes with unknown candidates are passed
** over, and where several who continue share that rank, it lies apart and
** counts for each of them by an equal part.
*/
#ifndef URNA_CONTINUING_H
#define URNA_CONTINUING_H

#include "core/ballots.h"

URNA_BEGIN

typedef struct urna_continuing {
  const urna_ballots *ballots; /* the caller's, unchanged while this lives */
  size_t names, count;         /* candidates and ballots when it began */
  unsigned char *is_out;       /* by candidate */
  urna_count *papers;          /* by candidate: with him alone */
  urna_count exhausted;        /* papers with nobody any more */
  uint32_t *piles;             /* by candidate: his first ballot */
  uint32_t shared;             /* the pile of those with several */
  uint32_t *next;              /* by ballot: the next of its pile */
  uint32_t *at;                /* by ballot: the mark where it rests */
} urna_continuing;

/* All ballots with whom they are with, if those marked in 'is_out' (by
** candidate) do not stand. URNA_NO_MEMORY leaves it zeroed. */
urna_status urna_continuing_init(urna_continuing *continuing,
                                 const urna_ballots *ballots,
                                 const unsigned char *is_out);
void urna_continuing_free(urna_continuing *continuing);

/* This one continues no longer; his ballots go where they say. */
void urna_continuing_exclude(urna_continuing *continuing, uint32_t candidate);

/* The least number above 'size' of candidates who share a ballot now; 0 if
** there is none. */
size_t urna_continuing_next_size(const urna_continuing *continuing,
                                 size_t size);

/* Papers that 'size' candidates share, by candidate, into 'papers'; returns
** how many papers these are. */
urna_count urna_continuing_shared(const urna_continuing *continuing,
                                  size_t size, urna_count *papers);

URNA_FINISH

#endif
