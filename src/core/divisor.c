/* see divisor.h */
#include "core/divisor.h"

#include <string.h>

__extension__ typedef __int128 wide;

#define NOBODY SIZE_MAX

static int64_t divide_by(const urna_sequence *d, int32_t held) {
  return (int64_t)d->first + (int64_t)d->step * held;
}

static int average_cmp(const urna_sequence *d, const urna_contender *a,
                       const urna_contender *b) {
  wide left =
      (wide)a->votes * a->weight.num * b->weight.den * divide_by(d, b->held);
  wide right =
      (wide)b->votes * b->weight.num * a->weight.den * divide_by(d, a->held);
  return (left > right) - (left < right);
}

int urna_divisor_cmp(const urna_sequence *d, const urna_contender *a,
                     const urna_contender *b) {
  int order = average_cmp(d, a, b);
  if (order != 0) return order;
  return (a->precedence > b->precedence) - (a->precedence < b->precedence);
}

static wide common_divisor(wide a, wide b) {
  while (b != 0) {
    wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static void write_digits(wide value, char digits[URNA_DIGITS]) {
  char backwards[URNA_DIGITS];
  int length = 0;
  do {
    backwards[length++] = (char)('0' + (int)(value % 10));
    value /= 10;
  } while (value != 0);
  for (int i = 0; i < length; i++) digits[i] = backwards[length - 1 - i];
  digits[length] = '\0';
}

void urna_divisor_average(const urna_sequence *d, const urna_contender *list,
                          int32_t held, char num[URNA_DIGITS],
                          char den[URNA_DIGITS]) {
  wide above = (wide)list->votes * list->weight.num;
  wide below = (wide)list->weight.den * divide_by(d, held);
  wide by = common_divisor(above, below);
  write_digits(above / by, num);
  write_digits(below / by, den);
}

static int may_take(const urna_contender *list) {
  return list->votes > 0 && list->held < list->most;
}

/* The first of the greatest averages but 'except'; NOBODY if none may. */
static size_t best(const urna_sequence *d, size_t n,
                   const urna_contender *lists, size_t except) {
  size_t found = NOBODY;
  for (size_t i = 0; i < n; i++) {
    if (i == except || !may_take(&lists[i])) continue;
    if (found == NOBODY || urna_divisor_cmp(d, &lists[i], &lists[found]) > 0)
      found = i;
  }
  return found;
}

/* Mark all that equal 'winner' in average and precedence; how many. */
static int32_t mark_equals(const urna_sequence *d, size_t n,
                           const urna_contender *lists, size_t winner,
                           unsigned char *tied) {
  int32_t equals = 0;
  for (size_t i = 0; i < n; i++) {
    tied[i] = may_take(&lists[i])
              && urna_divisor_cmp(d, &lists[i], &lists[winner]) == 0;
    equals += tied[i];
  }
  return equals;
}

static int in_bounds(const urna_sequence *d, const urna_contender *list,
                     int32_t seats) {
  return list->votes >= 0 && list->votes <= URNA_COUNT_MAX && list->held >= 0
         && list->weight.num > 0 && list->weight.num <= URNA_WEIGHT_MAX
         && list->weight.den > 0 && list->weight.den <= URNA_WEIGHT_MAX
         && (wide)d->first + (wide)d->step * ((wide)list->held + seats)
                <= INT32_MAX;
}

static void note(const urna_sequence *d, const urna_contender *lists,
                 size_t winner, size_t rival, urna_award *award) {
  *award = (urna_award){
      .winner = winner, .rival = rival, .winner_held = lists[winner].held};
  if (rival == NOBODY) return;
  award->rival_held = lists[rival].held;
  award->by_precedence = average_cmp(d, &lists[winner], &lists[rival]) == 0
                         && lists[winner].precedence != lists[rival].precedence;
}

/* The least common multiple of the weights' denominators, so that all votes
** can be weighed in whole numbers; 0 if it grows beyond 2^20. */
static int64_t common_denominator(size_t n, const urna_contender *lists) {
  int64_t common = 1;
  for (size_t i = 0; i < n; i++) {
    int64_t den = lists[i].weight.den;
    common *= den / (int64_t)common_divisor(common, den);
    if (common > URNA_WEIGHT_MAX) return 0;
  }
  return common;
}

/*
** Give at once what is certain: every seat whose average is at least the sum
** of all weighed votes over step * seats. Where first >= step these are never
** more than 'seats', so all of them win, and no equals are parted. Returns
** how many were given.
*/
static int32_t give_certain(const urna_sequence *d, size_t n,
                            urna_contender *lists, int32_t seats) {
  int64_t common = common_denominator(n, lists);
  wide sum = 0;
  if (common == 0 || d->step == 0 || d->first < d->step) return 0;
  for (size_t i = 0; i < n; i++) {
    if (lists[i].held != 0) return 0;
    sum += (wide)lists[i].votes * lists[i].weight.num
           * (common / lists[i].weight.den);
  }
  if (sum == 0 || sum > (wide)1 << 94) return 0;
  int32_t given = 0;
  for (size_t i = 0; i < n; i++) {
    wide weighed = (wide)lists[i].votes * lists[i].weight.num
                   * (common / lists[i].weight.den);
    wide most = weighed * d->step * seats / sum; /* d(k) <= most wins */
    if (most < d->first) continue;
    wide sure = (most - d->first) / d->step + 1;
    lists[i].held = sure < lists[i].most ? (int32_t)sure : lists[i].most;
    given += lists[i].held;
  }
  return given;
}

urna_status urna_divisor_award(const urna_sequence *d, size_t n,
                               urna_contender *lists, int32_t seats,
                               urna_award *awards, int32_t *awarded,
                               unsigned char *tied) {
  for (size_t i = 0; i < n; i++)
    if (!in_bounds(d, &lists[i], seats)) return URNA_BAD_INPUT;
  memset(tied, 0, n);
  int32_t equals = 0;
  int32_t given = awards ? 0 : give_certain(d, n, lists, seats);
  for (; given < seats; given++, equals--) {
    size_t winner = best(d, n, lists, NOBODY);
    if (winner == NOBODY) break;
    if (equals <= 0) {
      equals = mark_equals(d, n, lists, winner, tied);
      if (equals > seats - given) {
        *awarded = given;
        return URNA_TIE;
      }
    }
    if (awards)
      note(d, lists, winner, best(d, n, lists, winner), &awards[given]);
    lists[winner].held++;
  }
  memset(tied, 0, n);
  *awarded = given;
  return URNA_OK;
}
