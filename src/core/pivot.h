/*
** pivot.h - from one row for each list of a unit to one row for each unit.
**
** Open data is often long: station, list, votes. The caller says which unit
** and which list each row belongs to; here the votes move into one column
** for each list. A list that a unit does not name is not reported there, and
** is not 0.
*/
#ifndef URNA_PIVOT_H
#define URNA_PIVOT_H

#include "core/table.h"

URNA_BEGIN

/* Columns are numbered from 0; units and lists from 1. All borrowed. */
typedef struct urna_pivot {
  const size_t *keys; /* text columns that name a unit */
  size_t key_count;
  size_t votes;         /* the count column that is spread out */
  const size_t *fields; /* count columns that belong to the unit */
  size_t field_count;
  const size_t *units; /* of each row; 0 leaves the row out */
  const size_t *lists; /* of each row; 0 leaves its votes out, while the
                              row still tells of its unit */
  size_t unit_count, list_count;
} urna_pivot;

/*
** Make 'to', initialised and empty, of 'from': keys, fields and lists are its
** columns, each unit a row with the keys and the line of the unit's first
** row. It owns all its texts. Faults: "repeated_list", a list twice in one
** unit, of which the first stands; "conflicting_field", a field that is given
** differently in one unit; where it is given once, that stands.
** URNA_BAD_CALL: a number is out of range, or a unit has no row.
*/
urna_status urna_pivot_run(const urna_table *from, const urna_pivot *pivot,
                           urna_table *to, urna_faults *faults,
                           urna_error *error);

URNA_FINISH

#endif
