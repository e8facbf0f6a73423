/* see sequence.h */
#include "core/sequence.h"

#include "core/wide.h"

#define MACAU_LENGTH 63

urna_sequence urna_sequence_of(urna_sequence_kind kind) {
  return (urna_sequence){.kind = kind,
                         .is_whole = kind == URNA_MACAU,
                         .scale = 1,
                         .length =
                             kind == URNA_MACAU ? MACAU_LENGTH : INT32_MAX};
}

static urna_status refuse(urna_error *error, size_t index,
                          const char *message) {
  urna_error_set(error, "bad_divisors", message);
  if (error) error->index = index;
  return URNA_BAD_INPUT;
}

urna_status urna_sequence_refuse(urna_error *error) {
  urna_error_set(error, "divisors_overflow",
                 "the divisors grow beyond what can be compared exactly");
  return URNA_OVERFLOW;
}

static bool in_bounds(urna_ratio a) {
  return a.num >= 0 && a.num <= URNA_DIVISOR_MAX && a.den >= 1
         && a.den <= URNA_DIVISOR_MAX;
}

static urna_ratio reduced(urna_ratio a) {
  return a.num == 0 ? (urna_ratio){0, 1} : urna_ratio_reduce(a);
}

urna_status urna_sequence_modify(urna_sequence *d, urna_ratio first,
                                 urna_error *error) {
  if (!in_bounds(first)
      || urna_ratio_cmp(first, (urna_ratio){d->start + d->step, 1}) >= 0)
    return refuse(error, 1, "the first divisor must be below the second");
  first = reduced(first);
  if (d->start > URNA_DIVISOR_MAX / first.den
      || d->step > URNA_DIVISOR_MAX / first.den)
    return urna_sequence_refuse(error);
  d->first = first.num;
  d->start *= first.den;
  d->step *= first.den;
  d->scale = first.den;
  return URNA_OK;
}

static urna_status check_listed(const urna_ratio *listed, size_t n, bool ends,
                                urna_error *error) {
  if (n < (ends ? 1 : 2) || n >= INT32_MAX)
    return refuse(error, 0,
                  ends ? "a sequence needs a divisor"
                       : "a sequence that goes on needs two divisors");
  for (size_t i = 0; i < n; i++) {
    if (!in_bounds(listed[i]))
      return refuse(error, i + 1,
                    "a divisor is a ratio of whole numbers up to 2^31 - 1");
    if (i > 0 && urna_ratio_cmp(listed[i - 1], listed[i]) >= 0)
      return refuse(error, i + 1, "every divisor must be above the last");
  }
  return URNA_OK;
}

/* What makes all of them whole; 0 if that is beyond URNA_DIVISOR_MAX. */
static int64_t common_scale(const urna_ratio *listed, size_t n) {
  int64_t common = 1;
  for (size_t i = 0; i < n; i++) {
    int64_t den = listed[i].den;
    common *= den / (int64_t)urna_wide_gcd((uint64_t)common, (uint64_t)den);
    if (common > URNA_DIVISOR_MAX) return 0;
  }
  return common;
}

/* The last two over one denominator, below 2^62 as both are below 2^31. */
static void set_tail(urna_sequence *d, const urna_ratio *listed, size_t n) {
  urna_ratio last = listed[n - 1], before = n > 1 ? listed[n - 2] : last;
  int64_t by = (int64_t)urna_wide_gcd((uint64_t)last.den, (uint64_t)before.den);
  d->last.num = last.num * (before.den / by);
  d->last.den = last.den * (before.den / by);
  d->tail.num = d->last.num - before.num * (last.den / by);
  d->tail.den = d->last.den;
}

