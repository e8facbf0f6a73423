/*
** groups.h - the groups of a tally in bytewise order of their keys, which does
** not depend on the order in which names were met.
*/
#ifndef URNA_GROUPS_H
#define URNA_GROUPS_H

#include "core/tally.h"

URNA_BEGIN

typedef struct urna_group {
  uint32_t names[URNA_KEYS_MAX]; /* by key; URNA_NO_NAME: it only filters */
  uint32_t ranks[URNA_KEYS_MAX]; /* of the names in bytewise order */
  const urna_count *cell;        /* sums, and the records if they are counted */
  const urna_count *missing;     /* by sum; NULL if everything was reported */
} urna_group;

/* Borrows the tally. */
typedef struct urna_groups {
  const urna_tally *tally;
  urna_group *items;
  size_t count, room;
} urna_groups;

/* URNA_NO_MEMORY. */
urna_status urna_groups_init(urna_groups *groups, const urna_tally *tally);
void urna_groups_free(urna_groups *groups);

URNA_FINISH

#endif
