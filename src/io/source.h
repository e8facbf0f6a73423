/*
** source.h - the text of one input and the bytes that it came as.
**
** Unpacked, decoded and checked once, whole, before anything looks at it.
** Tables point into the text, so a source is shared: it lives until the last
** of its users lets go. Users are of one thread.
*/
#ifndef URNA_SOURCE_H
#define URNA_SOURCE_H

#include "core/sha256.h"
#include "io/encoding.h"

URNA_BEGIN

typedef struct urna_source {
  size_t users;
  urna_bytes input; /* as it came, for the fingerprint */
  urna_bytes made;  /* unpacked or decoded; empty if the input is text */
  const char *text; /* UTF-8 without mark or NUL, in one of the two */
  size_t size;
} urna_source;

/* Read a file; "-" is standard input. URNA_BAD_INPUT: "cannot_read",
** "bad_gzip", "bad_zstd", "bad_text". The caller is the first user. */
urna_status urna_source_read(const char *path, urna_encoding encoding,
                             urna_source **source, urna_error *error);

/* The same of a copy of 'size' bytes. */
urna_status urna_source_copy(const char *bytes, size_t size,
                             urna_encoding encoding, urna_source **source,
                             urna_error *error);

/* One user more; returns 'source'. */
urna_source *urna_source_keep(urna_source *source);

/* One user less. NULL is harmless. */
void urna_source_release(urna_source *source);

/* The SHA-256 of the input as it came. */
void urna_source_sha256(const urna_source *source, char hex[URNA_SHA256_HEX]);

URNA_FINISH

#endif
