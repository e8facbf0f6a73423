/* biproportional_exact.c - the exact part of biproportional.h; see moves.h. */
#include "core/moves.h"

/* The rest of what a function does, unless an earlier part had no memory. */
#define THEN(call)                                                             \
  if (status == URNA_OK) status = (call)

static bool is_set(const urna_rational *r) {
  return !urna_natural_is_zero(&r->den);
}

/* The cost of a move as a ratio: what the level is multiplied by. */
static urna_status weigh(urna_biproportional *b, size_t cell, int way) {
  int32_t seats = b->seats[cell];
  int64_t votes = b->votes[cell];
  if (way == URNA_DOWN)
    return urna_rational_set(&b->cost, votes,
                             (uint64_t)urna_moves_signpost(b, seats));
  return urna_rational_set(&b->cost, urna_moves_signpost(b, seats + 1),
                           (uint64_t)votes);
}

/* Compare what a move allows with the level where it ends: -1, 0, 1. What it
** allows is left in b->sum. */
static urna_status compare(urna_biproportional *b, size_t cell, int way,
                           size_t tail, size_t head, int *order) {
  urna_status status = weigh(b, cell, way);
  THEN(urna_rational_multiply(&b->sum, &b->exact[tail], &b->cost));
  *order = -1;
  if (is_set(&b->exact[head]))
    THEN(urna_rational_cmp(&b->sum, &b->exact[head], order));
  return status;
}

/* Lower the level where a move ends to what the move allows. */
static urna_status relax(urna_biproportional *b, size_t cell, int way,
                         bool *any) {
  size_t district = urna_moves_district(b, cell);
  size_t list = urna_moves_list(b, cell);
  size_t tail = way == URNA_UP ? district : list;
  size_t head = way == URNA_UP ? list : district;
  int order;
  if (!is_set(&b->exact[tail])) return URNA_OK;
  urna_status status = compare(b, cell, way, tail, head, &order);
  if (status != URNA_OK || order >= 0) return status;
  urna_rational_swap(&b->exact[head], &b->sum);
  b->from[head] = tail;
  *any = true;
  return URNA_OK;
}

/* Bellman and Ford's search along marked moves, until nothing changes or the
** moves run in a circle that costs less than nothing. */
static urna_status find_levels(urna_biproportional *b,
                               const unsigned char *marks, size_t *circle) {
  urna_status status = URNA_OK;
  bool any = true;
  *circle = URNA_NO_NODE;
  for (size_t i = 0; i < urna_moves_nodes(b); i++) b->from[i] = URNA_NO_NODE;
  while (status == URNA_OK && any && *circle == URNA_NO_NODE) {
    any = false;
    for (size_t cell = 0; cell < urna_moves_cells(b); cell++) {
      if (marks[cell] & URNA_UP) THEN(relax(b, cell, URNA_UP, &any));
      if (marks[cell] & URNA_DOWN) THEN(relax(b, cell, URNA_DOWN, &any));
    }
    if (any) *circle = urna_moves_find_cycle(b, b->from);
  }
  return status;
}

/* Take each move of the circle; their marks turn round. */
static void run(urna_biproportional *b, unsigned char *marks, size_t circle) {
  size_t node = circle;
  do {
    size_t before = b->from[node];
    size_t cell = urna_moves_cell(b, before, node);
    int way = before < b->districts ? URNA_UP : URNA_DOWN;
    urna_moves_set(b, cell, b->seats[cell] + (way == URNA_UP ? 1 : -1));
    marks[cell] = way == URNA_UP ? URNA_DOWN : URNA_UP;
    node = before;
  } while (node != circle);
}

/* Start anew: level 1 for the first node of every block, or for all. */
static urna_status reset(urna_biproportional *b, bool all) {
  urna_status status = URNA_OK;
  size_t nodes = urna_moves_nodes(b);
  for (size_t i = 0; i < nodes; i++) b->spot[i] = 0;
  for (size_t i = 0; i < nodes; i++) {
    urna_rational_free(&b->exact[i]);
    /* blocks are named from 1 to the number of nodes */
    size_t name = all ? i : b->block[i] - 1;
    if (b->spot[name]++ == 0) THEN(urna_rational_set(&b->exact[i], 1, 1));
  }
  return status;
}

/* Unmark what costs anything; what is left is free in circles alone. */
static urna_status keep_free(urna_biproportional *b, unsigned char *marks) {
  urna_status status = URNA_OK;
  for (size_t cell = 0; cell < urna_moves_cells(b); cell++) {
    if (marks[cell] == 0) continue;
    size_t district = urna_moves_district(b, cell);
    size_t list = urna_moves_list(b, cell);
    int way = marks[cell], order = 0;
    THEN(way == URNA_UP ? compare(b, cell, way, district, list, &order)
                        : compare(b, cell, way, list, district, &order));
    if (order != 0) marks[cell] = 0;
  }
  return status;
}

/*
** A circle of moves that costs nothing or less is dearer by logarithms, where
** no move costs less than nothing, by no more than their error: none of its
** moves is. So all solutions differ from this one by marked moves alone, and
** each of them is either taken or not.
*/
urna_status urna_moves_settle(urna_biproportional *b) {
  int64_t most = URNA_MOVES_ERROR * (int64_t)urna_moves_nodes(b);
  size_t circle = URNA_NO_NODE;
  urna_moves_mark(b, most, b->changes);
  if (!urna_moves_keep_cycles(b, b->changes, b->block)) return URNA_OK;
  urna_status status;
  do {
    status = reset(b, false);
    THEN(find_levels(b, b->changes, &circle));
    if (circle != URNA_NO_NODE) run(b, b->changes, circle);
  } while (status == URNA_OK && circle != URNA_NO_NODE);
  THEN(keep_free(b, b->changes));
  if (status != URNA_OK) return status;
  return urna_moves_keep_cycles(b, b->changes, b->block) ? URNA_TIE : URNA_OK;
}

urna_status urna_moves_level(urna_biproportional *b) {
  size_t circle;
  urna_moves_mark(b, INT64_MAX - 1, b->marks);
  urna_status status = reset(b, true);
  THEN(find_levels(b, b->marks, &circle));
  return status;
}
