/* See order.h. */
#include "core/order.h"

#include <string.h>

typedef struct sorter {
  urna_order_compare *compare;
  const void *context;
} sorter;

/* Merge rows [from, middle) and [middle, to), each in order. */
static void merge(const sorter *by, size_t *rows, size_t *scratch, size_t from,
                  size_t middle, size_t to) {
  if (by->compare(by->context, rows[middle - 1], rows[middle]) <= 0) return;
  size_t left = 0, lefts = middle - from, right = middle, at = from;
  memcpy(scratch, rows + from, lefts * sizeof *rows);
  while (left < lefts && right < to)
    rows[at++] = by->compare(by->context, scratch[left], rows[right]) <= 0
                     ? scratch[left++]
                     : rows[right++];
  memcpy(rows + at, scratch + left, (lefts - left) * sizeof *rows);
}

void urna_order_sort(size_t *rows, size_t n, size_t *scratch,
                     urna_order_compare *compare, const void *context) {
  const sorter by = {compare, context};
  for (size_t width = 1; width < n; width *= 2)
    for (size_t from = 0; width < n - from;) {
      size_t rest = n - from - width;
      size_t to = n - rest + (rest < width ? rest : width);
      merge(&by, rows, scratch, from, from + width, to);
      from = to;
    }
}
