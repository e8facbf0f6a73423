/* see cursor.h */
#include "core/cursor.h"

#include <string.h>

void urna_cursor_init(urna_cursor *cursor, const char *text, size_t size,
                      urna_error *error) {
  *cursor = (urna_cursor){text, text, text + size, error};
}

void urna_cursor_skip_blanks(urna_cursor *cursor) {
  while (urna_cursor_sees(cursor, ' ') || urna_cursor_sees(cursor, '\t'))
    cursor->at++;
}

size_t urna_cursor_line_end(const urna_cursor *cursor) {
  const char *at = cursor->at;
  if (at == cursor->end) return 0;
  if (*at == '\n') return 1;
  return *at == '\r' && cursor->end - at > 1 && at[1] == '\n' ? 2 : 0;
}

void urna_cursor_skip_empty_lines(urna_cursor *cursor) {
  size_t length;
  urna_cursor_skip_blanks(cursor);
  while ((length = urna_cursor_line_end(cursor)) > 0) {
    cursor->at += length;
    urna_cursor_skip_blanks(cursor);
  }
}

urna_status urna_cursor_number(urna_cursor *cursor, urna_count *number) {
  const char *at = cursor->at;
  urna_count value = 0;
  if (at == cursor->end || !urna_is_digit(*at)) return URNA_BAD_INPUT;
  for (; at < cursor->end && urna_is_digit(*at); at++) {
    int digit = *at - '0';
    if (value > (INT64_MAX - digit) / 10) return URNA_OVERFLOW;
    value = value * 10 + digit;
  }
  cursor->at = at;
  *number = value;
  return URNA_OK;
}

/* A mark that parts words is a word of its own. */
static size_t word_length(const char *at, const char *end) {
  static const char parting[] = {' ', '\t', '\r', '\n', ',',
                                 ':', '{',  '}',  '#'};
  size_t length = 0, room = (size_t)(end - at);
  if (room == 0 || *at == '\n' || *at == '\r') return 0;
  while (length < room && !memchr(parting, at[length], sizeof parting))
    length++;
  return length > 0 ? length : 1;
}

urna_status urna_cursor_refuse(const urna_cursor *cursor, const char *at,
                               const char *code, const char *message,
                               const char *expected) {
  if (!cursor->error) return URNA_BAD_INPUT;
  urna_error_set(cursor->error, code, message);
  cursor->error->expected = expected;
  urna_error_place(cursor->error, cursor->text, (size_t)(at - cursor->text));
  urna_error_text(cursor->error, at, word_length(at, cursor->end));
  return URNA_BAD_INPUT;
}