urna_status urna_sequence_list(urna_sequence *d, urna_ratio *listed, size_t n,
                               bool ends, urna_error *error) {
  urna_status status = check_listed(listed, n, ends, error);
  if (status != URNA_OK) return status;
  for (size_t i = 0; i < n; i++) listed[i] = reduced(listed[i]);
  int64_t scale = common_scale(listed, n);
  for (size_t i = 0; scale > 0 && i < n; i++)
    listed[i] = (urna_ratio){listed[i].num * (scale / listed[i].den), 1};
  *d = (urna_sequence){.kind = URNA_LISTED,
                       .is_whole = scale > 0,
                       .ends = ends,
                       .scale = scale > 0 ? scale : 1,
                       .listed = listed,
                       .length = ends ? (int32_t)n : INT32_MAX,
                       .listed_length = (int32_t)n};
  set_tail(d, listed, n);
  return URNA_OK;
}

static urna_ratio listed_at(const urna_sequence *d, int64_t k) {
  if (k < d->listed_length) return d->listed[k];
  return (urna_ratio){d->last.num + (k - d->listed_length + 1) * d->tail.num,
                      d->last.den};
}

urna_ratio urna_sequence_other(const urna_sequence *d, int64_t k) {
  switch (d->kind) {
    case URNA_DEAN:
      return (urna_ratio){2 * k * (k + 1), 2 * k + 1};
    case URNA_HUNTINGTON_HILL:
      return (urna_ratio){k * (k + 1), 1};
    case URNA_MACAU:
      return (urna_ratio){INT64_C(1) << k, 1};
    case URNA_LISTED:
      return listed_at(d, k);
    default:
      return (urna_ratio){k == 0 ? d->first : d->start + d->step * k, 1};
  }
}

/* Ratios that rise may do so by their denominators: look at each. */
static urna_ratio listed_bounds(const urna_sequence *d, int64_t last) {
  urna_ratio most = {0, 1};
  for (int64_t k = 0; k <= last && k < d->listed_length; k++) {
    if (d->listed[k].num > most.num) most.num = d->listed[k].num;
    if (d->listed[k].den > most.den) most.den = d->listed[k].den;
  }
  if (last < d->listed_length) return most;
  urna_ratio end = listed_at(d, last);
  if (end.num > most.num) most.num = end.num;
  if (end.den > most.den) most.den = end.den;
  return most;
}

urna_status urna_sequence_bounds(const urna_sequence *d, int64_t last,
                                 urna_ratio *most) {
  if (d->kind != URNA_LISTED) {
    *most = urna_sequence_at(d, last);
    return URNA_OK;
  }
  int64_t steps = last - d->listed_length + 1;
  if (steps > 0
      && (urna_u128)steps * (urna_u128)d->tail.num
             > (urna_u128)(INT64_MAX - d->last.num))
    return URNA_OVERFLOW;
  *most = listed_bounds(d, last);
  return URNA_OK;
}

int64_t urna_sequence_count(const urna_sequence *d, int64_t x) {
  if (x >= d->last.num)
    return d->ends ? d->listed_length
                   : d->listed_length + (x - d->last.num) / d->tail.num;
  int64_t low = 0, high = d->listed_length - 1; /* d(high) > x */
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (d->listed[middle].num <= x)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool listed_line(const urna_sequence *d, int64_t *twice_first,
                        int64_t *step) {
  const int64_t most = INT64_C(1) << 40;
  int64_t first = d->listed[0].num;
  if (!d->is_whole || d->last.num > most) return false;
  *twice_first = 2 * first;
  *step = d->ends ? (d->last.num - first) / d->listed_length : d->tail.num;
  return *step > 0;
}

bool urna_sequence_line(const urna_sequence *d, int64_t *twice_first,
                        int64_t *step) {
  switch (d->kind) {
    case URNA_LINEAR:
      *twice_first = 2 * d->start, *step = d->step;
      return true;
    case URNA_DEAN:
    case URNA_HUNTINGTON_HILL:
      *twice_first = *step = 1;
      return true;
    case URNA_LISTED:
      return listed_line(d, twice_first, step);
    default:
      return false;
  }
}
