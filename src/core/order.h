/*
** order.h - a stable sort of row numbers by any comparison.
**
** A merge sort from runs of one upwards: n log n comparisons for every
** input, next to none for one that is in order already, and unlike qsort it
** hands the comparison its context, so nothing static is needed.
*/
#ifndef URNA_ORDER_H
#define URNA_ORDER_H

#include "core/status.h"

URNA_BEGIN

/* Less than, equal to or greater than 0, as row 'a' is to row 'b'. */
typedef int urna_order_compare(const void *context, size_t a, size_t b);

/* Sort 'rows', of length 'n', by means of 'scratch', of the same length. */
void urna_order_sort(size_t *rows, size_t n, size_t *scratch,
                     urna_order_compare *compare, const void *context);

URNA_FINISH

#endif
