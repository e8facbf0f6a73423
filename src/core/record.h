/*
** record.h - one record of a table, and what can be told of it alone: how much
** of it is given, and its counts side by side for formula.h.
*/
#ifndef URNA_RECORD_H
#define URNA_RECORD_H

#include "core/rows.h"

URNA_BEGIN

typedef enum urna_record_state {
  URNA_RECORD_GIVEN,
  URNA_RECORD_PARTIAL, /* some of its counts are given */
  URNA_RECORD_BLANK,   /* none is */
  URNA_RECORD_ZERO     /* all are, and every one is 0 */
} urna_record_state;

/* How much of 'row' is given in these columns; of no columns all is. */
urna_record_state urna_record_look(urna_columns columns, size_t row);

/* The list that leads a record, and of how many votes it has how many. */
typedef struct urna_record_lead {
  size_t list;
  urna_count votes, all;
} urna_record_lead;

/*
** Who leads in 'row', the first of equals; false, and '*lead' left alone, if
** not every list is given or their sum does not fit.
*/
bool urna_record_leader(urna_columns lists, size_t row, urna_record_lead *lead);

/* The counts of 'row' in these columns, in their order, into 'fields'. */
void urna_record_gather(urna_columns columns, size_t row, urna_count *fields);

URNA_FINISH

#endif
