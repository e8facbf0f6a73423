/*
** sha256.h - the fingerprint of the bytes that a result was computed from.
**
** Source: FIPS PUB 180-4, August 2015, sections 4.1.2, 4.2.2, 5 and 6.2.
*/
#ifndef URNA_SHA256_H
#define URNA_SHA256_H

#include "core/status.h"

URNA_BEGIN

/* Hexadecimal digits of a digest and a final NUL. */
#define URNA_SHA256_HEX 65

typedef struct urna_sha256 {
  uint32_t state[8];
  uint64_t length;         /* bytes taken so far */
  unsigned char block[64]; /* the first length % 64 of them wait */
} urna_sha256;

void urna_sha256_init(urna_sha256 *hash);
void urna_sha256_update(urna_sha256 *hash, const void *bytes, size_t length);

/* Write the digest in lower-case hexadecimal; 'hash' is used up. */
void urna_sha256_finish(urna_sha256 *hash, char hex[URNA_SHA256_HEX]);

URNA_FINISH

#endif
