/* Naturals and ratios of any size: identities, and numbers known by hand. */
#include <stdlib.h>

#include "core/natural.h"
#include "core/rational.h"
#include "test.h"

static char text[4000];

static const char *shown(const urna_natural *n) {
  if (urna_natural_room(n) > sizeof text) return "too long";
  return urna_natural_digits(n, text) == URNA_OK ? text : "no memory";
}

static urna_natural parsed(const char *digits) {
  urna_natural n = {0};
  CHECK(urna_natural_parse(&n, digits, strlen(digits)) == URNA_OK);
  return n;
}

static void small(void) {
  urna_natural n = {0}, m = {0};
  CHECK_STRING(shown(&n), "0");
  CHECK(urna_natural_is_zero(&n));
  urna_natural_set(&n, UINT64_MAX);
  CHECK_STRING(shown(&n), "18446744073709551615");
  CHECK(urna_natural_value(&n, UINT64_MAX - 1) == UINT64_MAX);
  urna_natural_set(&m, 1000000000);
  CHECK_STRING(shown(&m), "1000000000");
  CHECK(urna_natural_value(&m, 1000000000) == 1000000000);
  CHECK(urna_natural_value(&m, 999999999) == UINT64_MAX);
  CHECK(urna_natural_cmp(&n, &m) == 1 && urna_natural_cmp(&m, &n) == -1
        && urna_natural_cmp(&m, &m) == 0);
  urna_natural_subtract(&n, &n, &n);
  CHECK(urna_natural_is_zero(&n));
  urna_natural_free(&n);
  urna_natural_free(&n);
  urna_natural_free(&m);
}

/* 30! and 2^128, as in any table. */
static void known(void) {
  urna_natural n = {0}, by = {0};
  urna_natural_set(&n, 1);
  for (uint64_t i = 2; i <= 30; i++) {
    urna_natural_set(&by, i);
    urna_natural_multiply(&n, &n, &by);
  }
  CHECK_STRING(shown(&n), "265252859812191058636308480000000");
  urna_natural_set(&n, 2);
  for (int i = 0; i < 7; i++) urna_natural_multiply(&n, &n, &n);
  CHECK_STRING(shown(&n), "340282366920938463463374607431768211456");
  urna_natural two = parsed("340282366920938463463374607431768211456");
  CHECK(urna_natural_cmp(&n, &two) == 0);
  CHECK(urna_natural_parse(&n, "12a", 3) == URNA_BAD_INPUT);
  CHECK(urna_natural_parse(&n, "", 0) == URNA_BAD_INPUT);
  CHECK(urna_natural_cmp(&n, &two) == 0); /* as it was */
  urna_natural_free(&n);
  urna_natural_free(&by);
  urna_natural_free(&two);
}

static uint64_t state = 88172645463325252u;

static uint32_t draw(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 16);
}

/* Limbs of all ones, of nothing, and of the highest bit alone are where
** borrows and carries go wrong. */
static uint32_t draw_limb(void) {
  static const uint32_t odd[] = {0, UINT32_MAX, 0x80000000u, 0x7fffffffu, 1};
  uint32_t kind = draw() % 8;
  return kind < 5 ? odd[kind] : draw();
}

static void draw_natural(urna_natural *n, size_t limbs) {
  urna_natural shift = {0}, limb = {0};
  urna_natural_set(&shift, UINT64_C(1) << 32);
  urna_natural_set(n, 0);
  for (size_t i = 0; i < limbs; i++) {
    urna_natural_set(&limb, draw_limb());
    urna_natural_multiply(n, n, &shift);
    urna_natural_add(n, n, &limb);
  }
  urna_natural_free(&shift);
  urna_natural_free(&limb);
}

/* a = q b + r with r < b, which has one solution; (a + b) - b = a. */
static void divided(void) {
  urna_natural a = {0}, b = {0}, q = {0}, r = {0}, back = {0};
  for (int i = 0; i < 20000; i++) {
    draw_natural(&a, 1 + draw() % 9);
    draw_natural(&b, 1 + draw() % 6);
    if (urna_natural_is_zero(&b)) continue;
    urna_natural_divide(&q, &r, &a, &b);
    urna_natural_multiply(&back, &q, &b);
    urna_natural_add(&back, &back, &r);
    CHECK(urna_natural_cmp(&back, &a) == 0 && urna_natural_cmp(&r, &b) < 0);
    urna_natural_add(&back, &b, &a);
    urna_natural_subtract(&back, &back, &b);
    CHECK(urna_natural_cmp(&back, &a) == 0);
    urna_natural again = parsed(shown(&a));
    CHECK(urna_natural_cmp(&again, &a) == 0);
    urna_natural_free(&again);
  }
  urna_natural *all[] = {&a, &b, &q, &r, &back};
  for (int i = 0; i < 5; i++) urna_natural_free(all[i]);
}

