/* Pairs, positions, paths, optimal orders and continuing candidates, against
** hand arithmetic and against plain readings of the same ballots. */
#include "core/continuing.h"
#include "core/kemeny.h"
#include "core/pairwise.h"
#include "core/positions.h"
#include "core/ranking.h"
#include "test.h"

#include <stdlib.h>

enum { MOST = 7 };

#define SKIP     URNA_MARK_SKIP
#define OPEN     URNA_MARK_OPEN
#define CLOSE    URNA_MARK_CLOSE
#define OVERVOTE URNA_MARK_OVERVOTE

static urna_ballots ballots;
static uint32_t places[MOST];
static urna_count above[MOST * MOST], equal[MOST * MOST], named[MOST];
static urna_pairwise pairs;

/* So many candidates, A, B, C .. */
static void begin(uint32_t names) {
  urna_ballots_free(&ballots);
  urna_ballots_init(&ballots, 1);
  for (uint32_t i = 0; i < names; i++) {
    char name = (char)('A' + i);
    uint32_t number;
    urna_ballots_candidate(&ballots, &name, 1, &number);
    places[i] = i;
  }
}

static void add(urna_count weight, size_t count, const uint16_t *marks) {
  CHECK(urna_ballots_add(&ballots, marks, count, weight) == URNA_OK);
}

#define ADD(weight, ...)                                                       \
  do {                                                                         \
    const uint16_t marks_[] = {__VA_ARGS__};                                   \
    add(weight, sizeof marks_ / sizeof *marks_, marks_);                       \
  } while (0)

static void count(size_t n) {
  pairs =
      (urna_pairwise){.n = n, .above = above, .equal = equal, .named = named};
  CHECK(urna_pairwise_count(&ballots, places, &pairs) == URNA_OK);
}

static void one_ballot_of_every_oddity(void) {
  /* A, then nobody, then B and C together, A again: A > B = C */
  begin(4);
  ADD(3, 0, SKIP, OPEN, 1, 2, CLOSE, 0);
  /* D over those who are unknown, then B */
  ADD(2, 3, OVERVOTE, 1);
  ADD(1, SKIP, OVERVOTE);
  add(5, 0, NULL);
  count(4);
  CHECK(above[0 * 4 + 1] == 3 && above[0 * 4 + 2] == 3);
  CHECK(above[1 * 4 + 0] == 0 && above[1 * 4 + 2] == 0);
  CHECK(equal[1 * 4 + 2] == 3 && equal[2 * 4 + 1] == 3 && pairs.has_equals);
  CHECK(above[3 * 4 + 1] == 2 && above[0 * 4 + 3] == 0);
  CHECK(named[0] == 3 && named[1] == 5 && named[2] == 3 && named[3] == 2);
  CHECK(pairs.valid == 5);
  /* without B: A > C; D alone. Places of A, C, D are 0, 1, 2 */
  places[1] = URNA_NO_PLACE, places[2] = 1, places[3] = 2;
  count(3);
  CHECK(above[0 * 3 + 1] == 3 && !pairs.has_equals && pairs.valid == 5);
  CHECK(named[0] == 3 && named[1] == 3 && named[2] == 2);
}

static void weights_beyond_sixteen_bits(void) {
  begin(2);
  for (int i = 0; i < 70000; i++) ADD(1, 0, 1);
  ADD(65535, 0, 1);
  ADD(65536, 1, 0);
  ADD(65534, 1, 0);
  ADD(INT64_C(9000000000000000), 0, 1);
  count(2);
  CHECK(above[0 * 2 + 1] == INT64_C(9000000000135535));
  CHECK(above[1 * 2 + 0] == 131070);
}

static void positions_by_hand(void) {
  /* A > {B C} > D: B and C span positions 2 and 3, D has position 4, rank 3 */
  begin(4);
  ADD(2, 0, OPEN, 1, 2, CLOSE, 3);
  ADD(1, 3);
  urna_positions p;
  CHECK(urna_positions_init(&p, 4, &ballots, places) == URNA_OK);
  CHECK(p.alone[0 * 4 + 0] == 2 && p.alone[0 * 4 + 3] == 1);
  CHECK(p.alone[3 * 4 + 3] == 2 && p.alone[2 * 4 + 3] == 0);
  CHECK(p.ranks[1 * 4 + 1] == 2 && p.ranks[1 * 4 + 2] == 2);
  CHECK(p.ranks[2 * 4 + 3] == 2 && p.ranks[0 * 4 + 3] == 1);
  CHECK(p.span_count == 1 && p.spans[0].first == 1 && p.spans[0].size == 2);
  CHECK(p.spans[0].papers[1] == 2 && p.spans[0].papers[3] == 0);
  CHECK(p.naming[4] == 2 && p.naming[1] == 1 && p.named[1 * 4 + 3] == 1);
  urna_positions_free(&p);
  urna_positions_free(&p);
}

