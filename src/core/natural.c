/* see natural.h */
#include "core/natural.h"

#include <stdlib.h>
#include <string.h>

#include "core/ratio.h"

#define BITS 32

void urna_natural_free(urna_natural *n) {
  free(n->limbs);
  *n = (urna_natural){0};
}

void urna_natural_swap(urna_natural *a, urna_natural *b) {
  urna_natural other = *a;
  *a = *b;
  *b = other;
}

/* Room for 'length' limbs and at least one; what stood there is kept. */
static urna_status reserve(urna_natural *n, size_t length) {
  if (length == 0) length = 1;
  if (length <= n->room) return URNA_OK;
  uint32_t *limbs = realloc(n->limbs, length * sizeof *limbs);
  if (!limbs) return URNA_NO_MEMORY;
  n->limbs = limbs;
  n->room = length;
  return URNA_OK;
}

static void trim(urna_natural *n) {
  while (n->length > 0 && n->limbs[n->length - 1] == 0) n->length--;
}

/* A finished result takes the place of what 'to' held. */
static urna_status give(urna_natural *to, urna_natural *result) {
  trim(result);
  urna_natural_swap(to, result);
  urna_natural_free(result);
  return URNA_OK;
}

urna_status urna_natural_set(urna_natural *to, uint64_t value) {
  if (reserve(to, 2) != URNA_OK) return URNA_NO_MEMORY;
  to->limbs[0] = (uint32_t)value;
  to->limbs[1] = (uint32_t)(value >> BITS);
  to->length = 2;
  trim(to);
  return URNA_OK;
}

urna_status urna_natural_copy(urna_natural *to, const urna_natural *from) {
  if (to == from) return URNA_OK;
  if (reserve(to, from->length) != URNA_OK) return URNA_NO_MEMORY;
  if (from->length > 0)
    memcpy(to->limbs, from->limbs, from->length * sizeof *to->limbs);
  to->length = from->length;
  return URNA_OK;
}

int urna_natural_cmp(const urna_natural *a, const urna_natural *b) {
  if (a->length != b->length) return a->length > b->length ? 1 : -1;
  for (size_t i = a->length; i-- > 0;)
    if (a->limbs[i] != b->limbs[i]) return a->limbs[i] > b->limbs[i] ? 1 : -1;
  return 0;
}

urna_status urna_natural_add(urna_natural *to, const urna_natural *a,
                             const urna_natural *b) {
  if (a->length < b->length) return urna_natural_add(to, b, a);
  urna_natural sum = {0};
  if (reserve(&sum, a->length + 1) != URNA_OK) return URNA_NO_MEMORY;
  uint64_t carry = 0;
  for (size_t i = 0; i < a->length; i++) {
    carry += (uint64_t)a->limbs[i] + (i < b->length ? b->limbs[i] : 0);
    sum.limbs[i] = (uint32_t)carry;
    carry >>= BITS;
  }
  sum.limbs[a->length] = (uint32_t)carry;
  sum.length = a->length + 1;
  return give(to, &sum);
}

urna_status urna_natural_subtract(urna_natural *to, const urna_natural *a,
                                  const urna_natural *b) {
  urna_natural rest = {0};
  if (reserve(&rest, a->length) != URNA_OK) return URNA_NO_MEMORY;
  uint64_t borrow = 0;
  for (size_t i = 0; i < a->length; i++) {
    uint64_t less = (i < b->length ? b->limbs[i] : 0) + borrow;
    borrow = a->limbs[i] < less;
    rest.limbs[i] = (uint32_t)(a->limbs[i] - less);
  }
  rest.length = a->length;
  return give(to, &rest);
}

urna_status urna_natural_multiply(urna_natural *to, const urna_natural *a,
                                  const urna_natural *b) {
  urna_natural product = {0};
  size_t length = a->length + b->length;
  if (reserve(&product, length) != URNA_OK) return URNA_NO_MEMORY;
  memset(product.limbs, 0, product.room * sizeof *product.limbs);
  for (size_t i = 0; i < a->length; i++) {
    uint64_t carry = 0;
    for (size_t k = 0; k < b->length; k++) {
      carry += (uint64_t)a->limbs[i] * b->limbs[k] + product.limbs[i + k];
      product.limbs[i + k] = (uint32_t)carry;
      carry >>= BITS;
    }
    product.limbs[i + b->length] = (uint32_t)carry;
  }
  product.length = length;
  return give(to, &product);
}

