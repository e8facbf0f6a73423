/*
** biproportional.h - seats of a table of districts and lists, whose sums both
** ways are given: votes / (district's divisor * list's divisor), rounded.
**
** The seats are a flow from districts to lists, and the solutions are those
** for which the product of s(k) / votes over all seats is least, s(k) being
** the signpost that the k-th seat of a cell has to reach. Seats are moved
** along cheapest paths by logarithms whose error is known; what they cannot
** tell apart, ties above all, is settled by exact ratios.
** Source: Balinski & Demange, Mathematical Programming 45, 1989, pp. 193-210;
** Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 14 and 15.
*/
#ifndef URNA_BIPROPORTIONAL_H
#define URNA_BIPROPORTIONAL_H

#include "core/arena.h"
#include "core/divisor.h"
#include "core/rational.h"

URNA_BEGIN

/* Districts and lists together, and seats of the house: up to here the
** logarithms are fine enough for what is proved with them. */
#define URNA_BIPROPORTIONAL_NODES 1000
#define URNA_BIPROPORTIONAL_SEATS 1000000

/* How the seats of a cell may change: another solution has one more, or one
** less. */
#define URNA_UP   1
#define URNA_DOWN 2

/*
** Cells stand district by district. A node is a district or, from 'districts'
** on, a list.
*/
typedef struct urna_biproportional {
  /* what is asked, borrowed */
  urna_sequence d; /* linear, 1 + 2k to round to the nearest, 1 + k down */
  size_t districts, lists;
  const urna_count *votes;       /* of cells, up to URNA_COUNT_MAX */
  const int32_t *district_seats; /* both of the same sum */
  const int32_t *list_seats;
  const unsigned char *least; /* 1: a cell has a seat for sure; or NULL */

  /* the answer, owned */
  int32_t *seats;          /* of cells: a solution */
  unsigned char *changes;  /* of cells: 0, or how another solution differs */
  unsigned char *cut;      /* of nodes: why there is no solution */
  urna_rational *divisors; /* of nodes; zero where a node has no seats */

  /* the work: see moves.h */
  int64_t *logs, *up, *down, *level, *signposts;
  unsigned char *marks;
  int64_t *distance;
  size_t *from, *block, *stack, *spot;
  urna_rational *exact, cost, sum;
  urna_arena arena;
} urna_biproportional;

/*
** Find a solution of 'b', zeroed but for what is asked, and what may differ
** from it. URNA_TIE: there are others. URNA_BAD_INPUT: there is none. The
** districts of the cut have votes for its lists alone, and their seats and
** those that its lists have for sure in other districts are more than these
** lists have. URNA_BAD_CALL: sums that differ, a number out of bounds, or a
** sure seat where there are no votes or no seats.
*/
urna_status urna_biproportional_solve(urna_biproportional *b);

/* Divisors that give the solution found, and every other one: each cell's
** votes / (district's * list's) lies between the signposts of its seats, and
** on one where another solution differs. Only URNA_NO_MEMORY. */
urna_status urna_biproportional_divide(urna_biproportional *b);

/* Put the first solution into 'seats', or the next: they are ordered as the
** numbers are whose digits are 1 for a cell that has the seat more, else 0.
** URNA_END: it was the last, and stays. */
void urna_biproportional_first(urna_biproportional *b);
urna_status urna_biproportional_next(urna_biproportional *b);

void urna_biproportional_free(urna_biproportional *b);

URNA_FINISH

#endif
