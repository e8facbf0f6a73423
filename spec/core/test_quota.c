/* Quotas and the quota method against hand arithmetic, and where numbers are
** as great as they may be. */
#include "core/quota.h"
#include "core/quota_method.h"
#include "test.h"

enum { LISTS = 6, SEATS = 64 };

static const urna_quota_rule HARE = {0, 0, URNA_EXACT};
static const urna_quota_rule DROOP = {0, 1, URNA_BEYOND};
static const urna_quota_rule IMPERIALI = {0, 2, URNA_EXACT};
static const urna_remainders ALL = {{0, 1}, false};

static urna_claimant plain(urna_count votes) {
  return (urna_claimant){.votes = votes, .weight = {1, 1}, .most = INT32_MAX};
}

static urna_quota quota;
static size_t order[SEATS], heap[LISTS];
static int32_t settled;
static unsigned char tied[LISTS];

/* Full seats, then as many as are left of 'seats'. */
static urna_status award(const urna_quota_rule *rule, size_t n,
                         urna_claimant *lists, int32_t seats,
                         const urna_remainders *remainders) {
  CHECK(urna_quota_find(rule, n, lists, seats, &quota) == URNA_OK);
  int64_t left = seats - urna_quota_fill(&quota, n, lists);
  return urna_quota_settle(&quota, n, lists, left, remainders, order, &settled,
                           heap, tied);
}

static void by_hand(void) {
  /* Hare 84 / 12 = 7, all exact: nothing is left */
  urna_claimant a[] = {plain(14), plain(28), plain(7), plain(35)};
  CHECK(award(&HARE, 4, a, 12, &ALL) == URNA_OK && settled == 0);
  CHECK(a[0].seats == 2 && a[1].seats == 4 && a[2].seats == 1
        && a[3].seats == 5);
  CHECK(quota.num == 84 && quota.den == 12 && quota.scale == 1);

  /* 100,000 / 10: 47 16 15.8 12 6.1 3.1 thousand; rests 7 6 5.8 2 6.1 3.1 */
  urna_claimant b[] = {plain(47000), plain(16000), plain(15800),
                       plain(12000), plain(6100),  plain(3100)};
  CHECK(award(&HARE, 6, b, 10, &ALL) == URNA_OK && settled == 3);
  CHECK(order[0] == 0 && order[1] == 4 && order[2] == 1);
  CHECK(b[0].seats == 5 && b[0].full == 4 && b[5].seats == 0);

  /* Droop: floor(100,000 / 11) + 1 = 9,091; rests 1,545 6,909 6,709 2,909
  ** 6,100 3,100 after 5 1 1 1 0 0; two are left: B, C */
  CHECK(award(&DROOP, 6, b, 10, &ALL) == URNA_OK && settled == 2);
  CHECK(quota.num == 9091 && order[0] == 1 && order[1] == 2);
}

static void ties(void) {
  /* 100 / 50 = 2: rests 1 1 0 1 1, two seats for four equals */
  urna_claimant a[] = {plain(5), plain(15), plain(30), plain(5), plain(45)};
  CHECK(award(&HARE, 5, a, 50, &ALL) == URNA_TIE && settled == 0);
  CHECK(a[0].seats == 2 && a[1].seats == 7 && a[4].seats == 22);
  CHECK(tied[0] && tied[1] && !tied[2] && tied[3] && tied[4]);
  a[3].precedence = 1; /* comes first; then one seat for three */
  CHECK(award(&HARE, 5, a, 50, &ALL) == URNA_TIE && settled == 1);
  CHECK(a[3].seats == 3 && tied[0] && tied[1] && !tied[3] && tied[4]);

  /* Imperiali 800 / 4 = 200 fills 4 of 2: nobody is more to lose than others */
  urna_claimant b[] = {plain(200), plain(400), plain(200)};
  CHECK(award(&IMPERIALI, 3, b, 2, &ALL) == URNA_TIE && settled == 0);
  CHECK(b[1].seats == 2 && tied[0] && tied[1] && tied[2]);
  b[1].least = 2; /* then the two others lose theirs */
  CHECK(award(&IMPERIALI, 3, b, 2, &ALL) == URNA_OK && settled == 2);
  CHECK(b[0].seats == 0 && b[1].seats == 2 && b[2].seats == 0);
}

static void bounds(void) {
  /* 90 of 100 votes and 2 places: the others take 8 of 10 between them,
  ** rests 5 5 of the quota 10: equals as long as both take */
  urna_claimant a[] = {plain(90), plain(5), plain(5)};
  a[0].most = 2;
  CHECK(award(&HARE, 3, a, 10, &ALL) == URNA_OK && settled == 8);
  CHECK(a[0].seats == 2 && a[1].seats == 4 && a[2].seats == 4);
  /* half a quota is enough to take part, and once is once */
  urna_remainders once = {{1, 2}, true};
  CHECK(award(&HARE, 3, a, 10, &once) == URNA_OK && settled == 2);
  urna_remainders more = {{51, 100}, true};
  CHECK(award(&HARE, 3, a, 10, &more) == URNA_OK && settled == 0);
}

