/*
** recipe.h - texts of rows, built from few bytes by a fuzzer.
**
** Random bytes hardly ever are two rows that resemble each other, which is
** what a scanner lives on. So bytes are taken as instructions: set a field to
** a word, give the row out several times, count a name up, spoil a byte. The
** words are those that have been trouble somewhere.
*/
#ifndef URNA_FUZZ_RECIPE_H
#define URNA_FUZZ_RECIPE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct word {
  const char *start;
  size_t length;
} word;

#define WORD(text)                                                             \
  { text, sizeof(text) - 1 }
#define TEN "0123456789"

static const word WORDS[] = {WORD("a"),
                             WORD("b"),
                             WORD(""),
                             WORD("list 1"),
                             WORD("list 2"),
                             WORD("\xC4\x8D"),
                             WORD("\xE6\x97\xA5\xE6\x9C\xAC"),
                             WORD("A"),
                             WORD("1"),
                             WORD("0"),
                             WORD("7"),
                             WORD("12"),
                             WORD("9999999"),
                             WORD("10000000"),
                             WORD("0000007"),
                             WORD("00000007"),
                             WORD("9223372036854775807"),
                             WORD("9223372036854775806"),
                             WORD("9223372036854775808"),
                             WORD("99999999999999999999"),
                             WORD("4611686018427387904"),
                             WORD("-1"),
                             WORD("1.5"),
                             WORD(" 1"),
                             WORD("a\"b"),
                             WORD("\""),
                             WORD("\"\""),
                             WORD("a,b"),
                             WORD("a;b"),
                             WORD("a\nb"),
                             WORD("a\r\nb"),
                             WORD("\r"),
                             WORD("a\rb"),
                             WORD("\0"),
                             WORD("\xFF"),
                             WORD("\xC3"),
                             WORD("\xC0\xAF"),
                             WORD("\xED\xA0\x80"),
                             WORD("\xF4\x90\x80\x80"),
                             WORD(TEN TEN TEN TEN TEN TEN "a"),
                             WORD(TEN TEN TEN TEN TEN TEN "ab"),
                             WORD(TEN TEN TEN TEN TEN TEN "abc"),
                             WORD(TEN TEN TEN TEN TEN TEN "abcd"),
                             WORD(TEN TEN TEN TEN TEN TEN "abcde"),
                             WORD(TEN TEN TEN TEN TEN TEN TEN TEN),
                             WORD(TEN TEN TEN TEN TEN TEN TEN "\xC4\x8D")};

#define WORD_COUNT   (sizeof WORDS / sizeof *WORDS)
#define RECIPE_WIDTH 48 /* fields of a row at most */

typedef struct recipe {
  const uint8_t *at, *end; /* the instructions */
  char *text;
  size_t size, room;
  char delimiter;
  size_t width; /* fields of a row */
  word fields[RECIPE_WIDTH];
  bool quoted[RECIPE_WIDTH];
  bool is_crlf;
} recipe;

static uint8_t next_byte(recipe *r) {
  return r->at < r->end ? *r->at++ : 0;
}

static void put_bytes(recipe *r, const char *bytes, size_t length) {
  if (length > r->room - r->size) length = r->room - r->size;
  memcpy(r->text + r->size, bytes, length);
  r->size += length;
}

static void put_field(recipe *r, const word *field, bool quoted) {
  if (!quoted) {
    put_bytes(r, field->start, field->length);
    return;
  }
  put_bytes(r, "\"", 1);
  for (size_t i = 0; i < field->length; i++) {
    put_bytes(r, field->start + i, 1);
    if (field->start[i] == '"') put_bytes(r, "\"", 1);
  }
  put_bytes(r, "\"", 1);
}

static void put_row(recipe *r) {
  for (size_t i = 0; i < r->width; i++) {
    if (i > 0) put_bytes(r, &r->delimiter, 1);
    put_field(r, &r->fields[i], r->quoted[i]);
  }
  put_bytes(r, r->is_crlf ? "\r\n" : "\n", r->is_crlf ? 2 : 1);
}

/* Rows in which one field is a number that goes up. */
static void put_counted_rows(recipe *r, unsigned count) {
  char digits[24];
  uint8_t choice = next_byte(r);
  size_t i = choice % r->width;
  word kept = r->fields[i];
  for (unsigned n = 0; n < count; n++) {
    int length = snprintf(digits, sizeof digits, "%u", choice * 4u + n);
    r->fields[i] = (word){digits, (size_t)length};
    put_row(r);
  }
  r->fields[i] = kept;
}

/* A byte written before, counted from the end, becomes another. */
static void spoil(recipe *r) {
  size_t back = next_byte(r);
  uint8_t byte = next_byte(r);
  if (back < r->size) r->text[r->size - 1 - back] = (char)byte;
}

static void put_raw(recipe *r, size_t length) {
  if (length > (size_t)(r->end - r->at)) length = (size_t)(r->end - r->at);
  put_bytes(r, (const char *)r->at, length);
  r->at += length;
}

static void follow(recipe *r) {
  uint8_t code = next_byte(r), more = code >> 3;
  uint8_t field = (uint8_t)(more % r->width);
  switch (code & 7) {
    case 0:
      for (unsigned n = 0; n <= more; n++) put_row(r);
      break;
    case 1:
    case 2:
      r->fields[field] = WORDS[next_byte(r) % WORD_COUNT];
      put_row(r);
      break;
    case 3:
      r->fields[field] = WORDS[next_byte(r) % WORD_COUNT];
      break;
    case 4:
      r->quoted[field] = !r->quoted[field];
      break;
    case 5:
      put_raw(r, more);
      break;
    case 6:
      if (more == 0)
        r->is_crlf = !r->is_crlf;
      else
        spoil(r);
      break;
    default:
      put_counted_rows(r, 1u + more * 2u);
      break;
  }
}

/* Begin with a row of the word "a", and "1" where a count is to stand. */
static void recipe_init(recipe *r, char *text, size_t room, char delimiter,
                        size_t width) {
  memset(r, 0, sizeof *r);
  r->text = text;
  r->room = room;
  r->delimiter = delimiter;
  r->width = width < 1 ? 1 : width > RECIPE_WIDTH ? RECIPE_WIDTH : width;
  for (size_t i = 0; i < r->width; i++) r->fields[i] = WORDS[0];
}

/* Follow all of the bytes; returns the length of the text. */
static size_t recipe_follow(recipe *r, const uint8_t *data, size_t size) {
  r->at = data;
  r->end = data + size;
  while (r->at < r->end && r->size < r->room) follow(r);
  return r->size;
}

#endif
