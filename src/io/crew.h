/*
** crew.h - a tally by several threads: chunks of the text from a shared
** counter, a private tally for each thread, merged at the end.
**
** Where a chunk's first record begins is guessed, for a newline may stand
** inside quotes; afterwards each guess is compared with where the chunk before
** it ended, and if any was wrong everything is done again in order, without
** a guess. So the result never depends on threads or chunks.
*/
#ifndef URNA_IO_CREW_H
#define URNA_IO_CREW_H

#include "core/tally.h"
#include "io/mapping.h"

URNA_BEGIN

typedef struct urna_crew {
  int threads;
  size_t chunk; /* bytes */
  urna_tally_scanner *scanner;
} urna_crew;

/*
** Tally all records of the text that begin in [from, to), where 'from' begins
** one; '*reached' is where the first behind them begins. URNA_NO_MEMORY;
** URNA_OVERFLOW: a sum does not fit 64 bits; URNA_BAD_INPUT: "shrunk", the
** file is shorter than it was. The tally is to be freed whatever happens; the
** plan, which it borrows, becomes flat if its matrix would be mostly empty.
*/
urna_status urna_crew_tally(const urna_crew *crew, urna_tally_plan *plan,
                            const urna_mapping *mapping, size_t from, size_t to,
                            urna_tally *tally, size_t *reached,
                            urna_error *error);

URNA_FINISH

#endif
