/* see quota.h */
#include "core/quota.h"

#include <string.h>

#include "core/divisor.h" /* URNA_WEIGHT_MAX */
#include "core/wide.h"

static bool in_bounds(const urna_claimant *list) {
  return list->votes >= 0 && list->votes <= URNA_COUNT_MAX
         && list->weight.num > 0 && list->weight.num <= URNA_WEIGHT_MAX
         && list->weight.den > 0 && list->weight.den <= URNA_WEIGHT_MAX
         && list->least >= 0 && list->most >= list->least;
}

/* The least common multiple of the weights' denominators; 0 beyond 2^20. */
static int64_t common_denominator(size_t n, const urna_claimant *lists) {
  int64_t common = 1;
  for (size_t i = 0; i < n; i++) {
    uint64_t den = (uint64_t)lists[i].weight.den;
    common *= (int64_t)(den / urna_wide_gcd((uint64_t)common, den));
    if (common > URNA_WEIGHT_MAX) return 0;
  }
  return common;
}

urna_status urna_quota_weigh(size_t n, urna_claimant *lists, urna_i128 *sum,
                             int64_t *scale) {
  for (size_t i = 0; i < n; i++)
    if (!in_bounds(&lists[i])) return URNA_BAD_INPUT;
  int64_t common = common_denominator(n, lists);
  if (common == 0) return URNA_OVERFLOW;
  urna_i128 all = 0;
  for (size_t i = 0; i < n; i++) {
    const urna_ratio *weight = &lists[i].weight;
    lists[i].weighed =
        (urna_i128)lists[i].votes * weight->num * (common / weight->den);
    all += lists[i].weighed;
    if (all >> URNA_WEIGHED_BITS) return URNA_OVERFLOW;
  }
  *sum = all;
  *scale = common;
  return URNA_OK;
}

static urna_i128 rounded(urna_i128 num, urna_i128 den, urna_rounding how) {
  urna_i128 floor = num / den, rest = num % den;
  if (how == URNA_NEAREST) return floor + (2 * rest >= den);
  if (how == URNA_CEILING) return floor + (rest > 0);
  return floor + (how == URNA_BEYOND);
}

urna_status urna_quota_find(const urna_quota_rule *rule, size_t n,
                            urna_claimant *lists, int32_t seats,
                            urna_quota *quota) {
  urna_i128 sum;
  int64_t scale;
  urna_status status = urna_quota_weigh(n, lists, &sum, &scale);
  if (status != URNA_OK) return status;
  int32_t parts = seats > INT32_MAX - rule->more ? 0 : seats + rule->more;
  if (parts <= 0 || rule->constant < 0 || rule->constant > URNA_COUNT_MAX)
    return URNA_BAD_INPUT;
  urna_quota found = {sum, parts, scale};
  if (rule->constant > 0)
    found = (urna_quota){(urna_i128)rule->constant * scale, 1, scale};
  else if (rule->rounding != URNA_EXACT)
    found = (urna_quota){rounded(sum, (urna_i128)parts * scale, rule->rounding)
                             * scale,
                         1, scale};
  if (found.num == 0) return URNA_BAD_CALL;
  *quota = found;
  return URNA_OK;
}

urna_i128 urna_quota_remainder(const urna_quota *quota,
                               const urna_claimant *list, int64_t seats) {
  return list->weighed * quota->den - quota->num * seats;
}

int64_t urna_quota_fill(const urna_quota *quota, size_t n,
                        urna_claimant *lists) {
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) {
    urna_claimant *list = &lists[i];
    urna_i128 full = list->weighed * quota->den / quota->num;
    list->full = full > INT32_MAX ? INT32_MAX : (int32_t)full;
    list->seats = list->full < list->least ? list->least : list->full;
    if (list->seats > list->most) list->seats = list->most;
    list->rest = urna_quota_remainder(quota, list, list->seats);
    sum += list->seats;
  }
  return sum;
}

/* Seats given or taken back: a heap of the lists that take part, the first in
** order on top. */
typedef struct settling {
  const urna_quota *quota;
  const urna_remainders *rule;
  urna_claimant *lists;
  size_t n, size; /* of the heap */
  size_t *heap;
  int step; /* 1 or -1 */
} settling;