static void exclusions_by_hand(void) {
  /* 4 A>B, 3 {A B}>C, 2 B, 1 !>A>B>C; C has nothing at first */
  begin(3);
  const unsigned char nobody[MOST] = {0};
  urna_count papers[MOST];
  ADD(4, 0, 1);
  ADD(3, OPEN, 0, 1, 0, CLOSE, 2);
  ADD(2, 1);
  ADD(1, OVERVOTE, 0, 1, 2);
  urna_continuing c;
  CHECK(urna_continuing_init(&c, &ballots, nobody) == URNA_OK);
  CHECK(c.papers[0] == 5 && c.papers[1] == 2 && c.papers[2] == 0);
  CHECK(urna_continuing_next_size(&c, 0) == 2);
  CHECK(urna_continuing_shared(&c, 2, papers) == 3);
  CHECK(papers[0] == 3 && papers[1] == 3 && papers[2] == 0);
  CHECK(urna_continuing_next_size(&c, 2) == 0);
  /* A goes: his five papers and the three shared ones are B's */
  urna_continuing_exclude(&c, 0);
  CHECK(c.papers[0] == 0 && c.papers[1] == 10 && c.papers[2] == 0);
  CHECK(urna_continuing_next_size(&c, 0) == 0 && c.exhausted == 0);
  /* B goes: four end at him and two, three and one go on to C */
  urna_continuing_exclude(&c, 1);
  CHECK(c.papers[2] == 4 && c.exhausted == 6);
  urna_continuing_free(&c);
  urna_continuing_free(&c);
}

/* Schulze's example, 45 voters: the published strengths of the paths. */
static void published_paths(void) {
  static const urna_count over[25] = {0,  20, 26, 30, 22, 25, 0,  16, 33,
                                      18, 19, 29, 0,  17, 24, 15, 12, 28,
                                      0,  14, 23, 27, 21, 31, 0};
  static const urna_count strong[25] = {0,  28, 28, 30, 24, 25, 0,  28, 33,
                                        24, 25, 29, 0,  29, 24, 25, 28, 28,
                                        0,  24, 25, 28, 28, 31, 0};
  urna_count votes[25], against[25];
  CHECK(urna_pairwise_paths(5, over, false, votes, against) == URNA_OK);
  CHECK(memcmp(votes, strong, sizeof strong) == 0);
  /* the link D-C of 28 has 17 against it */
  CHECK(against[0 * 5 + 1] == 17);
  CHECK(urna_pairwise_paths(5, over, true, votes, against) == URNA_OK);
  /* by margin A-D 15, D-C 11, C-B 13: A reaches B by 11 */
  CHECK(votes[0 * 5 + 1] == 11 && against[0 * 5 + 1] == 0);
}

/* ---- optimal orders, against all permutations ---- */

static uint64_t state = 7;

static uint32_t draw(uint32_t below) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(state >> 33) % below;
}

typedef struct search {
  size_t n, seats, optimal;
  const urna_count *over;
  urna_count best;
  uint32_t some, all;
} search;

static void look_at(search *s, const size_t *order) {
  urna_count sum = 0;
  uint32_t top = 0;
  for (size_t i = 0; i < s->n; i++)
    for (size_t k = i + 1; k < s->n; k++)
      sum += s->over[order[i] * s->n + order[k]];
  for (size_t i = 0; i < s->seats; i++) top |= UINT32_C(1) << order[i];
  if (sum > s->best) {
    s->best = sum;
    s->optimal = 0;
    s->some = 0;
    s->all = UINT32_MAX;
  }
  if (sum < s->best) return;
  s->optimal++;
  s->some |= top;
  s->all &= top;
}

static void permute(search *s, size_t *order, size_t depth) {
  if (depth == s->n) look_at(s, order);
  for (size_t i = depth; i < s->n; i++) {
    size_t kept = order[depth];
    order[depth] = order[i];
    order[i] = kept;
    permute(s, order, depth + 1);
    order[i] = order[depth];
    order[depth] = kept;
  }
}

