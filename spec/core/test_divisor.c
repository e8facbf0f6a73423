/* Highest averages, against hand arithmetic and against awarding one seat at
** a time as the definition has it. URNA_CASES=1000000 tries that many;
** URNA_LINEAR=1,2 with the divisors 1, 3, 5 ... alone. */
#include "core/divisor.h"

#include <stdlib.h>

#include "test.h"

enum { LISTS = 40, SEATS = 2000, LISTED = 12 };

static urna_sequence DHONDT, SAINTE_LAGUE;

static urna_contender list(urna_count votes, int64_t num, int64_t den) {
  return (urna_contender){
      .votes = votes, .weight = {num, den}, .most = INT32_MAX};
}

static urna_contender plain(urna_count votes) {
  return list(votes, 1, 1);
}

static urna_award awards[SEATS];
static urna_bid bids[LISTS];
static unsigned char tied[LISTS];
static int32_t awarded;
static urna_error error;

static urna_status award(const urna_sequence *d, size_t n,
                         urna_contender *lists, int32_t seats) {
  awarded = -1;
  return urna_divisor_award(d, n, lists, seats, bids, awards, &awarded, tied,
                            &error);
}

static urna_status award_quickly(const urna_sequence *d, size_t n,
                                 urna_contender *lists, int32_t seats) {
  awarded = -1;
  return urna_divisor_award(d, n, lists, seats, bids, NULL, &awarded, tied,
                            &error);
}

/* ---- by hand ---- */

static void by_hand(void) {
  /* halves 170 140 80 30, thirds 113.3 93.3 53.3: the seven greatest are
  ** 340 280 170 160 140 113.3 93.3 */
  urna_contender a[] = {plain(340), plain(280), plain(160), plain(60)};
  CHECK(award(&DHONDT, 4, a, 7) == URNA_OK && awarded == 7);
  CHECK(a[0].held == 3 && a[1].held == 3 && a[2].held == 1 && a[3].held == 0);
  CHECK(awards[6].winner == 1 && awards[6].winner_held == 2);
  /* the rival of the last is A's fourth, 85, above C's half, 80 */
  CHECK(awards[6].rival == 0 && awards[6].rival_held == 3);
  size_t next;
  CHECK(urna_divisor_next(&DHONDT, 4, a, bids, &next, &error) == URNA_OK);
  CHECK(next == 0);

  /* 340 280 160 113.3 93.3 68 60; 56 and 53.3 get none */
  urna_contender b[] = {plain(340), plain(280), plain(160), plain(60)};
  CHECK(award(&SAINTE_LAGUE, 4, b, 7) == URNA_OK);
  CHECK(b[0].held == 3 && b[1].held == 2 && b[2].held == 1 && b[3].held == 1);

  /* continued from seats held: after 3 and 2 the next average is B's third */
  urna_contender c[] = {plain(340), plain(280)};
  c[0].held = 3, c[1].held = 2;
  CHECK(award(&DHONDT, 2, c, 1) == URNA_OK && c[1].held == 3);
}

static void weighted(void) {
  /* 74 * 27/20 = 99.9 is below 100, 75 * 27/20 = 101.25 above */
  urna_contender below[] = {plain(100), list(74, 27, 20)};
  CHECK(award(&DHONDT, 2, below, 1) == URNA_OK && below[0].held == 1);
  urna_contender above[] = {plain(100), list(75, 27, 20)};
  CHECK(award(&DHONDT, 2, above, 1) == URNA_OK && above[1].held == 1);
}

static void equals(void) {
  urna_contender two[] = {plain(100), plain(100), plain(3)};
  CHECK(award(&DHONDT, 3, two, 1) == URNA_TIE && awarded == 0);
  CHECK(tied[0] == 1 && tied[1] == 1 && tied[2] == 0);
  CHECK(two[0].held == 0 && two[1].held == 0);

  urna_contender enough[] = {plain(100), plain(100), plain(3)};
  CHECK(award(&DHONDT, 3, enough, 2) == URNA_OK && awarded == 2);
  CHECK(enough[0].held == 1 && enough[1].held == 1 && tied[0] == 0);

  /* seats 1 and 2 are certain; three lists compete for the next two */
  urna_contender four[] = {plain(200), plain(100), plain(100)};
  CHECK(award(&DHONDT, 3, four, 3) == URNA_TIE && awarded == 1);
  CHECK(tied[0] == 1 && tied[1] == 1 && tied[2] == 1 && four[0].held == 1);

  /* 200/2 = 100: more votes first, where precedence says so */
  urna_contender more[] = {plain(100), plain(200)};
  more[0].precedence = 100, more[1].precedence = 200;
  CHECK(award(&DHONDT, 2, more, 2) == URNA_OK);
  CHECK(more[0].held == 0 && more[1].held == 2);
  CHECK(awards[1].by_precedence == 1 && awards[0].by_precedence == 0);

  /* 20 * 27/20 = 27: equal averages from unlike weights */
  urna_contender factor[] = {list(20, 27, 20), plain(27)};
  factor[0].precedence = 20, factor[1].precedence = 27;
  CHECK(award(&DHONDT, 2, factor, 1) == URNA_OK && factor[1].held == 1);
  CHECK(awards[0].by_precedence == 1);
}

