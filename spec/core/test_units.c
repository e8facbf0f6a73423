#include <stdlib.h>

#include "core/units.h"
#include "test.h"

#define SEED 20240602u

static urna_status add(urna_units *units, const char *text, uint64_t offset,
                       uint64_t *first) {
  urna_unit_key key = {.bytes = NULL};
  urna_unit_key_put(&key, text, strlen(text));
  urna_status status =
      urna_units_add(units, key.bytes, key.length, offset, first);
  urna_unit_key_free(&key);
  return status;
}

static void one_set(void) {
  urna_units units;
  uint64_t first = 99;
  urna_units_init(&units, SEED, 9, 0);
  CHECK(add(&units, "a", 10, &first) == URNA_OK && first == 10);
  CHECK(add(&units, "b", 20, &first) == URNA_OK && first == 20);
  CHECK(add(&units, "a", 30, &first) == URNA_TIE && first == 10);
  CHECK(add(&units, "", 40, &first) == URNA_OK && first == 40);
  CHECK(add(&units, "a", 50, &first) == URNA_TIE && first == 10);
  /* read out of order: 5 is the first now, and 20 the duplicate */
  CHECK(add(&units, "b", 5, &first) == URNA_TIE && first == 5);
  CHECK(units.count == 3 && units.duplicate_count == 3);
  urna_units_report(&units);
  CHECK(units.duplicate_kept == 3);
  const urna_duplicate *list = units.duplicates;
  CHECK(list[0].offset == 20 && list[0].first == 5 && list[0].unit == 1);
  CHECK(list[1].offset == 30 && list[1].first == 10 && list[1].unit == 0);
  CHECK(list[2].offset == 50 && list[2].first == 10);
  urna_units_free(&units);
  urna_units_free(&units);
}

/* A key that says its fields apart, however they are cut. */
static void keys(void) {
  static char text[300];
  memset(text, 'x', sizeof text);
  urna_unit_key a = {.bytes = NULL}, b = {.bytes = NULL};
  urna_unit_key_put(&a, "ab", 2);
  urna_unit_key_put(&a, "c", 1);
  urna_unit_key_put(&b, "a", 1);
  urna_unit_key_put(&b, "bc", 2);
  CHECK(a.length == b.length && memcmp(a.bytes, b.bytes, a.length) != 0);
  urna_unit_key_clear(&a);
  urna_unit_key_put(&a, "", 0);
  urna_unit_key_put(&a, text, 127);
  urna_unit_key_put(&a, text, 128);
  urna_unit_key_put(&a, text, 300);
  CHECK(a.length == 1 + 128 + 130 + 302);
  const unsigned char *at = a.bytes, *end = at + a.length;
  static const size_t lengths[] = {0, 127, 128, 300};
  const char *field;
  size_t length;
  for (int i = 0; i < 4; i++) {
    CHECK(urna_unit_key_next(&at, end, &field, &length));
    CHECK(length == lengths[i] && memcmp(field, text, length) == 0);
  }
  CHECK(!urna_unit_key_next(&at, end, &field, &length));
  urna_unit_key_free(&a);
  urna_unit_key_free(&a);
  urna_unit_key_free(&b);
}

/* Of the duplicates at 2 .. 100 the limit keeps those at 2 and 3. */
static void limits(void) {
  urna_units units;
  uint64_t first;
  urna_units_init(&units, SEED, 2, 0);
  for (uint64_t i = 100; i >= 1; i--) add(&units, "same", i, &first);
  CHECK(units.count == 1 && units.duplicate_count == 99);
  urna_units_report(&units);
  CHECK(units.duplicate_kept == 2);
  CHECK(units.duplicates[0].offset == 2 && units.duplicates[0].first == 1);
  CHECK(units.duplicates[1].offset == 3);
  urna_units_free(&units);
  urna_units_init(&units, SEED, 0, 0);
  add(&units, "a", 1, &first);
  CHECK(add(&units, "a", 2, &first) == URNA_TIE);
  CHECK(units.duplicate_count == 1 && units.duplicate_kept == 0);
  urna_units_report(&units);
  urna_units_free(&units);
}

