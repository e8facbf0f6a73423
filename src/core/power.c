/* see power.h */
#include "core/power.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/ratio.h"

/* How many coalitions there are of some kind: at most 2^100. */
__extension__ typedef unsigned __int128 ways;

/* A whole number below 2^256, the least limb first. Sums on the way may wrap
** around; what is read in the end never did. */
typedef struct wide {
  uint64_t limbs[4];
} wide;

/*
** The game with its lists in order, the most seats first. So the critical
** members of a coalition are the first of its members, and a coalition is
** minimal if that is all of them.
*/
typedef struct game {
  size_t n;
  int64_t quota, top; /* no sum of seats above 'top' matters */
  size_t list[URNA_POWER_LISTS];
  int64_t seats[URNA_POWER_LISTS + 1];  /* one more list, with none */
  int64_t before[URNA_POWER_LISTS + 1]; /* seats of the lists before each */
  ways *taken;  /* [size][seats]: coalitions of the lists taken so far */
  wide *ahead;  /* [size][seats]: what becomes of such a one with the others */
  ways *behind; /* [seats]: of the other lists, with so many or fewer */
} game;

/* What the coalitions say of each list, in the order of the game. */
typedef struct score {
  wide list[URNA_POWER_LISTS], sum;
} score;

static void wide_add(wide *to, const wide *more) {
  ways carry = 0;
  for (int i = 0; i < 4; i++) {
    carry += (ways)to->limbs[i] + more->limbs[i];
    to->limbs[i] = (uint64_t)carry;
    carry >>= 64;
  }
}

/* Add factor * 2^(64 * shift) * a. */
static void add_shifted(wide *to, const wide *a, uint64_t factor, int shift) {
  ways carry = 0;
  for (int i = shift; i < 4; i++) {
    carry += (ways)a->limbs[i - shift] * factor + to->limbs[i];
    to->limbs[i] = (uint64_t)carry;
    carry >>= 64;
  }
}

static void add_product(wide *to, const wide *a, ways times) {
  add_shifted(to, a, (uint64_t)times, 0);
  if (times >> 64) add_shifted(to, a, (uint64_t)(times >> 64), 1);
}

/* Divide by a small number; its rest. */
static uint64_t wide_divide(wide *a, uint64_t by) {
  ways rest = 0;
  for (int i = 3; i >= 0; i--) {
    rest = rest << 64 | a->limbs[i];
    a->limbs[i] = (uint64_t)(rest / by);
    rest %= by;
  }
  return (uint64_t)rest;
}

/* The least common multiple of 1 .. n. */
static wide common_multiple(size_t n) {
  wide common = {{1}};
  for (uint64_t i = 2; i <= n; i++) {
    wide copy = common, product = {{0}};
    uint64_t rest = wide_divide(&copy, i);
    add_shifted(&product, &common, i / urna_common_divisor(i, rest), 0);
    common = product;
  }
  return common;
}

static size_t cell(const game *g, size_t size, int64_t seats) {
  return size * (size_t)(g->top + 1) + (size_t)seats;
}

/* What 'size' of the first 'n' lists have at least, and what they have at
** most that matters. */
static int64_t fewest(const game *g, size_t n, size_t size) {
  return g->before[n] - g->before[n - size];
}

static int64_t most(const game *g, size_t size) {
  return g->before[size] < g->top ? g->before[size] : g->top;
}

/* Take list 'i' to those before it. */
static void take(game *g, size_t i) {
  for (size_t size = i + 1; size > 0; size--) {
    ways *with = g->taken + cell(g, size, 0);
    const ways *without = g->taken + cell(g, size - 1, 0);
    int64_t end = most(g, size);
    for (int64_t s = fewest(g, i + 1, size); s <= end; s++)
      with[s] += without[s - g->seats[i]];
  }
}

static void put_back(game *g, size_t i) {
  for (size_t size = 1; size <= i + 1; size++) {
    ways *with = g->taken + cell(g, size, 0);
    const ways *without = g->taken + cell(g, size - 1, 0);
    int64_t end = most(g, size);
    for (int64_t s = fewest(g, i + 1, size); s <= end; s++)
      with[s] -= without[s - g->seats[i]];
  }
}

static void take_all(game *g) {
  memset(g->taken, 0, cell(g, g->n + 1, 0) * sizeof *g->taken);
  g->taken[0] = 1;
  for (size_t i = 0; i < g->n; i++) take(g, i);
}

