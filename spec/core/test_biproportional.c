/* Biproportional seats against all tables that have the sums asked for: the
** solutions are those whose product of votes / signpost over all seats is
** greatest. Small numbers, so that ties are many. URNA_CASES=1000000 tries as
** many. */
#include "core/biproportional.h"

#include <stdlib.h>

#include "core/logarithm.h"
#include "core/upper.h"
#include "test.h"

__extension__ typedef __int128 wide;

enum { SIDE = 4, CELLS = SIDE * SIDE, FOUND = 4000 };

#define LINE(by)                                                               \
  {                                                                            \
    .kind = URNA_LINEAR, .is_whole = true, .first = 1, .start = 1, .step = by, \
    .scale = 1, .length = INT32_MAX                                            \
  }
static const urna_sequence STANDARD = LINE(2), DOWN = LINE(1);

/* ---- a table to try ---- */

typedef struct table {
  urna_sequence d;
  size_t rows, columns;
  urna_count votes[CELLS];
  int32_t row_seats[SIDE], column_seats[SIDE];
  unsigned char least[CELLS];
} table;

static urna_biproportional ask(const table *t) {
  return (urna_biproportional){.d = t->d,
                               .districts = t->rows,
                               .lists = t->columns,
                               .votes = t->votes,
                               .district_seats = t->row_seats,
                               .list_seats = t->column_seats,
                               .least = t->least};
}

/* ---- all tables of these sums, one by one ---- */

typedef struct trial {
  const table *t;
  int32_t seats[CELLS], row_left[SIDE], column_left[SIDE];
  wide best_votes, best_signposts; /* their ratio is greatest so far */
  size_t count;
  int32_t found[FOUND][CELLS];
} trial;

static trial all;

static int64_t signpost(const table *t, int32_t k) {
  return t->d.first + (int64_t)t->d.step * (k - 1);
}

/* A sure seat costs nothing. */
static void weigh(const trial *a, wide *votes, wide *signposts) {
  *votes = *signposts = 1;
  for (size_t i = 0; i < a->t->rows * a->t->columns; i++)
    for (int32_t k = 1 + a->t->least[i]; k <= a->seats[i]; k++) {
      *votes = *votes * (wide)a->t->votes[i];
      *signposts = *signposts * (wide)signpost(a->t, k);
    }
}

static void judge(trial *a) {
  wide votes, signposts;
  weigh(a, &votes, &signposts);
  if (a->count > 0) {
    wide left = votes * a->best_signposts, right = a->best_votes * signposts;
    if (left < right) return;
    if (left > right) a->count = 0;
  }
  a->best_votes = votes;
  a->best_signposts = signposts;
  if (a->count < FOUND) memcpy(a->found[a->count++], a->seats, sizeof a->seats);
}

static void try_cell(trial *a, size_t cell) {
  const table *t = a->t;
  size_t row = cell / t->columns, column = cell % t->columns;
  if (row == t->rows) {
    judge(a);
    return;
  }
  int32_t most = a->row_left[row] < a->column_left[column]
                     ? a->row_left[row]
                     : a->column_left[column];
  int32_t least = t->least[cell];
  if (column + 1 == t->columns) least = a->row_left[row];
  if (least < t->least[cell]) return;
  if (row + 1 == t->rows && least < a->column_left[column])
    least = a->column_left[column];
  for (int32_t k = least; k <= most && (k == 0 || t->votes[cell] > 0); k++) {
    a->seats[cell] = k;
    a->row_left[row] -= k;
    a->column_left[column] -= k;
    try_cell(a, cell + 1);
    a->row_left[row] += k;
    a->column_left[column] += k;
  }
}

static void try_all(const table *t) {
  all.t = t;
  all.count = 0;
  memset(all.seats, 0, sizeof all.seats);
  memcpy(all.row_left, t->row_seats, sizeof all.row_left);
  memcpy(all.column_left, t->column_seats, sizeof all.column_left);
  try_cell(&all, 0);
}

/* ---- what must hold of an answer ---- */

static int is_found(const urna_biproportional *b) {
  size_t size = b->districts * b->lists * sizeof *b->seats;
  for (size_t i = 0; i < all.count; i++)
    if (memcmp(all.found[i], b->seats, size) == 0) return 1;
  return 0;
}

