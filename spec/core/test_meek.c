/* test_meek.c - what elected candidates keep, counted by branches and anew
** paper by paper. */
#include <stdlib.h>

#include "core/meek.h"
#include "test.h"

#define CANDIDATES 5
#define SCALE      UINT64_C(1000)

static void add(urna_ballots *ballots, const char *text, urna_count weight) {
  uint16_t marks[16];
  size_t n = strlen(text);
  for (size_t i = 0; i < n; i++) marks[i] = (uint16_t)(text[i] - 'a');
  urna_ballots_add(ballots, marks, n, weight);
}

static void set_up(urna_ballots *ballots) {
  urna_ballots_init(ballots, 5);
  for (uint32_t i = 0; i < CANDIDATES; i++) {
    char name[2] = {(char)('a' + i), 0};
    uint32_t number;
    urna_ballots_candidate(ballots, name, 1, &number);
  }
}

static int votes_are(const urna_meek *meek, urna_keeping keeping,
                     const uint64_t *keep, const uint64_t *expected) {
  urna_wide votes[CANDIDATES];
  CHECK(urna_meek_count(meek, SCALE, keeping, keep, votes) == URNA_OK);
  for (int c = 0; c < CANDIDATES; c++)
    if (votes[c].high != 0 || votes[c].low != expected[c]) return 0;
  return 1;
}

/* 2 abc and 1 a: a keeps 0.333 of each in units of 1/1000. */
static void by_hand(void) {
  urna_ballots ballots;
  urna_meek meek;
  urna_reading reading = {.choices = 0};
  uint64_t keep[CANDIDATES] = {333, 500, 0, 0, 0};
  set_up(&ballots);
  add(&ballots, "abc", 2);
  add(&ballots, "a", 1);
  CHECK(urna_meek_init(&meek, &ballots, &reading) == URNA_OK);
  CHECK(urna_meek_papers(&meek) == 3);
  CHECK(votes_are(&meek, URNA_KEEP_UP, keep, (uint64_t[]){3000, 0, 0, 0, 0}));
  CHECK(urna_meek_elect(&meek, 0) == URNA_OK);
  CHECK(votes_are(&meek, URNA_KEEP_UP, keep, (uint64_t[]){999, 1334, 0, 0, 0}));
  CHECK(urna_meek_elect(&meek, 1) == URNA_OK);
  /* of 667, b keeps 333.5: 334 rounded up, or 333 kept and 333 passed */
  CHECK(
      votes_are(&meek, URNA_KEEP_UP, keep, (uint64_t[]){999, 668, 666, 0, 0}));
  CHECK(votes_are(&meek, URNA_KEEP_DOWN, keep,
                  (uint64_t[]){999, 666, 666, 0, 0}));
  CHECK(votes_are(&meek, URNA_KEEP_EQUALLY, keep,
                  (uint64_t[]){999, 1000, 334, 0, 0}));
  CHECK(urna_meek_exclude(&meek, 2) == URNA_OK);
  CHECK(votes_are(&meek, URNA_KEEP_UP, keep, (uint64_t[]){999, 668, 0, 0, 0}));
  urna_meek_free(&meek);
  urna_meek_free(&meek);
  urna_ballots_free(&ballots);
}

/* ---- anew, paper by paper ---- */

