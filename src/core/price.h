/*
** price.h - what a seat costs: the one number above which a list's claim to
** its first, second, third seat has to stand.
**
** Every list makes a claim to each seat it might get: by highest averages
** weight * votes / d(seat - 1), by largest remainders votes less seat - 1
** quotas. The greatest claims win, as many as there are seats, so some price
** lies between those that win and those that do not. A claim rises with the
** votes behind it: at a price, each seat has a number of votes that is the
** most with which it is not won. Claims are compared by cross products in 128
** or 256 bits; nothing is rounded.
** Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A (the
** divisor as a price); Pukelsheim, Proportional Representation, 2nd ed.,
** 2017, ch. 4-5.
*/
#ifndef URNA_PRICE_H
#define URNA_PRICE_H

#include <stdbool.h>

#include "core/sequence.h"

URNA_BEGIN

__extension__ typedef __int128 urna_price_level;

typedef struct urna_pricing {
  const urna_sequence *d; /* of highest averages; NULL: largest remainders */
  int64_t quota, parts;   /* the quota is quota / parts votes */
  bool more_votes;        /* of equal claims that of more votes is above */
} urna_pricing;

/* A claim, or the price that is just enough for it. */
typedef struct urna_price {
  urna_count votes;       /* behind the claim */
  int64_t above, below;   /* votes * above / below; infinite: below is 0 */
  urna_price_level level; /* of largest remainders, in parts of a vote */
} urna_price;

/* What a weight is at most, in the parts that all weights have in common. */
#define URNA_PRICE_WEIGHT ((INT64_C(1) << 31) - 1)

/* Votes that no list can have; their sum over many lists is no overflow. */
#define URNA_PRICE_MANY (URNA_COUNT_MAX + 1)

/* Below every claim. */
urna_price urna_price_zero(void);

/* The claim of a list to its seat number 'seat', from 1. A divisor exists
** for the seat; votes of 0 claim nothing, which is for the caller to see. */
urna_price urna_price_of(const urna_pricing *p, int64_t weight, int32_t seat,
                         urna_count votes);

/* -1, 0, 1 by the claims, and by their votes where these settle equals. */
int urna_price_cmp(const urna_pricing *p, const urna_price *a,
                   const urna_price *b);

/*
** The most votes with which the claim to a seat is not above the price, or,
** if not 'equal', is below it; from 0 to URNA_PRICE_MANY.
*/
urna_count urna_price_most(const urna_pricing *p, int64_t weight, int32_t seat,
                           const urna_price *at, bool equal);

URNA_FINISH

#endif