/* ---- division ---- */

/* 'n' shifted up by less than a limb, into room for one limb more. */
static void shift_up(const urna_natural *n, int bits, uint32_t *to) {
  uint64_t carry = 0;
  for (size_t i = 0; i < n->length; i++) {
    carry |= (uint64_t)n->limbs[i] << bits;
    to[i] = (uint32_t)carry;
    carry >>= BITS;
  }
  to[n->length] = (uint32_t)carry;
}

static void shift_down(urna_natural *n, int bits) {
  for (size_t i = 0; i < n->length; i++) {
    uint64_t both = n->limbs[i];
    if (i + 1 < n->length) both |= (uint64_t)n->limbs[i + 1] << BITS;
    n->limbs[i] = (uint32_t)(both >> bits);
  }
  trim(n);
}

/* The next digit of the quotient, at most one too great: the first two limbs
** of the rest by the first of the divisor, corrected by its second. */
static uint64_t guess(const uint32_t *rest, const uint32_t *by, size_t length) {
  uint64_t first = (uint64_t)rest[length] << BITS | rest[length - 1];
  uint64_t digit = first / by[length - 1], left = first % by[length - 1];
  while (digit >> BITS != 0
         || digit * by[length - 2] > (left << BITS | rest[length - 2])) {
    digit--;
    left += by[length - 1];
    if (left >> BITS != 0) break;
  }
  return digit;
}

/* rest -= digit * by; true if that went below zero. */
static bool take_away(uint32_t *rest, const uint32_t *by, size_t length,
                      uint64_t digit) {
  uint64_t carry = 0, borrow = 0;
  for (size_t i = 0; i <= length; i++) {
    carry += i < length ? digit * by[i] : 0;
    uint64_t less = (carry & UINT32_MAX) + borrow;
    borrow = rest[i] < less;
    rest[i] = (uint32_t)(rest[i] - less);
    carry >>= BITS;
  }
  return borrow != 0;
}

static void give_back(uint32_t *rest, const uint32_t *by, size_t length) {
  uint64_t carry = 0;
  for (size_t i = 0; i <= length; i++) {
    carry += (uint64_t)rest[i] + (i < length ? by[i] : 0);
    rest[i] = (uint32_t)carry;
    carry >>= BITS;
  }
}

/* Knuth's algorithm D for divisors of two limbs or more. */
static urna_status divide_long(urna_natural *quotient, urna_natural *rest,
                               const urna_natural *a, const urna_natural *b) {
  int bits = __builtin_clz(b->limbs[b->length - 1]);
  size_t n = b->length, digits = a->length - n + 1;
  uint32_t *by = malloc((n + 1) * sizeof *by);
  if (!by || reserve(rest, a->length + 1) != URNA_OK
      || reserve(quotient, digits) != URNA_OK) {
    free(by);
    return URNA_NO_MEMORY;
  }
  shift_up(b, bits, by);
  shift_up(a, bits, rest->limbs);
  for (size_t i = digits; i-- > 0;) {
    uint64_t digit = guess(rest->limbs + i, by, n);
    if (take_away(rest->limbs + i, by, n, digit)) {
      give_back(rest->limbs + i, by, n);
      digit--;
    }
    quotient->limbs[i] = (uint32_t)digit;
  }
  free(by);
  quotient->length = digits;
  rest->length = n;
  trim(rest);
  shift_down(rest, bits);
  return URNA_OK;
}

static urna_status divide_short(urna_natural *quotient, urna_natural *rest,
                                const urna_natural *a, uint32_t by) {
  if (reserve(quotient, a->length) != URNA_OK || reserve(rest, 1) != URNA_OK)
    return URNA_NO_MEMORY;
  uint64_t left = 0;
  for (size_t i = a->length; i-- > 0;) {
    left = left << BITS | a->limbs[i];
    quotient->limbs[i] = (uint32_t)(left / by);
    left %= by;
  }
  quotient->length = a->length;
  rest->limbs[0] = (uint32_t)left;
  rest->length = 1;
  return URNA_OK;
}

