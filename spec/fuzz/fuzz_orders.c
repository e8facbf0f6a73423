/*
** fuzz_orders.c - any bytes as a PrefLib or a BLT file, the first byte says
** which. Whatever is read must be in order: marks that name candidates, ties
** that are closed, weights that add up; what is refused leaves nothing, and
** says where. And blank space says nothing: a text with a tab where a blank
** was, which goes the slow way, is read alike. For libFuzzer:
** clang -g -O1 -fsanitize=fuzzer,address,undefined -Isrc
** spec/fuzz/fuzz_orders.c src/core/(all).c
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/blt.h"
#include "core/preflib.h"

static void demand(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "not so: %s\n", what);
  abort();
}

/* The marks of one ballot, from its start to where the next one begins. */
static void check_ballot(const urna_ballots *ballots, const uint16_t *mark,
                         const uint16_t *end) {
  bool in_tie = false;
  uint16_t last = URNA_MARK_END;
  for (; *mark != URNA_MARK_END; last = *mark++) {
    demand(mark < end, "a ballot ends before the next");
    demand(*mark >= URNA_MARK_OVERVOTE
               || *mark < ballots->candidates.name_count,
           "a mark is a candidate");
    if (*mark == URNA_MARK_OPEN || *mark == URNA_MARK_CLOSE) {
      demand(in_tie == (*mark == URNA_MARK_CLOSE), "ties are closed");
      in_tie = !in_tie;
    }
  }
  demand(!in_tie && mark + 1 == end, "a ballot ends where the next begins");
  demand(last != URNA_MARK_SKIP, "the last rank is used");
}

static void check_ballots(const urna_ballots *ballots) {
  urna_count papers = 0;
  const uint16_t *marks = ballots->marks;
  for (size_t i = 0; i < ballots->count; i++) {
    size_t next =
        i + 1 < ballots->count ? ballots->starts[i + 1] : ballots->mark_count;
    check_ballot(ballots, marks + ballots->starts[i], marks + next);
    demand(urna_ballots_weight(ballots, i) > 0, "a weight is positive");
    papers += urna_ballots_weight(ballots, i);
  }
  demand(papers == ballots->papers, "the weights add up");
}

static urna_status take(const char *text, size_t size, int kind,
                        urna_ballots *ballots, urna_error *error) {
  urna_ballots_init(ballots, 3);
  urna_error_set(error, NULL, NULL);
  urna_status status =
      kind % 8 == 0
          ? urna_blt_read(text, size, NULL, ballots, error)
          : urna_preflib_read(text, size, (urna_preflib_type)(kind % 5), NULL,
                              ballots, error);
  demand(status == URNA_OK || status == URNA_BAD_INPUT, "read or refused");
  if (status == URNA_OK) {
    check_ballots(ballots);
  } else {
    demand(error->code && error->message && error->line > 0 && error->column > 0
               && error->column <= size + 1,
           "an error says where");
    demand(!ballots->marks && !ballots->candidates.names, "nothing is left");
  }
  return status;
}

static bool are_alike(const urna_ballots *a, const urna_ballots *b) {
  if (a->count != b->count || a->mark_count != b->mark_count
      || a->papers != b->papers)
    return false;
  return a->mark_count == 0
         || memcmp(a->marks, b->marks, a->mark_count * sizeof *a->marks) == 0;
}

/* Blanks become tabs except in names and titles, where they are text. */
static void blanks_to_tabs(char *text, size_t size) {
  bool is_text = false;
  for (size_t i = 0; i < size; i++) {
    if (text[i] == '#' || text[i] == '"') is_text = true;
    if (text[i] == '\n') is_text = false;
    if (text[i] == ' ' && !is_text) text[i] = '\t';
  }
}

/* Two names that differ in a blank alone are the same with tabs. */
static bool is_same_name(const urna_error *error) {
  return error->code && strcmp(error->code, "same_name") == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  urna_ballots first, second;
  urna_error first_error, second_error;
  if (size < 1) return 0;
  int kind = data[0];
  /* blocks of their very size, so that a byte too far is noticed */
  char *text = malloc(size);
  if (!text) return 0;
  memcpy(text, data + 1, size - 1);
  size--;
  char *exact = realloc(text, size + !size);
  urna_status status = take(exact, size, kind, &first, &first_error);
  blanks_to_tabs(exact, size);
  urna_status again = take(exact, size, kind, &second, &second_error);
  demand(is_same_name(&second_error)
             || (again == status && are_alike(&first, &second)
                 && first_error.line == second_error.line
                 && first_error.column == second_error.column),
         "both ways say the same");
  urna_ballots_free(&first);
  urna_ballots_free(&second);
  free(exact);
  return 0;
}
