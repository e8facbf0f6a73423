/*
** meek.h - a transferable vote whose elected candidates keep a part of each
** paper that comes to them and pass the rest on.
**
** Papers differ in what they pass only by the elected candidates they have
** met, in their order. So they lie in a tree: a branch for each elected
** candidate met, a leaf for each candidate who still hopes, and a paper is
** moved only when the candidate of its leaf is elected or excluded. To count
** is to walk the tree once with the keep factors, from the root: thousands of
** branches, not millions of papers. What is kept and passed is rounded for
** each paper alike, as the rules demand, and so for a branch at once.
** Source: Hill, Wichmann & Woodall, Algorithm 123, Computer Journal 30(3),
** 1987, pp. 277-281.
*/
#ifndef URNA_MEEK_H
#define URNA_MEEK_H

#include "core/natural.h"
#include "core/parcels.h"

URNA_BEGIN

typedef struct urna_branch {
  uint32_t parent;
  uint32_t child, sibling; /* the first of its own, the next of its parent's */
  uint32_t parcel;         /* of a leaf */
  uint32_t candidate;
  urna_count papers; /* that come here */
} urna_branch;

typedef struct urna_meek {
  urna_parcels parcels;
  urna_branch *branches; /* 0 is the root; parents stand before children */
  uint32_t count, room;
  bool *is_elected;
  urna_sorted sorted; /* scratch, 'depth' sortings under way at once */
  uint32_t depth;
} urna_meek;

/* How a part of a paper is kept, in units of 1 / scale. */
typedef enum urna_keeping {
  URNA_KEEP_UP,     /* weight * factor rounded up, the rest passed */
  URNA_KEEP_DOWN,   /* weight * factor and weight * (1 - factor), both down */
  URNA_KEEP_EQUALLY /* Warren: the factor, or all if the weight is less */
} urna_keeping;

/* The largest scale of urna_meek_count. */
#define URNA_MEEK_SCALE_MAX INT64_C(1000000000000000000)

/* Candidates who are withdrawn do not stand. URNA_NO_MEMORY. */
urna_status urna_meek_init(urna_meek *meek, const urna_ballots *ballots,
                           const urna_reading *reading);
void urna_meek_free(urna_meek *meek);

/* From now on what a candidate does not keep is passed on. URNA_NO_MEMORY
** leaves it fit only to be freed, as in the next. */
urna_status urna_meek_elect(urna_meek *meek, uint32_t candidate);

/* Papers pass a candidate who is excluded, and hopes no more. */
urna_status urna_meek_exclude(urna_meek *meek, uint32_t candidate);

/* Papers that came to anybody at first. */
urna_count urna_meek_papers(const urna_meek *meek);

/* A number below 2^127. */
typedef struct urna_wide {
  uint64_t high, low;
} urna_wide;

/*
** Votes by candidate in units of 1 / scale: 'keep' is the factor of each who
** is elected, in those units, at most 'scale'; who hopes keeps all. Both have
** an element for every candidate. URNA_NO_MEMORY.
*/
urna_status urna_meek_count(const urna_meek *meek, uint64_t scale,
                            urna_keeping keeping, const uint64_t *keep,
                            urna_wide *votes);

/* The same in units of any size. */
urna_status urna_meek_count_finely(const urna_meek *meek,
                                   const urna_natural *scale,
                                   urna_keeping keeping,
                                   const urna_natural *keep,
                                   urna_natural *votes);

URNA_FINISH

#endif
