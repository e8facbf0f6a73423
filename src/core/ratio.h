/*
** ratio.h - exact ratios of counts.
**
** Two ratios are compared by their cross products in 128 bits, never by
** dividing. Numerator and denominator below 2^63 cannot overflow there.
*/
#ifndef URNA_RATIO_H
#define URNA_RATIO_H

#include "core/status.h"

URNA_BEGIN

typedef struct urna_ratio {
  int64_t num, den; /* num >= 0, den > 0 */
} urna_ratio;

/* The greatest common divisor; that of 0 and b is b. */
static inline uint64_t urna_common_divisor(uint64_t a, uint64_t b) {
  while (b != 0) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* -1, 0 or 1 as a is less than, equal to or greater than b. */
int urna_ratio_cmp(urna_ratio a, urna_ratio b);

/*
** The ratio in lowest terms. URNA_OVERFLOW cannot happen.
*/
urna_ratio urna_ratio_reduce(urna_ratio a);

/*
** The smallest count that is at least share * total: what a threshold
** demands. URNA_OVERFLOW: it does not fit a count.
*/
urna_status urna_ratio_of_up(urna_ratio share, urna_count total,
                             urna_count *least);

/*
** num * 10^decimals / den, rounded half up: a percentage is 2 more decimals.
** URNA_OVERFLOW: it does not fit; decimals beyond 15 never do.
*/
urna_status urna_ratio_round(urna_ratio a, int decimals, int64_t *rounded);

URNA_FINISH

#endif
