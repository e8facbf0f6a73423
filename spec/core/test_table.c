#include <stdlib.h>

#include "core/table.h"
#include "test.h"

/* A reading of a text of three columns: text, count, count. */
typedef struct reading {
  char *copy;
  urna_table table;
  urna_faults faults;
  urna_error error;
  urna_status status;
} reading;

static reading read(const char *text, char thousands, size_t limit) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT,
                                    URNA_KIND_COUNT};
  urna_layout layout = {thousands, kinds, 3};
  size_t size = strlen(text);
  reading r = {.copy = malloc(size ? size : 1)};
  if (r.copy) memcpy(r.copy, text, size);
  urna_table_init(&r.table);
  urna_faults_init(&r.faults, limit);
  urna_error_set(&r.error, NULL, NULL);
  urna_part part = {r.copy, size, ';', 0};
  r.status = urna_table_read(&part, 1, &layout, &r.table, &r.faults, &r.error);
  return r;
}

static void done(reading *r) {
  urna_table_free(&r->table);
  urna_table_free(&r->table);
  urna_faults_free(&r->faults);
  free(r->copy);
}

static urna_text text_at(const reading *r, size_t row) {
  return r->table.columns[0].texts[row];
}

static urna_count count_at(const reading *r, size_t column, size_t row) {
  return r->table.columns[column].counts[row];
}

static void good_rows(void) {
  reading r =
      read("name;a;b\nNA;1;\n\"x \"\"y\"\"\";007;\"2\"\r\n;0;0\n\n", 0, 9);
  CHECK(r.status == URNA_OK);
  CHECK(r.table.row_count == 3 && r.faults.count == 0);
  CHECK_TEXT(text_at(&r, 0).start, text_at(&r, 0).length, "NA");
  CHECK_TEXT(text_at(&r, 1).start, text_at(&r, 1).length, "x \"y\"");
  CHECK(text_at(&r, 2).length == 0);
  CHECK(count_at(&r, 1, 0) == 1 && count_at(&r, 2, 0) == URNA_MISSING);
  CHECK(count_at(&r, 1, 1) == 7 && count_at(&r, 2, 1) == 2);
  CHECK(count_at(&r, 1, 2) == 0);
  CHECK(r.table.lines[0] == 2 && r.table.lines[2] == 4);
  done(&r);
}

static void bounds(void) {
  reading r = read("n;a;b\nx;9223372036854775807;9223372036854775808", 0, 9);
  CHECK(r.table.row_count == 0 && r.faults.count == 1);
  CHECK_STRING(r.faults.items[0].error.code, "not_a_count");
  CHECK_STRING(r.faults.items[0].reason, "overflow");
  CHECK(r.faults.items[0].error.index == 3);
  CHECK(r.faults.items[0].error.column == 23);
  done(&r);
  r = read("n;a;b\nx;9223372036854775807;9.223.372.036.854.775.807", '.', 9);
  CHECK(r.table.row_count == 1 && count_at(&r, 2, 0) == INT64_MAX);
  done(&r);
}

static void ragged_rows(void) {
  reading r = read("n;a;b\nx;1\n\nx;1;2;3\ny;1;2\n\n\n", 0, 9);
  CHECK(r.table.row_count == 1 && r.faults.count == 3);
  const urna_fault *faults = r.faults.items;
  CHECK_STRING(faults[0].error.code, "ragged_row");
  CHECK_TEXT(faults[0].error.text, faults[0].error.text_length,
             "2 fields where 3 were expected");
  CHECK_TEXT(faults[1].error.text, faults[1].error.text_length,
             "1 field where 3 were expected");
  CHECK(faults[1].error.line == 3 && faults[2].error.line == 4);
  CHECK(faults[0].cells == NULL);
  done(&r);
}

static void kept_faults(void) {
  reading r = read("n;a;b\n\"a\nb\";-1;1,5\n\"c\"d;1;2\ne;x;1\nf;1;2", 0, 3);
  CHECK(r.table.row_count == 1 && r.faults.count == 4);
  CHECK(r.faults.kept == 3);
  const urna_fault *faults = r.faults.items;
  CHECK_STRING(faults[0].reason, "sign");
  CHECK(faults[0].row_line == 2 && faults[0].error.line == 3);
  CHECK(faults[0].error.column == 4);
  CHECK(faults[0].cell_count == 1);
  CHECK_TEXT(faults[0].cells[0].start, faults[0].cells[0].length, "a\nb");
  CHECK_STRING(faults[1].reason, "decimal");
  CHECK_TEXT(faults[1].error.text, faults[1].error.text_length, "1,5");
  CHECK_STRING(faults[2].error.code, "bad_quote");
  CHECK(faults[2].error.line == 4 && faults[2].error.column == 1);
  CHECK_TEXT(faults[2].cells[0].start, faults[2].cells[0].length, "\"c\"d");
  done(&r);
}