/* gcd(a c, b c) = c gcd(a, b), and it divides both. */
static void common(void) {
  urna_natural a = {0}, b = {0}, c = {0}, ab = {0}, abc = {0};
  for (int i = 0; i < 2000; i++) {
    draw_natural(&a, 1 + draw() % 4);
    draw_natural(&b, 1 + draw() % 4);
    draw_natural(&c, 1 + draw() % 4);
    urna_natural_gcd(&ab, &a, &b);
    urna_natural_multiply(&ab, &ab, &c);
    urna_natural_multiply(&a, &a, &c);
    urna_natural_multiply(&b, &b, &c);
    urna_natural_gcd(&abc, &a, &b);
    CHECK(urna_natural_cmp(&ab, &abc) == 0);
    if (urna_natural_is_zero(&abc)) continue;
    urna_natural_divide(NULL, &a, &a, &abc);
    urna_natural_divide(NULL, &b, &b, &abc);
    CHECK(urna_natural_is_zero(&a) && urna_natural_is_zero(&b));
  }
  urna_natural *all[] = {&a, &b, &c, &ab, &abc};
  for (int i = 0; i < 5; i++) urna_natural_free(all[i]);
}

static int is_ratio(const urna_rational *r, int is_negative, const char *num,
                    const char *den) {
  return r->is_negative == is_negative && strcmp(shown(&r->num), num) == 0
         && strcmp(shown(&r->den), den) == 0;
}

static void ratios(void) {
  urna_rational a = {0}, b = {0}, r = {0};
  int order = 0;
  urna_rational_set(&a, 6, 8);
  urna_rational_set(&b, -5, 6);
  CHECK(is_ratio(&a, 0, "3", "4") && is_ratio(&b, 1, "5", "6"));
  urna_rational_add(&r, &a, &b); /* 9/12 - 10/12 */
  CHECK(is_ratio(&r, 1, "1", "12"));
  urna_rational_subtract(&r, &a, &b); /* 19/12 */
  CHECK(is_ratio(&r, 0, "19", "12"));
  urna_rational_multiply(&r, &a, &b); /* -15/24 */
  CHECK(is_ratio(&r, 1, "5", "8"));
  urna_rational_divide(&r, &a, &b); /* -18/20 */
  CHECK(is_ratio(&r, 1, "9", "10"));
  urna_rational_subtract(&r, &r, &r);
  CHECK(is_ratio(&r, 0, "0", "1"));
  urna_rational_cmp(&a, &b, &order);
  CHECK(order == 1);
  urna_rational_cmp(&b, &r, &order);
  CHECK(order == -1);
  urna_rational_cmp(&b, &b, &order);
  CHECK(order == 0);
  urna_rational_set(&a, 200000, 300000);
  urna_rational_floor(&r, &a, 100000); /* 0.66666 */
  CHECK(is_ratio(&r, 0, "33333", "50000"));
  urna_rational_set(&a, INT64_MIN, 1);
  CHECK(is_ratio(&a, 1, "9223372036854775808", "1"));
  urna_rational_copy(&r, &a);
  CHECK(is_ratio(&r, 1, "9223372036854775808", "1"));
  urna_rational_free(&a);
  urna_rational_free(&b);
  urna_rational_free(&r);
}

/* 1 + 1/2 + ... + 1/20 = 55835135 / 15519504, the 20th harmonic number. */
static void harmonic(void) {
  urna_rational sum = {0}, part = {0};
  urna_rational_set(&sum, 0, 1);
  for (uint64_t i = 1; i <= 20; i++) {
    urna_rational_set(&part, 1, i);
    urna_rational_add(&sum, &sum, &part);
  }
  CHECK(is_ratio(&sum, 0, "55835135", "15519504"));
  urna_rational_free(&sum);
  urna_rational_free(&part);
}

int main(void) {
  small();
  known();
  divided();
  common();
  ratios();
  harmonic();
  return test_report("natural");
}
