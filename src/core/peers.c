/* see peers.h */
#include "core/peers.h"

#include <stdbool.h>
#include <string.h>

#include "core/count.h"
#include "core/wide.h"

#define NO_PLACE SIZE_MAX

/* ---- groups ---- */

size_t urna_peers_slots(size_t n) {
  size_t slots = 16;
  while (slots / 2 < n) slots *= 2;
  return slots;
}

static uint64_t mix(uint64_t hash, uint64_t more) {
  hash = (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

static uint64_t hash_text(uint64_t hash, urna_text text) {
  size_t i = 0;
  for (; i + 8 <= text.length; i += 8) {
    uint64_t word;
    memcpy(&word, text.start + i, 8);
    hash = mix(hash, word);
  }
  for (; i < text.length; i++) hash = mix(hash, (unsigned char)text.start[i]);
  return mix(hash, text.length);
}

static urna_text text_at(urna_columns keys, size_t i, size_t row) {
  return keys.table->columns[keys.at[i]].texts[row];
}

static bool same_texts(urna_columns keys, size_t a, size_t b) {
  for (size_t i = 0; i < keys.count; i++) {
    urna_text x = text_at(keys, i, a), y = text_at(keys, i, b);
    if (x.length != y.length) return false;
    if (x.length > 0 && memcmp(x.start, y.start, x.length) != 0) return false;
  }
  return true;
}

/* The first place with the texts of 'place', which is kept if there is
** none. */
static size_t first_like(const urna_peers *peers, urna_columns keys,
                         size_t place, size_t *slots, size_t mask) {
  size_t row = urna_rows_at(peers->rows, place);
  uint64_t hash = peers->seed;
  for (size_t i = 0; i < keys.count; i++)
    hash = hash_text(hash, text_at(keys, i, row));
  size_t slot = (size_t)(hash >> 7) & mask;
  while (slots[slot] != NO_PLACE
         && !same_texts(keys, urna_rows_at(peers->rows, slots[slot]), row))
    slot = (slot + 1) & mask;
  if (slots[slot] == NO_PLACE) slots[slot] = place;
  return slots[slot];
}

/* Places group by group; 'starts' is used to count and set right after. */
static void order_members(urna_peers *peers) {
  size_t n = peers->rows.count, *starts = peers->starts;
  memset(starts, 0, (peers->group_count + 1) * sizeof *starts);
  for (size_t i = 0; i < n; i++) starts[peers->group[i] + 1]++;
  for (size_t g = 0; g < peers->group_count; g++) starts[g + 1] += starts[g];
  for (size_t i = 0; i < n; i++) peers->members[starts[peers->group[i]]++] = i;
  for (size_t g = peers->group_count; g > 0; g--) starts[g] = starts[g - 1];
  starts[0] = 0;
}

void urna_peers_group(urna_peers *peers, urna_columns keys, size_t *slots) {
  size_t n = peers->rows.count, slot_count = urna_peers_slots(n);
  peers->group_count = 0;
  for (size_t i = 0; i < slot_count; i++) slots[i] = NO_PLACE;
  for (size_t i = 0; i < n; i++) {
    /* records of a group mostly stand together */
    if (i > 0
        && same_texts(keys, urna_rows_at(peers->rows, i - 1),
                      urna_rows_at(peers->rows, i))) {
      peers->group[i] = peers->group[i - 1];
      continue;
    }
    size_t first = first_like(peers, keys, i, slots, slot_count - 1);
    peers->group[i] = first == i ? peers->group_count++ : peers->group[first];
  }
  order_members(peers);
}

/* ---- far from the middle ---- */

urna_measure urna_measure_share(urna_count part, urna_count whole) {
  urna_measure none = {URNA_NO_VALUE, 0, -1};
  if (part == URNA_MISSING || whole == URNA_MISSING || whole == 0) return none;
  urna_u128 share = (urna_u128)part * URNA_MILLION / (urna_u128)whole;
  if (share > 2 * URNA_MILLION) share = 2 * URNA_MILLION;
  return (urna_measure){(int64_t)share, whole, -1};
}

/* Bring the value that has 'k' before it, when sorted, to its place: those
** before it are no greater. Equal values are parted off at once. */
static int64_t nth(int64_t *values, size_t n, size_t k) {
  size_t low = 0, high = n;
  while (high - low > 1) {
    int64_t pivot = values[low + (high - low) / 2];
    size_t less = low, i = low, more = high;
    while (i < more) {
      int64_t value = values[i];
      if (value < pivot) {
        values[i++] = values[less];
        values[less++] = value;
      } else if (value > pivot) {
        values[i] = values[--more];
        values[more] = value;
      } else {
        i++;
      }
    }
    if (k < less)
      high = less;
    else if (k >= more)
      low = more;
    else
      break;
  }
  return values[k];
}

/* Of an even number half the sum of the middle two, rounded down. */
static int64_t middle(int64_t *values, size_t n) {
  int64_t upper = nth(values, n, n / 2), lower = values[0];
  if (n % 2 == 1) return upper;
  for (size_t i = 1; i < n / 2; i++)
    if (values[i] > lower) lower = values[i];
  int64_t sum = lower + upper;
  return sum / 2 - (sum % 2 < 0);
}

static int64_t distance(int64_t a, int64_t b) {
  return a < b ? b - a : a - b;
}

/* The noise of a share 'rate' of 'size' papers, squared millionths; that of
** one paper at least. */
static int64_t noise_of(const urna_measure *measure, int64_t median) {
  int64_t rate = measure->rate < 0 ? median : measure->rate;
  int64_t size = measure->size > 0 ? measure->size : 1;
  int64_t one = URNA_MILLION / size, noise = 0;
  if (rate > 0 && rate < URNA_MILLION)
    noise = rate * (URNA_MILLION - rate) / size;
  if (noise < one * one) noise = one * one;
  return noise > 0 ? noise : 1;
}

/* Of what is below 2^60. */
static int64_t root(int64_t square) {
  int64_t found = 0;
  for (int64_t bit = INT64_C(1) << 29; bit > 0; bit /= 2)
    if ((found + bit) * (found + bit) <= square) found += bit;
  return found;
}

/* The z of a measure, if it is beyond 'limit'; else 0. 1.4826^2 = 2.198103;
** with values up to 2 million nothing here is beyond 63 bits. */
static int64_t z_of(const urna_measure *measure, int64_t median, int64_t spread,
                    int64_t limit) {
  int64_t far = measure->value - median;
  int64_t variance = spread * spread / 10 * 2198103 / 100000;
  variance += noise_of(measure, median);
  int64_t square = far * far * 10000 / variance;
  if (square <= limit * limit) return 0;
  return far < 0 ? -root(square) : root(square);
}

static size_t look_at_group(const urna_peers *peers,
                            const urna_measure *measures, size_t group,
                            int64_t limit, size_t least, int64_t *scratch,
                            urna_outlier *found) {
  const size_t *from = peers->members + peers->starts[group];
  const size_t *end = peers->members + peers->starts[group + 1];
  size_t known = 0, count = 0;
  for (const size_t *at = from; at < end; at++)
    if (measures[*at].value != URNA_NO_VALUE)
      scratch[known++] = measures[*at].value;
  if (known < least || known == 0) return 0;
  int64_t median = middle(scratch, known);
  for (size_t i = 0; i < known; i++) scratch[i] = distance(scratch[i], median);
  int64_t spread = middle(scratch, known);
  for (const size_t *at = from; at < end; at++) {
    const urna_measure *measure = &measures[*at];
    if (measure->value == URNA_NO_VALUE) continue;
    int64_t z = z_of(measure, median, spread, limit);
    if (z != 0) found[count++] = (urna_outlier){*at, measure->value, median, z};
  }
  return count;
}

size_t urna_peers_outliers(const urna_peers *peers,
                           const urna_measure *measures, int64_t limit,
                           size_t least, int64_t *scratch,
                           urna_outlier *found) {
  size_t count = 0;
  for (size_t g = 0; g < peers->group_count; g++)
    count +=
        look_at_group(peers, measures, g, limit, least, scratch, found + count);
  return count;
}

/* ---- last digits ---- */

static bool has_even_digits(urna_count part, urna_count whole,
                            urna_count variance) {
  if (part == URNA_MISSING || whole == URNA_MISSING || part >= whole)
    return false;
  return (urna_u128)part * (urna_u128)(whole - part)
         >= (urna_u128)variance * (urna_u128)whole;
}

urna_ends urna_peers_ends(const urna_peers *peers, const urna_count *parts,
                          const urna_count *wholes, size_t group,
                          urna_count variance) {
  urna_ends ends = {0, 0};
  for (size_t k = peers->starts[group]; k < peers->starts[group + 1]; k++) {
    size_t place = peers->members[k];
    if (!has_even_digits(parts[place], wholes[place], variance)) continue;
    ends.counts++;
    ends.round += parts[place] % 5 == 0;
  }
  return ends;
}

/* ---- lists against the rest of the group ---- */

static urna_count count_at(urna_columns columns, size_t i, size_t row) {
  return columns.table->columns[columns.at[i]].counts[row];
}

urna_status urna_peers_sum(const urna_peers *peers, urna_columns lists,
                           size_t group, urna_group_sums *sums) {
  sums->total = 0;
  sums->records = 0;
  memset(sums->lists, 0, lists.count * sizeof *sums->lists);
  for (size_t k = peers->starts[group]; k < peers->starts[group + 1]; k++) {
    size_t row = urna_rows_at(peers->rows, peers->members[k]);
    if (!urna_rows_reported(lists, row)) continue;
    sums->records++;
    for (size_t i = 0; i < lists.count; i++) {
      urna_count votes = count_at(lists, i, row);
      if (urna_count_add(&sums->lists[i], votes) != URNA_OK
          || urna_count_add(&sums->total, votes) != URNA_OK)
        return URNA_OVERFLOW;
    }
  }
  return URNA_OK;
}

/* The votes of all lists in a row that is reported; they fit, for the sum of
** the group did. */
static urna_count votes_of(urna_columns lists, size_t row) {
  urna_count sum = 0;
  for (size_t i = 0; i < lists.count; i++) sum += count_at(lists, i, row);
  return sum;
}

/* 'votes' as the other records' share of it is, rounded down: part / rest of
** them. */
static urna_count expected(urna_count part, urna_count rest, urna_count votes) {
  return (urna_count)((urna_u128)part * (urna_u128)votes / (urna_u128)rest);
}

size_t urna_peers_zeros(const urna_peers *peers, urna_columns lists,
                        const urna_group_sums *sums, size_t place,
                        urna_spot *found) {
  size_t row = urna_rows_at(peers->rows, place), count = 0;
  if (!urna_rows_reported(lists, row)) return 0;
  urna_count votes = votes_of(lists, row), rest = sums->total - votes;
  if (votes < 10 || rest == 0) return 0;
  for (size_t i = 0; i < lists.count; i++) {
    if (count_at(lists, i, row) != 0) continue;
    if ((urna_u128)sums->lists[i] * 100 < (urna_u128)rest * 5) continue;
    if (expected(sums->lists[i], rest, votes) >= 10)
      found[count++] = (urna_spot){place, i};
  }
  return count;
}

/* Is a count at most (or more than) 'times' standard deviations from what is
** expected of it? */
static bool is_near(urna_count count, urna_count mean, int64_t times) {
  urna_u128 far = (urna_u128)distance(count, mean);
  urna_u128 variance = (urna_u128)(mean > 0 ? mean : 1);
  urna_u128 most = (urna_u128)(times * times);
  return far * far <= variance * most;
}

size_t urna_peers_swaps(const urna_peers *peers, urna_columns lists,
                        const urna_group_sums *sums, size_t place,
                        urna_spot *found) {
  size_t row = urna_rows_at(peers->rows, place), count = 0;
  if (lists.count < 2 || !urna_rows_reported(lists, row)) return 0;
  urna_count votes = votes_of(lists, row), rest = sums->total - votes;
  if (votes < 10 || rest == 0) return 0;
  urna_count b = count_at(lists, 0, row);
  urna_count mean_b = expected(sums->lists[0] - b, rest, votes);
  for (size_t i = 1; i < lists.count; i++) {
    urna_count a = b, mean_a = mean_b;
    b = count_at(lists, i, row);
    mean_b = expected(sums->lists[i] - b, rest, votes);
    if (is_near(a, mean_a, 6) || is_near(b, mean_b, 6)) continue;
    if (is_near(a, mean_b, 2) && is_near(b, mean_a, 2))
      found[count++] = (urna_spot){place, i - 1};
  }
  return count;
}

/* ---- the same numbers twice ---- */

static bool is_comparable(urna_columns columns, urna_columns lists, size_t row,
                          urna_count least) {
  urna_count sum;
  return urna_rows_reported(columns, row)
         && urna_rows_across(lists, row, &sum) == URNA_OK && sum >= least;
}

static bool same_counts(urna_columns columns, size_t a, size_t b) {
  for (size_t i = 0; i < columns.count; i++)
    if (count_at(columns, i, a) != count_at(columns, i, b)) return false;
  return true;
}

static bool is_like(const urna_peers *peers, urna_columns columns, size_t a,
                    size_t b) {
  return peers->group[a] == peers->group[b]
         && same_counts(columns, urna_rows_at(peers->rows, a),
                        urna_rows_at(peers->rows, b));
}

void urna_peers_equals(const urna_peers *peers, urna_columns columns,
                       urna_columns lists, urna_count least, size_t *first,
                       size_t *slots) {
  size_t n = peers->rows.count, mask = urna_peers_slots(n) - 1;
  for (size_t i = 0; i <= mask; i++) slots[i] = NO_PLACE;
  for (size_t place = 0; place < n; place++) {
    size_t row = urna_rows_at(peers->rows, place);
    first[place] = place;
    if (!is_comparable(columns, lists, row, least)) continue;
    uint64_t hash = mix(peers->seed, peers->group[place]);
    for (size_t i = 0; i < columns.count; i++)
      hash = mix(hash, (uint64_t)count_at(columns, i, row));
    size_t slot = (size_t)(hash >> 7) & mask;
    while (slots[slot] != NO_PLACE
           && !is_like(peers, columns, slots[slot], place))
      slot = (slot + 1) & mask;
    if (slots[slot] == NO_PLACE) slots[slot] = place;
    first[place] = slots[slot];
  }
}
