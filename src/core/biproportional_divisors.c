/*
** biproportional_divisors.c - short divisors for a reader who checks by hand.
**
** The levels are spread as far from what any cell allows as all of them can
** be, then written with as few digits as still lie between. Those of a tied
** block are bound to each other and follow from its first by exact ratios.
** See biproportional.h.
*/
#include <string.h>

#include "core/logarithm.h"
#include "core/moves.h"

/* Digits of the longest short divisor, and the power of ten that they are. */
#define DIGITS 15
#define POWER  INT64_C(1000000000000000)

/* More than all errors in comparing two levels: of each those of a divisor,
** a power of ten, a step and the four logarithms of two ratios, and a cost. */
#define UNSURE 32

/* The rest of what a function does, unless an earlier part had no memory. */
#define THEN(call)                                                             \
  if (status == URNA_OK) status = (call)

/*
** A node's level is that of the first node of its block and 'offset'. That of
** the first is written as 'digits' * 10^-scale, the district's or the list's
** divisor, of which 'rounded' is made.
*/
typedef struct node {
  size_t first;
  int64_t offset, level;
  int64_t digits, scale;
  int64_t rounded, rounded_scale;
} node;

/* ---- spreading ---- */

static bool lower(urna_biproportional *b, node *nodes, size_t tail, size_t head,
                  int64_t cost) {
  size_t u = nodes[tail].first, v = nodes[head].first;
  if (u == v) return false;
  int64_t most =
      nodes[u].level + nodes[tail].offset + cost - nodes[head].offset;
  if (nodes[v].level <= most) return false;
  nodes[v].level = most;
  b->from[v] = u;
  return true;
}

static bool lower_all(urna_biproportional *b, node *nodes, int64_t slack) {
  bool any = false;
  for (size_t i = 0, cell = 0; i < b->districts; i++)
    for (size_t j = 0; j < b->lists; j++, cell++) {
      size_t list = b->districts + j;
      if (b->up[cell] != URNA_NO_MOVE)
        any = lower(b, nodes, i, list, b->up[cell] - slack) || any;
      if (b->down[cell] != URNA_NO_MOVE)
        any = lower(b, nodes, list, i, b->down[cell] - slack) || any;
    }
  return any;
}

/* Levels that leave 'slack' between themselves and every cost; false: there
** are none. */
static bool spread(urna_biproportional *b, node *nodes, int64_t slack) {
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    nodes[i].level = b->level[i];
    b->from[i] = URNA_NO_NODE;
  }
  while (lower_all(b, nodes, slack))
    if (urna_moves_find_cycle(b, b->from) != URNA_NO_NODE) return false;
  return true;
}

static bool spread_far(urna_biproportional *b, node *nodes) {
  int64_t slack = URNA_LOGARITHM_ONE;
  while (slack > 2 * UNSURE && !spread(b, nodes, slack)) slack /= 2;
  return slack > 2 * UNSURE;
}

/* ---- blocks ---- */

/* The logarithm of a number of any size, less than two units too small. */
static int64_t log_of(const urna_natural *n) {
  size_t at = n->length > 3 ? n->length - 3 : 0;
  uint64_t top = 0;
  size_t bits = at * 32;
  for (size_t i = n->length; i-- > at;) {
    int room = top ? __builtin_clzll(top) : 64;
    int shift = room < 32 ? room : 32;
    if (shift < 32) bits += (size_t)(32 - shift);
    if (shift > 0) top = top << shift | n->limbs[i] >> (32 - shift);
  }
  return urna_logarithm_of(top) + ((int64_t)bits << URNA_LOGARITHM_BITS);
}

static int64_t log_of_exact(const urna_biproportional *b, size_t i) {
  return log_of(&b->exact[i].num) - log_of(&b->exact[i].den);
}

static void bind(urna_biproportional *b, node *nodes) {
  size_t count = urna_moves_nodes(b), *first = b->stack;
  for (size_t i = 0; i < count; i++) first[i] = URNA_NO_NODE;
  for (size_t i = 0; i < count; i++) {
    size_t name = b->block[i] - 1;
    if (first[name] == URNA_NO_NODE) first[name] = i;
    nodes[i].first = first[name];
    nodes[i].offset = first[name] == i
                          ? 0
                          : log_of_exact(b, i) - log_of_exact(b, first[name]);
  }
}

/* ---- rounding ---- */

/* Divisors matter only in their products: that of the list with most seats
** is set to 1. */
static void anchor(const urna_biproportional *b, node *nodes) {
  size_t best = 0;
  for (size_t j = 1; j < b->lists; j++)
    if (b->list_seats[j] > b->list_seats[best]) best = j;
  const node *list = &nodes[b->districts + best];
  int64_t less = nodes[list->first].level + list->offset;
  for (size_t i = 0; i < urna_moves_nodes(b); i++) nodes[i].level -= less;
}

/* A district's divisor divides into units, its level into signposts, which
** are 'step' times as many. */
static int64_t level_to_divisor(const urna_biproportional *b, size_t i,
                                int64_t level) {
  return i < b->districts ? level + urna_logarithm_of((uint64_t)b->d.step)
                          : -level;
}

static int64_t divisor_to_level(const urna_biproportional *b, size_t i,
                                int64_t log) {
  return i < b->districts ? log - urna_logarithm_of((uint64_t)b->d.step) : -log;
}

