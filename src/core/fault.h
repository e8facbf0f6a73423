/*
** fault.h - what is wrong with single rows of a table: counted all, kept up
** to a limit, in the order of the file.
*/
#ifndef URNA_FAULT_H
#define URNA_FAULT_H

#include "core/arena.h"

URNA_BEGIN

/* A text that somebody else owns. */
typedef struct urna_text {
  const char *start;
  size_t length;
} urna_text;

typedef struct urna_fault {
  urna_error error;
  const char *reason;      /* of a "not_a_count"; or NULL */
  size_t row_line;         /* where its record starts; 0: not said */
  size_t first_line, list; /* of a pivot's faults; 0: not said */
  const urna_text *cells;  /* the record's text cells, so that its unit can
                                be named; NULL where they are in doubt */
  size_t cell_count;
} urna_fault;

typedef struct urna_faults {
  urna_fault *items;
  size_t kept, room, limit;
  size_t count;     /* all, also those beyond the limit */
  urna_arena arena; /* owns the cells */
} urna_faults;

void urna_faults_init(urna_faults *faults, size_t limit);
void urna_faults_free(urna_faults *faults);

/* Will the next one be kept? If not, its cells need not be gathered. */
int urna_faults_has_room(const urna_faults *faults);

/* Count 'fault' and keep a copy within the limit. */
urna_status urna_faults_add(urna_faults *faults, const urna_fault *fault);

URNA_FINISH

#endif
