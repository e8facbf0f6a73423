/*
** ballots_read.h - what the tests of a reader of ballots hold against it: the
** store and the error it fills, and what both must say after it was called.
*/
#ifndef URNA_BALLOTS_READ_H
#define URNA_BALLOTS_READ_H

#include "ballots_text.h"
#include "test.h"

static urna_ballots ballots;
static urna_error error;
static char line[8192];

/* The ballots that were read, as ballots_text writes them. */
static void has_read(urna_status status, const char *expected,
                     const char *place, int at) {
  ballots_text(&ballots, line, sizeof line);
  int good = status == URNA_OK && strcmp(line, expected) == 0;
  test_note(good, expected, place, at);
  if (!good)
    printf("  %d \"%s\" %s %zu:%zu\n", status, line,
           error.code ? error.code : "", error.line, error.column);
}

/* The text was refused for 'word' in this place, and nothing is left of it. */
static void has_refused(urna_status status, const char *code, size_t row,
                        size_t column, const char *word, const char *place,
                        int at) {
  int good = status == URNA_BAD_INPUT && error.code
             && strcmp(error.code, code) == 0 && error.line == row
             && error.column == column && error.text_length == strlen(word)
             && memcmp(error.text, word, strlen(word)) == 0
             && error.message != NULL;
  test_note(good, code, place, at);
  test_note(ballots.count == 0 && ballots.candidates.name_count == 0
                && ballots.papers == 0 && ballots.marks == NULL,
            "nothing is half done", place, at);
  if (!good)
    printf("  %d %s %zu:%zu \"%.*s\"\n", status, error.code ? error.code : "",
           error.line, error.column, (int)error.text_length, error.text);
}

#endif
