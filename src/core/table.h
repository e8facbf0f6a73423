/*
** table.h - the records of CSV texts as columns of texts and counts.
**
** Every record is checked whole: its number of fields, its quoting, each
** count. A record with any fault does not become a row, and all faults are
** counted. Text cells point into the text they were read from, which must
** outlive the table, or into the table's own arena. Several texts of equal
** headings make one table; none of them can spoil the reading of another.
*/
#ifndef URNA_TABLE_H
#define URNA_TABLE_H

#include "core/csv.h"
#include "core/fault.h"

URNA_BEGIN

typedef enum urna_kind {
  URNA_KIND_SKIP, /* checked as a field, not stored */
  URNA_KIND_TEXT,
  URNA_KIND_COUNT
} urna_kind;

typedef struct urna_column {
  urna_kind kind;
  urna_text *texts;   /* row_count of them where the kind is text */
  urna_count *counts; /* the same for counts; URNA_MISSING: not reported */
} urna_column;

typedef struct urna_table {
  urna_column *columns;
  size_t column_count;
  size_t *lines; /* where each row's record starts */
  size_t row_count;
  urna_arena arena;
} urna_table;

/* One of the texts that a table is read from; borrowed. */
typedef struct urna_part {
  const char *text;
  size_t size;
  char delimiter;
  size_t lines_before; /* its first line is the one after these */
} urna_part;

/* How the texts are to be read: one kind for each heading. */
typedef struct urna_layout {
  char thousands; /* the mark in counts, or 0 */
  const urna_kind *kinds;
  size_t kind_count;
} urna_layout;

void urna_table_init(urna_table *table);
void urna_table_free(urna_table *table);

/* Room for 'rows' rows of the given kinds, with row_count still 0. */
urna_status urna_table_reserve(urna_table *table, const urna_kind *kinds,
                               size_t kind_count, size_t rows);

/*
** Copy 'length' bytes into a cell of a text column, within the rows that room
** was made for: the table owns its text. URNA_NO_MEMORY leaves the cell as it
** was.
*/
urna_status urna_table_put(urna_table *table, size_t column, size_t row,
                           const char *start, size_t length);

/*
** Read the headings, the first record of 'csv', which is fresh and keeps
** them as its fields. URNA_BAD_INPUT: "no_headings", or its quoting is bad.
*/
urna_status urna_table_headings(urna_csv *csv, urna_error *error);

/*
** Step to the first record after the headings, past the empty lines at the
** end of the text, which are no records; is there one?
*/
bool urna_table_has_records(urna_csv *csv);

/*
** Read all records after the headings of 'n' texts, in their order, into
** 'table', which is initialised and empty; 'faults' too. URNA_BAD_INPUT:
** the headings of a text cannot be read; URNA_BAD_CALL: the kinds are not as
** many as the headings.
*/
urna_status urna_table_read(const urna_part *parts, size_t n,
                            const urna_layout *layout, urna_table *table,
                            urna_faults *faults, urna_error *error);

URNA_FINISH

#endif
