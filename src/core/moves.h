/*
** moves.h - the graph of seats that can move, inside biproportional.h.
**
** From a district to a list goes a move where the cell may take one seat
** more, from a list to a district one where it may lose one; a path moves a
** seat. The cost of a move is the logarithm of s(k) / votes, or of its
** inverse, within URNA_MOVES_ERROR units. 'level' of the nodes is kept so that
** level[head] <= level[tail] + cost for every move: the logarithm of a
** district's divisor, and less that of a list's.
** Source: Ahuja, Magnanti & Orlin, Network Flows, 1993, ch. 9.
*/
#ifndef URNA_MOVES_H
#define URNA_MOVES_H

#include <stdbool.h>

#include "core/biproportional.h"

URNA_BEGIN

#define URNA_NO_MOVE INT64_MAX
#define URNA_NO_NODE SIZE_MAX

/* Of one cost: a logarithm less another, each too small by 1.01 or less. */
#define URNA_MOVES_ERROR 2

static inline size_t urna_moves_nodes(const urna_biproportional *b) {
  return b->districts + b->lists;
}

static inline size_t urna_moves_cells(const urna_biproportional *b) {
  return b->districts * b->lists;
}

static inline size_t urna_moves_district(const urna_biproportional *b,
                                         size_t cell) {
  return cell / b->lists;
}

/* The node of a cell's list. */
static inline size_t urna_moves_list(const urna_biproportional *b,
                                     size_t cell) {
  return b->districts + cell % b->lists;
}

/* The cell between two nodes, one of them a district and one a list. */
static inline size_t urna_moves_cell(const urna_biproportional *b, size_t u,
                                     size_t v) {
  return u < b->districts ? u * b->lists + v - b->districts
                          : v * b->lists + u - b->districts;
}

/* The signpost that the k-th seat of a cell must reach, k >= 1. */
static inline int64_t urna_moves_signpost(const urna_biproportional *b,
                                          int32_t k) {
  return b->d.first + (int64_t)b->d.step * (k - 1);
}

/* Give a cell its seats, and its moves their costs. */
void urna_moves_set(urna_biproportional *b, size_t cell, int32_t seats);

/* Mark each cell's moves whose cost above the levels is at most 'most'. */
void urna_moves_mark(const urna_biproportional *b, int64_t most,
                     unsigned char *marks);

/* Keep the marks of moves that lie on a cycle of marked ones; whether there
** are any. block[node] is then the same for nodes on common cycles. */
bool urna_moves_keep_cycles(urna_biproportional *b, unsigned char *marks,
                            size_t *block);

/* A node on a cycle of from[node], the node before it, or URNA_NO_NODE. */
size_t urna_moves_find_cycle(const urna_biproportional *b, const size_t *from);

/* Take the marked move of 'cell' and a way back along marked cells that stand
** behind it; their marks turn round. False: there is no way. */
bool urna_moves_turn(urna_biproportional *b, unsigned char *marks, size_t cell);

/*
** The exact part of the work, in biproportional_exact.c: improve a solution
** that is as good as logarithms can tell until it is one, and find what other
** solutions change. 'exact' then holds levels of the nodes of each tied block,
** in ratio to each other.
*/
urna_status urna_moves_settle(urna_biproportional *b);

/* Exact levels of all nodes, at any cost in time. */
urna_status urna_moves_level(urna_biproportional *b);

URNA_FINISH

#endif
