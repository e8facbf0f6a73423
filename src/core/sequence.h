/*
** sequence.h - the divisors d(0), d(1), ... of a divisor method: what a
** list's votes are divided by for its first seat, its second, and so on.
**
** They rise, each is an exact ratio, and d(0) may be 0: then every list's
** first quotient is infinite. Those of Huntington-Hill are not rational; its
** squares are, and are what is held. A sequence that is rational is held
** 'scale' times too large where that makes it whole, 7 15 25 for 1.4 3 5:
** only a quotient that is shown has to know of it.
** Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A;
** Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 4.
*/
#ifndef URNA_SEQUENCE_H
#define URNA_SEQUENCE_H

#include <stdbool.h>

#include "core/ratio.h"

URNA_BEGIN

typedef enum urna_sequence_kind {
  URNA_LINEAR,          /* first, then start + step * k */
  URNA_DEAN,            /* 2k(k + 1) / (2k + 1) */
  URNA_HUNTINGTON_HILL, /* squared: k(k + 1) */
  URNA_MACAU,           /* 2^k; known up to 2^62 */
  URNA_LISTED           /* one by one, then on in equal steps or to an end */
} urna_sequence_kind;

typedef struct urna_sequence {
  urna_sequence_kind kind;
  bool is_whole;              /* every d(k) is a whole number */
  bool ends;                  /* no list may hold more than 'length' seats */
  int64_t first, start, step; /* of a linear one */
  int64_t scale;              /* what is held is this many times d(k) */
  const urna_ratio *listed;   /* not its own */
  int32_t length;             /* of 'listed'; INT32_MAX of what has no end */
  int32_t listed_length;
  urna_ratio last, tail; /* of 'listed', and what is added to go on; they
                              ** have the same denominator */
} urna_sequence;

/* What any part of a sequence that is handed in may be at most. */
#define URNA_DIVISOR_MAX ((INT64_C(1) << 31) - 1)

/* d(k) = first + step * k, first >= 0, step > 0. */
static inline urna_sequence urna_sequence_linear(int64_t first, int64_t step) {
  return (urna_sequence){.kind = URNA_LINEAR,
                         .is_whole = true,
                         .first = first,
                         .start = first,
                         .step = step,
                         .scale = 1,
                         .length = INT32_MAX};
}

/* One of those that have no parameters: any but linear and listed. */
urna_sequence urna_sequence_of(urna_sequence_kind kind);

/*
** Give a linear sequence a first divisor of its own, 0 <= first < d(1).
** URNA_BAD_INPUT: it is not; URNA_OVERFLOW: made whole, a part is beyond
** URNA_DIVISOR_MAX.
*/
urna_status urna_sequence_modify(urna_sequence *d, urna_ratio first,
                                 urna_error *error);

/*
** Set 'd' to these divisors, which it changes in place and goes on to use:
** they have to outlive it. They go on with their last difference unless
** 'ends'. URNA_BAD_INPUT: they do not rise, or a part is not in bounds;
** error->index is the number of the one.
*/
urna_status urna_sequence_list(urna_sequence *d, urna_ratio *listed, size_t n,
                               bool ends, urna_error *error);

/* d(k) where it does not come from a line; k < d->length. */
urna_ratio urna_sequence_other(const urna_sequence *d, int64_t k);

/* d(k), or its square, times the scale. */
static inline urna_ratio urna_sequence_at(const urna_sequence *d, int64_t k) {
  if (d->kind != URNA_LINEAR) return urna_sequence_other(d, k);
  return (urna_ratio){k == 0 ? d->first : d->start + d->step * k, 1};
}

static inline bool urna_sequence_is_squared(const urna_sequence *d) {
  return d->kind == URNA_HUNTINGTON_HILL;
}

/*
** The greatest numerator and the greatest denominator of d(0) to d(last).
** URNA_OVERFLOW: beyond 2^63 - 1.
*/
urna_status urna_sequence_bounds(const urna_sequence *d, int64_t last,
                                 urna_ratio *most);

/* URNA_OVERFLOW, and '*error' says that they are beyond exact comparison. */
urna_status urna_sequence_refuse(urna_error *error);

/* Of a listed one: how many divisors are at most 'x'. */
int64_t urna_sequence_count(const urna_sequence *d, int64_t x);

/* How many divisors of a whole sequence are at most 'x'. */
static inline int64_t urna_sequence_upto(const urna_sequence *d, int64_t x) {
  if (d->kind != URNA_LINEAR) return urna_sequence_count(d, x);
  if (x < d->start + d->step) return x >= d->first;
  return (x - d->start) / d->step + 1;
}

/*
** The line that d runs along: d(k) is about (twice_first + 2 * step * k) / 2.
** False where there is none, or none of use.
*/
bool urna_sequence_line(const urna_sequence *d, int64_t *twice_first,
                        int64_t *step);

URNA_FINISH

#endif