static urna_sequence modified(int64_t num, int64_t den) {
  urna_sequence d = urna_sequence_linear(1, 2);
  CHECK(urna_sequence_modify(&d, (urna_ratio){num, den}, &error) == URNA_OK);
  return d;
}

static void first_divisors(void) {
  /* 3000/3 = 1400/1.4 = 1000, which 1.4 in binary is not */
  urna_sequence norway = modified(14, 10), sweden = modified(12, 10);
  urna_contender a[] = {plain(3000), plain(1400)};
  CHECK(award_quickly(&norway, 2, a, 2) == URNA_TIE && awarded == 1);
  CHECK(a[0].held == 1 && a[1].held == 0 && tied[0] && tied[1]);
  urna_contender one_more[] = {plain(3000), plain(1401)};
  CHECK(award_quickly(&norway, 2, one_more, 2) == URNA_OK);
  CHECK(one_more[0].held == 1 && one_more[1].held == 1);

  /* 5000/5 = 1200/1.2 = 1000, behind 5000/1.2 and 5000/3 */
  urna_contender b[] = {plain(5000), plain(1200)};
  CHECK(award_quickly(&sweden, 2, b, 3) == URNA_TIE && awarded == 2);
  CHECK(b[0].held == 2 && b[1].held == 0 && tied[0] && tied[1]);

  urna_sequence d = urna_sequence_linear(1, 2), fine = d;
  CHECK(urna_sequence_modify(&d, (urna_ratio){3, 1}, &error) < 0);
  CHECK(urna_sequence_modify(&d, (urna_ratio){299, 100}, &error) == URNA_OK);
  /* a step of 2 * (2^31 - 1) is beyond bounds */
  urna_ratio third = {1, URNA_DIVISOR_MAX};
  CHECK(urna_sequence_modify(&fine, third, &error) == URNA_OVERFLOW);
}

static void infinite(void) {
  /* d(0) = 0: each list one, the most votes first, then 100/1 */
  urna_sequence adams = urna_sequence_linear(0, 1);
  urna_contender a[] = {plain(30), plain(100), plain(0), plain(50)};
  CHECK(award(&adams, 4, a, 2) == URNA_OK && awarded == 2);
  CHECK(a[0].held == 0 && a[1].held == 1 && a[2].held == 0 && a[3].held == 1);
  CHECK(awards[1].winner == 3 && awards[1].rival == 0);
  urna_contender b[] = {plain(30), plain(100), plain(0), plain(50)};
  CHECK(award_quickly(&adams, 4, b, 4) == URNA_OK);
  CHECK(b[0].held == 1 && b[1].held == 2 && b[2].held == 0 && b[3].held == 1);

  /* equal votes, infinite both: a tie as any other */
  urna_contender c[] = {plain(30), plain(100), plain(30)};
  CHECK(award_quickly(&adams, 3, c, 2) == URNA_TIE && awarded == 1);
  CHECK(tied[0] && !tied[1] && tied[2] && c[1].held == 1);

  /* B is sure of 2 though 100/3 > 10/1 */
  urna_contender d[] = {plain(100), plain(10)};
  d[1].least = 2;
  CHECK(award_quickly(&DHONDT, 2, d, 3) == URNA_OK);
  CHECK(d[0].held == 1 && d[1].held == 2);
  urna_quotient q = urna_divisor_quotient(&DHONDT, &d[1], 1);
  CHECK(q.den == 0 && q.num.limb[0] == 1);
}

static void squares(void) {
  /* squares: A infinite, 36/2 = 18, 36/6 = 6, 36/12 = 3; B infinite,
  ** 9/2 = 4.5: the fifth seat is B's second, before A's fourth */
  urna_sequence hill = urna_sequence_of(URNA_HUNTINGTON_HILL);
  urna_contender a[] = {plain(6), plain(3)};
  CHECK(award(&hill, 2, a, 5) == URNA_OK && a[0].held == 3 && a[1].held == 2);
  CHECK(awards[4].winner == 1 && awards[4].rival == 0);
  urna_quotient q = urna_divisor_quotient(&hill, &a[1], 1);
  CHECK(q.is_squared && q.num.limb[0] == 9 && q.den == 2);

  /* (1.414... * 10^18)^2 / 6 = 3.3 * 10^35 is below 10^36 / 2, beyond 53 bits
  ** and beyond 64 */
  urna_contender b[] = {plain(INT64_C(1414213562373095049)),
                        plain(INT64_C(1000000000000000000))};
  CHECK(award_quickly(&hill, 2, b, 4) == URNA_OK);
  CHECK(b[0].held == 2 && b[1].held == 2);

  /* 2k(k+1)/(2k+1): 4/3 and 12/5; 9/(4/3) = 27/4 > 15/(12/5) = 25/4 */
  urna_sequence dean = urna_sequence_of(URNA_DEAN);
  urna_contender c[] = {plain(15), plain(9)};
  CHECK(award(&dean, 2, c, 4) == URNA_OK && c[0].held == 2 && c[1].held == 2);
  CHECK(awards[3].winner == 1 && awards[3].rival == 0);
}

