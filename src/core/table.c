/* See table.h. */
#include "core/table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/utf8.h"

void urna_table_init(urna_table *table) {
  memset(table, 0, sizeof *table);
  urna_arena_init(&table->arena);
}

void urna_table_free(urna_table *table) {
  for (size_t i = 0; i < table->column_count; i++) {
    free(table->columns[i].texts);
    free(table->columns[i].counts);
  }
  free(table->columns);
  free(table->lines);
  urna_arena_free(&table->arena);
  urna_table_init(table);
}

static urna_status reserve_column(urna_column *column, urna_kind kind,
                                  size_t rows) {
  column->kind = kind;
  if (kind == URNA_KIND_TEXT)
    column->texts = calloc(rows + 1, sizeof *column->texts);
  if (kind == URNA_KIND_COUNT)
    column->counts = calloc(rows + 1, sizeof *column->counts);
  return kind == URNA_KIND_SKIP || column->texts || column->counts
             ? URNA_OK
             : URNA_NO_MEMORY;
}

urna_status urna_table_reserve(urna_table *table, const urna_kind *kinds,
                               size_t kind_count, size_t rows) {
  assert(!table->columns);
  if (rows == SIZE_MAX) return URNA_NO_MEMORY;
  table->columns = calloc(kind_count + 1, sizeof *table->columns);
  table->lines = calloc(rows + 1, sizeof *table->lines);
  if (!table->columns || !table->lines) return URNA_NO_MEMORY;
  for (size_t i = 0; i < kind_count; i++) {
    table->column_count = i + 1;
    if (reserve_column(&table->columns[i], kinds[i], rows) != URNA_OK)
      return URNA_NO_MEMORY;
  }
  return URNA_OK;
}

urna_status urna_table_put(urna_table *table, size_t column, size_t row,
                           const char *start, size_t length) {
  assert(table->columns[column].kind == URNA_KIND_TEXT);
  char *copy = urna_arena_text(&table->arena, length);
  if (!copy) return URNA_NO_MEMORY;
  if (length > 0) memcpy(copy, start, length);
  table->columns[column].texts[row] = (urna_text){copy, length};
  return URNA_OK;
}

/* What a reading works with; all of it borrowed from the caller's frame. */
typedef struct reading {
  urna_csv csv;
  const urna_layout *layout;
  urna_table *table;
  urna_faults *faults;
} reading;

/* The raw bytes of the record's field 'i' as the place and text of 'error'.
** A field of a broken record is shown with its quotes. */
static void point_at(const urna_csv *csv, size_t i, urna_error *error) {
  const urna_field *field = &csv->fields[i];
  if (!error) return;
  error->line = field->line;
  error->column = field->column;
  error->index = i + 1;
  urna_error_text(error, field->start, field->length);
}

urna_status urna_table_headings(urna_csv *csv, urna_error *error) {
  urna_status status = urna_csv_next(csv);
  if (status == URNA_NO_MEMORY) return status;
  if (status == URNA_END || urna_csv_is_blank(csv)) {
    urna_error_set(error, "no_headings", "the first line holds no headings");
    if (error) error->line = error->column = 1;
    return URNA_BAD_INPUT;
  }
  if (!csv->flaw) return URNA_OK;
  urna_error_set(error, csv->flaw, csv->flaw_message);
  point_at(csv, csv->flaw_field, error);
  return URNA_BAD_INPUT;
}

static urna_status store_text(urna_arena *arena, const urna_field *field,
                              urna_text *cell) {
  cell->start = field->start;
  cell->length = field->length;
  if (!field->doubled) return URNA_OK;
  char *copy = urna_arena_text(arena, field->length);
  if (!copy) return URNA_NO_MEMORY;
  cell->start = copy;
  cell->length = urna_csv_unquote(field, copy);
  return URNA_OK;
}

/* The text cells of the record, for a fault. A field whose quoting is broken
** may reach to the end of the file; of that one only the start is given. */
static urna_status gather_cells(reading *r, urna_fault *fault) {
  const urna_layout *layout = r->layout;
  urna_text *cells;
  if (r->csv.count != layout->kind_count) return URNA_OK;
  cells =
      urna_arena_take(&r->faults->arena, layout->kind_count * sizeof *cells);
  if (!cells) return URNA_NO_MEMORY;
  fault->cells = cells;
  for (size_t i = 0; i < layout->kind_count; i++) {
    urna_field field = r->csv.fields[i];
    if (layout->kinds[i] != URNA_KIND_TEXT) continue;
    if (r->csv.flaw && i == r->csv.flaw_field)
      field.length = urna_utf8_cut(field.start, field.length, URNA_ERROR_TEXT);
    if (store_text(&r->faults->arena, &field, &cells[fault->cell_count++])
        != URNA_OK)
      return URNA_NO_MEMORY;
  }
  return URNA_OK;
}

static urna_status add_fault(reading *r, urna_fault *fault) {
  fault->row_line = r->csv.record_line;
  if (urna_faults_has_room(r->faults) && gather_cells(r, fault) != URNA_OK)
    return URNA_NO_MEMORY;
  return urna_faults_add(r->faults, fault);
}

