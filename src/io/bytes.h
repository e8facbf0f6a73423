/*
** bytes.h - a buffer that grows, filled from a file or by unpacking one.
*/
#ifndef URNA_BYTES_H
#define URNA_BYTES_H

#include <stdbool.h>

#include "core/sha256.h"

URNA_BEGIN

typedef struct urna_bytes {
  char *data; /* owned; NULL while nothing was put in */
  size_t size, room;
} urna_bytes;

void urna_bytes_init(urna_bytes *bytes);
void urna_bytes_free(urna_bytes *bytes);

/* Make room for 'more' bytes behind the ones that are there. */
urna_status urna_bytes_reserve(urna_bytes *bytes, size_t more);

/* Append a copy of 'size' bytes. */
urna_status urna_bytes_append(urna_bytes *bytes, const char *data, size_t size);

/* Append all of a file; "-" is standard input. URNA_BAD_INPUT: the system
** refuses, with code "cannot_read" and errno in the error. */
urna_status urna_bytes_read(const char *path, urna_bytes *bytes,
                            urna_error *error);

/* The SHA-256 of a file's bytes as they are, read block by block.
** URNA_BAD_INPUT: "cannot_read". */
urna_status urna_bytes_sha256(const char *path, char hex[URNA_SHA256_HEX],
                              urna_error *error);

/* Append what 'packed', which is not plain, unpacks to; see unpack.h.
** URNA_BAD_INPUT: "bad_gzip", "bad_zstd". */
urna_status urna_bytes_unpack(const urna_bytes *packed, urna_bytes *bytes,
                              urna_error *error);

URNA_FINISH

#endif