/* votes / (row's * column's) against signpost(k) / step: -1, 0, 1. */
static int against(const urna_biproportional *b, size_t cell, int32_t k) {
  urna_rational quotient = {0}, other = {0};
  int order = 0;
  const urna_rational *row = &b->divisors[cell / b->lists];
  const urna_rational *column = &b->divisors[b->districts + cell % b->lists];
  CHECK(urna_rational_set(&quotient, b->votes[cell], 1) == URNA_OK);
  CHECK(urna_rational_divide(&quotient, &quotient, row) == URNA_OK);
  CHECK(urna_rational_divide(&quotient, &quotient, column) == URNA_OK);
  int64_t signpost_k = b->d.first + (int64_t)b->d.step * (k - 1);
  CHECK(urna_rational_set(&other, signpost_k, (uint64_t)b->d.step) == URNA_OK);
  CHECK(urna_rational_cmp(&quotient, &other, &order) == URNA_OK);
  urna_rational_free(&quotient);
  urna_rational_free(&other);
  return order;
}

/* The divisors give every cell its seats, and leave open those that differ. */
static int is_divided(const urna_biproportional *b) {
  for (size_t cell = 0; cell < b->districts * b->lists; cell++) {
    int32_t seats = b->seats[cell];
    int32_t least = b->least ? b->least[cell] : 0;
    if (b->votes[cell] == 0 || b->district_seats[cell / b->lists] == 0
        || b->list_seats[cell % b->lists] == 0) {
      if (seats != 0) return 0;
      continue;
    }
    int up = against(b, cell, seats + 1);
    int down = seats > least ? against(b, cell, seats) : 1;
    if (up > 0 || down < 0) return 0;
    if (b->changes[cell] == URNA_UP && up != 0) return 0;
    if (b->changes[cell] == URNA_DOWN && down != 0) return 0;
  }
  return 1;
}

static int is_cut(const table *t, const urna_biproportional *b) {
  int32_t needed = 0, there = 0;
  for (size_t i = 0; i < t->rows; i++)
    if (b->cut[i]) needed += t->row_seats[i];
  for (size_t j = 0; j < t->columns; j++)
    if (b->cut[t->rows + j]) there += t->column_seats[j];
  for (size_t cell = 0; cell < t->rows * t->columns; cell++) {
    int in_row = b->cut[cell / t->columns];
    int in_column = b->cut[t->rows + cell % t->columns];
    if (in_row && !in_column && t->votes[cell] > 0) return 0;
    if (!in_row && in_column) needed += t->least[cell];
  }
  return needed > there;
}

/* Every solution once, ascending, and no cell tied that never differs. */
static int counts_all(urna_biproportional *b) {
  size_t count = 0, cells = b->districts * b->lists;
  int32_t before[CELLS] = {0}, low[CELLS], high[CELLS];
  urna_status status = URNA_OK;
  for (urna_biproportional_first(b); status == URNA_OK;
       status = urna_biproportional_next(b)) {
    if (!is_found(b) || !is_divided(b)) return 0;
    size_t i = 0;
    while (i < cells && count > 0 && before[i] == b->seats[i]) i++;
    if (count > 0 && (i == cells || before[i] > b->seats[i])) return 0;
    for (size_t k = 0; k < cells; k++) {
      int32_t now = before[k] = b->seats[k];
      low[k] = count == 0 || now < low[k] ? now : low[k];
      high[k] = count == 0 || now > high[k] ? now : high[k];
    }
    count++;
  }
  for (size_t k = 0; k < cells; k++)
    if ((b->changes[k] != 0) != (high[k] == low[k] + 1)) return 0;
  return count == all.count;
}

static int tries[3]; /* unique, tied, impossible */

static int check_table(const table *t) {
  urna_biproportional b = ask(t);
  try_all(t);
  if (all.count == FOUND) return 1;
  urna_status status = urna_biproportional_solve(&b);
  int good;
  if (all.count == 0) {
    good = status == URNA_BAD_INPUT && is_cut(t, &b);
  } else {
    good = status == (all.count > 1 ? URNA_TIE : URNA_OK)
           && urna_biproportional_divide(&b) == URNA_OK && is_found(&b)
           && is_divided(&b) && counts_all(&b);
  }
  tries[all.count == 0 ? 2 : all.count > 1]++;
  urna_biproportional_free(&b);
  return good;
}

/* ---- random tables ---- */

/* A linear congruential generator, Park & Miller 1988. */
static uint64_t state = 20190324;

