/*
** crew.h - a tally by several threads: chunks of the text from a shared
** counter, a private tally for each thread, merged at the end.
**
** Where a chunk's first record begins is guessed, for a newline may stand
** inside quotes; afterwards each guess is compared with where the chunk before
** it ended, and if any was wrong everything is done again in order, without
** a guess. So the result never depends on threads or chunks. What can only be
** read in order is counted in order, while another thread reads ahead.
*/
#ifndef URNA_IO_CREW_H
#define URNA_IO_CREW_H

#include "core/tally.h"
#include "io/tape.h"

URNA_BEGIN

/* Called from time to time on the thread that called; false: give up. */
typedef bool urna_progress(void *context, size_t done);

typedef struct urna_crew {
  int threads;
  size_t chunk; /* bytes */
  urna_tally_scanner *scanner;
  urna_progress *progress; /* or NULL */
  void *context;
} urna_crew;

/* What of a text is to be counted: the records that begin in [from, to), where
** 'from' begins one. Afterwards 'to' is where the first behind them begins. */
typedef struct urna_stretch {
  size_t from, to;
} urna_stretch;

/*
** Tally the records of a stretch. URNA_NO_MEMORY; URNA_OVERFLOW: a sum does not
** fit 64 bits; URNA_BAD_INPUT: what the tape says; URNA_END: given up. The
** tally is to be freed whatever happens; its plan is flat, whatever was asked,
** if its matrix would be mostly empty.
*/
urna_status urna_crew_tally(const urna_crew *crew, const urna_tally_plan *plan,
                            urna_tape *tape, urna_stretch *stretch,
                            urna_tally *tally, urna_error *error);

/*
** Where the first record begins at or after 'at' of a tape that can be read at
** any place, exactly, if the text is well quoted up to there: a newline is one
** of a quoted field if the quotes before it are odd in number. 'first' begins
** the first record of all.
*/
urna_status urna_crew_align(const urna_tape *tape, size_t first, size_t at,
                            size_t *found, urna_error *error);

/* Fill in the lines of notes, which are sorted, of such a tape. */
urna_status urna_crew_lines(const urna_tape *tape, urna_notes *notes,
                            size_t source, urna_error *error);

URNA_FINISH

#endif
