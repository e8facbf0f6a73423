/*
** divisor.h - highest averages: award seats one at a time by
** weight * votes / d(k), where k is the number of seats a list holds.
**
** d(k) = first + step * k in whole numbers, which serves d'Hondt (1, 1),
** Sainte-Lague (1, 2), the Danish (1, 3) and the Imperiali (2, 1) method.
** Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A.
*/
#ifndef URNA_DIVISOR_H
#define URNA_DIVISOR_H

#include "core/ratio.h"

URNA_BEGIN

typedef struct urna_sequence {
  int32_t first, step; /* first > 0, step > 0 */
} urna_sequence;

typedef struct urna_contender {
  urna_count votes;      /* 0 .. URNA_COUNT_MAX; 0 never wins a seat */
  urna_ratio weight;     /* of the average; 1/1 unless the law says so */
  urna_count precedence; /* of equal averages the greater wins; equal: tie */
  int32_t held, most;    /* seats it has, seats it may have */
} urna_contender;

/* Weights are at most this in numerator and denominator, and the greatest
** divisor, of the last seat that any list could take, is below 2^31, so that
** no product of a comparison can overflow: 53 + 20 + 20 + 31 bits < 127. */
#define URNA_WEIGHT_MAX (INT64_C(1) << 20)

/* A seat and who took it over whom; 'rival' is SIZE_MAX where nobody else
** could have had it. */
typedef struct urna_award {
  size_t winner, rival;
  int32_t winner_held, rival_held; /* before the seat: d(held) divided */
  int by_precedence;               /* equal averages, settled by it */
} urna_award;

/* The greater average first, then precedence: -1, 0, 1. Neither is spent. */
int urna_divisor_cmp(const urna_sequence *d, const urna_contender *a,
                     const urna_contender *b);

/* Room for any quotient's numerator or denominator as decimal digits. */
#define URNA_DIGITS 41

/*
** The average of 'list' if it held 'held' seats, in lowest terms, as decimal
** digits: it may not fit 64 bits.
*/
void urna_divisor_average(const urna_sequence *d, const urna_contender *list,
                          int32_t held, char num[URNA_DIGITS],
                          char den[URNA_DIGITS]);

/*
** Award 'seats' seats to 'lists', of length 'n', whose 'held' it updates.
** Writes the awards in order into 'awards' if not NULL (room for 'seats'),
** and their number into '*awarded'; allocates nothing. Without 'awards' it
** starts near the answer, so that the cost hardly grows with the seats.
** URNA_TIE: seats are left that several equals compete for; tied[i] is 1 for
** each of them, and nothing of what is left has been awarded. Fewer awards
** than seats without a tie: nobody may take more.
** URNA_BAD_INPUT: a weight, a count or the greatest divisor is out of bounds.
*/
urna_status urna_divisor_award(const urna_sequence *d, size_t n,
                               urna_contender *lists, int32_t seats,
                               urna_award *awards, int32_t *awarded,
                               unsigned char *tied);

URNA_FINISH

#endif