static int64_t between(int64_t least, int64_t most) {
  state = state * 16807 % 2147483647;
  return least + (int64_t)(state % (uint64_t)(most - least + 1));
}

static void spread(int32_t *seats, size_t n, int32_t sum) {
  memset(seats, 0, SIDE * sizeof *seats);
  while (sum-- > 0) seats[between(0, (int64_t)n - 1)]++;
}

/* A sure seat for the first of the greatest cells of some rows. */
static void guarantee(table *t) {
  for (size_t i = 0; i < t->rows; i++) {
    size_t best = i * t->columns;
    for (size_t j = 1; j < t->columns; j++)
      if (t->votes[i * t->columns + j] > t->votes[best])
        best = i * t->columns + j;
    t->least[best] = between(0, 1) && t->votes[best] > 0 && t->row_seats[i] > 0
                     && t->column_seats[best % t->columns] > 0;
  }
}

/* Products of a number for each row and one for each column: every square of
** four cells is balanced, so that ties are many. */
static void balance(table *t) {
  urna_count column[SIDE];
  for (size_t j = 0; j < t->columns; j++) column[j] = between(1, 4);
  for (size_t i = 0; i < t->rows; i++) {
    urna_count row = between(1, 4);
    for (size_t j = 0; j < t->columns; j++)
      t->votes[i * t->columns + j] = row * column[j];
  }
}

static table random_table(void) {
  static const int64_t most[] = {1, 2, 2, 3, 4, 5, 10, 60};
  table t = {.d = between(0, 2) ? STANDARD : DOWN};
  t.rows = (size_t)between(between(1, 2), SIDE);
  t.columns = (size_t)between(between(1, 2), SIDE);
  /* of 4 x 4 cells and 6 seats there are up to some thousand tables */
  int32_t sum = (int32_t)between(1, t.rows * t.columns > 9 ? 6 : 9);
  int64_t limit = most[between(0, 7)], least = between(0, 3) ? 1 : 0;
  for (size_t i = 0; i < t.rows * t.columns; i++)
    t.votes[i] = between(least, limit);
  if (between(0, 2) == 0) balance(&t);
  spread(t.row_seats, t.rows, sum);
  spread(t.column_seats, t.columns, sum);
  if (between(0, 3) == 0) guarantee(&t);
  return t;
}

static void print_table(const table *t) {
  printf("d {%d, %d}\n", (int)t->d.first, (int)t->d.step);
  for (size_t i = 0; i < t->rows; i++) {
    printf("%d:", (int)t->row_seats[i]);
    for (size_t j = 0; j < t->columns; j++)
      printf(" %d%s", (int)t->votes[i * t->columns + j],
             t->least[i * t->columns + j] ? "!" : "");
    printf("\n");
  }
  for (size_t j = 0; j < t->columns; j++)
    printf(" %d", (int)t->column_seats[j]);
  printf("\n");
}

static void random_tables(void) {
  const char *given = getenv("URNA_CASES");
  long cases = given ? atol(given) : 100000;
  for (long i = 0; i < cases; i++) {
    table t = random_table();
    int good = check_table(&t);
    CHECK(good);
    if (!good) print_table(&t);
    if (test_failed > 5) return;
  }
  printf("%d unique, %d tied, %d impossible\n", tries[0], tries[1], tries[2]);
  CHECK(tries[0] > 0 && tries[1] > cases / 20 && tries[2] > 0);
}

/* Rows and columns in another order: the same tied cells, the same seats. */
static void permuted(void) {
  for (int i = 0; i < 2000; i++) {
    table t = random_table(), u = t;
    size_t r = t.rows, c = t.columns;
    for (size_t k = 0; k < r * c; k++) {
      size_t to = (r - 1 - k / c) * c + (c - 1 - k % c);
      u.votes[to] = t.votes[k];
      u.least[to] = t.least[k];
    }
    for (size_t k = 0; k < r; k++) u.row_seats[r - 1 - k] = t.row_seats[k];
    for (size_t k = 0; k < c; k++)
      u.column_seats[c - 1 - k] = t.column_seats[k];
    urna_biproportional a = ask(&t), b = ask(&u);
    urna_status status = urna_biproportional_solve(&a);
    CHECK(urna_biproportional_solve(&b) == status);
    for (size_t k = 0; status >= 0 && k < r * c; k++) {
      size_t to = r * c - 1 - k;
      CHECK(a.seats[k] - (a.changes[k] == URNA_DOWN)
            == b.seats[to] - (b.changes[to] == URNA_DOWN));
      CHECK((a.changes[k] != 0) == (b.changes[to] != 0));
    }
    urna_biproportional_free(&a);
    urna_biproportional_free(&b);
  }
}