static void short_of_takers(void) {
  urna_contender few[] = {plain(100), plain(50), plain(0)};
  few[0].most = 2, few[1].most = 1;
  CHECK(award(&DHONDT, 3, few, 5) == URNA_OK && awarded == 3);
  CHECK(few[0].held == 2 && few[1].held == 1 && few[2].held == 0);
  CHECK(awards[2].rival == SIZE_MAX);
  urna_contender nobody[] = {plain(0)};
  CHECK(award(&DHONDT, 1, nobody, 5) == URNA_OK && awarded == 0);
  CHECK(award(&DHONDT, 0, nobody, 5) == URNA_OK && awarded == 0);
}

/* A list of ten in a hundred may take few: the rest goes to the small. */
static void held_back(void) {
  urna_contender a[] = {plain(900000), plain(60000), plain(40000)};
  a[0].most = 10;
  CHECK(award_quickly(&DHONDT, 3, a, 1010) == URNA_OK && awarded == 1010);
  CHECK(a[0].held == 10 && a[1].held == 600 && a[2].held == 400);
}

static void listed(void) {
  /* 1, 3/2, 2, then 5/2: 40/1 30/1 40/1.5 = 26.7 40/2 = 30/1.5 = 20 */
  urna_ratio half[] = {{1, 1}, {3, 2}, {2, 1}};
  urna_sequence d;
  CHECK(urna_sequence_list(&d, half, 3, false, &error) == URNA_OK);
  CHECK(d.is_whole && d.scale == 2 && urna_sequence_at(&d, 4).num == 6);
  urna_contender a[] = {plain(40), plain(30)};
  CHECK(award_quickly(&d, 2, a, 4) == URNA_TIE && awarded == 3);
  urna_quotient q = urna_divisor_quotient(&d, &a[0], 1); /* 40/(3/2) */
  CHECK(q.num.limb[0] == 80 && q.den == 3);

  urna_ratio three[] = {{1, 1}, {2, 1}, {3, 1}};
  CHECK(urna_sequence_list(&d, three, 3, true, &error) == URNA_OK);
  urna_contender b[] = {plain(100), plain(1)};
  CHECK(award_quickly(&d, 2, b, 5) == URNA_OK);
  CHECK(b[0].held == 3 && b[1].held == 2);
  urna_contender c[] = {plain(100), plain(1)};
  CHECK(award_quickly(&d, 2, c, 7) == URNA_BAD_INPUT && c[0].held == 0);
  CHECK_STRING(error.code, "divisors_end");
  c[0].most = c[1].most = 2; /* their own limits, not the divisors' */
  CHECK(award_quickly(&d, 2, c, 7) == URNA_OK && awarded == 4);

  urna_ratio beyond[] = {{1, 1}, {URNA_DIVISOR_MAX + 1, 1}};
  CHECK(urna_sequence_list(&d, beyond, 2, true, &error) == URNA_BAD_INPUT);
  CHECK(error.index == 2);
  urna_ratio level[] = {{1, 1}, {2, 2}};
  CHECK(urna_sequence_list(&d, level, 2, false, &error) == URNA_BAD_INPUT);
  CHECK(error.index == 2);
  urna_ratio alone[] = {{1, 1}};
  CHECK(urna_sequence_list(&d, alone, 1, false, &error) == URNA_BAD_INPUT);
  CHECK(urna_sequence_list(&d, alone, 1, true, &error) == URNA_OK);
}

/* ---- bounds ---- */

static urna_status with(urna_contender one, int32_t seats) {
  urna_contender lists[] = {plain(7), one};
  urna_status status = award(&DHONDT, 2, lists, seats);
  if (status < 0) CHECK(awarded == -1 && lists[0].held == 0);
  return status;
}