/*
** With the first n lists taken: all coalitions whose critical members are
** those that they have among these, and whose other members stand behind.
** Such a one has more seats than the quota by less than list n - 1 has, and
** by no less than list n has. Each counts by how many critical members it has.
*/
static void meet(game *g, size_t n, const wide *value) {
  int64_t low = g->quota + g->seats[n];
  int64_t high = g->quota + g->seats[n - 1] - 1;
  if (low > high) return;
  for (size_t size = 1; size <= n; size++) {
    wide *row = g->ahead + cell(g, size, 0);
    int64_t end = most(g, size) < high ? most(g, size) : high;
    for (int64_t s = fewest(g, n, size); s <= end; s++) {
      ways found = g->behind[high - s];
      if (s < low) found -= g->behind[low - s - 1];
      if (found) add_product(&row[s], &value[size], found);
    }
  }
}

/* What the coalitions with list 'i' come to; then, what becomes of those of
** the lists before it, whether it joins or not. */
static wide pass(game *g, size_t i) {
  wide sum = {{0}};
  for (size_t size = 0; size <= i; size++) {
    const ways *taken = g->taken + cell(g, size, 0);
    const wide *with = g->ahead + cell(g, size + 1, 0) + g->seats[i];
    wide *without = g->ahead + cell(g, size, 0);
    int64_t end = most(g, size);
    if (end > g->top - g->seats[i]) end = g->top - g->seats[i];
    for (int64_t s = fewest(g, i, size); s <= end; s++) {
      add_product(&sum, &with[s], taken[s]);
      wide_add(&without[s], &with[s]);
    }
  }
  return sum;
}

static void leave_behind(game *g, size_t i) {
  int64_t seats = g->seats[i];
  for (int64_t s = g->quota + g->seats[0] - 1; s >= seats; s--)
    g->behind[s] += g->behind[s - seats];
}

/*
** Give each list the values of the coalitions that it is critical in: of the
** minimal ones, or of all. From the last list to the first, so that those
** taken and those left behind are always known.
*/
static void weigh(game *g, bool is_minimal, const wide *value, score *found) {
  take_all(g);
  memset(g->ahead, 0, cell(g, g->n + 1, 0) * sizeof *g->ahead);
  for (int64_t s = 0; s < g->quota + g->seats[0]; s++) g->behind[s] = 1;
  found->sum = (wide){{0}};
  for (size_t i = g->n; i-- > 0;) {
    meet(g, i + 1, value);
    put_back(g, i);
    found->list[i] = pass(g, i);
    wide_add(&found->sum, &found->list[i]);
    if (!is_minimal) leave_behind(g, i);
  }
}

/* Of all lists: how many coalitions of each size list 'i' makes win. Takes
** 'behind' for a row of coalitions without it. */
static void find_swings(game *g, size_t i, ways *by_size) {
  int64_t seats = g->seats[i], end = g->quota;
  ways *row = g->behind;
  memset(row, 0, (size_t)end * sizeof *row);
  for (size_t size = 0; size < g->n; size++) {
    const ways *all = g->taken + cell(g, size, 0);
    for (int64_t s = end - 1; s >= 0; s--)
      row[s] = all[s] - (s >= seats ? row[s - seats] : 0);
    by_size[size] = 0;
    for (int64_t s = end > seats ? end - seats : 0; s < end; s++)
      by_size[size] += row[s];
  }
}

static ways losing(const game *g) {
  ways sum = 0;
  for (size_t size = 0; size <= g->n; size++)
    for (int64_t s = 0; s < g->quota; s++) sum += g->taken[cell(g, size, s)];
  return sum;
}

/* The rest of what a function does, unless an earlier part had no memory. */
#define THEN(call)                                                             \
  if (status == URNA_OK) status = (call)

static urna_status set_limbs(urna_natural *to, const uint64_t *limbs,
                             size_t count) {
  urna_natural shift = {0}, part = {0};
  urna_status status = urna_natural_set(&shift, UINT64_C(1) << 32);
  THEN(urna_natural_set(to, 0));
  for (size_t i = 2 * count; i-- > 0;) {
    THEN(urna_natural_multiply(to, to, &shift));
    THEN(urna_natural_set(&part, (uint32_t)(limbs[i / 2] >> i % 2 * 32)));
    THEN(urna_natural_add(to, to, &part));
  }
  urna_natural_free(&shift);
  urna_natural_free(&part);
  return status;
}

static urna_status set_wide(urna_natural *to, const wide *from) {
  return set_limbs(to, from->limbs, 4);
}

static urna_status set_ways(urna_natural *to, ways from) {
  return set_limbs(to, (uint64_t[]){(uint64_t)from, (uint64_t)(from >> 64)}, 2);
}

