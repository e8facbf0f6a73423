/* Power indices: against textbooks, and against all coalitions of random
** games, each looked at for itself. */
#include "core/power.h"
#include "test.h"

enum { MOST = 12, GAMES = 12000 };

static urna_powers powers;

static urna_status find(size_t n, const int64_t *seats, int64_t quota) {
  urna_powers_free(&powers);
  return urna_power_find(n, seats, quota, &powers);
}

static int is_ratio(const urna_rational *r, int64_t num, uint64_t den) {
  urna_rational expected = {0};
  int order = 1;
  if (urna_rational_set(&expected, num, den) == URNA_OK)
    (void)urna_rational_cmp(r, &expected, &order);
  urna_rational_free(&expected);
  return order == 0;
}

static int is_share(size_t i, urna_power_index k, int64_t num, uint64_t den) {
  return is_ratio(&powers.lists[i].share[k], num, den);
}

static uint64_t value(const urna_natural *n) {
  return urna_natural_value(n, UINT64_MAX - 1);
}

/* Luxembourg never mattered in the council of 1958. Banzhaf 5/21 three times,
** 1/7 twice, 0: Felsenthal & Machover 1998, ch. 5. */
static void council(void) {
  const int64_t seats[] = {1, 4, 2, 4, 2, 4};
  CHECK(find(6, seats, 12) == URNA_OK);
  for (size_t i = 0; i < 6; i++) {
    int large = seats[i] == 4, dummy = seats[i] == 1;
    CHECK(is_share(i, URNA_BANZHAF, dummy ? 0 : large ? 5 : 3, 21));
    CHECK(is_share(i, URNA_SHAPLEY_SHUBIK, dummy ? 0 : large ? 14 : 9, 60));
  }
}

/* Five with a veto and ten without, nine votes needed: Shapley-Shubik 421/2145
** and 4/2145, 848 and 84 swings. */
static void security_council(void) {
  int64_t seats[15];
  for (size_t i = 0; i < 15; i++) seats[i] = i < 5 ? 7 : 1;
  CHECK(find(15, seats, 39) == URNA_OK);
  CHECK(value(&powers.winning) == 848);
  for (size_t i = 0; i < 15; i++) {
    CHECK(is_share(i, URNA_SHAPLEY_SHUBIK, i < 5 ? 421 : 4, 2145));
    CHECK(value(&powers.lists[i].swings) == (i < 5 ? 848 : 84));
  }
}

/* The game of Felsenthal & Machover 1998, app. A: the vulnerable coalitions
** are ab, abc, abd, acd, abcd, their critical members ab, ab, ab, acd, a, so
** Johnston of a is (3/2 + 1/3 + 1) / 5; minimal are ab and acd. */
static void by_hand(void) {
  const int64_t seats[] = {3, 2, 1, 1};
  CHECK(find(4, seats, 5) == URNA_OK);
  CHECK(value(&powers.winning) == 5 && value(&powers.vulnerable) == 5);
  CHECK(value(&powers.minimal) == 2);
  CHECK(is_ratio(&powers.lists[0].absolute, 5, 8));
  CHECK(is_ratio(&powers.lists[1].absolute, 3, 8));
  CHECK(is_ratio(&powers.lists[2].absolute, 1, 8));
  CHECK(is_share(0, URNA_JOHNSTON, 17, 30));
  CHECK(is_share(1, URNA_JOHNSTON, 9, 30));
  CHECK(is_share(3, URNA_JOHNSTON, 2, 30));
  CHECK(is_share(0, URNA_DEEGAN_PACKEL, 5, 12));
  CHECK(is_share(1, URNA_DEEGAN_PACKEL, 3, 12));
  CHECK(is_share(2, URNA_DEEGAN_PACKEL, 2, 12));
  CHECK(is_share(0, URNA_HOLLER, 2, 5) && is_share(1, URNA_HOLLER, 1, 5));
  CHECK(value(&powers.lists[0].minimal) == 2);
}

/* What all coalitions say, one by one. */
typedef struct verdict {
  uint64_t winning, minimal, vulnerable;
  int64_t swings[MOST], members[MOST], pivots[MOST], evenly[MOST],
      critical[MOST];
} verdict;

enum { COMMON = 27720 }; /* of 1 .. 12 */

static int64_t orders(size_t before, size_t n) {
  int64_t product = 1;
  for (size_t i = 2; i <= before; i++) product *= (int64_t)i;
  for (size_t i = 2; i + before < n; i++) product *= (int64_t)i;
  return product;
}

