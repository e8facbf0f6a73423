/* see rational.h */
#include "core/rational.h"

void urna_rational_free(urna_rational *r) {
  urna_natural_free(&r->num);
  urna_natural_free(&r->den);
  r->is_negative = false;
}

void urna_rational_swap(urna_rational *a, urna_rational *b) {
  urna_rational other = *a;
  *a = *b;
  *b = other;
}

/* The rest of what a function does, unless an earlier part had no memory. */
#define THEN(call)                                                             \
  if (status == URNA_OK) status = (call)

static urna_status reduce(urna_rational *r) {
  urna_natural by = {0};
  urna_status status = urna_natural_gcd(&by, &r->num, &r->den);
  bool is_reduced = urna_natural_value(&by, 1) == 1;
  if (!is_reduced) {
    THEN(urna_natural_divide(&r->num, NULL, &r->num, &by));
    THEN(urna_natural_divide(&r->den, NULL, &r->den, &by));
  }
  if (urna_natural_is_zero(&r->num)) r->is_negative = false;
  urna_natural_free(&by);
  return status;
}

/* A result takes the place of what 'to' held, if all went well. */
static urna_status give(urna_rational *to, urna_rational *result,
                        urna_status status) {
  THEN(reduce(result));
  if (status == URNA_OK) urna_rational_swap(to, result);
  urna_rational_free(result);
  return status;
}

urna_status urna_rational_make(urna_rational *to, urna_natural *num,
                               urna_natural *den, bool is_negative) {
  urna_rational r = {.num = *num, .den = *den, .is_negative = is_negative};
  *num = *den = (urna_natural){0};
  return give(to, &r, URNA_OK);
}

urna_status urna_rational_set(urna_rational *to, int64_t num, uint64_t den) {
  urna_rational r = {.is_negative = num < 0};
  uint64_t size = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;
  urna_status status = urna_natural_set(&r.num, size);
  THEN(urna_natural_set(&r.den, den));
  return give(to, &r, status);
}

urna_status urna_rational_copy(urna_rational *to, const urna_rational *from) {
  if (to == from) return URNA_OK;
  urna_rational r = {.is_negative = from->is_negative};
  urna_status status = urna_natural_copy(&r.num, &from->num);
  THEN(urna_natural_copy(&r.den, &from->den));
  if (status == URNA_OK) urna_rational_swap(to, &r);
  urna_rational_free(&r);
  return status;
}

/* a.num * b.den and b.num * a.den: both over the product of the two. */
static urna_status cross(const urna_rational *a, const urna_rational *b,
                         urna_natural *left, urna_natural *right) {
  urna_status status = urna_natural_multiply(left, &a->num, &b->den);
  THEN(urna_natural_multiply(right, &b->num, &a->den));
  return status;
}

/* The sum of two, the second of which is negative as 'is_negative' says. */
static urna_status sum_of(urna_rational *to, const urna_rational *a,
                          const urna_rational *b, bool is_negative) {
  urna_rational r = {.is_negative = a->is_negative};
  urna_natural other = {0};
  urna_status status = cross(a, b, &r.num, &other);
  THEN(urna_natural_multiply(&r.den, &a->den, &b->den));
  if (a->is_negative == is_negative) {
    THEN(urna_natural_add(&r.num, &r.num, &other));
  } else {
    if (urna_natural_cmp(&r.num, &other) < 0) {
      urna_natural_swap(&r.num, &other);
      r.is_negative = is_negative;
    }
    THEN(urna_natural_subtract(&r.num, &r.num, &other));
  }
  urna_natural_free(&other);
  return give(to, &r, status);
}

urna_status urna_rational_add(urna_rational *to, const urna_rational *a,
                              const urna_rational *b) {
  return sum_of(to, a, b, b->is_negative);
}

urna_status urna_rational_subtract(urna_rational *to, const urna_rational *a,
                                   const urna_rational *b) {
  return sum_of(to, a, b, !b->is_negative);
}

urna_status urna_rational_multiply(urna_rational *to, const urna_rational *a,
                                   const urna_rational *b) {
  urna_rational r = {.is_negative = a->is_negative != b->is_negative};
  urna_status status = urna_natural_multiply(&r.num, &a->num, &b->num);
  THEN(urna_natural_multiply(&r.den, &a->den, &b->den));
  return give(to, &r, status);
}

urna_status urna_rational_divide(urna_rational *to, const urna_rational *a,
                                 const urna_rational *b) {
  urna_rational r = {.is_negative = a->is_negative != b->is_negative};
  urna_status status = cross(a, b, &r.num, &r.den);
  return give(to, &r, status);
}

urna_status urna_rational_cmp(const urna_rational *a, const urna_rational *b,
                              int *order) {
  if (a->is_negative != b->is_negative) {
    *order = a->is_negative ? -1 : 1;
    return URNA_OK;
  }
  urna_natural left = {0}, right = {0};
  urna_status status = cross(a, b, &left, &right);
  if (status == URNA_OK) {
    int sizes = urna_natural_cmp(&left, &right);
    *order = a->is_negative ? -sizes : sizes;
  }
  urna_natural_free(&left);
  urna_natural_free(&right);
  return status;
}

urna_status urna_rational_floor(urna_rational *to, const urna_rational *a,
                                uint64_t scale) {
  urna_rational r = {0};
  urna_status status = urna_natural_set(&r.den, scale);
  THEN(urna_natural_multiply(&r.num, &a->num, &r.den));
  THEN(urna_natural_divide(&r.num, NULL, &r.num, &a->den));
  return give(to, &r, status);
}
