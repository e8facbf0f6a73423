/*
** tape.h - one input as a run of bytes: a file, a packed file, a pipe, a text.
**
** A file is read in place, by many threads at once, a block at a time into
** memory of the reader's own. It is not mapped: from the page cache a read
** into a small block that stays in the processor's cache costs what the page
** faults of a mapping do, memory stays as small as the block, and a file that
** shrinks meanwhile is an error where a mapping would end the process.
** What is packed or a pipe is read in order, by one thread.
*/
#ifndef URNA_IO_TAPE_H
#define URNA_IO_TAPE_H

#include <stdbool.h>

#include "io/bytes.h"
#include "io/source.h"
#include "io/unpack.h"

URNA_BEGIN

/* Offsets count from behind a byte order mark. */
typedef struct urna_tape {
  int descriptor;      /* -1 if there is none, or it is not ours to close */
  const char *text;    /* if it is in memory; borrowed */
  urna_source *source; /* that it is of, kept; or NULL */
  bool is_seekable;
  size_t size, mark; /* bytes of text, if it is seekable; of its mark */
  urna_unpack unpack;
  urna_bytes packed; /* read, and not yet unpacked */
  size_t taken;      /* of them */
  bool has_ended;    /* the system has no more bytes */
  urna_bytes held;   /* the beginning, read ahead; given out again */
  size_t given;      /* of them */
  urna_bytes tail;   /* of what was read in order, the last bytes so far */
  size_t passed;     /* how many bytes were read in order */
} urna_tape;

/* Open a file; "-" is standard input. URNA_BAD_INPUT: "cannot_read". */
urna_status urna_tape_open(urna_tape *tape, const char *path,
                           urna_error *error);

/* A tape of a source's text, as one more of its users. */
void urna_tape_of(urna_tape *tape, urna_source *source);

/* A tape of any bytes in memory, which it borrows. */
void urna_tape_text(urna_tape *tape, const char *text, size_t size);

void urna_tape_close(urna_tape *tape);

/*
** Up to 'room' bytes from 'offset' of a seekable tape; less only at its end.
** For any number of threads. URNA_BAD_INPUT: "shrunk", "cannot_read".
*/
urna_status urna_tape_read_at(const urna_tape *tape, size_t offset, char *to,
                              size_t room, size_t *got, urna_error *error);

/*
** The next bytes of a tape that is read in order; less than 'room' only at its
** end. URNA_BAD_INPUT: "bad_gzip", "bad_zstd", "cannot_read".
*/
urna_status urna_tape_read(urna_tape *tape, char *to, size_t room, size_t *got,
                           urna_error *error);

/*
** What tells one text from another, packed or not: the SHA-256 of its length,
** its beginning and its end. Of a tape that is read in order once it is read.
*/
urna_status urna_tape_identity(urna_tape *tape, char hex[URNA_SHA256_HEX],
                               urna_error *error);

/*
** Have the first 'wanted' bytes, or all if there are less, in 'held' behind
** 'given'. What is read in order must not have been read yet.
*/
urna_status urna_tape_head(urna_tape *tape, size_t wanted, urna_error *error);

URNA_FINISH

#endif
