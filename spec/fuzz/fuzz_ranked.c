/*
** fuzz_ranked.c - any bytes as ballots: every scanner, its text cut anywhere,
** must keep what the exact reader keeps of the whole. For libFuzzer:
** clang -g -O2 -fsanitize=fuzzer,address,undefined -Isrc
** spec/fuzz/fuzz_ranked.c src/core/(all).c
*/
#include <stdio.h>
#include <stdlib.h>

#include "core/ranked.h"
#include "core/tally.h"

#define FAULTS 4

static const urna_text OVERVOTE[] = {{"ov", 2}, {"overvote", 8}};
static const urna_text SKIP[] = {{"-", 1}, {"undervote", 9}};
static const urna_text WRITE_IN[] = {{"wi", 2}, {"UWI", 3}};
static const size_t IN_ORDER[] = {1, 2, 3}, MIXED[] = {3, 0, 2};

/* What is read, by the first byte of the input. */
static urna_ranked_plan plan_of(unsigned char choice) {
  static const char delimiters[] = {',', ';', '\t', '|'};
  static const char separators[] = {',', '>', '|', ' '};
  urna_ranked_plan plan = {.column_count = 4,
                           .ranks = choice & 4 ? MIXED : IN_ORDER,
                           .rank_count = choice & 8 ? 0 : 3,
                           .list = 1,
                           .separator = separators[choice >> 6],
                           .weight = choice & 16 ? 1 : URNA_NO_COLUMN,
                           .delimiter = delimiters[choice & 3],
                           .is_closed = (choice & 32) != 0,
                           .overvote = {OVERVOTE, 2},
                           .skip = {SKIP, 2},
                           .write_in = {WRITE_IN, 2},
                           .seed = choice,
                           .fault_limit = FAULTS};
  if (plan.weight == 1 && plan.rank_count == 0) plan.list = 2;
  if ((choice & 0x1f) == 0x0b)
    plan = (urna_ranked_plan){.column_count = 1,
                              .separator = plan.separator,
                              .delimiter = ',',
                              .weight = URNA_NO_COLUMN,
                              .fault_limit = FAULTS};
  return plan;
}

typedef struct outcome {
  urna_ballots ballots;
  urna_ranked ranked;
} outcome;

static uint32_t draw(uint32_t *state) {
  return *state = *state * 1664525u + 1013904223u;
}

/* The text in blocks of up to 'most' bytes; what lies behind a block is as
** misleading as can be. */
static urna_status feed(urna_ranked *ranked, const char *text, size_t size,
                        size_t most, uint32_t state) {
  size_t from = 0, to = 0;
  urna_status status = URNA_OK;
  char *block = malloc(size + URNA_RANKED_PAD);
  while (status == URNA_OK && (to < size || from < size || size == 0)) {
    bool is_last = to == size;
    size_t step = 1 + (draw(&state) >> 8) % most, used;
    to = size - to < step ? size : to + step;
    memcpy(block, text + from, to - from);
    for (size_t i = 0; i < 192; i++) block[to - from + i] = "\n,\"\r"[i % 4];
    status = urna_ranked_feed(ranked, block, to - from, is_last, &used);
    from += used;
    if (is_last) break;
  }
  free(block);
  return status;
}

static urna_status run(outcome *o, const urna_ranked_plan *plan,
                       urna_ranked_scanner *scanner, const char *text,
                       size_t size, size_t most, uint32_t state) {
  uint32_t number;
  urna_ballots_init(&o->ballots, 5);
  if (plan->is_closed) {
    urna_ballots_candidate(&o->ballots, "A", 1, &number);
    urna_ballots_candidate(&o->ballots, "Bartholomew", 11, &number);
  }
  if (urna_ranked_init(&o->ranked, plan, scanner, &o->ballots) != URNA_OK)
    abort();
  return feed(&o->ranked, text, size, most, state);
}

static void finish(outcome *o) {
  urna_ranked_free(&o->ranked);
  urna_ballots_free(&o->ballots);
}

static bool same_bytes(const void *a, const void *b, size_t size) {
  return size == 0 || memcmp(a, b, size) == 0;
}

static bool same_names(const urna_ballots *a, const urna_ballots *b) {
  const urna_names *x = &a->candidates, *y = &b->candidates;
  if (x->name_count != y->name_count || x->text_length != y->text_length)
    return false;
  for (uint32_t i = 0; i < x->name_count; i++)
    if (x->names[i].length != y->names[i].length) return false;
  return same_bytes(x->text, y->text, x->text_length)
         && same_bytes(a->kinds, b->kinds, x->name_count);
}

static bool same_ballots(const urna_ballots *a, const urna_ballots *b) {
  if (a->count != b->count || a->mark_count != b->mark_count
      || a->papers != b->papers)
    return false;
  for (size_t i = 0; i < a->count; i++)
    if (urna_ballots_weight(a, i) != urna_ballots_weight(b, i)) return false;
  return same_bytes(a->marks, b->marks, a->mark_count * sizeof *a->marks)
         && same_bytes(a->starts, b->starts, a->count * sizeof *a->starts);
}

static bool same_faults(const urna_ranked *a, const urna_ranked *b) {
  if (a->fault_count != b->fault_count) return false;
  for (size_t i = 0; i < a->fault_count && i < FAULTS; i++) {
    const urna_ranked_fault *x = &a->faults[i], *y = &b->faults[i];
    if (x->offset != y->offset || x->row_line != y->row_line
        || x->reason != y->reason || x->error.line != y->error.line
        || x->error.column != y->error.column
        || x->error.index != y->error.index
        || strcmp(x->error.code, y->error.code) != 0
        || x->error.text_length != y->error.text_length
        || !same_bytes(x->error.text, y->error.text, x->error.text_length))
      return false;
  }
  return true;
}

static void compare(const outcome *a, const outcome *b, const char *set,
                    size_t most) {
  if (a->ranked.records == b->ranked.records && a->ranked.line == b->ranked.line
      && a->ranked.offset == b->ranked.offset
      && same_names(&a->ballots, &b->ballots)
      && same_ballots(&a->ballots, &b->ballots)
      && same_faults(&a->ranked, &b->ranked))
    return;
  fprintf(stderr,
          "%s, blocks up to %zu: records %zu %zu, ballots %zu %zu, faults %zu "
          "%zu, lines %zu %zu, candidates %u %u\n",
          set, most, (size_t)a->ranked.records, (size_t)b->ranked.records,
          a->ballots.count, b->ballots.count, a->ranked.fault_count,
          b->ranked.fault_count, a->ranked.line, b->ranked.line,
          a->ballots.candidates.name_count, b->ballots.candidates.name_count);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 3) return 0;
  urna_ranked_plan plan = plan_of(data[0]);
  const char *text = (const char *)data + 3;
  size_t length = size - 3, most = (size_t)data[1] * 2 + 1;
  outcome truth, found;
  urna_status status =
      run(&truth, &plan, urna_ranked_scan_exactly, text, length, length + 1, 0);
  /* one of the scanners at a time, or the exact reader cut up */
  const char *const *set = urna_tally_sets();
  for (int i = data[2] % 5; i > 0 && *set; i--) set++;
  urna_ranked_scanner *scanner =
      *set ? urna_ranked_scanner_of(*set) : urna_ranked_scan_exactly;
  if (run(&found, &plan, scanner, text, length, most, data[2]) != status)
    abort();
  compare(&truth, &found, *set ? *set : "exactly", most);
  finish(&found);
  finish(&truth);
  return 0;
}