static urna_status set_share(urna_rational *to, const urna_natural *part,
                             const urna_natural *whole) {
  urna_natural num = {0}, den = {0};
  urna_status status = urna_natural_copy(&num, part);
  THEN(urna_natural_copy(&den, whole));
  THEN(urna_rational_make(to, &num, &den, false));
  urna_natural_free(&num);
  urna_natural_free(&den);
  return status;
}

/* The orders of all lists in which a list turns the losing ones before it into
** a winning coalition: swings[k] * k! * (n - 1 - k)! over all sizes k. */
static urna_status set_pivots(urna_natural *to, const game *g,
                              const ways *by_size,
                              const urna_natural *factorial) {
  urna_natural term = {0};
  urna_status status = urna_natural_set(to, 0);
  for (size_t k = 0; k < g->n; k++) {
    THEN(set_ways(&term, by_size[k]));
    THEN(urna_natural_multiply(&term, &term, &factorial[k]));
    THEN(urna_natural_multiply(&term, &term, &factorial[g->n - 1 - k]));
    THEN(urna_natural_add(to, to, &term));
  }
  urna_natural_free(&term);
  return status;
}

static urna_status set_factorials(urna_natural *factorial, size_t n) {
  urna_status status = urna_natural_set(&factorial[0], 1);
  for (size_t i = 1; i <= n; i++) {
    THEN(urna_natural_set(&factorial[i], i));
    THEN(
        urna_natural_multiply(&factorial[i], &factorial[i], &factorial[i - 1]));
  }
  return status;
}

/* Swings and pivots of every list; lists with as many seats have as many. */
static urna_status find_pivots(game *g, urna_powers *powers) {
  ways by_size[URNA_POWER_LISTS], swings;
  urna_natural factorial[URNA_POWER_LISTS + 1] = {{0}}, pivots = {0};
  urna_status status = set_factorials(factorial, g->n);
  for (size_t i = 0; i < g->n; i++) {
    urna_power *list = &powers->lists[g->list[i]];
    if (i == 0 || g->seats[i] != g->seats[i - 1]) {
      find_swings(g, i, by_size);
      THEN(set_pivots(&pivots, g, by_size, factorial));
    }
    swings = 0;
    for (size_t k = 0; k < g->n; k++) swings += by_size[k];
    THEN(set_ways(&list->swings, swings));
    THEN(set_share(&list->share[URNA_SHAPLEY_SHUBIK], &pivots,
                   &factorial[g->n]));
  }
  for (size_t i = 0; i <= g->n; i++) urna_natural_free(&factorial[i]);
  urna_natural_free(&pivots);
  return status;
}

/* The shares of all swings, and those of the coalitions of the others. */
static urna_status share_swings(const game *g, urna_powers *powers) {
  urna_natural sum = {0}, others = {0};
  urna_status status = set_ways(&others, (ways)1 << (g->n - 1));
  for (size_t i = 0; i < g->n; i++)
    THEN(urna_natural_add(&sum, &sum, &powers->lists[i].swings));
  for (size_t i = 0; i < g->n; i++) {
    urna_power *list = &powers->lists[i];
    THEN(set_share(&list->share[URNA_BANZHAF], &list->swings, &sum));
    THEN(set_share(&list->absolute, &list->swings, &others));
  }
  urna_natural_free(&sum);
  urna_natural_free(&others);
  return status;
}

static urna_status share_score(const game *g, const score *found,
                               urna_power_index index, urna_powers *powers) {
  urna_natural part = {0}, whole = {0};
  urna_status status = set_wide(&whole, &found->sum);
  for (size_t i = 0; i < g->n; i++) {
    urna_power *list = &powers->lists[g->list[i]];
    THEN(set_wide(&part, &found->list[i]));
    THEN(set_share(&list->share[index], &part, &whole));
    if (index == URNA_HOLLER) THEN(urna_natural_copy(&list->minimal, &part));
  }
  urna_natural_free(&part);
  urna_natural_free(&whole);
  return status;
}

/* A coalition with k critical members gives each of them common / k, and so
** 'common' in all. */
static urna_status find_parted(game *g, bool is_minimal, urna_power_index index,
                               urna_natural *count, urna_powers *powers) {
  wide value[URNA_POWER_LISTS + 1], common = common_multiple(g->n);
  urna_natural whole = {0};
  score found;
  for (size_t k = 1; k <= g->n; k++) {
    value[k] = common;
    wide_divide(&value[k], k);
  }
  weigh(g, is_minimal, value, &found);
  urna_status status = share_score(g, &found, index, powers);
  THEN(set_wide(count, &found.sum));
  THEN(set_wide(&whole, &common));
  THEN(urna_natural_divide(count, NULL, count, &whole));
  urna_natural_free(&whole);
  return status;
}