static void bounds(void) {
  CHECK(with(list(1, URNA_WEIGHT_MAX, URNA_WEIGHT_MAX), 1) == URNA_OK);
  CHECK(with(list(1, URNA_WEIGHT_MAX + 1, 1), 1) == URNA_BAD_INPUT);
  CHECK(with(list(1, 1, URNA_WEIGHT_MAX + 1), 1) == URNA_BAD_INPUT);
  CHECK(with(list(1, 0, 1), 1) == URNA_BAD_INPUT);
  CHECK(with(list(1, 1, 0), 1) == URNA_BAD_INPUT);
  CHECK(with(list(-1, 1, 1), 1) == URNA_BAD_INPUT);
  CHECK(error.index == 2);
  CHECK(with(list(URNA_COUNT_MAX, 1, 1), 1) == URNA_OK);
  CHECK(with(list(INT64_MAX, 1, 1), 1) == URNA_OK);
  urna_contender held = plain(1);
  held.held = INT32_MAX - 1;
  CHECK(with(held, 1) == URNA_BAD_INPUT);
}

/* The largest numbers there are: the sanitizers see an overflow. */
static void extremes(void) {
  urna_contender far[] = {list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, 1),
                          list(URNA_COUNT_MAX, 1, URNA_WEIGHT_MAX)};
  /* 2^40 times the average of the other is more than all the seats */
  int32_t seats = INT32_MAX - 1;
  CHECK(award_quickly(&DHONDT, 2, far, seats) == URNA_OK);
  CHECK(far[0].held == seats && far[1].held == 0);

  urna_sequence steep = urna_sequence_linear(1000, 1000);
  urna_contender near[] = {
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, URNA_WEIGHT_MAX - 1),
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX - 1, URNA_WEIGHT_MAX)};
  near[0].held = near[1].held = 2000000;
  CHECK(award(&steep, 2, near, 1) == URNA_OK && near[0].held == 2000001);
}

static void extreme_squares(void) {
  /* 53 + 20 bits squared, times 20 squared, times 62: 248 of 256 */
  urna_sequence hill = urna_sequence_of(URNA_HUNTINGTON_HILL);
  urna_contender near[] = {
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, URNA_WEIGHT_MAX - 1),
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX - 1, URNA_WEIGHT_MAX)};
  near[0].held = near[1].held = INT32_MAX - 3;
  CHECK(award(&hill, 2, near, 1) == URNA_OK && near[0].held == INT32_MAX - 2);

  /* ten bits more on either side are refused before anything is done */
  near[0].votes = near[1].votes = INT64_MAX;
  near[0].held = INT32_MAX - 3;
  CHECK(award(&hill, 2, near, 1) == URNA_OVERFLOW && awarded == -1);
  CHECK(near[0].held == INT32_MAX - 3);
  CHECK_STRING(error.code, "divisors_overflow");
}

/* Made whole, the steps are (2^31 - 1)^2 or so: two of them fit 63 bits, and
** ten do not. */
static void extreme_steps(void) {
  urna_ratio steep[] = {{1, URNA_DIVISOR_MAX}, {URNA_DIVISOR_MAX, 1}};
  urna_sequence d;
  CHECK(urna_sequence_list(&d, steep, 2, false, &error) == URNA_OK);
  urna_contender a[] = {list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, 1),
                        list(URNA_COUNT_MAX, 1, URNA_WEIGHT_MAX)};
  CHECK(award_quickly(&d, 2, a, 2) == URNA_OK);
  /* the first of both are 2^62 times their second */
  CHECK(a[0].held == 1 && a[1].held == 1);
  CHECK(award_quickly(&d, 2, a, 10) == URNA_OVERFLOW && a[0].held == 1);
}

/* With 2^53 - 1 votes against 1, the list takes its seat number 53 for 2^52,
** and for 2^53 it is behind. */
static void powers(void) {
  urna_sequence macau = urna_sequence_of(URNA_MACAU);
  urna_contender a[] = {plain(URNA_COUNT_MAX), plain(1)};
  CHECK(award_quickly(&macau, 2, a, 54) == URNA_OK);
  CHECK(a[0].held == 53 && a[1].held == 1);
  /* 63 seats need 2^62, and who takes the next is not known */
  urna_contender b[] = {plain(5), plain(0)};
  CHECK(award_quickly(&macau, 2, b, 62) == URNA_OK && b[0].held == 62);
  b[0].held = 0;
  CHECK(award_quickly(&macau, 2, b, 63) == URNA_OVERFLOW && b[0].held == 0);
}

/* ---- quotients ---- */

static void quotient(const urna_sequence *d, urna_contender one, int32_t held,
                     const char *num, uint64_t den) {
  char digits[URNA_WIDE_DIGITS];
  urna_quotient q = urna_divisor_quotient(d, &one, held);
  urna_wide_digits(q.num, digits);
  CHECK_STRING(digits, num);
  CHECK(q.den == den);
}

