/* see upper.h */
#include "core/upper.h"

#include <string.h>

/* The rest of what a function does, unless an earlier part had no memory. */
#define THEN(call)                                                             \
  if (status == URNA_OK) status = (call)

#define NOBODY SIZE_MAX

/* ---- sums ---- */

/* The least common multiple of all seats. */
static urna_status common_multiple(size_t districts, const int32_t *seats,
                                   urna_natural *multiple) {
  urna_natural one = {0}, by = {0};
  urna_status status = urna_natural_set(multiple, 1);
  for (size_t i = 0; i < districts; i++) {
    if (seats[i] <= 1) continue;
    THEN(urna_natural_set(&one, (uint64_t)seats[i]));
    THEN(urna_natural_gcd(&by, multiple, &one));
    THEN(urna_natural_divide(&one, NULL, &one, &by));
    THEN(urna_natural_multiply(multiple, multiple, &one));
  }
  urna_natural_free(&one);
  urna_natural_free(&by);
  return status;
}

static urna_count rounded(urna_count votes, int32_t seats) {
  return votes / seats + (votes % seats * 2 >= seats);
}

/* Add a district's votes, each times 'weight'. */
static urna_status add_district(size_t lists, const urna_count *votes,
                                int32_t round_by, const urna_natural *weight,
                                urna_natural *totals) {
  urna_natural one = {0};
  urna_status status = URNA_OK;
  for (size_t j = 0; j < lists; j++) {
    if (votes[j] == 0) continue;
    THEN(urna_natural_set(&one, (uint64_t)rounded(votes[j], round_by)));
    THEN(urna_natural_multiply(&one, &one, weight));
    THEN(urna_natural_add(&totals[j], &totals[j], &one));
  }
  urna_natural_free(&one);
  return status;
}

urna_status urna_upper_sum(size_t districts, size_t lists,
                           const urna_count *votes, const int32_t *seats,
                           urna_weighing weighing, urna_natural *totals,
                           urna_natural *over) {
  urna_natural weight = {0}, own = {0};
  urna_status status = urna_natural_set(over, 1);
  THEN(urna_natural_set(&weight, 1));
  if (weighing == URNA_WEIGH_EXACT)
    THEN(common_multiple(districts, seats, over));
  for (size_t i = 0; i < districts; i++) {
    if (seats[i] <= 0 && weighing != URNA_WEIGH_NONE) continue;
    if (weighing == URNA_WEIGH_EXACT) {
      THEN(urna_natural_set(&own, (uint64_t)seats[i]));
      THEN(urna_natural_divide(&weight, NULL, over, &own));
    }
    int32_t round_by = weighing == URNA_WEIGH_ROUNDED ? seats[i] : 1;
    THEN(add_district(lists, votes + i * lists, round_by, &weight, totals));
  }
  urna_natural_free(&weight);
  urna_natural_free(&own);
  return status;
}

urna_status urna_upper_reaches(const urna_natural *part,
                               const urna_natural *whole, urna_ratio share,
                               bool *reaches) {
  urna_natural left = {0}, right = {0};
  urna_status status = urna_natural_set(&left, (uint64_t)share.den);
  THEN(urna_natural_multiply(&left, &left, part));
  THEN(urna_natural_set(&right, (uint64_t)share.num));
  THEN(urna_natural_multiply(&right, &right, whole));
  if (status == URNA_OK) *reaches = urna_natural_cmp(&left, &right) >= 0;
  urna_natural_free(&left);
  urna_natural_free(&right);
  return status;
}

/* ---- award ---- */

/* What an award is made of; 'left' and 'right' are scratch. */
typedef struct hall {
  const urna_sequence *d;
  size_t n;
  const urna_natural *totals;
  int32_t *held;
  urna_natural left, right;
} hall;

static uint64_t divide_by(const hall *h, int32_t held) {
  return (uint64_t)(h->d->first + (int64_t)h->d->step * held);
}

/* Compare two averages, each of a list as if it held so many seats. */
static urna_status compare(hall *h, size_t a, int32_t a_held, size_t b,
                           int32_t b_held, int *order) {
  urna_status status = urna_natural_set(&h->left, divide_by(h, b_held));
  THEN(urna_natural_multiply(&h->left, &h->left, &h->totals[a]));
  THEN(urna_natural_set(&h->right, divide_by(h, a_held)));
  THEN(urna_natural_multiply(&h->right, &h->right, &h->totals[b]));
  if (status == URNA_OK) *order = urna_natural_cmp(&h->left, &h->right);
  return status;
}