static urna_status add_flaw(reading *r) {
  urna_fault fault = {.reason = NULL};
  urna_error_set(&fault.error, r->csv.flaw, r->csv.flaw_message);
  point_at(&r->csv, r->csv.flaw_field, &fault.error);
  return add_fault(r, &fault);
}

static urna_status add_ragged(reading *r) {
  urna_fault fault = {.reason = NULL};
  size_t found = r->csv.count;
  urna_error_set(&fault.error, "ragged_row", NULL);
  fault.error.line = r->csv.record_line;
  fault.error.column = 1;
  int length = snprintf(fault.error.text, URNA_ERROR_TEXT,
                        "%zu field%s where %zu were expected", found,
                        found == 1 ? "" : "s", r->layout->kind_count);
  fault.error.text_length = (size_t)length;
  return add_fault(r, &fault);
}

static urna_status add_bad_count(reading *r, size_t i, const char *reason) {
  urna_fault fault = {.reason = reason};
  urna_error_set(&fault.error, "not_a_count", NULL);
  point_at(&r->csv, i, &fault.error);
  return add_fault(r, &fault);
}

/* Field 'i' into row 'row', which stays free if the field has a fault. */
static urna_status take_cell(reading *r, size_t i, size_t row) {
  const urna_field *field = &r->csv.fields[i];
  urna_column *column = &r->table->columns[i];
  const char *reason;
  if (column->kind == URNA_KIND_TEXT)
    return store_text(&r->table->arena, field, &column->texts[row]);
  if (column->kind == URNA_KIND_COUNT
      && urna_count_read(field->start, field->length, r->layout->thousands,
                         &column->counts[row], &reason)
             != URNA_OK)
    return add_bad_count(r, i, reason);
  return URNA_OK;
}

static urna_status take_record(reading *r) {
  urna_table *table = r->table;
  size_t faults = r->faults->count;
  if (r->csv.flaw) return add_flaw(r);
  if (r->csv.count != r->layout->kind_count) return add_ragged(r);
  for (size_t i = 0; i < r->csv.count; i++)
    if (take_cell(r, i, table->row_count) != URNA_OK) return URNA_NO_MEMORY;
  if (faults == r->faults->count)
    table->lines[table->row_count++] = r->csv.record_line;
  return URNA_OK;
}

/* Start on a part and leave the scanner behind its headings. */
static urna_status start(urna_csv *csv, const urna_part *part,
                         const urna_layout *layout, urna_error *error) {
  urna_csv_init(csv, part->text, part->size, part->delimiter);
  csv->line += part->lines_before;
  urna_status status = urna_table_headings(csv, error);
  if (status != URNA_OK || csv->count == layout->kind_count) return status;
  urna_error_set(error, NULL, "there must be one kind for each heading");
  return URNA_BAD_CALL;
}

bool urna_table_has_records(urna_csv *csv) {
  if (csv->count > 1) urna_csv_trim(csv);
  return csv->at < csv->end;
}

/* No more rows than lines, nor than would fit with one byte for a field. */
static size_t rows_at_most(const urna_csv *csv, size_t columns) {
  const char *at = csv->at;
  size_t lines = 1, records = (size_t)(csv->end - at) / columns + 1;
  while (at < csv->end
         && (at = memchr(at, '\n', (size_t)(csv->end - at))) != NULL) {
    lines++;
    at++;
  }
  return lines < records ? lines : records;
}

/* Check the headings of every part, and make room for all their records. */
static urna_status prepare(reading *r, const urna_part *parts, size_t n,
                           urna_error *error) {
  const urna_layout *layout = r->layout;
  urna_status status = URNA_OK;
  size_t rows = 0;
  for (size_t i = 0; i < n && status == URNA_OK; i++) {
    status = start(&r->csv, &parts[i], layout, error);
    if (status == URNA_OK && urna_table_has_records(&r->csv))
      rows += rows_at_most(&r->csv, layout->kind_count);
    urna_csv_free(&r->csv);
  }
  if (status != URNA_OK) return status;
  return urna_table_reserve(r->table, layout->kinds, layout->kind_count, rows);
}

static urna_status take_part(reading *r, const urna_part *part,
                             urna_error *error) {
  urna_status status = start(&r->csv, part, r->layout, error);
  if (status == URNA_OK && !urna_table_has_records(&r->csv)) status = URNA_END;
  while (status == URNA_OK) {
    status = urna_csv_next(&r->csv);
    if (status == URNA_OK) status = take_record(r);
  }
  urna_csv_free(&r->csv);
  return status == URNA_END ? URNA_OK : status;
}

urna_status urna_table_read(const urna_part *parts, size_t n,
                            const urna_layout *layout, urna_table *table,
                            urna_faults *faults, urna_error *error) {
  reading r = {.layout = layout, .table = table, .faults = faults};
  urna_status status = prepare(&r, parts, n, error);
  for (size_t i = 0; i < n && status == URNA_OK; i++)
    status = take_part(&r, &parts[i], error);
  return status;
}
