#include <stdlib.h>

#include "core/order.h"
#include "core/rows.h"
#include "test.h"

/* A table of a text and two count columns; every text is the caller's. */
static urna_table table_of(const char *text) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT,
                                    URNA_KIND_COUNT};
  urna_layout layout = {0, kinds, 3};
  urna_table table;
  urna_faults faults;
  urna_table_init(&table);
  urna_faults_init(&faults, 9);
  urna_part part = {text, strlen(text), ';', 0};
  CHECK(urna_table_read(&part, 1, &layout, &table, &faults, NULL) == URNA_OK);
  CHECK(faults.count == 0);
  urna_faults_free(&faults);
  return table;
}

static void sums(void) {
  urna_table table = table_of("n;a;b\nx;1;\ny;2;5\nz;4;9223372036854775803\n");
  size_t chosen[] = {2, 0}, missing;
  urna_count sum = -7;
  urna_rows all = {NULL, 3}, two = {chosen, 2};
  CHECK(urna_rows_sum(&table, 1, all, &sum, &missing) == URNA_OK);
  CHECK(sum == 7 && missing == 0);
  CHECK(urna_rows_sum(&table, 2, two, &sum, &missing) == URNA_OK);
  CHECK(sum == INT64_MAX - 4 && missing == 1);
  sum = -7;
  CHECK(urna_rows_sum(&table, 2, all, &sum, &missing) == URNA_OVERFLOW);
  CHECK(sum == -7);
  urna_table_free(&table);
}

static void across(void) {
  urna_table table = table_of("n;a;b\nx;1;\ny;2;5\nz;5;9223372036854775803\n");
  size_t both[] = {1, 2};
  urna_columns columns = {&table, both, 2};
  urna_count sum;
  CHECK(!urna_rows_reported(columns, 0) && urna_rows_reported(columns, 1));
  CHECK(urna_rows_across(columns, 0, &sum) == URNA_OK);
  CHECK(sum == URNA_MISSING);
  CHECK(urna_rows_across(columns, 1, &sum) == URNA_OK && sum == 7);
  CHECK(urna_rows_across(columns, 2, &sum) == URNA_OVERFLOW);
  urna_table_free(&table);
}

static void duplicates(void) {
  urna_table table =
      table_of("n;a;b\nx;1;\n\"y\";2;5\n;1;1\ny;2;5\nxx;1;1\ny;1;1\n;0;0\n");
  size_t name = 0, first[7], scratch[14];
  urna_columns columns = {&table, &name, 1};
  static const size_t expected[] = {0, 1, 2, 1, 4, 1, 2};
  urna_rows_duplicates(columns, first, scratch);
  CHECK(memcmp(first, expected, sizeof expected) == 0);
  urna_table_free(&table);
}

static size_t totals(const char *text, size_t *found) {
  urna_table table = table_of(text);
  size_t both[] = {1, 2};
  urna_columns columns = {&table, both, 2};
  size_t n = urna_rows_totals(columns, found);
  urna_table_free(&table);
  return n;
}

static void total_rows(void) {
  size_t found[8];
  CHECK(totals("n;a;b\nx;1;2\ny;3;4\nall;4;6\n", found) == 1);
  CHECK(found[0] == 2);
  CHECK(totals("n;a;b\nall;4;6\nx;1;2\ny;3;4\n", found) == 1);
  CHECK(found[0] == 0);
  CHECK(totals("n;a;b\nx;1;2\ny;3;4\nall;4;7\n", found) == 0);
  CHECK(totals("n;a;b\nx;1;2\nall;1;2\n", found) == 0);
  CHECK(totals("n;a;b\nx;0;0\ny;0;0\nz;0;0\n", found) == 0);
  CHECK(totals("n;a;b\nx;1;\ny;3;4\nall;4;4\n", found) == 1);
  CHECK(totals("n;a;b\nx;1;2\ny;3;4\nall;4;\n", found) == 0);
  /* two equal rows among empty ones are each the total of the others */
  CHECK(totals("n;a;b\nx;5;5\ny;5;5\nz;0;0\n", found) == 2);
  CHECK(totals("n;a;b\nx;9223372036854775807;1\ny;9223372036854775807;1\n"
               "z;9223372036854775807;2\n",
               found)
        == 0);
}

/* Rows by an array of their ranks. */
static int by_rank(const void *context, size_t a, size_t b) {
  const int *ranks = context;
  return (ranks[a] > ranks[b]) - (ranks[a] < ranks[b]);
}

/* Sorted, and equal ranks in the order they came in, for each length. */
static void order(void) {
  int ranks[70] = {0};
  size_t rows[70], scratch[70];
  unsigned state = 20241;
  for (size_t n = 0; n <= 70; n++) {
    for (size_t i = 0; i < n; i++) {
      state = state * 1103515245u + 12345u;
      ranks[i] = (int)(state >> 16) % 9;
      rows[i] = i;
    }
    urna_order_sort(rows, n, scratch, by_rank, ranks);
    int good = 1;
    for (size_t i = 1; i < n; i++)
      good = good
             && (ranks[rows[i - 1]] < ranks[rows[i]]
                 || (ranks[rows[i - 1]] == ranks[rows[i]]
                     && rows[i - 1] < rows[i]));
    CHECK(good);
  }
}

int main(void) {
  sums();
  across();
  duplicates();
  total_rows();
  order();
  return test_report("rows");
}