static void quotients(void) {
  quotient(&DHONDT, list(60, 27, 20), 2, "27", 1); /* 60 * 27/20 / 3 */
  quotient(&SAINTE_LAGUE, list(60, 27, 20), 2, "81", 5);
  /* (2^53 - 1) * 2^20 / 2 = 2^72 - 2^19 */
  quotient(&DHONDT, list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, 1), 1,
           "4722366482869644689408", 1);
  quotient(&DHONDT, plain(0), 4, "0", 1);
  urna_sequence norway = modified(14, 10);
  quotient(&norway, plain(1400), 0, "1000", 1);
  quotient(&norway, plain(1400), 1, "1400", 3);
  /* (2^53 - 1)^2 / 2 = (2^106 - 2^54 + 1) / 2 */
  urna_sequence hill = urna_sequence_of(URNA_HUNTINGTON_HILL);
  quotient(&hill, plain(URNA_COUNT_MAX), 1, "81129638414606663681390495662081",
           2);
}

static void products(void) {
  /* (2^128 - 1)^2 = 2^256 - 2^129 + 1 */
  urna_u128 most = ~(urna_u128)0;
  urna_u256 square = urna_wide_product(most, most);
  CHECK(square.limb[0] == 1 && square.limb[1] == 0);
  CHECK(square.limb[2] == UINT64_MAX - 1 && square.limb[3] == UINT64_MAX);
  urna_u256 down = urna_wide_right(square, 129); /* 2^127 - 1 */
  CHECK(urna_wide_low(down) == most >> 1 && urna_wide_high(down) == 0);
  CHECK(urna_wide_cmp(urna_wide_times(urna_wide_of(most), most), square) == 0);
  CHECK(urna_wide_gcd(48, 180) == 12 && urna_wide_gcd(7, 1) == 1);
  CHECK(urna_wide_bits(0) == 0 && urna_wide_bits(most) == 128);
}

/* ---- one at a time, from the definition ---- */

/* A linear congruential generator, Park & Miller 1988. */
static uint64_t state = 20240602;

static int64_t between(int64_t least, int64_t most) {
  state = state * 16807 % 2147483647;
  return least + (int64_t)(state % (uint64_t)(most - least + 1));
}

/* A product as long as it gets: 32 bits a limb, the least first. */
typedef struct product {
  uint32_t limb[24];
  int length;
} product;

static void multiply_half(product *p, uint32_t by) {
  uint64_t carry = 0;
  for (int i = 0; i < p->length; i++) {
    carry += (uint64_t)p->limb[i] * by;
    p->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) p->limb[p->length++] = (uint32_t)carry;
}

