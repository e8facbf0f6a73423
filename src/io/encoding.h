/*
** encoding.h - from the encodings that results come in to UTF-8, or a
** refusal that names the place.
**
** The 8-bit encodings have no state, so iconv is asked once for each of the
** 256 bytes, and a byte that it gives no meaning is an error where it
** stands; a text that is UTF-8 beyond ASCII is none of them, whatever is
** said. UTF-8 is checked, not changed.
*/
#ifndef URNA_ENCODING_H
#define URNA_ENCODING_H

#include <stdbool.h>

#include "io/bytes.h"

URNA_BEGIN

typedef enum urna_encoding {
  URNA_UTF_8,
  URNA_CP1250,
  URNA_CP1251,
  URNA_ISO_8859_2
} urna_encoding;

/* Find an encoding by its name, lower-case: "utf-8", "cp1250", ... */
bool urna_encoding_find(const char *name, urna_encoding *encoding);

/*
** Check a text in UTF-8 without NUL; '*skip' is the length of a byte order
** mark to step over. URNA_BAD_INPUT: "bad_text", with the place.
*/
urna_status urna_encoding_check(const char *text, size_t size, size_t *skip,
                                urna_error *error);

/* Append 'text', in one of the 8-bit encodings, to 'bytes' in UTF-8.
** URNA_BAD_INPUT: "bad_text"; "cannot_read" where iconv lacks it. */
urna_status urna_encoding_decode(urna_encoding encoding, const char *text,
                                 size_t size, urna_bytes *bytes,
                                 urna_error *error);

URNA_FINISH

#endif
