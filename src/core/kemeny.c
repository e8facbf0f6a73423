/* see kemeny.h */
#include "core/kemeny.h"

#include <stdlib.h>
#include <string.h>

/* A set's bits in two halves, so that the papers for x above a set are two
** numbers from tables. */
#define HALF   10u
#define HALVES ((size_t)1 << HALF)

static urna_count sum_of(const urna_kemeny *kemeny, size_t x, uint32_t set) {
  const urna_count *sums = kemeny->sums + x * 2 * HALVES;
  return sums[set & (HALVES - 1)] + sums[HALVES + (set >> HALF)];
}

/* The papers for x above every set of the candidates from 'first' on. */
static void fill_half(urna_count *sums, const urna_count *row, size_t first,
                      size_t n) {
  size_t bits = n <= first ? 0 : n - first < HALF ? n - first : HALF;
  sums[0] = 0;
  for (size_t bit = 0; bit < bits; bit++)
    for (size_t set = 0; set < (size_t)1 << bit; set++)
      sums[set | (size_t)1 << bit] = sums[set] + row[first + bit];
}

static urna_count best_of(const urna_kemeny *kemeny, uint32_t set) {
  urna_count best = -1;
  for (size_t x = 0; x < kemeny->n; x++) {
    uint32_t bit = UINT32_C(1) << x;
    if (!(set & bit)) continue;
    urna_count found = kemeny->best[set ^ bit] + sum_of(kemeny, x, set ^ bit);
    if (found > best) best = found;
  }
  return best;
}

urna_status urna_kemeny_init(urna_kemeny *kemeny, size_t n,
                             const urna_count *over) {
  size_t sets = (size_t)1 << n;
  kemeny->n = n;
  kemeny->best = malloc(sets * sizeof *kemeny->best);
  kemeny->sums = malloc((n + 1) * 2 * HALVES * sizeof *kemeny->sums);
  if (!kemeny->best || !kemeny->sums) {
    urna_kemeny_free(kemeny);
    return URNA_NO_MEMORY;
  }
  for (size_t x = 0; x < n; x++) {
    urna_count *sums = kemeny->sums + x * 2 * HALVES;
    fill_half(sums, over + x * n, 0, n);
    fill_half(sums + HALVES, over + x * n, HALF, n);
  }
  kemeny->best[0] = 0;
  for (uint32_t set = 1; set < sets; set++)
    kemeny->best[set] = best_of(kemeny, set);
  return URNA_OK;
}

void urna_kemeny_free(urna_kemeny *kemeny) {
  free(kemeny->best);
  free(kemeny->sums);
  memset(kemeny, 0, sizeof *kemeny);
}

bool urna_kemeny_is_top(const urna_kemeny *kemeny, uint32_t set) {
  uint32_t everybody = (UINT32_C(1) << kemeny->n) - 1, rest = everybody ^ set;
  urna_count found = kemeny->best[set] + kemeny->best[rest];
  for (size_t x = 0; x < kemeny->n; x++)
    if (set >> x & 1) found += sum_of(kemeny, x, rest);
  return found == kemeny->best[everybody];
}

static size_t size_of(uint32_t set) {
  size_t size = 0;
  for (; set; set &= set - 1) size++;
  return size;
}

void urna_kemeny_tops(const urna_kemeny *kemeny, size_t seats, uint32_t *some,
                      uint32_t *all) {
  uint32_t everybody = (UINT32_C(1) << kemeny->n) - 1;
  *some = 0;
  *all = everybody;
  for (uint32_t set = 0; set <= everybody; set++)
    if (size_of(set) == seats && urna_kemeny_is_top(kemeny, set)) {
      *some |= set;
      *all &= set;
    }
}

/* A walk through the optimal orders: who may stand first of those left? */
typedef struct walk {
  const urna_kemeny *kemeny;
  size_t most, found;
  unsigned char *orders;
  unsigned char order[URNA_KEMENY_MOST];
} walk;

static bool may_lead(const urna_kemeny *kemeny, uint32_t set, size_t x) {
  uint32_t bit = UINT32_C(1) << x;
  return (set & bit)
         && kemeny->best[set ^ bit] + sum_of(kemeny, x, set ^ bit)
                == kemeny->best[set];
}

static void walk_on(walk *w, uint32_t set, size_t depth) {
  size_t n = w->kemeny->n;
  if (w->found == w->most) return;
  if (depth == n) {
    memcpy(w->orders + n * w->found++, w->order, n);
    return;
  }
  for (size_t x = 0; x < n; x++) {
    if (!may_lead(w->kemeny, set, x)) continue;
    w->order[depth] = (unsigned char)x;
    walk_on(w, set ^ UINT32_C(1) << x, depth + 1);
  }
}

size_t urna_kemeny_orders(const urna_kemeny *kemeny, size_t most,
                          unsigned char *orders) {
  walk w = {.kemeny = kemeny, .most = most, .orders = orders};
  walk_on(&w, (UINT32_C(1) << kemeny->n) - 1, 0);
  return w.found;
}
