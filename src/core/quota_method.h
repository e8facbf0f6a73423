/*
** quota_method.h - the quota method: seats one by one, each to the greatest
** votes / (seats + 1) among those who may have one more without leaving
** their quota: seats < votes * house / all votes at the house's size then.
** The house grows without a list losing a seat, and each ends at its quota
** rounded up or down.
**
** Equals at one size of the house mostly do not matter at the end: whoever
** waits stays eligible and comes before every smaller average, so that a
** tie is settled as soon as the last that waits at its average is alone. Who
** may wait depends on nobody's choice but its own votes. Ties that are still
** open when the house is full are those that a lot decides, and those at
** one average do not touch those at another.
** Source: Balinski & Young, American Mathematical Monthly 82(7), 1975,
** pp. 701-730; the same, Fair Representation, 2nd ed., 2001, app. A.
*/
#ifndef URNA_QUOTA_METHOD_H
#define URNA_QUOTA_METHOD_H

#include "core/quota.h"

URNA_BEGIN

/* A seat that a lot has to decide. */
typedef struct urna_open_seat {
  int32_t house;  /* it is the house's seat of this number, from 1 */
  int32_t equals; /* so many compete for it */
  int32_t held;   /* seats of who has it for now, before it */
  size_t list;    /* who has it for now: the first of them */
  bool starts;    /* no open seat before it is at the same average */
} urna_open_seat;

/*
** Award 'seats' seats: lists[i].seats are those that are certain, and 'order'
** (room for 'seats') is who takes them, open ones too. Where several compete,
** drawn[house - 1] - 1 is who takes it if 'drawn' is not NULL and that not 0.
** 'open' has room for 'seats'; their number goes to '*count'; 'tied' marks
** who competed for the last seat of the house, where it is one that is open.
** URNA_TIE: seats are open. URNA_BAD_INPUT, URNA_OVERFLOW: as of
** urna_quota_weigh, or no list has votes. URNA_BAD_CALL: the one drawn does
** not compete.
*/
urna_status urna_quota_method_award(size_t n, urna_claimant *lists,
                                    int32_t seats, const int32_t *drawn,
                                    size_t *order, urna_open_seat *open,
                                    int32_t *count, unsigned char *tied);

/*
** How the seat of this number of the house went to 'winner', 'lists' having
** the seats from before it, and weighed: eligible[i] is 1 for who might have
** had it, and '*rival' who had the greatest average of them but the winner,
** SIZE_MAX if nobody else might; barred[i] is 1 for who had a greater one than
** the winner, but all of its quota.
*/
void urna_quota_method_tell(size_t n, const urna_claimant *lists, urna_i128 sum,
                            int32_t house, size_t winner, size_t *rival,
                            unsigned char *eligible, unsigned char *barred);

/* Whether a list with 'held' seats may have the one of this number. */
static inline bool urna_quota_method_may(const urna_claimant *list,
                                         int32_t held, int32_t house,
                                         urna_i128 sum) {
  return sum * held < list->weighed * house;
}

/* Which average is greater, of a with 'held' seats and b: -1, 0, 1. */
static inline int urna_quota_method_cmp(const urna_claimant *a, int32_t held,
                                        const urna_claimant *b,
                                        int32_t other_held) {
  urna_i128 x = a->weighed * ((int64_t)other_held + 1);
  urna_i128 y = b->weighed * ((int64_t)held + 1);
  return (x > y) - (x < y);
}

URNA_FINISH

#endif
