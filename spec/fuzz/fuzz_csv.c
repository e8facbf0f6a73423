/*
** fuzz_csv.c - records, fields and tables of any bytes. For libFuzzer; see
** `make fuzz`.
**
** The first byte chooses the delimiter and what the columns are; the rest is
** the text. A record without a flaw must be what its quotes say, counted one
** by one; written anew and read again it must be the same; and a table must
** hold each record as a row or as a fault.
*/
#include <stdlib.h>

#include "core/count.h"
#include "core/csv.h"
#include "core/table.h"
#include "recipe.h"

#define ROOM 256 /* bytes of a text */

static void expect(bool is_so, const char *what) {
  if (is_so) return;
  fprintf(stderr, "not so: %s\n", what);
  abort();
}

#define EXPECT(is_so) expect(is_so, #is_so)

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64:"
         "malloc_context_size=1:max_free_fill_size=0:max_malloc_fill_size=0";
}
#endif

/* ---- records ---- */

/* Lines that end and quotes are told apart by whether the quotes before them
** are odd in number, which is another way than that of csv.c. */
static void check_sound(const urna_csv *csv, const char *from) {
  size_t fields = 1;
  bool is_inside = false;
  for (const char *p = from; p < csv->at; p++) {
    if (*p == '"') is_inside = !is_inside;
    if (!is_inside && *p == csv->delimiter) fields++;
    EXPECT(is_inside || *p != '\n' || p + 1 == csv->at);
  }
  EXPECT(!is_inside);
  EXPECT(fields == csv->count);
}

/* The line and column of a place by counting from the start. */
static void check_place(const char *text, const urna_field *field) {
  const char *start = field->start - (field->quoted ? 1 : 0), *line = text;
  size_t lines = 1;
  for (const char *p = text; p < start; p++)
    if (*p == '\n') {
      lines++;
      line = p + 1;
    }
  EXPECT(field->line == lines);
  EXPECT(field->column == (size_t)(start - line) + 1);
}

static void check_fields(const urna_csv *csv, const char *text,
                         const char *from) {
  const char *at = from;
  for (size_t i = 0; i < csv->count; i++) {
    const urna_field *field = &csv->fields[i];
    char value[ROOM];
    EXPECT(field->start >= at && field->start + field->length <= csv->at);
    EXPECT(urna_csv_unquote(field, value) <= field->length);
    check_place(text, field);
    at = field->start + field->length;
  }
}

/* All fields of a record, each in quotes, in 'out'; returns the length. */
static size_t write_record(const urna_csv *csv, char *out) {
  char value[ROOM], *to = out;
  for (size_t i = 0; i < csv->count; i++) {
    size_t length = urna_csv_unquote(&csv->fields[i], value);
    if (i > 0) *to++ = csv->delimiter;
    *to++ = '"';
    for (size_t k = 0; k < length; k++) {
      if (value[k] == '"') *to++ = '"';
      *to++ = value[k];
    }
    *to++ = '"';
  }
  *to++ = '\n';
  return (size_t)(to - out);
}

static void check_same(const urna_field *a, const urna_field *b) {
  char one[ROOM], other[2 * ROOM];
  size_t length = urna_csv_unquote(a, one);
  EXPECT(urna_csv_unquote(b, other) == length);
  EXPECT(memcmp(one, other, length) == 0);
}

/* There and back again. */
static void check_round(const urna_csv *csv) {
  char written[4 * ROOM + 8];
  urna_csv again;
  size_t size = write_record(csv, written);
  urna_csv_init(&again, written, size, csv->delimiter);
  EXPECT(urna_csv_next(&again) == URNA_OK);
  EXPECT(!again.flaw && again.count == csv->count);
  for (size_t i = 0; i < csv->count; i++)
    check_same(&csv->fields[i], &again.fields[i]);
  EXPECT(urna_csv_next(&again) == URNA_END);
  urna_csv_free(&again);
}

