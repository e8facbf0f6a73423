/*
** natural.h - natural numbers of any size, for what 64 or 128 bits cannot
** hold: exact ratios after many transfers, power indices of a hundred lists.
**
** Limbs of 32 bits, the least first, no leading zeros; zero has none. Every
** result may be one of its own arguments. Slower than a library made for it,
** but it returns URNA_NO_MEMORY where such a library ends the process.
** Source: Knuth, The Art of Computer Programming, vol. 2, 3rd ed., 4.3.1.
*/
#ifndef URNA_NATURAL_H
#define URNA_NATURAL_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

typedef struct urna_natural {
  uint32_t *limbs;
  size_t length, room;
} urna_natural; /* all zero: the number zero */

void urna_natural_free(urna_natural *n);
void urna_natural_swap(urna_natural *a, urna_natural *b);

static inline bool urna_natural_is_zero(const urna_natural *n) {
  return n->length == 0;
}

/* These fail only with URNA_NO_MEMORY, and leave 'to' as it was then. */
urna_status urna_natural_set(urna_natural *to, uint64_t value);
urna_status urna_natural_copy(urna_natural *to, const urna_natural *from);
urna_status urna_natural_add(urna_natural *to, const urna_natural *a,
                             const urna_natural *b);
/* a - b, where a >= b. */
urna_status urna_natural_subtract(urna_natural *to, const urna_natural *a,
                                  const urna_natural *b);
urna_status urna_natural_multiply(urna_natural *to, const urna_natural *a,
                                  const urna_natural *b);
/* a = quotient * b + rest, rest < b, where b > 0; either may be NULL, and
** they must be two. */
urna_status urna_natural_divide(urna_natural *quotient, urna_natural *rest,
                                const urna_natural *a, const urna_natural *b);
/* The greatest common divisor; that of 0 and b is b. */
urna_status urna_natural_gcd(urna_natural *to, const urna_natural *a,
                             const urna_natural *b);

/* -1, 0, 1. */
int urna_natural_cmp(const urna_natural *a, const urna_natural *b);

/* Its value if it is at most 'most', else UINT64_MAX. */
uint64_t urna_natural_value(const urna_natural *n, uint64_t most);

/* The number that 'length' decimal digits are. URNA_BAD_INPUT: there is none,
** or something else among them. */
urna_status urna_natural_parse(urna_natural *to, const char *digits,
                               size_t length);

/* Decimal digits and a NUL: the room they take at most, and they themselves.
** URNA_NO_MEMORY. */
size_t urna_natural_room(const urna_natural *n);
urna_status urna_natural_digits(const urna_natural *n, char *digits);

URNA_FINISH

#endif
