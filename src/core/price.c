/* see price.h */
#include "core/price.h"

#include "core/wide.h"

urna_price urna_price_zero(void) {
  return (urna_price){0, 1, 1, -((urna_price_level)1 << 100)};
}

urna_price urna_price_of(const urna_pricing *p, int64_t weight, int32_t seat,
                         urna_count votes) {
  urna_price price = {.votes = votes, .above = 1, .below = 1};
  if (p->d) {
    urna_ratio d = urna_sequence_at(p->d, seat - 1);
    price.above = weight * d.den;
    price.below = d.num;
  } else {
    price.level = (urna_price_level)votes * p->parts
                  - (urna_price_level)(seat - 1) * p->quota;
  }
  return price;
}

static urna_u128 weighed(const urna_price *a) {
  return (urna_u128)(uint64_t)a->votes * (uint64_t)a->above;
}

/* a->votes * a->above / a->below, or its square; neither is infinite. */
static int quotient_cmp(const urna_pricing *p, const urna_price *a,
                        const urna_price *b) {
  urna_u128 left = weighed(a), right = weighed(b);
  uint64_t a_below = (uint64_t)a->below, b_below = (uint64_t)b->below;
  if (urna_sequence_is_squared(p->d))
    return urna_wide_cmp(
        urna_wide_times(urna_wide_product(left, left), b_below),
        urna_wide_times(urna_wide_product(right, right), a_below));
  if (urna_wide_bits(left) + urna_wide_bits(b_below) <= 128
      && urna_wide_bits(right) + urna_wide_bits(a_below) <= 128) {
    left *= b_below;
    right *= a_below;
    return (left > right) - (left < right);
  }
  return urna_wide_cmp(urna_wide_product(left, b_below),
                       urna_wide_product(right, a_below));
}

static int average_cmp(const urna_pricing *p, const urna_price *a,
                       const urna_price *b) {
  if (a->below != 0 && b->below != 0) return quotient_cmp(p, a, b);
  if (a->below != b->below) return a->below == 0 ? 1 : -1;
  urna_u128 left = weighed(a), right = weighed(b);
  return (left > right) - (left < right);
}

static int claim_cmp(const urna_pricing *p, const urna_price *a,
                     const urna_price *b) {
  if (p->d) return average_cmp(p, a, b);
  return (a->level > b->level) - (a->level < b->level);
}

int urna_price_cmp(const urna_pricing *p, const urna_price *a,
                   const urna_price *b) {
  int order = claim_cmp(p, a, b);
  if (order == 0 && p->more_votes)
    order = (a->votes > b->votes) - (a->votes < b->votes);
  return order;
}

/* The most votes of 'seat' whose claim is not above 'at', by halving. */
static urna_count halve(const urna_pricing *p, urna_price seat,
                        const urna_price *at) {
  urna_count low = 0, high = URNA_PRICE_MANY;
  while (low < high) {
    seat.votes = low + (high - low + 1) / 2;
    if (claim_cmp(p, &seat, at) <= 0)
      low = seat.votes;
    else
      high = seat.votes - 1;
  }
  return low;
}

static urna_count most_by_average(const urna_pricing *p, const urna_price *seat,
                                  const urna_price *at) {
  if (at->below == 0 && seat->below != 0) return URNA_PRICE_MANY;
  if (at->below != 0 && seat->below == 0) return 0;
  uint64_t by = seat->below ? (uint64_t)seat->below : 1;
  uint64_t at_below = at->below ? (uint64_t)at->below : 1;
  urna_u128 votes = weighed(at), over = (urna_u128)(uint64_t)seat->above;
  if (urna_sequence_is_squared(p->d)
      || urna_wide_bits(votes) + urna_wide_bits(by) > 128)
    return halve(p, *seat, at);
  urna_u128 found = votes * by / (over * at_below);
  return found > (urna_u128)URNA_PRICE_MANY ? URNA_PRICE_MANY
                                            : (urna_count)found;
}

static urna_count most_by_level(const urna_pricing *p, int32_t seat,
                                const urna_price *at) {
  urna_price_level room = at->level + (urna_price_level)(seat - 1) * p->quota;
  if (room < 0) return -1;
  room /= p->parts;
  return room > URNA_PRICE_MANY ? URNA_PRICE_MANY : (urna_count)room;
}

urna_count urna_price_most(const urna_pricing *p, int64_t weight, int32_t seat,
                           const urna_price *at, bool equal) {
  urna_price claim = urna_price_of(p, weight, seat, 0);
  urna_count most =
      p->d ? most_by_average(p, &claim, at) : most_by_level(p, seat, at);
  if (most <= 0) return 0;
  if (most == URNA_PRICE_MANY) return most;
  claim = urna_price_of(p, weight, seat, most);
  int order = urna_price_cmp(p, &claim, at);
  return order > 0 || (order == 0 && !equal) ? most - 1 : most;
}