static void judge(size_t n, const int64_t *seats, int64_t quota, unsigned set,
                  verdict *v) {
  int64_t sum = 0;
  size_t size = 0, critical = 0;
  for (size_t i = 0; i < n; i++)
    if (set >> i & 1) sum += seats[i], size++;
  if (sum < quota) return;
  for (size_t i = 0; i < n; i++)
    critical += (set >> i & 1) && sum - seats[i] < quota;
  v->winning++;
  v->vulnerable += critical > 0;
  v->minimal += critical == size;
  for (size_t i = 0; i < n; i++) {
    if (!(set >> i & 1) || sum - seats[i] >= quota) continue;
    v->swings[i]++;
    v->pivots[i] += orders(size - 1, n);
    v->critical[i] += COMMON / (int64_t)critical;
    if (critical < size) continue;
    v->members[i]++;
    v->evenly[i] += COMMON / (int64_t)size;
  }
}

static uint64_t sum_of(const int64_t *values, size_t n) {
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += values[i];
  return (uint64_t)sum;
}

static int agree(size_t n, const verdict *v) {
  int good = value(&powers.winning) == v->winning
             && value(&powers.minimal) == v->minimal
             && value(&powers.vulnerable) == v->vulnerable
             && sum_of(v->pivots, n) == (uint64_t)orders(n, n);
  for (size_t i = 0; i < n; i++) {
    const int64_t *raw[] = {v->swings, v->pivots, v->evenly, v->members,
                            v->critical};
    for (int k = 0; k < URNA_POWER_INDICES; k++)
      good &= is_share(i, (urna_power_index)k, raw[k][i], sum_of(raw[k], n));
    good &= is_ratio(&powers.lists[i].absolute, v->swings[i],
                     UINT64_C(1) << (n - 1));
    good &= value(&powers.lists[i].swings) == (uint64_t)v->swings[i];
    good &= value(&powers.lists[i].minimal) == (uint64_t)v->members[i];
  }
  return good;
}

static uint32_t random_below(uint64_t *state, uint32_t n) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33) % n;
}

static void all_coalitions(void) {
  uint64_t state = 20241122;
  int different = 0;
  for (int game = 0; game < GAMES; game++) {
    int64_t seats[MOST], sum = 0;
    size_t n = 1 + random_below(&state, MOST);
    uint32_t greatest = 1 + random_below(&state, game % 3 == 0 ? 5 : 60);
    for (size_t i = 0; i < n; i++)
      sum += seats[i] = random_below(&state, greatest + 1);
    if (sum == 0) sum = seats[0] = 1;
    int64_t quota =
        game % 2 ? sum / 2 + 1 : 1 + random_below(&state, (uint32_t)sum);
    verdict v = {0};
    for (unsigned set = 1; set < 1u << n; set++)
      judge(n, seats, quota, set, &v);
    different += find(n, seats, quota) != URNA_OK || !agree(n, &v);
  }
  CHECK(different == 0);
}

static void limits(void) {
  int64_t seats[URNA_POWER_LISTS + 1];
  for (size_t i = 0; i <= URNA_POWER_LISTS; i++) seats[i] = 1;
  CHECK(find(URNA_POWER_LISTS, seats, 51) == URNA_OK);
  CHECK(is_share(99, URNA_JOHNSTON, 1, 100));
  CHECK(is_share(0, URNA_SHAPLEY_SHUBIK, 1, 100));
  CHECK(find(URNA_POWER_LISTS, seats, 1) == URNA_OK);
  CHECK(find(URNA_POWER_LISTS, seats, 100) == URNA_OK);
  CHECK(value(&powers.winning) == 1);
  CHECK(find(URNA_POWER_LISTS + 1, seats, 51) == URNA_BAD_INPUT);
  CHECK(find(0, seats, 1) == URNA_BAD_INPUT);
  CHECK(find(2, seats, 0) == URNA_BAD_INPUT);
  CHECK(find(2, seats, 3) == URNA_BAD_INPUT);
  CHECK(powers.n == 0 && powers.lists == NULL);
  seats[1] = -1;
  CHECK(find(3, seats, 1) == URNA_BAD_INPUT);
  seats[1] = INT64_MAX;
  CHECK(find(2, seats, 1) == URNA_BAD_INPUT);
  CHECK(urna_power_cells(2, seats, 1) == SIZE_MAX);
}

static void cells(void) {
  /* 3 sizes of sums up to 2^53; those in millions are 3, 2, 1 again */
  const int64_t wide[] = {INT64_C(1) << 53, 1};
  CHECK(find(2, wide, (INT64_C(1) << 52) + 1) == URNA_OVERFLOW);
  CHECK(urna_power_cells(2, wide, 1) > URNA_POWER_CELLS);
  const int64_t even[] = {3000000, 2000000, 1000000};
  CHECK(urna_power_cells(3, even, 3000001) == 4 * 7);
  CHECK(find(3, even, 3000001) == URNA_OK);
  CHECK(is_share(0, URNA_BANZHAF, 3, 5) && is_share(2, URNA_BANZHAF, 1, 5));
}

int main(void) {
  council();
  security_council();
  by_hand();
  all_coalitions();
  limits();
  cells();
  urna_powers_free(&powers);
  urna_powers_free(&powers);
  return test_report("power");
}