/* The first of the lists whose next average is greatest. */
static urna_status find_next(hall *h, size_t *found) {
  urna_status status = URNA_OK;
  *found = NOBODY;
  for (size_t i = 0; i < h->n; i++) {
    int order = 1;
    if (urna_natural_is_zero(&h->totals[i])) continue;
    if (*found != NOBODY)
      THEN(compare(h, i, h->held[i], *found, h->held[*found], &order));
    if (order > 0) *found = i;
  }
  return status;
}

/* The first of the lists whose last seat has the least average. */
static urna_status find_last(hall *h, size_t *found) {
  urna_status status = URNA_OK;
  *found = NOBODY;
  for (size_t i = 0; i < h->n; i++) {
    int order = -1;
    if (h->held[i] == 0) continue;
    if (*found != NOBODY)
      THEN(compare(h, i, h->held[i] - 1, *found, h->held[*found] - 1, &order));
    if (order < 0) *found = i;
  }
  return status;
}

/* The whole part of every quota. */
static urna_status begin(hall *h, int32_t seats, int32_t *given) {
  urna_natural whole = {0}, house = {0}, quota = {0};
  urna_status status = urna_natural_set(&house, (uint64_t)seats);
  *given = 0;
  for (size_t i = 0; i < h->n; i++)
    THEN(urna_natural_add(&whole, &whole, &h->totals[i]));
  if (status == URNA_OK && urna_natural_is_zero(&whole))
    status = URNA_BAD_INPUT;
  for (size_t i = 0; i < h->n; i++) {
    THEN(urna_natural_multiply(&quota, &house, &h->totals[i]));
    THEN(urna_natural_divide(&quota, NULL, &quota, &whole));
    h->held[i] = (int32_t)urna_natural_value(&quota, INT32_MAX);
    *given += h->held[i];
  }
  urna_natural_free(&whole);
  urna_natural_free(&house);
  urna_natural_free(&quota);
  return status;
}

/* Give what is left, then move seats for as long as one is held that another
** list has a better claim to. '*next' and '*last' are equals, or NOBODY. */
static urna_status fill(hall *h, int32_t left, size_t *next, size_t *last) {
  urna_status status = URNA_OK;
  for (int order = 1; status == URNA_OK;) {
    THEN(find_next(h, next));
    if (left == 0) {
      THEN(find_last(h, last));
      if (status != URNA_OK || *last == NOBODY) break;
      THEN(
          compare(h, *next, h->held[*next], *last, h->held[*last] - 1, &order));
      if (order == 0) return status;
      if (order < 0) break;
      h->held[*last]--;
    } else {
      left--;
    }
    h->held[*next]++;
  }
  *next = *last = NOBODY;
  return status;
}

/* Take back the seats of all whose average is that of 'next'. */
static urna_status part_equals(hall *h, size_t next, unsigned char *tied,
                               int32_t *left) {
  urna_status status = URNA_OK;
  int32_t held = h->held[next];
  for (size_t i = 0; i < h->n; i++) {
    int order = 1;
    if (urna_natural_is_zero(&h->totals[i])) continue;
    THEN(compare(h, i, h->held[i], next, held, &order));
    tied[i] = order == 0;
    if (h->held[i] == 0 || order == 0) continue;
    THEN(compare(h, i, h->held[i] - 1, next, held, &order));
    if (order != 0) continue;
    tied[i] = 1;
    h->held[i]--;
    (*left)++;
  }
  return status;
}

urna_status urna_upper_award(const urna_sequence *d, size_t n,
                             const urna_natural *totals, int32_t seats,
                             int32_t *held, unsigned char *tied,
                             int32_t *left) {
  hall h = {.d = d, .n = n, .totals = totals, .held = held};
  size_t next = NOBODY, last = NOBODY;
  int32_t given;
  memset(tied, 0, n);
  *left = 0;
  urna_status status = begin(&h, seats, &given);
  THEN(fill(&h, seats - given, &next, &last));
  if (next != NOBODY) {
    THEN(part_equals(&h, next, tied, left));
    THEN(URNA_TIE);
  }
  urna_natural_free(&h.left);
  urna_natural_free(&h.right);
  return status;
}