/* ---- by hand ---- */

/* Logarithms cannot tell the two diagonals apart: of a = 2^53 - 1 the
** product a * a is greater than (a - 1) * (a + 1) would be; here a * (a - 2)
** is less than (a - 1)^2 by one. */
static void nearly_tied(void) {
  const urna_count a = URNA_COUNT_MAX;
  table t = {.d = STANDARD, .rows = 2, .columns = 2};
  t.votes[0] = a, t.votes[1] = a - 1, t.votes[2] = a - 1, t.votes[3] = a - 2;
  t.row_seats[0] = t.row_seats[1] = 1;
  t.column_seats[0] = t.column_seats[1] = 1;
  for (int turned = 0; turned < 2; turned++) {
    urna_biproportional b = ask(&t);
    CHECK(urna_biproportional_solve(&b) == URNA_OK);
    CHECK(b.seats[0] == turned && b.seats[1] == 1 - turned);
    CHECK(urna_biproportional_divide(&b) == URNA_OK && is_divided(&b));
    urna_biproportional_free(&b);
    urna_count one = t.votes[0], two = t.votes[2];
    t.votes[0] = t.votes[1], t.votes[2] = t.votes[3];
    t.votes[1] = one, t.votes[3] = two;
  }
  /* a (a - 2) against the same, so that they are tied */
  t.votes[0] = a, t.votes[1] = a, t.votes[2] = a - 2, t.votes[3] = a - 2;
  urna_biproportional b = ask(&t);
  CHECK(urna_biproportional_solve(&b) == URNA_TIE);
  CHECK(urna_biproportional_divide(&b) == URNA_OK && is_divided(&b));
  urna_biproportional_free(&b);
}

/* District 0 has votes for list 0 alone, which has one seat for its two. */
static void cut(void) {
  table t = {.d = STANDARD, .rows = 2, .columns = 2};
  t.votes[0] = 10, t.votes[2] = 10, t.votes[3] = 10;
  t.row_seats[0] = 2, t.row_seats[1] = 1;
  t.column_seats[0] = 1, t.column_seats[1] = 2;
  urna_biproportional b = ask(&t);
  CHECK(urna_biproportional_solve(&b) == URNA_BAD_INPUT);
  CHECK(b.cut[0] && !b.cut[1] && b.cut[2] && !b.cut[3]);
  urna_biproportional_free(&b);
}

/* Votes of any size, many of them nought: exact divisors prove a solution. */
static void large(void) {
  enum { ROWS = 9, COLUMNS = 7 };
  static urna_count votes[ROWS * COLUMNS];
  int done = 0;
  for (int i = 0; i < 400; i++) {
    int32_t rows[ROWS] = {0}, columns[COLUMNS] = {0};
    for (int k = 0; k < ROWS * COLUMNS; k++) {
      urna_count most = URNA_COUNT_MAX >> between(0, i % 53);
      votes[k] = between(0, 4) ? between(0, most / 2147483647) * 2147483647
                                     + between(0, 2147483646)
                               : 0;
      if (votes[k] > most) votes[k] = most;
    }
    for (int k = 0; k < 150; k++) {
      rows[between(0, ROWS - 1)]++;
      columns[between(0, COLUMNS - 1)]++;
    }
    urna_biproportional b = {.d = i % 3 ? STANDARD : DOWN,
                             .districts = ROWS,
                             .lists = COLUMNS,
                             .votes = votes,
                             .district_seats = rows,
                             .list_seats = columns};
    urna_status status = urna_biproportional_solve(&b);
    if (status != URNA_BAD_INPUT) {
      CHECK(status == URNA_OK || status == URNA_TIE);
      CHECK(urna_biproportional_divide(&b) == URNA_OK && is_divided(&b));
      done++;
    }
    urna_biproportional_free(&b);
  }
  CHECK(done > 200);
}

static urna_status with(table t) {
  urna_biproportional b = ask(&t);
  urna_status status = urna_biproportional_solve(&b);
  urna_biproportional_free(&b);
  urna_biproportional_free(&b);
  return status;
}