static void endless_quote(void) {
  reading r = read("n;a;b\nx;1;2\ny;1;\"2\nz;1;2\n", 0, 9);
  CHECK(r.table.row_count == 1 && r.faults.count == 1);
  CHECK(r.faults.items[0].error.line == 3);
  CHECK(r.faults.items[0].error.column == 5);
  done(&r);
}

static void headings(void) {
  reading r = read("", 0, 9);
  CHECK(r.status == URNA_BAD_INPUT);
  CHECK_STRING(r.error.code, "no_headings");
  done(&r);
  r = read("\nx;1;2", 0, 9);
  CHECK_STRING(r.error.code, "no_headings");
  done(&r);
  r = read("a;b\"c;d\n", 0, 9);
  CHECK(r.status == URNA_BAD_INPUT && r.error.column == 3);
  CHECK_STRING(r.error.code, "bad_quote");
  done(&r);
  r = read("a;b\n", 0, 9);
  CHECK(r.status == URNA_BAD_CALL);
  done(&r);
  r = read("a;b;c", 0, 9);
  CHECK(r.status == URNA_OK && r.table.row_count == 0);
  done(&r);
}

static void long_text(void) {
  char text[400], *at = text;
  at += sprintf(at, "n;a;b\nx;1;");
  for (int i = 0; i < 60; i++) at += sprintf(at, "%s", "Ж");
  reading r = read(text, 0, 9);
  CHECK(r.faults.items[0].error.text_length == 80);
  done(&r);
  memmove(text + 11, text + 10, strlen(text + 10) + 1);
  text[10] = '1';
  r = read(text, 0, 9);
  CHECK(r.faults.items[0].error.text_length == 79);
  done(&r);
}

/* The empty line is a row where there is but one column. */
static void one_column(void) {
  static const urna_kind kind = URNA_KIND_COUNT;
  urna_layout layout = {0, &kind, 1};
  urna_table table;
  urna_faults faults;
  urna_table_init(&table);
  urna_faults_init(&faults, 9);
  urna_part part = {"a\n1\n\n2\n\n", 8, ',', 0};
  CHECK(urna_table_read(&part, 1, &layout, &table, &faults, NULL) == URNA_OK);
  CHECK(table.row_count == 4);
  CHECK(table.columns[0].counts[1] == URNA_MISSING);
  CHECK(table.columns[0].counts[3] == URNA_MISSING);
  urna_table_free(&table);
  urna_faults_free(&faults);
}

/* Each part has its own delimiter, headings and end: a quote that is open at
** the end of the first does not reach into the second. */
static void parts(void) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT};
  static const char *const texts[] = {"n;a\nx;1\n\"y;2\n\n", "n,a\nz,3",
                                      "n,a\n\"w\nw\",4\n\n\n", "n,a"};
  urna_layout layout = {0, kinds, 2};
  urna_part all[4];
  urna_table table;
  urna_faults faults;
  for (size_t i = 0; i < 4; i++)
    all[i] = (urna_part){texts[i], strlen(texts[i]), i ? ',' : ';', 100 * i};
  urna_table_init(&table);
  urna_faults_init(&faults, 9);
  CHECK(urna_table_read(all, 4, &layout, &table, &faults, NULL) == URNA_OK);
  CHECK(table.row_count == 3 && faults.count == 1);
  CHECK_STRING(faults.items[0].error.code, "bad_quote");
  CHECK(faults.items[0].error.line == 3 && faults.items[0].row_line == 3);
  CHECK(table.lines[0] == 2 && table.lines[1] == 102);
  CHECK(table.lines[2] == 202 && table.columns[1].counts[2] == 4);
  urna_table_free(&table);
  urna_faults_free(&faults);
}

/* Texts that are put into a table are its own. */
static void put_texts(void) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT};
  char name[] = "Ni\xC5\xA1";
  urna_table table;
  urna_table_init(&table);
  CHECK(urna_table_reserve(&table, kinds, 2, 2) == URNA_OK);
  CHECK(urna_table_put(&table, 0, 0, name, 4) == URNA_OK);
  CHECK(urna_table_put(&table, 0, 1, NULL, 0) == URNA_OK);
  memset(name, 'x', sizeof name);
  urna_text first = table.columns[0].texts[0];
  CHECK_TEXT(first.start, first.length, "Ni\xC5\xA1");
  CHECK(table.columns[0].texts[1].length == 0);
  urna_table_free(&table);
}

int main(void) {
  put_texts();
  good_rows();
  bounds();
  ragged_rows();
  kept_faults();
  endless_quote();
  headings();
  long_text();
  one_column();
  parts();
  return test_report("table");
}
