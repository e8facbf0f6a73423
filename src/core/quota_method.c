/* see quota_method.h */
#include "core/quota_method.h"

#include <string.h>

#define NOBODY SIZE_MAX

/* The method at work. */
typedef struct growth {
  size_t n;
  urna_claimant *lists;
  urna_i128 sum;
  urna_open_seat *open;
  int32_t count; /* of the open seats */
} growth;

static bool may(const growth *g, size_t i, int32_t house) {
  return urna_quota_method_may(&g->lists[i], g->lists[i].seats, house, g->sum);
}

static int average_cmp(const growth *g, size_t a, size_t b) {
  return urna_quota_method_cmp(&g->lists[a], g->lists[a].seats, &g->lists[b],
                               g->lists[b].seats);
}

/* The first of the greatest averages, and how many equal it, marked. */
static size_t best(const growth *g, int32_t house, int32_t *equals,
                   unsigned char *tied) {
  size_t found = NOBODY;
  memset(tied, 0, g->n);
  for (size_t i = 0; i < g->n; i++) {
    if (!may(g, i, house)) continue;
    int order = found == NOBODY ? 1 : average_cmp(g, i, found);
    if (order > 0) {
      memset(tied, 0, i);
      found = i;
      *equals = 0;
    }
    tied[i] = order >= 0;
    *equals += order >= 0;
  }
  return found;
}

/* Whether the last open seat is at the average that 'i' has now. */
static bool at_level(const growth *g, size_t i) {
  if (g->count == 0) return false;
  const urna_open_seat *last = &g->open[g->count - 1];
  return urna_quota_method_cmp(&g->lists[i], g->lists[i].seats,
                               &g->lists[last->list], last->held)
         == 0;
}

/* Who stands alone at an average settles all that was open there: whoever
** waited has been served. The averages of open seats never fall. */
static void close_level(growth *g, size_t winner) {
  while (at_level(g, winner)) g->count--;
}

static void open_seat(growth *g, size_t winner, int32_t house, int32_t equals) {
  bool starts = !at_level(g, winner);
  g->open[g->count++] = (urna_open_seat){.house = house,
                                         .equals = equals,
                                         .held = g->lists[winner].seats,
                                         .list = winner,
                                         .starts = starts};
}

urna_status urna_quota_method_award(size_t n, urna_claimant *lists,
                                    int32_t seats, const int32_t *drawn,
                                    size_t *order, urna_open_seat *open,
                                    int32_t *count, unsigned char *tied) {
  int64_t scale;
  growth g = {.n = n, .lists = lists, .open = open};
  urna_status status = urna_quota_weigh(n, lists, &g.sum, &scale);
  if (status != URNA_OK) return status;
  if (g.sum == 0) return URNA_BAD_INPUT;
  for (size_t i = 0; i < n; i++) lists[i].seats = 0;
  bool is_open = false;
  for (int32_t house = 1; house <= seats; house++) {
    int32_t equals = 0, draw = drawn ? drawn[house - 1] : 0;
    size_t winner = best(&g, house, &equals, tied);
    is_open = equals > 1 && draw == 0;
    if (equals > 1 && draw > 0) {
      winner = (size_t)draw - 1;
      if (winner >= n || !tied[winner]) return URNA_BAD_CALL;
    }
    if (equals == 1) close_level(&g, winner);
    if (is_open) open_seat(&g, winner, house, equals);
    order[house - 1] = winner;
    lists[winner].seats++;
  }
  for (int32_t i = 0; i < g.count; i++) lists[open[i].list].seats--;
  if (!is_open) memset(tied, 0, n);
  *count = g.count;
  return g.count > 0 ? URNA_TIE : URNA_OK;
}

void urna_quota_method_tell(size_t n, const urna_claimant *lists, urna_i128 sum,
                            int32_t house, size_t winner, size_t *rival,
                            unsigned char *eligible, unsigned char *barred) {
  size_t next = NOBODY;
  for (size_t i = 0; i < n; i++) {
    const urna_claimant *list = &lists[i];
    eligible[i] = urna_quota_method_may(list, list->seats, house, sum);
    barred[i] = !eligible[i]
                && urna_quota_method_cmp(list, list->seats, &lists[winner],
                                         lists[winner].seats)
                       > 0;
    if (i == winner || !eligible[i]) continue;
    if (next == NOBODY
        || urna_quota_method_cmp(list, list->seats, &lists[next],
                                 lists[next].seats)
               > 0)
      next = i;
  }
  *rival = next;
}
