/*
** fuzz_tally.c - any bytes as a text: every scanner, cut anywhere, must say
** what the exact reader says of each record in turn. For libFuzzer:
** clang -g -O1 -fsanitize=fuzzer,address,undefined -Isrc spec/fuzz/fuzz_tally.c
** src/core/(all).c src/io/(all).c -lcjson -lz -lzstd -lpthread
*/
#include <stdio.h>
#include <stdlib.h>

#include "core/groups.h"
#include "io/crew.h"

static const uint32_t BY[] = {0, 1};

static const urna_tally_column COLUMNS[] = {{URNA_KEY, true, NULL, false},
                                            {URNA_SKIP, false, NULL, false},
                                            {URNA_KEY, true, NULL, false},
                                            {URNA_SUM, false, NULL, false}};

typedef struct outcome {
  urna_status status;
  uint64_t records, mixed; /* of names, sums and records of all groups */
  size_t groups, faults;
} outcome;

/* The scanner that only ever asks the exact reader. */
static urna_status exactly(urna_tally *tally, size_t from, size_t to,
                           int streams, size_t *reached) {
  urna_status status = URNA_OK;
  (void)streams;
  for (size_t next; from < to; from = next) {
    status = urna_tally_record(tally, from, &next);
    if (status != URNA_OK) break;
  }
  *reached = from;
  return status;
}

static uint64_t mix_name(const urna_tally *tally, uint32_t key,
                         uint32_t number) {
  const urna_names *names = &tally->names[key];
  const urna_name *name = &names->names[number];
  return urna_names_hash(key + 1, names->text + name->offset, name->length);
}

static void sum_up(const urna_tally *tally, outcome *found) {
  urna_groups groups;
  if (urna_groups_init(&groups, tally, BY, 2) != URNA_OK) abort();
  for (size_t i = 0; i < groups.count; i++) {
    const urna_group *group = &groups.items[i];
    uint64_t mixed = (uint64_t)group->cell[0] * 31 + (uint64_t)group->cell[1];
    if (group->missing) mixed += (uint64_t)group->missing[0] << 40;
    mixed += mix_name(tally, 0, group->names[0]);
    found->mixed += mixed * (mix_name(tally, 1, group->names[1]) | 1);
  }
  found->groups = groups.count;
  urna_groups_free(&groups);
}

static outcome run(urna_tape *tape, urna_tally_scanner *scanner, size_t chunk,
                   int threads) {
  urna_tally_plan plan = {.columns = COLUMNS, .column_count = 4,
                          .delimiter = ',', .counts_records = true,
                          .seed = 11, .fault_limit = 2, .cell_limit = 1 << 20};
  urna_crew crew = {.threads = threads, .chunk = chunk, .scanner = scanner};
  urna_tally tally;
  urna_stretch stretch = {0, tape->size};
  outcome found = {.status = URNA_OK};
  found.status = urna_crew_tally(&crew, &plan, tape, &stretch, &tally, NULL);
  found.records = tally.records;
  found.faults = tally.faults.count;
  if (found.status == URNA_OK) sum_up(&tally, &found);
  urna_tally_free(&tally);
  return found;
}

static void compare(outcome a, outcome b, const char *set, size_t chunk) {
  if (a.status == b.status
      && (a.status != URNA_OK
          || (a.records == b.records && a.mixed == b.mixed
              && a.groups == b.groups && a.faults == b.faults)))
    return;
  fprintf(stderr, "%s, chunk %zu: %d %d, records %zu %zu, groups %zu %zu, "
          "faults %zu %zu\n", set, chunk, a.status, b.status,
          (size_t)a.records, (size_t)b.records, a.groups, b.groups, a.faults,
          b.faults);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  urna_tape tape;
  if (size < 1) return 0;
  size_t chunk = (size_t)data[0] + 1;
  urna_tape_text(&tape, (const char *)data + 1, size - 1);
  outcome truth = run(&tape, exactly, size + 1, 1);
  for (const char *const *set = urna_tally_sets(); *set; set++) {
    urna_tally_scanner *scanner = urna_tally_scanner_of(*set);
    compare(truth, run(&tape, scanner, chunk, 1), *set, chunk);
    compare(truth, run(&tape, scanner, (size_t)1 << 20, 1), *set, 1 << 20);
  }
  urna_tape_close(&tape);
  return 0;
}