static void greatest(void) {
  /* 2^53 - 1 and one less: the difference decides the only seat */
  urna_claimant a[] = {plain(URNA_COUNT_MAX - 1), plain(URNA_COUNT_MAX)};
  CHECK(award(&HARE, 2, a, 1, &ALL) == URNA_OK && a[1].seats == 1);
  CHECK(award(&HARE, 2, a, INT32_MAX, &ALL) == URNA_OK);
  CHECK((int64_t)a[0].seats + a[1].seats == INT32_MAX);
  CHECK(a[1].seats > a[0].seats);

  urna_claimant b = plain(URNA_COUNT_MAX);
  b.weight = (urna_ratio){1 << 20, 1};
  urna_i128 sum;
  int64_t scale;
  CHECK(urna_quota_weigh(1, &b, &sum, &scale) == URNA_OK);
  urna_claimant c[] = {b, plain(1)};
  c[1].weight.den = (1 << 20) - 1; /* 93 bits, and the other's parts */
  CHECK(urna_quota_weigh(2, c, &sum, &scale) == URNA_OK && scale == 1048575);
  urna_claimant d[] = {c[0], c[0], c[0], c[1]};
  CHECK(urna_quota_weigh(4, d, &sum, &scale) == URNA_OVERFLOW);
  c[0].weight.den = (1 << 20) - 3; /* nothing in common below 2^20 */
  CHECK(urna_quota_weigh(2, c, &sum, &scale) == URNA_OVERFLOW);
  c[0].votes = -1;
  CHECK(urna_quota_weigh(2, c, &sum, &scale) == URNA_BAD_INPUT);
}

static void refusals(void) {
  urna_claimant a[] = {plain(1), plain(0)};
  const urna_quota_rule floor = {0, 0, URNA_FLOOR};
  CHECK(urna_quota_find(&floor, 2, a, 2, &quota) == URNA_BAD_CALL);
  a[0].least = 3;
  a[0].most = 2;
  CHECK(urna_quota_find(&HARE, 2, a, 2, &quota) == URNA_BAD_INPUT);
}

static void rounding(void) {
  /* 7 / 2 = 3.5: 3, 4 (half up), 4, and Droop's 7 / 3 = 2 and 1 more */
  static const struct {
    urna_quota_rule rule;
    int is;
  } cases[] = {{{0, 0, URNA_FLOOR}, 3},   {{0, 0, URNA_NEAREST}, 4},
               {{0, 0, URNA_CEILING}, 4}, {{0, 1, URNA_BEYOND}, 3},
               {{0, 1, URNA_NEAREST}, 2}, {{5, 0, URNA_EXACT}, 5}};
  urna_claimant a[] = {plain(4), plain(3)};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    CHECK(urna_quota_find(&cases[i].rule, 2, a, 2, &quota) == URNA_OK);
    CHECK(quota.num == cases[i].is && quota.den == 1);
  }
  /* 4 * 3/2 + 3 = 9 votes, 18 halves: a quota of 9 / 2 is not rounded */
  a[0].weight = (urna_ratio){3, 2};
  CHECK(urna_quota_find(&HARE, 2, a, 2, &quota) == URNA_OK);
  CHECK(quota.num == 18 && quota.den == 2 && quota.scale == 2);
}

static urna_open_seat open_seats[SEATS];
static int32_t open_count;

static urna_status grow(size_t n, urna_claimant *lists, int32_t seats,
                        const int32_t *drawn) {
  return urna_quota_method_award(n, lists, seats, drawn, order, open_seats,
                                 &open_count, tied);
}

static void quota_method(void) {
  /* equals at houses 4, 9, 10 and 11, all served by the end */
  urna_claimant a[] = {plain(14), plain(28), plain(7), plain(35)};
  CHECK(grow(4, a, 12, NULL) == URNA_OK && open_count == 0);
  CHECK(a[0].seats == 2 && a[1].seats == 4 && a[2].seats == 1
        && a[3].seats == 5);

  /* quotas 3h/7 and h/14: seven seats go A B A B A B and one of C and D, for
  ** 3 * 7/7 bars A and B; the eighth is one of A and B, at 720/4 = 180 */
  urna_claimant b[] = {plain(720), plain(720), plain(120), plain(120)};
  CHECK(grow(4, b, 8, NULL) == URNA_TIE && open_count == 2);
  CHECK(b[0].seats == 3 && b[1].seats == 3 && b[2].seats == 0);
  CHECK(open_seats[0].house == 7 && open_seats[0].starts);
  CHECK(open_seats[1].house == 8 && open_seats[1].starts);
  CHECK(tied[0] && tied[1] && !tied[2] && !tied[3]);
  int32_t drawn[8] = {[6] = 4, [7] = 2};
  CHECK(grow(4, b, 8, drawn) == URNA_OK);
  CHECK(b[0].seats == 3 && b[1].seats == 4 && b[2].seats == 0
        && b[3].seats == 1);
  drawn[6] = 1;
  CHECK(grow(4, b, 8, drawn) == URNA_BAD_CALL);

  urna_claimant none[] = {plain(0), plain(0)};
  CHECK(grow(2, none, 3, NULL) == URNA_BAD_INPUT);
}

int main(void) {
  by_hand();
  ties();
  bounds();
  greatest();
  refusals();
  rounding();
  quota_method();
  return test_report("quota");
}
