/*
** logarithm.h - binary logarithms in whole numbers, for guesses that have a
** proof: the error is known, and what is closer than that is settled exactly.
**
** Units of 2^-44. One bit is found at a time by squaring, and what is cut off
** can only be lost, not added.
** Source: Knuth, The Art of Computer Programming, vol. 1, 3rd ed., 1.2.2,
** exercise 25 ff.
*/
#ifndef URNA_LOGARITHM_H
#define URNA_LOGARITHM_H

#include "core/status.h"

URNA_BEGIN

#define URNA_LOGARITHM_BITS 44

/* One, the logarithm of 2. */
#define URNA_LOGARITHM_ONE (INT64_C(1) << URNA_LOGARITHM_BITS)

/* The logarithm of n > 0 or less, by no more than 1.01 units. */
int64_t urna_logarithm_of(uint64_t n);

/* The number nearest to 2^log, 0 <= log < 62, or one close to it: nothing is
** promised, for what is made of it is compared with its own logarithm. */
uint64_t urna_logarithm_raise(int64_t log);

/* The logarithm of 10^power, within 2 units for powers to +-10,000. */
int64_t urna_logarithm_ten(int64_t power);

URNA_FINISH

#endif