static bool has_share(const settling *s, const urna_claimant *list) {
  if (s->rule->share.num == 0) return true;
  urna_u256 votes =
      urna_wide_product((urna_u128)(list->weighed * s->quota->den),
                        (urna_u128)s->rule->share.den);
  urna_u256 wanted = urna_wide_product((urna_u128)s->quota->num,
                                       (urna_u128)s->rule->share.num);
  return urna_wide_cmp(votes, wanted) >= 0;
}

static bool has_room(const settling *s, const urna_claimant *list) {
  return s->step < 0 ? list->seats > list->least : list->seats < list->most;
}

static bool takes_part(const settling *s, const urna_claimant *list) {
  if (!has_room(s, list)) return false;
  return s->step < 0 || (list->votes > 0 && has_share(s, list));
}

/* Who comes first: the greater remainder, or the smaller to take back from;
** then precedence. 1 if a does, 0 if they are equals. */
static int order_cmp(const settling *s, size_t a, size_t b) {
  const urna_claimant *one = &s->lists[a], *other = &s->lists[b];
  urna_i128 x = one->rest, y = other->rest;
  if (x == y) x = one->precedence, y = other->precedence;
  return ((x > y) - (x < y)) * s->step;
}

/* Equals come in the order of the lists. */
static bool is_before(const settling *s, size_t a, size_t b) {
  int order = order_cmp(s, a, b);
  return order > 0 || (order == 0 && a < b);
}

static void sift_down(settling *s, size_t at) {
  size_t moved = s->heap[at];
  for (size_t child; (child = 2 * at + 1) < s->size; at = child) {
    if (child + 1 < s->size && is_before(s, s->heap[child + 1], s->heap[child]))
      child++;
    if (!is_before(s, s->heap[child], moved)) break;
    s->heap[at] = s->heap[child];
  }
  s->heap[at] = moved;
}

static void make_heap(settling *s) {
  for (size_t i = 0; i < s->n; i++)
    if (takes_part(s, &s->lists[i])) s->heap[s->size++] = i;
  for (size_t i = s->size / 2; i > 0; i--) sift_down(s, i - 1);
}

static void change(settling *s, size_t i, int by) {
  s->lists[i].seats += by;
  s->lists[i].rest -= s->quota->num * by;
}

/* Serve who is on top, and put it where it then belongs. */
static size_t serve(settling *s) {
  size_t next = s->heap[0];
  change(s, next, s->step);
  if (s->rule->once || !has_room(s, &s->lists[next]))
    s->heap[0] = s->heap[--s->size];
  if (s->size > 0) sift_down(s, 0);
  return next;
}

/* Take back what equals of the one on top were served of last, and mark them
** all; returns how many remain served. */
static int32_t undo_equals(settling *s, const size_t *order, int32_t count,
                           unsigned char *tied) {
  size_t top = s->heap[0];
  for (; count > 0; count--) {
    size_t last = order[count - 1];
    change(s, last, -s->step);
    if (last == top || order_cmp(s, last, top) != 0) {
      change(s, last, s->step);
      break;
    }
    tied[last] = 1;
  }
  for (size_t i = 0; i < s->size; i++)
    tied[s->heap[i]] |= order_cmp(s, s->heap[i], top) == 0;
  return count;
}

/* Whether who was served last came no earlier than the one on top. */
static bool is_tie(settling *s, size_t last) {
  if (s->size == 0) return false;
  change(s, last, -s->step);
  bool equals = s->heap[0] != last && order_cmp(s, last, s->heap[0]) == 0;
  change(s, last, s->step);
  return equals;
}

urna_status urna_quota_settle(const urna_quota *quota, size_t n,
                              urna_claimant *lists, int64_t left,
                              const urna_remainders *rule, size_t *order,
                              int32_t *settled, size_t *heap,
                              unsigned char *tied) {
  settling s = {quota, rule, lists, n, 0, heap, left < 0 ? -1 : 1};
  int64_t many = left * s.step;
  int32_t count = 0;
  memset(tied, 0, n);
  make_heap(&s);
  while (count < many && s.size > 0) order[count++] = serve(&s);
  *settled = count;
  if (count == 0 || count < many || !is_tie(&s, order[count - 1]))
    return URNA_OK;
  *settled = undo_equals(&s, order, count, tied);
  return URNA_TIE;
}