static urna_status find_memberships(game *g, urna_powers *powers) {
  wide value[URNA_POWER_LISTS + 1];
  score found;
  for (size_t k = 1; k <= g->n; k++) value[k] = (wide){{1}};
  weigh(g, true, value, &found);
  return share_score(g, &found, URNA_HOLLER, powers);
}

static urna_status find_all(game *g, urna_powers *powers) {
  take_all(g);
  urna_status status =
      set_ways(&powers->winning, ((ways)1 << g->n) - losing(g));
  THEN(find_pivots(g, powers));
  THEN(share_swings(g, powers));
  THEN(find_memberships(g, powers));
  THEN(find_parted(g, true, URNA_DEEGAN_PACKEL, &powers->minimal, powers));
  THEN(find_parted(g, false, URNA_JOHNSTON, &powers->vulnerable, powers));
  return status;
}

static bool is_game(size_t n, const int64_t *seats, int64_t quota) {
  int64_t sum = 0;
  if (n < 1 || n > URNA_POWER_LISTS || quota < 1) return false;
  for (size_t i = 0; i < n; i++) {
    if (seats[i] < 0 || seats[i] > INT64_MAX / URNA_POWER_LISTS) return false;
    sum += seats[i];
  }
  return quota <= sum;
}

/* Seats in hundreds, or in sixths, are so many fewer cells. */
static void reduce(game *g, size_t n, const int64_t *seats, int64_t quota) {
  uint64_t by = 0;
  for (size_t i = 0; i < n; i++)
    by = urna_common_divisor((uint64_t)seats[i], by);
  int64_t unit = (int64_t)by;
  assert(unit > 0);
  g->n = n;
  g->quota = quota / unit + (quota % unit > 0);
  for (size_t i = 0; i < n; i++) {
    size_t place = i;
    for (; place > 0 && g->seats[place - 1] < seats[i] / unit; place--) {
      g->seats[place] = g->seats[place - 1];
      g->list[place] = g->list[place - 1];
    }
    g->seats[place] = seats[i] / unit;
    g->list[place] = i;
  }
  for (size_t i = 0; i < n; i++) g->before[i + 1] = g->before[i] + g->seats[i];
  g->top = g->quota + g->seats[0] - 1;
  if (g->top > g->before[n]) g->top = g->before[n];
}

static size_t cells_of(const game *g) {
  uint64_t width = (uint64_t)g->top + 1;
  return width > SIZE_MAX / (URNA_POWER_LISTS + 1) ? SIZE_MAX - 1
                                                   : (size_t)width * (g->n + 1);
}

size_t urna_power_cells(size_t n, const int64_t *seats, int64_t quota) {
  game g = {0};
  if (!is_game(n, seats, quota)) return SIZE_MAX;
  reduce(&g, n, seats, quota);
  return cells_of(&g);
}

void urna_powers_free(urna_powers *powers) {
  for (size_t i = 0; i < powers->n; i++) {
    urna_power *list = &powers->lists[i];
    urna_natural_free(&list->swings);
    urna_natural_free(&list->minimal);
    urna_rational_free(&list->absolute);
    for (int k = 0; k < URNA_POWER_INDICES; k++)
      urna_rational_free(&list->share[k]);
  }
  free(powers->lists);
  urna_natural_free(&powers->winning);
  urna_natural_free(&powers->minimal);
  urna_natural_free(&powers->vulnerable);
  *powers = (urna_powers){0};
}

static bool get_room(game *g, urna_powers *powers) {
  powers->lists = calloc(g->n, sizeof *powers->lists);
  powers->n = powers->lists ? g->n : 0;
  g->taken = malloc(cells_of(g) * sizeof *g->taken);
  g->ahead = malloc(cells_of(g) * sizeof *g->ahead);
  g->behind = malloc((size_t)(g->quota + g->seats[0]) * sizeof *g->behind);
  return powers->lists && g->taken && g->ahead && g->behind;
}

urna_status urna_power_find(size_t n, const int64_t *seats, int64_t quota,
                            urna_powers *powers) {
  game g = {0};
  if (!is_game(n, seats, quota)) return URNA_BAD_INPUT;
  reduce(&g, n, seats, quota);
  if (cells_of(&g) > URNA_POWER_CELLS) return URNA_OVERFLOW;
  urna_status status =
      get_room(&g, powers) ? find_all(&g, powers) : URNA_NO_MEMORY;
  free(g.taken);
  free(g.ahead);
  free(g.behind);
  if (status != URNA_OK) urna_powers_free(powers);
  return status;
}
