/*
** sheet.h - the groups of a tally as CSV text, piece by piece: their keys, then
** sums in whole digits, LF at the end of each line.
**
** Source: RFC 4180, October 2005, section 2. A sum that no record reports is
** an empty cell.
*/
#ifndef URNA_SHEET_H
#define URNA_SHEET_H

#include "core/groups.h"

URNA_BEGIN

/* A name as it stands in a cell. */
typedef struct urna_cell {
  size_t offset, length;
} urna_cell;

/* Borrows the groups; owns its texts. */
typedef struct urna_sheet {
  const urna_groups *groups;
  const uint32_t *sums; /* which, by number; the number of sums: the records */
  uint32_t sum_count;
  urna_cell *cells[URNA_KEYS_MAX]; /* by name, of each key */
  char *names;                     /* all cells */
  size_t names_size;
  char *text; /* the piece */
  size_t size, room;
} urna_sheet;

/* URNA_NO_MEMORY. */
urna_status urna_sheet_init(urna_sheet *sheet, const urna_groups *groups,
                            const uint32_t *sums, uint32_t sum_count);
void urna_sheet_free(urna_sheet *sheet);

/* Groups 'from' up to 'to', as text of 'size' bytes. URNA_NO_MEMORY. */
urna_status urna_sheet_write(urna_sheet *sheet, size_t from, size_t to);

URNA_FINISH

#endif
