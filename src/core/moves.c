/* see moves.h */
#include "core/moves.h"

#include <string.h>

#include "core/logarithm.h"

/* ---- costs ---- */

/* Logarithms of signposts are kept from their first use, one more than they
** are, for 0 is that of 1. */
static int64_t signpost_log(urna_biproportional *b, int32_t k) {
  if (b->signposts[k] == 0)
    b->signposts[k] =
        1 + urna_logarithm_of((uint64_t)urna_moves_signpost(b, k));
  return b->signposts[k] - 1;
}

void urna_moves_set(urna_biproportional *b, size_t cell, int32_t seats) {
  int64_t votes = b->logs[cell];
  int32_t least = b->least ? b->least[cell] : 0;
  b->seats[cell] = seats;
  if (votes < 0) return;
  b->up[cell] = signpost_log(b, seats + 1) - votes;
  b->down[cell] = seats > least ? votes - signpost_log(b, seats) : URNA_NO_MOVE;
}

void urna_moves_mark(const urna_biproportional *b, int64_t most,
                     unsigned char *marks) {
  for (size_t i = 0, cell = 0; i < b->districts; i++)
    for (size_t j = 0; j < b->lists; j++, cell++) {
      int64_t across = b->level[i] - b->level[b->districts + j];
      marks[cell] = 0;
      if (b->up[cell] != URNA_NO_MOVE && b->up[cell] + across <= most)
        marks[cell] |= URNA_UP;
      if (b->down[cell] != URNA_NO_MOVE && b->down[cell] - across <= most)
        marks[cell] |= URNA_DOWN;
    }
}

/* ---- walks ---- */

static size_t degree(const urna_biproportional *b, size_t node) {
  return node < b->districts ? b->lists : b->districts;
}

static size_t neighbour(const urna_biproportional *b, size_t node, size_t k) {
  return node < b->districts ? b->districts + k : k;
}

/* Whether a marked move leads from 'node' to its k-th neighbour, or where
** 'back' is set from there to it. */
static bool leads(const urna_biproportional *b, const unsigned char *marks,
                  size_t node, size_t k, bool back) {
  size_t cell = urna_moves_cell(b, node, neighbour(b, node, k));
  int way = (node < b->districts) != back ? URNA_UP : URNA_DOWN;
  return (marks[cell] & way) != 0;
}

/* Write the nodes that 'root' leads to into 'order' as they are left for the
** last time, and say so in block[]; returns how many there are by then. */
static size_t leave(urna_biproportional *b, const unsigned char *marks,
                    size_t root, size_t *block, size_t *order, size_t count) {
  size_t height = 0;
  b->stack[height++] = root;
  block[root] = 1;
  while (height > 0) {
    size_t node = b->stack[height - 1], k = b->spot[node]++;
    if (k == degree(b, node)) {
      order[count++] = node;
      height--;
    } else if (block[neighbour(b, node, k)] == 0
               && leads(b, marks, node, k, false)) {
      block[neighbour(b, node, k)] = 1;
      b->stack[height++] = neighbour(b, node, k);
    }
  }
  return count;
}

/* Give 'name' to all that have none yet and lead to 'root'. */
static void name_block(urna_biproportional *b, const unsigned char *marks,
                       size_t root, size_t *block, size_t name) {
  size_t height = 0;
  b->stack[height++] = root;
  block[root] = name;
  while (height > 0) {
    size_t node = b->stack[--height];
    for (size_t k = 0; k < degree(b, node); k++) {
      size_t other = neighbour(b, node, k);
      if (block[other] != 0 || !leads(b, marks, node, k, true)) continue;
      block[other] = name;
      b->stack[height++] = other;
    }
  }
}

/* Strong components by Kosaraju's two walks, forwards and back. */
bool urna_moves_keep_cycles(urna_biproportional *b, unsigned char *marks,
                            size_t *block) {
  size_t nodes = urna_moves_nodes(b), count = 0, *order = b->from;
  memset(block, 0, nodes * sizeof *block);
  memset(b->spot, 0, nodes * sizeof *b->spot);
  for (size_t node = 0; node < nodes; node++)
    if (block[node] == 0) count = leave(b, marks, node, block, order, count);
  memset(block, 0, nodes * sizeof *block);
  for (size_t i = nodes; i-- > 0;)
    if (block[order[i]] == 0) name_block(b, marks, order[i], block, i + 1);
  bool any = false;
  for (size_t cell = 0; cell < urna_moves_cells(b); cell++) {
    if (block[urna_moves_district(b, cell)] != block[urna_moves_list(b, cell)])
      marks[cell] = 0;
    any = any || marks[cell] != 0;
  }
  return any;
}

size_t urna_moves_find_cycle(const urna_biproportional *b, const size_t *from) {
  size_t nodes = urna_moves_nodes(b), *walk = b->spot;
  memset(walk, 0, nodes * sizeof *walk);
  for (size_t start = 0; start < nodes; start++) {
    size_t node = start;
    while (node != URNA_NO_NODE && walk[node] == 0) {
      walk[node] = start + 1;
      node = from[node];
    }
    if (node != URNA_NO_NODE && walk[node] == start + 1) return node;
  }
  return URNA_NO_NODE;
}

/* ---- turning ---- */

static void take(urna_biproportional *b, unsigned char *marks, size_t cell) {
  bool is_up = marks[cell] == URNA_UP;
  urna_moves_set(b, cell, b->seats[cell] + (is_up ? 1 : -1));
  marks[cell] = is_up ? URNA_DOWN : URNA_UP;
}

/* Breadth first by marked cells behind 'after'; 'from' tells the way. */
static bool find_way(urna_biproportional *b, const unsigned char *marks,
                     size_t after, size_t start, size_t end) {
  size_t read = 0, count = 0;
  for (size_t i = 0; i < urna_moves_nodes(b); i++) b->from[i] = URNA_NO_NODE;
  b->stack[count++] = start;
  b->from[start] = start;
  while (read < count && b->from[end] == URNA_NO_NODE) {
    size_t node = b->stack[read++];
    for (size_t k = 0; k < degree(b, node); k++) {
      size_t other = neighbour(b, node, k);
      if (urna_moves_cell(b, node, other) <= after
          || b->from[other] != URNA_NO_NODE || !leads(b, marks, node, k, false))
        continue;
      b->from[other] = node;
      b->stack[count++] = other;
    }
  }
  return b->from[end] != URNA_NO_NODE;
}

bool urna_moves_turn(urna_biproportional *b, unsigned char *marks,
                     size_t cell) {
  size_t district = urna_moves_district(b, cell);
  size_t list = urna_moves_list(b, cell);
  bool is_up = marks[cell] == URNA_UP;
  size_t start = is_up ? list : district, end = is_up ? district : list;
  if (!find_way(b, marks, cell, start, end)) return false;
  for (size_t node = end; node != start; node = b->from[node])
    take(b, marks, urna_moves_cell(b, b->from[node], node));
  take(b, marks, cell);
  return true;
}
