/*
** rational.h - exact ratios of any size, always in lowest terms.
**
** For values that are divided again and again, transfer values and loads,
** where a ratio of two 64-bit counts would overflow. Every result may be one
** of its own arguments. Source: see natural.h.
*/
#ifndef URNA_RATIONAL_H
#define URNA_RATIONAL_H

#include "core/natural.h"

URNA_BEGIN

typedef struct urna_rational {
  urna_natural num, den; /* den > 0; a zeroed one is not yet a number */
  bool is_negative;      /* never for zero */
} urna_rational;

void urna_rational_free(urna_rational *r);
void urna_rational_swap(urna_rational *a, urna_rational *b);

/* These fail only with URNA_NO_MEMORY, and leave 'to' as it was then. */
urna_status urna_rational_set(urna_rational *to, int64_t num, uint64_t den);
urna_status urna_rational_copy(urna_rational *to, const urna_rational *from);
urna_status urna_rational_add(urna_rational *to, const urna_rational *a,
                              const urna_rational *b);
urna_status urna_rational_subtract(urna_rational *to, const urna_rational *a,
                                   const urna_rational *b);
urna_status urna_rational_multiply(urna_rational *to, const urna_rational *a,
                                   const urna_rational *b);
/* a / b, where b is not zero. */
urna_status urna_rational_divide(urna_rational *to, const urna_rational *a,
                                 const urna_rational *b);

/* The ratio of two naturals, which it takes over; den > 0. */
urna_status urna_rational_make(urna_rational *to, urna_natural *num,
                               urna_natural *den, bool is_negative);

/* -1, 0, 1 into 'order'. Only URNA_NO_MEMORY. */
urna_status urna_rational_cmp(const urna_rational *a, const urna_rational *b,
                              int *order);

/* The greatest multiple of 1 / scale that is not above a: rounding down to
** decimals is scale 10^d. a >= 0, scale > 0. */
urna_status urna_rational_floor(urna_rational *to, const urna_rational *a,
                                uint64_t scale);

URNA_FINISH

#endif
