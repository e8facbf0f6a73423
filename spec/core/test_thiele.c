#include <stdlib.h>

#include "core/thiele.h"
#include "test.h"

#define CANDIDATES 9
#define LCM        UINT64_C(2520) /* of 1 to 9 */

static uint32_t state = 1;

static uint32_t draw(uint32_t below) {
  state = (uint32_t)((uint64_t)state * 16807 % 2147483647);
  return state % below;
}

/* 'n' papers of up to nine approvals each, often alike. */
static void make(urna_ballots *ballots, uint32_t n, uint32_t chance) {
  uint32_t number;
  urna_ballots_init(ballots, 1);
  for (const char *name = "abcdefghi"; *name; name++)
    urna_ballots_candidate(ballots, name, 1, &number);
  for (uint32_t i = 0; i < n; i++) {
    uint16_t marks[CANDIDATES];
    size_t count = 0;
    for (uint16_t c = 0; c < CANDIDATES; c++)
      if (draw(10) < chance) marks[count++] = c;
    urna_ballots_add(ballots, marks, count, 1 + draw(3));
  }
}

/* The score of a set of candidates, by its definition. */
static uint64_t score_of(const urna_approvals *a, uint32_t set) {
  uint64_t sum = 0;
  for (size_t v = 0; v < a->count; v++) {
    uint64_t won = 0;
    for (size_t i = a->starts[v]; i < a->starts[v + 1]; i++)
      if (set >> a->marks[i] & 1)
        sum += (uint64_t)a->weights[v] * (LCM / ++won);
  }
  return sum;
}

typedef struct truth {
  uint64_t score;
  uint32_t all, any;
  size_t count;
} truth;

static truth try_all(const urna_approvals *a, uint32_t seats, uint32_t in) {
  truth found = {0};
  for (uint32_t set = 0; set < 1u << CANDIDATES; set++) {
    uint32_t size = 0;
    for (uint32_t rest = set; rest; rest &= rest - 1) size++;
    if (size != seats || (set & in) != in) continue;
    uint64_t score = score_of(a, set);
    if (found.count > 0 && score < found.score) continue;
    if (found.count == 0 || score > found.score)
      found = (truth){score, UINT32_MAX, 0, 0};
    found.all &= set;
    found.any |= set;
    found.count++;
  }
  return found;
}

static uint32_t set_of(const bool *marks) {
  uint32_t set = 0;
  for (uint32_t i = 0; i < CANDIDATES; i++)
    if (marks[i]) set |= 1u << i;
  return set;
}

static void compare(const urna_approvals *a, uint32_t seats, size_t limit,
                    uint32_t in) {
  bool is_in[CANDIDATES];
  uint64_t weights[CANDIDATES], den;
  uint32_t n = a->longest < seats ? a->longest : seats;
  for (uint32_t i = 0; i < CANDIDATES; i++) is_in[i] = in >> i & 1;
  CHECK(urna_thiele_harmonic(n, weights, &den) == URNA_OK);
  urna_thiele thiele = {a, weights, seats, is_in, limit, UINT64_MAX};
  urna_thiele_best best;
  truth expected = try_all(a, seats, in);
  CHECK(urna_thiele_search(&thiele, &best) == URNA_OK);
  CHECK(best.is_proven);
  CHECK(strtoull(best.score, NULL, 10) * (LCM / den) == expected.score);
  CHECK(best.is_complete == (expected.count <= limit));
  CHECK(best.kept == (expected.count < limit ? expected.count : limit));
  CHECK(set_of(best.is_certain) == expected.all);
  CHECK(set_of(best.is_possible) == expected.any);
  for (size_t i = 0; i < best.kept; i++) {
    uint32_t set = 0;
    for (uint32_t k = 0; k < seats; k++)
      set |= 1u << best.committees[i * seats + k];
    CHECK(score_of(a, set) == expected.score && (set & in) == in);
  }
  urna_thiele_free(&best);
  urna_thiele_free(&best);
}

static void finds_what_trying_all_finds(void) {
  for (uint32_t i = 0; i < 1500; i++) {
    urna_ballots ballots;
    urna_approvals a;
    make(&ballots, 1 + draw(i % 3 == 0 ? 40 : 8), 1 + draw(9));
    CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
    uint32_t seats = 1 + draw(CANDIDATES);
    uint32_t in = draw(3) == 0 ? 1u << draw(CANDIDATES) : 0;
    compare(&a, seats, i % 2 == 0 ? 1000 : 1 + draw(4), in);
    urna_approvals_free(&a);
    urna_ballots_free(&ballots);
  }
}

static void gives_up(void) {
  urna_ballots ballots;
  urna_approvals a;
  make(&ballots, 40, 5);
  CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
  const bool is_in[CANDIDATES] = {false};
  uint64_t weights[4], den;
  CHECK(urna_thiele_harmonic(4, weights, &den) == URNA_OK);
  urna_thiele thiele = {&a, weights, 4, is_in, 10, 1};
  urna_thiele_best best;
  CHECK(urna_thiele_search(&thiele, &best) == URNA_OK);
  CHECK(!best.is_proven && best.nodes == 1);
  urna_thiele_free(&best);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

/* The least common multiple of 1 to 46 is 9419588158802421600; that of 1 to
** 47, a prime, is beyond 2^64 = 18446744073709551616. */
static void knows_its_end(void) {
  uint64_t weights[47], den;
  CHECK(urna_thiele_harmonic(3, weights, &den) == URNA_OK);
  CHECK(den == 6 && weights[0] == 6 && weights[1] == 3 && weights[2] == 2);
  CHECK(urna_thiele_harmonic(46, weights, &den) == URNA_OK);
  CHECK(den == UINT64_C(9419588158802421600) && weights[45] == den / 46);
  CHECK(urna_thiele_harmonic(47, weights, &den) == URNA_OVERFLOW);
}

/* 2^53 - 1 papers of two approvals, both elected: 3/2 of them, over 2. */
static void holds_large_scores(void) {
  urna_ballots ballots;
  urna_approvals a;
  uint32_t number;
  urna_ballots_init(&ballots, 1);
  urna_ballots_candidate(&ballots, "a", 1, &number);
  urna_ballots_candidate(&ballots, "b", 1, &number);
  urna_ballots_add(&ballots, (const uint16_t[]){0, 1}, 2, URNA_COUNT_MAX);
  CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
  const bool is_in[2] = {false, false};
  const uint64_t weights[2] = {2, 1};
  urna_thiele thiele = {&a, weights, 2, is_in, 1, 10};
  urna_thiele_best best;
  CHECK(urna_thiele_search(&thiele, &best) == URNA_OK);
  CHECK_STRING(best.score, "27021597764222973");
  urna_thiele_free(&best);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

int main(void) {
  finds_what_trying_all_finds();
  gives_up();
  knows_its_end();
  holds_large_scores();
  return test_report("thiele");
}