static void bounds(void) {
  table t = {.d = STANDARD, .rows = 1, .columns = 1};
  t.votes[0] = 1;
  t.row_seats[0] = t.column_seats[0] = 1;
  CHECK(with(t) == URNA_OK);
  table u = t;
  u.row_seats[0] = 2;
  CHECK(with(u) == URNA_BAD_CALL);
  u = t;
  u.votes[0] = URNA_COUNT_MAX + 1;
  CHECK(with(u) == URNA_BAD_CALL);
  u = t;
  u.votes[0] = -1;
  CHECK(with(u) == URNA_BAD_CALL);
  u = t;
  u.row_seats[0] = u.column_seats[0] = URNA_BIPROPORTIONAL_SEATS + 1;
  CHECK(with(u) == URNA_BAD_CALL);
  u = t;
  u.votes[0] = 0, u.least[0] = 1;
  CHECK(with(u) == URNA_BAD_CALL);
  u = t;
  u.votes[0] = 0;
  CHECK(with(u) == URNA_BAD_INPUT);
  u = t;
  u.row_seats[0] = u.column_seats[0] = URNA_BIPROPORTIONAL_SEATS;
  CHECK(with(u) == URNA_OK);
  u.rows = u.columns = 0;
  CHECK(with(u) == URNA_OK);
}

static void logarithms(void) {
  const int64_t one = URNA_LOGARITHM_ONE;
  CHECK(urna_logarithm_of(1) == 0 && urna_logarithm_of(2) == one);
  CHECK(urna_logarithm_of(UINT64_C(1) << 63) == 63 * one);
  /* log2 3 = 1.58496250072115618145..., times 2^44 = 27882955186109.4 */
  CHECK(urna_logarithm_of(3) == INT64_C(27882955186109));
  for (uint64_t n = 2; n < UINT64_C(1) << 60; n = n * 3 + 1) {
    int64_t log = urna_logarithm_of(n), square = urna_logarithm_of(n / 2);
    CHECK(log >= square + one && log <= urna_logarithm_of(n + 1));
    uint64_t back = urna_logarithm_raise(log);
    uint64_t far = back > n ? back - n : n - back;
    CHECK(far <= 1 + (n >> 42));
  }
  for (int64_t p = 0; p < 18; p++) {
    int64_t ten = 1;
    for (int64_t i = 0; i < p; i++) ten *= 10;
    int64_t off = urna_logarithm_ten(p) - urna_logarithm_of((uint64_t)ten);
    CHECK(off >= -2 && off <= 2);
    int64_t sum = urna_logarithm_ten(-p) + urna_logarithm_ten(p);
    CHECK(sum >= -2 && sum <= 0);
  }
}

/* ---- upper apportionment ---- */

enum { UPPER = 5 };

static int32_t held[UPPER], left;
static unsigned char tied[UPPER];

static urna_status award_all(const urna_sequence *d, size_t n,
                             const urna_count *votes, int32_t seats) {
  urna_natural totals[UPPER] = {{0}};
  for (size_t i = 0; i < n; i++)
    CHECK(urna_natural_set(&totals[i], (uint64_t)votes[i]) == URNA_OK);
  urna_status status = urna_upper_award(d, n, totals, seats, held, tied, &left);
  for (size_t i = 0; i < n; i++) urna_natural_free(&totals[i]);
  return status;
}

static urna_status award(const urna_sequence *d, urna_count a, urna_count b,
                         urna_count c, int32_t seats) {
  const urna_count votes[] = {a, b, c};
  return award_all(d, 3, votes, seats);
}

