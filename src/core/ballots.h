/*
** ballots.h - a packed store of ranked ballots: what each paper says, rank by
** rank, and how many papers say it.
**
** A ballot is a run of 16-bit marks, one for each rank in order, up to
** URNA_MARK_END: a candidate's number, or one of the marks below. Nothing is
** judged here. A skipped rank, several candidates at one rank, a candidate
** named twice and an empty paper are kept as they are: laws differ on them,
** and the rule decides. Skipped ranks behind the last that is used are not
** kept.
*/
#ifndef URNA_BALLOTS_H
#define URNA_BALLOTS_H

#include <stdbool.h>

#include "core/names.h"

URNA_BEGIN

#define URNA_MARK_END  UINT16_C(0xffff)
#define URNA_MARK_SKIP UINT16_C(0xfffe)
/* Several candidates at one rank: OPEN, their numbers, CLOSE. */
#define URNA_MARK_OPEN  UINT16_C(0xfffd)
#define URNA_MARK_CLOSE UINT16_C(0xfffc)
/* An overvoted rank whose candidates the source does not name. */
#define URNA_MARK_OVERVOTE UINT16_C(0xfffb)

#define URNA_CANDIDATES_MAX 65520u /* their numbers are below */

typedef enum urna_candidate_kind {
  URNA_STANDING,
  URNA_WRITE_IN,
  URNA_WITHDRAWN
} urna_candidate_kind;

/* Ballot i is marks[starts[i]] up to URNA_MARK_END; owns everything. */
typedef struct urna_ballots {
  uint16_t *marks;
  size_t mark_count, mark_room;
  uint32_t *starts;
  size_t count, room;
  urna_count *weights; /* papers that are alike; NULL: each stands for one */
  urna_count papers;   /* the sum of the weights */
  urna_count most;     /* that 'papers' may be */
  urna_names candidates;
  unsigned char *kinds; /* urna_candidate_kind by candidate */
  uint32_t kind_room;
} urna_ballots;

/* The seed is of the hash of candidates' names. They may hold INT64_MAX papers;
** the caller may set 'most' to less. */
void urna_ballots_init(urna_ballots *ballots, uint64_t seed);
void urna_ballots_free(urna_ballots *ballots);

/* No ballots and no candidates any more; the seed and the limit stay. */
void urna_ballots_clear(urna_ballots *ballots);

/*
** The number of a candidate, a new one if the name has not been seen.
** URNA_OVERFLOW: there are more than URNA_CANDIDATES_MAX. URNA_NO_MEMORY.
*/
urna_status urna_ballots_candidate(urna_ballots *ballots, const char *name,
                                   size_t length, uint32_t *number);

void urna_ballots_set_kind(urna_ballots *ballots, uint32_t number,
                           urna_candidate_kind kind);

/*
** Room for 'ballots' more ballots of 'marks' marks in all, their ends
** included, so that a reader may write them where they will stand and note
** them with urna_ballots_note. URNA_OVERFLOW: more than 2^32 - 1 marks.
*/
urna_status urna_ballots_reserve(urna_ballots *ballots, size_t more,
                                 size_t marks);

/* The ballot that was written at marks + mark_count, 'length' marks with its
** end, is one; into room that was reserved. */
static inline void urna_ballots_note(urna_ballots *ballots, size_t length) {
  ballots->starts[ballots->count++] = (uint32_t)ballots->mark_count;
  ballots->mark_count += length;
  ballots->papers++;
}

/* May so many papers be added? */
static inline bool urna_ballots_may_take(const urna_ballots *ballots,
                                         urna_count papers) {
  return papers <= ballots->most - ballots->papers;
}

/* One ballot, 'count' marks without its end, for 'weight' >= 1 papers.
** URNA_OVERFLOW, URNA_NO_MEMORY. */
urna_status urna_ballots_add(urna_ballots *ballots, const uint16_t *marks,
                             size_t count, urna_count weight);

static inline urna_count urna_ballots_weight(const urna_ballots *ballots,
                                             size_t i) {
  return ballots->weights ? ballots->weights[i] : 1;
}

/* All of 'other' behind the ballots that there are, candidates by name. */
urna_status urna_ballots_append(urna_ballots *ballots,
                                const urna_ballots *other);

/* What stands at the first rank. */
typedef struct urna_firsts {
  urna_count *of;       /* papers by candidate; room for all of them */
  urna_count *ballots;  /* how many ballots these are, as above; or NULL */
  urna_count skipped;   /* papers that skip it, and name somebody later */
  urna_count overvoted; /* papers that name several */
  urna_count empty;     /* papers that name nobody at all */
} urna_firsts;

void urna_ballots_firsts(const urna_ballots *ballots, urna_firsts *firsts);

URNA_FINISH

#endif