urna_status urna_natural_divide(urna_natural *quotient, urna_natural *rest,
                                const urna_natural *a, const urna_natural *b) {
  urna_natural whole = {0}, left = {0};
  urna_status status;
  if (urna_natural_cmp(a, b) < 0)
    status = urna_natural_copy(&left, a);
  else if (b->length == 1)
    status = divide_short(&whole, &left, a, b->limbs[0]);
  else
    status = divide_long(&whole, &left, a, b);
  if (status == URNA_OK && quotient) give(quotient, &whole);
  if (status == URNA_OK && rest) give(rest, &left);
  urna_natural_free(&whole);
  urna_natural_free(&left);
  return status;
}

/* ---- the greatest common divisor ---- */

static uint64_t low_value(const urna_natural *n) {
  uint64_t value = n->length > 0 ? n->limbs[0] : 0;
  return n->length > 1 ? value | (uint64_t)n->limbs[1] << BITS : value;
}

urna_status urna_natural_gcd(urna_natural *to, const urna_natural *a,
                             const urna_natural *b) {
  urna_natural x = {0}, y = {0};
  urna_status status = urna_natural_copy(&x, a);
  if (status == URNA_OK) status = urna_natural_copy(&y, b);
  while (status == URNA_OK && y.length > 0 && (x.length > 2 || y.length > 2)) {
    status = urna_natural_divide(NULL, &x, &x, &y);
    urna_natural_swap(&x, &y);
  }
  /* by machine words from where both fit one */
  if (status == URNA_OK && y.length > 0)
    status =
        urna_natural_set(&x, urna_common_divisor(low_value(&x), low_value(&y)));
  if (status == URNA_OK) urna_natural_swap(to, &x);
  urna_natural_free(&x);
  urna_natural_free(&y);
  return status;
}

/* ---- as a machine word, as text ---- */

uint64_t urna_natural_value(const urna_natural *n, uint64_t most) {
  return n->length > 2 || low_value(n) > most ? UINT64_MAX : low_value(n);
}

/* n = n * by + more. */
static urna_status append(urna_natural *n, uint32_t by, uint32_t more) {
  if (reserve(n, n->length + 1) != URNA_OK) return URNA_NO_MEMORY;
  uint64_t carry = more;
  for (size_t i = 0; i < n->length; i++) {
    carry += (uint64_t)n->limbs[i] * by;
    n->limbs[i] = (uint32_t)carry;
    carry >>= BITS;
  }
  n->limbs[n->length++] = (uint32_t)carry;
  trim(n);
  return URNA_OK;
}

urna_status urna_natural_parse(urna_natural *to, const char *digits,
                               size_t length) {
  urna_natural n = {0};
  urna_status status = length > 0 ? URNA_OK : URNA_BAD_INPUT;
  for (size_t i = 0; status == URNA_OK && i < length; i++)
    status = digits[i] >= '0' && digits[i] <= '9'
                 ? append(&n, 10, (uint32_t)(digits[i] - '0'))
                 : URNA_BAD_INPUT;
  if (status == URNA_OK) urna_natural_swap(to, &n);
  urna_natural_free(&n);
  return status;
}

/* 32 bits are at most ten digits, and none of them more than 9.64. */
size_t urna_natural_room(const urna_natural *n) {
  return n->length * 10 + 2;
}

/* Nine digits at a time from the end, then turned round. */
urna_status urna_natural_digits(const urna_natural *n, char *digits) {
  urna_natural left = {0}, nine = {0};
  size_t length = 0;
  urna_status status = urna_natural_copy(&left, n);
  do {
    if (status == URNA_OK)
      status = divide_short(&left, &nine, &left, 1000000000);
    if (status != URNA_OK) break;
    trim(&left);
    uint32_t value = nine.limbs[0];
    for (int i = 0; i < 9 && (value > 0 || left.length > 0 || i == 0);
         i++, value /= 10)
      digits[length++] = (char)('0' + value % 10);
  } while (left.length > 0);
  for (size_t i = 0; i < length / 2; i++) {
    char digit = digits[i];
    digits[i] = digits[length - 1 - i];
    digits[length - 1 - i] = digit;
  }
  digits[length] = '\0';
  urna_natural_free(&left);
  urna_natural_free(&nine);
  return status;
}
