/* See status.h. */
#include "core/status.h"

#include <string.h>

#include "core/utf8.h"

void urna_error_set(urna_error *error, const char *code, const char *message) {
  if (!error) return;
  memset(error, 0, sizeof *error);
  error->code = code;
  error->message = message;
}

void urna_error_place(urna_error *error, const char *text, size_t offset) {
  if (!error) return;
  const char *at = text, *stop = text + offset, *newline;
  error->line = 1;
  while ((newline = memchr(at, '\n', (size_t)(stop - at))) != NULL) {
    error->line++;
    at = newline + 1;
  }
  error->column = (size_t)(stop - at) + 1;
}

void urna_error_text(urna_error *error, const char *text, size_t length) {
  if (!error) return;
  error->text_length = urna_utf8_cut(text, length, URNA_ERROR_TEXT);
  memcpy(error->text, text, error->text_length);
}

void urna_error_hex(urna_error *error, const char *bytes, size_t length) {
  static const char digits[] = "0123456789abcdef";
  if (!error) return;
  char *out = error->text;
  size_t most = (URNA_ERROR_TEXT + 1) / 3;
  for (size_t i = 0; i < length && i < most; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (i > 0) *out++ = ' ';
    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
  }
  error->text_length = (size_t)(out - error->text);
}
