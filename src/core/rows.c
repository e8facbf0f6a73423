/* See rows.h. */
#include "core/rows.h"

#include <string.h>

#include "core/count.h"
#include "core/order.h"

static urna_count count_at(urna_columns columns, size_t i, size_t row) {
  return columns.table->columns[columns.at[i]].counts[row];
}

static urna_text text_at(urna_columns columns, size_t i, size_t row) {
  return columns.table->columns[columns.at[i]].texts[row];
}

urna_status urna_rows_sum(const urna_table *table, size_t at, urna_rows rows,
                          urna_count *sum, size_t *missing) {
  const urna_count *counts = table->columns[at].counts;
  urna_count total = 0;
  size_t none = 0;
  for (size_t i = 0; i < rows.count; i++) {
    urna_count count = counts[urna_rows_at(rows, i)];
    if (count == URNA_MISSING)
      none++;
    else if (urna_count_add(&total, count) != URNA_OK)
      return URNA_OVERFLOW;
  }
  *sum = total;
  *missing = none;
  return URNA_OK;
}

bool urna_rows_reported(urna_columns columns, size_t row) {
  for (size_t i = 0; i < columns.count; i++)
    if (count_at(columns, i, row) == URNA_MISSING) return false;
  return true;
}

urna_status urna_rows_across(urna_columns columns, size_t row,
                             urna_count *sum) {
  urna_count total = 0;
  if (!urna_rows_reported(columns, row)) {
    *sum = URNA_MISSING;
    return URNA_OK;
  }
  for (size_t i = 0; i < columns.count; i++)
    if (urna_count_add(&total, count_at(columns, i, row)) != URNA_OK)
      return URNA_OVERFLOW;
  *sum = total;
  return URNA_OK;
}

static int compare_texts(urna_text a, urna_text b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = common > 0 ? memcmp(a.start, b.start, common) : 0;
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare_rows(const void *context, size_t a, size_t b) {
  const urna_columns *columns = context;
  int order = 0;
  for (size_t i = 0; i < columns->count && order == 0; i++)
    order = compare_texts(text_at(*columns, i, a), text_at(*columns, i, b));
  return order;
}

void urna_rows_duplicates(urna_columns columns, size_t *first,
                          size_t *scratch) {
  size_t n = columns.table->row_count, *rows = scratch, leader = 0;
  for (size_t i = 0; i < n; i++) rows[i] = i;
  urna_order_sort(rows, n, scratch + n, compare_rows, &columns);
  /* the sort is stable, so the first of equal rows leads them */
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || compare_rows(&columns, rows[leader], rows[i]) != 0)
      leader = i;
    first[rows[i]] = rows[leader];
  }
}

/*
** Keep of 'totals' the rows whose count is half of the column's sum. Sums
** grow, and twice a count stays below 2^64: once a sum does not, it equals
** no row's.
*/
static size_t keep_halves(const urna_count *counts, size_t n, size_t *totals,
                          size_t kept) {
  uint64_t sum = 0;
  size_t still = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t count = counts[i] == URNA_MISSING ? 0 : (uint64_t)counts[i];
    if (count > UINT64_MAX - sum) return 0;
    sum += count;
  }
  for (size_t i = 0; i < kept; i++) {
    urna_count count = counts[totals[i]];
    if (count != URNA_MISSING && 2 * (uint64_t)count == sum)
      totals[still++] = totals[i];
  }
  return still;
}

static bool is_all_zero(urna_columns columns, size_t row) {
  for (size_t i = 0; i < columns.count; i++)
    if (count_at(columns, i, row) != 0) return false;
  return true;
}

size_t urna_rows_totals(urna_columns columns, size_t *totals) {
  size_t n = columns.table->row_count, kept = n, still = 0;
  if (n < 3) return 0;
  for (size_t i = 0; i < n; i++) totals[i] = i;
  for (size_t i = 0; i < columns.count && kept > 0; i++)
    kept = keep_halves(columns.table->columns[columns.at[i]].counts, n, totals,
                       kept);
  for (size_t i = 0; i < kept; i++)
    if (!is_all_zero(columns, totals[i])) totals[still++] = totals[i];
  return still;
}
