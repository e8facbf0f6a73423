/* test_tally.c - every scanner over texts that begin and end where memory
** does, in every chunk; run under the sanitizers, which see each byte. */
#include <stdlib.h>

#include "core/groups.h"
#include "io/crew.h"
#include "test.h"

static const urna_tally_column COLUMNS[] = {{URNA_KEY, true, NULL, false},
                                            {URNA_KEY, true, NULL, false},
                                            {URNA_SUM, false, NULL, false}};

typedef struct outcome {
  urna_status status;
  urna_count sum;
  uint64_t records;
  size_t groups, faults;
} outcome;

static outcome run(const char *text, const char *set, size_t chunk,
                   int threads) {
  urna_tally_plan plan = {.columns = COLUMNS,
                          .column_count = 3,
                          .delimiter = ',',
                          .counts_records = true,
                          .seed = 7,
                          .fault_limit = 3,
                          .cell_limit = 1 << 20};
  static const uint32_t by[] = {0, 1};
  urna_crew crew = {.threads = threads,
                    .chunk = chunk,
                    .scanner = urna_tally_scanner_of(set)};
  urna_tape tape;
  urna_tally tally;
  urna_groups groups;
  outcome found = {.sum = 0};
  urna_tape_text(&tape, text, strlen(text));
  urna_stretch stretch = {0, strlen(text)};
  found.status = urna_crew_tally(&crew, &plan, &tape, &stretch, &tally, NULL);
  if (found.status == URNA_OK
      && urna_groups_init(&groups, &tally, by, 2) == URNA_OK) {
    for (size_t i = 0; i < groups.count; i++)
      found.sum += groups.items[i].cell[0];
    found.groups = groups.count;
    found.records = tally.records;
    found.faults = tally.faults.count;
    urna_groups_free(&groups);
  }
  urna_tally_free(&tally);
  urna_tape_close(&tape);
  return found;
}

/* The same text by every scanner, in chunks of every size up to its own. */
static void check(const char *text, urna_count sum, uint64_t records,
                  size_t groups, size_t faults) {
  for (const char *const *set = urna_tally_sets(); *set; set++)
    for (size_t chunk = 1; chunk <= strlen(text) + 1; chunk++)
      for (int threads = 1; threads <= 2; threads++) {
        outcome found = run(text, *set, chunk, threads);
        CHECK(found.status == URNA_OK);
        CHECK(found.sum == sum);
        CHECK(found.records == records);
        CHECK(found.groups == groups);
        CHECK(found.faults == faults);
      }
}

static void test_texts(void) {
  check("", 0, 0, 0, 0);
  check("a,x,1\na,y,2\nb,x,3\n", 6, 3, 3, 0);
  check("a,x,1\na,y,2\nb,x,3", 6, 3, 3, 0);
  check("a,x,1\r\na,x,2\r\n\r\n\n", 3, 2, 1, 0);
  check("\"a\nb\",x,1\n\"a\nb\",\"y,\"\"\",2\n", 3, 2, 2, 0);
  check(",,0\n,,12345678901\n", 12345678901, 2, 1, 0);
  check("a,x,1\na,x\na,x,-1\na,x,2\n", 3, 4, 1, 2);
  check("a,x,1\na\xff,x,1\n", 1, 2, 1, 1);
  /* inside the quotes stands what would overflow, were it records */
  check("\"\nb,x,9223372036854775807\nb,x,9\n\",x,5\na,x,2\n", 7, 2, 2, 0);
}

static void test_overflow(void) {
  for (const char *const *set = urna_tally_sets(); *set; set++) {
    CHECK(run("a,x,9223372036854775806\na,x,1\n", *set, 1 << 20, 1).sum
          == INT64_MAX);
    CHECK(
        run("a,x,9223372036854775806\na,x,1\na,x,1\n", *set, 1 << 20, 1).status
        == URNA_OVERFLOW);
  }
}

/* Many names, so that every table grows while the streams run. */
static void test_growth(void) {
  char *text = malloc(64 * 5000), *at = text;
  for (int i = 0; i < 5000; i++)
    at += sprintf(at, "town %d,list %d,%d\n", i * 7919 % 997, i % 311, i % 10);
  for (const char *const *set = urna_tally_sets(); *set; set++)
    for (int threads = 1; threads <= 3; threads++) {
      /* 500 times 0 + ... + 9 */
      CHECK(run(text, *set, 100000, threads).sum == 22500);
      CHECK(run(text, *set, 777, threads).records == 5000);
    }
  free(text);
}

/* Two keys of 5,000 names each, every pair once: a matrix of 25 million cells
** for 5,000 groups, so every one gets a row of its own. */
static void test_sparse(void) {
  char *text = malloc(64 * 5000), *at = text;
  for (int i = 0; i < 5000; i++)
    at += sprintf(at, "unit %d,place %d,%d\n", i, (i * 7) % 5000, i % 10);
  for (const char *const *set = urna_tally_sets(); *set; set++)
    for (int threads = 1; threads <= 2; threads++) {
      outcome found = run(text, *set, 5000, threads);
      CHECK(found.status == URNA_OK);
      CHECK(found.sum == 22500);
      CHECK(found.groups == 5000);
    }
  free(text);
}

int main(void) {
  test_texts();
  test_overflow();
  test_growth();
  test_sparse();
  return test_report("tally");
}
