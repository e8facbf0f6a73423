#include "core/approvals.h"
#include "test.h"

enum { A, B, C, D };

static void add(urna_ballots *ballots, urna_count weight, size_t n,
                const uint16_t *marks) {
  CHECK(urna_ballots_add(ballots, marks, n, weight) == URNA_OK);
}

/* A, B, C, D of which B has withdrawn. */
static void make(urna_ballots *ballots) {
  uint32_t number;
  urna_ballots_init(ballots, 1);
  for (const char *name = "ABCD"; *name; name++)
    urna_ballots_candidate(ballots, name, 1, &number);
  urna_ballots_set_kind(ballots, B, URNA_WITHDRAWN);
  add(ballots, 2, 3, (const uint16_t[]){D, B, A});
  add(ballots, 3, 5,
      (const uint16_t[]){URNA_MARK_SKIP, URNA_MARK_OPEN, A, D,
                         URNA_MARK_CLOSE});
  add(ballots, 5, 2, (const uint16_t[]){C, C});
  add(ballots, 7, 1, (const uint16_t[]){B});
  add(ballots, 11, 0, NULL);
  add(ballots, 13, 2, (const uint16_t[]){URNA_MARK_OVERVOTE, C});
}

/* Two voters: A and D, 2 + 3 papers, and C, 5 + 13. */
static void reads_all(void) {
  urna_ballots ballots;
  urna_approvals a;
  make(&ballots);
  CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
  CHECK(a.candidates == 3 && a.papers == 41 && a.longest == 2);
  CHECK(a.count == 2 && a.weights[0] == 5 && a.weights[1] == 18);
  CHECK(a.starts[0] == 0 && a.starts[1] == 2 && a.starts[2] == 3);
  CHECK(a.marks[0] == 0 && a.marks[1] == 2 && a.marks[2] == 1);
  urna_approvals_free(&a);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

/* D alone, 2 papers; A and D, 3; C, 5. The overvote is a first rank. */
static void reads_first_ranks(void) {
  urna_ballots ballots;
  urna_approvals a;
  make(&ballots);
  CHECK(urna_approvals_read(&a, &ballots, true) == URNA_OK);
  CHECK(a.count == 3 && a.papers == 41);
  CHECK(a.weights[0] == 2 && a.weights[1] == 3 && a.weights[2] == 5);
  CHECK(a.marks[0] == 2 && a.starts[1] == 1 && a.starts[2] == 3);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

static void counts_classes(void) {
  urna_ballots ballots;
  urna_approvals a;
  uint32_t classes[2];
  urna_count counts[9], all[3];
  make(&ballots);
  CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
  urna_approvals_by_size(&a, classes);
  CHECK(classes[0] == 2 && classes[1] == 1);
  urna_approvals_count(&a, classes, 3, counts, all);
  CHECK(counts[0 * 3 + 2] == 5 && counts[1 * 3 + 1] == 18);
  CHECK(counts[2 * 3 + 2] == 5 && counts[2 * 3 + 1] == 0);
  CHECK(all[0] == 0 && all[1] == 18 && all[2] == 5);
  urna_approvals_move(&a, classes, 0, (const uint32_t[]){9, 9, 0}, NULL);
  CHECK(classes[0] == 0 && classes[1] == 1);
  urna_approvals_move(&a, classes, 1, (const uint32_t[]){9, 2, 9},
                      (const uint32_t[]){1, 9, 9});
  CHECK(classes[0] == 1 && classes[1] == 2);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

static void reads_nothing(void) {
  urna_ballots ballots;
  urna_approvals a;
  urna_ballots_init(&ballots, 1);
  CHECK(urna_approvals_read(&a, &ballots, false) == URNA_OK);
  CHECK(a.count == 0 && a.candidates == 0 && a.papers == 0);
  urna_approvals_free(&a);
  urna_ballots_free(&ballots);
}

int main(void) {
  reads_all();
  reads_first_ranks();
  counts_classes();
  reads_nothing();
  return test_report("approvals");
}
