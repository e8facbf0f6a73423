/*
** upper.h - how many seats of the house each list gets, before they are
** spread over the districts: the upper apportionment.
**
** Where a voter has as many votes as the district has seats, votes count
** as voters once they are divided by these seats. That is exact here, by a
** common multiple of all of them, or rounded, as the law of Zurich had it.
** Source: Zurich, Gesetz uber die politischen Rechte (LS 161), § 103;
** Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 14.
*/
#ifndef URNA_UPPER_H
#define URNA_UPPER_H

#include <stdbool.h>

#include "core/divisor.h"
#include "core/natural.h"

URNA_BEGIN

typedef enum urna_weighing {
  URNA_WEIGH_NONE,   /* votes as they are */
  URNA_WEIGH_EXACT,  /* votes / seats */
  URNA_WEIGH_ROUNDED /* to the nearest whole number in each district, half up */
} urna_weighing;

/*
** Sum the votes of every list, 'districts' x 'lists' of them, district by
** district; totals[list] / *over is the result. 'seats' of districts; those
** without have no weight. Only URNA_NO_MEMORY.
*/
urna_status urna_upper_sum(size_t districts, size_t lists,
                           const urna_count *votes, const int32_t *seats,
                           urna_weighing weighing, urna_natural *totals,
                           urna_natural *over);

/* Whether 'part' is at least 'share' of 'whole'. */
urna_status urna_upper_reaches(const urna_natural *part,
                               const urna_natural *whole, urna_ratio share,
                               bool *reaches);

/*
** Award 'seats' to 'n' totals by a divisor method, d->first and d->step from 1
** to 1000. URNA_TIE: 'held' has what is certain, tied[i] is 1 for those that
** compete for '*left' seats more. URNA_BAD_INPUT: all totals are zero.
*/
urna_status urna_upper_award(const urna_sequence *d, size_t n,
                             const urna_natural *totals, int32_t seats,
                             int32_t *held, unsigned char *tied, int32_t *left);

URNA_FINISH

#endif