static void write_digits(const urna_biproportional *b, node *nodes) {
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    if (nodes[i].first != i) continue;
    int64_t log = level_to_divisor(b, i, nodes[i].level);
    int64_t tens = log / urna_logarithm_ten(1);
    nodes[i].scale = DIGITS - 1 - tens;
    log += urna_logarithm_ten(nodes[i].scale);
    nodes[i].digits = (int64_t)urna_logarithm_raise(log);
  }
}

static void round_to(const urna_biproportional *b, node *nodes, int digits) {
  int64_t unit = POWER;
  for (int i = 0; i < digits; i++) unit /= 10;
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    if (nodes[i].first != i) continue;
    int64_t rounded = (nodes[i].digits + unit / 2) / unit;
    nodes[i].rounded = rounded > 0 ? rounded : 1;
    nodes[i].rounded_scale = nodes[i].scale - DIGITS + digits;
    nodes[i].level =
        divisor_to_level(b, i,
                         urna_logarithm_of((uint64_t)nodes[i].rounded)
                             - urna_logarithm_ten(nodes[i].rounded_scale));
  }
}

/* Whether the levels surely satisfy every cell; those of one block do. */
static bool is_proved(urna_biproportional *b, node *nodes) {
  return !lower_all(b, nodes, UNSURE);
}

/* ---- as ratios ---- */

static urna_status power_of_ten(urna_rational *to, int64_t power) {
  urna_rational ten = {0};
  urna_status status = urna_rational_set(to, 1, 1);
  THEN(urna_rational_set(&ten, power < 0 ? 1 : 10, power < 0 ? 10 : 1));
  for (int64_t i = power < 0 ? -power : power; i > 0; i--)
    THEN(urna_rational_multiply(to, to, &ten));
  urna_rational_free(&ten);
  return status;
}

static urna_status write_short(urna_biproportional *b, const node *n,
                               urna_rational *divisor) {
  int64_t ten = 1, scale = n->rounded_scale;
  if (scale >= 0 && scale <= DIGITS) {
    while (scale-- > 0) ten *= 10;
    return urna_rational_set(divisor, n->rounded, (uint64_t)ten);
  }
  urna_status status = power_of_ten(&b->sum, -scale);
  THEN(urna_rational_set(divisor, n->rounded, 1));
  THEN(urna_rational_multiply(divisor, divisor, &b->sum));
  return status;
}

/* Turn a divisor into its exact level, or such a level into a divisor. */
static urna_status turn(urna_biproportional *b, size_t i, bool to_level,
                        urna_rational *r) {
  urna_status status;
  if (i < b->districts) {
    int64_t step = b->d.step;
    status = to_level ? urna_rational_set(&b->cost, 1, (uint64_t)step)
                      : urna_rational_set(&b->cost, step, 1);
    THEN(urna_rational_multiply(r, r, &b->cost));
  } else {
    status = urna_rational_set(&b->cost, 1, 1);
    THEN(urna_rational_divide(r, &b->cost, r));
  }
  return status;
}

/* The divisor that goes with that of 'first', whose level it has in ratio. */
static urna_status write_bound(urna_biproportional *b, size_t i, size_t first) {
  urna_rational *divisor = &b->divisors[i];
  urna_status status = urna_rational_copy(divisor, &b->divisors[first]);
  THEN(turn(b, first, true, divisor));
  THEN(urna_rational_multiply(divisor, divisor, &b->exact[i]));
  THEN(urna_rational_divide(divisor, divisor, &b->exact[first]));
  THEN(turn(b, i, false, divisor));
  return status;
}

static bool has_seats(const urna_biproportional *b, size_t i) {
  return i < b->districts ? b->district_seats[i] > 0
                          : b->list_seats[i - b->districts] > 0;
}

static urna_status write_all(urna_biproportional *b, const node *nodes) {
  urna_status status = URNA_OK;
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    if (!has_seats(b, i)) continue;
    THEN(nodes[i].first == i ? write_short(b, &nodes[i], &b->divisors[i])
                             : write_bound(b, i, nodes[i].first));
  }
  return status;
}

/* Where no short ones can be proved: the exact levels, as they are. */
static urna_status write_exact(urna_biproportional *b) {
  urna_status status = urna_moves_level(b);
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    if (!has_seats(b, i)) continue;
    THEN(urna_rational_copy(&b->divisors[i], &b->exact[i]));
    THEN(turn(b, i, false, &b->divisors[i]));
  }
  return status;
}

urna_status urna_biproportional_divide(urna_biproportional *b) {
  size_t count = urna_moves_nodes(b);
  node *nodes = urna_arena_take(&b->arena, (count + 1) * sizeof *nodes);
  if (!nodes) return URNA_NO_MEMORY;
  memset(nodes, 0, count * sizeof *nodes);
  bind(b, nodes);
  if (!spread_far(b, nodes)) return write_exact(b);
  anchor(b, nodes);
  write_digits(b, nodes);
  for (int digits = 1; digits <= DIGITS; digits++) {
    round_to(b, nodes, digits);
    if (is_proved(b, nodes)) return write_all(b, nodes);
  }
  return write_exact(b); /* of 15 digits none should be left unproved */
}
