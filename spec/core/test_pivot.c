#include "core/pivot.h"
#include "test.h"

/* station; registered; list; votes */
static const char text[] = "s;r;l;v\n"
                           "A;10;X;4\n" /* line 2 */
                           "A;10;Y;\n"
                           "B;7;Y;2\n"
                           "A;10;X;5\n" /* 5: X again */
                           "B;8;X;1\n"  /* 6: another number of voters */
                           "C;;Z;9\n"   /* 7: a list that is left out */
                           "C;3;X;0\n"
                           "D;1;X;1\n"; /* 9: a unit that is left out */

static const size_t keys[] = {0}, fields[] = {1};
static const size_t units[] = {1, 1, 2, 1, 2, 3, 3, 0};
static const size_t lists[] = {1, 2, 2, 1, 1, 0, 1, 1};

static urna_table long_table(void) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT,
                                    URNA_KIND_TEXT, URNA_KIND_COUNT};
  urna_layout layout = {0, kinds, 4};
  urna_table table;
  urna_faults faults;
  urna_table_init(&table);
  urna_faults_init(&faults, 9);
  urna_part part = {text, strlen(text), ';', 0};
  urna_table_read(&part, 1, &layout, &table, &faults, NULL);
  CHECK(table.row_count == 8 && faults.count == 0);
  urna_faults_free(&faults);
  return table;
}

static void turns(void) {
  urna_pivot p = {.keys = keys,
                  .key_count = 1,
                  .votes = 3,
                  .fields = fields,
                  .field_count = 1,
                  .units = units,
                  .lists = lists,
                  .unit_count = 3,
                  .list_count = 2};
  urna_table from = long_table(), to;
  urna_faults faults;
  urna_table_init(&to);
  urna_faults_init(&faults, 9);
  CHECK(urna_pivot_run(&from, &p, &to, &faults, NULL) == URNA_OK);
  urna_table_free(&from);
  CHECK(to.row_count == 3 && to.column_count == 4);
  CHECK_TEXT(to.columns[0].texts[2].start, to.columns[0].texts[2].length, "C");
  CHECK(to.lines[0] == 2 && to.lines[1] == 4 && to.lines[2] == 7);
  CHECK(to.columns[1].counts[0] == 10 && to.columns[1].counts[1] == 7);
  CHECK(to.columns[1].counts[2] == 3);
  CHECK(to.columns[2].counts[0] == 4 && to.columns[2].counts[1] == 1);
  CHECK(to.columns[2].counts[2] == 0);
  CHECK(to.columns[3].counts[0] == URNA_MISSING);
  CHECK(to.columns[3].counts[1] == 2);
  CHECK(to.columns[3].counts[2] == URNA_MISSING);
  CHECK(faults.count == 2);
  CHECK_STRING(faults.items[0].error.code, "repeated_list");
  CHECK(faults.items[0].error.line == 5 && faults.items[0].first_line == 2);
  CHECK(faults.items[0].list == 1);
  CHECK_STRING(faults.items[1].error.code, "conflicting_field");
  CHECK(faults.items[1].error.line == 6 && faults.items[1].first_line == 4);
  CHECK(faults.items[1].error.index == 2);
  CHECK_TEXT(faults.items[1].error.text, faults.items[1].error.text_length,
             "8");
  urna_table_free(&to);
  urna_faults_free(&faults);
}

static urna_status run(size_t unit_count, size_t list_count) {
  urna_pivot p = {.keys = keys,
                  .key_count = 1,
                  .votes = 3,
                  .units = units,
                  .lists = lists,
                  .unit_count = unit_count,
                  .list_count = list_count};
  urna_table from = long_table(), to;
  urna_faults faults;
  urna_error error = {.code = NULL};
  urna_table_init(&to);
  urna_faults_init(&faults, 9);
  urna_status status = urna_pivot_run(&from, &p, &to, &faults, &error);
  CHECK(status == URNA_OK || error.message);
  urna_table_free(&from);
  urna_table_free(&to);
  urna_faults_free(&faults);
  return status;
}

static void refuses(void) {
  CHECK(run(3, 2) == URNA_OK);
  CHECK(run(3, 5) == URNA_OK);
  CHECK(run(4, 2) == URNA_BAD_CALL);
  CHECK(run(2, 2) == URNA_BAD_CALL);
  CHECK(run(3, 1) == URNA_BAD_CALL);
  CHECK(run(SIZE_MAX, 2) == URNA_BAD_CALL);
}

int main(void) {
  turns();
  refuses();
  return test_report("pivot");
}
