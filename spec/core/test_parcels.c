/* test_parcels.c - papers sorted, split and joined; papers read as rules say. */
#include <stdlib.h>

#include "ballots_text.h"
#include "core/parcels.h"
#include "test.h"

#define CANDIDATES 4

typedef struct bench {
  urna_ballots ballots;
  urna_parcels parcels;
  uint32_t made[CANDIDATES + 1];
  urna_count papers[CANDIDATES + 1];
} bench;

static void set_up(bench *b) {
  urna_ballots_init(&b->ballots, 5);
  for (uint32_t i = 0; i < CANDIDATES; i++) {
    char name[2] = {(char)('a' + i), 0};
    uint32_t number;
    urna_ballots_candidate(&b->ballots, name, 1, &number);
  }
}

/* "ab-c" is a ballot, "{bd}" an overvote, "!" one without names. */
static void add(bench *b, const char *text, urna_count weight) {
  uint16_t marks[32];
  size_t n = 0;
  for (const char *p = text; *p; p++) {
    if (*p == '-')
      marks[n++] = URNA_MARK_SKIP;
    else if (*p == '{')
      marks[n++] = URNA_MARK_OPEN;
    else if (*p == '}')
      marks[n++] = URNA_MARK_CLOSE;
    else if (*p == '!')
      marks[n++] = URNA_MARK_OVERVOTE;
    else
      marks[n++] = (uint16_t)(*p - 'a');
  }
  urna_ballots_add(&b->ballots, marks, n, weight);
}

static void begin(bench *b, urna_reading reading) {
  CHECK(urna_parcels_init(&b->parcels, &b->ballots, &reading) == URNA_OK);
}

static urna_status sort(bench *b, const uint32_t *numbers, size_t count) {
  urna_sorted sorted = {b->made, b->papers};
  return urna_parcels_sort(&b->parcels, numbers, count, &sorted);
}

static void sort_all(bench *b) {
  uint32_t all;
  CHECK(urna_parcels_all(&b->parcels, &all) == URNA_OK);
  CHECK(sort(b, &all, 1) == URNA_OK);
  CHECK(!urna_parcels_has(&b->parcels, all));
}

static int has(const bench *b, urna_count a, urna_count second, urna_count c,
               urna_count d, urna_count exhausted) {
  const urna_count *p = b->papers;
  return p[0] == a && p[1] == second && p[2] == c && p[3] == d
         && p[4] == exhausted;
}

static void tear_down(bench *b) {
  urna_parcels_free(&b->parcels);
  urna_parcels_free(&b->parcels); /* twice is harmless */
  urna_ballots_free(&b->ballots);
}

static void sorted(void) {
  bench b;
  set_up(&b);
  add(&b, "abc", 3);
  add(&b, "ac", 2);
  add(&b, "a", 1);
  add(&b, "bd", 5);
  add(&b, "", 4);
  begin(&b, (urna_reading){.choices = 0});
  sort_all(&b);
  CHECK(has(&b, 6, 5, 0, 0, 4));
  CHECK(b.made[2] == URNA_NO_PARCEL && b.made[4] == URNA_NO_PARCEL);
  uint32_t of_b = b.made[1];
  urna_parcels_stand(&b.parcels, 0, false);
  uint32_t of_a = b.made[0];
  CHECK(sort(&b, &of_a, 1) == URNA_OK);
  CHECK(has(&b, 0, 3, 2, 0, 1)); /* 3 abc to b, 2 ac to c, one has no next */
  urna_parcels_stand(&b.parcels, 1, false);
  uint32_t both[] = {of_b, b.made[1]};
  CHECK(sort(&b, both, 2) == URNA_OK);
  CHECK(has(&b, 0, 0, 3, 5, 0)); /* 3 abc to c, 5 bd to d */
  tear_down(&b);
}

static void joined(void) {
  bench b;
  set_up(&b);
  add(&b, "ac", 1);
  add(&b, "bc", 1);
  begin(&b, (urna_reading){.choices = 0});
  sort_all(&b);
  uint32_t first = b.made[0];
  urna_parcels_join(&b.parcels, first, b.made[1]);
  CHECK(b.parcels.parcels[first].papers == 2);
  urna_parcels_stand(&b.parcels, 0, false);
  urna_parcels_stand(&b.parcels, 1, false);
  CHECK(sort(&b, &first, 1) == URNA_OK);
  CHECK(has(&b, 0, 0, 2, 0, 0));
  tear_down(&b);
}