/* Every record; returns how many there are. */
static size_t check_records(const char *text, size_t size, char delimiter) {
  urna_csv csv;
  size_t count = 0;
  const char *from = text;
  urna_csv_init(&csv, text, size, delimiter);
  for (; urna_csv_next(&csv) == URNA_OK; from = csv.at, count++) {
    EXPECT(csv.at > from && csv.count > 0);
    check_fields(&csv, text, from);
    if (csv.flaw) {
      EXPECT(csv.flaw_field < csv.count && csv.flaw_message);
      continue;
    }
    check_sound(&csv, from);
    check_round(&csv);
  }
  EXPECT(from == text + size);
  urna_csv_free(&csv);
  return count;
}

/* ---- tables ---- */

/* How many records have a fault: those of one record stand together. */
static size_t faulty_records(const urna_faults *faults) {
  size_t count = 0;
  for (size_t i = 0; i < faults->kept; i++)
    count +=
        i == 0 || faults->items[i].row_line != faults->items[i - 1].row_line;
  return count;
}

/* The records behind the headings, counted without a table. */
static size_t count_records(const urna_part *part) {
  urna_csv csv;
  size_t count = 0;
  urna_csv_init(&csv, part->text, part->size, part->delimiter);
  EXPECT(urna_table_headings(&csv, NULL) == URNA_OK);
  if (urna_table_has_records(&csv))
    while (urna_csv_next(&csv) == URNA_OK) count++;
  urna_csv_free(&csv);
  return count;
}

static void check_cells(const urna_table *table, const urna_part *part) {
  const char *end = part->text + part->size;
  for (size_t i = 0; i < table->column_count; i++) {
    const urna_column *column = &table->columns[i];
    for (size_t row = 0; row < table->row_count; row++) {
      if (column->kind == URNA_KIND_COUNT)
        EXPECT(column->counts[row] >= URNA_MISSING);
      if (column->kind != URNA_KIND_TEXT) continue;
      const urna_text *cell = &column->texts[row];
      if (cell->start >= part->text && cell->start < end)
        EXPECT(cell->length <= (size_t)(end - cell->start));
      else if (cell->length > 0)
        EXPECT(memchr(cell->start, '"', cell->length) != NULL);
    }
  }
}

static void check_table(const urna_part *part, uint8_t choice) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT,
                                    URNA_KIND_COUNT, URNA_KIND_SKIP};
  urna_layout layout = {(choice & 4) ? '.' : 0, kinds + ((choice >> 3) & 1),
                        1 + (choice >> 4) % 3};
  urna_table table;
  urna_faults faults;
  urna_error error;
  urna_table_init(&table);
  urna_faults_init(&faults, (size_t)1 << 20);
  urna_status status =
      urna_table_read(part, 1, &layout, &table, &faults, &error);
  EXPECT(status == URNA_OK || status == URNA_BAD_INPUT
         || status == URNA_BAD_CALL);
  if (status == URNA_OK) {
    EXPECT(table.row_count + faulty_records(&faults) == count_records(part));
    check_cells(&table, part);
  }
  urna_table_free(&table);
  urna_faults_free(&faults);
}

/* ---- one input ---- */

static size_t build(char *text, const uint8_t *data, size_t size,
                    char delimiter) {
  recipe r;
  if (data[0] & 128) {
    recipe_init(&r, text, ROOM, delimiter, 1 + (data[0] >> 4) % 3);
    return recipe_follow(&r, data + 1, size - 1);
  }
  if (size - 1 < ROOM)
    size = size - 1;
  else
    size = ROOM;
  memcpy(text, data + 1, size);
  return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char marks[] = {',', ';', '\t', '|'};
  char text[ROOM];
  if (size < 1) return 0;
  char delimiter = marks[data[0] & 3];
  size_t length = build(text, data, size, delimiter);
  char *copy = malloc(length + 1); /* so that a sanitizer sees its end */
  if (!copy) return 0;
  char *exact = copy + 1;
  memcpy(exact, text, length);
  EXPECT(memchr(marks, urna_csv_delimiter(exact, length), sizeof marks));
  check_records(exact, length, delimiter);
  urna_part part = {exact, length, delimiter, 0};
  check_table(&part, data[0]);
  free(copy);
  return 0;
}
