/*
** unpack.h - gzip and zstd, piece by piece: bytes in, bytes out, so that a
** packed file is never in memory whole.
**
** Source: RFC 1952, May 1996, section 2.2, and RFC 8878, February 2021,
** section 3: a packed file is one member (gzip) or frame (zstd) or several,
** one after the other, and nothing else.
*/
#ifndef URNA_IO_UNPACK_H
#define URNA_IO_UNPACK_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

typedef enum urna_packing { URNA_PLAIN, URNA_GZIP, URNA_ZSTD } urna_packing;

/* Bytes from which a packing can be told. */
#define URNA_PACKING_BYTES 4

/* How a file is packed that begins so. */
urna_packing urna_packing_of(const char *bytes, size_t size);

/* Owns what the library needs. */
typedef struct urna_unpack {
  urna_packing packing;
  void *state;
  bool is_between; /* nothing of a member is open: the input may end */
} urna_unpack;

/* URNA_NO_MEMORY. */
urna_status urna_unpack_init(urna_unpack *unpack, urna_packing packing);
void urna_unpack_free(urna_unpack *unpack);

/* Input that is left, and output that there is room for; both are moved. */
typedef struct urna_flow {
  const char *from;
  size_t left;
  char *to;
  size_t room;
} urna_flow;

/*
** Unpack until the input is used up or the room is. URNA_BAD_INPUT:
** "bad_gzip" or "bad_zstd". URNA_NO_MEMORY.
*/
urna_status urna_unpack_some(urna_unpack *unpack, urna_flow *flow,
                             urna_error *error);

/* May the input end here? URNA_BAD_INPUT if it may not. */
urna_status urna_unpack_end(const urna_unpack *unpack, urna_error *error);

URNA_FINISH

#endif
