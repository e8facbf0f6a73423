/*
** parcels.h - the papers of a transferable vote, in parcels that are moved.
**
** A parcel is papers that lie together because they came together: a
** candidate's first preferences, or what one transfer gave. To sort a parcel
** is to put each of its papers with the next candidate on it who stands. What
** a paper is worth is not known here: whoever moves parcels knows it, so that
** one sorting serves every law and only whole papers are counted. A paper is
** but the place in the store where its reading goes on; papers of a parcel
** keep the order in which they came. A sorting reads each paper moved once
** and each mark passed once.
*/
#ifndef URNA_PARCELS_H
#define URNA_PARCELS_H

#include "core/ballots.h"

URNA_BEGIN

/* What becomes of a paper at an overvoted rank. */
typedef enum urna_overvote {
  URNA_OVERVOTE_EXHAUSTS,
  URNA_OVERVOTE_SKIPS, /* to the rank behind it */
  URNA_OVERVOTE_SOLE   /* counts if just one of them stands; more exhaust it */
} urna_overvote;

/* How a paper is read. All zero: overvotes exhaust it, skipped ranks and
** candidates named again are passed over, all ranks count. */
typedef struct urna_reading {
  urna_overvote overvote;
  uint32_t skips_exhaust;   /* so many skipped ranks in a row; 0: none do */
  uint32_t choices;         /* ranks that count; 0: all */
  bool repetition_exhausts; /* a candidate who was named before */
} urna_reading;

/* No parcel has this number. */
#define URNA_NO_PARCEL 0u

typedef struct urna_parcel {
  struct urna_parcel_room *room; /* where its papers are; NULL: nobody's */
  size_t first, count;           /* entries of the room */
  urna_count papers;
  uint32_t next, last; /* the parcels joined to it; of free ones, the next */
} urna_parcel;

typedef struct urna_parcels {
  const urna_ballots *ballots; /* the caller's, unchanged as long as this */
  urna_reading reading;
  unsigned char *stops; /* by mark: a standing candidate's or a special one */
  urna_parcel *parcels; /* by number; 0 is none */
  uint32_t count, room, free;
  uint32_t *next_at; /* scratch: where each paper goes on */
  uint16_t *next_to; /* scratch: with whom */
  size_t scratch_room;
} urna_parcels;

/* By candidate, and behind the last of them what is exhausted: the parcel
** made, URNA_NO_PARCEL if none, and its papers. Room for both is the
** caller's; exhausted papers are counted and kept nowhere. */
typedef struct urna_sorted {
  uint32_t *parcels;
  urna_count *papers;
} urna_sorted;

/* All candidates stand but those withdrawn. URNA_NO_MEMORY leaves nothing to
** be freed. */
urna_status urna_parcels_init(urna_parcels *parcels,
                              const urna_ballots *ballots,
                              const urna_reading *reading);
void urna_parcels_free(urna_parcels *parcels);

/* Nobody's papers go to who does not stand. */
void urna_parcels_stand(urna_parcels *parcels, uint32_t candidate, bool stands);

/* All ballots as one parcel that nobody holds yet. URNA_NO_MEMORY. */
urna_status urna_parcels_all(urna_parcels *parcels, uint32_t *made);

/* Is there a parcel of this number? */
bool urna_parcels_has(const urna_parcels *parcels, uint32_t parcel);

/* Put 'more' behind the papers of 'parcel', as one parcel. */
void urna_parcels_join(urna_parcels *parcels, uint32_t parcel, uint32_t more);

/*
** Sort the papers of these parcels, all different, to who stands next on each;
** they are no parcels any more. URNA_NO_MEMORY: all is as it was.
*/
urna_status urna_parcels_sort(urna_parcels *parcels, const uint32_t *numbers,
                              size_t count, const urna_sorted *sorted);

/*
** Make the last 'papers' papers of a parcel, more than none and fewer than
** all, one of their own. URNA_BAD_CALL: others are joined to it, or it is all
** ballots. URNA_NO_MEMORY.
*/
urna_status urna_parcels_split(urna_parcels *parcels, uint32_t parcel,
                               urna_count papers, uint32_t *made);

URNA_FINISH

#endif