static uint32_t next_random(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

/* What a paper gives, in units: the sum of 'kept' by candidate. */
static void pass_paper(const uint16_t *mark, urna_count weight,
                       const int *elected, const int *out, const uint64_t *keep,
                       uint64_t *votes) {
  uint64_t rest = SCALE;
  int met[CANDIDATES] = {0};
  for (; *mark != URNA_MARK_END && rest > 0; mark++) {
    if (out[*mark] || met[*mark]) continue;
    met[*mark] = 1;
    uint64_t factor = elected[*mark] ? keep[*mark] : SCALE;
    uint64_t kept = (rest * factor + SCALE - 1) / SCALE;
    votes[*mark] += kept * (uint64_t)weight;
    rest -= kept;
  }
}

static int agrees(const urna_meek *meek, const urna_ballots *ballots,
                  const int *elected, const int *out, const uint64_t *keep) {
  uint64_t votes[CANDIDATES] = {0};
  for (size_t i = 0; i < ballots->count; i++)
    pass_paper(ballots->marks + ballots->starts[i],
               urna_ballots_weight(ballots, i), elected, out, keep, votes);
  return votes_are(meek, URNA_KEEP_UP, keep, votes);
}

static int agrees_finely(const urna_meek *meek, const uint64_t *keep) {
  urna_wide plain[CANDIDATES];
  urna_natural scale = {0}, fine[CANDIDATES] = {{0}}, votes[CANDIDATES] = {{0}};
  int same = 1;
  urna_natural_set(&scale, SCALE);
  for (int c = 0; c < CANDIDATES; c++) urna_natural_set(&fine[c], keep[c]);
  for (int k = URNA_KEEP_UP; k <= URNA_KEEP_EQUALLY; k++) {
    urna_keeping keeping = (urna_keeping)k;
    CHECK(urna_meek_count(meek, SCALE, keeping, keep, plain) == URNA_OK);
    CHECK(urna_meek_count_finely(meek, &scale, keeping, fine, votes)
          == URNA_OK);
    for (int c = 0; c < CANDIDATES; c++)
      same = same && urna_natural_value(&votes[c], UINT32_MAX) == plain[c].low;
  }
  urna_natural_free(&scale);
  for (int c = 0; c < CANDIDATES; c++) {
    urna_natural_free(&fine[c]);
    urna_natural_free(&votes[c]);
  }
  return same;
}

static void add_random(urna_ballots *ballots, uint64_t *state) {
  char text[8] = {0};
  uint32_t n = next_random(state) % 7;
  for (uint32_t i = 0; i < n; i++)
    text[i] = (char)('a' + next_random(state) % CANDIDATES); /* also twice */
  add(ballots, text, 1 + next_random(state) % 3);
}

static void one_election(uint64_t *state) {
  urna_ballots ballots;
  urna_meek meek;
  urna_reading reading = {.choices = 0};
  uint64_t keep[CANDIDATES];
  int elected[CANDIDATES] = {0}, out[CANDIDATES] = {0};
  set_up(&ballots);
  for (int i = 0; i < 30; i++) add_random(&ballots, state);
  CHECK(urna_meek_init(&meek, &ballots, &reading) == URNA_OK);
  for (int event = 0; event < CANDIDATES; event++) {
    uint32_t c = next_random(state) % CANDIDATES;
    if (elected[c] || out[c]) continue;
    if (next_random(state) % 2) {
      elected[c] = 1;
      CHECK(urna_meek_elect(&meek, c) == URNA_OK);
    } else {
      out[c] = 1;
      CHECK(urna_meek_exclude(&meek, c) == URNA_OK);
    }
    for (int k = 0; k < CANDIDATES; k++)
      keep[k] = next_random(state) % (SCALE + 1);
    CHECK(agrees(&meek, &ballots, elected, out, keep));
    CHECK(agrees_finely(&meek, keep));
  }
  urna_meek_free(&meek);
  urna_ballots_free(&ballots);
}

/* 2^53 - 1 papers in units of 10^-18 fill more than 64 bits. */
static void widely(void) {
  urna_ballots ballots;
  urna_meek meek;
  urna_reading reading = {.choices = 0};
  urna_wide votes[CANDIDATES];
  uint64_t keep[CANDIDATES] = {0};
  set_up(&ballots);
  add(&ballots, "a", URNA_COUNT_MAX);
  CHECK(urna_meek_init(&meek, &ballots, &reading) == URNA_OK);
  CHECK(urna_meek_count(&meek, (uint64_t)URNA_MEEK_SCALE_MAX, URNA_KEEP_UP,
                        keep, votes)
        == URNA_OK);
  /* (2^53 - 1) * 10^18 = 488281249999999 * 2^64 + 17446744073709551616 */
  CHECK(votes[0].high == 488281249999999u
        && votes[0].low == UINT64_C(17446744073709551616));
  urna_meek_free(&meek);
  urna_ballots_free(&ballots);
}

int main(void) {
  uint64_t state = 20070503;
  by_hand();
  for (int i = 0; i < 300; i++) one_election(&state);
  widely();
  return test_report("test_meek");
}
