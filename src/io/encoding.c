/* See encoding.h. */
#include "io/encoding.h"

#include <iconv.h>
#include <string.h>

#include "core/utf8.h"

static const struct {
  const char *name, *iconv_name;
} encodings[] = {
    [URNA_UTF_8] = {"utf-8", "UTF-8"},
    [URNA_CP1250] = {"cp1250", "CP1250"},
    [URNA_CP1251] = {"cp1251", "CP1251"},
    [URNA_ISO_8859_2] = {"iso-8859-2", "ISO-8859-2"},
};

bool urna_encoding_find(const char *name, urna_encoding *encoding) {
  for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
    if (strcmp(encodings[i].name, name) != 0) continue;
    *encoding = (urna_encoding)i;
    return true;
  }
  return false;
}

static urna_status refuse(urna_encoding encoding, const char *text,
                          size_t offset, size_t length, urna_error *error) {
  urna_error_set(error, "bad_text", "not a character of this encoding");
  urna_error_place(error, text, offset);
  urna_error_hex(error, text + offset, length);
  if (error) error->expected = encodings[encoding].name;
  return URNA_BAD_INPUT;
}

static bool starts(const char *text, size_t size, const char *mark) {
  size_t length = strlen(mark);
  return size >= length && memcmp(text, mark, length) == 0;
}

/* A mark at the start that belongs to another encoding than the one said. */
static urna_status check_mark(urna_encoding encoding, const char *text,
                              size_t size, urna_error *error) {
  const char *found = NULL;
  if (starts(text, size, "\xFE\xFF") || starts(text, size, "\xFF\xFE"))
    found = "UTF-16 byte order mark";
  if (encoding != URNA_UTF_8 && starts(text, size, "\xEF\xBB\xBF"))
    found = "UTF-8 byte order mark";
  if (!found) return URNA_OK;
  refuse(encoding, text, 0, 0, error);
  if (error) error->message = "the text is in another encoding";
  urna_error_text(error, found, strlen(found));
  return URNA_BAD_INPUT;
}

urna_status urna_encoding_check(const char *text, size_t size, size_t *skip,
                                urna_error *error) {
  urna_status status = check_mark(URNA_UTF_8, text, size, error);
  if (status != URNA_OK || size == 0) {
    *skip = 0;
    return status;
  }
  size_t flaw = urna_utf8_check(text, size);
  const char *nul = memchr(text, 0, flaw);
  if (nul) return refuse(URNA_UTF_8, text, (size_t)(nul - text), 1, error);
  if (flaw < size)
    return refuse(URNA_UTF_8, text, flaw,
                  urna_utf8_culprit(text + flaw, size - flaw), error);
  *skip = starts(text, size, "\xEF\xBB\xBF") ? 3 : 0;
  return URNA_OK;
}

/* What each byte becomes; length 0: nothing. NUL is refused with them. */
typedef struct letters {
  struct {
    unsigned char length;
    char bytes[4];
  } of[256];
} letters;

static bool ask(urna_encoding encoding, letters *table) {
  iconv_t how = iconv_open("UTF-8", encodings[encoding].iconv_name);
  if (how == (iconv_t)-1) return false;
  memset(table, 0, sizeof *table);
  for (int byte = 1; byte < 256; byte++) {
    char one = (char)byte, *in = &one, *out = table->of[byte].bytes;
    size_t left = 1, room = sizeof table->of[byte].bytes;
    if (iconv(how, &in, &left, &out, &room) == (size_t)-1 || left > 0) {
      iconv(how, NULL, NULL, NULL, NULL);
      continue;
    }
    table->of[byte].length =
        (unsigned char)(sizeof table->of[byte].bytes - room);
  }
  iconv_close(how);
  return true;
}

static urna_status rewrite(const letters *table, const char *text, size_t size,
                           size_t length, urna_bytes *bytes) {
  if (urna_bytes_reserve(bytes, length) != URNA_OK) return URNA_NO_MEMORY;
  char *out = bytes->data + bytes->size;
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)text[i];
    for (unsigned char k = 0; k < table->of[byte].length; k++)
      *out++ = table->of[byte].bytes[k];
  }
  bytes->size += length;
  return URNA_OK;
}

/* A text that is UTF-8 beyond ASCII is not in an 8-bit encoding: its letters
** would have to stand there in the very pairs that UTF-8 makes of them. */
static urna_status check_letters(urna_encoding encoding, const char *text,
                                 size_t size, urna_error *error) {
  static const char found[] = "UTF-8 text";
  size_t ascii = 0;
  while (ascii < size && (unsigned char)text[ascii] < 0x80) ascii++;
  if (ascii == size || urna_utf8_check(text, size) < size) return URNA_OK;
  refuse(encoding, text, ascii, 0, error);
  if (error) error->message = "the text is in another encoding";
  urna_error_text(error, found, strlen(found));
  return URNA_BAD_INPUT;
}

urna_status urna_encoding_decode(urna_encoding encoding, const char *text,
                                 size_t size, urna_bytes *bytes,
                                 urna_error *error) {
  letters table;
  size_t length = 0;
  urna_status status = check_mark(encoding, text, size, error);
  if (status == URNA_OK) status = check_letters(encoding, text, size, error);
  if (status != URNA_OK || size == 0) return status;
  if (!ask(encoding, &table)) {
    urna_error_set(error, "cannot_read", "this system's iconv lacks it");
    if (error) error->expected = encodings[encoding].name;
    return URNA_BAD_INPUT;
  }
  for (size_t i = 0; i < size; i++) {
    unsigned char step = table.of[(unsigned char)text[i]].length;
    if (step == 0) return refuse(encoding, text, i, 1, error);
    if (length > SIZE_MAX - step) return URNA_NO_MEMORY;
    length += step;
  }
  return rewrite(&table, text, size, length, bytes);
}