static void random_orders(void) {
  static unsigned char orders[800 * MOST];
  for (int round = 0; round < 300; round++) {
    size_t n = 1 + draw(6), order[MOST] = {0, 1, 2, 3, 4, 5, 6};
    urna_count over[MOST * MOST];
    for (size_t i = 0; i < n * n; i++) over[i] = draw(4);
    search s = {.n = n, .seats = 1 + draw((uint32_t)n), .over = over};
    s.best = -1;
    permute(&s, order, 0);
    urna_kemeny k;
    uint32_t some, all;
    CHECK(urna_kemeny_init(&k, n, over) == URNA_OK);
    CHECK(urna_kemeny_score(&k) == s.best);
    urna_kemeny_tops(&k, s.seats, &some, &all);
    CHECK(some == s.some && all == s.all);
    CHECK(urna_kemeny_orders(&k, 800, orders) == s.optimal);
    urna_kemeny_free(&k);
  }
}

static void no_candidates(void) {
  begin(0);
  add(1, 0, NULL);
  count(0);
  CHECK(pairs.valid == 0);
  urna_kemeny k;
  uint32_t some, all;
  CHECK(urna_kemeny_init(&k, 0, above) == URNA_OK);
  CHECK(urna_kemeny_score(&k) == 0);
  urna_kemeny_tops(&k, 0, &some, &all);
  CHECK(some == 0 && all == 0);
  urna_kemeny_free(&k);
}

/* ---- random ballots, against a plain reading of their ranks ---- */

/* The rank of each candidate, from 1; 0 if he is not named. */
static void random_ballot(size_t n, int ranks[MOST], urna_count weight) {
  uint16_t marks[8 * MOST];
  size_t used = 0;
  int rank = 0;
  memset(ranks, 0, MOST * sizeof *ranks);
  for (uint32_t left = draw(6); left > 0; left--) {
    uint32_t kind = draw(6);
    uint16_t who = (uint16_t)draw((uint32_t)n);
    uint16_t other = (uint16_t)draw((uint32_t)n);
    if (kind == 0) {
      marks[used++] = draw(2) ? SKIP : OVERVOTE;
    } else if (kind == 1 && other != who) {
      marks[used++] = OPEN;
      marks[used++] = who;
      marks[used++] = other;
      marks[used++] = CLOSE;
      rank++;
      if (!ranks[who]) ranks[who] = rank;
      if (!ranks[other]) ranks[other] = rank;
    } else {
      marks[used++] = who;
      rank++;
      if (!ranks[who]) ranks[who] = rank;
    }
  }
  add(weight, used, marks);
}

static void random_pairs(void) {
  for (int round = 0; round < 300; round++) {
    size_t n = 1 + draw(MOST);
    urna_count expected[MOST * MOST] = {0}, same[MOST * MOST] = {0};
    begin((uint32_t)n);
    for (uint32_t i = draw(20); i > 0; i--) {
      int ranks[MOST];
      urna_count weight = draw(3) ? 1 : 1 + draw(100000);
      random_ballot(n, ranks, weight);
      for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
          if (!ranks[a] || !ranks[b] || a == b) continue;
          if (ranks[a] < ranks[b]) expected[a * n + b] += weight;
          if (ranks[a] == ranks[b]) same[a * n + b] += weight;
        }
    }
    count(n);
    CHECK(memcmp(above, expected, n * n * sizeof *above) == 0);
    CHECK(memcmp(equal, same, n * n * sizeof *above) == 0);
  }
}

/* Exclusions one by one say what a count afresh of those left says. */
static void random_exclusions(void) {
  for (int round = 0; round < 200; round++) {
    size_t n = 2 + draw(MOST - 1);
    unsigned char is_out[MOST] = {0};
    begin((uint32_t)n);
    for (uint32_t i = draw(round % 4 ? 20 : 900); i > 0; i--) {
      int ranks[MOST];
      random_ballot(n, ranks, 1 + draw(3));
    }
    urna_continuing c, afresh;
    CHECK(urna_continuing_init(&c, &ballots, is_out) == URNA_OK);
    for (uint32_t gone = 0; gone < n; gone++) {
      urna_count one[MOST], other[MOST];
      is_out[gone] = 1;
      urna_continuing_exclude(&c, gone);
      CHECK(urna_continuing_init(&afresh, &ballots, is_out) == URNA_OK);
      CHECK(memcmp(c.papers, afresh.papers, n * sizeof *c.papers) == 0);
      CHECK(c.exhausted == afresh.exhausted);
      CHECK(urna_continuing_shared(&c, 2, one)
            == urna_continuing_shared(&afresh, 2, other));
      CHECK(memcmp(one, other, n * sizeof *one) == 0);
      urna_continuing_free(&afresh);
    }
    urna_continuing_free(&c);
  }
}

int main(void) {
  one_ballot_of_every_oddity();
  weights_beyond_sixteen_bits();
  positions_by_hand();
  exclusions_by_hand();
  published_paths();
  random_orders();
  no_candidates();
  random_pairs();
  random_exclusions();
  urna_ballots_free(&ballots);
  return test_report("test_pairwise");
}