static void multiply(product *p, uint64_t by) {
  product high = *p;
  multiply_half(p, (uint32_t)by);
  if (by >> 32 == 0) return;
  multiply_half(&high, (uint32_t)(by >> 32));
  uint64_t carry = 0;
  int length = high.length + 1 > p->length ? high.length + 1 : p->length;
  for (int i = 0; i < length; i++) {
    carry += i < p->length ? p->limb[i] : 0;
    carry += i > 0 && i <= high.length ? high.limb[i - 1] : 0;
    p->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  p->length = length;
  if (carry) p->limb[p->length++] = (uint32_t)carry;
}

static int product_cmp(const product *a, const product *b) {
  int length = a->length > b->length ? a->length : b->length;
  for (int i = length - 1; i >= 0; i--) {
    uint32_t x = i < a->length ? a->limb[i] : 0;
    uint32_t y = i < b->length ? b->limb[i] : 0;
    if (x != y) return x > y ? 1 : -1;
  }
  return 0;
}

/* A method as it is published, with nothing made whole. */
typedef struct method {
  urna_sequence_kind kind;
  urna_ratio first; /* of a linear one, then start + step * k */
  int64_t start, step;
  urna_ratio listed[LISTED];
  int length;
  bool ends;
} method;

static urna_ratio published_listed(const method *m, int64_t k) {
  if (k < m->length) return m->listed[k];
  urna_ratio a = m->listed[m->length - 2], b = m->listed[m->length - 1];
  int64_t step = b.num * a.den - a.num * b.den;
  return (urna_ratio){b.num * a.den + (k - m->length + 1) * step,
                      b.den * a.den};
}

static urna_ratio published(const method *m, int64_t k) {
  switch (m->kind) {
    case URNA_LINEAR:
      return k == 0 ? m->first : (urna_ratio){m->start + m->step * k, 1};
    case URNA_DEAN:
      return (urna_ratio){2 * k * (k + 1), 2 * k + 1};
    case URNA_HUNTINGTON_HILL:
      return (urna_ratio){k * (k + 1), 1};
    case URNA_MACAU:
      return (urna_ratio){INT64_C(1) << k, 1};
    default:
      return published_listed(m, k);
  }
}

/* The numerator of a's quotient times the denominator of b's. */
static product crossed(const method *m, const urna_contender *a, urna_ratio da,
                       const urna_contender *b, urna_ratio db) {
  product p = {{1}, 1};
  bool is_squared = m->kind == URNA_HUNTINGTON_HILL;
  for (int times = 0; times < 1 + is_squared; times++) {
    multiply(&p, (uint64_t)a->votes);
    multiply(&p, (uint64_t)a->weight.num);
    multiply(&p, (uint64_t)b->weight.den);
  }
  multiply(&p, (uint64_t)da.den);
  multiply(&p, (uint64_t)db.num);
  return p;
}

static int ratio_cmp(const method *m, const urna_contender *a, urna_ratio da,
                     const urna_contender *b, urna_ratio db) {
  product left = crossed(m, a, da, b, db), right = crossed(m, b, db, a, da);
  return product_cmp(&left, &right);
}

static bool is_infinite(const urna_contender *a, urna_ratio d) {
  return a->held < a->least || d.num == 0;
}

static int quotient_cmp(const method *m, const urna_contender *a,
                        const urna_contender *b) {
  const urna_ratio one = {1, 1};
  urna_ratio da = published(m, a->held), db = published(m, b->held);
  bool infinite = is_infinite(a, da), other = is_infinite(b, db);
  if (infinite != other) return infinite ? 1 : -1;
  if (!infinite) return ratio_cmp(m, a, da, b, db);
  int order = ratio_cmp(m, a, one, b, one);
  return order ? order : (a->held < b->held) - (a->held > b->held);
}

static int bid_cmp(const method *m, const urna_contender *a,
                   const urna_contender *b) {
  int order = quotient_cmp(m, a, b);
  if (order) return order;
  return (a->precedence > b->precedence) - (a->precedence < b->precedence);
}

static bool may_take(const method *m, const urna_contender *a) {
  return a->votes > 0 && a->held < a->most
         && !(m->ends && a->held >= m->length);
}

static size_t best(const method *m, size_t n, const urna_contender *lists,
                   size_t except) {
  size_t found = SIZE_MAX;
  for (size_t i = 0; i < n; i++)
    if (i != except && may_take(m, &lists[i])
        && (found == SIZE_MAX || bid_cmp(m, &lists[i], &lists[found]) > 0))
      found = i;
  return found;
}

/* What one at a time gives: the seats, and how they came about. */
typedef struct course {
  urna_contender lists[LISTS];
  urna_award awards[SEATS];
  int32_t awarded;
  unsigned char tied[LISTS];
  urna_status status;
} course;

static int32_t find_equals(const method *m, size_t n, course *c,
                           size_t winner) {
  int32_t equals = 0;
  for (size_t i = 0; i < n; i++) {
    c->tied[i] = may_take(m, &c->lists[i])
                 && bid_cmp(m, &c->lists[i], &c->lists[winner]) == 0;
    equals += c->tied[i];
  }
  return equals;
}

static void take(const method *m, size_t n, course *c, size_t winner) {
  urna_contender *lists = c->lists;
  size_t rival = best(m, n, lists, winner);
  urna_award *a = &c->awards[c->awarded++];
  *a = (urna_award){winner, rival, lists[winner].held, 0, 0};
  if (rival != SIZE_MAX) {
    a->rival_held = lists[rival].held;
    a->by_precedence = quotient_cmp(m, &lists[winner], &lists[rival]) == 0
                       && bid_cmp(m, &lists[winner], &lists[rival]) != 0;
  }
  lists[winner].held++;
}

/* 'c' has the lists. All of several equals take a seat, or none does. */
static void one_at_a_time(const method *m, size_t n, course *c, int32_t seats) {
  c->awarded = 0;
  c->status = URNA_OK;
  memset(c->tied, 0, sizeof c->tied);
  while (c->awarded < seats) {
    size_t winner = best(m, n, c->lists, SIZE_MAX);
    if (winner == SIZE_MAX) return;
    if (find_equals(m, n, c, winner) > seats - c->awarded) {
      c->status = URNA_TIE;
      return;
    }
    for (size_t i = 0; i < n; i++)
      if (c->tied[i]) take(m, n, c, i);
    memset(c->tied, 0, sizeof c->tied);
  }
}

/* ---- cases drawn ---- */

static urna_ratio LISTED_ROOM[LISTED];

static void draw_listed(method *m, urna_sequence *d) {
  int64_t most = between(0, 3) ? 6 : 40000;
  m->length = (int)between(2, LISTED);
  m->ends = between(0, 3) == 0;
  urna_ratio at = {between(0, 3), between(1, most)};
  for (int i = 0; i < m->length; i++) {
    m->listed[i] = LISTED_ROOM[i] = at;
    int64_t den = between(1, most);
    at.num = at.num / at.den * den + den + between(1, 2 * den);
    at.den = den; /* at least the whole part and 1 more than it */
  }
  CHECK(urna_sequence_list(d, LISTED_ROOM, (size_t)m->length, m->ends, &error)
        == URNA_OK);
}

static void draw_linear(method *m, urna_sequence *d) {
  m->start = between(0, 3);
  m->step = between(1, 3);
  m->first = (urna_ratio){m->start, 1};
  *d = urna_sequence_linear(m->start, m->step);
  if (between(0, 2)) return;
  int64_t den = between(1, 10);
  m->first = (urna_ratio){between(0, (m->start + m->step) * den - 1), den};
  CHECK(urna_sequence_modify(d, m->first, &error) == URNA_OK);
}

/* The one sequence that is asked for. */
static bool asked_linear(method *m, urna_sequence *d) {
  const char *asked = getenv("URNA_LINEAR");
  char *end;
  if (asked == NULL) return false;
  m->start = strtoll(asked, &end, 10);
  m->step = *end == ',' ? strtoll(end + 1, &end, 10) : 0;
  if (*end != '\0' || m->start < 0 || m->step < 1) {
    fprintf(stderr, "URNA_LINEAR is START,STEP, not %s\n", asked);
    exit(1);
  }
  m->kind = URNA_LINEAR;
  m->first = (urna_ratio){m->start, 1};
  *d = urna_sequence_linear(m->start, m->step);
  return true;
}

static void draw_method(method *m, urna_sequence *d) {
  memset(m, 0, sizeof *m);
  if (asked_linear(m, d)) return;
  static const urna_sequence_kind kinds[] = {
      URNA_LINEAR, URNA_LINEAR, URNA_LINEAR,          URNA_LINEAR,
      URNA_DEAN,   URNA_MACAU,  URNA_HUNTINGTON_HILL, URNA_LISTED};
  m->kind = kinds[between(0, 7)];
  if (m->kind == URNA_LINEAR)
    draw_linear(m, d);
  else if (m->kind == URNA_LISTED)
    draw_listed(m, d);
  else
    *d = urna_sequence_of(m->kind);
}

/* Small votes tie often; huge ones need all the bits. */
static urna_count draw_votes(int64_t size) {
  if (size == 0) return between(0, 9);
  if (size == 1) return 6 * between(0, 12);
  if (size == 2) return between(0, 1000000);
  return URNA_COUNT_MAX - between(0, 3) * between(0, 100);
}

static urna_ratio draw_weight(int64_t manner) {
  static const urna_ratio small[] = {{27, 20}, {3, 2}, {1, 2}, {2, 1}};
  if (manner < 3 || between(0, 1)) return (urna_ratio){1, 1};
  if (manner == 3) return small[between(0, 3)];
  return (urna_ratio){URNA_WEIGHT_MAX - between(0, 2),
                      URNA_WEIGHT_MAX - between(0, 2)};
}

static size_t draw_lists(urna_contender *lists, int32_t *seats) {
  size_t n = (size_t)between(1, between(0, 9) ? 6 : LISTS);
  int64_t size = between(0, 3), manner = between(0, 4);
  int64_t limits = between(0, 3), precedence = between(0, 3);
  *seats = (int32_t)between(0, between(0, 5) ? 20 : 60);
  if (between(0, 99) == 0) *seats = (int32_t)between(100, SEATS);
  for (size_t i = 0; i < n; i++) {
    lists[i] = (urna_contender){.votes = draw_votes(size),
                                .weight = draw_weight(manner),
                                .most = INT32_MAX};
    if (precedence == 0) lists[i].precedence = between(0, 2);
    if (limits == 0 || between(0, 9) == 0)
      lists[i].held = (int32_t)between(0, 4);
    if (limits == 1 || between(0, 9) == 0)
      lists[i].least = (int32_t)between(0, 4);
    if (limits >= 2 && between(0, 2) == 0)
      lists[i].most = (int32_t)between(0, 12);
  }
  return n;
}

static bool is_same(size_t n, const course *c, const urna_contender *lists,
                    urna_status status) {
  bool same = status == c->status && awarded == c->awarded
              && memcmp(tied, c->tied, n) == 0;
  for (size_t i = 0; i < n; i++)
    same = same && lists[i].held == c->lists[i].held;
  return same;
}

static bool is_same_course(const course *c) {
  bool same = true;
  for (int32_t i = 0; i < c->awarded; i++) {
    const urna_award *a = &awards[i], *b = &c->awards[i];
    same = same && a->winner == b->winner && a->rival == b->rival
           && a->winner_held == b->winner_held && a->rival_held == b->rival_held
           && a->by_precedence == b->by_precedence;
  }
  return same;
}

/* What the lists may take, counted up to 'seats'. */
static int64_t room(const method *m, size_t n, const urna_contender *lists,
                    bool by_divisors) {
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) {
    int64_t most = lists[i].most;
    if (by_divisors && m->ends && most > m->length) most = m->length;
    if (lists[i].votes > 0 && lists[i].held < most) sum += most - lists[i].held;
  }
  return sum;
}

