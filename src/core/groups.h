/*
** groups.h - the groups of a tally in bytewise order of their keys, which does
** not depend on the order in which names were met.
*/
#ifndef URNA_GROUPS_H
#define URNA_GROUPS_H

#include "core/tally.h"

URNA_BEGIN

typedef struct urna_group {
  uint64_t order;                /* the ranks of its names as one number */
  const urna_count *cell;        /* sums, and the records if they are counted */
  const urna_count *missing;     /* by sum; NULL if everything was reported */
  uint32_t names[URNA_KEYS_MAX]; /* in the order of 'by' */
} urna_group;

/* Borrows the tally. */
typedef struct urna_groups {
  const urna_tally *tally;
  uint32_t by[URNA_KEYS_MAX], by_count; /* keys that make groups, outer first */
  urna_group *items;
  size_t count, room;
} urna_groups;

/* 'by' are all of the tally's keys that make groups, by number. URNA_NO_MEMORY;
** URNA_OVERFLOW: there are 2^64 combinations of names or more. */
urna_status urna_groups_init(urna_groups *groups, const urna_tally *tally,
                             const uint32_t *by, uint32_t by_count);
void urna_groups_free(urna_groups *groups);

#define URNA_TOTAL_DIGITS 40

/* A sum over all groups, in digits with a NUL; any number of sums fits. */
void urna_groups_total(const urna_groups *groups, uint32_t sum,
                       char digits[URNA_TOTAL_DIGITS]);

URNA_FINISH

#endif
