/* Highest averages, against hand arithmetic and against themselves: with the
** awards listed one by one, and without, where a start is guessed. */
#include "core/divisor.h"
#include "test.h"

enum { LISTS = 6, SEATS = 64 };

static const urna_sequence DHONDT = {1, 1}, SAINTE_LAGUE = {1, 2};

static urna_contender list(urna_count votes, int64_t num, int64_t den) {
  return (urna_contender){
      .votes = votes, .weight = {num, den}, .most = INT32_MAX};
}

static urna_contender plain(urna_count votes) {
  return list(votes, 1, 1);
}

static urna_award awards[SEATS];
static unsigned char tied[LISTS];
static int32_t awarded;

static urna_status award(const urna_sequence *d, size_t n,
                         urna_contender *lists, int32_t seats) {
  awarded = -1;
  return urna_divisor_award(d, n, lists, seats, awards, &awarded, tied);
}

static void by_hand(void) {
  /* halves 170 140 80 30, thirds 113.3 93.3 53.3: the seven greatest are
  ** 340 280 170 160 140 113.3 93.3 */
  urna_contender a[] = {plain(340), plain(280), plain(160), plain(60)};
  CHECK(award(&DHONDT, 4, a, 7) == URNA_OK && awarded == 7);
  CHECK(a[0].held == 3 && a[1].held == 3 && a[2].held == 1 && a[3].held == 0);
  CHECK(awards[6].winner == 1 && awards[6].winner_held == 2);
  /* the rival of the last is A's fourth, 85, above C's half, 80 */
  CHECK(awards[6].rival == 0 && awards[6].rival_held == 3);

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
  CHECK(with(list(URNA_COUNT_MAX, 1, 1), 1) == URNA_OK);
  CHECK(with(list(URNA_COUNT_MAX + 1, 1, 1), 1) == URNA_BAD_INPUT);
  urna_contender held = plain(1);
  held.held = INT32_MAX - 1;
  CHECK(with(held, 1) == URNA_BAD_INPUT); /* 1 + 1 * 2^31 - 1 is too much */
}

/* The largest numbers there are: the sanitizers see an overflow. */
static void extremes(void) {
  urna_contender far[] = {list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, 1),
                          list(URNA_COUNT_MAX, 1, URNA_WEIGHT_MAX)};
  /* 2^40 times the average of the other is more than all the seats */
  int32_t seats = INT32_MAX - 1;
  CHECK(urna_divisor_award(&DHONDT, 2, far, seats, NULL, &awarded, tied)
        == URNA_OK);
  CHECK(far[0].held == seats && far[1].held == 0);

  urna_sequence steep = {1000, 1000};
  urna_contender near[] = {
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, URNA_WEIGHT_MAX - 1),
      list(URNA_COUNT_MAX, URNA_WEIGHT_MAX - 1, URNA_WEIGHT_MAX)};
  near[0].held = near[1].held = 2000000;
  CHECK(award(&steep, 2, near, 1) == URNA_OK && near[0].held == 2000001);
}

static void averages(void) {
  char num[URNA_DIGITS], den[URNA_DIGITS];
  urna_contender one = list(60, 27, 20);
  urna_divisor_average(&DHONDT, &one, 2, num, den); /* 60 * 27/20 / 3 = 27 */
  CHECK_STRING(num, "27");
  CHECK_STRING(den, "1");
  urna_divisor_average(&SAINTE_LAGUE, &one, 2, num, den); /* 81/5 */
  CHECK_STRING(num, "81");
  CHECK_STRING(den, "5");
  urna_contender most = list(URNA_COUNT_MAX, URNA_WEIGHT_MAX, 1);
  urna_divisor_average(&DHONDT, &most, 1, num, den);
  /* (2^53 - 1) * 2^20 / 2 = 2^72 - 2^19 */
  CHECK_STRING(num, "4722366482869644689408");
  CHECK_STRING(den, "1");
  urna_contender none = plain(0);
  urna_divisor_average(&DHONDT, &none, 4, num, den);
  CHECK_STRING(num, "0");
  CHECK_STRING(den, "1");
}

/* A linear congruential generator, Park & Miller 1988. */
static uint64_t state = 20240602;

static int64_t between(int64_t least, int64_t most) {
  state = state * 16807 % 2147483647;
  return least + (int64_t)(state % (uint64_t)(most - least + 1));
}

static void random_case(const urna_sequence *d) {
  urna_contender slow[LISTS] = {{0}}, quick[LISTS];
  size_t n = (size_t)between(1, LISTS);
  for (size_t i = 0; i < n; i++) {
    slow[i] =
        between(0, 1) ? plain(between(0, 40)) : list(between(0, 40), 27, 20);
    slow[i].precedence = between(0, 1) ? slow[i].votes : 0;
    slow[i].most = (int32_t)between(0, 30);
  }
  memcpy(quick, slow, sizeof slow);
  int32_t seats = (int32_t)between(0, SEATS), other;
  unsigned char marks[LISTS];
  urna_status status = award(d, n, slow, seats);
  CHECK(urna_divisor_award(d, n, quick, seats, NULL, &other, marks) == status);
  CHECK(awarded == other && memcmp(tied, marks, n) == 0);
  for (size_t i = 0; i < n; i++) CHECK(slow[i].held == quick[i].held);
}

static void guessed(void) {
  const urna_sequence all[] = {{1, 1}, {1, 2}, {1, 3}, {2, 1}};
  for (int i = 0; i < 4000; i++) random_case(&all[i % 4]);
}

int main(void) {
  by_hand();
  weighted();
  equals();
  short_of_takers();
  bounds();
  extremes();
  averages();
  guessed();
  return test_report("divisor (seed 20240602)");
}
