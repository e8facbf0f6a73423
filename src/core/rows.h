/*
** rows.h - a selection of a table's rows, and what can be asked of rows:
** sums, what is reported, what stands twice, what is a total of the others.
**
** Columns and rows are numbered from 0 here. Columns asked for counts must
** be of that kind, columns asked for texts likewise.
*/
#ifndef URNA_ROWS_H
#define URNA_ROWS_H

#include <stdbool.h>

#include "core/table.h"

URNA_BEGIN

/* Some rows of a table, in any order; borrowed. */
typedef struct urna_rows {
  const size_t *at; /* NULL: rows 0 to count - 1 */
  size_t count;
} urna_rows;

static inline size_t urna_rows_at(urna_rows rows, size_t i) {
  return rows.at ? rows.at[i] : i;
}

/* Some columns of a table; borrowed. */
typedef struct urna_columns {
  const urna_table *table;
  const size_t *at;
  size_t count;
} urna_columns;

/*
** The sum of what is given in column 'at' of 'table', and in how many of the
** rows nothing is. URNA_OVERFLOW: the sum does not fit 64 bits.
*/
urna_status urna_rows_sum(const urna_table *table, size_t at, urna_rows rows,
                          urna_count *sum, size_t *missing);

/* Is every one of these counts given in 'row'? */
bool urna_rows_reported(urna_columns columns, size_t row);

/* The sum across 'row'; URNA_MISSING where any is. URNA_OVERFLOW. */
urna_status urna_rows_across(urna_columns columns, size_t row, urna_count *sum);

/*
** For each row the first row with the same texts in these columns, itself if
** there is none before it. 'first' and both halves of 'scratch', of twice
** that length, have room for the table's rows.
*/
void urna_rows_duplicates(urna_columns columns, size_t *first, size_t *scratch);

/*
** Rows that look like a total: every count equals the sum of all the other
** rows' and one of them is not 0. All of a candidate's counts must be given;
** of the others' those that are. A table of less than three rows has none,
** for there each of two equal rows would be the total of the other. Writes
** to 'totals', with room for the table's rows, and returns how many.
*/
size_t urna_rows_totals(urna_columns columns, size_t *totals);

URNA_FINISH

#endif
