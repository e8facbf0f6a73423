/*
** wide.h - whole numbers of 128 and 256 bits, for the products that decide
** a seat.
**
** 128 bits are the compiler's own; 256 are four limbs of 64, the least
** first. Nothing is checked here: the caller has counted the bits before,
** and what does not fit is cut off. No floating point.
** Source: Knuth, The Art of Computer Programming, vol. 2, 3rd ed., 4.3.1;
** the common divisor by halving: ibid., 4.5.2, algorithm B.
*/
#ifndef URNA_WIDE_H
#define URNA_WIDE_H

#include "core/status.h"

URNA_BEGIN

__extension__ typedef unsigned __int128 urna_u128;

typedef struct urna_u256 {
  uint64_t limb[4];
} urna_u256;

/* Room for the decimal digits of 2^256 - 1 and a NUL. */
#define URNA_WIDE_DIGITS 79

static inline urna_u256 urna_wide_of(urna_u128 a) {
  return (urna_u256){{(uint64_t)a, (uint64_t)(a >> 64), 0, 0}};
}

static inline urna_u128 urna_wide_low(urna_u256 a) {
  return (urna_u128)a.limb[1] << 64 | a.limb[0];
}

static inline urna_u128 urna_wide_high(urna_u256 a) {
  return (urna_u128)a.limb[3] << 64 | a.limb[2];
}

/* How many bits 'a' takes; 0 takes none. */
static inline int urna_wide_bits(urna_u128 a) {
  uint64_t high = (uint64_t)(a >> 64), low = (uint64_t)a;
  if (high) return 128 - __builtin_clzll(high);
  return low ? 64 - __builtin_clzll(low) : 0;
}

static inline urna_u256 urna_wide_product(urna_u128 a, urna_u128 b) {
  uint64_t a0 = (uint64_t)a, a1 = (uint64_t)(a >> 64);
  uint64_t b0 = (uint64_t)b, b1 = (uint64_t)(b >> 64);
  urna_u128 low = (urna_u128)a0 * b0, high = (urna_u128)a1 * b1;
  urna_u128 one = (urna_u128)a0 * b1, other = (urna_u128)a1 * b0;
  urna_u128 middle = (low >> 64) + (uint64_t)one + (uint64_t)other;
  high += (one >> 64) + (other >> 64) + (middle >> 64);
  return (urna_u256){{(uint64_t)low, (uint64_t)middle, (uint64_t)high,
                      (uint64_t)(high >> 64)}};
}

/* a * b, cut to 256 bits. */
static inline urna_u256 urna_wide_times(urna_u256 a, urna_u128 b) {
  urna_u256 product = urna_wide_product(urna_wide_low(a), b);
  urna_u128 high = urna_wide_high(product) + urna_wide_high(a) * b;
  product.limb[2] = (uint64_t)high;
  product.limb[3] = (uint64_t)(high >> 64);
  return product;
}

/* -1, 0, 1. */
static inline int urna_wide_cmp(urna_u256 a, urna_u256 b) {
  urna_u128 x = urna_wide_high(a), y = urna_wide_high(b);
  if (x == y) x = urna_wide_low(a), y = urna_wide_low(b);
  return (x > y) - (x < y);
}

/* a / 2^by, rounded down; 'by' may be any number from 0. */
static inline urna_u256 urna_wide_right(urna_u256 a, int by) {
  urna_u256 result = {{0, 0, 0, 0}};
  int limbs = by / 64, bits = by % 64;
  for (int i = 0; i + limbs < 4; i++) {
    uint64_t above = i + limbs < 3 ? a.limb[i + limbs + 1] : 0;
    result.limb[i] = a.limb[i + limbs] >> bits;
    if (bits) result.limb[i] |= above << (64 - bits);
  }
  return result;
}

/* Divide '*a' by 'by', which is not 0; returns the rest. */
static inline uint64_t urna_wide_divide(urna_u256 *a, uint64_t by) {
  urna_u128 rest = 0;
  for (int i = 3; i >= 0; i--) {
    rest = rest << 64 | a->limb[i];
    a->limb[i] = (uint64_t)(rest / by);
    rest %= by;
  }
  return (uint64_t)rest;
}

static inline int urna_wide_is_zero(urna_u256 a) {
  return (a.limb[0] | a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

/* Decimal digits and a NUL. */
static inline void urna_wide_digits(urna_u256 a, char out[URNA_WIDE_DIGITS]) {
  char backwards[URNA_WIDE_DIGITS];
  int length = 0;
  do {
    backwards[length++] = (char)('0' + (int)urna_wide_divide(&a, 10));
  } while (!urna_wide_is_zero(a));
  for (int i = 0; i < length; i++) out[i] = backwards[length - 1 - i];
  out[length] = '\0';
}

/* The greatest common divisor of two numbers above 0. */
static inline uint64_t urna_wide_gcd(uint64_t a, uint64_t b) {
  if (a <= 1 || b <= 1) return 1;
  int twos = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  while (b != 0) {
    b >>= __builtin_ctzll(b);
    uint64_t less = a < b ? a : b;
    b = a < b ? b - a : a - b;
    a = less;
  }
  return a << twos;
}

URNA_FINISH

#endif