static bool comes_to_the_end(const method *m, size_t n,
                             const urna_contender *lists, int32_t seats) {
  int64_t own = room(m, n, lists, false);
  return m->ends && room(m, n, lists, true) < (own < seats ? own : seats);
}

static int ties, refusals;

/* ---- great houses: from a start near the answer, and from nothing ---- */

enum { MANY = 300, HOUSE = 8000 };

static urna_contender crowd[MANY], same_crowd[MANY];
static urna_bid crowd_bids[MANY];
static urna_award crowd_awards[HOUSE];
static unsigned char crowd_tied[MANY], same_tied[MANY];

static void draw_crowd(int64_t size, int64_t manner) {
  for (size_t i = 0; i < MANY; i++) {
    crowd[i] = (urna_contender){.votes = size < 2 ? 100 * between(1, 300)
                                                  : draw_votes(size),
                                .weight = draw_weight(manner),
                                .most = INT32_MAX};
    if (between(0, 9) == 0) crowd[i].most = (int32_t)between(0, 30);
    if (between(0, 9) == 0) crowd[i].held = (int32_t)between(0, 60);
    if (between(0, 9) == 0) crowd[i].least = (int32_t)between(0, 60);
  }
  memcpy(same_crowd, crowd, sizeof crowd);
}

static int great_ties;