static void upper(void) {
  /* 340 280 160 113.3 93.3 68 56: see test_divisor.c */
  CHECK(award(&STANDARD, 340, 280, 160, 6) == URNA_OK);
  CHECK(held[0] == 3 && held[1] == 2 && held[2] == 1);
  /* 8 * 3 / 10 = 2.4, 0.3, 0.3 give 2 at once; 8/3 is more than 1 */
  CHECK(award(&DOWN, 8, 1, 1, 3) == URNA_OK);
  CHECK(held[0] == 3 && held[1] == 0 && held[2] == 0);
  /* 8 * 64 / 100 = 5.12 gives 5 at once, but 64/9 = 7.1 is less than 9 */
  const urna_count one_large[] = {64, 9, 9, 9, 9};
  CHECK(award_all(&STANDARD, 5, one_large, 8) == URNA_OK);
  CHECK(held[0] == 4 && held[1] == 1 && held[4] == 1);
  /* one seat each, and one between equals */
  CHECK(award(&STANDARD, 30, 30, 30, 4) == URNA_TIE);
  CHECK(held[0] == 1 && held[1] == 1 && held[2] == 1 && left == 1);
  CHECK(tied[0] && tied[1] && tied[2]);
  /* 20/2 = 10: one seat for two equals */
  CHECK(award(&DOWN, 20, 10, 4, 2) == URNA_TIE);
  CHECK(held[0] == 1 && held[1] == 0 && left == 1);
  CHECK(tied[0] && tied[1] && !tied[2]);
  CHECK(award(&DOWN, 20, 10, 4, 3) == URNA_OK && left == 0);
  CHECK(held[0] == 2 && held[1] == 1 && held[2] == 0 && !tied[0]);
  CHECK(award(&DOWN, 0, 0, 0, 3) == URNA_BAD_INPUT);
  CHECK(award(&STANDARD, 0, URNA_COUNT_MAX, URNA_COUNT_MAX - 1, 1) == URNA_OK);
  CHECK(held[0] == 0 && held[1] == 1 && held[2] == 0);
}

/* Against the other engine. */
static void upper_random(void) {
  for (int i = 0; i < 5000; i++) {
    const urna_sequence *d = between(0, 1) ? &STANDARD : &DOWN;
    urna_contender lists[UPPER] = {{0}};
    urna_count votes[UPPER], sum = 0, most = between(1, 60);
    int32_t awarded, seats = (int32_t)between(1, 40);
    unsigned char marks[UPPER];
    urna_bid bids[UPPER];
    for (int k = 0; k < UPPER; k++) {
      sum += votes[k] = between(0, most);
      lists[k] = (urna_contender){
          .votes = votes[k], .weight = {1, 1}, .most = INT32_MAX};
    }
    if (sum == 0) continue;
    urna_status status = urna_divisor_award(d, UPPER, lists, seats, bids, NULL,
                                            &awarded, marks, NULL);
    CHECK(award_all(d, UPPER, votes, seats) == status);
    CHECK(seats - awarded == left && memcmp(marks, tied, UPPER) == 0);
    for (int k = 0; k < UPPER; k++) CHECK(held[k] == lists[k].held);
  }
}

static bool reaches(uint64_t part, uint64_t whole, int64_t num, int64_t den) {
  urna_natural a = {0}, b = {0};
  bool does = false;
  CHECK(urna_natural_set(&a, part) == URNA_OK);
  CHECK(urna_natural_set(&b, whole) == URNA_OK);
  CHECK(urna_upper_reaches(&a, &b, (urna_ratio){num, den}, &does) == URNA_OK);
  urna_natural_free(&a);
  urna_natural_free(&b);
  return does;
}

static void shares(void) {
  CHECK(reaches(5, 100, 5, 100) && !reaches(4, 100, 5, 100));
  /* 2^64 - 1 is 3 * 6148914691236517205 */
  CHECK(reaches(UINT64_C(6148914691236517205), UINT64_MAX, 1, 3));
  CHECK(!reaches(UINT64_C(6148914691236517204), UINT64_MAX, 1, 3));
}

static void sums(void) {
  /* 7/2 + 5/3 = 31/6 and 3/2 + 4/3 = 17/6; rounded 4 + 2 and 2 + 1 */
  const urna_count votes[] = {7, 3, 5, 4};
  const int32_t seats[] = {2, 3};
  const uint64_t expected[][3] = {{12, 7, 1}, {31, 17, 6}, {6, 3, 1}};
  for (int i = 0; i < 3; i++) {
    urna_natural totals[2] = {{0}, {0}}, over = {0};
    CHECK(urna_upper_sum(2, 2, votes, seats, (urna_weighing)i, totals, &over)
          == URNA_OK);
    CHECK(urna_natural_value(&totals[0], 100) == expected[i][0]);
    CHECK(urna_natural_value(&totals[1], 100) == expected[i][1]);
    CHECK(urna_natural_value(&over, 100) == expected[i][2]);
    urna_natural_free(&totals[0]);
    urna_natural_free(&totals[1]);
    urna_natural_free(&over);
  }
}

int main(void) {
  logarithms();
  nearly_tied();
  cut();
  bounds();
  upper();
  upper_random();
  shares();
  sums();
  large();
  permuted();
  random_tables();
  return test_report("biproportional (seed 20190324)");
}