/* The last four papers of three ab and three ac are an ab and the ac. */
static void split(urna_count weight) {
  bench b;
  uint32_t all, last;
  set_up(&b);
  for (urna_count i = 0; i < 3; i += weight) add(&b, "ab", weight);
  for (urna_count i = 0; i < 3; i += weight) add(&b, "ac", weight);
  begin(&b, (urna_reading){.choices = 0});
  CHECK(urna_parcels_all(&b.parcels, &all) == URNA_OK);
  CHECK(urna_parcels_split(&b.parcels, all, 1, &last) == URNA_BAD_CALL);
  CHECK(sort(&b, &all, 1) == URNA_OK);
  uint32_t of_a = b.made[0];
  CHECK(urna_parcels_split(&b.parcels, of_a, 4, &last) == URNA_OK);
  CHECK(b.parcels.parcels[of_a].papers == 2);
  urna_parcels_stand(&b.parcels, 0, false);
  CHECK(sort(&b, &last, 1) == URNA_OK);
  CHECK(has(&b, 0, 1, 3, 0, 0));
  CHECK(sort(&b, &of_a, 1) == URNA_OK);
  CHECK(has(&b, 0, 2, 0, 0, 0));
  tear_down(&b);
}

/* First preferences of one ballot: a letter, or '.' for none. */
static char first(const char *text, urna_reading reading, const char *out) {
  bench b;
  char found = '.';
  set_up(&b);
  add(&b, text, 1);
  begin(&b, reading);
  for (const char *p = out; *p; p++)
    urna_parcels_stand(&b.parcels, (uint32_t)(*p - 'a'), false);
  sort_all(&b);
  for (int c = 0; c < CANDIDATES; c++)
    if (b.papers[c] == 1) found = (char)('a' + c);
  CHECK((found == '.') == (b.papers[CANDIDATES] == 1));
  tear_down(&b);
  return found;
}

static void read(void) {
  const urna_reading plain = {.choices = 0};
  CHECK(first("ba", plain, "") == 'b');
  CHECK(first("ba", plain, "b") == 'a');
  CHECK(first("bba", plain, "b") == 'a');
  CHECK(first("--a", plain, "") == 'a');
  const urna_reading skips = {.skips_exhaust = 2};
  CHECK(first("-a", skips, "") == 'a');
  CHECK(first("--a", skips, "") == '.');
  CHECK(first("-b-a", skips, "b") == 'a'); /* never two in a row */
  CHECK(first("b--a", skips, "b") == '.');
  CHECK(first("--a", (urna_reading){.skips_exhaust = 3}, "") == 'a');
  const urna_reading choices = {.choices = 2};
  CHECK(first("abc", choices, "a") == 'b');
  CHECK(first("abc", choices, "ab") == '.');
  CHECK(first("a{bc}d", choices, "a") == '.');
  CHECK(first("-bc", choices, "b") == '.');
  const urna_reading again = {.repetition_exhausts = true};
  CHECK(first("aba", again, "ab") == '.');
  CHECK(first("aabc", again, "a") == '.');
  CHECK(first("abc", again, "a") == 'b');
}

static void read_overvotes(void) {
  const urna_reading exhaust = {.overvote = URNA_OVERVOTE_EXHAUSTS};
  CHECK(first("{ab}c", exhaust, "") == '.');
  CHECK(first("{ab}c", exhaust, "a") == '.');
  CHECK(first("!c", exhaust, "") == '.');
  CHECK(first("c{ab}", exhaust, "") == 'c');
  const urna_reading skip = {.overvote = URNA_OVERVOTE_SKIPS};
  CHECK(first("{ab}c", skip, "a") == 'c');
  CHECK(first("!c", skip, "") == 'c');
  CHECK(first("!{ab}!", skip, "") == '.');
  const urna_reading sole = {.overvote = URNA_OVERVOTE_SOLE};
  CHECK(first("{ab}c", sole, "") == '.');
  CHECK(first("{ab}c", sole, "a") == 'b');
  CHECK(first("{bb}c", sole, "a") == 'b'); /* the same one twice */
  CHECK(first("{ab}c", sole, "ab") == 'c');
  CHECK(first("!c", sole, "") == '.');
}

int main(void) {
  sorted();
  joined();
  split(1);
  split(3);
  read();
  read_overvotes();
  return test_report("test_parcels");
}
