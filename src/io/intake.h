/*
** intake.h - takes in the text of a tape: ranked ballots block by block into a
** store, or all of it at once for what is read whole.
**
** Of a ranked text no more than a block is held, or its longest record. What is
** read in order is read ahead by a thread of its own.
*/
#ifndef URNA_IO_INTAKE_H
#define URNA_IO_INTAKE_H

#include "core/ranked.h"
#include "io/crew.h"

URNA_BEGIN

typedef struct urna_intake {
  size_t first; /* byte that the first record begins at, behind the headings */
  size_t block; /* bytes held at once, at least 1 */
  urna_progress *progress; /* or NULL */
  void *context;
} urna_intake;

/*
** Feed all records of a tape to 'ranked', which is fresh. URNA_END: given up;
** URNA_BAD_INPUT: what the tape says, or "record_too_long", with its line;
** or as urna_ranked_feed. '*reached' is where the text ends.
*/
urna_status urna_intake_feed(const urna_intake *intake, urna_tape *tape,
                             urna_ranked *ranked, size_t *reached,
                             urna_error *error);

/*
** All the text of a tape, checked: UTF-8 without NUL. It is the tape's, or that
** of 'bytes', which are initialised and the caller's. URNA_END: given up;
** URNA_BAD_INPUT: "bad_text", or what the tape says. URNA_NO_MEMORY.
*/
urna_status urna_intake_whole(const urna_intake *intake, urna_tape *tape,
                              urna_bytes *bytes, urna_text *text,
                              urna_error *error);

URNA_FINISH

#endif
