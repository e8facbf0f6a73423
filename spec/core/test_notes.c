/* test_notes.c - notes in any order: all are counted, the first are kept. */
#include "core/notes.h"

#include <stdlib.h>

#include "test.h"

static void add(urna_notes *notes, size_t source, size_t offset) {
  urna_note *note = urna_notes_add(notes, source, offset);
  if (!note) return;
  note->key = malloc(1);
  note->key_length = 1;
  note->key[0] = (unsigned char)offset;
}

static void test_first_are_kept(void) {
  urna_notes notes;
  urna_notes_init(&notes, 3);
  /* 0, 7, 14, ..., 693 modulo 100: each of 0 .. 99 once, out of order */
  for (size_t i = 0; i < 100; i++) add(&notes, 0, i * 7 % 100);
  urna_notes_sort(&notes);
  CHECK(notes.count == 100);
  CHECK(notes.kept == 3);
  for (size_t i = 0; i < notes.kept; i++) {
    CHECK(notes.items[i].offset == i);
    CHECK(notes.items[i].key[0] == i);
  }
  urna_notes_free(&notes);
  urna_notes_free(&notes);
}

static void test_sources_come_first(void) {
  urna_notes notes;
  urna_notes_init(&notes, 10);
  add(&notes, 1, 5);
  add(&notes, 0, 9);
  add(&notes, 1, 2);
  urna_notes_sort(&notes);
  CHECK(notes.items[0].source == 0 && notes.items[0].offset == 9);
  CHECK(notes.items[1].source == 1 && notes.items[1].offset == 2);
  CHECK(notes.items[2].source == 1 && notes.items[2].offset == 5);
  urna_notes_free(&notes);
}

static void test_merge(void) {
  urna_notes one, other;
  urna_notes_init(&one, 4);
  urna_notes_init(&other, 4);
  for (size_t i = 0; i < 10; i++) {
    add(&one, 0, 2 * i + 1);
    add(&other, 0, 2 * i);
  }
  urna_notes_merge(&one, &other);
  urna_notes_sort(&one);
  CHECK(one.count == 20);
  CHECK(one.kept == 4);
  for (size_t i = 0; i < one.kept; i++) CHECK(one.items[i].offset == i);
  CHECK(other.kept == 0);
  urna_notes_free(&one);
  urna_notes_free(&other);
}

static void test_none_are_kept(void) {
  urna_notes notes;
  urna_notes_init(&notes, 0);
  CHECK(urna_notes_add(&notes, 0, 1) == NULL);
  urna_notes_sort(&notes);
  CHECK(notes.count == 1 && notes.kept == 0);
  urna_notes_free(&notes);
}

int main(void) {
  test_first_are_kept();
  test_sources_come_first();
  test_merge();
  test_none_are_kept();
  return test_report("notes");
}