static void memory(void) {
  urna_units units;
  uint64_t first;
  char name[16];
  int count = 0;
  urna_units_init(&units, SEED, 9, 100000);
  urna_status status;
  do {
    sprintf(name, "%07d", count++);
    status = add(&units, name, (uint64_t)count, &first);
  } while (status == URNA_OK && count < 100000);
  CHECK(status == URNA_NO_MEMORY && units.is_full);
  CHECK(units.used <= 100000 && units.count == (uint32_t)count - 1);
  /* 7 bytes, two lengths, at most 24 and 20: 53, and less than twice that */
  CHECK(units.count >= 100000 / 106);
  CHECK(add(&units, "0000000", 999999, &first) == URNA_TIE && first == 1);
  size_t length;
  CHECK(urna_units_key(&units, 5, &length)[1] == '0' && length == 8);
  urna_units_free(&units);
}

/* ---- at random, against the plainest way ---- */

#define RECORDS 3000
#define KINDS   1000
#define KEPT    50

typedef struct record {
  uint64_t offset;
  int kind;
} record;

static uint32_t state = SEED;

static uint32_t draw(uint32_t below) {
  state = (uint32_t)((uint64_t)state * 16807 % 2147483647);
  return state % below;
}

static void shuffle(record *records, size_t count) {
  for (size_t i = count; i > 1; i--) {
    size_t k = draw((uint32_t)i);
    record other = records[i - 1];
    records[i - 1] = records[k];
    records[k] = other;
  }
}

static void add_record(urna_units *units, const record *from) {
  char name[16];
  uint64_t first;
  sprintf(name, "unit %d", from->kind);
  add(units, name, from->offset, &first);
}

/* The duplicates of 'records', which are in the order of their offsets. */
static size_t expected(const record *records, urna_duplicate *list) {
  uint64_t first_of[KINDS] = {0};
  size_t count = 0;
  for (size_t i = 0; i < RECORDS; i++) {
    uint64_t *first = &first_of[records[i].kind];
    if (*first && count++ < KEPT)
      list[count - 1] = (urna_duplicate){records[i].offset, *first, 0};
    if (!*first) *first = records[i].offset;
  }
  return count;
}

/* Shared out among four sets, which are merged in some order. */
static void merge(const record *mixed, urna_units *sets) {
  for (uint64_t i = 0; i < 4; i++) urna_units_init(&sets[i], i, KEPT, 0);
  for (size_t i = 0; i < RECORDS; i++) add_record(&sets[draw(4)], &mixed[i]);
  uint32_t into = draw(4);
  for (uint32_t i = 1; i < 4; i++)
    CHECK(urna_units_merge(&sets[into], &sets[(into + i) % 4]) == URNA_OK);
  urna_units other = sets[0];
  sets[0] = sets[into];
  sets[into] = other;
}

static void merged(void) {
  static record records[RECORDS], mixed[RECORDS];
  urna_duplicate list[KEPT];
  for (size_t i = 0; i < RECORDS; i++)
    records[i] = (record){10 * i + 1, (int)draw(KINDS)};
  size_t count = expected(records, list);
  for (int turn = 0; turn < 20; turn++) {
    urna_units sets[4];
    memcpy(mixed, records, sizeof mixed);
    shuffle(mixed, RECORDS);
    merge(mixed, sets);
    urna_units_report(&sets[0]);
    CHECK(sets[0].duplicate_count == count);
    CHECK(sets[0].count == RECORDS - count && sets[0].duplicate_kept == KEPT);
    for (size_t i = 0; i < KEPT; i++)
      CHECK(sets[0].duplicates[i].offset == list[i].offset
            && sets[0].duplicates[i].first == list[i].first);
    for (int i = 0; i < 4; i++) urna_units_free(&sets[i]);
  }
}

int main(void) {
  one_set();
  keys();
  limits();
  memory();
  merged();
  printf("seed %u\n", SEED);
  return test_report("units");
}
