/*
** cursor.h - a place in a text that is read by hand, byte by byte: blanks,
** line ends, whole numbers, and the error of what stands there.
**
** The readers of small grammars share it. Blanks are spaces and tabs; a line
** ends with LF, CRLF or the text; a lone CR is no line end and no blank.
*/
#ifndef URNA_CURSOR_H
#define URNA_CURSOR_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

/* Borrows the text; 'error' is nullable. */
typedef struct urna_cursor {
  const char *text, *at, *end;
  urna_error *error;
} urna_cursor;

static inline bool urna_is_digit(char c) {
  return c >= '0' && c <= '9';
}

void urna_cursor_init(urna_cursor *cursor, const char *text, size_t size,
                      urna_error *error);

/* Is the next byte this one? */
static inline bool urna_cursor_sees(const urna_cursor *cursor, char byte) {
  return cursor->at < cursor->end && *cursor->at == byte;
}

/* Step over the next byte if it is this one. */
static inline bool urna_cursor_takes(urna_cursor *cursor, char byte) {
  bool sees = urna_cursor_sees(cursor, byte);
  cursor->at += sees;
  return sees;
}

void urna_cursor_skip_blanks(urna_cursor *cursor);

/* Bytes of the line end that stands here; 0 if there is none, and at the
** end of the text. */
size_t urna_cursor_line_end(const urna_cursor *cursor);

/* Does the line end here, or the text? */
static inline bool urna_cursor_at_line_end(const urna_cursor *cursor) {
  return cursor->at == cursor->end || urna_cursor_line_end(cursor) > 0;
}

/* Step over blanks and empty lines. */
void urna_cursor_skip_empty_lines(urna_cursor *cursor);

/*
** Read the digits that stand here. URNA_BAD_INPUT: there are none;
** URNA_OVERFLOW: they do not fit. Neither moves the cursor nor notes an
** error: only the caller knows what was expected.
*/
urna_status urna_cursor_number(urna_cursor *cursor, urna_count *number);

/* Note an error at 'at', with the word that stands there as its text;
** returns URNA_BAD_INPUT. */
urna_status urna_cursor_refuse(const urna_cursor *cursor, const char *at,
                               const char *code, const char *message,
                               const char *expected);

URNA_FINISH

#endif
