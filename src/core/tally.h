/*
** tally.h - sums of count columns by key columns, from delimited text.
**
** A tally belongs to one thread and is aimed at one window of a text after the
** other; tallies of several windows are merged. Sums are int64 and checked; the
** result does not depend on windows, threads, instruction sets or the seed.
** Memory is bounded
** by groups, not by rows: the sums of a group stand in a matrix with a row
** for each combination of all keys but the last, and a column for each name
** of the last; or, where that would be mostly empty, in a row of their own.
*/
#ifndef URNA_TALLY_H
#define URNA_TALLY_H

#include <stdbool.h>

#include "core/csv.h"
#include "core/formula.h"
#include "core/names.h"
#include "core/notes.h"
#include "core/units.h"

URNA_BEGIN

/* Zeros behind the end of a window that a scanner may read. */
#define URNA_TALLY_PAD 2048

#define URNA_KEYS_MAX 8 /* columns that keys may stand in */

typedef enum urna_role { URNA_SKIP, URNA_KEY, URNA_SUM } urna_role;

/* The names that a filter lets through; borrowed. */
typedef struct urna_filter {
  const char *const *names;
  const size_t *lengths;
  size_t count;
} urna_filter;

typedef struct urna_tally_column {
  urna_role role;
  bool is_group;             /* of a key: part of a group's name, else it only
                                filters */
  const urna_filter *filter; /* of a key: NULL lets all through */
  bool is_unit;              /* part of what tells a record from others */
} urna_tally_column;

/* Where records of several texts are: the text above, the offset below. */
#define URNA_PLACE_BITS 48

typedef struct urna_tally_plan {
  const urna_tally_column *columns;
  size_t column_count;
  char delimiter;
  bool is_flat; /* every combination of names is a row: see is_too_wide */
  bool counts_records; /* each group's records are counted beside its sums */
  uint64_t seed;
  size_t fault_limit;           /* faults that are kept; all are counted */
  size_t cell_limit;            /* sums that may be held before giving up */
  const urna_formula *formulas; /* checks of each record, over its sums */
  size_t formula_count;
  bool has_units; /* records with the same unit columns are duplicates */
  size_t source;  /* which of several texts, from 0 */
} urna_tally_plan;

/* What a check has found; see core/formula.h for the verdicts. */
typedef struct urna_tally_check {
  urna_notes failures; /* with both sides and the record's unit columns */
  uint64_t unknown, beyond;
} urna_tally_check;

typedef struct urna_tally {
  urna_tally_plan plan; /* its columns and filters are borrowed */
  const char *text;     /* the window; see URNA_TALLY_PAD */
  size_t size, base;    /* of the window, and what of the text is before it */
  bool is_last;         /* nothing of the text is behind it */
  urna_names *names; /* by key; then one for a last text column that is none */
  uint32_t *key_of, *sum_of; /* by column */
  uint32_t key_count, sum_count, row_key_count;
  uint32_t width;      /* numbers in a cell: the sums, and maybe the records */
  size_t tail;         /* the last column before the counts that end a record,
                         or the number of columns if there is no such end */
  uint32_t tail_names; /* which names it has */
  urna_count **rows, **missing; /* sums, and empty cells, by group row */
  uint32_t row_count, row_room, column_room;
  uint32_t *tuples, *tuple_slots, tuple_mask;
  uint32_t *row_of; /* by name where a single key makes the row; else NULL */
  uint32_t row_of_room;
  urna_csv csv;       /* the exact reader of a record */
  urna_count *counts; /* of one record */
  uint64_t records;
  urna_notes faults; /* records that are refused, and the first thing wrong */
  urna_tally_check *checks; /* by formula */
  urna_units units;
  urna_unit_key unit_key;
  urna_csv unit_csv;
  size_t line, line_at; /* of a text that is read only once: a place in the
                           window and its line; 0: lines are counted later */
  /* The matrix would be mostly empty: free the tally and begin anew with a flat
  ** plan, where memory is bounded by the groups that there are. */
  bool is_too_wide;
  bool is_full;        /* no memory, because the plan allows no more cells */
  bool is_near_limit;  /* some sum is so large that every addition is checked */
  urna_status trouble; /* what ended the scan early; URNA_OK: nothing did */
} urna_tally;

/* What the plan points at is borrowed. URNA_NO_MEMORY; URNA_BAD_CALL: too many keys. */
urna_status urna_tally_init(urna_tally *tally, const urna_tally_plan *plan);
void urna_tally_free(urna_tally *tally);

/* Look at 'size' bytes that stand at 'base' of the whole text; borrowed. */
void urna_tally_aim(urna_tally *tally, const char *text, size_t size,
                    size_t base, bool is_last);

/*
** Count all records that begin in [from, to) of the window, where 'from' begins
** a record. '*reached' is where the first record at or after 'to' begins.
** 'streams' is how many places of the range are worked at in turn. URNA_MORE:
** the record at '*reached' does not end in the window, and is not counted.
** URNA_END: a guess of where a record begins was wrong; free the tally and
** begin anew with one stream. URNA_OVERFLOW, URNA_NO_MEMORY: of one stream the
** record at '*reached' could not be counted, all before it are.
*/
typedef urna_status urna_tally_scanner(urna_tally *tally, size_t from,
                                       size_t to, int streams, size_t *reached);

/*
** The scanner of an instruction set, "avx512", "avx2", "sse2" or "plain";
** NULL if this machine has it not. All give the same answers.
*/
urna_tally_scanner *urna_tally_scanner_of(const char *set);

/* The names of those that this machine has, the fastest first, up to NULL. */
const char *const *urna_tally_sets(void);

/* Where a record begins behind the first end of line at or after 'at' of the
** window, as well as can be guessed; its size if none does. */
size_t urna_tally_guess(urna_tally *tally, size_t at);

/* Of a text that is read only once: the line that the window begins in. */
void urna_tally_begin_lines(urna_tally *tally, size_t line);

/* Add all of 'other' to 'tally', which takes its faults; of the same plan, but
** that one may be flat and the other not. */
urna_status urna_tally_merge(urna_tally *tally, urna_tally *other);

/* A cell of the matrix; NULL: URNA_NO_MEMORY. */
urna_count *urna_tally_cell(urna_tally *tally, uint32_t row, uint32_t column);

/*
** The groups, for reading: call 'visit' for each group that has a record,
** rows in the order of first appearance, with the numbers of its names by
** key (URNA_NO_NAME for a key that only filters), its cell, and how many of
** its counts were not reported, by sum, or NULL if all were.
*/
typedef void urna_tally_visitor(void *context, const uint32_t *names,
                                const urna_count *cell,
                                const urna_count *missing);
void urna_tally_each(const urna_tally *tally, urna_tally_visitor *visit,
                     void *context);

/* For the scanners: the exact way to take one record, see tally.c. URNA_MORE:
** it does not end in the window. To examine a record is to run the checks over
** its counts; to identify it, to note its unit. */
urna_status urna_tally_record(urna_tally *tally, size_t at, size_t *next);
urna_status urna_tally_examine(urna_tally *tally, size_t at,
                               const urna_count *counts);
urna_status urna_tally_identify(urna_tally *tally, size_t at);
urna_status urna_tally_row(urna_tally *tally, const uint32_t *names,
                           uint32_t *row);
urna_status urna_tally_spelling(urna_tally *tally, uint32_t key,
                                const unsigned char *raw, uint32_t length,
                                uint64_t hash, uint32_t *spelling);

URNA_FINISH

#endif
