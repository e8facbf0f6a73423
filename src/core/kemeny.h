/*
** kemeny.h - the orders of candidates that agree with the papers most often:
** of every two, how many papers rank them as the order does, summed.
**
** best(S) is the most agreement that an order of the set S can have:
** the greatest, over who of S stands first, of best(the others) and the papers
** that rank him above each of them. All 2^n sets, once each, give every optimal
** order, and the sets that stand at the top of one.
** Source: Kemeny, Daedalus 88, 1959, pp. 577-591; Young, American Political
** Science Review 82, 1988, pp. 1231-1244; the recurrence is that of Held &
** Karp, J. SIAM 10, 1962, pp. 196-210.
*/
#ifndef URNA_KEMENY_H
#define URNA_KEMENY_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

/* With more candidates than these the sets would take more than 8 MB, and
** each further one twice that and twice the time. Sums of 190 pairs of up to
** 2^53 papers fit a count. */
#define URNA_KEMENY_MOST 20

typedef struct urna_kemeny {
  size_t n;
  urna_count *best; /* by set, candidate i being bit i */
  urna_count *sums; /* papers that rank x above a set, its bits in two halves */
} urna_kemeny;

/* over[a * n + b]: papers that prefer a to b. n is at most URNA_KEMENY_MOST.
** URNA_NO_MEMORY leaves it zeroed. */
urna_status urna_kemeny_init(urna_kemeny *kemeny, size_t n,
                             const urna_count *over);
void urna_kemeny_free(urna_kemeny *kemeny);

/* The agreement of an optimal order. */
static inline urna_count urna_kemeny_score(const urna_kemeny *kemeny) {
  return kemeny->best[((size_t)1 << kemeny->n) - 1];
}

/* Does this set stand above all others in some optimal order? */
bool urna_kemeny_is_top(const urna_kemeny *kemeny, uint32_t set);

/* Who is among the first 'seats' of some optimal order, and who of all: sets
** of candidates. */
void urna_kemeny_tops(const urna_kemeny *kemeny, size_t seats, uint32_t *some,
                      uint32_t *all);

/* The optimal orders, up to 'most', n numbers each, in the order of these
** numbers; returns how many. */
size_t urna_kemeny_orders(const urna_kemeny *kemeny, size_t most,
                          unsigned char *orders);

URNA_FINISH

#endif