static void great_house(const urna_sequence *d, int32_t seats) {
  int32_t quick = -1, slow = -1;
  urna_status status = urna_divisor_award(d, MANY, crowd, seats, crowd_bids,
                                          NULL, &quick, crowd_tied, &error);
  urna_status other =
      urna_divisor_award(d, MANY, same_crowd, seats, crowd_bids, crowd_awards,
                         &slow, same_tied, &error);
  CHECK(status >= 0 && status == other && quick == slow);
  CHECK(memcmp(crowd_tied, same_tied, MANY) == 0);
  bool same = true;
  for (size_t i = 0; i < MANY; i++)
    same = same && crowd[i].held == same_crowd[i].held;
  CHECK(same);
  great_ties += status == URNA_TIE;
}

static void great_houses(void) {
  urna_ratio own[] = {{1, 2}, {1, 1}, {7, 3}, {9, 2}};
  urna_sequence all[6] = {DHONDT, urna_sequence_linear(0, 1), modified(7, 5),
                          urna_sequence_of(URNA_DEAN),
                          urna_sequence_of(URNA_HUNTINGTON_HILL)};
  CHECK(urna_sequence_list(&all[5], own, 4, false, &error) == URNA_OK);
  for (int i = 0; i < 240; i++) {
    draw_crowd(i / 6 % 4, i / 24 % 5);
    great_house(&all[i % 6], (int32_t)between(1, HOUSE));
  }
  CHECK(great_ties > 10);
}

static void compare(const method *m, const urna_sequence *d, size_t n,
                    const urna_contender *drawn, int32_t seats) {
  static course c;
  urna_contender lists[LISTS];
  memcpy(c.lists, drawn, sizeof c.lists);
  memcpy(lists, drawn, sizeof lists);
  if (comes_to_the_end(m, n, drawn, seats)) {
    refusals++;
    CHECK(award_quickly(d, n, lists, seats) == URNA_BAD_INPUT);
    return;
  }
  one_at_a_time(m, n, &c, seats);
  ties += c.status == URNA_TIE;
  urna_status status = award_quickly(d, n, lists, seats);
  CHECK(is_same(n, &c, lists, status));
  memcpy(lists, drawn, sizeof lists);
  status = award(d, n, lists, seats);
  CHECK(is_same(n, &c, lists, status) && is_same_course(&c));
}

static void random_case(void) {
  urna_contender lists[LISTS] = {{0}};
  method m;
  urna_sequence d;
  int32_t seats;
  draw_method(&m, &d);
  size_t n = draw_lists(lists, &seats);
  if (m.kind == URNA_MACAU && seats > 50) seats = 50; /* 2^(4 + 50) is known */
  compare(&m, &d, n, lists, seats);
}

static void drawn(void) {
  const char *wanted = getenv("URNA_CASES");
  long cases = wanted ? atol(wanted) : 100000;
  for (long i = 0; i < cases; i++) random_case();
  printf("%ld cases against one at a time: %d ties, %d refused\n", cases, ties,
         refusals);
  CHECK(ties > cases / 20);
  CHECK(refusals > 0 || getenv("URNA_LINEAR") != NULL);
}

int main(void) {
  DHONDT = urna_sequence_linear(1, 1);
  SAINTE_LAGUE = urna_sequence_linear(1, 2);
  by_hand();
  weighted();
  equals();
  first_divisors();
  infinite();
  squares();
  short_of_takers();
  held_back();
  listed();
  bounds();
  extremes();
  extreme_squares();
  extreme_steps();
  powers();
  quotients();
  products();
  great_houses();
  drawn();
  return test_report("divisor (seed 20240602)");
}
